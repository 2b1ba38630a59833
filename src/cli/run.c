/*
 * run.c - all jobs, in order.
 *
 * With one worker each job writes as it goes. With more, workers take jobs from a shared queue and
 * hold back messages and output, which the main thread sends in the order of the inputs; workers stay
 * at most a few jobs ahead of it, so that memory does not grow with the number of inputs.
 */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ------------------------------------------------------------------ stream */

/* What parts several documents in one output: a blank line in prose, --- in YAML, nothing in JSON (every
 * document ends its line). NULL for formats of which a file holds one document. */
static const char *separator(const struct gm_writer *writer) {
    static const struct {
        const char *media_type, *between;
    } known[] = {
        {"text/plain", "\n"},     {"text/markdown", "\n"},      {"text/org", "\n"},
        {"application/json", ""}, {"application/x-ndjson", ""}, {"application/yaml", "---\n"},
    };
    const char *type = writer->media_type ? writer->media_type : "";
    size_t len = strcspn(type, ";");
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strlen(known[i].media_type) == len && memcmp(known[i].media_type, type, len) == 0) return known[i].between;
    return NULL;
}

static enum gm_status put(struct stream *st, const char *bytes, size_t len) {
    if (st->open) return outfile_write(&st->file, bytes, len, &st->error);
    return write_all(STDOUT_FILENO, bytes, len) ? GM_OK : output_error(&st->error, "<stdout>", errno);
}

/* On a terminal: hold back what may be the first half of a sequence. */
static enum gm_status put_shown(struct stream *st, const char *bytes, size_t len, bool last) {
    struct text shown = {0};
    text_add(&st->held, bytes, len);
    size_t taken = text_add_shown(&shown, st->held.data, st->held.len, st->settings->write.colour, last);
    enum gm_status status = shown.failed || st->held.failed ? GM_NOMEM : put(st, shown.data, shown.len);
    if (taken) memmove(st->held.data, st->held.data + taken, st->held.len - taken);
    st->held.len -= taken;
    text_release(&shown);
    return status;
}

static bool to_file(const struct settings *s) { return s->output && strcmp(s->output, "-") != 0; }

void stream_begin(struct stream *st) { st->fresh = true; }

static enum gm_status start(struct stream *st) {
    st->fresh = false;
    if (to_file(st->settings) && !st->open) {
        enum gm_status status = outfile_open(&st->file, st->guard, st->settings->output, &st->error);
        if (status != GM_OK) return status;
        st->open = true;
    }
    const char *between = separator(st->settings->writer);
    return st->documents++ && between && *between ? put(st, between, strlen(between)) : GM_OK;
}

enum gm_status stream_write(struct stream *st, const char *bytes, size_t len) {
    if (st->fresh) {
        enum gm_status status = start(st);
        if (status != GM_OK) return status;
    }
    return st->settings->terminal ? put_shown(st, bytes, len, false) : put(st, bytes, len);
}

enum gm_status stream_end(struct stream *st) {
    if (st->fresh && to_file(st->settings)) return start(st); /* an empty document makes an empty file */
    return st->held.len ? put_shown(st, "", 0, true) : GM_OK;
}

/* ---------------------------------------------------------------- progress */

struct progress {
    bool on, drawn;
    struct timespec began, last;
};

static double seconds(struct timespec a, struct timespec b) {
    return (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
}

static void progress_init(struct progress *p, const struct settings *s, size_t jobs) {
    *p = (struct progress){.on = jobs > 1 && !s->quiet && !s->terminal && isatty(STDERR_FILENO)};
    if (p->on) (void)clock_gettime(CLOCK_MONOTONIC, &p->began);
}

static void progress_clear(struct progress *p) {
    if (p->drawn) (void)write_all(STDERR_FILENO, "\r\033[K", 4);
    p->drawn = false;
}

/* A bar for work that takes more than half a second, ten times a second at most. */
static void progress_draw(struct progress *p, size_t done, size_t all) {
    struct timespec now;
    char line[128], bar[31];
    if (!p->on) return;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds(p->began, now) < 0.5 || seconds(p->last, now) < 0.1) return;
    p->last = now;
    size_t full = done * (sizeof bar - 1) / all;
    for (size_t i = 0; i < sizeof bar - 1; i++) bar[i] = i < full ? '#' : '.';
    bar[sizeof bar - 1] = '\0';
    int n = snprintf(line, sizeof line, "\r[%s] %zu/%zu\033[K", bar, done, all);
    if (n > 0) (void)write_all(STDERR_FILENO, line, (size_t)n);
    p->drawn = true;
}

/* ------------------------------------------------------------------ serial */

struct run {
    const struct settings *settings;
    struct job_list *list;
    struct stream *stream;
    struct guard guard;
    struct progress progress;
    enum exit_status status;
    pthread_mutex_t lock;
    pthread_cond_t ended, room;
    size_t next, sent; /* jobs taken, jobs sent */
    bool stop;
};

/* Send a finished job's messages and take its status. */
static void settle(struct run *r, struct job *job) {
    if (job->messages.len) {
        progress_clear(&r->progress);
        text_flush(&job->messages);
    }
    text_release(&job->messages);
    text_release(&job->bytes);
    r->status = status_worse(r->status, job->status);
}

static void run_serial(struct run *r) {
    for (size_t i = 0; i < r->list->count; i++) {
        struct job *job = &r->list->jobs[i];
        job_run(job, r->settings, &r->guard, r->stream);
        settle(r, job);
        if (job->fatal) break;
        progress_draw(&r->progress, i + 1, r->list->count);
    }
}

/* ----------------------------------------------------------------- workers */

static void *work(void *ctx) {
    struct run *r = ctx;
    size_t ahead = r->settings->workers * 4;
    (void)pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->stop && r->next < r->list->count && r->next >= r->sent + ahead)
            (void)pthread_cond_wait(&r->room, &r->lock);
        if (r->stop || r->next >= r->list->count) break;
        struct job *job = &r->list->jobs[r->next++];
        (void)pthread_mutex_unlock(&r->lock);
        job_run(job, r->settings, &r->guard, NULL);
        (void)pthread_mutex_lock(&r->lock);
        job->ended = true;
        (void)pthread_cond_broadcast(&r->ended);
    }
    (void)pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Send what a worker held back. */
static void send_held(struct run *r, struct job *job) {
    if (!job->output && r->settings->writer && job->status <= STATUS_FAULTS) {
        stream_begin(r->stream);
        enum gm_status status = stream_write(r->stream, job->bytes.data, job->bytes.len);
        if (status == GM_OK) status = stream_end(r->stream);
        if (status != GM_OK) {
            job->fatal = true;
            message_error(&job->messages, NULL, &r->stream->error);
            job->status = status_worse(job->status, status_of(status));
        }
    }
    settle(r, job);
}

/* Wait for job i, looking for an interrupt meanwhile. Called and left with the lock held. */
static void await(struct run *r, size_t i) {
    while (!r->list->jobs[i].ended || i >= r->next) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 50000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        (void)pthread_cond_timedwait(&r->ended, &r->lock, &until);
        if (guard_interrupted(&r->guard)) {
            guard_stop(&r->guard);
            (void)pthread_sigmask(SIG_UNBLOCK, &r->guard.signals, NULL); /* ends the process */
        }
        progress_draw(&r->progress, i, r->list->count);
    }
}

static void send_in_order(struct run *r) {
    (void)pthread_mutex_lock(&r->lock);
    for (size_t i = 0; i < r->list->count && !r->stop; i++) {
        await(r, i);
        struct job *job = &r->list->jobs[i];
        (void)pthread_mutex_unlock(&r->lock);
        send_held(r, job);
        (void)pthread_mutex_lock(&r->lock);
        r->sent = i + 1;
        r->stop = job->fatal;
        (void)pthread_cond_broadcast(&r->room);
    }
    (void)pthread_mutex_unlock(&r->lock);
}

static void run_workers(struct run *r, size_t workers) {
    pthread_t threads[64];
    size_t started = 0;
    sigset_t before;
    if (workers > COUNT_OF(threads)) workers = COUNT_OF(threads);
    (void)pthread_sigmask(SIG_BLOCK, &r->guard.signals, &before);
    (void)pthread_mutex_init(&r->lock, NULL);
    (void)pthread_cond_init(&r->ended, NULL);
    (void)pthread_cond_init(&r->room, NULL);
    while (started < workers && pthread_create(&threads[started], NULL, work, r) == 0) started++;
    if (started)
        send_in_order(r);
    else
        run_serial(r);
    for (size_t i = 0; i < started; i++) (void)pthread_join(threads[i], NULL);
    (void)pthread_cond_destroy(&r->room);
    (void)pthread_cond_destroy(&r->ended);
    (void)pthread_mutex_destroy(&r->lock);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* --------------------------------------------------------------------- all */

/* The file of -o: whole when every input went into it, else not at all. */
static void close_stream(struct run *r) {
    struct stream *st = r->stream;
    text_release(&st->held);
    if (!st->open) return;
    if (r->status > STATUS_FAULTS) {
        outfile_abandon(&st->file);
    } else if (outfile_commit(&st->file, &st->error) != GM_OK) {
        struct text line = {0};
        message_error(&line, NULL, &st->error);
        text_flush(&line);
        text_release(&line);
        r->status = STATUS_OUTPUT;
    }
}

enum exit_status run_jobs(const struct settings *s, struct job_list *list) {
    struct stream stream = {.settings = s};
    struct run r = {.settings = s, .list = list, .stream = &stream, .status = STATUS_DONE};
    if (list->count > 1 && s->writer && !s->out_dir && !separator(s->writer))
        return usage_error(_("%s holds one document; add --out-dir for several"), s->writer->name);
    if (!sandbox_waits(s) && !sandbox_enter(s, list->jobs, list->count, NULL, 0))
        return usage_error(_("this system has no sandbox"));
    guard_init(&r.guard);
    stream.guard = &r.guard;
    progress_init(&r.progress, s, list->count);
    size_t workers = s->workers < list->count ? s->workers : list->count;
    if (workers > 1)
        run_workers(&r, workers);
    else
        run_serial(&r);
    progress_clear(&r.progress);
    close_stream(&r);
    guard_release(&r.guard);
    return r.status;
}
