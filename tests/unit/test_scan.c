/* test_scan.c - every vector twin of base/scan.h gives what the plain C gives, on random bytes at every alignment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/scan.h"
#include "random.h"

#define MAX_LEN 300
#define ROOM    (MAX_LEN + 128)

/* Bytes that marks are made of stand close together here. */
static unsigned char mark_byte(uint64_t *random) {
    static const unsigned char bytes[] = {0xE2, 0xE3, 0xEF, 0x80, 0xBC, 0x81, 0x82, 0x83, 0x88, 0x89, 0x8C, 0x94, 0x99,
                                          0x9A, 0x9B, 0x9C, 0x9F, 0xA0, 0xA6, '\n', '\r', ' ',  '!',  '"',  '.',  '/',
                                          '0',  '9',  ':',  '?',  '@',  0xE4, 0xED, 0xF0, 0xF4, 0xC2, 0x7F, 0xFF};
    return bytes[next_random(random) % sizeof bytes];
}

static void fill_bytes(unsigned char *p, size_t len, uint64_t *random) {
    bool marks = next_random(random) % 2;
    for (size_t i = 0; i < len; i++) p[i] = marks ? mark_byte(random) : (unsigned char)(next_random(random) & 0xFF);
}

static uint32_t random_code_point(uint64_t *random) {
    static const uint32_t edges[] = {0,      '\n',   '\r',   ' ',     0x7F,    0x80,    0x7FF,   0x800,    0xFFF,
                                     0x1000, 0x2014, 0x2026, 0x3000,  0x3002,  0x4E00,  0xD7FF,  0xE000,   0xFF0C,
                                     0xFF1A, 0xFFFD, 0xFFFF, 0x10000, 0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFF};
    switch (next_random(random) % 4) {
    case 0: return edges[next_random(random) % GM__COUNT(edges)];
    case 1: return next_random(random) % 0x80;
    default: return 0x4E00 + next_random(random) % 0x5200;
    }
}

/* Well-formed text, perhaps cut in the middle of a code point. */
static void fill_well(unsigned char *p, size_t len, uint64_t *random) {
    size_t at = 0;
    while (at < len) {
        char bytes[4];
        size_t n = gm__utf8_encode(random_code_point(random), bytes);
        for (size_t i = 0; i < n && at < len; i++) p[at++] = (unsigned char)bytes[i];
    }
}

/* The same, then perhaps one byte damaged. */
static void fill_text(unsigned char *p, size_t len, uint64_t *random) {
    fill_well(p, len, random);
    if (len && next_random(random) % 2) p[next_random(random) % len] = (unsigned char)(next_random(random) & 0xFF);
}

/* The definition, one code point at a time. */
static size_t valid_reference(const char *p, size_t len) {
    size_t at = 0;
    while (at < len) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p + at, p + len, &cp);
        if (cp == GM__BAD_CP) break;
        at += n;
    }
    return at;
}

static void compare_valid(const unsigned char *p, size_t len) {
    size_t want = valid_reference((const char *)p, len);
    for (size_t i = 0; gm__scan_all(i); i++) assert_int_equal(gm__scan_all(i)->valid((const char *)p, len), want);
}

static void valid_agrees(void **state) {
    (void)state;
    uint64_t random = 1;
    unsigned char *room = malloc(ROOM);
    assert_non_null(room);
    for (size_t round = 0; round < 8; round++)
        for (size_t len = 0; len <= MAX_LEN; len++)
            for (size_t align = 0; align < 64; align++) {
                if (round % 4)
                    fill_text(room + align, len, &random);
                else
                    fill_bytes(room + align, len, &random);
                compare_valid(room + align, len);
            }
    free(room);
}

/* Each fault, at each place around a block border, after text that is long enough for the vector loops. */
static void valid_finds_each_fault(void **state) {
    (void)state;
    static const char *const faults[] = {"\x80",
                                         "\xBF",
                                         "\xC0\x80",
                                         "\xC1\xBF",
                                         "\xC2",
                                         "\xC2\x41",
                                         "\xE0\x80\x80",
                                         "\xE0\x9F\xBF",
                                         "\xE4\xB8",
                                         "\xE4\xB8\x41",
                                         "\xE4\x41\x80",
                                         "\xED\xA0\x80",
                                         "\xED\xBF\xBF",
                                         "\xF0\x80\x80\x80",
                                         "\xF0\x8F\xBF\xBF",
                                         "\xF0\x9F\x98",
                                         "\xF0\x9F\x98\x41",
                                         "\xF4\x90\x80\x80",
                                         "\xF5\x80\x80\x80",
                                         "\xF8\x88\x80\x80\x80",
                                         "\xFE",
                                         "\xFF",
                                         "\xE4\xB8\x80\x80",
                                         "\xC2\x80\x80"};
    for (size_t f = 0; f < GM__COUNT(faults); f++)
        for (size_t at = 0; at < 200; at++) {
            unsigned char text[260];
            memset(text, 'a', sizeof text);
            memcpy(text + at, faults[f], strlen(faults[f]));
            assert_true(valid_reference((const char *)text, sizeof text) < sizeof text);
            compare_valid(text, sizeof text);
            compare_valid(text, at + strlen(faults[f]));
        }
}

static void valid_takes_all_code_points(void **state) {
    (void)state;
    size_t len = 0;
    char *all = malloc((size_t)0x110000 * 4);
    assert_non_null(all);
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++)
        if (cp < 0xD800 || cp > 0xDFFF) len += gm__utf8_encode(cp, all + len);
    for (size_t i = 0; gm__scan_all(i); i++) assert_int_equal(gm__scan_all(i)->valid(all, len), len);
    free(all);
}

static uint32_t carry_at(const unsigned char *p, size_t at) {
    uint32_t carry = 0;
    for (size_t back = 2; back >= 1; back--) carry = carry << 8 | (at >= back ? p[at - back] : 0u);
    return carry;
}

/* A gate of some Han numerals and brackets; an empty one; one that lets everything pass. */
static struct gm__scan_gate some_gate(void) {
    static const uint32_t passing[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x7B2C, 0x9996, 0x3000, 0xFF08, 0x2460, 0x2473};
    struct gm__scan_gate gate = {.lead = {0}};
    for (size_t i = 0; i < GM__COUNT(passing); i++) gm__scan_gate_add(&gate, passing[i], (unsigned)i % 8);
    return gate;
}

static struct gm__scan_gate open_gate(void) {
    struct gm__scan_gate gate;
    memset(&gate, 0xFF, sizeof gate);
    return gate;
}

static void compare_masks(const unsigned char *p, size_t at, const struct gm__scan_gate *gate) {
    enum { COUNT = 5 };
    struct gm__scan_masks want[COUNT], got[COUNT];
    for (size_t count = 1; count <= COUNT; count += 4) {
        gm__scan_scalar()->blocks(p + at, count, carry_at(p, at), gate, want);
        for (size_t i = 0; gm__scan_all(i); i++) {
            gm__scan_all(i)->blocks(p + at, count, carry_at(p, at), gate, got);
            assert_memory_equal(got, want, count * sizeof want[0]);
        }
    }
}

/* In well-formed text; elsewhere vector code may see other stops. */
static void masks_agree(void **state) {
    (void)state;
    enum { LEN = 5 * GM__SCAN_BLOCK + GM__SCAN_AHEAD };
    const struct gm__scan_gate gates[] = {some_gate(), open_gate(), {.lead = {0}}};
    uint64_t random = 2;
    unsigned char *room = malloc(LEN + GM__SCAN_BLOCK);
    assert_non_null(room);
    for (size_t round = 0; round < 600; round++) {
        fill_well(room, LEN + GM__SCAN_BLOCK, &random);
        for (size_t at = 0; at <= GM__SCAN_BLOCK; at++) compare_masks(room, at, &gates[round % GM__COUNT(gates)]);
    }
    free(room);
}

/* Of few bits, of many, and of none. */
static void places_agree(void **state) {
    (void)state;
    enum { COUNT = 7, ALL = COUNT * GM__SCAN_BLOCK };
    uint64_t random = 4;
    for (size_t round = 0; round < 20000; round++) {
        struct gm__scan_masks masks[COUNT];
        uint32_t got[ALL + GM__SCAN_SPARE], want[ALL], n = 0;
        for (size_t b = 0; b < COUNT; b++) {
            uint64_t bits =
                (uint64_t)next_random(&random) << 32 ^ next_random(&random) ^ (uint64_t)next_random(&random) << 63;
            for (size_t thin = next_random(&random) % 6; thin; thin--)
                bits &= (uint64_t)next_random(&random) << 32 | next_random(&random);
            masks[b] = (struct gm__scan_masks){bits & 0x5555555555555555, bits};
            for (uint32_t i = 0; i < GM__SCAN_BLOCK; i++)
                if (bits >> i & 1) want[n++] = (uint32_t)b * GM__SCAN_BLOCK + i;
        }
        for (size_t i = 0; gm__scan_all(i); i++) {
            assert_int_equal(gm__scan_all(i)->places(masks, COUNT, got), n);
            assert_memory_equal(got, want, n * sizeof *want);
        }
    }
}

/* Does the code point behind p[at] pass, or is p[at] of a line? Slowly, and with another reading of the bytes. */
static bool passes_slowly(const unsigned char *p, const uint64_t *gate, size_t at) {
    uint32_t cp;
    size_t n = gm__utf8_decode((const char *)p + at + 1, (const char *)p + at + 5, &cp);
    return p[at] < ' ' || n % 2 == 0 || (gate[cp / 64] >> cp % 64 & 1);
}

/* A gate of every third code point; places of all kinds, as many as fill no, one or several rounds of sixteen. */
static void pass_agrees(void **state) {
    (void)state;
    enum { MOST = 70, LEN = 400 };
    uint64_t random = 5, gate[1024];
    for (size_t i = 0; i < GM__COUNT(gate); i++) gate[i] = UINT64_C(0x9249249249249249) << i % 3;
    for (size_t round = 0; round < 20000; round++) {
        unsigned char text[LEN];
        uint32_t places[MOST], want[MOST], got[MOST + GM__SCAN_SPARE];
        size_t count = 0, kept = 0, most = next_random(&random) % (MOST + 1);
        fill_well(text, LEN, &random);
        for (uint32_t at = 0; at < LEN - 8 && count < most; at++)
            if ((text[at + 1] & 0xC0) != 0x80 && next_random(&random) % 2) places[count++] = at;
        for (size_t i = 0; i < count; i++)
            if (passes_slowly(text, gate, places[i])) want[kept++] = 1000 + places[i];
        for (size_t i = 0; gm__scan_all(i); i++) {
            memcpy(got, places, sizeof places);
            assert_int_equal(gm__scan_all(i)->pass(text, gate, 1000, got, count), kept);
            assert_memory_equal(got, want, kept * sizeof *want);
        }
    }
}

/* Is p[from..to) well-formed, with the beginning of the code point that runs into it and without that which runs out?
 */
static bool is_well(const unsigned char *p, size_t from, size_t to) {
    for (size_t back = 0; back < 2 && from > 0 && (p[from] & 0xC0) == 0x80; back++) from--;
    for (size_t back = 1; back <= 2 && back <= to - from; back++)
        if (p[to - back] >= 0xC0) {
            to -= p[to - back] >= 0xE0 ? back : 0;
            break;
        }
    return valid_reference((const char *)p + from, to - from) == to - from;
}

/* What is said to be UTF-8 is. */
static void sure_is_well_formed(void **state) {
    (void)state;
    enum { COUNT = 2, LEN = 4 * GM__SCAN_BLOCK };
    const struct gm__scan_gate gate = some_gate();
    struct gm__scan_masks masks[COUNT];
    uint64_t random = 3;
    unsigned char room[LEN];
    size_t sure = 0;
    for (size_t round = 0; round < 20000; round++) {
        size_t at = next_random(&random) % 64;
        if (round % 8)
            for (size_t i = 0; i < LEN; i += 3) memcpy(room + i, "国", i + 3 <= LEN ? 3 : LEN - i);
        else
            fill_well(room, LEN, &random);
        for (size_t damages = round % 3; damages; damages--) room[next_random(&random) % LEN] = mark_byte(&random);
        for (size_t i = 0; gm__scan_all(i); i++)
            if (gm__scan_all(i)->blocks(room + at, COUNT, carry_at(room, at), &gate, masks)) {
                sure++;
                assert_true(is_well(room, at, at + COUNT * GM__SCAN_BLOCK));
            }
    }
    if (strncmp(gm__scan_best()->name, "avx", 3) == 0) assert_true(sure > 10000);
}

/* A gate lets pass what was added to it, and little else of what Chinese is made of. */
static void gate_passes_what_was_added(void **state) {
    (void)state;
    const struct gm__scan_gate gate = some_gate();
    static const char *const in[] = {"一", "二", "三", "四", "第", "首", "　", "（", "①", "⑳", "1x", " x", "\nx", "ée"};
    static const char *const out[] = {"的", "人", "他", "我", "国", "，", "。"};
    for (size_t i = 0; i < GM__COUNT(in); i++) assert_true(gm__scan_gate_passes(&gate, (const unsigned char *)in[i]));
    for (size_t i = 0; i < GM__COUNT(out); i++)
        assert_false(gm__scan_gate_passes(&gate, (const unsigned char *)out[i]));
}

/* What the header promises, at every place of a block and across its border. */
static void every_mark_is_a_stop(void **state) {
    (void)state;
    static const char *const marks[] = {"。", "、", "　", "，", "；", "：", "！", "？", "”", "“",  "’",
                                        "…",  "）", "—",  ";",  ":",  ",",  ".",  "!",  "?", "\"", ")"};
    for (size_t m = 0; m < GM__COUNT(marks); m++)
        for (size_t at = 0; at < GM__SCAN_BLOCK; at++) {
            unsigned char text[3 + 2 * GM__SCAN_BLOCK];
            size_t n = strlen(marks[m]);
            const struct gm__scan_gate gate = open_gate();
            struct gm__scan_masks masks;
            memset(text, 'a', sizeof text);
            memcpy(text + 3 + at + 1 - n, marks[m], n); /* ends at `at` */
            for (size_t i = 0; gm__scan_all(i); i++) {
                gm__scan_all(i)->blocks(text + 3, 1, carry_at(text, 3), &gate, &masks);
                assert_true(masks.stop == UINT64_C(1) << at);
                assert_true(masks.line == 0);
            }
        }
}

static void common_characters_are_no_stops(void **state) {
    (void)state;
    static const char text[] =
        "（一二三四五六七八九十怀着性思而通老退《送》「开」【式】０１９９ abc XYZ 0123456789／引弱张强";
    struct gm__scan_masks masks;
    const struct gm__scan_gate gate = open_gate();
    for (size_t at = 0; at + GM__SCAN_BLOCK + GM__SCAN_AHEAD < sizeof text; at++) {
        const unsigned char *p = (const unsigned char *)text;
        gm__scan_best()->blocks(p + at, 1, carry_at(p, at), &gate, &masks);
        assert_true(masks.stop == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(valid_agrees),
                                       cmocka_unit_test(valid_finds_each_fault),
                                       cmocka_unit_test(valid_takes_all_code_points),
                                       cmocka_unit_test(masks_agree),
                                       cmocka_unit_test(sure_is_well_formed),
                                       cmocka_unit_test(places_agree),
                                       cmocka_unit_test(pass_agrees),
                                       cmocka_unit_test(gate_passes_what_was_added),
                                       cmocka_unit_test(every_mark_is_a_stop),
                                       cmocka_unit_test(common_characters_are_no_stops)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
