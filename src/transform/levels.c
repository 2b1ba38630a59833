/*
 * levels.c - levels in the order that a profile prescribes.
 * GB/T 9704-2012 7.3.3 and GB/T 15834-2011 B.3.8: 一、 （一） 1. （1） ①; Taiwan: 壹、 一、 （一） 1、 （1） 甲、
 * （甲）; 立法法 第六十五条: 编 章 节 条 （一） 1.
 */
#include "transform/lint.h"

enum { NO_RANK = 0 };

static unsigned rank_plain(const struct gm__label *l) {
    bool bracket = l->shape == GM__SHAPE_BRACKET;
    if (!bracket && l->shape != GM__SHAPE_BARE) return NO_RANK;
    switch (l->system) {
    case GM__NUM_HAN:
    case GM__NUM_PAREN_HAN: return bracket ? 3 : 2;
    case GM__NUM_ARABIC:
    case GM__NUM_STOP_ARABIC:
    case GM__NUM_PAREN_ARABIC: return bracket || l->system == GM__NUM_PAREN_ARABIC ? 5 : 4;
    case GM__NUM_FORMAL: return bracket ? NO_RANK : 1;
    default: return NO_RANK;
    }
}

static unsigned rank_taiwan(const struct gm__label *l) {
    if (l->system == GM__NUM_STEM) return l->shape == GM__SHAPE_BRACKET ? 7 : l->shape == GM__SHAPE_BARE ? 6 : NO_RANK;
    return rank_plain(l);
}

static unsigned rank_gongwen(const struct gm__label *l) {
    return l->system == GM__NUM_CIRCLED ? 6 : l->system == GM__NUM_FORMAL ? NO_RANK : rank_plain(l);
}

static unsigned rank_law(const struct gm__label *l) {
    static const struct {
        const char *unit;
        unsigned rank;
    } units[] = {{"编", 1}, {"編", 1}, {"分编", 2}, {"章", 3}, {"节", 4}, {"節", 4}, {"条", 5}, {"條", 5}};
    for (size_t i = 0; l->shape == GM__SHAPE_UNIT && i < GM__COUNT(units); i++)
        if (gm__str_eqz(l->unit, units[i].unit)) return units[i].rank;
    unsigned plain = rank_plain(l);
    return plain == 3 ? 6 : plain == 4 ? 7 : NO_RANK;
}

static unsigned rank_of(const struct gm__lint *l, const struct gm__label *label) {
    switch (l->profile) {
    case 'G': return rank_gongwen(label);
    case 'L': return rank_law(label);
    case 'T': return rank_taiwan(label);
    default: return NO_RANK;
    }
}

/* The nearest numbered ancestor that has a rank. Ancestors are at most limits.depth. */
static gm_node ranked_above(const struct gm__lint *l, gm_node node, unsigned *rank) {
    for (gm_node p = l->doc->nodes[node].parent; p != GM_ROOT; p = l->doc->nodes[p].parent) {
        struct gm__label label;
        if (!gm__numbered(l->doc, p)) continue;
        gm__label_read(l->doc, p, &label);
        *rank = rank_of(l, &label);
        if (*rank) return p;
    }
    return GM_NO_NODE;
}

static bool opens_paragraph(const struct gm_doc *doc, gm_node node) {
    return !(doc->nodes[node].flags & GM__NODE_INLINE);
}

static size_t region_of(const struct gm__lint *l, gm_node node) {
    return gm__lint_region(l, l->doc->nodes[node].start);
}

/* Which ranks open paragraphs, as bits for each region: a level that a text does without is not missed between two
 * others, and an annex is a text of its own. */
static void find_used(const struct gm__lint *l, uint16_t *used) {
    const gm_node *heads = l->heads.data;
    for (size_t i = 0; i < l->heads.count; i++) {
        struct gm__label label;
        if (!opens_paragraph(l->doc, heads[i])) continue;
        gm__label_read(l->doc, heads[i], &label);
        used[region_of(l, heads[i])] |= (uint16_t)(1u << rank_of(l, &label));
    }
}

/* 一、 above （1） leaves out two levels, which nothing excuses; above 1. it leaves out （一）, which is fine in a
 * document that has no （一）. Taiwan allows no leap. */
static bool leaps(const struct gm__lint *l, unsigned above, unsigned rank, unsigned used) {
    if (rank <= above + 1 || rank > 5) return false;
    if (rank > above + 2 || l->profile == 'T') return true;
    return used >> (above + 1) & 1;
}

static void check_level(struct gm__lint *l, gm_node head, unsigned used) {
    struct gm__label label;
    unsigned above = NO_RANK, rank;
    if (!opens_paragraph(l->doc, head)) return;
    gm__label_read(l->doc, head, &label);
    rank = rank_of(l, &label);
    gm_node parent = rank ? ranked_above(l, head, &above) : GM_NO_NODE;
    if (parent == GM_NO_NODE) return;
    struct gm_str one = gm_node_label(l->doc, head), two = gm_node_label(l->doc, parent);
    if (rank < above)
        gm__lint_report(l, GM__DIAG_INVERSION, head, one, two);
    else if (leaps(l, above, rank, used))
        gm__lint_report(l, GM__DIAG_LEVEL_JUMP, head, one, two);
}

void gm__lint_levels(struct gm__lint *l) {
    if (!gm__lint_wants(l, GM__DIAG_INVERSION) && !gm__lint_wants(l, GM__DIAG_LEVEL_JUMP)) return;
    size_t size = (l->regions.count + 1) * sizeof(uint16_t);
    uint16_t *used = gm__alloc(l->doc->allocator, size);
    if (!used) {
        l->status = GM_NOMEM;
        return;
    }
    memset(used, 0, size);
    find_used(l, used);
    const gm_node *heads = l->heads.data;
    for (size_t i = 0; i < l->heads.count && l->status == GM_OK; i++)
        check_level(l, heads[i], used[region_of(l, heads[i])]);
    gm__free(l->doc->allocator, used, size);
}
