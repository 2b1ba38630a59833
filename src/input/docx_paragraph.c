/*
 * docx_paragraph.c - the end of a paragraph: its number, its style, and where its text goes.
 */
#include "input/docx_body.h"
#include "input/lines.h"

/* ------------------------------------------------------------- emission */

static enum gm_status put(struct gm__docx_body *b, const char *text, size_t len, const struct gm__block *block) {
    bool in_box = b->open > 1, first = in_box && b->later.blocks.count == 0 && b->stack[0].text.len == 0;
    if (first) return gm__lines_put(b->out, text, len, *block); /* nothing of its paragraph stands before the box */
    if (in_box) return gm__lines_put(&b->later, text, len, *block);
    enum gm_status s = gm__lines_put(b->out, text, len, *block);
    return s == GM_OK && b->later.blocks.count ? gm__lines_move(b->out, &b->later) : s;
}

/* ------------------------------------------------------- end of paragraph */

/* The level that the style is linked to in the list, or else names; or else the style that it is based on. */
static int level_of_style(const struct gm__docx_body *b, int32_t num_id, uint32_t style) {
    int level = GM__UNSET;
    for (int hops = 0; hops < 32 && style != GM__NO_NAME && level == GM__UNSET; hops++) {
        const struct gm__docx_style *row = gm__docx_style(b->styles, style);
        level = gm__docx_level_of_style(b->numbering, num_id, style);
        if (level == GM__UNSET) level = row->own_ilvl;
        style = row->based_on;
    }
    return level;
}

/* The direct numId, or the style's; numId and ilvl are looked up one by one. */
static void numbering_of(const struct gm__docx_body *b, const struct gm__docx_paragraph *p,
                         const struct gm__docx_style *style, int32_t *num_id, int32_t *ilvl) {
    bool direct = p->num_id != GM__UNSET;
    *num_id = direct ? p->num_id : style ? style->num_id : GM__UNSET;
    *ilvl = p->ilvl;
    if (*num_id <= 0) return;
    if (*ilvl == GM__UNSET && direct && style) *ilvl = style->ilvl;
    if (*ilvl == GM__UNSET) *ilvl = level_of_style(b, *num_id, p->style);
    if (*ilvl == GM__UNSET && style) *ilvl = style->ilvl;
    if (*ilvl == GM__UNSET) *ilvl = 0;
}

static uint8_t heading_of(const struct gm__docx_paragraph *p, const struct gm__docx_style *style) {
    int32_t outline = p->outline;
    if (outline == GM__UNSET && style) {
        if (style->outline == GM__UNSET && style->heading_name != GM__UNSET) return (uint8_t)style->heading_name;
        outline = style->outline;
    }
    return outline >= 0 && outline <= 8 ? (uint8_t)(outline + 1) : 0;
}

uint8_t gm__docx_heading(const struct gm__docx_body *b, const struct gm__docx_paragraph *p) {
    return heading_of(p, gm__docx_style(b->styles, p->style));
}

static uint16_t flags_of(const struct gm__docx_body *b, const struct gm__docx_paragraph *p,
                         const struct gm__docx_style *style) {
    uint16_t flags = 0;
    bool centered = p->centered != GM__UNSET ? p->centered : style && style->centered == 1;
    if (centered) flags |= GM__BLOCK_CENTERED;
    if (b->tables) flags |= GM__BLOCK_TABLE;
    if (p->toc || b->sdt_toc || (style && (style->flags & GM__STYLE_IS_TOC))) flags |= GM__BLOCK_TOC;
    if (style && (style->flags & GM__STYLE_IS_TITLE)) flags |= GM__BLOCK_TITLE;
    if (!p->plain && p->text.len) flags |= GM__BLOCK_BOLD;
    return flags;
}

/* Number the paragraph: its label in b->label, what the format knows in *block. */
static enum gm_status describe(struct gm__docx_body *b, const struct gm__docx_paragraph *p, struct gm__block *block) {
    const struct gm__docx_style *style = gm__docx_style(b->styles, p->style);
    struct gm__docx_mark mark = {.listed = false};
    int32_t num_id, ilvl;
    numbering_of(b, p, style, &num_id, &ilvl);
    *block = (struct gm__block){.heading = heading_of(p, style), .flags = flags_of(b, p, style)};
    gm__buf_clear(&b->label);
    if (num_id <= 0) return GM_OK;
    enum gm_status s = gm__docx_number(b->numbering, num_id, ilvl, &b->label, &mark);
    if (s != GM_OK || !mark.listed) return s;
    block->flags |= GM__BLOCK_LIST;
    block->depth = gm__list_depth((size_t)ilvl + 1, mark.list);
    struct gm_str label = gm__str_trim(gm__str(b->label.data ? b->label.data : "", b->label.len));
    bool space = label.len && (mark.space || label.ptr + label.len < b->label.data + b->label.len);
    if (label.len && b->label.data) memmove(b->label.data, label.ptr, label.len);
    b->label.len = label.len;
    if (mark.numbered && label.len <= UINT16_MAX) {
        block->label_len = (uint16_t)label.len;
        block->number = mark.value;
    }
    return space ? gm__buf_add(&b->label, " ", 1) : GM_OK;
}

enum gm_status gm__docx_carry_flush(struct gm__docx_body *b) {
    struct gm__docx_carry *c = &b->carry;
    if (!c->depth) return GM_OK;
    c->depth = 0;
    enum gm_status s = c->text.len ? put(b, c->text.data, c->text.len, &c->block) : GM_OK;
    gm__buf_clear(&c->text);
    return s;
}

/* Keep the paragraph for the next one to go on with. `wins`: its number and style hold for both. */
static enum gm_status carry_over(struct gm__docx_body *b, const struct gm__docx_paragraph *p, bool wins) {
    struct gm__docx_carry *c = &b->carry;
    enum gm_status s = c->depth && c->depth != p->depth ? gm__docx_carry_flush(b) : GM_OK;
    if (s == GM_OK && !c->depth) {
        c->depth = p->depth;
        c->block_wins = wins;
        c->block = (struct gm__block){.flags = flags_of(b, p, gm__docx_style(b->styles, p->style))};
        if (wins) s = describe(b, p, &c->block);
        if (wins && s == GM_OK) s = gm__buf_add(&c->text, b->label.data, b->label.len);
    }
    return s == GM_OK ? gm__buf_add(&c->text, p->text.data, p->text.len) : s;
}

static enum gm_status finish(struct gm__docx_body *b, struct gm__docx_paragraph *p) {
    struct gm__docx_carry *c = &b->carry;
    bool goes_on = c->depth == p->depth;
    const struct gm__docx_style *style = gm__docx_style(b->styles, p->style);
    bool mark_hidden = p->mark_hidden != GM__UNSET ? p->mark_hidden : style && style->vanish == 1;
    if (p->mark_deleted) return carry_over(b, p, false);
    if (mark_hidden && (p->text.len || goes_on)) return carry_over(b, p, true);
    if (mark_hidden) return GM_OK;
    struct gm__block block;
    enum gm_status s = GM_OK;
    if (goes_on && c->block_wins) {
        block = c->block;
        gm__buf_clear(&b->label);
    } else {
        s = describe(b, p, &block);
    }
    if (s == GM_OK && goes_on) s = gm__buf_add(&b->label, c->text.data, c->text.len);
    if (s == GM_OK) s = gm__buf_add(&b->label, p->text.data, p->text.len);
    if (goes_on) {
        c->depth = 0;
        gm__buf_clear(&c->text);
    }
    return s == GM_OK ? put(b, b->label.data, b->label.len, &block) : s;
}

void gm__docx_paragraph_open(struct gm__docx_body *b, struct gm__sax *x) {
    if (b->open == GM__DOCX_NESTING) {
        gm__sax_skip(x);
        return;
    }
    struct gm__docx_paragraph *p = &b->stack[b->open++];
    struct gm__buf text = p->text;
    gm__buf_clear(&text);
    *p = (struct gm__docx_paragraph){.text = text,
                                     .style = b->styles->paragraph,
                                     .num_id = GM__UNSET,
                                     .ilvl = GM__UNSET,
                                     .outline = GM__UNSET,
                                     .centered = GM__UNSET,
                                     .mark_hidden = GM__UNSET,
                                     .run_hidden = GM__UNSET,
                                     .run_bold = GM__UNSET,
                                     .depth = gm__sax_depth(x)};
    b->reading = GM__DOCX_NOTHING;
}

enum gm_status gm__docx_paragraph_close(struct gm__docx_body *b, struct gm__sax *x) {
    struct gm__docx_paragraph *p = gm__docx_top(b);
    if (!p || p->depth != gm__sax_depth(x)) return GM_OK; /* one that was nested too deep */
    enum gm_status s = finish(b, p);
    b->open--;
    return s;
}
