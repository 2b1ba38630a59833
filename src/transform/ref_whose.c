/*
 * ref_whose.c - whose article a reference speaks of, by the words around it: this document's, or another's
 * (《…法》第三条, 民法第三条, “民法”第三条, 将第三条修改为).
 */
#include "transform/renumber.h"

static const char *skip_blanks_back(const char *begin, const char *p) {
    while (p > begin) {
        uint32_t cp;
        size_t n = gm__utf8_decode_back(begin, p, &cp);
        if (!gm__is_space(cp) || cp == '\n' || cp == '\r') break;
        p -= n;
    }
    return p;
}

/* A kind of document at the end of its name. */
static const char *const kinds[] = {
    "法",   "条例", "條例", "规定", "規定", "办法", "辦法", "细则", "細則", "规则", "規則", "规程", "規程",
    "规范", "規範", "宪法", "憲法", "法典", "解释", "解釋", "决定", "決定", "通知", "意见", "意見", "章程",
    "准则", "準則", "标准", "標準", "协议", "協議", "合同", "合約", "契約", "公约", "公約", "协定", "協定",
    "条约", "條約", "决议", "決議", "纲要", "綱要", "制度", "方案", "守则", "守則", "法律", "批复", "通则",
    "通則", "要点", "要點", "须知", "須知", "草案", "指南", "附件", "令",
};
/* What may stand between 本 and the kind: 本实施细则. */
static const char *const modifiers[] = {"实施", "實施", "管理", "暂行", "暫行", "试行", "試行", "补充", "補充",
                                        "若干", "工作", "处罚", "處罰", "司法", "行政", "技术", "技術", "租赁",
                                        "买卖", "劳动", "服务", "施行", "组织", "設置", "设置", "自治", "国家"};

static size_t longest_end(const char *begin, const char *p, const char *const *words, size_t count) {
    size_t best = 0;
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) > best && gm__str_ends(gm__str(begin, (size_t)(p - begin)), words[i]))
            best = strlen(words[i]);
    return best;
}

static size_t longest_start(const char *p, const char *end, const char *const *words, size_t count) {
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(words[i]);
        if (n > best && (size_t)(end - p) >= n && memcmp(p, words[i], n) == 0) best = n;
    }
    return best;
}

/* The bracket that closes before p, passed over; p when there is none. */
static const char *pass_bracket(const char *begin, const char *p) {
    uint32_t cp;
    size_t n = gm__utf8_decode_back(begin, p, &cp);
    if (!n || gm__fold(cp) != ')') return p;
    const char *at = p - n;
    for (int looked = 0; at > begin && looked < 60; looked++) {
        at -= gm__utf8_decode_back(begin, at, &cp);
        if (gm__fold(cp) == '(') return skip_blanks_back(begin, at);
    }
    return p;
}

/* The kind of document that the text names right before p; bytes, 0 when none. 司令 and 命令 are no 令. */
static size_t kind_before(const char *begin, const char *p) {
    static const char *const no_decree[] = {"司", "命", "指", "口", "军", "軍", "勒", "责", "責"};
    size_t n = longest_end(begin, p, kinds, GM__COUNT(kinds));
    bool decree = n == strlen("令") && memcmp(p - n, "令", n) == 0;
    return decree && longest_end(begin, p - n, no_decree, GM__COUNT(no_decree)) ? 0 : n;
}

/* A title without remarks in brackets and words for its state behind it: 民法典（草案二次审议稿） is 民法典. */
static struct gm_str plain_title(struct gm_str title) {
    static const char *const states[] = {"草案", "修订", "修訂", "修正", "修正案", "征求意见", "徵求意見",
                                         "审议", "審議", "送审", "送審", "讨论",   "討論",     "建议",
                                         "一次", "二次", "三次", "试行", "試行",   "暂行",     "暫行",
                                         "修改", "稿",   "版",   "本",   "全文"};
    const char *begin = title.ptr, *p = title.ptr + title.len, *before;
    for (size_t n = 1; n > 0; p -= n) {
        while ((before = pass_bracket(begin, p)) != p) p = before;
        n = longest_end(begin, p, states, GM__COUNT(states));
    }
    return gm__str_trim(gm__str(begin, (size_t)(p - begin)));
}

/* 本法 in the rules that carry out a law is that law. */
static bool is_law(struct gm_str title) {
    static const char *const rules[] = {"细则", "細則", "条例", "條例", "办法", "辦法", "规定", "規定", "规则", "規則"};
    struct gm_str name = plain_title(title);
    return !longest_end(name.ptr, name.ptr + name.len, rules, GM__COUNT(rules));
}

bool gm__title_amends(struct gm_str title) {
    static const char *const words[] = {"修改", "修正", "关于修订", "關於修訂"};
    static const char *const rules[] = {"法",   "细则", "細則", "条例", "條例", "办法", "辦法", "规定",
                                        "規定", "规则", "規則", "规程", "規程", "章程", "制度"};
    const char *end = title.ptr + title.len, *before;
    while ((before = pass_bracket(title.ptr, end)) != end) end = before;
    if (longest_end(title.ptr, end, rules, GM__COUNT(rules))) return false; /* 章程修改办法 */
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__holds(gm__str(title.ptr, (size_t)(end - title.ptr)), words[i])) return true;
    return false;
}

void gm__ref_find_others(struct gm__ref_reader *reader) {
    static const char *const words[] = {"简称", "簡稱", "称", "稱"}, *const quotes[] = {"“", "「", "\"", "『"};
    static const char *const ends[] = {"）", ")", "”", "」", "\"", "』", "，"};
    const char *p = reader->text, *end = p + reader->len;
    while (reader->other_count < GM__COUNT(reader->others) && end - p > 6 && (p = memchr(p, 0xE4, (size_t)(end - p)))) {
        if (end - p < 6 || memcmp(p, "以下", 6) != 0) {
            p++;
            continue;
        }
        p += 6;
        size_t n = longest_start(p, end, words, GM__COUNT(words));
        if (!n) continue;
        p += n;
        p += longest_start(p, end, quotes, GM__COUNT(quotes));
        const char *name = p;
        if (end - p < 3 || memcmp(p, "本", 3) != 0) continue;
        while (p < end && p - name < 30 && !longest_start(p, end, ends, GM__COUNT(ends))) p++;
        if (p < end && p - name < 30) reader->others[reader->other_count++] = gm__str(name, (size_t)(p - name));
    }
}

/* 本条例 in 《…条例》（以下简称本条例） is its own name. */
static bool is_others(const struct gm__ref_reader *reader, const char *name, const char *end, struct gm_str title) {
    struct gm_str plain = plain_title(title), kind = gm__str(name + 3, (size_t)(end - name) - 3);
    if (plain.len >= kind.len && memcmp(plain.ptr + plain.len - kind.len, kind.ptr, kind.len) == 0) return false;
    for (size_t i = 0; i < reader->other_count; i++)
        if (gm__str_eq(reader->others[i], gm__str(name, (size_t)(end - name)))) return true;
    return false;
}

/* 刑法 is another's; 本法, 本实施细则 are this document's. */
static enum gm__whose whose_kind(const struct gm__ref_reader *reader, const char *begin, const char *p, size_t kind,
                                 struct gm_str title) {
    const char *end = p;
    bool law = kind == strlen("法") && memcmp(p - kind, "法", kind) == 0;
    p -= kind;
    for (size_t n; (n = longest_end(begin, p, modifiers, GM__COUNT(modifiers))) > 0;) p -= n;
    struct gm_str before = gm__str(begin, (size_t)(p - begin));
    bool own = gm__str_ends(before, "本") || gm__str_ends(before, "此");
    if (own && is_others(reader, p - 3, end, title)) return GM__WHOSE_OTHER;
    return own && (!law || is_law(title)) ? GM__WHOSE_THIS : GM__WHOSE_OTHER;
}

static bool is_own_name(struct gm_str name, struct gm_str title) {
    return title.len &&
           (gm__str_eq(name, title) ||
            (title.len > name.len && name.len && memcmp(title.ptr + title.len - name.len, name.ptr, name.len) == 0));
}

/* “ … ” before p around the name of a document: whose is it? */
static bool whose_quoted(const struct gm__ref_reader *reader, const char *begin, const char *p, struct gm_str title,
                         enum gm__whose *whose) {
    static const uint32_t marks[][2] = {{0x201C, 0x201D}, {0x2018, 0x2019}, {0x300C, 0x300D}, {0x300E, 0x300F}};
    uint32_t cp, opens = 0;
    size_t n = gm__utf8_decode_back(begin, p, &cp);
    for (size_t i = 0; n && i < GM__COUNT(marks); i++)
        if (marks[i][1] == cp) opens = marks[i][0];
    const char *end = p - n, *open = end;
    size_t kind = opens ? kind_before(begin, end) : 0;
    for (int looked = 0; kind && open > begin && looked < 120; looked++) {
        const char *name = open;
        open -= gm__utf8_decode_back(begin, open, &cp);
        if (cp != opens) continue;
        if ((size_t)(end - name) < kind) return false;
        bool own = is_own_name(gm__str(name, (size_t)(end - name)), title);
        *whose = own ? GM__WHOSE_THIS : whose_kind(reader, name, end, kind, title);
        return true;
    }
    return false;
}

/* 《 … 》 before p, with a remark in brackets after it: whose name is it? */
static enum gm__whose whose_name(const char *begin, const char *p, struct gm_str title) {
    const char *open = p - 3;
    for (int looked = 0; open > begin && looked < 120; looked++) {
        uint32_t cp;
        open -= gm__utf8_decode_back(begin, open, &cp);
        if (cp != 0x300A) continue;
        struct gm_str name = gm__str(open + 3, (size_t)(p - 3 - (open + 3)));
        return is_own_name(name, title) ? GM__WHOSE_THIS : GM__WHOSE_OTHER;
    }
    return GM__WHOSE_OTHER;
}

/* 附件2第三条: the article of an annex. */
static bool after_annex(const char *begin, const char *p) {
    static const char *const words[] = {"附件", "附录", "附錄", "附表"};
    const char *at = p;
    uint32_t cp;
    for (size_t n; at > begin && p - at < 12; at -= n) {
        n = gm__utf8_decode_back(begin, at, &cp);
        if (longest_end(begin, at, words, GM__COUNT(words))) return true;
        if (!(gm__numeral_systems(cp) & (1u << GM__NUM_HAN | 1u << GM__NUM_ARABIC)) && !gm__is_space(cp)) return false;
    }
    return false;
}

/* 本章, 前条, 上一条, 该条. */
static enum gm__whose whose_unit(const struct gm__ref_reader *reader, const char *begin, const char *p,
                                 struct gm__unit *unit) {
    static const struct {
        const char *word;
        enum gm__whose whose;
    } words[] = {{"本", GM__WHOSE_OWN},    {"此", GM__WHOSE_OWN},  {"前", GM__WHOSE_BEFORE}, {"上一", GM__WHOSE_BEFORE},
                 {"上", GM__WHOSE_BEFORE}, {"该", GM__WHOSE_SAME}, {"該", GM__WHOSE_SAME},   {"同", GM__WHOSE_SAME}};
    const char *starts[2], *at = p;
    for (int i = 0; i < 2; i++) { /* the unit has one character (条) or two (部分) */
        uint32_t cp;
        at -= gm__utf8_decode_back(begin, at, &cp);
        starts[i] = at;
    }
    for (int i = 0; i < 2; i++) {
        if (gm__ref_read_unit(reader, starts[i], p, unit) != p) continue;
        for (size_t k = 0; k < GM__COUNT(words); k++)
            if (gm__str_ends(gm__str(begin, (size_t)(starts[i] - begin)), words[k].word)) return words[k].whose;
    }
    return GM__WHOSE_PLAIN;
}

enum gm__whose gm__ref_whose(const struct gm__ref_reader *reader, size_t line, size_t at, struct gm_str title,
                             struct gm__unit *unit) {
    const char *begin = reader->text + line, *p = skip_blanks_back(begin, reader->text + at);
    *unit = (struct gm__unit){GM__UNIT_NONE, 0, 0, false};
    const char *before = pass_bracket(begin, p);
    if (gm__str_ends(gm__str(begin, (size_t)(p - begin)), "》")) return whose_name(begin, p, title);
    if (before != p && gm__str_ends(gm__str(begin, (size_t)(before - begin)), "》"))
        return whose_name(begin, before, title);
    enum gm__whose whose;
    if (whose_quoted(reader, begin, p, title, &whose)) return whose;
    if (after_annex(begin, p)) return GM__WHOSE_OTHER;
    for (const char *q = p;; q = before) { /* 监狱法（以下简称本法）第三条 */
        size_t kind = kind_before(begin, q);
        if (kind) return whose_kind(reader, begin, q, kind, title);
        if (q == before) break;
    }
    return whose_unit(reader, begin, p, unit);
}

/* --------------------------------------------------------------- amendments */

static bool is_stop(const char *p, const char *end) {
    uint32_t cp;
    if (p >= end) return true;
    (void)gm__utf8_decode(p, end, &cp);
    uint32_t f = gm__fold(cp);
    return f == ',' || f == ';' || f == ':' || cp == 0x3002; /* 。 */
}

/* “ … ” at p; bytes, 0 when there is none or it does not end on the line. */
static size_t quotation(const char *p, const char *end) {
    static const char close[] = "”";
    if ((size_t)(end - p) < 6 || memcmp(p, "“", 3) != 0) return 0;
    for (const char *q = p + 3; (size_t)(end - q) >= 3 && q - p < 600; q++)
        if (memcmp(q, close, 3) == 0) return (size_t)(q + 3 - p);
    return 0;
}

/* What may stand between the numbers and what is done with them: further parts, and words that are quoted. */
static const char *pass_object(const struct gm__ref_reader *reader, const char *p, const char *end) {
    static const char *const words[] = {"、", "和", "及", "与", "與", "至", "中的", "中", "的"};
    for (int parts = 0; parts < 16 && p < end; parts++) {
        struct gm__ref ref;
        size_t n = longest_start(p, end, words, GM__COUNT(words));
        if (!n) n = quotation(p, end);
        if (!n && gm__ref_read(reader, (size_t)(p - reader->text), (size_t)(end - reader->text), &ref))
            n = ref.end - ref.at;
        if (!n) break;
        p += n;
    }
    return p;
}

/* 将 … 修改为: in the same clause. */
static bool clause_amends(const char *p, const char *end) {
    static const char *const verbs[] = {"修改为", "修改為", "修改成", "改为", "改為", "修正为", "修正為",
                                        "删去",   "删除",   "刪去",   "刪除", "合并", "移至"};
    static const char *const described[] = {"所", "规定", "規定"}; /* 不得将第三条所列物品删去 */
    if (longest_start(p, end, described, GM__COUNT(described))) return false;
    for (const char *from = p; p < end && p - from < 600 && !is_stop(p, end);) {
        uint32_t cp;
        size_t n = quotation(p, end);
        if (longest_start(p, end, verbs, GM__COUNT(verbs))) return true;
        p += n ? n : gm__utf8_decode(p, end, &cp);
    }
    return false;
}

bool gm__ref_amends(const struct gm__ref_reader *reader, size_t line, size_t line_end, const struct gm__ref *ref) {
    static const char *const behind[] = {"修改为", "修改為", "修改成", "修正为", "修正為", "改为",  "改為",
                                         "改作",   "删去",   "刪去",   "删除“",  "刪除“",  "移至",  "合并为",
                                         "合併為", "增加一", "增加二", "增加两", "增加三", "增加“", "单独作为"};
    static const char *const alone[] = {"修改", "删除", "刪除", "合并", "合併"};
    static const char *const by[] = {"依", "按", "照", "据", "據", "反"}; /* 依照第三条增加一名 */
    static const char *const before[] = {"删去", "删除", "刪去", "刪除", "增加", "改为", "改為", "作为", "作為"};
    const char *begin = reader->text + line, *end = reader->text + line_end;
    const char *p = skip_blanks_back(begin, reader->text + ref->at), *after = reader->text + ref->end;
    const char *past = pass_object(reader, after, end);
    if (longest_end(begin, p, by, GM__COUNT(by))) return false;
    if (longest_start(past, end, behind, GM__COUNT(behind))) return true;
    size_t verb = longest_start(past, end, alone, GM__COUNT(alone));
    if (verb && is_stop(past + verb, end)) return true;
    struct gm_str front = gm__str(begin, (size_t)(p - begin));
    if (gm__str_ends(front, "将") || gm__str_ends(front, "將")) return clause_amends(past, end);
    return is_stop(past, end) && longest_end(begin, p, before, GM__COUNT(before));
}
