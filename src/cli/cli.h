/*
 * cli.h - what the files of the command share. The command uses the public header only.
 *
 *   main.c     process set-up, language, from arguments to a run
 *   options.c  the table of options and sub-commands, and reading them
 *   help.c     --help, --version and the lists, all from tables and registries
 *   complete.c completions for bash, zsh and fish, from the same
 *   inputs.c   files and folders to a list of jobs, each with its output's name
 *   job.c      one input: parse, check, write, report
 *   decision.c what --explain says of a marker
 *   renumber.c one input: its numbers put right
 *   diff.c     a renumbering as a unified diff
 *   run.c      all jobs, in order or by workers
 *   outfile.c  output files that appear whole or not at all
 *   sandbox.c  which files the process may still reach once it knows its own
 *   seccomp.c  which system calls it may still make then
 *   message.c  texts, escaping, messages, the language of the locale
 *   wording.c  what the library says, in that language
 */
#ifndef CLI_H
#define CLI_H

#include <gangmu/gangmu.h>

#include <libintl.h>
#include <pthread.h>
#include <signal.h>

#define _(text)         gettext(text)
#define N_(text)        text
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

#if defined(__GNUC__)
#define CLI_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define CLI_PRINTF(fmt, args)
#endif

enum exit_status {
    STATUS_DONE = 0,
    STATUS_FAULTS = 1, /* lint found numbering faults */
    STATUS_USAGE = 2,
    STATUS_INPUT = 3,
    STATUS_OUTPUT = 4,
    STATUS_LIMIT = 5
};
enum exit_status status_of(enum gm_status status);
/* Of two, the one that the process ends with: output, limit, usage, input, faults, done. */
enum exit_status status_worse(enum exit_status a, enum exit_status b);

/* ------------------------------------------------------------------- texts */

/* A growable text. When memory runs out it stays as it is and `failed` is set. */
struct text {
    char *data;
    size_t len, capacity;
    bool failed;
};
void text_release(struct text *t);
void text_add(struct text *t, const char *bytes, size_t len);
void text_puts(struct text *t, const char *string);
void text_printf(struct text *t, const char *format, ...) CLI_PRINTF(2, 3);
/* Control characters, bidirectional overrides and broken UTF-8 come out as \xNN or \uNNNN. */
void text_add_safe(struct text *t, const char *bytes, size_t len);
/* What a terminal may see of `bytes`: control characters but LF and TAB become U+FFFD. With `colour`
 * the sequences that only set colours pass. Returns how many bytes it took: unless they are the last,
 * a sequence cut short at the end is left for the next piece. */
size_t text_add_shown(struct text *t, const char *bytes, size_t len, bool colour, bool last);

/* Write all of it; false with errno set. */
bool write_all(int fd, const char *bytes, size_t len);
/* Send to standard error, empty the text. */
void text_flush(struct text *t);

/* ---------------------------------------------------------------- messages */

/* FILE:LINE:COLUMN: severity: text [id]; `file` NULL is the command itself, line 0 is no place. */
void message(struct text *to, const char *file, struct gm_pos at, enum gm_severity severity, const char *text,
             const char *id);
/* What stands at the place, in a line of its own. */
void message_excerpt(struct text *to, const struct gm_doc *doc, struct gm_pos at);
/* A failure of the library; `file` stands in where the error names none. */
void message_error(struct text *to, const char *file, const struct gm_error *error);
/* The message of a failure in the language of the locale. */
void wording_add(struct text *to, const struct gm_error *error);
/* A system error in it. */
const char *system_words(int code);
/* A usage message straight to standard error; returns STATUS_USAGE. */
enum exit_status usage_error(const char *format, ...) CLI_PRINTF(1, 2);
/* The same of a word that is none of those known; the message says itself which are, or where they stand. */
enum exit_status usage_choice(const char *format, ...) CLI_PRINTF(1, 2);
/* Set up messages in the language of the locale. English costs nothing. */
enum gm_language language_init(void);

/* ---------------------------------------------------------------- settings */

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* A sub-command. Another is one row of the table in options.c. */
struct command {
    const char *name;    /* "" is plain gangmu */
    const char *summary; /* for --help; marked for translation */
    const char *format;  /* the output format it stands for, NULL: as -t says */
    bool lint;           /* check the numbering; without -t messages are all that is wanted */
    bool renumber;       /* the output is the input with other numbers */
};
extern const struct command commands[];
extern const size_t command_count;

struct settings {
    const struct command *command;
    struct gm_options read;
    struct gm_write_options write;
    const struct gm_writer *writer; /* NULL: no output but messages */
    struct gm_grammar *grammar;     /* loaded by -g FILE; owned */
    enum gm_language language;
    const char *format_name, *grammar_name, *output, *out_dir, *profile, *completion;
    enum when colour, sandbox;
    size_t workers;
    bool force, recursive, quiet, help, version, list_formats, list_grammars, list_diagnostics;
    bool check, diff, in_place; /* renumber: say what would change, show it, write it over the input */
    bool terminal;              /* standard output is one */
    bool excerpts;              /* messages show what they are about: standard error is one */
    char **operands;
    size_t operand_count;
};

struct option_row {
    int key;          /* the short letter, or above 255 */
    const char *name; /* long name */
    const char *arg;  /* argument as --help names it, NULL: none */
    const char *help; /* marked for translation; NULL: an alias, not listed */
};
extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* What may stand for an argument: "format", "reader", "grammar", "file", "directory" or a list of words. */
const char *option_values(int key);

enum exit_status options_read(struct settings *s, int argc, char **argv);
void options_release(struct settings *s);

/* -------------------------------------------------------------- help, lists */

enum exit_status print_help(const struct settings *s);
enum exit_status print_version(void);
enum exit_status print_formats(void);
enum exit_status print_grammars(void);
enum exit_status print_diagnostics(const struct settings *s);
enum exit_status print_completion(const char *shell);
/* Send a text to standard output and release it. */
enum exit_status print_text(struct text *t);

/* ------------------------------------------------------------ output files */

/*
 * Files being written, so that an interrupt can remove them. Signals that end a process are
 * blocked while a file is being written and looked for (sigpending) at each write.
 */
struct outfile;
struct guard {
    pthread_mutex_t lock;
    sigset_t signals;
    struct outfile *open;
    bool armed, stop;
};
void guard_init(struct guard *g);
/* Find out which signals end the process: before threads start, and before the first temporary file. */
void guard_arm(struct guard *g);
void guard_release(struct guard *g);
bool guard_interrupted(const struct guard *g);
/* Remove what is half-written and let nothing new begin. */
void guard_stop(struct guard *g);

struct outfile {
    struct guard *guard;
    struct outfile *next;
    char *path; /* where it goes, links resolved */
    char *temp; /* room for a temporary name; NULL: written in place (a device, a pipe) */
    size_t size;
    bool named; /* `temp` is a file; one without a name vanishes with the process */
    sigset_t mask;
    int fd;
};
enum gm_status outfile_open(struct outfile *f, struct guard *g, const char *path, struct gm_error *error);
enum gm_status outfile_write(struct outfile *f, const char *bytes, size_t len, struct gm_error *error);
/* Either one ends it. */
enum gm_status outfile_commit(struct outfile *f, struct gm_error *error);
void outfile_abandon(struct outfile *f);
enum gm_status output_error(struct gm_error *error, const char *path, int code);

/* --------------------------------------------------------------------- jobs */

struct job {
    char *input;          /* "-": standard input */
    char *output;         /* NULL: the common stream */
    struct text messages; /* in order, sent when the job's turn comes */
    struct text bytes;    /* output held back by a worker */
    enum exit_status status;
    int opened;   /* the input's descriptor and 1, where it is open already; else 0 */
    bool beneath; /* -r found the input in a folder that was named, and it is no link */
    bool fatal;   /* the output failed: go no further */
    bool ended;
};

struct job_list {
    struct job *jobs;
    size_t count, capacity;
};
/* Is it a file that some reader claims by its suffix? */
bool reader_claims(const char *path);
/* Is it this reader's? */
bool reader_has(const struct gm_reader_info *info, const char *path);
/* Expand the operands. Faults (missing, unreadable folder) go to *messages and the status. */
enum exit_status inputs_collect(const struct settings *s, struct job_list *list, struct text *messages);
void inputs_release(struct job_list *list);

/* Where the documents that have no file of their own go: standard output, or the file of -o. */
struct stream {
    const struct settings *settings;
    struct guard *guard;
    struct outfile file;
    bool open;        /* `file` is */
    bool fresh;       /* nothing of the present document was written yet */
    size_t documents; /* begun so far */
    struct text held; /* for a terminal: bytes that wait for the rest of their sequence */
    bool gathers;     /* of many documents: what is written waits in `gathered` for more */
    struct text gathered;
    struct gm_error error;
};
enum gm_status stream_write(struct stream *st, const char *bytes, size_t len);
/* A document is about to come; a document has come. */
void stream_begin(struct stream *st);
enum gm_status stream_end(struct stream *st);
/* Write what was gathered. */
enum gm_status stream_flush(struct stream *st);

/*
 * Give up what these jobs do not need; before any thread starts. Inputs may be open from then on. `head` is the
 * beginning of standard input where it is known, NULL where not. false: --sandbox=always asked for more than this
 * system has.
 */
#define SANDBOX_HEAD 1024
bool sandbox_enter(const struct settings *s, struct job *jobs, size_t count, const char *head, size_t len);
/* The filter of system calls alone: seccomp.c. */
bool sandbox_filter(bool helpers);
/* Is standard input all there is to read? Then the sandbox is entered when it has been read. */
bool sandbox_waits(const struct settings *s);

/* Decision i of the document in words, with a 0 at the end: decision.c. */
void decision_tell(struct text *to, const struct gm_doc *doc, size_t i);

/* What the writing of jobs shares: job.c. A sink that writes nothing counts as failed. */
const char *job_name(const struct job *job);
/* The input's descriptor, which is the caller's to close; below 0 with errno. */
int job_open(struct job *job);
/* Standard input has been read, nothing was parsed yet: enter the sandbox if it waited for that. */
enum gm_status job_enter_sandbox(const struct settings *s, struct job *job, const char *head, size_t len,
                                 struct gm_error *error);
enum exit_status job_fail(struct job *job, const struct gm_error *error, enum gm_status status);
typedef enum gm_status (*job_writer)(void *ctx, const struct gm_sink *sink, struct gm_error *error);
/* Send what `write` writes to the job's file, to the stream or, without one, to job->bytes. */
void job_write(struct job *job, struct guard *guard, struct stream *stream, job_writer write, void *ctx);
/* The renumber command's part of job_run. */
void renumber_run(struct job *job, const struct settings *s, struct guard *guard, struct stream *stream);
/* Lines around the changes, as diff -u shows them. */
void diff_add(struct text *out, const char *name, const struct gm_doc *doc, const struct gm_renumbering *changes,
              bool colour);

/* Do one job. With `stream` NULL its output is kept in job->bytes. */
void job_run(struct job *job, const struct settings *s, struct guard *guard, struct stream *stream);

enum exit_status run_jobs(const struct settings *s, struct job_list *list);

#endif
