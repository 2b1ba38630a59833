/* match.c - the readings of a label at one place: PREFIX NUMERAL SUFFIX against the grammar's tables. */
#include "parse/match.h"

size_t gm__skip_some_blanks(struct cursor *c, size_t most) {
    size_t n = 0, len;
    for (uint32_t cp; n < most && (cp = peek(c, &len)) != 0 && cp != '\n' && cp != '\r' && gm__is_space(cp); n++)
        c->p += len;
    return n;
}

bool gm__match_folded(struct cursor *c, struct gm_str literal, bool spaced, bool *blanks) {
    struct cursor at = *c;
    const char *l = literal.ptr, *l_end = literal.ptr + literal.len;
    while (l < l_end) {
        uint32_t want;
        size_t len;
        l += gm__utf8_decode(l, l_end, &want);
        uint32_t got = peek(&at, &len);
        if (spaced && len && gm__is_space(got) && got != '\n' && got != '\r') {
            if (!skip_blanks(&at, GM__INNER_BLANKS)) return false;
            *blanks = true;
            got = peek(&at, &len);
        }
        if (!len || gm__fold(got) != want) return false;
        at.p += len;
    }
    *c = at;
    return true;
}

static uint32_t hash_component(uint32_t h, uint32_t value) { return (h ^ (value + 0x9E3779B9u)) * 0x01000193u; }

/* 1.2.3, 1-2-3: hash of 1 and 2. */
static uint32_t decimal_prefix(const char *p, const char *end, int32_t *first) {
    uint32_t h = 0x811C9DC5u, value = 0, n = 0;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        cp = gm__fold(cp);
        if (cp >= '0' && cp <= '9') {
            value = value * 10 + (cp - '0');
        } else if (cp == '.' || cp == '-' || cp == 0x2013) {
            if (n++ == 0) *first = (int32_t)value;
            h = hash_component(h, value);
            value = 0;
        } else if (cp >= 'A' && cp <= 'Z') {
            value = cp;
        }
    }
    return h;
}

/* 议题, 案例, and the word of 一怕: what tells the series of one family apart. Marks behind the numeral do not. */
static uint32_t literal_prefix(struct gm_str prefix, struct gm_str suffix) {
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < prefix.len; i++) h = hash_component(h, (unsigned char)prefix.ptr[i]);
    for (size_t i = 0; i < suffix.len && (unsigned char)suffix.ptr[i] - 0xE4u < 6; i += 3)
        for (size_t k = i; k < i + 3; k++) h = hash_component(h, (unsigned char)suffix.ptr[k]);
    return h;
}

uint32_t gm__decimal_child(uint32_t prefix, uint32_t number);
uint32_t gm__decimal_child(uint32_t prefix, uint32_t number) {
    return hash_component(prefix ? prefix : 0x811C9DC5u, number);
}

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

/* Where a reading of the family and this length goes; NULL when a longer one is there, or no room. */
static struct gm__cand *room_for(struct attempt *a, const struct gm__pattern *pat, size_t len) {
    for (size_t i = 0; i < a->count; i++)
        if (a->out[i].family == pat->family) return a->out[i].len < len ? &a->out[i] : NULL;
    return a->count < GM__MAX_READINGS ? &a->out[a->count++] : NULL;
}

/* blanks: inside the label; blank: behind it. */
static void fill(const struct gm_grammar *g, struct gm__cand *c, const struct gm__pattern *pat, const struct reading *r,
                 bool blanks, bool blank) {
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
    if (pat->system == GM__NUM_LETTERED) {
        c->sub = (uint16_t)o->other;
        c->other = 0;
    }
    if (g->families[pat->family].apart)
        c->prefix = literal_prefix(gm__literal(g, pat->prefix), gm__literal(g, pat->suffix));
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
static void take_reading(struct attempt *a, const struct gm__pattern *pat, const struct reading *r, struct cursor at,
                         bool blanks, uint16_t sub) {
    size_t len;
    uint32_t next = peek(&at, &len);
    bool blank = len == 0 || gm__is_space(next);
    enum verdict verdict = gm__judge_label(a, pat, r->ordinal, at, next, blank);
    if (verdict == IS_REFUSED) return;
    const struct gm__family *f = &a->parser->grammar->families[pat->family];
    bool of_text = f->verb == GM__VERB_TEXT, noun = f->noun; /* 第一看底; 第一个特点， */
    size_t mark = 0;
    if (noun) { /* 特点， behind 第一个 */
        size_t word = gm__noun_at(at, a->spaced, &mark);
        if (!word) return;
        at.p += word;
    }
    next = peek(&at, &len);
    blank = len == 0 || gm__is_space(next);
    size_t size = (size_t)((of_text ? r->text_end : at.p) - a->label);
    struct gm__cand *c = room_for(a, pat, size);
    if (!c) return;
    *c = (struct gm__cand){.at = (uint32_t)(a->label - a->begin), .len = (uint16_t)size, .sub = sub};
    fill(a->parser->grammar, c, pat, r, blanks, blank && len);
    if (noun) /* 个特点 tells such series apart, without the mark behind it */
        c->prefix = literal_prefix(gm__str("", 0), gm__str(r->text_end, (size_t)(at.p - mark - r->text_end)));
    if (verdict == IS_DOUBTED) c->flags |= GM__CAND_DOUBTED;
    c->flags |= gm__oddness(a->parser->grammar, c);
}

/* The code point, folded, that a suffix would go on with at `at`; 0 at the end. */
static uint32_t goes_on_with(const struct attempt *a, struct cursor at) {
    size_t len;
    if (a->spaced) (void)skip_blanks(&at, GM__INNER_BLANKS);
    return gm__fold(peek(&at, &len));
}
/* May a label of the group without a prefix begin with this character, or with a word that is no numeral? */
static bool may_count(const struct gm__prefix *group, uint32_t first) {
    return (group->systems & 1) || (gm__numeral_systems(first) & group->systems);
}

/* 一　防潮: a wide blank parts the number of a point from its text; no word of 一防, 二是 begins there. */
static bool is_parted(const struct gm__pattern *pat, const struct reading *r, const char *end) {
    return !pat->prefix.len && pat->suffix_cp >= 0x4E00 && end - r->text_end >= 3 &&
           memcmp(r->text_end, "\u3000", 3) == 0;
}

/* The rest of the pattern behind its numeral. behind: where the first code point of the suffix, which is there, ends;
 * NULL when the suffix was not looked at. */
static void try_pattern(struct attempt *a, const struct gm__pattern *pat, const struct reading *r, const char *behind) {
    if (!(pat->where & a->where)) return;
    struct cursor at = {behind ? behind : r->text_end, a->end};
    struct gm_str suffix = gm__literal(a->parser->grammar, pat->suffix);
    size_t seen = behind ? first_len(suffix) : 0;
    struct gm_str rest = {suffix.ptr + seen, suffix.len - seen};
    bool blanks = r->blanks;
    uint16_t sub = pat->sub && !behind ? match_sub(&at, 0) : 0; /* 第 12-1 條 */
    if (rest.len && !match_literal(&at, rest, a->spaced, &blanks)) return;
    if (blanks && is_parted(pat, r, a->end)) return;
    if (pat->sub && pat->suffix_cp != ')') sub = match_sub(&at, sub); /* 第十二条之一 */
    take_reading(a, pat, r, at, blanks, sub);
}

/* Can a label be, with this numeral's system and this code point behind the numeral, 0 at the end? */
static bool may_follow(const struct attempt *a, const struct gm__prefix *group, unsigned system, uint32_t next) {
    if (group->bare >> system & 1) return true;
    return (group->suffixes[!a->spaced] & gm__suffix_bit(gm__fold(next))) || (a->spaced && next && gm__is_space(next));
}

/* A numeral of the system was read: the patterns whose suffix may follow. */
static void try_suffixes(struct attempt *a, const struct gm__prefix *group, enum gm__numeral system, struct reading r) {
    const struct gm_grammar *g = a->parser->grammar;
    struct cursor behind = {r.text_end, a->end};
    size_t len;
    bool blanks = a->spaced && skip_blanks(&behind, GM__INNER_BLANKS);
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

/* 三　一次告知: where a wide blank stands in a number of 三　一 that no prefix announces, it may end there. How long
 * the first part is; 0: none does. */
static size_t before_wide_blank(const char *p, const char *end, size_t len) {
    struct gm__ordinal o;
    size_t n = len < 9 ? 0 : gm__numeral_scan(GM__NUM_HAN, p, end, false, &o);
    return n && n < len && memcmp(p + n, "\u3000", 3) == 0 ? n : 0;
}

static void try_numerals(struct attempt *a, const struct gm__prefix *group, struct cursor at, bool blanks) {
    size_t len;
    uint32_t cp = peek(&at, &len), systems = len ? gm__numeral_systems(cp) & group->systems_at[!a->spaced] & ~1u : 0;
    if (!systems) return;
    struct cursor second = {at.p + len, at.end}; /* most candidates fail at the second character */
    uint32_t cp2 = peek(&second, &len);
    bool lettered = (systems >> GM__NUM_LETTERED & 1) && cp2 - 'A' < 26; /* (2A) */
    if (!(systems & group->bare) && !may_follow(a, group, 0, cp2) && !(gm__numeral_systems(cp2) & systems) && !lettered)
        return;
    while (systems) {
        unsigned system = gm__lowest_bit(systems);
        struct gm__ordinal o;
        systems &= systems - 1;
        size_t n = gm__numeral_scan((enum gm__numeral)system, at.p, at.end, a->spaced, &o), part = 0;
        struct cursor behind = {at.p + n, at.end};
        if (n && system == GM__NUM_HAN && a->spaced && !group->prefix.len &&
            (part = before_wide_blank(at.p, at.end, n))) {
            struct gm__ordinal first;
            (void)gm__numeral_scan(GM__NUM_HAN, at.p, at.p + part, false, &first);
            try_suffixes(a, group, GM__NUM_HAN, (struct reading){at.p, at.p + part, &first, blanks});
        }
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
        struct gm_str prefix = gm__literal(a->parser->grammar, group->prefix);
        size_t len, seen = first_len(prefix);
        (void)peek(&at, &len);
        at.p += len;
        struct gm_str rest = {prefix.ptr + seen, prefix.len - seen};
        if (rest.len && !match_literal(&at, rest, false, &blanks)) return;
    }
    for (size_t i = 0; group->systems & 1 && i < group->count; i++)
        if (patterns[i].system == GM__NUM_NONE)
            try_pattern(a, &patterns[i], &(struct reading){at.p, at.p, &none, blanks}, NULL);
    if (group->prefix.len && a->spaced && skip_blanks(&at, GM__INNER_BLANKS)) blanks = true;
    try_numerals(a, group, at, blanks);
}

void gm__match_any(struct attempt *a) {
    const struct gm_grammar *g = a->parser->grammar;
    uint32_t first;
    (void)gm__utf8_decode(a->label, a->end, &first);
    first = gm__fold(first);
    for (uint16_t i = g->prefix_bucket[gm__bucket(first)]; i; i = g->prefixes[i - 1].next)
        if (g->prefixes[i - 1].first_cp == first) try_prefix(a, &g->prefixes[i - 1]);
    if (g->empty_prefix && may_count(&g->prefixes[g->empty_prefix - 1], first))
        try_prefix(a, &g->prefixes[g->empty_prefix - 1]);
}

/* Has the group a pattern of this system whose suffix begins so, or, for 0, that needs neither a suffix nor a blank? */
static bool ends_so(const struct gm_grammar *g, size_t group, unsigned system, uint32_t suffix) {
    uint64_t key = gm__pattern_key(group, system, suffix);
    for (const struct gm__pattern *pat = first_pattern(g, key); pat; pat = next_pattern(g, pat))
        if (pat->key == key && !pat->blank) return true;
    return false;
}

bool gm__may_label_han(const struct gm_grammar *g, const char *s, const char *end, unsigned where) {
    const struct gm__prefix *group = &g->prefixes[g->empty_prefix - 1];
    bool spaced = (where & GM__AT_START) != 0;
    struct gm__ordinal o;
    uint32_t first;
    (void)gm__utf8_decode(s, end, &first);
    if ((gm__numeral_systems(first) & group->systems_at[!spaced]) != 1u << GM__NUM_HAN) return true;
    size_t n = gm__numeral_scan(GM__NUM_HAN, s, end, spaced, &o), len;
    struct cursor behind = {s + n, end};
    uint32_t next = gm__fold(peek(&behind, &len));
    if (n && spaced && before_wide_blank(s, end, n)) return true;
    return n && (!next || gm__is_space(next) || opens_sub(next) || ends_so(g, group->first, GM__NUM_HAN, next) ||
                 ends_so(g, group->first, GM__NUM_HAN, 0));
}

size_t gm__match_label(const struct gm__parser *p, size_t at, size_t end, unsigned where, struct gm__cand *out) {
    int quick = at < end ? gm__match_quick(p, at, end, where, out) : 0;
    return quick >= 0 ? quick > 0 : gm__match_all(p, at, end, where, out);
}

/* （ 一 ）: whoever puts a blank behind the bracket puts one before the other. 第 一，: read from a scan. */
static bool is_spread_bracket(struct cursor c) {
    size_t len;
    uint32_t first = gm__fold(peek(&c, &len));
    if (first != '(' && first != 0x7B2C) return false;
    c.p += len;
    uint32_t cp = peek(&c, &len);
    return len && gm__is_space(cp);
}

size_t gm__match_all(const struct gm__parser *p, size_t at, size_t end, unsigned where, struct gm__cand *out) {
    struct attempt a = {p, p->text, p->text + at, p->text + end, where, (where & GM__AT_START) != 0, out, 0};
    if (at >= end) return 0;
    a.spaced |= is_spread_bracket((struct cursor){a.label, a.end});
    gm__match_any(&a);
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
