/* front_matter.c - the metadata in front of a Markdown document. */
#include "input/front_matter.h"

#include <yaml.h>

#define MAX_YAML  ((size_t)64 * 1024)
#define MAX_DEPTH 100 /* libyaml's time grows with the square of the depth */

/* The line that begins at `at`, without its end; *next is where the one after it begins. */
static struct gm_str line_at(struct gm_str text, size_t at, size_t *next) {
    const char *nl = memchr(text.ptr + at, '\n', text.len - at);
    size_t end = nl ? (size_t)(nl - text.ptr) : text.len;
    *next = nl ? end + 1 : end;
    if (end > at && text.ptr[end - 1] == '\r') end--;
    while (end > at && (text.ptr[end - 1] == ' ' || text.ptr[end - 1] == '\t')) end--;
    return gm__str(text.ptr + at, end - at);
}

struct matter {
    struct gm__arena *arena;
    struct gm_str *title;
    bool no_memory;
};

static void keep(struct matter *m, const char *ptr, size_t len) {
    char *copy = gm__arena_copy(m->arena, ptr, len);
    m->no_memory = m->no_memory || !copy;
    if (copy) *m->title = gm__str_trim(gm__str(copy, len));
}

/* Walk the top mapping; true when it is one. */
static bool yaml_title(yaml_parser_t *parser, struct matter *m) {
    yaml_event_t event;
    int depth = 0, scalars = 0;
    bool mapping = false, wanted = false, more = true;
    while (more && yaml_parser_parse(parser, &event)) {
        bool opens = event.type == YAML_MAPPING_START_EVENT || event.type == YAML_SEQUENCE_START_EVENT;
        bool closes = event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT;
        if (opens && depth == 0) mapping = event.type == YAML_MAPPING_START_EVENT;
        if (depth == 1 && (opens || event.type == YAML_SCALAR_EVENT || event.type == YAML_ALIAS_EVENT)) {
            bool key = scalars++ % 2 == 0;
            bool scalar = event.type == YAML_SCALAR_EVENT;
            const char *value = scalar ? (const char *)event.data.scalar.value : "";
            if (wanted && scalar) keep(m, value, event.data.scalar.length);
            wanted = key && strcmp(value, "title") == 0;
        }
        depth += opens - closes;
        more = depth < MAX_DEPTH && event.type != YAML_STREAM_END_EVENT && event.type != YAML_DOCUMENT_END_EVENT;
        yaml_event_delete(&event);
    }
    m->no_memory = m->no_memory || parser->error == YAML_MEMORY_ERROR;
    return mapping;
}

static bool read_yaml(struct gm_str body, struct matter *m) {
    yaml_parser_t parser;
    if (body.len > MAX_YAML) return false;
    m->no_memory = !yaml_parser_initialize(&parser);
    if (m->no_memory) return false;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)body.ptr, body.len);
    bool mapping = yaml_title(&parser, m);
    yaml_parser_delete(&parser);
    return mapping;
}

/* title = "…", at the top level: before the first [table] */
static bool read_toml(struct gm_str body, struct matter *m) {
    for (size_t at = 0, next; at < body.len; at = next) {
        struct gm_str line = gm__str_trim(line_at(body, at, &next));
        if (line.len && line.ptr[0] == '[') break;
        if (line.len < 6 || memcmp(line.ptr, "title", 5) != 0) continue;
        struct gm_str value = gm__str_trim(gm__str(line.ptr + 5, line.len - 5));
        if (!value.len || value.ptr[0] != '=') continue;
        value = gm__str_trim(gm__str(value.ptr + 1, value.len - 1));
        if (value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'')) keep(m, value.ptr + 1, value.len - 2);
    }
    return true;
}

enum gm_status gm__front_matter(struct gm_str text, struct gm__arena *arena, struct gm_str *title, size_t *len) {
    struct matter m = {arena, title, false};
    size_t body, next;
    struct gm_str first = line_at(text, 0, &body);
    *len = 0;
    bool yaml = gm__str_eqz(first, "---"), toml = gm__str_eqz(first, "+++");
    for (size_t at = body; (yaml || toml) && at < text.len; at = next) {
        struct gm_str line = line_at(text, at, &next);
        if (!(toml ? gm__str_eqz(line, "+++") : gm__str_eqz(line, "---") || gm__str_eqz(line, "..."))) continue;
        struct gm_str inner = gm__str(text.ptr + body, at - body);
        if (yaml ? read_yaml(inner, &m) : read_toml(inner, &m)) *len = next;
        break;
    }
    return m.no_memory ? GM_NOMEM : GM_OK;
}
