/*
 * read_json.c - gangmu's own JSON (docs/gangmu.schema.json), through yajl.
 *
 * yajl keeps its own stack, so depth is bounded by gm__keys alone. Its memory goes through the allocator hook.
 */
#include "input/outline_keys.h"
#include "input/para.h"

#include <yajl/yajl_parse.h>

/* ----------------------------------------------------------------- memory */

/* yajl does not tell old sizes, so each piece carries its own. */
union header {
    size_t size;
    max_align_t align;
};

static void *resize(void *ctx, void *ptr, size_t size) {
    const struct gm_allocator *a = ctx;
    union header *old = ptr ? (union header *)ptr - 1 : NULL;
    size_t bytes;
    if (!gm__add(size, sizeof *old, &bytes)) return NULL;
    union header *piece = gm__resize(a, old, old ? old->size : 0, bytes);
    if (!piece) return NULL;
    piece->size = bytes;
    return piece + 1;
}

static void *allocate(void *ctx, size_t size) { return resize(ctx, NULL, size); }

static void release(void *ctx, void *ptr) {
    union header *piece = ptr ? (union header *)ptr - 1 : NULL;
    if (piece) gm__free(ctx, piece, piece->size);
}

/* ----------------------------------------------------------------- events */

static int on_null(void *k) { return gm__keys_scalar(k, "", 0); }
static int on_bool(void *k, int value) { return gm__keys_scalar(k, value ? "true" : "false", value ? 4 : 5); }
static int on_number(void *k, const char *text, size_t len) { return gm__keys_scalar(k, text, len); }
static int on_string(void *k, const unsigned char *text, size_t len) {
    return gm__keys_scalar(k, (const char *)text, len);
}
static int on_key(void *k, const unsigned char *text, size_t len) { return gm__keys_key(k, (const char *)text, len); }
static int on_map(void *k) { return gm__keys_open_map(k); }
static int on_list(void *k) { return gm__keys_open_list(k); }
static int on_close(void *k) { return gm__keys_close(k); }

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_bool,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_map,
    .yajl_map_key = on_key,
    .yajl_end_map = on_close,
    .yajl_start_array = on_list,
    .yajl_end_array = on_close,
};

static enum gm_status parse(const struct gm__input *in, struct gm_str text, struct gm__keys *k) {
    const struct gm_allocator *a = in->options->allocator;
    yajl_alloc_funcs memory = {allocate, resize, release, (void *)(uintptr_t)a};
    yajl_handle h = yajl_alloc(&callbacks, &memory, k);
    if (!h) return gm__fail_nomem(in->error);
    yajl_status y = yajl_parse(h, (const unsigned char *)text.ptr, text.len);
    if (y == yajl_status_ok) y = yajl_complete_parse(h);
    enum gm_status s = k->outline->status;
    if (s == GM_OK && y != yajl_status_ok)
        s = gm__fail(in->error, GM_INPUT, "bad-json", "the JSON is damaged at byte %zu", yajl_get_bytes_consumed(h));
    yajl_free(h);
    return s == GM_OK ? gm__keys_finish(k) : s;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    struct gm__source plain;
    gm__source_init(&plain, in->options, out->arena);
    enum gm_status s = gm__decode(in, in->bytes, in->len, "UTF-8", &plain);
    if (s == GM_OK) {
        struct gm__outline outline;
        struct gm__keys keys;
        gm__outline_init(&outline, in, out, true);
        gm__keys_init(&keys, &outline);
        gm__source_take(out, &plain);
        s = parse(in, gm__str(plain.text, plain.text_len), &keys);
        gm__keys_release(&keys);
        gm__outline_release(&outline);
    }
    gm__source_release(&plain);
    return s;
}

static int bid(const unsigned char *head, size_t len, const char *name) {
    (void)name;
    size_t i = 0;
    while (i < len && (head[i] <= ' ' || head[i] == 0xEF || head[i] == 0xBB || head[i] == 0xBF)) i++;
    if (i == len || head[i] != '{') return 0;
    for (; i + 8 < len; i++)
        if (memcmp(head + i, "\"gangmu\"", 8) == 0) return 95;
    return 0;
}

const struct gm__reader gm__read_json = {
    .info = {.name = "json", .extensions = "json", .summary = "outlines that gangmu wrote as JSON"},
    .bid = bid,
    .read = read,
};
