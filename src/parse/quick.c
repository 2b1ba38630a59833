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
    if (s[0] > 0xE0 && s[0] < 0xF0) return gm__three_bytes(s);
    return s[0] < 0x80 ? s[0] : 0;
}
GM__INLINE unsigned length_of(const unsigned char *s) { return s[0] < 0x80 ? 1 : 3; }

/* gm__han_code() without the look-alikes. */
GM__INLINE unsigned han_code(uint32_t cp) {
    return cp - GM__HAN_FIRST <= GM__HAN_LAST - GM__HAN_FIRST ? gm__han_codes[cp - GM__HAN_FIRST] : 0;
}

struct number {
    int32_t value;
    unsigned len;    /* bytes; 0: it is not so simple */
    uint32_t behind; /* the code point there */
};

/* 十二, 三百零五, 一千零一十八: digits each with its unit, of 12 characters at most. */
static struct number units_at(const unsigned char *s) {
    struct gm__units units = GM__UNITS_BEGIN;
    unsigned n = 0, code;
    uint32_t cp = code_at(s);
    for (; n < 36 && (code = han_code(cp)) != 0; cp = code_at(s + (n += 3)))
        if (!gm__units_take(&units, cp, code, n == 0)) return (struct number){0, 0, 0};
    int32_t value = gm__units_value(&units);
    return (struct number){value, n == 36 || value == 0 ? 0 : n, cp};
}

/* `cp` is the first character. */
GM__INLINE struct number han_at(const unsigned char *s, uint32_t cp) {
    uint32_t behind = code_at(s + 3);
    unsigned code = han_code(cp);
    if ((code & ~0xFu) == GM__HAN_DIGIT && !han_code(behind)) return (struct number){(int32_t)(code & 0xF), 3, behind};
    return units_at(s);
}

/* 1 to 9999, without leading zeros. */
GM__INLINE struct number arabic_at(const unsigned char *s) {
    int32_t value = 0;
    unsigned n = 0;
    for (; n < 5 && s[n] >= '0' && s[n] <= '9'; n++) value = value * 10 + (s[n] - '0');
    return (struct number){value, n == 5 || s[0] == '0' ? 0 : n, code_at(s + n)};
}

/* What labels begin with here; NULL when nothing of the kind does. */
GM__INLINE const struct gm__opener *find_opener(const struct gm_grammar *g, uint32_t cp) {
    unsigned i = gm__opener_place(cp);
    for (; g->openers[i].cp != cp; i = (i + 1) % GM__OPENERS)
        if (!g->openers[i].cp) return NULL;
    return &g->openers[i];
}

GM__INLINE const struct gm__ending *find_ending(const struct gm_grammar *g, uint64_t key) {
    uint16_t i = g->ending_bucket[gm__ending_bucket(key)];
    while (i && g->endings[i - 1].key != key) i = g->endings[i - 1].next;
    return i ? &g->endings[i - 1] : NULL;
}

/* May a prefix or a word of two characters or more be at `s`? 问题仍然 is not that of 问题一：. */
static bool may_open_word(const struct gm_grammar *g, const unsigned char *s, uint32_t first, uint32_t second) {
    uint32_t third = code_at(s + length_of(s) + length_of(s + length_of(s)));
    bool plain =
        gm__is_han(first) && gm__is_han(second) && third && !gm__is_space(third) && !gm__numeral_systems(third);
    first = gm__fold(first);
    second = gm__fold(second);
    for (uint16_t i = g->prefix_bucket[gm__bucket(first)]; i; i = g->prefixes[i - 1].next) {
        const struct gm__prefix *at = &g->prefixes[i - 1];
        if (at->first_cp != first || at->second_cp != second) continue;
        if (!plain || (at->systems & 1) || at->prefix.len > 6) return true;
    }
    return false;
}

/* 两个, 两国: 两 alone is no numeral. */
static bool is_lone_pair(const unsigned char *s, uint32_t cp) {
    if (cp != 0x4E24) return false;
    uint32_t next = code_at(s + 3);
    return next && !gm__is_space(next) && !gm__han_code(next);
}

/* Has a pattern with this suffix a longer one that goes on with `next`? */
static bool goes_on_so(const struct gm_grammar *g, const struct gm__ending *e, uint32_t next) {
    uint64_t key = (e->key & ~UINT64_C(0xFFFFFF)) | e->suffix;
    next = gm__fold(next);
    for (const struct gm__pattern *pat = first_pattern(g, key); pat; pat = next_pattern(g, pat))
        if (pat->key == key && pat->second_cp == next) return true;
    return false;
}

/* May a longer suffix be there? Blanks inside it are passed over: 条 建议. */
static bool may_be_longer(const struct gm_grammar *g, const struct gm__ending *e, const unsigned char *s,
                          uint32_t next) {
    if (!e->longer) return false;
    for (unsigned n = 0; n < GM__INNER_BLANKS && (next == ' ' || next == 0x3000); n++)
        next = code_at(s += length_of(s));
    if (next == '\n' || next == '\r') return false;
    return !next || gm__is_space(next) || ((e->longer & gm__suffix_bit(next)) && goes_on_so(g, e, next));
}

/* May a guard of the family begin with this character? */
static bool may_be_guarded(const struct gm__family *f, uint32_t next) {
    next = gm__fold(next);
    for (size_t i = 0; i < f->not_before_count; i++) {
        uint32_t cp;
        (void)gm__utf8_decode(f->not_before[i].ptr, f->not_before[i].ptr + f->not_before[i].len, &cp);
        if (cp == next) return true;
    }
    return false;
}

/* Does what follows an ending, at `s`, leave no doubt about the label? */
static bool is_clear(const struct gm_grammar *g, const struct gm__ending *e, bool prefix, const unsigned char *s,
                     uint32_t next) {
    if (e->odd & gm__suffix_bit(next))
        if (opens_sub(next) || goes_on_so(g, e, next) || may_be_guarded(&g->families[e->family], next)) return false;
    if (gm__is_word(next) || next == 0x201C || next == 0x300A) return true; /* “ 《 */
    if (next == ' ' || next == 0x3000) return !e->part && e->suffix != '.' && !may_be_longer(g, e, s, next);
    return !may_be_longer(g, e, s, next) && !e->part && (prefix || (next >= 0x2E80 && next < 0xF000));
}

/* No label ends with this suffix: may there be one all the same? */
static bool may_end(uint32_t suffix) {
    suffix = gm__fold(suffix);
    return gm__han_code(suffix) || suffix < '!' || suffix == '.' || opens_sub(suffix) || suffix - (uint32_t)'0' < 10 ||
           (suffix | 32) - (uint32_t)'a' < 26 || gm__is_space(suffix);
}

GM__INLINE enum gm__quick unsure_if(bool unsure) { return unsure ? GM__QUICK_UNSURE : GM__QUICK_NONE; }

/* A label that ends at `s`. */
GM__INLINE enum gm__quick take(const struct gm__parser *p, struct gm__cand *out, const unsigned char *s, size_t at,
                               const struct gm__ending *e, int32_t number, uint32_t next) {
    *out = (struct gm__cand){.at = (uint32_t)at,
                             .len = (uint16_t)(s - (const unsigned char *)(p->text + at)),
                             .family = e->family,
                             .number = number,
                             .next = GM__NONE,
                             .series = GM__NONE,
                             .flags = gm__is_space(next) ? GM__CAND_BLANK : 0,
                             .reopen = GM__NONE,
                             .twin = GM__NONE,
                             .style = e->style,
                             .components = 1};
    if (!gm__may_refer(next)) out->flags |= GM__CAND_PLAIN_TEXT;
    return next >= GM__HAN_FIRST && next <= GM__HAN_LAST ? GM__QUICK_BEFORE_HAN : GM__QUICK_LABEL;
}

enum gm__quick gm__match_quick(const struct gm__parser *p, size_t at, size_t end, unsigned where,
                               struct gm__cand *out) {
    const struct gm_grammar *g = p->grammar;
    const unsigned char *s = (const unsigned char *)p->text + at;
    if (end - at < QUICK_ROOM) return GM__QUICK_UNSURE;
    uint32_t cp = code_at(s);
    const struct gm__opener *opener = find_opener(g, cp);
    if (!opener) return unsure_if(g->crowded || (!gm__is_word(cp) && !is_lone_pair(s, cp)));
    bool prefix = opener->kind != GM__OPENS_NUMBER;
    if (prefix || opener->seconds) {
        uint32_t second = code_at(s + length_of(s));
        if (opener->kind == GM__OPENS_OTHER) return GM__QUICK_UNSURE;
        if ((opener->seconds & gm__suffix_bit(second)) && may_open_word(g, s, cp, second)) return GM__QUICK_UNSURE;
        if (opener->kind == GM__OPENS_WORDS || (prefix && gm__is_word(second))) return GM__QUICK_NONE;
        if (prefix) {
            s += length_of(s);
            cp = second;
        }
    }
    if (!(opener->where & where)) return GM__QUICK_NONE;
    bool arabic = cp - (uint32_t)'0' < 10;
    struct number n = arabic ? arabic_at(s) : han_at(s, cp);
    if (!n.len) return unsure_if(!is_lone_pair(s, cp));
    s += n.len;
    if (opener->kind == GM__OPENS_BARE) return GM__QUICK_UNSURE;
    const struct gm__ending *e =
        find_ending(g, gm__pattern_key(opener->first, arabic ? GM__NUM_ARABIC : GM__NUM_HAN, n.behind));
    if (!e) return unsure_if(may_end(n.behind));
    s += length_of(s);
    uint32_t next = code_at(s);
    if (!next) return GM__QUICK_UNSURE;
    if (!e->where) return unsure_if(gm__han_code(e->suffix) || gm__is_space(next) || goes_on_so(g, e, next));
    bool plain = gm__is_word(next) && !(e->odd & gm__suffix_bit(next)); /* most */
    if (!e->quick || (!plain && !is_clear(g, e, prefix, s, next))) return GM__QUICK_UNSURE;
    return e->where & where ? take(p, out, s, at, e, n.value, next) : GM__QUICK_NONE;
}
