/* matter.c - front and back matter, joined lines. */
#include "parse/matter.h"

#include <stdlib.h>

static bool wants_blank(const struct gm__buf *b, uint32_t next) {
    unsigned char last = b->len ? (unsigned char)b->data[b->len - 1] : 0;
    return last > ' ' && last < 0x80 && next > ' ' && next < 0x80;
}

enum gm_status gm__matter_join(struct gm__parser *p, uint32_t start, uint32_t len) {
    struct gm_doc *doc = p->doc;
    struct gm__buf b;
    gm__buf_init(&b, p->options->allocator, (size_t)len + 2 * (size_t)len);
    for (uint32_t at = start; at < start + len && b.status == GM_OK;) {
        uint32_t stop = at, cp;
        while (stop < start + len && p->text[stop] != '\n' && p->text[stop] != '\r') stop++;
        struct gm_str line = gm__str_trim(gm__str(p->text + at, stop - at));
        if (line.len) {
            (void)gm__utf8_decode(line.ptr, line.ptr + line.len, &cp);
            if (wants_blank(&b, cp)) (void)gm__buf_puts(&b, " ");
            (void)gm__buf_add(&b, line.ptr, line.len);
        }
        at = stop + 1;
    }
    char *copy = b.status == GM_OK ? gm__arena_copy(&doc->arena, b.data ? b.data : "", b.len) : NULL;
    struct gm__joined j = {start, len, gm__str(copy ? copy : "", copy ? b.len : 0)};
    gm__buf_release(&b);
    return copy ? gm__doc_add_joined(doc, &j) : GM_NOMEM;
}

static int by_start(const void *a, const void *b) {
    const struct gm__matter *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}
static int joined_by_start(const void *a, const void *b) {
    const struct gm__joined *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start ? 1 : x->len > y->len ? -1 : x->len < y->len;
}

enum gm_status gm__matter(struct gm__parser *p, uint32_t *body_end) {
    *body_end = (uint32_t)p->len;
    return GM_OK;
}

enum gm_status gm__matter_finish(struct gm__parser *p) {
    struct gm_doc *doc = p->doc;
    if (doc->matter_count) qsort(doc->matter, doc->matter_count, sizeof *doc->matter, by_start);
    size_t kept = 0;
    for (size_t i = 0; i < doc->matter_count; i++)
        if (!kept || doc->matter[i].start >= doc->matter[kept - 1].start + doc->matter[kept - 1].len) doc->matter[kept++] = doc->matter[i];
    doc->matter_count = kept;
    if (doc->joined_count) qsort(doc->joined, doc->joined_count, sizeof *doc->joined, joined_by_start);
    return GM_OK;
}
