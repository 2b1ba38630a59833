/* series.h - which candidates are nodes, and in which series. */
#ifndef GM_SERIES_H
#define GM_SERIES_H

#include "parse/lex.h"

/* Candidates that are none behind the last, all zero but that the first stands at the text's end: a pass may look so
 * far ahead, and ask for the text there, which was last seen long ago. */
#define GM__AHEAD 8
/* A pass that looks so far ahead would wait for that candidate itself: it is asked for this much earlier. */
#define GM__FAR_AHEAD 32

/* A series that is open. */
struct gm__series {
    uint32_t parent;      /* candidate whose child the series is; GM__NONE: the root */
    uint32_t first, last; /* candidates */
    uint32_t count;
    uint32_t next;  /* the candidate at which it will go on, as far as can be foreseen; GM__NONE */
    uint32_t until; /* where it or one around it goes on that stands at starts, the first of them */
    uint32_t stop;  /* the end of the last item's paragraph */
    uint32_t id;    /* its number among all */
    int32_t number; /* of the last item */
    uint32_t prefix;
    uint16_t family, kin;
    bool is_inline;
    bool loose; /* at starts: text of its own or other points stood between two members */
};

/* What is known of any series, and, once its nodes are built, of where they stand. */
struct gm__known {
    uint32_t parent, first, last; /* as above; first, last: of one that is closed */
    bool alone;                   /* closed with one member */
    bool is_inline;
    uint16_t family; /* the first member's; then that of which the kind is told */
    gm_node above;   /* the parent's */
    uint16_t level;  /* 0: not known yet */
    uint8_t kind;
    bool loose; /* as above */
};

/* Why a candidate became a node or not; rows in explain.c. */
enum gm__rule {
    GM__RULE_NONE,
    GM__RULE_CONTINUES,   /* the next ordinal of an open series */
    GM__RULE_OPENS,       /* a first ordinal */
    GM__RULE_RUNS_ON,     /* goes on from a series that its parent closed */
    GM__RULE_GAP,         /* an ordinal is missing or repeated */
    GM__RULE_STARTS_LATE, /* opens with an ordinal above 1 */
    GM__RULE_KEYWORD,     /* a heading without a number */
    GM__RULE_IMPLIED,     /* an unnumbered parallel point */
    GM__RULE_FORMAT,      /* the format says so */
    GM__RULE_ACCEPTED_COUNT,
    GM__RULE_OTHER_READING = GM__RULE_ACCEPTED_COUNT,
    GM__RULE_NO_SERIES, /* belongs to no series */
    GM__RULE_ALONE,     /* no partner */
    GM__RULE_REFERENCE, /* prose that begins with a reference */
    GM__RULE_CONTENTS,  /* in a table of contents */
    GM__RULE_NOTE,      /* a footnote mark or its note */
    GM__RULE_REPEATED,  /* a running head */
    GM__RULE_DOUBLE,    /* first half of a double marker: 最后，第四， */
    GM__RULE_BOUNDARY,  /* a region's mark without a title */
    GM__RULE_WRAPPED,   /* opens a line that goes on with the line before */
    GM__RULE_COUNT
};

/* Before the decisions: c is none of the outline. */
GM__INLINE void gm__rule_out(struct gm__cand *c, enum gm__rule rule) {
    c->rule = (uint8_t)rule;
    c->flags |= GM__CAND_ODD;
}

GM__INLINE bool gm__is_start(const struct gm__cand *c) {
    return (c->flags & GM__CAND_START) && !(c->flags & GM__CAND_WRAPPED);
}

/* One family, and one of its patterns. */
GM__INLINE bool gm__is_written_alike(const struct gm__cand *a, const struct gm__cand *b) {
    return a->family == b->family && a->style == b->style;
}
/* A point of a list that the format tells from others. */
GM__INLINE bool gm__is_of_list(const struct gm__cand *c) { return (c->flags & GM__CAND_RENDERED) && c->depth >> 4; }
/* The format counted from one to the other. */
GM__INLINE bool gm__is_next_listed(const struct gm__cand *c, const struct gm__cand *next) {
    return c->depth == next->depth && gm__is_of_list(c) && gm__is_of_list(next) && next->number == c->number + 1 &&
           c->prefix == next->prefix && c->components == next->components &&
           !((c->flags | next->flags) & GM__CAND_HEADING);
}
/* The format says that they are points of different lists. */
GM__INLINE bool gm__is_other_list(const struct gm__cand *one, const struct gm__cand *two) {
    return gm__is_of_list(one) && gm__is_of_list(two) && !gm__same_list(one->depth, two->depth);
}

/* Of a heading: does it open a region? */
GM__INLINE bool gm__is_region(const struct gm__parser *p, const struct gm__cand *c) {
    return (c->flags & GM__CAND_REGION) ||
           (c->sub != GM__NO_KEYWORD && p->grammar->keywords[c->sub].role == GM__ROLE_REGION);
}

/* mention.c: 第一步, 第一阶段 */
bool gm__is_step(const struct gm__family *f);
/* Rule out those that are only spoken of beside others with marks. True: there are such, and what lies ahead of the
 * candidates must be seen anew. */
bool gm__rule_out_mentions(struct gm__parser *p);

/* foresee.c: what lies ahead of each candidate: its next, twin and reopen. */
enum gm_status gm__foresee(struct gm__parser *p);
/* The same of the lists that a format tells from one another. */
void gm__foresee_lists(struct gm__parser *p);
/* Where the series whose last item is `index` goes on. */
uint32_t gm__foreseen(struct gm__parser *p, uint32_t index);

/* Put GM__AHEAD that are none behind the last candidate. */
enum gm_status gm__end_candidates(struct gm__parser *p);
/* Decide all candidates: sets series and rule. */
enum gm_status gm__decide(struct gm__parser *p);
/* The same; short_cut false: each candidate goes the long way, as the tests compare them. */
enum gm_status gm__decide_by(struct gm__parser *p, bool short_cut);
/* contents.c: mark the candidates of tables of contents and of note lists (rule), add them as matter. */
enum gm_status gm__mark_contents(struct gm__parser *p);

/* nested.c: lists within lists of their own style, by their indents in plain text. */
void gm__nest_by_indent(struct gm__parser *p);
/* Is c a line of a keyword with this role? */
bool gm__is_keyword(const struct gm__parser *p, const struct gm__cand *c, enum gm__role role);
/* Every line with text in [from, to) becomes matter. */
enum gm_status gm__lines_to_matter(struct gm__parser *p, size_t from, size_t to, enum gm_matter_kind kind);
/* notes.c: does the candidate at `index` begin notes, a bibliography or a list of annexes? Then they are marked, up to
 * the candidate *end. *scanned: as far as marks of notes were looked for. */
enum gm_status gm__mark_notes(struct gm__parser *p, size_t index, size_t *scanned, size_t *end, bool *taken);
/* ③ at a paragraph's start, with no list that it may go on with: the text of the page above cites it. */
bool gm__is_later_note(const struct gm__parser *p, const struct gm__cand *c);
/* implied.c: unnumbered parallel points become candidates. */
enum gm_status gm__find_implied(struct gm__parser *p);
/* Do clauses with one opener, parted by ；, begin at `at`? */
bool gm__parallel_clauses(const struct gm__parser *p, size_t at, size_t end);
/* build.c: nodes, titles, extents from the decided candidates. */
enum gm_status gm__build(struct gm__parser *p);
/* The same; short_cut false: each title is read the long way, as the tests compare them. */
enum gm_status gm__build_by(struct gm__parser *p, bool short_cut);

/* The document knows the ids of the families, a copy of them where the grammar may be gone before it. */
enum gm_status gm__name_families(struct gm__parser *p);

/* explain.c: keep every candidate's rule as a decision of the document. After gm__build. */
enum gm_status gm__explain(struct gm__parser *p);

GM__INLINE bool gm__accepted(const struct gm__cand *c) {
    return c->rule > GM__RULE_NONE && c->rule < GM__RULE_ACCEPTED_COUNT;
}
GM__INLINE struct gm__known *gm__series_at(const struct gm__parser *p, size_t i) {
    return (struct gm__known *)p->series.data + i;
}
uint32_t gm__decimal_child(uint32_t prefix, uint32_t number);

#endif
