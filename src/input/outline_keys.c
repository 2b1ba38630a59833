/* outline_keys.c - the model of gangmu's own JSON and YAML, as events. */
#include "input/outline_keys.h"

#include "input/para.h"

#include <stdio.h>

/* Keys, and what a map or list under them is. */
enum key {
    KEY_NONE,
    KEY_DOCUMENT,
    KEY_GANGMU,
    KEY_TITLE,
    KEY_SALUTATION,
    KEY_TEXT,
    KEY_TAIL,
    KEY_OUTLINE, /* of the document and, as "children", of a node */
    KEY_NODE,
    KEY_LABEL,
    KEY_MARKER,
    KEY_NUMBER,
    KEY_KIND,
    KEY_IMPLIED,
    KEY_START,
    KEY_END,
    KEY_BYTE,
    KEY_LINE,
    KEY_COLUMN,
    KEY_MATTER,
    KEY_MATTER_ITEM,
    KEY_OTHER, /* passed over, with all that is in it */
};

static const char *const names[] = {
    [KEY_GANGMU] = "gangmu",   [KEY_TITLE] = "title",   [KEY_SALUTATION] = "salutation",
    [KEY_TEXT] = "text",       [KEY_TAIL] = "tail",     [KEY_OUTLINE] = "outline",
    [KEY_LABEL] = "label",     [KEY_MARKER] = "marker", [KEY_NUMBER] = "number",
    [KEY_KIND] = "kind",       [KEY_START] = "start",   [KEY_END] = "end",
    [KEY_IMPLIED] = "implied", [KEY_BYTE] = "byte",     [KEY_LINE] = "line",
    [KEY_COLUMN] = "column",   [KEY_MATTER] = "matter",
};

#define MAX_DEPTH 100000 /* of maps and lists: three a level */

static enum key inside(const struct gm__keys *k) {
    size_t n = k->stack.count;
    return n ? (enum key)((const uint8_t *)k->stack.data)[n - 1] : KEY_NONE;
}

static bool fine(const struct gm__keys *k) { return k->outline->status == GM_OK; }

static bool wrong(struct gm__keys *k, const char *what) {
    struct gm__outline *o = k->outline;
    if (o->status == GM_OK) o->status = gm__fail(o->in->error, GM_INPUT, "not-an-outline", "%s", what);
    return false;
}

static bool push(struct gm__keys *k, enum key key) {
    void *slot;
    enum gm_status s = gm__vec_push(&k->stack, &slot);
    if (s == GM_LIMIT) {
        k->outline->status =
            gm__fail(k->outline->in->error, s, "nested-too-deep", "maps and lists are nested too deep");
    } else if (s != GM_OK) {
        k->outline->status = gm__fail_nomem(k->outline->in->error);
    } else {
        *(uint8_t *)slot = (uint8_t)key;
    }
    return fine(k);
}

bool gm__keys_open_map(struct gm__keys *k) {
    enum key in = inside(k), key = (enum key)k->key;
    if (in == KEY_NONE) return push(k, KEY_DOCUMENT);
    if (in == KEY_OUTLINE) {
        gm__outline_open(k->outline);
        return fine(k) && push(k, KEY_NODE);
    }
    if (in == KEY_MATTER) {
        k->matter.kind[0] = 0;
        k->matter.text = gm__str("", 0);
        return push(k, KEY_MATTER_ITEM);
    }
    if (in == KEY_NODE && (key == KEY_START || key == KEY_END)) {
        gm__outline_node(k->outline)->has_places = true;
        return push(k, key);
    }
    return push(k, KEY_OTHER);
}

bool gm__keys_open_list(struct gm__keys *k) {
    enum key in = inside(k), key = (enum key)k->key;
    bool known = key == KEY_TEXT || key == KEY_TAIL || key == KEY_OUTLINE || (key == KEY_MATTER && in == KEY_DOCUMENT);
    if (in == KEY_NONE) return wrong(k, "the document is a list, not a map");
    return push(k, (in == KEY_NODE || in == KEY_DOCUMENT) && known ? key : KEY_OTHER);
}

bool gm__keys_close(struct gm__keys *k) {
    enum key in = inside(k);
    if (in == KEY_NODE) gm__outline_close(k->outline);
    if (in == KEY_MATTER_ITEM) gm__outline_matter(k->outline, k->matter.kind, k->matter.line, k->matter.text);
    if (k->stack.count) k->stack.count--;
    return fine(k);
}

bool gm__keys_key(struct gm__keys *k, const char *key, size_t len) {
    struct gm_str s = gm__str(key, len);
    k->key = KEY_OTHER;
    for (size_t i = 0; i < GM__COUNT(names); i++)
        if (names[i] && gm__str_eqz(s, names[i])) k->key = (uint8_t)i;
    if (gm__str_eqz(s, "children")) k->key = KEY_OUTLINE;
    return true;
}

static uint64_t to_number(const char *value, size_t len) {
    uint64_t n = 0;
    for (size_t i = 0; i < len && value[i] >= '0' && value[i] <= '9' && n < UINT32_MAX; i++)
        n = n * 10 + (uint64_t)(value[i] - '0');
    return n;
}

static void set_place(struct gm_pos *pos, enum key key, const char *value, size_t len) {
    uint64_t n = to_number(value, len);
    uint32_t small = n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
    if (key == KEY_BYTE) pos->byte = (size_t)n;
    if (key == KEY_LINE) pos->line = small;
    if (key == KEY_COLUMN) pos->column = small;
}

static void set_member(struct gm__keys *k, enum key key, const char *value, size_t len) {
    struct gm__outline *o = k->outline;
    struct gm__outline_node *n = gm__outline_node(o);
    if (key == KEY_LABEL) n->label = gm__outline_copy(o, value, len);
    if (key == KEY_TITLE) n->title = gm__outline_copy(o, value, len);
    if (key == KEY_MARKER) n->marker = gm__outline_marker(o, value, len);
    if (key == KEY_KIND) n->kind = gm__outline_kind(value, len);
    if (key == KEY_IMPLIED) n->implied = gm__str_eqz(gm__str(value, len), "true");
    if (key == KEY_NUMBER) {
        bool minus = len && value[0] == '-';
        uint64_t v = to_number(value + minus, len - minus);
        n->number = v > INT32_MAX ? INT32_MAX : minus ? -(int32_t)v : (int32_t)v;
    }
    if (key == KEY_TEXT) gm__outline_text(o, GM_TEXT_OWN, value, len);
    if (key == KEY_TAIL) gm__outline_text(o, GM_TEXT_TAIL, value, len);
}

static void set_document(struct gm__keys *k, enum key key, const char *value, size_t len) {
    struct gm__source *out = k->outline->out;
    struct gm_str *to = key == KEY_TITLE ? &out->title : key == KEY_SALUTATION ? &out->salutation : NULL;
    if (key == KEY_GANGMU) k->ours = gm__str_eqz(gm__str(value, len), "1");
    if (!to) return;
    char *copy = gm__arena_copy(out->arena, value, len);
    if (copy)
        *to = gm__str(copy, len);
    else
        k->outline->status = gm__fail_nomem(k->outline->in->error);
}

static void set_matter(struct gm__keys *k, enum key key, const char *value, size_t len) {
    uint64_t line = key == KEY_LINE ? to_number(value, len) : 0;
    if (key == KEY_KIND) (void)snprintf(k->matter.kind, sizeof k->matter.kind, "%.*s", len < 24 ? (int)len : 0, value);
    if (key == KEY_LINE) k->matter.line = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
    if (key == KEY_TEXT) k->matter.text = gm__outline_copy(k->outline, value, len);
}

bool gm__keys_scalar(struct gm__keys *k, const char *value, size_t len) {
    enum key in = inside(k), key = (enum key)k->key;
    if (in == KEY_NONE) return wrong(k, "the document is one value, not a map");
    if (in == KEY_DOCUMENT) set_document(k, key, value, len);
    if (in == KEY_NODE) set_member(k, key, value, len);
    if (in == KEY_TEXT || in == KEY_TAIL) set_member(k, in, value, len);
    if (in == KEY_START) set_place(&gm__outline_node(k->outline)->start, key, value, len);
    if (in == KEY_END) set_place(&gm__outline_node(k->outline)->end, key, value, len);
    if (in == KEY_MATTER_ITEM) set_matter(k, key, value, len);
    return fine(k);
}

/* The whole was read: write the outline out. */
static enum gm_status finish(struct gm__keys *k) {
    if (fine(k) && !k->ours) (void)wrong(k, "the document is not one of gangmu's: \"gangmu\": 1 is missing");
    return fine(k) ? gm__outline_finish(k->outline) : k->outline->status;
}

enum gm_status gm__keys_read(const struct gm__input *in, struct gm__source *out, gm__keys_parse *parse) {
    struct gm__source plain;
    gm__source_init(&plain, in->options, out->arena);
    enum gm_status s = gm__decode(in, in->bytes, in->len, "UTF-8", &plain);
    if (s == GM_OK) {
        struct gm__outline outline;
        gm__outline_init(&outline, in, out, true);
        struct gm__keys keys = {.outline = &outline, .key = KEY_DOCUMENT};
        gm__vec_init(&keys.stack, in->options->allocator, 1, MAX_DEPTH);
        gm__source_take(out, &plain);
        s = parse(in, gm__str(plain.text, plain.text_len), &keys);
        if (s == GM_OK) s = finish(&keys);
        gm__vec_release(&keys.stack);
        gm__outline_release(&outline);
    }
    gm__source_release(&plain);
    return s;
}
