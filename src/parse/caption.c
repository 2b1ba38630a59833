/*
 * caption.c - 上午 / 一、… 二、… / 下午 / （一）…: lines without a number that head the parts of a text, each of which
 * numbers in its own way. What a part numbers ends with it.
 */
#include "parse/decide.h"
#include "parse/phrase.h"

#define LEAST_BYTES 8u  /* of such a line, and of the line ends beside it */
#define BLANK_BYTES 64u /* above it and below it */

/* Where the line ends that stands above `at`, blanks passed over. 0: none stands so near. */
static size_t end_above(const struct gm__parser *p, size_t at) {
    size_t from = at;
    while (at > 0) {
        if (from - at > BLANK_BYTES) return 0;
        if (strchr(" \t\r\n", p->text[at - 1]))
            at--;
        else if (at >= 3 && memcmp(p->text + at - 3, "\xE3\x80\x80", 3) == 0)
            at -= 3;
        else
            break;
    }
    return at;
}

/* Nothing stands between c and the paragraph of the candidate before it: it takes no look at the text to know that. */
static bool is_surely_below(const struct gm__decider *d, const struct gm__cand *c) {
    const uint32_t below = GM__CAND_UNDER_TEXT | GM__CAND_UNDER_CAND;
    if ((c->flags & below) == below || (c->flags & GM__CAND_UNDER_PROSE)) return true;
    return c > d->cands && c->para > c[-1].stop && c->para - c[-1].stop < LEAST_BYTES;
}

/* The caption right above the paragraph of c, below another line: short, of Han alone, and no point. Empty: none is
 * there. */
static struct gm_str caption_above(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__parser *p = d->p;
    const struct gm_str none = gm__str("", 0);
    if (is_surely_below(d, c)) return none; /* a point's paragraph stands there */
    size_t end = end_above(p, c->para), begin = end;
    if (end < 3 || end == c->para) return none; /* nothing parts them */
    if (!gm__ends_in_han(p->text, 0, end) && memcmp(p->text + end - 3, "：", 3) != 0) return none;
    while (begin > 0 && p->text[begin - 1] != '\n' && p->text[begin - 1] != '\r')
        if (end - --begin > GM__CAPTION_BYTES) return none;
    struct gm_str line = gm__str_trim(gm__str(p->text + begin, end - begin));
    if (!end_above(p, begin)) return none; /* the title of the text */
    const struct gm__cand *above = c;
    while (above > d->cands && above->para == c->para) above--;
    if (above->para != c->para && above->stop > begin) return none;
    if (gm__str_ends(line, "：")) line.len -= 3;
    for (size_t i = 0; i < line.len;) {
        uint32_t cp;
        i += gm__utf8_decode(line.ptr + i, line.ptr + line.len, &cp);
        if (!gm__is_han(cp)) return none;
    }
    return line;
}

/* 甲公司 and 乙公司, 上午 and 晚上: as long as one another, with the same last character or the same first two, or
 * times of the day. */
static bool are_alike(struct gm_str a, struct gm_str b) {
    static const char *const times[] = {"上午", "中午", "下午", "早上", "早晨", "清晨", "傍晚",
                                        "晚上", "夜间", "夜里", "白天", "午后", NULL};
    if (a.len != b.len || a.len < 6 || gm__str_eq(a, b)) return false;
    if (memcmp(a.ptr + a.len - 3, b.ptr + b.len - 3, 3) == 0) return true;
    if (a.len > 6 && memcmp(a.ptr, b.ptr, 6) == 0) return true; /* 星期一, 星期二 */
    return gm__begins_any(a, times) && gm__begins_any(b, times);
}

uint32_t gm__part_before(const struct gm__decider *d, const struct gm__cand *c) {
    const uint32_t odd = GM__CAND_HEADING | GM__CAND_RENDERED | GM__CAND_AFTER_COMMA;
    if (c->number != 1 || !d->depth || (c->flags & odd) || c->heading || c->depth) return GM__NONE;
    if (is_surely_below(d, c)) return GM__NONE;
    struct gm_str mine = {NULL, 0}; /* looked for when it is wanted: its text was seen long ago */
    for (uint32_t depth = 0; depth < d->depth; depth++) {
        const struct gm__series *s = &d->open[depth];
        const struct gm__cand *first = gm__candidate(d, s->first);
        d->p->steps++;
        if (s->family == c->family || s->is_inline || s->count < 2 || gm__alive(d, depth) || (first->flags & odd))
            continue;
        if (!mine.ptr) mine = caption_above(d, c);
        if (!mine.len) return GM__NONE;
        if (are_alike(caption_above(d, first), mine)) return depth;
    }
    return GM__NONE;
}

/* 一、报到 / 1. 2. / 交费指引 / 1. 2.: c, a first number again, stands right below the heading of another part, and no
 * heading stood above the first list. */
static bool heads_another_part(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    struct gm_str mine = caption_above(d, c);
    const char *end = mine.ptr + mine.len; /* behind it stands c, or the colon */
    bool colon = end[0] == '\xEF' && memcmp(end, "：", 3) == 0;
    return mine.len >= LEAST_BYTES && !colon && !gm__is_captioned(d, s);
}

uint32_t gm__part_closed(const struct gm__decider *d, const struct gm__cand *c) {
    const uint32_t odd = GM__CAND_HEADING | GM__CAND_RENDERED | GM__CAND_AFTER_COMMA;
    if (c->number != 1 || d->depth < 2 || !d->standing[d->kin[c->family]] || (c->flags & odd) || c->heading || c->depth)
        return GM__NONE;
    const struct gm__series *s = &d->open[d->depth - 1], *outer = s - 1;
    const struct gm__cand *above = gm__candidate(d, outer->last);
    if (s->family != c->family || s->prefix != c->prefix || s->is_inline || outer->is_inline ||
        s->parent != outer->last || gm__alive(d, d->depth - 1) || gm__alive(d, d->depth - 2))
        return GM__NONE;
    if ((above->flags & odd) || above->heading || gm__family(d, above)->kind == GM_KIND_ARTICLE) return GM__NONE;
    return heads_another_part(d, s, c) ? d->depth - 2 : GM__NONE;
}

bool gm__is_captioned(const struct gm__decider *d, const struct gm__series *s) {
    const struct gm__cand *first = gm__candidate(d, s->first);
    if (!s->first || s->is_inline || (first->flags & GM__CAND_HEADING) || (first[-1].flags & GM__CAND_HEADING))
        return false;
    return gm__is_start(first) && caption_above(d, first).len != 0;
}
