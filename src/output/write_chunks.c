/*
 * write_chunks.c - JSON lines for retrieval: pieces of text that fit an index, each with its whole path.
 *
 * A record holds sentences that follow each other under one point; at most options.width code points
 * (800 unless told). A sentence that has more is parted, behind a clause where it can be. A point's own text, and the
 * text after each of its children, make records of that point; a point without children and text gives its heading as
 * text. So every character of the body is in exactly one record. start and end are bytes of the decoded text.
 */
#include <stdio.h>

#include "output/body.h"
#include "output/json.h"
#include "output/model.h"

#define DEFAULT_CAP 800u
#define PATH_CAP    800u /* code points of a title in a path, which every record below it repeats */

/* From a paragraph that was joined from several lines back to the source: both are walked side by side. */
struct source {
    const char *joined, *joined_end; /* NULL: the paragraph is the source itself */
    const char *at, *end;
};

struct state {
    struct gm__json json;
    struct gm__buf text, heading, file;
    struct gm_str name;
    struct gm__vec path; /* gm_node, outermost first */
    size_t cap, count;   /* code points allowed, and in text */
    size_t start, end;   /* what text covers */
    gm_node last;        /* whose record came last */
};

/* ---------------------------------------------------------------- records */

static void string(struct gm_output *out, const char *literal, struct gm_str value) {
    struct state *s = gm_output_state(out);
    (void)gm_output_puts(out, literal);
    gm__json_string(&s->json, value);
}

static void number(struct gm_output *out, const char *literal, size_t value) {
    struct state *s = gm_output_state(out);
    (void)gm_output_puts(out, literal);
    gm__json_number(&s->json, (int64_t)value);
}

static const char *forward(const char *p, const char *end, size_t count) {
    for (uint32_t cp; count && p < end; count--) p += gm__utf8_decode(p, end, &cp);
    return p;
}

static struct gm_str heading(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    const char *stop = forward(title.ptr, title.ptr + title.len, PATH_CAP);
    gm__buf_clear(&s->heading);
    (void)gm__buf_add(&s->heading, label.ptr, label.len);
    if (gm__heading_space(label, title)) (void)gm__buf_add(&s->heading, " ", 1);
    (void)gm__buf_add(&s->heading, title.ptr, (size_t)(stop - title.ptr));
    if (stop < title.ptr + title.len) (void)gm__buf_add(&s->heading, "\xE2\x80\xA6", 3); /* … */
    if (s->heading.status != GM_OK) (void)gm_output_fail(out, s->heading.status, "out of memory");
    return gm__str(s->heading.data, s->heading.len);
}

/* The path ends with the node itself; that of the document's own text is empty. */
static void path(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    const gm_node *nodes = s->path.data;
    (void)gm_output_puts(out, ",\"path\":[");
    for (size_t i = 0; node != GM_ROOT && i < s->path.count; i++) {
        string(out, i ? "," : "", heading(out, nodes[i]));
        if (nodes[i] == node) break;
    }
    (void)gm_output_puts(out, "]");
}

static void record(struct gm_output *out, gm_node node, struct gm_str text) {
    struct state *s = gm_output_state(out);
    char id[40];
    s->last = node;
    (void)snprintf(id, sizeof id, "%lu.%zu", (unsigned long)node, s->start);
    string(out, "{\"id\":", gm__strz(id));
    gm__json_member(&s->json, ",\"source\":", s->name);
    gm__json_member(&s->json, ",\"title\":", out->doc->title);
    path(out, node);
    string(out, ",\"kind\":", gm__strz(gm_node_kind_name(gm_node_kind(out->doc, node))));
    number(out, ",\"level\":", gm_node_level(out->doc, node));
    number(out, ",\"start\":", s->start);
    number(out, ",\"end\":", s->end);
    number(out, ",\"characters\":", gm__utf8_count(text.ptr, text.len));
    string(out, ",\"text\":", text);
    (void)gm_output_puts(out, "}\n");
}

static void flush(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    if (s->text.status != GM_OK) (void)gm_output_fail(out, s->text.status, "out of memory");
    if (s->text.len) record(out, node, gm__str(s->text.data, s->text.len));
    gm__buf_clear(&s->text);
    s->count = 0;
}

/* ---------------------------------------------------------------- sources */

/* Does the document's own text hold it? Else it was joined from several lines. */
static bool in_text(const struct gm_doc *doc, const char *p) {
    uintptr_t begin = (uintptr_t)doc->text, at = (uintptr_t)p;
    return at >= begin && at - begin <= doc->text_len;
}

/* Of the paragraph that the cursor gave last. */
static struct source source_of(const struct gm_texts *texts, struct gm_str paragraph) {
    const struct gm_doc *doc = texts->doc;
    if (in_text(doc, paragraph.ptr)) return (struct source){NULL, NULL, paragraph.ptr, paragraph.ptr + paragraph.len};
    const struct gm__joined *j = &doc->joined[texts->joined];
    const char *start = doc->text + j->start;
    return (struct source){j->text.ptr, j->text.ptr + j->text.len, start, start + j->len};
}

static struct source source_of_title(const struct gm_doc *doc, gm_node node, struct gm_str title) {
    const struct gm__node *n = &doc->nodes[node];
    const char *at = doc->text + n->title_at;
    if (in_text(doc, title.ptr)) return (struct source){NULL, NULL, at, at + n->title_len};
    return (struct source){title.ptr, title.ptr + title.len, at, at + n->title_len};
}

/* The place in the source of a place in the paragraph; places must not go back. A line's end and the
 * blanks around it stand in the source only, a blank between words in the joined text perhaps. */
static const char *source_at(struct source *s, const char *place) {
    if (!s->joined) return place;
    while (s->joined < place && s->joined < s->joined_end) {
        uint32_t want, have;
        s->joined += gm__utf8_decode(s->joined, s->joined_end, &want);
        while (s->at < s->end) {
            size_t n = gm__utf8_decode(s->at, s->end, &have);
            if (gm__is_space(want) && !gm__is_space(have)) break;
            s->at += n;
            if (have == want || (gm__is_space(want) && gm__is_space(have))) break;
        }
    }
    return s->at;
}

static const char *skip_space(const char *p, const char *end) {
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (!gm__is_space(cp)) break;
        p += n;
    }
    return p;
}

/* -------------------------------------------------------------- sentences */

/* `between` parts it from what stands in the record already. */
static void sentence(struct gm_output *out, gm_node node, struct gm_str text, const char *between,
                     struct source *source) {
    struct state *s = gm_output_state(out);
    size_t count = gm__utf8_count(text.ptr, text.len), gap = s->text.len ? strlen(between) : 0;
    if (s->text.len && count + gap > s->cap - (s->count < s->cap ? s->count : s->cap)) {
        flush(out, node);
        gap = 0;
    }
    const char *from = s->text.len ? text.ptr : skip_space(text.ptr, text.ptr + text.len);
    if (from == text.ptr + text.len) return;
    count -= gm__utf8_count(text.ptr, (size_t)(from - text.ptr));
    const char *begin = skip_space(source_at(source, from), source->end);
    if (!s->text.len) s->start = (size_t)(begin - out->doc->text);
    (void)gm__buf_add(&s->text, between, gap);
    (void)gm__buf_add(&s->text, from, (size_t)(text.ptr + text.len - from));
    s->count += count + gap;
    s->end = (size_t)(source_at(source, text.ptr + text.len) - out->doc->text);
}

enum clause { NO_CLAUSE, WEAK, STRONG };

/* Does a clause end with this character? 1,000 and 10:30 hold none. */
static enum clause clause_at(uint32_t cp, const char *behind, const char *end) {
    switch (cp) {
    case 0xFF1B: return STRONG; /* ； */
    case 0xFF0C:                /* ， */
    case 0xFF1A:                /* ： */
    case 0x3001:                /* 、 */
    case 0x2014: return WEAK;   /* — */
    case ';':
    case ',':
    case ':': break;
    default: return NO_CLAUSE;
    }
    if (behind < end && *behind != ' ') return NO_CLAUSE;
    return cp == ';' ? STRONG : WEAK;
}

/* The end of the first piece of a sentence longer than `cap`: the last ； of its second half, else the last mark. */
static const char *piece_end(const char *p, const char *end, size_t cap) {
    const char *strong = NULL, *any = NULL;
    for (size_t n = 1; n <= cap && p < end; n++) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        enum clause clause = clause_at(cp, p, end);
        if (clause != NO_CLAUSE) any = p;
        if (clause == STRONG && n > cap / 2) strong = p;
    }
    return p == end ? end : strong ? strong : any ? any : p;
}

static void paragraph(struct gm_output *out, gm_node owner, struct gm_str text, const char *between,
                      struct source source) {
    size_t cap = ((struct state *)gm_output_state(out))->cap;
    const char *p = text.ptr, *end = p + text.len, *stop = p;
    while (p < end && out->status == GM_OK) {
        if (p == stop) stop = gm__sentence_end(p, end);
        const char *piece = piece_end(p, stop, cap);
        sentence(out, owner, gm__str(p, (size_t)(piece - p)), between, &source);
        p = piece;
        between = "";
    }
}

static void texts(struct gm_output *out, gm_node node, gm_node owner, enum gm_text_part part) {
    struct gm_texts cursor;
    struct gm_str text;
    gm_output_texts(out, node, part, &cursor);
    while (out->status == GM_OK && gm_texts_next(&cursor, &text))
        paragraph(out, owner, text, "\n", source_of(&cursor, text));
    flush(out, owner);
}

/* ------------------------------------------------------------------- walk */

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    uint32_t width = gm_output_options(out)->width;
    s->cap = width ? width : DEFAULT_CAP;
    s->last = GM_NO_NODE;
    gm__buf_init(&s->text, out->doc->allocator, SIZE_MAX / 2);
    gm__buf_init(&s->heading, out->doc->allocator, SIZE_MAX / 2);
    gm__buf_init(&s->file, out->doc->allocator, SIZE_MAX / 2);
    gm__vec_init(&s->path, out->doc->allocator, sizeof(gm_node), UINT32_MAX);
    gm__json_init(&s->json, out);
    if (gm__valid_name(out->doc, &s->file, &s->name) != GM_OK)
        return gm_output_fail(out, s->file.status, "out of memory");
    texts(out, GM_ROOT, GM_ROOT, GM_TEXT_OWN);
    return out->status;
}

/* Of a point with nothing else. */
static void heading_as_text(struct gm_output *out, gm_node node) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    const char *at = out->doc->text + out->doc->nodes[node].start;
    paragraph(out, node, label, "", (struct source){NULL, NULL, at, at + label.len});
    paragraph(out, node, title, gm__heading_space(label, title) ? " " : "", source_of_title(out->doc, node, title));
    flush(out, node);
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    void *top;
    if (gm__vec_push(&s->path, &top) != GM_OK) return gm_output_fail(out, GM_NOMEM, "out of memory");
    *(gm_node *)top = node;
    texts(out, node, node, GM_TEXT_OWN);
    if (s->last == node || gm_output_first_child(out, node) != GM_NO_NODE) return out->status;
    heading_as_text(out, node);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    s->path.count--;
    texts(out, node, gm_node_parent(out->doc, node), GM_TEXT_TAIL);
    return out->status;
}

/* Notes (名词解释) are records of the document. */
static enum gm_status end(struct gm_output *out) {
    struct gm_str text;
    for (size_t i = 0; out->status == GM_OK && gm__note_next(out, &i, &text);)
        paragraph(out, GM_ROOT, text, "\n", (struct source){NULL, NULL, text.ptr, text.ptr + text.len});
    flush(out, GM_ROOT);
    return out->status;
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (!s->text.allocator) return;
    gm__buf_release(&s->text);
    gm__buf_release(&s->heading);
    gm__buf_release(&s->file);
    gm__vec_release(&s->path);
}

const struct gm_writer gm__write_chunks = {
    .struct_size = sizeof(struct gm_writer),
    .name = "chunks",
    .extensions = "jsonl ndjson",
    .summary = N_("JSON lines for retrieval: pieces of text with their paths"),
    .media_type = "application/x-ndjson",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
