/*
 * write_xmind.c - an XMind (2020 and later) workbook: a zip with content.json, metadata.json and
 * manifest.json. Text is a note on its topic. The JSON is gathered first: a zip cannot be streamed.
 */
#include "output/body.h"
#include "output/json.h"
#include "output/zip.h"

#define CONTENT_MAX ((size_t)2 << 30)

struct state {
    struct gm__json json; /* prints into content */
    struct gm__zip zip;
    struct gm__buf content, text;
};

static void string(struct state *s, const char *literal, struct gm_str value) {
    (void)gm__buf_puts(&s->content, literal);
    gm__json_string(&s->json, value);
}

static void note(struct gm_output *out, struct state *s, gm_node node) {
    struct gm__body body;
    struct gm_str paragraph;
    gm__buf_clear(&s->text);
    for (gm__body_init(&body, out, node); gm__body_next(&body, &paragraph);) {
        if (s->text.len) (void)gm__buf_add(&s->text, "\n", 1);
        (void)gm__buf_add(&s->text, paragraph.ptr, paragraph.len);
    }
    if (!s->text.len) return;
    string(s, ",\"notes\":{\"plain\":{\"content\":", gm__str(s->text.data, s->text.len));
    (void)gm__buf_puts(&s->content, "}}");
}

/* A topic up to where its children's list begins; close_topic ends both. */
static void open_topic(struct gm_output *out, struct state *s, gm_node node, struct gm_str title) {
    (void)gm__buf_printf(&s->content, "{\"id\":\"n%lu\",\"class\":\"topic\"", (unsigned long)node);
    string(s, ",\"title\":", title);
    if (node == GM_ROOT) (void)gm__buf_puts(&s->content, ",\"structureClass\":\"org.xmind.ui.logic.right\"");
    note(out, s, node);
    if (gm_output_first_child(out, node) != GM_NO_NODE)
        (void)gm__buf_puts(&s->content, ",\"children\":{\"attached\":[");
}

static enum gm_status close_topic(struct gm_output *out, struct state *s, gm_node node) {
    (void)gm__buf_puts(&s->content, gm_output_first_child(out, node) != GM_NO_NODE ? "]}}" : "}");
    if (s->content.status != GM_OK) return gm_output_fail(out, s->content.status, "the workbook is too large");
    return s->text.status == GM_OK ? out->status : gm_output_fail(out, s->text.status, "out of memory");
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__buf_init(&s->content, out->doc->allocator, CONTENT_MAX);
    gm__buf_init(&s->text, out->doc->allocator, SIZE_MAX / 2);
    gm__json_init(&s->json, out);
    s->json.into = &s->content;
    (void)gm__buf_puts(&s->content, "[{\"id\":\"sheet\",\"class\":\"sheet\"");
    string(s, ",\"title\":", gm__root_title(out->doc));
    (void)gm__buf_puts(&s->content, ",\"rootTopic\":");
    open_topic(out, s, GM_ROOT, gm__root_title(out->doc));
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct gm__buf heading;
    gm__buf_init(&heading, out->doc->allocator, SIZE_MAX / 2);
    if (gm__heading_add(out->doc, node, &heading) != GM_OK) (void)gm_output_fail(out, heading.status, "out of memory");
    const gm_node parent = gm_node_parent(out->doc, node);
    if (gm_node_first_child(out->doc, parent) != node) (void)gm__buf_puts(&s->content, ",");
    open_topic(out, s, node, gm__str(heading.data, heading.len));
    gm__buf_release(&heading);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    return close_topic(out, gm_output_state(out), node);
}

static enum gm_status end(struct gm_output *out) {
    static const char metadata[] = "{\"creator\":{\"name\":\"gangmu\",\"version\":\"" GM_VERSION "\"}}";
    static const char manifest[] = "{\"file-entries\":{\"content.json\":{},\"metadata.json\":{}}}";
    struct state *s = gm_output_state(out);
    (void)close_topic(out, s, GM_ROOT);
    (void)gm__buf_puts(&s->content, "}]");
    if (s->content.status != GM_OK) return gm_output_fail(out, s->content.status, "the workbook is too large");
    if (gm__zip_init(&s->zip, out) != GM_OK) return out->status;
    (void)gm__zip_add(&s->zip, "content.json", s->content.data, s->content.len, false);
    (void)gm__zip_add(&s->zip, "metadata.json", metadata, sizeof metadata - 1, false);
    (void)gm__zip_add(&s->zip, "manifest.json", manifest, sizeof manifest - 1, false);
    return gm__zip_finish(&s->zip);
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__zip_release(&s->zip);
    if (!s->content.allocator) return;
    gm__buf_release(&s->content);
    gm__buf_release(&s->text);
}

const struct gm_writer gm__write_xmind = {
    .struct_size = sizeof(struct gm_writer),
    .name = "xmind",
    .extensions = "xmind",
    .summary = N_("workbook for XMind"),
    .media_type = "application/vnd.xmind.workbook",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .binary = true,
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
