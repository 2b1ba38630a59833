/*
 * tags.h - what the two tags writers (ctags, ctags-json) share: kinds, names, the line a tag is found by.
 */
#ifndef GM_TAGS_H
#define GM_TAGS_H

#include "output/model.h"

/* The unit of a statute's label: 第三章 gives GM__UNIT_CHAPTER; none when the label is no 第…X. */
enum gm__unit {
    GM__UNIT_NONE,
    GM__UNIT_BOOK,      /* 编 */
    GM__UNIT_PART,      /* 分编, 篇, 部分 */
    GM__UNIT_CHAPTER,   /* 章 */
    GM__UNIT_SECTION,   /* 节 */
    GM__UNIT_ARTICLE,   /* 条 */
    GM__UNIT_PARAGRAPH, /* 款 */
    GM__UNIT_POINT,     /* 项 */
    GM__UNIT_INDENT,    /* 目 */
    GM__UNIT_COUNT
};
enum gm__unit gm__unit_of(struct gm_str label);
/* "book", "chapter", ...; "" for none. */
const char *gm__unit_name(enum gm__unit unit);

/* The kind of a tag: the unit where the label has one, else the node's kind. */
const char *gm__tag_kind(const struct gm_doc *doc, gm_node node);

/* The source line a node starts on, without its end; cut after GM__TAG_LINE_MAX bytes at a code point. */
#define GM__TAG_LINE_MAX 256u
struct gm__tag_line {
    struct gm_str text;
    bool whole; /* both ends are the line's */
    bool begin; /* the first byte is the line's first */
};
struct gm__tag_line gm__tag_line_of(const struct gm_doc *doc, gm_node node);

/* A search pattern for it, without the slashes around it: ^…$ with \ and / escaped. */
enum gm_status gm__tag_pattern(const struct gm_doc *doc, gm_node node, struct gm__buf *buf);

/* The line of a node's last character. */
uint32_t gm__last_line(struct gm__locator *places, gm_node node);

#endif
