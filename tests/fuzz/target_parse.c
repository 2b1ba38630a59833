/*
 * target_parse.c - any bytes, decoded and parsed, and the document to every writer.
 *
 * Two bytes choose the options, the rest is the document.
 */
#include "fuzz.h"

enum { IMPLIED = 1, EXPLAIN = 2, STRICT = 4, NARROW = 8, LINT = 64, PIECES = 128 };

static void set_options(struct gm_options *options, unsigned flags, unsigned choice) {
    fuzz_options(options);
    options->format = "text";
    options->implied = flags & IMPLIED;
    options->explain = flags & EXPLAIN;
    options->strict_encoding = flags & STRICT;
    if (flags & NARROW) {
        options->limits.nodes = choice + 1;
        options->limits.depth = choice % 8 + 1;
    }
    size_t count = 0;
    while (gm_grammar_builtin_name(count)) count++;
    if (flags & 48) options->grammar_name = gm_grammar_builtin_name(choice % count);
}

static void check_limits(const struct gm_doc *doc, const struct gm_limits *limits) {
    CHECK(doc->node_count - 1 <= limits->nodes, "%u nodes", doc->node_count - 1);
    for (gm_node node = 0; node < doc->node_count; node++)
        CHECK(gm_node_level(doc, node) <= limits->depth, "node %u is %u levels deep", node, gm_node_level(doc, node));
}

/* By pieces it is the same document: the same outcome, and the same bytes of JSON. */
static void check_pieces(const struct gm_options *options, const char *bytes, size_t len, unsigned choice,
                         const struct gm_doc *doc, enum gm_status status) {
    struct gm_feeder *feeder;
    struct gm_doc *again = NULL;
    struct gm_error error;
    CHECK(gm_feeder_new(options, "fuzz", &feeder, &error) == GM_OK, "no feeder: %s", error.message);
    for (size_t at = 0, n; at < len; at += n) {
        n = 1 + (at * 31 + choice) % (len / 2 + 1);
        if (n > len - at) n = len - at;
        CHECK(gm_feeder_feed(feeder, bytes + at, n, &error) == GM_OK, "feed: %s", error.message);
    }
    enum gm_status s = gm_feeder_finish(feeder, &again, &error);
    CHECK(s == status, "by pieces it ends with status %d, not %d", (int)s, (int)status);
    if (!doc) return;
    struct gm__buf one, other;
    fuzz_write(doc, gm_writer_find("json"), NULL, &one);
    fuzz_write(again, gm_writer_find("json"), NULL, &other);
    CHECK(one.len == other.len && memcmp(one.data, other.data, one.len) == 0, "by pieces it is another document");
    gm__buf_release(&one);
    gm__buf_release(&other);
    gm_doc_free(again);
}

/* What it begins with, and itself twice over: no other promise than that both are documents. */
static void check_parts(const struct gm_options *options, const char *bytes, size_t len, unsigned choice) {
    struct gm_doc *doc = fuzz_parse(options, bytes, len * choice / 256, NULL);
    if (doc) fuzz_check_document(doc);
    gm_doc_free(doc);
    struct gm__buf twice;
    gm__buf_init(&twice, &gm__default_allocator, SIZE_MAX);
    for (int i = 0; i < 2; i++) (void)gm__buf_add(&twice, bytes, len);
    doc = fuzz_parse(options, twice.len ? twice.data : "", twice.len, NULL);
    if (doc) fuzz_check_document(doc);
    gm_doc_free(doc);
    gm__buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    unsigned flags = data[0], choice = data[1];
    const char *bytes = (const char *)data + 2;
    size_t len = size - 2;
    struct gm_options options;
    enum gm_status status;
    set_options(&options, flags, choice);
    struct gm_doc *doc = fuzz_parse(&options, bytes, len, &status);
    if (doc && flags & LINT) {
        static const char *const profiles[] = {NULL, "gongwen", "law", "taiwan"};
        CHECK(gm_doc_lint(doc, profiles[choice % 4], NULL) == GM_OK, "lint failed");
    }
    if (doc) {
        fuzz_check_document(doc);
        if (flags & NARROW) check_limits(doc, &options.limits);
        fuzz_check_outputs(doc, choice);
        fuzz_check_round_trip(doc, choice);
    }
    if (flags & PIECES) {
        if (!(flags & LINT)) check_pieces(&options, bytes, len, choice, doc, status);
        check_parts(&options, bytes, len, choice);
    }
    gm_doc_free(doc);
    return 0;
}
