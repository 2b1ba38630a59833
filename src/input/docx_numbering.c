/*
 * docx_numbering.c - word/numbering.xml and the counting: the number of each paragraph as Word displays it.
 *
 * Counters belong to the abstract list, so all lists made from it count on; a startOverride takes
 * effect where its list first appears (ECMA-376 17.9, with Word's deviations in [MS-OI29500] 2.1).
 */
#include "input/docx.h"

void gm__docx_numbering_init(struct gm__docx_numbering *n, const struct gm_allocator *a, struct gm__arena *arena) {
    n->arena = arena;
    gm__names_init(&n->abstract_ids, a, arena);
    gm__names_init(&n->num_ids, a, arena);
    gm__vec_init(&n->abstracts, a, sizeof(struct gm__docx_abstract), 65536);
    gm__vec_init(&n->nums, a, sizeof(struct gm__docx_num), 262144);
}

void gm__docx_numbering_release(struct gm__docx_numbering *n) {
    gm__names_release(&n->abstract_ids);
    gm__names_release(&n->num_ids);
    gm__vec_release(&n->abstracts);
    gm__vec_release(&n->nums);
}

/* ---------------------------------------------------------------- reading */

struct reading {
    struct gm__docx_numbering *n;
    const struct gm__docx_styles *styles;
    struct gm__docx_level *level; /* being read */
    int override;                 /* ilvl of the lvlOverride, or GM__UNSET */
    bool in_abstract, in_num;
};

static struct gm__docx_abstract *abstract_at(const struct gm__docx_numbering *n, uint32_t index) {
    return (struct gm__docx_abstract *)n->abstracts.data + index;
}

/* Ids are numbers; the names table takes their bytes. */
static struct gm_str id_key(const int32_t *id) { return gm__str((const char *)id, sizeof *id); }

static struct gm__docx_num *num_at(const struct gm__docx_numbering *n, uint32_t index) {
    return (struct gm__docx_num *)n->nums.data + index;
}

static enum gm_status open_abstract(struct reading *r, struct gm__sax *x) {
    int32_t id = gm__sax_attr_int(x, W_abstractNumId, GM__UNSET);
    void *slot;
    enum gm_status s = gm__vec_push(&r->n->abstracts, &slot);
    if (s != GM_OK) return s;
    ((struct gm__docx_abstract *)slot)->linked_style = GM__NO_NAME;
    r->in_abstract = true;
    return gm__names_put(&r->n->abstract_ids, id_key(&id), (uint32_t)r->n->abstracts.count - 1);
}

static enum gm_status open_num(struct reading *r, struct gm__sax *x) {
    int32_t id = gm__sax_attr_int(x, W_numId, GM__UNSET);
    void *slot;
    enum gm_status s = gm__vec_push(&r->n->nums, &slot);
    if (s != GM_OK) return s;
    struct gm__docx_num *num = slot;
    num->abstract = GM__NO_NAME;
    for (size_t i = 0; i < GM__DOCX_LEVELS; i++) num->start[i] = GM__UNSET;
    r->in_num = true;
    r->override = GM__UNSET;
    return gm__names_put(&r->n->num_ids, id_key(&id), (uint32_t)r->n->nums.count - 1);
}

static bool valid_level(int ilvl) { return ilvl >= 0 && ilvl < GM__DOCX_LEVELS; }

static enum gm_status open_level(struct reading *r, struct gm__sax *x) {
    int ilvl = gm__sax_attr_int(x, W_ilvl, GM__UNSET);
    r->level = NULL;
    if (r->in_num && valid_level(r->override)) {
        struct gm__docx_num *num = num_at(r->n, (uint32_t)r->n->nums.count - 1);
        r->level = num->levels[r->override] = gm__arena_alloc(r->n->arena, sizeof *r->level);
        if (!r->level) return GM_NOMEM;
    } else if (r->in_abstract && valid_level(ilvl)) {
        r->level = &abstract_at(r->n, (uint32_t)r->n->abstracts.count - 1)->levels[ilvl];
    }
    if (r->level)
        *r->level = (struct gm__docx_level){.defined = true,
                                            .restart = GM__UNSET,
                                            .format = gm__decimal_format(),
                                            .text = gm__str("", 0),
                                            .style = GM__NO_NAME};
    return GM_OK;
}

static void read_format(struct gm__docx_level *level, struct gm__sax *x) {
    struct gm_str v, custom;
    if (!gm__sax_attr(x, W_val, &v)) return;
    if (gm__str_eqz(v, "custom") && gm__sax_attr(x, W_format, &custom)) {
        level->format = gm__odf_format(custom, true); /* "001, 002, 003, ...": the same strings */
        return;
    }
    level->format = gm__word_format(v);
    level->bullet = gm__str_eqz(v, "bullet");
}

static enum gm_status read_text(struct reading *r, struct gm__sax *x) {
    struct gm_str v, null;
    if (!gm__sax_attr(x, W_val, &v) || (gm__sax_attr(x, W_null, &null) && gm__docx_on(x) && v.len == 0)) return GM_OK;
    v = gm__str_cut(v, GM__LABEL_TEXT);
    char *copy = gm__arena_copy(r->n->arena, v.ptr, v.len);
    if (!copy) return GM_NOMEM;
    r->level->text = gm__str(copy, v.len);
    return GM_OK;
}

static enum gm_status start_in_level(struct reading *r, struct gm__sax *x, int token) {
    struct gm__docx_level *level = r->level;
    struct gm_str v;
    switch (token) {
    case W_start: level->start = gm__sax_attr_int(x, W_val, 0); break;
    case W_numFmt: read_format(level, x); break;
    case W_lvlText: return read_text(r, x);
    case W_lvlRestart: /* Word takes 0 to 7 and ignores it in an override */
        if (!r->in_num) level->restart = gm__sax_attr_int(x, W_val, GM__UNSET);
        if (level->restart > 7) level->restart = GM__UNSET;
        break;
    case W_isLgl: level->legal = gm__docx_on(x); break;
    case W_suff: level->suffix = gm__sax_attr(x, W_val, &v) && gm__str_eqz(v, "nothing"); break;
    case W_pStyle:
        if (gm__sax_attr(x, W_val, &v)) level->style = gm__names_find(&r->styles->ids, v);
        break;
    case W_vanish: level->hidden = gm__docx_on(x); break;
    case W_lvlPicBulletId: level->bullet = true; break;
    default: break;
    }
    return GM_OK;
}

static void start(void *ctx, struct gm__sax *x, int token) {
    struct reading *r = ctx;
    struct gm_str v;
    int32_t id;
    enum gm_status s = GM_OK;
    switch (token) {
    case W_abstractNum: s = open_abstract(r, x); break;
    case W_num: s = open_num(r, x); break;
    case W_lvl: s = open_level(r, x); break;
    case MC_Fallback: /* its Choice was read */
    case W_pPrChange:
    case W_rPrChange: gm__sax_skip(x); break;
    case W_lvlOverride: r->override = gm__sax_attr_int(x, W_ilvl, GM__UNSET); break;
    case W_startOverride:
        if (r->in_num && valid_level(r->override))
            num_at(r->n, (uint32_t)r->n->nums.count - 1)->start[r->override] = gm__sax_attr_int(x, W_val, 0);
        break;
    case W_abstractNumId:
        id = gm__sax_attr_int(x, W_val, GM__UNSET);
        if (r->in_num)
            num_at(r->n, (uint32_t)r->n->nums.count - 1)->abstract = gm__names_find(&r->n->abstract_ids, id_key(&id));
        break;
    case W_numStyleLink:
        if (r->in_abstract && gm__sax_attr(x, W_val, &v))
            abstract_at(r->n, (uint32_t)r->n->abstracts.count - 1)->linked_style = gm__names_find(&r->styles->ids, v);
        break;
    default:
        if (r->level) s = start_in_level(r, x, token);
        break;
    }
    if (s != GM_OK) gm__sax_stop(x, s);
}

static void end(void *ctx, struct gm__sax *x, int token) {
    struct reading *r = ctx;
    (void)x;
    if (token == W_lvl) r->level = NULL;
    if (token == W_lvlOverride) r->override = GM__UNSET;
    if (token == W_abstractNum) r->in_abstract = false;
    if (token == W_num) r->in_num = false;
}

/* A list that refers to a numbering style stands for the list of that style. */
static uint32_t follow_link(const struct gm__docx_numbering *n, const struct gm__docx_styles *styles, uint32_t index) {
    for (int hops = 0; hops < 8 && index != GM__NO_NAME; hops++) {
        const struct gm__docx_style *style = gm__docx_style(styles, abstract_at(n, index)->linked_style);
        if (!style || style->num_id <= 0) return index;
        uint32_t num = gm__names_find(&n->num_ids, id_key(&style->num_id));
        if (num == GM__NO_NAME) return index;
        index = num_at(n, num)->abstract;
    }
    return index;
}

enum gm_status gm__docx_numbering_read(const struct gm__package *package, const char *part,
                                       const struct gm__docx_styles *styles, struct gm__docx_numbering *n) {
    static const struct gm__sax_handler handler = {start, end, NULL};
    struct reading r = {.n = n, .styles = styles, .override = GM__UNSET};
    enum gm_status s = gm__package_parse(package, part, &gm__docx_vocabulary, &handler, &r);
    if (s != GM_OK) return s;
    for (uint32_t i = 0; i < n->nums.count; i++)
        num_at(n, i)->abstract = follow_link(n, styles, num_at(n, i)->abstract);
    return GM_OK;
}

/* --------------------------------------------------------------- counting */

static const struct gm__docx_level *level_of(const struct gm__docx_numbering *n, const struct gm__docx_num *num,
                                             int ilvl) {
    return num->levels[ilvl] ? num->levels[ilvl] : &abstract_at(n, num->abstract)->levels[ilvl];
}

static int32_t start_of(const struct gm__docx_numbering *n, const struct gm__docx_num *num, int ilvl) {
    return num->start[ilvl] != GM__UNSET ? num->start[ilvl] : level_of(n, num, ilvl)->start;
}

int gm__docx_level_of_style(const struct gm__docx_numbering *n, int32_t num_id, uint32_t style) {
    uint32_t index = gm__names_find(&n->num_ids, id_key(&num_id));
    if (index == GM__NO_NAME || num_at(n, index)->abstract == GM__NO_NAME) return GM__UNSET;
    for (int i = 0; i < GM__DOCX_LEVELS; i++) {
        const struct gm__docx_level *level = level_of(n, num_at(n, index), i);
        if (level->defined && level->style == style) return i;
    }
    return GM__UNSET;
}

/* Advance the level's counter; deeper levels start afresh where their lvlRestart says so. */
static void count(const struct gm__docx_numbering *n, struct gm__docx_num *num, int ilvl) {
    struct gm__docx_abstract *a = abstract_at(n, num->abstract);
    if (num->start[ilvl] != GM__UNSET && !num->seen[ilvl]) a->running[ilvl] = false;
    num->seen[ilvl] = true;
    for (int above = 0; above < ilvl; above++) { /* parents that never came count as their start */
        if (a->running[above]) continue;
        a->count[above] = start_of(n, num, above);
        a->running[above] = true;
    }
    a->count[ilvl] = a->running[ilvl] ? a->count[ilvl] + 1 : start_of(n, num, ilvl);
    a->running[ilvl] = true;
    for (int below = ilvl + 1; below < GM__DOCX_LEVELS; below++) {
        int restart = abstract_at(n, num->abstract)->levels[below].restart;
        if (restart == GM__UNSET || ilvl + 1 <= restart) a->running[below] = false;
    }
}

void gm__docx_numbering_restart(struct gm__docx_numbering *n) {
    for (uint32_t i = 0; i < n->abstracts.count; i++)
        memset(abstract_at(n, i)->running, 0, sizeof abstract_at(n, i)->running);
    for (uint32_t i = 0; i < n->nums.count; i++) memset(num_at(n, i)->seen, 0, sizeof num_at(n, i)->seen);
}

static enum gm_status put_counter(const struct gm__docx_numbering *n, const struct gm__docx_num *num, int at,
                                  bool legal, struct gm__buf *label) {
    const struct gm__docx_abstract *a = abstract_at(n, num->abstract);
    const struct gm__number_format *format = legal ? gm__decimal_format() : level_of(n, num, at)->format;
    int64_t value = a->running[at] ? a->count[at] : start_of(n, num, at);
    return format ? gm__number_append(label, format, value) : GM_OK;
}

/* lvlText: %1 … %9 stand for the counters of the levels. */
static enum gm_status put_label(const struct gm__docx_numbering *n, const struct gm__docx_num *num,
                                const struct gm__docx_level *level, struct gm__buf *label, bool *numbered) {
    const char *p = level->text.ptr, *end = p + level->text.len;
    enum gm_status s = GM_OK;
    while (p < end && s == GM_OK) {
        if (*p == '%' && p + 1 < end && p[1] >= '1' && p[1] <= '9') {
            size_t before = label->len;
            s = put_counter(n, num, p[1] - '1', level->legal, label);
            if (label->len > before) *numbered = true;
            p += 2;
            continue;
        }
        const char *next = memchr(p + 1, '%', (size_t)(end - p - 1));
        s = gm__buf_add(label, p, (size_t)((next ? next : end) - p));
        p = next ? next : end;
    }
    return s;
}

enum gm_status gm__docx_number(struct gm__docx_numbering *n, int32_t num_id, int ilvl, struct gm__buf *label,
                               struct gm__docx_mark *mark) {
    uint32_t index = gm__names_find(&n->num_ids, id_key(&num_id));
    *mark = (struct gm__docx_mark){.listed = false};
    if (index == GM__NO_NAME || num_at(n, index)->abstract == GM__NO_NAME || !valid_level(ilvl)) return GM_OK;
    struct gm__docx_num *num = num_at(n, index);
    const struct gm__docx_level *level = level_of(n, num, ilvl);
    if (!level->defined) return GM_OK;
    count(n, num, ilvl);
    mark->listed = true;
    mark->list = num->abstract + 1;
    if (level->bullet || level->hidden) return GM_OK;
    size_t before = label->len;
    enum gm_status s = put_label(n, num, level, label, &mark->numbered);
    mark->space = level->suffix == 0 && label->len > before;
    int64_t value = abstract_at(n, num->abstract)->count[ilvl];
    mark->value = value <= GM__NUMBER_MAX ? (int32_t)value : 0;
    return s;
}
