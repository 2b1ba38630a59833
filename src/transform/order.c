/*
 * order.c - missing, repeated and backward numbers of one series.
 *
 * The members' numbers are aligned with a rising sequence: the longest one among them is taken as what the author
 * meant, and what does not belong to it is the slip. So one slip is one diagnostic: 1 2 4 5 6 has one gap, 1 2 2 3 one
 * repeat, 1 3 2 4 one number that runs backwards; a running counter would complain to the end.
 */
#include "transform/lint.h"

#include <stdlib.h>

struct aligner {
    struct gm__lint *l;
    const struct gm__member *m;
    size_t count;
    uint32_t *length; /* of the longest rising sequence that begins at each member */
    int64_t *scratch; /* tails, then the numbers that are slips, sorted */
    bool *kept;
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

static void report_gap(struct aligner *a, size_t before, size_t after) {
    const struct gm__label *l = &a->m[after].label;
    int64_t first = a->m[before].label.value + 1, last = (int64_t)l->value - 1;
    struct gm_doc *doc = a->l->doc;
    struct gm_str label = label_of(a, after), one = gm__label_with(doc, label, l, first), two;
    char text[1200];
    size_t n = one.len < 512 ? one.len : 0;
    if (n) memcpy(text, one.ptr, n);
    if (last > first && n) {
        two = gm__label_with(doc, label, l, last);
        const char *dots = last == first + 1 ? "”“" : "”…“";
        memcpy(text + n, dots, strlen(dots));
        n += strlen(dots);
        memcpy(text + n, two.ptr, two.len < 512 ? two.len : 0);
        n += two.len < 512 ? two.len : 0;
    }
    char *copy = gm__arena_copy(&doc->arena, text, n);
    if (copy)
        gm__lint_report(a->l, GM__DIAG_GAP, a->m[after].node, gm__str(copy, n), label);
    else
        a->l->status = GM_NOMEM;
}

/* A slip stands between the kept members `before` (or none: a->count) and the member after it. */
static void report_slip(struct aligner *a, size_t before, size_t at, size_t after) {
    int64_t r = rank(&a->m[at].label);
    if (before < a->count && r == rank(&a->m[before].label)) {
        gm__lint_report(a->l, GM__DIAG_REPEAT, a->m[at].node, label_of(a, at), label_of(a, before));
    } else if (before < a->count && r < rank(&a->m[before].label)) {
        gm__lint_report(a->l, GM__DIAG_BACKWARDS, a->m[at].node, label_of(a, at), label_of(a, at - 1));
    } else if (after < a->count) {
        gm__lint_report(a->l, GM__DIAG_BACKWARDS, a->m[after].node, label_of(a, after), label_of(a, after - 1));
    } else {
        gm__lint_report(a->l, GM__DIAG_BACKWARDS, a->m[at].node, label_of(a, at), label_of(a, at - 1));
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
            int64_t low = a->m[before].label.value, high = a->m[at].label.value;
            int64_t missing = high - low - 1 - (int64_t)(at - before - 1);
            missing -= (int64_t)strays(a, slip_count, &cursor, low, high);
            if (missing > 0) report_gap(a, before, at);
        }
        before = at;
        i = at;
    }
}

static void align(struct gm__lint *l, const struct gm__member *m, size_t count) {
    struct aligner a = {.l = l, .m = m, .count = count};
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

static bool starts_late(const struct gm__member *m, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (m[i].label.value <= 1) return false;
    return count > 0;
}

/* Numbers that start at 1 again begin another list under the same heading, if a list it is. */
static bool starts_again(const struct gm__member *m, size_t count, size_t i) {
    if (m[i].label.value != 1 || m[i].label.sub || m[i - 1].label.value == 1) return false;
    return i + 1 == count || m[i + 1].label.value == 2;
}

void gm__lint_order(struct gm__lint *l, const struct gm__member *m, size_t count) {
    if (!counts(&m[0].label)) return;
    for (size_t from = 0, i = 1; i <= count && l->status == GM_OK; i++) {
        if (i < count && !starts_again(m, count, i)) continue;
        if (from == 0 && starts_late(m, i))
            gm__lint_report(l, GM__DIAG_START, m[0].node, gm_node_label(l->doc, m[0].node), gm__str("", 0));
        align(l, m + from, i - from);
        from = i;
    }
}
