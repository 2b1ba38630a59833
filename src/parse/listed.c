/*
 * listed.c - which point goes on from which where a format tells the list: Word and Writer count each level of a list
 * by itself, whatever stands between and in whatever characters the number comes out: （参） （四） （伍）, ⑳ 21.
 */
#include "parse/series.h"

#define LISTS 256u /* depths of list items: see gm__list_depth */

/* Readings of one rendered label. */
struct readings {
    uint32_t from, end;
};

static bool is_listed(const struct gm__cand *c) {
    return (c->flags & GM__CAND_RENDERED) && gm__is_start(c) && gm__is_of_list(c);
}

/* Each reading of `before` with the number before that of one of `now` goes on there. */
static void link(struct gm__parser *p, struct readings before, struct readings now) {
    for (uint32_t i = before.from; i < before.end; i++)
        for (uint32_t k = now.from; k < now.end; k++) {
            struct gm__cand *c = gm__cand_at(p, i);
            const struct gm__cand *next = gm__cand_at(p, k);
            p->steps++;
            if (!gm__is_next_listed(c, next)) continue;
            c->next = k;
            c->reopen = GM__NONE; /* no other list comes between */
            break;
        }
}

void gm__foresee_lists(struct gm__parser *p) {
    struct readings last[LISTS] = {{0, 0}};
    if (p->source && !p->source->blocks.count) return;
    for (uint32_t i = 0, count = (uint32_t)p->cands.count; i < count;) {
        const struct gm__cand *c = gm__cand_at(p, i);
        struct readings now = {i, i + 1};
        i++;
        if (!is_listed(c)) continue;
        while (i < count && gm__cand_at(p, i)->at == c->at && is_listed(gm__cand_at(p, i))) i++;
        now.end = i;
        link(p, last[c->depth], now);
        last[c->depth] = now;
    }
}
