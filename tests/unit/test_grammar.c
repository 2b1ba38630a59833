/* test_grammar.c - the grammar loader: language, inheritance, tables, gates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "unit/families.h"

static struct gm_grammar *load(const char *yaml) {
    struct gm_grammar *g = NULL;
    struct gm_error error;
    if (gm_grammar_load(yaml, strlen(yaml), "test.yaml", NULL, &g, &error) != GM_OK)
        fail_msg("%s:%u:%u: %s", error.where, error.line, error.column, error.message);
    return g;
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
                                "    announced: true\n"
                                "    noun: true\n"
                                "    mixed: true\n"
                                "    verb: text\n"
                                "    least: 3\n"
                                "    not_before: ['（', 乙]\n"
                                "    not_after: 统\n"
                                "    max_title: 12\n");
    const struct gm__family *f = &g->families[family(g, "x")];
    assert_string_equal(gm__literal_z(g, f->kin), "k");
    assert_int_equal(f->rank, 7);
    assert_int_equal(f->kind, GM_KIND_ARTICLE);
    assert_int_equal(f->title, GM__TITLE_PROVISION);
    assert_int_equal(f->where, GM__AT_INLINE | GM__AT_WITHIN);
    assert_true(f->partner && f->run_on && f->apart && f->announced && f->noun && f->mixed && !f->words && !f->again);
    assert_int_equal(f->verb, GM__VERB_TEXT);
    assert_int_equal(f->least, 3);
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
        assert_true(f->announced == g->announced && f->noun == g->noun && f->mixed == g->mixed);
        assert_true(f->verb == g->verb && f->least == g->least && f->again == g->again);
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
        assert_memory_equal(a->opener_raws, b->opener_raws, sizeof a->opener_raws);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
