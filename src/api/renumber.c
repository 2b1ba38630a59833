/* renumber.c - the public side of renumbering, and writing the outcome in the encoding of the input. */
#include "transform/renumber.h"

#include "api/api.h"
#include "input/encoding.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>

struct gm_renumbering {
    struct gm__renumber work;
};

/* The document's text with the changes. */
static enum gm_status write_utf8(const struct gm__renumber *r, const struct gm_sink *sink) {
    const struct gm__change *c = r->changes.data;
    size_t at = 0, left = r->changes.count;
    enum gm_status s = GM_OK;
    for (; left > 0 && s == GM_OK; left--, c++) {
        s = sink->write(sink->ctx, r->doc->text + at, c->at - at);
        if (s == GM_OK) s = sink->write(sink->ctx, c->text.ptr, c->text.len);
        at = (size_t)c->at + c->len;
    }
    return s == GM_OK ? sink->write(sink->ctx, r->doc->text + at, r->doc->text_len - at) : s;
}

/* -------------------------------------------------------------- once more */

static enum gm_status add_bytes(void *ctx, const char *bytes, size_t len) { return gm__buf_add(ctx, bytes, len); }

/* The text that the changes make, read and renumbered as the first was. */
static enum gm_status again(struct gm__renumber *r, struct gm_str text, bool *changed) {
    struct gm_options options;
    struct gm_doc *doc = NULL;
    struct gm__renumber later;
    gm_options_init(&options);
    options.format = "text";
    options.grammar = r->grammar;
    options.allocator = r->doc->allocator;
    options.limits.text_bytes = options.limits.input_bytes = UINT32_MAX;
    enum gm_status s = gm__doc_parse_text(&options, text, &doc);
    if (s == GM_OK) {
        assert(doc->text_len == text.len); /* places in the one are places in the other */
        s = gm__renumber(&later, doc, NULL);
        *changed = s == GM_OK && gm__changes_any(&later);
        if (*changed) s = gm__changes_compose(r, &later);
        gm__renumber_release(&later);
    }
    gm_doc_free(doc);
    return s == GM_NOMEM ? s : GM_OK; /* what cannot be read or numbered again stays as it is */
}

/* Rounds until a text comes back that has been there, and as many until the best of its circle does. */
#define MOST_ROUNDS 8

struct round { /* the text between two rounds; the first is the document's */
    uint64_t hash;
    size_t changes;
};

static struct round round_of(const struct gm__renumber *r, struct gm_str text) {
    const struct gm__change *c = r->changes.data;
    struct round round = {0xCBF29CE484222325u, 0};
    for (size_t i = 0; i < text.len; i++) round.hash = (round.hash ^ (unsigned char)text.ptr[i]) * 0x100000001B3u;
    for (size_t i = 0; i < r->changes.count; i++) round.changes += !gm__change_is_none(r->doc, &c[i]);
    return round;
}

/* Where texts go round in a circle that the last closes: the one with the fewest changes; NULL: they do not. From each
 * text of the circle that is the text itself, so that renumbering again changes nothing. */
static const struct round *best_of_circle(const struct round *rounds, size_t last) {
    size_t best = 0;
    while (best < last && rounds[best].hash != rounds[last].hash) best++;
    if (best == last) return NULL;
    for (size_t i = best + 1; i < last; i++)
        if (rounds[i].changes < rounds[best].changes) best = i;
    return &rounds[best];
}

/* A text whose numbers are right may be read otherwise than with wrong ones: until nothing more changes. */
static enum gm_status settle(struct gm__renumber *r) {
    struct round rounds[2 * MOST_ROUNDS + 1];
    const struct round *best = NULL;
    struct gm__buf text;
    const struct gm_sink sink = {add_bytes, &text};
    bool changed = gm__changes_any(r);
    enum gm_status s = GM_OK;
    gm__buf_init(&text, r->doc->allocator, SIZE_MAX);
    rounds[0] = (struct round){round_of(r, gm__str(r->doc->text, r->doc->text_len)).hash, 0};
    for (size_t i = 1; changed && s == GM_OK && i <= (best ? 2 * MOST_ROUNDS : MOST_ROUNDS); i++) {
        gm__buf_clear(&text);
        s = write_utf8(r, &sink);
        if (s != GM_OK) break;
        rounds[i] = round_of(r, gm__str(text.data, text.len));
        if (!best) best = best_of_circle(rounds, i);
        if (best && best->hash == rounds[i].hash) break;
        changed = false;
        s = again(r, gm__str(text.data, text.len), &changed);
    }
    gm__buf_release(&text);
    return s == GM_NOMEM ? s : GM_OK;
}

enum gm_status gm_doc_renumber(const struct gm_doc *doc, struct gm_renumbering **out, struct gm_error *error) {
    gm__error_clear(error);
    *out = NULL;
    if (strcmp(doc->format, "text") != 0 || !doc->rules)
        return gm__fail(error, GM_USAGE, "not-text", "only plain text can be renumbered, this is %s", doc->format);
    struct gm_renumbering *r = gm__alloc(doc->allocator, sizeof *r);
    if (!r) return gm__fail_nomem(error);
    enum gm_status s = gm__renumber(&r->work, doc, error);
    if (s == GM_OK && settle(&r->work) != GM_OK) s = gm__fail_nomem(error);
    if (s == GM_OK)
        *out = r;
    else
        gm_renumbering_free(r);
    return s;
}

void gm_renumbering_free(struct gm_renumbering *r) {
    if (!r) return;
    const struct gm_allocator *a = r->work.doc->allocator;
    gm__renumber_release(&r->work);
    gm__free(a, r, sizeof *r);
}

size_t gm_renumbering_count(const struct gm_renumbering *r) { return r->work.changes.count; }

struct gm_change gm_renumbering_change(const struct gm_renumbering *r, size_t index) {
    const struct gm__change *c = (const struct gm__change *)r->work.changes.data + index;
    const struct gm_doc *doc = r->work.doc;
    return (struct gm_change){.kind = (enum gm_change_kind)c->kind,
                              .at = gm_doc_locate(doc, c->at),
                              .old = gm__str(doc->text + c->at, c->len),
                              .text = c->text,
                              .node = c->node};
}

const char *gm_change_kind_name(enum gm_change_kind kind) {
    static const char *const names[] = {"label", "reference", "ambiguous", "dangling"};
    return names[kind];
}

/* ------------------------------------------------------------------ writing */

/* Decoding `raw` once more, to learn where in it the places of the text are. */
struct codec {
    iconv_t decode, encode;
    char *from; /* in the raw bytes */
    size_t left;
    size_t text; /* how much of the text has been decoded */
};

/* Decode up to `target` bytes of text. False: the bytes are not those of the text. */
static bool advance(struct codec *c, const char *text, size_t target) {
    char chunk[4096];
    while (c->text < target) {
        char *to = chunk;
        size_t want = target - c->text, room = want < sizeof chunk ? want : sizeof chunk, before = c->left;
        size_t n = iconv(c->decode, &c->from, &c->left, &to, &room);
        size_t made = (size_t)(to - chunk);
        if (n == (size_t)-1 && errno != E2BIG) return false;
        if (memcmp(chunk, text + c->text, made) != 0 || (!made && c->left == before)) return false;
        c->text += made;
    }
    return true;
}

static enum gm_status put_encoded(struct codec *c, struct gm__buf *out, struct gm_str text, bool *fits) {
    char chunk[256], *from = (char *)text.ptr, *to = chunk; /* iconv does not write to `from` */
    size_t left = text.len, room = sizeof chunk;
    *fits = iconv(c->encode, &from, &left, &to, &room) == 0 && left == 0;
    if (*fits) *fits = iconv(c->encode, NULL, NULL, &to, &room) == 0;
    return gm__buf_add(out, chunk, (size_t)(to - chunk));
}

/* The raw bytes with the changes in their encoding. *fits is false when that cannot be. */
static enum gm_status patch(const struct gm__renumber *r, struct codec *c, struct gm__buf *out, bool *fits) {
    const struct gm__change *change = r->changes.data;
    enum gm_status s = GM_OK;
    *fits = true;
    for (size_t i = r->changes.count; i > 0 && s == GM_OK; i--, change++) {
        const char *from = c->from;
        if (!(*fits = advance(c, r->doc->text, change->at))) return GM_OK;
        s = gm__buf_add(out, from, (size_t)(c->from - from));
        if (s == GM_OK) s = put_encoded(c, out, change->text, fits);
        if (!*fits || !(*fits = advance(c, r->doc->text, (size_t)change->at + change->len))) return s;
    }
    const char *from = c->from;
    size_t left = c->left;
    *fits = s != GM_OK || (advance(c, r->doc->text, r->doc->text_len) && c->left == 0);
    return s == GM_OK ? gm__buf_add(out, from, left) : s;
}

struct checker {
    const char *at, *end;
    bool same;
};
static enum gm_status check(void *ctx, const char *bytes, size_t len) {
    struct checker *c = ctx;
    c->same = c->same && (size_t)(c->end - c->at) >= len && memcmp(c->at, bytes, len) == 0;
    if (c->same) c->at += len;
    return GM_OK;
}

/* Does the output read as the renumbered text? Encodings with states may come apart where a number was put in. */
static enum gm_status reads_back(const struct gm__renumber *r, const char *name, const struct gm__buf *out, size_t skip,
                                 bool *fits) {
    struct gm_options options = {.allocator = r->doc->allocator, .strict_encoding = true};
    struct gm_error scratch;
    struct gm__arena arena;
    struct gm__source source;
    struct gm__input in = {out->data + skip, out->len - skip, "", &options, &scratch, true, false, NULL};
    gm__arena_init(&arena, r->doc->allocator);
    gm__source_init(&source, &options, &arena);
    source.buffer.max = SIZE_MAX;
    enum gm_status s = gm__convert(&in, name, 1, in.bytes, in.len, &source);
    struct gm_str text = gm__str(source.buffer.data, source.buffer.len);
    struct checker checker = {text.ptr, text.ptr + text.len, s == GM_OK};
    const struct gm_sink sink = {check, &checker};
    if (s == GM_OK) s = write_utf8(r, &sink);
    *fits = checker.same && checker.at == checker.end;
    gm__source_release(&source);
    gm__arena_release(&arena);
    return s == GM_INPUT ? GM_OK : s;
}

static enum gm_status write_encoded(const struct gm__renumber *r, const char *raw, size_t len, size_t skip,
                                    const struct gm_sink *sink, bool *fits) {
    const struct gm__charset *set = gm__charset_find(r->doc->encoding);
    const char *name = set ? set->iconv : r->doc->encoding;
    struct codec c = {iconv_open("UTF-8", name), iconv_open(name, "UTF-8"), (char *)raw + skip, len - skip, 0};
    struct gm__buf out;
    gm__buf_init(&out, r->doc->allocator, SIZE_MAX);
    enum gm_status s = GM_OK;
    *fits = c.decode != (iconv_t)-1 && c.encode != (iconv_t)-1;
    if (*fits) s = gm__buf_add(&out, raw, skip);
    if (*fits && s == GM_OK) s = patch(r, &c, &out, fits);
    if (*fits && s == GM_OK) s = reads_back(r, name, &out, skip, fits);
    if (*fits && s == GM_OK) s = sink->write(sink->ctx, out.data, out.len);
    if (c.decode != (iconv_t)-1) (void)iconv_close(c.decode);
    if (c.encode != (iconv_t)-1) (void)iconv_close(c.encode);
    gm__buf_release(&out);
    return s;
}

enum gm_status gm_renumbering_write(const struct gm_renumbering *renumbering, const char *raw, size_t len,
                                    const struct gm_sink *sink, struct gm_error *error) {
    const struct gm__renumber *r = &renumbering->work;
    enum gm_status s;
    bool fits = true;
    gm__error_clear(error);
    if (!raw) {
        s = write_utf8(r, sink);
    } else if (!r->changes.count) {
        s = len ? sink->write(sink->ctx, raw, len) : GM_OK;
    } else {
        size_t skip = gm__byte_order_mark(raw, len);
        bool plain = len - skip == r->doc->text_len && memcmp(raw + skip, r->doc->text, r->doc->text_len) == 0;
        s = plain && skip ? sink->write(sink->ctx, raw, skip) : GM_OK;
        if (plain && s == GM_OK) s = write_utf8(r, sink);
        if (!plain) s = write_encoded(r, raw, len, skip, sink, &fits);
    }
    if (!fits)
        return gm__fail(error, GM_INPUT, "not-reversible",
                        "it cannot be written back as %s with nothing but its numbers changed", r->doc->encoding);
    if (s == GM_NOMEM) return gm__fail_nomem(error);
    if (s != GM_OK) return gm__fail(error, s, "write-failed", "the renumbered text could not be written");
    return s;
}
