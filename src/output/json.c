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
    json->span = gm__span_best();
    json->escaped = (struct gm__byte_set){.low = {0}};
    gm__byte_set_add(&json->escaped, 0, 0x1F);
    gm__byte_set_add(&json->escaped, '"', '"');
    gm__byte_set_add(&json->escaped, '\\', '\\');
}

/* A string without anything to escape: nearly all. yajl would find the same byte by byte. */
static bool plain_string(struct gm__json *json, struct gm_str value) {
    struct gm_output *out = json->out;
    if (json->span->until(value.ptr, value.len, &json->escaped) < value.len) return false;
    if (GM__UNLIKELY(out->status != GM_OK || value.len + 2 > sizeof out->buffer - out->used)) {
        (void)gm_output_write(out, "\"", 1);
        (void)gm_output_write(out, value.ptr, value.len);
        (void)gm_output_write(out, "\"", 1);
        return true;
    }
    char *p = out->buffer + out->used;
    *p = '"';
    memcpy(p + 1, value.ptr, value.len);
    p[value.len + 1] = '"';
    out->used += value.len + 2;
    return true;
}

void gm__json_string(struct gm__json *json, struct gm_str value) {
    if (!json->into && plain_string(json, value)) return;
    yajl_gen_reset(json->gen, NULL);
    (void)yajl_gen_string(json->gen, (const unsigned char *)value.ptr, value.len);
}

void gm__json_number(struct gm__json *json, int64_t value) {
    char digits[24];
    if (!json->into) {
        (void)gm__add_number(json->out, value);
        return;
    }
    struct gm_str number = gm__digits(value, digits);
    print(json, number.ptr, number.len);
}

void gm__json_member(struct gm__json *json, const char *literal, struct gm_str value) {
    if (!value.len) return;
    if (json->into)
        print(json, literal, strlen(literal));
    else
        (void)gm__add_bytes(json->out, literal, strlen(literal));
    gm__json_string(json, value);
}
