/*
 * scan_vector.h - what scan.c and the vector code share: loops for what is rare, and tables.
 *
 * The UTF-8 check is the table look-up of J. Keiser and D. Lemire, "Validating UTF-8 in less than one instruction per
 * byte" (2021): each fault shows in the nibbles of two neighbouring bytes, so three 16-entry tables of fault bits,
 * ANDed, find all but the missing third and fourth bytes, which a comparison of the bytes two and three back finds.
 */
#ifndef GM_SCAN_VECTOR_H
#define GM_SCAN_VECTOR_H

#include "base/scan.h"

/* Vector twins that this processor can run, fastest first; none on others than x86-64 and arm64. */
#if defined(__x86_64__) || defined(__aarch64__)
size_t gm__scan_vector_count(void);
const struct gm__scan *gm__scan_vector(size_t index); /* index < count */
#else
static inline size_t gm__scan_vector_count(void) { return 0; }
static inline const struct gm__scan *gm__scan_vector(size_t index) {
    (void)index;
    return NULL;
}
#endif

#if defined(__x86_64__)
extern const struct gm__scan gm__scan_avx512;
bool gm__scan_have_avx512(void);
#endif

size_t gm__scan_valid(const char *p, size_t len);
size_t gm__scan_valid_from(const char *p, size_t at, size_t len); /* `at` stands before a code point */
/* The vector loops know only that a fault lies in the 64 bytes at `at`, or in the code point that runs into them. */
size_t gm__scan_valid_rest(const char *p, size_t at, size_t len);
/* Of the two bytes before a block no other lead byte than one of E1 to EF, without ED, whose continuations the block
 * goes on with; 0 for those. */
uint32_t gm__scan_plain_carry(uint32_t carry);

/* A text goes through the vector code a chunk at a time, and what is found is seen to in between. The next chunk comes
 * from memory, a line a block, while this one is looked at; what lies behind the text is not read, only asked for. */
static inline void gm__scan_fetch(const unsigned char *p) {
    GM__PREFETCH((const void *)((uintptr_t)p + GM__SCAN_FETCH));
}

/* The places of all bits of `blocks` masks, ascending; their number. Behind the last GM__SCAN_SPARE more may be
 * written. */
size_t gm__scan_places(const uint64_t *found, size_t blocks, uint32_t *out);
/* Of the places in p those of line marks and of stops before what the gate lets pass; each with `base` added. Their
 * number. */
size_t gm__scan_pass(const unsigned char *p, const uint64_t *gate, uint32_t base, uint32_t *places, size_t count);

/* The line marks of a block, and the stops but those right before one; carry as of gm__scan's events. */
typedef uint64_t gm__scan_masks(const unsigned char *p, uint32_t carry);

/* The events of blocks whose masks are made one by one; `masks` is known where this is inlined. */
GM__INLINE size_t gm__scan_events_by(gm__scan_masks *masks, const unsigned char *p, size_t count, uint32_t carry,
                                     const uint64_t *gate, uint32_t base, uint32_t *out) {
    uint64_t found[GM__SCAN_MOST];
    for (size_t i = 0; i < count; i++) {
        const unsigned char *block = p + i * GM__SCAN_BLOCK;
        found[i] = masks(block, carry);
        carry = (uint32_t)block[GM__SCAN_BLOCK - 2] << 8 | block[GM__SCAN_BLOCK - 1];
    }
    return gm__scan_pass(p, gate, base, out, gm__scan_places(found, count, out));
}

/* Fault bits of two neighbouring bytes. */
enum {
    SHORT = 1,   /* lead byte without continuation */
    LONG = 2,    /* continuation after ASCII */
    OVER3 = 4,   /* E0 80..9F */
    LARGE = 8,   /* F4 90..BF, F5.. */
    HALF = 16,   /* ED A0..BF: surrogates */
    OVER2 = 32,  /* C0, C1 */
    OVER4 = 64,  /* F0 80..8F; F5.. 80..8F */
    TWICE = 128, /* two continuations: a fault unless a byte two or three back asked for it */
    CARRY = SHORT | LONG | TWICE
};

/* By the high and the low nibble of the first byte, and the high nibble of the second. */
#define LOW_5_TO_F (CARRY | LARGE | OVER4)
static const unsigned char first_high[16] = {LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             TWICE,
                                             TWICE,
                                             TWICE,
                                             TWICE,
                                             SHORT | OVER2,
                                             SHORT,
                                             SHORT | OVER3 | HALF,
                                             SHORT | LARGE | OVER4};
static const unsigned char first_low[16] = {CARRY | OVER3 | OVER2 | OVER4,
                                            CARRY | OVER2,
                                            CARRY,
                                            CARRY,
                                            CARRY | LARGE,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F | HALF,
                                            LOW_5_TO_F,
                                            LOW_5_TO_F};
static const unsigned char second_high[16] = {SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              LONG | OVER2 | TWICE | OVER3 | OVER4,
                                              LONG | OVER2 | TWICE | OVER3 | LARGE,
                                              LONG | OVER2 | TWICE | HALF | LARGE,
                                              LONG | OVER2 | TWICE | HALF | LARGE,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT};

/*
 * Bits for processors with a 16-entry look-up. Stops: the last byte's nibbles say which kind of mark it could end, the
 * byte two before says which kinds are open; the first four kinds need their lead bytes, the next two are ASCII. LINE:
 * LF, CR, TAB. LEAD: E1 to EF without ED, of three bytes whatever the other two are.
 */
enum { E3_8 = 1, EF_8 = 2, EF_9 = 4, E2_X = 8, ASCII_2 = 16, ASCII_3 = 32, LINE = 64, LEAD = 128 };
static const unsigned char kind_low[16] = {E2_X | E3_8,
                                           E2_X | E3_8 | EF_8 | ASCII_2 | LEAD,
                                           E2_X | E3_8 | ASCII_2 | LEAD,
                                           E2_X | ASCII_2 | LEAD,
                                           E2_X | ASCII_2 | LEAD,
                                           E2_X | ASCII_2 | LEAD,
                                           E2_X | ASCII_2 | LEAD,
                                           E2_X | ASCII_2 | LEAD,
                                           E2_X | ASCII_2 | LEAD,
                                           E2_X | EF_8 | ASCII_2 | LINE | LEAD,
                                           E2_X | EF_9 | ASCII_2 | ASCII_3 | LINE | LEAD,
                                           E2_X | EF_9 | ASCII_2 | ASCII_3 | LEAD,
                                           E2_X | EF_8 | EF_9 | ASCII_2 | ASCII_3 | LEAD,
                                           E2_X | EF_9 | ASCII_2 | ASCII_3 | LINE,
                                           E2_X | EF_9 | ASCII_2 | ASCII_3 | LEAD,
                                           E2_X | EF_9 | ASCII_3 | LEAD};
static const unsigned char kind_high[16] = {
    LINE, 0, ASCII_2, ASCII_3, 0, 0, 0, 0, E2_X | E3_8 | EF_8, E2_X | EF_9, E2_X, E2_X, E2_X, E2_X, E2_X | LEAD, E2_X};

#endif
