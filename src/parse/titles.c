/* titles.c - the titles of nodes: what is read of the text behind a label, or below it. */
#include "parse/build.h"

#include "parse/lexer.h"
#include "parse/matter.h"

#define TITLE_LINE 200u /* bytes a heading on a line of its own may have */
#define VERSE_LINE 60u  /* and a line of verse */

static bool ends_sentence(const struct gm_grammar *g, uint32_t cp) {
    if (!(g->sentence_end_bits & gm__suffix_bit(cp))) return false;
    for (const uint32_t *e = g->sentence_ends; *e; e++)
        if (*e == cp) return true;
    return false;
}

/* No title ends in it. */
static bool is_trailing_mark(uint32_t cp) {
    return cp == 0x3002 || cp == 0xFF1B || cp == 0xFF0C || cp == 0xFF1A || cp == 0x3001 || cp == ';' || cp == ',' ||
           cp == ':' || cp == 0xFF61 || cp == 0x2014 || cp == '.' || cp == 0xFF0E || cp == '|' || cp == 0x201C ||
           cp == 0x300C; /* …：“ before the first point that it quotes */
}

/* 水情平稳.船已靠岸: a dot for 。 in a text that has hardly any other. */
static bool is_full_stop(const struct gm__parser *p, size_t at, size_t end) {
    uint32_t before, next = 0;
    if (!p->dotted || !gm__utf8_decode_back(p->text, p->text + at, &before)) return false;
    if (at + 1 < end) (void)gm__utf8_decode(p->text + at + 1, p->text + end, &next);
    return (gm__is_han(before) || gm__bracket(before) < 0) && (!next || next >= 0x2010 || gm__is_space(next));
}

/* Where the next code point stands that may end or bracket a sentence, end a line, or be ：. */
static size_t next_mark(const struct gm__builder *b, size_t at, size_t end) {
    /* all bytes but those of Han: rows 0 to 7, C, D, F, and of E 0 to 3, F */
    static const struct gm__byte_set marks = {{3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3},
                                              {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 2, 1}};
    return at + b->span->until(b->p->text + at, end - at, &marks);
}

struct gm__sentence gm__first_sentence(const struct gm__builder *b, size_t at, size_t end, bool heed_brackets) {
    const struct gm__parser *p = b->p;
    struct gm__sentence s = {.end = end};
    int depth = 0;
    while ((at = next_mark(b, at, end)) < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p->text + at, p->text + end, &cp);
        if (heed_brackets) depth += gm__bracket(cp);
        if (depth < 0) depth = 0;
        if (depth == 0 && (ends_sentence(p->grammar, cp) || (cp == '.' && is_full_stop(p, at, end)))) {
            s.found = true;
            s.end = gm__stays(cp) ? at + n : at;
            return s;
        }
        if (cp == 0xFF1A) s.passed |= GM__PASSED_COLON;
        if (cp == '\n' || cp == '\r') s.passed |= GM__PASSED_LINE;
        at += n;
    }
    s.found = depth == 0;
    return s;
}

bool gm__is_odd_end(const struct gm__parser *p, uint32_t cp, size_t at, size_t end) {
    return ends_sentence(p->grammar, cp) || (cp == '.' && is_full_stop(p, at, end));
}

/* What is not seen opens no title, but for a mark of direction, which may end in it: 三、<end>其他. */
static struct gm_str trim_unseen(struct gm_str s) {
    uint32_t cp;
    while (s.len >= 3 && gm__may_be_blank(s.ptr)) {
        size_t n = gm__utf8_decode(s.ptr, s.ptr + s.len, &cp);
        bool opens = (cp - 0x202A < 5 && cp != 0x202C) || cp - 0x2066 < 3;
        if (!gm__is_unseen(cp) || opens) break;
        s = gm__str(s.ptr + n, s.len - n);
    }
    return s;
}

void gm__trim_title(const struct gm__parser *p, size_t *at, size_t *end) {
    struct gm_str s = gm__str_trim(gm__str(p->text + *at, *end - *at));
    for (uint32_t cp; s.len; s = gm__str_trim(gm__str(s.ptr, s.len))) {
        size_t n = gm__utf8_decode_back(s.ptr, s.ptr + s.len, &cp);
        if (!is_trailing_mark(cp)) break;
        s.len -= n;
    }
    s = trim_unseen(s);
    *at = s.len ? (size_t)(s.ptr - p->text) : *at;
    *end = *at + s.len;
}

static struct gm_str line_at(const struct gm__parser *p, size_t at, size_t limit) {
    if (at >= limit) return gm__str("", 0);
    return gm__str_trim(gm__str(p->text + at, gm__span_best()->line(p->text + at, limit - at)));
}

/* The limit stands in the line, of which line_at gave what is before. */
static bool is_cut(const struct gm__parser *p, struct gm_str line, size_t limit) {
    size_t end = (size_t)(line.ptr - p->text) + line.len;
    return limit < p->len && p->text[limit] != '\n' && p->text[limit] != '\r' &&
           gm__span_best()->line(p->text + end, limit - end) == limit - end;
}

static bool is_stopped(struct gm_str s) {
    uint32_t last = 0;
    (void)gm__utf8_decode_back(s.ptr, s.ptr + s.len, &last);
    return is_trailing_mark(last) || gm__bracket(last) < 0 || gm__stays(last);
}

/* The next line with text from `from` on, page numbers passed over; empty at the limit. */
static struct gm_str line_below(const struct gm__parser *p, size_t from, size_t limit) {
    struct gm_str line;
    do {
        uint32_t cp;
        size_t n = 0;
        for (; from < limit; from += n) {
            n = gm__utf8_decode(p->text + from, p->text + limit, &cp);
            if (!gm__is_space(cp)) break;
        }
        line = line_at(p, from, limit);
        from += line.len;
    } while (gm__is_page_line(p, line));
    return line;
}

/* ● 患病率上升: an item of a list. **甲** is stressed. */
static bool opens_with_bullet(struct gm_str line) {
    uint32_t cp;
    size_t n = gm__utf8_decode(line.ptr, line.ptr + line.len, &cp);
    if (!line.len || !gm__is_bullet(cp)) return false;
    return cp >= 0x80 ? cp < 0x3000 : line.len > n && line.ptr[n] == ' ' && cp != '#';
}

/* 时间：清晨 below 第一场, 【教学目标】 below 第一课时: what is said of the part, no name of it. */
static bool opens_text(const struct gm__parser *p, const struct gm__cand *c, struct gm_str line) {
    static const char *const words[] = {"【",     "〖",     "时间：", "地点：", "人物：", "場景：", "场景：",
                                        "日期：", "時間：", "地點：", "时间:",  "地点:",  "人物:",  "场景:"};
    if (gm__family_of(p, c)->title == GM__TITLE_PROVISION) return false;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (line.len >= strlen(words[i]) && memcmp(line.ptr, words[i], strlen(words[i])) == 0) return true;
    return opens_with_bullet(line);
}

/* The line from `below` on, after a label that stands alone, when it reads as a heading. */
static bool title_below(const struct gm__builder *b, const struct gm__cand *c, size_t below, uint32_t limit, size_t *at,
                        size_t *end) {
    const struct gm__parser *p = b->p;
    struct gm_str line = line_below(p, below, limit), next;
    size_t from = (size_t)(line.ptr - p->text);
    uint32_t last = 0;
    if (!line.len || is_cut(p, line, limit)) return false; /* a member inside it: prose */
    if (line.len > TITLE_LINE || memchr(line.ptr, '\t', line.len) || opens_text(p, c, line)) return false;
    if (gm__is_drawn(p->text, from, from + line.len)) return false;
    (void)gm__utf8_decode_back(line.ptr, line.ptr + line.len, &last);
    if (is_trailing_mark(last) || gm__bracket(last) || gm__stays(last)) return false;
    if (gm__first_sentence(b, from, from + line.len, true).end < from + line.len) return false;
    next = line_at(p, from + line.len + 1, limit);
    bool bare = (c->flags & GM__CAND_BARE) || gm__begins(gm__str(p->text + c->at, c->len), "其"); /* 其一 */
    if (bare && next.len && next.len <= VERSE_LINE && !is_stopped(next)) return false;            /* verse */
    *at = from;
    *end = from + line.len;
    return true;
}

/* 公司住所：渡口街一号, （以下简称: a field, or a bracket that stays open. */
static bool is_piece(const struct gm__parser *p, size_t at, size_t end) {
    int depth = 0;
    uint32_t cp;
    for (; at < end; at += gm__utf8_decode(p->text + at, p->text + end, &cp)) {
        (void)gm__utf8_decode(p->text + at, p->text + end, &cp);
        depth += gm__bracket(cp);
        if (gm__fold(cp) == ':' && depth == 0) return true;
    }
    return depth != 0 || (end >= 3 && memcmp(p->text + end - 3, "于", 3) == 0); /* 公司系于, and the line ends */
}

#define HELD_NAME 36u /* bytes */

/* 申请人应当提交: who shall do what, no name of a matter. 甲方应当承担的义务 is one. */
static bool is_duty(struct gm_str name) {
    static const char *const words[] = {"应当", "應當", "应该", "應該", "可以", "不得", "必须",
                                        "必須", "有权", "有權", "，",   ",",    NULL};
    for (size_t at = 1; at < name.len; at++) {
        struct gm_str rest = gm__str(name.ptr + at, name.len - at);
        if (gm__begins_any(rest, words)) return !gm__holds(rest, "的");
    }
    return false;
}

/* 安全责任 before 1、: a short name, and neither a mark nor a word that goes on, 有下列情形之一的, parts the two. */
static bool is_name_before(const struct gm__parser *p, size_t at, size_t end) {
    static const uint32_t words[] = {0x7684, 0x5E94, 0x61C9, 0x4E3A, 0x70BA, 0x662F, 0x6709, 0x53EF,
                                     0x5F53, 0x5C06, 0x5F97, 0x4EE5, 0x4E8E, 0x5BF9, 0x6309, 0x4ECE};
    struct gm_str name = gm__str_trim(gm__str(p->text + at, end - at));
    uint32_t last = 0;
    if (!name.len || name.len > HELD_NAME) return false;
    (void)gm__utf8_decode_back(name.ptr, name.ptr + name.len, &last);
    for (size_t i = 0; i < GM__COUNT(words); i++) /* 的应應为為是有可当将得以于对按从 */
        if (words[i] == last) return false;
    return !gm__is_punctuation(last) && !is_duty(name);
}

/* 第三条　申请人应当提交 on a line of its own, and （一） right below it. */
static bool opens_items_below(const struct gm__parser *p, const struct gm__cand *c, size_t at, size_t end) {
    const struct gm__cand *below = c + 1;
    if ((c->flags & GM__CAND_STOPPED) || below->number != 1 || below->para <= c->at || below->para > c->stop + 2 ||
        gm__bracket(gm__cp_at(p, below->at, &(size_t){0})) <= 0 || end - at > HELD_NAME)
        return false;
    return is_duty(gm__str(p->text + at, end - at));
}

/* Is the text behind 第X条 a heading (合伙宗旨) and not the provision? Where a list begins in its line, 安全责任1、…,
 * no mark may part the two. */
static bool is_heading_text(const struct gm__builder *b, const struct gm__cand *c, size_t at, size_t end) {
    bool held = end < c->stop && end > at;
    if (gm__str_ends(gm__str(b->p->text + at, end - at), "—") || gm__str_ends(gm__str(b->p->text + at, end - at), "--"))
        return false; /* 可采取下列行动—— */
    if (held ? !is_name_before(b->p, at, end) : opens_items_below(b->p, c, at, end)) return false;
    if ((c->flags & GM__CAND_STOPPED && !held) || end - at > GM__ARTICLE_HEAD || is_piece(b->p, at, end)) return false;
    return gm__first_sentence(b, at, end, true).end == end;
}

/* 第二条：考勤内容：, where the label ends in a colon and the paragraph in another: the name up to it, and no sentence
 * that what is below it ends. Set *stop. */
static bool is_name_between(const struct gm__parser *p, const struct gm__cand *c, size_t at, size_t end, size_t *stop) {
    static const char *const words[] = {"下列", "以下", "如下", "包括", "按照", "为", "禁止", "严禁"};
    static const char *const verbs[] = {"提供", "做到", "负责", "保证", "承诺", "同意", "遵守", "履行", "具备", NULL};
    if (!(c->flags & GM__CAND_COLON) || end < c->stop || gm__fold(gm__cp_before(p, at, c->at)) != ':') return false;
    struct gm_str name = gm__str_trim(gm__str(p->text + at, end - at));
    name = gm__str_trim(gm__str(name.ptr, name.len - (gm__str_ends(name, ":") ? 1 : 3)));
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__holds(name, words[i])) return false;
    size_t from = (size_t)(name.ptr - p->text);
    *stop = from + name.len;
    return name.len <= HELD_NAME && !gm__ends_any(name, verbs) && is_name_before(p, from, *stop) &&
           !is_piece(p, from, *stop);
}

size_t gm__lead_in(const struct gm__parser *p, size_t at, size_t stop, size_t end) {
    for (size_t i = at; i + 3 < stop; i++) {
        const char *colon = memchr(p->text + i, 0xEF, stop - i - 3);
        if (!colon) return stop;
        i = (size_t)(colon - p->text);
        if (memcmp(colon, "\xEF\xBC\x9A", 3) == 0 && gm__parallel_clauses(p, i + 3, end)) return i;
    }
    return stop;
}

/* 第一条（目的和依据）为了…, of the text from the bracket on: two to ten characters that name what the provision is
 * about. Its bytes, 0: （刪除）, （原第九条） name nothing, and （试用期）， is of the sentence. */
static size_t named_bytes(struct gm_str s) {
    static const char *const others[] = {"（删", "（刪", "（略", "（原", "（已", "（修", "（增",
                                         "（废", "（廢", "（甲", "（乙", "（双", "（见", "（如",
                                         "（含", "（即", "（或", "（除", "（不", "（新", NULL};
    size_t at = s.ptr[0] == '(' ? 1 : 3;
    for (size_t i = 0; others[i]; i++)
        if (s.len - at >= 3 && memcmp(s.ptr + at, others[i] + 3, 3) == 0) return 0;
    size_t from = at;
    uint32_t cp = 0;
    while (at < s.len && at - from <= 30 && gm__fold(cp) != ')') {
        at += gm__utf8_decode(s.ptr + at, s.ptr + s.len, &cp);
        if (!gm__is_han(cp) && cp != 0x3001 && gm__fold(cp) != ')') return 0;
    }
    if (gm__fold(cp) != ')' || at - from < 7 || at >= s.len) return 0;
    (void)gm__utf8_decode(s.ptr + at, s.ptr + s.len, &cp);
    return gm__is_han(cp) || gm__is_space(cp) || cp == 0x300A || cp == 0x201C ? at : 0; /* 《 “ */
}

/* 第一条　【租期】…, 第一条（目的）…: the caption of a provision. */
static bool caption_end(const struct gm__parser *p, size_t at, size_t end, size_t *stop) {
    at = gm__skip_plain_blanks(p->text, at, end);
    bool round = end - at >= 9 && (p->text[at] == '(' || memcmp(p->text + at, "（", 3) == 0);
    if (!round && end - at >= 3 && (unsigned char)p->text[at] != 0xE3 && !gm__may_be_blank(p->text + at)) return false;
    struct gm_str s = gm__str_trim(gm__str(p->text + at, end - at));
    size_t named = round ? named_bytes(s) : 0;
    *stop = (size_t)(s.ptr - p->text) + named;
    if (round || s.len < 9 || memcmp(s.ptr, "\xE3\x80\x90", 3) != 0) return named > 0; /* 【 */
    for (size_t i = 3; i + 3 <= s.len && i < 90; i++)
        if (memcmp(s.ptr + i, "\xE3\x80\x91", 3) == 0) {
            *stop = (size_t)(s.ptr - p->text) + i + 3;
            return true;
        }
    return false;
}

static enum gm_status set_joined_title(const struct gm__builder *b, struct gm__node *n, size_t at, size_t stop,
                                       bool apart) {
    n->title_at = (uint32_t)at;
    n->title_len = (uint32_t)(stop - at);
    n->flags |= GM__NODE_JOINED;
    return gm__matter_join(b->p, n->title_at, n->title_len, apart);
}

/* 第一章 - 渡口, 第一章——渡口, 第一章｜渡口: a mark parts the number of a division from its name. */
static bool is_separator(uint32_t cp) {
    static const uint32_t marks[] = {'-',    '|',    '_',    0xB7,   0x2013, 0x2014, 0x2015, 0x2022,
                                     0x2027, 0x2500, 0x30FB, 0x4E28, 0xFF0D, 0xFF5C, 0xFE31};
    for (size_t i = 0; i < GM__COUNT(marks); i++)
        if (marks[i] == cp) return true;
    return false;
}

/* 】 of 【第一章 起风】, or, not at the end, of 【第一章】起风: no other opens it in the name. Its bytes. */
static size_t closing_bracket(struct gm_str s, bool at_end) {
    static const char *const brackets[] = {"】", "〗", "〕", "」", "』", NULL};
    int depth = 0;
    if (!at_end) return gm__begins_any(s, brackets) ? 3 : 0;
    if (!gm__ends_any(s, brackets)) return 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t cp;
        i += gm__utf8_decode(s.ptr + i, s.ptr + s.len, &cp);
        depth += gm__bracket(cp);
    }
    return depth < 0 ? 3 : 0;
}

static enum gm_status drop_brackets(const struct gm__parser *p, const struct gm__node *n, size_t *at, size_t *stop) {
    if (p->grammar->families[n->family].title != GM__TITLE_DIVISION) return GM_OK;
    enum gm_status status = GM_OK;
    size_t first = closing_bracket(gm__str(p->text + *at, *stop - *at), false);
    if (first) status = gm__doc_add_matter(p->doc, (uint32_t)*at, (uint32_t)first, GM_MATTER_PAGE);
    struct gm_str name = gm__str_trim(gm__str(p->text + *at + first, *stop - *at - first));
    *at = name.len ? (size_t)(name.ptr - p->text) : *stop;
    size_t last = closing_bracket(gm__str(p->text + *at, *stop - *at), true);
    *stop -= last;
    if (!last || status != GM_OK) return status;
    return gm__doc_add_matter(p->doc, (uint32_t)*stop, (uint32_t)last, GM_MATTER_PAGE);
}

static enum gm_status drop_separator(const struct gm__parser *p, const struct gm__node *n, size_t *at, size_t stop) {
    size_t end = *at, len;
    if (p->grammar->families[n->family].title != GM__TITLE_DIVISION) return GM_OK;
    while (end < stop && is_separator(gm__cp_at(p, end, &len))) end += len;
    size_t name = gm__skip_plain_blanks(p->text, end, stop);
    if (end == *at || name >= stop || (unsigned char)(p->text[name] - 0x30) < 10) return GM_OK; /* -1 */
    uint32_t from = (uint32_t)*at;
    *at = name;
    return gm__doc_add_matter(p->doc, from, (uint32_t)end - from, GM_MATTER_PAGE);
}

#define GAP_LOOK 200u /* bytes of a title */

/* …课题。   一、困难   就困难而言，…: three blanks stand in the place of each line break, and there the title ends. */
uint32_t gm__end_at_gap(const struct gm__parser *p, const struct gm__cand *c, uint32_t stop) {
    if (c->at < c->para + 4 || memcmp(p->text + c->at - 3, "   ", 3) != 0) return stop;
    const char *at = p->text + gm__skip_plain_blanks(p->text, (size_t)c->at + c->len, stop), *begin = at;
    const char *end = p->text + (stop - c->at < GAP_LOOK ? stop : c->at + GAP_LOOK);
    while (at + 3 < end && (at = memchr(at, ' ', (size_t)(end - at) - 3)) != NULL) {
        if (memcmp(at, "   ", 3) == 0) return at - begin >= 6 ? (uint32_t)(at - p->text) : stop;
        at++;
    }
    return stop;
}

/* The sentence behind the label, up to a colon where parallel points follow it. */
static enum gm_status set_sentence_title(const struct gm__builder *b, struct gm__node *n, size_t begin, size_t end) {
    const struct gm__parser *p = b->p;
    size_t at = gm__skip_plain_blanks(p->text, begin, end);
    struct gm__sentence s = gm__first_sentence(b, at, end, true);
    if (!s.found) s = gm__first_sentence(b, at, end, false);
    size_t stop = s.passed & GM__PASSED_COLON ? gm__lead_in(p, at, s.end, end) : s.end;
    gm__trim_title(p, &at, &stop);
    if (at == stop || gm__is_drawn(p->text, at, stop)) return GM_OK;
    enum gm_status status = drop_brackets(p, n, &at, &stop);
    if (status == GM_OK) status = drop_separator(p, n, &at, stop);
    if (status != GM_OK || at == stop) return status;
    if ((s.passed & GM__PASSED_LINE) && b->span->line(p->text + at, stop - at) < stop - at)
        return set_joined_title(b, n, at, stop, false);
    n->title_at = (uint32_t)at;
    n->title_len = (uint32_t)(stop - at);
    return GM_OK;
}

/* Of a line of its own: the heading, or the line below a label that stands alone. */
static enum gm_status set_line_title(const struct gm__builder *b, struct gm__node *n, size_t at, size_t stop) {
    gm__trim_title(b->p, &at, &stop);
    if (b->span->line(b->p->text + at, stop - at) < stop - at) return set_joined_title(b, n, at, stop, false);
    n->title_at = (uint32_t)at;
    n->title_len = (uint32_t)(stop - at);
    return GM_OK;
}

/* 附录A, （规范性） and the title stand on three lines (GB/T 1.1-2020): behind the second, when it is one. */
static size_t below_kind(const struct gm__parser *p, size_t from, size_t limit) {
    struct gm_str line = line_below(p, from, limit);
    return gm__is_annex_kind(line) ? (size_t)(line.ptr - p->text) + line.len : from;
}

/* 目 次 */
static bool is_contents(const struct gm__parser *p, struct gm_str line) {
    uint16_t keyword = gm__match_keyword(p, line);
    return keyword != GM__NO_KEYWORD && p->grammar->keywords[keyword].role == GM__ROLE_TOC;
}

/* 【规格】每盒十片。: where the caption at `at` ends; `stop` when none is there. */
static size_t caption_stop(const struct gm__parser *p, size_t at, size_t stop) {
    if (stop < at + 3 || memcmp(p->text + at, "【", 3) != 0) return stop;
    for (size_t i = at + 3; i + 3 <= stop; i++)
        if (memcmp(p->text + i, "】", 3) == 0) return i + 3;
    return stop;
}

static enum gm_status set_heading_title(const struct gm__builder *b, const struct gm__cand *c, struct gm__node *n,
                                        size_t end, uint32_t limit) {
    const struct gm__parser *p = b->p;
    size_t at = n->title_at, below = at, stop = end;
    if (gm__is_region(p, c) && !gm__keyword_has_title(p, c->sub, gm__str(p->text + at, end - at)) &&
        !is_contents(p, line_below(p, c->stop, limit)) &&
        title_below(b, c, below_kind(p, c->stop, limit), limit, &below, &stop))
        return set_joined_title(b, n, at, stop, true);
    return set_line_title(b, n, at, caption_stop(p, at, stop));
}

enum gm_status gm__set_title(const struct gm__builder *b, const struct gm__cand *c, uint32_t bound, uint32_t limit) {
    const struct gm__parser *p = b->p;
    struct gm__node *n = &p->doc->nodes[c->next];
    size_t at = (size_t)c->at + c->len, end = c->stop < bound ? c->stop : bound, stop;
    n->title_at = (uint32_t)at;
    if (end < at) end = at;
    if (c->flags & GM__CAND_HEADING) return set_heading_title(b, c, n, end, limit);
    bool spoken = at > c->at && gm__fold(gm__cp_before(p, at, c->at)) == ','; /* 第一条，刀不离鞘。 */
    bool provision = gm__family_of(p, c)->title == GM__TITLE_PROVISION && !spoken;
    if ((c->flags & GM__CAND_ALONE) && bound >= c->stop) {
        if (provision && !is_heading_text(b, c, at, at)) return GM_OK;
        if (!title_below(b, c, c->stop, limit, &at, &stop)) return GM_OK;
        return provision && stop - at > GM__ARTICLE_HEAD ? GM_OK : set_line_title(b, n, at, stop);
    }
    if (!provision) return set_sentence_title(b, n, at, end);
    if (is_heading_text(b, c, at, end)) return set_sentence_title(b, n, at, end);
    return is_name_between(p, c, at, end, &stop) || caption_end(p, at, end, &stop) ? set_line_title(b, n, at, stop)
                                                                                   : GM_OK;
}
