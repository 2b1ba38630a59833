/*
 * lex.c - one pass over the text: sift.c names line ends and the stops that a marker may follow, the matcher turns
 * what follows them into candidates. Nothing is decided here but what the line itself shows.
 */
#include "grammar/numeral_tables.h"
#include "parse/lexer.h"
#include "parse/para_end.h"
#include "parse/straight.h"

#include "base/span.h"
#include "parse/sift.h"

static void note_soft_break(struct lexer *l, size_t at) {
    void *slot = NULL;
    if (l->status == GM_OK) l->status = gm__vec_push(&l->p->soft, &slot);
    if (slot) *(uint32_t *)slot = (uint32_t)at;
}

/* The format's knowledge of the line whose text begins at `start`, if it has any. */
static const struct gm__block *block_of_line(struct lexer *l, size_t start) {
    const struct gm__vec *blocks = &l->p->source->blocks;
    if (l->block == blocks->count) return NULL;
    const struct gm__block *next = (const struct gm__block *)blocks->data + l->block;
    if (next->start > start) return NULL; /* lines may lie between blocks */
    l->block++;
    return next;
}

/* The number or head of a page is no line of the text, which may go on below it. */
static bool is_page_line(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    if (l->now || !gm__may_be_page_line(p, start, l->first)) return false;
    size_t most = p->len - start < GM__PAGE_LINE ? p->len - start : GM__PAGE_LINE;
    size_t n = gm__span_best()->line(p->text + start, most);
    if (n > GM__PAGE_NUMBER && !p->pages.heads && !gm__may_end_blank(p->text + start + n)) return false;
    struct gm_str line = gm__str_trim(gm__str(p->text + start, n));
    if (n == GM__PAGE_LINE || !gm__is_page_line(p, line)) return false;
    gm__lexer_matter(l, line, GM_MATTER_PAGE);
    l->has_text = false;
    return true;
}

/* A line begins at `at`, its text at `start` with `first`. */
GM__INLINE void open_line(struct lexer *l, size_t at, size_t start, uint32_t first) {
    l->p->steps++;
    l->first = first;
    l->line = at;
    l->text_at = l->inline_from = start;
    l->first_cand = l->p->cands.count;
    l->tabs = 0;
}

GM__INLINE void open_para(struct lexer *l, size_t start) {
    close_para(l);
    l->para = start;
    l->para_cand = l->p->cands.count;
}

/* May a line below go on with this one, or does its end say more of a label that opens the next? */
GM__INLINE bool is_open_end(const struct lexer *l) {
    const struct gm__parser *p = l->p;
    uint32_t last = l->last;
    if (last != 0x3002 && (last == 0xFF0C || last == 0x3001 || last == ',' || (l->marked && last == 0x7684)))
        return true; /* ， 、 的 */
    if (p->cands.count <= l->para_cand) return false;
    const struct gm__cand *tip = gm__cand_at(p, p->cands.count - 1);
    return (l->inline_from >= l->prev_end && tip->at + tip->len == l->prev_end) || gm__may_be_cut(l);
}

/* 1. 12. */
GM__INLINE bool is_number_dot(const struct gm__parser *p, size_t start) {
    const char *s = p->text + start;
    return p->len - start > 3 && (s[1] == '.' || (s[1] >= '0' && s[1] <= '9' && s[2] == '.'));
}

/* 2.2 mm, 1.2 GΩ, 2.2～3.6: a decimal, and no Han behind it. */
static bool may_be_measure(const struct gm__parser *p, size_t start) {
    const unsigned char *s = (const unsigned char *)p->text + start, *end = (const unsigned char *)p->text + p->len;
    while (s < end && (*s - (unsigned)'0' < 10 || *s == '.')) s++;
    if (s[-1] == '.') return false;
    if (s < end && *s == ' ') s++;
    return s < end && (*s < 0xE3 || *s >= 0xEF);
}

/* 正文, 问：3.…, 第 3 页, 共 40 页, 发件人：…. */
GM__INLINE bool is_odd_han(uint32_t cp) {
    const uint64_t bits = gm__suffix_bit(0x6B63) | gm__suffix_bit(0x7B2C) | gm__suffix_bit(0x5171) |
                          gm__suffix_bit(0x603B) | gm__suffix_bit(0x7E3D) | gm__suffix_bit(0x95EE) |
                          gm__suffix_bit(0x554F) | gm__suffix_bit(0x53D1) | gm__suffix_bit(0x767C) |
                          gm__suffix_bit(0x5BC4);
    return gm__in_bits(bits, cp) && /* most are none of those */
           (cp == 0x6B63 || cp == 0x95EE || cp == 0x554F || cp == 0x53D1 || cp == 0x767C || cp == 0x5BC4 ||
            gm__opens_page_number(cp));
}

/* The first character of a line where a label, a keyword or a word begins that is no page's number and no 正文, and no
 * blank for an answer; 0 for all others. */
GM__INLINE uint32_t plain_begin(const struct gm__parser *p, size_t start) {
    const unsigned char *s = (const unsigned char *)p->text + start;
    if (p->len - start < 4) return 0;
    if (s[0] - (uint32_t)'0' < 10) return is_number_dot(p, start) && !may_be_measure(p, start) ? s[0] : 0;
    if (s[0] <= 0xE0 || s[0] >= 0xF0) return 0;
    uint32_t first = gm__three_bytes(s);
    if (first == 0x7B2C || first == 0xFF08) return s[3] >= 0xE4 && s[3] < 0xEF ? first : 0; /* 第 （ */
    if (first - 0x4E00 <= 0x9FFF - 0x4E00) return is_odd_han(first) ? 0 : first;
    return first == 0x201C || first == 0x300A ? first : 0; /* “ 《 */
}

/* Of a line that no format knows of and no wrap joins to the one above; labelled: a marker opens it. */
GM__INLINE enum gm__line_kind kind_of_line(const struct lexer *l, uint32_t first, bool labelled) {
    const struct gm__parser *p = l->p;
    if (gm__in_table(l) || (l->gated && gm__gate_has(&p->grammar->keyword_gate, first))) return GM__LINE_OTHER;
    if (!labelled) return first < 0x80 || first == 0xFF08 || gm__heads_table(first) ? GM__LINE_OTHER : GM__LINE_PROSE;
    bool plain = first == 0x7B2C || first == 0xFF08 || (gm__is_han(first) && gm__han_code(first)) ||
                 (first - (uint32_t)'0' < 10 && is_number_dot(p, l->text_at));
    return plain ? GM__LINE_LABELLED : GM__LINE_OTHER;
}

/* Most lines, prose or behind a label of the commonest kinds, below a line that surely ended its paragraph: all that
 * begin_line would ask of them has one answer. */
static bool begin_plain(struct lexer *l, size_t at) {
    struct gm__parser *p = l->p;
    if (!l->simple || is_open_end(l)) return false;
    size_t start = gm__skip_line_blanks(p, at);
    uint32_t first = plain_begin(p, start);
    if (!first || gm__may_be_cut_before(l, l->last, first)) return false;
    if (l->marked && (p->text[at] == ' ' || start > at + 6)) return false; /* it may hang */
    if (first == 0x4E00 && gm__tells_bare(p, l->prev_end)) return false;   /* 一 */
    bool gated = gm__gate_has(&p->grammar->start_gate, first);
    if ((gated || l->marked) && (at < l->quoted || (l->last != 0x3002 && (l->last == ',' || gm__may_lean(l->last)))))
        return false;
    open_line(l, at, start, first);
    open_para(l, start);
    l->has_text = true;
    l->wrapped = false;
    l->gated = gated;
    l->kind = kind_of_line(l, first, gated && gm__offer_opening(l, start));
    return true;
}

#define LINE_ROOM ((size_t)GM__QUICK_ROOM + 8) /* bytes: a label behind two blanks */

/* The line's text begins at `start`, with `first`, below one that is over; that had text and was not wrapped. */
GM__INLINE void start_straight(struct lexer *l, struct line_end end, size_t at, size_t start, uint32_t first,
                               bool gated) {
    close_line_para(l, end);
    bool prose = (end.last == 0x3002) | (end.last == 0xFF1B) | (end.stop - l->text_at > GM__CAPTION_BYTES);
    open_line(l, at, start, first);
    l->under = GM__CAND_UNDER_TEXT | (l->first_cand > l->para_cand ? GM__CAND_UNDER_CAND : 0u) |
               (prose ? GM__CAND_UNDER_PROSE : 0u);
    l->para = start;
    l->para_cand = l->first_cand;
    l->gated = gated;
}

/* The same; it is prose, but for the label that an opener, if there is one, may begin. */
GM__INLINE void start_prose(struct lexer *l, struct line_end end, size_t at, size_t start, uint32_t first, bool gated,
                            const struct gm__opener *opener) {
    start_straight(l, end, at, start, first, gated);
    l->kind = GM__LINE_LABELLED;
    if (opener && gm__offer_opened(l, start, opener)) return;
    l->kind = first == 0xFF08 ? GM__LINE_OTHER : GM__LINE_PROSE;
}

/* 3页, 3、共9页 is no line of the text. */
GM__INLINE bool is_of_page(uint32_t han) { return is_odd_han(han) || han == 0x9875 || han == 0x9801; } /* 页頁 */

/* 2021年, 30名: no label begins so. But for the number of a chapter, 3范围, such a line is prose. */
static bool begin_figure(struct lexer *l, struct line_end end, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    const unsigned char *s = (const unsigned char *)p->text + start;
    unsigned digits = read_figure(p->grammar, s);
    if (!digits || is_of_page(gm__three_bytes(s + digits)) || gm__gate_has(&p->grammar->keyword_gate, s[0]))
        return false;
    start_straight(l, end, at, start, s[0], true);
    l->kind = digits > 2 ? GM__LINE_PROSE : GM__LINE_OTHER;
    return true;
}

/* 1. 12. 3、 and a word, or a number before one. */
static bool begin_arabic(struct lexer *l, struct line_end end, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    const unsigned char *s = (const unsigned char *)p->text + start;
    struct straight r;
    if (!read_arabic(p->grammar, s, &r))
        return !gm__may_be_cut_before(l, end.last, s[0]) && begin_figure(l, end, at, start);
    if (is_of_page(r.text)) return false;
    start_straight(l, end, at, start, s[0], true);
    gm__take_straight(l, start, &r);
    l->kind = GM__LINE_LABELLED;
    return true;
}

/* What begin_plain would find of the very commonest lines, by one look at their first character: 第一条, （一）, 一、
 * or a word that begins like one, and Han that no label begins with. The line above is over, whatever begins here. */
GM__INLINE bool begin_straight(struct lexer *l, struct line_end end, size_t at) {
    const struct gm__parser *p = l->p;
    if (p->len - at < LINE_ROOM || at < l->quoted) return false;
    const unsigned char *text = (const unsigned char *)p->text;
    size_t start = at;
    uint32_t four = gm__four_bytes(text + at);
    for (int i = 0; i < 2 && (four & 0xFFFFFF) == 0x8080E3; i++) four = gm__four_bytes(text + (start += 3)); /* 　　 */
    uint32_t raw = four & 0xFFFFFF, lead = four & 0xFF, fourth = four >> 24;
    const struct gm__opener *opener = gm__opener_of(p->grammar, raw);
    if (opener) {
        uint32_t first = opener->cp;
        if (first == 0x4E00 && gm__tells_bare(p, end.stop)) return false;
        if (!opener->opens_line || (opener->kind == GM__OPENS_PREFIX && fourth - 0xE4 >= 0xEF - 0xE4)) return false;
        if (opener->kind == GM__OPENS_WORDS) {
            if (!gm__is_no_label(p->grammar, opener, text + start) || is_odd_han(first)) return false;
            opener = NULL;
        }
        start_prose(l, end, at, start, first, true, opener);
        return true;
    }
    if (lead - '0' < 10) return begin_arabic(l, end, at, start);
    uint32_t first = gm__of_raw(raw);
    bool han = lead - 0xE4 < 6 && first >= GM__HAN_FIRST;
    if (han ? is_odd_han(first) || gm__heads_table(first) : first != 0x201C && first != 0x300A) return false; /* “《 */
    if (gm__gate_has(&p->grammar->start_gate, first) && (!han || may_be_keyword(p->grammar, first, text + start)))
        return false;
    start_prose(l, end, at, start, first, false, NULL);
    return true;
}

/* A blank, or what a page's number in a table of contents may end in. */
GM__INLINE bool is_odd_end(uint32_t last) { return last < 0x3001 || last == 0xFEFF || last - 0xFF10u < 10; }

/* Does 第 stand behind the label and a blank, before `end`? It is looked for by its last two bytes, which are the same;
 * whole steps of the vector code take less time than the rest of the line. */
GM__INLINE bool may_hold_second(const struct lexer *l, const struct gm__cand *c, size_t end) {
    const struct gm__parser *p = l->p;
    for (size_t at = (size_t)c->at + c->len + 1; at + 2 < end; at++) {
        size_t len = end - at - 1, whole = (len + 63) / 64 * 64 + 1;
        at += l->span->twins(p->text + at, whole < p->len - at ? whole : len, '\xAC');
        if (at + 2 >= end) return false;
        if ((unsigned char)p->text[at - 1] == 0xE7 && gm__may_end_blank(p->text + at - 1)) return true;
    }
    return false;
}

/* A line of a known kind, with candidates or without, ends at `end`: does a marker open it, behind which the next line
 * may go on? No heading of a chapter does. */
GM__INLINE bool is_marked(struct lexer *l, size_t end) {
    const struct gm__parser *p = l->p;
    if (l->kind != GM__LINE_LABELLED || p->cands.count == l->first_cand) return false;
    if (l->first != 0x7B2C) return true; /* 第 */
    const struct gm__cand *c = gm__cand_at(p, l->first_cand);
    bool marked = gm__family_of(p, c)->kind != GM_KIND_SECTION;
    bool second = c->flags & GM__CAND_BLANK ? end - l->text_at <= SHORT_LINE && may_hold_second(l, c, end)
                                            : gm__has_di(p, (size_t)c->at + c->len);
    if (second) gm__offer_second(l, gm__str(p->text + l->text_at, end - l->text_at));
    return marked;
}

/* What such an end shows: next to nothing. False: more. Its paragraph is extended or closed by who asks. */
GM__INLINE bool leave_plain(struct lexer *l, size_t end) {
    const struct gm__parser *p = l->p;
    if (l->kind == GM__LINE_OTHER) return false;
    uint32_t last = gm__cp_before(p, end, l->text_at);
    if (p->cands.count == l->first_cand ? gm__is_space(last) || gm__may_end_counted(last) ||
                                              gm__may_end_answers(last) || (l->told && gm__may_end_annexed(last))
                                        : is_odd_end(last))
        return false;
    l->marked = is_marked(l, end);
    if (gm__may_open_row(l)) gm__offer_row(l, end);
    gm__leave_line(l, end, last);
    return true;
}

static void begin_line(struct lexer *l, size_t at) {
    struct gm__parser *p = l->p;
    l->kind = GM__LINE_OTHER;
    size_t taken = l->inline_from, start = gm__skip_signs(l, gm__skip_line_blanks(p, at));
    open_line(l, at, start, l->first);
    l->now = block_of_line(l, start);
    l->has_text = start < p->len && !gm__is_line_end(l->first);
    if (!l->has_text || is_page_line(l, start)) return;
    bool heads = p->wrap && ((l->now && l->now->heading) || gm__heads_line(p, start));
    l->wrapped = l->prev_end > l->prev_line && !l->heads && !heads && gm__goes_on(l, at, start);
    bool told = p->even && (p->indented || p->spaced);           /* which lines open paragraphs */
    l->heads = heads && !told && !gm__is_article_line(p, start); /* nothing goes on behind it */
    l->gated = gm__gate_has(&p->grammar->start_gate, l->first);
    if (l->wrapped) {
        note_soft_break(l, at);
        gm__see_wrapped_text(l, start);
        if (!p->wrap && gm__heading_line(l)) {
            l->broken_line = l->prev_line;
            l->broken_end = l->prev_end;
            l->simple = false; /* headings may be broken at a margin */
        }
    } else {
        open_para(l, start);
    }
    if (at < l->quoted || (l->now && (l->now->flags & GM__BLOCK_VERBATIM))) return;
    if (l->wrapped && gm__offer_broken(l, start, taken)) return;
    if (l->gated || (l->now && l->now->label_len)) gm__offer_start(l, start);
    if (l->short_cut && p->cands.count > l->first_cand && !l->now && !l->wrapped)
        l->kind = kind_of_line(l, l->first, true);
}

/* The same where divisions begin inside lines. */
static void begin_run_in(struct lexer *l, size_t at) {
    begin_line(l, at);
    while (l->has_text) {
        size_t next = gm__fused_division(l->p, l->text_at, !l->p->cands.count);
        if (next == SIZE_MAX) next = gm__parted_division(l->p, l->text_at);
        if (next == SIZE_MAX) return;
        gm__end_line(l, next);
        begin_line(l, next);
    }
}

/* The same where the first heading stands on the title's line, if this is the one. */
static void begin_titled(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    begin_line(l, at);
    if (at > p->titled || l->span->line(p->text + at, p->titled - at) < p->titled - at) return;
    gm__end_line(l, p->titled);
    begin_line(l, p->titled);
    l->simple = l->short_cut && !p->pages.heads && !p->source->blocks.count;
}

static void begin_any(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    (p->run_in ? begin_run_in : p->titled < SIZE_MAX ? begin_titled : begin_line)(l, at);
}

GM__INLINE void count_line(struct lexer *l, size_t next) {
    if (--l->uncounted) return;
    l->uncounted = GM__LINE_STRIDE;
    if (l->status == GM_OK) l->status = gm__doc_add_line(l->p->doc, next);
}

/* The line ends at `at`, the next begins at `next`. */
static void on_line_end(struct lexer *l, size_t at, size_t next) {
    bool plain = leave_plain(l, at);
    if (!plain) gm__end_line(l, at);
    count_line(l, next);
    bool over = plain && l->simple && !is_open_end(l) && l->last != ',' && !gm__may_lean(l->last);
    if (over && begin_straight(l, (struct line_end){at, l->last}, next)) return;
    if (plain) gm__extend_para(l);
    if (!begin_plain(l, next)) begin_any(l, next);
}

/* The same of a plain line that ends in a mark behind which nothing goes on but what a label at its very end begins. */
GM__INLINE void pass_sentence(struct lexer *l, size_t at, uint32_t mark) {
    l->marked = is_marked(l, at);
    if (gm__may_open_row(l)) gm__offer_row(l, at);
    gm__leave_line(l, at, mark);
    count_line(l, at + 1);
    bool over = l->simple && (!l->marked || l->inline_from < at);
    if (over && begin_straight(l, (struct line_end){at, mark}, at + 1)) return;
    gm__extend_para(l);
    if (!begin_plain(l, at + 1)) begin_any(l, at + 1);
}

/* 。 ； ： by its bytes. Which of them ends a line cannot be foretold: it is asked without a branch. */
GM__INLINE bool ends_sentence(uint32_t raw) {
    return (raw == GM__RAW_FULL_STOP) | (raw == 0x9BBCEF) | (raw == 0x9ABCEF);
}

/* Most lines are plain, and end so. */
GM__INLINE void on_line_feed(struct lexer *l, const char *text, size_t at) {
    uint32_t raw = at < 3 ? 0 : gm__raw_three((const unsigned char *)text + at - 3);
    if (ends_sentence(raw) && l->kind != GM__LINE_OTHER && l->simple)
        pass_sentence(l, at, gm__of_raw(raw));
    else if (at == 0 || text[at - 1] != '\r')
        on_line_end(l, at, at + 1); /* else the CR ended the line */
}

/* 第一章　总　　则: the blanks at `at` stand inside a name of two characters. */
static bool is_spread_name(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (p->cands.count == l->first_cand) return false;
    const struct gm__cand *first = gm__cand_at(p, l->first_cand);
    size_t text = first->at + first->len;
    if (text > at || !gm__has_di(p, first->at)) return false;
    return gm__str_trim(gm__str(p->text + text, at - text)).len == 3 &&
           gm__match_label(p, gm__skip_line_blanks(p, at), p->len, GM__AT_START, c) == 0;
}

/* In text without line breaks 　　 parts paragraphs; `at` is the last byte of the first of the two. */
static bool on_break(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    static const char blanks[] = "\xE3\x80\x80\xE3\x80\x80";
    if (p->text[at] != blanks[2] || at < 2 || p->len - at < 4 || memcmp(p->text + at - 2, blanks, 6) != 0) return false;
    if (is_spread_name(l, at - 2)) return true;
    if (l->has_text && l->text_at < at - 2) {
        gm__end_line(l, at - 2);
        begin_line(l, at + 4);
    }
    return true;
}

/* A CR or a tab. */
static void on_control(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    if (p->text[at] == '\r') {
        on_line_end(l, at, at + 1 + (at + 1 < p->len && p->text[at + 1] == '\n'));
        return;
    }
    l->tabs += at > l->text_at;
    if (l->tabs >= 2) l->kind = GM__LINE_OTHER;
}

/* Behind a stop, at `at`, anything may stand that labels begin like; most is words: 一体推进. */
GM__INLINE void see_behind_stop(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    const struct gm__opener *opener = gm__known_opener(p, at);
    const unsigned char *s = (const unsigned char *)p->text + at;
    if (opener ? gm__is_no_label(p->grammar, opener, s) : p->len - at >= GM__QUICK_ROOM && gm__is_pair(p->grammar, s)) {
        if (GM__UNLIKELY(gm__raw_three(s) == GM__RAW_THREE)) gm__find_shared(l, at);
        return;
    }
    gm__offer_behind_stop(l, at, opener);
}

/* A paragraph or a division ends at the stop or blank, whose last byte is at `at`, or behind it. */
static bool on_division(struct lexer *l, size_t at) {
    if (l->p->flat && on_break(l, at)) return true;
    if (!l->p->run_in || !l->has_text || at + 1 <= l->text_at) return false;
    size_t next = gm__division_behind_stop(l->p, at + 1);
    if (next == SIZE_MAX) return false;
    if (next > at + 1 && at + 1 >= l->inline_from) see_behind_stop(l, at + 1);
    gm__end_line(l, next);
    begin_run_in(l, next);
    return true;
}

GM__INLINE void on_event(struct lexer *l, const char *text, size_t at) {
    unsigned char c = (unsigned char)text[at];
    if (c == '\n') {
        on_line_feed(l, text, at);
    } else if (c < ' ') {
        on_control(l, at);
    } else if (l->simple || !on_division(l, at)) {
        if (l->has_text && at + 1 >= l->inline_from) see_behind_stop(l, at + 1);
    }
}

enum gm_status gm__lex(struct gm__parser *p) { return gm__lex_by(p, true); }

enum gm_status gm__lex_by(struct gm__parser *p, bool short_cut) {
    struct lexer l = {.p = p, .span = gm__span_best(), .short_cut = short_cut, .status = gm__doc_add_line(p->doc, 0)};
    struct gm__sift sift;
    gm__sift_init(&sift, p->text, p->len, p->grammar);
    sift.check = p->source->unchecked;
    if (p->flat || p->run_in) gm__sift_blanks(&sift); /* what parts their lines may stand behind blanks */
    l.uncounted = GM__LINE_STRIDE;
    l.most = p->options->limits.paragraph_bytes;
    l.flattened = gm__least_flattened(p);
    l.simple = short_cut && !p->wrap && !p->source->blocks.count && !p->pages.heads && !p->flat && !p->run_in &&
               p->titled == SIZE_MAX;
    const char *text = p->text;
    begin_any(&l, 0);
    while (l.status == GM_OK && gm__sift_next(&sift))
        for (const uint32_t *event = sift.events, *end = event + sift.count; event < end; event++)
            on_event(&l, text, *event);
    if (sift.faulty) return gm__fail(p->error, GM_INPUT, "bad-bytes", "the text is not UTF-8");
    gm__end_line(&l, p->len);
    close_para(&l);
    return l.status;
}
