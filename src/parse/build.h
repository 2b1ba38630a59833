/* build.h - what build.c and titles.c share. */
#ifndef GM_BUILD_H
#define GM_BUILD_H

#include "base/span.h"
#include "parse/series.h"

struct gm__builder {
    struct gm__parser *p;
    const struct gm__span *span;
    size_t plain_to; /* up to there a title may be read by the clauses of span.h; 0: none may */
    bool fronted;    /* the front matter is known */
};

/* Moves past blanks that are ASCII's or U+3000 and end no line. */
GM__INLINE size_t gm__skip_plain_blanks(const char *text, size_t at, size_t end) {
    for (; at < end; at++) {
        if (text[at] == ' ') continue;
        if ((unsigned char)text[at] != 0xE3 || end - at < 3 || memcmp(text + at, "\xE3\x80\x80", 3) != 0) break;
        at += 2;
    }
    return at;
}

/* Are these three bytes surely no blank? Han is none, nor are 。 and other marks. */
GM__INLINE bool gm__is_text(const char *p) {
    unsigned char lead = (unsigned char)p[0], last = (unsigned char)p[2];
    return lead >= 0xE3 && last != 0x80 && last != 0xBF; /* U+3000, U+FEFF */
}

/* The first sentence of [at, end). */
struct gm__sentence {
    size_t end;
    bool found;      /* false: none ends outside quotes and brackets, nor does the paragraph */
    unsigned passed; /* GM__PASSED_COLON, GM__PASSED_LINE: may stand in it, else it does not */
};
/* heed_brackets: one that ends inside quotes or brackets does not count. */
struct gm__sentence gm__first_sentence(const struct gm__builder *b, size_t at, size_t end, bool heed_brackets);
/* The same, heeding brackets, of a grammar with plain ends and with GM__MARKS_ROOM bytes of text behind `end`. */
struct gm__sentence gm__plain_sentence(const struct gm__builder *b, size_t at, size_t end);

/* titles.c: the title of the node of c in the text behind its label up to `bound`, or in the next line up to `limit`.
 */
enum gm_status gm__set_title(const struct gm__builder *b, const struct gm__cand *c, uint32_t bound, uint32_t limit);
/* Of a point inside a line that three blanks part from what is before it: where the next three stand, before `stop`. */
uint32_t gm__end_at_gap(const struct gm__parser *p, const struct gm__cand *c, uint32_t stop);
/* Moves both ends of a title past blanks, and its end past the marks that close it. */
void gm__trim_title(const struct gm__parser *p, size_t *at, size_t *end);
/* …五种意识：要强化…；要强化…: the title ends at the colon that the parallel points follow. */
size_t gm__lead_in(const struct gm__parser *p, size_t at, size_t stop, size_t end);
#define GM__FULL_STOP 0x3002u
/* Does the sentence end with this mark that is no bracket and not 。, outside all brackets? */
bool gm__is_odd_end(const struct gm__parser *p, uint32_t cp, size_t at, size_t end);
/* A mark that ends a sentence and is part of it. */
GM__INLINE bool gm__stays(uint32_t cp) {
    return cp == 0xFF01 || cp == 0xFF1F || cp == '!' || cp == '?' || cp == 0x2026;
}

/* Bytes that the heading of an article may have; what is longer is the provision, cut by a wrap. */
#define GM__ARTICLE_HEAD 75u

/* （2）┌──┬──┐: a table drawn with lines stands behind the label. U+2500 to U+257F. */
GM__INLINE bool gm__is_drawn(const char *text, size_t at, size_t stop) {
    return stop > at + 2 && (unsigned char)text[at] == 0xE2 && ((unsigned char)text[at + 1] & 0xFE) == 0x94;
}

#endif
