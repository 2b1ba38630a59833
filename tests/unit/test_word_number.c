/* test_word_number.c - number formats in Word's and LibreOffice's form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "input/word_number.h"

struct row {
    const char *format;
    int64_t value;
    const char *text;
};

static const struct row word[] = {
    {"decimal", 12, "12"},
    {"no-such-format", 7, "7"},
    {"decimalZero", 9, "09"},
    {"decimalZero", 10, "10"},
    {"upperRoman", 14, "XIV"},
    {"lowerRoman", 4, "iv"},
    {"upperLetter", 26, "Z"},
    {"upperLetter", 28, "BB"},
    {"lowerLetter", 27, "aa"},
    {"lowerLetter", 53, "aaa"},
    {"decimalFullWidth", 10, "１０"},
    {"decimalEnclosedCircle", 20, "⑳"},
    {"decimalEnclosedCircle", 21, "21"},
    {"decimalEnclosedCircleChinese", 10, "⑩"},
    {"decimalEnclosedCircleChinese", 11, "11"},
    {"decimalEnclosedFullstop", 1, "⒈"},
    {"decimalEnclosedFullstop", 20, "⒛"},
    {"decimalEnclosedParen", 20, "⒇"},
    {"decimalEnclosedParen", 21, "21"},
    {"chineseCounting", 1, "一"},
    {"chineseCounting", 10, "十"},
    {"chineseCounting", 11, "十一"},
    {"chineseCounting", 20, "二十"},
    {"chineseCounting", 99, "九十九"},
    {"chineseCounting", 100, "一○○"},
    {"chineseCounting", 110, "一一○"},
    {"chineseCounting", 1000, "一○○○"},
    {"taiwaneseCounting", 21, "二十一"},
    {"chineseCountingThousand", 10, "十"},
    {"chineseCountingThousand", 100, "一百"},
    {"chineseCountingThousand", 101, "一百零一"},
    {"chineseCountingThousand", 111, "一百一十一"},
    {"chineseCountingThousand", 1000, "一千"},
    {"taiwaneseCountingThousand", 101, "一百零一"},
    {"chineseLegalSimplified", 10, "壹拾"},
    {"chineseLegalSimplified", 12, "壹拾贰"},
    {"chineseLegalSimplified", 101, "壹佰零壹"},
    {"ideographLegalTraditional", 3, "參"},
    {"ideographLegalTraditional", 21, "貳拾壹"},
    {"ideographDigital", 10, "一〇"},
    {"ideographDigital", 101, "一〇一"},
    {"japaneseDigitalTenThousand", 100, "一〇〇"},
    {"taiwaneseDigital", 10, "一○"},
    {"japaneseCounting", 10, "十"},
    {"japaneseCounting", 101, "百一"},
    {"japaneseCounting", 110, "百十"},
    {"japaneseLegal", 1, "壱"},
    {"japaneseLegal", 3, "参"},
    {"ideographTraditional", 10, "癸"},
    {"ideographTraditional", 11, "11"},
    {"ideographZodiac", 12, "亥"},
    {"ideographZodiac", 13, "13"},
    {"ideographZodiacTraditional", 1, "甲子"},
    {"ideographZodiacTraditional", 11, "甲戌"},
    {"ideographZodiacTraditional", 60, "癸亥"},
    {"ideographEnclosedCircle", 1, "㈠"},
    {"ideographEnclosedCircle", 10, "㈩"},
    {"ideographEnclosedCircle", 11, "11"},
    {"aiueo", 1, "ｱ"},
    {"aiueoFullWidth", 46, "ン"},
    {"aiueoFullWidth", 47, "ア"},
    {"iroha", 3, "ﾊ"},
    {"irohaFullWidth", 48, "ン"},
    {"irohaFullWidth", 25, "ヰ"},
    {"ganada", 14, "하"},
    {"ganada", 15, "가"},
    {"chosung", 2, "ㄴ"},
    {"koreanCounting", 1, "일"},
    {"koreanCounting", 11, "십일"},
    {"koreanCounting", 120, "백이십"},
    {"koreanDigital", 10, "일영"},
    {"koreanDigital2", 10, "一零"},
    {"koreanLegal", 1, "하나"},
    {"koreanLegal", 20, "스물"},
    {"koreanLegal", 99, "아흔아홉"},
    {"numberInDash", 5, "- 5 -"},
    {"ordinal", 2, "2nd"},
    {"ordinal", 11, "11th"},
    {"ordinal", 103, "103rd"},
    {"hex", 255, "FF"},
    {"chicago", 6, "††"},
    {"russianLower", 2, "б"},
    {"thaiNumbers", 12, "๑๒"},
    {"ideographTraditional", 0, "0"},
    {"chineseCounting", 0, "○"},
};

static const struct row odf[] = {
    {"1", 12, "12"},
    {"A", 27, "AA"},
    {"A", 28, "AB"},
    {"i", 4, "iv"},
    {"一", 1, "1"},
    {"一, 二, 三, ...", 101, "一百零一"},
    {"壹, 贰, 叁, ...", 11, "壹拾壹"},
    {"壹, 貳, 參, ...", 3, "參"},
    {"①, ②, ③, ...", 21, "㉑"},
    {"甲, 乙, 丙, ...", 10, "癸"},
    {"甲, 乙, 丙, ...", 11, "11"},
    {"子, 丑, 寅, ...", 12, "亥"},
    {"イ, ロ, ハ, ...", 2, "ロ"},
    {"01, 02, 03, ...", 3, "03"},
    {"001, 002, 003, ...", 12, "012"},
    {"하나, 둘, 셋, ...", 11, "열하나"},
};

static void check(const struct gm__number_format *format, const struct row *row) {
    struct gm__buf b;
    gm__buf_init(&b, &gm__default_allocator, 1000);
    assert_int_equal(gm__number_append(&b, format, row->value), GM_OK);
    assert_int_equal(gm__buf_add(&b, "", 1), GM_OK);
    assert_string_equal(b.data, row->text);
    gm__buf_release(&b);
}

static void word_formats(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(word); i++) check(gm__word_format(gm__strz(word[i].format)), &word[i]);
    assert_null(gm__word_format(gm__strz("none")));
    assert_null(gm__word_format(gm__strz("bullet")));
}

static void odf_formats(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(odf); i++) check(gm__odf_format(gm__strz(odf[i].format), false), &odf[i]);
    assert_null(gm__odf_format(gm__strz(""), false));
    static const struct row in_step = {"a", 28, "bb"};
    check(gm__odf_format(gm__strz("a"), true), &in_step);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(word_formats), cmocka_unit_test(odf_formats)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
