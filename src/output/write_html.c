/*
 * write_html.c - one page that needs no network: the text in nested sections, a sidebar of contents,
 * and the embedded style and script (html/page.css, html/page.js).
 *
 * Nothing of the document can become mark-up or script: all text passes gm__markup, and the
 * page's Content-Security-Policy allows the two embedded parts by their hashes and nothing else.
 */
#include "output/body.h"
#include "output/flow.h"
#include "output/parts.h"

enum { BUTTON_LEVELS = 6, VIRTUAL_LEVELS = 2 };

struct html_state {
    size_t matter;
};

static void put(struct gm_output *out, const char *s) { (void)gm_output_puts(out, s); }

/* --------------------------------------------------------------- contents */

static void contents_entry(struct gm_output *out, gm_node node) {
    struct gm_str title = gm_node_title(out->doc, node);
    gm__printf(out, "<li data-level=\"%u\">", (unsigned)gm_node_level(out->doc, node));
    bool inner = gm_output_first_child(out, node) != GM_NO_NODE;
    if (inner) put(out, "<span class=\"m\"></span>");
    gm__printf(out, "<a href=\"#n%u\">", (unsigned)node);
    struct gm__heading h = gm__heading_of(out, node); /* an article without a title shows how it begins */
    gm__markup(out, h.label);
    if (!h.label.len && !h.title.len) put(out, "…");
    if (h.title.len && !title.len) {
        put(out, " <small>");
        gm__markup(out, h.title);
        put(out, h.cut ? "…</small>" : "</small>");
    } else {
        if (h.space) put(out, " ");
        gm__markup(out, h.title);
    }
    put(out, inner ? "</a>\n<ol>\n" : "</a>");
}

static void contents(struct gm_output *out) {
    struct gm__walk walk;
    gm_node node;
    put(out, "<nav id=\"toc\" aria-label=\"目录\">\n<h2>目录</h2>\n<ol>\n");
    gm__walk_init(&walk, out->doc, out->options.depth ? out->options.depth : UINT32_MAX);
    for (enum gm__step step; (step = gm__walk_next(&walk, &node)) != GM__DONE;) {
        if (step == GM__ENTER)
            contents_entry(out, node);
        else
            put(out, gm_output_first_child(out, node) != GM_NO_NODE ? "</ol></li>\n" : "</li>\n");
    }
    put(out, "</ol>\n</nav>\n");
}

/* ------------------------------------------------------------------- head */

static void head(struct gm_output *out, struct gm_str title) {
    put(out, "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
    put(out, gm__part_page_css.hash);
    put(out, "'; script-src '");
    put(out, gm__part_page_js.hash);
    put(out, "'; base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"generator\" content=\"gangmu\">\n<title>");
    gm__markup(out, title.len ? title : gm__strz("目录"));
    put(out, "</title>\n<style>");
    (void)gm_output_write(out, gm__part_page_css.text, gm__part_page_css.len);
    put(out, "</style>\n</head>\n<body>\n");
}

static void tools(struct gm_output *out) {
    uint32_t levels = 0, limit = out->options.depth ? out->options.depth : UINT32_MAX;
    for (gm_node n = 1; n < out->doc->node_count && levels < BUTTON_LEVELS; n++) {
        uint32_t level = gm_node_level(out->doc, n);
        if (level > levels && level <= limit) levels = level;
    }
    put(out, "<a class=\"skip\" href=\"#text\">跳到正文</a>\n<header class=\"bar\">\n"
             "<button type=\"button\" id=\"menu\" aria-expanded=\"false\" aria-controls=\"toc\">目录</button>\n"
             "<div class=\"group search\" role=\"search\"><input id=\"find\" type=\"search\" autocomplete=\"off\" "
             "placeholder=\"搜索　按 / 键\" aria-label=\"搜索正文\">"
             "<button type=\"button\" id=\"prev\" aria-label=\"上一处\">↑</button>"
             "<button type=\"button\" id=\"next\" aria-label=\"下一处\">↓</button>"
             "<output id=\"hits\" for=\"find\"></output></div>\n"
             "<div class=\"row\"><div class=\"group\" id=\"levels\" role=\"group\" aria-label=\"展开到第几级\">");
    for (uint32_t i = 1; i <= levels; i++)
        gm__printf(out,
                   "<button type=\"button\" data-level=\"%u\" aria-pressed=\"false\" "
                   "aria-label=\"展开到第%u级\">%u</button>",
                   (unsigned)i, (unsigned)i, (unsigned)i);
    put(out, "<button type=\"button\" data-level=\"0\" aria-pressed=\"true\">全部</button></div>\n"
             "<div class=\"group end\"><button type=\"button\" id=\"markdown\"><span class=\"copy\">复制 "
             "</span>Markdown</button>"
             "<button type=\"button\" id=\"opml\"><span class=\"copy\">复制 </span>OPML</button></div>\n"
             "<button type=\"button\" id=\"theme\" aria-pressed=\"false\">深色</button></div>\n</header>\n"
             "<div class=\"page\">\n");
}

/* ------------------------------------------------------------------- text */

static void matter_before(struct gm_output *out, size_t byte) {
    struct html_state *state = gm_output_state(out);
    struct gm_matter m;
    while (gm__flow_matter(out, &state->matter, byte, &m)) {
        gm__printf(out, "<p class=\"m-%s\">", gm_matter_kind_name(m.kind));
        gm__markup(out, m.text);
        put(out, "</p>\n");
    }
}

static void texts(struct gm_output *out, gm_node node, enum gm_text_part part) {
    struct gm_texts t;
    struct gm_str paragraph;
    gm_output_texts(out, node, part, &t);
    while (gm_texts_next(&t, &paragraph)) {
        matter_before(out, t.at);
        put(out, "<p>");
        gm__markup(out, paragraph);
        put(out, "</p>\n");
    }
}

static enum gm_status begin(struct gm_output *out) {
    struct gm_str title = gm_doc_title(out->doc), salutation = gm__flow_salutation(out);
    head(out, title.len ? title : gm__str(out->doc->name, strlen(out->doc->name)));
    tools(out);
    contents(out);
    put(out, "<main id=\"text\" tabindex=\"-1\">\n<article>\n");
    matter_before(out, gm__flow_title(out->doc));
    if (title.len) {
        put(out, "<h1>");
        gm__markup(out, title);
        put(out, "</h1>\n");
    }
    if (salutation.len) {
        put(out, "<p class=\"m-salutation\">");
        gm__markup(out, salutation);
        put(out, "</p>\n");
    }
    texts(out, GM_ROOT, GM_TEXT_OWN);
    return out->status;
}

static void heading(struct gm_output *out, gm_node node, bool close) {
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    unsigned level = gm_node_level(out->doc, node), tag = level < 6 ? level + 1 : 6;
    gm__printf(out, "<h%u id=\"t%u\"", tag, (unsigned)node);
    if (level + 1 > tag) gm__printf(out, " aria-level=\"%u\"", level + 1);
    put(out, ">");
    if (label.len) {
        put(out, "<span class=\"no\">");
        gm__markup(out, label);
        put(out, "</span>");
    }
    if (gm__heading_space(label, title)) put(out, " ");
    gm__markup(out, title);
    struct gm_str mark = gm__title_close(out->doc, node);
    if (close && mark.len) {
        put(out, "<i>");
        gm__markup(out, mark);
        put(out, "</i>");
    }
    gm__printf(out, "</h%u>", tag);
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    const struct gm_doc *doc = out->doc;
    struct gm_texts probe;
    struct gm_str first;
    matter_before(out, doc->nodes[node].start);
    gm_output_texts(out, node, GM_TEXT_OWN, &probe);
    bool text = gm_texts_next(&probe, &first), run = text && gm__run_in(doc, node);
    bool more = text || gm_output_first_child(out, node) != GM_NO_NODE;
    bool colon = gm__str_eqz(gm__title_close(doc, node), "：");
    bool leaf = (!more || colon) && out->text != GM_TEXT_NONE; /* a sentence rather than a heading */
    unsigned id = (unsigned)node, level = gm_node_level(doc, node);
    gm__printf(out, "<section id=\"n%u\" data-level=\"%u\" class=\"%s%s%s%s\">", id, level,
               gm_node_kind_name(gm_node_kind(doc, node)), level <= VIRTUAL_LEVELS ? " v" : "", run ? " run" : "",
               leaf ? " leaf" : "");
    if (more)
        gm__printf(out,
                   "<button type=\"button\" class=\"f\" aria-expanded=\"true\" aria-controls=\"b%u\" "
                   "aria-labelledby=\"t%u\"></button>",
                   id, id);
    heading(out, node, run || leaf);
    gm__printf(out, "<div class=\"b\" id=\"b%u\">%s", id, run ? "" : "\n"); /* no blank after 加强领导。 */
    texts(out, node, GM_TEXT_OWN);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    put(out, "</div></section>\n");
    texts(out, node, GM_TEXT_TAIL);
    return out->status;
}

static enum gm_status end(struct gm_output *out) {
    matter_before(out, SIZE_MAX);
    put(out, "</article>\n</main>\n</div>\n<p id=\"said\" class=\"quiet\" role=\"status\"></p>\n<script>");
    (void)gm_output_write(out, gm__part_page_js.text, gm__part_page_js.len);
    return gm_output_puts(out, "</script>\n</body>\n</html>\n");
}

const struct gm_writer gm__write_html = {
    .struct_size = sizeof(struct gm_writer),
    .name = "html",
    .extensions = "html htm",
    .summary = N_("one self-contained page: contents, folding, search"),
    .media_type = "text/html; charset=utf-8",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct html_state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
};
