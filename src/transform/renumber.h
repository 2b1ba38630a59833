/*
 * renumber.h - what the parts of renumbering share.
 *
 *   anatomy.c     a label taken apart: what of it is number
 *   count.c       the number that each node gets
 *   unclaimed.c   what looks like a label but is none: no gap where one stands
 *   renumber.c    labels to changes; the door to all of it
 *   scheme.c      labels in the families of a scheme instead of the author's
 *   ref_read.c    references in running text: 第三条第（二）项, and what stands before them
 *   ref_index.c   nodes by their old numbers
 *   reference.c   which node a reference means, and its new number
 *   contents.c    lines of a table of contents
 *   compose.c     changes of the changed text, told as changes of the first
 *
 * Offsets are bytes of the document's text. Nothing here changes the document.
 */
#ifndef GM_RENUMBER_H
#define GM_RENUMBER_H

#include "grammar/grammar.h"
#include "grammar/numeral_like.h"
#include "tree/tree.h"

/* -------------------------------------------------------------------- labels */

#define GM__PARTS 8 /* numbers of one label: 1.2.3 has three */

struct gm__number {
    uint32_t at, len; /* from the label's start */
    int32_t value;
};
struct gm__anatomy {
    const struct gm__pattern *pattern; /* NULL: the label holds no number that could be rewritten */
    struct gm__number part[GM__PARTS]; /* more than one for decimals only */
    uint32_t count, len;
    struct gm__number sub; /* 之一; value 0 when there is none */
    enum gm__numeral sub_system;
    uint32_t subs; /* how many 之… follow one another */
};

/* The patterns of each family, for looking up a label's shape. */
struct gm__shapes {
    const struct gm_grammar *grammar;
    uint16_t *first, *next; /* by family, by pattern: index + 1 */
};
enum gm_status gm__shapes_init(struct gm__shapes *l, const struct gm_grammar *grammar, struct gm__arena *arena);
/* Take apart what stands at `text`; with `whole` the label must take all of it, without it may go on. */
void gm__anatomy_read(const struct gm__shapes *l, uint16_t family, struct gm_str text, bool whole,
                      struct gm__anatomy *out);
/* What stands before the last number of a decimal, as one number; 0 for other labels. */
uint32_t gm__anatomy_front(const struct gm__anatomy *label);
uint32_t gm__decimal_front(const int32_t *numbers, uint32_t count);
/* 1.2.3 at the start of the text, taken apart; its length, 0 when there is none. */
size_t gm__anatomy_decimal(struct gm_str text, struct gm__anatomy *out);
/* 之一, の二, -1 at p; its bytes, 0 when there is none. */
size_t gm__anatomy_sub(const char *p, const char *end, struct gm__anatomy *out, uint32_t base);

/* --------------------------------------------------------------------- marks */

#define GM__NO_DECIMAL UINT32_MAX

/* What renumbering knows of a node. */
struct gm__mark {
    int32_t old, fresh; /* numbers; of a decimal the last */
    uint16_t old_sub, fresh_sub;
    uint16_t class;              /* families of one kin are one class; 0: no number */
    uint16_t series;             /* the class in which it is counted: that of the family it gets */
    uint32_t decimal;            /* index into decimals, or GM__NO_DECIMAL */
    gm_node previous, following; /* siblings of the same series */
    gm_node up;                  /* the nearest ancestor that is numbered, a region or the root */
    gm_node region;
    uint8_t level; /* 1..: it is rewritten to this level of the scheme; 0: it keeps its family */
    bool readable; /* its label holds a number that can be rewritten */
    bool row;      /* a table's: no scheme takes it */
};
struct gm__decimal {
    int32_t old[GM__PARTS], fresh[GM__PARTS];
    uint32_t count;
};

struct gm__change {
    uint32_t at, len; /* replaced bytes */
    gm_node node;     /* whose number it is; GM_NO_NODE for a reference to none */
    uint8_t kind;     /* enum gm_change_kind */
    struct gm_str text;
};

struct gm__renumber {
    const struct gm_doc *doc;
    const struct gm_grammar *grammar;
    struct gm_error *error;
    struct gm__arena arena;
    struct gm__shapes shapes;
    uint16_t *class_of; /* by family */
    struct gm__mark *marks;
    struct gm__vec decimals;       /* struct gm__decimal */
    struct gm__spelling *spelling; /* by class */
    struct gm__vec changes;        /* struct gm__change */
    struct gm__vec unclaimed;      /* unclaimed.c */
    bool *families_seen;           /* by family: some node has it */
    uint8_t writing;               /* once references have been looked for: GM__MAINLAND … */
};

/* The label of a node, taken apart. */
void gm__node_anatomy(const struct gm__renumber *r, gm_node node, struct gm__anatomy *out);
/* The failure that a number cannot be written, at a place of the text. */
enum gm_status gm__no_numeral(const struct gm__renumber *r, uint32_t at, uint32_t len, int32_t value);
/* Record a change; nothing when the bytes stay the same. */
enum gm_status gm__change(struct gm__renumber *r, uint32_t at, uint32_t len, const char *text, size_t text_len,
                          gm_node node, enum gm_change_kind kind);
/* Rewrite one number in the spelling of its class; `at` from the text's start. */
enum gm_status gm__change_number(struct gm__renumber *r, enum gm__numeral system, uint16_t class, uint32_t at,
                                 uint32_t len, int32_t value, gm_node node, enum gm_change_kind kind);
GM__INLINE const struct gm__decimal *gm__decimal_of(const struct gm__renumber *r, gm_node node) {
    uint32_t i = r->marks[node].decimal;
    return i == GM__NO_DECIMAL ? NULL : (const struct gm__decimal *)r->decimals.data + i;
}

/* Fill marks: count.c. */
enum gm_status gm__series_number(struct gm__renumber *r);

/* Rewrite a label of `node` that begins at `start`: its own, or the one that a table of contents repeats. */
enum gm_status gm__renew_label(struct gm__renumber *r, gm_node node, uint32_t start, const struct gm__anatomy *label,
                               enum gm_change_kind kind);
/* Lines of a table of contents: contents.c. */
enum gm_status gm__contents(struct gm__renumber *r);

/* Labels at line starts that are no nodes: unclaimed.c. */
enum gm_status gm__unclaimed_find(struct gm__renumber *r);
/* Does one of the class of `before`, with a number above `low` and below its, stand between the two nodes? */
bool gm__unclaimed_between(const struct gm__renumber *r, gm_node after, gm_node before, int32_t low);
size_t gm__unclaimed_size(void);

/* Rows of tables, where the grammar has a scheme: rows.c. */
enum gm_status gm__rows_find(struct gm__renumber *r);

/* The label that a node gets at its level of the scheme: scheme.c. */
bool gm__scheme_takes(const struct gm__renumber *r, gm_node node, const struct gm__anatomy *label);
enum gm_status gm__scheme_label(const struct gm__renumber *r, gm_node node, char *buffer, size_t size, size_t *len);
/* The same where the label stands, from `start` on: blanks behind a label of another family go with it. Of the text it
 * replaces *old bytes. */
enum gm_status gm__scheme_label_at(const struct gm__renumber *r, gm_node node, uint32_t start, char *buffer,
                                   size_t size, uint32_t *old, size_t *len);

/* -------------------------------------------------------------------- index */

/* A bare or bracketed number, whatever its family: what 第二项 may mean; and of them those in Han numerals or others.
 */
enum { GM__ANY_CLASS = 0xFFFF, GM__ANY_HAN = 0xFFFE, GM__ANY_OTHER = 0xFFFD };
#define GM__IN_REGION 0x80000000u

struct gm__entry {
    uint32_t scope; /* the node right under which it stands; with GM__IN_REGION the region that holds it */
    uint16_t class, sub;
    int32_t number;
    gm_node node;
};
struct gm__index {
    struct gm__vec entries; /* sorted */
};
enum gm_status gm__index_make(struct gm__index *index, const struct gm__renumber *r);
/* Entries of this key, in document order: how many, from *first on. */
size_t gm__index_find(const struct gm__index *index, uint32_t scope, uint16_t class, int32_t number, uint16_t sub,
                      const struct gm__entry **first);
/* Are there nodes of this class in this region? */
bool gm__index_has(const struct gm__index *index, gm_node region, uint16_t class);
/* The key of a decimal: all of its numbers in one. */
int32_t gm__decimal_key(const int32_t *numbers, uint32_t count);

/* ---------------------------------------------------------------- references */

/* 条, 章, 项 …: what a reference counts. */
enum gm__unit_kind {
    GM__UNIT_NONE,
    GM__UNIT_FAMILY,   /* a family that is written with the same word: 第三条 */
    GM__UNIT_ITEM,     /* 项, 点: a number right under what was named before */
    GM__UNIT_SUBITEM,  /* 目: the same, one deeper */
    GM__UNIT_PARAGRAPH /* 款: an unnumbered paragraph */
};
struct gm__unit {
    enum gm__unit_kind kind;
    uint16_t class;
    uint8_t rank;   /* smaller stands higher */
    bool top_level; /* 章, 部分: where a document has none, its topmost numbers */
};
struct gm__ref_number {
    uint32_t at, len;             /* the numeral */
    uint32_t outer_at, outer_len; /* with its brackets */
    enum gm__numeral system;
    int32_t value;
    bool bracket;
    struct gm__number sub; /* offsets in the text */
    enum gm__numeral sub_system;
};
#define GM__REF_NUMBERS 16
struct gm__ref { /* 第三条, 第（一）、（二）项, （三） */
    uint32_t at, end;
    struct gm__unit unit;
    struct gm__ref_number number[GM__REF_NUMBERS];
    uint32_t count;
};
/* Whose words an article's parts have. */
enum { GM__MAINLAND = 1, GM__TAIWAN = 2, GM__JAPANESE = 4 };
struct gm__ref_reader {
    const struct gm_grammar *grammar;
    const uint16_t *class_of;
    const char *text;
    size_t len;
    const struct gm__prefix *di;      /* the patterns that begin with 第 */
    const struct gm__pattern *volume; /* 卷三 */
    uint8_t writing;
    uint16_t bracket_class[GM__NUM_COUNT]; /* class of （一）, （1）, ① by numeral system; 0: none */
    struct gm_str others[4];               /* 本法: what the text calls another document by */
    size_t other_count;
};
void gm__ref_reader_init(struct gm__ref_reader *reader, const struct gm__renumber *r);
/* 条, 项 … at p; where it ends, NULL when there is none. */
const char *gm__ref_read_unit(const struct gm__ref_reader *reader, const char *p, const char *end,
                              struct gm__unit *out);
/* 第…条 at `at`; false: no reference. */
bool gm__ref_read(const struct gm__ref_reader *reader, size_t at, size_t end, struct gm__ref *out);
/* 卷三 at `at`. */
bool gm__ref_read_volume(const struct gm__ref_reader *reader, size_t line, size_t at, size_t limit,
                         struct gm__ref *out);
/* （二） or （二）项 at `at`. *unit tells whether a unit followed. */
bool gm__ref_read_bracket(const struct gm__ref_reader *reader, size_t at, size_t end, struct gm__ref *out);

/* 國有財產法（以下簡稱本法）: 本法 is no name of this document. */
void gm__ref_find_others(struct gm__ref_reader *reader);
/* What stands right before a reference: whose article is it? */
enum gm__whose {
    GM__WHOSE_PLAIN,  /* nothing said: this document's, unless all around it speaks of another */
    GM__WHOSE_THIS,   /* 本办法: this document's */
    GM__WHOSE_OWN,    /* 本章, 本条: inside what `unit` names */
    GM__WHOSE_BEFORE, /* 前条, 上一章 */
    GM__WHOSE_SAME,   /* 同条, 该条: what was named last */
    GM__WHOSE_OTHER,  /* 《…法》, 刑法: not this document's */
};
enum gm__whose gm__ref_whose(const struct gm__ref_reader *reader, size_t line, size_t at, struct gm_str title,
                             struct gm__unit *unit);
/* 将第三条修改为, 删去第三条: not of this document, but of the one that it amends. */
bool gm__ref_amends(const struct gm__ref_reader *reader, size_t line, size_t line_end, const struct gm__ref *ref);
/* 关于修改章程的决定 */
bool gm__title_amends(struct gm_str title);
/* Does nothing but a connector stand in [from, to): 、 和 至 … ? */
bool gm__ref_connects(const char *text, size_t from, size_t to);

enum gm_status gm__references(struct gm__renumber *r, const struct gm__index *index);

/* --------------------------------------------------------------------- door */

/* All changes that renumbering a document makes, in order. `r` is released by gm__renumber_release whatever comes. */
enum gm_status gm__renumber(struct gm__renumber *r, const struct gm_doc *doc, struct gm_error *error);
void gm__renumber_release(struct gm__renumber *r);

/* Does it leave the bytes as they are (a doubt that is told)? */
bool gm__change_is_none(const struct gm_doc *doc, const struct gm__change *c);
/* Is there a change that changes bytes? */
bool gm__changes_any(const struct gm__renumber *r);
/* Add to the changes of `r` those of the text that it makes: compose.c. */
enum gm_status gm__changes_compose(struct gm__renumber *r, const struct gm__renumber *later);

#endif
