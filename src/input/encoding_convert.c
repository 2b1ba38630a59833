/*
 * encoding_convert.c - bytes of a known encoding to UTF-8.
 *
 * What cannot be decoded becomes U+FFFD; each run of it is one warning that names its offset in the
 * raw input and in the text, so that positions stay true. With options.strict_encoding it is an error.
 */
#include "input/encoding.h"

#include <errno.h>
#include <iconv.h>

static const char replacement[] = "\xEF\xBF\xBD";

/* Replace `count` raw bytes at `raw`; runs that touch share a warning. */
static enum gm_status bad_bytes(const struct gm__input *in, struct gm__source *out, size_t raw, size_t count) {
    if (in->options->strict_encoding) {
        enum gm_status s =
            gm__fail(in->error, GM_INPUT, "bad-bytes", "byte %zu cannot be decoded as %s", raw, out->encoding);
        if (in->error) in->error->offset = raw;
        return s;
    }
    struct gm__warning *last = out->warnings.data;
    if (out->warnings.count) last += out->warnings.count - 1;
    if (last && last->raw + last->count == raw) {
        last->count += (uint32_t)count;
    } else if (out->warnings.count < out->warnings.max) { /* past the maximum more warnings help nobody */
        void *slot;
        enum gm_status s = gm__vec_push(&out->warnings, &slot);
        if (s != GM_OK) return s;
        *(struct gm__warning *)slot =
            (struct gm__warning){.at = (uint32_t)out->buffer.len, .raw = raw, .count = (uint32_t)count};
    }
    return gm__buf_add(&out->buffer, replacement, 3);
}

/* ------------------------------------------------------------------ UTF-8 */

/* The longest beginning of a well-formed sequence at p, at least 1 (Unicode 3.9, maximal subpart). */
static size_t subpart(const unsigned char *p, size_t left) {
    unsigned c = p[0];
    size_t want = c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC2 && c < 0xE0 ? 2 : 1;
    if (want == 1 || left < 2) return 1;
    unsigned low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return 1;
    size_t n = 2;
    while (n < want && n < left && (p[n] & 0xC0) == 0x80) n++;
    return n;
}

enum gm_status gm__convert_utf8(const struct gm__input *in, const char *bytes, size_t len, size_t good,
                                struct gm__source *out) {
    size_t at = 0, base = (size_t)(bytes - in->bytes);
    enum gm_status s;
    for (;;) {
        s = gm__buf_add(&out->buffer, bytes + at, good);
        if (s != GM_OK) return s;
        at += good;
        if (at == len) return GM_OK;
        size_t n = subpart((const unsigned char *)bytes + at, len - at);
        s = bad_bytes(in, out, base + at, n);
        if (s != GM_OK) return s;
        at += n;
        good = gm__utf8_valid_prefix(bytes + at, len - at);
    }
}

/* ------------------------------------------------------------------ iconv */

static enum gm_status convert(iconv_t cd, const struct gm__input *in, size_t unit, const char *bytes, size_t len,
                              struct gm__source *out) {
    char *from = (char *)bytes; /* iconv does not write to it */
    size_t left = len, base = (size_t)(bytes - in->bytes);
    char chunk[8192];
    while (left) {
        char *to = chunk;
        size_t room = sizeof chunk;
        size_t n = iconv(cd, &from, &left, &to, &room);
        int why = n == (size_t)-1 ? errno : 0;
        enum gm_status s = gm__buf_add(&out->buffer, chunk, sizeof chunk - room);
        if (s != GM_OK) return s;
        if (why == 0 || why == E2BIG) continue;
        size_t skip = why == EINVAL ? left : left < unit ? left : unit;
        s = bad_bytes(in, out, base + (size_t)(from - bytes), skip);
        if (s != GM_OK) return s;
        from += skip;
        left -= skip;
    }
    char *to = chunk; /* what a stateful converter still holds back */
    size_t room = sizeof chunk;
    (void)iconv(cd, NULL, NULL, &to, &room);
    return gm__buf_add(&out->buffer, chunk, sizeof chunk - room);
}

enum gm_status gm__convert(const struct gm__input *in, const char *iconv_name, size_t unit, const char *bytes,
                           size_t len, struct gm__source *out) {
    iconv_t cd = iconv_open("UTF-8", iconv_name);
    if (cd == (iconv_t)-1 && errno == ENOMEM) return GM_NOMEM;
    if (cd == (iconv_t)-1)
        return gm__fail(in->error, GM_USAGE, "unknown-encoding", "unknown encoding '%s'", iconv_name);
    enum gm_status s = convert(cd, in, unit, bytes, len, out);
    (void)iconv_close(cd);
    return s;
}
