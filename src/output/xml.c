/* xml.c - see xml.h. */
#include "output/xml.h"

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

enum gm_status gm__xml_init(struct gm__xml *xml, struct gm_output *out) {
    xml->out = out;
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
    check(xml, xmlTextWriterSetIndent(xml->writer, 1));
    check(xml, xmlTextWriterSetIndentString(xml->writer, (const xmlChar *)" "));
    /* xmlTextWriterStartDocument would set up a converter from UTF-8 to UTF-8. */
    check(xml, xmlTextWriterWriteRaw(xml->writer, (const xmlChar *)"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
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

/* ----------------------------------------------------------------- escape */

enum { PASS, TEXT_ONLY, QUOTE, NON_CHARACTER, REFERENCE, FORBIDDEN };

/* What to look at more closely. QUOTE, TEXT_ONLY (tab and line feed): only in attributes. */
static const unsigned char classes[256] = {
    [0] = FORBIDDEN,    [1] = FORBIDDEN,       [2] = FORBIDDEN,   [3] = FORBIDDEN,   [4] = FORBIDDEN,
    [5] = FORBIDDEN,    [6] = FORBIDDEN,       [7] = FORBIDDEN,   [8] = FORBIDDEN,   ['\t'] = TEXT_ONLY,
    ['\n'] = TEXT_ONLY, [11] = FORBIDDEN,      [12] = FORBIDDEN,  [13] = REFERENCE,  [14] = FORBIDDEN,
    [15] = FORBIDDEN,   [16] = FORBIDDEN,      [17] = FORBIDDEN,  [18] = FORBIDDEN,  [19] = FORBIDDEN,
    [20] = FORBIDDEN,   [21] = FORBIDDEN,      [22] = FORBIDDEN,  [23] = FORBIDDEN,  [24] = FORBIDDEN,
    [25] = FORBIDDEN,   [26] = FORBIDDEN,      [27] = FORBIDDEN,  [28] = FORBIDDEN,  [29] = FORBIDDEN,
    [30] = FORBIDDEN,   [31] = FORBIDDEN,      ['&'] = REFERENCE, ['<'] = REFERENCE, ['>'] = REFERENCE,
    ['"'] = QUOTE,      [0xBF] = NON_CHARACTER};

static const char *reference(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    default: return "&#13;";
    }
}

static void raw(struct gm__xml *xml, const char *bytes, size_t len) {
    while (len > 0) {
        int part = len < 1 << 30 ? (int)len : 1 << 30;
        check(xml, xmlTextWriterWriteRawLen(xml->writer, (const xmlChar *)bytes, part));
        bytes += part;
        len -= (size_t)part;
    }
}

/*
 * Attributes are gathered and go to the writer's buffer together: a node has a dozen, and every call of the
 * writer's own costs more than the few bytes that it brings. The tag is open, so they land in it.
 */
static void flush_attributes(struct gm__xml *xml) {
    if (xml->used == 0 || xml->out->status != GM_OK) {
        xml->used = 0;
        return;
    }
    check(xml, xmlOutputBufferWrite(xml->buffer, (int)xml->used, xml->attributes));
    xml->used = 0;
}

static void gather(struct gm__xml *xml, const char *bytes, size_t len) {
    while (len > 0) {
        size_t part = sizeof xml->attributes - xml->used;
        if (part > len) part = len;
        memcpy(xml->attributes + xml->used, bytes, part);
        xml->used += part;
        bytes += part;
        len -= part;
        if (xml->used == sizeof xml->attributes) flush_attributes(xml);
    }
}

/* Skips ahead to the next byte that may not go out as it is; the end when there is none. */
static const char *plain_end(const char *p, const char *end, int least) {
    const char *start = p;
    for (; p < end; p++) {
        if (end - p >= 8) {
            uint64_t word = gm__eight(p);
            if (!(gm__any_below(word, 0x20) | gm__any_equal(word, '&') | gm__any_equal(word, '<') |
                  gm__any_equal(word, '>') | gm__any_equal(word, '"') | gm__any_equal(word, 0xBF))) {
                p += 7;
                continue;
            }
        }
        int class = classes[(unsigned char)*p];
        if (class < least) continue;
        if (class != NON_CHARACTER) return p;
        /* U+FFFE and U+FFFF are EF BF BE and EF BF BF; EF itself begins every full-width comma. */
        if (p > start && (unsigned char)p[-1] == 0xEF && (unsigned char)p[1] >= 0xBE) return p - 1;
    }
    return end;
}

/* least: NON_CHARACTER in text, TEXT_ONLY in attributes */
static void escaped(struct gm__xml *xml, struct gm_str s, int least,
                    void (*write)(struct gm__xml *xml, const char *bytes, size_t len)) {
    const char *p = s.ptr, *end = p + s.len;
    while (p < end) {
        const char *stop = plain_end(p, end, least);
        write(xml, p, (size_t)(stop - p));
        if (stop == end) return;
        bool non_character = (unsigned char)*stop == 0xEF;
        bool forbidden = non_character || classes[(unsigned char)*stop] == FORBIDDEN;
        const char *instead = forbidden ? "\xEF\xBF\xBD" : reference(*stop);
        write(xml, instead, strlen(instead));
        p = stop + (non_character ? 3 : 1);
    }
}

/* ------------------------------------------------------------------ calls */

void gm__xml_open(struct gm__xml *xml, const char *name) {
    flush_attributes(xml);
    if (xml->out->status == GM_OK) check(xml, xmlTextWriterStartElement(xml->writer, (const xmlChar *)name));
}

void gm__xml_close(struct gm__xml *xml) {
    flush_attributes(xml);
    if (xml->out->status == GM_OK) check(xml, xmlTextWriterEndElement(xml->writer));
}

void gm__xml_text(struct gm__xml *xml, struct gm_str text) {
    flush_attributes(xml);
    if (xml->out->status == GM_OK) escaped(xml, text, NON_CHARACTER, raw);
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

void gm__xml_attr_text(struct gm__xml *xml, struct gm_str text) { escaped(xml, text, TEXT_ONLY, gather); }

void gm__xml_attr_close(struct gm__xml *xml) { gather(xml, "\"", 1); }

void gm__xml_attr(struct gm__xml *xml, const char *name, struct gm_str value) {
    if (!value.len) return;
    gm__xml_attr_open(xml, name);
    gm__xml_attr_text(xml, value);
    gm__xml_attr_close(xml);
}

void gm__xml_attr_number(struct gm__xml *xml, const char *name, int64_t value) {
    char digits[24];
    gm__xml_attr(xml, name, gm__digits(value, digits));
}

enum gm_status gm__xml_finish(struct gm__xml *xml) {
    flush_attributes(xml);
    if (xml->out->status == GM_OK) check(xml, xmlTextWriterFlush(xml->writer));
    return xml->out->status;
}
