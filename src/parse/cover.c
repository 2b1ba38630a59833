/*
 * cover.c - the cover of a standard (GB/T 1.1-2020 8.1), whose number tells it from a title that stands alone:
 *
 *   ICS 13.220.10            CCS C 84
 *   中华人民共和国国家标准
 *   GB/T 12345—2024          代替 GB/T 12345—2010
 *   小型消防站建设规范        Code for construction of small fire stations
 *   2024-03-15 发布          2024-10-01 实施
 *   国家市场监督管理总局      国家标准化管理委员会　发布
 */
#include "parse/matter.h"

#include "parse/phrase.h"

#define COVER_LINES 8 /* in so many the number comes */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/* Bytes of the dash that ends at `end`, or 0. */
static size_t dash_before(struct gm_str s, size_t end) {
    if (end >= 3 && (memcmp(s.ptr + end - 3, "—", 3) == 0 || memcmp(s.ptr + end - 3, "–", 3) == 0)) return 3;
    return end && s.ptr[end - 1] == '-';
}

/* Capitals, a number, a dash and the year: GB/T 1.1—2020, DB11/T 1234-2021, JTG D20—2017, Q/ABC 001—2023. */
static bool is_number(struct gm_str s) {
    size_t n = s.len;
    while (n && is_digit(s.ptr[n - 1])) n--;
    size_t dash = dash_before(s, n);
    if (s.len - n != 4 || !dash) return false;
    n -= dash;
    if (n < 3 || n > 40 || !is_capital(s.ptr[0]) || !is_digit(s.ptr[n - 1])) return false;
    for (size_t i = 0; i < n; i++)
        if (!is_capital(s.ptr[i]) && !is_digit(s.ptr[i]) && !strchr("/ .-", s.ptr[i])) return false;
    return true;
}

/* 代替 GB/T 1.1—2009、GB/T 1.2—2002 */
static bool is_replaced(struct gm_str s) {
    const size_t word = strlen("代替");
    if (!gm__begins(s, "代替")) return false;
    struct gm_str rest = gm__str_trim(gm__str(s.ptr + word, s.len - word));
    return rest.len && is_capital(rest.ptr[0]);
}

/* ICS 13.220.10, CCS C 84, C 84 */
static bool is_classed(struct gm_str s) {
    if (gm__begins(s, "ICS") || gm__begins(s, "CCS")) return s.len > 3 && s.len < 40;
    return s.len == 4 && is_capital(s.ptr[0]) && s.ptr[1] == ' ' && is_digit(s.ptr[2]) && is_digit(s.ptr[3]);
}

static bool is_english(struct gm_str s) {
    bool word = false;
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80) return false;
        word |= s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
    }
    return word;
}

static int above_title(struct gm_str s) {
    static const char *const marks[] = {"国家标准", "行业标准",     "地方标准",       "团体标准",
                                        "企业标准", "计量技术规范", "指导性技术文件", NULL};
    if (is_classed(s)) return GM_MATTER_CLASSIFICATION;
    if (is_number(s) || is_replaced(s)) return GM_MATTER_NUMBER;
    return gm__ends_any(s, marks) ? GM_MATTER_ISSUER : GM__NO_COVER;
}

static int below_title(struct gm_str s) {
    if (is_number(s) || is_replaced(s)) return GM_MATTER_NUMBER;
    if (is_english(s)) return GM_MATTER_SUBTITLE;
    if (is_digit(s.ptr[0]) && (gm__str_ends(s, "发布") || gm__str_ends(s, "实施"))) return GM_MATTER_DATE;
    return gm__str_ends(s, "发布") && !gm__holds(s, "，") ? GM_MATTER_SUBTITLE : GM__NO_COVER;
}

/* A list of standards has another number below the first; a number alone is all the title there is. */
bool gm__cover(const struct gm__lines *lines) {
    for (size_t i = 0; i < lines->count && i < COVER_LINES; i++)
        if (is_number(lines->at[i])) return i + 1 == lines->count ? i > 0 : !is_number(lines->at[i + 1]);
    return false;
}

int gm__cover_kind(struct gm_str line, bool titled) { return titled ? below_title(line) : above_title(line); }
