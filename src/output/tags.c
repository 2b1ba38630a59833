/* tags.c - see tags.h. */
#include "output/tags.h"

/* ------------------------------------------------------------------ units */

static enum gm__unit unit_of(uint32_t cp, uint32_t before) {
    switch (cp) {
    case 0x7F16: return before == 0x5206 ? GM__UNIT_PART : GM__UNIT_BOOK; /* 编, 分编 */
    case 0x7DE8: return GM__UNIT_BOOK;                                    /* 編 */
    case 0x7BC7:
    case 0x90E8: return GM__UNIT_PART;    /* 篇, 部(分) */
    case 0x7AE0: return GM__UNIT_CHAPTER; /* 章 */
    case 0x8282:
    case 0x7BC0: return GM__UNIT_SECTION; /* 节, 節 */
    case 0x6761:
    case 0x689D: return GM__UNIT_ARTICLE;   /* 条, 條 */
    case 0x6B3E: return GM__UNIT_PARAGRAPH; /* 款 */
    case 0x9879:
    case 0x9805: return GM__UNIT_POINT;  /* 项, 項 */
    case 0x76EE: return GM__UNIT_INDENT; /* 目 */
    default: return GM__UNIT_NONE;
    }
}

enum gm__unit gm__unit_of(struct gm_str label) {
    const char *p = label.ptr, *end = p + label.len;
    uint32_t cp = 0, before;
    if (p < end) p += gm__utf8_decode(p, end, &cp);
    if (cp != 0x7B2C) return GM__UNIT_NONE; /* 第 */
    while (p < end) {
        before = cp;
        p += gm__utf8_decode(p, end, &cp);
        enum gm__unit unit = unit_of(cp, before);
        if (unit != GM__UNIT_NONE) return unit;
    }
    return GM__UNIT_NONE;
}

const char *gm__unit_name(enum gm__unit unit) {
    static const char *const names[GM__UNIT_COUNT] = {"",        "book",      "part",  "chapter", "section",
                                                      "article", "paragraph", "point", "indent"};
    return names[unit];
}

const char *gm__tag_kind(const struct gm_doc *doc, gm_node node) {
    enum gm__unit unit = gm__unit_of(gm_node_label(doc, node));
    return unit == GM__UNIT_NONE ? gm_node_kind_name(gm_node_kind(doc, node)) : gm__unit_name(unit);
}

/* ------------------------------------------------------------------ lines */

static bool ends_line(char c) { return c == '\n' || c == '\r'; }
static bool breaks(char c) { return (unsigned char)c < 0x20 && c != '\t'; } /* no pattern goes past it */

struct gm__tag_line gm__tag_line_of(const struct gm_doc *doc, gm_node node) {
    const char *text = doc->text, *stop = text + doc->text_len, *at = text + doc->nodes[node].start;
    const char *begin = at, *end = at;
    while (begin > text && !breaks(begin[-1]) && at - begin < (ptrdiff_t)GM__TAG_LINE_MAX) begin--;
    bool whole_begin = begin == text || ends_line(begin[-1]);
    if (!whole_begin) begin = at; /* an item far inside a long line: what stands there */
    while (end < stop && !breaks(*end) && end - begin < (ptrdiff_t)GM__TAG_LINE_MAX) end++;
    bool whole_end = end == stop || ends_line(*end);
    while (!whole_end && end > at && ((unsigned char)*end & 0xC0) == 0x80) end--;
    return (struct gm__tag_line){gm__str(begin, (size_t)(end - begin)), whole_begin && whole_end, whole_begin};
}

enum gm_status gm__tag_pattern(const struct gm_doc *doc, gm_node node, struct gm__buf *buf) {
    struct gm__tag_line line = gm__tag_line_of(doc, node);
    if (line.begin) (void)gm__buf_add(buf, "^", 1);
    const char *text = line.text.ptr;
    size_t kept = 0;
    for (size_t i = 0; i < line.text.len; i++) {
        bool dollar = text[i] == '$' && i + 1 == line.text.len; /* a last $ would be the line's end */
        if (text[i] != '\\' && text[i] != '/' && !dollar) continue;
        (void)gm__buf_add(buf, text + kept, i - kept);
        (void)gm__buf_add(buf, "\\", 1);
        kept = i;
    }
    (void)gm__buf_add(buf, text + kept, line.text.len - kept);
    return line.whole ? gm__buf_add(buf, "$", 1) : buf->status;
}

uint32_t gm__last_line(struct gm__locator *places, gm_node node) {
    const struct gm_doc *doc = places->doc;
    if (doc->places) return doc->places[node].end.line;
    size_t end = doc->nodes[node].end, start = doc->nodes[node].start;
    while (end > start && ends_line(doc->text[end - 1])) end--;
    return doc->nodes[node].first == GM_NO_NODE ? gm__locator_at(places, end).line
                                                : gm__locator_ahead(places, end).line;
}
