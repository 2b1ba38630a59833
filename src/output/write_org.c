/*
 * write_org.c - Org mode: a headline a point, its text below.
 *
 * Org has no escape character; its manual offers the zero width space (U+200B). It stands before
 * a line that opens with ASCII (lists, tables, keywords, drawers, TODO) and around every ASCII
 * character that can mean something inside a line. Text after a point's children belongs to the point
 * in Org only when it comes before them, so it is moved there.
 */
#include "output/body.h"

#define ZWSP "\xE2\x80\x8B"

/* What stands for a character: no formula can be kept from opening at $ but by its entity. */
static void guarded(struct gm_output *out, char c) {
    if ((unsigned char)c < 0x20 || c == 0x7F) {
        (void)gm_output_puts(out, " ");
    } else if (c == '$') {
        (void)gm_output_puts(out, "\\dollar{}");
    } else {
        (void)gm_output_puts(out, ZWSP);
        (void)gm_output_write(out, &c, 1);
        (void)gm_output_puts(out, ZWSP);
    }
}

/* One line; at_start: could a list, a keyword or a TODO state begin here? */
static void escape(struct gm_output *out, struct gm_str s, bool at_start) {
    const char *kept = s.ptr, *end = s.ptr + s.len;
    if (at_start && s.len && (unsigned char)*s.ptr < 0x80) (void)gm_output_puts(out, ZWSP);
    for (const char *p = kept; p < end; p++) {
        bool control = (unsigned char)*p < 0x20 || *p == 0x7F;
        if (!control && !strchr("*/_=~+[]<>{}@$\\^|#:%&", *p)) continue;
        (void)gm_output_write(out, kept, (size_t)(p - kept));
        guarded(out, *p);
        kept = p + 1;
    }
    (void)gm_output_write(out, kept, (size_t)(end - kept));
}

static void body(struct gm_output *out, gm_node node) {
    struct gm__body body;
    struct gm_str paragraph;
    gm__body_init(&body, out, node);
    for (bool any = false; gm__body_next(&body, &paragraph); any = true) {
        if (any) (void)gm_output_puts(out, "\n");
        escape(out, paragraph, true);
        (void)gm_output_puts(out, "\n");
    }
}

static enum gm_status begin(struct gm_output *out) {
    (void)gm_output_puts(out, "#+TITLE: ");
    escape(out, gm__root_title(out->doc), false);
    (void)gm_output_puts(out, "\n\n");
    body(out, GM_ROOT);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    for (uint32_t i = gm_node_level(out->doc, node); i > 0; i--) (void)gm_output_puts(out, "*");
    (void)gm_output_puts(out, " ");
    escape(out, label, true);
    if (gm__heading_space(label, title)) (void)gm_output_puts(out, " ");
    escape(out, title, !label.len);
    (void)gm_output_puts(out, "\n");
    body(out, node);
    return out->status;
}

const struct gm_writer gm__write_org = {
    .struct_size = sizeof(struct gm_writer),
    .name = "org",
    .extensions = "org",
    .summary = N_("outline for Emacs Org mode"),
    .media_type = "text/org",
    .text_default = GM_TEXT_FULL,
    .begin = begin,
    .enter = enter,
};
