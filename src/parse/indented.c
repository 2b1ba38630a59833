/*
 * indented.c - a short text whose paragraphs are indented, all of them: a line without an indent goes on with the one
 * above, which is full and ends inside a sentence. A page has too few lines to show its margin otherwise.
 */
#include "parse/layout.h"

#define MOST_BYTES   ((size_t)8 * 1024)
#define LEAST_WIDTH  48u /* columns */
#define MOST_WIDTH   140u
#define LEAST_BEGINS 3u /* paragraphs */
#define FULL         3u /* columns: what stands in the margin, and a mark that may hang there */

struct lines {
    uint32_t begins; /* lines with an indent */
    uint32_t widest; /* of all lines */
    uint32_t least;  /* of the lines that others go on with */
    bool goes_on;    /* there are such, and one is no marker's */
    uint32_t above;  /* columns of the line above, when it ends inside a sentence; else 0 */
};

static void see_line(struct lines *s, const struct gm__parser *p, struct gm_str line) {
    struct gm_str body = gm__str_trim(line);
    if (!body.len) return;
    size_t at = (size_t)(line.ptr - p->text), text = (size_t)(body.ptr - p->text), end = text + body.len;
    uint32_t last = gm__cp_before(p, end, text), width = gm__width(p, at, end);
    if (gm__indent(p, at) >= 2) {
        s->begins++;
    } else if (s->begins && s->above) {
        struct gm__cand c[GM__MAX_READINGS];
        s->goes_on |= gm__match_label(p, text, p->len, GM__AT_START, c) == 0;
        if (s->above < s->least) s->least = s->above;
    }
    if (width > s->widest) s->widest = width;
    bool comma = last == 0xFF0C || last == 0x3001 || last == ',';
    s->above = gm__is_punctuation(last) && !comma ? 0 : width;
}

uint32_t gm__indented_width(const struct gm__parser *p) {
    struct lines s = {.least = UINT32_MAX};
    if (p->len > MOST_BYTES) return 0;
    for (size_t at = 0; at < p->len;) see_line(&s, p, gm__take_line(p, &at, p->len));
    bool full = s.goes_on && s.least + FULL >= s.widest;
    return full && s.begins >= LEAST_BEGINS && s.widest >= LEAST_WIDTH && s.widest <= MOST_WIDTH ? s.widest : 0;
}
