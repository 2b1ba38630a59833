/* builtin.c - the embedded grammars by name. */
#include "grammar/embedded.h"
#include "grammar/grammar.h"

const char *gm_grammar_builtin_name(size_t index) {
    (void)index;
    return gm__embedded_grammars[0].name;
}
const char *gm_grammar_builtin_summary(size_t index) {
    (void)index;
    return NULL;
}

enum gm_status gm__grammar_builtin(const char *name, const struct gm_allocator *allocator, struct gm_grammar **out,
                                   struct gm_error *error) {
    (void)allocator;
    (void)error;
    (void)name;
    *out = NULL;
    return GM_OK;
}
void gm_grammar_free(struct gm_grammar *grammar) { (void)grammar; }
