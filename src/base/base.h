/*
 * base.h - what every module stands on: allocation, arena, capped buffers, spans, UTF-8, errors.
 * Depends on the public header only.
 */
#ifndef GM_BASE_H
#define GM_BASE_H

#include <stdarg.h>
#include <string.h>

#include "gangmu/gangmu.h"

#if defined(__GNUC__)
#define GM__PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define GM__LIKELY(x)         __builtin_expect(!!(x), 1)
#define GM__UNLIKELY(x)       __builtin_expect(!!(x), 0)
#define GM__INLINE            static inline __attribute__((always_inline))
#define GM__APART             static __attribute__((noinline)) /* seldom called: it takes no register of its callers */
#define GM__PREFETCH(place)   __builtin_prefetch(place)
#else
#define GM__PRINTF(fmt, args)
#define GM__LIKELY(x)       (x)
#define GM__UNLIKELY(x)     (x)
#define GM__INLINE          static inline
#define GM__APART           static
#define GM__PREFETCH(place) ((void)(place))
#endif

/* The same of what stands so many records on, or back, and need not be there. */
#define GM__PREFETCH_FAR(record, steps)                                                                                \
    GM__PREFETCH((const void *)((uintptr_t)(record) + (uintptr_t)(steps) * sizeof *(record)))

#define GM__COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Index of the lowest set bit; bits is not 0. */
GM__INLINE unsigned gm__lowest_bit(uint64_t bits) {
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned i = 0;
    while (!(bits >> i & 1)) i++;
    return i;
#endif
}

/* The same for the highest. */
GM__INLINE unsigned gm__highest_bit(uint64_t bits) {
#if defined(__GNUC__)
    return 63U - (unsigned)__builtin_clzll(bits);
#else
    unsigned i = 63;
    while (!(bits >> i & 1)) i--;
    return i;
#endif
}

/* ------------------------------------------------------------- allocation */

extern const struct gm_allocator gm__default_allocator;

void *gm__resize(const struct gm_allocator *a, void *ptr, size_t old_size, size_t new_size);
GM__INLINE void *gm__alloc(const struct gm_allocator *a, size_t size) { return gm__resize(a, NULL, 0, size); }
GM__INLINE void gm__free(const struct gm_allocator *a, void *ptr, size_t size) { (void)gm__resize(a, ptr, size, 0); }

/* false on overflow */
GM__INLINE bool gm__mul(size_t a, size_t b, size_t *out) {
    if (a != 0 && b > SIZE_MAX / a) return false;
    *out = a * b;
    return true;
}
GM__INLINE bool gm__add(size_t a, size_t b, size_t *out) {
    if (b > SIZE_MAX - a) return false;
    *out = a + b;
    return true;
}

/* ------------------------------------------------------------------ arena */

/* Bump allocator; everything goes at once. Zeroed memory, 16-byte aligned. NULL when out of memory. */
struct gm__chunk;
struct gm__arena {
    const struct gm_allocator *allocator;
    struct gm__chunk *head;
};
void gm__arena_init(struct gm__arena *arena, const struct gm_allocator *allocator);
void gm__arena_release(struct gm__arena *arena);
void *gm__arena_alloc(struct gm__arena *arena, size_t size);
/* A NUL-terminated copy. */
char *gm__arena_copy(struct gm__arena *arena, const char *ptr, size_t len);

/* ----------------------------------------------------------------- vector */

/*
 * A growable array of elements of one size. `max` elements at most: beyond it the push
 * returns GM_LIMIT. Move-only; release with gm__vec_release.
 */
struct gm__vec {
    const struct gm_allocator *allocator;
    void *data;
    size_t count, capacity, max, elem;
};
void gm__vec_init(struct gm__vec *v, const struct gm_allocator *a, size_t elem, size_t max);
void gm__vec_release(struct gm__vec *v);
enum gm_status gm__vec_reserve(struct gm__vec *v, size_t more);
/* A zeroed new element at the end in *out. */
enum gm_status gm__vec_push(struct gm__vec *v, void **out);

/* ----------------------------------------------------------------- buffer */

/* A growable byte string with a maximum. After a failure it stays failed (status). */
struct gm__buf {
    const struct gm_allocator *allocator;
    char *data;
    size_t len, capacity, max;
    enum gm_status status;
};
void gm__buf_init(struct gm__buf *b, const struct gm_allocator *a, size_t max);
void gm__buf_release(struct gm__buf *b);
enum gm_status gm__buf_add(struct gm__buf *b, const char *ptr, size_t len);
/* Room for `more` bytes behind len, to be written to data + len by the caller. */
enum gm_status gm__buf_reserve(struct gm__buf *b, size_t more);
enum gm_status gm__buf_puts(struct gm__buf *b, const char *string);
enum gm_status gm__buf_add_code_point(struct gm__buf *b, uint32_t cp);
enum gm_status gm__buf_printf(struct gm__buf *b, const char *format, ...) GM__PRINTF(2, 3);
void gm__buf_clear(struct gm__buf *b);

/* ---------------------------------------------------------------- strings */

GM__INLINE struct gm_str gm__str(const char *ptr, size_t len) {
    struct gm_str s = {len ? ptr : "", len};
    return s;
}
struct gm_str gm__strz(const char *string); /* NULL gives "" */
bool gm__str_eq(struct gm_str a, struct gm_str b);
bool gm__str_eqz(struct gm_str a, const char *z);
bool gm__str_ends(struct gm_str s, const char *tail);
bool gm__holds(struct gm_str s, const char *what);
/* White space: ASCII, U+00A0, U+1680, U+2000-200B, U+2028, U+2029, U+202F, U+205F, U+3000, U+FEFF. */
bool gm__is_rare_space(uint32_t cp);
GM__INLINE bool gm__is_space(uint32_t cp) {
    return cp < 0x80 ? cp <= ' ' || cp == 0x7F /* stray controls are no text */
                     : cp == 0x3000 || ((cp < 0x3000 || cp >= 0xFEFF) && gm__is_rare_space(cp));
}
GM__INLINE bool gm__is_han(uint32_t cp) {
    return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}
/* Most strings begin and end in something that is surely no blank. Three bytes are looked at. */
GM__INLINE bool gm__may_be_blank(const char *p) {
    unsigned char lead = (unsigned char)p[0], second = (unsigned char)p[1], third = (unsigned char)p[2];
    if (lead < 0x80) return lead <= ' ' || lead == 0x7F;
    if (lead == 0xE3) return second == 0x80 && third == 0x80;
    if (lead == 0xEF) return second == 0xBB;
    if (lead == 0xE2) return second < 0x82 && (second != 0x80 || third < 0x90 || third >= 0xA8); /* not — “ ” … */
    return lead < 0xE3; /* U+00A0, U+1680, U+2000 and on, and what is no lead byte */
}
GM__INLINE bool gm__may_end_blank(const char *end) {
    unsigned char last = (unsigned char)end[-1];
    if (last < 0x80) return last <= ' ' || last == 0x7F;
    return (unsigned char)end[-2] >= 0x80 && (unsigned char)end[-3] >= 0xE0 ? gm__may_be_blank(end - 3) : true;
}
struct gm_str gm__str_trim_blanks(struct gm_str s);
GM__INLINE struct gm_str gm__str_trim(struct gm_str s) {
    if (s.len >= 3 && !gm__may_be_blank(s.ptr) && !gm__may_end_blank(s.ptr + s.len)) return s;
    return gm__str_trim_blanks(s);
}

/* The value of a text that is up to four digits and nothing else; 0 for any other. */
GM__INLINE uint32_t gm__bare_number(struct gm_str s) {
    uint32_t value = 0;
    if (s.len > 4) return 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return 0;
        value = value * 10 + (uint32_t)(s.ptr[i] - '0');
    }
    return value;
}

/* Is most of it Han characters and their punctuation? */
bool gm__is_han_prose(const char *text);
/* Nothing but white space? Most of what is asked for is a line end, or begins with text. */
GM__INLINE bool gm__is_blank(struct gm_str s) {
    while (s.len && (*s.ptr == '\n' || *s.ptr == '\r')) s.ptr++, s.len--;
    while (s.len >= 3 && memcmp(s.ptr, "\xE3\x80\x80", 3) == 0) s.ptr += 3, s.len -= 3;
    if (!s.len || (s.len >= 3 && !gm__may_be_blank(s.ptr))) return !s.len;
    return gm__str_trim_blanks(s).len == 0;
}
struct gm_str gm__str_cut(struct gm_str s, size_t most); /* no more bytes than that, no code point cut in two */
/* Is `word` one of the space-separated words of `list`? ASCII case is ignored. */
bool gm__has_word(const char *list, const char *word, size_t len);
/* The suffix of a path without the dot, "" when there is none. */
const char *gm__suffix(const char *path);

/* ------------------------------------------------------------------ UTF-8 */

#define GM__BAD_CP 0xFFFFFFFFu

/* A code point and its length, by value: a variable whose address is taken lives in memory. */
struct gm__code {
    uint32_t cp, len;
};
/* Decode one code point at p (p < end). Returns its length in bytes, 1..4; *cp is GM__BAD_CP
 * (and the length 1) for bytes that are not well-formed UTF-8 (Unicode 15, table 3-7). */
struct gm__code gm__utf8_decode_any(const char *p, const char *end);
/* The code point of three bytes that are one. */
GM__INLINE uint32_t gm__three_bytes(const unsigned char *s) {
    return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
}
/* A character of three bytes as those bytes, or one of ASCII: tables by them are asked without decoding. */
GM__INLINE uint32_t gm__raw(uint32_t cp) {
    return cp < 0x80 ? cp : 0xE0u | cp >> 12 | (0x80u | (cp >> 6 & 0x3F)) << 8 | (0x80u | (cp & 0x3F)) << 16;
}
/* The character back from its three bytes. */
GM__INLINE uint32_t gm__of_raw(uint32_t raw) { return (raw & 0xF) << 12 | (raw >> 8 & 0x3F) << 6 | (raw >> 16 & 0x3F); }
/* The same of the text at `s`, where three bytes are; four are read. What is of another length is like none of them. */
GM__INLINE uint32_t gm__four_bytes(const unsigned char *s) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint32_t four; /* one load, whatever else is asked of the bytes */
    memcpy(&four, s, sizeof four);
    return four;
#else
    return s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;
#endif
}
GM__INLINE uint32_t gm__raw_three(const unsigned char *s) { return gm__four_bytes(s) & 0xFFFFFF; }
#define GM__RAW_FULL_STOP 0x8280E3u /* 。 */
GM__INLINE uint32_t gm__raw_at(const unsigned char *s) { return s[0] < 0x80 ? s[0] : gm__raw_three(s); }
/* A lead byte of three and two bytes that follow it. False: they do not. */
GM__INLINE bool gm__decode_three(const unsigned char *s, uint32_t *cp) {
    *cp = gm__three_bytes(s);
    return ((s[1] ^ 0x80u) | (s[2] ^ 0x80u)) < 0x40;
}
/* ASCII and U+1000 to U+CFFF and U+E000 to U+FFFF, next to all of a Chinese text, need no call. */
GM__INLINE size_t gm__utf8_decode(const char *p, const char *end, uint32_t *cp) {
    const unsigned char *s = (const unsigned char *)p;
    if (s[0] < 0x80) {
        *cp = s[0];
        return 1;
    }
    if (s[0] > 0xE0 && s[0] < 0xF0 && s[0] != 0xED && end - p >= 3 && gm__decode_three(s, cp)) return 3;
    struct gm__code code = gm__utf8_decode_any(p, end);
    *cp = code.cp;
    return code.len;
}
/* Encode; returns 1..4 bytes. Surrogates and values above U+10FFFF give U+FFFD. */
size_t gm__utf8_encode(uint32_t cp, char out[4]);
/* The code point that ends right before p (begin < p); its length, 0 at the begin. */
struct gm__code gm__utf8_decode_back_any(const char *begin, const char *p);
GM__INLINE size_t gm__utf8_decode_back(const char *begin, const char *p, uint32_t *cp) {
    const unsigned char *s = (const unsigned char *)p - 3;
    if (p - begin >= 3 && s[0] > 0xE0 && s[0] < 0xF0 && s[0] != 0xED && gm__decode_three(s, cp)) return 3;
    if (p > begin && (unsigned char)p[-1] < 0x80) {
        *cp = (unsigned char)p[-1];
        return 1;
    }
    struct gm__code code = gm__utf8_decode_back_any(begin, p);
    *cp = code.cp;
    return code.len;
}
/* Length of the well-formed prefix; len when all is well. */
size_t gm__utf8_valid_prefix(const char *p, size_t len);
size_t gm__utf8_count(const char *p, size_t len); /* code points */
/* Of text that was cut to `len` bytes: how many hold no half character at the end. */
size_t gm__utf8_uncut(const char *p, size_t len);

/* ----------------------------------------------------------------- errors */

/* A message or a piece of one that is no call's own argument: marked for the translators, as gm__fail's format is. */
#define N_(text) text

/* Fill *error when it is not NULL; returns status, so that `return gm__fail(...)` reads well. */
enum gm_status gm__fail(struct gm_error *error, enum gm_status status, const char *id, const char *format, ...)
    GM__PRINTF(4, 5);
void gm__error_clear(struct gm_error *error);
enum gm_status gm__fail_nomem(struct gm_error *error);

#endif
