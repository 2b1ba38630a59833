/*
 * write_csv.c - RFC 4180: a row a point, in document order, under a row of column names.
 *
 * A spreadsheet runs a cell that begins with = + - @ TAB or CR (or their full-width forms) as a formula.
 * Such a cell gets an apostrophe in front, which spreadsheets show as text. Style "excel" begins with
 * a byte order mark, without which Excel takes the file for the machine's old code page.
 */
#include <stdio.h>

#include "output/body.h"
#include "output/model.h"

struct state {
    struct gm__buf cell;
    struct gm__locator places;
};

static bool starts_formula(struct gm_str s) {
    uint32_t cp;
    if (!s.len) return false;
    (void)gm__utf8_decode(s.ptr, s.ptr + s.len, &cp);
    return cp == '=' || cp == '+' || cp == '-' || cp == '@' || cp == '\t' || cp == '\r' || cp == 0xFF1D ||
           cp == 0xFF0B || cp == 0xFF0D || cp == 0xFF20;
}

/* A cell of text, always in quotes, so that a reader does not take "1.0" for a number. */
static void cell(struct gm_output *out, struct gm_str s) {
    const char *kept = s.ptr, *end = s.ptr + s.len;
    (void)gm_output_puts(out, starts_formula(s) ? "\"'" : "\"");
    for (const char *p = kept; p < end; p++) {
        if (*p != '"' && *p != 0) continue;
        (void)gm_output_write(out, kept, (size_t)(p - kept));
        (void)gm_output_puts(out, *p ? "\"\"" : " ");
        kept = p + 1;
    }
    (void)gm_output_write(out, kept, (size_t)(end - kept));
    (void)gm_output_puts(out, "\",");
}

static void numbers(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    char text[160];
    struct gm_pos start = gm__locator_start(&s->places, node), end = gm__locator_end(&s->places, node);
    (void)snprintf(text, sizeof text, "%lld,%lu,%lu,%zu,%zu\r\n", (long long)gm_node_number(out->doc, node),
                   (unsigned long)start.line, (unsigned long)start.column, start.byte, end.byte);
    (void)gm_output_puts(out, text);
}

static enum gm_status row(struct gm_output *out, gm_node node, struct gm_str title) {
    const struct gm_doc *doc = out->doc;
    struct state *s = gm_output_state(out);
    struct gm__body body;
    struct gm_str paragraph;
    char level[16];
    (void)snprintf(level, sizeof level, "%lu,", (unsigned long)gm_node_level(doc, node));
    (void)gm_output_puts(out, level);
    cell(out, gm__strz(gm_node_kind_name(gm_node_kind(doc, node))));
    cell(out, gm__strz(gm_node_marker(doc, node)));
    cell(out, gm_node_label(doc, node));
    cell(out, title);
    gm__buf_clear(&s->cell);
    for (gm__body_init(&body, out, node); gm__body_next(&body, &paragraph);) {
        if (s->cell.len) (void)gm__buf_add(&s->cell, "\n", 1);
        (void)gm__buf_add(&s->cell, paragraph.ptr, paragraph.len);
    }
    if (s->cell.status != GM_OK) return gm_output_fail(out, s->cell.status, "out of memory");
    cell(out, gm__str(s->cell.data, s->cell.len));
    numbers(out, node);
    return out->status;
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    bool excel = gm__output_style_is(out, "excel");
    gm__buf_init(&s->cell, out->doc->allocator, SIZE_MAX / 2);
    gm__locator_init(&s->places, out->doc);
    if (excel) (void)gm_output_puts(out, "\xEF\xBB\xBF");
    (void)gm_output_puts(out, "level,kind,marker,label,title,text,number,line,column,start,end\r\n");
    return row(out, GM_ROOT, gm__root_title(out->doc));
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    return row(out, node, gm_node_title(out->doc, node));
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (s->cell.allocator) gm__buf_release(&s->cell);
    gm__locator_release(&s->places);
}

const struct gm_writer gm__write_csv = {
    .struct_size = sizeof(struct gm_writer),
    .name = "csv",
    .extensions = "csv",
    .summary = N_("table for spreadsheets and data tools"),
    .media_type = "text/csv",
    .styles = "plain excel",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .release = release,
};
