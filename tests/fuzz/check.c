/* check.c - parsing with small limits, and what must hold for every document. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#define MIB ((size_t)1024 * 1024)
/* The work of the parser: at most so many steps a byte, and a few for a document without any. */
#define STEPS_PER_BYTE 64u
#define STEPS_AT_LEAST 1024u

void fuzz_fail(const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)fputs("property broken: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputs("\n", stderr);
    va_end(args);
    abort();
}

void fuzz_options(struct gm_options *options) {
    gm_options_init(options);
    options->limits.input_bytes = 4 * MIB;
    options->limits.text_bytes = 4 * MIB;
    options->limits.memory_bytes = 16 * MIB;
}

struct gm_doc *fuzz_parse(const struct gm_options *options, const void *bytes, size_t len, enum gm_status *refused) {
    struct gm_doc *doc = NULL;
    struct gm_error error;
    enum gm_status s = gm_doc_parse(options, bytes, len, "fuzz", &doc, &error);
    CHECK((s == GM_OK) == (doc != NULL), "a document without GM_OK, or none with it (status %d)", (int)s);
    CHECK(s != GM_NOMEM && s != GM_OUTPUT && s < GM_STATUS_COUNT, "status %d: %s", (int)s, error.message);
    CHECK(s == GM_OK || (error.status == s && error.id[0] && error.message[0]), "a failure that says nothing");
    if (refused) *refused = s;
    return doc;
}

/* ------------------------------------------------------------------ spans */

struct cursor {
    const struct gm_doc *doc;
    size_t at;
};

static bool follow(void *ctx, const struct gm_span *span) {
    struct cursor *c = ctx;
    CHECK(span->start == c->at && span->len > 0, "spans: [%zu, +%zu) after %zu", span->start, span->len, c->at);
    CHECK(span->node < c->doc->node_count, "spans: node %u", span->node);
    c->at += span->len;
    return true;
}

static void check_spans(const struct gm_doc *doc) {
    struct cursor c = {doc, 0};
    gm_doc_spans(doc, follow, &c);
    CHECK(c.at == doc->text_len, "spans: they end at %zu of %zu", c.at, doc->text_len);
}

/* ---------------------------------------------------------------- queries */

static void check_string(struct gm_str s, const char *what) {
    CHECK(s.ptr != NULL, "%s: NULL", what);
    CHECK(gm__utf8_valid_prefix(s.ptr, s.len) == s.len, "%s: not UTF-8", what);
}

static void check_texts(const struct gm_doc *doc, gm_node node, enum gm_text_part part) {
    struct gm_texts texts;
    struct gm_str paragraph;
    size_t last = 0;
    gm_texts_init(&texts, doc, node, part);
    while (gm_texts_next(&texts, &paragraph)) {
        check_string(paragraph, "paragraph");
        CHECK(paragraph.len > 0 && texts.at > last && texts.at <= doc->text_len, "texts of node %u do not go on", node);
        last = texts.at;
    }
}

static void check_node(const struct gm_doc *doc, gm_node node) {
    check_string(gm_node_label(doc, node), "label");
    check_string(gm_node_title(doc, node), "title");
    CHECK(gm_node_marker(doc, node) != NULL, "node %u has no marker", node);
    CHECK(gm_node_kind(doc, node) < GM_KIND_COUNT, "node %u is of no kind", node);
    CHECK((gm_node_kind(doc, node) == GM_KIND_DOCUMENT) == (node == GM_ROOT), "node %u is of kind document", node);
    check_texts(doc, node, GM_TEXT_OWN);
    check_texts(doc, node, GM_TEXT_TAIL);
    const struct gm__node *n = &doc->nodes[node];
    if (node != GM_ROOT && n->end > n->start) {
        gm_node at = gm_doc_node_at(doc, n->start);
        CHECK(at == node || doc->nodes[at].start == n->start, "node %u is not found at its start, %u is", node, at);
    }
}

static void check_place(const struct gm_doc *doc, size_t byte) {
    struct gm_pos pos = gm_doc_locate(doc, byte);
    CHECK(pos.byte <= doc->text_len && pos.line > 0 && pos.column > 0, "no place for byte %zu", byte);
}

static void check_matter(const struct gm_doc *doc) {
    for (size_t i = 0; i < doc->matter_count; i++) {
        CHECK(doc->matter[i].kind < GM_MATTER_KIND_COUNT, "matter %zu is of no kind", i);
        check_string(gm_doc_matter(doc, i).text, "matter");
    }
}

static void check_diagnostics(const struct gm_doc *doc) {
    char message[256];
    for (size_t i = 0; i < gm_doc_diagnostic_count(doc); i++) {
        struct gm_diagnostic d = gm_doc_diagnostic(doc, i);
        CHECK(d.node == GM_NO_NODE || d.node < doc->node_count, "diagnostic %zu is about node %u", i, d.node);
        (void)gm_doc_diagnostic_message(doc, i, i % 2 ? GM_CHINESE : GM_ENGLISH, message, sizeof message);
        CHECK(memchr(message, 0, sizeof message) != NULL, "diagnostic %zu has no end", i);
    }
}

static void check_decisions(const struct gm_doc *doc) {
    for (size_t i = 0; i < gm_doc_decision_count(doc); i++) {
        struct gm_decision d = gm_doc_decision(doc, i);
        check_string(d.label, "decision");
        CHECK(d.rule && d.reason && d.family, "decision %zu has no reason", i);
        CHECK(d.node == GM_NO_NODE ? !d.accepted : d.node < doc->node_count, "decision %zu is about node %u", i,
              d.node);
        CHECK(d.before < GM_BEFORE_COUNT && d.behind < GM_BEHIND_COUNT, "decision %zu stands nowhere", i);
        CHECK(d.previous == GM_NO_DECISION || d.previous < i, "decision %zu is before itself", i);
        CHECK(d.next == GM_NO_DECISION || (d.next > i && d.next < gm_doc_decision_count(doc)),
              "decision %zu is behind itself", i);
        CHECK((d.series > 0) == (d.members > 0) && (d.place > 0) == (d.series > 0) && d.place <= d.members,
              "decision %zu is member %u of %u", i, d.place, d.members);
        if (!d.series) continue;
        CHECK(d.accepted && d.first <= i && d.last >= i, "decision %zu is outside its series", i);
        CHECK((d.place == 1) == (d.first == i) && (d.place == d.members) == (d.last == i), "ends of decision %zu", i);
        if (d.next == GM_NO_DECISION) continue;
        struct gm_decision next = gm_doc_decision(doc, d.next);
        CHECK(next.series == d.series && next.place == d.place + 1 && next.previous == i, "decision %zu's next", i);
        CHECK(gm_node_parent(doc, next.node) == gm_node_parent(doc, d.node), "decision %zu's sibling", i);
    }
}

void fuzz_check_document(const struct gm_doc *doc) {
    const char *fault = gm__doc_verify(doc);
    CHECK(fault == NULL, "tree: %s", fault);
    CHECK(gm__utf8_valid_prefix(doc->text, doc->text_len) == doc->text_len, "the text is not UTF-8");
    check_spans(doc);
    for (gm_node node = 0; node < doc->node_count; node++) check_node(doc, node);
    check_string(doc->title, "the document's title");
    check_string(doc->salutation, "the salutation");
    check_matter(doc);
    check_diagnostics(doc);
    check_decisions(doc);
    for (size_t i = 0; i <= 8; i++) check_place(doc, doc->text_len * i / 8);
    CHECK(doc->steps <= STEPS_PER_BYTE * (uint64_t)doc->text_len + STEPS_AT_LEAST, "%llu steps for %zu bytes",
          (unsigned long long)doc->steps, doc->text_len);
}
