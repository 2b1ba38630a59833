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

struct gm__lint {
    struct gm_doc *doc;
    uint8_t profile; /* one GM__PROFILE_* */
    enum gm_status status;
    struct gm__vec regions; /* uint32_t: offsets at which numbering starts afresh, in order */
    struct gm__vec heads;   /* gm_node: first member of each series */
    gm_node *follows;       /* by node: the next member of its series, GM_NO_NODE */
};

/* One member of a series. */
struct gm__member {
    gm_node node;
    struct gm__label label;
    bool continues; /* the first of its parent, and goes on from another parent's last */
};

/* Is the node one that its author numbered? */
GM__INLINE bool gm__numbered(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return n->label_len && !(n->flags & GM__NODE_IMPLIED) && n->kind != GM_KIND_HEADING && n->kind != GM_KIND_REGION &&
           n->kind != GM_KIND_DOCUMENT;
}
GM__INLINE bool gm__lint_wants(const struct gm__lint *l, enum gm__diag_id id) {
    return (gm__catalogue[id].profiles & l->profile) != 0;
}

/* A diagnostic at the node's label, if the profile asks for it. Either word may be "". */
void gm__lint_report(struct gm__lint *l, enum gm__diag_id id, gm_node node, struct gm_str one, struct gm_str two);

/* series.c: link members into series: fills heads and follows. */
void gm__lint_link(struct gm__lint *l);

/* The checks. `m` holds the members of one series in order. */
void gm__lint_order(struct gm__lint *l, const struct gm__member *m, size_t count); /* order.c */

#endif
