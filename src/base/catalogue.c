/* catalogue.c - the table of catalogue.h, and what the public header shows of it. */
#include "base/catalogue.h"

#include <assert.h>

const struct gm__catalogue_row gm__catalogue[GM__DIAG_COUNT] = {
#define X(name, id, severity, profiles, source, en, zh, message_en, message_zh)                                        \
    [GM__DIAG_##name] = {id, severity, profiles, source, {en, zh}, {message_en, message_zh}},
    GM__CATALOGUE(X)
#undef X
};

const char *gm_severity_name(enum gm_severity severity) {
    static const char *const names[] = {[GM_INFO] = "info", [GM_WARNING] = "warning", [GM_ERROR] = "error"};
    return names[severity];
}

const char *gm_diagnostic_id(size_t index) { return index < GM__DIAG_COUNT ? gm__catalogue[index].id : NULL; }

enum gm_severity gm_diagnostic_severity(size_t index) {
    return index < GM__DIAG_COUNT ? gm__catalogue[index].severity : GM_INFO;
}

const char *gm_diagnostic_title(size_t index, enum gm_language language) {
    return index < GM__DIAG_COUNT ? gm__catalogue[index].title[language] : "";
}

const char *gm_diagnostic_source(size_t index) { return index < GM__DIAG_COUNT ? gm__catalogue[index].source : ""; }

const char *gm_profile_name(size_t index) {
    static const char *const names[] = {"default", "gongwen", "law", "taiwan"};
    static_assert(GM__COUNT(names) == sizeof GM__PROFILES - 1, "a letter for each profile");
    return index < GM__COUNT(names) ? names[index] : NULL;
}

bool gm_diagnostic_in_profile(size_t index, size_t profile) {
    return index < GM__DIAG_COUNT && profile < sizeof GM__PROFILES - 1 &&
           strchr(gm__catalogue[index].profiles, GM__PROFILES[profile]) != NULL;
}
