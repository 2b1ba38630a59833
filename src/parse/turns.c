/*
 * turns.c - [王小河] 各位好！… [10:16]: the transcript of a meeting on the net. Who speaks stands in a bracket before
 * each turn, when it was said behind some of them. So do name and time in a chat, 王小河 2021/5/6 9:02, on a line of
 * their own. What one speaker counted is over when the next begins.
 */
#include "parse/lexer.h"
#include "parse/phrase.h"

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

#define NAME_MOST 48u /* bytes of who speaks in a chat */

/* 王小河 2021/5/6 9:02, 李大江（船工）  2021-05-06 19:02:11 */
static bool ends_in_stamp(struct gm_str line) {
    static const char *const no_names[] = {"时间", "日期", "于", "至", "到", "自", "从", "時間", NULL};
    size_t at = 1;
    while (at < line.len && at <= NAME_MOST && !(line.ptr[at] == '2' && line.ptr[at - 1] == ' ')) at++;
    if (at >= line.len || at > NAME_MOST || !gm__is_stamp(gm__str(line.ptr + at, line.len - at))) return false;
    struct gm_str name = gm__str_trim(gm__str(line.ptr, at));
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == ' ' || name.ptr[i] == ':') return false;
    return name.len && line.len - at < 20 && !gm__is_stopped(name) && !gm__holds(name, "：") &&
           !gm__holds(name, "，") && !gm__ends_any(name, no_names);
}

void gm__see_speaker(struct lexer *l, struct gm_str body) {
    const struct gm__parser *p = l->p;
    if (p->cands.count > l->first_cand || l->now || l->wrapped || body.len > SHORT_LINE || !ends_in_stamp(body)) return;
    if (++l->spoken < 2) return; /* one may be a date above a text */
    gm__see_chat(l);
    struct gm__cand c = gm__heading(l, body, GM__NO_KEYWORD, GM__CAND_STAMP);
    gm__put_before(l, &c);
}
