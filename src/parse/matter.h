/* matter.h - front and back matter (GB/T 9704-2012 7.2-7.5), joined lines. */
#ifndef GM_MATTER_H
#define GM_MATTER_H

#include "parse/series.h"

/* Recognise front and back matter around the nodes; *body_end: where back matter begins. */
enum gm_status gm__matter(struct gm__parser *p, uint32_t *body_end);
/* Sort the tables; join the lines of hard-wrapped paragraphs. */
enum gm_status gm__matter_finish(struct gm__parser *p);
/* Note that [start, start + len) is read as one line. */
enum gm_status gm__matter_join(struct gm__parser *p, uint32_t start, uint32_t len);

#endif
