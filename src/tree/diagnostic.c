/* diagnostic.c - the diagnostics of a document: places and messages. */
#include "base/catalogue.h"
#include "tree/tree.h"

#include <inttypes.h>
#include <stdio.h>

size_t gm_doc_diagnostic_count(const struct gm_doc *doc) { return doc->diag_count; }

struct gm_diagnostic gm_doc_diagnostic(const struct gm_doc *doc, size_t index) {
    const struct gm__diag *d = &doc->diags[index];
    const struct gm__catalogue_row *row = &gm__catalogue[d->id];
    bool stated = doc->places && d->node != GM_NO_NODE; /* the text is not the source's: the node's place must do */
    return (struct gm_diagnostic){.id = row->id,
                                  .severity = row->severity,
                                  .at = stated ? doc->places[d->node].start : gm_doc_locate(doc, d->at),
                                  .node = d->node};
}

struct out {
    char *buffer;
    size_t size, len;
};

static void add(struct out *o, const char *bytes, size_t len) {
    if (o->len < o->size) memcpy(o->buffer + o->len, bytes, len < o->size - o->len ? len : o->size - o->len);
    o->len += len;
}

static void add_argument(struct out *o, const struct gm__diag *d, char which) {
    char digits[24];
    if (which == '1' || which == '2') {
        add(o, d->words[which - '1'].ptr, d->words[which - '1'].len);
    } else {
        int n = snprintf(digits, sizeof digits, "%" PRId64, d->args[which == 'm']);
        if (n > 0) add(o, digits, (size_t)n);
    }
}

size_t gm_doc_diagnostic_message(const struct gm_doc *doc, size_t index, enum gm_language language, char *buffer,
                                 size_t size) {
    const struct gm__diag *d = &doc->diags[index];
    struct out o = {buffer, size ? size - 1 : 0, 0};
    for (const char *p = gm__catalogue[d->id].message[language]; *p; p++) {
        if (*p == '{') {
            add_argument(&o, d, p[1]);
            p += 2;
        } else {
            add(&o, p, 1);
        }
    }
    if (size) buffer[o.len < size ? o.len : gm__utf8_uncut(buffer, size - 1)] = '\0';
    return o.len;
}
