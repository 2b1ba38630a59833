/* join.c - paragraphs that lines break are read as one line; the tables of matter and joined text in order. */
#include "parse/matter.h"

#include "base/span.h"
#include "parse/lexer.h"

#include <stdlib.h>

bool gm__wants_blank(const struct gm__buf *b, uint32_t next) {
    unsigned char last = b->len ? (unsigned char)b->data[b->len - 1] : 0;
    return last > ' ' && last < 0x80 && next > ' ' && next < 0x80;
}

enum gm_status gm__matter_join(struct gm__parser *p, uint32_t start, uint32_t len, bool apart) {
    struct gm_doc *doc = p->doc;
    struct gm__buf b;
    gm__buf_init(&b, p->options->allocator, 3 * (size_t)len + 16);
    for (uint32_t at = start; at < start + len && b.status == GM_OK;) {
        uint32_t stop = at, cp;
        while (stop < start + len && p->text[stop] != '\n' && p->text[stop] != '\r') stop++;
        struct gm_str line = gm__str_trim(gm__str(p->text + at, stop - at));
        if (line.len && !gm__is_page_line(p, line)) {
            (void)gm__utf8_decode(line.ptr, line.ptr + line.len, &cp);
            if (b.len && (apart || gm__wants_blank(&b, cp))) (void)gm__buf_puts(&b, " ");
            (void)gm__buf_add(&b, gm__in_doc(p, line).ptr, line.len);
        }
        at = stop + 1;
    }
    char *copy = b.status == GM_OK ? gm__arena_copy(&doc->arena, b.data ? b.data : "", b.len) : NULL;
    struct gm__joined j = {start, len, gm__str(copy ? copy : "", copy ? b.len : 0)};
    gm__buf_release(&b);
    return copy ? gm__doc_add_joined(doc, &j) : GM_NOMEM;
}

/* Where the line begins that ends before `at`, no sooner than `low`. */
static size_t line_above(const struct gm__parser *p, size_t low, size_t at) {
    at -= at > low;
    at -= at > low && p->text[at] == '\n' && p->text[at - 1] == '\r';
    while (at > low && p->text[at - 1] != '\n' && p->text[at - 1] != '\r') at--;
    return at;
}

/* The end of the paragraph in the line at `at`, and of those that go on with it; the breaks up to there are passed. */
static size_t paragraph_end(const struct gm__parser *p, size_t at, size_t end, size_t *soft) {
    const uint32_t *breaks = p->soft.data;
    for (;;) {
        size_t stop = at + gm__span_best()->line(p->text + at, end - at);
        while (*soft < p->soft.count && breaks[*soft] <= stop) ++*soft;
        at = stop + 1 + (stop + 1 < end && p->text[stop] == '\r' && p->text[stop + 1] == '\n');
        if (stop >= end || *soft == p->soft.count || breaks[*soft] != at) return stop;
    }
}

/* Of a stretch of text the paragraphs that lines break: [at, end) as gm_texts_next goes through it. */
static enum gm_status join_texts(struct gm__parser *p, struct gm_texts t, size_t *soft) {
    const uint32_t *breaks = p->soft.data;
    enum gm_status s = GM_OK;
    while (s == GM_OK) {
        while (*soft < p->soft.count && breaks[*soft] <= t.at) ++*soft;
        if (*soft == p->soft.count || breaks[*soft] >= t.end) break;
        size_t line = breaks[*soft], at = line_above(p, t.at, line), len;
        for (uint32_t cp; at < line && (cp = gm__cp_at(p, at, &len)) != 0 && gm__is_space(cp);) at += len;
        if (at >= line) { /* nothing stands above the break */
            t.at = line;
            continue;
        }
        size_t stop = paragraph_end(p, at, t.end, soft);
        struct gm_str body = gm__str_trim(gm__str(p->text + at, stop - at));
        s = gm__matter_join(p, (uint32_t)at, (uint32_t)body.len, false);
        t.at = stop + 1;
    }
    return s;
}

/* Where the text ends that the walk has come to: a node's own, or what follows it. */
static uint32_t text_limit(const struct gm_doc *doc, gm_node node, enum gm__step step) {
    const struct gm__node *n = &doc->nodes[node];
    if (step == GM__ENTER) return n->end;
    return n->next != GM_NO_NODE ? doc->nodes[n->next].start : doc->nodes[n->parent].end;
}

static enum gm_status join_all_texts(struct gm__parser *p) {
    const uint32_t *breaks = p->soft.data;
    struct gm__walk walk;
    struct gm_texts t;
    gm_node node;
    size_t soft = 0;
    enum gm_status s = GM_OK;
    if (!p->soft.count) return GM_OK;
    gm_texts_init(&t, p->doc, GM_ROOT, GM_TEXT_OWN);
    s = join_texts(p, t, &soft);
    gm__walk_init(&walk, p->doc, UINT32_MAX);
    for (enum gm__step step; s == GM_OK && (step = gm__walk_next(&walk, &node)) != GM__DONE;) {
        if (soft == p->soft.count) break;
        if (breaks[soft] >= text_limit(p->doc, node, step)) continue;
        gm_texts_init(&t, p->doc, node, step == GM__ENTER ? GM_TEXT_OWN : GM_TEXT_TAIL);
        s = join_texts(p, t, &soft);
    }
    return s;
}

static int by_start(const void *a, const void *b) {
    const struct gm__matter *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}
static int joined_by_start(const void *a, const void *b) {
    const struct gm__joined *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start ? 1 : x->len > y->len ? -1 : x->len < y->len;
}

enum gm_status gm__matter_finish(struct gm__parser *p) {
    struct gm_doc *doc = p->doc;
    if (doc->matter_count) qsort(doc->matter, doc->matter_count, sizeof *doc->matter, by_start);
    size_t kept = 0;
    for (size_t i = 0; i < doc->matter_count; i++)
        if (!kept || doc->matter[i].start >= doc->matter[kept - 1].start + doc->matter[kept - 1].len)
            doc->matter[kept++] = doc->matter[i];
    doc->matter_count = kept;
    enum gm_status s = join_all_texts(p);
    if (doc->joined_count) qsort(doc->joined, doc->joined_count, sizeof *doc->joined, joined_by_start);
    return s;
}
