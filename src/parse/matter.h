/* matter.h - front and back matter (GB/T 9704-2012 7.2-7.5), joined lines. */
#ifndef GM_MATTER_H
#define GM_MATTER_H

#include "parse/series.h"

#define GM__MATTER_LINES 40

/* Lines with text, trimmed. */
struct gm__lines {
    struct gm_str at[GM__MATTER_LINES];
    size_t count;
};
/* The first of them in [from, to). */
void gm__first_lines(const struct gm__parser *p, size_t from, size_t to, struct gm__lines *out);

/* Recognise what stands above the first node, if there is one. */
enum gm_status gm__find_front(struct gm__parser *p);
/* Back matter closes the body and each region: *start: where node `id`, which opens the next, begins, or the text's
 * end; where the back matter above it does. */
enum gm_status gm__find_back(struct gm__parser *p, gm_node id, uint32_t *start);
/* front.c: what stands above the first node, [0, end). */
enum gm_status gm__mark_front(struct gm__parser *p, size_t end);
/* Does the line end in the name of a kind of documents, 章程? */
bool gm__names_kind(struct gm_str s);
/* cover.c: is it a standard's, and what is this line of it? */
#define GM__NO_COVER (-1)
bool gm__cover(const struct gm__lines *lines);
int gm__cover_kind(struct gm_str line, bool titled);
enum gm_status gm__take_matter(struct gm__parser *p, struct gm_str line, enum gm_matter_kind kind);
/* join.c: sort the tables; join the lines of hard-wrapped paragraphs. */
enum gm_status gm__matter_finish(struct gm__parser *p);
/* Note that [start, start + len) is read as one line; apart: a blank between its lines. */
enum gm_status gm__matter_join(struct gm__parser *p, uint32_t start, uint32_t len, bool apart);
/* Where a line goes on in one that begins with `next`: two words in letters stay two. */
bool gm__wants_blank(const struct gm__buf *b, uint32_t next);

#endif
