/* phrase.h - what a trimmed line of front or back matter looks like. */
#ifndef GM_PHRASE_H
#define GM_PHRASE_H

#include "parse/lex.h"

bool gm__begins(struct gm_str s, const char *with);
/* Lists end with NULL. */
bool gm__begins_any(struct gm_str s, const char *const *list);
bool gm__ends_any(struct gm_str s, const char *const *list);
/* Does it end in punctuation that no heading ends in? */
bool gm__is_stopped(struct gm_str s);
bool gm__is_bracketed(struct gm_str s);       /* （…） */
bool gm__is_date(struct gm_str s);            /* 2024年1月5日 */
bool gm__is_document_number(struct gm_str s); /* 国发〔2019〕3号, 第12号 */
bool gm__is_recipient(struct gm_str s);       /* 各乡镇人民政府： */
bool gm__is_organ(struct gm_str s);           /* …人民政府, …委员会 */
bool gm__is_name(struct gm_str s);            /* two to four Han characters, blanks between them or not */
/* 时间：…, 出席：…: a short word, a colon, and what it is. */
bool gm__is_field(struct gm_str s);
/* Does the line begin with words of the grammar's keywords of this role? */
bool gm__begins_with_role(const struct gm__parser *p, struct gm_str s, enum gm__role role);
/* …办法, …实施方案（试行）: what a notice issues. */
bool gm__names_rules(struct gm_str s);
/* annexed.c: where the title begins of a regulation annexed without a mark; `line`, no candidate itself, holds all of
 * it or its second half. SIZE_MAX when it is none. */
size_t gm__annexed_title(const struct gm__parser *p, struct gm_str line);
/* 篇1, （一）: may a line that ends so be one of counted.c's? */
GM__INLINE bool gm__may_end_counted(uint32_t last) {
    if (last < 0x80) return last == ')' || last - (uint32_t)'0' < 10;
    switch (last) {
    case 0x4E00: /* 一 */
    case 0x4E8C: /* 二 */
    case 0x4E09: /* 三 */
    case 0x56DB: /* 四 */
    case 0x4E94: /* 五 */
    case 0x516D: /* 六 */
    case 0x4E03: /* 七 */
    case 0x516B: /* 八 */
    case 0x4E5D: /* 九 */
    case 0x5341: /* 十 */
    case 0xFF09: return true;
    default: return false;
    }
}
/* Does the text at `at`, as long as `shape`, look like it? 0: a digit; -: one of - / . */
bool gm__fits(const char *at, const char *shape);
/* 高一历史参考答案, …参考答案及评分标准, …答案与解析: may the line be the caption of a paper's answers? */
GM__INLINE bool gm__may_end_answers(uint32_t last) {
    return (last == 0x6848) | (last == 0x51C6) | (last == 0x6790); /* 案准析 */
}
bool gm__heads_answers(struct gm_str line);
/* The last character of such a title: 办法 规定 细则 规则 章程 制度 规划 要点 条例 规范 指南 预案 报告 意见 请示, or a
 * bracket behind them. */
GM__INLINE bool gm__may_end_annexed(uint32_t last) {
    switch (last) {
    case 0x6CD5: /* 法 */
    case 0x5B9A: /* 定 */
    case 0x5219: /* 则 */
    case 0x6848: /* 案 */
    case 0x7A0B: /* 程 */
    case 0x5EA6: /* 度 */
    case 0x5212: /* 划 */
    case 0x70B9: /* 点 */
    case 0x4F8B: /* 例 */
    case 0x8303: /* 范 */
    case 0x5357: /* 南 */
    case 0x5247: /* 則 */
    case 0x9EDE: /* 點 */
    case 0x7BC4: /* 範 */
    case 0x756B: /* 畫 */
    case 0x544A: /* 告 */
    case 0x89C1: /* 见 */
    case 0x793A: /* 示 */
    case 0xFF09:
    case ')': return true;
    default: return false;
    }
}
/* 附件：1.…, 附件1：… */
bool gm__names_annex(struct gm_str s);
/* Such a line with no annex below it, but the next of the list, the signature or nothing. */
bool gm__lists_annex(const struct gm__parser *p, struct gm_str line);
/* 同志们：, 各位代表！ */
bool gm__is_salutation(const struct gm__parser *p, struct gm_str s);
/* -----, +---+---+, | a | b |: what is drawn, not written. */
bool gm__is_ruled(struct gm_str line);
/* Such a line of nothing but strokes, or a row of a table. */
bool gm__is_frame(struct gm_str line);
/* The next line with text from `at` on, trimmed; empty at the end. */
struct gm_str gm__next_line(const struct gm__parser *p, const char *at);

/* 招 标 文 件: the characters alone, where the line is no longer than that; else the line as it is. */
#define GM__SPACED 64u /* bytes */
struct gm_str gm__without_blanks(struct gm_str line, char to[GM__SPACED]);

#endif
