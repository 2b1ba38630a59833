/* span_simd.h - what span.c and marks.c share: the vector code's loads and look-ups, and what marks.c gives span.c. */
#ifndef GM_SPAN_SIMD_H
#define GM_SPAN_SIMD_H

#include "base/span.h"

uint64_t gm__marks_scalar(const char *p, const struct gm__marks *set);
void gm__clauses_scalar(const char *text, struct gm__clause *c, size_t count);
size_t gm__closing_scalar(const char *p, size_t len);

#if defined(__x86_64__)
#include <immintrin.h>

uint64_t gm__marks_avx2(const char *p, const struct gm__marks *set);
void gm__clauses_avx2(const char *text, struct gm__clause *c, size_t count);
size_t gm__closing_avx2(const char *p, size_t len);
uint64_t gm__marks_avx512(const char *p, const struct gm__marks *set);
void gm__clauses_avx512(const char *text, struct gm__clause *c, size_t count);
size_t gm__closing_avx512(const char *p, size_t len);

#define AVX2 __attribute__((target("avx2,popcnt")))
#define STEP ((size_t)32)

AVX2 static inline __m256i load(const char *p) { return _mm256_loadu_si256((const __m256i *)(const void *)p); }

AVX2 static inline __m256i table(const unsigned char nibbles[16]) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)nibbles));
}

/* For each byte a value that is not 0 when it is in the set. */
AVX2 static inline __m256i classes(__m256i v, __m256i low, __m256i high) {
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    __m256i a = _mm256_shuffle_epi8(low, _mm256_and_si256(v, nibble));
    __m256i b = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
    return _mm256_and_si256(a, b);
}

#define AVX512 __attribute__((target("avx512f,avx512bw,popcnt")))
#define WIDE   ((size_t)64)

AVX512 static inline __m512i load64(const char *p) { return _mm512_loadu_si512((const void *)p); }
AVX512 static inline __m512i all64(int byte) { return _mm512_set1_epi8((char)byte); }
AVX512 static inline __m512i table64(const unsigned char nibbles[16]) {
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)nibbles));
}
AVX512 static inline __m512i classes64(__m512i v, const struct gm__byte_set *set) {
    __m512i a = _mm512_shuffle_epi8(table64(set->low), _mm512_and_si512(v, all64(0x0F)));
    return _mm512_and_si512(
        a, _mm512_shuffle_epi8(table64(set->high), _mm512_and_si512(_mm512_srli_epi16(v, 4), all64(0x0F))));
}

#endif

#endif
