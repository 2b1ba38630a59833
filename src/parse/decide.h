/* decide.h - what the parts of the parser share: decide.c, survey.c, guards.c, place.c. */
#ifndef GM_DECIDE_H
#define GM_DECIDE_H

#include "parse/series.h"

#define GM__MAX_OPEN 160u /* open series; more than any document nests */
#define GM__NEAR     8u   /* candidates: among so many, itself the first, a number has its first decimal */

enum gm__act { GM__ACT_NONE, GM__ACT_CONTINUE, GM__ACT_OPEN };

struct gm__move {
    enum gm__act act;
    int score;
    uint32_t depth;  /* of the series to go on with; GM__ACT_OPEN: how many stay open */
    uint32_t parent; /* GM__ACT_OPEN */
    enum gm__rule rule;
};

struct gm__decider {
    struct gm__parser *p;
    struct gm__cand *cands; /* the parser's; there come no more */
    const struct gm__family *families;
    const uint16_t *kin;
    uint32_t depth; /* how many series are open */
    size_t kins;
    uint16_t down;      /* the last kin that counted down, and 1; 0 none */
    uint32_t **inside;  /* by kin, NULL while nothing was: a count for each kin */
    uint16_t *standing; /* by kin: how many of its series are open */
    uint64_t *below;    /* families × families, a bit each: a series of the first opened inside a member of the
                           second */
    size_t below_row;   /* words for a family */
    uint32_t *ended;    /* the last member of the kin's last closed inline series, and 1; 0 none */
    int32_t *closed;    /* number at which the kin's last closed series stood; 0 none */
    int32_t *spaced;    /* by family: paragraph starts with a blank behind the label, less those without */
    union {
        struct gm__series frames[GM__MAX_OPEN + 1]; /* the first is none; its `until` is GM__NONE */
        struct {
            struct gm__series outside;
            struct gm__series open[GM__MAX_OPEN]; /* p->series has what is known of them when they are closed */
        };
    };
};

GM__INLINE struct gm__cand *gm__candidate(const struct gm__decider *d, size_t i) { return d->cands + i; }
GM__INLINE const struct gm__family *gm__family(const struct gm__decider *d, const struct gm__cand *c) {
    return &d->families[c->family];
}

/* -------------------------------------------------------------- properties */

/* Does it begin with 第, as far as its family tells? */
GM__INLINE bool gm__may_be_unit(const struct gm__family *f) {
    return f->kind != GM_KIND_ITEM && !f->counts && (!f->opener || f->opener == 0x7B2C);
}
/* 第X章 and its like: the numeral stands between 第 and a unit. The text is far away, and asked last. */
GM__INLINE bool gm__is_unit(const struct gm__parser *p, const struct gm__cand *c) {
    return c->len > 3 && gm__may_be_unit(gm__family_of(p, c)) && memcmp(p->text + c->at, "\xE7\xAC\xAC", 3) == 0;
}

GM__INLINE bool gm__is_bare(const struct gm__cand *c) {
    return (c->flags & GM__CAND_BARE) && !(c->flags & GM__CAND_RENDERED);
}

GM__INLINE bool gm__is_decimal(const struct gm__cand *c) { return c->components > 1 && !(c->flags & GM__CAND_HEADING); }

/* The format says that the two stand at different depths of one list. */
GM__INLINE bool gm__nests_otherwise(const struct gm__cand *last, const struct gm__cand *c) {
    return (c->flags & last->flags & GM__CAND_RENDERED) && c->depth != last->depth &&
           gm__same_list(c->depth, last->depth);
}

GM__INLINE const struct gm__cand *gm__last_of(const struct gm__decider *d, uint32_t depth) {
    return gm__candidate(d, d->open[depth].last);
}

/* Did a series of the first family open inside a member of the second? */
GM__INLINE bool gm__stood_below(const struct gm__decider *d, uint16_t inner, uint16_t outer) {
    return d->below[inner * d->below_row + outer / 64] >> outer % 64 & 1;
}
GM__INLINE void gm__note_below(const struct gm__decider *d, uint16_t inner, uint16_t outer) {
    d->below[inner * d->below_row + outer / 64] |= UINT64_C(1) << outer % 64;
}

/* How often kin b opened between two consecutive members of kin a. */
GM__INLINE uint32_t gm__inside(const struct gm__decider *d, uint16_t a, uint16_t b) {
    return d->inside[a] ? d->inside[a][b] : 0;
}

GM__INLINE bool gm__same_para(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c) {
    return gm__candidate(d, s->last)->para == c->para;
}

/* The first candidate at which a series at starts goes on, of the first `depth`: nothing that opens in them lasts
 * longer. */
GM__INLINE uint32_t gm__horizon(const struct gm__decider *d, uint32_t depth) { return d->frames[depth].until; }

/* [0012]: a patent counts its paragraphs through all its parts, which end no sooner for that. */
GM__INLINE bool gm__is_counter(const struct gm__family *f) { return f->run_on && f->kind != GM_KIND_ARTICLE; }

/* Will the series go on before a series around it does? */
GM__INLINE bool gm__alive(const struct gm__decider *d, uint32_t depth) {
    return d->open[depth].next < gm__horizon(d, depth);
}

/* ---------------------------------------------------------- held.c: what the last member of a series holds */

#define GM__MAIN_RANK 35u /* families up to 一、 head sections even where line breaks were lost */

/* What stands between the paragraph of `last` and that of c, which comes behind it. */
struct gm_str gm__between(const struct gm__decider *d, const struct gm__cand *last, const struct gm__cand *c);
/* Nothing stands between the paragraphs of a and c, and few blanks. */
bool gm__follows_at_once(const struct gm__decider *d, const struct gm__cand *a, const struct gm__cand *c);
bool gm__ends_in_colon(struct gm_str text);
bool gm__heads_words(const struct gm__decider *d, const struct gm__cand *last, const struct gm__cand *c);
bool gm__heads_list(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *last,
                    const struct gm__cand *c);
bool gm__is_first_below_words(const struct gm__decider *d, uint32_t depth, const struct gm__cand *c);
bool gm__holds_first(const struct gm__decider *d, uint32_t depth, const struct gm__cand *c);
bool gm__is_announced_in(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c);

/* ---------------------------------------------------------- mixed.c: lists in words that change */

/* What goes on with the candidate in the word of another family; GM__NONE. */
uint32_t gm__mixed_next(struct gm__decider *d, uint32_t index);
void gm__consider_mixed(struct gm__decider *d, uint32_t index, struct gm__move *best);

/* ---------------------------------------------------------- consider.c: the moves of a candidate */

GM__INLINE void gm__propose(struct gm__move *best, struct gm__move m) {
    if (m.score > best->score) *best = m;
}
/* May c go on with the open series at this depth, as far as its place is concerned? */
bool gm__place_allows(struct gm__decider *d, uint32_t depth, const struct gm__cand *c);
/* A, Ａ */
bool gm__is_letter(const struct gm__decider *d, const struct gm__cand *c);
/* doubted.c: the moves of a candidate whose neighbours must vouch for it. */
void gm__consider_doubted(struct gm__decider *d, uint32_t index, struct gm__move *best);

/* The best move that the reading at `index` allows, if it is better than *best. */
void gm__consider(struct gm__decider *d, uint32_t index, struct gm__move *best);

/* ---------------------------------------------------------- announced.c: what stands before a number in a paragraph */

/* 会议强调，（一）要…。（二）要…。（三）…: behind a comma a number opens a list when two sentences go on. */
bool gm__is_list_behind_comma(const struct gm__parser *p, const struct gm__cand *c);
/* 一　2014年工作回顾: a year opens the text behind a Han number. */
bool gm__heads_year(const struct gm__parser *p, const struct gm__cand *c);
/* …应符合下列规定： and below it 1 C30混凝土…； 2 C40…。: a colon announces the sentences. */
bool gm__is_announced(const struct gm__parser *p, const struct gm__cand *c);
/* The number is of a figure, a file, an address. next: the number after it, or NULL. */
bool gm__opens_no_list(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *next);

/* lone.c: 二、活动时间 without the number before it, on a line of its own: a heading. */
bool gm__is_lone_heading(const struct gm__decider *d, const struct gm__cand *c);
/* 二是…。 / 三是…。: words, and the first of them is missing. */
bool gm__may_be_cut_list(const struct gm__decider *d, const struct gm__cand *c);
/* 任务1 认识, a label before a blank and the only one of its kind below 项目二: other such stood below 项目一. */
bool gm__is_lone_first(const struct gm__decider *d, const struct gm__cand *c, uint32_t parent);
/* …。2. 列明诉讼主体 at a paragraph's end, …。五、活动过程：1、…: a heading, before which the line end was lost, goes
 * on with s, a series at starts. */
bool gm__heads_behind_stop(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c);
/* 三、练习。四、小结。五、作业。: c opens the paragraph, and the next two stand behind sentences. */
bool gm__runs_in_late(const struct gm__decider *d, const struct gm__cand *c);
/* 壹、 and 二、 below it: converters of characters write 一 so. The candidate becomes that of 一、. */
void gm__read_one(const struct gm__decider *d, uint32_t index);
/* The format calls c a heading, and no number of it counts: ## 2.0 版本. True: it has become one without a number. */
bool gm__falls_to_heading(struct gm__cand *c);

/* countdown.c: does a series that counts down begin at `index`? Then the candidates of it know their next. */
bool gm__counts_down(struct gm__decider *d, uint32_t index);

/* ------------------------------------------------- survey.c: evidence of the whole document */

enum gm_status gm__prepare_survey(struct gm__decider *d);
/* inside[a][b]: how often b opens and ends between two consecutive members of a; who has blanks. */
enum gm_status gm__survey(struct gm__decider *d);
bool gm__is_same_heading(const struct gm__parser *p, uint32_t first, uint32_t second);

/* ------------------------------------------- guards.c: what stands around a candidate speaks against it */

/* Prose that begins like a heading: 第三条规定的情形…, 第二讲堂设在…。 */
bool gm__is_worded_reference(const struct gm__decider *d, const struct gm__cand *c);
/* Mostly a look at the text's first character is enough. */
GM__INLINE bool gm__is_reference(const struct gm__decider *d, const struct gm__cand *c) {
    const struct gm__family *f = gm__family(d, c);
    if (!(c->flags & GM__CAND_PLAIN_TEXT)) return gm__is_worded_reference(d, c);
    if ((c->flags & GM__CAND_BLANK) && (f->kind == GM_KIND_ARTICLE || !(c->flags & GM__CAND_LONG))) return false;
    return gm__may_be_unit(f) && gm__is_worded_reference(d, c);
}
/* 10.0.0.1, 192.168.1.1 */
bool gm__is_address(const struct gm__parser *p, const struct gm__cand *c);
/* 101 张 / 102 李: numbers of three digits in lines right below one another are of rooms, or of telephones. */
bool gm__is_code(const struct gm__decider *d, const struct gm__cand *c);
/* ⑩以下甲本残缺，… behind ⑩: the point above is spoken of. */
bool gm__names_glyph(const struct gm__decider *d, const struct gm__cand *c);
/* remark.c: 最后再强调一句：, what closes the whole, at a paragraph's start. */
bool gm__is_remark(const struct gm__parser *p, const struct gm__cand *c);
bool gm__needs_partner(const struct gm__parser *p, const struct gm__cand *c);
/* 附　則 and １　この規則は、公布の日から施行する。 alone below it: Japan numbers even the only paragraph. */
bool gm__is_sole_paragraph(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *above);
/* 一　…。 一　…。 一　…。: rules of old, each under a 一, three or more one below the other. */
bool gm__is_one_of_many(const struct gm__parser *p, uint32_t index);
/* 3.2 or 3.0.2 under 3. */
bool gm__is_decimal_child(const struct gm__cand *parent, const struct gm__cand *c);
/* 一、…（一）…（二）…二、…（三）… in one paragraph: does c go on from the inline series that the section before closed?
 * Then m is how. */
bool gm__runs_on_inline(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m);
/* 一是…；二是…如下： / （1）… / 三是…: c goes on behind the list that a member inside a paragraph announced. Then m
 * is how. */
bool gm__resumes_words(const struct gm__decider *d, const struct gm__cand *c, struct gm__move *m);
/* 2、… | 广播。3、… | 4、…: the line end before c was lost, as those that go on with it show. */
bool gm__lost_its_line(const struct gm__parser *p, const struct gm__series *s, const struct gm__cand *c);
/* 1-1 may be a score, 3-5 a range, 3-7 a day: only the number of the chapter or point above, or the next number below,
 * makes one of them open a series. True for decimals that no hyphen joins. */
bool gm__may_open_hyphened(const struct gm__decider *d, const struct gm__cand *c, bool child, bool goes_on,
                           uint32_t parent);
/* 2 above 2.1: the next decimal says that the bare number is a heading. */
bool gm__has_decimal_child(const struct gm__decider *d, uint32_t index);
/* ２　 under 第X条: in Japanese statutes the first 項 has no number. */
bool gm__is_second_paragraph(const struct gm__decider *d, const struct gm__cand *c);
/* 首先要说明… in one paragraph, 最后他说… in another: without their commas they are adverbs, unless 其次 is there
 * and all of them open paragraphs. */
bool gm__is_adverb(const struct gm__parser *p, const struct gm__cand *c);
/* What follows 1. in a paragraph: its next, unless 2.2型…；3.… stand nearer. */
uint32_t gm__doubted_second(const struct gm__decider *d, uint32_t index);
/* 一是 … 三是 without 二是: the third member vouches for the first. */
bool gm__skips_second(const struct gm__decider *d, uint32_t index);
/* 首先，… 然后…；其次，…: a word of a later member is an adverb while an earlier one is still to come. */
bool gm__comes_between(const struct gm__decider *d, const struct gm__series *s, const struct gm__cand *c);
/* 附件1 on a line of its own with a number right below: it has no title and is no node, but a boundary. */
bool gm__is_bare_region(const struct gm__parser *p, uint32_t index);
/* 第六章 on a line of its own, 附则 on the next: the second is the title of the first. */
bool gm__is_title_of(const struct gm__parser *p, uint32_t index);

/* ---------------------------------------------------- place.c: where a series that opens belongs */

/* Where a series that c opens at a paragraph's start belongs: how many stay open, and the parent. */
void gm__place_start(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m);
/* The same for one that c opens inside a paragraph. */
void gm__place_inline(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m);
/* What hangs below the open series at `depth`: its last item, unless a heading came among its items. Then that item is
 * over, though the series may go on, and the place is the heading's. */
uint32_t gm__hook(const struct gm__decider *d, uint32_t depth);
/* ------------------------------------------------ caption.c: lines that head parts without a number */

/* 甲公司 / 一、… 二、… / 乙公司 / （1）…: c, below such a line, begins the part beside that in which the series at this
 * depth stands. GM__NONE: it does not. */
uint32_t gm__part_before(const struct gm__decider *d, const struct gm__cand *c);
/* 一、报到 / 1. 2. / 交费指引 / 1. 2.: c begins such a part behind the last of 一、, at whose depth that part stands.
 * GM__NONE: it does not. */
uint32_t gm__part_closed(const struct gm__decider *d, const struct gm__cand *c);
/* Such a line heads the series, and is not the first to do so. */
bool gm__is_captioned(const struct gm__decider *d, const struct gm__series *s);

/* 3.2 under 3, 3.2.1 under 3.2: the numbers say it. */
bool gm__place_decimal(struct gm__decider *d, const struct gm__cand *c, struct gm__move *m);

#endif
