/* xml.c - see xml.h. */
#include "output/xml.h"

#include <libxml/parser.h>

/* A failure of the sink is kept by the output; told of it, libxml2 would only raise a message of its own. */
static int send(void *ctx, const char *bytes, int len) {
    (void)gm_output_write(ctx, bytes, (size_t)len);
    return len;
}

static void quiet(void *ctx, xmlErrorPtr error) {
    (void)ctx;
    (void)error;
}

GM__PRINTF(2, 3) static void print_nothing(void *ctx, const char *format, ...) {
    (void)ctx;
    (void)format;
}

/* A writer that is used rightly and whose sink never fails can only lack memory. */
static void check(struct gm__xml *xml, int result) {
    if (result < 0) (void)gm_output_fail(xml->out, GM_NOMEM, "out of memory");
}

/* ----------------------------------------------------------------- pieces */

static void raw(struct gm__xml *xml, const char *bytes, size_t len) {
    while (len > 0) {
        int part = len < 1 << 30 ? (int)len : 1 << 30;
        check(xml, xmlTextWriterWriteRawLen(xml->writer, (const xmlChar *)bytes, part));
        bytes += part;
        len -= (size_t)part;
    }
}

/* Into the writer's start tag, which it would close before anything that it is told to write. */
static void into_tag(struct gm__xml *xml, const char *bytes, size_t len) {
    if (len) check(xml, xmlOutputBufferWrite(xml->buffer, (int)len, bytes));
}

/* The leaf holds another element, or more than fits: let the writer have it. */
static void open_leaf(struct gm__xml *xml) {
    size_t attributes = xml->tag + 1 + strlen(xml->leaf), end = xml->content ? xml->content - 1 : xml->used;
    raw(xml, xml->pieces, xml->tag);
    check(xml, xmlTextWriterStartElement(xml->writer, (const xmlChar *)xml->leaf));
    into_tag(xml, xml->pieces + attributes, end - attributes);
    if (xml->content) raw(xml, xml->pieces + xml->content, xml->used - xml->content);
    xml->leaf = NULL;
}

static void spill(struct gm__xml *xml) {
    if (xml->out->status == GM_OK) {
        if (xml->leaf)
            open_leaf(xml);
        else if (xml->in_tag)
            into_tag(xml, xml->pieces, xml->used);
        else
            raw(xml, xml->pieces, xml->used);
    }
    xml->leaf = NULL;
    xml->used = xml->content = 0;
}

static void gather_much(struct gm__xml *xml, const char *bytes, size_t len) {
    spill(xml);
    for (; len > sizeof xml->pieces; bytes += sizeof xml->pieces, len -= sizeof xml->pieces) {
        memcpy(xml->pieces, bytes, xml->used = sizeof xml->pieces);
        spill(xml);
    }
    memcpy(xml->pieces, bytes, xml->used = len);
}

static inline void gather(struct gm__xml *xml, const char *bytes, size_t len) {
    if (GM__UNLIKELY(len > sizeof xml->pieces - xml->used)) {
        gather_much(xml, bytes, len);
        return;
    }
    memcpy(xml->pieces + xml->used, bytes, len);
    xml->used += len;
}

static void indent(struct gm__xml *xml) {
    static const char blanks[] = "                                                                ";
    size_t most = sizeof blanks - 1;
    for (size_t left = xml->depth, n; left; left -= n) gather(xml, blanks, n = left < most ? left : most);
}

/* --------------------------------------------------------- begin and finish */

static void set_up_sets(struct gm__xml *xml) {
    struct gm__byte_set set = {.low = {0}};
    gm__byte_set_add(&set, 0, 8);
    gm__byte_set_add(&set, 11, 31);
    gm__byte_set_add(&set, '&', '&');
    gm__byte_set_add(&set, '<', '<');
    gm__byte_set_add(&set, '>', '>');
    gm__byte_set_add(&set, 0xBF, 0xBF); /* of U+FFFE and U+FFFF */
    xml->in_text = set;
    gm__byte_set_add(&set, '\t', '\n');
    gm__byte_set_add(&set, '"', '"');
    xml->in_attribute = set;
    xml->span = gm__span_best();
}

enum gm_status gm__xml_init(struct gm__xml *xml, struct gm_output *out) {
    xml->out = out;
    xmlInitParser(); /* else the first threads would race to set up libxml2 */
    xml->saved_func = xmlStructuredError;
    xml->saved_ctx = xmlStructuredErrorContext;
    xml->started = true;
    xml->saved_printer = xmlGenericError;
    xml->saved_printer_ctx = xmlGenericErrorContext;
    xmlSetStructuredErrorFunc(NULL, quiet);
    xmlSetGenericErrorFunc(NULL, print_nothing);
    xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(send, NULL, out, NULL);
    if (buffer) xml->writer = xmlNewTextWriter(buffer);
    xml->buffer = buffer;
    if (!xml->writer) {
        if (buffer) (void)xmlOutputBufferClose(buffer);
        return gm_output_fail(out, GM_NOMEM, "out of memory");
    }
    set_up_sets(xml);
    /* xmlTextWriterStartDocument would set up a converter from UTF-8 to UTF-8. */
    gather(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", 39);
    return out->status;
}

void gm__xml_release(struct gm__xml *xml) {
    if (xml->writer) xmlFreeTextWriter(xml->writer);
    if (xml->started) {
        xmlSetStructuredErrorFunc(xml->saved_ctx, xml->saved_func);
        xmlSetGenericErrorFunc(xml->saved_printer_ctx, xml->saved_printer);
    }
    *xml = (struct gm__xml){0};
}

enum gm_status gm__xml_finish(struct gm__xml *xml) {
    spill(xml);
    if (xml->out->status == GM_OK) check(xml, xmlTextWriterFlush(xml->writer));
    return xml->out->status;
}

/* ----------------------------------------------------------------- escape */

static const char *reference(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default: return "\xEF\xBF\xBD"; /* not allowed */
    }
}

/* Is 0xBF at p the middle of U+FFFE or U+FFFF, EF BF BE and EF BF BF? */
static bool is_non_character(const char *begin, const char *p, const char *end) {
    return p > begin && end - p > 1 && (unsigned char)p[-1] == 0xEF && (unsigned char)p[1] >= 0xBE;
}

static void escaped(struct gm__xml *xml, struct gm_str s, const struct gm__byte_set *set) {
    if (!s.len) return;
    const char *p = s.ptr, *end = p + s.len, *run = p; /* run: what goes out as it is */
    while ((p += xml->span->until(p, (size_t)(end - p), set)) < end) {
        bool middle = (unsigned char)*p == 0xBF;
        if (middle && !is_non_character(s.ptr, p, end)) {
            p++;
            continue;
        }
        const char *stop = middle ? p - 1 : p, *instead = reference(*p);
        gather(xml, run, (size_t)(stop - run));
        gather(xml, instead, strlen(instead));
        run = p += middle ? 2 : 1;
    }
    gather(xml, run, (size_t)(end - run));
}

/* ------------------------------------------------------------------ calls */

void gm__xml_open(struct gm__xml *xml, const char *name) {
    size_t len = strlen(name);
    if (xml->leaf || xml->in_tag) spill(xml);
    if (xml->in_tag) { /* the first thing in its element */
        xml->in_tag = false;
        gather(xml, "\n", 1);
    }
    indent(xml);
    if (sizeof xml->pieces - xml->used <= len) spill(xml);
    xml->tag = xml->used;
    gather(xml, "<", 1);
    gather(xml, name, len);
    xml->leaf = name;
    xml->in_tag = true;
    xml->depth++;
}

void gm__xml_close(struct gm__xml *xml) {
    xml->depth--;
    if (xml->leaf && sizeof xml->pieces - xml->used < strlen(xml->leaf) + 4) spill(xml);
    if (xml->leaf && xml->in_tag) {
        gather(xml, "/>\n", 3);
    } else if (xml->leaf) {
        gather(xml, "</", 2);
        gather(xml, xml->leaf, strlen(xml->leaf));
        gather(xml, ">\n", 2);
    } else {
        if (xml->after_end && !xml->in_tag) indent(xml);
        spill(xml);
        if (xml->out->status == GM_OK) check(xml, xmlTextWriterEndElement(xml->writer));
        xml->in_tag = false;
        gather(xml, "\n", 1);
    }
    xml->leaf = NULL;
    xml->content = 0;
    xml->in_tag = false;
    xml->after_end = true;
}

void gm__xml_text(struct gm__xml *xml, struct gm_str text) {
    if (!text.len) return;
    if (xml->in_tag && (!xml->leaf || xml->used == sizeof xml->pieces)) spill(xml);
    if (xml->in_tag && xml->leaf) {
        xml->pieces[xml->used++] = '>';
        xml->content = xml->used;
    }
    xml->in_tag = xml->after_end = false;
    escaped(xml, text, &xml->in_text);
}

void gm__xml_element(struct gm__xml *xml, const char *name, struct gm_str text) {
    gm__xml_open(xml, name);
    gm__xml_text(xml, text);
    gm__xml_close(xml);
}

void gm__xml_attr_open(struct gm__xml *xml, const char *name) {
    gather(xml, " ", 1);
    gather(xml, name, strlen(name));
    gather(xml, "=\"", 2);
}

void gm__xml_attr_text(struct gm__xml *xml, struct gm_str text) { escaped(xml, text, &xml->in_attribute); }

void gm__xml_attr_close(struct gm__xml *xml) { gather(xml, "\"", 1); }

void gm__xml_attr(struct gm__xml *xml, const char *name, struct gm_str value) {
    if (!value.len) return;
    gm__xml_attr_open(xml, name);
    gm__xml_attr_text(xml, value);
    gm__xml_attr_close(xml);
}

void gm__xml_attr_number(struct gm__xml *xml, const char *name, int64_t value) {
    char digits[24];
    struct gm_str number = gm__digits(value, digits);
    gm__xml_attr_open(xml, name);
    gather(xml, number.ptr, number.len);
    gm__xml_attr_close(xml);
}
