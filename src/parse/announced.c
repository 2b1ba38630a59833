/*
 * announced.c - a number inside a paragraph: what stands before it says that it opens a list, or that it is of a
 * figure, a name, an address.
 */
#include "parse/decide.h"
#include "parse/lexer.h"
#include "parse/phrase.h"

#define FRONT_BYTES 1200u /* of the text's begin: title, authors */

/* 赵某辩称，1.…；2.…: behind a verb of saying. */
static bool is_said(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const verbs[] = {"称，",   "认为，", "指出，", "强调，", "要求，", "提出，", "如下，",
                                        "表示，", "查明，", "約定，", "约定，", "規定，", "规定，", "稱，"};
    struct gm_str before = gm__str(p->text + c->para, c->at - c->para);
    if (c->next == GM__NONE || gm__cand_at(p, c->next)->before != GM__BEFORE_SENTENCE) return false;
    for (size_t i = 0; i < GM__COUNT(verbs); i++)
        if (gm__str_ends(before, verbs[i])) return gm__cand_at(p, c->next)->para == c->para;
    return false;
}

/* 讲三点意见，一、要…，二、要…: what says how many there are stands before the comma. */
static bool is_told_before(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"点，",   "方面，", "件事，", "工作，", "意见，", "建议，", "要求，",
                                        "问题，", "措施，", "任务，", "原因，", "原则，", "體會，", "体会，"};
    struct gm_str before = gm__str(p->text + c->para, c->at - c->para);
    if (c->next == GM__NONE || gm__cand_at(p, c->next)->before > GM__BEFORE_COMMA) return false;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__str_ends(before, words[i])) return gm__cand_at(p, c->next)->para == c->para;
    return false;
}

#define TOLD_MOST  20  /* members */
#define TOLD_BYTES 36u /* of the clause before the comma that says how many there are */

/* 五蕴者，一、色蕴，二、…: the number that opens the clause that ends at `at`, behind `low`; 0. */
static int32_t number_named(const struct gm__parser *p, size_t low, size_t at) {
    struct gm__ordinal o;
    size_t from = at;
    for (uint32_t cp; from > low && at - from <= TOLD_BYTES;) {
        size_t n = gm__utf8_decode_back(p->text + low, p->text + from, &cp);
        if (!gm__is_han(cp)) break;
        from -= n;
    }
    size_t n = gm__numeral_scan(GM__NUM_HAN, p->text + from, p->text + at, false, &o);
    return n == 3 && at - from <= TOLD_BYTES ? o.value : 0;
}

/* 两个, 三点意见: the number that the clause before `at`, behind `low`, counts with; 0. */
static int32_t number_told(const struct gm__parser *p, size_t low, size_t at) {
    static const char *const units[] = {"个", "個", "点", "點", "条", "條", "项",   "項",
                                        "件", "种", "種", "步", "类", "類", "方面", NULL};
    struct gm__ordinal o;
    if (at - low > TOLD_BYTES) low = at - TOLD_BYTES;
    if (at - low >= 6 && memcmp(p->text + at - 6, "有", 3) == 0) /* 意见有三 */
        return gm__numeral_scan(GM__NUM_HAN, p->text + at - 3, p->text + at, false, &o) ? o.value : 0;
    for (const char *s = p->text + at - 3, *begin = p->text + low; s > begin + 2; s--) {
        uint32_t cp, before;
        if (((unsigned char)*s & 0xC0) == 0x80) continue;
        (void)gm__utf8_decode(s, p->text + at, &cp);
        if (!gm__is_han(cp) && !gm__numeral_systems(cp)) return 0;
        if (!gm__begins_any(gm__str(s, (size_t)(p->text + at - s)), units)) continue;
        const char *numeral = s - gm__utf8_decode_back(begin, s, &before);
        if (before == 0x4E24 || before == 0x5169) return 2; /* 两兩 */
        size_t n = gm__numeral_scan(before < 0x80 ? GM__NUM_ARABIC : GM__NUM_HAN, numeral, s, false, &o);
        (void)gm__utf8_decode_back(begin, numeral, &cp);
        return n && numeral + n == s && !gm__numeral_systems(cp) && cp != 0x7B2C ? o.value : 0; /* 第 */
    }
    return 0;
}

/* 补充两个，①…，②…: as many members as are told stand in the sentence and those behind it. */
static bool is_counted_before(const struct gm__parser *p, const struct gm__cand *c) {
    struct gm_str above = gm__str_trim(gm__str(p->text + c->para, c->at - c->para));
    size_t comma = gm__str_ends(above, ",") ? 1 : 3; /* ， */
    if (above.len < 9) return false;
    size_t end = (size_t)(above.ptr - p->text) + above.len - comma;
    bool named = memcmp(p->text + end - 3, "者", 3) == 0;
    int32_t number = named ? number_named(p, c->para, end) : number_told(p, c->para, end), found = 1;
    if (number < 2 || number > TOLD_MOST) return false;
    for (const struct gm__cand *k = c; k->next != GM__NONE; found++) {
        k = gm__cand_at(p, k->next);
        if (k->para != c->para || k->before > GM__BEFORE_COMMA || found == number) break;
    }
    return found == number;
}

/* 会议强调，（一）要…。（二）要…。（三）…: behind a comma a number opens a list when two sentences go on. */
bool gm__is_list_behind_comma(const struct gm__parser *p, const struct gm__cand *c) {
    uint32_t open;
    (void)gm__utf8_decode(p->text + c->at, p->text + c->at + c->len, &open);
    bool list = open == 0xFF08 || open == '(' || open - '1' < 9;
    if ((list || open == 0x4E00) && (is_said(p, c) || is_told_before(p, c))) return true; /* 一 */
    bool glyph = open - 0x2460 < 20;                                                      /* ① may be a note's mark */
    if ((list || glyph || open == 0x4E00) && is_counted_before(p, c)) return true;
    if (!list) return false;
    for (int i = 0; i < 2; i++) {
        if (c->next == GM__NONE || gm__cand_at(p, c->next)->para != c->para) return false;
        c = gm__cand_at(p, c->next);
        if (c->before != GM__BEFORE_SENTENCE) return false;
    }
    return true;
}

/* 图3-2　断口：(a) 800 ℃；(b) 900 ℃: the caption of a figure, its number and a blank, opens the paragraph. */
static bool is_in_figure_caption(const struct gm__parser *p, const struct gm__cand *c) {
    const char *at = p->text + c->para, *end = p->text + c->at;
    if (end - at < 6 || (memcmp(at, "图", 3) != 0 && memcmp(at, "圖", 3) != 0)) return false;
    at += 3;
    if (*at == ' ') at++;
    const char *number = at;
    while (at < end && ((*at >= '0' && *at <= '9') || (at > number && (*at == '.' || *at == '-')))) at++;
    return at > number && at + 3 < end && (*at == ' ' || memcmp(at, "\u3000", 3) == 0);
}

/* 图中：1、水箱；2、阀门；11、管: the numbers are those in a figure. */
static bool is_legend(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const words[] = {"图中：", "图中:",  "圖中：",     "标记：",
                                        "标号：", "图例：", "标记说明：", "标号说明："};
    struct gm_str before = gm__str(p->text + c->para, c->at - c->para);
    if (c->before != GM__BEFORE_COLON || gm__family_of(p, c)->partner) return false;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__str_ends(before, words[i])) return true;
    return is_in_figure_caption(p, c);
}

/* a.txt；b.txt: the letter is of a file's name. */
static bool is_of_name(const struct gm__parser *p, const struct gm__cand *c) {
    const unsigned char *at = (const unsigned char *)p->text + c->at;
    return c->len == 2 && p->len - c->at > 2 && at[1] == '.' && at[0] - (unsigned)'a' < 26 &&
           at[2] - (unsigned)'a' < 26;
}

/* （1.某大学，某地 100871；2.…） below the title: where the authors work. */
static bool is_affiliation(const struct gm__parser *p, const struct gm__cand *c) {
    const char *text = p->text;
    size_t gap = c->at - c->para;
    if (c->para > FRONT_BYTES || text[c->at] != '1' || c->stop < c->at + 3) return false;
    bool opened = (gap == 1 && text[c->para] == '(') || (gap == 3 && memcmp(text + c->para, "（", 3) == 0);
    return opened && (text[c->stop - 1] == ')' || memcmp(text + c->stop - 3, "）", 3) == 0);
}

#define ASKS_BYTES 90u /* before the colon */

/* 参考文献：[1]…；[2]…, 参见：[1]…: what is named is read elsewhere. */
static bool names_sources(struct gm_str above) {
    static const char *const words[] = {"文献",     "文獻", "书目", "書目", "参考资料", "參考資料", "资料来源",
                                        "資料來源", "出处", "出處", "注释", "注釋",     "参见",     "參見",
                                        "详见",     "詳見", "另见", "另見", "参看",     "參看",     "参阅",
                                        "參閱",     "引自", "出自", NULL};
    above = gm__str_trim(above);
    if (gm__str_ends(above, "：") || gm__str_ends(above, ":")) above.len -= gm__str_ends(above, ":") ? 1 : 3;
    return gm__ends_any(above, words);
}

/* ：A.…；B.…, or with commas A.…，B.…，C.…, and ：[1]…；[2]…: is it a list? Options are no points of it, nor names and
 * marks of notes: A. Smith, 云：[1]…。[2]…. */
static bool is_clause_list(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *next) {
    static const char *const asks[] = {"（ ",  "（　", "（）",   "( ",   "()",   "__",   "？",   "?",      "下列",
                                       "哪",   "您",   "你",     "选择", "選擇", "选项", "選項", "单选",   "多选",
                                       "选：", "選：", "的是：", "判断", "答案", "正确", "正確", "错误的", "錯誤的",
                                       "说法", "說法", "图中",   "圖中", "如图", "如圖", "标号", "标记",   "图例"};
    size_t from = c->at - c->para > ASKS_BYTES ? c->at - ASKS_BYTES : c->para;
    struct gm_str above = gm__str(p->text + from, c->at - from);
    for (size_t i = 0; i < GM__COUNT(asks); i++)
        if (gm__holds(above, asks[i])) return false;
    if (gm__fold(gm__cp_at(p, c->at, &(size_t){0})) - 'A' >= 26)
        return !names_sources(above) && gm__fold(gm__cp_before(p, next->at, c->at)) == ';';
    if (c->flags & next->flags & GM__CAND_LATIN_TEXT) return false;
    bool third = next->next != GM__NONE && gm__cand_at(p, next->next)->para == c->para;
    return next->before == GM__BEFORE_SENTENCE || (next->before == GM__BEFORE_COMMA && third);
}

/* D.（1）（2）（3）: numbers are named, and nothing is said in them. */
static bool is_empty_before(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *next) {
    size_t end = (size_t)c->at + c->len;
    if (next->at > end && !(c->flags & (GM__CAND_BLANK | GM__CAND_MARK))) return false; /* without a look at the text */
    return next->at >= end && !gm__str_trim(gm__str(p->text + end, next->at - end)).len;
}

bool gm__opens_no_list(const struct gm__parser *p, const struct gm__cand *c, const struct gm__cand *next) {
    return is_legend(p, c) || is_of_name(p, c) || is_affiliation(p, c) || (next && is_empty_before(p, c, next)) ||
           (gm__family_of(p, c)->announced && !(next && is_clause_list(p, c, next)));
}

/* 一　2014年工作回顾: a year opens the text behind a Han number. */
bool gm__heads_year(const struct gm__parser *p, const struct gm__cand *c) {
    const unsigned char *s = (const unsigned char *)p->text + gm__skip_line_blanks(p, (size_t)c->at + c->len);
    if (p->text + p->len < (const char *)s + 7 || !gm__is_han(gm__cp_at(p, c->at, &(size_t){0}))) return false;
    for (int i = 0; i < 4; i++)
        if (s[i] < '0' || s[i] > '9') return false;
    return memcmp(s + 4, "年", 3) == 0;
}

/* …应符合下列规定： and below it 1 C30混凝土…； 2 C40…。: a colon announces the sentences. */
bool gm__is_announced(const struct gm__parser *p, const struct gm__cand *c) {
    struct gm_str above =
        gm__str_trim(gm__str(p->text + (c->para > 16 ? c->para - 16 : 0), c->para > 16 ? 16 : c->para));
    const struct gm__cand *next = gm__cand_at(p, c->next);
    if (!(c->flags & next->flags & GM__CAND_STOPPED) || next->at - c->stop > 16) return false;
    return gm__str_ends(above, "：") || gm__str_ends(above, ":");
}
