/* html_furniture.c - what a page puts around and between its text: links to headings, trails of links, buttons. */
#include "input/html_tree.h"

bool gm__html_has_class(const xmlNode *node, const char *names) {
    const char *given = gm__html_attribute(node, "class");
    for (const char *p = given; p && *p;) {
        size_t n = strcspn(p, " \t\r\n");
        if (n && gm__has_word(names, p, n)) return true;
        p += n + (p[n] != 0);
    }
    return false;
}

bool gm__html_has_role(const xmlNode *node, const char *roles) {
    const char *role = gm__html_attribute(node, "role");
    return role && *role && gm__has_word(roles, role, strlen(role));
}

/* The text of a small element, cut at the buffer's size. */
static struct gm_str text_of(const xmlNode *root, char *out, size_t size) {
    size_t len = 0;
    for (const xmlNode *n = root; n && len < size; n = gm__html_next(root, n, gm__html_is(n, "svg style script"))) {
        if (n->type != XML_TEXT_NODE || !n->content) continue;
        for (const xmlChar *c = n->content; *c && len < size; c++) out[len++] = (char)*c;
    }
    return gm__str_trim(gm__str(out, len));
}

#define HEADING_NODES 200  /* one that has more is asked no further: each of its links asks */
#define BLANKS        200u /* between two of its words */

/* Does all the heading's other text stand before the link, or all behind it? */
static bool is_at_edge(const xmlNode *link) {
    const xmlNode *root = link->parent;
    bool before = false, behind = false, past = false;
    int left = HEADING_NODES;
    while (root && left-- > 0 && !gm__html_is(root, "h1 h2 h3 h4 h5 h6")) root = root->parent;
    for (const xmlNode *n = root; n && left > 0; n = gm__html_next(root, n, n == link), left--) {
        past = past || n == link;
        if (n->type != XML_TEXT_NODE || !n->content) continue;
        size_t blanks = 0;
        while (blanks < BLANKS && n->content[blanks] && n->content[blanks] <= ' ') blanks++;
        if (n->content[blanks]) *(past ? &behind : &before) = true;
    }
    return left > 0 && before != behind;
}

bool gm__html_is_heading_link(const xmlNode *node) {
    const char *href = gm__html_is(node, "a") ? gm__html_attribute(node, "href") : NULL;
    if (!href || !strchr(href, '#') || !is_at_edge(node)) return false;
    const char *hidden = gm__html_attribute(node, "aria-hidden");
    if (hidden && strcmp(hidden, "true") == 0) return true;
    char text[40];
    struct gm_str sign = text_of(node, text, sizeof text);
    if (!sign.len) return false;
    if (gm__has_word("\u00B6 # \u00A7 \u221E \U0001F517 \U0001F517\uFE0E \U0001F517\uFE0F \u2693 \uF0C1", sign.ptr,
                     sign.len))
        return true;
    return gm__html_has_class(node, "header-anchor headerlink header-link heading-anchor heading-link hash-link "
                                    "anchor anchor-link anchorjs-link permalink") &&
           gm__has_word("permalink link 链接 永久链接 固定链接", sign.ptr, sign.len);
}

/* The trail of pages above this one, the dots below a row of pictures, the numbers of pages, tabs. */
bool gm__html_is_page_list(const xmlNode *list) {
    if (!gm__html_is(list, "ol ul")) return false;
    const char *label = gm__html_attribute(list, "aria-label"), *type = gm__html_attribute(list, "itemtype");
    if (label && gm__has_word("breadcrumb breadcrumbs 面包屑 面包屑导航", label, strlen(label))) return true;
    if (type && strstr(type, "schema.org/BreadcrumbList")) return true;
    return gm__html_has_class(list, "breadcrumb breadcrumbs pagination pager page-numbers carousel-indicators "
                                    "slick-dots flex-control-nav nav navbar-nav nav-tabs nav-pills") ||
           gm__html_has_role(list, "tablist");
}

bool gm__html_is_unnumbered_list(const xmlNode *list) {
    return gm__html_has_class(list, "list-unstyled list-inline list-none commentlist comment-list comments-list");
}
