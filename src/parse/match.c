/* match.c - the readings of a label at one place: PREFIX NUMERAL SUFFIX against the grammar's tables. */
#include "parse/lex.h"

#include "grammar/numeral_tables.h"

#define MAX_INNER_BLANKS 3

struct cursor {
    const char *p, *end;
};

GM__INLINE uint32_t peek(const struct cursor *c, size_t *len) {
    uint32_t cp = 0;
    *len = c->p < c->end ? gm__utf8_decode(c->p, c->end, &cp) : 0;
    return cp;
}

/* No blank begins with another byte than these. */
GM__INLINE bool may_be_blank(const struct cursor *c) {
    unsigned char b = c->p < c->end ? (unsigned char)*c->p : 'x';
    return b <= ' ' || b == 0xC2 || (b >= 0xE1 && b <= 0xE3) || b == 0xEF;
}

/* All that folds to something else is of U+F000 and up, but for 丶. */
static bool may_fold(const struct cursor *c) {
    return c->p < c->end && ((unsigned char)*c->p == 0xEF || (c->end - c->p >= 3 && memcmp(c->p, "丶", 3) == 0));
}

static size_t skip_some_blanks(struct cursor *c, size_t most) {
    size_t n = 0, len;
    for (uint32_t cp; n < most && (cp = peek(c, &len)) != 0 && cp != '\n' && cp != '\r' && gm__is_space(cp); n++)
        c->p += len;
    return n;
}

/* Blanks within a line; how many were passed over. */
GM__INLINE size_t skip_blanks(struct cursor *c, size_t most) { return may_be_blank(c) ? skip_some_blanks(c, most) : 0; }

/* Match folded literal text that is not there byte by byte; inner blanks of the source are passed over with `spaced`.
 */
static bool match_folded(struct cursor *c, struct gm_str literal, bool spaced, bool *blanks) {
    struct cursor at = *c;
    const char *l = literal.ptr, *l_end = literal.ptr + literal.len;
    while (l < l_end) {
        uint32_t want;
        size_t len;
        l += gm__utf8_decode(l, l_end, &want);
        uint32_t got = peek(&at, &len);
        if (spaced && len && gm__is_space(got) && got != '\n' && got != '\r') {
            if (!skip_blanks(&at, MAX_INNER_BLANKS)) return false;
            *blanks = true;
            got = peek(&at, &len);
        }
        if (!len || gm__fold(got) != want) return false;
        at.p += len;
    }
    *c = at;
    return true;
}

GM__INLINE bool match_literal(struct cursor *c, struct gm_str literal, bool spaced, bool *blanks) {
    size_t i = 0, left = (size_t)(c->end - c->p);
    while (i < literal.len && i < left && c->p[i] == literal.ptr[i]) i++; /* literals are short */
    if (i == literal.len) {
        c->p += literal.len;
        return true;
    }
    while (i > 0 && ((unsigned char)literal.ptr[i] & 0xC0) == 0x80) i--;
    struct cursor differs = {c->p + i, c->end}; /* the first character that does: may it stand for the literal's? */
    if (!may_fold(&differs) && !(spaced && may_be_blank(&differs))) return false;
    return match_folded(c, literal, spaced, blanks);
}

static uint32_t hash_component(uint32_t h, uint32_t value) { return (h ^ (value + 0x9E3779B9u)) * 0x01000193u; }

/* 1.2.3: hash of 1 and 2. */
static uint32_t decimal_prefix(const char *p, const char *end, int32_t *first) {
    uint32_t h = 0x811C9DC5u, value = 0, n = 0;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        cp = gm__fold(cp);
        if (cp >= '0' && cp <= '9') {
            value = value * 10 + (cp - '0');
        } else if (cp == '.') {
            if (n++ == 0) *first = (int32_t)value;
            h = hash_component(h, value);
            value = 0;
        } else if (cp >= 'A' && cp <= 'Z') {
            value = cp;
        }
    }
    return h;
}

/* 议题, 案例: what tells the series of one family apart. */
static uint32_t literal_prefix(struct gm_str literal) {
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < literal.len; i++) h = hash_component(h, (unsigned char)literal.ptr[i]);
    return h;
}

uint32_t gm__decimal_child(uint32_t prefix, uint32_t number);
uint32_t gm__decimal_child(uint32_t prefix, uint32_t number) {
    return hash_component(prefix ? prefix : 0x811C9DC5u, number);
}

static bool opens_sub(uint32_t cp) { return cp == 0x4E4B || cp == 0x306E || cp == 0x30CE || cp == '-'; } /* 之 の ノ */

/* 之一, の二, -1 behind a suffix: `sub` with them. */
static uint16_t match_sub(struct cursor *c, uint16_t sub) {
    struct cursor at = *c;
    size_t len;
    for (;;) {
        uint32_t cp = peek(&at, &len);
        if (!opens_sub(cp)) return sub;
        at.p += len;
        if (cp != '-') (void)skip_blanks(&at, 1); /* 第 4 條之 1 */
        struct gm__ordinal o;
        size_t n = cp == '-' ? 0 : gm__numeral_scan(GM__NUM_HAN, at.p, at.end, false, &o);
        if (!n) n = gm__numeral_scan(GM__NUM_ARABIC, at.p, at.end, false, &o);
        if (!n || o.value <= 0 || o.value > 999) return sub;
        at.p += n;
        sub = (uint16_t)(sub * 1000u % 60000u + (uint32_t)o.value);
        *c = at;
    }
}

static bool starts_with_folded(const char *p, const char *end, struct gm_str what) {
    struct cursor c = {p, end};
    bool blanks;
    return match_literal(&c, what, false, &blanks);
}

/* `next`: the code point at `at`, behind the label. */
static bool guarded(const struct gm__family *f, const char *begin, const char *label, struct cursor at, uint32_t next) {
    if (f->not_before_bits & gm__suffix_bit(gm__fold(next)))
        for (size_t i = 0; i < f->not_before_count; i++)
            if (starts_with_folded(at.p, at.end, f->not_before[i])) return true;
    for (size_t i = 0; i < f->not_after_count; i++) {
        struct gm_str w = f->not_after[i];
        if ((size_t)(label - begin) >= w.len && memcmp(label - w.len, w.ptr, w.len) == 0) return true;
    }
    return false;
}

/* 一、二、三 or 一, 二, 三: the number `value` stands at `at` behind another one, and the next behind it. */
static bool counts_on(const struct gm__pattern *pat, struct cursor at, int32_t value) {
    struct gm__ordinal next;
    for (int i = 0; i < 2; i++, value++) {
        size_t len, n;
        (void)skip_blanks(&at, 1);
        n = at.p < at.end ? gm__numeral_scan((enum gm__numeral)pat->system, at.p, at.end, false, &next) : 0;
        if (!n || next.value != value) return false;
        at.p += n;
        if (i == 1) return true;
        if (gm__fold(peek(&at, &len)) != pat->suffix_cp) return false;
        at.p += len;
    }
    return false;
}

/* Ａ、ａ、Ｂ及びｂ or A、B两点: letters that are spoken of. A、a和b平行 is an option that begins with a letter. */
static bool is_letter_list(const struct gm__pattern *pat, const struct gm__ordinal *o, struct cursor at) {
    static const uint32_t joints[] = {0x3001, 0x53CA, 0x548C, 0x4E0E, 0x8207, 0x4E09, 0x4E24, 0x5169, 0x56DB};
    size_t len;
    if (pat->system != GM__NUM_LATIN && pat->system != GM__NUM_LATIN_LOWER) return false;
    uint32_t cp = gm__fold(peek(&at, &len));
    if (!len || (cp | 32) < 'a' || (cp | 32) > 'z') return false;
    int32_t value = (int32_t)(cp | 32) - 'a' + 1;
    bool alike = (cp < 'a') == (pat->system == GM__NUM_LATIN) && (value == o->value || value == o->value + 1);
    at.p += len;
    cp = peek(&at, &len);
    if (!alike) return len && cp == 0x3001;
    for (size_t i = 0; len && i < GM__COUNT(joints); i++) /* 、 及 和 与 與 三 两 兩 四 */
        if (cp == joints[i]) return true;
    return false;
}

/* 4月2日 behind the label. */
static bool is_day(struct cursor at) {
    size_t len, n = 0;
    uint32_t cp;
    for (; (cp = gm__fold(peek(&at, &len))) >= '0' && cp <= '9'; n++) at.p += len;
    if (n < 1 || n > 2 || cp != 0x6708) return false; /* 月 */
    at.p += len;
    cp = gm__fold(peek(&at, &len));
    return cp >= '0' && cp <= '9';
}

/* 一、二、三产业; 三、四季度; 1、2号线: a bare list of numbers. 二、三年行动计划 is a heading. */
static bool is_number_list(const struct gm__pattern *pat, const struct gm__ordinal *o, struct cursor at) {
    static const char *const units[] = {"、", "季", "线", "月",   "号", "级", "類", "类", "期",   "审",   "楼",
                                        "层", "班", "产", "次产", "日", "等", "审", "声", "线城", "把手", "者"};
    struct gm__ordinal next;
    bool stems = pat->system == GM__NUM_STEM || pat->system == GM__NUM_BRANCH; /* 甲、乙、丙三人 */
    if (pat->suffix_cp == 0x3001 && is_letter_list(pat, o, at)) return true;
    if ((pat->suffix_cp != 0x3001 && pat->suffix_cp != ',') ||
        (pat->system != GM__NUM_HAN && pat->system != GM__NUM_ARABIC && !stems))
        return false;
    if (counts_on(pat, at, o->value + 1)) return true;
    if (pat->suffix_cp != 0x3001) return false;
    size_t n = gm__numeral_scan((enum gm__numeral)pat->system, at.p, at.end, false, &next);
    if (!n || next.value != o->value + 1) return false;
    if (stems) return true;
    if (is_day(at)) return false;
    at.p += n;
    for (size_t i = 0; i < GM__COUNT(units); i++)
        if ((size_t)(at.end - at.p) >= strlen(units[i]) && memcmp(at.p, units[i], strlen(units[i])) == 0) return true;
    return false;
}

struct attempt {
    const struct gm__parser *parser;
    const char *begin, *label, *end; /* text's begin, label's begin, paragraph's end */
    unsigned where;
    bool spaced;
    struct gm__cand *out;
    size_t count;
};

/* 4.1953年: a year behind the label; A.20岁以下: a number of two digits or more and what it counts. */
static bool is_quantity(struct cursor at, size_t digits, bool year) {
    size_t len, n = 0;
    uint32_t cp;
    for (; (cp = gm__fold(peek(&at, &len))) >= '0' && cp <= '9'; n++) {
        if (year && n < 2 && cp != (n == 0 ? '1' : '9') && cp != (n == 0 ? '2' : '0')) return false;
        at.p += len;
    }
    return year ? n == digits && cp == 0x5E74 : n >= digits && cp >= 0x2010 && !gm__is_space(cp);
}

/* A digit or letter right behind "1." or "A" would make it a decimal, a version, a word. */
static bool glued(const struct gm__pattern *pat, struct cursor at, uint32_t next) {
    next = gm__fold(next);
    bool digit = next >= '0' && next <= '9', letter = (next | 32) >= 'a' && (next | 32) <= 'z';
    switch (pat->system) {
    case GM__NUM_ARABIC:
    case GM__NUM_DECIMAL:
        return pat->prefix.len == 0 &&
               ((digit && !(pat->suffix.len != 0 && (is_quantity(at, 4, true) || is_day(at)))) ||
                (pat->suffix.len != 0 && pat->suffix.ptr[0] == '.' && next >= 'a' && next <= 'z') ||
                (pat->suffix.len == 0 && (letter || next == '.' || next == '%')));
    case GM__NUM_ROMAN:
    case GM__NUM_ROMAN_LOWER:
    case GM__NUM_LATIN:
    case GM__NUM_LATIN_LOWER:
        return pat->prefix.len == 0 && (pat->suffix.len == 0 || pat->suffix.ptr[0] == '.') &&
               ((digit && !is_quantity(at, 2, false)) || (pat->suffix.len == 0 && letter));
    default: return false;
    }
}

/* Are there more code points in the line than `max`? Looks no further than that. */
static bool longer_than(const char *p, const char *end, uint32_t max) {
    for (uint32_t cp, n = 0; p < end && *p != '\n' && *p != '\r'; p += gm__utf8_decode(p, end, &cp))
        if (n++ == max) return true;
    return false;
}

/* Where a reading of the family and this length goes; NULL when a longer one is there, or no room. */
static struct gm__cand *room_for(struct attempt *a, const struct gm__pattern *pat, size_t len) {
    for (size_t i = 0; i < a->count; i++)
        if (a->out[i].family == pat->family) return a->out[i].len < len ? &a->out[i] : NULL;
    return a->count < GM__MAX_READINGS ? &a->out[a->count++] : NULL;
}

/* ① ② ③, イ ロ ハ: no labels. イ　アーム has a word of the same characters behind it. */
static bool glyph_follows(const struct gm__pattern *pat, struct cursor at) {
    size_t len;
    (void)skip_blanks(&at, MAX_INNER_BLANKS);
    uint32_t next = peek(&at, &len);
    if (!len || !(gm__numeral_systems(next) >> pat->system & 1)) return false;
    if (pat->system < GM__NUM_IROHA || pat->system > GM__NUM_HANGUL) return true;
    at.p += len;
    next = peek(&at, &len);
    return !len || gm__is_space(next) || next == 0x3001 || next == 0x30FB; /* 、 ・ */
}

/* What was read of a label: its numeral, and the blanks inside. */
struct reading {
    const char *text; /* of the numeral */
    const char *text_end;
    const struct gm__ordinal *ordinal;
    bool blanks;
};

/* 任务一、任务二; 问题一、二; 任务 1 周内: the word and its number are spoken of, or the number counts what follows. */
static bool is_counted(const struct gm__pattern *pat, struct cursor at) {
    static const char *const units[] = {"个", "個", "周", "天", "日", "月", "年", "次", "项", "項", "例",  "件",
                                        "人", "条", "種", "种", "家", "台", "名", "套", "亿", "万", "小时"};
    size_t len;
    if (pat->suffix_cp == 0x3001)
        return starts_with_folded(at.p, at.end, pat->prefix) ||
               (gm__numeral_systems(peek(&at, &len)) >> pat->system & 1);
    if (!pat->blank) return false;
    (void)skip_blanks(&at, MAX_INNER_BLANKS);
    for (size_t i = 0; i < GM__COUNT(units); i++)
        if ((size_t)(at.end - at.p) >= strlen(units[i]) && memcmp(at.p, units[i], strlen(units[i])) == 0) return true;
    return false;
}

/* Is what stands before and behind the label such that it is none? */
static bool is_refused(const struct attempt *a, const struct gm__pattern *pat, const struct gm__ordinal *o,
                       struct cursor at, uint32_t next, bool blank) {
    const struct gm__family *f = &a->parser->grammar->families[pat->family];
    if (pat->blank && (!blank || (*a->label == 'l' && pat->system == GM__NUM_ARABIC))) return true;
    if (!blank && glued(pat, at, next)) return true;
    if (is_number_list(pat, o, at)) return true;
    if (!pat->suffix.len && pat->system >= GM__NUM_CIRCLED && glyph_follows(pat, at)) return true;
    if (guarded(f, a->begin, a->label, at, next)) return true;
    if (f->apart && is_counted(pat, at)) return true;
    if (f->max_title && a->where & GM__AT_START && longer_than(at.p, a->end, f->max_title)) return true;
    return at.p - a->label > 200;
}

/* apart: see struct gm__family; blanks: inside the label; blank: behind it. */
static void fill(struct gm__cand *c, const struct gm__pattern *pat, const struct reading *r, bool apart, bool blanks,
                 bool blank) {
    const struct gm__ordinal *o = r->ordinal;
    c->family = pat->family;
    c->series = c->next = c->twin = c->reopen = GM__NONE;
    c->number = pat->system == GM__NUM_NONE ? pat->value : o->value;
    c->other = o->other;
    c->components = (uint8_t)(o->components > 255 ? 255 : o->components);
    c->style = pat->style;
    if (pat->system != GM__NUM_NONE && o->components > 1) {
        int32_t first = 0;
        c->prefix = decimal_prefix(r->text, r->text_end, &first);
        if (o->components == 2) c->other = first;
    }
    if (apart) c->prefix = literal_prefix(pat->prefix);
    c->flags = (uint32_t)((pat->blank ? GM__CAND_BARE : 0) | (blank ? GM__CAND_BLANK : 0) |
                          (blanks || (o->flags & GM__ORD_SPACED) ? GM__CAND_SPACED : 0) |
                          (o->flags & GM__ORD_LOOKALIKE ? GM__CAND_LOOKALIKE : 0));
}

/* The length of the literal's first code point. */
static size_t first_len(struct gm_str literal) {
    uint32_t cp;
    return literal.len ? gm__utf8_decode(literal.ptr, literal.ptr + literal.len, &cp) : 0;
}

/* A pattern was matched up to `at`: a reading, unless what stands around it speaks against it. */
GM__INLINE void take(struct attempt *a, const struct gm__pattern *pat, const struct reading *r, struct cursor at,
                 bool blanks, uint16_t sub) {
    size_t len;
    uint32_t next = peek(&at, &len);
    bool blank = len == 0 || gm__is_space(next);
    if (is_refused(a, pat, r->ordinal, at, next, blank)) return;
    struct gm__cand *c = room_for(a, pat, (size_t)(at.p - a->label));
    if (!c) return;
    *c = (struct gm__cand){.at = (uint32_t)(a->label - a->begin), .len = (uint16_t)(at.p - a->label), .sub = sub};
    fill(c, pat, r, a->parser->grammar->families[pat->family].apart, blanks, blank && len);
}

/* The rest of the pattern behind its numeral. behind: where the first code point of the suffix, which is there, ends;
 * NULL when the suffix was not looked at. */
static void try_pattern(struct attempt *a, const struct gm__pattern *pat, const struct reading *r, const char *behind) {
    if (!(pat->where & a->where)) return;
    struct cursor at = {behind ? behind : r->text_end, a->end};
    size_t seen = behind ? first_len(pat->suffix) : 0;
    struct gm_str rest = {pat->suffix.ptr + seen, pat->suffix.len - seen};
    bool blanks = r->blanks;
    uint16_t sub = pat->sub && !behind ? match_sub(&at, 0) : 0; /* 第 12-1 條 */
    if (rest.len && !match_literal(&at, rest, a->spaced, &blanks)) return;
    if (pat->sub) sub = match_sub(&at, sub); /* 第十二条之一 */
    take(a, pat, r, at, blanks, sub);
}

/* Can a label be, with this numeral's system and this code point behind the numeral, 0 at the end? */
static bool may_follow(const struct attempt *a, const struct gm__prefix *group, unsigned system, uint32_t next) {
    if (group->bare >> system & 1) return true;
    return (group->suffixes[!a->spaced] & gm__suffix_bit(gm__fold(next))) || (a->spaced && next && gm__is_space(next));
}

/* The code point, folded, that a suffix would go on with at `at`; 0 at the end. */
static uint32_t goes_on_with(const struct attempt *a, struct cursor at) {
    size_t len;
    if (a->spaced) (void)skip_blanks(&at, MAX_INNER_BLANKS);
    return gm__fold(peek(&at, &len));
}

GM__INLINE const struct gm__pattern *pattern_of(const struct gm_grammar *g, uint16_t i) {
    return i ? &g->patterns[i - 1] : NULL;
}
/* Of the patterns that have this key, and others. */
GM__INLINE const struct gm__pattern *first_pattern(const struct gm_grammar *g, uint64_t key) {
    return pattern_of(g, g->pattern_bucket[gm__pattern_bucket(key)]);
}
GM__INLINE const struct gm__pattern *next_pattern(const struct gm_grammar *g, const struct gm__pattern *pat) {
    return pattern_of(g, pat->next);
}

/* A numeral of the system was read: the patterns whose suffix may follow. */
static void try_suffixes(struct attempt *a, const struct gm__prefix *group, enum gm__numeral system, struct reading r) {
    const struct gm_grammar *g = a->parser->grammar;
    struct cursor behind = {r.text_end, a->end};
    size_t len;
    bool blanks = a->spaced && skip_blanks(&behind, MAX_INNER_BLANKS);
    uint32_t next = gm__fold(peek(&behind, &len));
    if (opens_sub(next)) { /* any suffix may follow the second ordinal */
        for (size_t i = 0; i < group->count; i++)
            if (g->patterns[group->first + i].system == system)
                try_pattern(a, &g->patterns[group->first + i], &r, NULL);
        return;
    }
    for (int bare = next == 0; bare < 2; bare++) {
        uint32_t suffix = bare ? 0 : next;
        uint32_t second = bare ? 0 : goes_on_with(a, (struct cursor){behind.p + len, a->end});
        struct reading now = r;
        now.blanks |= !bare && blanks;
        uint64_t key = gm__pattern_key(group->first, system, suffix);
        for (const struct gm__pattern *pat = first_pattern(g, key); pat; pat = next_pattern(g, pat))
            if (pat->key == key && (pat->second_cp == 0 || pat->second_cp == second))
                try_pattern(a, pat, &now, bare ? r.text_end : behind.p + len);
    }
}

static void try_numerals(struct attempt *a, const struct gm__prefix *group, struct cursor at, bool blanks) {
    size_t len;
    uint32_t cp = peek(&at, &len), systems = len ? gm__numeral_systems(cp) & group->systems_at[!a->spaced] & ~1u : 0;
    if (!systems) return;
    struct cursor second = {at.p + len, at.end}; /* most candidates fail at the second character */
    uint32_t cp2 = peek(&second, &len);
    if (!(systems & group->bare) && !may_follow(a, group, 0, cp2) && !(gm__numeral_systems(cp2) & systems)) return;
    while (systems) {
        unsigned system = gm__lowest_bit(systems);
        struct gm__ordinal o;
        systems &= systems - 1;
        size_t n = gm__numeral_scan((enum gm__numeral)system, at.p, at.end, a->spaced, &o);
        struct cursor behind = {at.p + n, at.end};
        if (n && may_follow(a, group, system, peek(&behind, &len)))
            try_suffixes(a, group, (enum gm__numeral)system, (struct reading){at.p, behind.p, &o, blanks});
    }
}

static void try_prefix(struct attempt *a, const struct gm__prefix *group) {
    const struct gm__pattern *patterns = a->parser->grammar->patterns + group->first;
    struct cursor at = {a->label, a->end};
    bool blanks = false;
    static const struct gm__ordinal none;
    if (!(group->where & a->where)) return;
    if (group->prefix.len) { /* its first code point is there */
        size_t len, seen = first_len(group->prefix);
        (void)peek(&at, &len);
        at.p += len;
        struct gm_str rest = {group->prefix.ptr + seen, group->prefix.len - seen};
        if (rest.len && !match_literal(&at, rest, false, &blanks)) return;
    }
    for (size_t i = 0; group->systems & 1 && i < group->count; i++)
        if (patterns[i].system == GM__NUM_NONE)
            try_pattern(a, &patterns[i], &(struct reading){at.p, at.p, &none, blanks}, NULL);
    if (group->prefix.len && a->spaced && skip_blanks(&at, MAX_INNER_BLANKS)) blanks = true;
    try_numerals(a, group, at, blanks);
}

/* May a label of the group without a prefix begin with this character, or with a word that is no numeral? */
static bool may_count(const struct gm__prefix *group, uint32_t first) {
    return (group->systems & 1) || (gm__numeral_systems(first) & group->systems);
}

static void match_any(struct attempt *a) {
    const struct gm_grammar *g = a->parser->grammar;
    uint32_t first;
    (void)gm__utf8_decode(a->label, a->end, &first);
    first = gm__fold(first);
    for (uint16_t i = g->prefix_bucket[gm__bucket(first)]; i; i = g->prefixes[i - 1].next)
        if (g->prefixes[i - 1].first_cp == first) try_prefix(a, &g->prefixes[i - 1]);
    if (g->empty_prefix && may_count(&g->prefixes[g->empty_prefix - 1], first))
        try_prefix(a, &g->prefixes[g->empty_prefix - 1]);
}

/* -------------------------------------------------------------- plain labels */

#define PLAIN_ROOM 48 /* bytes; no plain label and what must be seen behind it take more */

/* Three bytes that are sure to be there. 0: no code point of three bytes and no ASCII character. */
GM__INLINE uint32_t plain_at(const char *p, size_t *len) {
    const unsigned char *s = (const unsigned char *)p;
    *len = s[0] < 0x80 ? 1 : 3;
    if (s[0] < 0x80) return s[0];
    if (s[0] <= 0xE0 || s[0] >= 0xF0) return 0;
    return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
}

GM__INLINE bool is_plain_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }

/* A Han digit or unit of plain numerals. */
GM__INLINE bool is_plain_han(uint32_t cp) {
    if (cp < 0x4E00 || cp > 0x9FFF) return false;
    unsigned kind = gm__han_code(cp) & GM__HAN_KIND;
    return kind == GM__HAN_DIGIT || kind == GM__HAN_UNIT;
}

/* The group whose prefix is `first` and no more. True when no other prefix may stand there and no word. */
static bool plain_group(const struct attempt *a, uint32_t first, uint32_t second, const struct gm__prefix **group) {
    const struct gm_grammar *g = a->parser->grammar;
    *group = NULL;
    for (uint16_t i = g->prefix_bucket[gm__bucket(first)]; i; i = g->prefixes[i - 1].next) {
        const struct gm__prefix *at = &g->prefixes[i - 1];
        if (at->first_cp != first) continue;
        if (at->second_cp ? at->second_cp == second : (at->systems & 1) != 0) return false;
        if (!at->second_cp) *group = at;
    }
    return true;
}

/* 两个, 两国: 两 alone is no numeral. */
static bool is_lone_pair(const char *p, uint32_t cp) {
    if (cp != 0x4E24) return false;
    uint32_t next = plain_at(p + 3, &(size_t){0});
    return next && !gm__is_space(next) && !gm__han_code(next);
}

/* 三, 十, 十二, 三十, 三十二: their length; 0: some other numeral. */
GM__INLINE size_t small_han(const char *p, uint32_t first, struct gm__ordinal *o) {
    size_t len;
    unsigned code[4] = {gm__han_code(first)}, n = 1;
    for (; n < 4 && (code[n] = gm__han_code(plain_at(p + n * 3, &len))) != 0; n++) continue;
    const unsigned ten = GM__HAN_UNIT | 1;
    unsigned i = code[0] != ten; /* the ten stands behind a digit, or first */
    if (n == 4 || (i && (code[0] & ~0xFu) != GM__HAN_DIGIT)) return 0;
    int32_t value = i ? (int32_t)(code[0] & 0xF) : 1;
    if (n > i) {
        if (code[i] != ten || n > i + 2) return 0;
        if (n == i + 2 && (code[i + 1] & ~0xFu) != GM__HAN_DIGIT) return 0;
        value = value * 10 + (n == i + 2 ? (int32_t)(code[i + 1] & 0xF) : 0);
    }
    *o = (struct gm__ordinal){.value = value, .components = 1};
    return (size_t)n * 3;
}

/* The numeral at p, `first` its first code point, of one system only; its length, 0: it is not so plain. */
static size_t plain_numeral(const struct attempt *a, const char *p, uint32_t first, struct gm__ordinal *o) {
    size_t len, n = 0;
    if (first < 0x80) {
        int32_t value = 0;
        for (; n < 5 && is_plain_digit((unsigned char)p[n]); n++) value = value * 10 + (p[n] - '0');
        if (n == 5 || (n > 1 && p[0] == '0')) return 0;
        *o = (struct gm__ordinal){.value = value, .components = 1};
        return n;
    }
    n = small_han(p, first, o);
    if (!n) n = gm__numeral_scan(GM__NUM_HAN, p, a->end, a->spaced, o);
    return n <= 15 && gm__han_code(plain_at(p + n, &len)) == 0 ? n : 0;
}

/* 1.2, and maybe 1. 2 */
static bool opens_decimal(const char *p) {
    size_t len;
    uint32_t cp = gm__fold(plain_at(p, &len));
    return is_plain_digit(cp) || gm__is_space(cp);
}

/*
 * Most labels are a prefix of one character or none, a plain numeral, a suffix of one character, and no blank between.
 * False: it is not so plain, or more than that may be read here; nothing is read then.
 */
static bool match_plain(struct attempt *a) {
    const struct gm_grammar *g = a->parser->grammar;
    size_t len, len2;
    if (a->end - a->label < PLAIN_ROOM) return false;
    const char *p = a->label;
    uint32_t raw = plain_at(p, &len), first = gm__fold(raw), second = gm__fold(plain_at(p + len, &len2));
    const struct gm__prefix *group;
    if (!raw || !second) return false;
    if (!plain_group(a, first, second, &group)) return false;
    bool empty = g->empty_prefix && may_count(&g->prefixes[g->empty_prefix - 1], first);
    if (group && empty) return false;
    if (group) {
        p += len;
        raw = plain_at(p, &len2);
    } else if (empty) {
        group = &g->prefixes[g->empty_prefix - 1];
        if (group->systems & 1) return false;
    } else {
        return true;
    }
    if (!(group->where & a->where)) return true;
    bool han = is_plain_han(raw);
    if (!han && !is_plain_digit(raw))
        return is_lone_pair(p, raw) || (group->prefix.len && !gm__is_space(raw) && !(gm__numeral_systems(raw) & group->systems_at[!a->spaced]));
    struct gm__ordinal o;
    size_t n = plain_numeral(a, p, raw, &o);
    if (!n) return false;
    struct cursor at = {p + n, a->end};
    struct reading r = {p, at.p, &o, false};
    uint32_t suffix = gm__fold(plain_at(at.p, &len));
    if (!suffix || gm__is_space(suffix) || opens_sub(suffix) || (suffix | 32) == 'o' || suffix == 'l') return false;
    at.p += len;
    if (suffix == '.' && !han && opens_decimal(at.p)) return false;
    uint32_t next = gm__fold(plain_at(at.p, &len));
    if (opens_sub(next)) return false;
    if (gm__is_space(next)) next = goes_on_with(a, at);
    unsigned system = han ? GM__NUM_HAN : GM__NUM_ARABIC;
    for (int bare = 0; bare < 2; bare++) {
        uint64_t key = gm__pattern_key(group->first, system, bare ? 0 : suffix);
        for (const struct gm__pattern *pat = first_pattern(g, key); pat; pat = next_pattern(g, pat)) {
            if (pat->key != key || !(pat->where & a->where)) continue;
            if (!pat->second_cp) {
                take(a, pat, &r, bare ? (struct cursor){r.text_end, a->end} : at, false, 0);
            } else if (pat->second_cp == next) {
                a->count = 0;
                return false;
            }
        }
    }
    return true;
}

size_t gm__match_label(const struct gm__parser *p, size_t at, size_t end, unsigned where, struct gm__cand *out) {
    struct attempt a = {p, p->text, p->text + at, p->text + end, where, (where & GM__AT_START) != 0, out, 0};
    if (at >= end) return 0;
    if (!match_plain(&a)) match_any(&a);
    /* Longest label first: 十三是 before 十, 第一是 before 第一. */
    for (size_t i = 1; i < a.count; i++)
        for (size_t k = i; k > 0 && out[k].len > out[k - 1].len; k--) {
            struct gm__cand swap = out[k];
            out[k] = out[k - 1];
            out[k - 1] = swap;
        }
    return a.count;
}

size_t gm__match_word(struct gm_str line, struct gm_str word) {
    struct cursor c = {line.ptr, line.ptr + line.len};
    bool blanks = false;
    return match_literal(&c, word, true, &blanks) ? (size_t)(c.p - line.ptr) : 0;
}
