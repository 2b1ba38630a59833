/*
 * scan.h - the two loops that touch every byte of a text: where lines end and clauses stop, and whether the bytes
 * are UTF-8. Vector code is chosen at run time; every choice gives the same answers.
 *
 * Inputs: 64-byte blocks, or any byte string. Outputs: bit masks, or a length. No state.
 */
#ifndef GM_SCAN_H
#define GM_SCAN_H

#include "base/base.h"

#define GM__SCAN_BLOCK 64

/*
 * Which code points may follow a stop, roughly: nibbles of the three bytes of E0..EF xx xx, as eight classes of a bit
 * each. A code point passes when one class has all five of its nibbles. Those of one, two and four bytes always pass:
 * they are rare here.
 */
struct gm__scan_gate {
    unsigned char lead[16];                    /* by the lead byte's low nibble */
    unsigned char second[2][16], third[2][16]; /* by the low, by the high nibble */
};

/*
 * Bit i describes p[i].
 *
 * line: LF, CR, and TAB, which parts the cells of a line.
 * stop: the LAST byte of a mark or blank after which an inline marker may begin. All of
 *         。 、 　            E3 80 82, 81, 80
 *         ！ ） ， ： ； ？    EF BC 81, 89, 8C, 9A, 9B, 9F
 *         — ’ “ ” …           E2 80 94, 99, 9C, 9D, A6
 *         ! " ) , . : ; ?
 *       and, because it costs less to let them pass than to tell them apart, these rare ones: any other E2 80 xx,
 *       ＜ ＝ ＞ (EF BC 9C to 9E), and the ASCII # $ % & ' ( * + - < = >. Who asks looks at the bytes again.
 *       A mark whose last byte lies in this block is seen even where it began before the block.
 *       Only of those that stand before what passes the gate, and not right before a line mark of their block.
 * In bytes that are no UTF-8 other stops may be seen.
 */
struct gm__scan_masks {
    uint64_t line;
    uint64_t stop;
};

#define GM__SCAN_AHEAD 3
#define GM__SCAN_SPARE 16
#define GM__SCAN_FETCH ((size_t)4096) /* so far ahead memory is asked for */

struct gm__scan {
    const char *name;
    /* `count` blocks at p: exactly count * GM__SCAN_BLOCK + GM__SCAN_AHEAD bytes are read. carry: the two bytes before
     * p, b[-2] << 8 | b[-1]; 0 stands for what lies before the text. True: the blocks are surely UTF-8, but for a code
     * point that their end cuts; all their characters are ASCII or of three bytes then. */
    bool (*blocks)(const unsigned char *p, size_t count, uint32_t carry, const struct gm__scan_gate *gate,
                   struct gm__scan_masks *out);
    /* Length of the well-formed prefix (whole code points; Unicode 15, table 3-7); len when all is well. */
    size_t (*valid)(const char *p, size_t len);
    /* The places of all bits of the masks, from the first block's first byte on, ascending; their number. Behind the
     * last GM__SCAN_SPARE more may be written. */
    size_t (*places)(const struct gm__scan_masks *masks, size_t count, uint32_t *out);
    /* Of the places in p those of line marks and those before a code point whose bit is set in `gate` (1,024 words by
     * its upper bits), or one of two or four bytes; each with `base` added. Their number. Up to GM__SCAN_SPARE places
     * behind the last are read as well: they lie in p, too. */
    size_t (*pass)(const unsigned char *p, const uint64_t *gate, uint32_t base, uint32_t *places, size_t count);
};

/* Add a code point to one of the classes, 0 to 7, of a gate that began as all zeros. */
void gm__scan_gate_add(struct gm__scan_gate *gate, uint32_t cp, unsigned class);
bool gm__scan_gate_passes(const struct gm__scan_gate *gate, const unsigned char *p); /* p[0..2] */

const struct gm__scan *gm__scan_best(void);   /* the fastest that this processor can run */
const struct gm__scan *gm__scan_scalar(void); /* plain C, everywhere */
/* All that this processor can run, fastest first, scalar last; NULL past the end. */
const struct gm__scan *gm__scan_all(size_t index);

#endif
