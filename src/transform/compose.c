/*
 * compose.c - changes of changed text, told as changes of the first one.
 *
 * `r` made its text into that of the document `later`; `more` are that document's changes. Afterwards the changes of
 * `r` make its text into what the later ones would. Both are in order, without overlap; places of the text between are
 * those of the first text, moved by what the changes before them made longer.
 */
#include "transform/renumber.h"

struct composer {
    struct gm__renumber *r;
    const struct gm__renumber *later;
    const struct gm__change *first, *first_end; /* of r: not yet taken */
    const struct gm__change *more, *more_end;   /* of the later text */
    int64_t moved;                              /* a place between is one of the first text + moved */
    struct gm__vec out;
};

bool gm__change_is_none(const struct gm_doc *doc, const struct gm__change *c) {
    return c->len == c->text.len && memcmp(doc->text + c->at, c->text.ptr, c->len) == 0;
}

bool gm__changes_any(const struct gm__renumber *r) {
    const struct gm__change *c = r->changes.data;
    for (size_t i = 0; i < r->changes.count; i++)
        if (!gm__change_is_none(r->doc, &c[i])) return true;
    return false;
}

static enum gm_status emit(struct composer *c, struct gm__change change) {
    void *slot;
    if (change.kind < GM_CHANGE_AMBIGUOUS && gm__change_is_none(c->r->doc, &change)) return GM_OK; /* there and back */
    enum gm_status s = gm__vec_push(&c->out, &slot);
    if (s == GM_OK) *(struct gm__change *)slot = change;
    return s;
}

static int64_t first_at(const struct composer *c) { return (int64_t)c->first->at + c->moved; }
static int64_t first_stop(const struct composer *c) { return first_at(c) + (int64_t)c->first->text.len; }

static void pass_first(struct composer *c) {
    c->moved += (int64_t)c->first->text.len - (int64_t)c->first->len;
    c->first++;
}

/* The next change of the later text that is one: what it only doubts was told of the first. */
static void skip_doubts(struct composer *c) {
    while (c->more < c->more_end && gm__change_is_none(c->later->doc, c->more)) c->more++;
}

static enum gm_status emit_later(struct composer *c) {
    const struct gm__change *m = c->more++;
    uint32_t at = (uint32_t)((int64_t)m->at - c->moved);
    gm_node node = gm_doc_node_at(c->r->doc, at);
    bool own = m->kind == GM_CHANGE_LABEL && node != GM_ROOT && c->r->doc->nodes[node].start == at;
    const char *copy = gm__arena_copy(&c->r->arena, m->text.ptr, m->text.len);
    if (!copy) return GM_NOMEM;
    return emit(c, (struct gm__change){at, m->len, own ? node : GM_NO_NODE, m->kind, gm__str(copy, m->text.len)});
}

/* Changes of both that lie over one another become one: from `at` of the text between to `stop`, with the later ones
 * from `more` on made. */
static enum gm_status emit_both(struct composer *c, const struct gm__change *more, int64_t at, int64_t stop,
                                struct gm__change change) {
    struct gm__buf text;
    size_t from = (size_t)at;
    const char *between = c->later->doc->text;
    gm__buf_init(&text, c->r->doc->allocator, SIZE_MAX);
    for (; more < c->more; more++) {
        (void)gm__buf_add(&text, between + from, more->at - from);
        (void)gm__buf_add(&text, more->text.ptr, more->text.len);
        from = (size_t)more->at + more->len;
    }
    (void)gm__buf_add(&text, between + from, (size_t)stop - from);
    const char *copy = text.status == GM_OK ? gm__arena_copy(&c->r->arena, text.data ? text.data : "", text.len) : NULL;
    change.text = gm__str(copy ? copy : "", text.len);
    change.len = (uint32_t)(stop - c->moved) - change.at;
    gm__buf_release(&text);
    return copy ? emit(c, change) : GM_NOMEM;
}

static enum gm_status emit_cluster(struct composer *c) {
    const struct gm__change *more = c->more;
    int64_t at = first_at(c) < more->at ? first_at(c) : (int64_t)more->at, stop = at;
    struct gm__change change = *c->first;
    change.at = (uint32_t)(at - c->moved);
    if (change.kind == GM_CHANGE_DANGLING) change.kind = more->kind;
    for (;;) {
        if (c->first < c->first_end && first_at(c) < (stop > at ? stop : at + 1)) {
            if (first_stop(c) > stop) stop = first_stop(c);
            pass_first(c);
        } else if (c->more < c->more_end && (int64_t)c->more->at < (stop > at ? stop : at + 1)) {
            if ((int64_t)c->more->at + c->more->len > stop) stop = (int64_t)c->more->at + c->more->len;
            c->more++;
        } else {
            return emit_both(c, more, at, stop, change);
        }
    }
}

enum gm_status gm__changes_compose(struct gm__renumber *r, const struct gm__renumber *later) {
    const struct gm__change *first = r->changes.data, *more = later->changes.data;
    struct composer c = {.r = r, .later = later};
    c.first = first;
    c.first_end = first + r->changes.count;
    c.more = more;
    c.more_end = more + later->changes.count;
    gm__vec_init(&c.out, r->doc->allocator, sizeof(struct gm__change), UINT32_MAX - 1);
    enum gm_status s = GM_OK;
    for (skip_doubts(&c); s == GM_OK && (c.first < c.first_end || c.more < c.more_end); skip_doubts(&c)) {
        if (c.more == c.more_end || (c.first < c.first_end && first_stop(&c) <= (int64_t)c.more->at)) {
            s = emit(&c, *c.first);
            pass_first(&c);
        } else if (c.first == c.first_end || (int64_t)c.more->at + c.more->len <= first_at(&c)) {
            s = emit_later(&c);
        } else {
            s = emit_cluster(&c);
        }
    }
    if (s == GM_OK) {
        gm__vec_release(&r->changes);
        r->changes = c.out;
    } else {
        gm__vec_release(&c.out);
    }
    return s;
}
