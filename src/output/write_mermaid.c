/*
 * write_mermaid.c - a Mermaid mindmap.
 *
 * A label stands in ["…"]. Mermaid reads Markdown, entities, comments and directives inside it, so
 * every ASCII character that is neither letter, digit nor blank is written as its #code;.
 */
#include <stdio.h>

#include "output/body.h"

struct state {
    uint32_t paragraphs; /* written so far, to name them */
};

static bool plain(uint32_t cp) {
    if (cp == 0xFB02 || cp == 0xB6) return false; /* ﬂ ¶: Mermaid's own stand-ins for an entity's & and ; */
    return cp >= 0x80 || (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || cp == ' ';
}

static void escape(struct gm_output *out, struct gm_str s) {
    const char *p = s.ptr, *end = p + s.len, *kept = p;
    while (p < end) {
        uint32_t cp;
        char code[16];
        const char *at = p;
        p += gm__utf8_decode(p, end, &cp);
        if (plain(cp) && cp != 0x2028 && cp != 0x2029 && cp != 0x85) continue;
        bool control = cp < 0x20 || cp == 0x7F || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
        (void)gm_output_write(out, kept, (size_t)(at - kept));
        (void)snprintf(code, sizeof code, "#%lu;", (unsigned long)cp);
        (void)gm_output_puts(out, control ? " " : code);
        kept = p;
    }
    (void)gm_output_write(out, kept, (size_t)(end - kept));
}

/* The line's begin up to the label: two blanks a level, a name, the bracket. */
static void open_label(struct gm_output *out, uint32_t level, char prefix, uint32_t id) {
    char text[24];
    for (uint32_t i = 0; i <= level; i++) (void)gm_output_puts(out, "  ");
    (void)snprintf(text, sizeof text, "%c%lu[\"", prefix, (unsigned long)id);
    (void)gm_output_puts(out, text);
}

static void paragraphs(struct gm_output *out, gm_node node, enum gm_text_part part) {
    struct state *s = gm_output_state(out);
    struct gm_texts texts;
    struct gm_str paragraph;
    uint32_t level = gm_node_level(out->doc, node) + (part == GM_TEXT_OWN);
    if (gm_output_text(out) != GM_TEXT_FULL) return;
    gm_output_texts(out, node, part, &texts);
    while (gm_texts_next(&texts, &paragraph)) {
        open_label(out, level, 'p', s->paragraphs++);
        escape(out, paragraph);
        (void)gm_output_puts(out, "\"]\n");
    }
}

static enum gm_status begin(struct gm_output *out) {
    (void)gm_output_puts(out, "mindmap\n");
    open_label(out, 0, 'n', GM_ROOT);
    escape(out, gm__root_title(out->doc));
    (void)gm_output_puts(out, "\"]\n");
    paragraphs(out, GM_ROOT, GM_TEXT_OWN);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    bool full = gm_output_text(out) == GM_TEXT_FULL; /* then the text follows as nodes */
    struct gm__heading h = gm__heading_of(out, node);
    open_label(out, gm_node_level(out->doc, node), 'n', node);
    escape(out, h.label);
    if (!full || gm_node_title(out->doc, node).len) {
        if (h.space) (void)gm_output_puts(out, " ");
        escape(out, h.title);
        if (h.cut) (void)gm_output_puts(out, "…");
    }
    (void)gm_output_puts(out, "\"]\n");
    paragraphs(out, node, GM_TEXT_OWN);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    paragraphs(out, node, GM_TEXT_TAIL);
    return out->status;
}

const struct gm_writer gm__write_mermaid = {
    .struct_size = sizeof(struct gm_writer),
    .name = "mermaid",
    .extensions = "mmd mermaid",
    .summary = N_("mindmap for Mermaid"),
    .media_type = "text/vnd.mermaid",
    .text_default = GM_TEXT_LEAD,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
};
