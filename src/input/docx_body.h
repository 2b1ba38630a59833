/*
 * docx_body.h - what docx_body.c (events, text, fields), docx_autonum.c (fields that count) and docx_paragraph.c
 * (numbers, emission) share.
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

#define GM__DOCX_AUTO_LEVELS 10 /* of AUTONUM: nine of headings, one of body text */

struct gm__docx_body {
    const struct gm__package *package;
    const struct gm__docx_styles *styles;
    struct gm__docx_numbering *numbering;
    struct gm__vec *chunks;
    struct gm__source *out;
    struct gm__source later; /* text boxes, until their paragraph is done */
    struct gm__docx_paragraph stack[GM__DOCX_NESTING];
    size_t open;                    /* paragraphs on the stack */
    struct gm__vec fields, choices; /* struct gm__docx_field, struct gm__docx_alternative */
    size_t codes, tocs;             /* open fields before their separator; tables of contents in their result */
    int32_t auto_count[GM__DOCX_AUTO_LEVELS], list_count[GM__DOCX_LEVELS]; /* of AUTONUM and LISTNUM */
    size_t tables, sdt_toc; /* table nesting; depth of the content control that is a table of contents */
    struct gm__docx_carry carry;
    struct gm__buf label;
    enum { GM__DOCX_NOTHING, GM__DOCX_TEXT, GM__DOCX_CODE } reading;
    bool in_properties, in_run_properties, in_row_properties, in_sdt_properties, row_dropped, seen_root;
    size_t chunk_bytes; /* of files taken in */
    bool no_fields;     /* their marks do not pair: leave them out, take all text */
};

/* The innermost open paragraph. */
GM__INLINE struct gm__docx_paragraph *gm__docx_top(struct gm__docx_body *b) {
    return b->open ? &b->stack[b->open - 1] : NULL;
}

/* The file that a w:altChunk names, where it can be read; else the warning left-out. */
enum gm_status gm__docx_take_in(struct gm__docx_body *b, struct gm_str id);
/* Is it the code of a field that counts? */
bool gm__docx_counts(const char *code, size_t len);
/* Count it and append what Word shows; `heading` is the level of the paragraph's style, 0 for body text. */
enum gm_status gm__docx_count_field(struct gm__docx_body *b, const char *code, size_t len, uint8_t heading,
                                    struct gm__buf *out);
/* The level of the open paragraph as a heading, 0 when it is none. */
uint8_t gm__docx_heading(const struct gm__docx_body *b, const struct gm__docx_paragraph *p);

void gm__docx_paragraph_open(struct gm__docx_body *b, struct gm__sax *x);
enum gm_status gm__docx_paragraph_close(struct gm__docx_body *b, struct gm__sax *x);
/* What was carried over and found no successor stands as its own paragraph. */
enum gm_status gm__docx_carry_flush(struct gm__docx_body *b);

#endif
