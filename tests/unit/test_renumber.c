/* Renumbering through the public interface; numbers in the spelling of a sample; every allocation failing in turn. */
#include "build.h"

#include "grammar/numeral_like.h"

#include <stdlib.h>

/* -------------------------------------------------------------------- numerals */

static void like(enum gm__numeral system, const char *seen, const char *sample, int32_t value, const char *expected) {
    struct gm__spelling s = {0};
    char text[64];
    gm__spelling_learn(&s, system, seen, strlen(seen));
    size_t n = gm__numeral_like(system, &s, sample, strlen(sample), value, text, sizeof text);
    assert_int_equal(n, strlen(expected));
    assert_string_equal(text, expected);
}

static void test_numbers_in_the_spelling_of_a_sample(void **state) {
    (void)state;
    like(GM__NUM_HAN, "三", "三", 12, "十二");
    like(GM__NUM_HAN, "一百零二", "三", 105, "一百零五");
    like(GM__NUM_HAN, "一百〇二", "三", 105, "一百〇五");
    like(GM__NUM_HAN, "一〇", "九", 21, "二一");
    like(GM__NUM_HAN, "廿一", "廿一", 23, "廿三");
    like(GM__NUM_HAN, "廿一", "廿一", 31, "卅一");
    like(GM__NUM_HAN, "百一", "百一", 120, "百二十");
    like(GM__NUM_FORMAL, "贰", "贰", 3, "叁");
    like(GM__NUM_FORMAL, "貳", "貳", 12, "拾貳");
    like(GM__NUM_FORMAL, "壹拾", "贰", 12, "壹拾贰");
    like(GM__NUM_ARABIC, "3", "3", 10, "10");
    like(GM__NUM_ARABIC, "３", "３", 10, "１０");
    like(GM__NUM_ARABIC, "03", "10", 9, "09");
    like(GM__NUM_ARABIC, "００３", "００３", 12, "０１２");
    like(GM__NUM_ROMAN, "Ⅲ", "Ⅲ", 12, "Ⅻ");
    like(GM__NUM_ROMAN, "III", "III", 4, "IV");
    like(GM__NUM_ROMAN_LOWER, "ⅲ", "ⅲ", 13, "xiii");
    like(GM__NUM_LATIN, "Ｃ", "Ｃ", 2, "Ｂ");
    like(GM__NUM_CIRCLED, "⑳", "⑳", 21, "㉑");
    like(GM__NUM_CIRCLED_SANS, "➊", "➊", 3, "➌");
    like(GM__NUM_CIRCLED_SANS, "➀", "➀", 3, "➂");
    like(GM__NUM_STEM, "丙", "丙", 2, "乙");
    like(GM__NUM_PAREN_HAN, "㈩", "㈩", 11, "");
    like(GM__NUM_CIRCLED, "㊿", "㊿", 51, "");
    like(GM__NUM_STEM, "癸", "癸", 11, "");
}

/* --------------------------------------------------------------------- library */

static struct gm_doc *parse(const struct gm_allocator *a, const char *text, enum gm_status *status) {
    struct gm_options options;
    struct gm_doc *doc;
    struct gm_error error;
    gm_options_init(&options);
    options.allocator = a;
    *status = gm_doc_parse(&options, text, strlen(text), "a.txt", &doc, &error);
    return doc;
}

static const char gap[] = "章程\n\n第一条　甲。\n第三条　乙，见第四条。\n第四条　丙，依照《章程法》第四条。\n";
static const char mended[] = "章程\n\n第一条　甲。\n第二条　乙，见第三条。\n第三条　丙，依照《章程法》第四条。\n";

static void test_changes(void **state) {
    (void)state;
    enum gm_status status;
    struct gm_error error;
    struct gm_renumbering *r;
    struct gm_doc *doc = parse(NULL, gap, &status);
    assert_int_equal(gm_doc_renumber(doc, &r, &error), GM_OK);
    assert_int_equal(gm_renumbering_count(r), 3);
    struct gm_change c = gm_renumbering_change(r, 1);
    assert_int_equal(c.kind, GM_CHANGE_REFERENCE);
    assert_string_equal(gm_change_kind_name(c.kind), "reference");
    assert_true(gm__str_eqz(c.old, "四") && gm__str_eqz(c.text, "三"));
    assert_int_equal(c.at.line, 4);
    assert_int_equal(c.at.column, 9);
    assert_int_equal(c.node, 3);
    struct gm__buf out;
    gm__buf_init(&out, &gm__default_allocator, SIZE_MAX);
    const struct gm_sink sink = {build_collect, &out};
    assert_int_equal(gm_renumbering_write(r, NULL, 0, &sink, &error), GM_OK);
    assert_true(gm__str_eqz(gm__str(out.data, out.len), mended));
    gm__buf_clear(&out);
    assert_int_equal(gm_renumbering_write(r, "other bytes", 11, &sink, &error), GM_INPUT);
    assert_string_equal(error.id, "not-reversible");
    assert_int_equal(out.len, 0);
    gm__buf_release(&out);
    gm_renumbering_free(r);
    gm_renumbering_free(NULL);
    gm_doc_free(doc);
}

static void test_made_by_hand(void **state) {
    (void)state;
    struct build b;
    struct gm_error error;
    struct gm_renumbering *r;
    build_init(&b, "a");
    build_open(&b, "一、", "甲");
    struct gm_doc *doc = build_finish(&b);
    assert_int_equal(gm_doc_renumber(doc, &r, &error), GM_USAGE);
    assert_string_equal(error.id, "not-text");
    assert_null(r);
    gm_doc_free(doc);
}

/* ----------------------------------------------------------------- allocations */

struct failing {
    size_t left, live;
};
static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    struct failing *f = ctx;
    (void)old_size;
    if (new_size == 0) {
        f->live -= ptr != NULL;
        free(ptr);
        return NULL;
    }
    if (f->left == 0) return NULL;
    f->left--;
    void *p = realloc(ptr, new_size);
    f->live += p && !ptr;
    return p;
}

static void test_every_allocation_may_fail(void **state) {
    (void)state;
    for (size_t n = 0;; n++) {
        struct failing f = {SIZE_MAX, 0};
        const struct gm_allocator a = {resize, &f};
        enum gm_status status;
        struct gm_error error;
        struct gm_renumbering *r = NULL;
        struct gm_doc *doc = parse(&a, gap, &status);
        assert_int_equal(status, GM_OK);
        f.left = n;
        status = gm_doc_renumber(doc, &r, &error);
        f.left = SIZE_MAX;
        assert_true(status == GM_OK || status == GM_NOMEM);
        assert_true((status == GM_OK) == (r != NULL));
        gm_renumbering_free(r);
        gm_doc_free(doc);
        assert_int_equal(f.live, 0);
        if (status == GM_OK) {
            assert_in_range(n, 3, 1000);
            return;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_in_the_spelling_of_a_sample),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_made_by_hand),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
