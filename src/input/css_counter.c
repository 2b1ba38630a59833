/* css_counter.c - CSS counter styles (CSS Counter Styles Level 3, sections 6 and 7): name, number -> marker. */
#include "grammar/numeral.h"
#include "input/css.h"

#include <stdio.h>

#define DUN    "\xE3\x80\x81" /* 、 */
#define BULLET GM__STYLE_COUNT
#define GREEK  (GM__STYLE_COUNT + 1)
#define FIRST  (GM__COUNTER_NONE)

struct style {
    const char *name;
    uint8_t style;    /* enum gm__numeral_style, BULLET or GREEK */
    uint8_t fallback; /* for numbers that the style has not */
    bool hiragana;    /* formatted as katakana, 0x60 code points further up */
    const char *suffix;
};

/* Row 0 is "none"; a style's number is its row + 1. */
static const struct style styles[] = {
    {"none", BULLET, BULLET, false, ""},
    {"disc", BULLET, BULLET, false, ""},
    {"circle", BULLET, BULLET, false, ""},
    {"square", BULLET, BULLET, false, ""},
    {"disclosure-open", BULLET, BULLET, false, ""},
    {"disclosure-closed", BULLET, BULLET, false, ""},
    {"decimal", GM__STYLE_ARABIC, GM__STYLE_ARABIC, false, "."},
    {"decimal-leading-zero", GM__STYLE_ARABIC_ZERO, GM__STYLE_ARABIC, false, "."},
    {"lower-alpha", GM__STYLE_LATIN_LOWER, GM__STYLE_ARABIC, false, "."},
    {"lower-latin", GM__STYLE_LATIN_LOWER, GM__STYLE_ARABIC, false, "."},
    {"upper-alpha", GM__STYLE_LATIN, GM__STYLE_ARABIC, false, "."},
    {"upper-latin", GM__STYLE_LATIN, GM__STYLE_ARABIC, false, "."},
    {"lower-roman", GM__STYLE_ROMAN_LOWER, GM__STYLE_ARABIC, false, "."},
    {"upper-roman", GM__STYLE_ROMAN, GM__STYLE_ARABIC, false, "."},
    {"lower-greek", GREEK, GM__STYLE_ARABIC, false, "."},
    {"cjk-decimal", GM__STYLE_HAN_POSITIONAL, GM__STYLE_ARABIC, false, DUN},
    {"cjk-ideographic", GM__STYLE_HAN, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"trad-chinese-informal", GM__STYLE_HAN, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"simp-chinese-informal", GM__STYLE_HAN, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"trad-chinese-formal", GM__STYLE_HAN_FORMAL_TRAD, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"simp-chinese-formal", GM__STYLE_HAN_FORMAL, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"japanese-informal", GM__STYLE_JAPANESE, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"japanese-formal", GM__STYLE_JAPANESE_FORMAL, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"cjk-heavenly-stem", GM__STYLE_STEM, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"cjk-earthly-branch", GM__STYLE_BRANCH, GM__STYLE_HAN_POSITIONAL, false, DUN},
    {"katakana", GM__STYLE_AIUEO, GM__STYLE_ARABIC, false, DUN},
    {"katakana-iroha", GM__STYLE_IROHA, GM__STYLE_ARABIC, false, DUN},
    {"hiragana", GM__STYLE_AIUEO, GM__STYLE_ARABIC, true, DUN},
    {"hiragana-iroha", GM__STYLE_IROHA, GM__STYLE_ARABIC, true, DUN},
};

uint8_t gm__counter_by_name(const char *name, size_t len) {
    for (size_t i = 0; i < GM__COUNT(styles); i++)
        if (gm__has_word(styles[i].name, name, len)) return (uint8_t)(FIRST + i);
    return GM__COUNTER_UNSET;
}

/* Alphabetic over α … ω without the final sigma. */
static size_t greek(int32_t value, char *buffer, size_t size) {
    uint32_t letters[8];
    size_t count = 0, len = 0;
    for (int32_t v = value; v > 0 && count < GM__COUNT(letters); v = (v - 1) / 24) {
        uint32_t i = (uint32_t)(v - 1) % 24;
        letters[count++] = 0x3B1 + i + (i >= 17 ? 1 : 0);
    }
    while (count > 0 && len + 4 < size) len += gm__utf8_encode(letters[--count], buffer + len);
    buffer[len] = 0;
    return len;
}

static size_t to_hiragana(char *text, size_t len) {
    size_t out = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += gm__utf8_decode(text + i, text + len, &cp);
        char bytes[4];
        size_t n = gm__utf8_encode(cp >= 0x30A1 && cp <= 0x30F6 ? cp - 0x60 : cp, bytes);
        memcpy(text + out, bytes, n); /* kana all take three bytes */
        out += n;
    }
    return out;
}

static size_t format(uint8_t style, int32_t value, char *buffer, size_t size) {
    if (style == GREEK) return greek(value, buffer, size);
    return gm__numeral_format((enum gm__numeral_style)style, value, buffer, size);
}

size_t gm__counter_number(uint8_t counter, int32_t value, char *buffer, size_t size) {
    if (counter < FIRST || (size_t)(counter - FIRST) >= GM__COUNT(styles) || size < 32) return 0;
    const struct style *s = &styles[counter - FIRST];
    if (s->style == BULLET) return 0;
    size_t len = format(s->style, value, buffer, size);
    if (len && s->hiragana) len = to_hiragana(buffer, len);
    if (!len) len = format(s->fallback, value, buffer, size);
    return len ? len : (size_t)snprintf(buffer, size, "%d", (int)value);
}

size_t gm__counter_label(uint8_t counter, int32_t value, char *buffer, size_t size) {
    if (counter < FIRST || (size_t)(counter - FIRST) >= GM__COUNT(styles) || size < 40) return 0;
    const struct style *s = &styles[counter - FIRST];
    size_t len = gm__counter_number(counter, value, buffer, size - sizeof DUN);
    if (!len) return 0;
    memcpy(buffer + len, s->suffix, strlen(s->suffix) + 1);
    return len + strlen(s->suffix);
}
