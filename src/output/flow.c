/* flow.c - what writers of whole documents share; see flow.h. */
#include "output/flow.h"

#include "base/span.h"

#include <stdio.h>

/* ----------------------------------------------------------------- mark-up */

static const char *replacement(uint32_t cp) {
    switch (cp) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\t':
    case '\n':
    case '\r': return NULL;
    default: break;
    }
    bool bad = cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0xFFFE || cp == 0xFFFF || cp == GM__BAD_CP;
    return bad ? "\xEF\xBF\xBD" : NULL;
}

void gm__markup_escape(struct gm_str s, gm__put put, void *ctx) {
    const char *p = s.ptr, *end = s.ptr + s.len, *run = p;
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        const char *instead = replacement(cp);
        if (instead) {
            put(ctx, run, (size_t)(p - run));
            put(ctx, instead, strlen(instead));
            run = p + n;
        }
        p += n;
    }
    put(ctx, run, (size_t)(p - run));
}

static void put_output(void *ctx, const char *bytes, size_t len) { (void)gm_output_write(ctx, bytes, len); }

void gm__markup(struct gm_output *out, struct gm_str s) { gm__markup_escape(s, put_output, out); }

void gm__markup_heading(struct gm_output *out, gm_node node) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    gm__markup(out, label);
    if (gm__heading_space(label, title)) (void)gm_output_puts(out, " ");
    gm__markup(out, title);
}

void gm__printf(struct gm_output *out, const char *format, ...) {
    char piece[256];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof piece)
        (void)gm_output_fail(out, GM_OUTPUT, "a piece of output does not fit");
    else
        (void)gm_output_write(out, piece, (size_t)n);
}

/* ------------------------------------------------------------------ matter */

static bool shown(enum gm_matter_kind kind) {
    return kind != GM_MATTER_TITLE && kind != GM_MATTER_TOC && kind != GM_MATTER_PAGE;
}

bool gm__flow_matter(const struct gm_output *out, size_t *cursor, size_t before, struct gm_matter *matter) {
    const struct gm_doc *doc = out->doc;
    if (out->text == GM_TEXT_NONE) return false;
    while (*cursor < doc->matter_count && doc->matter[*cursor].start < before) {
        *matter = gm_doc_matter(doc, (*cursor)++);
        if (shown(matter->kind) && matter->text.len) return true;
    }
    return false;
}

size_t gm__flow_title(const struct gm_doc *doc) {
    for (size_t i = 0; i < doc->matter_count; i++)
        if (doc->matter[i].kind == GM_MATTER_TITLE) return doc->matter[i].start;
    return 0;
}

struct gm_str gm__flow_salutation(const struct gm_output *out) {
    const struct gm_doc *doc = out->doc;
    if (out->text == GM_TEXT_NONE) return gm__str("", 0);
    for (size_t i = 0; i < doc->matter_count; i++)
        if (doc->matter[i].kind == GM_MATTER_SALUTATION || doc->matter[i].kind == GM_MATTER_RECIPIENT)
            return gm__str("", 0);
    return doc->salutation;
}

/* ------------------------------------------------------- where title meets text */

static const char *title_end(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return doc->text + (n->title_len ? n->title_at + n->title_len : n->start + n->label_len);
}

static const char *own_end(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return doc->text + (n->first == GM_NO_NODE ? n->end : doc->nodes[n->first].start);
}

struct gm_str gm__title_close(const struct gm_doc *doc, gm_node node) {
    static const uint32_t marks[] = {0x3002, 0xFF1B, 0xFF0C, 0xFF1A, 0x3001, ';', ',', ':', '.', 0xFF0E};
    if (doc->places || !doc->nodes[node].title_len) return gm__str("", 0);
    const char *p = title_end(doc, node), *end = own_end(doc, node), *from = p;
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp), i = 0;
        while (i < GM__COUNT(marks) && marks[i] != cp) i++;
        if (i == GM__COUNT(marks)) break;
        p += n;
    }
    return gm__str(from, (size_t)(p - from));
}

gm_node gm__title_holder(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    if (doc->places || !(n->flags & GM__NODE_INLINE)) return GM_NO_NODE;
    const char *at = doc->text + n->start;
    for (gm_node up = n->parent; up != GM_ROOT && doc->nodes[up].title_len; up = doc->nodes[up].parent) {
        if (title_end(doc, up) > at) return up;
        if (!(doc->nodes[up].flags & GM__NODE_INLINE)) break;
    }
    return GM_NO_NODE;
}

bool gm__title_goes_on(const struct gm_doc *doc, gm_node holder, gm_node node) {
    return title_end(doc, node) < title_end(doc, holder);
}

bool gm__run_in(const struct gm_doc *doc, gm_node node) {
    if (doc->places) return false;
    const char *p = title_end(doc, node) + gm__title_close(doc, node).len, *end = own_end(doc, node);
    if (p == title_end(doc, node) && end - p >= 3 && memcmp(p, "   ", 3) == 0) return false; /* in place of a break */
    while (p < end && *p != '\n' && *p != '\r') {
        uint32_t cp;
        if (doc->flat && end - p >= 6 && memcmp(p, "\xE3\x80\x80\xE3\x80\x80", 6) == 0) return false;
        bool enclosed = end - p >= 3 && gm__ends_enclosure(p); /* none of the title */
        p += gm__utf8_decode(p, end, &cp);
        if (!enclosed && !gm__is_space(cp)) return true;
    }
    return false;
}

uint32_t gm__page_of(const struct gm_doc *doc, struct gm__pages *pages, gm_node node) {
    size_t start = doc->nodes[node].start;
    for (; pages->at < start; pages->at++)
        if (doc->text[pages->at] == '\f') pages->page++;
    return pages->page + 1;
}
