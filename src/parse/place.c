/* place.c - where a series that opens belongs: below, beside or above the series that are open. */
#include "parse/decide.h"
#include "parse/phrase.h"

#define ANNOUNCED    40u /* bytes at most from a colon to the list that it announces: a line end and blanks */
#define OPTION_RANK  52u /* A.: of a question, as a rule */
#define PAREN_RANK   60u /* （1） */
#define RPAREN_RANK  64u /* 1） */
#define CAPTION_LINE 30u /* bytes */
#define LIST_RANK    50u /* 1. and what stands below it: authors mix their order */

/* How a series that c opens stands to the last item of the open series at `depth`. */
enum relation {
    REL_BELOW,  /* inside the item */
    REL_BESIDE, /* instead of the series, which ends */
    REL_AMONG,  /* a heading without a number between the items of the series, which may go on */
    REL_ABOVE,  /* further out */
};

static uint8_t keyword_rank(const struct gm__decider *d, const struct gm__cand *c) {
    return c->sub == GM__NO_KEYWORD ? 0 : d->p->grammar->keywords[c->sub].rank;
}

/* A.（1）（2） below （3）: an option of the question names what it chooses, or A.2个 counts it. Another letter below
 * （3） opens a list of that. */
static bool chooses(const struct gm__parser *p, const struct gm__cand *c) {
    struct gm_str text = gm__str_trim(gm__str(p->text + c->at + c->len, c->stop - c->at - c->len));
    uint32_t cp = 0;
    (void)gm__utf8_decode(text.ptr, text.ptr + text.len, &cp);
    uint32_t named = gm__numeral_systems(cp);
    return !text.len || gm__bracket(cp) > 0 || named >> GM__NUM_ARABIC & 1;
}

/* 1. above 1.1 and 1.2, and 1. again without a 1.1 of its own: the list of 1.2, not a second row of chapters. */
static bool is_list_of_decimal(const struct gm__decider *d, const struct gm__cand *a, const struct gm__series *s) {
    return a->number == 1 && gm__family(d, a)->rank >= LIST_RANK && !gm__is_decimal(a) &&
           d->standing[d->kin[a->family]] && gm__is_decimal(gm__candidate(d, s->last)) &&
           !gm__has_decimal_child(d, (uint32_t)(a - d->cands));
}

/* Does kin a stand above kin b in this document? */
static bool outranks(const struct gm__decider *d, const struct gm__cand *a, const struct gm__series *s) {
    const struct gm__parser *p = d->p;
    uint16_t b_family = s->family;
    if (a->flags & GM__CAND_HEADING) {
        const struct gm__family *b = &p->grammar->families[b_family];
        return keyword_rank(d, a) <= b->rank;
    }
    if (is_list_of_decimal(d, a, s)) return false;
    uint16_t a_kin = p->kin[a->family], b_kin = p->kin[b_family];
    bool over = gm__stood_below(d, b_family, a->family), under = gm__stood_below(d, a->family, b_family);
    if (over != under) return over; /* as it stood before: 第五条 under 三、 like 第一条 under 一、 */
    uint32_t ab = gm__inside(d, a_kin, b_kin), ba = gm__inside(d, b_kin, a_kin);
    if (ab != ba) return ab > ba;
    const struct gm__family *f = gm__family_of(p, a);
    if (f->rank > GM__MAIN_RANK && gm__is_decimal(gm__cand_at(p, s->last))) return false; /* 步骤1： below 1.2 */
    uint16_t b_rank = p->grammar->families[b_family].rank;
    if (f->rank == OPTION_RANK && b_rank >= PAREN_RANK && b_rank <= RPAREN_RANK && !chooses(p, a)) return false;
    return f->rank < b_rank;
}

/* Does c end a heading of its own depth, or a deeper one, in which the series at `depth` stands? */
static bool ends_heading(const struct gm__decider *d, const struct gm__cand *c, uint32_t depth) {
    while (depth-- > 0) {
        const struct gm__cand *last = gm__candidate(d, d->open[depth].last);
        if (last->heading) return last->heading >= c->heading;
    }
    return false;
}

/* Does the paragraph that `last` begins end in a colon, and c stand right below? */
static bool is_below_colon(const struct gm__parser *p, const struct gm__cand *last, const struct gm__cand *c) {
    if (!(last->flags & GM__CAND_COLON) || c->at <= last->stop) return false;
    return gm__is_blank(gm__str(p->text + last->stop, c->at - last->stop));
}

/* b) 压降不大于： and 1) right below: the colon announces the list that c begins. Of a chapter, an article or 一、
 * below 乙方： it says nothing. */
static bool announces(const struct gm__parser *p, const struct gm__cand *last, const struct gm__cand *c) {
    const struct gm__family *f = gm__family_of(p, c);
    bool clause = gm__is_decimal(last) && gm__is_bare(c) && c->number == 1; /* 3.0.2 …规定： and 1 right below */
    if ((f->rank < LIST_RANK && !f->apart && !clause) || gm__is_unit(p, c)) return false;
    if (!gm__is_start(last) || !(last->flags & GM__CAND_STOPPED)) return false;
    return c->at - last->stop <= ANNOUNCED && is_below_colon(p, last, c);
}

/* （五）教学过程： and 一、 right below, where no 一、 was before: this author's （一） stands above his 一、. So does
 * 二、办法全文如下： above 第一章. */
static bool holds_main(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *last,
                       const struct gm__cand *c) {
    uint16_t rank = gm__family(d, c)->rank, above = d->families[s->family].rank;
    bool main = rank >= 30 && rank <= GM__MAIN_RANK && above == 40,
         unit = gm__is_unit(d->p, c) && above >= 30 && above <= GM__MAIN_RANK;
    if (c->number != 1 || !(main || unit)) return false;
    if (s->count < 2 || s->is_inline || d->closed[d->kin[c->family]] || c->next == GM__NONE) return false;
    return is_below_colon(d->p, last, c);
}

/* 仲裁请求：一、… 二、… 事实和理由：…: a caption of the same kind stands right above the first item of the series. */
static bool below_caption_like(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    if (!s->first || c->sub == GM__NO_KEYWORD || c->heading) return false;
    if (c->stop - c->at <= CAPTION_LINE && s->count > 1 && !gm__alive(d, (uint32_t)(s - d->open)) &&
        gm__is_captioned(d, s))
        return true; /* 下午 / （一）… （二）… / 温馨提示 */
    const struct gm__cand *above = gm__candidate(d, s->first - 1);
    return (above->flags & GM__CAND_HEADING) && !gm__is_region(d->p, above) && above->sub != GM__NO_KEYWORD &&
           keyword_rank(d, above) == keyword_rank(d, c);
}

/* Members of one paragraph each, sentences all of them: a paragraph without a mark is not the last one's own. */
static bool is_tight(const struct gm__decider *d, const struct gm__series *s) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    return s->count > 1 && !s->loose && !s->is_inline && gm__is_start(last) && (last->flags & GM__CAND_STOPPED);
}

/* 三要看人。 Text. 一是…: words on lines of their own behind such words and a paragraph without a mark. 体会三：…。
 * Text. 建议一：… is the same. */
static bool leaves_tight(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    const struct gm__family *f = &d->families[s->family], *g = gm__family(d, c);
    bool words = (f->partner && g->partner) || (f == g && f->apart);
    if ((!words && !f->apart) || !is_tight(d, s) || c->para <= last->stop) return false;
    struct gm_str text = gm__between(d, last, c);
    return words ? text.len != 0 : gm__ends_in_colon(text);
}

/* 案由二：… 說　明： and 一、 right below: a part of the motion. */
static bool is_below_caption_of(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    static const char *const captions[] = {"說明：", "说明：", "辦法：", "办法：", "理由：", "決議：",
                                           "决议：", "擬辦：", "依據：", "建議：", "建议：", NULL};
    const struct gm__cand *last = gm__candidate(d, s->last);
    if (!d->families[s->family].apart || s->is_inline || c->number != 1 || c->para <= last->stop) return false;
    struct gm_str line = gm__str_trim(gm__str(d->p->text + last->stop, c->para - last->stop));
    size_t from = line.len;
    while (from > 0 && line.ptr[from - 1] != '\n' && line.len - from <= CAPTION_LINE) from--;
    char room[GM__SPACED];
    line = gm__str_trim(gm__str(line.ptr + from, line.len - from));
    return line.len < GM__SPACED && gm__str_ends(line, "：") &&
           gm__begins_any(gm__without_blanks(line, room), captions);
}

/* 1.…2.…证据：（一）…（二）…。 Text. 决定如下： and 1. again: the list that a colon announces stands where the first of
 * its family stood, beside the list between them. */
static bool announced_again(const struct gm__decider *d, uint32_t depth, const struct gm__cand *c) {
    const struct gm__parser *p = d->p;
    const struct gm__series *s = &d->open[depth];
    const struct gm__cand *last = gm__cand_at(p, s->last);
    if (!is_tight(d, s) || p->grammar->families[s->family].rank <= GM__MAIN_RANK || c->para <= last->stop) return false;
    if (!gm__ends_in_colon(gm__between(d, last, c))) return false;
    for (uint32_t i = s->id, n = 0; i-- > 0 && n < 64; n++) {
        const struct gm__known *t = gm__series_at(p, i);
        if (t->parent == s->parent && t->family == c->family && !t->is_inline) return true;
    }
    return false;
}

/* The series is of c's kin. */
static enum relation relate_kin(const struct gm__decider *d, const struct gm__cand *c, uint32_t depth) {
    const struct gm__series *s = &d->open[depth];
    const struct gm__cand *last = gm__candidate(d, s->last);
    return gm__alive(d, depth) || (c->flags & ~last->flags & GM__CAND_RENDERED) /* a list under a typed number */ ||
                   gm__stood_below(d, c->family, s->family) || gm__heads_words(d, last, c) ||
                   (gm__is_other_list(last, c) && announces(d->p, last, c)) || /* another list below its colon */
                   gm__is_announced_in(d, s, c) ||
                   (gm__family(d, c)->rank > d->families[s->family].rank && gm__is_first_below_words(d, depth, c))
               ? REL_BELOW
               : REL_BESIDE;
}

/* 材料一：… 材料二：… and （1） below them: what is asked of them all. The questions stand where the materials do. */
static bool asks_of(const struct gm__parser *p, const struct gm__cand *last) {
    const char *label = p->text + last->at;
    return last->len >= 6 && (memcmp(label, "材料", 6) == 0 || memcmp(label, "史料", 6) == 0);
}

/* 1. …。 2. …。 （一）发展 3. …。 （二）民生 4. …。: paragraphs are counted through the whole paper, and lines without
 * a stop head them, of which none holds the next but for the paragraphs between them. */
static bool runs_through(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    if (d->families[s->family].rank != LIST_RANK || s->is_inline || !(last->flags & GM__CAND_STOPPED)) return false;
    if (s->count < 2) return false; /* 1. Step. A. 红灯亮 2. Step. B. 绿灯亮: what each step leads to */
    const struct gm__family *f = gm__family(d, c);
    if (f->rank > OPTION_RANK || f->rank < 28 || c->flags & (GM__CAND_STOPPED | GM__CAND_LONG)) return false;
    if (c->number != 1 || c->next == GM__NONE || s->next == GM__NONE || c->next < s->next) return false;
    const struct gm__cand *next = gm__candidate(d, c->next), *paragraph = gm__candidate(d, s->next);
    return gm__is_start(c) && paragraph > c && (paragraph->flags & GM__CAND_STOPPED) &&
           !(next->flags & (GM__CAND_STOPPED | GM__CAND_LONG)) && next->family == c->family;
}

/* What relate makes of two points of which the format knows nothing: most are such. */
GM__INLINE enum relation relate_points(const struct gm__decider *d, const struct gm__cand *c, uint32_t depth) {
    const struct gm__parser *p = d->p;
    const struct gm__series *s = &d->open[depth];
    const struct gm__cand *last = gm__cand_at(p, s->last);
    if (s->kin == p->kin[c->family] && s->prefix == c->prefix) return relate_kin(d, c, depth);
    if (runs_through(d, s, c)) return REL_ABOVE;
    bool stays = gm__alive(d, depth) && !(d->families[s->family].run_on && outranks(d, c, s));
    if (stays || announces(p, last, c)) return REL_BELOW;
    if (gm__family(d, last)->apart && asks_of(p, last)) return REL_ABOVE;
    if (gm__heads_list(d, s, last, c) || is_below_caption_of(d, s, c)) return REL_BELOW;
    if (gm__is_first_below_words(d, depth, c) || gm__holds_first(d, depth, c)) return REL_BELOW;
    if (announced_again(d, depth, c)) return REL_BESIDE;
    if (leaves_tight(d, s, c)) return REL_ABOVE;
    return outranks(d, c, s) && !holds_main(d, s, last, c) ? REL_ABOVE : REL_BELOW;
}

/* 第三条　（1）…： and （a） below it, before （2） opens a paragraph: so does （1）, but for the label that it stands
 * behind. */
static bool goes_on_below(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    const struct gm__cand *last = gm__candidate(d, s->last);
    if (s->count != 1 || last->before > GM__BEFORE_COLON || s->next == GM__NONE) return false;
    const struct gm__cand *next = gm__candidate(d, s->next);
    return next > c && next->family == s->family && gm__is_start(next) && !gm__family(d, next)->partner;
}

static const char *const before_body[] = {"摘要", "中文摘要", "关键词", "作者简介", "前言", "引言",
                                          "导言", "導言",     "序言",   "绪论",     "緒論", NULL};

/* 一、, 壹、, 1. above 1.1, or 1. 引言 */
static bool may_open_body(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__family *f = gm__family(d, c);
    if (c->number != 1 || f->rank < 20 || f->rank > LIST_RANK || f->kind == GM_KIND_ARTICLE) return false;
    if (d->closed[d->kin[c->family]]) return false;
    if (f->rank <= GM__MAIN_RANK || gm__has_decimal_child(d, (uint32_t)(c - d->cands))) return true;
    return gm__begins_any(gm__str_trim(gm__str(d->p->text + c->at + c->len, c->stop - c->at - c->len)), before_body);
}

/* 摘要 or 前言 and the first 一、, where no chapters follow and no other 一、: the points of the whole text, of which
 * the abstract holds none. */
static bool opens_body(const struct gm__decider *d, const struct gm__cand *last, const struct gm__cand *c) {
    const struct gm__parser *p = d->p;
    if (last->heading || gm__is_region(p, last) || last->sub == GM__NO_KEYWORD || !may_open_body(d, c)) return false;
    if (!gm__begins_any(gm__literal(p->grammar, p->grammar->keywords[last->sub].text), before_body)) return false;
    if (c->para >= last->stop && gm__is_blank(gm__str(p->text + last->stop, c->para - last->stop))) return false;
    for (const struct gm__cand *k = c + 1, *end = d->cands + p->cands.count; k < end; k++)
        if (k->number == 1 && gm__is_start(k) && (k->family == c->family || gm__is_unit(p, k))) return false;
    return true;
}

static enum relation relate(struct gm__decider *d, const struct gm__cand *c, uint32_t depth) {
    const struct gm__series *s = &d->open[depth];
    const struct gm__cand *last = gm__candidate(d, s->last);
    bool mine = (c->flags & GM__CAND_HEADING) != 0, theirs = (last->flags & GM__CAND_HEADING) != 0;
    if (!gm__is_start(last) && last->para != c->para && !goes_on_below(d, s, c))
        return REL_ABOVE; /* such members end with their paragraph */
    if (!mine && !theirs && !c->heading && !c->depth) return relate_points(d, c, depth);
    if (c->heading && last->heading) {
        if (mine && !theirs && c->heading == last->heading) return REL_AMONG;
        return c->heading > last->heading ? REL_BELOW : REL_ABOVE;
    }
    if (c->depth && last->depth && gm__nests_otherwise(last, c)) return c->depth > last->depth ? REL_BELOW : REL_ABOVE;
    if (!mine && !theirs && s->kin == d->kin[c->family] && s->prefix == c->prefix) return relate_kin(d, c, depth);
    if (!mine && !theirs && (announces(d->p, last, c) || gm__heads_list(d, s, last, c))) return REL_BELOW;
    if (theirs && !mine && opens_body(d, last, c)) return REL_ABOVE;
    if (theirs && !mine)
        return !gm__is_region(d->p, last) && last->sub != GM__NO_KEYWORD && !last->heading &&
                       ((gm__is_bare(c) && !gm__family(d, c)->apart) || gm__family(d, c)->rank <= keyword_rank(d, last))
                   ? REL_ABOVE
                   : REL_BELOW;
    if (theirs && mine)
        return last->sub != GM__NO_KEYWORD && c->sub != GM__NO_KEYWORD && keyword_rank(d, c) > keyword_rank(d, last)
                   ? REL_BELOW
                   : REL_ABOVE;
    if (mine && below_caption_like(d, s, c)) return REL_ABOVE;
    if (c->heading && mine && gm__alive(d, depth)) return ends_heading(d, c, depth) ? REL_ABOVE : REL_AMONG;
    if (gm__alive(d, depth) && !(d->families[s->family].run_on && outranks(d, c, s))) return REL_BELOW;
    if (c->heading && !last->heading) return REL_ABOVE;
    if (!mine && !theirs && announced_again(d, depth, c)) return REL_BESIDE;
    if (!mine && !theirs && leaves_tight(d, s, c)) return REL_ABOVE;
    return outranks(d, c, s) ? REL_ABOVE : REL_BELOW;
}

/* What hangs below the open series at `depth`: its last item, unless a heading came among its items. Then that item is
 * over, though the series may go on, and the place is the heading's. */
uint32_t gm__hook(const struct gm__decider *d, uint32_t depth) {
    const struct gm__series *s = &d->open[depth];
    bool over = depth + 1 < d->depth && d->open[depth + 1].parent != s->last;
    return over ? s->parent : s->last;
}

/* Where a series that c opens at a paragraph's start belongs: how many stay open, and the parent. */
void gm__place_start(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m) {
    m->parent = GM__NONE;
    m->depth = gm__part_before(d, c);
    if (m->depth == GM__NONE) m->depth = gm__part_closed(d, c);
    if (m->depth != GM__NONE) {
        m->parent = d->open[m->depth].parent;
        return;
    }
    for (m->depth = d->depth; m->depth > 0; m->depth--) {
        const struct gm__series *s = &d->open[m->depth - 1];
        d->p->steps++;
        enum relation r = relate(d, c, m->depth - 1);
        if (r == REL_ABOVE) continue;
        m->parent = r == REL_BELOW ? gm__hook(d, m->depth - 1) : s->parent;
        if (r == REL_BESIDE) m->depth--;
        return; /* REL_AMONG leaves the series open */
    }
}

static bool has_before(const struct gm__parser *p, const struct gm__cand *c, const char *mark) {
    size_t n = strlen(mark);
    return c->at >= n && memcmp(p->text + c->at - n, mark, n) == 0;
}

/* 第三，…。首先，…；其次，…: ordinal words whose members are clauses stand in the sentence of a number. */
static bool are_clauses_of(const struct gm__parser *p, const struct gm__series *s, const struct gm__cand *c) {
    return s->family != c->family && gm__family_of(p, c)->words && c->next != GM__NONE &&
           has_before(p, gm__cand_at(p, c->next), "；");
}

#define SENTENCE_BYTES 60u

/* 一是…。二是…。同时，一是…: behind the sentence of `last`, a member in the same paragraph. */
static bool is_new_sentence(const struct gm__parser *p, const struct gm__cand *last, const struct gm__cand *c) {
    if (gm__is_start(last) || last->before > GM__BEFORE_SENTENCE || c->before == GM__BEFORE_COLON) return false;
    size_t low = (size_t)last->at + last->len;
    if (c->at - low > SENTENCE_BYTES) low = c->at - SENTENCE_BYTES;
    return gm__holds(gm__str(p->text + low, c->at - low), "。");
}

/* How an inline series that c opens stands to the open series at `depth`. */
static enum relation relate_inline(struct gm__decider *d, const struct gm__cand *c, uint32_t depth) {
    const struct gm__series *s = &d->open[depth];
    const struct gm__family *f = gm__family(d, c);
    bool here = gm__same_para(d, s, c), ends = !gm__alive(d, depth);
    if (here && are_clauses_of(d->p, s, c)) return REL_BELOW;
    if (here && s->is_inline && ends) {
        /* 一、 in text that lost its line breaks stands above the list before it */
        if (f->rank <= GM__MAIN_RANK && f->rank < d->families[s->family].rank) return REL_ABOVE;
        /* the same list again, or 第一个方面 behind 最后 */
        bool kin = s->kin == d->kin[c->family];
        if (kin && (s->family == c->family || f->rank < d->families[s->family].rank)) return REL_BESIDE;
    }
    if (here && ends && f->partner && s->family == c->family && is_new_sentence(d->p, gm__candidate(d, s->last), c))
        return REL_BESIDE;
    if (here) return REL_BELOW;
    if (s->is_inline && s->kin == d->kin[c->family]) return REL_ABOVE;
    /* 3.…。 Another paragraph: 1.…；2.… A list that is over holds no second one of its own kind, nor one of sections; a
     * member inside a paragraph ends with it. */
    bool sections = f->rank <= GM__MAIN_RANK && d->families[s->family].rank >= LIST_RANK;
    if (gm__is_announced_in(d, s, c)) return REL_BELOW;
    bool over = s->is_inline || s->family == c->family || !gm__is_start(gm__candidate(d, s->last)) ||
                ((d->families[s->family].partner || sections) && is_tight(d, s));
    return over && ends ? REL_ABOVE : REL_BELOW;
}

void gm__place_inline(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m) {
    enum relation r = REL_ABOVE;
    for (m->depth = d->depth; m->depth > 0; m->depth--)
        if ((r = relate_inline(d, c, m->depth - 1)) != REL_ABOVE) break;
    if (r == REL_BESIDE) {
        m->parent = d->open[--m->depth].parent;
        return;
    }
    m->parent = GM__NONE;
    uint32_t kept = m->depth;
    for (; kept > 0; kept--) {
        const struct gm__series *s = &d->open[kept - 1];
        if (s->is_inline && !gm__same_para(d, s, c)) continue;
        m->parent = gm__hook(d, kept - 1);
        break;
    }
    /* Those passed over may go on beside c's series, not below a point that c's series ends. */
    while (kept < m->depth && d->open[kept].parent == m->parent) kept++;
    m->depth = kept;
}

/* 3.1.1 of the point `last`, 3., where 3.1 has no text of its own: a part of a contract quotes some clauses. What the
 * prefix of c is without its last number is read of the label. */
static bool is_grandchild(const struct gm__parser *p, const struct gm__cand *last, const struct gm__cand *c) {
    const char *begin = p->text + c->at, *at = begin + c->len;
    uint32_t middle = 0, unit = 1, above = last->components > 1 ? last->prefix : 0;
    if (c->components != last->components + 2u || !(c->flags & GM__CAND_BLANK) ||
        c->flags & (GM__CAND_LATIN_TEXT | GM__CAND_RENDERED)) /* of those the format knows how deep they stand */
        return false;
    while (at > begin && at[-1] != '.') at--;
    for (at -= at > begin; at > begin && at[-1] >= '0' && at[-1] <= '9' && unit < 1000; unit *= 10)
        middle += (uint32_t)(*--at - '0') * unit;
    return c->prefix == gm__decimal_child(gm__decimal_child(above, (uint32_t)last->number), middle);
}

/* 3.2 under 3, 3.2.1 under 3.2: the numbers say it. */
bool gm__place_decimal(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m) {
    for (uint32_t depth = d->depth; depth-- > 0;) {
        const struct gm__series *s = &d->open[depth];
        const struct gm__cand *last = gm__candidate(d, s->last);
        d->p->steps++;
        bool parent = gm__is_decimal(last)
                          ? gm__decimal_child(last->prefix, (uint32_t)last->number) == c->prefix
                          : !s->is_inline && !d->families[s->family].apart && gm__is_decimal_child(last, c);
        parent |= !s->is_inline && !d->families[s->family].apart && is_grandchild(d->p, last, c);
        if (parent) {
            m->depth = depth + 1;
            m->parent = gm__hook(d, depth);
            return true;
        }
    }
    uint32_t depth = d->depth;
    while (depth > 0 && gm__is_decimal(gm__last_of(d, depth - 1)) &&
           gm__last_of(d, depth - 1)->components >= c->components)
        depth--;
    m->depth = depth;
    m->parent = depth ? gm__hook(d, depth - 1) : GM__NONE;
    return false;
}
