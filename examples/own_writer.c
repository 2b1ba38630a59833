/*
 * own_writer.c - a writer of one's own: each node as one line, the path of titles that leads to it.
 *
 * The library walks the document and calls `enter` for each node; what the writer remembers between
 * the calls is its state.
 */
#include <gangmu/gangmu.h>

#include <stdio.h>

#define DEEPEST 64

struct paths {
    gm_node open[DEEPEST]; /* the nodes from the top to the present one */
};

static enum gm_status enter(struct gm_output *out, gm_node node) {
    const struct gm_doc *doc = gm_output_doc(out);
    struct paths *state = gm_output_state(out);
    uint32_t level = gm_node_level(doc, node);
    if (level == 0) return GM_OK; /* the document itself */
    if (level > DEEPEST) return gm_output_fail(out, GM_LIMIT, "the outline is too deep for this writer");
    state->open[level - 1] = node;
    for (uint32_t i = 0; i < level; i++) {
        struct gm_str title = gm_node_title(doc, state->open[i]);
        if (!title.len) title = gm_node_label(doc, state->open[i]);
        if (i > 0) gm_output_puts(out, " / ");
        gm_output_write(out, title.ptr, title.len);
    }
    return gm_output_puts(out, "\n"); /* an error of the calls above is remembered */
}

static const struct gm_writer path_writer = {
    .struct_size = sizeof(struct gm_writer),
    .name = "paths",
    .extensions = "paths",
    .summary = "each node as the path of titles that leads to it",
    .media_type = "text/plain",
    .text_default = GM_TEXT_NONE,
    .state_size = sizeof(struct paths),
    .enter = enter,
};

static enum gm_status to_stdout(void *ctx, const char *bytes, size_t len) {
    (void)ctx;
    return fwrite(bytes, 1, len, stdout) == len ? GM_OK : GM_OUTPUT;
}

int main(int argc, char **argv) {
    struct gm_doc *doc = NULL;
    struct gm_error error;
    struct gm_sink sink = {to_stdout, NULL};
    if (argc != 2) {
        fprintf(stderr, "usage: own_writer FILE\n");
        return 2;
    }
    enum gm_status status = gm_doc_parse_file(NULL, argv[1], &doc, &error);
    if (status == GM_OK) status = gm_doc_write_with(doc, &path_writer, NULL, &sink, &error);
    if (status != GM_OK) fprintf(stderr, "own_writer: %s: %s\n", error.where, error.message);
    gm_doc_free(doc);
    return status == GM_OK ? 0 : 1;
}
