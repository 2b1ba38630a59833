/* held.c - what the last member of an open series holds by its kind: words head what stands right below them, a
 * section's heading what is announced in its paragraphs. */
#include "parse/decide.h"
#include "parse/phrase.h"

/* What stands between the paragraph of `last` and c. */
struct gm_str gm__between(const struct gm__decider *d, const struct gm__cand *last, const struct gm__cand *c) {
    size_t len = c->para > last->stop ? c->para - last->stop : 0;
    return gm__str_trim(gm__str(d->p->text + last->stop, len));
}

#define BLANKS_MOST 64u /* bytes between paragraphs that belong together */

bool gm__follows_at_once(const struct gm__decider *d, const struct gm__cand *a, const struct gm__cand *c) {
    return a->stop <= c->para && c->para - a->stop <= BLANKS_MOST && !gm__between(d, a, c).len;
}

bool gm__ends_in_colon(struct gm_str text) { return gm__str_ends(text, "：") || gm__str_ends(text, ":"); }

/* 第三　几个问题 on a line of its own, 第二个问题，…。 and then 首先，…: words for members stand in what those open. */
bool gm__heads_words(const struct gm__decider *d, const struct gm__cand *last, const struct gm__cand *c) {
    if (last->family == c->family || !gm__family(d, c)->words || !gm__is_start(last)) return false;
    return gm__family(d, last)->rank < gm__family(d, c)->rank || !(last->flags & (GM__CAND_STOPPED | GM__CAND_LONG));
}

/* A series opens, and none of its kin was there before. */
static bool is_first_of_kin(const struct gm__decider *d, const struct gm__cand *c) {
    uint16_t kin = d->kin[c->family];
    return c->number == 1 && c->next != GM__NONE && !d->closed[kin] && !d->standing[kin];
}

/* 第一个问题：…？ Text. 第二个问题：…？ Text. 第三个问题：…？ and the first 一、 that there is right below it. */
static bool may_hold_sections(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    return s->loose && s->count > 1 && !s->is_inline && is_first_of_kin(d, c);
}

/* 第三个问题：怎样守纪律？ on a line of its own and 1. or （1） right below: no list without one stands beside it. */
bool gm__heads_list(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *last,
                    const struct gm__cand *c) {
    const struct gm__parser *p = d->p;
    if (!gm__family_of(p, last)->partner || gm__is_unit(p, c)) return false;
    if (gm__family_of(p, c)->rank <= GM__MAIN_RANK && !may_hold_sections(d, s, c)) return false;
    if (!gm__is_start(last) || last->flags & (GM__CAND_STOPPED | GM__CAND_LONG) || c->at <= last->stop) return false;
    return !gm__str_trim(gm__str(p->text + last->stop, c->at - last->stop)).len;
}

/* 第一点，…。 第二点，…。 and （一） or 1. right below, the first that there is: nothing but those words heads it. */
bool gm__is_first_below_words(const struct gm__decider *d, uint32_t depth, const struct gm__cand *c) {
    const struct gm__series *s = &d->open[depth];
    const struct gm__cand *last = gm__candidate(d, s->last);
    if (depth || !d->families[s->family].partner || s->count < 2 || !gm__is_start(last)) return false;
    if (gm__family(d, c)->rank <= GM__MAIN_RANK || d->closed[d->kin[c->family]] || c->next == GM__NONE) return false;
    struct gm_str text = gm__between(d, last, c);
    bool theirs = s->loose || !(last->flags & GM__CAND_STOPPED); /* they have paragraphs of their own */
    return !text.len || (theirs && !gm__ends_in_colon(text));
}

#define NEAR_RANKS 14u

/* 甲、程序方面：… 乙、實體方面： and 一、 right below, the first that there is; A. 前言 … B. 分析 and 1.: headings with
 * texts of their own, of which none comes again, so nothing that opens here holds them. */
bool gm__holds_first(const struct gm__decider *d, uint32_t depth, const struct gm__cand *c) {
    const struct gm__series *s = &d->open[depth];
    const struct gm__cand *last = gm__candidate(d, s->last);
    bool colon = (last->flags & GM__CAND_COLON) != 0, heading = !(last->flags & (GM__CAND_STOPPED | GM__CAND_LONG));
    if (depth || s->is_inline || s->count < 2 || !gm__is_start(last) || last->reopen != GM__NONE) return false;
    if (!(colon || (heading && s->loose)) || gm__is_unit(d->p, c) || !is_first_of_kin(d, c)) return false;
    if (!colon && gm__family(d, c)->rank + NEAR_RANKS < d->families[s->family].rank)
        return false; /* 1） 2） above 一、 */
    return !gm__between(d, last, c).len;
}

/* 六、应急预案 is a heading. …应当： 一、报告；二、…: what a colon announces in the last section. */
bool gm__is_announced_in(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    if (s->family != c->family || gm__family(d, c)->rank > GM__MAIN_RANK || c->number != 1) return false;
    if (s->is_inline || last->flags & (GM__CAND_STOPPED | GM__CAND_LONG)) return false;
    if (!gm__is_start(c)) return c->before == GM__BEFORE_COLON;
    return (c->flags & GM__CAND_STOPPED) && gm__ends_in_colon(gm__between(d, last, c));
}
