/* numeral_like.h - write a number the way a document writes its numbers: 〇 or 零, 01, 廿, １, Ⅳ, 貳. */
#ifndef GM_NUMERAL_LIKE_H
#define GM_NUMERAL_LIKE_H

#include "grammar/numeral.h"

/* Habits that one numeral shows and another must follow; all zero: nothing learned yet. */
struct gm__spelling {
    uint32_t zero;    /* 零, 〇 or ○ */
    uint8_t pad;      /* digits of a number that is filled with zeros: 01 */
    bool positional;  /* 一〇 for 10 */
    bool tens;        /* 廿 for 20 */
    bool bare;        /* 百一 for 101: Japanese */
    bool traditional; /* 貳 */
    bool leading;     /* 壹拾 for 10, not 拾 */
};

/* Learn from a numeral that stands in the document. What was learned first holds. */
void gm__spelling_learn(struct gm__spelling *s, enum gm__numeral system, const char *numeral, size_t len);

/*
 * `value` in the shape of `sample`, a numeral of `system`: full- or half-width, one glyph or letters. NUL-terminated;
 * its length without NUL, 0 when the system has no such value.
 */
size_t gm__numeral_like(enum gm__numeral system, const struct gm__spelling *s, const char *sample, size_t len,
                        int32_t value, char *buffer, size_t size);

#endif
