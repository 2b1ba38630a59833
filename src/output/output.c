/* output.c - the walk that drives a writer, its buffered sink, and what writers share. */
#include "output/output.h"

void gm_write_options_init(struct gm_write_options *options) {
    *options = (struct gm_write_options){.struct_size = sizeof *options};
}

const struct gm_doc *gm_output_doc(const struct gm_output *out) { return out->doc; }
const struct gm_write_options *gm_output_options(const struct gm_output *out) { return &out->options; }
enum gm_text_amount gm_output_text(const struct gm_output *out) { return out->text; }
void *gm_output_state(struct gm_output *out) { return out->state; }

enum gm_status gm_output_fail(struct gm_output *out, enum gm_status status, const char *message) {
    if (out->status == GM_OK) {
        out->status = status;
        (void)gm__fail(out->error, status, status == GM_NOMEM ? "out-of-memory" : "write-failed", "%s", message);
    }
    return out->status;
}

static enum gm_status send(struct gm_output *out, const char *bytes, size_t len) {
    if (len == 0) return GM_OK;
    enum gm_status s = out->sink->write(out->sink->ctx, bytes, len);
    return s == GM_OK ? GM_OK : gm_output_fail(out, s, "the output cannot be written");
}

enum gm_status gm__output_flush(struct gm_output *out) {
    if (out->status != GM_OK) return out->status;
    size_t used = out->used;
    out->used = 0;
    return send(out, out->buffer, used);
}

enum gm_status gm_output_write(struct gm_output *out, const char *bytes, size_t len) {
    if (out->status != GM_OK) return out->status;
    if (len > sizeof out->buffer - out->used) {
        if (gm__output_flush(out) != GM_OK) return out->status;
        if (len > sizeof out->buffer) return send(out, bytes, len);
    }
    if (len) memcpy(out->buffer + out->used, bytes, len);
    out->used += len;
    return GM_OK;
}

enum gm_status gm_output_puts(struct gm_output *out, const char *string) {
    return gm_output_write(out, string, strlen(string));
}

/* ------------------------------------------------------------------ views */

static bool at_limit(const struct gm_output *out, gm_node node) {
    return out->options.depth != 0 && out->doc->nodes[node].level >= out->options.depth;
}

gm_node gm_output_first_child(const struct gm_output *out, gm_node node) {
    return at_limit(out, node) ? GM_NO_NODE : out->doc->nodes[node].first;
}

void gm_output_texts(const struct gm_output *out, gm_node node, enum gm_text_part part, struct gm_texts *texts) {
    if (out->text == GM_TEXT_NONE) {
        *texts = (struct gm_texts){.doc = out->doc};
        return;
    }
    gm_texts_init(texts, out->doc, node, part);
    if (out->text == GM_TEXT_LEAD && part == GM_TEXT_TAIL) {
        texts->end = texts->at;
    } else if (part == GM_TEXT_OWN && at_limit(out, node)) {
        texts->end = out->doc->nodes[node].end;
    }
    if (out->text == GM_TEXT_LEAD && texts->at < texts->end) { /* one paragraph */
        struct gm_texts probe = *texts;
        struct gm_str first;
        if (gm_texts_next(&probe, &first)) texts->end = probe.at;
    }
}

/* Does a label end in a bare number, that ran into the title without a blank: 一　宗旨, Ⅰ　总论, 二の三, イ　平面図? */
static bool ends_in_number(uint32_t last) {
    switch (last) {
    case 0x3007: /* 〇零一二三四五六七八九十百千 */
    case 0x96F6:
    case 0x4E00:
    case 0x4E8C:
    case 0x4E09:
    case 0x56DB:
    case 0x4E94:
    case 0x516D:
    case 0x4E03:
    case 0x516B:
    case 0x4E5D:
    case 0x5341:
    case 0x767E:
    case 0x5343: return true;
    default: break;
    }
    return (last >= 0x2160 && last <= 0x217F) || (last >= 0x30A1 && last <= 0x30FA) ||
           (last >= 0xFF66 && last <= 0xFF9D) || (last >= 0xAC00 && last <= 0xD7A3);
}

/* No blank behind it: ，、：是要应须 */
static bool is_tight(uint32_t last) {
    return last == 0xFF0C || last == 0x3001 || last == 0xFF1A || last == 0x662F || last == 0x8981 || last == 0x5E94 ||
           last == 0x987B || last == ',' || last == ':';
}

static bool is_word(uint32_t c) { return c - '0' <= 9 || (c | 32) - 'a' <= 'z' - 'a'; }

/* GB/T 15834-2011 B.3: a blank parts 第X章, 1.2 and 一 from the title, nothing follows 、 ） ① 是. */
bool gm__heading_space(struct gm_str label, struct gm_str title) {
    if (!label.len || !title.len) return false;
    uint32_t last;
    (void)gm__utf8_decode_back(label.ptr, label.ptr + label.len, &last);
    if (last >= 0xFF10 && last <= 0xFF5A) last -= 0xFEE0; /* １ Ａ as 1 A */
    if (last < 0x80 ? is_word(last) || last == '.' || last == ')' : ends_in_number(last)) return true;
    if (last == '/')
        return label.len > 1 && label.ptr[label.len - 2] >= '0' && label.ptr[label.len - 2] <= '9'; /* 1/ */
    if (last == 0x7AE0) return true;                                                                /* 001章 */
    if (label.len == 3) return gm__is_han(last) && !is_tight(last); /* 甲　大船, but 要守规矩 */
    return label.len > 3 && memcmp(label.ptr, "第", 3) == 0 && !is_tight(last);
}

const char *gm__heading_gap(struct gm_str label, struct gm_str title) {
    uint32_t first = 0, last = 0;
    if (!gm__heading_space(label, title)) return "";
    (void)gm__utf8_decode(label.ptr, label.ptr + label.len, &first);
    (void)gm__utf8_decode_back(label.ptr, label.ptr + label.len, &last);
    return first != 0x7B2C && gm__is_han(first) && gm__is_han(last) ? "\u3000" : " "; /* 第 */
}

enum gm_status gm__output_heading(struct gm_output *out, gm_node node) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    (void)gm_output_write(out, label.ptr, label.len);
    (void)gm_output_puts(out, gm__heading_gap(label, title));
    return gm_output_write(out, title.ptr, title.len);
}

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                            "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                            "8081828384858687888990919293949596979899";

static inline char *put_pair(char *to, uint64_t value) {
    memcpy(to, pairs + 2 * value, 2);
    return to + 2;
}

static char *put_unsigned(char *to, uint64_t value) {
    if (value >= 10000) {
        to = put_unsigned(to, value / 10000); /* five calls at most */
        value %= 10000;
        return put_pair(put_pair(to, value / 100), value % 100);
    }
    if (value >= 1000) return put_pair(put_pair(to, value / 100), value % 100);
    if (value >= 100) {
        *to++ = (char)('0' + value / 100);
        value %= 100;
    } else if (value < 10) {
        *to = (char)('0' + value);
        return to + 1;
    }
    return put_pair(to, value);
}

char *gm__put_number(char *to, int64_t value) {
    if (value >= 0) return put_unsigned(to, (uint64_t)value);
    *to = '-';
    return put_unsigned(to + 1, 0 - (uint64_t)value);
}

struct gm_str gm__digits(int64_t value, char digits[24]) {
    return gm__str(digits, (size_t)(gm__put_number(digits, value) - digits));
}

enum gm_status gm__add_number(struct gm_output *out, int64_t value) {
    char *p = gm__room(out, 20);
    if (p) gm__wrote(out, gm__put_number(p, value));
    return out->status;
}

/* ------------------------------------------------------------------- walk */

static void walk(struct gm_output *out) {
    const struct gm_writer *w = out->writer;
    struct gm__walk walk;
    gm_node node;
    if (w->begin) out->status = w->begin(out);
    gm__walk_init(&walk, out->doc, out->options.depth ? out->options.depth : UINT32_MAX);
    for (enum gm__step step; out->status == GM_OK && (step = gm__walk_next(&walk, &node)) != GM__DONE;) {
        enum gm_status (*call)(struct gm_output *, gm_node) = step == GM__ENTER ? w->enter : w->leave;
        enum gm_status s = call ? call(out, node) : GM_OK;
        if (out->status == GM_OK) out->status = s;
    }
    if (out->status == GM_OK && w->end) {
        enum gm_status s = w->end(out);
        if (out->status == GM_OK) out->status = s;
    }
    (void)gm__output_flush(out);
    if (w->release) w->release(out);
}

/* The style must be one of the writer's own. */
static bool has_style(const struct gm_writer *writer, const char *style) {
    if (!style || (writer->styles && strcmp(writer->styles, "*") == 0)) return true;
    size_t len = strlen(style);
    for (const char *p = writer->styles ? writer->styles : ""; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        if (n == len && memcmp(p, style, n) == 0) return true;
        p += n;
    }
    return false;
}

bool gm__output_style_is(const struct gm_output *out, const char *style) {
    return out->options.style && strcmp(out->options.style, style) == 0;
}

#define STATE_ALIGN ((size_t)16) /* as malloc's */

enum gm_status gm_doc_write_with(const struct gm_doc *doc, const struct gm_writer *writer,
                                 const struct gm_write_options *options, const struct gm_sink *sink,
                                 struct gm_error *error) {
    gm__error_clear(error);
    if (!doc || !writer || !sink || !sink->write)
        return gm__fail(error, GM_USAGE, "usage", "a required argument is NULL");
    if (options && !has_style(writer, options->style))
        return gm__fail(error, GM_USAGE, "unknown-style", "%s has no style '%s'; its styles: %s", writer->name,
                        options->style, writer->styles ? writer->styles : N_("none"));
    const struct gm_allocator *a = doc->allocator;
    const size_t own = (sizeof(struct gm_output) + STATE_ALIGN - 1) / STATE_ALIGN * STATE_ALIGN;
    struct gm_output *out = gm__alloc(a, own + writer->state_size);
    if (!out) return gm__fail_nomem(error);
    memset(out, 0, offsetof(struct gm_output, buffer));
    out->state = (char *)out + own;
    if (writer->state_size) memset(out->state, 0, writer->state_size);
    out->doc = doc;
    out->writer = writer;
    out->sink = sink;
    out->error = error;
    gm_write_options_init(&out->options);
    if (options) out->options = *options;
    out->text = out->options.text != GM_TEXT_DEFAULT      ? out->options.text
                : writer->text_default != GM_TEXT_DEFAULT ? writer->text_default
                                                          : GM_TEXT_NONE;
    walk(out);
    enum gm_status status = out->status;
    if (status == GM_NOMEM && error) (void)gm__fail_nomem(error);
    gm__free(a, out, own + writer->state_size);
    return status;
}

enum gm_status gm_doc_write(const struct gm_doc *doc, const char *format, const struct gm_write_options *options,
                            const struct gm_sink *sink, struct gm_error *error) {
    const struct gm_writer *writer = format ? gm_writer_find(format) : NULL;
    if (!writer) return gm__fail(error, GM_USAGE, "unknown-format", "unknown output format '%s'", format ? format : "");
    return gm_doc_write_with(doc, writer, options, sink, error);
}
