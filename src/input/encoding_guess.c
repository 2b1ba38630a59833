/*
 * encoding_guess.c - which encoding bytes are in.
 *
 * Each hypothesis decodes a sample; the text it yields is weighed by what Chinese, Japanese and Korean
 * documents are made of: the characters that give structure count most, then the commonest ones; rare
 * ones and private use count against, bytes that cannot be decoded most of all. uchardet's opinion is
 * one more voice: it is good on long texts and wrong on short ones.
 */
#include "input/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

static const struct gm__charset charsets[] = {
    {"GB18030", "GB18030", 1, 0, 0, 0xB0, 0xD7},   {"BIG5-HKSCS", "BIG5-HKSCS", 1, 0, 0, 0xA4, 0xC6},
    {"BIG5", "CP950", 1, 0, 0, 0xA4, 0xC6},        {"SHIFT_JIS", "CP932", 1, 1, 0, 0x82, 0x97},
    {"EUC-JP", "EUC-JP-MS", 1, 1, 0, 0xA4, 0xCF},  {"EUC-KR", "UHC", 1, 0, 1, 0xB0, 0xC8},
    {"UTF-16LE", "UTF-16LE", 2, 1, 1, 0, 0},       {"UTF-16BE", "UTF-16BE", 2, 1, 1, 0, 0},
    {"UTF-32LE", "UTF-32LE", 4, 1, 1, 0, 0},       {"UTF-32BE", "UTF-32BE", 4, 1, 1, 0, 0},
    {"ISO-2022-JP", "ISO-2022-JP", 1, 1, 0, 0, 0},
};
const struct gm__charset gm__utf8_charset = {"UTF-8", "UTF-8", 1, 1, 1, 0, 0};

/* Other names, folded (lower case, letters and digits only), each list behind the charset's own. */
static const struct {
    const char *charset, *names;
} aliases[] = {
    {"UTF-8", "utf8 utf unicode11utf8"},
    {"GB18030", "gb18030 gbk gb2312 gb cp936 ms936 windows936 euccn csgb2312 gb231280 chinese xgbk gb180302000"},
    {"BIG5-HKSCS", "big5hkscs big5 xbig5 csbig5 cnbig5 big5hk big5eten"},
    {"BIG5", "cp950 ms950 windows950"},
    {"SHIFT_JIS", "shiftjis sjis xsjis cp932 ms932 windows31j mskanji"},
    {"EUC-JP", "eucjp eucjpms xeucjp ujis cp51932"},
    {"EUC-KR", "euckr uhc cp949 ms949 windows949 ksc5601 ksc56011987 korean"},
    {"UTF-16LE", "utf16le utf16 ucs2le ucs2 unicode"},
    {"UTF-16BE", "utf16be ucs2be"},
    {"UTF-32LE", "utf32le utf32 ucs4le"},
    {"UTF-32BE", "utf32be ucs4be ucs4"},
    {"ISO-2022-JP", "iso2022jp csiso2022jp"},
};

const struct gm__charset *gm__charset_find(const char *name) {
    char folded[32];
    size_t n = 0;
    for (; *name; name++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name;
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) continue;
        if (n == sizeof folded) return NULL;
        folded[n++] = c;
    }
    for (size_t i = 0; i < GM__COUNT(aliases); i++) {
        if (!gm__has_word(aliases[i].names, folded, n)) continue;
        if (i == 0) return &gm__utf8_charset;
        for (size_t k = 0; k < GM__COUNT(charsets); k++)
            if (strcmp(charsets[k].name, aliases[i].charset) == 0) return &charsets[k];
    }
    return NULL;
}

/* ---------------------------------------------------------------- weights */

/* What numbering and layout are made of. */
static const char structural[] = "第章节節条條款项項编編目一二三四五六七八九十百、。，；：（）《》①②③④⑤〇";

/* The commonest characters of public documents, laws and novels: simplified, traditional, Japanese. */
static const char frequent[] = "一七万三上下不与专业东两严个中为主义之九也书了予争事二于五些交产人今从他"
                               "代令以们件任企众优会传位住体何作你使供依便促保信做健元先党入全八公六共关"
                               "兵其具养内军农决况准出分划列创利别到制前力办加务动励劳化区十华协单危原去"
                               "县参又及反发取受变口只可各合同名后向听告员命和品商善四回因困国在地场坚型"
                               "城域基境增处备外多大天央头好如委子存学安宋完官定实审害家密对导将小就局展"
                               "山工已市师常平年并广应府度建开式引强当形律得心必志快思性总息情想意成我或"
                               "战所手打执批承技把投护报持指按据接控推措提支收改放政效教数整文新方施无日"
                               "时明是更月有服期未本术机权李村条来极构果染查标校核根格案检次款止正此步武"
                               "民水求江没治法活流济海消深源点照物特犯环现理生用由电病百的益监目直相省看"
                               "着督知研确社种科积程税稳究立章第等策管精系约级组织经结给统继续网罚置群者"
                               "职育能自船节范营行表被装要见规解计认议许设证识说请调负财责质贫费资起路身"
                               "转过运还这进违适通造道那部都配采里重量金销长门问间防际限院除险集需面革项"
                               "须预领题风马验高"
                               "且並付休但來例修個們停備價兒內兼別則劃助動務區協員問單國團執報場學客容察"
                               "實審將專對導屬師幹序後從恐愛應戰戶採撫數料於時書會東條業構標樣機檢權每氣"
                               "沒洗添測準滿為無營現環產申畫當登發監確稱符算範築簡約級終組結給統經線編練"
                               "縣總績繳義習考聘職至臺與處裏補裡製見規視覺訂計訊訓託記設評話該認說課調請"
                               "證識警議護變讓責費資質車轄轉辦農退送這進運過適還邊錄錢長門開間關附際險電"
                               "音項預領頭額願類風食飼馬驗體麼黃點黨"
                               "介係働償処労厚収号含堰変実対届従抄担挙掲昭替査検様権決済産町画発県種簿納"
                               "経総臣若許証象負載選録関険";

static const char frequent_hangul[] =
    "이다는을의에하고가은로를지도기사한자시인어정대서아그리전나수구성부조원국장동제일해보주상과년"
    "관위무업스여할것적신법회발용생";

struct weights {
    uint8_t class[0x10000]; /* 0 rare, 1 frequent, 2 structural */
};

/* One code point's worth under a hypothesis, on the scale of a two-byte character. `lead` is the raw lead byte. */
static double worth(const struct weights *w, const struct gm__charset *set, uint32_t cp, unsigned lead) {
    if (cp < 0x80) {
        if (cp >= 0x20 || cp == '\n' || cp == '\r' || cp == '\t') return set->unit > 1 ? 2 : 0;
        return -8;
    }
    if (cp >= 0x10000) return cp < 0x20000 || (cp < 0x40000 && set->lead_low == 0) ? -1 : cp < 0x40000 ? -2 : -8;
    if (w->class[cp] == 2) return 6;
    if (w->class[cp] == 1) return 4;
    if (cp >= 0x4E00 && cp <= 0x9FFF) {
        if (set->lead_low) return lead >= set->lead_low && lead <= set->lead_high ? 1 : -0.5;
        return 0;
    }
    if (cp >= 0x3040 && cp <= 0x30FF) return set->kana ? 4 : 1;
    if (cp >= 0xAC00 && cp <= 0xD7A3) return set->hangul ? 1.5 : -1;
    if (cp >= 0xFF61 && cp <= 0xFF9F) return -2;                                    /* half-width kana */
    if ((cp >= 0x3000 && cp <= 0x303F) || (cp >= 0xFF01 && cp <= 0xFF5E)) return 3; /* punctuation */
    if (cp >= 0x2010 && cp <= 0x2027) return 2;                                     /* dashes, quotes */
    if (cp >= 0x2460 && cp <= 0x24FF) return 2;                                     /* circled numbers */
    if ((cp >= 0xE000 && cp <= 0xF8FF) || cp == 0xFFFD || cp == 0xFFFE || cp == 0xFFFF) return -8;
    if (cp < 0xA0) return -8;                   /* C1 controls */
    if (cp >= 0x2500 && cp <= 0x257F) return 1; /* ruled tables */
    return -1;
}

static void mark(struct weights *w, const char *chars, uint8_t class) {
    for (const char *p = chars, *end = chars + strlen(chars); p < end;) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        w->class[cp] = class;
    }
}

static void weights_init(struct weights *w) {
    memset(w, 0, sizeof *w);
    mark(w, frequent, 1);
    mark(w, frequent_hangul, 1);
    mark(w, structural, 2);
    mark(w, "제조장절항호", 2);
}

#define LONGEST 16 /* bytes of one character, shifts in front included */

/* The sum over the sample, scaled to bytes. */
static double weigh(const struct weights *w, const struct gm__charset *set, const char *head, size_t len, bool whole) {
    iconv_t cd = iconv_open("UTF-32LE", set->iconv);
    if (cd == (iconv_t)-1) return -1e9;
    double sum = 0;
    char *from = (char *)head; /* iconv does not write to it */
    size_t left = len;
    while (left) {
        unsigned char out[4 * 2]; /* a code point at a time, so that its lead byte is known */
        char *to = (char *)out;
        size_t room = 4;
        const char *before = from;
        size_t fed = left < LONGEST ? left : LONGEST, rest = fed; /* given more, iconv reads ahead at every call */
        size_t n = iconv(cd, &from, &rest, &to, &room);
        left -= fed - rest;
        if (room == 4 && n == (size_t)-1) {
            if (errno == E2BIG) { /* one sequence that gives two code points (HKSCS) */
                room = sizeof out;
                fed = rest;
                n = iconv(cd, &from, &rest, &to, &room);
                left -= fed - rest;
                if (n == (size_t)-1 && room == sizeof out) break;
                continue;
            }
            if (errno == EINVAL) {
                if (whole) sum -= 12;
                break;
            }
            sum -= 12;
            size_t skip = left < set->unit ? left : set->unit;
            from += skip;
            left -= skip;
            continue;
        }
        if (room == 4) break;
        uint32_t cp = out[0] | (uint32_t)out[1] << 8 | (uint32_t)out[2] << 16 | (uint32_t)out[3] << 24;
        double size = (double)(from - before);
        sum += worth(w, set, cp, (unsigned char)*before) * (size > 2 ? size / 2 : 1);
    }
    (void)iconv_close(cd);
    return sum;
}

double gm__charset_score(const struct gm__charset *set, const char *head, size_t len, bool whole) {
    struct weights w;
    weights_init(&w);
    return len ? weigh(&w, set, head, len, whole) / (double)len : 0;
}

#define WIDE_LEAST 0.4 /* marked text in a wide encoding weighs 1 a byte or more, noise less than nothing */
#define WIDE_BARE  1.2 /* without a mark it must be plainly Chinese */
#define IMPOSSIBLE 1e9

/*
 * The least weight a byte at which a hypothesis may win. Wide encodings leave marks that no multi-byte
 * text has: NULs in one column, ideographic punctuation at even places.
 */
static double least(const struct gm__charset *set, const char *head, size_t len, bool whole) {
    size_t nul = 0, same = 0, units = len / set->unit;
    if (set->unit == 1) return -IMPOSSIBLE;
    bool cut = whole && len % set->unit;
    if (units == 0 || (cut && set->unit == 4)) return IMPOSSIBLE;
    bool big = set->name[strlen(set->name) - 2] == 'B';
    for (size_t i = 0; i < units; i++) {
        const unsigned char *u = (const unsigned char *)head + i * set->unit;
        if (set->unit == 4) {
            nul += big ? u[0] == 0 && u[1] < 0x11 : u[3] == 0 && u[2] < 0x11;
            continue;
        }
        unsigned high = big ? u[0] : u[1], low = big ? u[1] : u[0];
        nul += high == 0 && low != 0;
        same += (high == 0x30 && low <= 0x1F) || (high == 0xFF && low <= 0x5E);
    }
    if (set->unit == 4) return nul == units ? -IMPOSSIBLE : IMPOSSIBLE;
    return nul + same > 0 ? WIDE_LEAST : cut ? IMPOSSIBLE : WIDE_BARE;
}

static const struct gm__charset *opinion(const char *head, size_t len) {
    uchardet_t ud = uchardet_new();
    if (!ud) return NULL;
    const struct gm__charset *set = NULL;
    if (uchardet_handle_data(ud, head, len) == 0) {
        uchardet_data_end(ud);
        set = gm__charset_find(uchardet_get_charset(ud));
    }
    uchardet_delete(ud);
    return set;
}

/* Does it hold so many well-formed three-byte sequences that its few bad bytes are accidents? */
static bool mostly_utf8(const char *head, size_t len) {
    size_t good = 0, bad = 0;
    bool in_run = false;
    for (const char *p = head, *end = head + len; p < end;) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        good += n >= 3;
        bad += cp == GM__BAD_CP && !in_run;
        in_run = cp == GM__BAD_CP;
        p += n;
    }
    return good > 0 && good >= 2 * bad;
}

static size_t high_bytes(const char *head, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += (unsigned char)head[i] >= 0x80;
    return n;
}

#define SAMPLE ((size_t)32 * 1024)
#define VOICE  0.2 /* uchardet's weight, a byte */
#define PLAIN  1.7 /* what another reading of well-formed UTF-8 must weigh, a byte beyond ASCII */
#define HOME   0.2 /* GB18030's: most of what lies about in no declared encoding */

const struct gm__charset *gm__charset_guess(const char *head, size_t len, bool whole) {
    if (len > SAMPLE) {
        len = SAMPLE;
        whole = false;
    }
    if (mostly_utf8(head, len)) return &gm__utf8_charset;
    struct weights w;
    weights_init(&w);
    double bar = gm__utf8_valid_prefix(head, len) == len ? PLAIN * (double)high_bytes(head, len) : -IMPOSSIBLE;
    const struct gm__charset *voice = opinion(head, len), *best = &gm__utf8_charset;
    double high = weigh(&w, best, head, len, whole);
    if (voice == best) high += VOICE * (double)len;
    for (size_t i = 0; i < GM__COUNT(charsets); i++) {
        const struct gm__charset *set = &charsets[i];
        double floor = least(set, head, len, whole);
        if (floor == IMPOSSIBLE) continue;
        double sum = weigh(&w, set, head, len, whole);
        if (sum < floor * (double)len || sum < bar) continue;
        if (i == 0) sum += HOME * (double)len;
        if (set == voice) sum += VOICE * (double)len;
        if (sum > high) {
            high = sum;
            best = set;
        }
    }
    return best;
}
