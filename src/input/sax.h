/*
 * sax.h - a streaming XML parse over libxml2, for the formats that are XML inside.
 *
 * The document comes by pieces and leaves as events; nothing of it is kept. Names arrive as tokens of
 * the reader's own vocabulary, so that a handler is a switch. A document type declaration is refused,
 * which rules out entity bombs and external entities; nothing is ever fetched.
 */
#ifndef GM_SAX_H
#define GM_SAX_H

#include "input/input.h"

/* A prefix of the vocabulary and the namespaces it stands for; uris[1] may be NULL. */
struct gm__sax_prefix {
    const char *prefix;
    const char *uris[3];
};

/* names[i] ("w:p", or "Id" for an attribute without namespace) is token i; names[0] is NULL: token 0 is "unknown". */
struct gm__sax_vocabulary {
    const struct gm__sax_prefix *prefixes; /* ends with a NULL prefix */
    const char *const *names;
    size_t count;
};

struct gm__sax;

/* A handler may call gm__sax_attr in start, and gm__sax_skip there to pass over the element's content. */
struct gm__sax_handler {
    void (*start)(void *ctx, struct gm__sax *x, int token);
    void (*end)(void *ctx, struct gm__sax *x, int token);
    void (*text)(void *ctx, struct gm__sax *x, const char *ptr, size_t len);
};

/* Hands out the next piece: *len 0 at the end. */
struct gm__sax_source {
    enum gm_status (*next)(void *ctx, const char **ptr, size_t *len);
    void *ctx;
};

/* Parse to the end. `what` names the document in messages ("word/styles.xml"). */
enum gm_status gm__sax_parse(const struct gm__input *in, const char *what, const struct gm__sax_vocabulary *vocabulary,
                             const struct gm__sax_handler *handler, void *ctx, const struct gm__sax_source *source);

/* The attribute's value in *out; it lives as long as the start handler runs. */
bool gm__sax_attr(const struct gm__sax *x, int token, struct gm_str *out);
int gm__sax_attr_int(const struct gm__sax *x, int token, int missing);
/* Pass over what is inside the element that starts here; its end is still reported. */
void gm__sax_skip(struct gm__sax *x);
/* Stop; gm__sax_parse returns this status. in->error is filled by the caller or by default. */
void gm__sax_stop(struct gm__sax *x, enum gm_status status);
size_t gm__sax_depth(const struct gm__sax *x);

/* "12", " -3 "; `missing` for anything else or beyond int32. */
int gm__str_int(struct gm_str s, int missing);

#endif
