/* read_text.c - plain text in any encoding. Bids low, so that everything more definite wins. */
#include "input/input.h"

static int bid(const unsigned char *head, size_t len, const char *name) {
    (void)head;
    (void)len;
    (void)name;
    return 1;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    out->unchecked = !in->check; /* as far as this reader is concerned */
    return gm__decode(in, in->bytes, in->len, NULL, out);
}

const struct gm__reader gm__read_text = {
    .info = {.name = "text", .extensions = "txt text", .summary = N_("plain text in any encoding")},
    .bid = bid,
    .read = read,
};
