/*
 * implied.c - unnumbered parallel points: 要形成工作合力。…要以上率下。…要敢抓敢管。…
 *
 * Two shapes, in one paragraph, at least two members with the same opener:
 *   clauses in a row that ； parts:   …：要提高认识，…；要端正态度，…；要把握契机，…。
 *   short lead sentences without a comma that head the text after them
 * They become candidates of the nameless family, flagged GM__CAND_IMPLIED, between the others.
 */
#include "parse/build.h"

#define LEAD_BYTES 60u /* 20 Han characters: a lead sentence is no longer */
#define NO_OPENER  SIZE_MAX

/* Words that open parallel demands in speeches and plans. */
static const char *const openers[] = {"必须", "坚持", "着力", "应当", "需要", "要", "应", "须"};

enum end { END_NONE, END_CLAUSE /* ； */, END_COLON, END_SENTENCE };

struct clause {
    size_t at, end; /* without its end mark */
    size_t opener;  /* index, NO_OPENER */
    enum end by;
    bool comma; /* holds one */
};

struct finder {
    struct gm__parser *p;
    struct gm__vec found;   /* struct gm__cand; series = the run */
    struct gm__vec clauses; /* of the paragraph */
    uint32_t parent;
    uint32_t run;
};

static size_t opener_at(const struct gm__parser *p, size_t at, size_t end) {
    for (size_t i = 0; i < GM__COUNT(openers); i++) {
        size_t n = strlen(openers[i]);
        if (end - at > n && memcmp(p->text + at, openers[i], n) == 0) return i;
    }
    return NO_OPENER;
}

static enum end end_by(uint32_t cp) {
    switch (cp) {
    case 0x3002:
    case 0xFF01:
    case 0xFF1F: return END_SENTENCE;
    case 0xFF1B:
    case ';': return END_CLAUSE;
    case 0xFF1A:
    case ':': return END_COLON;
    default: return END_NONE;
    }
}

static enum gm_status split(struct finder *f, size_t at, size_t end) {
    struct gm__parser *p = f->p;
    int depth = 0;
    f->clauses.count = 0;
    struct clause c = {.at = at};
    while (at < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p->text + at, p->text + end, &cp);
        if (cp == 0x201C || cp == 0x300A || cp == 0xFF08) depth++;
        if ((cp == 0x201D || cp == 0x300B || cp == 0xFF09) && depth > 0) depth--;
        if (cp == 0xFF0C || cp == ',') c.comma = true;
        enum end by = depth ? END_NONE : end_by(cp);
        if (by != END_NONE || at + n >= end) {
            c.end = by == END_NONE ? at + n : at;
            c.by = by;
            c.opener = opener_at(p, c.at, c.end);
            void *slot;
            enum gm_status s = gm__vec_push(&f->clauses, &slot);
            if (s != GM_OK) return s;
            *(struct clause *)slot = c;
            c = (struct clause){.at = at + n};
        }
        at += n;
    }
    return GM_OK;
}

static enum gm_status add(struct finder *f, const struct clause *c, uint32_t para, uint32_t stop, int32_t number) {
    void *slot;
    enum gm_status s = gm__vec_push(&f->found, &slot);
    if (s != GM_OK) return s;
    *(struct gm__cand *)slot = (struct gm__cand){.at = (uint32_t)c->at,
                                                 .len = (uint16_t)strlen(openers[c->opener]),
                                                 .number = number,
                                                 .para = para,
                                                 .stop = stop,
                                                 .next = f->parent, /* until it is merged */
                                                 .series = f->run,
                                                 .flags = GM__CAND_IMPLIED,
                                                 .before = c->at == para ? GM__BEFORE_START : GM__BEFORE_SENTENCE,
                                                 .rule = GM__RULE_IMPLIED};
    return GM_OK;
}

/* Clauses in a row parted by ；, from index i: how many. */
static size_t clause_run(const struct clause *c, size_t count, size_t i) {
    size_t n = i;
    while (n < count && c[n].opener == c[i].opener &&
           (c[n].by == END_CLAUSE || c[n].by == END_SENTENCE || c[n].by == END_NONE)) {
        if (c[n++].by != END_CLAUSE) break;
    }
    return n - i;
}

static bool is_short(const struct clause *c, size_t i) {
    return c[i].opener != NO_OPENER && c[i].by == END_SENTENCE && !c[i].comma && c[i].end - c[i].at <= LEAD_BYTES &&
           (i == 0 || c[i - 1].by == END_SENTENCE);
}

/* With text behind it. Behind two of them one at the very end may be the last: 要早干。要多干。要快干。 */
static bool is_lead(const struct clause *c, size_t count, size_t i) { return i + 1 < count && is_short(c, i); }

static enum gm_status find_leads(struct finder *f, uint32_t para, uint32_t stop) {
    const struct clause *c = f->clauses.data;
    size_t count = f->clauses.count, leads[GM__COUNT(openers)] = {0};
    for (size_t i = 0; i < count; i++)
        if (is_lead(c, count, i)) leads[c[i].opener]++;
    size_t best = 0;
    for (size_t o = 1; o < GM__COUNT(openers); o++)
        if (leads[o] > leads[best]) best = o;
    if (leads[best] < 2) return GM_OK;
    int32_t number = 0;
    enum gm_status s = GM_OK;
    for (size_t i = 0; s == GM_OK && i < count; i++)
        if (is_short(c, i) && c[i].opener == best) s = add(f, &c[i], para, stop, ++number);
    f->run++;
    return s;
}

static enum gm_status find_in(struct finder *f, size_t at, size_t end, uint32_t para, uint32_t stop) {
    enum gm_status s = split(f, at, end);
    const struct clause *c = f->clauses.data;
    size_t count = f->clauses.count;
    bool rows = false;
    for (size_t i = 0, n; s == GM_OK && i < count; i += n ? n : 1) {
        n = c[i].opener != NO_OPENER && (i == 0 || c[i - 1].by != END_CLAUSE) ? clause_run(c, count, i) : 0;
        if (n < 2) {
            n = 0;
            continue;
        }
        for (size_t k = 0; s == GM_OK && k < n; k++) s = add(f, &c[i + k], para, stop, (int32_t)k + 1);
        f->run++;
        rows = true;
    }
    return s == GM_OK && !rows ? find_leads(f, para, stop) : s;
}

/* The text between an accepted candidate and the next: its own paragraph behind the title, then each line. */
static enum gm_status find_behind(struct finder *f, size_t at, size_t end, uint32_t para) {
    struct gm__parser *p = f->p;
    enum gm_status s = GM_OK;
    while (s == GM_OK && at < end) {
        size_t stop = at;
        while (stop < end && p->text[stop] != '\n' && p->text[stop] != '\r') stop++;
        struct gm_str body = gm__str_trim(gm__str(p->text + at, stop - at));
        size_t from = (size_t)(body.ptr - p->text);
        if (body.len)
            s = find_in(f, from, from + body.len, para == GM__NONE ? (uint32_t)from : para,
                        (uint32_t)(from + body.len));
        para = GM__NONE;
        at = stop + 1;
    }
    return s;
}

/* The found candidates between the others, by place; moved: by candidate, where it went. There is room. */
static void interleave(const struct finder *f, struct gm__vec *all, uint32_t *moved) {
    const struct gm__parser *p = f->p;
    struct gm__cand *to = all->data;
    const struct gm__cand *found = f->found.data;
    for (size_t i = 0, k = 0; i < p->cands.count || k < f->found.count;) {
        bool take = i == p->cands.count || (k < f->found.count && found[k].at < gm__cand_at(p, i)->at);
        if (!take) moved[i] = (uint32_t)all->count;
        to[all->count++] = take ? found[k++] : *gm__cand_at(p, i++);
    }
}

static void move_series(struct gm__parser *p, const uint32_t *moved) {
    for (size_t i = 0; i < p->series.count; i++) {
        struct gm__known *r = gm__series_at(p, i);
        r->first = moved[r->first];
        r->last = moved[r->last];
        if (r->parent != GM__NONE) r->parent = moved[r->parent];
    }
}

/* A series for each run. */
static enum gm_status add_runs(struct finder *f, const struct gm__vec *all, const uint32_t *moved) {
    struct gm__parser *p = f->p;
    uint32_t base = (uint32_t)p->series.count;
    for (uint32_t run = 0; run < f->run; run++) {
        void *slot;
        enum gm_status s = gm__vec_push(&p->series, &slot);
        if (s != GM_OK) return s;
        *(struct gm__known *)slot = (struct gm__known){.parent = GM__NONE, .is_inline = true};
    }
    struct gm__cand *c = all->data;
    for (size_t i = 0; i < all->count; i++, c++) {
        if (!(c->flags & GM__CAND_IMPLIED)) continue;
        c->series += base;
        gm__series_at(p, c->series)->parent = c->next == GM__NONE ? GM__NONE : moved[c->next];
    }
    return GM_OK;
}

/* Put the found candidates between the others; indexes of series follow. */
static enum gm_status merge(struct finder *f) {
    struct gm__parser *p = f->p;
    if (!f->found.count) return GM_OK;
    struct gm__vec all, map;
    gm__vec_init(&all, p->options->allocator, sizeof(struct gm__cand), UINT32_MAX - 1);
    gm__vec_init(&map, p->options->allocator, sizeof(uint32_t), UINT32_MAX - 1);
    enum gm_status s = gm__vec_reserve(&all, p->cands.count + f->found.count);
    if (s == GM_OK) s = gm__vec_reserve(&map, p->cands.count + 1);
    if (s == GM_OK) {
        interleave(f, &all, map.data);
        move_series(p, map.data);
        s = add_runs(f, &all, map.data);
        gm__vec_release(&p->cands);
        p->cands = all;
    } else {
        gm__vec_release(&all);
    }
    gm__vec_release(&map);
    return s;
}

enum gm_status gm__find_implied(struct gm__parser *p) {
    struct finder f = {.p = p, .parent = GM__NONE};
    gm__vec_init(&f.found, p->options->allocator, sizeof(struct gm__cand), UINT32_MAX - 1);
    gm__vec_init(&f.clauses, p->options->allocator, sizeof(struct clause), UINT32_MAX - 1);
    enum gm_status s = GM_OK;
    size_t at = 0;
    uint32_t para = GM__NONE;
    for (size_t i = 0; s == GM_OK && i <= p->cands.count; i++) {
        const struct gm__cand *c = i < p->cands.count ? gm__cand_at(p, i) : NULL;
        if (c && !gm__accepted(c)) continue;
        s = find_behind(&f, at, c ? c->at : p->len, para);
        if (!c) break;
        at = c->flags & GM__CAND_HEADING ? c->stop : c->at + c->len;
        para = c->para;
        f.parent = (uint32_t)i;
    }
    if (s == GM_OK) s = merge(&f);
    gm__vec_release(&f.found);
    gm__vec_release(&f.clauses);
    return s;
}

bool gm__parallel_clauses(const struct gm__parser *p, size_t at, size_t end) {
    const struct gm__span *span = gm__span_best();
    size_t first = at < end ? opener_at(p, at, end) : NO_OPENER;
    if (first == NO_OPENER) return false;
    for (; at < end; at += 64) {
        for (uint64_t marks = gm__marks_at(p, span, at, &gm__sentence_marks); marks; marks &= marks - 1) {
            size_t mark = at + gm__lowest_bit(marks);
            uint32_t cp;
            if (mark >= end) return false;
            size_t next = mark + gm__utf8_decode(p->text + mark, p->text + end, &cp);
            if (end_by(cp) == END_SENTENCE) return false;
            if (end_by(cp) == END_CLAUSE) return next < end && opener_at(p, next, end) == first;
        }
    }
    return false;
}
