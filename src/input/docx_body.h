/*
 * docx_body.h - what docx_body.c (events, text, fields) and docx_paragraph.c (numbers, emission) share.
 */
#ifndef GM_DOCX_BODY_H
#define GM_DOCX_BODY_H

#include "input/docx.h"

#define GM__DOCX_NESTING 32 /* text boxes inside text boxes */

struct gm__docx_paragraph {
    struct gm__buf text; /* '\n' stands for a soft break */
    uint32_t style;
    int32_t num_id, ilvl, outline;
    int8_t centered, mark_hidden;  /* GM__UNSET as the style has it */
    bool mark_deleted, toc, plain; /* plain: some visible text is not bold */
    int8_t run_hidden, run_bold;   /* of the run that is open; GM__UNSET as the style has it */
    size_t depth;                  /* of the element */
};

struct gm__docx_field {
    char code[48]; /* its beginning */
    size_t len;
    bool result, toc;
};

/* What a paragraph leaves to the next when its mark is deleted or hidden. */
struct gm__docx_carry {
    struct gm__buf text;
    struct gm__block block;
    size_t depth; /* 0: nothing */
    bool block_wins;
};

struct gm__docx_alternative {
    size_t depth;
    bool taken;
};

struct gm__docx_body {
    const struct gm__docx_styles *styles;
    struct gm__docx_numbering *numbering;
    struct gm__source *out;
    struct gm__source later; /* text boxes, until their paragraph is done */
    struct gm__docx_paragraph stack[GM__DOCX_NESTING];
    size_t open;                    /* paragraphs on the stack */
    struct gm__vec fields, choices; /* struct gm__docx_field, struct gm__docx_alternative */
    size_t codes, tocs;             /* open fields before their separator; tables of contents in their result */
    size_t tables, sdt_toc;         /* table nesting; depth of the content control that is a table of contents */
    struct gm__docx_carry carry;
    struct gm__buf label;
    enum { GM__DOCX_NOTHING, GM__DOCX_TEXT, GM__DOCX_CODE } reading;
    bool in_properties, in_run_properties, in_row_properties, in_sdt_properties, row_dropped, seen_root;
    bool no_fields; /* their marks do not pair: leave them out, take all text */
};

/* The innermost open paragraph. */
GM__INLINE struct gm__docx_paragraph *gm__docx_top(struct gm__docx_body *b) {
    return b->open ? &b->stack[b->open - 1] : NULL;
}

void gm__docx_paragraph_open(struct gm__docx_body *b, struct gm__sax *x);
enum gm_status gm__docx_paragraph_close(struct gm__docx_body *b, struct gm__sax *x);
/* What was carried over and found no successor stands as its own paragraph. */
enum gm_status gm__docx_carry_flush(struct gm__docx_body *b);

#endif
