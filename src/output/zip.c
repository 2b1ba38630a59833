/* zip.c - see zip.h. */
#include "output/zip.h"

/* 1980-01-01 00:00, the first day a zip can say; libzip would take the clock and the time zone. */
#define DOS_TIME ((zip_uint16_t)0)
#define DOS_DATE ((zip_uint16_t)0x21)

static enum gm_status failed(struct gm__zip *zip) {
    return gm_output_fail(zip->out, GM_NOMEM, "the zip package cannot be built");
}

enum gm_status gm__zip_init(struct gm__zip *zip, struct gm_output *out) {
    *zip = (struct gm__zip){.out = out};
    zip->source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!zip->source) return failed(zip);
    zip->archive = zip_open_from_source(zip->source, ZIP_TRUNCATE, NULL);
    if (!zip->archive) return failed(zip);
    zip_source_keep(zip->source); /* closing the archive gives one reference up, we read after that */
    return GM_OK;
}

void gm__zip_release(struct gm__zip *zip) {
    if (zip->archive) zip_discard(zip->archive);
    if (zip->source) zip_source_free(zip->source);
    zip->archive = NULL;
    zip->source = NULL;
}

enum gm_status gm__zip_add(struct gm__zip *zip, const char *name, const void *bytes, size_t len, bool store) {
    if (zip->out->status != GM_OK) return zip->out->status;
    zip_source_t *entry = zip_source_buffer(zip->archive, bytes, len, 0);
    if (!entry) return failed(zip);
    zip_int64_t index = zip_file_add(zip->archive, name, entry, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(entry);
        return failed(zip);
    }
    zip_uint64_t at = (zip_uint64_t)index;
    if (zip_file_set_dostime(zip->archive, at, DOS_TIME, DOS_DATE, 0) != 0 ||
        zip_set_file_compression(zip->archive, at, store ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) != 0)
        return failed(zip);
    return GM_OK;
}

enum gm_status gm__zip_finish(struct gm__zip *zip) {
    char block[16384];
    if (zip->out->status != GM_OK) return zip->out->status;
    if (zip_close(zip->archive) != 0) return failed(zip);
    zip->archive = NULL;
    if (zip_source_open(zip->source) != 0) return failed(zip);
    zip_int64_t got;
    while ((got = zip_source_read(zip->source, block, sizeof block)) > 0)
        if (gm_output_write(zip->out, block, (size_t)got) != GM_OK) break;
    (void)zip_source_close(zip->source);
    return got < 0 ? failed(zip) : zip->out->status;
}
