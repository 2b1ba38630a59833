/* numeral_like.c - numbers in the spelling of a sample. */
#include "grammar/numeral_like.h"

#include "grammar/numeral_tables.h"

#define ZERO_HAN 0x96F6u /* 零, as gm__numeral_format writes it */

/* ----------------------------------------------------------------- learning */

static void learn_han(struct gm__spelling *s, const char *p, const char *end) {
    const char *begin = p;
    bool unit = false;
    size_t digits = 0;
    for (uint32_t cp; p < end;) {
        const char *at = p;
        p += gm__utf8_decode(p, end, &cp);
        unsigned code = gm__han_code(cp), kind = code & GM__HAN_KIND;
        if (kind == GM__HAN_ZERO && !s->zero) s->zero = cp;
        if (kind == GM__HAN_TENS) s->tens = true;
        if (kind == GM__HAN_UNIT || kind == GM__HAN_FORMAL_UNIT || kind == GM__HAN_TENS) unit = true;
        if (kind == GM__HAN_ZERO || kind == GM__HAN_DIGIT) digits++;
        if (at == begin && kind == GM__HAN_UNIT && (code & 0xF) > 1) s->bare = true;
        if (cp == 0x8CB3 || cp == 0x53C3 || cp == 0x9678 || cp == 0x842C) s->traditional = true;
    }
    if (!unit && digits > 1) s->positional = true;
}

/* 壹拾: the digit 1 before the first unit, which is ten. */
static bool leads(const char *p, const char *end) {
    uint32_t one, ten = 0;
    p += gm__utf8_decode(p, end, &one);
    if (p < end) (void)gm__utf8_decode(p, end, &ten);
    return (gm__han_code(one) & 0xFF) == (GM__HAN_FORMAL_DIGIT | 1) &&
           (gm__han_code(ten) & 0xFF) == (GM__HAN_FORMAL_UNIT | 1);
}

void gm__spelling_learn(struct gm__spelling *s, enum gm__numeral system, const char *numeral, size_t len) {
    struct gm__ordinal o;
    if (!len) return;
    switch (system) {
    case GM__NUM_HAN: learn_han(s, numeral, numeral + len); break;
    case GM__NUM_FORMAL:
        learn_han(s, numeral, numeral + len);
        if (leads(numeral, numeral + len)) s->leading = true;
        break;
    case GM__NUM_ARABIC:
        if (gm__numeral_scan(system, numeral, numeral + len, false, &o) && o.flags & GM__ORD_LEADING_ZERO && !s->pad) {
            size_t digits = gm__utf8_count(numeral, len);
            s->pad = (uint8_t)(digits < 9 ? digits : 9);
        }
        break;
    default: break;
    }
}

/* ------------------------------------------------------------------ writing */

/* 二十 to 廿, 三十 to 卅, 四十 to 卌: the character that stands for both, 0 when none does. */
static uint32_t short_tens(uint32_t digit, uint32_t unit) {
    static const uint16_t tens[] = {0x5EFF, 0x5345, 0x534C};
    unsigned code = gm__han_code(digit), n = code & 0xF;
    bool ten = gm__han_code(unit) == (GM__HAN_UNIT | 1);
    return ten && (code & GM__HAN_KIND) == GM__HAN_DIGIT && n >= 2 && n <= 4 ? tens[n - 2] : 0;
}

static void put_han(struct gm__numeral_text *o, const struct gm__spelling *s, enum gm__numeral system, int32_t value) {
    char text[64];
    enum gm__numeral_style style = s->positional ? GM__STYLE_HAN_POSITIONAL
                                   : s->bare     ? GM__STYLE_JAPANESE
                                                 : GM__STYLE_HAN;
    if (system == GM__NUM_FORMAL) style = s->traditional ? GM__STYLE_HAN_FORMAL_TRAD : GM__STYLE_HAN_FORMAL;
    size_t len = gm__numeral_format(style, value, text, sizeof text);
    const char *p = text, *end = text + len;
    if (!s->leading && system == GM__NUM_FORMAL && len > 3 && leads(p, end)) p += 3; /* 壹 has three bytes */
    while (p < end) {
        uint32_t cp, next = 0;
        p += gm__utf8_decode(p, end, &cp);
        size_t more = p < end ? gm__utf8_decode(p, end, &next) : 0;
        uint32_t tens = s->tens && system == GM__NUM_HAN ? short_tens(cp, next) : 0;
        bool zero = (gm__han_code(cp) & GM__HAN_KIND) == GM__HAN_ZERO;
        gm__numeral_put(o, tens ? tens : zero && s->zero ? s->zero : cp);
        if (tens) p += more;
    }
}

/* The same letters and digits, full-width when the sample is. */
static void put_ascii(struct gm__numeral_text *o, enum gm__numeral_style style, int32_t value, bool wide) {
    char text[32];
    size_t len = gm__numeral_format(style, value, text, sizeof text);
    for (size_t i = 0; i < len; i++) gm__numeral_put(o, (unsigned char)text[i] + (wide ? 0xFEE0u : 0));
}

static void put_arabic(struct gm__numeral_text *o, const struct gm__spelling *s, int32_t value, bool wide) {
    char text[16];
    size_t len = gm__numeral_format(GM__STYLE_ARABIC, value, text, sizeof text);
    for (size_t i = len; i < s->pad; i++) gm__numeral_put(o, wide ? 0xFF10 : '0');
    put_ascii(o, GM__STYLE_ARABIC, value, wide);
}

/* The glyph as far from the sample's as the numbers are apart; or one of the same system elsewhere. */
static void put_glyph(struct gm__numeral_text *o, enum gm__numeral system, uint32_t sample, int32_t value) {
    const struct gm__glyphs *run = gm__glyph_runs, *end = run + gm__glyph_run_count, *found = NULL;
    for (; run < end; run++) {
        bool holds = run->system == system && value >= run->value && value - run->value <= run->last - run->first;
        if (holds && (!found || (sample >= run->first && sample <= run->last))) found = run;
    }
    if (found) gm__numeral_put(o, found->first + (uint32_t)(value - found->value));
}

static void put_roman(struct gm__numeral_text *o, uint32_t sample, int32_t value, bool lower) {
    uint32_t base = lower ? 0x2170 : 0x2160;
    if (sample >= base && sample < base + 16 && value >= 1 && value <= 12)
        gm__numeral_put(o, base + (uint32_t)value - 1);
    else
        put_ascii(o, lower ? GM__STYLE_ROMAN_LOWER : GM__STYLE_ROMAN, value, sample >= 0xFF21 && sample <= 0xFF5A);
}

static void put_format(struct gm__numeral_text *o, enum gm__numeral_style style, int32_t value) {
    char text[16];
    size_t len = gm__numeral_format(style, value, text, sizeof text);
    for (size_t i = 0; i < len && !o->full; i++) {
        o->full = o->len + 1 >= o->size;
        if (!o->full) o->data[o->len++] = text[i];
    }
}

static void put_like(struct gm__numeral_text *o, enum gm__numeral system, const struct gm__spelling *s, uint32_t sample,
                     int32_t value) {
    bool wide = sample >= 0xFF10 && sample <= 0xFF5A;
    switch (system) {
    case GM__NUM_NONE:
    case GM__NUM_DECIMAL:
    case GM__NUM_ANNEX:
    case GM__NUM_HYPHENED:
    case GM__NUM_COUNT: break;
    case GM__NUM_HAN:
    case GM__NUM_FORMAL: put_han(o, s, system, value); break;
    case GM__NUM_LETTERED: /* its digits */
    case GM__NUM_ARABIC: put_arabic(o, s, value, wide); break;
    case GM__NUM_ROMAN: put_roman(o, sample, value, false); break;
    case GM__NUM_ROMAN_LOWER: put_roman(o, sample, value, true); break;
    case GM__NUM_LATIN: put_ascii(o, GM__STYLE_LATIN, value, wide); break;
    case GM__NUM_LATIN_LOWER: put_ascii(o, GM__STYLE_LATIN_LOWER, value, wide); break;
    case GM__NUM_STEM: put_format(o, GM__STYLE_STEM, value); break;
    case GM__NUM_BRANCH: put_format(o, GM__STYLE_BRANCH, value); break;
    case GM__NUM_IROHA: put_format(o, GM__STYLE_IROHA, value); break;
    case GM__NUM_AIUEO: put_format(o, GM__STYLE_AIUEO, value); break;
    case GM__NUM_HANGUL: put_format(o, GM__STYLE_HANGUL, value); break;
    case GM__NUM_CIRCLED:
    case GM__NUM_CIRCLED_BLACK:
    case GM__NUM_CIRCLED_SANS:
    case GM__NUM_PAREN_ARABIC:
    case GM__NUM_STOP_ARABIC:
    case GM__NUM_PAREN_HAN:
    case GM__NUM_CIRCLED_HAN:
    case GM__NUM_PAREN_LATIN:
    case GM__NUM_CIRCLED_LATIN:
    case GM__NUM_CIRCLED_LATIN_LOWER: put_glyph(o, system, sample, value); break;
    }
}

size_t gm__numeral_like(enum gm__numeral system, const struct gm__spelling *s, const char *sample, size_t len,
                        int32_t value, char *buffer, size_t size) {
    struct gm__numeral_text o = {buffer, size, 0, size == 0};
    struct gm__ordinal back;
    uint32_t first = 0;
    if (o.full) return 0;
    if (len) (void)gm__utf8_decode(sample, sample + len, &first);
    put_like(&o, system, s, first, value);
    if (o.full) o.len = 0;
    buffer[o.len] = '\0';
    /* Only what reads back as the same number is one. */
    size_t n = o.len ? gm__numeral_scan(system, buffer, buffer + o.len, false, &back) : 0;
    return n == o.len && (n == 0 || back.value == value || back.other == value) ? o.len : 0;
}
