/* doc_parse.c - from bytes, a file or pieces to a document: options, reader, grammar, parser. */
#include "api/api.h"

#include "base/catalogue.h"
#include "grammar/grammar.h"
#include "input/input.h"
#include "parse/parse.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

const char *gm_version(void) { return GM_VERSION; }

void gm_options_init(struct gm_options *options) { *options = (struct gm_options){.struct_size = sizeof *options}; }

#define MIB ((size_t)1024 * 1024)

static void resolve(const struct gm_options *given, struct gm_options *o) {
    gm_options_init(o);
    if (given) *o = *given;
    if (!o->allocator) o->allocator = &gm__default_allocator;
    struct gm_limits *l = &o->limits;
    if (!l->input_bytes) l->input_bytes = 1024 * MIB;
    if (!l->text_bytes) l->text_bytes = 1024 * MIB;
    if (l->text_bytes > UINT32_MAX - 1) l->text_bytes = UINT32_MAX - 1;
    if (!l->memory_bytes) l->memory_bytes = 512 * MIB;
    if (!l->nodes) l->nodes = 16000000;
    if (!l->depth) l->depth = 64;
    if (!l->ratio) l->ratio = 200;
    if (!l->steps_per_byte) l->steps_per_byte = 64;
    if (!l->paragraph_bytes) l->paragraph_bytes = 64 * MIB;
}

/* Hand the source's text over to the document. */
static void adopt_text(struct gm_doc *doc, struct gm__source *source) {
    doc->text = source->text;
    doc->text_len = source->text_len;
    if (source->buffer.data && source->text == source->buffer.data) {
        if (doc->owned) gm__free(doc->allocator, doc->owned, doc->owned_size);
        doc->owned = source->buffer.data;
        doc->owned_size = source->buffer.capacity;
        source->buffer.data = NULL;
    }
    doc->format = source->format;
    doc->encoding = source->encoding;
    doc->title = source->title;
    doc->salutation = source->salutation;
}

/* Places that the format itself states hold when there is one for each node. */
static enum gm_status adopt_places(struct gm_doc *doc, const struct gm__source *source) {
    if (!source->places.count || source->places.count != doc->node_count) return GM_OK;
    size_t size = source->places.count * sizeof *doc->places;
    doc->places = gm__arena_alloc(&doc->arena, size);
    if (!doc->places) return GM_NOMEM;
    memcpy(doc->places, source->places.data, size);
    return GM_OK;
}

/* What the reader had to mend. */
static enum gm_status adopt_warnings(struct gm_doc *doc, const struct gm__source *source) {
    const struct gm__warning *w = source->warnings.data;
    enum gm_status s = GM_OK;
    for (size_t i = 0; i < source->warnings.count && s == GM_OK; i++) {
        struct gm__diag d = {.id = GM__DIAG_BAD_BYTES, .at = w[i].at, .node = GM_NO_NODE};
        if (w[i].left_out) d.id = GM__DIAG_LEFT_OUT;
        d.args[0] = w[i].count;
        d.args[1] = (int64_t)w[i].raw;
        d.words[0] = gm__strz(doc->encoding);
        d.words[1] = gm__str("", 0);
        s = gm__doc_add_diag(doc, &d);
    }
    return s;
}

/* The buffer that the input lies in, if it is ours to free. */
struct raw {
    char *bytes;
    size_t size;
    bool unchecked; /* the last try was on a text that may not be the UTF-8 that it seemed */
};

static void hand_over(struct gm_doc *doc, struct raw *raw) {
    doc->owned = raw->bytes;
    doc->owned_size = raw->size;
    raw->bytes = NULL;
}

static enum gm_status read_and_parse(struct gm_doc *doc, const struct gm__input *in, struct raw *raw) {
    const struct gm_options *o = in->options;
    const struct gm__reader *reader;
    struct gm__source source;
    gm__source_init(&source, o, &doc->arena);
    enum gm_status s = gm__reader_pick(in, &reader);
    if (s != GM_OK) goto out;
    source.format = reader->info.name;
    s = reader->read(in, &source);
    raw->unchecked = source.unchecked;
    if (s != GM_OK) goto out;
    if (source.text_len > o->limits.text_bytes) {
        s = gm__fail(in->error, GM_LIMIT, "text-too-large", "the text is larger than %zu bytes", o->limits.text_bytes);
        goto out;
    }
    const struct gm_grammar *grammar = o->grammar;
    if (!grammar) {
        const char *name = o->grammar_name ? o->grammar_name : "auto";
        grammar = gm__grammar_compiled(name);
        if (!grammar) {
            s = gm__fail(in->error, GM_GRAMMAR, "no-such-grammar", "no grammar of the name \"%s\"", name);
            goto out;
        }
    }
    gm__title_from_heading(&source);
    if (!raw->unchecked) hand_over(doc, raw); /* else it may be wanted again */
    adopt_text(doc, &source);
    doc->rules = grammar;
    s = gm__parse(doc, &source, grammar, o, in->error);
    if (s == GM_OK) s = adopt_places(doc, &source);
    if (s == GM_OK) s = adopt_warnings(doc, &source);
out:
    gm__source_release(&source);
    return s;
}

static enum gm_status try_parse(const struct gm__input *given, struct raw *raw, struct gm_doc **out) {
    struct gm__input in = *given;
    struct gm_doc *doc = gm__doc_new(in.options->allocator, in.name);
    if (!doc) return GM_NOMEM;
    in.name = doc->name;
    raw->unchecked = false;
    enum gm_status s = read_and_parse(doc, &in, raw);
    if (s == GM_OK)
        *out = doc;
    else
        gm_doc_free(doc);
    return s;
}

/* Takes over `owned` (may be NULL) whatever happens. */
static enum gm_status parse(const struct gm_options *given, const char *bytes, size_t len, const char *name,
                            char *owned, size_t owned_size, struct gm_doc **out, struct gm_error *error) {
    struct gm_options o;
    struct gm_error scratch;
    struct raw raw = {owned, owned_size, false};
    resolve(given, &o);
    *out = NULL;
    if (!error) error = &scratch;
    gm__error_clear(error);
    struct gm__input in = {len ? bytes : "", len, name, &o, error, false, false, NULL};
    enum gm_status s;
    if (len > o.limits.input_bytes)
        s = gm__fail(error, GM_LIMIT, "input-too-large", "the input is larger than %zu bytes", o.limits.input_bytes);
    else
        s = try_parse(&in, &raw, out);
    if (raw.unchecked && s != GM_OK &&
        s != GM_NOMEM) { /* not UTF-8 behind the sample: from the start, by the long way */
        gm__error_clear(error);
        in.check = true;
        s = try_parse(&in, &raw, out);
    }
    if (raw.bytes && *out && !(*out)->owned) hand_over(*out, &raw);
    if (raw.bytes) gm__free(o.allocator, raw.bytes, raw.size);
    if (s == GM_OK) return GM_OK;
    if (error->status == GM_OK)
        (void)(s == GM_NOMEM ? gm__fail_nomem(error) : gm__fail(error, s, "failed", "the input cannot be parsed"));
    if (!error->where[0] && name) (void)snprintf(error->where, sizeof error->where, "%s", name);
    return s;
}

enum gm_status gm_doc_parse(const struct gm_options *options, const char *bytes, size_t len, const char *name,
                            struct gm_doc **out, struct gm_error *error) {
    return parse(options, bytes, len, name, NULL, 0, out, error);
}

enum gm_status gm__doc_parse_text(const struct gm_options *options, struct gm_str text, struct gm_doc **out) {
    struct gm_options o;
    struct gm_error scratch;
    struct raw raw = {0};
    resolve(options, &o);
    *out = NULL;
    gm__error_clear(&scratch);
    const struct gm__input in = {text.ptr, text.len, NULL, &o, &scratch, false, true, NULL};
    return try_parse(&in, &raw, out);
}

/* ------------------------------------------------------------------ feeder */

struct gm_feeder {
    struct gm_options options;
    struct gm__buf bytes;
    char *name; /* NULL or in the arena */
    struct gm__arena arena;
};

enum gm_status gm_feeder_new(const struct gm_options *options, const char *name, struct gm_feeder **out,
                             struct gm_error *error) {
    struct gm_options o;
    resolve(options, &o);
    gm__error_clear(error);
    *out = NULL;
    struct gm_feeder *f = gm__alloc(o.allocator, sizeof *f);
    if (!f) return gm__fail_nomem(error);
    memset(f, 0, sizeof *f);
    f->options = o;
    gm__arena_init(&f->arena, o.allocator);
    gm__buf_init(&f->bytes, o.allocator, o.limits.input_bytes);
    if (name && !(f->name = gm__arena_copy(&f->arena, name, strlen(name)))) {
        gm_feeder_free(f);
        return gm__fail_nomem(error);
    }
    *out = f;
    return GM_OK;
}

/* A piece that failed is missing: so fail all after it, and the end. */
static enum gm_status fed(const struct gm_feeder *f, struct gm_error *error) {
    enum gm_status s = f->bytes.status;
    if (s == GM_LIMIT)
        return gm__fail(error, s, "input-too-large", "the input is larger than %zu bytes",
                        f->options.limits.input_bytes);
    return s == GM_OK ? GM_OK : gm__fail_nomem(error);
}

enum gm_status gm_feeder_feed(struct gm_feeder *f, const char *bytes, size_t len, struct gm_error *error) {
    (void)gm__buf_add(&f->bytes, bytes, len);
    return fed(f, error);
}

enum gm_status gm_feeder_finish(struct gm_feeder *f, struct gm_doc **out, struct gm_error *error) {
    char *data = f->bytes.data;
    size_t len = f->bytes.len, capacity = f->bytes.capacity;
    enum gm_status s = fed(f, error);
    *out = NULL;
    if (s == GM_OK) f->bytes.data = NULL;
    if (s == GM_OK) s = parse(&f->options, data, len, f->name, data, capacity, out, error);
    gm_feeder_free(f);
    return s;
}

void gm_feeder_free(struct gm_feeder *f) {
    if (!f) return;
    const struct gm_allocator *a = f->options.allocator;
    gm__buf_release(&f->bytes);
    gm__arena_release(&f->arena);
    gm__free(a, f, sizeof *f);
}

/* -------------------------------------------------------------------- file */

static enum gm_status file_fault(const char *name, const char *id, const char *what, struct gm_error *error) {
    enum gm_status s = gm__fail(error, GM_INPUT, id, "%s", what);
    if (error) (void)snprintf(error->where, sizeof error->where, "%s", name ? name : "");
    return s;
}

#define READ_AHEAD ((size_t)64 * 1024)

static enum gm_status read_all(int fd, const char *name, struct gm__buf *bytes, struct gm_error *error) {
    struct stat st;
    if (fstat(fd, &st) != 0) return file_fault(name, "read-failed", strerror(errno), error);
    if (S_ISDIR(st.st_mode)) return file_fault(name, "is-directory", N_("is a directory"), error);
    /* one byte more than a regular file holds, so that its end is seen without growing */
    size_t want = st.st_size > 0 ? (size_t)st.st_size + 1 : READ_AHEAD;
    for (;;) {
        size_t left = bytes->max - bytes->len;
        if (left == 0) return GM_LIMIT;
        enum gm_status s = gm__buf_reserve(bytes, want < left ? want : left);
        if (s != GM_OK) return s;
        ssize_t n = read(fd, bytes->data + bytes->len, bytes->capacity - bytes->len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return file_fault(name, "read-failed", strerror(errno), error);
        if (n == 0) return GM_OK;
        bytes->len += (size_t)n;
        if (S_ISREG(st.st_mode) && bytes->len == (size_t)st.st_size && bytes->len < bytes->capacity) return GM_OK;
        want = bytes->len < bytes->capacity ? 1 : READ_AHEAD;
    }
}

enum gm_status gm_doc_parse_fd(const struct gm_options *options, int fd, const char *name, struct gm_doc **out,
                               struct gm_error *error) {
    struct gm_options o;
    resolve(options, &o);
    *out = NULL;
    gm__error_clear(error);
    struct gm__buf bytes;
    size_t most = o.limits.input_bytes < SIZE_MAX ? o.limits.input_bytes + 1 : SIZE_MAX; /* one more is too many */
    gm__buf_init(&bytes, o.allocator, most);
    enum gm_status s = read_all(fd, name, &bytes, error);
    if (s == GM_OK) return parse(&o, bytes.data, bytes.len, name, bytes.data, bytes.capacity, out, error);
    gm__buf_release(&bytes);
    if (s == GM_NOMEM) return gm__fail_nomem(error);
    if (s == GM_LIMIT)
        return gm__fail(error, s, "input-too-large", "the input is larger than %zu bytes", o.limits.input_bytes);
    return s;
}

enum gm_status gm_doc_parse_file(const struct gm_options *options, const char *path, struct gm_doc **out,
                                 struct gm_error *error) {
    *out = NULL;
    gm__error_clear(error);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return file_fault(path, errno == ENOENT ? "no-such-file" : "open-failed", strerror(errno), error);
    enum gm_status s = gm_doc_parse_fd(options, fd, path, out, error);
    (void)close(fd);
    return s;
}
