/* build.h - what build.c and titles.c share. */
#ifndef GM_BUILD_H
#define GM_BUILD_H

#include "base/span.h"
#include "parse/series.h"

struct gm__builder {
    struct gm__parser *p;
    const struct gm__span *span;
    bool plain_ends; /* 。 and other marks of span.h end the grammar's sentences, nothing else and no bracket does */
    struct gm__vec backs; /* struct gm__back */
};

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

/* Moves past blanks that are ASCII's or U+3000 and end no line. */
GM__INLINE size_t gm__skip_plain_blanks(const char *text, size_t at, size_t end) {
    for (; at < end; at++) {
        if (text[at] == ' ') continue;
        if ((unsigned char)text[at] != 0xE3 || end - at < 3 || memcmp(text + at, "\xE3\x80\x80", 3) != 0) break;
        at += 2;
    }
    return at;
}

/* A Han character ends it, by its first byte: neither a blank nor a mark does. */
GM__INLINE bool gm__ends_in_han(const char *text, size_t at, size_t end) {
    return end - at >= 3 && (unsigned char)text[end - 3] >= 0xE4 && (unsigned char)text[end - 3] <= 0xE9;
}

/* Three bytes end it that are surely no blank: Han, or 。 and other marks. */
GM__INLINE bool gm__ends_in_text(const char *text, size_t at, size_t end) {
    if (end - at < 3) return false;
    unsigned char lead = (unsigned char)text[end - 3], last = (unsigned char)text[end - 1];
    return lead >= 0xE3 && last != 0x80 && last != 0xBF; /* U+3000, U+FEFF */
}

/* The first sentence of [at, end). */
struct gm__sentence {
    size_t end;
    bool found;  /* false: none ends outside quotes and brackets, nor does the paragraph */
    bool colon;  /* ： may stand in it; false: none does */
    bool breaks; /* the same for a line end */
};
/* heed_brackets: one that ends inside quotes or brackets does not count. */
struct gm__sentence gm__first_sentence(const struct gm__builder *b, size_t at, size_t end, bool heed_brackets);
/* The same, heeding brackets, of a grammar with plain ends and with GM__MARKS_ROOM bytes of text behind `end`. */
struct gm__sentence gm__plain_sentence(const struct gm__builder *b, size_t at, size_t end);
bool gm__are_plain_ends(const struct gm_grammar *g);

/* titles.c: the title of the node that candidate `c` has become. It ends at `bound` at the latest, and when it stands
 * below the label, at `limit`. */
enum gm_status gm__set_title(struct gm__builder *b, const struct gm__cand *c, uint32_t bound, uint32_t limit);
/* The title is the first sentence of [at, end), behind which GM__MARKS_ROOM bytes of text follow; of a grammar with
 * plain ends. False: it spans lines, or a bracket in it stays open. */
bool gm__set_plain_sentence(const struct gm__builder *b, struct gm__node *n, size_t at, size_t end);

/* Bytes that the heading of an article may have; what is longer is the provision, cut by a wrap. */
#define GM__ARTICLE_HEAD 75u

#endif
