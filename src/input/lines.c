/* lines.c - whole paragraphs into a source. */
#include "input/lines.h"

enum gm_status gm__lines_put(struct gm__source *to, const char *text, size_t len, struct gm__block block) {
    const char *p = len ? text : "", *end = p + len;
    bool joined = block.heading || (block.flags & GM__BLOCK_TITLE), first = true;
    do {
        const char *stop = joined ? end : memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        if (first || stop > p) {
            size_t start = to->buffer.len;
            enum gm_status s = gm__source_text(to, p, (size_t)(stop - p));
            if (s == GM_OK) s = gm__source_end(to, start, &block);
            if (s != GM_OK) return s;
        }
        block.label_len = 0;
        block.number = 0;
        first = false;
        p = stop < end ? stop + 1 : end;
    } while (p < end);
    return GM_OK;
}

enum gm_status gm__lines_move(struct gm__source *to, struct gm__source *from) {
    const struct gm__block *blocks = from->blocks.data;
    enum gm_status s = GM_OK;
    for (size_t i = 0; i < from->blocks.count && s == GM_OK; i++) {
        struct gm__block block = blocks[i];
        size_t start = to->buffer.len;
        s = gm__source_text(to, from->buffer.data + block.start, block.len);
        if (s == GM_OK) s = gm__source_end(to, start, &block);
    }
    from->blocks.count = 0;
    gm__buf_clear(&from->buffer);
    return s;
}
