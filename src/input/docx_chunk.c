/*
 * docx_chunk.c - files inside a Word document that Word takes in when it opens it (w:altChunk): web pages are read,
 * of others there is a warning.
 */
#include "input/docx_body.h"
#include "input/lines.h"

extern const struct gm__reader gm__read_html;

static enum gm_status leave_out(struct gm__docx_body *b) {
    void *slot;
    if (b->out->warnings.count == b->out->warnings.max) return GM_OK;
    enum gm_status s = gm__vec_push(&b->out->warnings, &slot);
    if (s == GM_OK)
        *(struct gm__warning *)slot = (struct gm__warning){.at = (uint32_t)b->out->buffer.len, .left_out = true};
    return s;
}

/* The member that the id names, the first time; "" when there is none. */
static const char *take_part(const struct gm__docx_body *b, struct gm_str id) {
    struct gm__docx_chunk *c = b->chunks->data;
    for (size_t i = 0; i < b->chunks->count; i++) {
        if (!gm__str_eq(c[i].id, id) || c[i].taken) continue;
        c[i].taken = true;
        return c[i].part;
    }
    return "";
}

static bool is_page(const char *part) {
    struct gm_str name = gm__strz(part);
    return gm__str_ends(name, ".html") || gm__str_ends(name, ".htm") || gm__str_ends(name, ".xhtml");
}

static enum gm_status add_page(struct gm__docx_body *b, const char *part, const struct gm__buf *bytes) {
    struct gm_error error;
    struct gm__source page;
    struct gm__input in = {.bytes = bytes->data ? bytes->data : "",
                           .len = bytes->len,
                           .name = part,
                           .options = b->package->in->options,
                           .error = &error};
    gm__source_init(&page, in.options, b->out->arena);
    enum gm_status s = gm__read_html.read(&in, &page);
    const struct gm__block *blocks = page.blocks.data;
    for (size_t i = 0; s == GM_OK && i < page.blocks.count; i++)
        s = gm__lines_put(b->out, page.text + blocks[i].start, blocks[i].len, blocks[i]);
    gm__source_release(&page);
    return s == GM_INPUT || s == GM_USAGE ? leave_out(b) : s;
}

enum gm_status gm__docx_take_in(struct gm__docx_body *b, struct gm_str id) {
    const char *part = take_part(b, id);
    struct gm__buf bytes;
    if (b->open || !is_page(part) || !gm__package_has(b->package, part)) return leave_out(b);
    gm__buf_init(&bytes, b->package->in->options->allocator, b->package->in->options->limits.memory_bytes);
    enum gm_status s = gm__package_bytes(b->package, part, &bytes);
    if (s == GM_OK) s = add_page(b, part, &bytes);
    gm__buf_release(&bytes);
    return s;
}
