/* phrase.c - patterns of single lines: dates, document numbers, organs, salutations (GB/T 9704-2012 7.2-7.4). */
#include "parse/phrase.h"

#include "base/span.h"
#include "parse/series.h"

#define ANNEX_NEAR 64u

bool gm__begins(struct gm_str s, const char *with) {
    return s.len >= strlen(with) && memcmp(s.ptr, with, strlen(with)) == 0;
}

bool gm__begins_any(struct gm_str s, const char *const *list) {
    for (; *list; list++)
        if (gm__begins(s, *list)) return true;
    return false;
}

bool gm__ends_any(struct gm_str s, const char *const *list) {
    for (; *list; list++)
        if (gm__str_ends(s, *list)) return true;
    return false;
}

bool gm__is_stopped(struct gm_str s) {
    static const char *const stops[] = {"。", "；", "，", "！", "？", "：", ";", "、", ":", ",", NULL};
    return gm__ends_any(s, stops);
}

bool gm__is_bracketed(struct gm_str s) {
    return (gm__begins(s, "（") || gm__begins(s, "(")) && (gm__str_ends(s, "）") || gm__str_ends(s, ")"));
}

/* 中　華　民　國　113年, 令和元年: the length of the era's name, blanks in it or not. */
static size_t era(struct gm_str s) {
    static const char *const eras[] = {"中華民國", "中华民国", "民國", "民国", "明治",
                                       "大正",     "昭和",     "平成", "令和", NULL};
    for (size_t i = 0; eras[i]; i++) {
        const char *want = eras[i];
        size_t at = 0, n;
        for (uint32_t cp; at < s.len && *want; at += n) {
            n = gm__utf8_decode(s.ptr + at, s.ptr + s.len, &cp);
            if (gm__is_space(cp)) continue;
            if (n != 3 || memcmp(s.ptr + at, want, 3) != 0) break;
            want += 3;
        }
        if (!*want) return at;
    }
    return 0;
}

/* Blanks are allowed, and Han or full-width digits: 二〇二四年一月. */
bool gm__is_date(struct gm_str s) {
    size_t after = era(s);
    const char *p = s.ptr + after, *end = s.ptr + s.len;
    int digits = 0, part = 0;
    if (s.len > (after ? 120 : 60)) return false;
    while (p < end) {
        uint32_t cp;
        struct gm__ordinal o;
        size_t n = gm__utf8_decode(p, end, &cp);
        uint32_t f = gm__fold(cp);
        if ((f >= '0' && f <= '9') || cp == 0x3007 || cp == 0x25CB || cp == 0xD7 || cp == 'X' ||
            (after && cp == 0x5143) /* 元年 */ || gm__numeral_scan(GM__NUM_HAN, p, p + n, false, &o))
            digits++;
        else if (cp == 0x5E74 && part == 0 && digits) /* 年 */
            part = 1, digits = 0;
        else if (cp == 0x6708 && part == 1 && digits) /* 月 */
            part = 2, digits = 0;
        else if (cp == 0x65E5 && part == 2 && digits) /* 日 */
            part = 3, digits = 0;
        else if (!gm__is_space(cp))
            return false;
        p += n;
    }
    return part >= 2 && digits == 0;
}

/* 条例第15号, 昭和63年3月31日規則第1号 */
static bool numbers_ordinance(struct gm_str s) {
    static const char *const kinds[] = {"条例", "規則", "規程", "告示", "訓令", "法律", "政令", "省令", "要綱", NULL};
    size_t end = s.len - 3;
    while (end > 0 && s.ptr[end - 1] >= '0' && s.ptr[end - 1] <= '9') end--;
    struct gm_str before = gm__str(s.ptr, end);
    return end + 3 < s.len && gm__str_ends(before, "第") && gm__ends_any(gm__str(s.ptr, end - 3), kinds);
}

bool gm__is_document_number(struct gm_str s) {
    static const char *const opens[] = {"〔", "[", "［", "（", "(", "【", NULL};
    static const char *const closes[] = {"〕", "]", "］", "）", ")", "】", NULL};
    if (s.len > 100 || !gm__str_ends(s, "号")) return false;
    for (size_t i = 0; opens[i]; i++)
        if (gm__holds(s, opens[i])) return gm__holds(s, closes[i]);
    return gm__begins(s, "第") || numbers_ordinance(s);
}

bool gm__is_organ(struct gm_str s) {
    static const char *const organs[] = {"政府",   "委员会", "党委",   "县委",   "市委", "省委", "局",
                                         "厅",     "部",     "法院",   "检察院", "公司", "集团", "学院",
                                         "大学",   "学校",   "办公室", "中心",   "协会", "学会", "分会",
                                         "课题组", "研究院", "研究所", NULL};
    return s.len <= 120 && gm__ends_any(s, organs);
}

bool gm__is_recipient(struct gm_str s) {
    static const char *const organs[] = {"政府", "委",   "局",   "厅",   "部",   "院", "单位", "公司", "办", "处",
                                         "会",   "中心", "机构", "大学", "学校", "村", "科",   "所",   "站", "组",
                                         "室",   "社",   "行",   "同志", "府",   "班", "队",   "团",   NULL};
    if (!(gm__str_ends(s, "：") || gm__str_ends(s, ":")) || s.len > 600 || gm__holds(s, "。") || gm__holds(s, "如下"))
        return false;
    size_t colon = gm__str_ends(s, "：") ? 3 : 1;
    return gm__ends_any(gm__str(s.ptr, s.len - colon), organs) || (gm__begins(s, "各") && s.len < 300);
}

bool gm__is_name(struct gm_str s) {
    const char *p = s.ptr, *end = p + s.len;
    int han = 0;
    if (s.len > 24) return false;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (cp >= 0x4E00 && cp <= 0x9FFF)
            han++;
        else if (!gm__is_space(cp) && cp != 0xB7)
            return false;
    }
    return han >= 2 && han <= 4;
}

bool gm__is_field(struct gm_str s) {
    for (size_t i = 6; i + 1 < s.len && i <= 24; i++) {
        size_t n = s.ptr[i] == ':' ? 1 : i + 3 <= s.len && memcmp(s.ptr + i, "：", 3) == 0 ? 3 : 0;
        if (n) return i + n < s.len;
    }
    return false;
}

bool gm__begins_with_role(const struct gm__parser *p, struct gm_str s, enum gm__role role) {
    const struct gm_grammar *g = p->grammar;
    uint32_t first = 0;
    (void)gm__utf8_decode(s.ptr, s.ptr + s.len, &first);
    for (uint16_t i = g->keyword_bucket[gm__bucket(first)]; i; i = g->keywords[i - 1].next) {
        const struct gm__keyword *k = &g->keywords[i - 1];
        struct gm_str text = gm__literal(g, k->text);
        if (k->role == role && s.len >= text.len && memcmp(s.ptr, text.ptr, text.len) == 0) return true;
    }
    return false;
}

bool gm__names_rules(struct gm_str s) {
    static const char *const kinds[] = {"办法", "规定", "细则", "方案", "规则", "章程", "规程", "制度", "规划",
                                        "计划", "要点", "准则", "条例", "规范", "指南", "预案", "辦法", "規定",
                                        "細則", "規則", "規程", "要點", "準則", "條例", "規範", "計畫", NULL};
    static const char *const drafts[] = {"（试行）", "（暂行）", "（草案）", "（修订）", "(试行)", "(暂行)", NULL};
    for (const char *const *d = drafts; *d; d++)
        if (gm__str_ends(s, *d)) s = gm__str_trim(gm__str(s.ptr, s.len - strlen(*d)));
    return s.len > 12 && !gm__holds(s, "。") && gm__ends_any(s, kinds);
}

bool gm__names_annex(struct gm_str s) {
    struct gm_str head = gm__str(s.ptr, s.len < 16 ? s.len : 16);
    return gm__begins(s, "附件") && (gm__holds(head, "：") || gm__holds(head, ":"));
}

struct gm_str gm__next_line(const struct gm__parser *p, const char *at) {
    const char *end = p->text + p->len;
    struct gm_str body = gm__str(at, 0);
    while (!body.len && at < end) {
        size_t len = gm__span_best()->line(at, (size_t)(end - at));
        body = gm__str_trim(gm__str(at, len));
        at += len + (at + len < end);
    }
    return body;
}

/* Did an annex begin above, of the candidates next to the end? */
static bool is_behind_annex(const struct gm__parser *p) {
    size_t low = p->cands.count > ANNEX_NEAR ? p->cands.count - ANNEX_NEAR : 0;
    for (size_t i = p->cands.count; i-- > low;) {
        const struct gm__cand *c = gm__cand_at(p, i);
        if ((c->flags & GM__CAND_HEADING) && gm__is_region(p, c)) return true;
    }
    return false;
}

bool gm__lists_annex(const struct gm__parser *p, struct gm_str line) {
    if (!gm__names_annex(line) || gm__str_ends(line, "：") || gm__str_ends(line, ":")) return false;
    struct gm_str next = gm__next_line(p, line.ptr + line.len);
    if (!next.len) return !is_behind_annex(p); /* 附件二：复印件: nothing more is there of it */
    if (gm__names_annex(next)) return true;
    for (int i = 0; i < 2 && (gm__is_organ(next) || gm__is_name(next)); i++)
        next = gm__next_line(p, next.ptr + next.len);
    return gm__is_date(next);
}

bool gm__is_salutation(const struct gm__parser *p, struct gm_str s) {
    static const char *const words[] = {"同志们", "各位",   "尊敬的", "女士们", "先生们", "朋友们", "同学们",
                                        "老师们", "乡亲们", "亲爱的", "全体",   "战友们", "家长们", NULL};
    if (!(gm__str_ends(s, "：") || gm__str_ends(s, ":") || gm__str_ends(s, "！")) || s.len > 240) return false;
    if (gm__begins_any(s, words) && !gm__holds(s, "政府") && !gm__holds(s, "单位")) return true;
    return gm__begins_with_role(p, s, GM__ROLE_SALUTATION);
}

struct gm_str gm__without_blanks(struct gm_str s, char to[GM__SPACED]) {
    size_t len = 0;
    if (s.len > GM__SPACED) return s;
    for (size_t i = 0; i < s.len; i++) {
        bool wide = s.len - i >= 3 && memcmp(s.ptr + i, "\u3000", 3) == 0;
        if (wide) i += 2;
        if (!wide && s.ptr[i] != ' ') to[len++] = s.ptr[i];
    }
    return gm__str(to, len);
}

static bool is_stroke(uint32_t cp) {
    if (cp < 0x80) return cp && strchr("-=_*+|~", (int)cp);
    return (cp >= 0x2500 && cp < 0x2580) || cp == 0x2014 || cp == 0x2015 || cp == 0xFF0D ||
           cp == 0xFF1D; /* ─ — ― － ＝ */
}

bool gm__is_frame(struct gm_str line) {
    line = gm__str_trim(line);
    char first = line.len > 3 ? line.ptr[0] : '\0', last = line.len > 3 ? line.ptr[line.len - 1] : '\0';
    if ((first == '|' || first == '+') && (last == '|' || last == '+')) return true;
    for (size_t at = 0; at < line.len;) {
        uint32_t cp;
        at += gm__utf8_decode(line.ptr + at, line.ptr + line.len, &cp);
        if (!is_stroke(cp) && !gm__is_space(cp)) return false;
    }
    return line.len > 0;
}

bool gm__is_ruled(struct gm_str line) {
    uint32_t first = 0, last = 0;
    line = gm__str_trim(line);
    (void)gm__utf8_decode(line.ptr, line.ptr + line.len, &first);
    (void)gm__utf8_decode_back(line.ptr, line.ptr + line.len, &last);
    return line.len > 3 && is_stroke(first) && is_stroke(last);
}

bool gm__fits(const char *at, const char *shape) {
    for (; *shape; at++, shape++) {
        bool digit = *at >= '0' && *at <= '9', dash = *at == '-' || *at == '/' || *at == '.';
        if (*shape == '0' ? !digit : *shape == '-' ? !dash : *at != *shape) return false;
    }
    return true;
}

#define ANSWERS_BYTES 90u

bool gm__heads_answers(struct gm_str line) {
    static const char *const names[] = {"参考答案", "參考答案", "试题答案", "試題答案", "试卷答案",
                                        "习题答案", "练习答案", "标准答案", "答案"};
    static const char *const rests[] = {"",       "及评分标准", "与评分标准",     "和评分标准",    "及解析",
                                        "与解析", "解析",       "及参考评分标准", "及评分参考标准"};
    if (line.len > ANSWERS_BYTES) return false;
    for (size_t i = 0; i < GM__COUNT(rests); i++) {
        if (!gm__str_ends(line, rests[i])) continue;
        struct gm_str name = gm__str(line.ptr, line.len - strlen(rests[i]));
        for (size_t k = 0; k < GM__COUNT(names); k++) {
            if (!gm__str_ends(name, names[k])) continue;
            struct gm_str before = gm__str(name.ptr, name.len - strlen(names[k]));
            bool bare = strcmp(names[k], "答案") == 0 && (before.len || !rests[i][0]);
            return !bare && !gm__holds(before, "，") && !gm__holds(before, "。") && !gm__holds(before, "；");
        }
    }
    return false;
}
