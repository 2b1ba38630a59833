/* options.c - the table of options and sub-commands, and reading the command line by it. */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const struct command commands[] = {
    {"", N_("print the outline"), NULL, false, false},
    {"lint", N_("report numbering faults only"), NULL, true, false},
    {"toc", N_("print a table of contents; the same as -t toc"), "toc", false, false},
    {"tree", N_("draw the outline for a terminal; the same as -t tree"), "tree", false, false},
    {"renumber", N_("print the text with its numbers, and references to them, put right"), NULL, false, true},
};
const size_t command_count = COUNT_OF(commands);

enum {
    KEY_TEXT = 256,
    KEY_STYLE,
    KEY_REFERENCE,
    KEY_WIDTH,
    KEY_COLOUR,
    KEY_COLOR,
    KEY_IMPLIED,
    KEY_EXPLAIN,
    KEY_ENCODING,
    KEY_STRICT,
    KEY_SELECT,
    KEY_PROFILE,
    KEY_CHECK,
    KEY_DIFF,
    KEY_OUT_DIR,
    KEY_FORCE,
    KEY_FORMATS,
    KEY_GRAMMARS,
    KEY_DIAGNOSTICS,
    KEY_COMPLETION,
    KEY_VERSION,
    KEY_SANDBOX,
    KEY_MAX_INPUT,
    KEY_MAX_TEXT,
    KEY_MAX_MEMORY,
    KEY_MAX_NODES,
    KEY_MAX_DEPTH,
    KEY_MAX_RATIO,
    KEY_MAX_STEPS,
    KEY_MAX_PARAGRAPH,
};

const struct option_row option_rows[] = {
    {'f', "from", N_("FORMAT"), N_("input format; default: by content, then by name")},
    {'t', "to", N_("FORMAT"), N_("output format; default: by the name given to -o, else markdown")},
    {'o', "output", N_("FILE"), N_("write to FILE, whole or not at all")},
    {'g', "grammar", N_("NAME|FILE"), N_("numbering scheme; default: auto")},
    {'d', "depth", "N", N_("no deeper than N levels; 0: no limit")},
    {KEY_TEXT, "text", "none|lead|full", N_("how much body text goes along; each format has its default")},
    {KEY_STYLE, "style", N_("NAME"), N_("a variant of the output format")},
    {KEY_REFERENCE, "reference-doc", N_("FILE"), N_("take a docx output's styles from FILE")},
    {KEY_WIDTH, "width", "N", N_("columns of a terminal format; largest record of chunks")},
    {KEY_COLOUR, "colour", "auto|always|never", N_("colours in terminal formats; default: auto")},
    {KEY_COLOR, "color", "auto|always|never", NULL},
    {KEY_IMPLIED, "implied", NULL, N_("show parallel points without a number too")},
    {KEY_EXPLAIN, "explain", NULL, N_("say for each marker why it is a node or not")},
    {KEY_ENCODING, "encoding", N_("NAME"), N_("the input's encoding; default: found out")},
    {KEY_STRICT, "strict-encoding", NULL, N_("refuse input with bytes that cannot be decoded")},
    {KEY_SELECT, "select", "XPATH", N_("read only this part of an HTML page")},
    {KEY_PROFILE, "profile", N_("NAME"), N_("what lint expects: default, gongwen, law, taiwan")},
    {KEY_CHECK, "check", NULL, N_("renumber: only say what would change; exit status 1 if anything")},
    {KEY_DIFF, "diff", NULL, N_("renumber: show the changes as a unified diff")},
    {'i', "in-place", NULL, N_("renumber: write the result over the input")},
    {'r', "recursive", NULL, N_("go through folders")},
    {KEY_OUT_DIR, "out-dir", N_("DIR"), N_("one output file for each input, under DIR")},
    {KEY_FORCE, "force", NULL, N_("overwrite files under --out-dir, or an input that -o names")},
    {'j', "jobs", "N", N_("work on N inputs at a time; 0: as many as there are processors")},
    {'q', "quiet", NULL, N_("no warnings, no progress bar")},
    {KEY_SANDBOX, "sandbox", "auto|always|never",
     N_("give up rights before reading; default: auto, as the system can")},
    {KEY_MAX_INPUT, "max-input", N_("SIZE"), N_("largest input in bytes; K, M and G may follow")},
    {KEY_MAX_TEXT, "max-text", N_("SIZE"), N_("largest decoded text")},
    {KEY_MAX_MEMORY, "max-memory", N_("SIZE"), N_("memory for unpacking and reading")},
    {KEY_MAX_NODES, "max-nodes", "N", N_("most nodes of a document")},
    {KEY_MAX_DEPTH, "max-depth", "N", N_("most levels that are recognised")},
    {KEY_MAX_RATIO, "max-ratio", "N", N_("most bytes that a packed byte may unpack to")},
    {KEY_MAX_STEPS, "max-steps", "N", N_("most steps of the parser for each byte")},
    {KEY_MAX_PARAGRAPH, "max-paragraph", "SIZE", N_("longest paragraph in bytes")},
    {KEY_FORMATS, "list-formats", NULL, N_("list input and output formats and exit")},
    {KEY_GRAMMARS, "list-grammars", NULL, N_("list numbering schemes and exit")},
    {KEY_DIAGNOSTICS, "list-diagnostics", NULL, N_("list what lint can report and exit")},
    {KEY_COMPLETION, "completion", "bash|zsh|fish", N_("print a shell's completion script and exit")},
    {'h', "help", NULL, N_("print this help and exit")},
    {KEY_VERSION, "version", NULL, N_("print the version and exit")},
};
const size_t option_row_count = COUNT_OF(option_rows);

const char *option_values(int key) {
    switch (key) {
    case 'f': return "reader";
    case 't': return "format";
    case 'g': return "grammar";
    case 'o':
    case KEY_REFERENCE: return "file";
    case KEY_OUT_DIR: return "directory";
    case KEY_PROFILE: return "default gongwen law taiwan";
    case KEY_TEXT: return "none lead full";
    case KEY_COLOUR:
    case KEY_COLOR:
    case KEY_SANDBOX: return "auto always never";
    case KEY_COMPLETION: return "bash zsh fish";
    default: return "";
    }
}

/* --------------------------------------------------------------- arguments */

/* The index of `word` among the space-separated words of `list`, or -1. */
static int word_index(const char *list, const char *word) {
    size_t len = strlen(word);
    for (int i = 0; *list; i++) {
        size_t n = strcspn(list, " ");
        if (n == len && memcmp(list, word, n) == 0) return i;
        list += n + (list[n] == ' ');
    }
    return -1;
}

/* Does the option take one of a few words? */
static bool word_option(int key) {
    return key == KEY_TEXT || key == KEY_COLOUR || key == KEY_COLOR || key == KEY_COMPLETION || key == KEY_SANDBOX ||
           key == KEY_PROFILE;
}

static enum exit_status bad_value(int key, const char *value) {
    const char *words = word_option(key) ? option_values(key) : NULL;
    for (size_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].key != key) continue;
        if (words)
            return usage_choice(_("'%s' is no value for --%s; its values: %s"), value, option_rows[i].name, words);
        return usage_error(_("'%s' is no value for --%s"), value, option_rows[i].name);
    }
    return STATUS_USAGE;
}

/* A decimal number, with `sizes` also K, M, G after it. */
static bool number(const char *value, bool sizes, uint64_t max, uint64_t *out) {
    char *end;
    if (*value < '0' || *value > '9') return false;
    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    unsigned shift = 0;
    if (sizes && *end) {
        static const char units[] = "KMGkmg";
        const char *unit = strchr(units, *end++);
        if (!unit) return false;
        shift = (unsigned)((unit - units) % 3 + 1) * 10;
    }
    if (errno || *end || n > max >> shift) return false;
    *out = (uint64_t)n << shift;
    return true;
}

static enum exit_status set_word(struct settings *s, int key, const char *value) {
    int index = word_index(option_values(key), value);
    if (index < 0) return bad_value(key, value);
    if (key == KEY_TEXT)
        s->write.text = (enum gm_text_amount)(GM_TEXT_NONE + index);
    else if (key == KEY_COMPLETION)
        s->completion = value;
    else if (key == KEY_PROFILE)
        s->profile = value;
    else if (key == KEY_SANDBOX)
        s->sandbox = (enum when)index;
    else
        s->colour = (enum when)index;
    return STATUS_DONE;
}

static enum exit_status set_number(struct settings *s, int key, const char *value) {
    struct gm_limits *l = &s->read.limits;
    bool size = key == KEY_MAX_INPUT || key == KEY_MAX_TEXT || key == KEY_MAX_MEMORY || key == KEY_MAX_PARAGRAPH;
    bool least_one = key >= KEY_MAX_INPUT; /* 0 would mean the default to the library */
    uint64_t n;
    if (!number(value, size, size ? SIZE_MAX / 2 : key == 'j' ? 1024 : UINT32_MAX, &n) || (least_one && n == 0))
        return bad_value(key, value);
    switch (key) {
    case 'd': s->write.depth = (uint32_t)n; break;
    case 'j': s->workers = (size_t)n; break;
    case KEY_WIDTH: s->write.width = (uint32_t)n; break;
    case KEY_MAX_INPUT: l->input_bytes = (size_t)n; break;
    case KEY_MAX_TEXT: l->text_bytes = (size_t)n; break;
    case KEY_MAX_PARAGRAPH: l->paragraph_bytes = (size_t)n; break;
    case KEY_MAX_MEMORY: l->memory_bytes = (size_t)n; break;
    case KEY_MAX_NODES: l->nodes = (uint32_t)n; break;
    case KEY_MAX_DEPTH: l->depth = (uint32_t)n; break;
    case KEY_MAX_RATIO: l->ratio = (uint32_t)n; break;
    default: l->steps_per_byte = n; break;
    }
    if (key == 'j' && n == 0) {
        long online = sysconf(_SC_NPROCESSORS_ONLN);
        s->workers = online > 0 ? (size_t)online : 1;
    }
    return STATUS_DONE;
}

static void set_flag(struct settings *s, int key) {
    switch (key) {
    case 'r': s->recursive = true; break;
    case 'q': s->quiet = true; break;
    case 'i': s->in_place = true; break;
    case KEY_CHECK: s->check = true; break;
    case KEY_DIFF: s->diff = true; break;
    case 'h': s->help = true; break;
    case KEY_IMPLIED: s->read.implied = true; break;
    case KEY_EXPLAIN: s->read.explain = true; break;
    case KEY_STRICT: s->read.strict_encoding = true; break;
    case KEY_FORCE: s->force = true; break;
    case KEY_FORMATS: s->list_formats = true; break;
    case KEY_GRAMMARS: s->list_grammars = true; break;
    case KEY_DIAGNOSTICS: s->list_diagnostics = true; break;
    default: s->version = true; break;
    }
}

/* Where the output goes is said once: the first file would be missed. */
static enum exit_status set_place(const char **place, const char *name, const char *value) {
    if (*place) return usage_error(_("%s is given twice"), name);
    if (!*value) return usage_error(_("%s is given no name"), name);
    *place = value;
    return STATUS_DONE;
}

static enum exit_status set_option(struct settings *s, int key, const char *value) {
    switch (key) {
    case 'f': s->read.format = value; return STATUS_DONE;
    case 't': s->format_name = value; return STATUS_DONE;
    case 'o': return set_place(&s->output, "-o", value);
    case 'g': s->grammar_name = value; return STATUS_DONE;
    case KEY_STYLE: s->write.style = value; return STATUS_DONE;
    case KEY_REFERENCE: s->write.reference = value; return STATUS_DONE;
    case KEY_ENCODING: s->read.encoding = value; return STATUS_DONE;
    case KEY_SELECT: s->read.select = value; return STATUS_DONE;
    case KEY_OUT_DIR: return set_place(&s->out_dir, "--out-dir", value);
    default: break;
    }
    if (word_option(key)) return set_word(s, key, value);
    if (value) return set_number(s, key, value);
    set_flag(s, key);
    return STATUS_DONE;
}

/* ----------------------------------------------------------------- getopt */

/* getopt_long keeps what it could not do in optopt: the letter, or the key of an option that takes no argument. */
static enum exit_status bad_option(const char *given) {
    size_t alike = 0, len = strcspn(given, "=");
    if (given[1] != '-') return usage_error(_("unknown option '-%c'"), optopt);
    if (optopt) return usage_error(_("option '%.*s' takes no argument"), (int)len, given);
    for (size_t i = 0; i < option_row_count; i++)
        if (len > 2 && strncmp(option_rows[i].name, given + 2, len - 2) == 0) alike++;
    if (alike > 1) return usage_error(_("option '%s' is ambiguous"), given);
    return usage_error(_("unknown option '%s'"), given);
}

static enum exit_status parse_arguments(struct settings *s, int argc, char **argv) {
    struct option longs[COUNT_OF(option_rows) + 1];
    char shorts[2 * COUNT_OF(option_rows) + 2], *at = shorts;
    memset(longs, 0, sizeof longs);
    *at++ = ':'; /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        longs[i].name = row->name;
        longs[i].has_arg = row->arg ? required_argument : no_argument;
        longs[i].val = row->key;
        if (row->key > 255) continue;
        *at++ = (char)row->key;
        if (row->arg) *at++ = ':';
    }
    *at = '\0';
    opterr = 0;
    for (;;) {
        int before = optind, key = getopt_long(argc, argv, shorts, longs, NULL);
        if (key == -1) break;
        const char *given = argv[optind > before ? optind - 1 : before];
        if (key == ':') return usage_error(_("option '%s' needs an argument"), given);
        if (key == '?') return bad_option(given);
        enum exit_status status = set_option(s, key, optarg);
        if (status != STATUS_DONE) return status;
    }
    s->operands = argv + optind;
    s->operand_count = (size_t)(argc - optind);
    return STATUS_DONE;
}

/* ---------------------------------------------------------- what they mean */

/* By its name or, as one is used to from files, by a suffix: md, tex. */
static const struct gm_writer *writer_called(const char *name) {
    const struct gm_writer *writer = gm_writer_find(name);
    for (size_t i = 0; !writer && gm_writer_at(i); i++)
        if (word_index(gm_writer_at(i)->extensions, name) >= 0) writer = gm_writer_at(i);
    return writer;
}

/* Who writes out.xlsx expects a workbook: Excel would call it damaged. */
static void tell_of_suffix(const struct settings *s) {
    const char *slash = strrchr(s->output, '/'), *suffix = strrchr(slash ? slash : s->output, '.');
    struct text line = {0};
    char text[256];
    if (!suffix || !suffix[1] || s->quiet) return;
    (void)snprintf(text, sizeof text, _("no format has the suffix '%.64s'; this is %s, -t names another"), suffix,
                   s->writer->name);
    message(&line, s->output, (struct gm_pos){0}, GM_WARNING, text, "unknown-suffix");
    text_flush(&line);
    text_release(&line);
}

static enum exit_status choose_writer(struct settings *s) {
    const struct command *c = s->command;
    if (c->renumber) return s->format_name ? usage_error(_("renumber writes text; it takes no -t")) : STATUS_DONE;
    if (c->format && s->format_name && strcmp(c->format, s->format_name) != 0)
        return usage_error(_("'%s' stands for -t %s"), c->name, c->format);
    const char *name = c->format ? c->format : s->format_name;
    if (name) {
        s->writer = writer_called(name);
        return s->writer ? STATUS_DONE : usage_choice(_("unknown output format '%s'; see --list-formats"), name);
    }
    if (s->output && strcmp(s->output, "-") != 0) {
        s->writer = gm_writer_for_file(s->output);
        if (!s->writer && reader_claims(s->output)) /* no name for Markdown */
            return usage_error(_("'%s' is called like a format that is only read; name another with -t"), s->output);
    }
    bool named = s->writer != NULL;
    if (!s->writer && (!c->lint || s->output)) s->writer = gm_writer_find("markdown");
    if (!named && s->writer && s->output) tell_of_suffix(s);
    return s->writer || c->lint ? STATUS_DONE
                                : usage_choice(_("unknown output format '%s'; see --list-formats"), "markdown");
}

static enum exit_status choose_reader(struct settings *s) {
    const struct gm_reader_info *info;
    if (!s->read.format) return STATUS_DONE;
    for (size_t i = 0; (info = gm_reader_at(i)) != NULL; i++)
        if (strcmp(info->name, s->read.format) == 0) return STATUS_DONE;
    for (size_t i = 0; (info = gm_reader_at(i)) != NULL; i++) {
        if (word_index(info->extensions, s->read.format) < 0) continue;
        s->read.format = info->name;
        return STATUS_DONE;
    }
    return usage_choice(_("unknown input format '%s'; see --list-formats"), s->read.format);
}

static bool builtin_grammar(const char *name) {
    const char *known;
    for (size_t i = 0; (known = gm_grammar_builtin_name(i)) != NULL; i++)
        if (strcmp(known, name) == 0) return true;
    return false;
}

static enum exit_status choose_grammar(struct settings *s) {
    const char *name = s->grammar_name, *dot;
    if (!name) return STATUS_DONE;
    if (builtin_grammar(name)) {
        s->read.grammar_name = name;
        return STATUS_DONE;
    }
    dot = strrchr(name, '.');
    bool file = strchr(name, '/') || (dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0));
    if (!file && access(name, F_OK) != 0) return usage_choice(_("unknown grammar '%s'; see --list-grammars"), name);
    struct gm_error error = {0};
    enum gm_status status = gm_grammar_load_file(name, NULL, &s->grammar, &error);
    s->read.grammar = s->grammar;
    if (status == GM_OK) return STATUS_DONE;
    struct text line = {0};
    message_error(&line, name, &error);
    text_flush(&line);
    text_release(&line);
    return status_of(status);
}

/* Colours and width follow the terminal that the output goes to, if it does. */
static void look_at_terminal(struct settings *s) {
    bool to_stdout = !s->out_dir && (!s->output || strcmp(s->output, "-") == 0);
    s->terminal = to_stdout && isatty(STDOUT_FILENO);
    s->excerpts = isatty(STDERR_FILENO);
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    bool able = s->terminal && !(none && *none) && term && strcmp(term, "dumb") != 0;
    s->write.colour = s->colour == WHEN_ALWAYS || (s->colour == WHEN_AUTO && able);
    struct winsize size;
    bool sized = s->writer && strcmp(s->writer->name, "chunks") != 0; /* there, width caps a record */
    if (s->terminal && sized && !s->write.width && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        s->write.width = size.ws_col;
}

static enum exit_status check_renumber(const struct settings *s) {
    bool shows = s->check || s->diff, to_file = s->output || s->out_dir;
    if (!s->command->renumber)
        return shows || s->in_place ? usage_error(_("--check, --diff and --in-place belong to renumber")) : STATUS_DONE;
    if (s->in_place && (shows || to_file))
        return usage_error(_("--in-place excludes --check, --diff, -o and --out-dir"));
    if (s->check && !s->diff && to_file) return usage_error(_("--check writes no text"));
    if (s->diff && s->out_dir) return usage_error(_("--diff and --out-dir exclude each other"));
    for (size_t i = 0; s->in_place && i < (s->operand_count ? s->operand_count : 1); i++)
        if (!s->operand_count || strcmp(s->operands[i], "-") == 0) return usage_error(_("--in-place needs files"));
    return STATUS_DONE;
}

/* What goes for one format only is asked before the first input is read, not told of each. */
static enum exit_status check_writer(const struct settings *s) {
    const struct gm_writer *w = s->writer;
    const char *style = s->write.style, *styles = w && w->styles ? w->styles : "";
    if (s->write.reference && (!w || strcmp(w->name, "docx") != 0))
        return usage_error(_("--reference-doc belongs to -t docx"));
    if (!w || !style || strcmp(styles, "*") == 0 || word_index(styles, style) >= 0) return STATUS_DONE;
    return usage_choice(_("%s has no style '%s'; its styles: %s"), w->name, style, *styles ? styles : _("none"));
}

/* Is the encoding one that iconv knows? Nothing is what any encoding can hold. */
static enum exit_status check_encoding(const struct settings *s) {
    struct gm_doc *doc;
    struct gm_error error = {0};
    if (!s->read.encoding) return STATUS_DONE;
    enum gm_status status = gm_doc_parse(&s->read, "", 0, NULL, &doc, &error);
    gm_doc_free(doc);
    if (status != GM_USAGE) return STATUS_DONE;
    struct text line = {0};
    message_error(&line, NULL, &error);
    text_flush(&line);
    text_release(&line);
    return STATUS_USAGE;
}

static enum exit_status check_together(const struct settings *s) {
    if (s->output && s->out_dir) return usage_error(_("-o and --out-dir exclude each other"));
    if (s->force && !s->out_dir && !s->output) return usage_error(_("--force needs --out-dir or -o"));
    if (s->profile && !s->command->lint) return usage_error(_("--profile belongs to lint"));
    if (s->out_dir && !s->writer && !s->command->renumber)
        return usage_error(_("--out-dir needs an output format; add -t"));
    if (s->writer && s->writer->binary && s->terminal)
        return usage_error(_("%s is not for a terminal; add -o FILE"), s->writer->name);
    return STATUS_DONE;
}

enum exit_status options_read(struct settings *s, int argc, char **argv) {
    gm_options_init(&s->read);
    gm_write_options_init(&s->write);
    s->workers = 1;
    s->sandbox = GANGMU_SANDBOX;
    s->command = &commands[0];
    for (size_t i = 1; argc > 1 && i < command_count; i++)
        if (strcmp(argv[1], commands[i].name) == 0) s->command = &commands[i];
    int skip = s->command != &commands[0];
    enum exit_status status = parse_arguments(s, argc - skip, argv + skip);
    if (status != STATUS_DONE || s->help || s->version || s->list_formats || s->list_grammars || s->list_diagnostics ||
        s->completion)
        return status;
    if ((status = choose_writer(s)) != STATUS_DONE || (status = choose_reader(s)) != STATUS_DONE) return status;
    look_at_terminal(s);
    if ((status = check_together(s)) != STATUS_DONE || (status = check_renumber(s)) != STATUS_DONE ||
        (status = check_writer(s)) != STATUS_DONE || (status = check_encoding(s)) != STATUS_DONE)
        return status;
    return choose_grammar(s);
}

void options_release(struct settings *s) { gm_grammar_free(s->grammar); }
