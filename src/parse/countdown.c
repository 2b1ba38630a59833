/*
 * countdown.c - 3.… 2.… 1.…: the newest first, or a row of the best. Three that end in 1 count so, or four; two where
 * such a row was before.
 */
#include "parse/decide.h"
#include "parse/lexer.h"

#define NEAR  32u /* candidates from a member to the next */
#define LEAST 3u  /* members */
#define MOST  100 /* the first one's number */

/* 05, 10: no mark stands behind the number, and it is counted in two digits. */
static bool is_padded(const struct gm__parser *p, const struct gm__cand *c) {
    return c->len > 1 && (p->text[c->at] == '0' || c->number == 10);
}

/* May it be of such a series? */
static bool may_count(const struct gm__decider *d, const struct gm__cand *c) {
    const uint32_t odd = GM__CAND_ALT | GM__CAND_DOUBTED | GM__CAND_RENDERED | GM__CAND_HEADING | GM__CAND_AFTER_COMMA |
                         GM__CAND_LATIN_TEXT | GM__CAND_TOC | GM__CAND_DOWN;
    const struct gm__family *f = gm__family(d, c);
    size_t len;
    bool letter = (gm__fold(gm__cp_at(d->p, c->at, &len)) | 32) - 'a' < 26;
    if (gm__is_bare(c) && !is_padded(d->p, c)) return false;
    return gm__is_start(c) && !(c->flags & odd) && !c->rule && !c->sub && !c->prefix && !f->partner && !f->words &&
           c->components <= 1 && !letter && !gm__is_unit(d->p, c);
}

/* The next of its family behind the one at `index`, if it is the one before it in number. */
static uint32_t next_down(struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index);
    uint32_t count = (uint32_t)d->p->cands.count, end = count - index > NEAR ? index + NEAR : count;
    for (uint32_t i = index + 1; i < end; i++) {
        const struct gm__cand *k = gm__candidate(d, i);
        d->p->steps++;
        if (k->family == c->family && gm__is_start(k))
            return k->number == c->number - 1 && may_count(d, k) ? i : GM__NONE;
    }
    return GM__NONE;
}

/* An open series of c's kin goes up: c is no more than a slip of it. */
static bool goes_up(const struct gm__decider *d, const struct gm__cand *c) {
    for (uint32_t depth = d->depth; depth-- > 0 && d->standing[d->kin[c->family]];)
        if (d->open[depth].kin == d->kin[c->family] && !(gm__last_of(d, depth)->flags & GM__CAND_DOWN)) return true;
    return false;
}

/* 1. is the last, and 2. comes behind it, but no 1. again: a list of its own begins there. */
static bool opens_list(struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index);
    return c->number == 1 && c->next != GM__NONE && c->next < c->reopen && next_down(d, c->next) == GM__NONE;
}

bool gm__counts_down(struct gm__decider *d, uint32_t index) {
    struct gm__cand *c = gm__candidate(d, index);
    uint16_t kin = (uint16_t)(d->kin[c->family] + 1);
    uint32_t least = d->down == kin ? LEAST - 1 : LEAST, count = 1, at = index;
    if (c->number < (int32_t)least || c->number > MOST || !may_count(d, c) || goes_up(d, c)) return false;
    for (uint32_t next; (next = next_down(d, at)) != GM__NONE; at = next) count++;
    if (opens_list(d, at)) count--;
    if (count < least || at >= gm__horizon(d, d->depth) || (gm__candidate(d, at)->number != 1 && count <= LEAST))
        return false;
    for (at = index; at != GM__NONE; at = c->next) {
        c = gm__candidate(d, at);
        c->next = next_down(d, at);
        c->reopen = GM__NONE;
        if (at != index) c->flags |= GM__CAND_DOWN;
    }
    d->down = kin;
    return true;
}
