/* xml_watch.c - see xml_watch.h. */
#include "input/xml_watch.h"

#if LIBXML_VERSION >= 21200
static void on_error(void *ctx, const xmlError *error) {
#else
static void on_error(void *ctx, xmlErrorPtr error) {
#endif
    struct gm__xml_watch *watch = ctx;
    if (error->code != XML_ERR_NO_MEMORY) return;
    watch->no_memory = true;
    if (watch->leave) longjmp(*watch->leave, 1);
}

GM__PRINTF(2, 3) static void print_nothing(void *ctx, const char *format, ...) {
    (void)ctx;
    (void)format;
}

bool gm__xml_bad_encoding(void) {
    const xmlError *error = xmlGetLastError();
    return error && (error->code == XML_I18N_CONV_FAILED || error->code == XML_IO_ENCODER);
}

void gm__xml_watch_begin(struct gm__xml_watch *watch) {
    xmlInitParser(); /* else the first threads would race to set up libxml2 */
    *watch = (struct gm__xml_watch){.saved_function = xmlStructuredError,
                                    .saved_ctx = xmlStructuredErrorContext,
                                    .saved_printer = xmlGenericError,
                                    .saved_printer_ctx = xmlGenericErrorContext};
    xmlResetLastError();
    xmlSetStructuredErrorFunc(watch, on_error);
    xmlSetGenericErrorFunc(NULL, print_nothing);
}

bool gm__xml_watch_end(struct gm__xml_watch *watch) {
    xmlSetStructuredErrorFunc(watch->saved_ctx, watch->saved_function);
    xmlSetGenericErrorFunc(watch->saved_printer_ctx, watch->saved_printer);
    return watch->no_memory;
}

bool gm__xml_crowded(xmlParserCtxtPtr parser, int attributes) {
    return attributes > GM__MAX_ATTRS || parser->nsNr / 2 > GM__MAX_ATTRS; /* a prefix and an address each */
}

enum gm_status gm__xml_fail_crowded(struct gm_error *error, int most) {
    return gm__fail(error, GM_LIMIT, "attributes", "a tag has more than %d attributes", most);
}

bool gm__xml_endless_tag(xmlParserCtxtPtr parser, struct gm__xml_tag *tag) {
    const xmlParserInput *in = parser->input;
    if (!in || in->end - in->cur < 2 || *in->cur != '<' || in->cur[1] == '!' || in->cur[1] == '?') return false;
    unsigned long at = in->consumed + (unsigned long)(in->cur - in->base);
    if (tag->at != at || !tag->scanned) *tag = (struct gm__xml_tag){.at = at};
    for (const xmlChar *p = in->cur + tag->scanned; p < in->end; p++) {
        char c = (char)*p;
        if (tag->quote)
            tag->quote = c == tag->quote ? 0 : tag->quote;
        else if (c == '"' || c == '\'')
            tag->quote = c;
        else
            tag->equals += c == '=';
    }
    tag->scanned = (size_t)(in->end - in->cur);
    return tag->equals > GM__MAX_ATTRS;
}
