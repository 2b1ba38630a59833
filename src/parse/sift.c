/* sift.c - a text to events, a chunk that fits the first cache at a time: its events, and is it UTF-8. */
#include "parse/sift.h"

void gm__sift_init(struct gm__sift *s, const char *text, size_t len, const struct gm_grammar *grammar) {
    s->text = text;
    s->len = len;
    s->gates = (struct gm__scan_gates){grammar->inline_gate.bits, &grammar->rough_gate};
    s->check = s->faulty = false;
    s->at = s->checked = s->count = 0;
}

void gm__sift_blanks(struct gm__sift *s) {
    memcpy(&s->own_gate, s->gates.bits, sizeof s->own_gate);
    s->own_rough = *s->gates.rough;
    s->own_gate.bits[0x3000 >> 6] |= 1;
    gm__scan_gate_add(&s->own_rough, 0x3000, 0);
    s->gates = (struct gm__scan_gates){s->own_gate.bits, &s->own_rough};
}

/* Up to `end`; a code point that runs over it is left to the next call. sure: all but that was seen to be. */
static bool is_utf8(struct gm__sift *s, size_t end, bool sure) {
    for (size_t back = 0; back < 3 && end < s->len && end > s->checked; back++) {
        if (((unsigned char)s->text[end] & 0xC0) != 0x80) break;
        end--;
    }
    s->checked += sure ? end - s->checked : gm__scan_best()->valid(s->text + s->checked, end - s->checked);
    return s->checked == end;
}

bool gm__sift_next(struct gm__sift *s) {
    unsigned char tail[2 * GM__SCAN_BLOCK + GM__SCAN_AHEAD] = {0};
    const unsigned char *text = (const unsigned char *)s->text + s->at;
    size_t left = s->len - s->at, blocks = left < GM__SCAN_AHEAD ? 0 : (left - GM__SCAN_AHEAD) / GM__SCAN_BLOCK;
    uint32_t carry = 0;
    s->count = 0;
    if (left == 0) return false;
    for (size_t i = s->at < 2 ? 0 : s->at - 2; i < s->at; i++) carry = carry << 8 | (unsigned char)s->text[i];
    size_t size = left;
    if (blocks == 0) { /* the last bytes: a block would run over the end */
        blocks = 2;
        memcpy(tail, text, left);
        text = tail;
    } else {
        if (blocks > GM__SCAN_MOST) blocks = GM__SCAN_MOST;
        size = blocks * GM__SCAN_BLOCK;
    }
    bool sure;
    s->count = gm__scan_best()->events(text, blocks, carry, &s->gates, (uint32_t)s->at, s->events, &sure);
    if (s->check && !is_utf8(s, s->at + size, sure)) {
        s->faulty = true;
        return false;
    }
    s->at += size;
    return true;
}
