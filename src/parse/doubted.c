/*
 * doubted.c - 2.24小时值班, 2、3号楼, A.3: what follows such a label may go on with its number. Its neighbours must
 * vouch for it.
 */
#include "parse/decide.h"
#include "parse/lexer.h"
#include "parse/match.h"

/* Its mark is that between two numbers: quantity.c. */
static bool is_pair(const struct gm__parser *p, const struct gm__cand *c) {
    return c->len > 3 && memcmp(p->text + c->at + c->len - 3, "、", 3) == 0;
}

/* 2、3号楼…。 right below 1、2号楼…。, which is one. */
static bool goes_on_with_pairs(const struct gm__decider *d, const struct gm__cand *c) {
    return c > d->cands && c[-1].number + 1 == c->number && c[-1].family == c->family && gm__accepted(&c[-1]) &&
           (c[-1].flags & c->flags & GM__CAND_DOUBTED) && is_pair(d->p, &c[-1]) &&
           (gm__is_start(c) ? gm__is_start(&c[-1]) : c[-1].para == c->para && c->before == GM__BEFORE_SENTENCE);
}

/* 1.三人四足 / 2.一圈到底 / 3.20米袋鼠跳: lines without a stop, one below the other, of which this is the last. */
static bool ends_lines(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__cand *k = c;
    while (k > d->cands && k->at == c->at) k--; /* other readings of the same characters */
    return c->number > 2 && k->family == c->family && k->number == c->number - 1 && gm__accepted(k) &&
           gm__is_start(k) && !((k->flags | c->flags) & GM__CAND_STOPPED) && gm__follows_at_once(d, k, c);
}

#define REFUSED_BACK 8 /* candidates between it and the one before */

/* 1.整理档案；2.24小时值班；3.15个乡镇完成换届。 The last of a paragraph's, behind two at least. */
static bool ends_clauses(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__cand *k = c;
    if (c->number < 3 || c->before != GM__BEFORE_SENTENCE || c->next != GM__NONE) return false;
    while (k > d->cands && c - k < REFUSED_BACK && (k->at == c->at || !gm__accepted(k))) k--;
    return k->family == c->family && k->number == c->number - 1 && gm__accepted(k) && k->para == c->para &&
           !gm__is_start(k);
}

/* 1.…; 2.24小时值班; 3.…: the numbers before and behind vouch for it, if none of them stands elsewhere. Behind the last
 * none stands. */
static bool is_vouched(struct gm__decider *d, const struct gm__cand *c) {
    if (c->flags & (GM__CAND_AFTER_COMMA | GM__CAND_WRAPPED)) return false;
    if (c->next != GM__NONE && c->next < c->twin) {
        const struct gm__cand *next = gm__candidate(d, c->next);
        if (gm__is_start(c) ? gm__is_start(next) : next->para == c->para) return true;
    }
    if (is_pair(d->p, c)) { /* 三、四样 */
        bool goes_on = goes_on_with_pairs(d, c);
        if (!goes_on || !gm__is_start(c)) return goes_on;
    }
    if (!gm__is_start(c)) return ends_clauses(d, c);
    bool whole =
        (c->flags & GM__CAND_STOPPED) || ends_lines(d, c) || gm__has_di(d->p, c->at); /* or a heading, 第三节日常管理 */
    return whole && c->number > 1 && (c->twin == GM__NONE || c->twin > gm__horizon(d, d->depth));
}

#define OPTION_MOST 600u /* bytes from one such to the next */

/* Is k, which `index` is of, an option right below c? */
static bool stands_below(const struct gm__decider *d, const struct gm__cand *c, uint32_t index) {
    if (index == GM__NONE) return false;
    const struct gm__cand *k = gm__candidate(d, index);
    return gm__is_start(k) && k->at - c->at <= OPTION_MOST;
}

/* A.3, B.5, C.8, D.9; A　噪声, B　光照, C　温度: three in a row, or one that goes on with such. */
static bool is_option(const struct gm__decider *d, const struct gm__cand *c) {
    if (c->number > 1) {
        const struct gm__series *s = d->depth ? &d->open[d->depth - 1] : NULL;
        return s && s->kin == d->kin[c->family] && stands_below(d, gm__candidate(d, s->last), (uint32_t)(c - d->cands));
    }
    return stands_below(d, c, c->next) && stands_below(d, gm__candidate(d, c->next), gm__candidate(d, c->next)->next);
}

/* 1.1App端 below 1, 1.2Web端 below 1.1: the number above it says that it is one. */
static void consider_glued_decimal(struct gm__decider *d, const struct gm__cand *c, struct gm__move *best) {
    struct gm__move m = {GM__ACT_CONTINUE, 30, 0, GM__NONE, GM__RULE_CONTINUES};
    if (!gm__is_start(c) || (c->flags & (GM__CAND_AFTER_COMMA | GM__CAND_WRAPPED))) return;
    if (c->twin < c->next && c->twin <= gm__horizon(d, d->depth))
        return; /* the same comes once more, before the next */
    for (m.depth = d->depth; c->number > 1 && m.depth-- > 0;) {
        const struct gm__series *s = &d->open[m.depth];
        d->p->steps++;
        if (s->kin != d->kin[c->family] || s->prefix != c->prefix || s->is_inline) continue;
        if (s->number == c->number - 1) gm__propose(best, m);
        return;
    }
    if (c->number != 1 || c->next >= gm__horizon(d, d->depth) || !gm__is_start(gm__candidate(d, c->next))) return;
    m = (struct gm__move){GM__ACT_OPEN, 30, 0, GM__NONE, GM__RULE_OPENS};
    if (gm__place_decimal(d, c, &m)) gm__propose(best, m);
}

/* 1.60岁以上老人: the text behind it begins with what is counted whole. */
static bool is_whole(const struct gm__decider *d, const struct gm__cand *c) {
    return gm__counts_whole((struct cursor){d->p->text + c->at + c->len, d->p->text + d->p->len}, 1);
}

/* 1、2号楼…。 2、3号楼…。 3、4号楼…。: three sentences, one below the other, each of which opens with the next number.
 * 1.5万元…。 2.10万元…。 may be fractions, unless a plain 3. stands below them; 1.60岁以上 / 2.16岁以下 are none. */
static bool opens_three(const struct gm__decider *d, const struct gm__cand *c) {
    uint32_t flags = c->flags;
    bool whole = true;
    for (int n = 0; n < 2; n++) {
        if (!stands_below(d, c, c->next) || gm__candidate(d, c->next)->family != c->family) return false;
        whole = whole && is_whole(d, c);
        c = gm__candidate(d, c->next);
        flags &= c->flags;
    }
    return ((flags & GM__CAND_STOPPED) || whole) && (is_pair(d->p, c) || !(c->flags & GM__CAND_DOUBTED));
}

/* 二、三级市场 behind 一、二级市场: is there no doubt of the candidate, or none of the one behind it? */
static bool is_sure_soon(const struct gm__decider *d, const struct gm__cand *c) {
    if (!(c->flags & GM__CAND_DOUBTED)) return true;
    return is_pair(d->p, c) && c->next != GM__NONE && !(gm__candidate(d, c->next)->flags & GM__CAND_DOUBTED);
}

/* Does k's next stand behind a sentence of the same paragraph? Then it is *k. */
static bool step_on(const struct gm__decider *d, const struct gm__cand **k) {
    const struct gm__cand *c = *k;
    if (c->next == GM__NONE) return false;
    *k = gm__candidate(d, c->next);
    return (*k)->family == c->family && (*k)->para == c->para && (*k)->before == GM__BEFORE_SENTENCE;
}

/* 要求：1、3个月内完成；2、5天内上报；3、及时总结。: behind a colon or a sentence such a number opens a list when the
 * next stand behind sentences too. 1.2万元；2.3万元；3.5万元 may be fractions: the third must be none. */
static void consider_doubted_list(struct gm__decider *d, const struct gm__cand *c, struct gm__move *best) {
    struct gm__move m = {GM__ACT_OPEN, 28, 0, GM__NONE, GM__RULE_OPENS};
    const struct gm__cand *k = c;
    if (c->before > GM__BEFORE_COLON || !step_on(d, &k)) return;
    const struct gm__cand *second = k;
    bool third = step_on(d, &k), pair = is_pair(d->p, c);
    if (third ? !pair && (k->flags & GM__CAND_DOUBTED) : !pair || c->before != GM__BEFORE_COLON) return;
    if (gm__opens_no_list(d->p, c, second)) return;
    gm__place_inline(d, c, &m);
    gm__propose(best, m);
}

/* Is a series of its kin open? Then it goes on with that, or with none. */
static bool continue_doubted(struct gm__decider *d, const struct gm__cand *c, struct gm__move *best) {
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        d->p->steps++;
        if (s->kin != d->kin[c->family]) continue;
        bool follows = s->number == c->number - 1 && s->prefix == c->prefix && s->is_inline != gm__is_start(c);
        if (follows && gm__place_allows(d, depth, c))
            gm__propose(best, (struct gm__move){GM__ACT_CONTINUE, 28, depth, GM__NONE, GM__RULE_CONTINUES});
        return true;
    }
    return false;
}

void gm__consider_doubted(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    bool letter = gm__is_letter(d, c);
    if (gm__is_decimal(c) && !(c->flags & GM__CAND_BLANK)) {
        consider_glued_decimal(d, c, best);
        return;
    }
    if (letter ? !is_option(d, c) : !is_vouched(d, c)) return;
    if (continue_doubted(d, c, best)) return;
    if (c->number != 1 || c->next >= gm__horizon(d, d->depth)) return;
    if (!gm__is_start(c)) {
        consider_doubted_list(d, c, best);
        return;
    }
    const struct gm__cand *next = gm__candidate(d, c->next);
    bool heads = gm__has_di(d->p, c->at); /* 第一节目标, 第二节课程 */
    if (!letter && (next->family != c->family || !(heads || is_sure_soon(d, next) || opens_three(d, c)))) return;
    struct gm__move m = {GM__ACT_OPEN, 28, 0, GM__NONE, GM__RULE_OPENS};
    gm__place_start(d, c, &m);
    gm__propose(best, m);
}
