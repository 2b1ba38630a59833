/*
 * pdf.h - what read_pdf.c (pages to text) and pdf_outline.c (the PDF's own bookmarks) share.
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
    uint8_t heading;    /* depth of the bookmark that leads here, 0 when none does */
};

/* Put the lines of pages that have two columns in reading order. */
enum gm_status gm__pdf_columns(struct gm__vec *lines);

/*
 * Ask pdftohtml for the bookmarks of the PDF in `fd` and mark the lines that they name. Nothing happens when the
 * program is missing or does not like the file: bookmarks are evidence, no more.
 */
enum gm_status gm__pdf_outline(const struct gm__input *in, int fd, struct gm__arena *arena, struct gm__pdf_line *lines,
                               size_t count);

#endif
