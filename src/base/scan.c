/*
 * scan.c - scan.h in plain C, which defines the answers, and the choice among what this processor can run.
 * scan_x86.c and scan_neon.c hold the vector code; tests/unit/test_scan.c compares them on random bytes.
 */
#include "base/scan_vector.h"

/* b0 stands two behind b2. */
static bool is_stop(uint32_t b2, uint32_t b0) {
    if (b0 < 0x80) return (b0 >= 0x21 && b0 <= 0x2E) || (b0 >= 0x3A && b0 <= 0x3F);
    if (b2 == 0xE3) return b0 <= 0x82;
    return b2 == 0xE2 || (b2 == 0xEF && (b0 == 0x81 || b0 == 0x89 || b0 == 0x8C || (b0 >= 0x9A && b0 <= 0x9F)));
}

bool gm__scan_gate_passes(const struct gm__scan_gate *gate, const unsigned char *p) {
    return (p[0] & 0xF0) != 0xE0 || (gate->lead[p[0] & 63] & gate->second[p[1] & 63] & gate->third[p[2] & 63]) != 0;
}

void gm__scan_gate_add(struct gm__scan_gate *gate, uint32_t cp, unsigned class) {
    char bytes[4];
    if (gm__utf8_encode(cp, bytes) != 3) return;
    unsigned char *lead = &gate->lead[bytes[0] & 63], *second = &gate->second[bytes[1] & 63],
                  *third = &gate->third[bytes[2] & 63];
    *lead = (unsigned char)(*lead | 1u << class);
    *second = (unsigned char)(*second | 1u << class);
    *third = (unsigned char)(*third | 1u << class);
}

static bool is_plain_lead(unsigned byte) { return byte >= 0xE1 && byte != 0xED && byte < 0xF0; }

static bool ascii8(const char *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return (v & UINT64_C(0x8080808080808080)) == 0;
}

/* Most of what is not ASCII here lies in U+1000 to U+CFFF, where three bytes need no look at their values. */
static bool plain3(const unsigned char *s) {
    return s[0] > 0xE0 && s[0] < 0xED && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80;
}

size_t gm__scan_valid_from(const char *p, size_t at, size_t len) {
    while (at < len) {
        if (len - at >= 8) {
            if (plain3((const unsigned char *)p + at)) {
                at += 3;
                continue;
            }
            if (ascii8(p + at)) {
                at += 8;
                continue;
            }
        }
        uint32_t cp;
        size_t n = gm__utf8_decode(p + at, p + len, &cp);
        if (cp == GM__BAD_CP) return at;
        at += n;
    }
    return len;
}

size_t gm__scan_valid(const char *p, size_t len) { return gm__scan_valid_from(p, 0, len); }

uint32_t gm__scan_plain_carry(uint32_t carry) {
    unsigned b1 = carry & 0xFF, b2 = carry >> 8;
    if (b1 >= 0xC0 && !is_plain_lead(b1)) b1 = 0;
    if (b2 >= 0xC0 && (!is_plain_lead(b2) || (b1 & 0xC0) != 0x80)) b2 = 0;
    return b2 << 8 | b1;
}

#define AT_ONCE 2u /* most blocks have no more: these are written without a question */

size_t gm__scan_places(const uint64_t *found, size_t blocks, uint32_t *out) {
    const uint64_t last = (uint64_t)1 << 63; /* so that there is a lowest bit, always */
    size_t count = 0;
    for (size_t b = 0; b < blocks; b++) {
        uint64_t bits = found[b];
        uint32_t base = (uint32_t)(b * GM__SCAN_BLOCK);
        for (unsigned k = 0; k < AT_ONCE; k++, bits &= bits - 1) {
            out[count] = base + gm__lowest_bit(bits | last);
            count += bits != 0;
        }
        for (; bits; bits &= bits - 1) out[count++] = base + gm__lowest_bit(bits);
    }
    return count;
}

static bool passes(const uint64_t *gate, const unsigned char *next) {
    uint32_t lead = next[0];
    uint32_t cp = lead < 0x80 ? lead : gm__three_bytes(next);
    bool other = (lead - 0x80 < 0x60) | (lead >= 0xF0); /* not of one and not of three bytes: rare */
    return (gate[cp >> 6] >> (cp & 63) & 1) | other;
}

size_t gm__scan_pass(const unsigned char *p, const uint64_t *gate, uint32_t base, uint32_t *places, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t place = places[i];
        places[kept] = base + place;
        kept += (p[place] < ' ') | passes(gate, p + place + 1); /* no stop is a control character */
    }
    return kept;
}

/* What an event is, one byte at a time. */
static size_t events_scalar(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gates *gates,
                            uint32_t base, uint32_t *out, bool *sure) {
    size_t found = 0;
    uint32_t last = carry;
    for (size_t i = 0; i < count * GM__SCAN_BLOCK; i++) {
        bool line = p[i] == '\n' || p[i] == '\r' || p[i] == '\t';
        if (line || (is_stop(last >> 8 & 0xFF, p[i]) && passes(gates->bits, p + i + 1)))
            out[found++] = base + (uint32_t)i;
        last = last << 8 | p[i];
    }
    *sure = false;
    return found;
}

static const struct gm__scan scalar = {"scalar", events_scalar, gm__scan_valid};

size_t gm__scan_valid_rest(const char *p, size_t at, size_t len) {
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        unsigned char c = (unsigned char)p[at - back];
        if (c >= 0xC0) return gm__scan_valid_from(p, at - back, len);
        if (c < 0x80) break;
    }
    return gm__scan_valid_from(p, at, len);
}

const struct gm__scan *gm__scan_scalar(void) { return &scalar; }

const struct gm__scan *gm__scan_best(void) { return gm__scan_all(0); }

const struct gm__scan *gm__scan_all(size_t index) {
    size_t count = gm__scan_vector_count();
    return index < count ? gm__scan_vector(index) : index == count ? &scalar : NULL;
}
