/*
 * span.c - see span.h. AVX2, asked for at run time, and plain C; tests/unit/test_span.c compares them on random bytes.
 */
#include "base/span.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

void gm__byte_set_add(struct gm__byte_set *set, unsigned first, unsigned last) {
    unsigned rows = 0; /* class bits in use */
    for (unsigned h = 0; h < 16; h++) rows |= set->high[h];
    for (unsigned c = first; c <= last; c++) {
        unsigned h = c >> 4;
        if (!set->high[h]) {
            set->high[h] = (unsigned char)(rows + 1);
            rows |= rows + 1;
        }
        set->low[c & 15] |= set->high[h];
    }
}

/* ----------------------------------------------------------------- scalar */

static size_t until_scalar(const char *p, size_t len, const struct gm__byte_set *set) {
    size_t i = 0;
    while (i < len && !gm__byte_set_has(set, (unsigned char)p[i])) i++;
    return i;
}

/* Does a line end with the byte at p? CR before LF is no end of its own. */
static bool ends_line(const char *p, const char *end) {
    return *p == '\n' || (*p == '\r' && !(p + 1 < end && p[1] == '\n'));
}

static void pass_scalar(const char *p, size_t len, const char *end, uint32_t *line, uint32_t *column) {
    for (const char *stop = p + len; p < stop; p++) {
        if (ends_line(p, end)) {
            ++*line;
            *column = 1;
        } else {
            *column += ((unsigned char)*p & 0xC0) != 0x80;
        }
    }
}

static const struct gm__span scalar = {"scalar", until_scalar, pass_scalar};

/* ------------------------------------------------------------------- AVX2 */

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2,popcnt")))
#define STEP ((size_t)32)

AVX2 static inline __m256i load(const char *p) { return _mm256_loadu_si256((const __m256i *)(const void *)p); }

/* The last bytes, fewer than a step, without reading past them. */
AVX2 static inline __m256i load_some(const char *p, size_t len) {
    char bytes[STEP];
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, p, len);
    return load(bytes);
}

AVX2 static inline __m256i table(const unsigned char nibbles[16]) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)nibbles));
}

AVX2 static inline uint32_t members(__m256i v, __m256i low, __m256i high) {
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    __m256i a = _mm256_shuffle_epi8(low, _mm256_and_si256(v, nibble));
    __m256i b = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
    __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(a, b), _mm256_setzero_si256());
    return ~(uint32_t)_mm256_movemask_epi8(none);
}

AVX2 static size_t until_avx2(const char *p, size_t len, const struct gm__byte_set *set) {
    const __m256i low = table(set->low), high = table(set->high);
    size_t at = 0;
    for (; len - at >= STEP; at += STEP) {
        uint32_t found = members(load(p + at), low, high);
        if (found) return at + gm__lowest_bit(found);
    }
    if (at == len) return len;
    uint32_t found = members(load_some(p + at, len - at), low, high) & (UINT32_MAX >> (STEP - (len - at)));
    return found ? at + gm__lowest_bit(found) : len;
}

struct place {
    uint32_t line, column;
};

/* mask: the bytes of v that count; behind: what follows v. */
AVX2 static inline struct place pass_step(struct place at, __m256i v, uint32_t mask, const char *behind,
                                          const char *end) {
    uint32_t starts = mask & (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(v, _mm256_set1_epi8(-65)));
    uint32_t feeds = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n')));
    uint32_t returns = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r')));
    if ((feeds | returns) & mask) {
        uint32_t next = behind < end && *behind == '\n';
        uint32_t ends = mask & (feeds | (returns & ~(feeds >> 1 | next << 31)));
        if (ends) {
            at.line += (uint32_t)_mm_popcnt_u32(ends);
            at.column = 1;
            starts &= ~(UINT32_MAX >> __builtin_clz(ends)); /* those behind the last end */
        }
    }
    at.column += (uint32_t)_mm_popcnt_u32(starts);
    return at;
}

AVX2 static void pass_avx2(const char *p, size_t len, const char *end, uint32_t *line, uint32_t *column) {
    struct place at = {*line, *column};
    for (; len >= STEP; len -= STEP, p += STEP) at = pass_step(at, load(p), UINT32_MAX, p + STEP, end);
    if (len) {
        size_t left = (size_t)(end - p); /* LF behind the stretch tells what its last CR is */
        __m256i v = left >= STEP ? load(p) : load_some(p, left);
        at = pass_step(at, v, UINT32_MAX >> (STEP - len), left >= STEP ? p + STEP : end, end);
    }
    *line = at.line;
    *column = at.column;
}

static const struct gm__span avx2 = {"avx2", until_avx2, pass_avx2};

const struct gm__span *gm__span_best(void) { return __builtin_cpu_supports("avx2") ? &avx2 : &scalar; }

#else

const struct gm__span *gm__span_best(void) { return &scalar; }

#endif

const struct gm__span *gm__span_all(size_t index) {
    const struct gm__span *best = gm__span_best();
    return index == 0 ? best : index == 1 && best != &scalar ? &scalar : NULL;
}
