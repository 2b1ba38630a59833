/*
 * title.c - the heading that is a document's title.
 *
 * Who writes Markdown or a web page gives the title the only heading of the first level and begins with it; what comes
 * before it is short: an organ, 发文字号. A heading with a number of its own is a point.
 */
#include "grammar/numeral.h"
#include "input/input.h"

#define MOST_BEFORE 6   /* blocks of front matter above it */
#define SHORT       90u /* bytes of one of them */

static bool in(uint32_t cp, const char *list) {
    for (const char *p = list, *end = list + strlen(list); p < end;) {
        uint32_t one;
        p += gm__utf8_decode(p, end, &one);
        if (one == cp) return true;
    }
    return false;
}

static uint32_t code_point(const char *p, const char *end) {
    uint32_t cp = 0;
    if (p < end) (void)gm__utf8_decode(p, end, &cp);
    return cp;
}

static const char *past_blanks(const char *p, const char *end) {
    return gm__str_trim(gm__str(p, (size_t)(end - p))).ptr;
}

/* 一、 1. （一） 第一章 1.2 ①: does a point begin here? 2024年 and 第十次会议 do not. */
static bool is_numbered(struct gm_str s) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    struct gm__ordinal o;
    uint32_t cp = code_point(p, end);
    bool ordinal = cp == 0x7B2C, bracket = in(cp, "(（");                           /* 第 */
    if (ordinal || bracket) p = past_blanks(p + gm__utf8_decode(p, end, &cp), end); /* 第 1 章 */
    size_t n = gm__numeral_scan(GM__NUM_DECIMAL, p, end, false, &o);
    if (n && o.components > 1) return true;
    for (int system = GM__NUM_CIRCLED; !n && system <= GM__NUM_CIRCLED_HAN; system++)
        if (gm__numeral_scan((enum gm__numeral)system, p, end, false, &o)) return true;
    if (!n) n = gm__numeral_scan(GM__NUM_HAN, p, end, false, &o);
    if (!n) n = gm__numeral_scan(GM__NUM_ARABIC, p, end, false, &o);
    if (!n) return false;
    cp = code_point(p + n, end);
    if (ordinal) return in(code_point(past_blanks(p + n, end), end), "编編篇章节節条條回卷部讲講课課集话話幕");
    if (bracket) return in(cp, ")）");
    return !cp || gm__is_space(cp) || in(cp, "、.．,，:：)）");
}

static bool is_part(struct gm_str s) {
    static const char *const words[] = {"附件", "附录", "附錄", "目录", "目錄", "前言", "引言", "序言", "摘要"};
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (s.len >= 6 && memcmp(s.ptr, words[i], 6) == 0 && s.len < 12) return true;
    return false;
}

/* The only heading of its level, if it is the first at all and nothing of length stands before it. That of a page that
 * names its title may be of the second level, or the third. */
static struct gm__block *only_heading(const struct gm__source *s) {
    struct gm__block *blocks = s->blocks.data, *found = NULL;
    uint8_t most = s->title.len ? 3 : 1;
    for (size_t i = 0; i < s->blocks.count; i++) {
        if (blocks[i].flags & (GM__BLOCK_TITLE | GM__BLOCK_NODE | GM__BLOCK_MATTER)) return NULL;
        uint8_t level = blocks[i].heading;
        if (level && !found && (level > most || i > MOST_BEFORE)) return NULL;
        if (!found && !level && (blocks[i].len > SHORT || blocks[i].label_len)) return NULL;
        if (level && found && level <= found->heading) return NULL;
        if (level && !found) found = &blocks[i];
    }
    return found;
}

void gm__title_from_heading(struct gm__source *s) {
    struct gm__block *b = s->blocks.count ? only_heading(s) : NULL;
    if (!b || b->label_len || (b->flags & (GM__BLOCK_TOC | GM__BLOCK_TABLE | GM__BLOCK_VERBATIM))) return;
    struct gm_str title = gm__str_trim(gm__str(s->text + b->start, b->len));
    if (!title.len || is_numbered(title) || is_part(title)) return;
    bool known =
        s->title.len != 0; /* 通知_某网: the page's own title begins with it; a site's name in a heading does not */
    if (known && (s->title.len < title.len || memcmp(s->title.ptr, title.ptr, title.len) != 0)) return;
    b->heading = 0;
    b->flags |= GM__BLOCK_TITLE;
    s->title = gm__str("", 0);
}
