/*
 * write_lsp.c - the result of textDocument/documentSymbol (Language Server Protocol 3.17): an array of
 * DocumentSymbol. Lines count from 0, characters in UTF-16 code units, as the protocol's default has it.
 */
#include "output/body.h"
#include "output/json.h"
#include "output/tags.h"

struct place {
    size_t byte;
    uint32_t line, character;
};

struct state {
    struct gm__json json;
    struct gm__buf name;
    struct gm__vec starts; /* struct place: of the open nodes */
    struct place last;
};

/* ------------------------------------------------------------------ places */

static bool ends_line(char c) { return c == '\n' || c == '\r'; }

/* Count on from a place. */
static struct place walk_to(const struct gm_doc *doc, struct place from, size_t byte) {
    const char *p = doc->text + from.byte, *at = doc->text + byte, *end = doc->text + doc->text_len;
    while (p < at) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (cp == '\n' || (cp == '\r' && (p == end || *p != '\n'))) {
            from.line++;
            from.character = 0;
        } else if (cp != '\r') {
            from.character += cp > 0xFFFF && cp != GM__BAD_CP ? 2 : 1;
        }
    }
    from.byte = byte;
    return from;
}

/* Rising bytes cost only the text between them; going back, that of the line. */
static struct place place_of(struct gm_output *out, size_t byte) {
    struct state *s = gm_output_state(out);
    const struct gm_doc *doc = out->doc;
    if (byte < s->last.byte) {
        size_t begin = byte;
        while (begin > 0 && !ends_line(doc->text[begin - 1])) begin--;
        s->last = (struct place){begin, gm_doc_locate(doc, begin).line - 1, 0};
    }
    return s->last = walk_to(doc, s->last, byte);
}

static struct place start_of(struct gm_output *out, gm_node node) {
    const struct gm__places *places = out->doc->places;
    if (!places) return place_of(out, out->doc->nodes[node].start);
    return (struct place){0, places[node].start.line - 1, places[node].start.column - 1};
}

static struct place end_of(struct gm_output *out, gm_node node) {
    const struct gm__places *places = out->doc->places;
    if (!places) return place_of(out, out->doc->nodes[node].end);
    return (struct place){0, places[node].end.line - 1, places[node].end.column - 1};
}

/* --------------------------------------------------------------------- JSON */

static void range(struct gm_output *out, const char *literal, struct place start, struct place end) {
    struct state *s = gm_output_state(out);
    (void)gm_output_puts(out, literal);
    (void)gm_output_puts(out, "{\"start\":{\"line\":");
    gm__json_number(&s->json, start.line);
    (void)gm_output_puts(out, ",\"character\":");
    gm__json_number(&s->json, start.character);
    (void)gm_output_puts(out, "},\"end\":{\"line\":");
    gm__json_number(&s->json, end.line);
    (void)gm_output_puts(out, ",\"character\":");
    gm__json_number(&s->json, end.character);
    (void)gm_output_puts(out, "}}");
}

/* SymbolKind; editors choose an icon by it. */
static int kind_of(const struct gm_doc *doc, gm_node node) {
    enum { MODULE = 2, NAMESPACE = 3, CLASS = 5, FIELD = 8, FUNCTION = 12, STRING = 15 };
    switch (gm__unit_of(gm_node_label(doc, node))) {
    case GM__UNIT_BOOK:
    case GM__UNIT_PART: return NAMESPACE;
    case GM__UNIT_CHAPTER: return MODULE;
    case GM__UNIT_SECTION: return CLASS;
    case GM__UNIT_ARTICLE: return FUNCTION;
    case GM__UNIT_PARAGRAPH:
    case GM__UNIT_POINT:
    case GM__UNIT_INDENT: return FIELD;
    case GM__UNIT_NONE:
    case GM__UNIT_COUNT: break;
    }
    return gm_node_kind(doc, node) == GM_KIND_ITEM ? FIELD : STRING;
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__json_init(&s->json, out);
    gm__buf_init(&s->name, out->doc->allocator, SIZE_MAX / 2);
    gm__vec_init(&s->starts, out->doc->allocator, sizeof(struct place), UINT32_MAX);
    return gm_output_puts(out, "[");
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    const struct gm_doc *doc = out->doc;
    const struct gm__node *n = &doc->nodes[node];
    struct state *s = gm_output_state(out);
    struct gm__heading h = gm__heading_of(out, node);
    struct place start = start_of(out, node), named = start;
    void *slot;
    if (gm__vec_push(&s->starts, &slot) != GM_OK) return gm_output_fail(out, GM_NOMEM, "out of memory");
    *(struct place *)slot = start;
    if (!doc->places)
        named = place_of(out, n->title_len ? (size_t)n->title_at + n->title_len : (size_t)n->start + n->label_len);
    gm__buf_clear(&s->name);
    if (gm__heading_add(doc, node, &s->name) != GM_OK) return gm_output_fail(out, s->name.status, "out of memory");
    struct gm_str name = gm__str_trim(gm__str(s->name.data, s->name.len));
    if (!name.len) name = gm__strz(gm_node_kind_name(gm_node_kind(doc, node))); /* a name must not be blank */
    (void)gm_output_puts(out, gm__is_first(doc, node) ? "\n{\"name\":" : ",\n{\"name\":");
    gm__json_string(&s->json, name);
    if (!gm_node_title(doc, node).len) gm__json_member(&s->json, ",\"detail\":", h.title);
    (void)gm_output_puts(out, ",\"kind\":");
    gm__json_number(&s->json, kind_of(doc, node));
    range(out, ",\"selectionRange\":", start, named);
    return gm_output_puts(out, ",\"children\":[");
}

/* The range stands last: its end is then found by counting on. */
static enum gm_status leave(struct gm_output *out, gm_node node) {
    struct state *s = gm_output_state(out);
    struct place *starts = s->starts.data;
    s->starts.count--;
    range(out, "],\"range\":", starts[s->starts.count], end_of(out, node));
    return gm_output_puts(out, "}");
}

static enum gm_status end(struct gm_output *out) { return gm_output_puts(out, "]\n"); }

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (!s->name.allocator) return;
    gm__buf_release(&s->name);
    gm__vec_release(&s->starts);
}

const struct gm_writer gm__write_lsp = {
    .struct_size = sizeof(struct gm_writer),
    .name = "lsp",
    .extensions = "symbols.json",
    .summary = N_("document symbols of the Language Server Protocol"),
    .media_type = "application/json",
    .text_default = GM_TEXT_LEAD,
    .state_size = sizeof(struct state),
    .begin = begin,
    .enter = enter,
    .leave = leave,
    .end = end,
    .release = release,
};
