/*
 * akn.h - the state of the Akoma Ntoso writer and the parts of it that stand apart: numbers, metadata.
 */
#ifndef GM_AKN_H
#define GM_AKN_H

#include "output/tags.h"
#include "output/xml.h"

enum gm__akn_element {
    GM__AKN_BODY,
    GM__AKN_BOOK,
    GM__AKN_PART,
    GM__AKN_CHAPTER,
    GM__AKN_SECTION,
    GM__AKN_ARTICLE,
    GM__AKN_PARAGRAPH,
    GM__AKN_POINT,
    GM__AKN_INDENT,
    GM__AKN_LEVEL,
    GM__AKN_HCONTAINER,
    GM__AKN_COUNT
};

/* 第一百二十条之一: 120 and 1. main 0: none. */
struct gm__akn_number {
    uint32_t main, sub;
};
GM__INLINE bool gm__akn_after(struct gm__akn_number a, struct gm__akn_number b) {
    return a.main > b.main || (a.main == b.main && a.sub > b.sub);
}
struct gm__akn_number gm__akn_number_of(const struct gm_doc *doc, gm_node node);

/* An open element. */
struct gm__akn_frame {
    enum gm__akn_element element;
    bool synthetic;                            /* a 款 made of an article's text */
    uint32_t children;                         /* opened in it so far */
    struct gm__akn_number last[GM__AKN_COUNT]; /* the highest of each kind in it */
    char *parent_eid;
    size_t parent_eid_len;
};

struct gm__akn {
    struct gm__xml xml;
    struct gm__buf eid; /* of the element on top */
    struct gm__vec frames;
    struct gm__akn_number last_article; /* of the document */
};

/* From the root element to the preface: <akomaNtoso><act><meta>…</meta><preface>…</preface>. */
void gm__akn_head(struct gm_output *out, struct gm__akn *akn);

#endif
