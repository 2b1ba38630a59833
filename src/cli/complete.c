/* complete.c - completion scripts for bash, zsh and fish, from the option table and the registries. */
#include "cli.h"

#include <string.h>

/* ------------------------------------------------------------------- words */

/* The words that an option's argument may be, each with `before` and `after`. */
static void add_values(struct text *t, const char *values, const char *separator) {
    const char *name;
    size_t n = 0;
    if (strcmp(values, "format") == 0) {
        const struct gm_writer *writer;
        for (size_t i = 0; (writer = gm_writer_at(i)) != NULL; i++)
            text_printf(t, "%s%s", n++ ? separator : "", writer->name);
    } else if (strcmp(values, "reader") == 0) {
        const struct gm_reader_info *reader;
        for (size_t i = 0; (reader = gm_reader_at(i)) != NULL; i++)
            text_printf(t, "%s%s", n++ ? separator : "", reader->name);
    } else if (strcmp(values, "grammar") == 0) {
        for (size_t i = 0; (name = gm_grammar_builtin_name(i)) != NULL; i++)
            text_printf(t, "%s%s", n++ ? separator : "", name);
    } else {
        text_puts(t, values);
    }
}

static bool names_files(const char *values) { return strcmp(values, "file") == 0 || strcmp(values, "grammar") == 0; }
static bool names_folders(const char *values) { return strcmp(values, "directory") == 0; }

/* -------------------------------------------------------------------- bash */

static void bash_case(struct text *t, const struct option_row *row) {
    const char *values = option_values(row->key);
    if (row->key < 256) text_printf(t, "    -%c|", row->key);
    text_printf(t, "%s--%s) COMPREPLY=(", row->key < 256 ? "" : "    ", row->name);
    if (names_folders(values)) {
        text_puts(t, "$(compgen -d -- \"$word\")");
    } else if (strcmp(values, "file") == 0) {
        text_puts(t, "$(compgen -f -- \"$word\")");
    } else if (*values) {
        text_puts(t, "$(compgen ");
        if (names_files(values)) text_puts(t, "-f ");
        text_puts(t, "-W \"");
        add_values(t, values, " ");
        text_puts(t, "\" -- \"$word\")");
    }
    text_puts(t, "); return ;;\n");
}

static void print_bash(struct text *t) {
    text_puts(t, "# bash completion for gangmu\n_gangmu() {\n"
                 "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                 "  case $before in\n");
    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].arg) bash_case(t, &option_rows[i]);
    text_puts(t, "  esac\n  case $word in\n    -*) COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; i < option_row_count; i++) {
        if (!option_rows[i].help) continue;
        if (option_rows[i].key < 256) text_printf(t, "-%c ", option_rows[i].key);
        text_printf(t, "--%s%s", option_rows[i].name, i + 1 < option_row_count ? " " : "");
    }
    text_puts(t, "\" -- \"$word\")); return ;;\n  esac\n  COMPREPLY=($(compgen -f -- \"$word\"))\n"
                 "  [ \"$COMP_CWORD\" = 1 ] && COMPREPLY+=($(compgen -W \"");
    for (size_t i = 1; i < command_count; i++) text_printf(t, "%s%s", i > 1 ? " " : "", commands[i].name);
    text_puts(t, "\" -- \"$word\"))\n}\ncomplete -o filenames -F _gangmu gangmu\n");
}

/* --------------------------------------------------------------------- zsh */

/* A description within single quotes and brackets. */
static void zsh_description(struct text *t, const char *help) {
    text_puts(t, "[");
    for (; *help; help++) {
        if (strchr("[]:\\", *help)) text_puts(t, "\\");
        if (*help == '\'')
            text_puts(t, "'\\''");
        else
            text_add(t, help, 1);
    }
    text_puts(t, "]");
}

static void zsh_option(struct text *t, const struct option_row *row) {
    const char *values = option_values(row->key);
    if (row->key < 256)
        text_printf(t, "  '(-%c --%s)'{-%c,--%s}'", row->key, row->name, row->key, row->name);
    else
        text_printf(t, "  '--%s", row->name);
    zsh_description(t, _(row->help));
    if (row->arg) text_puts(t, ":argument:");
    if (row->arg && names_folders(values)) {
        text_puts(t, "_files -/");
    } else if (row->arg && strcmp(values, "file") == 0) {
        text_puts(t, "_files");
    } else if (row->arg && *values) {
        text_puts(t, "(");
        add_values(t, values, " ");
        text_puts(t, ")");
    }
    text_puts(t, "' \\\n");
}

static void print_zsh(struct text *t) {
    text_puts(t, "#compdef gangmu\n_gangmu_first() {\n  compadd --");
    for (size_t i = 1; i < command_count; i++) text_printf(t, " %s", commands[i].name);
    text_puts(t, "\n  _files\n}\n_arguments -s \\\n");
    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].help) zsh_option(t, &option_rows[i]);
    text_puts(t, "  '1:first:_gangmu_first' \\\n  '*:file:_files'\n");
}

/* -------------------------------------------------------------------- fish */

static void fish_quoted(struct text *t, const char *string) {
    text_puts(t, "'");
    for (; *string; string++) {
        if (*string == '\'' || *string == '\\') text_puts(t, "\\");
        text_add(t, string, 1);
    }
    text_puts(t, "'");
}

static void print_fish(struct text *t) {
    text_puts(t, "# fish completion for gangmu\n");
    for (size_t i = 1; i < command_count; i++) {
        text_printf(t, "complete -c gangmu -n __fish_is_first_arg -a %s -d ", commands[i].name);
        fish_quoted(t, _(commands[i].summary));
        text_puts(t, "\n");
    }
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        const char *values = option_values(row->key);
        if (!row->help) continue;
        text_puts(t, "complete -c gangmu");
        if (row->key < 256) text_printf(t, " -s %c", row->key);
        text_printf(t, " -l %s -d ", row->name);
        fish_quoted(t, _(row->help));
        if (row->arg) text_puts(t, names_files(values) || names_folders(values) ? " -r" : " -x");
        if (row->arg && names_folders(values)) {
            text_puts(t, " -a '(__fish_complete_directories)'");
        } else if (row->arg && *values && strcmp(values, "file") != 0) {
            text_puts(t, " -a '");
            add_values(t, values, " ");
            text_puts(t, "'");
        }
        text_puts(t, "\n");
    }
}

enum exit_status print_completion(const char *shell) {
    struct text t = {0};
    if (strcmp(shell, "bash") == 0)
        print_bash(&t);
    else if (strcmp(shell, "zsh") == 0)
        print_zsh(&t);
    else
        print_fish(&t);
    return print_text(&t);
}
