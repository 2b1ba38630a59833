/* keyword.c - lines that a word makes headings, regions or matter: 附则, 附件1, 附录A（规范性附录）, 目　录. */
#include "parse/phrase.h"

#define CAPTION_BYTES 48u /* of a caption in brackets */
#define TITLE_BYTES   75u /* of 引言：… */

bool gm__is_annex_kind(struct gm_str s) {
    return s.len < 40 && gm__is_bracketed(s) && (gm__holds(s, "规范性") || gm__holds(s, "资料性"));
}

/* 別表第一（第三条関係）, 附录A（规范性）, 附录A(规范性) 试验方法: what the bracket says needs no blank before it. */
static bool tells_role(struct gm_str s) {
    if (gm__is_bracketed(s) && gm__holds(s, "関係")) return true;
    for (size_t i = 0; i < s.len && i < 40; i++) {
        size_t n = s.ptr[i] == ')' ? 1 : s.len - i >= 3 && memcmp(s.ptr + i, "\xEF\xBC\x89", 3) == 0 ? 3 : 0;
        if (n) return gm__is_annex_kind(gm__str(s.ptr, i + n));
    }
    return false;
}

/* 附　則（平成１９年条例第５号）抄: so are what it was promulgated with, and no blank before it. */
static bool tells_statute(struct gm_str s) {
    static const char *const kinds[] = {"条例", "規則", "法律", "政令", "省令", "告示", "訓令", "規程", "要綱", "條例"};
    if (!gm__begins(s, "（") && !gm__begins(s, "(")) return false;
    for (size_t i = 0; i < GM__COUNT(kinds); i++)
        if (gm__holds(s, kinds[i])) return gm__holds(s, "年") && !gm__str_ends(s, "。");
    return false;
}

/* 1, 一, A, 第一 or 第２号 at the beginning of `s`; its length, 0 when there is none. */
static size_t keyword_number(struct gm_str s) {
    static const enum gm__numeral systems[] = {GM__NUM_ARABIC, GM__NUM_HAN, GM__NUM_LATIN};
    size_t di = s.len > 3 && (memcmp(s.ptr, "第", 3) == 0 || memcmp(s.ptr, "之", 3) == 0) ? 3 : 0; /* 番外之一 */
    for (size_t i = 0; s.len && i < GM__COUNT(systems); i++) {
        struct gm__ordinal o;
        size_t n = di + gm__numeral_scan(systems[i], s.ptr + di, s.ptr + s.len, false, &o);
        if (n == di) continue;
        bool unit = di && s.len - n >= 3 && memcmp(s.ptr + n, "号", 3) == 0; /* 様式第２号 */
        return unit ? n + 3 : n;
    }
    return 0;
}

/* （一）, (2) at the beginning of `s`: 番外（一）. Its length, 0 when there is none. */
static size_t bracketed_number(struct gm_str s) {
    size_t open = gm__begins(s, "（") ? 3 : gm__begins(s, "(") ? 1 : 0;
    size_t n = open ? keyword_number(gm__str(s.ptr + open, s.len - open)) : 0;
    struct gm_str rest = gm__str(s.ptr + open + n, s.len - open - n);
    if (!n) return 0;
    return gm__begins(rest, "）") ? open + n + 3 : gm__begins(rest, ")") ? open + n + 1 : 0;
}

/* What follows the keyword and its number: *blank when something parts it from them. False: not this keyword. */
static bool keyword_rest(const struct gm_grammar *g, const struct gm__keyword *k, struct gm_str line,
                         struct gm_str *body, bool *blank) {
    size_t taken = gm__match_word(line, gm__literal(g, k->text));
    if (!taken) return false;
    struct gm_str rest = gm__str(line.ptr + taken, line.len - taken);
    *body = gm__str_trim(rest);
    *blank = body->ptr != rest.ptr && body->len != 0;
    size_t counted = k->numbered ? keyword_number(*body) : 0;
    size_t bracketed = k->numbered && !counted && k->role == GM__ROLE_HEADING ? bracketed_number(*body) : 0;
    if (bracketed) {
        *body = gm__str_trim(gm__str(body->ptr + bracketed, body->len - bracketed));
        *blank = body->len <= TITLE_BYTES && !gm__holds(*body, "。");
    } else if (counted) {
        struct gm_str left = gm__str(body->ptr + counted, body->len - counted);
        struct gm_str behind = gm__str(left.ptr + 1, left.len - (left.len > 0));
        if (left.len && (left.ptr[0] == '.' || left.ptr[0] == ')') && gm__str_trim(behind).ptr != behind.ptr)
            left = behind; /* 附录 A. 样表 */
        *body = gm__str_trim(left);
        *blank = body->len && (body->ptr != left.ptr || tells_role(*body));
    } else if (k->role == GM__ROLE_REGION && !*blank) {
        *blank = tells_statute(*body);
    }
    if (k->numbered && k->role == GM__ROLE_HEADING && gm__begins(*body, "·")) { /* 番外·旧信 */
        *body = gm__str_trim(gm__str(body->ptr + 2, body->len - 2));
        *blank = true;
    }
    while (body->len && (body->ptr[0] == ':' || (body->len >= 3 && memcmp(body->ptr, "\xEF\xBC\x9A", 3) == 0))) {
        if (k->role == GM__ROLE_REGION && !counted) return false; /* 附件：1.… is a list, not the annex */
        size_t n = body->ptr[0] == ':' ? 1 : 3;
        *body = gm__str_trim(gm__str(body->ptr + n, body->len - n));
        *blank = true;
    }
    return true;
}

/* 引言：从一艘船说起, on a line that is no sentence. */
static bool follows_colon(struct gm_str line, struct gm_str body) {
    struct gm_str before = gm__str_trim(gm__str(line.ptr, (size_t)(body.ptr - line.ptr)));
    return (gm__str_ends(before, "：") || gm__str_ends(before, ":")) && body.len <= TITLE_BYTES &&
           !gm__is_stopped(body) && !gm__str_ends(body, ".") && !gm__holds(body, "。") && !gm__holds(body, "；");
}

static bool keyword_line(const struct gm_grammar *g, const struct gm__keyword *k, struct gm_str line) {
    struct gm_str body;
    bool blank;
    if (line.ptr[0] != g->literals[k->text.at] && (unsigned char)line.ptr[0] != 0xEF)
        return false; /* nothing else folds */
    if (!keyword_rest(g, k, line, &body, &blank)) return false;
    bool told = k->role == GM__ROLE_HEADING && gm__str_ends(body, "。"); /* 下篇 文章还没有写。 */
    return body.len == 0 || (k->prefix && blank && body.len < 120 && !told) || (k->titled && follows_colon(line, body));
}

bool gm__keyword_has_title(const struct gm__parser *p, uint16_t keyword, struct gm_str line) {
    struct gm_str body;
    bool blank;
    if (keyword == GM__NO_KEYWORD) return true; /* the line is its own title */
    return keyword_rest(p->grammar, &p->grammar->keywords[keyword], line, &body, &blank) && body.len != 0 &&
           !gm__is_annex_kind(body);
}

/* 【教学目标】, 【用法用量】: a caption, whatever it says. 【答案】 is none, 【灯渐亮】 a stage direction. */
static bool is_bracket_caption(struct gm_str line) {
    static const char *const others[] = {"答案", "解析",   "详解", "解答", "分析",   "点评",   "点睛", "点拨",
                                         "考点", "证明",   "思路", "变式", "解题",   "灯",     "幕",   "音乐",
                                         "上场", "下场",   "旁白", "字幕", "镜头",   "画外",   "舞台", "场景",
                                         "本报", "新华社", "中新", "记者", "通讯员", "编者按", "来源"};
    if (line.len < 12 || line.len > CAPTION_BYTES || !gm__str_ends(line, "】")) return false;
    struct gm_str inner = gm__str(line.ptr + 3, line.len - 6);
    for (size_t i = 0; i < inner.len;) {
        uint32_t cp;
        i += gm__utf8_decode(inner.ptr + i, inner.ptr + inner.len, &cp);
        if (!gm__is_han(cp) && gm__fold(cp) != '/') return false; /* 【功能/主治】 */
    }
    for (size_t i = 0; i < GM__COUNT(others); i++)
        if (gm__holds(inner, others[i])) return false;
    return true;
}

uint16_t gm__match_keyword(const struct gm__parser *p, struct gm_str line) {
    if (line.len == 0 || line.len > 240) return GM__NO_KEYWORD;
    uint32_t first = 0;
    (void)gm__utf8_decode(line.ptr, line.ptr + line.len, &first);
    const struct gm_grammar *g = p->grammar;
    if (first == 0x3010 && is_bracket_caption(line)) line.ptr = "【】", line.len = 6; /* as which the grammar has it */
    for (uint16_t i = g->keyword_bucket[gm__bucket(gm__fold(first))]; i; i = g->keywords[i - 1].next)
        if (keyword_line(g, &g->keywords[i - 1], line)) return (uint16_t)(i - 1);
    return GM__NO_KEYWORD;
}
