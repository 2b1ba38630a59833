/*
 * run.c - all jobs, in order.
 *
 * With one worker each job writes as it goes. With more, workers take jobs from a shared queue and
 * hold back messages and output; the worker that ends the next job in order sends it and all that wait behind
 * it. Workers stay at most a few jobs ahead, so that memory does not grow with the number of inputs. The main
 * thread is one of them; a thread that sleeps looks for interrupts.
 */
#include "cli.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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
    const char *type = writer && writer->media_type ? writer->media_type : "";
    size_t len = strcspn(type, ";");
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strlen(known[i].media_type) == len && memcmp(known[i].media_type, type, len) == 0) return known[i].between;
    return NULL;
}

static enum gm_status write_out(struct stream *st, const char *bytes, size_t len) {
    if (st->open) return outfile_write(&st->file, bytes, len, &st->error);
    return write_all(STDOUT_FILENO, bytes, len) ? GM_OK : output_error(&st->error, "<stdout>", errno);
}

enum gm_status stream_flush(struct stream *st) {
    size_t len = st->gathered.len;
    st->gathered.len = 0;
    return len ? write_out(st, st->gathered.data, len) : GM_OK;
}

#define GATHERED ((size_t)64 * 1024)

static enum gm_status put(struct stream *st, const char *bytes, size_t len) {
    if (st->gathers && len < GATHERED) {
        text_add(&st->gathered, bytes, len);
        if (st->gathered.failed) return GM_NOMEM;
        return st->gathered.len < GATHERED ? GM_OK : stream_flush(st);
    }
    enum gm_status status = stream_flush(st);
    return status == GM_OK ? write_out(st, bytes, len) : status;
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
    pthread_cond_t done, room;
    size_t next, sent; /* jobs taken, jobs sent */
    size_t waiting;    /* workers, for room */
    bool sending;      /* a worker is */
    bool stop;
};

static void output_failed(struct run *r, struct job *job) {
    job->fatal = true;
    message_error(&job->messages, NULL, &r->stream->error);
    job->status = status_worse(job->status, STATUS_OUTPUT);
}

/* Send a finished job's messages, after the output before them, and take its status. */
static void settle(struct run *r, struct job *job, bool last) {
    bool flush = (last || job->messages.len) && !job->fatal;
    if (flush && stream_flush(r->stream) != GM_OK) output_failed(r, job);
    if (job->messages.len) {
        progress_clear(&r->progress);
        text_flush(&job->messages);
    }
    text_release(&job->messages);
    text_release(&job->bytes);
    r->status = status_worse(r->status, job->status);
}

static void run_serial(struct run *r) {
    size_t count = r->list->count;
    for (size_t i = 0; i < count; i++) {
        struct job *job = &r->list->jobs[i];
        job_run(job, r->settings, &r->guard, r->stream);
        bool waits = i + 1 < count && strcmp(job[1].input, "-") == 0; /* it may come slowly */
        settle(r, job, i + 1 == count || waits);
        if (job->fatal) break;
        progress_draw(&r->progress, i + 1, count);
    }
}

/* ----------------------------------------------------------------- workers */

/* Send what a worker held back. */
static void send_held(struct run *r, struct job *job, bool last) {
    bool writes = r->settings->writer || job->bytes.len;
    if (!job->output && writes && job->status <= STATUS_FAULTS) {
        stream_begin(r->stream);
        enum gm_status status = GM_OK;
        if (job->bytes.len) status = stream_write(r->stream, job->bytes.data, job->bytes.len);
        if (status == GM_OK) status = stream_end(r->stream);
        if (status != GM_OK) output_failed(r, job);
    }
    settle(r, job, last);
    progress_draw(&r->progress, r->sent + 1, r->list->count);
}

/* How many jobs may be taken that were not sent, and how few they must be before who waits for that is woken: woken for
 * every job, two threads on one processor take turns at each, to no purpose. */
static size_t most_ahead(const struct run *r) { return r->settings->workers * 8; }
static size_t few_ahead(const struct run *r) { return r->settings->workers * 4; }

/* Send the jobs whose turn it is, one worker at a time. Called and left with the lock held. */
static void send_in_order(struct run *r) {
    if (r->sending) return; /* that worker looks again when it has sent its job */
    r->sending = true;
    while (!r->stop && r->sent < r->next && r->list->jobs[r->sent].ended) {
        struct job *job = &r->list->jobs[r->sent];
        (void)pthread_mutex_unlock(&r->lock);
        send_held(r, job, r->sent + 1 == r->list->count);
        (void)pthread_mutex_lock(&r->lock);
        r->sent++;
        r->stop = job->fatal;
        if (r->stop || (r->waiting && r->next <= r->sent + few_ahead(r))) (void)pthread_cond_broadcast(&r->room);
    }
    r->sending = false;
    if (r->stop || r->sent == r->list->count) (void)pthread_cond_signal(&r->done);
}

static void *work(void *ctx) {
    struct run *r = ctx;
    (void)pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->stop && r->next < r->list->count && r->next >= r->sent + most_ahead(r)) {
            r->waiting++;
            (void)pthread_cond_wait(&r->room, &r->lock);
            r->waiting--;
        }
        if (r->stop || r->next >= r->list->count) break;
        struct job *job = &r->list->jobs[r->next++];
        (void)pthread_mutex_unlock(&r->lock);
        job_run(job, r->settings, &r->guard, NULL);
        (void)pthread_mutex_lock(&r->lock);
        job->ended = true;
        send_in_order(r);
    }
    (void)pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Until all is sent; an interrupt ends the process. */
static void *watch(void *ctx) {
    struct run *r = ctx;
    (void)pthread_mutex_lock(&r->lock);
    while (!r->stop && r->sent < r->list->count) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 50000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        (void)pthread_cond_timedwait(&r->done, &r->lock, &until);
        if (guard_interrupted(&r->guard)) {
            guard_stop(&r->guard);
            (void)pthread_sigmask(SIG_UNBLOCK, &r->guard.signals, NULL); /* ends the process */
        }
    }
    (void)pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* The main thread works with the others: it is on a processor already, and of threads that are begun together two may
 * be put on one processor, to be parted milliseconds later. */
static void share_work(struct run *r, size_t workers) {
    pthread_t threads[64];
    size_t started = 0;
    if (workers > COUNT_OF(threads) + 1) workers = COUNT_OF(threads) + 1;
    while (started + 1 < workers && pthread_create(&threads[started], NULL, work, r) == 0) started++;
    (void)work(r);
    for (size_t i = 0; i < started; i++) (void)pthread_join(threads[i], NULL);
}

static void run_workers(struct run *r, size_t workers) {
    pthread_t watcher;
    sigset_t before;
    guard_arm(&r->guard);
    (void)pthread_sigmask(SIG_BLOCK, &r->guard.signals, &before);
    (void)pthread_mutex_init(&r->lock, NULL);
    (void)pthread_cond_init(&r->done, NULL);
    (void)pthread_cond_init(&r->room, NULL);
    bool watched = pthread_create(&watcher, NULL, watch, r) == 0;
    if (watched) {
        share_work(r, workers);
        (void)pthread_join(watcher, NULL);
    }
    (void)pthread_cond_destroy(&r->room);
    (void)pthread_cond_destroy(&r->done);
    (void)pthread_mutex_destroy(&r->lock);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!watched) run_serial(r);
}

/* --------------------------------------------------------------------- all */

/* The file of -o: whole when every input went into it, else not at all. */
static void close_stream(struct run *r) {
    struct stream *st = r->stream;
    text_release(&st->held);
    text_release(&st->gathered);
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

/* Documents come and go by the thousand: keep their memory for the next one. The C library would give it back to the
 * system after each, to have it cleared and mapped anew. */
static void keep_memory(void) {
#if defined(__GLIBC__)
    (void)mallopt(M_TRIM_THRESHOLD, 32 * 1024 * 1024);
    (void)mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
#endif
}

/* An input that -o names too would give way to what an output format keeps of it: no pictures, tables, looks. */
static bool replaces_input(const struct settings *s, const struct job_list *list) {
    struct stat out, in;
    if (!to_file(s) || s->force || s->command->renumber || stat(s->output, &out) != 0 || !S_ISREG(out.st_mode))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        bool there =
            strcmp(list->jobs[i].input, "-") == 0 ? fstat(STDIN_FILENO, &in) == 0 : stat(list->jobs[i].input, &in) == 0;
        if (there && in.st_ino == out.st_ino && in.st_dev == out.st_dev) return true;
    }
    return false;
}

enum exit_status run_jobs(const struct settings *s, struct job_list *list) {
    struct stream stream = {.settings = s, .gathers = list->count > 1 && !s->terminal};
    struct run r = {.settings = s, .list = list, .stream = &stream, .status = STATUS_DONE};
    bool whole = s->command->renumber && !s->in_place && !s->check && !s->diff;
    if (list->count > 1 && whole && !s->out_dir)
        return usage_error(_("one text at a time; add --in-place or --out-dir for several"));
    if (list->count > 1 && s->writer && !s->out_dir && !separator(s->writer))
        return usage_error(_("%s holds one document; add --out-dir for several"), s->writer->name);
    if (replaces_input(s, list)) return usage_error(_("'%s' is also an input; --force replaces it"), s->output);
    if (!sandbox_waits(s) && !sandbox_enter(s, list->jobs, list->count, NULL, 0))
        return usage_error(_("this system has no sandbox"));
    guard_init(&r.guard);
    stream.guard = &r.guard;
    progress_init(&r.progress, s, list->count);
    size_t workers = s->workers < list->count ? s->workers : list->count;
    if (list->count > 1) keep_memory();
    if (workers > 1)
        run_workers(&r, workers);
    else
        run_serial(&r);
    progress_clear(&r.progress);
    close_stream(&r);
    guard_release(&r.guard);
    return r.status;
}
