/* source.c - building blocks for readers. */
#include "input/input.h"

#include "tree/tree.h"

void gm__source_init(struct gm__source *s, const struct gm_options *options, struct gm__arena *arena) {
    *s = (struct gm__source){
        .allocator = options->allocator, .text = "", .format = "", .encoding = "UTF-8", .arena = arena};
    s->title = s->salutation = gm__str("", 0);
    gm__buf_init(&s->buffer, options->allocator, options->limits.text_bytes);
    gm__vec_init(&s->blocks, options->allocator, sizeof(struct gm__block), UINT32_MAX);
    gm__vec_init(&s->places, options->allocator, sizeof(struct gm__places), UINT32_MAX);
    gm__vec_init(&s->warnings, options->allocator, sizeof(struct gm__warning), 10000);
}

void gm__source_release(struct gm__source *s) {
    gm__buf_release(&s->buffer);
    gm__vec_release(&s->blocks);
    gm__vec_release(&s->places);
    gm__vec_release(&s->warnings);
}

enum gm_status gm__source_text(struct gm__source *s, const char *ptr, size_t len) {
    size_t from = s->buffer.len;
    enum gm_status status = gm__buf_add(&s->buffer, ptr, len);
    if (status != GM_OK) return status;
    for (size_t i = from; i < s->buffer.len; i++)
        if (s->buffer.data[i] == '\n' || s->buffer.data[i] == '\r') s->buffer.data[i] = ' ';
    return GM_OK;
}

enum gm_status gm__source_end(struct gm__source *s, size_t start, struct gm__block *block) {
    void *slot;
    block->start = (uint32_t)start;
    block->len = (uint32_t)(s->buffer.len - start);
    enum gm_status status = gm__vec_push(&s->blocks, &slot);
    if (status != GM_OK) return status;
    *(struct gm__block *)slot = *block;
    return gm__buf_add(&s->buffer, "\n", 1);
}
