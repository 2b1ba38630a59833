/* signs.c - what stands before a line's label and is no text: a bullet, the blank for an answer, 正文. */
#include "parse/lexer.h"

/* 正文　第一章　…, VIP卷 第二章: books from the net say before each chapter that it is body text. Where the heading
 * begins. */
static size_t skip_body_word(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    static const char *const words[] = {"正文卷", "正文", "VIP章节", "VIP卷"};
    size_t i = 0;
    while (i < GM__COUNT(words) &&
           (p->len - start <= strlen(words[i]) || memcmp(p->text + start, words[i], strlen(words[i])) != 0))
        i++;
    if (i == GM__COUNT(words)) return start;
    size_t end = start + strlen(words[i]), at = gm__skip_line_blanks(p, end);
    if (at == end || p->source->blocks.count || start < l->quoted || !gm__heads_line(p, at) ||
        gm__is_article_line(p, at))
        return start;
    gm__lexer_matter(l, gm__str(p->text + start, end - start), GM_MATTER_PAGE);
    return at;
}

/* 3、 at `at`? */
static bool is_number_with_mark(const struct gm__parser *p, size_t at) {
    struct gm__ordinal o;
    size_t n = at < p->len ? gm__numeral_scan(GM__NUM_ARABIC, p->text + at, p->text + p->len, false, &o) : 0, len;
    uint32_t cp = gm__cp_at(p, at + n, &len);
    if (!n || !len || (cp != 0x3001 && gm__fold(cp) != '.')) return false;
    uint32_t next = gm__fold(gm__cp_at(p, at + n + len, &len));
    return cp == 0x3001 || next < '0' || next > '9'; /* （A）1.5斤 */
}

/* （　）1. …, （√）1、…, (AB)1. …: the answer, or a blank for it, stands before the number of the question. Where the
 * number begins. */
static size_t skip_answer_blank(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    size_t len, n = 0, at = gm__skip_line_blanks(p, start + (p->text[start] == '(' ? 1 : 3));
    uint32_t cp = gm__fold(gm__cp_at(p, at, &len));
    for (; len && n < 6 && (cp - 'A' < 26 || cp == 0x221A || cp == 0xD7 || cp == 0x2713); n++) { /* √ × ✓ */
        at = gm__skip_line_blanks(p, at + len);
        cp = gm__fold(gm__cp_at(p, at, &len));
    }
    if (!len || cp != ')') return start;
    size_t end = at + len;
    at = gm__skip_line_blanks(p, end);
    if (!is_number_with_mark(p, at) || p->source->blocks.count || start < l->quoted) return start;
    gm__lexer_matter(l, gm__str(p->text + start, end - start), GM_MATTER_PAGE);
    return at;
}

/* 问：3.…: whose turn it is stands before the number of the question. Where the number begins. */
static size_t skip_asker(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    size_t len, end = start + 3;
    if (gm__fold(gm__cp_at(p, end, &len)) != ':') return start;
    end += len;
    size_t at = gm__skip_line_blanks(p, end);
    if (!is_number_with_mark(p, at) || p->source->blocks.count || start < l->quoted) return start;
    gm__lexer_matter(l, gm__str(p->text + start, end - start), GM_MATTER_PAGE);
    return at;
}

bool gm__is_unseen(uint32_t cp) {
    return cp - 0x202A < 5 || (cp - 0x2061 < 9 && cp != 0x2065) || cp == 0x180E || cp == 0xFE0F;
}

/* A picture in colour, 📋 🎯 ⚠, or what is not seen at all. ❶ and its like are numbers. */
static bool is_picture(uint32_t cp) {
    return gm__is_unseen(cp) || cp - 0x1F300 < 0x800 || (cp - 0x2600 < 0x1C0 && cp - 0x2776 >= 0x1E) ||
           cp - 0x231A < 0xDA;
}

/* • ● ◆ ★ ▲ and their like, * and -, and the glyphs of the fonts that word processors take them from. */
bool gm__is_bullet(uint32_t cp) {
    static const uint32_t bullets[] = {0x203B, 0x25A0, 0x25AA, 0x25AB, 0x25B2, 0x25B3, 0x25B6, 0x25BA,
                                       0x25C6, 0x25C7, 0x25C9, 0x25CE, 0x25CF, 0x25FC, 0x25FE, 0x2605,
                                       0x2606, 0x2611, 0x2666, 0x26AB, 0x2705, 0x2713, 0x2714, 0x2756,
                                       0x27A1, 0x27A2, 0x27A4, 0x2B50, 0xFF0A, 0x2022, 0xB7};
    if (cp < 0x80) return cp == '*' || cp == '-' || cp == '#';
    if (cp - 0xF020u < 0xE0) return true;
    if (cp - 0x2010 < 0x12 || cp - 0x3000 < 0xC000) return false; /* dashes, quotation marks, brackets, Han */
    for (size_t i = 0; i < GM__COUNT(bullets); i++)
        if (bullets[i] == cp) return true;
    return is_picture(cp);
}

/* ▲ ● ■ ※: a format has lists of its own, whose bullets are no text; these were typed. */
static bool is_shape(uint32_t cp) { return cp - 0x25A0 < 0x60 || cp == 0x203B; }

/* ★2.1投标人, ● 2.1 投标人. ● 2023.5 and • 5.12地震 are no decimals of a text's parts. */
static bool marks_decimal(const struct gm__parser *p, uint32_t bullet, const struct gm__cand *c) {
    const char *at = p->text + c->at;
    bool long_number = at[0] < '0' || at[0] > '9' || (at[1] != '.' && at[2] != '.');
    return !long_number && ((c->flags & GM__CAND_BLANK) || bullet == 0x2605 || bullet == 0x25B2 || bullet == '*');
}

/* Says that the sign before it is a picture, or its colour. */
static bool is_shade(uint32_t cp) { return gm__is_unseen(cp) || cp == 0x200D || cp - 0x1F3FB < 5; }

/* 楔子, 番外一 stand there, and nothing else in the line. */
static bool stands_keyword(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    size_t most = p->len - at < SHORT_LINE ? p->len - at : SHORT_LINE;
    struct gm_str line = gm__str_trim(gm__str(p->text + at, l->span->line(p->text + at, most)));
    uint16_t keyword = gm__match_keyword(p, line);
    return keyword != GM__NO_KEYWORD && p->grammar->keywords[keyword].role == GM__ROLE_HEADING;
}

/* • 1、…, ★2.1 …, ☆、第三章: a bullet stands before the label, as lists of pages and marks of tenders do. Where the
 * label begins. */
static size_t skip_bullet(struct lexer *l, size_t start, size_t len) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    size_t end = start + len;
    while (is_shade(gm__cp_at(p, end, &len))) end += len;
    size_t at = gm__skip_line_blanks(p, end);
    uint32_t cp = gm__cp_at(p, at, &len);
    if (p->source->blocks.count && !is_picture(l->first) && !is_shape(l->first)) return start;
    if (start < l->quoted || (l->first == '-' && at == end)) return start;
    if (l->first == '#' && (at != end || gm__fold(cp) != '(')) return start; /* #（2） of a tender; #1机组 */
    bool stars = (l->first == 0x2605 || l->first == 0x2606) && cp == 0x3001;
    if (stars) cp = gm__cp_at(p, at += len, &len);
    if (!len || !gm__gate_has(&p->grammar->start_gate, cp)) return start;
    if (stars && stands_keyword(l, at)) {
        gm__lexer_matter(l, gm__str(p->text + start, at - start), GM_MATTER_PAGE);
        return at;
    }
    size_t n = gm__match_label(p, at, p->len, GM__AT_START, c);
    if (!n || (c[0].flags & (GM__CAND_BARE | GM__CAND_DOUBTED)) || gm__family_of(p, &c[0])->words) return start;
    if (c[0].components > 1 && !marks_decimal(p, l->first, &c[0])) return start;
    gm__lexer_matter(l, gm__str(p->text + start, end - start), GM_MATTER_PAGE);
    return at;
}

#define BRACKETED_MOST 120u /* bytes of a line in brackets */

/* The mark that closes what `cp` opens; 0: it opens nothing that stands around headings. */
static const char *closing_of(uint32_t cp) {
    switch (cp) {
    case 0x3010: return "】";
    case 0x3016: return "〗";
    case 0x3014: return "〕";
    case 0x300C: return "」";
    case 0x300E: return "』";
    default: return NULL;
    }
}

/* 第一章 完, 你去第一场？: what is said of a chapter, or by somebody. */
static bool is_said(struct gm_str inner) {
    static const char *const ends[] = {"完", "终", "終", "结束", "結束", "？", "！", "。", "…", "，", "；", "：", NULL};
    return gm__ends_any(inner, ends) || gm__holds(inner, "。");
}

/* 【第一章 起风】, 【第一章】起风, 「第一回 归舟」: brackets around the heading of a division, or around its number; no
 * quotation marks around a mere number. Where the number begins. */
static size_t skip_bracket(struct lexer *l, size_t start, size_t len) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    const char *closing = closing_of(l->first);
    size_t at = start + len;
    if (!closing || !gm__has_di(p, at) || p->source->blocks.count || start < l->quoted) return start;
    size_t most = p->len - at < BRACKETED_MOST ? p->len - at : BRACKETED_MOST;
    struct gm_str line = gm__str(p->text + at, l->span->line(p->text + at, most));
    if (line.len == BRACKETED_MOST || !gm__match_label(p, at, p->len, GM__AT_START, c)) return start;
    if (gm__family_of(p, &c[0])->kind != GM_KIND_SECTION || c[0].len > line.len) return start;
    line = gm__str_trim(line);
    struct gm_str rest = gm__str(line.ptr + c[0].len, line.len - c[0].len);
    bool quotes = l->first == 0x300C || l->first == 0x300E;
    bool number = !quotes && gm__begins(rest, closing);
    bool whole = gm__str_ends(rest, closing) && rest.len > 3 && (!quotes || c[0].flags & GM__CAND_BLANK);
    if (whole) rest.len -= 3;
    if ((!whole && !number) || is_said(rest)) return start;
    gm__lexer_matter(l, gm__str(p->text + start, len), GM_MATTER_PAGE);
    return at;
}

size_t gm__skip_signs(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    size_t len, at = start;
    l->first = gm__cp_at(p, start, &len);
    if (l->first == 0x6B63 || l->first == 'V') /* 正 */
        at = skip_body_word(l, start);
    else if (l->first == '(' || l->first == 0xFF08)
        at = skip_answer_blank(l, start);
    else if (l->first == 0x95EE || l->first == 0x554F) /* 问問 */
        at = skip_asker(l, start);
    else if (l->first - 0x300C < 0x10)
        at = skip_bracket(l, start, len);
    else if (l->first == '>')
        at = gm__skip_quoting(l, start);
    else if (gm__is_bullet(l->first))
        at = skip_bullet(l, start, len);
    if (at != start) l->first = gm__cp_at(p, at, &len);
    return at;
}
