/*
 * sift.h - the places of a text at which anything can happen: line ends, tabs, and stops (scan.h) that a marker may
 * follow. What lies between them is never looked at again.
 */
#ifndef GM_SIFT_H
#define GM_SIFT_H

#include "base/scan.h"
#include "grammar/grammar.h"

#define GM__SIFT_CHUNK (GM__SCAN_MOST * GM__SCAN_BLOCK)

struct gm__sift {
    const char *text;
    size_t len;
    struct gm__scan_gates gates; /* what a stop must be followed by */
    bool check;                  /* see that the text is UTF-8 */
    struct gm__gate own_gate;    /* gm__sift_blanks */
    struct gm__scan_gate own_rough;

    size_t at;      /* what lies before is sifted */
    size_t checked; /* and is UTF-8 to here */
    bool faulty;    /* it is not: the sifting ends */
    size_t count;
    uint32_t events[GM__SIFT_CHUNK + GM__SCAN_SPARE]; /* offsets, ascending: of line ends, tabs, last bytes of stops */
};

void gm__sift_init(struct gm__sift *s, const char *text, size_t len, const struct gm_grammar *grammar);
/* Stops before 　 are events too: else 　, itself a stop, is the only one before what stands behind it. */
void gm__sift_blanks(struct gm__sift *s);
/* The events of the next stretch of text, maybe none; false at its end, or when it is faulty. */
bool gm__sift_next(struct gm__sift *s);

#endif
