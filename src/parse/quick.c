/*
 * quick.c - the labels that most are, straight: 第十二条, （一）, 三、, 3. before a word, and the words that begin like
 * one. What it cannot be sure of is left to the general patterns; tests/unit/test_match.c compares the two. See
 * match.h.
 */
#include "parse/straight.h"

/* 1 to 9999, without leading zeros. */
GM__INLINE struct number arabic_at(const unsigned char *s) {
    int32_t value = 0;
    unsigned n = 0;
    for (; n < 5 && s[n] >= '0' && s[n] <= '9'; n++) value = value * 10 + (s[n] - '0');
    return (struct number){n == 5 || s[0] == '0' ? 0 : value, n};
}

/* What labels begin with here; NULL when nothing of the kind does. */
GM__INLINE const struct gm__opener *find_opener(const struct gm_grammar *g, uint32_t raw) {
    unsigned i = gm__opener_place(raw);
    for (; g->opener_raws[i] != raw; i = (i + 1) % GM__OPENERS)
        if (!g->opener_raws[i]) return NULL;
    return &g->openers[i];
}

/* Has a word that makes a label without a numeral a suffix that begins with this character? */
static bool ends_word(const struct gm_grammar *g, const struct gm__prefix *group, uint32_t next) {
    for (size_t i = group->first; i < (size_t)group->first + group->count; i++) {
        const struct gm__pattern *pat = &g->patterns[i];
        if (pat->system == GM__NUM_NONE && (pat->sub || (pat->suffix_cp ? pat->suffix_cp == next : !pat->blank)))
            return true;
    }
    return false;
}

/* May the prefix, whose first two characters are there, and what must follow it begin at `s`? third: behind them.
 * 问题仍然 is not 问题一：, nor 最后一公里 最后，. */
static bool may_be_prefix(const struct gm_grammar *g, const struct gm__prefix *group, const unsigned char *s,
                          uint32_t third) {
    if (group->prefix.len > 6)
        return !gm__is_han(third) || third == GM__DOT_STROKE ||
               (group->prefix.len >= 9 && !memcmp(g->literals + group->prefix.at, s, 9));
    if ((group->systems & ~1u) && gm__numeral_systems(third)) return true;
    return (group->systems & 1) && ends_word(g, group, gm__fold(third));
}

/* How many prefixes and words of two characters or more may be at `s`, and one of them. */
static unsigned find_longer(const struct gm_grammar *g, const struct gm__opener *opener, const unsigned char *s,
                            const struct gm__prefix **out) {
    const unsigned char *t = s + length_of(s);
    unsigned found = 0;
    if (!gm__may_be_second(opener, t)) return 0;
    uint32_t first = code_at(s), second = code_at(t), third = code_at(t + length_of(t));
    bool known = gm__is_han(first) && gm__is_han(second) && third && !gm__is_space(third);
    first = gm__fold(first);
    second = gm__fold(second);
    for (uint16_t i = g->prefix_bucket[gm__bucket(first)]; i; i = g->prefixes[i - 1].next) {
        const struct gm__prefix *group = &g->prefixes[i - 1];
        if (group->first_cp != first || group->second_cp != second || (known && !may_be_prefix(g, group, s, third)))
            continue;
        found++;
        *out = group;
    }
    return found;
}

/* 两个, 两国: 两 alone is no numeral. */
static bool is_lone_pair(const unsigned char *s, uint32_t cp) {
    if (cp != 0x4E24) return false;
    uint32_t next = code_at(s + 3);
    return next && !gm__is_space(next) && !gm__han_code(next);
}

/* 条 建立 is no 条建议: the suffix is of Han, and so is what stands third there, but another. */
static bool breaks_off(const struct gm_grammar *g, const struct gm__pattern *pat, const unsigned char *second) {
    const unsigned char *suffix = (const unsigned char *)gm__literal_z(g, pat->suffix);
    if (pat->suffix.len < 9 || suffix[0] - 0xE4u >= 6 || suffix[3] - 0xE4u >= 6 || suffix[6] - 0xE4u >= 6) return false;
    uint32_t third = code_at(second + length_of(second));
    return gm__is_common_han(third) && third != GM__DOT_STROKE && third != code_at(suffix + 6);
}

/* Has a pattern with this suffix a longer one that goes on with `next`, which stands at `s`? */
static bool goes_on_so(const struct gm_grammar *g, const struct gm__ending *e, const unsigned char *s, uint32_t next) {
    uint64_t key = (e->key & ~UINT64_C(0xFFFFFF)) | e->suffix;
    next = gm__fold(next);
    for (const struct gm__pattern *pat = first_pattern(g, key); pat; pat = next_pattern(g, pat))
        if (pat->key == key && pat->second_cp == next && !breaks_off(g, pat, s)) return true;
    return false;
}

/* May a longer suffix be there? Blanks inside it are passed over: 条 建议. */
static bool may_be_longer(const struct gm_grammar *g, const struct gm__ending *e, const unsigned char *s,
                          uint32_t next) {
    if (!e->longer) return false;
    for (unsigned n = 0; n < GM__INNER_BLANKS && (next == ' ' || next == 0x3000); n++)
        next = code_at(s += length_of(s));
    if (next == '\n' || next == '\r') return false;
    return !next || gm__is_space(next) ||
           ((e->longer & gm__suffix_bit(next)) && gm__is_odd(e, next) && goes_on_so(g, e, s, next));
}

/* May a guard of the family begin with this character? */
static bool may_be_guarded(const struct gm_grammar *g, const struct gm__family *f, uint32_t next) {
    next = gm__fold(next);
    for (size_t i = 0; i < f->not_before_count; i++) {
        uint32_t cp;
        struct gm_str guard = gm__literal(g, g->guards[f->not_before + i]);
        (void)gm__utf8_decode(guard.ptr, guard.ptr + guard.len, &cp);
        if (cp == next) return true;
    }
    return false;
}

/* Does what follows an ending, at `s`, leave no doubt about the label? */
static bool is_clear(const struct gm_grammar *g, const struct gm__ending *e, bool prefix, const unsigned char *s,
                     uint32_t next) {
    if (gm__is_odd(e, next))
        if (opens_sub(next) || goes_on_so(g, e, s, next) || may_be_guarded(g, &g->families[e->family], next))
            return false;
    if (gm__is_word(next) || next == 0x201C || next == 0x300A) return true; /* “ 《 */
    if (next == ' ' || next == 0x3000) return !e->part && e->suffix != '.' && !may_be_longer(g, e, s, next);
    return !may_be_longer(g, e, s, next) && !e->part && (prefix || (next >= 0x2E80 && next < 0xF000));
}

GM__INLINE enum gm__quick unsure_if(bool unsure) { return unsure ? GM__QUICK_UNSURE : GM__QUICK_NONE; }

/* Nothing that a label begins with stands there. */
static enum gm__quick without_opener(const struct gm_grammar *g, const unsigned char *s) {
    uint32_t cp = code_at(s);
    return unsure_if(g->crowded || (!gm__is_word(cp) && !is_lone_pair(s, cp)));
}

bool gm__is_lone_pair(const struct gm_grammar *g, const unsigned char *s) {
    return !g->crowded && is_lone_pair(s, code_at(s)) && !find_opener(g, gm__raw_three(s));
}

/* No plain numeral stands behind what a label begins with: 第几, （注）. */
static enum gm__quick without_numeral(const unsigned char *s) {
    uint32_t cp = code_at(s);
    return unsure_if(!gm__is_word(cp) && !is_lone_pair(s, cp));
}

/* No label ends with the suffix there: may there be one all the same? */
static enum gm__quick without_ending(const unsigned char *s) {
    uint32_t suffix = code_at(s);
    if (gm__is_word(suffix)) return unsure_if(suffix == 0x4E4B); /* 之 */
    suffix = gm__fold(suffix);
    return unsure_if(gm__han_code(suffix) || suffix < '!' || suffix == '.' || opens_sub(suffix) ||
                     suffix - (uint32_t)'0' < 10 || (suffix | 32) - (uint32_t)'a' < 26 || gm__is_space(suffix));
}

/* How many patterns of the word have a suffix that begins so, 0 for none at all, and one of them; GM__NONE: it is no
 * plain word. */
static unsigned find_patterns(const struct gm_grammar *g, const struct gm__prefix *word, uint32_t suffix,
                              const struct gm__pattern **out) {
    const struct gm__pattern *patterns = g->patterns + word->first;
    unsigned found = 0;
    for (size_t i = 0; i < word->count; i++) {
        if (patterns[i].sub || patterns[i].blank || patterns[i].family != patterns[0].family) return GM__NONE;
        if (patterns[i].suffix_cp != suffix) continue;
        found++;
        *out = &patterns[i];
    }
    return found;
}

/* 一公里: is it a guard of the family that stands there? */
static bool is_guarded(const struct gm_grammar *g, const struct gm__family *f, const unsigned char *s) {
    for (size_t i = 0; i < f->not_before_count; i++) {
        struct gm_str guard = gm__literal(g, g->guards[f->not_before + i]);
        if (guard.len < GM__QUICK_ROOM / 2 && memcmp(s, guard.ptr, guard.len) == 0) return true;
    }
    return false;
}

/* The word at `s`, which needs no numeral: 一方面，, 首先，. */
static int32_t match_word(const struct gm__parser *p, const struct gm__opener *opener, const struct gm__prefix *word,
                          size_t at, unsigned where, struct gm__cand *out) {
    const struct gm_grammar *g = p->grammar;
    const unsigned char *s = (const unsigned char *)p->text + at;
    size_t len = word->prefix.len;
    if (word->systems != 1 || len >= GM__QUICK_ROOM / 2 || memcmp(g->literals + word->prefix.at, s, len) != 0 ||
        (opener->kind != GM__OPENS_WORDS && !gm__is_word(code_at(s + 3))) || opener->kind == GM__OPENS_OTHER)
        return GM__QUICK_UNSURE;
    if (opener->kind == GM__OPENS_NUMBER &&
        find_ending(g, gm__pattern_key(opener->first, GM__NUM_HAN, gm__raw_three(s + 3))))
        return GM__QUICK_UNSURE;
    uint32_t suffix = gm__fold(code_at(s + len));
    const struct gm__pattern *pat = NULL;
    unsigned found = find_patterns(g, word, suffix, &pat);
    if (found == 0 && gm__is_han(suffix) && find_patterns(g, word, 0, &pat) == 1 &&
        is_guarded(g, &g->families[pat->family], s + len))
        return GM__QUICK_NONE; /* 最后一公里 */
    if (found != 1 || !suffix || pat->second_cp) return GM__QUICK_UNSURE;
    if (!(pat->where & where)) return GM__QUICK_NONE;
    len += length_of(s + len);
    const struct gm__family *f = &g->families[pat->family];
    uint32_t text = code_at(s + len);
    if (f->apart || f->max_title || f->not_after_count || (f->not_before_bits & gm__suffix_bit(text)) ||
        !gm__is_word(text))
        return GM__QUICK_UNSURE;
    const struct gm__ending e = {.family = pat->family, .style = pat->style};
    unsigned flags = (gm__may_refer_at(text, s + len) ? 0u : GM__CAND_PLAIN_TEXT) | (f->words ? GM__CAND_ODD : 0u);
    write_label(out, at, len, &e, pat->value, flags);
    out->components = 0;
    return (int32_t)text;
}

int32_t gm__match_tabled(const struct gm__parser *p, size_t at, unsigned where, struct gm__cand *out) {
    const struct gm_grammar *g = p->grammar;
    const unsigned char *s = (const unsigned char *)p->text + at;
    const struct gm__opener *opener = find_opener(g, gm__raw_at(s));
    if (!opener) return without_opener(g, s);
    const struct gm__prefix *word = NULL;
    unsigned longer = opener->seconds[0] ? find_longer(g, opener, s, &word) : 0;
    if (longer) return longer == 1 ? match_word(p, opener, word, at, where, out) : GM__QUICK_UNSURE;
    if (opener->kind >= GM__OPENS_WORDS) return unsure_if(opener->kind == GM__OPENS_OTHER);
    if (!(opener->where & where)) return GM__QUICK_NONE;
    s += opener->len;
    bool arabic = s[0] - (uint32_t)'0' < 10;
    struct number n = arabic ? arabic_at(s) : han_at(s);
    if (!n.value && opener->kind == GM__OPENS_NUMBER && !arabic)
        return unsure_if(gm__may_label_han(g, (const char *)s, p->text + p->len, where));
    if (!n.value) return without_numeral(s);
    if (opener->kind == GM__OPENS_BARE) return GM__QUICK_UNSURE;
    s += n.len;
    const struct gm__ending *e =
        find_ending(g, gm__pattern_key(opener->first, arabic ? GM__NUM_ARABIC : GM__NUM_HAN, gm__raw_at(s)));
    if (!e) return without_ending(s);
    s += length_of(s);
    uint32_t next = code_at(s);
    if (!next) return GM__QUICK_UNSURE;
    if (!e->where) return unsure_if(gm__han_code(e->suffix) || gm__is_space(next) || goes_on_so(g, e, s, next));
    bool plain = gm__is_word(next) && !gm__is_odd(e, next); /* most */
    if (!e->quick || (!plain && !is_clear(g, e, opener->kind == GM__OPENS_PREFIX, s, next))) return GM__QUICK_UNSURE;
    if (!(e->where & where)) return GM__QUICK_NONE;
    unsigned flags =
        (gm__is_space(next) ? GM__CAND_BLANK : 0u) | (gm__may_refer_at(next, s) ? 0u : GM__CAND_PLAIN_TEXT);
    write_label(out, at, (size_t)(s - (const unsigned char *)p->text) - at, e, n.value, flags);
    return gm__is_common_han(next) ? (int32_t)next : GM__QUICK_LABEL;
}

/* 四个自: the suffix goes on with other words, 四个方面, or there is none. */
static bool goes_on_otherwise(const struct gm__ending *e, uint32_t text) {
    return !e->where && gm__is_word(text) && !gm__in_bits(e->longer, text) && !gm__han_code(e->suffix);
}

int32_t gm__match_opened(const struct gm__parser *p, const struct gm__opener *opener, size_t at, unsigned where,
                         struct gm__cand *out) {
    struct straight r;
    const unsigned char *s = (const unsigned char *)p->text + at;
    enum gm__quick quick = read_straight(p->grammar, opener, s, where, &r);
    if (quick == GM__QUICK_UNSURE) {
        if (r.ending && goes_on_otherwise(r.ending, code_at(s + r.len))) return GM__QUICK_NONE;
        return gm__match_tabled(p, at, where, out);
    }
    if (quick == GM__QUICK_NONE) return GM__QUICK_NONE;
    write_label(out, at, r.len, r.ending, r.number, r.flags);
    return r.text == GM__QUICK_PLAIN || gm__is_common_han(r.text) ? (int32_t)r.text : GM__QUICK_LABEL;
}
