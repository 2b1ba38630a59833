/* wrap.c - does a line go on with the one before it? By its width, by what that ends in, by what it begins with. */
#include "parse/layout.h"

#define WRAPPED_LINE 48u /* bytes; nobody breaks a shorter line */
#define BROKEN_MOST  15u /* bytes of a marker's part before a wrap, and */
#define JOINT_REST   48u /* of the text behind it that tells whether it is one */
#define HUNG_BYTES   36u /* of a point's text that is broken before a rest without a stop */
#define FULL_COLUMNS 60u /* no heading is so wide */

bool gm__heads_line(const struct gm__parser *p, size_t at) {
    struct gm__cand c[GM__MAX_READINGS];
    if (!gm__has_di(p, at)) return false;
    size_t len, n = gm__match_label(p, at, p->len, GM__AT_START, c);
    if (!n || gm__family_of(p, &c[0])->kind == GM_KIND_ITEM) return false;
    uint32_t cp = gm__cp_at(p, at + c[0].len, &len);
    return !len || gm__is_space(cp);
}

bool gm__is_article_line(const struct gm__parser *p, size_t at) {
    struct gm__cand c[GM__MAX_READINGS];
    return gm__match_label(p, at, p->len, GM__AT_START, c) > 0 && gm__family_of(p, &c[0])->kind == GM_KIND_ARTICLE;
}

/* （目的）: a caption of its own line. （…を除く。） is none. */
static bool is_caption(const struct gm__parser *p, size_t at) {
    size_t len, end = at;
    uint32_t first = gm__cp_at(p, at, &len);
    if (first != 0xFF08 && first != '(') return false;
    while (end < p->len && end - at < SHORT_LINE && p->text[end] != '\n' && p->text[end] != '\r') end++;
    uint32_t last = gm__cp_before(p, end, at);
    if (end - at >= SHORT_LINE || (last != 0xFF09 && last != ')')) return false;
    return gm__cp_before(p, end - (last == ')' ? 1 : 3), at) != 0x3002;
}

/* Readings of a label that ends the line above may be a part of it only: 第一 of 第一|类. How many candidates there are
 * without them; a marker across the wrap may begin where they do. */
static size_t without_tips(const struct lexer *l, size_t *taken) {
    const struct gm__parser *p = l->p;
    size_t kept = p->cands.count;
    for (; kept > l->para_cand; kept--) {
        const struct gm__cand *c = gm__cand_at(p, kept - 1);
        if ((size_t)c->at + c->len != l->prev_end || (c->flags & GM__CAND_START)) break;
        *taken = c->at;
    }
    return kept;
}

/* …；以及, …；或, …，及: what joins an item to the next, whose label begins the line below. */
static bool ends_in_joint(struct gm_str line) {
    static const char *const joints[] = {"及", "或", "和", "且"};
    for (size_t i = 0; i < GM__COUNT(joints); i++) {
        if (!gm__str_ends(line, joints[i])) continue;
        struct gm_str rest = gm__str(line.ptr, line.len - 3);
        if (gm__str_ends(rest, "以") || gm__str_ends(rest, "并")) rest.len -= 3;
        return gm__str_ends(rest, "；") || gm__str_ends(rest, ";") || gm__str_ends(rest, "，");
    }
    return false;
}

static bool joins_items(const struct lexer *l) {
    return ends_in_joint(gm__str(l->p->text + l->prev_line, l->prev_end - l->prev_line));
}

/* …， …、 and, behind Han, …, */
static bool ends_in_comma(const struct lexer *l) {
    if (l->last == ',') return l->prev_end > l->prev_line + 1 && (l->p->text[l->prev_end - 2] & 0x80);
    return l->last == 0xFF0C || l->last == 0x3001;
}

#define ITEM_MOST 180u /* bytes of the last item of such a list */

/* (a)　展示貨品；或 | (b)　兜售貨品， | 即屬經營業務。: below the last item stands what is said of all. */
static bool stands_below_list(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    const struct gm__cand *c = gm__cand_at(p, l->para_cand);
    if (p->wrap || !ends_in_comma(l) || c->number < 2 || l->para < l->prev_line || gm__has_di(p, c->at) ||
        l->prev_end - l->prev_line > ITEM_MOST || gm__indent(p, at) > gm__indent(p, l->prev_line))
        return false;
    struct gm_str above = gm__line_above(p, l->prev_line);
    if (gm__str_ends(above, "或者")) above.len -= 3;
    return ends_in_joint(above);
}

#define NEAR_MEMBERS 256u /* candidates */

/* The number of c is the next behind that of its kind that opened a line last. */
static bool is_next_at_start(const struct gm__parser *p, const struct gm__cand *c) {
    for (size_t i = p->cands.count, low = i > NEAR_MEMBERS ? i - NEAR_MEMBERS : 0; i-- > low;) {
        const struct gm__cand *k = gm__cand_at(p, i);
        if (k->family == c->family && k->components == c->components && (k->flags & GM__CAND_START))
            return k->prefix == c->prefix && k->number + 1 == c->number;
    }
    return false;
}

/* 4.9.2 and a blank, and the last decimal before it was 4.9.1: a heading, whatever stands above. */
static bool is_next_decimal(const struct gm__parser *p, const struct gm__cand *c) {
    return c->components > 1 && (c->flags & GM__CAND_BLANK) && is_next_at_start(p, c);
}

/* （三）项, （三）、（四）, 三、四季度: what is spoken of goes on. */
static bool speaks_of(const struct gm__parser *p, size_t at) {
    static const char *const words[] = {"项", "項", "款", "条", "條", "目", "中", "所", "和", "、", "或", "及", "至"};
    size_t len;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (p->len - at >= 3 && memcmp(p->text + at, words[i], 3) == 0) return true;
    uint32_t cp = gm__cp_at(p, at, &len);
    return gm__bracket(cp) > 0 || gm__numeral_systems(cp);
}

/* So many blanks part what stands at the two ends of a page's head. */
static const char *const gaps[] = {"        ", "　　　　"};

/* 一、 …, and 二、 begins a line not far below. */
static bool has_second_below(const struct gm__parser *p, const struct gm__cand *c) {
    char label[GM__LABEL_BYTES];
    if (c->number != 1 || (c->flags & GM__CAND_DOUBTED)) return false;
    size_t len = gm__label_beside(p, c, 1, label);
    return len && gm__label_below(p, gm__str(label, len), (size_t)c->at + c->len);
}

/* A heading without a number or the head of a page fills the line above, which is a paragraph of its own: below it the
 * next number goes on with the list. */
static bool goes_on_below_heading(const struct lexer *l, const struct gm__cand *c) {
    const struct gm__parser *p = l->p;
    struct gm_str above = gm__str_trim(gm__str(p->text + l->prev_line, l->prev_end - l->prev_line));
    if (l->marked || l->para < l->prev_line || gm__is_punctuation(l->last) || c->components > 1 ||
        (c->flags & GM__CAND_BARE) || gm__family_of(p, c)->partner || gm__ends_within(above) ||
        speaks_of(p, (size_t)c->at + c->len))
        return false;
    for (size_t i = 0; i < GM__COUNT(gaps); i++)
        if (gm__holds(above, gaps[i])) return true;
    return c->number > 1 ? is_next_at_start(p, c) : has_second_below(p, c);
}

/* 三　…, a caption, any marker behind what may have ended the sentence, but for 二是 and its like: no line that a wrap
 * began. */
static bool opens_anew(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (is_caption(p, start)) return true;
    size_t len, n = gm__match_label(p, start, p->len, GM__AT_START, c);
    if (!n) return false;
    if (joins_items(l)) return true;
    if (without_tips(l, &(size_t){0}) < p->cands.count) return false; /* a label ends the line above: its text */
    bool closed = gm__is_closing(l->last);
    bool unit = gm__has_di(p, start) && !(c[0].flags & GM__CAND_BLANK);
    if ((closed && !unit) || (l->last < 0x2E80 && is_next_decimal(p, &c[0]))) return true;
    if (!unit && goes_on_below_heading(l, &c[n - 1])) return true;
    if (!closed && gm__ends_sentence(l->last) && !gm__family_of(p, &c[0])->partner) return true;
    return (c[n - 1].flags & GM__CAND_BARE) && gm__cp_at(p, start + c[n - 1].len, &len) == 0x3000;
}

bool gm__offer_broken(struct lexer *l, size_t start, size_t taken) {
    struct gm__parser *p = l->p, view = *p;
    char joint[BROKEN_MOST + JOINT_REST];
    struct gm__cand c[GM__MAX_READINGS];
    size_t kept = without_tips(l, &taken);
    size_t at = l->prev_end, low = at - l->prev_line > BROKEN_MOST ? at - BROKEN_MOST : l->prev_line;
    uint32_t cp, before;
    while ((before = gm__cp_before(p, at, low)) != 0 && gm__before_class(before) == GM__BEFORE_TEXT)
        at -= gm__utf8_decode_back(p->text + low, p->text + at, &cp);
    size_t head = l->prev_end - at, rest = p->len - start < JOINT_REST ? p->len - start : JOINT_REST;
    if (!head || !before || at < taken || !gm__gate_has(&p->grammar->inline_gate, gm__cp_at(p, at, &(size_t){0})))
        return false;
    if (gm__str_trim(gm__str(p->text + l->prev_end, start - l->prev_end)).len) return false; /* a page number */
    while (rest && ((unsigned char)p->text[start + rest - 1] & 0xC0) == 0x80) rest--;
    memcpy(joint, p->text + at, head);
    memcpy(joint + head, p->text + start, rest);
    view.text = joint;
    view.len = head + rest;
    if (!gm__match_label(&view, 0, view.len, GM__AT_INLINE, c) || c[0].len <= head) return false;
    p->cands.count = kept;
    c[0].at = (uint32_t)at;
    c[0].len = (uint16_t)(c[0].len + (start - l->prev_end));
    c[0].before = (uint8_t)gm__before_class(before);
    c[0].para = (uint32_t)l->para;
    c[0].flags |= GM__CAND_BROKEN;
    gm__push_with_text(l, &c[0]);
    l->inline_from = at + c[0].len;
    gm__find_partner(l);
    return true;
}

const struct gm__cand *gm__heading_line(const struct lexer *l) {
    const struct gm__parser *p = l->p;
    if (!l->marked || l->para_line > l->para) return NULL;
    const struct gm__cand *c = gm__cand_at(p, l->para_cand);
    if (gm__family_of(p, c)->kind != GM_KIND_SECTION) return NULL;
    for (size_t at = c->at + c->len, len; at < l->prev_end; at += len)
        if (gm__is_punctuation(gm__cp_at(p, at, &len))) return NULL;
    return c;
}

void gm__note_own_heading(struct lexer *l) {
    const struct gm__parser *p = l->p;
    bool stopped = gm__is_punctuation(l->para_last), marked = l->para_cand < p->cands.count;
    if (l->lone && !marked && stopped && !is_caption(p, l->para)) l->own[l->lone / 64] |= UINT64_C(1) << (l->lone % 64);
    const struct gm__cand *line = marked && !stopped ? gm__heading_line(l) : NULL;
    l->lone = line && line->family < 256 ? line->family : 0;
}

static bool is_own(const struct lexer *l, uint16_t family) {
    return family < 256 && (l->own[family / 64] >> (family % 64) & 1);
}

/* Its elder siblings were headings on lines of their own with prose below, so is this one, though it fills its line:
 * what follows is the text below it, unless it is a short rest. */
static bool is_whole_heading(const struct lexer *l, size_t at_line, size_t start) {
    const struct gm__parser *p = l->p;
    const struct gm__cand *c = gm__heading_line(l);
    if (!c || !is_own(l, c->family)) return false;
    if (p->spaced && !gm__stands_apart(p, l->prev_end, at_line)) return false; /* an empty line parts paragraphs */
    struct gm_str next = gm__next_line(p, p->text + start);
    size_t at = (size_t)(next.ptr - p->text);
    return gm__is_punctuation(gm__cp_before(p, at + next.len, at)) ||
           gm__width(p, at, at + next.len) >= p->wrap * 7 / 10;
}

#define REST_BYTES 24u

/* A heading as wide as one that was broken at the margin before, and a few characters in the next line. */
static bool is_rest_of_heading(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (!l->broken_end || !gm__heading_line(l)) return false;
    struct gm_str next = gm__next_line(p, p->text + start);
    size_t at = (size_t)(next.ptr - p->text);
    if (next.len > REST_BYTES || gm__is_punctuation(gm__cp_before(p, at + next.len, at))) return false;
    uint32_t margin = gm__width(p, l->broken_line, l->broken_end), width = gm__width(p, l->prev_line, l->prev_end);
    return width + 1 >= margin && width <= margin + 1 && gm__match_label(p, start, p->len, GM__AT_START, c) == 0 &&
           gm__match_keyword(p, next) == GM__NO_KEYWORD;
}

/* Was the line broken at the margin, whose rest `lower` stands below it? It is as wide as that, and long, or nothing
 * stops the rest, or it ends within a clause. 抓生产，促发展 is a heading, though it has a comma. */
static bool is_broken_above(const struct lexer *l, struct gm_str upper, struct gm_str lower) {
    const struct gm__parser *p = l->p;
    size_t at = (size_t)(lower.ptr - p->text), end = at + lower.len;
    size_t text = (size_t)(upper.ptr - p->text);
    if (gm__width(p, text, l->prev_end) + 4 < gm__width(p, at, end)) return false;
    if (gm__ends_within(upper)) return true;
    if (gm__width(p, l->prev_line, l->prev_end) >= FULL_COLUMNS || gm__leans_on(p, l->prev_line, l->prev_end, l->last))
        return true;
    return upper.len >= HUNG_BYTES && !gm__is_punctuation(gm__cp_before(p, end, at)) && !gm__holds(lower, "：");
}

/* 1.  甲方应当按时，并且
 *     足额…: the next line stands right below the text behind the label, in which is a comma. */
static bool hangs(const struct lexer *l, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    if (!l->marked || start == at || at - l->prev_end > 2 || l->para < l->prev_line || !gm__is_han(l->last) ||
        p->cands.count <= l->para_cand || p->text[at] != ' ')
        return false;
    const struct gm__cand *c = gm__cand_at(p, l->para_cand);
    size_t text = gm__skip_line_blanks(p, (size_t)c->at + c->len);
    if (!(c->flags & GM__CAND_BLANK) || text >= l->prev_end) return false;
    struct gm_str upper = gm__str(p->text + text, l->prev_end - text);
    return gm__width(p, at, start) == gm__width(p, l->prev_line, text) && gm__has_comma(upper) &&
           is_broken_above(l, upper, gm__next_line(p, p->text + start));
}

#define HUNG_DEEP 6u /* columns behind the label: no paragraph is indented so */

/* （二）主席不參與投票，如遇投票結果為
 *         正反票數相同時，…。: the next line, no longer, stands deeper than the text behind the label. */
static bool hangs_deep(const struct lexer *l, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    if (!l->marked || start < at + HUNG_DEEP || at - l->prev_end > 2 || l->para < l->prev_line ||
        !gm__is_han(l->last) || p->cands.count <= l->para_cand || gm__has_di(p, l->para))
        return false;
    const struct gm__cand *c = gm__cand_at(p, l->para_cand);
    size_t text = gm__skip_line_blanks(p, (size_t)c->at + c->len);
    if (l->prev_end < text + HUNG_BYTES) return false;
    struct gm_str upper = gm__str(p->text + text, l->prev_end - text), lower = gm__next_line(p, p->text + start);
    uint32_t indent = gm__width(p, at, start), stop = gm__cp_before(p, start + lower.len, start);
    return indent >= gm__width(p, l->prev_line, text) && indent >= gm__width(p, l->prev_line, c->at) + HUNG_DEEP &&
           gm__has_comma(upper) && gm__ends_sentence(stop) &&
           gm__width(p, start, start + lower.len) <= gm__width(p, text, l->prev_end) + 4;
}

/* …：（一）…；（二） at a line's end: the text of the second member stands in the next line. */
static bool ends_in_member(const struct lexer *l) {
    const struct gm__parser *p = l->p;
    size_t i = p->cands.count;
    if (i <= l->para_cand + 1) return false;
    const struct gm__cand *tip = gm__cand_at(p, --i);
    if (tip->at + tip->len != l->prev_end || tip->before > GM__BEFORE_COLON || tip->number < 2) return false;
    while (i-- > l->para_cand) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (c->family == tip->family) return c->number == tip->number - 1 && !gm__ends_in_mark(l);
    }
    return false;
}

/* printf | (3): a manual's section, behind a line that is long. */
static bool is_section_of_manual(const struct lexer *l, size_t start) {
    const char *s = l->p->text + start;
    return l->p->len - start > 2 && (l->last | 32) - 'a' < 26 && s[0] == '(' && s[1] >= '1' && s[1] <= '9' &&
           s[2] == ')' && l->prev_end - l->prev_line >= WRAPPED_LINE;
}

/* 见第 | 2.5 节; and, of a line that is full, 见表 | 11.2. */
static bool ends_in_reference(const struct lexer *l, size_t at, size_t start) {
    static const char *const words[] = {"表", "图", "圖", "表格", "节", "節", NULL};
    const struct gm__parser *p = l->p;
    uint32_t first = (unsigned char)p->text[start];
    if (at - l->prev_end > 2 || !gm__gate_has(&p->grammar->start_gate, first)) return false;
    if (first - '1' >= 9) return is_section_of_manual(l, start);
    if (l->last == 0x7B2C) return true;
    bool full = p->wrap && gm__width(p, l->prev_line, l->prev_end) >= p->wrap * 7 / 10;
    return full && gm__ends_any(gm__str(p->text + l->prev_line, l->prev_end - l->prev_line), words);
}

/* A line that leans on the next one goes on there, but for 第 with no number behind it, and A.反应和 above B. */
static bool leans_into(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    bool bracket = gm__bracket(l->first) > 0;
    if (l->last == 0x7B2C && !bracket && !gm__numeral_systems(l->first)) return false;
    size_t n = gm__match_label(p, start, p->len, GM__AT_START, c);
    if (n && joins_items(l)) return false;
    if (p->cands.count <= l->para_cand || bracket || gm__has_di(p, start)) return true;
    for (const struct gm__cand *first = gm__cand_at(p, l->para_cand), *k = c; k < c + n; k++)
        if (k->family == first->family && k->number == first->number + 1 && k->components == 1 &&
            !(k->flags & GM__CAND_BARE))
            return false;
    return true;
}

bool gm__goes_on(const struct lexer *l, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (l->first == 0x3010 && gm__is_han(gm__cp_at(p, start + 3, &(size_t){0}))) return false; /* 【答案】 */
    if (l->first == '[' && l->timed) return false;          /* [王小河] 各位好！ */
    if (start != gm__skip_line_blanks(p, at)) return false; /* • 1. */
    if (ends_in_reference(l, at, start) || gm__goes_on_with_measure(l, at, start)) return true;
    if (p->wrap && gm__line_goes_on(p, l->prev_line, l->prev_end, at, l->marked && p->even))
        return !opens_anew(l, start) && !is_whole_heading(l, at, start);
    if (p->flat || p->run_in || p->source->blocks.count) return false;
    bool long_enough = l->prev_end - l->prev_line >= WRAPPED_LINE;
    if (ends_in_member(l) || hangs(l, at, start) || hangs_deep(l, at, start))
        return gm__match_label(p, start, p->len, GM__AT_START, c) == 0;
    if ((p->wrap || gm__may_be_cut(l) || gm__may_be_cut_before(l, l->last, l->first)) && gm__is_cut(l, at, start))
        return true;
    if (!l->marked) /* prose above the first point: a long line that ends in ， or 、, the next right below it */
        return long_enough && ends_in_comma(l) && at - l->prev_end <= 2 &&
               gm__match_label(p, start, p->len, GM__AT_START, c) == 0;
    if (gm__leans_on(p, l->prev_line, l->prev_end, l->last)) /* 民族融和, and an empty line below it, is a heading */
        return leans_into(l, start) && (long_enough || !gm__is_blank_between(p, l->prev_end, at));
    if (p->cands.count <= l->para_cand) return false; /* a line between was none, and took its candidates with it */
    const struct gm__cand *first = gm__cand_at(p, l->para_cand), *tip = gm__cand_at(p, p->cands.count - 1);
    if (first->flags & GM__CAND_ALONE) return false;
    bool whole = gm__skip_line_blanks(p, (size_t)first->at + first->len) == tip->at; /* （一）第一阶段 is a heading */
    if (tip->at + tip->len == l->prev_end && gm__family_of(p, tip)->partner && !whole) return true; /* …；三是 */
    bool of = l->last == 0x7684 && long_enough && gm__cp_before(p, l->prev_end - 3, l->prev_line) != 0x76EE; /* 目的 */
    if (!ends_in_comma(l) && !of) /* ， 、 的 */
        return is_rest_of_heading(l, start);
    if (stands_below_list(l, at)) return false;
    uint32_t indent = gm__indent(p, at);
    if (indent >= 2 && indent < gm__indent(p, l->prev_line)) return false; /* (b) …，, and below (2) 則… of both */
    return gm__match_label(p, start, p->len, GM__AT_START, c) == 0;
}
