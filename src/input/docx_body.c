/*
 * docx_body.c - word/document.xml to paragraphs: text that Word displays, in reading order.
 *
 * Deleted and hidden text, field codes and notes are left out; a text box stands before the paragraph it
 * hangs on, or after it when the anchor has text before it; a soft break starts a line of its own, except in headings.
 */
#include "input/docx_body.h"

#include "grammar/numeral.h"

#include <stdlib.h>

/* ------------------------------------------------------------------- text */

static bool hidden(const struct gm__docx_body *b, const struct gm__docx_paragraph *p) {
    if (p->run_hidden != GM__UNSET) return p->run_hidden;
    const struct gm__docx_style *style = gm__docx_style(b->styles, p->style);
    return style && style->vanish == 1;
}

static enum gm_status add_text(struct gm__docx_body *b, const char *ptr, size_t len, bool line_break) {
    struct gm__docx_paragraph *p = gm__docx_top(b);
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
static enum gm_status add_symbol(struct gm__docx_body *b, struct gm__sax *x) {
    struct gm_str font = gm__str("", 0), code;
    if (!gm__sax_attr(x, W_char, &code) || code.len == 0 || code.len > 6) return GM_OK;
    char hex[8] = "", bytes[4];
    memcpy(hex, code.ptr, code.len);
    uint32_t cp = (uint32_t)strtoul(hex, NULL, 16);
    (void)gm__sax_attr(x, W_font, &font);
    bool wingdings = gm__str_eqz(font, "Wingdings"), second = gm__str_eqz(font, "Wingdings 2");
    uint32_t low = cp & 0xFF;
    if (second && low >= 0x6A && low <= 0x73)
        cp = 0x2460 + low - 0x6A; /* ① */
    else if (second && low >= 0x75 && low <= 0x7E)
        cp = 0x2776 + low - 0x75; /* ❶ */
    else if (wingdings && low >= 0x81 && low <= 0x8A)
        cp = 0x2460 + low - 0x81; /* ① */
    else if (wingdings && low >= 0x8C && low <= 0x95)
        cp = 0x2776 + low - 0x8C; /* ❶ */
    else if (wingdings || second || (cp >= 0xE000 && cp <= 0xF8FF) || cp < 0x20)
        return GM_OK;
    return add_text(b, bytes, gm__utf8_encode(cp, bytes), false);
}

/* ----------------------------------------------------------------- fields */

static bool code_is(const struct gm__docx_field *f, const char *word) {
    struct gm_str code = gm__str_trim(gm__str(f->code, f->len));
    size_t n = 0;
    while (n < code.len && code.ptr[n] != ' ' && code.ptr[n] != '\\') n++;
    return gm__has_word(word, code.ptr, n) && n > 0;
}

/* EQ \o\ac(○,12) is how Word makes a circled number; it has no result. */
static enum gm_status add_circled(struct gm__docx_body *b, const struct gm__docx_field *f) {
    const char *end = f->code + f->len, *comma = memchr(f->code, ',', f->len);
    if (!code_is(f, "EQ") || !comma) return GM_OK;
    const char *close = memchr(comma, ')', (size_t)(end - comma));
    if (!close) return GM_OK;
    int value = gm__str_int(gm__str(comma + 1, (size_t)(close - comma - 1)), 0);
    char text[8];
    size_t n = value > 0 ? gm__numeral_format(GM__STYLE_CIRCLED, value, text, sizeof text) : 0;
    return n ? add_text(b, text, n, false) : GM_OK;
}

static enum gm_status add_count(struct gm__docx_body *b, const struct gm__docx_field *f) {
    const struct gm__docx_paragraph *p = gm__docx_top(b);
    struct gm__buf label;
    if (!p) return GM_OK;
    gm__buf_init(&label, b->label.allocator, 256);
    enum gm_status s = gm__docx_count_field(b, f->code, f->len, gm__docx_heading(b, p), &label);
    if (s == GM_OK) s = add_text(b, label.data, label.len, false);
    gm__buf_release(&label);
    return s;
}

static enum gm_status open_field(struct gm__docx_body *b) {
    void *slot;
    enum gm_status s = gm__vec_push(&b->fields, &slot);
    if (s == GM_OK || s == GM_LIMIT) b->codes++; /* so many are never closed: the count says so in the end */
    return s == GM_LIMIT ? GM_OK : s;
}

static void add_code(struct gm__docx_body *b, const char *ptr, size_t len) {
    if (!b->fields.count) return;
    struct gm__docx_field *f = (struct gm__docx_field *)b->fields.data + b->fields.count - 1;
    if (f->result) return;
    size_t room = sizeof f->code - f->len, n = len < room ? len : room;
    memcpy(f->code + f->len, ptr, n);
    f->len += n;
}

static void open_result(struct gm__docx_body *b) {
    if (!b->fields.count) return;
    struct gm__docx_field *f = (struct gm__docx_field *)b->fields.data + b->fields.count - 1;
    if (f->result || gm__docx_counts(f->code, f->len)) return; /* what counts is counted, whatever was kept */
    f->result = true;
    f->toc = code_is(f, "TOC");
    b->codes--;
    b->tocs += f->toc;
}

static enum gm_status close_field(struct gm__docx_body *b) {
    if (!b->fields.count) return GM_OK;
    struct gm__docx_field f = ((struct gm__docx_field *)b->fields.data)[--b->fields.count];
    if (f.result) {
        b->tocs -= f.toc;
        return GM_OK;
    }
    b->codes--;
    return gm__docx_counts(f.code, f.len) ? add_count(b, &f) : add_circled(b, &f);
}

static enum gm_status on_field(struct gm__docx_body *b, struct gm__sax *x) {
    struct gm_str type;
    if (b->no_fields || !gm__sax_attr(x, W_fldCharType, &type)) return GM_OK;
    if (gm__str_eqz(type, "begin")) return open_field(b);
    if (gm__str_eqz(type, "separate")) open_result(b);
    return gm__str_eqz(type, "end") ? close_field(b) : GM_OK;
}

static enum gm_status open_simple_field(struct gm__docx_body *b, struct gm__sax *x) {
    struct gm_str code;
    enum gm_status s = open_field(b);
    if (s != GM_OK) return s;
    if (gm__sax_attr(x, W_instr, &code)) add_code(b, code.ptr, code.len);
    open_result(b);
    return GM_OK;
}

/* ------------------------------------------------------------- properties */

static void in_properties(struct gm__docx_body *b, struct gm__sax *x, int token) {
    struct gm__docx_paragraph *p = gm__docx_top(b);
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

static void in_run_properties(struct gm__docx_body *b, struct gm__sax *x, int token) {
    struct gm__docx_paragraph *p = gm__docx_top(b);
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

static void choose(struct gm__docx_body *b, struct gm__sax *x) {
    if (!b->choices.count) return;
    struct gm__docx_alternative *a = (struct gm__docx_alternative *)b->choices.data + b->choices.count - 1;
    if (a->taken) gm__sax_skip(x);
    a->taken = true;
}

/* ----------------------------------------------------------------- events */

static enum gm_status start_structure(struct gm__docx_body *b, struct gm__sax *x, int token) {
    void *slot;
    struct gm_str v;
    enum gm_status s;
    switch (token) {
    case W_tbl: b->tables++; return b->open ? GM_OK : gm__docx_carry_flush(b);
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
        if (s == GM_OK) ((struct gm__docx_alternative *)slot)->depth = gm__sax_depth(x);
        return s;
    case MC_Choice:
    case MC_Fallback: choose(b, x); return GM_OK;
    case W_altChunk: return gm__docx_take_in(b, gm__sax_attr(x, R_id, &v) ? v : gm__str("", 0));
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

static enum gm_status start_content(struct gm__docx_body *b, struct gm__sax *x, int token) {
    struct gm__docx_paragraph *p = gm__docx_top(b);
    struct gm_str v;
    switch (token) {
    case W_p: gm__docx_paragraph_open(b, x); return GM_OK;
    case W_pPr: b->in_properties = true; return GM_OK;
    case W_r:
        if (p) p->run_hidden = p->run_bold = GM__UNSET;
        return GM_OK;
    case W_rPr: b->in_run_properties = true; return GM_OK;
    case W_t:
    case M_t: b->reading = GM__DOCX_TEXT; return GM_OK;
    case W_instrText: b->reading = GM__DOCX_CODE; return GM_OK;
    case W_tab:
    case W_ptab: return add_text(b, "\t", 1, false);
    case W_br:
    case W_cr: return add_text(b, "\n", 1, true);
    case W_noBreakHyphen: return add_text(b, "-", 1, false);
    case W_sym: return add_symbol(b, x);
    case W_footnoteReference:
    case W_endnoteReference: /* the rest of the run is the mark that the author chose */
        if (p && gm__sax_attr(x, W_customMarkFollows, &v) && !gm__str_eqz(v, "0") && !gm__str_eqz(v, "false"))
            p->run_hidden = true;
        return GM_OK;
    case W_fldChar: return on_field(b, x);
    case W_fldSimple: return open_simple_field(b, x);
    default: return start_structure(b, x, token);
    }
}

static void start(void *ctx, struct gm__sax *x, int token) {
    struct gm__docx_body *b = ctx;
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

static enum gm_status end_structure(struct gm__docx_body *b, struct gm__sax *x, int token) {
    switch (token) {
    case W_trPr: b->in_row_properties = false; return GM_OK;
    case W_tr: b->row_dropped = false; return GM_OK;
    case W_tc:
    case W_txbxContent: return gm__docx_carry_flush(b);
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
    case W_document: return gm__docx_carry_flush(b);
    default: return GM_OK;
    }
}

static void end(void *ctx, struct gm__sax *x, int token) {
    struct gm__docx_body *b = ctx;
    enum gm_status s = GM_OK;
    switch (token) {
    case DOCX_UNKNOWN: return;
    case W_p: s = gm__docx_paragraph_close(b, x); break;
    case W_pPr: b->in_properties = false; break;
    case W_rPr: b->in_run_properties = false; break;
    case W_t:
    case M_t:
    case W_instrText: b->reading = GM__DOCX_NOTHING; break;
    case W_fldSimple: s = close_field(b); break;
    default: s = end_structure(b, x, token); break;
    }
    if (s != GM_OK) gm__sax_stop(x, s);
}

static void text(void *ctx, struct gm__sax *x, const char *ptr, size_t len) {
    struct gm__docx_body *b = ctx;
    if (b->reading == GM__DOCX_NOTHING) return;
    if (b->reading == GM__DOCX_CODE) {
        add_code(b, ptr, len);
        return;
    }
    enum gm_status s = add_text(b, ptr, len, false);
    if (s != GM_OK) gm__sax_stop(x, s);
}

/* ------------------------------------------------------------------- body */

static void init(struct gm__docx_body *b, const struct gm_options *o) {
    gm__source_init(&b->later, o, b->out->arena);
    gm__vec_init(&b->fields, o->allocator, sizeof(struct gm__docx_field), 10000);
    gm__vec_init(&b->choices, o->allocator, sizeof(struct gm__docx_alternative), 10000);
    gm__buf_init(&b->carry.text, o->allocator, o->limits.text_bytes);
    gm__buf_init(&b->label, o->allocator, o->limits.text_bytes);
    for (size_t i = 0; i < GM__DOCX_NESTING; i++) gm__buf_init(&b->stack[i].text, o->allocator, o->limits.text_bytes);
}

static void release(struct gm__docx_body *b) {
    gm__source_release(&b->later);
    gm__vec_release(&b->fields);
    gm__vec_release(&b->choices);
    gm__buf_release(&b->carry.text);
    gm__buf_release(&b->label);
    for (size_t i = 0; i < GM__DOCX_NESTING; i++) gm__buf_release(&b->stack[i].text);
}

static enum gm_status read_body(const struct gm__package *package, const char *part, struct gm__docx_body *b) {
    static const struct gm__sax_handler handler = {start, end, text};
    enum gm_status s = gm__package_parse(package, part, &gm__docx_vocabulary, &handler, b);
    if (s == GM_INPUT && package->in->error && package->in->error->status == GM_OK)
        return gm__fail(package->in->error, s, "unknown-package",
                        "the package is no text document: %s says otherwise; save it as docx or odt", part);
    return s;
}

/* A field that never ends would swallow the rest of the text, or make it a table of contents: read again without. */
static enum gm_status read_again(const struct gm__package *package, const char *part, struct gm__docx_body *b) {
    release(b);
    *b = (struct gm__docx_body){.package = package,
                                .styles = b->styles,
                                .numbering = b->numbering,
                                .chunks = b->chunks,
                                .out = b->out,
                                .no_fields = true};
    init(b, package->in->options);
    gm__docx_numbering_restart(b->numbering);
    for (size_t i = 0; i < b->chunks->count; i++) ((struct gm__docx_chunk *)b->chunks->data)[i].taken = false;
    gm__buf_clear(&b->out->buffer);
    b->out->blocks.count = 0;
    b->out->warnings.count = 0;
    return read_body(package, part, b);
}

enum gm_status gm__docx_body(const struct gm__package *package, const char *part, const struct gm__docx_styles *styles,
                             struct gm__docx_numbering *numbering, struct gm__vec *chunks, struct gm__source *out) {
    const struct gm_options *o = package->in->options;
    struct gm__docx_body *b = gm__alloc(o->allocator, sizeof *b);
    if (!b) return GM_NOMEM;
    *b = (struct gm__docx_body){
        .package = package, .styles = styles, .numbering = numbering, .chunks = chunks, .out = out};
    init(b, o);
    enum gm_status s = read_body(package, part, b);
    if (s == GM_OK && (b->codes || b->tocs)) s = read_again(package, part, b);
    release(b);
    gm__free(o->allocator, b, sizeof *b);
    return s;
}
