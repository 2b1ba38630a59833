/*
 * write_pdfmark.c - PDF bookmarks for Ghostscript: gs -sDEVICE=pdfwrite -o out.pdf in.pdf marks.ps
 *
 * Titles are hexadecimal UTF-16BE: in a literal string 上 (U+4E0A) would hold a line feed. Pages are
 * counted at form feeds, as pdftotext writes them; without any, every bookmark leads to page 1.
 */
#include "output/flow.h"

struct pdfmark_state {
    struct gm__pages pages;
};

static void hex(struct gm_output *out, struct gm_str s) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (cp == GM__BAD_CP || cp < 0x20) cp = cp == '\t' ? ' ' : 0xFFFD;
        if (cp < 0x10000)
            gm__printf(out, "%04X", (unsigned)cp);
        else
            gm__printf(out, "%04X%04X", (unsigned)(0xD800 + ((cp - 0x10000) >> 10)),
                       (unsigned)(0xDC00 + ((cp - 0x10000) & 0x3FF)));
    }
}

static enum gm_status begin(struct gm_output *out) {
    (void)gm_output_puts(out, "%!\n");
    if (out->doc->title.len) {
        (void)gm_output_puts(out, "[ /Title <FEFF");
        hex(out, out->doc->title);
        (void)gm_output_puts(out, "> /DOCINFO pdfmark\n");
    }
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct pdfmark_state *state = gm_output_state(out);
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    uint32_t children = 0;
    for (gm_node c = gm_output_first_child(out, node); c != GM_NO_NODE; c = gm_node_next(out->doc, c)) children++;
    (void)gm_output_puts(out, "[ /Title <FEFF");
    hex(out, label);
    if (gm__heading_space(label, title)) (void)gm_output_puts(out, "0020");
    hex(out, title);
    gm__printf(out, "> /Page %u /View [/XYZ null null null]", (unsigned)gm__page_of(out->doc, &state->pages, node));
    if (children) gm__printf(out, " /Count %s%u", gm_node_level(out->doc, node) > 1 ? "-" : "", (unsigned)children);
    return gm_output_puts(out, " /OUT pdfmark\n");
}

const struct gm_writer gm__write_pdfmark = {
    .struct_size = sizeof(struct gm_writer),
    .name = "pdfmark",
    .extensions = "pdfmark",
    .summary = N_("PDF bookmarks for Ghostscript"),
    .media_type = "application/postscript",
    .state_size = sizeof(struct pdfmark_state),
    .begin = begin,
    .enter = enter,
};
