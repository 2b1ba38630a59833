/* test_limits.c - what a limit's extremes do, and what a document by pieces is when one of them was refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "gangmu/gangmu.h"

static void the_largest_limits_limit_nothing(void **state) {
    (void)state;
    struct gm_options options;
    struct gm_error error;
    struct gm_doc *doc;
    gm_options_init(&options);
    options.format = "text";
    options.limits.input_bytes = options.limits.text_bytes = options.limits.memory_bytes = SIZE_MAX;
    options.limits.paragraph_bytes = SIZE_MAX;
    options.limits.nodes = options.limits.depth = options.limits.ratio = UINT32_MAX;
    options.limits.steps_per_byte = UINT64_MAX;
    assert_int_equal(gm_doc_parse_file(&options, SOURCE_DIR "/grammars/base.yaml", &doc, &error), GM_OK);
    gm_doc_free(doc);
}

static void a_refused_piece_is_not_forgotten(void **state) {
    (void)state;
    struct gm_options options;
    struct gm_error error;
    struct gm_feeder *feeder;
    struct gm_doc *doc;
    gm_options_init(&options);
    options.limits.input_bytes = 8;
    assert_int_equal(gm_feeder_new(&options, NULL, &feeder, &error), GM_OK);
    assert_int_equal(gm_feeder_feed(feeder, "一、", 6, &error), GM_OK);
    assert_int_equal(gm_feeder_feed(feeder, "甲", 3, &error), GM_LIMIT);
    assert_int_equal(gm_feeder_feed(feeder, "x", 1, &error), GM_LIMIT);
    assert_int_equal(gm_feeder_finish(feeder, &doc, &error), GM_LIMIT);
    assert_null(doc);
    assert_string_equal(error.id, "input-too-large");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_largest_limits_limit_nothing),
                                       cmocka_unit_test(a_refused_piece_is_not_forgotten)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
