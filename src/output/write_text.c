/*
 * write_text.c - plain text that gangmu reads back to the same outline.
 *
 * Each node opens a line with its label. The punctuation that closed a title in the source comes
 * along, and text that ran on after it stays in the same line, so that titles end where they ended.
 */
#include "output/flow.h"

struct text_state {
    size_t matter;
    bool open; /* a title that holds members of its own waits for what runs on behind the last of them */
};

static void end_line(struct gm_output *out) {
    struct text_state *state = gm_output_state(out);
    if (state->open) (void)gm_output_puts(out, "\n");
    state->open = false;
}

static void line(struct gm_output *out, struct gm_str s) {
    end_line(out);
    (void)gm_output_write(out, s.ptr, s.len);
    (void)gm_output_puts(out, "\n");
}

static void matter_before(struct gm_output *out, size_t byte) {
    struct text_state *state = gm_output_state(out);
    struct gm_matter m;
    while (gm__flow_matter(out, &state->matter, byte, &m)) line(out, m.text);
}

static void texts(struct gm_output *out, gm_node node, enum gm_text_part part) {
    struct gm_texts t;
    struct gm_str paragraph;
    gm_output_texts(out, node, part, &t);
    while (gm_texts_next(&t, &paragraph)) {
        matter_before(out, t.at);
        line(out, paragraph);
    }
}

static enum gm_status begin(struct gm_output *out) {
    matter_before(out, gm__flow_title(out->doc));
    if (out->doc->title.len) {
        line(out, out->doc->title);
        if (out->text != GM_TEXT_NONE) (void)gm_output_puts(out, "\n");
    }
    struct gm_str salutation = gm__flow_salutation(out);
    if (salutation.len) line(out, salutation);
    texts(out, GM_ROOT, GM_TEXT_OWN);
    return out->status;
}

/* Does the text of the node go on in its line? */
static bool runs_on(struct gm_output *out, gm_node node) {
    struct gm_texts t;
    struct gm_str first;
    gm_output_texts(out, node, GM_TEXT_OWN, &t);
    return gm__run_in(out->doc, node) && gm_texts_next(&t, &first);
}

/* The words of the member are there already, in the title that holds it: only what runs on behind is not. */
static enum gm_status enter_held(struct gm_output *out, gm_node node, gm_node holder) {
    struct text_state *state = gm_output_state(out);
    if (gm__title_goes_on(out->doc, holder, node)) return out->status;
    struct gm_str close = gm__title_close(out->doc, node);
    if (state->open) (void)gm_output_write(out, close.ptr, close.len);
    if (runs_on(out, node)) state->open = false;
    texts(out, node, GM_TEXT_OWN);
    return out->status;
}

/* 2.1.1 says itself that it stands in 2.1. */
static bool names_its_place(struct gm_str label) {
    for (size_t i = 1; i + 1 < label.len; i++)
        if ((label.ptr[i] == '.' || label.ptr[i] == '-') && label.ptr[i + 1] >= '0' && label.ptr[i + 1] <= '9')
            return true;
    return false;
}

/* Lists of one style within one another: nothing but their indents tells them apart. */
static void indent(struct gm_output *out, gm_node node) {
    const struct gm__node *nodes = out->doc->nodes;
    gm_node up = nodes[node].family ? nodes[node].parent : GM_ROOT;
    for (; up != GM_ROOT && up != GM_NO_NODE; up = nodes[up].parent)
        if (nodes[up].family == nodes[node].family && !names_its_place(gm_node_label(out->doc, node)))
            (void)gm_output_puts(out, "  ");
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct text_state *state = gm_output_state(out);
    gm_node holder = gm__title_holder(out->doc, node);
    if (holder != GM_NO_NODE) return enter_held(out, node, holder);
    matter_before(out, out->doc->nodes[node].start);
    end_line(out);
    indent(out, node);
    (void)gm__output_heading(out, node);
    struct gm_str close = gm__title_close(out->doc, node);
    (void)gm_output_write(out, close.ptr, close.len);
    if (!runs_on(out, node))
        state->open = true;
    else if (!gm_node_title(out->doc, node).len && gm_node_kind(out->doc, node) == GM_KIND_ARTICLE)
        (void)gm_output_puts(out, "\xE3\x80\x80"); /* 第一条　… */
    texts(out, node, GM_TEXT_OWN);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    texts(out, node, GM_TEXT_TAIL);
    return out->status;
}

static enum gm_status end(struct gm_output *out) {
    matter_before(out, SIZE_MAX);
    end_line(out);
    return out->status;
}

const struct gm_writer gm__write_text = {
    .struct_size = sizeof(struct gm_writer),
    .name = "text",
    .extensions = "txt text",
    .summary = N_("plain text that reads back to the same outline"),
    .media_type = "text/plain; charset=utf-8",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct text_state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
};
