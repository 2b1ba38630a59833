/* plain.c - the labels that most are, without the general patterns: see match.h. tests/unit/test_match.c compares the
 * two. */
#include "grammar/numeral_tables.h"
#include "parse/match.h"

#define PLAIN_NUMERAL 24 /* bytes: 一千七百四十三 */
#define PLAIN_ROOM    48 /* bytes; no plain label and what must be seen behind it take more */

/* Three bytes that are sure to be there. 0: no code point of three bytes and no ASCII character. */
GM__INLINE uint32_t plain_at(const char *p, size_t *len) {
    const unsigned char *s = (const unsigned char *)p;
    *len = s[0] < 0x80 ? 1 : 3;
    if (s[0] < 0x80) return s[0];
    if (s[0] <= 0xE0 || s[0] >= 0xF0) return 0;
    return gm__three_bytes(s);
}

GM__INLINE bool is_plain_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }

/* A Han digit or unit of plain numerals. */
GM__INLINE bool is_plain_han(uint32_t cp) {
    if (cp < 0x4E00 || cp > 0x9FFF) return false;
    unsigned kind = gm__han_code(cp) & GM__HAN_KIND;
    return kind == GM__HAN_DIGIT || kind == GM__HAN_UNIT;
}

/* The group whose prefix is `first` and no more. True when no other prefix may stand there and no word. */
static bool plain_group(const struct attempt *a, uint32_t first, uint32_t second, const struct gm__prefix **group) {
    const struct gm_grammar *g = a->parser->grammar;
    *group = NULL;
    for (uint16_t i = g->prefix_bucket[gm__bucket(first)]; i; i = g->prefixes[i - 1].next) {
        const struct gm__prefix *at = &g->prefixes[i - 1];
        if (at->first_cp != first) continue;
        if (at->second_cp ? at->second_cp == second : (at->systems & 1) != 0) return false;
        if (!at->second_cp) *group = at;
    }
    return true;
}

/* 两个, 两国: 两 alone is no numeral. */
static bool is_lone_pair(const char *p, uint32_t cp) {
    if (cp != 0x4E24) return false;
    uint32_t next = plain_at(p + 3, &(size_t){0});
    return next && !gm__is_space(next) && !gm__han_code(next);
}

/* 三, 十, 十二, 三十, 三十二: their length; 0: some other numeral. */
GM__INLINE size_t small_han(const char *p, uint32_t first, struct gm__ordinal *o) {
    size_t len;
    unsigned code[4] = {gm__han_code(first)};
    size_t n = 1;
    for (; n < 4 && (code[n] = gm__han_code(plain_at(p + n * 3, &len))) != 0; n++) continue;
    const unsigned ten = GM__HAN_UNIT | 1;
    unsigned i = code[0] != ten; /* the ten stands behind a digit, or first */
    if (n == 4 || (i && (code[0] & ~0xFu) != GM__HAN_DIGIT)) return 0;
    int32_t value = i ? (int32_t)(code[0] & 0xF) : 1;
    if (n > i) {
        if (code[i] != ten || n > i + 2) return 0;
        if (n == i + 2 && (code[i + 1] & ~0xFu) != GM__HAN_DIGIT) return 0;
        value = value * 10 + (n == i + 2 ? (int32_t)(code[i + 1] & 0xF) : 0);
    }
    *o = (struct gm__ordinal){.value = value, .components = 1};
    return n * 3;
}

/* The numeral at p, `first` its first code point, of one system only; its length, 0: it is not so plain. */
static size_t plain_numeral(const struct attempt *a, const char *p, uint32_t first, struct gm__ordinal *o) {
    size_t len, n = 0;
    if (first < 0x80) {
        int32_t value = 0;
        for (; n < 5 && is_plain_digit((unsigned char)p[n]); n++) value = value * 10 + (p[n] - '0');
        if (n == 5 || (n > 1 && p[0] == '0')) return 0;
        *o = (struct gm__ordinal){.value = value, .components = 1};
        return n;
    }
    if ((n = small_han(p, first, o)) != 0) return n;
    n = gm__numeral_scan(GM__NUM_HAN, p, a->end, a->spaced, o);
    if (n > PLAIN_NUMERAL || gm__han_code(plain_at(p + n, &len)) != 0) return 0;
    for (size_t i = 0; i < n; i += 3) { /* 四拾六 is formal too, 一万 counts no points */
        unsigned code = gm__han_code(plain_at(p + i, &len)), kind = code & GM__HAN_KIND;
        if (kind == GM__HAN_FORMAL_DIGIT || kind == GM__HAN_FORMAL_UNIT || code == (GM__HAN_UNIT | 4)) return 0;
    }
    return n;
}

/* 1２, 1O, 1l: not all of the numeral was read. */
static bool goes_on_numeral(uint32_t cp) { return is_plain_digit(cp) || (cp | 32) == 'o' || cp == 'l'; }

/* 1.2, and maybe 1. 2 */
static bool opens_decimal(const char *p) {
    size_t len;
    uint32_t cp = gm__fold(plain_at(p, &len));
    return is_plain_digit(cp) || gm__is_space(cp);
}

enum look { IS_PLAIN, IS_OTHER, IS_NONE };

/* Where the numeral begins, and the group of the prefix before it. */
static enum look find_numeral(const struct attempt *a, const struct gm__prefix **group, const char **numeral) {
    const struct gm_grammar *g = a->parser->grammar;
    const struct gm__prefix *empty = g->empty_prefix ? &g->prefixes[g->empty_prefix - 1] : NULL;
    const char *p = a->label;
    size_t len, unused;
    if (a->end - p < PLAIN_ROOM) return IS_OTHER;
    uint32_t raw = plain_at(p, &len), first = gm__fold(raw), second = gm__fold(plain_at(p + len, &unused));
    if (!raw || !second || !plain_group(a, first, second, group)) return IS_OTHER;
    if (empty && may_count(empty, first)) {
        if (*group || (empty->systems & 1)) return IS_OTHER;
        *group = empty;
    } else if (*group) {
        p += len;
        raw = plain_at(p, &unused);
    } else {
        return IS_NONE;
    }
    *numeral = p;
    if (!((*group)->where & a->where)) return IS_NONE;
    if (is_plain_han(raw) || is_plain_digit(raw)) return IS_PLAIN;
    if (is_lone_pair(p, raw)) return IS_NONE;
    if (p == a->label || gm__is_space(raw)) return IS_OTHER;
    return gm__numeral_systems(raw) & (*group)->systems_at[!a->spaced] ? IS_OTHER : IS_NONE;
}

/* The patterns of the group for the numeral that r holds, with this first code point of the suffix or, 0, without one.
 * False: one has a longer suffix, and it goes on with `next`. */
static bool take_patterns(struct attempt *a, const struct gm__prefix *group, const struct reading *r, struct cursor at,
                          uint32_t suffix, uint32_t next) {
    const struct gm_grammar *g = a->parser->grammar;
    unsigned system = (unsigned char)*r->text < 0x80 ? GM__NUM_ARABIC : GM__NUM_HAN;
    uint64_t key = gm__pattern_key(group->first, system, suffix);
    for (const struct gm__pattern *pat = first_pattern(g, key); pat; pat = next_pattern(g, pat)) {
        if (pat->key != key || !(pat->where & a->where)) continue;
        if (pat->second_cp == next && next) return false;
        if (!pat->second_cp) gm__take_reading(a, pat, r, at, false, 0);
    }
    return true;
}

bool gm__match_plain(struct attempt *a) {
    const struct gm__prefix *group;
    const char *p;
    struct gm__ordinal o;
    size_t len, n = 0;
    enum look look = find_numeral(a, &group, &p);
    if (look == IS_PLAIN) n = plain_numeral(a, p, plain_at(p, &len), &o);
    if (!n) return look == IS_NONE;
    struct cursor at = {p + n, a->end};
    struct reading r = {p, at.p, &o, false};
    uint32_t suffix = gm__fold(plain_at(at.p, &len));
    if (!suffix || gm__is_space(suffix) || opens_sub(suffix) || goes_on_numeral(suffix)) return false;
    at.p += len;
    if (suffix == '.' && is_plain_digit((unsigned char)*p) && opens_decimal(at.p)) return false;
    uint32_t next = gm__fold(plain_at(at.p, &len));
    if (opens_sub(next)) return false;
    if (gm__is_space(next)) next = goes_on_with(a, at);
    bool plain = take_patterns(a, group, &r, at, suffix, next) &&
                 take_patterns(a, group, &r, (struct cursor){r.text_end, a->end}, 0, 0);
    if (!plain) a->count = 0;
    return plain;
}
