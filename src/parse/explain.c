/*
 * explain.c - why each candidate is a node or not: the series that it belongs to, what stands around it, and the rule.
 * Decisions are in the order of the candidates; what one says of others are their indexes.
 */
#include "parse/series.h"

#include <assert.h>

struct rule_text {
    const char *id, *reason;
};

static const struct rule_text rules[] = {
    [GM__RULE_NONE] = {"not-reached", N_("The candidate was not looked at.")},
    [GM__RULE_CONTINUES] = {"continues-series", N_("It is the next ordinal of a series that is open here.")},
    [GM__RULE_OPENS] = {"opens-series", N_("It is a first ordinal in a place where a series may open.")},
    [GM__RULE_RUNS_ON] = {"runs-on", N_("It goes on from the series that the section before it closed.")},
    [GM__RULE_GAP] = {"slip",
                      N_("It belongs to an open series though an ordinal is missing, repeated or out of order.")},
    [GM__RULE_STARTS_LATE] = {"starts-late",
                              N_("It opens a series above 1: the text is an excerpt or the number a slip.")},
    [GM__RULE_KEYWORD] = {"keyword", N_("The line is a heading without a number.")},
    [GM__RULE_IMPLIED] = {"implied",
                          N_("It is one of several parallel clauses or lead sentences with the same opener.")},
    [GM__RULE_FORMAT] = {"format", N_("The input format says that it is a node.")},
    [GM__RULE_OTHER_READING] = {"other-reading", N_("Another reading of the same characters fits better.")},
    [GM__RULE_NO_SERIES] = {"no-series", N_("It fits no open series and cannot open one here.")},
    [GM__RULE_ALONE] = {"no-partner", N_("Markers of this family count only with a second member; there is none.")},
    [GM__RULE_REFERENCE] = {"reference", N_("It is prose that refers to a number or begins with one.")},
    [GM__RULE_CONTENTS] = {"contents", N_("It stands in a table of contents.")},
    [GM__RULE_NOTE] = {"note", N_("It is a footnote mark or stands in a list of notes.")},
    [GM__RULE_REPEATED] = {"running-head", N_("It repeats the heading that is open already.")},
    [GM__RULE_DOUBLE] = {"double-marker", N_("A numeral follows at once; the node is there.")},
    [GM__RULE_BOUNDARY] = {"boundary", N_("Numbering starts afresh here; the line itself is no node.")},
    [GM__RULE_WRAPPED] = {"wrapped-line", N_("The line goes on with the one before it.")},
};
static_assert(GM__COUNT(rules) == GM__RULE_COUNT, "a row for each rule");

static_assert((int)GM__BEFORE_START == GM_BEFORE_START && (int)GM__BEFORE_TEXT == GM_BEFORE_TEXT, "one is the other");

/* What is known of a series as its members come by. */
struct tally {
    uint32_t id, count, first, last;
};

struct explainer {
    struct gm__parser *p;
    struct gm__decision *decisions;
    struct tally *series; /* by series */
    uint32_t *nearest;    /* by kin: the candidate last met */
    uint32_t opened;
};

static bool in_series(const struct gm__cand *c) {
    return gm__accepted(c) && !(c->flags & GM__CAND_HEADING) && c->series != GM__NONE;
}

static enum gm_behind behind(const struct gm__cand *c) {
    if (c->flags & (GM__CAND_ALONE | GM__CAND_HEADING)) return GM_BEHIND_NOTHING;
    if (c->flags & GM__CAND_BLANK) return GM_BEHIND_BLANK;
    if (c->flags & GM__CAND_MARK) return GM_BEHIND_MARK;
    return c->flags & GM__CAND_LATIN_TEXT ? GM_BEHIND_LATIN : GM_BEHIND_TEXT;
}

static struct gm__decision decide(const struct gm__cand *c) {
    bool yes = gm__accepted(c);
    return (struct gm__decision){.at = c->at,
                                 .len = c->len ? c->len : c->stop - c->at,
                                 .node = yes ? c->next : GM_NO_NODE,
                                 .number = c->number,
                                 .family = c->family,
                                 .accepted = yes,
                                 .before = c->flags & GM__CAND_WRAPPED ? GM_BEFORE_WRAP : c->before,
                                 .behind = (uint8_t)behind(c),
                                 .previous = GM__NONE,
                                 .next = GM__NONE,
                                 .rule = rules[c->rule].id,
                                 .reason = rules[c->rule].reason};
}

/* The place in the series, and the member before. */
static void join_series(struct explainer *e, uint32_t index) {
    struct gm__decision *d = &e->decisions[index];
    struct tally *t = &e->series[gm__cand_at(e->p, index)->series];
    if (!t->count++) {
        t->id = ++e->opened;
        t->first = index;
    } else {
        d->previous = t->last;
        e->decisions[t->last].next = index;
    }
    t->last = index;
    d->place = t->count;
}

/* The nearest candidate of the kin on the one side, not another reading of the same place. */
static uint32_t near_of_kin(struct explainer *e, uint32_t index, bool back) {
    struct gm__decision *d = e->decisions;
    if (!d[index].family) return GM__NONE;
    uint32_t *nearest = &e->nearest[e->p->kin[d[index].family]], found = *nearest;
    while (found != GM__NONE && d[found].at == d[index].at) found = back ? d[found].previous : d[found].next;
    *nearest = index;
    return found;
}

static void look_around(struct explainer *e) {
    uint32_t count = (uint32_t)e->p->cands.count;
    memset(e->nearest, 0xFF, (e->p->grammar->family_count + 1) * sizeof *e->nearest);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t found = near_of_kin(e, i, true);
        if (in_series(gm__cand_at(e->p, i)))
            join_series(e, i);
        else
            e->decisions[i].previous = found;
    }
    memset(e->nearest, 0xFF, (e->p->grammar->family_count + 1) * sizeof *e->nearest);
    for (uint32_t i = count; i-- > 0;) {
        uint32_t found = near_of_kin(e, i, false);
        struct gm__decision *d = &e->decisions[i];
        if (!in_series(gm__cand_at(e->p, i))) {
            d->next = found;
            continue;
        }
        const struct tally *t = &e->series[gm__cand_at(e->p, i)->series];
        d->series = t->id;
        d->members = t->count;
        d->first = t->first;
        d->last = t->last;
    }
}

enum gm_status gm__explain(struct gm__parser *p) {
    struct gm__arena *arena = &p->doc->arena;
    struct explainer e = {.p = p};
    enum gm_status s = GM_OK;
    for (size_t i = 0; s == GM_OK && i < p->cands.count; i++) {
        struct gm__decision d = decide(gm__cand_at(p, i));
        s = gm__doc_add_decision(p->doc, &d);
    }
    if (s != GM_OK) return s;
    e.decisions = p->doc->decisions;
    e.series = gm__arena_alloc(arena, (p->series.count + 1) * sizeof *e.series);
    e.nearest = gm__arena_alloc(arena, (p->grammar->family_count + 1) * sizeof *e.nearest);
    if (!e.series || !e.nearest) return GM_NOMEM;
    look_around(&e);
    return GM_OK;
}
