/* scan_x86.c - scan.h for x86-64: SSE2, which every one has, and AVX2, asked for at run time; AVX-512: scan_avx512.c.
 */
#include "base/scan_vector.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* ---- SSE2: no look-ups, so marks are compared for; the UTF-8 check stays scalar */

static __m128i eq(__m128i v, int byte) { return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)byte)); }

/* min <= v <= max, for max < 0x80 <= 0x7F - max + min; continuation bytes given as negative numbers work alike */
static __m128i range(__m128i v, int min, int max) {
    return _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(0x7F - max))), _mm_set1_epi8((char)(0x7E - max + min)));
}

static unsigned stops_sse2(__m128i v, __m128i b2) {
    __m128i to82 = _mm_cmpgt_epi8(_mm_set1_epi8((char)0x83), v);
    __m128i e2e3 = _mm_or_si128(_mm_and_si128(eq(b2, 0xE3), to82), eq(b2, 0xE2));
    __m128i marks = _mm_or_si128(_mm_or_si128(eq(_mm_and_si128(v, _mm_set1_epi8((char)0xF7)), 0x81), eq(v, 0x8C)),
                                 range(v, 0x9A, 0x9F));
    /* ASCII two behind a lead byte ends no mark */
    __m128i wide = _mm_and_si128(_mm_or_si128(e2e3, _mm_and_si128(eq(b2, 0xEF), marks)), v);
    __m128i ascii = _mm_or_si128(range(v, 0x21, 0x2E), range(v, 0x3A, 0x3F));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(wide, ascii));
}

/* The line marks of a block, and the stops but those right before one. */
static inline uint64_t block_sse2(const unsigned char *p, uint32_t carry) {
    uint64_t line = 0, stop = 0;
    for (unsigned i = 0; i < GM__SCAN_BLOCK; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i)), b2;
        if (i == 0) /* 0, 0, b[-2], b[-1] */
            b2 =
                _mm_or_si128(_mm_slli_si128(v, 2), _mm_srli_si128(_mm_cvtsi32_si128((int)__builtin_bswap32(carry)), 2));
        else
            b2 = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 2));
        line |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(range(v, '\t', '\n'), eq(v, '\r'))) << i;
        stop |= (uint64_t)stops_sse2(v, b2) << i;
    }
    return line | (stop & ~(line >> 1));
}

static size_t events_sse2(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gates *gates,
                          uint32_t base, uint32_t *out, bool *sure) {
    *sure = false;
    return gm__scan_events_by(block_sse2, p, count, carry, gates->bits, base, out);
}

static const struct gm__scan sse2 = {"sse2", events_sse2, gm__scan_valid};

/* ---- AVX2 */

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

AVX2 static inline __m256i load32(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
/* The same, once for all that it is asked for: no load of its own stands in an operand. */
AVX2 static inline __m256i once32(const void *p) { return _mm256_lddqu_si256((const __m256i *)p); }
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

#define ALWAYS (ASCII_2 | ASCII_3 | LINE)
/* Which kinds are open behind a lead byte E0 to EF, two bytes later, by its low four bits. */
static const unsigned char open_low[16] = {
    ALWAYS, ALWAYS, ALWAYS | E2_X, ALWAYS | E3_8, ALWAYS, ALWAYS, ALWAYS, ALWAYS,
    ALWAYS, ALWAYS, ALWAYS,        ALWAYS,        ALWAYS, ALWAYS, ALWAYS, ALWAYS | EF_8 | EF_9};

/* A bit for each byte that a stop ends with, or that is LINE. Bytes below E0 are looked up as E0, those above EF as
 * what has their low four bits: see drop_fours. */
AVX2 static inline uint32_t marks_avx2(__m256i kinds, __m256i b2) {
    __m256i open = _mm256_shuffle_epi8(table32(open_low), _mm256_subs_epu8(b2, all32(0xE0)));
    return bits32(_mm256_adds_epu8(_mm256_and_si256(kinds, open), all32(0x7F))); /* the top bit: not 0 */
}

/* The top bit of each byte that a text of ASCII and three-byte characters would not have there: continuations stand one
 * or two behind a lead byte, and nothing else does; all other bytes from 0x80 on are LEAD. */
AVX2 static inline __m256i odd_avx2(__m256i v, __m256i kinds, __m256i b1, __m256i b2) {
    __m256i due = _mm256_subs_epu8(_mm256_max_epu8(b1, b2), all32(0xC0 - 0x80));
    return _mm256_or_si256(_mm256_xor_si256(v, _mm256_or_si256(due, kinds)),
                           _mm256_and_si256(due, _mm256_add_epi8(v, v))); /* bit 6: no continuation */
}

/* Of the 32 bytes at `p`. */
AVX2 static inline uint32_t half_avx2(__m256i v, const unsigned char *p, __m256i *odd) {
    __m256i kinds = kinds_avx2(v), b1 = load32(p - 1), b2 = once32(p - 2); /* one and two bytes earlier */
    *odd = _mm256_or_si256(*odd, odd_avx2(v, kinds, b1, b2));
    return marks_avx2(kinds, b2);
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

/* The lowest bits of two that follow one another, as two numbers. */
AVX2 static inline void put_two(uint32_t *to, uint64_t both, uint64_t bits, uint64_t rest) {
    uint64_t two = both + (_tzcnt_u64(rest) << 32 | _tzcnt_u64(bits));
    memcpy(to, &two, sizeof two);
}

/* The places of a block's bits; both: the block's own, twice. Where the next go. Most blocks have four bits at most:
 * these are written without a question. */
AVX2 static inline uint32_t *put_block(uint32_t *to, uint64_t both, uint64_t bits) {
    uint32_t *next = to + _mm_popcnt_u64(bits);
    for (;; to += 4) {
        uint64_t second = bits & (bits - 1), third = second & (second - 1), fourth = third & (third - 1);
        put_two(to, both, bits, second);
        put_two(to + 2, both, third, fourth);
        if (GM__LIKELY(next <= to + 4)) return next;
        bits = fourth & (fourth - 1);
    }
}

AVX2 static inline __m256i each32(int number) { return _mm256_set1_epi32(number); }

/* Eight places at a time, four bytes from each on: its own and the three of what follows. A bit a place: it stays. */
AVX2 static inline unsigned pass8(const unsigned char *p, const uint64_t *gate, __m256i places) {
    __m256i four = _mm256_i32gather_epi32((const int *)(const void *)p, places, 1);
    __m256i lead = _mm256_and_si256(_mm256_srli_epi32(four, 8), each32(0xFF));
    __m256i parts = _mm256_and_si256(four, each32(0x3F3F0F00)); /* of a code point of three bytes */
    __m256i halves = _mm256_maddubs_epi16(parts, each32(0x01404000)),
            wide_cp = _mm256_madd_epi16(halves, each32(0x10040));
    __m256i high = _mm256_cmpgt_epi32(lead, each32(0x7F));
    __m256i cp = _mm256_blendv_epi8(lead, wide_cp, high);
    __m256i words = _mm256_i32gather_epi32((const int *)(const void *)gate, _mm256_srli_epi32(cp, 5), 4);
    /* What counts is the top bit. */
    __m256i bit = _mm256_sllv_epi32(words, _mm256_andnot_si256(cp, each32(31)));
    __m256i wide = _mm256_cmpeq_epi32(_mm256_and_si256(lead, each32(0xF0)), each32(0xE0));
    __m256i line = _mm256_add_epi32(_mm256_and_si256(four, each32(0xFF)), each32(-' '));
    __m256i other = _mm256_andnot_si256(wide, high);
    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_or_si256(_mm256_or_si256(bit, line), other)));
}

/* Those of eight places that stay, with `base` added. Behind them others. Their number. */
AVX2 static inline size_t press8(uint32_t *to, __m256i at, unsigned kept, uint32_t base) {
    uint64_t lanes = _pext_u64(UINT64_C(0x0706050403020100), _pdep_u64(kept, UINT64_C(0x0101010101010101)) * 0xFF);
    __m256i order = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)lanes));
    __m256i stay = _mm256_permutevar8x32_epi32(_mm256_add_epi32(at, each32((int)base)), order);
    _mm256_storeu_si256((__m256i *)(void *)to, stay);
    return (size_t)_mm_popcnt_u32(kept);
}

/* As gm__scan_pass(). */
AVX2 static size_t pass_avx2(const unsigned char *p, const uint64_t *gate, uint32_t base, uint32_t *places,
                             size_t count) {
    uint32_t *to = places;
    const uint32_t *end = places + count;
    _mm256_storeu_si256((__m256i *)(void *)(places + count), _mm256_setzero_si256());
    for (; end - places >= 8; places += 8) {
        __m256i at = load32(places);
        to += press8(to, at, pass8(p, gate, at), base);
    }
    __m256i at = load32(places);
    return (size_t)(to + press8(to, at, _bzhi_u32(pass8(p, gate, at), (unsigned)(end - places)), base) - (end - count));
}

/* The places of line marks and of stops before anything. *sure: no byte of the blocks is odd. */
AVX2 static size_t places_avx2(const unsigned char *p, size_t count, uint32_t carry, uint32_t *out, bool *sure) {
    const uint64_t each = GM__SCAN_BLOCK * UINT64_C(0x100000001);
    unsigned char first[2 + 32];
    __m256i odd = _mm256_setzero_si256();
    carry = gm__scan_plain_carry(carry);
    first[0] = (unsigned char)(carry >> 8);
    first[1] = (unsigned char)carry;
    memcpy(first + 2, p, 32);
    uint64_t low = half_avx2(load32(p), first + 2, &odd);
    uint32_t *to = out;
    for (uint64_t both = 0, end = count * each;;) {
        to = put_block(to, both, low | (uint64_t)half_avx2(load32(p + 32), p + 32, &odd) << 32);
        if ((both += each) == end) break;
        p += GM__SCAN_BLOCK;
        gm__scan_fetch(p);
        low = half_avx2(load32(p), p, &odd);
    }
    *sure = bits32(odd) == 0;
    return (size_t)(to - out);
}

/* The third of four bytes ends no stop. */
static size_t drop_fours(const unsigned char *p, uint32_t *places, size_t count) {
    uint32_t *to = places;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = places[i];
        if (at < 2 || p[at - 2] < 0xF0 || p[at] < 0x80) *to++ = at;
    }
    return (size_t)(to - places);
}

AVX2 static size_t events_avx2(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gates *gates,
                               uint32_t base, uint32_t *out, bool *sure) {
    size_t places = places_avx2(p, count, carry, out, sure);
    if (!*sure) places = drop_fours(p, out, places);
    return pass_avx2(p, gates->bits, base, out, places);
}

static const struct gm__scan avx2 = {"avx2", events_avx2, valid_avx2};

static bool have_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }

/* ---- choice */

size_t gm__scan_vector_count(void) { return gm__scan_have_avx512() ? 3 : have_avx2() ? 2 : 1; }

const struct gm__scan *gm__scan_vector(size_t index) {
    static const struct gm__scan *const all[] = {&sse2, &avx2, &gm__scan_avx512};
    return all[gm__scan_vector_count() - 1 - index];
}

#endif
