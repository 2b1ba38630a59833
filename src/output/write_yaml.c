/*
 * write_yaml.c - the whole model as YAML, in the same keys as JSON.
 *
 * Readers of YAML 1.1 and 1.2 disagree on what a plain scalar is: no, 1.0, 1:30, 2024-01-01, =, ~. All
 * of these are ASCII, so a string of ASCII alone is always quoted. Of the others libyaml quotes
 * what is not plain by its syntax; line breaks other than LF it would put raw into single quotes.
 */
#include "output/model.h"

#include <limits.h>
#include <stdlib.h>
#include <yaml.h>

struct state {
    yaml_emitter_t emitter;
    bool started; /* the emitter holds memory */
    struct gm__locator where;
    struct gm__buf name;
    const struct gm__span *span;
    struct gm__byte_set escaped; /* control characters, and the first bytes of others that may not go out raw */
};

/* ----------------------------------------------------------------- events */

static int send(void *ctx, unsigned char *bytes, size_t len) {
    return gm_output_write(ctx, (const char *)bytes, len) == GM_OK;
}

/* initialised: what yaml_*_event_initialize returned, 0 when it found no memory. */
static void emit(struct gm_output *out, yaml_event_t *event, int initialised) {
    struct state *s = gm_output_state(out);
    if (initialised && out->status != GM_OK)
        yaml_event_delete(event);
    else if (!initialised || !yaml_emitter_emit(&s->emitter, event))
        (void)gm_output_fail(out, GM_NOMEM, "out of memory");
}

/* What yaml_scalar_event_initialize does, but for looking whether it is UTF-8: all that comes here is, and to find it
 * so once more takes a seventh of the whole output. The emitter frees the copy by free(). */
static void scalar(struct gm_output *out, struct gm_str value, yaml_scalar_style_t style, bool quoted) {
    yaml_event_t event = {.type = YAML_SCALAR_EVENT};
    if (value.len > INT_MAX) {
        (void)gm_output_fail(out, GM_LIMIT, "a text is too long for YAML");
        return;
    }
    yaml_char_t *copy = out->status == GM_OK ? malloc(value.len + 1) : NULL;
    if (copy) {
        if (value.len) memcpy(copy, value.ptr, value.len);
        copy[value.len] = '\0';
        event.data.scalar.value = copy;
        event.data.scalar.length = value.len;
        event.data.scalar.plain_implicit = !quoted;
        event.data.scalar.quoted_implicit = 1;
        event.data.scalar.style = style;
    }
    emit(out, &event, copy != NULL);
}

/* A word of our own, which no reader takes for anything else. */
static void word(struct gm_output *out, const char *value) {
    scalar(out, gm__strz(value), YAML_PLAIN_SCALAR_STYLE, false);
}

static void number(struct gm_output *out, int64_t value) {
    char digits[24];
    scalar(out, gm__digits(value, digits), YAML_PLAIN_SCALAR_STYLE, false);
}

static void open_map(struct gm_output *out, yaml_mapping_style_t style) {
    yaml_event_t event;
    emit(out, &event, yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, style));
}

static void close_map(struct gm_output *out) {
    yaml_event_t event;
    emit(out, &event, yaml_mapping_end_event_initialize(&event));
}

static void open_list(struct gm_output *out) {
    yaml_event_t event;
    emit(out, &event, yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE));
}

static void close_list(struct gm_output *out) {
    yaml_event_t event;
    emit(out, &event, yaml_sequence_end_event_initialize(&event));
}

/* ---------------------------------------------------------------- strings */

/* U+0080..9F, U+2028 and U+2029 have to go out as escapes; p is at C2 or E2. */
static bool wants_escape(const unsigned char *p) {
    return p[0] == 0xC2 ? p[1] < 0xA0 : p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9);
}

static bool is_ascii(struct gm_str s) {
    size_t i = 0;
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80) i++;
    return i == s.len;
}

static yaml_scalar_style_t style_of(const struct state *s, struct gm_str text) {
    for (size_t i = 0; (i += s->span->until(text.ptr + i, text.len - i, &s->escaped)) < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x80 || wants_escape((const unsigned char *)text.ptr + i)) return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    }
    return is_ascii(text) ? YAML_SINGLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE;
}

static void string(struct gm_output *out, struct gm_str value) {
    yaml_scalar_style_t style = style_of(gm_output_state(out), value);
    scalar(out, value, style, style != YAML_PLAIN_SCALAR_STYLE);
}

/* key: value; nothing for an empty value. */
static void member(struct gm_output *out, const char *key, struct gm_str value) {
    if (!value.len) return;
    word(out, key);
    string(out, value);
}

/* ------------------------------------------------------------------ model */

static void texts(struct gm_output *out, const char *key, gm_node node, enum gm_text_part part) {
    struct gm_texts cursor;
    struct gm_str paragraph;
    bool any = false;
    gm_output_texts(out, node, part, &cursor);
    while (gm_texts_next(&cursor, &paragraph)) {
        if (!any) word(out, key);
        if (!any) open_list(out);
        any = true;
        string(out, paragraph);
    }
    if (any) close_list(out);
}

static void place(struct gm_output *out, const char *key, struct gm_pos pos) {
    word(out, key);
    open_map(out, YAML_FLOW_MAPPING_STYLE);
    word(out, "byte");
    number(out, (int64_t)pos.byte);
    word(out, "line");
    number(out, pos.line);
    word(out, "column");
    number(out, pos.column);
    close_map(out);
}

static void source(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    struct gm_str name;
    if (gm__valid_name(out->doc, &s->name, &name) != GM_OK) {
        (void)gm_output_fail(out, GM_NOMEM, "out of memory");
        return;
    }
    word(out, "source");
    open_map(out, YAML_BLOCK_MAPPING_STYLE);
    word(out, "format");
    string(out, gm__strz(gm_doc_format(out->doc)));
    member(out, "name", name);
    member(out, "encoding", gm__strz(gm_doc_encoding(out->doc)));
    member(out, "grammar", gm__strz(gm_doc_grammar(out->doc)));
    close_map(out);
}

static enum gm_status start(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    yaml_event_t event;
    if (!yaml_emitter_initialize(&s->emitter)) return gm_output_fail(out, GM_NOMEM, "out of memory");
    s->started = true;
    yaml_emitter_set_output(&s->emitter, send, out);
    yaml_emitter_set_unicode(&s->emitter, 1); /* or every Chinese character becomes \uXXXX */
    yaml_emitter_set_width(&s->emitter, -1);
    emit(out, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    emit(out, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
    return out->status;
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__buf_init(&s->name, out->doc->allocator, SIZE_MAX);
    gm__locator_init(&s->where, out->doc);
    s->span = gm__span_best();
    gm__byte_set_add(&s->escaped, 0, 0x1F);
    gm__byte_set_add(&s->escaped, 0x7F, 0x7F);
    gm__byte_set_add(&s->escaped, 0xC2, 0xC2);
    gm__byte_set_add(&s->escaped, 0xE2, 0xE2);
    if (start(out) != GM_OK) return out->status;
    open_map(out, YAML_BLOCK_MAPPING_STYLE);
    word(out, "gangmu");
    number(out, 1);
    source(out);
    member(out, "title", gm_doc_title(out->doc));
    member(out, "salutation", gm_doc_salutation(out->doc));
    texts(out, "text", GM_ROOT, GM_TEXT_OWN);
    word(out, "outline");
    open_list(out);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    const struct gm_doc *doc = out->doc;
    open_map(out, YAML_BLOCK_MAPPING_STYLE);
    member(out, "label", gm_node_label(doc, node));
    member(out, "title", gm_node_title(doc, node));
    word(out, "kind");
    word(out, gm_node_kind_name(gm_node_kind(doc, node)));
    member(out, "marker", gm__strz(gm_node_marker(doc, node)));
    if (gm_node_number(doc, node) != 0) {
        word(out, "number");
        number(out, gm_node_number(doc, node));
    }
    word(out, "level");
    number(out, gm_node_level(doc, node));
    if (gm_node_implied(doc, node)) {
        word(out, "implied");
        word(out, "true");
    }
    place(out, "start", gm__locator_start(&s->where, node));
    place(out, "end", gm__locator_end(&s->where, node));
    texts(out, "text", node, GM_TEXT_OWN);
    word(out, "children");
    open_list(out);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    close_list(out);
    texts(out, "tail", node, GM_TEXT_TAIL);
    close_map(out);
    return out->status;
}

static void tail(struct gm_output *out) {
    bool any = false;
    for (size_t i = 0; i < out->doc->matter_count && out->text != GM_TEXT_NONE; i++) {
        if (gm__matter_place(out->doc, i) != GM__PLACE_BACK) continue;
        if (!any) word(out, "tail");
        if (!any) open_list(out);
        any = true;
        string(out, gm_doc_matter(out->doc, i).text);
    }
    if (any) close_list(out);
}

static void matter(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (out->doc->matter_count == 0) return;
    word(out, "matter");
    open_list(out);
    for (size_t i = 0; i < out->doc->matter_count; i++) {
        const struct gm__matter *m = &out->doc->matter[i];
        open_map(out, YAML_BLOCK_MAPPING_STYLE);
        word(out, "kind");
        word(out, gm_matter_kind_name((enum gm_matter_kind)m->kind));
        word(out, "line");
        number(out, gm__locator_at(&s->where, m->start).line);
        member(out, "text", gm__str(out->doc->text + m->start, m->len));
        close_map(out);
    }
    close_list(out);
}

static void diagnostics(struct gm_output *out) {
    size_t count = gm_doc_diagnostic_count(out->doc);
    if (count == 0) return;
    word(out, "diagnostics");
    open_list(out);
    for (size_t i = 0; i < count; i++) {
        struct gm_diagnostic d = gm_doc_diagnostic(out->doc, i);
        char buffer[GM__MESSAGE_SIZE];
        open_map(out, YAML_BLOCK_MAPPING_STYLE);
        member(out, "id", gm__strz(d.id));
        member(out, "severity", gm__strz(gm_severity_name(d.severity)));
        word(out, "line");
        number(out, d.at.line);
        word(out, "column");
        number(out, d.at.column);
        member(out, "message", gm__diagnostic_message(out->doc, i, buffer));
        close_map(out);
    }
    close_list(out);
}

static enum gm_status end(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    yaml_event_t event;
    close_list(out); /* outline */
    tail(out);
    matter(out);
    diagnostics(out);
    close_map(out);
    emit(out, &event, yaml_document_end_event_initialize(&event, 1));
    emit(out, &event, yaml_stream_end_event_initialize(&event));
    if (out->status == GM_OK && !yaml_emitter_flush(&s->emitter)) (void)gm_output_fail(out, GM_NOMEM, "out of memory");
    return out->status;
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (s->started) yaml_emitter_delete(&s->emitter);
    if (s->name.allocator) gm__buf_release(&s->name);
    gm__locator_release(&s->where);
}

const struct gm_writer gm__write_yaml = {
    .struct_size = sizeof(struct gm_writer),
    .name = "yaml",
    .extensions = "yaml yml",
    .summary = N_("the whole model as YAML"),
    .media_type = "application/yaml",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
