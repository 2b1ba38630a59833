/*
 * outline_keys.h - the model of gangmu's own JSON and YAML, as events: both have the same keys.
 */
#ifndef GM_OUTLINE_KEYS_H
#define GM_OUTLINE_KEYS_H

#include "input/outline.h"

struct gm__keys {
    struct gm__outline *outline;
    struct gm__vec stack; /* uint8_t, private */
    uint8_t key;          /* private: the member that is read */
    bool ours;            /* "gangmu": 1 was there */
    struct {
        char kind[24];
        uint32_t line;
        struct gm_str text;
    } matter;
};

/* Tell `k` of all that the text, UTF-8, holds. */
typedef enum gm_status gm__keys_parse(const struct gm__input *in, struct gm_str text, struct gm__keys *k);
/* Read a document of the model: `parse` knows its syntax. */
enum gm_status gm__keys_read(const struct gm__input *in, struct gm__source *out, gm__keys_parse *parse);

/* Each returns false when reading must stop; outline->status tells why. */
bool gm__keys_open_map(struct gm__keys *k);
bool gm__keys_open_list(struct gm__keys *k);
bool gm__keys_close(struct gm__keys *k);
bool gm__keys_key(struct gm__keys *k, const char *key, size_t len);
bool gm__keys_scalar(struct gm__keys *k, const char *value, size_t len);

#endif
