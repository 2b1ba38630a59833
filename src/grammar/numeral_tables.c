/*
 * numeral_tables.c - the characters of the numeral systems, and which systems a character can begin.
 * Source: Unicode 15 names and Numeric_Value; katakana orders as Japanese statutes use them (48 and 46).
 */
#include "grammar/numeral_tables.h"

#include <assert.h>

#define BIT(system) (1u << (system))
#define AT(cp)      [(cp)-GM__HAN_FIRST]

const uint8_t gm__han_codes[GM__HAN_LAST - GM__HAN_FIRST + 1] = {
    /* 一 二 三 四 五 六 七 八 九, 零 */
    AT(0x4E00) = GM__HAN_DIGIT | 1,
    AT(0x4E8C) = GM__HAN_DIGIT | 2,
    AT(0x4E09) = GM__HAN_DIGIT | 3,
    AT(0x56DB) = GM__HAN_DIGIT | 4,
    AT(0x4E94) = GM__HAN_DIGIT | 5,
    AT(0x516D) = GM__HAN_DIGIT | 6,
    AT(0x4E03) = GM__HAN_DIGIT | 7,
    AT(0x516B) = GM__HAN_DIGIT | 8,
    AT(0x4E5D) = GM__HAN_DIGIT | 9,
    AT(0x96F6) = GM__HAN_ZERO,
    /* 两 兩, 十 百 千 万 萬, 廿 卄 卅 卌 */
    AT(0x4E24) = GM__HAN_PAIR,
    AT(0x5169) = GM__HAN_PAIR,
    AT(0x5341) = GM__HAN_UNIT | 1,
    AT(0x767E) = GM__HAN_UNIT | 2,
    AT(0x5343) = GM__HAN_UNIT | 3,
    AT(0x4E07) = GM__HAN_UNIT | 4,
    AT(0x842C) = GM__HAN_UNIT | 4,
    AT(0x5EFF) = GM__HAN_TENS | 2,
    AT(0x5344) = GM__HAN_TENS | 2,
    AT(0x5345) = GM__HAN_TENS | 3,
    AT(0x534C) = GM__HAN_TENS | 4,
    /* 壹 壱 弌, 贰 貳 弐 弍, 叁 叄 參 参 弎, 肆 伍 陆 陸 柒 捌 玖, 拾 佰 仟 阡 */
    AT(0x58F9) = GM__HAN_FORMAL_DIGIT | 1,
    AT(0x58F1) = GM__HAN_FORMAL_DIGIT | 1,
    AT(0x5F0C) = GM__HAN_FORMAL_DIGIT | 1,
    AT(0x8D30) = GM__HAN_FORMAL_DIGIT | 2,
    AT(0x8CB3) = GM__HAN_FORMAL_DIGIT | 2,
    AT(0x5F10) = GM__HAN_FORMAL_DIGIT | 2,
    AT(0x5F0D) = GM__HAN_FORMAL_DIGIT | 2,
    AT(0x53C1) = GM__HAN_FORMAL_DIGIT | 3,
    AT(0x53C4) = GM__HAN_FORMAL_DIGIT | 3,
    AT(0x53C3) = GM__HAN_FORMAL_DIGIT | 3,
    AT(0x53C2) = GM__HAN_FORMAL_DIGIT | 3,
    AT(0x5F0E) = GM__HAN_FORMAL_DIGIT | 3,
    AT(0x8086) = GM__HAN_FORMAL_DIGIT | 4,
    AT(0x4F0D) = GM__HAN_FORMAL_DIGIT | 5,
    AT(0x9646) = GM__HAN_FORMAL_DIGIT | 6,
    AT(0x9678) = GM__HAN_FORMAL_DIGIT | 6,
    AT(0x67D2) = GM__HAN_FORMAL_DIGIT | 7,
    AT(0x634C) = GM__HAN_FORMAL_DIGIT | 8,
    AT(0x7396) = GM__HAN_FORMAL_DIGIT | 9,
    AT(0x62FE) = GM__HAN_FORMAL_UNIT | 1,
    AT(0x4F70) = GM__HAN_FORMAL_UNIT | 2,
    AT(0x4EDF) = GM__HAN_FORMAL_UNIT | 3,
    AT(0x9621) = GM__HAN_FORMAL_UNIT | 3,
    /* 甲 乙 丙 丁 戊 己 庚 辛 壬 癸 */
    AT(0x7532) = GM__HAN_STEM | 1,
    AT(0x4E59) = GM__HAN_STEM | 2,
    AT(0x4E19) = GM__HAN_STEM | 3,
    AT(0x4E01) = GM__HAN_STEM | 4,
    AT(0x620A) = GM__HAN_STEM | 5,
    AT(0x5DF1) = GM__HAN_STEM | 6,
    AT(0x5E9A) = GM__HAN_STEM | 7,
    AT(0x8F9B) = GM__HAN_STEM | 8,
    AT(0x58EC) = GM__HAN_STEM | 9,
    AT(0x7678) = GM__HAN_STEM | 10,
    /* 子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥 */
    AT(0x5B50) = GM__HAN_BRANCH | 1,
    AT(0x4E11) = GM__HAN_BRANCH | 2,
    AT(0x5BC5) = GM__HAN_BRANCH | 3,
    AT(0x536F) = GM__HAN_BRANCH | 4,
    AT(0x8FB0) = GM__HAN_BRANCH | 5,
    AT(0x5DF3) = GM__HAN_BRANCH | 6,
    AT(0x5348) = GM__HAN_BRANCH | 7,
    AT(0x672A) = GM__HAN_BRANCH | 8,
    AT(0x7533) = GM__HAN_BRANCH | 9,
    AT(0x9149) = GM__HAN_BRANCH | 10,
    AT(0x620C) = GM__HAN_BRANCH | 11,
    AT(0x4EA5) = GM__HAN_BRANCH | 12,
    /* 已 戍 */
    AT(0x5DF2) = GM__HAN_OTHER | 1,
    AT(0x620D) = GM__HAN_OTHER | 2,
};

#define RAW(cp)                      (0xE0u | (cp) >> 12 | (0x80u | ((cp) >> 6 & 0x3F)) << 8 | (0x80u | ((cp)&0x3F)) << 16)
#define UNIT(cp, power, value, kind) [GM__UNIT_PLACE(RAW(cp))] = {RAW(cp), power, value, kind}

/* What gm__unit_steps tells apart. */
enum { DIGIT = 1, TEN, HUNDRED, THOUSAND, ZERO };

const struct gm__unit gm__unit_table[GM__UNIT_PLACES] = {
    /* 一 二 三 四 五 六 七 八 九, 十 百 千 零 */
    UNIT(0x4E00, 0, 1, DIGIT), UNIT(0x4E8C, 0, 2, DIGIT),     UNIT(0x4E09, 0, 3, DIGIT),
    UNIT(0x56DB, 0, 4, DIGIT), UNIT(0x4E94, 0, 5, DIGIT),     UNIT(0x516D, 0, 6, DIGIT),
    UNIT(0x4E03, 0, 7, DIGIT), UNIT(0x516B, 0, 8, DIGIT),     UNIT(0x4E5D, 0, 9, DIGIT),
    UNIT(0x5341, 10, 0, TEN),  UNIT(0x767E, 100, 0, HUNDRED), UNIT(0x5343, 1000, 0, THOUSAND),
    UNIT(0x96F6, 0, 0, ZERO),
};

/* A digit's unit is smaller than the unit before it; 零 stands for the units left out, and 十 alone needs no digit. */
const uint8_t gm__unit_steps[GM__UNITS_STATES][8] = {
    /* from here on it may not end */
    [GM__UNITS_OPEN] = {[DIGIT] = 5, [TEN] = 7},
    [2] = {[TEN] = 7},                /* 三百一 */
    [3] = {[TEN] = 7, [HUNDRED] = 8}, /* 三千一 */
    [4] = {[DIGIT] = 10},             /* 三百零 */
    /* from here on it may */
    [GM__UNITS_WHOLE] = {[TEN] = 7, [HUNDRED] = 8, [THOUSAND] = 9}, /* 三 */
    [7] = {[DIGIT] = 6},                                            /* 三十, then 三十一 */
    [8] = {[DIGIT] = 2, [ZERO] = 4},                                /* 三百 */
    [9] = {[DIGIT] = 3, [ZERO] = 4},                                /* 三千 */
    [10] = {[TEN] = 7},                                             /* 三百零五 */
};

/* Characters outside the ideographs that are, or pass for, Han numerals. */
unsigned gm__han_code_outside(uint32_t cp) {
    switch (cp) {
    case 0x3007: return GM__HAN_ZERO; /* 〇 */
    case 'O':
    case '0':
    case 0xFF2F:
    case 0xFF10:
    case 0x25CB:
    case 0x25EF:
    case 0xF9B2: return GM__HAN_ZERO | GM__HAN_LOOKALIKE;
    case 0x2F00:
    case 0x30FC:
    case 0xFF70: return GM__HAN_DIGIT | 1 | GM__HAN_LOOKALIKE; /* ⼀ ー ｰ */
    case '-':
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2500:
    case 0xFF0D: return GM__HAN_DIGIT | 1 | GM__HAN_LOOKALIKE | GM__HAN_DASH;
    case 0x2F06:
    case 0x30CB:
    case 0xFF86: return GM__HAN_DIGIT | 2 | GM__HAN_LOOKALIKE; /* ⼆ ニ ﾆ */
    case 0xF9D1: return GM__HAN_DIGIT | 6 | GM__HAN_LOOKALIKE;
    case 0x2F0B: return GM__HAN_DIGIT | 8 | GM__HAN_LOOKALIKE; /* ⼋ */
    case 0x2F17:
    case 0x3038: return GM__HAN_UNIT | 1 | GM__HAN_LOOKALIKE; /* ⼗ 〸 */
    case 0x3039: return GM__HAN_TENS | 2 | GM__HAN_LOOKALIKE;
    case 0x303A: return GM__HAN_TENS | 3 | GM__HAN_LOOKALIKE;
    case 0xF978: return GM__HAN_PAIR | GM__HAN_LOOKALIKE;
    case 0xF96B: return GM__HAN_FORMAL_DIGIT | 3 | GM__HAN_LOOKALIKE;
    case 0xF9D3: return GM__HAN_FORMAL_DIGIT | 6 | GM__HAN_LOOKALIKE;
    case 0xF973: return GM__HAN_FORMAL_UNIT | 1 | GM__HAN_LOOKALIKE;
    case 0x2F04: return GM__HAN_STEM | 2 | GM__HAN_LOOKALIKE;    /* ⼄ */
    case 0x2F30: return GM__HAN_STEM | 6 | GM__HAN_LOOKALIKE;    /* ⼰ */
    case 0x2F9F: return GM__HAN_STEM | 8 | GM__HAN_LOOKALIKE;    /* ⾟ */
    case 0x2F26: return GM__HAN_BRANCH | 1 | GM__HAN_LOOKALIKE;  /* ⼦ */
    case 0x2FA0: return GM__HAN_BRANCH | 5 | GM__HAN_LOOKALIKE;  /* ⾠ */
    case 0x2FA3: return GM__HAN_BRANCH | 10 | GM__HAN_LOOKALIKE; /* ⾣ */
    default: return 0;
    }
}

/* Sorted by the first code point. */
const struct gm__glyphs gm__glyph_runs[] = {
    {0x2160, 0x216F, GM__NUM_ROMAN, 1},         {0x2170, 0x217F, GM__NUM_ROMAN_LOWER, 1},
    {0x2460, 0x2473, GM__NUM_CIRCLED, 1},       {0x2474, 0x2487, GM__NUM_PAREN_ARABIC, 1},
    {0x2488, 0x249B, GM__NUM_STOP_ARABIC, 1},   {0x249C, 0x24B5, GM__NUM_PAREN_LATIN, 1},
    {0x24B6, 0x24CF, GM__NUM_CIRCLED_LATIN, 1}, {0x24D0, 0x24E9, GM__NUM_CIRCLED_LATIN_LOWER, 1},
    {0x24EA, 0x24EA, GM__NUM_CIRCLED, 0},       {0x24EB, 0x24F4, GM__NUM_CIRCLED_BLACK, 11},
    {0x24F5, 0x24FE, GM__NUM_CIRCLED_SANS, 1},  {0x24FF, 0x24FF, GM__NUM_CIRCLED_BLACK, 0},
    {0x2776, 0x277F, GM__NUM_CIRCLED_BLACK, 1}, {0x2780, 0x2789, GM__NUM_CIRCLED_SANS, 1},
    {0x278A, 0x2793, GM__NUM_CIRCLED_SANS, 1},  {0x3220, 0x3229, GM__NUM_PAREN_HAN, 1},
    {0x3251, 0x325F, GM__NUM_CIRCLED, 21},      {0x3280, 0x3289, GM__NUM_CIRCLED_HAN, 1},
    {0x32B1, 0x32BF, GM__NUM_CIRCLED, 36},
};
const size_t gm__glyph_run_count = GM__COUNT(gm__glyph_runs);

/* イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン */
const uint16_t gm__iroha[GM__IROHA_COUNT] = {
    0x30A4, 0x30ED, 0x30CF, 0x30CB, 0x30DB, 0x30D8, 0x30C8, 0x30C1, 0x30EA, 0x30CC, 0x30EB, 0x30F2,
    0x30EF, 0x30AB, 0x30E8, 0x30BF, 0x30EC, 0x30BD, 0x30C4, 0x30CD, 0x30CA, 0x30E9, 0x30E0, 0x30A6,
    0x30F0, 0x30CE, 0x30AA, 0x30AF, 0x30E4, 0x30DE, 0x30B1, 0x30D5, 0x30B3, 0x30A8, 0x30C6, 0x30A2,
    0x30B5, 0x30AD, 0x30E6, 0x30E1, 0x30DF, 0x30B7, 0x30F1, 0x30D2, 0x30E2, 0x30BB, 0x30B9, 0x30F3,
};
const uint16_t gm__aiueo[GM__AIUEO_COUNT] = {
    0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7,
    0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1, 0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD,
    0x30CE, 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4,
    0x30E6, 0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F2, 0x30F3,
};
const uint16_t gm__hangul[GM__HANGUL_COUNT] = {0xAC00, 0xB098, 0xB2E4, 0xB77C, 0xB9C8, 0xBC14, 0xC0AC,
                                               0xC544, 0xC790, 0xCC28, 0xCE74, 0xD0C0, 0xD30C, 0xD558};
const uint16_t gm__stems[10] = {0x7532, 0x4E59, 0x4E19, 0x4E01, 0x620A, 0x5DF1, 0x5E9A, 0x8F9B, 0x58EC, 0x7678};
const uint16_t gm__branches[12] = {0x5B50, 0x4E11, 0x5BC5, 0x536F, 0x8FB0, 0x5DF3,
                                   0x5348, 0x672A, 0x7533, 0x9149, 0x620C, 0x4EA5};

static unsigned place(const uint16_t *table, size_t count, uint32_t cp) {
    for (size_t i = 0; i < count; i++)
        if (table[i] == cp) return (unsigned)i + 1;
    return 0;
}

/* Half-width katakana run in the aiueo order: ｱ … ﾜ ﾝ, with ｦ before them. */
static uint32_t wide_kana(uint32_t cp) {
    if (cp == 0xFF66) return 0x30F2;
    return cp >= 0xFF71 && cp <= 0xFF9C ? gm__aiueo[cp - 0xFF71] : cp == 0xFF9D ? 0x30F3 : cp;
}
static bool is_kana(uint32_t cp) { return cp >= 0x30A1 && cp <= 0x30F3; }

unsigned gm__iroha_value(uint32_t cp) {
    cp = wide_kana(cp);
    return is_kana(cp) ? place(gm__iroha, GM__IROHA_COUNT, cp) : 0;
}
unsigned gm__aiueo_value(uint32_t cp) {
    cp = wide_kana(cp);
    return is_kana(cp) ? place(gm__aiueo, GM__AIUEO_COUNT, cp) : 0;
}
unsigned gm__hangul_value(uint32_t cp) { return cp >= 0xAC00 ? place(gm__hangul, GM__HANGUL_COUNT, cp) : 0; }

static uint32_t ascii_systems(uint32_t c) {
    if (c >= '0' && c <= '9')
        return BIT(GM__NUM_ARABIC) | BIT(GM__NUM_DECIMAL) | BIT(GM__NUM_HYPHENED) | BIT(GM__NUM_LETTERED);
    if (c >= 'A' && c <= 'Z')
        return BIT(GM__NUM_LATIN) | BIT(GM__NUM_ANNEX) | (strchr("IVXLCDM", (int)c) ? BIT(GM__NUM_ROMAN) : 0);
    if (c >= 'a' && c <= 'z')
        return BIT(GM__NUM_LATIN_LOWER) | (strchr("ivxlcdm", (int)c) ? BIT(GM__NUM_ROMAN_LOWER) : 0) |
               (c == 'l' ? BIT(GM__NUM_ARABIC) : 0); /* a look-alike */
    return 0;
}

static uint32_t han_systems(unsigned code) {
    unsigned n = code & 0xF;
    switch (code & GM__HAN_KIND) {
    case GM__HAN_ZERO: return code & GM__HAN_LOOKALIKE ? 0 : BIT(GM__NUM_HAN);
    case GM__HAN_DIGIT: /* 四 六 七 八 九 have no formal twin in Japan */
        return BIT(GM__NUM_HAN) | (n == 4 || (n >= 6 && n <= 9) ? BIT(GM__NUM_FORMAL) : 0);
    case GM__HAN_UNIT: return n < 4 ? BIT(GM__NUM_HAN) : 0;
    case GM__HAN_TENS:
    case GM__HAN_PAIR: return BIT(GM__NUM_HAN);
    case GM__HAN_FORMAL_DIGIT:
    case GM__HAN_FORMAL_UNIT: return BIT(GM__NUM_FORMAL);
    case GM__HAN_STEM: return BIT(GM__NUM_STEM) | (n == 5 || n == 6 ? BIT(GM__NUM_BRANCH) : 0);
    case GM__HAN_BRANCH: return BIT(GM__NUM_BRANCH) | (n == 6 || n == 11 ? BIT(GM__NUM_STEM) : 0);
    case GM__HAN_OTHER: return BIT(GM__NUM_STEM) | BIT(GM__NUM_BRANCH);
    default: return 0;
    }
}

static uint32_t glyph_systems(uint32_t cp) {
    for (size_t i = 0; i < gm__glyph_run_count; i++)
        if (cp >= gm__glyph_runs[i].first && cp <= gm__glyph_runs[i].last) return BIT(gm__glyph_runs[i].system);
    return 0;
}

static_assert(GM__NUM_COUNT <= 32, "one bit per system");

uint32_t gm__numeral_systems(uint32_t cp) {
    if (cp >= GM__HAN_FIRST && cp <= GM__HAN_LAST) return han_systems(gm__han_codes[cp - GM__HAN_FIRST]);
    if (cp < 0x80) return ascii_systems(cp) | han_systems(gm__han_code_outside(cp));
    if (cp < 0x2013) return 0;
    uint32_t bits = han_systems(gm__han_code_outside(cp));
    if (cp >= 0x2160 && cp <= 0x32BF) bits |= glyph_systems(cp);
    if (cp >= 0xFF10) bits |= ascii_systems(gm__narrow(cp));
    if (gm__iroha_value(cp)) bits |= BIT(GM__NUM_IROHA);
    if (gm__aiueo_value(cp)) bits |= BIT(GM__NUM_AIUEO);
    if (gm__hangul_value(cp)) bits |= BIT(GM__NUM_HANGUL);
    if (cp == 0x1F100) bits |= BIT(GM__NUM_STOP_ARABIC);
    return bits;
}

void gm__numeral_gate(uint32_t systems, uint64_t gate[1024]) {
    /* what lies outside the ideographs and Hangul; nothing begins a numeral between these ranges */
    static const struct {
        uint16_t first, last;
    } ranges[] = {{0x20, 0x7F},     {0x2013, 0x2015}, {0x2160, 0x217F}, {0x2460, 0x2500},
                  {0x2776, 0x2793}, {0x2F00, 0x2FD5}, {0x3007, 0x3007}, {0x3038, 0x303A},
                  {0x30A1, 0x30FC}, {0x3220, 0x32BF}, {0xF900, 0xFAFF}, {0xFF0D, 0xFF9D}};
    if (systems == 0) return;
    for (size_t i = 0; i < GM__COUNT(ranges); i++)
        for (uint32_t cp = ranges[i].first; cp <= ranges[i].last; cp++)
            if (gm__numeral_systems(cp) & systems) gate[cp / 64] |= (uint64_t)1 << (cp % 64);
    for (uint32_t cp = GM__HAN_FIRST; cp <= GM__HAN_LAST; cp++)
        if (gm__han_codes[cp - GM__HAN_FIRST] && han_systems(gm__han_codes[cp - GM__HAN_FIRST]) & systems)
            gate[cp / 64] |= (uint64_t)1 << (cp % 64);
    for (size_t i = 0; i < GM__HANGUL_COUNT && systems & BIT(GM__NUM_HANGUL); i++)
        gate[gm__hangul[i] / 64] |= (uint64_t)1 << (gm__hangul[i] % 64);
}
