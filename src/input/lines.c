/* lines.c - whole paragraphs into a source. */
#include "input/lines.h"

#include "grammar/numeral.h"

/* 一|、主持: the author typed the mark that the list's number lacks. Where the mark ends; 0: none is there, or the
 * label has lines. */
static size_t typed_mark(struct gm_str text, size_t label_len) {
    uint32_t cp;
    if (!label_len || label_len > UINT16_MAX - 4 || text.len < label_len + 5) return 0;
    size_t at = label_len + (text.ptr[label_len] == ' ');
    if (memcmp(text.ptr + at, "、", 3) != 0) return 0;
    if (memchr(text.ptr, '\n', label_len)) return 0;
    (void)gm__utf8_decode_back(text.ptr, text.ptr + label_len, &cp);
    return gm__numeral_systems(cp) ? at + 3 : 0;
}

enum gm_status gm__lines_put(struct gm__source *to, const char *text, size_t len, struct gm__block block) {
    const char *p = len ? text : "", *end = p + len;
    bool joined = block.heading || (block.flags & GM__BLOCK_TITLE), first = true;
    size_t mark = typed_mark(gm__str(p, len), block.label_len);
    do {
        const char *stop = joined ? end : memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        if (first || stop > p) {
            size_t start = to->buffer.len;
            enum gm_status s = GM_OK;
            if (first && mark) { /* without the blank between */
                s = gm__source_text(to, p, block.label_len);
                p += mark - 3;
                block.label_len = (uint16_t)(block.label_len + 3);
            }
            if (s == GM_OK) s = gm__source_text(to, p, (size_t)(stop - p));
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
