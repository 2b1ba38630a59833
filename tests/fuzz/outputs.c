/* outputs.c - what must hold for the outputs of a document: they are what they say, and gangmu reads its own back. */
#include "fuzz.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <yajl/yajl_parse.h>
#include <zip.h>

/* A document goes to one writer of so many, and through one format of three: `choice` says which, and all are chosen.
 */
#define OUTPUTS_STRIDE 7u

static enum gm_status to_buffer(void *ctx, const char *bytes, size_t len) { return gm__buf_add(ctx, bytes, len); }

void fuzz_write(const struct gm_doc *doc, const struct gm_writer *writer, const struct gm_write_options *options,
                struct gm__buf *out) {
    struct gm_error error;
    struct gm_sink sink = {to_buffer, out};
    gm__buf_init(out, &gm__default_allocator, SIZE_MAX);
    enum gm_status s = gm_doc_write_with(doc, writer, options, &sink, &error);
    CHECK(s == GM_OK, "%s is not written: %s", writer->name, error.message);
}

/* -------------------------------------------------------- formats of others */

static void check_json(const char *format, struct gm_str text) {
    yajl_handle h = yajl_alloc(NULL, NULL, NULL);
    CHECK(h != NULL, "no memory for yajl");
    yajl_status s = yajl_parse(h, (const unsigned char *)text.ptr, text.len);
    if (s == yajl_status_ok) s = yajl_complete_parse(h);
    CHECK(s == yajl_status_ok, "%s is no JSON at byte %zu", format, yajl_get_bytes_consumed(h));
    yajl_free(h);
}

static void check_json_lines(const char *format, struct gm_str text) {
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        CHECK(end != NULL, "%s: the last line has no end", format);
        size_t len = (size_t)(end - text.ptr);
        check_json(format, gm__str(text.ptr, len));
        text = gm__str(end + 1, text.len - len - 1);
    }
}

static void ignore(void *ctx, xmlErrorPtr error) {
    (void)ctx;
    (void)error;
}

static void check_xml(const char *format, struct gm_str text) {
    xmlParserCtxtPtr ctx = xmlNewParserCtxt();
    CHECK(ctx != NULL, "no memory for libxml2");
    ctx->sax->serror = ignore;
    xmlDocPtr doc = xmlCtxtReadMemory(ctx, text.ptr, (int)text.len, NULL, NULL,
                                      XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR);
    CHECK(doc != NULL && ctx->wellFormed, "%s is no XML", format);
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(ctx);
}

/* RFC 4180: as many fields in every record, quotes in pairs. */
static void check_csv(const char *format, struct gm_str text) {
    size_t fields = 1, first = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == ',') fields++;
        if (c != '\n') continue;
        CHECK(first == 0 || fields == first, "%s: a record of %zu fields after one of %zu", format, fields, first);
        first = fields;
        fields = 1;
    }
    CHECK(!quoted && fields == 1, "%s does not end with a record", format);
}

static void check_package(const char *format, struct gm_str bytes, const char *json) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
    CHECK(zip != NULL, "%s is no zip: %s", format, zip_error_strerror(&error));
    zip_stat_t st;
    if (json) {
        CHECK(zip_stat(zip, json, 0, &st) == 0, "%s has no %s", format, json);
        struct gm__buf part;
        gm__buf_init(&part, &gm__default_allocator, SIZE_MAX);
        CHECK(gm__buf_reserve(&part, st.size + 1) == GM_OK, "no memory");
        zip_file_t *file = zip_fopen(zip, json, 0);
        CHECK(file && zip_fread(file, part.data, st.size) == (zip_int64_t)st.size, "%s cannot be unpacked", format);
        (void)zip_fclose(file);
        check_json(format, gm__str(part.data, st.size));
        gm__buf_release(&part);
    }
    zip_discard(zip);
    zip_error_fini(&error);
}

static void check_form(const char *format, struct gm_str text) {
    static const struct {
        const char *format;
        void (*check)(const char *format, struct gm_str text);
    } forms[] = {
        {"json", check_json},
        {"lsp", check_json},
        {"sarif", check_json},
        {"chunks", check_json_lines},
        {"ctags-json", check_json_lines},
        {"xml", check_xml},
        {"opml", check_xml},
        {"mm", check_xml},
        {"akn", check_xml},
        {"nav", check_xml},
        {"csv", check_csv},
    };
    for (size_t i = 0; i < GM__COUNT(forms); i++)
        if (strcmp(forms[i].format, format) == 0) forms[i].check(format, text);
}

/* --------------------------------------------------------- read back by us */

static const struct gm_reader_info *reader_of(const char *format) {
    const struct gm_reader_info *info;
    for (size_t i = 0; (info = gm_reader_at(i)); i++)
        if (strcmp(info->name, format) == 0) return info;
    return NULL;
}

static struct gm_doc *read_back(const char *format, const struct gm__buf *bytes) {
    struct gm_options options;
    fuzz_options(&options);
    options.format = format;
    options.limits.input_bytes = options.limits.text_bytes = 0; /* escapes make it longer */
    options.limits.depth = 1000;                                /* and a root of its own deeper */
    enum gm_status refused;
    struct gm_doc *doc = fuzz_parse(&options, bytes->data, bytes->len, &refused);
    CHECK(doc != NULL, "%s that gangmu wrote it refuses (status %d)", format, (int)refused);
    fuzz_check_document(doc);
    return doc;
}

static void pick_options(const struct gm_writer *writer, unsigned choice, char style[32],
                         struct gm_write_options *options) {
    gm_write_options_init(options);
    options->text = (enum gm_text_amount)(choice % 4);
    options->depth = choice / 4 % 4 == 3 ? choice / 16 % 4 + 1 : 0;
    options->colour = choice / 64 % 2;
    options->width = choice / 16 % 4 ? 0 : choice % 120;
    const char *p = writer->styles && strcmp(writer->styles, "*") != 0 ? writer->styles : "";
    for (unsigned skip = choice / 8 % 4; skip > 0 && strchr(p, ' '); skip--) p = strchr(p, ' ') + 1;
    size_t len = strcspn(p, " ");
    CHECK(len < 32, "%s: a style of %zu bytes", writer->name, len);
    memcpy(style, p, len);
    style[len] = '\0';
    options->style = len ? style : NULL;
}

void fuzz_check_output(const struct gm_doc *doc, const struct gm_writer *writer, unsigned choice) {
    struct gm_write_options options;
    struct gm__buf bytes;
    char style[32];
    pick_options(writer, choice, style, &options);
    fuzz_write(doc, writer, &options, &bytes);
    struct gm_str text = gm__str(bytes.data, bytes.len);
    if (writer->binary)
        check_package(writer->name, text, strcmp(writer->name, "xmind") == 0 ? "content.json" : NULL);
    else
        CHECK(gm__utf8_valid_prefix(text.ptr, text.len) == text.len, "%s is not UTF-8", writer->name);
    check_form(writer->name, text);
    if (reader_of(writer->name)) gm_doc_free(read_back(writer->name, &bytes));
    gm__buf_release(&bytes);
}

void fuzz_check_outputs(const struct gm_doc *doc, unsigned choice) {
    const struct gm_writer *writer;
    for (size_t i = choice % OUTPUTS_STRIDE; (writer = gm_writer_at(i)); i += OUTPUTS_STRIDE)
        fuzz_check_output(doc, writer, choice / OUTPUTS_STRIDE);
}

/* ------------------------------------------------------------ same model */

/* Without what XML cannot hold, and white space by itself: a format may fold it. */
static struct gm_str folded(struct gm_str s, struct gm__buf *buf) {
    gm__buf_clear(buf);
    const char *p = s.ptr, *end = p + s.len;
    bool blank = false;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        bool forbidden = (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || cp == 0xFFFE || cp == 0xFFFF;
        if (gm__is_space(cp) && !forbidden) {
            blank = buf->len > 0;
            continue;
        }
        if (blank) (void)gm__buf_add(buf, " ", 1);
        blank = false;
        (void)gm__buf_add_code_point(buf, forbidden ? 0xFFFD : cp);
    }
    CHECK(buf->status == GM_OK, "no memory");
    return gm__str(buf->data, buf->len);
}

struct pair {
    const struct gm_doc *a, *b;
    const char *what;
    struct gm__buf folded[2];
};

static void same(struct pair *p, struct gm_str a, struct gm_str b, const char *member, gm_node node) {
    struct gm_str x = folded(a, &p->folded[0]), y = folded(b, &p->folded[1]);
    CHECK(gm__str_eq(x, y), "%s: %s of node %u: \"%.*s\" became \"%.*s\"", p->what, member, node, (int)x.len, x.ptr,
          (int)y.len, y.ptr);
}

static void same_texts(struct pair *p, gm_node node, enum gm_text_part part) {
    struct gm_texts a, b;
    struct gm_str x, y;
    gm_texts_init(&a, p->a, node, part);
    gm_texts_init(&b, p->b, node, part);
    for (;;) {
        bool more = gm_texts_next(&a, &x), too = gm_texts_next(&b, &y);
        CHECK(more == too, "%s: node %u has %s paragraphs: \"%.*s\"", p->what, node, more ? "fewer" : "more",
              (int)(more ? x : y).len, (more ? x : y).ptr);
        if (!more) return;
        same(p, x, y, part == GM_TEXT_OWN ? "text" : "tail", node);
    }
}

static void same_place(struct pair *p, struct gm_pos a, struct gm_pos b, gm_node node) {
    CHECK(a.byte == b.byte && a.line == b.line && a.column == b.column, "%s: node %u is at %u:%u, not %u:%u", p->what,
          node, b.line, b.column, a.line, a.column);
}

static void same_node(struct pair *p, gm_node node) {
    const struct gm__node *a = &p->a->nodes[node], *b = &p->b->nodes[node];
    CHECK(a->parent == b->parent && a->level == b->level && a->kind == b->kind && a->number == b->number &&
              (a->flags & GM__NODE_IMPLIED) == (b->flags & GM__NODE_IMPLIED),
          "%s: node %u: parent %u level %u kind %u number %d became %u %u %u %d", p->what, node, a->parent, a->level,
          a->kind, a->number, b->parent, b->level, b->kind, b->number);
    same(p, gm__strz(gm_node_marker(p->a, node)), gm__strz(gm_node_marker(p->b, node)), "marker", node);
    same(p, gm_node_label(p->a, node), gm_node_label(p->b, node), "label", node);
    same(p, gm_node_title(p->a, node), gm_node_title(p->b, node), "title", node);
    same_texts(p, node, GM_TEXT_OWN);
    same_texts(p, node, GM_TEXT_TAIL);
    if (node == GM_ROOT) return;
    same_place(p, gm_node_start(p->a, node), gm_node_start(p->b, node), node);
    same_place(p, gm_node_end(p->a, node), gm_node_end(p->b, node), node);
}

void fuzz_check_same(const struct gm_doc *a, const struct gm_doc *b, const char *what) {
    struct pair p = {.a = a, .b = b, .what = what};
    for (int i = 0; i < 2; i++) gm__buf_init(&p.folded[i], &gm__default_allocator, SIZE_MAX);
    CHECK(a->node_count == b->node_count, "%s: %u nodes became %u", what, a->node_count, b->node_count);
    same(&p, a->title, b->title, "title", GM_ROOT);
    same(&p, a->salutation, b->salutation, "salutation", GM_ROOT);
    for (gm_node node = 0; node < a->node_count; node++) same_node(&p, node);
    CHECK(a->matter_count == b->matter_count, "%s: %zu pieces of matter became %zu", what, a->matter_count,
          b->matter_count);
    for (size_t i = 0; i < a->matter_count; i++) {
        CHECK(a->matter[i].kind == b->matter[i].kind, "%s: matter %zu changed its kind", what, i);
        same(&p, gm_doc_matter(a, i).text, gm_doc_matter(b, i).text, "matter", (gm_node)i);
    }
    for (int i = 0; i < 2; i++) gm__buf_release(&p.folded[i]);
}

void fuzz_check_round_trip(const struct gm_doc *doc, unsigned choice) {
    static const char *const formats[] = {"json", "xml", "yaml"};
    const char *format = formats[choice % GM__COUNT(formats)];
    struct gm__buf bytes;
    struct gm_write_options options;
    gm_write_options_init(&options);
    options.text = GM_TEXT_FULL;
    fuzz_write(doc, gm_writer_find(format), &options, &bytes);
    struct gm_doc *back = read_back(format, &bytes);
    fuzz_check_same(doc, back, format);
    gm_doc_free(back);
    gm__buf_release(&bytes);
}

/* ---------------------------------------------------------------- readers */

void fuzz_read(const char *format, const void *bytes, size_t len, unsigned choice) {
    struct gm_options options;
    fuzz_options(&options);
    options.format = format;
    options.implied = choice & 1;
    options.explain = choice & 2;
    struct gm_doc *doc = fuzz_parse(&options, bytes, len, NULL);
    if (!doc) return;
    fuzz_check_document(doc);
    size_t count = 0;
    while (gm_writer_at(count)) count++;
    fuzz_check_output(doc, gm_writer_at((choice * 7u + len) % count), choice);
    fuzz_check_round_trip(doc, choice);
    gm_doc_free(doc);
}
