/* convert.c - read one file, write another; the output's name decides the format. */
#include <gangmu/gangmu.h>

#include <stdio.h>

static enum gm_status to_file(void *ctx, const char *bytes, size_t len) {
    return fwrite(bytes, 1, len, ctx) == len ? GM_OK : GM_OUTPUT;
}

int main(int argc, char **argv) {
    struct gm_doc *doc = NULL;
    struct gm_error error;
    struct gm_options options;
    if (argc != 3) {
        fprintf(stderr, "usage: convert INPUT OUTPUT\n");
        return 2;
    }
    const struct gm_writer *writer = gm_writer_for_file(argv[2]);
    if (!writer) {
        fprintf(stderr, "convert: no format has the suffix of %s\n", argv[2]);
        return 2;
    }
    gm_options_init(&options);
    options.strict_encoding = true;
    enum gm_status status = gm_doc_parse_file(&options, argv[1], &doc, &error);
    if (status == GM_OK) {
        FILE *file = fopen(argv[2], "wb");
        struct gm_sink sink = {to_file, file};
        struct gm_write_options how;
        gm_write_options_init(&how);
        how.text = GM_TEXT_FULL;
        if (!file) {
            perror(argv[2]);
            gm_doc_free(doc);
            return 1;
        }
        status = gm_doc_write_with(doc, writer, &how, &sink, &error);
        if (fclose(file) != 0 && status == GM_OK) {
            perror(argv[2]);
            status = GM_OUTPUT;
        }
    }
    if (status != GM_OK) fprintf(stderr, "convert: %s: %s\n", error.where, error.message);
    gm_doc_free(doc);
    return status == GM_OK ? 0 : 1;
}
