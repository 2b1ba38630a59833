/*
 * abreast.c - 一、通报 二、商议 三、其他: members that blanks alone part in their line, one blank too. The first opens
 * the line. Three in order are a list; so are two where the next opens the line below, and what stands there in the
 * same way belongs to it: two columns; and two names of four characters or more, without a mark, that are the whole
 * line. The names of the parts of a figure are none.
 */
#include "parse/lexer.h"
#include "parse/phrase.h"
#include "parse/series.h"

#define STRETCH 160u /* bytes of a member, and its label */
#define MEMBERS 16u  /* of a line */
#define LEAST   3u
#define WORDS   6u  /* bytes of a member's text: 对 and 错 are answers */
#define NAME    12u /* bytes: of each of two that nothing else proves */
#define LISTS   30u /* ranks from 一、 on */

static bool is_member(const struct gm__parser *p, const struct gm__cand *c) {
    size_t len, inner = p->text[c->at] == '(' ? 1 : gm__cp_at(p, c->at, &len) == 0xFF08 ? 3 : 0;
    uint32_t numeral = gm__fold(gm__cp_at(p, c->at + inner, &len));
    if (gm__family_of(p, c)->rank < LISTS || !gm__may_be_member(p, c)) return false;
    return !((numeral | 32) - 'a' < 26) && gm__numeral_systems(numeral); /* A. 甲 B. 乙: options are none */
}

/* Has the member c, which ends before `end`, words? */
static bool has_words(const struct gm__parser *p, const struct gm__cand *c, size_t end) {
    size_t at = gm__skip_line_blanks(p, (size_t)c->at + c->len), len;
    uint32_t cp = gm__cp_at(p, at, &len);
    if (at + WORDS > end || (!gm__is_han(cp) && cp != 0x201C && cp != 0x300A)) return false;
    struct gm_str text = gm__str_trim(gm__str(p->text + at, end - at));
    char last = text.len ? text.ptr[text.len - 1] : '\0';
    return text.len >= WORDS && !(last >= '0' && last <= '9'); /* 总则 12: an entry of contents */
}

/* Behind the next blank from `at` on; `end`: there is none. */
static size_t behind_blank(const struct gm__parser *p, size_t at, size_t end) {
    for (; at < end; at++) {
        unsigned char s = (unsigned char)p->text[at];
        bool wide = s == 0xE3 && end - at > 2 && memcmp(p->text + at, "\xE3\x80\x80", 3) == 0;
        if (s != ' ' && s != '\t' && !wide) continue;
        at = gm__skip_line_blanks(p, at);
        return at < end ? at : end;
    }
    return end;
}

/* The member after c, behind a blank of its line. */
static bool next_member(const struct gm__parser *p, const struct gm__cand *c, size_t end, struct gm__cand *out) {
    size_t at = gm__skip_line_blanks(p, (size_t)c->at + c->len), len;
    if (end > at + STRETCH) end = at + STRETCH;
    while ((at = behind_blank(p, at, end)) < end) {
        uint32_t cp = gm__cp_at(p, at, &len);
        if (gm__gate_has(&p->grammar->inline_gate, cp) && gm__match_next(p, c, at, end, out) && is_member(p, out))
            return true;
    }
    return false;
}

/* The number of c's family that opens the next line; 0: none does. */
static int32_t number_below(const struct gm__parser *p, const struct gm__cand *c, size_t end) {
    struct gm__cand found[GM__MAX_READINGS];
    struct gm_str line = gm__next_line(p, p->text + end);
    size_t at = (size_t)(line.ptr - p->text);
    if (!line.len || !gm__match_label(p, at, at + line.len, GM__AT_START, found)) return 0;
    return found[0].family == c->family ? found[0].number : 0;
}

/* A name, and nothing but blanks up to `end`. */
static bool is_name_alone(const struct gm__parser *p, const struct gm__cand *c, size_t end) {
    size_t at = gm__skip_line_blanks(p, (size_t)c->at + c->len);
    struct gm_str text = gm__str_trim(gm__str(p->text + at, end - at));
    for (size_t i = at, len; i < at + text.len; i += len) {
        uint32_t cp = gm__cp_at(p, i, &len);
        if (!gm__is_han(cp) && cp != 0x3001 && cp != 0x201C && cp != 0x201D && cp != 0x300A && cp != 0x300B)
            return false;
    }
    return text.len >= NAME;
}

#define ABOVE 8u /* candidates */

/* 2.您的学历是？ and 1.小学 2.初中 3.高中 below it: what is chosen from is numbered as the questions are. The number of
 * the question; 0. */
static int32_t number_above(const struct lexer *l, const struct gm__cand *first) {
    size_t low = l->first_cand > ABOVE ? l->first_cand - ABOVE : 0;
    for (size_t i = l->first_cand; i-- > low;) {
        const struct gm__cand *c = gm__cand_at(l->p, i);
        if (c->flags & GM__CAND_START) return c->family == first->family ? c->number : 0;
        if (c->family == first->family && c->before == GM__BEFORE_SENTENCE) return 0; /* of such a line, too */
    }
    return 0;
}

/* Those behind the first that wider blanks part from it, and that are candidates by that. */
static void rule_out_choices(const struct lexer *l, uint16_t family) {
    for (size_t i = l->first_cand + 1; i < l->p->cands.count; i++)
        if (gm__cand_at(l->p, i)->family == family) gm__rule_out(gm__cand_at(l->p, i), GM__RULE_NO_SERIES);
}

bool gm__names_parts(const struct lexer *l, size_t end) {
    static const char *const names[] = {"名称", "名稱", "部件", "结构", "結構", "构造",   "構造",
                                        "图",   "圖",   "图例", "圖例", "部位", "如下图", NULL};
    static const char *const figures[] = {"图", "圖", "Fig", "（图", "(图", NULL};
    const struct gm__parser *p = l->p;
    struct gm_str above = gm__line_above(p, l->text_at), below = gm__next_line(p, p->text + end);
    if (gm__str_ends(above, "：") || gm__str_ends(above, ":")) above.len -= gm__str_ends(above, ":") ? 1 : 3;
    return gm__ends_any(above, names) || gm__begins_any(above, figures) || gm__begins_any(below, figures);
}

/* A blank stands in the text of the member that opens the line. Most lines have none. U+3000 ends in the same byte
 * twice.
 */
static bool holds_blank(const struct lexer *l, const struct gm__cand *first, size_t end) {
    size_t at = gm__skip_line_blanks(l->p, (size_t)first->at + first->len);
    if (at >= end) return false;
    const char *text = l->p->text + at;
    size_t len = end - at < STRETCH ? end - at : STRETCH;
    return l->tabs || memchr(text, ' ', len) || l->span->twins(text, len, '\x80') < len;
}

void gm__offer_abreast(struct lexer *l, size_t end) {
    struct gm__parser *p = l->p;
    struct gm__cand all[MEMBERS], *first = p->cands.count > l->first_cand ? gm__cand_at(p, l->first_cand) : NULL;
    int32_t due = l->abreast;
    uint16_t family = l->abreast_family;
    l->abreast = 0;
    if (!first || first->at != l->text_at || l->wrapped) return;
    bool goes_on = due && first->number == due && first->family == family;
    size_t count = 1;
    if ((!goes_on && first->number != 1) || !holds_blank(l, first, end) || !is_member(p, first)) return;
    for (all[0] = *first; count < MEMBERS && next_member(p, &all[count - 1], end, &all[count]); count++)
        if (!has_words(p, &all[count - 1], all[count].at)) return;
    p->steps += count;
    const struct gm__cand *last = &all[count - 1];
    if (count < 2 || !has_words(p, last, end)) return;
    int32_t next = number_below(p, last, end);
    bool below = next == last->number + 1,
         two = count == 2 && is_name_alone(p, &all[0], all[1].at) && is_name_alone(p, last, end);
    if ((count < LEAST && !below && !goes_on && !two) || gm__names_parts(l, end)) return;
    int32_t above = goes_on ? 0 : number_above(l, &all[0]);
    if (above && next == above + 1) rule_out_choices(l, all[0].family);
    if (above || (!goes_on && next > 1 && !below)) return;
    first->rule = 0;
    for (size_t i = 1; i < count; i++)
        if (!gm__known_at(l, l->first_cand, all[i].at)) gm__put_before(l, &all[i]);
    if (!below) return;
    l->abreast = all[count - 1].number + 1;
    l->abreast_family = all[0].family;
    l->lists = true; /* the line below is looked at too */
}
