/*
 * noun.c - 第一个特点，…。第二个特点，…。 The word that is counted stands behind the measure word, and is part of the
 * mark.
 */
#include "parse/match.h"

#include "parse/phrase.h"

#define NOUN_MOST 4u /* characters */

/* No short name of a thing holds one of these. */
static const char no_noun[] = "的了着就都也不没沒很最被把让讓给給在和与與及或至第是里裡裏内內外";
/* Nor is it one of these alone. */
static const char lone_verb[] = "会會能要有说說讲講问問答来來去到走看叫想做";
/* 总是, 可是: one word. */
static const char with_is[] = "总總还還只而正可但便若如于於算像却卻凡乃即先";

/* 呢， */
static const char particles[] = "呢啊嘛吧呀哈";

/* How long the mark behind the word is: ， ： 是 就是, or one of the first two behind a particle; 0: none is there. */
static size_t mark_at(struct cursor at) {
    static const char *const is[] = {"是", "就是", "则是"};
    const char *begin = at.p;
    size_t len;
    for (size_t i = 0; i < GM__COUNT(is); i++)
        if (starts_with(at, is[i], strlen(is[i]))) return strlen(is[i]);
    if (at.end - at.p >= 3 && is_one_of(particles, sizeof particles, at.p)) at.p += 3;
    uint32_t cp = gm__fold(peek(&at, &len));
    return cp == ',' || cp == ':' ? (size_t)(at.p - begin) + len : 0;
}

size_t gm__noun_at(struct cursor at, bool spaced, size_t *mark) {
    const char *begin = at.p;
    for (size_t n = 0; n <= NOUN_MOST; n++) {
        *mark = n ? mark_at(at) : 0;
        size_t len;
        uint32_t cp = peek(&at, &len);
        bool is = *mark && gm__is_han(cp) && starts_with((struct cursor){at.p + *mark - 3, at.end}, "是", 3);
        if (is && *mark == 3 && is_one_of(with_is, sizeof with_is, at.p - 3)) return 0;
        if (*mark && n == 1 && is_one_of(lone_verb, sizeof lone_verb, begin)) return 0;
        if (*mark) return (size_t)(at.p - begin) + *mark;
        if (n && spaced && gm__is_space(cp)) {
            struct cursor behind = at;
            (void)skip_blanks(&behind, GM__INNER_BLANKS);
            return gm__is_han(peek(&behind, &len)) ? (size_t)(at.p - begin) : 0;
        }
        if (len != 3 || !gm__is_han(cp) || is_one_of(no_noun, sizeof no_noun, at.p)) return 0;
        at.p += 3;
    }
    return 0;
}
