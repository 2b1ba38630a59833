/* inline_html.c - strings that may hold a little HTML. */
#include "input/inline_html.h"

/* Length of a tag that marks up words at p; 0 when there is none. */
static size_t tag_at(const char *p, const char *end) {
    const char *q = p + 1, *stop = memchr(p, '>', (size_t)(end - p) < 4096 ? (size_t)(end - p) : 4096);
    if (!stop) return 0;
    if (q < stop && *q == '/') q++;
    const char *name = q;
    while (q < stop && ((*q >= 'a' && *q <= 'z') || (*q >= 'A' && *q <= 'Z') || (*q >= '0' && *q <= '9'))) q++;
    bool known =
        gm__has_word("a b br code del em font html head body i ins mark p s small span strike strong sub sup u "
                     "div time",
                     name, (size_t)(q - name));
    if (q == name || !known || (q < stop && *q != ' ' && *q != '/' && *q != '\n' && *q != '\t')) return 0;
    return (size_t)(stop - p) + 1;
}

static size_t entity_at(const char *p, const char *end, const char **text) {
    static const char *const entities[][2] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                                              {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", "\xC2\xA0"}};
    for (size_t i = 0; i < GM__COUNT(entities); i++) {
        size_t n = strlen(entities[i][0]);
        if ((size_t)(end - p) < n || memcmp(p, entities[i][0], n) != 0) continue;
        *text = entities[i][1];
        return n;
    }
    return 0;
}

static bool has_tags(struct gm_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '<' && tag_at(s.ptr + i, s.ptr + s.len)) return true;
    return false;
}

struct gm_str gm__inline_html(struct gm__outline *o, struct gm_str s) {
    struct gm_str copy = gm__outline_copy(o, s.ptr, s.len);
    char *out = (char *)(uintptr_t)copy.ptr; /* our own memory */
    bool html = has_tags(copy);
    size_t n = 0;
    for (size_t i = 0, skip; i < copy.len; i += skip) {
        const char *p = copy.ptr + i, *end = copy.ptr + copy.len, *text = NULL;
        skip = html && *p == '<' ? tag_at(p, end) : 0;
        if (skip) continue;
        skip = html && *p == '&' ? entity_at(p, end, &text) : 0;
        if (skip) {
            while (*text) out[n++] = *text++;
            continue;
        }
        skip = 1;
        bool blank = *p == '\n' || *p == '\r' || *p == '\t' || *p == ' ';
        if (!blank || n == 0 || out[n - 1] != ' ') out[n++] = blank ? ' ' : *p;
    }
    return gm__str_trim(gm__str(copy.ptr, n));
}
