/* parser.h - a parser of a text at the point where the lexer begins, for tests of one stage. */
#ifndef PARSER_H
#define PARSER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "parse/decide.h"
#include "parse/lexer.h"

/* The text stays the caller's. */
static inline void parser_init(struct gm__parser *p, const struct gm__buf *text, const struct gm_options *options) {
    static const struct gm__source source = {.text = ""};
    *p = (struct gm__parser){.source = &source, .options = options, .text = text->data, .len = text->len};
    p->doc = gm__doc_new(options->allocator, "text");
    assert_non_null(p->doc);
    p->doc->text = text->data;
    p->doc->text_len = text->len;
    p->grammar = gm__grammar_compiled("auto");
    gm__vec_init(&p->cands, options->allocator, sizeof(struct gm__cand), UINT32_MAX - 1);
    gm__vec_init(&p->beginnings, options->allocator, sizeof(uint32_t), UINT32_MAX - 1);
    gm__vec_init(&p->glued, options->allocator, sizeof(struct gm__cand), UINT32_MAX - 1);
    gm__vec_init(&p->soft, options->allocator, sizeof(uint32_t), UINT32_MAX - 1);
    gm__vec_init(&p->series, options->allocator, sizeof(struct gm__series), UINT32_MAX - 1);
    gm__layout(p);
}

static inline void parser_release(struct gm__parser *p) {
    p->doc->text = "";
    gm_doc_free(p->doc);
    gm__vec_release(&p->cands);
    gm__vec_release(&p->beginnings);
    gm__vec_release(&p->glued);
    gm__vec_release(&p->soft);
    gm__vec_release(&p->series);
}

#endif
