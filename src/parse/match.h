/*
 * match.h - what the parts of the matcher share: match.c (any label), quick.c (those that most are), refuse.c (what
 * stands around a label speaks against it).
 */
#ifndef GM_MATCH_H
#define GM_MATCH_H

#include "grammar/numeral_tables.h"
#include "parse/lex.h"

#define GM__INNER_BLANKS 3 /* at most, inside a label */

struct cursor {
    const char *p, *end;
};

GM__INLINE uint32_t peek(const struct cursor *c, size_t *len) {
    uint32_t cp = 0;
    *len = c->p < c->end ? gm__utf8_decode(c->p, c->end, &cp) : 0;
    return cp;
}

/* No blank begins with another byte than these. */
GM__INLINE bool may_be_blank(const struct cursor *c) {
    unsigned char b = c->p < c->end ? (unsigned char)*c->p : 'x';
    return b <= ' ' || b == 0xC2 || (b >= 0xE1 && b <= 0xE3) || b == 0xEF;
}

/* All that folds to something else is of U+F000 and up, but for 丶. */
GM__INLINE bool may_fold(const struct cursor *c) {
    return c->p < c->end && ((unsigned char)*c->p == 0xEF || (c->end - c->p >= 3 && memcmp(c->p, "丶", 3) == 0));
}

size_t gm__skip_some_blanks(struct cursor *c, size_t most);
/* Blanks within a line; how many were passed over. */
GM__INLINE size_t skip_blanks(struct cursor *c, size_t most) {
    return may_be_blank(c) ? gm__skip_some_blanks(c, most) : 0;
}

/* Match folded literal text that is not there byte by byte; inner blanks of the source are passed over with `spaced`.
 */
bool gm__match_folded(struct cursor *c, struct gm_str literal, bool spaced, bool *blanks);
GM__INLINE bool match_literal(struct cursor *c, struct gm_str literal, bool spaced, bool *blanks) {
    size_t i = 0, left = (size_t)(c->end - c->p);
    while (i < literal.len && i < left && c->p[i] == literal.ptr[i]) i++; /* literals are short */
    if (i == literal.len) {
        c->p += literal.len;
        return true;
    }
    while (i > 0 && ((unsigned char)literal.ptr[i] & 0xC0) == 0x80) i--;
    struct cursor differs = {c->p + i, c->end}; /* the first character that does: may it stand for the literal's? */
    if (!may_fold(&differs) && !(spaced && may_be_blank(&differs))) return false;
    return gm__match_folded(c, literal, spaced, blanks);
}

/* 之 の ノ -: a second ordinal may follow. */
GM__INLINE bool opens_sub(uint32_t cp) { return cp == 0x4E4B || cp == 0x306E || cp == 0x30CE || cp == '-'; }

/* A longer prefix may begin with the Han opener and the character at `second`; may what stands third be what it wants
 * there? Not of 问题， and 问题仍, for 问题一：. Most that stand there are words, or marks. */
GM__INLINE bool gm__may_be_third(const struct gm__opener *opener, const unsigned char *second) {
    uint32_t raw = gm__raw_three(second + 3), cp = gm__of_raw(raw);
    bool plain = (raw & 0xFF) - 0xE4 < 6 ? gm__is_word(cp) : cp == 0xFF0C || cp == 0x3002 || cp == 0xFF1B; /* ，。； */
    return !plain || second[0] - 0xE4u >= 6 || gm__in_both(opener->thirds, raw);
}

/* 一体, 第几, （以下, 问题仍: what stands at `s`, where bytes enough are, begins like a label, but is surely none. So
 * are most words that do. */
GM__INLINE bool gm__is_no_label(const struct gm_grammar *g, const struct gm__opener *opener, const unsigned char *s) {
    uint32_t raw = gm__raw_three(s + 3);
    if ((raw & 0xFF) - 0xE4 >= 6) return false;
    if (gm__may_go_on(g, opener, raw)) return opener->kind == GM__OPENS_WORDS && !gm__may_be_third(opener, s + 3);
    return gm__says_nothing(g, raw) || gm__is_word(gm__of_raw(raw));
}

/* quick.c: 两个, 两国, where bytes enough are: 两 alone is no numeral, and no other label of the grammar begins so. */
bool gm__is_lone_pair(const struct gm_grammar *g, const unsigned char *s);
GM__INLINE bool gm__is_pair(const struct gm_grammar *g, const unsigned char *s) {
    return gm__raw_three(s) == 0xA4B8E4 && gm__is_lone_pair(g, s);
}

#define GM__QUICK_ROOM 64 /* bytes; no quick label and what is looked at behind it take more */
/* quick.c: as gm__match_quick, where there is room. What opens the label is known; or whatever the tables know of. */
int32_t gm__match_opened(const struct gm__parser *p, const struct gm__opener *opener, size_t at, unsigned where,
                         struct gm__cand *out);
int32_t gm__match_tabled(const struct gm__parser *p, size_t at, unsigned where, struct gm__cand *out);
/* What opens the labels that begin at `s`, if one look tells it. */
GM__INLINE const struct gm__opener *gm__opener_of(const struct gm_grammar *g, uint32_t raw) {
    unsigned place = gm__opener_place(raw);
    return g->opener_raws[place] == raw ? &g->openers[place] : NULL;
}
GM__INLINE const struct gm__opener *gm__opener_at(const struct gm_grammar *g, const unsigned char *s) {
    return gm__opener_of(g, gm__raw_three(s));
}
/* The same of the text at `at`, where there is room for a label. */
GM__INLINE const struct gm__opener *gm__known_opener(const struct gm__parser *p, size_t at) {
    return p->len - at < GM__QUICK_ROOM ? NULL : gm__opener_at(p->grammar, (const unsigned char *)p->text + at);
}
GM__INLINE int32_t gm__match_quick(const struct gm__parser *p, size_t at, size_t end, unsigned where,
                                   struct gm__cand *out) {
    const unsigned char *s = (const unsigned char *)p->text + at;
    if (end - at < GM__QUICK_ROOM) return GM__QUICK_UNSURE;
    const struct gm__opener *opener = gm__opener_at(p->grammar, s);
    if (!opener) return gm__match_tabled(p, at, where, out);
    if (gm__is_no_label(p->grammar, opener, s)) return GM__QUICK_NONE;
    return gm__match_opened(p, opener, at, where, out);
}

/* A label that is looked for. */
struct attempt {
    const struct gm__parser *parser;
    const char *begin, *label, *end; /* text's begin, label's begin, paragraph's end */
    unsigned where;
    bool spaced;
    struct gm__cand *out;
    size_t count;
};

/* What was read of a label: its numeral, and the blanks inside. */
struct reading {
    const char *text; /* of the numeral */
    const char *text_end;
    const struct gm__ordinal *ordinal;
    bool blanks;
};

GM__INLINE const struct gm__pattern *pattern_of(const struct gm_grammar *g, uint16_t i) {
    return i ? &g->patterns[i - 1] : NULL;
}
/* Of the patterns that have this key, and others. */
GM__INLINE const struct gm__pattern *first_pattern(const struct gm_grammar *g, uint64_t key) {
    return pattern_of(g, g->pattern_bucket[gm__pattern_bucket(key)]);
}
GM__INLINE const struct gm__pattern *next_pattern(const struct gm_grammar *g, const struct gm__pattern *pat) {
    return pattern_of(g, pat->next);
}

/* noun.c: the bytes of the word that is counted, at `at`, with the mark behind it, of *mark bytes; 0: none is there. */
size_t gm__noun_at(struct cursor at, bool spaced, size_t *mark);

GM__INLINE bool starts_with(struct cursor at, const char *what, size_t len) {
    return (size_t)(at.end - at.p) >= len && memcmp(at.p, what, len) == 0;
}
/* Is the character at `at` one of `chars`, which are of three bytes each? size: with the NUL. */
GM__INLINE bool is_one_of(const char *chars, size_t size, const char *at) {
    for (size_t i = 0; i + 3 < size; i += 3)
        if (memcmp(at, chars + i, 3) == 0) return true;
    return false;
}
GM__INLINE bool starts_with_any(struct cursor at, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (starts_with(at, words[i], strlen(words[i]))) return true;
    return false;
}

/* match.c: by the grammar's patterns, whatever they are. */
void gm__match_any(struct attempt *a);
/* 十三五, 二〇二一年: is what follows the longest Han numeral at `s`, which a label without a prefix would begin with,
 * such that there may be a label? */
bool gm__may_label_han(const struct gm_grammar *g, const char *s, const char *end, unsigned where);

/* refuse.c: is what stands before and behind the label such that it is none, or maybe none? next: the code point behind
 * it. */
enum verdict { IS_LABEL, IS_DOUBTED, IS_REFUSED };
enum verdict gm__judge_label(const struct attempt *a, const struct gm__pattern *pat, const struct gm__ordinal *o,
                             struct cursor at, uint32_t next, bool blank);

#define HEADING_MOST 60u /* bytes of a heading, at most */

/* quantity.c: 3 个村, 12 万元: does the number before `at` count what stands there? Other numbers may vouch for it: 2
 * 次梁. */
bool gm__measures(struct cursor at);
/* mm，, GΩ。, ～3.6 mm of a clause that began before the number; h以上 of one that may begin with it: what stands
 * behind a number is a unit, and that no label. */
enum measure { NO_MEASURE, MEASURE_OF, MEASURE_IN_CLAUSE };
enum measure gm__measure_at(struct cursor at);
/* 3 216幅。, 2.2 GHz主频的处理器上，…: behind the number and a blank, three more digits and a word, or a unit and a
 * word; and no heading. */
bool gm__counts_in_prose(const struct gm__ordinal *o, struct cursor at);
/* The bytes up to the line's end, if no mark stands there and they are few, as in headings; else 0. last: one may stand
 * at the end. */
size_t gm__heading_bytes(struct cursor at, bool last);
/* 4月2日 behind the label. */
bool gm__is_day(struct cursor at);
/* Digits, `least` at least, that no fraction ends in, and what they count. */
bool gm__counts_whole(struct cursor at, size_t least);
/* Is the label the first of two numbers that belong to what stands behind them? 一、二年级学生 */
enum verdict gm__judge_pair(const struct gm__pattern *pat, const struct gm__ordinal *o, struct cursor at);

#endif
