/*
 * foresee.c - evidence that looks ahead, in one pass from the end of the text to its start: for each candidate the
 * nearest later one of its kin with the next number (next), with the same number (twin), with a first one (reopen).
 *
 * A table by kin, prefix and number holds the nearest candidate on the way; it grows with the numbers that there are,
 * not with the text.
 */
#include "parse/series.h"

#define FIRST_SIZE 256u
#define DOUBTED    (UINT64_C(1) << 62) /* in a key: of candidates that are doubted */
#define OPENING    INT32_MIN           /* in place of a number: any first ordinal */

struct slot {
    uint64_t key;   /* 0: free */
    uint32_t at[2]; /* nearest candidate; nearest at a paragraph's start */
};

struct table {
    const struct gm_allocator *allocator;
    struct slot *slots;
    size_t size, count; /* size: a power of two */
};

static uint64_t key_of(const struct gm__parser *p, const struct gm__cand *c, int32_t number) {
    uint64_t k = (uint64_t)p->kin[c->family] << 48 ^ (uint64_t)c->prefix << 16;
    if (c->flags & GM__CAND_RENDERED) k ^= (uint64_t)((c->depth & 15u) + 1u) << 52; /* typed 二、 follows typed 一、 */
    return (k ^ (uint64_t)(uint32_t)number * UINT64_C(0x9E3779B97F4A7C15)) | 1;
}

/* The key's slot, or the free one where it belongs. */
static struct slot *probe(const struct table *t, uint64_t key) {
    size_t i = (size_t)(key * UINT64_C(0xD6E8FEB86659FD93) >> 32) & (t->size - 1);
    while (t->slots[i].key && t->slots[i].key != key) i = (i + 1) & (t->size - 1);
    return &t->slots[i];
}

static enum gm_status resize(struct table *t, size_t size) {
    size_t bytes;
    struct table grown = {t->allocator, NULL, size, t->count};
    if (!gm__mul(size, sizeof(struct slot), &bytes) || !(grown.slots = gm__alloc(t->allocator, bytes))) return GM_NOMEM;
    memset(grown.slots, 0, bytes);
    for (size_t i = 0; i < t->size; i++)
        if (t->slots[i].key) *probe(&grown, t->slots[i].key) = t->slots[i];
    if (t->slots) gm__free(t->allocator, t->slots, t->size * sizeof(struct slot));
    *t = grown;
    return GM_OK;
}

static uint32_t nearest(const struct slot *s, bool start) { return s->key ? s->at[start] : GM__NONE; }

/* There is room: see gm__foresee. */
static void put(struct table *t, struct slot *s, uint64_t key, uint32_t index, bool any, bool start) {
    if (!s->key) {
        *s = (struct slot){key, {GM__NONE, GM__NONE}};
        t->count++;
    }
    if (any) s->at[0] = index;
    if (start) s->at[1] = index;
}

/* Of 2.24小时 only those see anything that are doubted too. */
static void foresee_doubted(struct gm__parser *p, struct table *t, uint32_t index, bool start) {
    struct gm__cand *c = gm__cand_at(p, index);
    uint64_t mine = key_of(p, c, c->number) ^ DOUBTED;
    uint32_t next = nearest(probe(t, key_of(p, c, c->number + 1) ^ DOUBTED), start);
    if (next < c->next) c->next = next;
    c->twin = nearest(probe(t, key_of(p, c, c->number)), start);
    put(t, probe(t, mine), mine, index, true, gm__is_start(c));
}

static void foresee_one(struct gm__parser *p, struct table *t, uint32_t index) {
    struct gm__cand *c = gm__cand_at(p, index);
    const struct gm__family *f = gm__family_of(p, c);
    bool opens = gm__is_start(c), start = opens && !f->partner; /* a series at starts looks for its next there */
    for (int32_t step = 1; step <= (f->words ? 4 : 1); step++) {
        uint32_t next = nearest(probe(t, key_of(p, c, c->number + step)), start);
        if (next < c->next) c->next = next;
    }
    uint64_t opening = key_of(p, c, OPENING), same = key_of(p, c, c->number);
    struct slot *first = probe(t, opening);
    c->reopen = nearest(first, start);
    if (c->flags & GM__CAND_DOUBTED) {
        foresee_doubted(p, t, index, start);
        return;
    }
    if (c->sub) return;
    if (c->number == 1) put(t, first, opening, index, true, opens);
    struct slot *mine = probe(t, same);
    c->twin = nearest(mine, start);
    put(t, mine, same, index, true, opens);
    if (!c->other || c->components > 1) return;
    uint64_t other = key_of(p, c, c->other);
    put(t, probe(t, other), other, index, !opens, opens);
}

enum gm_status gm__foresee(struct gm__parser *p) {
    struct table t = {.allocator = p->options->allocator};
    enum gm_status s = resize(&t, FIRST_SIZE);
    for (size_t i = p->cands.count; s == GM_OK && i-- > 0;) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (c->rule || (c->flags & GM__CAND_HEADING)) continue;
        if ((t.count + 3) * 2 > t.size) s = resize(&t, t.size * 4);
        if (s == GM_OK) foresee_one(p, &t, (uint32_t)i);
    }
    if (t.slots) gm__free(t.allocator, t.slots, t.size * sizeof(struct slot));
    return s;
}

/* When its kin opens anew before that, the next ordinal may be the new series' own: 1 2 {1 2 3} 3 against
 * 1 2 3 | 1 2 3 4. */
uint32_t gm__foreseen(struct gm__parser *p, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(p, index);
    uint32_t at = c->reopen;
    if (c->next == GM__NONE || at >= c->next) return c->next;
    for (int steps = 0; at != GM__NONE && at < c->next; steps++) {
        p->steps++;
        if (steps == 64) return GM__NONE;
        at = gm__cand_at(p, at)->next;
    }
    if (at != c->next) return c->next;
    const struct gm__cand *taken = gm__cand_at(p, at);
    return taken->twin < taken->reopen ? taken->twin : GM__NONE;
}
