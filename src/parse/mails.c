/*
 * mails.c - > 1. 船何时到？: what a mail quotes stands behind such signs, or below a line that says so. Its points are
 * points, and what was counted above it is over. Where an answer takes one line of another mail after the other, those
 * are the other's points.
 */
#include "parse/lexer.h"
#include "parse/phrase.h"

#define QUOTED_DEEP 8 /* mails in mails */

/* > and >> and > > at `start`: where what they stand before begins. *blank: a blank parts the two. */
static size_t behind_quoting(const struct gm__parser *p, size_t start, bool *blank) {
    size_t at = start;
    for (int n = 0; n < QUOTED_DEEP && at < p->len && p->text[at] == '>'; n++) {
        size_t end = at + 1;
        at = gm__skip_line_blanks(p, end);
        *blank = at > end;
    }
    return at;
}

/* 1. 船何时到？, 一、…: a label and words. 1.5倍 and 3 are none, and a program's prompt has other text. Its number; 0.
 */
static int32_t number_of_point(const struct gm__parser *p, size_t at, bool blank) {
    struct gm__cand c[GM__MAX_READINGS];
    size_t len;
    uint32_t cp = gm__cp_at(p, at, &len);
    if (!len || !gm__gate_has(&p->grammar->start_gate, cp) || !gm__match_label(p, at, p->len, GM__AT_START, c))
        return 0;
    size_t end = at + c[0].len, text = gm__skip_line_blanks(p, end);
    cp = gm__cp_at(p, text, &len);
    if ((c[0].flags & (GM__CAND_BARE | GM__CAND_DOUBTED)) || gm__family_of(p, &c[0])->words) return 0;
    if (!blank && text == end && p->text[end - 1] == '.') return 0; /* >1.5 */
    bool words = gm__is_han(cp) || cp == 0x201C || cp == 0x300A;
    return words && (c[0].components == 1 || text > end) ? c[0].number : 0;
}

/* The line above is quoted, too, or the one below. */
static bool stands_in_block(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    size_t left = p->len - start < (size_t)SHORT_LINE * 4 ? p->len - start : (size_t)SHORT_LINE * 4;
    struct gm_str below = gm__next_line(p, p->text + start + l->span->line(p->text + start, left));
    return (l->prev_end && p->text[l->prev_line] == '>') || gm__begins(below, ">");
}

size_t gm__skip_quoting(struct lexer *l, size_t start) {
    static const char *const says[] = {"写道：", "寫道：", "写道:", "寫道:", "wrote:", "wrote：", NULL};
    const struct gm__parser *p = l->p;
    bool blank = false;
    if (p->source->blocks.count || start < l->quoted) return start;
    if (gm__ends_any(gm__str(p->text + l->prev_line, l->prev_end - l->prev_line), says)) l->mail = start + 1;
    size_t at = behind_quoting(p, start, &blank);
    int32_t number = number_of_point(p, at, blank);
    if (number == 1) l->quotes = stands_in_block(l, start);
    if (!number || !l->quotes) return start;
    gm__lexer_matter(l, gm__str_trim(gm__str(p->text + start, at - start)), GM_MATTER_PAGE);
    return at;
}

void gm__see_mail(struct lexer *l, struct gm_str body) {
    size_t at = l->mail - 1 < l->line ? l->line : l->mail - 1;
    struct gm_str line = gm__str(l->p->text + at, (size_t)(body.ptr - l->p->text) + body.len - at);
    struct gm__cand c = gm__heading(l, line, GM__NO_KEYWORD, GM__CAND_STAMP);
    l->mail = 0;
    gm__put_before(l, &c);
}

/* 发件人：王小河 and below it 发送时间：… or 收件人：…: the head of a mail. */
static bool heads_mail(const struct gm__parser *p, struct gm_str line) {
    static const char *const senders[] = {"发件人:", "发件人：", "發件人：", "寄件者:", "寄件者：", "寄件人：",
                                          "From:",   "From：",   "发信人：", "发信人:", NULL};
    static const char *const others[] = {"发送时间", "发件时间", "发送日期", "日期",     "时间", "收件人",
                                         "發送時間", "收件者",   "寄件日期", "傳送時間", "Sent", "Date",
                                         "To:",      "To：",     "发信站",   NULL};
    return gm__begins_any(line, senders) && gm__begins_any(gm__next_line(p, line.ptr + line.len), others);
}

bool gm__parts_mails(const struct gm__parser *p, struct gm_str line) {
    static const char *const words[] = {
        "原始邮件",   "邮件原件",         "原邮件信息",       "原始信件",          "原始郵件",
        "原邮件",     "原郵件",           "转发邮件",         "轉寄郵件",          "轉寄的郵件",
        "转发的邮件", "Original Message", "Original message", "Forwarded message", "Forwarded Message"};
    if (!gm__begins(line, "---")) return heads_mail(p, line);
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__holds(line, words[i])) return true;
    return false;
}
