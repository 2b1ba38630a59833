/*
 * numeral_scan.c - the longest numeral of a system at a place in the text, and names of the systems.
 * No allocation; every scan looks at a bounded number of characters.
 */
#include "grammar/numeral_tables.h"

#define ARABIC_MAX   9999999
#define HYPHENED_MAX 99
#define LETTERED_MAX 999

GM__INLINE bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
GM__INLINE bool is_letter(uint32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* The next code point, full-width letters and digits as ASCII; 0 at the end. */
static size_t next_narrow(const char *p, const char *end, uint32_t *cp) {
    *cp = 0;
    if (p >= end) return 0;
    size_t n = gm__utf8_decode(p, end, cp);
    *cp = gm__narrow(*cp);
    return n;
}

static const char *skip_blanks(const char *p, const char *end) {
    for (;;) {
        uint32_t cp;
        size_t n = next_narrow(p, end, &cp);
        if (cp != ' ' && cp != 0x3000) return p;
        p += n;
    }
}

/* Digits that stand together are a numeral of their own, not the rest of what stands before the blank. */
static bool opens_another(const char *next, const char *end) {
    uint32_t cp;
    (void)next_narrow(next, end, &cp);
    return is_digit(cp);
}

/* O, o and l are taken for digits behind one; not the first letter of a word: 1.3OTA. */
static bool is_like_digit(uint32_t cp, const char *next, const char *end) {
    uint32_t second;
    if (cp != 'O' && cp != 'o' && cp != 'l') return false;
    (void)next_narrow(next, end, &second);
    return !is_letter(second) || second == 'O' || second == 'o' || second == 'l';
}

static size_t scan_arabic(const char *p, const char *end, bool spaced, struct gm__ordinal *out) {
    const char *at = p;
    int32_t value = 0;
    int digits = 0;
    uint16_t flags = 0;
    for (;;) {
        uint32_t cp;
        const char *from = spaced && digits ? skip_blanks(at, end) : at;
        size_t n = next_narrow(from, end, &cp);
        if (digits && from == at && is_like_digit(cp, from + n, end)) { /* 1O, 1l */
            cp = cp == 'l' ? '1' : '0';
            flags |= GM__ORD_LOOKALIKE;
        }
        if (!is_digit(cp)) break;
        if (from != at && opens_another(from + n, end)) break; /* 1 2023年 */
        if (value > (ARABIC_MAX - 9) / 10 && (value * 10 + (int32_t)(cp - '0')) > ARABIC_MAX) return 0;
        if (digits == 1 && value == 0) flags |= GM__ORD_LEADING_ZERO;
        if (from != at) flags |= GM__ORD_SPACED;
        value = value * 10 + (int32_t)(cp - '0');
        at = from + n;
        if (++digits > 9) return 0;
    }
    if (digits) *out = (struct gm__ordinal){.value = value, .components = 1, .flags = flags};
    return (size_t)(at - p);
}

/* l、 and l2、: what a reader of pictures takes 1 for. */
static size_t scan_ell(const char *p, const char *end, struct gm__ordinal *out) {
    uint32_t cp;
    size_t n = next_narrow(p, end, &cp);
    struct gm__ordinal rest;
    if (cp != 'l') return 0;
    size_t more = scan_arabic(p + n, end, false, &rest);
    bool ten = more == 1;
    *out = (struct gm__ordinal){.value = ten ? 10 + rest.value : 1, .components = 1, .flags = GM__ORD_LOOKALIKE};
    return ten ? n + more : n;
}

/* 1-2-3. The numbers of dates, telephones and years (2021-3-7) are larger. */
static size_t scan_hyphened(const char *p, const char *end, struct gm__ordinal *out) {
    struct gm__ordinal part;
    uint32_t cp;
    size_t len = 0, next = 0;
    uint16_t components = 0;
    for (;;) {
        size_t n = scan_arabic(p + next, end, false, &part);
        if (!n || part.flags || part.value < 1 || part.value > HYPHENED_MAX) return 0;
        len = next + n;
        components++;
        next = len + next_narrow(p + len, end, &cp);
        if (cp != '-' && cp != 0x2013) break;
    }
    if (components < 2) return 0;
    *out = (struct gm__ordinal){.value = part.value, .components = components};
    return len;
}

/* 9A, 10AA: in a statute of Hong Kong AA stands before A, BA between A and B. */
static size_t scan_lettered(const char *p, const char *end, struct gm__ordinal *out) {
    struct gm__ordinal number;
    uint32_t a, b, c;
    size_t n = scan_arabic(p, end, false, &number);
    if (!n || (unsigned char)*p >= 0x80 || number.flags || number.value < 1 || number.value > LETTERED_MAX) return 0;
    size_t first = next_narrow(p + n, end, &a), second = next_narrow(p + n + first, end, &b);
    if (a < 'A' || a > 'Z') return 0;
    bool two = b >= 'A' && b <= 'Z';
    if (two)
        (void)next_narrow(p + n + first + second, end, &c);
    else
        c = b;
    if (is_letter(c) || (c >= '0' && c <= '9')) return 0;
    int32_t place = (int32_t)(a - 'A' + 1) * 1000;
    if (two) place += (int32_t)(b - 'A' + 1) - 27;
    *out = (struct gm__ordinal){.value = number.value, .other = place, .components = 1};
    return n + first + (two ? second : 0);
}

/* ".2" behind a component; 0 when there is none. */
static size_t scan_component(const char *p, const char *end, bool spaced, struct gm__ordinal *part) {
    uint32_t cp;
    const char *at = spaced ? skip_blanks(p, end) : p;
    bool gap = at != p;
    at += next_narrow(at, end, &cp);
    if (cp != '.' && cp != 0xFF0E) return 0;
    const char *number = spaced ? skip_blanks(at, end) : at;
    gap |= number != at;
    size_t n = scan_arabic(number, end, false, part);
    if (n == 0) return 0;
    if (gap) part->flags |= GM__ORD_SPACED;
    return (size_t)(number - p) + n;
}

static size_t scan_decimal(const char *p, const char *end, bool annex, bool spaced, struct gm__ordinal *out) {
    struct gm__ordinal part, whole = {.components = 1};
    uint32_t cp;
    size_t len = next_narrow(p, end, &cp);
    if (!annex)
        len = scan_arabic(p, end, false, &whole);
    else if (cp < 'A' || cp > 'Z')
        return 0;
    if (len == 0) return 0;
    for (size_t n; (n = scan_component(p + len, end, spaced, &part)) > 0; len += n) {
        if ((part.flags & GM__ORD_SPACED) && whole.components > 1 && !(whole.flags & GM__ORD_SPACED))
            break; /* 3.1. 2号 */
        whole.value = part.value;
        whole.flags |= part.flags;
        whole.components++;
    }
    if (whole.components < 2) return 0;
    *out = whole;
    return len;
}

/* Spell a run of Roman letters, single glyphs too (Ⅻ = XII), in lower case. */
static size_t spell_roman(const char *p, const char *end, bool lower, char *text, size_t size, size_t *count) {
    static const char *const spelled[] = {"i",  "ii", "iii", "iv",  "v", "vi", "vii", "viii",
                                          "ix", "x",  "xi",  "xii", "l", "c",  "d",   "m"};
    size_t len = 0;
    const char *at = p;
    for (;;) {
        uint32_t cp, base = lower ? 0x2170 : 0x2160;
        size_t n = next_narrow(at, end, &cp);
        char one[2] = {0};
        const char *add = one;
        if (cp >= base && cp < base + 16)
            add = spelled[cp - base];
        else if (is_letter(cp) && (cp >= 'a') == lower && strchr("ivxlcdm", (int)(cp | 32)))
            one[0] = (char)(cp | 32);
        else if (is_letter(cp))
            return 0; /* in a word */
        else
            break;
        size_t more = strlen(add);
        if (len + more >= size) return 0;
        memcpy(text + len, add, more + 1);
        len += more;
        at += n;
    }
    *count = len;
    return (size_t)(at - p);
}

static size_t scan_roman(const char *p, const char *end, bool lower, struct gm__ordinal *out) {
    static const struct {
        char text[3];
        int16_t value;
    } steps[] = {{"m", 1000}, {"cm", 900}, {"d", 500}, {"cd", 400}, {"c", 100}, {"xc", 90}, {"l", 50},
                 {"xl", 40},  {"x", 10},   {"ix", 9},  {"v", 5},    {"iv", 4},  {"i", 1}};
    char text[20], back[20];
    size_t count = 0, len = spell_roman(p, end, lower, text, sizeof text, &count);
    if (len == 0 || count == 0) return 0;
    int32_t value = 0;
    const char *at = text;
    for (size_t i = 0; i < GM__COUNT(steps);) {
        size_t n = strlen(steps[i].text);
        if (strncmp(at, steps[i].text, n) == 0) {
            value += steps[i].value;
            at += n;
        } else {
            i++;
        }
    }
    if (*at || value > 3999) return 0;
    /* IIII and VIV would pass the loop above: only the canonical spelling is one */
    if (gm__numeral_format(GM__STYLE_ROMAN_LOWER, value, back, sizeof back) != count || strcmp(back, text) != 0)
        return 0;
    *out = (struct gm__ordinal){.value = value, .components = 1};
    return len;
}

/* One letter, or two: aa is 27, and ab 28; repeated letters count on in Word (bb = 28) too. */
static size_t scan_latin(const char *p, const char *end, bool lower, struct gm__ordinal *out) {
    uint32_t first = lower ? 'a' : 'A', a, b, c;
    size_t n = next_narrow(p, end, &a);
    if (a < first || a > first + 25) return 0;
    size_t more = next_narrow(p + n, end, &b);
    int32_t high = (int32_t)(a - first) + 1;
    if (!is_letter(b)) {
        *out = (struct gm__ordinal){.value = high, .components = 1};
        return n;
    }
    (void)next_narrow(p + n + more, end, &c);
    if (b < first || b > first + 25 || is_letter(c)) return 0;
    *out = (struct gm__ordinal){.value = high * 26 + (int32_t)(b - first) + 1, .components = 1};
    if (a == b && a != first) {
        out->other = out->value;
        out->value = 26 + high;
    }
    return n + more;
}

/* Stems and branches, with the characters that pass for one another: 己 已 巳, 戊 戌 戍. */
static size_t scan_cycle(const char *p, const char *end, bool branch, struct gm__ordinal *out) {
    uint32_t cp;
    size_t n = gm__utf8_decode(p, end, &cp);
    unsigned code = gm__han_code(cp), kind = code & GM__HAN_KIND;
    int32_t value = (int32_t)(code & 0xF);
    bool odd = (code & GM__HAN_LOOKALIKE) != 0;
    if (kind == GM__HAN_OTHER) {
        value = value == 1 ? 6 : branch ? 11 : 5;
        odd = true;
    } else if (kind == GM__HAN_STEM && branch) {
        if (value != 5 && value != 6) return 0;
        value = value == 5 ? 11 : 6;
        odd = true;
    } else if (kind == GM__HAN_BRANCH && !branch) {
        if (value != 11 && value != 6) return 0;
        value = value == 11 ? 5 : 6;
        odd = true;
    } else if (kind != (branch ? GM__HAN_BRANCH : GM__HAN_STEM)) {
        return 0;
    }
    *out = (struct gm__ordinal){.value = value, .components = 1, .flags = odd ? GM__ORD_LOOKALIKE : 0};
    return n;
}

/* Systems with a code point per number. */
static size_t scan_glyph(enum gm__numeral system, const char *p, const char *end, struct gm__ordinal *out) {
    uint32_t cp;
    size_t n = gm__utf8_decode(p, end, &cp);
    int32_t value = -1;
    if (system == GM__NUM_IROHA)
        value = (int32_t)gm__iroha_value(cp) - (gm__iroha_value(cp) == 0);
    else if (system == GM__NUM_AIUEO)
        value = (int32_t)gm__aiueo_value(cp) - (gm__aiueo_value(cp) == 0);
    else if (system == GM__NUM_HANGUL)
        value = (int32_t)gm__hangul_value(cp) - (gm__hangul_value(cp) == 0);
    else if (system == GM__NUM_STOP_ARABIC && cp == 0x1F100)
        value = 0;
    for (size_t i = 0; i < gm__glyph_run_count && value < 0; i++) {
        const struct gm__glyphs *run = &gm__glyph_runs[i];
        if (run->system == system && cp >= run->first && cp <= run->last)
            value = (int32_t)(cp - run->first) + run->value;
    }
    if (value < 0) return 0;
    *out = (struct gm__ordinal){.value = value, .components = 1};
    return n;
}

size_t gm__numeral_scan(enum gm__numeral system, const char *p, const char *end, bool spaced, struct gm__ordinal *out) {
    if (p >= end) return 0;
    switch (system) {
    case GM__NUM_NONE:
    case GM__NUM_COUNT: return 0;
    case GM__NUM_HAN: return gm__han_scan(false, p, end, spaced, out);
    case GM__NUM_FORMAL: return gm__han_scan(true, p, end, spaced, out);
    case GM__NUM_ARABIC: return *p == 'l' ? scan_ell(p, end, out) : scan_arabic(p, end, spaced, out);
    case GM__NUM_DECIMAL: return scan_decimal(p, end, false, spaced, out);
    case GM__NUM_ANNEX: return scan_decimal(p, end, true, spaced, out);
    case GM__NUM_HYPHENED: return scan_hyphened(p, end, out);
    case GM__NUM_LETTERED: return scan_lettered(p, end, out);
    case GM__NUM_ROMAN: return scan_roman(p, end, false, out);
    case GM__NUM_ROMAN_LOWER: return scan_roman(p, end, true, out);
    case GM__NUM_LATIN: return scan_latin(p, end, false, out);
    case GM__NUM_LATIN_LOWER: return scan_latin(p, end, true, out);
    case GM__NUM_STEM: return scan_cycle(p, end, false, out);
    case GM__NUM_BRANCH: return scan_cycle(p, end, true, out);
    case GM__NUM_CIRCLED:
    case GM__NUM_CIRCLED_BLACK:
    case GM__NUM_CIRCLED_SANS:
    case GM__NUM_PAREN_ARABIC:
    case GM__NUM_STOP_ARABIC:
    case GM__NUM_PAREN_HAN:
    case GM__NUM_CIRCLED_HAN:
    case GM__NUM_PAREN_LATIN:
    case GM__NUM_CIRCLED_LATIN:
    case GM__NUM_CIRCLED_LATIN_LOWER:
    case GM__NUM_IROHA:
    case GM__NUM_AIUEO:
    case GM__NUM_HANGUL: return scan_glyph(system, p, end, out);
    }
    return 0;
}

static const char *const names[GM__NUM_COUNT] = {
    [GM__NUM_NONE] = "none",
    [GM__NUM_HAN] = "han",
    [GM__NUM_FORMAL] = "formal",
    [GM__NUM_ARABIC] = "arabic",
    [GM__NUM_DECIMAL] = "decimal",
    [GM__NUM_ROMAN] = "roman",
    [GM__NUM_ROMAN_LOWER] = "roman-lower",
    [GM__NUM_LATIN] = "latin",
    [GM__NUM_LATIN_LOWER] = "latin-lower",
    [GM__NUM_STEM] = "stem",
    [GM__NUM_BRANCH] = "branch",
    [GM__NUM_CIRCLED] = "circled",
    [GM__NUM_CIRCLED_BLACK] = "circled-black",
    [GM__NUM_CIRCLED_SANS] = "circled-sans",
    [GM__NUM_PAREN_ARABIC] = "paren-arabic",
    [GM__NUM_STOP_ARABIC] = "stop-arabic",
    [GM__NUM_PAREN_HAN] = "paren-han",
    [GM__NUM_CIRCLED_HAN] = "circled-han",
    [GM__NUM_PAREN_LATIN] = "paren-latin",
    [GM__NUM_CIRCLED_LATIN] = "circled-latin",
    [GM__NUM_CIRCLED_LATIN_LOWER] = "circled-latin-lower",
    [GM__NUM_IROHA] = "iroha",
    [GM__NUM_AIUEO] = "aiueo",
    [GM__NUM_HANGUL] = "hangul",
    [GM__NUM_ANNEX] = "annex",
    [GM__NUM_HYPHENED] = "hyphened",
    [GM__NUM_LETTERED] = "lettered",
};

enum gm__numeral gm__numeral_by_name(const char *name, size_t len) {
    unsigned i = GM__NUM_NONE + 1;
    while (i < GM__NUM_COUNT && (strlen(names[i]) != len || memcmp(names[i], name, len) != 0)) i++;
    return (enum gm__numeral)i;
}

const char *gm__numeral_name(enum gm__numeral system) { return names[system]; }
