/*
 * fused.c - 二、措施（一）加强领导。…（二）落实责任。…: a text that lost its line breaks has no stop between a caption
 * and the first point below it. The next point, which stands behind a stop, tells that there must be one before it.
 */
#include "parse/lexer.h"

#define CAPTION_BYTES 150u /* a caption and the label behind it take no more */
#define LABEL_BYTES   24u

/* The label of the point before this one: （一） for （二）, 1、 for 2、. 0: it is none of the kind. */
static size_t label_before(const struct gm__parser *p, const struct gm__cand *point, char *label) {
    static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (point->len > LABEL_BYTES || point->number > 9) return 0;
    memcpy(label, p->text + point->at, point->len);
    for (size_t i = 0, n; i < point->len; i += n) {
        uint32_t cp;
        n = gm__utf8_decode(label + i, label + point->len, &cp);
        if (n == 3 && memcmp(label + i, han[point->number - 1], 3) == 0) {
            memcpy(label + i, han[point->number - 2], 3);
            return point->len;
        }
        if (!gm__is_han(cp) && gm__numeral_systems(cp)) { /* 2 ２ ② ⑵ ⒉ ㈡ stand in their order */
            label[i + n - 1]--;
            return point->len;
        }
    }
    return 0;
}

/* Where the label stands in the caption that begins at `at`; SIZE_MAX when a sentence ends before it. */
static size_t in_caption(const struct gm__parser *p, size_t at, size_t end, struct gm_str label) {
    if (at >= end) return SIZE_MAX;
    if (end - at > CAPTION_BYTES) end = at + CAPTION_BYTES;
    for (size_t len, begin = at; at + label.len <= end; at += len) {
        uint32_t cp = gm__cp_at(p, at, &len);
        if (!len || gm__is_line_end(cp)) break;
        if (at > begin && memcmp(p->text + at, label.ptr, label.len) == 0) return at;
        uint32_t folded = gm__fold(cp);
        if (cp == 0x3002 || folded == ';' || folded == ':' || folded == '?' || folded == '!' || cp == 0x201C) break;
    }
    return SIZE_MAX;
}

/* The point before, if it is one, becomes a candidate. */
static void take_point(struct lexer *l, const struct gm__cand *point, size_t at) {
    struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    uint32_t before = gm__cp_before(p, at, l->para);
    if (!gm__is_han(before) && !gm__is_space(before) && before != 0xFF09 && before != ')' && before != 0x300B &&
        before != 0x201D)
        return;
    if (before == 0x7B2C || before == 0x8868 || before == 0x56FE || before == 0x4EF6) return; /* 第表图件 */
    if (gm__numeral_systems(before)) return;
    size_t n = gm__match_label(p, at, point->at, GM__AT_INLINE, c);
    p->steps += n;
    for (size_t i = 0; i < n; i++)
        if (c[i].family == point->family && c[i].number == point->number - 1 && !(c[i].flags & GM__CAND_DOUBTED)) {
            c[i].before = GM__BEFORE_COLON;
            c[i].para = (uint32_t)l->para;
            gm__put_before(l, &c[i]);
            return;
        }
}

/* The last member of the point's kin before it, of those from `low` on: the candidate behind it. SIZE_MAX when it is
 * the one before the point, or when the one before could go on from nothing. */
static size_t behind_kin(struct lexer *l, const struct gm__cand *point, size_t low) {
    struct gm__parser *p = l->p;
    const uint16_t *kins = p->grammar->kins;
    size_t i = p->cands.count - 1;
    for (; i > l->para_cand && gm__cand_at(p, i - 1)->at >= low; i--, p->steps++) {
        const struct gm__cand *c = gm__cand_at(p, i - 1);
        if (kins[c->family] != kins[point->family]) continue;
        return c->number == point->number - 1 || (point->number > 2 && c->number != point->number - 2) ? SIZE_MAX : i;
    }
    return point->number > 2 ? SIZE_MAX : i;
}

void gm__find_fused(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand point = *gm__cand_at(p, p->cands.count - 1);
    char bytes[LABEL_BYTES];
    struct gm_str label = {bytes, label_before(p, &point, bytes)};
    struct partner *known = gm__partner_of(l, &point);
    size_t low = known->at, i = label.len ? behind_kin(l, &point, low) : SIZE_MAX;
    known->at = point.at;
    if (i == SIZE_MAX) return;
    size_t at = i == l->para_cand && low == l->para ? in_caption(p, l->para, point.at, label) : SIZE_MAX;
    for (; at == SIZE_MAX && i + 1 < p->cands.count; i++, p->steps++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        at = in_caption(p, (size_t)c->at + c->len, point.at, label);
    }
    if (at != SIZE_MAX) take_point(l, &point, at);
}
