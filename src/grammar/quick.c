/*
 * quick.c - the tables from which parse/quick.c reads the commonest labels: what they begin with, and what they end in.
 * Both are by the bytes of the text, so that nothing there is decoded or folded.
 */
#include "grammar/loader.h"
#include "grammar/numeral_tables.h"

/* The forms of a folded character, one after the other: itself, then what folds to it; 0 behind the last. */
static uint32_t next_form(uint32_t folded, uint32_t form) {
    if (form == folded && folded == 0x3001) return GM__DOT_STROKE;
    if (gm__is_han(folded)) return 0;
    for (uint32_t cp = form < 0xFE10 || form > 0xFF64 ? 0xFE10 : form + 1; cp <= 0xFF64; cp++)
        if (cp != folded && gm__fold(cp) == folded) return cp;
    return 0;
}

/* Has it bytes that the tables are looked up by? A label with any other is left to the general patterns. */
static bool has_raw(uint32_t cp) { return cp < 0x80 || (cp >= 0x800 && cp < 0x10000); }

static uint64_t form_bits(uint32_t folded) {
    uint64_t bits = 0;
    for (uint32_t cp = folded; cp; cp = next_form(folded, cp)) bits |= gm__suffix_bit(cp);
    return bits;
}

/* To bits that gm__in_both() asks. */
static void add_raw(uint64_t bits[2], uint32_t raw) {
    bits[0] |= gm__suffix_bit(raw);
    bits[1] |= gm__other_bit(raw);
}

/* The same, all forms of a folded character. */
static void add_forms(uint64_t bits[2], uint32_t folded) {
    for (uint32_t cp = folded; cp; cp = next_form(folded, cp))
        if (has_raw(cp))
            add_raw(bits, gm__raw(cp));
        else
            bits[0] = bits[1] = UINT64_MAX;
}

static bool is_plain_system(unsigned system) { return system == GM__NUM_HAN || system == GM__NUM_ARABIC; }

/* ---------------------------------------------------------------- openers */

static struct gm__opener *opener_of(struct gm_grammar *g, uint32_t cp, size_t *count) {
    uint32_t raw = gm__raw(cp);
    unsigned i = gm__opener_place(raw);
    while (g->openers[i].raw && g->openers[i].raw != raw) i = (i + 1) % GM__OPENERS;
    if (g->openers[i].raw) return &g->openers[i];
    if (*count == GM__OPENERS / 2) { /* there are always free ones */
        g->crowded = true;
        return NULL;
    }
    ++*count;
    g->opener_raws[i] = raw;
    g->openers[i] = (struct gm__opener){.raw = raw, .cp = (uint16_t)cp, .kind = GM__OPENS_WORDS};
    return &g->openers[i];
}

/* Does a numeral behind this prefix, plain or not, make a label without a suffix or a blank? */
static bool is_bare(const struct gm_grammar *g, const struct gm__prefix *group) {
    for (size_t i = 0; i < group->count; i++) {
        const struct gm__pattern *p = &g->patterns[group->first + i];
        if (!p->suffix.len && !p->blank && is_plain_system(p->system)) return true;
    }
    return false;
}

/* 一 to 九, 十 百 千, 0 to 9. */
static bool is_plain_digit(uint32_t cp) {
    unsigned code = gm__han_code(cp), kind = code & ~0xFu;
    if (cp < 0x80) return cp >= '0' && cp <= '9';
    return cp >= GM__HAN_FIRST && cp <= GM__HAN_LAST &&
           (kind == GM__HAN_DIGIT || (kind == GM__HAN_UNIT && (code & 0xF) < 4));
}

/* Does a label begin with this character for its numeral? */
static bool counts(const struct gm_grammar *g, uint32_t cp) {
    return g->empty_prefix && (gm__numeral_systems(cp) & g->prefixes[g->empty_prefix - 1].systems);
}

static uint8_t kind_of(const struct gm_grammar *g, const struct gm__prefix *group) {
    const struct gm__prefix *empty = g->empty_prefix ? &g->prefixes[g->empty_prefix - 1] : NULL;
    if ((group->systems & 1) || (empty && (empty->systems & 1))) return GM__OPENS_OTHER;
    if (counts(g, group->first_cp)) return GM__OPENS_OTHER;
    return is_bare(g, group) ? GM__OPENS_BARE : GM__OPENS_PREFIX;
}

/* The marks that gm__may_be_third() asks for. */
static const uint32_t third_marks[] = {0xFF0C, 0x3002, 0xFF1B}; /* ，。； */

/* What may stand third where the prefix, of Han, stands at the opener: of its own, or of what must follow it. Numerals
 * do not count: no word and no such mark is one. */
static void add_thirds(const struct gm_grammar *g, uint64_t thirds[2], const struct gm__prefix *group) {
    const unsigned char *prefix = (const unsigned char *)gm__literal_z(g, group->prefix);
    if (group->prefix.len > 6 && group->prefix.len < 9) {
        thirds[0] = thirds[1] = UINT64_MAX; /* 步骤S: its third is no three bytes */
    } else if (group->prefix.len > 6) {
        add_raw(thirds, gm__raw_three(prefix + 6));
        add_raw(thirds, gm__raw(GM__DOT_STROKE));
        for (size_t i = 0; i < GM__COUNT(third_marks); i++) add_raw(thirds, gm__raw(third_marks[i]));
    } else {
        for (size_t i = 0; (group->systems & 1) && i < group->count; i++) {
            const struct gm__pattern *p = &g->patterns[group->first + i];
            if (p->system != GM__NUM_NONE) continue;
            if (p->sub || (!p->suffix_cp && !p->blank)) thirds[0] = thirds[1] = UINT64_MAX;
            add_forms(thirds, p->suffix_cp);
        }
    }
}

static void add_prefix(struct gm_grammar *g, const struct gm__prefix *group, size_t *count) {
    for (uint32_t cp = group->first_cp; cp && has_raw(cp); cp = next_form(group->first_cp, cp)) {
        struct gm__opener *o = opener_of(g, cp, count);
        if (!o) return;
        if (group->second_cp) {
            add_forms(o->seconds, group->second_cp);
            if (gm__is_han(cp))
                add_thirds(g, o->thirds, group);
            else
                o->thirds[0] = o->thirds[1] = UINT64_MAX;
            if (counts(g, cp) && !is_plain_digit(cp)) o->kind = GM__OPENS_OTHER; /* Day1, D. */
            continue;
        }
        o->kind = o->kind == GM__OPENS_WORDS ? kind_of(g, group) : GM__OPENS_OTHER;
        o->first = group->first;
        o->where = group->where;
        o->len = cp < 0x80 ? 1 : 3;
    }
}

static void add_digits(struct gm_grammar *g, const struct gm__prefix *empty, size_t *count) {
    for (uint32_t cp = '0'; cp <= GM__HAN_LAST; cp = cp == 'z' ? GM__HAN_FIRST : cp + 1) {
        if (!is_plain_digit(cp) || !(gm__numeral_systems(cp) & empty->systems)) continue;
        struct gm__opener *o = opener_of(g, cp, count);
        if (!o) return;
        o->kind = o->kind != GM__OPENS_WORDS || (empty->systems & 1) || is_bare(g, empty) ? GM__OPENS_OTHER
                                                                                          : GM__OPENS_NUMBER;
        o->first = empty->first;
        o->where = empty->where;
    }
}

/* ---------------------------------------------------------------- endings */

/* 之一 の二 ノ3 -1 may follow, a digit or a letter goes on: such a suffix is for the general patterns. */
static bool is_odd_suffix(uint32_t cp) {
    return cp == 0x4E4B || cp == 0x306E || cp == 0x30CE || cp == '-' || (cp >= '0' && cp <= '9') ||
           ((cp | 32) >= 'a' && (cp | 32) <= 'z') || gm__is_space(cp) || gm__han_code(cp);
}

/* It says something where it stands behind a label. */
static void add_behind(struct gm_grammar *g, uint32_t cp) {
    unsigned place = gm__behind_place(gm__raw(cp));
    g->behind[place >> 6] |= UINT64_C(1) << (place & 63);
}

static void add_odd(struct gm_grammar *g, struct gm__ending *e, uint32_t folded) {
    for (uint32_t cp = folded; cp; cp = next_form(folded, cp)) {
        e->odd[0] |= gm__suffix_bit(cp);
        e->odd[1] |= gm__other_bit(cp);
        add_behind(g, cp);
    }
}

static struct gm__ending *ending_of(struct gm_grammar *g, const struct gm__pattern *p, size_t group, uint32_t form) {
    static const uint32_t subs[] = {0x4E4B, 0x306E, 0x30CE, '-'}; /* 之 の ノ - */
    uint64_t key = gm__pattern_key(group, p->system, gm__raw(form));
    uint16_t *link = &g->ending_bucket[gm__ending_bucket(key)];
    for (; *link; link = &g->endings[*link - 1].next)
        if (g->endings[*link - 1].key == key) return &g->endings[*link - 1];
    struct gm__ending *e = &g->endings[g->ending_count++];
    *link = (uint16_t)g->ending_count;
    *e = (struct gm__ending){.key = key, .suffix = p->suffix_cp};
    for (size_t i = 0; i < GM__COUNT(subs); i++) add_odd(g, e, subs[i]);
    return e;
}

static void describe(struct gm_grammar *g, struct gm__ending *e, const struct gm__pattern *p) {
    const struct gm__family *f = &g->families[p->family];
    if (p->second_cp) {
        e->longer |= form_bits(p->second_cp);
        add_odd(g, e, p->second_cp);
        return;
    }
    bool only = !e->where && !p->blank;
    bool plain = !f->words && !f->apart && !f->not_after_count && !f->max_title && !is_odd_suffix(p->suffix_cp);
    e->quick = only && plain ? p->where : 0;
    e->family = p->family;
    e->style = p->style;
    e->where = p->where;
    e->part = p->suffix_cp == 0x3001 || p->suffix_cp == ',';
    for (size_t i = 0; i < f->not_before_count; i++) {
        uint32_t cp;
        struct gm_str guard = gm__literal(g, g->guards[f->not_before + i]);
        (void)gm__utf8_decode(guard.ptr, guard.ptr + guard.len, &cp);
        add_odd(g, e, cp);
    }
}

static bool ends_quickly(const struct gm__pattern *p) { return p->suffix_cp && is_plain_system(p->system); }

/* How many endings there may be, at most. */
static size_t count_endings(const struct gm_grammar *g) {
    size_t n = 0;
    for (size_t i = 0; i < g->prefix_count; i++)
        for (size_t k = 0; !g->prefixes[i].second_cp && k < g->prefixes[i].count; k++) {
            const struct gm__pattern *p = &g->patterns[g->prefixes[i].first + k];
            for (uint32_t cp = p->suffix_cp; cp && ends_quickly(p); cp = next_form(p->suffix_cp, cp)) n++;
        }
    return n;
}

static void add_follow(struct gm_grammar *g, struct gm__opener *o, uint32_t raw) {
    unsigned place = gm__follow_place(raw);
    add_raw(o->follow, raw);
    g->follows[place >> 6] |= UINT64_C(1) << (place & 63);
}

/* The words with which a label goes on behind this opener: the second character of a longer prefix and, where it is a
 * numeral, a suffix or 之. Numerals, too: one look tells most labels. */
static void add_follows(struct gm_grammar *g, struct gm__opener *o) {
    static const uint32_t numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    for (size_t i = 0; i < GM__COUNT(numerals); i++) add_follow(g, o, gm__raw(numerals[i]));
    for (size_t i = 0; i < g->prefix_count; i++) {
        const struct gm__prefix *group = &g->prefixes[i];
        for (uint32_t cp = group->first_cp; cp && group->second_cp; cp = next_form(group->first_cp, cp))
            if (gm__raw(cp) == o->raw) add_follow(g, o, gm__raw(group->second_cp));
    }
    for (size_t i = 0; o->kind == GM__OPENS_NUMBER && i < g->ending_count; i++)
        if (g->endings[i].key >> 32 == o->first) add_follow(g, o, (uint32_t)g->endings[i].key & 0xFFFFFF);
    if (o->kind == GM__OPENS_NUMBER) add_follow(g, o, gm__raw(0x4E4B));
    if (o->kind == GM__OPENS_OTHER) o->follow[0] = o->follow[1] = UINT64_MAX;
}

/* What the straightest labels open with and end in. */
static void mark_plain(struct gm_grammar *g) {
    for (size_t i = 0; i < GM__OPENERS; i++) {
        struct gm__opener *o = &g->openers[i];
        if (o->raw) add_follows(g, o);
        if (o->raw >= 0x80 && (o->kind == GM__OPENS_NUMBER || o->kind == GM__OPENS_PREFIX)) o->plain = o->where;
        bool prefix = o->plain && (o->cp == 0x7B2C || o->cp == 0xFF08), digit = o->cp - (uint32_t)'0' < 10;
        bool han = o->kind == GM__OPENS_WORDS ? gm__is_word(o->cp) : o->plain && gm__han_code(o->cp);
        o->opens_line = (prefix || han || (digit && o->kind == GM__OPENS_NUMBER && !o->seconds[0])) &&
                        gm__gate_has(&g->start_gate, o->cp) && !gm__gate_has(&g->keyword_gate, o->cp);
    }
    for (size_t i = 0; i < g->ending_count; i++) {
        struct gm__ending *e = &g->endings[i];
        e->spaced = e->quick && !e->part && e->suffix != '.' && !gm__is_odd(e, 0x3000);
    }
}

/* What says something behind any label. */
static void mark_behind(struct gm_grammar *g) {
    static const uint32_t pages[] = {0x6B63, 0x5171, 0x603B,
                                     0x7E3D, 0x9875, 0x9801}; /* 正共总總页頁: of a page's number */
    for (size_t i = 0; i < GM__COUNT(pages); i++) add_behind(g, pages[i]);
    for (uint32_t cp = GM__HAN_FIRST; cp <= GM__HAN_LAST; cp++)
        if (!gm__is_word(cp) || gm__may_refer(cp) || gm__gate_has(&g->inline_gate, cp)) add_behind(g, cp);
}

enum gm_status gm__make_quick(struct gm_grammar *g) {
    size_t most = count_endings(g), openers = 0;
    if (most >= UINT16_MAX) { /* no grammar of a person's: the general patterns read it */
        g->crowded = true;
        return GM_OK;
    }
    g->endings = gm__arena_alloc(&g->arena, (most + 1) * sizeof *g->endings);
    if (!g->endings) return GM_NOMEM;
    for (size_t i = 0; i < g->prefix_count; i++) {
        const struct gm__prefix *group = &g->prefixes[i];
        if (group->first_cp) add_prefix(g, group, &openers);
        for (size_t k = 0; !group->second_cp && k < group->count; k++) {
            const struct gm__pattern *p = &g->patterns[group->first + k];
            for (uint32_t cp = p->suffix_cp; cp && has_raw(cp) && ends_quickly(p); cp = next_form(p->suffix_cp, cp))
                describe(g, ending_of(g, p, group->first, cp), p);
        }
    }
    if (g->empty_prefix) add_digits(g, &g->prefixes[g->empty_prefix - 1], &openers);
    mark_plain(g);
    mark_behind(g);
    return GM_OK;
}
