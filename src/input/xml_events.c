/* xml_events.c - XML as events, through libxml2's SAX2 interface. */
#include "input/xml_events.h"

#include "input/para.h"
#include "input/xml_watch.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

struct parse {
    const struct gm__input *in;
    const struct gm__xml_events *events;
    void *ctx;
    xmlParserCtxtPtr parser;
    size_t depth, foreign; /* elements that are open; of a foreign namespace, and what is in it */
    size_t max_depth;
    enum gm_status status;
    struct gm__xml_tag tag;
};

static void stop(struct parse *p, enum gm_status s) {
    if (s == GM_OK || p->status != GM_OK) return;
    p->status = s;
    xmlStopParser(p->parser);
}

struct gm_str gm__xml_attribute(const struct gm__xml_attrs *attrs, const char *name) {
    for (size_t i = 0; i < attrs->count; i++) { /* local name, prefix, URI, value, end */
        const unsigned char *const *a = attrs->raw + 5 * i;
        if (!a[2] && strcmp((const char *)a[0], name) == 0)
            return (struct gm_str){(const char *)a[3], (size_t)(a[4] - a[3])};
    }
    return (struct gm_str){NULL, 0};
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns_count,
                     const xmlChar **ns, int count, int defaulted, const xmlChar **attrs) {
    struct parse *p = ctx;
    (void)uri;
    (void)ns;
    (void)defaulted;
    if (p->status != GM_OK) return;
    if (gm__xml_crowded(p->parser, count + ns_count))
        stop(p, gm__xml_fail_crowded(p->in->error, GM__MAX_ATTRS));
    else if (++p->depth > p->max_depth)
        stop(p, gm__fail(p->in->error, GM_LIMIT, "nested-too-deep", "elements are nested more than %zu deep",
                         p->max_depth));
    else if (p->foreign || prefix)
        p->foreign++;
    else {
        struct gm__xml_attrs a = {attrs, count > 0 ? (size_t)count : 0};
        stop(p, p->events->start(p->ctx, (const char *)name, &a));
    }
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    struct parse *p = ctx;
    (void)prefix;
    (void)uri;
    if (p->status != GM_OK) return;
    p->depth--;
    if (p->foreign)
        p->foreign--;
    else
        stop(p, p->events->end(p->ctx, (const char *)name));
}

static void on_text(void *ctx, const xmlChar *text, int len) {
    struct parse *p = ctx;
    if (p->status == GM_OK && !p->foreign && p->events->text)
        stop(p, p->events->text(p->ctx, (const char *)text, (size_t)len));
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                      xmlChar *content) {
    struct parse *p = ctx;
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
    stop(p, gm__fail(p->in->error, GM_INPUT, "entities", "the document declares entities (%.40s), which are refused",
                     (const char *)name));
}

static void on_error(void *ctx, xmlErrorPtr e) {
    struct parse *p = ctx;
    if (p->status != GM_OK || e->level < XML_ERR_ERROR) return;
    if (e->code == XML_ERR_NO_MEMORY) {
        stop(p, gm__fail_nomem(p->in->error));
        return;
    }
    int len = e->message ? (int)strcspn(e->message, "\n") : 0;
    if (e->code != XML_ERR_USER_STOP && e->domain == XML_FROM_PARSER) {
        enum gm_status s =
            e->code == XML_ERR_DOCUMENT_EMPTY
                ? gm__fail(p->in->error, GM_INPUT, "bad-xml", "this is not XML: it does not begin with <")
                : gm__fail(p->in->error, GM_INPUT, "bad-xml", "the XML is damaged: %.*s", len < 200 ? len : 200,
                           e->message ? e->message : "");
        p->in->error->line = e->line > 0 ? (uint32_t)e->line : 0;
        p->in->error->column = e->int2 > 0 ? (uint32_t)e->int2 : 0;
        stop(p, s);
    }
}

static const xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .ignorableWhitespace = on_text,
    .entityDecl = on_entity,
    .serror = on_error,
};

/* By pieces: given all of it at once, libxml2 2.9 falls over when it has no memory to look ahead. */
static void feed(struct parse *p, struct gm_str text) {
    const size_t most = (size_t)64 * 1024;
    for (size_t at = 0, n; at < text.len && p->status == GM_OK && !p->parser->disableSAX; at += n) {
        n = text.len - at < most ? text.len - at : most;
        (void)xmlParseChunk(p->parser, text.ptr + at, (int)n, 0);
        if (gm__xml_endless_tag(p->parser, &p->tag)) stop(p, gm__xml_fail_crowded(p->in->error, GM__MAX_ATTRS));
    }
    if (p->status == GM_OK && !p->parser->disableSAX) (void)xmlParseChunk(p->parser, "", 0, 1);
}

static enum gm_status parse(struct parse *p, struct gm_str text) {
    xmlSAXHandler sax = handler;
    struct gm__xml_watch watch;
    gm__xml_watch_begin(&watch);
    p->parser = xmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL);
    if (!p->parser) {
        (void)gm__xml_watch_end(&watch);
        return gm__fail_nomem(p->in->error);
    }
    /* NOENT has &amp; and its like resolved; other entities cannot be declared. */
    (void)xmlCtxtUseOptions(p->parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC |
                                           XML_PARSE_NOCDATA);
    feed(p, text);
    bool well = p->parser->wellFormed;
    /* Out of memory libxml2 stops, and goes on calling the document well-formed. */
    bool halted = gm__xml_watch_end(&watch) || p->parser->errNo == XML_ERR_NO_MEMORY || p->parser->disableSAX;
    if (p->parser->myDoc) xmlFreeDoc(p->parser->myDoc); /* where libxml2 keeps what an entity's declaration says */
    xmlFreeParserCtxt(p->parser);
    if (p->status == GM_OK && well && halted) p->status = gm__fail_nomem(p->in->error);
    if (p->status == GM_OK && !well) p->status = gm__fail(p->in->error, GM_INPUT, "bad-xml", "the XML is damaged");
    return p->status;
}

/* encoding="…" of the XML declaration; "" when there is none. */
static void declared(const struct gm__input *in, char out[40]) {
    size_t len = in->len < 200 ? in->len : 200, n = 0;
    out[0] = 0;
    if (len < 6 || memcmp(in->bytes, "<?xml", 5) != 0) return;
    for (size_t i = 5; i + 11 < len && in->bytes[i] != '>'; i++) {
        if (memcmp(in->bytes + i, "encoding", 8) != 0) continue;
        for (i += 8; i < len && strchr(" =\"'", in->bytes[i]); i++) continue;
        while (i < len && n < 39 && !strchr("\"' ?>", in->bytes[i])) out[n++] = in->bytes[i++];
        break;
    }
    out[n] = 0;
}

enum gm_status gm__xml_parse(const struct gm__input *in, struct gm__source *out, const struct gm__xml_events *events,
                             void *ctx) {
    char name[40];
    struct gm__source plain;
    gm__source_init(&plain, in->options, out->arena);
    declared(in, name);
    enum gm_status s = gm__decode(in, in->bytes, in->len, name[0] ? name : NULL, &plain);
    if (s == GM_OK) {
        struct parse p = {
            .in = in, .events = events, .ctx = ctx, .max_depth = (size_t)in->options->limits.depth * 2 + 64};
        gm__source_take(out, &plain);
        s = parse(&p, gm__str(plain.text, plain.text_len));
    }
    gm__source_release(&plain);
    return s;
}

/* Past a comment, a processing instruction or the like that begins at i. */
static size_t skip_markup(const unsigned char *head, size_t len, size_t i) {
    bool comment = i + 4 < len && memcmp(head + i, "<!--", 4) == 0;
    for (; i < len; i++)
        if (head[i] == '>' && (!comment || (head[i - 1] == '-' && head[i - 2] == '-'))) return i + 1;
    return len;
}

/* White space, and what byte order marks and UTF-16 are made of. */
static bool is_filling(unsigned char c) {
    return c <= ' ' || c == 0xEF || c == 0xBB || c == 0xBF || c == 0xFE || c == 0xFF;
}

bool gm__begins_markup(const unsigned char *head, size_t len) {
    size_t i = 0;
    while (i < len && is_filling(head[i])) i++;
    return i < len && head[i] == '<';
}

void gm__first_element(const unsigned char *bytes, size_t bytes_len, char *out, size_t size) {
    unsigned char head[4096]; /* without the zero bytes of UTF-16 */
    size_t n = 0, i = 0, len = 0;
    *out = 0;
    if (!gm__begins_markup(bytes, bytes_len)) return; /* nearly all texts */
    for (size_t k = 0; k < bytes_len && len < sizeof head; k++)
        if (bytes[k]) head[len++] = bytes[k];
    while (i < len) {
        unsigned char c = head[i];
        bool markup = c == '<' && i + 2 < len && (head[i + 1] == '?' || (head[i + 1] == '!' && head[i + 2] == '-'));
        if (!is_filling(c) && !markup) break;
        i = markup ? skip_markup(head, len, i) : i + 1;
    }
    i = i < len && head[i] == '<' ? i + 1 : len;
    if (i + 9 < len && gm__has_word("!doctype", (const char *)head + i, 8)) /* <!DOCTYPE name */
        for (i += 8; i < len && head[i] <= ' ';) i++;
    for (; i < len && n + 1 < size && !strchr(" \t\r\n>/[", head[i]); i++)
        out[n++] = (char)(head[i] >= 'A' && head[i] <= 'Z' ? head[i] + 32 : head[i]);
    out[n] = 0;
}
