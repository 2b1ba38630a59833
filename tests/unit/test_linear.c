/*
 * test_linear.c - the parser's and the renumberer's work is linear in its input: texts that a careless parser would be
 * slow on, each at a size and at twice that size, by their own count of steps (and so on a busy machine too).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "tree/tree.h"

#define STEPS_PER_BYTE 4 /* the most that any of these takes is 2.6 */

/* `unit` over and over, `tail` at the end. */
struct hostile {
    const char *name, *head, *unit, *tail;
};

static const struct hostile all[] = {
    {"a million markers", "", "一、甲\n", ""},
    {"the same in one line", "", "一是甲；", ""},
    {"markers and nothing else", "", "一、", ""},
    {"every number a first one", "", "1.甲\n（1）乙\n①丙\n", ""},
    {"nested to the limit", "", "第一编\n第一章\n第一节\n第一条　甲\n一、乙\n（一）丙\n1.丁\n（1）戊\n①己\na.庚\n", ""},
    {"families that take turns", "", "一、甲\n壹、乙\n甲、丙\n子、丁\nA.戊\nI.己\n", ""},
    {"all ambiguous", "", "1.1.1 I. A. 一、二、三产业\n", ""},
    {"decimals", "", "1.1.1.1.1.1 甲\n", ""},
    {"decimals without a parent", "", "9.8.7.6 甲\n1.2 乙\n", ""},
    {"verbs of their own", "", "第一看底，第二听声，第三摸温。", "\n"},
    {"open brackets", "", "（", ""},
    {"open brackets at starts", "", "（一\n", ""},
    {"open quotes", "", "“第一条　甲", "\n"},
    {"one long line", "一、甲", "乙，丙。", "\n"},
    {"articles that refer", "", "第一条　依照第三条、第五条和第七条第（二）项\n第二条规定的\n", ""},
    {"contents that never begin", "目录\n", "第一章 总则\n", ""},
    {"contents lines", "目录\n", "第一章 总则……………………1\n", ""},
    {"word series", "", "首先，甲。其次，乙。首先，丙。最后，丁。\n", ""},
    {"partners far apart", "一方面", "甲乙丙丁，", "另一方面，戊。\n"},
    {"partners that are missing", "", "三是甲；五要乙；", ""},
    {"one partner for all", "一是甲；", "二是乙；", "\n"},
    {"partners in each clause", "", "另一方面，甲，一方面乙，", "\n"},
    {"numbers that fall", "", "9.甲\n8.乙\n7.丙\n", ""},
    {"repeats", "", "一、甲\n二、乙\n二、乙\n", ""},
    {"regions", "", "附件1\n一、甲\n", ""},
    {"headings", "", "附则\n总则\n", ""},
    {"hard-wrapped", "",
     "一、这一行写得很长很长没有标点所以看起来像是换了行的正文这一行写得很长\n接着写的正文也是这么长没有标点看起来还要"
     "接着写下去直到最后一行才停下\n",
     ""},
    {"no line breaks", "", "甲。　　一、乙。　　（一）丙。", ""},
    {"lone carriage returns", "", "一、甲\r", ""},
    {"blank lines", "一、甲", "\n　 \t\n", "二、乙\n"},
    {"table rows", "", "1\t甲\t乙\n", ""},
    {"notes", "甲①\n注释\n", "①乙\n", ""},
    {"a line each", "", "甲\n", ""},
    {"annexed titles", "序\n", "好。\n甲乙丙丁办法\n", ""},
    {"headings that fill their lines", "一、甲\n",
     "二、这一行写得很长很长没有标点所以看起来像是换了行的标题这一行写\n接着写的正文也是这么长没有标点看起来还要接着写"
     "下去"
     "直到最后一行才停\n",
     ""},
    {"attachments", "附件：1.甲\n", "2.乙\n", ""},
};

/* A terminated text of about `size` bytes. */
static char *make(const struct hostile *h, size_t size, size_t *len) {
    size_t head = strlen(h->head), unit = strlen(h->unit), tail = strlen(h->tail), count = size / unit;
    char *text = malloc(head + count * unit + tail + 1), *at = text;
    assert_non_null(text);
    memcpy(at, h->head, head);
    at += head;
    for (size_t i = 0; i < count; i++, at += unit) memcpy(at, h->unit, unit);
    memcpy(at, h->tail, tail + 1);
    *len = (size_t)(at - text) + tail;
    return text;
}

static uint64_t steps_of(const struct hostile *h, size_t size, size_t *len) {
    struct gm_options options;
    struct gm_error error;
    struct gm_doc *doc;
    gm_options_init(&options);
    options.implied = true;
    char *text = make(h, size, len);
    enum gm_status s = gm_doc_parse(&options, text, *len, NULL, &doc, &error);
    if (s != GM_OK) fail_msg("%s: %s", h->name, error.message);
    uint64_t steps = doc->steps;
    assert_null(gm__doc_verify(doc));
    gm_doc_free(doc);
    free(text);
    return steps;
}

static void steps_are_linear(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(all); i++) {
        size_t once_len, twice_len;
        uint64_t once = steps_of(&all[i], 100000, &once_len), twice = steps_of(&all[i], 200000, &twice_len);
        if (once > STEPS_PER_BYTE * (uint64_t)once_len || (double)twice > 2.1 * (double)once + 1000)
            fail_msg("%s: %llu steps for %zu bytes, %llu for %zu", all[i].name, (unsigned long long)once, once_len,
                     (unsigned long long)twice, twice_len);
    }
}

/* Renumbering counts no steps: a megabyte takes a second, what is quadratic minutes. */
#define RENUMBER_SECONDS 20

static const struct hostile renumbered[] = {
    {"members of one line", "一、甲\n", "①甲！②乙！", "\n"},
    {"members of one line without stops", "一、甲\n", "①甲②乙", "\n"},
    {"rows of a table", "一、甲\n", "1  沙袋  300  只\n", ""},
    {"rows without an end", "一、甲\n1", "  甲", "\n"},
    {"references to one of many", "", "第一条　依照第一条、《乙》第二条和第三条办理。\n", ""},
    {"references of one line", "第一条　甲", "将第二条、“民法”第三条", "\n"},
};

static void renumbering_is_linear(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(renumbered); i++) {
        struct gm_options options;
        struct gm_error error;
        struct gm_doc *doc;
        struct gm_renumbering *r;
        size_t len;
        char *text = make(&renumbered[i], 1000000, &len);
        gm_options_init(&options);
        options.grammar_name = "gongwen";
        clock_t start = clock();
        assert_int_equal(gm_doc_parse(&options, text, len, "a.txt", &doc, &error), GM_OK);
        enum gm_status s = gm_doc_renumber(doc, &r, &error);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        assert_true(s == GM_OK || s == GM_LIMIT); /* ㊿ is the last of its kind */
        if (seconds > RENUMBER_SECONDS) fail_msg("%s: %.0f seconds", renumbered[i].name, seconds);
        gm_renumbering_free(r);
        gm_doc_free(doc);
        free(text);
    }
}

/* The text is parsed as it is by default, and the clock begins. */
struct timed {
    char *text;
    struct gm_doc *doc;
    clock_t start;
};

static struct timed begin_timed(const struct hostile *h, size_t size) {
    struct gm_error error;
    struct timed t;
    size_t len;
    t.text = make(h, size, &len);
    t.start = clock();
    assert_int_equal(gm_doc_parse(NULL, t.text, len, NULL, &t.doc, &error), GM_OK);
    return t;
}

static void end_timed(struct timed *t) {
    double seconds = (double)(clock() - t->start) / CLOCKS_PER_SEC;
    if (seconds > RENUMBER_SECONDS) fail_msg("%.0f seconds", seconds);
    gm_doc_free(t->doc);
    free(t->text);
}

/* A label that is no point may stand in any gap of the numbers: for each of 200,000 gaps they are not all looked at. */
static void linting_repeats_is_linear(void **state) {
    (void)state;
    static const struct hostile repeats = {"repeats", "", "一、甲\n二、乙\n二、乙\n", ""};
    struct timed t = begin_timed(&repeats, 6000000);
    assert_int_equal(gm_doc_lint(t.doc, NULL, NULL), GM_OK);
    assert_int_equal(gm_doc_node_count(t.doc), 1 + 6000000 / strlen(repeats.unit) * 2); /* a heading again is none */
    end_timed(&t);
}

/* What looks through a line counts no steps, either. */
static void labels_of_a_line_are_linear(void **state) {
    (void)state;
    static const struct hostile again = {"a label again and again", "", "1、甲", "5\n"};
    struct timed t = begin_timed(&again, 4000000);
    end_timed(&t);
}

/* A line of 600,000 paragraphs: what looks for the line's end behind each of them takes minutes. */
static void paragraphs_of_a_line_are_linear(void **state) {
    (void)state;
    static const struct hostile flat = {"flat", "一、总则", "　　各地要落实责任。", "　　二、附则"};
    struct timed t = begin_timed(&flat, 18000000);
    struct gm_texts texts;
    struct gm_str paragraph;
    size_t count = 0;
    gm_texts_init(&texts, t.doc, gm_node_first_child(t.doc, GM_ROOT), GM_TEXT_OWN);
    while (gm_texts_next(&texts, &paragraph)) count++;
    assert_int_equal(count, 18000000 / strlen(flat.unit));
    end_timed(&t);
}

/* What is before a caption is looked at without counting steps, too. */
static void captions_below_blank_lines_are_linear(void **state) {
    (void)state;
    static const struct hostile blanks = {"blanks", "", " \n", ""}, captions = {"captions", "", "小贴士\n", ""};
    struct gm_options options;
    struct gm_error error;
    struct gm_doc *doc;
    size_t above, below;
    char *text = make(&blanks, 1000000, &above), *tail = make(&captions, 1000000, &below);
    text = realloc(text, above + below);
    assert_non_null(text);
    memcpy(text + above, tail, below);
    gm_options_init(&options);
    clock_t start = clock();
    assert_int_equal(gm_doc_parse(&options, text, above + below, NULL, &doc, &error), GM_OK);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_int_equal(gm_doc_node_count(doc), below / 10); /* the first is the title */
    if (seconds > RENUMBER_SECONDS) fail_msg("%.0f seconds", seconds);
    gm_doc_free(doc);
    free(tail);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(steps_are_linear),
                                       cmocka_unit_test(renumbering_is_linear),
                                       cmocka_unit_test(linting_repeats_is_linear),
                                       cmocka_unit_test(captions_below_blank_lines_are_linear),
                                       cmocka_unit_test(labels_of_a_line_are_linear),
                                       cmocka_unit_test(paragraphs_of_a_line_are_linear)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
