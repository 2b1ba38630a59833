/*
 * write_pdftk.c - PDF bookmarks for pdftk: pdftk in.pdf update_info_utf8 marks.txt output out.pdf
 *
 * Pages are counted at form feeds, as pdftotext writes them; without any, every bookmark leads to page 1.
 */
#include "output/flow.h"

struct pdftk_state {
    struct gm__pages pages;
};

/* A title is the rest of its line, and lines end for pdftk where they end for Unicode: controls and U+2028, U+2029
 * become blanks. */
static bool breaks(uint32_t cp) { return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0x2028 || cp == 0x2029; }

static void plain(struct gm_output *out, struct gm_str s) {
    const char *run = s.ptr, *end = s.ptr + s.len;
    for (const char *p = run; p < end;) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (breaks(cp)) {
            (void)gm_output_write(out, run, (size_t)(p - run));
            (void)gm_output_puts(out, " ");
            run = p + n;
        }
        p += n;
    }
    (void)gm_output_write(out, run, (size_t)(end - run));
}

static enum gm_status begin(struct gm_output *out) {
    if (out->doc->title.len) {
        (void)gm_output_puts(out, "InfoBegin\nInfoKey: Title\nInfoValue: ");
        plain(out, out->doc->title);
        (void)gm_output_puts(out, "\n");
    }
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct pdftk_state *state = gm_output_state(out);
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    (void)gm_output_puts(out, "BookmarkBegin\nBookmarkTitle: ");
    plain(out, label);
    if (gm__heading_space(label, title)) (void)gm_output_puts(out, " ");
    plain(out, title);
    gm__printf(out, "\nBookmarkLevel: %u\nBookmarkPageNumber: %u\n", (unsigned)gm_node_level(out->doc, node),
               (unsigned)gm__page_of(out->doc, &state->pages, node));
    return out->status;
}

const struct gm_writer gm__write_pdftk = {
    .struct_size = sizeof(struct gm_writer),
    .name = "pdftk",
    .extensions = "pdftk",
    .summary = N_("PDF bookmarks for pdftk's update_info_utf8"),
    .media_type = "text/x-pdftk",
    .state_size = sizeof(struct pdftk_state),
    .begin = begin,
    .enter = enter,
};
