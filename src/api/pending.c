/* pending.c - weak stand-ins until the catalogue, lint and the grammar loader land; they give way to the real ones. */
#include "tree/tree.h"

#define WEAK __attribute__((weak))

WEAK size_t gm_doc_diagnostic_count(const struct gm_doc *doc) {
    (void)doc;
    return 0;
}
WEAK struct gm_diagnostic gm_doc_diagnostic(const struct gm_doc *doc, size_t index) {
    (void)index;
    return (struct gm_diagnostic){"", GM_INFO, gm_doc_locate(doc, 0), GM_NO_NODE};
}
WEAK size_t gm_doc_diagnostic_message(const struct gm_doc *doc, size_t index, enum gm_language language, char *buffer,
                                      size_t size) {
    (void)doc, (void)index, (void)language;
    if (size) *buffer = '\0';
    return 0;
}
WEAK enum gm_status gm_doc_lint(struct gm_doc *doc, const char *profile, struct gm_error *error) {
    (void)doc, (void)profile, (void)error;
    return GM_OK;
}
WEAK const char *gm_severity_name(enum gm_severity severity) {
    static const char *const names[] = {[GM_INFO] = "info", [GM_WARNING] = "warning", [GM_ERROR] = "error"};
    return names[severity];
}
WEAK const char *gm_diagnostic_id(size_t index) {
    (void)index;
    return NULL;
}
WEAK enum gm_severity gm_diagnostic_severity(size_t index) {
    (void)index;
    return GM_INFO;
}
