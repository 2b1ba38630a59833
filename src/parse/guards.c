/* guards.c - references, adverbs, lone marks: what a candidate's words and its neighbours say against a node, or for
 * it. */
#include "parse/decide.h"
#include "parse/lexer.h"

static bool goes_on_with(const struct gm__parser *p, const struct gm__cand *c, const char *const *words) {
    size_t from = (size_t)c->at + c->len;
    for (; *words; words++) {
        const char *word = *words;
        for (size_t at = from; *word && at < c->stop && p->text[at] == *word; at++) word++;
        if (!*word) return true;
    }
    return false;
}

/* 第三条第二款: of the article. 第三条第三方不得…: its text. */
static bool names_part(const struct gm__parser *p, const struct gm__cand *c) {
    static const char parts[] = "款项項目条條号號章节節编編句段、至和及";
    const char *at = p->text + c->at + c->len, *end = p->text + c->stop;
    struct gm__ordinal o;
    if (end - at < 3 || memcmp(at, "第", 3) != 0) return false;
    size_t n = gm__numeral_scan(GM__NUM_HAN, at + 3, end, false, &o);
    if (!n) n = gm__numeral_scan(GM__NUM_ARABIC, at + 3, end, false, &o);
    if (!n) return true;
    for (size_t i = 0; i + 3 < sizeof parts; i += 3)
        if (end - at >= (ptrdiff_t)n + 6 && memcmp(at + 3 + n, parts + i, 3) == 0) return true;
    return false;
}

/* 第三条、第五条和…, 第十二条规定的…: what is said of an article, not its text. */
static bool refers(const struct gm__parser *p, const struct gm__cand *c) {
    /* what they begin with, gm__may_refer knows */
    static const char *const words[] = {"、第",   "和第", "至第", "及第",     "或第",   "与第",   "规定的", "規定的",
                                        "规定，", "所列", "所称", "的",       "の規定", "に規定", "から",   "及び",
                                        "又は",   "中的", "规定", "若しくは", "から第", NULL};
    return goes_on_with(p, c, words) || names_part(p, c);
}

/* 、 和 或 至 及 与 */
static bool is_joint(const char *at, const char *end) {
    uint32_t cp;
    (void)gm__utf8_decode(at, end, &cp);
    return cp == 0x3001 || cp == 0x548C || cp == 0x6216 || cp == 0x81F3 || cp == 0x53CA || cp == 0x4E0E;
}

/* The label ends in a bracket. */
static bool is_bracketed(const struct gm__parser *p, const struct gm__cand *c) {
    const char *end = p->text + c->at + c->len;
    return end[-1] == ')' || (c->len > 3 && memcmp(end - 3, "）", 3) == 0);
}

/* （一）中所列…, （二）项规定…: what is said of an item, not its text. */
static bool names_item(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"中所", "中列", "中规定", "中規定", "中的",   "所列",   "所称", "所稱",
                                        "所述", "所指", "所载",   "所載",   "所规定", "所規定", "项所", "项规",
                                        "项的", "项中", "項所",   "項規",   "項之規", "項的",   NULL};
    return is_bracketed(p, c) && goes_on_with(p, c, words);
}

/* （一）、（二）项所列…, （三）和（五）…, （一）（二）两项: a bracket with a number behind a joint, or with the next
 * number. */
static bool lists_items(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const brackets[] = {"（", "("};
    const char *at = p->text + c->at + c->len, *end = p->text + c->stop;
    struct gm__ordinal o;
    bool joined = at < end && is_joint(at, end);
    if (joined) at += 3;
    joined |= c->len >= 6 && memcmp(p->text + c->at + c->len - 3, "、", 3) == 0;
    if (!joined && !(is_bracketed(p, c) && at < end && (*at == '(' || *at == '\xEF'))) return false;
    for (size_t i = 0; i < GM__COUNT(brackets); i++) {
        size_t n = strlen(brackets[i]);
        if ((size_t)(end - at) <= n || memcmp(at, brackets[i], n) != 0) continue;
        return (gm__numeral_scan(GM__NUM_HAN, at + n, end, false, &o) ||
                gm__numeral_scan(GM__NUM_ARABIC, at + n, end, false, &o)) &&
               (joined ? o.value > c->number : o.value == c->number + 1);
    }
    return false;
}

#define NOTE_MOST 60u /* bytes of a bracket behind a label */

/* （1—3段）：…, （第二至五自然段）…: what of a text the part is. */
static bool has_extent(const char *at, const char *stop) {
    const char *end = stop - at > (ptrdiff_t)NOTE_MOST ? at + NOTE_MOST : stop, *close = at + 3;
    if (end - at < 9 || memcmp(at, "（", 3) != 0) return false;
    while (close + 3 <= end && memcmp(close, "）", 3) != 0) close++;
    if (close + 3 > end) return false;
    bool colon = stop - close > 3 && (close[3] == ':' || (stop - close >= 6 && memcmp(close + 3, "：", 3) == 0));
    return colon || memcmp(close - 3, "段", 3) == 0 || memcmp(close - 3, "節", 3) == 0;
}

/* 第一条【目的】… */
static bool has_caption(const struct gm__parser *p, const struct gm__cand *c) {
    const char *at = p->text + c->at + c->len;
    if (has_extent(at, p->text + c->stop)) return true;
    return c->stop - c->at > (uint32_t)c->len + 3 && memcmp(at, "【", 3) == 0;
}

/* 第一部分：正文如下： */
static bool ends_with_colon(const struct gm__parser *p, const struct gm__cand *c) {
    const char *end = p->text + c->at + c->len;
    return end[-1] == ':' || (c->len > 3 && memcmp(end - 3, "：", 3) == 0);
}

#define THING_BYTES 90u /* from a thing that is counted to the next */

/* 第一条溪自北来，第二条溪自西来: things are counted, of one name. Or there are three:
 * 第一条跑了，第二条也跑了，第三条…. */
static bool counts_things(const struct gm__parser *p, const struct gm__cand *c) {
    const char *thing = p->text + c->at + c->len, *end = p->text + c->stop, *at = thing + 3;
    struct gm__ordinal o;
    int32_t last = c->number;
    if (end - thing > (ptrdiff_t)THING_BYTES) end = thing + THING_BYTES;
    for (; end - at > 12 && (at = memchr(at, 0xE7, (size_t)(end - at) - 12)) != NULL; at++) {
        if (memcmp(at, "第", 3) != 0 || (memcmp(at - 3, "，", 3) != 0 && at[-1] != ',')) continue;
        size_t n = gm__numeral_scan(GM__NUM_HAN, at + 3, end, false, &o);
        const char *unit = at + 3 + n;
        if (!n || end - unit < 6 || o.value != last + 1 || memcmp(unit, thing - 3, 3) != 0) continue;
        if (memcmp(unit + 3, thing, 3) == 0 || ++last == c->number + 2) return true;
    }
    return false;
}

bool gm__is_address(const struct gm__parser *p, const struct gm__cand *c) {
    const char *label = p->text + c->at;
    size_t digits = 0;
    while (digits < c->len && label[digits] >= '0' && label[digits] <= '9') digits++;
    return c->components == 4 && (digits > 2 || gm__holds(gm__str(label, c->len), ".0."));
}

#define CODES_BETWEEN 24u /* bytes: a line end and an indent */

bool gm__is_code(const struct gm__decider *d, const struct gm__cand *c) {
    if (!gm__is_bare(c) || c->number < 100) return false;
    if (c->next == GM__NONE) return true;
    const struct gm__cand *next = gm__candidate(d, c->next);
    return next->at <= c->stop + CODES_BETWEEN && !gm__between(d, c, next).len;
}

bool gm__names_glyph(const struct gm__decider *d, const struct gm__cand *c) {
    static const char *const words[] = {"以下", "以上", "以前", "以后", "以後", "以左", "以右", "中",
                                        "之前", "之后", "之後", "之下", "之上", "处",   "處",   NULL};
    size_t len;
    uint32_t cp = gm__cp_at(d->p, c->at, &len);
    if (len != c->len || cp < 0x2000 || gm__is_han(cp) || (c->flags & GM__CAND_BLANK)) return false;
    if (!gm__begins_any(gm__str(d->p->text + c->at + len, c->stop - c->at - len), words)) return false;
    for (uint32_t depth = d->depth; depth-- > 0;)
        if (d->open[depth].kin == d->kin[c->family])
            return c->number <= d->open[depth].number && c->next >= d->open[depth].next;
    return false;
}

/* Prose that begins like a heading: 第三条规定的情形…, 第二讲堂设在…。 */
bool gm__is_worded_reference(const struct gm__decider *d, const struct gm__cand *c) {
    bool plain = (c->flags & GM__CAND_PLAIN_TEXT) != 0;
    if (!plain && gm__is_start(c) && (lists_items(d->p, c) || names_item(d->p, c))) return true;
    enum gm_node_kind kind = (enum gm_node_kind)gm__family(d, c)->kind;
    if (kind == GM_KIND_ITEM || (c->flags & (GM__CAND_ALONE | GM__CAND_RENDERED))) return false;
    if (!gm__is_unit(d->p, c)) return false;
    bool short_enough = kind == GM_KIND_ARTICLE || !(c->flags & GM__CAND_LONG);
    if (short_enough && ((c->flags & GM__CAND_BLANK) || ends_with_colon(d->p, c))) return false;
    if (has_caption(d->p, c)) return false;
    if (c->flags & GM__CAND_BLANK || counts_things(d->p, c)) return true;
    if (!plain && refers(d->p, c)) return true;
    if (kind == GM_KIND_ARTICLE) return d->spaced[c->family] >= 0;
    return (c->flags & (GM__CAND_LONG | GM__CAND_STOPPED)) != 0;
}

bool gm__needs_partner(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->flags & GM__CAND_RENDERED) return false; /* 【1】 alone is one where the format counts so */
    return gm__family_of(p, c)->partner || gm__is_bare(c);
}

bool gm__is_sole_paragraph(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *above) {
    const uint32_t whole = GM__CAND_START | GM__CAND_BLANK | GM__CAND_STOPPED;
    if (!gm__is_bare(c) || c->number != 1 || (c->flags & whole) != whole || !(above->flags & GM__CAND_HEADING))
        return false;
    return gm__is_region(p, above) && gm__holds(gm__str(p->text + above->at, above->stop - above->at), "則");
}

/* A sentence or more that a bare 一 opens. */
static bool is_sole_one(const struct gm__parser *p, const struct gm__cand *c) {
    const uint32_t whole = GM__CAND_BLANK | GM__CAND_STOPPED;
    return gm__is_bare(c) && c->number == 1 && gm__is_start(c) && (c->flags & whole) == whole &&
           memcmp(p->text + c->at, "一", 3) == 0;
}

#define ONES 2u /* of the same kind next to it */

bool gm__is_one_of_many(const struct gm__parser *p, uint32_t index) {
    const struct gm__cand *all = gm__cand_at(p, 0), *c = &all[index], *end = all + p->cands.count;
    uint32_t ones = 0;
    if (!is_sole_one(p, c)) return false;
    for (const struct gm__cand *last = c, *k = c + 1; k < end && ones < ONES; k++) {
        if (k->para == last->para) continue;
        if (k->family != c->family || !is_sole_one(p, k) ||
            !gm__is_blank(gm__str(p->text + last->stop, k->at - last->stop)))
            break;
        last = k;
        ones++;
    }
    for (const struct gm__cand *last = c, *k = c; k-- > all && ones < ONES;) {
        if (k->para == last->para || k->at > k->para) continue; /* inside a paragraph */
        if (k->family != c->family || !is_sole_one(p, k) ||
            !gm__is_blank(gm__str(p->text + k->stop, last->at - k->stop)))
            break;
        last = k;
        ones++;
    }
    return ones >= ONES;
}

/* 3.2 or 3.0.2 under 3. */
bool gm__is_decimal_child(const struct gm__cand *parent, const struct gm__cand *c) {
    if (parent->flags & GM__CAND_HEADING) return false;
    uint32_t prefix = gm__decimal_child(0, (uint32_t)parent->number);
    return c->prefix == prefix || (c->components == 3 && c->prefix == gm__decimal_child(prefix, 0));
}

/* 2 above 2.1: the next decimal says that the bare number is a heading. */
bool gm__has_decimal_child(const struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index), *end = gm__candidate(d, d->p->cands.count);
    if (!(c->flags & GM__CAND_NEAR_DECIMAL) || !gm__is_start(c)) return false;
    if (end - c > (ptrdiff_t)GM__NEAR) end = c + GM__NEAR;
    for (const struct gm__cand *k = c + 1; k < end; k++) {
        if (k->components > 1 && gm__is_start(k) && gm__is_decimal(k))
            return k->number == 1 && gm__is_decimal_child(c, k);
        if (k->number == c->number && gm__is_unit(d->p, k)) return false; /* a page's number above 第二章 and 2.1 */
    }
    return false;
}

bool gm__runs_on_inline(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m) {
    uint32_t ended = d->ended[d->p->kin[c->family]];
    if (!ended || c->before > GM__BEFORE_COLON || gm__family_of(d->p, c)->partner || (c->flags & GM__CAND_MARK))
        return false;
    const struct gm__cand *last = gm__cand_at(d->p, ended - 1);
    if (last->para != c->para || last->family != c->family || last->number != c->number - 1) return false;
    *m = (struct gm__move){GM__ACT_OPEN, 50, 0, GM__NONE, GM__RULE_RUNS_ON};
    gm__place_inline(d, c, m);
    return true;
}

static bool ends_in_colon(const struct gm__parser *p, uint32_t stop) {
    return stop >= 3 && (p->text[stop - 1] == ':' || memcmp(p->text + stop - 3, "：", 3) == 0);
}

#define RESUMES_NEAR 48u /* candidates back to the member before */

/* The word with the number before c's, inside the paragraph that announces a list. NULL: there is none. */
static const struct gm__cand *announcing_word(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__cand *k = c;
    for (uint32_t n = 0; k > d->cands && n < RESUMES_NEAR; n++) {
        k--;
        d->p->steps++;
        if (k->family != c->family || !gm__accepted(k)) continue;
        return k->number == c->number - 1 && !gm__is_start(k) && ends_in_colon(d->p, k->stop) ? k : NULL;
    }
    return NULL;
}

bool gm__resumes_words(const struct gm__decider *d, const struct gm__cand *c, struct gm__move *m) {
    const struct gm__family *f = gm__family(d, c);
    const struct gm__cand *last;
    if (!f->partner || f->kind != GM_KIND_ITEM || f->words || c->number < 2 || c->before != GM__BEFORE_START ||
        !(last = announcing_word(d, c)))
        return false;
    uint32_t parent = gm__series_at(d->p, last->series)->parent;
    for (uint32_t depth = d->depth; depth-- > 0;) { /* the list, and where it hangs */
        if ((depth ? gm__hook(d, depth - 1) : GM__NONE) != parent) continue;
        const struct gm__cand *first = gm__candidate(d, d->open[depth].first);
        *m = (struct gm__move){GM__ACT_OPEN, 50, depth, parent, GM__RULE_RUNS_ON};
        return first > last && gm__is_start(first) &&
               gm__is_blank(gm__str(d->p->text + last->stop, first->para - last->stop));
    }
    return false;
}

bool gm__lost_its_line(const struct gm__parser *p, const struct gm__series *s, const struct gm__cand *c) {
    if (c->before != GM__BEFORE_SENTENCE || c->next == GM__NONE || c->twin < c->next || s->family != c->family)
        return false;
    return gm__is_start(gm__cand_at(p, c->next)) && gm__cand_at(p, c->next)->family == c->family;
}

bool gm__may_open_hyphened(const struct gm__decider *d, const struct gm__cand *c, bool child, bool goes_on,
                           uint32_t parent) {
    uint16_t kin = d->kin[c->family];
    if (!memchr(d->p->text + c->at, '-', c->len) && d->p->text[c->at + 1] != '\xE2' && d->p->text[c->at + 2] != '\xE2')
        return true;
    if (c->number != 1 || (c->flags & GM__CAND_ALONE)) return false;
    if (child && parent != GM__NONE) {
        const struct gm__cand *above = gm__candidate(d, parent);
        if (goes_on || gm__is_unit(d->p, above) || above->components > 1) return true;
    }
    return goes_on && c->components == 2 && (c->other == 1 || d->standing[kin] || d->closed[kin]);
}

/* ２　 under 第X条: in Japanese statutes the first 項 has no number. */
bool gm__is_second_paragraph(const struct gm__decider *d, const struct gm__cand *c) {
    if (!gm__is_bare(c) || c->number != 2 || !(c->flags & GM__CAND_BLANK)) return false;
    for (uint32_t i = d->depth; i-- > 0;) {
        const struct gm__series *s = &d->open[i];
        enum gm_node_kind kind = (enum gm_node_kind)d->families[s->family].kind;
        if (kind == GM_KIND_ARTICLE) return true;
        if (!s->is_inline && kind != GM_KIND_ITEM && d->families[s->family].rank <= 24) return false;
    }
    return false;
}

static bool ends_with_mark(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t last;
    (void)gm__utf8_decode_back(p->text + c->at, p->text + c->at + c->len, &last);
    return last == 0xFF0C || last == ',' || last == 0xFF1A || last == ':' || last == 0x3001;
}

#define CHAIN_NEAR 12 /* candidates behind the second member */

/* 首先选择区域，然后点击按钮。: two steps that one sentence tells, where no other member is near. 其次 and 最后 make a
 * list of it; so do the marks of 首先，…；然后，…. */
static bool tells_two_steps(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *next) {
    if (next->number != 3 || next->before != GM__BEFORE_COMMA || next->para != c->para || ends_with_mark(p, next))
        return false;
    const struct gm__cand *k = next + 1, *end = gm__cand_at(p, p->cands.count);
    for (int i = 0; i < CHAIN_NEAR && k < end; i++, k++)
        if (k->family == c->family && k->number > 1 && (k->para == c->para || (gm__is_start(c) && gm__is_start(k))))
            return false;
    return true;
}

#define STARTS_NEAR 32 /* candidates from a word inside a paragraph to the member that opens one below */

/* 然后, 接着, 最后; 其次 and 再次 tell of no steps. */
static bool may_be_adverb(const struct gm__parser *p, const struct gm__cand *c) {
    return c->number > 2 && memcmp(p->text + c->at, "再", 3) != 0;
}

/* 其次，… of the chain that c begins, where 然后抓落实, the candidate `next`, tells of a step in a paragraph between.
 */
static const struct gm__cand *behind_steps(const struct gm__parser *p, const struct gm__cand *c,
                                           const struct gm__cand *next) {
    if (!gm__is_start(c) || next->para == c->para || !ends_with_mark(p, c) || ends_with_mark(p, next) ||
        !may_be_adverb(p, next))
        return next;
    const struct gm__cand *k = next + 1, *end = gm__cand_at(p, p->cands.count);
    for (int i = 0; i < STARTS_NEAR && k < end; i++, k++) {
        if (k->family != c->family) continue;
        if (k->number == 1) break;
        if (gm__is_start(k) && (ends_with_mark(p, k) || !may_be_adverb(p, k))) return k;
    }
    return next;
}

/* 首先要说明… in one paragraph, 最后他说… in another: without their commas they are adverbs, unless 其次 is there
 * and all of them open paragraphs. */
bool gm__is_adverb(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->next == GM__NONE) return true;
    const struct gm__cand *next = behind_steps(p, c, gm__cand_at(p, c->next));
    if (tells_two_steps(p, c, next)) return true;
    if (next->para == c->para || (ends_with_mark(p, c) && ends_with_mark(p, next))) return false;
    return !(gm__is_start(c) && gm__is_start(next) && next->number == c->number + 1);
}

uint32_t gm__doubted_second(const struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index);
    for (uint32_t i = index + 1; i < d->p->cands.count && i < index + 8 && i < c->next; i++) {
        const struct gm__cand *k = gm__candidate(d, i);
        if (k->para != c->para) break;
        if (!(k->flags & GM__CAND_DOUBTED) || k->family != c->family || k->number != 2) continue;
        return k->next != GM__NONE && gm__candidate(d, k->next)->para == c->para ? i : c->next;
    }
    return c->next;
}

/* 一是 … 三是 without 二是: the third member vouches for the first. */
bool gm__skips_second(const struct gm__decider *d, uint32_t index) {
    const struct gm__cand *c = gm__candidate(d, index), *end = gm__candidate(d, d->p->cands.count);
    const struct gm__family *f = gm__family(d, c);
    if (!f->partner || f->kind != GM_KIND_ITEM || f->words || c->number != 1) return false;
    if (end - c > 16) end = c + 16;
    for (const struct gm__cand *k = c + 1; k < end; k++) {
        if (gm__is_start(k) && !gm__is_start(c)) return false;
        if (k->family != c->family || (!gm__is_start(k) && k->para != c->para)) continue;
        return k->number == 3 && k->before <= GM__BEFORE_COLON;
    }
    return false;
}

/* 首先，…，然后抓落实。 and below it 其次，…: a chain whose other members open paragraphs tells of steps in one of
 * them. */
static bool is_step_of_member(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__parser *p = d->p;
    bool marked = ends_with_mark(p, c);
    bool adverb = may_be_adverb(p, c); /* 他首先来，其次我来 is told too, where 其次， opens a paragraph below */
    if (s->is_inline || (!adverb && (marked || gm__is_start(c)))) return false;
    if (marked && c->before != GM__BEFORE_COMMA) return false;
    if ((gm__is_start(c) || !adverb) && !ends_with_mark(p, gm__candidate(d, s->last))) return false;
    const struct gm__cand *k = c + 1, *end = gm__candidate(d, p->cands.count);
    uint32_t until = s[-1].until; /* of those around it */
    if (until < p->cands.count) end = gm__candidate(d, until);
    for (int i = 0; i < STARTS_NEAR && k < end; i++, k++) {
        d->p->steps++;
        if (d->kin[k->family] != s->kin) continue;
        if (k->number == 1) return false;
        if (!gm__is_start(k) || k->number <= s->number) continue;
        bool sooner = k->number <= c->number;
        if (ends_with_mark(p, k) || !may_be_adverb(p, k)) return sooner || !(marked || gm__is_start(c) || !adverb);
    }
    return false;
}

/* 首先，… 然后…；其次，…: a word of a later member is an adverb while an earlier one is still to come. */
bool gm__comes_between(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *end = gm__candidate(d, 0) + d->p->cands.count;
    const struct gm__cand *k = c + 1;
    for (int i = 0; i < 12 && k < end && k->para == c->para; i++, k++)
        if (k->family == c->family && k->number > s->number && k->number < c->number) return true;
    return is_step_of_member(d, s, c);
}

/* 附件1 on a line of its own with a number right below: it has no title and is no node, but a boundary. */
bool gm__is_bare_region(const struct gm__parser *p, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(p, index);
    struct gm_str line = gm__str(p->text + c->at, c->stop - c->at);
    if (line.len < 6 || memcmp(line.ptr, "附件", 6) != 0 || gm__keyword_has_title(p, c->sub, line) ||
        (size_t)index + 1 >= p->cands.count)
        return false;
    const struct gm__cand *next = gm__cand_at(p, index + 1);
    if (!gm__is_start(next) || (next->flags & GM__CAND_HEADING)) return false;
    return gm__str_trim(gm__str(p->text + c->stop, next->para - c->stop)).len == 0;
}

/* 第六章 on a line of its own, 附则 on the next: the second is the title of the first. So is ## 知识 below ### 3.1. */
bool gm__is_title_of(const struct gm__parser *p, uint32_t index) {
    const struct gm__cand *c = gm__cand_at(p, index), *last = index ? c - 1 : NULL;
    while (last && last > gm__cand_at(p, 0) && (last->flags & GM__CAND_ALT) && !gm__accepted(last)) last--;
    if (!last || !gm__is_start(last) || !gm__accepted(last) || !(last->flags & GM__CAND_ALONE) ||
        (last->flags & GM__CAND_HEADING) || (c->heading && (c->heading > last->heading || c->sub != GM__NO_KEYWORD)))
        return false;
    return gm__str_trim(gm__str(p->text + last->stop, c->at - last->stop)).len == 0;
}
