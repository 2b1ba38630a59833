/* notes.c - candidates that belong to no outline: notes to the text, bibliographies, lists of annexes. */
#include "parse/lexer.h"
#include "parse/phrase.h"
#include "parse/series.h"

#define ASKED_MOST  512u /* candidates above answers that are looked at */
#define NOTES_NEAR  256u /* candidates */
#define ABOVE_BYTES 120u /* of what stands above a bibliography */

/* 参考文献, 一、古籍 and 1. below it: the list has parts. */
static bool has_parts(const struct gm__parser *p, size_t first) {
    const struct gm__cand *head = first < p->cands.count ? gm__cand_at(p, first) : NULL;
    for (size_t i = first + 1; head && i < p->cands.count && i < first + 8; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (!(c->flags & GM__CAND_START) || (c->flags & GM__CAND_ALT)) continue;
        return c->family != head->family && c->number == 1 && gm__family_of(p, head)->rank < 50 &&
               !(c->flags & GM__CAND_HEADING);
    }
    return false;
}

/* 参考答案, 一、选择题, 1.B: answers have the parts of the paper. Is c, the next number at a paragraph's start, still
 * among them? `number`: of the last part. */
static bool is_answer(const struct gm__parser *p, const struct gm__cand *head, const struct gm__cand *c,
                      int32_t number) {
    const struct gm__family *f = gm__family_of(p, c);
    if (gm__family_of(p, head)->rank > 40) return false;
    return c->family == head->family ? c->number == number + 1 : f->rank > gm__family_of(p, head)->rank;
}

/* The highest number, of the family of the first answer, that stands above the answers: there are no more of them. */
static int32_t last_asked(const struct gm__parser *p, size_t first) {
    int32_t most = 0;
    if (first > ASKED_MOST) return INT32_MAX;
    for (size_t i = 0; i < first; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (c->family == gm__cand_at(p, first)->family && (c->flags & GM__CAND_START) && c->number > most)
            most = c->number;
    }
    return most ? most : INT32_MAX;
}

/* A keyword opens a list of notes: the consecutive numbers behind it are notes. */
static enum gm_status mark_list(struct gm__parser *p, size_t first, uint32_t from, size_t *end,
                                enum gm_matter_kind kind, bool answers) {
    size_t i = first;
    *end = first;
    if (first >= p->cands.count) return GM_OK;
    const struct gm__cand *head = gm__cand_at(p, first);
    int32_t number = head->number, most = answers ? last_asked(p, first) : INT32_MAX;
    uint32_t to = head->stop;
    for (; i < p->cands.count; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        bool start = (c->flags & GM__CAND_START) != 0;
        if (start && (c->flags & GM__CAND_HEADING)) break;
        if (start && !(c->flags & GM__CAND_ALT)) {
            bool next = c->family == head->family && c->number >= number && c->number <= number + 1;
            if (!next && !(answers && is_answer(p, head, c, number))) break;
            if (next && c->number > most) break;
            if (next) number = c->number;
            to = c->stop;
        }
        gm__rule_out(c, GM__RULE_NOTE);
    }
    *end = i;
    return gm__lines_to_matter(p, from, to, kind);
}

/* ① [1] 【1】 〔1〕 〈1〉 at a paragraph's start: of a list, or of notes. */
static bool is_first_mark(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const marks[] = {"\xE2\x91\xA0", "[1]", "【1】", "［1］", "〔1〕", "〈1〉", "<1>"};
    if (!(c->flags & GM__CAND_START) || c->number != 1 || (c->flags & GM__CAND_HEADING) || c->components != 1)
        return false;
    for (size_t i = 0; i < GM__COUNT(marks); i++)
        if (c->len == strlen(marks[i]) && memcmp(p->text + c->at, marks[i], c->len) == 0) return true;
    return false;
}

/* 五、参考文献, and c on the line below: entries of a bibliography. */
static bool is_below_bibliography(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"参考文献", "參考文獻", "参考书目", "引用文献", "参考资料", NULL};
    size_t low = c->para > ABOVE_BYTES ? c->para - ABOVE_BYTES : 0;
    struct gm_str above = gm__str_trim(gm__str(p->text + low, c->para - low));
    if (p->text[c->at] == '\xE2') return false; /* ① */
    if (gm__str_ends(above, "：")) above.len -= strlen("：");
    return gm__ends_any(above, words);
}

#define MARKS_NEAR 64u /* candidates from a mark to its note */
#define PAGE_BYTES 3000u

/* Nothing but blanks parts the mark's paragraph from the note's. */
static bool is_right_above(const struct gm__parser *p, const struct gm__cand *mark, const struct gm__cand *note) {
    return mark->stop <= note->para && !gm__str_trim(gm__str(p->text + mark->stop, note->para - mark->stop)).len;
}

/* ②、③: numbers that are spoken of. */
static bool is_before_dun(const struct gm__parser *p, const struct gm__cand *c) {
    size_t at = (size_t)c->at + c->len;
    return p->len - at >= 3 && memcmp(p->text + at, "、", 3) == 0;
}

/* 故选①。, 由①可知, 排除①、②: it is spoken of. A note's mark stands at the end of a word or a sentence. */
static bool is_superscript(const struct gm__parser *p, size_t at, size_t len) {
    static const char *const before[] = {"第", "图", "圖", "表", "式", "见", "見", "由", "和", "与", "與",
                                         "及", "或", "从", "從", "将", "將", "按", "如", "即", "选", "選",
                                         "故", "除", "把", "对", "對", "当", "是", "、", NULL};
    static const char *const stops[] = {"。", "，", "；", "！", "？", "”", "》", "）", "」", "』", NULL};
    size_t low = at > 3 ? at - 3 : 0, next = at + len, size;
    struct gm_str above = gm__str(p->text + low, at - low);
    if (gm__ends_any(above, before)) return false;
    uint32_t cp = gm__cp_at(p, next, &size);
    return gm__ends_any(above, stops) || !size || gm__is_line_end(cp) || gm__is_punctuation(cp) || gm__is_space(cp);
}

/* Of a mark (①) and its note: does the mark after it (②) stand between them as no number does? */
static bool is_next_cited(const struct gm__parser *p, const struct gm__cand *mark, const struct gm__cand *note) {
    char next[3];
    size_t at = (size_t)mark->at + mark->len, end = note->para;
    if (mark->len != sizeof next || at > end) return false;
    if (end - at > PAGE_BYTES) end = at + PAGE_BYTES;
    memcpy(next, p->text + mark->at, sizeof next);
    next[2]++;
    for (const char *hit; at + 3 <= end && (hit = memchr(p->text + at, next[0], end - at - 2)) != NULL; at++) {
        at = (size_t)(hit - p->text);
        if (memcmp(hit, next, sizeof next) == 0) return is_superscript(p, at, sizeof next);
    }
    return false;
}

/* …二十三家。①多以“庆”为名。② and below it ①据登记册。: the candidate at `index` stands behind a stop, but a list's
 * next member would have a text, and no line begins with one before the note c. ③ opens no list. */
static bool is_mark_behind_stop(const struct gm__parser *p, size_t index, const struct gm__cand *c) {
    const struct gm__cand *mark = gm__cand_at(p, index), *k = mark + 1, *end = gm__cand_at(p, p->cands.count);
    bool behind = mark->before == GM__BEFORE_SENTENCE || mark->before == GM__BEFORE_COMMA;
    if (!behind || (mark->flags & GM__CAND_START) || p->text[mark->at] != '\xE2') return false;
    if (mark->number > 1 && index > 0 && mark[-1].para == mark->para && mark[-1].family == mark->family) return false;
    if (end - k > (ptrdiff_t)MARKS_NEAR) end = k + MARKS_NEAR;
    for (; k < end && k->at < c->at; k++) {
        if (k->family != mark->family) continue;
        if (k->flags & GM__CAND_START) return false;
        if (k->para == mark->para && k->number == mark->number + 1 && mark->number == 1)
            return (k->flags & GM__CAND_MARK) && !is_before_dun(p, k);
    }
    if (k == end || k->at != c->at) return false;
    return is_right_above(p, mark, c) || is_next_cited(p, mark, c);
}

/* A mark in running text: behind 。 ” or ， it may be a note's. Behind ； and ： it is a list's. */
static bool may_cite(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const stops[] = {"。", "”", "，", "？", "！", "）", "》", NULL};
    return !(c->flags & GM__CAND_START) && gm__ends_any(gm__str(p->text + c->para, c->at - c->para), stops);
}

/* …号子。①尚难定论。②周某说…。 and right below it ①藏县文化馆。 ②口述。: of the lines, which `index` begins, as many as
 * there are marks in the text above, from the first to the last. Neither they nor the marks are points then. */
static bool is_noted_above(struct gm__parser *p, size_t index) {
    const struct gm__cand *c = gm__cand_at(p, index), *k = c + 1, *end = gm__cand_at(p, p->cands.count);
    int32_t last = 1;
    if (p->text[c->at] != '\xE2') return false;
    if (end - k > (ptrdiff_t)MARKS_NEAR) end = k + MARKS_NEAR;
    for (; k < end && (!(k->flags & GM__CAND_START) || (k->family == c->family && k->number == last + 1)); k++)
        last += (k->flags & GM__CAND_START) != 0;
    size_t i = index, low = index > MARKS_NEAR ? index - MARKS_NEAR : 0;
    for (int32_t want = last; last > 1 && i-- > low;) {
        struct gm__cand *mark = gm__cand_at(p, i);
        if (mark->family != c->family) continue;
        if (mark->number != want || !may_cite(p, mark)) return false;
        if (want == last && !is_right_above(p, mark, c)) return false;
        if (--want) continue;
        for (; i < index; i++)
            if (gm__cand_at(p, i)->family == c->family) gm__rule_out(gm__cand_at(p, i), GM__RULE_NOTE);
        return true;
    }
    return false;
}

/* The mark at `at`, of the note c: does it stand where no list item can? */
static bool is_citation(const struct gm__parser *p, size_t at, const struct gm__cand *c, size_t *low) {
    size_t high = p->cands.count;
    while (*low < high) {
        size_t middle = *low + (high - *low) / 2;
        if (gm__cand_at(p, middle)->at < at)
            *low = middle + 1;
        else
            high = middle;
    }
    const struct gm__cand *there =
        *low < p->cands.count && gm__cand_at(p, *low)->at == at ? gm__cand_at(p, *low) : NULL;
    bool inside = there && !(there->flags & GM__CAND_START);
    if (!there) return c->len != 3 || is_superscript(p, at, c->len); /* 郭某[1]认为 */
    if (inside && gm__family_of(p, there)->announced) return true;   /* ：[1] may be a mark, too */
    if (inside && (there->flags & GM__CAND_MARK) && !is_before_dun(p, there)) return true;
    return is_mark_behind_stop(p, *low, c);
}

/* Does the mark (①) stand in the running text before `until`? At most so many marks are looked at. */
static bool is_cited(const struct gm__parser *p, size_t from, size_t until, const struct gm__cand *c, size_t most) {
    size_t low = 0;
    for (size_t at = from; most && at + c->len <= until; at++) {
        const char *hit = memchr(p->text + at, p->text[c->at], until - at);
        if (!hit) return false;
        at = (size_t)(hit - p->text);
        if (at + c->len > until || memcmp(hit, p->text + c->at, c->len) != 0) continue;
        if (is_citation(p, at, c, &low)) return true;
        most--;
    }
    return false;
}

#define PAGE_MARKS 4u

/* ②式, ②-①得…: it is spoken of. */
static bool is_named(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"式", "中", "的", "和", "与", "與", "及", "或", "至", "代", "减",
                                        "減", "加", "得", "项", "項", "、", "＋", "－", "×",  "÷",  NULL};
    size_t at = (size_t)c->at + c->len;
    unsigned char next = at < c->stop ? (unsigned char)p->text[at] : '-';
    if (next > ' ' && next < 0x80 && ((next | 32) < 'a' || (next | 32) > 'z') && next != '(' && next != '[')
        return true;
    return gm__begins_any(gm__str(p->text + at, c->stop - at), words);
}

bool gm__is_later_note(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->len != 3 || p->text[c->at] != '\xE2' || (c->flags & (GM__CAND_RENDERED | GM__CAND_WRAPPED))) return false;
    size_t from = c->para > PAGE_BYTES ? c->para - PAGE_BYTES : 0;
    return !is_named(p, c) && is_cited(p, from, c->para, c, PAGE_MARKS);
}

/* 附件：1.… and the numbers below it: GB/T 9704-2012 7.3.4, a list of annexes and no part of the outline. A plaint has
 * 附：1.…. */
static bool opens_attachments(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"附件", "附：", "附:", "附项："};
    size_t gap = c->at - c->para;
    if ((c->flags & GM__CAND_HEADING) || c->number != 1 || gap < 4 || gap > 16) return false;
    if (c->before != GM__BEFORE_COLON && c->before != GM__BEFORE_BLANK) return false;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gap >= strlen(words[i]) && memcmp(p->text + c->para, words[i], strlen(words[i])) == 0)
            return i != 0 || gap > strlen(words[i]);
    return false;
}

#define ANNEX_NAME 120u /* bytes */
#define ANNEX_NEAR 8u   /* candidates from one to the next */

/* Behind c's paragraph the text ends, or an empty line stands, or one that is no sentence: a signature, 附件1. */
static bool stands_last(const struct gm__parser *p, const struct gm__cand *c) {
    struct gm_str next = gm__next_line(p, p->text + c->stop);
    size_t at = (size_t)(next.ptr - p->text), breaks = 0;
    for (size_t i = c->stop; i < at && i < p->len; i++) breaks += p->text[i] == '\n';
    const struct gm__cand *k = c + 1, *end = gm__cand_at(p, p->cands.count);
    while (k < end && k->at < at) k++;
    bool point = k < end && k->at == at;
    return !next.len || breaks > 1 || (!point && next.len <= ANNEX_NAME / 2 && !gm__str_ends(next, "。"));
}

/* 附件： on a line of its own, and 1.答辩安排表 right below it, which `index` is of: the same list, of names that end
 * in no stop. */
static bool names_annexes(const struct gm__parser *p, const struct gm__cand *head, size_t index) {
    const uint32_t not = GM__CAND_HEADING | GM__CAND_STOPPED | GM__CAND_WRAPPED | GM__CAND_ALONE;
    if (index >= p->cands.count) return false;
    const struct gm__cand *c = gm__cand_at(p, index);
    if (!gm__is_start(c) || c->number != 1 || (c->flags & not )) return false;
    if (c->para > head->stop + ANNEX_NEAR || c->stop - c->at > ANNEX_NAME) return false;
    for (size_t most = index + ANNEX_NEAR; ++index < most && index < p->cands.count;) {
        const struct gm__cand *k = gm__cand_at(p, index);
        if (gm__is_start(k) && k->family == c->family && k->number == 2)
            return k->para <= c->stop + ANNEX_NEAR && !(k->flags & not );
    }
    return stands_last(p, c);
}

/* 注：1.… and 2. below it: notes to the text or a table above. Not where a list above goes on with 2. */
static bool opens_notes(const struct gm__parser *p, size_t index) {
    static const char *const words[] = {"注：", "注:", "备注：", "附注：", "註：", "備註："};
    const struct gm__cand *c = gm__cand_at(p, index);
    size_t gap = c->at - c->para, low = index > NOTES_NEAR ? index - NOTES_NEAR : 0;
    bool word = false;
    if ((c->flags & GM__CAND_HEADING) || c->number != 1 || gap < 4 || gap > 16) return false;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        word |= gap >= strlen(words[i]) && memcmp(p->text + c->para, words[i], strlen(words[i])) == 0;
    while (word && index-- > low) {
        const struct gm__cand *above = gm__cand_at(p, index);
        if (above->family == c->family && (above->flags & GM__CAND_START)) return above->number != 1;
    }
    return word;
}

static enum gm_status mark_attachments(struct gm__parser *p, size_t first, size_t *end) {
    uint32_t from = gm__cand_at(p, first)->para;
    enum gm_status s = mark_list(p, first, from, end, GM_MATTER_ATTACHMENTS, false);
    p->attachments = from;
    p->attachments_end = gm__cand_at(p, *end - 1)->stop;
    return s;
}

enum gm_status gm__mark_notes(struct gm__parser *p, size_t index, size_t *scanned, size_t *end, bool *taken) {
    struct gm__cand *c = gm__cand_at(p, index);
    *taken = true;
    if (gm__is_keyword(p, c, GM__ROLE_ANNEXES)) {
        gm__rule_out(c, GM__RULE_NOTE);
        return names_annexes(p, c, index + 1) ? mark_attachments(p, index + 1, end) : GM_OK;
    }
    if (gm__is_keyword(p, c, GM__ROLE_NOTES)) {
        bool heads = p->grammar->keywords[c->sub].rank != 0; /* 参考文献 is a heading, 注释 is not */
        if (!heads) gm__rule_out(c, GM__RULE_NOTE);
        if (heads && has_parts(p, index + 1)) return GM_OK;
        return mark_list(p, index + 1, heads ? c->stop : c->at, end, GM_MATTER_NOTE, !heads);
    }
    if (opens_attachments(p, c)) return mark_attachments(p, index, end);
    if (opens_notes(p, index)) return mark_list(p, index, c->para, end, GM_MATTER_NOTE, false);
    *taken = false;
    if ((c->flags & GM__CAND_TOC) || !is_first_mark(p, c)) return GM_OK;
    enum gm_status s = GM_OK;
    if (is_below_bibliography(p, c) || is_noted_above(p, index) || is_cited(p, *scanned, c->at, c, SIZE_MAX))
        s = mark_list(p, index, c->at, end, GM_MATTER_NOTE, false);
    *scanned = c->at + c->len;
    return s;
}
