/* contents.c - candidates that belong to no outline: tables of contents and lists of notes. */
#include "parse/series.h"

#define ENTRY_MEAN   90u   /* bytes that entries have on average, at most */
#define BARE_ENTRIES 256u  /* candidates of contents without a caption */
#define ENTRIES_SEEN 16u   /* of them, that are looked for */
#define FRONT_BYTES  1200u /* of the text's begin, above them */
#define HEAD_RANK    35u   /* families up to 一、 */
#define ASKED_MOST   512u  /* candidates above answers that are looked at */
#define NOTES_NEAR   256u  /* candidates */
#define ENTRY_BYTES  120u  /* an entry of a table of contents without a number */

static bool is_keyword(const struct gm__parser *p, const struct gm__cand *c, enum gm__role role) {
    return (c->flags & GM__CAND_HEADING) && c->sub != GM__NO_KEYWORD && p->grammar->keywords[c->sub].role == role;
}

/* Leaders, blanks and a page number: 12, …… 12, (12), IV; in statutes the articles that the chapter holds:
 * （第一条・第二条）. */
static bool is_page_tail(const char *x, const char *end) {
    struct gm_str rest = gm__str_trim(gm__str(x, (size_t)(end - x)));
    bool digit = false;
    if (rest.len > 6 && memcmp(rest.ptr, "（第", 6) == 0) return memcmp(rest.ptr + rest.len - 3, "）", 3) == 0;
    while (x < end) {
        uint32_t cp;
        x += gm__utf8_decode(x, end, &cp);
        cp = gm__fold(cp);
        bool number = (cp >= '0' && cp <= '9') || cp == 'I' || cp == 'V' || cp == 'X' || cp == 'i' || cp == 'v';
        digit |= number;
        if (!number && !gm__is_space(cp) && cp != '.' && cp != 0x2026 && cp != 0xB7 && cp != '(' && cp != ')' &&
            cp != 0x22EF && cp != '-' && cp != '_')
            return false;
    }
    return digit;
}

/* Past blanks; *cp is what stands there, 0 at the end. */
static const char *past_blanks(const char *at, const char *end, uint32_t *cp) {
    for (*cp = 0; at < end; *cp = 0) {
        size_t n = gm__utf8_decode(at, end, cp);
        if (!gm__is_space(*cp)) return at;
        at += n;
    }
    return at;
}

/* Same heading but for blanks, leaders and page numbers. */
static bool same_heading(const struct gm__parser *p, const struct gm__cand *a, const struct gm__cand *b) {
    const char *x = p->text + a->at + a->len, *x_end = p->text + a->stop, *y = p->text + b->at + b->len,
               *y_end = p->text + b->stop;
    for (size_t matched = 0;; matched++) {
        uint32_t cx, cy;
        x = past_blanks(x, x_end, &cx);
        y = past_blanks(y, y_end, &cy);
        if (x >= x_end || y >= y_end) return x >= x_end ? y >= y_end || matched > 0 : is_page_tail(x, x_end);
        if (cx != cy) return matched > 0 && (cx == '.' || cx == 0x2026 || cx == 0xB7 || (cx >= '0' && cx <= '9'));
        x += gm__utf8_decode(x, x_end, &cx);
        y += gm__utf8_decode(y, y_end, &cy);
    }
}

/* Every line with text in [from, to) becomes matter. */
static enum gm_status lines_to_matter(struct gm__parser *p, size_t from, size_t to, enum gm_matter_kind kind) {
    while (from < to) {
        size_t stop = from;
        while (stop < to && p->text[stop] != '\n' && p->text[stop] != '\r') stop++;
        struct gm_str body = gm__str_trim(gm__str(p->text + from, stop - from));
        if (body.len) {
            enum gm_status s = gm__doc_add_matter(p->doc, (uint32_t)(body.ptr - p->text), (uint32_t)body.len, kind);
            if (s != GM_OK) return s;
        }
        from = stop + 1;
    }
    return GM_OK;
}

/* Entries without a number behind the last one with: 参考文献 20. */
static size_t entries_end(const struct gm__parser *p, size_t at, size_t to) {
    size_t end = at;
    while (at < to) {
        size_t stop = at;
        while (stop < to && p->text[stop] != '\n' && p->text[stop] != '\r') stop++;
        struct gm_str body = gm__str_trim(gm__str(p->text + at, stop - at));
        if (body.len && (body.len > ENTRY_BYTES || body.ptr[body.len - 1] < '0' || body.ptr[body.len - 1] > '9')) break;
        if (body.len) end = (size_t)(body.ptr - p->text) + body.len;
        at = stop + 1;
    }
    return end;
}

/* Where the heading of the contents' entry at `entry` comes again, the number of candidates when it does not.
 * changed: the words may differ, when nothing but entries lies between. */
static size_t second_coming(struct gm__parser *p, size_t entry, uint32_t from, bool changed) {
    const struct gm__cand *e = gm__cand_at(p, entry);
    size_t entries = 1;
    for (size_t i = entry + 1; i < p->cands.count; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        p->steps++;
        if (!(c->flags & GM__CAND_START)) continue;
        if (c->family == e->family && c->number == e->number && c->sub == e->sub && !(c->flags & GM__CAND_TOC)) {
            if (same_heading(p, e, c)) return i;
            if (changed) return entries > 1 && c->para - from <= ENTRY_MEAN * entries ? i : p->cands.count;
        }
        entries += !(c->flags & GM__CAND_ALT);
    }
    return p->cands.count;
}

/* Where the contents end whose entries have page numbers: behind the last of them, when text that is no entry, with a
 * full stop, stands between it and the candidate `body`, the second coming of one of them. */
static size_t end_of_numbered(const struct gm__parser *p, size_t first, size_t body) {
    size_t last = body, numbered = 0;
    for (size_t i = first; i < body; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (!(c->flags & GM__CAND_START) || !(c->flags & GM__CAND_TOC)) continue;
        numbered += !(c->flags & GM__CAND_ALT);
        last = i;
    }
    if (numbered < 2) return body;
    uint32_t from = gm__cand_at(p, last)->stop, to = gm__cand_at(p, body)->para;
    while (last < body && (gm__cand_at(p, last)->stop == from || !(gm__cand_at(p, last)->flags & GM__CAND_START)))
        last++;
    return from < to && gm__holds(gm__str(p->text + from, to - from), "。") ? last : body;
}

/* 1. 定义 among the entries, 第 1 章 定义 below them: where the heading of the first comes again as a member of another
 * family, before `body`, the second coming of another; where none comes again, right below entries from `from` on. */
static size_t renumbered(struct gm__parser *p, size_t first, uint32_t from, size_t body) {
    const struct gm__cand *e = gm__cand_at(p, first);
    size_t entries = 1;
    for (size_t i = first + 1; i < body; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        p->steps++;
        if (body == p->cands.count && c->para - from > ENTRY_MEAN * entries) break;
        if (!(c->flags & GM__CAND_START)) continue;
        if (!(c->flags & (GM__CAND_TOC | GM__CAND_HEADING)) && c->family != e->family && c->number == e->number &&
            c->components == e->components && same_heading(p, e, c))
            return i;
        entries += !(c->flags & GM__CAND_ALT);
    }
    return body;
}

/* The entries from `first` on to `body`, the first heading below them, belong to no outline. Where their lines end:
 * what stands right above the body's first heading may be the title again, and is left. */
static uint32_t rule_out_entries(struct gm__parser *p, size_t first, size_t body) {
    uint32_t to = gm__cand_at(p, body)->para;
    for (size_t i = first; i < body; i++) gm__rule_out(gm__cand_at(p, i), GM__RULE_CONTENTS);
    const struct gm__cand *last = gm__cand_at(p, body - 1);
    return last->stop < to ? (uint32_t)entries_end(p, last->stop, to) : to;
}

/* 目录 at `index`: its lines are all up to the second coming of its first entry, or of the next, as the first may
 * be the name of the whole. */
static enum gm_status mark_toc(struct gm__parser *p, size_t index, size_t *end) {
    struct gm__cand *head = gm__cand_at(p, index);
    size_t first = index + 1, body = p->cands.count, to = head->stop;
    while (first < p->cands.count && !(gm__cand_at(p, first)->flags & GM__CAND_START)) first++;
    bool same = false;
    gm__rule_out(head, GM__RULE_CONTENTS);
    *end = index + 1;
    for (size_t i = first, tries = 0; i < p->cands.count && tries < 3 && body == p->cands.count; i++) {
        if (!(gm__cand_at(p, i)->flags & GM__CAND_START) || (gm__cand_at(p, i)->flags & GM__CAND_ALT)) continue;
        body = second_coming(p, i, head->stop, false);
        same = i == first;
        tries++;
    }
    if (first < p->cands.count && !(same && body < p->cands.count)) { /* 一、投标函及附录, and below 一、投标函 */
        size_t changed = second_coming(p, first, head->stop, true);
        if (changed < body) body = changed;
    }
    if (!same && first < p->cands.count) body = renumbered(p, first, head->stop, body);
    if (body < p->cands.count) {
        body = end_of_numbered(p, first, body);
        to = rule_out_entries(p, first, body);
        *end = body;
    }
    return lines_to_matter(p, head->at, to, GM_MATTER_TOC);
}

/* Does the entry come again, of the candidates behind `body`? */
static bool comes_again(struct gm__parser *p, const struct gm__cand *e, size_t body) {
    for (size_t k = body; k < p->cands.count && k < body + BARE_ENTRIES; k++) {
        const struct gm__cand *c = gm__cand_at(p, k);
        p->steps++;
        if ((c->flags & GM__CAND_START) && c->family == e->family && c->number == e->number && same_heading(p, e, c))
            return true;
    }
    return false;
}

/* Do the entries, the first of them at least: all parts, and half of all? */
static bool come_again(struct gm__parser *p, size_t first, size_t body) {
    size_t tries = 0, found = 0;
    uint16_t parts = gm__cand_at(p, first)->family;
    for (size_t i = first; i < body && tries < ENTRIES_SEEN; i++) {
        const struct gm__cand *e = gm__cand_at(p, i);
        if (!(e->flags & GM__CAND_START) || (e->flags & GM__CAND_ALT)) continue;
        bool again = comes_again(p, e, body);
        if (!again && e->family == parts) return false;
        tries++;
        found += again;
    }
    return found * 2 >= tries;
}

/* Of `count` headings from `from` on, how many have text of their own right below? */
static size_t with_text(struct gm__parser *p, size_t from, size_t count) {
    size_t found = 0;
    const struct gm__cand *above = NULL;
    for (size_t i = from; i < p->cands.count && count; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        p->steps++;
        if (!(c->flags & GM__CAND_START) || (c->flags & GM__CAND_ALT)) continue;
        bool text = c->flags & (GM__CAND_STOPPED | GM__CAND_LONG);
        if (above && above->stop < c->para)
            text |= gm__str_trim(gm__str(p->text + above->stop, c->para - above->stop)).len > 0;
        found += text;
        count -= above != NULL;
        above = c;
    }
    if (count && above && above->stop < p->len)
        found += gm__str_trim(gm__str(p->text + above->stop, p->len - above->stop)).len > 0;
    return found;
}

/* A first outline of headings alone, and a second of text; a third makes them lists of like points. */
static bool are_contents(struct gm__parser *p, size_t first, size_t body, size_t entries) {
    if (comes_again(p, gm__cand_at(p, first), body + 1)) return false;
    size_t few = with_text(p, first, entries), many = with_text(p, body, entries);
    return many > 1 && many > 2 * few && come_again(p, first, body);
}

/* 本合同目录一览 right above c: a caption, but none that a keyword begins. */
static bool is_captioned(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const ends[] = {"目录", "目录一览", "目录：", "目录:", "目次"};
    size_t low = c->para > ENTRY_BYTES ? c->para - ENTRY_BYTES : 0;
    struct gm_str above = gm__str_trim(gm__str(p->text + low, c->para - low));
    for (size_t i = 0; i < GM__COUNT(ends); i++)
        if (gm__str_ends(above, ends[i])) return true;
    return false;
}

/* The candidate with which contents without a keyword may begin: the first that opens a paragraph, but for one below
 * such a caption; the number of candidates when none does. */
static size_t bare_beginning(struct gm__parser *p) {
    size_t first = p->cands.count;
    for (size_t i = 0; i < p->cands.count && i < BARE_ENTRIES; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (!(c->flags & GM__CAND_START)) continue;
        if (c->number == 1 && !(c->flags & GM__CAND_HEADING) && is_captioned(p, c)) return i;
        if (first == p->cands.count) first = i;
    }
    return first;
}

/* Where the heading of the entry at `first` comes again behind nothing but `entries` others, the number of candidates
 * when it does not; *part: the same, or the part right above it, 第一部分：正文如下：. */
static size_t second_outline(struct gm__parser *p, size_t first, size_t *entries, size_t *part) {
    const struct gm__cand *e = gm__cand_at(p, first);
    *part = p->cands.count;
    for (size_t i = first + 1; i < p->cands.count && i < first + BARE_ENTRIES; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        p->steps++;
        if (c->number == 1 && gm__family_of(p, c)->rank < gm__family_of(p, e)->rank) {
            *part = i;
            continue;
        }
        if (c->flags & (GM__CAND_STOPPED | GM__CAND_LONG)) break;
        if (!(c->flags & GM__CAND_START) || (c->flags & GM__CAND_ALT)) continue;
        ++*entries;
        bool same = c->family == e->family && c->number == 1 && same_heading(p, e, c);
        if (same && *part > i) *part = i;
        if (same) return *entries > 2 && c->para - e->para <= ENTRY_MEAN * *entries ? i : p->cands.count;
        *part = p->cands.count;
    }
    return p->cands.count;
}

/* Contents that lost their caption: the text begins with headings alone, and those come again, the first with what is
 * below it. Not the agenda that a colon announces. */
static enum gm_status mark_bare_toc(struct gm__parser *p) {
    size_t first = bare_beginning(p), entries = 0, part;
    if (first >= p->cands.count) return GM_OK;
    const struct gm__cand *e = gm__cand_at(p, first);
    struct gm_str above = gm__str_trim(gm__str(p->text, e->para));
    if (e->flags & (GM__CAND_HEADING | GM__CAND_ALONE | GM__CAND_STOPPED) || e->number != 1 || e->para > FRONT_BYTES ||
        gm__str_ends(above, "：") || gm__str_ends(above, ":") || gm__family_of(p, e)->rank > HEAD_RANK)
        return GM_OK;
    size_t body = second_outline(p, first, &entries, &part);
    if (body == p->cands.count || !are_contents(p, first, body, entries)) return GM_OK;
    uint32_t from = gm__cand_at(p, first)->para;
    return lines_to_matter(p, from, rule_out_entries(p, first, part), GM_MATTER_TOC);
}

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
static enum gm_status mark_notes(struct gm__parser *p, size_t first, uint32_t from, size_t *end,
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
    return lines_to_matter(p, from, to, kind);
}

/* ① [1] 【1】 at a paragraph's start: of a list, or of notes. */
static bool is_first_mark(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const marks[] = {"\xE2\x91\xA0", "[1]", "【1】", "［1］"};
    if (!(c->flags & GM__CAND_START) || c->number != 1 || (c->flags & GM__CAND_HEADING) || c->components != 1)
        return false;
    for (size_t i = 0; i < GM__COUNT(marks); i++)
        if (c->len == strlen(marks[i]) && memcmp(p->text + c->at, marks[i], c->len) == 0) return true;
    return false;
}

/* 五、参考文献, and c on the line below: entries of a bibliography. */
static bool is_below_bibliography(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"参考文献", "參考文獻", "参考书目", "引用文献", "参考资料"};
    size_t low = c->para > ENTRY_BYTES ? c->para - ENTRY_BYTES : 0;
    struct gm_str above = gm__str_trim(gm__str(p->text + low, c->para - low));
    if (p->text[c->at] == '\xE2') return false; /* ① */
    if (gm__str_ends(above, "：")) above.len -= strlen("：");
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__str_ends(above, words[i])) return true;
    return false;
}

/* Does the mark (①) stand in the running text before `until` where no list item can? 第①项 cites no note. */
static bool is_cited(const struct gm__parser *p, size_t from, size_t until, const struct gm__cand *c) {
    size_t low = 0;
    for (size_t at = from; at + c->len <= until; at++) {
        const char *hit = memchr(p->text + at, p->text[c->at], until - at);
        if (!hit) return false;
        at = (size_t)(hit - p->text);
        if (at + c->len > until || memcmp(hit, p->text + c->at, c->len) != 0) continue;
        if (at >= 3 && memcmp(hit - 3, "第", 3) == 0) continue;
        size_t high = p->cands.count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (gm__cand_at(p, middle)->at < at)
                low = middle + 1;
            else
                high = middle;
        }
        const struct gm__cand *there =
            low < p->cands.count && gm__cand_at(p, low)->at == at ? gm__cand_at(p, low) : NULL;
        if (!there || ((there->flags & GM__CAND_MARK) && !(there->flags & GM__CAND_START))) return true;
    }
    return false;
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
    enum gm_status s = mark_notes(p, first, from, end, GM_MATTER_ATTACHMENTS, false);
    p->attachments = from;
    p->attachments_end = gm__cand_at(p, *end - 1)->stop;
    return s;
}

enum gm_status gm__note_beginning(struct gm__parser *p, size_t index) {
    void *slot;
    enum gm_status s = gm__vec_push(&p->beginnings, &slot);
    if (s == GM_OK) *(uint32_t *)slot = (uint32_t)index;
    return s;
}

enum gm_status gm__insert_beginning(struct gm__parser *p, size_t index) {
    uint32_t *all = p->beginnings.data, i = (uint32_t)index;
    size_t k = p->beginnings.count;
    for (; k > 0 && all[k - 1] >= i; k--) all[k - 1]++;
    if (!gm__may_begin_contents(gm__cand_at(p, index))) return GM_OK;
    enum gm_status s = gm__note_beginning(p, index);
    all = p->beginnings.data;
    for (size_t n = p->beginnings.count - 1; s == GM_OK && n > k; n--) all[n] = all[n - 1];
    if (s == GM_OK) all[k] = i;
    return s;
}

enum gm_status gm__list_beginnings(struct gm__parser *p) {
    enum gm_status s = GM_OK;
    p->beginnings.count = 0;
    for (size_t i = 0; i < p->cands.count && s == GM_OK; i++)
        if (gm__may_begin_contents(gm__cand_at(p, i))) s = gm__note_beginning(p, i);
    return s;
}

enum gm_status gm__mark_contents(struct gm__parser *p) {
    enum gm_status s = mark_bare_toc(p);
    size_t scanned = 0, tocs = 0, end = 0;
    for (size_t n = 0; s == GM_OK && n < p->beginnings.count; n++) {
        size_t i = ((const uint32_t *)p->beginnings.data)[n];
        if (i < end) continue;
        struct gm__cand *c = gm__cand_at(p, i);
        end = i + 1;
        if (is_keyword(p, c, GM__ROLE_TOC) && tocs++ < 16) {
            s = mark_toc(p, i, &end);
        } else if (is_keyword(p, c, GM__ROLE_NOTES)) {
            bool heads = p->grammar->keywords[c->sub].rank != 0; /* 参考文献 is a heading, 注释 is not */
            if (!heads) gm__rule_out(c, GM__RULE_NOTE);
            if (!heads || !has_parts(p, i + 1))
                s = mark_notes(p, i + 1, heads ? c->stop : c->at, &end, GM_MATTER_NOTE, !heads);
        } else if (opens_attachments(p, c)) {
            s = mark_attachments(p, i, &end);
        } else if (opens_notes(p, i)) {
            s = mark_notes(p, i, c->para, &end, GM_MATTER_NOTE, false);
        } else if (c->flags & GM__CAND_TOC) {
            gm__rule_out(c, GM__RULE_CONTENTS);
            if ((c->flags & GM__CAND_START) && !(c->flags & GM__CAND_ALT))
                s = gm__doc_add_matter(p->doc, c->at, c->stop - c->at, GM_MATTER_TOC);
        } else if (is_first_mark(p, c)) {
            if (is_below_bibliography(p, c) || is_cited(p, scanned, c->at, c))
                s = mark_notes(p, i, c->at, &end, GM_MATTER_NOTE, false);
            scanned = c->at + c->len;
        }
    }
    return s;
}
