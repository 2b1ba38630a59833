/* test_match.c - the labels that quick.c reads are those that the general patterns read, whatever stands around them;
 * and where straight.h sees none, they read none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "parse/straight.h"
#include "random.h"

static const char *pick(const char *const *words, size_t count, uint64_t *random) {
    return words[next_random(random) % count];
}
#define PICK(words, random) pick(words, GM__COUNT(words), random)

/* A label of pieces that go together or nearly do, with text behind it. */
static size_t make(char *out, size_t size, uint64_t *random) {
    static const char *const prefixes[] = {
        "",   "",   "",    "",     "第", "第", "第", "(",      "（",       "其",   "〔",   "【",   "问题",     "议题",
        "卷", "章", "第 ", "（　", "另", "再", "条", "一方面", "另一方面", "最后", "首先", "其次", "再一方面", "再者"};
    static const char *const numerals[] = {
        "",     "",     "",         "",     "",       "一",     "二",    "三",     "四",       "五",     "六",
        "七",   "八",   "九",       "十",   "十一",   "十九",   "二十",  "三十二", "一百零三", "一百一", "一千零一十八",
        "两",   "两百", "二〇二一", "廿三", "四拾六", "四二拾", "六",    "壹",     "贰拾",     "零",     "万",
        "一万", "一二", "十十",     "1",    "12",     "123",    "1234",  "12345",  "01",       "1O",     "1l",
        "l",    "１",   "1２",      "１.2", "1.2",    "1. 2",   "1.2.3", "十 二",  "1 2",      "ニ",     "十ニ",
        "ー",   "甲",   "①",        "A",    "a",      "I",      "iv",    "イ",     "子"};
    static const char *const suffixes[] = {
        "条",     "条",     "章",     "）",     "）",     "是",     "是", "要",   "、", "．", "：", "点",
        "、",     "、",     ".",      "．",     "，",     ",",      "：", ":",    ")",  "）", "条", "章",
        "节",     "款",     "项",     "条建议", "件事，", "个方面", "个", "是",   "要", "来", "则", "方面",
        "次，",   "条之一", "之一条", "条　",   " 条",    "　",     " ",  "",     "丶", "﹑", "点", "步",
        "课时：", "】",     "〕",     "-1条",   "看",     "查",     "曰", "部分", "部", "·",  "〇"};
    static const char *const texts[] = {
        "船舶应当", "坚持",     "“三严",  "《办法》", "　　总则",   "　1的",    "\r",         "建 议",
        "要",       "加强领导", "　总则", " 总则",    "二、三产业", "五年计划", "方面的工作", "、三、四季度",
        "1953年",   "骤",       "\n",     "\r\n",     "。",         "，",       "个人",       "abc",
        "2是",      "之二",     "的规定", "🙂",     "é",          "　　",     "）",         "题",
        "建议",     "事情是",   "一公里", "祝大家",   "让我们",     "建立",     "　建立制度", " 建立"};
    size_t len = 0;
    const char *pieces[] = {PICK(prefixes, random), PICK(numerals, random), PICK(suffixes, random), PICK(texts, random),
                            "坚持以人为本，全面协调可持续，切实把各项工作抓紧抓好。"};
    for (size_t i = 0; i < GM__COUNT(pieces); i++)
        for (const char *p = pieces[i]; *p && len < size; p++) out[len++] = *p;
    return len;
}

static size_t match_quick(const struct gm__parser *p, size_t len, unsigned where, struct gm__cand *out) {
    memset(out, 0, GM__MAX_READINGS * sizeof *out);
    int32_t n = gm__match_quick(p, 0, len, where, out);
    out->flags &= ~(uint32_t)GM__CAND_PLAIN_TEXT; /* of the text, which the patterns do not look at */
    return n == GM__QUICK_UNSURE ? SIZE_MAX : n != GM__QUICK_NONE;
}

static size_t match_any(const struct gm__parser *p, size_t len, unsigned where, struct gm__cand *out) {
    struct attempt a = {p, p->text, p->text, p->text + len, where, (where & GM__AT_START) != 0, out, 0};
    memset(out, 0, GM__MAX_READINGS * sizeof *out);
    gm__match_any(&a);
    return a.count;
}

static void quick_is_general(void **state) {
    (void)state;
    static const unsigned places[] = {GM__AT_START, GM__AT_INLINE, GM__AT_WITHIN, GM__AT_START | GM__AT_INLINE};
    uint64_t random = 1;
    size_t quick = 0, found = 0, pairs = 0;
    for (size_t round = 0; round < 4000000; round++) {
        char text[256];
        struct gm__cand want[GM__MAX_READINGS], got[GM__MAX_READINGS];
        const char *const grammars[] = {"auto", "law", "speech", "standard"};
        struct gm__parser p = {.grammar = gm__grammar_compiled(PICK(grammars, &random)), .text = text};
        p.len = make(text, sizeof text, &random);
        unsigned where = places[next_random(&random) % GM__COUNT(places)];
        size_t len = next_random(&random) % 8 ? p.len : next_random(&random) % (p.len + 1);
        if (!len) continue;
        bool pair = gm__is_pair(p.grammar, (const unsigned char *)text);
        size_t n = match_quick(&p, len, where, got);
        if (pair && match_any(&p, p.len, where, want)) fail_msg("a label and a pair: %.*s", (int)p.len, text);
        pairs += pair;
        if (n == SIZE_MAX) continue;
        size_t m = match_any(&p, len, where, want);
        quick++;
        found += n;
        if (n != m || memcmp(got, want, n * sizeof *got) != 0)
            fail_msg("%zu readings, %zu by the patterns, place %u: %.*s", n, m, where, (int)len, text);
    }
    if (quick < 1200000 || found < 40000 || pairs < 2000)
        fail_msg("%zu labels, %zu readings, %zu pairs", quick, found, pairs);
}

/* The tables of quick.c are by bytes: prefixes and suffixes of two and four are none of theirs, and are read all the
 * same.
 */
static void any_length_is_read(void **state) {
    (void)state;
    static const char yaml[] = "name: test\nfamilies:\n"
                               "  - {id: section, patterns: [\"§{arabic}、\"], rank: 1, kind: section, at: [start]}\n"
                               "  - {id: point, patterns: [\"{han}·\"], rank: 2, kind: item, at: [start]}\n"
                               "  - {id: card, patterns: [\"𝄞{han}𝄞\"], rank: 3, kind: item, at: [start]}\n";
    static const char *const labels[] = {"§1、", "一·", "𝄞三𝄞"};
    struct gm_grammar *g;
    assert_int_equal(gm_grammar_load(yaml, sizeof yaml - 1, NULL, NULL, &g, NULL), GM_OK);
    for (size_t i = 0; i < GM__COUNT(labels); i++) {
        char text[256];
        struct gm__cand found[GM__MAX_READINGS];
        struct gm__parser p = {.grammar = g, .text = text};
        int len = snprintf(text, sizeof text, "%s帆布要在风干之后才能叠起来，受潮的帆布会长出霉斑，下水时没有力气。",
                           labels[i]);
        p.len = (size_t)len;
        assert_int_equal(gm__match_label(&p, 0, p.len, GM__AT_START, found), 1);
        assert_int_equal(found[0].len, strlen(labels[i]));
    }
    gm_grammar_free(g);
}

/* 2021年: what is a number before a word to read_figure is a label to no pattern, in no grammar. */
static void figures_are_no_labels(void **state) {
    (void)state;
    static const char yaml[] =
        "name: years\nfamilies:\n"
        "  - {id: year, patterns: [\"{arabic}年\"], rank: 1, kind: section, at: [start]}\n"
        "  - {id: term, patterns: [\"{arabic}名额\"], rank: 2, kind: item, at: [start]}\n"
        "  - {id: part, patterns: [\"{arabic}{sub}{blank}\"], rank: 3, kind: item, at: [start]}\n";
    static const char *const words[] = {"年",     "年度", "名", "名额", "人", "之", "之一", "之一 ", "之2、",
                                        "之一条", "十",   "是", "要",   "条", "章", "渡口", "页",    "第3",
                                        "部",     "部分", "、", "个方", "A",  " ",  "骤"};
    static const char *const names[] = {"auto", "law", "speech", "standard"};
    uint64_t random = 3;
    size_t figures[2] = {0}, labels[2] = {0};
    struct gm_grammar *years;
    assert_int_equal(gm_grammar_load(yaml, sizeof yaml - 1, NULL, NULL, &years, NULL), GM_OK);
    for (size_t round = 0; round < 400000; round++) {
        char text[256];
        struct gm__cand found[GM__MAX_READINGS];
        bool own = round % 4 == 0;
        struct gm__parser p = {.grammar = own ? years : gm__grammar_compiled(PICK(names, &random)), .text = text};
        uint32_t digits = 1 + next_random(&random) % 5, most[] = {10, 100, 1000, 10000, 100000};
        int len = snprintf(text, sizeof text, "%0*u%s船桨要在风干之后才能收起来，受潮的船桨会裂，下水时没有力气。",
                           next_random(&random) % 16 ? 1 : (int)digits, next_random(&random) % most[digits - 1],
                           PICK(words, &random));
        p.len = (size_t)len;
        bool label = match_any(&p, p.len, GM__AT_START, found) > 0;
        bool figure = read_figure(p.grammar, (const unsigned char *)text) > 0;
        if (label && figure) fail_msg("a label and none: %s", text);
        figures[own] += figure;
        labels[own] += label;
    }
    gm_grammar_free(years);
    if (figures[0] < 100000 || figures[1] < 20000 || labels[0] < 10000 || labels[1] < 5000)
        fail_msg("%zu and %zu figures, %zu and %zu labels", figures[0], figures[1], labels[0], labels[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(quick_is_general), cmocka_unit_test(any_length_is_read),
                                       cmocka_unit_test(figures_are_no_labels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
