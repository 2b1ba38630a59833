/*
 * lone.c - 二、活动时间: a number without the one before it, in an excerpt or behind one that no mark shows. A line of
 * its own that reads as a heading is one, whatever its number, and so is what the format calls a heading.
 */
#include "parse/decide.h"
#include "parse/lexer.h"

#define LONE_BYTES   75u /* of the text of such a heading */
#define LONE_MOST    40  /* no heading has a greater number */
#define ONES_LOOK    64u /* candidates from 任务1 back to the last 任务 */
#define NEAR_LONE    16u /* candidates behind it */
#define SECTION_RANK 35u /* families up to 一、 */

/* 二、 （二） 2. 2、 贰、: what is typed for a heading. (2) may be a formula's, 2) is seldom alone. */
static bool heads_sections(const struct gm__parser *p, const struct gm__cand *c) {
    const unsigned han = 1u << GM__NUM_HAN | 1u << GM__NUM_FORMAL | 1u << GM__NUM_PAREN_HAN;
    size_t len, at = c->at;
    uint32_t cp = gm__cp_at(p, at, &len);
    if (gm__bracket(cp) > 0) cp = gm__cp_at(p, at + len, &len);
    if (gm__numeral_systems(cp) & han) return true;
    uint32_t mark = gm__cp_before(p, (size_t)c->at + c->len, at);
    return gm__fold(cp) - '0' < 10 && (c->heading || mark == 0x3001 || gm__fold(mark) == '.');
}

/* The text behind the label, without a colon at its end: no sentence, no cells, no number. */
static bool reads_as_heading(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->stop < c->at + c->len) return false;
    struct gm_str text = gm__str_trim(gm__str(p->text + c->at + c->len, c->stop - c->at - c->len));
    if (gm__str_ends(text, "：")) text.len -= 3;
    if (text.len < 6 || text.len > LONE_BYTES) return false;
    size_t at = (size_t)(text.ptr - p->text), end = at + text.len, len, blanks = 0;
    if (!gm__is_han(gm__cp_at(p, at, &len))) return false;
    for (uint32_t cp = 0; at < end; at += len) {
        cp = gm__cp_at(p, at, &len);
        if (cp == 0x3002 || cp == 0xFF1B || cp == ';' || cp == 0xFF01 || cp == '\t' || cp == 0x3000) return false;
        blanks = cp == ' ' ? blanks + 1 : 0;
        if (blanks > 1) return false;
    }
    uint32_t last = gm__cp_before(p, end, end - text.len);
    return gm__is_han(last) || last == 0x201D || last == 0x300B || last == 0xFF09 || last == ')' || last == 0xFF1F;
}

/* ## 2.3 支持导出, ## 2.2 支持导入: the versions of a list of changes, the last one first. */
static bool falls_behind(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__cand *end = gm__candidate(d, d->p->cands.count), *k = c + 1;
    if ((size_t)(end - k) > NEAR_LONE) end = k + NEAR_LONE;
    for (; k < end; k++)
        if (k->heading && k->family == c->family && k->prefix == c->prefix) return k->number < c->number;
    return false;
}

bool gm__is_lone_heading(const struct gm__decider *d, const struct gm__cand *c) {
    const uint32_t odd = GM__CAND_AFTER_COMMA | GM__CAND_DOUBTED | GM__CAND_ALONE | GM__CAND_LATIN_TEXT |
                         GM__CAND_LONG | GM__CAND_TOC | GM__CAND_ALT;
    if (!gm__is_start(c) || (c->flags & odd) || c->number < 1 || c->number > LONE_MOST) return false;
    if (gm__family(d, c)->partner || gm__family(d, c)->words || c->sub) return false;
    if (c->twin != GM__NONE && c->twin < c->reopen) return false; /* a head of pages, an entry of contents */
    if (!heads_sections(d->p, c) || !reads_as_heading(d->p, c)) return false;
    if (c->heading) return !falls_behind(d, c);
    return !gm__is_bare(c) && c->components == 1;
}

bool gm__is_lone_first(const struct gm__decider *d, const struct gm__cand *c, uint32_t parent) {
    const uint32_t odd = GM__CAND_AFTER_COMMA | GM__CAND_DOUBTED | GM__CAND_ALONE | GM__CAND_LATIN_TEXT |
                         GM__CAND_LONG | GM__CAND_STOPPED | GM__CAND_TOC;
    const struct gm__family *f = gm__family(d, c);
    if (!f->apart || f->partner || c->number != 1 || !gm__is_start(c) || (c->flags & odd) || parent == GM__NONE)
        return false;
    const struct gm__cand *above = gm__candidate(d, parent), *k = c;
    for (unsigned n = 0; k > d->cands && n < ONES_LOOK; n++) {
        k--;
        if (k->family != c->family || k->prefix != c->prefix || !gm__accepted(k)) continue;
        uint32_t other = gm__series_at(d->p, k->series)->parent;
        if (other == GM__NONE) return false;
        const struct gm__cand *before = gm__candidate(d, other);
        return before->family == above->family && before->prefix == above->prefix && before->number < above->number &&
               reads_as_heading(d->p, c);
    }
    return false;
}

#define CAPTION_BYTES 60u  /* 五、活动过程： */
#define MEMBER_BYTES  600u /* 六、安全返回。… before 七、 */
#define MEMBER_LEAST  9u   /* 小结。; 对。 is an answer */

/* 1.洗净。 / 切块入味。2.下锅。 / 油温不高。3.炒糖。: c, a sentence run in behind another, and k right behind it, one
 * too.
 */
static bool are_run_in(const struct gm__cand *c, const struct gm__cand *k) {
    return k->family == c->family && k->number == c->number + 1 && k->before == GM__BEFORE_SENTENCE &&
           k->at - c->at <= MEMBER_BYTES && k->at - c->at >= c->len + MEMBER_LEAST &&
           !(k->flags & (GM__CAND_DOUBTED | GM__CAND_MARK | GM__CAND_LATIN_TEXT));
}

bool gm__runs_in_late(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__cand *end = gm__candidate(d, d->p->cands.count), *k = c + 1;
    if ((c->flags & (GM__CAND_DOUBTED | GM__CAND_LATIN_TEXT | GM__CAND_ALONE)) || c->components > 1) return false;
    if (gm__family(d, c)->partner || !heads_sections(d->p, c)) return false;
    if ((size_t)(end - k) > NEAR_LONE) end = k + NEAR_LONE;
    while (k < end && k->family != c->family) k++;
    return k < end && are_run_in(c, k) && k->next != GM__NONE && are_run_in(k, gm__candidate(d, k->next));
}

/* （2）切菜, not ② nor （2）式中. */
static bool is_bracketed_member(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const spoken[] = {"式", "中", "的", "和", "与", "及", "至", "到", "所", "处",
                                         "项", "款", "条", "号", "可", "得", "知", "是", NULL};
    size_t len, at = gm__skip_line_blanks(p, (size_t)c->at + c->len);
    return gm__bracket(gm__cp_at(p, c->at, &len)) > 0 && !gm__begins_any(gm__str(p->text + at, p->len - at), spoken);
}

/* The same of a series that c would go on with: c is proven by the next, what comes behind it by the one before. */
static bool goes_on_run_in(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    if (!are_run_in(last, c)) return false;
    if (!heads_sections(d->p, c) && !is_bracketed_member(d->p, c)) return false;
    return gm__is_start(last) ? c->next != GM__NONE && are_run_in(c, gm__candidate(d, c->next))
                              : last->before == GM__BEFORE_SENTENCE;
}

bool gm__heads_behind_stop(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    if (c->before != GM__BEFORE_SENTENCE || s->family != c->family || c->components > 1) return false;
    if ((c->flags & (GM__CAND_DOUBTED | GM__CAND_MARK)) || gm__family(d, c)->partner) return false;
    if (s->next != GM__NONE && s->next != (uint32_t)(c - d->cands)) return false;
    if (goes_on_run_in(d, s, c)) return true;
    if (!heads_sections(d->p, c)) return false;
    if (!(c->flags & GM__CAND_LONG) && reads_as_heading(d->p, c)) return true;
    if (gm__family(d, c)->rank > SECTION_RANK) return false;
    const struct gm__cand *k = c + 1, *end = gm__candidate(d, d->p->cands.count);
    if (k < end && k->para == c->para && k->number == 1 && k->before == GM__BEFORE_COLON &&
        k->at - c->at <= CAPTION_BYTES)
        return true;
    if (c->next == GM__NONE) return false;
    k = gm__candidate(d, c->next);
    return k->para == c->para && k->family == c->family && k->before == GM__BEFORE_SENTENCE &&
           k->at - c->at <= MEMBER_BYTES;
}

#define ONE_LOOK 64u /* candidates from 壹、 to 二、 */

void gm__read_one(const struct gm__decider *d, uint32_t index) {
    const struct gm__parser *p = d->p;
    struct gm__cand *c = gm__candidate(d, index);
    const char *label = p->text + c->at;
    if (c->len < 6 || memcmp(label, "壹", 3) != 0) return;
    const struct gm__cand *end = gm__candidate(d, p->cands.count), *k = c + 1;
    if ((size_t)(end - k) > ONE_LOOK) end = k + ONE_LOOK;
    for (; k < end; k++) {
        const char *other = p->text + k->at;
        if (!gm__is_start(k) || k->len != c->len || memcmp(other + 3, label + 3, c->len - 3u) != 0) continue;
        if (k->number != 2 || memcmp(other, "二", 3) != 0) return; /* 一、 貳、 */
        c->family = k->family;
        c->style = k->style;
        c->next = (uint32_t)(k - d->cands);
        return;
    }
}

bool gm__falls_to_heading(struct gm__cand *c) {
    if (!c->heading || !gm__is_start(c) || (c->flags & GM__CAND_HEADING)) return false;
    if (c->rule != GM__RULE_NO_SERIES && c->rule != GM__RULE_REFERENCE) return false;
    c->flags = (c->flags & GM__CAND_ODD) | GM__CAND_START | GM__CAND_HEADING;
    c->prefix = 0;
    c->number = c->other = 0;
    c->family = c->len = 0;
    c->style = c->components = 0;
    c->sub = GM__NO_KEYWORD;
    c->rule = GM__RULE_NONE;
    return true;
}

#define LAST_WORD  20  /* 二十是 */
#define WORDS_RANK 86u /* 第一步 and what stands below it */

/* 二是…。 / 三是…。, 第二阶段：… / 第三阶段：…: words at the starts of paragraphs, and the first of them is in what was
 * cut off before the text. */
bool gm__may_be_cut_list(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__family *f = gm__family(d, c);
    if (!f->partner || f->kind != GM_KIND_ITEM || f->words || f->rank < WORDS_RANK || c->number > LAST_WORD)
        return false;
    if (!gm__is_start(c) || c->number < 2 || c->components > 1 || c->next == GM__NONE) return false;
    const struct gm__cand *next = gm__candidate(d, c->next);
    if (d->closed[d->kin[c->family]] || d->ended[d->kin[c->family]] || d->standing[d->kin[c->family]]) return false;
    if (!gm__is_start(next) || next->family != c->family || next->number != c->number + 1) return false;
    static const char *const words[] = {"是", "要", NULL};
    if (!f->counts) return true;
    if (!gm__ends_any(gm__str(d->p->text + c->at, c->len), words)) return false; /* 二者不可兼得 */
    return next->next != GM__NONE || !gm__between(d, c, next).len;               /* 二是偶数 may say what two is */
}
