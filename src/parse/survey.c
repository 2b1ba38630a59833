/* survey.c - evidence of the whole document, gathered before anything is decided: kins, who opens inside whom, blanks.
 */
#include "parse/decide.h"

/* The line is the same heading again: a running head, or 第一卷 before each chapter. */
static struct gm_str heading_text(const struct gm__parser *p, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(p, index);
    uint32_t stop = c->stop;
    for (size_t i = index + 1; i < p->cands.count && gm__cand_at(p, i)->para == c->para; i++)
        if (gm__cand_at(p, i)->flags & GM__CAND_SECOND) {
            stop = gm__cand_at(p, i)->at;
            break;
        }
    return gm__str_trim(gm__str(p->text + c->at + c->len, stop > c->at + c->len ? stop - c->at - c->len : 0));
}

/* 养护手册　18: a running head carries the page's number. */
static struct gm_str without_page(struct gm_str s) {
    size_t n = s.len;
    while (n > 0 && s.ptr[n - 1] >= '0' && s.ptr[n - 1] <= '9') n--;
    struct gm_str body = gm__str_trim(gm__str(s.ptr, n));
    return body.len < n ? body : s;
}

/* Han characters stand right behind both labels, and not the same: most headings differ so. */
static bool begin_apart(const struct gm__parser *p, const struct gm__cand *x, const struct gm__cand *y) {
    const char *a = p->text + x->at + x->len, *b = p->text + y->at + y->len;
    if (x->stop < x->at + x->len + 3 || y->stop < y->at + y->len + 3) return false;
    unsigned char first = (unsigned char)*a, second = (unsigned char)*b;
    return first >= 0xE4 && first < 0xEF && second >= 0xE4 && second < 0xEF && memcmp(a, b, 3) != 0;
}

bool gm__is_same_heading(const struct gm__parser *p, uint32_t first, uint32_t second) {
    const struct gm__cand *x = gm__cand_at(p, first), *y = gm__cand_at(p, second);
    if (x->number != y->number || x->sub != y->sub || x->family != y->family || !gm__is_start(y)) return false;
    if (begin_apart(p, x, y)) return false;
    struct gm_str a = heading_text(p, first), b = without_page(heading_text(p, second));
    return a.len < 200 && gm__str_eq(a, b) && (a.len > 0 || gm__is_unit(p, y));
}

/* What came of a kin so far. */
struct seen {
    uint32_t last, opened; /* its last member, its last first ordinal, + 1 */
    uint32_t next;         /* of the last member, + 1 */
    int32_t number;        /* of the last member */
};

struct surveyor {
    struct seen *seen; /* by kin */
    uint16_t *openers; /* the kins that opened, those that did so last first: few of the grammar's */
    size_t opener_count;
    uint32_t opened; /* of the first of them */
};

static bool surveyed(const struct gm__cand *c) {
    return !c->rule &&
           (c->flags & (GM__CAND_START | GM__CAND_WRAPPED | GM__CAND_HEADING | GM__CAND_DOUBTED)) == GM__CAND_START;
}

/* The same for what is odd; those before a decimal at a start learn of it, so that they need not look for it. */
static bool survey_odd(const struct gm__decider *d, uint32_t i) {
    const struct gm__cand *c = gm__candidate(d, i);
    if (c->components > 1 && gm__is_start(c) && gm__is_decimal(c))
        for (uint32_t k = i, n = 1; k-- > 0 && n < GM__NEAR; n++) gm__candidate(d, k)->flags |= GM__CAND_NEAR_DECIMAL;
    return surveyed(c);
}

/* A member of kin a follows the one at `from`, + 1: which kins came and went in between? A kin whose numbers run on
 * behind i (条 through 节) did not open inside a. */
GM__APART enum gm_status count_inside(struct gm__decider *d, const struct surveyor *s, uint32_t i, uint32_t from,
                                      uint16_t a) {
    uint32_t *row = d->inside[a];
    size_t k = 0;
    for (; k < s->opener_count && s->seen[s->openers[k]].opened > from; k++) {
        uint16_t b = s->openers[k];
        if (b == a) continue;
        const struct gm__cand *last = gm__candidate(d, s->seen[b].last - 1);
        if (last->next != GM__NONE && last->next > i && last->next < last->reopen) continue;
        if (!row) row = d->inside[a] = gm__arena_alloc(&d->p->doc->arena, d->kins * sizeof *row);
        if (!row) return GM_NOMEM;
        row[b]++;
    }
    d->p->steps += k;
    return GM_OK;
}

/* Kin a opened at i: it is the last that did. */
static void note_opener(struct surveyor *s, uint32_t i, uint16_t a) {
    uint16_t later = a;
    size_t k = 0;
    s->opened = s->seen[a].opened = i + 1;
    do {
        uint16_t b = s->openers[k];
        s->openers[k++] = later;
        later = b;
    } while (k <= s->opener_count && later != a);
    if (k > s->opener_count) s->opener_count++;
}

/* The member that a candidate is the next of is mostly the last of its kin; else it waits in the candidate's `series`,
 * which none has yet. */
static enum gm_status survey_with(struct gm__decider *d, struct surveyor *s) {
    const struct gm__parser *p = d->p;
    struct gm__cand *cands = p->cands.data;
    const struct gm__family *families = p->grammar->families;
    const uint16_t *kin = p->kin;
    int32_t *spaced = d->spaced;
    const uint32_t plain = GM__CAND_START | GM__CAND_WRAPPED | GM__CAND_HEADING | GM__CAND_DOUBTED | GM__CAND_ODD;
    struct gm__cand *c = cands;
    for (uint32_t i = 0, count = (uint32_t)p->cands.count; i < count; i++, c++) {
        uint32_t waits = c->series + 1, flags = c->flags; /* 0: none */
        int32_t number = c->number;
        GM__PREFETCH_FAR(c, GM__FAR_AHEAD);
        c->series = GM__NONE;
        if ((flags & plain) != GM__CAND_START && !((flags & GM__CAND_ODD) && survey_odd(d, i))) continue;
        uint16_t family = c->family, a = kin[family];
        struct seen *seen = &s->seen[a];
        if (seen->number == number && seen->last && gm__is_same_heading(p, seen->last - 1, i)) continue;
        uint32_t next = seen->next, from = next == i + 1 ? seen->last : waits;
        if (from && s->opened > from && !families[family].run_on && count_inside(d, s, i, from, a) != GM_OK)
            return GM_NOMEM;
        if (number == 1) note_opener(s, i, a);
        if (next > i + 1) cands[next - 1].series = seen->last - 1;
        *seen = (struct seen){i + 1, seen->opened, c->next + 1, number};
        spaced[family] += flags & (GM__CAND_BLANK | GM__CAND_ALONE) ? 1 : -1;
    }
    return GM_OK;
}

/* inside[a][b]: how often b opens and ends between two consecutive members of a; who has blanks. */
enum gm_status gm__survey(struct gm__decider *d) {
    struct gm__parser *p = d->p;
    struct gm__arena *arena = &p->doc->arena;
    struct surveyor s = {.seen = gm__arena_alloc(arena, d->kins * sizeof *s.seen)};
    s.openers = gm__arena_alloc(arena, (d->kins + 1) * sizeof *s.openers);
    if (!s.seen || !s.openers) return GM_NOMEM;
    return survey_with(d, &s);
}

enum gm_status gm__prepare_survey(struct gm__decider *d) {
    struct gm__parser *p = d->p;
    const struct gm_grammar *g = p->grammar;
    p->kin = d->kin = g->kins;
    d->families = g->families;
    d->cands = p->cands.data;
    d->kins = g->kin_count;
    size_t f = g->family_count + 1;
    d->inside = gm__arena_alloc(&p->doc->arena, d->kins * sizeof *d->inside);
    d->standing = gm__arena_alloc(&p->doc->arena, d->kins * sizeof *d->standing);
    d->below_row = g->family_count / 64 + 1;
    d->below = gm__arena_alloc(&p->doc->arena, g->family_count * d->below_row * sizeof *d->below);
    d->ended = gm__arena_alloc(&p->doc->arena, d->kins * sizeof *d->ended);
    d->closed = gm__arena_alloc(&p->doc->arena, d->kins * sizeof *d->closed);
    d->spaced = gm__arena_alloc(&p->doc->arena, f * sizeof *d->spaced);
    return d->inside && d->standing && d->below && d->ended && d->closed && d->spaced ? GM_OK : GM_NOMEM;
}
