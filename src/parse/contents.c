/* contents.c - candidates that belong to no outline: tables of contents. Lists of notes are in notes.c. */
#include "parse/lexer.h"
#include "parse/series.h"

#define ENTRY_MEAN   90u   /* bytes that entries have on average, at most */
#define BARE_ENTRIES 256u  /* candidates of contents without a caption */
#define ENTRIES_SEEN 16u   /* of them, that are looked for */
#define FRONT_BYTES  1200u /* of the text's begin, above them */
#define TOLD_BYTES   8192u /* the same, above entries that a sentence announces */
#define HEAD_RANK    35u   /* families up to 一、 */
#define ENTRY_BYTES  120u  /* an entry of a table of contents without a number */

bool gm__is_keyword(const struct gm__parser *p, const struct gm__cand *c, enum gm__role role) {
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

enum gm_status gm__lines_to_matter(struct gm__parser *p, size_t from, size_t to, enum gm_matter_kind kind) {
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
    uint32_t to = body < p->cands.count ? gm__cand_at(p, body)->para : (uint32_t)p->len;
    for (size_t i = first; i < body; i++) gm__rule_out(gm__cand_at(p, i), GM__RULE_CONTENTS);
    const struct gm__cand *last = gm__cand_at(p, body - 1);
    return last->stop < to ? (uint32_t)entries_end(p, last->stop, to) : to;
}

/* Of an entry. */
static struct gm_str name_of(const struct gm__parser *p, const struct gm__cand *c) {
    return gm__str_trim(gm__str(p->text + c->at + c->len, c->stop - c->at - c->len));
}

/* The first line behind `at` that ends in the name; NULL. */
static const char *line_that_ends_in(const struct gm__parser *p, const char *at, struct gm_str name) {
    for (struct gm_str line = gm__next_line(p, at); line.len; line = gm__next_line(p, line.ptr + line.len))
        if (line.len >= name.len && memcmp(line.ptr + line.len - name.len, name.ptr, name.len) == 0)
            return line.ptr + line.len;
    return NULL;
}

/* Entries without a number, ▪ 位置, between two that have one? */
static bool are_between(const struct gm__parser *p, uint32_t from, uint32_t to) {
    struct gm_str between = gm__str(p->text + from, to - from);
    return gm__is_blank(between) || (between.len <= (size_t)4 * ENTRY_BYTES && !gm__holds(between, "。"));
}

/* 3.调卷函 among the entries from `first` on, 样式三：调卷函 in the text: where the entries end when the first two come
 * again behind other labels, or none; the number of candidates when they do not, and, where *found is true, when there
 * are no others. */
static size_t renamed_outline(struct gm__parser *p, size_t first, bool *found) {
    const struct gm__cand *entry[2] = {gm__cand_at(p, first)};
    size_t i = first + 1, count = 1;
    uint32_t stop = entry[0]->stop;
    for (; i < p->cands.count; i++, p->steps++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (!(c->flags & GM__CAND_START) || (c->flags & GM__CAND_ALT)) continue;
        if ((c->flags & (GM__CAND_STOPPED | GM__CAND_LONG)) || c->family != entry[0]->family) break;
        if (c->number != gm__cand_at(p, first)->number + (int32_t)count || c->para < stop ||
            !are_between(p, stop, c->para))
            break;
        if (count++ == 1) entry[1] = c;
        stop = c->stop;
    }
    const char *at = p->text + stop;
    for (size_t k = 0; k < 2 && at && count > 2; k++) {
        struct gm_str name = name_of(p, entry[k]);
        at = name.len > 6 ? line_that_ends_in(p, at, name) : NULL;
    }
    *found = count > 2 && at;
    return *found ? i : p->cands.count;
}

/* 1总则 above 1.1编制目的, the second coming of an entry: its chapter, typed without a blank, is no entry but heads the
 * body, too. */
static size_t with_chapter(const struct gm__parser *p, size_t first, size_t body) {
    const struct gm__cand *c = gm__cand_at(p, body), *above = c - 1;
    if (body <= first || c->components != 2 || c->number != 1 || (c->flags & GM__CAND_HEADING)) return body;
    bool heads = (above->flags & (GM__CAND_START | GM__CAND_TOC | GM__CAND_HEADING)) == GM__CAND_START &&
                 above->components == 1 && c->prefix == gm__decimal_child(0, (uint32_t)above->number);
    return heads ? body - 1 : body;
}

/* 三、难点 and 四、归宿 are all that the contents show: before `body`, the second coming of one of them, the text
 * begins with 一、, and with the heading above that, if text stands between the two. */
static size_t begin_of_rest(struct gm__parser *p, size_t first, size_t body) {
    const struct gm__cand *e = gm__cand_at(p, first);
    if (e->number < 2 || (e->flags & GM__CAND_HEADING) || e->components > 1) return body;
    for (size_t i = first + 1; i < body; i++, p->steps++) {
        const struct gm__cand *c = gm__cand_at(p, i), *above = c - 1;
        if (!(c->flags & GM__CAND_START) || (c->flags & GM__CAND_TOC) || c->family != e->family || c->number != 1)
            continue;
        bool heads = (above->flags & GM__CAND_HEADING) && above > e && above->stop < c->para &&
                     gm__holds(gm__str(p->text + above->stop, c->para - above->stop), "。");
        return heads ? i - 1 : i;
    }
    return body;
}

/* 目录 at `index`: its lines are all up to the second coming of its first entry, or of the next, as the first may
 * be the name of the whole. */
static enum gm_status mark_toc(struct gm__parser *p, size_t index, size_t *end) {
    struct gm__cand *head = gm__cand_at(p, index);
    size_t first = index + 1, body = p->cands.count, to = head->stop;
    while (first < p->cands.count && !(gm__cand_at(p, first)->flags & GM__CAND_START)) first++;
    bool same = false, renamed = false;
    gm__rule_out(head, GM__RULE_CONTENTS);
    *end = index + 1;
    for (size_t i = first, tries = 0; i < p->cands.count && tries < 3 && body == p->cands.count; i++) {
        if (!(gm__cand_at(p, i)->flags & GM__CAND_START) || (gm__cand_at(p, i)->flags & GM__CAND_ALT)) continue;
        body = second_coming(p, i, head->stop, false);
        same = i == first;
        tries++;
    }
    if (first < p->cands.count && !(same && body < p->cands.count)) { /* 一、投标函及附录, and below 一、投标函 */
        size_t changed = renamed_outline(p, first, &renamed);
        if (changed == p->cands.count) changed = second_coming(p, first, head->stop, true);
        if (changed < body) body = changed;
    }
    if (!same && first < p->cands.count) body = renumbered(p, first, head->stop, body);
    if (first < p->cands.count) body = begin_of_rest(p, first, body);
    if (body < p->cands.count || renamed) {
        if (body < p->cands.count) body = with_chapter(p, first, end_of_numbered(p, first, body));
        to = rule_out_entries(p, first, body);
        *end = body;
    }
    return gm__lines_to_matter(p, head->at, to, GM_MATTER_TOC);
}

/* Does the entry come again, of the candidates behind `body`? */
static bool comes_again(struct gm__parser *p, const struct gm__cand *e, size_t body) {
    for (size_t k = body; k < p->cands.count && k < body + BARE_ENTRIES; k++) {
        const struct gm__cand *c = gm__cand_at(p, k);
        p->steps++;
        if ((c->flags & GM__CAND_START) && c->family == e->family && c->number == e->number && c->prefix == e->prefix &&
            same_heading(p, e, c))
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
        bool text = (!above || count > 1) && (c->flags & (GM__CAND_STOPPED | GM__CAND_LONG));
        if (above && above->stop < c->para)
            text |= !gm__is_blank(gm__str(p->text + above->stop, c->para - above->stop));
        found += text;
        count -= above != NULL;
        above = c;
    }
    if (count && above && above->stop < p->len)
        found += !gm__is_blank(gm__str(p->text + above->stop, p->len - above->stop));
    return found;
}

/* Do other headings than the first entry's kin come behind `body`, or in another order? */
static bool come_otherwise(struct gm__parser *p, size_t first, size_t body) {
    const struct gm__cand *head = gm__cand_at(p, first);
    size_t k = body;
    for (size_t i = first; i < body; i++, p->steps++) {
        const struct gm__cand *e = gm__cand_at(p, i);
        if (!(e->flags & GM__CAND_START) || (e->flags & GM__CAND_ALT) || e->family != head->family) continue;
        for (; k < p->cands.count && k < body + BARE_ENTRIES; k++, p->steps++) {
            const struct gm__cand *c = gm__cand_at(p, k);
            if ((c->flags & GM__CAND_START) && !(c->flags & GM__CAND_ALT) && c->family == e->family) break;
        }
        if (k == p->cands.count || k >= body + BARE_ENTRIES) return false;
        const struct gm__cand *c = gm__cand_at(p, k++);
        if (e->number != c->number || !same_heading(p, e, c)) return true;
    }
    return false;
}

/* A first outline of headings alone, and a second of text; a third makes them lists of like points. captioned: the text
 * may be a part of the whole. */
static bool are_contents(struct gm__parser *p, size_t first, size_t body, size_t entries, bool captioned) {
    if (comes_again(p, gm__cand_at(p, first), body + 1)) return false;
    size_t few = with_text(p, first, entries), many = with_text(p, body, entries);
    if (captioned && many > few && !come_otherwise(p, first, body)) return true;
    return many > 1 && many > 2 * few && come_again(p, first, body);
}

/* 本政策将帮助您了解以下内容：: the sentence tells of the text that it stands in. Not 会议议程：. */
static bool tells_of_text(struct gm_str s) {
    static const char *const words[] = {"本政策", "本隐私", "本协议", "本合同", "本声明",     "本指引",     "本指南",
                                        "本手册", "本报告", "本须知", "本规则", "本条款",     "本说明",     "本文",
                                        "本书",   "索引",   "章节",   "各章",   "您了解以下", "你了解以下", "导读"};
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__holds(s, words[i])) return true;
    return false;
}

/* 本合同目录一览, or such a sentence, right above c: a caption, but none that a keyword begins. */
static bool is_captioned(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const ends[] = {"目录", "目录一览", "目录：", "目录:", "目次", NULL};
    size_t low = c->para > ENTRY_BYTES ? c->para - ENTRY_BYTES : 0, end = c->para;
    while (end > low && (unsigned char)p->text[end - 1] <= ' ') end--;
    uint32_t last = gm__cp_before(p, end, low);
    if (last != 0x5F55 && last != 0x89C8 && last != 0x6B21 && last != 0xFF1A && last != ':' && last != 0x3000)
        return false; /* 录览次 */
    size_t line = end;
    while (line > low && p->text[line - 1] != '\n') line--;
    struct gm_str above = gm__str_trim(gm__str(p->text + line, end - line));
    return gm__ends_any(above, ends) || ((last == 0xFF1A || last == ':') && tells_of_text(above));
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
        if (c->number == 1 && c->components < 2 && gm__family_of(p, c)->rank < gm__family_of(p, e)->rank) {
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
    if (e->flags & (GM__CAND_HEADING | GM__CAND_ALONE | GM__CAND_STOPPED) || e->number != 1) return GM_OK;
    bool told = is_captioned(p, e), colon = gm__str_ends(above, "：") || gm__str_ends(above, ":");
    if (e->para > (told ? TOLD_BYTES : FRONT_BYTES)) return GM_OK;
    if (!told && (colon || gm__family_of(p, e)->rank > HEAD_RANK)) return GM_OK;
    size_t body = second_outline(p, first, &entries, &part);
    if (body == p->cands.count || !are_contents(p, first, body, entries, told)) return GM_OK;
    uint32_t from = gm__cand_at(p, first)->para;
    return gm__lines_to_matter(p, from, rule_out_entries(p, first, part), GM_MATTER_TOC);
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
        if (gm__is_keyword(p, c, GM__ROLE_TOC) && tocs++ < 16) {
            s = mark_toc(p, i, &end);
        } else {
            bool taken = false;
            s = gm__mark_notes(p, i, &scanned, &end, &taken);
            if (taken || !(c->flags & GM__CAND_TOC)) continue;
            gm__rule_out(c, GM__RULE_CONTENTS);
            if ((c->flags & GM__CAND_START) && !(c->flags & GM__CAND_ALT))
                s = gm__doc_add_matter(p->doc, c->at, c->stop - c->at, GM_MATTER_TOC);
        }
    }
    return s;
}
