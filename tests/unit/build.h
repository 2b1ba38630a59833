/*
 * build.h - documents by hand, for tests of writers and transforms that must not depend on the parser.
 *
 *   struct build b;
 *   build_init(&b, "name");
 *   build_open(&b, "一、", "总则");  build_text(&b, "body");  build_close(&b);
 *   struct gm_doc *doc = build_finish(&b);      gm_doc_free(doc)
 */
#ifndef BUILD_H
#define BUILD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tree/tree.h"

struct build {
    struct gm_doc *doc;
    struct gm__buf text;
    gm_node open[256], last[256]; /* by level: the open node, its last child */
    size_t depth;
};

static inline void build_init(struct build *b, const char *name) {
    *b = (struct build){.doc = gm__doc_new(&gm__default_allocator, name)};
    assert_non_null(b->doc);
    b->doc->format = "text";
    b->doc->encoding = "UTF-8";
    b->doc->grammar = "auto";
    gm__buf_init(&b->text, &gm__default_allocator, SIZE_MAX);
    b->open[0] = GM_ROOT;
    b->last[0] = GM_NO_NODE;
}

static inline void build_raw(struct build *b, const char *bytes, size_t len) {
    assert_int_equal(gm__buf_add(&b->text, bytes, len), GM_OK);
}

static inline void build_text(struct build *b, const char *paragraph) {
    build_raw(b, paragraph, strlen(paragraph));
    build_raw(b, "\n", 1);
}

static inline void build_matter(struct build *b, enum gm_matter_kind kind, const char *text) {
    assert_int_equal(gm__doc_add_matter(b->doc, (uint32_t)b->text.len, (uint32_t)strlen(text), kind), GM_OK);
    build_text(b, text);
}

static inline gm_node build_open_len(struct build *b, const char *label, const char *title, size_t title_len) {
    gm_node id;
    assert_int_equal(gm__doc_add_node(b->doc, b->open[b->depth], b->last[b->depth], &id), GM_OK);
    b->last[b->depth++] = id;
    b->open[b->depth] = id;
    b->last[b->depth] = GM_NO_NODE;
    struct gm__node *n = &b->doc->nodes[id];
    n->kind = GM_KIND_SECTION;
    n->start = (uint32_t)b->text.len;
    n->label_len = (uint16_t)strlen(label);
    build_raw(b, label, strlen(label));
    n->title_at = (uint32_t)b->text.len;
    n->title_len = (uint32_t)title_len;
    build_raw(b, title, title_len);
    build_raw(b, "\n", 1);
    return id;
}

static inline gm_node build_open(struct build *b, const char *label, const char *title) {
    return build_open_len(b, label, title, strlen(title));
}

static inline void build_close(struct build *b) {
    b->doc->nodes[b->open[b->depth]].end = (uint32_t)b->text.len;
    b->depth--;
}

static inline struct gm_doc *build_finish(struct build *b) {
    while (b->depth) build_close(b);
    struct gm_doc *doc = b->doc;
    doc->text = doc->owned = b->text.data;
    doc->text_len = b->text.len;
    doc->owned_size = b->text.capacity;
    if (!doc->text) doc->text = "";
    doc->nodes[GM_ROOT].end = (uint32_t)doc->text_len;
    assert_int_equal(gm__doc_index_lines(doc), GM_OK);
    const char *fault = gm__doc_verify(doc);
    if (fault) fail_msg("%s", fault);
    return doc;
}

/* ------------------------------------------------------------------ output */

static inline enum gm_status build_collect(void *ctx, const char *bytes, size_t len) {
    return gm__buf_add(ctx, bytes, len);
}

/* What a writer makes of a document, NUL-terminated; release with gm__buf_release. */
static inline struct gm__buf build_write(const struct gm_doc *doc, const char *format,
                                         const struct gm_write_options *options) {
    struct gm__buf buf;
    struct gm_error error;
    gm__buf_init(&buf, &gm__default_allocator, SIZE_MAX);
    struct gm_sink sink = {build_collect, &buf};
    if (gm_doc_write(doc, format, options, &sink, &error) != GM_OK) fail_msg("%s: %s", format, error.message);
    assert_int_equal(gm__buf_add(&buf, "", 1), GM_OK);
    buf.len--;
    return buf;
}

#endif
