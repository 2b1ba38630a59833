/*
 * quick.c - the labels that most are, straight: 第十二条, （一）, 三、, 3. before a word, and the words that begin like
 * one. What it cannot be sure of is left to the general patterns; tests/unit/test_match.c compares the two. See
 * match.h.
 */
#include "grammar/numeral_tables.h"
#include "parse/match.h"

#define QUICK_ROOM 64 /* bytes; no such label and what is looked at behind it take more */

/* Bytes that are sure to be there. 0: no code point of three bytes and no ASCII character. */
GM__INLINE uint32_t code_at(const unsigned char *s) {
    if (s[0] < 0x80) return s[0];
    return s[0] > 0xE0 && s[0] < 0xF0 ? gm__three_bytes(s) : 0;
}
GM__INLINE unsigned length_of(const unsigned char *s) { return s[0] < 0x80 ? 1 : 3; }

struct number {
    int32_t value;
    unsigned len; /* bytes; 0: it is not so simple */
};

/* 十二, 三百零五, 一千零一十八: digits each with its unit, as in numeral_han.c, of 15 characters at most. */
static struct number units_at(const unsigned char *s) {
    static const int32_t powers[] = {1, 10, 100, 1000};
    int32_t value = 0, digit = 0, last = 10000;
    bool zero = false;
    unsigned n = 0, code;
    for (uint32_t cp; n < 36 && (code = gm__han_code(cp = code_at(s + n))) != 0; n += 3) {
        int32_t low = (int32_t)(code & 0xF);
        unsigned kind = code & ~0xFu;
        if (kind == GM__HAN_DIGIT) {
            if (digit) return (struct number){0, 0};
            digit = low;
        } else if (kind == GM__HAN_UNIT && low < 4) {
            if (powers[low] >= last || (!digit && (n > 0 || low != 1)) || (zero && low != 1))
                return (struct number){0, 0};
            last = powers[low];
            value += (digit ? digit : 1) * last;
            digit = 0;
            zero = false;
        } else if (cp == 0x96F6 && last > 10 && last < 10000 && !digit && !zero) { /* 零 */
            zero = true;
        } else {
            return (struct number){0, 0};
        }
    }
    if (n == 36 || (zero && !digit) || (digit && last >= 100 && last < 10000 && !zero)) return (struct number){0, 0};
    return (struct number){value + digit, n};
}

/* `code` is the first character's. */
GM__INLINE struct number han_at(const unsigned char *s, unsigned code) {
    if ((code & ~0xFu) == GM__HAN_DIGIT && !gm__han_code(code_at(s + 3)))
        return (struct number){(int32_t)(code & 0xF), 3};
    return units_at(s);
}

/* 1 to 9999, without leading zeros. */
GM__INLINE struct number arabic_at(const unsigned char *s) {
    int32_t value = 0;
    unsigned n = 0;
    for (; n < 5 && s[n] >= '0' && s[n] <= '9'; n++) value = value * 10 + (s[n] - '0');
    return (struct number){value, n == 5 || s[0] == '0' ? 0 : n};
}

enum place { IS_LABEL_AT, IS_NONE_AT, IS_UNKNOWN_AT };

/* The group whose prefix begins the label, or that without one. */
GM__INLINE enum place find_group(const struct gm_grammar *g, uint32_t first, const unsigned char *behind,
                                 const struct gm__prefix **group) {
    *group = NULL;
    for (uint16_t i = g->prefix_bucket[gm__bucket(first)]; i; i = g->prefixes[i - 1].next) {
        const struct gm__prefix *at = &g->prefixes[i - 1];
        if (at->first_cp != first) continue;
        if (!at->second_cp)
            *group = at;
        else if (at->second_cp == gm__fold(code_at(behind)))
            return IS_UNKNOWN_AT; /* a longer prefix may be meant */
    }
    if (!*group && g->empty_prefix) {
        *group = &g->prefixes[g->empty_prefix - 1];
        if (first >= GM__HAN_FIRST && first <= GM__HAN_LAST && !gm__han_code(first)) return IS_NONE_AT;
    }
    return *group && (*group)->quick ? IS_LABEL_AT : IS_UNKNOWN_AT;
}

/* Does the text begin so that nothing speaks against a label of the pattern before it? */
GM__INLINE bool is_clear(const struct gm__pattern *pat, const struct gm__prefix *group, uint32_t next) {
    if (next >= GM__HAN_FIRST && next <= GM__HAN_LAST && !gm__han_code(next)) return true;
    bool part = pat->suffix_cp == 0x3001 || pat->suffix_cp == ','; /* of numbers in a list, maybe */
    if (next == 0x201C || next == 0x300A) return true;             /* “ 《 */
    if (next == ' ' || next == 0x3000) return !part && pat->suffix_cp != '.';
    return !part && (group->first_cp || (next >= 0x2E80 && next < 0xF000));
}

/* May a longer suffix be there? Blanks inside it are passed over: 条 建议. */
static bool may_be_longer(const struct gm_grammar *g, const struct gm__pattern *pat, const unsigned char *s,
                          uint32_t next) {
    for (unsigned n = 0; n < GM__INNER_BLANKS && (next == ' ' || next == 0x3000); n++)
        next = code_at(s += length_of(s));
    next = gm__fold(next);
    if (next == '\n' || next == '\r') return false;
    if (!next || gm__is_space(next)) return true;
    if (!(pat->longer & gm__suffix_bit(next))) return false;
    for (const struct gm__pattern *at = first_pattern(g, pat->key); at; at = next_pattern(g, at))
        if (at->key == pat->key && at->second_cp == next) return true;
    return false;
}

/* May a guard of the family begin with this character? */
GM__INLINE bool may_be_guarded(const struct gm__family *f, uint32_t next) {
    next = gm__fold(next);
    if (!(f->not_before_bits & gm__suffix_bit(next))) return false;
    for (size_t i = 0; i < f->not_before_count; i++) {
        uint32_t cp;
        (void)gm__utf8_decode(f->not_before[i].ptr, f->not_before[i].ptr + f->not_before[i].len, &cp);
        if (cp == next) return true;
    }
    return false;
}

/* The first pattern of the key; NULL when there is none. */
GM__INLINE const struct gm__pattern *find_pattern(const struct gm_grammar *g, uint64_t key) {
    const struct gm__pattern *pat = first_pattern(g, key);
    while (pat && pat->key != key) pat = next_pattern(g, pat);
    return pat;
}

/* Has a pattern of this key, which has a longer suffix then, `next` for its second code point? */
static bool goes_on_so(const struct gm_grammar *g, uint64_t key, uint32_t next) {
    for (const struct gm__pattern *pat = first_pattern(g, key); pat; pat = next_pattern(g, pat))
        if (pat->key == key && (pat->second_cp == next || gm__is_space(next))) return true;
    return false;
}

/* 两个, 两国: 两 alone is no numeral. */
GM__INLINE bool is_lone_pair(const unsigned char *s, uint32_t cp) {
    if (cp != 0x4E24) return false;
    uint32_t next = code_at(s + 3);
    return next && !gm__is_space(next) && !gm__han_code(next);
}

enum gm__quick gm__match_quick(const struct gm__parser *p, size_t at, size_t end, unsigned where,
                               struct gm__cand *out) {
    const struct gm_grammar *g = p->grammar;
    const struct gm__prefix *group;
    const unsigned char *label = (const unsigned char *)p->text + at, *s = label;
    if (end - at < QUICK_ROOM) return GM__QUICK_UNSURE;
    uint32_t raw = code_at(s), first = gm__fold(raw);
    enum place place = find_group(g, first, s + length_of(s), &group);
    if (place != IS_LABEL_AT) return place == IS_NONE_AT ? GM__QUICK_NONE : GM__QUICK_UNSURE;
    if (!(group->where & where)) return GM__QUICK_NONE;
    if (group->first_cp) raw = code_at(s += length_of(s));
    bool arabic = raw >= '0' && raw <= '9';
    struct number n = arabic ? arabic_at(s) : han_at(s, gm__han_code(raw));
    if (!n.len) return is_lone_pair(s, raw) ? GM__QUICK_NONE : GM__QUICK_UNSURE;
    s += n.len;
    uint32_t suffix = gm__fold(code_at(s));
    if (!suffix || suffix < '!' || gm__is_space(suffix) || opens_sub(suffix) || suffix - (uint32_t)'0' < 10 ||
        (suffix | 32) - (uint32_t)'a' < 26)
        return GM__QUICK_UNSURE;
    s += length_of(s);
    uint32_t next = code_at(s);
    if (!next || opens_sub(next)) return GM__QUICK_UNSURE;
    uint64_t key = gm__pattern_key(group->first, arabic ? GM__NUM_ARABIC : GM__NUM_HAN, suffix);
    const struct gm__pattern *pat = find_pattern(g, key);
    if (pat && pat->second_cp) pat = pattern_of(g, pat->whole);
    if (!pat) return suffix == '.' || goes_on_so(g, key, gm__fold(next)) ? GM__QUICK_UNSURE : GM__QUICK_NONE;
    if (!pat->quick || !is_clear(pat, group, next) || (pat->longer && may_be_longer(g, pat, s, next)))
        return GM__QUICK_UNSURE;
    if (!(pat->where & where)) return GM__QUICK_NONE;
    if (may_be_guarded(&g->families[pat->family], next)) return GM__QUICK_UNSURE;
    *out = (struct gm__cand){.at = (uint32_t)at,
                             .len = (uint16_t)(s - label),
                             .family = pat->family,
                             .number = n.value,
                             .next = GM__NONE,
                             .series = GM__NONE,
                             .flags = gm__is_space(next) ? GM__CAND_BLANK : 0,
                             .reopen = GM__NONE,
                             .twin = GM__NONE,
                             .style = pat->style,
                             .components = 1};
    return next >= GM__HAN_FIRST && next <= GM__HAN_LAST ? GM__QUICK_BEFORE_HAN : GM__QUICK_LABEL;
}
