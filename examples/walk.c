/* walk.c - parse a file and print its outline: the labels and titles, indented by level. */
#include <gangmu/gangmu.h>

#include <stdio.h>

/* The node after `node` in document order, or GM_NO_NODE. */
static gm_node following(const struct gm_doc *doc, gm_node node) {
    gm_node next = gm_node_first_child(doc, node);
    while (next == GM_NO_NODE && node != GM_ROOT) {
        next = gm_node_next(doc, node);
        node = gm_node_parent(doc, node);
    }
    return next;
}

int main(int argc, char **argv) {
    struct gm_doc *doc;
    struct gm_error error;
    if (argc != 2) {
        fprintf(stderr, "usage: walk FILE\n");
        return 2;
    }
    if (gm_doc_parse_file(NULL, argv[1], &doc, &error) != GM_OK) {
        fprintf(stderr, "walk: %s: %s\n", error.where, error.message);
        return 1;
    }
    for (gm_node node = following(doc, GM_ROOT); node != GM_NO_NODE; node = following(doc, node)) {
        struct gm_str label = gm_node_label(doc, node), title = gm_node_title(doc, node);
        int indent = (int)(gm_node_level(doc, node) - 1) * 2;
        printf("%*s%.*s%.*s\n", indent, "", (int)label.len, label.ptr, (int)title.len, title.ptr);
    }
    gm_doc_free(doc);
    return 0;
}
