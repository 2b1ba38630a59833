/*
 * write_tree.c - the outline as a tree for the terminal.
 *
 * Columns are counted as a terminal counts them (CJK characters take two); options.width cuts titles and
 * wraps text to fit. Control, format and bidirectional characters are shown as symbols or code
 * points, never sent: a document cannot move the cursor or turn a line around.
 */
#include "output/flow.h"

#include <utf8proc.h>

struct tree_state {
    struct gm__buf prefix; /* the rails to the left of the current node's children */
    uint32_t columns;      /* their width */
};

#define RAIL_GO   "\xE2\x94\x82   " /* │ */
#define RAIL_NONE "    "
#define FORK      "\xE2\x94\x9C\xE2\x94\x80\xE2\x94\x80 " /* ├── */
#define CORNER    "\xE2\x94\x94\xE2\x94\x80\xE2\x94\x80 " /* └── */
#define ELLIPSIS  "\xE2\x80\xA6"
enum { RAIL = 4, NARROWEST = 12 };

/* A code point as it is shown: bytes in buffer (12 are enough), their number, their columns. */
static size_t show(uint32_t cp, char buffer[12], uint32_t *columns) {
    static const char digits[] = "0123456789ABCDEF";
    utf8proc_category_t category = cp == GM__BAD_CP ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)cp);
    bool hidden = category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
                  category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
    *columns = 1;
    if (cp == GM__BAD_CP) return gm__utf8_encode(0xFFFD, buffer);
    if (cp == '\t' || cp == '\n' || cp == '\r') return gm__utf8_encode(' ', buffer);
    if (cp < 0x20 || cp == 0x7F) return gm__utf8_encode(cp == 0x7F ? 0x2421 : 0x2400 + cp, buffer); /* ␛ */
    if (!hidden || cp == 0x200D) {
        int width = utf8proc_charwidth((utf8proc_int32_t)cp);
        *columns = width > 0 ? (uint32_t)width : 0;
        return gm__utf8_encode(cp, buffer);
    }
    size_t n = 0;
    buffer[n++] = '<';
    buffer[n++] = 'U';
    buffer[n++] = '+';
    for (int shift = cp > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) buffer[n++] = digits[(cp >> shift) & 15];
    buffer[n++] = '>';
    *columns = (uint32_t)n;
    return n;
}

static uint32_t width_of(struct gm_str s) {
    uint32_t width = 0, cp, columns;
    char shown[12];
    for (const char *p = s.ptr, *end = s.ptr + s.len; p < end;) {
        p += gm__utf8_decode(p, end, &cp);
        (void)show(cp, shown, &columns);
        width += columns;
    }
    return width;
}

/* Write as much of s as fits into `room` columns; returns what is left of it. */
static struct gm_str fit(struct gm_output *out, struct gm_str s, uint32_t room) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    uint32_t cp, columns;
    char shown[12];
    while (p < end) {
        size_t n = gm__utf8_decode(p, end, &cp), bytes = show(cp, shown, &columns);
        if (columns > room) break;
        room -= columns;
        (void)gm_output_write(out, shown, bytes);
        p += n;
    }
    return gm__str(p, (size_t)(end - p));
}

static void colour(struct gm_output *out, const char *sequence) {
    if (out->options.colour) (void)gm_output_puts(out, sequence);
}
#define PLAIN "\x1B[0m"
#define BOLD  "\x1B[1m"
#define FAINT "\x1B[2m"
#define LABEL "\x1B[36m"

static uint32_t room_after(const struct gm_output *out, uint32_t columns) {
    if (!out->options.width) return UINT32_MAX;
    return out->options.width > columns + NARROWEST ? out->options.width - columns : NARROWEST;
}

/* One line of text, cut with an ellipsis. */
static uint32_t cut(struct gm_output *out, struct gm_str s, uint32_t room) {
    uint32_t width = width_of(s);
    if (width <= room) {
        (void)fit(out, s, room);
        return room - width;
    }
    (void)fit(out, s, room ? room - 1 : 0);
    (void)gm_output_puts(out, room ? ELLIPSIS : "");
    return 0;
}

static void rails(struct gm_output *out, const char *last) {
    const struct tree_state *s = gm_output_state(out);
    colour(out, FAINT);
    (void)gm_output_write(out, s->prefix.data ? s->prefix.data : "", s->prefix.len);
    (void)gm_output_puts(out, last);
    colour(out, PLAIN);
}

/* Paragraphs under a node: its children's rail, if it has any, runs along them. */
static void texts(struct gm_output *out, gm_node node, enum gm_text_part part, const char *rail, uint32_t columns) {
    struct gm_texts t;
    struct gm_str left;
    gm_output_texts(out, node, part, &t);
    while (gm_texts_next(&t, &left)) {
        while (left.len) {
            rails(out, rail);
            left = gm__str_trim(fit(out, left, room_after(out, columns)));
            (void)gm_output_puts(out, "\n");
        }
    }
}

static enum gm_status begin(struct gm_output *out) {
    struct tree_state *s = gm_output_state(out);
    struct gm_str title = out->doc->title.len ? out->doc->title : gm__strz(out->doc->name);
    gm__buf_init(&s->prefix, out->doc->allocator, SIZE_MAX);
    colour(out, BOLD);
    (void)cut(out, title.len ? title : gm__strz("."), room_after(out, 0));
    colour(out, PLAIN);
    (void)gm_output_puts(out, "\n");
    texts(out, GM_ROOT, GM_TEXT_OWN, gm_output_first_child(out, GM_ROOT) != GM_NO_NODE ? RAIL_GO : RAIL_NONE, RAIL);
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct tree_state *s = gm_output_state(out);
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    bool more = gm_node_next(out->doc, node) != GM_NO_NODE;
    rails(out, more ? FORK : CORNER);
    uint32_t room = room_after(out, s->columns + RAIL);
    colour(out, LABEL);
    room = cut(out, label, room);
    colour(out, PLAIN);
    if (gm__heading_space(label, title) && room) {
        (void)gm_output_puts(out, " ");
        room--;
    }
    (void)cut(out, title, room);
    (void)gm_output_puts(out, "\n");
    if (gm__buf_puts(&s->prefix, more ? RAIL_GO : RAIL_NONE) != GM_OK)
        return gm_output_fail(out, GM_NOMEM, "out of memory");
    s->columns += RAIL;
    bool children = gm_output_first_child(out, node) != GM_NO_NODE;
    texts(out, node, GM_TEXT_OWN, children ? RAIL_GO : RAIL_NONE, s->columns + RAIL);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct tree_state *s = gm_output_state(out);
    bool more = gm_node_next(out->doc, node) != GM_NO_NODE;
    s->prefix.len -= strlen(more ? RAIL_GO : RAIL_NONE);
    s->columns -= RAIL;
    texts(out, node, GM_TEXT_TAIL, more ? RAIL_GO : RAIL_NONE, s->columns + RAIL);
    return out->status;
}

static void release(struct gm_output *out) {
    struct tree_state *s = gm_output_state(out);
    gm__buf_release(&s->prefix);
}

const struct gm_writer gm__write_tree = {
    .struct_size = sizeof(struct gm_writer),
    .name = "tree",
    .extensions = "tree",
    .summary = N_("the outline drawn as a tree for the terminal"),
    .media_type = "text/plain; charset=utf-8",
    .state_size = sizeof(struct tree_state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .release = release,
};
