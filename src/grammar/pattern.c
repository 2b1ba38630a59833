/*
 * pattern.c - "（{han}）" to prefix, numeral system, suffix.
 * Input: the pattern lists of a family, "第{num}步" with optional suffixes, or the words of a series.
 * Output: entries of loader->patterns, one per spelling.
 */
#include "grammar/loader.h"

static enum gm_status fault(const struct gm__loader *l, const struct gm__draft *d, const struct gm__yaml *node,
                            const char *message, struct gm_str what) {
    return gm__yaml_fault(l->error, d->where, node, "%s: \"%.*s\"", message, (int)what.len, what.ptr);
}

enum gm_status gm__loader_fold(struct gm__loader *l, struct gm_str text, bool squeeze, struct gm_str *out) {
    size_t room;
    if (!gm__mul(text.len, 4, &room) || !gm__add(room, 1, &room)) return gm__fail_nomem(l->error);
    char *copy = gm__arena_alloc(&l->grammar->arena, room);
    if (!copy) return gm__fail_nomem(l->error);
    size_t len = 0;
    for (const char *p = text.ptr, *end = p + text.len; p < end;) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (squeeze && gm__is_space(cp)) continue;
        len += gm__utf8_encode(gm__fold(cp), copy + len);
    }
    *out = gm__str(copy, len);
    return GM_OK;
}

static enum gm_status push(struct gm__loader *l, const struct gm__pattern_draft *pattern) {
    void *slot;
    enum gm_status status = gm__vec_push(&l->patterns, &slot);
    if (status == GM_LIMIT) return gm__yaml_fault(l->error, l->where, NULL, "more than 30000 patterns");
    if (status != GM_OK) return gm__fail_nomem(l->error);
    memcpy(slot, pattern, sizeof *pattern);
    return GM_OK;
}

/* The pattern itself and, longer, with each of the family's optional suffixes. */
static enum gm_status push_with_suffixes(struct gm__loader *l, const struct gm__draft *d, struct gm__pattern_draft *p) {
    enum gm_status status = push(l, p);
    struct gm_str own = p->suffix;
    const struct gm__yaml *first = d->suffixes;
    if (first && first->kind == GM__YAML_LIST) first = first->first;
    for (const struct gm__yaml *s = first; s && status == GM_OK; s = s->next) {
        size_t len;
        if (!gm__add(own.len, s->text.len, &len)) return gm__fail_nomem(l->error);
        char *joined = gm__arena_alloc(&l->scratch, len + 1);
        if (!joined) return gm__fail_nomem(l->error);
        memcpy(joined, own.ptr, own.len);
        memcpy(joined + own.len, s->text.ptr, s->text.len);
        status = gm__loader_fold(l, gm__str(joined, len), false, &p->suffix);
        if (status == GM_OK) status = push(l, p);
        if (d->suffixes->kind != GM__YAML_LIST) break;
    }
    p->suffix = own;
    return status;
}

struct pieces {
    struct gm_str prefix, suffix;
    enum gm__numeral system; /* GM__NUM_COUNT: {num} */
    bool system_seen, sub, blank;
};

static enum gm_status take_brace(const struct gm__loader *l, const struct gm__draft *d, const struct gm__yaml *node,
                                 struct gm_str name, struct pieces *out) {
    if (gm__str_eqz(name, "sub") || gm__str_eqz(name, "blank")) {
        if (!out->system_seen) return fault(l, d, node, "expected a numeral such as {han} first", node->text);
        bool *flag = name.ptr[0] == 's' ? &out->sub : &out->blank;
        if (*flag) return fault(l, d, node, "given twice in a pattern", name);
        *flag = true;
        return GM_OK;
    }
    if (out->system_seen) return fault(l, d, node, "expected one numeral, found a second", name);
    out->system_seen = true;
    out->system = GM__NUM_COUNT;
    if (gm__str_eqz(name, "num")) return GM_OK;
    out->system = gm__numeral_by_name(name.ptr, name.len);
    if (out->system == GM__NUM_COUNT)
        return fault(l, d, node, "expected num, sub, blank or a numeral system such as han, arabic, roman in {}", name);
    return GM_OK;
}

/* pattern = literal "{" system "}" [ "{sub}" ] literal [ "{sub}" ] [ "{blank}" ] */
static enum gm_status split(struct gm__loader *l, const struct gm__draft *d, const struct gm__yaml *node,
                            struct pieces *out) {
    const char *p = node->text.ptr, *end = p + node->text.len;
    *out = (struct pieces){.prefix = gm__str("", 0), .suffix = gm__str("", 0)};
    while (p < end) {
        if (out->blank) return fault(l, d, node, "expected nothing after {blank}", node->text);
        if (*p == '{') {
            const char *close = memchr(p, '}', (size_t)(end - p));
            if (!close) return fault(l, d, node, "expected } after {", node->text);
            enum gm_status status = take_brace(l, d, node, gm__str(p + 1, (size_t)(close - p - 1)), out);
            if (status != GM_OK) return status;
            p = close + 1;
            continue;
        }
        const char *start = p;
        for (uint32_t cp; p < end && *p != '{';) {
            p += gm__utf8_decode(p, end, &cp);
            if (gm__is_space(cp))
                return fault(l, d, node, "expected {blank}, not white space, in a pattern", node->text);
        }
        struct gm_str *literal = out->system_seen ? &out->suffix : &out->prefix;
        if (literal->len) return fault(l, d, node, "expected {sub} next to the numeral or at the end", node->text);
        enum gm_status status = gm__loader_fold(l, gm__str(start, (size_t)(p - start)), false, literal);
        if (status != GM_OK) return status;
    }
    if (!out->system_seen) return fault(l, d, node, "expected a numeral such as {han} in the pattern", node->text);
    return GM_OK;
}

static enum gm_status one_pattern(struct gm__loader *l, const struct gm__draft *d, const struct gm__yaml *node,
                                  uint16_t family, unsigned style) {
    static const uint8_t num[] = {GM__NUM_HAN, GM__NUM_ARABIC, GM__NUM_FORMAL};
    struct pieces pieces;
    enum gm_status status = split(l, d, node, &pieces);
    if (status != GM_OK) return status;
    struct gm__pattern_draft p = {.pattern = {.system = (uint8_t)pieces.system,
                                              .style = (uint8_t)style,
                                              .sub = pieces.sub,
                                              .blank = pieces.blank,
                                              .family = family},
                                  .prefix = pieces.prefix,
                                  .suffix = pieces.suffix};
    if (pieces.system != GM__NUM_COUNT) return push_with_suffixes(l, d, &p);
    for (size_t i = 0; i < GM__COUNT(num) && status == GM_OK; i++) {
        p.pattern.system = num[i];
        status = push_with_suffixes(l, d, &p);
    }
    return status;
}

static enum gm_status pattern_list(struct gm__loader *l, const struct gm__draft *d, const struct gm__yaml *list,
                                   uint16_t family, unsigned *style) {
    enum gm_status status = GM_OK;
    if (!list) return GM_OK;
    if (list->kind == GM__YAML_SCALAR) return one_pattern(l, d, list, family, (*style)++);
    for (const struct gm__yaml *n = list->first; n && status == GM_OK; n = n->next) {
        if (*style > UINT8_MAX) return gm__yaml_fault(l->error, d->where, n, "more than 256 patterns in one family");
        status = one_pattern(l, d, n, family, (*style)++);
    }
    return status;
}

/* words: [首先, [其次, 然后], 最后]: the place in the list is the ordinal. */
static enum gm_status word_list(struct gm__loader *l, const struct gm__draft *d, uint16_t family) {
    int32_t value = 0;
    for (const struct gm__yaml *place = d->words->first; place; place = place->next) {
        const struct gm__yaml *word = place->kind == GM__YAML_LIST ? place->first : place;
        value++;
        for (unsigned style = 0; word; style++) {
            struct gm__pattern_draft p = {.pattern = {.system = GM__NUM_NONE,
                                                      .style = (uint8_t)(style < UINT8_MAX ? style : UINT8_MAX),
                                                      .family = family,
                                                      .value = value},
                                          .suffix = gm__str("", 0)};
            enum gm_status status = gm__loader_fold(l, word->text, true, &p.prefix);
            if (status != GM_OK) return status;
            if (p.prefix.len == 0) return gm__yaml_fault(l->error, d->where, word, "expected a word");
            status = push_with_suffixes(l, d, &p);
            if (status != GM_OK) return status;
            word = place->kind == GM__YAML_LIST ? word->next : NULL;
        }
    }
    return GM_OK;
}

enum gm_status gm__loader_patterns(struct gm__loader *l, const struct gm__draft *d, uint16_t family) {
    unsigned style = 0;
    if (d->words) return word_list(l, d, family);
    enum gm_status status = pattern_list(l, d, d->patterns, family, &style);
    return status == GM_OK ? pattern_list(l, d, d->also, family, &style) : status;
}
