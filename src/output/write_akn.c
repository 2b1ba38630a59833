/*
 * write_akn.c - Akoma Ntoso 3.0 (OASIS LegalDocML) for statutes.
 *
 * 编 book, 分编 part, 章 chapter, 节 section, 条 article, 款 paragraph, 项 point, 目 indent; other points
 * are level or hcontainer. A paragraph of an article's text is a 款: the last one before the points
 * introduces them, one after them closes them. eIds follow the OASIS naming convention: parent__abbr_number,
 * articles by their number alone while it rises through the document; a repeat gets its position added.
 */
#include <stdio.h>

#include "output/akn.h"
#include "output/body.h"

static struct gm__akn_frame *top(struct gm__akn *s) {
    return (struct gm__akn_frame *)s->frames.data + s->frames.count - 1;
}

/* ---------------------------------------------------------------- elements */

/* What an element is called, and how its eIds begin. */
static const struct {
    const char *name, *abbr;
} elements[GM__AKN_COUNT] = {
    [GM__AKN_BODY] = {"body", "body"},
    [GM__AKN_BOOK] = {"book", "book"},
    [GM__AKN_PART] = {"part", "part"},
    [GM__AKN_CHAPTER] = {"chapter", "chp"},
    [GM__AKN_SECTION] = {"section", "sec"},
    [GM__AKN_ARTICLE] = {"article", "art"},
    [GM__AKN_PARAGRAPH] = {"paragraph", "para"},
    [GM__AKN_POINT] = {"point", "point"},
    [GM__AKN_INDENT] = {"indent", "indent"},
    [GM__AKN_LEVEL] = {"level", "level"},
    [GM__AKN_HCONTAINER] = {"hcontainer", "hcontainer"},
};

static enum gm__akn_element element_of(const struct gm_doc *doc, gm_node node, enum gm__akn_element parent) {
    static const enum gm__akn_element units[GM__UNIT_COUNT] = {
        [GM__UNIT_BOOK] = GM__AKN_BOOK,       [GM__UNIT_PART] = GM__AKN_PART,
        [GM__UNIT_CHAPTER] = GM__AKN_CHAPTER, [GM__UNIT_SECTION] = GM__AKN_SECTION,
        [GM__UNIT_ARTICLE] = GM__AKN_ARTICLE, [GM__UNIT_PARAGRAPH] = GM__AKN_PARAGRAPH,
        [GM__UNIT_POINT] = GM__AKN_POINT,     [GM__UNIT_INDENT] = GM__AKN_INDENT};
    enum gm__unit unit = gm__unit_of(gm_node_label(doc, node));
    enum gm_node_kind kind = gm_node_kind(doc, node);
    if (unit != GM__UNIT_NONE) return units[unit];
    if (kind == GM_KIND_HEADING || kind == GM_KIND_REGION) return GM__AKN_HCONTAINER;
    if (kind == GM_KIND_ARTICLE) return GM__AKN_ARTICLE;
    if (parent == GM__AKN_ARTICLE || parent == GM__AKN_PARAGRAPH) return GM__AKN_POINT;
    return parent == GM__AKN_POINT ? GM__AKN_INDENT : GM__AKN_LEVEL;
}

static void open_element(struct gm__akn *s, enum gm__akn_element element, const char *kind) {
    gm__xml_open(&s->xml, elements[element].name);
    if (element == GM__AKN_HCONTAINER) gm__xml_attr(&s->xml, "name", gm__strz(kind));
    gm__xml_attr(&s->xml, "eId", gm__str(s->eid.data, s->eid.len));
}

/* A part of an element that has an eId of its own: intro, content, wrapUp. Paragraphs go into it. */
static void open_part(struct gm__akn *s, const char *name, const char *abbr) {
    size_t len = s->eid.len;
    (void)gm__buf_printf(&s->eid, "__%s", abbr);
    gm__xml_open(&s->xml, name);
    gm__xml_attr(&s->xml, "eId", gm__str(s->eid.data, s->eid.len));
    s->eid.len = len;
}

/* --------------------------------------------------------------------- eIds */

/* Add "__abbr_number" to the eId; the frame is the parent's. */
static void add_eid(struct gm__akn *s, enum gm__akn_element element, struct gm__akn_number number) {
    struct gm__akn_frame *parent = top(s);
    struct gm__akn_number *last = &parent->last[element];
    bool article = element == GM__AKN_ARTICLE, rises = gm__akn_after(number, *last);
    parent->children++;
    if (article && gm__akn_after(number, s->last_article)) {
        s->last_article = number;
        gm__buf_clear(&s->eid);
        rises = true;
    } else if (article && parent->element == GM__AKN_BODY) {
        rises = false; /* the plain name may be taken by an article inside a chapter */
    }
    if (s->eid.len) (void)gm__buf_puts(&s->eid, "__");
    if (number.main == 0)
        (void)gm__buf_printf(&s->eid, "%s_nn_%lu", elements[element].abbr, (unsigned long)parent->children);
    else if (number.sub)
        (void)gm__buf_printf(&s->eid, "%s_%lu-%lu", elements[element].abbr, (unsigned long)number.main,
                             (unsigned long)number.sub);
    else
        (void)gm__buf_printf(&s->eid, "%s_%lu", elements[element].abbr, (unsigned long)number.main);
    if (number.main && !rises) (void)gm__buf_printf(&s->eid, "_%lu", (unsigned long)parent->children);
    if (rises) *last = number;
}

/* Open an element inside the one on top. */
static enum gm_status push(struct gm_output *out, struct gm__akn *s, enum gm__akn_element element,
                           struct gm__akn_number number, const char *kind) {
    void *slot;
    size_t len = s->eid.len;
    char *kept = gm__alloc(out->doc->allocator, len + 1); /* an article's eId starts afresh */
    if (kept) {
        if (len) memcpy(kept, s->eid.data, len);
        add_eid(s, element, number);
    }
    if (!kept || s->eid.status != GM_OK || gm__vec_push(&s->frames, &slot) != GM_OK) {
        if (kept) gm__free(out->doc->allocator, kept, len + 1);
        return gm_output_fail(out, GM_NOMEM, "out of memory");
    }
    *(struct gm__akn_frame *)slot =
        (struct gm__akn_frame){.element = element, .parent_eid = kept, .parent_eid_len = len};
    open_element(s, element, kind);
    return out->status;
}

static void drop(struct gm__akn *s) {
    struct gm__akn_frame *frame = top(s);
    gm__buf_clear(&s->eid);
    (void)gm__buf_add(&s->eid, frame->parent_eid, frame->parent_eid_len);
    if (frame->parent_eid) gm__free(s->frames.allocator, frame->parent_eid, frame->parent_eid_len + 1);
    s->frames.count--;
}

static void pop(struct gm__akn *s) {
    gm__xml_close(&s->xml);
    drop(s);
}

/* --------------------------------------------------------------------- text */

static void paragraphs(struct gm__akn *s, struct gm_texts *texts, struct gm_str first) {
    do gm__xml_element(&s->xml, "p", first);
    while (gm_texts_next(texts, &first));
}

/* The title of a 项 or 目 is its provision: text, with the ； or ： that the tree leaves out of titles. */
static struct gm_str provision(const struct gm_doc *doc, gm_node node) {
    struct gm_str title = gm_node_title(doc, node);
    const char *text = doc->text, *p = text + doc->nodes[node].title_at + title.len, *end = text + doc->nodes[node].end;
    if (!title.len || title.ptr != text + doc->nodes[node].title_at) return title; /* joined from several lines */
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (cp != 0xFF1B && cp != 0xFF1A && cp != 0x3002 && cp != 0xFF0C && cp != ';' && cp != ':') break;
        p += n;
    }
    return gm__str(title.ptr, (size_t)(p - title.ptr));
}

/* 款: one a paragraph of text. `stays`: the last one stays open, for the points that follow. */
static enum gm_status article_text(struct gm_output *out, struct gm__akn *s, struct gm_texts *texts, bool stays) {
    struct gm_str now, next;
    bool any = gm_texts_next(texts, &now);
    while (any && out->status == GM_OK) {
        bool more = gm_texts_next(texts, &next), open = stays && !more;
        struct gm__akn_number number = {top(s)->last[GM__AKN_PARAGRAPH].main + 1, 0};
        if (push(out, s, GM__AKN_PARAGRAPH, number, NULL) != GM_OK) break;
        open_part(s, open ? "intro" : "content", open ? "intro" : "content");
        gm__xml_element(&s->xml, "p", now);
        gm__xml_close(&s->xml);
        top(s)->synthetic = true;
        if (!open) pop(s);
        now = next;
        any = more;
    }
    return out->status;
}

static void own_text(struct gm__akn *s, struct gm_texts *texts, struct gm_str lead, bool parent) {
    struct gm_str first;
    bool any = gm_texts_next(texts, &first);
    if (!any && !lead.len) return;
    open_part(s, parent ? "intro" : "content", parent ? "intro" : "content");
    if (lead.len) gm__xml_element(&s->xml, "p", lead);
    if (any) paragraphs(s, texts, first);
    gm__xml_close(&s->xml);
}

/* Text between children has no element of its own in the hierarchy; at the end it is wrapUp. */
static enum gm_status tail_text(struct gm_output *out, struct gm__akn *s, struct gm_texts *texts, bool last) {
    struct gm_str first;
    if (!gm_texts_next(texts, &first)) return out->status;
    bool wrap = last && top(s)->element != GM__AKN_BODY;
    if (!wrap && push(out, s, GM__AKN_HCONTAINER, (struct gm__akn_number){0, 0}, "text") != GM_OK) return out->status;
    open_part(s, wrap ? "wrapUp" : "content", wrap ? "wrapup" : "content");
    paragraphs(s, texts, first);
    gm__xml_close(&s->xml);
    if (!wrap) pop(s);
    return out->status;
}

/* --------------------------------------------------------------------- walk */

static enum gm_status begin(struct gm_output *out) {
    struct gm__akn *s = gm_output_state(out);
    const struct gm_allocator *a = out->doc->allocator;
    struct gm_texts texts;
    struct gm_str first;
    void *slot;
    gm__buf_init(&s->eid, a, SIZE_MAX / 2);
    gm__vec_init(&s->frames, a, sizeof(struct gm__akn_frame), UINT32_MAX);
    if (gm__xml_init(&s->xml, out) != GM_OK) return out->status;
    gm__akn_head(out, s);
    gm_output_texts(out, GM_ROOT, GM_TEXT_OWN, &texts);
    bool text = gm_texts_next(&texts, &first), nodes = gm_output_first_child(out, GM_ROOT) != GM_NO_NODE;
    if (text && nodes) {
        gm__xml_open(&s->xml, "preamble");
        gm__xml_attr(&s->xml, "eId", gm__strz("preamble"));
        paragraphs(s, &texts, first);
        gm__xml_close(&s->xml);
    }
    gm__xml_open(&s->xml, "body");
    gm__xml_attr(&s->xml, "eId", gm__strz("body"));
    if (gm__vec_push(&s->frames, &slot) != GM_OK) return gm_output_fail(out, GM_NOMEM, "out of memory");
    *(struct gm__akn_frame *)slot = (struct gm__akn_frame){.element = GM__AKN_BODY};
    if (nodes) return out->status;
    if (push(out, s, GM__AKN_HCONTAINER, (struct gm__akn_number){0, 0}, "text") != GM_OK) return out->status;
    open_part(s, "content", "content"); /* a body must hold something */
    paragraphs(s, &texts, first);
    gm__xml_close(&s->xml);
    pop(s);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    const struct gm_doc *doc = out->doc;
    struct gm__akn *s = gm_output_state(out);
    struct gm_str label = gm_node_label(doc, node), title = gm_node_title(doc, node);
    bool parent = gm_output_first_child(out, node) != GM_NO_NODE;
    struct gm_texts texts;
    enum gm__akn_element element = element_of(doc, node, top(s)->element);
    bool point = element == GM__AKN_POINT || element == GM__AKN_INDENT;
    if (push(out, s, element, gm__akn_number_of(doc, node), gm_node_kind_name(gm_node_kind(doc, node))) != GM_OK)
        return out->status;
    if (label.len) gm__xml_element(&s->xml, "num", label);
    if (title.len && !point) gm__xml_element(&s->xml, "heading", title);
    gm_output_texts(out, node, GM_TEXT_OWN, &texts);
    if (element == GM__AKN_ARTICLE) return article_text(out, s, &texts, parent);
    own_text(s, &texts, point ? provision(doc, node) : gm__str("", 0), parent);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct gm__akn *s = gm_output_state(out);
    struct gm_texts texts;
    bool last = gm_node_next(out->doc, node) == GM_NO_NODE;
    if (top(s)->synthetic) pop(s); /* a 款 that held the points of the article that ends */
    pop(s);
    gm_output_texts(out, node, GM_TEXT_TAIL, &texts);
    struct gm_texts probe = texts;
    struct gm_str paragraph;
    if (!gm_texts_next(&probe, &paragraph)) return out->status;
    bool inside = top(s)->synthetic;
    if (inside) pop(s);
    if (inside || top(s)->element == GM__AKN_ARTICLE) return article_text(out, s, &texts, !last);
    return tail_text(out, s, &texts, last);
}

static enum gm_status end(struct gm_output *out) {
    struct gm__akn *s = gm_output_state(out);
    for (int open = 3; open > 0; open--) gm__xml_close(&s->xml); /* body, act, akomaNtoso */
    return gm__xml_finish(&s->xml);
}

static void release(struct gm_output *out) {
    struct gm__akn *s = gm_output_state(out);
    while (s->frames.count > 0) drop(s);
    gm__xml_release(&s->xml);
    if (s->frames.allocator) gm__vec_release(&s->frames);
    if (s->eid.allocator) gm__buf_release(&s->eid);
}

const struct gm_writer gm__write_akn = {
    .struct_size = sizeof(struct gm_writer),
    .name = "akn",
    .extensions = "akn akn.xml",
    .summary = N_("Akoma Ntoso 3.0 for statutes"),
    .media_type = "application/akn+xml",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct gm__akn),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
