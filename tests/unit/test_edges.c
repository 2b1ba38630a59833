/*
 * test_edges.c - no byte before or behind a text is looked at: texts that end in the middle of what the parser looks
 * ahead for, each prefix and each suffix of them, right before and right behind a page that may not be read.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/base.h"

#define TEXTS  48u
#define LENGTH 160u /* bytes of a text at most */

static const char *const pieces[] = {
    "第",
    "一",
    "二十",
    "三百零五",
    "千",
    "万",
    "章",
    "条",
    "条之二",
    "节　",
    "、",
    "。",
    "；",
    "，",
    "：",
    "（",
    "）",
    "(",
    ")",
    ".",
    "．",
    "12",
    "000001",
    "2024",
    "１２",
    "1.1.1",
    "①",
    "㈠",
    "IV",
    "ⅳ",
    "a",
    "A.",
    "是",
    "要",
    "两",
    "甲、",
    "一是核对",
    "二是登记",
    "首先，",
    "其次，",
    "最后，",
    "一方面，",
    "另一方面，",
    "其一，",
    "第一步，",
    "第一阶段：",
    "“",
    "”",
    "“第三条　",
    "《",
    "》",
    "【",
    "】",
    "附件1",
    "附：",
    "目录",
    "……12",
    "— 3 —",
    "抄送：",
    "2024年1月2日",
    "印发",
    "各县、",
    "同志们：",
    "签发人",
    "机密★1年",
    "〔2021〕3号",
    "1.1 ",
    "-1條",
    "第三条第二款",
    "前款",
    "本章第",
    "图1",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    "　",
    "　　",
    "\t",
    "\xEF\xBB\xBF",
    "\xE2\x80\xA8",
    "\xC2\x85",
    "\xCC\x81",
    "\xF0\xA0\x80\x80",
    "\xE3",
    "\xE3\x80",
    "\xF0\x9F",
};

struct place {
    char *first, *end; /* all that may be read */
};

static int fence(void **state) {
    static struct place place;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *at = mmap(NULL, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED || mprotect(at + page, page, PROT_READ | PROT_WRITE) != 0) return -1;
    place = (struct place){at + page, at + 2 * page};
    *state = &place;
    return 0;
}

static int take_down(void **state) {
    const struct place *place = *state;
    size_t page = (size_t)(place->end - place->first);
    return munmap(place->first - page, 3 * page);
}

static enum gm_status drop(void *ctx, const char *bytes, size_t len) {
    (void)bytes;
    *(size_t *)ctx += len;
    return GM_OK;
}

static void read_at(char *to, const char *text, size_t len, unsigned choice) {
    static const char *const profiles[] = {"default", "gongwen", "law", "taiwan"};
    struct gm_options options;
    struct gm_error error;
    struct gm_doc *doc;
    struct gm_renumbering *r;
    size_t written = 0;
    struct gm_sink sink = {drop, &written};
    if (len) memcpy(to, text, len);
    gm_options_init(&options);
    options.format = "text";
    options.encoding = "UTF-8";
    options.implied = options.explain = choice % 2;
    options.grammar_name = gm_grammar_builtin_name(choice / 2 % 8);
    assert_int_equal(gm_doc_parse(&options, to, len, NULL, &doc, &error), GM_OK);
    assert_int_equal(gm_doc_lint(doc, profiles[choice % 4], &error), GM_OK);
    assert_int_equal(gm_doc_write(doc, "json", NULL, &sink, &error), GM_OK);
    if (gm_doc_renumber(doc, &r, &error) == GM_OK) {
        (void)gm_renumbering_write(r, NULL, 0, &sink, &error);
        gm_renumbering_free(r);
    }
    gm_doc_free(doc);
}

/* Pieces in an order that is the same each time. */
static size_t make(char *text, uint32_t *seed) {
    size_t len = 0;
    for (;;) {
        *seed = *seed * 1664525u + 1013904223u;
        const char *piece = pieces[(*seed >> 8) % GM__COUNT(pieces)];
        size_t n = strlen(piece);
        if (len + n > LENGTH) return len;
        memcpy(text + len, piece, n);
        len += n;
    }
}

static void nothing_beside_a_text_is_read(void **state) {
    const struct place *place = *state;
    char text[LENGTH];
    uint32_t seed = 1;
    for (unsigned i = 0; i < TEXTS; i++) {
        size_t len = make(text, &seed);
        for (unsigned n = 0; n <= len; n++) {
            read_at(place->end - n, text, n, i + n);
            read_at(place->first, text + (len - n), n, i + n + 1);
        }
    }
}

/* Each piece alone, and behind a label. */
static void nothing_beside_a_short_text_is_read(void **state) {
    const struct place *place = *state;
    for (unsigned i = 0; i < GM__COUNT(pieces); i++) {
        char text[LENGTH] = "一、";
        size_t n = strlen(pieces[i]);
        read_at(place->end - n, pieces[i], n, i);
        read_at(place->first, pieces[i], n, i + 1);
        memcpy(text + 6, pieces[i], n);
        read_at(place->end - n - 6, text, n + 6, i);
    }
}

/* An allocator of blocks that end, but for what aligns them, right before a page that may not be read. */
static void *fenced(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    (void)ctx;
    size_t page = (size_t)sysconf(_SC_PAGESIZE), room = (new_size + page - 1) / page * page;
    char *to = NULL;
    if (new_size) {
        char *at = mmap(NULL, room + page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED || mprotect(at, room, PROT_READ | PROT_WRITE) != 0) return NULL;
        to = at + room - (new_size + 15) / 16 * 16;
        if (ptr) memcpy(to, ptr, old_size < new_size ? old_size : new_size);
    }
    if (ptr) {
        char *at = (char *)((uintptr_t)ptr / page * page);
        (void)munmap(at, (old_size + page - 1) / page * page + page);
    }
    return to;
}

/* The last word of a grammar is a prefix that is shorter than three Han; the words fill all of their memory. */
static void nothing_behind_a_grammar_is_read(void **state) {
    (void)state;
    enum { LONG = 17000 };
    const struct gm_allocator allocator = {fenced, NULL};
    char *yaml = malloc(LONG + 300), *guard = malloc(LONG + 17);
    assert_true(yaml && guard);
    memset(guard, 'a', LONG + 16);
    for (size_t n = LONG; n < LONG + 16; n++) {
        struct gm_grammar *grammar;
        struct gm_error error;
        int len =
            snprintf(yaml, LONG + 300,
                     "name: x\nfamilies:\n- {id: a, kin: k, pattern: \"步骤S{stop-arabic}\", not_before: [%.*s]}\n",
                     (int)n, guard);
        assert_int_equal(gm_grammar_load(yaml, (size_t)len, "x", &allocator, &grammar, &error), GM_OK);
        gm_grammar_free(grammar);
    }
    free(guard);
    free(yaml);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_beside_a_text_is_read),
                                       cmocka_unit_test(nothing_beside_a_short_text_is_read),
                                       cmocka_unit_test(nothing_behind_a_grammar_is_read)};
    return cmocka_run_group_tests(tests, fence, take_down);
}
