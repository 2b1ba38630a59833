/*
 * read_doc.c - old Word and WPS files (OLE2 containers) and RTF: converted to docx by LibreOffice when it is installed,
 * else told what they are. An encrypted docx is such a container too, and is told as that.
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* nftw */
#endif
#include "input/para.h"
#include "input/spawn.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECONDS 90
#define MAX_DIR 3000

extern const struct gm__reader gm__read_docx;

static bool is_ole(const unsigned char *head, size_t len) {
    return len >= 8 && memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static bool is_rtf(const unsigned char *head, size_t len) { return len >= 5 && memcmp(head, "{\\rtf", 5) == 0; }

/* Is there a stream of this name? Names stand in the container as UTF-16LE. */
static bool has_stream(const struct gm__input *in, const char *name) {
    size_t n = strlen(name);
    for (const char *p = in->bytes, *end = in->bytes + in->len; (size_t)(end - p) >= 2 * n;) {
        p = memchr(p, name[0], (size_t)(end - p) - 2 * n + 1);
        if (!p) return false;
        size_t i = 0;
        while (i < n && p[2 * i] == name[i] && p[2 * i + 1] == 0) i++;
        if (i == n) return true;
        p++;
    }
    return false;
}

/* -------------------------------------------------------- private directory */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw) {
    (void)st;
    (void)kind;
    (void)ftw;
    return remove(path);
}

/*
 * Without memory nftw cannot walk: then at least what the document stands in goes, and the folders if nothing else is
 * in them.
 */
static void remove_all(const char *dir, const char *suffix) {
    static const char *const names[] = {"/out/document.docx", "/out", "/profile", ""};
    char path[MAX_DIR + 80];
    if (nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0) return;
    (void)snprintf(path, sizeof path, "%s/document.%s", dir, suffix);
    (void)remove(path);
    for (size_t i = 0; i < GM__COUNT(names); i++) {
        (void)snprintf(path, sizeof path, "%s%s", dir, names[i]);
        (void)remove(path);
    }
}

static bool write_file(const char *path, const char *bytes, size_t len) {
    FILE *f = fopen(path, "wbx");
    if (!f) return false;
    bool fine = fwrite(bytes, 1, len, f) == len;
    return fclose(f) == 0 && fine;
}

/* fopen and mkdtemp say in errno why they could not. */
static enum gm_status no_temporary_file(const struct gm__input *in) {
    if (errno == ENOMEM) return gm__fail_nomem(in->error);
    return gm__fail(in->error, GM_INPUT, "no-temporary-file", "no temporary file can be made");
}

static enum gm_status read_file(const struct gm__input *in, const char *path, struct gm__buf *out) {
    char chunk[64 * 1024];
    FILE *f = fopen(path, "rb");
    if (!f && errno == ENOMEM) return gm__fail_nomem(in->error);
    if (!f) return gm__fail(in->error, GM_INPUT, "conversion-failed", "LibreOffice could not convert the file");
    enum gm_status s = GM_OK;
    for (size_t n; s == GM_OK && (n = fread(chunk, 1, sizeof chunk, f)) > 0;) s = gm__buf_add(out, chunk, n);
    (void)fclose(f);
    return s == GM_OK ? s : gm__fail_status(in->error, s);
}

/* -------------------------------------------------------------- conversion */

static enum gm_status convert_in(const struct gm__input *in, const char *dir, const char *suffix,
                                 struct gm__buf *docx) {
    char profile[MAX_DIR + 80], from[MAX_DIR + 80], to[MAX_DIR + 80], where[MAX_DIR + 80];
    (void)snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", dir);
    (void)snprintf(from, sizeof from, "%s/document.%s", dir, suffix);
    (void)snprintf(to, sizeof to, "%s/out/document.docx", dir);
    (void)snprintf(where, sizeof where, "%s/out", dir);
    if (!write_file(from, in->bytes, in->len)) return no_temporary_file(in);
    char program[] = "soffice", o1[] = "--headless", o2[] = "--norestore", o3[] = "--convert-to", o4[] = "docx",
         o5[] = "--outdir";
    char *argv[] = {program, profile, o1, o2, o3, o4, o5, where, from, NULL};
    struct gm__run run = {.argv = argv, .input = -1, .seconds = SECONDS};
    switch (gm__run(&run)) {
    case GM__RUN_EXITED: return read_file(in, to, docx);
    case GM__RUN_LATE:
        return gm__fail(in->error, GM_LIMIT, "too-slow", "LibreOffice took longer than %d seconds", SECONDS);
    case GM__RUN_MISSING:
        return gm__fail(in->error, GM_INPUT, "old-format",
                        "this is an old %s file; convert it first: soffice --convert-to docx FILE (LibreOffice)",
                        strcmp(suffix, "rtf") == 0 ? "RTF" : N_("Word or WPS"));
    case GM__RUN_NOMEM: return gm__fail_nomem(in->error);
    case GM__RUN_FLOOD:
    case GM__RUN_FAILED: break;
    }
    return gm__fail(in->error, GM_INPUT, "conversion-failed", "LibreOffice could not be run");
}

static enum gm_status convert(const struct gm__input *in, const char *suffix, struct gm__buf *docx) {
    char dir[MAX_DIR];
    const char *base = getenv("TMPDIR");
    int n = snprintf(dir, sizeof dir, "%s/gangmu-XXXXXX", base && *base == '/' ? base : "/tmp");
    if (n < 0 || n >= (int)sizeof dir || !mkdtemp(dir))
        return gm__fail(in->error, GM_INPUT, "no-temporary-file", "no temporary directory can be made");
    enum gm_status s = convert_in(in, dir, suffix, docx);
    remove_all(dir, suffix);
    return s;
}

static enum gm_status read_document(const struct gm__input *in, struct gm__source *out) {
    const struct gm_options *o = in->options;
    const unsigned char *head = (const unsigned char *)in->bytes;
    if (is_ole(head, in->len) && has_stream(in, "EncryptedPackage"))
        return gm__fail(in->error, GM_INPUT, "encrypted",
                        "the document is encrypted; open it with its password and save it without one");
    if (is_ole(head, in->len) && !has_stream(in, "WordDocument"))
        return gm__fail(in->error, GM_INPUT, "old-format",
                        "this is an OLE2 container without a Word document in it (%s)",
                        has_stream(in, "Workbook") ? N_("an old Excel file") : N_("another program's"));
    struct gm__buf docx;
    gm__buf_init(&docx, o->allocator, o->limits.input_bytes);
    enum gm_status s = convert(in, is_rtf(head, in->len) ? "rtf" : "doc", &docx);
    if (s == GM_OK) {
        struct gm__input converted = *in;
        converted.bytes = docx.data;
        converted.len = docx.len;
        s = gm__read_docx.read(&converted, out);
    }
    gm__buf_release(&docx);
    return s;
}

static int bid(const unsigned char *head, size_t len, const char *name) {
    (void)name;
    return is_ole(head, len) || is_rtf(head, len) ? 95 : 0;
}

const struct gm__reader gm__read_doc = {
    .info = {.name = "doc",
             .extensions = "doc wps rtf",
             .summary = N_("old Word and WPS files and RTF, through LibreOffice where it is installed")},
    .bid = bid,
    .read = read_document,
};
