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

/* A character of a numeral whose digits have each its unit, 三百零五: most numerals are such, and most of one digit. */
struct gm__unit {
    uint32_t raw;   /* gm__raw() */
    uint16_t power; /* of a unit: 10, 100, 1000 */
    uint8_t value;  /* of a digit */
    uint8_t kind;   /* column of gm__unit_steps */
};
#define GM__UNIT_PLACES 32u
extern const struct gm__unit gm__unit_table[GM__UNIT_PLACES];
#define GM__UNIT_PLACE(raw) ((uint32_t)((raw)*0xCC706171u) >> 27)
/* 一 to 九, 十 百 千 零; NULL for all others. */
GM__INLINE const struct gm__unit *gm__unit_of(uint32_t raw) {
    const struct gm__unit *unit = &gm__unit_table[GM__UNIT_PLACE(raw)];
    return unit->raw == raw ? unit : NULL;
}

/* Such a numeral, as far as it was read. */
struct gm__units {
    int32_t value, digit; /* digit: what the next unit multiplies */
    unsigned state;       /* row of gm__unit_steps, 0: it is of another kind */
};
enum { GM__UNITS_OPEN = 1, GM__UNITS_WHOLE = 5, GM__UNITS_STATES = 11 }; /* from GM__UNITS_WHOLE on it may end */
extern const uint8_t gm__unit_steps[GM__UNITS_STATES][8];
#define GM__UNITS_BEGIN ((struct gm__units){0, 1, GM__UNITS_OPEN})
/* The same behind its first character, of whatever kind. */
GM__INLINE struct gm__units gm__units_begin(const struct gm__unit *unit) {
    return (struct gm__units){unit->power, unit->value, gm__unit_steps[GM__UNITS_OPEN][unit->kind]};
}

/* The next character. False: the numeral is of another kind. */
GM__INLINE bool gm__units_take(struct gm__units *u, const struct gm__unit *unit) {
    u->state = gm__unit_steps[u->state][unit->kind];
    u->value += u->digit * unit->power;
    u->digit = unit->value;
    return u->state != 0;
}

/* Its value at its end; 0: it is of another kind. */
GM__INLINE int32_t gm__units_value(const struct gm__units *u) {
    return u->state >= GM__UNITS_WHOLE ? u->value + u->digit : 0;
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
