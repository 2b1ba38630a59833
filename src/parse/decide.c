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
#include "parse/series.h"

#define MAX_OPEN  160u /* open series; more than any document nests */
#define MAIN_RANK 35u  /* families up to 一、 head sections even where line breaks were lost */

enum act { ACT_NONE, ACT_CONTINUE, ACT_OPEN };

struct move {
    enum act act;
    int score;
    uint32_t depth;  /* of the series to go on with; ACT_OPEN: how many stay open */
    uint32_t parent; /* ACT_OPEN */
    enum gm__rule rule;
};

struct decider {
    struct gm__parser *p;
    uint32_t open[MAX_OPEN];
    uint32_t depth;
    size_t kins;
    uint32_t *inside;        /* kins × kins */
    uint8_t *below;          /* families × families, of one kin: the first was seen to open inside the second */
    int32_t *closed;         /* number at which the kin's last closed series stood; 0 none */
    uint32_t *blank, *tight; /* by family: paragraph starts with a blank behind the label, and without */
    uint32_t para;
};

/* -------------------------------------------------------------- properties */

/* 第X章 and its like: the numeral stands between 第 and a unit. */
static bool is_unit(const struct gm__parser *p, const struct gm__cand *c) {
    return c->len > 3 && memcmp(p->text + c->at, "\xE7\xAC\xAC", 3) == 0 && gm__family_of(p, c)->kind != GM_KIND_ITEM;
}

static bool is_bare(const struct gm__cand *c) { return (c->flags & GM__CAND_BARE) && !(c->flags & GM__CAND_RENDERED); }

static bool is_decimal(const struct gm__cand *c) { return c->components > 1 && !(c->flags & GM__CAND_HEADING); }

/* 首先，… 然后…；其次，…: a word of a later member is an adverb while an earlier one is still to come. */
static bool comes_between(const struct decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *end = gm__cand_at(d->p, 0) + d->p->cands.count;
    const struct gm__cand *k = c + 1;
    for (int i = 0; i < 12 && k < end && k->para == c->para; i++, k++)
        if (k->family == c->family && k->number > s->number && k->number < c->number) return true;
    return false;
}

static bool follows(const struct decider *d, const struct gm__series *s, const struct gm__cand *c) {
    if (d->p->kin[s->family] != d->p->kin[c->family] || s->prefix != c->prefix || (c->flags & GM__CAND_HEADING))
        return false;
    const struct gm__cand *last = gm__cand_at(d->p, s->last);
    if ((c->flags & last->flags & GM__CAND_RENDERED) && c->depth != last->depth) return false;
    if (gm__family_of(d->p, c)->words) return c->number > s->number && !comes_between(d, s, c);
    if (c->sub) return c->number == s->number && c->sub > s->sub; /* の二 comes first, 之一 too */
    return c->number == s->number + 1 || (!is_decimal(c) && c->other && c->other == s->number + 1);
}

static const struct gm__cand *last_of(const struct decider *d, uint32_t depth) {
    return gm__cand_at(d->p, gm__series_at(d->p, d->open[depth])->last);
}

/* Will the series go on before a series around it does? */
static bool alive(struct decider *d, uint32_t depth) {
    uint32_t next = gm__series_at(d->p, d->open[depth])->next;
    if (next == GM__NONE) return false;
    for (uint32_t i = 0; i < depth; i++) {
        const struct gm__series *outer = gm__series_at(d->p, d->open[i]);
        d->p->steps++;
        if (outer->next <= next && !outer->is_inline) return false;
    }
    return true;
}

/* The first candidate at which a series that is open now goes on: nothing that opens here lasts longer. */
static uint32_t horizon(struct decider *d) {
    uint32_t nearest = GM__NONE;
    for (uint32_t i = 0; i < d->depth; i++) {
        const struct gm__series *s = gm__series_at(d->p, d->open[i]);
        d->p->steps++;
        if (!s->is_inline && s->next < nearest) nearest = s->next;
    }
    return nearest;
}

static uint8_t keyword_rank(const struct decider *d, const struct gm__cand *c) {
    return c->sub == GM__NO_KEYWORD ? 0 : d->p->grammar->keywords[c->sub].rank;
}

/* Does kin a stand above kin b in this document? */
static bool outranks(const struct decider *d, const struct gm__cand *a, uint16_t b_family) {
    const struct gm__parser *p = d->p;
    if (a->flags & GM__CAND_HEADING) {
        const struct gm__family *b = &p->grammar->families[b_family];
        return keyword_rank(d, a) <= b->rank;
    }
    uint32_t ab = d->inside[p->kin[a->family] * d->kins + p->kin[b_family]];
    uint32_t ba = d->inside[p->kin[b_family] * d->kins + p->kin[a->family]];
    if (ab != ba) return ab > ba;
    return gm__family_of(p, a)->rank < p->grammar->families[b_family].rank;
}

/* ------------------------------------------------------------ foresight */

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

static bool is_same_heading(const struct gm__parser *p, uint32_t first, uint32_t second) {
    const struct gm__cand *x = gm__cand_at(p, first), *y = gm__cand_at(p, second);
    if (x->number != y->number || x->sub != y->sub || x->family != y->family || !gm__is_start(y)) return false;
    struct gm_str a = heading_text(p, first), b = without_page(heading_text(p, second));
    return a.len < 200 && gm__str_eq(a, b) && (a.len > 0 || is_unit(p, y));
}

struct surveyor {
    uint32_t *from;          /* by candidate: the member that it is the next of, GM__NONE */
    uint32_t *opened, *last; /* by kin: last first ordinal, last member, + 1 */
    uint16_t *openers;       /* the kins that opened: few of the grammar's */
    size_t opener_count;
};

static bool surveyed(const struct gm__cand *c) { return gm__is_start(c) && !c->rule && !(c->flags & GM__CAND_HEADING); }

/* Member i of kin a follows member s->from[i]: which kins came and went in between? A kin whose numbers run
 * on behind i (条 through 节) did not open inside a. */
static void count_inside(struct decider *d, const struct surveyor *s, size_t i, uint16_t a) {
    for (size_t k = 0; k < s->opener_count; k++) {
        uint16_t b = s->openers[k];
        d->p->steps++;
        if (b == a || s->opened[b] <= s->from[i] + 1) continue;
        uint32_t last = s->last[b] - 1, next = gm__cand_at(d->p, last)->next;
        if (next != GM__NONE && next > i && next < gm__cand_at(d->p, last)->reopen) continue;
        d->inside[a * d->kins + b]++;
    }
}

static void survey_with(struct decider *d, struct surveyor *s) {
    struct gm__parser *p = d->p;
    for (size_t i = 0; i < p->cands.count; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (!surveyed(c)) continue;
        uint16_t a = p->kin[c->family];
        if (s->last[a] && is_same_heading(p, s->last[a] - 1, (uint32_t)i)) continue;
        if (s->from[i] != GM__NONE && !gm__family_of(p, c)->run_on) count_inside(d, s, i, a);
        if (c->number == 1 && !s->opened[a]) s->openers[s->opener_count++] = a;
        if (c->number == 1) s->opened[a] = (uint32_t)i + 1;
        s->last[a] = (uint32_t)i + 1;
        if (c->next != GM__NONE) s->from[c->next] = (uint32_t)i;
        (c->flags & (GM__CAND_BLANK | GM__CAND_ALONE) ? d->blank : d->tight)[c->family]++;
    }
}

/* inside[a][b]: how often b opens and ends between two consecutive members of a; who has blanks. */
static enum gm_status survey(struct decider *d) {
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

/* ----------------------------------------------------------------- guards */

static bool goes_on_with(const struct gm__parser *p, const struct gm__cand *c, const char *const *words) {
    size_t at = (size_t)c->at + c->len;
    for (; *words; words++)
        if (at + strlen(*words) <= c->stop && memcmp(p->text + at, *words, strlen(*words)) == 0) return true;
    return false;
}

/* 第三条、第五条和…, 第十二条规定的…: what is said of an article, not its text. */
static bool refers(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"、第",   "和第", "至第", "及第", "或第",     "与第",   "规定的", "規定的",
                                        "规定，", "所列", "所称", "的",   "の規定",   "に規定", "から",   "及び",
                                        "又は",   "第",   "中的", "规定", "若しくは", "から第", NULL};
    return goes_on_with(p, c, words);
}

/* （一）、（二）项所列…, （三）和（五）…: a bracket with a number behind a joint. */
static bool lists_items(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const joints[] = {"、", "和", "或", "至", "及", "与", NULL};
    static const char *const brackets[] = {"（", "("};
    const char *at = p->text + c->at + c->len, *end = p->text + c->stop;
    struct gm__ordinal o;
    if (goes_on_with(p, c, joints))
        at += 3;
    else if (c->len < 6 || memcmp(at - 3, "、", 3) != 0)
        return false;
    for (size_t i = 0; i < GM__COUNT(brackets); i++) {
        size_t n = strlen(brackets[i]);
        if ((size_t)(end - at) <= n || memcmp(at, brackets[i], n) != 0) continue;
        return (gm__numeral_scan(GM__NUM_HAN, at + n, end, false, &o) ||
                gm__numeral_scan(GM__NUM_ARABIC, at + n, end, false, &o)) &&
               o.value > c->number;
    }
    return false;
}

/* Prose that begins like a heading: 第三条规定的情形…, 第二讲堂设在…。 */
static bool is_reference(const struct decider *d, const struct gm__cand *c) {
    if (gm__is_start(c) && lists_items(d->p, c)) return true;
    if (!is_unit(d->p, c) || (c->flags & (GM__CAND_ALONE | GM__CAND_RENDERED))) return false;
    bool article = gm__family_of(d->p, c)->kind == GM_KIND_ARTICLE;
    if (c->flags & GM__CAND_BLANK) return !article && (c->flags & GM__CAND_LONG) != 0;
    if (refers(d->p, c)) return true;
    if (article) return d->blank[c->family] >= d->tight[c->family];
    return (c->flags & (GM__CAND_LONG | GM__CAND_STOPPED)) != 0;
}

/* ------------------------------------------------------------------ moves */

static bool same_para(const struct decider *d, const struct gm__series *s, const struct gm__cand *c) {
    return gm__cand_at(d->p, s->last)->para == c->para;
}

/* May c go on with the open series at this depth, as far as its place is concerned? */
static bool place_allows(struct decider *d, uint32_t depth, const struct gm__cand *c) {
    const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
    bool here = same_para(d, s, c);
    if (gm__is_start(c)) {
        if (!s->is_inline || here) return true;
        for (uint32_t i = depth + 1; i < d->depth; i++)
            if (!gm__series_at(d->p, d->open[i])->is_inline) return false;
        return true;
    }
    if (!s->is_inline) return here || (gm__family_of(d->p, c)->partner && depth + 1 == d->depth);
    if (here) return true;
    for (uint32_t i = depth + 1; i < d->depth; i++)
        if (!gm__series_at(d->p, d->open[i])->is_inline) return false;
    return c->before <= GM__BEFORE_COLON;
}

static void propose(struct move *best, struct move m) {
    if (m.score > best->score) *best = m;
}

static void consider_continue(struct decider *d, uint32_t index, struct move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
        d->p->steps++;
        if (!follows(d, s, c) || !place_allows(d, depth, c)) continue;
        int score = 100 + (s->family == c->family ? 8 : 0) + (s->is_inline != gm__is_start(c) ? 4 : 0);
        if (s->next == index) score += 2;
        propose(best, (struct move){ACT_CONTINUE, score, depth, GM__NONE, GM__RULE_CONTINUES});
        if (s->family == c->family && s->is_inline != gm__is_start(c) && s->next == index) return;
    }
}

/* Gap, repeat, backwards: the author's slip, or no member at all. */
static void consider_slip(struct decider *d, uint32_t index, struct move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    if (!gm__is_start(c) || gm__family_of(d->p, c)->partner || (c->flags & GM__CAND_AFTER_COMMA) ||
        gm__family_of(d->p, c)->words)
        return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
        d->p->steps++;
        if (d->p->kin[s->family] != d->p->kin[c->family] || s->prefix != c->prefix || s->is_inline) continue;
        int32_t step = c->number - s->number;
        bool sure = is_unit(d->p, c) || (c->flags & GM__CAND_RENDERED),
             goes_on = c->next != GM__NONE && c->next <= horizon(d);
        if (c->sub && step >= 0) sure = true;
        if (is_decimal(c) && !(c->flags & GM__CAND_BLANK)) continue;
        bool ok = sure || (step > 1 && (step <= 3 || (goes_on && step <= 12))) || (step == 0 && goes_on) ||
                  (step == -1 && !is_bare(c) && s->next != GM__NONE && s->next > index && alive(d, depth));
        if (ok && c->number != 1)
            propose(best, (struct move){ACT_CONTINUE, 45 - (step < 0 ? 10 : 0), depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

/* 一是 … 三是, 二是 … 二是: in one paragraph, or each at the start of its own, a slip costs no member. */
static void consider_word_slip(struct decider *d, uint32_t index, struct move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    const struct gm__family *f = gm__family_of(d->p, c);
    if (!f->partner || f->words || c->number < 2 || c->before > GM__BEFORE_COLON) return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
        d->p->steps++;
        if (s->family != c->family) continue;
        int32_t step = c->number - s->number;
        if ((step == 0 || step == 2) && (same_para(d, s, c) || (gm__is_start(c) && !s->is_inline)))
            propose(best, (struct move){ACT_CONTINUE, 40, depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

/* 3.1 2.2 3.3: the first part of the second is a slip. */
static void consider_decimal_slip(struct decider *d, uint32_t index, struct move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    if (!is_decimal(c) || !(c->flags & GM__CAND_BLANK) || c->number == 1 || c->next != GM__NONE) return;
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
        const struct gm__cand *last = gm__cand_at(d->p, s->last);
        d->p->steps++;
        if (!is_decimal(last) || last->components != c->components || s->family != c->family) continue;
        if (s->prefix != c->prefix && c->number == s->number + 1)
            propose(best, (struct move){ACT_CONTINUE, 33, depth, GM__NONE, GM__RULE_GAP});
        return;
    }
}

static uint8_t *below(const struct decider *d, uint16_t inner, uint16_t outer) {
    return &d->below[(size_t)inner * d->p->grammar->family_count + outer];
}

/* How a series that c opens stands to the last item of the open series at `depth`. */
enum relation {
    REL_BELOW,  /* inside the item */
    REL_BESIDE, /* instead of the series, which ends */
    REL_AMONG,  /* a heading without a number between the items of the series, which may go on */
    REL_ABOVE,  /* further out */
};

static bool is_region(const struct gm__parser *p, const struct gm__cand *c) {
    return c->sub != GM__NO_KEYWORD && p->grammar->keywords[c->sub].role == GM__ROLE_REGION;
}

/* Does c end a heading of its own depth, or a deeper one, in which the series at `depth` stands? */
static bool ends_heading(const struct decider *d, const struct gm__cand *c, uint32_t depth) {
    while (depth-- > 0) {
        const struct gm__cand *last = gm__cand_at(d->p, gm__series_at(d->p, d->open[depth])->last);
        if (last->heading) return last->heading >= c->heading;
    }
    return false;
}

static enum relation relate(struct decider *d, const struct gm__cand *c, uint32_t depth) {
    const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
    const struct gm__cand *last = gm__cand_at(d->p, s->last);
    bool mine = (c->flags & GM__CAND_HEADING) != 0, theirs = (last->flags & GM__CAND_HEADING) != 0;
    if (!gm__is_start(last) && last->para != c->para) return REL_ABOVE; /* such members end with their paragraph */
    if (c->heading && last->heading) {
        if (mine && !theirs && c->heading == last->heading) return REL_AMONG;
        return c->heading > last->heading ? REL_BELOW : REL_ABOVE;
    }
    if ((c->flags & last->flags & GM__CAND_RENDERED) && c->depth && last->depth && c->depth != last->depth)
        return c->depth > last->depth ? REL_BELOW : REL_ABOVE;
    if (!mine && !theirs && d->p->kin[s->family] == d->p->kin[c->family] && s->prefix == c->prefix)
        return alive(d, depth) || (c->flags & ~last->flags & GM__CAND_RENDERED) /* a list under a typed number */ ||
                       *below(d, c->family, s->family)
                   ? REL_BELOW
                   : REL_BESIDE;
    if (theirs && !mine)
        return !is_region(d->p, last) && last->sub != GM__NO_KEYWORD && !last->heading &&
                       (is_bare(c) || gm__family_of(d->p, c)->rank <= keyword_rank(d, last))
                   ? REL_ABOVE
                   : REL_BELOW;
    if (theirs && mine)
        return last->sub != GM__NO_KEYWORD && c->sub != GM__NO_KEYWORD && keyword_rank(d, c) > keyword_rank(d, last)
                   ? REL_BELOW
                   : REL_ABOVE;
    if (c->heading && mine && alive(d, depth)) return ends_heading(d, c, depth) ? REL_ABOVE : REL_AMONG;
    if (alive(d, depth) && !(d->p->grammar->families[s->family].run_on && outranks(d, c, s->family))) return REL_BELOW;
    if (c->heading && !last->heading) return REL_ABOVE;
    return outranks(d, c, s->family) ? REL_ABOVE : REL_BELOW;
}

/* What hangs below the open series at `depth`: its last item, unless a heading came among its items. Then that item is
 * over, though the series may go on, and the place is the heading's. */
static uint32_t hook(const struct decider *d, uint32_t depth) {
    const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
    bool over = depth + 1 < d->depth && gm__series_at(d->p, d->open[depth + 1])->parent != s->last;
    return over ? s->parent : s->last;
}

/* Where a series that c opens at a paragraph's start belongs: how many stay open, and the parent. */
static void place_start(struct decider *d, const struct gm__cand *c, struct move *m) {
    m->parent = GM__NONE;
    for (m->depth = d->depth; m->depth > 0; m->depth--) {
        const struct gm__series *s = gm__series_at(d->p, d->open[m->depth - 1]);
        d->p->steps++;
        enum relation r = relate(d, c, m->depth - 1);
        if (r == REL_ABOVE) continue;
        m->parent = r == REL_BELOW ? hook(d, m->depth - 1) : s->parent;
        if (r == REL_BELOW && s->family != c->family && d->p->kin[s->family] == d->p->kin[c->family])
            *below(d, c->family, s->family) = 1;
        if (r == REL_BESIDE) m->depth--;
        return; /* REL_AMONG leaves the series open */
    }
}

/* 3.2 or 3.0.2 under 3. */
static bool is_decimal_child(const struct gm__cand *parent, const struct gm__cand *c) {
    if (parent->flags & GM__CAND_HEADING) return false;
    uint32_t prefix = gm__decimal_child(0, (uint32_t)parent->number);
    return c->prefix == prefix || (c->components == 3 && c->prefix == gm__decimal_child(prefix, 0));
}

/* 3.2 under 3, 3.2.1 under 3.2: the numbers say it. */
static bool place_decimal(struct decider *d, const struct gm__cand *c, struct move *m) {
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = gm__series_at(d->p, d->open[depth]);
        const struct gm__cand *last = gm__cand_at(d->p, s->last);
        d->p->steps++;
        bool parent = is_decimal(last) ? gm__decimal_child(last->prefix, (uint32_t)last->number) == c->prefix
                                       : !s->is_inline && is_decimal_child(last, c);
        if (parent) {
            m->depth = depth + 1;
            m->parent = hook(d, depth);
            return true;
        }
    }
    uint32_t depth = d->depth;
    while (depth > 0 && is_decimal(last_of(d, depth - 1)) && last_of(d, depth - 1)->components >= c->components)
        depth--;
    m->depth = depth;
    m->parent = depth ? hook(d, depth - 1) : GM__NONE;
    return false;
}

static bool needs_partner(const struct gm__parser *p, const struct gm__cand *c) {
    return gm__family_of(p, c)->partner || is_bare(c);
}

/* 2 above 2.1: the next decimal says that the bare number is a heading. */
static bool has_decimal_child(const struct decider *d, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    for (size_t i = index + 1; i < d->p->cands.count && i < (size_t)index + 8; i++) {
        const struct gm__cand *k = gm__cand_at(d->p, i);
        if (gm__is_start(k) && is_decimal(k)) return k->number == 1 && gm__is_start(c) && is_decimal_child(c, k);
    }
    return false;
}

/* ２　 under 第X条: in Japanese statutes the first 項 has no number. */
static bool is_second_paragraph(const struct decider *d, const struct gm__cand *c) {
    if (!is_bare(c) || c->number != 2 || !(c->flags & GM__CAND_BLANK)) return false;
    for (uint32_t i = d->depth; i-- > 0;) {
        const struct gm__series *s = gm__series_at(d->p, d->open[i]);
        enum gm_node_kind kind = (enum gm_node_kind)d->p->grammar->families[s->family].kind;
        if (kind == GM_KIND_ARTICLE) return true;
        if (!s->is_inline && kind != GM_KIND_ITEM && d->p->grammar->families[s->family].rank <= 24) return false;
    }
    return false;
}

static bool ends_with_mark(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t last;
    (void)gm__utf8_decode_back(p->text + c->at, p->text + c->at + c->len, &last);
    return last == 0xFF0C || last == ',' || last == 0xFF1A || last == ':' || last == 0x3001;
}

/* 首先要说明… in one paragraph, 最后他说… in another: without their commas they are adverbs, unless 其次 is there
 * and all of them open paragraphs. */
static bool is_adverb(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->next == GM__NONE) return true;
    const struct gm__cand *next = gm__cand_at(p, c->next);
    if (next->para == c->para || (ends_with_mark(p, c) && ends_with_mark(p, next))) return false;
    return !(gm__is_start(c) && gm__is_start(next) && next->number == c->number + 1);
}

/* 一是 … 三是 without 二是: the third member vouches for the first. */
static bool skips_second(const struct decider *d, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    const struct gm__family *f = gm__family_of(d->p, c);
    if (!f->partner || f->words || c->number != 1) return false;
    for (size_t i = index + 1; i < d->p->cands.count && i < (size_t)index + 16; i++) {
        const struct gm__cand *k = gm__cand_at(d->p, i);
        if (gm__is_start(k) && !gm__is_start(c)) return false;
        if (k->family != c->family || (!gm__is_start(k) && k->para != c->para)) continue;
        return k->number == 3 && k->before <= GM__BEFORE_COLON;
    }
    return false;
}

static void consider_open_start(struct decider *d, uint32_t index, struct move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    const struct gm__family *f = gm__family_of(d->p, c);
    struct move m = {ACT_OPEN, 60, 0, GM__NONE, GM__RULE_OPENS};
    bool goes_on = c->next != GM__NONE && c->next < horizon(d),
         sure = is_unit(d->p, c) || (c->flags & GM__CAND_RENDERED);
    int32_t closed = d->closed[d->p->kin[c->family]];
    if (f->words && (c->number != 1 || !goes_on || is_adverb(d->p, c))) return;
    if (is_decimal(c)) {
        bool child = place_decimal(d, c, &m);
        bool blank = (c->flags & GM__CAND_BLANK) != 0;
        if (c->flags & GM__CAND_RENDERED) { /* 1.1.1 under I-A: the format knows that it is a number, and how deep */
            if (!child) place_start(d, c, &m);
        } else if (!child && !goes_on && c->components > 2) { /* 192.168.1.1 */
            return;
        } else if (c->number == 1 ? !(child || goes_on || blank) : !(blank && (goes_on || child))) {
            return;
        }
        m.score = child && c->number == 1 ? 70 : 35;
        propose(best, m);
        return;
    }
    if ((c->number != 1 || c->sub) && !(sure && c->number == 0)) {
        m.score = 30;
        m.rule = GM__RULE_STARTS_LATE;
        if (closed && c->number == closed + 1 && (!f->partner || goes_on)) {
            m.rule = GM__RULE_RUNS_ON;
            m.score = 50;
        } else if (is_second_paragraph(d, c)) {
            m.score = 40;
        } else if (!sure && (!goes_on || f->partner || closed) && !has_decimal_child(d, index)) {
            return;
        }
    } else if (needs_partner(d->p, c) && !goes_on && !has_decimal_child(d, index) && !skips_second(d, index)) {
        return;
    }
    if (is_bare(c) && (c->flags & GM__CAND_LATIN_TEXT) && !(c->flags & GM__CAND_ALONE)) return;
    if ((c->flags & GM__CAND_AFTER_COMMA) && !goes_on) return;
    place_start(d, c, &m);
    propose(best, m);
}

static void consider_open_inline(struct decider *d, uint32_t index, struct move *best) {
    const struct gm__cand *c = gm__cand_at(d->p, index);
    bool foreseen = c->next != GM__NONE && c->next < horizon(d);
    if (c->number != 1 || is_decimal(c) || !(foreseen || skips_second(d, index))) return;
    const struct gm__cand *next = foreseen ? gm__cand_at(d->p, c->next) : c;
    bool words = gm__family_of(d->p, c)->partner;
    if (!words && next->para != c->para && c->before > GM__BEFORE_COLON) return;
    if (c->before == GM__BEFORE_COMMA && !words) return;
    if (gm__family_of(d->p, c)->words && is_adverb(d->p, c)) return;
    struct move m = {ACT_OPEN, 55, d->depth, GM__NONE, GM__RULE_OPENS};
    while (m.depth > 0) {
        const struct gm__series *s = gm__series_at(d->p, d->open[m.depth - 1]);
        bool here = same_para(d, s, c);
        if (s->is_inline && here && gm__family_of(d->p, c)->rank <= MAIN_RANK &&
            gm__family_of(d->p, c)->rank < d->p->grammar->families[s->family].rank && !alive(d, m.depth - 1)) {
            m.depth--; /* 一、 in text that lost its line breaks stands above the list before it */
            continue;
        }
        if (d->p->kin[s->family] == d->p->kin[c->family] && s->is_inline && !(here && alive(d, m.depth - 1))) {
            m.depth--; /* the same list again: a sibling */
            if (here) {
                m.parent = s->parent;
                propose(best, m);
                return;
            }
            continue;
        }
        if (s->is_inline && !here) {
            if (alive(d, m.depth - 1)) break;
            m.depth--;
            continue;
        }
        break;
    }
    for (uint32_t i = m.depth; i-- > 0;) {
        const struct gm__series *s = gm__series_at(d->p, d->open[i]);
        if (s->is_inline && !same_para(d, s, c)) continue;
        m.parent = hook(d, i);
        break;
    }
    propose(best, m);
}

/* ------------------------------------------------------------------- apply */

static void close_to(struct decider *d, uint32_t depth) {
    while (d->depth > depth) {
        const struct gm__series *s = gm__series_at(d->p, d->open[--d->depth]);
        if (!s->is_inline) d->closed[d->p->kin[s->family]] = s->number;
    }
}

static void accept(struct decider *d, uint32_t index, uint32_t series, enum gm__rule rule) {
    struct gm__parser *p = d->p;
    struct gm__cand *c = gm__cand_at(p, index);
    struct gm__series *s = gm__series_at(p, series);
    if (!is_decimal(c) && c->other && rule == GM__RULE_CONTINUES && c->other == s->number + 1 && c->number != c->other)
        c->number = c->other;
    c->series = series;
    c->rule = (uint8_t)rule;
    s->last = index;
    s->next = gm__foreseen(p, index);
    s->count++;
    s->number = c->number;
    s->sub = c->sub;
    if (c->flags & GM__CAND_HEADING) s->sub = 0;
}

static enum gm_status open_series(struct decider *d, uint32_t index, const struct move *m) {
    struct gm__parser *p = d->p;
    const struct gm__cand *c = gm__cand_at(p, index);
    close_to(d, m->depth);
    if (d->depth == MAX_OPEN)
        return gm__fail(p->error, GM_LIMIT, "too-deep", "more than %u series are open at once", MAX_OPEN);
    void *slot;
    enum gm_status status = gm__vec_push(&p->series, &slot);
    if (status != GM_OK) return status;
    uint32_t id = (uint32_t)(p->series.count - 1);
    struct gm__series *s = slot;
    *s = (struct gm__series){.parent = m->parent, .first = index, .family = c->family, .prefix = c->prefix};
    s->is_inline = !gm__is_start(c);
    d->open[d->depth++] = id;
    accept(d, index, id, m->rule);
    return GM_OK;
}

static enum gm_status apply(struct decider *d, uint32_t index, const struct move *m) {
    if (m->act == ACT_OPEN) return open_series(d, index, m);
    close_to(d, m->depth + 1);
    accept(d, index, d->open[m->depth], m->rule);
    return GM_OK;
}

/* 附件1 on a line of its own with a number right below: it has no title and is no node, but a boundary. */
static bool is_bare_region(const struct gm__parser *p, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(p, index);
    struct gm_str line = gm__str(p->text + c->at, c->stop - c->at);
    if (line.len < 6 || memcmp(line.ptr, "附件", 6) != 0 || gm__keyword_has_title(p, c->sub, line) ||
        (size_t)index + 1 >= p->cands.count)
        return false;
    const struct gm__cand *next = gm__cand_at(p, index + 1);
    if (!gm__is_start(next) || (next->flags & GM__CAND_HEADING)) return false;
    return gm__str_trim(gm__str(p->text + c->stop, next->para - c->stop)).len == 0;
}

/* 第六章 on a line of its own, 附则 on the next: the second is the title of the first. */
static bool is_title_of(const struct gm__parser *p, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(p, index), *last = index ? c - 1 : NULL;
    while (last && last > gm__cand_at(p, 0) && (last->flags & GM__CAND_ALT) && !gm__accepted(last)) last--;
    if (!last || !gm__is_start(last) || !gm__accepted(last) || c->heading || !(last->flags & GM__CAND_ALONE) ||
        (last->flags & GM__CAND_HEADING))
        return false;
    return gm__str_trim(gm__str(p->text + last->stop, c->at - last->stop)).len == 0;
}

/* A heading without a number closes what stands below it; a region closes everything. */
static enum gm_status take_heading(struct decider *d, uint32_t index) {
    struct gm__parser *p = d->p;
    const struct gm__cand *c = gm__cand_at(p, index);
    struct move m = {ACT_OPEN, 1, 0, GM__NONE, GM__RULE_KEYWORD};
    if (is_region(p, c)) {
        close_to(d, 0);
        memset(d->closed, 0, d->kins * sizeof *d->closed);
        if (is_bare_region(p, index)) {
            gm__cand_at(p, index)->rule = GM__RULE_BOUNDARY;
            return gm__doc_add_matter(p->doc, c->at, c->stop - c->at, GM_MATTER_REGION);
        }
    } else if (is_title_of(p, index)) {
        gm__cand_at(p, index)->rule = GM__RULE_OTHER_READING;
        return GM_OK;
    } else {
        place_start(d, c, &m);
    }
    return open_series(d, index, &m);
}

/* Readings of one place, [index, end): the best move of any wins. */
static enum gm_status decide_one(struct decider *d, uint32_t index, uint32_t end) {
    struct gm__parser *p = d->p;
    struct move best = {ACT_NONE, 0, 0, GM__NONE, GM__RULE_NONE};
    uint32_t winner = index;
    for (uint32_t i = index; i < end; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        struct move before = best;
        p->steps++;
        if (c->rule) continue;
        if (c->flags & GM__CAND_STAMP) {
            close_to(d, 0);
            c->rule = GM__RULE_BOUNDARY;
            return GM_OK;
        }
        if (c->flags & GM__CAND_HEADING) return take_heading(d, i);
        if (is_reference(d, c)) {
            c->rule = GM__RULE_REFERENCE;
            continue;
        }
        if ((c->flags & GM__CAND_MARK) && !gm__is_start(c) && !gm__family_of(p, c)->partner) {
            c->rule = GM__RULE_NOTE;
            continue;
        }
        if ((c->flags & GM__CAND_WRAPPED) && (c->before >= GM__BEFORE_COMMA) &&
            !(gm__family_of(p, c)->where & GM__AT_INLINE)) {
            c->rule = GM__RULE_WRAPPED;
            continue;
        }
        consider_continue(d, i, &best);
        consider_word_slip(d, i, &best);
        if (gm__is_start(c)) {
            consider_slip(d, i, &best);
            consider_decimal_slip(d, i, &best);
            consider_open_start(d, i, &best);
        } else {
            consider_open_inline(d, i, &best);
        }
        if (best.score > before.score) winner = i;
    }
    const struct gm__cand *w = gm__cand_at(p, winner);
    for (uint32_t i = index; i < end; i++)
        if (!gm__cand_at(p, i)->rule)
            gm__cand_at(p, i)->rule = best.act == ACT_NONE ? GM__RULE_NO_SERIES : GM__RULE_OTHER_READING;
    if (best.act == ACT_NONE) return GM_OK;
    for (uint32_t depth = d->depth; depth-- > 0;)
        if (is_same_heading(p, gm__series_at(p, d->open[depth])->last, winner)) {
            gm__cand_at(p, winner)->rule = GM__RULE_REPEATED;
            return GM_OK;
        }
    if (gm__family_of(p, w)->words && end < p->cands.count && gm__cand_at(p, end)->at == w->at + w->len &&
        gm__cand_at(p, end)->number > 1) {
        gm__cand_at(p, winner)->rule = GM__RULE_DOUBLE;
        return GM_OK;
    }
    return apply(d, winner, &best);
}

/* ------------------------------------------------------------------ after */

/* Series that need a partner and have none. */
static void settle(struct decider *d) {
    struct gm__parser *p = d->p;
    for (size_t i = 0; i < p->series.count; i++) {
        struct gm__series *s = gm__series_at(p, i);
        const struct gm__cand *first = gm__cand_at(p, s->first);
        if (s->count > 1 || (first->flags & GM__CAND_HEADING)) continue;
        if (first->rule == GM__RULE_OPENS && (s->is_inline || needs_partner(p, first)) &&
            !has_decimal_child(d, s->first))
            gm__cand_at(p, s->first)->rule = GM__RULE_ALONE;
    }
}

static enum gm_status number_kins(struct decider *d) {
    struct gm__parser *p = d->p;
    const struct gm_grammar *g = p->grammar;
    p->kin = gm__arena_alloc(&p->doc->arena, (g->family_count + 1) * sizeof *p->kin);
    if (!p->kin) return GM_NOMEM;
    d->kins = 1;
    for (size_t i = 1; i < g->family_count; i++) {
        size_t k = 1;
        while (k < i && !(g->families[i].kin[0] && strcmp(g->families[k].kin, g->families[i].kin) == 0)) k++;
        p->kin[i] = k < i ? p->kin[k] : (uint16_t)d->kins++;
    }
    size_t f = g->family_count + 1;
    d->inside = gm__arena_alloc(&p->doc->arena, d->kins * d->kins * sizeof *d->inside);
    d->below = gm__arena_alloc(&p->doc->arena, g->family_count * g->family_count);
    d->closed = gm__arena_alloc(&p->doc->arena, d->kins * sizeof *d->closed);
    d->blank = gm__arena_alloc(&p->doc->arena, f * sizeof *d->blank);
    d->tight = gm__arena_alloc(&p->doc->arena, f * sizeof *d->tight);
    return d->inside && d->below && d->closed && d->blank && d->tight ? GM_OK : GM_NOMEM;
}

enum gm_status gm__decide(struct gm__parser *p) {
    struct decider d = {.p = p};
    enum gm_status s = number_kins(&d);
    if (s == GM_OK) s = gm__mark_contents(p);
    if (s == GM_OK) s = gm__foresee(p);
    if (s == GM_OK) s = survey(&d);
    for (uint32_t i = 0, end; s == GM_OK && i < p->cands.count; i = end) {
        for (end = i + 1; end < p->cands.count && (gm__cand_at(p, end)->flags & GM__CAND_ALT);) end++;
        s = decide_one(&d, i, end);
    }
    if (s == GM_OK) settle(&d);
    return s;
}
