/* model.c - helpers of the writers that show the whole model; see model.h. */
#include "output/model.h"

/* ----------------------------------------------------------------- places */

void gm__locator_init(struct gm__locator *l, const struct gm_doc *doc) { *l = (struct gm__locator){doc, {0, 1, 1}}; }

/* Farther than this the document's index is quicker than reading on. */
#define FAR 4096

struct gm_pos gm__locator_at(struct gm__locator *l, size_t byte) {
    const struct gm_doc *doc = l->doc;
    if (byte > doc->text_len) byte = doc->text_len;
    if (byte < l->last.byte || byte - l->last.byte > FAR) return l->last = gm_doc_locate(doc, byte);
    const char *p = doc->text + l->last.byte, *at = doc->text + byte;
    struct gm_pos pos = l->last;
    for (; p < at; p++) {
        unsigned char c = (unsigned char)*p;
        pos.column += (c & 0xC0) != 0x80;
        if (c != '\n' && c != '\r') continue;
        if (c == '\r' && p + 1 < doc->text + doc->text_len && p[1] == '\n') {
            if (p + 1 == at) break; /* between CR and LF: still the line they end */
            p++;
        }
        pos.line++;
        pos.column = 1;
    }
    pos.byte = byte;
    return l->last = pos;
}

struct gm_pos gm__locator_start(struct gm__locator *l, gm_node node) {
    return l->doc->places ? l->doc->places[node].start : gm__locator_at(l, l->doc->nodes[node].start);
}

struct gm_pos gm__locator_end(struct gm__locator *l, gm_node node) {
    if (l->doc->places) return l->doc->places[node].end;
    if (l->doc->nodes[node].first == GM_NO_NODE) return gm__locator_at(l, l->doc->nodes[node].end);
    return gm_doc_locate(l->doc, l->doc->nodes[node].end); /* far ahead of the next start: keep the cursor */
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
