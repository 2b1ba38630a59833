/*
 * sandboxed.c - enter the command's sandbox as for one input and one output, then try what a hijacked reader would.
 *
 *   sandboxed FORMAT INPUT OUTPUT OTHER     FORMAT as for -f, "" when not given; OTHER: a file that is no business of
 * it
 *
 * One line for each attempt: its name and "done" or the name of the error. Status 77: no sandbox on this system.
 */
#define _GNU_SOURCE /* unshare, strerrorname_np */

#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *name, bool done) {
    const char *why = done ? "done" : strerrorname_np(errno);
    (void)printf("%s %s\n", name, why ? why : "?");
}

static bool opens(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd >= 0) (void)close(fd);
    return fd >= 0;
}

static bool reads(int fd) {
    char byte;
    return read(fd, &byte, 1) == 1;
}

static bool lists(const char *path) {
    DIR *directory = opendir(path);
    if (directory) (void)closedir(directory);
    return directory != NULL;
}

static bool makes_socket(int family, int type) {
    int fd = socket(family, type, 0);
    if (fd >= 0) (void)close(fd);
    return fd >= 0;
}

static bool forks(void) {
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

/* The program runs, and its own attempt to read the file fails or does not: `want` is its status. */
static bool runs(const char *path, int want) {
    char program[] = "/bin/cat", argument[4096];
    char *const argv[] = {program, argument, NULL}, *const none[] = {NULL};
    pid_t pid;
    int status;
    posix_spawn_file_actions_t files;
    (void)snprintf(argument, sizeof argument, "%s", path);
    (void)posix_spawn_file_actions_init(&files);
    (void)posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    (void)posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    errno = posix_spawn(&pid, program, &files, NULL, argv, none);
    (void)posix_spawn_file_actions_destroy(&files);
    if (errno) return false;
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == want;
}

static void *in_thread(void *other) {
    say("thread-reads-other", opens(other, O_RDONLY));
    say("thread-socket", makes_socket(AF_INET, SOCK_STREAM));
    return NULL;
}

/* Beside the output: `name` in its folder. */
static const char *beside(const char *output, const char *name, char path[4096]) {
    (void)snprintf(path, 4096, "%.*s%s", (int)(strrchr(output, '/') + 1 - output), output, name);
    return path;
}

static void try_files(const char *input, const char *output, const char *other) {
    char path[4096], second[4096];
    say("reads-input", opens(input, O_RDONLY));
    say("writes-input", opens(input, O_WRONLY));
    say("reads-library", opens("/usr/bin/env", O_RDONLY));
    say("reads-other", opens(other, O_RDONLY));
    say("reads-passwords", opens("/etc/shadow", O_RDONLY));
    say("lists-folder", lists("/"));
    say("writes-other", opens(other, O_WRONLY));
    say("removes-other", unlink(other) == 0);
    say("replaces-other", rename(input, other) == 0);
    say("writes-output", opens(output, O_WRONLY | O_CREAT));
    say("makes-beside", opens(beside(output, "temporary", path), O_WRONLY | O_CREAT | O_EXCL));
    say("renames-beside", rename(path, beside(output, "final", second)) == 0);
    say("removes-beside", unlink(second) == 0);
    say("links-beside", symlink("/etc/shadow", beside(output, "link", path)) == 0);
    say("makes-fifo", mknod(beside(output, "fifo", path), S_IFIFO | 0600, 0) == 0);
    say("reads-parent", opens(beside("/proc/self/", "../1/environ", path), O_RDONLY));
}

static void try_calls(void) {
    struct rlimit limit = {0, 0};
    char key = '\n';
    say("socket-internet", makes_socket(AF_INET, SOCK_STREAM));
    say("socket-datagram", makes_socket(AF_INET6, SOCK_DGRAM));
    say("socket-packet", makes_socket(AF_PACKET, SOCK_RAW));
    say("socket-local", makes_socket(AF_UNIX, SOCK_STREAM));
    say("forks", forks());
    say("runs-program", runs("/dev/null", 0));
    say("signals-parent", kill(getppid(), 0) == 0);
    say("traces", ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
    say("types", ioctl(2, TIOCSTI, &key) == 0);
    say("mounts", mount("none", "/mnt", "tmpfs", 0, "") == 0);
    say("namespaces", unshare(CLONE_NEWUSER) == 0);
    say("limits-parent", prlimit(getppid(), RLIMIT_FSIZE, &limit, NULL) == 0);
    say("changes-root", chroot("/") == 0);
    say("programs-kernel", syscall(SYS_bpf, 0, NULL, 0) == 0);
    say("ring", syscall(SYS_io_uring_setup, 0, NULL) == 0);
    say("old-abi", syscall(0x40000000 | SYS_getpid) > 0); /* x32 */
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    struct job job = {.input = argv[2]};
    struct settings s = {.sandbox = WHEN_ALWAYS, .output = argv[3], .operands = &argv[2], .operand_count = 1};
    if (*argv[1]) s.read.format = argv[1];
    (void)setvbuf(stdout, NULL, _IONBF, 0);
    say("before-reads-other", opens(argv[4], O_RDONLY));
    if (!sandbox_enter(&s, &job, 1, NULL, 0)) return 77;
    say("reads-open-input", reads(job.opened - 1));
    try_files(argv[2], argv[3], argv[4]);
    try_calls();
    say("program-reads-other", runs(argv[4], 1));
    pthread_t thread;
    say("thread", pthread_create(&thread, NULL, in_thread, argv[4]) == 0 && pthread_join(thread, NULL) == 0);
    return 0;
}
