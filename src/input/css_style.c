/*
 * css_style.c - counter styles that a style sheet defines itself (CSS Counter Styles Level 3, section 3):
 * @counter-style 名 { system: extends simp-chinese-informal; prefix: "（"; suffix: "）" }
 */
#include "input/css.h"
#include "input/sax.h"

#include <stdio.h>

#define STYLES  64
#define FIRST   100  /* number of the first that a sheet defines; those that browsers know are below */
#define LENGTH  1024 /* bytes of symbols: longer ones would be gone through at each item */
#define SYMBOLS 256
#define SYMBOL  40 /* bytes */
#define DIGITS  32

enum system {
    SYSTEM_NONE,
    SYSTEM_EXTENDS,
    SYSTEM_CYCLIC,
    SYSTEM_FIXED,
    SYSTEM_NUMERIC,
    SYSTEM_ALPHABETIC,
    SYSTEM_ADDITIVE
};

struct style {
    struct gm_str name, base; /* base: of SYSTEM_EXTENDS */
    struct gm_str prefix, suffix, symbols;
    uint8_t system;
    bool suffixed;
    int32_t first; /* of SYSTEM_FIXED */
};

void gm__css_styles_init(struct gm__css_styles *styles, const struct gm_allocator *a) {
    gm__vec_init(&styles->styles, a, sizeof(struct style), STYLES);
}

void gm__css_styles_release(struct gm__css_styles *styles) { gm__vec_release(&styles->styles); }

/* ---------------------------------------------------------------- reading */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

size_t gm__css_escape(const char **p, const char *end, char *out) {
    uint32_t cp = 0;
    int digits = 0;
    for (; *p < end && digits < 6 && **p && strchr("0123456789abcdefABCDEF", **p); (*p)++, digits++)
        cp = cp * 16 + (uint32_t)(**p <= '9' ? **p - '0' : (**p | 32) - 'a' + 10);
    if (!digits) {
        out[0] = *(*p)++;
        return 1;
    }
    if (*p < end && is_blank(**p)) (*p)++;
    return gm__utf8_encode(cp >= ' ' && cp <= 0x10FFFF ? cp : 0xFFFD, out);
}

/* The next string or word of a value, without its quotes; false at the end. One that is too long is cut behind a whole
 * character. */
static bool next_symbol(struct gm_str *rest, char *out, size_t *len) {
    *rest = gm__str_trim(*rest);
    const char *p = rest->ptr, *end = p + rest->len;
    char quote = p < end && (*p == '"' || *p == '\'') ? *p++ : 0;
    *len = 0;
    if (!rest->len) return false;
    bool fits = true;
    while (p < end && (quote ? *p != quote : !is_blank(*p) && *p != ',')) {
        char bytes[4] = {*p++};
        size_t n = bytes[0] == '\\' && p < end ? gm__css_escape(&p, end, bytes) : 1;
        fits = fits && *len + n <= SYMBOL;
        if (!fits) continue;
        memcpy(out + *len, bytes, n);
        *len += n;
    }
    if (!fits) *len = gm__utf8_valid_prefix(out, *len);
    if (p < end && (quote || *p == ',')) p++;
    *rest = gm__str(p, (size_t)(end - p));
    return true;
}

static void set_system(struct style *s, struct gm_str value) {
    static const char *const names[] = {"", "extends", "cyclic", "fixed", "numeric", "alphabetic", "additive"};
    char word[SYMBOL];
    size_t len;
    if (!next_symbol(&value, word, &len)) return;
    for (size_t i = 1; i < GM__COUNT(names); i++)
        if (gm__has_word(names[i], word, len)) s->system = (uint8_t)i;
    value = gm__str_trim(value);
    if (s->system == SYSTEM_EXTENDS) s->base = value;
    if (s->system == SYSTEM_FIXED) s->first = gm__str_int(value, 1);
}

static void describe(struct style *s, struct gm_str name, struct gm_str value) {
    if (!name.len || value.len > LENGTH) return;
    if (gm__has_word("system", name.ptr, name.len)) set_system(s, value);
    if (gm__has_word("prefix", name.ptr, name.len)) s->prefix = value;
    if (gm__has_word("suffix", name.ptr, name.len)) s->suffix = value;
    if (gm__has_word("suffix", name.ptr, name.len)) s->suffixed = true;
    if (gm__has_word("symbols additive-symbols", name.ptr, name.len)) s->symbols = value;
}

enum gm_status gm__css_style_add(struct gm__css_styles *styles, struct gm_str name, const char *p, const char *end) {
    struct style s = {.name = name, .first = 1};
    struct gm_str key, value;
    void *slot;
    while (gm__css_next(&p, end, &key, &value)) describe(&s, key, value);
    if (!name.len || s.system == SYSTEM_NONE || styles->styles.count == STYLES) return GM_OK;
    enum gm_status status = gm__vec_push(&styles->styles, &slot);
    if (status == GM_OK) memcpy(slot, &s, sizeof s);
    return status;
}

/* --------------------------------------------------------------- counting */

static const struct style *find(const struct gm__css_styles *styles, uint8_t counter) {
    size_t index = counter - (size_t)FIRST;
    return counter >= FIRST && index < styles->styles.count ? (const struct style *)styles->styles.data + index : NULL;
}

uint8_t gm__css_style(const struct gm__css_styles *styles, const char *name, size_t len) {
    const struct style *all = styles->styles.data;
    for (size_t i = styles->styles.count; i > 0; i--)
        if (gm__str_eq(all[i - 1].name, gm__str(name, len))) return (uint8_t)(FIRST + i - 1);
    return gm__counter_by_name(name, len);
}

static size_t count_symbols(struct gm_str symbols) {
    char symbol[SYMBOL];
    size_t n = 0, len;
    while (n < SYMBOLS && next_symbol(&symbols, symbol, &len)) n++;
    return n;
}

/* The symbol at this index; false when the buffer cannot take it. */
static bool put_symbol(struct gm_str symbols, size_t index, char *out, size_t size, size_t *len) {
    char symbol[SYMBOL];
    size_t n = 0;
    for (size_t i = 0; i <= index; i++)
        if (!next_symbol(&symbols, symbol, &n)) return false;
    if (*len + n >= size) return false;
    memcpy(out + *len, symbol, n);
    *len += n;
    return true;
}

/* Digits of a number in a system with a digit for each symbol; alphabetic: without one for zero. */
static size_t positional(struct gm_str symbols, int32_t value, bool alphabetic, char *out, size_t size) {
    size_t digits[DIGITS], count = 0, len = 0, base = count_symbols(symbols);
    if (base < 2 || value < alphabetic) return 0;
    size_t v = (size_t)value;
    do {
        v -= alphabetic;
        digits[count++] = v % base;
        v /= base;
    } while (v > 0 && count < DIGITS);
    while (count > 0)
        if (!put_symbol(symbols, digits[--count], out, size, &len)) return 0;
    return len;
}

/* 10 十, 9 九, …: the weights come in order, the largest first. */
static size_t additive(struct gm_str symbols, int32_t value, char *out, size_t size) {
    char weight[SYMBOL + 1], symbol[SYMBOL];
    size_t len = 0, n, m;
    int32_t left = value;
    while (next_symbol(&symbols, weight, &n) && next_symbol(&symbols, symbol, &m)) {
        int32_t w = gm__str_int(gm__str(weight, n), 0);
        if (w == 0 && value == 0 && m < size) {
            memcpy(out, symbol, m);
            return m;
        }
        if (w > 0 && !m) left %= w; /* it stands for nothing to see */
        for (; w > 0 && left >= w; left -= w) {
            if (len + m >= size) return 0;
            memcpy(out + len, symbol, m);
            len += m;
        }
    }
    return left ? 0 : len;
}

static size_t format(const struct style *s, int32_t value, char *out, size_t size) {
    size_t len = 0, count;
    switch ((enum system)s->system) {
    case SYSTEM_CYCLIC:
        count = count_symbols(s->symbols); /* one alone is a bullet */
        if (count < 2 || value < 1) return 0;
        return put_symbol(s->symbols, (size_t)(value - 1) % count, out, size, &len) ? len : 0;
    case SYSTEM_FIXED:
        if (value < s->first || (size_t)((int64_t)value - s->first) >= SYMBOLS) return 0;
        return put_symbol(s->symbols, (size_t)((int64_t)value - s->first), out, size, &len) ? len : 0;
    case SYSTEM_NUMERIC: return positional(s->symbols, value, false, out, size);
    case SYSTEM_ALPHABETIC: return positional(s->symbols, value, true, out, size);
    case SYSTEM_ADDITIVE: return value < 0 ? 0 : additive(s->symbols, value, out, size);
    default: return 0;
    }
}

/* The style that s extends; one that a sheet defines extends one that browsers know. */
static uint8_t base_of(const struct style *s) {
    uint8_t base = s->system == SYSTEM_EXTENDS ? gm__counter_by_name(s->base.ptr, s->base.len) : GM__COUNTER_UNSET;
    return base ? base : gm__counter_by_name("decimal", 7);
}

static bool is_bullet(const struct style *s) { return s->system == SYSTEM_CYCLIC && count_symbols(s->symbols) < 2; }

size_t gm__css_style_number(const struct gm__css_styles *styles, uint8_t counter, int32_t value, char *out,
                            size_t size) {
    const struct style *s = find(styles, counter);
    if (!s) return gm__counter_number(counter, value, out, size);
    if (is_bullet(s)) return 0;
    size_t len = format(s, value, out, size);
    if (!len) return gm__counter_number(base_of(s), value, out, size);
    out[len] = 0;
    return len;
}

size_t gm__css_style_label(const struct gm__css_styles *styles, uint8_t counter, int32_t value, char *out,
                           size_t size) {
    const struct style *s = find(styles, counter);
    char number[80], label[80], before[SYMBOL], behind[SYMBOL];
    size_t n = 0, m = 0;
    if (!s) return gm__counter_label(counter, value, out, size);
    struct gm_str prefix = s->prefix, suffix = s->suffixed ? s->suffix : gm__str("\".\"", 3);
    size_t len = gm__css_style_number(styles, counter, value, number, sizeof number);
    if (!len) return 0;
    if (s->system == SYSTEM_EXTENDS && !s->suffixed) { /* the suffix of the style that it extends */
        len = gm__counter_label(base_of(s), value, number, sizeof number);
        suffix = gm__str("", 0);
    }
    (void)next_symbol(&prefix, before, &n);
    (void)next_symbol(&suffix, behind, &m);
    int all = snprintf(label, sizeof label, "%.*s%.*s%.*s", (int)n, before, (int)len, number, (int)m, behind);
    if (all < 0 || (size_t)all >= sizeof label) return 0;
    struct gm_str text = gm__str_trim(gm__str(label, (size_t)all));
    if (!text.len || text.len >= size) return 0;
    memcpy(out, text.ptr, text.len);
    out[text.len] = 0;
    return text.len;
}
