/*
 * write_mm.c - a Freeplane (FreeMind) map: one node for the document, one a point.
 *
 * Text is a note on its point; with style "child" every paragraph is a node of its own, in its place.
 */
#include <stdio.h>

#include "output/body.h"
#include "output/xml.h"

struct state {
    struct gm__xml xml;
    bool child; /* style */
};

/* Freeplane runs a text that begins with = as a formula, shows one with <html> as mark-up and one with \latex as a
 * formula of mathematics. A zero width space in front leaves it a text. */
static const char *guard(struct gm_str label, struct gm_str title) {
    struct gm_str text = label.len ? label : title;
    return text.len && strchr("=<\\", *text.ptr) ? "\xE2\x80\x8B" : "";
}

static void note(struct gm_output *out, struct state *s, gm_node node) {
    struct gm__body body;
    struct gm_str paragraph;
    bool any = false;
    gm__body_init(&body, out, node);
    for (; gm__body_next(&body, &paragraph); any = true) {
        if (!any) {
            gm__xml_open(&s->xml, "richcontent");
            gm__xml_attr(&s->xml, "TYPE", gm__strz("NOTE"));
            gm__xml_open(&s->xml, "html");
            gm__xml_open(&s->xml, "head");
            gm__xml_close(&s->xml);
            gm__xml_open(&s->xml, "body");
        }
        gm__xml_open(&s->xml, "p");
        gm__xml_text(&s->xml, gm__strz(guard(gm__str("", 0), paragraph)));
        gm__xml_text(&s->xml, paragraph);
        gm__xml_close(&s->xml);
    }
    for (int open = any ? 3 : 0; open > 0; open--) gm__xml_close(&s->xml);
}

static void children(struct gm_output *out, struct state *s, gm_node node, enum gm_text_part part) {
    struct gm_texts texts;
    struct gm_str paragraph;
    gm_output_texts(out, node, part, &texts);
    while (gm_texts_next(&texts, &paragraph)) {
        gm__xml_open(&s->xml, "node");
        gm__xml_attr_open(&s->xml, "TEXT");
        gm__xml_attr_text(&s->xml, gm__strz(guard(gm__str("", 0), paragraph)));
        gm__xml_attr_text(&s->xml, paragraph);
        gm__xml_attr_close(&s->xml);
        gm__xml_close(&s->xml);
    }
}

static void open_node(struct gm_output *out, struct state *s, gm_node node, struct gm__heading heading) {
    char id[24];
    (void)snprintf(id, sizeof id, "ID_%lu", (unsigned long)node + 1);
    gm__xml_open(&s->xml, "node");
    gm__xml_attr_open(&s->xml, "TEXT");
    gm__xml_attr_text(&s->xml, gm__strz(guard(heading.label, heading.title)));
    gm__xml_attr_text(&s->xml, heading.label);
    if (heading.space) gm__xml_attr_text(&s->xml, gm__strz(" "));
    gm__xml_attr_text(&s->xml, heading.title);
    gm__xml_attr_close(&s->xml);
    gm__xml_attr(&s->xml, "ID", gm__strz(id));
    if (s->child)
        children(out, s, node, GM_TEXT_OWN);
    else
        note(out, s, node);
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    s->child = gm__output_style_is(out, "child");
    if (gm__xml_init(&s->xml, out) != GM_OK) return out->status;
    gm__xml_open(&s->xml, "map");
    gm__xml_attr(&s->xml, "version", gm__strz("1.0.1")); /* what FreeMind and every Freeplane read */
    open_node(out, s, GM_ROOT, gm__heading_bare(gm__str("", 0), gm__root_title(out->doc)));
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    open_node(out, gm_output_state(out), node, gm__heading_bare(label, title));
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    gm__xml_close(&s->xml);
    if (s->child) children(out, s, node, GM_TEXT_TAIL);
    return out->status;
}

static enum gm_status end(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    for (int open = 2; open > 0; open--) gm__xml_close(&s->xml);
    return gm__xml_finish(&s->xml);
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__xml_release(&s->xml);
}

const struct gm_writer gm__write_mm = {
    .struct_size = sizeof(struct gm_writer),
    .name = "mm",
    .extensions = "mm",
    .summary = N_("mind map for Freeplane and FreeMind"),
    .media_type = "application/x-freemind",
    .styles = "note child",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
