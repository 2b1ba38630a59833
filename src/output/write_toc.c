/*
 * write_toc.c - a plain table of contents: a line a point, indented by two columns a level.
 *
 * Style "leaders" ends every line with dots and the number of the line in the source, set flush right; the
 * width counts columns, two for a Chinese character.
 */
#include <utf8proc.h>

#include "output/model.h"

struct state {
    struct gm__locator where;
    bool leaders; /* style */
};

/* What may begin a control character: 00 to 1F, 7F, C2 (of U+0085), E2 (of U+2028 and U+2029). */
static const struct gm__byte_set odd = {{3, 3, 3 | 8, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 | 4},
                                        {[0] = 1, [1] = 2, [7] = 4, [0xC] = 8, [0xE] = 8}};

enum { WIDTH = 80, LEAST_DOTS = 3 };

static void repeat(struct gm_output *out, char c, uint32_t count) {
    char *to;
    for (uint32_t n; count && (to = gm__room(out, n = count < GM__ROOM ? count : (uint32_t)GM__ROOM)); count -= n) {
        memset(to, c, n);
        gm__wrote(out, to + n);
    }
}

/* Writes what is left of a line's piece from p on, control characters as blanks, and returns its columns. */
static uint32_t piece_from(struct gm_output *out, struct gm_str s, const char *p) {
    const char *end = s.ptr + s.len, *run = s.ptr;
    uint32_t columns = 0;
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (cp < 0x20 || cp == 0x7F || cp == 0x85 || cp == 0x2028 || cp == 0x2029) {
            (void)gm_output_write(out, run, (size_t)(p - run));
            (void)gm_output_write(out, " ", 1);
            run = p + n;
            columns++;
        } else {
            columns += (uint32_t)utf8proc_charwidth((utf8proc_int32_t)cp);
        }
        p += n;
    }
    (void)gm_output_write(out, run, (size_t)(end - run));
    return columns;
}

/* Writes a line's piece. Its columns, when they are asked for. */
static uint32_t piece(struct gm_output *out, const struct state *state, struct gm_str s) {
    if (state->leaders) return piece_from(out, s, s.ptr);
    size_t plain = state->where.span->until(s.ptr, s.len, &odd);
    if (GM__UNLIKELY(plain < s.len)) return piece_from(out, s, s.ptr + plain);
    (void)gm__add_bytes(out, s.ptr, s.len);
    return 0;
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    s->leaders = gm__output_style_is(out, "leaders");
    gm__locator_init(&s->where, out->doc);
    if (!gm_doc_title(out->doc).len) return GM_OK;
    (void)piece(out, s, gm_doc_title(out->doc));
    return gm_output_write(out, "\n\n", 2);
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    uint32_t columns = 2 * (gm_node_level(out->doc, node) - 1);
    repeat(out, ' ', columns);
    columns += piece(out, s, label);
    if (gm__heading_space(label, title)) columns += piece(out, s, gm__str(" ", 1));
    columns += piece(out, s, title);
    if (s->leaders) {
        uint32_t width = gm_output_options(out)->width ? gm_output_options(out)->width : WIDTH;
        char digits[24];
        struct gm_str line = gm__digits(gm__locator_start(&s->where, node).line, digits);
        uint32_t used = columns + 2 + (uint32_t)line.len; /* a blank on either side of the dots */
        (void)gm_output_write(out, " ", 1);
        repeat(out, '.', used + LEAST_DOTS < width ? width - used : LEAST_DOTS);
        (void)gm_output_write(out, " ", 1);
        (void)gm_output_write(out, line.ptr, line.len);
    }
    return gm__add_bytes(out, "\n", 1);
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__locator_release(&s->where);
}

const struct gm_writer gm__write_toc = {
    .struct_size = sizeof(struct gm_writer),
    .name = "toc",
    .extensions = "toc",
    .summary = N_("an indented table of contents; --style leaders: with dots and line numbers"),
    .media_type = "text/plain",
    .styles = "plain leaders",
    .text_default = GM_TEXT_NONE,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .release = release,
};
