/*
 * read_docx.c - Word documents (ECMA-376, transitional and strict): which part is which, then the parts.
 */
#include "input/docx.h"

/* ------------------------------------------------------------- vocabulary */

static const struct gm__sax_prefix prefixes[] = {
    {"w",
     {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
      "http://purl.oclc.org/ooxml/wordprocessingml/main"}},
    {"mc", {"http://schemas.openxmlformats.org/markup-compatibility/2006"}},
    {"m",
     {"http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"}},
    {"rel", {"http://schemas.openxmlformats.org/package/2006/relationships"}},
    {"r",
     {"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
      "http://purl.oclc.org/ooxml/officeDocument/relationships"}},
    {NULL, {NULL}},
};

static const char *const names[] = {NULL,
#define ENTRY(id, text) text,
                                    GM__DOCX_NAMES(ENTRY)
#undef ENTRY
};

const struct gm__sax_vocabulary gm__docx_vocabulary = {prefixes, names, GM__COUNT(names)};

/* ---------------------------------------------------------- relationships */

#define PATH_SIZE 256

/* The targets of the relationships that matter, as member names; "" when there is none. */
struct parts {
    const char *base; /* folder of the part that the relationships belong to, "" or ending with '/' */
    char document[PATH_SIZE], styles[PATH_SIZE], numbering[PATH_SIZE];
    struct gm__arena *arena;
    struct gm__vec chunks; /* struct gm__docx_chunk */
};

/* Base and target joined; "." and ".." steps taken; "" when it does not fit. */
static void join(const char *base, struct gm_str target, char out[PATH_SIZE]) {
    size_t len = 0;
    bool absolute = target.len && target.ptr[0] == '/';
    out[0] = '\0';
    size_t base_len = absolute ? 0 : strlen(base);
    if (base_len + target.len + 1 > PATH_SIZE) return;
    memcpy(out, base, base_len);
    len = base_len;
    const char *p = target.ptr + absolute, *end = target.ptr + target.len;
    while (p < end) {
        const char *slash = memchr(p, '/', (size_t)(end - p));
        const char *stop = slash ? slash : end;
        size_t n = (size_t)(stop - p);
        if (n == 2 && p[0] == '.' && p[1] == '.') {
            if (len > 0) len--;
            while (len > 0 && out[len - 1] != '/') len--;
        } else if (!(n == 1 && p[0] == '.')) {
            memcpy(out + len, p, n);
            len += n;
            if (slash) out[len++] = '/';
        }
        p = slash ? slash + 1 : end;
    }
    out[len] = '\0';
}

static enum gm_status add_chunk(struct parts *parts, struct gm_str id, struct gm_str target) {
    char path[PATH_SIZE];
    void *slot;
    join(parts->base, target, path);
    const struct gm__docx_chunk *all = parts->chunks.data;
    for (size_t i = 0; i < parts->chunks.count; i++)
        if (strcmp(all[i].part, path) == 0) return GM_OK; /* under one id only */
    char *name = gm__arena_copy(parts->arena, id.ptr, id.len), *part = gm__arena_copy(parts->arena, path, strlen(path));
    if (!name || !part) return GM_NOMEM;
    enum gm_status s = gm__vec_push(&parts->chunks, &slot);
    if (s == GM_OK) *(struct gm__docx_chunk *)slot = (struct gm__docx_chunk){.id = gm__str(name, id.len), .part = part};
    return s == GM_LIMIT ? GM_OK : s; /* those past the limit are told of as left out */
}

static void on_relationship(void *ctx, struct gm__sax *x, int token) {
    struct parts *parts = ctx;
    struct gm_str type, target, id;
    if (token != R_Relationship || !gm__sax_attr(x, A_Type, &type) || !gm__sax_attr(x, A_Target, &target)) return;
    if (gm__str_ends(type, "/officeDocument")) join(parts->base, target, parts->document);
    if (gm__str_ends(type, "/styles")) join(parts->base, target, parts->styles);
    if (gm__str_ends(type, "/numbering")) join(parts->base, target, parts->numbering);
    if (!gm__str_ends(type, "/aFChunk") || !gm__sax_attr(x, A_Id, &id)) return;
    enum gm_status s = add_chunk(parts, id, target);
    if (s != GM_OK) gm__sax_stop(x, s);
}

static enum gm_status read_relationships(const struct gm__package *package, const char *name, struct parts *parts) {
    static const struct gm__sax_handler handler = {on_relationship, NULL, NULL};
    if (!gm__package_has(package, name)) return GM_OK;
    return gm__package_parse(package, name, &gm__docx_vocabulary, &handler, parts);
}

/* "word/document.xml" → "word/_rels/document.xml.rels" */
static void relationships_of(const char *part, char out[PATH_SIZE], char base[PATH_SIZE]) {
    const char *slash = strrchr(part, '/');
    size_t folder = slash ? (size_t)(slash - part) + 1 : 0;
    memcpy(base, part, folder);
    base[folder] = '\0';
    out[0] = '\0';
    if (strlen(part) + sizeof "_rels/.rels" > PATH_SIZE) return;
    memcpy(out, part, folder);
    memcpy(out + folder, "_rels/", 6);
    size_t rest = strlen(part) - folder;
    memcpy(out + folder + 6, part + folder, rest);
    memcpy(out + folder + 6 + rest, ".rels", 6);
}

static enum gm_status find_parts(const struct gm__package *package, struct parts *parts) {
    char name[PATH_SIZE], base[PATH_SIZE];
    enum gm_status s = read_relationships(package, "_rels/.rels", parts);
    if (s != GM_OK) return s;
    if (!parts->document[0]) memcpy(parts->document, "word/document.xml", sizeof "word/document.xml");
    relationships_of(parts->document, name, base);
    parts->base = base;
    s = read_relationships(package, name, parts);
    parts->base = "";
    return s;
}

/* ------------------------------------------------------------------- read */

static enum gm_status read_parts(const struct gm__package *package, struct parts *parts, struct gm__docx_styles *styles,
                                 struct gm__docx_numbering *numbering, struct gm__source *out) {
    enum gm_status s = GM_OK;
    if (gm__package_has(package, parts->styles)) s = gm__docx_styles_read(package, parts->styles, out->arena, styles);
    if (s == GM_OK && gm__package_has(package, parts->numbering))
        s = gm__docx_numbering_read(package, parts->numbering, styles, numbering);
    return s == GM_OK ? gm__docx_body(package, parts->document, styles, numbering, &parts->chunks, out) : s;
}

enum gm_status gm__docx_read(const struct gm__package *package, struct gm__source *out) {
    const struct gm_allocator *a = package->in->options->allocator;
    struct gm__docx_styles styles;
    struct gm__docx_numbering numbering;
    struct parts parts = {.base = "", .arena = out->arena};
    gm__vec_init(&parts.chunks, a, sizeof(struct gm__docx_chunk), 1000);
    gm__docx_styles_init(&styles, a, out->arena);
    gm__docx_numbering_init(&numbering, a, out->arena);
    enum gm_status s = find_parts(package, &parts);
    if (s == GM_OK && !gm__package_has(package, parts.document))
        s = gm__fail(package->in->error, GM_INPUT, "unknown-package",
                     "the package is neither a Word nor an OpenDocument text; save it as docx or odt");
    if (s == GM_OK) s = read_parts(package, &parts, &styles, &numbering, out);
    gm__docx_numbering_release(&numbering);
    gm__docx_styles_release(&styles);
    gm__vec_release(&parts.chunks);
    return s;
}

/* An encrypted Word document is not a zip: a compound file with a stream of this name, in UTF-16. */
static const unsigned char compound[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

static bool is_encrypted(const unsigned char *bytes, size_t len) {
    if (len < sizeof compound || memcmp(bytes, compound, sizeof compound) != 0) return false;
    for (size_t i = 0; i + sizeof encrypted <= len; i += 128) /* directory entries are 128 bytes */
        if (memcmp(bytes + i, encrypted, sizeof encrypted) == 0) return true;
    return false;
}

static int bid(const unsigned char *head, size_t len, const char *name) {
    (void)name;
    if (is_encrypted(head, len)) return 95;
    if (!gm__package_magic(head, len)) return 0;
    return gm__package_mentions(head, len, "word/") || gm__package_mentions(head, len, "[Content_Types].xml") ? 90 : 40;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    if (is_encrypted((const unsigned char *)in->bytes, in->len))
        return gm__fail(in->error, GM_INPUT, "encrypted", "the document is encrypted; save it without a password");
    if (!gm__package_magic((const unsigned char *)in->bytes, in->len))
        return gm__fail(in->error, GM_INPUT, "not-a-package", "this is not a Word document: it is no zip package");
    return gm__package_read(in, out);
}

const struct gm__reader gm__read_docx = {
    .info = {.name = "docx",
             .extensions = "docx docm dotx",
             .summary = N_("Word, with the numbers that Word displays")},
    .bid = bid,
    .read = read,
};
