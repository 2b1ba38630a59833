/*
 * read_odt.c - OpenDocument texts, packed (.odt) and flat (.fodt): the parts, and which handler gets what.
 */
#include "input/odt.h"
#include "input/xml_events.h"

static const struct gm__sax_prefix prefixes[] = {
    {"office", {"urn:oasis:names:tc:opendocument:xmlns:office:1.0"}},
    {"style", {"urn:oasis:names:tc:opendocument:xmlns:style:1.0"}},
    {"text", {"urn:oasis:names:tc:opendocument:xmlns:text:1.0"}},
    {"table", {"urn:oasis:names:tc:opendocument:xmlns:table:1.0"}},
    {"draw", {"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"}},
    {"fo", {"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"}},
    {"svg", {"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"}},
    {"manifest", {"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"}},
    {"loext", {"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"}},
    {"xml", {"http://www.w3.org/XML/1998/namespace"}},
    {NULL, {NULL}},
};

static const char *const names[] = {NULL,
#define ENTRY(id, text) text,
                                    GM__ODT_NAMES(ENTRY)
#undef ENTRY
};

const struct gm__sax_vocabulary gm__odt_vocabulary = {prefixes, names, GM__COUNT(names)};

/* ----------------------------------------------------------------- events */

struct reading {
    struct gm__odt_styles styles;
    struct gm__odt_lists lists;
    struct gm__odt_body *body;
    bool root_seen, in_text, text_seen;
};

static void start(void *ctx, struct gm__sax *x, int token) {
    struct reading *r = ctx;
    enum gm_status s = GM_OK;
    if (!r->root_seen) {
        r->root_seen = true;
        if (token != O_document && token != O_content && token != O_docstyles) gm__sax_stop(x, GM_INPUT);
        return;
    }
    if (token == ODT_UNKNOWN) return;
    if (r->in_text)
        s = gm__odt_body_start(r->body, x, token);
    else if (token == O_text)
        r->in_text = r->text_seen = true;
    else if (token == O_master_styles || token == O_meta || token == O_settings || token == O_scripts)
        gm__sax_skip(x);
    else
        s = gm__odt_styles_start(&r->styles, x, token);
    if (s != GM_OK) gm__sax_stop(x, s);
}

static void end(void *ctx, struct gm__sax *x, int token) {
    struct reading *r = ctx;
    enum gm_status s = GM_OK;
    if (token == O_text)
        r->in_text = false;
    else if (r->in_text)
        s = gm__odt_body_end(r->body, x, token);
    else
        gm__odt_styles_end(&r->styles, token);
    if (s != GM_OK) gm__sax_stop(x, s);
}

static void text(void *ctx, struct gm__sax *x, const char *ptr, size_t len) {
    struct reading *r = ctx;
    if (!r->in_text) return;
    enum gm_status s = gm__odt_body_text(r->body, ptr, len);
    if (s != GM_OK) gm__sax_stop(x, s);
}

static const struct gm__sax_handler handler = {start, end, text};

/* ------------------------------------------------------------------- read */

static enum gm_status open_reading(struct reading *r, const struct gm_options *o, struct gm__source *out) {
    memset(r, 0, sizeof *r);
    gm__odt_styles_init(&r->styles, o->allocator, out->arena);
    enum gm_status s = gm__odt_lists_init(&r->lists, o->allocator, &r->styles);
    if (s == GM_OK && !(r->body = gm__odt_body_new(o, &r->styles, &r->lists, out))) s = GM_NOMEM;
    return s;
}

static enum gm_status close_reading(struct reading *r, const struct gm__input *in, enum gm_status s) {
    gm__odt_body_free(r->body, in->options->allocator);
    gm__odt_lists_release(&r->lists);
    gm__odt_styles_release(&r->styles);
    bool silent = in->error && in->error->status == GM_OK;
    if ((s == GM_INPUT && silent) || (s == GM_OK && !r->text_seen))
        return gm__fail(in->error, GM_INPUT, "unknown-package",
                        "the document is no OpenDocument text; save it as odt or docx");
    return s;
}

static void on_manifest(void *ctx, struct gm__sax *x, int token) {
    (void)x;
    if (token == MF_encryption) *(bool *)ctx = true;
}

static enum gm_status refuse_encrypted(const struct gm__package *package) {
    static const struct gm__sax_handler manifest = {on_manifest, NULL, NULL};
    bool encrypted = false;
    if (!gm__package_has(package, "META-INF/manifest.xml")) return GM_OK;
    enum gm_status s = gm__package_parse(package, "META-INF/manifest.xml", &gm__odt_vocabulary, &manifest, &encrypted);
    if (s != GM_OK || !encrypted) return s;
    return gm__fail(package->in->error, GM_INPUT, "encrypted", "the document is encrypted; save it without a password");
}

enum gm_status gm__odt_read(const struct gm__package *package, struct gm__source *out) {
    struct reading r;
    enum gm_status s = refuse_encrypted(package);
    if (s != GM_OK) return s;
    s = open_reading(&r, package->in->options, out);
    if (s == GM_OK && gm__package_has(package, "styles.xml"))
        s = gm__package_parse(package, "styles.xml", &gm__odt_vocabulary, &handler, &r);
    r.root_seen = false;
    if (s == GM_OK) s = gm__package_parse(package, "content.xml", &gm__odt_vocabulary, &handler, &r);
    return close_reading(&r, package->in, s);
}

/* ------------------------------------------------------------------- flat */

struct flat {
    const struct gm__input *in;
    size_t at;
};

static enum gm_status next(void *ctx, const char **ptr, size_t *len) {
    struct flat *f = ctx;
    size_t left = f->in->len - f->at;
    *ptr = f->in->bytes + f->at;
    *len = left < 65536 ? left : 65536;
    f->at += *len;
    return GM_OK;
}

static enum gm_status read_flat(const struct gm__input *in, struct gm__source *out) {
    struct reading r;
    struct flat flat = {in, 0};
    const struct gm__sax_source source = {next, &flat};
    enum gm_status s = open_reading(&r, in->options, out);
    if (s == GM_OK) s = gm__sax_parse(in, N_("the document"), &gm__odt_vocabulary, &handler, &r, &source);
    return gm__source_finish(in, out, close_reading(&r, in, s));
}

/* ----------------------------------------------------------------- reader */

static int bid(const unsigned char *head, size_t len, const char *name) {
    if (gm__package_magic(head, len)) {
        if (gm__package_mentions(head, len, "mimetypeapplication/vnd.oasis.opendocument.text")) return 95;
        return gm__package_mentions(head, len, "content.xml") ? 60 : 30;
    }
    if (gm__begins_markup(head, len) &&
        gm__package_mentions(head, len, "urn:oasis:names:tc:opendocument:xmlns:office:1.0") &&
        gm__package_mentions(head, len, "office:document"))
        return 95;
    const char *suffix = gm__suffix(name); /* without any < it is text, whatever its name */
    return gm__has_word("fodt", suffix, strlen(suffix)) && len && memchr(head, '<', len) ? 20 : 0;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    return gm__package_magic((const unsigned char *)in->bytes, in->len) ? gm__package_read(in, out)
                                                                        : read_flat(in, out);
}

const struct gm__reader gm__read_odt = {
    .info = {.name = "odt", .extensions = "odt ott fodt", .summary = N_("OpenDocument text, packed or flat")},
    .bid = bid,
    .read = read,
};
