/*
 * model.h - what the writers of the whole model (json, xml, yaml) and the readable ones share:
 * places in linear time, the document's name as valid UTF-8, which matter stands where.
 */
#ifndef GM_MODEL_H
#define GM_MODEL_H

#include "base/span.h"
#include "output/output.h"

/*
 * Places of many bytes in turn. A byte not far after the last one costs the text between them; any other
 * costs a kilobyte at most, once the text before it has been read, which happens once. So a walk that asks for
 * the start and the end of every node stays linear even in a text of one endless line.
 */
struct gm__locator {
    const struct gm_doc *doc;
    const struct gm__span *span;
    struct gm_pos last;           /* the last answer */
    struct gm_pos ahead;          /* as far as the text has been read for marks */
    struct gm__place_mark *marks; /* of every GM__MARK_STRIDE-th byte; NULL until one is wanted */
    size_t count, capacity;
};
void gm__locator_init(struct gm__locator *locator, const struct gm_doc *doc);
void gm__locator_release(struct gm__locator *locator); /* safe on zeroed memory */
struct gm_pos gm__locator_at(struct gm__locator *locator, size_t byte);
/* The same without a step of its own: for a byte far ahead, from which the walk comes back. */
struct gm_pos gm__locator_ahead(struct gm__locator *locator, size_t byte);
struct gm_pos gm__locator_start(struct gm__locator *locator, gm_node node);
struct gm_pos gm__locator_end(struct gm__locator *locator, gm_node node);

/* A file's name may hold any bytes; what is not UTF-8 becomes U+FFFD. The result lives in the document or in buf. */
enum gm_status gm__valid_name(const struct gm_doc *doc, struct gm__buf *buf, struct gm_str *name);

/* Where a writer shows a piece of matter when it shows text. */
enum gm__place { GM__PLACE_FRONT, GM__PLACE_BACK, GM__PLACE_NOWHERE };
enum gm__place gm__matter_place(const struct gm_doc *doc, size_t index);

/* The English message of a diagnostic, cut to fit; it lies in the buffer. */
#define GM__MESSAGE_SIZE 1024
struct gm_str gm__diagnostic_message(const struct gm_doc *doc, size_t index, char buffer[GM__MESSAGE_SIZE]);

/* Is the node its parent's first child? */
GM__INLINE bool gm__is_first(const struct gm_doc *doc, gm_node node) {
    return doc->nodes[doc->nodes[node].parent].first == node;
}

#endif
