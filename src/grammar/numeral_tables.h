/* numeral_tables.h - what the parts of the numeral module share (not for other modules). */
#ifndef GM_NUMERAL_TABLES_H
#define GM_NUMERAL_TABLES_H

#include "grammar/numeral.h"

/* What a character can be in a Han numeral: a kind in the high bits, a number in the low four. */
enum {
    GM__HAN_ZERO = 0x10,         /* 零 〇 */
    GM__HAN_DIGIT = 0x20,        /* | 1..9: 一 */
    GM__HAN_FORMAL_DIGIT = 0x30, /* | 1..9: 壹 */
    GM__HAN_UNIT = 0x40,         /* | 1..4, the power of ten: 十 百 千 万 */
    GM__HAN_FORMAL_UNIT = 0x50,  /* | 1..3: 拾 佰 仟 */
    GM__HAN_TENS = 0x60,         /* | 2..4: 廿 卅 卌 */
    GM__HAN_PAIR = 0x70,         /* 两 兩 */
    GM__HAN_STEM = 0x80,         /* | 1..10: 甲 */
    GM__HAN_BRANCH = 0x90,       /* | 1..12: 子 */
    GM__HAN_OTHER = 0xA0,        /* | 1: 已 (for 己 巳), 2: 戍 (for 戊 戌) */
    GM__HAN_KIND = 0xF0,
    GM__HAN_LOOKALIKE = 0x100, /* flag: ニ ー ⼀ ○ */
    GM__HAN_DASH = 0x200,      /* flag: a dash that stands for 一 */
};

#define GM__HAN_FIRST 0x4E00u
#define GM__HAN_LAST  0x9FFFu
extern const uint8_t gm__han_codes[GM__HAN_LAST - GM__HAN_FIRST + 1];
unsigned gm__han_code_outside(uint32_t cp);
/* 0 when the character has no part in Han numerals, stems, branches. O(1). */
GM__INLINE unsigned gm__han_code(uint32_t cp) {
    if (cp >= GM__HAN_FIRST && cp <= GM__HAN_LAST) return gm__han_codes[cp - GM__HAN_FIRST];
    return cp >= 0x3000 && cp < 0x3007 ? 0 : gm__han_code_outside(cp); /* 　、。 */
}

/* A Han character that has no part in numerals: next to all of a text. */
GM__INLINE bool gm__is_word(uint32_t cp) {
    return cp - GM__HAN_FIRST <= GM__HAN_LAST - GM__HAN_FIRST && !gm__han_codes[cp - GM__HAN_FIRST];
}

/* A numeral whose digits have each its unit, as far as it was read: 三百零五. Most numerals are such, and most of one
 * digit. */
struct gm__units {
    int32_t value, digit, last; /* digit: without its unit yet; last: the last unit */
    bool zero;                  /* 零 stands before what comes */
};
#define GM__UNITS_BEGIN ((struct gm__units){0, 0, 10000, false})

/* The next character, `code` its gm__han_code(); first: none stands before it. False: the numeral is of another kind.
 */
GM__INLINE bool gm__units_take(struct gm__units *u, uint32_t cp, unsigned code, bool first) {
    static const int32_t powers[] = {1, 10, 100, 1000};
    int32_t low = (int32_t)(code & 0xF);
    unsigned kind = code & ~0xFu;
    if (kind == GM__HAN_DIGIT) {
        if (u->digit) return false;
        u->digit = low;
        return true;
    }
    if (kind == GM__HAN_UNIT && low < 4) {
        if (powers[low] >= u->last || (!u->digit && (!first || low != 1)) || (u->zero && low != 1)) return false;
        u->last = powers[low];
        u->value += (u->digit ? u->digit : 1) * u->last;
        u->digit = 0;
        u->zero = false;
        return true;
    }
    if (cp != 0x96F6 || u->last <= 10 || u->last == 10000 || u->digit || u->zero) return false; /* 零 */
    u->zero = true;
    return true;
}

/* Its value at its end; 0: it is of another kind. */
GM__INLINE int32_t gm__units_value(const struct gm__units *u) {
    bool open = u->zero ? !u->digit : u->digit && u->last >= 100 && u->last < 10000; /* 一百零, 一百一 */
    return open ? 0 : u->value + u->digit;
}

/* The longest well-formed Han (or, with `formal`, 壹贰叁) numeral; as gm__numeral_scan. */
size_t gm__han_scan(bool formal, const char *p, const char *end, bool spaced, struct gm__ordinal *out);

/* Full-width digits and letters to ASCII, everything else as it is. */
GM__INLINE uint32_t gm__narrow(uint32_t cp) { return cp >= 0xFF10 && cp <= 0xFF5A ? cp - 0xFEE0 : cp; }

/* A run of code points that count up from `value`. */
struct gm__glyphs {
    uint16_t first, last;
    uint8_t system, value;
};
extern const struct gm__glyphs gm__glyph_runs[];
extern const size_t gm__glyph_run_count;

#define GM__IROHA_COUNT  48
#define GM__AIUEO_COUNT  46
#define GM__HANGUL_COUNT 14
extern const uint16_t gm__iroha[GM__IROHA_COUNT], gm__aiueo[GM__AIUEO_COUNT], gm__hangul[GM__HANGUL_COUNT];
extern const uint16_t gm__stems[10], gm__branches[12];
/* Place (from 1) of a katakana, half- or full-width, in the two orders; 0 when it has none. */
unsigned gm__iroha_value(uint32_t cp);
unsigned gm__aiueo_value(uint32_t cp);
unsigned gm__hangul_value(uint32_t cp);

/* A numeral being written: `full` once it does not fit, and from then on nothing is added. */
struct gm__numeral_text {
    char *data;
    size_t size, len;
    bool full;
};
void gm__numeral_put(struct gm__numeral_text *t, uint32_t cp);

#endif
