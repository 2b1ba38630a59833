/*
 * claim.c - what the text announces against what follows: 三点意见 and four points; and a series of one.
 *
 * The announcement is the end of what stands right before the first member: NUMERAL MEASURE NOUN, then a mark.
 */
#include "transform/lint.h"

#include "base/traditional.h"
#include "grammar/grammar.h"

#define LOOK_BACK 96u /* bytes: as far as an announcement reaches */

struct claim {
    size_t at, end; /* of 三点意见, in the phrase */
    int32_t value;
};

static bool starts_with(struct gm_str s, const char *word) {
    size_t n = strlen(word);
    return s.len >= n && memcmp(s.ptr, word, n) == 0;
}

/* A measure word; its length. 个 takes a noun behind it, 点 and 条 stand for themselves. */
static size_t measure_len(struct gm_str s, bool *alone) {
    static const struct {
        const char *word;
        bool alone;
    } measures[] = {{"个方面", true}, {"方面", true}, {"点", true},  {"条", true},  {"项", true},  {"句话", true},
                    {"件事", true},   {"个", false},  {"大", false}, {"种", false}, {"类", false}, {"件", false}};
    for (size_t i = 0; i < GM__COUNT(measures); i++)
        if (starts_with(s, measures[i].word)) {
            *alone = measures[i].alone;
            return strlen(measures[i].word);
        }
    return 0;
}

/* Does the noun announce points? 三个季度, 五个百分点 and 两个月 do not. */
static bool announces(struct gm_str noun, bool alone) {
    static const char *const nouns[] = {"问题", "意见", "要求", "建议", "任务", "工作", "措施", "条件",   "原则",
                                        "特点", "事",   "关系", "重点", "环节", "步骤", "阶段", "原因",   "内容",
                                        "体会", "想法", "部分", "情形", "方面", "转变", "目标", "举措",   "要点",
                                        "层次", "角度", "因素", "方向", "抓手", "关键", "优势", "下功夫", "着手",
                                        "入手", "发力", "努力", "用力", "推进", "做起", "抓起", "讲"};
    if (alone && starts_with(noun, "的")) noun = gm__str(noun.ptr + 3, noun.len - 3); /* 三个方面的工作 */
    if (!noun.len) return alone;
    for (size_t i = 0; i < GM__COUNT(nouns); i++)
        if (starts_with(noun, nouns[i])) return true;
    return false;
}

static bool is_stop(uint32_t cp) {
    uint32_t f = gm__fold(cp);
    return gm__is_mark(cp) || f == '!' || f == '?' || f == '\n' || f == '\r' || f == '(' || f == ')' || cp == 0x2014 ||
           cp == 0x201C || cp == 0x201D || cp == 0x300A || cp == 0x300B;
}

/* What stands right before `at` up to the mark before it, at most LOOK_BACK bytes. */
static struct gm_str phrase_before(const struct gm_doc *doc, size_t at, size_t floor) {
    struct gm_str s = gm__str_trim(gm__str(doc->text + floor, at - floor));
    const char *end = s.ptr + s.len, *p;
    uint32_t cp;
    size_t n = s.len ? gm__utf8_decode_back(s.ptr, end, &cp) : 0;
    if (n && gm__is_mark(cp)) end -= n;
    for (p = end; p > s.ptr && (size_t)(end - p) < LOOK_BACK; p -= n) {
        n = gm__utf8_decode_back(s.ptr, p, &cp);
        if (is_stop(cp)) break;
    }
    return gm__str(p, (size_t)(end - p));
}

/* 第三点 and 十三点 are not 三点; 2003年 is nothing. */
static bool is_whole(struct gm_str phrase, const char *p) {
    uint32_t cp;
    struct gm__ordinal o;
    if (p == phrase.ptr) return true;
    size_t n = gm__utf8_decode_back(phrase.ptr, p, &cp);
    static const char *const stops[] = {"第", "前", "后", "每", "上", "这", "那", "各", "其", "近"};
    for (size_t i = 0; i < GM__COUNT(stops); i++)
        if (strlen(stops[i]) == n && memcmp(p - n, stops[i], n) == 0) return false;
    return gm__numeral_scan(GM__NUM_HAN, p - n, p, false, &o) == 0 &&
           gm__numeral_scan(GM__NUM_ARABIC, p - n, p, false, &o) == 0;
}

/* 两 is a number before a measure, and no ordinal. */
static size_t number_len(struct gm_str s, struct gm__ordinal *out) {
    if (starts_with(s, "两")) {
        out->value = 2;
        return strlen("两");
    }
    size_t n = gm__numeral_scan(GM__NUM_HAN, s.ptr, s.ptr + s.len, false, out);
    return n ? n : gm__numeral_scan(GM__NUM_ARABIC, s.ptr, s.ptr + s.len, false, out);
}

/* The last announcement of the phrase that reaches to its end; its places are those in the phrase. */
static bool find_claim(struct gm_str phrase, struct claim *out) {
    const char *end = phrase.ptr + phrase.len;
    bool found = false;
    for (const char *p = phrase.ptr; p < end;) {
        struct gm__ordinal o = {0};
        uint32_t cp;
        bool alone = false;
        size_t n = number_len(gm__str(p, (size_t)(end - p)), &o);
        size_t m = n ? measure_len(gm__str(p + n, (size_t)(end - p) - n), &alone) : 0;
        struct gm_str noun = gm__str(p + n + m, (size_t)(end - p) - n - m);
        if (m && o.value >= 2 && o.value <= 30 && is_whole(phrase, p) && announces(noun, alone) && noun.len <= 18) {
            *out = (struct claim){(size_t)(p - phrase.ptr), phrase.len, o.value};
            found = true;
        }
        p += n ? n : gm__utf8_decode(p, end, &cp);
    }
    return found;
}

/* Where what stands before the member begins: the end of the node before it, or of its parent's label. */
static size_t floor_of(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *before = &doc->nodes[node - 1], *n = &doc->nodes[node];
    size_t floor = node - 1 == GM_ROOT ? 0 : (size_t)before->start + before->label_len;
    if (floor > n->start) return n->start;
    return n->start - floor > (size_t)2 * LOOK_BACK ? n->start - (size_t)2 * LOOK_BACK : floor;
}

static void check_count(struct gm__lint *l, const struct gm__member *m, size_t count) {
    const struct gm_doc *doc = l->doc;
    struct claim c;
    size_t at = doc->nodes[m->node].start, floor = floor_of(doc, m->node);
    while (floor < at && ((unsigned char)doc->text[floor] & 0xC0) == 0x80) floor++;
    if (m->label.value != 1) return;
    struct gm_str phrase = phrase_before(doc, at, floor);
    char plain[LOOK_BACK + 4]; /* one character may begin before */
    gm__simplify(plain, phrase.ptr, phrase.len);
    if (!find_claim(gm__str(plain, phrase.len), &c)) return;
    if ((size_t)c.value == count || c.value == m[count - 1].label.value) return;
    struct gm__diag d = {
        .at = (uint32_t)((size_t)(phrase.ptr - doc->text) + c.at), .node = m->node, .args = {(int64_t)count, 0}};
    d.words[0] = gm__str(phrase.ptr + c.at, c.end - c.at);
    d.words[1] = gm__str("", 0);
    gm__lint_report_at(l, GM__DIAG_COUNT_MISMATCH, &d);
}

/* A section 一、 without 二、. Articles and what runs on from elsewhere are no series of their own. */
static void check_lone(struct gm__lint *l, const struct gm__member *m, size_t count) {
    const struct gm_doc *doc = l->doc;
    const struct gm__node *n = &doc->nodes[m->node];
    bool plain = m->label.shape == GM__SHAPE_BARE || m->label.shape == GM__SHAPE_BRACKET;
    if (count != 1 || m->label.value != 1 || !plain || n->kind != GM_KIND_SECTION) return;
    gm__lint_report(l, GM__DIAG_LONE, m->node, gm_node_label(doc, m->node), gm__str("", 0));
}

void gm__lint_claim(struct gm__lint *l, const struct gm__member *m, size_t count) {
    if (gm__lint_wants(l, GM__DIAG_COUNT_MISMATCH)) check_count(l, m, count);
    if (gm__lint_wants(l, GM__DIAG_LONE)) check_lone(l, m, count);
}
