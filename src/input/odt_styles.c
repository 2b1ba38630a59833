/*
 * odt_styles.c - paragraph, text and list styles of an OpenDocument text, from styles.xml, content.xml
 * or a flat file. Later definitions replace earlier ones of the same name.
 */
#include "input/odt.h"

void gm__odt_styles_init(struct gm__odt_styles *s, const struct gm_allocator *a, struct gm__arena *arena) {
    *s = (struct gm__odt_styles){.arena = arena,
                                 .outline = GM__NO_NAME,
                                 .open_style = GM__NO_NAME,
                                 .open_list = GM__NO_NAME,
                                 .open_level = GM__UNSET};
    gm__names_init(&s->names, a, arena);
    gm__names_init(&s->list_names, a, arena);
    gm__vec_init(&s->rows, a, sizeof(struct gm__odt_style), 1000000);
    gm__vec_init(&s->list_styles, a, sizeof(struct gm__odt_list_style), 65536);
}

void gm__odt_styles_release(struct gm__odt_styles *s) {
    gm__names_release(&s->names);
    gm__names_release(&s->list_names);
    gm__vec_release(&s->rows);
    gm__vec_release(&s->list_styles);
}

static enum gm_status copy_attribute(struct gm__odt_styles *s, struct gm__sax *x, int token, struct gm_str *out) {
    struct gm_str v;
    if (!gm__sax_attr(x, token, &v)) return GM_OK;
    v = gm__str_cut(v, GM__LABEL_TEXT); /* names are not told apart beyond it either */
    char *copy = gm__arena_copy(s->arena, v.ptr, v.len);
    if (!copy) return GM_NOMEM;
    *out = gm__str(copy, v.len);
    return GM_OK;
}

/* Paragraph and text styles share one table: the family's letter goes in front of the name. */
#define KEY_SIZE ((size_t)256)

static struct gm_str style_key(char family, struct gm_str name, char buffer[KEY_SIZE]) {
    if (name.len > KEY_SIZE - 1) name.len = KEY_SIZE - 1;
    buffer[0] = family;
    memcpy(buffer + 1, name.ptr, name.len);
    return gm__str(buffer, name.len + 1);
}

/* ---------------------------------------------------------------- reading */

static enum gm_status open_style(struct gm__odt_styles *s, struct gm__sax *x) {
    struct gm_str name, family;
    char key[KEY_SIZE];
    void *slot;
    if (!gm__sax_attr(x, S_name, &name) || !gm__sax_attr(x, S_family, &family)) return GM_OK;
    bool paragraph = gm__str_eqz(family, "paragraph");
    if (!paragraph && !gm__str_eqz(family, "text")) return GM_OK;
    enum gm_status status = gm__vec_push(&s->rows, &slot);
    if (status != GM_OK) return status;
    s->open_style = (uint32_t)s->rows.count - 1;
    struct gm__odt_style *row = slot;
    *row = (struct gm__odt_style){.parent = gm__str("", 0),
                                  .list = gm__str("", 0),
                                  .hidden = GM__UNSET,
                                  .bold = GM__UNSET,
                                  .centered = GM__UNSET,
                                  .listed = GM__UNSET,
                                  .title = paragraph && gm__str_eqz(name, "Title"),
                                  .contents = paragraph && name.len > 12 && memcmp(name.ptr, "Contents_20_", 12) == 0};
    struct gm_str v;
    if (gm__sax_attr(x, S_list_style, &v)) row->listed = 1;
    status = copy_attribute(s, x, S_parent, &row->parent);
    if (status == GM_OK) status = copy_attribute(s, x, S_list_style, &row->list);
    if (status != GM_OK) return status;
    return gm__names_put(&s->names, style_key(paragraph ? 'p' : 't', name, key), s->open_style);
}

/* Word calls its lists LFO1, LFO2 … and writes each item as a list of its own that goes on with those of its style. */
static bool is_of_word(struct gm_str name) {
    return name.len > 3 && memcmp(name.ptr, "LFO", 3) == 0 && name.ptr[3] >= '0' && name.ptr[3] <= '9';
}

static enum gm_status open_list_style(struct gm__odt_styles *s, struct gm__sax *x, bool outline) {
    struct gm_str name = gm__str("", 0);
    void *slot;
    enum gm_status status = gm__vec_push(&s->list_styles, &slot);
    if (status != GM_OK) return status;
    struct gm__odt_list_style *style = slot;
    style->last_list = GM__NO_NAME;
    s->open_list = (uint32_t)s->list_styles.count - 1;
    if (outline) s->outline = s->open_list;
    (void)gm__sax_attr(x, S_name, &name);
    style->by_style = is_of_word(name);
    if (name.len == 0 && outline) name = gm__str("Outline", 7);
    return gm__names_put(&s->list_names, name, s->open_list);
}

static enum gm_status open_level(struct gm__odt_styles *s, struct gm__sax *x, bool bullet) {
    int level = gm__sax_attr_int(x, T_level, GM__UNSET);
    struct gm_str format = gm__str("", 0), sync;
    if (level < 1 || level > GM__ODT_LEVELS) return GM_OK;
    s->open_level = level - 1;
    struct gm__odt_level *l = &((struct gm__odt_list_style *)s->list_styles.data)[s->open_list].levels[level - 1];
    *l = (struct gm__odt_level){.defined = true,
                                .bullet = bullet,
                                .prefix = gm__str("", 0),
                                .suffix = gm__str("", 0),
                                .pattern = gm__str("", 0),
                                .start = gm__sax_attr_int(x, T_start_value, 1),
                                .display = gm__sax_attr_int(x, T_display_levels, 1)};
    bool in_step = gm__sax_attr(x, S_letter_sync, &sync) && gm__str_eqz(sync, "true");
    if (gm__sax_attr(x, S_num_format, &format)) l->format = gm__odf_format(format, in_step);
    enum gm_status status = copy_attribute(s, x, S_num_prefix, &l->prefix);
    if (status == GM_OK) status = copy_attribute(s, x, S_num_suffix, &l->suffix);
    if (status == GM_OK) status = copy_attribute(s, x, LO_num_list_format, &l->pattern);
    return status == GM_OK ? copy_attribute(s, x, S_num_list_format, &l->pattern) : status;
}

static void read_properties(struct gm__odt_styles *s, struct gm__sax *x, int token) {
    struct gm__odt_style *row = (struct gm__odt_style *)s->rows.data + s->open_style;
    struct gm_str v;
    if (token == S_text_properties && gm__sax_attr(x, T_display, &v)) row->hidden = gm__str_eqz(v, "none");
    if (token == S_text_properties && gm__sax_attr(x, F_weight, &v)) row->bold = !gm__str_eqz(v, "normal");
    if (token == S_paragraph_properties && gm__sax_attr(x, F_align, &v)) row->centered = gm__str_eqz(v, "center");
}

enum gm_status gm__odt_styles_start(struct gm__odt_styles *s, struct gm__sax *x, int token) {
    struct gm_str v;
    switch (token) {
    case S_style: return open_style(s, x);
    case T_list_style: return open_list_style(s, x, false);
    case T_outline_style: return open_list_style(s, x, true);
    case T_level_number:
    case T_outline_level_style: return s->open_list == GM__NO_NAME ? GM_OK : open_level(s, x, false);
    case T_level_bullet:
    case T_level_image: return s->open_list == GM__NO_NAME ? GM_OK : open_level(s, x, true);
    case S_label_alignment:
        if (s->open_list != GM__NO_NAME && s->open_level != GM__UNSET && gm__sax_attr(x, T_followed_by, &v))
            ((struct gm__odt_list_style *)s->list_styles.data)[s->open_list].levels[s->open_level].no_space =
                gm__str_eqz(v, "nothing");
        return GM_OK;
    case S_text_properties:
    case S_paragraph_properties:
        if (s->open_style != GM__NO_NAME) read_properties(s, x, token);
        return GM_OK;
    default: return GM_OK;
    }
}

void gm__odt_styles_end(struct gm__odt_styles *s, int token) {
    if (token == S_style) s->open_style = GM__NO_NAME;
    if (token == T_list_style || token == T_outline_style) s->open_list = GM__NO_NAME;
    if (token == T_level_number || token == T_outline_level_style || token == T_level_bullet || token == T_level_image)
        s->open_level = GM__UNSET;
}

/* -------------------------------------------------------------- resolution */

/* Parents may be cyclic; no real chain is longer than this. */
#define MAX_CHAIN 64

const struct gm__odt_style *gm__odt_style(struct gm__odt_styles *s, char family, struct gm_str name) {
    char key[KEY_SIZE];
    struct gm__odt_style *rows = s->rows.data;
    uint32_t index = gm__names_find(&s->names, style_key(family, name, key));
    if (index == GM__NO_NAME) return NULL;
    struct gm__odt_style *style = &rows[index];
    uint32_t at = index;
    for (int hops = 0; hops < MAX_CHAIN && !style->resolved && rows[at].parent.len; hops++) {
        at = gm__names_find(&s->names, style_key(family, rows[at].parent, key));
        if (at == GM__NO_NAME || at == index) break;
        const struct gm__odt_style *parent = &rows[at];
        if (style->hidden == GM__UNSET) style->hidden = parent->hidden;
        if (style->bold == GM__UNSET) style->bold = parent->bold;
        if (style->centered == GM__UNSET) style->centered = parent->centered;
        style->title |= parent->title;
        style->contents |= parent->contents;
        if (style->listed != GM__UNSET || parent->listed == GM__UNSET) continue;
        style->listed = parent->listed;
        style->list = parent->list;
    }
    style->resolved = true;
    return style;
}
