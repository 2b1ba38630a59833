/* markdown_bid.c - is a text Markdown, by its name or by what only Markdown has? */
#include "input/markdown_marks.h"
#include "input/para.h"

/* ## 1.2 安装, ## Docker 的安装: behind two signs a heading may begin as it likes; behind one, as a comment's in code,
 * only a number stands before its text. */
static bool is_chinese_heading(const char *p, const char *end, bool sure) {
    while (p < end && (unsigned char)*p < 0xE2 && (sure || strchr("0123456789. ()", *p))) p++;
    return p < end && (unsigned char)*p >= 0xE2;
}

/* ## 一、…, or **一、…** alone on its line: a heading that a mark of Markdown's and a Chinese text make. */
static bool is_marked_heading(const char *line, const char *end) {
    const char *p = line;
    while (end > line && (end[-1] == ' ' || end[-1] == '\r')) end--;
    while (p < end && *p == '#' && p - line < 6) p++;
    if (p > line) return end - p > 3 && *p == ' ' && is_chinese_heading(p + 1, end, p - line > 1);
    return end - line > 7 && memcmp(line, "**", 2) == 0 && memcmp(end - 2, "**", 2) == 0 &&
           (unsigned char)line[2] >= 0xE2 && !memchr(line + 2, '*', (size_t)(end - line) - 4);
}

/* Two headings so marked in what the name does not call Markdown. */
static bool looks_like_markdown(const char *p, size_t len) {
    const char *end = p + len;
    int found = 0;
    if (!memchr(p, '#', len) && !memchr(p, '*', len)) return false;
    while (p < end && found < 2) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        found += (*p == '#' || *p == '*') && is_marked_heading(p, stop);
        p = stop + 1;
    }
    return found == 2;
}

/* A line behind a blank one, or the first of a row, that only Markdown has: a heading, a fence; the mark of an item. */
static bool is_markdown_line(struct gm_str line, bool *strong) {
    size_t n = 0, marks = 0;
    while (marks < line.len && line.ptr[marks] == '#') marks++;
    bool fence = line.len > 2 && (memcmp(line.ptr, "```", 3) == 0 || memcmp(line.ptr, "~~~", 3) == 0);
    bool heading = marks > 0 && marks < 7 && marks + 1 < line.len && line.ptr[marks] == ' ';
    *strong = *strong || fence || heading;
    while (n < line.len && n < 3 && line.ptr[n] >= '0' && line.ptr[n] <= '9') n++;
    bool numbered = n > 0 && n + 2 < line.len && line.ptr[n] == '.' && line.ptr[n + 1] == ' ';
    bool bullet = line.len > 2 && (line.ptr[0] == '-' || line.ptr[0] == '*') && line.ptr[1] == ' ';
    return fence || heading || numbered || bullet;
}

static bool holds(struct gm_str line, const char *tag) {
    size_t n = strlen(tag);
    for (size_t i = 0; i + n <= line.len; i++)
        if (line.ptr[i] == '<' && gm__has_word(tag, line.ptr + i, n)) return true;
    return false;
}

/* Two lines of Markdown, a heading or fence among them, below a tag that begins a text: a README without a name. */
static bool is_markdown_below_tag(const char *p, size_t len) {
    const char *end = p + len;
    size_t found = 0;
    bool strong = false, fresh = false, raw = false; /* inside what shows its lines as they are */
    while (p < end && !(found > 1 && strong)) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        struct gm_str line = gm__str(p, (size_t)(stop - p));
        if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
        raw = (raw || holds(line, "<pre") || holds(line, "<script") || holds(line, "<style")) &&
              !holds(line, "</pre") && !holds(line, "</script") && !holds(line, "</style");
        bool mark = fresh && !raw && is_markdown_line(line, &strong);
        found += mark;
        fresh = mark || !gm__str_trim(line).len;
        p = stop + 1;
    }
    return found > 1 && strong;
}

int gm__md_bid(const unsigned char *head, size_t len, const char *name) {
    const char *suffix = gm__suffix(name);
    bool named = *suffix && gm__has_word("md markdown mkd mdown", suffix, strlen(suffix));
    if (named) return gm__is_binary(head, len) ? 0 : 40;
    struct gm_str text = gm__str_trim(gm__str((const char *)head, len));
    if (!text.len) return 0;
    bool tag = text.ptr[0] == '<'; /* a README without a name */
    if (!(tag ? is_markdown_below_tag(text.ptr, text.len) : looks_like_markdown((const char *)head, len))) return 0;
    return gm__is_binary(head, len) ? 0 : tag ? 60 : 3;
}
