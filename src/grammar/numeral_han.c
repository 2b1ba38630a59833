/*
 * numeral_han.c - Han numerals to values: 十二 一百零三 廿三 二〇二一 两百, 壹拾壹.
 *
 * One pass over at most as many characters as a numeral can have, with a state that remembers the last
 * point at which what was read so far was well-formed. Chinese and Japanese habits are both read:
 * 一百一 is 110 (other: 101), 百一 is 101 (other: 110).
 */
#include "grammar/numeral_tables.h"

#define HAN_MAX 99999999
enum { MAX_TOKENS = 24 };

struct state {
    int32_t total;      /* what stands before 万 */
    int32_t section;    /* sum of digit × unit since then */
    int32_t digit;      /* a digit still without its unit; 0 = none */
    int32_t last;       /* the last unit: 10000 after 万, 0 at the start */
    int32_t positional; /* the decimal string so far */
    int tokens;         /* how many were taken */
    bool zero;          /* a 零 stands before the pending digit */
    bool units;         /* a unit was seen: no positional reading */
    bool bare;          /* the first unit had no digit: 百一 */
    bool formal;        /* a formal character was seen */
    bool pair;          /* the pending digit is 两 */
    bool lead;          /* the first digit is 零 */
    uint16_t flags;
};

/* The value of what was read, with the second reading of a last bare digit. False: not well-formed here. */
static bool settle(const struct state *s, bool formal, struct gm__ordinal *out) {
    if (formal && !s->formal) return false;
    *out = (struct gm__ordinal){.components = 1, .flags = s->flags};
    if (!s->units) {
        out->value = s->positional;
        if (s->tokens > 1) out->flags |= GM__ORD_POSITIONAL;
        if (s->tokens > 1 && s->lead) out->flags |= GM__ORD_LEADING_ZERO;
        return !s->pair;
    }
    if (s->pair || (s->zero && s->digit == 0)) return false;
    int32_t base = s->total + s->section, plain = base + s->digit;
    out->value = plain;
    if (s->digit > 0 && s->last >= 100 && !s->zero) {
        int32_t short_form = base + s->digit * (s->last / 10);
        out->value = s->bare ? plain : short_form;
        out->other = s->bare ? short_form : plain;
    }
    return out->value > 0;
}

static bool take_digit(struct state *s, int32_t digit) {
    if (!s->units) { /* a decimal string, until a unit comes */
        if (s->pair || s->positional > (HAN_MAX - digit) / 10) return false;
        s->positional = s->positional * 10 + digit;
        s->digit = digit;
        return true;
    }
    if (digit == 0) {
        if (s->zero || s->digit || s->last <= 10) return false;
        s->zero = true;
        return true;
    }
    if (s->digit) return false;
    s->digit = digit;
    return true;
}

static bool take_unit(struct state *s, int32_t unit) {
    bool pending = s->digit > 0 || (!s->units && s->tokens > 0);
    if (!s->units && s->tokens > 1) return false; /* 一二十 */
    if (pending && s->digit == 0) return false;   /* 零十 */
    if (s->pair && unit == 10) return false;      /* 两十 */
    if (!pending && (s->zero || s->tokens == 0) && unit == 10000) return false;
    s->pair = false;
    if (unit == 10000) {
        int32_t high = s->section + s->digit;
        if (s->total || high == 0) return false;
        s->total = high * 10000;
        s->section = 0;
    } else {
        if (s->last && unit >= s->last) return false;
        s->section += (pending ? s->digit : 1) * unit;
        if (!s->units && !pending) s->bare = true;
    }
    s->units = true;
    s->digit = 0;
    s->zero = false;
    s->last = unit;
    return true;
}

static bool take_tens(struct state *s, int32_t tens) {
    if ((!s->units && s->tokens > 0) || s->digit || (s->last && s->last <= 10)) return false;
    s->section += tens * 10;
    s->units = true;
    s->zero = false;
    s->last = 10;
    return true;
}

/* Formal digits stand in formal numerals, or after a formal unit; plain ones in formal numerals where Japan has
 * no formal twin: 参 in 一参加 is no numeral. */
static bool fits(const struct state *s, bool formal, unsigned code) {
    unsigned kind = code & GM__HAN_KIND, n = code & 0xF;
    if (kind == GM__HAN_FORMAL_DIGIT) return formal || s->formal;
    if (kind == GM__HAN_FORMAL_UNIT) return formal || s->tokens > 0;
    if (formal && kind == GM__HAN_DIGIT) return n == 4 || n >= 6;
    if (formal && (kind == GM__HAN_PAIR || kind == GM__HAN_TENS)) return false;
    if (formal && kind == GM__HAN_UNIT) return s->tokens > 0;
    return kind >= GM__HAN_ZERO && kind <= GM__HAN_PAIR;
}

static bool take(struct state *s, bool formal, unsigned code) {
    static const int32_t powers[] = {1, 10, 100, 1000, 10000};
    int32_t n = (int32_t)(code & 0xF);
    bool taken;
    if (!fits(s, formal, code)) return false;
    switch (code & GM__HAN_KIND) {
    case GM__HAN_ZERO:
        if (s->tokens == 0 && (formal || code & GM__HAN_LOOKALIKE)) return false; /* ○ begins a bullet */
        taken = take_digit(s, 0);
        break;
    case GM__HAN_DIGIT:
    case GM__HAN_FORMAL_DIGIT: taken = take_digit(s, n); break;
    case GM__HAN_PAIR:
        taken = (s->units || s->tokens == 0) && take_digit(s, 2);
        s->pair = taken;
        break;
    case GM__HAN_TENS: taken = take_tens(s, n); break;
    default: taken = take_unit(s, powers[n]); break;
    }
    if (!taken) return false;
    s->formal |= (code & GM__HAN_KIND) == GM__HAN_FORMAL_DIGIT || (code & GM__HAN_KIND) == GM__HAN_FORMAL_UNIT;
    if (code & GM__HAN_LOOKALIKE) s->flags |= GM__ORD_LOOKALIKE;
    if (s->tokens++ == 0) s->lead = (code & GM__HAN_KIND) == GM__HAN_ZERO;
    return true;
}

/* A dash stands for 一 only where nothing but a numeral can be: before 、, a closing bracket or a unit. */
static bool dash_is_one(const char *p, const char *end) {
    uint32_t cp = 0;
    if (p < end) (void)gm__utf8_decode(p, end, &cp);
    if (cp == 0x7AE0 || cp == 0x8282 || cp == 0x7BC0 || cp == 0x6761 || cp == 0x689D) return true; /* 章节節条條 */
    return cp == 0x3001 || cp == 0xFF64 || cp == 0xFE51 || cp == ')' || cp == 0xFF09 || cp == 0xFE5A || cp == 0xFE36;
}

/* 一　一九五六年: digits that stand together are a numeral of their own, not the rest of what stands before the blank.
 */
static bool opens_another(const struct state *s, unsigned code, const char *next, const char *end) {
    uint32_t cp;
    if (s->units || (code & GM__HAN_KIND) != GM__HAN_DIGIT || next >= end) return false;
    (void)gm__utf8_decode(next, end, &cp);
    unsigned kind = gm__han_code(cp) & GM__HAN_KIND;
    return kind == GM__HAN_DIGIT || kind == GM__HAN_ZERO;
}

/* Would the scan go on behind these blanks? */
static bool goes_on(const char *p, const char *end) {
    uint32_t cp = ' ';
    while (p < end && (cp == ' ' || cp == 0x3000)) p += gm__utf8_decode(p, end, &cp);
    return gm__han_code(cp) != 0;
}

/* Most numerals are plain: 一, 十二, 三百零五. Their length; 0 for all others, which the general scan below reads. */
static size_t plain(const char *p, const char *end, bool spaced, struct gm__ordinal *out) {
    struct gm__units units = GM__UNITS_BEGIN;
    const char *at = p;
    for (size_t n; at < end; at += n) {
        uint32_t cp;
        n = gm__utf8_decode(at, end, &cp);
        unsigned code = gm__han_code(cp);
        if (code == 0) {
            if ((cp == ' ' || cp == 0x3000) && spaced && goes_on(at, end)) return 0;
            break;
        }
        const struct gm__unit *unit = gm__unit_of(gm__raw(cp));
        if (!unit || !gm__units_take(&units, unit)) return 0;
    }
    int32_t value = gm__units_value(&units);
    if (value == 0) return 0;
    *out = (struct gm__ordinal){.value = value, .components = 1};
    return (size_t)(at - p);
}

static size_t general(bool formal, const char *p, const char *end, bool spaced, struct gm__ordinal *out) {
    struct state s = {0};
    const char *at = p, *good = p;
    bool gap = false;
    while (at < end && s.tokens < MAX_TOKENS) {
        uint32_t cp;
        const char *next = at + gm__utf8_decode(at, end, &cp);
        if ((cp == ' ' || cp == 0x3000) && spaced && s.tokens > 0) {
            at = next;
            gap = true;
            continue;
        }
        unsigned code = gm__han_code(cp);
        if (code == 0 || (code & GM__HAN_DASH && !dash_is_one(next, end))) break;
        if (gap && opens_another(&s, code, next, end)) break;
        if (!take(&s, formal, code)) break;
        if (gap) s.flags |= GM__ORD_SPACED;
        at = next;
        struct gm__ordinal now;
        if (settle(&s, formal, &now)) {
            *out = now;
            good = at;
        }
    }
    return (size_t)(good - p);
}

size_t gm__han_scan(bool formal, const char *p, const char *end, bool spaced, struct gm__ordinal *out) {
    size_t n = formal ? 0 : plain(p, end, spaced, out);
    return n ? n : general(formal, p, end, spaced, out);
}
