/*
 * target_renumber.c - renumbering: changes in order, each of what stands there; the written text is the old one with
 * the changes made; by the bytes it came from the same; where it is read as before, a second renumbering changes
 * nothing.
 *
 * A byte chooses the grammar, the rest is the document.
 */
#include "fuzz.h"

static enum gm_status to_buffer(void *ctx, const char *bytes, size_t len) { return gm__buf_add(ctx, bytes, len); }

/* The text as the changes make it. */
static void apply(const struct gm_doc *doc, const struct gm_renumbering *r, struct gm__buf *out) {
    size_t at = 0;
    for (size_t i = 0; i < gm_renumbering_count(r); i++) {
        struct gm_change c = gm_renumbering_change(r, i);
        CHECK(c.at.byte >= at && c.at.byte + c.old.len <= doc->text_len, "change %zu is out of order", i);
        CHECK(c.old.len && memcmp(doc->text + c.at.byte, c.old.ptr, c.old.len) == 0,
              "change %zu: not what stands there", i);
        CHECK(c.node == GM_NO_NODE || c.node < doc->node_count, "change %zu: node %u", i, c.node);
        CHECK(c.text.len && gm__utf8_valid_prefix(c.text.ptr, c.text.len) == c.text.len, "change %zu: not UTF-8", i);
        CHECK(gm_change_kind_name(c.kind) != NULL, "change %zu is of no kind", i);
        (void)gm__buf_add(out, doc->text + at, c.at.byte - at);
        (void)gm__buf_add(out, c.text.ptr, c.text.len);
        at = c.at.byte + c.old.len;
    }
    CHECK(gm__buf_add(out, doc->text + at, doc->text_len - at) == GM_OK, "no memory");
}

static void check_written(const struct gm_renumbering *r, const char *raw, size_t len, const struct gm__buf *expected) {
    struct gm__buf out;
    struct gm_sink sink = {to_buffer, &out};
    struct gm_error error;
    gm__buf_init(&out, &gm__default_allocator, SIZE_MAX);
    enum gm_status s = gm_renumbering_write(r, raw, len, &sink, &error);
    CHECK(s == GM_OK || (raw && s == GM_INPUT && out.len == 0), "not written: %s", error.message);
    bool same = out.len == expected->len && (!out.len || memcmp(out.data, expected->data, out.len) == 0);
    CHECK(s != GM_OK || same || raw, "the written text is not the old one with the changes");
    gm__buf_release(&out);
}

static bool same_shape(const struct gm_doc *a, const struct gm_doc *b) {
    if (a->node_count != b->node_count) return false;
    for (gm_node n = 0; n < a->node_count; n++)
        if (a->nodes[n].parent != b->nodes[n].parent || a->nodes[n].family != b->nodes[n].family) return false;
    return true;
}

static void check_twice(const struct gm_options *options, const struct gm_doc *before, const struct gm__buf *text) {
    struct gm_renumbering *r = NULL;
    struct gm_error error;
    struct gm_doc *doc = fuzz_parse(options, text->data, text->len, NULL);
    CHECK(doc != NULL, "the renumbered text is refused");
    fuzz_check_document(doc);
    if (same_shape(before, doc) && gm_doc_renumber(doc, &r, &error) == GM_OK)
        for (size_t i = 0; i < gm_renumbering_count(r); i++) {
            struct gm_change c = gm_renumbering_change(r, i);
            CHECK(c.kind != GM_CHANGE_LABEL || gm__str_eq(c.old, c.text), "renumbered again, %.*s becomes %.*s",
                  (int)c.old.len, c.old.ptr, (int)c.text.len, c.text.ptr);
        }
    gm_renumbering_free(r);
    gm_doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    static const char *const grammars[] = {"auto", "gongwen"};
    const char *bytes = (const char *)data + 1;
    struct gm_renumbering *r = NULL;
    struct gm_options options;
    struct gm_error error;
    struct gm__buf text;
    fuzz_options(&options);
    options.format = "text";
    options.grammar_name = grammars[data[0] % GM__COUNT(grammars)];
    struct gm_doc *doc = fuzz_parse(&options, bytes, size - 1, NULL);
    if (!doc) return 0;
    enum gm_status s = gm_doc_renumber(doc, &r, &error);
    CHECK((s == GM_OK) == (r != NULL), "a renumbering without GM_OK, or none with it");
    CHECK(s == GM_OK || s == GM_LIMIT, "status %d: %s", (int)s, error.message);
    gm__buf_init(&text, &gm__default_allocator, SIZE_MAX);
    if (r) {
        apply(doc, r, &text);
        check_written(r, NULL, 0, &text);
        check_written(r, bytes, size - 1, &text);
        check_twice(&options, doc, &text);
    }
    gm__buf_release(&text);
    gm_renumbering_free(r);
    gm_doc_free(doc);
    return 0;
}
