/* target_numeral.c - numerals: every system reads every text, and every style's text reads back to its value. */
#include "fuzz.h"

#include "grammar/numeral.h"

/* A dash passes for 一 before 、 and a closing bracket alone: that character belongs to what is read. */
static bool ends_in_dash(const char *text, size_t len) {
    uint32_t cp;
    (void)gm__utf8_decode_back(text, text + len, &cp);
    return cp == '-' || (cp >= 0x2013 && cp <= 0x2015) || cp == 0x2500 || cp == 0xFF0D;
}

static void check_scan(enum gm__numeral system, const char *text, size_t len, bool spaced) {
    struct gm__ordinal ordinal = {0}, again = {0};
    size_t n = gm__numeral_scan(system, text, text + len, spaced, &ordinal);
    if (!n) return;
    const char *name = gm__numeral_name(system);
    CHECK(n <= len, "%s: %zu of %zu bytes", name, n, len);
    CHECK(gm__utf8_valid_prefix(text, n) == n, "%s: it ends within a character", name);
    int32_t most = system == GM__NUM_HAN || system == GM__NUM_FORMAL ? 99999999 : 9999999;
    CHECK(ordinal.value >= 0 && ordinal.value <= most, "%s: the value %d", name, ordinal.value);
    CHECK(ordinal.components >= 1, "%s: of no components", name);
    uint32_t cp;
    (void)gm__utf8_decode(text, text + len, &cp);
    CHECK(gm__numeral_systems(cp) >> system & 1, "%s begins with U+%04X, it is said not to", name, (unsigned)cp);
    size_t seen = n;
    if (ends_in_dash(text, n) && n < len) seen += gm__utf8_decode(text + n, text + len, &cp);
    size_t m = gm__numeral_scan(system, text, text + seen, spaced, &again);
    CHECK(m == n && again.value == ordinal.value, "%s: %zu bytes, but %zu without what follows", name, n, m);
}

/* Which system reads a style's text back. */
static enum gm__numeral system_of(enum gm__numeral_style style) {
    static const uint8_t systems[GM__STYLE_COUNT] = {
        [GM__STYLE_HAN] = GM__NUM_HAN,
        [GM__STYLE_HAN_FORMAL] = GM__NUM_FORMAL,
        [GM__STYLE_HAN_FORMAL_TRAD] = GM__NUM_FORMAL,
        [GM__STYLE_HAN_POSITIONAL] = GM__NUM_HAN,
        [GM__STYLE_JAPANESE] = GM__NUM_HAN,
        [GM__STYLE_ARABIC] = GM__NUM_ARABIC,
        [GM__STYLE_ARABIC_WIDE] = GM__NUM_ARABIC,
        [GM__STYLE_ARABIC_ZERO] = GM__NUM_ARABIC,
        [GM__STYLE_ROMAN] = GM__NUM_ROMAN,
        [GM__STYLE_ROMAN_LOWER] = GM__NUM_ROMAN_LOWER,
        [GM__STYLE_STEM] = GM__NUM_STEM,
        [GM__STYLE_BRANCH] = GM__NUM_BRANCH,
        [GM__STYLE_CIRCLED] = GM__NUM_CIRCLED,
        [GM__STYLE_CIRCLED_BLACK] = GM__NUM_CIRCLED_BLACK,
        [GM__STYLE_PAREN_ARABIC] = GM__NUM_PAREN_ARABIC,
        [GM__STYLE_STOP_ARABIC] = GM__NUM_STOP_ARABIC,
        [GM__STYLE_PAREN_HAN] = GM__NUM_PAREN_HAN,
        [GM__STYLE_CIRCLED_HAN] = GM__NUM_CIRCLED_HAN,
        [GM__STYLE_PAREN_LATIN] = GM__NUM_PAREN_LATIN,
        [GM__STYLE_CIRCLED_LATIN] = GM__NUM_CIRCLED_LATIN,
        [GM__STYLE_CIRCLED_LATIN_LOWER] = GM__NUM_CIRCLED_LATIN_LOWER,
        [GM__STYLE_IROHA] = GM__NUM_IROHA,
        [GM__STYLE_AIUEO] = GM__NUM_AIUEO,
        [GM__STYLE_HANGUL] = GM__NUM_HANGUL,
    };
    return (enum gm__numeral)systems[style];
}

static void check_format(enum gm__numeral_style style, int64_t value, size_t size) {
    char text[256], small[256];
    size_t n = gm__numeral_format(style, value, text, sizeof text);
    size_t m = gm__numeral_format(style, value, small, size % sizeof small);
    CHECK(n < sizeof text && m < sizeof small, "style %d: %zu bytes", (int)style, n);
    CHECK(m == 0 || (m == n && memcmp(small, text, n + 1) == 0), "style %d: another text in %zu bytes", (int)style, m);
    CHECK(m == n || n + 1 > size % sizeof small, "style %d: %zu bytes were enough for %zu", (int)style,
          size % sizeof small, n);
    if (!n) return;
    CHECK(text[n] == '\0' && strlen(text) == n, "style %d: no NUL", (int)style);
    CHECK(gm__utf8_valid_prefix(text, n) == n, "style %d: not UTF-8", (int)style);
    enum gm__numeral system = value ? system_of(style) : GM__NUM_NONE; /* 零 alone is formal and not */
    struct gm__ordinal back = {0};
    if (system == GM__NUM_NONE || value > 9999999) return;
    size_t taken = gm__numeral_scan(system, text, text + n, false, &back);
    CHECK(taken == n && (back.value == value || back.other == value), "style %d: %lld is %s, which reads as %d",
          (int)style, (long long)value, text, taken == n ? (int)back.value : -1);
}

/* Eight bytes are a value and a room to write it in; the rest is text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < 8 && i < size; i++) value = value << 8 | data[i];
    for (unsigned style = 0; style < GM__STYLE_COUNT; style++) {
        check_format((enum gm__numeral_style)style, (int64_t)value, value >> 40);
        check_format((enum gm__numeral_style)style, (int64_t)(value % 20000), SIZE_MAX);
    }
    if (size <= 8) return 0;
    for (unsigned system = 1; system < GM__NUM_COUNT; system++)
        for (int spaced = 0; spaced < 2; spaced++)
            check_scan((enum gm__numeral)system, (const char *)data + 8, size - 8, spaced);
    return 0;
}
