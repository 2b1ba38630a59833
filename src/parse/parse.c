/* parse.c - layout, lexer, decisions, nodes: the stages in order. */
#include "parse/parse.h"

#include "base/traditional.h"
#include "parse/series.h"

enum gm_status gm__check_paragraph(const struct gm__parser *p, size_t len) {
    size_t most = p->options->limits.paragraph_bytes;
    if (len <= most) return GM_OK;
    return gm__fail(p->error, GM_LIMIT, "paragraph-too-long", "a paragraph is longer than %zu bytes", most);
}

/* A candidate for each line, so that few texts need more and have them copied; but no more memory than the text takes.
 */
static size_t foretold(const struct gm__parser *p) {
    size_t most = p->len / sizeof(struct gm__cand), likely = p->lines;
    return (likely < most ? likely : most) + GM__AHEAD;
}

static enum gm_status recognise(struct gm__parser *p) {
    gm__layout(p);
    enum gm_status s = gm__vec_reserve(&p->cands, foretold(p));
    if (s == GM_OK) s = gm__lex(p);
    if (s == GM_OK) s = gm__vouch_glued(p);
    if (s == GM_OK) s = gm__decide(p);
    if (s == GM_OK && p->options->implied) s = gm__find_implied(p);
    if (s == GM_OK) s = gm__build(p);
    if (s == GM_OK && p->options->explain) s = gm__explain(p);
    return s;
}

/* A text in traditional characters is recognised in a copy in simplified ones, unless the grammar's own are
 * traditional. What the document keeps of it comes from the text itself. */
static enum gm_status recognise_any(struct gm__parser *p) {
    const struct gm_allocator *a = p->options->allocator;
    if (p->grammar->traditional || !gm__is_traditional(p->text, p->len)) return recognise(p);
    char *copy = gm__alloc(a, p->len + 1);
    if (!copy) return GM_NOMEM;
    gm__simplify(copy, p->text, p->len);
    copy[p->len] = '\0';
    p->text = copy;
    enum gm_status s = recognise(p);
    p->text = p->doc->text;
    gm__free(a, copy, p->len + 1);
    return s;
}

enum gm_status gm__parse(struct gm_doc *doc, const struct gm__source *source, const struct gm_grammar *grammar,
                         const struct gm_options *options, struct gm_error *error) {
    struct gm__parser p = {.doc = doc, .source = source, .grammar = grammar, .options = options, .error = error};
    p.text = doc->text;
    p.len = doc->text_len;
    gm__vec_init(&p.cands, options->allocator, sizeof(struct gm__cand), UINT32_MAX - 1);
    gm__vec_init(&p.beginnings, options->allocator, sizeof(uint32_t), UINT32_MAX - 1);
    gm__vec_init(&p.glued, options->allocator, sizeof(struct gm__cand), UINT32_MAX - 1);
    gm__vec_init(&p.soft, options->allocator, sizeof(uint32_t), UINT32_MAX - 1);
    gm__vec_init(&p.series, options->allocator, sizeof(struct gm__known), UINT32_MAX - 1);
    doc->grammar = gm__arena_copy(&doc->arena, grammar->name, strlen(grammar->name));
    enum gm_status s = doc->grammar ? GM_OK : GM_NOMEM;
    doc->nodes[GM_ROOT].end = (uint32_t)p.len;
    if (s == GM_OK) s = gm__is_outline(source) ? gm__parse_outline(&p) : recognise_any(&p);
    if (s == GM_OK && !doc->line_index_count) s = gm__doc_index_lines(doc);
    if (s == GM_OK) s = gm__doc_mark_places(doc);
    doc->steps = p.steps;
    gm__vec_release(&p.cands);
    gm__vec_release(&p.beginnings);
    gm__vec_release(&p.glued);
    gm__vec_release(&p.soft);
    gm__vec_release(&p.series);
    return s;
}
