/*
 * matter.c - what stands around the body: front matter (front.c), and below each part its back matter.
 * GB/T 9704-2012 7.3.4-7.3.6 (附件说明 署名 日期 附注), 7.4 (版记); a speaker's last words to the audience.
 */
#include "parse/matter.h"

#include "base/span.h"
#include "parse/phrase.h"

#define FRONT_BYTES  ((size_t)16384) /* lines of front matter end within them */
#define BACK_LINES   24
#define SHORT_BYTES  100u
#define CLOSING_MOST 6u /* paragraphs of the last words */

enum { NOT_BACK = GM_MATTER_KIND_COUNT };

/* ------------------------------------------------------------------ lines */

static bool is_indent(const struct gm__parser *p, size_t at, size_t to) {
    return p->flat && to - at >= 6 && memcmp(p->text + at, "\xE3\x80\x80\xE3\x80\x80", 6) == 0;
}

void gm__first_lines(const struct gm__parser *p, size_t from, size_t to, struct gm__lines *out) {
    size_t most = to - from > FRONT_BYTES ? from + FRONT_BYTES : to;
    out->count = 0;
    while (from < most && out->count < GM__MATTER_LINES) {
        size_t stop = from;
        if (!p->flat) stop += gm__span_best()->line(p->text + from, most - from);
        while (stop < most && p->text[stop] != '\n' && p->text[stop] != '\r' &&
               !(stop > from && is_indent(p, stop, to)))
            stop++;
        if (stop == most && most < to) return; /* cut: neither a line nor, maybe, UTF-8 */
        struct gm_str s = gm__str_trim(gm__str(p->text + from, stop - from));
        if (s.len) out->at[out->count++] = s;
        from = stop < most && (unsigned char)p->text[stop] == 0xE3 ? stop + 6 : stop + 1;
    }
}

/* The last lines with text in [from, to), last first, as far as they were wanted. */
struct last_lines {
    const struct gm__parser *p;
    size_t from, to; /* what was not read yet */
    struct gm__lines lines;
};

/* Where the line that ends at `to` begins, if not at `from`. */
static size_t line_begin(const struct gm__parser *p, size_t from, size_t to) {
    const struct gm__span *span = gm__span_best();
    if (to > from && p->text[to - 1] == '\n') return to; /* an empty line: there may be many */
    for (size_t stop = to, at; stop > from; stop = at) {
        size_t last = SIZE_MAX;
        at = stop - from > 256 ? stop - 256 : from;
        for (size_t i = at; (i += span->line(p->text + i, stop - i)) < stop; i++) last = i;
        if (last != SIZE_MAX) return last + 1;
    }
    return from;
}

/* Is there a line i? It is lines.at[i] then. Most documents have no back matter, and long lines. */
static bool has_line(struct last_lines *l, size_t i) {
    const struct gm__parser *p = l->p;
    while (l->lines.count <= i && l->to > l->from && l->lines.count < BACK_LINES) {
        size_t start = p->flat ? l->to : line_begin(p, l->from, l->to);
        while (start > l->from && p->text[start - 1] != '\n' && p->text[start - 1] != '\r' &&
               !(start < l->to && is_indent(p, start, l->to)))
            start--;
        struct gm_str s = gm__str_trim(gm__str(p->text + start, l->to - start));
        if (s.len) l->lines.at[l->lines.count++] = s;
        l->to = start == l->from || is_indent(p, start, l->to) ? start : start - 1;
    }
    return i < l->lines.count;
}

enum gm_status gm__take_matter(struct gm__parser *p, struct gm_str line, enum gm_matter_kind kind) {
    return gm__doc_add_matter(p->doc, (uint32_t)(line.ptr - p->text), (uint32_t)line.len, kind);
}

/* -------------------------------------------------------------------- back */

static bool is_annotation(struct gm_str s) {
    static const char *const words[] = {"联系人", "此件", "传达", "公开", "略", "删减", "电话", NULL};
    for (size_t i = 0; gm__is_bracketed(s) && words[i]; i++)
        if (gm__holds(s, words[i])) return true;
    return false;
}

static int back_kind(const struct gm__parser *p, struct gm_str s, bool dated) {
    static const char *const copies[] = {"抄送", "抄报", "分送", "主送：", NULL};
    size_t at = (size_t)(s.ptr - p->text);
    if (gm__str_ends(s, "印发") || (gm__str_ends(s, "印") && gm__holds(s, "日"))) return GM_MATTER_PRINTING;
    if (gm__begins_any(s, copies)) return GM_MATTER_COPY;
    if (is_annotation(s)) return GM_MATTER_ANNOTATION;
    if (gm__is_date(s)) return GM_MATTER_DATE;
    if (at >= p->attachments && at < p->attachments_end) return GM_MATTER_ATTACHMENTS;
    if (gm__names_annex(s)) return GM_MATTER_ATTACHMENTS;
    if (s.len <= 60 && gm__begins_with_role(p, s, GM__ROLE_CLOSING)) return GM_MATTER_CLOSING;
    if (dated && s.len <= SHORT_BYTES && !gm__is_stopped(s) && !gm__holds(s, "。")) return GM_MATTER_SIGNATURE;
    return NOT_BACK;
}

/* 同志们！…, 各位代表，…: a paragraph that speaks to the audience. */
static bool is_address(const struct gm__parser *p, struct gm_str s) {
    static const char *const marks[] = {"！", "，", "：", "!", ",", ":", NULL};
    if (!gm__begins_with_role(p, s, GM__ROLE_SALUTATION)) return false;
    for (size_t i = 0; i < s.len && i < 48; i++)
        if (gm__begins_any(gm__str(s.ptr + i, s.len - i), marks)) return true;
    return false;
}

/* The lines from i on, last first, end with the speaker's last words: how many lines they are. */
static size_t last_words(struct last_lines *l, size_t i) {
    for (size_t n = 1; n <= CLOSING_MOST && has_line(l, i); i++, n++)
        if (is_address(l->p, l->lines.at[i])) return n;
    return 0;
}

/* What stands below the last paragraph of the body in [from, to); its start, `to` when there is none. */
static enum gm_status back_matter(struct gm__parser *p, size_t from, size_t to, uint32_t *start) {
    struct last_lines l;
    bool dated = false;
    size_t signatures = 0, i = 0;
    enum gm_status s = GM_OK;
    *start = (uint32_t)to;
    l.p = p;
    l.from = from;
    l.to = to;
    l.lines.count = 0;
    for (; s == GM_OK && has_line(&l, i); i++) {
        struct gm_str line = l.lines.at[i];
        int kind = back_kind(p, line, dated);
        if (kind == NOT_BACK || (kind == GM_MATTER_SIGNATURE && ++signatures > 4)) break;
        if (kind == GM_MATTER_DATE) dated = true;
        if (kind != GM_MATTER_DATE && kind != GM_MATTER_SIGNATURE && dated && signatures) dated = false;
        *start = (uint32_t)(line.ptr - p->text);
        s = gm__take_matter(p, line, (enum gm_matter_kind)kind);
    }
    for (size_t n = last_words(&l, i); s == GM_OK && n > 0; n--, i++) {
        *start = (uint32_t)(l.lines.at[i].ptr - p->text);
        s = gm__take_matter(p, l.lines.at[i], GM_MATTER_CLOSING);
    }
    return s;
}

/* Where the paragraph ends in which the node at `floor` has its label. */
static size_t own_line_end(const struct gm__parser *p, size_t floor, size_t to) {
    if (floor < to && !p->flat) return floor + gm__span_best()->line(p->text + floor, to - floor);
    while (floor < to && p->text[floor] != '\n' && p->text[floor] != '\r' && !is_indent(p, floor, to)) floor++;
    return floor;
}

/* Front matter ends with the line before the first node's own. */
static size_t front_end(const struct gm__parser *p) {
    const struct gm_doc *doc = p->doc;
    if (doc->node_count < 2) return p->len;
    size_t end = doc->nodes[1].start;
    if (doc->nodes[1].flags & GM__NODE_INLINE)
        while (end > 0 && p->text[end - 1] != '\n' && p->text[end - 1] != '\r' && !is_indent(p, end, p->len)) end--;
    return end;
}

/* Where what may be back matter begins at the soonest before node `id` or, behind the last, the text's end `to`. */
static size_t back_floor(const struct gm__parser *p, gm_node id, size_t to) {
    const struct gm__node *above = &p->doc->nodes[id - 1];
    if (id == 1) return own_line_end(p, 0, to);
    size_t floor = above->kind == GM_KIND_REGION ? above->start : (size_t)above->start + above->label_len;
    return own_line_end(p, floor, to); /* a node keeps its own line */
}

enum gm_status gm__find_front(struct gm__parser *p) { return gm__mark_front(p, front_end(p)); }

enum gm_status gm__find_back(struct gm__parser *p, gm_node id, uint32_t *start) {
    size_t to = *start, floor = back_floor(p, id, to);
    return floor > 0 || p->doc->node_count > 1 ? back_matter(p, floor, to, start) : GM_OK;
}
