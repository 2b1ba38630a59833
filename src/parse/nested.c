/*
 * nested.c - lists of one style, one within the other, which in plain text nothing but their indents tells:
 *
 *     1. 甲
 *       1. 甲的第一件
 *       2. 甲的第二件
 *     2. 乙
 *
 * The numbers must bear it out: at each indent they count on, deeper ones begin with 1, and an outer list goes on
 * behind an inner one. Then its points are known as those of a format's list are: their depth is certain.
 */
#include "parse/series.h"

#include "parse/layout.h"

#define DEEPEST   8u   /* lists within one another */
#define STEP      2u   /* columns, at least */
#define NEAR_LIST 256u /* candidates back to the first of a list */
#define NEAR_LINE 16u  /* candidates back to the one that opens the line above */

struct level {
    uint32_t indent;
    int32_t number;
};

static uint32_t indent_of(const struct gm__parser *p, const struct gm__cand *c) {
    size_t line = c->para;
    while (line > 0 && p->text[line - 1] != '\n' && p->text[line - 1] != '\r') line--;
    return gm__indent(p, line);
}

static bool opens_line(const struct gm__cand *c) {
    return (c->flags & (GM__CAND_START | GM__CAND_ALT)) == GM__CAND_START && c->at == c->para;
}

/* The lists that begin at `from`, up to what does not fit in; the end. goes_on: an outer one did behind an inner one.
 * mark: note how deep each point stands. */
static size_t walk(struct gm__parser *p, size_t from, bool mark, bool *goes_on) {
    const struct gm__cand *first = gm__cand_at(p, from);
    struct level levels[DEEPEST] = {{indent_of(p, first), 0}};
    uint32_t depth = 0;
    size_t i = from;
    for (; i < p->cands.count; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        p->steps++;
        if (!opens_line(c)) continue;
        if (c->flags & (GM__CAND_HEADING | GM__CAND_STAMP)) break;
        if (c->family != first->family) {
            if (gm__family_of(p, c)->rank < gm__family_of(p, first)->rank) break;
            continue;
        }
        uint32_t indent = indent_of(p, c), above = depth;
        while (depth > 0 && indent < levels[depth].indent) depth--;
        if (indent >= levels[depth].indent + STEP && c->number == 1 && depth + 1 < DEEPEST && levels[depth].number)
            levels[++depth] = (struct level){indent, 0};
        if (indent != levels[depth].indent || c->number != levels[depth].number + 1) break;
        levels[depth].number++;
        *goes_on |= depth < above;
        if (!mark) continue;
        c->flags |= GM__CAND_RENDERED;
        c->depth = (uint8_t)(depth + 1);
    }
    return i;
}

/* The first of the list whose member stands at `index`. */
static size_t first_of(struct gm__parser *p, size_t index) {
    const struct gm__cand *c = gm__cand_at(p, index);
    uint32_t indent = indent_of(p, c);
    for (size_t low = index > NEAR_LIST ? index - NEAR_LIST : 0; index > low && gm__cand_at(p, index)->number != 1;) {
        const struct gm__cand *k;
        do k = gm__cand_at(p, --index);
        while (index > low && !(opens_line(k) && k->family == c->family && indent_of(p, k) == indent));
    }
    return index;
}

/* The member of the same family that opens the line above the candidate at `index`, readings of one place aside;
 * `index` when there is none. */
static size_t member_above(const struct gm__parser *p, size_t index) {
    const struct gm__cand *c = gm__cand_at(p, index);
    for (size_t i = index, low = index > NEAR_LINE ? index - NEAR_LINE : 0; i-- > low;) {
        const struct gm__cand *k = gm__cand_at(p, i);
        if (opens_line(k)) return k->family == c->family ? i : index;
    }
    return index;
}

void gm__nest_by_indent(struct gm__parser *p) {
    size_t end = 0;                                                   /* of the lists that are known */
    bool alike = !(p->indents & (p->indents - 1)) && !p->glued.count; /* all stand equally deep */
    if (p->source->blocks.count || p->flat || p->run_in || alike) return;
    const struct gm__cand *all = p->cands.data, *to = all + p->cands.count;
    for (const struct gm__cand *c = all + 1; c < to; c++) {
        if (c->number != 1 || !opens_line(c)) continue;
        size_t i = (size_t)(c - all);
        if (i < end) continue;
        size_t above = member_above(p, i);
        if (above == i || indent_of(p, c) < indent_of(p, gm__cand_at(p, above)) + STEP) continue;
        bool goes_on = false, again = false;
        size_t from = first_of(p, above);
        const struct gm__cand *first = gm__cand_at(p, from);
        if (first->number != 1 || first->family != c->family) continue;
        end = walk(p, from, false, &goes_on);
        if (!goes_on || end <= i) continue;
        (void)walk(p, from, true, &again);
        p->nested = true;
    }
}
