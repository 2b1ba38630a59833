/*
 * read_html.c - web pages, through libxml2's HTML parser.
 *
 * Every block and every <br> gives a paragraph, as a browser shows it; list items carry the number that the browser
 * puts in front. What surrounds the document (navigation, forms, page head and foot) is left out. The walk over the
 * tree keeps its own stack.
 */
#include "input/css.h"
#include "input/html_tree.h"
#include "input/para.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdio.h>
#include <stdlib.h>

/* What holds inside an element. */
enum {
    IN_BOLD = 1,
    IN_CENTER = 2,
    IN_PRE = 4,
    IN_LINK = 8,
    IN_BLOCK = 16, /* this element is a block */
    IN_CODE = 32,
    IN_TABLE = 64,
    IN_TOC = 128,
    IN_NOTE = 256,
    IN_LIST = 512,  /* this element is a list */
    IN_ROWS = 1024, /* a row is a paragraph */
    IN_FORM = 2048,
};

struct frame {
    const xmlNode *node;
    unsigned flags;
    uint8_t heading;
    uint8_t depth;      /* of list items */
    uint32_t list;      /* index + 1 of the frame of the nearest list */
    uint8_t counter;    /* lists: marker style */
    int32_t next, step; /* lists: of the items; items: their number */
};

struct reader {
    const struct gm__input *in;
    struct gm__source *out;
    struct gm__para *para;
    struct gm__css_rules css;
    struct gm__css_numbers numbers;
    struct gm__vec frames;
    size_t text_size; /* of what is walked */
};

#define LEFT_OUT                                                                                                       \
    "head script style template noscript nav footer aside menu button select option textarea input datalist "          \
    "iframe frame object embed applet svg math audio video canvas map rp rt dialog noframes"
#define BLOCKS                                                                                                         \
    "html body address article blockquote center dd details dir div dl dt fieldset figcaption figure form h1 h2 h3 "   \
    "h4 h5 h6 header hgroup hr legend li main ol p pre listing xmp search section summary table caption tbody td "     \
    "tfoot th thead tr ul"

static const char *attribute(const xmlNode *node, const char *name) { return gm__html_attribute(node, name); }

/* ------------------------------------------------------------- left out? */

/* A form around half of the page's text is the page (as some servers write it), not a form. */
static bool is_real_form(const struct reader *r, const struct frame *up, const xmlNode *node) {
    return !(up->flags & IN_FORM) && gm__html_text_size(node, NULL) * 2 < r->text_size;
}

static bool is_in_document(const xmlNode *node) {
    for (const xmlNode *up = node->parent; up && up->type == XML_ELEMENT_NODE; up = up->parent)
        if (gm__html_is(up, "article main section")) return true;
    return false;
}

static bool is_left_out(const struct reader *r, const struct frame *up, const xmlNode *node,
                        const struct gm__css *css) {
    if (css->display == GM__DISPLAY_NONE || gm__html_is(node, LEFT_OUT) || attribute(node, "hidden")) return true;
    if (gm__html_has_role(node, "navigation contentinfo search menu menubar banner toolbar dialog")) return true;
    if (gm__html_is(node, "header")) return !is_in_document(node);
    if (gm__html_is(node, "form")) return is_real_form(r, up, node);
    if (up->heading && gm__html_is_heading_link(node)) return true;
    if (gm__html_is_page_list(node) || gm__html_has_class(node, "mw-editsection")) return true;
    if (gm__html_is(node, "sup")) { /* the mark of a footnote */
        const xmlNode *child = node->children;
        while (child && child->type == XML_TEXT_NODE && child->next) child = child->next;
        const char *href = child ? attribute(child, "href") : NULL;
        return href && strchr(href, '#');
    }
    return false;
}

/* ------------------------------------------------------------------ lists */

/* The author typed the numbers, or the class says so: the page's style sheet, which we cannot see, hides the list's
 * own.
 */
static bool is_plain(const xmlNode *list) {
    int items = 0, numbered = 0;
    for (const xmlNode *n = list->children; n && items < 5; n = n->next) {
        if (!gm__html_is(n, "li")) continue;
        items++;
        numbered += gm__html_numbered(n);
    }
    return (items > 0 && numbered == items) || gm__html_is_unnumbered_list(list);
}

static int32_t to_number(const char *text, int32_t otherwise) {
    char *end;
    long n = text ? strtol(text, &end, 10) : 0;
    return text && end != text && n > -1000000000 && n < 1000000000 ? (int32_t)n : otherwise;
}

static uint8_t type_counter(const char *type) {
    static const char *const names[] = {"decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"};
    const char *at = type && type[0] && !type[1] ? strchr("1aAiI", type[0]) : NULL;
    const char *name = at ? names[at - "1aAiI"] : type && *type ? type : "";
    return gm__counter_by_name(name, strlen(name));
}

/* How the style sheets that docutils, Sphinx and Asciidoctor write beside their pages count the items. */
static uint8_t class_counter(const xmlNode *list) {
    static const char *const names[][2] = {{"loweralpha", "lower-alpha"},
                                           {"upperalpha", "upper-alpha"},
                                           {"lowerroman", "lower-roman"},
                                           {"upperroman", "upper-roman"},
                                           {"lowergreek", "lower-greek"}};
    for (size_t i = 0; i < GM__COUNT(names); i++)
        if (gm__html_has_class(list, names[i][0])) return gm__counter_by_name(names[i][1], strlen(names[i][1]));
    return GM__COUNTER_UNSET;
}

static int32_t item_count(const xmlNode *list) {
    int32_t n = 0;
    for (const xmlNode *c = list->children; c; c = c->next) n += gm__html_is(c, "li");
    return n;
}

/* Nothing but links: navigation, or with '#' in front a table of contents. */
static bool is_link_list(const xmlNode *list) {
    size_t linked, all = gm__html_text_size(list, &linked);
    return all > 0 && linked * 10 >= all * 9 && item_count(list) > 1;
}

static void enter_list(struct frame *f, const struct gm__css *css, bool nested) {
    const char *type = attribute(f->node, "type");
    bool ordered = gm__html_is(f->node, "ol");
    uint8_t counter = css->counter ? css->counter : type_counter(type);
    if (!counter && ordered) counter = class_counter(f->node);
    if (!counter) counter = !ordered || is_plain(f->node) ? GM__COUNTER_NONE : gm__counter_by_name("decimal", 7);
    bool reversed = ordered && attribute(f->node, "reversed");
    f->flags |= IN_LIST;
    f->counter = counter;
    f->step = reversed ? -1 : 1;
    f->next = to_number(attribute(f->node, "start"), reversed ? item_count(f->node) : 1);
    if (f->depth < UINT8_MAX) f->depth++;
    if (!nested && is_link_list(f->node)) f->flags |= IN_TOC;
}

static void enter_item(struct reader *r, struct frame *f, const struct gm__css *css) {
    if (!f->list) return;
    struct frame *list = (struct frame *)r->frames.data + (f->list - 1);
    const char *type = attribute(f->node, "type");
    uint8_t counter = css->counter ? css->counter : type ? type_counter(type) : GM__COUNTER_UNSET;
    int32_t number = to_number(attribute(f->node, "value"), list->next);
    list->next = number + list->step;
    f->next = number;
    char label[80];
    if (!gm__css_style_label(&r->css.styles, counter ? counter : list->counter, number, label, sizeof label)) return;
    struct gm__block block = {.flags = GM__BLOCK_LIST, .depth = gm__list_depth(f->depth, 0), .number = number};
    gm__para_label(r->para, label, &block);
}

/* --------------------------------------------------------------- the walk */

static void inherit_looks(struct frame *f, const struct gm__css *css) {
    const char *align = attribute(f->node, "align");
    if (gm__html_is(f->node, "b strong th")) f->flags |= IN_BOLD;
    if (gm__html_is(f->node, "center") || (align && gm__has_word("center middle", align, strlen(align))))
        f->flags |= IN_CENTER;
    else if (align && *align)
        f->flags &= ~(unsigned)IN_CENTER;
    if (css->bold) f->flags = css->bold == GM__CSS_YES ? f->flags | IN_BOLD : f->flags & ~(unsigned)IN_BOLD;
    if (css->centered) f->flags = css->centered == GM__CSS_YES ? f->flags | IN_CENTER : f->flags & ~(unsigned)IN_CENTER;
    if (gm__html_is(f->node, "pre listing xmp")) f->flags |= IN_PRE;
    if (css->pre) f->flags = css->pre == GM__CSS_YES ? f->flags | IN_PRE : f->flags & ~(unsigned)IN_PRE;
}

static void inherit_meaning(struct frame *f) {
    const xmlNode *n = f->node;
    const char *href = gm__html_is(n, "a") ? attribute(n, "href") : NULL;
    if (href && href[0] == '#' && href[1]) f->flags |= IN_LINK;
    if ((f->flags & IN_PRE) && gm__html_is(n, "code samp kbd")) f->flags |= IN_CODE;
    if (gm__html_is(n, "blockquote q") && attribute(n, "cite")) f->flags |= IN_CODE;
    if (gm__html_is(n, "form")) f->flags |= IN_FORM;
    if (gm__html_is(n, "table")) {
        enum gm__table kind = gm__html_table(n);
        f->flags &= ~(unsigned)IN_ROWS;
        if (kind == GM__TABLE_DATA) f->flags |= IN_TABLE | IN_CODE;
        if (kind == GM__TABLE_ROWS) f->flags |= IN_ROWS;
    }
    if (gm__html_has_class(n, "toc mw-toc table-of-contents MsoToc1 MsoToc2 MsoToc3 MsoToc4") ||
        gm__html_has_role(n, "doc-toc"))
        f->flags |= IN_TOC;
    if (gm__html_has_class(n, "footnotes footnote endnotes references reflist MsoFootnoteText MsoEndnoteText") ||
        gm__html_has_role(n, "doc-endnotes doc-footnote"))
        f->flags |= IN_NOTE;
    if (gm__html_is(n, "h1 h2 h3 h4 h5 h6")) {
        f->heading = (uint8_t)(n->name[1] - '0');
    } else if (gm__html_has_role(n, "heading")) {
        f->heading = (uint8_t)to_number(attribute(n, "aria-level"), 2);
    }
}

static bool is_block(const struct frame *f, const struct gm__css *css) {
    const xmlNode *node = f->node;
    if ((f->flags & IN_ROWS) && gm__html_is(node, "td th")) return false;
    return css->display == GM__DISPLAY_BLOCK || gm__html_is(node, BLOCKS);
}

/* What the style sheet counts at the element, and the number that it puts before a block with text of its own. */
static enum gm_status count_by_css(struct reader *r, const struct frame *f, const struct gm__css *css) {
    struct gm__css before;
    char label[64];
    int32_t value = 0;
    size_t depth = r->frames.count;
    enum gm_status s = gm__css_count(&r->numbers, depth, css);
    if (s != GM_OK) return s;
    gm__css_before(&r->css, f->node, &before);
    if (before.display == GM__DISPLAY_NONE) return GM_OK;
    s = gm__css_count(&r->numbers, depth + 1, &before);
    bool shown = s == GM_OK && (f->flags & IN_BLOCK) && !gm__html_numbered(f->node) &&
                 gm__css_content(&r->numbers, before.content, f->next, label, sizeof label, &value);
    gm__css_leave(&r->numbers, depth);
    struct gm_str text = shown ? gm__str_trim(gm__strz(label)) : gm__str("", 0);
    if (!text.len) return s;
    memmove(label, text.ptr, text.len);
    label[text.len] = 0;
    bool item = gm__html_is(f->node, "li");
    struct gm__block block = {.heading = f->heading, .flags = item ? GM__BLOCK_LIST : 0, .number = value};
    if (item) block.depth = gm__list_depth(f->depth, 0);
    if (item) r->para->label[0] = 0; /* instead of the list's own */
    gm__para_label(r->para, label, &block);
    return GM_OK;
}

/* Enter an element: its frame goes on the stack unless the element is left out. */
static enum gm_status enter(struct reader *r, const xmlNode *node, bool *entered) {
    struct gm__css css;
    struct frame f = {.node = node};
    void *slot;
    gm__css_of(&r->css, node, &css);
    size_t depth = r->frames.count;
    *entered = false;
    if (depth) {
        const struct frame *up = (const struct frame *)r->frames.data + (depth - 1);
        if (is_left_out(r, up, node, &css)) return GM_OK;
        f = (struct frame){.node = node,
                           .flags = up->flags & ~(unsigned)(IN_BLOCK | IN_LIST),
                           .heading = up->heading,
                           .depth = up->depth,
                           .list = up->flags & IN_LIST ? (uint32_t)depth : up->list};
    }
    inherit_looks(&f, &css);
    inherit_meaning(&f);
    if (is_block(&f, &css)) {
        f.flags |= IN_BLOCK;
        gm__para_end(r->para);
    }
    if ((f.flags & IN_ROWS) && gm__html_is(node, "td th")) r->para->blank = true;
    if (gm__html_is(node, "ol ul dir")) enter_list(&f, &css, f.list > 0);
    if (gm__html_is(node, "li")) enter_item(r, &f, &css);
    enum gm_status s = r->css.counting ? count_by_css(r, &f, &css) : GM_OK;
    if (s == GM_OK) s = gm__vec_push(&r->frames, &slot);
    if (s != GM_OK) return s;
    memcpy(slot, &f, sizeof f);
    *entered = true;
    return GM_OK;
}

static void leave(struct reader *r) {
    const struct frame *f = (const struct frame *)r->frames.data + (r->frames.count - 1);
    if (gm__html_is(f->node, "li"))
        gm__para_flush(r->para);
    else if (f->flags & IN_BLOCK)
        gm__para_end(r->para);
    r->frames.count--;
    if (r->css.counting) gm__css_leave(&r->numbers, r->frames.count);
}

/* The block that a paragraph begun here has. */
static struct gm__block block_of(const struct frame *f) {
    unsigned flags = 0;
    if (f->depth) flags |= GM__BLOCK_LIST;
    if (f->flags & IN_TABLE) flags |= GM__BLOCK_TABLE;
    if (f->flags & IN_TOC) flags |= GM__BLOCK_TOC;
    if (f->flags & IN_NOTE) flags |= GM__BLOCK_NOTE;
    if (f->flags & IN_CODE) flags |= GM__BLOCK_VERBATIM;
    if (f->flags & IN_CENTER) flags |= GM__BLOCK_CENTERED;
    return (struct gm__block){.flags = (uint16_t)flags, .heading = f->heading, .depth = gm__list_depth(f->depth, 0)};
}

static void add_pre(struct reader *r, const char *text, unsigned how, const struct gm__block *block) {
    while (*text) {
        size_t n = strcspn(text, "\n");
        gm__para_add(r->para, text, n, how | GM__PARA_KEEP, block);
        text += n;
        if (*text != '\n') break;
        gm__para_end(r->para);
        text++;
    }
}

static void add_text(struct reader *r, const xmlNode *node) {
    const struct frame *f = (const struct frame *)r->frames.data + (r->frames.count - 1);
    struct gm__block block = block_of(f);
    unsigned how =
        (f->flags & IN_BOLD ? (unsigned)GM__PARA_BOLD : 0) | (f->flags & IN_LINK ? (unsigned)GM__PARA_LINKED : 0);
    const char *text = (const char *)node->content;
    if (!text) return;
    if (f->flags & IN_PRE)
        add_pre(r, text, how, &block);
    else
        gm__para_add(r->para, text, strlen(text), how, &block);
}

/* A line break ends the paragraph; in a heading it is only a break of the line. */
static void add_break(struct reader *r) {
    const struct frame *f = (const struct frame *)r->frames.data + (r->frames.count - 1);
    struct gm__block block = block_of(f);
    if (f->heading)
        gm__para_add(r->para, "\n", 1, 0, &block);
    else
        gm__para_end(r->para);
}

/* What encloses the part that is walked counts too. */
static enum gm_status count_above(struct reader *r, const xmlNode *root) {
    enum gm_status s = GM_OK;
    r->numbers.counters.count = 0;
    for (const xmlNode *up = root->parent; r->css.counting && up && s == GM_OK; up = up->parent) {
        struct gm__css css;
        if (up->type != XML_ELEMENT_NODE) break;
        gm__css_of(&r->css, up, &css);
        css.increment = gm__str("", 0);
        s = gm__css_count(&r->numbers, 0, &css);
    }
    return s;
}

static enum gm_status walk(struct reader *r, const xmlNode *root) {
    const xmlNode *n = root;
    enum gm_status s = count_above(r, root);
    if (s != GM_OK) return gm__fail_status(r->in->error, s);
    r->frames.count = 0;
    r->text_size = gm__html_text_size(root, NULL);
    while (n) {
        bool entered = false;
        if (n->type == XML_ELEMENT_NODE && gm__html_is(n, "br")) {
            add_break(r);
        } else if (n->type == XML_ELEMENT_NODE) {
            s = enter(r, n, &entered);
            if (s != GM_OK) return gm__fail_status(r->in->error, s);
        } else if (n->type == XML_TEXT_NODE) {
            add_text(r, n);
        }
        if (entered && n->children) {
            n = n->children;
            continue;
        }
        if (entered) leave(r);
        while (n != root && !n->next) {
            n = n->parent;
            leave(r);
        }
        n = n == root ? NULL : n->next;
    }
    return r->para->status == GM_OK ? GM_OK : gm__fail_status(r->in->error, r->para->status);
}

/* ---------------------------------------------------------------- reading */

static enum gm_status collect_styles(struct reader *r, const xmlNode *root) {
    for (const xmlNode *n = root; n; n = gm__html_next(root, n, false)) {
        if (!gm__html_is(n, "style")) continue;
        for (const xmlNode *c = n->children; c; c = c->next) {
            const char *text = (const char *)c->content;
            enum gm_status s = text ? gm__css_add(&r->css, text, strlen(text)) : GM_OK;
            if (s != GM_OK) return gm__fail_status(r->in->error, s);
        }
    }
    return GM_OK;
}

static bool is_inside(const xmlNode *node, const xmlNode *outer) {
    while (node && node != outer) node = node->parent;
    return node != NULL;
}

static void ignore_error(void *ctx, xmlErrorPtr error) {
    (void)ctx;
    (void)error;
}

/* Walk what the user's XPath selects, in document order; a node inside one that was walked is not walked again. */
static enum gm_status walk_selected(struct reader *r, xmlDoc *doc, const char *path) {
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    if (!context) return gm__fail_nomem(r->in->error);
    context->error = ignore_error;
    xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)path, context);
    enum gm_status s = GM_OK;
    const xmlNode *last = NULL;
    if (!found || found->type != XPATH_NODESET) {
        s = gm__fail(r->in->error, GM_USAGE, "bad-select", "'%s' is no XPath of elements", path);
    } else if (!found->nodesetval || found->nodesetval->nodeNr == 0) {
        s = gm__fail(r->in->error, GM_INPUT, "nothing-selected", "nothing in the page matches '%s'", path);
    } else {
        xmlXPathNodeSetSort(found->nodesetval);
        for (int i = 0; i < found->nodesetval->nodeNr && s == GM_OK; i++) {
            const xmlNode *n = found->nodesetval->nodeTab[i];
            if (n->type != XML_ELEMENT_NODE || (last && is_inside(n, last))) continue;
            s = walk(r, n);
            gm__para_flush(r->para);
            last = n;
        }
    }
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    return s;
}

static enum gm_status read_into(struct reader *r, xmlDoc *doc, const char *select) {
    gm__css_init(&r->css, r->in->options->allocator, r->out->arena);
    gm__css_numbers_init(&r->numbers, r->in->options->allocator, &r->css.styles);
    gm__vec_init(&r->frames, r->in->options->allocator, sizeof(struct frame), UINT32_MAX);
    enum gm_status s = GM_OK;
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (root) s = collect_styles(r, root);
    if (s == GM_OK && root) s = select ? walk_selected(r, doc, select) : walk(r, gm__html_content(root));
    gm__vec_release(&r->frames);
    gm__css_numbers_release(&r->numbers);
    gm__css_release(&r->css);
    return s;
}

enum gm_status gm__html_fragment(const struct gm__input *in, struct gm__para *para, const char *text, size_t len) {
    struct reader r = {.in = in, .out = para->out, .para = para};
    xmlDoc *doc;
    enum gm_status s = gm__html_parse(in, text, len, &doc);
    if (s != GM_OK) return s;
    s = read_into(&r, doc, NULL);
    gm__para_end(para);
    xmlFreeDoc(doc);
    return s;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    xmlDoc *doc;
    enum gm_status s = gm__html_tree(in, out, &doc);
    if (s != GM_OK) return s;
    struct gm__para para;
    struct reader r = {.in = in, .out = out, .para = &para};
    gm__para_init(&para, out);
    s = read_into(&r, doc, in->options->select);
    if (s == GM_OK) s = gm__para_finish(&para, in->error);
    if (s == GM_OK && gm__html_title(doc, out) != GM_OK) s = gm__fail_nomem(in->error);
    xmlFreeDoc(doc);
    return s;
}

const struct gm__reader gm__read_html = {
    .info = {.name = "html", .extensions = "html htm xhtml shtml", .summary = N_("web pages")},
    .bid = gm__html_bid,
    .read = read,
};
