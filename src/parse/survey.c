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

bool gm__is_same_heading(const struct gm__parser *p, uint32_t first, uint32_t second) {
    const struct gm__cand *x = gm__cand_at(p, first), *y = gm__cand_at(p, second);
    if (x->number != y->number || x->sub != y->sub || x->family != y->family || !gm__is_start(y)) return false;
    struct gm_str a = heading_text(p, first), b = without_page(heading_text(p, second));
    return a.len < 200 && gm__str_eq(a, b) && (a.len > 0 || gm__is_unit(p, y));
}

struct surveyor {
    uint32_t *from;          /* by candidate: the member that it is the next of, GM__NONE */
    uint32_t *opened, *last; /* by kin: last first ordinal, last member, + 1 */
    uint16_t *openers;       /* the kins that opened: few of the grammar's */
    size_t opener_count;
};

static bool surveyed(const struct gm__cand *c) {
    return gm__is_start(c) && !c->rule && !(c->flags & (GM__CAND_HEADING | GM__CAND_DOUBTED));
}

/* Member i of kin a follows member s->from[i]: which kins came and went in between? A kin whose numbers run
 * on behind i (条 through 节) did not open inside a. */
static void count_inside(struct gm__decider *d, const struct surveyor *s, size_t i, uint16_t a) {
    for (size_t k = 0; k < s->opener_count; k++) {
        uint16_t b = s->openers[k];
        d->p->steps++;
        if (b == a || s->opened[b] <= s->from[i] + 1) continue;
        uint32_t last = s->last[b] - 1, next = gm__cand_at(d->p, last)->next;
        if (next != GM__NONE && next > i && next < gm__cand_at(d->p, last)->reopen) continue;
        d->inside[a * d->kins + b]++;
    }
}

static void survey_with(struct gm__decider *d, struct surveyor *s) {
    struct gm__parser *p = d->p;
    for (size_t i = 0; i < p->cands.count; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (!surveyed(c)) continue;
        uint16_t a = p->kin[c->family];
        if (s->last[a] && gm__is_same_heading(p, s->last[a] - 1, (uint32_t)i)) continue;
        if (s->from[i] != GM__NONE && !gm__family_of(p, c)->run_on) count_inside(d, s, i, a);
        if (c->number == 1 && !s->opened[a]) s->openers[s->opener_count++] = a;
        if (c->number == 1) s->opened[a] = (uint32_t)i + 1;
        s->last[a] = (uint32_t)i + 1;
        if (c->next != GM__NONE) s->from[c->next] = (uint32_t)i;
        (c->flags & (GM__CAND_BLANK | GM__CAND_ALONE) ? d->blank : d->tight)[c->family]++;
    }
}

/* inside[a][b]: how often b opens and ends between two consecutive members of a; who has blanks. */
enum gm_status gm__survey(struct gm__decider *d) {
    struct gm__parser *p = d->p;
    struct gm__arena *arena = &p->doc->arena;
    size_t bytes = (p->cands.count + 1) * sizeof(uint32_t), row = d->kins * sizeof(uint32_t);
    struct surveyor s = {.opened = gm__arena_alloc(arena, row), .last = gm__arena_alloc(arena, row)};
    s.openers = gm__arena_alloc(arena, d->kins * sizeof *s.openers);
    s.from = gm__alloc(p->options->allocator, bytes);
    bool ok = s.opened && s.last && s.openers && s.from;
    if (ok) {
        memset(s.from, 0xFF, bytes);
        survey_with(d, &s);
    }
    if (s.from) gm__free(p->options->allocator, s.from, bytes);
    return ok ? GM_OK : GM_NOMEM;
}

enum gm_status gm__prepare_survey(struct gm__decider *d) {
    struct gm__parser *p = d->p;
    const struct gm_grammar *g = p->grammar;
    p->kin = g->kins;
    d->kins = g->kin_count;
    size_t f = g->family_count + 1;
    d->inside = gm__arena_alloc(&p->doc->arena, d->kins * d->kins * sizeof *d->inside);
    d->below = gm__arena_alloc(&p->doc->arena, g->family_count * g->family_count);
    d->closed = gm__arena_alloc(&p->doc->arena, d->kins * sizeof *d->closed);
    d->blank = gm__arena_alloc(&p->doc->arena, f * sizeof *d->blank);
    d->tight = gm__arena_alloc(&p->doc->arena, f * sizeof *d->tight);
    return d->inside && d->below && d->closed && d->blank && d->tight ? GM_OK : GM_NOMEM;
}
