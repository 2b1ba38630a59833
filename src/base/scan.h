/*
 * scan.h - the two loops that touch every byte of a text: where lines end and clauses stop, and whether the bytes
 * are UTF-8. Vector code is chosen at run time; every choice gives the same answers.
 *
 * Inputs: 64-byte blocks, or any byte string. Outputs: offsets, or a length. No state.
 */
#ifndef GM_SCAN_H
#define GM_SCAN_H

#include "base/base.h"

#define GM__SCAN_BLOCK 64

/*
 * Which code points may follow a stop, roughly: the three bytes of E0..EF xx xx, each by its low six bits, as eight
 * classes of a bit each. A code point passes when one class has all three. Those of one, two and four bytes always
 * pass: they are rare here.
 */
struct gm__scan_gate {
    unsigned char lead[64], second[64], third[64];
};

/* Which code points may follow a stop: 1,024 words of a bit each, of those of two and four bytes all; and the same
 * roughly, for vector code that asks so first. */
struct gm__scan_gates {
    const uint64_t *bits;
    const struct gm__scan_gate *rough;
};

/*
 * A place of a text at which anything can happen, an event:
 * - a line mark: LF, CR, and TAB, which parts the cells of a line
 * - a stop that a code point follows which the gate lets pass: the LAST byte of a mark or blank after which an inline
 *   marker may begin. All of
 *         。 、 　            E3 80 82, 81, 80
 *         ！ ） ， ： ； ？    EF BC 81, 89, 8C, 9A, 9B, 9F
 *         — ’ “ ” …           E2 80 94, 99, 9C, 9D, A6
 *         ! " ) , . : ; ?
 *   and, because it costs less to let them pass than to tell them apart, what ends like these behind the same lead
 *   byte: any other E2 xx xx (① → ■), E3 xx 80 to 82, EF xx with the last bytes above or 9D, 9E (＜ ＝ ＞); and the
 *   ASCII # $ % & ' ( * + - < = >. All of them are rare. Who asks looks at the bytes again. A mark whose last byte lies
 * in a block is seen even where it began before the block. In bytes that are no UTF-8 other stops may be seen.
 */

#define GM__SCAN_MOST  ((size_t)128) /* blocks at a time */
#define GM__SCAN_AHEAD 3
#define GM__SCAN_SPARE 16
/* So far ahead memory is asked for: a page, and not the lines of the first cache that this one's are. */
#define GM__SCAN_FETCH ((size_t)5120)

struct gm__scan {
    const char *name;
    /* The events of `count` blocks at p, 1 to GM__SCAN_MOST, ascending: p[i] as base + i; their number. Exactly
     * count * GM__SCAN_BLOCK + GM__SCAN_AHEAD bytes are read; behind the last event GM__SCAN_SPARE more may be written.
     * carry: the two bytes before p, b[-2] << 8 | b[-1]; 0 stands for what lies before the text. *sure: the blocks are
     * surely UTF-8, but for a code point that their end cuts; all their characters are ASCII or of three bytes then. */
    size_t (*events)(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gates *gates,
                     uint32_t base, uint32_t *out, bool *sure);
    /* Length of the well-formed prefix (whole code points; Unicode 15, table 3-7); len when all is well. */
    size_t (*valid)(const char *p, size_t len);
};

/* Add a code point to one of the classes, 0 to 7, of a gate that began as all zeros. */
void gm__scan_gate_add(struct gm__scan_gate *gate, uint32_t cp, unsigned class);
bool gm__scan_gate_passes(const struct gm__scan_gate *gate, const unsigned char *p); /* p[0..2] */

const struct gm__scan *gm__scan_best(void);   /* the fastest that this processor can run */
const struct gm__scan *gm__scan_scalar(void); /* plain C, everywhere */
/* All that this processor can run, fastest first, scalar last; NULL past the end. */
const struct gm__scan *gm__scan_all(size_t index);

#endif
