/*
 * build.c - from decided candidates to nodes: kinds, places in the tree, where they end, the commonest titles.
 *
 * One pass, a window at a time: nodes are put down with the titles that hang on nothing else, whose sentences are found
 * all at once; then each is joined to its parent, and ended when the next one beside or above it comes.
 */
#include "parse/build.h"

#include "parse/matter.h"

/* ---------------------------------------------------------------- the commonest titles */

/* The sentence, whose begin was looked through up to the first mark that may end it; brackets heeded, of a grammar with
 * plain ends, where GM__MARKS_ROOM bytes of text follow. */
GM__INLINE struct gm__sentence end_sentence(const struct gm__builder *b, struct gm__clause c) {
    const char *text = b->p->text;
    for (;;) {
        const unsigned char *mark = (const unsigned char *)text + c.at;
        if (c.at >= c.end) return (struct gm__sentence){c.end, c.depth == 0, c.passed};
        if (gm__raw_three(mark) == GM__RAW_FULL_STOP) return (struct gm__sentence){c.at, true, c.passed};
        uint32_t cp = *mark < 0x80 ? *mark : gm__three_bytes(mark), len = cp < 0x80 ? 1 : 3;
        if (gm__is_odd_end(b->p, cp, c.at, c.end))
            return (struct gm__sentence){gm__stays(cp) ? c.at + len : c.at, true, c.passed};
        c.at += len;
        b->span->clauses(text, &c, 1);
    }
}

struct gm__sentence gm__plain_sentence(const struct gm__builder *b, size_t at, size_t end) {
    struct gm__clause c = {.at = (uint32_t)at, .end = (uint32_t)end};
    b->span->clauses(b->p->text, &c, 1);
    return end_sentence(b, c);
}

/* A Han character or a bracket ends the text: neither a blank nor a mark that no title ends in. */
GM__INLINE bool ends_plainly(const char *text, size_t at, size_t end) {
    const unsigned char *last = (const unsigned char *)text + end - 3;
    if (gm__ends_in_han(text, at, end)) return true;
    return end - at >= 3 && last[0] >= 0xE2 && last[0] < 0xF0 && last[2] >= 0x80 &&
           gm__bracket(gm__three_bytes(last)) != 0;
}

/* A mark in ASCII or of two bytes, a dash, a full-width mark or 丨: nothing that a title often begins with. */
GM__INLINE bool may_be_separator(const unsigned char *at) {
    if (*at >= 0xE5) return *at == 0xEF;
    return *at < 0xC3 || *at == 0xE2 || (*at == 0xE4 && at[1] == 0xB8 && at[2] == 0xA8);
}

struct title {
    uint32_t at, len;
};
#define UNTITLED UINT32_MAX /* for the length of a title: it is still to be read */

/* The sentence at `at` is the title, if it does not span lines and no bracket in it stays open. begin: where the label
 * ends. */
GM__APART struct title title_of(const struct gm__builder *b, size_t begin, size_t at, size_t end,
                                struct gm__sentence s) {
    const struct gm__parser *p = b->p;
    if (!s.found || (s.passed & GM__PASSED_LINE)) return (struct title){(uint32_t)begin, UNTITLED};
    size_t stop = s.passed & GM__PASSED_COLON ? gm__lead_in(p, at, s.end, end) : s.end;
    if (!ends_plainly(p->text, at, stop) || gm__may_be_blank(p->text + at)) {
        gm__trim_title(p, &at, &stop);
        if (gm__is_drawn(p->text, at, stop)) stop = at;
    }
    return (struct title){(uint32_t)(at < stop ? at : begin), (uint32_t)(stop - at)};
}

/* Which title has c, as far as its line up to `end` shows? A sentence: *at is where its text begins. */
enum manner { TITLE_OPEN, TITLE_NONE /* a provision stands there */, TITLE_SENTENCE };
GM__INLINE enum manner see_title(const struct gm__builder *b, const struct gm__cand *c, size_t end, size_t *at) {
    const char *text = b->p->text;
    size_t begin = *at;
    if (end < begin + 3) return TITLE_OPEN;
    if (c->flags & GM__CAND_BLANK) {
        while (gm__raw_three((const unsigned char *)text + *at) == 0x8080E3 && *at + 3 <= end) *at += 3;
        if (text[*at] == ' ') *at = gm__skip_plain_blanks(text, *at, end);
    }
    enum gm__title_mode title = (enum gm__title_mode)gm__family_of(b->p, c)->title;
    if (title == GM__TITLE_HEADING) return TITLE_SENTENCE;
    if (title == GM__TITLE_DIVISION) {
        const unsigned char *s = (const unsigned char *)text;
        return may_be_separator(s + *at) || gm__ends_enclosure(s + *at) || gm__ends_enclosure(s + end - 3)
                   ? TITLE_OPEN
                   : TITLE_SENTENCE;
    }
    bool prose = ((c->flags & GM__CAND_STOPPED) && end == c->stop) || end - begin > GM__ARTICLE_HEAD;
    bool plain = end - *at >= 3 && (unsigned char)text[*at] > 0xE3 && (unsigned char)text[*at] < 0xEF; /* no 【 */
    uint32_t mark = gm__raw_three((const unsigned char *)text + begin - 3);
    bool spoken = mark == 0x8CBCEF || mark == 0x9ABCEF || mark >> 16 == ':'; /* 第一条，刀不离鞘。 第二条：船费： */
    return prose && plain && !spoken ? TITLE_NONE : TITLE_OPEN;
}

/* A sentence in the line of the label, or none where a provision stands there. Neither: UNTITLED. */
static struct title read_plain_title(const struct gm__builder *b, const struct gm__cand *c, size_t end) {
    size_t begin = (size_t)c->at + c->len, at = begin;
    struct title none = {(uint32_t)begin, UNTITLED};
    if (c->flags & (GM__CAND_HEADING | GM__CAND_ALONE)) return none;
    enum manner manner = see_title(b, c, end, &at);
    if (manner == TITLE_NONE) none.len = 0;
    return manner == TITLE_SENTENCE ? title_of(b, begin, at, end, gm__plain_sentence(b, at, end)) : none;
}

/* Of a point at a paragraph's start GM__CAND_START alone is set. */
#define PLAIN (GM__CAND_START | GM__CAND_WRAPPED | GM__CAND_IMPLIED | GM__CAND_BROKEN | GM__CAND_HEADING)

GM__INLINE struct gm__cand *next_accepted(struct gm__cand *c, const struct gm__cand *end) {
    while (c < end && !gm__accepted(c)) c++;
    return c;
}

/* A member inside a paragraph is gone through whole: does it end with a bracket that encloses it? */
#define FETCHED_WHOLE 512

GM__INLINE void fetch_text(const char *text, const struct gm__cand *c) {
    GM__PREFETCH(text + c->at);
    GM__PREFETCH((const void *)((uintptr_t)text + c->at + 64)); /* there most titles end; or the text did before */
    GM__PREFETCH(text + c->stop);
    if ((c->flags & GM__CAND_START) || c->stop < c->at) return;
    uint32_t end = c->stop - c->at < FETCHED_WHOLE ? c->stop : c->at + FETCHED_WHOLE;
    for (uint32_t at = c->at + 128; at < end; at += 64) GM__PREFETCH(text + at);
}

/* The node of a candidate, as far as that tells, and whose index stands in place of its end until that is known. */
GM__INLINE void put_node(struct gm__node *n, const struct gm__cand *c, uint32_t index) {
    n->start = c->at;
    n->end = index;
    n->title_at = c->at + c->len;
    n->title_len = UNTITLED;
    n->first = n->next = GM_NO_NODE;
    n->number = c->number;
    n->label_len = c->len;
    n->family = c->family;
    n->flags = 0;
}

#define WINDOW 64 /* candidates; with their nodes they stay in the fastest memory from one step to the next */

/* Nodes whose titles are sentences, which begin at their title_at. */
struct batch {
    size_t count;
    struct gm__node *node[WINDOW];
    struct gm__clause clause[WINDOW];
};

GM__INLINE void add_sentence(struct batch *batch, struct gm__node *n, size_t at, uint32_t end) {
    size_t i = batch->count++;
    batch->clause[i] = (struct gm__clause){.at = (uint32_t)at, .end = end};
    batch->node[i] = n;
    n->title_at = (uint32_t)at;
}

/* A sentence that 。 or its line ends, outside all brackets, and Han begins and ends: it is the title as it stands. */
GM__INLINE bool is_whole(const char *text, uint32_t at, const struct gm__clause *c) {
    const unsigned char *begin = (const unsigned char *)text + at, *end = (const unsigned char *)text + c->at;
    bool ends = c->at == c->end ? c->depth == 0 : gm__raw_three(end) == GM__RAW_FULL_STOP;
    return ends && !c->passed && c->at >= at + 3 && *begin - 0xE4u < 6 && end[-3] - 0xE4u < 6;
}

GM__APART void read_sentences(const struct gm__builder *b, struct batch *batch) {
    const char *text = b->p->text;
    b->span->clauses(text, batch->clause, batch->count);
    for (size_t i = 0, count = batch->count; i < count; i++) {
        struct gm__node *n = batch->node[i];
        const struct gm__clause *c = &batch->clause[i];
        if (is_whole(text, n->title_at, c)) {
            n->title_len = c->at - n->title_at;
            continue;
        }
        struct title t = title_of(b, n->start + n->label_len, n->title_at, c->end, end_sentence(b, *c));
        n->title_at = t.at;
        n->title_len = t.len;
    }
}

/* A node from `id` on for each accepted candidate of [c, to), of which `of` tells; how many. And the titles of points
 * where the next node begins in a paragraph below, so that their ends have no say. */
GM__APART gm_node put_nodes(const struct gm__builder *b, struct gm__cand *c, const struct gm__cand *to, gm_node id,
                            struct gm__cand **of) {
    const struct gm__cand *first = b->p->cands.data, *end = first + b->p->cands.count;
    struct gm__node *n = b->p->doc->nodes + id;
    uint32_t index = (uint32_t)(c - first), plain_to = (uint32_t)b->plain_to;
    struct batch batch;
    gm_node count = 0;
    batch.count = 0;
    for (struct gm__cand *next; c < to; n++) {
        GM__PREFETCH_FAR(c, GM__FAR_AHEAD);
        fetch_text(b->p->text, c + GM__AHEAD);
        put_node(n, c, index);
        c->next = id + count;
        of[count++] = c;
        for (next = c + 1, index++; next < end && !gm__accepted(next); next++) index++;
        size_t at = n->title_at;
        enum manner manner = TITLE_OPEN;
        if ((c->flags & (PLAIN | GM__CAND_ALONE)) == GM__CAND_START && c->stop <= next->at && c->stop <= plain_to)
            manner = see_title(b, c, c->stop, &at);
        if (manner == TITLE_SENTENCE)
            add_sentence(&batch, n, at, c->stop);
        else if (manner == TITLE_NONE)
            n->title_len = 0;
        c = next;
    }
    read_sentences(b, &batch);
    return count;
}

/* ------------------------------------------------------------------ where nodes end */

/* Where the text from `at` to `limit` ends without trailing blanks. */
GM__APART uint32_t blanks_begin(const struct gm__parser *p, uint32_t at, uint32_t limit) {
    const char *text = p->text;
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
    if (limit - at >= 3 && gm__is_text(text + limit - 3)) return limit;
    struct gm_str s = gm__str_trim(gm__str(text + at, limit - at));
    return s.len ? (uint32_t)(s.ptr - text) + (uint32_t)s.len : at;
}

/* The same; mostly that is the line end at `limit`. */
GM__INLINE uint32_t trimmed_end(const struct gm__parser *p, uint32_t at, uint32_t limit) {
    const char *end = p->text + limit;
    return limit > at + 3 && end[-1] == '\n' && gm__is_text(end - 4) ? limit - 1 : blanks_begin(p, at, limit);
}

/* （一是要干，二是要直）: where the bracket or quotation ends in which a member at [at, stop) stands. */
static uint32_t enclosure_end(const struct gm__builder *b, uint32_t at, uint32_t stop) {
    const struct gm__parser *p = b->p;
    if (at >= stop) return stop;
    if (GM__LIKELY(stop + GM__MARKS_ROOM <= p->len)) return at + (uint32_t)b->span->closing(p->text + at, stop - at);
    int depth = 0;
    for (uint32_t cp; at < stop; at += (uint32_t)gm__utf8_decode(p->text + at, p->text + stop, &cp)) {
        (void)gm__utf8_decode(p->text + at, p->text + stop, &cp);
        depth += gm__bracket(cp);
        if (depth < 0) return at;
    }
    return stop;
}

/* Inline members end with their paragraph, and so does the last 项 of an article. */
GM__APART void end_with_paragraph(const struct gm__builder *b, const struct gm__cand *c, struct gm__node *n) {
    const struct gm__node *nodes = b->p->doc->nodes;
    uint32_t end = c->stop;
    if (n->flags & GM__NODE_INLINE) end = enclosure_end(b, n->start + n->label_len, n->end < end ? n->end : end);
    for (gm_node k = n->first; k != GM_NO_NODE; k = nodes[k].next)
        if (nodes[k].end > end) end = nodes[k].end;
    if (end < n->end) n->end = end;
}

/* An inline member that opens the text of node n: does it stand inside its title? */
GM__APART bool stands_inside(const struct gm__parser *p, const struct gm__node *n, const struct gm__node *member) {
    uint32_t begin = n->start + n->label_len, last = 0;
    struct gm_str lead = gm__str_trim(gm__str(p->text + begin, member->start > begin ? member->start - begin : 0));
    if (lead.len) (void)gm__utf8_decode_back(lead.ptr, lead.ptr + lead.len, &last);
    const struct gm__family *f = &p->grammar->families[member->family];
    bool clause = !lead.len || last == 0xFF0C || last == ',';
    return (clause && f->partner) || (f->words && f->where & GM__AT_WITHIN);
}

/* Where a title ends at the latest: at the next point, but not at a member that stands inside its own sentence:
 * 第二，一方面缺钱，另一方面缺人。 And with its node. next: the node behind it, or one that begins at the text's end.
 */
GM__INLINE uint32_t title_bound(const struct gm__parser *p, const struct gm__node *n, const struct gm__node *next) {
    if (next->start >= n->end) return n->end;
    if ((next->flags & (GM__NODE_INLINE | GM__NODE_IMPLIED)) == GM__NODE_INLINE &&
        n->first == (gm_node)(next - p->doc->nodes) && stands_inside(p, n, next))
        return n->end;
    return next->start;
}

/* The node, with those below it finished, ends at `limit` or before; its title is what they leave. */
GM__APART enum gm_status end_any(const struct gm__builder *b, struct gm__node *n, uint32_t limit) {
    const struct gm__node *nodes = b->p->doc->nodes;
    const struct gm__cand *c = gm__cand_at(b->p, n->end);
    uint32_t label_end = n->start + n->label_len;
    n->end = limit > label_end ? limit : label_end;
    if ((n->flags & GM__NODE_INLINE) || (n->next == GM_NO_NODE && (c->flags & GM__CAND_STOPPED) &&
                                         n->parent != GM_ROOT && nodes[n->parent].kind == GM_KIND_ARTICLE))
        end_with_paragraph(b, c, n);
    uint32_t end = trimmed_end(b->p, n->start, n->end);
    n->end = end > label_end ? end : label_end;
    if (n->title_len != UNTITLED) return GM_OK;
    uint32_t bound = title_bound(b->p, n, n + 1), stop = c->stop < bound ? c->stop : bound;
    if (!(c->flags & GM__CAND_START)) bound = stop = gm__end_at_gap(b->p, c, stop);
    struct title t = {label_end, UNTITLED};
    if (stop <= b->plain_to) t = read_plain_title(b, c, stop);
    n->title_at = t.at;
    n->title_len = t.len != UNTITLED ? t.len : 0;
    if (t.len != UNTITLED) return GM_OK;
    return gm__set_title(b, c, bound, n->first != GM_NO_NODE ? nodes[n->first].start : n->end);
}

/* Does a line end stand before `limit`, behind a character that is no blank? There mostly nodes end. */
GM__INLINE bool is_line_end(const char *text, uint32_t limit) {
    const char *end = text + limit;
    return limit >= 4 && end[-1] == '\n' && gm__is_text(end - 4);
}

/* The node ends at `limit` or before, where a line ends: mostly there is nothing else to see to. */
GM__INLINE bool ends_plainly_at(struct gm__node *n, uint32_t limit) {
    if (n->title_len == UNTITLED || limit <= n->start + n->label_len) return false;
    n->end = limit - 1;
    return true;
}

/* The last point of an article, without one below it, whose paragraph ends with a sentence and no blank: so does it. */
GM__INLINE bool ends_with_sentence(const struct gm__parser *p, struct gm__node *n, uint32_t limit) {
    const struct gm__cand *c = gm__cand_at(p, n->end);
    bool plain = n->title_len != UNTITLED && n->first == GM_NO_NODE && !(n->flags & GM__NODE_INLINE);
    if (!plain || !(c->flags & GM__CAND_STOPPED) || c->stop > limit || c->stop < n->start + n->label_len + 3 ||
        !gm__is_text(p->text + c->stop - 3))
        return false;
    n->end = c->stop;
    return true;
}

/* Node `last`, behind which node `next` stands, and those around it below node `above` end at `limit` or before. The
 * outermost is a sibling of `next`. */
GM__APART enum gm_status end_nodes(const struct gm__builder *b, gm_node last, gm_node above, gm_node next,
                                   uint32_t limit) {
    struct gm__node *nodes = b->p->doc->nodes;
    bool line = is_line_end(b->p->text, limit);
    for (gm_node i = last; i > above;) {
        struct gm__node *n = nodes + i;
        i = n->parent;
        if (i == above) n->next = next;
        bool last_of_article = i != above && nodes[i].kind == GM_KIND_ARTICLE;
        if (last_of_article ? ends_with_sentence(b->p, n, limit) : line && ends_plainly_at(n, limit)) continue;
        enum gm_status s = end_any(b, n, limit);
        if (s != GM_OK) return s;
    }
    return GM_OK;
}

/* ------------------------------------------------------------------ nodes */

/* Members of one series are of one kind, that of the first: 1、甲。2、乙。 in one paragraph. `above`: the parent's. */
static uint8_t kind_of(const struct gm__family *f, const struct gm__known *series, uint8_t above) {
    bool under = series->is_inline || above == GM_KIND_ARTICLE || above == GM_KIND_ITEM;
    return under && f->kind != GM_KIND_ARTICLE ? GM_KIND_ITEM : f->kind;
}

static enum gm_status too_many(const struct gm__parser *p) {
    return gm__fail(p->error, GM_LIMIT, "too-many-nodes", "the outline has more than %u nodes",
                    p->options->limits.nodes);
}
static enum gm_status too_deep(const struct gm__parser *p) {
    return gm__fail(p->error, GM_LIMIT, "too-deep", "the outline is deeper than %u levels", p->options->limits.depth);
}

/* Finds where the members of c's series that are of its family stand; the number of nodes above is known. */
GM__APART void find_home(const struct gm__parser *p, const struct gm__cand *c) {
    const struct gm__cand *first = p->cands.data;
    struct gm__known *all = p->series.data, *series = all + c->series;
    uint32_t parent = series->parent;
    while (parent != GM__NONE && !gm__accepted(first + parent)) parent = all[first[parent].series].parent;
    series->above = parent == GM__NONE ? GM_ROOT : first[parent].next;
    const struct gm__node *over = p->doc->nodes + series->above;
    series->family = c->family;
    series->level = (uint16_t)(over->level + 1);
    series->kind = kind_of(gm__family_of(p, c), series, over->kind);
}

/* Where the nodes before node `id`, a region's or one behind all, end at the latest: at the back matter above it. Early
 * titles of those that it cuts are read again. */
static enum gm_status find_back(struct gm__builder *b, gm_node id, uint32_t *limit) {
    struct gm__node *nodes = b->p->doc->nodes;
    uint32_t most = *limit;
    enum gm_status s = b->fronted ? GM_OK : gm__find_front(b->p);
    b->fronted = true;
    if (s == GM_OK) s = gm__find_back(b->p, id, limit);
    for (gm_node i = id - 1; *limit < most && i > GM_ROOT; i = nodes[i].parent) nodes[i].title_len = UNTITLED;
    return s;
}

/* Node `id` of a candidate that is no point at a paragraph's start. */
GM__APART enum gm_status set_odd(struct gm__builder *b, const struct gm__cand *c, gm_node id, uint32_t *limit) {
    struct gm__parser *p = b->p;
    struct gm__node *n = p->doc->nodes + id;
    enum gm_status s = GM_OK;
    if (!gm__is_start(c)) n->flags |= GM__NODE_INLINE;
    if (c->flags & GM__CAND_IMPLIED) n->flags |= GM__NODE_IMPLIED;
    if (c->flags & GM__CAND_BROKEN) n->flags |= GM__NODE_BROKEN;
    if (c->flags & GM__CAND_HEADING) {
        n->kind = gm__is_region(p, c) ? GM_KIND_REGION : GM_KIND_HEADING;
        n->number = 0;
        p->doc->node_count = id + 1;
        if (n->kind == GM_KIND_REGION) s = find_back(b, id, limit);
    }
    return s == GM_OK && (c->flags & GM__CAND_BROKEN) ? gm__matter_join(p, c->at, c->len, false) : s;
}

/* The nodes from `id` on, `count` of them, each behind the last child of its parent; those end that it is not below. */
GM__APART enum gm_status join_nodes(struct gm__builder *b, struct gm__cand *const *of, gm_node count, gm_node id) {
    struct gm__parser *p = b->p;
    struct gm__node *nodes = p->doc->nodes, *n = nodes + id;
    enum gm_status s = GM_OK;
    for (gm_node to = id + count; id < to; id++, n++, of++) {
        const struct gm__cand *c = *of;
        const struct gm__known *home = gm__series_at(p, c->series);
        if (!home->level || home->family != c->family) {
            find_home(p, c);
            if (home->level > p->options->limits.depth) return too_deep(p);
        }
        gm_node above = n->parent = home->above;
        n->level = home->level;
        n->kind = home->kind;
        uint32_t limit = c->at;
        if ((c->flags & PLAIN) != GM__CAND_START && (s = set_odd(b, c, id, &limit)) != GM_OK) return s;
        if (above == id - 1) {
            nodes[above].first = id;
        } else if (n[-1].parent == above && is_line_end(p->text, limit) && ends_plainly_at(n - 1, limit)) {
            n[-1].next = id;
        } else if ((s = end_nodes(b, id - 1, above, id, limit)) != GM_OK) {
            return s;
        }
    }
    return id - 1 > p->options->limits.nodes ? too_many(p) : GM_OK;
}

static enum gm_status add_all(struct gm__builder *b) {
    struct gm__cand *first = b->p->cands.data, *end = first + b->p->cands.count, *c = next_accepted(first, end);
    struct gm__cand *of[WINDOW];
    enum gm_status s = GM_OK;
    gm_node id = 1;
    for (struct gm__cand *to; s == GM_OK && c < end; c = next_accepted(to, end)) {
        to = end - c > WINDOW ? c + WINDOW : end;
        gm_node count = put_nodes(b, c, to, id, of);
        s = join_nodes(b, of, count, id);
        id += count;
    }
    b->p->doc->node_count = id;
    return s;
}

/* The last ones end with the text, or where its back matter begins. */
static enum gm_status end_text(struct gm__builder *b) {
    struct gm_doc *doc = b->p->doc;
    gm_node end = doc->node_count;
    uint32_t limit = (uint32_t)doc->text_len;
    gm__doc_trim_nodes(doc, 1);
    doc->nodes[GM_ROOT].end = limit;
    doc->nodes[end] = (struct gm__node){.start = limit}; /* none, but looked at */
    enum gm_status s = find_back(b, end, &limit);
    if (s == GM_OK) s = end_nodes(b, end - 1, GM_ROOT, GM_NO_NODE, limit);
    return s;
}

/* The caller's grammar may be freed before the document, the built-in ones are constant. */
enum gm_status gm__name_families(struct gm__parser *p) {
    struct gm_doc *doc = p->doc;
    const struct gm_grammar *g = p->grammar;
    const uint32_t *ids = g->ids;
    const char *words = g->literals;
    if (p->options->grammar) {
        ids = (const uint32_t *)(const void *)gm__arena_copy(&doc->arena, (const char *)ids,
                                                             g->family_count * sizeof *ids);
        words = gm__arena_copy(&doc->arena, words, g->literals_len);
    }
    if (!ids || !words) return GM_NOMEM;
    doc->ids = ids;
    doc->id_words = words;
    doc->id_count = (uint32_t)g->family_count;
    return GM_OK;
}

enum gm_status gm__build_by(struct gm__parser *p, bool short_cut) {
    struct gm__builder b = {.p = p, .span = gm__span_best()};
    if (short_cut && p->len > GM__MARKS_ROOM && p->grammar->plain_ends) b.plain_to = p->len - GM__MARKS_ROOM;
    enum gm_status s = gm__name_families(p);
    if (s == GM_OK) s = gm__end_candidates(p);
    if (s == GM_OK) s = gm__doc_reserve_nodes(p->doc, p->cands.count + 1);
    if (s == GM_OK) s = add_all(&b);
    if (s == GM_OK) s = end_text(&b);
    return s == GM_OK ? gm__matter_finish(p) : s;
}

enum gm_status gm__build(struct gm__parser *p) { return gm__build_by(p, true); }
