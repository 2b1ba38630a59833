/* inline_html.h - strings that may hold a little HTML, as outliners and mind maps store them. */
#ifndef GM_INLINE_HTML_H
#define GM_INLINE_HTML_H

#include "input/outline.h"

/* The text of `s` in the outline's memory: tags that mark up words are taken out, white space is one blank, and where
 * there were tags, the five entities and &nbsp; are read. */
struct gm_str gm__inline_html(struct gm__outline *o, struct gm_str s);

#endif
