/*
 * fuzz.h - what the fuzz targets share.
 *
 * A target is one file, target_NAME.c, with LLVMFuzzerTestOneInput. libFuzzer and AFL++ drive it in the `fuzz` preset;
 * with replay.c it is an ordinary program that goes through files, and so an ordinary test in every build. A property
 * that does not hold ends the process by abort(), after a line on standard error that says which.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "tree/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

_Noreturn void fuzz_fail(const char *format, ...) GM__PRINTF(1, 2);
#define CHECK(condition, ...) ((condition) ? (void)0 : fuzz_fail(__VA_ARGS__))

/* Defaults with limits that keep one input under a second. */
void fuzz_options(struct gm_options *options);
/* NULL when the input is refused; *refused (may be NULL) is why. Any other fault ends the process. */
struct gm_doc *fuzz_parse(const struct gm_options *options, const void *bytes, size_t len, enum gm_status *refused);

/* The spans give back the text, the tree is in order, the queries answer, the work was linear. */
void fuzz_check_document(const struct gm_doc *doc);
/* The writers that `choice` picks take the document, in the style, the amount of text and the depth that it picks;
 * what gangmu or a parser of other hands can read back is read back. */
void fuzz_check_outputs(const struct gm_doc *doc, unsigned choice);
/* One of them. */
void fuzz_check_output(const struct gm_doc *doc, const struct gm_writer *writer, unsigned choice);
/* The same model through json, xml or yaml. */
void fuzz_check_round_trip(const struct gm_doc *doc, unsigned choice);
/* Two documents of one model, byte for byte; `what` names the way between them. */
void fuzz_check_same(const struct gm_doc *a, const struct gm_doc *b, const char *what);

/* A document in a format, in memory; release with gm__buf_release. */
void fuzz_write(const struct gm_doc *doc, const struct gm_writer *writer, const struct gm_write_options *options,
                struct gm__buf *out);

/* Parse bytes in a format, and if they are taken, check everything. */
void fuzz_read(const char *format, const void *bytes, size_t len, unsigned choice);

/* A zip package of parts; release with gm__buf_release. */
struct fuzz_part {
    const char *name;
    const char *bytes;
    size_t len;
};
void fuzz_package(const struct fuzz_part *parts, size_t count, struct gm__buf *out);
/* The next piece of [*at, end) up to a byte 0xFF, which no UTF-8 holds. What does not begin with an XML declaration is
 * put between head and tail. The result lies in the buffer. */
struct gm_str fuzz_fragment(const uint8_t **at, const uint8_t *end, const char *head, const char *tail,
                            struct gm__buf *buf);

#endif
