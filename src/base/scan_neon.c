/* scan_neon.c - scan.h for arm64: NEON, which every one has. */
#include "base/scan_vector.h"

#if defined(__aarch64__)

#include <arm_neon.h>

static uint8x16_t all16(unsigned byte) { return vdupq_n_u8((uint8_t)byte); }

/* The top bits of 64 truth bytes (0 or 0xFF). */
static uint64_t bits_neon(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t weights = vld1q_u8(bits);
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
    ab = vpaddq_u8(ab, cd);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(ab, ab)), 0);
}

/* Which kinds are open behind the lead bytes E0 to EF. */
static const unsigned char lead_low[16] = {[0x2] = E2_X, [0x3] = E3_8, [0xF] = EF_8 | EF_9};

static uint8x16_t stops_neon(uint8x16_t v, uint8x16_t b2) {
    uint8x16_t kinds = vandq_u8(vqtbl1q_u8(vld1q_u8(kind_low), vandq_u8(v, all16(0x0F))),
                                vqtbl1q_u8(vld1q_u8(kind_high), vshrq_n_u8(v, 4)));
    uint8x16_t lead = vqtbl1q_u8(vld1q_u8(lead_low), veorq_u8(b2, all16(0xE0))); /* 0 for all but E0 to EF */
    uint8x16_t open = vorrq_u8(lead, all16(ASCII_2 | ASCII_3));
    return vtstq_u8(kinds, open);
}

static uint8x16_t lines_neon(uint8x16_t v) {
    return vorrq_u8(vorrq_u8(vceqq_u8(v, all16('\n')), vceqq_u8(v, all16('\r'))), vceqq_u8(v, all16('\t')));
}

/* The line marks of a block, and the stops but those right before one. */
static inline uint64_t block_neon(const unsigned char *p, uint32_t carry) {
    uint8x16_t a = vld1q_u8(p), b = vld1q_u8(p + 16), c = vld1q_u8(p + 32), d = vld1q_u8(p + 48);
    uint8x16_t before = vreinterpretq_u8_u32(vdupq_n_u32(__builtin_bswap32(carry)));
    uint64_t stop = bits_neon(stops_neon(a, vextq_u8(before, a, 14)), stops_neon(b, vextq_u8(a, b, 14)),
                              stops_neon(c, vextq_u8(b, c, 14)), stops_neon(d, vextq_u8(c, d, 14)));
    uint64_t line = bits_neon(lines_neon(a), lines_neon(b), lines_neon(c), lines_neon(d));
    return line | (stop & ~(line >> 1));
}

/* Fault bits of the 16 bytes v; `before` are the 16 before them. */
static uint8x16_t faults_neon(uint8x16_t before, uint8x16_t v) {
    uint8x16_t b1 = vextq_u8(before, v, 15), b2 = vextq_u8(before, v, 14), b3 = vextq_u8(before, v, 13);
    uint8x16_t pair = vandq_u8(vandq_u8(vqtbl1q_u8(vld1q_u8(first_high), vshrq_n_u8(b1, 4)),
                                        vqtbl1q_u8(vld1q_u8(first_low), vandq_u8(b1, all16(0x0F)))),
                               vqtbl1q_u8(vld1q_u8(second_high), vshrq_n_u8(v, 4)));
    uint8x16_t third = vqsubq_u8(b2, all16(0xE0 - 0x80)), fourth = vqsubq_u8(b3, all16(0xF0 - 0x80));
    return veorq_u8(vandq_u8(vorrq_u8(third, fourth), all16(0x80)), pair);
}

static size_t valid_neon(const char *p, size_t len) {
    const uint8_t *s = (const uint8_t *)p;
    uint8x16_t before = all16(0);
    size_t at = 0;
    for (; len - at >= 64; at += 64) {
        uint8x16_t a = vld1q_u8(s + at), b = vld1q_u8(s + at + 16), c = vld1q_u8(s + at + 32),
                   d = vld1q_u8(s + at + 48);
        uint8x16_t bad = vorrq_u8(vorrq_u8(faults_neon(before, a), faults_neon(a, b)),
                                  vorrq_u8(faults_neon(b, c), faults_neon(c, d)));
        if (vmaxvq_u8(bad)) break;
        before = d;
    }
    return gm__scan_valid_rest(p, at, len);
}

static size_t events_neon(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gates *gates,
                          uint32_t base, uint32_t *out, bool *sure) {
    *sure = false;
    return gm__scan_events_by(block_neon, p, count, carry, gates->bits, base, out);
}

static const struct gm__scan neon = {"neon", events_neon, valid_neon};

size_t gm__scan_vector_count(void) { return 1; }

const struct gm__scan *gm__scan_vector(size_t index) {
    (void)index;
    return &neon;
}

#endif
