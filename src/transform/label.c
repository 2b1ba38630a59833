/* label.c - see label.h. Labels are short (at most 65,535 bytes by type, a few characters in fact): one pass. */
#include "transform/label.h"

#include "grammar/grammar.h"

struct reader {
    const char *p, *end;
};

uint32_t gm__hash(uint32_t seed, const char *bytes, size_t len) {
    uint32_t h = seed ^ 0x811C9DC5u;
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)bytes[i]) * 0x01000193u;
    return h;
}

static uint32_t peek(const struct reader *r, size_t *n) {
    uint32_t cp = 0;
    *n = 0;
    if (r->p < r->end) *n = gm__utf8_decode(r->p, r->end, &cp);
    return cp;
}

static void skip_blanks(struct reader *r) {
    size_t n;
    for (uint32_t cp = peek(r, &n); n && gm__is_space(cp); cp = peek(r, &n)) r->p += n;
}

static bool opens(uint32_t cp) {
    uint32_t f = gm__fold(cp);
    return f == '(' || f == '[' || f == '{' || f == 0x3010 || f == 0x3014 || f == 0x3016 || f == '<' || f == 0x3008;
}
static bool closes(uint32_t cp) {
    uint32_t f = gm__fold(cp);
    return f == ')' || f == ']' || f == '}' || f == 0x3011 || f == 0x3015 || f == 0x3017 || f == '>' || f == 0x3009;
}

uint32_t gm__closing(uint32_t open) {
    static const uint32_t pairs[][2] = {{'(', ')'},       {0xFF08, 0xFF09}, {'[', ']'},       {0xFF3B, 0xFF3D},
                                        {0x3010, 0x3011}, {0x3014, 0x3015}, {0x3016, 0x3017}, {'<', '>'},
                                        {0xFE59, 0xFE5A}, {0xFE35, 0xFE36}, {0xFE39, 0xFE3A}, {0xFE3B, 0xFE3C},
                                        {0xFE17, 0xFE18}, {0xFE5D, 0xFE5E}, {'{', '}'},       {0x3008, 0x3009}};
    for (size_t i = 0; i < GM__COUNT(pairs); i++)
        if (pairs[i][0] == open) return pairs[i][1];
    return 0;
}

bool gm__is_mark(uint32_t cp) {
    uint32_t f = gm__fold(cp);
    return f == 0x3001 || f == ',' || f == '.' || f == ':' || f == ';' || f == 0x3002;
}

static bool take(struct reader *r, const char *literal) {
    size_t n = strlen(literal);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, literal, n) != 0) return false;
    r->p += n;
    return true;
}

/* The numeral at r, in the system that gives `value` when one does (I. is 1 and the ninth letter), else the longest.
 * first: nothing stands before it. */
static bool read_numeral(struct reader *r, int32_t value, bool first, struct gm__label *out) {
    uint32_t cp;
    size_t n, best = 0;
    cp = peek(r, &n);
    uint32_t systems = n ? gm__numeral_systems(cp) : 0;
    bool hit = false;
    for (unsigned s = GM__NUM_NONE + 1; s < GM__NUM_COUNT; s++) {
        struct gm__ordinal o;
        if (!(systems >> s & 1) || (s == GM__NUM_HYPHENED && !first)) continue; /* 第 12-1 條 */
        size_t len = gm__numeral_scan((enum gm__numeral)s, r->p, r->end, true, &o);
        bool right = len && (o.value == value || (o.other && o.other == value));
        if (len == 0 || (hit && !right) || (hit == right && len <= best)) continue;
        hit = right;
        best = len;
        out->system = s == GM__NUM_LETTERED ? GM__NUM_ARABIC : (enum gm__numeral)s; /* 9A is of one kind with 9 */
        out->flags = o.flags;
        out->components = o.components;
        if (!value) out->value = o.value;
        out->sub = s == GM__NUM_LETTERED ? o.other : 0;
    }
    out->numeral = gm__str(r->p, best);
    r->p += best;
    return best > 0;
}

/* 之一, の二, -1; also several: 之一之二. */
static void read_sub(struct reader *r, struct gm__label *out) {
    for (;;) {
        struct reader at = *r;
        struct gm__ordinal o;
        skip_blanks(&at);
        if (!take(&at, "之") && !take(&at, "の") && !take(&at, "ノ") && !take(&at, "-") && !take(&at, "－")) return;
        size_t n = gm__numeral_scan(GM__NUM_HAN, at.p, at.end, true, &o);
        if (!n) n = gm__numeral_scan(GM__NUM_ARABIC, at.p, at.end, true, &o);
        if (!n) return;
        out->sub = out->sub % 1000 * 1000 + o.value % 1000;
        r->p = at.p + n;
    }
}

static void read_unit(struct reader *r, struct gm__label *out) {
    const char *begin = r->p;
    size_t n;
    for (uint32_t cp = peek(r, &n); n && !gm__is_mark(cp) && !gm__is_space(cp); cp = peek(r, &n)) {
        struct reader before = *r;
        read_sub(r, out);
        if (r->p != before.p) {
            out->unit = gm__str(begin, (size_t)(before.p - begin));
            return;
        }
        r->p += n;
    }
    out->unit = gm__str(begin, (size_t)(r->p - begin));
    read_sub(r, out);
}

static void read_marks(struct reader *r, struct gm__label *out) {
    size_t n;
    skip_blanks(r);
    uint32_t cp = peek(r, &n);
    if (!gm__is_mark(cp)) return;
    out->mark = cp;
    r->p += n;
    skip_blanks(r);
    cp = peek(r, &n);
    if (gm__is_mark(cp)) out->second = cp;
}

static bool is_order_word(struct gm_str word) {
    static const char *const words[] = {"首先", "其次", "再次", "再者", "最后", "最後", "然后", "然後", "末了"};
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__str_eqz(word, words[i])) return true;
    return false;
}

static void read_word(struct reader *r, struct gm__label *out) {
    read_unit(r, out);
    out->shape = !out->unit.len ? GM__SHAPE_NONE : is_order_word(out->unit) ? GM__SHAPE_ORDER : GM__SHAPE_WORD;
    out->system = GM__NUM_NONE;
    read_marks(r, out);
}

/* Decimals: 3.1 and 3.2 are of one class, 4.1 is not. */
static uint32_t decimal_key(const struct gm__label *l) {
    size_t len = l->numeral.len;
    while (len && l->numeral.ptr[len - 1] >= '0' && l->numeral.ptr[len - 1] <= '9') len--;
    if (len == l->numeral.len) /* full-width digits */
        while (len >= 3 && (unsigned char)l->numeral.ptr[len - 3] == 0xEF &&
               (unsigned char)l->numeral.ptr[len - 2] == 0xBC && (unsigned char)l->numeral.ptr[len - 1] >= 0x90)
            len -= 3;
    return gm__hash(l->components, l->numeral.ptr, len);
}

static enum gm__shape shape_of(const struct gm__label *l, bool di, bool qi) {
    if (l->open || l->close) return GM__SHAPE_BRACKET;
    if (qi) return GM__SHAPE_QI;
    if (di)
        return !l->unit.len || gm__str_eqz(l->unit, "是") || gm__str_eqz(l->unit, "要") ? GM__SHAPE_ORDINAL
                                                                                        : GM__SHAPE_UNIT;
    switch (l->system) {
    case GM__NUM_PAREN_ARABIC:
    case GM__NUM_PAREN_HAN:
    case GM__NUM_CIRCLED_HAN:
    case GM__NUM_PAREN_LATIN: return GM__SHAPE_BRACKET;
    default: return l->unit.len ? GM__SHAPE_STAGE : GM__SHAPE_BARE;
    }
}

/* What stands before the numeral; what it says of the label. */
struct stem {
    bool di, qi, unit_first; /* 第, 其, 章一 and Chapter 1 */
    bool labelled;           /* 议题一 */
};

/* A word of two or three characters before a numeral: 议题一, 案例1. */
static bool take_word(struct reader *r) {
    struct reader at = *r;
    size_t n, count = 0;
    for (uint32_t cp = peek(&at, &n); gm__is_han(cp) && !gm__numeral_systems(cp); cp = peek(&at, &n), count++)
        at.p += n;
    if (count < 2 || count > 3) return false;
    skip_blanks(&at);
    if (!gm__numeral_systems(peek(&at, &n))) return false;
    *r = at;
    return true;
}

static struct stem read_stem(struct reader *r, struct gm__label *out) {
    struct stem stem = {0};
    size_t n;
    uint32_t cp = peek(r, &n);
    if (opens(cp)) {
        out->open = cp;
        r->p += n;
        skip_blanks(r);
    }
    stem.di = take(r, "第");
    stem.qi = !stem.di && take(r, "其");
    stem.unit_first =
        !stem.di && !stem.qi && (take(r, "章") || take(r, "卷") || take(r, "Chapter") || take(r, "CHAPTER"));
    stem.labelled = !stem.di && !stem.qi && !stem.unit_first && !out->open && take_word(r);
    skip_blanks(r);
    return stem;
}

/* ） or 章之一, behind the numeral. */
static void read_tail(struct reader *r, struct gm__label *out) {
    size_t n;
    read_sub(r, out);
    skip_blanks(r);
    uint32_t cp = peek(r, &n);
    struct reader behind = {r->p + n, r->end};
    if (n && out->open && gm__is_mark(cp) && closes(peek(&behind, &(size_t){0}))) { /* （一、） */
        out->mark = cp;
        *r = behind;
        cp = peek(r, &n);
    }
    if (n && closes(cp)) {
        out->close = cp;
        r->p += n;
    } else if (n && !gm__is_mark(cp)) {
        read_unit(r, out);
    }
}

void gm__label_read(const struct gm_doc *doc, gm_node node, struct gm__label *out) {
    struct gm_str label = gm_node_label(doc, node);
    struct reader r = {label.ptr, label.ptr + label.len};
    *out = (struct gm__label){.components = 1, .value = doc->nodes[node].number};
    out->unit = out->numeral = gm__str("", 0);
    skip_blanks(&r);
    if (r.p == r.end) return;
    struct reader begin = r;
    struct stem stem = read_stem(&r, out);
    bool counted = read_numeral(&r, out->value, r.p == begin.p, out);
    if (counted) read_tail(&r, out);
    if (!counted || (!stem.di && gm__str_eqz(out->unit, "方面"))) { /* 一方面 is a word: its partner is 另一方面 */
        out->open = 0;
        read_word(&begin, out);
        return;
    }
    if (stem.unit_first || stem.labelled)
        out->unit = gm__str_trim(gm__str(begin.p, (size_t)(out->numeral.ptr - begin.p)));
    out->shape = stem.labelled ? GM__SHAPE_LABELLED : shape_of(out, stem.di || stem.unit_first, stem.qi);
    out->key = out->components > 1 ? decimal_key(out) : gm__hash(0, out->unit.ptr, out->unit.len);
    read_marks(&r, out);
}

/* ---------------------------------------------------------------- writing */

static enum gm__numeral_style style_of(const struct gm__label *l) {
    static const uint8_t styles[GM__NUM_COUNT] = {
        [GM__NUM_HAN] = GM__STYLE_HAN,
        [GM__NUM_FORMAL] = GM__STYLE_HAN_FORMAL,
        [GM__NUM_ARABIC] = GM__STYLE_ARABIC,
        [GM__NUM_DECIMAL] = GM__STYLE_ARABIC,
        [GM__NUM_ROMAN] = GM__STYLE_ROMAN,
        [GM__NUM_ROMAN_LOWER] = GM__STYLE_ROMAN_LOWER,
        [GM__NUM_LATIN] = GM__STYLE_LATIN,
        [GM__NUM_LATIN_LOWER] = GM__STYLE_LATIN_LOWER,
        [GM__NUM_STEM] = GM__STYLE_STEM,
        [GM__NUM_BRANCH] = GM__STYLE_BRANCH,
        [GM__NUM_CIRCLED] = GM__STYLE_CIRCLED,
        [GM__NUM_CIRCLED_BLACK] = GM__STYLE_CIRCLED_BLACK,
        [GM__NUM_CIRCLED_SANS] = GM__STYLE_COUNT,
        [GM__NUM_PAREN_ARABIC] = GM__STYLE_PAREN_ARABIC,
        [GM__NUM_STOP_ARABIC] = GM__STYLE_STOP_ARABIC,
        [GM__NUM_PAREN_HAN] = GM__STYLE_PAREN_HAN,
        [GM__NUM_CIRCLED_HAN] = GM__STYLE_CIRCLED_HAN,
        [GM__NUM_PAREN_LATIN] = GM__STYLE_PAREN_LATIN,
        [GM__NUM_CIRCLED_LATIN] = GM__STYLE_CIRCLED_LATIN,
        [GM__NUM_CIRCLED_LATIN_LOWER] = GM__STYLE_CIRCLED_LATIN_LOWER,
        [GM__NUM_IROHA] = GM__STYLE_IROHA,
        [GM__NUM_AIUEO] = GM__STYLE_AIUEO,
        [GM__NUM_HANGUL] = GM__STYLE_HANGUL,
        [GM__NUM_ANNEX] = GM__STYLE_ARABIC,
        [GM__NUM_HYPHENED] = GM__STYLE_ARABIC,
        [GM__NUM_LETTERED] = GM__STYLE_COUNT,
    };
    if (l->system == GM__NUM_NONE) return GM__STYLE_COUNT;
    if (l->system == GM__NUM_HAN && l->flags & GM__ORD_POSITIONAL) return GM__STYLE_HAN_POSITIONAL;
    bool wide = l->system == GM__NUM_ARABIC && (unsigned char)l->numeral.ptr[0] >= 0x80;
    return wide ? GM__STYLE_ARABIC_WIDE : (enum gm__numeral_style)styles[l->system];
}

/* Where the number itself begins: the last component of a decimal. */
static size_t number_at(const struct gm__label *l) {
    size_t at = 0;
    if (l->components < 2) return 0;
    for (size_t i = 0; i < l->numeral.len; i++) {
        if (l->numeral.ptr[i] == '.' || l->numeral.ptr[i] == '-') at = i + 1;
        if (i + 3 <= l->numeral.len &&
            (memcmp(l->numeral.ptr + i, "．", 3) == 0 || memcmp(l->numeral.ptr + i, "–", 3) == 0))
            at = i + 3;
    }
    return at;
}

struct gm_str gm__label_with(struct gm_doc *doc, struct gm_str label, const struct gm__label *l, int64_t value) {
    char number[128], text[512];
    enum gm__numeral_style style = style_of(l);
    size_t n = style == GM__STYLE_COUNT ? 0 : gm__numeral_format(style, value, number, sizeof number);
    size_t head = (size_t)(l->numeral.ptr - label.ptr) + number_at(l);
    size_t rest = (size_t)(l->numeral.ptr - label.ptr) + l->numeral.len;
    if (!n || head + n + (label.len - rest) > sizeof text) return gm__str("", 0);
    memcpy(text, label.ptr, head);
    memcpy(text + head, number, n);
    /* 第十条之一: the sub-ordinal is not part of another number's label */
    size_t tail = l->sub && l->unit.len ? (size_t)(l->unit.ptr - label.ptr) + l->unit.len - rest : label.len - rest;
    memcpy(text + head + n, label.ptr + rest, tail);
    struct gm_str made = {gm__arena_copy(&doc->arena, text, head + n + tail), head + n + tail};
    return made.ptr ? made : gm__str("", 0);
}
