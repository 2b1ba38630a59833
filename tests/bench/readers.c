/*
 * readers.c - what reading costs beside the parse, on UTF-8 text in memory.
 *
 * usage: bench_readers ROUNDS GROUP TEXT
 * Cases: the whole way from buffer to tree; the reader alone, as the parse calls it; the reader when it checks all of
 * the text itself, which is what it does for text that is not plainly UTF-8.
 */
#include "bench.h"
#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>

static void run_parse(const void *context) {
    const struct bench_text *text = context;
    struct gm_options options = {.struct_size = sizeof options, .format = "text"};
    struct gm_doc *doc;
    struct gm_error error;
    if (gm_doc_parse(&options, text->ptr, text->len, "bench.txt", &doc, &error) != GM_OK)
        bench_die("gangmu", error.message);
    bench_result += gm_doc_node_count(doc);
    gm_doc_free(doc);
}

static void read_text(const struct bench_text *text, bool check) {
    struct gm_options o = {.struct_size = sizeof o, .allocator = &gm__default_allocator, .format = "text"};
    struct gm_error error = {.status = GM_OK};
    o.limits = (struct gm_limits){1u << 30, 1u << 30, 512u << 20, 16000000, 64, 200, 64, 64u << 20};
    struct gm__input in = {
        .bytes = text->ptr, .len = text->len, .name = "bench.txt", .options = &o, .error = &error, .check = check};
    struct gm__arena arena;
    struct gm__source source;
    const struct gm__reader *reader;
    gm__arena_init(&arena, o.allocator);
    gm__source_init(&source, &o, &arena);
    if (gm__reader_pick(&in, &reader) != GM_OK || reader->read(&in, &source) != GM_OK)
        bench_die("reader", error.message);
    bench_result += source.text_len;
    gm__source_release(&source);
    gm__arena_release(&arena);
}

static void run_read(const void *context) { read_text(context, false); }

static void run_check(const void *context) { read_text(context, true); }

int main(int argc, char **argv) {
    if (argc != 4) bench_die("usage", "ROUNDS GROUP TEXT");
    struct bench_text text = bench_read(argv[3]);
    const struct bench_case cases[] = {
        {argv[2], "parse", run_parse, &text}, {argv[2], "read", run_read, &text}, {argv[2], "check", run_check, &text}};
    bench_run(cases, sizeof cases / sizeof cases[0], (unsigned)strtoul(argv[1], NULL, 10), BENCH_CPU);
    free(text.ptr);
    return 0;
}
