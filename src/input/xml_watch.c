/* xml_watch.c - see xml_watch.h. */
#include "input/xml_watch.h"

#include <libxml/parser.h>

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
