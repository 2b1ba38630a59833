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

/* The elements that are open in the pieces hold more than fits: let the writer have them. */
static void hand_over(struct gm__xml *xml) {
    size_t from = 0;
    for (uint32_t i = 0; i < xml->held; i++) {
        const struct gm__xml_held *h = &xml->holds[i];
        size_t attributes = h->tag + 1 + h->len, end = h->content ? h->content - 1 : xml->used;
        raw(xml, xml->pieces + from, h->tag - from);
        check(xml, xmlTextWriterStartElement(xml->writer, (const xmlChar *)h->name));
        into_tag(xml, xml->pieces + attributes, end - attributes);
        from = h->content ? h->content : xml->used;
    }
    raw(xml, xml->pieces + from, xml->used - from);
}

/* U+FFFE and U+FFFF become U+FFFD, of the same length. */
static void replace_non_characters(struct gm__xml *xml) {
    char *p = xml->pieces, *end = p + xml->used;
    while ((p += xml->span->non_character(p, (size_t)(end - p))) < end) p[2] = '\xBD';
}

void gm__xml_spill(struct gm__xml *xml) {
    if (xml->out->status == GM_OK) {
        replace_non_characters(xml);
        if (xml->in_tag && !xml->held)
            into_tag(xml, xml->pieces, xml->used);
        else
            hand_over(xml);
    }
    xml->held = 0;
    xml->used = 0;
}

static inline size_t room(const struct gm__xml *xml) { return sizeof xml->pieces - xml->used; }

/* So much of the text, or a little less: no character is cut in two. */
static size_t whole_characters(const char *text, size_t len) {
    size_t whole = len;
    while (len - whole < 3 && ((unsigned char)text[whole] & 0xC0) == 0x80) whole--;
    return whole;
}

static void gather_much(struct gm__xml *xml, const char *bytes, size_t len) {
    gm__xml_spill(xml);
    for (size_t part; len > sizeof xml->pieces; bytes += part, len -= part) {
        part = whole_characters(bytes, sizeof xml->pieces);
        memcpy(xml->pieces, bytes, xml->used = part);
        gm__xml_spill(xml);
    }
    memcpy(xml->pieces, bytes, xml->used = len);
}

static inline void gather(struct gm__xml *xml, const char *bytes, size_t len) {
    if (GM__UNLIKELY(len > room(xml))) {
        gather_much(xml, bytes, len);
        return;
    }
    memcpy(xml->pieces + xml->used, bytes, len);
    xml->used += len;
}

static const char blanks[] = "                                ";
#define BLANKS (sizeof blanks - 1)

static void indent(struct gm__xml *xml) {
    for (size_t left = xml->depth, n; left; left -= n) gather(xml, blanks, n = left < BLANKS ? left : BLANKS);
}

/* Is there room for the indentation, put in one go, and `len` bytes behind it? */
static inline bool has_room(const struct gm__xml *xml, size_t len) {
    return GM__LIKELY(xml->depth <= BLANKS && room(xml) >= BLANKS + len);
}

static inline char *put_blanks(char *to, size_t depth) {
    memcpy(to, blanks, BLANKS); /* all of them, which needs no loop */
    return to + depth;
}

/* Two loads that overlap. */
static inline char *put_name(char *to, const char *name, size_t len) {
    if (len >= 4 && len <= 8) {
        memcpy(to, name, 4);
        memcpy(to + len - 4, name + len - 4, 4);
    } else {
        memcpy(to, name, len);
    }
    return to + len;
}

/* --------------------------------------------------------- begin and finish */

static void set_up_sets(struct gm__xml *xml) {
    struct gm__byte_set set = {.low = {0}};
    gm__byte_set_add(&set, 0, 8);
    gm__byte_set_add(&set, 11, 31);
    gm__byte_set_add(&set, '&', '&');
    gm__byte_set_add(&set, '<', '<');
    gm__byte_set_add(&set, '>', '>');
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
    gm__xml_spill(xml);
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
    default: return "\xEF\xBF\xBD"; /* a control character: not allowed */
    }
}

static void escaped(struct gm__xml *xml, struct gm_str s, const struct gm__byte_set *set) {
    const char *p = s.ptr, *end = p + s.len;
    while (p < end) {
        size_t plain = xml->span->until(p, (size_t)(end - p), set);
        gather(xml, p, plain);
        p += plain;
        if (p == end) return;
        const char *instead = reference(*p++);
        gather(xml, instead, strlen(instead));
    }
}

/* ------------------------------------------------------------------ calls */

static inline char *put(char *to, const char *bytes, size_t len) {
    memcpy(to, bytes, len);
    return to + len;
}

/* What comes next is the first thing in the innermost element. */
static void end_tag(struct gm__xml *xml) {
    if (xml->held && room(xml) > 0) {
        xml->pieces[xml->used++] = '>';
        xml->holds[xml->held - 1].content = (uint32_t)xml->used;
    } else {
        gm__xml_spill(xml);
    }
    xml->in_tag = false;
}

/* Where there is room for little, or more to indent than usual. */
static void open_anywhere(struct gm__xml *xml, const char *name, size_t len) {
    if (xml->held == GM__COUNT(xml->holds)) gm__xml_spill(xml);
    if (xml->in_tag) {
        end_tag(xml);
        gather(xml, "\n", 1);
    }
    indent(xml);
    if (room(xml) <= len) gm__xml_spill(xml);
    xml->holds[xml->held++] = (struct gm__xml_held){name, (uint32_t)len, (uint32_t)xml->used, 0};
    gather(xml, "<", 1);
    gather(xml, name, len);
}

void gm__xml_open_named(struct gm__xml *xml, const char *name, size_t len) {
    bool first = xml->in_tag; /* thing in its element */
    if (has_room(xml, len + 3) && xml->held < GM__COUNT(xml->holds) && (xml->held || !first)) {
        char *to = xml->pieces + xml->used;
        if (first) {
            to = put(to, ">\n", 2);
            xml->holds[xml->held - 1].content = (uint32_t)xml->used + 1;
        }
        to = put_blanks(to, xml->depth);
        xml->holds[xml->held++] = (struct gm__xml_held){name, (uint32_t)len, (uint32_t)(to - xml->pieces), 0};
        *to = '<';
        xml->used = (size_t)(put_name(to + 1, name, len) - xml->pieces);
    } else {
        open_anywhere(xml, name, len);
    }
    xml->in_tag = true;
    xml->depth++;
}

/* There is room. */
static void close_held(struct gm__xml *xml) {
    const struct gm__xml_held *h = &xml->holds[--xml->held];
    char *to = xml->pieces + xml->used;
    if (xml->in_tag) {
        xml->used = (size_t)(put(to, "/>\n", 3) - xml->pieces);
        return;
    }
    if (xml->after_end) to = put_blanks(to, xml->depth);
    to = put_name(put(to, "</", 2), h->name, h->len);
    xml->used = (size_t)(put(to, ">\n", 2) - xml->pieces);
}

static void close_opened(struct gm__xml *xml) {
    if (xml->after_end && !xml->in_tag) indent(xml);
    gm__xml_spill(xml);
    if (xml->out->status == GM_OK) check(xml, xmlTextWriterEndElement(xml->writer));
    xml->in_tag = false;
    gather(xml, "\n", 1);
}

void gm__xml_close(struct gm__xml *xml) {
    xml->depth--;
    if (xml->held && !has_room(xml, xml->holds[xml->held - 1].len + 4)) gm__xml_spill(xml);
    if (GM__LIKELY(xml->held))
        close_held(xml);
    else
        close_opened(xml);
    xml->in_tag = false;
    xml->after_end = true;
}

void gm__xml_text(struct gm__xml *xml, struct gm_str text) {
    if (!text.len) return;
    if (xml->in_tag) end_tag(xml);
    xml->after_end = false;
    escaped(xml, text, &xml->in_text);
}

void gm__xml_element(struct gm__xml *xml, const char *name, struct gm_str text) {
    gm__xml_open(xml, name);
    gm__xml_text(xml, text);
    gm__xml_close(xml);
}

void gm__xml_attr_text(struct gm__xml *xml, struct gm_str text) { escaped(xml, text, &xml->in_attribute); }

/* Puts them where there is room, and looks at them there, once: where they end, NULL when something must be escaped. */
static inline char *put_heading(const struct gm__xml *xml, char *to, struct gm_str label, bool space,
                                struct gm_str title) {
    size_t len = label.len + space + title.len;
    char *end = gm__put_bytes(to, label.ptr, label.len);
    if (space) *end++ = ' ';
    end = gm__put_bytes(end, title.ptr, title.len);
    return xml->span->until(to, len, &xml->in_attribute) == len ? end : NULL;
}

void gm__xml_attr_heading(struct gm__xml *xml, struct gm_str label, bool space, struct gm_str title) {
    if (label.len + space + title.len <= room(xml)) {
        const char *end = put_heading(xml, xml->pieces + xml->used, label, space, title);
        if (end) {
            xml->used = (size_t)(end - xml->pieces);
            return;
        }
    }
    escaped(xml, label, &xml->in_attribute);
    if (space) gather(xml, " ", 1);
    escaped(xml, title, &xml->in_attribute);
}

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

/* The whole element in one go; false when something must be escaped or the writer has to have its part. */
static bool put_leaf(struct gm__xml *xml, const struct gm__xml_tag *tag, struct gm_str label, bool space,
                     struct gm_str title) {
    if (!has_room(xml, label.len + title.len + tag->len + 7) || (xml->in_tag && !xml->held)) return false;
    char *begin = xml->pieces + xml->used, *to = begin;
    if (xml->in_tag) to = put(to, ">\n", 2);
    to = put_blanks(to, xml->depth);
    memcpy(to, tag->begin, tag->len);
    to = put_heading(xml, to + tag->len, label, space, title);
    if (!to) return false;
    if (xml->in_tag) xml->holds[xml->held - 1].content = (uint32_t)xml->used + 1;
    xml->used = (size_t)(put(to, "\"/>\n", 4) - xml->pieces);
    xml->in_tag = false;
    xml->after_end = true;
    return true;
}

void gm__xml_leaf(struct gm__xml *xml, const struct gm__xml_tag *tag, struct gm_str label, bool space,
                  struct gm_str title) {
    if (put_leaf(xml, tag, label, space, title)) return;
    gm__xml_open(xml, tag->name);
    gm__xml_attr_open(xml, tag->attribute);
    gm__xml_attr_heading(xml, label, space, title);
    gm__xml_attr_close(xml);
    gm__xml_close(xml);
}
