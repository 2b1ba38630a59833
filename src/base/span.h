/*
 * span.h - loops over strings: where the next byte stands that cannot go out as it is, where a line or paragraph ends,
 * and at which line and column a stretch of text ends. Vector code is chosen at run time; the twins agree.
 *
 * Inputs: any bytes. Outputs: an index; a place. No state.
 */
#ifndef GM_SPAN_H
#define GM_SPAN_H

#include "base/base.h"

/* A set of bytes, by nibbles: c is in it when low[c & 15] & high[c >> 4]. */
struct gm__byte_set {
    unsigned char low[16], high[16];
};

/* Add first..last to a set that began as all zeros. At most eight of the sixteen rows x0..xF may hold members. */
void gm__byte_set_add(struct gm__byte_set *set, unsigned first, unsigned last);

GM__INLINE unsigned gm__byte_classes(const struct gm__byte_set *set, unsigned char c) {
    return set->low[c & 15] & (unsigned)set->high[c >> 4];
}
GM__INLINE bool gm__byte_set_has(const struct gm__byte_set *set, unsigned char c) {
    return gm__byte_classes(set, c) != 0;
}

/* The begin of a line: what stands before the first control character up to CR. */
struct gm__stretch {
    uint32_t len;
    uint32_t columns; /* of its first GM__STRETCH_COUNTED bytes: code points, wide ones twice */
    bool gap;         /* two lead bytes of U+3000 stand three bytes apart: two of it may stand in a row */
};
#define GM__STRETCH_COUNTED ((size_t)416)

/* 64 bytes: a bit for each control character up to CR, and for each place where two ideographic spaces begin. */
struct gm__breaks {
    const char *at;
    uint64_t bits;
};
#define GM__GAP_ROOM ((size_t)5)

/* Marks of one byte, and of three by their first (E0 to EF: `leads`) and third. */
struct gm__marks {
    struct gm__byte_set one, third;
    unsigned char leads[16];
};
#define GM__MARKS_ROOM ((size_t)66)
/* 1: the code point opens a bracket or a quotation, -1: it closes one. */
GM__INLINE int gm__bracket(uint32_t cp) {
    switch (cp) {
    case 0x201C:
    case 0x2018:
    case 0x300A:
    case 0x3008:
    case 0x300C:
    case 0x300E:
    case 0xFF08:
    case '(':
    case 0x3010:
    case 0x3014:
    case '[':
    case 0xFF3B: return 1;
    case 0x201D:
    case 0x2019:
    case 0x300B:
    case 0x3009:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case ')':
    case 0x3011:
    case 0x3015:
    case ']':
    case 0xFF3D: return -1;
    default: return 0;
    }
}

/* 」 』 】 〕 〗: what encloses a heading ends: 【第一章 起风】. Three bytes are read. */
GM__INLINE bool gm__ends_enclosure(const void *text) {
    const uint32_t marks = 1u << 0x0D | 1u << 0x0F | 1u << 0x11 | 1u << 0x15 | 1u << 0x17;
    const unsigned char *at = text;
    return at[0] == 0xE3 && at[1] == 0x80 && at[2] - 0x80u < 0x20 && (marks >> (at[2] - 0x80u) & 1);
}

/* ( ) [ ] 《》〈〉「」『』【】〔〕 “”‘’ （）［］ */
extern const struct gm__marks gm__bracket_marks;
/* And what else parts a sentence: LF CR ! . ; ? 。 … ！：；？｡. Neither Han nor ， 、 nor a letter or digit. */
extern const struct gm__marks gm__sentence_marks;

/* A look through text, mark by mark, from `at` to `end`; what is passed begins as zeros. */
enum { GM__PASSED_COLON = 1 /* ： */, GM__PASSED_LINE = 2 /* a line end */ };
struct gm__clause {
    uint32_t at, end;
    int depth;       /* brackets that are open */
    unsigned passed; /* GM__PASSED_*, the mark at `at` too */
};

struct gm__span {
    const char *name;
    /* The index of the first byte of the set; len when there is none. */
    size_t (*until)(const char *p, size_t len, const struct gm__byte_set *set);
    /* The same for LF and CR. */
    size_t (*line)(const char *p, size_t len);
    /* The index of the first two bytes in a row that are `byte`; len when there are none. */
    size_t (*twins)(const char *p, size_t len, char byte);
    /* The index of the first two ideographic spaces in a row, which part paragraphs; len when there are none. */
    size_t (*gap)(const char *p, size_t len);
    /* The index of the first U+FFFE or U+FFFF, which no XML may hold; len when there is none. */
    size_t (*non_character)(const char *p, size_t len);
    /* A bit for each of 64 bytes at which a mark of the set may begin. Reads GM__MARKS_ROOM bytes. */
    uint64_t (*marks)(const char *p, const struct gm__marks *set);
    /* Moves `at` of each of `count` on to the next mark of gm__sentence_marks that is no bracket and stands in none, or
     * to its end. A bracket that closes none does not count. GM__MARKS_ROOM bytes of text behind the end are read. */
    void (*clauses)(const char *text, struct gm__clause *c, size_t count);
    /* The index of the first bracket that closes none that opens in p; len when there is none. GM__MARKS_ROOM bytes
     * behind p + len are read. */
    size_t (*closing)(const char *p, size_t len);
    /* len: at most UINT32_MAX */
    struct gm__stretch (*stretch)(const char *p, size_t len);
    /* Of `count` times 64 bytes those in which lines or paragraphs may be parted, in order; returns how many they are.
     * GM__GAP_ROOM bytes behind them are read. */
    size_t (*breaks)(const char *p, size_t count, struct gm__breaks *found);
    /* Moves *line and *column over len bytes of a text that goes on to `end`. A line ends at LF, CR LF or CR; between
     * CR and LF it has not ended yet. Columns count code points. */
    void (*pass)(const char *p, size_t len, const char *end, uint32_t *line, uint32_t *column);
};

const struct gm__span *gm__span_best(void);
const struct gm__span *gm__span_all(size_t index); /* fastest first, scalar last; NULL past the end */

#endif
