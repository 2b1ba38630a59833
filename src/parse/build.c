/* build.c - from decided candidates to nodes: kinds, places in the tree, extents. */
#include "parse/build.h"

#include "parse/matter.h"

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

/* Where the members of a series that are of one family stand. */
struct home {
    uint32_t series;
    uint16_t family, level;
    uint8_t kind;
    gm_node above;
};

/* That of c, whose number of nodes above is known. */
static struct home home_of(const struct gm__parser *p, const struct gm__cand *c) {
    const struct gm__cand *first = p->cands.data;
    const struct gm__series *all = p->series.data, *series = all + c->series;
    uint32_t parent = series->parent;
    while (parent != GM__NONE && !gm__accepted(first + parent)) parent = all[first[parent].series].parent;
    gm_node above = parent == GM__NONE ? GM_ROOT : first[parent].next;
    const struct gm__node *over = p->doc->nodes + above;
    return (struct home){c->series, c->family, (uint16_t)(over->level + 1),
                         kind_of(gm__family_of(p, c), series, over->kind), above};
}

/* A node for each accepted candidate, behind the last child of its parent; their ends are set later. */
static enum gm_status add_nodes(struct gm__parser *p) {
    const uint32_t most = p->options->limits.nodes, depth = p->options->limits.depth;
    enum gm_status s = gm__doc_reserve_nodes(p->doc, p->cands.count < most ? p->cands.count : (size_t)most + 1);
    struct gm_doc *doc = p->doc;
    if (s != GM_OK || !p->cands.count) return s;
    struct gm__node *nodes = doc->nodes;
    struct gm__cand *c = p->cands.data, *end = c + p->cands.count;
    struct home home = {.series = GM__NONE};
    uint32_t id = doc->node_count;
    for (; c < end; c++) {
        if (!gm__accepted(c)) continue;
        if (c->series != home.series || c->family != home.family) home = home_of(p, c);
        struct gm__node *over = nodes + home.above;
        if (id > most) return too_many(p);
        if (home.level > depth) return too_deep(p);
        *(over->first == GM_NO_NODE ? &over->first : &nodes[over->end].next) = id; /* end: the last child, for now */
        over->end = id;
        nodes[id] = (struct gm__node){.start = c->at,
                                      .label_len = c->len,
                                      .parent = home.above,
                                      .first = GM_NO_NODE,
                                      .next = GM_NO_NODE,
                                      .number = c->number,
                                      .level = home.level,
                                      .family = c->family,
                                      .kind = home.kind};
        if ((c->flags & PLAIN) != GM__CAND_START && (s = set_odd(p, c, nodes + id)) != GM_OK) return s;
        c->next = id++;
    }
    doc->node_count = id;
    gm__doc_trim_nodes(doc);
    return GM_OK;
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

/* The caller's grammar may be freed before the document, the built-in ones are constant. */
enum gm_status gm__copy_families(struct gm__parser *p) {
    struct gm_doc *doc = p->doc;
    doc->family_count = p->grammar->family_count;
    const char **ids = gm__arena_alloc(&doc->arena, (p->grammar->family_count + 1) * sizeof *ids);
    if (!ids) return GM_NOMEM;
    for (size_t i = 0; i < p->grammar->family_count; i++)
        ids[i] = gm__literal_z(p->grammar, p->grammar->families[i].id);
    for (size_t i = 0; p->options->grammar && i < p->grammar->family_count; i++) {
        ids[i] = gm__arena_copy(&doc->arena, ids[i], strlen(ids[i]));
        if (!ids[i]) return GM_NOMEM;
    }
    doc->families = ids;
    return GM_OK;
}

enum gm_status gm__build(struct gm__parser *p) {
    struct gm__builder b = {.p = p, .span = gm__span_best()};
    if (p->len > GM__MARKS_ROOM && gm__are_plain_ends(p->grammar)) b.plain_to = p->len - GM__MARKS_ROOM;
    enum gm_status s = gm__copy_families(p);
    if (s == GM_OK) s = add_nodes(p);
    gm__vec_init(&b.backs, p->options->allocator, sizeof(struct gm__back), UINT32_MAX - 1);
    if (s == GM_OK) s = gm__matter(p, &b.backs);
    if (s == GM_OK) set_extents(&b);
    if (s == GM_OK) s = gm__finish_nodes(&b);
    if (s == GM_OK) s = gm__matter_finish(p);
    gm__vec_release(&b.backs);
    return s;
}
