/* test_writers.c - what the writers make of documents built by hand. */
#include "build.h"
#include "output/model.h"

#include <inttypes.h>
#include <libxml/xmlmemory.h>
#include <limits.h>
#include <stdio.h>

static struct gm_doc *small(void) {
    struct build b;
    build_init(&b, "a.txt");
    build_matter(&b, GM_MATTER_TITLE, "讲话");
    b.doc->title = gm__str("讲话", 6);
    build_matter(&b, GM_MATTER_SALUTATION, "同志们：");
    build_text(&b, "开场。");
    build_open(&b, "一、", "认清形势");
    build_text(&b, "正文 *一*。");
    build_open(&b, "（一）", "成绩");
    build_close(&b);
    build_open(&b, "1.", "不足");
    build_close(&b);
    build_close(&b);
    build_open(&b, "第二章", "任务");
    build_close(&b);
    build_matter(&b, GM_MATTER_CLOSING, "谢谢大家！");
    return build_finish(&b);
}

static void expect(const struct gm_doc *doc, const char *format, const struct gm_write_options *options,
                   const char *want) {
    struct gm__buf buf = build_write(doc, format, options);
    assert_string_equal(buf.data, want);
    gm__buf_release(&buf);
}

static struct gm_write_options options_of(const char *style, enum gm_text_amount text) {
    struct gm_write_options o;
    gm_write_options_init(&o);
    o.style = style;
    o.text = text;
    return o;
}

static void json_is_the_model(void **state) {
    (void)state;
    struct gm_doc *doc = small();
    struct gm_write_options o = options_of("compact", GM_TEXT_FULL);
    o.depth = 1;
    expect(
        doc, "json", &o,
        "{\"gangmu\":1,\"source\":{\"format\":\"text\",\"name\":\"a.txt\",\"encoding\":\"UTF-8\",\"grammar\":\"auto\"},"
        "\"title\":\"讲话\",\"text\":[\"开场。\"],\"outline\":["
        "{\"kind\":\"section\",\"level\":1,\"label\":\"一、\",\"title\":\"认清形势\","
        "\"start\":{\"byte\":30,\"line\":4,\"column\":1},\"end\":{\"byte\":90,\"line\":8,\"column\":1},"
        "\"text\":[\"正文 *一*。\",\"（一）成绩\",\"1.不足\"],\"children\":[]},"
        "{\"kind\":\"section\",\"level\":1,\"label\":\"第二章\",\"title\":\"任务\","
        "\"start\":{\"byte\":90,\"line\":8,\"column\":1},\"end\":{\"byte\":106,\"line\":9,\"column\":1},\"children\":["
        "]}"
        "],\"tail\":[\"谢谢大家！\"],\"matter\":[{\"kind\":\"title\",\"line\":1,\"text\":\"讲话\"},"
        "{\"kind\":\"salutation\",\"line\":2,\"text\":\"同志们：\"},"
        "{\"kind\":\"closing\",\"line\":9,\"text\":\"谢谢大家！\"}]}\n");
    gm_doc_free(doc);
}

static void markdown_has_headings_or_a_list(void **state) {
    (void)state;
    struct gm_doc *doc = small();
    expect(doc, "markdown", NULL,
           "# 讲话\n\n同志们：\n\n开场。\n\n## 一、认清形势\n\n正文 \\*一\\*。\n\n### （一）成绩\n\n### 1. 不足\n\n"
           "## 第二章 任务\n\n谢谢大家！\n");
    struct gm_write_options o = options_of("list", GM_TEXT_NONE);
    expect(doc, "markdown", &o, "# 讲话\n\n- 一、认清形势\n  - （一）成绩\n  - 1\\. 不足\n- 第二章 任务\n");
    o.text = GM_TEXT_FULL;
    expect(doc, "markdown", &o,
           "# 讲话\n\n同志们：\n\n开场。\n\n- 一、认清形势\n\n  正文 \\*一\\*。\n\n  - （一）成绩\n\n  - 1\\. 不足\n\n"
           "- 第二章 任务\n\n谢谢大家！\n");
    gm_doc_free(doc);
}

/* The lines that the reference names as mark-up, and those that are none. */
static void markdown_escapes_line_starts(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"1. x", "1\\. x"},
        {"1) x", "1\\) x"},
        {"2024. x", "2024\\. x"},
        {"- x", "\\- x"},
        {"+ x", "\\+ x"},
        {"* x", "\\* x"},
        {"# x", "\\# x"},
        {"> x", "\\> x"},
        {"---", "\\---"},
        {"***", "\\*\\*\\*"},
        {"```c", "\\`\\`\\`c"},
        {"~~~", "\\~\\~\\~"},
        {"[1]: x", "\\[1]: x"},
        {"<b>x", "\\<b>x"},
        {"| a |", "\\| a \\|"},
        {"&amp;", "\\&amp;"},
        {"![a](b)", "\\!\\[a](b)"},
        {"a_b _c_", "a_b \\_c\\_"},
        {"1.x", "1.x"},
        {"1、x", "1、x"},
        {"（1）x", "（1）x"},
        {"-x", "-x"},
        {"#x", "#x"},
        {"1234567890. x", "1234567890. x"},
        {"a < b & c", "a < b & c"},
        {"1.5亿", "1.5亿"},
        {"-- x", "\\-- x"},
    };
    for (size_t i = 0; i < GM__COUNT(rows); i++) {
        struct build b;
        char want[64] = "";
        build_init(&b, NULL);
        build_text(&b, rows[i][0]);
        struct gm_doc *doc = build_finish(&b);
        (void)strcat(strcat(want, rows[i][1]), "\n");
        expect(doc, "markdown", NULL, want);
        gm_doc_free(doc);
    }
}

static void same_place(struct gm_pos got, struct gm_pos want) {
    assert_int_equal(got.byte, want.byte);
    assert_int_equal(got.line, want.line);
    assert_int_equal(got.column, want.column);
}

/* Rising, falling and far apart, over every kind of line end: the same places as gm_doc_locate gives, with the marks
 * that long lines have or without. */
static void places_agree_with_the_document(void **state) {
    (void)state;
    struct build b;
    uint32_t seed = 7;
    static const char *const pieces[] = {"a", "一", "\n", "\r", "\r\n", "𠮷", "\xC3\xA9", "\n\r"};
    build_init(&b, NULL);
    for (int i = 0; i < 40000; i++) {
        seed = seed * 1664525u + 1013904223u;
        const char *piece = pieces[i < 29000 && i > 4000 ? 1 : (seed >> 16) % GM__COUNT(pieces)]; /* with a long line */
        build_raw(&b, piece, strlen(piece));
    }
    struct gm_doc *doc = build_finish(&b);
    struct gm__locator l;
    gm__locator_init(&l, doc);
    assert_int_equal(gm__doc_mark_places(doc), GM_OK);
    assert_non_null(doc->marks);
    struct gm__place_mark *marks = doc->marks;
    for (size_t i = 0; i < 10000; i++) {
        seed = seed * 1664525u + 1013904223u;
        size_t byte = i < 5000 ? i * 17 : (seed >> 8) % (doc->text_len + 9);
        doc->marks = NULL;
        struct gm_pos want = gm_doc_locate(doc, byte);
        doc->marks = marks;
        same_place(i % 3 ? gm__locator_at(&l, byte) : gm__locator_ahead(&l, byte), want);
        same_place(gm_doc_locate(doc, byte), want);
    }
    gm__locator_release(&l);
    gm_doc_free(doc);
}

static void a_style_is_one_of_the_writer_s(void **state) {
    (void)state;
    struct gm_doc *doc = small();
    struct gm__buf buf;
    gm__buf_init(&buf, &gm__default_allocator, SIZE_MAX);
    struct gm_sink sink = {build_collect, &buf};
    static const char *const wrong[] = {"compac", "compactt", "", "COMPACT", "lines compact"};
    for (size_t i = 0; i < GM__COUNT(wrong); i++) {
        struct gm_write_options o = options_of(wrong[i], GM_TEXT_FULL);
        struct gm_error error;
        assert_int_equal(gm_doc_write(doc, "json", &o, &sink, &error), GM_USAGE);
        assert_string_equal(error.id, "unknown-style");
        assert_int_equal(gm_doc_write(doc, "xml", &o, &sink, &error), GM_USAGE);
    }
    assert_int_equal(buf.len, 0);
    struct gm_write_options o = options_of("lines", GM_TEXT_FULL);
    assert_int_equal(gm_doc_write(doc, "json", &o, &sink, NULL), GM_OK);
    gm__buf_release(&buf);
    gm_doc_free(doc);
}

static enum gm_status full_disk(void *ctx, const char *bytes, size_t len) {
    (void)ctx, (void)bytes, (void)len;
    return GM_OUTPUT;
}

static void every_writer_reports_a_failing_sink(void **state) {
    (void)state;
    struct gm_doc *doc = small();
    struct gm_sink sink = {full_disk, NULL};
    for (size_t i = 0; gm_writer_at(i); i++) {
        struct gm_error error;
        assert_int_equal(gm_doc_write_with(doc, gm_writer_at(i), NULL, &sink, &error), GM_OUTPUT);
        assert_int_equal(error.status, GM_OUTPUT);
    }
    gm_doc_free(doc);
}

/* Fails the allocation number `left` and all that follow. */
static void *failing_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    long *left = ctx;
    if (new_size && (*left)-- <= 0) return NULL;
    return gm__default_allocator.resize(NULL, ptr, old_size, new_size);
}

static void every_writer_survives_failing_allocations(void **state) {
    (void)state;
    struct gm_doc *doc = small();
    for (size_t i = 0; gm_writer_at(i); i++) {
        enum gm_status status = GM_NOMEM;
        for (long n = 0; status == GM_NOMEM && n < 200; n++) {
            long left = n;
            struct gm_allocator allocator = {failing_resize, &left};
            struct gm__buf buf;
            struct gm_error error;
            gm__buf_init(&buf, &gm__default_allocator, SIZE_MAX);
            struct gm_sink sink = {build_collect, &buf};
            doc->allocator = &allocator;
            status = gm_doc_write_with(doc, gm_writer_at(i), NULL, &sink, &error);
            doc->allocator = &gm__default_allocator;
            gm__buf_release(&buf);
            assert_true(n > 0 || status == GM_NOMEM);
        }
        assert_int_equal(status, GM_OK);
    }
    gm_doc_free(doc);
}

/* Each string at each place of an eight-byte word, since the writers look at words first. */
static void strings_are_escaped_wherever_they_stand(void **state) {
    (void)state;
    static const char *const rows[][4] = {
        /* text, XML, JSON, YAML */
        {
            "\xEF\xBF\xBE一",
            "\xEF\xBF\xBD一",
            "\xEF\xBF\xBE一",
            "\"",
        },
        {"\xEF\xBF\xBF", "\xEF\xBF\xBD", "\xEF\xBF\xBF", "\""},
        {"\xEF\xBF\xBD，俿", "\xEF\xBF\xBD，俿", "\xEF\xBF\xBD，俿", ""},
        {"\x01", "\xEF\xBF\xBD", "\\u0001", "\""},
        {"\"", "\"", "\\\"", NULL},
        {"\\", "\\", "\\\\", NULL},
        {"<&>", "&lt;&amp;&gt;", "<&>", NULL},
        {"\x7F", "\x7F", "\x7F", "\""},
        {"\xE2\x80\xA8", "\xE2\x80\xA8", "\xE2\x80\xA8", "\""},
        {"\xC2\x85", "\xC2\x85", "\xC2\x85", "\""},
    };
    for (size_t i = 0; i < GM__COUNT(rows); i++) {
        for (size_t before = 0; before < 17; before++) {
            char title[64], want[96];
            struct build b;
            build_init(&b, NULL);
            (void)snprintf(title, sizeof title, "一%.*s%s二", (int)before, "aaaaaaaaaaaaaaaaaaaa", rows[i][0]);
            (void)build_open(&b, "", title);
            struct gm_doc *doc = build_finish(&b);
            static const char *const formats[] = {"xml", "json"};
            for (size_t f = 0; f < 2; f++) {
                struct gm__buf buf = build_write(doc, formats[f], NULL);
                (void)snprintf(want, sizeof want, "一%.*s%s二", (int)before, "aaaaaaaaaaaaaaaaaaaa", rows[i][1 + f]);
                assert_non_null(strstr(buf.data, want));
                gm__buf_release(&buf);
            }
            struct gm__buf buf = build_write(doc, "yaml", NULL);
            (void)snprintf(want, sizeof want, "title: %s一", rows[i][3] ? rows[i][3] : "");
            assert_non_null(strstr(buf.data, want));
            gm__buf_release(&buf);
            gm_doc_free(doc);
        }
    }
}

/* libxml2 has its own allocations, one of which fails. Global, since its hook takes no context. Nothing is given
 * back: when libxml2 cannot put an element on its stack it loses the element, which a leak checker would report. */
static long xml_left = LONG_MAX;
static struct {
    _Alignas(16) char bytes[32 << 20];
    size_t used;
} xml_pool;

static void *xml_malloc(size_t size) {
    size_t whole = (size + 31) & ~(size_t)15; /* the size before each block */
    if (xml_left-- <= 0 || whole > sizeof xml_pool.bytes - xml_pool.used) return NULL;
    char *block = xml_pool.bytes + xml_pool.used + 16;
    memcpy(block - 16, &size, sizeof size);
    xml_pool.used += whole;
    return block;
}

static void *xml_realloc(void *old, size_t size) {
    size_t had = 0;
    void *block = xml_malloc(size);
    if (old) memcpy(&had, (char *)old - 16, sizeof had);
    return block && old ? memcpy(block, old, had < size ? had : size) : block;
}

static void xml_free(void *block) { (void)block; }

static char *xml_strdup(const char *string) {
    size_t size = strlen(string) + 1;
    char *copy = xml_malloc(size);
    return copy ? memcpy(copy, string, size) : NULL;
}

static void xml_without_memory_is_never_cut_short(void **state) {
    (void)state;
    static const char *const formats[] = {"xml", "opml"};
    struct gm_doc *doc = small();
    assert_int_equal(xmlMemSetup(xml_free, xml_malloc, xml_realloc, xml_strdup), 0);
    for (size_t i = 0; i < GM__COUNT(formats); i++) {
        struct gm__buf whole = build_write(doc, formats[i], NULL);
        enum gm_status status = GM_NOMEM;
        for (long n = 0; status != GM_OK; n++) {
            struct gm__buf buf;
            gm__buf_init(&buf, &gm__default_allocator, SIZE_MAX);
            struct gm_sink sink = {build_collect, &buf};
            xml_left = n;
            status = gm_doc_write(doc, formats[i], NULL, &sink, NULL);
            xml_left = LONG_MAX;
            assert_true(status == GM_OK || status == GM_NOMEM);
            if (status == GM_OK) {
                assert_int_equal(buf.len, whole.len);
                assert_memory_equal(buf.data, whole.data, whole.len);
                assert_true(n > 3);
            }
            gm__buf_release(&buf);
        }
        gm__buf_release(&whole);
    }
    gm_doc_free(doc);
}

/* Every length that a number may have, and both sides of each step. */
static void numbers_are_decimal(void **state) {
    (void)state;
    char digits[24], want[24];
    uint64_t bound = 1;
    for (int length = 1; length < 20; length++, bound *= 10)
        for (int64_t step = -1; step <= 1; step++)
            for (int64_t sign = -1; sign <= 1; sign += 2) {
                int64_t value = ((int64_t)bound + step) * sign;
                struct gm_str got = gm__digits(value, digits);
                assert_int_equal(got.len, snprintf(want, sizeof want, "%" PRId64, value));
                assert_memory_equal(got.ptr, want, got.len);
            }
    assert_memory_equal(gm__digits(INT64_MIN, digits).ptr, "-9223372036854775808", 20);
    assert_memory_equal(gm__digits(INT64_MAX, digits).ptr, "9223372036854775807", 19);
}

/* More blanks than are written at once. */
static void a_deep_outline_is_indented(void **state) {
    (void)state;
    struct build b;
    build_init(&b, "a.txt");
    for (int i = 0; i < 100; i++) build_open(&b, "一、", "题");
    for (int i = 0; i < 100; i++) build_close(&b);
    struct gm_doc *doc = build_finish(&b);
    struct gm__buf buf = build_write(doc, "json", NULL);
    char line[256];
    for (int level = 1; level <= 100; level++) {
        (void)snprintf(line, sizeof line, "[\n%*s{\"kind\":\"section\",\"level\":%d,", 2 * level, "", level);
        assert_non_null(strstr(buf.data, line));
    }
    gm__buf_release(&buf);
    gm_doc_free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(json_is_the_model),
                                       cmocka_unit_test(numbers_are_decimal),
                                       cmocka_unit_test(a_deep_outline_is_indented),
                                       cmocka_unit_test(markdown_has_headings_or_a_list),
                                       cmocka_unit_test(markdown_escapes_line_starts),
                                       cmocka_unit_test(places_agree_with_the_document),
                                       cmocka_unit_test(strings_are_escaped_wherever_they_stand),
                                       cmocka_unit_test(a_style_is_one_of_the_writer_s),
                                       cmocka_unit_test(every_writer_reports_a_failing_sink),
                                       cmocka_unit_test(every_writer_survives_failing_allocations),
                                       cmocka_unit_test(xml_without_memory_is_never_cut_short)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
