/*
 * bare.c - 其证有三。 and below it the lines 一风寒咳嗽。… 二风热咳嗽。… 三燥咳。…: old books count with nothing
 * between the number and its words. As many lines as are told begin so, in order; texts of other lines stand between
 * them.
 */
#include "parse/lexer.h"
#include "parse/phrase.h"

#define STRETCH 1500u /* bytes from a member to the next */
#define NAME    36u   /* bytes of what a member is called, up to the first stop */

/* 三 of a line that ends in 有三。 or 有三：; 0. */
static unsigned number_told(struct gm_str line) {
    static const char *const stops[] = {"。", "：", NULL};
    if (line.len < 12 || !gm__ends_any(line, stops)) return 0;
    line.len -= 3;
    if (memcmp(line.ptr + line.len - 6, "有", 3) != 0) return 0;
    for (unsigned n = 3; n <= 9; n++)
        if (memcmp(line.ptr + line.len - 3, gm__han_digits + 3 * (size_t)(n - 1), 3) == 0) return n;
    return 0;
}

/* A member begins with the digit at `at`: words of no other use, which a stop ends soon. */
static bool opens_member(const struct gm__parser *p, size_t at, unsigned n) {
    size_t len, text = at + 3;
    if (p->len - at < 9 || memcmp(p->text + at, gm__han_digits + 3 * (size_t)(n - 1), 3) != 0) return false;
    if (!gm__is_han(gm__cp_at(p, text, &len)) || gm__is_counted(p, text)) return false;
    for (size_t i = text; i < p->len && i - text <= NAME; i += len) {
        uint32_t cp = gm__cp_at(p, i, &len);
        if (!gm__is_han(cp))
            return i - text > 3 && (cp == 0x3002 || cp == 0xFF0C || cp == 0xFF1A || gm__is_line_end(cp));
    }
    return false;
}

/* The line below that the member n opens, not far behind `at`; 0. */
static size_t find_line(const struct gm__parser *p, size_t at, unsigned n) {
    size_t stop = p->len - at > STRETCH ? at + STRETCH : p->len;
    for (const char *hit; (hit = memchr(p->text + at, '\n', stop - at)) != NULL;) {
        at = (size_t)(hit - p->text) + 1;
        size_t start = gm__skip_line_blanks(p, at);
        if (opens_member(p, start, n)) return start;
        if (opens_member(p, start, 1)) return 0; /* another list */
    }
    return 0;
}

bool gm__tells_bare(const struct gm__parser *p, size_t stop) {
    return stop >= 12 && memcmp(p->text + stop - 9, "有", 3) == 0;
}

void gm__offer_bare(struct lexer *l, size_t start) {
    struct gm__parser *p = l->p;
    unsigned told = number_told(gm__str(p->text + l->prev_line, l->prev_end - l->prev_line)), n = 1;
    const struct gm__pattern *pat = told && !p->source->blocks.count ? gm__bare_pattern(p->grammar, GM__NUM_HAN) : NULL;
    if (!pat || !opens_member(p, start, 1)) return;
    l->row = (struct verb_row){.at = {start}, .simple = l->simple};
    for (size_t at = start; n < told && (at = find_line(p, at, n + 1)) != 0; n++) l->row.at[n] = at;
    p->steps += n;
    if (n < told) return;
    l->row.first = (struct gm__cand){.family = pat->family, .components = 1, .len = 3};
    l->row.first.next = l->row.first.twin = l->row.first.reopen = l->row.first.series = GM__NONE;
    l->row.end = n;
    l->simple = false; /* each line is asked for */
}
