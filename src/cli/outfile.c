/*
 * outfile.c - an output file appears whole or not at all.
 *
 * It is written in the same directory, synchronised and renamed; an existing file's permissions are kept. Where the
 * system can (Linux, most of its file systems) it has no name until it is whole, so that a process that is killed
 * leaves nothing behind; elsewhere it has a temporary one. What is no regular file (a device, a pipe) is written in
 * place. Signals that end a process are blocked meanwhile and looked for at each write, so that an interrupt leaves
 * nothing behind either.
 */
#define _GNU_SOURCE /* realpath, O_TMPFILE */

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum gm_status output_error(struct gm_error *error, const char *path, int code) {
    *error = (struct gm_error){.status = GM_OUTPUT};
    (void)snprintf(error->id, sizeof error->id, "%s", code == EPIPE ? "closed-pipe" : "write-failed");
    (void)snprintf(error->message, sizeof error->message, _("cannot be written: %s"), system_words(code));
    (void)snprintf(error->where, sizeof error->where, "%s", path);
    return GM_OUTPUT;
}

/* ------------------------------------------------------------------- guard */

/* What ends a process from outside; a batch system's limit of processor time and a watchdog's alarm too. */
static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF};

void guard_init(struct guard *g) {
    *g = (struct guard){.open = NULL};
    (void)pthread_mutex_init(&g->lock, NULL);
    (void)sigemptyset(&g->signals);
}

void guard_arm(struct guard *g) {
    if (g->armed) return;
    g->armed = true;
    for (size_t i = 0; i < COUNT_OF(ending); i++) {
        struct sigaction action;
        if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            (void)sigaddset(&g->signals, ending[i]);
    }
}

void guard_release(struct guard *g) { (void)pthread_mutex_destroy(&g->lock); }

bool guard_interrupted(const struct guard *g) {
    sigset_t pending;
    if (sigpending(&pending) != 0) return false;
    for (size_t i = 0; i < COUNT_OF(ending); i++)
        if (sigismember(&pending, ending[i]) == 1 && sigismember(&g->signals, ending[i]) == 1) return true;
    return false;
}

void guard_stop(struct guard *g) {
    (void)pthread_mutex_lock(&g->lock);
    g->stop = true;
    for (const struct outfile *f = g->open; f; f = f->next)
        if (f->named) (void)unlink(f->temp);
    (void)pthread_mutex_unlock(&g->lock);
}

static bool guard_stopped(struct guard *g) {
    (void)pthread_mutex_lock(&g->lock);
    bool stopped = g->stop;
    (void)pthread_mutex_unlock(&g->lock);
    return stopped;
}

/* -------------------------------------------------------------------- file */

static size_t folder_length(const struct outfile *f) {
    const char *slash = strrchr(f->path, '/');
    return slash ? (size_t)(slash - f->path) + 1 : 0;
}

static int create(struct outfile *f) {
    f->fd = open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    return f->fd >= 0 ? 0 : errno;
}

/* What the system calls an open file. */
struct handle {
    char path[40];
};
static struct handle handle_of(int fd) {
    struct handle h;
    (void)snprintf(h.path, sizeof h.path, "/proc/self/fd/%d", fd);
    return h;
}

static int link_to(struct outfile *f) {
    return linkat(AT_FDCWD, handle_of(f->fd).path, AT_FDCWD, f->temp, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

/* Find a free temporary name and `take` it, under the guard's lock. */
static int take_name(struct outfile *f, int (*take)(struct outfile *f)) {
    int code = EEXIST;
    for (unsigned attempt = 0; code == EEXIST && attempt < 10000; attempt++) {
        (void)snprintf(f->temp, f->size, "%.*s.gangmu-%ld-%u.tmp", (int)folder_length(f), f->path, (long)getpid(),
                       attempt);
        code = take(f);
    }
    f->named = code == 0;
    return code;
}

/* A file without a name that can be given one later; false where there is no such thing. */
static bool open_nameless(struct outfile *f) {
#if defined(O_TMPFILE)
    (void)snprintf(f->temp, f->size, "%.*s.", (int)folder_length(f), f->path);
    f->fd = open(f->temp, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (f->fd >= 0 && access(handle_of(f->fd).path, F_OK) == 0) return true;
    if (f->fd >= 0) (void)close(f->fd);
    f->fd = -1;
#endif
    return false;
}

/* Make the file beside f->path, under the guard's lock. */
static int create_beside(struct outfile *f) {
    f->size = folder_length(f) + 48;
    f->temp = malloc(f->size);
    if (!f->temp) return ENOMEM;
    int code = open_nameless(f) ? 0 : take_name(f, create);
    if (code == 0) return 0;
    free(f->temp);
    f->temp = NULL;
    return code;
}

static int open_beside(struct outfile *f, const struct stat *old) {
    struct guard *g = f->guard;
    guard_arm(g);
    (void)pthread_sigmask(SIG_BLOCK, &g->signals, &f->mask);
    (void)pthread_mutex_lock(&g->lock);
    int code = g->stop ? EINTR : create_beside(f);
    if (code == 0) {
        f->next = g->open;
        g->open = f;
    }
    (void)pthread_mutex_unlock(&g->lock);
    if (code == 0 && old) {
        (void)!fchown(f->fd, old->st_uid, old->st_gid); /* allowed to the superuser only */
        if (fchmod(f->fd, old->st_mode & 07777) != 0) code = errno;
    }
    if (!f->temp) (void)pthread_sigmask(SIG_SETMASK, &f->mask, NULL);
    return code;
}

enum gm_status outfile_open(struct outfile *f, struct guard *g, const char *path, struct gm_error *error) {
    struct stat st;
    int code = 0;
    *f = (struct outfile){.guard = g, .fd = -1};
    bool exists = stat(path, &st) == 0;
    /* the file that a link leads to; a pipe's name (/dev/fd/63, as bash has it for >(…)) leads nowhere */
    f->path = exists && S_ISREG(st.st_mode) ? realpath(path, NULL) : strdup(path);
    if (!f->path) return output_error(error, path, errno);
    if (exists && S_ISDIR(st.st_mode)) {
        code = EISDIR;
    } else if (exists && !S_ISREG(st.st_mode)) {
        f->fd = open(f->path, O_WRONLY | O_CLOEXEC);
        code = f->fd < 0 ? errno : 0;
    } else if (exists && access(f->path, W_OK) != 0) {
        code = errno;
    } else {
        code = open_beside(f, exists ? &st : NULL);
        if (code != 0 && f->temp) {
            outfile_abandon(f);
            return output_error(error, path, code);
        }
    }
    if (code == 0) return GM_OK;
    free(f->path);
    f->path = NULL;
    return output_error(error, path, code);
}

enum gm_status outfile_write(struct outfile *f, const char *bytes, size_t len, struct gm_error *error) {
    if (f->temp && (guard_interrupted(f->guard) || guard_stopped(f->guard))) return output_error(error, f->path, EINTR);
    return write_all(f->fd, bytes, len) ? GM_OK : output_error(error, f->path, errno);
}

/* Take it out of the guard's list; with `rename_it` put it in place. Returns an errno value. */
static int settle(struct outfile *f, bool rename_it) {
    struct guard *g = f->guard;
    int code = 0;
    (void)pthread_mutex_lock(&g->lock);
    if (rename_it && g->stop) code = EINTR;
    if (rename_it && code == 0 && rename(f->temp, f->path) != 0) code = errno;
    if (f->named && (!rename_it || code != 0)) (void)unlink(f->temp);
    for (struct outfile **at = &g->open; *at; at = &(*at)->next) {
        if (*at != f) continue;
        *at = f->next;
        break;
    }
    (void)pthread_mutex_unlock(&g->lock);
    return code;
}

static void finish(struct outfile *f) {
    bool masked = f->temp != NULL;
    free(f->temp);
    free(f->path);
    f->temp = f->path = NULL;
    if (masked) (void)pthread_sigmask(SIG_SETMASK, &f->mask, NULL);
}

/* Give it a name, if only until it is renamed: no call puts a nameless file in the place of another. */
static int name_it(struct outfile *f) {
    struct guard *g = f->guard;
    (void)pthread_mutex_lock(&g->lock);
    int code = g->stop ? EINTR : take_name(f, link_to);
    (void)pthread_mutex_unlock(&g->lock);
    return code;
}

enum gm_status outfile_commit(struct outfile *f, struct gm_error *error) {
    int code = f->temp && fsync(f->fd) != 0 ? errno : 0;
    if (f->temp && !f->named && code == 0) code = name_it(f);
    if (close(f->fd) != 0 && code == 0) code = errno;
    f->fd = -1;
    if (f->temp) {
        int settled = settle(f, code == 0);
        if (code == 0) code = settled;
    }
    enum gm_status status = code == 0 ? GM_OK : output_error(error, f->path, code);
    finish(f);
    return status;
}

void outfile_abandon(struct outfile *f) {
    if (f->fd >= 0) (void)close(f->fd);
    f->fd = -1;
    if (f->temp) (void)settle(f, false);
    finish(f);
}
