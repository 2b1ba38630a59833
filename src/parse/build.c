/* build.c - from decided candidates to nodes: kinds, titles, extents. */
#include "parse/build.h"

#include "parse/matter.h"

#define AHEAD 8u /* candidates */

/* Members of one series are of one kind, that of the first: 1、甲。2、乙。 in one paragraph. `above`: the parent's. */
static uint8_t kind_of(const struct gm__family *f, const struct gm__series *series, uint8_t above) {
    bool under = series->is_inline || above == GM_KIND_ARTICLE || above == GM_KIND_ITEM;
    return under && f->kind != GM_KIND_ARTICLE ? GM_KIND_ITEM : f->kind;
}

/* What the node of a candidate is that is no point at a paragraph's start. */
static enum gm_status set_odd(struct gm__parser *p, const struct gm__cand *c, struct gm__node *n) {
    if (!gm__is_start(c)) n->flags |= GM__NODE_INLINE;
    if (c->flags & GM__CAND_IMPLIED) n->flags |= GM__NODE_IMPLIED;
    if (c->flags & GM__CAND_BROKEN) n->flags |= GM__NODE_BROKEN;
    if (c->flags & GM__CAND_HEADING) {
        n->kind = gm__is_region(p, c) ? GM_KIND_REGION : GM_KIND_HEADING;
        n->number = 0;
    }
    return c->flags & GM__CAND_BROKEN ? gm__matter_join(p, c->at, c->len, false) : GM_OK;
}

static enum gm_status too_many(const struct gm__parser *p) {
    return gm__fail(p->error, GM_LIMIT, "too-many-nodes", "the outline has more than %u nodes; --max-nodes allows more",
                    p->options->limits.nodes);
}
static enum gm_status too_deep(const struct gm__parser *p) {
    return gm__fail(p->error, GM_LIMIT, "too-deep", "the outline is deeper than %u levels; --max-depth allows more",
                    p->options->limits.depth);
}

/* Of a point at a paragraph's start GM__CAND_START alone is set. */
#define PLAIN (GM__CAND_START | GM__CAND_WRAPPED | GM__CAND_IMPLIED | GM__CAND_BROKEN | GM__CAND_HEADING)

/* A node for each accepted candidate, behind the last child of its parent; their ends are set later. */
static enum gm_status add_nodes(struct gm__parser *p) {
    const uint32_t most = p->options->limits.nodes, depth = p->options->limits.depth;
    enum gm_status s = gm__doc_reserve_nodes(p->doc, p->cands.count < most ? p->cands.count : (size_t)most + 1);
    struct gm_doc *doc = p->doc;
    if (s != GM_OK || !p->cands.count) return s;
    struct gm__node *nodes = doc->nodes;
    struct gm__cand *first = p->cands.data, *end = first + p->cands.count;
    const struct gm__series *all = p->series.data;
    uint32_t id = doc->node_count;
    for (struct gm__cand *c = first; c < end; c++) {
        if (!gm__accepted(c)) continue;
        const struct gm__series *series = all + c->series;
        uint32_t parent = series->parent;
        while (parent != GM__NONE && !gm__accepted(first + parent)) parent = all[first[parent].series].parent;
        gm_node above = parent == GM__NONE ? GM_ROOT : first[parent].next;
        struct gm__node *over = nodes + above;
        if (id > most) return too_many(p);
        if (over->level >= depth) return too_deep(p);
        *(over->first == GM_NO_NODE ? &over->first : &nodes[over->end].next) = id; /* end: the last child, for now */
        over->end = id;
        nodes[id] = (struct gm__node){.start = c->at,
                                      .label_len = c->len,
                                      .parent = above,
                                      .first = GM_NO_NODE,
                                      .next = GM_NO_NODE,
                                      .number = c->number,
                                      .level = (uint16_t)(over->level + 1),
                                      .family = c->family,
                                      .kind = kind_of(gm__family_of(p, c), series, over->kind)};
        if ((c->flags & PLAIN) != GM__CAND_START && (s = set_odd(p, c, nodes + id)) != GM_OK) return s;
        c->next = id++;
    }
    doc->node_count = id;
    gm__doc_trim_nodes(doc);
    return GM_OK;
}

/* Where the text from `at` to `limit` ends without trailing blanks. */
static uint32_t trimmed_end(const struct gm__parser *p, uint32_t at, uint32_t limit) {
    const char *text = p->text;
    if (limit > at + 3 && text[limit - 1] == '\n' && gm__ends_in_text(text, at, limit - 1)) return limit - 1;
    while (limit > at) { /* the blanks that nearly all are */
        unsigned char last = (unsigned char)text[limit - 1];
        if (last <= ' ')
            limit--;
        else if (last == 0x80 && limit - at >= 3 && memcmp(text + limit - 3, "\xE3\x80\x80", 3) == 0)
            limit -= 3;
        else
            break;
    }
    if (limit <= at) return at;
    if (gm__ends_in_text(text, at, limit)) return limit;
    struct gm_str s = gm__str_trim(gm__str(text + at, limit - at));
    return s.len ? (uint32_t)(s.ptr - text) + (uint32_t)s.len : at;
}

/* A node ends where its next sibling, the parent's end or back matter begins. Parents come first in order. */
static void set_extents(struct gm__builder *b) {
    struct gm_doc *doc = b->p->doc;
    struct gm__node *nodes = doc->nodes, *n = nodes + 1, *end = nodes + doc->node_count;
    nodes[GM_ROOT].end = (uint32_t)doc->text_len;
    for (const struct gm__back *back = b->backs.data; n < end; back++) /* a node stands before the last region's end */
        for (; n < end && (n->start < back->region || back->region >= doc->text_len); n++) {
            uint32_t limit = n->next != GM_NO_NODE ? nodes[n->next].start : nodes[n->parent].end;
            uint32_t label_end = n->start + n->label_len;
            if (limit > back->start && n->start < back->start) limit = back->start;
            n->end = limit > label_end ? limit : label_end;
        }
}

/* （一是要干，二是要直）: where the bracket or quotation ends in which a member at [at, stop) stands. */
static uint32_t enclosure_end(const struct gm__builder *b, uint32_t at, uint32_t stop) {
    const struct gm__parser *p = b->p;
    int depth = 0;
    for (; at < stop; at += 64) {
        for (uint64_t marks = gm__marks_at(p, b->span, at, &gm__bracket_marks); marks; marks &= marks - 1) {
            uint32_t mark = at + gm__lowest_bit(marks), cp;
            if (mark >= stop) return stop;
            (void)gm__utf8_decode(p->text + mark, p->text + stop, &cp);
            int step = gm__bracket(cp);
            if (step < 0 && depth == 0) return mark;
            depth += step;
        }
    }
    return stop;
}

/* Inline members, and the last 项 of an article, end with their paragraph. */
static void end_with_paragraph(const struct gm__builder *b, const struct gm__cand *c, struct gm__node *n) {
    const struct gm__node *nodes = b->p->doc->nodes;
    bool last_item = n->next == GM_NO_NODE && n->parent != GM_ROOT && nodes[n->parent].kind == GM_KIND_ARTICLE &&
                     (c->flags & GM__CAND_STOPPED);
    if (!(n->flags & GM__NODE_INLINE) && !last_item) return;
    uint32_t end = c->stop;
    if (n->flags & GM__NODE_INLINE) end = enclosure_end(b, n->start + n->label_len, n->end < end ? n->end : end);
    for (gm_node k = n->first; k != GM_NO_NODE; k = nodes[k].next)
        if (nodes[k].end > end) end = nodes[k].end;
    if (end < n->end) n->end = end;
}

/* An inline member that opens the text of node n: does it stand inside its title? */
static bool stands_inside(const struct gm__parser *p, const struct gm__node *n, const struct gm__node *member) {
    uint32_t begin = n->start + n->label_len, last = 0;
    struct gm_str lead = gm__str_trim(gm__str(p->text + begin, member->start > begin ? member->start - begin : 0));
    if (lead.len) (void)gm__utf8_decode_back(lead.ptr, lead.ptr + lead.len, &last);
    const struct gm__family *f = &p->grammar->families[member->family];
    return (!lead.len && f->partner) || last == 0xFF0C || last == ',' || (f->words && f->where & GM__AT_WITHIN);
}

/* Where a title ends at the latest: at the next point, but not at a member that stands inside its own sentence:
 * 第二，一方面缺钱，另一方面缺人。 And with its node. following: GM_NO_NODE when none. */
static uint32_t title_bound(const struct gm__parser *p, const struct gm__node *n, gm_node following) {
    if (following == GM_NO_NODE) return n->end;
    const struct gm__node *next = &p->doc->nodes[following];
    if (following == n->first && (next->flags & (GM__NODE_INLINE | GM__NODE_IMPLIED)) == GM__NODE_INLINE &&
        stands_inside(p, n, next))
        return n->end;
    return next->start < n->end ? next->start : n->end;
}

/* The commonest titles: a sentence in the line of its label, and none where a provision stands there. False: neither.
 */
static bool set_plain_title(const struct gm__builder *b, const struct gm__cand *c, struct gm__node *n, uint32_t bound) {
    const struct gm__parser *p = b->p;
    const char *text = p->text;
    uint32_t begin = c->at + c->len, end = c->stop < bound ? c->stop : bound;
    if ((c->flags & (GM__CAND_HEADING | GM__CAND_ALONE)) || end < begin + 3) return false;
    size_t at = gm__skip_plain_blanks(text, begin, end);
    n->title_at = begin;
    if (gm__family_of(p, c)->title != GM__TITLE_PROVISION)
        return b->plain_ends && end + GM__MARKS_ROOM <= p->len && gm__set_plain_sentence(b, n, at, end);
    bool prose = (c->flags & GM__CAND_STOPPED) || end - begin > GM__ARTICLE_HEAD;
    return prose && end - at >= 3 && (unsigned char)text[at] > 0xE3 &&
           (unsigned char)text[at] < 0xEF; /* no blank, no 【 */
}

static enum gm_status finish_node(struct gm__builder *b, const struct gm__cand *c, gm_node following) {
    const struct gm__parser *p = b->p;
    struct gm__node *nodes = p->doc->nodes, *n = nodes + c->next;
    uint32_t label_end = n->start + n->label_len;
    end_with_paragraph(b, c, n);
    n->end = trimmed_end(p, n->start, n->end);
    if (n->end < label_end) n->end = label_end;
    uint32_t bound = title_bound(p, n, following);
    if (set_plain_title(b, c, n, bound)) return GM_OK;
    return gm__set_title(b, c, bound, n->first != GM_NO_NODE ? nodes[n->first].start : n->end);
}

/* The text was last seen long ago; a title takes two lines of the cache or three. */
static void fetch_text(const struct gm__parser *p, const struct gm__cand *c) {
    size_t last = p->len - 1, at = c->at;
    GM__PREFETCH(p->text + at);
    GM__PREFETCH(p->text + (at + 64 < last ? at + 64 : last));
    GM__PREFETCH(p->text + (at + 128 < last ? at + 128 : last));
    GM__PREFETCH(p->text + c->stop - 1);
}

static enum gm_status finish_nodes(struct gm__builder *b) {
    struct gm__parser *p = b->p;
    const struct gm__cand *first = p->cands.data;
    gm_node following = GM_NO_NODE;
    enum gm_status s = GM_OK;
    for (size_t i = p->cands.count; s == GM_OK && i-- > 0;) { /* children before parents */
        const struct gm__cand *c = first + i;
        if (i >= AHEAD) fetch_text(p, c - AHEAD);
        if (!gm__accepted(c)) continue;
        s = finish_node(b, c, following);
        following = c->next;
    }
    return s;
}

/* The caller's grammar may be freed before the document, the built-in ones are constant. */
enum gm_status gm__copy_families(struct gm__parser *p) {
    struct gm_doc *doc = p->doc;
    doc->family_count = p->grammar->family_count;
    if (!p->options->grammar) {
        doc->families = p->grammar->family_ids;
        return GM_OK;
    }
    const char **ids = gm__arena_alloc(&doc->arena, (p->grammar->family_count + 1) * sizeof *ids);
    if (!ids) return GM_NOMEM;
    for (size_t i = 0; i < p->grammar->family_count; i++) {
        const char *id = p->grammar->families[i].id ? p->grammar->families[i].id : "";
        ids[i] = gm__arena_copy(&doc->arena, id, strlen(id));
        if (!ids[i]) return GM_NOMEM;
    }
    doc->families = ids;
    return GM_OK;
}

enum gm_status gm__build(struct gm__parser *p) {
    struct gm__builder b = {.p = p, .span = gm__span_best(), .plain_ends = gm__are_plain_ends(p->grammar)};
    enum gm_status s = gm__copy_families(p);
    if (s == GM_OK) s = add_nodes(p);
    gm__vec_init(&b.backs, p->options->allocator, sizeof(struct gm__back), UINT32_MAX - 1);
    if (s == GM_OK) s = gm__matter(p, &b.backs);
    if (s == GM_OK) set_extents(&b);
    if (s == GM_OK) s = finish_nodes(&b);
    if (s == GM_OK) s = gm__matter_finish(p);
    gm__vec_release(&b.backs);
    return s;
}
