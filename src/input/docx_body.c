/*
 * docx_body.c - word/document.xml to paragraphs: text that Word displays, in reading order.
 *
 * Deleted and hidden text, field codes and notes are left out; a text box stands before the paragraph it
 * hangs on, or after it when the anchor has text before it; a soft break starts a line of its own, except in headings.
 */
#include "input/docx.h"

#include "grammar/numeral.h"
#include "input/lines.h"

#include <stdlib.h>

#define MAX_NESTING 32 /* text boxes inside text boxes */

struct paragraph {
    struct gm__buf text; /* '\n' stands for a soft break */
    uint32_t style;
    int32_t num_id, ilvl, outline;
    int8_t centered, mark_hidden;  /* GM__UNSET as the style has it */
    bool mark_deleted, toc, plain; /* plain: some visible text is not bold */
    int8_t run_hidden, run_bold;   /* of the run that is open; GM__UNSET as the style has it */
    size_t depth;                  /* of the element */
};

struct field {
    char code[48]; /* its beginning */
    size_t len;
    bool result, toc;
    bool simple; /* w:fldSimple */
};

/* What a paragraph leaves to the next when its mark is deleted or hidden. */
struct carry {
    struct gm__buf text;
    struct gm__block block;
    size_t depth; /* 0: nothing */
    bool block_wins;
};

struct alternative {
    size_t depth;
    bool taken;
};

struct body {
    const struct gm__docx_styles *styles;
    struct gm__docx_numbering *numbering;
    struct gm__source *out;
    struct gm__source later; /* text boxes, until their paragraph is done */
    struct paragraph stack[MAX_NESTING];
    size_t open;                    /* paragraphs on the stack */
    struct gm__vec fields, choices; /* struct field, struct alternative */
    size_t codes, tocs;             /* open fields before their separator; tables of contents in their result */
    size_t tables, sdt_toc;         /* table nesting; depth of the content control that is a table of contents */
    struct carry carry;
    struct gm__buf label;
    enum { NOTHING, TEXT, CODE } reading;
    bool in_properties, in_run_properties, in_row_properties, in_sdt_properties, row_dropped, seen_root;
};

static struct paragraph *top(struct body *b) { return b->open ? &b->stack[b->open - 1] : NULL; }

/* ------------------------------------------------------------- emission */

static enum gm_status put(struct body *b, const char *text, size_t len, const struct gm__block *block) {
    bool in_box = b->open > 1, first = in_box && b->later.blocks.count == 0 && b->stack[0].text.len == 0;
    if (first) return gm__lines_put(b->out, text, len, *block); /* nothing of its paragraph stands before the box */
    if (in_box) return gm__lines_put(&b->later, text, len, *block);
    enum gm_status s = gm__lines_put(b->out, text, len, *block);
    return s == GM_OK && b->later.blocks.count ? gm__lines_move(b->out, &b->later) : s;
}

/* ------------------------------------------------------- end of paragraph */

/* The level that the style, or one that it is based on, is linked to in the list. */
static int linked_level(const struct body *b, int32_t num_id, uint32_t style) {
    int level = GM__UNSET;
    for (int hops = 0; hops < 32 && style != GM__NO_NAME && level == GM__UNSET; hops++) {
        level = gm__docx_level_of_style(b->numbering, num_id, style);
        style = gm__docx_style(b->styles, style)->based_on;
    }
    return level;
}

/* The direct numId, or the style's; numId and ilvl are looked up one by one. */
static void numbering_of(const struct body *b, const struct paragraph *p, const struct gm__docx_style *style,
                         int32_t *num_id, int32_t *ilvl) {
    bool direct = p->num_id != GM__UNSET;
    *num_id = direct ? p->num_id : style ? style->num_id : GM__UNSET;
    *ilvl = p->ilvl;
    if (*num_id <= 0) return;
    if (*ilvl == GM__UNSET && direct && style) *ilvl = style->ilvl;
    if (*ilvl == GM__UNSET) *ilvl = linked_level(b, *num_id, p->style);
    if (*ilvl == GM__UNSET && style) *ilvl = style->ilvl;
    if (*ilvl == GM__UNSET) *ilvl = 0;
}

static uint8_t heading_of(const struct paragraph *p, const struct gm__docx_style *style) {
    int32_t outline = p->outline;
    if (outline == GM__UNSET && style) {
        if (style->outline == GM__UNSET && style->heading_name != GM__UNSET) return (uint8_t)style->heading_name;
        outline = style->outline;
    }
    return outline >= 0 && outline <= 8 ? (uint8_t)(outline + 1) : 0;
}

static uint16_t flags_of(const struct body *b, const struct paragraph *p, const struct gm__docx_style *style) {
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
static enum gm_status describe(struct body *b, const struct paragraph *p, struct gm__block *block) {
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
    block->depth = (uint8_t)(ilvl + 1);
    struct gm_str label = gm__str_trim(gm__str(b->label.data ? b->label.data : "", b->label.len));
    bool space = label.len && (mark.space || label.ptr + label.len < b->label.data + b->label.len);
    if (label.len) memmove(b->label.data, label.ptr, label.len);
    b->label.len = label.len;
    if (mark.numbered && label.len <= UINT16_MAX) {
        block->label_len = (uint16_t)label.len;
        block->number = mark.value;
    }
    return space ? gm__buf_add(&b->label, " ", 1) : GM_OK;
}

/* What was carried over and found no successor stands as its own paragraph. */
static enum gm_status flush_carry(struct body *b) {
    struct carry *c = &b->carry;
    if (!c->depth) return GM_OK;
    c->depth = 0;
    enum gm_status s = c->text.len ? put(b, c->text.data, c->text.len, &c->block) : GM_OK;
    gm__buf_clear(&c->text);
    return s;
}

/* Keep the paragraph for the next one to go on with. `wins`: its number and style hold for both. */
static enum gm_status carry_over(struct body *b, const struct paragraph *p, bool wins) {
    struct carry *c = &b->carry;
    enum gm_status s = c->depth && c->depth != p->depth ? flush_carry(b) : GM_OK;
    if (s == GM_OK && !c->depth) {
        c->depth = p->depth;
        c->block_wins = wins;
        c->block = (struct gm__block){.flags = flags_of(b, p, gm__docx_style(b->styles, p->style))};
        if (wins) s = describe(b, p, &c->block);
        if (wins && s == GM_OK) s = gm__buf_add(&c->text, b->label.data, b->label.len);
    }
    return s == GM_OK ? gm__buf_add(&c->text, p->text.data, p->text.len) : s;
}

static enum gm_status finish(struct body *b, struct paragraph *p) {
    struct carry *c = &b->carry;
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

static void open_paragraph(struct body *b, struct gm__sax *x) {
    if (b->open == MAX_NESTING) {
        gm__sax_skip(x);
        return;
    }
    struct paragraph *p = &b->stack[b->open++];
    struct gm__buf text = p->text;
    gm__buf_clear(&text);
    *p = (struct paragraph){.text = text,
                            .style = b->styles->paragraph,
                            .num_id = GM__UNSET,
                            .ilvl = GM__UNSET,
                            .outline = GM__UNSET,
                            .centered = GM__UNSET,
                            .mark_hidden = GM__UNSET,
                            .run_hidden = GM__UNSET,
                            .run_bold = GM__UNSET,
                            .depth = gm__sax_depth(x)};
    b->reading = NOTHING;
}

static enum gm_status close_paragraph(struct body *b, struct gm__sax *x) {
    struct paragraph *p = top(b);
    if (!p || p->depth != gm__sax_depth(x)) return GM_OK; /* one that was nested too deep */
    enum gm_status s = finish(b, p);
    b->open--;
    return s;
}

/* ------------------------------------------------------------------- text */

static bool hidden(const struct body *b, const struct paragraph *p) {
    if (p->run_hidden != GM__UNSET) return p->run_hidden;
    const struct gm__docx_style *style = gm__docx_style(b->styles, p->style);
    return style && style->vanish == 1;
}

static enum gm_status add_text(struct body *b, const char *ptr, size_t len, bool line_break) {
    struct paragraph *p = top(b);
    if (!p || b->codes || b->in_properties || hidden(b, p)) return GM_OK;
    if (b->tocs) p->toc = true;
    const struct gm__docx_style *style = gm__docx_style(b->styles, p->style);
    if (!(p->run_bold != GM__UNSET ? p->run_bold : style && style->bold == 1)) p->plain = true;
    size_t from = p->text.len;
    enum gm_status s = gm__buf_add(&p->text, ptr, len);
    for (size_t i = from; !line_break && i < p->text.len; i++)
        if (p->text.data[i] == '\n' || p->text.data[i] == '\r') p->text.data[i] = ' ';
    return s;
}

/* Circled numbers are often typed as Wingdings characters; other symbols say nothing. */
static enum gm_status add_symbol(struct body *b, struct gm__sax *x) {
    struct gm_str font = gm__str("", 0), code;
    if (!gm__sax_attr(x, W_char, &code) || code.len == 0 || code.len > 6) return GM_OK;
    char hex[8] = "", bytes[4];
    memcpy(hex, code.ptr, code.len);
    uint32_t cp = (uint32_t)strtoul(hex, NULL, 16);
    (void)gm__sax_attr(x, W_font, &font);
    bool wingdings = gm__str_eqz(font, "Wingdings");
    uint32_t low = cp & 0xFF;
    if (wingdings && low >= 0x81 && low <= 0x8A)
        cp = 0x2460 + low - 0x81; /* ① */
    else if (wingdings && low >= 0x8C && low <= 0x95)
        cp = 0x2776 + low - 0x8C; /* ❶ */
    else if (wingdings || (cp >= 0xE000 && cp <= 0xF8FF) || cp < 0x20)
        return GM_OK;
    return add_text(b, bytes, gm__utf8_encode(cp, bytes), false);
}

/* ----------------------------------------------------------------- fields */

static bool code_is(const struct field *f, const char *word) {
    struct gm_str code = gm__str_trim(gm__str(f->code, f->len));
    size_t n = 0;
    while (n < code.len && code.ptr[n] != ' ' && code.ptr[n] != '\\') n++;
    return gm__has_word(word, code.ptr, n) && n > 0;
}

/* EQ \o\ac(○,12) is how Word makes a circled number; it has no result. */
static enum gm_status add_circled(struct body *b, const struct field *f) {
    const char *end = f->code + f->len, *comma = memchr(f->code, ',', f->len);
    if (!code_is(f, "EQ") || !comma) return GM_OK;
    const char *close = memchr(comma, ')', (size_t)(end - comma));
    if (!close) return GM_OK;
    int value = gm__str_int(gm__str(comma + 1, (size_t)(close - comma - 1)), 0);
    char text[8];
    size_t n = value > 0 ? gm__numeral_format(GM__STYLE_CIRCLED, value, text, sizeof text) : 0;
    return n ? add_text(b, text, n, false) : GM_OK;
}

static enum gm_status open_field(struct body *b, bool simple) {
    void *slot;
    enum gm_status s = gm__vec_push(&b->fields, &slot);
    if (s != GM_OK) return s;
    ((struct field *)slot)->simple = simple;
    b->codes++;
    return GM_OK;
}

static void add_code(struct body *b, const char *ptr, size_t len) {
    if (!b->fields.count) return;
    struct field *f = (struct field *)b->fields.data + b->fields.count - 1;
    if (f->result) return;
    size_t room = sizeof f->code - f->len, n = len < room ? len : room;
    memcpy(f->code + f->len, ptr, n);
    f->len += n;
}

static void open_result(struct body *b) {
    if (!b->fields.count) return;
    struct field *f = (struct field *)b->fields.data + b->fields.count - 1;
    if (f->result) return;
    f->result = true;
    f->toc = code_is(f, "TOC");
    b->codes--;
    b->tocs += f->toc;
}

static enum gm_status close_field(struct body *b) {
    if (!b->fields.count) return GM_OK;
    struct field f = ((struct field *)b->fields.data)[--b->fields.count];
    if (f.result) {
        b->tocs -= f.toc;
        return GM_OK;
    }
    b->codes--;
    return add_circled(b, &f);
}

static enum gm_status on_field(struct body *b, struct gm__sax *x) {
    struct gm_str type;
    if (!gm__sax_attr(x, W_fldCharType, &type)) return GM_OK;
    if (gm__str_eqz(type, "begin")) return open_field(b, false);
    if (gm__str_eqz(type, "separate")) open_result(b);
    return gm__str_eqz(type, "end") ? close_field(b) : GM_OK;
}

static enum gm_status open_simple_field(struct body *b, struct gm__sax *x) {
    struct gm_str code;
    enum gm_status s = open_field(b, true);
    if (s != GM_OK) return s;
    if (gm__sax_attr(x, W_instr, &code)) add_code(b, code.ptr, code.len);
    open_result(b);
    return GM_OK;
}

/* ------------------------------------------------------------- properties */

static void in_properties(struct body *b, struct gm__sax *x, int token) {
    struct paragraph *p = top(b);
    struct gm_str v;
    if (!p) return;
    switch (token) {
    case W_pStyle:
        if (gm__sax_attr(x, W_val, &v)) {
            uint32_t style = gm__names_find(&b->styles->ids, v);
            if (style != GM__NO_NAME) p->style = style;
        }
        break;
    case W_numId: p->num_id = gm__sax_attr_int(x, W_val, GM__UNSET); break;
    case W_ilvl: p->ilvl = gm__sax_attr_int(x, W_val, GM__UNSET); break;
    case W_outlineLvl: p->outline = gm__sax_attr_int(x, W_val, GM__UNSET); break;
    case W_jc: p->centered = gm__sax_attr(x, W_val, &v) && gm__str_eqz(v, "center"); break;
    case W_vanish: p->mark_hidden = gm__docx_on(x); break;
    case W_del:
    case W_moveFrom: p->mark_deleted = true; break;
    case W_tabs:
    case W_sectPr:
    case W_pPrChange:
    case W_rPrChange:
    case W_numberingChange: gm__sax_skip(x); break;
    default: break;
    }
}

static void in_run_properties(struct body *b, struct gm__sax *x, int token) {
    struct paragraph *p = top(b);
    struct gm_str v;
    if (!p) return;
    if (token == W_vanish) p->run_hidden = gm__docx_on(x);
    if (token == W_b) p->run_bold = gm__docx_on(x);
    if (token == W_rPrChange) gm__sax_skip(x);
    if (token != W_rStyle || !gm__sax_attr(x, W_val, &v)) return;
    const struct gm__docx_style *style = gm__docx_style(b->styles, gm__names_find(&b->styles->ids, v));
    if (style && p->run_hidden == GM__UNSET) p->run_hidden = style->vanish;
    if (style && p->run_bold == GM__UNSET) p->run_bold = style->bold;
}

static void choose(struct body *b, struct gm__sax *x) {
    if (!b->choices.count) return;
    struct alternative *a = (struct alternative *)b->choices.data + b->choices.count - 1;
    if (a->taken) gm__sax_skip(x);
    a->taken = true;
}

/* ----------------------------------------------------------------- events */

static enum gm_status start_structure(struct body *b, struct gm__sax *x, int token) {
    void *slot;
    struct gm_str v;
    enum gm_status s;
    switch (token) {
    case W_tbl: b->tables++; return b->open ? GM_OK : flush_carry(b);
    case W_tr: b->row_dropped = false; return GM_OK;
    case W_trPr: b->in_row_properties = true; return GM_OK;
    case W_tc:
        if (b->row_dropped) gm__sax_skip(x);
        return GM_OK;
    case W_sdtPr: b->in_sdt_properties = true; return GM_OK;
    case W_docPartGallery:
        if (b->in_sdt_properties && !b->sdt_toc && gm__sax_attr(x, W_val, &v) && gm__str_eqz(v, "Table of Contents"))
            b->sdt_toc = gm__sax_depth(x) - 3; /* sdt, sdtPr, docPartObj */
        return GM_OK;
    case MC_AlternateContent:
        s = gm__vec_push(&b->choices, &slot);
        if (s == GM_OK) ((struct alternative *)slot)->depth = gm__sax_depth(x);
        return s;
    case MC_Choice:
    case MC_Fallback: choose(b, x); return GM_OK;
    case W_del:
    case W_moveFrom:
    case W_rt:
    case W_fldData:
    case W_tblPr:
    case W_tblGrid:
    case W_tcPr:
    case W_sectPr:
    case W_delText:
    case W_delInstrText: gm__sax_skip(x); return GM_OK;
    default: return GM_OK;
    }
}

static enum gm_status start_content(struct body *b, struct gm__sax *x, int token) {
    struct paragraph *p = top(b);
    switch (token) {
    case W_p: open_paragraph(b, x); return GM_OK;
    case W_pPr: b->in_properties = true; return GM_OK;
    case W_r:
        if (p) p->run_hidden = p->run_bold = GM__UNSET;
        return GM_OK;
    case W_rPr: b->in_run_properties = true; return GM_OK;
    case W_t:
    case M_t: b->reading = TEXT; return GM_OK;
    case W_instrText: b->reading = CODE; return GM_OK;
    case W_tab:
    case W_ptab: return add_text(b, "\t", 1, false);
    case W_br:
    case W_cr: return add_text(b, "\n", 1, true);
    case W_noBreakHyphen: return add_text(b, "-", 1, false);
    case W_sym: return add_symbol(b, x);
    case W_fldChar: return on_field(b, x);
    case W_fldSimple: return open_simple_field(b, x);
    default: return start_structure(b, x, token);
    }
}

static void start(void *ctx, struct gm__sax *x, int token) {
    struct body *b = ctx;
    if (!b->seen_root) {
        b->seen_root = true;
        if (token != W_document) gm__sax_stop(x, GM_INPUT);
        return;
    }
    if (token == DOCX_UNKNOWN) return;
    enum gm_status s = GM_OK;
    if (b->in_properties)
        in_properties(b, x, token);
    else if (b->in_run_properties)
        in_run_properties(b, x, token);
    else if (b->in_row_properties)
        b->row_dropped |= token == W_del || (token == W_hidden && gm__docx_on(x));
    else if (!b->in_sdt_properties || token == W_docPartGallery)
        s = start_content(b, x, token);
    if (s != GM_OK) gm__sax_stop(x, s);
}

static enum gm_status end_structure(struct body *b, struct gm__sax *x, int token) {
    switch (token) {
    case W_trPr: b->in_row_properties = false; return GM_OK;
    case W_tr: b->row_dropped = false; return GM_OK;
    case W_tc:
    case W_txbxContent: return flush_carry(b);
    case W_tbl:
        if (b->tables) b->tables--;
        return GM_OK;
    case W_sdtPr: b->in_sdt_properties = false; return GM_OK;
    case W_sdt:
        if (b->sdt_toc == gm__sax_depth(x)) b->sdt_toc = 0;
        return GM_OK;
    case MC_AlternateContent:
        if (b->choices.count) b->choices.count--;
        return GM_OK;
    case W_document: return flush_carry(b);
    default: return GM_OK;
    }
}

static void end(void *ctx, struct gm__sax *x, int token) {
    struct body *b = ctx;
    enum gm_status s = GM_OK;
    switch (token) {
    case DOCX_UNKNOWN: return;
    case W_p: s = close_paragraph(b, x); break;
    case W_pPr: b->in_properties = false; break;
    case W_rPr: b->in_run_properties = false; break;
    case W_t:
    case M_t:
    case W_instrText: b->reading = NOTHING; break;
    case W_fldSimple: s = close_field(b); break;
    default: s = end_structure(b, x, token); break;
    }
    if (s != GM_OK) gm__sax_stop(x, s);
}

static void text(void *ctx, struct gm__sax *x, const char *ptr, size_t len) {
    struct body *b = ctx;
    if (b->reading == NOTHING) return;
    if (b->reading == CODE) {
        add_code(b, ptr, len);
        return;
    }
    enum gm_status s = add_text(b, ptr, len, false);
    if (s != GM_OK) gm__sax_stop(x, s);
}

/* ------------------------------------------------------------------- body */

static void init(struct body *b, const struct gm_options *o) {
    gm__source_init(&b->later, o, b->out->arena);
    gm__vec_init(&b->fields, o->allocator, sizeof(struct field), 10000);
    gm__vec_init(&b->choices, o->allocator, sizeof(struct alternative), 10000);
    gm__buf_init(&b->carry.text, o->allocator, o->limits.text_bytes);
    gm__buf_init(&b->label, o->allocator, o->limits.text_bytes);
    for (size_t i = 0; i < MAX_NESTING; i++) gm__buf_init(&b->stack[i].text, o->allocator, o->limits.text_bytes);
}

static void release(struct body *b) {
    gm__source_release(&b->later);
    gm__vec_release(&b->fields);
    gm__vec_release(&b->choices);
    gm__buf_release(&b->carry.text);
    gm__buf_release(&b->label);
    for (size_t i = 0; i < MAX_NESTING; i++) gm__buf_release(&b->stack[i].text);
}

enum gm_status gm__docx_body(const struct gm__package *package, const char *part, const struct gm__docx_styles *styles,
                             struct gm__docx_numbering *numbering, struct gm__source *out) {
    static const struct gm__sax_handler handler = {start, end, text};
    const struct gm_options *o = package->in->options;
    struct body *b = gm__alloc(o->allocator, sizeof *b);
    if (!b) return GM_NOMEM;
    memset(b, 0, sizeof *b);
    b->styles = styles;
    b->numbering = numbering;
    b->out = out;
    init(b, o);
    enum gm_status s = gm__package_parse(package, part, &gm__docx_vocabulary, &handler, b);
    release(b);
    gm__free(o->allocator, b, sizeof *b);
    if (s == GM_INPUT && package->in->error && package->in->error->status == GM_OK)
        return gm__fail(package->in->error, s, "unknown-package", "the package is no text document: %s says otherwise",
                        part);
    return s;
}
