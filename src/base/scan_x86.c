/* scan_x86.c - scan.h for x86-64: SSE2, which every one has; AVX2 and AVX-512 with VBMI2, asked for at run time. */
#include "base/scan_vector.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* ---- SSE2: no look-ups, so marks are compared for; the UTF-8 check stays scalar */

static __m128i eq(__m128i v, int byte) { return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)byte)); }

/* min <= v <= max, for max < 0x80 <= 0x7F - max + min; continuation bytes given as negative numbers work alike */
static __m128i range(__m128i v, int min, int max) {
    return _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(0x7F - max))), _mm_set1_epi8((char)(0x7E - max + min)));
}

static unsigned stops_sse2(__m128i v, __m128i b1, __m128i b2) {
    __m128i to82 = _mm_cmpgt_epi8(_mm_set1_epi8((char)0x83), v);
    __m128i e2e3 = _mm_and_si128(eq(b1, 0x80), _mm_or_si128(_mm_and_si128(eq(b2, 0xE3), to82), eq(b2, 0xE2)));
    __m128i marks = _mm_or_si128(_mm_or_si128(eq(_mm_and_si128(v, _mm_set1_epi8((char)0xF7)), 0x81), eq(v, 0x8C)),
                                 range(v, 0x9A, 0x9F));
    __m128i ef = _mm_and_si128(_mm_and_si128(eq(b1, 0xBC), eq(b2, 0xEF)), marks);
    /* ASCII after E2 80 ends no mark */
    __m128i wide = _mm_and_si128(_mm_or_si128(e2e3, ef), v);
    __m128i ascii = _mm_or_si128(range(v, 0x21, 0x2E), range(v, 0x3A, 0x3F));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(wide, ascii));
}

static inline void marks_sse2(const unsigned char *p, uint32_t carry, struct gm__scan_masks *out) {
    uint64_t line = 0, stop = 0;
    for (unsigned i = 0; i < GM__SCAN_BLOCK; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i)), b1, b2;
        if (i == 0) {
            __m128i c = _mm_cvtsi32_si128((int)__builtin_bswap32(carry)); /* 0, 0, b[-2], b[-1] */
            b1 = _mm_or_si128(_mm_slli_si128(v, 1), _mm_srli_si128(c, 3));
            b2 = _mm_or_si128(_mm_slli_si128(v, 2), _mm_srli_si128(c, 2));
        } else {
            b1 = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 1));
            b2 = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 2));
        }
        line |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(range(v, '\t', '\n'), eq(v, '\r'))) << i;
        stop |= (uint64_t)stops_sse2(v, b1, b2) << i;
    }
    *out = (struct gm__scan_masks){line, stop};
}

static bool blocks_sse2(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gate *gate,
                        struct gm__scan_masks *out) {
    for (size_t i = 0; i < count; i++, p += GM__SCAN_BLOCK) {
        marks_sse2(p, carry, &out[i]);
        out[i].stop = gm__scan_through_gate(p, out[i].stop & ~(out[i].line >> 1), gate);
        carry = gm__scan_carry_after(p);
    }
    return false;
}

static const struct gm__scan sse2 = {"sse2", blocks_sse2, gm__scan_valid, gm__scan_places, gm__scan_pass};

/* ---- what AVX2 and AVX-512 share: is a text of ASCII and three-byte characters well-formed, by masks alone */

struct plain {
    uint64_t due;    /* the continuations that the block before asks of this one */
    uint64_t faulty; /* 0 so far, or not so plain */
};

static bool is_plain_lead(unsigned byte) { return byte >= 0xE1 && byte != 0xED && byte < 0xF0; }

static struct plain plain_after(uint32_t carry) {
    unsigned b1 = carry & 0xFF, b2 = carry >> 8;
    return (struct plain){is_plain_lead(b1) ? 3 : is_plain_lead(b2) && (b1 & 0xC0) == 0x80, 0};
}

/* Of a block the bytes from 0x80 on, those from 0xC0 on, and those that are LEAD. */
static inline void see_plain(struct plain *s, uint64_t high, uint64_t leads, uint64_t plain) {
    s->faulty |= (leads ^ plain) | ((high & ~leads) ^ (plain << 1 | plain << 2 | s->due));
    s->due = (plain >> 62 & 1) | (plain >> 63) * 3;
}

/* A text goes through the vector code a chunk at a time, and what is found is seen to in between. The next chunk comes
 * from memory, a line a block, while this one is looked at; what lies behind the text is not read, only asked for. */
static inline void fetch_ahead(const unsigned char *p) { GM__PREFETCH((const void *)((uintptr_t)p + GM__SCAN_FETCH)); }

/* ---- AVX2 */

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load32(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
AVX2 static inline __m256i table32(const unsigned char table[16]) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
}
AVX2 static inline __m256i all32(int byte) { return _mm256_set1_epi8((char)byte); }
AVX2 static inline __m256i high32(__m256i v) { return _mm256_and_si256(_mm256_srli_epi16(v, 4), all32(0x0F)); }

AVX2 static inline unsigned bits32(__m256i v) { return (unsigned)_mm256_movemask_epi8(v); }

AVX2 static inline __m256i kinds_avx2(__m256i v) {
    return _mm256_and_si256(_mm256_shuffle_epi8(table32(kind_low), _mm256_and_si256(v, all32(0x0F))),
                            _mm256_shuffle_epi8(table32(kind_high), high32(v)));
}

/* 0 where no stop ends. */
AVX2 static inline __m256i stops_avx2(__m256i kinds, __m256i b1, __m256i b2) {
    /* E0 to EF become 0x70 to 0x7F, the rest 0x80 and up, for which the look-up gives 0 */
    __m256i lead =
        _mm256_shuffle_epi8(table32(lead_low), _mm256_adds_epu8(_mm256_xor_si256(b2, all32(0xE0)), all32(0x70)));
    __m256i second = _mm256_or_si256(_mm256_and_si256(_mm256_cmpeq_epi8(b1, all32(0x80)), all32(E2_X | E3_8)),
                                     _mm256_and_si256(_mm256_cmpeq_epi8(b1, all32(0xBC)), all32(EF_8 | EF_9)));
    __m256i open = _mm256_or_si256(_mm256_and_si256(lead, second), all32(ASCII_2 | ASCII_3));
    return _mm256_and_si256(kinds, open);
}

AVX2 static inline unsigned leads_avx2(__m256i v) {
    return bits32(_mm256_cmpeq_epi8(_mm256_max_epu8(v, all32(0xC0)), v));
}

/* Of the 32 bytes before `next` all bits of those that the gate holds back. */
AVX2 static inline __m256i held_avx2(const struct gm__scan_gate *g, const unsigned char *next) {
    __m256i n0 = load32(next), n1 = load32(next + 1), n2 = load32(next + 2);
    __m256i low = all32(0x0F);
    __m256i wide = _mm256_cmpeq_epi8(_mm256_and_si256(n0, all32(0xF0)), all32(0xE0));
    __m256i second = _mm256_and_si256(_mm256_shuffle_epi8(table32(g->second[0]), _mm256_and_si256(n1, low)),
                                      _mm256_shuffle_epi8(table32(g->second[1]), high32(n1)));
    __m256i third = _mm256_and_si256(_mm256_shuffle_epi8(table32(g->third[0]), _mm256_and_si256(n2, low)),
                                     _mm256_shuffle_epi8(table32(g->third[1]), high32(n2)));
    __m256i lead = _mm256_shuffle_epi8(table32(g->lead), _mm256_and_si256(n0, low));
    __m256i classes = _mm256_and_si256(_mm256_and_si256(lead, second), third);
    return _mm256_and_si256(_mm256_cmpeq_epi8(classes, _mm256_setzero_si256()), wide);
}

AVX2 static inline unsigned passed_avx2(__m256i stops, __m256i held) {
    return ~bits32(_mm256_cmpeq_epi8(_mm256_andnot_si256(held, stops), _mm256_setzero_si256()));
}

AVX2 static inline void block_avx2(const unsigned char *p, __m256i a1, __m256i a2, const struct gm__scan_gate *gate,
                                   struct gm__scan_masks *out, struct plain *plain) {
    __m256i a = load32(p), b = load32(p + 32), ka = kinds_avx2(a), kb = kinds_avx2(b);
    uint64_t low = passed_avx2(stops_avx2(ka, a1, a2), held_avx2(gate, p + 1));
    uint64_t high = passed_avx2(stops_avx2(kb, load32(p + 31), load32(p + 30)), held_avx2(gate, p + 33));
    out->line = (uint64_t)bits32(_mm256_slli_epi16(kb, 1)) << 32 | bits32(_mm256_slli_epi16(ka, 1));
    out->stop = (high << 32 | low) & ~(out->line >> 1);
    see_plain(plain, (uint64_t)bits32(b) << 32 | bits32(a), (uint64_t)leads_avx2(b) << 32 | leads_avx2(a),
              (uint64_t)bits32(kb) << 32 | bits32(ka));
}

/* Fault bits of the 32 bytes v; b1, b2, b3 are the same text one, two and three bytes earlier. */
AVX2 static inline __m256i faults_avx2(__m256i v, __m256i b1, __m256i b2, __m256i b3) {
    __m256i pair =
        _mm256_and_si256(_mm256_and_si256(_mm256_shuffle_epi8(table32(first_high), high32(b1)),
                                          _mm256_shuffle_epi8(table32(first_low), _mm256_and_si256(b1, all32(0x0F)))),
                         _mm256_shuffle_epi8(table32(second_high), high32(v)));
    __m256i third = _mm256_subs_epu8(b2, all32(0xE0 - 0x80)), fourth = _mm256_subs_epu8(b3, all32(0xF0 - 0x80));
    return _mm256_xor_si256(_mm256_and_si256(_mm256_or_si256(third, fourth), all32(0x80)), pair);
}

AVX2 static size_t valid_avx2(const char *p, size_t len) {
    if (len < 128) return gm__scan_valid_from(p, 0, len);
    char first[3 + 64] = {0}; /* the first block with three bytes before it */
    memcpy(first + 3, p, 64);
    size_t at = 0;
    for (; len - at >= 64; at += 64) {
        const char *q = at == 0 ? first + 3 : p + at;
        __m256i a = load32(q), b = load32(q + 32);
        __m256i bad = _mm256_or_si256(faults_avx2(a, load32(q - 1), load32(q - 2), load32(q - 3)),
                                      faults_avx2(b, load32(q + 31), load32(q + 30), load32(q + 29)));
        if (!_mm256_testz_si256(bad, bad)) break;
    }
    return gm__scan_valid_rest(p, at, len);
}

AVX2 static bool blocks_avx2(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gate *gate,
                             struct gm__scan_masks *out) {
    unsigned char first[2 + 32] = {(unsigned char)(carry >> 8), (unsigned char)carry};
    struct plain plain = plain_after(carry);
    if (!count) return true;
    memcpy(first + 2, p, 32);
    block_avx2(p, load32(first + 1), load32(first), gate, out, &plain);
    for (size_t i = 1; i < count; i++) {
        p += GM__SCAN_BLOCK;
        fetch_ahead(p);
        block_avx2(p, load32(p - 1), load32(p - 2), gate, &out[i], &plain);
    }
    return !plain.faulty;
}

static const struct gm__scan avx2 = {"avx2", blocks_avx2, valid_avx2, gm__scan_places, gm__scan_pass};

static bool have_avx2(void) { return __builtin_cpu_supports("avx2") != 0; }

/* ---- AVX-512 with VBMI2: look-ups by the low six bits of a byte; comparisons give masks at once */

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")))

AVX512 static inline __m512i load64(const void *p) { return _mm512_loadu_si512(p); }
AVX512 static inline __m512i all64(int byte) { return _mm512_set1_epi8((char)byte); }
AVX512 static inline __m512i each16(const unsigned char table[16]) {
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)table));
}
AVX512 static inline __m512i high64(__m512i v) { return _mm512_and_si512(_mm512_srli_epi16(v, 4), all64(0x0F)); }
AVX512 static inline __m512i find64(__m512i table, __m512i v) { return _mm512_permutexvar_epi8(v, table); }

/* The tables of one call. */
struct tables64 {
    __m512i kinds, second, lead; /* of the last byte of a mark, the one before it, and its first */
    __m512i next[3];             /* the gate, by the three bytes behind it */
};

/* By the low six bits, from tables by the nibbles; of `high` four entries count. */
AVX512 static __m512i by_nibbles(const unsigned char low[16], const unsigned char high[4]) {
    unsigned char spread[64];
    for (size_t i = 0; i < 4; i++) memset(spread + i * 16, high[i], 16);
    return _mm512_and_si512(each16(low), load64(spread));
}

/* By the low six bits of E0 to EF. */
AVX512 static inline __m512i by_lead(const unsigned char low[16]) {
    return _mm512_inserti32x4(_mm512_setzero_si512(), _mm_loadu_si128((const __m128i *)(const void *)low), 2);
}

AVX512 static struct tables64 tables_of(const struct gm__scan_gate *gate) {
    static const unsigned char second[64] = {[0x00] = E2_X | E3_8, [0x3C] = EF_8 | EF_9}; /* 80, BC */
    unsigned char high[4];
    for (size_t i = 0; i < 4; i++) /* ASCII, continuations and leads share the entries, not the bits */
        high[i] = (unsigned char)(kind_high[i] | kind_high[8 + i] | (kind_high[12 + i] & LEAD));
    return (struct tables64){by_nibbles(kind_low, high),
                             load64(second),
                             by_lead(lead_low),
                             {by_lead(gate->lead), by_nibbles(gate->second[0], gate->second[1] + 8),
                              by_nibbles(gate->third[0], gate->third[1] + 8)}};
}

/* Of the 64 bytes before `next` those that the gate lets pass. */
AVX512 static inline uint64_t gate_avx512(const struct tables64 *t, const unsigned char *next) {
    __m512i n0 = load64(next), n1 = load64(next + 1), n2 = load64(next + 2);
    uint64_t some =
        _mm512_test_epi8_mask(_mm512_and_si512(find64(t->next[0], n0), find64(t->next[1], n1)), find64(t->next[2], n2));
    uint64_t wide = _mm512_cmpeq_epi8_mask(_mm512_and_si512(n0, all64(0xF0)), all64(0xE0));
    return some | ~wide;
}

/* b1, b2: the same text one and two bytes earlier; behind a lead byte their low six bits tell all. third: of the two
 * bytes from p on those that stand two behind a lead byte, and then of the next block. */
AVX512 static inline void block_avx512(const unsigned char *p, __m512i b1, __m512i b2, const struct tables64 *t,
                                       struct gm__scan_masks *out, struct plain *plain, uint64_t *third) {
    __m512i v = load64(p), kinds = find64(t->kinds, v);
    uint64_t wide = _mm512_test_epi8_mask(kinds, _mm512_and_si512(find64(t->second, b1), find64(t->lead, b2)));
    uint64_t low = _mm512_cmplt_epu8_mask(v, all64(0x40)), leads = _mm512_cmpge_epu8_mask(v, all64(0xC0));
    uint64_t ascii = _mm512_mask_test_epi8_mask(low, kinds, all64(ASCII_2 | ASCII_3));
    out->line = _mm512_mask_test_epi8_mask(low, kinds, all64(LINE));
    out->stop = ((wide & (leads << 2 | *third)) | ascii) & gate_avx512(t, p + 1) & ~(out->line >> 1);
    *third = leads >> 62;
    see_plain(plain, _mm512_movepi8_mask(v), leads, _mm512_mask_test_epi8_mask(leads, kinds, all64(LEAD)));
}

AVX512 static bool blocks_avx512(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gate *gate,
                                 struct gm__scan_masks *out) {
    const struct tables64 t = tables_of(gate);
    unsigned char first[2 + 64] = {(unsigned char)(carry >> 8), (unsigned char)carry};
    struct plain plain = plain_after(carry);
    uint64_t third = (carry >> 8 >= 0xC0 ? 1u : 0u) | ((carry & 0xFF) >= 0xC0 ? 2u : 0u);
    if (!count) return true;
    memcpy(first + 2, p, 64);
    block_avx512(p, load64(first + 1), load64(first), &t, out, &plain, &third);
    for (size_t i = 1; i < count; i++) {
        p += GM__SCAN_BLOCK;
        fetch_ahead(p);
        block_avx512(p, load64(p - 1), load64(p - 2), &t, &out[i], &plain, &third);
    }
    return !plain.faulty;
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

/* Sixteen of a block at a time: the offsets of its bits, pressed together, as numbers of 32 bits. */
AVX512 static size_t places_avx512(const struct gm__scan_masks *masks, size_t count, uint32_t *out) {
    unsigned char offset[GM__SCAN_BLOCK];
    for (unsigned i = 0; i < GM__SCAN_BLOCK; i++) offset[i] = (unsigned char)i;
    const __m512i offsets = load64(offset);
    uint32_t *to = out;
    for (size_t b = 0; b < count; b++) {
        uint64_t bits = masks[b].line | masks[b].stop;
        __m512i found = _mm512_maskz_compress_epi8(bits, offsets), base = _mm512_set1_epi32((int)(b * GM__SCAN_BLOCK));
        size_t n = (size_t)_mm_popcnt_u64(bits);
        _mm512_storeu_si512(to, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found))));
        for (size_t more = 16; GM__UNLIKELY(more < n); more += 16) {
            found = _mm512_shuffle_i32x4(found, found, 0x39); /* the next sixteen */
            _mm512_storeu_si512(to + more, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found))));
        }
        to += n;
    }
    return (size_t)(to - out);
}

AVX512 static inline __m512i each32(int number) { return _mm512_set1_epi32(number); }

/* Sixteen places at a time, four bytes from each on: its own and the three of what follows. */
AVX512 static inline __mmask16 pass16(const unsigned char *p, const uint64_t *gate, __m512i places, __mmask16 which) {
    __m512i four = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), which, places, p, 1);
    __m512i lead = _mm512_and_si512(_mm512_srli_epi32(four, 8), each32(0xFF));
    __m512i first = _mm512_and_si512(_mm512_slli_epi32(lead, 12), each32(0xF000));
    __m512i second = _mm512_and_si512(_mm512_srli_epi32(four, 10), each32(0xFC0)); /* bits 16 to 21 */
    __m512i third = _mm512_and_si512(_mm512_srli_epi32(four, 24), each32(0x3F));
    __m512i cp = _mm512_or_si512(_mm512_or_si512(first, second), third);
    cp = _mm512_mask_mov_epi32(cp, _mm512_cmplt_epu32_mask(lead, each32(0x80)), lead);
    __m512i words = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), which, _mm512_srli_epi32(cp, 5), gate, 4);
    __m512i bit = _mm512_srlv_epi32(words, _mm512_and_si512(cp, each32(31)));
    __m512i wide = _mm512_and_si512(lead, each32(0xF0)); /* E0 and below 80: of three bytes, of one */
    __mmask16 other = _mm512_cmpneq_epi32_mask(wide, each32(0xE0)) & _mm512_cmpge_epu32_mask(lead, each32(0x80));
    __mmask16 line = _mm512_cmplt_epu32_mask(_mm512_and_si512(four, each32(0xFF)), each32(' '));
    return (__mmask16)((_mm512_test_epi32_mask(bit, each32(1)) | other | line) & which);
}

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

static const struct gm__scan avx512 = {"avx512", blocks_avx512, valid_avx512, places_avx512, pass_avx512};

static bool have_avx512(void) { return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2"); }

/* ---- choice */

size_t gm__scan_vector_count(void) { return have_avx512() ? 3 : have_avx2() ? 2 : 1; }

const struct gm__scan *gm__scan_vector(size_t index) {
    static const struct gm__scan *const all[] = {&sse2, &avx2, &avx512};
    return all[gm__scan_vector_count() - 1 - index];
}

#endif
