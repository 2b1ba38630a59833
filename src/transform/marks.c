/*
 * marks.c - what stands around a single number: the mark behind it, its brackets, its characters.
 * GB/T 15834-2011 B.3 says which mark follows which ordinal, GB/T 9704-2012 7.3.3 which brackets official documents
 * have. Taiwan writes both 1、 and 1. and is asked for neither.
 */
#include "transform/lint.h"

#include "grammar/grammar.h"

struct look {
    struct gm__lint *l;
    const struct gm__label *label;
    gm_node node;
    uint32_t after; /* the mark behind the number: of the label, or what follows it in the text; 0 */
    uint32_t next;  /* what follows the label */
};

static void report(const struct look *k, enum gm__diag_id id) {
    gm__lint_report(k->l, id, k->node, gm_node_label(k->l->doc, k->node), gm__str("", 0));
}

static bool is_one_of(struct gm_str s, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (gm__str_eqz(s, words[i])) return true;
    return false;
}

/* ------------------------------------------------------------------- marks */

static bool is_glyph(enum gm__numeral system) {
    return system == GM__NUM_CIRCLED || system == GM__NUM_CIRCLED_BLACK || system == GM__NUM_CIRCLED_SANS ||
           system == GM__NUM_CIRCLED_LATIN || system == GM__NUM_CIRCLED_LATIN_LOWER;
}

static bool is_foreign(enum gm__numeral system) { /* B.3.3: a dot follows */
    return system == GM__NUM_ARABIC || system == GM__NUM_LATIN || system == GM__NUM_LATIN_LOWER ||
           system == GM__NUM_ROMAN || system == GM__NUM_ROMAN_LOWER;
}

static bool is_native(enum gm__numeral system) { /* B.3.2: 、 follows */
    return system == GM__NUM_HAN || system == GM__NUM_FORMAL || system == GM__NUM_STEM || system == GM__NUM_BRANCH;
}

static void check_bare(const struct look *k) {
    enum gm__numeral system = k->label->system;
    uint32_t mark = k->after, folded = gm__fold(mark);
    if (is_glyph(system)) {
        if (mark) report(k, GM__DIAG_BRACKET_MARK);
    } else if (k->label->components > 1) {
        if (mark) report(k, GM__DIAG_DECIMAL_MARK);
    } else if (is_native(system)) {
        if (mark && folded != 0x3001) report(k, GM__DIAG_HAN_MARK);
    } else if (is_foreign(system)) {
        if (mark && folded != '.') report(k, GM__DIAG_ARABIC_MARK);
        if (mark == 0xFF0E) report(k, GM__DIAG_WIDE_DOT);
    }
    bool doubled = k->label->mark && (k->label->second || gm__is_mark(k->next));
    if (doubled && k->next != 0x3002) report(k, GM__DIAG_DOUBLED_MARK);
}

static void check_unit(const struct look *k) {
    static const char *const headings[] = {"章", "节", "節", "编", "編", "篇", "条", "條", "卷", "分编", "分編"};
    if (k->after && is_one_of(k->label->unit, headings, GM__COUNT(headings))) report(k, GM__DIAG_UNIT_MARK);
}

/* 第一， 其一， 首先， but 第一是. */
static void check_ordinal(const struct look *k) {
    uint32_t folded = gm__fold(k->after);
    if (!k->after || folded == ',' || k->label->unit.len != 0) return;
    report(k, GM__DIAG_ORDINAL_MARK);
}

static void check_order_word(const struct look *k) {
    uint32_t folded = gm__fold(k->after);
    if (folded == 0x3001 || folded == ':') report(k, GM__DIAG_ORDINAL_MARK);
}

static void check_marks(const struct look *k) {
    switch (k->label->shape) {
    case GM__SHAPE_NONE:
    case GM__SHAPE_LABELLED:
    case GM__SHAPE_WORD: break;
    case GM__SHAPE_BARE: check_bare(k); break;
    case GM__SHAPE_BRACKET:
        if (k->after) report(k, GM__DIAG_BRACKET_MARK);
        break;
    case GM__SHAPE_UNIT: check_unit(k); break;
    case GM__SHAPE_ORDINAL:
    case GM__SHAPE_QI: check_ordinal(k); break;
    case GM__SHAPE_ORDER: check_order_word(k); break;
    case GM__SHAPE_STAGE:
        if (k->after) report(k, GM__DIAG_STAGE_MARK);
        break;
    }
}

/* ---------------------------------------------------------------- brackets */

static void check_brackets(const struct look *k) {
    const struct gm__label *l = k->label;
    if (!l->open && !l->close) return;
    if (l->open && l->close != gm__closing(l->open)) report(k, GM__DIAG_MIXED_BRACKETS);
    if (l->open && l->close && l->close == k->next) report(k, GM__DIAG_DOUBLED_BRACKETS);
    if (!l->open || gm__fold(l->open) != '(')
        report(k, GM__DIAG_BRACKET_KIND);
    else if (l->open == '(' && l->close == ')')
        report(k, GM__DIAG_NARROW_BRACKETS);
}

void gm__lint_marks(struct gm__lint *l, gm_node node, const struct gm__label *label, bool joint) {
    const struct gm_doc *doc = l->doc;
    struct look k = {.l = l, .label = label, .node = node, .after = label->mark};
    size_t at = (size_t)doc->nodes[node].start + doc->nodes[node].label_len;
    if (at < doc->nodes[node].end) (void)gm__utf8_decode(doc->text + at, doc->text + doc->text_len, &k.next);
    if (!k.after && gm__is_mark(k.next)) k.after = k.next;
    if (!joint) check_marks(&k); /* 8.1.2、8.1.3: the mark parts two numbers */
    check_brackets(&k);
    if (label->flags & GM__ORD_LOOKALIKE || label->mark == GM__DOT_STROKE) report(&k, GM__DIAG_LOOK_ALIKE);
}
