/*
 * encoding.c - bytes to UTF-8: the decision.
 *
 * In order: the encoding that the caller forces, a byte order mark, what the format declares, well-formed
 * UTF-8 (taken as it stands, without a copy), and otherwise the best guess.
 */
#include "input/encoding.h"

#include <math.h>

#define SAMPLE ((size_t)64 * 1024)
#define HEAD   ((size_t)1024)

static const struct {
    const char *bytes;
    size_t len;
    const char *charset;
} marks[] = {{"\xEF\xBB\xBF", 3, "UTF-8"},       {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
             {"\x84\x31\x95\x33", 4, "GB18030"}, {"\xFF\xFE", 2, "UTF-16LE"},     {"\xFE\xFF", 2, "UTF-16BE"}};

/* The charset of a byte order mark, and its length; NULL when there is none. */
static const struct gm__charset *byte_order_mark(const char *bytes, size_t len, size_t *skip) {
    for (size_t i = 0; i < GM__COUNT(marks); i++) {
        if (len < marks[i].len || memcmp(bytes, marks[i].bytes, marks[i].len) != 0) continue;
        *skip = marks[i].len;
        return gm__charset_find(marks[i].charset);
    }
    *skip = 0;
    return NULL;
}

size_t gm__byte_order_mark(const char *bytes, size_t len) {
    size_t skip;
    (void)byte_order_mark(bytes, len, &skip);
    return skip;
}

static enum gm_status as_utf8(const struct gm__input *in, const char *bytes, size_t len, size_t good,
                              struct gm__source *out) {
    out->encoding = "UTF-8";
    if (good == len) {
        out->text = bytes;
        out->text_len = len;
        return GM_OK;
    }
    return gm__convert_utf8(in, bytes, len, good, out);
}

static enum gm_status as_charset(const struct gm__input *in, const struct gm__charset *set, const char *bytes,
                                 size_t len, struct gm__source *out) {
    if (set == &gm__utf8_charset) return as_utf8(in, bytes, len, gm__utf8_valid_prefix(bytes, len), out);
    out->encoding = set->name;
    return gm__convert(in, set->iconv, set->unit, bytes, len, out);
}

/* A name that is not one of ours goes to iconv as it is. */
static enum gm_status forced(const struct gm__input *in, const char *name, const char *bytes, size_t len,
                             struct gm__source *out) {
    const struct gm__charset *set = gm__charset_find(name);
    size_t skip;
    const struct gm__charset *marked = byte_order_mark(bytes, len, &skip);
    if (marked && set && (marked == set || (marked->unit == set->unit && set->unit > 1)))
        return as_charset(in, marked, bytes + skip, len - skip, out);
    if (set) return as_charset(in, set, bytes, len, out);
    out->encoding = gm__arena_copy(out->arena, name, strlen(name));
    if (!out->encoding) return gm__fail_nomem(in->error);
    return gm__convert(in, name, 1, bytes, len, out);
}

/*
 * Is well-formed UTF-8 what it seems? Pure two-byte sequences are what a few GBK characters look like
 * too, NULs are what UTF-16 of ASCII looks like, and ESC $ is ISO-2022-JP.
 */
static bool doubtful(const char *head, size_t len) {
    bool high = false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)head[i];
        if (c >= 0xE0) return false;
        if (c >= 0x80) high = true;
        if (c == 0 || (c == 0x1B && i + 1 < len && head[i + 1] == '$')) return true;
    }
    return high;
}

/* Control characters that no text is full of. */
static bool binary(const char *head, size_t len) {
    size_t controls = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)head[i];
        controls += c < 0x20 && !(c >= '\a' && c <= '\r') && c != 0x1A && c != 0x1B;
    }
    return controls * 25 > len && controls > 1;
}

/* Where to take the sample: at the beginning, or, when that tells nothing, at the line of the first odd byte. */
static size_t sample_at(const char *bytes, size_t good) {
    size_t at = good;
    if (good < SAMPLE / 2) return 0;
    while (at > 0 && good - at < 4096 && bytes[at - 1] != '\n') at--;
    return at > 0 && bytes[at - 1] == '\n' ? at : good;
}

/* A character of three bytes, before anything that is doubtful: what follows changes nothing any more. */
static bool beyond_doubt(const char *head, size_t len) {
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)head[i];
        if (c >= 0xE0) return true;
        if (c == 0 || c == 0x1B) return false;
    }
    return false;
}

/* The beginning is UTF-8, and the rest is long enough to be checked while it is parsed: parsing has to begin anew when
 * it is not. */
static bool seems_utf8(const char *bytes, size_t len) {
    size_t end = len < 2 * HEAD || !beyond_doubt(bytes, HEAD) ? SAMPLE : HEAD, least = end - 4;
    if (len < 2 * end) return false;
    while (end > least && ((unsigned char)bytes[end] & 0xC0) == 0x80) end--;
    return gm__utf8_valid_prefix(bytes, end) == end && !doubtful(bytes, end);
}

static enum gm_status guessed(const struct gm__input *in, const char *bytes, size_t len, const char *declared,
                              struct gm__source *out) {
    size_t sample = len < SAMPLE ? len : SAMPLE;
    const struct gm__charset *set = declared ? gm__charset_find(declared) : NULL;
    if (set && set->unit == 1) {
        double score = gm__charset_score(set, bytes, sample, sample == len);
        if (isnan(score)) return GM_NOMEM;
        if (score >= 0) return as_charset(in, set, bytes, len, out);
    }
    size_t good = gm__utf8_valid_prefix(bytes, len);
    bool said = set == &gm__utf8_charset && !memchr(bytes, 0, len); /* and it is: λ alone is no 位 */
    bool sure = good == len && (said || !doubtful(bytes, sample));
    bool wide = memchr(bytes, 0, sample) != NULL; /* its units must not be torn apart */
    size_t at = good == len || wide ? 0 : sample_at(bytes, good), left = len - at < SAMPLE ? len - at : SAMPLE;
    set = sure ? &gm__utf8_charset : gm__charset_guess(bytes + at, left, at + left == len);
    if (!set) return GM_NOMEM;
    if (!sure && set->unit == 1 && !in->options->format && binary(bytes, sample))
        return gm__fail(in->error, GM_INPUT, "unknown-input", "the input is of no format that this build can read");
    if (set == &gm__utf8_charset) return as_utf8(in, bytes, len, good, out);
    return as_charset(in, set, bytes, len, out);
}

static enum gm_status as_seen(const char *bytes, size_t len, struct gm__source *out) {
    out->encoding = "UTF-8";
    out->text = bytes;
    out->text_len = len;
    out->unchecked = true;
    return GM_OK;
}

enum gm_status gm__decode(const struct gm__input *in, const char *bytes, size_t len, const char *declared,
                          struct gm__source *out) {
    size_t skip;
    const struct gm__charset *marked = byte_order_mark(bytes, len, &skip);
    bool unchecked = out->unchecked;
    enum gm_status s;
    out->unchecked = false;
    if (in->decoded) return as_seen(bytes, len, out);
    if (in->options->encoding)
        s = forced(in, in->options->encoding, bytes, len, out);
    else if (marked)
        s = as_charset(in, marked, bytes + skip, len - skip, out);
    else
        s = unchecked && seems_utf8(bytes, len) ? as_seen(bytes, len, out) : guessed(in, bytes, len, declared, out);
    if (s == GM_LIMIT)
        return gm__fail(in->error, s, "text-too-large", "the text is larger than %zu bytes",
                        in->options->limits.text_bytes);
    if (s == GM_NOMEM) return gm__fail_nomem(in->error);
    if (s == GM_OK && out->buffer.len) {
        out->text = out->buffer.data;
        out->text_len = out->buffer.len;
    }
    return s;
}
