/*
 * write_latex.c - a LaTeX document in the class ctexart (XeLaTeX or LuaLaTeX).
 *
 * LaTeX numbers nothing: the author's labels are typed into the headings. Five levels are sectioning
 * commands; inline items, articles without a title and what lies deeper open a paragraph in bold, items
 * that are all of their paragraph are plain.
 */
#include "output/flow.h"

enum { COMMANDS = 5 };

struct latex_state {
    size_t matter;
};

static void put(struct gm_output *out, const char *s) { (void)gm_output_puts(out, s); }

/* ----------------------------------------------------------------- escape */

/* What stands for a character; NULL for itself. Ligatures of TeX (-- `` '') must not form either. */
static const char *replacement(uint32_t cp) {
    switch (cp) {
    case '\\': return "\\textbackslash{}";
    case '{': return "\\{";
    case '}': return "\\}";
    case '$': return "\\$";
    case '&': return "\\&";
    case '#': return "\\#";
    case '%': return "\\%";
    case '_': return "\\_";
    case '^': return "\\textasciicircum{}";
    case '~': return "\\textasciitilde{}";
    case '"': return "\\textquotedbl{}";
    case '\'': return "\\textquotesingle{}";
    case '`': return "\\textasciigrave{}";
    case '<': return "\\textless{}";
    case '>': return "\\textgreater{}";
    case '[': return "{[}"; /* not the argument of a command before it */
    case ']': return "{]}";
    case '-': return "-{}";
    case '?': return "?{}";
    case '!': return "!{}";
    case '\t':
    case '\n':
    case '\f':
    case '\v':
    case '\r': return " ";
    default: break;
    }
    return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == GM__BAD_CP ? "\xEF\xBF\xBD" : NULL;
}

static void escaped(struct gm_output *out, struct gm_str s) {
    const char *p = s.ptr, *end = s.ptr + s.len, *run = p;
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        const char *instead = replacement(cp);
        if (instead) {
            (void)gm_output_write(out, run, (size_t)(p - run));
            put(out, instead);
            run = p + n;
        }
        p += n;
    }
    (void)gm_output_write(out, run, (size_t)(end - run));
}

/* xeCJK drops a blank between Han characters: there it is an ideographic one, as print has it. */
static void heading(struct gm_output *out, gm_node node) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    escaped(out, label);
    if (gm__heading_space(label, title)) put(out, (unsigned char)label.ptr[label.len - 1] < 0x80 ? " " : "　");
    escaped(out, title);
}

/* ------------------------------------------------------------------- text */

static void paragraph(struct gm_output *out, const char *before, struct gm_str text, const char *after) {
    put(out, before);
    escaped(out, text);
    put(out, after);
}

static void matter_before(struct gm_output *out, size_t byte) {
    struct latex_state *s = gm_output_state(out);
    struct gm_matter m;
    while (gm__flow_matter(out, &s->matter, byte, &m)) {
        bool right = m.kind == GM_MATTER_SIGNATURE || m.kind == GM_MATTER_DATE;
        bool middle = m.kind == GM_MATTER_NUMBER || m.kind == GM_MATTER_ISSUER || m.kind == GM_MATTER_SUBTITLE;
        if (right || middle)
            paragraph(out, right ? "\\begin{flushright}" : "\\begin{center}", m.text,
                      right ? "\\hspace*{2\\ccwd}\\end{flushright}\n\n" : "\\end{center}\n\n");
        else
            paragraph(out, "\\noindent{}", m.text, "\n\n");
    }
}

static void texts_from(struct gm_output *out, struct gm_texts *t) {
    struct gm_str text;
    while (gm_texts_next(t, &text)) {
        matter_before(out, t->at);
        paragraph(out, "", text, "\n\n");
    }
}

static const char preamble[] =
    "% !TEX program = xelatex\n"
    "\\documentclass[zihao=-4]{ctexart}\n"
    "\\usepackage[a4paper,top=37mm,bottom=35mm,left=28mm,right=26mm]{geometry}\n"
    "\\usepackage[hidelinks,bookmarksdepth=5]{hyperref}\n"
    "\\setcounter{secnumdepth}{-1} % the labels are the author's\n"
    "\\setcounter{tocdepth}{3}\n"
    "\\ctexset{\n"
    "  section       = {format = \\heiti\\zihao{3}\\raggedright},\n"
    "  subsection    = {format = \\kaishu\\zihao{4}\\raggedright},\n"
    "  subsubsection = {format = \\fangsong\\bfseries\\zihao{-4}\\raggedright},\n"
    "  paragraph     = {runin = false, format = \\fangsong\\zihao{-4}\\raggedright},\n"
    "  subparagraph  = {runin = false, format = \\fangsong\\zihao{-4}\\raggedright, indent = 0pt},\n"
    "}\n";

static enum gm_status begin(struct gm_output *out) {
    struct gm_str title = gm_doc_title(out->doc), salutation = gm__flow_salutation(out);
    struct gm_texts t;
    put(out, preamble);
    if (title.len) paragraph(out, "\\title{", title, "}\n\\author{}\n\\date{}\n");
    put(out, "\\begin{document}\n");
    matter_before(out, gm__flow_title(out->doc));
    if (title.len) put(out, "\\maketitle\n");
    put(out, "\n");
    if (salutation.len) paragraph(out, "\\noindent{}", salutation, "\n\n");
    gm_output_texts(out, GM_ROOT, GM_TEXT_OWN, &t);
    texts_from(out, &t);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    static const char *const commands[COMMANDS] = {"section", "subsection", "subsubsection", "paragraph",
                                                   "subparagraph"};
    const struct gm_doc *doc = out->doc;
    uint32_t level = gm_node_level(doc, node);
    struct gm_texts t;
    matter_before(out, doc->nodes[node].start);
    gm_output_texts(out, node, GM_TEXT_OWN, &t);
    struct gm_str close = gm__title_close(doc, node), text;
    struct gm_texts probe = t;
    bool more = gm_texts_next(&probe, &text) || gm_output_first_child(out, node) != GM_NO_NODE;
    bool titled = gm_node_title(doc, node).len != 0 || !gm__run_in(doc, node);
    if (level <= COMMANDS && titled && gm_node_kind(doc, node) != GM_KIND_ITEM) {
        gm__printf(out, "\\%s{", commands[level - 1]);
        heading(out, node);
        if (!more || !gm__str_eqz(close, "。")) escaped(out, close); /* no stop after what stands as a heading */
        put(out, "}\n\n");
    } else {
        bool bold = !titled || gm__run_in(doc, node) || gm_node_kind(doc, node) != GM_KIND_ITEM;
        if (bold) put(out, "\\textbf{");
        heading(out, node);
        escaped(out, close);
        if (bold) put(out, "}");
        if (gm__run_in(doc, node) && gm_texts_next(&t, &text)) paragraph(out, titled ? "" : "\\quad ", text, "");
        put(out, "\n\n");
    }
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
    matter_before(out, SIZE_MAX);
    return gm_output_puts(out, "\\end{document}\n");
}

const struct gm_writer gm__write_latex = {
    .struct_size = sizeof(struct gm_writer),
    .name = "latex",
    .extensions = "tex",
    .summary = N_("LaTeX in the class ctexart"),
    .media_type = "application/x-latex",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct latex_state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
};
