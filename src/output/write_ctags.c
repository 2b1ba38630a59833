/*
 * write_ctags.c - a tags file (format 2 of universal-ctags) for editors: jump by 章 and 条.
 *
 * In document order (!_TAG_FILE_SORTED 0), so that it streams. What would end a field or open a header
 * is escaped as tags(5) says for TAG_OUTPUT_MODE u-ctags.
 */
#include <stdio.h>

#include "output/body.h"
#include "output/tags.h"

struct state {
    struct gm__buf name, pattern, file;
    struct gm__locator places;
    struct gm_str path;
};

/* As universal-ctags does in its own output mode: a name, a path, the value of a field. */
static void escape(struct gm_output *out, struct gm_str s) {
    size_t kept = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        char hex[8];
        bool control = c < 0x20 || c == 0x7F, opens = i == 0 && (c == '!' || c == ' '); /* !_TAG_ opens a header line */
        if (!control && !opens && c != '\\') continue;
        (void)snprintf(hex, sizeof hex, "\\x%02X", (unsigned)c);
        (void)gm_output_write(out, s.ptr + kept, i - kept);
        (void)gm_output_puts(out, c == '\\' ? "\\\\" : c == '\t' ? "\\t" : hex);
        kept = i + 1;
    }
    (void)gm_output_write(out, s.ptr + kept, s.len - kept);
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__buf_init(&s->name, out->doc->allocator, SIZE_MAX / 2);
    gm__buf_init(&s->pattern, out->doc->allocator, SIZE_MAX / 2);
    gm__buf_init(&s->file, out->doc->allocator, SIZE_MAX / 2);
    gm__locator_init(&s->places, out->doc);
    if (gm__valid_name(out->doc, &s->file, &s->path) != GM_OK)
        return gm_output_fail(out, s->file.status, "out of memory");
    return gm_output_puts(out, "!_TAG_FILE_FORMAT\t2\t/extended format/\n"
                               "!_TAG_FILE_SORTED\t0\t/0=unsorted, 1=sorted, 2=foldcase/\n"
                               "!_TAG_OUTPUT_MODE\tu-ctags\t/u-ctags or e-ctags/\n"
                               "!_TAG_FILE_ENCODING\tutf-8\t//\n"
                               "!_TAG_PROGRAM_NAME\tgangmu\t//\n"
                               "!_TAG_PROGRAM_VERSION\t" GM_VERSION "\t//\n");
}

/* The heading of a node in s->name; the label alone when there is no title. */
static struct gm_str heading(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    gm__buf_clear(&s->name);
    if (gm__heading_add(out->doc, node, &s->name) != GM_OK) (void)gm_output_fail(out, s->name.status, "out of memory");
    return gm__str(s->name.data, s->name.len);
}

static void scope(struct gm_output *out, gm_node node) {
    gm_node parent = gm_node_parent(out->doc, node);
    if (parent == GM_ROOT) return;
    (void)gm_output_puts(out, "\tscope:");
    (void)gm_output_puts(out, gm__tag_kind(out->doc, parent));
    (void)gm_output_puts(out, ":");
    escape(out, heading(out, parent));
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct gm_str title = heading(out, node);
    char text[80];
    if (!title.len) return out->status; /* a tag without a name cannot be looked up */
    gm__buf_clear(&s->pattern);
    if (gm__tag_pattern(out->doc, node, &s->pattern) != GM_OK)
        return gm_output_fail(out, s->pattern.status, "out of memory");
    escape(out, title);
    (void)gm_output_puts(out, "\t");
    escape(out, s->path);
    (void)gm_output_puts(out, "\t/");
    (void)gm_output_write(out, s->pattern.data, s->pattern.len);
    (void)snprintf(text, sizeof text, "/;\"\tkind:%s\tline:%lu", gm__tag_kind(out->doc, node),
                   (unsigned long)gm__locator_start(&s->places, node).line);
    (void)gm_output_puts(out, text);
    scope(out, node);
    (void)snprintf(text, sizeof text, "\tend:%lu\n", (unsigned long)gm__last_line(&s->places, node));
    return gm_output_puts(out, text);
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (!s->name.allocator) return;
    gm__locator_release(&s->places);
    gm__buf_release(&s->name);
    gm__buf_release(&s->pattern);
    gm__buf_release(&s->file);
}

const struct gm_writer gm__write_ctags = {
    .struct_size = sizeof(struct gm_writer),
    .name = "ctags",
    .extensions = "tags",
    .summary = N_("tags file for vim, Emacs and other editors"),
    .media_type = "text/x-ctags",
    .text_default = GM_TEXT_NONE,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .release = release,
};
