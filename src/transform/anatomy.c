/* anatomy.c - a label taken apart: PREFIX NUMERAL SUFFIX, its numbers and where they stand. */
#include "transform/renumber.h"

struct cursor {
    const char *p, *end;
};

static void skip_blanks(struct cursor *c) {
    while (c->p < c->end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(c->p, c->end, &cp);
        if (!gm__is_space(cp) || cp == '\n' || cp == '\r') return;
        c->p += n;
    }
}

static bool take_literal(struct cursor *c, struct gm_str literal) {
    struct cursor at = *c;
    const char *l = literal.ptr, *l_end = l + literal.len;
    while (l < l_end) {
        uint32_t want, got;
        l += gm__utf8_decode(l, l_end, &want);
        skip_blanks(&at);
        if (at.p >= at.end) return false;
        at.p += gm__utf8_decode(at.p, at.end, &got);
        if (gm__fold(got) != want) return false;
    }
    *c = at;
    return true;
}

enum gm_status gm__shapes_init(struct gm__shapes *l, const struct gm_grammar *grammar, struct gm__arena *arena) {
    l->grammar = grammar;
    l->first = gm__arena_alloc(arena, grammar->family_count * sizeof *l->first);
    l->next = gm__arena_alloc(arena, (grammar->pattern_count + 1) * sizeof *l->next);
    if (!l->first || !l->next) return GM_NOMEM;
    for (size_t i = grammar->pattern_count; i-- > 0;) {
        uint16_t family = grammar->patterns[i].family;
        l->next[i] = l->first[family];
        l->first[family] = (uint16_t)(i + 1);
    }
    return GM_OK;
}

size_t gm__anatomy_sub(const char *p, const char *end, struct gm__anatomy *out, uint32_t base) {
    const char *at = p;
    while (at < end) {
        uint32_t cp;
        struct gm__ordinal o;
        size_t n = gm__utf8_decode(at, end, &cp);
        if (cp != 0x4E4B && cp != 0x306E && cp != 0x30CE && cp != '-') break; /* 之 の ノ */
        enum gm__numeral system = cp == '-' ? GM__NUM_ARABIC : GM__NUM_HAN;
        size_t len = gm__numeral_scan(system, at + n, end, false, &o);
        if (!len || o.value <= 0 || o.value > 999) break;
        out->sub = (struct gm__number){base + (uint32_t)(at + n - p), (uint32_t)len, o.value};
        out->sub_system = system;
        out->subs++;
        at += n + len;
    }
    return (size_t)(at - p);
}

/* The numbers of 1.2.3 or A.1 in [p, end): digits in a row are one, a capital is one. */
static bool split_decimal(const char *label, const char *p, const char *end, struct gm__anatomy *out) {
    while (p < end) {
        uint32_t cp;
        struct gm__ordinal o;
        size_t n = gm__utf8_decode(p, end, &cp);
        enum gm__numeral system = out->count == 0 && gm__fold(cp) >= 'A' ? GM__NUM_LATIN : GM__NUM_ARABIC;
        size_t len = gm__numeral_scan(system, p, end, false, &o);
        if (!len) {
            p += n;
            continue;
        }
        if (out->count == GM__PARTS) return false;
        out->part[out->count++] = (struct gm__number){(uint32_t)(p - label), (uint32_t)len, o.value};
        p += len;
    }
    return out->count > 1;
}

uint32_t gm__decimal_front(const int32_t *numbers, uint32_t count) {
    return count > 1 ? (uint32_t)gm__decimal_key(numbers, count - 1) + count : 0;
}

uint32_t gm__anatomy_front(const struct gm__anatomy *label) {
    int32_t numbers[GM__PARTS];
    for (uint32_t i = 0; i < label->count; i++) numbers[i] = label->part[i].value;
    return gm__decimal_front(numbers, label->count);
}

size_t gm__anatomy_decimal(struct gm_str text, struct gm__anatomy *out) {
    struct gm__ordinal o;
    *out = (struct gm__anatomy){.pattern = NULL};
    size_t n = gm__numeral_scan(GM__NUM_DECIMAL, text.ptr, text.ptr + text.len, false, &o);
    return n && split_decimal(text.ptr, text.ptr, text.ptr + n, out) ? n : 0;
}

static bool take_numeral(struct cursor *c, const char *label, const struct gm__pattern *pattern,
                         struct gm__anatomy *out) {
    struct gm__ordinal o;
    skip_blanks(c);
    size_t n = gm__numeral_scan((enum gm__numeral)pattern->system, c->p, c->end, true, &o);
    if (!n) return false;
    const char *numeral = c->p;
    c->p += n;
    if (o.components > 1) return split_decimal(label, numeral, c->p, out);
    out->part[0] = (struct gm__number){(uint32_t)(numeral - label), (uint32_t)n, o.value};
    out->count = 1;
    if (pattern->system != GM__NUM_LETTERED) return true;
    while (!(numeral[n - 1] >= '0' && numeral[n - 1] <= '9')) n--; /* 9A, 9Ａ: it begins with a digit */
    out->part[0].len = (uint32_t)n;
    out->sub = (struct gm__number){(uint32_t)(numeral + n - label), (uint32_t)(c->p - numeral) - (uint32_t)n, o.other};
    return true;
}

static bool try_pattern(const struct gm_grammar *g, const struct gm__pattern *pattern, struct gm_str text, bool whole,
                        struct gm__anatomy *out) {
    struct cursor c = {text.ptr, text.ptr + text.len};
    *out = (struct gm__anatomy){.pattern = pattern};
    if (pattern->system == GM__NUM_NONE) return false; /* 首先 */
    if (!take_literal(&c, gm__literal(g, pattern->prefix)) || !take_numeral(&c, text.ptr, pattern, out)) return false;
    if (pattern->sub) c.p += gm__anatomy_sub(c.p, c.end, out, (uint32_t)(c.p - text.ptr)); /* 第 3-1 條 */
    if (!take_literal(&c, gm__literal(g, pattern->suffix))) return false;
    if (pattern->sub) c.p += gm__anatomy_sub(c.p, c.end, out, (uint32_t)(c.p - text.ptr)); /* 第三条之一 */
    out->len = (uint32_t)(c.p - text.ptr);
    return !whole || c.p == c.end;
}

void gm__anatomy_read(const struct gm__shapes *l, uint16_t family, struct gm_str text, bool whole,
                      struct gm__anatomy *out) {
    struct gm__anatomy best = {.pattern = NULL};
    for (uint16_t i = family < l->grammar->family_count ? l->first[family] : 0; i; i = l->next[i - 1])
        if (try_pattern(l->grammar, &l->grammar->patterns[i - 1], text, whole, out) && out->len > best.len) best = *out;
    *out = best;
}
