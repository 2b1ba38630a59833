/*
 * pdf_columns.c - pages of two columns: their lines in the order in which one reads.
 *
 * pdftotext keeps the layout, so the lines of both columns stand side by side. A page has two where many of its lines
 * have a gap that ends at about the same place, with text of like length on both sides, and few run over that place.
 */
#include "input/pdf.h"

#define WIDEST   400 /* characters of a line that are looked at */
#define GAP      3   /* blanks at least between the columns */
#define FEWEST   10  /* lines with the gap that make a page of columns */
#define PARTED   8   /* characters on each side of the gap, on the average, at least */
#define INDENTED 6   /* a line of the right column begins so many characters further right at most */

struct gap {
    size_t left, right; /* bytes of text before it, and where text goes on */
    uint32_t column;    /* character where it goes on */
};

/* The first gap of the line that ends at a column from `from` to `to`. */
static bool find_gap(const struct gm__pdf_line *line, uint32_t from, uint32_t to, struct gap *gap) {
    const char *p = line->text.ptr, *end = p + line->text.len;
    uint32_t column = line->indent;
    while (p < end && column <= to) {
        const char *before = p;
        while (p < end && *p == ' ') p++;
        column += (uint32_t)(p - before);
        if (p - before >= GAP && column >= from && column <= to) {
            *gap = (struct gap){(size_t)(before - line->text.ptr), (size_t)(p - line->text.ptr), column};
            return true;
        }
        uint32_t cp;
        if (p < end) p += gm__utf8_decode(p, end, &cp);
        column++;
    }
    return false;
}

static uint32_t width(const char *ptr, size_t len) { return (uint32_t)gm__utf8_count(ptr, len); }

/* Text runs over the place where the right column would begin. */
static bool is_across(const struct gm__pdf_line *line, uint32_t column) {
    return line->indent < column && line->indent + width(line->text.ptr, line->text.len) >= column;
}

/* Lines of the page whose gap ends from `column` to a little behind it, and is it a page of columns with that? */
static bool is_gutter(const struct gm__pdf_line *lines, size_t count, uint32_t column) {
    size_t all = 0, across = 0, parted = 0, left = 0, right = 0;
    for (size_t i = 0; i < count; i++) {
        struct gap gap;
        all += lines[i].text.len > 0;
        if (!find_gap(&lines[i], column, column + INDENTED, &gap)) {
            across += is_across(&lines[i], column);
            continue;
        }
        parted++;
        left += width(lines[i].text.ptr, gap.left);
        right += width(lines[i].text.ptr + gap.right, lines[i].text.len - gap.right);
    }
    return parted >= FEWEST && across * 4 <= all && left >= parted * PARTED && right >= parted * PARTED &&
           left <= right * 2 && right <= left * 2;
}

/* The character at which the right column begins; 0 when the page has one column. */
static uint32_t gutter(const struct gm__pdf_line *lines, size_t count) {
    uint16_t ends[WIDEST + INDENTED + 1] = {0};
    uint32_t best = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        struct gap gap;
        if (find_gap(&lines[i], 1, WIDEST, &gap) && ends[gap.column] < UINT16_MAX) ends[gap.column]++;
    }
    for (uint32_t column = 1; column <= WIDEST; column++) {
        uint32_t sum = 0;
        for (uint32_t i = 0; i <= INDENTED; i++) sum += ends[column + i];
        if (sum > most && ends[column]) {
            most = sum;
            best = column;
        }
    }
    return best && is_gutter(lines, count, best) ? best : 0;
}

enum { NEITHER, LEFT = 1, RIGHT = 2, ACROSS = 4 };

/* Where the line stands, and its parts. */
static int sides(const struct gm__pdf_line *line, uint32_t column, struct gm__pdf_line *left,
                 struct gm__pdf_line *right) {
    struct gap gap;
    *left = *right = *line;
    if (!line->text.len) return NEITHER;
    if (find_gap(line, column, column + INDENTED, &gap)) {
        left->text.len = gap.left;
        right->text = gm__str(line->text.ptr + gap.right, line->text.len - gap.right);
        right->indent = gap.column - column;
        return LEFT | RIGHT;
    }
    if (is_across(line, column)) return ACROSS;
    if (line->indent < column) return LEFT;
    right->indent = line->indent - column;
    return RIGHT;
}

static enum gm_status push(struct gm__vec *out, const struct gm__pdf_line *line) {
    void *slot;
    enum gm_status s = gm__vec_push(out, &slot);
    if (s == GM_OK) *(struct gm__pdf_line *)slot = *line;
    return s;
}

/* The lines of one page: between those that go across, the left column first. */
static enum gm_status put_page(const struct gm__pdf_line *lines, size_t count, uint32_t column, struct gm__vec *out) {
    enum gm_status s = GM_OK;
    for (size_t from = 0, to; from < count && s == GM_OK; from = to) {
        struct gm__pdf_line part[2];
        if (!column || sides(&lines[from], column, &part[0], &part[1]) == ACROSS) {
            s = push(out, &lines[from]);
            to = from + 1;
            continue;
        }
        for (to = from; to < count && sides(&lines[to], column, &part[0], &part[1]) != ACROSS; to++) continue;
        for (int side = 0; side < 2; side++)
            for (size_t i = from; i < to && s == GM_OK; i++)
                if (sides(&lines[i], column, &part[0], &part[1]) & (side ? RIGHT : LEFT)) s = push(out, &part[side]);
    }
    return s;
}

enum gm_status gm__pdf_columns(struct gm__vec *lines) {
    const struct gm__pdf_line *all = lines->data;
    struct gm__vec out;
    enum gm_status s = GM_OK;
    gm__vec_init(&out, lines->allocator, sizeof(struct gm__pdf_line), lines->max);
    for (size_t from = 0, to; from < lines->count && s == GM_OK; from = to) {
        for (to = from; to < lines->count && all[to].page == all[from].page; to++) continue;
        s = put_page(all + from, to - from, gutter(all + from, to - from), &out);
    }
    if (s == GM_OK) {
        struct gm__vec old = *lines;
        *lines = out;
        out = old;
    }
    gm__vec_release(&out);
    return s;
}
