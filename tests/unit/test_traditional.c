/* test_traditional.c - simplified forms of traditional characters; which texts are traditional. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/traditional.h"
#include "gangmu/gangmu.h"

static void expect(const char *text, const char *want) {
    char got[256];
    size_t len = strlen(text);
    assert_int_equal(strlen(want), len);
    gm__simplify(got, text, len);
    assert_memory_equal(got, want, len);
}

static void test_characters(void **state) {
    (void)state;
    expect("第一條　規定與結束語，後來發現頭髮", "第一条　规定与结束语，后来发现头发");
    expect("第一条　规定 abc 1.２、𠮷é", "第一条　规定 abc 1.２、𠮷é");
    expect("一丁龍龜龥", "一丁龙龟龥"); /* the first and the last of the table's characters */
    expect("姊妹俱樂部", "姊妹俱乐部"); /* simplified texts have 姊 and 俱, too */
    expect("", "");
}

/* What is cut off or no UTF-8 stays, byte for byte. */
static void test_broken(void **state) {
    (void)state;
    expect("\xE6\xA2", "\xE6\xA2");
    expect("\xE6\xA2"
           "條",
           "\xE6\xA2"
           "条");
    expect("\xE6(\x9D條\xFF\xED\xA0\x80", "\xE6(\x9D条\xFF\xED\xA0\x80");
    expect("條\xE6\xA2", "条\xE6\xA2");
}

/* Every character of three bytes keeps its length, and no simplified form has one of its own. */
static void test_all(void **state) {
    (void)state;
    for (uint32_t cp = 0x800; cp <= 0xFFFF; cp++) {
        char text[4] = {(char)(0xE0 | cp >> 12), (char)(0x80 | (cp >> 6 & 0x3F)), (char)(0x80 | (cp & 0x3F)), 0};
        char once[3], twice[3];
        gm__simplify(once, text, 3);
        gm__simplify(twice, once, 3);
        assert_memory_equal(once, twice, 3);
        if (cp - 0x300C < 4) { /* read as “ ” ‘ ’, but no sign of traditional characters */
            assert_memory_equal(once, &"“”‘’"[(cp - 0x300C) * 3], 3);
            assert_false(gm__has_traditional(text, 3));
            continue;
        }
        assert_int_equal(gm__has_traditional(text, 3), memcmp(once, text, 3) != 0);
        if (cp < 0x4E00 || cp > 0x9FFF) assert_memory_equal(once, text, 3);
    }
}

static bool is_traditional(const char *text) { return gm__is_traditional(text, strlen(text)); }

static void test_texts(void **state) {
    (void)state;
    assert_true(is_traditional("柳灣鎮人民政府關於印發晒穀場使用辦法的通知"));
    assert_true(is_traditional("1. abc — 條"));
    assert_false(is_traditional("柳湾镇人民政府关于印发晒谷场使用办法的通知"));
    assert_false(is_traditional("书名里有一个後字的简体文本，它后面的所有字都是简体字。"));
    assert_false(is_traditional("第一条　この法律は、農業用水路の管理に関し必要な事項を定めるものとする。"));
    assert_false(is_traditional(
        "農業用水路管理規則\n（昭和六十二年三月四日農林水産省令第八号）\n最終改正：平成二十年十一月五日農林水産省令第六"
        "十九号\n"
        "農業用水路管理法第三条第二項、第七条及第十五条第一項規定実施細則\n第一条　水路の管理者は調べるものとする。"));
    assert_true(is_traditional(
        "第一條　規定之項目如下：\nア、農業。\nイ、漁業。\n管理機關應於每年度終了後，將實際執行之情形報請備查。"));
    assert_false(is_traditional("渡船場條例\n附　則\nこの条例は、公布の日から施行する。"));
    assert_true(is_traditional(
        "渡口旁的旅人問道：「ありがとう？」船夫聽不懂，只是搖頭，繼續將纜繩繫緊。河風吹過來，兩人都沒有說"
        "話，直到對岸的鐘聲響起，才發現天色已經暗了。旅人從懷裡掏出銅錢，數了三枚遞給船夫，轉身離開碼頭，"
        "頭也不回地往鎮上走去。"));
    assert_false(is_traditional("plain"));
    assert_false(is_traditional("\xE6\xA2"));
    assert_false(is_traditional(""));
}

static const char *first_marker(const char *grammar, const char *text) {
    static char marker[64];
    struct gm_grammar *g;
    struct gm_doc *doc;
    struct gm_error error;
    struct gm_options options;
    gm_options_init(&options);
    assert_int_equal(gm_grammar_load(grammar, strlen(grammar), NULL, NULL, &g, &error), GM_OK);
    options.grammar = g;
    assert_int_equal(gm_doc_parse(&options, text, strlen(text), "a.txt", &doc, &error), GM_OK);
    (void)snprintf(marker, sizeof marker, "%s", gm_doc_node_count(doc) > 1 ? gm_node_marker(doc, 1) : "none");
    gm_doc_free(doc);
    gm_grammar_free(g);
    return marker;
}

/* A grammar's words are found in texts of its own characters, whichever they are; simplified ones in both. */
static void test_grammars(void **state) {
    (void)state;
    static const char traditional[] = "第一則約定，這裡說明來歷\n第二則約定，這裡說明緣由\n",
                      simplified[] = "第一则约定，这里说明来历\n第二则约定，这里说明缘由\n";
    static const char own[] = "families:\n  - {id: ze, pattern: \"第{num}則\", rank: 10}\n",
                      theirs[] = "families:\n  - {id: ze, pattern: \"第{num}则\", rank: 10}\n";
    assert_string_equal(first_marker(own, traditional), "ze");
    assert_string_equal(first_marker(theirs, traditional), "ze");
    assert_string_equal(first_marker(theirs, simplified), "ze");
    assert_string_equal(first_marker(own, simplified), "none");
    static const char both[] = "# 適用於約定\nname: 約定\nsummary: 說明\n"
                               "families:\n  - {id: ze, patterns: [\"第{num}则\", \"第{num}則\"], rank: 10}\n"
                               "keywords: {heading: [结束语]}\n";
    assert_string_equal(first_marker(both, traditional), "ze");
    assert_string_equal(first_marker(both, "約定書\n這是約定的正文，寫在前頭。\n結束語\n到此為止。\n"),
                        ""); /* the heading */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_characters), cmocka_unit_test(test_broken),
                                       cmocka_unit_test(test_all), cmocka_unit_test(test_texts),
                                       cmocka_unit_test(test_grammars)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
