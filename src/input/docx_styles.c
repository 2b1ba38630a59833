/*
 * docx_styles.c - word/styles.xml: what styles say of numbering, outline level, hidden text.
 * numId and ilvl inherit separately along basedOn; cycles end where they close.
 */
#include "input/docx.h"

struct reading {
    struct gm__docx_styles *styles;
    struct gm__arena *arena;
    struct gm__docx_style *row; /* the style being read, NULL outside */
    size_t index;
    enum gm_status status;
};

void gm__docx_styles_init(struct gm__docx_styles *s, const struct gm_allocator *a, struct gm__arena *arena) {
    gm__names_init(&s->ids, a, arena);
    gm__vec_init(&s->rows, a, sizeof(struct gm__docx_style), 1000000);
    gm__vec_init(&s->based_on, a, sizeof(struct gm_str), 1000000);
    s->paragraph = GM__NO_NAME;
}

void gm__docx_styles_release(struct gm__docx_styles *s) {
    gm__names_release(&s->ids);
    gm__vec_release(&s->rows);
    gm__vec_release(&s->based_on);
}

const struct gm__docx_style *gm__docx_style(const struct gm__docx_styles *s, uint32_t index) {
    return index == GM__NO_NAME ? NULL : (const struct gm__docx_style *)s->rows.data + index;
}

bool gm__docx_on(const struct gm__sax *x) {
    struct gm_str v;
    return !gm__sax_attr(x, W_val, &v) ||
           !(gm__str_eqz(v, "0") || gm__str_eqz(v, "false") || gm__str_eqz(v, "off") || gm__str_eqz(v, "none"));
}

static enum gm_status open_style(struct reading *r, struct gm__sax *x) {
    struct gm_str id = gm__str("", 0), type = gm__str("paragraph", 9), v;
    void *row, *parent;
    (void)gm__sax_attr(x, W_styleId, &id);
    (void)gm__sax_attr(x, W_type, &type);
    enum gm_status s = gm__vec_push(&r->styles->rows, &row);
    if (s == GM_OK) s = gm__vec_push(&r->styles->based_on, &parent);
    if (s != GM_OK) return s;
    *(struct gm_str *)parent = gm__str("", 0);
    r->index = r->styles->rows.count - 1;
    r->row = row;
    *r->row = (struct gm__docx_style){.id = gm__str("", 0),
                                      .based_on = GM__NO_NAME,
                                      .num_id = GM__UNSET,
                                      .ilvl = GM__UNSET,
                                      .own_ilvl = GM__UNSET,
                                      .outline = GM__UNSET,
                                      .heading_name = GM__UNSET,
                                      .vanish = GM__UNSET,
                                      .bold = GM__UNSET,
                                      .centered = GM__UNSET};
    if (gm__sax_attr(x, W_default, &v) && (gm__str_eqz(v, "1") || gm__str_eqz(v, "true")) &&
        gm__str_eqz(type, "paragraph"))
        r->styles->paragraph = (uint32_t)r->index;
    return id.len ? gm__names_put(&r->styles->ids, id, (uint32_t)r->index) : GM_OK;
}

/* "heading 3" → 3; else unset. Word writes the English names of built-in styles in every language; other programs write
 * what they show. */
static int heading_of(struct gm_str name) {
    static const char *const words[] = {"heading", "标题", "標題", "見出し", "제목"};
    for (size_t i = 0; i < GM__COUNT(words); i++) {
        size_t len = strlen(words[i]);
        if (name.len <= len || !gm__has_word(words[i], name.ptr, len)) continue;
        struct gm_str number = gm__str_trim(gm__str(name.ptr + len, name.len - len));
        return number.len == 1 && number.ptr[0] >= '1' && number.ptr[0] <= '9' ? number.ptr[0] - '0' : GM__UNSET;
    }
    return GM__UNSET;
}

static void read_name(struct gm__docx_style *row, struct gm__sax *x) {
    struct gm_str name;
    if (!gm__sax_attr(x, W_val, &name)) return;
    row->heading_name = heading_of(name);
    if (name.len == 5 && gm__has_word("title", name.ptr, 5)) row->flags |= GM__STYLE_IS_TITLE;
    if (name.len >= 5 && gm__has_word("toc", name.ptr, 3) && name.ptr[3] == ' ') row->flags |= GM__STYLE_IS_TOC;
}

static enum gm_status read_parent(struct reading *r, struct gm__sax *x) {
    struct gm_str id;
    if (!gm__sax_attr(x, W_val, &id)) return GM_OK;
    char *copy = gm__arena_copy(r->arena, id.ptr, id.len);
    if (!copy) return GM_NOMEM;
    ((struct gm_str *)r->styles->based_on.data)[r->index] = gm__str(copy, id.len);
    return GM_OK;
}

static void start(void *ctx, struct gm__sax *x, int token) {
    struct reading *r = ctx;
    struct gm__docx_style *row = r->row;
    struct gm_str v;
    enum gm_status s = GM_OK;
    if (token == W_style) {
        s = open_style(r, x);
        if (s != GM_OK) gm__sax_stop(x, s);
        return;
    }
    if (!row) return;
    switch (token) {
    case W_name: read_name(row, x); break;
    case W_basedOn: s = read_parent(r, x); break;
    case W_numId: row->num_id = gm__sax_attr_int(x, W_val, GM__UNSET); break;
    case W_ilvl: row->ilvl = row->own_ilvl = gm__sax_attr_int(x, W_val, GM__UNSET); break;
    case W_outlineLvl: row->outline = gm__sax_attr_int(x, W_val, GM__UNSET); break;
    case W_vanish: row->vanish = gm__docx_on(x); break;
    case W_b: row->bold = gm__docx_on(x); break;
    case W_jc: row->centered = gm__sax_attr(x, W_val, &v) && gm__str_eqz(v, "center"); break;
    case W_pPrChange:
    case W_rPrChange:
    case W_numberingChange: gm__sax_skip(x); break;
    default: break;
    }
    if (s != GM_OK) gm__sax_stop(x, s);
}

static void end(void *ctx, struct gm__sax *x, int token) {
    (void)x;
    if (token == W_style) ((struct reading *)ctx)->row = NULL;
}

/* -------------------------------------------------------------- resolution */

static void inherit(struct gm__docx_style *to, const struct gm__docx_style *from) {
    if (to->num_id == GM__UNSET) to->num_id = from->num_id;
    if (to->ilvl == GM__UNSET) to->ilvl = from->ilvl;
    if (to->outline == GM__UNSET && to->heading_name == GM__UNSET) to->outline = from->outline;
    if (to->heading_name == GM__UNSET && to->outline == GM__UNSET) to->heading_name = from->heading_name;
    if (to->vanish == GM__UNSET) to->vanish = from->vanish;
    if (to->bold == GM__UNSET) to->bold = from->bold;
    if (to->centered == GM__UNSET) to->centered = from->centered;
    to->flags |= from->flags;
}

enum { RAW, OPEN, DONE };

/* Walk up from each style to one that is done (or to a cycle), then come back down and inherit. */
static enum gm_status resolve(struct gm__docx_styles *styles, const struct gm_allocator *a) {
    struct gm__docx_style *rows = styles->rows.data;
    struct gm__vec path;
    gm__vec_init(&path, a, sizeof(uint32_t), UINT32_MAX);
    enum gm_status s = GM_OK;
    for (uint32_t i = 0; i < styles->rows.count && s == GM_OK; i++) {
        void *slot;
        for (uint32_t at = i; at != GM__NO_NAME && rows[at].state == RAW && s == GM_OK; at = rows[at].based_on) {
            rows[at].state = OPEN;
            s = gm__vec_push(&path, &slot);
            if (s == GM_OK) *(uint32_t *)slot = at;
        }
        while (path.count && s == GM_OK) {
            struct gm__docx_style *row = &rows[((uint32_t *)path.data)[--path.count]];
            if (row->based_on != GM__NO_NAME && rows[row->based_on].state == DONE) inherit(row, &rows[row->based_on]);
            row->state = DONE;
        }
    }
    gm__vec_release(&path);
    return s;
}

enum gm_status gm__docx_styles_read(const struct gm__package *package, const char *part, struct gm__arena *arena,
                                    struct gm__docx_styles *styles) {
    static const struct gm__sax_handler handler = {start, end, NULL};
    struct reading r = {.styles = styles, .arena = arena};
    enum gm_status s = gm__package_parse(package, part, &gm__docx_vocabulary, &handler, &r);
    if (s != GM_OK) return s;
    struct gm__docx_style *rows = styles->rows.data;
    const struct gm_str *parents = styles->based_on.data;
    for (size_t i = 0; i < styles->rows.count; i++)
        if (parents[i].len) rows[i].based_on = gm__names_find(&styles->ids, parents[i]);
    return resolve(styles, package->in->options->allocator);
}
