/*
 * verbs.c - 验收：一看水位，二听声音，三摸温度。 Each member has a verb of its own: the grammar knows the first by its
 * verb, the others are known by their numbers alone. It takes three in order, each at a clause's begin.
 */
#include "parse/lexer.h"
#include "parse/series.h"

#define LEAST   3u   /* and no fewer */
#define STRETCH 400u /* bytes from a member to the next */
#define ROWS    16u  /* in a paragraph: each member moves the candidates behind it */
const char gm__han_digits[] = "一二三四五六七八九";

bool gm__is_counted(const struct gm__parser *p, size_t at) {
    static const char words[] =
        "一二三四五六七八九十〇零百千万萬亿几多余来來是要则則者曰个個位名人口只隻头頭匹条條件张張本册冊页頁行句字段篇章"
        "节節回集卷首幅支枝根棵株朵颗粒块片层層级級类類种種样樣等次遍趟番场場轮輪年月日天周季时時点點刻号號楼栋幢座间間"
        "户"
        "戶家所院校班组組队隊连連营營团團师師军軍旅村社镇乡县市省区區厂廠店米尺寸丈里斤两公吨亩畝度倍成元角毛话話品曲联"
        "聯胎孩婚模中小大环環线線期批届屆代世股伙群双雙副套辆輛艘架台部盘碗杯瓶盒袋桶手面方边邊侧側处處道门門路档檔格伏"
        "更"
        "垒壘局盏盞滴声聲步刀枪槍箭拳脚腿眼心力体體极極维維甲乙老爷哥姐叔娘伯弟妹嫂房车站桥桩项項款目维不把拨桌课课堂";
    for (size_t i = 0; i + 3 < sizeof words; i += 3)
        if (memcmp(p->text + at, words + i, 3) == 0) return true;
    return false;
}

/* What stands before `at`; a line end inside the paragraph, and blanks, are passed over. */
enum gm__before gm__before_member(const struct lexer *l, size_t at) {
    const char *text = l->p->text;
    uint32_t cp = 0;
    size_t n;
    while ((n = gm__utf8_decode_back(text + l->para, text + at, &cp)) != 0 && gm__is_space(cp)) at -= n;
    if (!n) cp = 0;
    return gm__before_class(cp);
}

/* Where the next member's label stands, its number the n-th digit, behind `from` and before `end`; 0: nowhere. */
static size_t find_member(const struct lexer *l, const struct gm__cand *first, size_t from, size_t end, unsigned n) {
    const struct gm__parser *p = l->p;
    bool of_text = gm__family_of(p, first)->verb == GM__VERB_TEXT;
    const size_t di = of_text ? 3 : 0;
    const char *digit = gm__han_digits + 3 * (size_t)(n - 1);
    if (end - from > STRETCH) end = from + STRETCH;
    for (size_t at = from; at + 9 < end; at++) {
        const char *hit = memchr(p->text + at + di, digit[0], end - at - di - 6);
        if (!hit) return 0;
        at = (size_t)(hit - p->text) - di;
        if (memcmp(hit, digit, 3) != 0 || (of_text && !gm__has_di(p, at))) continue;
        size_t len;
        if (gm__before_member(l, at) > GM__BEFORE_COMMA || !gm__is_han(gm__cp_at(p, at + di + 3, &len)) ||
            gm__is_counted(p, at + di + 3))
            continue;
        return at;
    }
    return 0;
}

/* The member at `at` is one of first's. */
static void put_member(struct lexer *l, struct gm__cand first, size_t at, unsigned n) {
    struct gm__cand *known = gm__known_at(l, l->para_cand, at), c = first;
    c.at = (uint32_t)at;
    c.number = (int32_t)n;
    c.len = first.len == 3 ? 3 : 6; /* a row of bare numbers, or of numbers and verbs */
    c.flags = 0;
    c.para = (uint32_t)l->para;
    c.before = (uint8_t)gm__before_member(l, at);
    if (!known) {
        gm__put_before(l, &c);
        return;
    }
    known->family = c.family;
    known->prefix = c.prefix;
    known->len = c.len;
    known->flags |= gm__oddness(l->p->grammar, known);
}

/* May a candidate at `at` be one of a series of verbs? */
static bool may_be_verb(const struct lexer *l, size_t at) {
    const struct gm__cand *known = gm__known_at(l, l->para_cand, at);
    return !known || (gm__family_of(l->p, known)->verb && known->len == 6);
}

/* The members behind the first of a series. False: there is no second. */
static bool find_members(struct lexer *l, size_t index, size_t end) {
    const struct gm__cand first = *gm__cand_at(l->p, index);
    size_t at[GM__VERBS + 1], from = (size_t)first.at + first.len;
    unsigned n = 1;
    while (n < GM__VERBS && (at[n] = find_member(l, &first, from, end, n + 1)) != 0 && may_be_verb(l, at[n])) {
        from = at[n] + 6;
        n++;
    }
    l->p->steps += n;
    for (unsigned i = 1; i < n && n >= LEAST && l->status == GM_OK; i++) put_member(l, first, at[i], i + 1);
    return n > 1;
}

/* 一看水位。 and 二听声音。 below it: the lines that begin with the next members, `end` being the end of the first's.
 */
static void find_lines(struct lexer *l, const struct gm__cand *first, size_t end) {
    const struct gm__parser *p = l->p;
    const size_t di = gm__family_of(p, first)->verb == GM__VERB_TEXT ? 3 : 0;
    size_t at[GM__VERBS + 1], len;
    unsigned n = 1;
    for (; n < GM__VERBS; n++) {
        struct gm_str line = gm__next_line(p, p->text + end);
        at[n] = (size_t)(line.ptr - p->text);
        if (line.len < di + 9 || line.len > STRETCH || (di && !gm__has_di(p, at[n])) ||
            memcmp(line.ptr + di, gm__han_digits + 3 * (size_t)n, 3) != 0 ||
            !gm__is_han(gm__cp_at(p, at[n] + di + 3, &len)) || gm__is_counted(p, at[n] + di + 3))
            break;
        end = at[n] + line.len;
    }
    l->p->steps += n;
    if (n < LEAST) return;
    memcpy(l->row.at, at, sizeof at);
    l->row.first = *first;
    l->row.next = 1;
    l->row.end = n;
    l->row.simple = l->simple;
    l->simple = false; /* each line is asked for */
}

void gm__offer_verb_line(struct lexer *l, size_t start) {
    struct gm__parser *p = l->p;
    size_t at = l->row.at[l->row.next];
    if (start < at) return;
    if (start == at && (p->cands.count == l->first_cand || may_be_verb(l, at))) {
        put_member(l, l->row.first, at, l->row.next + 1);
        struct gm__cand *c = gm__cand_at(p, p->cands.count - 1);
        c->flags |= GM__CAND_START | (l->wrapped ? GM__CAND_WRAPPED : 0u);
        c->before = (uint8_t)(l->wrapped ? gm__before_class(l->last) : GM__BEFORE_START);
        if (++l->row.next < l->row.end) return;
    }
    l->row.end = 0;
    l->simple = l->row.simple;
}

/* 一方面…。 and below it 一方面…。: does the line's first candidate, the first word again, go on with the one that
 * opens the paragraph right above? */
static void find_again_above(const struct lexer *l, struct gm__cand *c) {
    const struct gm__parser *p = l->p;
    for (size_t i = l->first_cand, n = 0; i-- > 0 && n < 8; n++) {
        const struct gm__cand *one = gm__cand_at(p, i);
        if (one->family != c->family) continue;
        bool above =
            gm__is_start(one) && one->stop < c->para && gm__is_blank(gm__str(p->text + one->stop, c->para - one->stop));
        bool same = memcmp(p->text + one->at, p->text + c->at, 3) == 0;
        if (above && (c->number == 1 ? same : !same && one->number >= c->number)) c->number = one->number + 1;
        return;
    }
}

void gm__offer_verbs(struct lexer *l, size_t from, size_t end) {
    const struct gm__parser *p = l->p;
    size_t rows = 0;
    for (size_t i = from; i < p->cands.count; i++) {
        struct gm__cand *c = gm__cand_at(p, i);
        const struct gm__family *f = gm__family_of(p, c);
        if (GM__LIKELY(!f->verb && !f->again)) continue;
        if (f->again && gm__is_start(c) && c->at >= l->text_at) find_again_above(l, c);
        if (f->again || c->number != 1 || (c->flags & GM__CAND_ALT) || rows == ROWS) continue;
        const struct gm__cand first = *c;
        size_t count = p->cands.count;
        rows += find_members(l, i, end);
        if (p->cands.count == count && gm__is_start(&first) && !l->row.end) find_lines(l, &first, end);
    }
}
