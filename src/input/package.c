/*
 * package.c - zip packages over libzip: opened from memory, members streamed, limits kept.
 */
#include "input/package.h"

#define CHUNK         ((size_t)64 * 1024)
#define FREE_OF_RATIO ((uint64_t)16 * 1024 * 1024) /* small members may compress as well as they like */

bool gm__package_magic(const unsigned char *head, size_t len) {
    return len >= 4 && head[0] == 'P' && head[1] == 'K' &&
           ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6));
}

bool gm__package_mentions(const unsigned char *head, size_t len, const char *name) {
    size_t n = strlen(name);
    for (const unsigned char *p = head; len >= n && (p = memchr(p, name[0], (size_t)(head + len - n + 1 - p))); p++)
        if (memcmp(p, name, n) == 0) return true;
    return false;
}

static enum gm_status open_fault(const struct gm__input *in, zip_error_t *error) {
    int code = zip_error_code_zip(error);
    if (code == ZIP_ER_MEMORY) return gm__fail_nomem(in->error);
    if (code == ZIP_ER_NOZIP)
        return gm__fail(
            in->error, GM_INPUT, "bad-archive",
            "the archive is damaged or cut off: it has no end-of-directory record; fetch or save the file again");
    return gm__fail(in->error, GM_INPUT, "bad-archive", "the archive is damaged: %s", zip_error_strerror(error));
}

enum gm_status gm__package_open(const struct gm__input *in, struct gm__package *package) {
    zip_error_t error;
    zip_error_init(&error);
    *package = (struct gm__package){.in = in, .own = {0, in->len}};
    package->inflated = in->inflated ? in->inflated : &package->own;
    zip_source_t *source = zip_source_buffer_create(in->bytes, in->len, 0, &error);
    if (source) package->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    enum gm_status s = GM_OK;
    if (!package->zip) {
        s = source ? open_fault(in, &error) : gm__fail_nomem(in->error);
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return s;
}

void gm__package_close(struct gm__package *package) {
    if (package->zip) zip_discard(package->zip);
    package->zip = NULL;
}

bool gm__package_has(const struct gm__package *package, const char *name) {
    return zip_name_locate(package->zip, name, ZIP_FL_NOCASE) >= 0;
}

/* ----------------------------------------------------------------- member */

struct member {
    const struct gm__input *in;
    struct gm__inflated *all;
    const char *name;
    zip_file_t *file;
    uint64_t packed, inflated, stated; /* stated: what the directory says that it inflates to */
    char chunk[CHUNK];
};

static enum gm_status member_fault(const struct gm__input *in, zip_error_t *error, const char *name) {
    int code = zip_error_code_zip(error);
    bool zlib_lacks_memory = code == ZIP_ER_ZLIB && zip_error_code_system(error) == -4; /* Z_MEM_ERROR */
    if (code == ZIP_ER_MEMORY || zlib_lacks_memory) return gm__fail_nomem(in->error);
    return gm__fail(in->error, GM_INPUT, "bad-archive", "the archive is damaged: %s in %s", zip_error_strerror(error),
                    name);
}

static enum gm_status within_limits(const struct gm__input *in, const char *name, uint64_t packed, uint64_t inflated) {
    const struct gm_limits *l = &in->options->limits;
    if (inflated > l->memory_bytes)
        return gm__fail(in->error, GM_LIMIT, "part-too-large", "%s is too large: more than %zu bytes when inflated",
                        name, l->memory_bytes);
    if (inflated > FREE_OF_RATIO && inflated / l->ratio > packed)
        return gm__fail(in->error, GM_LIMIT, "zip-ratio",
                        "%s is too large: it inflates to more than %u times its packed size", name, l->ratio);
    return GM_OK;
}

enum gm_status gm__package_count(const struct gm__input *in, struct gm__inflated *all, uint64_t bytes) {
    uint32_t ratio = in->options->limits.ratio;
    all->bytes += bytes;
    if (all->bytes > FREE_OF_RATIO && all->bytes / ratio > all->packed)
        return gm__fail(in->error, GM_LIMIT, "zip-ratio",
                        "all parts together inflate to more than %u times the package's size", ratio);
    return GM_OK;
}

static enum gm_status next(void *ctx, const char **ptr, size_t *len) {
    struct member *m = ctx;
    zip_int64_t n = zip_fread(m->file, m->chunk, sizeof m->chunk);
    if (n < 0) return member_fault(m->in, zip_file_get_error(m->file), m->name);
    m->inflated += (uint64_t)n;
    if (m->inflated > m->stated)
        return gm__fail(m->in->error, GM_INPUT, "bad-archive", "the archive is damaged: %s is larger than it says",
                        m->name);
    *ptr = m->chunk;
    *len = (size_t)n;
    enum gm_status s = within_limits(m->in, m->name, m->packed, m->inflated);
    return s == GM_OK ? gm__package_count(m->in, m->all, (uint64_t)n) : s;
}

static enum gm_status open_member(const struct gm__package *p, const char *name, struct member *m) {
    zip_int64_t index = zip_name_locate(p->zip, name, ZIP_FL_NOCASE);
    zip_stat_t st;
    if (index < 0 || zip_stat_index(p->zip, (zip_uint64_t)index, 0, &st) != 0)
        return gm__fail(p->in->error, GM_INPUT, "missing-part", "the package has no part %s", name);
    if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
        return gm__fail(p->in->error, GM_INPUT, "encrypted", "the package is encrypted; save it without a password");
    enum gm_status s = within_limits(p->in, name, st.comp_size, st.size);
    if (s != GM_OK) return s;
    m->in = p->in;
    m->all = p->inflated;
    m->name = name;
    m->packed = st.comp_size;
    m->inflated = 0;
    m->stated = st.valid & ZIP_STAT_SIZE ? st.size : UINT64_MAX;
    m->file = zip_fopen_index(p->zip, (zip_uint64_t)index, 0);
    if (!m->file) return member_fault(p->in, zip_get_error(p->zip), name);
    return GM_OK;
}

enum gm_status gm__package_parse(const struct gm__package *p, const char *name,
                                 const struct gm__sax_vocabulary *vocabulary, const struct gm__sax_handler *handler,
                                 void *ctx) {
    const struct gm_allocator *a = p->in->options->allocator;
    struct member *m = gm__alloc(a, sizeof *m);
    if (!m) return gm__fail_nomem(p->in->error);
    enum gm_status s = open_member(p, name, m);
    if (s == GM_OK) {
        struct gm__sax_source source = {next, m};
        s = gm__sax_parse(p->in, name, vocabulary, handler, ctx, &source);
        (void)zip_fclose(m->file);
    }
    gm__free(a, m, sizeof *m);
    return s;
}

enum gm_status gm__package_bytes(const struct gm__package *p, const char *name, struct gm__buf *out) {
    const struct gm_allocator *a = p->in->options->allocator;
    struct member *m = gm__alloc(a, sizeof *m);
    if (!m) return gm__fail_nomem(p->in->error);
    enum gm_status s = open_member(p, name, m);
    if (s == GM_OK) {
        const char *ptr = "";
        size_t len = 1;
        while (s == GM_OK && len) {
            s = next(m, &ptr, &len);
            if (s == GM_OK) s = gm__buf_add(out, ptr, len);
        }
        (void)zip_fclose(m->file);
    }
    gm__free(a, m, sizeof *m);
    return s;
}

/* --------------------------------------------------------------- dispatch */

static bool is_odf(const struct gm__package *p) {
    return gm__package_has(p, "content.xml") && !gm__package_has(p, "[Content_Types].xml");
}

enum gm_status gm__package_read(const struct gm__input *in, struct gm__source *out) {
    struct gm__package package;
    enum gm_status s = gm__package_open(in, &package);
    if (s != GM_OK) return s;
    bool odf = is_odf(&package);
    out->format = odf ? "odt" : "docx";
    s = odf ? gm__odt_read(&package, out) : gm__docx_read(&package, out);
    gm__package_close(&package);
    return gm__source_finish(in, out, s);
}

enum gm_status gm__source_finish(const struct gm__input *in, struct gm__source *out, enum gm_status status) {
    if (status == GM_NOMEM) return gm__fail_nomem(in->error);
    if (status == GM_LIMIT && in->error && in->error->status == GM_OK)
        return gm__fail(in->error, GM_LIMIT, "text-too-large", "the text is larger than %zu bytes",
                        in->options->limits.text_bytes);
    if (status != GM_OK) return status;
    out->text = out->buffer.data ? out->buffer.data : "";
    out->text_len = out->buffer.len;
    return GM_OK;
}
