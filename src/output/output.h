/*
 * output.h - from a tree to bytes.
 *
 * To add a writer: write src/output/write_NAME.c with one `const struct gm_writer gm__write_NAME`
 * and add one line to registry.c.
 */
#ifndef GM_OUTPUT_H
#define GM_OUTPUT_H

#include "tree/tree.h"

struct gm_output {
    const struct gm_doc *doc;
    const struct gm_writer *writer;
    struct gm_write_options options;
    enum gm_text_amount text;
    const struct gm_sink *sink;
    struct gm_error *error;
    enum gm_status status; /* sticky */
    void *state;
    size_t used;
    char buffer[65536];
};

/* label and title as people write them together: a space where the label asks for one. Both may be
 * empty. The result is written to out; nothing is allocated. */
enum gm_status gm__output_heading(struct gm_output *out, gm_node node);
/* Does a space stand between label and title (第一章 总则, 1 范围; not 一、总则)? GB/T 15834-2011 B.3 */
bool gm__heading_space(struct gm_str label, struct gm_str title);
/* What stands between them in text and Markdown, which are read again: a wide blank behind a Han number alone, which
 * would go on to a title of 一次告知 or 不得收费. */
const char *gm__heading_gap(struct gm_str label, struct gm_str title);
/* Is this style asked for? What the writer does not name in its styles never gets here. */
bool gm__output_style_is(const struct gm_output *out, const char *style);
enum gm_status gm__output_flush(struct gm_output *out);
/* gm_output_write for many short pieces: in place where they fit the buffer. */
GM__INLINE enum gm_status gm__add_bytes(struct gm_output *out, const char *bytes, size_t len) {
    if (GM__UNLIKELY(out->status != GM_OK || len > sizeof out->buffer - out->used))
        return gm_output_write(out, bytes, len);
    memcpy(out->buffer + out->used, bytes, len);
    out->used += len;
    return GM_OK;
}
/* Room for `len` bytes, at most GM__ROOM, to be written in place: where they go; NULL after a failure. What was written
 * counts when gm__wrote has been told where it ends. */
#define GM__ROOM ((size_t)4096)
GM__INLINE char *gm__room(struct gm_output *out, size_t len) {
    if (GM__UNLIKELY(len > sizeof out->buffer - out->used)) (void)gm__output_flush(out);
    return GM__UNLIKELY(out->status != GM_OK) ? NULL : out->buffer + out->used;
}
GM__INLINE void gm__wrote(struct gm_output *out, const char *end) { out->used = (size_t)(end - out->buffer); }
GM__INLINE char *gm__put_bytes(char *to, const char *bytes, size_t len) {
    memcpy(to, bytes, len);
    return to + len;
}
/* A number in decimal, at most 20 bytes; where it ends. */
char *gm__put_number(char *to, int64_t value);
/* The same; the result lies in digits. */
struct gm_str gm__digits(int64_t value, char digits[24]);
enum gm_status gm__add_number(struct gm_output *out, int64_t value);

#endif
