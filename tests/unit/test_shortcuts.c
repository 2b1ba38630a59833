/* test_shortcuts.c - the short ways for the commonest lines and titles give what the long ways give, on random text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "parse/build.h"
#include "parse/lexer.h"
#include "random.h"

static size_t fill(char *out, size_t size, const char *const *pieces, size_t count, uint32_t plain, uint64_t *random) {
    size_t len = 0;
    for (;;) {
        uint32_t r = next_random(random);
        const char *piece =
            r % plain ? pieces[r / plain % 4] : pieces[r / plain % count]; /* the first four are plain */
        size_t n = strlen(piece);
        if (len + n > size) return len;
        memcpy(out + len, piece, n);
        len += n;
    }
}

static void sentences_agree(void **state) {
    (void)state;
    static const char *const pieces[] = {"加", "强", "领", "导", "。", "，", "、", "；", "！", "？", "：", "“",    "”",
                                         "‘",  "’",  "（", "）", "(",  ")",  "[",  "]",  "《", "》", "…",  "—",    ".",
                                         ";",  "!",  "?",  ":",  ",",  "3",  "a",  " ",  "　", "\n", "é",  "🙂", "｡"};
    struct gm_grammar *grammar;
    assert_int_equal(gm__grammar_builtin("auto", &gm__default_allocator, &grammar, NULL), GM_OK);
    assert_true(grammar->plain_ends);
    uint64_t random = 1;
    for (size_t round = 0; round < 100000; round++) {
        char text[400];
        size_t len = fill(text, sizeof text, pieces, GM__COUNT(pieces), 1 + (uint32_t)round % 9, &random);
        struct gm__parser p = {.grammar = grammar, .text = text, .len = len, .dotted = round % 2};
        struct gm__builder b = {.p = &p, .span = gm__span_best()};
        size_t at = 0, end = len - GM__MARKS_ROOM - next_random(&random) % 200;
        while (((unsigned char)text[end] & 0xC0) == 0x80) end--;
        for (at = next_random(&random) % (end + 1); ((unsigned char)text[at] & 0xC0) == 0x80;) at--;
        struct gm__sentence want = gm__first_sentence(&b, at, end, true), got = gm__plain_sentence(&b, at, end);
        assert_int_equal(got.end, want.end);
        assert_int_equal(got.found, want.found);
        assert_int_equal(got.passed, want.passed);
    }
    gm_grammar_free(grammar);
}

struct measured {
    uint32_t wrap;
    bool even, flat, dotted;
    struct gm__pages pages;
};

static struct measured measure(const struct gm_grammar *grammar, const char *text, size_t len, bool short_cut) {
    struct gm_doc doc = {0};
    struct gm__source source = {0};
    struct gm__parser p = {.doc = &doc, .source = &source, .grammar = grammar, .text = text, .len = len};
    gm__layout_by(&p, short_cut);
    return (struct measured){p.wrap, p.even, p.flat, p.dotted, p.pages};
}

/* A blank at its end sends a line the long way, which leaves the blank out; but not where lines are so long that none
 * is looked at beside a page's number. */
static size_t with_blanks(const char *text, size_t len, char *out) {
    size_t n = 0, begin = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\n' && i - begin < 240) out[n++] = ' ';
        if (text[i] == '\n') begin = i + 1;
        out[n++] = text[i];
    }
    return n;
}

#define PICK(words, random) (words)[next_random(random) % GM__COUNT(words)]

/* Lines of one width or of any, odd ones among them; pages with numbers and running heads. */
static size_t fill_lines(char *out, size_t size, uint64_t *random) {
    static const char *const opens[] = {"第3页", "第共3页", "第三条",   "共3页", "总结", "3",    "12 ",   "— 3 —",
                                        "（",    "“",       "　　",     "  ",    "┌",    "\t",   "页",    "Page 3",
                                        "·3·",   "《",      "甲\t乙\t", "1.",    "12.",  "3.5/", "总第3", "共第"};
    static const char *const ends[] = {"。", "12", "，", "……3", "\t7", "", ".", "”", "）", " ", "　3"};
    size_t len = 0, width = 1 + next_random(random) % 60, even = 1 + next_random(random) % 12;
    unsigned gaps = next_random(random) % 4, page = 1, lines = 0, paged = next_random(random) % 2;
    for (; len + 1000 < size; lines++) {
        uint32_t odd = next_random(random) % even ? 0 : 1 + next_random(random) % 239;
        size_t han = !odd ? width : odd < 120 ? 0 : odd - 120;
        const char *open = next_random(random) % 5 ? "" : PICK(opens, random);
        int n = snprintf(out + len, size - len, "%s", open);
        for (size_t i = 0; i < han; i++) n += snprintf(out + len + n, size - len - (size_t)n, "%s", "汉");
        if (!gaps) n += snprintf(out + len + n, size - len - (size_t)n, "。　　甲");
        const char *end = next_random(random) % 3 ? "" : PICK(ends, random);
        len += (size_t)(n + snprintf(out + len + n, size - len - (size_t)n, "%s\n", end));
        if (paged && lines % 20 == 19) len += (size_t)snprintf(out + len, size - len, "%u\n渡口条例\n", page++);
    }
    return len;
}

static void lines_agree(void **state) {
    (void)state;
    struct gm_grammar *grammar;
    assert_int_equal(gm__grammar_builtin("auto", &gm__default_allocator, &grammar, NULL), GM_OK);
    uint64_t random = 2;
    static char text[40000], blank[80000];
    unsigned wrapped = 0, flat = 0, pages = 0, wide = 0;
    for (size_t round = 0; round < 3000; round++) {
        size_t len = fill_lines(text, 1000 + next_random(&random) % 39000, &random);
        bool blanks = round % 3 == 0;
        struct measured got = measure(grammar, text, len, true),
                        want = measure(grammar, blanks ? blank : text, blanks ? with_blanks(text, len, blank) : len,
                                       false);
        assert_int_equal(got.wrap, want.wrap);
        assert_int_equal(got.even, want.even);
        assert_int_equal(got.flat, want.flat);
        assert_int_equal(got.dotted, want.dotted);
        assert_int_equal(got.pages.bare, want.pages.bare);
        assert_int_equal(got.pages.heads, want.pages.heads);
        for (uint32_t i = 0; i < got.pages.heads; i++) assert_true(gm__str_eq(got.pages.head[i], want.pages.head[i]));
        wrapped += got.wrap > 0;
        wide += !got.wrap && !got.flat;
        flat += got.flat;
        pages += got.pages.bare || got.pages.heads;
    }
    assert_true(wrapped > 100 && flat > 100 && pages > 100 && wide > 100); /* else nothing was compared */
    gm_grammar_free(grammar);
}

/* Where the partner of a number is looked for, by the bytes of its first character: none is passed over with which that
 * number can begin. */
static void digits_agree(void **state) {
    (void)state;
    static const char *const rests[] = {"", "一", "二", "九", "3", "０"};
    static const enum gm__numeral systems[] = {GM__NUM_HAN, GM__NUM_ARABIC};
    const struct gm__span *span = gm__span_best();
    unsigned count = 0;
    for (uint32_t cp = 0x4000; cp < 0x10000; cp += cp == 0xD7FF ? 0x801 : 1) /* no surrogates */
        for (size_t i = 0; i < GM__COUNT(rests) * GM__COUNT(systems); i++) {
            char text[GM__MARKS_ROOM + 8] = {0};
            size_t len = gm__utf8_encode(cp, text);
            struct gm__ordinal o;
            len += (size_t)snprintf(text + len, sizeof text - len, "%s", rests[i / GM__COUNT(systems)]);
            size_t n = gm__numeral_scan(systems[i % GM__COUNT(systems)], text, text + len, false, &o);
            if (n != len || o.value < 1 || o.value > 9) continue;
            const struct gm__marks digits = gm__digit_marks(o.value);
            assert_true(span->marks(text, &digits) & 1);
            count++;
        }
    assert_true(count > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sentences_agree), cmocka_unit_test(lines_agree),
                                       cmocka_unit_test(digits_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
