/* test_grammar.c - the grammar loader: language, inheritance, tables, gates, every fault with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grammar/grammar.h"

static struct gm_grammar *load(const char *yaml) {
    struct gm_grammar *g = NULL;
    struct gm_error error;
    if (gm_grammar_load(yaml, strlen(yaml), "test.yaml", NULL, &g, &error) != GM_OK)
        fail_msg("%s:%u:%u: %s", error.where, error.line, error.column, error.message);
    return g;
}

static size_t family(const struct gm_grammar *g, const char *id) {
    for (size_t i = 1; i < g->family_count; i++)
        if (gm__str_eqz(gm__literal(g, g->families[i].id), id)) return i;
    return 0;
}

static const struct gm__pattern *pattern(const struct gm_grammar *g, const char *id, enum gm__numeral system,
                                         const char *suffix) {
    size_t f = family(g, id);
    for (size_t i = 0; i < g->pattern_count; i++) {
        const struct gm__pattern *p = &g->patterns[i];
        if (p->family == f && p->system == system && gm__str_eqz(gm__literal(g, p->suffix), suffix)) return p;
    }
    fail_msg("%s has no pattern with %s", id, suffix);
    return NULL;
}

static bool gate(const struct gm__gate *set, uint32_t cp) { return gm__gate_has(set, cp); }

static const struct gm__keyword *keyword(const struct gm_grammar *g, const char *text) {
    for (size_t i = 0; i < g->keyword_count; i++)
        if (gm__str_eqz(gm__literal(g, g->keywords[i].text), text)) return &g->keywords[i];
    return NULL;
}

/* ---------------------------------------------------------------- language */

static void a_family_of_ones_own(void **state) {
    (void)state;
    struct gm_grammar *g =
        load("name: course\n"
             "summary: lessons\n"
             "extends: speech\n"
             "families:\n"
             "  - {id: my-lecture, pattern: \"第{num}讲\", rank: 11, kind: section, max_title: 40}\n");
    assert_string_equal(g->name, "course");
    assert_string_equal(g->summary, "lessons");
    size_t f = family(g, "my-lecture");
    assert_int_not_equal(f, 0);
    assert_string_equal(gm__literal_z(g, g->families[f].id), "my-lecture");
    assert_int_equal(g->families[f].rank, 11);
    assert_int_equal(g->families[f].max_title, 40);
    assert_int_equal(g->families[f].where, GM__AT_START);
    assert_true(gm__str_eqz(gm__literal(g, pattern(g, "my-lecture", GM__NUM_HAN, "讲")->prefix), "第"));
    assert_true(gm__str_eqz(gm__literal(g, pattern(g, "my-lecture", GM__NUM_ARABIC, "讲")->prefix), "第"));
    assert_int_not_equal(family(g, "han-dun"), 0); /* inherited, through two grammars */
    assert_true(gate(&g->start_gate, 0x7B2C));
    gm_grammar_free(g);
}

static void every_key_of_a_family(void **state) {
    (void)state;
    struct gm_grammar *g = load("families:\n"
                                "  - id: x\n"
                                "    patterns: ['（{han}）{sub}', '{han}、']\n"
                                "    also: '{han}{blank}'\n"
                                "    suffix: ['，']\n"
                                "    kin: k\n"
                                "    rank: 7\n"
                                "    kind: article\n"
                                "    title: provision\n"
                                "    at: [inline, within]\n"
                                "    partner: true\n"
                                "    run_on: true\n"
                                "    apart: true\n"
                                "    not_before: ['（', 乙]\n"
                                "    not_after: 统\n"
                                "    max_title: 12\n");
    const struct gm__family *f = &g->families[family(g, "x")];
    assert_string_equal(gm__literal_z(g, f->kin), "k");
    assert_int_equal(f->rank, 7);
    assert_int_equal(f->kind, GM_KIND_ARTICLE);
    assert_int_equal(f->title, GM__TITLE_PROVISION);
    assert_int_equal(f->where, GM__AT_INLINE | GM__AT_WITHIN);
    assert_true(f->partner && f->run_on && f->apart && !f->words);
    assert_int_equal(f->not_before_count, 2);
    assert_true(gm__str_eqz(gm__literal(g, g->guards[f->not_before]), "(")); /* folded */
    assert_int_equal(f->not_after_count, 1);
    assert_int_equal(f->max_title, 12);
    const struct gm__pattern *p = pattern(g, "x", GM__NUM_HAN, ")");
    assert_true(p->sub && !p->blank && gm__str_eqz(gm__literal(g, p->prefix), "(") && p->style == 0);
    assert_true(pattern(g, "x", GM__NUM_HAN, "),")->sub);
    assert_int_equal(pattern(g, "x", GM__NUM_HAN, "、")->style, 1);
    p = pattern(g, "x", GM__NUM_HAN, "");
    assert_true(p->blank && p->style == 2);
    assert_false(gate(&g->start_gate, 0x4E00));
    assert_true(gate(&g->inline_gate, 0x4E00));
    gm_grammar_free(g);
}

static void series_of_words(void **state) {
    (void)state;
    struct gm_grammar *g = load("series:\n"
                                "  - {id: order, words: [首先, [其次, 然 后], 最后], suffix: ['，'], at: [inline]}\n");
    const struct gm__family *f = &g->families[family(g, "order")];
    assert_true(f->words);
    assert_int_equal(g->pattern_count, 8);
    int32_t values = 0;
    for (size_t i = 0; i < g->pattern_count; i++) {
        assert_int_equal(g->patterns[i].system, GM__NUM_NONE);
        if (gm__str_eqz(gm__literal(g, g->patterns[i].prefix), "然后")) {
            assert_int_equal(g->patterns[i].style, 1);
            values += g->patterns[i].value;
        }
    }
    assert_int_equal(values, 4); /* with and without the comma */
    gm_grammar_free(g);
}

static void keywords_are_folded(void **state) {
    (void)state;
    struct gm_grammar *g = load("keywords:\n"
                                "  heading: [附　则, {text: [楔子, 引子], prefix: true, rank: 12}]\n"
                                "  region: [{text: 附件, numbered: true}]\n"
                                "  toc: [目录]\n"
                                "  notes: [注释]\n"
                                "  salutation: [同志们]\n"
                                "  closing: [谢谢大家]\n");
    assert_int_equal(g->keyword_count, 8);
    assert_int_equal(keyword(g, "附则")->role, GM__ROLE_HEADING);
    assert_int_equal(keyword(g, "附则")->rank, 100);
    assert_true(keyword(g, "引子")->prefix && keyword(g, "引子")->rank == 12);
    assert_true(keyword(g, "附件")->numbered && keyword(g, "附件")->role == GM__ROLE_REGION);
    assert_int_equal(keyword(g, "目录")->role, GM__ROLE_TOC);
    assert_int_equal(keyword(g, "注释")->role, GM__ROLE_NOTES);
    assert_int_equal(keyword(g, "同志们")->role, GM__ROLE_SALUTATION);
    assert_int_equal(keyword(g, "谢谢大家")->role, GM__ROLE_CLOSING);
    assert_true(gate(&g->start_gate, 0x6954));
    assert_false(gate(&g->inline_gate, 0x6954));
    gm_grammar_free(g);
}

/* ------------------------------------------------------------- inheritance */

static void overriding(void **state) {
    (void)state;
    struct gm_grammar *g = load("extends: speech\n"
                                "without: [yao]\n"
                                "without_keywords: [附则]\n"
                                "families:\n"
                                "  - {id: han-dun, rank: 31}\n"
                                "  - {id: shi, pattern: '{han}即'}\n"
                                "keywords:\n"
                                "  region: [前言]\n");
    assert_int_equal(family(g, "yao"), 0);
    const struct gm__family *f = &g->families[family(g, "han-dun")];
    assert_int_equal(f->rank, 31);
    assert_int_equal(f->where, GM__AT_START | GM__AT_INLINE); /* kept */
    (void)pattern(g, "han-dun", GM__NUM_HAN, "、");           /* kept */
    assert_true(g->families[family(g, "shi")].partner);
    (void)pattern(g, "shi", GM__NUM_HAN, "即");
    for (size_t i = 0; i < g->pattern_count; i++)
        assert_false(gm__str_eqz(gm__literal(g, g->patterns[i].suffix), "是") &&
                     g->patterns[i].family == family(g, "shi"));
    assert_null(keyword(g, "附则"));
    assert_int_equal(keyword(g, "前言")->role, GM__ROLE_REGION);
    gm_grammar_free(g);
}

static void only_these(void **state) {
    (void)state;
    struct gm_grammar *g = load("extends: base\nonly: [han-dun, order]\n");
    assert_int_equal(g->family_count, 3);
    assert_true(family(g, "han-dun") && family(g, "order"));
    gm_grammar_free(g);
    g = load("extends: novel\nfamilies: [{id: order, pattern: '{han}x'}]\n"); /* dropped there: a new one */
    assert_false(g->families[family(g, "order")].words);
    gm_grammar_free(g);
}

static void sentence_characters(void **state) {
    (void)state;
    struct gm_grammar *g = load("sentence_ends: '。!'\n");
    assert_int_equal(g->sentence_ends[0], 0x3002);
    assert_int_equal(g->sentence_ends[1], '!');
    assert_int_equal(g->sentence_ends[2], 0);
    assert_true(g->plain_ends);
    assert_string_equal(g->name, "test"); /* from the file's name */
    gm_grammar_free(g);
    g = load("name: n\n");
    assert_int_equal(g->sentence_ends[0], 0x3002);
    assert_int_equal(g->family_count, 1);
    gm_grammar_free(g);
}

/* ------------------------------------------------------------------ tables */

static void check_tables(const struct gm_grammar *g) {
    size_t at = 0;
    for (size_t i = 0; i < g->prefix_count; i++) {
        const struct gm__prefix *group = &g->prefixes[i];
        assert_int_equal(group->first, at);
        if (i) assert_true(group->prefix.len <= g->prefixes[i - 1].prefix.len);
        for (size_t k = 0; k < group->count; k++, at++) {
            const struct gm__pattern *p = &g->patterns[at];
            assert_true(gm__str_eq(gm__literal(g, p->prefix), gm__literal(g, group->prefix)));
            assert_true(group->systems >> p->system & 1);
            assert_true(p->family > 0 && p->family < g->family_count);
            if (k) assert_true(p->suffix.len <= p[-1].suffix.len);
        }
    }
    assert_int_equal(at, g->pattern_count);
}

/* One number for the families that name the same kin, one for each of those that name none. */
static void check_kins(const struct gm_grammar *g) {
    for (size_t i = 1; i < g->family_count; i++) {
        assert_in_range(g->kins[i], 1, g->kin_count - 1);
        for (size_t k = 1; k < i; k++) {
            struct gm_str a = gm__literal(g, g->families[i].kin), b = gm__literal(g, g->families[k].kin);
            bool same = a.len && gm__str_eq(a, b);
            assert_int_equal(g->kins[i] == g->kins[k], same);
        }
    }
}

/* A gate is open for a character exactly when some pattern or keyword can begin with it. */
static void check_gates(const struct gm_grammar *g) {
    for (uint32_t cp = 1; cp < 0x10000; cp++) {
        bool start = false, within_text = false;
        uint32_t systems = gm__numeral_systems(cp), folded = gm__fold(cp), first;
        for (size_t i = 0; i < g->prefix_count; i++) {
            const struct gm__prefix *group = &g->prefixes[i];
            struct gm_str prefix = gm__literal(g, group->prefix);
            if (prefix.len) (void)gm__utf8_decode(prefix.ptr, prefix.ptr + prefix.len, &first);
            if (group->prefix.len ? first != folded : !(group->systems & systems)) continue;
            for (size_t k = 0; k < group->count; k++) {
                const struct gm__pattern *p = &g->patterns[group->first + k];
                if (group->prefix.len == 0 && !(systems >> p->system & 1)) continue;
                start |= (g->families[p->family].where & GM__AT_START) != 0;
                within_text |= (g->families[p->family].where & GM__AT_INLINE) != 0;
            }
        }
        for (size_t i = 0; i < g->keyword_count && !start; i++) {
            struct gm_str text = gm__literal(g, g->keywords[i].text);
            (void)gm__utf8_decode(text.ptr, text.ptr + text.len, &first);
            start |= first == folded;
        }
        within_text |= gm__is_space(cp) && cp != '\n' && cp != '\r' && cp != '\t' && cp != 0x3000; /* before a marker */
        if (gate(&g->start_gate, cp) != start || gate(&g->inline_gate, cp) != within_text)
            fail_msg("%s: gate of U+%04X", g->name, (unsigned)cp);
        char bytes[4];
        if (within_text && gm__utf8_encode(cp, bytes) == 3)
            assert_true(gm__scan_gate_passes(&g->rough_gate, (const unsigned char *)bytes));
    }
}

static void same_str(struct gm_str a, struct gm_str b) { assert_true(gm__str_eq(a, b)); }

static void same_families(const struct gm_grammar *a, const struct gm_grammar *b) {
    assert_int_equal(a->family_count, b->family_count);
    assert_int_equal(a->kin_count, b->kin_count);
    for (size_t i = 0; i < a->family_count; i++) {
        const struct gm__family *f = &a->families[i], *g = &b->families[i];
        same_str(gm__literal(a, f->id), gm__literal(b, g->id));
        same_str(gm__literal(a, f->kin), gm__literal(b, g->kin));
        assert_true(f->kind == g->kind && f->where == g->where && f->title == g->title && f->rank == g->rank);
        assert_true(f->partner == g->partner && f->run_on == g->run_on && f->words == g->words && f->apart == g->apart);
        assert_true(f->max_title == g->max_title && f->not_before_count == g->not_before_count);
        assert_int_equal(f->not_after_count, g->not_after_count);
        assert_int_equal(a->kins[i], b->kins[i]);
        for (size_t k = 0; k < f->not_before_count; k++)
            same_str(gm__literal(a, a->guards[f->not_before + k]), gm__literal(b, b->guards[g->not_before + k]));
        for (size_t k = 0; k < f->not_after_count; k++)
            same_str(gm__literal(a, a->guards[f->not_after + k]), gm__literal(b, b->guards[g->not_after + k]));
    }
}

static void same_patterns(const struct gm_grammar *a, const struct gm_grammar *b) {
    assert_int_equal(a->pattern_count, b->pattern_count);
    for (size_t i = 0; i < a->pattern_count; i++) {
        const struct gm__pattern *p = &a->patterns[i], *q = &b->patterns[i];
        same_str(gm__literal(a, p->prefix), gm__literal(b, q->prefix));
        same_str(gm__literal(a, p->suffix), gm__literal(b, q->suffix));
        assert_true(p->system == q->system && p->style == q->style && p->sub == q->sub && p->blank == q->blank);
        assert_true(p->family == q->family && p->value == q->value);
    }
    assert_int_equal(a->prefix_count, b->prefix_count);
    for (size_t i = 0; i < a->prefix_count; i++) {
        const struct gm__prefix *p = &a->prefixes[i], *q = &b->prefixes[i];
        same_str(gm__literal(a, p->prefix), gm__literal(b, q->prefix));
        assert_true(p->systems == q->systems && p->first == q->first && p->count == q->count);
    }
}

/* The constant tables in the library say what the YAML says. */
static void compiled_is_loaded(void **state) {
    (void)state;
    for (size_t n = 0; gm_grammar_builtin_name(n); n++) {
        const struct gm_grammar *a = gm__grammar_compiled(gm_grammar_builtin_name(n));
        struct gm_grammar *b;
        assert_non_null(a);
        assert_int_equal(gm__grammar_builtin(a->name, &gm__default_allocator, &b, NULL), GM_OK);
        assert_string_equal(a->summary, b->summary);
        same_families(a, b);
        same_patterns(a, b);
        assert_int_equal(a->keyword_count, b->keyword_count);
        for (size_t i = 0; i < a->keyword_count; i++) {
            const struct gm__keyword *k = &a->keywords[i], *l = &b->keywords[i];
            same_str(gm__literal(a, k->text), gm__literal(b, l->text));
            assert_true(k->role == l->role && k->numbered == l->numbered && k->prefix == l->prefix &&
                        k->titled == l->titled);
            assert_int_equal(k->rank, l->rank);
        }
        assert_memory_equal(&a->start_gate, &b->start_gate, sizeof a->start_gate);
        assert_memory_equal(&a->keyword_gate, &b->keyword_gate, sizeof a->keyword_gate);
        assert_memory_equal(&a->inline_gate, &b->inline_gate, sizeof a->inline_gate);
        assert_memory_equal(a->openers, b->openers, sizeof a->openers);
        assert_memory_equal(a->ending_bucket, b->ending_bucket, sizeof a->ending_bucket);
        assert_memory_equal(a->behind, b->behind, sizeof a->behind);
        assert_memory_equal(a->follows, b->follows, sizeof a->follows);
        assert_int_equal(a->ending_count, b->ending_count);
        for (size_t i = 0; i < a->ending_count; i++) {
            assert_true(a->endings[i].key == b->endings[i].key && a->endings[i].odd[1] == b->endings[i].odd[1]);
            assert_int_equal(a->endings[i].family, b->endings[i].family);
        }
        for (size_t i = 0; a->sentence_ends[i] || b->sentence_ends[i]; i++)
            assert_int_equal(a->sentence_ends[i], b->sentence_ends[i]);
        assert_true(a->plain_ends && b->plain_ends);
        gm_grammar_free(b);
    }
    assert_null(gm__grammar_compiled("base"));
    assert_null(gm__grammar_compiled("rede"));
}

static void built_in_grammars(void **state) {
    (void)state;
    size_t count = 0;
    bool is_auto = false;
    for (const char *name; (name = gm_grammar_builtin_name(count)) != NULL; count++) {
        struct gm_grammar *g = NULL;
        struct gm_error error;
        if (gm__grammar_builtin(name, &gm__default_allocator, &g, &error) != GM_OK)
            fail_msg("%s:%u:%u: %s", error.where, error.line, error.column, error.message);
        assert_string_equal(g->name, name);
        assert_string_equal(g->summary, gm_grammar_builtin_summary(count));
        assert_string_not_equal(name, "base");
        is_auto |= strcmp(name, "auto") == 0;
        check_tables(g);
        check_kins(g);
        check_gates(g);
        gm_grammar_free(g);
    }
    assert_int_equal(count, 8);
    assert_true(is_auto);
    assert_null(gm_grammar_builtin_summary(count));
}

static void no_built_in_of_that_name(void **state) {
    (void)state;
    struct gm_grammar *g = NULL;
    struct gm_error error;
    assert_int_equal(gm__grammar_builtin("base", &gm__default_allocator, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.id, "no-such-grammar");
    assert_int_equal(gm__grammar_builtin("rede", &gm__default_allocator, &g, NULL), GM_GRAMMAR);
    assert_null(g);
}

static void folding(void **state) {
    (void)state;
    static const struct {
        uint32_t cp, folded;
    } cases[] = {{0xFF08, '('},    {0xFE59, '('},    {0xFE35, '('},    {0xFF0E, '.'},    {0xFE52, '.'},
                 {0xFF0C, ','},    {0xFF1A, ':'},    {0xFE51, 0x3001}, {0xFF64, 0x3001}, {0xFF11, '1'},
                 {0xFF21, 'A'},    {0xFE3B, 0x3010}, {0xFE44, 0x300F}, {0xFE48, ']'},    {0xFE6B, '@'},
                 {0x3014, 0x3014}, {0x6761, 0x6761}, {0xFF71, 0xFF71}, {0xFE53, 0xFE53}, {0x1F600, 0x1F600}};
    for (size_t i = 0; i < GM__COUNT(cases); i++) assert_int_equal(gm__fold(cases[i].cp), cases[i].folded);
}

/* ------------------------------------------------------------------ faults */

struct fault {
    const char *yaml;
    uint32_t line, column;
    const char *message; /* part of it */
};
static const struct fault faults[] = {
    {"", 1, 1, "expected keys such as name and families"},
    {"- a\n", 1, 1, "expected keys such as name"},
    {"name: [a\n", 2, 1, "not YAML"},
    {"name: a\n---\nname: b\n", 2, 1, "a second document"},
    {"name: &x a\n", 1, 7, "anchors are not allowed"},
    {"name: !!str a\n", 1, 7, "tags are not allowed"},
    {"name: *x\n", 1, 7, "aliases are not allowed"},
    {"[a]: b\n", 1, 1, "a key must be a word"},
    {"name: \"a\\0b\"\n", 1, 7, "NUL"},
    {"name: \xff\n", 1, 1, "not YAML"},
    {"families: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n", 1, 26, "nested too deeply"},
    {"nmae: a\n", 1, 1, "unknown key \"nmae\"; expected one of: name summary"},
    {"name: a\nname: b\n", 2, 1, "given twice"},
    {"name: [a]\n", 1, 7, "expected a text"},
    {"summary: {}\n", 1, 10, "expected a text"},
    {"sentence_ends: ''\n", 1, 16, "expected a text of characters"},
    {"families: 3\n", 1, 11, "expected a list of maps"},
    {"families: [x]\n", 1, 12, "expected a map with an id"},
    {"families:\n  - {pattern: '{han}'}\n", 2, 5, "expected the key id"},
    {"families:\n  - {id: A, pattern: '{han}'}\n", 2, 10, "expected an id of small letters"},
    {"families:\n  - {id: a}\n", 2, 5, "expected a pattern"},
    {"families:\n  - {id: a, pattern: []}\n", 2, 5, "expected a pattern"},
    {"families:\n  - {id: a, pattern: ''}\n", 2, 22, "expected a pattern such as"},
    {"families:\n  - {id: a, pattern: {}}\n", 2, 22, "expected a pattern such as"},
    {"families:\n  - {id: a, pattern: x, patterns: [y]}\n", 2, 35, "expected either pattern or patterns"},
    {"families:\n  - {id: a, pattern: x}\n", 2, 22, "expected a numeral such as {han}"},
    {"families:\n  - {id: a, pattern: '{hun}'}\n", 2, 22, "expected num, sub, blank or a numeral system"},
    {"families:\n  - {id: a, pattern: '{han}{han}'}\n", 2, 22, "expected one numeral, found a second"},
    {"families:\n  - {id: a, pattern: '{han'}\n", 2, 22, "expected } after {"},
    {"families:\n  - {id: a, pattern: '{blank}{han}'}\n", 2, 22, "expected a numeral such as {han} first"},
    {"families:\n  - {id: a, pattern: '{han}{blank}x'}\n", 2, 22, "expected nothing after {blank}"},
    {"families:\n  - {id: a, pattern: '{han}{sub}{sub}'}\n", 2, 22, "given twice in a pattern"},
    {"families:\n  - {id: a, pattern: '{han}x{sub}y'}\n", 2, 22, "expected {sub} next to the numeral"},
    {"families:\n  - {id: a, pattern: '第 {han}'}\n", 2, 22, "expected {blank}, not white space"},
    {"families:\n  - {id: a, pattern: '{han}', kind: chapter}\n", 2, 37, "expected one of section, article, item"},
    {"families:\n  - {id: a, pattern: '{han}', title: none}\n", 2, 38, "expected one of heading, provision"},
    {"families:\n  - {id: a, pattern: '{han}', at: start}\n", 2, 35, "expected a list of start, inline, within"},
    {"families:\n  - {id: a, pattern: '{han}', at: [end]}\n", 2, 36, "expected one of start, inline, within"},
    {"families:\n  - {id: a, pattern: '{han}', rank: 256}\n", 2, 37, "expected a number from 0 to 255"},
    {"families:\n  - {id: a, pattern: '{han}', rank: -1}\n", 2, 37, "expected a number"},
    {"families:\n  - {id: a, pattern: '{han}', max_title: x}\n", 2, 42, "expected a number from 0 to 1000000"},
    {"families:\n  - {id: a, pattern: '{han}', partner: 1}\n", 2, 40, "expected true or false"},
    {"families:\n  - {id: a, pattern: '{han}', not_before: {}}\n", 2, 43, "expected a text or a list of texts"},
    {"families:\n  - {id: a, pattern: '{han}', words: [x]}\n", 2, 31, "unknown key \"words\""},
    {"families:\n  - {id: a, pattern: '{han}'}\n  - {id: a, pattern: '{han}'}\n", 3, 10, "id \"a\" is given twice"},
    {"series:\n  - {id: a}\n", 2, 5, "expected the key words"},
    {"series:\n  - {id: a, words: x}\n", 2, 20, "expected a list of words"},
    {"series:\n  - {id: a, words: [[]]}\n", 2, 21, "expected a list of words"},
    {"series:\n  - {id: a, words: [' ']}\n", 2, 21, "expected a word"},
    {"keywords: []\n", 1, 11, "expected a map of roles"},
    {"keywords: {head: []}\n", 1, 12, "unknown key \"head\"; expected one of: heading region toc"},
    {"keywords: {heading: x}\n", 1, 21, "expected a list of keywords"},
    {"keywords: {heading: ['']}\n", 1, 22, "expected a text, or a map with the key text"},
    {"keywords: {heading: [{rank: 1}]}\n", 1, 22, "expected the key text"},
    {"keywords: {heading: [{text: a, kind: 1}]}\n", 1, 32, "unknown key \"kind\""},
    {"keywords: {heading: [{text: ['　']}]}\n", 1, 30, "expected a text"},
    {"extends: base\nwithout: [x]\n", 2, 11, "expected the id of an inherited family"},
    {"extends: base\nonly: x\n", 2, 7, "expected a list of ids"},
    {"extends: base\nwithout_keywords: [x]\n", 2, 20, "expected an inherited keyword"},
    {"extends: [a]\n", 1, 10, "expected the name of a built-in grammar"},
    {"extends: ../../etc/passwd\n", 1, 10, "expected the name of a built-in grammar"},
    {"extends: nothing-here\n", 1, 10, "expected a built-in grammar or a file next to this one"},
};

static void every_fault_has_its_place(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(faults); i++) {
        const struct fault *f = &faults[i];
        struct gm_grammar *g = NULL;
        struct gm_error e;
        enum gm_status status = gm_grammar_load(f->yaml, strlen(f->yaml), "test.yaml", NULL, &g, &e);
        assert_null(g);
        if (status != GM_GRAMMAR || e.line != f->line || e.column != f->column || !strstr(e.message, f->message) ||
            strcmp(e.where, "test.yaml") != 0 || e.status != status)
            fail_msg("case %d %s -> %s:%u:%u: %s", (int)i, f->yaml, e.where, e.line, e.column, e.message);
        assert_int_equal(gm_grammar_load(f->yaml, strlen(f->yaml), NULL, NULL, &g, NULL), GM_GRAMMAR);
    }
}

static void size_has_a_limit(void **state) {
    (void)state;
    size_t len = ((size_t)1 << 20) + 1;
    char *text = malloc(len);
    struct gm_grammar *g = NULL;
    struct gm_error error;
    assert_non_null(text);
    memset(text, '\n', len);
    assert_int_equal(gm_grammar_load(text, len, "big", NULL, &g, &error), GM_GRAMMAR);
    assert_non_null(strstr(error.message, "at most 1 MiB"));
    free(text);
}

/* ------------------------------------------------------------------- files */

static void put_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* A folder for two grammars. */
struct pair {
    char dir[32], a[64], b[64];
};

static struct pair make_pair(void) {
    struct pair pair = {.dir = "/tmp/gangmu-grammar-XXXXXX"};
    assert_non_null(mkdtemp(pair.dir));
    (void)snprintf(pair.a, sizeof pair.a, "%s/a.yaml", pair.dir);
    (void)snprintf(pair.b, sizeof pair.b, "%s/b.yaml", pair.dir);
    return pair;
}

static void files_extend_files(void **state) {
    (void)state;
    const struct pair pair = make_pair();
    const char *const dir = pair.dir, *const a = pair.a, *const b = pair.b;
    struct gm_grammar *g = NULL;
    struct gm_error error;
    put_file(a, "extends: b.yaml\nfamilies: [{id: mine, pattern: '第{num}讲'}]\n");
    put_file(b, "name: b\nextends: gongwen\n");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_OK);
    assert_string_equal(g->name, "b");
    assert_true(family(g, "mine") && family(g, "han-dun"));
    gm_grammar_free(g);
    put_file(b, "extends: a.yaml\n");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.where, b);
    assert_int_equal(error.column, 10);
    assert_non_null(strstr(error.message, "which extends this grammar"));
    put_file(b, "families: [{id: x, pattern: '{hen}'}]\n");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.where, b); /* the fault is in the other file */
    assert_int_equal(error.column, 29);
    (void)remove(a);
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.id, "no-such-grammar");
    (void)remove(b);
    assert_int_equal(gm_grammar_load_file(dir, NULL, &g, &error), GM_GRAMMAR); /* a directory */
    assert_string_equal(error.message, "cannot be read: Is a directory");
    (void)rmdir(dir);
}

/* The fault is where `extends` says so, and nothing is waited for or read without end. */
static void what_is_no_plain_file_is_not_extended(void **state) {
    (void)state;
    static const char *const names[] = {"pipe", "folder", "device", "nothing", "loop"};
    char dir[] = "/tmp/gangmu-grammar-XXXXXX", path[64], yaml[32];
    assert_non_null(mkdtemp(dir));
    assert_int_equal(chdir(dir), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(symlink("/dev/zero", "device"), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    (void)snprintf(path, sizeof path, "%s/a.yaml", dir);
    (void)alarm(20); /* a pipe that nobody writes to would be waited for */
    for (size_t i = 0; i < GM__COUNT(names); i++) {
        struct gm_grammar *g = NULL;
        struct gm_error e;
        (void)snprintf(yaml, sizeof yaml, "name: a\nextends: %s\n", names[i]);
        put_file(path, yaml);
        assert_int_equal(gm_grammar_load_file(path, NULL, &g, &e), GM_GRAMMAR);
        if (e.line != 2 || e.column != 10 || strcmp(e.where, path) != 0 ||
            !strstr(e.message, "a file next to this one"))
            fail_msg("%s: %s:%u:%u: %s", names[i], e.where, e.line, e.column, e.message);
    }
    (void)alarm(0);
    (void)remove(path);
    for (size_t i = 0; i < GM__COUNT(names); i++) (void)remove(names[i]);
    assert_int_equal(chdir("/"), 0);
    (void)rmdir(dir);
}

static void an_empty_file_is_no_grammar(void **state) {
    (void)state;
    const struct pair pair = make_pair();
    const char *const dir = pair.dir, *const a = pair.a, *const b = pair.b;
    struct gm_grammar *g = NULL;
    struct gm_error error;
    put_file(a, "extends: b.yaml\n");
    put_file(b, "");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.where, b);
    assert_non_null(strstr(error.message, "expected keys"));
    assert_int_equal(gm_grammar_load_file(b, NULL, &g, &error), GM_GRAMMAR);
    assert_int_equal(gm_grammar_load(NULL, 0, "none", NULL, &g, &error), GM_GRAMMAR);
    (void)remove(a);
    (void)remove(b);
    (void)rmdir(dir);
}

/* ------------------------------------------------------------- allocations */

struct counter {
    size_t left, live;
};
static void *failing(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    struct counter *c = ctx;
    if (new_size && c->left-- == 0) {
        c->left = 0;
        return NULL;
    }
    c->live += new_size;
    c->live -= old_size;
    return gm__default_allocator.resize(NULL, ptr, old_size, new_size);
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    static const char yaml[] = "extends: speech\nfamilies: [{id: a, pattern: '第{num}讲', not_before: [a]}]\n";
    enum gm_status status = GM_NOMEM;
    size_t n = 0;
    for (; status == GM_NOMEM; n++) {
        struct counter c = {.left = n};
        struct gm_allocator allocator = {failing, &c};
        struct gm_grammar *g = NULL;
        struct gm_error error;
        status = gm_grammar_load(yaml, sizeof yaml - 1, "x", &allocator, &g, &error);
        assert_true((status == GM_OK) == (g != NULL));
        c.left = SIZE_MAX;
        gm_grammar_free(g);
        assert_int_equal(c.live, 0);
    }
    assert_int_equal(status, GM_OK);
    assert_true(n > 10);
}

/* ------------------------------------------------------- documentation, noise */

static char *read_whole(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    assert_non_null(text);
    *len = fread(text, 1, (1 << 16) - 1, file);
    assert_int_equal(fclose(file), 0);
    return text;
}

/* The literal displays of the manual page are grammars that load. */
static void examples_of_the_manual(void **state) {
    (void)state;
    size_t len, count = 0;
    char *page = read_whole(SOURCE_DIR "/docs/gangmu-grammar.5", &len);
    for (char *p = page; (p = strstr(p, ".Bd -literal")) != NULL; count++) {
        char *start = strchr(p, '\n') + 1, *end = strstr(start, ".Ed\n");
        assert_non_null(end);
        *end = '\0';
        gm_grammar_free(load(start));
        p = end + 1;
    }
    assert_int_equal(count, 2);
    free(page);
}

/* Every system and every key that the loader knows is in the manual page. */
static void the_manual_is_complete(void **state) {
    (void)state;
    size_t len;
    char *page = read_whole(SOURCE_DIR "/docs/gangmu-grammar.5", &len), name[48];
    for (unsigned system = GM__NUM_HAN; system < GM__NUM_COUNT; system++) {
        (void)snprintf(name, sizeof name, "{%s}", gm__numeral_name((enum gm__numeral)system));
        if (!strstr(page, name)) fail_msg("%s is not documented", name);
    }
    static const char *const keys[] = {
        "name",      "summary",       "extends", "only",    "without", "without_keywords",
        "series",    "words",         "also",    "suffix",  "kin",     "max_title",
        "rank",      "kind",          "title",   "partner", "run_on",  "not_before",
        "not_after", "sentence_ends", "heading", "region",  "toc",     "notes",
        "annexes",   "salutation",    "closing", "apart"};
    for (size_t i = 0; i < GM__COUNT(keys); i++) {
        (void)snprintf(name, sizeof name, ".It Cm %s\n", keys[i]);
        if (!strstr(page, name)) fail_msg("%s is not documented", keys[i]);
    }
    free(page);
}

/* Chopped and noisy grammars load or fail, and leave nothing behind. */
static void noise(void **state) {
    (void)state;
    size_t len;
    char *text = read_whole(SOURCE_DIR "/grammars/base.yaml", &len), *copy = malloc(len);
    uint32_t seed = 1;
    assert_non_null(copy);
    for (size_t round = 0; round < 600; round++) {
        struct counter c = {.left = SIZE_MAX};
        struct gm_allocator allocator = {failing, &c};
        struct gm_grammar *g = NULL;
        struct gm_error error;
        size_t use = round % 2 ? len : round * 37 % len;
        memcpy(copy, text, len);
        for (size_t k = 0; k < round % 5; k++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % len] = "{}[]:,-&*!'\"\n\t\\#\xff\0"[(seed >> 4) % 18];
        }
        enum gm_status status = gm_grammar_load(copy, use, NULL, &allocator, &g, &error);
        assert_true(status == GM_OK || (status == GM_GRAMMAR && error.message[0]));
        gm_grammar_free(g);
        assert_int_equal(c.live, 0);
    }
    free(copy);
    free(text);
}

/* What speaks against a label, or makes a longer one of it, says something where it stands behind one. */
static void guards_say_something(void **state) {
    (void)state;
    size_t nothing = 0;
    const struct gm_grammar *g = gm__grammar_compiled("auto");
    for (size_t i = 0; i < g->ending_count; i++) {
        const struct gm__family *f = &g->families[g->endings[i].family];
        for (size_t k = 0; k < f->not_before_count; k++) {
            uint32_t cp;
            struct gm_str guard = gm__literal(g, g->guards[f->not_before + k]);
            (void)gm__utf8_decode(guard.ptr, guard.ptr + guard.len, &cp);
            assert_false(gm__says_nothing(g, gm__raw(cp)));
        }
    }
    for (uint32_t cp = 0x4E00; cp <= 0x9FFF; cp++) {
        if (!gm__says_nothing(g, gm__raw(cp))) continue;
        nothing++;
        if (gm__numeral_systems(cp) || gate(&g->inline_gate, cp) || gm__refers(cp)) fail_msg("U+%04X", cp);
    }
    if (nothing < 18000) fail_msg("%zu characters", nothing); /* of 20,992 */
    assert_false(gm__says_nothing(g, gm__raw(0x4DFF)) || gm__says_nothing(g, gm__raw(0xA000)));
    for (uint32_t cp = 0; cp < 0x10000; cp++)
        if (gm__refers(cp) && !gm__may_refer(cp)) fail_msg("U+%04X", cp);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guards_say_something),
        cmocka_unit_test(a_family_of_ones_own),
        cmocka_unit_test(every_key_of_a_family),
        cmocka_unit_test(series_of_words),
        cmocka_unit_test(keywords_are_folded),
        cmocka_unit_test(overriding),
        cmocka_unit_test(only_these),
        cmocka_unit_test(sentence_characters),
        cmocka_unit_test(built_in_grammars),
        cmocka_unit_test(compiled_is_loaded),
        cmocka_unit_test(no_built_in_of_that_name),
        cmocka_unit_test(folding),
        cmocka_unit_test(every_fault_has_its_place),
        cmocka_unit_test(size_has_a_limit),
        cmocka_unit_test(files_extend_files),
        cmocka_unit_test(what_is_no_plain_file_is_not_extended),
        cmocka_unit_test(an_empty_file_is_no_grammar),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(examples_of_the_manual),
        cmocka_unit_test(the_manual_is_complete),
        cmocka_unit_test(noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
