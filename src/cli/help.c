/* help.c - --help, --version and the lists, from the option table and the library's registries. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum exit_status print_text(struct text *t) {
    enum exit_status status = t->failed ? STATUS_LIMIT : STATUS_DONE;
    if (!write_all(STDOUT_FILENO, t->data, t->len)) {
        struct text line = {0};
        struct gm_error error = {0};
        (void)output_error(&error, "<stdout>", errno);
        message_error(&line, NULL, &error);
        text_flush(&line);
        text_release(&line);
        status = STATUS_OUTPUT;
    }
    text_release(t);
    return status;
}

/* Columns of a text of ASCII and Han. */
static size_t columns(const char *p, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)p[i];
        n += c < 0x80 ? 1 : c >= 0xC0 ? 2 : 0;
    }
    return n;
}

/* Blanks up to `width` columns since `start`. */
static void pad(struct text *t, size_t start, size_t width) {
    size_t used = t->failed ? 0 : columns(t->data + start, t->len - start);
    text_printf(t, "%*s", used < width ? (int)(width - used) : 0, "");
}

/* "  -f, --from FORMAT": as wide as `width` columns, at least two spaces before what follows. */
static void option_column(struct text *t, const struct option_row *row, size_t width) {
    size_t start = t->len;
    if (row->key < 256)
        text_printf(t, "  -%c, --%s", row->key, row->name);
    else
        text_printf(t, "      --%s", row->name);
    if (row->arg) text_printf(t, " %s", _(row->arg));
    if (!t->failed && columns(t->data + start, t->len - start) + 2 > width) {
        text_puts(t, "\n");
        start = t->len;
    }
    pad(t, start, width);
}

static void print_commands(struct text *t) {
    for (size_t i = 0; i < command_count; i++) {
        const char *name = commands[i].name;
        text_printf(t, "  gangmu%s%-*s %s  %s\n", *name ? " " : "", *name ? 8 : 9, name, _("[OPTION]... [FILE]..."),
                    _(commands[i].summary));
    }
}

static void print_words(struct text *t, const char *(*name)(size_t index)) {
    size_t column = 0;
    const char *word;
    for (size_t i = 0; (word = name(i)) != NULL; i++) {
        size_t len = strlen(word);
        if (column == 0 || column + len + 1 > 78) {
            text_puts(t, column ? "\n  " : "  ");
            column = 2;
        } else {
            text_puts(t, " ");
            column++;
        }
        text_puts(t, word);
        column += len;
    }
    text_puts(t, "\n");
}

static const char *writer_name(size_t index) {
    const struct gm_writer *w = gm_writer_at(index);
    return w ? w->name : NULL;
}

static const char *reader_name(size_t index) {
    const struct gm_reader_info *r = gm_reader_at(index);
    return r ? r->name : NULL;
}

enum exit_status print_help(const struct settings *s) {
    struct text t = {0};
    (void)s;
    text_printf(&t, "%s\n\n",
                _("gangmu reads a Chinese document the way its author numbered it and prints the outline."));
    print_commands(&t);
    text_printf(&t, "\n%s\n", _("FILE \"-\" or none: standard input."));
    text_printf(&t, "\n%s\n", _("Options:"));
    for (size_t i = 0; i < option_row_count; i++) {
        if (!option_rows[i].help) continue;
        option_column(&t, &option_rows[i], 34);
        text_printf(&t, "%s\n", _(option_rows[i].help));
    }
    text_printf(&t, "\n%s\n", _("Output formats:"));
    print_words(&t, writer_name);
    text_printf(&t, "\n%s\n", _("Input formats:"));
    print_words(&t, reader_name);
    text_printf(&t, "\n%s\n", _("Numbering schemes:"));
    print_words(&t, gm_grammar_builtin_name);
    text_printf(&t, "\n%s\n",
                _("Exit status: 0 done; 1 lint found numbering faults, renumber --check found something to\n"
                  "change; 2 usage; 3 input cannot be read or decoded; 4 output cannot be written;\n"
                  "5 a limit was reached."));
    return print_text(&t);
}

enum exit_status print_version(void) {
    struct text t = {0};
    text_printf(&t, "gangmu %s\n", gm_version());
    return print_text(&t);
}

static void row(struct text *t, const char *name, const char *extensions, const char *summary) {
    text_printf(t, "  %-10s  %-16s  %s\n", name, extensions ? extensions : "", summary && *summary ? _(summary) : "");
}

enum exit_status print_formats(void) {
    struct text t = {0};
    const struct gm_reader_info *reader;
    const struct gm_writer *writer;
    text_printf(&t, "%s\n", _("Input formats (-f):"));
    for (size_t i = 0; (reader = gm_reader_at(i)) != NULL; i++)
        row(&t, reader->name, reader->extensions, reader->summary);
    text_printf(&t, "\n%s\n", _("Output formats (-t):"));
    for (size_t i = 0; (writer = gm_writer_at(i)) != NULL; i++)
        row(&t, writer->name, writer->extensions, writer->summary);
    return print_text(&t);
}

enum exit_status print_grammars(void) {
    struct text t = {0};
    const char *name;
    for (size_t i = 0; (name = gm_grammar_builtin_name(i)) != NULL; i++) {
        const char *summary = gm_grammar_builtin_summary(i);
        text_printf(&t, "  %-10s  %s\n", name, summary && *summary ? _(summary) : "");
    }
    return print_text(&t);
}

/* The id, its severity, the profiles that ask for it ("-": reading alone does), what it is, and where the rule stands.
 */
enum exit_status print_diagnostics(const struct settings *s) {
    static const char *const severities[] = {
        [GM_INFO] = N_("info"), [GM_WARNING] = N_("warning"), [GM_ERROR] = N_("error")};
    struct text t = {0};
    const char *id, *profile;
    for (size_t i = 0; (id = gm_diagnostic_id(i)) != NULL; i++) {
        const char *source = gm_diagnostic_source(i);
        struct text profiles = {0};
        for (size_t k = 0; (profile = gm_profile_name(k)) != NULL; k++)
            if (gm_diagnostic_in_profile(i, k)) text_printf(&profiles, "%s%s", profiles.len ? "," : "", profile);
        text_add(&profiles, "", 1);
        text_printf(&t, "  %-16s  ", id);
        size_t start = t.len;
        text_puts(&t, _(severities[gm_diagnostic_severity(i)]));
        pad(&t, start, 7);
        text_printf(&t, "  %-26s  %s", profiles.len > 1 ? profiles.data : "-", gm_diagnostic_title(i, s->language));
        text_printf(&t, "%s%s\n", *source ? "  " : "", source);
        text_release(&profiles);
    }
    return print_text(&t);
}
