/* main.c - the command; uses the public header only. */
#include <gangmu/gangmu.h>

#include <stdio.h>

static enum gm_status to_stdout(void *ctx, const char *bytes, size_t len) {
    (void)ctx;
    return fwrite(bytes, 1, len, stdout) == len ? GM_OK : GM_OUTPUT;
}

int main(int argc, char **argv) {
    struct gm_doc *doc;
    struct gm_error error;
    struct gm_sink sink = {to_stdout, NULL};
    if (gm_doc_parse_file(NULL, argv[argc - 1], &doc, &error) != GM_OK) {
        fprintf(stderr, "%s: %s\n", error.where, error.message);
        return 3;
    }
    gm_doc_write(doc, "json", NULL, &sink, &error);
    gm_doc_free(doc);
    return 0;
}
