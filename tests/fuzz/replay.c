/*
 * replay.c - a fuzz target without a fuzzer: goes through the files and folders that it is given, in the order of their
 * names.
 *
 *   replay_NAME FILE|FOLDER...
 *
 * A target that breaks ends the process; the last file that was named is the one.
 */
#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char current[4096];

static void say(const char *text) { (void)!write(STDERR_FILENO, text, strlen(text)); }

/* AddressSanitizer and abort() both come by here. */
static void name_it(int signal) {
    say("replay: it was ");
    say(current);
    say("\n");
    _exit(128 + signal);
}

static bool replay_file(const char *path) {
    struct gm__buf bytes;
    gm__buf_init(&bytes, &gm__default_allocator, (size_t)1 << 30);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : 1;
    while (n > 0 && gm__buf_reserve(&bytes, 65536) == GM_OK) {
        n = read(fd, bytes.data + bytes.len, bytes.capacity - bytes.len);
        if (n > 0) bytes.len += (size_t)n;
    }
    if (fd >= 0) (void)close(fd);
    if (n == 0) {
        /* in a piece of its own, so that a read past the end is seen */
        uint8_t *exact = malloc(bytes.len ? bytes.len : 1);
        if (exact && bytes.len) memcpy(exact, bytes.data, bytes.len);
        if (exact) (void)LLVMFuzzerTestOneInput(exact, bytes.len);
        free(exact);
    } else {
        perror(path);
    }
    gm__buf_release(&bytes);
    return n == 0;
}

static int visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static bool replay(const char *path, size_t *count) {
    struct stat st;
    struct dirent **names;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
        (void)snprintf(current, sizeof current, "%s", path);
        ++*count;
        return replay_file(path);
    }
    int n = scandir(path, &names, visible, alphasort);
    bool good = n >= 0;
    for (int i = 0; i < n; i++) {
        char child[4096];
        if (snprintf(child, sizeof child, "%s/%s", path, names[i]->d_name) < (int)sizeof child)
            good = replay(child, count) && good;
        free(names[i]);
    }
    if (n >= 0) free(names);
    return good;
}

int main(int argc, char **argv) {
    size_t count = 0;
    bool good = true;
    struct sigaction act = {.sa_handler = name_it};
    (void)sigaction(SIGABRT, &act, NULL);
    (void)sigaction(SIGSEGV, &act, NULL);
    for (int i = 1; i < argc; i++) good = replay(argv[i], &count) && good;
    (void)printf("%zu inputs\n", count);
    return good && count ? 0 : 1;
}
