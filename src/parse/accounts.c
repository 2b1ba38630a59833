/*
 * accounts.c - 一、事业收入　5　12.30 below 项目　行次　金额: a row of the tables of a budget. Its label counts what is
 * summed up and is no point; nor are the others of the table, down to the first line without cells.
 */
#include "parse/lexer.h"

/* Does a blank end the first n bytes? */
static bool ends_in_blank(const char *s, size_t n) {
    return n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t' || (n >= 3 && memcmp(s + n - 3, "\xE3\x80\x80", 3) == 0));
}

/* Bytes of the last cell of the line. */
static size_t last_cell(struct gm_str line) {
    size_t n = line.len;
    while (n > 0 && !ends_in_blank(line.ptr, n)) n--;
    return line.len - n;
}

static bool has_cells(struct gm_str line) {
    return line.len && line.len <= (size_t)SHORT_LINE * 2 && last_cell(line) < line.len;
}

/* 1,823.45, 0.00, 78.0%, 12, -: the line ends in a cell of nothing but that. sums: with thousands or hundredths. */
static bool ends_in_figure(struct gm_str line, bool sums) {
    if (!has_cells(line)) return false;
    size_t len = last_cell(line), digits = 0, marks = 0;
    const char *cell = line.ptr + line.len - len;
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)cell[i] >= 0x80 || !strchr("0123456789,.%-", cell[i])) return false;
        bool digit = cell[i] >= '0' && cell[i] <= '9';
        digits += digit;
        marks += i > 0 && i + 1 < len && (cell[i] == ',' || (cell[i] == '.' && i + 3 == len));
    }
    return sums ? digits > 1 && marks : true;
}

/* 项目　行次　金额, 收入　支出, 栏次　1　栏次　2: what heads columns of sums, or a row without a label. */
static bool heads_sums(struct gm_str line) {
    static const char *const ends[] = {"额",   "額",   "数",   "數",   "收入", "支出", "合计", "合計", "小计", "小計",
                                       "预算", "預算", "决算", "決算", "元",   "元）", "元)",  "比例", "占比", "余额",
                                       "單價", "单价", "总价", "總價", "增减", "增減", "幅",   "%",    "％",   NULL};
    static const char *const rows[] = {"栏次", "欄次", "行次", NULL};
    static const char *const firsts[] = {"项",   "項", "科目", "收",   "支",   "功能",
                                         "经济", "類", "类",   "指标", "指標", NULL};
    if (!has_cells(line) || gm__is_stopped(line)) return false;
    return (gm__begins_any(line, firsts) && gm__ends_any(line, ends)) || gm__begins_any(line, rows) ||
           ends_in_figure(line, true);
}

/* 三、其他收入　　三、国防支出: none of the cells of figures is filled. */
static bool is_empty_row(struct gm_str cells, bool trailing) {
    static const char *const prose[] = {"：", "，", "。", "；", NULL};
    bool wide = gm__holds(cells, "\xE3\x80\x80") || gm__holds(cells, "\t") || gm__holds(cells, "  ");
    for (size_t i = 0; prose[i]; i++)
        if (gm__holds(cells, prose[i])) return false;
    return trailing || wide;
}

/* 一、拨款　1204　一、交通支出　988: the label stands at the begin of another cell, too. */
static bool counts_again(const struct gm__parser *p, const struct gm__cand *c, struct gm_str cells) {
    const char *label = p->text + c->at;
    if (!has_cells(cells)) return false;
    for (size_t at = 1; at + c->len < cells.len; at++) {
        const char *hit = memchr(cells.ptr + at, label[0], cells.len - at - c->len);
        if (!hit) return false;
        at = (size_t)(hit - cells.ptr);
        if (memcmp(hit, label, c->len) == 0 && ends_in_blank(cells.ptr, at)) return true;
    }
    return false;
}

/* The line above the one at `at` is such a head, 单位：万元 passed over, and no label opens it. */
static bool is_below_head(const struct gm__parser *p, size_t at) {
    struct gm__cand c[GM__MAX_READINGS];
    struct gm_str above = gm__line_above(p, at);
    if (gm__holds(above, "单位：") || gm__holds(above, "單位："))
        above = gm__line_above(p, (size_t)(above.ptr - p->text));
    return heads_sums(above) && !gm__match_label(p, (size_t)(above.ptr - p->text),
                                                 (size_t)(above.ptr - p->text) + above.len, GM__AT_START, c);
}

bool gm__is_account_row(struct lexer *l, struct gm_str body) {
    const struct gm__parser *p = l->p;
    const struct gm__cand *c = p->cands.count > l->first_cand ? gm__cand_at(p, l->first_cand) : NULL;
    bool label = c && c->at == l->text_at && !(c->flags & (GM__CAND_BARE | GM__CAND_HEADING)) && body.len > c->len &&
                 !gm__has_di(p, c->at);
    bool open = l->accounts, row = false;
    l->accounts = false;
    if (l->now) return false;
    if (label) {
        struct gm_str cells = gm__str_trim(gm__str(body.ptr + c->len, body.len - c->len));
        size_t end = (size_t)(body.ptr - p->text) + body.len;
        bool trailing = end < p->len && (p->text[end] == '\t' || p->text[end] == ' ' || p->text[end] == '\xE3');
        bool figure = ends_in_figure(cells, false), again = counts_again(p, c, cells);
        row = open ? figure || again || is_empty_row(cells, trailing)
                   : figure && (again || ends_in_figure(cells, true)) && is_below_head(p, l->text_at);
        l->accounts = row;
    } else {
        l->accounts = open && !c && has_cells(body) && !gm__is_stopped(body);
    }
    return row;
}
