/*
 * lex.c - one pass over the text: sift.c names line ends and the stops that a marker may follow, the matcher turns
 * what follows them into candidates. Nothing is decided here but what the line itself shows.
 */
#include "grammar/numeral_tables.h"
#include "parse/lexer.h"

#include "base/span.h"
#include "parse/sift.h"

#define HEADING_BYTES 180u /* a heading of a chapter is not longer */

static void note_soft_break(struct lexer *l, size_t at) {
    void *slot;
    if (l->status == GM_OK) l->status = gm__vec_push(&l->p->soft, &slot);
    if (l->status == GM_OK) *(uint32_t *)slot = (uint32_t)at;
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

/* Contents or notes may begin with a candidate of the paragraph. */
GM__APART void note_beginnings(struct lexer *l) {
    struct gm__parser *p = l->p;
    for (size_t i = l->para_cand; i < p->cands.count && l->status == GM_OK; i++)
        if (gm__may_begin_contents(gm__cand_at(p, i))) l->status = gm__note_beginning(p, i);
}

/* The paragraph has lines behind those that a candidate stands in: it is not alone there. */
GM__APART void tell_of_lines(const struct lexer *l) {
    const struct gm__parser *p = l->p;
    for (size_t i = l->para_cand; i < p->cands.count && gm__cand_at(p, i)->at < l->para_line; i++)
        gm__cand_at(p, i)->flags &= ~(uint32_t)GM__CAND_ALONE;
}

/* What only the end of a paragraph tells its candidates, of which there are some. */
static void tell_candidates(struct lexer *l) {
    const struct gm__parser *p = l->p;
    uint32_t last = l->para_last;
    bool stopped = last == 0x3002 || (p->dotted && last == '.') || last == 0xFF1B || last == ';' || last == 0xFF1A ||
                   last == ':' || last == 0xFF0C;
    const uint32_t told = stopped ? GM__CAND_STOPPED : 0, stop = (uint32_t)l->para_stop;
    if (l->para_line > l->para) tell_of_lines(l);
    size_t n = p->cands.count - l->para_cand;
    bool begins = false;
    for (struct gm__cand *c = gm__cand_at(p, l->para_cand); n > 0; n--, c++) {
        c->stop = stop;
        c->flags |= stop - c->at > HEADING_BYTES ? told | GM__CAND_LONG : told;
        begins |= gm__may_begin_contents(c);
    }
    if (begins) note_beginnings(l);
}

GM__INLINE void close_para(struct lexer *l) {
    const struct gm__parser *p = l->p;
    if (l->para_stop > l->para && l->para_stop - l->para > l->most && l->status == GM_OK)
        l->status = gm__check_paragraph(p, l->para_stop - l->para);
    if (l->para_cand < p->cands.count) tell_candidates(l);
    if (p->wrap) gm__note_own_heading(l);
}

/* 正文　第一章　…: books from the net say before each chapter that it is body text. Where the heading begins. */
static size_t skip_body_word(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    static const char word[] = "正文";
    size_t end = start + sizeof word - 1;
    if (end >= p->len || memcmp(p->text + start, word, sizeof word - 1) != 0) return start;
    size_t at = gm__skip_line_blanks(p, end);
    if (at == end || p->source->blocks.count || start < l->quoted || !gm__heads_line(p, at) ||
        gm__is_article_line(p, at))
        return start;
    gm__lexer_matter(l, gm__str(p->text + start, sizeof word - 1), GM_MATTER_PAGE);
    return at;
}

/* 3、 at `at`? */
static bool is_number_with_mark(const struct gm__parser *p, size_t at) {
    struct gm__ordinal o;
    size_t n = at < p->len ? gm__numeral_scan(GM__NUM_ARABIC, p->text + at, p->text + p->len, false, &o) : 0, len;
    uint32_t cp = gm__cp_at(p, at + n, &len);
    if (!n || !len || (cp != 0x3001 && gm__fold(cp) != '.')) return false;
    uint32_t next = gm__fold(gm__cp_at(p, at + n + len, &len));
    return cp == 0x3001 || next < '0' || next > '9'; /* （A）1.5斤 */
}

/* （　）1. …, （√）1、…, (AB)1. …: the answer, or a blank for it, stands before the number of the question. Where the
 * number begins. */
static size_t skip_answer_blank(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    size_t len, n = 0, at = gm__skip_line_blanks(p, start + (p->text[start] == '(' ? 1 : 3));
    uint32_t cp = gm__fold(gm__cp_at(p, at, &len));
    for (; len && n < 6 && (cp - 'A' < 26 || cp == 0x221A || cp == 0xD7 || cp == 0x2713); n++) { /* √ × ✓ */
        at = gm__skip_line_blanks(p, at + len);
        cp = gm__fold(gm__cp_at(p, at, &len));
    }
    if (!len || cp != ')') return start;
    size_t end = at + len;
    at = gm__skip_line_blanks(p, end);
    if (!is_number_with_mark(p, at) || p->source->blocks.count || start < l->quoted) return start;
    gm__lexer_matter(l, gm__str(p->text + start, end - start), GM_MATTER_PAGE);
    return at;
}

/* • ● ◆ ★ ▲ and their like, * and -, and the glyphs of the fonts that word processors take them from. */
static bool is_bullet(uint32_t cp) {
    static const uint32_t bullets[] = {0x203B, 0x25A0, 0x25AA, 0x25B2, 0x25B3, 0x25B6, 0x25BA, 0x25C6, 0x25C7,
                                       0x25C9, 0x25CE, 0x25CF, 0x2605, 0x2606, 0x2666, 0x26AB, 0x2713, 0x2714,
                                       0x2756, 0x27A2, 0x27A4, 0xFF0A, 0x2022, 0xB7,   '*',    '-'};
    if (cp - 0xF020u < 0xE0) return true;
    for (size_t i = 0; i < GM__COUNT(bullets); i++)
        if (bullets[i] == cp) return true;
    return false;
}

/* ★2.1投标人, ● 2.1 投标人. ● 2023.5 and • 5.12地震 are no decimals of a text's parts. */
static bool marks_decimal(const struct gm__parser *p, uint32_t bullet, const struct gm__cand *c) {
    const char *at = p->text + c->at;
    bool long_number = at[0] < '0' || at[0] > '9' || (at[1] != '.' && at[2] != '.');
    return !long_number && ((c->flags & GM__CAND_BLANK) || bullet == 0x2605 || bullet == 0x25B2 || bullet == '*');
}

/* • 1、…, ★2.1 …, ☆、第三章: a bullet stands before the label, as lists of pages and marks of tenders do. Where the
 * label begins. */
static size_t skip_bullet(struct lexer *l, size_t start, size_t len) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    size_t end = start + len, at = gm__skip_line_blanks(p, end);
    uint32_t cp = gm__cp_at(p, at, &len);
    if (p->source->blocks.count || start < l->quoted || (l->first == '-' && at == end)) return start;
    if ((l->first == 0x2605 || l->first == 0x2606) && cp == 0x3001) cp = gm__cp_at(p, at += len, &len);
    if (!len || !gm__gate_has(&p->grammar->start_gate, cp)) return start;
    size_t n = gm__match_label(p, at, p->len, GM__AT_START, c);
    if (!n || (c[0].flags & (GM__CAND_BARE | GM__CAND_DOUBTED)) || gm__family_of(p, &c[0])->words) return start;
    if (c[0].components > 1 && !marks_decimal(p, l->first, &c[0])) return start;
    gm__lexer_matter(l, gm__str(p->text + start, end - start), GM_MATTER_PAGE);
    return at;
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
    if (last != 0x3002 && (last == 0xFF0C || last == 0x3001 || (l->marked && last == 0x7684)))
        return true; /* ， 、 的 */
    if (!l->marked) return false;
    if (l->broken_end) return true;
    if (l->inline_from < l->prev_end) return false; /* no label ends there */
    const struct gm__cand *tip = gm__cand_at(p, p->cands.count) - 1;
    return p->cands.count > l->para_cand && tip->at + tip->len == l->prev_end;
}

/* 1. 12. */
GM__INLINE bool is_number_dot(const struct gm__parser *p, size_t start) {
    const char *s = p->text + start;
    return p->len - start > 3 && (s[1] == '.' || (s[1] >= '0' && s[1] <= '9' && s[2] == '.'));
}

/* 正文, 第 3 页, 共 40 页. */
GM__INLINE bool is_odd_han(uint32_t cp) {
    const uint64_t bits = gm__suffix_bit(0x6B63) | gm__suffix_bit(0x7B2C) | gm__suffix_bit(0x5171) |
                          gm__suffix_bit(0x603B) | gm__suffix_bit(0x7E3D);
    return (bits & gm__suffix_bit(cp)) && (cp == 0x6B63 || gm__opens_page_number(cp)); /* most are none of those */
}

/* The first character of a line where a label, a keyword or a word begins that is no page's number and no 正文, and no
 * blank for an answer; 0 for all others. */
GM__INLINE uint32_t plain_begin(const struct gm__parser *p, size_t start) {
    const unsigned char *s = (const unsigned char *)p->text + start;
    if (p->len - start < 4) return 0;
    if (s[0] - (uint32_t)'0' < 10) return is_number_dot(p, start) ? s[0] : 0;
    if (s[0] <= 0xE0 || s[0] >= 0xF0) return 0;
    uint32_t first = gm__three_bytes(s);
    if (first == 0x7B2C || first == 0xFF08) return s[3] >= 0xE4 && s[3] < 0xEF ? first : 0; /* 第 （ */
    if (first - 0x4E00 <= 0x9FFF - 0x4E00) return is_odd_han(first) ? 0 : first;
    return first == 0x201C || first == 0x300A ? first : 0; /* “ 《 */
}

/* Of a line that no format knows of and no wrap joins to the one above; labelled: a marker opens it. */
GM__INLINE enum gm__line_kind kind_of_line(const struct lexer *l, uint32_t first, bool labelled) {
    const struct gm__parser *p = l->p;
    if (l->ledger || (l->gated && gm__gate_has(&p->grammar->keyword_gate, first))) return GM__LINE_OTHER;
    if (!labelled) return first < 0x80 || first == 0xFF08 || first == 0x5E8F ? GM__LINE_OTHER : GM__LINE_PROSE; /* 序 */
    bool plain = first == 0x7B2C || first == 0xFF08 || (gm__is_han(first) && gm__han_code(first)) ||
                 (first - (uint32_t)'0' < 10 && is_number_dot(p, l->text_at));
    return plain ? GM__LINE_LABELLED : GM__LINE_OTHER;
}

/* Most lines, prose or behind a label of the commonest kinds, below a line that surely ended its paragraph: all that
 * begin_line would ask of them has one answer. */
GM__INLINE bool begin_plain(struct lexer *l, size_t at) {
    struct gm__parser *p = l->p;
    if (!l->simple || is_open_end(l)) return false;
    size_t start = gm__skip_line_blanks(p, at);
    uint32_t first = plain_begin(p, start);
    if (!first) return false;
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

/* A blank, or what a page's number in a table of contents may end in. */
GM__INLINE bool is_odd_end(uint32_t last) { return last < 0x3001 || last == 0xFEFF || last - 0xFF10u < 10; }

/* What such an end shows: next to nothing. */
GM__INLINE bool end_plain(struct lexer *l, size_t end) {
    const struct gm__parser *p = l->p;
    if (l->kind == GM__LINE_OTHER) return false;
    uint32_t last = gm__cp_before(p, end, l->text_at);
    bool marked = false; /* the candidates are all inside the line */
    if (p->cands.count == l->first_cand) {
        if (gm__is_space(last) || (l->told && gm__may_end_annexed(last))) return false;
    } else if (is_odd_end(last)) {
        return false;
    } else if (l->kind == GM__LINE_LABELLED) {
        const struct gm__cand *c = gm__cand_at(p, l->first_cand);
        bool unit = l->first == 0x7B2C; /* 第 */
        marked = !unit || gm__family_of(p, c)->kind != GM_KIND_SECTION;
        if (unit && (c->flags & GM__CAND_BLANK)) gm__offer_second(l, gm__str(p->text + l->text_at, end - l->text_at));
    }
    l->marked = marked;
    gm__close_line(l, end, last);
    return true;
}

static void begin_line(struct lexer *l, size_t at) {
    struct gm__parser *p = l->p;
    l->kind = GM__LINE_OTHER;
    size_t start = gm__skip_line_blanks(p, at), taken = l->inline_from, len;
    l->first = gm__cp_at(p, start, &len);
    if (l->first == 0x6B63) { /* 正 */
        start = skip_body_word(l, start);
        l->first = gm__cp_at(p, start, &len);
    } else if (l->first == '(' || l->first == 0xFF08) {
        start = skip_answer_blank(l, start);
        l->first = gm__cp_at(p, start, &len);
    } else if (is_bullet(l->first)) {
        start = skip_bullet(l, start, len);
        l->first = gm__cp_at(p, start, &len);
    }
    open_line(l, at, start, l->first);
    l->now = block_of_line(l, start);
    l->has_text = len && !gm__is_line_end(l->first);
    if (!l->has_text || is_page_line(l, start)) return;
    bool heads = p->wrap && ((l->now && l->now->heading) || gm__heads_line(p, start));
    l->wrapped = l->prev_end > l->prev_line && !l->heads && !heads && gm__goes_on(l, at, start);
    l->heads = heads && !gm__is_article_line(p, start); /* nothing goes on behind it */
    l->gated = gm__gate_has(&p->grammar->start_gate, l->first);
    if (l->wrapped) {
        note_soft_break(l, at);
        gm__see_wrapped_text(l, start);
        if (!p->wrap && gm__heading_line(l)) {
            l->broken_line = l->prev_line;
            l->broken_end = l->prev_end;
        }
    } else {
        open_para(l, start);
    }
    if (at < l->quoted || (l->now && (l->now->flags & GM__BLOCK_VERBATIM))) return;
    if (l->wrapped && gm__offer_broken(l, start, taken)) return;
    if (l->gated || (l->now && l->now->label_len)) gm__offer_start(l, start);
    if (p->cands.count > l->first_cand && !l->now && !l->wrapped) l->kind = kind_of_line(l, l->first, true);
}

/* The same where divisions begin inside lines. */
static void begin_run_in(struct lexer *l, size_t at) {
    begin_line(l, at);
    while (l->has_text) {
        size_t next = gm__fused_division(l->p, l->text_at, l->line == 0);
        if (next == SIZE_MAX) return;
        gm__end_line(l, next);
        begin_line(l, next);
    }
}

static void begin_any(struct lexer *l, size_t at) {
    if (l->p->run_in)
        begin_run_in(l, at);
    else
        begin_line(l, at);
}

/* The line ends at `at`, the next begins at `next`. */
GM__INLINE void on_line_end(struct lexer *l, size_t at, size_t next) {
    if (!end_plain(l, at)) gm__end_line(l, at);
    if (++l->lines % GM__LINE_STRIDE == 0 && l->status == GM_OK) l->status = gm__doc_add_line(l->p->doc, next);
    if (!begin_plain(l, next)) begin_any(l, next);
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

/* A paragraph or a division ends at the stop or blank, whose last byte is at `at`. */
static bool on_division(struct lexer *l, size_t at) {
    if (l->p->flat && on_break(l, at)) return true;
    if (!l->p->run_in || !l->has_text || at + 1 <= l->text_at || !gm__divides_behind_stop(l->p, at + 1)) return false;
    gm__end_line(l, at + 1);
    begin_run_in(l, at + 1);
    return true;
}

GM__INLINE void on_event(struct lexer *l, const char *text, size_t at) {
    unsigned char c = (unsigned char)text[at];
    if (c == '\n') {
        if (at == 0 || text[at - 1] != '\r') on_line_end(l, at, at + 1); /* else the CR ended the line */
    } else if (c < ' ') {
        on_control(l, at);
    } else if (l->simple || !on_division(l, at)) {
        if (l->has_text && at + 1 >= l->inline_from) gm__offer_behind_stop(l, at + 1);
    }
}

enum gm_status gm__lex(struct gm__parser *p) {
    struct lexer l = {.p = p, .status = gm__doc_add_line(p->doc, 0)};
    struct gm__sift sift;
    gm__sift_init(&sift, p->text, p->len, p->grammar);
    sift.check = p->source->unchecked;
    l.most = p->options->limits.paragraph_bytes;
    l.simple = !p->wrap && !p->source->blocks.count && !p->pages.heads && !p->flat && !p->run_in;
    begin_any(&l, 0);
    while (l.status == GM_OK && gm__sift_next(&sift))
        for (size_t i = 0, count = sift.count; i < count && l.status == GM_OK; i++)
            on_event(&l, p->text, sift.events[i]);
    if (sift.faulty) return gm__fail(p->error, GM_INPUT, "bad-bytes", "the text is not UTF-8");
    gm__end_line(&l, p->len);
    close_para(&l);
    return l.status;
}
