/*
 * partner.c - 一方面 … 另一方面: the member before one that was found may stand anywhere in its clause.
 */
#include "grammar/numeral_tables.h"
#include "parse/lexer.h"
#include "parse/phrase.h"

#define PARTNER_MOST  1500u /* bytes from 一方面 to 另一方面, and */
#define NOTE_MOST     150u  /* of a bracket behind a sentence */
#define PARTNERS_KEPT 256u  /* candidates between them */

#define ANNOUNCED_NEAR 24u /* candidates back to the member before */

/* 是因为第一，…，第二，…: what stands before 第一， inside a clause. All else is a rank, as in 全国第一，. */
static bool announces(const struct gm__parser *p, const struct lexer *l, size_t at) {
    static const char *const words[] = {
        "因为",   "由于",   "在于",   "无非",   "无非是", "不外乎", "原因是", "理由是", "就是", "那是", "道理是",
        "做法是", "办法是", "意思是", "要求是", "好处是", "目的是", "认为",   "觉得",   "包括", "比如", "例如",
        "我说",   "我看",   "我想",   "清楚",   "明白",   "说明",   "知道",   "记住",   "注意", "回答", NULL};
    return gm__ends_any(gm__str(p->text + l->para, at - l->para), words);
}

/* 这一方面，, 的一方面; 票价是一方面，: no member begins so. */
static bool names_side(const struct gm__parser *p, const struct lexer *l, size_t at, size_t end) {
    static const char *const words[] = {"这", "那", "每", "某", "哪", "此", "任", "同", "各", "该", "的", "任何", NULL};
    struct gm_str before = gm__str(p->text + l->para, at - l->para);
    if (gm__ends_any(before, words)) return true;
    size_t len;
    return gm__str_ends(before, "是") &&
           (gm__is_punctuation(gm__cp_before(p, end, at)) || gm__is_punctuation(gm__cp_at(p, end, &len)));
}

/* 另一方面, 统一是, 万一是, 之一是: what stands before makes another word of it. */
static bool joins_word(uint32_t before) {
    static const uint32_t words[] = {0x53E6, 0x518D, 0x540C, 0x7EDF, 0x552F, 0x4E07,
                                     0x4E4B, 0x4E13, 0x5341, 0x7B2C, 0x661F, 0x671F};
    for (size_t i = 0; i < GM__COUNT(words); i++) /* 另再同统唯万之专十第星期 */
        if (words[i] == before) return true;
    return false;
}

struct partner *gm__partner_of(struct lexer *l, const struct gm__cand *c) {
    struct partner *known = &l->partners[((uint32_t)c->family * 0x9E3779B1u + (uint32_t)c->number * 0x85EBCA6Bu) >> 24];
    if (known->family != c->family || known->number != c->number || known->at < l->para)
        *known = (struct partner){(uint32_t)l->para, c->number, c->family};
    return known;
}

/* A candidate that the partner is already. */
static bool sees_partner(const struct lexer *l, const struct gm__cand *last, size_t low) {
    struct gm__parser *p = l->p;
    size_t stop = l->para_cand;
    for (size_t i = p->cands.count - 1, n = 0; i-- > stop && n < PARTNERS_KEPT && gm__cand_at(p, i)->at >= low; n++) {
        p->steps++;
        const struct gm__cand *c = gm__cand_at(p, i);
        if (c->family == last->family && c->number == last->number - 1 && c->prefix == last->prefix) return true;
    }
    return false;
}

/* May the number before c's, in c's family, be written with these characters? Most begin with a digit, and the suffix
 * follows. */
static bool may_be_partner(const struct gm__family *f, const struct gm__cand *c, uint32_t cp, uint32_t next) {
    if (f->opener) return cp == f->opener;
    if (!f->counts || c->number > 10) return true;
    unsigned code = gm__han_code(cp), kind = code & GM__HAN_KIND;
    if (kind != GM__HAN_DIGIT) return kind != GM__HAN_UNIT;
    return (int32_t)(code & 0xF) == c->number - 1 && (f->suffix_bits & gm__suffix_bit(gm__fold(next))) != 0;
}

/* May the partner begin with the character of three bytes at `at`? */
GM__INLINE bool may_begin_partner(const struct gm__parser *p, const struct gm__family *f, const struct gm__cand *last,
                                  size_t at) {
    uint32_t cp = gm__three_bytes((const unsigned char *)p->text + at);
    size_t len;
    if (cp < 0x4000 || !gm__gate_has(&p->grammar->inline_gate, cp)) return false;
    if (f->counts && gm__is_word(cp)) return false; /* no numeral's */
    return may_be_partner(f, last, cp, gm__cp_at(p, at + 3, &len));
}

/* May the label that was read stand inside a clause there? */
static bool may_stand_within(const struct lexer *l, const struct gm__cand *c) {
    const struct gm__parser *p = l->p;
    size_t behind = (size_t)c->at + c->len;
    if (joins_word(gm__cp_before(p, c->at, l->para))) return false;
    if (gm__family_of(p, c)->again) return !names_side(p, l, c->at, behind);
    return !gm__has_di(p, c->at) || gm__is_han(gm__cp_before(p, behind, c->at)) || announces(p, l, c->at);
}

/* Is the label at `at` the partner? */
static bool reads_partner(const struct lexer *l, const struct gm__cand *last, size_t at, struct gm__cand *partner) {
    struct gm__parser *p = l->p;
    struct gm__cand c[GM__MAX_READINGS];
    p->steps++;
    size_t n = gm__match_label(p, at, last->at, GM__AT_WITHIN, c);
    for (size_t i = 0; i < n; i++)
        if (c[i].family == last->family && c[i].number == last->number - 1 && c[i].prefix == last->prefix &&
            may_stand_within(l, &c[i])) {
            *partner = c[i];
            return true;
        }
    return false;
}

/* The characters, all of three bytes; a class for each lead byte, or for two. */
static struct gm__marks marks_of(const char *chars) {
    struct gm__marks set = {.leads = {0}};
    for (const unsigned char *c = (const unsigned char *)chars; *c; c += 3) {
        unsigned char lead = (unsigned char)(1U << (*c & 7));
        set.leads[*c & 15] |= lead;
        set.third.low[c[2] & 15] |= lead;
        set.third.high[c[2] >> 4] |= lead;
    }
    return set;
}

struct gm__marks gm__digit_marks(int32_t number) {
    static const char *const digits[] = {"",         "零０一１－ｌｰ", "零０二２ﾆ两兩\xEF\xA5\xB8", "零０三３",
                                         "零０四４", "零０五５",      "零０六６\xEF\xA7\x91",      "零０七７",
                                         "零０八８", "零０九９"};
    return marks_of(digits[number]);
}

/* The partner whose label begins with one of the marks, the nearest. */
static bool seek_marked(const struct lexer *l, const struct gm__cand *last, size_t low, const struct gm__marks *set,
                        struct gm__cand *partner) {
    const struct gm__parser *p = l->p;
    const struct gm__family *f = gm__family_of(p, last);
    const struct gm__span *span = gm__span_best();
    for (size_t end = last->at, begin; end > low; end = begin) {
        begin = end - low > 64 ? end - 64 : low;
        uint64_t marks = gm__marks_at(p, span, begin, set) & UINT64_MAX >> (64 - (end - begin));
        for (unsigned i; marks; marks ^= UINT64_C(1) << i) {
            i = gm__highest_bit(marks);
            size_t at = begin + i;
            if (at + 3 <= last->at && may_begin_partner(p, f, last, at) && reads_partner(l, last, at, partner))
                return true;
        }
    }
    return false;
}

/* It may stand anywhere in a clause behind `low`. */
static bool seek_partner(struct lexer *l, const struct gm__cand *last, size_t low, struct gm__cand *partner) {
    const struct gm__parser *p = l->p;
    const struct gm__family *f = gm__family_of(p, last);
    if (last->at - low > PARTNER_MOST) low = last->at - PARTNER_MOST;
    if (f->counts && last->number <= 10) {
        struct gm__marks *digits = &l->digits[last->number - 1];
        if (!digits->leads[15]) *digits = gm__digit_marks(last->number - 1);
        return seek_marked(l, last, low, digits, partner);
    }
    char opener[5] = "";
    if (f->opener > 0x1000 && gm__utf8_encode(f->opener, opener) == 3) {
        const struct gm__marks set = marks_of(opener);
        return seek_marked(l, last, low, &set, partner);
    }
    for (size_t at = last->at; at - low >= 3;) {
        const unsigned char *at_cp = (const unsigned char *)p->text + at - 3;
        bool three = at_cp[0] > 0xE0 && at_cp[0] < 0xF0; /* bytes of a code point end here */
        at -= three ? 3 : 1;
        if (three && may_begin_partner(p, f, last, at) && reads_partner(l, last, at, partner)) return true;
    }
    return false;
}

static bool is_announced(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->number == 1) {
        struct gm_str above = gm__str_trim(gm__str(p->text + c->para, c->at - c->para));
        return c->before == GM__BEFORE_COLON && (gm__str_ends(above, "：") || gm__str_ends(above, ":"));
    }
    const struct gm__cand *k = c, *low = gm__cand_at(p, 0);
    for (unsigned n = 0; k-- > low && n < ANNOUNCED_NEAR && k->para == c->para; n++)
        if (k->family == c->family) return k->number == c->number - 1 && !(k->flags & GM__CAND_START);
    return false;
}

bool gm__keep_announced(struct lexer *l, const struct gm__cand *c, size_t from) {
    if (is_announced(l->p, c)) return true;
    l->p->cands.count = (size_t)(c - gm__cand_at(l->p, 0));
    l->inline_from = from;
    return false;
}

void gm__put_before(struct lexer *l, const struct gm__cand *c) {
    struct gm__parser *p = l->p;
    gm__push_cand(l, c);
    if (l->status != GM_OK) return;
    size_t i = p->cands.count - 1;
    const struct gm__cand pushed = *gm__cand_at(p, i);
    for (; i > l->para_cand && gm__cand_at(p, i - 1)->at > c->at; i--, p->steps++)
        *gm__cand_at(p, i) = *gm__cand_at(p, i - 1);
    *gm__cand_at(p, i) = pushed;
}

/* 第二条　二要保持清醒: nothing but a label, and one blank, stands before it in its paragraph, and no label holds
 * another. */
static bool stands_behind_label(const struct lexer *l, const struct gm__cand *last) {
    const struct gm__cand *first = gm__cand_at(l->p, l->para_cand);
    return last == first + 1 && first->at == l->para && last->at <= first->at + first->len + 3;
}

/* ……。（责任单位：船管会）（五）: the label stands right behind a bracket that a sentence end opens. */
static bool is_behind_note(const struct gm__parser *p, const struct gm__cand *c) {
    if (c->before != GM__BEFORE_TEXT || c->at < c->para + 6 || memcmp(p->text + c->at - 3, "）", 3) != 0) return false;
    size_t low = c->at - c->para > NOTE_MOST ? c->at - NOTE_MOST : c->para;
    for (size_t at = c->at - 3; at >= low + 3; at--)
        if (memcmp(p->text + at - 3, "（", 3) == 0) return at >= low + 6 && memcmp(p->text + at - 6, "。", 3) == 0;
    return false;
}

#define AGAIN_MOST 600u /* bytes from 一方面 to the next, and a sentence's end between them */

/* The last candidate before the newest in its paragraph that is of its series, or NULL. */
static struct gm__cand *last_of_series(const struct lexer *l) {
    struct gm__parser *p = l->p;
    size_t newest = p->cands.count - 1;
    for (size_t i = newest, n = 0; i-- > l->para_cand && n < PARTNERS_KEPT; n++, p->steps++)
        if (gm__cand_at(p, i)->family == gm__cand_at(p, newest)->family) return gm__cand_at(p, i);
    return NULL;
}

/* May the first word, which stands at `at` too, be the next member there? */
static bool may_come_again(const struct gm__parser *p, const struct gm__cand *one, const struct gm__cand *c) {
    if (c->before > GM__BEFORE_COMMA || memcmp(p->text + one->at, p->text + c->at, 3) != 0) return false;
    if (one->number > 1 && one->before != c->before) return false; /* …，一方面…。 一方面…，一方面… */
    if (c->before == GM__BEFORE_COMMA) return !gm__holds(gm__str(p->text + one->at, c->at - one->at), "。");
    return c->at - one->at <= AGAIN_MOST;
}

/* 一方面…，一方面…: the newest candidate is of such a series. Its number, where it is the first word again; what
 * stands before it in a clause. 一方面…，一方面…，另一方面…: the third. */
static void find_again(struct lexer *l) {
    struct gm__parser *p = l->p;
    struct gm__cand *c = gm__cand_at(p, p->cands.count - 1), *one = last_of_series(l), partner;
    if (c->number > 1) {
        if (!one || one->number < 2 || c->number > one->number) return;
        bool pair = one->before == GM__BEFORE_SENTENCE && c->before != one->before;
        if (memcmp(p->text + one->at, p->text + c->at, 3) == 0) return; /* 另一方面 twice */
        if (pair)
            one->number = 1;
        else
            c->number = one->number + 1;
        return;
    }
    if (one) {
        if (may_come_again(p, one, c)) c->number = one->number + 1;
        return;
    }
    struct gm__cand second = *c;
    second.number = 2;
    if (c->before > GM__BEFORE_COMMA || !seek_partner(l, &second, l->para, &partner)) return;
    partner.before = GM__BEFORE_TEXT;
    partner.para = (uint32_t)l->para;
    if (!may_come_again(p, &partner, c)) return;
    c->number = 2;
    gm__put_before(l, &partner);
}

/* Does a mark stand behind the word? */
static bool is_marked_word(const struct gm__parser *p, const struct gm__cand *c) {
    return gm__is_punctuation(gm__cp_before(p, (size_t)c->at + c->len, c->at));
}

/* …，最后抓生活: before the sentence ends, one more word stands behind a comma or the like. */
static bool has_third_word(const struct gm__parser *p, size_t at) {
    static const char *const words[] = {"再次", "最后", NULL};
    for (size_t end = p->len - at > AGAIN_MOST ? at + AGAIN_MOST : p->len, len; at < end; at += len) {
        uint32_t cp = gm__cp_at(p, at, &len);
        if (!len || gm__is_line_end(cp) || cp == 0x3002) return false;
        bool clause = cp == 0xFF0C || cp == 0xFF1B || cp == ',' || cp == ';';
        if (clause && gm__begins_any(gm__str(p->text + at + len, p->len - at - len), words)) return true;
    }
    return false;
}

/* 我首先抓纪律，其次抓学习，最后抓生活: the first word may stand inside the clause before the second, which is the last
 * candidate.
 */
static void find_first_word(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand *last = gm__cand_at(p, p->cands.count - 1);
    struct gm__cand c[GM__MAX_READINGS];
    struct partner *known = gm__partner_of(l, last);
    size_t low = known->at;
    known->at = last->at;
    if (last->before > GM__BEFORE_COMMA || sees_partner(l, last, low)) return;
    if (last->at - low > AGAIN_MOST) low = last->at - AGAIN_MOST;
    for (size_t at = last->at; at-- > low + 3;) {
        if (memcmp(p->text + at, "首先", 6) != 0 || !gm__is_han(gm__cp_before(p, at, l->para))) continue;
        if (!gm__match_label(p, at, last->at, GM__AT_INLINE, c) || c[0].family != last->family) return;
        if (!(is_marked_word(p, &c[0]) && is_marked_word(p, last)) && !has_third_word(p, (size_t)last->at + last->len))
            return;
        c[0].before = GM__BEFORE_TEXT;
        c[0].para = (uint32_t)l->para;
        l->lists = true;
        gm__put_before(l, &c[0]);
        return;
    }
}

void gm__find_partner(struct lexer *l) {
    struct gm__parser *p = l->p;
    const struct gm__cand *last = gm__cand_at(p, p->cands.count - 1);
    struct gm__cand partner;
    if (gm__family_of(p, last)->again) find_again(l);
    last = gm__cand_at(p, p->cands.count - 1);
    if (last->number < 2) return;
    if (gm__family_of(p, last)->words && last->number == 2 && !(gm__family_of(p, last)->where & GM__AT_WITHIN)) {
        find_first_word(l);
        return;
    }
    if (!(gm__family_of(p, last)->where & GM__AT_WITHIN)) {
        if (last->number <= 9 && (last->before == GM__BEFORE_SENTENCE || is_behind_note(p, last))) gm__find_fused(l);
        return;
    }
    struct partner *known = gm__partner_of(l, last);
    size_t low = known->at;
    known->at = last->at;
    if (sees_partner(l, last, low) || stands_behind_label(l, last) || !seek_partner(l, last, low, &partner)) return;
    partner.before = GM__BEFORE_TEXT;
    partner.para = (uint32_t)l->para;
    l->lists |= partner.number == 1;
    gm__put_before(l, &partner);
}
