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
#include <math.h>
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

/* The commonest characters of documents, stories and talk in code point order: simplified, traditional, Japanese.
 * Two halves, for no literal may be longer than 4095 bytes. */
static const char *const frequent[] = {
    "一丁七万丈三上下不与专且世丙业东丝两严並个中为主丽么义之乗乙九也习乡书买乱了予争"
    "事二于云五井些交产亮亲人什仆今介从仏他付仙代令以仨们仮仲件价任份仿企休众优会伝传"
    "伯似但位低住体何余佛作你併使侄來例供依侠価侮侯便係促保信俩俭修個們候借债做停健偿"
    "備傲傳働像價償儲儿元兄先光児兒党入內全八公六兰共关兵其具养兼内円册再写军农冬冯决"
    "况冷准凝几処凭出函分切划列刘则创删別利刪别到制券剂則前剑副剰劃力办功加务动助努励"
    "劳労勅勇動勘務勤勧包化北区医區十升午华协協单卖南単卢印危即却厂历压厚原去县参又及"
    "友双反収发叔取受变口只叫可史右叶号司各合吊同名后吐向吕吗吧含听吴吸吾呀告呕员呢周"
    "呼命和咨咱咳品員哥哦哪哭唐商啊問啼善喜喧單営嗯嗽嘛嘱噪嚴四回因团団园困囲図围固国"
    "图國圖團土圧在地场圾址坏块坚坝坡坪垃型城域執培基堂堰報場塀塁塘塚塩境増墙增壇士壮"
    "声売处备変复夏外多夜夢大天太夫央失头奇奋奖女奶她好如妈妖妹妻姊姐委姚姜姨婆媽嫂嬢"
    "嬤子孔字存孙孟季孤学孩孫學它安宋完宗官定宝实実审客害家容宽寂密富寒寞察實審寶对导"
    "対専射将將專對導小少尚就尹尽局居届屋展属層屬山岁岛岭峰島崔巣工左己已巷巻市师希帐"
    "帝带師帰帳常干平年并幸幹广庁広序库应府废度庭康廃廖建开弁弄式弐引弟张弯張强弾当录"
    "形彭影彼往待很律後徐徒従得從微徳徴心必忆志忘応快忽怀怎怒怕思急性怪总恋恐恨息恶患"
    "您悩悪悲情惊惩想愁意愛感慎慕慢應懲成我或战戦戰戴戶户戸房所手打払执批找承技抄把抓"
    "投抜択护报抬抵担拐招拝拡持指按挙挿捜据排採接控推措掲掺提揺摂摘撒撫播擅據支收改放"
    "政故效敏教敢敦数整數文斉斗料断新方於施族无日旦旧早时明易星春昨昭是昼時晚晨晴暁暑"
    "暖曲更書曹曾替最會月有服望朝期木未末本术朱机杂权李杏材村杜条来東松板极构析林枚果"
    "枢柏染柔查柱柳査栄标树栓校样核根格桃案桥梁梅條梦械检検楓業楼楽榕榮構様樂樓標模樣"
    "権横樹機檐檔檢欄權次欢欧款歓歡止正此步武歩歯歲歷死残段毎每毛民气気氣水求汇江池污",
    "汤汪決沈沒没沢河油治法注洗洞活流浄浅浆浇测济浓浜浪海涂消涙润液涼淚深混添清済渋渐"
    "減渠渡温測港湖湾湿満源準溫滝滞满滿漁漂漢潘潜濕濟瀬灣灯灰炉点為烏热焊無然焼煌照熊"
    "熱營爱父爷爸爺片牛物特犯狗独猟猪猫率玉王环现班現理環瓜瓶生產産用田由甲申电町画界"
    "畫畳當疑疗疫疾病痛発登發白百的皇益盐监盖盗監目直相省看県真眠眼着督知短石矿码砂研"
    "砖础硬确碧確碼示礼社祖神票禁福离秋种科秘租秦积稀程税種稱稲稳穀穂究空窃窄立站竜竞"
    "章端競竹笑符第等筋筑策签算管箱範築簡簿籍米类粉粋粘粛粮精糖糧系紀約紅納純紙級索紫"
    "細終組経結絕絡給統絵經続綠維網緊総緑緒線編練縣縦縫縮縱總績繁繊織繩繪繫繳續红约级"
    "纪纳纸线组细织经结给络统继绩续维绿网罗罚置羊美群義習老考者而职聘聪聯聲聴職聽肉股"
    "育胆胡能脳脸腐膜臓臣自至臺舅與舗舟船良色节花芸苏苗若苹范茶草荘荣药荷莫菊菜華营落"
    "董蒋蓝蔡蔵蕉薄薛薬藍藏藝藥虑處虚號虫蛋蛮蝉蝦融螺蟲蟹血行術街表袁被裁装裏補裡製複"
    "西要覃覇見規視覚覧親観覺见规视觉解触言訂計訊訓託記設許訳証評詢試話該誉誌認誤說説"
    "読課調請論謝謡證識警議譲護變讓计认讨训议记许论讼设证评识诉诊试话询该详说请读课谁"
    "调谈谢谦谭谷豆豊象豬貓貝負財責費貼貿賃資賛質负财责账货质贫贴贷费贺贾赁资赔赞走赵"
    "起越路践身車軟転軽載輩輯輸轄轉车转软轻输辞辦農边辺込过运近还这进远违连退送适逓這"
    "通造進逾遅運過道遞適選還邊邓那邮邱邵邹邻郑郝部郭郵都鄉鄰配酒酔酱醋醫醬醸采里重量"
    "金鉄銀銅銭鋳鋼錄錢錫録鎮鏡鐵鑼钟钢钱银链销锅锣镇長长門開閑間関闘關门闫闭问间阅防"
    "阳阴阶阻阿附际陆陈限院除陥险陰陶険陽随際障隠險隻难集雑雖雙雜雞離難雨雪雲雷電需霊"
    "霜青静非面革韦韩音響頁項預領頭頼顆題額顏願類顯项须顾预领频题風风飞食飯飲飼館首香"
    "馬駅騒験驗马骄验骤髄體高髪鬼魏魔魚鱼鳥鳳鳴鴨鵝鸡鸣鸭鹅鹽麗麥麦麵麼黃黄黎黑點黨鼓"
    "齊齢龍龙龚"};

static const char frequent_hangul[] =
    "이다는을의에하고가은로를지도기사한자시인어정대서아그리전나수구성부조원국장동제일해보주상과년"
    "관위무업스여할것적신법회발용생"
    "간감강개걀거건검게격결경계공광교군권글금급길김까께끼남내너녀노누눈능니님단달담당"
    "데독돈돌되된두드든들등따때떠또라락람래램량러런렇레려력련령례록론료류률르른름릇린"
    "림립마막만많말망매머면명모목몰문물미민밀바박반받방배백번범변별병복본봄분불비빈빛"
    "삭산살삼새색선설세셀소속손송쇄순술쉬슨습승식실심십쓰씨안않알야약양억언얼없었연열"
    "영예오온올와완왔외요우운울움워월웨유육율으음응읽입있작잘잡저점접종좋죄준중즉증직"
    "진질집차착찬참창책처천첫청체초총최추출충취치친칠크큰키타탁태택터토통투특파판편평"
    "포표품풍피필학함합항행향허헌험혀현형호혹혼홍화확환활황후훈휴흔희히힘";

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
    if (w->class[cp] == 1) return cp >= 0xAC00 ? 5 : 4; /* fewer syllables make up as much text */
    if (cp >= 0x4E00 && cp <= 0x9FFF) {
        if (set->lead_low) return lead >= set->lead_low && lead <= set->lead_high ? 1 : -0.5;
        return 0;
    }
    if (cp >= 0x3040 && cp <= 0x30FF) return set->kana ? 5 : 1;
    if (cp >= 0xAC00 && cp <= 0xD7A3) return set->hangul ? 0 : -1;
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
    for (size_t i = 0; i < GM__COUNT(frequent); i++) mark(w, frequent[i], 1);
    mark(w, frequent_hangul, 1);
    mark(w, structural, 2);
    mark(w, "제조장절항호", 2);
}

#define LONGEST 16 /* bytes of one character, shifts in front included */

/* The sum over the sample, scaled to bytes; NAN when memory runs out. */
static double weigh(const struct weights *w, const struct gm__charset *set, const char *head, size_t len, bool whole) {
    iconv_t cd = iconv_open("UTF-32LE", set->iconv);
    if (cd == (iconv_t)-1) return errno == ENOMEM ? (double)NAN : -1e9;
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
#define PRIOR  1.0 /* and, whatever the length, it is the likelier by far */

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
    if (isnan(high)) return NULL;
    if (voice == best) high += VOICE * (double)len;
    for (size_t i = 0; i < GM__COUNT(charsets); i++) {
        const struct gm__charset *set = &charsets[i];
        double floor = least(set, head, len, whole);
        if (floor == IMPOSSIBLE) continue;
        double sum = weigh(&w, set, head, len, whole);
        if (isnan(sum)) return NULL;
        if (sum < floor * (double)len || sum < bar) continue;
        if (i == 0) sum += HOME * (double)len + PRIOR;
        if (set == voice) sum += VOICE * (double)len;
        if (sum > high) {
            high = sum;
            best = set;
        }
    }
    return best;
}
