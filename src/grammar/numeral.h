/*
 * numeral.h - numeral systems: text to value and value to text.
 * Sources: GB/T 15835-2011, CSS Counter Styles Level 3 (the cjk and additive tables), ECMA-376 17.18.59
 * (ST_NumberFormat). No dependency but base.
 */
#ifndef GM_NUMERAL_H
#define GM_NUMERAL_H

#include "base/base.h"

/* What a marker may be counted in. One bit each in gm__numeral_systems(). */
enum gm__numeral {
    GM__NUM_NONE, /* no numeral: a series word */
    GM__NUM_HAN, /* 一 十二 一百零三 廿三 二〇二一 两百, traditional forms too; look-alikes ニ ー ⼀ ⼆ … */
    GM__NUM_FORMAL,              /* 壹 贰 拾壹 貳 參 */
    GM__NUM_ARABIC,              /* 12 １２ (half- and full-width) */
    GM__NUM_DECIMAL,             /* 1.2 1.2.3 １．２: two components or more; value = the last one */
    GM__NUM_ROMAN,               /* I IV Ⅰ Ⅻ (upper) */
    GM__NUM_ROMAN_LOWER,         /* i iv ⅰ ⅻ */
    GM__NUM_LATIN,               /* A B … Z, ＡＢ */
    GM__NUM_LATIN_LOWER,         /* a b … z, ａｂ */
    GM__NUM_STEM,                /* 甲乙丙丁戊己庚辛壬癸 */
    GM__NUM_BRANCH,              /* 子丑寅卯辰巳午未申酉戌亥 */
    GM__NUM_CIRCLED,             /* ① … ㊿ ⓪ */
    GM__NUM_CIRCLED_BLACK,       /* ❶ ⓫ … */
    GM__NUM_CIRCLED_SANS,        /* ➀ …, ➊ …, ⓵ … */
    GM__NUM_PAREN_ARABIC,        /* ⑴ … ⒇ */
    GM__NUM_STOP_ARABIC,         /* ⒈ … ⒛ */
    GM__NUM_PAREN_HAN,           /* ㈠ … ㈩ */
    GM__NUM_CIRCLED_HAN,         /* ㊀ … ㊉ */
    GM__NUM_PAREN_LATIN,         /* ⒜ … ⒵ */
    GM__NUM_CIRCLED_LATIN,       /* Ⓐ … Ⓩ */
    GM__NUM_CIRCLED_LATIN_LOWER, /* ⓐ … ⓩ */
    GM__NUM_IROHA,               /* イロハ … , half-width too */
    GM__NUM_AIUEO,               /* アイウ … */
    GM__NUM_HANGUL,              /* 가나다 … */
    GM__NUM_ANNEX,               /* A.1 A.1.2: a capital, then numbers; value = the last one */
    GM__NUM_HYPHENED,            /* 1-2 1-2-3: two components or more, each of 1 to 99; value = the last one */
    GM__NUM_LETTERED, /* 9A 10AA: what was put in behind 9; value 9, other the place among those, GM__LETTERED and up */
    GM__NUM_COUNT
};
#define GM__LETTERED 900 /* no 之一 counts so far */

struct gm__ordinal {
    int32_t value;
    int32_t other;       /* a second reading: 一百一 is 110 in Chinese, 101 in Japanese; 0 when none.
                            For letters that are Roman numerals too nothing: scan both systems. */
    uint16_t components; /* DECIMAL, ANNEX, HYPHENED: how many; else 1 */
    uint16_t flags;
};
enum {
    GM__ORD_LOOKALIKE = 1,    /* ニ for 二, O for 〇, ⼀ for 一: worth a diagnostic */
    GM__ORD_POSITIONAL = 2,   /* 二〇二一 */
    GM__ORD_LEADING_ZERO = 4, /* 01 */
    GM__ORD_SPACED = 8,       /* blanks between the digits: 十 二 (OCR) */
};

/* The systems that can begin with this code point, as bits 1u << enum gm__numeral. O(1). */
uint32_t gm__numeral_systems(uint32_t cp);
/* Set the bits of all BMP code points that can begin one of the systems (bits as above). */
void gm__numeral_gate(uint32_t systems, uint64_t gate[1024]);

/*
 * The longest well-formed numeral of `system` at p; its length in bytes, 0 when there is none.
 * Values outside 0 … 9,999,999 (Han and formal: 99,999,999) are none. Blanks (U+0020, U+3000) between Han
 * digits or Arabic digits are taken only with `spaced`, which OCR text needs.
 */
size_t gm__numeral_scan(enum gm__numeral system, const char *p, const char *end, bool spaced, struct gm__ordinal *out);

/* Value to text, NUL-terminated; length without NUL, 0 when the system has no such value or size is too small. */
enum gm__numeral_style {
    GM__STYLE_HAN,             /* simp-chinese-informal: 十一, 一百零一 */
    GM__STYLE_HAN_FORMAL,      /* 壹拾壹 */
    GM__STYLE_HAN_FORMAL_TRAD, /* 壹拾貳 */
    GM__STYLE_HAN_POSITIONAL,  /* 一〇一 */
    GM__STYLE_JAPANESE,        /* japanese-informal: 百一 */
    GM__STYLE_JAPANESE_FORMAL, /* 壱百壱 */
    GM__STYLE_ARABIC,
    GM__STYLE_ARABIC_WIDE,
    GM__STYLE_ARABIC_ZERO,
    GM__STYLE_ROMAN,
    GM__STYLE_ROMAN_LOWER,
    GM__STYLE_LATIN,
    GM__STYLE_LATIN_LOWER, /* a … z aa ab (bijective base 26) */
    GM__STYLE_LATIN_REPEAT,
    GM__STYLE_LATIN_LOWER_REPEAT, /* a … z aa bb (Word) */
    GM__STYLE_STEM,
    GM__STYLE_BRANCH,
    GM__STYLE_CIRCLED,
    GM__STYLE_CIRCLED_BLACK,
    GM__STYLE_PAREN_ARABIC,
    GM__STYLE_STOP_ARABIC,
    GM__STYLE_PAREN_HAN,
    GM__STYLE_CIRCLED_HAN,
    GM__STYLE_PAREN_LATIN,
    GM__STYLE_CIRCLED_LATIN,
    GM__STYLE_CIRCLED_LATIN_LOWER,
    GM__STYLE_IROHA,
    GM__STYLE_AIUEO,
    GM__STYLE_HANGUL,
    GM__STYLE_COUNT
};
size_t gm__numeral_format(enum gm__numeral_style style, int64_t value, char *buffer, size_t size);

/* The names that grammars use: "han", "formal", "arabic", …; GM__NUM_COUNT when unknown. */
enum gm__numeral gm__numeral_by_name(const char *name, size_t len);
const char *gm__numeral_name(enum gm__numeral system);

#endif
