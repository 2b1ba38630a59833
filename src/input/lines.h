/*
 * lines.h - whole paragraphs into a source, for the readers of packages.
 */
#ifndef GM_LINES_H
#define GM_LINES_H

#include "input/input.h"

/*
 * Add a paragraph; '\n' in it is a soft break and starts a line of its own, without the label. In a
 * heading or title it is a space: two lines of one heading are one heading.
 */
enum gm_status gm__lines_put(struct gm__source *to, const char *text, size_t len, struct gm__block block);
/* Append all paragraphs of one source to another and empty it. */
enum gm_status gm__lines_move(struct gm__source *to, struct gm__source *from);

#endif
