/*
 * contents.c - lines of a table of contents: 三、保障措施……8 has the number of the heading that it repeats.
 *
 * What begins with 第 is read as a reference anyway; here are the bare and bracketed labels, which are told by their
 * heading: the line without blanks, leaders and page number is the label and title of one node.
 */
#include "transform/renumber.h"

#include <stdlib.h>

struct heading {
    uint32_t hash;
    gm_node node;
};

static uint32_t mix(uint32_t h, struct gm_str s) {
    for (const char *p = s.ptr, *end = p + s.len; p < end;) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (!gm__is_space(cp)) h = (h ^ gm__fold(cp)) * 0x01000193u;
    }
    return h;
}

static int by_hash(const void *left, const void *right) {
    const struct heading *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

static bool is_leader(uint32_t cp) {
    return gm__is_space(cp) || (cp >= '0' && cp <= '9') || cp == '.' || cp == 0x2026 || cp == 0x22EF || cp == 0xB7 ||
           cp == 0x2025 || cp == 0x30FB || cp == 0x2014 || cp == '-' || cp == 0x2500 || cp == '(' || cp == ')';
}

/* The line without dots and page number. */
static struct gm_str entry(struct gm_str line) {
    while (line.len) {
        uint32_t cp;
        size_t n = gm__utf8_decode_back(line.ptr, line.ptr + line.len, &cp);
        if (!is_leader(gm__fold(cp))) break;
        line.len -= n;
    }
    return line;
}

static gm_node find(const struct heading *all, size_t count, uint32_t hash) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && all[low].hash == hash ? all[low].node : GM_NO_NODE;
}

static enum gm_status renew_entry(struct gm__renumber *r, const struct gm__matter *m, gm_node node) {
    struct gm__anatomy label;
    gm__anatomy_read(&r->shapes, r->doc->nodes[node].family, gm__str(r->doc->text + m->start, m->len), false, &label);
    if (!label.pattern || gm__str_eqz(gm__literal(r->grammar, label.pattern->prefix), "第")) return GM_OK;
    return gm__renew_label(r, node, m->start, &label, GM_CHANGE_REFERENCE);
}

enum gm_status gm__contents(struct gm__renumber *r) {
    const struct gm_doc *doc = r->doc;
    struct heading *all = NULL;
    size_t count = 0;
    enum gm_status s = GM_OK;
    for (size_t i = 0; i < doc->matter_count && s == GM_OK; i++) {
        const struct gm__matter *m = &doc->matter[i];
        if (m->kind != GM_MATTER_TOC) continue;
        if (!all) { /* most documents have none */
            all = gm__arena_alloc(&r->arena, doc->node_count * sizeof *all);
            if (!all) return GM_NOMEM;
            for (gm_node node = 1; node < doc->node_count; node++)
                if (r->marks[node].readable)
                    all[count++] =
                        (struct heading){mix(mix(0, gm_node_label(doc, node)), entry(gm_node_title(doc, node))), node};
            qsort(all, count, sizeof *all, by_hash);
        }
        gm_node node = find(all, count, mix(0, entry(gm__str(doc->text + m->start, m->len))));
        if (node != GM_NO_NODE) s = renew_entry(r, m, node);
    }
    return s;
}
