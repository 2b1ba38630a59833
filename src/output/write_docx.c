/*
 * write_docx.c - a Word document laid out as GB/T 9704-2012 asks, with real headings.
 *
 * Points down to the ninth level are headings (navigation pane, contents); inline items, articles without a
 * title and what lies deeper are paragraphs. Labels are typed text, as the author wrote them, so the
 * document reads back to the same outline. Where a title runs on into its text, a style separator (a
 * paragraph mark that is not shown) keeps the two in one line with the title alone in the heading.
 *
 * Style "plain" leaves the contents out. options.reference names a document whose styles are used.
 */
#include "output/docx_package.h"
#include "output/flow.h"

#include <stdio.h>

enum { HEADINGS = 9, CONTENTS_LEVELS = 3 };

struct docx_state {
    struct gm__buf xml; /* word/document.xml */
    struct gm__docx_look styles;
    size_t matter;
};

static struct gm__buf *xml_of(struct gm_output *out) {
    struct docx_state *s = gm_output_state(out);
    return &s->xml;
}

static void put(struct gm_output *out, const char *s) { (void)gm__buf_puts(xml_of(out), s); }
static void put_bytes(void *ctx, const char *bytes, size_t len) { (void)gm__buf_add(ctx, bytes, len); }
static void escaped(struct gm_output *out, struct gm_str s) { gm__markup_escape(s, put_bytes, xml_of(out)); }

/* ------------------------------------------------------ paragraphs, runs */

/* Open a paragraph; a style that the reference document lacks is left out. `more` goes into w:pPr. */
static void open_paragraph(struct gm_output *out, size_t style, const char *more) {
    struct docx_state *s = gm_output_state(out);
    const char *id = style < GM__DOCX_STYLE_COUNT ? s->styles.id[style] : NULL;
    put(out, "<w:p><w:pPr>");
    if (id) {
        put(out, "<w:pStyle w:val=\"");
        escaped(out, gm__strz(id));
        put(out, "\"/>");
    }
    put(out, more);
    put(out, "</w:pPr>");
}

static void run(struct gm_output *out, struct gm_str text) {
    if (!text.len) return;
    put(out, "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">");
    escaped(out, text);
    put(out, "</w:t></w:r>");
}

static void label_run(struct gm_output *out, struct gm_str text) {
    struct docx_state *s = gm_output_state(out);
    const char *id = s->styles.id[GM__DOCX_LABEL];
    put(out, "<w:r><w:rPr>");
    if (id) {
        put(out, "<w:rStyle w:val=\"");
        escaped(out, gm__strz(id));
        put(out, "\"/>");
    }
    put(out, "<w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">");
    escaped(out, text);
    put(out, "</w:t></w:r>");
}

static void heading_runs(struct gm_output *out, gm_node node) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    run(out, label);
    if (gm__heading_space(label, title)) run(out, gm__str(" ", 1));
    run(out, title);
}

static void paragraph(struct gm_output *out, size_t style, struct gm_str text) {
    open_paragraph(out, style, "");
    run(out, text);
    put(out, "</w:p>\n");
}

static size_t matter_style(enum gm_matter_kind kind) {
    switch (kind) {
    case GM_MATTER_SUBTITLE:
    case GM_MATTER_ISSUER:
    case GM_MATTER_NUMBER: return GM__DOCX_NUMBER;
    case GM_MATTER_SIGNATURE: return GM__DOCX_SIGNATURE;
    case GM_MATTER_DATE: return GM__DOCX_DATE;
    case GM_MATTER_ATTACHMENTS:
    case GM_MATTER_ANNOTATION:
    case GM_MATTER_CLOSING: return GM__DOCX_BODY;
    case GM_MATTER_TITLE:
    case GM_MATTER_CLASSIFICATION:
    case GM_MATTER_SIGNER:
    case GM_MATTER_RECIPIENT:
    case GM_MATTER_SALUTATION:
    case GM_MATTER_COPY:
    case GM_MATTER_PRINTING:
    case GM_MATTER_TOC:
    case GM_MATTER_PAGE:
    case GM_MATTER_NOTE:
    case GM_MATTER_REGION:
    case GM_MATTER_KIND_COUNT: break;
    }
    return GM__DOCX_STYLE_COUNT; /* the default paragraph: no indent */
}

static void matter_before(struct gm_output *out, size_t byte) {
    struct docx_state *s = gm_output_state(out);
    struct gm_matter m;
    while (gm__flow_matter(out, &s->matter, byte, &m)) paragraph(out, matter_style(m.kind), m.text);
}

static void texts_from(struct gm_output *out, struct gm_texts *t) {
    struct gm_str text;
    while (gm_texts_next(t, &text)) {
        matter_before(out, t->at);
        paragraph(out, GM__DOCX_BODY, text);
    }
}

/* --------------------------------------------------------------- contents */

static bool is_heading(const struct gm_doc *doc, gm_node node) {
    if (gm_node_level(doc, node) > HEADINGS || gm_node_kind(doc, node) == GM_KIND_ITEM) return false;
    return gm_node_title(doc, node).len != 0 || !gm__run_in(doc, node);
}

static bool in_contents(const struct gm_output *out, gm_node node) {
    return gm_node_level(out->doc, node) <= CONTENTS_LEVELS && is_heading(out->doc, node) &&
           !gm__output_style_is(out, "plain");
}

#define FIELD(kind) "<w:r><w:fldChar w:fldCharType=\"" kind "\"/></w:r>"

static void contents_entry(struct gm_output *out, gm_node node, bool first) {
    struct gm__buf *b = xml_of(out);
    open_paragraph(out, GM__DOCX_TOC_1 + gm_node_level(out->doc, node) - 1, "");
    if (first)
        put(out, "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r>"
                 "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-3\" \\h \\z \\u </w:instrText></w:r>" FIELD(
                     "separate"));
    (void)gm__buf_printf(b, "<w:hyperlink w:anchor=\"_Toc%u\" w:history=\"1\">", (unsigned)node);
    heading_runs(out, node);
    (void)gm__buf_printf(b,
                         "<w:r><w:tab/></w:r>" FIELD("begin") "<w:r><w:instrText xml:space=\"preserve\"> PAGEREF "
                                                              "_Toc%u \\h </w:instrText></w:r>" FIELD("separate")
                                                                  FIELD("end") "</w:hyperlink></w:p>\n",
                         (unsigned)node);
}

/* A4, 天头 37 mm, 订口 28 mm, a text area of 156 mm × 225 mm. */
#define PAGE                                                                                                           \
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" " \
    "w:header=\"851\" w:footer=\"1247\" w:gutter=\"0\"/>"

/* The contents, filled in but for the page numbers, which Word adds when it opens the document. They are
 * a section without page numbers; the text after them starts at page 1. */
static void contents(struct gm_output *out) {
    struct gm__walk walk;
    gm_node node;
    bool first = true;
    gm__walk_init(&walk, out->doc, out->options.depth ? out->options.depth : UINT32_MAX);
    for (enum gm__step step; (step = gm__walk_next(&walk, &node)) != GM__DONE;) {
        if (step != GM__ENTER || !in_contents(out, node)) continue;
        if (first) {
            put(out, "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/>"
                     "</w:docPartObj></w:sdtPr><w:sdtContent>\n");
            paragraph(out, GM__DOCX_TOC_HEADING, gm__strz("目录"));
        }
        contents_entry(out, node, first);
        first = false;
    }
    if (!first)
        put(out, "<w:p><w:pPr><w:sectPr>" PAGE "</w:sectPr></w:pPr>" FIELD("end") "</w:p>\n</w:sdtContent></w:sdt>\n");
}

/* ----------------------------------------------------------------- writer */

static enum gm_status begin(struct gm_output *out) {
    struct docx_state *s = gm_output_state(out);
    struct gm_texts t;
    gm__buf_init(&s->xml, out->doc->allocator, SIZE_MAX);
    enum gm_status status = gm__docx_look_init(&s->styles, out->doc->allocator, out->options.reference, out->error);
    if (status != GM_OK) return status;
    put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\n<w:body>\n");
    contents(out);
    struct gm_str title = gm_doc_title(out->doc), salutation = gm__flow_salutation(out);
    matter_before(out, gm__flow_title(out->doc));
    if (title.len) paragraph(out, GM__DOCX_TITLE, title);
    if (salutation.len) paragraph(out, GM__DOCX_STYLE_COUNT, salutation);
    gm_output_texts(out, GM_ROOT, GM_TEXT_OWN, &t);
    texts_from(out, &t);
    return out->status;
}

static void open_heading(struct gm_output *out, gm_node node, bool joined) {
    struct docx_state *s = gm_output_state(out);
    uint32_t level = gm_node_level(out->doc, node);
    size_t style = GM__DOCX_HEADING_1 + level - 1;
    char more[160];
    struct gm__buf *b = xml_of(out);
    char outline[] = "<w:outlineLvl w:val=\"0\"/>"; /* still a heading for the navigation pane */
    outline[strlen("<w:outlineLvl w:val=\"")] = (char)('0' + level - 1);
    (void)snprintf(more, sizeof more, "%s%s%s",
                   gm_node_kind(out->doc, node) == GM_KIND_REGION ? "<w:pageBreakBefore/>" : "",
                   s->styles.id[style] ? "" : outline, joined ? "<w:rPr><w:vanish/><w:specVanish/></w:rPr>" : "");
    open_paragraph(out, style, more);
    if (in_contents(out, node))
        (void)gm__buf_printf(b, "<w:bookmarkStart w:id=\"%u\" w:name=\"_Toc%u\"/>", (unsigned)node, (unsigned)node);
    heading_runs(out, node);
    if (in_contents(out, node)) (void)gm__buf_printf(b, "<w:bookmarkEnd w:id=\"%u\"/>", (unsigned)node);
}

/* 第一条　… and 一是…: label, title and what runs on in one paragraph of body text. */
static void open_item(struct gm_output *out, gm_node node) {
    open_paragraph(out, GM__DOCX_BODY, "");
    if (gm_node_kind(out->doc, node) == GM_KIND_ARTICLE && !gm_node_title(out->doc, node).len) {
        label_run(out, gm_node_label(out->doc, node));
        run(out, gm__strz("\xE3\x80\x80")); /* ideographic space */
    } else {
        heading_runs(out, node);
    }
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct gm_texts t, probe;
    struct gm_str first;
    matter_before(out, out->doc->nodes[node].start);
    gm_output_texts(out, node, GM_TEXT_OWN, &t);
    probe = t;
    bool joined = gm__run_in(out->doc, node) && gm_texts_next(&probe, &first), heading = is_heading(out->doc, node);
    if (heading)
        open_heading(out, node, joined);
    else
        open_item(out, node);
    run(out, gm__title_close(out->doc, node));
    if (joined) {
        if (heading) {
            put(out, "</w:p>\n");
            open_paragraph(out, GM__DOCX_BODY, "");
        }
        run(out, first);
        t = probe;
    }
    put(out, "</w:p>\n");
    texts_from(out, &t);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct gm_texts t;
    gm_output_texts(out, node, GM_TEXT_TAIL, &t);
    texts_from(out, &t);
    return out->status;
}

static enum gm_status end(struct gm_output *out) {
    struct docx_state *s = gm_output_state(out);
    matter_before(out, SIZE_MAX);
    put(out, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
             "<w:footerReference w:type=\"even\" r:id=\"rId5\"/>" PAGE
             "<w:pgNumType w:start=\"1\"/></w:sectPr>\n</w:body>\n</w:document>\n");
    if (s->xml.status != GM_OK) return gm_output_fail(out, GM_NOMEM, "out of memory");
    return gm__docx_package(out, &s->styles, gm__str(s->xml.data, s->xml.len));
}

static void release(struct gm_output *out) {
    struct docx_state *s = gm_output_state(out);
    if (s->xml.allocator) gm__buf_release(&s->xml);
    gm__docx_look_release(&s->styles);
}

const struct gm_writer gm__write_docx = {
    .struct_size = sizeof(struct gm_writer),
    .name = "docx",
    .extensions = "docx",
    .summary = N_("Word document with headings and contents, set to GB/T 9704"),
    .media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    .styles = "contents plain",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct docx_state),
    .binary = true,
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
