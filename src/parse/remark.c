/*
 * remark.c - 最后再强调一句：…, 最后，我还想说…: what closes the whole talk is no member behind 第三点，.
 */
#include "parse/decide.h"
#include "parse/phrase.h"

static bool passes(struct gm_str *s, const char *const *words) {
    for (; *words; words++)
        if (gm__begins(*s, *words)) {
            *s = gm__str(s->ptr + strlen(*words), s->len - strlen(*words));
            return true;
        }
    return false;
}

bool gm__is_remark(const struct gm__parser *p, const struct gm__cand *c) {
    static const char *const marks[] = {"，", ",", NULL}, *const who[] = {"我们", "我", NULL},
                             *const again[] = {"再", "还想再", "还要再", "想再", "要再", "还想", "还要", "还", NULL},
                             *const wish[] = {"想", "要", "需要", "必须", NULL}, *const stress[] = {"强调", "强調",
                                                                                                    "重申", "提醒",
                                                                                                    "补充", "補充",
                                                                                                    NULL},
                             *const say[] = {"说",   "說",   "讲",   "講",   "谈",   "談", "提",     "唠叨", "啰嗦",
                                             "叮嘱", "嘱咐", "声明", "重复", "交代", "送", "表个态", NULL};
    static const char *const what[] = {"一句", "一点", "一點", "两点", "兩點", "几点", "幾點", "：", ":", NULL};
    if (!gm__is_start(c) || memcmp(p->text + c->at, "最", 3) != 0) return false;
    struct gm_str s = gm__str(p->text + c->at + c->len, c->stop > c->at + c->len ? c->stop - c->at - c->len : 0);
    (void)passes(&s, marks);
    (void)passes(&s, who);
    bool more = passes(&s, again);
    (void)passes(&s, wish);
    if (passes(&s, stress)) return more || passes(&s, what);
    return more && passes(&s, say);
}
