/*
 * read_opml.c - OPML of any outliner: a node for each <outline>, text holds its label and title together.
 *
 * Notes stand in _note (OmniOutliner, WorkFlowy, gangmu) or note (Minder). Outlines that are commented out are
 * left out.
 */
#include "input/inline_html.h"
#include "input/outline.h"
#include "input/para.h"
#include "input/xml_events.h"

struct reader {
    struct gm__outline outline;
    struct gm__buf title;
    bool in_title, in_body;
    size_t left_out; /* open outlines that are comments or lie in one */
};

static void set_text(struct gm__outline *o, const struct gm__xml_attrs *attrs) {
    struct gm_str text = gm__xml_attribute(attrs, "text"), note = gm__xml_attribute(attrs, "_note");
    if (!text.ptr || !text.len) text = gm__xml_attribute(attrs, "title");
    if (!note.ptr) note = gm__xml_attribute(attrs, "note");
    if (text.ptr) gm__outline_node(o)->title = gm__inline_html(o, text);
    if (note.ptr) gm__outline_text(o, GM_TEXT_OWN, note.ptr, note.len);
}

static enum gm_status start(void *ctx, const char *name, const struct gm__xml_attrs *attrs) {
    struct reader *r = ctx;
    if (strcmp(name, "body") == 0) r->in_body = true;
    if (strcmp(name, "title") == 0) r->in_title = !r->in_body;
    if (strcmp(name, "outline") != 0 || !r->in_body) return GM_OK;
    struct gm_str comment = gm__xml_attribute(attrs, "isComment");
    if (r->left_out || (comment.ptr && gm__str_eqz(comment, "true"))) {
        r->left_out++;
        return GM_OK;
    }
    gm__outline_open(&r->outline);
    if (r->outline.status == GM_OK) set_text(&r->outline, attrs);
    return r->outline.status;
}

static enum gm_status end(void *ctx, const char *name) {
    struct reader *r = ctx;
    if (strcmp(name, "title") == 0) r->in_title = false;
    if (strcmp(name, "outline") != 0 || !r->in_body) return GM_OK;
    if (r->left_out)
        r->left_out--;
    else
        gm__outline_close(&r->outline);
    return r->outline.status;
}

static enum gm_status text(void *ctx, const char *ptr, size_t len) {
    struct reader *r = ctx;
    enum gm_status s = r->in_title ? gm__buf_add(&r->title, ptr, len) : GM_OK;
    return s == GM_OK ? s : gm__fail_status(r->outline.in->error, s);
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    static const struct gm__xml_events events = {start, end, text};
    struct reader r = {.in_body = false};
    gm__outline_init(&r.outline, in, out, false);
    gm__buf_init(&r.title, in->options->allocator, in->options->limits.text_bytes);
    enum gm_status s = r.outline.status;
    if (s == GM_OK) s = gm__xml_parse(in, out, &events, &r);
    if (s == GM_OK) {
        struct gm_str title = gm__inline_html(&r.outline, gm__str(r.title.data, r.title.len));
        char *copy = gm__arena_copy(out->arena, title.ptr, title.len);
        if (!copy)
            s = gm__fail_nomem(in->error);
        else
            out->title = gm__str(copy, title.len);
    }
    if (s == GM_OK) s = gm__outline_finish(&r.outline);
    gm__buf_release(&r.title);
    gm__outline_release(&r.outline);
    return s;
}

static int bid(const unsigned char *head, size_t len, const char *name) {
    char first[16];
    (void)name;
    gm__first_element(head, len, first, sizeof first);
    return strcmp(first, "opml") == 0 ? 95 : 0;
}

const struct gm__reader gm__read_opml = {
    .info = {.name = "opml", .extensions = "opml", .summary = N_("outlines of outliners (OPML 1 and 2)")},
    .bid = bid,
    .read = read,
};
