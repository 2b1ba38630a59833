/*
 * xml_watch.h - libxml2 kept quiet, in this thread, and its lack of memory noticed.
 *
 * Where no context takes its messages libxml2 prints them. Out of memory it leaves elements out or goes on for ever
 * (2.9's HTML parser), and calls the document well-formed in the end; only the message says so.
 */
#ifndef GM_XML_WATCH_H
#define GM_XML_WATCH_H

#include "base/base.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <setjmp.h>

struct gm__xml_watch {
    bool no_memory;
    jmp_buf *leave; /* where to go at once when memory runs out; NULL: go on */
    xmlStructuredErrorFunc saved_function;
    xmlGenericErrorFunc saved_printer;
    void *saved_ctx, *saved_printer_ctx;
};
void gm__xml_watch_begin(struct gm__xml_watch *watch);
/* Puts back what was; true: memory ran out meanwhile. */
bool gm__xml_watch_end(struct gm__xml_watch *watch);

/* Has libxml2 stopped at bytes that do not fit the document's encoding? Then it goes on calling it well-formed, as it
 * does out of memory. Since gm__xml_watch_begin, on this thread. */
bool gm__xml_bad_encoding(void);

/*
 * libxml2 compares each attribute of a tag with all before it, and looks through the namespaces in force for each
 * prefix: tags of more than GM__MAX_ATTRS attributes and namespaces are a limit. One that is read already is told by
 * its start event; one that the push parser waits to see the end of by gm__xml_endless_tag after each piece, of 64 KiB
 * at most.
 */
#define GM__MAX_ATTRS 500

struct gm__xml_tag {
    unsigned long at; /* where it begins, as libxml2 counts */
    size_t scanned;
    int equals;
    char quote; /* the value that is open, 0 when none */
};
bool gm__xml_endless_tag(xmlParserCtxtPtr parser, struct gm__xml_tag *tag);
bool gm__xml_crowded(xmlParserCtxtPtr parser, int attributes);
enum gm_status gm__xml_fail_crowded(struct gm_error *error, int most);

#endif
