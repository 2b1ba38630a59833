/* test_encoding.c - decoding: every encoding, short inputs, bad bytes and their places, binary input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>

#include "input/input.h"

struct fixture {
    struct gm_options options;
    struct gm__arena arena;
    struct gm__source source;
    struct gm_error error;
};

static int setup(void **state) {
    static struct fixture f;
    memset(&f, 0, sizeof f);
    gm_options_init(&f.options);
    f.options.allocator = &gm__default_allocator;
    f.options.limits.text_bytes = 1 << 20;
    gm__arena_init(&f.arena, &gm__default_allocator);
    gm__source_init(&f.source, &f.options, &f.arena);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    gm__source_release(&f->source);
    gm__arena_release(&f->arena);
    return 0;
}

static enum gm_status decode(struct fixture *f, const char *bytes, size_t len) {
    struct gm__input in = {bytes, len, "", &f->options, &f->error, true, false, NULL};
    gm__source_release(&f->source);
    gm__source_init(&f->source, &f->options, &f->arena);
    return gm__decode(&in, bytes, len, NULL, &f->source);
}

static void expect(struct fixture *f, const char *bytes, size_t len, const char *encoding, const char *text) {
    assert_int_equal(decode(f, bytes, len), GM_OK);
    assert_string_equal(f->source.encoding, encoding);
    assert_int_equal(f->source.text_len, strlen(text));
    assert_memory_equal(f->source.text, text, f->source.text_len);
}

static size_t encode(const char *to, const char *text, char *out, size_t size) {
    iconv_t cd = iconv_open(to, "UTF-8");
    assert_true(cd != (iconv_t)-1);
    char *from = (char *)text, *at = out;
    size_t left = strlen(text), room = size;
    assert_int_equal(iconv(cd, &from, &left, &at, &room), 0);
    iconv_close(cd);
    return size - room;
}

static const char simplified[] =
    "关于做好防汛工作的通知\n各县、区人民政府：\n一、提高认识\n（一）加强领导。各单位要把防汛工作"
    "摆在重要位置。\n（二）落实责任\n第二条　本办法自发布之日起施行。\n";
static const char traditional[] =
    "關於辦理檔案管理之規定\n第一條　本規定依檔案法訂定之。\n第二條　各機關應指定專人負責下列"
    "事項：\n一、檔案之點收。\n二、檔案之分類。\n";
static const char japanese[] =
    "第一条　この規則は、文書の取扱いについて必要な事項を定める。\n２　課長は、前項の事務を行う。\n";
static const char korean[] =
    "제1조(목적) 이 규정은 문서의 관리에 관한 사항을 정함을 목적으로 한다.\n1. 접수\n2. 보관\n";

static void every_encoding(void **state) {
    static const struct {
        const char *iconv, *name, *text;
    } rows[] = {
        {"GB18030", "GB18030", simplified},
        {"GBK", "GB18030", simplified},
        {"UTF-16LE", "UTF-16LE", simplified},
        {"UTF-16BE", "UTF-16BE", simplified},
        {"UTF-32LE", "UTF-32LE", simplified},
        {"UTF-32BE", "UTF-32BE", simplified},
        {"BIG5", "BIG5-HKSCS", traditional},
        {"BIG5-HKSCS", "BIG5-HKSCS", traditional},
        {"UTF-16LE", "UTF-16LE", traditional},
        {"SHIFT_JIS", "SHIFT_JIS", japanese},
        {"EUC-JP", "EUC-JP", japanese},
        {"ISO-2022-JP", "ISO-2022-JP", japanese},
        {"EUC-KR", "EUC-KR", korean},
        {"UTF-8", "UTF-8", japanese},
        {"UTF-16LE", "UTF-16LE", "1. Scope\n2. Terms\n"},
    };
    for (size_t i = 0; i < GM__COUNT(rows); i++) {
        char bytes[2048];
        expect(*state, bytes, encode(rows[i].iconv, rows[i].text, bytes, sizeof bytes), rows[i].name, rows[i].text);
    }
}

static void short_inputs(void **state) {
    static const char *const gbk[] = {"一、总则", "第一章", "（一）报名\n（二）面试", "一、\n二、", "联通",
                                      "第3条",    "附件"};
    static const char *const big5[] = {"第一條", "一、總則", "（一）報名\n（二）面試", "壹、前言"};
    char bytes[256];
    for (size_t i = 0; i < GM__COUNT(gbk); i++)
        expect(*state, bytes, encode("GBK", gbk[i], bytes, sizeof bytes), "GB18030", gbk[i]);
    for (size_t i = 0; i < GM__COUNT(big5); i++)
        expect(*state, bytes, encode("BIG5", big5[i], bytes, sizeof bytes), "BIG5-HKSCS", big5[i]);
}

/* Few bytes that are both UTF-8 and GBK: words stay words. */
static void short_utf8(void **state) {
    static const char *const texts[] = {"一、", "①", "café", "Привет, мир", "1. Scope"};
    for (size_t i = 0; i < GM__COUNT(texts); i++) expect(*state, texts[i], strlen(texts[i]), "UTF-8", texts[i]);
}

/* What tells the encoding may come late. */
static void long_ascii_prefix(void **state) {
    static const char *const encodings[] = {"GB18030", "UTF-16LE", "EUC-JP", "UTF-8"};
    static char text[120000], bytes[500000];
    for (size_t i = 0; i < GM__COUNT(encodings); i++) {
        const char *tail = strcmp(encodings[i], "EUC-JP") == 0 ? japanese : simplified;
        for (size_t k = 0; k < 90000; k++) text[k] = k % 60 == 59 ? '\n' : 'x';
        memcpy(text + 90000, tail, strlen(tail) + 1);
        expect(*state, bytes, encode(encodings[i], text, bytes, sizeof bytes), encodings[i], text);
    }
}

/* A document says what the whole check says, wherever in a long text that is found which is no UTF-8. */
static void late_surprises(void **state) {
    struct fixture *f = *state;
    static const char *const heads[] = {"第一条　", "x\n", "é\n"};
    static const char *const surprises[] = {"", "\xFF", "\xD2\xBB\xA1\xA2\xD7\xDC\xD4\xF2\n", "\x1B$B0l\x1B(B\n",
                                            "\xE4\xB8"};
    static const size_t places[] = {0, 3000, 4090, 4095, 4096, 5000, 12000, 19000, 70000};
    static char bytes[140100];
    for (size_t i = 0; i < GM__COUNT(heads) * GM__COUNT(surprises) * GM__COUNT(places); i++) {
        const char *head = heads[i % 3], *surprise = surprises[i / 3 % GM__COUNT(surprises)];
        size_t place = places[i / 3 / GM__COUNT(surprises)], most = i % 2 ? 20000 : 140000, len = 0;
        bool placed = false;
        while (len < most) {
            const char *next = !placed && len >= place ? surprise : head;
            placed = placed || len >= place;
            memcpy(bytes + len, next, strlen(next));
            len += strlen(next);
        }
        struct gm_doc *doc;
        assert_int_equal(decode(f, bytes, len), GM_OK);
        assert_int_equal(gm_doc_parse(NULL, bytes, len, "a.txt", &doc, NULL), GM_OK);
        assert_string_equal(gm_doc_encoding(doc), f->source.encoding);
        struct gm_str text = gm_doc_source(doc);
        assert_int_equal(text.len, f->source.text_len);
        assert_memory_equal(text.ptr, f->source.text, text.len);
        gm_doc_free(doc);
    }
}

static void cut_in_the_middle(void **state) {
    struct fixture *f = *state;
    char bytes[2048];
    size_t len = encode("UTF-16LE", simplified, bytes, sizeof bytes);
    assert_int_equal(decode(f, bytes, len - 1), GM_OK);
    assert_string_equal(f->source.encoding, "UTF-16LE");
    assert_int_equal(f->source.warnings.count, 1);
    len = encode("GBK", simplified, bytes, sizeof bytes);
    assert_int_equal(decode(f, bytes, len - 2), GM_OK); /* the last character is one byte short */
    assert_string_equal(f->source.encoding, "GB18030");
    assert_int_equal(f->source.warnings.count, 1);
}

static void byte_order_marks(void **state) {
    expect(*state,
           "\xEF\xBB\xBF"
           "1. a",
           7, "UTF-8", "1. a");
    expect(*state,
           "\xFF\xFE"
           "1\0.\0",
           6, "UTF-16LE", "1.");
    expect(*state,
           "\xFE\xFF"
           "\0"
           "1\0.",
           6, "UTF-16BE", "1.");
    expect(*state,
           "\xFF\xFE\0\0"
           "1\0\0\0",
           8, "UTF-32LE", "1");
    expect(*state,
           "\0\0\xFE\xFF"
           "\0\0\0"
           "1",
           8, "UTF-32BE", "1");
    expect(*state, "\x84\x31\x95\x33\xD2\xBB", 6, "GB18030", "一");
    expect(*state, "", 0, "UTF-8", "");
}

static void utf8_is_not_copied(void **state) {
    struct fixture *f = *state;
    expect(f, simplified, strlen(simplified), "UTF-8", simplified);
    assert_ptr_equal(f->source.text, simplified);
}

static void bad_bytes_keep_their_place(void **state) {
    struct fixture *f = *state;
    static const char bytes[] = "一、甲\xFF乙\n二、\xED\xA0\x80丙\xE4\xB8";
    expect(f, bytes, sizeof bytes - 1, "UTF-8", "一、甲\uFFFD乙\n二、\uFFFD\uFFFD\uFFFD丙\uFFFD");
    const struct gm__warning *w = f->source.warnings.data;
    assert_int_equal(f->source.warnings.count, 3);
    assert_int_equal(w[0].raw, 9);
    assert_int_equal(w[0].at, 9);
    assert_int_equal(w[1].raw, 20);
    assert_int_equal(w[1].at, 22);
    assert_int_equal(w[1].count, 3);
    assert_int_equal(w[2].count, 2);
    f->options.strict_encoding = true;
    assert_int_equal(decode(f, bytes, sizeof bytes - 1), GM_INPUT);
    assert_string_equal(f->error.id, "bad-bytes");
    assert_int_equal(f->error.offset, 9);
}

static void bad_bytes_in_gbk(void **state) {
    struct fixture *f = *state;
    static const char bytes[] = "\xD2\xBB\xA1\xA2\xD7\xDC\xD4\xF2\xFF\n\xB6\xFE\xA1\xA2\xB8\xBD\xD4\xF2";
    expect(f, bytes, sizeof bytes - 1, "GB18030", "一、总则\uFFFD\n二、附则");
    const struct gm__warning *w = f->source.warnings.data;
    assert_int_equal(f->source.warnings.count, 1);
    assert_int_equal(w[0].raw, 8);
    assert_int_equal(w[0].at, 12);
}

static void forced(void **state) {
    struct fixture *f = *state;
    f->options.encoding = "big5";
    expect(f, "\xA4\x40\xA1\x42", 4, "BIG5-HKSCS", "一、");
    f->options.encoding = "utf-16";
    expect(f, "\xFE\xFF\x4E\x00", 4, "UTF-16BE", "一");
    f->options.encoding = "windows-1252";
    expect(f, "\xE9", 1, "windows-1252", "é");
    f->options.encoding = "no-such-thing";
    assert_int_equal(decode(f, "x", 1), GM_USAGE);
    assert_string_equal(f->error.id, "unknown-encoding");
}

static void binary_is_no_text(void **state) {
    struct fixture *f = *state;
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0\x90wS\xDE\0\0\0\fIDAT\b\xD7";
    assert_int_equal(decode(f, png, sizeof png - 1), GM_INPUT);
    assert_string_equal(f->error.id, "unknown-input");
    uint32_t seed = 1;
    char noise[4096];
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
    assert_int_equal(decode(f, noise, sizeof noise), GM_INPUT);
    static const char controls[] = "一、甲\a\x1b[31m乙\x1b[0m\n";
    expect(f, controls, sizeof controls - 1, "UTF-8", controls);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_encoding, setup, teardown),
        cmocka_unit_test_setup_teardown(short_inputs, setup, teardown),
        cmocka_unit_test_setup_teardown(short_utf8, setup, teardown),
        cmocka_unit_test_setup_teardown(long_ascii_prefix, setup, teardown),
        cmocka_unit_test_setup_teardown(late_surprises, setup, teardown),
        cmocka_unit_test_setup_teardown(cut_in_the_middle, setup, teardown),
        cmocka_unit_test_setup_teardown(byte_order_marks, setup, teardown),
        cmocka_unit_test_setup_teardown(utf8_is_not_copied, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_bytes_keep_their_place, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_bytes_in_gbk, setup, teardown),
        cmocka_unit_test_setup_teardown(forced, setup, teardown),
        cmocka_unit_test_setup_teardown(binary_is_no_text, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
