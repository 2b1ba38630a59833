/*
 * write_sarif.c - the document's diagnostics as SARIF 2.1.0, for code-scanning services and editors.
 * Style "zh" writes the messages in Chinese. Columns are code points.
 */
#include <stdio.h>

#include "output/json.h"
#include "output/model.h"

struct state {
    struct gm__json json;
    struct gm__buf file;
};

static void string(struct gm_output *out, const char *literal, struct gm_str value) {
    struct state *s = gm_output_state(out);
    (void)gm_output_puts(out, literal);
    gm__json_string(&s->json, value);
}

static void number(struct gm_output *out, const char *literal, int64_t value) {
    struct state *s = gm_output_state(out);
    (void)gm_output_puts(out, literal);
    gm__json_number(&s->json, value);
}

static struct gm_str level_of(enum gm_severity severity) {
    switch (severity) {
    case GM_INFO: return gm__strz("note");
    case GM_WARNING: return gm__strz("warning");
    case GM_ERROR: return gm__strz("error");
    }
    return gm__strz("none");
}

/* A relative reference (RFC 3986), or a file URI for an absolute path: every byte but unreserved ones and / as %XX. A
 * name may begin with a colon-bearing segment, which would read as a scheme, so the colon goes too. */
static struct gm_str uri(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    gm__buf_clear(&s->file);
    if (*out->doc->name == '/') (void)gm__buf_puts(&s->file, "file://");
    for (const char *p = out->doc->name; *p; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
        if (letter || strchr("-._~/", *p))
            (void)gm__buf_add(&s->file, p, 1);
        else
            (void)gm__buf_printf(&s->file, "%%%02X", (unsigned)(unsigned char)*p);
    }
    if (s->file.status != GM_OK) (void)gm_output_fail(out, s->file.status, "out of memory");
    return gm__str(s->file.data, s->file.len);
}

/* The whole catalogue: a service then knows the rules that found nothing. */
static void rules(struct gm_output *out, enum gm_language language) {
    const char *id;
    for (size_t i = 0; (id = gm_diagnostic_id(i)) != NULL; i++) {
        string(out, i ? ",\n{\"id\":" : "\n{\"id\":", gm__strz(id));
        string(out, ",\"shortDescription\":{\"text\":", gm__strz(gm_diagnostic_title(i, language)));
        if (*gm_diagnostic_source(i)) string(out, "},\"help\":{\"text\":", gm__strz(gm_diagnostic_source(i)));
        string(out, "},\"defaultConfiguration\":{\"level\":", level_of(gm_diagnostic_severity(i)));
        (void)gm_output_puts(out, "}}");
    }
}

static size_t rule_index(const char *id) {
    size_t i = 0;
    while (gm_diagnostic_id(i) && strcmp(gm_diagnostic_id(i), id) != 0) i++;
    return i;
}

static void result(struct gm_output *out, size_t index, struct gm_str name, enum gm_language language) {
    struct gm_diagnostic d = gm_doc_diagnostic(out->doc, index);
    char message[1024];
    size_t len = gm_doc_diagnostic_message(out->doc, index, language, message, sizeof message);
    if (len >= sizeof message) len = sizeof message - 1;
    len = gm__utf8_valid_prefix(message, len); /* it may have been cut inside a character */
    string(out, index ? ",\n{\"ruleId\":" : "\n{\"ruleId\":", gm__strz(d.id));
    number(out, ",\"ruleIndex\":", (int64_t)rule_index(d.id));
    string(out, ",\"level\":", level_of(d.severity));
    string(out, ",\"message\":{\"text\":", gm__str(message, len));
    (void)gm_output_puts(out, "},\"locations\":[{\"physicalLocation\":{");
    if (name.len) string(out, "\"artifactLocation\":{\"uri\":", name);
    number(out, name.len ? "},\"region\":{\"startLine\":" : "\"region\":{\"startLine\":", d.at.line);
    number(out, ",\"startColumn\":", d.at.column);
    (void)gm_output_puts(out, "}}}]}");
}

static enum gm_status begin(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    const char *style = gm_output_options(out)->style;
    enum gm_language language = style && strcmp(style, "zh") == 0 ? GM_CHINESE : GM_ENGLISH;
    gm__json_init(&s->json, out);
    gm__buf_init(&s->file, out->doc->allocator, SIZE_MAX / 2);
    (void)gm_output_puts(
        out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\n"
             "\"tool\":{\"driver\":{\"name\":\"gangmu\",\"semanticVersion\":\"" GM_VERSION "\",\"rules\":[");
    rules(out, language);
    (void)gm_output_puts(out, "]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[");
    struct gm_str name = uri(out);
    for (size_t i = 0; out->status == GM_OK && i < gm_doc_diagnostic_count(out->doc); i++)
        result(out, i, name, language);
    return gm_output_puts(out, "]}]}\n");
}

static void release(struct gm_output *out) {
    struct state *s = gm_output_state(out);
    if (s->file.allocator) gm__buf_release(&s->file);
}

const struct gm_writer gm__write_sarif = {
    .struct_size = sizeof(struct gm_writer),
    .name = "sarif",
    .extensions = "sarif",
    .styles = "en zh",
    .summary = N_("numbering faults as SARIF 2.1.0"),
    .media_type = "application/sarif+json",
    .text_default = GM_TEXT_NONE,
    .state_size = sizeof(struct state),
    .begin = begin,
    .release = release,
};
