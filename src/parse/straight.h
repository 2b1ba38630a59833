/*
 * straight.h - the straightest labels, and most are: a Han numeral between what it opens with and a suffix, with text
 * right behind or behind one 　. For quick.c, which knows of more, and for the lines that begin so (candidate.c).
 */
#ifndef GM_STRAIGHT_H
#define GM_STRAIGHT_H

#include "parse/match.h"

/* Bytes that are sure to be there. 0: no code point of three bytes and no ASCII character. */
GM__INLINE uint32_t code_at(const unsigned char *s) {
    if (s[0] > 0xE0 && s[0] < 0xF0) return gm__three_bytes(s);
    return s[0] < 0x80 ? s[0] : 0;
}
GM__INLINE unsigned length_of(const unsigned char *s) { return s[0] < 0x80 ? 1 : 3; }

struct number {
    int32_t value; /* 0: it is not so simple */
    unsigned len;  /* bytes */
};

/* 三, 十二, 三百零五, 一千零一十八: digits each with its unit. */
GM__INLINE struct number han_at(const unsigned char *s) {
    const struct gm__unit *unit = gm__unit_of(gm__raw_three(s));
    if (!unit) return (struct number){0, 0};
    struct gm__units units = gm__units_begin(unit);
    const unsigned char *at = s + 3;
    while ((unit = gm__unit_of(gm__raw_three(at))) != NULL && gm__units_take(&units, unit)) at += 3;
    return (struct number){gm__units_value(&units), (unsigned)(at - s)};
}

GM__INLINE const struct gm__ending *find_ending(const struct gm_grammar *g, uint64_t key) {
    uint16_t i = g->ending_bucket[gm__ending_bucket(key)];
    while (i && g->endings[i - 1].key != key) i = g->endings[i - 1].next;
    return i ? &g->endings[i - 1] : NULL;
}

GM__INLINE bool gm__is_common_han(uint32_t cp) { return cp - GM__HAN_FIRST <= GM__HAN_LAST - GM__HAN_FIRST; }

/* Does the text behind a plain suffix, or behind one 　, leave no doubt? */
GM__INLINE bool is_plain_text(const struct gm__ending *e, bool spaced, uint32_t text) {
    if (spaced ? gm__in_bits(e->longer, text) : gm__is_odd(e, text)) return false;
    if (text - 0x3001 >= 0xF000 - 0x3001) return text == 0x201C; /* “ */
    return !e->part || gm__is_word(text) || text == 0x300A;      /* 《 */
}

/* Such a label: what it ends in, what it says, what stands behind it. */
struct straight {
    const struct gm__ending *ending;
    int32_t number;
    unsigned len, flags; /* GM__CAND_BLANK, GM__CAND_PLAIN_TEXT */
    uint32_t text;       /* GM__QUICK_PLAIN: a word that says nothing */
};

/* Does such a label begin at `s`, where there is room? GM__QUICK_UNSURE: one of another kind may; what it ends in is
 * told if it is known. No call is made, so that all of it stays in registers. */
GM__INLINE enum gm__quick read_straight(const struct gm_grammar *g, const struct gm__opener *opener,
                                        const unsigned char *s, unsigned where, struct straight *out) {
    const unsigned char *at = s + opener->len;
    out->ending = NULL;
    if (gm__may_be_second(opener, s + 3)) return GM__QUICK_UNSURE;
    if (!(opener->plain & where))
        return opener->plain || opener->kind == GM__OPENS_WORDS ? GM__QUICK_NONE : GM__QUICK_UNSURE;
    struct number n = han_at(at);
    if (!n.value) return GM__QUICK_UNSURE;
    at += n.len;
    const struct gm__ending *e = find_ending(g, gm__pattern_key(opener->first, GM__NUM_HAN, gm__raw_three(at)));
    if (!e && gm__is_word(code_at(at)) && code_at(at) != 0x4E4B) return GM__QUICK_NONE; /* 之 */
    at += 3;
    out->ending = e;
    out->len = (unsigned)(at - s);
    if (!e || !(e->quick & where)) return GM__QUICK_UNSURE;
    uint32_t raw = gm__raw_three(at);
    bool spaced = raw == 0x8080E3 && e->spaced;
    if (spaced) raw = gm__raw_three(at += 3);
    *out =
        (struct straight){e, n.value, out->len, GM__CAND_PLAIN_TEXT | (spaced ? GM__CAND_BLANK : 0), GM__QUICK_PLAIN};
    if (gm__says_nothing(g, raw)) return GM__QUICK_LABEL;
    out->text = code_at(at);
    if (gm__may_refer_at(out->text, at) && !(spaced && !gm__may_refer(0x3000)))
        out->flags &= ~(unsigned)GM__CAND_PLAIN_TEXT;
    return is_plain_text(e, spaced, out->text) ? GM__QUICK_LABEL : GM__QUICK_UNSURE;
}

/* 1. 12. 3、 at a line's begin, right before a word, or before 一 where no list of numbers is. False: there may be
 * another label. */
GM__INLINE bool read_arabic(const struct gm_grammar *g, const unsigned char *s, struct straight *out) {
    const struct gm__opener *opener = &g->openers[gm__opener_place(s[0])];
    if (opener->raw != s[0] || !opener->opens_line || s[0] == '0') return false;
    bool two = s[1] - (uint32_t)'0' < 10;
    int32_t number = two ? (s[0] - '0') * 10 + (s[1] - '0') : s[0] - '0';
    const unsigned char *at = s + 1 + two;
    const struct gm__ending *e = find_ending(g, gm__pattern_key(opener->first, GM__NUM_ARABIC, gm__raw_at(at)));
    if (!e || !(e->quick & GM__AT_START)) return false;
    at += length_of(at);
    *out = (struct straight){e, number, (unsigned)(at - s), GM__CAND_PLAIN_TEXT, GM__QUICK_PLAIN};
    if (gm__says_nothing(g, gm__raw_three(at))) return true;
    uint32_t text = code_at(at);
    if (!(gm__is_word(text) || (!e->part && gm__is_common_han(text))) || gm__is_odd(e, text)) return false;
    unsigned flags = gm__may_refer_at(text, at) ? 0u : GM__CAND_PLAIN_TEXT;
    *out = (struct straight){e, number, (unsigned)(at - s), flags, text};
    return true;
}

/* How many digits of a number, up to four and the first no 0, stand before a word that ends no label: 2021年, 30名.
 * 0: a label may begin so. */
GM__INLINE unsigned read_figure(const struct gm_grammar *g, const unsigned char *s) {
    const struct gm__opener *opener = &g->openers[gm__opener_place(s[0])];
    if (opener->raw != s[0] || !opener->opens_line || s[0] == '0') return 0;
    unsigned n = 1;
    while (n < 5 && s[n] - (uint32_t)'0' < 10) n++;
    uint32_t word = code_at(s + n);
    if (n == 5 || !gm__is_word(word) || word == 0x4E4B) return 0; /* 之 */
    return find_ending(g, gm__pattern_key(opener->first, GM__NUM_ARABIC, gm__raw_three(s + n))) ? 0 : n;
}

/* Does a Han character stand at `s`, and may it be one of these? */
enum among { OTHER_THAN_HAN, HAN_OF_THESE, OTHER_HAN };
GM__INLINE enum among han_among(uint64_t bits, const unsigned char *s) {
    uint32_t cp = gm__of_raw(gm__raw_three(s));
    if (s[0] - 0xE4u >= 6 || cp < GM__HAN_FIRST) return OTHER_THAN_HAN;
    return gm__in_bits(bits, cp) ? HAN_OF_THESE : OTHER_HAN;
}

/* May a marker or a keyword begin with `first`, a Han character at `s`, and what is behind it? */
GM__INLINE bool may_be_keyword(const struct gm_grammar *g, uint32_t first, const unsigned char *s) {
    unsigned bucket = gm__bucket(first);
    if (!gm__gate_has(&g->keyword_gate, first)) return !gm__is_pair(g, s); /* a marker */
    enum among second = han_among(g->keyword_seconds[bucket], s + 3);
    return second == OTHER_THAN_HAN ||
           (second == HAN_OF_THESE && han_among(g->keyword_thirds[bucket], s + 6) != OTHER_HAN);
}

/* A label of `len` bytes at `at`. */
GM__INLINE void write_label(struct gm__cand *out, size_t at, size_t len, const struct gm__ending *e, int32_t number,
                            unsigned flags) {
    *out = (struct gm__cand){.at = (uint32_t)at,
                             .len = (uint16_t)len,
                             .family = e->family,
                             .number = number,
                             .next = GM__NONE,
                             .series = GM__NONE,
                             .flags = flags,
                             .reopen = GM__NONE,
                             .twin = GM__NONE,
                             .style = e->style,
                             .components = 1};
}

#endif
