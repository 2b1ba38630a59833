/*
 * titled.c - 渡口章程 第一章 总则, 渡口章程一、总则: the first heading stands on the line of the document's title, as a
 * break was lost or a blank took its place. The second opens a line below, and no first one does: that proves it.
 */
#include "parse/lexer.h"
#include "parse/matter.h"

#define LINES_MOST  8u              /* of the text's begin, with text */
#define HEAD_BYTES  ((size_t)150)   /* of a title */
#define HEAD_LEAST  9u              /* bytes */
#define LOOK_BYTES  ((size_t)65536) /* below the line, in which the second stands */
#define BELOW_LINES 2048u
#define TRIES       2u  /* labels of a line whose second is looked for */
#define LAST_RANK   60u /* of the families that head a text: 1. */

/* 附件 1.…, 答案 一、…: a caption of a list, and no title. */
static bool is_other_caption(struct gm_str head) {
    static const char *const words[] = {"附件", "附表", "附图", "附", "图", "表", "注", "答案", "解析", "目录", "目次",
                                        "文献", "第",   "见",   "例", "及", "和", "与", "至",   "到",   "按",   "依照",
                                        "根据", "编号", "号",   "了", "讲", "講", "是", "在",   NULL};
    return gm__ends_any(head, words) && !gm__names_kind(head); /* 条例 */
}

/* Of a family that may head a text; brackets stand behind a title for other reasons: 规定（一）. */
static bool may_head(const struct gm__parser *p, const struct gm__cand *c) {
    const struct gm__family *f = gm__family_of(p, c);
    size_t len;
    uint32_t first = gm__fold(gm__cp_at(p, c->at, &len));
    return c->number == 1 && c->components == 1 && f->rank <= LAST_RANK && !f->partner && first != '(' &&
           (first == 0x7B2C || first - '0' < 10 || gm__is_han(first)) && !(c->flags & GM__CAND_DOUBTED);
}

/* Does a line below the one that holds c begin with the next label, and none before it with c's own? */
static bool goes_on_below(const struct gm__parser *p, const struct gm__cand *c) {
    const struct gm__span *span = gm__span_best();
    size_t end = p->len - c->at < LOOK_BYTES ? p->len : c->at + LOOK_BYTES, at = c->at;
    for (unsigned lines = 0; lines < BELOW_LINES; lines++) {
        at += span->line(p->text + at, end - at);
        if (at >= end) return false;
        struct gm__cand found[GM__MAX_READINGS];
        size_t len, start = gm__skip_line_blanks(p, ++at);
        uint32_t cp = gm__cp_at(p, start, &len);
        if (!len || !gm__gate_has(&p->grammar->start_gate, cp)) continue;
        if (!gm__match_label(p, start, p->len, GM__AT_START, found) || found[0].family != c->family) continue;
        if (found[0].number <= 2) return found[0].number == 2 && found[0].components == 1;
    }
    return false;
}

/* Where the first heading stands in the line [at, end); SIZE_MAX. */
static size_t heading_in(const struct gm__parser *p, size_t at, size_t end) {
    size_t begin = at, most = end - at < HEAD_BYTES ? end : at + HEAD_BYTES;
    uint32_t before = 0;
    unsigned tries = 0;
    for (size_t len; at < most; at += len) {
        uint32_t cp = gm__cp_at(p, at, &len), folded = gm__fold(cp);
        struct gm__cand found[GM__MAX_READINGS];
        if (!len || cp == 0x3002 || (folded && folded < 0x80 && strchr(",;:!?|>", (int)folded))) return SIZE_MAX;
        bool parted = gm__is_space(before),
             may = before && (parted || gm__is_han(before) || before == 0xFF09 || before == 0x300B);
        before = cp;
        if (!may || !gm__gate_has(&p->grammar->start_gate, cp)) continue;
        if (!gm__match_label(p, at, end, GM__AT_START, found) || !may_head(p, &found[0])) continue;
        struct gm_str head = gm__str_trim(gm__str(p->text + begin, at - begin));
        bool chapter = (found[0].flags & GM__CAND_BLANK) && gm__family_of(p, &found[0])->kind == GM_KIND_SECTION;
        bool title = parted || chapter ? !is_other_caption(head) : gm__names_kind(head);
        if (!title || head.len < HEAD_LEAST || at + found[0].len >= end) continue;
        if (goes_on_below(p, &found[0])) return at;
        if (++tries == TRIES) return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* The format, if it knows of the line at `at`, calls it a paragraph and no more. */
static bool is_paragraph(const struct gm__parser *p, size_t at) {
    const uint16_t looks = GM__BLOCK_CENTERED | GM__BLOCK_BOLD;
    const struct gm__block *b = p->source->blocks.data;
    for (size_t i = 0; i < p->source->blocks.count && b[i].start <= at; i++)
        if (at < (size_t)b[i].start + b[i].len) return !(b[i].flags & ~looks) && !b[i].heading && !b[i].label_len;
    return true;
}

size_t gm__find_titled(const struct gm__parser *p) {
    const struct gm__span *span = gm__span_best();
    size_t at = 0;
    for (unsigned lines = 0; lines < LINES_MOST && at < p->len;) {
        size_t len, end = at + span->line(p->text + at, p->len - at), start = gm__skip_line_blanks(p, at);
        struct gm__cand found[GM__MAX_READINGS];
        uint32_t cp = gm__cp_at(p, start, &len);
        at = end + 1;
        if (start >= end) continue;
        lines++;
        if (gm__gate_has(&p->grammar->start_gate, cp) && gm__match_label(p, start, p->len, GM__AT_START, found) &&
            found[0].number == 1)
            return SIZE_MAX;
        size_t label = heading_in(p, start, end);
        if (label != SIZE_MAX) return is_paragraph(p, label) ? label : SIZE_MAX;
    }
    return SIZE_MAX;
}
