/* node.c - the public view of a document: nodes, relations, texts, spans. */
#include "tree/tree.h"

#include "base/span.h"

uint32_t gm_doc_node_count(const struct gm_doc *doc) { return doc->node_count; }
const char *gm_doc_name(const struct gm_doc *doc) { return doc->name; }
const char *gm_doc_format(const struct gm_doc *doc) { return doc->format; }
const char *gm_doc_encoding(const struct gm_doc *doc) { return doc->encoding; }
const char *gm_doc_grammar(const struct gm_doc *doc) { return doc->grammar; }
struct gm_str gm_doc_source(const struct gm_doc *doc) {
    return gm__str(doc->text, doc->text_len);
}
struct gm_str gm_doc_title(const struct gm_doc *doc) {
    return doc->title;
}
struct gm_str gm_doc_salutation(const struct gm_doc *doc) {
    return doc->salutation;
}

enum gm_node_kind gm_node_kind(const struct gm_doc *doc, gm_node node) {
    return (enum gm_node_kind)doc->nodes[node].kind;
}
const char *gm_node_kind_name(enum gm_node_kind kind) {
    static const char *const names[GM_KIND_COUNT] = {"document", "section", "article", "item", "heading", "region"};
    return names[kind];
}
/* The joined stretch that starts at `at`, or the first after it: an index, joined_count when none. */
static size_t joined_from(const struct gm_doc *doc, size_t at) {
    size_t low = 0, high = doc->joined_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (doc->joined[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The text of [at, at + len), joined when it spans lines. */
static struct gm_str stretch(const struct gm_doc *doc, size_t at, size_t len, bool joined) {
    for (size_t i = joined ? joined_from(doc, at) : doc->joined_count;
         i < doc->joined_count && doc->joined[i].start == at; i++)
        if (doc->joined[i].len == len) return doc->joined[i].text;
    return gm__str(doc->text + at, len);
}

struct gm_str gm_node_label(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return stretch(doc, n->start, n->label_len, (n->flags & GM__NODE_BROKEN) != 0);
}
struct gm_str gm_node_title(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return stretch(doc, n->title_at, n->title_len, (n->flags & GM__NODE_JOINED) != 0);
}
const char *gm__doc_family(const struct gm_doc *doc, uint32_t family) {
    if (family < doc->id_count) return doc->id_words + doc->ids[family];
    return family - doc->id_count < doc->more_id_count ? doc->more_ids[family - doc->id_count] : "";
}
const char *gm_node_marker(const struct gm_doc *doc, gm_node node) {
    return gm__doc_family(doc, doc->nodes[node].family);
}
int64_t gm_node_number(const struct gm_doc *doc, gm_node node) { return doc->nodes[node].number; }
uint32_t gm_node_level(const struct gm_doc *doc, gm_node node) { return doc->nodes[node].level; }
bool gm_node_implied(const struct gm_doc *doc, gm_node node) {
    return (doc->nodes[node].flags & GM__NODE_IMPLIED) != 0;
}
struct gm_pos gm_node_start(const struct gm_doc *doc, gm_node node) {
    return doc->places ? doc->places[node].start : gm_doc_locate(doc, doc->nodes[node].start);
}
struct gm_pos gm_node_end(const struct gm_doc *doc, gm_node node) {
    return doc->places ? doc->places[node].end : gm_doc_locate(doc, doc->nodes[node].end);
}
gm_node gm_node_parent(const struct gm_doc *doc, gm_node node) { return doc->nodes[node].parent; }
gm_node gm_node_first_child(const struct gm_doc *doc, gm_node node) { return doc->nodes[node].first; }
gm_node gm_node_next(const struct gm_doc *doc, gm_node node) { return doc->nodes[node].next; }

gm_node gm_doc_node_at(const struct gm_doc *doc, size_t byte) {
    /* The last node that starts at or before the byte, then up to the first that still holds it. */
    gm_node low = 0, high = doc->node_count;
    while (high - low > 1) {
        gm_node middle = low + (high - low) / 2;
        if (doc->nodes[middle].start <= byte)
            low = middle;
        else
            high = middle;
    }
    while (low != GM_ROOT && doc->nodes[low].end <= byte) low = doc->nodes[low].parent;
    return low;
}

/* ------------------------------------------------------------------ texts */

static size_t matter_from(const struct gm_doc *doc, size_t at) {
    size_t low = 0, high = doc->matter_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (doc->matter[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void texts_over(struct gm_texts *t, const struct gm_doc *doc, size_t at, size_t end) {
    *t = (struct gm_texts){doc, at, end, (uint32_t)matter_from(doc, at), (uint32_t)joined_from(doc, at)};
}

void gm_texts_init(struct gm_texts *t, const struct gm_doc *doc, gm_node node, enum gm_text_part part) {
    const struct gm__node *n = &doc->nodes[node];
    if (part == GM_TEXT_OWN) {
        texts_over(t, doc, gm__title_stop(doc, n), n->first == GM_NO_NODE ? n->end : doc->nodes[n->first].start);
    } else if (node == GM_ROOT) {
        texts_over(t, doc, n->end, n->end);
    } else {
        texts_over(t, doc, n->end, n->next == GM_NO_NODE ? doc->nodes[n->parent].end : doc->nodes[n->next].start);
    }
}

/* Is there a letter, digit or symbol in it, and not just space and the punctuation that closed a title? */
static struct gm_str body_of(struct gm_str s) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    while (p < end) { /* leading blanks and leftovers of the title's end: 。；：, */
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (!gm__is_space(cp) && cp != 0x3002 && cp != 0xFF1B && cp != 0xFF0C && cp != 0xFF1A && cp != ';' &&
            cp != ',' && cp != ':' && cp != 0x3001 && cp != '.' && cp != 0xFF0E)
            break;
        p += n;
    }
    return gm__str_trim(gm__str(p, (size_t)(end - p)));
}

static bool is_break(char c) { return c == '\n' || c == '\r'; }

/* The first CR or LF in [at, end), or end. */
static size_t line_end(const char *text, size_t at, size_t end) {
    return at + gm__span_best()->line(text + at, end - at);
}

/* The same; when `odd`, which has CR and LF, is given: does none of its other bytes stand before? */
static size_t clean_line_end(const char *text, size_t at, size_t end, const struct gm__byte_set *odd, bool *clean) {
    if (!odd) return line_end(text, at, end);
    size_t hit = at + gm__span_best()->until(text + at, end - at, odd);
    *clean = hit == end || is_break(text[hit]);
    return *clean ? hit : line_end(text, hit, end);
}

/* The same where 　　 ends a paragraph too: of a line that has thousands of them no more is looked at than twice the
 * first. */
static size_t clean_gap_end(const char *text, size_t at, size_t end, const struct gm__byte_set *odd, bool *clean) {
    for (size_t step = 512;; step *= 2) {
        size_t far = end - at > step ? at + step : end, stop = clean_line_end(text, at, far, odd, clean);
        size_t gap = at + gm__span_best()->gap(text + at, stop - at);
        if (gap < stop || stop < far || far == end) return gap;
    }
}

/* The next stretch [at, *stop) that is one paragraph: a joined one, or up to the line's end. */
static struct gm_str next_line(struct gm_texts *t, const struct gm__byte_set *odd, bool *clean) {
    const struct gm_doc *doc = t->doc;
    *clean = false;
    while (t->joined < doc->joined_count && doc->joined[t->joined].start < t->at) t->joined++;
    if (t->joined < doc->joined_count && doc->joined[t->joined].start == t->at) {
        const struct gm__joined *j = &doc->joined[t->joined];
        if (t->at + j->len <= t->end) {
            t->at += j->len;
            return j->text;
        }
    }
    size_t stop = doc->flat ? clean_gap_end(doc->text, t->at, t->end, odd, clean)
                            : clean_line_end(doc->text, t->at, t->end, odd, clean);
    struct gm_str line = gm__str(doc->text + t->at, stop - t->at);
    t->at = stop < t->end && (doc->text[stop] == '\n' || doc->text[stop] == '\r') ? stop + 1 : stop;
    return line;
}

/* Nothing but blanks before it on its line? Then what stands there closes no title: 、文書 after a wrap. */
static bool opens_line(const struct gm_doc *doc, size_t at) {
    while (at > 0 && doc->text[at - 1] != '\n' && doc->text[at - 1] != '\r') {
        uint32_t cp;
        size_t n = gm__utf8_decode_back(doc->text, doc->text + at, &cp);
        if (!gm__is_space(cp)) return false;
        at -= n;
    }
    return true;
}

/* The bytes of the white space at p, 0 when there is none. */
static size_t blank_at(const char *p, const char *end) {
    unsigned char lead = (unsigned char)*p;
    if (lead >= 0xE3 && lead < 0xEF) /* U+3000 to U+EFFF: next to all of a Chinese text */
        return lead == 0xE3 && end - p >= 3 && memcmp(p, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
    uint32_t cp;
    size_t n = gm__utf8_decode(p, end, &cp);
    return gm__is_space(cp) ? n : 0;
}

bool gm__texts_next_clean(struct gm_texts *t, const struct gm__byte_set *odd, struct gm_str *paragraph, bool *clean) {
    const struct gm_doc *doc = t->doc;
    bool opens =
        t->at < t->end && t->at > 0 && is_break(doc->text[t->at - 1]); /* blanks alone since the line's start */
    while (t->at < t->end) {
        /* Skip blanks, so that matter and joined stretches, which are trimmed, start where we look. */
        size_t n = blank_at(doc->text + t->at, doc->text + t->end);
        if (n) {
            opens = opens || is_break(doc->text[t->at]);
            t->at += n;
            continue;
        }
        while (t->matter < doc->matter_count && doc->matter[t->matter].start < t->at) t->matter++;
        if (t->matter < doc->matter_count && doc->matter[t->matter].start == t->at) {
            t->at += doc->matter[t->matter].len;
            opens = false;
            continue;
        }
        if (!opens) opens = opens_line(doc, t->at);
        struct gm_str line = next_line(t, odd, clean);
        line = opens ? gm__str_trim(line) : body_of(line);
        if (!line.len) {
            opens = false;
            continue;
        }
        *paragraph = line;
        return true;
    }
    *paragraph = gm__str("", 0);
    return false;
}

bool gm_texts_next(struct gm_texts *t, struct gm_str *paragraph) {
    return gm__texts_next_clean(t, NULL, paragraph, &(bool){false});
}

/* --------------------------------------------------------------- decisions */

size_t gm_doc_decision_count(const struct gm_doc *doc) { return doc->decision_count; }

static size_t decision_index(uint32_t index) { return index == UINT32_MAX ? GM_NO_DECISION : index; }

struct gm_decision gm_doc_decision(const struct gm_doc *doc, size_t index) {
    const struct gm__decision *d = &doc->decisions[index];
    return (struct gm_decision){.at = gm_doc_locate(doc, d->at),
                                .label = gm__str(doc->text + d->at, d->len),
                                .family = gm__doc_family(doc, d->family),
                                .number = d->number,
                                .accepted = d->accepted,
                                .node = d->node,
                                .series = d->series,
                                .place = d->place,
                                .members = d->members,
                                .first = d->first,
                                .last = d->last,
                                .previous = decision_index(d->previous),
                                .next = decision_index(d->next),
                                .before = (enum gm_before)d->before,
                                .behind = (enum gm_behind)d->behind,
                                .rule = d->rule,
                                .reason = d->reason};
}

/* ----------------------------------------------------------------- matter */

size_t gm_doc_matter_count(const struct gm_doc *doc) { return doc->matter_count; }

struct gm_matter gm_doc_matter(const struct gm_doc *doc, size_t index) {
    const struct gm__matter *m = &doc->matter[index];
    return (struct gm_matter){(enum gm_matter_kind)m->kind, gm__str(doc->text + m->start, m->len),
                              gm_doc_locate(doc, m->start)};
}

const char *gm_matter_kind_name(enum gm_matter_kind kind) {
    static const char *const names[GM_MATTER_KIND_COUNT] = {
        "title",      "subtitle",    "classification", "issuer", "number",     "signer",  "recipient",
        "salutation", "attachments", "signature",      "date",   "annotation", "copy-to", "printing",
        "closing",    "toc",         "page",           "note",   "region"};
    return names[kind];
}

/* ------------------------------------------------------------------ spans */

struct spanner {
    const struct gm_doc *doc;
    bool (*visit)(void *ctx, const struct gm_span *span);
    void *ctx;
    size_t matter;
    bool go;
};

static void emit(struct spanner *s, enum gm_span_kind kind, size_t start, size_t end, gm_node node) {
    if (!s->go || end <= start) return;
    struct gm_span span = {kind, start, end - start, node};
    s->go = s->visit(s->ctx, &span);
}

/* [start, end) of text: blanks at both ends of every line apart from what stands between; no node inside. */
static void emit_text(struct spanner *s, size_t start, size_t end, gm_node node) {
    const char *text = s->doc->text;
    while (start < end && s->go) {
        size_t stop = start;
        while (stop < end && text[stop] != '\n' && text[stop] != '\r') stop++;
        if (stop < end) stop++;
        struct gm_str body = gm__str_trim(gm__str(text + start, stop - start));
        size_t at = body.len ? (size_t)(body.ptr - text) : stop;
        emit(s, GM_SPAN_BLANK, start, at, node);
        emit(s, GM_SPAN_TEXT, at, at + body.len, node);
        emit(s, GM_SPAN_BLANK, at + body.len, stop, node);
        start = stop;
    }
}

/* [start, end) with the matter in it. */
static void emit_gap(struct spanner *s, size_t start, size_t end, gm_node node) {
    const struct gm_doc *doc = s->doc;
    while (s->matter < doc->matter_count && doc->matter[s->matter].start < end) {
        const struct gm__matter *m = &doc->matter[s->matter++];
        if (m->start < start) continue;
        emit_text(s, start, m->start, node);
        start = (size_t)m->start + m->len < end ? (size_t)m->start + m->len : end;
        emit(s, GM_SPAN_MATTER, m->start, start, node);
    }
    emit_text(s, start, end, node);
}

void gm_doc_spans(const struct gm_doc *doc, bool (*visit)(void *ctx, const struct gm_span *span), void *ctx) {
    struct spanner s = {doc, visit, ctx, 0, true};
    struct gm__walk walk;
    gm_node node, owner = GM_ROOT;
    size_t at = 0;
    gm__walk_init(&walk, doc, UINT32_MAX);
    for (enum gm__step step; s.go && (step = gm__walk_next(&walk, &node)) != GM__DONE;) {
        const struct gm__node *n = &doc->nodes[node];
        if (step == GM__ENTER) {
            emit_gap(&s, at, n->start, owner);
            size_t label_end = (size_t)n->start + n->label_len;
            emit(&s, GM_SPAN_LABEL, n->start, label_end, node);
            at = label_end;
            if (n->title_len) {
                size_t stop = gm__title_stop(doc, n);
                emit_gap(&s, at, n->title_at < stop ? n->title_at : stop, node);
                emit(&s, GM_SPAN_TITLE, n->title_at, stop, node);
                at = stop;
            }
            owner = node;
        } else {
            emit_gap(&s, at, n->end, node);
            at = n->end;
            owner = n->parent;
        }
    }
    emit_gap(&s, at, doc->text_len, GM_ROOT);
}

/* ------------------------------------------------------------------- walk */

void gm__walk_init(struct gm__walk *walk, const struct gm_doc *doc, uint32_t depth) {
    *walk = (struct gm__walk){doc, GM_ROOT, GM__ENTER, depth};
}

/* Who walks will read labels and titles, which lie far apart in a long text. Inline: gcc drops a function that only
 * fetches. */
GM__INLINE void fetch_ahead(const struct gm_doc *doc, gm_node node) {
    const gm_node ahead = 8;
    if (doc->node_count - node <= ahead) return;
    const struct gm__node *n = &doc->nodes[node + ahead];
    GM__PREFETCH(doc->text + n->start);
    GM__PREFETCH(doc->text + n->title_at + (n->flags & GM__NODE_JOINED ? 0 : n->title_len));
}

enum gm__step gm__walk_next(struct gm__walk *w, gm_node *node) {
    const struct gm__node *n = &w->doc->nodes[w->node];
    if (w->step == GM__ENTER) fetch_ahead(w->doc, w->node);
    if (w->step == GM__ENTER && n->first != GM_NO_NODE && n->level < w->depth) {
        w->node = n->first;
    } else if (w->step == GM__ENTER && w->node != GM_ROOT) {
        w->step = GM__LEAVE;
    } else if (w->step == GM__LEAVE && n->next != GM_NO_NODE) {
        w->node = n->next;
        w->step = GM__ENTER;
    } else if (w->step == GM__LEAVE && n->parent != GM_ROOT) {
        w->node = n->parent;
    } else {
        w->step = GM__DONE;
    }
    *node = w->node;
    return w->step;
}
