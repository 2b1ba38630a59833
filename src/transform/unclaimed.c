/*
 * unclaimed.c - labels at the starts of lines that are no nodes: the parser took them for text.
 *
 * Where such a label stands in a gap, nothing is missing: counting over it would give two points one number. What
 * comes after it keeps its own.
 */
#include "transform/renumber.h"

struct unclaimed {
    uint32_t at, front;
    int32_t value;
    uint16_t class;
};

size_t gm__unclaimed_size(void) { return sizeof(struct unclaimed); }

/* One family of each spelling in use. */
static size_t families_in_use(const struct gm__renumber *r, uint16_t *list) {
    size_t n = 0;
    for (gm_node i = 1; i < r->doc->node_count; i++)
        if (r->marks[i].readable) r->families_seen[r->doc->nodes[i].family] = true;
    for (size_t i = 1; i < r->grammar->family_count; i++)
        if (r->families_seen[i]) list[n++] = (uint16_t)i;
    return n;
}

static enum gm_status add_line(struct gm__renumber *r, size_t at, size_t end, const uint16_t *families, size_t count) {
    struct gm_str line = gm__str(r->doc->text + at, end - at < 64 ? end - at : 64);
    for (size_t i = 0; i < count; i++) {
        struct gm__anatomy label;
        void *slot;
        gm__anatomy_read(&r->shapes, families[i], line, false, &label);
        if (!label.pattern) continue;
        enum gm_status s = gm__vec_push(&r->unclaimed, &slot);
        if (s != GM_OK) return s;
        *(struct unclaimed *)slot = (struct unclaimed){(uint32_t)at, gm__anatomy_front(&label),
                                                       label.part[label.count - 1].value, r->class_of[families[i]]};
    }
    return GM_OK;
}

static size_t past_blanks(const struct gm__renumber *r, size_t at) {
    while (at < r->doc->text_len) {
        uint32_t cp;
        size_t n = gm__utf8_decode(r->doc->text + at, r->doc->text + r->doc->text_len, &cp);
        if (!gm__is_space(cp)) break;
        at += n;
    }
    return at;
}

enum gm_status gm__unclaimed_find(struct gm__renumber *r) {
    const struct gm_doc *doc = r->doc;
    uint16_t *families = gm__arena_alloc(&r->arena, r->grammar->family_count * sizeof *families);
    r->families_seen = gm__arena_alloc(&r->arena, r->grammar->family_count * sizeof *r->families_seen);
    if (!families || !r->families_seen) return GM_NOMEM;
    size_t count = families_in_use(r, families), matter = 0;
    gm_node node = 1;
    enum gm_status s = GM_OK;
    for (size_t at = past_blanks(r, 0), end; at < doc->text_len && s == GM_OK; at = past_blanks(r, end)) {
        for (end = at; end < doc->text_len && doc->text[end] != '\n' && doc->text[end] != '\r';) end++;
        while (node < doc->node_count && doc->nodes[node].start < at) node++;
        while (matter < doc->matter_count && doc->matter[matter].start < at) matter++;
        bool claimed = node < doc->node_count && doc->nodes[node].start == at;
        if (matter < doc->matter_count && doc->matter[matter].start == at)
            claimed |= doc->matter[matter].kind == GM_MATTER_TOC || doc->matter[matter].kind == GM_MATTER_PAGE;
        if (!claimed) s = add_line(r, at, end, families, count);
    }
    return s;
}

#define NEAR_LABELS 4096u /* no gap between two siblings has more that matter */

bool gm__unclaimed_between(const struct gm__renumber *r, gm_node after, gm_node before, int32_t low) {
    const struct unclaimed *all = r->unclaimed.data;
    const struct gm__mark *m = &r->marks[before];
    const struct gm__decimal *d = gm__decimal_of(r, before);
    if (m->old <= low || m->old == low + 1) return false; /* no number lies between */
    uint32_t front = d ? gm__decimal_front(d->old, d->count) : 0;
    uint32_t from = r->doc->nodes[after].start, to = r->doc->nodes[before].start;
    size_t first = 0, end = r->unclaimed.count;
    while (first < end) { /* the first that stands no sooner than the node */
        size_t middle = first + (end - first) / 2;
        if (all[middle].at < to)
            first = middle + 1;
        else
            end = middle;
    }
    for (size_t n = 0; end-- > 0 && all[end].at >= from && n < NEAR_LABELS; n++)
        if (all[end].class == m->class && all[end].front == front && all[end].value > low && all[end].value < m->old)
            return true;
    return false;
}
