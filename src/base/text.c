/* text.c - strings, UTF-8 and errors. */
#include "base/scan.h"

#include <stdio.h>

struct gm_str gm__strz(const char *string) {
    return string ? gm__str(string, strlen(string)) : gm__str("", 0);
}

bool gm__str_eq(struct gm_str a, struct gm_str b) { return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0; }

bool gm__str_eqz(struct gm_str a, const char *z) { return gm__str_eq(a, gm__strz(z)); }

bool gm__str_ends(struct gm_str s, const char *tail) {
    size_t n = strlen(tail);
    return s.len >= n && memcmp(s.ptr + s.len - n, tail, n) == 0;
}

bool gm__holds(struct gm_str s, const char *what) {
    size_t n = strlen(what), rare = (unsigned char)what[0] >= 0xE0 && n >= 3 ? 2 : 0;
    if (s.len < n) return false;
    const char *end = s.ptr + s.len - n + 1 + rare; /* Han begin with one of six bytes, and end in one of 64 */
    for (const char *p = s.ptr + rare; p < end && (p = memchr(p, what[rare], (size_t)(end - p))) != NULL; p++)
        if (memcmp(p - rare, what, n) == 0) return true;
    return false;
}

bool gm__is_rare_space(uint32_t cp) {
    return cp == 0xA0 || cp == 0x1680 || cp == 0xAD || (cp >= 0x2000 && cp <= 0x200F) || cp == 0x2060 || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0xFEFF;
}

struct gm_str gm__str_trim_blanks(struct gm_str s) {
    if (!s.len) return gm__str("", 0);
    const char *p = s.ptr, *end = s.ptr + s.len;
    uint32_t cp;
    while (end - p >= 3 && memcmp(p, "\xE3\x80\x80", 3) == 0) p += 3;
    for (;;) { /* the blanks that nearly all are */
        if (end > p && (unsigned char)end[-1] <= ' ')
            end--;
        else if (end - p >= 3 && memcmp(end - 3, "\xE3\x80\x80", 3) == 0)
            end -= 3;
        else
            break;
    }
    if (end - p >= 3 && !gm__may_be_blank(p) && !gm__may_end_blank(end)) return gm__str(p, (size_t)(end - p));
    while (p < end) {
        size_t n = gm__utf8_decode(p, end, &cp);
        if (!gm__is_space(cp)) break;
        p += n;
    }
    while (end > p) {
        size_t n = gm__utf8_decode_back(p, end, &cp);
        if (!gm__is_space(cp)) break;
        end -= n;
    }
    return gm__str(p, (size_t)(end - p));
}

struct gm_str gm__str_cut(struct gm_str s, size_t most) {
    if (s.len <= most) return s;
    while (most > 0 && ((unsigned char)s.ptr[most] & 0xC0) == 0x80) most--;
    return gm__str(s.ptr, most);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Without calls: a page asks it of each element, of lists of fifty words. */
bool gm__has_word(const char *list, const char *word, size_t len) {
    for (const char *p = list; *p; p += *p == ' ') {
        const char *begin = p;
        size_t i = 0;
        while (i < len && *p && *p != ' ' && lower(*p) == lower(word[i])) p++, i++;
        bool ends = *p == ' ' || !*p;
        if (i == len && ends && p > begin) return true;
        while (*p && *p != ' ') p++;
    }
    return false;
}

const char *gm__suffix(const char *path) {
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    const char *dot = strrchr(base, '.');
    return dot && dot != base ? dot + 1 : "";
}

/* ------------------------------------------------------------------ UTF-8 */

struct gm__code gm__utf8_decode_any(const char *p, const char *end) {
    const unsigned char *s = (const unsigned char *)p;
    size_t left = (size_t)(end - p);
    uint32_t c = s[0];
    if (c < 0x80) return (struct gm__code){c, 1};
    if (c >= 0xC2 && c < 0xE0 && left >= 2 && (s[1] & 0xC0) == 0x80)
        return (struct gm__code){(c & 0x1F) << 6 | (s[1] & 0x3Fu), 2};
    if (c >= 0xE0 && c < 0xF0 && left >= 3 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        uint32_t v = (c & 0x0F) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
        if (v >= 0x800 && (v < 0xD800 || v > 0xDFFF)) return (struct gm__code){v, 3};
    }
    if (c >= 0xF0 && c < 0xF5 && left >= 4 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 && (s[3] & 0xC0) == 0x80) {
        uint32_t v = (c & 7) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
        if (v >= 0x10000 && v <= 0x10FFFF) return (struct gm__code){v, 4};
    }
    return (struct gm__code){GM__BAD_CP, 1};
}

size_t gm__utf8_encode(uint32_t cp, char out[4]) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

struct gm__code gm__utf8_decode_back_any(const char *begin, const char *p) {
    uint32_t n = 0, most = p - begin < 4 ? (uint32_t)(p - begin) : 4;
    if (most == 0) return (struct gm__code){GM__BAD_CP, 0};
    do n++;
    while (n < most && ((unsigned char)p[-(ptrdiff_t)n] & 0xC0) == 0x80);
    struct gm__code code = gm__utf8_decode_any(p - n, p);
    return code.len == n ? code : (struct gm__code){GM__BAD_CP, 1};
}

size_t gm__utf8_valid_prefix(const char *p, size_t len) { return gm__scan_best()->valid(p, len); }

size_t gm__utf8_count(const char *p, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += ((unsigned char)p[i] & 0xC0) != 0x80;
    return n;
}

size_t gm__utf8_uncut(const char *p, size_t len) {
    size_t lead = len;
    while (lead > 0 && len - lead < 3 && ((unsigned char)p[lead - 1] & 0xC0) == 0x80) lead--;
    if (lead == 0) return len;
    unsigned char c = (unsigned char)p[lead - 1];
    size_t need = c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    return len - lead < need ? lead - 1 : len;
}

/* ----------------------------------------------------------------- errors */

void gm__error_clear(struct gm_error *error) {
    if (error) memset(error, 0, sizeof *error);
}

enum gm_status gm__fail(struct gm_error *error, enum gm_status status, const char *id, const char *format, ...) {
    if (!error) return status;
    gm__error_clear(error);
    error->status = status;
    error->format = format;
    (void)snprintf(error->id, sizeof error->id, "%s", id);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    if (n >= (int)sizeof error->message)
        error->message[gm__utf8_uncut(error->message, sizeof error->message - 1)] = '\0';
    return status;
}

enum gm_status gm__fail_nomem(struct gm_error *error) {
    return gm__fail(error, GM_NOMEM, "out-of-memory", "out of memory");
}

bool gm__is_han_prose(const char *text) {
    size_t han = 0, others = 0;
    for (const char *p = text, *end = text + strlen(text); p < end;) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        bool counts = gm__is_han(cp) || (cp >= 0x3000 && cp <= 0x303F) || cp >= 0xFF00;
        han += counts;
        others += !counts && !gm__is_space(cp);
    }
    return han > 2 * others;
}
