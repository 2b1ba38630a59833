/*
 * shared.c - 有三难。一难是…，二难是…，三难是…; 一承诺不误工，二承诺不误餐，三承诺…;
 * 第一定章程，第二筹经费，第三访教习。 No grammar knows the word: three numbers in order do, each at a clause's begin,
 * with one word behind all of them, or, behind 第, with three others. Looked for where the third stands; verbs.c finds
 * the members behind the first.
 */
#include "parse/lexer.h"
#include "parse/match.h"
#include "parse/series.h"

#define ROOM        12u  /* bytes of text behind the third */
#define BACK_MOST   240u /* bytes from a member back to the one before it */
#define BACK_DI     60u  /* of those with 第 */
#define LEAST_BYTES 9u   /* a digit, the word, and a stop */

/* What is counted, or one of three of a kind, and not said of a point. */
static const char counted[] =
    "审審产產稿校读讀单單标標食附医醫监監进進生传傳阶階型流甲乙丙等赛賽区區总總分支教小作农農林工商马馬中环環战戰"
    "哥嫂姐妹弟妈媽爸爷爺奶叔姑姨舅娘郎公子女男王后太少将將尺皇帝季机機场場食战碗杯勺拜叩鞠鼓国國族省州县縣市"
    "涵排候嫁茬试試检檢诊診计計番折幕星室卫衛缸挡矿礦钢鋼棉馆館法科部股库庫仓倉渠闸閘坝壩塘坡沟河江湖桥橋洞矛号";

/* The label of the digit before the member at `from`: the nearest, `di` bytes before it 第, and, unless NULL, `word`
 * behind it; at a clause's begin. 0: there is none. */
static size_t find_before(const struct lexer *l, size_t from, const char *digit, size_t di, const char *word) {
    const struct gm__parser *p = l->p;
    size_t most = di ? BACK_DI : BACK_MOST, low = from - l->para > most ? from - most : l->para;
    if (from - low < di + LEAST_BYTES) return SIZE_MAX;
    for (size_t at = from - di - LEAST_BYTES + 1; at-- > low;) {
        if (memcmp(p->text + at + di, digit, 3) != 0 || (di && !gm__has_di(p, at))) continue;
        if (word && memcmp(p->text + at + di + 3, word, 3) != 0) continue;
        if (gm__cp_before(p, at, l->para) == 0 || gm__before_member(l, at) <= GM__BEFORE_COMMA) return at;
    }
    return SIZE_MAX;
}

/* 一绣龙，二绣凤: a song's words are as short. */
static bool is_sung(const struct gm__parser *p, size_t at) {
    size_t len;
    return !gm__is_han(gm__cp_at(p, at + 9, &len));
}

/* The family that such members are put down as: of verbs that begin the text, or are of the mark. */
static const struct gm__family *family_for(const struct gm_grammar *g, bool di) {
    for (size_t i = 0; i < g->family_count; i++) {
        const struct gm__family *f = &g->families[i];
        if (f->verb == (di ? GM__VERB_TEXT : GM__VERB_MARK) && (di || f->least)) return f;
    }
    return NULL;
}

/* 一承诺…，二承诺…: they share more than 承, and it is no 难 of 一难是. */
static bool shares_word(const struct gm__parser *p, size_t one, size_t two, size_t three) {
    static const char behind[] = "是在要能就";
    const char *next = p->text + one + 6;
    return memcmp(next, p->text + two + 6, 3) == 0 && memcmp(next, p->text + three + 6, 3) == 0 &&
           !is_one_of(behind, sizeof behind, next);
}

#define TOLD_BYTES 60u /* before the first */
#define NEAR_BYTES 30u

/* 有三难。一难…, 要签承诺书，一承诺…, 如下：一许…: a colon, their number or their word stands before the first. */
static bool is_told(const struct lexer *l, size_t one) {
    const struct gm__parser *p = l->p;
    if (gm__before_member(l, one) == GM__BEFORE_COLON) return true;
    size_t low = one - l->para > TOLD_BYTES ? one - TOLD_BYTES : l->para;
    for (size_t at = low; at + 3 <= one; at++)
        if ((one - at <= NEAR_BYTES && memcmp(p->text + at, "三", 3) == 0) ||
            memcmp(p->text + at, p->text + one + 3, 3) == 0)
            return true;
    return false;
}

/* 名次：第一河西村，第二河东村…; 第一跳得高，第二跑得快…: who came first, and who does what best. */
static bool is_ranked(const struct lexer *l, size_t one) {
    static const char *const words[] = {"名次", "排名", "成绩", "成績", "比赛", "比賽", "结果", "結果", "冠军", "冠軍"};
    const struct gm__parser *p = l->p;
    size_t low = one - l->para > TOLD_BYTES ? one - TOLD_BYTES : l->para;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__holds(gm__str(p->text + low, one - low), words[i])) return true;
    return memcmp(p->text + one + 9, "得", 3) == 0;
}

static void put_first(struct lexer *l, size_t at, size_t len, bool di) {
    const struct gm_grammar *g = l->p->grammar;
    const struct gm__family *f = family_for(g, di);
    if (!f || gm__known_at(l, l->para_cand, at)) return;
    struct gm__cand c = {.at = (uint32_t)at, .len = (uint16_t)len, .number = 1, .components = 1};
    c.family = (uint16_t)(f - g->families);
    c.prefix = gm__decimal_child(0, (uint32_t)len);
    c.series = c.next = c.twin = c.reopen = GM__NONE;
    c.para = (uint32_t)l->para;
    bool starts = at == l->para;
    c.flags = starts ? GM__CAND_START : 0;
    c.before = (uint8_t)(starts ? GM__BEFORE_START : gm__before_member(l, at));
    gm__put_before(l, &c);
    l->lists = true;
}

void gm__find_shared(struct lexer *l, size_t at) {
    const struct gm__parser *p = l->p;
    if (p->len - at < ROOM) return;
    bool di = gm__has_di(p, at);
    const size_t skip = di ? 3 : 0;
    size_t len;
    const char *word = p->text + at + skip + 3;
    if (memcmp(p->text + at + skip, "三", 3) != 0 || gm__before_member(l, at) > GM__BEFORE_COMMA) return;
    if (!gm__is_han(gm__cp_at(p, at + skip + 3, &len)) || !gm__is_han(gm__cp_at(p, at + skip + 6, &len))) return;
    if (gm__is_counted(p, at + skip + 3) || is_one_of(counted, sizeof counted, word)) return;
    size_t two = find_before(l, at, "二", skip, di ? NULL : word);
    if (two == SIZE_MAX) return;
    size_t one = find_before(l, two, "一", skip, di ? NULL : word);
    if (one == SIZE_MAX) return;
    if (!di) {
        if (!is_sung(p, one) && !is_sung(p, two) && is_told(l, one))
            put_first(l, one, shares_word(p, one, two, at) ? 3 : 6, false);
        return;
    }
    if (is_ranked(l, one)) return;
    bool same = memcmp(p->text + one + 6, word, 3) == 0 || memcmp(p->text + two + 6, word, 3) == 0;
    bool counts = gm__is_counted(p, one + 6) || gm__is_counted(p, two + 6);
    if (!same && !counts) put_first(l, one, 6, true);
}
