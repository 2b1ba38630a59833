/* layout.h - what layout.c and paragraph.c share: lines and their margins. */
#ifndef GM_LAYOUT_H
#define GM_LAYOUT_H

#include "parse/lexer.h"

bool gm__ends_sentence(uint32_t cp);
/* Columns of blanks at the line's begin. */
uint32_t gm__indent(const struct gm__parser *p, size_t line);
/* What the line at `next` begins with would have had no room at the end of the line [begin, end). */
bool gm__is_full(const struct gm__parser *p, size_t begin, size_t end, size_t next);

/* Sets p->indented, p->spaced and, where it was not before, p->even from the first `len` bytes of a wrapped text. */
void gm__measure_paragraphs(struct gm__parser *p, size_t len);
/* Do the paragraphs of this text begin as the line at `line` does, which follows text that ends at `end`? */
bool gm__stands_apart(const struct gm__parser *p, size_t end, size_t line);
/* A sentence ends at the margin, in the line [previous, end): does the line at `line` go on with its paragraph? */
bool gm__goes_on_behind_sentence(const struct gm__parser *p, size_t previous, size_t end, size_t line);

#endif
