/*
 * json.h - JSON values straight to a writer's output or into a buffer. Strings are escaped by yajl. The brackets
 * and commas are the caller's, because yajl counts them itself and stops at 128 levels, which a deep
 * outline passes.
 */
#ifndef GM_JSON_H
#define GM_JSON_H

#include <yajl/yajl_gen.h>

#include "base/span.h"
#include "output/output.h"

struct gm__json {
    struct gm_output *out;
    struct gm__buf *into; /* gather here (for a zip package); NULL: straight to the output */
    yajl_gen gen;
    const struct gm__span *span;
    struct gm__byte_set escaped; /* control characters, quotation mark, backslash */
    size_t used;
    max_align_t memory[256]; /* yajl's, about a sixth of it in use */
};

/* Cannot fail; there is nothing to release. It must not move afterwards. */
void gm__json_init(struct gm__json *json, struct gm_output *out);

void gm__json_string(struct gm__json *json, struct gm_str value);
/* To the output, of a string that is known to have nothing to escape. */
void gm__json_clean_string(struct gm__json *json, struct gm_str value);
void gm__json_number(struct gm__json *json, int64_t value);
/* A string and what stands before it, as it is. */
void gm__json_led_string(struct gm__json *json, const char *lead, size_t lead_len, struct gm_str value);
/* lead: such as `,"title":`; nothing at all is written for an empty value. */
GM__INLINE void gm__json_member(struct gm__json *json, const char *lead, struct gm_str value) {
    if (value.len) gm__json_led_string(json, lead, strlen(lead), value);
}

#endif
