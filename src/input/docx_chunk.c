/*
 * docx_chunk.c - files inside a Word document that Word takes in when it opens it (w:altChunk): web pages, web archives
 * and Word documents are read, of others there is a warning.
 */
#include "input/docx_body.h"
#include "input/lines.h"

#define HEAD       ((size_t)4096)
#define MAX_NESTED 4 /* documents within documents */
#define PAGE_COST  4 /* a page takes so much longer and more memory than parts of the same size */

extern const struct gm__reader gm__read_html, gm__read_mht, gm__read_docx;

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

/* A reader that reads what Word itself takes in, from memory alone; NULL for others. */
static const struct gm__reader *reader_of(const struct gm__input *in, unsigned nested) {
    static const struct gm__reader *const readers[] = {&gm__read_mht, &gm__read_html, &gm__read_docx};
    const struct gm__reader *best = NULL;
    int high = 0;
    for (size_t i = 0; i < GM__COUNT(readers); i++) {
        size_t head = in->len < HEAD ? in->len : HEAD;
        int bid = readers[i]->bid((const unsigned char *)in->bytes, head, in->name);
        if (bid <= high) continue;
        best = readers[i];
        high = bid;
    }
    return best == &gm__read_docx && nested == MAX_NESTED ? NULL : best;
}

/* Read the chunk's paragraphs and put them where the text stands now. */
static enum gm_status add_file(struct gm__docx_body *b, const struct gm__input *in) {
    const struct gm__reader *reader = reader_of(in, b->out->nested);
    struct gm__source chunk;
    if (!reader) return leave_out(b);
    enum gm_status s = GM_OK;
    if (reader != &gm__read_docx) s = gm__package_count(in, in->inflated, (PAGE_COST - 1) * (uint64_t)in->len);
    if (s != GM_OK) return s;
    gm__source_init(&chunk, in->options, b->out->arena);
    chunk.nested = (uint8_t)(b->out->nested + 1);
    s = reader->read(in, &chunk);
    const struct gm__block *blocks = chunk.blocks.data;
    const struct gm__warning *warnings = chunk.warnings.data;
    for (size_t i = 0; s == GM_OK && i < chunk.blocks.count; i++)
        s = gm__lines_put(b->out, chunk.text + blocks[i].start, blocks[i].len, blocks[i]);
    bool missing = s == GM_INPUT || s == GM_USAGE;
    for (size_t i = 0; s == GM_OK && i < chunk.warnings.count; i++) missing = missing || warnings[i].left_out;
    gm__source_release(&chunk);
    return missing ? leave_out(b) : s;
}

enum gm_status gm__docx_take_in(struct gm__docx_body *b, struct gm_str id) {
    const struct gm__input *whole = b->package->in;
    const char *part = take_part(b, id);
    size_t room = whole->options->limits.memory_bytes - b->chunk_bytes;
    struct gm__buf bytes;
    if (b->open || !*part || !gm__package_has(b->package, part)) return leave_out(b);
    gm__buf_init(&bytes, whole->options->allocator, room);
    enum gm_status s = gm__package_bytes(b->package, part, &bytes);
    b->chunk_bytes += bytes.len;
    if (s == GM_OK) {
        struct gm_error error = {.status = GM_OK};
        struct gm__input in = *whole;
        in.bytes = bytes.data ? bytes.data : "";
        in.len = bytes.len;
        in.name = part;
        in.error = &error;
        in.inflated = b->package->inflated;
        s = add_file(b, &in);
        if (s != GM_OK && whole->error && error.status == s) *whole->error = error;
    }
    gm__buf_release(&bytes);
    return s;
}
