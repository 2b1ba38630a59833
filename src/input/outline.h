/*
 * outline.h - an outline under construction, for formats that state their nodes.
 *
 * Members of a node may come in any order (JSON sorted by key puts the children before the label), so the nodes are
 * gathered first and written out as paragraphs at the end.
 */
#ifndef GM_OUTLINE_H
#define GM_OUTLINE_H

#include "input/input.h"

struct gm__outline_para {
    struct gm_str text;
    uint32_t next; /* index + 1 */
};
struct gm__outline_node {
    struct gm_str label, title;
    const char *marker;
    struct gm_pos start, end;
    uint32_t parent; /* index of the node above; the root is its own */
    uint32_t level;
    uint32_t first[2], last[2]; /* paragraphs by enum gm_text_part: index + 1, 0 when none */
    int32_t number;
    uint8_t kind;
    bool implied, has_places;
};
struct gm__outline_matter {
    struct gm_str text;
    uint32_t line;
    uint8_t kind;
};

struct gm__outline {
    const struct gm__input *in;
    struct gm__source *out;
    struct gm__arena arena;
    struct gm__vec nodes, paras, matter; /* nodes[0] is the root */
    uint32_t now;                        /* the node that is open */
    bool exact;                          /* labels and titles are told apart: gangmu's own formats */
    const char *last_marker;
    size_t memory;         /* bytes taken so far */
    enum gm_status status; /* sticky; the error is filled in */
};

void gm__outline_init(struct gm__outline *o, const struct gm__input *in, struct gm__source *out, bool exact);
void gm__outline_release(struct gm__outline *o);

void gm__outline_open(struct gm__outline *o);                     /* a new last child of the open node */
void gm__outline_close(struct gm__outline *o);                    /* back to the node above */
struct gm__outline_node *gm__outline_node(struct gm__outline *o); /* the open one; valid until the next open */
/* A paragraph of the open node. Line feeds part paragraphs; blank ones are left out. */
void gm__outline_text(struct gm__outline *o, enum gm_text_part part, const char *text, size_t len);
void gm__outline_matter(struct gm__outline *o, const char *kind, uint32_t line, struct gm_str text);
/* A copy in the outline's memory, without white space at the ends. */
struct gm_str gm__outline_copy(struct gm__outline *o, const char *text, size_t len);
/* A family's id, in the document's arena. */
const char *gm__outline_marker(struct gm__outline *o, const char *id, size_t len);
uint8_t gm__outline_kind(const char *name, size_t len); /* GM_KIND_DOCUMENT when unknown */

/* Write all out as paragraphs; returns the status. */
enum gm_status gm__outline_finish(struct gm__outline *o);

#endif
