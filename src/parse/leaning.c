/* leaning.c - what the last word of a line asks for: more of its clause, a number, a measure. Then a line's end, or a
 * converter that breaks lines before numbers, cut it there. */
#include "parse/layout.h"

#define LONG_LINE 48u /* bytes; longer than 制定依据 and other headings */

bool gm__leans_on(const struct gm__parser *p, size_t begin, size_t end, uint32_t last) {
    static const char *const words[] = {"依照", "按照", "参照", "遵照", "比照", "与",   "或",     "由", "第",
                                        "及",   "和",   "由式", "和式", "与式", "按式", "代入式", NULL};
    static const char *const ends_heads[] = {"依据", "根据", NULL};
    static const char *const whole[] = {
        "参与", "赋与", "缘由", "理由",   "自由",   "事由",   "来由", "情由", "案由", "因由", "普及", "涉及", "顾及",
        "波及", "总和", "饱和", "校验和", "检验和", "校驗和", "之和", "温和", "缓和", "柔和", "平和", "随和", "调和",
        "共和", "间或", "中和", "混和",   "亲和",   "求和",   "讲和", "议和", "不和", "宅第", "融和", "祥和", "附和",
        "府第", "门第", "門第", "次第",   "等第",   "落第",   "及第", "登第", "科第", NULL};
    if (!gm__may_lean(last)) return false;
    struct gm_str line = gm__str(p->text + begin, end - begin);
    if (gm__ends_any(line, ends_heads)) return line.len >= LONG_LINE;
    return gm__ends_any(line, words) && !gm__ends_any(line, whole);
}

bool gm__ends_within(struct gm_str line) {
    static const char *const within[] = {"的", "且", "并", "在", "对", "把", "将", "向", "于", NULL};
    return gm__ends_any(line, within);
}

bool gm__awaits_number(struct gm_str line) {
    static const char *const words[] = {"每月",   "每日",   "每天",   "每周",   "每年",   "每人",   "每次",
                                        "超过",   "超過",   "达到",   "達到",   "不少于", "不低于", "不高于",
                                        "不大于", "不小于", "得少于", "得低于", "得高于", "得大于", "得小于",
                                        "至少",   "最多",   "增加到", "提高到", "降低到", "下降到", "缩短到",
                                        "控制在", "稳定在", "上限は", "，约",   "，共",   "，计",   NULL};
    static const char *const nouns[] = {"行为", "作为", "人为", "有为", "无为", "能为",
                                        "何为", "认为", "因为", "以为", NULL};
    if (gm__str_ends(line, "为")) return !gm__ends_any(line, nouns); /* 供水时间为 */
    return gm__ends_any(line, words);
}

bool gm__awaits_measure(struct gm_str line) {
    static const char *const verbs[] = {"为", "為", "约", "約", "达", "達", "至", "到", "由", NULL};
    return gm__ends_any(line, verbs);
}

bool gm__has_comma(struct gm_str line) {
    if (gm__holds(line, "，")) return true;
    const char *at = line.ptr + (line.len > 0), *end = line.ptr + line.len;
    for (; at < end && (at = memchr(at, ',', (size_t)(end - at))) != NULL; at++)
        if (at[-1] & 0x80) return true; /* 50,000 has none */
    return false;
}
