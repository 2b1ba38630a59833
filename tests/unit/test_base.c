/* test_base.c - allocator, buffer, UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base.h"

static void utf8_round_trip(void **state) {
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        char bytes[4];
        uint32_t back;
        size_t n = gm__utf8_encode(cp, bytes);
        assert_int_equal(gm__utf8_decode(bytes, bytes + n, &back), n);
        assert_int_equal(back, cp);
        assert_int_equal(gm__utf8_decode_back(bytes, bytes + n, &back), n);
        assert_int_equal(back, cp);
    }
}

/* At either end every blank goes and nothing else does. */
static void trim_agrees_with_blanks(void **state) {
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        char text[16] = "字";
        size_t n = gm__utf8_encode(cp, text + 3), blank = gm__is_space(cp) ? n : 0;
        memcpy(text + 3 + n, "字", 3);
        assert_int_equal(gm__str_trim(gm__str(text, 3 + n)).len, 3 + n - blank);
        assert_int_equal(gm__str_trim(gm__str(text + 3, n)).len, n - blank);
        assert_int_equal(gm__str_trim(gm__str(text + 3, n + 3)).len, 3 + n - blank);
    }
}

static void buffer_keeps_its_maximum(void **state) {
    (void)state;
    struct gm__buf b;
    gm__buf_init(&b, &gm__default_allocator, 5);
    assert_int_equal(gm__buf_add(&b, "12345", 5), GM_OK);
    assert_int_equal(gm__buf_add(&b, "6", 1), GM_LIMIT);
    assert_int_equal(b.len, 5);
    gm__buf_release(&b);
}

/* Blocks keep what is in them, from the heap to mappings of their own and back. */
static void blocks_keep_their_bytes(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 5000, 3u << 20, (4u << 20) - 1, 4u << 20, (4u << 20) + 1, 9u << 20, 64};
    const struct gm_allocator *a = &gm__default_allocator;
    for (size_t i = 0; i < GM__COUNT(sizes); i++)
        for (size_t k = 0; k < GM__COUNT(sizes); k++) {
            unsigned char *block = gm__alloc(a, sizes[i]);
            assert_non_null(block);
            for (size_t at = 0; at < sizes[i]; at += 997) block[at] = (unsigned char)(at / 997 + i);
            block = gm__resize(a, block, sizes[i], sizes[k]);
            assert_non_null(block);
            for (size_t at = 0; at < sizes[i] && at < sizes[k]; at += 997)
                assert_int_equal(block[at], (unsigned char)(at / 997 + i));
            block[sizes[k] - 1] = 1; /* all of it is there */
            assert_null(gm__resize(a, block, sizes[k], SIZE_MAX - 4096));
            gm__free(a, block, sizes[k]);
        }
    assert_null(gm__alloc(a, SIZE_MAX));
    assert_null(gm__resize(a, NULL, 0, 0));
}

/* The look at three bytes passes no blank over. */
static void every_blank_may_be_one(void **state) {
    (void)state;
    for (uint32_t cp = 1; cp < 0x10000; cp++) {
        char text[8] = "xxx";
        if (!gm__is_space(cp) || (cp >= 0xD800 && cp < 0xE000)) continue;
        size_t len = gm__utf8_encode(cp, text);
        if (!gm__may_be_blank(text)) fail_msg("U+%04X begins", cp);
        memcpy(text, "xxx", 4);
        gm__utf8_encode(cp, text + 3);
        if (!gm__may_end_blank(text + 3 + len)) fail_msg("U+%04X ends", cp);
    }
    assert_false(gm__may_be_blank("“船") || gm__may_be_blank("《船") || gm__may_be_blank("船") ||
                 gm__may_be_blank("1 x"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_blank_may_be_one),  cmocka_unit_test(utf8_round_trip),
        cmocka_unit_test(trim_agrees_with_blanks), cmocka_unit_test(buffer_keeps_its_maximum),
        cmocka_unit_test(blocks_keep_their_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
