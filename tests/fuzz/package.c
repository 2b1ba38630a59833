/* package.c - zip packages in memory, for the targets that fuzz what lies in them. */
#include "fuzz.h"

#include <zip.h>

static void add(zip_t *zip, const struct fuzz_part *part) {
    zip_source_t *source = zip_source_buffer(zip, part->bytes, part->len, 0);
    zip_int64_t index = source ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE) : -1;
    CHECK(index >= 0 && zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0, "no zip: %s",
          zip_strerror(zip));
}

void fuzz_package(const struct fuzz_part *parts, size_t count, struct gm__buf *out) {
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, NULL) : NULL;
    CHECK(zip != NULL, "no zip");
    zip_source_keep(source);
    for (size_t i = 0; i < count; i++) add(zip, &parts[i]);
    CHECK(zip_close(zip) == 0 && zip_source_open(source) == 0, "no zip");
    gm__buf_init(out, &gm__default_allocator, SIZE_MAX);
    for (zip_int64_t n = 1; n > 0; out->len += (size_t)n) {
        CHECK(gm__buf_reserve(out, 65536) == GM_OK, "no memory");
        n = zip_source_read(source, out->data + out->len, 65536);
        CHECK(n >= 0, "no zip");
    }
    (void)zip_source_close(source);
    zip_source_free(source);
}

struct gm_str fuzz_fragment(const uint8_t **at, const uint8_t *end, const char *head, const char *tail,
                            struct gm__buf *buf) {
    const uint8_t *stop = *at < end ? memchr(*at, 0xFF, (size_t)(end - *at)) : NULL;
    if (!stop) stop = end;
    struct gm_str piece = gm__str((const char *)*at, (size_t)(stop - *at));
    *at = stop < end ? stop + 1 : end;
    gm__buf_init(buf, &gm__default_allocator, SIZE_MAX);
    bool whole = piece.len > 5 && memcmp(piece.ptr, "<?xml", 5) == 0;
    if (!whole) (void)gm__buf_puts(buf, head);
    (void)gm__buf_add(buf, piece.ptr, piece.len);
    if (!whole) (void)gm__buf_puts(buf, tail);
    CHECK(buf->status == GM_OK, "no memory");
    return gm__str(buf->data, buf->len);
}
