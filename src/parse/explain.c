/* explain.c - why each candidate is a node or not: the rules' names and sentences. */
#include "parse/series.h"

#include <assert.h>

struct rule_text {
    const char *id, *reason;
};

static const struct rule_text rules[] = {
    [GM__RULE_NONE] = {"not-reached", "The candidate was not looked at."},
    [GM__RULE_CONTINUES] = {"continues-series", "It is the next ordinal of a series that is open here."},
    [GM__RULE_OPENS] = {"opens-series", "It is a first ordinal in a place where a series may open."},
    [GM__RULE_RUNS_ON] = {"runs-on", "It goes on from the series that the section before it closed."},
    [GM__RULE_GAP] = {"slip", "It belongs to an open series though an ordinal is missing, repeated or out of order."},
    [GM__RULE_STARTS_LATE] = {"starts-late", "It opens a series above 1: the text is an excerpt or the number a slip."},
    [GM__RULE_KEYWORD] = {"keyword", "The line is a heading without a number."},
    [GM__RULE_IMPLIED] = {"implied", "It is one of several parallel clauses or lead sentences with the same opener."},
    [GM__RULE_FORMAT] = {"format", "The input format says that it is a node."},
    [GM__RULE_OTHER_READING] = {"other-reading", "Another reading of the same characters fits better."},
    [GM__RULE_NO_SERIES] = {"no-series", "It fits no open series and cannot open one here."},
    [GM__RULE_ALONE] = {"no-partner", "Markers of this family count only with a second member; there is none."},
    [GM__RULE_REFERENCE] = {"reference", "It is prose that refers to a number or begins with one."},
    [GM__RULE_CONTENTS] = {"contents", "It stands in a table of contents."},
    [GM__RULE_NOTE] = {"note", "It is a footnote mark or stands in a list of notes."},
    [GM__RULE_REPEATED] = {"running-head", "It repeats the heading that is open already."},
    [GM__RULE_DOUBLE] = {"double-marker", "A numeral follows at once; the node is there."},
    [GM__RULE_BOUNDARY] = {"boundary", "Numbering starts afresh here; the line itself is no node."},
    [GM__RULE_WRAPPED] = {"wrapped-line", "The line goes on with the one before it."},
};
static_assert(GM__COUNT(rules) == GM__RULE_COUNT, "a row for each rule");

enum gm_status gm__explain(struct gm__parser *p) {
    for (size_t i = 0; i < p->cands.count; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        bool yes = gm__accepted(c);
        struct gm__decision d = {.at = c->at,
                                 .len = c->len ? c->len : c->stop - c->at,
                                 .node = yes ? c->next : GM_NO_NODE,
                                 .number = c->number,
                                 .family = c->family,
                                 .accepted = yes,
                                 .rule = rules[c->rule].id,
                                 .reason = rules[c->rule].reason};
        enum gm_status s = gm__doc_add_decision(p->doc, &d);
        if (s != GM_OK) return s;
    }
    return GM_OK;
}
