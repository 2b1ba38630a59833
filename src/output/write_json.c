/*
 * write_json.c - the whole model, version 1 (docs/gangmu.schema.json).
 *
 * A node or paragraph a line, indented by depth; style "compact" writes one line in all.
 */
#include "output/json.h"
#include "output/model.h"

#define LITERAL(out, text) gm__add_bytes(out, text, sizeof(text) - 1)
#define KEY(text)          gm__str(text, sizeof(text) - 1)
#define PUT(p, text)       gm__put_bytes(p, text, sizeof(text) - 1)

struct state {
    struct gm__json json;
    struct gm__locator where;
    struct gm__buf name;
    bool compact;
};

static void new_line(struct gm_output *out, uint32_t indent) {
    static const char blanks[] = "                                                                ";
    const struct state *s = gm_output_state(out);
    char *p;
    if (s->compact || !(p = gm__room(out, 1 + sizeof blanks))) return;
    *p++ = '\n';
    memcpy(p, blanks, 64);
    gm__wrote(out, p + (indent < 64 ? indent : 64));
    for (; indent > 64; indent--) (void)LITERAL(out, " ");
}

/* ,"key":["…",…] with a paragraph a line; nothing when there is none. */
static void texts(struct gm_output *out, struct gm_str key, gm_node node, enum gm_text_part part, uint32_t indent) {
    struct state *s = gm_output_state(out);
    struct gm_texts cursor;
    struct gm_str paragraph;
    gm_output_texts(out, node, part, &cursor);
    bool any = false, clean;
    while (gm__texts_next_clean(&cursor, &s->json.escaped, &paragraph, &clean)) {
        if (any)
            (void)LITERAL(out, ",");
        else
            (void)gm__add_bytes(out, key.ptr, key.len);
        any = true;
        new_line(out, indent);
        if (clean)
            gm__json_clean_string(&s->json, paragraph);
        else
            gm__json_string(&s->json, paragraph);
    }
    if (any) (void)LITERAL(out, "]");
}

static char *put_place(char *p, struct gm_pos pos) {
    p = gm__put_number(PUT(p, "{\"byte\":"), (int64_t)pos.byte);
    p = gm__put_number(PUT(p, ",\"line\":"), pos.line);
    p = gm__put_number(PUT(p, ",\"column\":"), pos.column);
    return PUT(p, "}");
}

static void places(struct gm_output *out, gm_node node) {
    struct gm__locator *where = &((struct state *)gm_output_state(out))->where;
    char *p = gm__room(out, 256);
    if (!p) return;
    p = put_place(PUT(p, ",\"start\":"), gm__locator_start(where, node));
    p = put_place(PUT(p, ",\"end\":"), gm__locator_end(where, node));
    gm__wrote(out, p);
}

static void source(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    struct gm_str name;
    if (gm__valid_name(out->doc, &s->name, &name) != GM_OK) {
        (void)gm_output_fail(out, GM_NOMEM, "out of memory");
        return;
    }
    new_line(out, 1);
    (void)LITERAL(out, "\"source\":{\"format\":");
    gm__json_string(&s->json, gm__strz(gm_doc_format(out->doc)));
    gm__json_member(&s->json, ",\"name\":", name);
    gm__json_member(&s->json, ",\"encoding\":", gm__strz(gm_doc_encoding(out->doc)));
    gm__json_member(&s->json, ",\"grammar\":", gm__strz(gm_doc_grammar(out->doc)));
    (void)LITERAL(out, "}");
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    s->compact = gm__output_style_is(out, "compact");
    gm__buf_init(&s->name, out->doc->allocator, SIZE_MAX);
    gm__locator_init(&s->where, out->doc);
    gm__json_init(&s->json, out);
    (void)LITERAL(out, "{\"gangmu\":1,");
    source(out);
    struct gm_str title = gm_doc_title(out->doc), salutation = gm_doc_salutation(out->doc);
    if (title.len) {
        (void)LITERAL(out, ",");
        new_line(out, 1);
        gm__json_member(&s->json, "\"title\":", title);
    }
    if (salutation.len) {
        (void)LITERAL(out, ",");
        new_line(out, 1);
        gm__json_member(&s->json, "\"salutation\":", salutation);
    }
    texts(out, s->compact ? KEY(",\"text\":[") : KEY(",\n \"text\":["), GM_ROOT, GM_TEXT_OWN, 2);
    (void)LITERAL(out, ",");
    new_line(out, 1);
    return LITERAL(out, "\"outline\":[");
}

/* Up to the level: what stands first in every node */
static void open_node(struct gm_output *out, gm_node node, uint32_t level) {
    const char *kind = gm_node_kind_name(gm_node_kind(out->doc, node));
    if (!gm__is_first(out->doc, node)) (void)LITERAL(out, ",");
    new_line(out, 2 * level);
    char *p = gm__room(out, 128);
    if (!p) return;
    p = gm__put_bytes(PUT(p, "{\"kind\":\""), kind, strlen(kind));
    gm__wrote(out, gm__put_number(PUT(p, "\",\"level\":"), level));
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct gm__json *json = &((struct state *)gm_output_state(out))->json;
    const struct gm_doc *doc = out->doc;
    uint32_t level = gm_node_level(doc, node);
    open_node(out, node, level);
    gm__json_member(json, ",\"label\":", gm_node_label(doc, node));
    gm__json_member(json, ",\"marker\":", gm__strz(gm_node_marker(doc, node)));
    if (gm_node_number(doc, node) != 0) {
        (void)LITERAL(out, ",\"number\":");
        gm__json_number(json, gm_node_number(doc, node));
    }
    gm__json_member(json, ",\"title\":", gm_node_title(doc, node));
    if (gm_node_implied(doc, node)) (void)LITERAL(out, ",\"implied\":true");
    places(out, node);
    texts(out, KEY(",\"text\":["), node, GM_TEXT_OWN, 2 * level + 1);
    return LITERAL(out, ",\"children\":[");
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    (void)LITERAL(out, "]");
    texts(out, KEY(",\"tail\":["), node, GM_TEXT_TAIL, 2 * gm_node_level(out->doc, node) + 1);
    return LITERAL(out, "}");
}

/* Opens `,"key":[` at the first element, parts the others by commas, and starts a line. */
static void element(struct gm_output *out, const char *key, bool *any) {
    (void)LITERAL(out, ",");
    if (!*any) {
        new_line(out, 1);
        (void)gm_output_puts(out, key);
    }
    *any = true;
    new_line(out, 2);
}

static void matter(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    bool any = false;
    for (size_t i = 0; i < gm_doc_matter_count(out->doc) && out->text != GM_TEXT_NONE; i++) {
        if (gm__matter_place(out->doc, i) != GM__PLACE_BACK) continue;
        element(out, "\"tail\":[", &any);
        gm__json_string(&s->json, gm_doc_matter(out->doc, i).text);
    }
    if (any) (void)LITERAL(out, "]");
    any = false;
    for (size_t i = 0; i < gm_doc_matter_count(out->doc); i++) {
        const struct gm__matter *m = &out->doc->matter[i];
        element(out, "\"matter\":[", &any);
        (void)LITERAL(out, "{\"kind\":\"");
        (void)gm_output_puts(out, gm_matter_kind_name((enum gm_matter_kind)m->kind));
        (void)LITERAL(out, "\",\"line\":");
        gm__json_number(&s->json, gm__locator_at(&s->where, m->start).line);
        gm__json_member(&s->json, ",\"text\":", gm__str(out->doc->text + m->start, m->len));
        (void)LITERAL(out, "}");
    }
    if (any) (void)LITERAL(out, "]");
}

static void diagnostics(struct gm_output *out) {
    struct gm__json *json = &((struct state *)gm_output_state(out))->json;
    bool any = false;
    for (size_t i = 0; i < gm_doc_diagnostic_count(out->doc); i++) {
        struct gm_diagnostic d = gm_doc_diagnostic(out->doc, i);
        char buffer[GM__MESSAGE_SIZE];
        element(out, "\"diagnostics\":[", &any);
        (void)LITERAL(out, "{\"id\":\"");
        (void)gm_output_puts(out, d.id);
        (void)LITERAL(out, "\",\"severity\":\"");
        (void)gm_output_puts(out, gm_severity_name(d.severity));
        (void)LITERAL(out, "\",\"line\":");
        gm__json_number(json, d.at.line);
        (void)LITERAL(out, ",\"column\":");
        gm__json_number(json, d.at.column);
        (void)LITERAL(out, ",\"message\":");
        gm__json_string(json, gm__diagnostic_message(out->doc, i, buffer));
        (void)LITERAL(out, "}");
    }
    if (any) (void)LITERAL(out, "]");
}

static enum gm_status end(struct gm_output *out) {
    (void)LITERAL(out, "]");
    matter(out);
    diagnostics(out);
    return LITERAL(out, "}\n");
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (s->name.allocator) gm__buf_release(&s->name);
    gm__locator_release(&s->where);
}

const struct gm_writer gm__write_json = {
    .struct_size = sizeof(struct gm_writer),
    .name = "json",
    .extensions = "json",
    .summary = N_("the whole model, version 1"),
    .media_type = "application/json",
    .styles = "lines compact",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
