/*
 * annexed.c - a regulation that stands below the notice that issues it, without the mark 附件: its title opens a
 * region. Such a title stands below the notice's date, in one line or two; or the notice named it in 《》.
 */
#include "parse/phrase.h"

#define NAMED_WITHIN 2048u /* bytes above the title */
#define TITLE_PART   75u   /* bytes of the first of two lines */

/* The last line with text that ends before `end`, no further up than `most` bytes; empty when there is none. */
static struct gm_str line_above(const struct gm__parser *p, size_t end, size_t most) {
    size_t low = end > most ? end - most : 0;
    struct gm_str line = {p->text + end, 0};
    while (!line.len && end > low) {
        size_t begin = end;
        while (begin > low && p->text[begin - 1] != '\n' && p->text[begin - 1] != '\r') begin--;
        if (begin == low && low > 0) break; /* a longer one */
        line = gm__str_trim(gm__str(p->text + begin, end - begin));
        end = begin ? begin - 1 : 0;
    }
    return line;
}

/* 《…》 with these words stands in the text above. */
static bool is_named_above(const struct gm__parser *p, struct gm_str title) {
    size_t to = (size_t)(title.ptr - p->text), from = to > NAMED_WITHIN ? to - NAMED_WITHIN : 0;
    for (size_t at = from + 2; at + title.len + 4 <= to; at++) { /* of the three bytes of 《 the last is the rarest */
        const char *hit = memchr(p->text + at, 0x8A, to - at - title.len - 3);
        if (!hit) return false;
        at = (size_t)(hit - p->text);
        if (memcmp(hit - 2, "《", 3) == 0 && memcmp(hit + 1, title.ptr, title.len) == 0 &&
            memcmp(hit + 1 + title.len, "》", 3) == 0)
            return true;
    }
    return false;
}

/* The document's own title again, at the head of a page. */
static bool is_own_title(const struct gm__parser *p, struct gm_str title) {
    const char *at = p->text, *end = p->text + p->len;
    while (at < end && gm__is_space((unsigned char)*at)) at++;
    return (size_t)(end - at) > title.len && memcmp(at, title.ptr, title.len) == 0;
}

/* （此件公开发布）, 某市人民政府, 某市人民政府办公室　2024年1月6日印发: may stand between the date and what is annexed.
 */
static bool is_imprint(struct gm_str s) { return gm__is_bracketed(s) || gm__is_organ(s) || gm__str_ends(s, "印发"); }

static bool is_below_date(const struct gm__parser *p, struct gm_str above) {
    for (int i = 0; i < 3 && above.len && is_imprint(above); i++)
        above = line_above(p, (size_t)(above.ptr - p->text), 200);
    return gm__is_date(above);
}

static bool is_title_part(struct gm_str s) {
    return s.len && s.len <= TITLE_PART && !gm__is_stopped(s) && !gm__holds(s, "：") && !gm__holds(s, "了") &&
           !gm__is_date(s);
}

/* A first ordinal or （…通过） stands right below: what the title names is there, it is not only listed. */
static bool begins_below(const struct gm__parser *p, struct gm_str line) {
    struct gm__cand c[GM__MAX_READINGS];
    struct gm_str next = gm__next_line(p, line.ptr + line.len);
    if (gm__begins(next, "（") || gm__begins(next, "(")) return true;
    return next.len && gm__match_label(p, (size_t)(next.ptr - p->text), p->len, GM__AT_START, c) && c[0].number == 1;
}

/* 关于…的报告: what a notice passes on. */
static bool names_document(struct gm_str s) {
    static const char *const kinds[] = {"的报告", "的意见", "的请示", "意见", "报告", NULL};
    char apart[GM__SPACED];
    s = gm__without_blanks(s, apart);
    return gm__names_rules(s) || (gm__begins(s, "关于") && !gm__holds(s, "。") && gm__ends_any(s, kinds));
}

size_t gm__annexed_title(const struct gm__parser *p, struct gm_str line) {
    const size_t none = SIZE_MAX;
    size_t at = (size_t)(line.ptr - p->text);
    if (gm__holds(line, "了")) return none; /* 讨论了…办法 */
    struct gm_str above = line_above(p, at, 400);
    const struct gm__cand *last = p->cands.count ? gm__cand_at(p, p->cands.count - 1) : NULL;
    if (!above.len || (last && last->at >= (size_t)(above.ptr - p->text))) return none;
    struct gm_str both = gm__str(above.ptr, (size_t)(line.ptr - above.ptr) + line.len);
    if (names_document(line) && is_below_date(p, above)) return at;
    if (is_title_part(above) && names_document(both) &&
        is_below_date(p, line_above(p, (size_t)(above.ptr - p->text), 200)))
        return (size_t)(above.ptr - p->text);
    if (!gm__names_rules(line) || !begins_below(p, line)) return none;
    if (gm__names_annex(above) && above.len > line.len &&
        memcmp(above.ptr + above.len - line.len, line.ptr, line.len) == 0)
        return at; /* 附件：柳湾镇河道保洁办法 names it */
    bool ended = gm__str_ends(above, "。") || gm__is_organ(above);
    return ended && is_named_above(p, line) && !is_own_title(p, line) ? at : none;
}
