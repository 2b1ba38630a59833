/*
 * fused.c - 二、措施（一）加强领导。…（二）落实责任。…: a text that lost its line breaks has no stop between a caption
 * and the first point below it. The next point, which stands behind a stop, tells that there must be one before it.
 */
#include "parse/lexer.h"

#define CAPTION_BYTES  150u /* a caption and the label behind it take no more */
#define SENTENCE_BYTES 480u /* of a sentence and a first point in it */
#define MOST_ABOVE     64u  /* candidates that are looked at above a line */
#define MOST_HOSTS     4u   /* lines above it whose caption may hold the point before */

size_t gm__label_beside(const struct gm__parser *p, const struct gm__cand *point, int step, char *label) {
    static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static const char *const formal[] = {"壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
    int32_t number = point->number, other = number + step;
    if (point->len > GM__LABEL_BYTES || number < 1 || number > 9 || other < 1 || other > 9) return 0;
    memcpy(label, p->text + point->at, point->len);
    if (point->components > 1) { /* 1.2, 1.2、 */
        size_t i = point->len;
        while (i > 0 && label[i - 1] != '0' + number) i--;
        if (i > 0) label[i - 1] = (char)('0' + other);
        return i > 0 ? point->len : 0;
    }
    for (size_t i = 0, n; i < point->len; i += n) {
        uint32_t cp;
        n = gm__utf8_decode(label + i, label + point->len, &cp);
        if (n == 3 && memcmp(label + i, han[number - 1], 3) == 0) {
            memcpy(label + i, han[other - 1], 3);
            return point->len;
        }
        if (n == 3 && memcmp(label + i, formal[number - 1], 3) == 0) {
            memcpy(label + i, formal[other - 1], 3);
            return point->len;
        }
        if (!gm__is_han(cp) && gm__numeral_systems(cp)) { /* 2 ２ ② ⑵ ⒉ ㈡ stand in their order */
            label[i + n - 1] = (char)(label[i + n - 1] + step);
            return point->len;
        }
    }
    return 0;
}

/* Is the label there at all? In most captions it is not. */
static bool holds(const struct gm__parser *p, size_t at, size_t end, struct gm_str label) {
    for (; at + label.len <= end; at++) {
        const char *hit = memchr(p->text + at, label.ptr[0], end - at - label.len + 1);
        if (!hit) return false;
        if (memcmp(hit, label.ptr, label.len) == 0) return true;
        at = (size_t)(hit - p->text);
    }
    return false;
}

/* Where the label stands in the caption that begins at `at`; SIZE_MAX when a sentence ends before it.
 * 一、方法：先粗后细 is a caption too. */
static size_t in_caption(const struct gm__parser *p, size_t at, size_t end, struct gm_str label) {
    size_t colons = 0;
    if (at >= end) return SIZE_MAX;
    if (end - at > CAPTION_BYTES) end = at + CAPTION_BYTES;
    if (!holds(p, at, end, label)) return SIZE_MAX;
    for (size_t len, begin = at; at + label.len <= end; at += len) {
        uint32_t cp = gm__cp_at(p, at, &len);
        if (!len || gm__is_line_end(cp)) break;
        if (at > begin && memcmp(p->text + at, label.ptr, label.len) == 0) return at;
        uint32_t folded = gm__fold(cp);
        if (cp == 0x3002 || folded == ';' || folded == '?' || folded == '!' || cp == 0x201C) break;
        if (folded == ':' && colons++) break;
    }
    return SIZE_MAX;
}

/* 第7条(a)款；(b)款, 第八条(一)项: what stands behind the bracket says that it is spoken of. */
static bool is_clause_of(const struct gm__parser *p, size_t at, size_t end) {
    static const char *const units[] = {"款", "项", "項", NULL}, *const words[] = {"项目", "項目", "款式", "款项",
                                                                                   NULL};
    struct gm_str text = gm__str(p->text + at, end > at ? end - at : 0);
    return gm__begins_any(text, units) && !gm__begins_any(text, words);
}

/* The point before `point`, if it is one that stands at `at`, in the paragraph that begins at `para`. */
static bool read_point(const struct gm__parser *p, const struct gm__cand *point, size_t at, size_t para,
                       struct gm__cand *out) {
    struct gm__cand c[GM__MAX_READINGS];
    uint32_t before = gm__cp_before(p, at, para);
    if (!gm__is_han(before) && !gm__is_space(before) && before != 0xFF09 && before != ')' && before != 0x300B &&
        before != 0x201D)
        return false;
    bool terms = at >= para + 6 && memcmp(p->text + at - 6, "条件", 6) == 0; /* 条件（一）…, 附件（一） */
    bool kind = before == 0x7B2C || before == 0x8868 || before == 0x56FE || before == 0x4EF6; /* 第表图件 */
    if (kind && !terms) return false;
    if (gm__numeral_systems(before)) return false;
    size_t n = gm__match_label(p, at, point->at, point->components > 1 ? GM__AT_START : GM__AT_INLINE, c);
    for (size_t i = 0; i < n; i++)
        if (c[i].family == point->family && c[i].number == point->number - 1 && c[i].prefix == point->prefix &&
            !(c[i].flags & GM__CAND_DOUBTED) && !is_clause_of(p, at + c[i].len, point->at)) {
            *out = c[i];
            out->before = GM__BEFORE_COLON;
            out->para = (uint32_t)para;
            return true;
        }
    return false;
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

/* Where the sentence begins that ends right before `end`, no sooner than `low`. `low`: too far away. */
static size_t sentence_before(const struct gm__parser *p, size_t low, size_t end) {
    bool ended = false;
    for (size_t at = end, from = end - low > SENTENCE_BYTES ? end - SENTENCE_BYTES : low; at > from;) {
        uint32_t cp = gm__cp_before(p, at, low);
        if (ended && gm__before_class(cp) == GM__BEFORE_SENTENCE && cp != '.') return at;
        ended |= cp == 0x3002 || cp == 0xFF1B || cp == ';';
        if (cp >= 0x10000) return low;
        at -= cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3;
    }
    return low;
}

/* ……。主要是（1）…；（2）…: the first stands in a clause of a later sentence, behind a word that lists follow. */
static size_t in_clause(const struct gm__parser *p, size_t low, const struct gm__cand *point, struct gm_str label) {
    static const char *const words[] = {"是",   "为",   "為",   "有",   "包括", "包含", "即",   "在于", "在於",
                                        "如下", "其中", "分别", "分別", "例如", "比如", "由于", "要求", NULL};
    static const char *const names[] = {"的", "号", "號", "处", "處", "类", "類", "级", "級", "和",
                                        "与", "與", "及", "至", "到", "、", "，", "）", "式", "项",
                                        "項", "为", "為", "是", "由", "指", "中", "所", NULL};
    size_t at = in_caption(p, sentence_before(p, low, point->at), point->at, label), text = at + label.len;
    if (at == SIZE_MAX || !gm__ends_any(gm__str(p->text + low, at - low), words)) return SIZE_MAX;
    return gm__begins_any(gm__str(p->text + text, point->at - text), names) ? SIZE_MAX : at; /* 编号为（1）的船 */
}

void gm__find_fused(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand point = *gm__cand_at(p, p->cands.count - 1);
    char bytes[GM__LABEL_BYTES];
    struct gm_str label = {bytes, gm__label_beside(p, &point, -1, bytes)};
    struct partner *known = gm__partner_of(l, &point);
    size_t low = known->at, i = label.len ? behind_kin(l, &point, low) : SIZE_MAX;
    known->at = point.at;
    if (i == SIZE_MAX) return;
    size_t at = i == l->para_cand && low == l->para ? in_caption(p, l->para, point.at, label) : SIZE_MAX;
    for (; at == SIZE_MAX && i + 1 < p->cands.count; i++, p->steps++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        at = in_caption(p, (size_t)c->at + c->len, point.at, label);
    }
    if (at == SIZE_MAX && point.number == 2 && point.components == 1) at = in_clause(p, low, &point, label);
    struct gm__cand found;
    if (at != SIZE_MAX && read_point(p, &point, at, l->para, &found)) gm__put_before(l, &found);
}

/* c belongs to the paragraph of the candidate at `host`, which was lexed before. */
static void put_behind(struct lexer *l, size_t host, struct gm__cand *c) {
    struct gm__parser *p = l->p;
    const struct gm__cand *h = gm__cand_at(p, host);
    c->stop = h->stop;
    c->flags |= h->flags & (GM__CAND_STOPPED | GM__CAND_COLON | GM__CAND_LONG);
    gm__push_cand(l, c);
    if (l->status != GM_OK) return;
    size_t i = p->cands.count - 1;
    const struct gm__cand pushed = *gm__cand_at(p, i);
    for (; i > host + 1 && gm__cand_at(p, i - 1)->at > c->at; i--, p->steps++)
        *gm__cand_at(p, i) = *gm__cand_at(p, i - 1);
    *gm__cand_at(p, i) = pushed;
    if (l->status == GM_OK) l->status = gm__insert_beginning(p, i);
    l->first_cand++;
    l->para_cand++;
}

/* Point 3.2 wants 3.1 behind the name of the third section: 三、验收3.1…. */
static bool may_hold(const struct gm__parser *p, const struct gm__cand *host, const struct gm__cand *point) {
    struct gm__ordinal o;
    const char *label = p->text + point->at;
    if (point->components == 1) return true;
    return gm__numeral_scan(GM__NUM_ARABIC, label, label + point->len, false, &o) && host->number == o.value &&
           host->components == 1 && point->components == 2;
}

void gm__find_fused_above(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand point = *gm__cand_at(p, l->first_cand);
    const uint16_t *kins = p->grammar->kins;
    bool decimal = point.components > 1;
    if (!decimal && !(gm__family_of(p, &point)->where & GM__AT_INLINE)) return; /* 第二条 */
    size_t low = l->first_cand > MOST_ABOVE ? l->first_cand - MOST_ABOVE : 0;
    for (size_t i = l->first_cand; i-- > low; p->steps++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (c->flags & GM__CAND_HEADING) return;
        if (kins[c->family] != kins[point.family]) continue;
        if (c->number == 1 && c->prefix == point.prefix) return;
        low = i + 1;
        if (decimal && c->prefix != point.prefix) break;
    }
    char bytes[GM__LABEL_BYTES];
    struct gm_str label = {bytes, gm__label_beside(p, &point, -1, bytes)};
    for (size_t i = l->first_cand, hosts = 0; label.len && i-- > low && hosts < MOST_HOSTS; p->steps++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if ((!decimal && !(c->flags & GM__CAND_START)) || (c->flags & (GM__CAND_ALT | GM__CAND_TOC))) continue;
        hosts++;
        if (!may_hold(p, c, &point)) continue;
        size_t at = in_caption(p, (size_t)c->at + c->len, c->stop, label);
        struct gm__cand found;
        if (at == SIZE_MAX || !read_point(p, &point, at, c->para, &found)) continue;
        put_behind(l, i, &found);
        return;
    }
}
