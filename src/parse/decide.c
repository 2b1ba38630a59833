/*
 * decide.c - the parser: which candidates are nodes, and under what.
 *
 *   document = { series }
 *   series   = item(first ordinal) { item(next ordinal) }
 *   item     = marker text { series of another family }
 *
 * It is recursive descent with the calls kept on an explicit stack (`open`), so that the depth of a hostile
 * text cannot exhaust the machine's: to open a series is the call, the next ordinal of a series further out
 * is the return of all above it. Each candidate is looked at once, with at most one step an open series.
 *
 * Evidence that looks ahead is made before, in linear time: every candidate knows the nearest later one of
 * its kin with the next ordinal (`next`), and `inside[a][b]` counts how often kin b opens between two
 * consecutive members of kin a.
 */
#include "parse/decide.h"

static bool follows(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    if (s->kin != d->p->kin[c->family] || s->prefix != c->prefix || (c->flags & GM__CAND_HEADING)) return false;
    if (gm__nests_otherwise(gm__cand_at(d->p, s->last), c)) return false;
    if (gm__family_of(d->p, c)->words) return c->number > s->number && !gm__comes_between(d, s, c);
    if (c->sub) return c->number == s->number && c->sub > s->sub; /* の二 comes first, 之一 too */
    return c->number == s->number + 1 || (!gm__is_decimal(c) && c->other && c->other == s->number + 1);
}

/* ------------------------------------------------------------------ moves */

#define CONTINUES 90 /* the least score of the next number of an open series; no other move has as much */

/* May c go on with the open series at this depth, as far as its place is concerned? */
static bool place_allows(struct gm__decider *d, uint32_t depth, const struct gm__cand *c) {
    const struct gm__series *s = &d->open[depth];
    bool here = gm__same_para(d, s, c);
    if (gm__is_start(c)) {
        if (!s->is_inline || here) return true;
        for (uint32_t i = depth + 1; i < d->depth; i++)
            if (!d->open[i].is_inline) return false;
        return true;
    }
    if (!s->is_inline) return here || (gm__family_of(d->p, c)->partner && depth + 1 == d->depth);
    if (here) return true;
    for (uint32_t i = depth + 1; i < d->depth; i++)
        if (!d->open[i].is_inline) return false;
    return c->before <= GM__BEFORE_COLON;
}

/* Its look leaves no doubt that it counts. */
static bool is_sure(const struct gm__parser *p, const struct gm__cand *c) {
    return (c->flags & GM__CAND_RENDERED) || gm__is_unit(p, c);
}

static void propose(struct gm__move *best, struct gm__move m) {
    if (m.score > best->score) *best = m;
}

static void consider_continue(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        if (!follows(d, s, c) || !place_allows(d, depth, c)) continue;
        int score = CONTINUES + 10 + (s->family == c->family ? 8 : 0) + (s->is_inline != gm__is_start(c) ? 4 : 0);
        if (s->next == index) score += 2;
        if (c->flags & GM__CAND_LOOKALIKE) score -= 10; /* イ ロ ハ ニ: what it is comes before what it looks like */
        propose(best, (struct gm__move){GM__ACT_CONTINUE, score, depth, GM__NONE, GM__RULE_CONTINUES});
        if (s->family == c->family && s->is_inline != gm__is_start(c) && s->next == index) return;
    }
}

/* （一）（二）（二）: the last number once more, with nothing behind it to go on to. A line that is written like the
 * members before it counts; a number between a blank and a text may be anything. */
static bool repeats(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__cand_at(d->p, s->last);
    return s->count > 1 && c->family == last->family && c->style == last->style && c->len == last->len &&
           !gm__is_bare(c) && !(c->flags & (GM__CAND_ALONE | GM__CAND_LATIN_TEXT | GM__CAND_AFTER_COMMA));
}

/* Gap, repeat, backwards: the author's slip, or no member at all. */
static void consider_slip(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    if (!gm__is_start(c) || gm__family_of(d->p, c)->partner || (c->flags & GM__CAND_AFTER_COMMA) ||
        gm__family_of(d->p, c)->words)
        return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        if (s->kin != d->p->kin[c->family] || s->prefix != c->prefix || s->is_inline ||
            gm__nests_otherwise(gm__cand_at(d->p, s->last), c))
            continue;
        int32_t step = c->number - s->number;
        bool sure = is_sure(d->p, c), goes_on = c->next != GM__NONE && c->next <= gm__horizon(d, d->depth);
        if (c->sub && step >= 0) sure = true;
        if (gm__is_decimal(c) && !(c->flags & GM__CAND_BLANK) && !(goes_on && step > 1)) continue; /* 2.5米 */
        bool ok = sure || (step > 1 && (step <= 3 || (goes_on && step <= 12))) ||
                  (step == 0 && (goes_on || repeats(d, s, c))) ||
                  (step == -1 && !gm__is_bare(c) && s->next != GM__NONE && s->next > index && gm__alive(d, depth));
        if (ok && c->number != 1)
            propose(best, (struct gm__move){GM__ACT_CONTINUE, 45 - (step < 0 ? 10 : 0), depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

/* 一是 … 三是, 二是 … 二是: in one paragraph, or each at the start of its own, a slip costs no member. */
static void consider_word_slip(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    const struct gm__family *f = gm__family_of(d->p, c);
    if (!f->partner || f->words || c->number < 2 || c->before > GM__BEFORE_COLON) return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        if (s->family != c->family) continue;
        int32_t step = c->number - s->number;
        if ((step == 0 || step == 2) && (gm__same_para(d, s, c) || (gm__is_start(c) && !s->is_inline)))
            propose(best, (struct gm__move){GM__ACT_CONTINUE, 40, depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

/* 3.1 2.2 3.3: the first part of the second is a slip. */
static void consider_decimal_slip(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    if (!gm__is_decimal(c) || !(c->flags & GM__CAND_BLANK) || c->number == 1 || c->next != GM__NONE) return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        const struct gm__cand *last = gm__cand_at(d->p, s->last);
        if (!gm__is_decimal(last) || last->components != c->components || s->family != c->family) continue;
        if (s->prefix != c->prefix && c->number == s->number + 1)
            propose(best, (struct gm__move){GM__ACT_CONTINUE, 33, depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

static void consider_open_start(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    const struct gm__family *f = gm__family_of(d->p, c);
    struct gm__move m = {GM__ACT_OPEN, 60, 0, GM__NONE, GM__RULE_OPENS};
    bool goes_on = c->next < gm__horizon(d, d->depth);
    if (f->words && (c->number != 1 || !goes_on || gm__is_adverb(d->p, c))) return;
    if (gm__is_decimal(c)) {
        bool child = gm__place_decimal(d, c, &m);
        bool blank = (c->flags & GM__CAND_BLANK) != 0;
        if (c->flags & GM__CAND_RENDERED) { /* 1.1.1 under I-A: the format knows that it is a number, and how deep */
            if (!child) gm__place_start(d, c, &m);
        } else if ((!child && !goes_on && c->components > 2) || /* 192.168.1.1 */
                   (c->number == 1 ? !(child || goes_on || blank) : !(blank && (goes_on || child))) ||
                   !gm__may_open_hyphened(d, c, child, goes_on, m.parent)) {
            return;
        }
        m.score = child && c->number == 1 ? 70 : 35;
        propose(best, m);
        return;
    }
    if ((c->number != 1 || c->sub) && !(c->number == 0 && is_sure(d->p, c))) {
        int32_t closed = d->closed[d->p->kin[c->family]];
        m.score = 30;
        m.rule = GM__RULE_STARTS_LATE;
        if (closed && c->number == closed + 1 && (!f->partner || goes_on)) {
            m.rule = GM__RULE_RUNS_ON;
            m.score = 50;
        } else if (gm__is_second_paragraph(d, c)) {
            m.score = 40;
        } else if (!is_sure(d->p, c) && (!goes_on || f->partner || closed) && !gm__has_decimal_child(d, index)) {
            return;
        }
    } else if (gm__needs_partner(d->p, c) && !goes_on && !gm__has_decimal_child(d, index) &&
               !gm__skips_second(d, index)) {
        return;
    }
    if (gm__is_bare(c) && (c->flags & GM__CAND_LATIN_TEXT) && !(c->flags & GM__CAND_ALONE)) return;
    if ((c->flags & GM__CAND_AFTER_COMMA) && !goes_on) return;
    gm__place_start(d, c, &m);
    propose(best, m);
}

/* 会议强调，（一）要…。（二）要…。（三）…: behind a comma a bracketed number opens a list when two sentences go on. */
static bool is_list_behind_comma(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t open;
    (void)gm__utf8_decode(p->text + c->at, p->text + c->at + c->len, &open);
    if (open != 0xFF08 && open != '(') return false;
    for (int i = 0; i < 2; i++) {
        if (c->next == GM__NONE || gm__cand_at(p, c->next)->para != c->para) return false;
        c = gm__cand_at(p, c->next);
        if (c->before != GM__BEFORE_SENTENCE) return false;
    }
    return true;
}

static void consider_open_inline(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    uint32_t second = gm__doubted_second(d, index);
    bool foreseen = second != GM__NONE && second < gm__horizon(d, d->depth);
    if (!foreseen && !gm__skips_second(d, index)) return;
    const struct gm__cand *next = foreseen ? gm__cand_at(d->p, second) : c;
    bool words = gm__family_of(d->p, c)->partner;
    if (!words && next->para != c->para && c->before > GM__BEFORE_COLON) return;
    if (c->before == GM__BEFORE_COMMA && !words && !is_list_behind_comma(d->p, c)) return;
    if (gm__family_of(d->p, c)->words && gm__is_adverb(d->p, c)) return;
    struct gm__move m = {GM__ACT_OPEN, 55, 0, GM__NONE, GM__RULE_OPENS};
    gm__place_inline(d, c, &m);
    propose(best, m);
}

/* ------------------------------------------------------------------- apply */

GM__INLINE void close_to(struct gm__decider *d, uint32_t depth) {
    while (d->depth > depth) {
        const struct gm__series *s = &d->open[--d->depth];
        if (!s->is_inline) d->closed[s->kin] = s->number;
        d->standing[s->kin]--;
        *gm__series_at(d->p, d->ids[d->depth]) = *s;
    }
}

/* Does text stand between the two? */
GM__INLINE bool are_apart(const struct gm__parser *p, const struct gm__cand *last, const struct gm__cand *c) {
    if (c->para <= last->stop + 1) return false; /* but a line end */
    return !gm__is_blank(gm__str(p->text + last->stop, c->para - last->stop));
}

/* The candidate is the next member of the innermost series. */
GM__INLINE void accept(struct gm__decider *d, struct gm__cand *c, uint32_t index, enum gm__rule rule) {
    uint32_t depth = d->depth - 1;
    struct gm__series *s = &d->open[depth];
    if (c->other && !gm__is_decimal(c) && rule == GM__RULE_CONTINUES && c->other == s->number + 1) c->number = c->other;
    uint32_t next = c->reopen >= c->next ? c->next : gm__foreseen(d->p, index), until = d->until[depth];
    if (!s->is_inline) {
        if (s->count && !s->loose) s->loose = are_apart(d->p, gm__cand_at(d->p, s->last), c);
        if (next < until) until = next;
    }
    d->until[depth + 1] = until;
    c->series = d->ids[depth];
    c->rule = (uint8_t)rule;
    s->last = index;
    s->next = next;
    s->count++;
    s->number = c->number;
    s->sub = c->sub;
}

static enum gm_status open_series(struct gm__decider *d, uint32_t index, const struct gm__move *m) {
    struct gm__parser *p = d->p;
    struct gm__cand *c = gm__cand_at(p, index);
    close_to(d, m->depth);
    if (d->depth == GM__MAX_OPEN)
        return gm__fail(p->error, GM_LIMIT, "too-deep", "more than %u series are open at once", GM__MAX_OPEN);
    if (p->series.count == p->series.capacity && gm__vec_reserve(&p->series, 1) != GM_OK) return GM_NOMEM;
    struct gm__series *s = &d->open[d->depth];
    *s = (struct gm__series){.parent = m->parent, .first = index, .family = c->family, .prefix = c->prefix};
    s->kin = p->kin[c->family];
    d->standing[s->kin]++;
    s->is_inline = !gm__is_start(c);
    d->ids[d->depth++] = (uint32_t)p->series.count;
    *gm__series_at(p, p->series.count++) = *s;
    uint16_t outer = m->parent == GM__NONE ? c->family : gm__cand_at(p, m->parent)->family;
    if (!s->is_inline && !(c->flags & GM__CAND_HEADING) && outer != c->family) *gm__below(d, c->family, outer) = 1;
    accept(d, c, index, m->rule);
    return GM_OK;
}

static enum gm_status apply(struct gm__decider *d, uint32_t index, const struct gm__move *m) {
    if (m->act == GM__ACT_OPEN) return open_series(d, index, m);
    close_to(d, m->depth + 1);
    accept(d, gm__cand_at(d->p, index), index, m->rule);
    return GM_OK;
}

/* A heading without a number closes what stands below it; a region closes everything. */
static enum gm_status take_heading(struct gm__decider *d, uint32_t index) {
    struct gm__parser *p = d->p;
    const struct gm__cand *c = gm__cand_at(p, index);
    struct gm__move m = {GM__ACT_OPEN, 1, 0, GM__NONE, GM__RULE_KEYWORD};
    if (gm__is_region(p, c)) {
        close_to(d, 0);
        memset(d->closed, 0, d->kins * sizeof *d->closed);
        if (gm__is_bare_region(p, index)) {
            gm__cand_at(p, index)->rule = GM__RULE_BOUNDARY;
            return gm__doc_add_matter(p->doc, c->at, c->stop - c->at, GM_MATTER_REGION);
        }
    } else if (gm__is_title_of(p, index)) {
        gm__cand_at(p, index)->rule = GM__RULE_OTHER_READING;
        return GM_OK;
    } else {
        gm__place_start(d, c, &m);
    }
    return open_series(d, index, &m);
}

/* What stands at c itself and says that it is no node; GM__RULE_NONE when nothing does. */
static enum gm__rule dismissal(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__family *f = gm__family_of(d->p, c);
    if (gm__is_reference(d, c)) return GM__RULE_REFERENCE;
    if ((c->flags & GM__CAND_MARK) && !gm__is_start(c) && !f->partner) return GM__RULE_NOTE;
    bool broken = (c->flags & GM__CAND_WRAPPED) && c->before >= GM__BEFORE_COMMA && !(f->where & GM__AT_INLINE);
    return broken ? GM__RULE_WRAPPED : GM__RULE_NONE;
}

/* 1.…; 2.24小时值班; 3.…: the numbers before and behind vouch for it, if none of them stands elsewhere. Behind the last
 * none stands. */
static bool is_vouched(struct gm__decider *d, const struct gm__cand *c) {
    if (c->flags & (GM__CAND_AFTER_COMMA | GM__CAND_WRAPPED)) return false;
    if (c->next != GM__NONE && c->next < c->twin) {
        const struct gm__cand *next = gm__cand_at(d->p, c->next);
        if (gm__is_start(c) ? gm__is_start(next) : next->para == c->para) return true;
    }
    return gm__is_start(c) && (c->flags & GM__CAND_STOPPED) && c->number > 1 &&
           (c->twin == GM__NONE || c->twin > gm__horizon(d, d->depth));
}

static void consider_doubted(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    struct gm__move m = {GM__ACT_CONTINUE, 28, 0, GM__NONE, GM__RULE_CONTINUES};
    if (!is_vouched(d, c)) return;
    for (m.depth = d->depth; m.depth-- > 0;) {
        const struct gm__series *s = &d->open[m.depth];
        d->p->steps++;
        if (s->kin != d->p->kin[c->family]) continue;
        bool follows = s->number == c->number - 1 && s->prefix == c->prefix && s->is_inline != gm__is_start(c);
        if (follows && place_allows(d, m.depth, c)) propose(best, m);
        return;
    }
    if (c->number != 1 || !gm__is_start(c) || c->next >= gm__horizon(d, d->depth)) return;
    const struct gm__cand *next = gm__cand_at(d->p, c->next);
    if (next->family != c->family || (next->flags & GM__CAND_DOUBTED)) return;
    m = (struct gm__move){GM__ACT_OPEN, 28, 0, GM__NONE, GM__RULE_OPENS};
    gm__place_start(d, c, &m);
    propose(best, m);
}

static void consider(struct gm__decider *d, uint32_t index, struct gm__move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    bool start = gm__is_start(c);
    if (c->flags & GM__CAND_DOUBTED) {
        consider_doubted(d, index, best);
        return;
    }
    if (d->standing[d->p->kin[c->family]]) {
        d->p->steps += d->depth;
        consider_continue(d, index, best);
        if (best->score >= CONTINUES) return;
        consider_word_slip(d, index, best);
        if (start) consider_slip(d, index, best);
        if (start) consider_decimal_slip(d, index, best);
    }
    if (start)
        consider_open_start(d, index, best);
    else if (c->number == 1 && !gm__is_decimal(c))
        consider_open_inline(d, index, best);
}

/* The heading is the one of an open series again: a running head. */
static bool is_running_head(const struct gm__decider *d, uint32_t index) {
    const struct gm__parser *p = d->p;
    if (!d->standing[p->kin[gm__cand_at(p, index)->family]]) return false;
    for (uint32_t depth = d->depth; depth-- > 0;)
        if (d->open[depth].number == gm__cand_at(p, index)->number &&
            gm__is_same_heading(p, d->open[depth].last, index))
            return true;
    return false;
}

/* The next number of an open series, where it was foreseen and as its members stand: what most candidates are. What
 * decide_group would make of it, without the questions that have one answer here. False: it is none, or one of them is
 * open. */
GM__INLINE bool go_on(struct gm__decider *d, struct gm__cand *c, uint32_t index) {
    const uint32_t odd = GM__CAND_WRAPPED | GM__CAND_RENDERED | GM__CAND_HEADING | GM__CAND_STAMP | GM__CAND_DOUBTED;
    uint16_t kin = d->p->kin[c->family], standing = d->standing[kin];
    if (!standing || (c->rule | c->sub | (c->flags & odd))) return false;
    const struct gm__series *s = d->open + d->depth;
    do
        if (s-- == d->open) return false;
    while (s->next != index);
    if (gm__family_of(d->p, c)->words) return false;
    for (const struct gm__series *i = d->open + d->depth; standing > 1 && i-- > d->open;)
        if (i->number == c->number && i->kin == kin) return false; /* a running head? */
    bool start = (c->flags & GM__CAND_START) != 0;
    if (s->family != c->family || s->prefix != c->prefix || s->number + 1 != c->number || s->is_inline == start ||
        (!start && ((c->flags & GM__CAND_MARK) || !gm__same_para(d, s, c))) || gm__is_reference(d, c))
        return false;
    d->p->steps += d->depth;
    close_to(d, (uint32_t)(s - d->open) + 1);
    accept(d, c, index, GM__RULE_CONTINUES);
    return true;
}

/* A move was found for the candidate at `index`, whose place's readings end at `end`. */
static enum gm_status make(struct gm__decider *d, uint32_t index, uint32_t end, const struct gm__move *m) {
    const struct gm__parser *p = d->p;
    struct gm__cand *c = gm__cand_at(p, index);
    c->rule = GM__RULE_NONE;
    if (is_running_head(d, index))
        c->rule = GM__RULE_REPEATED;
    else if (gm__family_of(p, c)->words && end < p->cands.count && gm__cand_at(p, end)->at == c->at + c->len &&
             gm__cand_at(p, end)->number > 1)
        c->rule = GM__RULE_DOUBLE;
    return c->rule ? GM_OK : apply(d, index, m);
}

/* One of the readings of a place. True when it decides on all of them: *status says how it went. */
static bool decide_reading(struct gm__decider *d, uint32_t index, struct gm__move *best, enum gm_status *status) {
    struct gm__cand *c = gm__cand_at(d->p, index);
    d->p->steps++;
    if (c->rule) return false;
    if (c->flags & GM__CAND_STAMP) {
        close_to(d, 0);
        c->rule = GM__RULE_BOUNDARY;
        return true;
    }
    if (c->flags & GM__CAND_HEADING) {
        *status = take_heading(d, index);
        return true;
    }
    c->rule = (uint8_t)dismissal(d, c);
    if (!c->rule) consider(d, index, best);
    return false;
}

/* The only reading of its place. */
static enum gm_status decide_one(struct gm__decider *d, struct gm__cand *c, uint32_t index) {
    struct gm__move m = {GM__ACT_NONE, 0, 0, GM__NONE, GM__RULE_NONE};
    enum gm_status status = GM_OK;
    if (decide_reading(d, index, &m, &status)) return status;
    if (m.act != GM__ACT_NONE) return make(d, index, index + 1, &m);
    if (!c->rule) c->rule = GM__RULE_NO_SERIES;
    return GM_OK;
}

/* Readings of one place, [index, end): the best move of any wins. */
static enum gm_status decide_group(struct gm__decider *d, uint32_t index, uint32_t end) {
    struct gm__parser *p = d->p;
    struct gm__move best = {GM__ACT_NONE, 0, 0, GM__NONE, GM__RULE_NONE};
    enum gm_status status = GM_OK;
    uint32_t winner = index;
    for (uint32_t i = index; i < end; i++) {
        int score = best.score;
        if (decide_reading(d, i, &best, &status)) return status;
        if (best.score > score) winner = i;
    }
    for (uint32_t i = index; i < end; i++)
        if (!gm__cand_at(p, i)->rule)
            gm__cand_at(p, i)->rule = best.act == GM__ACT_NONE ? GM__RULE_NO_SERIES : GM__RULE_OTHER_READING;
    return best.act == GM__ACT_NONE ? GM_OK : make(d, winner, end, &best);
}

/* ------------------------------------------------------------------ after */

/* Series that need a partner and have none. */
static void settle(struct gm__decider *d) {
    struct gm__parser *p = d->p;
    for (size_t i = 0; i < p->series.count; i++) {
        struct gm__series *s = gm__series_at(p, i);
        const struct gm__cand *first = gm__cand_at(p, s->first);
        if (s->count > 1 || (first->flags & GM__CAND_HEADING)) continue;
        if (first->rule == GM__RULE_OPENS && (s->is_inline || gm__needs_partner(p, first)) &&
            !gm__has_decimal_child(d, s->first))
            gm__cand_at(p, s->first)->rule = GM__RULE_ALONE;
    }
}

/* The work is linear by design; this holds it to that, whatever a text does. */
static enum gm_status too_many_steps(const struct gm__parser *p) {
    return gm__fail(p->error, GM_LIMIT, "too-many-steps", "the parser took %llu steps for each byte",
                    (unsigned long long)p->options->limits.steps_per_byte);
}

#define AHEAD 8 /* candidates; their text was last seen long ago */

static enum gm_status decide_all(struct gm__decider *d, bool short_cut) {
    struct gm__parser *p = d->p;
    struct gm__cand *c = p->cands.data, *stop = c + p->cands.count;
    uint64_t per_byte = p->options->limits.steps_per_byte,
             most = per_byte > UINT64_MAX / (p->len + 1) ? UINT64_MAX : per_byte * (p->len + 1);
    const struct gm__cand *fetched = stop - c > AHEAD ? stop - AHEAD : c;
    for (uint32_t i = 0, n = 1; c < stop; i += n, c += n, n = 1) {
        if (c < fetched) GM__PREFETCH(p->text + c[AHEAD].at);
        bool one = c + 1 == stop || !(c[1].flags & GM__CAND_ALT);
        if (one && short_cut && go_on(d, c, i)) continue;
        while (!one && c + n < stop && (c[n].flags & GM__CAND_ALT)) n++;
        enum gm_status s = one && short_cut ? decide_one(d, c, i) : decide_group(d, i, i + n);
        if (s != GM_OK) return s;
        if (p->steps >= most) return too_many_steps(p);
    }
    return GM_OK;
}

enum gm_status gm__decide_by(struct gm__parser *p, bool short_cut) {
    struct gm__decider d = {.p = p, .until = {GM__NONE}};
    enum gm_status s = gm__prepare_survey(&d);
    if (!p->cands.count) return s;
    if (s == GM_OK) s = gm__mark_contents(p);
    if (s == GM_OK) s = gm__foresee(p);
    if (s == GM_OK) s = gm__survey(&d);
    if (s == GM_OK) s = decide_all(&d, short_cut);
    close_to(&d, 0);
    if (s == GM_OK) settle(&d);
    return s;
}

enum gm_status gm__decide(struct gm__parser *p) { return gm__decide_by(p, true); }
