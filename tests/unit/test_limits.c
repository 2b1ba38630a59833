/* test_limits.c - what a limit's extremes do, and what a document by pieces is when one of them was refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
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

/* From where it stands to its end, a file or a pipe; it stays open. */
static void an_open_file_is_read_on(void **state) {
    (void)state;
    static const char text[] = "xx一、甲\n二、乙\n";
    const ssize_t len = sizeof text - 1;
    struct gm_options options;
    struct gm_error error;
    struct gm_doc *doc;
    char path[] = "/tmp/gangmu-open-XXXXXX";
    int pipes[2], file = mkstemp(path);
    assert_true(file >= 0 && unlink(path) == 0 && pipe(pipes) == 0);
    assert_true(write(file, text, (size_t)len) == len && write(pipes[1], text, (size_t)len) == len);
    (void)close(pipes[1]);
    char skipped[2];
    assert_true(lseek(file, 2, SEEK_SET) == 2 && read(pipes[0], skipped, 2) == 2);
    gm_options_init(&options);
    const int given[] = {file, pipes[0]};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(gm_doc_parse_fd(&options, given[i], NULL, &doc, &error), GM_OK);
        assert_int_equal(gm_doc_node_count(doc), 3);
        assert_string_equal(gm_doc_name(doc), "");
        gm_doc_free(doc);
        assert_int_equal(close(given[i]), 0);
    }
    assert_int_equal(gm_doc_parse_fd(&options, -1, "名", &doc, &error), GM_INPUT);
    assert_null(doc);
    assert_string_equal(error.id, "read-failed");
    assert_string_equal(error.where, "名");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_largest_limits_limit_nothing),
                                       cmocka_unit_test(an_open_file_is_read_on),
                                       cmocka_unit_test(a_refused_piece_is_not_forgotten)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
