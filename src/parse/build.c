/* build.c - from decided candidates to nodes: kinds, titles, extents. */
#include "parse/series.h"

#include "base/span.h"
#include "parse/matter.h"

#define TITLE_LINE   200u /* bytes a heading on a line of its own may have */
#define ARTICLE_HEAD 75u  /* the heading of an article; what is longer is the provision, cut by a wrap */
#define VERSE_LINE   60u  /* and a line of verse */
#define AHEAD        8u   /* candidates */

struct builder {
    struct gm__parser *p;
    struct gm__vec backs; /* struct gm__back */
};

static uint32_t parent_of(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t parent = gm__series_at(p, c->series)->parent;
    while (parent != GM__NONE && !gm__accepted(gm__cand_at(p, parent)))
        parent = gm__series_at(p, gm__cand_at(p, parent)->series)->parent;
    return parent;
}

/* ------------------------------------------------------------------ titles */

static bool opens(uint32_t cp) {
    return cp == 0x201C || cp == 0x2018 || cp == 0x300A || cp == 0x3008 || cp == 0x300C || cp == 0x300E ||
           cp == 0xFF08 || cp == '(' || cp == 0x3010 || cp == 0x3014 || cp == '[' || cp == 0xFF3B;
}
static bool closes(uint32_t cp) {
    return cp == 0x201D || cp == 0x2019 || cp == 0x300B || cp == 0x3009 || cp == 0x300D || cp == 0x300F ||
           cp == 0xFF09 || cp == ')' || cp == 0x3011 || cp == 0x3015 || cp == ']' || cp == 0xFF3D;
}
static bool ends_sentence(const struct gm_grammar *g, uint32_t cp) {
    if (!(g->sentence_end_bits & gm__suffix_bit(cp))) return false;
    for (const uint32_t *e = g->sentence_ends; *e; e++)
        if (*e == cp) return true;
    return false;
}
static bool stays(uint32_t cp) { return cp == 0xFF01 || cp == 0xFF1F || cp == '!' || cp == '?' || cp == 0x2026; }
static bool is_closing_mark(uint32_t cp) {
    return cp == 0x3002 || cp == 0xFF1B || cp == 0xFF0C || cp == 0xFF1A || cp == 0x3001 || cp == ';' || cp == ',' ||
           cp == ':' || cp == 0xFF61 || cp == 0x2014 || cp == '.' || cp == 0xFF0E;
}

/* 水情平稳.船已靠岸: a dot for 。 in a text that has hardly any other. */
static bool is_full_stop(const struct gm__parser *p, size_t at, size_t end) {
    uint32_t before, next = 0;
    if (!p->dotted || !gm__utf8_decode_back(p->text, p->text + at, &before)) return false;
    if (at + 1 < end) (void)gm__utf8_decode(p->text + at + 1, p->text + end, &next);
    return (gm__is_han(before) || closes(before)) && (!next || next >= 0x2010 || gm__is_space(next));
}

/* End of the first sentence in [at, end) outside quotes and brackets; *found false when there is none. */
static size_t sentence_end(const struct gm__parser *p, size_t at, size_t end, bool heed_brackets, bool *found) {
    /* all bytes but those of Han, which neither ends nor brackets a sentence: rows 0 to 7, C, D, F, and of E 0 to 3, F
     */
    static const struct gm__byte_set marks = {{3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3},
                                              {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 2, 1}};
    const struct gm__span *span = gm__span_best();
    int depth = 0;
    *found = false;
    for (;;) {
        uint32_t cp;
        at += span->until(p->text + at, end - at, &marks);
        if (at >= end) break;
        size_t n = gm__utf8_decode(p->text + at, p->text + end, &cp);
        if (heed_brackets && opens(cp)) depth++;
        if (heed_brackets && closes(cp) && depth > 0) depth--;
        if (depth == 0 && (ends_sentence(p->grammar, cp) || (cp == '.' && is_full_stop(p, at, end)))) {
            *found = true;
            return stays(cp) ? at + n : at;
        }
        at += n;
    }
    *found = depth == 0;
    return end;
}

static void trim_title(const struct gm__parser *p, size_t *at, size_t *end) {
    struct gm_str s = gm__str_trim(gm__str(p->text + *at, *end - *at));
    for (uint32_t cp; s.len; s = gm__str_trim(gm__str(s.ptr, s.len))) {
        size_t n = gm__utf8_decode_back(s.ptr, s.ptr + s.len, &cp);
        if (!is_closing_mark(cp)) break;
        s.len -= n;
    }
    *at = s.len ? (size_t)(s.ptr - p->text) : *at;
    *end = *at + s.len;
}

static struct gm_str line_at(const struct gm__parser *p, size_t at, size_t limit) {
    if (at >= limit) return gm__str("", 0);
    return gm__str_trim(gm__str(p->text + at, gm__span_best()->line(p->text + at, limit - at)));
}

/* The limit stands in the line, of which line_at gave what is before. */
static bool is_cut(const struct gm__parser *p, struct gm_str line, size_t limit) {
    size_t end = (size_t)(line.ptr - p->text) + line.len;
    return limit < p->len && p->text[limit] != '\n' && p->text[limit] != '\r' &&
           gm__span_best()->line(p->text + end, limit - end) == limit - end;
}

static bool is_stopped(struct gm_str s) {
    uint32_t last = 0;
    (void)gm__utf8_decode_back(s.ptr, s.ptr + s.len, &last);
    return is_closing_mark(last) || closes(last) || stays(last);
}

/* The next line with text from `from` on, page numbers passed over; empty at the limit. */
static struct gm_str line_below(const struct gm__parser *p, size_t from, size_t limit) {
    struct gm_str line;
    do {
        uint32_t cp;
        size_t n = 0;
        for (; from < limit; from += n) {
            n = gm__utf8_decode(p->text + from, p->text + limit, &cp);
            if (!gm__is_space(cp)) break;
        }
        line = line_at(p, from, limit);
        from += line.len;
    } while (gm__is_page_line(p, line));
    return line;
}

/* The line after a label that stands alone, when it reads as a heading. */
static bool title_below(const struct gm__parser *p, const struct gm__cand *c, uint32_t limit, size_t *at, size_t *end) {
    struct gm_str line = line_below(p, c->stop, limit), next;
    size_t from = (size_t)(line.ptr - p->text);
    uint32_t last = 0;
    bool found;
    if (!line.len || is_cut(p, line, limit)) return false; /* a member inside it: prose */
    if (line.len > TITLE_LINE || memchr(line.ptr, '\t', line.len)) return false;
    (void)gm__utf8_decode_back(line.ptr, line.ptr + line.len, &last);
    if (is_closing_mark(last) || opens(last) || closes(last) || stays(last)) return false;
    if (sentence_end(p, from, from + line.len, true, &found) < from + line.len) return false;
    next = line_at(p, from + line.len + 1, limit);
    if (c->flags & GM__CAND_BARE && next.len && next.len <= VERSE_LINE && !is_stopped(next)) return false; /* verse */
    *at = from;
    *end = from + line.len;
    return true;
}

/* Is the text behind 第X条 a heading (合伙宗旨) and not the provision? */
static bool is_heading_text(const struct gm__parser *p, const struct gm__cand *c, size_t at, size_t end) {
    bool found;
    if (c->flags & GM__CAND_STOPPED || end - at > ARTICLE_HEAD) return false;
    return sentence_end(p, at, end, true, &found) == end;
}

/* …五种意识：要强化…；要强化…: the title ends at the colon that the parallel points follow. */
static size_t lead_in(const struct gm__parser *p, size_t at, size_t stop, size_t end) {
    for (size_t i = at; i + 3 < stop; i++) {
        const char *colon = memchr(p->text + i, 0xEF, stop - i - 3);
        if (!colon) return stop;
        i = (size_t)(colon - p->text);
        if (memcmp(colon, "\xEF\xBC\x9A", 3) == 0 && gm__parallel_clauses(p, i + 3, end)) return i;
    }
    return stop;
}

/* 第一条　【租期】…: the caption of a provision. */
static bool caption_end(const struct gm__parser *p, size_t at, size_t end, size_t *stop) {
    struct gm_str s = gm__str_trim(gm__str(p->text + at, end - at));
    if (s.len < 9 || memcmp(s.ptr, "\xE3\x80\x90", 3) != 0) return false; /* 【 */
    for (size_t i = 3; i + 3 <= s.len && i < 90; i++)
        if (memcmp(s.ptr + i, "\xE3\x80\x91", 3) == 0) {
            *stop = (size_t)(s.ptr - p->text) + i + 3;
            return true;
        }
    return false;
}

static enum gm_status set_joined_title(struct builder *b, struct gm__node *n, size_t at, size_t stop, bool apart) {
    n->title_at = (uint32_t)at;
    n->title_len = (uint32_t)(stop - at);
    n->flags |= GM__NODE_JOINED;
    return gm__matter_join(b->p, n->title_at, n->title_len, apart);
}

static enum gm_status set_title(struct builder *b, const struct gm__cand *c, gm_node node, uint32_t bound,
                                uint32_t limit) {
    struct gm__parser *p = b->p;
    struct gm__node *n = &p->doc->nodes[node];
    size_t at = (size_t)c->at + c->len, end = c->stop < bound ? c->stop : bound, stop;
    bool found;
    n->title_at = (uint32_t)at;
    if (end < at) end = at;
    if (c->flags & GM__CAND_HEADING) {
        size_t below = at;
        stop = end;
        if (gm__is_region(p, c) && !gm__keyword_has_title(p, c->sub, gm__str(p->text + at, end - at)) &&
            title_below(p, c, limit, &below, &stop))
            return set_joined_title(b, n, at, stop, true);
    } else if ((c->flags & GM__CAND_ALONE) && bound >= c->stop) {
        if (gm__family_of(p, c)->title == GM__TITLE_PROVISION && !is_heading_text(p, c, at, at)) return GM_OK;
        if (!title_below(p, c, limit, &at, &stop)) return GM_OK;
        if (gm__family_of(p, c)->title == GM__TITLE_PROVISION && stop - at > ARTICLE_HEAD) return GM_OK;
    } else if (gm__family_of(p, c)->title == GM__TITLE_PROVISION && !is_heading_text(p, c, at, end)) {
        if (!caption_end(p, at, end, &stop)) return GM_OK;
    } else {
        stop = sentence_end(p, at, end, true, &found);
        if (!found) stop = sentence_end(p, at, end, false, &found);
        stop = lead_in(p, at, stop, end);
    }
    trim_title(p, &at, &stop);
    n->title_at = (uint32_t)at;
    n->title_len = (uint32_t)(stop - at);
    if (gm__span_best()->line(p->text + at, stop - at) == stop - at) return GM_OK;
    return set_joined_title(b, n, at, stop, false);
}

/* ------------------------------------------------------------------- nodes */

/* Members of one series are of one kind, that of the first: 1、甲。2、乙。 in one paragraph. */
static uint8_t kind_of(const struct builder *b, const struct gm__cand *c, gm_node parent) {
    const struct gm__parser *p = b->p;
    if (c->flags & GM__CAND_HEADING) return gm__is_region(p, c) ? GM_KIND_REGION : GM_KIND_HEADING;
    uint8_t kind = c->family ? gm__family_of(p, c)->kind : GM_KIND_SECTION;
    if (kind == GM_KIND_ARTICLE) return kind;
    bool under = p->doc->nodes[parent].kind == GM_KIND_ARTICLE || p->doc->nodes[parent].kind == GM_KIND_ITEM;
    return gm__series_at(p, c->series)->is_inline || under ? GM_KIND_ITEM : kind;
}

static enum gm_status add_nodes(struct builder *b) {
    struct gm__parser *p = b->p;
    struct gm_doc *doc = p->doc;
    for (size_t i = 0; i < p->cands.count; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        if (!gm__accepted(c)) continue;
        uint32_t parent = parent_of(p, c);
        gm_node id, above = parent == GM__NONE ? GM_ROOT : gm__cand_at(p, parent)->next;
        gm_node previous =
            doc->nodes[above].first == GM_NO_NODE ? GM_NO_NODE : doc->nodes[above].end; /* last child, for now */
        if (doc->node_count > p->options->limits.nodes)
            return gm__fail(p->error, GM_LIMIT, "too-many-nodes",
                            "the outline has more than %u nodes; --max-nodes allows more", p->options->limits.nodes);
        enum gm_status s = gm__doc_add_node(doc, above, previous, &id);
        if (s != GM_OK) return s;
        if (doc->nodes[id].level > p->options->limits.depth)
            return gm__fail(p->error, GM_LIMIT, "too-deep",
                            "the outline is deeper than %u levels; --max-depth allows more", p->options->limits.depth);
        doc->nodes[above].end = id;
        struct gm__node *n = &doc->nodes[id];
        n->start = c->at;
        n->label_len = c->len;
        n->number = (c->flags & GM__CAND_HEADING) ? 0 : c->number;
        n->family = c->family;
        n->kind = kind_of(b, c, above);
        n->flags =
            (uint8_t)((gm__is_start(c) ? 0 : GM__NODE_INLINE) | (c->flags & GM__CAND_IMPLIED ? GM__NODE_IMPLIED : 0));
        c->next = id;
        if (!(c->flags & GM__CAND_BROKEN)) continue;
        n->flags |= GM__NODE_BROKEN;
        if ((s = gm__matter_join(p, n->start, n->label_len, false)) != GM_OK) return s;
    }
    return GM_OK;
}

/* Where the text from `at` to `limit` ends without trailing blanks. */
static uint32_t trimmed_end(const struct gm__parser *p, uint32_t at, uint32_t limit) {
    struct gm_str s = gm__str_trim(gm__str(p->text + at, limit > at ? limit - at : 0));
    return s.len ? (uint32_t)(s.ptr - p->text) + (uint32_t)s.len : at;
}

/* A node ends where its next sibling, the parent's end or back matter begins. Parents come first in order. */
static void set_extents(struct builder *b) {
    struct gm_doc *doc = b->p->doc;
    const struct gm__back *back = b->backs.data;
    doc->nodes[GM_ROOT].end = (uint32_t)doc->text_len;
    for (gm_node id = 1; id < doc->node_count; id++) {
        struct gm__node *n = &doc->nodes[id];
        uint32_t limit = n->next != GM_NO_NODE ? doc->nodes[n->next].start : doc->nodes[n->parent].end;
        while (back->region <= n->start && back->region < doc->text_len) back++;
        if (limit > back->start && n->start < back->start) limit = back->start;
        n->end = limit > n->start + n->label_len ? limit : n->start + n->label_len;
    }
}

/* （一是要干，二是要直）: where the bracket or quotation ends in which a member at [at, stop) stands. */
static uint32_t enclosure_end(const struct gm__parser *p, uint32_t at, uint32_t stop) {
    /* ( ) [ ] and the first bytes of the others: E2, E3, EF */
    static const struct gm__byte_set marks = {{[2] = 4, [3] = 4, [8] = 1, [9] = 1, [0xB] = 2, [0xD] = 2, [0xF] = 4},
                                              {[2] = 1, [5] = 2, [0xE] = 4}};
    const struct gm__span *span = gm__span_best();
    size_t depth = 0;
    for (;;) {
        uint32_t cp;
        at += (uint32_t)span->until(p->text + at, stop - at, &marks);
        if (at >= stop) break;
        uint32_t n = (uint32_t)gm__utf8_decode(p->text + at, p->text + stop, &cp);
        if (opens(cp)) depth++;
        if (closes(cp) && depth-- == 0) return at;
        at += n;
    }
    return stop;
}

/* Inline members, and the last 项 of an article, end with their paragraph. */
static void end_with_paragraph(struct builder *b, const struct gm__cand *c) {
    struct gm_doc *doc = b->p->doc;
    struct gm__node *n = &doc->nodes[c->next];
    bool last_item = n->next == GM_NO_NODE && n->parent != GM_ROOT && doc->nodes[n->parent].kind == GM_KIND_ARTICLE &&
                     (c->flags & GM__CAND_STOPPED);
    if (!(n->flags & GM__NODE_INLINE) && !last_item) return;
    uint32_t end = c->stop;
    if (n->flags & GM__NODE_INLINE) end = enclosure_end(b->p, n->start + n->label_len, n->end < end ? n->end : end);
    for (gm_node k = n->first; k != GM_NO_NODE; k = doc->nodes[k].next)
        if (doc->nodes[k].end > end) end = doc->nodes[k].end;
    if (end < n->end) n->end = end;
}

/* Where a title ends at the latest: at the next point, but not at a member that stands inside its own sentence:
 * 第二，一方面缺钱，另一方面缺人。 */
static uint32_t title_bound(const struct builder *b, const struct gm__node *n, gm_node following) {
    const struct gm__parser *p = b->p;
    const struct gm_doc *doc = p->doc;
    if (following == GM_NO_NODE) return (uint32_t)doc->text_len;
    const struct gm__node *next = &doc->nodes[following];
    uint32_t begin = n->start + n->label_len, last = 0;
    if (following != n->first || !(next->flags & GM__NODE_INLINE) || (next->flags & GM__NODE_IMPLIED))
        return next->start;
    struct gm_str lead = gm__str_trim(gm__str(p->text + begin, next->start > begin ? next->start - begin : 0));
    if (lead.len) (void)gm__utf8_decode_back(lead.ptr, lead.ptr + lead.len, &last);
    const struct gm__family *f = &p->grammar->families[next->family];
    bool inside = (!lead.len && f->partner) || last == 0xFF0C || last == ',' || (f->words && f->where & GM__AT_WITHIN);
    return inside ? n->end : next->start;
}

static enum gm_status finish_nodes(struct builder *b) {
    struct gm__parser *p = b->p;
    struct gm_doc *doc = p->doc;
    gm_node following = GM_NO_NODE;
    enum gm_status s = GM_OK;
    for (size_t i = p->cands.count; i-- > 0;) { /* children before parents */
        struct gm__cand *c = gm__cand_at(p, i);
        if (i >= AHEAD) { /* the text was last seen long ago */
            GM__PREFETCH(p->text + gm__cand_at(p, i - AHEAD)->at);
            GM__PREFETCH(p->text + gm__cand_at(p, i - AHEAD)->stop - 1);
        }
        if (!gm__accepted(c)) continue;
        struct gm__node *n = &doc->nodes[c->next];
        end_with_paragraph(b, c);
        n->end = trimmed_end(p, n->start, n->end);
        if (n->end < n->start + n->label_len) n->end = n->start + n->label_len;
        uint32_t bound = title_bound(b, n, following);
        uint32_t limit = n->first != GM_NO_NODE ? doc->nodes[n->first].start : n->end;
        s = set_title(b, c, c->next, bound < n->end ? bound : n->end, limit);
        if (s != GM_OK) return s;
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
    struct builder b = {.p = p};
    enum gm_status s = gm__copy_families(p);
    if (s == GM_OK) s = add_nodes(&b);
    gm__vec_init(&b.backs, p->options->allocator, sizeof(struct gm__back), UINT32_MAX - 1);
    if (s == GM_OK) s = gm__matter(p, &b.backs);
    if (s == GM_OK) set_extents(&b);
    if (s == GM_OK) s = finish_nodes(&b);
    if (s == GM_OK) s = gm__matter_finish(p);
    gm__vec_release(&b.backs);
    return s;
}
