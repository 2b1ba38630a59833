/*
 * odt_body.c - the content of an OpenDocument text to paragraphs, in reading order.
 *
 * Hidden text, notes, comments and deleted text are left out; a text box stands before the paragraph it hangs
 * on, or after it when the anchor has text before it; a line break starts a line of its own, except in headings.
 */
#include "input/lines.h"
#include "input/odt.h"

#define MAX_NESTING 32  /* text boxes inside text boxes */
#define MAX_SPACES  200 /* of one text:s: more than a line holds */

/* One text:list on the way down, or a barrier: a table cell or text box has lists of its own. */
struct list_level {
    uint32_t list, style, override;
    uint32_t whole; /* the style of the outermost one */
    int32_t start;
    int level; /* zero-based; GM__UNSET: a barrier */
    bool item; /* the next paragraph is the item's first */
};

struct span {
    int8_t hidden, bold; /* GM__UNSET: as what is around it */
};

struct paragraph {
    struct gm__buf text;
    struct gm__block block;
    size_t depth;                         /* of the element */
    size_t spans;                         /* spans that were open outside */
    size_t label;                         /* bytes of text that are the number and its separator */
    bool hidden, bold, plain, blank, toc; /* blank: white space is owed */
};

struct gm__odt_body {
    struct gm__odt_styles *styles;
    struct gm__odt_lists *lists;
    struct gm__source *out;
    struct gm__source later; /* text boxes, until their paragraph is done */
    struct paragraph stack[MAX_NESTING];
    size_t open;
    struct gm__vec levels, spans;
    size_t tables, index; /* nesting; depth of the index that is open */
};

static struct paragraph *top(struct gm__odt_body *b) { return b->open ? &b->stack[b->open - 1] : NULL; }

static struct list_level *level_top(struct gm__odt_body *b) {
    return b->levels.count ? (struct list_level *)b->levels.data + b->levels.count - 1 : NULL;
}

/* ------------------------------------------------------------------ lists */

static uint32_t named_list_style(const struct gm__odt_body *b, struct gm__sax *x, int token, uint32_t otherwise) {
    struct gm_str name;
    if (!gm__sax_attr(x, token, &name)) return otherwise;
    uint32_t style = gm__names_find(&b->styles->list_names, name);
    return style == GM__NO_NAME ? otherwise : style;
}

static enum gm_status push_level(struct gm__odt_body *b, struct list_level level) {
    void *slot;
    enum gm_status s = gm__vec_push(&b->levels, &slot);
    if (s == GM_OK) *(struct list_level *)slot = level;
    return s;
}

static enum gm_status open_list(struct gm__odt_body *b, struct gm__sax *x) {
    struct list_level *outer = level_top(b);
    bool nested = outer && outer->level != GM__UNSET;
    struct list_level l = {.override = GM__NO_NAME, .start = GM__UNSET};
    l.style = named_list_style(b, x, T_style_name, nested ? outer->style : GM__NO_NAME);
    if (nested) {
        outer->item = false; /* an item that begins with a list has no number of its own */
        l.list = outer->list;
        l.whole = outer->whole;
        l.level = outer->level + 1;
        return push_level(b, l);
    }
    l.whole = l.style;
    enum gm_status s = gm__odt_list_open(b->lists, x, l.style, &l.list);
    return s == GM_OK ? push_level(b, l) : s;
}

static enum gm_status open_numbered_paragraph(struct gm__odt_body *b, struct gm__sax *x) {
    int level = gm__sax_attr_int(x, T_level, 1);
    struct list_level l = {
        .override = GM__NO_NAME, .item = true, .start = gm__sax_attr_int(x, T_start_value, GM__UNSET)};
    l.style = l.whole = named_list_style(b, x, T_style_name, GM__NO_NAME);
    l.level = level < 1 ? 0 : level > GM__ODT_LEVELS ? GM__ODT_LEVELS - 1 : level - 1;
    enum gm_status s = gm__odt_list_named(b->lists, x, &l.list);
    return s == GM_OK ? push_level(b, l) : s;
}

static void open_item(struct gm__odt_body *b, struct gm__sax *x, bool header) {
    struct list_level *l = level_top(b);
    if (!l || l->level == GM__UNSET) return;
    l->item = !header;
    l->start = gm__sax_attr_int(x, T_start_value, GM__UNSET);
    l->override = named_list_style(b, x, T_style_override, GM__NO_NAME);
}

static void close_level(struct gm__odt_body *b) {
    if (b->levels.count) b->levels.count--;
}

/* ------------------------------------------------------------- paragraphs */

/* A heading outside lists counts in the outline; inside one it is an item. */
static enum gm_status number(struct gm__odt_body *b, struct gm__sax *x, int outline, const struct gm__odt_style *style,
                             struct gm__buf *label, struct gm__odt_mark *mark, int *depth) {
    struct list_level *l = level_top(b);
    struct gm_str v;
    if (outline && gm__sax_attr(x, T_is_list_header, &v) && gm__str_eqz(v, "true")) return GM_OK;
    if (l && l->level != GM__UNSET) {
        if (!l->item) return GM_OK;
        l->item = false;
        *depth = l->level + 1;
        uint32_t list_style = l->override != GM__NO_NAME ? l->override : l->style;
        if (list_style == GM__NO_NAME && style && style->list.len)
            list_style = gm__names_find(&b->styles->list_names, style->list);
        return gm__odt_number(b->lists, l->list, list_style, l->level, l->start, label, mark);
    }
    if (!outline || (style && style->listed == 1 && style->list.len == 0)) return GM_OK;
    int32_t start =
        gm__sax_attr(x, T_restart, &v) && gm__str_eqz(v, "true") ? gm__sax_attr_int(x, T_start_value, 1) : GM__UNSET;
    *depth = outline;
    return gm__odt_number(b->lists, GM__ODT_OUTLINE, b->styles->outline, outline - 1, start, label, mark);
}

static enum gm_status label_paragraph(struct gm__odt_body *b, struct paragraph *p, struct gm__sax *x, int outline,
                                      const struct gm__odt_style *style) {
    struct gm__odt_mark mark = {.listed = false};
    int depth = 0;
    enum gm_status s = number(b, x, outline, style, &p->text, &mark, &depth);
    if (s != GM_OK || !mark.listed) return s;
    struct gm_str label = gm__str_trim(gm__str(p->text.data ? p->text.data : "", p->text.len));
    bool space = label.len && (mark.space || label.ptr + label.len < p->text.data + p->text.len);
    if (label.len && p->text.data) memmove(p->text.data, label.ptr, label.len);
    p->text.len = label.len;
    const struct list_level *l = level_top(b);
    size_t whole = l && l->level != GM__UNSET && l->whole != GM__NO_NAME ? (size_t)l->whole + 1 : 0;
    if (mark.numbered || !outline) { /* an outline level without a number is a heading, no list */
        p->block.flags |= GM__BLOCK_LIST;
        p->block.depth = gm__list_depth((size_t)depth, whole);
    }
    if (mark.numbered && label.len <= UINT16_MAX) {
        p->block.label_len = (uint16_t)label.len;
        p->block.number = mark.value;
    }
    return space ? gm__buf_add(&p->text, " ", 1) : GM_OK;
}

static enum gm_status open_paragraph(struct gm__odt_body *b, struct gm__sax *x, bool heading) {
    struct gm_str name = gm__str("", 0);
    if (b->open == MAX_NESTING) {
        gm__sax_skip(x);
        return GM_OK;
    }
    struct paragraph *p = &b->stack[b->open++];
    struct gm__buf text = p->text;
    gm__buf_clear(&text);
    *p = (struct paragraph){.text = text, .depth = gm__sax_depth(x), .spans = b->spans.count};
    (void)gm__sax_attr(x, T_style_name, &name);
    const struct gm__odt_style *style = gm__odt_style(b->styles, 'p', name);
    int outline = heading ? gm__sax_attr_int(x, T_outline_level, 1) : 0;
    if (outline < 0 || outline > GM__ODT_LEVELS) outline = GM__ODT_LEVELS;
    p->block.heading = (uint8_t)(outline > 9 ? 9 : outline);
    if (gm__str_eqz(name, "Title") || (style && style->title)) p->block.flags |= GM__BLOCK_TITLE;
    if (style && style->centered == 1) p->block.flags |= GM__BLOCK_CENTERED;
    if (b->tables) p->block.flags |= GM__BLOCK_TABLE;
    if (b->index || (style && style->contents)) p->block.flags |= GM__BLOCK_TOC;
    p->hidden = style && style->hidden == 1;
    p->bold = style && style->bold == 1;
    enum gm_status s = label_paragraph(b, p, x, outline, style);
    p->label = p->text.len;
    return s;
}

static enum gm_status close_paragraph(struct gm__odt_body *b, struct gm__sax *x) {
    struct paragraph *p = top(b);
    if (!p || p->depth != gm__sax_depth(x)) return GM_OK; /* one that was nested too deep */
    b->spans.count = p->spans;
    b->open--;
    if (p->hidden) return GM_OK;
    if (!p->plain && p->text.len) p->block.flags |= GM__BLOCK_BOLD;
    bool first = b->open && b->later.blocks.count == 0 && b->stack[0].text.len == b->stack[0].label;
    if (first) return gm__lines_put(b->out, p->text.data, p->text.len, p->block);
    if (b->open) return gm__lines_put(&b->later, p->text.data, p->text.len, p->block);
    enum gm_status s = gm__lines_put(b->out, p->text.data, p->text.len, p->block);
    return s == GM_OK && b->later.blocks.count ? gm__lines_move(b->out, &b->later) : s;
}

/* ------------------------------------------------------------------- text */

static enum gm_status open_span(struct gm__odt_body *b, struct gm__sax *x) {
    struct gm_str name = gm__str("", 0);
    void *slot;
    struct span span = {GM__UNSET, GM__UNSET};
    if (b->spans.count) span = ((struct span *)b->spans.data)[b->spans.count - 1];
    (void)gm__sax_attr(x, T_style_name, &name);
    const struct gm__odt_style *style = gm__odt_style(b->styles, 't', name);
    if (style && style->hidden != GM__UNSET) span.hidden = style->hidden;
    if (style && style->bold != GM__UNSET) span.bold = style->bold;
    enum gm_status s = gm__vec_push(&b->spans, &slot);
    if (s == GM_OK) *(struct span *)slot = span;
    return s;
}

/* Characters as they are: spaces that an element stands for, breaks, text without white space. */
static enum gm_status add(struct gm__odt_body *b, const char *ptr, size_t len, bool shown) {
    struct paragraph *p = top(b);
    struct span span = {GM__UNSET, GM__UNSET};
    if (!p) return GM_OK;
    if (b->spans.count > p->spans) span = ((struct span *)b->spans.data)[b->spans.count - 1];
    if (span.hidden == 1) return GM_OK;
    if (shown && !(span.bold != GM__UNSET ? span.bold : p->bold)) p->plain = true;
    if (p->blank) {
        p->blank = false;
        enum gm_status s = gm__buf_add(&p->text, " ", 1);
        if (s != GM_OK) return s;
    }
    return gm__buf_add(&p->text, ptr, len);
}

/* White space collapses, and is dropped where the paragraph starts (ODF 1.3, 6.1.2). */
enum gm_status gm__odt_body_text(struct gm__odt_body *b, const char *ptr, size_t len) {
    struct paragraph *p = top(b);
    const char *end = ptr + len;
    if (!p) return GM_OK;
    while (ptr < end) {
        const char *from = ptr;
        while (ptr < end && (unsigned char)*ptr > ' ') ptr++;
        if (ptr > from) {
            enum gm_status s = add(b, from, (size_t)(ptr - from), true);
            if (s != GM_OK) return s;
        }
        if (ptr == end) break;
        while (ptr < end && (unsigned char)*ptr <= ' ') ptr++;
        bool at_start =
            p->text.len == 0 || p->text.data[p->text.len - 1] == ' ' || p->text.data[p->text.len - 1] == '\n';
        if (!at_start) p->blank = true;
    }
    return GM_OK;
}

static enum gm_status add_spaces(struct gm__odt_body *b, struct gm__sax *x) {
    int count = gm__sax_attr_int(x, T_c, 1);
    enum gm_status s = GM_OK;
    for (int i = 0; i < count && i < MAX_SPACES && s == GM_OK; i++) s = add(b, " ", 1, false);
    return s;
}

/* ----------------------------------------------------------------- events */

static bool says(struct gm__sax *x, int token, const char *value) {
    struct gm_str v;
    return gm__sax_attr(x, token, &v) && gm__str_eqz(v, value);
}

static void skip_unseen(struct gm__sax *x) {
    if (says(x, T_display, "none") || (says(x, T_display, "condition") && says(x, T_is_hidden, "true")))
        gm__sax_skip(x);
}

static enum gm_status start_structure(struct gm__odt_body *b, struct gm__sax *x, int token) {
    static const struct list_level barrier = {.level = GM__UNSET};
    switch (token) {
    case TB_table: b->tables++; return GM_OK;
    case TB_cell:
    case TB_covered:
    case D_text_box:
    case D_custom_shape: return push_level(b, barrier);
    case T_toc:
    case T_alphabetical:
    case T_illustrations:
    case T_tables:
    case T_objects:
    case T_user_index:
    case T_bibliography:
        if (!b->index) b->index = gm__sax_depth(x);
        return GM_OK;
    case T_section:
    case T_variable_set: skip_unseen(x); return GM_OK;
    case T_hidden_paragraph:
    case T_hidden_text:
        if (says(x, T_is_hidden, "false")) return GM_OK;
        gm__sax_skip(x);
        struct paragraph *p = top(b);
        if (token == T_hidden_paragraph && p) p->hidden = true;
        return GM_OK;
    case T_note:
    case T_tracked:
    case T_toc_source:
    case T_ruby_text:
    case T_number:
    case O_annotation:
    case O_forms:
    case O_binary:
    case SV_title:
    case SV_desc: gm__sax_skip(x); return GM_OK;
    default: return GM_OK;
    }
}

enum gm_status gm__odt_body_start(struct gm__odt_body *b, struct gm__sax *x, int token) {
    switch (token) {
    case T_p: return open_paragraph(b, x, false);
    case T_h: return open_paragraph(b, x, true);
    case T_list: return open_list(b, x);
    case T_numbered_paragraph: return open_numbered_paragraph(b, x);
    case T_list_item: open_item(b, x, false); return GM_OK;
    case T_list_header: open_item(b, x, true); return GM_OK;
    case T_span: return open_span(b, x);
    case T_s: return add_spaces(b, x);
    case T_tab: return add(b, "\t", 1, false);
    case T_line_break: return add(b, "\n", 1, false);
    default: return start_structure(b, x, token);
    }
}

enum gm_status gm__odt_body_end(struct gm__odt_body *b, struct gm__sax *x, int token) {
    switch (token) {
    case T_p:
    case T_h: return close_paragraph(b, x);
    case T_list:
    case T_numbered_paragraph:
    case TB_cell:
    case TB_covered:
    case D_text_box:
    case D_custom_shape: close_level(b); return GM_OK;
    case T_span:
        if (b->spans.count) b->spans.count--;
        return GM_OK;
    case TB_table:
        if (b->tables) b->tables--;
        return GM_OK;
    default:
        if (b->index == gm__sax_depth(x)) b->index = 0;
        return GM_OK;
    }
}

struct gm__odt_body *gm__odt_body_new(const struct gm_options *o, struct gm__odt_styles *styles,
                                      struct gm__odt_lists *lists, struct gm__source *out) {
    struct gm__odt_body *b = gm__alloc(o->allocator, sizeof *b);
    if (!b) return NULL;
    memset(b, 0, sizeof *b);
    b->styles = styles;
    b->lists = lists;
    b->out = out;
    gm__source_init(&b->later, o, out->arena);
    gm__vec_init(&b->levels, o->allocator, sizeof(struct list_level), 100000);
    gm__vec_init(&b->spans, o->allocator, sizeof(struct span), 100000);
    for (size_t i = 0; i < MAX_NESTING; i++) gm__buf_init(&b->stack[i].text, o->allocator, o->limits.text_bytes);
    return b;
}

void gm__odt_body_free(struct gm__odt_body *b, const struct gm_allocator *a) {
    if (!b) return;
    gm__source_release(&b->later);
    gm__vec_release(&b->levels);
    gm__vec_release(&b->spans);
    for (size_t i = 0; i < MAX_NESTING; i++) gm__buf_release(&b->stack[i].text);
    gm__free(a, b, sizeof *b);
}
