/*
 * test_decide.c - what lies ahead of a candidate (foresee.c) is what going through all later ones finds, the candidates
 * listed for contents.c are all that it would find, and the short ways through the decisions (decide.c) and to the
 * nodes (build.c) end where the long ones do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "parse/decide.h"
#include "parser.h"
#include "random.h"

#define MANY 64u

/* ------------------------------------------------------------------ what lies ahead */

static struct gm__cand make_cand(const struct gm_grammar *g, uint64_t *random) {
    static const uint32_t marks[] = {GM__CAND_START,
                                     GM__CAND_START,
                                     GM__CAND_START,
                                     0,
                                     GM__CAND_START | GM__CAND_WRAPPED,
                                     GM__CAND_START | GM__CAND_RENDERED,
                                     GM__CAND_DOUBTED,
                                     GM__CAND_START | GM__CAND_DOUBTED,
                                     GM__CAND_START | GM__CAND_HEADING};
    struct gm__cand c = {.next = GM__NONE, .twin = GM__NONE, .reopen = GM__NONE, .components = 1};
    c.family = (uint16_t)(next_random(random) % (next_random(random) % 4 ? 4 : g->family_count));
    c.flags = marks[next_random(random) % GM__COUNT(marks)];
    c.number = (int32_t)(next_random(random) % (next_random(random) % 4 ? 6 : 40)) - (next_random(random) % 8 == 0);
    if (next_random(random) % 16 == 0) c.number += 1000000000;
    if (next_random(random) % 16 == 0) c.other = (int32_t)(next_random(random) % 60);
    if (next_random(random) % 8 == 0) c.prefix = next_random(random) % 3;
    if (next_random(random) % 16 == 0) c.components = 2;
    if (next_random(random) % 16 == 0) c.sub = 1;
    if (next_random(random) % 16 == 0) c.rule = GM__RULE_CONTENTS;
    c.depth = (uint8_t)(next_random(random) % 3);
    c.flags |= gm__oddness(g, &c);
    return c;
}

static bool of_one_kin(const struct gm__parser *p, const struct gm__cand *a, const struct gm__cand *b) {
    uint32_t kin[2], i = 0;
    for (const struct gm__cand *c = a; i < 2; c = b, i++)
        kin[i] = p->kin[c->family] ^ (c->flags & GM__CAND_RENDERED ? (c->depth + 1u) << 4 : 0);
    return kin[0] == kin[1] && a->prefix == b->prefix;
}

/* The nearest candidate behind `index` with the number; first: with a first ordinal. */
static uint32_t nearest(const struct gm__parser *p, uint32_t index, int32_t number, bool doubted, bool first) {
    const struct gm__cand *c = gm__cand_at(p, index);
    bool start = gm__is_start(c) && !gm__family_of(p, c)->partner;
    for (uint32_t i = index + 1; i < p->cands.count; i++) {
        const struct gm__cand *k = gm__cand_at(p, i);
        if (k->rule || (k->flags & GM__CAND_HEADING) || !of_one_kin(p, c, k)) continue;
        if (doubted != ((k->flags & GM__CAND_DOUBTED) != 0) || (k->sub && !doubted)) continue;
        if (k->number == (first ? 1 : number) && (!start || gm__is_start(k))) return i;
        bool other = !first && !doubted && k->other && k->components <= 1 && k->other == number;
        if (other && start == gm__is_start(k)) return i;
    }
    return GM__NONE;
}

static void check_ahead(const struct gm__parser *p, uint32_t index, unsigned round) {
    const struct gm__cand *c = gm__cand_at(p, index);
    bool doubted = (c->flags & GM__CAND_DOUBTED) != 0;
    uint32_t next = GM__NONE, twin = GM__NONE, reopen = GM__NONE, at;
    if (!c->rule && !(c->flags & GM__CAND_HEADING)) {
        for (int step = 1; step <= (gm__family_of(p, c)->words ? 4 : 1); step++)
            if ((at = nearest(p, index, c->number + step, false, false)) < next) next = at;
        if (doubted && (at = nearest(p, index, c->number + 1, true, false)) < next) next = at;
        if (doubted || !c->sub) twin = nearest(p, index, c->number, false, false);
        reopen = nearest(p, index, 0, false, true);
    }
    if (c->next != next || c->twin != twin || c->reopen != reopen)
        fail_msg("round %u, candidate %u of number %d: next %d, %d; twin %d, %d; reopen %d, %d", round, index,
                 (int)c->number, (int)c->next, (int)next, (int)c->twin, (int)twin, (int)c->reopen, (int)reopen);
}

static void foresight_is_a_look_at_all(void **state) {
    (void)state;
    static const char text[16] = "第一步，";
    uint64_t random = 3;
    struct gm_options options = {.allocator = &gm__default_allocator};
    const struct gm_grammar *g = gm__grammar_compiled("auto");
    for (unsigned round = 0; round < 20000; round++) {
        struct gm__parser p = {.grammar = g, .options = &options, .kin = g->kins, .text = text, .len = sizeof text};
        gm__vec_init(&p.cands, options.allocator, sizeof(struct gm__cand), MANY);
        uint32_t count = 1 + next_random(&random) % (MANY - 1);
        assert_int_equal(gm__vec_reserve(&p.cands, count), GM_OK);
        p.cands.count = count;
        for (uint32_t i = 0; i < count; i++) *gm__cand_at(&p, i) = make_cand(g, &random);
        assert_int_equal(gm__foresee(&p), GM_OK);
        for (uint32_t i = 0; i < count; i++) check_ahead(&p, i, round);
        gm__vec_release(&p.cands);
    }
}

/* Long rows and numbers too far above them. */
static void great_numbers_are_foreseen(void **state) {
    (void)state;
    struct gm_options options = {.allocator = &gm__default_allocator};
    const struct gm_grammar *g = gm__grammar_compiled("auto");
    const uint32_t count = 60000;
    struct gm__parser p = {.grammar = g, .options = &options, .kin = g->kins};
    gm__vec_init(&p.cands, options.allocator, sizeof(struct gm__cand), count);
    assert_int_equal(gm__vec_reserve(&p.cands, count), GM_OK);
    p.cands.count = count;
    for (uint32_t i = 0; i < count; i++) {
        struct gm__cand c = {.family = 1, .flags = GM__CAND_START, .components = 1};
        c.next = c.twin = c.reopen = GM__NONE;
        c.number = (int32_t)(i % 2 ? i / 2 : i / 2 + 500000000);
        *gm__cand_at(&p, i) = c;
    }
    assert_int_equal(gm__foresee(&p), GM_OK);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(gm__cand_at(&p, i)->next, i + 2 < count ? i + 2 : GM__NONE);
    gm__vec_release(&p.cands);
}

/* ------------------------------------------------------------------ the short way */

static const char *const han[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

/* A label of one of these shapes; N is the number. */
static const char *const shapes[] = {"第#章　", "第#条　", "第#条", "#、",   "（#）",   "N. ",       "N、",     "N　",
                                     "（N）",   "#是",     "#要",   "第#，", "第#节　", "第N部分　", "问题#：", "N.N "};

static void add(struct gm__buf *b, const char *words) { assert_int_equal(gm__buf_puts(b, words), GM_OK); }

static void add_label(struct gm__buf *b, unsigned *numbers, uint64_t *random) {
    unsigned shape = next_random(random) % GM__COUNT(shapes), way = next_random(random) % 16;
    unsigned number = way < 9 ? numbers[shape] + 1 : way < 13 ? 1 : next_random(random) % 11;
    if (number > 10) number = 1;
    numbers[shape] = number;
    for (const char *s = shapes[shape]; *s; s++) {
        char digits[16] = {*s};
        if (*s == 'N') (void)snprintf(digits, sizeof digits, "%u", number);
        add(b, *s == '#' ? han[number] : digits);
    }
}

static void make_text(struct gm__buf *b, uint64_t *random) {
    static const char *const texts[] = {"加强领导",
                                        "总则",
                                        "坚持以人为本，切实抓好落实。",
                                        "提出要求：",
                                        "2.5小时",
                                        "甲乙丙丁；",
                                        "首先，说明。其次，",
                                        "渡口（“北岸。”一处）！船。",
                                        "〔未完。",
                                        "》船。",
                                        "加强领导。船",
                                        "　 船？要快；要稳。",
                                        "船——桨：要快，甲；要稳，乙。",
                                        "【船】桨。",
                                        ""};
    /* what makes a reference of the label */
    static const char *const words[] = {
        "、第三条", "和第三条", "至第三条", "及第三条", "或第三条", "与第三条", "规定的",   "規定的",   "规定，",
        "所列",     "所称",     "的",       "の規定",   "に規定",   "から",     "及び",     "又は",     "第三款",
        "中的",     "若しくは", "、（八）", "和(8)",    "与（八）", "（八）",   "至（八）", "或（八）", "及（八）"};
    static const char *const ends[] = {"\n", "\n", "\n", "\n\n",   "\n　　",  "。",
                                       "；", "，", "：", "目录\n", "附件1\n", "……12\n"};
    unsigned numbers[GM__COUNT(shapes)] = {0};
    gm__buf_clear(b);
    for (unsigned lines = next_random(random) % 40; lines > 0; lines--) {
        if (next_random(random) % 8) add_label(b, numbers, random);
        if (next_random(random) % 4 == 0) add(b, words[next_random(random) % GM__COUNT(words)]);
        add(b, texts[next_random(random) % GM__COUNT(texts)]);
        add(b, ends[next_random(random) % GM__COUNT(ends)]);
    }
    add(b, "完");
}

/* Those that the lexer lists are those that a look at all candidates finds. */
static void check_beginnings(struct gm__parser *p) {
    struct gm__vec listed = p->beginnings;
    gm__vec_init(&p->beginnings, listed.allocator, sizeof(uint32_t), UINT32_MAX - 1);
    assert_int_equal(gm__list_beginnings(p), GM_OK);
    if (listed.count != p->beginnings.count)
        fail_msg("%zu, not %zu in\n%s", listed.count, p->beginnings.count, p->text);
    for (size_t i = 0; i < listed.count; i++)
        assert_int_equal(((const uint32_t *)listed.data)[i], ((const uint32_t *)p->beginnings.data)[i]);
    gm__vec_release(&listed);
}

static void decide(struct gm__parser *p, const struct gm__buf *text, const struct gm_options *options, bool short_cut) {
    parser_init(p, text, options);
    assert_int_equal(gm__lex(p), GM_OK);
    assert_int_equal(gm__vouch_glued(p), GM_OK);
    check_beginnings(p);
    for (size_t i = 0; !short_cut && i < p->cands.count; i++) /* the text is asked */
        gm__cand_at(p, i)->flags &= ~(uint32_t)(GM__CAND_PLAIN_TEXT | GM__CAND_UNDER_TEXT);
    assert_int_equal(gm__decide_by(p, short_cut), GM_OK);
}

static size_t compare(const struct gm__parser *a, const struct gm__parser *b) {
    size_t continued = 0;
    assert_int_equal(a->cands.count, b->cands.count);
    assert_int_equal(a->series.count, b->series.count);
    for (size_t i = 0; i < a->cands.count; i++) {
        const struct gm__cand *x = gm__cand_at(a, i), *y = gm__cand_at(b, i);
        if (x->rule != y->rule || x->series != y->series || x->number != y->number)
            fail_msg("%.*s in\n%s\nis %u of %d, by the long way %u of %d", (int)x->len, a->text + x->at, a->text,
                     x->rule, (int)x->series, y->rule, (int)y->series);
        continued += x->rule == GM__RULE_CONTINUES;
    }
    for (size_t i = 0; i < a->series.count; i++) {
        const struct gm__known *x = gm__series_at(a, i), *y = gm__series_at(b, i);
        assert_true(x->parent == y->parent && x->first == y->first && x->last == y->last && x->alone == y->alone);
        assert_true(x->family == y->family && x->is_inline == y->is_inline && x->loose == y->loose);
    }
    return continued;
}

static size_t compare_nodes(const struct gm__parser *a, const struct gm__parser *b) {
    size_t titled = 0;
    assert_int_equal(a->doc->node_count, b->doc->node_count);
    for (size_t i = 0; i < a->doc->node_count; i++) {
        const struct gm__node *x = &a->doc->nodes[i], *y = &b->doc->nodes[i];
        if (memcmp(x, y, sizeof *x) != 0)
            fail_msg("%.*s in\n%s\nwith title %.*s, by the long way %.*s", (int)x->label_len, a->text + x->start,
                     a->text, (int)x->title_len, a->text + x->title_at, (int)y->title_len, a->text + y->title_at);
        titled += x->title_len > 0;
    }
    return titled;
}

static void short_way_is_the_long_one(void **state) {
    (void)state;
    uint64_t random = 5;
    struct gm_options options;
    struct gm__buf text;
    size_t continued = 0, titled = 0;
    gm_options_init(&options);
    options.allocator = &gm__default_allocator;
    options.limits.paragraph_bytes = SIZE_MAX;
    options.limits.steps_per_byte = UINT64_MAX;
    options.limits.nodes = options.limits.depth = UINT16_MAX;
    gm__buf_init(&text, options.allocator, SIZE_MAX);
    for (unsigned round = 0; round < 30000; round++) {
        struct gm__parser a, b;
        make_text(&text, &random);
        assert_int_equal(gm__buf_add(&text, "", 1), GM_OK);
        text.len--;
        decide(&a, &text, &options, true);
        decide(&b, &text, &options, false);
        continued += compare(&a, &b);
        assert_int_equal(gm__build(&a), GM_OK);
        assert_int_equal(gm__build_by(&b, false), GM_OK);
        titled += compare_nodes(&a, &b);
        parser_release(&a);
        parser_release(&b);
    }
    gm__buf_release(&text);
    if (continued < 50000 || titled < 50000) fail_msg("%zu members go on, %zu have titles", continued, titled);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(foresight_is_a_look_at_all),
                                       cmocka_unit_test(great_numbers_are_foreseen),
                                       cmocka_unit_test(short_way_is_the_long_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
