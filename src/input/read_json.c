/*
 * read_json.c - gangmu's own JSON (docs/gangmu.schema.json), through yajl.
 *
 * yajl keeps its own stack, so depth is bounded by gm__keys alone.
 */
#include "input/outline_keys.h"

#include <setjmp.h>
#include <stddef.h>
#include <yajl/yajl_parse.h>

/* ----------------------------------------------------------------- memory */

/*
 * yajl takes for granted that it gets what it asks for. Where there is no memory its call is left by longjmp, and what
 * it held is given back from a list. Each piece carries its size, which yajl does not tell.
 */
struct piece {
    struct piece *next, *previous;
    size_t size; /* with this */
    max_align_t bytes[];
};
struct memory {
    const struct gm_allocator *allocator;
    struct piece *pieces;
    jmp_buf out_of_memory;
};

static void link_piece(struct memory *m, struct piece *p) {
    p->previous = NULL;
    p->next = m->pieces;
    if (p->next) p->next->previous = p;
    m->pieces = p;
}

static void unlink_piece(struct memory *m, struct piece *p) {
    if (p->next) p->next->previous = p->previous;
    if (p->previous)
        p->previous->next = p->next;
    else
        m->pieces = p->next;
}

static struct piece *piece_of(void *ptr) {
    return (struct piece *)(void *)((char *)ptr - offsetof(struct piece, bytes));
}

static void release(void *ctx, void *ptr) {
    struct memory *m = ctx;
    if (!ptr) return;
    struct piece *p = piece_of(ptr);
    unlink_piece(m, p);
    gm__free(m->allocator, p, p->size);
}

static void *resize(void *ctx, void *ptr, size_t size) {
    struct memory *m = ctx;
    struct piece *old = ptr ? piece_of(ptr) : NULL;
    size_t whole;
    if (!gm__add(size, sizeof *old, &whole)) longjmp(m->out_of_memory, 1);
    if (old) unlink_piece(m, old);
    struct piece *p = gm__resize(m->allocator, old, old ? old->size : 0, whole);
    if (!p) {
        if (old) link_piece(m, old);
        longjmp(m->out_of_memory, 1);
    }
    p->size = whole;
    link_piece(m, p);
    return p->bytes;
}

static void *allocate(void *ctx, size_t size) { return resize(ctx, NULL, size); }

/* ----------------------------------------------------------------- events */

static int on_null(void *k) { return gm__keys_scalar(k, "", 0); }
static int on_bool(void *k, int value) { return gm__keys_scalar(k, value ? "true" : "false", value ? 4 : 5); }
static int on_number(void *k, const char *text, size_t len) { return gm__keys_scalar(k, text, len); }

/* yajl makes three bytes of a lone \udc00, which are no UTF-8. */
static bool add_repaired(struct gm__keys *k, const char *text, size_t len) {
    struct gm__outline *o = k->outline;
    char *copy = gm__arena_copy(o->out->arena, text, len);
    if (!copy) {
        o->status = gm__fail_nomem(o->in->error);
        return false;
    }
    for (size_t at = 0; (at += gm__utf8_valid_prefix(copy + at, len - at)) + 3 <= len; at += 3)
        (void)gm__utf8_encode(0xFFFD, copy + at); /* three bytes too */
    return gm__keys_scalar(k, copy, len);
}

static int on_string(void *k, const unsigned char *bytes, size_t len) {
    const char *text = (const char *)bytes;
    return gm__utf8_valid_prefix(text, len) == len ? gm__keys_scalar(k, text, len) : add_repaired(k, text, len);
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

/* Between setjmp and its way back no variable of this function changes. */
static enum gm_status run(const struct gm__input *in, struct gm_str text, struct gm__keys *k, struct memory *m) {
    yajl_alloc_funcs functions = {allocate, resize, release, m};
    if (setjmp(m->out_of_memory) != 0) return gm__fail_nomem(in->error);
    yajl_handle h = yajl_alloc(&callbacks, &functions, k);
    bool whole = yajl_parse(h, (const unsigned char *)text.ptr, text.len) == yajl_status_ok;
    size_t at = yajl_get_bytes_consumed(h); /* the next call starts counting anew */
    bool ends = whole && yajl_complete_parse(h) == yajl_status_ok;
    if (k->outline->status != GM_OK) return k->outline->status;
    if (ends) return GM_OK;
    if (whole) return gm__fail(in->error, GM_INPUT, "bad-json", "the JSON is cut off");
    return gm__fail(in->error, GM_INPUT, "bad-json", "the JSON is damaged at byte %zu", at);
}

static enum gm_status parse(const struct gm__input *in, struct gm_str text, struct gm__keys *k) {
    struct memory m = {.allocator = in->options->allocator};
    enum gm_status s = run(in, text, k, &m);
    while (m.pieces) release(&m, m.pieces->bytes);
    return s;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) { return gm__keys_read(in, out, parse); }

/* Other programs' JSON is read to be refused: as plain text it would make a document of braces. */
static int bid(const unsigned char *head, size_t len, const char *name) {
    size_t i = 0;
    while (i < len && (head[i] <= ' ' || head[i] == 0xEF || head[i] == 0xBB || head[i] == 0xBF)) i++;
    int named = i < len && (head[i] == '{' || head[i] == '[') && strcmp(gm__suffix(name), "json") == 0 ? 2 : 0;
    if (i == len || head[i] != '{') return named;
    for (; i + 8 < len; i++)
        if (memcmp(head + i, "\"gangmu\"", 8) == 0) return 95;
    return named;
}

const struct gm__reader gm__read_json = {
    .info = {.name = "json", .extensions = "json", .summary = N_("outlines that gangmu wrote as JSON")},
    .bid = bid,
    .read = read,
};
