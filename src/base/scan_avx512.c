/*
 * scan_avx512.c - scan.h for AVX-512 with VBMI2, asked for at run time: look-ups by the low six bits of a byte, and
 * comparisons that give masks at once. Three steps over a chunk: the masks of each block; what they say together, of
 * eight blocks at a time; the places of the bits that stay.
 */
#include "base/scan_vector.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")))

AVX512 static inline __m512i load64(const void *p) { return _mm512_loadu_si512(p); }
AVX512 static inline __m512i all64(int byte) { return _mm512_set1_epi8((char)byte); }
AVX512 static inline __m512i each16(const unsigned char table[16]) {
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)table));
}
AVX512 static inline __m512i high64(__m512i v) { return _mm512_and_si512(_mm512_srli_epi16(v, 4), all64(0x0F)); }
AVX512 static inline __m512i find64(__m512i table, __m512i v) { return _mm512_permutexvar_epi8(v, table); }

/*
 * By the low six bits of a byte. Stops: which kinds of mark it could end, of three bytes by their lead byte, or ASCII,
 * with which LF, CR and TAB are; the lead byte says which of the first three are open. LEAD: E1 to EF without ED, of
 * three bytes whatever the other two are.
 */
enum { E2 = 1, E3 = 2, EF = 4, ASCII = 8 };
static const unsigned char kinds64[64] = {[0x00] = E2 | E3,
                                          [0x01] = E2 | E3 | EF,
                                          [0x02] = E2 | E3,
                                          [0x03] = E2,
                                          [0x04] = E2,
                                          [0x05] = E2,
                                          [0x06] = E2,
                                          [0x07] = E2,
                                          [0x08] = E2,
                                          [0x09] = E2 | EF | ASCII,
                                          [0x0A] = E2 | ASCII,
                                          [0x0B] = E2,
                                          [0x0C] = E2 | EF,
                                          [0x0D] = E2 | ASCII,
                                          [0x0E] = E2,
                                          [0x0F] = E2,
                                          [0x10] = E2,
                                          [0x11] = E2,
                                          [0x12] = E2,
                                          [0x13] = E2,
                                          [0x14] = E2,
                                          [0x15] = E2,
                                          [0x16] = E2,
                                          [0x17] = E2,
                                          [0x18] = E2,
                                          [0x19] = E2,
                                          [0x1A] = E2 | EF,
                                          [0x1B] = E2 | EF,
                                          [0x1C] = E2 | EF,
                                          [0x1D] = E2 | EF,
                                          [0x1E] = E2 | EF,
                                          [0x1F] = E2 | EF,
                                          [0x20] = E2,
                                          [0x21] = E2 | ASCII | LEAD,
                                          [0x22] = E2 | ASCII | LEAD,
                                          [0x23] = E2 | ASCII | LEAD,
                                          [0x24] = E2 | ASCII | LEAD,
                                          [0x25] = E2 | ASCII | LEAD,
                                          [0x26] = E2 | ASCII | LEAD,
                                          [0x27] = E2 | ASCII | LEAD,
                                          [0x28] = E2 | ASCII | LEAD,
                                          [0x29] = E2 | ASCII | LEAD,
                                          [0x2A] = E2 | ASCII | LEAD,
                                          [0x2B] = E2 | ASCII | LEAD,
                                          [0x2C] = E2 | ASCII | LEAD,
                                          [0x2D] = E2 | ASCII,
                                          [0x2E] = E2 | ASCII | LEAD,
                                          [0x2F] = E2 | LEAD,
                                          [0x30] = E2,
                                          [0x31] = E2,
                                          [0x32] = E2,
                                          [0x33] = E2,
                                          [0x34] = E2,
                                          [0x35] = E2,
                                          [0x36] = E2,
                                          [0x37] = E2,
                                          [0x38] = E2,
                                          [0x39] = E2,
                                          [0x3A] = E2 | ASCII,
                                          [0x3B] = E2 | ASCII,
                                          [0x3C] = E2 | ASCII,
                                          [0x3D] = E2 | ASCII,
                                          [0x3E] = E2 | ASCII,
                                          [0x3F] = E2 | ASCII};
static const unsigned char lead64[64] = {[0x22] = E2, [0x23] = E3, [0x2F] = EF};

/* The tables of one call. */
struct tables64 {
    __m512i kinds, lead; /* of the last byte of a mark, and its first */
    __m512i next[3];     /* the gate, by the three bytes behind it */
};

AVX512 static struct tables64 tables_of(const struct gm__scan_gate *gate) {
    return (struct tables64){
        load64(kinds64), load64(lead64), {load64(gate->lead), load64(gate->second), load64(gate->third)}};
}

/* Of each block a bit a byte; what the look-ups say counts only where the byte is of the right kind, for they know its
 * low six bits alone. */
struct masks64 {
    _Alignas(64) uint64_t high[GM__SCAN_MOST]; /* bit 7 of the byte */
    uint64_t six[GM__SCAN_MOST];               /* bit 6 */
    uint64_t lead[GM__SCAN_MOST];              /* if a lead byte: LEAD */
    uint64_t ascii[GM__SCAN_MOST];             /* if below 0x40: a stop or a line mark */
    uint64_t wide[GM__SCAN_MOST];              /* if two behind a lead byte: a stop */
    uint64_t next[GM__SCAN_MOST];              /* if before E0 to EF: the rough gate lets that pass */
};

/* b2: the same text two bytes earlier. */
AVX512 static inline void block_avx512(const unsigned char *p, __m512i b2, const struct tables64 *t, struct masks64 *m,
                                       size_t i) {
    __m512i v = load64(p), kinds = find64(t->kinds, v);
    m->high[i] = _mm512_movepi8_mask(v);
    m->six[i] = _mm512_movepi8_mask(_mm512_add_epi8(v, v));
    m->lead[i] = _mm512_movepi8_mask(kinds);
    m->ascii[i] = _mm512_test_epi8_mask(kinds, all64(ASCII));
    m->wide[i] = _mm512_test_epi8_mask(kinds, find64(t->lead, b2));
    __m512i some = _mm512_and_si512(find64(t->next[0], load64(p + 1)), find64(t->next[1], load64(p + 2)));
    m->next[i] = _mm512_test_epi8_mask(some, find64(t->next[2], load64(p + 3)));
}

AVX512 static void blocks_avx512(const unsigned char *p, size_t count, uint32_t carry, const struct tables64 *t,
                                 struct masks64 *m) {
    unsigned char first[2 + 64] = {(unsigned char)(carry >> 8), (unsigned char)carry};
    memcpy(first + 2, p, 64);
    block_avx512(p, load64(first), t, m, 0);
    for (size_t i = 1; i < count; i++) {
        p += GM__SCAN_BLOCK;
        gm__scan_fetch(p);
        block_avx512(p, load64(p - 2), t, m, i);
    }
}

/* What goes on from one group of eight blocks to the next. */
struct flow {
    __m512i leads;  /* the lead bytes of the group before */
    __m512i faulty; /* 0 so far: ASCII and characters of three bytes alone, well-formed */
};

/* The bits of eight blocks that may be events, from the masks of the blocks from i on. */
AVX512 static inline __m512i join_avx512(const struct masks64 *m, size_t i, struct flow *flow) {
    __m512i high = load64(m->high + i), six = load64(m->six + i), plain = load64(m->lead + i);
    __m512i leads = _mm512_and_si512(high, six), low = _mm512_or_si512(high, six);
    __m512i before = _mm512_alignr_epi64(leads, flow->leads, 7);
    __m512i third = _mm512_shldi_epi64(leads, before, 2);
    __m512i due = _mm512_or_si512(_mm512_shldi_epi64(leads, before, 1), third);
    __m512i odd = _mm512_xor_si512(_mm512_andnot_si512(six, high), due);
    flow->leads = leads;
    flow->faulty = _mm512_or_si512(flow->faulty, _mm512_or_si512(odd, _mm512_andnot_si512(plain, leads)));
    __m512i ascii = _mm512_andnot_si512(low, load64(m->ascii + i));
    __m512i wide = _mm512_srli_epi64(_mm512_and_si512(leads, plain), 1);
    __m512i held = _mm512_andnot_si512(load64(m->next + i), wide);
    return _mm512_or_si512(ascii, _mm512_andnot_si512(held, _mm512_and_si512(third, load64(m->wide + i))));
}

/* The blocks that have bits: these, and where each begins. */
struct found {
    uint64_t bits[GM__SCAN_MOST + 8];
    uint64_t at[GM__SCAN_MOST + 8];
};

AVX512 static size_t join_all(struct masks64 *m, size_t count, uint32_t carry, struct found *found, bool *sure) {
    uint32_t due = gm__scan_plain_carry(carry);
    uint64_t leads = (uint64_t)((due & 0xFF) >= 0xC0) << 63 | (uint64_t)(due >> 8 >= 0xC0) << 62;
    struct flow flow = {_mm512_set_epi64((long long)leads, 0, 0, 0, 0, 0, 0, 0), _mm512_setzero_si512()};
    __m512i at = _mm512_set_epi64(448, 384, 320, 256, 192, 128, 64, 0);
    size_t n = 0;
    for (size_t i = 0; i < count; i += 8, at = _mm512_add_epi64(at, _mm512_set1_epi64(512))) {
        __m512i before = flow.faulty, bits = join_avx512(m, i, &flow);
        __mmask8 some = _mm512_test_epi64_mask(bits, bits);
        if (count - i < 8) {
            __mmask8 there = (__mmask8)((1u << (count - i)) - 1);
            flow.faulty = _mm512_mask_mov_epi64(before, there, flow.faulty);
            some &= there;
        }
        _mm512_storeu_si512(found->bits + n, _mm512_maskz_compress_epi64(some, bits));
        _mm512_storeu_si512(found->at + n, _mm512_maskz_compress_epi64(some, at));
        n += (size_t)__builtin_popcount(some);
    }
    *sure = !_mm512_test_epi64_mask(flow.faulty, flow.faulty);
    return n;
}

/* Sixteen of a block at a time: the offsets of its bits, pressed together, as numbers of 32 bits. */
AVX512 static size_t places_avx512(const struct found *found, size_t blocks, uint32_t *out) {
    unsigned char offset[GM__SCAN_BLOCK];
    for (unsigned i = 0; i < GM__SCAN_BLOCK; i++) offset[i] = (unsigned char)i;
    const __m512i offsets = load64(offset);
    uint32_t *to = out;
    for (size_t b = 0; b < blocks; b++) {
        uint64_t bits = found->bits[b];
        __m512i places = _mm512_maskz_compress_epi8(bits, offsets), base = _mm512_set1_epi32((int)found->at[b]);
        size_t n = (size_t)_mm_popcnt_u64(bits);
        _mm512_storeu_si512(to, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));
        for (size_t more = 16; GM__UNLIKELY(more < n); more += 16) {
            places = _mm512_shuffle_i32x4(places, places, 0x39); /* the next sixteen */
            _mm512_storeu_si512(to + more,
                                _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));
        }
        to += n;
    }
    return (size_t)(to - out);
}

AVX512 static inline __m512i each32(int number) { return _mm512_set1_epi32(number); }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion" /* gcc's gather, where it does not optimise: a macro */

/* Sixteen places at a time, four bytes from each on: its own and the three of what follows. */
AVX512 static inline __mmask16 pass16(const unsigned char *p, const uint64_t *gate, __m512i places, __mmask16 which) {
    __m512i four = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), which, places, p, 1);
    __m512i lead = _mm512_and_si512(_mm512_srli_epi32(four, 8), each32(0xFF));
    __m512i parts = _mm512_and_si512(four, each32(0x3F3F0F00)); /* of a code point of three bytes */
    __m512i cp = _mm512_madd_epi16(_mm512_maddubs_epi16(parts, each32(0x01404000)), each32(0x10040));
    cp = _mm512_mask_mov_epi32(cp, _mm512_cmplt_epu32_mask(lead, each32(0x80)), lead);
    __m512i words = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), which, _mm512_srli_epi32(cp, 5), gate, 4);
    __m512i bit = _mm512_srlv_epi32(words, _mm512_and_si512(cp, each32(31)));
    __m512i wide = _mm512_and_si512(lead, each32(0xF0)); /* E0 and below 80: of three bytes, of one */
    __mmask16 other = _mm512_cmpneq_epi32_mask(wide, each32(0xE0)) & _mm512_cmpge_epu32_mask(lead, each32(0x80));
    __mmask16 line = _mm512_cmplt_epu32_mask(_mm512_and_si512(four, each32(0xFF)), each32(' '));
    return (__mmask16)((_mm512_test_epi32_mask(bit, each32(1)) | other | line) & which);
}

#pragma GCC diagnostic pop

AVX512 static size_t pass_avx512(const unsigned char *p, const uint64_t *gate, uint32_t base, uint32_t *places,
                                 size_t count) {
    uint32_t *to = places;
    for (size_t i = 0; i < count; i += 16) {
        __mmask16 which = (__mmask16)(count - i < 16 ? (1u << (count - i)) - 1 : 0xFFFF);
        __m512i at = _mm512_loadu_si512(places + i);
        __mmask16 kept = pass16(p, gate, at, which);
        _mm512_mask_compressstoreu_epi32(to, kept, _mm512_add_epi32(at, each32((int)base)));
        to += __builtin_popcount(kept);
    }
    return (size_t)(to - places);
}

AVX512 static size_t events_avx512(const unsigned char *p, size_t count, uint32_t carry,
                                   const struct gm__scan_gates *gates, uint32_t base, uint32_t *out, bool *sure) {
    const struct tables64 t = tables_of(gates->rough);
    struct masks64 masks;
    struct found found;
    blocks_avx512(p, count, carry, &t, &masks);
    size_t blocks = join_all(&masks, count, carry, &found, sure);
    return pass_avx512(p, gates->bits, base, out, places_avx512(&found, blocks, out));
}

AVX512 static inline bool faulty_avx512(const char *q) {
    __m512i v = load64(q), b1 = load64(q - 1), b2 = load64(q - 2), b3 = load64(q - 3);
    __m512i pair =
        _mm512_and_si512(_mm512_and_si512(_mm512_shuffle_epi8(each16(first_high), high64(b1)),
                                          _mm512_shuffle_epi8(each16(first_low), _mm512_and_si512(b1, all64(0x0F)))),
                         _mm512_shuffle_epi8(each16(second_high), high64(v)));
    __m512i third = _mm512_subs_epu8(b2, all64(0xE0 - 0x80)), fourth = _mm512_subs_epu8(b3, all64(0xF0 - 0x80));
    __m512i bad = _mm512_xor_si512(_mm512_and_si512(_mm512_or_si512(third, fourth), all64(0x80)), pair);
    return _mm512_test_epi8_mask(bad, bad) != 0;
}

AVX512 static size_t valid_avx512(const char *p, size_t len) {
    if (len < 128) return gm__scan_valid_from(p, 0, len);
    char first[3 + 64] = {0}; /* the first block with three bytes before it */
    memcpy(first + 3, p, 64);
    size_t at = 0;
    if (!faulty_avx512(first + 3))
        for (at = 64; len - at >= 64 && !faulty_avx512(p + at);) at += 64;
    return gm__scan_valid_rest(p, at, len);
}

const struct gm__scan gm__scan_avx512 = {"avx512", events_avx512, valid_avx512};

bool gm__scan_have_avx512(void) { return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2"); }

#endif
