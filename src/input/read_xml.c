/* read_xml.c - gangmu's own XML (docs/gangmu.xsd). */
#include "input/outline.h"
#include "input/para.h"
#include "input/xml_events.h"

#include <stdio.h>

/* Where text belongs that comes now. */
enum place { NOWHERE, IN_TITLE, IN_SALUTATION, IN_TEXT, IN_TAIL, IN_MATTER };

struct reader {
    struct gm__outline outline;
    struct gm__buf text;
    enum place place;
    size_t nodes;  /* open <node> */
    bool ours;     /* the root is <gangmu> */
    char kind[24]; /* matter */
    uint32_t line;
};

static uint64_t number(const struct gm__xml_attrs *attrs, const char *name, bool *there) {
    struct gm_str s = gm__xml_attribute(attrs, name);
    uint64_t n = 0;
    *there = s.ptr != NULL && s.len > 0;
    for (size_t i = s.ptr && s.len && s.ptr[0] == '-'; s.ptr && i < s.len && n < INT32_MAX; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') n = n * 10 + (uint64_t)(s.ptr[i] - '0');
    return n;
}

static bool place(const struct gm__xml_attrs *attrs, const char *const names[3], struct gm_pos *out) {
    bool there[3];
    out->byte = (size_t)number(attrs, names[0], &there[0]);
    uint64_t line = number(attrs, names[1], &there[1]), column = number(attrs, names[2], &there[2]);
    out->line = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
    out->column = column < UINT32_MAX ? (uint32_t)column : UINT32_MAX;
    return there[0] && there[1] && there[2];
}

static void open_node(struct reader *r, const struct gm__xml_attrs *attrs) {
    static const char *const first[] = {"byte", "line", "column"}, *const last[] = {"end-byte", "end-line",
                                                                                    "end-column"};
    struct gm__outline *o = &r->outline;
    bool there;
    gm__outline_open(o);
    if (o->status != GM_OK) return;
    struct gm_str label = gm__xml_attribute(attrs, "label"), marker = gm__xml_attribute(attrs, "marker"),
                  kind = gm__xml_attribute(attrs, "kind"), implied = gm__xml_attribute(attrs, "implied"),
                  given = gm__xml_attribute(attrs, "number");
    struct gm__outline_node *n = gm__outline_node(o);
    if (label.ptr) n->label = gm__outline_copy(o, label.ptr, label.len);
    if (marker.ptr) n->marker = gm__outline_marker(o, marker.ptr, marker.len);
    if (kind.ptr) n->kind = gm__outline_kind(kind.ptr, kind.len);
    n->implied = implied.ptr && gm__str_eqz(implied, "true");
    uint64_t value = number(attrs, "number", &there);
    n->number = value > INT32_MAX ? INT32_MAX : (int32_t)value;
    if (there && given.ptr[0] == '-') n->number = -n->number;
    bool starts = place(attrs, first, &n->start), ends = place(attrs, last, &n->end);
    n->has_places = starts && ends;
}

static enum gm_status start(void *ctx, const char *name, const struct gm__xml_attrs *attrs) {
    struct reader *r = ctx;
    bool there;
    if (strcmp(name, "gangmu") == 0) r->ours = true;
    if (strcmp(name, "node") == 0) open_node(r, attrs);
    if (strcmp(name, "title") == 0) r->place = IN_TITLE;
    if (strcmp(name, "salutation") == 0) r->place = IN_SALUTATION;
    if (strcmp(name, "text") == 0) r->place = IN_TEXT;
    if (strcmp(name, "tail") == 0) r->place = IN_TAIL;
    if (strcmp(name, "matter") == 0) r->place = IN_MATTER;
    if (strcmp(name, "p") == 0 && r->place == IN_MATTER) {
        struct gm_str kind = gm__xml_attribute(attrs, "kind");
        (void)snprintf(r->kind, sizeof r->kind, "%.*s", kind.ptr && kind.len < sizeof r->kind ? (int)kind.len : 0,
                       kind.ptr ? kind.ptr : "");
        r->line = (uint32_t)number(attrs, "line", &there);
    }
    gm__buf_clear(&r->text);
    return r->outline.status;
}

static enum gm_status set_document(struct reader *r, struct gm_str *out) {
    char *copy = gm__arena_copy(r->outline.out->arena, r->text.data ? r->text.data : "", r->text.len);
    if (!copy) return gm__fail_nomem(r->outline.in->error);
    *out = gm__str(copy, r->text.len);
    return GM_OK;
}

static enum gm_status end(void *ctx, const char *name) {
    struct reader *r = ctx;
    struct gm__outline *o = &r->outline;
    struct gm_str text = gm__str(r->text.data, r->text.len);
    enum gm_status s = GM_OK;
    if (strcmp(name, "title") == 0) {
        if (o->now)
            gm__outline_node(o)->title = gm__outline_copy(o, text.ptr, text.len);
        else
            s = set_document(r, &o->out->title);
    } else if (strcmp(name, "salutation") == 0) {
        s = set_document(r, &o->out->salutation);
    } else if (strcmp(name, "node") == 0) {
        gm__outline_close(o);
    } else if (strcmp(name, "p") == 0) {
        if (r->place == IN_TEXT || r->place == IN_TAIL)
            gm__outline_text(o, r->place == IN_TEXT ? GM_TEXT_OWN : GM_TEXT_TAIL, text.ptr, text.len);
        if (r->place == IN_MATTER) gm__outline_matter(o, r->kind, r->line, gm__outline_copy(o, text.ptr, text.len));
        gm__buf_clear(&r->text);
        return o->status;
    }
    r->place = NOWHERE;
    return s == GM_OK ? o->status : s;
}

static enum gm_status text(void *ctx, const char *ptr, size_t len) {
    struct reader *r = ctx;
    enum gm_status s = r->place == NOWHERE ? GM_OK : gm__buf_add(&r->text, ptr, len);
    return s == GM_OK ? s : gm__fail_status(r->outline.in->error, s);
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    static const struct gm__xml_events events = {start, end, text};
    struct reader r = {.place = NOWHERE};
    gm__outline_init(&r.outline, in, out, true);
    gm__buf_init(&r.text, in->options->allocator, in->options->limits.text_bytes);
    enum gm_status s = r.outline.status;
    if (s == GM_OK) s = gm__xml_parse(in, out, &events, &r);
    if (s == GM_OK && !r.ours)
        s = gm__fail(in->error, GM_INPUT, "not-an-outline", "the XML is not gangmu's: there is no <gangmu>");
    if (s == GM_OK) s = gm__outline_finish(&r.outline);
    gm__buf_release(&r.text);
    gm__outline_release(&r.outline);
    return s;
}

/* Other programs' XML is read to be refused: as plain text it would make a document of tags. */
static int bid(const unsigned char *head, size_t len, const char *name) {
    char first[16];
    gm__first_element(head, len, first, sizeof first);
    if (strcmp(first, "gangmu") == 0) return 95;
    return *first && strcmp(gm__suffix(name), "xml") == 0 ? 2 : 0;
}

const struct gm__reader gm__read_xml = {
    .info = {.name = "xml", .extensions = "xml", .summary = N_("outlines that gangmu wrote as XML")},
    .bid = bid,
    .read = read,
};
