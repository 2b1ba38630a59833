/* consider.c - which moves a candidate allows, and what speaks for each: the series that it goes on with, or opens. */
#include "parse/decide.h"
#include "parse/lexer.h"

/* 首先，…其次，…第三，…第四，…最后，…: the word for the last comes behind any number. */
static bool is_last_of_all(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    return c->number == 4 && s->number >= 4 && !gm__family(d, gm__candidate(d, s->last))->words;
}

/* 首先，…接着，…然后，…最后，…: of one number, but another word. */
static bool is_other_word(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    size_t shorter = last->len < c->len ? last->len : c->len; /* one may have a mark behind it */
    return c->number == s->number && c->number < 4 && last->family == c->family &&
           memcmp(d->p->text + last->at, d->p->text + c->at, shorter) != 0;
}

static bool follows(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    if (gm__is_next_listed(gm__candidate(d, s->last), c)) return true; /* （参） and （四） of one list */
    if (s->kin != d->kin[c->family] || s->prefix != c->prefix || (c->flags & GM__CAND_HEADING)) return false;
    if (gm__nests_otherwise(gm__candidate(d, s->last), c)) return false;
    if (c->flags & GM__CAND_DOWN) return s->next == (uint32_t)(c - d->cands);
    if (gm__family(d, c)->words && s->family != c->family && gm__is_remark(d->p, c)) return false;
    if (gm__family(d, c)->words && s->is_inline && s->family != c->family && !gm__same_para(d, s, c))
        return false; /* 第一步，…；第二步，…。 and below it 最后，我再说一句: what closes the whole */
    if (gm__family(d, c)->words)
        return (c->number > s->number || is_last_of_all(d, s, c) || is_other_word(d, s, c)) &&
               !gm__comes_between(d, s, c);
    if (c->sub) /* の二 comes first, 之一 too */
        return c->number == s->number && c->sub > gm__candidate(d, s->last)->sub;
    return c->number == s->number + 1 || (!gm__is_decimal(c) && c->other && c->other == s->number + 1);
}

#define CONTINUES 90 /* the least score of the next number of an open series; no other move has as much */

/* 分两步：1.…。 2.… and （1）…（2）… below it. 3.…: only the first of the list stands inside a paragraph. */
static bool goes_on_at_starts(const struct gm__decider *d, const struct gm__series *s, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index), *last = gm__candidate(d, s->last);
    if (s->family != c->family || s->next != index || gm__family(d, c)->partner) return false;
    return gm__is_start(last) || (s->count == 1 && last->before <= GM__BEFORE_COLON);
}

/* May c go on with the open series at this depth, as far as its place is concerned? */
bool gm__place_allows(struct gm__decider *d, uint32_t depth, const struct gm__cand *c) {
    const struct gm__series *s = &d->open[depth];
    bool here = gm__same_para(d, s, c);
    if (gm__is_start(c)) {
        if (!s->is_inline || here || goes_on_at_starts(d, s, (uint32_t)(c - gm__candidate(d, 0)))) return true;
        for (uint32_t i = depth + 1; i < d->depth; i++)
            if (!d->open[i].is_inline) return false;
        return true;
    }
    if (!s->is_inline)
        return here || (depth + 1 == d->depth && (gm__family_of(d->p, c)->partner || gm__lost_its_line(d->p, s, c))) ||
               gm__heads_behind_stop(d, s, c);
    if (here) return true;
    for (uint32_t i = depth + 1; i < d->depth; i++)
        if (!d->open[i].is_inline) return false;
    return c->before <= GM__BEFORE_COLON;
}

/* Its look leaves no doubt that it counts. */
static bool is_sure(const struct gm__parser *p, const struct gm__cand *c) {
    return (c->flags & GM__CAND_RENDERED) || gm__is_unit(p, c);
}

/* 二是…，一是甲，二是乙。三是…: commas part the members of the open series, c stands behind a full stop. */
static bool is_parted_otherwise(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    return s->is_inline && s->count > 1 && gm__same_para(d, s, c) && gm__candidate(d, s->last)->before != c->before;
}

static void consider_continue(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        if (!follows(d, s, c) || !gm__place_allows(d, depth, c)) continue;
        int score = CONTINUES + 10 + (s->family == c->family ? 8 : 0) + (s->is_inline != gm__is_start(c) ? 4 : 0);
        if (s->next == index) score += 2;
        bool alike = gm__is_written_alike(gm__candidate(d, s->last), c); /* 2. {1、} 3. against 2. {1、 2、 3.} */
        if (!alike) score -= 1;
        bool other_list = gm__is_other_list(gm__candidate(d, s->last), c);
        if (other_list) score -= 20; /* a series of its own list comes before it */
        bool otherwise = depth > 0 && is_parted_otherwise(d, s, c);
        if (otherwise) score -= 6;                      /* one further out, parted alike, comes before it */
        if (c->flags & GM__CAND_LOOKALIKE) score -= 10; /* イ ロ ハ ニ: what it is comes before what it looks like */
        gm__propose(best, (struct gm__move){GM__ACT_CONTINUE, score, depth, GM__NONE, GM__RULE_CONTINUES});
        if (!otherwise && !other_list && alike && s->is_inline != gm__is_start(c) && s->next == index) return;
    }
}

/* A, Ａ */
bool gm__is_letter(const struct gm__decider *d, const struct gm__cand *c) {
    const char *at = d->p->text + c->at;
    uint32_t cp;
    (void)gm__utf8_decode(at, at + c->len, &cp);
    return gm__fold(cp) - 'A' < 26;
}

/* （一）（二）（二）: the last number once more, with nothing behind it to go on to. A line that is written like the
 * members before it counts; a number between a blank and a text may be anything. */
static bool repeats(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    return s->count > 1 && c->family == last->family && c->style == last->style && c->len == last->len &&
           !gm__is_bare(c) && !(c->flags & (GM__CAND_ALONE | GM__CAND_LATIN_TEXT | GM__CAND_AFTER_COMMA)) &&
           !gm__is_letter(d, c);
}

/* （一）（三）（二）: the number that the last one left out, as it is written. */
static bool fills_gap(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    return s->count > 1 && last->rule == GM__RULE_GAP && last->family == c->family && last->style == c->style &&
           !gm__is_bare(c) && !(c->flags & (GM__CAND_ALONE | GM__CAND_LATIN_TEXT)) && !gm__is_letter(d, c);
}

#define SKIPPED_MOST 12 /* numbers that a slip may leave out */
#define DIVISION     20 /* the rank of 节 at most: such a number is spoken of elsewhere, that of a list is not */

/* 第五章, and 第八章 here, where 第六章, 第七章 and 第八章 are still to come: it speaks of that one. */
static bool is_still_to_come(const struct gm__decider *d, uint32_t depth, uint32_t index) {
    const struct gm__series *s = &d->open[depth];
    const struct gm__cand *c = gm__candidate(d, index);
    int32_t wanted = c->number;
    uint32_t i = s->next;
    bool told = c->depth || c->heading; /* by the format, whatever the numbers */
    if (told || gm__family(d, c)->rank > DIVISION || wanted < s->number + 2 || wanted > s->number + SKIPPED_MOST ||
        i == GM__NONE || i <= index || !gm__alive(d, depth))
        return false;
    for (int32_t n = s->number + 1; n < wanted && i != GM__NONE; n++) i = gm__candidate(d, i)->next;
    return i != GM__NONE && i < gm__horizon(d, depth);
}

/* 11. above 11.3: the clause right below is of that number. */
static bool heads_decimal(const struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index), *below = c + 1;
    if (!(c->flags & GM__CAND_NEAR_DECIMAL) || index + 1 >= d->p->cands.count || c->components > 1) return false;
    return gm__is_start(below) && below->components == 2 && gm__is_decimal_child(c, below) &&
           (below->flags & (GM__CAND_BLANK | GM__CAND_LATIN_TEXT)) == GM__CAND_BLANK;
}

/* Gap, repeat, backwards: the author's slip, or no member at all. */
static void consider_slip(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    if (!gm__is_start(c) || gm__family(d, c)->partner || (c->flags & GM__CAND_AFTER_COMMA) || gm__family(d, c)->words)
        return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        const struct gm__cand *last = gm__candidate(d, s->last);
        bool starts = !s->is_inline || gm__is_start(last); /* 原因如下：1.… / 2.… / 4.… */
        if (s->kin != d->kin[c->family] || s->prefix != c->prefix || !starts || gm__nests_otherwise(last, c)) continue;
        int32_t step = c->number - s->number;
        bool sure = is_sure(d->p, c) || heads_decimal(d, index),
             goes_on = c->next != GM__NONE && c->next <= gm__horizon(d, d->depth);
        bool lettered = c->sub >= GM__LETTERED && !(c->flags & GM__CAND_HEADING);
        if (lettered && step != 0) continue; /* 5G. is a name where 5. does not stand above */
        if (c->sub && step >= 0) sure = true;
        bool quantity = gm__is_decimal(c) && !(c->flags & GM__CAND_BLANK) && c->components == 2; /* 2.5米 */
        if (quantity && !(goes_on && step > 1)) continue;
        if (is_still_to_come(d, depth, index)) continue;
        bool ok = sure || (step > 1 && (step <= 3 || (goes_on && step <= SKIPPED_MOST))) ||
                  (step == 0 && (goes_on || repeats(d, s, c))) ||
                  (step == -1 && !gm__is_bare(c) && s->next != GM__NONE && s->next > index && gm__alive(d, depth)) ||
                  (step == -1 && fills_gap(d, s, c)) || (step > 3 && gm__is_lone_heading(d, c));
        if (ok && c->number != 1)
            gm__propose(best,
                        (struct gm__move){GM__ACT_CONTINUE, 45 - (step < 0 ? 10 : 0), depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

/* 一是 … 三是, 二是 … 二是: in one paragraph, or each at the start of its own, a slip costs no member. */
static void consider_word_slip(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    const struct gm__family *f = gm__family(d, c);
    if (!f->partner || f->words || c->number < 2 || c->before > GM__BEFORE_COLON) return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        if (s->family != c->family) continue;
        int32_t step = c->number - s->number;
        if ((step == 0 || step == 2) && (gm__same_para(d, s, c) || (gm__is_start(c) && !s->is_inline)))
            gm__propose(best, (struct gm__move){GM__ACT_CONTINUE, 40, depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

/* (4)…。 (5)…。 and right below (六)…。: the last of the list. */
static bool ends_list(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    if (s->count < 3 || c->next != GM__NONE || !(c->flags & GM__CAND_STOPPED)) return false;
    return gm__follows_at_once(d, gm__candidate(d, s->last), c);
}

/* 2.国画 / 3 琵琶 / 4．太极: the missing number stands right between two others, whatever its mark. */
static bool fills_line(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *k = c + 1, *end = gm__candidate(d, d->p->cands.count);
    if (k == end || !gm__is_start(k) || d->kin[k->family] != s->kin || k->number != c->number + 1) return false;
    return gm__follows_at_once(d, gm__candidate(d, s->last), c) && gm__follows_at_once(d, c, k);
}

#define SLIP_LOOK 48u /* candidates */

/* （三） (4) （五）, 二、 3、 四、: the number that is missing stands there, in other digits or with another mark. */
static void consider_other_digits(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    const unsigned odd = GM__CAND_AFTER_COMMA | GM__CAND_ALONE | GM__CAND_LATIN_TEXT | GM__CAND_RENDERED;
    const struct gm__series *s = d->depth ? &d->open[d->depth - 1] : NULL;
    if (!s || s->is_inline || c->number != s->number + 1 || c->number < 2 || c->components > 1 || (c->flags & odd) ||
        gm__family(d, c)->partner || gm__is_unit(d->p, c) || d->families[s->family].partner ||
        gm__is_decimal(gm__candidate(d, s->last)))
        return;
    const struct gm__move slip = {GM__ACT_CONTINUE, 42, d->depth - 1, GM__NONE, GM__RULE_GAP};
    if (fills_line(d, s, c)) gm__propose(best, slip);
    if (s->next != GM__NONE || s->kin == d->kin[c->family] || (c->flags & GM__CAND_BARE)) return;
    bool bracket = gm__bracket(gm__cp_at(d->p, c->at, &(size_t){0})) > 0;
    if (bracket != (gm__bracket(gm__cp_at(d->p, gm__candidate(d, s->last)->at, &(size_t){0})) > 0)) return;
    const struct gm__cand *end = gm__candidate(d, d->p->cands.count), *k = c + 1;
    if (end - k > (ptrdiff_t)SLIP_LOOK) end = k + SLIP_LOOK;
    while (k < end && (!gm__is_start(k) || k->family != s->family)) k++;
    if ((k < end && k->number == c->number + 1) || (bracket && ends_list(d, s, c))) gm__propose(best, slip);
}

/* 3.1 2.2 3.3: the first part of the second is a slip. */
static void consider_decimal_slip(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    if (!gm__is_decimal(c) || !(c->flags & GM__CAND_BLANK) || c->number == 1 || c->next != GM__NONE) return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        const struct gm__cand *last = gm__candidate(d, s->last);
        if (!gm__is_decimal(last) || last->components != c->components || s->family != c->family) continue;
        if (s->prefix != c->prefix && c->number == s->number + 1)
            gm__propose(best, (struct gm__move){GM__ACT_CONTINUE, 33, depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

/* …在（　）处。A、液压缸, and below it B、泵, C、阀: the first option stands in the line of the question. */
static bool lost_first_option(const struct gm__decider *d, const struct gm__cand *c) {
    return c->number == 2 && gm__is_letter(d, c) && !d->standing[d->kin[c->family]] && !gm__family(d, c)->partner;
}

/* A number above 1 opens a series: the rest of one that was closed, or the first that the text holds. */
static bool may_start_late(const struct gm__decider *d, uint32_t index, bool goes_on, struct gm__move *m) {
    const struct gm__cand *c = gm__candidate(d, index);
    const struct gm__family *f = gm__family(d, c);
    int32_t closed = d->closed[d->kin[c->family]];
    for (uint32_t depth = d->depth; depth-- > 0 && d->standing[d->kin[c->family]];)
        if (d->open[depth].kin == d->kin[c->family] && d->open[depth].prefix == c->prefix &&
            is_still_to_come(d, depth, index))
            return false;
    m->score = 30;
    m->rule = GM__RULE_STARTS_LATE;
    if (closed && c->number == closed + 1 && (!f->partner || goes_on || gm__is_counter(f))) {
        m->rule = GM__RULE_RUNS_ON;
        m->score = 50;
        return true;
    }
    if (gm__is_second_paragraph(d, c)) {
        m->score = 40;
        return true;
    }
    /* 【详解】A. …。 B. …: the options are spoken of, one by one */
    if (d->standing[d->kin[c->family]] && gm__is_letter(d, c)) return false;
    if (goes_on && gm__may_be_cut_list(d, c)) return true;
    if (!closed && !d->standing[d->kin[c->family]] && gm__runs_in_late(d, c)) return true;
    if (is_sure(d->p, c) || (goes_on && !f->partner && !closed && !gm__is_code(d, c)) ||
        gm__has_decimal_child(d, index) || (goes_on && lost_first_option(d, c)))
        return true;
    return !d->standing[d->kin[c->family]] && gm__is_lone_heading(d, c);
}

#define LISTED_MOST 256u /* candidates from a row to the clause */

/* 2.1.1 in a table, and below it 2.1 and 2.1.1 again: the table lists the clauses. */
static bool is_listed(const struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index);
    if (c->components < 3) return false;
    for (uint32_t i = index + 1; i < c->twin && i < index + LISTED_MOST; i++) {
        const struct gm__cand *k = gm__candidate(d, i);
        if (gm__is_decimal(k) && gm__is_start(k) && gm__decimal_child(k->prefix, (uint32_t)k->number) == c->prefix)
            return true;
    }
    return false;
}

/* As many members as the family needs at least, where they all stand in c's paragraph, or open paragraphs as it does.
 */
static bool has_enough(const struct gm__decider *d, const struct gm__cand *c) {
    for (int n = gm__family(d, c)->least; n > 1; n--) {
        if (c->next == GM__NONE) return false;
        const struct gm__cand *next = gm__candidate(d, c->next);
        if (next->para != c->para && !(gm__is_start(c) && gm__is_start(next))) return false;
        c = next;
    }
    return true;
}

/* The same of a decimal: below its chapter, or with others of its like. */
static bool may_open_decimal(const struct gm__decider *d, uint32_t index, bool child, bool goes_on, uint32_t parent) {
    const struct gm__cand *c = gm__candidate(d, index);
    bool blank = (c->flags & GM__CAND_BLANK) != 0;
    bool named = child && c->components > 2 && !(c->flags & GM__CAND_LATIN_TEXT);           /* 1.1.2.4监理人 */
    if (!child && c->components > 2 && (!goes_on || gm__is_address(d->p, c))) return false; /* 192.168.1.1 */
    if (c->number == 1 && !(child || goes_on || blank)) return false;
    if (c->number != 1 && !((blank || named) && (goes_on || child || (c->heading && gm__is_lone_heading(d, c)))))
        return false;
    if (!gm__may_open_hyphened(d, c, child, goes_on, parent)) return false;
    return child || c->twin == GM__NONE || !(c->number > 1 || is_listed(d, index)); /* a table that lists the clauses */
}

static void consider_decimal_start(struct gm__decider *d, uint32_t index, bool goes_on, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    struct gm__move m = {GM__ACT_OPEN, 35, 0, GM__NONE, GM__RULE_OPENS};
    bool child = gm__place_decimal(d, c, &m);
    if (c->flags & GM__CAND_RENDERED) { /* 1.1.1 under I-A: the format knows that it is a number, and how deep */
        if (!child) gm__place_start(d, c, &m);
    } else if (!may_open_decimal(d, index, child, goes_on, m.parent)) {
        return;
    }
    if (child && c->number == 1) m.score = 70;
    gm__propose(best, m);
}

static void consider_open_start(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    const struct gm__family *f = gm__family(d, c);
    struct gm__move m = {GM__ACT_OPEN, 60, 0, GM__NONE, GM__RULE_OPENS};
    bool goes_on = c->next < gm__horizon(d, d->depth) || (gm__is_counter(f) && c->next != GM__NONE);
    if (f->words && (c->number != 1 || !goes_on || gm__is_adverb(d->p, c))) return;
    if (f->least && !has_enough(d, c)) return;
    if (gm__is_decimal(c)) {
        consider_decimal_start(d, index, goes_on, best);
        return;
    }
    if ((c->number != 1 || c->sub) && !(c->number == 0 && is_sure(d->p, c))) {
        if (gm__resumes_words(d, c, &m)) {
            gm__propose(best, m);
            return;
        }
        if (!may_start_late(d, index, goes_on, &m)) return;
    } else if (gm__needs_partner(d->p, c) && !goes_on && !gm__has_decimal_child(d, index) &&
               !gm__skips_second(d, index) && !gm__is_one_of_many(d->p, index) &&
               !(d->depth && gm__is_sole_paragraph(d->p, c, gm__last_of(d, d->depth - 1)))) {
        gm__place_start(d, c, &m);
        if (gm__is_lone_first(d, c, m.parent)) gm__propose(best, m);
        return;
    }
    const struct gm__cand *said = (c->flags & GM__CAND_ALONE) && goes_on ? gm__candidate(d, c->next) : c;
    if (gm__is_bare(c) && (said->flags & GM__CAND_LATIN_TEXT) && !(said->flags & GM__CAND_ALONE) &&
        !(goes_on && (gm__is_announced(d->p, c) || gm__heads_year(d->p, c))))
        return;
    if ((c->flags & GM__CAND_AFTER_COMMA) && !goes_on) return;
    gm__place_start(d, c, &m);
    gm__propose(best, m);
}

static void consider_open_inline(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    uint32_t second = gm__doubted_second(d, index);
    bool foreseen = second != GM__NONE && second < gm__horizon(d, d->depth);
    if (!foreseen && !gm__skips_second(d, index)) return;
    const struct gm__cand *next = foreseen ? gm__candidate(d, second) : c;
    bool words = gm__family(d, c)->partner;
    if (gm__family(d, c)->least && !has_enough(d, c)) return;
    if (!words && next->para != c->para && c->before > GM__BEFORE_COLON) return;
    if (c->before == GM__BEFORE_COMMA && !words && !gm__is_list_behind_comma(d->p, c)) return;
    if ((gm__family(d, c)->words && gm__is_adverb(d->p, c)) || gm__opens_no_list(d->p, c, foreseen ? next : NULL))
        return;
    struct gm__move m = {GM__ACT_OPEN, 55, 0, GM__NONE, GM__RULE_OPENS};
    gm__place_inline(d, c, &m);
    gm__propose(best, m);
}

/* 3.… 2.… 1.… */
static bool counts_down(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    if (gm__candidate(d, index)->number < 2 || !gm__counts_down(d, index)) return false;
    *best = (struct gm__move){GM__ACT_OPEN, CONTINUES, 0, GM__NONE, GM__RULE_STARTS_LATE};
    gm__place_start(d, gm__candidate(d, index), best);
    return true;
}

void gm__consider(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__candidate(d, index);
    bool start = gm__is_start(c);
    if (start && c->number == 1 && c->next == GM__NONE) gm__read_one(d, index);
    struct gm__move run_on;
    if (c->flags & GM__CAND_DOUBTED) {
        gm__consider_doubted(d, index, best);
        return;
    }
    if (start && counts_down(d, index, best)) return;
    if (gm__family(d, c)->mixed) {
        if (c->number == 1 && c->next == GM__NONE) gm__candidate(d, index)->next = gm__mixed_next(d, index);
        gm__consider_mixed(d, index, best);
    }
    if (d->standing[d->kin[c->family]] || gm__is_of_list(c)) {
        d->p->steps += d->depth;
        consider_continue(d, index, best);
        if (best->score >= CONTINUES || (start && gm__names_glyph(d, c))) return;
        consider_word_slip(d, index, best);
        if (start) consider_slip(d, index, best);
        if (start) consider_decimal_slip(d, index, best);
    }
    if (start && c->number > 1 && !d->standing[d->kin[c->family]]) consider_other_digits(d, index, best);
    if (start || (c->number == 1 && gm__is_decimal(c) && c->before == GM__BEFORE_COLON)) /* 三、验收3.1…: fused.c */
        consider_open_start(d, index, best);
    else if (c->number == 1 && !gm__is_decimal(c))
        consider_open_inline(d, index, best);
    else if (gm__runs_on_inline(d, c, &run_on))
        gm__propose(best, run_on);
}
