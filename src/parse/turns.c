/*
 * turns.c - [王小河] 各位好！… [10:16]: the transcript of a meeting on the net. Who speaks stands in a bracket before
 * each turn, when it was said behind some of them. What one speaker counted is over when the next begins.
 */
#include "parse/lexer.h"

#define SPEAKER_MOST 36u /* bytes of a name in its bracket, 河西日报记者 */

/* [10:16] */
static bool ends_with_time(struct gm_str line) {
    static const char shape[] = "[00:00]";
    return line.len >= sizeof shape - 1 && gm__fits(line.ptr + line.len - (sizeof shape - 1), shape);
}

/* [王小河] or [渡口报记者], and text behind it. */
static bool opens_turn(struct gm_str line) {
    size_t at = 1;
    if (line.len < 12 || line.ptr[0] != '[') return false;
    for (uint32_t cp; at < line.len && at < SPEAKER_MOST;) {
        size_t n = gm__utf8_decode(line.ptr + at, line.ptr + line.len, &cp);
        if (!gm__is_han(cp)) break;
        at += n;
    }
    return at >= 7 && at + 1 < line.len && line.ptr[at] == ']';
}

void gm__see_turn(struct lexer *l, struct gm_str body) {
    l->timed |= ends_with_time(body);
    if (!l->timed || l->wrapped || (l->now && (l->now->flags || l->now->heading)) || !opens_turn(body)) return;
    struct gm__cand c = gm__heading(l, body, GM__NO_KEYWORD, GM__CAND_STAMP);
    gm__put_before(l, &c);
}
