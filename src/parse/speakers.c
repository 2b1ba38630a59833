/*
 * speakers.c - A：…, B：…, A：… below one another; 甲　…, 乙　…, 甲　…: a dialogue. Its labels fall back again and
 * again from one line to the next, which no list's do: the options of a question have the question above them.
 */
#include "parse/lexer.h"
#include "parse/series.h"

#define SPEAKERS 3 /* from the third or less a label falls back; A B C D are options */

bool gm__falls_back(const struct gm__parser *p, const struct gm__cand *c) {
    const struct gm__cand *above = p->cands.count ? gm__cand_at(p, p->cands.count - 1) : NULL;
    return above && above->family == c->family && above->number >= c->number && c->at > above->stop &&
           c->at - above->stop <= 8;
}

/* A letter or 甲. */
static bool may_speak(const struct gm__parser *p, const struct gm__cand *c) {
    size_t len;
    if (!gm__is_start(c) || c->rule || c->components != 1 || (c->flags & (GM__CAND_HEADING | GM__CAND_RENDERED)))
        return false;
    if ((unsigned char)p->text[c->at] < 'A') return false; /* 1. and the like */
    uint32_t cp = gm__fold(gm__cp_at(p, c->at, &len)), letter = cp | 32;
    if (gm__fold(gm__cp_at(p, c->at + len, &len)) - '0' < 10) return false; /* S1、 is a step */
    return (letter >= 'a' && letter <= 'z') || (gm__numeral_systems(cp) >> GM__NUM_STEM & 1);
}

static bool has_colon(const struct gm__parser *p, const struct gm__cand *c) {
    return gm__fold(gm__cp_before(p, (size_t)c->at + c->len, c->at)) == ':';
}

/* 。？！… end the line: it is said. */
static bool is_said(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t last = gm__cp_before(p, c->stop, c->at);
    return gm__before_class(last) == GM__BEFORE_SENTENCE || last == 0x2014;
}

/* Lines of one family, no label of another at a paragraph's start between them. */
struct run {
    size_t from, to;
    uint32_t falls, lines, said;
};

static size_t read_run(const struct gm__parser *p, size_t from, struct run *r) {
    const struct gm__cand *last = gm__cand_at(p, from);
    size_t i = from;
    *r = (struct run){from, from + 1, 0, 0, 0};
    for (; i < p->cands.count; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (!gm__is_start(c) || (c->flags & GM__CAND_ALT)) continue;
        if (c->family != last->family || !may_speak(p, c)) break;
        bool right_below =
            i > from && c->at > last->stop && gm__str_trim(gm__str(p->text + last->stop, c->at - last->stop)).len == 0;
        r->falls += right_below && c->number <= last->number && last->number <= SPEAKERS;
        r->said += is_said(p, c);
        r->lines++;
        r->to = i + 1;
        last = c;
    }
    return i;
}

static bool is_dialogue(const struct gm__parser *p, const struct run *r) {
    if (has_colon(p, gm__cand_at(p, r->from))) return r->falls > 0;
    return r->falls > 1 ? r->said * 2 > r->lines : r->falls && r->lines > 3 && r->said == r->lines;
}

static void rule_out_run(struct gm__parser *p, struct run *r) {
    uint16_t family = gm__cand_at(p, r->from)->family;
    while (r->to < p->cands.count && (gm__cand_at(p, r->to)->flags & GM__CAND_ALT)) r->to++;
    for (size_t k = r->from; k < r->to; k++) {
        struct gm__cand *member = gm__cand_at(p, k);
        if (gm__is_start(member) && (member->family == family || (member->flags & GM__CAND_ALT)))
            gm__rule_out(member, GM__RULE_ALONE);
    }
}

/* speak: those with a colon do, somewhere in the text; then they do where only two lines stand together, too. */
static bool mark_runs(struct gm__parser *p, bool speak) {
    struct run r;
    bool found = false;
    for (size_t i = 0; i < p->cands.count; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if ((c->flags & GM__CAND_ALT) || !may_speak(p, c)) continue;
        i = read_run(p, i, &r) - 1;
        bool colon = has_colon(p, gm__cand_at(p, r.from)), dialogue = is_dialogue(p, &r);
        found |= colon && dialogue;
        if (dialogue || (colon && speak && r.lines < SPEAKERS)) rule_out_run(p, &r);
    }
    return found;
}

void gm__mark_speakers(struct gm__parser *p) {
    if (mark_runs(p, false)) (void)mark_runs(p, true);
}
