/* json.c - see json.h. */
#include "output/json.h"

/* Two small blocks are all that yajl_gen takes, and it does not look whether the second was given. So
 * both come from the writer's own state, which is there already. */
static void *take(void *ctx, size_t size) {
    struct gm__json *json = ctx;
    size_t padded = (size + 15) & ~(size_t)15;
    if (padded < size || padded > sizeof json->memory - json->used) return NULL;
    void *block = (char *)json->memory + json->used;
    json->used += padded;
    return block;
}

static void *take_again(void *ctx, void *block, size_t size) {
    void *grown = take(ctx, size);
    if (grown && block) memmove(grown, block, size);
    return grown;
}

static void give_back(void *ctx, void *block) {
    (void)ctx;
    (void)block;
}

static void print(void *ctx, const char *bytes, size_t len) {
    struct gm__json *json = ctx;
    if (json->into)
        (void)gm__buf_add(json->into, bytes, len);
    else
        (void)gm_output_write(json->out, bytes, len);
}

void gm__json_init(struct gm__json *json, struct gm_output *out) {
    yajl_alloc_funcs funcs = {take, take_again, give_back, json};
    json->out = out;
    json->into = NULL;
    json->used = 0;
    json->gen = yajl_gen_alloc(&funcs);
    yajl_gen_config(json->gen, yajl_gen_print_callback, print, json);
}

/* Is there anything that JSON escapes: control characters, quotation mark, backslash? */
static bool plain(struct gm_str s) {
    const char *p = s.ptr, *end = p + s.len;
    for (; end - p >= 8; p += 8) {
        uint64_t word = gm__eight(p);
        if (gm__any_below(word, 0x20) | gm__any_equal(word, '"') | gm__any_equal(word, '\\')) return false;
    }
    for (; p < end; p++)
        if ((unsigned char)*p < 0x20 || *p == '"' || *p == '\\') return false;
    return true;
}

void gm__json_string(struct gm__json *json, struct gm_str value) {
    if (!json->into && plain(value)) { /* nearly all: yajl would find the same byte by byte */
        (void)gm__add_bytes(json->out, "\"", 1);
        (void)gm__add_bytes(json->out, value.ptr, value.len);
        (void)gm__add_bytes(json->out, "\"", 1);
        return;
    }
    yajl_gen_reset(json->gen, NULL);
    (void)yajl_gen_string(json->gen, (const unsigned char *)value.ptr, value.len);
}

void gm__json_number(struct gm__json *json, int64_t value) {
    char digits[24];
    struct gm_str number = gm__digits(value, digits);
    print(json, number.ptr, number.len);
}

void gm__json_member(struct gm__json *json, const char *literal, struct gm_str value) {
    if (!value.len) return;
    print(json, literal, strlen(literal));
    gm__json_string(json, value);
}
