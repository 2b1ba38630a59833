/*
 * foresee.c - evidence that looks ahead, in one pass from the end of the text to its start: for each candidate the
 * nearest later one of its kin with the next number (next), with the same number (twin), with a first one (reopen).
 *
 * The nearest candidates on the way are kept by kin and number: next to all in a row for each kin, decimals, what is
 * doubted and numbers far above the others in a hash table. Both grow with the numbers that there are, not with the
 * text.
 */
#include "parse/series.h"

#define FIRST_SIZE 256u
#define FIRST_ROW  16u
#define FIRST_ROWS 8u
#define ROWS       512u                /* at least: a kin's number with the depth of a rendered list */
#define PLACES     8192u               /* in rows, and two for each candidate */
#define DOUBTED    (UINT64_C(1) << 62) /* in a key: of candidates that are doubted */
#define OPENING    INT32_MIN           /* in place of a number: any first ordinal */

/* The nearest candidate, and the nearest at a paragraph's start: index + 1, so that 0 is none and one less GM__NONE. */
struct nearest {
    uint32_t at[2];
};

struct slot {
    uint64_t key; /* 0: free */
    struct nearest nearest;
};

/* A kin's numbers up to `size`; those above have not come yet, or are in the hash table if the row is full. */
struct row {
    struct nearest opening; /* any first ordinal */
    uint32_t from, size;    /* in `places`, by number */
    uint32_t plain;         /* numbers less than that have the next one there, too */
    bool full;
};

struct table {
    const struct gm__parser *p;
    const struct gm_allocator *allocator;
    struct slot *slots;
    size_t size, count; /* size: a power of two */
    struct row *rows;   /* by row_of() */
    size_t row_count;
    struct gm__vec places; /* struct nearest */
    bool steps;            /* 第一步 or the like is there */
};

/* Typed 二、 follows typed 一、: what the format rendered is a kin of its own, by its depth. */
static uint32_t row_of(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t kin = p->kin[c->family];
    return c->flags & GM__CAND_RENDERED ? kin ^ ((c->depth & 15u) + 1u) << 4 : kin;
}

static uint64_t key_of(const struct gm__parser *p, const struct gm__cand *c, int32_t number) {
    uint64_t k = (uint64_t)row_of(p, c) << 48 ^ (uint64_t)c->prefix << 16;
    return (k ^ (uint64_t)(uint32_t)number * UINT64_C(0x9E3779B97F4A7C15)) | 1;
}

/* The key's slot, or the free one where it belongs. */
static struct slot *probe(const struct table *t, uint64_t key) {
    size_t i = (size_t)(key * UINT64_C(0xD6E8FEB86659FD93) >> 32) & (t->size - 1); /* there is a slot */
    while (t->slots[i].key && t->slots[i].key != key) i = (i + 1) & (t->size - 1);
    return &t->slots[i];
}

static enum gm_status resize(struct table *t, size_t size) {
    size_t bytes;
    struct table grown = *t;
    grown.size = size;
    if (!gm__mul(size, sizeof(struct slot), &bytes) || !(grown.slots = gm__alloc(t->allocator, bytes))) return GM_NOMEM;
    memset(grown.slots, 0, bytes);
    for (size_t i = 0; i < t->size; i++)
        if (t->slots[i].key) *probe(&grown, t->slots[i].key) = t->slots[i];
    if (t->slots) gm__free(t->allocator, t->slots, t->size * sizeof(struct slot));
    *t = grown;
    return GM_OK;
}

/* The row gets a longer stretch, the one that it had is left; or it is full. */
static enum gm_status lengthen(struct table *t, struct row *row, uint32_t number) {
    size_t size = FIRST_ROW, most = PLACES + 2 * t->p->cands.count;
    while (size <= number && size <= most) size *= 2;
    row->full = t->places.count + size > most;
    size_t room = t->places.count ? size : size + (size_t)(FIRST_ROWS - 1) * FIRST_ROW; /* most texts have few rows */
    enum gm_status s = row->full ? GM_OK : gm__vec_reserve(&t->places, room);
    if (s != GM_OK || row->full) return s;
    struct nearest *places = t->places.data, *grown = places + t->places.count;
    memset(grown, 0, size * sizeof *grown);
    if (row->size) memcpy(grown, places + row->from, row->size * sizeof *grown);
    row->from = (uint32_t)t->places.count;
    row->size = (uint32_t)size;
    row->plain = row->size - 1;
    t->places.count += size;
    return GM_OK;
}

/* For all that c may put. */
static enum gm_status make_room(struct table *t, const struct gm__cand *c) {
    struct row *row = &t->rows[row_of(t->p, c)];
    const uint32_t numbers[] = {(uint32_t)c->number, (uint32_t)c->other};
    enum gm_status s = GM_OK;
    for (size_t i = 0; s == GM_OK && !c->prefix && i < GM__COUNT(numbers); i++)
        if (numbers[i] >= row->size && !row->full) s = lengthen(t, row, numbers[i]);
    bool hashed = c->prefix || row->full || (c->flags & GM__CAND_DOUBTED);
    if (s == GM_OK && hashed && (t->count + 3) * 2 > t->size) s = resize(t, t->size ? t->size * 4 : FIRST_SIZE);
    return s;
}

/* Where the nearest of c's kin with this number are kept; NULL: nowhere yet. */
static struct nearest *find(const struct table *t, const struct gm__cand *c, int32_t number, uint64_t doubted) {
    if (!doubted && !c->prefix) {
        struct row *row = &t->rows[row_of(t->p, c)];
        if (number == OPENING) return &row->opening;
        if ((uint32_t)number < row->size) return (struct nearest *)t->places.data + row->from + number;
        if (!row->full) return NULL;
    }
    if (!t->size) return NULL;
    struct slot *s = probe(t, key_of(t->p, c, number) ^ doubted);
    return s->key ? &s->nearest : NULL;
}

static uint32_t nearest(const struct table *t, const struct gm__cand *c, int32_t number, uint64_t doubted, bool start) {
    const struct nearest *n = find(t, c, number, doubted);
    return n ? n->at[start] - 1 : GM__NONE;
}

/* There is room: see make_room. */
static void put(struct table *t, const struct gm__cand *c, int32_t number, uint64_t doubted, uint32_t index, bool any,
                bool start) {
    struct nearest *n = find(t, c, number, doubted);
    if (!n) {
        struct slot *s = probe(t, key_of(t->p, c, number) ^ doubted);
        s->key = key_of(t->p, c, number) ^ doubted;
        t->count++;
        n = &s->nearest;
    }
    if (any) n->at[0] = index + 1;
    if (start) n->at[1] = index + 1;
}

static void foresee_one(struct table *t, uint32_t index) {
    struct gm__cand *c = gm__cand_at(t->p, index);
    const struct gm__family *f = gm__family_of(t->p, c);
    bool opens = gm__is_start(c), start = opens && !f->partner; /* a series at starts looks for its next there */
    uint64_t doubted = c->flags & GM__CAND_DOUBTED ? DOUBTED : 0;
    for (int32_t step = 1; step <= (f->words ? 4 : 1); step++) {
        uint32_t next = nearest(t, c, c->number + step, 0, start);
        if (next < c->next) c->next = next;
    }
    c->reopen = nearest(t, c, OPENING, 0, start);
    if (doubted) { /* of 2.24小时 only those see anything that are doubted too */
        uint32_t next = nearest(t, c, c->number + 1, DOUBTED, start);
        if (next < c->next) c->next = next;
    } else if (c->sub) {
        return;
    }
    if (!doubted && c->number == 1) put(t, c, OPENING, 0, index, true, opens);
    c->twin = nearest(t, c, c->number, 0, start);
    put(t, c, c->number, doubted, index, true, opens);
    if (!doubted && c->other && c->components <= 1) put(t, c, c->other, 0, index, !opens, opens);
}

/* What the loop below asks of a family. */
struct lane {
    struct row *row;
    bool partner;
};

/* What foresee_one does, for nearly all: one reading of a number that has its place in the row, as the next one has.
 * `places` are the row's. */
GM__INLINE bool foresee_plain(struct gm__cand *c, uint32_t index, const struct lane *lane, struct nearest *places) {
    const uint32_t odd = GM__CAND_HEADING | GM__CAND_RENDERED | GM__CAND_DOUBTED | GM__CAND_ODD;
    struct row *row = lane->row;
    if ((c->flags & odd) || (uint32_t)c->number >= row->plain) return false;
    struct nearest *mine = &places[row->from + (uint32_t)c->number];
    bool opens = gm__is_start(c), start = opens && !lane->partner;
    uint32_t next = mine[1].at[start], twin = mine->at[start], reopen = row->opening.at[start];
    mine->at[0] = index + 1;
    if (opens) mine->at[1] = index + 1;
    if (c->number == 1) {
        row->opening.at[0] = index + 1;
        if (opens) row->opening.at[1] = index + 1;
    }
    c->next = next - 1;
    c->twin = twin - 1;
    c->reopen = reopen - 1;
    return true;
}

static void fill_lane(struct table *t, struct lane *lane, uint16_t family) {
    t->steps |= gm__is_step(&t->p->grammar->families[family]);
    *lane = (struct lane){&t->rows[t->p->kin[family]], t->p->grammar->families[family].partner};
}

static enum gm_status foresee(struct table *t, struct lane *lanes) {
    struct gm__cand *cands = t->p->cands.data;
    struct nearest *places = NULL;
    enum gm_status s = GM_OK;
    uint32_t i = (uint32_t)t->p->cands.count;
    for (struct gm__cand *c = cands + i; s == GM_OK && i > 0;) {
        c--, i--;
        GM__PREFETCH_FAR(c, -GM__FAR_AHEAD);
        struct lane *lane = &lanes[c->family];
        if (GM__UNLIKELY(!lane->row)) fill_lane(t, lane, c->family);
        if (foresee_plain(c, i, lane, places)) continue;
        if (c->rule || (c->flags & GM__CAND_HEADING)) continue;
        s = make_room(t, c);
        places = t->places.data;
        if (s == GM_OK) foresee_one(t, i);
    }
    return s;
}

static enum gm_status foresee_all(struct gm__parser *p, bool *steps) {
    const struct gm_allocator *a = p->options->allocator;
    struct table t = {.p = p, .allocator = a, .row_count = p->grammar->kin_count};
    if (!p->source || p->source->blocks.count || p->nested)
        t.row_count = (t.row_count | (ROWS - 1)) + 1; /* some may be rendered */
    size_t lane_bytes = p->grammar->family_count * sizeof(struct lane),
           bytes = lane_bytes + t.row_count * sizeof *t.rows;
    gm__vec_init(&t.places, a, sizeof(struct nearest), UINT32_MAX - 1);
    struct lane *lanes = gm__alloc(a, bytes);
    if (!lanes) return GM_NOMEM;
    t.rows = (struct row *)(lanes + p->grammar->family_count);
    memset(lanes, 0, lane_bytes);
    memset(t.rows, 0, bytes - lane_bytes);
    enum gm_status s = foresee(&t, lanes);
    gm__vec_release(&t.places);
    gm__free(a, lanes, bytes);
    if (t.slots) gm__free(a, t.slots, t.size * sizeof(struct slot));
    *steps = t.steps;
    return s;
}

enum gm_status gm__foresee(struct gm__parser *p) {
    bool steps;
    enum gm_status s = foresee_all(p, &steps);
    return s == GM_OK && steps && gm__rule_out_mentions(p) ? foresee_all(p, &steps) : s;
}

/* 一是…。二是…，一是甲，二是乙。三是…: the members that open anew are parted by commas, c and the next one by full
 * stops. */
static bool opens_parted_otherwise(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *next) {
    if (next->para != c->para || c->number < 2 || c->family != next->family || c->before != next->before) return false;
    const struct gm__cand *first = gm__cand_at(p, c->reopen), *second = gm__cand_at(p, first->next);
    return first->family == c->family && second != next && second->before != next->before;
}

#define ALIKE_AHEAD 64 /* candidates of the kin */

/* 第一个问题，{第一，第二，{首先，其次，}} 第二个问题，: series of the kin stand between, each with a second of its
 * own. The next that is written like c, if none opens anew so before it. */
static uint32_t alike_ahead(struct gm__parser *p, const struct gm__cand *c, uint32_t taken) {
    uint32_t at = taken, opens = c->reopen;
    for (int steps = 0; at != GM__NONE && !gm__is_written_alike(gm__cand_at(p, at), c); steps++) {
        p->steps++;
        at = steps < ALIKE_AHEAD ? gm__cand_at(p, at)->twin : GM__NONE;
    }
    for (int steps = 0; at != GM__NONE && opens < at; steps++) {
        p->steps++;
        if (steps == ALIKE_AHEAD || gm__is_written_alike(gm__cand_at(p, opens), c)) return GM__NONE;
        opens = gm__cand_at(p, opens)->reopen;
    }
    return at;
}

/* When its kin opens anew before that, the next ordinal may be the new series' own: 1 2 {1 2 3} 3 against
 * 1 2 3 | 1 2 3 4. In 3、 {1. 2. 3.} 4、 their marks tell. */
uint32_t gm__foreseen(struct gm__parser *p, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(p, index);
    uint32_t at = c->reopen;
    bool otherwise = true; /* all of the new series are written in another way than c is */
    if (c->next == GM__NONE || at >= c->next) return c->next;
    for (int steps = 0; at != GM__NONE && at < c->next; steps++) {
        p->steps++;
        if (steps == 64) return GM__NONE;
        otherwise &= !gm__is_written_alike(gm__cand_at(p, at), c);
        at = gm__cand_at(p, at)->next;
    }
    if (at != c->next) return c->next;
    const struct gm__cand *taken = gm__cand_at(p, at);
    if (otherwise && gm__is_written_alike(taken, c)) return c->next;
    if (opens_parted_otherwise(p, c, taken)) return c->next;
    if (otherwise && gm__family_of(p, c)->partner) {
        uint32_t alike = alike_ahead(p, c, at);
        if (alike != GM__NONE) return alike;
    }
    return taken->twin < taken->reopen ? taken->twin : GM__NONE;
}
