/* ref_index.c - nodes by their old numbers: one sorted array, looked up by halves. */
#include "transform/renumber.h"

#include <stdlib.h>

int32_t gm__decimal_key(const int32_t *numbers, uint32_t count) {
    uint32_t h = 0x811C9DC5u;
    for (uint32_t i = 0; i < count; i++) h = (h ^ ((uint32_t)numbers[i] + 0x9E3779B9u)) * 0x01000193u;
    return (int32_t)(h & 0x7FFFFFFFu);
}

/* Scope, class, number, sub: as far as the key goes. */
static int by_key(const struct gm__entry *a, const struct gm__entry *b) {
    if (a->scope != b->scope) return a->scope < b->scope ? -1 : 1;
    if (a->class != b->class) return a->class < b->class ? -1 : 1;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return (a->sub > b->sub) - (a->sub < b->sub);
}

static int by_key_and_place(const void *left, const void *right) {
    const struct gm__entry *a = left, *b = right;
    int order = by_key(a, b);
    return order ? order : (a->node > b->node) - (a->node < b->node);
}

static enum gm_status add(struct gm__index *index, struct gm__entry entry) {
    void *slot;
    enum gm_status s = gm__vec_push(&index->entries, &slot);
    if (s == GM_OK) *(struct gm__entry *)slot = entry;
    return s;
}

/* 第三项 and （三） may be what 第三项 means; 第三条 is not. */
static bool is_item(const struct gm_grammar *g, const struct gm__pattern *pattern) {
    static const struct gm_str di = {"第", 3}, item = {"项", 3}, item_traditional = {"項", 3};
    struct gm_str suffix = gm__literal(g, pattern->suffix);
    return !gm__str_eq(gm__literal(g, pattern->prefix), di) || gm__str_eq(suffix, item) ||
           gm__str_eq(suffix, item_traditional);
}

static enum gm_status add_node(struct gm__index *index, const struct gm__renumber *r, gm_node node) {
    const struct gm__mark *m = &r->marks[node];
    const struct gm__decimal *d = gm__decimal_of(r, node);
    struct gm__entry e = {m->up, m->class, m->old_sub, m->old, node};
    struct gm__anatomy label;
    if (d) {
        e.scope = m->region | GM__IN_REGION;
        e.number = gm__decimal_key(d->old, d->count);
        e.sub = (uint16_t)d->count;
        return add(index, e);
    }
    enum gm_status s = add(index, e);
    e.scope = m->region | GM__IN_REGION;
    if (s == GM_OK) s = add(index, e);
    gm__node_anatomy(r, node, &label);
    if (s != GM_OK || !is_item(r->grammar, label.pattern)) return s;
    e.scope = m->up;
    e.class = GM__ANY_CLASS;
    s = add(index, e);
    e.class = label.pattern->system == GM__NUM_HAN ? GM__ANY_HAN : GM__ANY_OTHER;
    return s == GM_OK ? add(index, e) : s;
}

enum gm_status gm__index_make(struct gm__index *index, const struct gm__renumber *r) {
    enum gm_status s = GM_OK;
    for (gm_node i = 1; i < r->doc->node_count && s == GM_OK; i++)
        if (r->marks[i].readable) s = add_node(index, r, i);
    if (s == GM_OK && index->entries.count)
        qsort(index->entries.data, index->entries.count, sizeof(struct gm__entry), by_key_and_place);
    return s;
}

/* The first entry that is not below the key. */
static size_t lower_bound(const struct gm__index *index, const struct gm__entry *key) {
    const struct gm__entry *entries = index->entries.data;
    size_t low = 0, high = index->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_key(&entries[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t gm__index_find(const struct gm__index *index, uint32_t scope, uint16_t class, int32_t number, uint16_t sub,
                      const struct gm__entry **first) {
    const struct gm__entry key = {scope, class, sub, number, 0}, *entries = index->entries.data;
    size_t low = lower_bound(index, &key), n = low;
    while (n < index->entries.count && by_key(&entries[n], &key) == 0) n++;
    *first = entries ? entries + low : NULL;
    return n - low;
}

bool gm__index_has(const struct gm__index *index, gm_node region, uint16_t class) {
    const struct gm__entry key = {region | GM__IN_REGION, class, 0, INT32_MIN, 0}, *entries = index->entries.data;
    size_t at = lower_bound(index, &key);
    return at < index->entries.count && entries[at].scope == key.scope && entries[at].class == class;
}
