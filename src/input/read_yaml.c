/*
 * read_yaml.c - gangmu's own YAML, through libyaml's events: the keys are those of JSON.
 *
 * Aliases are refused: gangmu writes none, and a few of them make a bomb.
 */
#include "input/outline_keys.h"

#include <yaml.h>

/* In maps scalars are key and value by turns, which libyaml does not tell: one bit a level. */
struct turns {
    struct gm__vec levels; /* uint8_t: TURN_* */
};
enum { TURN_LIST, TURN_KEY, TURN_VALUE };

static uint8_t *turn(struct turns *t) {
    return t->levels.count ? (uint8_t *)t->levels.data + (t->levels.count - 1) : NULL;
}

/* A value was read whole: a key comes next. */
static void turn_on(struct turns *t) {
    uint8_t *now = turn(t);
    if (now && *now == TURN_VALUE) *now = TURN_KEY;
}

static bool refuse(struct gm__keys *k, enum gm_status status, const char *id, const char *what) {
    struct gm__outline *o = k->outline;
    if (o->status == GM_OK) o->status = gm__fail(o->in->error, status, id, "%s", what);
    return false;
}

static bool open_level(struct turns *t, struct gm__keys *k, bool map) {
    void *slot;
    if (turn(t) && *turn(t) == TURN_KEY) return refuse(k, GM_INPUT, "bad-yaml", "a key is a map or a list");
    enum gm_status s = gm__vec_push(&t->levels, &slot);
    if (s == GM_LIMIT) return refuse(k, s, "nested-too-deep", "maps and lists are nested too deep");
    if (s != GM_OK) return refuse(k, s, "out-of-memory", "out of memory");
    *(uint8_t *)slot = map ? TURN_KEY : TURN_LIST;
    return map ? gm__keys_open_map(k) : gm__keys_open_list(k);
}

static bool close_level(struct turns *t, struct gm__keys *k) {
    t->levels.count--;
    turn_on(t);
    return gm__keys_close(k);
}

static bool on_scalar(struct turns *t, struct gm__keys *k, const char *text, size_t len) {
    uint8_t *now = turn(t);
    if (now && *now == TURN_KEY) {
        *now = TURN_VALUE;
        return gm__keys_key(k, text, len);
    }
    turn_on(t);
    return gm__keys_scalar(k, text, len);
}

static bool on_event(struct turns *t, struct gm__keys *k, const yaml_event_t *e) {
    switch (e->type) {
    case YAML_MAPPING_START_EVENT: return open_level(t, k, true);
    case YAML_SEQUENCE_START_EVENT: return open_level(t, k, false);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: return close_level(t, k);
    case YAML_SCALAR_EVENT: return on_scalar(t, k, (const char *)e->data.scalar.value, e->data.scalar.length);
    case YAML_ALIAS_EVENT: return refuse(k, GM_INPUT, "bad-yaml", "the YAML has aliases, which gangmu never writes");
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: return true;
    }
    return true;
}

static enum gm_status bad_yaml(const struct gm__input *in, const yaml_parser_t *p) {
    if (p->error == YAML_MEMORY_ERROR) return gm__fail_nomem(in->error);
    enum gm_status s = p->problem ? gm__fail(in->error, GM_INPUT, "bad-yaml", "the YAML is damaged: %s", p->problem)
                                  : gm__fail(in->error, GM_INPUT, "bad-yaml", "the YAML is damaged");
    in->error->line = (uint32_t)p->problem_mark.line + 1;
    in->error->column = (uint32_t)p->problem_mark.column + 1;
    return s;
}

static enum gm_status parse(const struct gm__input *in, struct gm_str text, struct gm__keys *k) {
    yaml_parser_t p;
    yaml_event_t e;
    struct turns t;
    if (!yaml_parser_initialize(&p)) return gm__fail_nomem(in->error);
    gm__vec_init(&t.levels, in->options->allocator, 1, (size_t)in->options->limits.depth * 2 + 8);
    yaml_parser_set_encoding(&p, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p, (const unsigned char *)text.ptr, text.len);
    bool parsed = true;
    for (bool more = true; more && (parsed = yaml_parser_parse(&p, &e) != 0);) {
        more = on_event(&t, k, &e) && e.type != YAML_STREAM_END_EVENT && e.type != YAML_DOCUMENT_END_EVENT;
        yaml_event_delete(&e);
    }
    enum gm_status s = parsed ? GM_OK : bad_yaml(in, &p);
    gm__vec_release(&t.levels);
    yaml_parser_delete(&p);
    return s;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) { return gm__keys_read(in, out, parse); }

/* Other programs' YAML is read to be refused, as their JSON is. */
static int bid(const unsigned char *head, size_t len, const char *name) {
    const char *suffix = gm__suffix(name);
    bool named = strcmp(suffix, "yaml") == 0 || strcmp(suffix, "yml") == 0;
    size_t i = len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < len && head[i] && strchr("#-% \t\r\n", head[i])) { /* comments, directives, --- and empty lines */
        while (i < len && head[i] != '\n') i++;
        i++;
    }
    return i + 7 < len && memcmp(head + i, "gangmu:", 7) == 0 ? 95 : named ? 2 : 0;
}

const struct gm__reader gm__read_yaml = {
    .info = {.name = "yaml", .extensions = "yaml yml", .summary = N_("outlines that gangmu wrote as YAML")},
    .bid = bid,
    .read = read,
};
