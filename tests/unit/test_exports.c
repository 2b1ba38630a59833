/* test_exports.c - what the writers for maps and programs share: suffixes, sentences, units, eId numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "build.h"
#include "output/akn.h"
#include "output/body.h"

static void suffixes(void **state) {
    (void)state;
    static const struct {
        const char *path, *format; /* NULL: none */
    } rows[] = {{"a.mm", "mm"},
                {"a.b.markmap.md", "markmap"},
                {"a.md", "markdown"},
                {"dir.csv/tags", "ctags"},
                {"x.tags", "ctags"},
                {"x.tags.jsonl", "ctags-json"},
                {"x.jsonl", "chunks"},
                {"X.SARIF", "sarif"},
                {"dir.csv/none", NULL},
                {"", NULL},
                {".", NULL},
                {"a.", NULL}};
    for (size_t i = 0; i < GM__COUNT(rows); i++) {
        const struct gm_writer *w = gm_writer_for_file(rows[i].path);
        if (rows[i].format)
            assert_string_equal(w ? w->name : "none", rows[i].format);
        else
            assert_null(w);
    }
}

static void sentences(void **state) {
    (void)state;
    static const struct {
        const char *text, *first;
    } rows[] = {{"甲。乙。", "甲。"},
                {"他说：“甲。”乙。", "他说：“甲。”"},
                {"甲？！乙", "甲？！"},
                {"甲……乙", "甲……"},
                {"甲…乙。", "甲…乙。"},
                {"增长1.5倍。好", "增长1.5倍。"},
                {"See a.b here. Next.", "See a.b here."},
                {"Yes!) Next", "Yes!)"},
                {"没有", "没有"},
                {"甲；乙。", "甲；乙。"},
                {"", ""}};
    for (size_t i = 0; i < GM__COUNT(rows); i++) {
        const char *end = gm__sentence_end(rows[i].text, rows[i].text + strlen(rows[i].text));
        assert_int_equal(end - rows[i].text, strlen(rows[i].first));
    }
}

static void units(void **state) {
    (void)state;
    static const struct {
        const char *label, *unit;
    } rows[] = {{"第一编", "book"},
                {"第二分编", "part"},
                {"第三章", "chapter"},
                {"第十节", "section"},
                {"第十条之一", "article"},
                {"第一款", "paragraph"},
                {"第（二）项", "point"},
                {"第3目", "indent"},
                {"一、", ""},
                {"（一）", ""},
                {"章", ""},
                {"", ""},
                {"第", ""},
                {"第百二十條", "article"}};
    for (size_t i = 0; i < GM__COUNT(rows); i++)
        assert_string_equal(gm__unit_name(gm__unit_of(gm__strz(rows[i].label))), rows[i].unit);
}

static void numbers(void **state) {
    (void)state;
    static const struct {
        const char *label;
        unsigned sub;
    } rows[] = {{"第一条", 0},        {"第一条之一", 1}, {"第二条之十二", 12},
                {"第二条之二十", 20}, {"第二条之3", 3},  {"第二条之又", 0}};
    for (size_t i = 0; i < GM__COUNT(rows); i++) {
        struct build b;
        build_init(&b, "n");
        gm_node node = build_open(&b, rows[i].label, "");
        b.doc->nodes[node].number = 7;
        struct gm_doc *doc = build_finish(&b);
        struct gm__akn_number number = gm__akn_number_of(doc, node);
        assert_int_equal(number.main, 7);
        assert_int_equal(number.sub, rows[i].sub);
        gm_doc_free(doc);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(suffixes), cmocka_unit_test(sentences), cmocka_unit_test(units),
                                       cmocka_unit_test(numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
