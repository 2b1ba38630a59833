/*
 * write_nav.c - the navigation document of EPUB 3 (nav.xhtml).
 *
 * The links point to #nN of the content document, the ids that the html writer gives its sections;
 * options.style names that document, "content.xhtml" unless it is given.
 */
#include "output/flow.h"

static const char *content(const struct gm_output *out) {
    return out->options.style ? out->options.style : "content.xhtml";
}

static void link_to(struct gm_output *out, gm_node node, const char *id) {
    (void)gm_output_puts(out, "<a href=\"");
    gm__markup(out, gm__strz(content(out)));
    (void)gm_output_puts(out, id);
    if (node != GM_ROOT) gm__printf(out, "%u", (unsigned)node);
    (void)gm_output_puts(out, "\">");
}

static void indent(struct gm_output *out, uint32_t level) {
    for (uint32_t i = 0; i < level; i++) (void)gm_output_puts(out, "  ");
}

/* A document without nodes still needs an entry: it leads to the top. */
static void only_entry(struct gm_output *out) {
    (void)gm_output_puts(out, "  <li>");
    link_to(out, GM_ROOT, "");
    struct gm_str title = out->doc->title;
    gm__markup(out, title.len ? title : gm__strz("\xE6\xAD\xA3\xE6\x96\x87")); /* 正文 */
    (void)gm_output_puts(out, "</a></li>\n");
}

static enum gm_status begin(struct gm_output *out) {
    struct gm_str title = out->doc->title;
    if (!title.len) title = gm__strz("\xE7\x9B\xAE\xE5\xBD\x95"); /* 目录 */
    (void)gm_output_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
                              "<html xmlns=\"http://www.w3.org/1999/xhtml\" "
                              "xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"zh\" xml:lang=\"zh\">\n"
                              "<head>\n<meta charset=\"UTF-8\"/>\n<title>");
    gm__markup(out, title);
    (void)gm_output_puts(out, "</title>\n</head>\n<body>\n<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\">\n<h1>");
    gm__markup(out, title);
    (void)gm_output_puts(out, "</h1>\n<ol>\n");
    if (gm_output_first_child(out, GM_ROOT) == GM_NO_NODE) only_entry(out);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    uint32_t level = gm_node_level(out->doc, node);
    indent(out, level);
    (void)gm_output_puts(out, "<li>");
    link_to(out, node, "#n");
    if (gm_node_label(out->doc, node).len || gm_node_title(out->doc, node).len)
        gm__markup_heading(out, node);
    else
        (void)gm_output_puts(out, "\xE2\x80\xA6"); /* … : an entry's text must not be empty */
    (void)gm_output_puts(out, "</a>");
    if (gm_output_first_child(out, node) != GM_NO_NODE) {
        (void)gm_output_puts(out, "\n");
        indent(out, level);
        (void)gm_output_puts(out, "<ol>\n");
    }
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    if (gm_output_first_child(out, node) != GM_NO_NODE) {
        uint32_t level = gm_node_level(out->doc, node);
        indent(out, level);
        (void)gm_output_puts(out, "</ol>\n");
        indent(out, level);
    }
    return gm_output_puts(out, "</li>\n");
}

static enum gm_status end(struct gm_output *out) { return gm_output_puts(out, "</ol>\n</nav>\n</body>\n</html>\n"); }

const struct gm_writer gm__write_nav = {
    .struct_size = sizeof(struct gm_writer),
    .name = "nav",
    .extensions = "nav.xhtml xhtml",
    .summary = N_("navigation document of an EPUB 3 book"),
    .media_type = "application/xhtml+xml",
    .styles = "*",
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
};
