/* parse.h - from a source to a tree. The one door to the lexer and the parser. */
#ifndef GM_PARSE_H
#define GM_PARSE_H

#include "grammar/grammar.h"
#include "input/input.h"
#include "tree/tree.h"

/* Fill doc (text, format and encoding are set) with nodes, matter, diagnostics. options are resolved. */
enum gm_status gm__parse(struct gm_doc *doc, const struct gm__source *source, const struct gm_grammar *grammar,
                         const struct gm_options *options, struct gm_error *error);

#endif
