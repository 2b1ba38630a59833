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

/* ------------------------------------------------------------------- apply */

GM__INLINE void close_last(struct gm__decider *d) {
    const struct gm__series *s = &d->frames[d->depth--];
    if (s->is_inline)
        d->ended[s->kin] = s->last + 1;
    else
        d->closed[s->kin] = s->number;
    d->standing[s->kin]--;
    struct gm__known *known = gm__series_at(d->p, s->id);
    known->last = s->last;
    known->alone = s->count == 1;
    known->loose = s->loose;
}

GM__INLINE void close_to(struct gm__decider *d, uint32_t depth) {
    while (d->depth > depth) close_last(d);
}

/* Does text stand between the paragraph that ends at `stop`, of a candidate before it, and c? What the lexer saw right
 * above c need not be looked at once more: it may be far away by now. */
GM__INLINE bool are_apart(const struct gm__parser *p, uint32_t stop, const struct gm__cand *c) {
    if (c->para <= stop + 1) return false; /* but a line end */
    if (c->flags & GM__CAND_UNDER_TEXT) return !(c->flags & GM__CAND_UNDER_CAND) || c[-1].stop != stop;
    return !gm__is_blank(gm__str(p->text + stop, c->para - stop));
}

/* The candidate is the next member of s, the innermost series. */
GM__INLINE void accept(struct gm__decider *d, struct gm__series *s, struct gm__cand *c, uint32_t index,
                       enum gm__rule rule) {
    if (c->other && !gm__is_decimal(c) && rule == GM__RULE_CONTINUES && c->other == s->number + 1) c->number = c->other;
    uint32_t next = c->reopen >= c->next ? c->next : gm__foreseen(d->p, index), until = s[-1].until;
    if (!s->is_inline) {
        if (s->count && !s->loose) s->loose = are_apart(d->p, s->stop, c);
        if (next < until && !gm__is_counter(&d->families[s->family])) until = next;
    }
    s->until = until;
    if (next == GM__NONE && d->families[s->family].mixed) next = gm__mixed_next(d, index);
    s->next = next;
    s->last = index;
    s->count++;
    s->number = c->number;
    s->stop = c->stop;
    c->series = s->id;
    c->rule = (uint8_t)rule;
}

/* The innermost series from now on, without a member. Until it closes, all that others ask of it is known in the
 * parser's. */
GM__INLINE struct gm__series *begin_series(struct gm__decider *d, const struct gm__cand *c, uint32_t index,
                                           uint32_t parent) {
    struct gm__series *s = &d->frames[++d->depth];
    s->parent = parent;
    s->first = index;
    s->count = 0;
    s->id = (uint32_t)d->p->series.count++;
    s->prefix = c->prefix;
    s->family = c->family;
    s->kin = d->kin[c->family];
    s->is_inline = !gm__is_start(c);
    s->loose = false;
    *gm__series_at(d->p, s->id) =
        (struct gm__known){.parent = parent, .first = index, .is_inline = s->is_inline, .family = c->family};
    d->standing[s->kin]++;
    return s;
}

GM__INLINE enum gm_status open_series(struct gm__decider *d, uint32_t index, const struct gm__move *m) {
    struct gm__parser *p = d->p;
    struct gm__cand *c = gm__candidate(d, index);
    close_to(d, m->depth);
    if (d->depth == GM__MAX_OPEN)
        return gm__fail(p->error, GM_LIMIT, "too-many-series", "more than %u series are open at once", GM__MAX_OPEN);
    if (p->series.count == p->series.capacity && gm__vec_reserve(&p->series, 1) != GM_OK) return GM_NOMEM;
    struct gm__series *s = begin_series(d, c, index, m->parent);
    uint16_t outer = m->parent == GM__NONE ? c->family : gm__candidate(d, m->parent)->family;
    bool tells =
        !s->is_inline || d->families[c->family].partner || d->families[outer].partner; /* 第一点，…：1.…；2.… */
    if (tells && !(c->flags & GM__CAND_HEADING) && outer != c->family) gm__note_below(d, c->family, outer);
    accept(d, s, c, index, m->rule);
    return GM_OK;
}

static enum gm_status apply(struct gm__decider *d, uint32_t index, const struct gm__move *m) {
    if (m->act == GM__ACT_OPEN) return open_series(d, index, m);
    close_to(d, m->depth + 1);
    accept(d, d->frames + d->depth, gm__candidate(d, index), index, m->rule);
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
    const struct gm__family *f = gm__family(d, c);
    if (gm__is_reference(d, c)) return GM__RULE_REFERENCE;
    if ((c->flags & GM__CAND_MARK) && !gm__is_start(c) && !f->partner) return GM__RULE_NOTE;
    bool broken = (c->flags & GM__CAND_WRAPPED) && c->before >= GM__BEFORE_COMMA && !(f->where & GM__AT_INLINE);
    return broken ? GM__RULE_WRAPPED : GM__RULE_NONE;
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

/* The next number of an open series, where it was foreseen and as its members stand: what most candidates are. */
GM__INLINE bool go_on(struct gm__decider *d, struct gm__cand *c, uint32_t index, uint16_t kin) {
    struct gm__series *s = d->frames + d->depth;
    for (; s->next != index; s--)
        if (s == d->frames) return false;
    for (const struct gm__series *i = d->frames + d->depth; d->standing[kin] > 1 && i > d->frames; i--)
        if ((i->number == c->number && i->kin == kin) || (i != s && i->next == index))
            return false; /* a running head? the next of two? */
    bool start = (c->flags & GM__CAND_START) != 0;
    if (s->family != c->family || s->prefix != c->prefix || s->number + 1 != c->number || s->is_inline == start ||
        (!start && ((c->flags & GM__CAND_MARK) || !gm__same_para(d, s, c))) || gm__is_reference(d, c))
        return false;
    d->p->steps += d->depth;
    while (s < d->frames + d->depth) close_last(d);
    accept(d, s, c, index, GM__RULE_CONTINUES);
    return true;
}

/* Of a kin of which no series is open: the first number at a paragraph's start, or the next of a series that its parent
 * closed, whose series surely goes on. */
GM__INLINE bool open_plainly(struct gm__decider *d, struct gm__cand *c, uint32_t index, uint16_t kin,
                             enum gm_status *status) {
    bool first = c->number == 1;
    if (c->next >= gm__horizon(d, d->depth) || (c->flags & GM__CAND_BARE)) return false;
    if (gm__family(d, c)->mixed) return false; /* it may go on with others: mixed.c */
    if ((!first && (!d->closed[kin] || c->number != d->closed[kin] + 1)) || gm__is_reference(d, c)) return false;
    struct gm__move m = {GM__ACT_OPEN, 0, 0, GM__NONE, first ? GM__RULE_OPENS : GM__RULE_RUNS_ON};
    d->p->steps++;
    gm__place_start(d, c, &m);
    *status = open_series(d, index, &m);
    return true;
}

/* Of such a kin: may the number open a series, or go on with one that was closed, as far as it is not sure that it may
 * not? */
GM__INLINE bool may_open(const struct gm__decider *d, const struct gm__cand *c, uint32_t index, uint16_t kin) {
    const struct gm__family *f = gm__family(d, c);
    bool start = (c->flags & GM__CAND_START) != 0;
    if (c->number < 1 || c->heading || (c->flags & GM__CAND_BARE)) return true;
    if (f->mixed) return true;
    if (start && (!f->partner || f->kind != GM_KIND_ITEM || gm__has_decimal_child(d, index))) return true;
    if (c->number == 1)
        return c->next < gm__horizon(d, d->depth) || (!start && c[1].para == c->para) || gm__skips_second(d, index);
    uint32_t ended = d->ended[kin]; /* inside a paragraph it may go on from there, or behind a list below that */
    if (!start) return ended && gm__candidate(d, ended - 1)->para == c->para;
    return (d->closed[kin] && c->number == d->closed[kin] + 1) || gm__may_be_cut_list(d, c) ||
           (ended && gm__candidate(d, ended - 1)->number == c->number - 1);
}

/* Inside a paragraph, or at its start one that counts only with others of its like: it is none. */
GM__INLINE bool refuse_plainly(struct gm__decider *d, struct gm__cand *c, uint32_t index, uint16_t kin) {
    if (may_open(d, c, index, kin)) return false;
    d->p->steps++;
    bool mark = (c->flags & (GM__CAND_MARK | GM__CAND_START)) == GM__CAND_MARK && !gm__family(d, c)->partner;
    c->rule = gm__is_reference(d, c) ? GM__RULE_REFERENCE : mark ? GM__RULE_NOTE : GM__RULE_NO_SERIES;
    return true;
}

/* What decide_group would make of most candidates, without the questions that have one answer where they stand. False:
 * one of them is open. */
GM__INLINE bool decide_plainly(struct gm__decider *d, struct gm__cand *c, uint32_t index, enum gm_status *status) {
    const uint32_t odd = GM__CAND_WRAPPED | GM__CAND_RENDERED | GM__CAND_HEADING | GM__CAND_STAMP | GM__CAND_DOUBTED;
    uint16_t kin = d->kin[c->family];
    if ((c->flags & (odd | GM__CAND_ODD)) &&
        ((c->flags & odd) || (c->rule | c->sub | gm__family(d, c)->words | gm__family(d, c)->least)))
        return false;
    if (d->standing[kin]) return go_on(d, c, index, kin);
    if (c->flags & GM__CAND_ODD) return false;
    if ((c->flags & GM__CAND_START) && open_plainly(d, c, index, kin, status)) return true;
    return refuse_plainly(d, c, index, kin);
}

#define BELOW_MOST 64u /* bytes */

/* A numeral's label k stands right behind the word c, or right below it, where c stands alone. */
static bool adjoins(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *k) {
    size_t end = (size_t)c->at + c->len;
    if (k->at == end) return true;
    return (c->flags & GM__CAND_ALONE) && gm__is_start(k) && k->at > end && k->at - end <= BELOW_MOST &&
           p->kin[k->family] == p->kin[c->family] && gm__is_blank(gm__str(p->text + end, k->at - end));
}

/* 最后，第四，: a numeral follows the word at once. 首先，第一，: so it does behind the next word, too. */
static bool is_first_half(const struct gm__parser *p, const struct gm__cand *c, uint32_t end) {
    if (!gm__family_of(p, c)->words || end >= p->cands.count) return false;
    const struct gm__cand *k = gm__cand_at(p, end);
    if (!adjoins(p, c, k)) return false;
    if (k->number > 1) return true;
    if (k->next == GM__NONE || k->next + 1 >= p->cands.count) return false;
    const struct gm__cand *word = gm__cand_at(p, k->next);
    return word->family == c->family && word[1].family == k->family && adjoins(p, word, word + 1);
}

/* A move was found for the candidate at `index`, whose place's readings end at `end`. */
static enum gm_status make(struct gm__decider *d, uint32_t index, uint32_t end, const struct gm__move *m) {
    const struct gm__parser *p = d->p;
    struct gm__cand *c = gm__cand_at(p, index);
    c->rule = GM__RULE_NONE;
    if (is_running_head(d, index))
        c->rule = GM__RULE_REPEATED;
    else if (is_first_half(p, c, end))
        c->rule = GM__RULE_DOUBLE;
    return c->rule ? GM_OK : apply(d, index, m);
}

/* ③据登记册。 at the foot of a page whose text cites it, and what is listed in the note. */
static bool take_note(struct gm__decider *d, uint32_t index, enum gm_status *status) {
    struct gm__cand *c = gm__candidate(d, index), *end = gm__candidate(d, d->p->cands.count);
    uint16_t kin = d->kin[c->family];
    if (!gm__is_start(c) || c->number < 2 || d->standing[kin] || d->closed[kin] || !gm__is_later_note(d->p, c))
        return false;
    for (struct gm__cand *k = c; k < end && k->para == c->para; k++) gm__rule_out(k, GM__RULE_NOTE);
    *status = gm__doc_add_matter(d->p->doc, c->at, c->stop - c->at, GM_MATTER_NOTE);
    return true;
}

/* One of the readings of a place. True when it decides on all of them: *status says how it went. */
static bool decide_reading(struct gm__decider *d, uint32_t index, struct gm__move *best, enum gm_status *status) {
    struct gm__cand *c = gm__candidate(d, index);
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
    if (take_note(d, index, status)) return true;
    c->rule = (uint8_t)dismissal(d, c);
    if (!c->rule) gm__consider(d, index, best);
    return false;
}

/* The only reading of its place. */
static enum gm_status decide_one(struct gm__decider *d, struct gm__cand *c, uint32_t index) {
    struct gm__move m = {GM__ACT_NONE, 0, 0, GM__NONE, GM__RULE_NONE};
    enum gm_status status = GM_OK;
    if (decide_reading(d, index, &m, &status)) return status;
    if (m.act != GM__ACT_NONE) return make(d, index, index + 1, &m);
    if (!c->rule) c->rule = GM__RULE_NO_SERIES;
    return gm__falls_to_heading(c) ? take_heading(d, index) : GM_OK;
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
    if (best.act != GM__ACT_NONE) return make(d, winner, end, &best);
    return gm__falls_to_heading(gm__cand_at(p, index)) ? take_heading(d, index) : GM_OK;
}

/* ------------------------------------------------------------------ after */

/* Series that need a partner and have none. */
static void settle(struct gm__decider *d) {
    struct gm__parser *p = d->p;
    for (size_t i = 0; i < p->series.count; i++) {
        const struct gm__known *s = gm__series_at(p, i);
        if (!s->alone) continue;
        const struct gm__cand *first = gm__cand_at(p, s->first);
        if (first->flags & GM__CAND_HEADING) continue;
        if (gm__is_counter(gm__family(d, first)) && first->next != GM__NONE &&
            gm__accepted(gm__cand_at(p, first->next)))
            continue;
        if (first->rule == GM__RULE_OPENS && (s->is_inline || gm__needs_partner(p, first)) &&
            !gm__has_decimal_child(d, s->first) && !gm__is_one_of_many(p, s->first) &&
            !(s->parent != GM__NONE && gm__is_sole_paragraph(p, first, gm__cand_at(p, s->parent))) &&
            !gm__is_lone_first(d, first, s->parent))
            gm__cand_at(p, s->first)->rule = GM__RULE_ALONE;
    }
}

/* The work is linear by design; this holds it to that, whatever a text does. */
static enum gm_status too_many_steps(const struct gm__parser *p) {
    return gm__fail(p->error, GM_LIMIT, "too-many-steps", "the parser took %llu steps for each byte",
                    (unsigned long long)p->options->limits.steps_per_byte);
}

static enum gm_status decide_all(struct gm__decider *d, bool short_cut) {
    struct gm__parser *p = d->p;
    struct gm__cand *c = p->cands.data, *stop = c + p->cands.count;
    uint64_t per_byte = p->options->limits.steps_per_byte,
             most = per_byte > UINT64_MAX / (p->len + 1) ? UINT64_MAX : per_byte * (p->len + 1);
    bool asks = p->wrap || p->source->blocks.count; /* else the lexer told most of what the text says */
    for (uint32_t i = 0, n = 1; c < stop; i++, c++) {
        enum gm_status s = GM_OK;
        GM__PREFETCH_FAR(c, GM__FAR_AHEAD);
        if (asks || !(c[GM__AHEAD].flags & GM__CAND_PLAIN_TEXT)) GM__PREFETCH(p->text + c[GM__AHEAD].at);
        bool one = !(c[1].flags & GM__CAND_ALT);
        if (one && short_cut && decide_plainly(d, c, i, &s)) {
            if (s != GM_OK) return s;
            continue;
        }
        for (n = 1; c[n].flags & GM__CAND_ALT;) n++;
        s = one && short_cut ? decide_one(d, c, i) : decide_group(d, i, i + n);
        if (s != GM_OK) return s;
        if (p->steps >= most) return too_many_steps(p);
        i += n - 1;
        c += n - 1;
    }
    return GM_OK;
}

enum gm_status gm__end_candidates(struct gm__parser *p) {
    enum gm_status s = gm__vec_reserve(&p->cands, GM__AHEAD);
    if (s != GM_OK) return s;
    memset(gm__cand_at(p, p->cands.count), 0, GM__AHEAD * sizeof(struct gm__cand));
    gm__cand_at(p, p->cands.count)->at = (uint32_t)p->len;
    return GM_OK;
}

#define SERIES_OF 3 /* candidates, few texts have more than one series: what is not needed is not touched */

enum gm_status gm__decide_by(struct gm__parser *p, bool short_cut) {
    struct gm__decider d;
    memset(&d, 0, offsetof(struct gm__decider, frames));
    d.p = p;
    d.outside = (struct gm__series){.next = GM__NONE, .until = GM__NONE};
    enum gm_status s = gm__end_candidates(p);
    if (s == GM_OK) s = gm__prepare_survey(&d);
    if (!p->cands.count) return s;
    if (s == GM_OK) s = gm__mark_contents(p);
    if (s == GM_OK && p->falls) gm__mark_speakers(p);
    if (s == GM_OK) gm__nest_by_indent(p);
    if (s == GM_OK) s = gm__foresee(p);
    if (s == GM_OK) gm__foresee_lists(p);
    if (s == GM_OK) s = gm__survey(&d);
    if (s == GM_OK) s = gm__vec_reserve(&p->series, p->cands.count / SERIES_OF + 1);
    if (s == GM_OK) s = decide_all(&d, short_cut);
    close_to(&d, 0);
    if (s == GM_OK) settle(&d);
    return s;
}

enum gm_status gm__decide(struct gm__parser *p) { return gm__decide_by(p, true); }
