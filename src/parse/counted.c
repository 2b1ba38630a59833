/*
 * counted.c - 渡口总结 篇1, 江边夜话（2）: collections from the net put the number of each text behind the name that
 * all of them have. Such lines are headings, each of a text with numbers of its own.
 */
#include "parse/lexer.h"

#define STEM_LEAST 12u /* bytes of the name: four characters */
#define LINE_BYTES 96u
#define MOST_ASKED 16u                 /* firsts whose second is looked for */
#define REACH      ((size_t)64 * 1024) /* bytes behind the first that the second may lie */

/* The number that ends `s`: Arabic digits, two at most, or a Han number. Its length; 0. */
static size_t number_at_end(struct gm_str s, int32_t *number) {
    struct gm__ordinal o;
    size_t at = s.len;
    while (at > 0 && s.len - at < 3 && s.ptr[at - 1] >= '0' && s.ptr[at - 1] <= '9') at--;
    enum gm__numeral system = at < s.len ? GM__NUM_ARABIC : GM__NUM_HAN;
    for (uint32_t cp; system == GM__NUM_HAN && at > 0 && s.len - at < 9;) {
        size_t n = gm__utf8_decode_back(s.ptr, s.ptr + at, &cp);
        if (!gm__is_han(cp) || !(gm__numeral_systems(cp) >> GM__NUM_HAN & 1)) break;
        at -= n;
    }
    if (at == s.len || s.len - at > 9 || (system == GM__NUM_ARABIC && s.len - at > 2)) return 0;
    if (gm__numeral_scan(system, s.ptr + at, s.ptr + s.len, false, &o) != s.len - at) return 0;
    *number = o.value;
    return s.len - at;
}

/* The name before the number that ends the line: 渡口总结 of 渡口总结 篇1, 渡口总结（一）, 渡口总结1; empty when none.
 */
static struct gm_str stem_of(struct gm_str line, int32_t *number) {
    static const char *const marks[] = {"：", ":", "，", "。", "；", "、", "《", NULL};
    static const char *const things[] = {"图", "表", "式", "例", "题", "号", "组", "班", "楼", "栋", "区", "级", "版",
                                         "第", "件", "册", "年", "月", "日", "页", "章", "节", "条", "项", "点", NULL};
    struct gm_str none = gm__str("", 0), s = line;
    bool bracket = gm__str_ends(s, "）") || gm__str_ends(s, ")");
    if (line.len > LINE_BYTES) return none;
    if (bracket) s.len -= gm__str_ends(s, "）") ? 3 : 1;
    size_t n = number_at_end(s, number);
    if (!n) return none;
    s.len -= n;
    if (bracket) {
        if (!gm__str_ends(s, "（") && !gm__str_ends(s, "(")) return none;
        s.len -= gm__str_ends(s, "（") ? 3 : 1;
    } else if (gm__str_ends(s, "篇")) {
        s.len -= 3;
    } else if ((unsigned char)line.ptr[line.len - 1] >= 0x80 || gm__str_trim(s).len < s.len) {
        return none; /* 渡口之一; a running head with the number of its page */
    }
    s = gm__str_trim(s);
    uint32_t last = 0;
    if (s.len) (void)gm__utf8_decode_back(s.ptr, s.ptr + s.len, &last);
    if (s.len < STEM_LEAST || !gm__is_han(last) || gm__ends_any(s, things) || (s.ptr[0] >= '0' && s.ptr[0] <= '9'))
        return none;
    for (size_t i = 0; marks[i]; i++)
        if (gm__holds(s, marks[i])) return none;
    return s;
}

/* Does the second come, with text between? */
static bool comes_second(const struct gm__parser *p, struct gm_str first, struct gm_str stem) {
    const char *from = first.ptr + first.len;
    struct gm_str line = gm__next_line(p, from);
    for (size_t lines = 0; line.len && (size_t)(line.ptr - from) < REACH; lines++) {
        int32_t number = 0;
        bool like = line.len >= stem.len && memcmp(line.ptr, stem.ptr, stem.len) == 0;
        if (like && gm__str_eq(stem_of(line, &number), stem)) return number == 2 && lines > 0;
        line = gm__next_line(p, line.ptr + line.len);
    }
    return false;
}

bool gm__offer_counted(struct lexer *l, struct gm_str line) {
    int32_t number = 0;
    struct gm_str stem = l->wrapped ? gm__str("", 0) : stem_of(line, &number);
    if (!stem.len) return false;
    if (number == 1 && l->asked < MOST_ASKED) {
        l->asked++;
        if (!comes_second(l->p, line, stem)) return false;
        l->stem = stem;
    } else if (number != l->counted + 1 || !gm__str_eq(stem, l->stem)) {
        return false;
    }
    l->counted = number;
    gm__offer_heading(l, line, GM__NO_KEYWORD, 0, GM__CAND_REGION);
    return true;
}
