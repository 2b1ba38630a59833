/* test_lex.c - the commonest lines are begun and ended by short ways: they give the candidates that the long way gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "parser.h"
#include "random.h"

#define PICK(words, random) (words)[next_random(random) % GM__COUNT(words)]

static void add(struct gm__buf *b, const char *words) { assert_int_equal(gm__buf_puts(b, words), GM_OK); }

/* Lines of what opens and ends lines, in any order; `odd` in eight of them are no common ones. */
static void make_text(struct gm__buf *b, unsigned odd, uint64_t *random) {
    static const char *const opens[] = {"第一条　", "第二条　", "（一）", "（二）", "一、",
                                        "二、",     "",         "",       "一是",   "二要"};
    static const char *const odd_opens[] = {"（1）",
                                            "第一章　",
                                            "第一节",
                                            "第十三条",
                                            "第3页",
                                            "第3条",
                                            "第几个",
                                            "（以下",
                                            "（　）3. ",
                                            "(一)",
                                            "1. ",
                                            "2.",
                                            "3、",
                                            "2.渡",
                                            "12、船",
                                            "1范围　",
                                            "正文　",
                                            "序号　",
                                            "总第3",
                                            "共3页",
                                            "一体",
                                            "十八大",
                                            "两个",
                                            "三",
                                            "问题一：",
                                            "做法",
                                            "建议",
                                            "附件1",
                                            "附则",
                                            "目录",
                                            "首先，",
                                            "另一方面，",
                                            "“第三条　",
                                            "《",
                                            "*",
                                            "■",
                                            "\t",
                                            "  ",
                                            "　",
                                            "　　　",
                                            "—3—",
                                            "12",
                                            "同志们：",
                                            "第一条之二　",
                                            "二〇二一年",
                                            "各位",
                                            "①",
                                            "A. ",
                                            "第三条、第五条",
                                            "2021-05-06 19:04 小李",
                                            "2021年",
                                            "1998年5月",
                                            "2021年度第",
                                            "120人",
                                            "99只",
                                            "30名",
                                            "3页",
                                            "3渡口",
                                            "12第",
                                            "0123号",
                                            "12345人",
                                            "12之",
                                            "3十",
                                            "304共9页",
                                            "序号　名称　数量\n1　船桨　12\n2　船桨　3\n"};
    static const char *const blanks[] = {"　　", "", "　", "　　　"};
    static const char *const texts[] = {"渡口的船每天开三趟",
                                        "船舶应当停靠",
                                        "一要看天气，二要看水位，三要看风向",
                                        "总　则",
                                        "管理办法",
                                        "风大，不开船；雨大，也不开船",
                                        "一、二三号码头",
                                        "渡船检修",
                                        "渡口的船每天开三趟，风大的时候停在北岸的船坞里，等风停了再开，天黑以后不开船",
                                        "（一）检查缆绳。（二）检查船桨",
                                        "第二章　检修",
                                        "的规定",
                                        "二是检查，"};
    static const char *const ends[] = {
        "。", "。", "。", "。", "，",       "、", "的", "：",   "；",     "一是",        "12",
        "和", "",   "”",  " ",  "管理办法", ",",  ".",  "三、", "（二）", "  （2）乙。", "  （2）乙；"};
    static const char *const breaks[] = {"\n", "\r\n", "\n\n", "\r", "\n\t\n", " \n"};
    gm__buf_clear(b);
    for (unsigned lines = 2 + next_random(random) % 40; lines > 0; lines--) {
        bool common = next_random(random) % 8 >= odd;
        add(b, common ? blanks[next_random(random) % 2] : PICK(blanks, random));
        add(b, common ? PICK(opens, random) : PICK(odd_opens, random));
        for (unsigned n = next_random(random) % 4; n > 0; n--) add(b, PICK(texts, random));
        add(b, common ? "。" : PICK(ends, random));
        add(b, common ? "\n" : PICK(breaks, random));
    }
    add(b, "完"); /* it stays short of the room that the short ways want */
    assert_int_equal(gm__buf_add(b, "", 1), GM_OK);
    b->len--;
}

static void lex(struct gm__parser *p, const struct gm__buf *text, const struct gm_options *options, bool short_cut) {
    parser_init(p, text, options);
    assert_int_equal(gm__lex_by(p, short_cut), GM_OK);
}

/* Where the text before `at` ends, blanks passed over. */
static size_t text_above(const struct gm__parser *p, size_t at) {
    size_t stop = at;
    for (size_t i = at; i-- > 0;) {
        if (((unsigned char)p->text[i] & 0xC0) == 0x80) continue;
        if (!gm__is_blank(gm__str(p->text + i, at - i))) break;
        stop = i;
    }
    return stop;
}

/* What the short ways alone tell is true: which candidates stand in the paragraph right above. Then it is taken back.
 * Of how many it is told. */
static size_t check_above(struct gm__parser *p) {
    size_t told = 0;
    for (size_t i = 0; i < p->cands.count; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        if (c->flags & GM__CAND_UNDER_TEXT) {
            size_t stop = text_above(p, c->para), line = stop;
            while (line > 0 && p->text[line - 1] != '\n' && p->text[line - 1] != '\r') line--;
            bool holds = i > 0 && c[-1].at >= line;
            if (holds != ((c->flags & GM__CAND_UNDER_CAND) != 0) || (holds && c[-1].stop != stop))
                fail_msg("%.20s in\n%s", p->text + c->at, p->text);
            told++;
        }
        if (c->flags & GM__CAND_UNDER_PROSE) {
            struct gm_str above = gm__str_trim(gm__str(p->text, c->para));
            size_t line = above.len;
            while (line > 0 && above.ptr[line - 1] != '\n' && above.ptr[line - 1] != '\r') line--;
            if (!gm__str_ends(above, "。") && !gm__str_ends(above, "；") && above.len - line <= GM__CAPTION_BYTES)
                fail_msg("no prose above %u", (unsigned)c->at);
        }
        c->flags &= ~(uint32_t)(GM__CAND_UNDER_TEXT | GM__CAND_UNDER_CAND | GM__CAND_UNDER_PROSE);
    }
    return told;
}

static void same(const struct gm__vec *a, const struct gm__vec *b, const char *what, const char *text) {
    if (a->count != b->count) fail_msg("%zu %s, by the long way %zu, in\n%s", a->count, what, b->count, text);
    for (size_t i = 0; i < a->count; i++)
        if (memcmp((const char *)a->data + i * a->elem, (const char *)b->data + i * b->elem, a->elem) != 0)
            fail_msg("%s %zu of %zu differ in\n%s", what, i, a->count, text);
}

static void short_ways_are_the_long_one(void **state) {
    (void)state;
    uint64_t random = 7;
    struct gm_options options;
    struct gm__buf text;
    size_t found = 0, joined = 0, matter = 0, told = 0;
    gm_options_init(&options);
    options.allocator = &gm__default_allocator;
    options.limits.paragraph_bytes = SIZE_MAX;
    options.limits.steps_per_byte = UINT64_MAX;
    gm__buf_init(&text, options.allocator, SIZE_MAX);
    for (unsigned round = 0; round < 33000; round++) {
        struct gm__parser a, b;
        make_text(&text, round % 9, &random);
        lex(&a, &text, &options, true);
        lex(&b, &text, &options, false);
        told += check_above(&a);
        same(&a.cands, &b.cands, "candidates", text.data);
        same(&a.beginnings, &b.beginnings, "beginnings", text.data);
        same(&a.glued, &b.glued, "glued", text.data);
        same(&a.soft, &b.soft, "joined lines", text.data);
        found += a.cands.count;
        joined += a.soft.count;
        assert_int_equal(a.doc->matter_count, b.doc->matter_count);
        for (size_t i = 0; i < a.doc->matter_count; i++) {
            const struct gm__matter *x = &a.doc->matter[i], *y = &b.doc->matter[i];
            assert_true(x->start == y->start && x->len == y->len && x->kind == y->kind);
        }
        assert_int_equal(a.doc->line_index_count, b.doc->line_index_count);
        matter += a.doc->matter_count;
        parser_release(&a);
        parser_release(&b);
    }
    gm__buf_release(&text);
    if (found < 500000 || joined < 10000 || matter < 5000 || told < 100000)
        fail_msg("%zu candidates, %zu joined lines, %zu pieces of matter, %zu told of", found, joined, matter, told);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(short_ways_are_the_long_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
