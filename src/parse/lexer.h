/*
 * lexer.h - what the parts of the lexer share: lex.c (lines), candidate.c, partner.c, wrap.c, line.c.
 */
#ifndef GM_LEXER_H
#define GM_LEXER_H

#include "parse/lex.h"

#include "parse/phrase.h"

#define SHORT_LINE 160u /* bytes; longer lines are no page numbers, keywords or headings */

/* Where the last of a family's number stands, or its paragraph begins: its partner is looked for from there on. */
struct partner {
    uint32_t at;
    int32_t number;
    uint16_t family;
};

#define GM__VERBS 9u /* members of a series of verbs, and no more */

/* Lines below `first` that begin with the next members. */
struct verb_row {
    struct gm__cand first;
    size_t at[GM__VERBS + 1]; /* where each begins, by number - 1 */
    unsigned next, end;       /* of `at`; end: 0 where there is no row */
    bool simple;              /* the lexer's, when the row is over */
};

enum gm__line_kind {
    GM__LINE_OTHER,    /* nothing */
    GM__LINE_PROSE,    /* it opens its paragraph, and neither a marker nor a keyword opens it */
    GM__LINE_LABELLED, /* it does, with 第, （ or a numeral of a marker: no word of a list, no option, no glyph, no date
                        */
};

#define GM__LABEL_BYTES 24u

/* A label and the next of its kind. */
struct seconds {
    char first[GM__LABEL_BYTES], label[GM__LABEL_BYTES];
    uint8_t first_len, len;
};

struct lexer {
    struct gm__parser *p;
    size_t line, prev_line, prev_end; /* starts; prev_end: end of the last line with text */
    size_t first_cand, para_cand;     /* of the line, of the paragraph */
    size_t para;                      /* start of the paragraph */
    uint32_t under;                   /* GM__CAND_UNDER_TEXT and the like, of a label that is read straight */
    size_t para_line, para_stop;      /* its last line so far: start, end of the text */
    uint32_t para_last;               /* the character there */
    size_t inline_from;               /* no inline candidate before this byte */
    size_t block;                     /* index of the next block */
    const struct gm__block *now;      /* the line's block, NULL for plain text */
    const struct gm__span *span;      /* the vector code of this machine */
    bool short_cut;                   /* the commonest lines go the short way */
    bool simple;                      /* no format knows of lines, and nothing but line ends parts or joins them */
    enum gm__line_kind kind;          /* what its begin says of its end */
    size_t most;                      /* bytes of a paragraph */
    size_t flattened;                 /* a line of more bytes may have lost its breaks */
    bool wrapped, has_text;
    size_t quoted;                  /* up to here the text quotes articles: “第三条　… */
    size_t next_close;              /* the first ” at or behind the place last asked for */
    uint32_t first;                 /* the line's first code point, 0 when it has no text */
    uint32_t last;                  /* the last code point of the last line with text, 0 when there is none */
    bool gated;                     /* `first` may open a marker or a keyword */
    size_t text_at;                 /* where the line's text begins */
    size_t mail;                    /* a mail that is quoted begins with the line: the byte behind its first, or 0 */
    bool quotes;                    /* the points of one that is quoted are points */
    size_t tabs;                    /* in the line */
    unsigned uncounted;             /* lines until the next that the document's table keeps */
    bool heads;                     /* the line before is a heading of its own */
    bool marked;                    /* the line before opens with a candidate */
    bool told;                      /* a sentence ended a line */
    bool timed;                     /* [10:16] ended one */
    uint64_t own[4];                /* by family, the first 256: a member was a heading on a line of its own */
    uint16_t lone;                  /* the family of the paragraph before if it is a mere line, or 0 */
    size_t broken_line, broken_end; /* the last heading's line that the next went on with, 0 before it */
    struct gm_str stem;             /* 渡口总结 of 渡口总结 篇1, the last that was found */
    int32_t counted;                /* its number */
    unsigned spoken;                /* lines of a chat that say who speaks, and when */
    unsigned asked;                 /* firsts of such whose second was looked for */
    bool half_captioned;            /* 【…】 stood before its text, once */
    bool captioned;                 /* 【…】 stood on a line of its own */
    struct seconds seconds;         /* of the last list that was looked for */
    bool lists;                     /* a first number stands in the line that may be a list's, or a decimal opens it */
    uint16_t abreast_family;
    int32_t abreast; /* members stand abreast in the line above: the number that the next would have; else 0 */
    bool ledger; /* 序号　名称　数量: the line above heads a table whose cells blanks part, or is a row of it */
    bool accounts; /* 项目　金额, 一、收入　1,823.45: such a table is open */
    bool clauses; /* 条款号　条款名称　编列内容: a table of clauses is open, that cells of more than a line may part */
    int32_t
        cells; /* 序号 stood on a line of its own: a table, a cell a line, whose rows have come to this number - 1 */
    struct verb_row row;          /* lines that begin with 二听…, 三摸… below 一看… */
    struct partner partners[256]; /* by a hash of family and number */
    struct gm__marks digits[10];  /* what such numbers begin with, as far as it was asked for */
    enum gm_status status;
};

/* The code point at `at`. The text is UTF-8: where it is not, what comes of it is thrown away (sift.c). */
GM__INLINE uint32_t gm__cp_at(const struct gm__parser *p, size_t at, size_t *len) {
    const unsigned char *s = (const unsigned char *)p->text + at;
    size_t left = at < p->len ? p->len - at : 0;
    if (left >= 3 && s[0] > 0xE0 && s[0] < 0xF0) {
        *len = 3;
        return gm__three_bytes(s);
    }
    uint32_t cp = 0;
    *len = left ? gm__utf8_decode(p->text + at, p->text + p->len, &cp) : 0;
    return cp;
}

GM__INLINE uint32_t gm__cp_before(const struct gm__parser *p, size_t at, size_t begin) {
    const unsigned char *s = (const unsigned char *)p->text + at - 3;
    if (at - begin >= 3 && s[0] > 0xE0 && s[0] < 0xF0 && s[2] >= 0x80) return gm__three_bytes(s);
    uint32_t cp = 0;
    return gm__utf8_decode_back(p->text + begin, p->text + at, &cp) ? cp : 0;
}

/* 第 stands there. */
GM__INLINE bool gm__has_di(const struct gm__parser *p, size_t at) {
    return p->len - at >= 3 && memcmp(p->text + at, "\xE7\xAC\xAC", 3) == 0;
}

/* A table is open whose rows nothing but their numbers and blanks tell. */
GM__INLINE bool gm__in_table(const struct lexer *l) { return l->ledger || l->clauses || l->accounts || l->cells; }

/* 序号, 条款号 may begin there. */
GM__INLINE bool gm__heads_table(uint32_t cp) { return cp == 0x5E8F || cp == 0x6761; }

GM__INLINE bool gm__is_line_end(uint32_t cp) { return cp == '\n' || cp == '\r'; }

/* signs.c: where the line's text begins, from `start` on; `first` is known then. */
size_t gm__skip_signs(struct lexer *l, size_t start);
bool gm__is_bullet(uint32_t cp);

/* candidate.c */
size_t gm__skip_blanks_at(const struct gm__parser *p, size_t at);
/* Where the line goes on behind the blanks at `at`. Most often with Han, or with Han behind 　. */
GM__INLINE size_t gm__skip_line_blanks(const struct gm__parser *p, size_t at) {
    const unsigned char *s = (const unsigned char *)p->text;
    size_t most = p->len < 4 ? 0 : p->len - 3;
    while (at < most && gm__raw_three(s + at) == 0x8080E3) at += 3;
    if (at < p->len && s[at] >= 0xE4 && s[at] < 0xEF) return at;
    return p->len - at >= 3 && !gm__may_be_blank(p->text + at) ? at : gm__skip_blanks_at(p, at);
}
bool gm__is_punctuation(uint32_t cp);
/* Nothing to see, and no blank: marks of direction, operators of formulas, what says that a picture is one. */
bool gm__is_unseen(uint32_t cp);
enum gm__before gm__before_class(uint32_t cp);
void gm__push_cand(struct lexer *l, const struct gm__cand *c);
/* Push c with what the text behind its label tells. */
void gm__push_with_text(struct lexer *l, struct gm__cand *c);
/* A wrap parts a label from its text, which begins at `start`. */
void gm__see_wrapped_text(const struct lexer *l, size_t start);
/* Readings of one place; flags common to all. True when there is one. */
bool gm__offer(struct lexer *l, size_t at, unsigned where, unsigned flags, enum gm__before before);
/* opener: what stands there, if it opens labels and there is room for one. */
void gm__offer_behind_stop(struct lexer *l, size_t at, const struct gm__opener *opener);
void gm__offer_start(struct lexer *l, size_t start);
/* The same where no format knows of the line and the one before it has surely ended. */
bool gm__offer_opening(struct lexer *l, size_t start);
/* The same behind that opener. */
bool gm__offer_opened(struct lexer *l, size_t start, const struct gm__opener *opener);
struct straight;
/* The label that was read at the line's begin, before Han. */
void gm__take_straight(struct lexer *l, size_t start, const struct straight *r);
/* second.c: 第一卷 少年行 第九十九章 归乡: a second heading behind a blank, or behind a mere number. */
void gm__offer_second(struct lexer *l, struct gm_str line);
/* A heading without a number, with which the line begins. */
struct gm__cand gm__heading(const struct lexer *l, struct gm_str line, uint16_t keyword, unsigned flags);
/* The whole line is one. */
void gm__offer_heading(struct lexer *l, struct gm_str body, uint16_t keyword, uint8_t level, unsigned flags);

/* figures.c */
/* Blanks part cells in it. */
bool gm__has_cells(struct gm_str s);
/* 1 柳湾村 1,862 21.57, which c opens: it and its neighbours show that it is a row of a table. */
bool gm__is_figures_row(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body);
/* 0.1　0.42, 1.1 城镇 90: a decimal, and figures end the line. */
bool gm__is_decimal_row(const struct gm__cand *c, struct gm_str body);
/* 1 一中 87 right below 名次 学校 分数 or 表1　成绩, 1 王小河 东滩 right below 工号 姓名 渡口 where 2 李大江 西滩
 * stands below it: the first row of a table. */
bool gm__opens_table(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body);
/* 1 on a line of its own, below 项次 and other names of columns, or where words and a figure stand below it and below
 * 2: the first row of a table that has a cell in each line. */
bool gm__opens_cells(const struct gm__parser *p, struct gm_str body);

/* accounts.c: is the line, which ends in a figure or stands below a row, a row of the tables of a budget? */
bool gm__is_account_row(struct lexer *l, struct gm_str body);

/* mails.c: > 1. …: where the label begins behind the signs at `start`, which quote a mail. */
size_t gm__skip_quoting(struct lexer *l, size_t start);
/* The line `body` is over, with which a quoted mail began. */
void gm__see_mail(struct lexer *l, struct gm_str body);
/* ---------- 原始邮件 ----------, or 发件人：… above 发送时间：…: another mail begins. */
bool gm__parts_mails(const struct gm__parser *p, struct gm_str line);

/* partner.c */
/* 一方面 may stand anywhere in the clause: it is found from its partner. No stretch is gone through twice. */
void gm__find_partner(struct lexer *l);
/* ：A.…；B.…: c, and what was read there, is kept if it is the first behind a colon, or stands behind the one before
 * it. from: the place before which no candidate stood. */
bool gm__keep_announced(struct lexer *l, const struct gm__cand *c, size_t from);
/* Of U+4000 and above what may begin this number, 1 to 9, Han or Arabic; some others too. */
struct gm__marks gm__digit_marks(int32_t number);
/* What is known of the one before c. */
struct partner *gm__partner_of(struct lexer *l, const struct gm__cand *c);
/* Of the candidates from the one at `from` on, the first at that place of the text, or NULL. */
GM__INLINE struct gm__cand *gm__known_at(const struct lexer *l, size_t from, size_t at) {
    for (size_t i = from; i < l->p->cands.count; i++)
        if (gm__cand_at(l->p, i)->at == at) return gm__cand_at(l->p, i);
    return NULL;
}
/* A candidate of the paragraph that stands before others. */
void gm__put_before(struct lexer *l, const struct gm__cand *c);

/* cited.c */
/* ①, a candidate that stands behind a sentence at `at`, and the next member of a series right behind it: it is a note's
 * mark, and the member is found. */
void gm__see_cited(struct lexer *l, size_t at);
/* …。①…。②…。③: the last candidate of the paragraph is a glyph with nothing behind it. Those before it are notes' too.
 */
void gm__see_last_mark(const struct lexer *l);
/* The last candidate of the paragraph, at the very end of the line above, is such a mark. */
bool gm__ends_in_mark(const struct lexer *l);

/* fused.c */
/* The label of the point one before (step -1) or behind (1) this one: （一） for （二）, 1.3、 for 1.2、. Its length;
 * 0: there is none of the kind. label: GM__LABEL_BYTES. */
size_t gm__label_beside(const struct gm__parser *p, const struct gm__cand *point, int step, char *label);
/* The point before the one that was just found, if it is fused with a caption. */
void gm__find_fused(struct lexer *l);
/* The same where the line's first candidate has the number 2, and the lines above may hold the first. */
void gm__find_fused_above(struct lexer *l);

/* ！ to ＠, 、 and 。: full-width marks. */
GM__INLINE bool gm__is_wide_mark(uint32_t cp) { return cp - 0xFF01 < 0x20 || cp - 0x3001 < 2; }

/* A candidate stands inside the paragraph above, which no stop ends: the line's end may cut it. */
GM__INLINE bool gm__may_be_cut(const struct lexer *l) {
    const struct gm__parser *p = l->p;
    if (p->cands.count <= l->para_cand || gm__is_wide_mark(l->last)) return false;
    return gm__cand_at(p, p->cands.count - 1)->at > l->para;
}

/* The same where a candidate opens that line, which ends in `last`, and `first`, a digit, this one. */
GM__INLINE bool gm__may_be_cut_before(const struct lexer *l, uint32_t last, uint32_t first) {
    return l->marked && gm__fold(first) - '0' < 10 && !gm__is_wide_mark(last);
}

/* wrap.c */
/* 第 1 條, 第一章　总则: a unit and a blank open a line of their own, whatever the width. */
bool gm__heads_line(const struct gm__parser *p, size_t at);
/* A provision may go on behind a wrap, a chapter's heading does not. */
bool gm__is_article_line(const struct gm__parser *p, size_t at);
/* ……；二 | 是抓整改: the wrap before the line's text at `start` falls inside a marker, which
 * begins no sooner than `taken`. True when it does. */
bool gm__offer_broken(struct lexer *l, size_t start, size_t taken);
/* The first line of a paragraph that a marker opens, without a mark in its text: is it a heading's? */
const struct gm__cand *gm__heading_line(const struct lexer *l);
/* At the end of a paragraph of a wrapped text: was the one before it a heading, that is a line of its own above prose?
 */
void gm__note_own_heading(struct lexer *l);
/* The line at `at` is the rest of the one before: by its width, or, behind a marker, by its last word or mark. */
bool gm__goes_on(const struct lexer *l, size_t at, size_t start);

/* quantity.c: 亿元, 万人, 倍 stand there */
bool gm__is_measured(const struct gm__parser *p, size_t at);

/* flattened.c: a blank in the place of each line break: the labels behind such in the line, which ends at `end`. */
void gm__offer_flattened(struct lexer *l, size_t end);
/* The text is a chat: shorter lines have lists that blanks part. */
void gm__see_chat(struct lexer *l);
/* 1.2 …。1.3 …: the clauses behind a sentence's end of the line that one opens, which do not open lines below. */
void gm__offer_clauses(struct lexer *l, size_t end);
/* Does a line below the one that ends at `end` begin with the label? */
bool gm__label_below(const struct gm__parser *p, struct gm_str label, size_t end);
/* No line of so many bytes or fewer has lost its breaks. */
size_t gm__least_flattened(const struct gm__parser *p);

/* unparted.c: the points of lists that no stop parts, in the line that ends at `end`: all that looks for such. */
void gm__offer_lists(struct lexer *l, size_t end);
/* May the candidate be of such a list? */
bool gm__may_be_member(const struct gm__parser *p, const struct gm__cand *c);
/* Does the label of the member after c stand at `at`? Then it is *out. */
bool gm__match_next(const struct gm__parser *p, const struct gm__cand *c, size_t at, size_t end, struct gm__cand *out);

/* counted.c: 渡口总结 篇1: a heading, if the second comes behind a first. */
bool gm__offer_counted(struct lexer *l, struct gm_str line);

/* abreast.c: members that blanks alone part in the line, which ends at `end`. */
void gm__offer_abreast(struct lexer *l, size_t end);
/* Does a figure stand above or below the line, or a caption that announces the names of parts? */
bool gm__names_parts(const struct lexer *l, size_t end);

/* The line's end tells more of a first number, a decimal, a word. */
GM__INLINE bool gm__may_list(const struct gm__cand *c) { return c->number == 1 || c->components != 1; }
/* verbs.c: 一 to 九, three bytes each. */
extern const char gm__han_digits[];

/* verbs.c: 二楼, 三天, 二人, 三百: what stands behind a number is counted, or counts on. */
bool gm__is_counted(const struct gm__parser *p, size_t at);
/* bare.c: may the line that ends at `stop` tell how many lines below it begin with mere numbers? */
bool gm__tells_bare(const struct gm__parser *p, size_t stop);
/* 一风寒。…, 二风热。…: it does, and the line at `start` is the first. */
void gm__offer_bare(struct lexer *l, size_t start);
/* verbs.c: a member of the row may begin at `start`. */
void gm__offer_verb_line(struct lexer *l, size_t start);
/* verbs.c: 二听…，三摸… behind 一看…, the candidates from `from` on, in the text before `end`. */
void gm__offer_verbs(struct lexer *l, size_t from, size_t end);

/* What stands before a member at `at`; a line end inside the paragraph, and blanks, are passed over. */
enum gm__before gm__before_member(const struct lexer *l, size_t at);
/* shared.c: 三 or 第三 at `at`, which is no label there, may be the third of members whose word no grammar knows. */
void gm__find_shared(struct lexer *l, size_t at);
#define GM__RAW_THREE 0x89B8E4u /* 三 */

/* turns.c: the line begins or ends in a bracket: a turn of a transcript, if times end some of its lines. */
void gm__see_turn(struct lexer *l, struct gm_str body);
/* The line ends in a digit: 王小河 2021/5/6 9:02 of a chat, if it is not the first. */
void gm__see_speaker(struct lexer *l, struct gm_str body);

/* line.c */
/* The line with text above `at`, where that is short. */
struct gm_str gm__line_above(const struct gm__parser *p, size_t at);
/* The line has text and ends at `stop`, with `last`. */
GM__INLINE void gm__leave_line(struct lexer *l, size_t stop, uint32_t last) {
    if (GM__UNLIKELY(stop - l->text_at > l->flattened)) gm__offer_flattened(l, stop);
    if (GM__UNLIKELY(l->lists)) gm__offer_lists(l, stop);
    l->prev_line = l->line;
    l->prev_end = stop;
    l->last = last;
    l->told |= last == 0x3002;
}
/* That is what its paragraph ends with so far. */
GM__INLINE void gm__extend_para(struct lexer *l) {
    l->para_line = l->prev_line;
    l->para_stop = l->prev_end;
    l->para_last = l->last;
}
void gm__lexer_matter(struct lexer *l, struct gm_str text, enum gm_matter_kind kind);
void gm__end_line(struct lexer *l, size_t end);
/* A bracket with a first number opens the line, which ends at `end`: the members that blanks part from it. */
void gm__offer_row(struct lexer *l, size_t end);
/* （1）称量  （2）溶解 */
GM__INLINE bool gm__may_open_row(const struct lexer *l) {
    return GM__UNLIKELY(l->first == 0xFF08) && l->marked && gm__cand_at(l->p, l->first_cand)->number == 1;
}

#endif
