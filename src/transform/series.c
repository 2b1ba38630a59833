/*
 * series.c - which nodes are members of one series, for the checks.
 *
 * Members are siblings of one class: 一、 and 二. are, 一、 and （二） are not. Numbers may run on through the author's
 * sections: 第五条 opens 第二章 because 第四条 closed 第一章, （六） follows under the next 一、. Then the series goes
 * on, so that a number that is missing at the seam is missed once. A region starts afresh.
 */
#include "transform/lint.h"

struct slot {
    uint32_t key; /* 0: free */
    gm_node parent, last;
    size_t region;
    int32_t number; /* of the last member */
    bool runs_on;   /* it has gone on through parents before */
};

struct table {
    struct slot *slots;
    size_t size; /* a power of two */
    size_t used;
};

static bool table_init(struct table *t, const struct gm_doc *doc, size_t size) {
    t->size = size;
    t->used = 0;
    t->slots = gm__alloc(doc->allocator, size * sizeof *t->slots);
    if (t->slots) memset(t->slots, 0, size * sizeof *t->slots);
    return t->slots != NULL;
}

static void table_release(struct table *t, const struct gm_doc *doc) {
    if (t->slots) gm__free(doc->allocator, t->slots, t->size * sizeof *t->slots);
}

static struct slot *probe(const struct table *t, uint32_t key) {
    size_t i = key & (t->size - 1);
    while (t->slots[i].key && t->slots[i].key != key) i = (i + 1) & (t->size - 1);
    return &t->slots[i];
}

static bool table_grow(struct table *t, const struct gm_doc *doc) {
    struct table bigger;
    if (!table_init(&bigger, doc, t->size * 2)) return false;
    for (size_t i = 0; i < t->size; i++)
        if (t->slots[i].key) *probe(&bigger, t->slots[i].key) = t->slots[i];
    bigger.used = t->used;
    table_release(t, doc);
    *t = bigger;
    return true;
}

/* The slot of a class; NULL without memory. */
static struct slot *table_at(struct table *t, const struct gm_doc *doc, uint32_t key) {
    if (t->used * 2 >= t->size && !table_grow(t, doc)) return NULL;
    struct slot *s = probe(t, key ? key : 1);
    if (!s->key) {
        *s = (struct slot){.key = key ? key : 1, .parent = GM_NO_NODE, .last = GM_NO_NODE};
        t->used++;
    }
    return s;
}

/* Numerals that stand in for one another within a series: 1. and ⒈, (1) and ⑴, ① and ❶. */
static uint32_t kin(enum gm__numeral system) {
    switch (system) {
    case GM__NUM_PAREN_ARABIC:
    case GM__NUM_STOP_ARABIC: return GM__NUM_ARABIC;
    case GM__NUM_PAREN_HAN:
    case GM__NUM_CIRCLED_HAN: return GM__NUM_HAN;
    case GM__NUM_CIRCLED_BLACK:
    case GM__NUM_CIRCLED_SANS: return GM__NUM_CIRCLED;
    case GM__NUM_PAREN_LATIN:
    case GM__NUM_CIRCLED_LATIN_LOWER: return GM__NUM_LATIN_LOWER;
    case GM__NUM_CIRCLED_LATIN: return GM__NUM_LATIN;
    default: return system;
    }
}

/* Does the parent number the decimal: 3 or 3. above 3.1? Then the other components are no part of the class. */
static bool under_its_number(const struct gm_doc *doc, gm_node parent) {
    struct gm__label l;
    if (!gm__numbered(doc, parent)) return false;
    gm__label_read(doc, parent, &l);
    return l.system == GM__NUM_ARABIC || l.system == GM__NUM_DECIMAL || l.system == GM__NUM_ANNEX ||
           l.system == GM__NUM_HYPHENED || l.shape == GM__SHAPE_UNIT;
}

/* 第一步 第二个问题 第三点: they count in a text, as 第一， does; 章 and 条 divide it. */
static bool is_stage(struct gm_str unit) {
    static const char *const units[] = {"步",     "方面", "个方面", "個方面", "问题", "个问题", "個問題", "阶段",
                                        "个阶段", "階段", "环节",   "環節",   "板块", "板塊",   "层面",   "个角度",
                                        "个",     "個",   "点",     "點",     "类",   "種",     "种"};
    for (size_t i = 0; i < GM__COUNT(units); i++)
        if (gm__str_eqz(unit, units[i])) return true;
    return false;
}

static uint32_t class_of(const struct gm_doc *doc, gm_node node, const struct gm__label *l) {
    const struct gm__node *n = &doc->nodes[node];
    /* 第一， 第一是 首先 stand in one chain */
    uint32_t shape = l->shape == GM__SHAPE_ORDER ? GM__SHAPE_ORDINAL : l->shape;
    uint32_t parts[5] = {shape, n->level, kin(l->system), l->key, 0};
    if (shape == GM__SHAPE_UNIT || shape == GM__SHAPE_ORDINAL || shape == GM__SHAPE_QI || shape == GM__SHAPE_STAGE ||
        shape == GM__SHAPE_LABELLED)
        parts[2] = 0; /* 第1章 and 第二章 are siblings */
    if (shape == GM__SHAPE_UNIT && is_stage(l->unit)) parts[0] = shape = GM__SHAPE_ORDINAL;
    if (shape == GM__SHAPE_ORDINAL || shape == GM__SHAPE_QI) parts[3] = 0; /* 第一， 第二是 */
    if (shape == GM__SHAPE_WORD) parts[3] = n->family;
    if (l->components > 1 && under_its_number(doc, n->parent)) parts[3] = l->components;
    return gm__hash(0, (const char *)parts, sizeof parts);
}

static void open_series(struct gm__lint *l, gm_node node) {
    void *slot;
    if (l->status == GM_OK) l->status = gm__vec_push(&l->heads, &slot);
    if (l->status == GM_OK) *(gm_node *)slot = node;
}

/* （三） (4) （五）: the sibling before, whose place in the row the node takes in other digits; else the node itself.
 */
static gm_node stands_for(const struct gm_doc *doc, gm_node before, gm_node node) {
    gm_node behind = doc->nodes[node].next;
    if (before == GM_NO_NODE || behind == GM_NO_NODE) return node;
    uint16_t family = doc->nodes[before].family;
    if (family == doc->nodes[node].family || family != doc->nodes[behind].family) return node;
    struct gm__label l[3];
    gm__label_read(doc, before, &l[0]);
    gm__label_read(doc, node, &l[1]);
    gm__label_read(doc, behind, &l[2]);
    bool fits = l[1].value == l[0].value + 1 && l[2].value == l[1].value + 1 && l[1].value > 1;
    return fits && l[0].shape == l[1].shape && l[1].components == 1 ? before : node;
}

/* Append the node to its class's series, or open one. `any_parent`: articles, which no heading interrupts. */
static void place(struct gm__lint *l, struct table *t, gm_node before, gm_node node, bool any_parent) {
    const struct gm__node *n = &l->doc->nodes[node];
    struct gm__label label;
    gm__label_read(l->doc, node, &label);
    if (label.shape == GM__SHAPE_NONE) return;
    gm_node model = stands_for(l->doc, before, node);
    struct gm__label other;
    if (model != node) gm__label_read(l->doc, model, &other);
    uint32_t class = class_of(l->doc, model, model != node ? &other : &label);
    if (any_parent) class = gm__hash(GM_KIND_ARTICLE, label.unit.ptr, label.unit.len);
    struct slot *s = table_at(t, l->doc, class);
    if (!s) {
        l->status = GM_NOMEM;
        return;
    }
    size_t region = gm__lint_region(l, n->start);
    bool same = s->last != GM_NO_NODE && s->region == region;
    bool sibling = same && s->parent == n->parent;
    /* old Japanese laws number the articles of 附則 on */
    bool next = (same || (any_parent && s->last != GM_NO_NODE)) && label.value == s->number + 1 && label.value > 1;
    bool late = same && (s->runs_on || any_parent) && label.value > s->number && s->number > 0;
    if (sibling || next || late || (any_parent && same && label.value > 1)) {
        l->follows[s->last] = node;
        if (!sibling) s->runs_on = true;
    } else {
        open_series(l, node);
        s->runs_on = false;
    }
    s->last = node;
    s->parent = n->parent;
    s->region = region;
    s->number = label.value;
}

void gm__lint_link(struct gm__lint *l) {
    const struct gm_doc *doc = l->doc;
    struct table t;
    for (gm_node id = 0; id < doc->node_count; id++) l->follows[id] = GM_NO_NODE;
    if (!table_init(&t, doc, 256)) {
        l->status = GM_NOMEM;
        return;
    }
    for (gm_node id = 1; id < doc->node_count && l->status == GM_OK; id++)
        if (doc->nodes[id].kind == GM_KIND_ARTICLE && gm__numbered(doc, id)) place(l, &t, GM_NO_NODE, id, true);
    for (gm_node id = 0; id < doc->node_count && l->status == GM_OK; id++)
        for (gm_node c = doc->nodes[id].first, before = GM_NO_NODE; c != GM_NO_NODE; before = c, c = doc->nodes[c].next)
            if (doc->nodes[c].kind != GM_KIND_ARTICLE && gm__numbered(doc, c)) place(l, &t, before, c, false);
    table_release(&t, doc);
}
