/*
 * rows.c - rows of a table, whose numbers are the table's and no labels: 1  沙袋  300  只.
 *
 * Decided for a series as a whole: the siblings of one family whose bare numbers open lines, up to the next 1. It is a
 * table when most of its members have the same number of cells behind the number, three or more. Two blanks, a tab or
 * an ideographic space part cells for certain; single blanks (基于 BERT 的方法) do when there is a column of numbers.
 */
#include "transform/renumber.h"

enum { ROW_BYTES = 256, MOST_CELLS = 8 };

struct cells {
    unsigned wide, narrow;               /* cells, by gaps that part for certain and by all gaps */
    bool number[MOST_CELLS + 1], spread; /* spread: 总 则, no cell of more than one character */
};
struct tally {
    gm_node parent, last; /* members are chained by marks[].previous */
    uint32_t count, wide[MOST_CELLS + 1], narrow[MOST_CELLS + 1], number[MOST_CELLS + 1][MOST_CELLS + 1];
};

static bool ends_row(uint32_t cp) {
    uint32_t f = gm__fold(cp);
    return f == '\n' || f == '\r' || f == ',' || f == ';' || f == ':' || f == '!' || f == '?' || cp == 0x3002; /* 。 */
}

static bool of_number(uint32_t cp) {
    uint32_t f = gm__fold(cp);
    return (f >= '0' && f <= '9') || f == '.' || f == '%' || f == '-';
}

/* What stands behind the label: cells 1, 2 … as far as the line, its first clause and ROW_BYTES go. */
static struct cells read_cells(struct gm_str text) {
    struct cells c = {.spread = true};
    unsigned gap = 2, chars = 0;
    uint32_t cp;
    for (const char *p = text.ptr, *end = p + (text.len < ROW_BYTES ? text.len : ROW_BYTES); p < end;) {
        p += gm__utf8_decode(p, end, &cp);
        if (ends_row(cp)) break;
        if (gm__is_space(cp)) {
            gap += cp == '\t' || cp == 0x3000 ? 2 : 1;
            continue;
        }
        chars = gap ? 1 : chars + 1;
        if (gap && c.narrow < MOST_CELLS) c.number[++c.narrow] = true;
        if (gap > 1 && c.wide < MOST_CELLS) c.wide++;
        if (!of_number(cp)) c.number[c.narrow] = false;
        if (chars > 1) c.spread = false;
        gap = 0;
    }
    return c;
}

/* A bare number that opens a line. */
static bool may_open_row(const struct gm__renumber *r, gm_node node, struct cells *cells) {
    const struct gm__node *n = &r->doc->nodes[node];
    struct gm__anatomy label;
    if (!n->label_len || !n->family || n->flags & (GM__NODE_IMPLIED | GM__NODE_INLINE)) return false;
    gm__node_anatomy(r, node, &label);
    if (!label.pattern || label.pattern->prefix.len || label.pattern->suffix.len) return false;
    if (label.pattern->system != GM__NUM_ARABIC && label.pattern->system != GM__NUM_HAN) return false;
    size_t at = (size_t)n->start + label.len;
    *cells = read_cells(gm__str(r->doc->text + at, r->doc->text_len - at));
    return true;
}

static bool is_table(const struct tally *t) {
    for (unsigned n = 3; n <= MOST_CELLS; n++) {
        if (2 * t->wide[n] > t->count) return true;
        if (t->narrow[n] < 2 || 2 * t->narrow[n] <= t->count) continue;
        for (unsigned k = 1; k <= n; k++)
            if (t->number[n][k] == t->narrow[n]) return true;
    }
    return false;
}

static void close_series(struct gm__renumber *r, struct tally *t) {
    if (t->count && is_table(t))
        for (gm_node i = t->last; i != GM_NO_NODE; i = r->marks[i].previous) r->marks[i].row = true;
    *t = (struct tally){.last = GM_NO_NODE};
}

static void add_member(struct gm__renumber *r, struct tally *t, gm_node node, const struct cells *c) {
    const struct gm__node *n = &r->doc->nodes[node];
    if (t->count && (t->parent != n->parent || n->number == 1)) close_series(r, t);
    r->marks[node].previous = t->count ? t->last : GM_NO_NODE;
    t->parent = n->parent;
    t->last = node;
    t->count++;
    if (c->spread) return;
    t->wide[c->wide]++;
    t->narrow[c->narrow]++;
    for (unsigned k = 1; k <= c->narrow; k++) t->number[c->narrow][k] += c->number[k];
}

enum gm_status gm__rows_find(struct gm__renumber *r) {
    size_t families = r->grammar->family_count;
    struct tally *tallies = gm__arena_alloc(&r->arena, families * sizeof *tallies);
    if (!tallies) return GM_NOMEM;
    for (gm_node parent = 0; parent < r->doc->node_count; parent++)
        for (gm_node i = r->doc->nodes[parent].first; i != GM_NO_NODE; i = r->doc->nodes[i].next) {
            struct cells cells;
            if (may_open_row(r, i, &cells)) add_member(r, &tallies[r->doc->nodes[i].family], i, &cells);
        }
    for (size_t i = 0; i < families; i++) close_series(r, &tallies[i]);
    return GM_OK;
}
