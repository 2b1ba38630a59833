/*
 * mixed.c - 一要…；二要…；三是…: a list in words that changes the word between two members. A series takes such a
 * member only when its own kin has no next one, and the member's kin is not open.
 */
#include "parse/decide.h"
#include "parse/phrase.h"

#define NEAR 12u /* candidates from a member to the next */

/* Right below, or in the same paragraph behind a clause. */
static bool stands_next(const struct gm__decider *d, const struct gm__cand *c, const struct gm__cand *k) {
    if (gm__is_start(k)) return gm__is_start(c) && !gm__between(d, c, k).len;
    return k->para == c->para && k->before <= GM__BEFORE_COMMA;
}

uint32_t gm__mixed_next(struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index);
    uint32_t end = (uint32_t)d->p->cands.count - index > NEAR ? index + NEAR : (uint32_t)d->p->cands.count;
    bool noun = gm__family(d, c)->noun;
    for (uint32_t i = index + 1; i < end; i++) {
        const struct gm__cand *k = gm__candidate(d, i);
        const struct gm__family *f = gm__family(d, k);
        d->p->steps++;
        if (!f->mixed || f->words || k->number > c->number + 1 || k->at == c->at) continue;
        bool next = k->number == c->number + 1 && k->family != c->family && (f->counts || (noun && !f->noun));
        return next && !d->standing[d->kin[k->family]] && stands_next(d, c, k) ? i : GM__NONE;
    }
    return GM__NONE;
}

void gm__consider_mixed(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    for (uint32_t depth = d->depth; c->number > 1 && depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        d->p->steps++;
        if (s->next != index) continue;
        if (d->families[s->family].mixed && s->kin != d->kin[c->family] && s->number == c->number - 1)
            gm__propose(best, (struct gm__move){GM__ACT_CONTINUE, 55, depth, GM__NONE, GM__RULE_CONTINUES});
        return;
    }
}
