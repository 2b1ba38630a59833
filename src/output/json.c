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

/* A string without anything to escape: nearly all. */
static void put_clean(struct gm_output *out, const char *lead, size_t lead_len, struct gm_str value) {
    if (value.len > GM__ROOM || lead_len > GM__ROOM) {
        (void)gm_output_write(out, lead, lead_len);
        (void)gm_output_write(out, "\"", 1);
        (void)gm_output_write(out, value.ptr, value.len);
        (void)gm_output_write(out, "\"", 1);
        return;
    }
    char *p = gm__room(out, lead_len + value.len + 2);
    if (!p) return;
    p = gm__put_bytes(p, lead, lead_len);
    *p++ = '"';
    p = gm__put_bytes(p, value.ptr, value.len);
    *p++ = '"';
    gm__wrote(out, p);
}

void gm__json_clean_string(struct gm__json *json, struct gm_str value) { put_clean(json->out, "", 0, value); }

void gm__json_led_string(struct gm__json *json, const char *lead, size_t lead_len, struct gm_str value) {
    /* yajl would find the same byte by byte */
    if (!json->into && json->span->until(value.ptr, value.len, &json->escaped) == value.len) {
        put_clean(json->out, lead, lead_len, value);
        return;
    }
    if (lead_len) print(json, lead, lead_len);
    yajl_gen_reset(json->gen, NULL);
    (void)yajl_gen_string(json->gen, (const unsigned char *)value.ptr, value.len);
}

void gm__json_string(struct gm__json *json, struct gm_str value) { gm__json_led_string(json, "", 0, value); }

void gm__json_number(struct gm__json *json, int64_t value) {
    char digits[24];
    if (!json->into) {
        (void)gm__add_number(json->out, value);
        return;
    }
    struct gm_str number = gm__digits(value, digits);
    print(json, number.ptr, number.len);
}
