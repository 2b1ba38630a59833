/* test_numeral.c - numerals: value to text and back, and the tables of CSS Counter Styles 3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "grammar/numeral_tables.h"

struct back {
    enum gm__numeral_style style;
    enum gm__numeral system;
    int32_t first, last;
};
static const struct back backs[] = {
    {GM__STYLE_HAN, GM__NUM_HAN, 0, 99999999},
    {GM__STYLE_HAN_FORMAL, GM__NUM_FORMAL, 1, 99999999},
    {GM__STYLE_HAN_FORMAL_TRAD, GM__NUM_FORMAL, 1, 99999999},
    {GM__STYLE_HAN_POSITIONAL, GM__NUM_HAN, 0, 99999999},
    {GM__STYLE_JAPANESE, GM__NUM_HAN, 0, 99999999},
    {GM__STYLE_ARABIC, GM__NUM_ARABIC, 0, 9999999},
    {GM__STYLE_ARABIC_WIDE, GM__NUM_ARABIC, 0, 9999999},
    {GM__STYLE_ARABIC_ZERO, GM__NUM_ARABIC, 0, 9999999},
    {GM__STYLE_ROMAN, GM__NUM_ROMAN, 1, 3999},
    {GM__STYLE_ROMAN_LOWER, GM__NUM_ROMAN_LOWER, 1, 3999},
    {GM__STYLE_LATIN, GM__NUM_LATIN, 1, 702},
    {GM__STYLE_LATIN_LOWER, GM__NUM_LATIN_LOWER, 1, 702},
    {GM__STYLE_LATIN_REPEAT, GM__NUM_LATIN, 1, 52},
    {GM__STYLE_LATIN_LOWER_REPEAT, GM__NUM_LATIN_LOWER, 1, 52},
    {GM__STYLE_STEM, GM__NUM_STEM, 1, 10},
    {GM__STYLE_BRANCH, GM__NUM_BRANCH, 1, 12},
    {GM__STYLE_CIRCLED, GM__NUM_CIRCLED, 0, 50},
    {GM__STYLE_CIRCLED_BLACK, GM__NUM_CIRCLED_BLACK, 0, 20},
    {GM__STYLE_PAREN_ARABIC, GM__NUM_PAREN_ARABIC, 1, 20},
    {GM__STYLE_STOP_ARABIC, GM__NUM_STOP_ARABIC, 1, 20},
    {GM__STYLE_PAREN_HAN, GM__NUM_PAREN_HAN, 1, 10},
    {GM__STYLE_CIRCLED_HAN, GM__NUM_CIRCLED_HAN, 1, 10},
    {GM__STYLE_PAREN_LATIN, GM__NUM_PAREN_LATIN, 1, 26},
    {GM__STYLE_CIRCLED_LATIN, GM__NUM_CIRCLED_LATIN, 1, 26},
    {GM__STYLE_CIRCLED_LATIN_LOWER, GM__NUM_CIRCLED_LATIN_LOWER, 1, 26},
    {GM__STYLE_IROHA, GM__NUM_IROHA, 1, 48},
    {GM__STYLE_AIUEO, GM__NUM_AIUEO, 1, 46},
    {GM__STYLE_HANGUL, GM__NUM_HANGUL, 1, 14},
};

static void one_there_and_back(const struct back *b, int32_t value) {
    char text[64];
    struct gm__ordinal ord;
    uint32_t first;
    size_t len = gm__numeral_format(b->style, value, text, sizeof text);
    if (len == 0) fail_msg("style %d has no %d", (int)b->style, value);
    size_t back = gm__numeral_scan(b->system, text, text + len, false, &ord);
    if (back != len || (ord.value != value && ord.other != value))
        fail_msg("%s: %d read as %d in %d of %d bytes", text, value, ord.value, (int)back, (int)len);
    (void)gm__utf8_decode(text, text + len, &first);
    if (!(gm__numeral_systems(first) >> b->system & 1)) fail_msg("%s: system %d not announced", text, (int)b->system);
}

static void there_and_back(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(backs); i++) {
        const struct back *b = &backs[i];
        int32_t dense = b->last < 99999 ? b->last : 99999;
        for (int32_t v = b->first; v <= dense; v++) one_there_and_back(b, v);
        for (int32_t v = dense; v <= b->last - 997; v += 997) one_there_and_back(b, v);
        one_there_and_back(b, b->last);
    }
}

static void beyond_the_last_there_is_nothing(void **state) {
    (void)state;
    char text[64];
    for (size_t i = 0; i < GM__COUNT(backs); i++) {
        if (backs[i].last > 3999 || backs[i].system == GM__NUM_LATIN || backs[i].system == GM__NUM_LATIN_LOWER)
            continue;
        assert_int_equal(gm__numeral_format(backs[i].style, backs[i].last + 1, text, sizeof text), 0);
        assert_int_equal(gm__numeral_format(backs[i].style, -1, text, sizeof text), 0);
    }
    assert_int_equal(gm__numeral_format(GM__STYLE_HAN, 100000000, text, sizeof text), 0);
    assert_int_equal(gm__numeral_format(GM__STYLE_HAN, 11, text, 6), 0); /* no room for the NUL */
    assert_int_equal(gm__numeral_format(GM__STYLE_HAN, 11, text, 7), 6);
}

/* Japanese formal numerals mix 壱 with 四, so either system may read them. */
static void japanese_formal(void **state) {
    (void)state;
    for (int32_t v = 1; v <= 9999; v++) {
        char text[64];
        struct gm__ordinal han = {0}, formal = {0};
        size_t len = gm__numeral_format(GM__STYLE_JAPANESE_FORMAL, v, text, sizeof text);
        size_t h = gm__numeral_scan(GM__NUM_HAN, text, text + len, false, &han);
        size_t f = gm__numeral_scan(GM__NUM_FORMAL, text, text + len, false, &formal);
        bool read =
            (h == len && (han.value == v || han.other == v)) || (f == len && (formal.value == v || formal.other == v));
        if (!read) fail_msg("%s is not read as %d", text, v);
    }
}

static void css_counter_styles(void **state) {
    (void)state;
    static const struct {
        enum gm__numeral_style style;
        int32_t value;
        const char *text;
    } cases[] = {
        {GM__STYLE_HAN, 0, "零"},
        {GM__STYLE_HAN, 10, "十"},
        {GM__STYLE_HAN, 11, "十一"},
        {GM__STYLE_HAN, 100, "一百"},
        {GM__STYLE_HAN, 101, "一百零一"},
        {GM__STYLE_HAN, 110, "一百一十"},
        {GM__STYLE_HAN, 111, "一百一十一"},
        {GM__STYLE_HAN, 1000, "一千"},
        {GM__STYLE_HAN, 6001, "六千零一"},
        {GM__STYLE_HAN, 10010, "一万零一十"},
        {GM__STYLE_HAN, 120000, "十二万"},
        {GM__STYLE_HAN_FORMAL, 10, "壹拾"},
        {GM__STYLE_HAN_FORMAL, 11, "壹拾壹"},
        {GM__STYLE_HAN_FORMAL, 101, "壹佰零壹"},
        {GM__STYLE_HAN_FORMAL_TRAD, 6236, "陸仟貳佰參拾陸"},
        {GM__STYLE_JAPANESE, 0, "〇"},
        {GM__STYLE_JAPANESE, 11, "十一"},
        {GM__STYLE_JAPANESE, 100, "百"},
        {GM__STYLE_JAPANESE, 101, "百一"},
        {GM__STYLE_JAPANESE, 6001, "六千一"},
        {GM__STYLE_JAPANESE_FORMAL, 10, "壱拾"},
        {GM__STYLE_JAPANESE_FORMAL, 100, "壱百"},
        {GM__STYLE_JAPANESE_FORMAL, 6001, "六阡壱"},
        {GM__STYLE_HAN_POSITIONAL, 100, "一〇〇"},
        {GM__STYLE_ARABIC_ZERO, 7, "07"},
        {GM__STYLE_ARABIC_WIDE, 12, "１２"},
        {GM__STYLE_ROMAN, 1994, "MCMXCIV"},
        {GM__STYLE_LATIN_LOWER, 28, "ab"},
        {GM__STYLE_LATIN_LOWER_REPEAT, 28, "bb"},
        {GM__STYLE_CIRCLED, 36, "㊱"},
    };
    for (size_t i = 0; i < GM__COUNT(cases); i++) {
        char text[64];
        (void)gm__numeral_format(cases[i].style, cases[i].value, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

struct reading {
    enum gm__numeral system;
    const char *text, *taken; /* "" = none */
    int32_t value, other;
    unsigned flags;
};
static const struct reading readings[] = {
    {GM__NUM_HAN, "十三是", "十三", 13, 0, 0},
    {GM__NUM_HAN, "三、", "三", 3, 0, 0},
    {GM__NUM_HAN, "一百一条", "一百一", 110, 101, 0},
    {GM__NUM_HAN, "百一", "百一", 101, 110, 0},
    {GM__NUM_HAN, "百零一", "百零一", 101, 0, 0},
    {GM__NUM_HAN, "百一十", "百一十", 110, 0, 0},
    {GM__NUM_HAN, "一百十", "一百十", 110, 0, 0},
    {GM__NUM_HAN, "一千〇一", "一千〇一", 1001, 0, 0},
    {GM__NUM_HAN, "一百零", "一百", 100, 0, 0},
    {GM__NUM_HAN, "一百○三", "一百○三", 103, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "○三", "", 0, 0, 0},
    {GM__NUM_HAN, "二〇二一", "二〇二一", 2021, 0, GM__ORD_POSITIONAL},
    {GM__NUM_HAN, "一○三", "一○三", 103, 0, GM__ORD_POSITIONAL | GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "二OO一", "二OO一", 2001, 0, GM__ORD_POSITIONAL | GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "一二", "一二", 12, 0, GM__ORD_POSITIONAL},
    {GM__NUM_HAN, "一二十", "一二", 12, 0, GM__ORD_POSITIONAL},
    {GM__NUM_HAN, "三十零二", "三十", 30, 0, 0},
    {GM__NUM_HAN, "〇一", "〇一", 1, 0, GM__ORD_POSITIONAL | GM__ORD_LEADING_ZERO},
    {GM__NUM_HAN, "零章", "零", 0, 0, 0},
    {GM__NUM_HAN, "廿三", "廿三", 23, 0, 0},
    {GM__NUM_HAN, "百卅", "百卅", 130, 0, 0},
    {GM__NUM_HAN, "卌", "卌", 40, 0, 0},
    {GM__NUM_HAN, "两百", "两百", 200, 0, 0},
    {GM__NUM_HAN, "两千零二十", "两千零二十", 2020, 0, 0},
    {GM__NUM_HAN, "两方面", "", 0, 0, 0},
    {GM__NUM_HAN, "两十", "", 0, 0, 0},
    {GM__NUM_HAN, "一万二千", "一万二千", 12000, 0, 0},
    {GM__NUM_HAN, "一万二", "一万二", 12000, 10002, 0},
    {GM__NUM_HAN, "九千九百九十九万", "九千九百九十九万", 99990000, 0, 0},
    {GM__NUM_HAN, "万一是", "", 0, 0, 0},
    {GM__NUM_HAN, "百千", "百", 100, 0, 0},
    {GM__NUM_HAN, "一参加", "一", 1, 0, 0},
    {GM__NUM_HAN, "一佰零一", "一佰零一", 101, 0, 0},
    {GM__NUM_HAN, "一二三四五六七八九", "一二三四五六七八", 12345678, 0, GM__ORD_POSITIONAL},
    {GM__NUM_HAN, "ニ、", "ニ", 2, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "ー、", "ー", 1, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "⼗⼆", "⼗⼆", 12, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "—、", "—", 1, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "-)", "-", 1, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_HAN, "—— 一", "", 0, 0, 0},
    {GM__NUM_HAN, "- 一", "", 0, 0, 0},
    {GM__NUM_FORMAL, "壹、", "壹", 1, 0, 0},
    {GM__NUM_FORMAL, "拾壹", "拾壹", 11, 0, 0},
    {GM__NUM_FORMAL, "叄拾陸", "叄拾陸", 36, 0, 0},
    {GM__NUM_FORMAL, "四、", "", 0, 0, 0},
    {GM__NUM_FORMAL, "一", "", 0, 0, 0},
    {GM__NUM_ARABIC, "１2、", "１2", 12, 0, 0},
    {GM__NUM_ARABIC, "01.", "01", 1, 0, GM__ORD_LEADING_ZERO},
    {GM__NUM_ARABIC, "10.", "10", 10, 0, 0},
    {GM__NUM_ARABIC, "0.", "0", 0, 0, 0},
    {GM__NUM_ARABIC, "9999999", "9999999", 9999999, 0, 0},
    {GM__NUM_ARABIC, "10000000", "", 0, 0, 0},
    {GM__NUM_DECIMAL, "1.2.3 范围", "1.2.3", 3, 0, 0},
    {GM__NUM_DECIMAL, "１．２", "１．２", 2, 0, 0},
    {GM__NUM_DECIMAL, "1.2.", "1.2", 2, 0, 0},
    {GM__NUM_DECIMAL, "1. 2", "", 0, 0, 0},
    {GM__NUM_DECIMAL, "1.", "", 0, 0, 0},
    {GM__NUM_ANNEX, "A.1.2", "A.1.2", 2, 0, 0},
    {GM__NUM_HYPHENED, "1-2-3 范围", "1-2-3", 3, 0, 0},
    {GM__NUM_HYPHENED, "1–2", "1–2", 2, 0, 0},
    {GM__NUM_HYPHENED, "2021-3-7", "", 0, 0, 0},
    {GM__NUM_HYPHENED, "3-", "", 0, 0, 0},
    {GM__NUM_LETTERED, "9A. 命令", "9A", 9, 1000, 0},
    {GM__NUM_LETTERED, "10AA.", "10AA", 10, 974, 0},
    {GM__NUM_LETTERED, "10BA.", "10BA", 10, 1974, 0},
    {GM__NUM_LETTERED, "9", "", 0, 0, 0},
    {GM__NUM_LETTERED, "0A", "", 0, 0, 0},
    {GM__NUM_LETTERED, "9ABC", "", 0, 0, 0},
    {GM__NUM_LETTERED, "9A1", "", 0, 0, 0},
    {GM__NUM_LETTERED, "1000A", "", 0, 0, 0},
    {GM__NUM_ANNEX, "A.", "", 0, 0, 0},
    {GM__NUM_ROMAN, "Ⅻ、", "Ⅻ", 12, 0, 0},
    {GM__NUM_ROMAN, "XIV.", "XIV", 14, 0, 0},
    {GM__NUM_ROMAN, "ⅩⅢ", "ⅩⅢ", 13, 0, 0},
    {GM__NUM_ROMAN, "IIII.", "", 0, 0, 0},
    {GM__NUM_ROMAN, "In", "", 0, 0, 0},
    {GM__NUM_ROMAN, "IC", "", 0, 0, 0},
    {GM__NUM_ROMAN, "VIV", "", 0, 0, 0},
    {GM__NUM_ROMAN_LOWER, "iv)", "iv", 4, 0, 0},
    {GM__NUM_LATIN, "Ａ．", "Ａ", 1, 0, 0},
    {GM__NUM_LATIN, "OK.", "OK", 401, 0, 0},
    {GM__NUM_LATIN, "The", "", 0, 0, 0},
    {GM__NUM_LATIN_LOWER, "bb)", "bb", 28, 54, 0},
    {GM__NUM_LATIN_LOWER, "aA", "", 0, 0, 0},
    {GM__NUM_STEM, "已、", "已", 6, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_STEM, "戌、", "戌", 5, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_BRANCH, "戊、", "戊", 11, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_BRANCH, "⼦、", "⼦", 1, 0, GM__ORD_LOOKALIKE},
    {GM__NUM_STEM, "子", "", 0, 0, 0},
    {GM__NUM_CIRCLED, "㉑", "㉑", 21, 0, 0},
    {GM__NUM_CIRCLED_BLACK, "⓫", "⓫", 11, 0, 0},
    {GM__NUM_CIRCLED_SANS, "➓", "➓", 10, 0, 0},
    {GM__NUM_STOP_ARABIC, "🄀", "🄀", 0, 0, 0},
    {GM__NUM_IROHA, "ﾛ", "ﾛ", 2, 0, 0},
    {GM__NUM_AIUEO, "ｦ", "ｦ", 45, 0, 0},
};

static void longest_well_formed(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(readings); i++) {
        const struct reading *r = &readings[i];
        struct gm__ordinal ord = {0};
        size_t len = gm__numeral_scan(r->system, r->text, r->text + strlen(r->text), false, &ord);
        if (len != strlen(r->taken) || ord.value != r->value || ord.other != r->other || ord.flags != r->flags)
            fail_msg("%s: %d bytes, %d (%d), flags %u", r->text, (int)len, ord.value, ord.other, (unsigned)ord.flags);
    }
}

static void blanks_between_digits(void **state) {
    (void)state;
    static const struct reading cases[] = {
        {GM__NUM_HAN, "十 二、", "十 二", 12, 0, GM__ORD_SPACED},
        {GM__NUM_HAN, "二　十、", "二　十", 20, 0, GM__ORD_SPACED},
        {GM__NUM_HAN, "三 、", "三", 3, 0, 0},
        {GM__NUM_ARABIC, "1 2.", "1 2", 12, 0, GM__ORD_SPACED},
        {GM__NUM_DECIMAL, "1 . 2 x", "1 . 2", 2, 0, GM__ORD_SPACED},
    };
    for (size_t i = 0; i < GM__COUNT(cases); i++) {
        struct gm__ordinal ord = {0};
        const char *text = cases[i].text;
        assert_int_equal(gm__numeral_scan(cases[i].system, text, text + strlen(text), true, &ord),
                         strlen(cases[i].taken));
        assert_int_equal(ord.value, cases[i].value);
        assert_int_equal(ord.flags, cases[i].flags);
    }
}

/* Every scan that succeeds must have been announced, and stays inside the text. */
static void gates_are_complete(void **state) {
    (void)state;
    for (uint32_t cp = 1; cp <= 0x1FFFF; cp++) {
        char text[16];
        size_t n = gm__utf8_encode(cp, text);
        memcpy(text + n, ".1", 3);
        for (unsigned system = GM__NUM_HAN; system < GM__NUM_COUNT; system++) {
            struct gm__ordinal ord;
            size_t len = gm__numeral_scan((enum gm__numeral)system, text, text + n + 2, false, &ord);
            assert_true(len <= n + 2);
            if (len && !(gm__numeral_systems(cp) >> system & 1)) fail_msg("U+%04X system %u", (unsigned)cp, system);
        }
    }
}

static void names(void **state) {
    (void)state;
    for (unsigned system = GM__NUM_HAN; system < GM__NUM_COUNT; system++) {
        const char *name = gm__numeral_name((enum gm__numeral)system);
        assert_int_equal(gm__numeral_by_name(name, strlen(name)), system);
    }
    assert_int_equal(gm__numeral_by_name("none", 4), GM__NUM_COUNT);
    assert_int_equal(gm__numeral_by_name("ha", 2), GM__NUM_COUNT);
}

/* The table by bytes knows the digits and units that the table by code points does, and 零. */
static void units_are_han_codes(void **state) {
    (void)state;
    static const uint16_t powers[] = {1, 10, 100, 1000};
    for (uint32_t cp = 1; cp < 0x10000; cp++) {
        if (cp == 0x80) cp = 0x800; /* of two bytes: not asked for */
        unsigned code = cp < GM__HAN_FIRST || cp > GM__HAN_LAST ? 0 : gm__han_code(cp), low = code & 0xF;
        const struct gm__unit *unit = gm__unit_of(gm__raw(cp));
        bool digit = (code & ~0xFu) == GM__HAN_DIGIT, power = (code & ~0xFu) == GM__HAN_UNIT && low < 4;
        if ((unit != NULL) != (digit || power || cp == 0x96F6)) fail_msg("U+%04X", cp);
        if (unit && (unit->value != (digit ? low : 0) || unit->power != (power ? powers[low] : 0)))
            fail_msg("U+%04X is %u, %u", cp, unit->value, unit->power);
    }
}

/* The tables of labels (grammar/quick.c) take a word, and a mark of a sentence, for no numeral of any system. */
static void words_count_in_no_system(void **state) {
    (void)state;
    static const uint32_t marks[] = {0xFF0C, 0x3002, 0xFF1B}; /* ，。； */
    for (size_t i = 0; i < GM__COUNT(marks); i++) assert_int_equal(gm__numeral_systems(marks[i]), 0);
    for (uint32_t cp = GM__HAN_FIRST; cp <= GM__HAN_LAST; cp++)
        if (gm__is_word(cp) && gm__numeral_systems(cp)) fail_msg("U+%04X", cp);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),      cmocka_unit_test(beyond_the_last_there_is_nothing),
        cmocka_unit_test(japanese_formal),     cmocka_unit_test(css_counter_styles),
        cmocka_unit_test(longest_well_formed), cmocka_unit_test(blanks_between_digits),
        cmocka_unit_test(gates_are_complete),  cmocka_unit_test(names),
        cmocka_unit_test(units_are_han_codes), cmocka_unit_test(words_count_in_no_system),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
