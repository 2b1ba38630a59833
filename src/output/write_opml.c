/*
 * write_opml.c - OPML 2.0.
 *
 * head/title is the document's title; an outline's text is label and title together, as they are
 * written. Body text goes into the attribute _note, which outliners know; with style "children" it goes into
 * outlines of its own, for programs that drop notes. Text after a point that belongs to the point above
 * has no place in an outline: it becomes an outline of its own after the point.
 */
#include "output/model.h"
#include "output/xml.h"

struct state {
    struct gm__xml xml;
    bool children; /* style */
};

static void outline_text(struct gm__xml *xml, struct gm_str text) {
    gm__xml_open(xml, "outline");
    gm__xml_attr_open(xml, "text"); /* required, so it is written even when it is empty */
    gm__xml_attr_text(xml, text);
    gm__xml_attr_close(xml);
}

static void own_outlines(struct gm_output *out, gm_node node, enum gm_text_part part) {
    struct state *s = gm_output_state(out);
    struct gm_texts cursor;
    struct gm_str paragraph;
    if (out->text == GM_TEXT_NONE) return;
    gm_output_texts(out, node, part, &cursor);
    while (gm_texts_next(&cursor, &paragraph)) {
        outline_text(&s->xml, paragraph);
        gm__xml_close(&s->xml);
    }
}

/* Paragraphs parted by line feeds; nothing when there is none. */
static void note(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct gm_texts cursor;
    struct gm_str paragraph;
    bool any = false;
    if (out->text == GM_TEXT_NONE) return;
    gm_output_texts(out, node, GM_TEXT_OWN, &cursor);
    while (gm_texts_next(&cursor, &paragraph)) {
        if (any)
            gm__xml_attr_text(&s->xml, gm__str("\n", 1));
        else
            gm__xml_attr_open(&s->xml, "_note");
        any = true;
        gm__xml_attr_text(&s->xml, paragraph);
    }
    if (any) gm__xml_attr_close(&s->xml);
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    struct gm__xml *xml = &s->xml;
    s->children = gm__output_style_is(out, "children");
    if (gm__xml_init(xml, out) != GM_OK) return out->status;
    gm__xml_open(xml, "opml");
    gm__xml_attr(xml, "version", gm__strz("2.0"));
    gm__xml_open(xml, "head");
    if (gm_doc_title(out->doc).len) gm__xml_element(xml, "title", gm_doc_title(out->doc));
    gm__xml_close(xml);
    gm__xml_open(xml, "body");
    own_outlines(out, GM_ROOT, GM_TEXT_OWN);
    if (gm_output_first_child(out, GM_ROOT) == GM_NO_NODE) { /* a body wants at least one outline */
        outline_text(xml, gm_doc_title(out->doc));
        gm__xml_close(xml);
    }
    return out->status;
}

/* Nothing comes into its outline: most points. */
static bool is_bare(const struct gm_output *out, gm_node node) {
    return out->text == GM_TEXT_NONE && out->doc->nodes[node].first == GM_NO_NODE;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    static const struct gm__xml_tag outline = {"outline", "text", "<outline text=\"", 15};
    struct state *s = out->state;
    struct gm_str label = gm__label_of(out->doc, node), title = gm__title_of(out->doc, node);
    bool space = gm__heading_space(label, title);
    if (is_bare(out, node)) {
        gm__xml_leaf(&s->xml, &outline, label, space, title);
        return out->status;
    }
    gm__xml_open(&s->xml, "outline");
    gm__xml_attr_open(&s->xml, "text");
    gm__xml_attr_heading(&s->xml, label, space, title);
    gm__xml_attr_close(&s->xml);
    if (s->children)
        own_outlines(out, node, GM_TEXT_OWN);
    else
        note(out, node);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct state *s = out->state;
    if (is_bare(out, node)) return out->status;
    gm__xml_close(&s->xml);
    own_outlines(out, node, GM_TEXT_TAIL);
    return out->status;
}

static enum gm_status end(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__xml_close(&s->xml); /* body */
    gm__xml_close(&s->xml); /* opml */
    return gm__xml_finish(&s->xml);
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__xml_release(&s->xml);
}

const struct gm_writer gm__write_opml = {
    .struct_size = sizeof(struct gm_writer),
    .name = "opml",
    .extensions = "opml",
    .summary = N_("for outliners and mind maps; --style children: text as outlines, not as notes"),
    .media_type = "text/x-opml",
    .styles = "note children",
    .text_default = GM_TEXT_NONE,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
