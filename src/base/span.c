/*
 * span.c - see span.h. AVX-512 for the loops that the parse leans on and AVX2, both asked for at run time, and plain C;
 * tests/unit/test_span.c compares them on random bytes.
 */
#include "base/span_simd.h"

/* ----------------------------------------------------------------- scalar */

static size_t until_scalar(const char *p, size_t len, const struct gm__byte_set *set) {
    size_t i = 0;
    while (i < len && !gm__byte_set_has(set, (unsigned char)p[i])) i++;
    return i;
}

static size_t line_scalar(const char *p, size_t len) {
    size_t i = 0;
    while (i < len && p[i] != '\n' && p[i] != '\r') i++;
    return i;
}

static size_t twins_scalar(const char *p, size_t len, char byte) {
    const char *at = p, *end = p + len;
    for (; end - at >= 2 && (at = memchr(at, byte, (size_t)(end - at) - 1)) != NULL; at++)
        if (at[1] == byte) return (size_t)(at - p);
    return len;
}

static const char gap[] = "\xE3\x80\x80\xE3\x80\x80"; /* 　　 */

static size_t gap_scalar(const char *p, size_t len) {
    for (size_t i = 0; len - i >= 6; i++)
        if (p[i] == gap[0] && memcmp(p + i, gap, 6) == 0) return i;
    return len;
}

/* U+FFFE or U+FFFF */
static bool is_odd(const char *p) { return memcmp(p, "\xEF\xBF", 2) == 0 && ((unsigned char)p[2] | 1) == 0xBF; }

static size_t non_character_scalar(const char *p, size_t len) {
    for (size_t i = 0; len - i >= 3; i++)
        if (is_odd(p + i)) return i;
    return len;
}

static uint32_t columns_of(unsigned char c) { return c < 0x80 ? 1 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0; }

/* Goes on where s ends. */
static struct gm__stretch stretch_from(const char *p, size_t len, struct gm__stretch s) {
    for (; s.len < len && (unsigned char)p[s.len] > '\r'; s.len++) {
        if (s.len < GM__STRETCH_COUNTED) s.columns += columns_of((unsigned char)p[s.len]);
        s.gap |= s.len >= 3 && p[s.len] == gap[0] && p[s.len - 3] == gap[0];
    }
    return s;
}

static struct gm__stretch stretch_scalar(const char *p, size_t len) {
    return stretch_from(p, len, (struct gm__stretch){0});
}

static size_t breaks_scalar(const char *p, size_t count, struct gm__breaks *found) {
    size_t n = 0;
    for (const char *end = p + count * 64; p < end; p += 64) {
        struct gm__breaks b = {p, 0};
        for (unsigned i = 0; i < 64; i++)
            b.bits |= (uint64_t)((unsigned char)p[i] <= '\r' || (p[i] == gap[0] && memcmp(p + i, gap, 6) == 0)) << i;
        found[n] = b;
        n += b.bits != 0;
    }
    return n;
}

/* Of these places at p only those where a gap begins. */
static uint64_t true_gaps(const char *p, uint64_t places) {
    for (uint64_t left = places; left; left &= left - 1)
        if (memcmp(p + gm__lowest_bit(left), gap, 6) != 0) places &= ~(left & (~left + 1));
    return places;
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

static const struct gm__span scalar = {"scalar",           until_scalar,         line_scalar,      twins_scalar,
                                       gap_scalar,         non_character_scalar, gm__marks_scalar, gm__clauses_scalar,
                                       gm__closing_scalar, stretch_scalar,       breaks_scalar,    pass_scalar};

/* ------------------------------------------------------------------- AVX2 */

#if defined(__x86_64__)

/* The last bytes, fewer than a step, without reading past them. */
AVX2 static inline __m256i load_some(const char *p, size_t len) {
    char bytes[STEP];
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, p, len);
    return load(bytes);
}

AVX2 static inline uint32_t members(__m256i v, __m256i low, __m256i high) {
    __m256i none = _mm256_cmpeq_epi8(classes(v, low, high), _mm256_setzero_si256());
    return ~(uint32_t)_mm256_movemask_epi8(none);
}

AVX2 static inline uint32_t members_16(__m128i v, const struct gm__byte_set *set) {
    const __m128i nibble = _mm_set1_epi8(0x0F);
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)set->low);
    __m128i high = _mm_loadu_si128((const __m128i *)(const void *)set->high);
    __m128i a = _mm_shuffle_epi8(low, _mm_and_si128(v, nibble));
    __m128i b = _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(v, 4), nibble));
    return 0xFFFF ^ (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_and_si128(a, b), _mm_setzero_si128()));
}

/* Fewer bytes than a step: two loads that overlap, of a power of two. */
AVX2 static inline size_t until_short(const char *p, size_t len, const struct gm__byte_set *set) {
    uint32_t found;
    if (len >= 16) {
        __m128i begin = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i end = _mm_loadu_si128((const __m128i *)(const void *)(p + len - 16));
        found = members_16(begin, set) | members_16(end, set) << (len - 16);
    } else if (len >= 8) {
        uint64_t begin, end;
        memcpy(&begin, p, 8);
        memcpy(&end, p + len - 8, 8);
        found = members_16(_mm_set_epi64x((int64_t)end, (int64_t)begin), set);
        found = (found & 0xFF) | found >> 8 << (len - 8);
    } else {
        return until_scalar(p, len, set);
    }
    return found ? gm__lowest_bit(found) : len;
}

AVX2 static size_t until_avx2(const char *p, size_t len, const struct gm__byte_set *set) {
    if (len < STEP) return until_short(p, len, set);
    const __m256i low = table(set->low), high = table(set->high);
    size_t at = 0;
    for (; len - at >= STEP; at += STEP) {
        uint32_t found = members(load(p + at), low, high);
        if (found) return at + gm__lowest_bit(found);
    }
    if (at == len) return len;
    at = len - STEP; /* its first bytes are known to be none */
    uint32_t found = members(load(p + at), low, high);
    return found ? at + gm__lowest_bit(found) : len;
}

AVX2 static inline uint32_t line_ends(const char *p) {
    __m256i v = load(p);
    __m256i feeds = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n')),
            returns = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r'));
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(feeds, returns));
}

AVX2 static size_t line_avx2(const char *p, size_t len) {
    if (len < STEP) return line_scalar(p, len);
    size_t at = 0;
    for (; len - at >= STEP; at += STEP) {
        uint32_t found = line_ends(p + at);
        if (found) return at + gm__lowest_bit(found);
    }
    uint32_t found = line_ends(p + len - STEP); /* those before `at` are known to be none */
    return found ? len - STEP + gm__lowest_bit(found) : len;
}

AVX2 static inline uint64_t both_steps(__m256i low, __m256i high) {
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << STEP;
}

AVX2 static inline __m256i twins_in(const char *p, __m256i byte) {
    return _mm256_and_si256(_mm256_cmpeq_epi8(load(p), byte), _mm256_cmpeq_epi8(load(p + 1), byte));
}

AVX2 static size_t twins_avx2(const char *p, size_t len, char byte) {
    const __m256i all = _mm256_set1_epi8(byte);
    size_t at = 0;
    for (; len - at > 2 * STEP; at += 2 * STEP) {
        __m256i a = twins_in(p + at, all), b = twins_in(p + at + STEP, all), any = _mm256_or_si256(a, b);
        if (GM__UNLIKELY(!_mm256_testz_si256(any, any))) return at + gm__lowest_bit(both_steps(a, b));
    }
    return at + twins_scalar(p + at, len - at, byte);
}

/* A lead byte, and another one three bytes on: a gap may begin there. */
AVX2 static inline __m256i lead_pairs(const char *p) {
    const __m256i lead = _mm256_set1_epi8(gap[0]);
    return _mm256_and_si256(_mm256_cmpeq_epi8(load(p), lead), _mm256_cmpeq_epi8(load(p + 3), lead));
}

/* The first of a step's bytes at which a gap begins. */
AVX2 static inline size_t gap_in(const char *p) {
    for (uint32_t found = (uint32_t)_mm256_movemask_epi8(lead_pairs(p)); found; found &= found - 1)
        if (memcmp(p + gm__lowest_bit(found), gap, 6) == 0) return gm__lowest_bit(found);
    return STEP;
}

/* The first that `in` finds, which looks at a step's bytes and at some behind them: a window. */
AVX2 GM__INLINE size_t first_in(const char *p, size_t len, size_t window, size_t (*in)(const char *)) {
    size_t at = 0, found;
    for (; len - at >= window; at += STEP)
        if (GM__UNLIKELY((found = in(p + at)) < STEP)) return at + found;
    found = in(p + len - window);
    return found < STEP ? len - window + found : len;
}

AVX2 static size_t gap_avx2(const char *p, size_t len) {
    return len < STEP + 5 ? gap_scalar(p, len) : first_in(p, len, STEP + 5, gap_in);
}

AVX2 static inline size_t non_character_in(const char *p) {
    __m256i lead = _mm256_cmpeq_epi8(load(p), _mm256_set1_epi8((char)0xEF)),
            second = _mm256_cmpeq_epi8(load(p + 1), _mm256_set1_epi8((char)0xBF)),
            both = _mm256_and_si256(lead, second);
    if (GM__LIKELY(_mm256_testz_si256(both, both))) return STEP;
    for (uint32_t found = (uint32_t)_mm256_movemask_epi8(both); found; found &= found - 1)
        if (is_odd(p + gm__lowest_bit(found))) return gm__lowest_bit(found);
    return STEP;
}

AVX2 static size_t non_character_avx2(const char *p, size_t len) {
    return len < STEP + 2 ? non_character_scalar(p, len) : first_in(p, len, STEP + 2, non_character_in);
}

/* The bytes of a vector of counts, added up. */
AVX2 static inline uint32_t total(__m256i counts) {
    __m256i sums = _mm256_sad_epu8(counts, _mm256_setzero_si256());
    __m128i half = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return (uint32_t)(_mm_cvtsi128_si32(half) + _mm_extract_epi32(half, 2));
}

/* Minus the columns that the bytes of v take, byte by byte. */
AVX2 static inline __m256i minus_columns(__m256i v) {
    const __m256i wide = _mm256_set1_epi8((char)0xE0);
    __m256i begins = _mm256_cmpgt_epi8(v, _mm256_set1_epi8(-65));
    return _mm256_add_epi8(begins, _mm256_cmpeq_epi8(_mm256_max_epu8(v, wide), v));
}

AVX2 static struct gm__stretch stretch_avx2(const char *p, size_t len) {
    static const unsigned char first[2 * STEP] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                                  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                                  255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    const __m256i highest = _mm256_set1_epi8('\r'), lead = _mm256_set1_epi8(gap[0]);
    __m256i counts = _mm256_setzero_si256();
    uint64_t leads = 0, pairs = 0; /* of the step before, three bits on, and this one */
    size_t at = 0;
    for (; len - at >= STEP; at += STEP) {
        __m256i v = load(p + at), columns = minus_columns(v);
        uint32_t controls = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(v, highest), v));
        uint32_t found = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, lead));
        leads = leads >> STEP | (uint64_t)found << 3;
        if (!controls) {
            if (at < GM__STRETCH_COUNTED) counts = _mm256_sub_epi8(counts, columns);
            pairs |= leads & found;
            continue;
        }
        unsigned n = gm__lowest_bit(controls);
        __m256i mask = load((const char *)first + STEP - n);
        if (at < GM__STRETCH_COUNTED) counts = _mm256_sub_epi8(counts, _mm256_and_si256(columns, mask));
        pairs |= leads & found & ((1U << n) - 1);
        return (struct gm__stretch){(uint32_t)at + n, total(counts), pairs != 0};
    }
    return stretch_from(p, len, (struct gm__stretch){(uint32_t)at, total(counts), pairs != 0});
}

AVX2 static inline __m256i controls(__m256i v) {
    return _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8('\r')), v);
}

AVX2 static size_t breaks_avx2(const char *p, size_t count, struct gm__breaks *found) {
    struct gm__breaks *to = found;
    for (const char *end = p + count * 2 * STEP; p < end; p += 2 * STEP) {
        __m256i a = load(p), b = load(p + STEP), c = lead_pairs(p), d = lead_pairs(p + STEP);
        __m256i any = _mm256_or_si256(controls(_mm256_min_epu8(a, b)), _mm256_or_si256(c, d));
        if (GM__LIKELY(_mm256_testz_si256(any, any))) continue;
        *to = (struct gm__breaks){p, both_steps(controls(a), controls(b)) | true_gaps(p, both_steps(c, d))};
        to += to->bits != 0;
    }
    return (size_t)(to - found);
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

#define BATCH (255 * STEP) /* as far as a count in a byte goes */

/* LF in whole steps. Is there a CR as well? */
AVX2 static uint32_t count_feeds(const char *p, const char *stop, bool *returns) {
    const __m256i feed = _mm256_set1_epi8('\n'), carriage = _mm256_set1_epi8('\r');
    __m256i seen = _mm256_setzero_si256();
    uint32_t sum = 0;
    while (p < stop) {
        __m256i counts = _mm256_setzero_si256();
        for (const char *pause = (size_t)(stop - p) < BATCH ? stop : p + BATCH; p < pause; p += STEP) {
            __m256i v = load(p);
            counts = _mm256_sub_epi8(counts, _mm256_cmpeq_epi8(v, feed));
            seen = _mm256_or_si256(seen, _mm256_cmpeq_epi8(v, carriage));
        }
        sum += total(counts);
    }
    *returns = !_mm256_testz_si256(seen, seen);
    return sum;
}

/* Code points that begin in whole steps. */
AVX2 static uint32_t count_starts(const char *p, const char *stop) {
    uint32_t sum = 0;
    while (p < stop) {
        __m256i counts = _mm256_setzero_si256();
        for (const char *pause = (size_t)(stop - p) < BATCH ? stop : p + BATCH; p < pause; p += STEP)
            counts = _mm256_sub_epi8(counts, _mm256_cmpgt_epi8(load(p), _mm256_set1_epi8(-65)));
        sum += total(counts);
    }
    return sum;
}

/* Behind the last LF before p; there is one in the whole steps before it. */
AVX2 static const char *behind_last_feed(const char *p) {
    uint32_t feeds;
    do feeds = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load(p -= STEP), _mm256_set1_epi8('\n')));
    while (!feeds);
    return p + STEP - __builtin_clz(feeds);
}

/* Over a long stretch without CR lines are counted alone, and columns in the last line alone. How far it got. */
AVX2 static const char *pass_far(const char *p, size_t len, struct place *at) {
    const char *from = p, *stop = p + len / STEP * STEP;
    bool returns;
    uint32_t feeds = count_feeds(p, stop, &returns);
    if (returns) return p;
    if (feeds) {
        from = behind_last_feed(stop);
        at->line += feeds;
        at->column = 1;
    }
    stop = from + (size_t)(stop - from) / STEP * STEP;
    at->column += count_starts(from, stop);
    return stop;
}

AVX2 static void pass_avx2(const char *p, size_t len, const char *end, uint32_t *line, uint32_t *column) {
    struct place at = {*line, *column};
    const char *stop = p + len;
    if (len == 1 && *p == '\n') { /* from the end of a point to the next one's start */
        ++*line;
        *column = 1;
        return;
    }
    if (len >= 4 * STEP) p = pass_far(p, len, &at);
    for (; (size_t)(stop - p) >= STEP; p += STEP) at = pass_step(at, load(p), UINT32_MAX, p + STEP, end);
    len = (size_t)(stop - p);
    if (len) {
        size_t left = (size_t)(end - p); /* LF behind the stretch tells what its last CR is */
        __m256i v = left >= STEP ? load(p) : load_some(p, left);
        at = pass_step(at, v, UINT32_MAX >> (STEP - len), left >= STEP ? p + STEP : end, end);
    }
    *line = at.line;
    *column = at.column;
}

static const struct gm__span avx2 = {"avx2",           until_avx2,         line_avx2,      twins_avx2,
                                     gap_avx2,         non_character_avx2, gm__marks_avx2, gm__clauses_avx2,
                                     gm__closing_avx2, stretch_avx2,       breaks_avx2,    pass_avx2};

/* ---------------------------------------------------------------- AVX-512 */

/* The columns of the bytes of v that are in mask. */
AVX512 static inline uint32_t columns64(__m512i v, uint64_t mask) {
    uint64_t begins = _mm512_cmpgt_epi8_mask(v, all64(-65)), wide = _mm512_cmpge_epu8_mask(v, all64(0xE0));
    return (uint32_t)(_mm_popcnt_u64(begins & mask) + _mm_popcnt_u64(wide & mask));
}

AVX512 static struct gm__stretch stretch_avx512(const char *p, size_t len) {
    struct gm__stretch s = {0};
    uint64_t before = 0, pairs = 0; /* of the step before its last three lead bytes */
    for (; len - s.len >= WIDE; s.len += WIDE) {
        __m512i v = load64(p + s.len);
        uint64_t controls = _mm512_cmple_epu8_mask(v, all64('\r')), leads = _mm512_cmpeq_epi8_mask(v, all64(gap[0]));
        uint64_t line = controls ? (controls & (~controls + 1)) - 1 : UINT64_MAX; /* what stands before the first */
        size_t counted = s.len < GM__STRETCH_COUNTED ? GM__STRETCH_COUNTED - s.len : 0;
        if (counted) s.columns += columns64(v, counted < WIDE ? line & ((UINT64_C(1) << counted) - 1) : line);
        pairs |= leads & line & (leads << 3 | before);
        before = leads >> (WIDE - 3);
        s.gap = pairs != 0;
        if (!controls) continue;
        s.len += gm__lowest_bit(controls);
        return s;
    }
    return stretch_from(p, len, s);
}

AVX512 static size_t until_avx512(const char *p, size_t len, const struct gm__byte_set *set) {
    size_t at = 0;
    for (; len - at >= WIDE; at += WIDE) {
        __m512i in = classes64(load64(p + at), set);
        uint64_t found = _mm512_test_epi8_mask(in, in);
        if (found) return at + gm__lowest_bit(found);
    }
    if (at == len) return len;
    uint64_t rest = UINT64_MAX >> (WIDE - (len - at));
    __m512i in = classes64(_mm512_maskz_loadu_epi8(rest, p + at), set);
    uint64_t found = _mm512_mask_test_epi8_mask(rest, in, in);
    return found ? at + gm__lowest_bit(found) : len;
}

AVX512 static size_t line_avx512(const char *p, size_t len) {
    for (size_t at = 0; at < len; at += WIDE) {
        uint64_t whole = len - at < WIDE ? UINT64_MAX >> (WIDE - (len - at)) : UINT64_MAX;
        __m512i v = _mm512_maskz_loadu_epi8(whole, p + at);
        uint64_t found = _mm512_cmpeq_epi8_mask(v, all64('\n')) | _mm512_cmpeq_epi8_mask(v, all64('\r'));
        if (found) return at + gm__lowest_bit(found);
    }
    return len;
}

AVX512 static size_t twins_avx512(const char *p, size_t len, char byte) {
    size_t at = 0;
    for (; len - at > WIDE; at += WIDE) {
        uint64_t found = _mm512_cmpeq_epi8_mask(load64(p + at), all64(byte));
        found = _mm512_mask_cmpeq_epi8_mask(found, load64(p + at + 1), all64(byte));
        if (found) return at + gm__lowest_bit(found);
    }
    return at + twins_scalar(p + at, len - at, byte);
}

AVX512 static size_t breaks_avx512(const char *p, size_t count, struct gm__breaks *found) {
    struct gm__breaks *to = found;
    for (const char *end = p + count * WIDE; p < end; p += WIDE) {
        __m512i v = load64(p);
        uint64_t pairs =
            _mm512_mask_cmpeq_epi8_mask(_mm512_cmpeq_epi8_mask(v, all64(gap[0])), load64(p + 3), all64(gap[0]));
        uint64_t ends = _mm512_cmple_epu8_mask(v, all64('\r'));
        if (GM__LIKELY(!(pairs | ends))) continue;
        *to = (struct gm__breaks){p, ends | true_gaps(p, pairs)};
        to += to->bits != 0;
    }
    return (size_t)(to - found);
}

static const struct gm__span avx512 = {"avx512",           until_avx512,       line_avx512,      twins_avx512,
                                       gap_avx2,           non_character_avx2, gm__marks_avx512, gm__clauses_avx512,
                                       gm__closing_avx512, stretch_avx512,     breaks_avx512,    pass_avx2};

/* ----------------------------------------------------------------- choice */

static const struct gm__span *const all[] = {&avx512, &avx2, &scalar};

static size_t lacking(void) { return __builtin_cpu_supports("avx512bw") ? 0 : __builtin_cpu_supports("avx2") ? 1 : 2; }

#else

static const struct gm__span *const all[] = {&scalar};

static size_t lacking(void) { return 0; }

#endif

const struct gm__span *gm__span_best(void) { return all[lacking()]; }

const struct gm__span *gm__span_all(size_t index) {
    return index < GM__COUNT(all) - lacking() ? all[index + lacking()] : NULL;
}
