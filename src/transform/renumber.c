/* renumber.c - from the numbers that nodes should have to changes of their labels, and the door to all of it. */
#include "transform/renumber.h"

#include <stdlib.h>

void gm__node_anatomy(const struct gm__renumber *r, gm_node node, struct gm__anatomy *out) {
    gm__anatomy_read(&r->shapes, r->doc->nodes[node].family, gm_node_label(r->doc, node), true, out);
}

enum gm_status gm__change(struct gm__renumber *r, uint32_t at, uint32_t len, const char *text, size_t text_len,
                          gm_node node, enum gm_change_kind kind) {
    void *slot;
    bool same = text_len == len && memcmp(r->doc->text + at, text, len) == 0;
    if (same && kind < GM_CHANGE_AMBIGUOUS) return GM_OK;
    enum gm_status s = gm__vec_push(&r->changes, &slot);
    if (s != GM_OK) return s;
    const char *copy = gm__arena_copy(&r->arena, text, text_len);
    if (!copy) return GM_NOMEM;
    *(struct gm__change *)slot = (struct gm__change){at, len, node, (uint8_t)kind, gm__str(copy, text_len)};
    return GM_OK;
}

enum gm_status gm__change_number(struct gm__renumber *r, enum gm__numeral system, uint16_t class, uint32_t at,
                                 uint32_t len, int32_t value, gm_node node, enum gm_change_kind kind) {
    char text[64];
    const char *sample = r->doc->text + at;
    struct gm__spelling spelling = r->spelling[class];
    if (!class) gm__spelling_learn(&spelling, system, sample, len);
    size_t n = gm__numeral_like(system, &spelling, sample, len, value, text, sizeof text);
    return n ? gm__change(r, at, len, text, n, node, kind) : gm__no_numeral(r, at, len, value);
}

enum gm_status gm__no_numeral(const struct gm__renumber *r, uint32_t at, uint32_t len, int32_t value) {
    struct gm_pos pos = gm_doc_locate(r->doc, at);
    enum gm_status s = gm__fail(r->error, GM_LIMIT, "no-numeral", "no number %d where \"%.*s\" stands", (int)value,
                                (int)(len < 64 ? len : 64), r->doc->text + at);
    if (r->error) {
        r->error->line = pos.line;
        r->error->column = pos.column;
    }
    return s;
}

/* 1.2.3: each number by itself. A capital in front (A.1) stays. */
static enum gm_status renew_decimal(struct gm__renumber *r, gm_node node, uint32_t start,
                                    const struct gm__anatomy *label, enum gm_change_kind kind) {
    const struct gm__decimal *d = gm__decimal_of(r, node);
    enum gm_status s = GM_OK;
    for (uint32_t i = 0; d && i < d->count && i < label->count && s == GM_OK; i++) {
        const struct gm__number *n = &label->part[i];
        if (d->fresh[i] != d->old[i])
            s = gm__change_number(r, GM__NUM_ARABIC, 0, start + n->at, n->len, d->fresh[i], node, kind);
    }
    return s;
}

enum gm_status gm__renew_label(struct gm__renumber *r, gm_node node, uint32_t start, const struct gm__anatomy *label,
                               enum gm_change_kind kind) {
    const struct gm__mark *m = &r->marks[node];
    if (m->level) {
        char text[128];
        uint32_t old = label->len;
        size_t len;
        enum gm_status s = gm__scheme_label_at(r, node, start, text, sizeof text, &old, &len);
        return s == GM_OK ? gm__change(r, start, old, text, len, node, kind) : s;
    }
    if (m->decimal != GM__NO_DECIMAL) return renew_decimal(r, node, start, label, kind);
    enum gm_status s = GM_OK;
    const struct gm__number *n = &label->part[0];
    enum gm__numeral system = (enum gm__numeral)label->pattern->system;
    if (system == GM__NUM_LETTERED) system = GM__NUM_ARABIC; /* of 9A the 9 */
    if (m->fresh != m->old) s = gm__change_number(r, system, m->class, start + n->at, n->len, m->fresh, node, kind);
    if (s == GM_OK && m->fresh_sub != m->old_sub && label->subs == 1)
        s = gm__change_number(r, label->sub_system, 0, start + label->sub.at, label->sub.len, m->fresh_sub, node, kind);
    return s;
}

static enum gm_status renew_labels(struct gm__renumber *r) {
    enum gm_status s = GM_OK;
    for (gm_node i = 1; i < r->doc->node_count && s == GM_OK; i++) {
        struct gm__anatomy label;
        if (!r->marks[i].readable) continue;
        gm__node_anatomy(r, i, &label);
        s = gm__renew_label(r, i, r->doc->nodes[i].start, &label, GM_CHANGE_LABEL);
    }
    return s;
}

static int by_place(const void *left, const void *right) {
    const struct gm__change *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

/* By place; what two readings would change (a line of contents that looks like a reference too) once. */
static void in_order(struct gm__renumber *r) {
    struct gm__change *all = r->changes.data;
    size_t kept = 0;
    qsort(all, r->changes.count, sizeof *all, by_place);
    for (size_t i = 0; i < r->changes.count; i++)
        if (!kept || all[i].at >= all[kept - 1].at + all[kept - 1].len) all[kept++] = all[i];
    r->changes.count = kept;
}

static enum gm_status prepare(struct gm__renumber *r) {
    size_t size;
    if (!gm__mul(r->doc->node_count, sizeof *r->marks, &size)) return GM_NOMEM;
    r->marks = gm__arena_alloc(&r->arena, size);
    if (!r->marks) return GM_NOMEM;
    return gm__shapes_init(&r->shapes, r->grammar, &r->arena);
}

enum gm_status gm__renumber(struct gm__renumber *r, const struct gm_doc *doc, struct gm_error *error) {
    *r = (struct gm__renumber){.doc = doc, .grammar = doc->rules, .error = error};
    gm__arena_init(&r->arena, doc->allocator);
    gm__vec_init(&r->decimals, doc->allocator, sizeof(struct gm__decimal), UINT32_MAX - 1);
    gm__vec_init(&r->changes, doc->allocator, sizeof(struct gm__change), UINT32_MAX - 1);
    gm__vec_init(&r->unclaimed, doc->allocator, gm__unclaimed_size(), UINT32_MAX);
    struct gm__index index;
    gm__vec_init(&index.entries, doc->allocator, sizeof(struct gm__entry), UINT32_MAX);
    enum gm_status s = prepare(r);
    if (s == GM_OK) s = gm__series_number(r);
    if (s == GM_OK) s = renew_labels(r);
    if (s == GM_OK) s = gm__index_make(&index, r);
    if (s == GM_OK && r->changes.count) s = gm__contents(r);
    if (s == GM_OK) s = gm__references(r, &index); /* those to nothing are worth saying whatever changes */
    if (s == GM_OK && r->changes.count) in_order(r);
    gm__vec_release(&index.entries);
    if (s == GM_NOMEM) return gm__fail_nomem(error);
    if (s == GM_LIMIT && error && error->status == GM_OK)
        return gm__fail(error, s, "too-many-changes", "more changes than can be counted");
    return s;
}

void gm__renumber_release(struct gm__renumber *r) {
    gm__vec_release(&r->unclaimed);
    gm__vec_release(&r->changes);
    gm__vec_release(&r->decimals);
    gm__arena_release(&r->arena);
}
