/*
 * source_dump.c - print what a reader makes of a file, for the tests of the readers.
 *
 * usage: source_dump [-e ENCODING] [-s] FILE
 * First the format and encoding, then one line a paragraph: heading, list depth, flags in letters,
 * the rendered label in brackets, the text. Warnings last. Exit 3 with a message when reading fails.
 */
#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>

static char *slurp(const char *path, size_t *len) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    char *data = NULL;
    size_t capacity = 0;
    *len = 0;
    for (;;) {
        if (capacity - *len < 65536) {
            char *grown = realloc(data, capacity = capacity * 2 + 65536);
            if (!grown) abort();
            data = grown;
        }
        size_t n = fread(data + *len, 1, capacity - *len, f);
        if (n == 0) break;
        *len += n;
    }
    fclose(f);
    return data;
}

static void print_block(const struct gm__source *s, const struct gm__block *b) {
    static const struct {
        unsigned flag;
        char letter;
    } letters[] = {{GM__BLOCK_LIST, 'l'},     {GM__BLOCK_TABLE, 't'},    {GM__BLOCK_TOC, 'c'},   {GM__BLOCK_NOTE, 'n'},
                   {GM__BLOCK_VERBATIM, 'v'}, {GM__BLOCK_CENTERED, 'm'}, {GM__BLOCK_BOLD, 'b'},  {GM__BLOCK_NODE, 'N'},
                   {GM__BLOCK_TEXT, 'T'},     {GM__BLOCK_TAIL, 'L'},     {GM__BLOCK_TITLE, '!'}, {GM__BLOCK_PAGE, 'p'}};
    printf("h%d d%d #%d ", b->heading, b->depth & 15, (int)b->number);
    for (size_t i = 0; i < GM__COUNT(letters); i++)
        if (b->flags & letters[i].flag) putchar(letters[i].letter);
    if (b->flags & (GM__BLOCK_NODE | GM__BLOCK_TAIL)) printf("%u", b->level);
    if (b->flags & (GM__BLOCK_EXACT | GM__BLOCK_MATTER)) printf("=%u %s", b->kind, b->marker ? b->marker : "");
    printf("\t[%.*s]%.*s\n", b->label_len, s->text + b->start, (int)(b->len - b->label_len),
           s->text + b->start + b->label_len);
}

int main(int argc, char **argv) {
    struct gm_options o = {.struct_size = sizeof o, .allocator = &gm__default_allocator};
    o.limits = (struct gm_limits){1u << 30, 1u << 30, 512u << 20, 16000000, 64, 200, 64, 64u << 20};
    int i = 1;
    for (; i < argc - 1; i++) {
        if (strcmp(argv[i], "-e") == 0) o.encoding = argv[++i];
        if (strcmp(argv[i], "-f") == 0) o.format = argv[++i];
        if (strcmp(argv[i], "-s") == 0) o.strict_encoding = true;
    }
    if (i >= argc) return 2;
    size_t len;
    char *bytes = slurp(argv[i], &len);
    if (!bytes) return 2;
    struct gm_error error = {.status = GM_OK};
    struct gm__input in = {bytes, len, argv[i], &o, &error, true, false, NULL};
    struct gm__arena arena;
    struct gm__source s;
    gm__arena_init(&arena, o.allocator);
    gm__source_init(&s, &o, &arena);
    const struct gm__reader *reader;
    enum gm_status status = gm__reader_pick(&in, &reader);
    if (status == GM_OK) {
        s.format = reader->info.name;
        status = reader->read(&in, &s);
    }
    if (status != GM_OK) {
        fprintf(stderr, "%s [%s]\n", error.message, error.id);
    } else {
        printf("%s %s %.*s\n", s.format, s.encoding, (int)s.title.len, s.title.ptr);
        const struct gm__block *blocks = s.blocks.data;
        for (size_t k = 0; k < s.blocks.count; k++) print_block(&s, &blocks[k]);
        if (!s.blocks.count) fwrite(s.text, 1, s.text_len, stdout);
        const struct gm__warning *w = s.warnings.data;
        for (size_t k = 0; k < s.warnings.count; k++)
            printf("warning %s at %u raw %llu count %u\n", w[k].left_out ? "left-out" : "bad-bytes", w[k].at,
                   (unsigned long long)w[k].raw, w[k].count);
    }
    gm__source_release(&s);
    gm__arena_release(&arena);
    free(bytes);
    return status == GM_OK ? 0 : status == GM_LIMIT ? 5 : 3;
}
