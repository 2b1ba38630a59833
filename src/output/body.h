/*
 * body.h - what writers share that hang a point's text on the point itself (notes of a mind map,
 * cells, records): heading as a string, all paragraphs that belong to a node, names for the root.
 */
#ifndef GM_BODY_H
#define GM_BODY_H

#include "output/output.h"

/* The paragraphs that belong to a node in one go: its own, then those after each child, for the root also the notes
 * of the document (名词解释). O(children). */
struct gm__body {
    const struct gm_output *out;
    gm_node child; /* whose tail is read; GM_NO_NODE: still the node's own text */
    gm_node next;
    size_t note; /* index into the matter; past its end for all nodes but the root */
    struct gm_texts texts;
};
void gm__body_init(struct gm__body *body, const struct gm_output *out, gm_node node);
bool gm__body_next(struct gm__body *body, struct gm_str *paragraph);
/* The notes in turn: false after the last. `index` starts at 0. */
bool gm__note_next(const struct gm_output *out, size_t *index, struct gm_str *paragraph);

/* The document's title, else its name, else "outline": what a root is called. */
struct gm_str gm__root_title(const struct gm_doc *doc);

/* Label, space where the label asks for one, title; for a node without a title the begin of its text
 * (to the first sentence end, GM__LEAD_MAX code points at most, then …), unless options.text is none. */
#define GM__LEAD_MAX 40u
struct gm__heading {
    struct gm_str label, title;
    bool space; /* between the two */
    bool cut;   /* an ellipsis belongs after the title */
};
struct gm__heading gm__heading_bare(struct gm_str label, struct gm_str title); /* as they are */
struct gm__heading gm__heading_of(const struct gm_output *out, gm_node node);

/* The heading of a node, label and title only, appended to a buffer. */
enum gm_status gm__heading_add(const struct gm_doc *doc, gm_node node, struct gm__buf *buf);

/* The end of the sentence that starts at p: past 。！？…… and the quotes and brackets that close after it. */
const char *gm__sentence_end(const char *p, const char *end);

#endif
