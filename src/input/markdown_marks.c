/* markdown_marks.c - marks of Markdown that the CommonMark parser leaves in the text. */
#include "input/markdown_marks.h"

#include <string.h>

void gm__md_drop_note_marks(struct gm__buf *b, size_t from) {
    size_t out = from;
    for (size_t i = from; i < b->len;) {
        const char *close = i + 1 < b->len && b->data[i] == '[' && b->data[i + 1] == '^'
                                ? memchr(b->data + i, ']', b->len - i < 40 ? b->len - i : 40)
                                : NULL;
        if (close)
            i = (size_t)(close - b->data) + 1;
        else
            b->data[out++] = b->data[i++];
    }
    b->len = out;
}

void gm__md_drop_box(struct gm__buf *b, size_t from) {
    const char *p = b->data + from;
    if (b->len - from < 5 || p[0] != '[' || p[2] != ']' || p[3] != ' ') return;
    if (p[1] != ' ' && p[1] != 'x' && p[1] != 'X') return;
    memmove(b->data + from, b->data + from + 4, b->len - from - 4);
    b->len -= 4;
}

void gm__md_drop_attributes(struct gm__buf *b, size_t from) {
    size_t at = b->len;
    if (at - from < 4 || b->data[at - 1] != '}') return;
    while (at > from && b->data[at - 1] != '{') at--;
    char mark = b->data[at];
    if (at <= from + 1 || b->data[at - 2] != ' ' || (mark != '#' && mark != '.' && mark != '-')) return;
    for (b->len = at - 2; b->len > from && b->data[b->len - 1] == ' ';) b->len--;
}

#define GLUED_BYTES 120u /* of a heading */

uint8_t gm__md_glued_heading(struct gm_str line) {
    static const char *const stops[] = {"。", "；", "，", "："};
    size_t n = 0;
    while (n < line.len && line.ptr[n] == '#') n++;
    if (!n || n > 6 || n == line.len || line.len > GLUED_BYTES || memchr(line.ptr + n, '#', line.len - n)) return 0;
    unsigned char first = (unsigned char)line.ptr[n];
    bool number = first >= '0' && first <= '9' && n > 1; /* #12 is an issue */
    bool bracket = line.len - n > 3 && memcmp(line.ptr + n, "（", 3) == 0;
    if (!number && !bracket && (first < 0xE4 || first > 0xE9)) return 0;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (gm__str_ends(line, stops[i])) return 0;
    return (uint8_t)n;
}

bool gm__md_glues_headings(struct gm_str text) {
    size_t found = 0, deep = 0;
    bool fenced = false;
    for (const char *p = text.ptr, *end = p + text.len, *stop; p < end; p = stop + 1) {
        stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        if (stop - p >= 3 && (memcmp(p, "```", 3) == 0 || memcmp(p, "~~~", 3) == 0)) fenced = !fenced;
        if (fenced || *p != '#') continue;
        uint8_t level = gm__md_glued_heading(gm__str_trim(gm__str(p, (size_t)(stop - p))));
        found += level > 0;
        deep += level > 1;
    }
    return found > 1 && deep > 0;
}

bool gm__md_is_indented(struct gm_str text) {
    size_t lines = 0, indented = 0;
    for (const char *p = text.ptr, *end = p + text.len, *stop; p < end; p = stop + 1) {
        stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        if (stop - p < 2) continue;
        lines++;
        indented += *p == '\t' || (stop - p > 4 && memcmp(p, "    ", 4) == 0);
    }
    return indented * 2 > lines;
}
