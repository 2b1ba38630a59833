/*
 * flow.h - what writers of whole documents (html, docx, latex, text) share: text that is safe in
 * mark-up, front and back matter in its place among the paragraphs, and how a title meets its text.
 */
#ifndef GM_FLOW_H
#define GM_FLOW_H

#include "output/output.h"

/* Escape for XML and HTML, element content and quoted attribute values alike: & < > " ' become
 * references, what XML 1.0 forbids and C1 controls become U+FFFD. */
typedef void (*gm__put)(void *ctx, const char *bytes, size_t len);
void gm__markup_escape(struct gm_str s, gm__put put, void *ctx);
void gm__markup(struct gm_output *out, struct gm_str s);
/* Label and title, escaped, as gm__output_heading writes them. */
void gm__markup_heading(struct gm_output *out, gm_node node);

/* printf into the output; for short pieces without text of the document (256 bytes at most). */
void gm__printf(struct gm_output *out, const char *format, ...) GM__PRINTF(2, 3);

/*
 * Front and back matter in document order. A writer keeps a cursor (0 at first) and, before it writes
 * what stands at byte `before`, takes what comes earlier. Titles, contents and page numbers are left
 * out: the title is written from gm_doc_title, the others belong to the old pages.
 */
bool gm__flow_matter(const struct gm_output *out, size_t *cursor, size_t before, struct gm_matter *matter);
/* Where the title stands among the matter; 0 when it has no place of its own. */
size_t gm__flow_title(const struct gm_doc *doc);
/* The salutation when no matter carries it (documents read from gangmu's own formats), else "". */
struct gm_str gm__flow_salutation(const struct gm_output *out);

/* The punctuation that closes the title in the source: "。" "：", "" when there is none. */
struct gm_str gm__title_close(const struct gm_doc *doc, gm_node node);
/* The node above in whose title this one stands: 第二，一方面缺钱，另一方面缺人。 is the title of 第二， and holds two
 * members. GM_NO_NODE when it stands in none. */
gm_node gm__title_holder(const struct gm_doc *doc, gm_node node);
/* Does the title of `holder` go on behind that of the node it holds? */
bool gm__title_goes_on(const struct gm_doc *doc, gm_node holder, gm_node node);
/* Does the node's text go on in the paragraph of its label? */
bool gm__run_in(const struct gm_doc *doc, gm_node node);

/* The page of the source on which a byte stands: 1 + the form feeds before it, as pdftotext writes
 * them. The cursor (zeroed at first) only goes forward. */
struct gm__pages {
    size_t at;
    uint32_t page;
};
uint32_t gm__page_of(const struct gm_doc *doc, struct gm__pages *pages, gm_node node);

#endif
