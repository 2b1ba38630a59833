/* scheme.c - labels in the families of a scheme: 一、 （一） 1. （1） ① by depth, whatever the author wrote. */
#include "transform/renumber.h"

static bool says_more(const struct gm_grammar *g, const struct gm__pattern *pattern) {
    uint32_t first = 0, last = 0;
    struct gm_str before = gm__literal(g, pattern->prefix), after = gm__literal(g, pattern->suffix);
    if (before.len) (void)gm__utf8_decode(before.ptr, before.ptr + before.len, &first);
    if (after.len) (void)gm__utf8_decode(after.ptr, after.ptr + after.len, &last);
    return gm__is_han(first) || gm__is_han(last);
}

/* Bare and bracketed numbers are rewritten; 第三章, 一是 and letters are not: they say more than a place in a list. */
bool gm__scheme_takes(const struct gm__renumber *r, gm_node node, const struct gm__anatomy *label) {
    if (!r->grammar->level_count || r->grammar->families[r->doc->nodes[node].family].partner) return false;
    if (says_more(r->grammar, label->pattern) || r->marks[node].row) return false;
    switch ((enum gm__numeral)label->pattern->system) {
    case GM__NUM_HAN:
    case GM__NUM_FORMAL:
    case GM__NUM_ARABIC:
    case GM__NUM_DECIMAL:
    case GM__NUM_ROMAN:
    case GM__NUM_ROMAN_LOWER:
    case GM__NUM_CIRCLED:
    case GM__NUM_CIRCLED_BLACK:
    case GM__NUM_CIRCLED_SANS:
    case GM__NUM_PAREN_ARABIC:
    case GM__NUM_STOP_ARABIC:
    case GM__NUM_PAREN_HAN:
    case GM__NUM_CIRCLED_HAN: return true;
    case GM__NUM_NONE:
    case GM__NUM_LATIN:
    case GM__NUM_LATIN_LOWER:
    case GM__NUM_STEM:
    case GM__NUM_BRANCH:
    case GM__NUM_PAREN_LATIN:
    case GM__NUM_CIRCLED_LATIN:
    case GM__NUM_CIRCLED_LATIN_LOWER:
    case GM__NUM_IROHA:
    case GM__NUM_AIUEO:
    case GM__NUM_HANGUL:
    case GM__NUM_ANNEX:
    case GM__NUM_HYPHENED:
    case GM__NUM_LETTERED:
    case GM__NUM_COUNT: break;
    }
    return false;
}

/* The family's own spelling: its first pattern. */
static const struct gm__pattern *proper(const struct gm__renumber *r, uint16_t family) {
    const struct gm__pattern *best = NULL;
    for (uint16_t i = r->shapes.first[family]; i; i = r->shapes.next[i - 1]) {
        const struct gm__pattern *p = &r->grammar->patterns[i - 1];
        if (p->style == 0 && (!best || p->suffix.len < best->suffix.len)) best = p;
    }
    return best;
}

/* Patterns are kept folded; Chinese text has its brackets full-width (GB/T 15834-2011), its full stop after 1 not. */
static bool put_literal(struct gm__buf *b, struct gm_str literal) {
    for (const char *p = literal.ptr, *end = p + literal.len; p < end;) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (cp == '(' || cp == ')') cp += 0xFEE0;
        if (gm__buf_add_code_point(b, cp) != GM_OK) return false;
    }
    return true;
}

static enum gm_status write_label(const struct gm_grammar *g, const struct gm__pattern *p, int32_t value,
                                  struct gm__buf *b) {
    static const struct gm__spelling plain;
    char sample[16], number[64];
    sample[0] = '\0';
    size_t n = gm__numeral_like((enum gm__numeral)p->system, &plain, sample, 0, value, number, sizeof number);
    if (!n) return GM_LIMIT;
    if (put_literal(b, gm__literal(g, p->prefix)) && gm__buf_add(b, number, n) == GM_OK)
        (void)put_literal(b, gm__literal(g, p->suffix));
    return b->status;
}

enum gm_status gm__scheme_label(const struct gm__renumber *r, gm_node node, char *buffer, size_t size, size_t *len) {
    const struct gm__mark *m = &r->marks[node];
    const struct gm__node *n = &r->doc->nodes[node];
    uint16_t family = r->grammar->levels[m->level - 1];
    struct gm_str label = gm_node_label(r->doc, node);
    struct gm__buf b;
    struct gm__anatomy parts;
    gm__node_anatomy(r, node, &parts);
    gm__buf_init(&b, r->doc->allocator, size - 1);
    enum gm_status s = GM_OK;
    if (n->family == family && parts.pattern->style == 0) { /* only the number; brackets stay as they are */
        const struct gm__number *num = &parts.part[0];
        char text[64];
        size_t k = num->len;
        const char *fresh = label.ptr + num->at;
        if (m->fresh != m->old) {
            k = gm__numeral_like((enum gm__numeral)parts.pattern->system, &r->spelling[m->class], fresh, k, m->fresh,
                                 text, sizeof text);
            fresh = text;
            if (!k) s = GM_LIMIT;
        }
        (void)gm__buf_add(&b, label.ptr, num->at);
        (void)gm__buf_add(&b, fresh, k);
        (void)gm__buf_add(&b, label.ptr + num->at + num->len, label.len - num->at - num->len);
    } else {
        const struct gm__pattern *p = proper(r, family);
        s = p ? write_label(r->grammar, p, m->fresh, &b) : GM_OK;
    }
    if (s == GM_LIMIT) s = gm__no_numeral(r, n->start, n->label_len, m->fresh);
    if (s == GM_OK) s = b.status;
    if (s == GM_OK) memcpy(buffer, b.data ? b.data : "", b.len);
    *len = b.len;
    gm__buf_release(&b);
    return s;
}

/* Blanks between a label and its text; 0 where the line ends with them. */
static uint32_t blanks_behind(const struct gm_doc *doc, size_t at) {
    const char *begin = doc->text + at, *p = begin, *end = doc->text + doc->text_len;
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (cp == '\n' || cp == '\r') return 0;
        if (!gm__is_space(cp)) return (uint32_t)(p - begin);
        p += n;
    }
    return 0;
}

/* 1. before 2024年 needs a blank: 1.2024 is one number. */
static bool would_run_together(const char *label, size_t len, const struct gm_doc *doc, size_t at) {
    return len && label[len - 1] == '.' && at < doc->text_len && doc->text[at] >= '0' && doc->text[at] <= '9';
}

enum gm_status gm__scheme_label_at(const struct gm__renumber *r, gm_node node, uint32_t start, char *buffer,
                                   size_t size, uint32_t *old, size_t *len) {
    enum gm_status s = gm__scheme_label(r, node, buffer, size - 1, len);
    bool same = r->doc->nodes[node].family == r->grammar->levels[r->marks[node].level - 1];
    if (s != GM_OK || same) return s;
    *old += blanks_behind(r->doc, (size_t)start + *old);
    if (would_run_together(buffer, *len, r->doc, (size_t)start + *old)) buffer[(*len)++] = ' ';
    return s;
}
