/*
 * figures.c - rows of a table that blanks lay out, 1 柳湾村 1,862 21.57, or that has a cell in each line. Their numbers
 * and decimals are no points.
 */
#include "parse/lexer.h"

#include "parse/phrase.h"

/* Bytes of the blank at `i`; 0. */
static size_t blank_at(struct gm_str s, size_t i) {
    if (i >= s.len) return 0;
    if (s.ptr[i] == ' ' || s.ptr[i] == '\t') return 1;
    return s.len - i >= 3 && memcmp(s.ptr + i, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

bool gm__has_cells(struct gm_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (blank_at(s, i)) return true;
    return false;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Bytes of the blank that ends the line at `n`; 0. */
static size_t blank_at_end(struct gm_str s, size_t n) {
    if (n > 0 && (s.ptr[n - 1] == ' ' || s.ptr[n - 1] == '\t')) return 1;
    return n >= 3 && memcmp(s.ptr + n - 3, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

/* 50, 1,862, 21.57%, -2.75: a cell of figures ends the line `s`. Its length with the blanks before it; 0. */
static size_t figures_at_end(struct gm_str s) {
    size_t n = s.len, digits = 0, blank;
    for (; n > 0 && !blank_at_end(s, n); n--) {
        if ((unsigned char)s.ptr[n - 1] >= 0x80 || !strchr("0123456789,.%+-()/", s.ptr[n - 1])) return 0;
        digits += s.ptr[n - 1] >= '0' && s.ptr[n - 1] <= '9';
    }
    if (!digits || !n) return 0;
    while ((blank = blank_at_end(s, n)) != 0) n -= blank;
    return s.len - n;
}

/* The two cells of figures or more that end the line behind words: their bytes, 0 when there are none. */
static size_t figures_tail(struct gm_str text) {
    size_t last = figures_at_end(text);
    text.len -= last;
    size_t other = last && text.len ? figures_at_end(text) : 0;
    return other ? last + other : 0;
}

/* 第 opens the line, as `di` says, or a number, and cells end it. */
static bool is_counted_row(struct gm_str line, bool di) {
    bool counted = line.len && (di ? gm__begins(line, "第") : line.ptr[0] >= '0' && line.ptr[0] <= '9');
    return counted && figures_tail(line);
}

struct gm_str gm__line_above(const struct gm__parser *p, size_t at) {
    uint32_t cp;
    size_t end = at, begin;
    while ((cp = gm__cp_before(p, end, 0)) != 0 && (gm__is_space(cp) || gm__is_line_end(cp)))
        end -= gm__utf8_decode_back(p->text, p->text + end, &cp);
    for (begin = end; begin > 0 && p->text[begin - 1] != '\n' && p->text[begin - 1] != '\r'; begin--)
        if (end - begin > SHORT_LINE) return gm__str("", 0);
    return gm__str_trim(gm__str(p->text + begin, end - begin));
}

/* The cells of a line that blanks part. */
static size_t count_cells(struct gm_str s) {
    size_t n = 0, blank;
    for (size_t end = s.len; end > 0; n++) {
        while (end > 0 && !blank_at_end(s, end)) end--;
        while ((blank = blank_at_end(s, end)) != 0) end -= blank;
    }
    return n;
}

/* What the digits that end the line say, as far as they are whole; 0 of a year. */
static long last_figure(struct gm_str s) {
    size_t n = s.len;
    while (n > 0 && s.len - n < 9 && is_digit(s.ptr[n - 1])) n--;
    long value = 0;
    for (; n < s.len; n++) value = value * 10 + (s.ptr[n] - '0');
    return value > 1900 && value < 2100 ? 0 : value;
}

/* Of the row next to one with so many cells, whose number holds so many dots, the figure at its end; 0. */
static long figure_beside(struct gm_str line, size_t cells, size_t dots) {
    size_t n = 0;
    if (!line.len || line.len > SHORT_LINE || !is_digit(line.ptr[0]) || count_cells(line) != cells) return 0;
    for (size_t i = 0; i < line.len && (is_digit(line.ptr[i]) || line.ptr[i] == '.'); i++) n += line.ptr[i] == '.';
    return n == dots && figures_at_end(line) ? last_figure(line) : 0;
}

/* 2 二中 65 below 1 一中 87: one cell of figures ends both. Pages would count up. */
static bool is_ranked_row(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body) {
    size_t cells = count_cells(body), dots = c->components - 1u;
    long value = last_figure(body), other;
    if (cells < 3 || !figures_at_end(body) || value == 0) return false;
    if (figure_beside(gm__line_above(p, (size_t)(body.ptr - p->text)), cells, dots) > value) return true;
    other = figure_beside(gm__next_line(p, body.ptr + body.len), cells, dots);
    return other != 0 && other < value;
}

#define CELL_BYTES  36u
#define LEAST_CELLS 3u

/* The number that opens the row of a table, whose cells two blanks or a wide one part and no mark ends: at least so
 * many, short ones, of which none is the next number. 0: no such row. */
static long row_number(struct gm_str s) {
    long number = 0;
    size_t cells = 0, at = 0, begin = 0;
    if (s.len > SHORT_LINE) return 0;
    for (; at < s.len && at < 4 && is_digit(s.ptr[at]); at++) number = number * 10 + (s.ptr[at] - '0');
    if (!at || !blank_at(s, at)) return 0;
    while (at < s.len) {
        uint32_t cp;
        size_t width = 0, blank;
        for (; (blank = blank_at(s, at)) != 0; at += blank) width += s.ptr[at] == ' ' ? 1 : 2;
        if (width >= 2 || !cells) {
            cells++;
            begin = at;
            if (s.ptr[at] - '0' == number + 1 && blank_at(s, at + 1)) return 0; /* 1 甲 2 乙 */
        }
        at += gm__utf8_decode(s.ptr + at, s.ptr + s.len, &cp);
        if (at - begin > CELL_BYTES || (cp >= 0x80 && gm__is_punctuation(cp) && !gm__bracket(cp))) return 0;
    }
    return cells >= LEAST_CELLS ? number : 0;
}

/* 1  王小河  柳湾村  驾驶, and beside it 2  李大江  上河村  检修: rows of a table that lost its marks. */
static bool is_cells_row(const struct gm__parser *p, struct gm_str body) {
    long number = row_number(body);
    return number && (row_number(gm__next_line(p, body.ptr + body.len)) == number + 1 ||
                      (number > 1 && row_number(gm__line_above(p, (size_t)(body.ptr - p->text))) == number - 1));
}

/* 1 柳湾村 1,862 21.57: a bare number, a decimal or 第…章, words and two cells of figures are a row of a table, where
 * one of them is as exact as that or the line next to it is another. 1 目标 2025 2026 is a heading. */
bool gm__is_figures_row(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body) {
    const uint32_t plain = GM__CAND_BLANK | GM__CAND_HEADING | GM__CAND_TOC;
    bool bare = ((c->flags & GM__CAND_BARE) || (c->components == 2 && (c->flags & plain) == GM__CAND_BLANK)) &&
                is_digit(p->text[c->at]) && is_digit(p->text[c->at + c->len - 1]);
    bool di = gm__has_di(p, c->at);
    if (bare && c->components == 1 && is_cells_row(p, body)) return true;
    if (!bare && !(di && gm__family_of(p, c)->kind == GM_KIND_SECTION)) return false;
    size_t tail = figures_tail(gm__str(body.ptr + c->len, body.len - c->len));
    for (size_t i = body.len - tail; i < body.len; i++)
        if (strchr(",.%", body.ptr[i])) return true;
    if (!tail) return bare && is_digit(body.ptr[body.len - 1]) && is_ranked_row(p, c, body);
    return is_counted_row(gm__next_line(p, body.ptr + body.len), di) ||
           is_counted_row(gm__line_above(p, (size_t)(body.ptr - p->text)), di);
}

/* Words of two characters or more and no figures, so many: 名次 学校 分数. */
static bool heads_columns(struct gm_str line, size_t cells) {
    size_t width = 0, blank;
    if (!line.len || (unsigned char)line.ptr[0] < 0xE4 || count_cells(line) != cells) return false;
    for (size_t i = 0; i < line.len; i += blank ? blank : 1) {
        blank = blank_at(line, i);
        if (blank ? width && width < 6 : is_digit(line.ptr[i])) return false;
        width = blank ? 0 : width + 1;
    }
    return width >= 6 && !gm__is_stopped(line);
}

/* 表3.1　压缩系数 */
static bool is_table_caption(struct gm_str line) {
    if (line.len < 7 || memcmp(line.ptr, "表", 3) != 0) return false;
    size_t blank = blank_at(line, 3);
    return line.len > blank + 3 && is_digit(line.ptr[3 + blank]) && !gm__is_stopped(line);
}

bool gm__is_decimal_row(const struct gm__cand *c, struct gm_str body) {
    const uint32_t odd = GM__CAND_HEADING | GM__CAND_TOC | GM__CAND_RENDERED;
    const uint32_t both = GM__CAND_BLANK | GM__CAND_START;
    return c->components == 2 && (c->flags & both) == both && !(c->flags & odd) && is_digit(body.ptr[c->len - 1]) &&
           is_digit(body.ptr[body.len - 1]) && figures_at_end(body);
}

bool gm__opens_table(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body) {
    bool bare = (c->flags & GM__CAND_BARE) && c->number == 1 && body.ptr[0] == '1';
    if (body.len > SHORT_LINE || body.len <= c->len || !(bare || gm__is_decimal_row(c, body))) return false;
    size_t cells = count_cells(body);
    struct gm_str above = gm__line_above(p, (size_t)(body.ptr - p->text));
    if (is_table_caption(above) && figures_at_end(body)) return !bare || cells > 2;
    if (cells < 3 || !heads_columns(above, cells)) return false;
    struct gm_str below = gm__next_line(p, body.ptr + body.len);
    return figures_at_end(body) || (below.len > 2 && below.len <= SHORT_LINE && below.ptr[0] == '2' &&
                                    blank_at(below, 1) && count_cells(below) == cells);
}

#define LINE_CELL  48u /* a cell is no longer */
#define LINE_CELLS 8   /* of a row, or of the head above the first one */

/* 93, 128,000.00, 12%: the whole cell. */
static bool is_figure_cell(struct gm_str cell) {
    size_t digits = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if ((unsigned char)cell.ptr[i] >= 0x80 || !strchr("0123456789,.%+-", cell.ptr[i])) return false;
        digits += is_digit(cell.ptr[i]);
    }
    return digits != 0;
}

/* 2021 alone proves no row. */
static bool is_year(struct gm_str cell) {
    return cell.len == 4 && (memcmp(cell.ptr, "19", 2) == 0 || memcmp(cell.ptr, "20", 2) == 0);
}

/* A name or a figure: no sentence. */
static bool is_cell(struct gm_str line) { return line.len && line.len <= LINE_CELL && !gm__is_stopped(line); }

/* 项次 on a line of its own, and nothing but cells down to `at`: it heads the column of the numbers. 序号 is known. */
static bool has_column_of_numbers(const struct gm__parser *p, size_t at) {
    static const char *const names[] = {"项次", "項次", "序號", "编号", "編號", "行次", "名次", "排名", "包号",
                                        "包號", "标段", "標段", "标项", "No.",  "NO.",  "#",    NULL};
    for (int n = 0; n < LINE_CELLS; n++) {
        struct gm_str cell = gm__line_above(p, at);
        if (!is_cell(cell) || (cell.len == 1 && is_digit(cell.ptr[0]))) return false;
        for (const char *const *name = names; *name; name++)
            if (gm__str_eq(cell, gm__strz(*name))) return n > 0; /* one more column */
        at = (size_t)(cell.ptr - p->text);
    }
    return false;
}

/* The cells from `at` down to the one that is this digit, the last of them a figure: so many; 0. *at is moved behind.
 */
static int cells_to(const struct gm__parser *p, const char **at, char digit) {
    struct gm_str last = gm__str("", 0);
    for (int n = 0; n <= LINE_CELLS; n++) {
        struct gm_str cell = gm__next_line(p, *at);
        if (!is_cell(cell)) return 0;
        *at = cell.ptr + cell.len;
        if (cell.len == 1 && cell.ptr[0] == digit) return n > 1 && is_figure_cell(last) && !is_year(last) ? n : 0;
        if (n == 0 && is_digit(cell.ptr[0])) return 0;
        last = cell;
    }
    return 0;
}

/* So many cells more, the last of them a figure, and 合计 below them. */
static bool comes_total(const struct gm__parser *p, const char *at, int cells) {
    static const char *const totals[] = {"合计", "合計", "总计", "總計", "小计", "小計", NULL};
    struct gm_str cell = gm__str("", 0);
    for (int n = 0; n < cells; n++) {
        cell = gm__next_line(p, at);
        if (!is_cell(cell)) return false;
        at = cell.ptr + cell.len;
    }
    return cell.len && is_figure_cell(cell) && gm__begins_any(gm__next_line(p, at), totals);
}

bool gm__opens_cells(const struct gm__parser *p, struct gm_str body) {
    const char *at = body.ptr + body.len;
    if (has_column_of_numbers(p, (size_t)(body.ptr - p->text))) return true;
    int cells = cells_to(p, &at, '2');
    return cells && (comes_total(p, at, cells) || cells_to(p, &at, '3') == cells);
}
