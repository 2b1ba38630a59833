/* body.c - see body.h. */
#include "output/body.h"

void gm__body_init(struct gm__body *body, const struct gm_output *out, gm_node node) {
    *body = (struct gm__body){.out = out, .child = GM_NO_NODE, .next = gm_output_first_child(out, node)};
    body->note = node == GM_ROOT ? 0 : SIZE_MAX;
    gm_output_texts(out, node, GM_TEXT_OWN, &body->texts);
}

bool gm__note_next(const struct gm_output *out, size_t *index, struct gm_str *paragraph) {
    const struct gm_doc *doc = out->doc;
    for (; out->text == GM_TEXT_FULL && *index < doc->matter_count; ++*index) {
        if (doc->matter[*index].kind != GM_MATTER_NOTE) continue;
        *paragraph = gm_doc_matter(doc, (*index)++).text;
        return true;
    }
    return false;
}

bool gm__body_next(struct gm__body *body, struct gm_str *paragraph) {
    while (!gm_texts_next(&body->texts, paragraph)) {
        body->child = body->next;
        if (body->child == GM_NO_NODE) return gm__note_next(body->out, &body->note, paragraph);
        gm_output_texts(body->out, body->child, GM_TEXT_TAIL, &body->texts);
        body->next = gm_node_next(body->out->doc, body->child);
    }
    return true;
}

struct gm_str gm__root_title(const struct gm_doc *doc) {
    if (doc->title.len) return doc->title;
    struct gm_str name = gm__strz(doc->name);
    if (name.len && gm__utf8_valid_prefix(name.ptr, name.len) == name.len) return name;
    return gm__strz("outline");
}

/* --------------------------------------------------------------- headings */

struct gm__heading gm__heading_bare(struct gm_str label, struct gm_str title) {
    return (struct gm__heading){label, title, gm__heading_space(label, title), false};
}

struct gm__heading gm__heading_of(const struct gm_output *out, gm_node node) {
    struct gm__heading h = gm__heading_bare(gm_node_label(out->doc, node), gm_node_title(out->doc, node));
    if (h.title.len) return h;
    struct gm_texts texts;
    gm_output_texts(out, node, GM_TEXT_OWN, &texts);
    if (!gm_texts_next(&texts, &h.title)) return h;
    const char *end = gm__sentence_end(h.title.ptr, h.title.ptr + h.title.len), *p = h.title.ptr;
    for (unsigned n = 0; p < end && n < GM__LEAD_MAX; n++) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
    }
    h.cut = p < h.title.ptr + h.title.len;
    h.title.len = (size_t)(p - h.title.ptr);
    h.space = h.label.len != 0;
    return h;
}

enum gm_status gm__heading_add(const struct gm_doc *doc, gm_node node, struct gm__buf *buf) {
    struct gm_str label = gm_node_label(doc, node), title = gm_node_title(doc, node);
    (void)gm__buf_add(buf, label.ptr, label.len);
    if (gm__heading_space(label, title)) (void)gm__buf_add(buf, " ", 1);
    return gm__buf_add(buf, title.ptr, title.len);
}

/* -------------------------------------------------------------- sentences */

enum mark { PLAIN, ENDS, DOT, CLOSES, ELLIPSIS };

static enum mark mark_of(uint32_t cp) {
    switch (cp) {
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
    case 0xFF61: /* ｡ */
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049: return ENDS;
    case '.':
    case '!':
    case '?': return DOT; /* only before a blank or the end: 1.5, a.b */
    case 0x2026: return ELLIPSIS;
    case 0x201D: /* ” */
    case 0x2019: /* ’ */
    case 0x300D: /* 」 */
    case 0x300F: /* 』 */
    case 0xFF09: /* ） */
    case 0x300B: /* 》 */
    case 0x3011: /* 】 */
    case ')':
    case '"':
    case ']': return CLOSES;
    default: return PLAIN;
    }
}

/* Past end marks and closers that follow each other; *ends: is one among them that needs no blank after it? */
static const char *past_marks(const char *p, const char *end, bool *ends) {
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        enum mark mark = mark_of(cp);
        if (mark == PLAIN) break;
        *ends = *ends || mark == ENDS;
        p += n;
    }
    return p;
}

const char *gm__sentence_end(const char *p, const char *end) {
    unsigned dots = 0;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        enum mark mark = mark_of(cp);
        dots = mark == ELLIPSIS ? dots + 1 : 0;
        bool ends = mark == ENDS || dots == 2;
        if (!ends && mark != DOT) continue;
        p = past_marks(p, end, &ends);
        if (p < end) (void)gm__utf8_decode(p, end, &cp);
        if (ends || p == end || gm__is_space(cp)) return p;
    }
    return end;
}
