/*
 * odt_lists.c - the numbers of list items and headings as LibreOffice displays them.
 *
 * A list has a counter a level. An outermost text:list continues the one it names, or with
 * continue-numbering the one before it when that has its style, and else starts a new one; nested lists share
 * it. A level starts afresh when one above it advances.
 */
#include "input/odt.h"

struct counters {
    int64_t count[GM__ODT_LEVELS];
    bool running[GM__ODT_LEVELS];
};

static enum gm_status new_list(struct gm__odt_lists *l, uint32_t *list) {
    void *slot;
    *list = (uint32_t)l->lists.count;
    return gm__vec_push(&l->lists, &slot);
}

enum gm_status gm__odt_lists_init(struct gm__odt_lists *l, const struct gm_allocator *a,
                                  struct gm__odt_styles *styles) {
    uint32_t outline;
    l->styles = styles;
    gm__vec_init(&l->lists, a, sizeof(struct counters), UINT32_MAX - 1);
    gm__names_init(&l->ids, a, styles->arena);
    l->last_style = GM__NO_NAME;
    return new_list(l, &outline);
}

void gm__odt_lists_release(struct gm__odt_lists *l) {
    gm__vec_release(&l->lists);
    gm__names_release(&l->ids);
}

static struct gm__odt_list_style *list_style(const struct gm__odt_lists *l, uint32_t style) {
    return style == GM__NO_NAME ? NULL : (struct gm__odt_list_style *)l->styles->list_styles.data + style;
}

enum gm_status gm__odt_list_open(struct gm__odt_lists *l, struct gm__sax *x, uint32_t style, uint32_t *list) {
    struct gm__odt_list_style *ls = list_style(l, style);
    struct gm_str id, v;
    enum gm_status s = GM_OK;
    uint32_t found = GM__NO_NAME;
    bool named = gm__sax_attr(x, T_continue_list, &id);
    if (named) found = gm__names_find(&l->ids, id); /* LibreOffice refers to lists that it does not write */
    bool goes_on = !named && gm__sax_attr(x, T_continue_numbering, &v) && gm__str_eqz(v, "true");
    if (goes_on && ls && (ls->by_style || l->last_style == style)) found = ls->last_list;
    if (style != GM__NO_NAME && style == l->styles->outline) found = GM__ODT_OUTLINE;
    if (found == GM__NO_NAME) s = new_list(l, &found);
    if (s != GM_OK) return s;
    if (ls) ls->last_list = found;
    l->last_style = style;
    *list = found;
    return gm__sax_attr(x, X_id, &id) || gm__sax_attr(x, T_id, &id) ? gm__names_put(&l->ids, id, found) : GM_OK;
}

enum gm_status gm__odt_list_named(struct gm__odt_lists *l, struct gm__sax *x, uint32_t *list) {
    struct gm_str id = gm__str("", 0);
    (void)gm__sax_attr(x, T_list_id, &id);
    *list = gm__names_find(&l->ids, id);
    if (*list != GM__NO_NAME) return GM_OK;
    enum gm_status s = new_list(l, list);
    return s == GM_OK ? gm__names_put(&l->ids, id, *list) : s;
}

/* --------------------------------------------------------------- counting */

/* A level that the style does not define looks like the nearest one above it that it does (ODF 1.2, 16.30). */
static const struct gm__odt_level *look_of(const struct gm__odt_list_style *style, int level) {
    while (level > 0 && !style->levels[level].defined) level--;
    return &style->levels[level];
}

static int32_t start_of(const struct gm__odt_list_style *style, int level) {
    const struct gm__odt_level *l = look_of(style, level);
    return l->defined ? l->start : 1;
}

static void count(struct counters *c, const struct gm__odt_list_style *style, int level, int32_t start) {
    for (int above = 0; above < level; above++) { /* parents that never came count as their start */
        if (c->running[above]) continue;
        c->count[above] = start_of(style, above);
        c->running[above] = true;
    }
    if (start != GM__UNSET)
        c->count[level] = start;
    else
        c->count[level] = c->running[level] ? c->count[level] + 1 : start_of(style, level);
    c->running[level] = true;
    for (int below = level + 1; below < GM__ODT_LEVELS; below++) c->running[below] = false;
}

static enum gm_status put_counter(const struct gm__odt_list_style *style, const struct counters *c, int level,
                                  struct gm__buf *label, bool *numbered) {
    const struct gm__number_format *format = look_of(style, level)->format;
    if (!format) return GM_OK;
    *numbered = true;
    return gm__number_append(label, format, c->running[level] ? c->count[level] : start_of(style, level));
}

/* "第%1%章": %N% is the number of level N. */
static enum gm_status put_pattern(const struct gm__odt_list_style *style, const struct counters *c,
                                  struct gm_str pattern, struct gm__buf *label, bool *numbered) {
    const char *p = pattern.ptr, *end = p + pattern.len;
    enum gm_status s = GM_OK;
    while (p < end && s == GM_OK) {
        const char *close = *p == '%' ? memchr(p + 1, '%', (size_t)(end - p - 1)) : NULL;
        int level = close ? gm__str_int(gm__str(p + 1, (size_t)(close - p - 1)), 0) : 0;
        if (level >= 1 && level <= GM__ODT_LEVELS) {
            s = put_counter(style, c, level - 1, label, numbered);
            p = close + 1;
            continue;
        }
        s = gm__buf_add(label, p++, 1);
    }
    return s;
}

/* Prefix, the numbers of the last `display` levels joined by full stops, suffix. */
static enum gm_status put_levels(const struct gm__odt_list_style *style, const struct counters *c, int level,
                                 struct gm__buf *label, bool *numbered) {
    const struct gm__odt_level *l = look_of(style, level);
    int first = level + 1 - l->display;
    enum gm_status s = gm__buf_add(label, l->prefix.ptr, l->prefix.len);
    if (l->format) {
        bool any = false;
        for (int i = first < 0 ? 0 : first; i <= level && s == GM_OK; i++) {
            if (!look_of(style, i)->format) continue;
            if (any) s = gm__buf_add(label, ".", 1);
            if (s == GM_OK) s = put_counter(style, c, i, label, numbered);
            any = true;
        }
    }
    return s == GM_OK ? gm__buf_add(label, l->suffix.ptr, l->suffix.len) : s;
}

enum gm_status gm__odt_number(struct gm__odt_lists *l, uint32_t list, uint32_t style, int level, int32_t start,
                              struct gm__buf *label, struct gm__odt_mark *mark) {
    const struct gm__odt_list_style *ls = list_style(l, style);
    *mark = (struct gm__odt_mark){.listed = false};
    if (!ls || level < 0 || level >= GM__ODT_LEVELS) return GM_OK;
    struct counters *c = (struct counters *)l->lists.data + list;
    count(c, ls, level, start);
    const struct gm__odt_level *at = look_of(ls, level);
    mark->listed = at->defined;
    if (!at->defined || at->bullet) return GM_OK;
    enum gm_status s = at->pattern.len ? put_pattern(ls, c, at->pattern, label, &mark->numbered)
                                       : put_levels(ls, c, level, label, &mark->numbered);
    mark->space = !at->no_space && label->len > 0;
    mark->value = c->count[level] <= GM__NUMBER_MAX ? (int32_t)c->count[level] : 0;
    return s;
}
