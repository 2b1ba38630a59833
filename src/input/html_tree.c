/*
 * html_tree.c - from bytes of HTML to a bounded libxml2 tree.
 *
 * The encoding is settled before libxml2 sees a byte: byte order mark, then what the page declares, then the guess of
 * gm__decode. No entity, style sheet or picture is ever fetched.
 */
#include "input/html_tree.h"
#include "input/para.h"
#include "input/xml_watch.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <limits.h>

#define FLAT_DEPTH   500  /* deeper elements become siblings, as in browsers: unclosed <font> of old pages */
#define MAX_ATTRS    4000 /* words in one tag; libxml2 compares each attribute with all before it */
#define MIN_DEPTH    1000 /* bounds of what is read at all */
#define MAX_DEPTH    20000
#define SEARCH       200000000 /* libxml2 looks the whole stack through for each end tag without a start */
#define HEAD         4096      /* where a declaration of the encoding is looked for */
#define ELEMENT_COST 200       /* bytes of memory, roughly */
#define ATTR_COST    280

const char *gm__html_attribute(const xmlNode *node, const char *name) {
    if (node->type != XML_ELEMENT_NODE) return NULL;
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

bool gm__html_is(const xmlNode *node, const char *names) {
    return node->type == XML_ELEMENT_NODE &&
           gm__has_word(names, (const char *)node->name, strlen((const char *)node->name));
}

const xmlNode *gm__html_next(const xmlNode *root, const xmlNode *node, bool skip) {
    if (!skip && node->children && node->type != XML_ENTITY_REF_NODE) return node->children;
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

static size_t visible(const char *text) {
    size_t n = 0;
    for (; *text; text++) n += (unsigned char)*text > ' ';
    return n;
}

size_t gm__html_text_size(const xmlNode *root, size_t *linked) {
    size_t all = 0, in_links = 0;
    const xmlNode *link_end = NULL; /* the first node behind the link that is open */
    bool in_link = false;
    for (const xmlNode *n = root, *next; n; n = next) {
        if (in_link && n == link_end) in_link = false;
        bool skip = gm__html_is(n, "script style template");
        next = gm__html_next(root, n, skip);
        if (!in_link && gm__html_is(n, "a") && gm__html_attribute(n, "href")) {
            in_link = true;
            link_end = gm__html_next(root, n, true);
        }
        if (n->type != XML_TEXT_NODE || !n->content) continue;
        size_t size = visible((const char *)n->content);
        all += size;
        if (in_link) in_links += size;
    }
    if (linked) *linked = in_links;
    return all;
}

/* ---------------------------------------------------------------- encoding */

/* The word behind `key` (and '=' and quotes) in the head of the page; false when it is not there. */
static bool declared_by(const char *head, size_t len, const char *key, char *out, size_t size) {
    size_t key_len = strlen(key);
    for (size_t i = 0; i + key_len < len; i++) {
        if (!gm__has_word(key, head + i, key_len)) continue;
        size_t at = i + key_len, n = 0;
        while (at < len && (head[at] == ' ' || head[at] == '=')) at++;
        if (at < len && (head[at] == '"' || head[at] == '\'')) at++;
        for (; at < len && n + 1 < size; at++, n++) {
            char c = head[at];
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
                break;
            out[n] = c;
        }
        out[n] = 0;
        if (n) return true;
    }
    return false;
}

static enum gm_status decode(const struct gm__input *in, struct gm__source *plain) {
    char name[40];
    size_t head = in->len < HEAD ? in->len : HEAD;
    bool declared = declared_by(in->bytes, head, "charset", name, sizeof name) ||
                    (head > 5 && memcmp(in->bytes, "<?xml", 5) == 0 &&
                     declared_by(in->bytes, head < 200 ? head : 200, "encoding", name, sizeof name));
    return gm__decode(in, in->bytes, in->len, declared ? name : NULL, plain);
}

/* ----------------------------------------------------------------- parsing */

struct bounds {
    size_t memory, max_memory, depth, max_depth;
    bool deep, large;
};

static void start_element(void *ctx, const xmlChar *name, const xmlChar **attributes) {
    xmlParserCtxtPtr parser = ctx;
    struct bounds *b = parser->_private;
    parser->options |= XML_PARSE_HUGE; /* the bounds are ours */
    b->memory += ELEMENT_COST;
    for (size_t i = 0; attributes && attributes[i]; i += 2) b->memory += ATTR_COST;
    b->deep = b->deep || b->depth >= b->max_depth;
    b->large = b->large || b->memory > b->max_memory;
    if (b->deep || b->large) {
        xmlStopParser(parser);
        return;
    }
    xmlSAX2StartElement(ctx, name, attributes);
    if (++b->depth > FLAT_DEPTH) (void)nodePop(parser);
}

static void end_element(void *ctx, const xmlChar *name) {
    xmlParserCtxtPtr parser = ctx;
    struct bounds *b = parser->_private;
    if (b->deep || b->large) return;
    if (b->depth <= FLAT_DEPTH) xmlSAX2EndElement(ctx, name);
    if (b->depth) b->depth--;
}

static size_t max_depth(const char *text, size_t len) {
    size_t ends = 1;
    for (size_t i = 1; i < len; i++) ends += text[i - 1] == '<' && text[i] == '/';
    size_t depth = SEARCH / ends;
    return depth < MIN_DEPTH ? MIN_DEPTH : depth > MAX_DEPTH ? MAX_DEPTH : depth;
}

/* Length of what is a comment by the letter of HTML though it looks like none, <![if !supportLists]> of Word for one,
 * and what libxml2 takes for text; 0 when nothing of the kind begins at p. */
static size_t bogus_comment(const char *p, const char *end) {
    if (end - p < 4 || p[0] != '<' || p[1] != '!' || p[2] == '-') return 0;
    if (end - p >= 9 && gm__has_word("doctype", p + 2, 7)) return 0;
    const char *stop = memchr(p, '>', (size_t)(end - p));
    return stop ? (size_t)(stop - p) + 1 : 0;
}

/* `text` without bogus comments; itself when it has none. */
static enum gm_status strip_bogus(const char **text, size_t *len, struct gm__buf *copy) {
    const char *p = *text, *end = p + *len, *kept = p;
    enum gm_status s = GM_OK;
    while (s == GM_OK && p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        size_t n = bogus_comment(p, end);
        if (n) s = gm__buf_add(copy, kept, (size_t)(p - kept));
        p += n ? n : 1;
        if (n) kept = p;
    }
    if (kept == *text || s != GM_OK) return s;
    s = gm__buf_add(copy, kept, (size_t)(end - kept));
    *text = copy->data;
    *len = copy->len;
    return s;
}

/* Past a comment, script or style sheet that opens at p; p when none does. */
static const char *skip_raw(const char *p, const char *end) {
    static const char *const raw[][2] = {{"<!--", "-->"}, {"<script", "</script"}, {"<style", "</style"}};
    for (size_t i = 0; i < GM__COUNT(raw); i++) {
        size_t n = strlen(raw[i][0]), m = strlen(raw[i][1]);
        if ((size_t)(end - p) < n || !gm__has_word(raw[i][0], p, n)) continue;
        for (p += n; (size_t)(end - p) >= m; p++)
            if (*p == raw[i][1][0] && gm__has_word(raw[i][1], p, m)) return p;
        return end;
    }
    return p;
}

/* Is there a tag of so many words that reading it would take with their square? */
static bool has_endless_tag(const char *p, size_t len) {
    if (!len) return false;
    for (const char *end = p + len; p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL;) {
        const char *raw = skip_raw(p, end);
        if (raw != p) {
            p = raw + (raw < end);
            continue;
        }
        size_t words = 0;
        for (bool blank = false; p < end && *p != '>'; p++) {
            bool now = (unsigned char)*p <= ' ' || *p == '"' || *p == '\'' || *p == '/';
            words += now && !blank;
            blank = now;
        }
        if (words > MAX_ATTRS) return true;
    }
    return false;
}

/* NULL when memory runs out, for which the parser may have to be left by longjmp; what it was about to make is lost
 * then. */
static xmlDoc *build(htmlParserCtxtPtr parser, struct gm__xml_watch *watch, const char *text, int len) {
    jmp_buf leave;
    xmlDoc *doc;
    watch->leave = &leave;
    if (setjmp(leave) == 0)
        doc = htmlCtxtReadMemory(parser, text, len, NULL, "UTF-8",
                                 HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                     HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
    else
        doc = parser->myDoc;
    watch->leave = NULL;
    watch->no_memory = watch->no_memory || parser->errNo == XML_ERR_NO_MEMORY;
    if (!watch->no_memory) return doc;
    xmlFreeDoc(doc);
    return NULL;
}

static enum gm_status parse(const struct gm__input *in, const char *text, size_t len, xmlDoc **out) {
    if (len > INT_MAX) return gm__fail_status(in->error, GM_LIMIT);
    if (has_endless_tag(text, len)) return gm__xml_fail_crowded(in->error, MAX_ATTRS);
    struct gm__xml_watch watch;
    gm__xml_watch_begin(&watch);
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser) {
        (void)gm__xml_watch_end(&watch);
        return gm__fail_nomem(in->error);
    }
    struct bounds b = {.max_memory = in->options->limits.memory_bytes / 2, .max_depth = max_depth(text, len)};
    parser->_private = &b;
    parser->sax->startElement = start_element;
    parser->sax->endElement = end_element;
    xmlDoc *doc = build(parser, &watch, text, (int)len);
    htmlFreeParserCtxt(parser);
    if (gm__xml_watch_end(&watch)) return gm__fail_nomem(in->error);
    if (b.deep || b.large) {
        xmlFreeDoc(doc);
        return b.deep ? gm__fail(in->error, GM_LIMIT, "nested-too-deep", "elements are nested more than %zu deep",
                                 b.max_depth)
                      : gm__fail(in->error, GM_LIMIT, "memory", "the page needs more than %zu bytes of memory",
                                 b.max_memory);
    }
    if (!doc && gm__str_trim(gm__str(text, len)).len)
        return gm__fail(in->error, GM_INPUT, "bad-html", "the page cannot be parsed");
    *out = doc;
    return GM_OK;
}

enum gm_status gm__html_parse(const struct gm__input *in, const char *text, size_t len, xmlDoc **out) {
    struct gm__buf copy;
    *out = NULL;
    gm__buf_init(&copy, in->options->allocator, SIZE_MAX);
    enum gm_status s = strip_bogus(&text, &len, &copy);
    s = s == GM_OK ? parse(in, text, len, out) : gm__fail_status(in->error, s);
    gm__buf_release(&copy);
    return s;
}

enum gm_status gm__html_tree(const struct gm__input *in, struct gm__source *source, xmlDoc **out) {
    struct gm__source plain;
    *out = NULL;
    gm__source_init(&plain, in->options, source->arena);
    enum gm_status s = decode(in, &plain);
    if (s == GM_OK) s = gm__html_parse(in, plain.text, plain.text_len, out);
    if (s == GM_OK) gm__source_take(source, &plain);
    gm__source_release(&plain);
    return s;
}
