/*
 * xml_events.h - XML as events, for small formats. No entity is ever expanded or fetched: a document that declares
 * one is refused.
 */
#ifndef GM_XML_EVENTS_H
#define GM_XML_EVENTS_H

#include "input/input.h"

struct gm__xml_attrs {
    const unsigned char *const *raw; /* private */
    size_t count;
};
struct gm__xml_events {
    /* Each returns GM_OK or a status whose error it filled in. Elements with a prefix, and what is in them,
     * are not reported. */
    enum gm_status (*start)(void *ctx, const char *name, const struct gm__xml_attrs *attrs);
    enum gm_status (*end)(void *ctx, const char *name);
    enum gm_status (*text)(void *ctx, const char *text, size_t len); /* may be NULL */
};

/* The value of an attribute that has no namespace; ptr NULL when there is none. */
struct gm_str gm__xml_attribute(const struct gm__xml_attrs *attrs, const char *name);

/* Decode and parse; `out` gets encoding and warnings. */
enum gm_status gm__xml_parse(const struct gm__input *in, struct gm__source *out, const struct gm__xml_events *events,
                             void *ctx);

/* The first character, behind blanks and a byte order mark, is <. */
bool gm__begins_markup(const unsigned char *head, size_t len);
/* The name of the first element, or of the one that a document type names, in lower case ("" when the head is no
 * mark-up); zero bytes of UTF-16 are passed over. */
void gm__first_element(const unsigned char *head, size_t len, char *out, size_t size);

#endif
