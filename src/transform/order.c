/*
 * order.c - missing, repeated and backward numbers of one series.
 *
 * The members' numbers are aligned with a rising sequence: the longest one among them is taken as what the author
 * meant, and what does not belong to it is the slip. So one slip is one diagnostic: 1 2 4 5 6 has one gap, 1 2 2 3 one
 * repeat, 1 3 2 4 one number that runs backwards; a running counter would complain to the end.
 */
#include "transform/lint.h"

#include <stdlib.h>

#define LOOK_BACK 16384u /* bytes before a late first number that are searched for its 1 */

struct aligner {
    struct gm__lint *l;
    const struct gm__member *m;
    size_t count;
    uint32_t *length; /* of the longest rising sequence that begins at each member */
    int64_t *scratch; /* tails, then the numbers that are slips, sorted */
    bool *kept;
    bool extract; /* numbers may be left out */
};

/* 第十条之一 lies between 第十条 and 第十一条. */
static int64_t rank(const struct gm__label *l) { return (int64_t)l->value * 1000000 + l->sub; }

/* Words have an order of their own: 首先 … 最后 skips nothing. */
static bool counts(const struct gm__label *l) {
    return l->system != GM__NUM_NONE && (l->shape != GM__SHAPE_WORD && l->shape != GM__SHAPE_ORDER);
}

static bool rises(const struct gm__member *m, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (rank(&m[i].label) <= rank(&m[i - 1].label)) return false;
    return true;
}

/* From the right: tails[k] is the largest first number of a rising sequence of k + 1 members. */
static uint32_t measure(struct aligner *a) {
    uint32_t longest = 0;
    for (size_t i = a->count; i-- > 0;) {
        int64_t r = rank(&a->m[i].label);
        uint32_t low = 0, high = longest;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (a->scratch[middle] > r)
                low = middle + 1;
            else
                high = middle;
        }
        a->scratch[low] = r;
        a->length[i] = low + 1;
        if (low == longest) longest++;
    }
    return longest;
}

/* Of several longest sequences the one whose members stand first. */
static void keep(struct aligner *a) {
    uint32_t want = measure(a);
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < a->count; i++) {
        a->kept[i] = want && a->length[i] == want && rank(&a->m[i].label) > last;
        if (!a->kept[i]) continue;
        last = rank(&a->m[i].label);
        want--;
    }
}

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The values of the slips, sorted, in scratch; how many. */
static size_t slips(struct aligner *a) {
    size_t n = 0;
    for (size_t i = 0; i < a->count; i++)
        if (!a->kept[i]) a->scratch[n++] = a->m[i].label.value;
    if (n) qsort(a->scratch, n, sizeof *a->scratch, by_value);
    return n;
}

static struct gm_str label_of(const struct aligner *a, size_t i) { return gm_node_label(a->l->doc, a->m[i].node); }

/* The number before which none may be missing: 第十七条之一 follows 第十七条. */
static int64_t next_due(const struct gm__label *l) { return (int64_t)l->value + (l->sub != 0); }

static void report_twin(struct aligner *a, size_t before, size_t at) {
    struct gm__diag d = {.at = (uint32_t)at, .node = a->m[before].node};
    d.words[0] = d.words[1] = label_of(a, before);
    gm__lint_report_at(a->l, GM__DIAG_REPEAT, &d);
}

static void report_gap(struct aligner *a, size_t before, size_t after) {
    const struct gm__label *l = &a->m[after].label;
    int64_t first = (int64_t)a->m[before].until + 1, last = next_due(l) - 1;
    struct gm_doc *doc = a->l->doc;
    struct gm_str label = label_of(a, after), one = gm__label_with(doc, label, l, first), two;
    size_t from = doc->nodes[a->m[before].node].start, to = doc->nodes[a->m[after].node].start;
    if (gm__lint_find(doc, from, to, one, l) != SIZE_MAX) return;
    size_t twin = gm__lint_find(doc, from + 1, to, label_of(a, before), &a->m[before].label);
    if (twin != SIZE_MAX && first == last && a->m[before].label.shape != GM__SHAPE_STAGE) {
        report_twin(a, before, twin); /* （二）（二）（四）: the second （二） may be no node, but is there */
        return;
    }
    char text[1200];
    size_t n = one.len < 512 ? one.len : 0;
    if (n) memcpy(text, one.ptr, n);
    if (last > first && n) {
        two = gm__label_with(doc, label, l, last);
        struct gm_str dots = gm__strz(last == first + 1 ? "”“" : "”…“");
        memcpy(text + n, dots.ptr, dots.len);
        n += dots.len;
        memcpy(text + n, two.ptr, two.len < 512 ? two.len : 0);
        n += two.len < 512 ? two.len : 0;
    }
    char *copy = gm__arena_copy(&doc->arena, text, n);
    if (!copy) {
        a->l->status = GM_NOMEM;
        return;
    }
    struct gm__diag d = {.at = (uint32_t)to, .node = a->m[after].node, .args = {last - first + 1}};
    d.words[0] = gm__str(copy, n);
    d.words[1] = label;
    gm__lint_report_at(a->l, GM__DIAG_GAP, &d);
}

/* A slip stands between the kept members `before` (or none: a->count) and the member after it. */
static void report_slip(struct aligner *a, size_t before, size_t at, size_t after) {
    int64_t r = rank(&a->m[at].label);
    if (before < a->count && r == rank(&a->m[before].label)) {
        gm__lint_report(a->l, GM__DIAG_REPEAT, a->m[at].node, label_of(a, at), label_of(a, before));
    } else {
        bool itself = (before < a->count && r < rank(&a->m[before].label)) || after >= a->count;
        size_t odd = itself ? at : after;
        gm__lint_report(a->l, GM__DIAG_BACKWARDS, a->m[odd].node, label_of(a, odd), label_of(a, odd - 1));
    }
}

/* How many slips have a value in (low, high)? Both rise from call to call. */
static size_t strays(const struct aligner *a, size_t count, size_t *cursor, int64_t low, int64_t high) {
    while (*cursor < count && a->scratch[*cursor] <= low) (*cursor)++;
    size_t first = *cursor;
    while (*cursor < count && a->scratch[*cursor] < high) (*cursor)++;
    return *cursor - first;
}

static size_t next_kept(const struct aligner *a, size_t i) {
    while (i < a->count && !a->kept[i]) i++;
    return i;
}

static void report(struct aligner *a) {
    size_t slip_count = slips(a), cursor = 0, before = a->count;
    for (size_t i = 0; i <= a->count; i++) {
        size_t at = next_kept(a, i);
        for (size_t k = i; k < at; k++) report_slip(a, before, k, at);
        if (at == a->count) return;
        if (before < a->count) {
            int64_t low = a->m[before].until, high = next_due(&a->m[at].label);
            int64_t missing = high - low - 1 - (int64_t)(at - before - 1);
            missing -= (int64_t)strays(a, slip_count, &cursor, low, high);
            if (missing > 0 && !a->extract) report_gap(a, before, at);
        }
        before = at;
        i = at;
    }
}

static void align(struct gm__lint *l, const struct gm__member *m, size_t count, bool extract) {
    struct aligner a = {.l = l, .m = m, .count = count, .extract = extract};
    const struct gm_allocator *al = l->doc->allocator;
    a.length = gm__alloc(al, count * sizeof *a.length);
    a.scratch = gm__alloc(al, count * sizeof *a.scratch);
    a.kept = gm__alloc(al, count * sizeof *a.kept);
    if (!a.length || !a.scratch || !a.kept) {
        l->status = GM_NOMEM;
    } else {
        if (rises(m, count))
            memset(a.kept, true, count * sizeof *a.kept);
        else
            keep(&a);
        report(&a);
    }
    if (a.length) gm__free(al, a.length, count * sizeof *a.length);
    if (a.scratch) gm__free(al, a.scratch, count * sizeof *a.scratch);
    if (a.kept) gm__free(al, a.kept, count * sizeof *a.kept);
}

/* A chapter or an article goes from hand to hand by itself; a list does not. */
static bool divides(const struct gm__label *label) {
    return label->shape == GM__SHAPE_UNIT || label->components > 1 ||
           (label->shape == GM__SHAPE_BARE && label->system == GM__NUM_ARABIC && !label->mark);
}

/* An author's slip leaves out one number: a text that begins at 三、, or 第一卷 whose first chapter is the ninetieth,
 * is a part of one. */
static bool is_part(const struct gm__lint *l, const struct gm__label *label) {
    struct gm__label first;
    gm__label_read(l->doc, l->first, &first);
    if (first.value <= 1) return divides(label) && label->value > 9;
    return divides(label) || label->value > 2;
}

#define NODES_BACK 256u /* that are searched for the number before a late first one */

/* 三、 1. 2. 四、（一）3. 4.: the numbers run on through sections, whatever the depth at which they stand. */
static bool runs_on(const struct gm__lint *l, const struct gm__member *m) {
    const struct gm_doc *doc = l->doc;
    size_t region = gm__lint_region(l, doc->nodes[m->node].start);
    struct gm__label label;
    gm_node least = m->node > NODES_BACK ? m->node - NODES_BACK : 1;
    for (gm_node id = m->node - 1; id >= least; id--) {
        bool kin = doc->nodes[id].family == doc->nodes[m->node].family;
        bool sibling = doc->nodes[id].parent == doc->nodes[m->node].parent; /* 第二个层面，…。第三，… */
        if (!(kin || sibling) || !gm__numbered(doc, id)) continue;
        gm__label_read(doc, id, &label);
        bool unit = !kin && label.shape == GM__SHAPE_UNIT && m->label.shape == GM__SHAPE_ORDINAL;
        if (label.system != m->label.system || (label.shape != m->label.shape && !unit)) continue;
        return label.value == m->label.value - 1 && gm__lint_region(l, doc->nodes[id].start) == region;
    }
    return false;
}

static void check_start(struct gm__lint *l, const struct gm__member *m, size_t count) {
    struct gm_str label = gm_node_label(l->doc, m->node);
    for (size_t i = 0; i < count; i++)
        if (m[i].label.value <= 1) return;
    if (m->label.value == 2 && gm__is_paragraph_number(l, &m->label)) return;
    if (!divides(&m->label) && runs_on(l, m)) return;
    uint32_t to = l->doc->nodes[m->node].start, from = l->doc->nodes[l->doc->nodes[m->node].parent].start;
    if (to - from > LOOK_BACK) from = to - LOOK_BACK;
    struct gm_str one = gm__label_with(l->doc, label, &m->label, 1);
    if (gm__lint_find(l->doc, from, to, one, &m->label) != SIZE_MAX) return;
    bool opening = l->opening != GM_NO_NODE && m->node <= l->opening && gm__lint_wants(l, GM__DIAG_EXCERPT);
    if (!opening || !is_part(l, &m->label))
        gm__lint_report(l, GM__DIAG_START, m->node, label, gm__str("", 0));
    else if (m->node == l->first)
        gm__lint_report(l, GM__DIAG_EXCERPT, m->node, label, gm__str("", 0));
}

static bool in_extract(const struct gm__lint *l, gm_node node) {
    size_t region = gm__lint_region(l, l->doc->nodes[node].start);
    return region && ((const struct gm__region *)l->regions.data)[region - 1].extract;
}

static struct gm_str line_above(const struct gm_doc *doc, size_t at) {
    size_t end = at, low = at > 400 ? at - 400 : 0;
    while (end > low && (doc->text[end - 1] == '\n' || doc->text[end - 1] == '\r' || doc->text[end - 1] == ' ')) end--;
    size_t begin = end;
    while (begin > low && doc->text[begin - 1] != '\n' && doc->text[begin - 1] != '\r') begin--;
    return gm__str_trim(gm__str(doc->text + begin, end - begin));
}

/* 附：相关法律条文, 《江河法》 and 第四十二条 right below: some articles of a law are quoted. */
static bool quotes_law(const struct gm_doc *doc, const struct gm__member *m) {
    const struct gm__node *n = &doc->nodes[m->node];
    if (n->kind != GM_KIND_ARTICLE || m->label.value < 3) return false;
    struct gm_str above = line_above(doc, n->start);
    bool named = above.len > 6 && memcmp(above.ptr, "《", 3) == 0 && gm__str_ends(above, "》");
    return named || gm__str_ends(above, "条文") || gm__str_ends(above, "法条") || gm__str_ends(above, "條文");
}

/* 一、…。一、…。一、…: each rule of an old regulation, or line of an oath, is the first. */
static bool are_all_first(const struct gm__member *m, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (m[i].label.value != 1 || m[i].label.system != GM__NUM_HAN) return false;
    return count > 2;
}

/* What stands before the last component: 3.1 in 3.1.4. */
static struct gm_str head_of(const struct gm__label *l) {
    struct gm_str s = l->numeral;
    for (size_t i = 0; i < l->numeral.len; i++)
        if (l->numeral.ptr[i] == '.' || l->numeral.ptr[i] == '-' ||
            (i + 3 <= l->numeral.len && memcmp(l->numeral.ptr + i, "．", 3) == 0))
            s.len = i;
    return s;
}

/* 4.1.8, 4.1.10 and 4.3.2 under 4: the clauses of another text that a contract names. */
static bool are_of_one_head(const struct gm__member *a, const struct gm__member *b) {
    return a->label.components < 3 || b->label.components < 3 || gm__str_eq(head_of(&a->label), head_of(&b->label));
}

void gm__lint_order(struct gm__lint *l, const struct gm__member *m, size_t count, bool first) {
    while (count && m[count - 1].label.shape == GM__SHAPE_ORDER) count--; /* 第一，第二，最后， */
    for (size_t i = 0; i < count; i++)
        if (!counts(&m[i].label)) return;
    if (!count || are_all_first(m, count)) return;
    bool extract = in_extract(l, m->node) || quotes_law(l->doc, m);
    l->quotes |= extract;
    if (first && !extract) check_start(l, m, count);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && are_of_one_head(&m[from], &m[to]); to++) {}
        align(l, m + from, to - from, extract);
    }
}

/* ---------------------------------------------------------------- decimals */

/* 2.2 under 3 or under 第三章 is a slip. Components but the first are compared as they are written. */
void gm__lint_prefix(struct gm__lint *l, gm_node node, const struct gm__label *label) {
    const struct gm_doc *doc = l->doc;
    gm_node parent = doc->nodes[node].parent;
    struct gm__label above;
    if (label->components < 2 || label->system == GM__NUM_ANNEX || !gm__numbered(doc, parent)) return;
    gm__label_read(doc, parent, &above);
    if (above.components + 1 != label->components) return;
    struct gm_str head = head_of(label);
    bool same;
    if (label->components == 2) {
        struct gm__ordinal first = {0};
        (void)gm__numeral_scan(GM__NUM_ARABIC, head.ptr, head.ptr + head.len, false, &first);
        bool whole = above.system == GM__NUM_ARABIC || (above.shape == GM__SHAPE_UNIT && above.system == GM__NUM_HAN);
        same = !whole || first.value == above.value;
    } else {
        same = above.system != label->system || gm__str_eq(head, above.numeral);
    }
    if (!same) gm__lint_report(l, GM__DIAG_PREFIX, node, gm_node_label(doc, node), gm_node_label(doc, parent));
}
