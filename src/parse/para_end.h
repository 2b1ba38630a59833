/* para_end.h - what only the end of a paragraph tells its candidates: for lex.c. */
#ifndef GM_PARA_END_H
#define GM_PARA_END_H

#include "parse/lexer.h"

#define HEADING_BYTES 180u /* a heading of a chapter is not longer */

/* Contents or notes may begin with a candidate of the paragraph. */
GM__APART void note_beginnings(struct lexer *l) {
    struct gm__parser *p = l->p;
    for (size_t i = l->para_cand; i < p->cands.count && l->status == GM_OK; i++)
        if (gm__may_begin_contents(gm__cand_at(p, i))) l->status = gm__note_beginning(p, i);
}

/* The paragraph has lines behind those that a candidate stands in: it is not alone there. */
GM__APART void tell_of_lines(struct lexer *l) {
    const struct gm__parser *p = l->p;
    gm__offer_verbs(l, l->para_cand, l->para_stop);
    for (size_t i = l->para_cand; i < p->cands.count && gm__cand_at(p, i)->at < l->para_line; i++)
        gm__cand_at(p, i)->flags &= ~(uint32_t)GM__CAND_ALONE;
}

/* What the last character of a paragraph says of it: it is no heading, or it announces what is below it. */
GM__INLINE uint32_t stop_flags(const struct gm__parser *p, uint32_t last) {
    if (last == 0xFF1A || last == ':') return GM__CAND_STOPPED | GM__CAND_COLON;
    bool stop = last == 0x3002 || (p->dotted && last == '.') || last == 0xFF1B || last == ';' || last == 0xFF0C;
    return stop ? GM__CAND_STOPPED : 0;
}

/* A candidate is of the paragraph at `para`, whose last line begins at `line`: how deep does it stand? It is known of
 * one line, with no blank before its text or one or two of U+3000. */
GM__INLINE void note_indent(struct gm__parser *p, size_t line, size_t para) {
    size_t gap = para >= line ? para - line : SIZE_MAX;
    bool wide = (gap == 3 || gap == 6) && memcmp(p->text + line, "\u3000", 3) == 0 &&
                memcmp(p->text + para - 3, "\u3000", 3) == 0;
    p->indents |= gap == 0 || wide ? 1u << gap : ~0u;
}

/* What only the end of a paragraph tells its candidates, of which there are some. */
static void tell_candidates(struct lexer *l) {
    const struct gm__parser *p = l->p;
    const uint32_t told = stop_flags(p, l->para_last), stop = (uint32_t)l->para_stop;
    if (l->para_line > l->para) tell_of_lines(l);
    note_indent(l->p, l->para_line, l->para);
    const struct gm__cand *last = gm__cand_at(p, p->cands.count - 1);
    if (GM__UNLIKELY((last->flags & (GM__CAND_ALONE | GM__CAND_START)) == GM__CAND_ALONE)) gm__see_last_mark(l);
    size_t n = p->cands.count - l->para_cand;
    bool begins = false;
    for (struct gm__cand *c = gm__cand_at(p, l->para_cand); n > 0; n--, c++) {
        c->stop = stop;
        c->flags |= stop - c->at > HEADING_BYTES ? told | GM__CAND_LONG : told;
        begins |= gm__may_begin_contents(c);
    }
    if (begins) note_beginnings(l);
}

GM__INLINE void close_para(struct lexer *l) {
    const struct gm__parser *p = l->p;
    if (l->para_stop > l->para && l->para_stop - l->para > l->most && l->status == GM_OK)
        l->status = gm__check_paragraph(p, l->para_stop - l->para);
    if (l->para_cand < p->cands.count) tell_candidates(l);
    if (p->wrap) gm__note_own_heading(l);
}

/* A line of a known kind, which is the whole paragraph, is over: where its text stops, and its last character. */
struct line_end {
    size_t stop;
    uint32_t last;
};

/* The same of such a line; most have one candidate, or none. */
GM__INLINE void close_line_para(struct lexer *l, struct line_end end) {
    const struct gm__parser *p = l->p;
    size_t count = p->cands.count - l->para_cand;
    if (count > 1 || end.stop - l->para > l->most) {
        l->para_line = l->line;
        l->para_stop = end.stop;
        l->para_last = end.last;
        close_para(l);
    } else if (count == 1) {
        struct gm__cand *c = gm__cand_at(p, l->para_cand);
        c->stop = (uint32_t)end.stop;
        c->flags |= stop_flags(p, end.last) | (c->stop - c->at > HEADING_BYTES ? GM__CAND_LONG : 0u);
        note_indent(l->p, l->line, l->para);
        if (gm__may_begin_contents(c)) note_beginnings(l);
    }
}

#endif
