/* write_json.c - placeholder to bring the walk up; the JSON of docs/json.md is written here. */
#include "output/output.h"

static enum gm_status begin(struct gm_output *out) { return gm_output_puts(out, "{\"gangmu\":1}\n"); }

const struct gm_writer gm__write_json = {
    .struct_size = sizeof(struct gm_writer),
    .name = "json",
    .extensions = "json",
    .summary = "the whole model, version 1",
    .media_type = "application/json",
    .text_default = GM_TEXT_FULL,
    .begin = begin,
};
