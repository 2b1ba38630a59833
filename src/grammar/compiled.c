/*
 * compiled.c - the built-in grammars as constant tables, made when the library is built (src/tool). Reading their
 * YAML takes a millisecond, more than all else that a run on a small file does.
 */
#include "grammar/embedded.h"
#include "grammar/grammar.h"

const struct gm_grammar *gm__grammar_compiled(const char *name) {
    for (const struct gm_grammar *const *g = gm__compiled_grammars; *g; g++)
        if (strcmp((*g)->name, name) == 0) return *g;
    return NULL;
}
