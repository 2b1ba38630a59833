/*
 * brief.c - a text of a few lines that was wrapped at a margin: too few for a count of its lines. What shows it are
 * paragraphs of three lines or more: two in a row that end within a clause, each with a comma and nearly as wide as the
 * widest, and one below that ends in a stop. A list without stops is none, as its lines begin with numbers.
 */
#include "parse/layout.h"

#define NARROWEST 44u /* columns; nobody wraps a text at less */
#define WIDEST    100u

uint32_t gm__brief_wrap(const struct gm__parser *p, size_t len) {
    uint32_t width = 0, open = 0, runs = 0;
    unsigned lines = 0;
    const char *at = p->text, *end = p->text + len;
    for (struct gm_str line; lines <= GM__BRIEF_LINES && (line = gm__next_line(p, at)).len && line.ptr < end; lines++) {
        at = line.ptr + line.len;
        size_t begin = (size_t)(line.ptr - p->text), stop = begin + line.len;
        uint32_t columns = gm__width(p, begin, stop);
        if (columns > width) width = columns;
    }
    if (lines > GM__BRIEF_LINES || width < NARROWEST || width > WIDEST) return 0;
    at = p->text;
    for (struct gm_str line; (line = gm__next_line(p, at)).len && line.ptr < end;) {
        at = line.ptr + line.len;
        size_t begin = (size_t)(line.ptr - p->text), stop = begin + line.len, n;
        uint32_t last = gm__cp_before(p, stop, begin);
        struct gm__cand found[GM__MAX_READINGS];
        bool gated = open && gm__gate_has(&p->grammar->start_gate, gm__cp_at(p, begin, &n));
        if (gated && gm__match_label(p, begin, p->len, GM__AT_START, found)) return 0; /* a list without stops */
        runs += open > 1 && (last == 0x3002 || last == 0xFF1B);
        bool within = gm__width(p, begin, stop) >= width * 7 / 10 && !gm__ends_sentence(last) &&
                      (gm__has_comma(line) || gm__holds(line, "、"));
        open = within ? open + 1 : 0;
    }
    return runs ? width : 0;
}
