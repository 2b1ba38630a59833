/*
 * runin.c - 第一章总则第一条为了…。第二条…。第三条…: a statute or contract that lost its line breaks. Where the text's
 * begin shows articles in a row behind sentence ends of one line, each division begins a line of its own, as if the
 * break were there: behind 。, the first behind ： too, behind a chapter's name, behind the name of the whole, behind
 * the two blanks that some texts have in a break's place.
 */
#include "base/span.h"
#include "parse/lexer.h"

#define LOOK_BYTES ((size_t)16 * 1024) /* of the text's begin */
#define LINE_BYTES ((size_t)1500)      /* of an article that holds the next */
#define NAME_BYTES ((size_t)120)       /* of a chapter */

/* 第三条规定, 第三条的: a sentence about it; 第三条，: spoken. 第一章：和睦 is none. */
static bool is_told_of(const struct gm__parser *p, size_t at) {
    static const char *const words[] = {"规定", "規定", "明确", "要求", "所称", "所列", "指出", "提出", "强调", "增加",
                                        "修改", "删去", "删除", "改为", "说",   "写",   "则",   "也",   "还",   "又",
                                        "的",   "款",   "中的", "是",   "至",   "和",   "与",   "或",   "、"};
    uint32_t mark = gm__fold(gm__cp_before(p, at, 0));
    if (mark == ':') return false;
    if (mark == ',') return true;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (p->len - at >= strlen(words[i]) && memcmp(p->text + at, words[i], strlen(words[i])) == 0) return true;
    return false;
}

/* The division whose label stands at `at`, 1.2 too; false when none does. */
static bool read_division(const struct gm__parser *p, size_t at, struct gm__cand *out) {
    struct gm__cand c[GM__MAX_READINGS];
    bool digit = at < p->len && p->text[at] >= '1' && p->text[at] <= '9';
    if (at >= p->len || (!digit && !gm__has_di(p, at)) || !gm__match_label(p, at, p->len, GM__AT_START, c))
        return false;
    if (gm__family_of(p, &c[0])->kind == GM_KIND_ITEM || (!digit && is_told_of(p, at + c[0].len))) return false;
    *out = c[0];
    return !digit || (c[0].components > 1 && !(c[0].flags & GM__CAND_LATIN_TEXT));
}

/* Does 。 stand before `at`, or the dot that stands for it? */
static bool ends_sentence(const struct gm__parser *p, size_t at) {
    if (at >= 3 && memcmp(p->text + at - 3, "\xE3\x80\x82", 3) == 0) return true;
    return p->dotted && at >= 4 && p->text[at - 1] == '.' && gm__is_han(gm__cp_before(p, at - 1, 0));
}

/* Divisions of a kind, in a row behind sentence ends of one line. */
struct row {
    size_t at; /* of the last one's stop */
    int32_t last, count;
};

static void note_division(const struct gm__parser *p, struct row *r, size_t at, int32_t number) {
    bool same = r->last && !memchr(p->text + r->at, '\n', at - r->at) && number > r->last && number <= r->last + 3;
    *r = (struct row){at, number, same ? r->count + 1 : 0}; /* a chapter's first may be fused with its name */
}

/* Where the blanks of the line begin that end at `at`. */
static size_t before_blanks(const struct gm__parser *p, size_t at) {
    for (uint32_t cp; at > 0 && gm__is_space(cp = gm__cp_before(p, at, 0)) && !gm__is_line_end(cp);)
        at -= cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3;
    return at;
}

#define LINES_BELOW 3

/* Does the article after c open one of the next lines? */
static bool goes_on_below(const struct gm__parser *p, const struct gm__cand *c) {
    struct gm__cand next;
    const char *at = p->text + c->at;
    for (int i = 0; i < LINES_BELOW; i++) {
        struct gm_str line = gm__next_line(p, at + gm__span_best()->line(at, p->len - (size_t)(at - p->text)));
        if (!line.len) return false;
        at = line.ptr;
        if (read_division(p, (size_t)(at - p->text), &next))
            return next.family == c->family && next.number == c->number + 1;
    }
    return false;
}

/* 第一条　…。第二条　…: the line that holds `at` begins with the article before c, which a blank parts from its text,
 * or not: then the article after it must open a line below. */
static bool is_next_of_line(const struct gm__parser *p, size_t at, const struct gm__cand *c) {
    size_t low = at > LINE_BYTES ? at - LINE_BYTES : 0, begin = at;
    struct gm__cand head;
    if (!(c->flags & GM__CAND_BLANK) && !goes_on_below(p, c)) return false;
    while (begin > low && p->text[begin - 1] != '\n' && p->text[begin - 1] != '\r') begin--;
    if (begin == low && low > 0) return false;
    return read_division(p, gm__skip_line_blanks(p, begin), &head) && head.family == c->family &&
           head.number == c->number - 1 && ((head.flags ^ c->flags) & GM__CAND_BLANK) == 0;
}

/* Lines that begin with a chapter, its first article fused with its name: 第二章　养护第五条…. */
struct fused {
    size_t line; /* where the last line began that 第 opens */
    int32_t chapter, article, count;
};

/* Does 第 at `at`, no sentence's end before it, show one more of them? */
static void note_fused(const struct gm__parser *p, struct fused *f, size_t at) {
    struct gm__cand head;
    size_t before = before_blanks(p, at);
    if (before == 0 || p->text[before - 1] == '\n' || p->text[before - 1] == '\r') {
        f->line = at;
        return;
    }
    if (at - f->line > NAME_BYTES || !gm__has_di(p, f->line) || memchr(p->text + f->line, '\n', at - f->line)) return;
    if (!read_division(p, f->line, &head) || gm__family_of(p, &head)->kind != GM_KIND_SECTION) return;
    struct gm__cand c;
    if (gm__fused_division(p, f->line, false) != at || !read_division(p, at, &c)) return;
    bool next = !f->chapter || (head.number == f->chapter + 1 && c.number > f->article);
    *f = (struct fused){f->line, head.number, c.number, next ? f->count + 1 : 0};
}

void gm__find_run_in(struct gm__parser *p) {
    size_t end = p->len < LOOK_BYTES ? p->len : LOOK_BYTES;
    bool one = p->len && !memchr(p->text, '\n', p->len - 1); /* line is all there is: a novel's chapters count too */
    const struct gm__span *span = gm__span_best();
    struct row articles = {0}, chapters = {0};
    struct fused fused = {0};
    bool sure = false;
    int decimals = 0; /* chapters behind a sentence's end that their first clause is fused with: 第2章组织2.1领导… */
    for (size_t di = 0; articles.count < 2 && !sure && fused.count < 2 && decimals < 2; di++) {
        di += span->twins(p->text + di, end - di, '\xAC'); /* of 第, which is rarer than 。 */
        if (di >= end) break;
        if (di == 0 || p->text[di - 1] != '\xE7') continue;
        size_t at = before_blanks(p, di - 1);
        struct gm__cand c;
        if (!ends_sentence(p, at) || p->dotted != (p->text[at - 1] == '.')) {
            note_fused(p, &fused, di - 1);
            continue;
        }
        if (!read_division(p, di - 1, &c) || c.components > 1) continue;
        bool article = gm__family_of(p, &c)->kind == GM_KIND_ARTICLE;
        note_division(p, article ? &articles : &chapters, at, c.number);
        sure = article && is_next_of_line(p, at, &c);
        size_t clause = article ? SIZE_MAX : gm__fused_division(p, di - 1, false);
        decimals += clause != SIZE_MAX && !gm__has_di(p, clause);
        p->steps++;
    }
    p->run_in =
        sure || fused.count > 1 || decimals > 1 || articles.count >= 2 || (one && articles.count + chapters.count > 0);
    p->parted = p->run_in && gm__holds(gm__str(p->text, end), "  第");
}

size_t gm__parted_division(const struct gm__parser *p, size_t at) {
    uint32_t before = 0;
    for (size_t len, from = at; p->parted && at < p->len && at < from + LINE_BYTES; at += len) {
        uint32_t cp = gm__cp_at(p, at, &len);
        struct gm__cand c;
        bool stop = gm__before_class(before) < GM__BEFORE_QUOTE || gm__fold(before) == ')';
        bool label = stop && gm__gate_has(&p->grammar->inline_gate, cp);
        if (gm__is_line_end(cp) || (label && at > from)) return SIZE_MAX; /* what may begin there is seen before */
        before = cp;
        if (cp != 0x7B2C || at < from + 2 || memcmp(p->text + at - 2, "  ", 2) != 0) continue;
        if (read_division(p, at, &c)) return at;
    }
    return SIZE_MAX;
}

size_t gm__division_behind_stop(const struct gm__parser *p, size_t at) {
    struct gm__cand c;
    size_t label = gm__skip_line_blanks(p, at);
    bool colon = p->text[at - 1] == ':' || (at >= 3 && memcmp(p->text + at - 3, "：", 3) == 0);
    if (ends_sentence(p, at) || (colon && gm__has_di(p, label)))
        if (read_division(p, label, &c) && (!colon || c.number == 1)) return at;
    return gm__parted_division(p, at);
}

size_t gm__fused_division(const struct gm__parser *p, size_t start, bool first) {
    struct gm__cand head, c;
    size_t len, at = start, end = p->len - start < NAME_BYTES ? p->len : start + NAME_BYTES;
    bool known = read_division(p, start, &head), article = known && gm__family_of(p, &head)->kind == GM_KIND_ARTICLE;
    if ((!known && !first) || (known && head.components > 1)) return SIZE_MAX;
    if (known) at += head.len;
    for (; at < end; at += len) {
        uint32_t cp = gm__cp_at(p, at, &len), folded = gm__fold(cp);
        if (!len || gm__is_line_end(cp) || cp == 0x3002 || folded == ';' || folded == ':') return SIZE_MAX;
        if (cp == '.' && ends_sentence(p, at + 1)) return SIZE_MAX;
        bool digit = cp - '1' < 9; /* 第2章组织2.1领导, 第三条 工期 3.1 */
        if ((digit ? !known : article || cp != 0x7B2C) || at == start) continue;
        if (!read_division(p, at, &c)) continue;
        if (digit ? c.number == 1 && c.other == head.number : known || c.number == 1) return at;
    }
    return SIZE_MAX;
}
