/* front_matter.h - the metadata in front of a Markdown document: YAML between --- lines, TOML between +++ lines. */
#ifndef GM_FRONT_MATTER_H
#define GM_FRONT_MATTER_H

#include "base/base.h"

/* *len: bytes of front matter that `text` begins with, 0 when there is none. Its `title` goes to *title (in the arena).
 */
enum gm_status gm__front_matter(struct gm_str text, struct gm__arena *arena, struct gm_str *title, size_t *len);

#endif
