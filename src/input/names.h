/*
 * names.h - names to numbers: the styles and lists of a document by their ids.
 * Open addressing; keys are copied into the arena.
 */
#ifndef GM_NAMES_H
#define GM_NAMES_H

#include "base/base.h"

struct gm__names {
    struct gm__arena *arena;
    struct gm__vec slots; /* struct gm__name_slot; a power of two of them */
    size_t used;
};
#define GM__NO_NAME UINT32_MAX

void gm__names_init(struct gm__names *names, const struct gm_allocator *a, struct gm__arena *arena);
void gm__names_release(struct gm__names *names);
uint32_t gm__names_find(const struct gm__names *names, struct gm_str key); /* GM__NO_NAME when missing */
/* Set or replace. */
enum gm_status gm__names_put(struct gm__names *names, struct gm_str key, uint32_t value);

#endif
