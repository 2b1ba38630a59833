/*
 * read_mm.c - mind maps of Freeplane and FreeMind: the map's one root is the document, its title the root's text.
 *
 * A node's text stands in TEXT or, with layout, in richcontent TYPE="NODE"; notes and details are its text.
 */
#include "input/inline_html.h"
#include "input/outline.h"
#include "input/para.h"
#include "input/xml_events.h"

enum rich { PLAIN, RICH_NODE, RICH_NOTE };

struct reader {
    struct gm__outline outline;
    struct gm__buf text;  /* of the paragraph in rich content */
    struct gm__buf title; /* of a node in rich content */
    enum rich rich;
    size_t nodes; /* open ones, the root included */
    bool map;
};

static enum gm_status start_node(struct reader *r, const struct gm__xml_attrs *attrs) {
    struct gm__outline *o = &r->outline;
    if (r->nodes++) gm__outline_open(o);
    struct gm_str text = gm__xml_attribute(attrs, "TEXT");
    if (o->status == GM_OK && text.ptr) gm__outline_node(o)->title = gm__inline_html(o, text);
    return o->status;
}

static enum gm_status end_paragraph(struct reader *r) {
    struct gm__outline *o = &r->outline;
    struct gm_str text = gm__inline_html(o, gm__str(r->text.data, r->text.len));
    enum gm_status s = GM_OK;
    if (r->rich == RICH_NOTE) gm__outline_text(o, GM_TEXT_OWN, text.ptr, text.len);
    if (r->rich == RICH_NODE && text.len) {
        if (r->title.len) s = gm__buf_add(&r->title, " ", 1);
        if (s == GM_OK) s = gm__buf_add(&r->title, text.ptr, text.len);
    }
    gm__buf_clear(&r->text);
    return s == GM_OK ? o->status : gm__fail_status(o->in->error, s);
}

static bool is_block(const char *name) {
    return gm__has_word("p div li br h1 h2 h3 h4 h5 h6 body tr", name, strlen(name));
}

static enum gm_status start(void *ctx, const char *name, const struct gm__xml_attrs *attrs) {
    struct reader *r = ctx;
    if (strcmp(name, "map") == 0) r->map = true;
    if (r->rich != PLAIN) return is_block(name) ? end_paragraph(r) : GM_OK;
    if (strcmp(name, "node") == 0) return start_node(r, attrs);
    if (strcmp(name, "richcontent") == 0 && r->nodes) {
        struct gm_str type = gm__xml_attribute(attrs, "TYPE");
        r->rich = type.ptr && gm__str_eqz(type, "NODE") ? RICH_NODE : RICH_NOTE;
        gm__buf_clear(&r->text);
        gm__buf_clear(&r->title);
    }
    return GM_OK;
}

static enum gm_status end(void *ctx, const char *name) {
    struct reader *r = ctx;
    struct gm__outline *o = &r->outline;
    if (strcmp(name, "richcontent") == 0 && r->rich != PLAIN) {
        enum gm_status s = end_paragraph(r);
        if (s == GM_OK && r->rich == RICH_NODE)
            gm__outline_node(o)->title = gm__outline_copy(o, r->title.data ? r->title.data : "", r->title.len);
        r->rich = PLAIN;
        return s == GM_OK ? o->status : s;
    }
    if (r->rich != PLAIN) return is_block(name) ? end_paragraph(r) : GM_OK;
    if (strcmp(name, "node") == 0 && r->nodes && --r->nodes) gm__outline_close(o);
    return o->status;
}

static enum gm_status text(void *ctx, const char *ptr, size_t len) {
    struct reader *r = ctx;
    enum gm_status s = r->rich == PLAIN ? GM_OK : gm__buf_add(&r->text, ptr, len);
    return s == GM_OK ? s : gm__fail_status(r->outline.in->error, s);
}

static enum gm_status finish(struct reader *r) {
    struct gm__outline *o = &r->outline;
    if (!r->map) return gm__fail(o->in->error, GM_INPUT, "not-an-outline", "the XML is no mind map: there is no <map>");
    o->now = 0;
    struct gm_str title = gm__outline_node(o)->title;
    char *copy = gm__arena_copy(o->out->arena, title.ptr, title.len);
    if (!copy) return gm__fail_nomem(o->in->error);
    o->out->title = gm__str(copy, title.len);
    return gm__outline_finish(o);
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    static const struct gm__xml_events events = {start, end, text};
    struct reader r = {.rich = PLAIN};
    gm__outline_init(&r.outline, in, out, false);
    gm__buf_init(&r.text, in->options->allocator, in->options->limits.text_bytes);
    gm__buf_init(&r.title, in->options->allocator, in->options->limits.text_bytes);
    enum gm_status s = r.outline.status;
    if (s == GM_OK) s = gm__xml_parse(in, out, &events, &r);
    if (s == GM_OK) s = finish(&r);
    gm__buf_release(&r.text);
    gm__buf_release(&r.title);
    gm__outline_release(&r.outline);
    return s;
}

static int bid(const unsigned char *head, size_t len, const char *name) {
    char first[16];
    (void)name;
    gm__first_element(head, len, first, sizeof first);
    return strcmp(first, "map") == 0 ? 95 : 0;
}

const struct gm__reader gm__read_mm = {
    .info = {.name = "mm", .extensions = "mm", .summary = N_("mind maps of Freeplane and FreeMind")},
    .bid = bid,
    .read = read,
};
