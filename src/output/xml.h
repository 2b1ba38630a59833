/*
 * xml.h - libxml2's xmlTextWriter over a writer's output, for every format that is XML.
 *
 * The writer's own calls cost thousands of instructions an element, most of them for the blanks of the indentation, so
 * pieces are gathered and go to it together: attributes, text, indentation, and every element in which no other begins,
 * complete. Elements that hold elements are opened and closed by the writer.
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
    const char *leaf;                          /* its name while it lies in `pieces`, not yet the writer's; or NULL */
    size_t tag, content;                       /* of the leaf, in `pieces`: its "<"; what follows ">", 0 in the tag */
    size_t used;
    char pieces[8192];
};

/* Writes the XML declaration. Elements are indented by one blank a level, but for those that hold text. */
enum gm_status gm__xml_init(struct gm__xml *xml, struct gm_output *out);
/* Safe on zeroed memory. */
void gm__xml_release(struct gm__xml *xml);

void gm__xml_open(struct gm__xml *xml, const char *name);
void gm__xml_close(struct gm__xml *xml);
void gm__xml_text(struct gm__xml *xml, struct gm_str text);
void gm__xml_element(struct gm__xml *xml, const char *name, struct gm_str text);

/* Nothing at all for an empty value. */
void gm__xml_attr(struct gm__xml *xml, const char *name, struct gm_str value);
void gm__xml_attr_number(struct gm__xml *xml, const char *name, int64_t value);
/* An attribute of several pieces: open, any number of texts, close. */
void gm__xml_attr_open(struct gm__xml *xml, const char *name);
void gm__xml_attr_text(struct gm__xml *xml, struct gm_str text);
void gm__xml_attr_close(struct gm__xml *xml);

/* All that is buffered goes to the output. */
enum gm_status gm__xml_finish(struct gm__xml *xml);

#endif
