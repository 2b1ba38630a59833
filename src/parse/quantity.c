/* quantity.c - numbers that count what stands behind them: measures, days, pairs of numbers. */
#include "parse/lexer.h"
#include "parse/match.h"

/* A unit and what makes another word of it: 3 个村 is counted, 2 个人信息 a heading. */
struct unit {
    const char *unit, *others;
};

static const struct unit measures[] = {{"个", "人性体别案税"},
                                       {"名", "称词单录额次义校人胜"},
                                       {"家", "庭具长属校教电用什务政谱畜禽访"},
                                       {"项", "目"},
                                       {"条", "件文款例码约形目石板基理纹"},
                                       {"位", "置移图运"},
                                       {"天", "然气线花空文津地沟窗棚井桥车"},
                                       {"次", "要序声生级梁干数の"},
                                       {"元", "件素旦宵组数器"},
                                       {"户", "籍型外内口主门"},
                                       {"种", "植子类群养"},
                                       {"件", "号"},
                                       {"年", "度级代龄限检底初末终报"},
                                       {"倍", "率"},
                                       {"万", "一能物向"},
                                       {"吨", "位"},
                                       {"小时", "工"},
                                       {"亿", ""},
                                       {"岁", ""},
                                       {"公里", ""},
                                       {"公斤", ""},
                                       {"公顷", ""},
                                       {"平方米", ""},
                                       {"平方公里", ""},
                                       {"分钟", ""},
                                       {"亩", ""},
                                       {"余", "热料量数弦震额"},
                                       {"多", "媒种样元功云层孔跨级线维重态进任用路点播语方边目标机渠模因"},
                                       {"月份", ""},
                                       {"月底", ""},
                                       {"月初", ""},
                                       {"月末", ""}};

/* 3 个村, 12 万元: and between a number and what it counts. Other numbers may vouch for it: 2 次梁. */
bool gm__measures(struct cursor at) {
    for (size_t i = 0; i < GM__COUNT(measures); i++) {
        size_t len = strlen(measures[i].unit);
        if (!starts_with(at, measures[i].unit, len)) continue;
        for (const char *other = measures[i].others; *other; other += 3)
            if (starts_with((struct cursor){at.p + len, at.end}, other, 3)) return false;
        return true;
    }
    return false;
}

bool gm__is_measured(const struct gm__parser *p, size_t at) {
    return gm__measures((struct cursor){p->text + at, p->text + p->len});
}

/* 4月2日 behind the label. */
bool gm__is_day(struct cursor at) {
    size_t len, n = 0;
    uint32_t cp;
    for (; (cp = gm__fold(peek(&at, &len))) >= '0' && cp <= '9'; n++) at.p += len;
    if (n && cp == ' ') at.p += len, cp = peek(&at, &len); /* 4 月 2 日 */
    if (n < 1 || n > 2 || cp != 0x6708) return false;      /* 月 */
    at.p += len;
    if (peek(&at, &len) == ' ') at.p += len;
    cp = gm__fold(peek(&at, &len));
    return cp >= '0' && cp <= '9';
}

/* 60岁, 100米, 1840年: behind the dot of 1.100米 stands a whole number; no fraction ends so. Not 3.12项目, 1.250吨. */
bool gm__counts_whole(struct cursor at, size_t least) {
    static const char *const units[] = {"岁", "歲", "周岁", "名学", "名教", "名党", "户居", "户农", "家企", "栋楼"};
    int32_t number = 0;
    size_t n = 0, len;
    for (uint32_t cp; n < 5 && (cp = gm__fold(peek(&at, &len))) - '0' < 10 && len; n++) {
        number = number * 10 + (int32_t)(cp - '0');
        at.p += len;
    }
    if (n < least || n > 4) return false;
    if (n == 4 && starts_with(at, "年", 3)) return number >= 1000 && number < 2100;
    if (n > 2 && number % 10 == 0 && starts_with(at, "米", 3)) return true;
    return starts_with_any(at, units, GM__COUNT(units));
}

/* ---------------------------------------------------------------- pairs of numbers */

/* 二、三十平方米: about twenty or thirty. */
static bool is_about(int32_t number, int32_t next) {
    for (int32_t ten = 10; ten <= 10000; ten *= 10)
        if (next / ten == number + 1 && next % ten == 0) return true;
    return false;
}

size_t gm__heading_bytes(struct cursor at, bool last) {
    const char *text = at.p;
    size_t len;
    for (uint32_t cp; (cp = peek(&at, &len)) != 0 && len && cp != '\n' && cp != '\r'; at.p += len) {
        if (at.p - text > (ptrdiff_t)HEADING_MOST) return 0;
        if (!gm__is_punctuation(cp)) continue;
        const char *next = at.p + len;
        return last && (next == at.end || *next == '\n' || *next == '\r') ? (size_t)(at.p - text) : 0;
    }
    return (size_t)(at.p - text);
}

/* Words behind two numbers. */
static const char *const shared[] = {"季", "线", "月",   "号", "级", "類", "类", "期",   "审",   "楼", "层",
                                     "班", "产", "次产", "日", "等", "声", "两", "线城", "把手", "者", "兩"};
static const char *const classes[] = {"年级", "年級", "组", "組", "队", "隊", "班", "楼", "单元", "车间", "車間"};
static const char *const counted[] = {"次", "样", "樣", "里", "條", "条", "项", "届", "岁"};
static const char *const numbered[] = {"号", "號", "季度", "产业", "月", "层"};

/* The numbers `number` and `next` stand side by side, and so much behind them: do they belong together? */
static enum verdict judge_second(const struct gm__pattern *pat, int32_t number, int32_t next, struct cursor at) {
    size_t len;
    bool arabic = pat->system == GM__NUM_ARABIC, follows = next == number + 1;
    size_t heading = gm__heading_bytes(at, arabic);
    uint32_t behind = peek(&at, &len);
    if (follows &&
        (behind == 0x3001 || (!arabic && (behind == 0xFF0C || behind == 0x3002)))) /* 、，。; 1、2。 answers */
        return IS_REFUSED;
    if (follows && starts_with_any(at, shared, GM__COUNT(shared)))
        return heading >= (arabic ? 3 : 9) ? IS_DOUBTED : IS_REFUSED;
    if (pat->prefix.len) return IS_LABEL;
    if (starts_with_any(at, classes, GM__COUNT(classes))) return IS_DOUBTED;
    bool pair = starts_with_any(at, numbered, GM__COUNT(numbered));
    if (follows && arabic)
        pair |= gm__is_han(peek(&at, &len));
    else if (follows)
        pair |= gm__measures(at) || starts_with_any(at, counted, GM__COUNT(counted));
    else if (!arabic && (is_about(number, next) || (number == 3 && next == 5))) /* 三、五天 */
        pair |= gm__measures(at);
    return pair && heading < 6 ? IS_DOUBTED : IS_LABEL;
}

/* 三、三、四，: behind the second of three numbers, which nothing but a mark follows. 一、三、五组: or that are each
 * second number. 一、三、四年级 may be a heading. */
static bool is_of_three(const struct gm__ordinal *first, int32_t second, struct cursor at) {
    struct gm__ordinal third;
    size_t len;
    if (peek(&at, &len) != 0x3001) return false;
    at.p += len;
    size_t n = gm__numeral_scan(GM__NUM_HAN, at.p, at.end, false, &third);
    at.p += n;
    uint32_t cp = peek(&at, &len);
    if (!n) return false;
    if (second <= first->value) return cp == 0xFF0C || cp == 0x3002 || cp == 0xFF1B;
    if (second != first->value + 2 || third.value != second + 2) return false;
    return starts_with_any(at, classes, GM__COUNT(classes)) || starts_with_any(at, numbered, GM__COUNT(numbered));
}

/* 一、二年级学生, 三、四样菜足够，…, 1、2食堂轮流送，…: two numbers of what stands behind them. But 二、三年级教学计划
 * may be a heading, for which others must vouch; 二、四季度工作安排, a line of its own, is one. */
enum verdict gm__judge_pair(const struct gm__pattern *pat, const struct gm__ordinal *o, struct cursor at) {
    struct gm__ordinal next;
    if (pat->suffix_cp == ',' && pat->system == GM__NUM_HAN) { /* 一，二两条 */
        size_t two = gm__numeral_scan(GM__NUM_HAN, at.p, at.p + 3 < at.end ? at.p + 3 : at.end, false, &next);
        at.p += two;
        bool both = two && next.value == o->value + 1 && (starts_with(at, "两", 3) || starts_with(at, "兩", 3));
        return both ? IS_REFUSED : IS_LABEL;
    }
    if (pat->suffix_cp != 0x3001 || (pat->system != GM__NUM_HAN && pat->system != GM__NUM_ARABIC)) return IS_LABEL;
    size_t n = gm__numeral_scan((enum gm__numeral)pat->system, at.p, at.end, false, &next);
    if (!n || gm__is_day(at)) return IS_LABEL;
    at.p += n;
    if (is_of_three(o, next.value, at)) return IS_REFUSED;
    if (next.value <= o->value) return IS_LABEL;
    if (pat->system == GM__NUM_ARABIC && at.p < at.end && *at.p == ' ') at.p++; /* 2 号楼 */
    return judge_second(pat, o->value, next.value, at);
}

/* ---------------------------------------------------------------- measures with a unit in letters */

static const char *const units[] = {
    "mm",   "cm",   "dm",    "km",     "nm",   "μm",   "µm",    "mg",  "kg",  "mL",    "ml",   "kW",
    "MW",   "kV",   "mV",    "kA",     "mA",   "MPa",  "kPa",   "GPa", "Pa",  "kHz",   "MHz",  "GHz",
    "Hz",   "GΩ",   "MΩ",    "kΩ",     "mΩ",   "Ω",    "℃",     "°C",  "dB",  "kN",    "MN",   "kJ",
    "MJ",   "lx",   "min",   "rpm",    "m²",   "m³",   "mm²",   "cm²", "km²", "mm³",   "cm³",  "kWh",
    "m/s",  "km/h", "t/h",   "L/s",    "m³/s", "m³/h", "r/min", "ppm", "hm²", "kg/m³", "NTU",  "g/L",
    "mg/L", "μg/L", "mol/L", "mmol/L", "mmHg", "kcal", "kVA",   "GB",  "MB",  "TB",    "Mbps", "mSv"};
static const char *const short_units[] = {"m", "h", "s", "t", "g", "A", "V", "W", "N", "L", "J"}; /* or letters */

/* The longest of them that stands there, with no letter behind it; 0. */
static size_t unit_length(struct cursor at, const char *const *list, size_t count) {
    size_t longest = 0, n;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(list[i]);
        if (len > longest && starts_with(at, list[i], len)) longest = len;
    }
    at.p += longest;
    uint32_t cp = gm__fold(peek(&at, &n));
    bool more = (cp | 32) - 'a' < 26 || cp - '0' < 10 || cp == '/' || cp == 0xB7 || cp == 0xB2 || cp == 0xB3; /* ·²³ */
    return n && more ? 0 : longest;
}

/* Behind ～ and the number there: 2.2～3.6 mm. */
static bool skip_range(struct cursor *at) {
    struct cursor to = *at;
    size_t len;
    uint32_t cp = gm__fold(peek(&to, &len));
    if (cp != '~' && cp != 0x2013 && cp != 0x301C) return false;
    to.p += len;
    (void)skip_blanks(&to, 1);
    size_t digits = 0;
    for (; cp = gm__fold(peek(&to, &len)), len && (cp - '0' < 10 || (digits && cp == '.')); digits++) to.p += len;
    if (!digits) return false;
    *at = to;
    return true;
}

enum measure gm__measure_at(struct cursor at) {
    static const char *const bounds[] = {"以上", "以下", "以内", "以外", "左右", "以內"};
    size_t len;
    (void)skip_blanks(&at, 1);
    bool range = skip_range(&at);
    if (range) (void)skip_blanks(&at, 1);
    size_t unit = unit_length(at, units, GM__COUNT(units));
    bool known = unit > 0;
    if (!known) unit = unit_length(at, short_units, GM__COUNT(short_units));
    if (!unit) return NO_MEASURE;
    at.p += unit;
    known |= range || at.p[-1] >= 'a'; /* not 2.1 A，B 两组 */
    if (starts_with_any(at, bounds, GM__COUNT(bounds))) return MEASURE_OF;
    uint32_t cp = gm__fold(peek(&at, &len));
    bool stop = cp == 0xFF0C || cp == 0xFF1B || cp == ',' || cp == ';' || cp == 0xFF09;
    if (len && cp == 0x3001) { /* 2.2 mm、3.6 mm, but kV、kA */
        at.p += len;
        stop = gm__fold(peek(&at, &len)) - '0' < 10;
    }
    if (len && stop) return known ? MEASURE_IN_CLAUSE : NO_MEASURE;
    return (range && known) || cp == 0x3002 ? MEASURE_OF : NO_MEASURE;
}

bool gm__counts_in_prose(const struct gm__ordinal *o, struct cursor at) {
    struct cursor behind = at;
    size_t len, digits = 0, unit = 0;
    for (uint32_t cp; (cp = gm__fold(peek(&behind, &len))) - '0' < 10 && len; digits++) behind.p += len;
    if (!digits) behind.p += unit = unit_length(at, units, GM__COUNT(units));
    if (!unit && (digits != 3 || o->components > 1)) return false;
    return gm__is_han(peek(&behind, &len)) && !gm__heading_bytes(at, false);
}
