/*
 * reference.c - which node a reference means, and the number that it has now.
 *
 * A reference is looked for from where it stands outwards: among the points of its own article, section, chapter, then
 * in the whole region. 第三条第（二）项 goes down from what was named before. References to other documents
 * (《…法》第三条、第五条) are left alone, with all that hang on them.
 */
#include "transform/renumber.h"

enum { MAX_CHAIN = 8 };

struct link {
    uint8_t rank;
    gm_node node;
};
struct chain { /* 第三条第一款第（二）项, and what follows it by 、 or 至 */
    struct link link[MAX_CHAIN];
    uint32_t count;
    size_t end;   /* where the last part ended */
    gm_node last; /* the last node that was named, for 该条 */
    bool other;   /* another document's */
    bool plain;   /* nothing says whose */
    bool heads;   /* its first part stands at the start of the line */
    bool open;    /* something was read on this line */
};
struct scan {
    struct gm__renumber *r;
    const struct gm__index *index;
    struct gm__ref_reader reader;
    struct chain chain;
    size_t line, line_end;
    gm_node next_node; /* the first whose label may lie ahead */
    bool amends;       /* the whole document speaks of another */
    bool foreign;      /* this line has named another document */
};

/* ---------------------------------------------------------------- resolution */

struct wanted {
    uint16_t class;
    int32_t number;
    uint16_t sub;
    bool ambiguous;
};

/* Of several entries the first; they are in doubt when they have different new numbers. */
static gm_node choose(const struct scan *s, const struct gm__entry *e, size_t count, struct wanted *w) {
    if (!count) return GM_NO_NODE;
    const struct gm__mark *first = &s->r->marks[e[0].node];
    for (size_t i = 1; i < count; i++) {
        const struct gm__mark *m = &s->r->marks[e[i].node];
        w->ambiguous |= m->fresh != first->fresh || m->fresh_sub != first->fresh_sub || m->level != first->level;
    }
    return e[0].node;
}

static gm_node right_under(const struct scan *s, gm_node scope, struct wanted *w) {
    const struct gm__entry *e;
    size_t n = gm__index_find(s->index, scope, w->class, w->number, w->sub, &e);
    return choose(s, e, n, w);
}

/* Anywhere below `scope`: 第一编第三条, through the chapters. */
static gm_node below(const struct scan *s, gm_node scope, struct wanted *w) {
    const struct gm__entry *e;
    gm_node node = right_under(s, scope, w);
    if (node != GM_NO_NODE || w->class >= GM__ANY_OTHER) return node;
    size_t n = gm__index_find(s->index, s->r->marks[scope].region | GM__IN_REGION, w->class, w->number, w->sub, &e);
    const struct gm__node *top = &s->r->doc->nodes[scope];
    size_t low = 0, high = n;
    while (low < high) { /* entries of one key stand in document order */
        size_t middle = low + (high - low) / 2;
        if (s->r->doc->nodes[e[middle].node].start < top->start)
            low = middle + 1;
        else
            high = middle;
    }
    high = low;
    while (high < n && s->r->doc->nodes[e[high].node].start < top->end) high++;
    return choose(s, e + low, high - low, w);
}

/* From `from` outwards. A point's fellows come before its own points: （三） speaks of 第（一）项. */
static gm_node outwards(const struct scan *s, gm_node from, struct wanted *w, bool item) {
    const struct gm__renumber *r = s->r;
    gm_node node, up = from == GM_ROOT ? GM_ROOT : r->marks[from].up;
    bool inner =
        item && r->marks[from].class && up != r->marks[from].region && r->doc->nodes[from].kind != GM_KIND_ARTICLE;
    if (inner && (node = right_under(s, up, w)) != GM_NO_NODE) return node;
    for (gm_node at = from;; at = r->marks[at].up) {
        node = right_under(s, at, w);
        if (node != GM_NO_NODE || at == GM_ROOT || at == r->marks[from].region) break;
    }
    if (node != GM_NO_NODE || item) return node;
    const struct gm__entry *e;
    size_t n = gm__index_find(s->index, r->marks[from].region | GM__IN_REGION, w->class, w->number, w->sub, &e);
    return choose(s, e, n, w);
}

static gm_node ancestor_of_class(const struct gm__renumber *r, gm_node node, uint16_t class) {
    while (node != GM_ROOT && r->marks[node].class != class) node = r->marks[node].up;
    return node;
}

/* 本章, 前条: where to look; GM_NO_NODE: from here outwards. */
static gm_node scope_of(const struct scan *s, enum gm__whose whose, const struct gm__unit *unit, gm_node here) {
    const struct gm__renumber *r = s->r;
    if (whose == GM__WHOSE_SAME) return s->chain.last;
    if (unit->kind != GM__UNIT_FAMILY || (whose != GM__WHOSE_OWN && whose != GM__WHOSE_BEFORE)) return GM_NO_NODE;
    gm_node own = ancestor_of_class(r, here, unit->class);
    if (own == GM_ROOT) return GM_NO_NODE;
    return whose == GM__WHOSE_OWN ? own : r->marks[own].previous;
}

/* In Japan 項 are numbered ２, their 号 一. */
static uint16_t any_class(const struct scan *s, const struct gm__unit *unit) {
    if (s->reader.writing != GM__JAPANESE) return GM__ANY_CLASS;
    return unit->rank == 25 ? GM__ANY_OTHER : GM__ANY_HAN;
}

/* 第三款 of the mainland, 第一項 of Japan: a paragraph without a number. */
static bool unnumbered(const struct scan *s, const struct gm__ref *ref) {
    return ref->unit.kind == GM__UNIT_PARAGRAPH ||
           (s->reader.writing == GM__JAPANESE && ref->unit.rank == 25 && ref->count == 1 && ref->number[0].value == 1);
}

static gm_node resolve(const struct scan *s, const struct gm__ref *ref, const struct gm__ref_number *n, gm_node scope,
                       gm_node here, bool *ambiguous) {
    const struct gm__unit *u = &ref->unit;
    bool item = u->kind != GM__UNIT_FAMILY;
    uint16_t class = !item ? u->class : n->bracket ? s->reader.bracket_class[n->system] : any_class(s, u);
    struct wanted w = {class, n->value, (uint16_t)n->sub.value, false};
    gm_node region = here == GM_ROOT ? GM_ROOT : s->r->marks[here].region;
    if (s->r->doc->nodes[here].kind == GM_KIND_REGION) region = here;
    gm_node node = scope != GM_NO_NODE ? below(s, scope, &w) : outwards(s, here, &w, item);
    if (node == GM_NO_NODE && u->top_level && !gm__index_has(s->index, region, class)) {
        w.class = GM__ANY_CLASS; /* 第二部分 of a document of 一、 二、 */
        node = right_under(s, region, &w);
    }
    *ambiguous = w.ambiguous;
    return node;
}

/* ----------------------------------------------------------------- rewriting */

/* In a scheme: the label that the node gets, without what closes it. */
static enum gm_status change_to_label(struct gm__renumber *r, uint32_t at, uint32_t len, gm_node node,
                                      enum gm_change_kind kind) {
    char text[128];
    size_t n;
    enum gm_status s = gm__scheme_label(r, node, text, sizeof text, &n);
    if (s != GM_OK) return s;
    if (n > 3 && memcmp(text + n - 3, "、", 3) == 0) n -= 3;
    if (n > 1 && text[n - 1] == '.') n--;
    return gm__change(r, at, len, text, n, node, kind);
}

static enum gm_status rewrite(struct gm__renumber *r, const struct gm__ref_number *n, gm_node node, bool ambiguous) {
    const struct gm__mark *m = &r->marks[node];
    enum gm_change_kind kind = ambiguous ? GM_CHANGE_AMBIGUOUS : GM_CHANGE_REFERENCE;
    struct gm__anatomy label;
    gm__node_anatomy(r, node, &label);
    if (m->level && (n->bracket || (label.pattern && n->system == label.pattern->system)))
        return change_to_label(r, n->outer_at, n->outer_len, node, kind);
    enum gm_status s = GM_OK;
    if (m->fresh != m->old)
        s = gm__change_number(r, n->system, m->class, n->at, n->len, m->fresh, node, kind);
    else if (ambiguous)
        s = gm__change(r, n->at, n->len, r->doc->text + n->at, n->len, node, kind);
    if (s == GM_OK && n->sub.value && m->fresh_sub != m->old_sub)
        s = gm__change_number(r, n->sub_system, 0, n->sub.at, n->sub.len, m->fresh_sub, node, kind);
    return s;
}

/* An annex or supplementary provision may speak of the body's articles. */
static bool of_body(const struct scan *s, const struct gm__ref *ref, const struct gm__ref_number *n) {
    const struct gm__entry *e;
    return ref->unit.kind == GM__UNIT_FAMILY &&
           gm__index_find(s->index, GM_ROOT | GM__IN_REGION, ref->unit.class, n->value, (uint16_t)n->sub.value, &e);
}

/* To a number that is not there (at a line's start it may be a label that is none: 第三条、第四条　删去): worth saying
 * when the document counts by this unit, or when the point that the reference has named before has items:
 * 第一条第（二）项, where 第一条 has （一） and （三）. */
static enum gm_status dangle(const struct scan *s, const struct gm__ref *ref, const struct gm__ref_number *n,
                             gm_node scope, gm_node here) {
    gm_node region = here == GM_ROOT ? GM_ROOT : s->r->marks[here].region;
    bool counted = ref->unit.kind == GM__UNIT_FAMILY
                       ? gm__index_has(s->index, region, ref->unit.class)
                       : scope != GM_NO_NODE && scope != GM_ROOT && s->r->doc->nodes[scope].first != GM_NO_NODE;
    if (!counted || s->chain.heads || (region != GM_ROOT && of_body(s, ref, n))) return GM_OK;
    uint32_t at = ref->count == 1 ? ref->at : n->at, len = ref->count == 1 ? ref->end - ref->at : n->len;
    return gm__change(s->r, at, len, s->r->doc->text + at, len, GM_NO_NODE, GM_CHANGE_DANGLING);
}

/* ------------------------------------------------------------------- chains */

/* The innermost node of the chain that stands above this unit. */
static gm_node chain_scope(struct chain *c, uint8_t rank) {
    while (c->count && c->link[c->count - 1].rank >= rank) c->count--;
    return c->count ? c->link[c->count - 1].node : GM_NO_NODE;
}

static void chain_push(struct chain *c, uint8_t rank, gm_node node) {
    if (node == GM_NO_NODE || c->count == MAX_CHAIN) return;
    c->link[c->count++] = (struct link){rank, node};
    c->last = node;
}

/* Does the reference hang on the one before it? If not, a new chain begins: whose? */
static gm_node begin_or_go_on(struct scan *s, const struct gm__ref *ref, gm_node here) {
    struct chain *c = &s->chain;
    if (c->open && ref->at >= c->end && gm__ref_connects(s->r->doc->text, c->end, ref->at))
        return chain_scope(c, ref->unit.rank);
    struct gm__unit unit;
    enum gm__whose whose = gm__ref_whose(&s->reader, s->line, ref->at, s->r->doc->title, &unit);
    bool same_other = whose == GM__WHOSE_SAME && c->other;
    bool amended = whose == GM__WHOSE_PLAIN && (s->amends || gm__ref_amends(&s->reader, s->line, s->line_end, ref));
    c->count = 0;
    c->heads = !gm__str_trim(gm__str(s->r->doc->text + s->line, ref->at - s->line)).len;
    c->other = whose == GM__WHOSE_OTHER || same_other || amended;
    c->plain = whose == GM__WHOSE_PLAIN;
    s->foreign |= whose == GM__WHOSE_OTHER;
    gm_node scope = scope_of(s, whose, &unit, here);
    if (scope != GM_NO_NODE) chain_push(c, unit.rank, scope);
    return scope;
}

static enum gm_status take(struct scan *s, const struct gm__ref *ref) {
    struct chain *c = &s->chain;
    gm_node here = gm_doc_node_at(s->r->doc, ref->at), node = GM_NO_NODE;
    gm_node scope = begin_or_go_on(s, ref, here);
    enum gm_status status = GM_OK;
    c->open = true;
    c->end = ref->end;
    if (c->other || unnumbered(s, ref)) return GM_OK;
    for (uint32_t i = 0; i < ref->count && status == GM_OK; i++) {
        bool ambiguous;
        node = resolve(s, ref, &ref->number[i], scope, here, &ambiguous);
        if (node == GM_NO_NODE && s->foreign && c->plain && !c->count) c->other = true;
        if (c->other) return GM_OK; /* 《公司法》第三条规定了责任。第二十条 … */
        status = node == GM_NO_NODE ? dangle(s, ref, &ref->number[i], scope, here)
                                    : rewrite(s->r, &ref->number[i], node, ambiguous);
    }
    chain_push(c, ref->unit.rank, node);
    return status;
}

/* （二） counts as a reference when a unit follows, or right behind another part, or behind 见 and its like. */
static bool bracket_refers(const struct scan *s, const struct gm__ref *ref) {
    static const char *const cues[] = {"见", "見", "上述", "前述", "参照", "依照", "按照", "根据", "根據"};
    const char *text = s->r->doc->text;
    if (ref->unit.kind != GM__UNIT_NONE) return true;
    if (s->chain.open && s->chain.end == ref->at) return s->chain.other || s->chain.count;
    for (size_t i = 0; i < GM__COUNT(cues); i++) {
        size_t n = strlen(cues[i]);
        if (ref->at >= s->line + n && memcmp(text + ref->at - n, cues[i], n) == 0) return true;
    }
    return false;
}

/* ----------------------------------------------------------------- decimals */

static bool word_at(const struct scan *s, size_t at, const char *word) {
    size_t n = strlen(word);
    return s->line_end - at >= n && memcmp(s->r->doc->text + at, word, n) == 0;
}

/* 见4.2, 按 4.2.1, 第4.2条, 4.2的规定: a decimal is a reference when the words around it say so. */
static bool decimal_refers(const struct scan *s, size_t at, size_t end) {
    static const char *const cues[] = {"见", "見", "第",   "按",   "照",   "据",   "據",    "合",
                                       "足", "行", "违反", "遵守", "遵循", "适用", "本文件"};
    static const char *const units[] = {"条",     "條",   "节",     "節",   "款",   "章",  "项",
                                        "的规定", "规定", "的要求", "要求", "所述", "中的"};
    const char *text = s->r->doc->text;
    size_t before = at, behind = end;
    while (before > s->line && text[before - 1] == ' ') before--;
    while (behind < s->line_end && text[behind] == ' ') behind++;
    for (size_t i = 0; i < GM__COUNT(cues); i++) {
        size_t n = strlen(cues[i]);
        if (before >= s->line + n && memcmp(text + before - n, cues[i], n) == 0) return true;
    }
    for (size_t i = 0; i < GM__COUNT(units); i++)
        if (word_at(s, behind, units[i])) return true;
    return s->chain.open && gm__ref_connects(text, s->chain.end, at);
}

static gm_node find_decimal(const struct scan *s, const struct gm__anatomy *label, gm_node here) {
    int32_t numbers[GM__PARTS];
    const struct gm__entry *e;
    gm_node region = here == GM_ROOT ? GM_ROOT : s->r->marks[here].region;
    if (s->r->doc->nodes[here].kind == GM_KIND_REGION) region = here;
    for (uint32_t i = 0; i < label->count; i++) numbers[i] = label->part[i].value;
    const int32_t key = gm__decimal_key(numbers, label->count);
    for (size_t f = 1; f < s->r->grammar->family_count; f++) {
        if (!gm__str_eqz(gm__literal(s->r->grammar, s->r->grammar->families[f].kin), "decimal") ||
            s->r->class_of[f] != f)
            continue;
        size_t n = gm__index_find(s->index, region | GM__IN_REGION, (uint16_t)f, key, (uint16_t)label->count, &e);
        for (size_t i = 0; i < n; i++)
            if (memcmp(gm__decimal_of(s->r, e[i].node)->old, numbers, label->count * sizeof *numbers) == 0)
                return e[i].node;
    }
    return GM_NO_NODE;
}

/* 4.2 in a scheme: 四、（二）, the labels of all that stand above it. */
static enum gm_status change_to_path(struct gm__renumber *r, uint32_t at, uint32_t len, gm_node node) {
    gm_node path[GM__PARTS];
    size_t depth = 0, used = 0;
    char text[GM__PARTS * 128];
    for (gm_node up = node; up != GM_ROOT && depth < GM__PARTS && r->marks[up].level; up = r->marks[up].up)
        path[depth++] = up;
    enum gm_status s = GM_OK;
    while (depth > 0 && s == GM_OK) {
        size_t n;
        s = gm__scheme_label(r, path[--depth], text + used, 128, &n);
        used += s == GM_OK ? n : 0;
    }
    return s == GM_OK ? gm__change(r, at, len, text, used, node, GM_CHANGE_REFERENCE) : s;
}

static enum gm_status take_decimal(struct scan *s, size_t at, size_t *end) {
    struct gm__anatomy label;
    struct gm__renumber *r = s->r;
    size_t n = gm__anatomy_decimal(gm__str(r->doc->text + at, s->line_end - at), &label);
    *end = at + n;
    if (!n || !decimal_refers(s, at, *end)) return GM_OK;
    gm_node node = find_decimal(s, &label, gm_doc_node_at(r->doc, at));
    if (node == GM_NO_NODE) return GM_OK;
    struct gm__unit unit;
    bool go_on = s->chain.open && gm__ref_connects(r->doc->text, s->chain.end, at);
    if (!go_on) s->chain.other = gm__ref_whose(&s->reader, s->line, at, r->doc->title, &unit) == GM__WHOSE_OTHER;
    s->chain.open = true;
    s->chain.count = 0;
    s->chain.end = *end;
    if (s->chain.other) return GM_OK;
    if (r->marks[node].level) return change_to_path(r, (uint32_t)at, (uint32_t)n, node);
    const struct gm__decimal *d = gm__decimal_of(r, node);
    enum gm_status status = GM_OK;
    for (uint32_t i = 0; i < d->count && status == GM_OK; i++)
        if (d->fresh[i] != d->old[i])
            status = gm__change_number(r, GM__NUM_ARABIC, 0, (uint32_t)at + label.part[i].at, label.part[i].len,
                                       d->fresh[i], node, GM_CHANGE_REFERENCE);
    return status;
}

/* ----------------------------------------------------------------- the text */

/* The end of a label that begins at `at`, else `at`. */
static size_t past_label(struct scan *s, size_t at) {
    const struct gm_doc *doc = s->r->doc;
    while (s->next_node < doc->node_count && doc->nodes[s->next_node].start < at) s->next_node++;
    for (gm_node i = s->next_node; i < doc->node_count && doc->nodes[i].start == at; i++)
        if (doc->nodes[i].label_len) return at + doc->nodes[i].label_len;
    return at;
}

static bool is_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }

/* 第五条　… at the start of a line, which the parser took for text: a label out of place, no reference. */
static bool stands_as_label(const struct scan *s, const struct gm__ref *ref) {
    const char *text = s->r->doc->text;
    uint32_t cp;
    if (ref->unit.kind != GM__UNIT_FAMILY || ref->count != 1 || ref->unit.rank < 24 || ref->end >= s->line_end)
        return false;
    (void)gm__utf8_decode(text + ref->end, text + s->line_end, &cp);
    return gm__is_space(cp) && !gm__str_trim(gm__str(text + s->line, ref->at - s->line)).len;
}

/* What begins at `at`, if it is a reference; *next is where to go on. */
static enum gm_status look(struct scan *s, size_t at, uint32_t cp, uint32_t before, size_t *next) {
    struct gm__ref ref;
    if (cp == 0x7B2C && gm__ref_read(&s->reader, at, s->line_end, &ref)) { /* 第 */
        *next = ref.end;
        return stands_as_label(s, &ref) ? GM_OK : take(s, &ref);
    }
    if (cp == 0x5377 && gm__ref_read_volume(&s->reader, s->line, at, s->line_end, &ref)) { /* 卷 */
        *next = ref.end;
        return take(s, &ref);
    }
    if (gm__fold(cp) == '(' && gm__ref_read_bracket(&s->reader, at, s->line_end, &ref) && bracket_refers(s, &ref)) {
        *next = ref.end;
        return take(s, &ref);
    }
    uint32_t narrow = gm__fold(cp), last = gm__fold(before);
    bool word = is_digit(last) || last == '.' || (last | 32) == 'v' || last == '-';
    if (is_digit(narrow) && !word) {
        size_t end = at;
        enum gm_status status = take_decimal(s, at, &end);
        if (end > at) *next = end;
        return status;
    }
    return GM_OK;
}

static enum gm_status scan_line(struct scan *s) {
    const char *text = s->r->doc->text;
    uint32_t before = 0;
    int titles = 0; /* inside 《 》 */
    enum gm_status status = GM_OK;
    s->chain = (struct chain){.last = GM_NO_NODE};
    s->foreign = false;
    for (size_t at = s->line; at < s->line_end && status == GM_OK;) {
        uint32_t cp;
        size_t label = past_label(s, at), n = gm__utf8_decode(text + at, text + s->line_end, &cp), next = at + n;
        if (label > at) {
            at = label;
            before = 0;
            continue;
        }
        if (cp == 0x300A) titles++;
        if (cp == 0x300B && titles) titles--;
        if (!titles) status = look(s, at, cp, before, &next);
        before = cp;
        at = next;
    }
    return status;
}

enum gm_status gm__references(struct gm__renumber *r, const struct gm__index *index) {
    struct scan s = {.r = r, .index = index, .next_node = 1, .amends = gm__title_amends(r->doc->title)};
    const char *text = r->doc->text;
    enum gm_status status = GM_OK;
    gm__ref_reader_init(&s.reader, r);
    r->writing = s.reader.writing;
    for (size_t at = 0; at < r->doc->text_len && status == GM_OK; at = s.line_end + 1) {
        s.line = s.line_end = at;
        while (s.line_end < r->doc->text_len && text[s.line_end] != '\n' && text[s.line_end] != '\r') s.line_end++;
        status = scan_line(&s);
    }
    return status;
}
