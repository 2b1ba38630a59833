/*
 * lint.h - what the checks of the numbering share.
 *
 * A check sees the finished tree and adds diagnostics; it changes nothing else. All run in time linear in nodes and
 * text (n log n where numbers are out of order), without recursion.
 */
#ifndef GM_LINT_H
#define GM_LINT_H

#include "base/catalogue.h"
#include "transform/label.h"

/* From here numbering starts afresh. */
struct gm__region {
    uint32_t at;
    bool extract; /* 抄: an extract, from which numbers may be left out */
};

struct gm__lint {
    struct gm_doc *doc;
    char profile; /* D, G, L or T, as in the catalogue */
    enum gm_status status;
    struct gm__vec regions; /* struct gm__region, in order */
    struct gm__vec heads;   /* gm_node: first member of each series */
    gm_node *follows;       /* by node: the next member of its series, GM_NO_NODE */
    gm_node first, opening; /* the first numbered node; the last with nothing but numbered ancestors before it */
    size_t decimals;        /* members with decimal numbers */
    bool quotes;            /* articles of a law are quoted: what else is referred to may be in that law */
    bool articles;          /* there are articles: bare 2, 3 number their paragraphs, the first has none */
};

/* One member of a series. */
struct gm__member {
    gm_node node;
    struct gm__label label;
    int32_t until;  /* the last number that it stands for: 第三条至第五条, 8.1.2、8.1.3; else its own */
    bool continues; /* the first of its parent, and goes on from another parent's last */
};

/* Is the node one that its author numbered? */
GM__INLINE bool gm__numbered(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return n->label_len && !(n->flags & GM__NODE_IMPLIED) && n->kind != GM_KIND_HEADING && n->kind != GM_KIND_REGION &&
           n->kind != GM_KIND_DOCUMENT;
}
GM__INLINE bool gm__lint_wants(const struct gm__lint *l, enum gm__diag_id id) {
    return strchr(gm__catalogue[id].profiles, l->profile) != NULL;
}

/* A diagnostic at the node's label, if the profile asks for it. Either word may be "". */
void gm__lint_report(struct gm__lint *l, enum gm__diag_id id, gm_node node, struct gm_str one, struct gm_str two);

/* The same anywhere: all but the id is taken from `diag`. */
void gm__lint_report_at(struct gm__lint *l, enum gm__diag_id id, const struct gm__diag *diag);

/* 第二条 …。２ …。３ …。: the paragraphs of an article, of which the first has no number (Japan). */
GM__INLINE bool gm__is_paragraph_number(const struct gm__lint *l, const struct gm__label *label) {
    return l->articles && label->shape == GM__SHAPE_BARE && label->system == GM__NUM_ARABIC && !label->mark;
}

/* How many regions have begun at the offset: 0 in the body. */
size_t gm__lint_region(const struct gm__lint *l, uint32_t at);

/* series.c: link members into series: fills heads and follows. */
void gm__lint_link(struct gm__lint *l);

/* present.c. The last number that a label and what follows it stand for. */
int32_t gm__label_until(const struct gm_doc *doc, gm_node node, const struct gm__label *label);
/* Where a line in [from, to) begins with the label, or for 二是 a clause with its numeral, though no node may have it;
 * SIZE_MAX when none does. `parts` are those of a sibling. */
size_t gm__lint_find(const struct gm_doc *doc, size_t from, size_t to, struct gm_str label,
                     const struct gm__label *parts);

/* The checks. `m` holds one run: members of a series up to where it starts at 1 again. */
void gm__lint_order(struct gm__lint *l, const struct gm__member *m, size_t count, bool first);    /* order.c */
void gm__lint_style(struct gm__lint *l, const struct gm__member *m, size_t count);                /* style.c */
void gm__lint_claim(struct gm__lint *l, const struct gm__member *m, size_t count);                /* claim.c */
void gm__lint_marks(struct gm__lint *l, gm_node node, const struct gm__label *label, bool joint); /* marks.c */
void gm__lint_prefix(struct gm__lint *l, gm_node node, const struct gm__label *label);            /* order.c */
void gm__lint_levels(struct gm__lint *l);                                                         /* levels.c */
void gm__lint_text(struct gm__lint *l);                                                           /* words.c */
void gm__lint_references(struct gm__lint *l);                                                     /* dangling.c */

#endif
