/*
 * glued.c - 1范围, 3.1机具: text copied from pages has no blank behind a chapter's bare number. One such line proves
 * nothing (3台水泵, 2月下旬); a run of them does into which the decimals below fit: 1 2 3 {3.1 3.2} 4 {4.1} 5.
 *
 * The lexer keeps such lines apart. Those that the decimals vouch for become candidates, as if the blank were there;
 * of the others nothing is ever seen.
 */
#include "parse/decide.h"

#define MOST_BYTES 96u /* of a heading's line */

const struct gm__pattern *gm__bare_pattern(const struct gm_grammar *g, enum gm__numeral system) {
    for (size_t i = 0; i < g->pattern_count; i++) {
        const struct gm__pattern *pat = &g->patterns[i];
        if (pat->blank && pat->system == system && !pat->prefix.len && !pat->suffix.len) return pat;
    }
    return NULL;
}

/* No sentence, no field (电话：…), no list: nothing in it but the name of a chapter. */
static bool is_name(const char *at, const char *end) {
    size_t han = 0;
    while (at < end) {
        uint32_t cp;
        at += gm__utf8_decode(at, end, &cp);
        uint32_t folded = gm__fold(cp);
        if (cp == 0x3002 || cp == 0x2026) return false;
        if (folded < 0x80 && strchr("!,.:;?=%", (int)folded)) return false;
        han += gm__is_han(cp);
    }
    return han > 1;
}

enum gm_status gm__note_glued(struct gm__parser *p, struct gm_str line, uint32_t para) {
    struct gm__ordinal o;
    const char *end = line.ptr + line.len;
    size_t entry;
    if (line.len > MOST_BYTES || gm__is_toc_line(line, &entry)) return GM_OK;
    size_t n = gm__numeral_scan(GM__NUM_ARABIC, line.ptr, end, false, &o), len = 0;
    uint32_t cp = 0;
    if (n && n < line.len) len = gm__utf8_decode(line.ptr + n, end, &cp);
    if (!len || !gm__is_han(cp) || o.value < 1 || o.value > 99 || !is_name(line.ptr + n, end)) return GM_OK;
    void *slot;
    enum gm_status s = gm__vec_push(&p->glued, &slot);
    if (s != GM_OK) return s;
    struct gm__cand *c = slot;
    *c =
        (struct gm__cand){.at = (uint32_t)(line.ptr - p->text), .len = (uint16_t)n, .number = o.value, .components = 1};
    c->para = para;
    c->stop = (uint32_t)(end - p->text);
    c->next = c->twin = c->reopen = c->series = GM__NONE;
    c->flags = GM__CAND_START | GM__CAND_BARE;
    return GM_OK;
}

/* Of 3.2.1 the 3; 0 of A.1. */
static int32_t chapter_of(const struct gm__parser *p, const struct gm__cand *c) {
    struct gm__ordinal o;
    size_t n = gm__numeral_scan(GM__NUM_ARABIC, p->text + c->at, p->text + c->at + c->len, false, &o);
    return n && o.value > 0 && o.value < 1000 ? o.value : 0;
}

static bool is_decimal(const struct gm__cand *c) {
    return gm__is_decimal(c) && gm__is_start(c) && !(c->flags & GM__CAND_TOC);
}

/* A run of bare numbers, from 1 on, or, in an excerpt, from one on that N.1 vouches for. */
struct run {
    struct gm__vec *kept; /* of p->glued, those that count; the run's from `from` on */
    size_t from;
    int32_t number;  /* of its last member */
    int32_t chapter; /* of the last decimal */
    bool vouched;    /* N.1 stands right below N */
    uint32_t stop;   /* of the last glued line */
    size_t parted;   /* members with sentences between them and the member before */
};

#define PARTED_LEAST 2u

/* 1号桥, 1月, 1楼: the number counts what follows. */
static bool counts(const struct gm__parser *p, const struct gm__cand *c) {
    static const char units[] =
        "号號月日年天周季期时時点點分秒楼层層班组組队隊区區级級类類元角块个個人名位次岁米尺里吨斤亩万亿千百线線"
        "路栋幢室座股师营连排辆条條件项項种種套本页頁章节節课課卷册集回场場款版型段站";
    const char *unit = p->text + c->at + c->len;
    for (size_t i = 0; i + 3 < sizeof units; i += 3)
        if (memcmp(unit, units + i, 3) == 0) return true;
    return false;
}

/* 1总则 / 为了…。 / 2职责 / …。: headings, not lines of a list. */
static bool are_parted(const struct gm__parser *p, uint32_t stop, const struct gm__cand *c) {
    if (counts(p, c)) return false;
    struct gm_str between = gm__str_trim(gm__str(p->text + stop, c->at - stop));
    return stop && gm__str_ends(between, "。");
}

static void end_run(struct run *r) {
    size_t members = r->kept->count - r->from;
    if (!r->vouched && (r->parted < PARTED_LEAST || r->parted + 1 < members)) r->kept->count = r->from;
    *r = (struct run){.kept = r->kept, .from = r->kept->count};
}

/* A candidate between two glued lines. */
static void pass(const struct gm__parser *p, struct run *r, const struct gm__cand *c) {
    if (!gm__is_start(c)) return;
    if (c->flags & (GM__CAND_HEADING | GM__CAND_STAMP)) {
        if ((c->flags & GM__CAND_STAMP) || gm__is_region(p, c)) end_run(r);
    } else if (is_decimal(c)) {
        int32_t chapter = chapter_of(p, c);
        if (chapter >= r->chapter && chapter <= r->number) r->chapter = chapter;
    } else if ((c->flags & GM__CAND_BARE) && c->number == r->number + 1 && r->number) {
        r->number = c->number;
    }
}

/* Does the glued line c, before the candidate at `next` and the glued line at `below`, go on with the run? */
static enum gm_status take(const struct gm__parser *p, struct run *r, const struct gm__cand *c, size_t next,
                           uint32_t below) {
    size_t i = next;
    while (i < p->cands.count && i < next + 8 && !is_decimal(gm__cand_at(p, i))) i++;
    const struct gm__cand *decimal = i < p->cands.count && i < next + 8 ? gm__cand_at(p, i) : NULL;
    bool first = i == next && decimal && decimal->number == 1 && decimal->at < below;
    if (c->number == 1 && r->number) end_run(r);
    first &= decimal && chapter_of(p, decimal) == c->number;
    bool excerpt = first && !r->number && !counts(p, c); /* 4风险 4.1 … 5要求 5.1 … */
    if ((c->number != r->number + 1 && !excerpt) || r->chapter >= c->number) return GM_OK;
    if (decimal && chapter_of(p, decimal) < c->number) return GM_OK;
    void *slot;
    enum gm_status s = gm__vec_push(r->kept, &slot);
    if (s != GM_OK) return s;
    *(struct gm__cand *)slot = *c;
    r->number = c->number;
    r->parted += are_parted(p, r->stop, c);
    r->stop = c->stop;
    r->vouched |= first;
    return GM_OK;
}

/* Put those kept in their places among the candidates. */
static enum gm_status merge(struct gm__parser *p, const struct gm__vec *kept, uint16_t family) {
    size_t from = p->cands.count, left = kept->count, to = from + left;
    enum gm_status s = gm__vec_reserve(&p->cands, left);
    if (s != GM_OK) return s;
    p->cands.count = to;
    while (left > 0) {
        const struct gm__cand *c = (const struct gm__cand *)kept->data + left - 1;
        if (from > 0 && gm__cand_at(p, from - 1)->at > c->at) {
            *gm__cand_at(p, --to) = *gm__cand_at(p, --from);
            continue;
        }
        *gm__cand_at(p, --to) = *c;
        gm__cand_at(p, to)->family = family;
        left--;
    }
    return GM_OK;
}

enum gm_status gm__vouch_glued(struct gm__parser *p) {
    const struct gm__pattern *bare = p->glued.count ? gm__bare_pattern(p->grammar, GM__NUM_ARABIC) : NULL;
    if (!bare) return GM_OK;
    struct gm__vec kept;
    gm__vec_init(&kept, p->options->allocator, sizeof(struct gm__cand), UINT32_MAX - 1);
    struct run r = {.kept = &kept};
    enum gm_status s = GM_OK;
    size_t i = 0;
    for (size_t k = 0; s == GM_OK && k < p->glued.count; k++) {
        const struct gm__cand *c = (const struct gm__cand *)p->glued.data + k;
        for (; i < p->cands.count && gm__cand_at(p, i)->at < c->at; i++) pass(p, &r, gm__cand_at(p, i));
        s = take(p, &r, c, i, k + 1 < p->glued.count ? c[1].at : UINT32_MAX);
        p->steps += 8;
    }
    end_run(&r);
    if (s == GM_OK && kept.count) s = merge(p, &kept, bare->family);
    if (s == GM_OK && kept.count) s = gm__list_beginnings(p);
    gm__vec_release(&kept);
    return s;
}
