/*
 * unparted.c - 要求：①着装整齐②提前到场③保持安静。 No stop parts the points of a list, or a blank alone: a page that
 * lost its line breaks, a cell of a table. Three in order from the first one on are a list where each has words of its
 * own; two where a colon announces them. ①式代入②式 speaks of its numbers, 由（2）可知 too.
 */
#include "parse/lexer.h"
#include "parse/phrase.h"

#define MEMBERS    9u   /* gm__label_beside counts no further */
#define STRETCH    160u /* bytes of a member, and its label */
#define LEAST      3u
#define KNOWN      32u  /* candidates behind the first that are looked at */
#define WORDS      6u   /* bytes: of a member; and */
#define WORDS_1    12u  /* of 1. and of a glyph that opens a line, but for */
#define WORDS_TOLD 9u   /* 注意：1.带钥匙 2.带雨伞 3.早点来 */
#define FOUND_MOST 128u /* in a line: each moves the candidates behind it */

/* What a label stands behind that is only spoken of, and what stands behind such a one. */
static bool is_spoken_of(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const before[] = {"第", "图", "圖", "表", "式", "见", "見", "由", "和", "与", "與", "及", "或",
                                         "在", "从", "從", "对", "對", "把", "将", "將", "按", "照", "如", "即", "至",
                                         "到", "以", "同", "据", "據", "条", "條", "项", "項", "款", "点", "步", "骤",
                                         "件", "当", "當", "比", "用", "给", "跟", "号", "选", "因", "而", NULL};
    static const char *const behind[] = {"式", "中", "的", "和", "与", "與", "及", "或", "至",   "到", "所", "处",
                                         "處", "项", "項", "款", "条", "條", "号", "號", "是",   "也", "都", "两",
                                         "可", "得", "知", "相", "之", "均", "则", "則", "代入", "点", "步", NULL};
    size_t text = gm__skip_line_blanks(p, (size_t)c->at + c->len);
    if (gm__begins_any(gm__str(p->text + text, p->len - text), behind)) return true;
    return c->number > 1 && gm__ends_any(gm__str_trim(gm__str(p->text + c->para, c->at - c->para)), before);
}

/* Words stand behind the label, up to `end`: not （1）15 or ②、. */
static bool has_words(const struct gm__parser *p, const struct gm__cand *c, size_t end, size_t least) {
    size_t at = gm__skip_line_blanks(p, (size_t)c->at + c->len), len;
    uint32_t cp = gm__cp_at(p, at, &len);
    return at < end && end - at >= least && (gm__is_han(cp) || cp == 0x201C || cp == 0x300A) && !is_spoken_of(p, c);
}

/* How many bytes of words at least; 0: behind a sentence's end ① may be the mark of a note, 1. a fraction's. */
static size_t least_words(const struct gm__parser *p, const struct gm__cand *c) {
    size_t len;
    uint32_t cp = gm__fold(gm__cp_at(p, c->at, &len));
    if (cp == '(') return WORDS;
    if (c->before == GM__BEFORE_SENTENCE) return 0;
    return cp - '1' < 9 || (c->flags & GM__CAND_START) ? WORDS_1 : WORDS;
}

bool gm__may_be_member(const struct gm__parser *p, const struct gm__cand *c) {
    const unsigned odd = GM__CAND_DOUBTED | GM__CAND_ALT | GM__CAND_HEADING | GM__CAND_RENDERED | GM__CAND_TOC;
    const struct gm__family *f = gm__family_of(p, c);
    return !f->partner && (f->where & GM__AT_INLINE) && c->components == 1 && !(c->flags & odd);
}

bool gm__match_next(const struct gm__parser *p, const struct gm__cand *c, size_t at, size_t end, struct gm__cand *out) {
    struct gm__cand found[GM__MAX_READINGS];
    if (!gm__match_label(p, at, end, GM__AT_INLINE, found)) return false;
    if (found[0].family != c->family || found[0].number != c->number + 1) return false;
    *out = found[0];
    out->para = c->para;
    out->before = GM__BEFORE_SENTENCE;
    return true;
}

/* A bracket, a glyph or a digit opens it. */
static bool may_list(const struct gm__parser *p, const struct gm__cand *c) {
    size_t len;
    return gm__may_be_member(p, c) && !gm__is_han(gm__cp_at(p, c->at, &len));
}

/* The candidate of the line that goes on with c. */
static const struct gm__cand *known_next(const struct gm__parser *p, const struct gm__cand *c, size_t from) {
    size_t end = from + KNOWN < p->cands.count ? from + KNOWN : p->cands.count;
    for (size_t i = from; i < end; i++) {
        const struct gm__cand *k = gm__cand_at(p, i);
        if (k->at > c->at && k->family == c->family && k->number == c->number + 1) return k;
    }
    return NULL;
}

/* May a member end in it? `label`: what the next one's label begins with. */
static bool may_stand_before(uint32_t cp, uint32_t label) {
    if (cp == ' ' || cp == 0x3000 || cp == 0xFF09 || cp == 0x201D || cp == 0x300B || gm__fold(cp) == '%') return true;
    return gm__is_han(cp) && !(label - '1' < 9 && gm__numeral_systems(cp));
}

/* Where the label stands in [at, end), or `end`. It is looked for by its first byte, or by its third: each mark of the
 * full width begins with 0xEF. */
static size_t find_label(const struct gm__parser *p, size_t at, size_t end, const char *label, size_t len) {
    size_t skip = (unsigned char)label[0] == 0xEF ? 2 : 0;
    while (end - at > len) {
        const char *hit = memchr(p->text + at + skip, label[skip], end - at - len);
        if (!hit) return end;
        at = (size_t)(hit - p->text) - skip;
        if (p->text[at + len - 1] == label[len - 1] && p->text[at + len / 2] == label[len / 2] &&
            memcmp(p->text + at, label, len) == 0)
            return at;
        at++;
    }
    return end;
}

/* The label after c's. Most lists that are looked for begin with the same. */
static struct gm_str label_behind(struct lexer *l, const struct gm__cand *c) {
    struct seconds *s = &l->seconds;
    const char *own = l->p->text + c->at;
    if (s->first_len != c->len || memcmp(s->first, own, c->len) != 0) {
        s->len = c->len < sizeof s->first ? (uint8_t)gm__label_beside(l->p, c, 1, s->label) : 0;
        s->first_len = c->len < sizeof s->first ? (uint8_t)c->len : 0;
        memcpy(s->first, own, s->first_len);
    }
    return gm__str(s->label, s->len);
}

/* The label after c's, in the text before `end`: the first that stands there, if it may be a member's. */
static bool read_next(struct lexer *l, const struct gm__cand *c, size_t end, struct gm__cand *out) {
    const struct gm__parser *p = l->p;
    struct gm_str next = label_behind(l, c);
    const char *label = next.ptr;
    size_t len = next.len, at = (size_t)c->at + c->len;
    if (!len || at >= end) return false;
    if (end - at > STRETCH) end = at + STRETCH;
    at = find_label(p, at, end, label, len);
    if (at >= end || !may_stand_before(gm__cp_before(p, at, c->para), gm__fold((unsigned char)label[0]))) return false;
    return gm__match_next(p, c, at, end, out) && may_list(p, out);
}

/* 答案：1、…: what is listed is no point. */
static bool is_key(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"答案", "解析", "目录", "目錄", "图中", "圖中",
                                        "所示", "标记", "标号", "图例", "文献", NULL};
    struct gm_str above = gm__str_trim(gm__str(p->text + c->para, c->at - c->para));
    if (gm__str_ends(above, "：")) above.len -= 3;
    return gm__ends_any(above, words);
}

/* 注意：1.带钥匙 2.…, where no label opens the line, whose text would be a question. */
static bool is_told_in_prose(const struct lexer *l, const struct gm__cand *c) {
    const struct gm__cand *first = gm__cand_at(l->p, l->first_cand);
    return c->before == GM__BEFORE_COLON && first->at != l->text_at && (unsigned char)l->p->text[c->at] - '0' < 10;
}

/* A blank parts c from what stands before it. */
static bool is_parted(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t before = gm__cp_before(p, c->at, c->para);
    return before == ' ' || before == 0x3000;
}

/* The list that the candidate at `i` opens, in the line that ends at `end`: how many members were found. */
static size_t offer_list(struct lexer *l, size_t i, size_t end) {
    struct gm__parser *p = l->p;
    struct gm__cand all[MEMBERS], next;
    bool fresh[MEMBERS];
    all[0] = *gm__cand_at(p, i);
    size_t count = 1, found = 0, words = least_words(p, &all[0]);
    bool brief = false, told = words == WORDS_1 && is_told_in_prose(l, &all[0]);
    for (; words && count < MEMBERS; count++) {
        const struct gm__cand *last = &all[count - 1], *known = known_next(p, last, i + 1);
        if (!known && !read_next(l, last, end, &next)) break;
        all[count] = known ? *known : next;
        fresh[count] = !known;
        found += !known;
        told &= is_parted(p, &all[count]);
        if (has_words(p, last, all[count].at, words)) continue;
        if (!told || !has_words(p, last, all[count].at, WORDS_TOLD)) return 0;
        brief = true;
    }
    told &= count >= LEAST;
    if (brief && !told) return 0;
    if (told) words = WORDS_TOLD;
    size_t least = all[0].before == GM__BEFORE_COLON ? LEAST - 1 : LEAST;
    if (!found || count < least || !has_words(p, &all[count - 1], end, words) || is_key(p, &all[0])) return 0;
    for (size_t k = 1; k < count; k++)
        if (fresh[k] && gm__label_below(p, gm__str(p->text + all[k].at, all[k].len), end)) return 0;
    for (size_t k = 1; k < count; k++)
        if (fresh[k]) gm__put_before(l, &all[k]);
    return found;
}

/* Does the next label stand in the line at all? Mostly it opens the line below. */
static bool may_go_on(struct lexer *l, size_t i, size_t end) {
    const struct gm__cand *c = gm__cand_at(l->p, i);
    if ((unsigned char)l->p->text[c->at] - 0xE4u < 6) return false; /* Han */
    if (i + 1 < l->p->cands.count) return true;
    struct gm_str label = label_behind(l, c);
    size_t at = (size_t)c->at + c->len, stop = end - at > STRETCH ? at + STRETCH : end;
    return label.len && at < end && find_label(l->p, at, stop, label.ptr, label.len) < stop;
}

static void offer_unparted(struct lexer *l, size_t end) {
    const struct gm__parser *p = l->p;
    size_t found = 0;
    for (size_t i = l->first_cand; i < p->cands.count && found < FOUND_MOST; i++) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if (c->number != 1 || c->rule || c->before > GM__BEFORE_COLON || !may_go_on(l, i, end) || !may_list(p, c))
            continue;
        l->p->steps++;
        found += offer_list(l, i, end);
    }
}

void gm__offer_lists(struct lexer *l, size_t end) {
    l->lists = false;
    gm__offer_verbs(l, l->first_cand, end);
    if (l->now && (l->now->flags & GM__BLOCK_VERBATIM)) return;
    gm__offer_abreast(l, end);
    if (end - l->text_at <= l->flattened) gm__offer_clauses(l, end); /* else it was asked for */
    offer_unparted(l, end);
}
