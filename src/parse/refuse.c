/* refuse.c - no label: a reference, a list of numbers, a quantity, a word that begins like one. */
#include "parse/lexer.h"
#include "parse/match.h"

static bool starts_with_folded(const char *p, const char *end, struct gm_str what) {
    struct cursor c = {p, end};
    bool blanks;
    return match_literal(&c, what, false, &blanks);
}

/* `next`: the code point at `at`, behind the label. */
static bool guarded(const struct attempt *a, const struct gm__family *f, struct cursor at, uint32_t next) {
    const struct gm_grammar *g = a->parser->grammar;
    const struct gm__literal *before = g->guards + f->not_before, *after = g->guards + f->not_after;
    if (f->not_before_bits & gm__suffix_bit(gm__fold(next)))
        for (size_t i = 0; i < f->not_before_count; i++)
            if (starts_with_folded(at.p, at.end, gm__literal(g, before[i]))) return true;
    for (size_t i = 0; i < f->not_after_count; i++) {
        struct gm_str w = gm__literal(g, after[i]);
        if ((size_t)(a->label - a->begin) >= w.len && memcmp(a->label - w.len, w.ptr, w.len) == 0) return true;
    }
    return false;
}

/* 最后， 祝大家… */
static bool is_guarded_behind_blank(const struct attempt *a, const struct gm__family *f, struct cursor at) {
    size_t len;
    uint32_t next = peek(&at, &len);
    if (gm__fold(next) == ',') at.p += len;
    if (!skip_blanks(&at, GM__INNER_BLANKS)) return false;
    next = peek(&at, &len);
    return len && guarded(a, f, at, next);
}

/* 一、二、三 or 一, 二, 三: the number `value` stands at `at` behind another one, and the next behind it. */
static bool counts_on(const struct gm__pattern *pat, struct cursor at, int32_t value) {
    struct gm__ordinal next;
    for (int i = 0; i < 2; i++, value++) {
        size_t len, n;
        (void)skip_blanks(&at, 1);
        n = at.p < at.end ? gm__numeral_scan((enum gm__numeral)pat->system, at.p, at.end, false, &next) : 0;
        if (!n || next.value != value) return false;
        at.p += n;
        if (i == 1) return true;
        if (gm__fold(peek(&at, &len)) != pat->suffix_cp) return false;
        at.p += len;
    }
    return false;
}

/* Ａ、ａ、Ｂ及びｂ or A、B两点: letters that are spoken of. A、a和b平行 is an option that begins with a letter. */
static bool is_letter_list(const struct gm__pattern *pat, const struct gm__ordinal *o, struct cursor at) {
    static const uint32_t joints[] = {0x3001, 0x53CA, 0x548C, 0x4E0E, 0x8207, 0x4E09, 0x4E24, 0x5169, 0x56DB};
    size_t len;
    if (pat->system != GM__NUM_LATIN && pat->system != GM__NUM_LATIN_LOWER) return false;
    uint32_t cp = gm__fold(peek(&at, &len));
    if (!len || (cp | 32) < 'a' || (cp | 32) > 'z') return false;
    int32_t value = (int32_t)(cp | 32) - 'a' + 1;
    bool alike = (cp < 'a') == (pat->system == GM__NUM_LATIN) && (value == o->value || value == o->value + 1);
    at.p += len;
    cp = peek(&at, &len);
    if (!alike) return len && cp == 0x3001;
    for (size_t i = 0; len && i < GM__COUNT(joints); i++) /* 、 及 和 与 與 三 两 兩 四 */
        if (cp == joints[i]) return true;
    return false;
}

/* 一、二、三产业, 一、二、三 or 甲、乙二人: a bare list of numbers. */
static bool is_number_list(const struct gm__pattern *pat, const struct gm__ordinal *o, struct cursor at) {
    struct gm__ordinal next;
    bool stems = pat->system == GM__NUM_STEM || pat->system == GM__NUM_BRANCH; /* 甲、乙、丙三人 */
    if (pat->suffix_cp == 0x3001 && is_letter_list(pat, o, at)) return true;
    if ((pat->suffix_cp != 0x3001 && pat->suffix_cp != ',') ||
        (pat->system != GM__NUM_HAN && pat->system != GM__NUM_ARABIC && !stems))
        return false;
    if (counts_on(pat, at, o->value + 1)) return true;
    return stems && pat->suffix_cp == 0x3001 &&
           gm__numeral_scan((enum gm__numeral)pat->system, at.p, at.end, false, &next) && next.value == o->value + 1;
}

/* 3 个月, 2023 年: many type a blank between digits and Han. True: one was passed over, behind digits, and a word or
 * the letters of a unit follow. */
static bool skip_inner_blank(struct cursor *at) {
    size_t len;
    struct cursor next = *at;
    uint32_t cp = peek(&next, &len);
    if (!len || cp == 0x3000 || cp == '\n' || cp == '\r' || !gm__is_space(cp)) return false;
    next.p += len;
    cp = peek(&next, &len);
    if (!len || !(gm__is_han(cp) || (cp | 32) - 'a' < 26)) return false;
    *at = next;
    return true;
}

/* 4.1953年: a year behind the label; A.20岁以下: a number of two digits or more and what it counts. */
static bool is_quantity(struct cursor at, size_t digits, bool year) {
    size_t len, n = 0;
    uint32_t cp;
    for (; (cp = gm__fold(peek(&at, &len))) >= '0' && cp <= '9'; n++) {
        if (year && n < 2 && cp != (n == 0 ? '1' : '9') && cp != (n == 0 ? '2' : '0')) return false;
        at.p += len;
    }
    if (year && n == digits && skip_inner_blank(&at)) cp = peek(&at, &len);
    return year ? n == digits && cp == 0x5E74 : n >= digits && cp >= 0x2010 && !gm__is_space(cp);
}

/* 1、2 和 3 号井 */
static bool joins_numbers(struct cursor at) {
    static const char *const joints[] = {"和", "与", "與", "及", "或", "至", "到"};
    return starts_with_any(at, joints, GM__COUNT(joints));
}

/* 1、100元以下, 2)36V以下, 3、1.5米以内: what is counted opens the text of a point. 1、15、23 are numbers. Behind a dot
 * the digits may be a fraction's: not those of 3.8月 and 1.30日, nor two behind a full-width dot. */
static bool opens_with_quantity(const struct attempt *a, const struct gm__pattern *pat, struct cursor at) {
    size_t n = 0, len;
    uint32_t cp = 0, next;
    if (!(a->where & GM__AT_START) || !pat->suffix_cp) return false;
    bool dot = pat->suffix_cp == '.', wide = dot && at.p - a->label > 3 && memcmp(at.p - 3, "．", 3) == 0;
    if (pat->suffix_cp != 0x3001 && pat->suffix_cp != ')' && !dot) return false;
    if (dot && gm__counts_whole(at, 3)) return true;
    for (; (cp = gm__fold(peek(&at, &len))) >= '0' && cp <= '9'; n++) at.p += len;
    if (n && n <= 8 && !dot && skip_inner_blank(&at)) return !joins_numbers(at); /* 1、5 万元以下 */
    if (!len || gm__is_space(cp) || cp == 0x3001 || n > 8) return false;
    if (dot && cp == ':') { /* 3.8:00 */
        at.p += len;
        next = gm__fold(peek(&at, &len));
        return n <= 2 && next >= '0' && next <= '9';
    }
    if (dot) return n <= 2 ? cp == 0x6708 || (n == 2 && (cp == 0x65E5 || (wide && cp >= 0x80))) : wide && cp >= 0x80;
    at.p += len;
    next = gm__fold(peek(&at, &len));
    if (cp >= 0x80 || cp == '%' || (cp | 32) - 'a' < 26) return true;
    return strchr(".:-~", (int)cp) && next >= '0' && next <= '9';
}

/* 1.app下载, 2.iOS用户: letters and then Han. Not 2.x版本. */
static bool is_name(const struct attempt *a, struct cursor at) {
    size_t n = 0, len;
    uint32_t cp;
    if (!(a->where & GM__AT_START)) return false;
    for (; (cp = gm__fold(peek(&at, &len)) | 32) >= 'a' && cp <= 'z'; n++) at.p += len;
    return n > 1 && n < 24 && gm__is_han(cp);
}

/* A digit or letter right behind "1." or "A" would make it a decimal, a version, a word. */
static bool glued(const struct attempt *a, const struct gm__pattern *pat, struct cursor at, uint32_t next) {
    next = gm__fold(next);
    bool digit = next >= '0' && next <= '9', letter = (next | 32) >= 'a' && (next | 32) <= 'z';
    switch (pat->system) {
    case GM__NUM_ARABIC:
    case GM__NUM_DECIMAL:
        return pat->prefix.len == 0 &&
               ((digit && !(pat->suffix.len != 0 &&
                            (is_quantity(at, 4, true) || gm__is_day(at) || opens_with_quantity(a, pat, at)))) ||
                (pat->suffix_cp == '.' && next >= 'a' && next <= 'z' && !is_name(a, at)) ||
                (pat->suffix.len == 0 && (letter || next == '.' || next == '%')));
    case GM__NUM_ROMAN:
    case GM__NUM_ROMAN_LOWER:
    case GM__NUM_LATIN:
    case GM__NUM_LATIN_LOWER:
        return pat->prefix.len == 0 && (pat->suffix.len == 0 || pat->suffix_cp == '.') &&
               ((digit && !is_quantity(at, 2, false)) || (pat->suffix.len == 0 && letter));
    default: return false;
    }
}

/* Are there more code points in the line than `max`? Looks no further than that. */
static bool longer_than(const char *p, const char *end, uint32_t max) {
    for (uint32_t cp, n = 0; p < end && *p != '\n' && *p != '\r'; p += gm__utf8_decode(p, end, &cp))
        if (n++ == max) return true;
    return false;
}

/* ① ② ③, イ ロ ハ: no labels. イ　アーム has a word of the same characters behind it, A.2 XML描述 begins with such. */
static bool glyph_follows(const struct gm__pattern *pat, struct cursor at) {
    size_t len;
    struct gm__ordinal o;
    (void)skip_blanks(&at, GM__INNER_BLANKS);
    uint32_t next = peek(&at, &len);
    if (!len || !(gm__numeral_systems(next) >> pat->system & 1)) return false;
    if (pat->system == GM__NUM_ANNEX || pat->system == GM__NUM_HYPHENED)
        return gm__numeral_scan((enum gm__numeral)pat->system, at.p, at.end, false, &o) != 0;
    if (pat->system < GM__NUM_IROHA || pat->system > GM__NUM_HANGUL) return true;
    at.p += len;
    next = peek(&at, &len);
    return !len || gm__is_space(next) || next == 0x3001 || next == 0x30FB; /* 、 ・ */
}

/* 任务一、任务二; 问题一、二; 任务 1 周内: the word and its number are spoken of, or the number counts what follows. */
static bool is_counted(const struct gm_grammar *g, const struct gm__pattern *pat, struct cursor at) {
    static const char *const units[] = {"个", "個", "周", "天", "日", "月", "年", "次", "项", "項", "例",  "件",
                                        "人", "条", "種", "种", "家", "台", "名", "套", "亿", "万", "小时"};
    size_t len;
    if (pat->suffix_cp == 0x3001)
        return starts_with_folded(at.p, at.end, gm__literal(g, pat->prefix)) ||
               (gm__numeral_systems(peek(&at, &len)) >> pat->system & 1);
    if (!pat->blank) return false;
    (void)skip_blanks(&at, GM__INNER_BLANKS);
    for (size_t i = 0; i < GM__COUNT(units); i++)
        if ((size_t)(at.end - at.p) >= strlen(units[i]) && memcmp(at.p, units[i], strlen(units[i])) == 0) return true;
    return false;
}

/* 5 月 3 日, 1996 年: many type blanks in a date. */
static bool is_spaced_date(struct cursor at, int32_t number) {
    size_t len;
    if (starts_with(at, "年", 3) && number >= 1000) return true;
    if (!starts_with(at, "月", 3)) return false;
    at.p += 3;
    (void)skip_blanks(&at, 1);
    uint32_t cp = gm__fold(peek(&at, &len));
    return len && cp >= '0' && cp <= '9';
}

/* 2.2万元防汛经费, 5.1亩果园, 3.0版: in prose, what stands right behind is counted; a heading is a line of its own. */
static bool counts_behind(struct cursor at) {
    bool version = starts_with(at, "版", 3) && !starts_with(at, "版权", 6) && !starts_with(at, "版面", 6);
    return (version || gm__measures(at)) && !gm__heading_bytes(at, false);
}

/* A blank, no wide one, parts a number without a mark from what it may count. */
static enum verdict judge_counted(const struct gm__pattern *pat, const struct gm__ordinal *o, struct cursor at,
                                  bool blank) {
    bool bare = pat->blank ? pat->system == GM__NUM_ARABIC : pat->system == GM__NUM_DECIMAL && o->components == 2;
    if (bare && !blank && !pat->prefix.len && !pat->suffix.len && counts_behind(at)) return IS_DOUBTED;
    if (bare && !pat->prefix.len && !pat->suffix.len && gm__measure_at(at)) return IS_REFUSED;
    bool wide = starts_with(at, "\u3000", 3);
    if (!bare || wide || pat->prefix.len || pat->suffix.len || !skip_blanks(&at, GM__INNER_BLANKS)) return IS_LABEL;
    if (is_spaced_date(at, o->value)) return IS_REFUSED;
    return gm__measures(at) || gm__counts_in_prose(o, at) ? IS_DOUBTED : IS_LABEL;
}

/* 0. 1 + 1 = 2, 1. 1月份完成: a list's number before a sum or a quantity is no decimal with a blank in it. */
static bool opens_sum(const struct gm__ordinal *o, struct cursor at) {
    size_t len;
    if (!(o->flags & GM__ORD_SPACED) || o->components != 2) return false;
    if (starts_with(at, "月", 3) || gm__measures(at)) return true;
    if (!skip_blanks(&at, GM__INNER_BLANKS)) return false;
    uint32_t cp = gm__fold(peek(&at, &len));
    return cp == '+' || cp == '=' || cp == '<' || cp == '>' || cp == 0xD7 || cp == 0xF7; /* × ÷ */
}

/* 4.0版, 3,500元, 3:2的比分, 5.1假期: a fraction, a thousand, a score, a day, whatever its neighbours are. */
static bool is_surely_figure(uint32_t mark, struct cursor at) {
    static const char *const days[] = {"假期", "假日", "妇女节", "劳动节", "国庆", "黄金周", "晚会", "放假"};
    const char *digits = at.p;
    while (at.p < at.end && *at.p >= '0' && *at.p <= '9') at.p++;
    ptrdiff_t n = at.p - digits;
    for (size_t i = 0; mark == '.' && n > 0 && n < 3 && i < GM__COUNT(days); i++) /* 5.1假期, 3.15晚会 */
        if (starts_with(at, days[i], strlen(days[i]))) return true;
    return n > 0 && (mark == ':' || (mark == '.' && n == 1 && *digits == '0') || (mark == ',' && n == 3));
}

/* 2.3 个月内, 2、3 号楼: behind a dot, what a blank parts from digits must be counted: 2.3 安装 is a heading. */
static bool is_parted_quantity(const struct gm__pattern *pat, const char *digits, size_t n, struct cursor at) {
    size_t figures = 0;
    while (figures < n && (unsigned)(digits[figures] - '0') < 10) figures++;
    return n && figures == n && n <= 8 && (pat->suffix_cp == 0x3001 ? !joins_numbers(at) : gm__measures(at));
}

/* 2.5.4万条目录: the fraction is behind the label, where 2.5.4 would be no number of anything. */
static bool is_fraction_of(struct cursor at) {
    size_t len, n = 0;
    (void)peek(&at, &len);
    for (at.p += len; gm__fold(peek(&at, &len)) - '0' < 10 && len; at.p += len) n++;
    return n && n < 3 && gm__measures(at);
}

/* 2.24小时值班, 1.app下载, 3，2次: a digit or a letter goes on behind the mark, and then a word. 2.24 alone, 3.0.1 and
 * a.b are no such thing. */
static bool may_be_vouched(const struct gm__pattern *pat, struct cursor at) {
    size_t n = 0, len;
    uint32_t cp;
    if (pat->system != GM__NUM_ARABIC || pat->prefix.len || !pat->suffix_cp || pat->blank) return false;
    if (is_surely_figure(pat->suffix_cp, at)) return false;
    const char *digits = at.p;
    for (; (cp = gm__fold(peek(&at, &len))) < 0x80 && len &&
           ((cp >= '0' && cp <= '9') || (cp | 32) - 'a' < 26 || cp == '%');
         n++)
        at.p += len;
    if (gm__is_space(cp) && skip_inner_blank(&at)) return is_parted_quantity(pat, digits, n, at);
    if (cp == '.' && pat->suffix_cp == '.') return is_fraction_of(at);
    return len && n <= 16 && (cp >= 0x2E80 || cp == 0xD7 || cp == ':' || cp == '-' || cp == '~' || cp == 0x2014) &&
           !gm__is_space(cp) && cp != 0x3001 && cp != 0x3002;
}

/* 1.1App端, 2.2SDK 版本, 3.1H5页面, 3.2PM2.5浓度: letters, and figures, and then Han, or a blank behind a name. Not the
 * unit of 3.2GB内存, 2.4GHz频段, nor the version of 1.2beta版. */
static bool opens_with_letters(const struct attempt *a, const struct gm__pattern *pat, struct cursor at) {
    static const char *const units[] = {
        "kg", "mg",  "km", "cm",  "mm",   "nm",    "um",   "GB",  "MB",  "KB",  "TB",   "kV",   "mV",  "mA",  "Ah",
        "kW", "MW",  "GW", "Hz",  "kHz",  "MHz",   "GHz",  "mL",  "ml",  "ms",  "min",  "Pa",   "kPa", "MPa", "kJ",
        "kN", "mol", "dB", "bps", "Mbps", "Gbps",  "kWh",  "mAh", "KWh", "dpi", "ppm",  "rpm",  "hm",  "ha",  "kb",
        "pH", "px",  "th", "st",  "nd",   "alpha", "beta", "rc",  "RC",  "dev", "Beta", "Alpha"};
    const char *text = at.p;
    size_t letters = 0, capitals = 0, joints = 0, n = 0, len;
    uint32_t cp;
    if (pat->system != GM__NUM_DECIMAL || pat->suffix.len || pat->prefix.len || !(a->where & GM__AT_START))
        return false;
    for (; n < 24 && (cp = peek(&at, &len)) < 0x80 && len; n++, at.p += len) {
        bool letter = (cp | 32) - 'a' < 26, joint = n && strchr(".-+&_", (int)cp);
        if (n == 1 && cp == '-') return false; /* 2.2V-2.5V */
        if (!letter && !joint && !(n && cp - '0' < 10)) break;
        letters += letter && n == letters;
        capitals += cp - 'A' < 26;
        joints += joint;
    }
    if (joints && !capitals) return false;
    bool mark = cp == '(' || cp == 0xFF08 || cp == 0xFF1A || cp == 0x201C || cp == 0x2264 || cp == 0x2265; /* （：“≤≥ */
    if (n < 2 || !(gm__is_han(cp) || (capitals && (!len || mark || gm__is_space(cp))))) return false;
    for (size_t i = 0; i < GM__COUNT(units); i++)
        if (strlen(units[i]) == letters && memcmp(text, units[i], letters) == 0) return false;
    return true;
}

/* [1] 张渡. 桥[M]. …: an entry of a bibliography. */
static bool is_bibliographic(const struct gm__pattern *pat, struct cursor at) {
    static const char kinds[] = "MJDCNRSPZGKAE";
    if (pat->suffix_cp != ']' || pat->system != GM__NUM_ARABIC) return false;
    for (; at.p + 2 < at.end && *at.p != '\n' && *at.p != '\r'; at.p++)
        if (*at.p == '[' && strchr(kinds, at.p[1]) && (at.p[2] == ']' || at.p[2] == '/' || at.p[2] == 'B')) return true;
    return false;
}

/* 1 | 船 | 三丈, 4.1 | 船 | 三丈: a row of a table. */
static bool is_table_row(const struct gm__pattern *pat, struct cursor at) {
    size_t len, bars = pat->suffix_cp == '|';
    bool bare = pat->system == GM__NUM_ARABIC ? pat->blank : pat->system == GM__NUM_DECIMAL && !pat->suffix.len;
    if (!bars && !bare) return false;
    for (uint32_t cp; (cp = peek(&at, &len)) != 0 && len && cp != '\n' && cp != '\r' && bars < 2; at.p += len) {
        bool bar = gm__fold(cp) == '|';
        if (!bar && !bars && !gm__is_space(cp)) return false; /* 1 船 */
        bars += bar;
    }
    return bars > 1;
}

/* 3, and 00:01:02,500 --> 00:01:04,000 in the line below: the number of a subtitle. */
static bool is_subtitle(const struct gm__pattern *pat, struct cursor at) {
    if (!pat->blank || pat->system != GM__NUM_ARABIC || at.p == at.end || (*at.p != '\n' && *at.p != '\r'))
        return false;
    at.p += at.end - at.p > 1 && at.p[0] == '\r' && at.p[1] == '\n' ? 2 : 1;
    if (at.end - at.p < 29 || at.p[2] != ':' || at.p[5] != ':') return false;
    return memcmp(at.p + 12, " --> ", 5) == 0;
}

/* A.3, B.6条, C　环境: a letter is the label of an option only beside its like. */
static bool is_letter_in_doubt(const struct attempt *a, const struct gm__pattern *pat, struct cursor at) {
    size_t len;
    if (pat->system != GM__NUM_LATIN || pat->prefix.len || !(a->where & GM__AT_START)) return false;
    if (pat->blank) return true;
    uint32_t cp = gm__fold(peek(&at, &len));
    return pat->suffix_cp == '.' && cp >= '0' && cp <= '9';
}

/* 第二节课程安排, 第三节日常管理: a heading, typed without a blank, may begin as a word does that 第二节 is no number
 * of. Other numbers must vouch for it. */
static bool may_head(const struct attempt *a, const struct gm__pattern *pat, struct cursor at) {
    const char *text = at.p;
    size_t len;
    if (!(a->where & GM__AT_START) || !pat->prefix.len || (pat->suffix_cp != 0x8282 && pat->suffix_cp != 0x7BC0))
        return false; /* 节 節 */
    for (uint32_t cp; (cp = peek(&at, &len)) != 0 && len && cp != '\n' && cp != '\r'; at.p += len)
        if (gm__is_punctuation(cp) || at.p - text > (ptrdiff_t)HEADING_MOST) return false;
    return at.p - text >= 6;
}

/* 第 3 行, as those write who part numbers from words; 第3　趣旨 is a heading. */
static bool is_parted_count(const struct attempt *a, const struct gm__pattern *pat) {
    return pat->blank && pat->system == GM__NUM_ARABIC && pat->prefix.len == 3 && a->end - a->label > 6 &&
           memcmp(a->label, "第 ", 4) == 0;
}

/* i.e. 红酒配红肉, a.m. 九点: a letter, one more dot and a blank stand right behind the dot. But 1.A. 甲. */
static bool is_abbreviation(const struct attempt *a, const struct gm__pattern *pat, struct cursor at) {
    return pat->suffix_cp == '.' && (*a->label | 32) >= 'a' && (*a->label | 32) <= 'z' && at.end - at.p > 3 &&
           (at.p[0] | 32) >= 'a' && (at.p[0] | 32) <= 'z' && at.p[1] == '.' && at.p[2] == ' ';
}

enum verdict gm__judge_label(const struct attempt *a, const struct gm__pattern *pat, const struct gm__ordinal *o,
                             struct cursor at, uint32_t next, bool blank) {
    const struct gm__family *f = &a->parser->grammar->families[pat->family];
    bool ell = *a->label == 'l' && pat->system == GM__NUM_ARABIC; /* l、 for 1、 */
    if (pat->blank && (!blank || ell || is_parted_count(a, pat))) return IS_REFUSED;
    if (ell && pat->suffix_cp == ':') return IS_REFUSED;
    bool roman = pat->system == GM__NUM_ROMAN || pat->system == GM__NUM_ROMAN_LOWER, latin = (*a->label & 0x80) == 0;
    if (roman && latin && !pat->prefix.len && (f->announced || !pat->suffix.len) && !pat->blank) return IS_REFUSED;
    if (pat->suffix_cp == '-' && memchr(a->label, ' ', (size_t)(at.p - a->label))) return IS_REFUSED; /* - 1 - */
    if (is_abbreviation(a, pat, at)) return IS_REFUSED;
    bool lettered = pat->system == GM__NUM_LETTERED; /* 13A.上訴 opens a line; A1.1 and B2.5 may stand in one */
    if (lettered && !blank && !((a->where & GM__AT_START) && gm__is_han(next))) return IS_REFUSED;
    bool doubted = !blank && glued(a, pat, at, next);
    bool letter = (doubted || pat->blank) && is_letter_in_doubt(a, pat, at);
    if (doubted && !letter && !may_be_vouched(pat, at) && !opens_with_letters(a, pat, at)) return IS_REFUSED;
    if (is_number_list(pat, o, at)) return IS_REFUSED;
    enum verdict pair = gm__judge_pair(pat, o, at);
    if (pair == IS_REFUSED) return IS_REFUSED;
    if (!pat->suffix.len && pat->system >= GM__NUM_CIRCLED && glyph_follows(pat, at)) return IS_REFUSED;
    bool heads = guarded(a, f, at, next);
    if (heads && !may_head(a, pat, at)) return IS_REFUSED;
    if ((f->words || pat->blank || o->components > 1) && is_guarded_behind_blank(a, f, at)) return IS_REFUSED;
    enum verdict counted = judge_counted(pat, o, at, blank);
    if (counted == IS_REFUSED || opens_sum(o, at)) return IS_REFUSED;
    if (f->apart && is_counted(a->parser->grammar, pat, at)) return IS_REFUSED;
    if (f->max_title && a->where & GM__AT_START && longer_than(at.p, a->end, f->max_title)) return IS_REFUSED;
    if (at.p - a->label > 200 || is_table_row(pat, at) || is_bibliographic(pat, at) || is_subtitle(pat, at))
        return IS_REFUSED;
    return doubted || letter || heads || pair == IS_DOUBTED ? IS_DOUBTED : counted;
}
