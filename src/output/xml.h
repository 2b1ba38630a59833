/*
 * xml.h - libxml2's xmlTextWriter over a writer's output, for every format that is XML.
 *
 * The writer's own calls cost thousands of instructions an element, most of them for the blanks of the indentation, so
 * pieces are gathered and go to it together: attributes, text, indentation, and whole elements with all that is in
 * them. An element that is still open when the pieces are full is handed over: the writer opens it, keeps account of
 * its nesting and closes it.
 *
 * What XML forbids (control characters, U+FFFE, U+FFFF) is written as U+FFFD. The first failure sticks to the output;
 * the calls need no checking of their own.
 */
#ifndef GM_XML_H
#define GM_XML_H

#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>

#include "base/span.h"
#include "output/output.h"

/* An open element whose start tag lies in the pieces. */
struct gm__xml_held {
    const char *name;      /* static */
    uint32_t len;          /* of the name */
    uint32_t tag, content; /* in the pieces: its "<"; what follows ">", 0 in the tag */
};

struct gm__xml {
    struct gm_output *out;
    xmlTextWriterPtr writer;
    xmlOutputBufferPtr buffer; /* the writer's */
    /* libxml2 prints when memory runs out; kept quiet, in this thread, between init and release. */
    xmlStructuredErrorFunc saved_func;
    xmlGenericErrorFunc saved_printer;
    void *saved_ctx, *saved_printer_ctx;
    bool started;
    const struct gm__span *span;
    struct gm__byte_set in_text, in_attribute; /* what does not go out as it is, or needs a look */
    uint32_t depth;                            /* elements open */
    bool in_tag;                               /* the innermost one's start tag is open */
    bool after_end;                            /* an element's end was the last thing in the innermost */
    uint32_t held;                             /* innermost elements that are not yet the writer's */
    struct gm__xml_held holds[24];
    size_t used;
    char pieces[16384];
};

/* Writes the XML declaration. Elements are indented by one blank a level, but for those that hold text. */
enum gm_status gm__xml_init(struct gm__xml *xml, struct gm_output *out);
/* Safe on zeroed memory. */
void gm__xml_release(struct gm__xml *xml);

/* What was gathered goes to the writer. */
void gm__xml_spill(struct gm__xml *xml);
/* Room in the pieces for a few bytes; `used` grows when they are there. */
GM__INLINE char *gm__xml_room(struct gm__xml *xml, size_t len) {
    if (GM__UNLIKELY(len > sizeof xml->pieces - xml->used)) gm__xml_spill(xml);
    return xml->pieces + xml->used;
}

/* name: static */
void gm__xml_open_named(struct gm__xml *xml, const char *name, size_t len);
GM__INLINE void gm__xml_open(struct gm__xml *xml, const char *name) { gm__xml_open_named(xml, name, strlen(name)); }
void gm__xml_close(struct gm__xml *xml);
void gm__xml_text(struct gm__xml *xml, struct gm_str text);
void gm__xml_element(struct gm__xml *xml, const char *name, struct gm_str text);

/* Nothing at all for an empty value. */
void gm__xml_attr(struct gm__xml *xml, const char *name, struct gm_str value);
void gm__xml_attr_number(struct gm__xml *xml, const char *name, int64_t value);
/* An attribute of several pieces: open, any number of texts, close. */
GM__INLINE void gm__xml_attr_named(struct gm__xml *xml, const char *name, size_t len) {
    char *to = gm__xml_room(xml, len + 3);
    *to++ = ' ';
    memcpy(to, name, len);
    to[len] = '=';
    to[len + 1] = '"';
    xml->used += len + 3;
}
GM__INLINE void gm__xml_attr_open(struct gm__xml *xml, const char *name) {
    gm__xml_attr_named(xml, name, strlen(name));
}
void gm__xml_attr_text(struct gm__xml *xml, struct gm_str text);
/* A label and a title, with a space between them or none. */
void gm__xml_attr_heading(struct gm__xml *xml, struct gm_str label, bool space, struct gm_str title);
GM__INLINE void gm__xml_attr_close(struct gm__xml *xml) {
    *gm__xml_room(xml, 1) = '"';
    xml->used++;
}

/* The start tag of an element with one attribute, up to the attribute's value. */
struct gm__xml_tag {
    const char *name, *attribute;
    const char *begin; /* <name attribute=" */
    size_t len;        /* of `begin` */
};
/* An element that holds nothing but a heading in its one attribute. */
void gm__xml_leaf(struct gm__xml *xml, const struct gm__xml_tag *tag, struct gm_str label, bool space,
                  struct gm_str title);

/* All that is buffered goes to the output. */
enum gm_status gm__xml_finish(struct gm__xml *xml);

#endif
