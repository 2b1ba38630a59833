/*
 * docx_package.h - the package around a Word document: fixed parts, styles (built in or a reference
 * document's), and the zip itself, the same bytes for the same document at any time.
 */
#ifndef GM_DOCX_PACKAGE_H
#define GM_DOCX_PACKAGE_H

#include "output/output.h"

/* The paragraph styles that the writer uses; their names are fixed, their ids a reference document's own. */
enum gm__docx_style {
    GM__DOCX_TITLE,
    GM__DOCX_BODY,
    GM__DOCX_NUMBER,
    GM__DOCX_SIGNATURE,
    GM__DOCX_DATE,
    GM__DOCX_TOC_HEADING,
    GM__DOCX_TOC_1,                          /* three of them */
    GM__DOCX_HEADING_1 = GM__DOCX_TOC_1 + 3, /* nine of them */
    GM__DOCX_LABEL = GM__DOCX_HEADING_1 + 9, /* a character style */
    GM__DOCX_STYLE_COUNT
};

struct gm__docx_look {
    struct gm__arena arena;
    const char *id[GM__DOCX_STYLE_COUNT]; /* NULL: the reference document has no such style */
    struct gm_str xml;                    /* styles.xml; in the arena or built in */
    struct gm_str theme;                  /* the theme that the styles name, "" when there is none */
};

/* Styles of the reference document at `path`, the built-in ones when path is NULL. */
enum gm_status gm__docx_look_init(struct gm__docx_look *styles, const struct gm_allocator *a, const char *path,
                                  struct gm_error *error);
void gm__docx_look_release(struct gm__docx_look *styles);

/* Write the package to the sink. */
enum gm_status gm__docx_package(struct gm_output *out, const struct gm__docx_look *styles, struct gm_str document);

#endif
