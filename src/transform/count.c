/*
 * count.c - the number that each node should have.
 *
 * Siblings of one kin are counted in the order in which they stand: from 1 (from 0 where the author begins with 0),
 * each one more than the one before it. A 1 behind a series that has got further begins the next series. Where
 * the children of one parent begin with more than 1, the document decides whether numbers run on from parent to
 * parent: articles always do, other families when this one goes on from the last, or when most of its fellows do.
 */
#include "transform/renumber.h"

/* The last member of a key: a class under parents of one class. */
struct last {
    gm_node region; /* GM_NO_NODE: nothing yet */
    int32_t old, fresh;
    uint32_t goes_on, restarts; /* how series of this key have begun */
};

struct series {
    struct gm__renumber *r;
    struct last *last; /* by key */
    uint16_t *slot;    /* classes in use, numbered from 1 */
    size_t slots;
    bool articles; /* the document has some */
};

/* ------------------------------------------------------------------- set-up */

static uint16_t class_for(const struct gm_grammar *g, size_t family) {
    struct gm_str kin = gm__literal(g, g->families[family].kin);
    for (size_t i = 1; kin.len && i < family; i++)
        if (gm__str_eq(gm__literal(g, g->families[i].kin), kin)) return (uint16_t)i;
    return (uint16_t)family;
}

static enum gm_status make_classes(struct gm__renumber *r) {
    size_t n = r->grammar->family_count;
    r->class_of = gm__arena_alloc(&r->arena, n * sizeof *r->class_of);
    r->spelling = gm__arena_alloc(&r->arena, n * sizeof *r->spelling);
    if (!r->class_of || !r->spelling) return GM_NOMEM;
    for (size_t i = 1; i < n; i++) r->class_of[i] = class_for(r->grammar, i);
    return GM_OK;
}

static enum gm_status add_decimal(struct gm__renumber *r, const struct gm__anatomy *label, uint32_t *index) {
    void *slot;
    enum gm_status s = gm__vec_push(&r->decimals, &slot);
    if (s != GM_OK) return s;
    struct gm__decimal *d = slot;
    d->count = label->count;
    for (uint32_t i = 0; i < label->count; i++) d->old[i] = d->fresh[i] = label->part[i].value;
    *index = (uint32_t)(r->decimals.count - 1);
    return GM_OK;
}

/* How deep in the scheme: one more than the nearest ancestor that is in it. 第一方面, 其一 and 一是 keep their words
 * and take a level; 第一章 and its like do not. */
static uint8_t scheme_level(const struct gm__renumber *r, gm_node node, const struct gm__anatomy *label) {
    size_t level = 1;
    if (!gm__scheme_takes(r, node, label)) return 0;
    for (gm_node up = r->marks[node].up; up != GM_ROOT && r->marks[up].class; up = r->marks[up].up) {
        level += r->marks[up].level;
        if (r->marks[up].level) break;
        level += r->grammar->families[r->doc->nodes[up].family].partner;
    }
    return level <= r->grammar->level_count ? (uint8_t)level : 0;
}

static enum gm_status mark_node(struct gm__renumber *r, gm_node node) {
    const struct gm__node *n = &r->doc->nodes[node];
    struct gm__mark *m = &r->marks[node];
    const struct gm__mark *parent = &r->marks[n->parent];
    struct gm__anatomy label;
    m->decimal = GM__NO_DECIMAL;
    m->region = r->doc->nodes[n->parent].kind == GM_KIND_REGION ? n->parent : parent->region;
    bool stands = n->parent == GM_ROOT || parent->class || r->doc->nodes[n->parent].kind == GM_KIND_REGION;
    m->up = stands ? n->parent : parent->up;
    if (!n->label_len || !n->family || n->flags & GM__NODE_IMPLIED) return GM_OK;
    gm__node_anatomy(r, node, &label);
    m->class = m->series = r->class_of[n->family];
    m->old = m->fresh = n->number;
    m->readable = label.pattern != NULL && (label.part[label.count - 1].value == n->number || label.count == 1);
    if (!m->readable) return GM_OK;
    m->old = m->fresh = label.part[label.count - 1].value;
    m->old_sub = m->fresh_sub = (uint16_t)label.sub.value;
    m->level = scheme_level(r, node, &label);
    if (m->level) m->series = r->class_of[r->grammar->levels[m->level - 1]];
    const struct gm__number *last = &label.part[label.count - 1];
    if (label.pattern->system != GM__NUM_LETTERED)
        gm__spelling_learn(&r->spelling[m->class], (enum gm__numeral)label.pattern->system,
                           r->doc->text + n->start + last->at, last->len);
    return label.count > 1 ? add_decimal(r, &label, &m->decimal) : GM_OK;
}

static enum gm_status make_slots(struct series *s) {
    struct gm__renumber *r = s->r;
    s->slot = gm__arena_alloc(&r->arena, r->grammar->family_count * sizeof *s->slot);
    if (!s->slot) return GM_NOMEM;
    s->slots = 1;
    for (gm_node i = 1; i < r->doc->node_count; i++) {
        uint16_t *slot = &s->slot[r->marks[i].series];
        if (r->marks[i].series && !*slot) *slot = (uint16_t)s->slots++;
        if (r->doc->nodes[i].kind == GM_KIND_ARTICLE) s->articles = true;
    }
    if (s->slots > 1024) return gm__fail(r->error, GM_LIMIT, "too-many-families", "more than 1024 families are in use");
    s->last = gm__arena_alloc(&r->arena, s->slots * s->slots * sizeof *s->last);
    if (!s->last) return GM_NOMEM;
    for (size_t i = 0; i < s->slots * s->slots; i++) s->last[i].region = GM_NO_NODE;
    return GM_OK;
}

/* Link each node to the sibling of its series before it. */
static enum gm_status link_siblings(struct gm__renumber *r) {
    gm_node *at = gm__arena_alloc(&r->arena, r->grammar->family_count * sizeof *at);
    if (!at) return GM_NOMEM;
    for (gm_node parent = 0; parent < r->doc->node_count; parent++) {
        const gm_node first = r->doc->nodes[parent].first;
        for (gm_node i = first; i != GM_NO_NODE; i = r->doc->nodes[i].next) {
            gm_node last = at[r->marks[i].series];
            bool fellow = last && r->doc->nodes[last].parent == parent;
            r->marks[i].previous = fellow ? last : GM_NO_NODE;
            r->marks[i].following = GM_NO_NODE;
            if (fellow) r->marks[last].following = i;
            at[r->marks[i].series] = i;
        }
    }
    return GM_OK;
}

/* The key under which a series may go on from an earlier parent: its class and that of its parent. */
static struct last *earlier(const struct series *s, gm_node node) {
    const struct gm__mark *m = &s->r->marks[node];
    const struct gm__family *f = &s->r->grammar->families[s->r->doc->nodes[node].family];
    size_t above = f->run_on ? 0 : s->slot[s->r->marks[m->up].series];
    return &s->last[s->slot[m->series] * s->slots + above];
}

/* -------------------------------------------------------------------- votes */

/* How do the series of each key begin: with 1, or with one more than the last? */
static void count_votes(const struct series *s) {
    const struct gm__renumber *r = s->r;
    for (gm_node i = 1; i < r->doc->node_count; i++) {
        const struct gm__mark *m = &r->marks[i];
        if (!m->series || m->decimal != GM__NO_DECIMAL) continue;
        struct last *l = earlier(s, i);
        if (l->region == m->region && m->previous == GM_NO_NODE) {
            if (m->old > 1 && m->old == l->old + 1) l->goes_on++;
            if (m->old <= 1) l->restarts++;
        }
        l->region = m->region;
        l->old = m->old;
    }
    for (size_t i = 0; i < s->slots * s->slots; i++) s->last[i].region = GM_NO_NODE;
}

/* An excerpt: no title, nothing but ancestors before the node, and the topmost of them begins with more than 1. */
static bool opens_excerpt(const struct gm__renumber *r, gm_node node) {
    gm_node top = node;
    if (r->doc->title.len || r->doc->nodes[node].level != node) return false;
    while (r->doc->nodes[top].parent != GM_ROOT) top = r->doc->nodes[top].parent;
    return r->marks[top].class && r->marks[top].old > 1;
}

/* ２ after the unnumbered first paragraph of a Japanese article. */
static bool is_paragraph(const struct series *s, gm_node node) {
    const struct gm_grammar *g = s->r->grammar;
    const struct gm__family *f = &g->families[s->r->doc->nodes[node].family];
    return s->articles && s->r->marks[node].old == 2 && strstr(gm__literal_z(g, f->id), "blank");
}

/* The first number of a series. */
static int32_t begin_with(const struct series *s, gm_node node) {
    const struct gm__mark *m = &s->r->marks[node];
    const struct last *l = earlier(s, node);
    const struct gm__family *f = &s->r->grammar->families[s->r->doc->nodes[node].family];
    if (m->old <= 1) return m->old < 0 ? 1 : m->old;
    if (is_paragraph(s, node)) return 2;
    if (opens_excerpt(s->r, node)) return m->old;
    if (l->region != m->region) return 1;
    bool on =
        f->run_on || m->old == l->old + 1 || l->goes_on > l->restarts || (l->goes_on == l->restarts && m->old > l->old);
    return on ? l->fresh + 1 : 1;
}

/* ----------------------------------------------------------------- decimals */

/* Does what stands before the last numbers of `node` say its ancestor's old numbers? How many of them, 0: no. */
static uint32_t agrees(const struct gm__renumber *r, const struct gm__decimal *d, gm_node up) {
    const struct gm__decimal *u = gm__decimal_of(r, up);
    const struct gm__mark *m = &r->marks[up];
    if (!m->readable) return 0;
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): d is one of r->decimals, which are there then */
    if (!u) return m->old == d->old[0] && !m->old_sub ? 1 : 0;
    if (u->count >= d->count || memcmp(u->old, d->old, u->count * sizeof *u->old) != 0) return 0;
    return u->count;
}

enum { LOOK_AHEAD = 64 };

/* A slip in what stands before: the parent's first child of as many numbers agrees with the parent, this one not. */
static bool slipped(const struct gm__renumber *r, gm_node node, const struct gm__decimal *d, gm_node up) {
    const struct gm__decimal *u = gm__decimal_of(r, up);
    uint32_t depth = u ? u->count : 1;
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): d is one of r->decimals, which are there then */
    if (!r->marks[up].readable || up == GM_ROOT || depth + 1 != d->count) return false;
    for (gm_node i = up + 1; i < node && i - up <= LOOK_AHEAD; i++) {
        const struct gm__decimal *first = gm__decimal_of(r, i);
        if (first && r->marks[i].up == up) return first->count == d->count && agrees(r, first, up) == depth;
    }
    return false;
}

static void take_prefix(const struct gm__renumber *r, struct gm__decimal *d, gm_node up, uint32_t depth) {
    const struct gm__decimal *u = gm__decimal_of(r, up);
    for (uint32_t i = 0; i < depth; i++) d->fresh[i] = u ? u->fresh[i] : r->marks[up].fresh;
}

/* False: it hangs on no ancestor. */
static bool renew_prefix(const struct gm__renumber *r, gm_node node, struct gm__decimal *d) {
    const struct gm__mark *m = &r->marks[node];
    for (gm_node up = m->up; up != GM_ROOT && r->marks[up].class; up = r->marks[up].up) {
        uint32_t depth = agrees(r, d, up);
        if (!depth) continue;
        take_prefix(r, d, up, depth);
        return true;
    }
    if (!slipped(r, node, d, m->up)) return false;
    take_prefix(r, d, m->up, d->count - 1);
    return true;
}

enum { LOOK_BACK = 16 };

/* The sibling before with the same numbers in front; GM_NO_NODE when none is near. */
static gm_node decimal_before(const struct gm__renumber *r, gm_node node, const struct gm__decimal *d) {
    gm_node at = r->marks[node].previous;
    for (int i = 0; i < LOOK_BACK && at != GM_NO_NODE; i++, at = r->marks[at].previous) {
        const struct gm__decimal *other = gm__decimal_of(r, at);
        size_t front = (d->count - 1) * sizeof *d->fresh;
        if (other && other->count == d->count && memcmp(other->fresh, d->fresh, front) == 0) return at;
    }
    return GM_NO_NODE;
}

static void count_decimal(const struct gm__renumber *r, gm_node node) {
    struct gm__mark *m = &r->marks[node];
    struct gm__decimal *d = (struct gm__decimal *)r->decimals.data + m->decimal;
    bool hangs = renew_prefix(r, node, d);
    gm_node before = decimal_before(r, node, d);
    bool again = before != GM_NO_NODE && m->old == 1 && r->marks[before].fresh >= 2;
    int32_t low = before == GM_NO_NODE ? 0 : r->marks[before].old;
    if (gm__unclaimed_between(r, before == GM_NO_NODE ? r->doc->nodes[node].parent : before, node, low))
        m->fresh = m->old;
    else if (before != GM_NO_NODE && !again)
        m->fresh = r->marks[before].fresh + 1;
    else
        m->fresh = hangs && m->old > 1 && !opens_excerpt(r, node) ? 1 : m->old;
    d->fresh[d->count - 1] = m->fresh;
}

/* ------------------------------------------------------------------- counting */

/* 之一: counted by itself behind the number that it hangs on; の begins with 二. */
static uint16_t count_sub(const struct gm__renumber *r, gm_node node, const struct gm__mark *same) {
    struct gm__anatomy label;
    uint32_t cp = 0;
    if (r->marks[node].old_sub >= GM__LETTERED) return r->marks[node].old_sub; /* 9A keeps its letter */
    if (same && same->fresh_sub) return (uint16_t)(same->fresh_sub + 1);
    gm__node_anatomy(r, node, &label);
    const char *at = r->doc->text + r->doc->nodes[node].start + label.sub.at;
    (void)gm__utf8_decode_back(r->doc->text, at, &cp);
    return cp == 0x306E || cp == 0x30CE ? 2 : 1;
}

/* Does the series of the sibling before go on with this node? */
static bool continues(const struct series *s, gm_node node) {
    const struct gm__renumber *r = s->r;
    const struct gm__mark *m = &r->marks[node];
    if (m->previous == GM_NO_NODE) return false;
    const struct gm__mark *before = &r->marks[m->previous];
    int32_t then = m->following == GM_NO_NODE ? 0 : r->marks[m->following].old;
    unsigned differ = r->doc->nodes[node].flags ^ r->doc->nodes[m->previous].flags;
    if (m->old_sub || m->old == before->old + 1) return true;
    if (m->old == 1 && differ & GM__NODE_INLINE) return false;
    if (then == before->old + 2) return true; /* 十、 一、 十二、: a slip */
    if (m->old <= 1) return before->fresh < m->old + 1;
    if (is_paragraph(s, node)) return false;
    return m->old > before->fresh - 2 || then != m->old + 1; /* 五、 二、 三、: a series whose beginning is text */
}

static void count_plain(const struct series *s, gm_node node) {
    struct gm__mark *m = &s->r->marks[node];
    bool on = continues(s, node), later = !on && m->previous != GM_NO_NODE && m->old > 1;
    const struct gm__mark *before = on ? &s->r->marks[m->previous] : NULL;
    const struct gm__mark *same = on && m->old_sub && m->old == before->old ? before : NULL;
    struct last *l = earlier(s, node);
    bool text_between =
        gm__unclaimed_between(s->r, on ? m->previous : s->r->doc->nodes[node].parent, node, on ? before->old : 0);
    later |= text_between;
    if (text_between && !same) on = false;
    m->fresh = same ? same->fresh : on ? before->fresh + 1 : later ? m->old : begin_with(s, node);
    if (m->old_sub) m->fresh_sub = count_sub(s->r, node, same);
    l->region = m->region;
    l->old = m->old;
    l->fresh = m->fresh;
}

enum gm_status gm__series_number(struct gm__renumber *r) {
    struct series s = {.r = r};
    enum gm_status status = make_classes(r);
    if (status != GM_OK) return status;
    r->marks[GM_ROOT] = (struct gm__mark){.decimal = GM__NO_DECIMAL, .previous = GM_NO_NODE};
    if (r->grammar->level_count) status = gm__rows_find(r);
    for (gm_node i = 1; i < r->doc->node_count && status == GM_OK; i++) status = mark_node(r, i);
    if (status == GM_OK) status = make_slots(&s);
    if (status == GM_OK) status = link_siblings(r);
    if (status == GM_OK) status = gm__unclaimed_find(r);
    if (status != GM_OK) return status;
    count_votes(&s);
    for (gm_node i = 1; i < r->doc->node_count; i++) {
        const struct gm__mark *m = &r->marks[i];
        if (!m->series) continue;
        if (m->decimal != GM__NO_DECIMAL && !m->level)
            count_decimal(r, i);
        else
            count_plain(&s, i);
    }
    return GM_OK;
}
