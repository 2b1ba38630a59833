/* test_span.c - the vector twins of base/span.h give what their definitions give, at every alignment and length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/span.h"
#include "random.h"

#define MAX_LEN 400
#define FAR_LEN 30000 /* more than what is counted in bytes before it is added up */

/* Text with line ends close together, far apart or not at all; random bytes at times. */
static void fill(char *p, size_t len, uint64_t *random) {
    uint32_t kind = next_random(random) % 4, rare = kind == 0 ? 3 : kind == 1 ? 40 : UINT32_MAX;
    char other = next_random(random) % 2 ? '\r' : '\n'; /* most texts have no CR at all */
    for (size_t i = 0; i < len; i++) {
        uint32_t r = next_random(random);
        if (r % rare == 0)
            p[i] = r & 0x100 ? '\n' : other;
        else
            p[i] = (char)(kind == 3 ? r >> 8 & 0xFF : r & 0x200 ? 0xE4 : r & 0x400 ? 0xB8 : 'a');
    }
}

static void until_agrees(void **state) {
    (void)state;
    static const unsigned rows[][2] = {{0, 0x1F}, {'"', '"'}, {'\\', '\\'}, {0x7F, 0x7F}, {0xBF, 0xC2}, {0xEF, 0xEF}};
    struct gm__byte_set set = {.low = {0}};
    uint64_t random = 1;
    char room[MAX_LEN + 64];
    for (size_t i = 0; i < GM__COUNT(rows); i++) gm__byte_set_add(&set, rows[i][0], rows[i][1]);
    for (unsigned c = 0; c < 256; c++) {
        bool in = false;
        for (size_t i = 0; i < GM__COUNT(rows); i++) in = in || (c >= rows[i][0] && c <= rows[i][1]);
        assert_int_equal(gm__byte_set_has(&set, (unsigned char)c), in);
    }
    for (size_t len = 0; len <= MAX_LEN; len++)
        for (size_t align = 0; align < 64; align++) {
            memset(room, 'a', sizeof room);
            if (len && align % 3) room[align + next_random(&random) % len] = (char)next_random(&random);
            if (align) room[align - 1] = '"'; /* neither before nor behind */
            room[align + len < sizeof room ? align + len : 0] = '"';
            size_t want = 0;
            while (want < len && !gm__byte_set_has(&set, (unsigned char)room[align + want])) want++;
            for (size_t i = 0; gm__span_all(i); i++)
                assert_int_equal(gm__span_all(i)->until(room + align, len, &set), want);
        }
}

/* So that a memory checker sees a byte too many. */
static char *exact_room(size_t size) {
    char *room = malloc(size);
    assert_non_null(room);
    return room;
}

static void line_agrees(void **state) {
    (void)state;
    uint64_t random = 3;
    for (size_t round = 0; round < 20000; round++) {
        size_t whole = 1 + next_random(&random) % MAX_LEN, len = whole - round % 2, want = 0;
        char *text = exact_room(whole);
        fill(text, whole, &random);
        while (want < len && text[want] != '\n' && text[want] != '\r') want++;
        for (size_t i = 0; gm__span_all(i); i++) assert_int_equal(gm__span_all(i)->line(text, len), want);
        free(text);
    }
}

static void twins_agree(void **state) {
    (void)state;
    uint64_t random = 7;
    for (size_t round = 0; round < 20000; round++) {
        size_t whole = 1 + next_random(&random) % MAX_LEN, len = whole - round % 2, want = 0;
        char *text = exact_room(whole);
        for (size_t i = 0; i < whole; i++) text[i] = next_random(&random) % 64 < round % 32 ? '\xAC' : '\xE4';
        while (want + 1 < len && (text[want] != '\xAC' || text[want + 1] != '\xAC')) want++;
        if (want + 1 >= len) want = len;
        for (size_t i = 0; gm__span_all(i); i++) assert_int_equal(gm__span_all(i)->twins(text, len, '\xAC'), want);
        free(text);
    }
}

static void gap_agrees(void **state) {
    (void)state;
    static const char *const pieces[] = {"\xE3\x80\x80", "\xE3\x80\x82", "\xE4\xB8\x80", "a"};
    uint64_t random = 4;
    for (size_t round = 0; round < 20000; round++) {
        size_t most = 1 + next_random(&random) % MAX_LEN, len = 0, want = 0;
        uint32_t rare = round % 2 ? 3 : 40;
        char *text = exact_room(most);
        for (;;) {
            const char *piece = pieces[next_random(&random) % rare ? 1 + next_random(&random) % 3 : 0];
            if (most - len < strlen(piece)) break;
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        char *exact = exact_room(len ? len : 1);
        memcpy(exact, text, len);
        while (len - want >= 6 && memcmp(text + want, "\xE3\x80\x80\xE3\x80\x80", 6) != 0) want++;
        if (len - want < 6) want = len;
        for (size_t i = 0; gm__span_all(i); i++) assert_int_equal(gm__span_all(i)->gap(exact, len), want);
        free(exact);
        free(text);
    }
}

static void non_character_agrees(void **state) {
    (void)state;
    static const char bytes[] = "\xEF\xEF\xBF\xBF\xBE\xBD\xBC\xE4";
    uint64_t random = 5;
    for (size_t round = 0; round < 20000; round++) {
        size_t len = next_random(&random) % MAX_LEN, want = 0;
        uint32_t rare = round % 2 ? 1 : 12;
        char *text = exact_room(len ? len : 1);
        for (size_t i = 0; i < len; i++) text[i] = next_random(&random) % rare ? 'a' : bytes[next_random(&random) % 8];
        if (len > 3 && rare > 1) memcpy(text + next_random(&random) % (len - 2), "\xEF\xBF\xBF", 3);
        while (len - want >= 3 && memcmp(text + want, "\xEF\xBF\xBE", 3) != 0 &&
               memcmp(text + want, "\xEF\xBF\xBF", 3) != 0)
            want++;
        if (len - want < 3) want = len;
        for (size_t i = 0; gm__span_all(i); i++) assert_int_equal(gm__span_all(i)->non_character(text, len), want);
        free(text);
    }
}

/* Each of the list is a mark, none of the others. */
static void marks_are(const struct gm__span *span, const struct gm__marks *set, const char *list, const char *others) {
    for (size_t k = 0; k < 2; k++) {
        const char *all = k ? others : list, *end = all + strlen(all);
        for (size_t at = 0, n; all + at < end; at += n) {
            char text[GM__MARKS_ROOM] = {0};
            uint32_t cp;
            n = gm__utf8_decode(all + at, end, &cp);
            memcpy(text + at % 60, all + at, n);
            assert_true(span->marks(text, set) == (k ? 0 : UINT64_C(1) << at % 60));
        }
    }
}

static void marks_agree(void **state) {
    (void)state;
    static const char brackets[] = "()[]《》〈〉「」『』【】〔〕“”‘’（）［］", stops[] = "\n\r!.;?。…！：；？｡",
                      others[] = "，、　第一条aZ0 ,-:";
    uint64_t random = 6;
    for (size_t i = 0; gm__span_all(i); i++) {
        marks_are(gm__span_all(i), &gm__bracket_marks, brackets, stops);
        marks_are(gm__span_all(i), &gm__bracket_marks, brackets, others);
        marks_are(gm__span_all(i), &gm__sentence_marks, brackets, others);
        marks_are(gm__span_all(i), &gm__sentence_marks, stops, others);
    }
    for (size_t round = 0; round < 20000; round++) {
        const struct gm__marks *set = round % 2 ? &gm__bracket_marks : &gm__sentence_marks;
        char *text = exact_room(GM__MARKS_ROOM);
        for (size_t i = 0; i < GM__MARKS_ROOM; i++) {
            uint32_t r = next_random(&random);
            text[i] = (char)(r % 3 ? 0xE2 + (r >> 8) % 14 : r >> 8);
        }
        for (size_t i = 1; gm__span_all(i); i++)
            assert_true(gm__span_all(0)->marks(text, set) == gm__span_all(i)->marks(text, set));
        free(text);
    }
}

static void breaks_agree(void **state) {
    (void)state;
    static const char *const pieces[] = {"\xE4\xB8\x80", "\xE3\x80\x80", "\xE3\x80\x82", "a", "\n", "\r", "\t", "\xFF"};
    uint64_t random = 6;
    for (size_t round = 0; round < 4000; round++) {
        size_t count = 1 + next_random(&random) % 8, len = 0, all = count * 64 + GM__GAP_ROOM;
        size_t most = round % 3 == 0 ? 1 : round % 3 == 1 ? 3 : GM__COUNT(pieces);
        char *text = exact_room(all);
        while (len < all) {
            const char *piece =
                pieces[next_random(&random) % 64 ? next_random(&random) % most : next_random(&random) % 8];
            for (; *piece && len < all; piece++) text[len++] = *piece;
        }
        for (size_t i = 0; gm__span_all(i); i++) {
            struct gm__breaks found[8];
            size_t blocks = gm__span_all(i)->breaks(text, count, found), block = 0;
            for (size_t at = 0; at < count * 64; at++) {
                if (block < blocks && at / 64 > (size_t)(found[block].at - text) / 64) block++;
                bool pair = memcmp(text + at, "\xE3\x80\x80\xE3\x80\x80", 6) == 0;
                bool seen =
                    block < blocks && found[block].at == text + at / 64 * 64 && found[block].bits >> at % 64 & 1;
                assert_int_equal(seen, pair || (unsigned char)text[at] <= '\r');
            }
            for (block = 0; block < blocks; block++) assert_true(found[block].bits != 0);
        }
        free(text);
    }
}

static void stretch_agrees(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "\xE4\xB8\x80", "\xE3\x80\x80", "\xE3\x80\x82", "\xC2\xB7", "\xF0\xA0\x80\x80", "a", "\xFF", "\n", "\r", "\t"};
    uint64_t random = 5;
    for (size_t round = 0; round < 20000; round++) {
        size_t most = 1 + next_random(&random) % (2 * GM__STRETCH_COUNTED), len = 0;
        uint32_t rare = round % 3 ? 300 : 3; /* one in so many is a control character, or begins no Han */
        char *text = exact_room(most);
        for (;;) {
            uint32_t r = next_random(&random);
            const char *piece = pieces[r % rare ? r % 5 : r / rare % GM__COUNT(pieces)];
            for (; *piece && len < most; piece++) text[len++] = *piece;
            if (len == most) break;
        }
        struct gm__stretch want = {0};
        while (want.len < len && (unsigned char)text[want.len] > '\r') {
            unsigned char c = (unsigned char)text[want.len];
            if (want.len < GM__STRETCH_COUNTED) want.columns += (uint32_t)((c & 0xC0) != 0x80) + (c >= 0xE0);
            want.gap = want.gap || (want.len >= 3 && c == 0xE3 && (unsigned char)text[want.len - 3] == 0xE3);
            want.len++;
        }
        for (size_t i = 0; gm__span_all(i); i++) {
            struct gm__stretch got = gm__span_all(i)->stretch(text, len);
            assert_int_equal(got.len, want.len);
            assert_int_equal(got.columns, want.columns);
            assert_int_equal(got.gap, want.gap);
        }
        free(text);
    }
}

static void pass_agrees(void **state) {
    (void)state;
    uint64_t random = 2;
    for (size_t round = 0; round < 20000; round++) {
        size_t most = round % 64 ? MAX_LEN : FAR_LEN;
        size_t whole = 1 + next_random(&random) % most, len = next_random(&random) % (whole + 1);
        char *text = exact_room(whole);
        fill(text, whole, &random);
        uint32_t line = 7, column = 9;
        for (size_t i = 0; i < len; i++) {
            bool ends = text[i] == '\n' || (text[i] == '\r' && !(i + 1 < whole && text[i + 1] == '\n'));
            line += ends;
            column = ends ? 1 : column + (((unsigned char)text[i] & 0xC0) != 0x80);
        }
        for (size_t i = 0; gm__span_all(i); i++) {
            uint32_t got_line = 7, got_column = 9;
            gm__span_all(i)->pass(text, len, text + whole, &got_line, &got_column);
            assert_int_equal(got_line, line);
            assert_int_equal(got_column, column);
        }
        free(text);
    }
}

/* The first mark of a sentence outside brackets, and the first bracket that closes none, character by character. */
static uint32_t first_mark(const char *text, uint32_t len, struct gm__clause *c) {
    for (uint32_t n; c->at < len; c->at += n) {
        char room[GM__MARKS_ROOM] = {0};
        uint32_t cp;
        n = (uint32_t)gm__utf8_decode(text + c->at, text + len, &cp);
        memcpy(room, text + c->at, n);
        int depth = c->depth + gm__bracket(cp);
        c->depth = depth < 0 ? 0 : depth;
        if (gm__bracket(cp) || !(gm__span_all(0)->marks(room, &gm__sentence_marks) & 1)) continue;
        c->passed |= cp == 0xFF1A ? GM__PASSED_COLON : cp == '\n' || cp == '\r' ? GM__PASSED_LINE : 0u;
        if (c->depth == 0) return c->at;
    }
    return len;
}
static size_t first_closing(const char *text, size_t len) {
    int depth = 0;
    for (size_t at = 0, n; at < len; at += n) {
        uint32_t cp;
        n = gm__utf8_decode(text + at, text + len, &cp);
        if ((depth += gm__bracket(cp)) < 0) return at;
    }
    return len;
}

/* All clauses of the text one by one, and then in one call. */
static void clauses_are_found(const struct gm__span *span, const char *text, uint32_t len) {
    struct gm__clause want = {.end = len}, got = want, begun[302], found[302];
    size_t count = 0;
    for (; want.at < len; count++) {
        begun[count] = want;
        uint32_t at = first_mark(text, len, &want), cp;
        span->clauses(text, &got, 1);
        assert_int_equal(got.at, at);
        assert_int_equal(got.depth, want.depth);
        assert_int_equal(got.passed, want.passed);
        found[count] = got;
        if (at < len) want.at = got.at += (uint32_t)gm__utf8_decode(text + at, text + len, &cp);
    }
    span->clauses(text, begun, count);
    assert_memory_equal(begun, found, count * sizeof *found);
}

static void clauses_agree(void **state) {
    (void)state;
    static const char *const pieces[] = {"加", "强", "领", "，", "、", "。", "；", "：", "“", "”", "（", "）",
                                         "《", "》", "\n", "\r", "(",  ")",  ".",  "a",  " ", "é", "！", "🙂"};
    uint64_t random = 8;
    for (size_t round = 0; round < 20000; round++) {
        char text[300 + GM__MARKS_ROOM] = {0};
        size_t len = 0, most = 4 + next_random(&random) % 292;
        uint32_t rare = 1 + next_random(&random) % 20;
        while (len + 4 <= most) {
            uint32_t r = next_random(&random);
            const char *piece = pieces[r % rare ? r / rare % 4 : r / rare % GM__COUNT(pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        for (size_t i = 0; gm__span_all(i); i++) {
            assert_int_equal(gm__span_all(i)->closing(text, len), first_closing(text, len));
            clauses_are_found(gm__span_all(i), text, (uint32_t)len);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(until_agrees),         cmocka_unit_test(line_agrees),
                                       cmocka_unit_test(gap_agrees),           cmocka_unit_test(twins_agree),
                                       cmocka_unit_test(pass_agrees),          cmocka_unit_test(stretch_agrees),
                                       cmocka_unit_test(marks_agree),          cmocka_unit_test(breaks_agree),
                                       cmocka_unit_test(non_character_agrees), cmocka_unit_test(clauses_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
