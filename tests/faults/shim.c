/*
 * shim.c - preloaded into the command: one call of one function fails.
 *
 *   FAULT=FUNCTION:N:ERRNO   the call number N of FUNCTION (from 0) fails with this errno; with N+, all from then on
 *   FAULT_FD=FD              an x is written there when that happens, and a u for each file unlinked that was not there
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
    char function[32];
    int error, fd;
    bool from_then_on;
    atomic_long left;
} fault;

__attribute__((constructor)) static void read_environment(void) {
    const char *text = getenv("FAULT"), *fd = getenv("FAULT_FD");
    long n;
    char plus = 0;
    if (!text || !fd || sscanf(text, "%31[^:]:%ld%c", fault.function, &n, &plus) < 2) return;
    fault.from_then_on = plus == '+';
    fault.error = atoi(strrchr(text, ':') + 1);
    fault.fd = atoi(fd);
    fault.left = n;
}

static bool fails(const char *function) {
    if (strcmp(fault.function, function) != 0) return false;
    long left = atomic_fetch_sub(&fault.left, 1);
    if (left > 0 || (left < 0 && !fault.from_then_on)) return false;
    (void)syscall(SYS_write, fault.fd, "x", 1);
    errno = fault.error;
    return true;
}

/* ISO C turns no object pointer into a function's; POSIX says that their bytes are the same. */
#define WRAP(type, name, parameters, arguments, label, failure)                                                        \
    type name parameters {                                                                                             \
        type(*real) parameters;                                                                                        \
        if (fails(label)) return failure;                                                                              \
        void *found = dlsym(RTLD_NEXT, #name);                                                                         \
        memcpy(&real, &found, sizeof real);                                                                            \
        return real arguments;                                                                                         \
    }

WRAP(ssize_t, read, (int fd, void *to, size_t len), (fd, to, len), "read", -1)
WRAP(ssize_t, __read_chk, (int fd, void *to, size_t len, size_t room), (fd, to, len, room), "read", -1)
WRAP(ssize_t, write, (int fd, const void *from, size_t len), (fd, from, len), "write", -1)
WRAP(int, fsync, (int fd), (fd), "fsync", -1)
WRAP(int, close, (int fd), (fd), "close",
     (syscall(SYS_close, fd), errno = fault.error, -1)) /* as the kernel: it is closed */
WRAP(int, rename, (const char *from, const char *to), (from, to), "rename", -1)
WRAP(int, linkat, (int at, const char *from, int to_at, const char *to, int flags), (at, from, to_at, to, flags),
     "linkat", -1)
WRAP(int, access, (const char *path, int mode), (path, mode), "access", -1)
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode), "fchmod", -1)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), "mkdir", -1)
WRAP(char *, realpath, (const char *path, char *to), (path, to), "realpath", NULL)
WRAP(char *, __realpath_chk, (const char *path, char *to, size_t room), (path, to, room), "realpath", NULL)
WRAP(int, fstat, (int fd, struct stat *st), (fd, st), "fstat", -1)
WRAP(int, fstat64, (int fd, struct stat64 *st), (fd, st), "fstat", -1)
WRAP(int, stat, (const char *restrict path, struct stat *restrict st), (path, st), "stat", -1)
WRAP(int, stat64, (const char *restrict path, struct stat64 *restrict st), (path, st), "stat", -1)
WRAP(int, __open_2, (const char *path, int flags), (path, flags), "open", -1)
WRAP(int, __open64_2, (const char *path, int flags), (path, flags), "open", -1)
/* A name that is not there may be another worker's a moment later. */
int unlink(const char *path) {
    int (*real)(const char *);
    void *found = dlsym(RTLD_NEXT, "unlink");
    memcpy(&real, &found, sizeof real);
    int result = real(path);
    if (result != 0 && errno == ENOENT && fault.fd > 0) (void)syscall(SYS_write, fault.fd, "u", 1);
    return result;
}

WRAP(int, pthread_create,
     (pthread_t *restrict thread, const pthread_attr_t *restrict attributes, void *(*run)(void *), void *restrict ctx),
     (thread, attributes, run, ctx), "pthread_create", fault.error)

static bool takes_mode(int flags) { return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE; }

static int open_it(const char *path, int flags, mode_t mode) {
    return fails("open") ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    mode_t mode = takes_mode(flags) ? va_arg(args, mode_t) : 0;
    va_end(args);
    return open_it(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    mode_t mode = takes_mode(flags) ? va_arg(args, mode_t) : 0;
    va_end(args);
    return open_it(path, flags, mode);
}

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *ptr, size_t size);

void *malloc(size_t size) { return fails("malloc") ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return fails("malloc") ? NULL : __libc_calloc(count, size); }
void *realloc(void *ptr, size_t size) { return size && fails("malloc") ? NULL : __libc_realloc(ptr, size); }
