/*
 * cited.c - ① behind a sentence, and the next member of a series or nothing at all behind it: the marks of notes, which
 * stand elsewhere, and no list.
 */
#include "parse/lexer.h"
#include "parse/series.h"

#define CITED_NEAR 24u /* candidates back to the member, or the mark, before */

/* ① to ⑳ and their like stand there. */
static bool is_glyph(const struct gm__parser *p, size_t at) {
    return p->len - at > 3 && p->text[at] == '\xE2' && p->text[at + 1] == '\x91';
}

/* The member before c in its paragraph. The glyphs are the author's own where one of a list stands before that, too:
 * ①第一，…。②第二，…. */
static bool has_member_before(const struct lexer *l, const struct gm__cand *c) {
    const struct gm__parser *p = l->p;
    size_t low = l->para_cand;
    for (size_t i = p->cands.count, n = 0; i-- > low && n < CITED_NEAR; n++) {
        const struct gm__cand *k = gm__cand_at(p, i);
        if (k->at >= c->at || k->family != c->family || k->number != c->number - 1) continue;
        if (k->at < l->para + 3 || !is_glyph(p, k->at - 3)) return true;
        return i > low && k[-1].at == k->at - 3 && k[-1].rule;
    }
    return false;
}

/* The candidate at `at`, one of the last few; NULL. */
static struct gm__cand *near_end(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    size_t i = p->cands.count;
    while (i > l->first_cand && gm__cand_at(p, i - 1)->at > at) i--;
    while (i > l->first_cand + 1 && gm__cand_at(p, i - 2)->at == at) i--; /* its first reading */
    return i > l->first_cand && gm__cand_at(p, i - 1)->at == at ? gm__cand_at(p, i - 1) : NULL;
}

void gm__see_cited(struct lexer *l, size_t at) {
    struct gm__parser *p = l->p;
    const struct gm__cand *mark = near_end(l, at);
    if (!mark || mark->len != 3 || gm__fold(gm__cp_at(p, at + 3, &(size_t){0})) == '.') return;
    size_t count = p->cands.count, from = l->inline_from;
    if (!gm__offer(l, at + 3, GM__AT_INLINE, 0, GM__BEFORE_SENTENCE)) return;
    if (l->status == GM_OK && p->cands.count > count && gm__cand_at(p, count)->number > 1) {
        const struct gm__cand c = *gm__cand_at(p, count);
        gm__find_partner(l);
        struct gm__cand *known = near_end(l, at); /* the partner may stand before it */
        if (known && has_member_before(l, &c)) {
            gm__rule_out(known, GM__RULE_NOTE);
            return;
        }
        if ((known = near_end(l, c.at)) != NULL) count = (size_t)(known - gm__cand_at(p, 0));
    }
    p->cands.count = count;
    l->inline_from = from;
}

/* The first of the marks that the glyph `last`, the last candidate of the paragraph, ends; SIZE_MAX: they may be a
 * list's.
 */
static size_t first_of_marks(const struct lexer *l, const struct gm__cand *last) {
    const struct gm__parser *p = l->p;
    size_t i = p->cands.count - 1, low = l->para_cand, first = i;
    int32_t want = last->number - 1;
    if (last->len != 3 || !is_glyph(p, last->at) || !gm__str_ends(gm__str(p->text + l->para, last->at - l->para), "。"))
        return SIZE_MAX;
    for (size_t n = 0; want > 0 && i-- > low && n < CITED_NEAR; n++) {
        const struct gm__cand *k = gm__cand_at(p, i);
        if (k->family != last->family) continue;
        if (k->number != want-- || k->before != GM__BEFORE_SENTENCE || (k->flags & GM__CAND_START)) return SIZE_MAX;
        first = i;
        if (k->rule) break;
    }
    return first;
}

bool gm__ends_in_mark(const struct lexer *l) {
    const struct gm__cand *last = gm__cand_at(l->p, l->p->cands.count - 1);
    return GM__UNLIKELY(is_glyph(l->p, last->at)) && first_of_marks(l, last) != SIZE_MAX;
}

void gm__see_last_mark(const struct lexer *l) {
    const struct gm__parser *p = l->p;
    const struct gm__cand *last = gm__cand_at(p, p->cands.count - 1);
    for (size_t i = first_of_marks(l, last); i < p->cands.count; i++)
        if (gm__cand_at(p, i)->family == last->family) gm__rule_out(gm__cand_at(p, i), GM__RULE_NOTE);
}
