/* html_tree.h - from bytes of HTML to a bounded libxml2 tree, and the part of it that holds the document. */
#ifndef GM_HTML_TREE_H
#define GM_HTML_TREE_H

#include <libxml/tree.h>

#include "input/input.h"

/* Parse; *out is freed with xmlFreeDoc. Nesting, memory and encodings are seen to here. `source` gets the encoding
 * and the warnings. */
enum gm_status gm__html_tree(const struct gm__input *in, struct gm__source *source, xmlDoc **out);

/* The value of an attribute, NULL when the element has none. */
const char *gm__html_attribute(const xmlNode *node, const char *name);
/* The next node of the subtree `root` in document order, the children of `node` left out with `skip`; NULL at the end.
 */
const xmlNode *gm__html_next(const xmlNode *root, const xmlNode *node, bool skip);
/* Is it an element with one of these names (separated by spaces)? */
bool gm__html_is(const xmlNode *node, const char *names);
/* Bytes of text other than white space below `root`; those inside links in *linked (may be NULL). */
size_t gm__html_text_size(const xmlNode *root, size_t *linked);

#endif
