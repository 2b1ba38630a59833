/*
 * lex.c - one pass over the text: sift.c names line ends and the stops that a marker may follow, the matcher turns
 * what follows them into candidates. Nothing is decided here but what the line itself shows.
 */
#include "parse/lex.h"

#include "parse/phrase.h"
#include "parse/sift.h"

#define SHORT_LINE    160u  /* bytes; longer lines are no page numbers, keywords or headings */
#define WRAPPED_LINE  48u   /* bytes; nobody breaks a shorter line */
#define HEADING_BYTES 180u  /* a heading of a chapter is not longer */
#define BROKEN_MOST   15u   /* bytes of a marker's part before a wrap, and */
#define JOINT_REST    48u   /* of the text behind it that tells whether it is one */
#define PARTNER_MOST  1500u /* bytes from 一方面 to 另一方面, and */
#define PARTNERS_KEPT 256u  /* candidates between them */

/* What is known of the one before a family's number: up to `at` there is none, or the last stands there. */
struct partner {
    uint32_t family;
    int64_t number;
    size_t at;
    bool found;
};

struct lexer {
    struct gm__parser *p;
    size_t line, prev_line, prev_end; /* starts; prev_end: end of the last line with text */
    size_t first_cand, para_cand;     /* of the line, of the paragraph */
    size_t para;                      /* start of the paragraph */
    size_t para_line, para_stop;      /* its last line so far: start, end of the text */
    uint32_t para_last;               /* the character there */
    size_t inline_from;               /* no inline candidate before this byte */
    size_t block;                     /* index of the next block */
    const struct gm__block *now;      /* the line's block, NULL for plain text */
    bool wrapped, has_text;
    size_t quoted;                  /* up to here the text quotes articles: “第三条　… */
    size_t next_close;              /* the first ” at or behind the place last asked for */
    uint32_t first;                 /* the line's first code point, 0 when it has no text */
    uint32_t last;                  /* the last code point of the last line with text, 0 when there is none */
    bool gated;                     /* `first` may open a marker or a keyword */
    size_t text_at;                 /* where the line's text begins */
    size_t tabs;                    /* in the line */
    size_t lines;                   /* so far */
    bool heads;                     /* the line before is a heading of its own */
    bool marked;                    /* the line before opens with a candidate */
    bool told;                      /* a sentence ended a line */
    uint64_t own[4];                /* by family, the first 256: a member was a heading on a line of its own */
    size_t broken_line, broken_end; /* the last heading's line that the next went on with, 0 before it */
    bool ledger; /* 序号　名称　数量: the line above heads a table whose cells blanks part, or is a row of it */
    struct partner partners[256]; /* by a hash of family and number */
    enum gm_status status;
};

GM__INLINE uint32_t cp_at(const struct gm__parser *p, size_t at, size_t *len) {
    uint32_t cp = 0;
    *len = at < p->len ? gm__utf8_decode(p->text + at, p->text + p->len, &cp) : 0;
    return cp;
}

GM__INLINE uint32_t cp_before(const struct gm__parser *p, size_t at, size_t begin) {
    uint32_t cp = 0;
    return gm__utf8_decode_back(p->text + begin, p->text + at, &cp) ? cp : 0;
}

/* 第 stands there. */
static bool has_di(const struct gm__parser *p, size_t at) {
    return p->len - at >= 3 && memcmp(p->text + at, "\xE7\xAC\xAC", 3) == 0;
}

static bool is_line_end(uint32_t cp) { return cp == '\n' || cp == '\r'; }

static size_t skip_line_blanks(const struct gm__parser *p, size_t at) {
    while (p->len - at >= 3 && memcmp(p->text + at, "\xE3\x80\x80", 3) == 0) at += 3;
    if (at < p->len && (unsigned char)p->text[at] >= 0xE4 && (unsigned char)p->text[at] < 0xEF) return at;
    for (;;) {
        size_t len;
        uint32_t cp = cp_at(p, at, &len);
        if (!len || is_line_end(cp) || !gm__is_space(cp)) return at;
        at += len;
    }
}

/* Letters, digits and signs of measures: what stands behind a quantity. */
static bool is_western(uint32_t cp) {
    return (cp > ' ' && cp < 0x2E80 && !(cp >= 0x2010 && cp <= 0x206F)) || (cp >= 0xFF10 && cp <= 0xFF5A);
}

static bool is_punctuation(uint32_t cp) {
    return (cp >= 0x3001 && cp <= 0x3002) || cp == 0xFF0C || cp == 0xFF1B || cp == 0xFF1A || cp == 0xFF01 ||
           cp == 0xFF1F || cp == 0x201D || cp == 0x300D || cp == 0x300B || cp == 0xFF09 || cp == ',' || cp == '.' ||
           cp == ';' || cp == ':' || cp == ')' || cp == '!' || cp == '?';
}

static enum gm__before before_class(uint32_t cp) {
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

/* ------------------------------------------------------------- candidates */

static void push(struct lexer *l, const struct gm__cand *c) {
    struct gm__vec *cands = &l->p->cands;
    if (l->status != GM_OK) return;
    if (cands->count == cands->capacity) l->status = gm__vec_reserve(cands, 1);
    if (l->status == GM_OK) ((struct gm__cand *)cands->data)[cands->count++] = *c;
}

/* What the format knows of the paragraph that c opens. */
static void know_block(const struct gm__block *b, struct gm__cand *c) {
    c->heading = b->heading;
    c->depth = b->depth;
    if (b->label_len && b->label_len == c->len) c->flags |= GM__CAND_RENDERED;
}

/* Push c with what the text behind its label tells. */
static void push_with_text(struct lexer *l, struct gm__cand *c) {
    size_t len, after = skip_line_blanks(l->p, c->at + c->len);
    uint32_t cp = cp_at(l->p, after, &len);
    if (!len || is_line_end(cp)) c->flags |= GM__CAND_ALONE | GM__CAND_MARK;
    if (is_punctuation(cp)) c->flags |= GM__CAND_MARK;
    if (is_western(cp)) c->flags |= GM__CAND_LATIN_TEXT;
    push(l, c);
}

/* Readings of one place; flags common to all. True when there is one. */
static bool offer(struct lexer *l, size_t at, unsigned where, unsigned flags, enum gm__before before) {
    struct gm__cand found[GM__MAX_READINGS];
    size_t n = gm__match_label(l->p, at, l->p->len, where, found);
    l->p->steps += n + 1;
    for (size_t i = 0; i < n; i++) {
        struct gm__cand *c = &found[i];
        c->flags |= flags | (i ? GM__CAND_ALT : 0);
        c->before = (uint8_t)before;
        c->para = (uint32_t)l->para;
        if (l->now && (flags & GM__CAND_START)) know_block(l->now, c);
        push_with_text(l, c);
    }
    if (n && at + found[0].len > l->inline_from) l->inline_from = at + found[0].len;
    return n > 0;
}

/* 另一方面, 统一是, 万一是, 之一是: what stands before makes another word of it. */
static bool joins_word(uint32_t before) {
    static const uint32_t words[] = {0x53E6, 0x518D, 0x540C, 0x7EDF, 0x552F, 0x4E07,
                                     0x4E4B, 0x4E13, 0x5341, 0x7B2C, 0x661F, 0x671F};
    for (size_t i = 0; i < GM__COUNT(words); i++) /* 另再同统唯万之专十第星期 */
        if (words[i] == before) return true;
    return false;
}

static struct partner *partner_of(struct lexer *l, const struct gm__cand *c) {
    struct partner *known = &l->partners[((uint32_t)c->family * 0x9E3779B1u + (uint32_t)c->number * 0x85EBCA6Bu) >> 24];
    if (known->family != c->family || known->number != c->number || known->at < l->para)
        *known = (struct partner){c->family, c->number, l->para, false};
    return known;
}

/* A candidate that the partner is already. */
static bool sees_partner(const struct lexer *l, const struct gm__cand *last, size_t low) {
    struct gm__parser *p = l->p;
    size_t stop = l->para_cand;
    for (size_t i = p->cands.count - 1, n = 0; i-- > stop && n < PARTNERS_KEPT && gm__cand_at(p, i)->at >= low; n++) {
        p->steps++;
        if (gm__cand_at(p, i)->family == last->family && gm__cand_at(p, i)->number == last->number - 1) return true;
    }
    return false;
}

/* It may stand anywhere in a clause behind `low`. */
static bool seek_partner(const struct lexer *l, const struct gm__cand *last, size_t low, struct gm__cand *partner) {
    struct gm__parser *p = l->p;
    if (last->at - low > PARTNER_MOST) low = last->at - PARTNER_MOST;
    for (size_t at = last->at; at-- > low;) {
        unsigned char lead = (unsigned char)p->text[at];
        struct gm__cand c[GM__MAX_READINGS];
        if (lead < 0xE4 || lead >= 0xF0 || !gm__gate_has(&p->grammar->inline_gate, cp_at(p, at, &(size_t){0})))
            continue;
        p->steps++;
        size_t n = gm__match_label(p, at, last->at, GM__AT_WITHIN, c);
        for (size_t i = 0; i < n; i++)
            if (c[i].family == last->family && c[i].number == last->number - 1 &&
                !joins_word(cp_before(p, at, l->para))) {
                *partner = c[i];
                return true;
            }
    }
    return false;
}

/* 一方面 may stand anywhere in the clause: it is found from its partner. No stretch is gone through twice. */
static void find_partner(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand last = *gm__cand_at(p, p->cands.count - 1);
    struct gm__cand partner;
    if (!(gm__family_of(p, &last)->where & GM__AT_WITHIN) || last.number < 2) return;
    struct partner *known = partner_of(l, &last);
    if (known->found) return;
    size_t low = known->at;
    known->at = last.at;
    known->found = sees_partner(l, &last, low);
    if (known->found || !seek_partner(l, &last, low, &partner)) return;
    known->found = true;
    partner.before = GM__BEFORE_TEXT;
    partner.para = (uint32_t)l->para;
    push(l, &partner);
    if (l->status != GM_OK) return;
    size_t i = p->cands.count - 1;
    for (; i > l->para_cand && gm__cand_at(p, i - 1)->at > partner.at; i--, p->steps++)
        *gm__cand_at(p, i) = *gm__cand_at(p, i - 1);
    *gm__cand_at(p, i) = partner;
}

/* Most stops are followed by a Han character that begins no marker: tell without a call. */
GM__INLINE bool surely_nothing(const struct gm__parser *p, size_t at) {
    const unsigned char *s = (const unsigned char *)p->text + at;
    if (p->len - at < 3 || s[0] < 0xE4 || s[0] >= 0xEF) return false;
    uint32_t cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    return !gm__gate_has(&p->grammar->inline_gate, cp);
}

#define QUOTED_MOST ((size_t)32 * 1024)

/* “第三条　…: what an amending decision quotes is no structure of its own, to the closing quote. */
static void quote_article(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (!has_di(p, at)) return;
    size_t n = gm__match_label(p, at, p->len, GM__AT_START, c), len;
    if (!n || gm__family_of(p, &c[0])->kind == GM_KIND_ITEM) return;
    uint32_t cp = cp_at(p, at + c[0].len, &len);
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

static void at_stop(struct lexer *l, size_t at) {
    struct gm__parser *p = l->p;
    size_t len;
    if (at >= 3 && (unsigned char)p->text[at - 1] == 0x9C && memcmp(p->text + at - 3, "\xE2\x80\x9C", 3) == 0)
        quote_article(l, at);
    if (surely_nothing(p, at)) return;
    uint32_t cp = cp_at(p, at, &len);
    if (p->flat && cp == 0x3000) return; /* a paragraph begins there */
    for (int i = 0; i < 2 && len && cp < 0x10000 && !is_line_end(cp) && gm__is_space(cp); i++)
        cp = cp_at(p, at += len, &len);
    if (!gm__gate_has(&p->grammar->inline_gate, cp) || gm__is_space(cp)) return;
    if (l->now && (l->now->flags & GM__BLOCK_VERBATIM)) return;
    uint32_t b = cp_before(p, at, l->line), mark = b;
    if (is_sign(b)) return; /* (5.1.5-1): the scan takes these for stops */
    for (size_t back = at; gm__is_space(mark) && back > l->line;) {
        uint32_t c;
        back -= gm__utf8_decode_back(p->text + l->line, p->text + back, &c);
        mark = cp_before(p, back, l->line);
    }
    size_t count = p->cands.count;
    if (offer(l, at, GM__AT_INLINE, 0, before_class(mark)) && count < p->cands.count) find_partner(l);
}

/* ------------------------------------------------------------------ lines */

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

/* The format rendered the label: of all readings only the one of that length counts; without one the label
 * is of no family that the grammar knows, and the format's own number and depth make its series. */
static void keep_rendered(struct lexer *l, size_t start, bool found) {
    struct gm__parser *p = l->p;
    const struct gm__block *b = l->now;
    size_t kept = l->first_cand;
    for (size_t i = l->first_cand; found && i < p->cands.count; i++)
        if (gm__cand_at(p, i)->flags & GM__CAND_RENDERED) {
            *gm__cand_at(p, kept) = *gm__cand_at(p, i);
            if (kept == l->first_cand) gm__cand_at(p, kept)->flags &= ~(uint32_t)GM__CAND_ALT;
            kept++;
        }
    p->cands.count = kept;
    if (kept > l->first_cand || !b->label_len || b->label_len > b->len) return;
    if (counts_figures(gm__str(p->text + start, b->label_len))) return;
    struct gm__cand c = {.at = (uint32_t)start,
                         .len = b->label_len,
                         .number = b->number,
                         .next = GM__NONE,
                         .twin = GM__NONE,
                         .reopen = GM__NONE,
                         .series = GM__NONE,
                         .components = 1};
    c.prefix = 0x10000u + (b->depth & 15);
    c.para = (uint32_t)l->para;
    c.flags = GM__CAND_START | GM__CAND_BLANK;
    know_block(b, &c);
    push(l, &c);
    l->inline_from = start + b->label_len;
}

/* 第 1 條, 第一章　总则: a unit and a blank open a line of their own, whatever the width. */
static bool heads_line(const struct gm__parser *p, size_t at) {
    struct gm__cand c[GM__MAX_READINGS];
    if (!has_di(p, at)) return false;
    size_t len, n = gm__match_label(p, at, p->len, GM__AT_START, c);
    if (!n || gm__family_of(p, &c[0])->kind == GM_KIND_ITEM) return false;
    uint32_t cp = cp_at(p, at + c[0].len, &len);
    return !len || gm__is_space(cp);
}

/* A provision may go on behind a wrap, a chapter's heading does not. */
static bool is_article_line(const struct gm__parser *p, size_t at) {
    struct gm__cand c[GM__MAX_READINGS];
    return gm__match_label(p, at, p->len, GM__AT_START, c) > 0 && gm__family_of(p, &c[0])->kind == GM_KIND_ARTICLE;
}

/* （目的）: a caption of its own line. */
static bool is_caption(const struct gm__parser *p, size_t at) {
    size_t len, end = at;
    uint32_t first = cp_at(p, at, &len);
    if (first != 0xFF08 && first != '(') return false;
    while (end < p->len && end - at < SHORT_LINE && p->text[end] != '\n' && p->text[end] != '\r') end++;
    uint32_t last = cp_before(p, end, at);
    return end - at < SHORT_LINE && (last == 0xFF09 || last == ')');
}

/* 三　…, a caption, any marker behind a bracket that may have ended the sentence: no line that a wrap began. */
static bool opens_anew(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (is_caption(p, start)) return true;
    size_t len, n = gm__match_label(p, start, p->len, GM__AT_START, c);
    if (!n) return false;
    bool unit = has_di(p, start) && !(c[0].flags & GM__CAND_BLANK);
    if (!unit && (l->last == 0xFF09 || l->last == ')' || l->last == 0x201D || l->last == 0x300D)) return true;
    return (c[n - 1].flags & GM__CAND_BARE) && cp_at(p, start + c[n - 1].len, &len) == 0x3000;
}

/* ……；二 | 是抓整改: the wrap before the line's text at `start` falls inside a marker, which
 * begins no sooner than `taken`. True when it does. */
static bool offer_broken(struct lexer *l, size_t start, size_t taken) {
    struct gm__parser *p = l->p, view = *p;
    char joint[BROKEN_MOST + JOINT_REST];
    struct gm__cand c[GM__MAX_READINGS];
    size_t at = l->prev_end, low = at - l->prev_line > BROKEN_MOST ? at - BROKEN_MOST : l->prev_line;
    uint32_t cp, before;
    while ((before = cp_before(p, at, low)) != 0 && before_class(before) == GM__BEFORE_TEXT)
        at -= gm__utf8_decode_back(p->text + low, p->text + at, &cp);
    size_t head = l->prev_end - at, rest = p->len - start < JOINT_REST ? p->len - start : JOINT_REST;
    if (!head || !before || at < taken || !gm__gate_has(&p->grammar->inline_gate, cp_at(p, at, &(size_t){0})))
        return false;
    if (gm__str_trim(gm__str(p->text + l->prev_end, start - l->prev_end)).len) return false; /* a page number */
    while (rest && ((unsigned char)p->text[start + rest - 1] & 0xC0) == 0x80) rest--;
    memcpy(joint, p->text + at, head);
    memcpy(joint + head, p->text + start, rest);
    view.text = joint;
    view.len = head + rest;
    if (!gm__match_label(&view, 0, view.len, GM__AT_INLINE, c) || c[0].len <= head) return false;
    c[0].at = (uint32_t)at;
    c[0].len = (uint16_t)(c[0].len + (start - l->prev_end));
    c[0].before = (uint8_t)before_class(before);
    c[0].para = (uint32_t)l->para;
    c[0].flags |= GM__CAND_BROKEN;
    push_with_text(l, &c[0]);
    l->inline_from = at + c[0].len;
    find_partner(l);
    return true;
}

/* The first line of a paragraph that a marker opens, without a mark in its text: is it a heading's? */
static const struct gm__cand *heading_line(const struct lexer *l) {
    const struct gm__parser *p = l->p;
    if (!l->marked || l->para_line > l->para) return NULL;
    const struct gm__cand *c = gm__cand_at(p, l->para_cand);
    if (gm__family_of(p, c)->kind != GM_KIND_SECTION) return NULL;
    for (size_t at = c->at + c->len, len; at < l->prev_end; at += len)
        if (is_punctuation(cp_at(p, at, &len))) return NULL;
    return c;
}

static bool is_own(const struct lexer *l, uint16_t family) {
    return family < 256 && (l->own[family / 64] >> (family % 64) & 1);
}

/* Its elder siblings were headings on lines of their own, so is this one, though it fills its line: what follows is the
 * text below it, unless it is a short rest. */
static bool is_whole_heading(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    const struct gm__cand *c = heading_line(l);
    if (!c || !is_own(l, c->family)) return false;
    struct gm_str next = gm__line_from(p, start);
    size_t at = (size_t)(next.ptr - p->text);
    return is_punctuation(cp_before(p, at + next.len, at)) || gm__width(p, at, at + next.len) >= p->wrap * 7 / 10;
}

#define REST_BYTES 24u

/* A heading as wide as one that was broken at the margin before, and a few characters in the next line. */
static bool is_rest_of_heading(const struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (!l->broken_end || !heading_line(l)) return false;
    struct gm_str next = gm__line_from(p, start);
    size_t at = (size_t)(next.ptr - p->text);
    if (next.len > REST_BYTES || is_punctuation(cp_before(p, at + next.len, at))) return false;
    uint32_t margin = gm__width(p, l->broken_line, l->broken_end), width = gm__width(p, l->prev_line, l->prev_end);
    return width + 1 >= margin && width <= margin + 1 && gm__match_label(p, start, p->len, GM__AT_START, c) == 0 &&
           gm__match_keyword(p, next) == GM__NO_KEYWORD;
}

/* The line at `at` is the rest of the one before: by its width, or, behind a marker, by its last word or mark. */
static bool goes_on(const struct lexer *l, size_t at, size_t start) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (p->wrap && gm__line_goes_on(p, l->prev_line, l->prev_end, at, l->marked && p->even))
        return !opens_anew(l, start) && !is_whole_heading(l, start);
    if (p->flat || p->source->blocks.count) return false;
    bool long_enough = l->prev_end - l->prev_line >= WRAPPED_LINE;
    if (!l->marked) /* prose above the first point: a long line that ends in ， or 、, the next right below it */
        return long_enough && (l->last == 0xFF0C || l->last == 0x3001) && at - l->prev_end <= 2 &&
               gm__match_label(p, start, p->len, GM__AT_START, c) == 0;
    if (gm__leans_on(p, l->prev_line, l->prev_end, l->last)) return true;
    if (p->cands.count <= l->para_cand) return false; /* a line between was none, and took its candidates with it */
    const struct gm__cand *first = gm__cand_at(p, l->para_cand), *tip = gm__cand_at(p, p->cands.count - 1);
    if (first->flags & GM__CAND_ALONE) return false;
    if (tip->at + tip->len == l->prev_end && gm__family_of(p, tip)->partner) return true; /* …；三是 */
    if (l->last != 0xFF0C && l->last != 0x3001 && !(l->last == 0x7684 && long_enough))    /* ， 、 的 */
        return is_rest_of_heading(l, start);
    return gm__match_label(p, start, p->len, GM__AT_START, c) == 0;
}

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

/* 3．（1）…, 第四条　一、…: a list may open right behind a label. */
static void offer_behind_label(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand *first = gm__cand_at(p, l->first_cand);
    size_t at = skip_line_blanks(p, (size_t)first->at + first->len), count = p->cands.count, len;
    uint32_t cp = cp_at(p, at, &len);
    if (!len || !gm__gate_has(&p->grammar->inline_gate, cp)) return;
    if (offer(l, at, GM__AT_INLINE, 0, GM__BEFORE_COLON) && count < p->cands.count) find_partner(l);
}

static void offer_start(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    unsigned flags = GM__CAND_START;
    enum gm__before before = GM__BEFORE_START;
    if (l->wrapped) {
        flags |= GM__CAND_WRAPPED;
        before = before_class(l->last);
    } else if (before_class(l->last) == GM__BEFORE_COMMA || gm__leans_on(p, l->prev_line, l->prev_end, l->last)) {
        flags |= GM__CAND_AFTER_COMMA;
    }
    bool found = offer(l, start, l->wrapped ? GM__AT_START | GM__AT_INLINE : GM__AT_START, flags, before);
    if (l->now && l->now->label_len) keep_rendered(l, start, found);
    if (p->cands.count > l->first_cand && !l->wrapped) offer_behind_label(l);
}

/* What only the end of a paragraph tells its candidates. */
static void close_para(struct lexer *l) {
    struct gm__parser *p = l->p;
    uint32_t last = l->para_last;
    if (l->para_stop > l->para && l->status == GM_OK) l->status = gm__check_paragraph(p, l->para_stop - l->para);
    bool stopped = last == 0x3002 || last == 0xFF1B || last == ';' || last == 0xFF1A || last == ':' || last == 0xFF0C;
    for (size_t i = l->para_cand; i < p->cands.count; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        c->stop = (uint32_t)l->para_stop;
        c->flags |= (stopped ? GM__CAND_STOPPED : 0u) | (l->para_stop - c->at > HEADING_BYTES ? GM__CAND_LONG : 0u);
        if (c->at < l->para_line) c->flags &= ~(uint32_t)GM__CAND_ALONE;
    }
    bool heads = p->wrap && l->para_cand < p->cands.count && !is_punctuation(last);
    const struct gm__cand *own = heads ? heading_line(l) : NULL;
    if (own && own->family < 256) l->own[own->family / 64] |= UINT64_C(1) << (own->family % 64);
}

static void add_matter(struct lexer *l, struct gm_str text, enum gm_matter_kind kind) {
    if (l->status != GM_OK) return;
    l->status = gm__doc_add_matter(l->p->doc, (uint32_t)(text.ptr - l->p->text), (uint32_t)text.len, kind);
}

/* 正文　第一章　…: books from the net say before each chapter that it is body text. Where the heading begins. */
static size_t skip_body_word(struct lexer *l, size_t start) {
    const struct gm__parser *p = l->p;
    static const char word[] = "正文";
    size_t end = start + sizeof word - 1;
    if (end >= p->len || memcmp(p->text + start, word, sizeof word - 1) != 0) return start;
    size_t at = skip_line_blanks(p, end);
    if (at == end || p->source->blocks.count || start < l->quoted || !heads_line(p, at) || is_article_line(p, at))
        return start;
    add_matter(l, gm__str(p->text + start, sizeof word - 1), GM_MATTER_PAGE);
    return at;
}

static void begin_line(struct lexer *l, size_t at) {
    struct gm__parser *p = l->p;
    size_t start = skip_line_blanks(p, at), taken = l->inline_from, len;
    l->first = cp_at(p, start, &len);
    if (l->first == 0x6B63) { /* 正 */
        start = skip_body_word(l, start);
        l->first = cp_at(p, start, &len);
    }
    p->steps++;
    l->line = at;
    l->text_at = l->inline_from = start;
    l->first_cand = p->cands.count;
    l->tabs = 0;
    l->now = block_of_line(l, start);
    l->has_text = len && !is_line_end(l->first);
    if (!l->has_text) return;
    bool heads = p->wrap && ((l->now && l->now->heading) || heads_line(p, start));
    l->wrapped = l->prev_end > l->prev_line && !l->heads && !heads && goes_on(l, at, start);
    l->heads = heads && !is_article_line(p, start); /* nothing goes on behind it */
    l->gated = gm__gate_has(&p->grammar->start_gate, l->first);
    if (l->wrapped) {
        note_soft_break(l, at);
        if (!p->wrap && heading_line(l)) {
            l->broken_line = l->prev_line;
            l->broken_end = l->prev_end;
        }
    } else {
        close_para(l);
        l->para = start;
        l->para_cand = p->cands.count;
    }
    if (at < l->quoted || (l->now && (l->now->flags & GM__BLOCK_VERBATIM))) return;
    if (l->wrapped && offer_broken(l, start, taken)) return;
    if (l->gated || (l->now && l->now->label_len)) offer_start(l, start);
}

/* The candidates from `count` on stand before others of their line: （一） behind 第六条：. */
static void put_in_place(const struct lexer *l, size_t count) {
    const struct gm__parser *p = l->p;
    for (size_t next = count; next < p->cands.count; next++) {
        struct gm__cand c = *gm__cand_at(p, next);
        size_t i = next;
        for (; i > l->first_cand && gm__cand_at(p, i - 1)->at > c.at; i--) *gm__cand_at(p, i) = *gm__cand_at(p, i - 1);
        *gm__cand_at(p, i) = c;
    }
}

/* 第一卷 少年行 第九十九章 归乡: a second heading behind a blank. */
static void offer_second(struct lexer *l, struct gm_str line) {
    struct gm__parser *p = l->p;
    const struct gm__cand first = *gm__cand_at(p, l->first_cand);
    if (!(first.flags & GM__CAND_BLANK) || line.len > SHORT_LINE || !has_di(p, first.at)) return;
    size_t end = (size_t)(line.ptr - p->text) + line.len;
    for (size_t at = first.at + first.len; at + 3 < end; at++) {
        const char *hit = memchr(p->text + at, 0xE7, end - at - 3);
        if (!hit) return;
        at = (size_t)(hit - p->text);
        if (!has_di(p, at) || !gm__is_space(cp_before(p, at, l->line))) continue;
        size_t count = p->cands.count;
        if (!offer(l, at, GM__AT_START, GM__CAND_START | GM__CAND_SECOND, GM__BEFORE_BLANK)) continue;
        if (gm__family_of(p, gm__cand_at(p, count))->rank <= gm__family_of(p, &first)->rank) p->cands.count = count;
        put_in_place(l, count);
        return;
    }
}

/* The whole line is a heading without a number. */
static void offer_heading(struct lexer *l, struct gm_str body, uint16_t keyword, uint8_t level, unsigned flags) {
    l->p->cands.count = l->first_cand;
    struct gm__cand c = {.at = (uint32_t)(body.ptr - l->p->text),
                         .next = GM__NONE,
                         .twin = GM__NONE,
                         .reopen = GM__NONE,
                         .series = GM__NONE,
                         .para = (uint32_t)l->para};
    c.sub = keyword;
    c.heading = level;
    c.flags = GM__CAND_START | GM__CAND_HEADING | flags;
    push(l, &c);
}

/* The format says that the paragraph is none of the body's. */
static bool take_as_matter(struct lexer *l, struct gm_str body) {
    static const struct {
        uint16_t flag;
        uint16_t kind;
    } kinds[] = {{GM__BLOCK_TOC, GM_MATTER_TOC},
                 {GM__BLOCK_NOTE, GM_MATTER_NOTE},
                 {GM__BLOCK_PAGE, GM_MATTER_PAGE},
                 {GM__BLOCK_TITLE, GM_MATTER_TITLE}};
    for (size_t i = 0; i < GM__COUNT(kinds); i++) {
        if (!(l->now->flags & kinds[i].flag)) continue;
        l->p->cands.count = l->first_cand;
        add_matter(l, body, (enum gm_matter_kind)kinds[i].kind);
        l->has_text = false;
        return true;
    }
    return false;
}

/* A．瓦罐　B．斗笠: options in one line are no points of their own. */
static bool holds_next_option(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body) {
    char label[16];
    if (c->len < 2 || c->len > sizeof label) return false;
    memcpy(label, p->text + c->at, c->len);
    size_t letter = label[0] == '(' ? 1 : 0;
    if (((unsigned char)label[letter] | 32) < 'a' || ((unsigned char)label[letter] | 32) >= 'z') return false;
    label[letter]++;
    for (size_t i = c->len; i + c->len <= body.len; i++)
        if (memcmp(body.ptr + i, label, c->len) == 0) return true;
    return false;
}

static bool may_be_row(const struct lexer *l) { return l->tabs >= 2 || (l->first >= 0x2500 && l->first < 0x2580); }

/* Prose, most lines are: it opens with a Han character that begins no marker and no keyword. */
static bool is_plain(const struct lexer *l) {
    return gm__is_han(l->first) && !l->gated && !l->now && !may_be_row(l) && l->p->cands.count == l->first_cand;
}

/* A table's cell that holds nothing but 3, 3. or 三 counts its row. */
static bool counts_row(const struct lexer *l, struct gm_str body) {
    const struct gm__cand *c = gm__cand_at(l->p, l->first_cand);
    if (!l->now || !(l->now->flags & GM__BLOCK_TABLE) || c->len < body.len) return false;
    uint32_t cp;
    (void)gm__utf8_decode(body.ptr, body.ptr + body.len, &cp);
    return (gm__numeral_systems(cp) & (1u << GM__NUM_ARABIC | 1u << GM__NUM_HAN)) != 0;
}

/* A row of a table holds no points, and nothing goes on behind it. */
static void take_row(struct lexer *l) {
    l->p->cands.count = l->first_cand;
    l->prev_end = l->prev_line = l->line;
    l->last = 0;
    l->has_text = false;
}

static bool has_cells(struct gm_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == ' ' || s.ptr[i] == '\t' || (s.len - i >= 3 && memcmp(s.ptr + i, "\xE3\x80\x80", 3) == 0))
            return true;
    return false;
}

/* 1　船桨　12 below 序号　名称　数量: a row, and the next line may be another. */
static bool is_ledger_row(struct lexer *l, struct gm_str body) {
    const struct gm__cand *c = l->p->cands.count > l->first_cand ? gm__cand_at(l->p, l->first_cand) : NULL;
    bool mine = c && (c->flags & GM__CAND_BARE) && body.len > c->len;
    bool row = l->ledger && mine && has_cells(gm__str_trim(gm__str(body.ptr + c->len, body.len - c->len)));
    l->ledger = row || (l->first == 0x5E8F && body.len > 6 && memcmp(body.ptr, "序号", 6) == 0 && has_cells(body));
    return row;
}

/* A line is over: what only its end shows. */
static void judge_line(struct lexer *l, struct gm_str body) {
    struct gm__parser *p = l->p;
    size_t start = (size_t)(body.ptr - p->text), toc;
    bool own = p->cands.count > l->first_cand && gm__cand_at(p, l->first_cand)->at == start;
    if (l->now && take_as_matter(l, body)) return;
    if (l->now && l->now->heading && !own) {
        uint16_t keyword = gm__match_keyword(p, body);
        offer_heading(l, body, keyword, l->now->heading, 0);
        return;
    }
    if (body.len <= SHORT_LINE) {
        uint32_t last = cp_before(p, start + body.len, start);
        if (gm__is_page_number(body) || (l->now && (l->now->flags & GM__BLOCK_PAGE))) {
            p->cands.count = l->first_cand;
            add_matter(l, body, GM_MATTER_PAGE);
            l->has_text = false; /* the paragraph may go on behind the page break */
            return;
        }
        if (gm__is_stamp(body)) {
            offer_heading(l, body, GM__NO_KEYWORD, 0, GM__CAND_STAMP);
            return;
        }
        if ((own && counts_row(l, body)) ||
            (may_be_row(l) && gm__is_table_row(body) && !(l->now && l->now->label_len))) {
            take_row(l);
            return;
        }
        bool entry = gm__fold(last) >= '0' && gm__fold(last) <= '9' && gm__is_toc_line(body, &toc);
        if (entry)
            for (size_t i = l->first_cand; i < p->cands.count; i++) gm__cand_at(p, i)->flags |= GM__CAND_TOC;
        if (!l->wrapped && l->gated) {
            uint16_t keyword = gm__match_keyword(p, body);
            if (keyword == GM__NO_KEYWORD || p->grammar->keywords[keyword].role >= GM__ROLE_SALUTATION ||
                gm__lists_annex(p, body)) {
                /* no heading */
            } else if (entry) { /* 附件……12 */
                add_matter(l, body, GM_MATTER_TOC);
            } else {
                offer_heading(l, body, keyword, l->now ? l->now->heading : 0, 0);
            }
        }
    }
    if (own && holds_next_option(p, gm__cand_at(p, l->first_cand), body)) p->cands.count = l->first_cand;
    if (own && p->cands.count > l->first_cand) offer_second(l, body);
}

/* A heading of a chapter is whole; a point or a provision may go on in the next line. */
static bool is_breakable(const struct gm__parser *p, const struct gm__cand *c) {
    if (!(c->flags & GM__CAND_START) || (c->flags & GM__CAND_HEADING)) return false;
    return !has_di(p, c->at) || gm__family_of(p, c)->kind != GM_KIND_SECTION;
}

/* A regulation below the notice that issues it: `body` becomes its title. */
static bool opens_annexed(const struct lexer *l, struct gm_str *body) {
    const struct gm__parser *p = l->p;
    if (!l->told || l->wrapped || body->len > SHORT_LINE || p->cands.count > l->first_cand) return false;
    if (l->now && (l->now->flags || l->now->heading)) return false;
    size_t at = gm__annexed_title(p, *body);
    if (at == SIZE_MAX || gm__match_keyword(p, *body) != GM__NO_KEYWORD) return false; /* 附件1 … */
    *body = gm__str(p->text + at, (size_t)(body->ptr - p->text) + body->len - at);
    return true;
}

static void end_line(struct lexer *l, size_t end) {
    struct gm__parser *p = l->p;
    if (!l->has_text) return;
    struct gm_str body = gm__str(p->text + l->text_at, end - l->text_at);
    uint32_t last = cp_before(p, end, l->text_at);
    if (gm__is_space(last)) {
        body = gm__str_trim(body);
        last = cp_before(p, l->text_at + body.len, l->text_at);
    }
    struct gm_str title = body;
    if (opens_annexed(l, &title)) {
        offer_heading(l, title, GM__NO_KEYWORD, 0, GM__CAND_REGION);
    } else if ((l->ledger || l->first == 0x5E8F) && is_ledger_row(l, body)) { /* 序 */
        take_row(l);
    } else if (!is_plain(l)) {
        judge_line(l, body);
    }
    if (!l->has_text) return;
    size_t stop = (size_t)(body.ptr - p->text) + body.len;
    l->para_line = l->line;
    l->para_stop = stop;
    l->para_last = last;
    if (l->wrapped && p->cands.count > l->para_cand) gm__cand_at(p, l->para_cand)->flags &= ~(uint32_t)GM__CAND_ALONE;
    l->marked = p->cands.count > l->para_cand && is_breakable(p, gm__cand_at(p, l->para_cand));
    l->prev_line = l->line;
    l->prev_end = stop;
    l->told |= last == 0x3002;
    l->last = last;
}

/* ------------------------------------------------------------------- scan */

static void on_line_end(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    if (p->text[at] == '\n' && at > 0 && p->text[at - 1] == '\r') return; /* the CR ended the line */
    size_t next = at + 1 + (p->text[at] == '\r' && at + 1 < p->len && p->text[at + 1] == '\n');
    end_line(l, at);
    if (++l->lines % GM__LINE_STRIDE == 0 && l->status == GM_OK) l->status = gm__doc_add_line(p->doc, next);
    begin_line(l, next);
}

/* 第一章　总　　则: the blanks at `at` stand inside a name of two characters. */
static bool is_spread_name(const struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    if (p->cands.count == l->first_cand) return false;
    const struct gm__cand *first = gm__cand_at(p, l->first_cand);
    size_t text = first->at + first->len;
    if (text > at || !has_di(p, first->at)) return false;
    return gm__str_trim(gm__str(p->text + text, at - text)).len == 3 &&
           gm__match_label(p, skip_line_blanks(p, at), p->len, GM__AT_START, c) == 0;
}

/* In text without line breaks 　　 parts paragraphs; `at` is the last byte of the first of the two. */
static bool on_break(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    static const char blanks[] = "\xE3\x80\x80\xE3\x80\x80";
    if (p->text[at] != blanks[2] || at < 2 || p->len - at < 4 || memcmp(p->text + at - 2, blanks, 6) != 0) return false;
    if (is_spread_name(l, at - 2)) return true;
    if (l->has_text && l->text_at < at - 2) {
        end_line(l, at - 2);
        begin_line(l, at + 4);
    }
    return true;
}

static void on_event(struct lexer *l, size_t at) {
    switch (l->p->text[at]) {
    case '\n':
    case '\r': on_line_end(l, at); return;
    case '\t': l->tabs += at > l->text_at; return;
    default:
        if (l->p->flat && on_break(l, at)) return;
        if (l->has_text && at + 1 >= l->inline_from) at_stop(l, at + 1);
    }
}

enum gm_status gm__lex(struct gm__parser *p) {
    struct lexer l = {.p = p, .status = gm__doc_add_line(p->doc, 0)};
    struct gm__sift sift;
    gm__sift_init(&sift, p->text, p->len, &p->grammar->inline_gate);
    sift.check = p->source->unchecked;
    begin_line(&l, 0);
    while (l.status == GM_OK && gm__sift_next(&sift))
        for (size_t i = 0; i < sift.count && l.status == GM_OK; i++) on_event(&l, sift.events[i]);
    if (sift.faulty) return gm__fail(p->error, GM_INPUT, "bad-bytes", "the text is not UTF-8");
    end_line(&l, p->len);
    close_para(&l);
    return l.status;
}
