/*
 * outdoc.c - write a document that a test describes line by line, so that a writer can be shown any
 * label, title and text, also such as no parser would find.
 *
 *   outdoc FORMAT [text=none|lead|full] [style=S] [depth=N] [width=N] [name=NAME] <DESCRIPTION >OUTPUT
 *
 * A line: level, kind (enum gm_node_kind), number, label, title, own text, tail text, parted by TAB;
 * \n, \t, \r, \\ and \xHH in a field. Level 0 gives the document's title and the text before the first
 * point; it comes first. FORMAT "source" gives the document's own text. Exit status: that of enum gm_status, 64 for a
 * broken description.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tree/tree.h"

enum { LEVEL, KIND, NUMBER, LABEL, TITLE, OWN, TAIL, FIELDS };
#define LEVELS 200

struct builder {
    struct gm_doc *doc;
    struct gm__buf text;
    gm_node open[LEVELS], last[LEVELS]; /* the open node of each level, and the last child in it */
    char *tail[LEVELS];
    int depth;
};

static void unescape(char *s) {
    char *to = s;
    for (; *s; s++) {
        if (*s != '\\') {
            *to++ = *s;
            continue;
        }
        s++;
        if (*s == 'x') {
            char hex[3] = {s[1], s[2], 0};
            *to++ = (char)strtol(hex, NULL, 16);
            s += 2;
        } else {
            *to++ = *s == 'n' ? '\n' : *s == 't' ? '\t' : *s == 'r' ? '\r' : *s;
        }
    }
    *to = 0;
}

static void close_to(struct builder *b, int level) {
    for (; b->depth >= level && b->depth > 0; b->depth--) {
        b->doc->nodes[b->open[b->depth]].end = (uint32_t)b->text.len;
        gm__buf_printf(&b->text, "%s%s", b->tail[b->depth], *b->tail[b->depth] ? "\n" : "");
        free(b->tail[b->depth]);
    }
}

static void add(struct builder *b, char **f) {
    int level = atoi(f[LEVEL]);
    gm_node id;
    close_to(b, level);
    if (gm__doc_add_node(b->doc, b->open[level - 1], b->last[level - 1], &id) != GM_OK) exit(64);
    struct gm__node *n = &b->doc->nodes[id];
    b->last[level - 1] = b->open[level] = id;
    b->last[level] = GM_NO_NODE;
    n->kind = (uint8_t)atoi(f[KIND]);
    n->number = atoi(f[NUMBER]);
    n->start = (uint32_t)b->text.len;
    n->label_len = (uint16_t)strlen(f[LABEL]);
    n->title_at = n->start + n->label_len;
    n->title_len = (uint32_t)strlen(f[TITLE]);
    gm__buf_printf(&b->text, "%s%s\n%s%s", f[LABEL], f[TITLE], f[OWN], *f[OWN] ? "\n" : "");
    b->tail[level] = strdup(f[TAIL]);
    b->depth = level;
}

static struct gm_doc *read_doc(const char *name) {
    struct builder b = {.doc = gm__doc_new(&gm__default_allocator, name), .last = {GM_NO_NODE}};
    char *line = NULL, *f[FIELDS];
    size_t size = 0;
    ssize_t len;
    gm__buf_init(&b.text, &gm__default_allocator, (size_t)1 << 30);
    while ((len = getline(&line, &size, stdin)) > 0) {
        if (line[len - 1] == '\n') line[len - 1] = 0;
        char *rest = line;
        for (int i = 0; i < FIELDS; i++) {
            f[i] = rest ? strsep(&rest, "\t") : (char *)"";
            if (rest == NULL && i + 1 < FIELDS) exit(64);
        }
        for (int i = 0; i < FIELDS; i++) unescape(f[i]);
        if (atoi(f[LEVEL]) > b.depth + 1 || atoi(f[LEVEL]) >= LEVELS - 1) exit(64);
        if (atoi(f[LEVEL]) > 0) {
            add(&b, f);
            continue;
        }
        b.doc->title = gm__strz(gm__arena_copy(&b.doc->arena, f[TITLE], strlen(f[TITLE])));
        gm__buf_printf(&b.text, "%s%s", f[OWN], *f[OWN] ? "\n" : "");
    }
    free(line);
    close_to(&b, 1);
    b.doc->text = b.doc->owned = b.text.data;
    b.doc->text_len = b.text.len;
    b.doc->owned_size = b.text.capacity;
    b.doc->nodes[GM_ROOT].end = (uint32_t)b.text.len;
    if (!b.text.data) b.doc->text = "";
    const char *fault = gm__doc_index_lines(b.doc) == GM_OK ? gm__doc_verify(b.doc) : "out of memory";
    if (fault) fprintf(stderr, "outdoc: %s\n", fault);
    if (fault) exit(64);
    return b.doc;
}

static enum gm_status to_stdout(void *ctx, const char *bytes, size_t len) {
    (void)ctx;
    return fwrite(bytes, 1, len, stdout) == len ? GM_OK : GM_OUTPUT;
}

int main(int argc, char **argv) {
    static const char *const amounts[] = {"", "none", "lead", "full"};
    struct gm_write_options options;
    struct gm_error error = {0};
    struct gm_sink sink = {to_stdout, NULL};
    const char *name = "sample.txt";
    gm_write_options_init(&options);
    for (int i = 2; i < argc; i++) {
        if (strncmp(argv[i], "text=", 5) == 0)
            for (int k = 1; k < 4; k++)
                options.text = strcmp(argv[i] + 5, amounts[k]) ? options.text : (enum gm_text_amount)k;
        if (strncmp(argv[i], "style=", 6) == 0) options.style = argv[i] + 6;
        if (strncmp(argv[i], "depth=", 6) == 0) options.depth = (uint32_t)atoi(argv[i] + 6);
        if (strncmp(argv[i], "width=", 6) == 0) options.width = (uint32_t)atoi(argv[i] + 6);
        if (strncmp(argv[i], "name=", 5) == 0) name = argv[i] + 5;
    }
    if (argc < 2) return 64;
    struct gm_doc *doc = read_doc(name);
    enum gm_status status = strcmp(argv[1], "source") == 0 ? to_stdout(NULL, doc->text, doc->text_len)
                                                           : gm_doc_write(doc, argv[1], &options, &sink, &error);
    if (status != GM_OK) fprintf(stderr, "outdoc: %s\n", error.message);
    gm_doc_free(doc);
    return (int)status;
}
