/* job.c - one input: read and parse it, check it, write the output, report. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ------------------------------------------------------------------ reading */

enum gm_status job_enter_sandbox(const struct settings *s, struct job *job, const char *head, size_t len,
                                 struct gm_error *error) {
    if (!sandbox_waits(s) || sandbox_enter(s, job, 1, head, len)) return GM_OK;
    *error = (struct gm_error){.status = GM_USAGE, .id = "no-sandbox"};
    (void)snprintf(error->message, sizeof error->message, "%s", _("this system has no sandbox"));
    return GM_USAGE;
}

static enum gm_status parse_stdin(const struct settings *s, struct job *job, struct gm_doc **doc,
                                  struct gm_error *error) {
    struct gm_feeder *feeder;
    char piece[65536], head[SANDBOX_HEAD];
    size_t head_len = 0;
    enum gm_status status = gm_feeder_new(&s->read, NULL, &feeder, error);
    *doc = NULL;
    if (status != GM_OK) return status;
    for (;;) {
        ssize_t n = read(STDIN_FILENO, piece, sizeof piece);
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) {
            status = job_enter_sandbox(s, job, head, head_len, error);
            if (status == GM_OK) return gm_feeder_finish(feeder, doc, error);
            break;
        }
        if (n < 0) {
            *error = (struct gm_error){.status = GM_INPUT, .id = "read-failed"};
            (void)snprintf(error->message, sizeof error->message, "%s", system_words(errno));
            status = GM_INPUT;
            break;
        }
        size_t more = sizeof head - head_len < (size_t)n ? sizeof head - head_len : (size_t)n;
        memcpy(head + head_len, piece, more);
        head_len += more;
        status = gm_feeder_feed(feeder, piece, (size_t)n, error);
        if (status != GM_OK) break;
    }
    gm_feeder_free(feeder);
    return status;
}

int job_open(struct job *job) {
    int fd = job->opened ? job->opened - 1 : open(job->input, O_RDONLY | O_CLOEXEC);
    job->opened = 0;
    return fd;
}

static enum gm_status parse_input(const struct settings *s, struct job *job, struct gm_doc **doc,
                                  struct gm_error *error) {
    if (strcmp(job->input, "-") == 0) return parse_stdin(s, job, doc, error);
    if (!job->opened) return gm_doc_parse_file(&s->read, job->input, doc, error);
    int fd = job_open(job);
    enum gm_status status = gm_doc_parse_fd(&s->read, fd, job->input, doc, error);
    (void)close(fd);
    return status;
}

/* ---------------------------------------------------------------- reporting */

const char *job_name(const struct job *job) { return strcmp(job->input, "-") == 0 ? "<stdin>" : job->input; }

/* What the library says of some errors leaves open how the command gets further. */
static const struct {
    const char *id, *message;
} hints[] = {
    {"is-directory", N_("is a directory; -r goes through folders")},
    {"not-text", N_("only plain text can be renumbered; --check or --diff shows what to change in other formats")},
};

static const char *hint_for(const struct job *job, const struct gm_error *error) {
    for (size_t i = 0; i < COUNT_OF(hints); i++)
        if (strcmp(error->id, hints[i].id) == 0) return _(hints[i].message);
    for (size_t i = 1; i < command_count && strcmp(error->id, "no-such-file") == 0; i++)
        if (strcmp(job->input, commands[i].name) == 0) return _("no such file; a sub-command is the first argument");
    return NULL;
}

enum exit_status job_fail(struct job *job, const struct gm_error *error, enum gm_status status) {
    struct gm_error hint = *error;
    const char *words = hint_for(job, error);
    if (words) {
        hint.format = NULL;
        (void)snprintf(hint.message, sizeof hint.message, "%s", words);
    }
    message_error(&job->messages, job_name(job), &hint);
    job->status = status_worse(job->status, status_of(status));
    return job->status;
}

/* Who converts a text wants to know that it has undecodable bytes and where they begin, not of each of thousands. */
#define WARNINGS_SHOWN 5

/* Diagnostics; lint's own count as faults, but for mere information. */
static void report_diagnostics(struct job *job, const struct settings *s, const struct gm_doc *doc) {
    size_t count = gm_doc_diagnostic_count(doc), shown = s->command->lint ? count : s->quiet ? 0 : WARNINGS_SHOWN;
    if (!s->quiet && count <= shown + 1) shown = count;
    for (size_t i = 0; i < count && i < shown; i++) {
        struct gm_diagnostic d = gm_doc_diagnostic(doc, i);
        char text[1024];
        (void)gm_doc_diagnostic_message(doc, i, s->language, text, sizeof text);
        message(&job->messages, job_name(job), d.at, d.severity, text, d.id);
        if (s->excerpts) message_excerpt(&job->messages, doc, d.at);
    }
    for (size_t i = 0; i < count && s->command->lint; i++)
        if (gm_doc_diagnostic(doc, i).severity != GM_INFO) job->status = status_worse(job->status, STATUS_FAULTS);
    if (shown < count && !s->quiet) {
        char text[128];
        (void)snprintf(text, sizeof text, _("%zu more of these warnings; lint lists them all"), count - shown);
        message(&job->messages, job_name(job), (struct gm_pos){0}, GM_WARNING, text, "more");
    }
}

static void report_decisions(struct job *job, const struct gm_doc *doc) {
    size_t count = gm_doc_decision_count(doc);
    for (size_t i = 0; i < count; i++) {
        struct gm_decision d = gm_doc_decision(doc, i);
        struct text line = {0};
        decision_tell(&line, doc, i);
        if (!line.failed) message(&job->messages, job_name(job), d.at, GM_INFO, line.data, d.rule);
        text_release(&line);
    }
}

/* ------------------------------------------------------------------ writing */

static enum gm_status to_stream(void *ctx, const char *bytes, size_t len) { return stream_write(ctx, bytes, len); }

static enum gm_status to_text(void *ctx, const char *bytes, size_t len) {
    struct text *text = ctx;
    text_add(text, bytes, len);
    return text->failed ? GM_NOMEM : GM_OK;
}

struct file_sink {
    struct outfile file;
    struct gm_error error;
};
static enum gm_status to_file(void *ctx, const char *bytes, size_t len) {
    struct file_sink *sink = ctx;
    return outfile_write(&sink->file, bytes, len, &sink->error);
}

/* mkdir -p for the folder that holds `path`. */
static enum gm_status make_folders(char *path, struct gm_error *error) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int code = mkdir(path, 0777) != 0 && errno != EEXIST ? errno : 0;
        if (code) (void)output_error(error, path, code);
        *slash = '/';
        if (code) return GM_OUTPUT;
    }
    return GM_OK;
}

static void write_file(struct job *job, struct guard *guard, job_writer write, void *ctx) {
    struct file_sink out = {0};
    struct gm_error error = {0};
    struct gm_sink sink = {to_file, &out};
    enum gm_status status = make_folders(job->output, &out.error);
    if (status == GM_OK) status = outfile_open(&out.file, guard, job->output, &out.error);
    if (status == GM_OK) {
        status = write(ctx, &sink, &error);
        if (status == GM_OK)
            status = outfile_commit(&out.file, &out.error);
        else
            outfile_abandon(&out.file);
    }
    if (status != GM_OK) (void)job_fail(job, out.error.id[0] ? &out.error : &error, status);
}

static void write_stream(struct job *job, struct stream *stream, job_writer write, void *ctx) {
    struct gm_error error = {0};
    struct gm_sink sink = {to_stream, stream};
    stream_begin(stream);
    enum gm_status status = write(ctx, &sink, &error);
    if (status == GM_OK) status = stream_end(stream);
    if (status == GM_OK) return;
    job->fatal = stream->error.id[0] != '\0';
    (void)job_fail(job, job->fatal ? &stream->error : &error, status);
}

static void write_held(struct job *job, job_writer write, void *ctx) {
    struct gm_error error = {0};
    struct gm_sink sink = {to_text, &job->bytes};
    enum gm_status status = write(ctx, &sink, &error);
    if (status == GM_OK) return;
    text_release(&job->bytes);
    (void)job_fail(job, &error, status);
}

void job_write(struct job *job, struct guard *guard, struct stream *stream, job_writer write, void *ctx) {
    if (job->output)
        write_file(job, guard, write, ctx);
    else if (stream)
        write_stream(job, stream, write, ctx);
    else
        write_held(job, write, ctx);
}

struct document {
    const struct gm_doc *doc;
    const struct settings *settings;
};
static enum gm_status write_document(void *ctx, const struct gm_sink *sink, struct gm_error *error) {
    const struct document *d = ctx;
    return gm_doc_write_with(d->doc, d->settings->writer, &d->settings->write, sink, error);
}

/* Is there a file already, which --force does not allow to replace? */
static bool kept(struct job *job, const struct settings *s) {
    struct stat st;
    if (!job->output || s->force || s->in_place || lstat(job->output, &st) != 0) return false;
    if (!s->quiet)
        message(&job->messages, job->output, (struct gm_pos){0}, GM_INFO, _("exists and is kept; --force overwrites"),
                "kept");
    return true;
}

void job_run(struct job *job, const struct settings *s, struct guard *guard, struct stream *stream) {
    struct gm_doc *doc = NULL;
    struct gm_error error = {0};
    if (job->ended || kept(job, s)) return;
    if (s->command->renumber) {
        renumber_run(job, s, guard, stream);
        return;
    }
    enum gm_status status = parse_input(s, job, &doc, &error);
    if (status == GM_OK && s->command->lint) status = gm_doc_lint(doc, s->profile, &error);
    if (status != GM_OK) {
        (void)job_fail(job, &error, status);
        goto out;
    }
    report_diagnostics(job, s, doc);
    if (s->read.explain) report_decisions(job, doc);
    struct document document = {doc, s};
    if (s->writer) job_write(job, guard, stream, write_document, &document);
out:
    gm_doc_free(doc);
}
