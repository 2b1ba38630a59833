/* layout.h - what layout.c and paragraph.c share: lines and their margins. */
#ifndef GM_LAYOUT_H
#define GM_LAYOUT_H

#include "parse/lexer.h"

bool gm__ends_sentence(uint32_t cp);
/* A bracket or quotation ends, inside a sentence or with it. */
bool gm__is_closing(uint32_t cp);
/* Columns of blanks at the line's begin. */
uint32_t gm__indent(const struct gm__parser *p, size_t line);
/* What the line at `next` begins with would have had no room at the end of the line [begin, end). */
bool gm__is_full(const struct gm__parser *p, size_t begin, size_t end, size_t next);

#define GM__BRIEF_LINES 40u /* more of them show a margin, if there is one */
/* paragraph.c: the next line of the first `len` bytes at `*at`, which is moved past it. */
struct gm_str gm__take_line(const struct gm__parser *p, size_t *at, size_t len);
/* brief.c: the width at which a text of a few lines was wrapped, by its first `len` bytes; 0: it was not. */
uint32_t gm__brief_wrap(const struct gm__parser *p, size_t len);
/* indented.c: the margin that a short text with indented paragraphs shows; 0: none. */
uint32_t gm__indented_width(const struct gm__parser *p);

/* page.c: goes through the lines of a text, finds p->pages. Where the margin is known it finds more. */
#define GM__SEEN 16u
struct gm__seen { /* a line beside a page's number, or with one */
    struct gm_str words;
    const char *end; /* of the last one */
    uint32_t times, number;
};
struct gm__page_survey {
    struct gm__parser *p; /* the caller's */
    struct gm_str above;  /* the last line with text */
    bool below;           /* a page's number was the last line */
    struct gm_str head;   /* the one above the last bare number */
    uint32_t last, counted, odd, parted, headed;
    uint32_t lines, least, most; /* with text since the last bare number; the fewest and the most between two */
    struct gm__seen seen[GM__SEEN];
    size_t count;
};
void gm__page_survey_line(struct gm__page_survey *s, struct gm_str line);
/* The same for a line [line, its last character) that is no page's number, has none at its begin or end and ends in no
 * blank. Not right below a page's number. */
GM__INLINE void gm__page_survey_prose(struct gm__page_survey *s, struct gm_str line) {
    s->above = line;
    s->lines++;
}
void gm__page_survey_end(struct gm__page_survey *s);

/* Sets p->indented, p->spaced and, where it was not before, p->even from the first `len` bytes of a wrapped text. */
void gm__measure_paragraphs(struct gm__parser *p, size_t len);
/* Do the paragraphs of this text begin as the line at `line` does, which follows text that ends at `end`? */
bool gm__is_blank_between(const struct gm__parser *p, size_t end, size_t line);
bool gm__stands_apart(const struct gm__parser *p, size_t end, size_t line);
/* A sentence ends at the margin, in the line [previous, end): does the line at `line` go on with its paragraph? */
bool gm__goes_on_behind_sentence(const struct gm__parser *p, size_t previous, size_t end, size_t line);

/* cut.c: the line above, with a candidate, has no stop and ends where a number must follow, or inside a member, and the
 * line whose text begins at `start` is the rest. */
bool gm__is_cut(const struct lexer *l, size_t at, size_t start);
/* 缝宽一般为 | 2.2 mm，最宽处…: the line begins with a measure, and nothing stops the one above. */
bool gm__goes_on_with_measure(const struct lexer *l, size_t at, size_t start);

#endif
