/*
 * write_markmap.c - Markdown that markmap draws as is: the title as #, points as nested bullets.
 *
 * Bullets, not headings below it: a list nests as deep as the outline, and a paragraph can follow
 * a point's children. Every ASCII character that Markdown or one of markmap's additions (formulas, marks,
 * emoji, links) could read as mark-up stands behind a backslash.
 */
#include "output/body.h"

static void escape(struct gm_output *out, struct gm_str s) {
    const char *kept = s.ptr, *end = s.ptr + s.len;
    for (const char *p = kept; p < end; p++) {
        bool control = (unsigned char)*p < 0x20 || *p == 0x7F;
        if (!control && !strchr("\\`*_{}[]<>#+-.!|~^$=&:@()", *p)) continue;
        (void)gm_output_write(out, kept, (size_t)(p - kept));
        (void)gm_output_puts(out, control ? " " : "\\");
        kept = control ? p + 1 : p;
    }
    (void)gm_output_write(out, kept, (size_t)(end - kept));
}

/* The begin of a bullet; level 1 is the outermost. */
static void bullet(struct gm_output *out, uint32_t level) {
    for (uint32_t i = 1; i < level; i++) (void)gm_output_puts(out, "  ");
    (void)gm_output_puts(out, "- ");
}

static void paragraphs(struct gm_output *out, gm_node node, enum gm_text_part part) {
    struct gm_texts texts;
    struct gm_str paragraph;
    uint32_t level = gm_node_level(out->doc, node) + (part == GM_TEXT_OWN);
    if (gm_output_text(out) != GM_TEXT_FULL) return;
    gm_output_texts(out, node, part, &texts);
    while (gm_texts_next(&texts, &paragraph)) {
        bullet(out, level);
        escape(out, paragraph);
        (void)gm_output_puts(out, "\n");
    }
}

static enum gm_status begin(struct gm_output *out) {
    (void)gm_output_puts(out, "# ");
    escape(out, gm__root_title(out->doc));
    (void)gm_output_puts(out, "\n\n");
    paragraphs(out, GM_ROOT, GM_TEXT_OWN);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct gm__heading h = gm__heading_of(out, node);
    bool follows = gm_output_text(out) == GM_TEXT_FULL && !gm_node_title(out->doc, node).len;
    bullet(out, gm_node_level(out->doc, node));
    escape(out, h.label);
    if (h.space && !follows) (void)gm_output_puts(out, " ");
    if (!follows) escape(out, h.title);
    (void)gm_output_puts(out, h.cut && !follows ? "…\n" : "\n");
    paragraphs(out, node, GM_TEXT_OWN);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    paragraphs(out, node, GM_TEXT_TAIL);
    return out->status;
}

const struct gm_writer gm__write_markmap = {
    .struct_size = sizeof(struct gm_writer),
    .name = "markmap",
    .extensions = "markmap.md",
    .summary = N_("Markdown that markmap draws as is"),
    .media_type = "text/markdown",
    .text_default = GM_TEXT_LEAD,
    .begin = begin,
    .enter = enter,
    .leave = leave,
};
