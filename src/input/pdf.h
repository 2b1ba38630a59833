/*
 * pdf.h - what read_pdf.c (pages to text), pdf_edges.c (heads and feet), pdf_notes.c,
 * pdf_columns.c and pdf_outline.c (the PDF's own bookmarks) share.
 */
#ifndef GM_PDF_H
#define GM_PDF_H

#include "input/spawn.h"

struct gm__pdf_line {
    struct gm_str text; /* without white space at the ends; empty: left out */
    uint32_t indent;    /* columns of white space in front */
    uint32_t page;      /* from 0 */
    bool edge;          /* looks like a head, a foot or a page number */
    bool joined;        /* goes on in the next line: the halves of one heading */
    bool note;          /* of a footnote */
    uint8_t heading;    /* depth of the bookmark that leads here, 0 when none does */
};

/* Take heads, feet and page numbers from the lines of `pages` pages. */
enum gm_status gm__pdf_drop_edges(struct gm__vec *lines, uint32_t pages, struct gm__arena *arena);

/* Find the footnotes. */
void gm__pdf_mark_notes(struct gm__vec *lines);

/* Put the lines of pages that have two columns in reading order. */
enum gm_status gm__pdf_columns(struct gm__vec *lines);

/*
 * Ask pdftohtml for the bookmarks of the PDF in `fd` and mark the lines that they name. Nothing happens when the
 * program is missing or does not like the file: bookmarks are evidence, no more.
 */
enum gm_status gm__pdf_outline(const struct gm__input *in, int fd, struct gm__arena *arena, struct gm__pdf_line *lines,
                               size_t count);

#endif
