/* write_ctags_json.c - the JSON lines of universal-ctags (--output-format=json). */
#include "output/body.h"
#include "output/json.h"
#include "output/tags.h"

struct state {
    struct gm__json json;
    struct gm__buf name, pattern, file;
    struct gm__locator places;
    struct gm_str path;
};

static void string(struct gm_output *out, const char *literal, struct gm_str value) {
    struct state *s = gm_output_state(out);
    (void)gm_output_puts(out, literal);
    gm__json_string(&s->json, value);
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__buf_init(&s->name, out->doc->allocator, SIZE_MAX / 2);
    gm__buf_init(&s->pattern, out->doc->allocator, SIZE_MAX / 2);
    gm__buf_init(&s->file, out->doc->allocator, SIZE_MAX / 2);
    gm__locator_init(&s->places, out->doc);
    gm__json_init(&s->json, out);
    if (gm__valid_name(out->doc, &s->file, &s->path) != GM_OK)
        return gm_output_fail(out, s->file.status, "out of memory");
    return gm_output_puts(
        out, "{\"_type\":\"ptag\",\"name\":\"JSON_OUTPUT_VERSION\",\"path\":\"0.0\",\"pattern\":\"in development\"}\n"
             "{\"_type\":\"ptag\",\"name\":\"TAG_FILE_SORTED\",\"path\":\"0\",\"pattern\":\"0=unsorted, 1=sorted, "
             "2=foldcase\"}\n"
             "{\"_type\":\"ptag\",\"name\":\"TAG_PROGRAM_NAME\",\"path\":\"gangmu\",\"pattern\":\"\"}\n");
}

static struct gm_str heading(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    gm__buf_clear(&s->name);
    if (gm__heading_add(out->doc, node, &s->name) != GM_OK) (void)gm_output_fail(out, s->name.status, "out of memory");
    return gm__str(s->name.data, s->name.len);
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    const struct gm_doc *doc = out->doc;
    struct state *s = gm_output_state(out);
    struct gm_str title = heading(out, node);
    gm_node parent = gm_node_parent(doc, node);
    if (!title.len) return out->status; /* a tag without a name cannot be looked up */
    string(out, "{\"_type\":\"tag\",\"name\":", title);
    string(out, ",\"path\":", s->path);
    gm__buf_clear(&s->pattern);
    (void)gm__buf_add(&s->pattern, "/", 1);
    (void)gm__tag_pattern(doc, node, &s->pattern);
    if (gm__buf_add(&s->pattern, "/", 1) != GM_OK) return gm_output_fail(out, s->pattern.status, "out of memory");
    string(out, ",\"pattern\":", gm__str(s->pattern.data, s->pattern.len));
    (void)gm_output_puts(out, ",\"line\":");
    gm__json_number(&s->json, gm__locator_start(&s->places, node).line);
    string(out, ",\"kind\":", gm__strz(gm__tag_kind(doc, node)));
    if (parent != GM_ROOT) {
        string(out, ",\"scope\":", heading(out, parent));
        string(out, ",\"scopeKind\":", gm__strz(gm__tag_kind(doc, parent)));
    }
    (void)gm_output_puts(out, ",\"end\":");
    gm__json_number(&s->json, gm__last_line(&s->places, node));
    return gm_output_puts(out, "}\n");
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (!s->name.allocator) return;
    gm__locator_release(&s->places);
    gm__buf_release(&s->name);
    gm__buf_release(&s->pattern);
    gm__buf_release(&s->file);
}

const struct gm_writer gm__write_ctags_json = {
    .struct_size = sizeof(struct gm_writer),
    .name = "ctags-json",
    .extensions = "tags.jsonl",
    .summary = N_("tags as JSON lines, as universal-ctags writes them"),
    .media_type = "application/x-ndjson",
    .text_default = GM_TEXT_NONE,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .release = release,
};
