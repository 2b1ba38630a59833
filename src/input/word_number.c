/*
 * word_number.c - the table of number formats. A row names an algorithm and its data; the numeral
 * systems that markers share with typed text come from grammar/numeral.h.
 */
#include "input/word_number.h"

#include "grammar/numeral.h"

enum algorithm {
    STYLE,      /* numeral.h's style `number` */
    POSITIONAL, /* digits from zero to nine */
    COUNTING,   /* Han up to 99, then positional with the digits given */
    RANGE,      /* `number` code points from the first of `data`, then decimal */
    LIST,       /* the characters of `data`, then decimal */
    CYCLE,      /* the characters of `data`, then from the first again */
    REPEAT,     /* the characters of `data`, then each twice, … (aa bb) */
    ADDITIVE,   /* digits one to nine and the units ten, hundred, thousand, myriad; 十 not 一十 */
    SEXAGENARY, /* 甲子 乙丑 … */
    NATIVE,     /* 하나 둘 … 아흔아홉 */
    PADDED,     /* decimal, at least `number` digits */
    HEX,
    ORDINAL, /* 1st 2nd */
    DASHED,  /* - 1 - */
    CHICAGO  /* * † ‡ § ** */
};

struct gm__number_format {
    const char *name;
    uint8_t algorithm, number;
    const char *data;
};

#define HALF_KANA  "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
#define FULL_KANA  "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
#define HALF_IROHA "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
#define FULL_IROHA "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
#define GANADA     "가나다라마바사아자차카타파하"
#define CHOSUNG    "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
#define STEMS      "甲乙丙丁戊己庚辛壬癸"
#define BRANCHES   "子丑寅卯辰巳午未申酉戌亥"
#define HAN_DIGITS "〇一二三四五六七八九"
#define HAN_CIRCLE "○一二三四五六七八九"

static const struct gm__number_format word_formats[] = {
    {"decimal", STYLE, GM__STYLE_ARABIC, NULL},
    {"upperRoman", STYLE, GM__STYLE_ROMAN, NULL},
    {"lowerRoman", STYLE, GM__STYLE_ROMAN_LOWER, NULL},
    {"upperLetter", STYLE, GM__STYLE_LATIN_REPEAT, NULL},
    {"lowerLetter", STYLE, GM__STYLE_LATIN_LOWER_REPEAT, NULL},
    {"decimalZero", PADDED, 2, NULL},
    {"decimalHalfWidth", STYLE, GM__STYLE_ARABIC, NULL},
    {"decimalFullWidth", STYLE, GM__STYLE_ARABIC_WIDE, NULL},
    {"decimalFullWidth2", STYLE, GM__STYLE_ARABIC_WIDE, NULL},
    {"decimalEnclosedCircle", RANGE, 20, "①"},
    {"decimalEnclosedCircleChinese", RANGE, 10, "①"},
    {"decimalEnclosedFullstop", RANGE, 20, "⒈"},
    {"decimalEnclosedParen", RANGE, 20, "⑴"},
    {"chineseCounting", COUNTING, 0, HAN_CIRCLE},
    {"taiwaneseCounting", COUNTING, 0, HAN_CIRCLE},
    {"chineseCountingThousand", STYLE, GM__STYLE_HAN, NULL},
    {"taiwaneseCountingThousand", STYLE, GM__STYLE_HAN, NULL},
    {"chineseLegalSimplified", STYLE, GM__STYLE_HAN_FORMAL, NULL},
    {"ideographLegalTraditional", STYLE, GM__STYLE_HAN_FORMAL_TRAD, NULL},
    {"ideographDigital", POSITIONAL, 0, HAN_DIGITS},
    {"japaneseDigitalTenThousand", POSITIONAL, 0, HAN_DIGITS},
    {"taiwaneseDigital", POSITIONAL, 0, HAN_CIRCLE},
    {"japaneseCounting", STYLE, GM__STYLE_JAPANESE, NULL},
    {"japaneseLegal", STYLE, GM__STYLE_JAPANESE_FORMAL, NULL},
    {"ideographTraditional", LIST, 0, STEMS},
    {"ideographZodiac", LIST, 0, BRANCHES},
    {"ideographZodiacTraditional", SEXAGENARY, 0, NULL},
    {"ideographEnclosedCircle", RANGE, 10, "㈠"},
    {"aiueo", CYCLE, 0, HALF_KANA},
    {"aiueoFullWidth", CYCLE, 0, FULL_KANA},
    {"iroha", CYCLE, 0, HALF_IROHA},
    {"irohaFullWidth", CYCLE, 0, FULL_IROHA},
    {"ganada", CYCLE, 0, GANADA},
    {"chosung", CYCLE, 0, CHOSUNG},
    {"koreanDigital", POSITIONAL, 0, "영일이삼사오육칠팔구"},
    {"koreanDigital2", POSITIONAL, 0, "零一二三四五六七八九"},
    {"koreanCounting", ADDITIVE, 0, "일이삼사오육칠팔구십백천만"},
    {"koreanLegal", NATIVE, 0, NULL},
    {"numberInDash", DASHED, 0, NULL},
    {"ordinal", ORDINAL, 0, NULL},
    {"hex", HEX, 0, NULL},
    {"chicago", CHICAGO, 0, NULL},
    {"russianLower", REPEAT, 0, "абвгдежзиклмнопрстуфхцчшщыэюя"},
    {"russianUpper", REPEAT, 0, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"},
    {"arabicAlpha", REPEAT, 0, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"},
    {"arabicAbjad", REPEAT, 0, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"},
    {"hebrew2", REPEAT, 0, "אבגדהוזחטיכלמנסעפצקרשת"},
    {"thaiLetters", REPEAT, 0, "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"},
    {"thaiNumbers", POSITIONAL, 0, "๐๑๒๓๔๕๖๗๘๙"},
    {"hindiNumbers", POSITIONAL, 0, "०१२३४५६७८९"},
    {"hindiVowels", REPEAT, 0, "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"},
};

static const struct gm__number_format odf_formats[] = {
    {"1", STYLE, GM__STYLE_ARABIC, NULL},
    {"I", STYLE, GM__STYLE_ROMAN, NULL},
    {"i", STYLE, GM__STYLE_ROMAN_LOWER, NULL},
    {"A", STYLE, GM__STYLE_LATIN, NULL},
    {"a", STYLE, GM__STYLE_LATIN_LOWER, NULL},
    {"一, 二, 三, ...", STYLE, GM__STYLE_HAN, NULL},
    {"壹, 贰, 叁, ...", STYLE, GM__STYLE_HAN_FORMAL, NULL},
    {"壹, 貳, 參, ...", STYLE, GM__STYLE_HAN_FORMAL_TRAD, NULL},
    {"壱, 弐, 参, ...", STYLE, GM__STYLE_JAPANESE_FORMAL, NULL},
    {"①, ②, ③, ...", STYLE, GM__STYLE_CIRCLED, NULL},
    {"甲, 乙, 丙, ...", LIST, 0, STEMS},
    {"子, 丑, 寅, ...", LIST, 0, BRANCHES},
    {"甲子, 乙丑, 丙寅, ...", SEXAGENARY, 0, NULL},
    {"ア, イ, ウ, ...", CYCLE, 0, FULL_KANA},
    {"ｱ, ｲ, ｳ, ...", CYCLE, 0, HALF_KANA},
    {"イ, ロ, ハ, ...", CYCLE, 0, FULL_IROHA},
    {"ｲ, ﾛ, ﾊ, ...", CYCLE, 0, HALF_IROHA},
    {"가, 나, 다, ...", CYCLE, 0, GANADA},
    {"ㄱ, ㄴ, ㄷ, ...", CYCLE, 0, CHOSUNG},
    {"일, 이, 삼, ...", ADDITIVE, 0, "일이삼사오육칠팔구십백천만"},
    {"하나, 둘, 셋, ...", NATIVE, 0, NULL},
    {"一, 二, 三, ... (ko)", POSITIONAL, 0, "零一二三四五六七八九"},
    {"일, 이, 삼, ... (ko-x-digital)", POSITIONAL, 0, "영일이삼사오육칠팔구"},
    {"１, ２, ３, ...", STYLE, GM__STYLE_ARABIC_WIDE, NULL},
    {"01, 02, 03, ...", PADDED, 2, NULL},
    {"001, 002, 003, ...", PADDED, 3, NULL},
    {"0001, 0002, 0003, ...", PADDED, 4, NULL},
    {"00001, 00002, 00003, ...", PADDED, 5, NULL},
    {"1st", ORDINAL, 0, NULL},
    {"⒈, ⒉, ⒊, ...", RANGE, 20, "⒈"},
    {"⑴, ⑵, ⑶, ...", RANGE, 20, "⑴"},
    {"㈠, ㈡, ㈢, ...", RANGE, 10, "㈠"},
};

static const struct gm__number_format letters_in_step[] = {
    {"A", STYLE, GM__STYLE_LATIN_REPEAT, NULL},
    {"a", STYLE, GM__STYLE_LATIN_LOWER_REPEAT, NULL},
};

static const struct gm__number_format *find(const struct gm__number_format *rows, size_t count, struct gm_str name) {
    for (size_t i = 0; i < count; i++)
        if (gm__str_eqz(name, rows[i].name)) return &rows[i];
    return NULL;
}

const struct gm__number_format *gm__decimal_format(void) { return &word_formats[0]; }

const struct gm__number_format *gm__word_format(struct gm_str name) {
    if (gm__str_eqz(name, "none") || gm__str_eqz(name, "bullet")) return NULL;
    const struct gm__number_format *f = find(word_formats, GM__COUNT(word_formats), name);
    return f ? f : gm__decimal_format();
}

const struct gm__number_format *gm__odf_format(struct gm_str name, bool letter_sync) {
    if (name.len == 0) return NULL;
    const struct gm__number_format *f = NULL;
    if (letter_sync) f = find(letters_in_step, GM__COUNT(letters_in_step), name);
    if (!f) f = find(odf_formats, GM__COUNT(odf_formats), name);
    return f ? f : gm__decimal_format();
}

/* ------------------------------------------------------------- algorithms */

/* The index-th code point of a string; its length, 0 past the end. */
static size_t nth(const char *data, size_t index, const char **at) {
    const char *p = data, *end = data + strlen(data);
    uint32_t cp;
    while (p < end) {
        size_t n = gm__utf8_decode(p, end, &cp);
        if (index-- == 0) {
            *at = p;
            return n;
        }
        p += n;
    }
    return 0;
}

static enum gm_status put_nth(struct gm__buf *out, const char *data, size_t index) {
    const char *at = data;
    size_t n = nth(data, index, &at);
    return gm__buf_add(out, at, n);
}

static enum gm_status put_decimal(struct gm__buf *out, int64_t value) {
    return gm__buf_printf(out, "%lld", (long long)value);
}

static enum gm_status put_positional(struct gm__buf *out, const char *digits, int64_t value) {
    char decimal[24];
    size_t n = gm__numeral_format(GM__STYLE_ARABIC, value, decimal, sizeof decimal);
    for (size_t i = 0; i < n; i++) {
        enum gm_status s = put_nth(out, digits, (size_t)(decimal[i] - '0'));
        if (s != GM_OK) return s;
    }
    return GM_OK;
}

static enum gm_status put_style(struct gm__buf *out, uint8_t style, int64_t value) {
    char text[128];
    size_t n = gm__numeral_format((enum gm__numeral_style)style, value, text, sizeof text);
    return n ? gm__buf_add(out, text, n) : put_decimal(out, value);
}

static enum gm_status put_repeat(struct gm__buf *out, const char *letters, int64_t value) {
    size_t count = gm__utf8_count(letters, strlen(letters));
    size_t times = ((size_t)value - 1) / count + 1;
    if (times > 32) return put_decimal(out, value);
    for (size_t i = 0; i < times; i++) {
        enum gm_status s = put_nth(out, letters, ((size_t)value - 1) % count);
        if (s != GM_OK) return s;
    }
    return GM_OK;
}

/* Below a myriad: 천 백 십 and digits; a unit's own "one" is not said. */
static enum gm_status put_additive(struct gm__buf *out, const char *data, int64_t value) {
    if (value > 99999) return put_decimal(out, value);
    static const int64_t units[] = {10000, 1000, 100, 10};
    enum gm_status s = GM_OK;
    for (size_t i = 0; i < GM__COUNT(units) && s == GM_OK; i++) {
        int64_t digit = value / units[i];
        value %= units[i];
        if (digit > 1) s = put_nth(out, data, (size_t)digit - 1);
        if (digit > 0 && s == GM_OK) s = put_nth(out, data, 12 - i);
    }
    return value > 0 && s == GM_OK ? put_nth(out, data, (size_t)value - 1) : s;
}

static enum gm_status put_native(struct gm__buf *out, int64_t value) {
    static const char *const tens[] = {"", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"};
    static const char *const ones[] = {"", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"};
    if (value > 99) return put_decimal(out, value);
    enum gm_status s = gm__buf_puts(out, tens[value / 10]);
    return s == GM_OK ? gm__buf_puts(out, ones[value % 10]) : s;
}

static enum gm_status put_sexagenary(struct gm__buf *out, int64_t value) {
    enum gm_status s = put_nth(out, STEMS, (size_t)(value - 1) % 10);
    return s == GM_OK ? put_nth(out, BRANCHES, (size_t)(value - 1) % 12) : s;
}

static enum gm_status put_range(struct gm__buf *out, const struct gm__number_format *f, int64_t value) {
    uint32_t first;
    if (value > f->number) return put_decimal(out, value);
    (void)gm__utf8_decode(f->data, f->data + strlen(f->data), &first);
    return gm__buf_add_code_point(out, first + (uint32_t)value - 1);
}

static enum gm_status put_ordinal(struct gm__buf *out, int64_t value) {
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    int64_t tail = value % 100, digit = value % 10;
    bool th = (tail >= 11 && tail <= 13) || digit > 3;
    return gm__buf_printf(out, "%lld%s", (long long)value, endings[th ? 0 : digit]);
}

enum gm_status gm__number_append(struct gm__buf *out, const struct gm__number_format *f, int64_t value) {
    if (value < 0 || (value == 0 && f->algorithm != STYLE && f->algorithm != POSITIONAL && f->algorithm != COUNTING &&
                      f->algorithm != PADDED))
        return put_decimal(out, value);
    switch ((enum algorithm)f->algorithm) {
    case STYLE: return put_style(out, f->number, value);
    case POSITIONAL: return put_positional(out, f->data, value);
    case COUNTING:
        return value > 0 && value < 100 ? put_style(out, GM__STYLE_HAN, value) : put_positional(out, f->data, value);
    case RANGE: return put_range(out, f, value);
    case LIST:
        return (uint64_t)value > gm__utf8_count(f->data, strlen(f->data)) ? put_decimal(out, value)
                                                                          : put_nth(out, f->data, (size_t)value - 1);
    case CYCLE: return put_nth(out, f->data, (size_t)(value - 1) % gm__utf8_count(f->data, strlen(f->data)));
    case REPEAT: return put_repeat(out, f->data, value);
    case ADDITIVE: return put_additive(out, f->data, value);
    case SEXAGENARY: return put_sexagenary(out, value);
    case NATIVE: return put_native(out, value);
    case PADDED: return gm__buf_printf(out, "%0*lld", (int)f->number, (long long)value);
    case HEX: return gm__buf_printf(out, "%llX", (unsigned long long)value);
    case ORDINAL: return put_ordinal(out, value);
    case DASHED: return gm__buf_printf(out, "- %lld -", (long long)value);
    case CHICAGO: return put_repeat(out, "*†‡§", value);
    }
    return put_decimal(out, value);
}
