/* names.c - the hash behind names.h. FNV-1a; at most half full. */
#include "input/names.h"

struct slot {
    struct gm_str key; /* ptr NULL: free */
    uint32_t value;
};

void gm__names_init(struct gm__names *n, const struct gm_allocator *a, struct gm__arena *arena) {
    n->arena = arena;
    n->used = 0;
    gm__vec_init(&n->slots, a, sizeof(struct slot), (size_t)1 << 24);
}

void gm__names_release(struct gm__names *n) { gm__vec_release(&n->slots); }

static struct slot *slot_of(const struct gm__names *n, struct gm_str key) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < key.len; i++) h = (h ^ (unsigned char)key.ptr[i]) * 16777619u;
    struct slot *slots = n->slots.data;
    size_t mask = n->slots.count - 1, i = h & mask;
    while (slots[i].key.ptr && !gm__str_eq(slots[i].key, key)) i = (i + 1) & mask;
    return &slots[i];
}

uint32_t gm__names_find(const struct gm__names *n, struct gm_str key) {
    if (n->slots.count == 0) return GM__NO_NAME;
    const struct slot *s = slot_of(n, key);
    return s->key.ptr ? s->value : GM__NO_NAME;
}

static enum gm_status grow(struct gm__names *n) {
    struct gm__names bigger;
    gm__names_init(&bigger, n->slots.allocator, n->arena);
    size_t count = n->slots.count ? n->slots.count * 2 : 64;
    enum gm_status s = gm__vec_reserve(&bigger.slots, count);
    if (s != GM_OK) return s;
    memset(bigger.slots.data, 0, count * sizeof(struct slot));
    bigger.slots.count = count;
    bigger.used = n->used;
    const struct slot *old = n->slots.data;
    for (size_t i = 0; i < n->slots.count; i++)
        if (old[i].key.ptr) *slot_of(&bigger, old[i].key) = old[i];
    gm__names_release(n);
    *n = bigger;
    return GM_OK;
}

enum gm_status gm__names_put(struct gm__names *n, struct gm_str key, uint32_t value) {
    if ((n->used + 1) * 2 > n->slots.count) {
        enum gm_status s = grow(n);
        if (s != GM_OK) return s;
    }
    struct slot *s = slot_of(n, key);
    if (!s->key.ptr) {
        char *copy = gm__arena_copy(n->arena, key.ptr, key.len);
        if (!copy) return GM_NOMEM;
        s->key = (struct gm_str){copy, key.len};
        n->used++;
    }
    s->value = value;
    return GM_OK;
}
