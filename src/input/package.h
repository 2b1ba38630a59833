/*
 * package.h - the members of a zip package, read with limits: docx and odt.
 * Nothing is ever written to disk, and member names are only looked up, never followed.
 */
#ifndef GM_PACKAGE_H
#define GM_PACKAGE_H

#include "input/sax.h"

#include <zip.h>

struct gm__package {
    const struct gm__input *in;
    zip_t *zip;
    struct gm__inflated own, *inflated; /* own: unless it is inside of another */
};

/* Do the bytes begin like a zip archive? */
bool gm__package_magic(const unsigned char *head, size_t len);
/* Does the member's name occur in the head of the archive? */
bool gm__package_mentions(const unsigned char *head, size_t len, const char *name);

enum gm_status gm__package_open(const struct gm__input *in, struct gm__package *package);
void gm__package_close(struct gm__package *package);
bool gm__package_has(const struct gm__package *package, const char *name);
/* Parse a member as XML. A missing one is GM_INPUT "missing-part". */
enum gm_status gm__package_parse(const struct gm__package *package, const char *name,
                                 const struct gm__sax_vocabulary *vocabulary, const struct gm__sax_handler *handler,
                                 void *ctx);

/* So many bytes more were inflated: a package may hold packages, and each of them many small members. */
enum gm_status gm__package_count(const struct gm__input *in, struct gm__inflated *all, uint64_t bytes);

/* The bytes of a member, added to the buffer. */
enum gm_status gm__package_bytes(const struct gm__package *package, const char *name, struct gm__buf *out);

/* What a package is by its members, and read by the right reader whatever its name says. */
enum gm_status gm__package_read(const struct gm__input *in, struct gm__source *out);
enum gm_status gm__docx_read(const struct gm__package *package, struct gm__source *out);
enum gm_status gm__odt_read(const struct gm__package *package, struct gm__source *out);

/* Make the source's text from its buffer, whatever the status; fills in->error for limits. */
enum gm_status gm__source_finish(const struct gm__input *in, struct gm__source *out, enum gm_status status);

#endif
