/* write_xml.c - the whole model as XML (docs/gangmu.xsd). */
#include "output/model.h"
#include "output/xml.h"

struct state {
    struct gm__xml xml;
    struct gm__locator where;
    struct gm__buf name;
};

static void texts(struct gm_output *out, const char *name, gm_node node, enum gm_text_part part) {
    struct state *s = gm_output_state(out);
    struct gm_texts cursor;
    struct gm_str paragraph;
    bool any = false;
    gm_output_texts(out, node, part, &cursor);
    while (gm_texts_next(&cursor, &paragraph)) {
        if (!any) gm__xml_open(&s->xml, name);
        any = true;
        gm__xml_element(&s->xml, "p", paragraph);
    }
    if (any) gm__xml_close(&s->xml);
}

static void source(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    struct gm_str name;
    if (gm__valid_name(out->doc, &s->name, &name) != GM_OK) {
        (void)gm_output_fail(out, GM_NOMEM, "out of memory");
        return;
    }
    gm__xml_open(&s->xml, "source");
    gm__xml_attr(&s->xml, "format", gm__strz(gm_doc_format(out->doc)));
    gm__xml_attr(&s->xml, "name", name);
    gm__xml_attr(&s->xml, "encoding", gm__strz(gm_doc_encoding(out->doc)));
    gm__xml_attr(&s->xml, "grammar", gm__strz(gm_doc_grammar(out->doc)));
    gm__xml_close(&s->xml);
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    struct gm__xml *xml = &s->xml;
    gm__buf_init(&s->name, out->doc->allocator, SIZE_MAX);
    gm__locator_init(&s->where, out->doc);
    if (gm__xml_init(xml, out) != GM_OK) return out->status;
    gm__xml_open(xml, "gangmu");
    gm__xml_attr_number(xml, "version", 1);
    source(out);
    struct gm_str title = gm_doc_title(out->doc), salutation = gm_doc_salutation(out->doc);
    if (title.len) gm__xml_element(xml, "title", title);
    if (salutation.len) gm__xml_element(xml, "salutation", salutation);
    texts(out, "text", GM_ROOT, GM_TEXT_OWN);
    gm__xml_open(xml, "outline");
    return out->status;
}

static void place(struct gm__xml *xml, const char *const names[3], struct gm_pos pos) {
    gm__xml_attr_number(xml, names[0], (int64_t)pos.byte);
    gm__xml_attr_number(xml, names[1], pos.line);
    gm__xml_attr_number(xml, names[2], pos.column);
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    static const char *const start[] = {"byte", "line", "column"}, *const stop[] = {"end-byte", "end-line",
                                                                                    "end-column"};
    struct state *s = gm_output_state(out);
    struct gm__xml *xml = &s->xml;
    const struct gm_doc *doc = out->doc;
    gm__xml_open(xml, "node");
    gm__xml_attr(xml, "kind", gm__strz(gm_node_kind_name(gm_node_kind(doc, node))));
    gm__xml_attr_number(xml, "level", gm_node_level(doc, node));
    gm__xml_attr(xml, "label", gm_node_label(doc, node));
    gm__xml_attr(xml, "marker", gm__strz(gm_node_marker(doc, node)));
    if (gm_node_number(doc, node) != 0) gm__xml_attr_number(xml, "number", gm_node_number(doc, node));
    if (gm_node_implied(doc, node)) gm__xml_attr(xml, "implied", gm__strz("true"));
    place(xml, start, gm__locator_start(&s->where, node));
    place(xml, stop, gm__locator_end(&s->where, node));
    struct gm_str title = gm_node_title(doc, node);
    if (title.len) gm__xml_element(xml, "title", title);
    texts(out, "text", node, GM_TEXT_OWN);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    texts(out, "tail", node, GM_TEXT_TAIL);
    gm__xml_close(&s->xml);
    return out->status;
}

static void tail(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    bool any = false;
    for (size_t i = 0; i < out->doc->matter_count && out->text != GM_TEXT_NONE; i++) {
        if (gm__matter_place(out->doc, i) != GM__PLACE_BACK) continue;
        if (!any) gm__xml_open(&s->xml, "tail");
        any = true;
        gm__xml_element(&s->xml, "p", gm_doc_matter(out->doc, i).text);
    }
    if (any) gm__xml_close(&s->xml);
}

static void matter(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (out->doc->matter_count == 0) return;
    gm__xml_open(&s->xml, "matter");
    for (size_t i = 0; i < out->doc->matter_count; i++) {
        const struct gm__matter *m = &out->doc->matter[i];
        gm__xml_open(&s->xml, "p");
        gm__xml_attr(&s->xml, "kind", gm__strz(gm_matter_kind_name((enum gm_matter_kind)m->kind)));
        gm__xml_attr_number(&s->xml, "line", gm__locator_at(&s->where, m->start).line);
        gm__xml_text(&s->xml, gm__str(out->doc->text + m->start, m->len));
        gm__xml_close(&s->xml);
    }
    gm__xml_close(&s->xml);
}

static void diagnostics(struct gm_output *out) {
    struct gm__xml *xml = &((struct state *)gm_output_state(out))->xml;
    size_t count = gm_doc_diagnostic_count(out->doc);
    if (count == 0) return;
    gm__xml_open(xml, "diagnostics");
    for (size_t i = 0; i < count; i++) {
        struct gm_diagnostic d = gm_doc_diagnostic(out->doc, i);
        char buffer[GM__MESSAGE_SIZE];
        gm__xml_open(xml, "diagnostic");
        gm__xml_attr(xml, "id", gm__strz(d.id));
        gm__xml_attr(xml, "severity", gm__strz(gm_severity_name(d.severity)));
        gm__xml_attr_number(xml, "line", d.at.line);
        gm__xml_attr_number(xml, "column", d.at.column);
        gm__xml_text(xml, gm__diagnostic_message(out->doc, i, buffer));
        gm__xml_close(xml);
    }
    gm__xml_close(xml);
}

static enum gm_status end(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__xml_close(&s->xml); /* outline */
    tail(out);
    matter(out);
    diagnostics(out);
    gm__xml_close(&s->xml); /* gangmu */
    return gm__xml_finish(&s->xml);
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__xml_release(&s->xml);
    if (s->name.allocator) gm__buf_release(&s->name);
    gm__locator_release(&s->where);
}

const struct gm_writer gm__write_xml = {
    .struct_size = sizeof(struct gm_writer),
    .name = "xml",
    .extensions = "xml",
    .summary = N_("the whole model as XML"),
    .media_type = "application/xml",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
