/*
 * lex.h - candidates: every place where the text may hold a marker, with all its readings.
 *
 * The lexer classifies raw code points and decides nothing that needs more than the line around it;
 * decide.c decides which candidates are nodes.
 */
#ifndef GM_LEX_H
#define GM_LEX_H

#include "base/span.h"
#include "grammar/grammar.h"
#include "input/input.h"
#include "tree/tree.h"

#define GM__NONE       UINT32_MAX
#define GM__NO_KEYWORD UINT16_MAX

/* What stands right before a candidate. */
enum gm__before {
    GM__BEFORE_START,    /* nothing: it opens the paragraph */
    GM__BEFORE_SENTENCE, /* 。！？； */
    GM__BEFORE_COLON,    /* ： */
    GM__BEFORE_COMMA,    /* ， */
    GM__BEFORE_QUOTE,    /* an opening quote or bracket */
    GM__BEFORE_BLANK,    /* white space inside a line */
    GM__BEFORE_TEXT,     /* anything else */
};

/* 上午, 乙公司: a line without a number that heads a part of the text is not longer (caption.c). */
#define GM__CAPTION_BYTES 36u

enum {
    GM__CAND_START = 1,   /* opens a paragraph */
    GM__CAND_WRAPPED = 2, /* opens a line that goes on with the line before */
    GM__CAND_BLANK = 4,   /* a blank follows the label */
    GM__CAND_ALONE = 8,   /* nothing else in its paragraph */
    GM__CAND_SPACED = 16, /* blanks inside the label */
    GM__CAND_LOOKALIKE = 32,
    GM__CAND_TOC = 64,           /* the line ends in a page number: contents */
    GM__CAND_STOPPED = 128,      /* the paragraph ends with a sentence end */
    GM__CAND_RENDERED = 256,     /* the number was rendered by the format: certain */
    GM__CAND_MARK = 512,         /* looks like a footnote mark: no text behind it */
    GM__CAND_AFTER_COMMA = 1024, /* opens a paragraph, but the one before ends in ， or 、 */
    GM__CAND_ALT = 2048,         /* another reading of the candidate before it */
    GM__CAND_SECOND = 4096,      /* 第二章 in 第一卷 x 第二章 y */
    GM__CAND_LATIN_TEXT = 8192,  /* a letter, a digit or a sign opens the text behind it */
    GM__CAND_LONG = 16384,       /* the paragraph goes on for longer than a heading does */
    GM__CAND_IMPLIED = 131072,   /* an unnumbered parallel point */
    GM__CAND_REGION = 524288,    /* a heading that opens a region though it is no keyword */
    GM__CAND_STAMP = 262144,     /* no marker: a line with date, time and who speaks; what stood before it is over */
    GM__CAND_BARE = 65536,       /* nothing but a blank parts the numeral from the text: 1 范围 */
    GM__CAND_BROKEN = 1048576,   /* a line end stands inside the label */
    GM__CAND_DOUBTED = 2097152,  /* 2.24小时: with what follows it may be another number; its neighbours must vouch */
    GM__CAND_PLAIN_TEXT = 4194304,    /* the text behind the label begins as no reference does: see gm__may_refer */
    GM__CAND_ODD = 8388608,           /* what few have: see gm__oddness */
    GM__CAND_NEAR_DECIMAL = 16777216, /* of the next few some are decimals */
    GM__CAND_UNDER_TEXT = 33554432,   /* nothing but blanks parts its paragraph from that above: the lexer saw it, */
    GM__CAND_UNDER_PROSE = 268435456, /* that one ends in 。 or ；, or is too long for a caption */
    GM__CAND_UNDER_CAND = 67108864,   /* and the candidate before it stands in that one; else none does */
    GM__CAND_COLON = 536870912,       /* the paragraph ends in ： */
    GM__CAND_DOWN = 134217728,        /* of a series that counts down, behind its first member */
    GM__CAND_HEADING = 32768, /* a heading without a number: keyword in `sub`, or the format's level in `components` */
};

struct gm__cand {
    uint32_t at;  /* of the label */
    uint16_t len; /* of the label */
    uint16_t family;
    int32_t number, other; /* other: second reading of the numeral, 0 = none */
    uint32_t prefix;       /* decimals: hash of all components but the last */
    uint32_t para;         /* start of its paragraph */
    uint32_t stop;         /* end of its paragraph */
    uint32_t next;         /* nearest later candidate of its kin with the next number, GM__NONE */
    uint32_t series;       /* GM__NONE while not accepted */
    uint32_t flags;
    uint32_t reopen; /* next later candidate of its kin with a first ordinal, GM__NONE */
    uint32_t twin;   /* next later candidate of its kin with the same number, GM__NONE */
    uint16_t sub;    /* 之一: 1 */
    uint8_t style, before, rule, components;
    uint8_t heading, depth; /* what the format knows: level of the heading, nesting of the list item; 0 */
};

/* GM__CAND_ODD where the number may be read in another way, has parts or stands with those of its like only, or a rule
 * is known: the passes over all candidates ask for that bit first. */
GM__INLINE uint32_t gm__oddness(const struct gm_grammar *g, const struct gm__cand *c) {
    const struct gm__family *f = &g->families[c->family];
    bool odd = c->prefix || c->other || c->sub || c->rule || c->components > 1 || f->words || f->least;
    return odd ? GM__CAND_ODD : 0;
}

/* What the pages of a text left in it (page.c). */
#define GM__HEADS 4
struct gm__pages {
    bool bare; /* a number alone on its line is a page's */
    uint32_t heads;
    struct gm_str head[GM__HEADS]; /* running heads, each as it came first; a number may stand beside it */
};

struct gm__parser {
    struct gm_doc *doc;
    const struct gm__source *source;
    const struct gm_grammar *grammar;
    const struct gm_options *options;
    struct gm_error *error;
    const char *text; /* the document's, or a copy in simplified characters */
    size_t len;
    struct gm__vec cands;                  /* struct gm__cand, in document order */
    struct gm__vec beginnings;             /* uint32_t: candidates with which contents or notes may begin */
    struct gm__vec glued;                  /* struct gm__cand: 1范围, lines that may be candidates (glued.c) */
    struct gm__vec soft;                   /* uint32_t: starts of lines that go on with the line before, in order */
    uint32_t attachments, attachments_end; /* the last 附件说明 */
    struct gm__vec series;                 /* struct gm__known */
    uint32_t falls;                        /* lines whose letter is none behind that of the line above: speakers.c */
    uint64_t steps;                        /* work done, for the linearity tests */
    /* Shape of the text (layout.c, paragraph.c). */
    uint32_t wrap;    /* code points a wrapped line holds; 0 = paragraphs are not hard-wrapped */
    bool even;        /* all wrapped lines are full */
    uint32_t indents; /* of paragraphs with candidates: a bit for each, all where one is not known */
    bool nested;      /* lists stand within lists of their own style, by their indents: some numbers are rendered */
    bool flat;        /* 　　 parts paragraphs */
    bool run_in;      /* divisions begin behind sentence ends inside a line (runin.c) */
    bool parted;      /* and behind two blanks */
    size_t titled;    /* where a line begins inside one, as the title ends there (titled.c), or SIZE_MAX */
    bool dotted;      /* the author types a dot where 。 belongs */
    bool indented;    /* wrapped: the first line of each paragraph is indented, no other is */
    bool spaced;      /* wrapped: an empty line stands between paragraphs, and nowhere else */
    size_t lines;     /* with text, as far as those at its begin foretell */
    struct gm__pages pages;
    const uint16_t *kin; /* the grammar's: kin number of each family */
};

/* A Han character ends it, by its first byte: neither a blank nor a mark does. */
GM__INLINE bool gm__ends_in_han(const char *text, size_t at, size_t end) {
    return end - at >= 3 && (unsigned char)text[end - 3] >= 0xE4 && (unsigned char)text[end - 3] <= 0xE9;
}

/* What the document has where the parser reads `s`. */
GM__INLINE struct gm_str gm__in_doc(const struct gm__parser *p, struct gm_str s) {
    return gm__str(p->doc->text + (s.ptr - p->text), s.len);
}

/* layout.c */
void gm__layout(struct gm__parser *p);
/* The same; short_cut false: each line is measured. */
void gm__layout_by(struct gm__parser *p, bool short_cut);
/* Does the line that starts at `line` go on with the one that ends at `end` (before its line end)? hanging: the
 * one before may be less indented. */
bool gm__line_goes_on(const struct gm__parser *p, size_t previous, size_t end, size_t line, bool hanging);
/* The columns of [begin, end): code points, wide ones twice. */
uint32_t gm__width(const struct gm__parser *p, size_t begin, size_t end);
/* 2021-05-06 19:04 小李: a message of a chat or a log begins. */
bool gm__is_stamp(struct gm_str line);
/* Does it end as a line of a table of contents does: leaders or a wide blank and a page number? Sets the
 * length without them. */
bool gm__is_toc_line(struct gm_str line, size_t *body);

bool gm__is_table_row(struct gm_str line);

/* leaning.c */
/* Does the line [begin, end), `last` its last code point, end in a word that no sentence and no heading ends in? Then
 * it was broken behind that word. */
bool gm__leans_on(const struct gm__parser *p, size_t begin, size_t end, uint32_t last);
/* The last characters of the words below: most lines need no look. */
GM__INLINE bool gm__may_lean(uint32_t last) {
    switch (last) {
    case 0x4E0E: /* 与 */
    case 0x53CA: /* 及 */
    case 0x548C: /* 和 */
    case 0x5F0F: /* 式 */
    case 0x6216: /* 或 */
    case 0x636E: /* 据 */
    case 0x7167: /* 照 */
    case 0x7531: /* 由 */
    case 0x7B2C: /* 第 */ return true;
    default: return false;
    }
}
/* Does the line end in a word that a clause goes on behind? */
bool gm__ends_within(struct gm_str line);
/* … that a number must stand behind? */
bool gm__awaits_number(struct gm_str line);
/* … that a number and its unit may stand behind? */
bool gm__awaits_measure(struct gm_str line);
/* Does a comma stand in it, a full-width one or one behind Han? */
bool gm__has_comma(struct gm_str line);

/* page.c */
/* Is this trimmed line nothing but a page's number (— 3 —, 第3页 共9页, 3/9; 3 where the pages are counted so) or a
 * running head? */
bool gm__is_page_line(const struct gm__parser *p, struct gm_str line);
/* 第 共 总 總: the Han characters that a page's number may begin with. */
GM__INLINE bool gm__opens_page_number(uint32_t han) {
    return han == 0x7B2C || han == 0x5171 || han == 0x603B || han == 0x7E3D;
}
/* Can such a line begin at `at`, with this code point? */
bool gm__may_be_page_line(const struct gm__parser *p, size_t at, uint32_t first);
#define GM__PAGE_LINE   160u /* bytes; no such line is as long */
#define GM__PAGE_NUMBER 48u  /* nor is one without a head: 第 12 页 / 共 40 页 */

/* match.c: all readings of a label at `at`; at most GM__MAX_READINGS. `end` bounds the paragraph. */
#define GM__MAX_READINGS 6
size_t gm__match_label(const struct gm__parser *p, size_t at, size_t end, unsigned where, struct gm__cand *out);
/* quick.c: the reading of a label of the commonest kind. Its only one; none; the label may be of another kind. Where a
 * Han character follows the label, or one 　 behind it, GM__QUICK_PLAIN if it says nothing, or that character. */
enum gm__quick { GM__QUICK_UNSURE = -1, GM__QUICK_NONE, GM__QUICK_LABEL, GM__QUICK_PLAIN };
/* match.c: as gm__match_label, where gm__match_quick is unsure. */
size_t gm__match_all(const struct gm__parser *p, size_t at, size_t end, unsigned where, struct gm__cand *out);
/* How many bytes of the line's begin the folded word takes, blanks inside passed over; 0: it does not stand there. */
size_t gm__match_word(struct gm_str line, struct gm_str word);

/* keyword.c */
/* The keyword that the trimmed line is; GM__NO_KEYWORD when none. */
uint16_t gm__match_keyword(const struct gm__parser *p, struct gm_str line);
/* （规范性）, （资料性附录）: what kind of annex it is. */
bool gm__is_annex_kind(struct gm_str line);
/* Does more than the keyword, its number and its kind stand on the line? */
bool gm__keyword_has_title(const struct gm__parser *p, uint16_t keyword, struct gm_str line);

/* runin.c */
void gm__find_run_in(struct gm__parser *p);
/* Where 第N条 or 第N章 begins behind two blanks, from `at` on up to the next stop; SIZE_MAX. */
size_t gm__parted_division(const struct gm__parser *p, size_t at);
/* The same, or `at` when one begins there, right behind 。 */
size_t gm__division_behind_stop(const struct gm__parser *p, size_t at);
/* The name of a chapter, or, at the text's begin (first), of the whole, begins at `start`: where the division fused
 * with it does; SIZE_MAX. */
size_t gm__fused_division(const struct gm__parser *p, size_t start, bool first);

/* titled.c: where the first heading stands behind the title, on its line; SIZE_MAX. */
size_t gm__find_titled(const struct gm__parser *p);

/* glued.c */
/* The pattern of 1 范围, 一　范围: a number of the system and a blank; NULL when the grammar has none. */
const struct gm__pattern *gm__bare_pattern(const struct gm_grammar *g, enum gm__numeral system);
/* The line opens with a bare number and no blank; it is a candidate if the rest of the text vouches for it. */
enum gm_status gm__note_glued(struct gm__parser *p, struct gm_str line, uint32_t para);
enum gm_status gm__vouch_glued(struct gm__parser *p);

/* speakers.c: A：… B：… A：… are who speaks, in turn. Of a text with p->falls. */
void gm__mark_speakers(struct gm__parser *p);
/* c opens the line below the last candidate's, and is of its family, but counts back: A： below B：. */
bool gm__falls_back(const struct gm__parser *p, const struct gm__cand *c);

/* outline.c: nodes of a source whose format states them (GM__BLOCK_NODE). */
enum gm_status gm__parse_outline(struct gm__parser *p);
bool gm__is_outline(const struct gm__source *source);

/* parse.c: a paragraph's bytes are within the limit. */
enum gm_status gm__check_paragraph(const struct gm__parser *p, size_t len);

/* lex.c: fill cands. */
enum gm_status gm__lex(struct gm__parser *p);
/* The same; short_cut false: each line goes the long way, as the tests compare them. */
enum gm_status gm__lex_by(struct gm__parser *p, bool short_cut);

/* contents.c: put a candidate, behind those there, into `beginnings`. */
enum gm_status gm__note_beginning(struct gm__parser *p, size_t index);
/* A candidate was put at `index` between the others. */
enum gm_status gm__insert_beginning(struct gm__parser *p, size_t index);
/* Find `beginnings` anew, where candidates were put between the others. */
enum gm_status gm__list_beginnings(struct gm__parser *p);
/* A keyword, an entry, a first number behind 附件： or as long as ① or 【1】: contents or notes may begin with it. */
GM__INLINE bool gm__may_begin_contents(const struct gm__cand *c) {
    if (c->flags & (GM__CAND_HEADING | GM__CAND_TOC)) return true;
    return c->number == 1 && (c->len == 3 || c->len == 7 || (c->at - c->para >= 4 && c->at - c->para <= 16));
}

GM__INLINE struct gm__cand *gm__cand_at(const struct gm__parser *p, size_t i) {
    return (struct gm__cand *)p->cands.data + i;
}
GM__INLINE const struct gm__family *gm__family_of(const struct gm__parser *p, const struct gm__cand *c) {
    return &p->grammar->families[c->family];
}

/* The marks of the set in the 64 bytes of text from `at` on. */
GM__INLINE uint64_t gm__marks_at(const struct gm__parser *p, const struct gm__span *span, size_t at,
                                 const struct gm__marks *set) {
    char room[GM__MARKS_ROOM];
    if (GM__LIKELY(p->len - at >= sizeof room)) return span->marks(p->text + at, set);
    memset(room, 0, sizeof room); /* the text's end */
    memcpy(room, p->text + at, p->len - at);
    return span->marks(room, set);
}

#endif
