/*
 * candidate.c - places where a marker may stand become candidates: at a line's start, behind a stop, behind a label, a
 * heading without a number.
 */
#include "parse/lexer.h"
#include "parse/straight.h"

size_t gm__skip_blanks_at(const struct gm__parser *p, size_t at) {
    for (;;) {
        size_t len;
        uint32_t cp = gm__cp_at(p, at, &len);
        if (!len || gm__is_line_end(cp) || !gm__is_space(cp)) return at;
        at += len;
    }
}

/* Letters, digits and signs of measures: what stands behind a quantity. */
static bool is_western(uint32_t cp) {
    return (cp > ' ' && cp < 0x2E80 && !(cp >= 0x2010 && cp <= 0x206F)) || (cp >= 0xFF10 && cp <= 0xFF5A);
}

bool gm__is_punctuation(uint32_t cp) {
    return (cp >= 0x3001 && cp <= 0x3002) || cp == 0xFF0C || cp == 0xFF1B || cp == 0xFF1A || cp == 0xFF01 ||
           cp == 0xFF1F || cp == 0x201D || cp == 0x300D || cp == 0x300B || cp == 0xFF09 || cp == ',' || cp == '.' ||
           cp == ';' || cp == ':' || cp == ')' || cp == '!' || cp == '?';
}

enum gm__before gm__before_class(uint32_t cp) {
    switch (cp) {
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF1B:
    case '!':
    case '?':
    case ';':
    case 0x201D:
    case 0x300D:
    case 0x2026:
    case '.':
    case 0xFF0E: return GM__BEFORE_SENTENCE;
    case 0xFF1A:
    case ':':
    case 0x2014: return GM__BEFORE_COLON;
    case 0xFF0C:
    case ',':
    case 0x3001: return GM__BEFORE_COMMA;
    case 0x201C:
    case 0x2018:
    case 0x300C:
    case 0x300E:
    case '"': return GM__BEFORE_QUOTE;
    default: return gm__is_space(cp) ? GM__BEFORE_BLANK : GM__BEFORE_TEXT;
    }
}

void gm__push_cand(struct lexer *l, const struct gm__cand *c) {
    struct gm__vec *cands = &l->p->cands;
    if (l->status != GM_OK) return;
    if (cands->count == cands->capacity) l->status = gm__vec_reserve(cands, 1);
    if (l->status != GM_OK) return;
    struct gm__cand *to = (struct gm__cand *)cands->data + cands->count++;
    *to = *c;
    to->flags |= gm__oddness(l->p->grammar, c);
}

/* What the format knows of the paragraph that c opens. */
static void know_block(const struct gm__block *b, struct gm__cand *c) {
    c->heading = b->heading;
    c->depth = b->depth;
    if (!b->label_len || b->label_len != c->len) return;
    c->flags |= GM__CAND_RENDERED;
    c->flags &= ~(uint32_t)GM__CAND_DOUBTED; /* 1.|2号隧道 is no 1.2 */
}

/* What the text at `at`, behind its label, tells of c. */
static void see_text(const struct gm__parser *p, size_t at, struct gm__cand *c) {
    size_t len;
    uint32_t cp = gm__cp_at(p, at, &len);
    if (!len || gm__is_line_end(cp)) c->flags |= GM__CAND_ALONE | GM__CAND_MARK;
    if (gm__is_punctuation(cp)) c->flags |= GM__CAND_MARK;
    if (is_western(cp)) c->flags |= GM__CAND_LATIN_TEXT;
    bool refers = p->len - at < 7 ? gm__may_refer(cp) : gm__may_refer_at(cp, (const unsigned char *)p->text + at);
    if (!refers) c->flags |= GM__CAND_PLAIN_TEXT;
}

void gm__push_with_text(struct lexer *l, struct gm__cand *c) {
    see_text(l->p, gm__skip_line_blanks(l->p, c->at + c->len), c);
    gm__push_cand(l, c);
}

void gm__see_wrapped_text(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    for (size_t i = p->cands.count; i-- > l->para_cand;) {
        struct gm__cand *c = gm__cand_at(p, i);
        if ((size_t)c->at + c->len != l->prev_end) return;
        c->flags &= ~(uint32_t)(GM__CAND_ALONE | GM__CAND_MARK);
        see_text(p, start, c);
    }
}

/* c was read; what the lexer knows of the place. */
GM__INLINE void describe(const struct lexer *l, struct gm__cand *c, unsigned flags, enum gm__before before) {
    c->flags |= flags;
    c->before = (uint8_t)before;
    c->para = (uint32_t)l->para;
    if (l->now && (flags & GM__CAND_START)) know_block(l->now, c);
}

static bool offer_all(struct lexer *l, size_t at, unsigned where, unsigned flags, enum gm__before before) {
    struct gm__cand found[GM__MAX_READINGS];
    size_t n = gm__match_all(l->p, at, l->p->len, where, found);
    l->p->steps += n + 1;
    if (n && (flags & GM__CAND_START) && gm__falls_back(l->p, &found[0])) l->p->falls++;
    for (size_t i = 0; i < n; i++) {
        describe(l, &found[i], flags | (i ? GM__CAND_ALT : 0), before);
        gm__push_with_text(l, &found[i]);
    }
    if (n && at + found[0].len > l->inline_from) l->inline_from = at + found[0].len;
    return n > 0;
}

/* What gm__match_quick found at `at`: a label before anything but Han, or something that it is not sure of. */
static bool take_other(struct lexer *l, size_t at, unsigned where, unsigned flags, enum gm__before before,
                       int32_t quick) {
    struct gm__parser *p = l->p;
    struct gm__cand *c = gm__cand_at(p, p->cands.count);
    if (quick == GM__QUICK_UNSURE) return offer_all(l, at, where, flags, before);
    p->steps += 2;
    describe(l, c, flags, before);
    see_text(p, gm__skip_line_blanks(p, at + c->len), c);
    p->cands.count++;
    if (at + c->len > l->inline_from) l->inline_from = at + c->len;
    return true;
}

/* A label is read to its place behind the candidates, and is none of them yet. NULL: no memory. */
GM__INLINE struct gm__cand *room_for_label(struct lexer *l) {
    struct gm__vec *cands = &l->p->cands;
    if (cands->count == cands->capacity && l->status == GM_OK) l->status = gm__vec_reserve(cands, 1);
    return l->status == GM_OK ? (struct gm__cand *)cands->data + cands->count : NULL;
}

/* As gm__match_quick, or, behind an opener, gm__match_opened. */
GM__INLINE int32_t read_label(struct lexer *l, size_t at, unsigned where, const struct gm__opener *opener) {
    struct gm__parser *p = l->p;
    struct gm__cand *room = room_for_label(l);
    if (!room) return GM__QUICK_NONE;
    int32_t quick = opener ? gm__match_opened(p, opener, at, where, room) : gm__match_quick(p, at, p->len, where, room);
    p->steps += quick == GM__QUICK_NONE;
    return quick;
}

/* What read_label read, unless it is none. Most labels stand before Han. */
GM__INLINE bool take_label(struct lexer *l, size_t at, unsigned where, unsigned flags, enum gm__before before,
                           int32_t quick) {
    struct gm__parser *p = l->p;
    if (quick <= GM__QUICK_LABEL) return take_other(l, at, where, flags, before, quick);
    struct gm__cand *c = gm__cand_at(p, p->cands.count++);
    p->steps += 2;
    describe(l, c, flags, before);
    if (at + c->len > l->inline_from) l->inline_from = at + c->len;
    return true;
}

bool gm__offer(struct lexer *l, size_t at, unsigned where, unsigned flags, enum gm__before before) {
    int32_t quick = read_label(l, at, where, NULL);
    return quick != GM__QUICK_NONE && take_label(l, at, where, flags, before, quick);
}

#define QUOTED_MOST  ((size_t)32 * 1024)
#define AMENDED_MOST ((size_t)4 * 1024) /* bytes of such a quotation */
#define QUOTE_BACK   240u               /* bytes from the quotation's begin to the first number in it */

/* 修改为：“…（一）…；（二）…”: is c, a first number, inside what an amending decision quotes? Then nothing before the
 * closing quote is offered. */
static bool is_amended_text(struct lexer *l, const struct gm__cand *c) {
    static const char *const verbs[] = {"修改为", "修改為", "修正为", "修正為", "改为", "改為", "修订为", NULL};
    const struct gm__parser *p = l->p;
    if (!gm__bracket(gm__cp_at(p, c->at, &(size_t){0}))) return false; /* the items of a provision */
    size_t low = c->at - l->text_at > QUOTE_BACK ? c->at - QUOTE_BACK : l->text_at, at = c->at;
    while (at >= low + 3 && (p->text[at - 3] != '\xE2' || p->text[at - 2] != '\x80')) at--; /* “ ” — … */
    if (at < low + 3 || memcmp(p->text + at - 3, "“", 3) != 0) return false;
    struct gm_str before = gm__str(p->text + low, at - 3 - low);
    before.len -= gm__str_ends(before, "：") ? 3 : gm__str_ends(before, ":") ? 1 : 0;
    if (!gm__ends_any(before, verbs)) return false;
    size_t left = p->len - c->at < AMENDED_MOST ? p->len - c->at : AMENDED_MOST;
    const char *end = p->text + c->at + gm__span_best()->line(p->text + c->at, left);
    for (const char *close = p->text + c->at; (close = memchr(close, 0xE2, (size_t)(end - close))) != NULL; close++)
        if (end - close >= 3 && memcmp(close, "”", 3) == 0) {
            l->inline_from = (size_t)(close - p->text);
            return true;
        }
    return false;
}

/* A label inside a line; what stands before it in its clause, if it is a second member. */
GM__INLINE void take_inline(struct lexer *l, size_t at, enum gm__before before, int32_t quick) {
    size_t count = l->p->cands.count, from = l->inline_from;
    if (!take_label(l, at, GM__AT_INLINE, 0, before, quick) || count >= l->p->cands.count) return;
    const struct gm__cand *c = gm__cand_at(l->p, count);
    if (GM__UNLIKELY(gm__family_of(l->p, c)->announced) && !gm__keep_announced(l, c, from)) return;
    if (c->number == 1 && c->before == GM__BEFORE_COLON && is_amended_text(l, c)) {
        l->p->cands.count = count;
        return;
    }
    l->lists |= c->number == 1;
    gm__find_partner(l);
    if (GM__UNLIKELY(l->p->text[at] == '\xE2') && before == GM__BEFORE_SENTENCE) gm__see_cited(l, at);
}

/* “第三条　…: what an amending decision quotes is no structure of its own, to the closing quote. */
static void quote_article(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    size_t n = gm__match_label(p, at, p->len, GM__AT_START, c), len;
    if (!n || gm__family_of(p, &c[0])->kind == GM_KIND_ITEM) return;
    uint32_t cp = gm__cp_at(p, at + c[0].len, &len);
    if (len && !gm__is_space(cp)) return;
    if (l->next_close < at) l->next_close = at;
    while (l->next_close < p->len) {
        const char *hit = memchr(p->text + l->next_close, 0xE2, p->len - l->next_close);
        l->next_close = hit ? (size_t)(hit - p->text) : p->len;
        if (!hit || (p->len - l->next_close >= 3 && memcmp(hit, "\xE2\x80\x9D", 3) == 0)) break;
        l->next_close++;
    }
    if (l->next_close < p->len && l->next_close - at <= QUOTED_MOST) l->quoted = l->next_close;
}

static bool is_sign(uint32_t cp) {
    return (cp > 0 && cp < 0x80 && strchr("#$%&'*+-<=>", (int)cp)) || (cp >= 0xFF1C && cp <= 0xFF1E) || cp == 0x2013 ||
           cp == 0x2015 || cp == 0x2212 || cp == 0xFF0B || cp == 0xFF0D; /* – ― − ＋ － */
}

/* The scan takes for a stop what ends like one: all but U+2000 to U+203F, U+3000 to U+303F, U+FF00 to U+FF3F. */
static bool is_no_stop(const unsigned char *end) {
    return end[-1] >= 0x80 && end[-2] != (end[-3] == 0xEF ? 0xBC : 0x80);
}

/* （1.1）, GPL-2.1、: the dot before the digit at `at` ends nothing. */
static bool is_in_decimal(const struct gm__parser *p, size_t at) {
    const char *s = p->text + at;
    return at >= 2 && s[0] >= '0' && s[0] <= '9' && s[-1] == '.' && s[-2] >= '0' && s[-2] <= '9';
}

/* 第7(2)(a)条, 5(1)(a): the bracket before `at` holds a number or letter that is no label. What follows refers too. */
static bool is_in_reference(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    size_t i = at - 1;
    if (p->text[i] != ')' || p->text[at] != '(') return false;
    if (p->cands.count > l->para_cand) {
        const struct gm__cand *last = gm__cand_at(p, p->cands.count - 1);
        if ((size_t)last->at + last->len == at) return false; /* (2)(a) */
    }
    for (unsigned char c; i > l->line && at - i < 6; i--) {
        c = (unsigned char)p->text[i - 1];
        if ((c < '0' || c > '9') && ((c | 32) < 'a' || (c | 32) > 'z')) break;
    }
    return i > l->line + 1 && i + 1 < at && p->text[i - 1] == '(' &&
           gm__before_class(gm__cp_before(p, i - 1, l->line)) == GM__BEFORE_TEXT;
}

/* What stands before `at`, blanks passed over. */
static enum gm__before look_back(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    uint32_t mark = gm__cp_before(p, at, l->line);
    for (size_t back = at; gm__is_space(mark) && back > l->line;) {
        uint32_t c;
        back -= gm__utf8_decode_back(p->text + l->line, p->text + back, &c);
        mark = gm__cp_before(p, back, l->line);
    }
    return gm__before_class(mark);
}

/* Anything but Han stands behind the stop: where a label may begin, blanks passed over; 0: nowhere. */
static size_t behind_blanks(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    size_t len;
    uint32_t cp = gm__cp_at(p, at, &len);
    if (p->flat && cp == 0x3000) return 0; /* a paragraph begins there */
    for (int i = 0; i < 2 && len && cp < 0x10000 && !gm__is_line_end(cp) && gm__is_space(cp); i++)
        cp = gm__cp_at(p, at += len, &len);
    return gm__gate_has(&p->grammar->inline_gate, cp) && !gm__is_space(cp) ? at : 0;
}

/* What stands right before `at`; most often ， or 。. */
GM__INLINE enum gm__before before_at(const struct lexer *l, size_t at, uint32_t *mark) {
    *mark = gm__cp_before(l->p, at, l->line);
    return *mark == 0xFF0C ? GM__BEFORE_COMMA : *mark == 0x3002 ? GM__BEFORE_SENTENCE : gm__before_class(*mark);
}

void gm__offer_behind_stop(struct lexer *l, size_t at, const struct gm__opener *opener) {
    const struct gm__parser *p = l->p;
    const unsigned char *s = (const unsigned char *)p->text + at;
    if (s[-1] == 0x9C && at >= 3 && gm__has_di(p, at) && memcmp(s - 3, "\xE2\x80\x9C", 3) == 0) /* “第 */
        quote_article(l, at);
    if (!opener && (at = behind_blanks(l, at)) == 0) return; /* else the scan asked the gate */
    if (l->now && (l->now->flags & GM__BLOCK_VERBATIM)) return;
    int32_t quick = read_label(l, at, GM__AT_INLINE, opener);
    if (quick == GM__QUICK_NONE && opener && gm__raw_three(s + 3) == GM__RAW_THREE) gm__find_shared(l, at); /* 第三 */
    if (quick == GM__QUICK_NONE || is_no_stop(s) || is_in_decimal(p, at) || is_in_reference(l, at)) return;
    uint32_t mark;
    enum gm__before before = before_at(l, at, &mark);
    if (before == GM__BEFORE_TEXT && is_sign(mark)) return; /* (5.1.5-1): the scan takes these for stops */
    if (before == GM__BEFORE_BLANK) before = look_back(l, at);
    size_t count = p->cands.count;
    take_inline(l, at, before, quick);
    if (GM__UNLIKELY(p->len - at < GM__QUICK_ROOM) && p->cands.count == count) gm__find_shared(l, at);
}

/* 图1, 表2-1, 注3：: figures, tables, formulas and notes are counted too, but are no points. */
static bool counts_figures(struct gm_str label) {
    static const char *const words[] = {"图", "圖", "表", "式", "公式", "注", "註", "照片", "Figure", "Fig", "Table"};
    for (size_t i = 0; i < GM__COUNT(words); i++) {
        size_t n = strlen(words[i]);
        if (label.len <= n || memcmp(label.ptr, words[i], n) != 0) continue;
        uint32_t cp;
        struct gm_str rest = gm__str_trim(gm__str(label.ptr + n, label.len - n));
        if (rest.len) (void)gm__utf8_decode(rest.ptr, rest.ptr + rest.len, &cp);
        if (rest.len && (gm__numeral_systems(cp) || cp == '.')) return true;
    }
    return false;
}

/* A style sheet counts to the last number that there is; those before and behind it are asked for. */
static int32_t bounded(int32_t number) {
    const int32_t most = 1000000000;
    return number > most ? most : number < -most ? -most : number;
}

/* ニ、 as the fourth of イ、ロ、ハ、: what looks like 二 is none where the format has another number. */
static bool is_misread(const struct gm__block *b, const struct gm__cand *c) {
    return (c->flags & GM__CAND_LOOKALIKE) && b->number && c->number != b->number && c->other != b->number;
}

/* A label that the format rendered is one whatever stands behind it: 第四章|法律责任 is no 章法. */
static bool offer_rendered(struct lexer *l, size_t start, size_t len) {
    struct gm__cand found[GM__MAX_READINGS];
    size_t n = gm__match_all(l->p, start, start + len, GM__AT_START, found), kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (found[i].len != len || is_misread(l->now, &found[i])) continue;
        describe(l, &found[i], GM__CAND_START | (kept++ ? GM__CAND_ALT : 0), GM__BEFORE_START);
        gm__push_with_text(l, &found[i]);
    }
    if (kept && start + len > l->inline_from) l->inline_from = start + len;
    return kept > 0;
}

/* The format rendered the label: of all readings only the one of that length counts; without one the label
 * is of no family that the grammar knows, and the format's own number and depth make its series. */
static void keep_rendered(struct lexer *l, size_t start, bool found) {
    struct gm__parser *p = l->p;
    const struct gm__block *b = l->now;
    size_t kept = l->first_cand;
    for (size_t i = l->first_cand; found && i < p->cands.count; i++)
        if ((gm__cand_at(p, i)->flags & GM__CAND_RENDERED) && !is_misread(b, gm__cand_at(p, i))) {
            *gm__cand_at(p, kept) = *gm__cand_at(p, i);
            if (kept == l->first_cand) gm__cand_at(p, kept)->flags &= ~(uint32_t)GM__CAND_ALT;
            kept++;
        }
    p->cands.count = kept;
    if (kept > l->first_cand || !b->label_len || b->label_len > b->len) return;
    if (counts_figures(gm__str(p->text + start, b->label_len)) || offer_rendered(l, start, b->label_len)) return;
    struct gm__cand c = {.at = (uint32_t)start,
                         .len = b->label_len,
                         .number = bounded(b->number),
                         .next = GM__NONE,
                         .twin = GM__NONE,
                         .reopen = GM__NONE,
                         .series = GM__NONE,
                         .components = 1};
    c.prefix = 0x10000u + (b->depth & 15);
    c.para = (uint32_t)l->para;
    c.flags = GM__CAND_START | GM__CAND_BLANK;
    know_block(b, &c);
    gm__push_cand(l, &c);
    l->inline_from = start + b->label_len;
}

/* 3．（1）…, 第四条　一、…: a list may open right behind a label. */
static void offer_behind_label(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand *first = gm__cand_at(p, l->first_cand);
    size_t at = gm__skip_line_blanks(p, (size_t)first->at + first->len), len;
    uint32_t cp = gm__cp_at(p, at, &len);
    if (!len || !gm__gate_has(&p->grammar->inline_gate, cp)) return;
    int32_t quick = read_label(l, at, GM__AT_INLINE, NULL);
    if (quick != GM__QUICK_NONE) take_inline(l, at, GM__BEFORE_COLON, quick);
}

void gm__offer_start(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    unsigned flags = GM__CAND_START;
    enum gm__before before = GM__BEFORE_START;
    if (l->wrapped) {
        flags |= GM__CAND_WRAPPED;
        before = gm__before_class(l->last);
    } else if (gm__before_class(l->last) == GM__BEFORE_COMMA || gm__leans_on(p, l->prev_line, l->prev_end, l->last)) {
        flags |= GM__CAND_AFTER_COMMA;
    }
    bool found = gm__offer(l, start, l->wrapped ? GM__AT_START | GM__AT_INLINE : GM__AT_START, flags, before);
    if (l->now && l->now->label_len) keep_rendered(l, start, found);
    if (l->first == 0x4E00 && !l->row.end && gm__tells_bare(p, l->prev_end)) gm__offer_bare(l, start); /* 一 */
    if (GM__UNLIKELY(l->row.end)) gm__offer_verb_line(l, start);
    if (p->cands.count == l->first_cand) return;
    l->lists |= gm__may_list(gm__cand_at(p, l->first_cand));
    if (l->wrapped) return;
    if (gm__cand_at(p, l->first_cand)->number == 2) gm__find_fused_above(l);
    offer_behind_label(l);
}

/* What was read at a line's begin, unless it is none. */
GM__INLINE bool take_opening(struct lexer *l, size_t start, int32_t next) {
    if (!take_label(l, start, GM__AT_START, GM__CAND_START, GM__BEFORE_START, next)) return false;
    const struct gm__cand *first = gm__cand_at(l->p, l->first_cand);
    l->lists |= gm__may_list(first);
    if (first->number == 2) gm__find_fused_above(l);
    if (next != GM__QUICK_PLAIN &&
        (next <= GM__QUICK_LABEL || gm__gate_has(&l->p->grammar->inline_gate, (uint32_t)next)))
        offer_behind_label(l);
    return true;
}

bool gm__offer_opening(struct lexer *l, size_t start) {
    int32_t next = read_label(l, start, GM__AT_START, NULL);
    return next != GM__QUICK_NONE && take_opening(l, start, next);
}

/* The candidate before c is the first of its family, as most are: no line above holds another. */
GM__INLINE bool is_second(const struct lexer *l, const struct gm__cand *c) {
    return l->first_cand > 0 && c[-1].family == c->family && c[-1].number == 1;
}

/* A straight label opens the line at `start`, before Han. A list may open right behind it. */
GM__INLINE void put_straight(struct lexer *l, struct gm__cand *c, size_t start, const struct straight *r) {
    struct gm__parser *p = l->p;
    size_t at = start + r->len + (r->flags & GM__CAND_BLANK ? 3 : 0);
    write_label(c, start, r->len, r->ending, r->number, r->flags | l->under | GM__CAND_START);
    c->para = (uint32_t)l->para;
    p->cands.count++;
    p->steps += 2;
    l->inline_from = start + r->len;
    l->lists |= r->number == 1;
    if (r->number == 2 && !is_second(l, c)) gm__find_fused_above(l);
    if (r->text == GM__QUICK_PLAIN || !gm__gate_has(&p->grammar->inline_gate, r->text)) return;
    const struct gm__opener *opener = gm__known_opener(p, at);
    if (opener && gm__is_no_label(p->grammar, opener, (const unsigned char *)p->text + at)) return;
    int32_t quick = read_label(l, at, GM__AT_INLINE, opener);
    if (quick != GM__QUICK_NONE) take_inline(l, at, GM__BEFORE_COLON, quick);
}

bool gm__offer_opened(struct lexer *l, size_t start, const struct gm__opener *opener) {
    const struct gm__parser *p = l->p;
    const struct gm__vec *cands = &p->cands;
    struct straight r;
    enum gm__quick quick = read_straight(p->grammar, opener, (const unsigned char *)p->text + start, GM__AT_START, &r);
    if (quick == GM__QUICK_NONE) return false;
    if (quick != GM__QUICK_LABEL || cands->count == cands->capacity) return gm__offer_opening(l, start);
    bool plain =
        r.text == GM__QUICK_PLAIN || gm__is_common_han(r.text) || r.text == 0x201C || r.text == 0x300A; /* “《 */
    if (!plain) return gm__offer_opening(l, start);
    put_straight(l, gm__cand_at(p, cands->count), start, &r);
    return true;
}

void gm__take_straight(struct lexer *l, size_t start, const struct straight *r) {
    struct gm__cand *room = room_for_label(l);
    if (room) put_straight(l, room, start, r);
}

struct gm__cand gm__heading(const struct lexer *l, struct gm_str line, uint16_t keyword, unsigned flags) {
    return (struct gm__cand){.at = (uint32_t)(line.ptr - l->p->text),
                             .next = GM__NONE,
                             .twin = GM__NONE,
                             .reopen = GM__NONE,
                             .series = GM__NONE,
                             .para = (uint32_t)l->para,
                             .sub = keyword,
                             .flags = GM__CAND_START | GM__CAND_HEADING | flags};
}

void gm__offer_heading(struct lexer *l, struct gm_str body, uint16_t keyword, uint8_t level, unsigned flags) {
    struct gm__cand c = gm__heading(l, body, keyword, flags);
    l->p->cands.count = l->first_cand;
    c.heading = level;
    gm__push_cand(l, &c);
}
