/* write_dot.c - a Graphviz graph: one box a point, an edge from each point to those under it. */
#include <stdio.h>

#include "output/body.h"

/*
 * Into a double-quoted string. A backslash would be an escape (\N, \G, \l), an ampersand an HTML
 * entity (Graphviz reads those in plain labels too), a control character is no text.
 */
static void escape(struct gm_output *out, struct gm_str s) {
    const char *kept = s.ptr, *end = s.ptr + s.len;
    for (const char *p = kept; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        const char *instead = c == '"'               ? "\\\""
                              : c == '\\'            ? "\\\\"
                              : c == '&'             ? "&amp;"
                              : c < 0x20 || c == 127 ? " "
                                                     : NULL;
        if (!instead) continue;
        (void)gm_output_write(out, kept, (size_t)(p - kept));
        (void)gm_output_puts(out, instead);
        kept = p + 1;
    }
    (void)gm_output_write(out, kept, (size_t)(end - kept));
}

static void name(struct gm_output *out, gm_node node) {
    char text[24];
    (void)snprintf(text, sizeof text, "n%lu", (unsigned long)node);
    (void)gm_output_puts(out, text);
}

/* With full text the paragraphs are the tooltip of the box (SVG shows it). */
static void tooltip(struct gm_output *out, gm_node node) {
    struct gm__body body;
    struct gm_str paragraph;
    bool any = false;
    if (gm_output_text(out) != GM_TEXT_FULL) return;
    gm__body_init(&body, out, node);
    for (; gm__body_next(&body, &paragraph); any = true) {
        (void)gm_output_puts(out, any ? "\\n" : ", tooltip=\"");
        escape(out, paragraph);
    }
    if (any) (void)gm_output_puts(out, "\"");
}

static void box(struct gm_output *out, gm_node node, struct gm__heading h) {
    (void)gm_output_puts(out, "  ");
    name(out, node);
    (void)gm_output_puts(out, " [label=\"");
    escape(out, h.label);
    if (h.space) (void)gm_output_puts(out, " ");
    escape(out, h.title);
    if (h.cut) (void)gm_output_puts(out, "…");
    (void)gm_output_puts(out, "\"");
    tooltip(out, node);
    (void)gm_output_puts(out, "];\n");
}

static enum gm_status begin(struct gm_output *out) {
    (void)gm_output_puts(out, "digraph outline {\n"
                              "  graph [rankdir=LR, charset=\"UTF-8\"];\n"
                              "  node [shape=box, style=rounded, fontname=\"Noto Sans CJK SC\"];\n");
    box(out, GM_ROOT, gm__heading_bare(gm__str("", 0), gm__root_title(out->doc)));
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    box(out, node, gm__heading_of(out, node));
    (void)gm_output_puts(out, "  ");
    name(out, gm_node_parent(out->doc, node));
    (void)gm_output_puts(out, " -> ");
    name(out, node);
    return gm_output_puts(out, ";\n");
}

static enum gm_status end(struct gm_output *out) { return gm_output_puts(out, "}\n"); }

const struct gm_writer gm__write_dot = {
    .struct_size = sizeof(struct gm_writer),
    .name = "dot",
    .extensions = "dot gv",
    .summary = N_("graph for Graphviz"),
    .media_type = "text/vnd.graphviz",
    .text_default = GM_TEXT_LEAD,
    .begin = begin,
    .enter = enter,
    .end = end,
};
