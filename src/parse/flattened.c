/*
 * flattened.c - 一、时间 五月四日 二、地点 渡口 三、人员 船工: a page that lost its line breaks has a blank in the
 * place of each. One such label proves nothing; a row of three sections in order does, and what is listed inside them
 * then counts as well. So is a line that somebody typed in a chat: 我说两句 1、… 2、… 3、…. Contents, whose entries end
 * in page numbers, are no such row. And 1.1…。1.2…。: clauses go on in the line that the first of them opens.
 */
#include "parse/lexer.h"
#include "parse/phrase.h"

#define SHORTEST      90u /* bytes; no such line is shorter */
#define SHORTEST_SAID 40u /* but where people chat */
#define PART          8u  /* nor is it less than this part of the text */
#define MAIN_FROM     30u /* ranks of 一、 */
#define MAIN_TO       35u
#define ARABIC        50u /* 1、 1. */
#define LIST_TO       60u /* and of the lists inside: （一） 1. （1） */
#define LABELS        64u
#define MAIN_LEAST    3u
#define BELOW         4096u /* bytes below a line: does 1.2 stand there, at a start? */
#define CLAUSE        12u   /* bytes: what stands behind 1、 where no section is */

struct label {
    struct gm__cand c;
    bool known; /* a candidate already */
    bool taken;
};

struct labels {
    struct label all[LABELS];
    size_t count, blanks; /* of them, those that a blank alone parts */
};

static uint8_t rank_of(const struct gm__parser *p, const struct label *x) { return gm__family_of(p, &x->c)->rank; }

static bool is_section(const struct gm__parser *p, const struct label *x) {
    return rank_of(p, x) >= MAIN_FROM && rank_of(p, x) <= MAIN_TO;
}

static bool is_of_list(const struct gm__parser *p, const struct gm__cand *c) {
    const struct gm__family *f = gm__family_of(p, c);
    return f->rank >= MAIN_FROM && f->rank <= LIST_TO && (f->where & GM__AT_INLINE) && !f->partner &&
           c->components == 1 && !(c->flags & (GM__CAND_DOUBTED | GM__CAND_ALT | GM__CAND_HEADING));
}

static void note(struct labels *s, const struct gm__cand *c, bool known) {
    if (s->count == LABELS) return;
    s->all[s->count++] = (struct label){*c, known, false};
    s->blanks += !known;
}

/* The labels behind a blank in [from, to), where no candidate is. */
static void see_behind_blanks(const struct gm__parser *p, size_t from, size_t to, struct labels *s) {
    struct gm__cand found[GM__MAX_READINGS];
    for (size_t at = from; at < to;) {
        const char *hit = memchr(p->text + at, ' ', to - at);
        if (!hit) return;
        bool second = (size_t)(hit - p->text) >= 3 && gm__has_di(p, (size_t)(hit - p->text) - 3); /* 第 二， */
        at = gm__skip_line_blanks(p, (size_t)(hit - p->text));
        size_t len;
        uint32_t cp = gm__cp_at(p, at, &len);
        if (at >= to || second || !gm__gate_has(&p->grammar->inline_gate, cp)) continue;
        if (gm__match_label(p, at, to, GM__AT_INLINE, found) && is_of_list(p, &found[0])) note(s, &found[0], false);
    }
}

static void see_labels(const struct lexer *l, size_t end, struct labels *s) {
    const struct gm__parser *p = l->p;
    size_t at = l->text_at;
    for (size_t i = l->first_cand; i < p->cands.count && s->count < LABELS; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (c->at < at || !is_of_list(p, c)) continue;
        see_behind_blanks(p, at, c->at, s);
        note(s, c, true);
        at = (size_t)c->at + c->len;
    }
    see_behind_blanks(p, at, end, s);
}

/* 总则 12 before the next label: an entry of contents. */
static bool ends_in_page(const struct gm__parser *p, size_t from, size_t to) {
    struct gm_str s = gm__str_trim(gm__str(p->text + from, to - from));
    size_t n = s.len;
    while (n > 0 && s.ptr[n - 1] >= '0' && s.ptr[n - 1] <= '9') n--;
    if (n == s.len || n == 0) return false;
    return s.ptr[n - 1] == ' ' || s.ptr[n - 1] == '.' || gm__str_ends(gm__str(s.ptr, n), "…");
}

/* Of the labels, those that may be the line's main ones: sections, or 1、. */
static bool is_main(const struct gm__parser *p, const struct label *x, bool sections) {
    return sections ? is_section(p, x) : rank_of(p, x) == ARABIC;
}

/* The main labels of the line go up by one from the first on, and there are enough. */
static bool are_in_order(const struct gm__parser *p, const struct labels *s, bool sections, size_t end) {
    size_t count = 0, pages = 0;
    const struct label *last = NULL;
    for (size_t i = 0; i < s->count; i++) {
        const struct label *x = &s->all[i];
        if (!is_main(p, x, sections)) continue;
        bool opens =
            x->c.number == 1 || (x->known && (x->c.flags & GM__CAND_START)); /* 三、… 四、…: the rest of them */
        if (last ? x->c.family != last->c.family || x->c.number != last->c.number + 1 : !opens) return false;
        if (last) pages += ends_in_page(p, (size_t)last->c.at + last->c.len, x->c.at);
        if (last && !sections && x->c.at < last->c.at + last->c.len + CLAUSE) return false;
        last = x;
        count++;
    }
    if (last && !sections && end < last->c.at + last->c.len + CLAUSE) return false;
    size_t least = sections && s->count && (s->all[0].c.flags & GM__CAND_START) ? MAIN_LEAST - 1 : MAIN_LEAST;
    return count >= least && pages * 2 < count;
}

/* Of the labels from `from` to `to`, between two sections, those in order from 1 on, two of a kind or more. */
static void take_lists(struct labels *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (s->all[i].taken || s->all[i].c.number != 1) continue;
        struct label *last = &s->all[i];
        for (size_t k = i + 1; k < to; k++) {
            struct label *x = &s->all[k];
            if (x->c.family != last->c.family) continue;
            if (x->c.number != last->c.number + 1) break;
            last->taken = x->taken = true;
            last = x;
        }
    }
}

/* 目录, 参考答案： or the like stands before the first label. */
static bool are_no_sections(const struct gm__parser *p, size_t from, size_t to) {
    static const char *const words[] = {"目录",     "目錄",     "目次", "答案", "解析",
                                        "参考文献", "參考文獻", "注释", "注釋", NULL};
    char room[GM__SPACED];
    struct gm_str above = gm__without_blanks(gm__str_trim(gm__str(p->text + from, to - from)), room);
    if (gm__str_ends(above, "：")) above.len -= strlen("：");
    return gm__ends_any(gm__str_trim(above), words);
}

static void offer_sections(struct lexer *l, size_t end) {
    struct gm__parser *p = l->p;
    struct labels s;
    s.count = s.blanks = 0;
    see_labels(l, end, &s);
    p->steps += s.count;
    bool sections = s.blanks && are_in_order(p, &s, true, end);
    if (!s.blanks || (!sections && !are_in_order(p, &s, false, end)) || are_no_sections(p, l->text_at, s.all[0].c.at))
        return;
    size_t from = s.count;
    for (size_t i = 0; i < s.count; i++) {
        if (!is_main(p, &s.all[i], sections)) continue;
        if (from < s.count) take_lists(&s, from, i);
        s.all[i].taken = true;
        from = i + 1;
    }
    take_lists(&s, from, s.count);
    for (size_t i = 0; i < s.count; i++) {
        if (s.all[i].known || !s.all[i].taken) continue;
        s.all[i].c.before = GM__BEFORE_SENTENCE;
        s.all[i].c.para = (uint32_t)l->para;
        gm__put_before(l, &s.all[i].c);
    }
}

/* 1.2的, 1.2规定, 1.2亿: spoken of, or a quantity. */
static bool is_told(const struct gm__parser *p, size_t at) {
    static const char *const words[] = {"的", "规定", "要求", "所", "条", "款", "节", "中",
                                        "至", "和",   "与",   "或", "是", "版", NULL};
    bool bare = p->text[at - 1] >= '0' && p->text[at - 1] <= '9';
    size_t len;
    at = gm__skip_line_blanks(p, at);
    uint32_t cp = gm__cp_at(p, at, &len);
    return !len || !gm__is_han(cp) || (bare && gm__is_measured(p, at)) ||
           gm__begins_any(gm__str(p->text + at, p->len - at), words);
}

/* The clause after `last` behind a sentence's end of its line. */
static bool read_clause(const struct lexer *l, const struct gm__cand *last, size_t end, struct gm__cand *out) {
    const struct gm__parser *p = l->p;
    char label[GM__LABEL_BYTES];
    struct gm__cand found[GM__MAX_READINGS];
    size_t len = gm__label_beside(p, last, 1, label);
    for (size_t at = (size_t)last->at + last->len; len && at + len < end; at++) {
        const char *hit = memchr(p->text + at, label[0], end - at - len);
        if (!hit) return false;
        at = (size_t)(hit - p->text);
        if (memcmp(hit, label, len) != 0 || gm__before_class(gm__cp_before(p, at, l->para)) > GM__BEFORE_SENTENCE)
            continue;
        if (!gm__match_label(p, at, end, GM__AT_START, found)) return false;
        *out = found[0];
        return out->family == last->family && out->number == last->number + 1 && out->prefix == last->prefix &&
               !(out->flags & GM__CAND_DOUBTED) && ((out->flags ^ last->flags) & GM__CAND_BLANK) == 0 &&
               !is_told(p, at + out->len);
    }
    return false;
}

bool gm__label_below(const struct gm__parser *p, struct gm_str label, size_t end) {
    size_t stop = p->len - end > BELOW ? end + BELOW : p->len;
    for (const char *at = p->text + end; (at = memchr(at, '\n', (size_t)(p->text + stop - at))) != NULL; at++) {
        size_t start = gm__skip_line_blanks(p, (size_t)(at + 1 - p->text));
        if (p->len - start >= label.len && memcmp(p->text + start, label.ptr, label.len) == 0) return true;
    }
    return false;
}

void gm__offer_clauses(struct lexer *l, size_t end) {
    struct gm__parser *p = l->p;
    if (p->cands.count == l->first_cand || gm__cand_at(p, l->first_cand)->components != 2) return;
    struct gm__cand c = *gm__cand_at(p, l->first_cand), next;
    if (!(c.flags & GM__CAND_START) || (c.flags & GM__CAND_HEADING)) return;
    for (; read_clause(l, &c, end, &next) && !gm__label_below(p, gm__str(p->text + next.at, next.len), end);
         c = next, p->steps++) {
        next.before = GM__BEFORE_SENTENCE;
        next.para = (uint32_t)l->para;
        gm__put_before(l, &next);
    }
}

size_t gm__least_flattened(const struct gm__parser *p) {
    if (p->wrap) return SIZE_MAX;
    return p->len / PART > SHORTEST ? p->len / PART : SHORTEST;
}

void gm__see_chat(struct lexer *l) {
    if (!l->p->wrap) l->flattened = SHORTEST_SAID;
}

void gm__offer_flattened(struct lexer *l, size_t end) {
    if (l->now && (l->now->flags & GM__BLOCK_VERBATIM)) return;
    gm__offer_clauses(l, end);
    if (memchr(l->p->text + l->text_at, ' ', end - l->text_at)) offer_sections(l, end);
}
