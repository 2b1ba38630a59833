/* lint.c - gm_doc_lint: which profile, which checks, and the order of what they report. */
#include "transform/lint.h"

#include <stdlib.h>

/* ------------------------------------------------------------- diagnostics */

void gm__lint_report_at(struct gm__lint *l, enum gm__diag_id id, const struct gm__diag *diag) {
    struct gm__diag d = *diag;
    if (l->status != GM_OK || !gm__lint_wants(l, id)) return;
    d.id = (uint16_t)id;
    l->status = gm__doc_add_diag(l->doc, &d);
}

void gm__lint_report(struct gm__lint *l, enum gm__diag_id id, gm_node node, struct gm_str one, struct gm_str two) {
    struct gm__diag d = {.at = l->doc->nodes[node].start, .node = node};
    d.words[0] = one;
    d.words[1] = two;
    gm__lint_report_at(l, id, &d);
}

static int by_place(const void *a, const void *b) {
    const struct gm__diag *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return (int)x->id - (int)y->id;
}

/* Is there a diagnostic that says more of the same label? */
static bool says_more(enum gm__diag_id id) {
    switch (id) {
    case GM__DIAG_BRACKET_MARK:
    case GM__DIAG_HAN_MARK:
    case GM__DIAG_ARABIC_MARK:
    case GM__DIAG_DECIMAL_MARK:
    case GM__DIAG_DOUBLED_MARK:
    case GM__DIAG_MIXED_BRACKETS:
    case GM__DIAG_BRACKET_KIND:
    case GM__DIAG_LOOK_ALIKE: return true;
    default: return false;
    }
}

/* One slip is told once: what is wrong with the label itself, not that its siblings have another style. */
static void merge(struct gm_doc *doc) {
    size_t kept = 0;
    for (size_t i = 0, end; i < doc->diag_count; i = end) {
        bool more = false;
        for (end = i; end < doc->diag_count && doc->diags[end].at == doc->diags[i].at; end++)
            more |= says_more((enum gm__diag_id)doc->diags[end].id);
        for (size_t k = i; k < end; k++)
            if (!more || (doc->diags[k].id != GM__DIAG_STYLE && doc->diags[k].id != GM__DIAG_WIDTH))
                doc->diags[kept++] = doc->diags[k];
    }
    doc->diag_count = kept;
}

/* How many decimals are missing there? */
static int64_t left_out(const struct gm_doc *doc, const struct gm__diag *d) {
    struct gm__label label;
    if (d->id != GM__DIAG_GAP && d->id != GM__DIAG_START) return 0;
    gm__label_read(doc, d->node, &label);
    if (label.components <= 1) return 0;
    return d->id == GM__DIAG_GAP ? d->args[0] : label.value - 1;
}

/* Notes on the clauses of a standard (条文说明) take the clauses' numbers and leave out those on which there is nothing
 * to say. Numbers left out again and again, and often several in a row, are told once, and are no fault. A slip leaves
 * out one. */
static void find_selection(struct gm__lint *l) {
    struct gm_doc *doc = l->doc;
    size_t places = 0, rows = 0, kept = 0;
    for (size_t i = 0; i < doc->diag_count; i++) {
        int64_t missing = left_out(doc, &doc->diags[i]);
        places += missing > 0;
        rows += missing > 1;
    }
    if (places < 3 || rows * 3 < places || places * 32 < l->decimals) return;
    for (size_t i = 0, told = 0; i < doc->diag_count; i++) {
        struct gm__diag d = doc->diags[i];
        if (left_out(doc, &d) > 0) {
            if (told++) continue;
            d.id = GM__DIAG_SELECTION;
            d.args[0] = (int64_t)places;
        }
        doc->diags[kept++] = d;
    }
    doc->diag_count = kept;
}

/* A second run replaces what the first one found. */
static void forget(struct gm_doc *doc) {
    size_t kept = 0;
    for (size_t i = 0; i < doc->diag_count; i++)
        if (!*gm__catalogue[doc->diags[i].id].profiles) doc->diags[kept++] = doc->diags[i];
    doc->diag_count = kept;
}

/* ------------------------------------------------------------------ regions */

static void add_region(struct gm__lint *l, uint32_t at, struct gm_str title) {
    static const char extract[] = "抄";
    size_t n = sizeof extract - 1;
    void *slot = NULL;
    if (l->status == GM_OK) l->status = gm__vec_push(&l->regions, &slot);
    if (l->status != GM_OK || !slot) return;
    bool ends = title.len >= n && memcmp(title.ptr + title.len - n, extract, n) == 0;
    *(struct gm__region *)slot = (struct gm__region){at, ends};
}

/* Annexes with a title are nodes, those without are matter: merge both, in order. */
static void find_regions(struct gm__lint *l) {
    const struct gm_doc *doc = l->doc;
    size_t m = 0;
    for (gm_node id = 1; id <= doc->node_count; id++) {
        uint32_t start = id < doc->node_count ? doc->nodes[id].start : UINT32_MAX;
        for (; m < doc->matter_count && doc->matter[m].start < start; m++)
            if (doc->matter[m].kind == GM_MATTER_REGION)
                add_region(l, doc->matter[m].start, gm__str(doc->text + doc->matter[m].start, doc->matter[m].len));
        if (id < doc->node_count && doc->nodes[id].kind == GM_KIND_REGION) add_region(l, start, gm_node_title(doc, id));
    }
}

size_t gm__lint_region(const struct gm__lint *l, uint32_t at) {
    const struct gm__region *regions = l->regions.data;
    size_t low = 0, high = l->regions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (regions[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gm_node numbered_above(const struct gm_doc *doc, gm_node node) {
    do node = doc->nodes[node].parent;
    while (node != GM_ROOT && !gm__numbered(doc, node));
    return node;
}

/* 第二章 第八条: the first numbers of a text that may be part of a longer one. */
static void find_opening(struct gm__lint *l) {
    const struct gm_doc *doc = l->doc;
    l->first = l->opening = GM_NO_NODE;
    bool open = true;
    for (gm_node id = 1; id < doc->node_count; id++) {
        l->articles |= doc->nodes[id].kind == GM_KIND_ARTICLE;
        if (!open || !gm__numbered(doc, id)) continue;
        open = l->first == GM_NO_NODE || numbered_above(doc, id) == l->opening;
        if (l->first == GM_NO_NODE) l->first = id;
        if (open) l->opening = id;
    }
}

/* ------------------------------------------------------------------- series */

/* Numbers that start at 1 again begin another list under the same heading, if a list it is. */
static bool starts_again(const struct gm__lint *l, const struct gm__member *m, size_t count, size_t i) {
    int32_t value = m[i].label.value;
    if (value == 2 && gm__is_paragraph_number(l, &m[i].label)) return true;
    if (value != 1 || m[i].label.sub || m[i - 1].label.value == 1) return false;
    return i + 1 < count && m[i + 1].label.value == 2;
}

static void check_runs(struct gm__lint *l, const struct gm__member *m, size_t count) {
    for (size_t from = 0, i = 1; i <= count && l->status == GM_OK; i++) {
        if (i < count && !starts_again(l, m, count, i)) continue;
        for (size_t k = from; k < i; k++) {
            gm__lint_marks(l, m[k].node, &m[k].label, m[k].until != m[k].label.value);
            gm__lint_prefix(l, m[k].node, &m[k].label);
        }
        gm__lint_order(l, m + from, i - from, from == 0);
        gm__lint_style(l, m + from, i - from);
        gm__lint_claim(l, m + from, i - from);
        from = i;
    }
}

/* ①、②、③、④: members without a text of their own are numbers that the text speaks of. */
static bool lists_numbers(const struct gm_doc *doc, const struct gm__member *m, size_t count) {
    for (size_t i = 0; i + 1 < count; i++) {
        const struct gm__node *n = &doc->nodes[m[i].node];
        if (!(n->flags & GM__NODE_INLINE) || n->end > n->start + n->label_len) return false;
    }
    return count > 1;
}

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
        m->until = gm__label_until(l->doc, id, &m->label);
        l->decimals += m->label.components > 1;
    }
    if (!lists_numbers(l->doc, members->data, members->count)) check_runs(l, members->data, members->count);
}

static void check_all(struct gm__lint *l) {
    struct gm__vec members;
    gm__vec_init(&members, l->doc->allocator, sizeof(struct gm__member), UINT32_MAX);
    find_regions(l);
    find_opening(l);
    gm__lint_link(l);
    const gm_node *heads = l->heads.data;
    for (size_t i = 0; i < l->heads.count && l->status == GM_OK; i++) check_series(l, heads[i], &members);
    gm__lint_levels(l);
    gm__lint_text(l);
    if (l->status == GM_OK) gm__lint_references(l);
    gm__vec_release(&members);
}

static char profile_by_name(const char *name) {
    const char *known;
    if (!name) return GM__PROFILES[0];
    for (size_t i = 0; (known = gm_profile_name(i)) != NULL; i++)
        if (strcmp(name, known) == 0) return GM__PROFILES[i];
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
    gm__vec_init(&l.regions, doc->allocator, sizeof(struct gm__region), UINT32_MAX);
    gm__vec_init(&l.heads, doc->allocator, sizeof(gm_node), UINT32_MAX);
    forget(doc);
    check_all(&l);
    if (doc->diag_count) qsort(doc->diags, doc->diag_count, sizeof *doc->diags, by_place);
    merge(doc);
    find_selection(&l);
    gm__vec_release(&l.regions);
    gm__vec_release(&l.heads);
    gm__free(doc->allocator, l.follows, size);
    return l.status == GM_OK ? GM_OK : gm__fail_nomem(error);
}
