/*
 * second.c - two headings in one line: 第一卷 少年行 第九十九章 归乡, 第一卷第一章 起风.
 */
#include "parse/lexer.h"
#include "parse/phrase.h"

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

#define GLUED_LINE 75u /* bytes of a line of two labels */

/* 第一卷第一章 起风, 第一集第二章下山: the label at `at` has another right before it, and nothing but a name behind. */
static void offer_glued(struct lexer *l, struct gm_str line, size_t at) {
    static const char *const odd[] = {"的", "中", "里", "裡", "所", "第", "和", "与", "與", "至",
                                      "及", "、", "，", "）", ")",  "》", "”",  "」", "内", "規",
                                      "规", "说", "說", "写", "寫", "讲", "講", NULL};
    struct gm__parser *p = l->p;
    size_t count = p->cands.count;
    uint8_t rank = gm__family_of(p, gm__cand_at(p, l->first_cand))->rank;
    if (line.len > GLUED_LINE || l->wrapped || gm__is_stopped(line) || gm__holds(line, "，") || gm__holds(line, "。"))
        return;
    if (gm__family_of(p, gm__cand_at(p, l->first_cand))->kind != GM_KIND_SECTION) return;
    if (!gm__offer(l, at, GM__AT_START, GM__CAND_START | GM__CAND_SECOND, GM__BEFORE_BLANK)) return;
    const struct gm__cand *c = gm__cand_at(p, count);
    size_t text = (size_t)c->at + c->len, end = (size_t)(line.ptr - p->text) + line.len;
    if (gm__family_of(p, c)->rank <= rank || gm__family_of(p, c)->kind != GM_KIND_SECTION || text > end ||
        gm__begins_any(gm__str(p->text + text, end - text), odd)) {
        p->cands.count = count;
        return;
    }
    gm__cand_at(p, l->first_cand)->flags |= GM__CAND_BLANK; /* it refers to nothing */
    put_in_place(l, count);
}

void gm__offer_second(struct lexer *l, struct gm_str line) {
    struct gm__parser *p = l->p;
    const struct gm__cand *first = gm__cand_at(p, l->first_cand);
    if (line.len > SHORT_LINE || !gm__has_di(p, first->at)) return;
    size_t behind = (size_t)first->at + first->len;
    if (!(first->flags & GM__CAND_BLANK)) {
        if (gm__has_di(p, behind)) offer_glued(l, line, behind);
        return;
    }
    uint8_t rank = gm__family_of(p, first)->rank;
    size_t end = (size_t)(line.ptr - p->text) + line.len;
    for (size_t at = (size_t)first->at + first->len; at + 3 < end; at++) {
        const char *hit = memchr(p->text + at + 1, 0xAC, end - at - 3); /* the second byte of 第: the first is common */
        if (!hit) return;
        at = (size_t)(hit - p->text) - 1;
        if (!gm__has_di(p, at) || !gm__is_space(gm__cp_before(p, at, l->line))) continue;
        size_t count = p->cands.count;
        if (!gm__offer(l, at, GM__AT_START, GM__CAND_START | GM__CAND_SECOND, GM__BEFORE_BLANK)) continue;
        if (gm__family_of(p, gm__cand_at(p, count))->rank <= rank) p->cands.count = count;
        put_in_place(l, count);
        return;
    }
}
