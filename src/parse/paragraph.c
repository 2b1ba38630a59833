/*
 * paragraph.c - what parts the paragraphs of a hard-wrapped text, beside a line that is not full: an indent of their
 * first lines or an empty line between them. Where one of the two does so throughout, a sentence may end at the margin
 * inside a paragraph.
 */
#include "parse/layout.h"

#include "base/span.h"

/* How often lines that surely begin a paragraph (the one above is not full) or surely go on (the one above is full and
 * ends inside a sentence) are indented, or stand below an empty line. */
struct count {
    uint32_t all, indented, below_blank;
};

struct pairs {
    const struct gm__parser *p;
    struct gm_str above;       /* the last line with text, trimmed at its end; len 0 when there is none */
    bool blank;                /* an empty line stands below it */
    struct count begin[2], on; /* begin: with what may open a marker, headings may stand at the margin; and without */
    uint32_t full, loose; /* lines that end inside a sentence, with no marker below: what follows had no room, or had */
};

static void count(struct count *c, uint32_t indent, bool blank) {
    c->all++;
    c->indented += indent >= 2;
    c->below_blank += blank;
}

static void look_at(struct pairs *s, struct gm_str line) {
    const struct gm__parser *p = s->p;
    struct gm_str body = gm__str_trim(line);
    size_t len, start = (size_t)(body.ptr - p->text), end = start + body.len;
    uint32_t cp = body.len ? gm__cp_at(p, start, &len) : 0;
    if (!body.len) s->blank = true;
    if (!body.len || gm__is_page_line(p, body) || gm__is_table_row(body)) return;
    size_t at = (size_t)(line.ptr - p->text), above = (size_t)(s->above.ptr - p->text);
    if (s->above.len) {
        size_t stop = above + s->above.len;
        uint32_t indent = gm__indent(p, at);
        bool marked = gm__gate_has(&p->grammar->start_gate, cp), full = gm__is_full(p, above, stop, at);
        if (gm__width(p, above, stop) < p->wrap * 7 / 10) {
            count(&s->begin[!marked], indent, s->blank);
        } else if (!gm__ends_sentence(gm__cp_before(p, stop, above))) {
            if (full) count(&s->on, indent, s->blank);
            if (!marked) (*(full ? &s->full : &s->loose))++;
        }
    }
    s->above = gm__str(line.ptr, end - at);
    s->blank = false;
}

#define PROOF 3u

/* Nearly all of one, hardly any of the other. */
static bool parts(uint32_t begin, uint32_t all_begin, uint32_t on, uint32_t all_on) {
    return all_begin >= PROOF && all_on >= PROOF && begin * 10 >= all_begin * 9 && on * 10 <= all_on;
}

struct gm_str gm__take_line(const struct gm__parser *p, size_t *at, size_t len) {
    struct gm_str line = {p->text + *at, gm__span_best()->line(p->text + *at, len - *at)};
    size_t end = *at + line.len;
    *at = end + 1 + (end + 1 < len && p->text[end] == '\r' && p->text[end + 1] == '\n');
    return line;
}

void gm__measure_paragraphs(struct gm__parser *p, size_t len) {
    struct pairs s = {.p = p};
    struct gm__page_survey pages = {.p = p};
    for (size_t at = 0; at < len;) gm__page_survey_line(&pages, gm__take_line(p, &at, len));
    gm__page_survey_end(&pages);
    for (size_t at = 0; at < len;) look_at(&s, gm__take_line(p, &at, len));
    p->even |= s.full >= PROOF && s.full >= s.loose * 4;
    if (!p->even) return;
    const struct count *begin = &s.begin[s.begin[1].all >= PROOF];
    p->indented = parts(begin->indented, begin->all, s.on.indented, s.on.all);
    p->spaced = parts(begin->below_blank, begin->all, s.on.below_blank, s.on.all);
}

/* （…以下同じ。|…）: a bracket that the line opens is still open at its end. */
static bool leaves_open(const struct gm__parser *p, size_t at, size_t end) {
    int depth = 0;
    for (size_t len; at < end; at += len) {
        uint32_t cp = gm__fold(gm__cp_at(p, at, &len));
        depth += cp == '(' ? 1 : cp == ')' && depth > 0 ? -1 : 0;
    }
    return depth > 0;
}

/* Line ends in the gap [end, line) between two lines of a paragraph or two; 0 when a page's number stands in it. */
static size_t line_ends(const struct gm__parser *p, size_t end, size_t line) {
    size_t n = 0;
    if (gm__str_trim(gm__str(p->text + end, line - end)).len) return 0;
    for (size_t at = end; at < line; at++) {
        bool crlf = p->text[at] == '\r' && at + 1 < line && p->text[at + 1] == '\n';
        n += !crlf && gm__is_line_end((unsigned char)p->text[at]);
    }
    return n;
}

bool gm__is_blank_between(const struct gm__parser *p, size_t end, size_t line) { return line_ends(p, end, line) > 1; }

bool gm__stands_apart(const struct gm__parser *p, size_t end, size_t line) {
    if (p->indented && gm__indent(p, line) >= 2) return true;
    return p->spaced && line_ends(p, end, line) > 1;
}

bool gm__goes_on_behind_sentence(const struct gm__parser *p, size_t previous, size_t end, size_t line) {
    if (!p->even || !gm__is_full(p, previous, end, line)) return false;
    if (leaves_open(p, previous, end)) return true;
    if (p->indented && gm__indent(p, line) < 2) return true;
    return p->spaced && line_ends(p, end, line) == 1; /* right below it */
}
