/* matter.h - front and back matter (GB/T 9704-2012 7.2-7.5), joined lines. */
#ifndef GM_MATTER_H
#define GM_MATTER_H

#include "parse/series.h"

/* Back matter closes the body and each region: [start, region) lies between its last node and the next region. */
struct gm__back {
    uint32_t region; /* start of the region that follows, or the text's end */
    uint32_t start;
};
/* Recognise front and back matter around the nodes; backs: struct gm__back, in order, the text's end last. */
enum gm_status gm__matter(struct gm__parser *p, struct gm__vec *backs);
/* Sort the tables; join the lines of hard-wrapped paragraphs. */
enum gm_status gm__matter_finish(struct gm__parser *p);
/* Note that [start, start + len) is read as one line; apart: a blank between its lines. */
enum gm_status gm__matter_join(struct gm__parser *p, uint32_t start, uint32_t len, bool apart);

#endif
