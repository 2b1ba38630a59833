/* test_xml.c - XML in pieces: strings of every length around the size of the buffer leave the mark-up as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <gangmu/gangmu.h>

struct output {
    char *data;
    size_t len, room;
};

static enum gm_status append(void *ctx, const char *bytes, size_t len) {
    struct output *to = ctx;
    if (to->room - to->len < len + 1) {
        to->room = (to->len + len + 1) * 2;
        to->data = realloc(to->data, to->room);
        assert_non_null(to->data);
    }
    memcpy(to->data + to->len, bytes, len);
    to->len += len;
    to->data[to->len] = '\0';
    return GM_OK;
}

static void write_as(struct output *to, const char *text, const char *format, enum gm_text_amount amount) {
    struct gm_doc *doc;
    struct gm_write_options options;
    struct gm_sink sink = {append, to};
    gm_write_options_init(&options);
    options.text = amount;
    assert_int_equal(gm_doc_parse(NULL, text, strlen(text), "a.txt", &doc, NULL), GM_OK);
    assert_int_equal(gm_doc_write(doc, format, &options, &sink, NULL), GM_OK);
    gm_doc_free(doc);
}

/* A short paragraph, one of that many x and a mark to escape, a short one, a point below a point. */
static char *text_of(size_t len) {
    static const char before[] = "z。\n", after[] = "<。\ny。\n一、甲\n（一）乙\n";
    char *text = malloc(len + sizeof before + sizeof after);
    assert_non_null(text);
    memcpy(text, before, sizeof before - 1);
    memset(text + sizeof before - 1, 'x', len);
    memcpy(text + sizeof before - 1 + len, after, sizeof after);
    return text;
}

static void expect(const struct output *got, size_t *at, const char *want) {
    assert_true(*at + strlen(want) <= got->len);
    assert_memory_equal(got->data + *at, want, strlen(want));
    *at += strlen(want);
}

static void expect_run(const struct output *got, size_t *at, size_t len) {
    assert_true(*at + len <= got->len);
    for (size_t i = 0; i < len; i++, ++*at) assert_int_equal(got->data[*at], 'x');
}

static void check(size_t len, const char *format, enum gm_text_amount amount, const char *before, const char *after) {
    char *text = text_of(len);
    struct output got = {NULL, 0, 0};
    write_as(&got, text, format, amount);
    const char *start = strstr(got.data, before);
    assert_non_null(start);
    size_t at = (size_t)(start - got.data) + strlen(before);
    expect_run(&got, &at, len);
    expect(&got, &at, after);
    free(got.data);
    free(text);
}

static void every_length(void **state) {
    (void)state;
    for (size_t len = 1; len<25000; len += len> 7900 && len < 8300 ? 1 : 211) {
        check(len, "xml", GM_TEXT_FULL, " <text>\n  <p>z。</p>\n  <p>",
              "&lt;。</p>\n  <p>y。</p>\n </text>\n <outline>\n  <node ");
        check(len, "opml", GM_TEXT_FULL, " <body>\n  <outline text=\"z。\"/>\n  <outline text=\"",
              "&lt;。\"/>\n  <outline text=\"y。\"/>\n  <outline text=\"一、甲\">\n   <outline text=\"（一）乙\"/>\n"
              "  </outline>\n </body>\n</opml>\n");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_length)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
