/* model.c - helpers of the writers that show the whole model; see model.h. */
#include "output/model.h"

/* ----------------------------------------------------------------- places */

void gm__locator_init(struct gm__locator *l, const struct gm_doc *doc) {
    *l = (struct gm__locator){.doc = doc, .span = gm__span_best(), .last = {0, 1, 1}, .ahead = {0, 1, 1}};
}

void gm__locator_release(struct gm__locator *l) {
    if (l->marks) gm__free(l->doc->allocator, l->marks, l->capacity * sizeof *l->marks);
    l->marks = NULL;
}

static void advance(const struct gm__locator *l, struct gm_pos *pos, size_t byte) {
    const struct gm_doc *doc = l->doc;
    if (byte <= pos->byte) return;
    l->span->pass(doc->text + pos->byte, byte - pos->byte, doc->text + doc->text_len, &pos->line, &pos->column);
    pos->byte = byte;
}

static bool room(struct gm__locator *l) {
    if (l->count < l->capacity) return true;
    size_t capacity = l->doc->text_len / GM__MARK_STRIDE + 1, bytes;
    if (l->capacity || !gm__mul(capacity, sizeof *l->marks, &bytes)) return false;
    l->marks = gm__alloc(l->doc->allocator, bytes);
    if (l->marks) l->capacity = capacity;
    return l->marks != NULL;
}

/* From the mark before it. Without memory for marks the document's own index serves. */
struct gm_pos gm__locator_ahead(struct gm__locator *l, size_t byte) {
    if (byte > l->doc->text_len) byte = l->doc->text_len;
    while (l->count <= byte / GM__MARK_STRIDE) {
        if (!room(l)) return gm_doc_locate(l->doc, byte);
        advance(l, &l->ahead, l->count * GM__MARK_STRIDE);
        l->marks[l->count++] = (struct gm__place_mark){l->ahead.line, l->ahead.column};
    }
    size_t index = byte / GM__MARK_STRIDE;
    struct gm_pos pos = {index * GM__MARK_STRIDE, l->marks[index].line, l->marks[index].column};
    advance(l, &pos, byte);
    return pos;
}

struct gm_pos gm__locator_at(struct gm__locator *l, size_t byte) {
    if (byte > l->doc->text_len) byte = l->doc->text_len;
    if (byte < l->last.byte || byte - l->last.byte > GM__MARK_STRIDE) return l->last = gm__locator_ahead(l, byte);
    advance(l, &l->last, byte);
    return l->last;
}

struct gm_pos gm__locator_start(struct gm__locator *l, gm_node node) {
    return l->doc->places ? l->doc->places[node].start : gm__locator_at(l, l->doc->nodes[node].start);
}

struct gm_pos gm__locator_end(struct gm__locator *l, gm_node node) {
    if (l->doc->places) return l->doc->places[node].end;
    size_t end = l->doc->nodes[node].end;
    if (l->doc->nodes[node].first != GM_NO_NODE)
        return gm__locator_ahead(l, end); /* far ahead of the next start: keep the last answer */
    if (end < l->last.byte || end / GM__MARK_STRIDE < l->count) return gm__locator_at(l, end);
    advance(l, &l->last, end); /* no marks needed: no other leaf has this text */
    return l->last;
}

/* ------------------------------------------------------------------- name */

enum gm_status gm__valid_name(const struct gm_doc *doc, struct gm__buf *buf, struct gm_str *name) {
    *name = gm__strz(doc->name);
    if (gm__utf8_valid_prefix(name->ptr, name->len) == name->len) return GM_OK;
    const char *p = name->ptr, *end = p + name->len;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        (void)gm__buf_add_code_point(buf, cp == GM__BAD_CP ? 0xFFFD : cp);
    }
    *name = gm__str(buf->data, buf->len);
    return buf->status;
}

/* ----------------------------------------------------------------- matter */

static bool closes(enum gm_matter_kind kind) {
    switch (kind) {
    case GM_MATTER_ATTACHMENTS:
    case GM_MATTER_SIGNATURE:
    case GM_MATTER_DATE:
    case GM_MATTER_ANNOTATION:
    case GM_MATTER_COPY:
    case GM_MATTER_PRINTING:
    case GM_MATTER_CLOSING: return true;
    case GM_MATTER_TITLE:
    case GM_MATTER_SUBTITLE:
    case GM_MATTER_CLASSIFICATION:
    case GM_MATTER_ISSUER:
    case GM_MATTER_NUMBER:
    case GM_MATTER_SIGNER:
    case GM_MATTER_RECIPIENT:
    case GM_MATTER_SALUTATION:
    case GM_MATTER_TOC:
    case GM_MATTER_PAGE:
    case GM_MATTER_NOTE:
    case GM_MATTER_REGION:
    case GM_MATTER_KIND_COUNT: return false;
    }
    return false;
}

enum gm__place gm__matter_place(const struct gm_doc *doc, size_t index) {
    const struct gm__matter *m = &doc->matter[index];
    enum gm_matter_kind kind = (enum gm_matter_kind)m->kind;
    gm_node first = doc->nodes[GM_ROOT].first;
    if (kind == GM_MATTER_TOC || kind == GM_MATTER_PAGE || kind == GM_MATTER_NOTE) return GM__PLACE_NOWHERE;
    if (first == GM_NO_NODE) return closes(kind) ? GM__PLACE_BACK : GM__PLACE_FRONT;
    if (m->start < doc->nodes[first].start) return GM__PLACE_FRONT;
    return closes(kind) ? GM__PLACE_BACK : GM__PLACE_NOWHERE;
}

/* ------------------------------------------------------------ diagnostics */

struct gm_str gm__diagnostic_message(const struct gm_doc *doc, size_t index, char buffer[GM__MESSAGE_SIZE]) {
    size_t len = gm_doc_diagnostic_message(doc, index, GM_ENGLISH, buffer, GM__MESSAGE_SIZE);
    if (len > GM__MESSAGE_SIZE - 1) len = GM__MESSAGE_SIZE - 1;
    return gm__str(buffer, gm__utf8_valid_prefix(buffer, len));
}
