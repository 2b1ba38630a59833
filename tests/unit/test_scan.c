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

/* Which code points may follow a stop, and the same roughly. */
struct gates {
    uint64_t bits[1024];
    struct gm__scan_gate rough;
    struct gm__scan_gates both;
};

/* Of some Han numerals, brackets and blanks; of nothing; of all. */
static const struct gates *gates_of(size_t kind) {
    static const uint32_t passing[] = {' ',    'A',    '1',    0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                       0x7B2C, 0x9996, 0x3000, 0xFF08, 0x2460, 0x2473};
    static struct gates gates;
    memset(&gates, kind == 2 ? 0xFF : 0, sizeof gates);
    for (size_t i = 0; kind == 0 && i < GM__COUNT(passing); i++) {
        gates.bits[passing[i] / 64] |= UINT64_C(1) << passing[i] % 64;
        gm__scan_gate_add(&gates.rough, passing[i], (unsigned)i % 8);
    }
    if (kind == 2) gates.bits[0] &= ~(UINT64_C(1) << '\n' | UINT64_C(1) << '\r' | UINT64_C(1) << '\t');
    gates.both = (struct gm__scan_gates){gates.bits, &gates.rough};
    return &gates;
}

/* The code point that ends at p[at] is a mark, or ends like one. Slowly, and with another reading of the bytes. */
static bool is_stop(const unsigned char *p, size_t from, size_t at) {
    uint32_t cp;
    size_t n = gm__utf8_decode_back((const char *)p + from, (const char *)p + at + 1, &cp);
    if (n == 1) return cp > ' ' && cp < 0x80 && strchr("!\"#$%&'()*+,-.:;<=>?", (int)cp);
    if (n != 3) return false;
    return (cp >= 0x2000 && cp < 0x3000) || (cp >= 0x3000 && cp < 0x4000 && cp % 64 <= 2) ||
           (cp >= 0xF000 && strchr("\x01\x09\x0C\x1A\x1B\x1C\x1D\x1E\x1F", (int)(cp % 64)) && cp % 64);
}

static bool is_event(const unsigned char *p, size_t from, size_t at, const uint64_t *gate) {
    uint32_t cp;
    if (p[at] == '\n' || p[at] == '\r' || p[at] == '\t') return true;
    if ((p[at + 1] & 0xC0) == 0x80 || !is_stop(p, from, at)) return false;
    size_t n = gm__utf8_decode((const char *)p + at + 1, (const char *)p + at + 5, &cp);
    return n % 2 == 0 || (gate[cp / 64] >> cp % 64 & 1);
}

#define MOST_EVENTS (GM__SCAN_MOST * GM__SCAN_BLOCK)

/* Of `count` blocks at p + at, in a text that begins at p. */
static void compare_events(const unsigned char *p, size_t at, size_t count, const struct gates *gates) {
    static uint32_t want[MOST_EVENTS], got[MOST_EVENTS + GM__SCAN_SPARE];
    size_t n = 0, from = 0;
    while ((p[from] & 0xC0) == 0x80) from++;
    for (size_t i = 0; i < count * GM__SCAN_BLOCK; i++)
        if (is_event(p, from, at + i, gates->bits)) want[n++] = 1000 + (uint32_t)i;
    for (size_t i = 0; gm__scan_all(i); i++) {
        bool sure;
        assert_int_equal(gm__scan_all(i)->events(p + at, count, carry_at(p, at), &gates->both, 1000, got, &sure), n);
        assert_memory_equal(got, want, n * sizeof *want);
    }
}

/* In well-formed text; elsewhere vector code may see other stops. Few blocks, and as many as go at once. */
static void events_agree(void **state) {
    (void)state;
    enum { LEN = (GM__SCAN_MOST + 2) * GM__SCAN_BLOCK };
    uint64_t random = 2;
    unsigned char *room = malloc(LEN);
    assert_non_null(room);
    for (size_t round = 0; round < 600; round++) {
        size_t most = round % 6 ? 9 : GM__SCAN_MOST, count = 1 + next_random(&random) % most;
        const struct gates *gates = gates_of(round % 3);
        fill_well(room, LEN, &random);
        for (size_t at = 0; at <= GM__SCAN_BLOCK; at += 1 + round % 6 / 5) compare_events(room, at, count, gates);
    }
    free(room);
}

/* Marks stand close together: each block has as many events as it can, some, or none. */
static void crowded_events_agree(void **state) {
    (void)state;
    enum { LEN = 13 * GM__SCAN_BLOCK };
    static const char *const pieces[] = {"\n",
                                         "\t",
                                         ",",
                                         "。",
                                         "，",
                                         "：",
                                         "…",
                                         "一",
                                         "国",
                                         "é",
                                         "𠀀",
                                         "①",
                                         "ぁ",
                                         "a",
                                         "”",
                                         "\xF2\x80\x80\x81",
                                         "\xF3\xA0\x80\x81"}; /* U+80001, U+E0001 */
    uint64_t random = 4;
    unsigned char room[LEN + 4];
    for (size_t round = 0; round < 3000; round++) {
        size_t few = 1 + next_random(&random) % GM__COUNT(pieces), skip = next_random(&random) % GM__COUNT(pieces);
        for (size_t i = 0; i < LEN;) {
            const char *piece = pieces[(skip + next_random(&random) % few) % GM__COUNT(pieces)];
            memcpy(room + i, piece, strlen(piece));
            i += strlen(piece);
        }
        compare_events(room, next_random(&random) % 64, 1 + next_random(&random) % 11, gates_of(round % 3));
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
    const struct gates *gates = gates_of(0);
    uint32_t events[COUNT * GM__SCAN_BLOCK + GM__SCAN_SPARE];
    uint64_t random = 3;
    unsigned char room[LEN];
    size_t sure = 0;
    for (size_t round = 0; round < 40000; round++) {
        size_t at = next_random(&random) % 64;
        if (round % 8)
            for (size_t i = 0; i < LEN; i += 3) memcpy(room + i, "国", i + 3 <= LEN ? 3 : LEN - i);
        else
            fill_well(room, LEN, &random);
        for (size_t damages = round % 3; damages; damages--) room[next_random(&random) % LEN] = mark_byte(&random);
        for (size_t i = 0; gm__scan_all(i); i++) {
            bool said;
            gm__scan_all(i)->events(room + at, COUNT, carry_at(room, at), &gates->both, 0, events, &said);
            sure += said;
            if (said) assert_true(is_well(room, at, at + COUNT * GM__SCAN_BLOCK));
        }
    }
    if (strncmp(gm__scan_best()->name, "avx", 3) == 0) assert_true(sure > 20000);
}

/* A gate lets pass what was added to it, and little else of what Chinese is made of. */
static void gate_passes_what_was_added(void **state) {
    (void)state;
    const struct gm__scan_gate *gate = &gates_of(0)->rough;
    static const char *const in[] = {"一", "二", "三", "四", "第", "首", "　", "（", "①", "⑳", "1x", " x", "\nx", "ée"};
    static const char *const out[] = {"的", "人", "他", "我", "国", "，", "。"};
    for (size_t i = 0; i < GM__COUNT(in); i++) assert_true(gm__scan_gate_passes(gate, (const unsigned char *)in[i]));
    for (size_t i = 0; i < GM__COUNT(out); i++) assert_false(gm__scan_gate_passes(gate, (const unsigned char *)out[i]));
}

/* What the header promises, at every place of a block and across its border. */
static void every_mark_is_a_stop(void **state) {
    (void)state;
    static const char *const marks[] = {"。", "、", "　", "，", "；", "：", "！", "？", "”", "“",  "’",
                                        "…",  "）", "—",  ";",  ":",  ",",  ".",  "!",  "?", "\"", ")"};
    const struct gates *gates = gates_of(2);
    for (size_t m = 0; m < GM__COUNT(marks); m++)
        for (size_t at = 0; at < GM__SCAN_BLOCK; at++) {
            unsigned char text[3 + 2 * GM__SCAN_BLOCK];
            uint32_t events[GM__SCAN_BLOCK + GM__SCAN_SPARE];
            size_t n = strlen(marks[m]);
            bool sure;
            memset(text, 'a', sizeof text);
            memcpy(text + 3 + at + 1 - n, marks[m], n); /* ends at `at` */
            for (size_t i = 0; gm__scan_all(i); i++) {
                n = gm__scan_all(i)->events(text + 3, 1, carry_at(text, 3), &gates->both, 0, events, &sure);
                assert_int_equal(n, 1);
                assert_int_equal(events[0], at);
            }
        }
}

static void common_characters_are_no_stops(void **state) {
    (void)state;
    static const char text[] =
        "（一二三四五六七八九十怀着性思而通老退《送》「开」【式】０１９９ abc XYZ 0123456789／引弱张强";
    uint32_t events[GM__SCAN_BLOCK + GM__SCAN_SPARE];
    const struct gates *gates = gates_of(2);
    for (size_t at = 0; at + GM__SCAN_BLOCK + GM__SCAN_AHEAD < sizeof text; at++) {
        const unsigned char *p = (const unsigned char *)text;
        bool sure;
        for (size_t i = 0; gm__scan_all(i); i++)
            assert_int_equal(gm__scan_all(i)->events(p + at, 1, carry_at(p, at), &gates->both, 0, events, &sure), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(valid_agrees),
                                       cmocka_unit_test(valid_finds_each_fault),
                                       cmocka_unit_test(valid_takes_all_code_points),
                                       cmocka_unit_test(events_agree),
                                       cmocka_unit_test(sure_is_well_formed),
                                       cmocka_unit_test(crowded_events_agree),
                                       cmocka_unit_test(gate_passes_what_was_added),
                                       cmocka_unit_test(every_mark_is_a_stop),
                                       cmocka_unit_test(common_characters_are_no_stops)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
