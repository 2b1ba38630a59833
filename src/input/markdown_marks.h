/* markdown_marks.h - marks of Markdown that the CommonMark parser leaves in the text, and lines that it misreads. */
#ifndef GM_MARKDOWN_MARKS_H
#define GM_MARKDOWN_MARKS_H

#include "base/base.h"

/* The reader's bid. */
int gm__md_bid(const unsigned char *head, size_t len, const char *name);
/* Take out marks of footnotes, [^1]. */
void gm__md_drop_note_marks(struct gm__buf *b, size_t from);
/* [ ] and [x] in front of a task are boxes to tick. */
void gm__md_drop_box(struct gm__buf *b, size_t from);
/* {#name .class} at the end of a heading is no part of it. */
void gm__md_drop_attributes(struct gm__buf *b, size_t from);
/* ##一、安装: how many # stand before a heading without the blank that CommonMark wants; 0 when it is none. */
uint8_t gm__md_glued_heading(struct gm_str line);
/* Does the author write headings so? One line may be a topic: #渡口. */
bool gm__md_glues_headings(struct gm_str text);
/* Are most lines indented so far that Markdown takes them for code? */
bool gm__md_is_indented(struct gm_str text);

#endif
