/*
 * loader_keys.c - the keys of a grammar file, laid over what was inherited.
 * Every key, value and name that the language does not know is a fault with its place and what was expected.
 */
#include "grammar/loader.h"

#include <stddef.h>

static enum gm_status expected(const struct gm__loader *l, const struct gm__yaml *node, const char *what) {
    return gm__yaml_fault(l->error, l->where, node, "expected %s", what);
}

const struct gm__yaml *gm__yaml_get(const struct gm__yaml *map, const char *key) {
    for (const struct gm__yaml *k = map->first; k; k = k->next->next)
        if (gm__str_eqz(k->text, key)) return k->next;
    return NULL;
}

/* No key but those of the list, none twice. */
static enum gm_status check_keys(const struct gm__loader *l, const struct gm__yaml *map, const char *known) {
    for (const struct gm__yaml *k = map->first; k; k = k->next->next) {
        if (!gm__has_word(known, k->text.ptr, k->text.len))
            return gm__yaml_fault(l->error, l->where, k, "unknown key \"%.*s\"; expected one of: %s", (int)k->text.len,
                                  k->text.ptr, known);
        if (gm__yaml_get(map, k->text.ptr) != k->next)
            return gm__yaml_fault(l->error, l->where, k, "key \"%s\" is given twice", k->text.ptr);
    }
    return GM_OK;
}

/* ----------------------------------------------------------------- values */

static enum gm_status get_string(struct gm__loader *l, const struct gm__yaml *node, const char **out) {
    if (!node) return GM_OK;
    if (node->kind != GM__YAML_SCALAR) return expected(l, node, "a text");
    const char *copy = gm__arena_copy(&l->grammar->arena, node->text.ptr, node->text.len);
    if (!copy) return gm__fail_nomem(l->error);
    *out = copy;
    return GM_OK;
}

static enum gm_status get_bool(struct gm__loader *l, const struct gm__yaml *node, bool *out) {
    if (!node) return GM_OK;
    *out = node->kind == GM__YAML_SCALAR && gm__str_eqz(node->text, "true");
    if (*out || (node->kind == GM__YAML_SCALAR && gm__str_eqz(node->text, "false"))) return GM_OK;
    return expected(l, node, "true or false");
}

static enum gm_status get_number(struct gm__loader *l, const struct gm__yaml *node, uint32_t max, uint32_t *out) {
    if (!node) return GM_OK;
    uint32_t value = 0;
    bool good = node->kind == GM__YAML_SCALAR && node->text.len > 0 && node->text.len <= 9;
    for (size_t i = 0; good && i < node->text.len; i++) {
        good = node->text.ptr[i] >= '0' && node->text.ptr[i] <= '9';
        value = value * 10 + (uint32_t)(node->text.ptr[i] - '0');
    }
    if (!good || value > max)
        return gm__yaml_fault(l->error, l->where, node, "expected a number from 0 to %u", (unsigned)max);
    *out = value;
    return GM_OK;
}

struct choice {
    const char *name;
    uint8_t value;
};
static const struct choice kinds[] = {
    {"section", GM_KIND_SECTION}, {"article", GM_KIND_ARTICLE}, {"item", GM_KIND_ITEM}, {NULL, 0}};
static const struct choice titles[] = {{"heading", GM__TITLE_HEADING}, {"provision", GM__TITLE_PROVISION}, {NULL, 0}};
static const struct choice verbs[] = {{"mark", GM__VERB_MARK}, {"text", GM__VERB_TEXT}, {NULL, 0}};
static const struct choice places[] = {
    {"start", GM__AT_START}, {"inline", GM__AT_INLINE}, {"within", GM__AT_WITHIN}, {NULL, 0}};

static enum gm_status get_choice(struct gm__loader *l, const struct gm__yaml *node, const struct choice *choices,
                                 const char *what, uint8_t *out) {
    if (!node) return GM_OK;
    for (; choices->name && node->kind == GM__YAML_SCALAR; choices++) {
        if (!gm__str_eqz(node->text, choices->name)) continue;
        *out = choices->value;
        return GM_OK;
    }
    return expected(l, node, what);
}

static enum gm_status get_places(struct gm__loader *l, const struct gm__yaml *node, uint8_t *out) {
    static const char what[] = N_("one of start, inline, within");
    uint8_t bit = 0, all = 0;
    if (!node) return GM_OK;
    if (node->kind != GM__YAML_LIST || !node->first) return expected(l, node, "a list of start, inline, within");
    for (const struct gm__yaml *n = node->first; n; n = n->next) {
        enum gm_status status = get_choice(l, n, places, what, &bit);
        if (status != GM_OK) return status;
        all |= bit;
    }
    *out = all;
    return GM_OK;
}

/* A text or a list of texts, none of them empty. */
static enum gm_status check_texts(const struct gm__loader *l, const struct gm__yaml *node, const char *what) {
    if (!node) return GM_OK;
    if (node->kind == GM__YAML_MAP || (node->kind == GM__YAML_SCALAR && node->text.len == 0))
        return expected(l, node, what);
    for (const struct gm__yaml *n = node->first; n; n = n->next)
        if (n->kind != GM__YAML_SCALAR || n->text.len == 0) return expected(l, n, what);
    return GM_OK;
}

static enum gm_status get_guards(struct gm__loader *l, const struct gm__yaml *node, const struct gm_str **out,
                                 uint16_t *count) {
    if (!node) return GM_OK;
    enum gm_status status = check_texts(l, node, "a text or a list of texts");
    const struct gm__yaml *first = node->kind == GM__YAML_LIST ? node->first : node;
    size_t n = 0;
    for (const struct gm__yaml *g = first; g; g = node->kind == GM__YAML_LIST ? g->next : NULL) n++;
    if (status != GM_OK) return status;
    if (n > UINT16_MAX) return expected(l, node, "at most 65535 texts");
    struct gm_str *list = gm__arena_alloc(&l->grammar->arena, (n + 1) * sizeof *list);
    if (!list) return gm__fail_nomem(l->error);
    for (size_t i = 0; i < n && status == GM_OK; i++, first = first->next)
        status = gm__loader_fold(l, first->text, false, &list[i]);
    *out = list;
    *count = (uint16_t)n;
    return status;
}

/* --------------------------------------------------------------- families */

static struct gm__draft *find(const struct gm__loader *l, struct gm_str id) {
    struct gm__draft *drafts = l->drafts.data;
    for (size_t i = 0; i < l->drafts.count; i++)
        if (!drafts[i].dropped && gm__str_eq(drafts[i].id, id)) return &drafts[i];
    return NULL;
}

static bool is_id(struct gm_str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
    }
    return s.len > 0 && s.len <= 40;
}

/* The draft that a map of families or series speaks of: an inherited one, or a new one. NULL after a fault. */
static struct gm__draft *open_draft(struct gm__loader *l, const struct gm__yaml *map, enum gm_status *status) {
    const struct gm__yaml *id = gm__yaml_get(map, "id");
    if (!id || id->kind != GM__YAML_SCALAR || !is_id(id->text)) {
        *status = id ? expected(l, id, "an id of small letters, digits and hyphens") : expected(l, map, "the key id");
        return NULL;
    }
    struct gm__draft *d = find(l, id->text);
    if (d && d->document == l->document) {
        *status = gm__yaml_fault(l->error, l->where, id, "id \"%s\" is given twice", id->text.ptr);
        return NULL;
    }
    if (!d) {
        void *slot;
        *status = gm__vec_push(&l->drafts, &slot);
        if (*status != GM_OK) {
            *status = *status == GM_LIMIT ? expected(l, map, "at most 4000 families") : gm__fail_nomem(l->error);
            return NULL;
        }
        d = slot;
        d->family = (struct gm__family){
            .kind = GM_KIND_SECTION, .where = GM__AT_START, .title = GM__TITLE_HEADING, .rank = 100};
        d->id = id->text;
        d->kin = "";
    }
    d->document = l->document;
    return d;
}

static enum gm_status read_shape(struct gm__loader *l, const struct gm__yaml *map, struct gm__draft *d) {
    struct gm__family *f = &d->family;
    uint32_t rank = f->rank, least = f->least;
    enum gm_status status = get_string(l, gm__yaml_get(map, "kin"), &d->kin);
    if (status == GM_OK) status = get_number(l, gm__yaml_get(map, "rank"), 255, &rank);
    f->rank = (uint8_t)rank;
    if (status == GM_OK)
        status = get_choice(l, gm__yaml_get(map, "kind"), kinds, "one of section, article, item", &f->kind);
    if (status == GM_OK)
        status = get_choice(l, gm__yaml_get(map, "title"), titles, "one of heading, provision", &f->title);
    if (status == GM_OK) status = get_places(l, gm__yaml_get(map, "at"), &f->where);
    if (status == GM_OK) status = get_bool(l, gm__yaml_get(map, "partner"), &f->partner);
    if (status == GM_OK) status = get_bool(l, gm__yaml_get(map, "run_on"), &f->run_on);
    if (status == GM_OK) status = get_bool(l, gm__yaml_get(map, "apart"), &f->apart);
    if (status == GM_OK) status = get_bool(l, gm__yaml_get(map, "announced"), &f->announced);
    if (status == GM_OK) status = get_bool(l, gm__yaml_get(map, "noun"), &f->noun);
    if (f->noun) f->apart = true;
    if (status == GM_OK) status = get_choice(l, gm__yaml_get(map, "verb"), verbs, "one of mark, text", &f->verb);
    if (status == GM_OK) status = get_number(l, gm__yaml_get(map, "least"), 9, &least);
    f->least = (uint8_t)least;
    if (status == GM_OK) status = get_bool(l, gm__yaml_get(map, "again"), &f->again);
    if (status == GM_OK) status = get_bool(l, gm__yaml_get(map, "mixed"), &f->mixed);
    if (status == GM_OK) status = get_number(l, gm__yaml_get(map, "max_title"), 1000000, &f->max_title);
    if (status == GM_OK) status = get_guards(l, gm__yaml_get(map, "not_before"), &d->not_before, &f->not_before_count);
    if (status == GM_OK) status = get_guards(l, gm__yaml_get(map, "not_after"), &d->not_after, &f->not_after_count);
    return status;
}

static enum gm_status read_lists(struct gm__loader *l, const struct gm__yaml *map, struct gm__draft *d) {
    static const char what[] = N_("a pattern such as \"{han}、\" or a list of patterns");
    const struct gm__yaml *one = gm__yaml_get(map, "pattern"), *many = gm__yaml_get(map, "patterns");
    const struct gm__yaml *also = gm__yaml_get(map, "also"), *suffixes = gm__yaml_get(map, "suffix");
    if (one && many) return expected(l, many, "either pattern or patterns");
    if (!one) one = many;
    enum gm_status status = check_texts(l, one, what);
    if (status == GM_OK) status = check_texts(l, also, what);
    if (status == GM_OK) status = check_texts(l, suffixes, "a text or a list of texts");
    if (status != GM_OK) return status;
    if (one) {
        d->patterns = one;
        d->also = NULL;
        d->words = NULL;
        d->family.words = false;
    }
    if (also) d->also = also;
    if (suffixes) d->suffixes = suffixes;
    if (one || also || suffixes) d->where = l->where;
    if (d->words || (d->patterns && (d->patterns->kind == GM__YAML_SCALAR || d->patterns->first))) return GM_OK;
    return expected(l, map, "a pattern");
}

static enum gm_status read_words(struct gm__loader *l, const struct gm__yaml *map, struct gm__draft *d) {
    static const char what[] = N_("a list of words or of lists of words");
    const struct gm__yaml *words = gm__yaml_get(map, "words"), *suffixes = gm__yaml_get(map, "suffix");
    enum gm_status status = check_texts(l, suffixes, "a text or a list of texts");
    if (status != GM_OK) return status;
    if (!words && !d->words) return expected(l, map, "the key words");
    if (words && (words->kind != GM__YAML_LIST || !words->first)) return expected(l, words, what);
    for (const struct gm__yaml *w = words ? words->first : NULL; w; w = w->next) {
        status = check_texts(l, w, what);
        if (status != GM_OK) return status;
        if (w->kind == GM__YAML_LIST && !w->first) return expected(l, w, what);
    }
    if (words) d->words = words;
    if (suffixes) d->suffixes = suffixes;
    if (words || suffixes) d->where = l->where;
    d->family.words = true;
    return GM_OK;
}

static enum gm_status read_families(struct gm__loader *l, const struct gm__yaml *list, bool series) {
    static const char family_keys[] = "id pattern patterns also suffix kin rank kind title at partner run_on apart "
                                      "announced noun verb least mixed not_before not_after max_title";
    static const char series_keys[] =
        "id words suffix kin rank kind title at partner again mixed not_before not_after max_title";
    if (!list) return GM_OK;
    if (list->kind != GM__YAML_LIST) return expected(l, list, "a list of maps, each with an id");
    for (const struct gm__yaml *map = list->first; map; map = map->next) {
        if (map->kind != GM__YAML_MAP) return expected(l, map, "a map with an id");
        enum gm_status status = check_keys(l, map, series ? series_keys : family_keys);
        struct gm__draft *d = status == GM_OK ? open_draft(l, map, &status) : NULL;
        if (!d) return status;
        status = read_shape(l, map, d);
        if (status == GM_OK) status = series ? read_words(l, map, d) : read_lists(l, map, d);
        if (status != GM_OK) return status;
    }
    return GM_OK;
}

/* without: drop these; only: drop all but these. */
static enum gm_status drop(struct gm__loader *l, const struct gm__yaml *list, bool only) {
    if (!list) return GM_OK;
    struct gm__draft *drafts = l->drafts.data;
    if (list->kind != GM__YAML_LIST) return expected(l, list, "a list of ids");
    for (size_t i = 0; i < l->drafts.count; i++) drafts[i].named = false;
    for (const struct gm__yaml *n = list->first; n; n = n->next) {
        struct gm__draft *hit = n->kind == GM__YAML_SCALAR ? find(l, n->text) : NULL;
        if (!hit) return expected(l, n, "the id of an inherited family");
        hit->named = true;
    }
    for (size_t i = 0; i < l->drafts.count; i++) drafts[i].dropped |= drafts[i].named != only;
    return GM_OK;
}

/* --------------------------------------------------------------- keywords */

static const char *const roles[GM__ROLE_COUNT] = {
    [GM__ROLE_HEADING] = "heading", [GM__ROLE_REGION] = "region",   [GM__ROLE_TOC] = "toc",
    [GM__ROLE_NOTES] = "notes",     [GM__ROLE_ANNEXES] = "annexes", [GM__ROLE_SALUTATION] = "salutation",
    [GM__ROLE_CLOSING] = "closing"};
static const char role_keys[] = "heading region toc notes annexes salutation closing";

/* A later file's keyword replaces an earlier one of the same text. */
static enum gm_status put_keyword(struct gm__loader *l, const struct gm__yaml *text, struct gm__keyword keyword) {
    struct gm__keyword_draft draft = {.keyword = keyword};
    enum gm_status status = gm__loader_fold(l, text->text, true, &draft.text);
    if (status != GM_OK) return status;
    if (draft.text.len == 0) return expected(l, text, "a text");
    struct gm__keyword_draft *all = l->keywords.data;
    for (size_t i = 0; i < l->keywords.count; i++) {
        if (!gm__str_eq(all[i].text, draft.text)) continue;
        all[i] = draft;
        return GM_OK;
    }
    void *slot;
    status = gm__vec_push(&l->keywords, &slot);
    if (status == GM_LIMIT) return expected(l, text, "at most 4000 keywords");
    if (status != GM_OK) return gm__fail_nomem(l->error);
    memcpy(slot, &draft, sizeof draft);
    return GM_OK;
}

static enum gm_status read_keyword(struct gm__loader *l, const struct gm__yaml *node, uint8_t role) {
    struct gm__keyword keyword = {.role = role, .rank = 100};
    const struct gm__yaml *text = node;
    uint32_t rank = keyword.rank;
    enum gm_status status = GM_OK;
    if (node->kind == GM__YAML_MAP) {
        status = check_keys(l, node, "text numbered prefix titled rank");
        text = gm__yaml_get(node, "text");
        if (status == GM_OK && !text) return expected(l, node, "the key text");
        if (status == GM_OK) status = get_bool(l, gm__yaml_get(node, "numbered"), &keyword.numbered);
        if (status == GM_OK) status = get_bool(l, gm__yaml_get(node, "prefix"), &keyword.prefix);
        if (status == GM_OK) status = get_bool(l, gm__yaml_get(node, "titled"), &keyword.titled);
        if (status == GM_OK) status = get_number(l, gm__yaml_get(node, "rank"), 255, &rank);
        keyword.rank = (uint8_t)rank;
    }
    if (status == GM_OK) status = check_texts(l, text, "a text, or a map with the key text");
    if (status != GM_OK) return status;
    if (text->kind == GM__YAML_SCALAR) return put_keyword(l, text, keyword);
    for (const struct gm__yaml *n = text->first; n && status == GM_OK; n = n->next) status = put_keyword(l, n, keyword);
    return status;
}

static enum gm_status read_keywords(struct gm__loader *l, const struct gm__yaml *map) {
    if (!map) return GM_OK;
    if (map->kind != GM__YAML_MAP) return expected(l, map, "a map of roles");
    enum gm_status status = check_keys(l, map, role_keys);
    for (unsigned role = 0; role < GM__ROLE_COUNT && status == GM_OK; role++) {
        const struct gm__yaml *list = gm__yaml_get(map, roles[role]);
        if (!list) continue;
        if (list->kind != GM__YAML_LIST) return expected(l, list, "a list of keywords");
        for (const struct gm__yaml *n = list->first; n && status == GM_OK; n = n->next)
            status = read_keyword(l, n, (uint8_t)role);
    }
    return status;
}

static enum gm_status drop_keywords(struct gm__loader *l, const struct gm__yaml *list) {
    if (!list) return GM_OK;
    if (list->kind != GM__YAML_LIST) return expected(l, list, "a list of keywords");
    for (const struct gm__yaml *n = list->first; n; n = n->next) {
        struct gm__keyword_draft *all = l->keywords.data;
        size_t i = 0;
        while (i < l->keywords.count && !gm__str_eq(all[i].text, n->kind == GM__YAML_SCALAR ? n->text : gm__str("", 0)))
            i++;
        if (i == l->keywords.count) return expected(l, n, "an inherited keyword");
        memmove(&all[i], &all[i + 1], (l->keywords.count - i - 1) * sizeof *all);
        l->keywords.count--;
    }
    return GM_OK;
}

/* ----------------------------------------------------------------- a file */

static enum gm_status read_characters(struct gm__loader *l, const struct gm__yaml *node, const uint32_t **out) {
    if (!node) return GM_OK;
    if (node->kind != GM__YAML_SCALAR || node->text.len == 0) return expected(l, node, "a text of characters");
    uint32_t *list = gm__arena_alloc(&l->grammar->arena, (node->text.len + 1) * sizeof *list);
    if (!list) return gm__fail_nomem(l->error);
    size_t n = 0;
    for (const char *p = node->text.ptr, *end = p + node->text.len; p < end; n++)
        p += gm__utf8_decode(p, end, &list[n]);
    *out = list;
    return GM_OK;
}

/* levels: the ids of families, by depth. What they are is looked up when all families are known. */
static enum gm_status read_levels(struct gm__loader *l, const struct gm__yaml *list) {
    if (!list) return GM_OK;
    if (list->kind != GM__YAML_LIST) return expected(l, list, "a list of ids of families, by depth");
    l->levels = list;
    l->levels_where = l->where;
    return check_texts(l, list, "the id of a family");
}

enum gm_status gm__loader_apply(struct gm__loader *l, const struct gm__yaml *root) {
    struct gm_grammar *g = l->grammar;
    enum gm_status status = check_keys(l, root,
                                       "name summary extends sentence_ends only "
                                       "without without_keywords families series keywords levels");
    if (status == GM_OK) status = get_string(l, gm__yaml_get(root, "name"), &g->name);
    if (status == GM_OK) status = get_string(l, gm__yaml_get(root, "summary"), &g->summary);
    if (status == GM_OK) status = read_characters(l, gm__yaml_get(root, "sentence_ends"), &g->sentence_ends);
    if (status == GM_OK) status = drop(l, gm__yaml_get(root, "only"), true);
    if (status == GM_OK) status = drop(l, gm__yaml_get(root, "without"), false);
    if (status == GM_OK) status = drop_keywords(l, gm__yaml_get(root, "without_keywords"));
    if (status == GM_OK) status = read_families(l, gm__yaml_get(root, "families"), false);
    if (status == GM_OK) status = read_families(l, gm__yaml_get(root, "series"), true);
    if (status == GM_OK) status = read_keywords(l, gm__yaml_get(root, "keywords"));
    if (status == GM_OK) status = read_levels(l, gm__yaml_get(root, "levels"));
    return status;
}
