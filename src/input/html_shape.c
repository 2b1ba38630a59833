/* html_shape.c - what the text of an element looks like: does it begin with a number, what is a table for? */
#include "input/html_tree.h"

static const char *first_text(const xmlNode *root) {
    for (const xmlNode *n = root; n; n = gm__html_next(root, n, false))
        if (n->type == XML_TEXT_NODE && n->content) {
            struct gm_str s = gm__str_trim(gm__strz((const char *)n->content));
            if (s.len) return s.ptr;
        }
    return "";
}

/* Does the text begin with a number of its own: 一、 （一） 第一章 1. 1、 ①? */
static bool is_numbered(const char *text) {
    static const char han[] = "一 二 三 四 五 六 七 八 九 十 百 零 〇 0 1 2 3 4 5 6 7 8 9";
    static const char closing[] = "、 . ． ) ） 章 节 条 编 部 篇";
    const char *p = text, *end = text + strlen(text);
    bool digits = false;
    for (int i = 0; i < 8 && p < end; i++) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (cp >= 0x2460 && cp <= 0x24FF) return true;
        if (i == 0 && (cp == '(' || cp == 0xFF08 || cp == 0x7B2C))
            digits = false;
        else if (gm__has_word(han, p, n))
            digits = true;
        else
            return digits && gm__has_word(closing, p, n);
        p += n;
    }
    return false;
}

bool gm__html_numbered(const xmlNode *node) { return is_numbered(first_text(node)); }

/* ----------------------------------------------------------------- tables */

/* A cell that holds a number and nothing else; *han: a number of the kind that opens a section. */
static bool is_number_cell(const xmlNode *cell, bool *han) {
    const char *text = first_text(cell);
    if (!is_numbered(text) || gm__html_text_size(cell, NULL) > 15) return false;
    struct gm_str s = gm__str_trim(gm__strz(text));
    uint32_t last;
    (void)gm__utf8_decode_back(s.ptr, s.ptr + s.len, &last);
    if (!(last == '.' || last == 0x3001 || last == 0xFF0E || last == ')' || last == 0xFF09 || last == 0x6761))
        return false;
    *han = *han || (unsigned char)s.ptr[0] >= 0xE3;
    return true;
}

enum gm__table gm__html_table(const xmlNode *table) {
    size_t rows = 0, cells = 0, breaks = 0, numbers = 0;
    bool heads = false, han = false;
    for (const xmlNode *n = table; n; n = gm__html_next(table, n, n != table && gm__html_is(n, "table"))) {
        if (n != table && gm__html_is(n, "table h1 h2 h3 h4 h5 h6 ol")) return GM__TABLE_LAYOUT;
        heads = heads || gm__html_is(n, "th caption thead");
        rows += gm__html_is(n, "tr");
        breaks += gm__html_is(n, "p br div");
        if (!gm__html_is(n, "td")) continue;
        const xmlNode *before = n->prev;
        while (before && before->type != XML_ELEMENT_NODE) before = before->prev;
        cells++;
        numbers += !before && is_number_cell(n, &han);
    }
    if (!heads && han && rows && numbers * 2 >= rows) return GM__TABLE_ROWS;
    return !heads && (rows < 2 || cells < 2 * rows || breaks > 2 * cells) ? GM__TABLE_LAYOUT : GM__TABLE_DATA;
}
