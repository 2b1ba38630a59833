/* spawn.c - run another program: posix_spawnp, a pipe for what it prints, a time limit. */
#include "input/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int gm__spool(const char *bytes, size_t len) {
    char path[4096];
    const char *dir = getenv("TMPDIR");
    int n = snprintf(path, sizeof path, "%s/gangmu-XXXXXX", dir && *dir ? dir : "/tmp");
    if (n < 0 || n >= (int)sizeof path) return -1;
    int fd = mkstemp(path);
    if (fd < 0) return -1;
    (void)unlink(path);
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    for (size_t at = 0; at < len;) {
        ssize_t wrote = write(fd, bytes + at, len - at);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) {
            (void)close(fd);
            return -1;
        }
        at += (size_t)wrote;
    }
    (void)lseek(fd, 0, SEEK_SET);
    return fd;
}

static int64_t now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Standard streams of the child; its own group, so that what it starts ends with it. */
static int start(const struct gm__run *run, int out, pid_t *pid) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    int e = posix_spawn_file_actions_init(&files);
    if (e) return e;
    e = posix_spawnattr_init(&attr);
    if (e) {
        (void)posix_spawn_file_actions_destroy(&files);
        return e;
    }
    e = run->input >= 0 ? posix_spawn_file_actions_adddup2(&files, run->input, 0)
                        : posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    if (!e) e = posix_spawn_file_actions_adddup2(&files, out, 1);
    if (!e) e = posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    if (!e) e = posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP);
    if (!e) e = posix_spawnp(pid, run->argv[0], &files, &attr, run->argv, environ);
    (void)posix_spawnattr_destroy(&attr);
    (void)posix_spawn_file_actions_destroy(&files);
    return e;
}

/* Read what the child prints until it closes its end. */
static enum gm__run_end drain(const struct gm__run *run, int fd, int64_t deadline) {
    char chunk[64 * 1024];
    for (;;) {
        int64_t left = deadline - now();
        if (left <= 0) return GM__RUN_LATE;
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int ready = poll(&p, 1, left < 1000 ? (int)left : 1000);
        if (ready < 0 && errno != EINTR) return GM__RUN_FAILED;
        if (ready <= 0) continue;
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return GM__RUN_FAILED;
        if (n == 0) return GM__RUN_EXITED;
        if (!run->output) continue;
        enum gm_status s = gm__buf_add(run->output, chunk, (size_t)n);
        if (s != GM_OK) return s == GM_LIMIT ? GM__RUN_FLOOD : GM__RUN_NOMEM;
    }
}

static enum gm__run_end finish(struct gm__run *run, pid_t pid, enum gm__run_end end, int64_t deadline) {
    int status = 0;
    pid_t got = 0;
    while (end == GM__RUN_EXITED && (got = waitpid(pid, &status, WNOHANG)) == 0) {
        if (now() > deadline)
            end = GM__RUN_LATE;
        else
            (void)poll(NULL, 0, 2);
    }
    if (end != GM__RUN_EXITED) {
        (void)kill(-pid, SIGKILL);
        (void)kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
        return end;
    }
    if (got < 0) return GM__RUN_EXITED; /* somebody else waits for children: judge by the output */
    if (!WIFEXITED(status)) return GM__RUN_FAILED;
    run->exit_status = WEXITSTATUS(status);
    return run->exit_status == 127 ? GM__RUN_MISSING : GM__RUN_EXITED;
}

enum gm__run_end gm__run(struct gm__run *run) {
    int fds[2];
    pid_t pid;
    run->exit_status = 0;
    if (pipe(fds) != 0) return GM__RUN_FAILED;
    (void)fcntl(fds[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(fds[1], F_SETFD, FD_CLOEXEC);
    int64_t deadline = now() + (int64_t)run->seconds * 1000;
    int e = start(run, fds[1], &pid);
    (void)close(fds[1]);
    enum gm__run_end end = e == ENOENT ? GM__RUN_MISSING : e == ENOMEM ? GM__RUN_NOMEM : GM__RUN_FAILED;
    if (!e) end = finish(run, pid, drain(run, fds[0], deadline), deadline);
    (void)close(fds[0]);
    return end;
}
