/*
 * write_markmap.c - Markdown that markmap draws as is: the title as #, points as nested bullets.
 *
 * Bullets, not headings below it: a list nests as deep as the outline, and a paragraph can follow
 * a point's children. Every ASCII character that Markdown or one of markmap's additions (formulas, marks,
 * emoji, links) could read as mark-up stands behind a backslash.
 */
#include "output/body.h"

/* Bytes of a control character at p; 0 when there is none. U+0080 to U+009F are other characters in HTML. */
static size_t control_at(const char *p, const char *end) {
    unsigned char c = (unsigned char)*p;
    if (c < 0x20 || c == 0x7F) return 1;
    return c == 0xC2 && end - p > 1 && (unsigned char)p[1] < 0xA0 ? 2 : 0;
}

static void escape(struct gm_output *out, struct gm_str s) {
    const char *kept = s.ptr, *end = s.ptr + s.len;
    for (const char *p = kept; p < end; p++) {
        size_t control = control_at(p, end);
        if (!control && !strchr("\\`*_{}[]<>#+-.!|~^$=&:@()", *p)) continue;
        (void)gm_output_write(out, kept, (size_t)(p - kept));
        (void)gm_output_puts(out, control ? " " : "\\");
        kept = p + control;
        if (control) p = kept - 1;
    }
    (void)gm_output_write(out, kept, (size_t)(end - kept));
}

static bool is_seen(struct gm_str s) {
    for (const char *p = s.ptr, *end = s.ptr + s.len; p < end;) {
        size_t control = control_at(p, end);
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (!control && !gm__is_space(cp)) return true;
        p += control ? control : n;
    }
    return false;
}

/* The begin of a bullet; level 1 is the outermost. With nothing to see behind it, a dash below a line of text would
 * make a heading of that. */
static void bullet(struct gm_output *out, uint32_t level, bool seen) {
    for (uint32_t i = 1; i < level; i++) (void)gm_output_puts(out, "  ");
    (void)gm_output_puts(out, seen ? "- " : "- \xC2\xA0");
}

static void paragraphs(struct gm_output *out, gm_node node, enum gm_text_part part) {
    struct gm_texts texts;
    struct gm_str paragraph;
    uint32_t level = gm_node_level(out->doc, node) + (part == GM_TEXT_OWN);
    if (gm_output_text(out) != GM_TEXT_FULL) return;
    gm_output_texts(out, node, part, &texts);
    while (gm_texts_next(&texts, &paragraph)) {
        bullet(out, level, is_seen(paragraph));
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
    bullet(out, gm_node_level(out->doc, node), is_seen(h.label) || (!follows && is_seen(h.title)));
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
