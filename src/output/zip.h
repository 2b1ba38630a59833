/*
 * zip.h - a zip package built in memory by libzip and handed to the output as a whole. Entries carry
 * one fixed date, so that the same document gives the same bytes.
 */
#ifndef GM_ZIP_H
#define GM_ZIP_H

#include <zip.h>

#include "output/output.h"

struct gm__zip {
    struct gm_output *out;
    zip_source_t *source;
    zip_t *archive;
};

enum gm_status gm__zip_init(struct gm__zip *zip, struct gm_output *out);
void gm__zip_release(struct gm__zip *zip);
/* The bytes must stay until gm__zip_finish. store: not compressed (an EPUB's or ODF's mimetype). */
enum gm_status gm__zip_add(struct gm__zip *zip, const char *name, const void *bytes, size_t len, bool store);
enum gm_status gm__zip_finish(struct gm__zip *zip);

#endif
