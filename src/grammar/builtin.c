/* builtin.c - the embedded grammars in listing order: `base` is not for use by itself. */
#include "grammar/embedded.h"
#include "grammar/grammar.h"

static const struct gm__embedded *listed(size_t index) {
    for (const struct gm__embedded *e = gm__embedded_grammars; e->name; e++)
        if (strcmp(e->name, "base") != 0 && index-- == 0) return e;
    return NULL;
}

const char *gm_grammar_builtin_name(size_t index) {
    const struct gm__embedded *e = listed(index);
    return e ? e->name : NULL;
}

const char *gm_grammar_builtin_summary(size_t index) {
    const struct gm__embedded *e = listed(index);
    return e ? e->summary : NULL;
}
