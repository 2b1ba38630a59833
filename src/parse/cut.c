/* cut.c - a clause that a line's end cuts before a number: 乙方应于每月 | 5日前支付. Converters break lines there. */
#include "parse/layout.h"
#include "parse/match.h"

#define CUT_REST 36u /* bytes of a line that is the rest of a clause and no paragraph */
#define CUT_HEAD 36u /* bytes; no shorter line is cut where it gives no other sign */

#define MEMBERS_BACK 32 /* candidates back to the member before */

/* Digits, and behind them what they count: 5日, 3000个, 0.5%, 4 h, 6:40. Not 2021年, a paragraph may begin so. */
static bool opens_with_count(const struct gm__parser *p, size_t at) {
    size_t len, digits = 0;
    uint32_t cp = 0;
    for (; (cp = gm__fold(gm__cp_at(p, at, &len))), len && ((cp >= '0' && cp <= '9') || (digits && cp == '.'));
         at += len)
        digits++;
    if (!digits) return false;
    if (cp == ':') return digits <= 2 && gm__fold(gm__cp_at(p, at + len, &len)) - '0' < 10; /* 6:40 */
    if (cp == ' ') cp = gm__cp_at(p, at + len, &len);
    if (cp == 0x5E74 && digits == 4) return false; /* 年 */
    return gm__is_han(cp) || cp == '%' || cp == 0x2030 || cp == 0x2103 || (cp | 32) - 'a' < 26;
}

/* The rest of a clause: short, with a stop at its end and none inside. */
static bool is_short_rest(const struct gm__parser *p, struct gm_str line) {
    static const char *const stops[] = {"。", "；", ";", NULL};
    if (line.len > CUT_REST || !gm__ends_any(line, stops)) return false;
    for (size_t at = (size_t)(line.ptr - p->text), end = at + line.len - 3, len; at < end; at += len)
        if (gm__is_punctuation(gm__cp_at(p, at, &len))) return false;
    return true;
}

/* The text above the paragraph ends in ；, so will the paragraph, or in 。 */
static bool is_below_semicolon(const struct gm__parser *p, size_t para) {
    size_t at = para;
    while (at && gm__is_space((unsigned char)p->text[at - 1])) at--;
    return at >= 3 && memcmp(p->text + at - 3, "；", 3) == 0;
}

/* 第二，必 | 须…; 第四，必须坚持 | 一张蓝图绘到底。 The last candidate is a member, whose text the line's end cuts. */
static bool is_cut_member(const struct lexer *l, const struct gm__cand *tip, struct gm_str rest) {
    const struct gm__parser *p = l->p;
    size_t text = (size_t)tip->at + tip->len;
    if ((tip->flags & GM__CAND_START) || tip->before > GM__BEFORE_COLON || tip->number < 2 || text >= l->prev_end)
        return false;
    if (p->text[tip->at - 1] == ' ' && gm__is_han(gm__cp_before(p, tip->at - 1, l->para))) return false; /* abreast */
    const struct gm__cand *first = gm__cand_at(p, l->para_cand), *c = tip;
    while (c > first && tip - c < MEMBERS_BACK && (c->family != tip->family || c->number != tip->number - 1)) c--;
    if (c->family != tip->family || c->number != tip->number - 1) return false;
    for (size_t at = text, len; at < l->prev_end; at += len)
        if (gm__ends_sentence(gm__cp_at(p, at, &len))) return false;
    if (l->prev_end - text <= 3 || opens_with_count(p, (size_t)(rest.ptr - p->text))) return true;
    return gm__numeral_systems(l->first) && is_short_rest(p, rest);
}

bool gm__is_cut(const struct lexer *l, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (gm__is_punctuation(l->last) || p->cands.count <= l->para_cand || at - l->prev_end > 2) return false;
    if (start != at && gm__indent(p, at) != gm__indent(p, l->prev_line)) return false;
    const struct gm__cand *tip = gm__cand_at(p, p->cands.count - 1);
    if (tip->at < l->prev_line || gm__match_label(p, start, p->len, GM__AT_START, c)) return false;
    struct gm_str rest = gm__next_line(p, p->text + start);
    if (start == at && is_cut_member(l, tip, rest)) return true;
    if (!opens_with_count(p, start)) return false;
    size_t text = (size_t)tip->at + tip->len;
    struct gm_str upper = gm__str(p->text + text, text < l->prev_end ? l->prev_end - text : 0);
    if (gm__awaits_number(upper)) return true;
    if (!p->wrap || start != at || !l->marked || !is_short_rest(p, rest) || upper.len < CUT_HEAD) return false;
    return gm__has_comma(upper) || gm__holds(upper, "：") || is_below_semicolon(p, l->para);
}

bool gm__goes_on_with_measure(const struct lexer *l, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    if (gm__fold(l->first) - '0' >= 10 || at - l->prev_end > 2 || l->prev_end <= l->prev_line ||
        gm__is_punctuation(l->last))
        return false;
    struct cursor c = {p->text + start, p->text + p->len};
    size_t len;
    for (uint32_t cp; cp = gm__fold(peek(&c, &len)), len && (cp - '0' < 10 || cp == '.');) c.p += len;
    struct gm_str above = gm__str(p->text + l->prev_line, l->prev_end - l->prev_line);
    enum measure measure = gm__measure_at(c);
    if (measure && gm__awaits_measure(above)) return true;
    return measure == MEASURE_IN_CLAUSE && (gm__awaits_number(above) || gm__has_comma(above));
}
