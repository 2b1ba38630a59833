/* doc.c - make, grow, free and verify a document. */
#include "tree/tree.h"

#include "base/span.h"

#define FIRST_NODES 32u                 /* most small documents have fewer */
#define LONG_STRIDE ((size_t)64 * 1024) /* bytes of 64 lines, of long paragraphs too, are fewer */

void gm_doc_free(struct gm_doc *doc) {
    if (!doc) return;
    const struct gm_allocator *a = doc->allocator;
    if (doc->nodes) gm__free(a, doc->nodes, doc->node_capacity * sizeof *doc->nodes);
    if (doc->matter) gm__free(a, doc->matter, doc->matter_capacity * sizeof *doc->matter);
    if (doc->joined) gm__free(a, doc->joined, doc->joined_capacity * sizeof *doc->joined);
    if (doc->diags) gm__free(a, doc->diags, doc->diag_capacity * sizeof *doc->diags);
    if (doc->decisions) gm__free(a, doc->decisions, doc->decision_capacity * sizeof *doc->decisions);
    if (doc->line_index) gm__free(a, doc->line_index, doc->line_index_capacity * sizeof *doc->line_index);
    if (doc->marks) gm__free(a, doc->marks, doc->mark_count * sizeof *doc->marks);
    if (doc->owned) gm__free(a, doc->owned, doc->owned_size);
    gm__arena_release(&doc->arena);
    gm__free(a, doc, sizeof *doc);
}

/* Make room for one more element of an array that the document owns. */
static enum gm_status grow(const struct gm_doc *doc, void **data, size_t count, size_t *capacity, size_t elem) {
    if (count < *capacity) return GM_OK;
    size_t more = *capacity + *capacity / 2 + 16, bytes;
    if (!gm__mul(more, elem, &bytes)) return GM_NOMEM;
    void *p = gm__resize(doc->allocator, *data, *capacity * elem, bytes);
    if (!p) return GM_NOMEM;
    *data = p;
    *capacity = more;
    return GM_OK;
}

static enum gm_status set_capacity(struct gm_doc *doc, size_t capacity) {
    size_t bytes;
    if (capacity > UINT32_MAX || !gm__mul(capacity, sizeof *doc->nodes, &bytes)) return GM_NOMEM;
    void *nodes = gm__resize(doc->allocator, doc->nodes, doc->node_capacity * sizeof *doc->nodes, bytes);
    if (!nodes) return GM_NOMEM;
    doc->nodes = nodes;
    doc->node_capacity = (uint32_t)capacity;
    return GM_OK;
}

enum gm_status gm__doc_reserve_nodes(struct gm_doc *doc, size_t more) {
    size_t need;
    if (!gm__add(doc->node_count, more, &need)) return GM_NOMEM;
    return need <= doc->node_capacity ? GM_OK : set_capacity(doc, need);
}

void gm__doc_trim_nodes(struct gm_doc *doc, uint32_t more) {
    if (doc->node_count + more + FIRST_NODES / 2 < doc->node_capacity)
        (void)set_capacity(doc, (size_t)doc->node_count + more); /* else they stay where they are */
}

enum gm_status gm__doc_add_node(struct gm_doc *doc, gm_node parent, gm_node previous, gm_node *out) {
    size_t capacity = doc->node_capacity;
    void *data = doc->nodes;
    enum gm_status s = grow(doc, &data, doc->node_count, &capacity, sizeof *doc->nodes);
    if (s != GM_OK) return s;
    doc->nodes = data;
    doc->node_capacity = (uint32_t)capacity;
    gm_node id = doc->node_count++;
    doc->nodes[id] = (struct gm__node){.parent = parent, .first = GM_NO_NODE, .next = GM_NO_NODE};
    if (parent != GM_NO_NODE) {
        doc->nodes[id].level = (uint16_t)(doc->nodes[parent].level + 1);
        if (previous == GM_NO_NODE)
            doc->nodes[parent].first = id;
        else
            doc->nodes[previous].next = id;
    }
    *out = id;
    return GM_OK;
}

struct gm_doc *gm__doc_new(const struct gm_allocator *a, const char *name) {
    struct gm_doc *doc = gm__alloc(a, sizeof *doc);
    if (!doc) return NULL;
    memset(doc, 0, sizeof *doc);
    doc->allocator = a;
    gm__arena_init(&doc->arena, a);
    doc->text = "";
    doc->title = doc->salutation = gm__str("", 0);
    doc->format = doc->encoding = doc->grammar = "";
    doc->name = name ? gm__arena_copy(&doc->arena, name, strlen(name)) : "";
    gm_node root;
    if (!doc->name || set_capacity(doc, FIRST_NODES) != GM_OK ||
        gm__doc_add_node(doc, GM_NO_NODE, GM_NO_NODE, &root) != GM_OK) {
        gm_doc_free(doc);
        return NULL;
    }
    doc->nodes[root].kind = GM_KIND_DOCUMENT;
    return doc;
}

enum gm_status gm__doc_add_matter(struct gm_doc *doc, uint32_t start, uint32_t len, enum gm_matter_kind kind) {
    void *data = doc->matter;
    enum gm_status s = grow(doc, &data, doc->matter_count, &doc->matter_capacity, sizeof *doc->matter);
    if (s != GM_OK) return s;
    doc->matter = data;
    doc->matter[doc->matter_count++] = (struct gm__matter){start, len, (uint8_t)kind};
    return GM_OK;
}

enum gm_status gm__doc_add_diag(struct gm_doc *doc, const struct gm__diag *diag) {
    void *data = doc->diags;
    enum gm_status s = grow(doc, &data, doc->diag_count, &doc->diag_capacity, sizeof *doc->diags);
    if (s != GM_OK) return s;
    doc->diags = data;
    doc->diags[doc->diag_count++] = *diag;
    return GM_OK;
}

enum gm_status gm__doc_add_joined(struct gm_doc *doc, const struct gm__joined *joined) {
    void *data = doc->joined;
    enum gm_status s = grow(doc, &data, doc->joined_count, &doc->joined_capacity, sizeof *doc->joined);
    if (s != GM_OK) return s;
    doc->joined = data;
    doc->joined[doc->joined_count++] = *joined;
    return GM_OK;
}

enum gm_status gm__doc_add_decision(struct gm_doc *doc, const struct gm__decision *decision) {
    void *data = doc->decisions;
    enum gm_status s = grow(doc, &data, doc->decision_count, &doc->decision_capacity, sizeof *doc->decisions);
    if (s != GM_OK) return s;
    doc->decisions = data;
    doc->decisions[doc->decision_count++] = *decision;
    return GM_OK;
}

enum gm_status gm__doc_add_line(struct gm_doc *doc, size_t at) {
    void *data = doc->line_index;
    enum gm_status s = grow(doc, &data, doc->line_index_count, &doc->line_index_capacity, sizeof(uint32_t));
    if (s != GM_OK) return s;
    doc->line_index = data;
    doc->line_index[doc->line_index_count++] = (uint32_t)at;
    return GM_OK;
}

static const char *find_or_end(const char *p, const char *end, int byte) {
    const char *found = p < end ? memchr(p, byte, (size_t)(end - p)) : NULL;
    return found ? found : end;
}

enum gm_status gm__doc_index_lines(struct gm_doc *doc) {
    const char *end = doc->text + doc->text_len;
    const char *lf = find_or_end(doc->text, end, '\n'), *cr = find_or_end(doc->text, end, '\r');
    size_t line = 0;
    for (const char *p = doc->text;; line++) {
        if (line % GM__LINE_STRIDE == 0 && gm__doc_add_line(doc, (size_t)(p - doc->text)) != GM_OK) return GM_NOMEM;
        /* each is looked for anew only when it was passed: no byte is searched twice */
        if (lf < p) lf = find_or_end(p, end, '\n');
        if (cr < p) cr = find_or_end(p, end, '\r');
        p = cr < lf ? cr : lf;
        if (p == end) return GM_OK;
        p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
    }
}

/* The most bytes that one of the index's strides takes. */
static size_t longest_stride(const struct gm_doc *doc) {
    size_t most = 0;
    for (size_t i = 0; i < doc->line_index_count; i++) {
        size_t end = i + 1 < doc->line_index_count ? doc->line_index[i + 1] : doc->text_len;
        if (end - doc->line_index[i] > most) most = end - doc->line_index[i];
    }
    return most;
}

enum gm_status gm__doc_mark_places(struct gm_doc *doc) {
    if (longest_stride(doc) < LONG_STRIDE) return GM_OK;
    const struct gm__span *span = gm__span_best();
    size_t count = doc->text_len / GM__MARK_STRIDE + 1;
    struct gm__place_mark *marks = gm__alloc(doc->allocator, count * sizeof *marks);
    if (!marks) return GM_NOMEM;
    marks[0] = (struct gm__place_mark){1, 1};
    for (size_t i = 1; i < count; i++) {
        marks[i] = marks[i - 1];
        span->pass(doc->text + (i - 1) * GM__MARK_STRIDE, GM__MARK_STRIDE, doc->text + doc->text_len, &marks[i].line,
                   &marks[i].column);
    }
    doc->marks = marks;
    doc->mark_count = count;
    return GM_OK;
}

static struct gm_pos locate_from_mark(const struct gm_doc *doc, size_t byte) {
    const size_t mark = byte / GM__MARK_STRIDE, from = mark * GM__MARK_STRIDE;
    struct gm_pos pos = {byte, doc->marks[mark].line, doc->marks[mark].column};
    gm__span_best()->pass(doc->text + from, byte - from, doc->text + doc->text_len, &pos.line, &pos.column);
    return pos;
}

struct gm_pos gm_doc_locate(const struct gm_doc *doc, size_t byte) {
    if (byte > doc->text_len) byte = doc->text_len;
    if (doc->marks) return locate_from_mark(doc, byte);
    size_t low = 0, high = doc->line_index_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (doc->line_index[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    const char *p = doc->text + (doc->line_index_count ? doc->line_index[low] : 0), *at = doc->text + byte;
    const char *end = doc->text + doc->text_len, *start = p;
    size_t line = low * GM__LINE_STRIDE + 1;
    while (p < at) {
        char c = *p++;
        if (c != '\n' && c != '\r') continue;
        if (c == '\r' && p < end && *p == '\n') {
            if (p == at) break; /* between CR and LF: still the line they end */
            p++;
        }
        line++;
        start = p;
    }
    return (struct gm_pos){byte, (uint32_t)line, (uint32_t)gm__utf8_count(start, (size_t)(at - start)) + 1};
}

/* ----------------------------------------------------------------- verify */

static const char *verify_node(const struct gm_doc *doc, gm_node id) {
    const struct gm__node *n = &doc->nodes[id];
    if (n->start > n->end || n->end > doc->text_len) return "a node's range is out of order";
    if ((size_t)n->start + n->label_len > n->end && id != GM_ROOT) return "a label is longer than its node";
    if (n->title_len && n->title_at < n->start + n->label_len) return "a title starts inside its label";
    if (n->title_len && n->title_at + n->title_len > n->end) return "a title ends after its node";
    uint32_t at = gm__title_stop(doc, n);
    for (gm_node c = n->first; c != GM_NO_NODE; c = doc->nodes[c].next) {
        const struct gm__node *k = &doc->nodes[c];
        if (c <= id || c >= doc->node_count) return "a child does not come after its parent";
        if (k->parent != id || k->level != n->level + 1) return "a child's parent or level is wrong";
        if (k->start < at) return "children overlap";
        at = k->end;
    }
    return at > n->end ? "a child ends after its parent" : NULL;
}

const char *gm__doc_verify(const struct gm_doc *doc) {
    if (doc->nodes[GM_ROOT].start != 0 || doc->nodes[GM_ROOT].end != doc->text_len) return "the root is not the text";
    if (doc->places) return NULL; /* texts of outline formats are laid out by their reader */
    for (gm_node id = 0; id < doc->node_count; id++) {
        const char *fault = verify_node(doc, id);
        if (fault) return fault;
    }
    for (size_t i = 1; i < doc->matter_count; i++)
        if (doc->matter[i].start < doc->matter[i - 1].start + doc->matter[i - 1].len) return "matter overlaps";
    for (size_t i = 1; i < doc->joined_count; i++)
        if (doc->joined[i].start < doc->joined[i - 1].start) return "joined lines are out of order";
    return NULL;
}
