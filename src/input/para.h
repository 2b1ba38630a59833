/*
 * para.h - one paragraph under construction, for readers of mark-up.
 *
 * Text arrives in pieces; white space collapses as a browser shows it; a number that the format renders stands in
 * front. An empty paragraph leaves no trace.
 */
#ifndef GM_PARA_H
#define GM_PARA_H

#include "input/input.h"

struct gm__para {
    struct gm__source *out;
    size_t start;                 /* of the open paragraph in out->buffer */
    struct gm__block block;       /* flags of the open paragraph */
    char label[96];               /* waits for the first text; "" when none */
    struct gm__block label_block; /* its number and depth */
    size_t bold, linked, shown;   /* bytes of text seen so */
    uint32_t last;                /* last code point written, 0 at the begin */
    bool open, blank, broken;     /* text was added; white space is owed, with a line end in it */
    uint32_t lines;               /* line ends written so far */
    uint32_t line, column;        /* where the next paragraph stands in the source, 0: not told */
    enum gm_status status;        /* sticky */
};
enum { GM__PARA_BOLD = 1, GM__PARA_LINKED = 2, GM__PARA_KEEP = 4 /* white space as it is */ };

void gm__para_init(struct gm__para *p, struct gm__source *out);
/* Add text to the open paragraph; opens one with the flags of `block` when there is none. */
void gm__para_add(struct gm__para *p, const char *text, size_t len, unsigned how, const struct gm__block *block);
/* The number that goes in front of the next paragraph. One that still waits gets a paragraph of its own. */
void gm__para_label(struct gm__para *p, const char *label, const struct gm__block *block);
/* End the open paragraph; a label that waits goes on waiting. */
void gm__para_end(struct gm__para *p);
/* Write out a label for which no text came. */
void gm__para_flush(struct gm__para *p);
/* All text is there: point the source at it. */
enum gm_status gm__para_finish(struct gm__para *p, struct gm_error *error);

/* The next paragraph stands there in the source: empty lines and blanks bring it to the same place in the text, unless
 * more lines than that are written already. */
void gm__para_place(struct gm__para *p, uint32_t line, uint32_t column);
/* Take encoding and warnings from `plain`, whose text the reader made paragraphs of: places in it mean nothing in the
 * text, the raw offsets stay. */
void gm__source_take(struct gm__source *out, struct gm__source *plain);
/* Zero bytes where no UTF-16 or UTF-32 is told by its mark: no text, whatever the name says. */
bool gm__is_binary(const unsigned char *head, size_t len);
/* Fail with the sentence that suits a buffer's or vector's status. */
enum gm_status gm__fail_status(struct gm_error *error, enum gm_status status);

#endif
