/*
 * sax.c - libxml2's push parser behind sax.h.
 *
 * libxml2 interns names in the parser's dictionary, so a name is known by its pointer: the vocabulary is
 * interned first and looked up in a small hash of pointer pairs.
 */
#include "input/sax.h"

#include "input/xml_watch.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>

#define MAX_DEPTH ((size_t)1000)

struct entry {
    const xmlChar *local, *uri;
    int token;
};

struct gm__sax {
    const struct gm__input *in;
    const struct gm__sax_handler *handler;
    void *ctx;
    xmlParserCtxtPtr parser;
    struct entry *table; /* open addressing, a power of two */
    size_t mask, table_size;
    const xmlChar **attributes; /* of the element that starts */
    int attribute_count;
    size_t depth, skip_from; /* skip_from: depth of the element passed over, 0 when none */
    enum gm_status status;
    bool doctype;
    struct gm__xml_tag tag;
};

/* ------------------------------------------------------------- vocabulary */

static size_t slot_of(const struct gm__sax *x, const xmlChar *local, const xmlChar *uri) {
    uintptr_t h = (uintptr_t)local * 31u ^ (uintptr_t)uri;
    h ^= h >> 17;
    h *= 0x9E3779B1u;
    h ^= h >> 13;
    size_t i = (size_t)h & x->mask;
    while (x->table[i].local && (x->table[i].local != local || x->table[i].uri != uri)) i = (i + 1) & x->mask;
    return i;
}

static int token_of(const struct gm__sax *x, const xmlChar *local, const xmlChar *uri) {
    return x->table[slot_of(x, local, uri)].token;
}

static bool intern_name(struct gm__sax *x, const struct gm__sax_prefix *prefixes, const char *name, int token) {
    const char *colon = strchr(name, ':');
    const char *local_name = colon ? colon + 1 : name;
    size_t len = colon ? (size_t)(colon - name) : 0;
    const xmlChar *local = xmlDictLookup(x->parser->dict, (const xmlChar *)local_name, -1);
    if (!local) return false;
    if (!colon) {
        x->table[slot_of(x, local, NULL)] = (struct entry){local, NULL, token};
        return true;
    }
    for (const struct gm__sax_prefix *p = prefixes; p->prefix; p++) {
        if (strlen(p->prefix) != len || memcmp(p->prefix, name, len) != 0) continue;
        for (size_t i = 0; i < GM__COUNT(p->uris) && p->uris[i]; i++) {
            const xmlChar *uri = xmlDictLookup(x->parser->dict, (const xmlChar *)p->uris[i], -1);
            if (!uri) return false;
            x->table[slot_of(x, local, uri)] = (struct entry){local, uri, token};
        }
    }
    return true;
}

static enum gm_status intern(struct gm__sax *x, const struct gm__sax_vocabulary *v) {
    size_t slots = 64;
    while (slots < v->count * 6) slots *= 2; /* up to three namespaces a name, at most half full */
    x->mask = slots - 1;
    x->table_size = slots * sizeof *x->table;
    x->table = gm__alloc(x->in->options->allocator, x->table_size);
    if (!x->table) return GM_NOMEM;
    memset(x->table, 0, x->table_size);
    for (size_t i = 1; i < v->count; i++)
        if (!intern_name(x, v->prefixes, v->names[i], (int)i)) return GM_NOMEM;
    return GM_OK;
}

/* ----------------------------------------------------------------- events */

void gm__sax_stop(struct gm__sax *x, enum gm_status status) {
    if (x->status == GM_OK) x->status = status;
    xmlStopParser(x->parser);
}

size_t gm__sax_depth(const struct gm__sax *x) { return x->depth; }

void gm__sax_skip(struct gm__sax *x) { x->skip_from = x->depth; }

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
                     const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes) {
    struct gm__sax *x = ctx;
    (void)prefix;
    (void)namespaces;
    (void)defaulted;
    if (x->status != GM_OK) return;
    if (++x->depth > MAX_DEPTH) {
        (void)gm__fail(x->in->error, GM_LIMIT, "nested-too-deep", "elements are nested deeper than %zu levels",
                       MAX_DEPTH);
        gm__sax_stop(x, GM_LIMIT);
        return;
    }
    if (gm__xml_crowded(x->parser, attribute_count + namespace_count)) {
        gm__sax_stop(x, gm__xml_fail_crowded(x->in->error, GM__MAX_ATTRS));
        return;
    }
    if (x->skip_from) return;
    x->attributes = attributes;
    x->attribute_count = attribute_count;
    x->handler->start(x->ctx, x, token_of(x, local, uri));
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    struct gm__sax *x = ctx;
    (void)prefix;
    if (x->status != GM_OK) return;
    if (x->skip_from == x->depth) x->skip_from = 0;
    if (!x->skip_from && x->handler->end) x->handler->end(x->ctx, x, token_of(x, local, uri));
    x->depth--;
}

static void on_text(void *ctx, const xmlChar *text, int len) {
    struct gm__sax *x = ctx;
    if (x->status == GM_OK && !x->skip_from && x->handler->text)
        x->handler->text(x->ctx, x, (const char *)text, (size_t)len);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    struct gm__sax *x = ctx;
    (void)name;
    (void)external;
    (void)system;
    x->doctype = true;
    gm__sax_stop(x, GM_INPUT);
}

#if LIBXML_VERSION >= 21200
static void on_fault(void *ctx, const xmlError *error) {
#else
static void on_fault(void *ctx, xmlErrorPtr error) {
#endif
    (void)ctx; /* the parser keeps the last one */
    (void)error;
}

/* ------------------------------------------------------------------ parse */

static enum gm_status fault(struct gm__sax *x, const char *what) {
    struct gm_error *e = x->in->error;
    if (x->doctype)
        return gm__fail(e, GM_INPUT, "doctype", "%s has a document type declaration, which is refused", what);
    const xmlError *error = xmlCtxtGetLastError(x->parser);
    if (x->parser->errNo == XML_ERR_NO_MEMORY) return gm__fail_nomem(e);
    if (!error || !error->message)
        return gm__fail(e, GM_INPUT, "bad-xml", "%s is not well-formed: it is cut off", what);
    if (error->code == XML_ERR_DOCUMENT_EMPTY)
        return gm__fail(e, GM_INPUT, "bad-xml", "%s is not XML: it does not begin with <", what);
    const char *message = error->message;
    return gm__fail(e, GM_INPUT, "bad-xml", "%s is not well-formed: %.*s", what, (int)strcspn(message, "\n"), message);
}

/* How it stands. Out of memory libxml2 stops, and goes on calling the document well-formed. */
static enum gm_status verdict(struct gm__sax *x, const char *what) {
    if (x->doctype) return fault(x, what);
    if (x->status != GM_OK) return x->status;
    if (gm__xml_endless_tag(x->parser, &x->tag)) return gm__xml_fail_crowded(x->in->error, GM__MAX_ATTRS);
    if (!x->parser->wellFormed) return fault(x, what);
    if (x->parser->errNo == XML_ERR_NO_MEMORY) return gm__fail_nomem(x->in->error);
    if (!x->parser->disableSAX) return GM_OK;
    return gm__xml_bad_encoding() ? fault(x, what) : gm__fail_nomem(x->in->error);
}

static enum gm_status feed(struct gm__sax *x, const char *what, const struct gm__sax_source *source) {
    for (;;) {
        const char *ptr;
        size_t len;
        enum gm_status s = source->next(source->ctx, &ptr, &len);
        if (s != GM_OK) return s;
        (void)xmlParseChunk(x->parser, ptr, (int)len, len == 0);
        s = verdict(x, what);
        if (s != GM_OK || len == 0) return s;
    }
}

enum gm_status gm__sax_parse(const struct gm__input *in, const char *what, const struct gm__sax_vocabulary *vocabulary,
                             const struct gm__sax_handler *handler, void *ctx, const struct gm__sax_source *source) {
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .internalSubset = on_doctype,
                         .serror = on_fault};
    struct gm__sax x = {.in = in, .handler = handler, .ctx = ctx};
    const char *first;
    size_t len;
    struct gm__xml_watch watch;
    enum gm_status s = source->next(source->ctx, &first, &len); /* the first bytes tell the encoding */
    if (s != GM_OK) return s;
    gm__xml_watch_begin(&watch);
    x.parser = xmlCreatePushParserCtxt(&sax, &x, first, (int)(len < 4 ? len : 4), NULL);
    if (!x.parser) {
        (void)gm__xml_watch_end(&watch);
        return gm__fail_nomem(in->error);
    }
    (void)xmlCtxtUseOptions(x.parser, XML_PARSE_NONET);
    s = intern(&x, vocabulary);
    if (s == GM_OK && len > 4) (void)xmlParseChunk(x.parser, first + 4, (int)(len - 4), 0);
    if (s == GM_OK) s = verdict(&x, what);
    if (s == GM_OK) s = feed(&x, what, source);
    if (gm__xml_watch_end(&watch)) s = GM_NOMEM;
    if (s == GM_NOMEM) (void)gm__fail_nomem(in->error);
    if (x.table) gm__free(in->options->allocator, x.table, x.table_size);
    xmlFreeParserCtxt(x.parser);
    return s;
}

/* ------------------------------------------------------------- attributes */

bool gm__sax_attr(const struct gm__sax *x, int token, struct gm_str *out) {
    const xmlChar **a = x->attributes; /* five pointers each: local, prefix, namespace, value, its end */
    for (int i = 0; i < x->attribute_count; i++, a += 5) {
        if (token_of(x, a[0], a[2]) != token) continue;
        *out = gm__str((const char *)a[3], (size_t)(a[4] - a[3]));
        return true;
    }
    return false;
}

int gm__str_int(struct gm_str s, int missing) {
    s = gm__str_trim(s);
    size_t i = 0;
    bool negative = s.len > 0 && s.ptr[0] == '-';
    if (negative || (s.len > 0 && s.ptr[0] == '+')) i = 1;
    int64_t value = 0;
    if (i == s.len) return missing;
    for (; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return missing;
        value = value * 10 + (s.ptr[i] - '0');
        if (value > INT32_MAX) return missing;
    }
    return (int)(negative ? -value : value);
}

int gm__sax_attr_int(const struct gm__sax *x, int token, int missing) {
    struct gm_str s;
    return gm__sax_attr(x, token, &s) ? gm__str_int(s, missing) : missing;
}
