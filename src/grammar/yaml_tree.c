/* yaml_tree.c - libyaml's events to a tree; see yaml_tree.h. Iterative, with bounded depth. */
#include "grammar/yaml_tree.h"

#include <stdio.h>
#include <yaml.h>

struct frame {
    struct gm__yaml **tail; /* where the next child is linked */
    size_t children;
    bool map;
};
struct reader {
    struct gm__arena *arena;
    const char *where;
    struct gm_error *error;
    struct gm__yaml *root;
    struct frame stack[GM__YAML_MAX_DEPTH];
    size_t depth;
    bool done;
};

enum gm_status gm__yaml_fault(struct gm_error *error, const char *where, const struct gm__yaml *node,
                              const char *format, ...) {
    if (!error) return GM_GRAMMAR;
    gm__error_clear(error);
    error->status = GM_GRAMMAR;
    error->format = format;
    (void)snprintf(error->id, sizeof error->id, "bad-grammar");
    (void)snprintf(error->where, sizeof error->where, "%s", where);
    error->line = node ? node->line : 0;
    error->column = node ? node->column : 0;
    va_list args;
    va_start(args, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): va_start stands above */
    (void)vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    return GM_GRAMMAR;
}

static struct gm__yaml place_of(yaml_mark_t mark) {
    return (struct gm__yaml){.line = (uint32_t)mark.line + 1, .column = (uint32_t)mark.column + 1};
}

static enum gm_status fault_at(const struct reader *r, yaml_mark_t mark, const char *message) {
    struct gm__yaml place = place_of(mark);
    return gm__yaml_fault(r->error, r->where, &place, "%s", message);
}

static enum gm_status add(struct reader *r, const yaml_event_t *event, enum gm__yaml_kind kind,
                          const yaml_char_t *anchor, const yaml_char_t *tag) {
    if (anchor) return fault_at(r, event->start_mark, "anchors are not allowed in a grammar");
    if (tag) return fault_at(r, event->start_mark, "tags are not allowed in a grammar");
    if (kind != GM__YAML_SCALAR && r->depth == GM__YAML_MAX_DEPTH)
        return fault_at(r, event->start_mark, "nested too deeply");
    struct gm__yaml *node = gm__arena_alloc(r->arena, sizeof *node);
    if (!node) return gm__fail_nomem(r->error);
    node->kind = kind;
    node->line = (uint32_t)event->start_mark.line + 1;
    node->column = (uint32_t)event->start_mark.column + 1;
    if (kind == GM__YAML_SCALAR) {
        size_t len = event->data.scalar.length;
        const char *text = (const char *)event->data.scalar.value;
        if (memchr(text, 0, len)) return fault_at(r, event->start_mark, "a NUL character is not allowed");
        char *copy = gm__arena_copy(r->arena, text, len);
        if (!copy) return gm__fail_nomem(r->error);
        node->text = gm__str(copy, len);
    }
    if (r->depth == 0) {
        r->root = node;
    } else {
        struct frame *top = &r->stack[r->depth - 1];
        if (top->map && top->children % 2 == 0 && kind != GM__YAML_SCALAR)
            return fault_at(r, event->start_mark, "a key must be a word");
        top->children++;
        *top->tail = node; /* NOLINT(clang-analyzer-core.NullDereference): a frame below depth is set */
        top->tail = &node->next;
    }
    if (kind != GM__YAML_SCALAR) r->stack[r->depth++] = (struct frame){&node->first, 0, kind == GM__YAML_MAP};
    return GM_OK;
}

static enum gm_status take(struct reader *r, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT: {
        const yaml_char_t *tag = event->data.scalar.tag;
        return add(r, event, GM__YAML_SCALAR, event->data.scalar.anchor, tag);
    }
    case YAML_SEQUENCE_START_EVENT:
        return add(r, event, GM__YAML_LIST, event->data.sequence_start.anchor, event->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        return add(r, event, GM__YAML_MAP, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: r->depth--; return GM_OK;
    case YAML_ALIAS_EVENT: return fault_at(r, event->start_mark, "aliases are not allowed in a grammar");
    case YAML_DOCUMENT_START_EVENT:
        if (r->root) return fault_at(r, event->start_mark, "a second document; expected the end of the file");
        return GM_OK;
    case YAML_STREAM_END_EVENT: r->done = true; return GM_OK;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: return GM_OK;
    }
    return GM_OK;
}

static enum gm_status parser_fault(const struct reader *r, const yaml_parser_t *parser) {
    if (parser->error == YAML_MEMORY_ERROR) return gm__fail_nomem(r->error);
    yaml_mark_t mark = parser->error == YAML_READER_ERROR ? parser->mark : parser->problem_mark;
    struct gm__yaml place = place_of(mark);
    if (!parser->problem) return gm__yaml_fault(r->error, r->where, &place, "not YAML");
    return gm__yaml_fault(r->error, r->where, &place, "not YAML: %s", parser->problem);
}

enum gm_status gm__yaml_read(struct gm__arena *arena, const char *text, size_t len, const char *where,
                             struct gm__yaml **root, struct gm_error *error) {
    struct reader r = {.arena = arena, .where = where, .error = error};
    yaml_parser_t parser;
    *root = NULL;
    if (len > GM__YAML_MAX_BYTES) return gm__yaml_fault(error, where, NULL, "a grammar has at most 1 MiB");
    if (!yaml_parser_initialize(&parser)) return gm__fail_nomem(error);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    /* libyaml ends the process when it is given NULL, which is what a buffer with nothing in it holds */
    yaml_parser_set_input_string(&parser, (const unsigned char *)(text ? text : ""), len);
    enum gm_status status = GM_OK;
    while (status == GM_OK && !r.done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            status = parser_fault(&r, &parser);
            break;
        }
        status = take(&r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    if (status == GM_OK && (!r.root || r.root->kind != GM__YAML_MAP)) {
        struct gm__yaml start = {.line = 1, .column = 1};
        status = gm__yaml_fault(error, where, r.root ? r.root : &start, "expected keys such as name and families");
    }
    if (status == GM_OK) *root = r.root;
    return status;
}
