/* yaml_tree.h - a YAML text as a small tree with places, for the grammar loader. */
#ifndef GM_YAML_TREE_H
#define GM_YAML_TREE_H

#include "base/base.h"

enum gm__yaml_kind { GM__YAML_SCALAR, GM__YAML_LIST, GM__YAML_MAP };

struct gm__yaml {
    enum gm__yaml_kind kind;
    struct gm_str text;            /* of a scalar; NUL-terminated too */
    uint32_t line, column;         /* 1-based */
    struct gm__yaml *first, *next; /* a map holds key, value, key, value … */
};

#define GM__YAML_MAX_BYTES ((size_t)1 << 20)
enum { GM__YAML_MAX_DEPTH = 16 };

/*
 * Read one YAML document into the arena. Anchors, aliases, tags and further documents are refused: a
 * grammar needs none, and without them the tree is never larger than the text. GM_GRAMMAR with a place.
 */
enum gm_status gm__yaml_read(struct gm__arena *arena, const char *text, size_t len, const char *where,
                             struct gm__yaml **root, struct gm_error *error);

/* GM_GRAMMAR at a node of the file `where`. */
enum gm_status gm__yaml_fault(struct gm_error *error, const char *where, const struct gm__yaml *node,
                              const char *format, ...) GM__PRINTF(4, 5);

#endif
