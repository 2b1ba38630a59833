/* lint.c - gm_doc_lint: which profile, which checks, and the order of what they report. */
#include "transform/lint.h"

#include <stdlib.h>

/* ------------------------------------------------------------- diagnostics */

void gm__lint_report(struct gm__lint *l, enum gm__diag_id id, gm_node node, struct gm_str one, struct gm_str two) {
    if (l->status != GM_OK || !gm__lint_wants(l, id)) return;
    struct gm__diag d = {.id = (uint16_t)id, .at = l->doc->nodes[node].start, .node = node};
    d.words[0] = one;
    d.words[1] = two;
    l->status = gm__doc_add_diag(l->doc, &d);
}

static int by_place(const void *a, const void *b) {
    const struct gm__diag *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return (int)x->id - (int)y->id;
}

/* A second run replaces what the first one found. */
static void forget(struct gm_doc *doc) {
    size_t kept = 0;
    for (size_t i = 0; i < doc->diag_count; i++)
        if (!gm__catalogue[doc->diags[i].id].profiles) doc->diags[kept++] = doc->diags[i];
    doc->diag_count = kept;
}

/* ------------------------------------------------------------------ regions */

static void add_region(struct gm__lint *l, uint32_t at) {
    void *slot;
    if (l->status == GM_OK) l->status = gm__vec_push(&l->regions, &slot);
    if (l->status == GM_OK) *(uint32_t *)slot = at;
}

/* Annexes with a title are nodes, those without are matter: merge both, in order. */
static void find_regions(struct gm__lint *l) {
    const struct gm_doc *doc = l->doc;
    size_t m = 0;
    for (gm_node id = 1; id <= doc->node_count; id++) {
        uint32_t start = id < doc->node_count ? doc->nodes[id].start : UINT32_MAX;
        for (; m < doc->matter_count && doc->matter[m].start < start; m++)
            if (doc->matter[m].kind == GM_MATTER_REGION) add_region(l, doc->matter[m].start);
        if (id < doc->node_count && doc->nodes[id].kind == GM_KIND_REGION) add_region(l, start);
    }
}

/* ------------------------------------------------------------------- series */

static void check_series(struct gm__lint *l, gm_node head, struct gm__vec *members) {
    members->count = 0;
    gm_node before = GM_NO_NODE;
    for (gm_node id = head; id != GM_NO_NODE && l->status == GM_OK; before = id, id = l->follows[id]) {
        void *slot;
        l->status = gm__vec_push(members, &slot);
        if (l->status != GM_OK) return;
        struct gm__member *m = slot;
        m->node = id;
        m->continues = before != GM_NO_NODE && l->doc->nodes[before].parent != l->doc->nodes[id].parent;
        gm__label_read(l->doc, id, &m->label);
    }
    gm__lint_order(l, members->data, members->count);
}

static void check_all(struct gm__lint *l) {
    struct gm__vec members;
    gm__vec_init(&members, l->doc->allocator, sizeof(struct gm__member), UINT32_MAX);
    find_regions(l);
    gm__lint_link(l);
    const gm_node *heads = l->heads.data;
    for (size_t i = 0; i < l->heads.count && l->status == GM_OK; i++) check_series(l, heads[i], &members);
    gm__vec_release(&members);
}

static uint8_t profile_by_name(const char *name) {
    static const struct {
        const char *name;
        uint8_t bit;
    } profiles[] = {{"default", GM__PROFILE_DEFAULT},
                    {"gongwen", GM__PROFILE_GONGWEN},
                    {"law", GM__PROFILE_LAW},
                    {"taiwan", GM__PROFILE_TAIWAN}};
    for (size_t i = 0; i < GM__COUNT(profiles); i++)
        if (!name || strcmp(name, profiles[i].name) == 0) return profiles[i].bit;
    return 0;
}

enum gm_status gm_doc_lint(struct gm_doc *doc, const char *profile, struct gm_error *error) {
    struct gm__lint l = {.doc = doc, .profile = profile_by_name(profile)};
    gm__error_clear(error);
    if (!l.profile)
        return gm__fail(error, GM_USAGE, "no-such-profile",
                        "no profile of the name \"%s\": default, gongwen, law, taiwan", profile);
    size_t size = doc->node_count * sizeof *l.follows;
    l.follows = gm__alloc(doc->allocator, size);
    if (!l.follows) return gm__fail_nomem(error);
    gm__vec_init(&l.regions, doc->allocator, sizeof(uint32_t), UINT32_MAX);
    gm__vec_init(&l.heads, doc->allocator, sizeof(gm_node), UINT32_MAX);
    forget(doc);
    check_all(&l);
    if (doc->diag_count) qsort(doc->diags, doc->diag_count, sizeof *doc->diags, by_place);
    gm__vec_release(&l.regions);
    gm__vec_release(&l.heads);
    gm__free(doc->allocator, l.follows, size);
    return l.status == GM_OK ? GM_OK : gm__fail_nomem(error);
}
