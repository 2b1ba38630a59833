/*
 * compile.c - drafts to the tables of struct gm_grammar: families, patterns sorted into prefix groups,
 * keywords, gates.
 */
#include "base/span.h"
#include "grammar/gate.h"
#include "grammar/loader.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- sorting */

static int by_bytes(struct gm_str a, struct gm_str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int order = memcmp(a.ptr, b.ptr, n);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}
static int longest_first(size_t a, size_t b) { return (a < b) - (a > b); }

/* Longest prefix, prefix, longest suffix, then the order in which they were written. */
static int pattern_order(const void *left, const void *right) {
    const struct gm__pattern_draft *x = left, *y = right;
    const struct gm__pattern *a = &x->pattern, *b = &y->pattern;
    int order = longest_first(x->prefix.len, y->prefix.len);
    if (order == 0) order = by_bytes(x->prefix, y->prefix);
    if (order == 0) order = longest_first(x->suffix.len, y->suffix.len);
    if (order == 0) order = (int)b->blank - (int)a->blank;
    if (order == 0) order = (a->family > b->family) - (a->family < b->family);
    if (order == 0) order = (a->style > b->style) - (a->style < b->style);
    if (order == 0) order = (a->system > b->system) - (a->system < b->system);
    if (order == 0) order = by_bytes(x->suffix, y->suffix);
    return order;
}
static int keyword_order(const void *left, const void *right) {
    const struct gm__keyword_draft *a = left, *b = right;
    int order = longest_first(a->text.len, b->text.len);
    return order ? order : by_bytes(a->text, b->text);
}

/* --------------------------------------------------------------- families */

static void number_kins(struct gm_grammar *g) {
    g->kin_count = 1;
    for (size_t i = 1; i < g->family_count; i++) {
        struct gm_str kin = gm__literal(g, g->families[i].kin);
        size_t first = kin.len ? 1 : i;
        while (first < i && !gm__str_eq(gm__literal(g, g->families[first].kin), kin)) first++;
        g->kins[i] = first < i ? g->kins[first] : (uint16_t)g->kin_count++;
    }
}

static enum gm_status make_families(struct gm__loader *l) {
    struct gm_grammar *g = l->grammar;
    struct gm__draft *drafts = l->drafts.data;
    size_t n = l->drafts.count + 1;
    g->families = gm__arena_alloc(&g->arena, n * sizeof *g->families);
    g->kins = gm__arena_alloc(&g->arena, n * sizeof *g->kins);
    g->ids = gm__arena_alloc(&g->arena, n * sizeof *g->ids);
    if (!g->families || !g->kins || !g->ids) return gm__fail_nomem(l->error);
    g->families[0] = (struct gm__family){.kind = GM_KIND_HEADING, .rank = 100};
    g->family_count = 1;
    for (size_t i = 0; i + 1 < n; i++) {
        if (drafts[i].dropped) continue;
        enum gm_status status = gm__loader_patterns(l, &drafts[i], (uint16_t)g->family_count);
        if (status != GM_OK) return status;
        struct gm__family *f = &g->families[g->family_count++];
        *f = drafts[i].family;
        f->not_before = (uint32_t)g->guard_count;
        f->not_after = f->not_before + f->not_before_count;
        g->guard_count = (size_t)f->not_after + f->not_after_count;
    }
    return GM_OK;
}

/* --------------------------------------------------------------- literals */

/* Room for one more text. */
static bool count(size_t *room, struct gm_str text) {
    return gm__add(*room, text.len, room) && gm__add(*room, 1, room);
}

static bool count_family(size_t *room, const struct gm__draft *d) {
    bool fits = count(room, d->id) && count(room, gm__strz(d->kin));
    for (size_t i = 0; i < d->family.not_before_count && fits; i++) fits = count(room, d->not_before[i]);
    for (size_t i = 0; i < d->family.not_after_count && fits; i++) fits = count(room, d->not_after[i]);
    return fits;
}

/* Room for all literals. */
static enum gm_status make_room(struct gm__loader *l) {
    struct gm_grammar *g = l->grammar;
    const struct gm__draft *drafts = l->drafts.data;
    const struct gm__pattern_draft *patterns = l->patterns.data;
    const struct gm__keyword_draft *keywords = l->keywords.data;
    bool fits = true;
    g->literals_len = 1; /* of the empty one */
    size_t room = g->literals_len;
    for (size_t i = 0; i < l->drafts.count && fits; i++) fits = count_family(&room, &drafts[i]);
    for (size_t i = 0; i < l->patterns.count && fits; i++)
        fits = count(&room, patterns[i].prefix) && count(&room, patterns[i].suffix);
    for (size_t i = 0; i < l->keywords.count && fits; i++) fits = count(&room, keywords[i].text);
    if (!fits || room > UINT32_MAX) return gm__fail_nomem(l->error);
    g->literals = gm__arena_alloc(&g->arena, room);
    g->guards = gm__arena_alloc(&g->arena, (g->guard_count + 1) * sizeof *g->guards);
    return g->literals && g->guards ? GM_OK : gm__fail_nomem(l->error);
}

/* The last literal again, if it is the same. */
static struct gm__literal keep(struct gm_grammar *g, struct gm_str text, struct gm__literal last) {
    if (gm__str_eq(gm__literal(g, last), text)) return last;
    struct gm__literal kept = {(uint32_t)g->literals_len, (uint32_t)text.len};
    if (text.len) memcpy(g->literals + kept.at, text.ptr, text.len);
    g->literals_len += text.len + 1;
    return kept;
}

static void name_families(struct gm__loader *l) {
    const struct gm__literal none = {0, 0};
    struct gm_grammar *g = l->grammar;
    const struct gm__draft *d = l->drafts.data;
    for (size_t i = 1; i < g->family_count; i++, d++) {
        struct gm__family *f = &g->families[i];
        while (d->dropped) d++;
        f->id = keep(g, d->id, none);
        g->ids[i] = f->id.at;
        f->kin = keep(g, gm__strz(d->kin), none);
        for (size_t k = 0; k < f->not_before_count; k++) g->guards[f->not_before + k] = keep(g, d->not_before[k], none);
        for (size_t k = 0; k < f->not_after_count; k++) g->guards[f->not_after + k] = keep(g, d->not_after[k], none);
    }
    number_kins(g);
}

/* ----------------------------------------------------------------- tables */

static uint16_t family_of(const struct gm_grammar *g, struct gm_str id) {
    uint16_t i = 1;
    while (i < g->family_count && !gm__str_eq(id, gm__literal(g, g->families[i].id))) i++;
    return i < g->family_count && !g->families[i].words ? i : 0;
}

enum { MAX_LEVELS = 16 };

static enum gm_status make_levels(const struct gm__loader *l) {
    struct gm_grammar *g = l->grammar;
    if (!l->levels) return GM_OK;
    uint16_t *levels = gm__arena_alloc(&g->arena, MAX_LEVELS * sizeof *levels);
    if (!levels) return gm__fail_nomem(l->error);
    for (const struct gm__yaml *n = l->levels->first; n; n = n->next) {
        if (g->level_count == MAX_LEVELS)
            return gm__yaml_fault(l->error, l->levels_where, n, "expected at most 16 levels");
        uint16_t family = family_of(g, n->text);
        if (!family)
            return gm__yaml_fault(l->error, l->levels_where, n, "expected the id of a family with numbers, not \"%s\"",
                                  n->text.ptr);
        levels[g->level_count++] = family;
    }
    g->levels = levels;
    return GM_OK;
}

static enum gm_status make_patterns(struct gm__loader *l) {
    struct gm_grammar *g = l->grammar;
    struct gm__pattern_draft *drafts = l->patterns.data;
    size_t n = l->patterns.count;
    g->patterns = gm__arena_alloc(&g->arena, (n + 1) * sizeof *g->patterns);
    g->prefixes = gm__arena_alloc(&g->arena, (n + 1) * sizeof *g->prefixes);
    if (!g->patterns || !g->prefixes) return gm__fail_nomem(l->error);
    if (n) qsort(drafts, n, sizeof *drafts, pattern_order);
    struct gm__prefix *group = NULL;
    struct gm__literal prefix = {0}, suffix = {0};
    for (size_t i = 0; i < n; i++) {
        struct gm__pattern *p = &g->patterns[g->pattern_count++];
        *p = drafts[i].pattern;
        p->prefix = prefix = keep(g, drafts[i].prefix, prefix);
        p->suffix = suffix = keep(g, drafts[i].suffix, suffix);
        if (!group || group->prefix.at != prefix.at || group->prefix.len != prefix.len) {
            group = &g->prefixes[g->prefix_count++];
            *group = (struct gm__prefix){.prefix = prefix, .first = (uint16_t)i};
        }
        group->systems |= 1u << p->system;
        group->count++;
    }
    return GM_OK;
}

static enum gm_status make_keywords(struct gm__loader *l) {
    struct gm_grammar *g = l->grammar;
    struct gm__keyword_draft *drafts = l->keywords.data;
    size_t n = l->keywords.count;
    g->keywords = gm__arena_alloc(&g->arena, (n + 1) * sizeof *g->keywords);
    if (!g->keywords) return gm__fail_nomem(l->error);
    if (n) qsort(drafts, n, sizeof *drafts, keyword_order);
    for (size_t i = 0; i < n; i++) {
        struct gm__keyword *k = &g->keywords[g->keyword_count++];
        *k = drafts[i].keyword;
        k->text = keep(g, drafts[i].text, (struct gm__literal){0});
    }
    return GM_OK;
}

/* ------------------------------------------------------------------ gates */

static void set(struct gm__gate *gate, uint32_t cp) {
    if (cp < 0x10000) gate->bits[cp / 64] |= (uint64_t)1 << (cp % 64);
}

static void set_first(struct gm__gate *gate, struct gm_str literal) {
    uint32_t cp;
    (void)gm__utf8_decode(literal.ptr, literal.ptr + literal.len, &cp);
    set(gate, cp);
}

/* Full-width and small forms of what is set: only these ranges fold to something else. */
static void set_unfolded(struct gm__gate *gate) {
    for (uint32_t cp = 0xFE10; cp <= 0xFF64; cp++)
        if (gm__gate_has(gate, gm__fold(cp))) set(gate, cp);
}

static uint32_t first_of(struct gm_str s) {
    uint32_t cp = 0;
    if (s.len) (void)gm__utf8_decode(s.ptr, s.ptr + s.len, &cp);
    return cp;
}

/* Without its first code point. */
static struct gm_str rest_of(struct gm_str s) {
    uint32_t cp;
    size_t n = s.len ? gm__utf8_decode(s.ptr, s.ptr + s.len, &cp) : 0;
    return gm__str(s.ptr + n, s.len - n);
}

static uint32_t second_of(struct gm_str s) { return first_of(rest_of(s)); }

/* While the start gate holds the prefixes of markers only. */
static void note_seconds(struct gm_grammar *g, uint32_t start_systems) {
    struct gm__gate markers = g->start_gate;
    gm__numeral_gate(start_systems, markers.bits);
    for (size_t i = 0; i < g->keyword_count; i++) {
        struct gm_str text = gm__literal(g, g->keywords[i].text);
        uint32_t first = first_of(text), second = second_of(text), third = second_of(rest_of(text));
        bool known = !gm__gate_has(&markers, first);
        g->keyword_seconds[gm__bucket(first)] |= known && second ? gm__suffix_bit(second) : UINT64_MAX;
        g->keyword_thirds[gm__bucket(first)] |= known && third ? gm__suffix_bit(third) : UINT64_MAX;
    }
}

static void make_gates(struct gm_grammar *g) {
    uint32_t start_systems = 0, inline_systems = 0;
    for (size_t i = 0; i < g->pattern_count; i++) {
        const struct gm__pattern *p = &g->patterns[i];
        uint8_t where = g->families[p->family].where;
        if (p->prefix.len == 0) {
            if (where & GM__AT_START) start_systems |= 1u << p->system;
            if (where & GM__AT_INLINE) inline_systems |= 1u << p->system;
        } else {
            if (where & GM__AT_START) set_first(&g->start_gate, gm__literal(g, p->prefix));
            if (where & GM__AT_INLINE) set_first(&g->inline_gate, gm__literal(g, p->prefix));
        }
    }
    note_seconds(g, start_systems);
    for (size_t i = 0; i < g->keyword_count; i++) {
        set_first(&g->start_gate, gm__literal(g, g->keywords[i].text));
        set_first(&g->keyword_gate, gm__literal(g, g->keywords[i].text));
    }
    set_unfolded(&g->keyword_gate);
    set_unfolded(&g->start_gate);
    set_unfolded(&g->inline_gate);
    gm__numeral_gate(start_systems, g->start_gate.bits);
    gm__numeral_gate(inline_systems, g->inline_gate.bits);
    for (uint32_t cp = 0; cp < 0x10000; cp++) /* between a stop and a marker; 　 is a stop itself */
        if (gm__is_space(cp) && cp != '\n' && cp != '\r' && cp != '\t' && cp != 0x3000) set(&g->inline_gate, cp);
}

/* --------------------------------------------------------------- dispatch */

static void describe_group(struct gm_grammar *g, struct gm__prefix *group) {
    group->first_cp = first_of(gm__literal(g, group->prefix));
    group->second_cp = second_of(gm__literal(g, group->prefix));
    for (size_t i = group->first; i < (size_t)group->first + group->count; i++) {
        struct gm__pattern *p = &g->patterns[i];
        uint8_t where = g->families[p->family].where;
        p->suffix_cp = first_of(gm__literal(g, p->suffix));
        p->second_cp = second_of(gm__literal(g, p->suffix));
        p->where = where;
        group->where |= where;
        if (p->system == GM__NUM_NONE) continue;
        for (int at = 0; at < 2; at++) {
            if (!(where & (at ? GM__AT_INLINE | GM__AT_WITHIN : GM__AT_START))) continue;
            group->systems_at[at] |= 1u << p->system;
            if (p->suffix.len && !p->sub) group->suffixes[at] |= gm__suffix_bit(p->suffix_cp);
        }
        if (!p->suffix.len || p->sub) group->bare |= 1u << p->system;
    }
    for (size_t i = (size_t)group->first + group->count; i-- > group->first;) {
        struct gm__pattern *p = &g->patterns[i];
        p->key = gm__pattern_key(group->first, p->system, p->suffix_cp);
        uint16_t *bucket = &g->pattern_bucket[gm__pattern_bucket(p->key)];
        p->next = *bucket;
        *bucket = (uint16_t)(i + 1);
    }
}

static void describe_guards(const struct gm_grammar *g, struct gm__family *f) {
    for (size_t i = 0; i < f->not_before_count; i++)
        f->not_before_bits |= gm__suffix_bit(first_of(gm__literal(g, g->guards[f->not_before + i])));
}

/* What the labels of the families begin with. */
static void describe_openers(struct gm_grammar *g) {
    for (size_t i = 0; i < g->family_count; i++) g->families[i].counts = true;
    for (size_t i = 0; i < g->pattern_count; i++) {
        const struct gm__pattern *p = &g->patterns[i];
        struct gm__family *f = &g->families[p->family];
        f->suffix_bits |= gm__suffix_bit(first_of(gm__literal(g, p->suffix)));
        if (p->prefix.len || !p->suffix.len || p->sub || (p->system != GM__NUM_HAN && p->system != GM__NUM_ARABIC))
            f->counts = false;
        f->opener = first_of(gm__literal(g, p->prefix));
        if (f->opener == 0x7B2C && f->kind == GM_KIND_SECTION && f->title == GM__TITLE_HEADING) /* 第 */
            f->title = GM__TITLE_DIVISION;
    }
    for (size_t i = 0; i < g->pattern_count; i++) {
        struct gm__family *f = &g->families[g->patterns[i].family];
        if (first_of(gm__literal(g, g->patterns[i].prefix)) != f->opener) f->opener = 0;
    }
}

static void make_buckets(struct gm_grammar *g) {
    for (size_t i = 0; i < g->family_count; i++) describe_guards(g, &g->families[i]);
    describe_openers(g);
    for (size_t i = g->prefix_count; i-- > 0;) {
        struct gm__prefix *group = &g->prefixes[i];
        describe_group(g, group);
        if (!group->prefix.len) {
            g->empty_prefix = (uint16_t)(i + 1);
            continue;
        }
        uint16_t *bucket = &g->prefix_bucket[gm__bucket(group->first_cp)];
        group->next = *bucket;
        *bucket = (uint16_t)(i + 1);
    }
    for (size_t i = g->keyword_count; i-- > 0;) {
        uint16_t *bucket = &g->keyword_bucket[gm__bucket(first_of(gm__literal(g, g->keywords[i].text)))];
        g->keywords[i].next = *bucket;
        *bucket = (uint16_t)(i + 1);
    }
}

static bool are_plain_ends(const struct gm_grammar *g) {
    bool stop = false;
    for (const uint32_t *e = g->sentence_ends; *e; e++) {
        char bytes[GM__MARKS_ROOM] = {0};
        (void)gm__utf8_encode(*e, bytes);
        if (gm__bracket(*e) || !(gm__span_best()->marks(bytes, &gm__sentence_marks) & 1)) return false;
        stop |= *e == 0x3002;
    }
    return stop;
}

enum gm_status gm__loader_compile(struct gm__loader *l) {
    static const uint32_t sentence_ends[] = {0x3002, 0xFF01, 0xFF1F, 0xFF1B, '!', '?', ';', 0};
    struct gm_grammar *g = l->grammar;
    if (!g->sentence_ends) g->sentence_ends = sentence_ends;
    for (const uint32_t *e = g->sentence_ends; *e; e++) g->sentence_end_bits |= gm__suffix_bit(*e);
    g->plain_ends = are_plain_ends(g);
    enum gm_status status = make_families(l);
    if (status == GM_OK) status = make_room(l);
    if (status == GM_OK) name_families(l);
    if (status == GM_OK) status = make_levels(l);
    if (status == GM_OK) status = make_patterns(l);
    if (status == GM_OK) status = make_keywords(l);
    if (status != GM_OK) return status;
    make_gates(g);
    make_buckets(g);
    if (gm__make_quick(g) != GM_OK) return gm__fail_nomem(l->error);
    if (gm__gate_share(&g->inline_gate, g->arena.allocator, &g->rough_gate) != GM_OK) return gm__fail_nomem(l->error);
    return GM_OK;
}
