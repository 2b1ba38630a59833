/*
 * pdf_edges.c - running heads, feet and page numbers of a PDF's pages: what its edges have in common.
 */
#include "input/pdf.h"

#include <stdlib.h>

#define EDGE    3   /* lines at the top and at the bottom of a page that may be heads and feet */
#define LONGEST 120 /* bytes of a head or foot, without wide blanks in it */
#define WIDE    3   /* blanks */
#define SHIFTED 200 /* pages that a book's numbers may be ahead of its leaves, or behind them */

/* A line at the edge of a page with its digits folded: what it has in common with those of other pages. */
struct edge {
    struct gm_str text;
    uint32_t line, page;
};
struct edges {
    struct gm__pdf_line *lines;
    size_t count;
    uint32_t pages;
    struct gm__arena *arena;
    struct gm__vec all;
};

/* Digits become '#', a run of them one; white space goes. */
static struct gm_str fold(struct edges *r, struct gm_str text) {
    char *out = gm__arena_alloc(r->arena, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '\t') continue;
        if (c < '0' || c > '9')
            out[n++] = c;
        else if (n == 0 || out[n - 1] != '#')
            out[n++] = '#';
    }
    return gm__str(out, n);
}

static enum gm_status add_edge(struct edges *r, size_t index) {
    struct gm__pdf_line *line = r->lines + index;
    void *slot;
    enum gm_status s = gm__vec_push(&r->all, &slot);
    if (s != GM_OK) return s;
    struct gm_str text = fold(r, line->text);
    if (!text.len) return GM_NOMEM;
    *(struct edge *)slot = (struct edge){.text = text, .line = (uint32_t)index, .page = line->page};
    return GM_OK;
}

static enum gm_status collect_edges(struct edges *r) {
    const struct gm__pdf_line *lines = r->lines;
    size_t count = r->count;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && lines[to].page == lines[from].page; to++) continue;
        for (size_t i = from; i < to; i++) {
            bool top = i < from + EDGE, bottom = i + EDGE >= to;
            enum gm_status s = (top || bottom) && lines[i].text.len <= LONGEST ? add_edge(r, i) : GM_OK;
            if (s != GM_OK) return s;
        }
    }
    return GM_OK;
}

static int compare(const void *a, const void *b) {
    const struct edge *x = a, *y = b;
    size_t n = x->text.len < y->text.len ? x->text.len : y->text.len;
    int order = memcmp(x->text.ptr, y->text.ptr, n);
    if (order) return order;
    if (x->text.len != y->text.len) return x->text.len < y->text.len ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* - 1 -, — 1 —, 第1页, 第1页共9页, 1/9, Page 1 of 9: a page number whatever stands on other pages. */
static bool is_page_number(struct gm_str folded) {
    return gm__has_word(
        "-#- —#— –#– ─#─ －#－ ·#· 第#页 第#页共#页 第#页，共#页 第#页/共#页 共#页第#页 #/# Page#of# Page# page#",
        folded.ptr, folded.len);
}

/* Heads and feet are names and dates: what ends like a sentence is text that comes again. */
static bool is_sentence(struct gm_str text) {
    uint32_t last;
    (void)gm__utf8_decode_back(text.ptr, text.ptr + text.len, &last);
    return last == 0x3002 || last == 0xFF0C || last == 0xFF1A || last == 0xFF1B || last == 0xFF01 || last == 0xFF1F;
}

/* 第 21 條, 3.12 on lines of their own, none twice: articles and terms that happen to begin or end pages. A head says
 * the same on the pages of a chapter. */
static bool are_points(const struct edges *r, const struct edge *e, size_t count) {
    if (!gm__has_word("第#條 第#条 第#章 第#節 第#节 第#-#條 #.# #.#.# #.#.#.#", e->text.ptr, e->text.len))
        return false;
    for (size_t i = 1; i < count; i++)
        if (gm__str_eq(r->lines[e[i].line].text, r->lines[e[i - 1].line].text)) return false;
    return true;
}

/* Mark the lines that look like heads, feet and page numbers. */
static void mark_edges(struct edges *r) {
    struct edge *e = r->all.data;
    struct gm__pdf_line *lines = r->lines;
    if (r->all.count) qsort(e, r->all.count, sizeof *e, compare);
    for (size_t from = 0, to; from < r->all.count; from = to) {
        size_t pages = 0;
        uint32_t last = UINT32_MAX;
        for (to = from; to < r->all.count && gm__str_eq(e[to].text, e[from].text); to++) {
            pages += e[to].page != last;
            last = e[to].page;
        }
        bool common = pages >= 3 ? pages * 3 >= r->pages : pages == 2 && r->pages <= 3;
        common = common && !is_sentence(e[from].text) && !are_points(r, e + from, to - from);
        bool lone = gm__str_eqz(e[from].text, "#") && pages * 2 >= r->pages;
        for (size_t i = from; i < to; i++)
            if (common || lone || is_page_number(e[i].text)) lines[e[i].line].edge = true;
    }
}

/* §1.4    段落和行        5, 58        第四章    公式: the number, set off by a wide blank, that a line begins or ends
 * with; 0 when there is none. */
static uint32_t set_off(struct gm_str text) {
    const char *first = text.ptr, *last = text.ptr + text.len;
    while (first < last && *first >= '0' && *first <= '9') first++;
    while (last > first && last[-1] >= '0' && last[-1] <= '9') last--;
    size_t front = (size_t)(first - text.ptr), back = (size_t)(text.ptr + text.len - last);
    bool begins = front && last - first > WIDE && memcmp(first, "   ", WIDE) == 0;
    bool ends = back && last - first > WIDE && memcmp(last - WIDE, "   ", WIDE) == 0;
    const char *digit = begins ? text.ptr : last;
    uint32_t value = 0;
    for (size_t n = begins ? front : ends ? back : 0; n > 0 && n <= 4; n--)
        value = value * 10 + (uint32_t)(*digit++ - '0');
    return value;
}

/* What the number of a page's first or last line is more than the page's own; INT32_MIN when it has none. */
static int32_t ahead(const struct edges *r, size_t i) {
    const struct gm__pdf_line *line = r->lines + i;
    bool first = i == 0 || line[-1].page != line->page, last = i + 1 == r->count || line[1].page != line->page;
    uint32_t number = (first || last) && line->text.len <= (size_t)2 * LONGEST ? set_off(line->text) : 0;
    return number ? (int32_t)number - (int32_t)line->page : INT32_MIN;
}

/* Heads that name the part have other words on each page, but numbers that count on with the pages: at their ends, or
 * at either side in turn. Chapters that each begin a page have theirs in front. */
static void mark_counted(struct edges *r) {
    uint32_t most = 0, behind = 0, votes[2 * SHIFTED + 1] = {0};
    for (size_t i = 0; i < r->count; i++) {
        int32_t shift = ahead(r, i);
        if (shift >= -SHIFTED && shift <= SHIFTED && ++votes[shift + SHIFTED] > votes[most])
            most = (uint32_t)(shift + SHIFTED);
    }
    if (votes[most] < 3 || votes[most] * 3 < r->pages) return;
    for (size_t i = 0; i < r->count; i++) {
        struct gm_str text = r->lines[i].text;
        bool ends = text.len && text.ptr[text.len - 1] >= '0' && text.ptr[text.len - 1] <= '9';
        behind += ends && ahead(r, i) == (int32_t)most - SHIFTED;
    }
    if (behind * 4 < votes[most]) return;
    for (size_t i = 0; i < r->count; i++) r->lines[i].edge |= ahead(r, i) == (int32_t)most - SHIFTED;
}

/* Empty the marked lines from the edges of each page inwards, up to the first that is not marked. */
static void drop_marked(struct edges *r) {
    struct gm__pdf_line *lines = r->lines;
    for (size_t from = 0, to; from < r->count; from = to) {
        for (to = from; to < r->count && lines[to].page == lines[from].page; to++) continue;
        for (size_t i = from; i < to && lines[i].edge; i++) lines[i].text.len = 0;
        for (size_t i = to; i > from && lines[i - 1].edge; i--) lines[i - 1].text.len = 0;
    }
}

enum gm_status gm__pdf_drop_edges(struct gm__vec *lines, uint32_t pages, struct gm__arena *arena) {
    struct edges r = {.lines = lines->data, .count = lines->count, .pages = pages, .arena = arena};
    gm__vec_init(&r.all, arena->allocator, sizeof(struct edge), UINT32_MAX);
    enum gm_status s = collect_edges(&r);
    if (s == GM_OK) {
        mark_edges(&r);
        mark_counted(&r);
        drop_marked(&r);
    }
    gm__vec_release(&r.all);
    return s;
}
