/* marks.c - see span.h: sets of bytes, the marks that part sentences, and what stands between them. */
#include "base/span_simd.h"

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

/* A bit for each pair of a first byte and a third one's high nibble: E3 8x, E3 9x, EF 8x, EF 9x, EF Bx, E2 9x, E2 Ax,
 * EF Ax */
#define THIRD_HIGH                                                                                                     \
    { [8] = 1 | 4, [9] = 2 | 8 | 32, [0xA] = 64 | 128, [0xB] = 16 }

const struct gm__marks gm__sentence_marks = {
    {{[1] = 2, [8] = 2, [9] = 2, [0xA] = 1, [0xB] = 4 | 8, [0xD] = 1 | 8, [0xE] = 2, [0xF] = 4},
     {[0] = 1, [2] = 2, [3] = 4, [5] = 8}},
    {{[0] = 2,
      [1] = 2 | 4 | 128,
      [2] = 1,
      [4] = 2,
      [5] = 2,
      [6] = 64,
      [8] = 1 | 4 | 32,
      [9] = 1 | 4 | 32,
      [0xA] = 1 | 8,
      [0xB] = 1 | 8 | 16,
      [0xC] = 1 | 32,
      [0xD] = 1 | 16 | 32,
      [0xE] = 1,
      [0xF] = 1 | 8},
     THIRD_HIGH},
    {[2] = 32 | 64, [3] = 1 | 2, [0xF] = 4 | 8 | 16 | 128},
};

const struct gm__marks gm__bracket_marks = {
    {{[8] = 1, [9] = 1, [0xB] = 2, [0xD] = 2}, {[2] = 1, [5] = 2}},
    {{[0] = 2,
      [1] = 2,
      [4] = 2,
      [5] = 2,
      [8] = 1 | 4 | 32,
      [9] = 1 | 4 | 32,
      [0xA] = 1,
      [0xB] = 1 | 16,
      [0xC] = 1 | 32,
      [0xD] = 1 | 16 | 32,
      [0xE] = 1,
      [0xF] = 1},
     THIRD_HIGH},
    {[2] = 32, [3] = 1 | 2, [0xF] = 4 | 16},
};

/* The code point of the mark at p. */
GM__INLINE uint32_t mark_at(const char *p) {
    const unsigned char *c = (const unsigned char *)p;
    return *c < 0x80 ? *c : gm__three_bytes(c);
}

/* The mark at `at` is passed, or c ends with it: true. */
GM__INLINE bool clause_ends(const char *text, size_t at, struct gm__clause *c) {
    c->at = at < c->end ? (uint32_t)at : c->end;
    if (at >= c->end) return true;
    if (gm__raw_three((const unsigned char *)text + at) == GM__RAW_FULL_STOP) return c->depth == 0;
    uint32_t cp = mark_at(text + at);
    int step = gm__bracket(cp);
    if (step) {
        c->depth = c->depth + step > 0 ? c->depth + step : 0;
        return false;
    }
    if (cp == 0xFF1A) c->passed |= GM__PASSED_COLON;
    if (cp == '\n' || cp == '\r') c->passed |= GM__PASSED_LINE;
    return c->depth == 0;
}

/* The bracket at `at` is passed, or it closes one that does not open here: true. */
GM__INLINE bool closes(const char *p, size_t at, int *depth) {
    *depth += gm__bracket(mark_at(p + at));
    return *depth < 0;
}

/* The loops, once for all: `find` is known where they are inlined, and is inlined in turn. */
typedef uint64_t find_marks(const char *p, const struct gm__marks *set);

/* The marks of a block, whose bits they are, are passed, or c ends with one of them: true. */
GM__INLINE bool clause_ends_in(const char *text, size_t block, uint64_t marks, struct gm__clause *c) {
    for (; marks; marks &= marks - 1)
        if (clause_ends(text, block + gm__lowest_bit(marks), c)) return true;
    return false;
}

/* One loop over the blocks of all clauses, so that what `find` needs is at hand from the first to the last. */
GM__INLINE void clauses_by(find_marks *find, size_t step, const char *text, struct gm__clause *c, size_t count) {
    const struct gm__clause *stop = c + count;
    if (!count) return;
    struct gm__clause now = *c;
    for (size_t at = now.at;;) {
        if (!clause_ends_in(text, at, find(text + at, &gm__sentence_marks), &now)) {
            at += step;
            if (at < now.end) continue;
            now.at = now.end;
        }
        *c = now;
        if (++c == stop) return;
        now = *c;
        at = now.at;
    }
}

GM__INLINE size_t closing_by(find_marks *find, const char *p, size_t len) {
    int depth = 0;
    for (size_t at = 0; at < len; at += 64)
        for (uint64_t marks = find(p + at, &gm__bracket_marks); marks; marks &= marks - 1) {
            size_t mark = at + gm__lowest_bit(marks);
            if (mark >= len) return len;
            if (closes(p, mark, &depth)) return mark;
        }
    return len;
}

/* ----------------------------------------------------------------- scalar */

uint64_t gm__marks_scalar(const char *p, const struct gm__marks *set) {
    uint64_t found = 0;
    for (size_t i = 0; i < 64; i++) {
        unsigned char c = (unsigned char)p[i];
        bool is = gm__byte_set_has(&set->one, c);
        if (!is && c >> 4 == 0xE)
            is = (set->leads[c & 15] & gm__byte_classes(&set->third, (unsigned char)p[i + 2])) != 0;
        found |= (uint64_t)is << i;
    }
    return found;
}

void gm__clauses_scalar(const char *text, struct gm__clause *c, size_t count) {
    clauses_by(gm__marks_scalar, 64, text, c, count);
}
size_t gm__closing_scalar(const char *p, size_t len) { return closing_by(gm__marks_scalar, p, len); }

/* ------------------------------------------------------------------- AVX2 */

#if defined(__x86_64__)

AVX2 static inline uint32_t marks_in(const char *p, const struct gm__marks *set) {
    __m256i v = load(p);
    /* E0 to EF become 70 to 7F, all others 80 and above, for which a look-up gives 0 */
    __m256i lead = _mm256_adds_epu8(_mm256_sub_epi8(v, _mm256_set1_epi8((char)0xE0)), _mm256_set1_epi8(0x70));
    __m256i longs = _mm256_and_si256(_mm256_shuffle_epi8(table(set->leads), lead),
                                     classes(load(p + 2), table(set->third.low), table(set->third.high)));
    __m256i shorts = classes(v, table(set->one.low), table(set->one.high));
    __m256i none = _mm256_cmpeq_epi8(_mm256_or_si256(shorts, longs), _mm256_setzero_si256());
    return ~(uint32_t)_mm256_movemask_epi8(none);
}

AVX2 static inline uint64_t marks_avx2(const char *p, const struct gm__marks *set) {
    return marks_in(p, set) | (uint64_t)marks_in(p + STEP, set) << STEP;
}

AVX2 static inline uint64_t marks_step(const char *p, const struct gm__marks *set) { return marks_in(p, set); }

AVX2 uint64_t gm__marks_avx2(const char *p, const struct gm__marks *set) { return marks_avx2(p, set); }

AVX2 void gm__clauses_avx2(const char *text, struct gm__clause *c, size_t count) {
    clauses_by(marks_step, STEP, text, c, count);
}
AVX2 size_t gm__closing_avx2(const char *p, size_t len) { return closing_by(marks_avx2, p, len); }

/* ---------------------------------------------------------------- AVX-512 */

AVX512 static inline uint64_t marks_avx512(const char *p, const struct gm__marks *set) {
    __m512i v = load64(p), shorts = classes64(v, &set->one);
    __m512i lead = _mm512_adds_epu8(_mm512_sub_epi8(v, all64(0xE0)), all64(0x70)); /* as in marks_in */
    __m512i first = _mm512_shuffle_epi8(table64(set->leads), lead);
    return _mm512_test_epi8_mask(first, classes64(load64(p + 2), &set->third)) | _mm512_test_epi8_mask(shorts, shorts);
}

AVX512 uint64_t gm__marks_avx512(const char *p, const struct gm__marks *set) { return marks_avx512(p, set); }

AVX512 void gm__clauses_avx512(const char *text, struct gm__clause *c, size_t count) {
    clauses_by(marks_avx512, WIDE, text, c, count);
}
AVX512 size_t gm__closing_avx512(const char *p, size_t len) { return closing_by(marks_avx512, p, len); }

#endif
