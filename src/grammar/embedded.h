/* embedded.h - the files of grammars/ inside the binary (cmake/Embed.cmake). */
#ifndef GM_EMBEDDED_H
#define GM_EMBEDDED_H

#include <stddef.h>

struct gm__embedded {
    const char *name;    /* without .yaml */
    const char *summary; /* the value of its `summary:` line */
    const char *text;
    size_t len;
};
extern const struct gm__embedded gm__embedded_grammars[]; /* ends with a NULL name; sorted by name */

/* The same compiled (src/tool/compile_grammars.c), `base` aside; ends with NULL. */
struct gm_grammar;
extern const struct gm_grammar *const gm__compiled_grammars[];

#endif
