/* families.h - a grammar's family by its id. */
#ifndef FAMILIES_H
#define FAMILIES_H

#include "grammar/grammar.h"

/* Its index; 0: the grammar has none of that id. */
static size_t family(const struct gm_grammar *g, const char *id) {
    for (size_t i = 1; i < g->family_count; i++)
        if (gm__str_eqz(gm__literal(g, g->families[i].id), id)) return i;
    return 0;
}

#endif
