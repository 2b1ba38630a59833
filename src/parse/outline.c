/* outline.c - sources that state their nodes (OPML, gangmu's own formats): no recognition, only labels. */
#include "parse/build.h"
#include "parse/matter.h"

bool gm__is_outline(const struct gm__source *source) {
    const struct gm__block *b = source->blocks.data;
    for (size_t i = 0; i < source->blocks.count; i++)
        if (b[i].flags & (GM__BLOCK_NODE | GM__BLOCK_TEXT | GM__BLOCK_MATTER)) return true;
    return false;
}

struct outliner {
    struct gm__parser *p;
    gm_node *last;      /* last node by level; [0] is the root */
    size_t levels;      /* how many of them are open */
    size_t known;       /* how many of `last` hold for the next node: an ended one has younger siblings yet */
    const char *marker; /* of the last exact node, and its family */
    uint16_t family;
    uint32_t text_end; /* end of the last line that belongs to the open nodes */
};

/* End all nodes deeper than `level` where their last text ended. */
static void close_levels(struct outliner *o, size_t level) {
    while (o->levels > level) {
        struct gm__node *n = &o->p->doc->nodes[o->last[o->levels--]];
        n->end = o->text_end > n->end ? o->text_end : n->end;
    }
}

/* 二、方法。先读后写。: the title of a point is its first sentence, as in a text. */
static void end_title(const struct gm__parser *p, struct gm__node *n, size_t end) {
    const struct gm__builder b = {.p = (struct gm__parser *)p, .span = gm__span_best()};
    size_t at = n->title_at;
    struct gm__sentence s = gm__first_sentence(&b, at, end, true);
    if (!s.found || s.end >= end) return;
    gm__trim_title(p, &at, &s.end);
    n->title_len = (uint32_t)(s.end - at);
}

/* Foreign outlines hold label and title in one string: the label is what the lexer reads there. */
static void split_label(const struct gm__parser *p, struct gm__node *n, const struct gm__block *b) {
    struct gm__cand c[GM__MAX_READINGS];
    size_t end = (size_t)b->start + b->len, at = b->start;
    size_t found = b->label_len ? 0 : gm__match_label(p, at, end, GM__AT_START, c);
    n->label_len = b->label_len;
    n->number = b->number;
    if (found) {
        n->label_len = c[0].len;
        n->number = c[0].number;
        n->family = c[0].family;
        n->kind = p->grammar->families[c[0].family].kind;
    }
    struct gm_str title = gm__str_trim(gm__str(p->text + at + n->label_len, end - at - n->label_len));
    n->title_at = title.len ? (uint32_t)(title.ptr - p->text) : n->start + n->label_len;
    n->title_len = b->title_len && b->title_len < title.len ? b->title_len : (uint32_t)title.len;
    if (found) end_title(p, n, n->title_at + n->title_len);
}

#define MORE_FAMILIES 256

/* The family of this id; one that the grammar has not is added. 0 when there is no room left. */
static uint16_t family_of(struct outliner *o, const char *id) {
    struct gm_doc *doc = o->p->doc;
    if (!id || !*id) return 0;
    if (o->marker == id) return o->family;
    uint32_t i = 1, count = doc->id_count + doc->more_id_count;
    while (i < count && strcmp(gm__doc_family(doc, i), id) != 0) i++;
    if (i == count) {
        if (doc->more_id_count == MORE_FAMILIES) return 0;
        doc->more_ids[doc->more_id_count++] = id;
    }
    o->marker = id;
    return o->family = (uint16_t)i;
}

static enum gm_status make_room(struct outliner *o) {
    struct gm_doc *doc = o->p->doc;
    doc->more_ids = gm__arena_alloc(&doc->arena, MORE_FAMILIES * sizeof *doc->more_ids);
    return doc->more_ids ? GM_OK : GM_NOMEM;
}

/* gangmu's own formats tell label, title, kind and family. */
static void take_exact(struct outliner *o, struct gm__node *n, const struct gm__block *b) {
    n->label_len = b->label_len;
    n->number = b->number;
    n->family = family_of(o, b->marker);
    if (b->kind) n->kind = b->kind;
    n->title_at = b->start + b->len - b->title_len;
    n->title_len = b->title_len;
}

static enum gm_status add_node(struct outliner *o, const struct gm__block *b) {
    struct gm__parser *p = o->p;
    size_t level = b->level < 1 ? 1 : b->level;
    if (level > o->levels + 1) level = o->levels + 1;
    if (level > p->options->limits.depth)
        return gm__fail(p->error, GM_LIMIT, "too-deep", "the outline is deeper than %u levels",
                        p->options->limits.depth);
    if (p->doc->node_count > p->options->limits.nodes)
        return gm__fail(p->error, GM_LIMIT, "too-many-nodes", "the outline has more than %u nodes",
                        p->options->limits.nodes);
    gm_node parent = o->last[level - 1], previous = o->known >= level ? o->last[level] : GM_NO_NODE, id;
    close_levels(o, level - 1);
    enum gm_status s = gm__doc_add_node(p->doc, parent, previous, &id);
    if (s != GM_OK) return s;
    struct gm__node *n = &p->doc->nodes[id];
    n->start = b->start;
    n->kind = b->flags & GM__BLOCK_REGION ? GM_KIND_REGION : GM_KIND_HEADING;
    n->flags = b->flags & GM__BLOCK_IMPLIED ? GM__NODE_IMPLIED : 0;
    if (b->flags & GM__BLOCK_EXACT) {
        take_exact(o, n, b);
    } else if (b->flags & GM__BLOCK_REGION) {
        n->title_at = b->start;
        n->title_len = b->len;
    } else {
        split_label(p, n, b);
    }
    n->end = b->start + b->len;
    o->last[level] = id;
    o->levels = o->known = level;
    return GM_OK;
}

enum gm_status gm__parse_outline(struct gm__parser *p) {
    struct outliner o = {.p = p};
    const struct gm__block *b = p->source->blocks.data;
    enum gm_status s = gm__name_families(p);
    o.last = gm__arena_alloc(&p->doc->arena, ((size_t)p->options->limits.depth + 2) * sizeof *o.last);
    if (!o.last) s = GM_NOMEM;
    if (s == GM_OK) s = make_room(&o);
    for (size_t i = 0; s == GM_OK && i < p->source->blocks.count; i++) {
        if (b[i].flags & GM__BLOCK_NODE) {
            s = add_node(&o, &b[i]);
        } else if (b[i].flags & GM__BLOCK_MATTER) {
            s = gm__doc_add_matter(p->doc, b[i].start, b[i].len, (enum gm_matter_kind)b[i].kind);
        } else if (b[i].flags & GM__BLOCK_TITLE) {
            s = gm__doc_add_matter(p->doc, b[i].start, b[i].len, GM_MATTER_TITLE);
            p->doc->title = gm__str(p->text + b[i].start, b[i].len);
        } else if (b[i].flags & GM__BLOCK_TAIL) { /* behind the last node at that level */
            close_levels(&o, b[i].level ? b[i].level - 1u : 0);
        }
        o.text_end = b[i].start + b[i].len;
        if (s == GM_OK) s = gm__check_paragraph(p, b[i].len);
    }
    close_levels(&o, 0);
    return s == GM_OK ? gm__matter_finish(p) : s;
}
