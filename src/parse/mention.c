/*
 * mention.c - 第一步：申请 and below it 第一步的材料由…: where the author marks his steps, one without the mark is
 * spoken of: its number was there already, or is still to come. 第一步打开，第二步按下 from the first one on is a list
 * of its own.
 */
#include "parse/series.h"

#define STEP_RANK 86u /* 第一步, 第一阶段, 第一个问题 */
#define NEAR      64u /* candidates */

/* What was seen of a family. */
struct told {
    int32_t marked; /* the number of the last one with a mark at a paragraph's start; 0 */
    int32_t run;    /* of the last one without, of a list of such; 0 */
};

bool gm__is_step(const struct gm__family *f) { return f->partner && f->rank == STEP_RANK; }

/* 第一步： 第一步， 第一步（三月） and 第一步 before a blank or on a line of its own */
static bool is_marked(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->flags & (GM__CAND_BLANK | GM__CAND_ALONE)) return true;
    uint32_t last, text;
    const char *end = p->text + c->at + c->len;
    (void)gm__utf8_decode_back(p->text + c->at, end, &last);
    return !gm__is_han(last) || (gm__utf8_decode(end, p->text + p->len, &text) && gm__fold(text) == '(');
}

/* The next of c's family near by; starts: of those with a mark at a paragraph's start. NULL: none. */
static const struct gm__cand *next_of(const struct gm__parser *p, const struct gm__cand *c, bool starts) {
    const struct gm__cand *end = gm__cand_at(p, p->cands.count), *k = c + 1;
    if (end - k > (ptrdiff_t)NEAR) end = k + NEAR;
    while (k < end && (k->family != c->family || (starts && !(gm__is_start(k) && is_marked(p, k))))) k++;
    return k < end ? k : NULL;
}

/* 第一步打开，第二步按下: does it open a list without marks? */
static bool opens_list(const struct gm__parser *p, const struct gm__cand *c) {
    const struct gm__cand *next = c->number == 1 ? next_of(p, c, false) : NULL;
    if (!next || next->number != 2 || is_marked(p, next)) return false;
    return gm__is_start(next) ? gm__is_start(c) : next->para == c->para;
}

/* Is c, without a mark, spoken of? */
static bool is_spoken_of(const struct gm__parser *p, const struct gm__cand *c, struct told *t) {
    const struct gm__cand *next = next_of(p, c, true);
    bool before = next && next->number > 1, going = t->marked == 1 && before;
    bool inside = t->marked && c->before == GM__BEFORE_TEXT; /* 前面说过第一步 */
    if ((!inside && !going && opens_list(p, c)) || (t->run && c->number == t->run + 1)) {
        t->run = c->number;
        return false;
    }
    if (c->number <= t->marked) return true;
    return next && next->number <= c->number && (before || (c->number == 1 && !t->marked));
}

bool gm__rule_out_mentions(struct gm__parser *p) {
    struct told told[256] = {0}; /* by family */
    bool any = false;
    for (size_t i = 0; i < p->cands.count; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        if (c->rule || (c->flags & GM__CAND_HEADING) || !gm__is_step(gm__family_of(p, c))) continue;
        struct told *t = &told[c->family % GM__COUNT(told)];
        if (!is_marked(p, c)) {
            if (!is_spoken_of(p, c, t)) continue;
            gm__rule_out(c, GM__RULE_REFERENCE);
            any = true;
        } else if (gm__is_start(c)) {
            *t = (struct told){c->number, 0};
        }
    }
    for (size_t i = 0; any && i < p->cands.count; i++) gm__cand_at(p, i)->next = GM__NONE;
    return any;
}
