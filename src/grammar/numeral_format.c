/*
 * numeral_format.c - values to text.
 * Sources: CSS Counter Styles Level 3 §6 and §7 (simp-chinese-informal …), Unicode for the glyph systems.
 */
#include "grammar/numeral_tables.h"

#include <stdio.h>

void gm__numeral_put(struct gm__numeral_text *t, uint32_t cp) {
    char bytes[4];
    size_t n = gm__utf8_encode(cp, bytes);
    t->full |= t->len + n >= t->size;
    if (t->full) return;
    memcpy(t->data + t->len, bytes, n);
    t->len += n;
}

struct han_style {
    uint16_t digits[10], units[5];
    bool short_ten;  /* 十一, not 一十一 */
    bool bare_units; /* 百一: no 一 before a unit, no 零 */
};
static const struct han_style han_styles[] = {
    [GM__STYLE_HAN] = {{0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D},
                       {0, 0x5341, 0x767E, 0x5343, 0x4E07},
                       true,
                       false},
    [GM__STYLE_HAN_FORMAL] = {{0x96F6, 0x58F9, 0x8D30, 0x53C1, 0x8086, 0x4F0D, 0x9646, 0x67D2, 0x634C, 0x7396},
                              {0, 0x62FE, 0x4F70, 0x4EDF, 0x4E07},
                              false,
                              false},
    [GM__STYLE_HAN_FORMAL_TRAD] = {{0x96F6, 0x58F9, 0x8CB3, 0x53C3, 0x8086, 0x4F0D, 0x9678, 0x67D2, 0x634C, 0x7396},
                                   {0, 0x62FE, 0x4F70, 0x4EDF, 0x842C},
                                   false,
                                   false},
    [GM__STYLE_HAN_POSITIONAL] = {{0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D},
                                  {0},
                                  false,
                                  false},
    [GM__STYLE_JAPANESE] = {{0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D},
                            {0, 0x5341, 0x767E, 0x5343, 0x4E07},
                            true,
                            true},
    [GM__STYLE_JAPANESE_FORMAL] = {{0x96F6, 0x58F1, 0x5F10, 0x53C2, 0x56DB, 0x4F0D, 0x516D, 0x4E03, 0x516B, 0x4E5D},
                                   {0, 0x62FE, 0x767E, 0x9621, 0x842C},
                                   false,
                                   true},
};

/* Up to four digits; `inner` when a 万 stands before them, so that 零 must mark a gap. */
static void put_section(struct gm__numeral_text *t, const struct han_style *style, int32_t value, bool inner) {
    static const int32_t powers[] = {1, 10, 100, 1000};
    bool started = inner, gap = false;
    for (int power = 3; power >= 0; power--) {
        int32_t digit = value / powers[power] % 10;
        if (digit == 0) {
            gap = started;
            continue;
        }
        if (gap && !style->bare_units) gm__numeral_put(t, style->digits[0]);
        bool silent = power > 0 && digit == 1 && style->bare_units && style->short_ten;
        if (power == 1 && digit == 1 && style->short_ten && !started) silent = true;
        if (!silent) gm__numeral_put(t, style->digits[digit]);
        if (power > 0) gm__numeral_put(t, style->units[power]);
        started = true;
        gap = false;
    }
}

static void put_han(struct gm__numeral_text *t, enum gm__numeral_style which, int64_t value) {
    const struct han_style *style = &han_styles[which];
    if (value == 0) {
        gm__numeral_put(t, style->digits[0]);
        return;
    }
    if (value >= 10000) {
        put_section(t, style, (int32_t)(value / 10000), false);
        gm__numeral_put(t, style->units[4]);
    }
    put_section(t, style, (int32_t)(value % 10000), value >= 10000);
}

/* Decimal digits from `zero` on, at least `width` of them; NULL table: consecutive code points. */
static void put_digits(struct gm__numeral_text *t, int64_t value, int width, uint32_t zero, const uint16_t *table) {
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%0*lld", width, (long long)value);
    for (int i = 0; i < n; i++) {
        uint32_t digit = (uint32_t)(digits[i] - '0');
        gm__numeral_put(t, table ? table[digit] : zero + digit);
    }
}

static void put_roman(struct gm__numeral_text *t, int64_t value, bool lower) {
    static const char *const digits[] = {"", "a", "aa", "aaa", "ab", "b", "ba", "baa", "baaa", "ac"};
    static const char letters[] = "IVXLCDM";
    int64_t power = 1000;
    for (size_t place = 4; place-- > 0; power /= 10) {
        for (const char *d = digits[value / power % 10]; *d; d++) {
            char letter = letters[place * 2 + (size_t)(*d - 'a')];
            gm__numeral_put(t, (unsigned char)letter + (lower ? 32u : 0u));
        }
    }
}

static void put_letters(struct gm__numeral_text *t, int64_t value, uint32_t first, bool repeat) {
    char letters[16];
    size_t n = 0;
    if (repeat) {
        for (int64_t i = (value - 1) / 26; i >= 0 && !t->full; i--)
            gm__numeral_put(t, first + (uint32_t)((value - 1) % 26));
        return;
    }
    for (; value > 0; value = (value - 1) / 26) letters[n++] = (char)((value - 1) % 26);
    while (n > 0) gm__numeral_put(t, first + (unsigned char)letters[--n]);
}

static void put_glyph(struct gm__numeral_text *t, enum gm__numeral system, int64_t value) {
    for (size_t i = 0; i < gm__glyph_run_count; i++) {
        const struct gm__glyphs *run = &gm__glyph_runs[i];
        if (run->system == system && value >= run->value && value - run->value <= run->last - run->first) {
            gm__numeral_put(t, run->first + (uint32_t)(value - run->value));
            return;
        }
    }
}

/* The largest value of a style. */
static int64_t style_max(enum gm__numeral_style style) {
    switch (style) {
    case GM__STYLE_HAN:
    case GM__STYLE_HAN_FORMAL:
    case GM__STYLE_HAN_FORMAL_TRAD:
    case GM__STYLE_HAN_POSITIONAL:
    case GM__STYLE_JAPANESE:
    case GM__STYLE_JAPANESE_FORMAL: return 99999999;
    case GM__STYLE_ARABIC:
    case GM__STYLE_ARABIC_WIDE:
    case GM__STYLE_ARABIC_ZERO: return INT64_MAX;
    case GM__STYLE_ROMAN:
    case GM__STYLE_ROMAN_LOWER: return 3999;
    case GM__STYLE_LATIN:
    case GM__STYLE_LATIN_LOWER:
    case GM__STYLE_LATIN_REPEAT:
    case GM__STYLE_LATIN_LOWER_REPEAT: return 9999999;
    case GM__STYLE_STEM: return 10;
    case GM__STYLE_BRANCH: return 12;
    case GM__STYLE_CIRCLED: return 50;
    case GM__STYLE_CIRCLED_BLACK:
    case GM__STYLE_PAREN_ARABIC:
    case GM__STYLE_STOP_ARABIC: return 20;
    case GM__STYLE_PAREN_HAN:
    case GM__STYLE_CIRCLED_HAN: return 10;
    case GM__STYLE_PAREN_LATIN:
    case GM__STYLE_CIRCLED_LATIN:
    case GM__STYLE_CIRCLED_LATIN_LOWER: return 26;
    case GM__STYLE_IROHA: return GM__IROHA_COUNT;
    case GM__STYLE_AIUEO: return GM__AIUEO_COUNT;
    case GM__STYLE_HANGUL: return GM__HANGUL_COUNT;
    case GM__STYLE_COUNT: return -1;
    }
    return -1;
}

static bool has_zero(enum gm__numeral_style style) {
    return style <= GM__STYLE_ARABIC_ZERO || style == GM__STYLE_CIRCLED || style == GM__STYLE_CIRCLED_BLACK;
}

static void put_value(struct gm__numeral_text *t, enum gm__numeral_style style, int64_t value) {
    switch (style) {
    case GM__STYLE_HAN:
    case GM__STYLE_HAN_FORMAL:
    case GM__STYLE_HAN_FORMAL_TRAD:
    case GM__STYLE_JAPANESE:
    case GM__STYLE_JAPANESE_FORMAL: put_han(t, style, value); break;
    case GM__STYLE_HAN_POSITIONAL: put_digits(t, value, 1, 0, han_styles[style].digits); break;
    case GM__STYLE_ARABIC: put_digits(t, value, 1, '0', NULL); break;
    case GM__STYLE_ARABIC_WIDE: put_digits(t, value, 1, 0xFF10, NULL); break;
    case GM__STYLE_ARABIC_ZERO: put_digits(t, value, 2, '0', NULL); break;
    case GM__STYLE_ROMAN: put_roman(t, value, false); break;
    case GM__STYLE_ROMAN_LOWER: put_roman(t, value, true); break;
    case GM__STYLE_LATIN: put_letters(t, value, 'A', false); break;
    case GM__STYLE_LATIN_LOWER: put_letters(t, value, 'a', false); break;
    case GM__STYLE_LATIN_REPEAT: put_letters(t, value, 'A', true); break;
    case GM__STYLE_LATIN_LOWER_REPEAT: put_letters(t, value, 'a', true); break;
    case GM__STYLE_STEM: gm__numeral_put(t, gm__stems[value - 1]); break;
    case GM__STYLE_BRANCH: gm__numeral_put(t, gm__branches[value - 1]); break;
    case GM__STYLE_CIRCLED: put_glyph(t, GM__NUM_CIRCLED, value); break;
    case GM__STYLE_CIRCLED_BLACK: put_glyph(t, GM__NUM_CIRCLED_BLACK, value); break;
    case GM__STYLE_PAREN_ARABIC: put_glyph(t, GM__NUM_PAREN_ARABIC, value); break;
    case GM__STYLE_STOP_ARABIC: put_glyph(t, GM__NUM_STOP_ARABIC, value); break;
    case GM__STYLE_PAREN_HAN: put_glyph(t, GM__NUM_PAREN_HAN, value); break;
    case GM__STYLE_CIRCLED_HAN: put_glyph(t, GM__NUM_CIRCLED_HAN, value); break;
    case GM__STYLE_PAREN_LATIN: put_glyph(t, GM__NUM_PAREN_LATIN, value); break;
    case GM__STYLE_CIRCLED_LATIN: put_glyph(t, GM__NUM_CIRCLED_LATIN, value); break;
    case GM__STYLE_CIRCLED_LATIN_LOWER: put_glyph(t, GM__NUM_CIRCLED_LATIN_LOWER, value); break;
    case GM__STYLE_IROHA: gm__numeral_put(t, gm__iroha[value - 1]); break;
    case GM__STYLE_AIUEO: gm__numeral_put(t, gm__aiueo[value - 1]); break;
    case GM__STYLE_HANGUL: gm__numeral_put(t, gm__hangul[value - 1]); break;
    case GM__STYLE_COUNT: break;
    }
}

size_t gm__numeral_format(enum gm__numeral_style style, int64_t value, char *buffer, size_t size) {
    struct gm__numeral_text t = {.data = buffer, .size = size};
    if (size == 0) return 0;
    buffer[0] = '\0';
    if (value < (has_zero(style) ? 0 : 1) || value > style_max(style)) return 0;
    put_value(&t, style, value);
    if (t.full) t.len = 0;
    buffer[t.len] = '\0';
    return t.len;
}
