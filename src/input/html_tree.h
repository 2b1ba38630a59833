/* html_tree.h - from bytes of HTML to a bounded libxml2 tree, and the part of it that holds the document. */
#ifndef GM_HTML_TREE_H
#define GM_HTML_TREE_H

#include <libxml/tree.h>

#include "input/para.h"

/* Parse; *out is freed with xmlFreeDoc. Nesting, memory and encodings are seen to here. `source` gets the encoding
 * and the warnings. */
enum gm_status gm__html_tree(const struct gm__input *in, struct gm__source *source, xmlDoc **out);

/* The same of text that is UTF-8 already. *out is NULL when there is nothing in it. */
enum gm_status gm__html_parse(const struct gm__input *in, const char *text, size_t len, xmlDoc **out);
/* Read a piece of HTML within another format into `para`. */
enum gm_status gm__html_fragment(const struct gm__input *in, struct gm__para *para, const char *text, size_t len);

/* The reader's bid. */
int gm__html_bid(const unsigned char *head, size_t len, const char *name);
/* The one <main> or <article> that holds most of the text; else the whole page. */
const xmlNode *gm__html_content(const xmlNode *root);
/* Set out->title, after the paragraphs are there. */
enum gm_status gm__html_title(xmlDoc *doc, struct gm__source *out);

/* The value of an attribute, NULL when the element has none. */
const char *gm__html_attribute(const xmlNode *node, const char *name);
/* The next node of the subtree `root` in document order, the children of `node` left out with `skip`; NULL at the end.
 */
const xmlNode *gm__html_next(const xmlNode *root, const xmlNode *node, bool skip);
/* Is it an element with one of these names (separated by spaces)? */
bool gm__html_is(const xmlNode *node, const char *names);
/* Bytes of text other than white space below `root`; those inside links in *linked (may be NULL). */
size_t gm__html_text_size(const xmlNode *root, size_t *linked);

bool gm__html_has_class(const xmlNode *node, const char *names);
bool gm__html_has_role(const xmlNode *node, const char *roles);
/* In a heading: a link to the heading itself, that programs which make manuals put before or behind it: # ¶ 🔗. */
bool gm__html_is_heading_link(const xmlNode *node);
/* A list of the page's, not of the document's. */
bool gm__html_is_page_list(const xmlNode *list);
/* The class is one of those that take the numbers from a list. */
bool gm__html_is_unnumbered_list(const xmlNode *list);

/* Does its text begin with a number of its own: 一、 （一） 第一章 1. 1、 ①? */
bool gm__html_numbered(const xmlNode *node);
/*
 * What a table is for: it arranges the page (headings, lists, tables or whole paragraphs in its cells, one column), its
 * rows are points with the number in a cell of its own, or it holds data, which has no structure for us.
 */
enum gm__table { GM__TABLE_LAYOUT, GM__TABLE_ROWS, GM__TABLE_DATA };
enum gm__table gm__html_table(const xmlNode *table);

#endif
