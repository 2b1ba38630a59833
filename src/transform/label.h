/*
 * label.h - a label taken to pieces: brackets, numeral, unit, the mark behind it.
 *
 *   （ 一 ） 、      open numeral close mark
 *   第 十 条 之一    stem numeral unit sub
 *   一 是            numeral unit
 *   首先 ，          word mark
 *
 * It reads the label alone, so that an outline read from any format can be checked, whatever grammar made it.
 */
#ifndef GM_LABEL_H
#define GM_LABEL_H

#include "grammar/numeral.h"
#include "tree/tree.h"

enum gm__shape {
    GM__SHAPE_NONE,     /* no label, or none that can be read */
    GM__SHAPE_BARE,     /* 一、 1. ① */
    GM__SHAPE_BRACKET,  /* （一） 一） ㈠ */
    GM__SHAPE_UNIT,     /* 第一章 第3步 章一 Chapter 1 */
    GM__SHAPE_LABELLED, /* 议题一： 案例1 */
    GM__SHAPE_ORDINAL,  /* 第一， 第一是 */
    GM__SHAPE_QI,       /* 其一， */
    GM__SHAPE_STAGE,    /* 一是 一要 */
    GM__SHAPE_ORDER,    /* 首先 其次 再次 最后 */
    GM__SHAPE_WORD,     /* 一方面 and other words */
};

struct gm__label {
    enum gm__shape shape;
    enum gm__numeral system; /* of the numeral, GM__NUM_NONE for words */
    uint16_t flags;          /* GM__ORD_* of the numeral */
    uint16_t components;     /* decimals: how many numbers; else 1 */
    int32_t value;           /* the node's number */
    int32_t sub;             /* 第十条之一: 1 */
    uint32_t open, close;    /* brackets as written, 0 when there is none */
    uint32_t mark, second;   /* the marks behind it, as written; 0 */
    uint32_t key;            /* what makes a class within the shape: the unit, a decimal's other components */
    struct gm_str numeral;
    struct gm_str unit;
};

void gm__label_read(const struct gm_doc *doc, gm_node node, struct gm__label *out);

/* `label` with the number `value` in place of its own, in the document's arena; "" when it cannot be said. */
struct gm_str gm__label_with(struct gm_doc *doc, struct gm_str label, const struct gm__label *parts, int64_t value);

bool gm__is_mark(uint32_t cp);       /* 、 ， . ． 。 : ： ; */
uint32_t gm__closing(uint32_t open); /* the bracket that closes it, 0 when it is none */
uint32_t gm__hash(uint32_t seed, const char *bytes, size_t len);

#endif
