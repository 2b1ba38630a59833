/* loader.h - what the parts of the grammar loader share: YAML tree → families and keywords → tables. */
#ifndef GM_LOADER_H
#define GM_LOADER_H

#include "grammar/grammar.h"
#include "grammar/yaml_tree.h"

/* A family while grammars are laid over each other. Lists stay YAML until everything is known. */
struct gm__draft {
    struct gm__family family;
    struct gm_str id;
    const char *kin;
    const struct gm_str *not_before, *not_after; /* of the family's counts */
    const struct gm__yaml *patterns, *also, *suffixes, *words;
    const char *where; /* the file of those lists, for messages */
    size_t document;   /* which file mentioned it last: an id may come once per file */
    bool dropped, named;
};

/* A pattern and a keyword with their texts, which become literals when all of them are known. */
struct gm__pattern_draft {
    struct gm__pattern pattern;
    struct gm_str prefix, suffix;
};
struct gm__keyword_draft {
    struct gm__keyword keyword;
    struct gm_str text;
};

struct gm__loader {
    const struct gm_allocator *allocator;
    struct gm_error *error;
    struct gm__arena scratch;
    struct gm_grammar *grammar;
    struct gm__vec drafts, keywords, patterns;
    const struct gm__yaml *levels; /* the last list of levels, and its file */
    const char *levels_where;
    const char *where; /* the file that is being read */
    size_t document;   /* its place in the chain of `extends` */
};

/* Apply one file to the drafts, keywords and characters. */
enum gm_status gm__loader_apply(struct gm__loader *loader, const struct gm__yaml *root);
/* The value of a key of a map, NULL when it is not there. */
const struct gm__yaml *gm__yaml_get(const struct gm__yaml *map, const char *key);

/* Patterns of one draft (index `family`) into loader->patterns. */
enum gm_status gm__loader_patterns(struct gm__loader *loader, const struct gm__draft *draft, uint16_t family);
/* A literal folded; with `squeeze` blanks are dropped too. In the grammar's arena. */
enum gm_status gm__loader_fold(struct gm__loader *loader, struct gm_str text, bool squeeze, struct gm_str *out);

/* quick.c: the tables of the commonest labels, when all others are made. GM_NOMEM. */
enum gm_status gm__make_quick(struct gm_grammar *grammar);

/* Drafts to tables: the last step. */
enum gm_status gm__loader_compile(struct gm__loader *loader);

#endif
