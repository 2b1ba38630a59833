/*
 * write_markdown.c - CommonMark.
 *
 * The document's title is the first-level heading and its points follow one level below; without a
 * title the points start at the first level. What lies deeper than the six levels of Markdown goes on as
 * a nested list. Style "list" makes a nested list of the whole outline.
 *
 * Text is escaped so that a reader sees the same words: characters that start mark-up anywhere, and at
 * the start of a line what would turn it into a list, a quotation, a heading or a rule.
 */
#include "output/flow.h"

enum { HEADINGS = 6 };

struct state {
    struct gm__buf line; /* label and title together, to be escaped as one */
    bool list;           /* style */
    bool full;           /* with text: blocks stand apart */
    bool any;            /* something was written */
    bool items;          /* the last block was a list item without text */
    bool bare;           /* the last block was an item without label and title: its text must follow at once */
    uint32_t above;      /* 1 with a document title in the headings style */
    size_t matter;       /* what of it was written */
};

/* ----------------------------------------------------------------- escape */

static bool word(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/* Does the character at p need a backslash (or, a line break, another character)? */
static bool special(const char *start, const char *p, const char *end) {
    unsigned char next = p + 1 < end ? (unsigned char)p[1] : 0, before = p > start ? (unsigned char)p[-1] : 0;
    switch (*p) {
    case '\\':
    case '`':
    case '[':
    case '*':
    case '|':
    case '~':
    case '\0':
    case '\n':
    case '\r': return true;
    case '_': return !word(before) || !word(next);
    case '<': return word(next) || next == '/' || next == '!' || next == '?';
    case '&': return word(next) || next == '#';
    case '!': return next == '[';
    default: return false;
    }
}

static void inlines(struct gm_output *out, struct gm_str s) {
    static const bool candidate[256] = {
        ['\\'] = true, ['`'] = true, ['['] = true, ['*'] = true,  ['|'] = true,  ['~'] = true, ['_'] = true,
        ['<'] = true,  ['&'] = true, ['!'] = true, ['\0'] = true, ['\n'] = true, ['\r'] = true};
    const char *end = s.ptr + s.len, *run = s.ptr;
    for (const char *p = s.ptr; p < end; p++) {
        if (!candidate[(unsigned char)*p] || !special(s.ptr, p, end)) continue;
        (void)gm_output_write(out, run, (size_t)(p - run));
        run = p;
        if (*p == '\n' || *p == '\r' || *p == '\0') {
            (void)gm_output_puts(out, *p ? " " : "\xEF\xBF\xBD");
            run++;
        } else {
            (void)gm_output_write(out, "\\", 1);
        }
    }
    (void)gm_output_write(out, run, (size_t)(end - run));
}

/* How many bytes of a line's start go before a backslash; SIZE_MAX when it needs none. */
static size_t line_start(struct gm_str s) {
    size_t i = 0;
    if (s.len == 0) return SIZE_MAX;
    switch (s.ptr[0]) {
    case '#':
        while (i < s.len && s.ptr[i] == '#') i++;
        return i <= 6 && (i == s.len || s.ptr[i] == ' ' || s.ptr[i] == '\t') ? 0 : SIZE_MAX;
    case '+': return s.len == 1 || s.ptr[1] == ' ' || s.ptr[1] == '\t' ? 0 : SIZE_MAX;
    case '-': return s.len == 1 || s.ptr[1] == ' ' || s.ptr[1] == '\t' || s.ptr[1] == '-' ? 0 : SIZE_MAX;
    case '>':
    case '=':
    case ':':
    case '%': return 0; /* the last two start a definition and a title block in pandoc's Markdown */
    default: break;
    }
    while (i < s.len && i < 9 && s.ptr[i] >= '0' && s.ptr[i] <= '9') i++;
    if (i == 0 || i == s.len || (s.ptr[i] != '.' && s.ptr[i] != ')')) return SIZE_MAX;
    return i + 1 == s.len || s.ptr[i + 1] == ' ' || s.ptr[i + 1] == '\t' ? i : SIZE_MAX;
}

static void paragraph_text(struct gm_output *out, struct gm_str s) {
    size_t at = line_start(s);
    if (at != SIZE_MAX) {
        (void)gm_output_write(out, s.ptr, at);
        (void)gm_output_write(out, "\\", 1);
        (void)gm_output_write(out, s.ptr + at, 1);
        s = gm__str(s.ptr + at + 1, s.len - at - 1);
    }
    inlines(out, s);
}

/* A heading's own end: a row of # after a blank would be taken for its closing. */
static void heading_text(struct gm_output *out, struct gm_str s) {
    size_t n = s.len;
    while (n > 0 && s.ptr[n - 1] == '#') n--;
    bool closing = n < s.len && (n == 0 || s.ptr[n - 1] == ' ' || s.ptr[n - 1] == '\t');
    inlines(out, gm__str(s.ptr, closing ? n : s.len));
    if (!closing) return;
    (void)gm_output_write(out, "\\", 1);
    (void)gm_output_write(out, s.ptr + n, s.len - n);
}

/* ----------------------------------------------------------------- blocks */

static void spaces(struct gm_output *out, uint32_t count) {
    static const char blanks[] = "                                ";
    for (uint32_t n; count; count -= n) {
        n = count < sizeof blanks - 1 ? count : (uint32_t)(sizeof blanks - 1);
        (void)gm_output_write(out, blanks, n);
    }
}

/* A blank line parts blocks; the items of a list without text stand close. */
static void apart(struct gm_output *out, bool item) {
    struct state *s = gm_output_state(out);
    if (s->any && !s->bare && !(item && s->items)) (void)gm_output_write(out, "\n", 1);
    s->any = true;
    s->bare = false;
    s->items = item && !s->full;
}

static void heading(struct gm_output *out, uint32_t level, struct gm_str text) {
    apart(out, false);
    (void)gm_output_write(out, "######", level);
    if (text.len) (void)gm_output_write(out, " ", 1);
    heading_text(out, text);
    (void)gm_output_write(out, "\n", 1);
}

static void paragraph(struct gm_output *out, uint32_t indent, struct gm_str text) {
    apart(out, false);
    spaces(out, indent);
    paragraph_text(out, text);
    (void)gm_output_write(out, "\n", 1);
}

/* Depth of the list item that stands for the node, 0 for a heading. */
static uint32_t list_depth(struct gm_output *out, gm_node node) {
    const struct state *s = gm_output_state(out);
    uint32_t level = gm_node_level(out->doc, node);
    if (s->list || node == GM_ROOT) return level;
    return level + s->above > HEADINGS ? level + s->above - HEADINGS : 0;
}

/* Matter that stands before `byte`, as paragraphs. */
static void matter_before(struct gm_output *out, size_t byte) {
    struct state *s = gm_output_state(out);
    struct gm_matter m;
    if (out->text != GM_TEXT_FULL) return;
    while (gm__flow_matter(out, &s->matter, byte, &m)) paragraph(out, 0, m.text);
}

static void texts(struct gm_output *out, gm_node node, enum gm_text_part part, uint32_t indent) {
    struct gm_texts cursor;
    struct gm_str text;
    gm_output_texts(out, node, part, &cursor);
    while (gm_texts_next(&cursor, &text)) {
        matter_before(out, cursor.at);
        paragraph(out, indent, text);
    }
}

/* ----------------------------------------------------------------- writer */

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__buf_init(&s->line, out->doc->allocator, SIZE_MAX);
    s->list = gm__output_style_is(out, "list");
    s->full = out->text != GM_TEXT_NONE;
    struct gm_str title = gm_doc_title(out->doc);
    s->above = title.len ? 1 : 0;
    matter_before(out, gm__flow_title(out->doc));
    if (title.len) heading(out, 1, title);
    texts(out, GM_ROOT, GM_TEXT_OWN, 0);
    return out->status;
}

/* An item that is a part of a sentence, no heading: （一）公园绿地； */
static bool is_clause(const struct gm_doc *doc, gm_node node) {
    return gm_node_kind(doc, node) == GM_KIND_ITEM && !gm__run_in(doc, node);
}

/* Label and title in one buffer, which is used again for each node. */
static struct gm_str line_of(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    gm__buf_clear(&s->line);
    (void)gm__buf_add(&s->line, label.ptr, label.len);
    (void)gm__buf_puts(&s->line, gm__heading_gap(label, title));
    (void)gm__buf_add(&s->line, title.ptr, title.len);
    struct gm_str close = s->full && is_clause(out->doc, node) ? gm__title_close(out->doc, node) : gm__str("", 0);
    if (gm__buf_add(&s->line, close.ptr, close.len) != GM_OK) (void)gm_output_fail(out, GM_NOMEM, "out of memory");
    return gm__str(s->line.data, s->line.len);
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct gm_str line = line_of(out, node);
    uint32_t depth = list_depth(out, node);
    matter_before(out, out->doc->nodes[node].start);
    if (out->status != GM_OK) return out->status;
    if (depth == 0) {
        heading(out, gm_node_level(out->doc, node) + s->above, line);
    } else {
        apart(out, true);
        spaces(out, 2 * (depth - 1));
        (void)gm_output_write(out, line.len ? "- " : "-", line.len ? 2 : 1);
        paragraph_text(out, line);
        (void)gm_output_write(out, "\n", 1);
        s->bare = line.len == 0;
    }
    texts(out, node, GM_TEXT_OWN, 2 * depth);
    return out->status;
}

static enum gm_status leave(struct gm_output *out, gm_node node) {
    uint32_t depth = list_depth(out, node);
    texts(out, node, GM_TEXT_TAIL, depth ? 2 * (depth - 1) : 0);
    return out->status;
}

static enum gm_status end(struct gm_output *out) {
    matter_before(out, SIZE_MAX);
    return out->status;
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (s->line.allocator) gm__buf_release(&s->line);
}

const struct gm_writer gm__write_markdown = {
    .struct_size = sizeof(struct gm_writer),
    .name = "markdown",
    .extensions = "md markdown",
    .summary = N_("headings, or a nested list with --style list"),
    .media_type = "text/markdown",
    .styles = "headings list",
    .text_default = GM_TEXT_FULL,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
