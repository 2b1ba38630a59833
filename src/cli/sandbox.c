/*
 * sandbox.c - what the process may still do once it knows its files. Landlock, by raw system calls.
 *
 * Readers parse strangers' files. From here on a fault in one cannot become more than a wrong output: the process
 * reads its inputs and the system's libraries, writes below the folders of its outputs, and that is all. No other
 * file, no network, no other program, no signal to another process. A program that has to convert an input (PDF, old
 * Word) runs in the same Landlock domain, which then lets it read the system's folders and write to the temporary one.
 * Which system calls are left: seccomp.c.
 */
#define _GNU_SOURCE /* O_PATH, syscall */

#include "cli.h"

#include <string.h>

#if defined(__linux__)

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---------------------------------------------------------------- landlock */

/* As in linux/landlock.h, of which many systems have none or an old one. */
enum { SYS_CREATE_RULESET = 444, SYS_ADD_RULE = 445, SYS_RESTRICT_SELF = 446, RULE_PATH_BENEATH = 1 };
struct ruleset {
    uint64_t files, network, scoped;
};
struct path_rule { /* packed there: what follows the descriptor is not looked at */
    uint64_t allowed;
    int32_t folder;
};
#define EXECUTE     (UINT64_C(1) << 0)
#define WRITE_FILE  (UINT64_C(1) << 1)
#define READ_FILE   (UINT64_C(1) << 2)
#define READ_DIR    (UINT64_C(1) << 3)
#define REMOVE_DIR  (UINT64_C(1) << 4)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_DIR    (UINT64_C(1) << 7)
#define MAKE_REG    (UINT64_C(1) << 8)
#define REFER       (UINT64_C(1) << 13)
#define TRUNCATE    (UINT64_C(1) << 14)
#define OF_FILES    (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE)
#define OF_OUTPUTS  (WRITE_FILE | REMOVE_FILE | MAKE_REG | MAKE_DIR | TRUNCATE)
#define ANYTHING    UINT64_MAX

struct box {
    int rules;        /* the rule set, -1: no Landlock here */
    uint64_t handled; /* rights that this kernel knows */
    bool by_content;  /* the inputs' formats are not given */
    bool helpers;     /* another program may be needed */
    size_t keeps;     /* so many inputs may stay open */
};

/* Every right that the kernel's version of Landlock knows is taken; rules give some back. */
static void box_open(struct box *b) {
    static const uint64_t files[] = {0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF};
    long abi = syscall(SYS_CREATE_RULESET, NULL, (size_t)0, 1u);
    size_t known = abi < 1 ? 0 : (size_t)abi < COUNT_OF(files) ? (size_t)abi : COUNT_OF(files) - 1;
    struct ruleset r = {.files = files[known], .network = abi >= 4 ? 3 : 0, .scoped = abi >= 6 ? 3 : 0};
    size_t size = abi >= 6 ? sizeof r : abi >= 4 ? 2 * sizeof r.files : sizeof r.files;
    b->handled = r.files;
    b->rules = known ? (int)syscall(SYS_CREATE_RULESET, &r, size, 0u) : -1;
}

static void allow_open(const struct box *b, int fd, uint64_t rights) {
    struct path_rule rule = {rights & b->handled, fd};
    if (syscall(SYS_ADD_RULE, b->rules, RULE_PATH_BENEATH, &rule, 0u) == 0 || errno != EINVAL) return;
    rule.allowed &= OF_FILES; /* it is no folder */
    (void)syscall(SYS_ADD_RULE, b->rules, RULE_PATH_BENEATH, &rule, 0u);
}

/* What is not there needs no rule. */
static void allow(const struct box *b, const char *path, uint64_t rights) {
    int fd = b->rules < 0 ? -1 : open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) return;
    allow_open(b, fd, rights);
    (void)close(fd);
}

static void allow_list(const struct box *b, const char *list, uint64_t rights) {
    for (char path[4096]; list && *list; list += *list == ':') {
        size_t n = strcspn(list, ":");
        (void)snprintf(path, sizeof path, "%.*s", (int)n, list);
        if (n && n < sizeof path) allow(b, path, rights);
        list += n;
    }
}

/* ------------------------------------------------------------------- paths */

/* Does it look like what another program has to read? */
static bool is_foreign(const char *head, size_t len) {
    if (len >= 8 && memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) return true;
    if (len >= 5 && memcmp(head, "{\\rtf", 5) == 0) return true;
    const char *p = head, *end = head + len;
    for (; end - p >= 5 && (p = memchr(p, '%', (size_t)(end - p) - 4)) != NULL; p++)
        if (memcmp(p, "%PDF-", 5) == 0) return true;
    return false;
}

/* What is open needs no rule. A pipe or a device is opened by its reader alone: to open one can have effects. */
static void allow_input(struct box *b, struct job *job) {
    struct stat st;
    char head[SANDBOX_HEAD];
    const char *path = job->input;
    if (strcmp(path, "-") == 0 || (!job->beneath && stat(path, &st) != 0)) return;
    if (!job->beneath && !S_ISREG(st.st_mode)) {
        allow(b, path, S_ISDIR(st.st_mode) ? READ_DIR : READ_FILE); /* a folder is opened to be told as one */
        b->helpers = b->helpers || (b->by_content && !S_ISDIR(st.st_mode));
        return;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    ssize_t n = b->by_content && !b->helpers ? pread(fd, head, sizeof head, 0) : 0;
    b->helpers = b->helpers || (n > 0 && is_foreign(head, (size_t)n));
    if (b->keeps) {
        b->keeps--;
        job->opened = fd + 1;
        return;
    }
    if (!job->beneath) allow_open(b, fd, READ_FILE);
    (void)close(fd);
}

/* One rule for each folder of -r: a rule for each of ten million files would keep them all in the system's memory. */
static void allow_folders(const struct box *b, const struct settings *s) {
    struct stat st;
    for (size_t i = 0; i < s->operand_count && s->recursive; i++)
        if (stat(s->operands[i], &st) == 0 && S_ISDIR(st.st_mode)) allow(b, s->operands[i], READ_FILE);
}

/* The folder that holds `path`, where an output is written beside itself. */
static void allow_beside(const struct box *b, const char *path) {
    const char *slash = strrchr(path, '/');
    char folder[4096];
    int n = snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    if (n > 0 && (size_t)n < sizeof folder) allow(b, folder, OF_OUTPUTS);
}

/* An output that exists is written where its links lead; a device or a pipe in place. */
static void allow_output(const struct box *b, const char *path) {
    struct stat st;
    char *real = stat(path, &st) == 0 ? realpath(path, NULL) : NULL;
    if (real && !S_ISREG(st.st_mode))
        allow(b, path, WRITE_FILE);
    else
        allow_beside(b, real ? real : path);
    free(real);
}

/* Made at once, so that no more than it need be writable. If that fails, so will the job, and is to say why: then the
 * nearest folder that exists stands in for it. */
static void allow_out_dir(const struct box *b, const char *path) {
    char folder[4096];
    struct stat st;
    int n = snprintf(folder, sizeof folder, "%s/", path);
    if (n < 0 || (size_t)n >= sizeof folder || b->rules < 0) return;
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(folder, 0777);
        *slash = '/';
    }
    while (n > 1 && stat(folder, &st) != 0) {
        while (n > 1 && folder[n - 1] == '/') n--;
        while (n > 1 && folder[n - 1] != '/') n--;
        folder[n] = '\0';
        if (n <= 1 && folder[0] != '/') (void)snprintf(folder, sizeof folder, ".");
    }
    allow(b, folder, OF_OUTPUTS);
}

/* Where /lib is a link to usr/lib, the rule for /usr holds for it. */
static bool is_below_usr(const char *path) {
    char to[16];
    ssize_t n = readlink(path, to, sizeof to);
    const char *from = n > 0 && to[0] == '/' ? to + 1 : to;
    return n > 5 && memcmp(from, "usr/", 4) == 0 && !memchr(to, '.', (size_t)n);
}

/* Libraries and their data: libzip, libm and iconv's tables are loaded when they are needed. */
static void allow_system(const struct box *b) {
    static const char *const folders[] = {"/usr", "/nix", "/gnu", "/etc/ld.so.cache"}, *const linked[] = {"/lib",
                                                                                                          "/lib64"};
    static const char *const helpers[] = {"/bin",
                                          "/sbin",
                                          "/opt",
                                          "/snap",
                                          "/proc",
                                          "/etc/fonts",
                                          "/etc/libreoffice",
                                          "/etc/alternatives",
                                          "/etc/passwd",
                                          "/etc/nsswitch.conf",
                                          "/etc/localtime",
                                          "/var/cache/fontconfig",
                                          "/var/lib/libreoffice",
                                          "/var/spool/libreoffice"};
    const uint64_t look = READ_FILE | READ_DIR;
    for (size_t i = 0; i < COUNT_OF(folders); i++) allow(b, folders[i], b->helpers ? look | EXECUTE : READ_FILE);
    for (size_t i = 0; i < COUNT_OF(linked); i++)
        if (!is_below_usr(linked[i])) allow(b, linked[i], b->helpers ? look | EXECUTE : READ_FILE);
    allow_list(b, getenv("LD_LIBRARY_PATH"), READ_FILE);
#ifdef GANGMU_COUNTS /* the coverage build writes its counts when it ends */
    allow(b, GANGMU_COUNTS, OF_OUTPUTS | look);
#endif
    if (!b->helpers) return;
    for (size_t i = 0; i < COUNT_OF(helpers); i++) allow(b, helpers[i], look | EXECUTE);
    allow_list(b, getenv("PATH"), look | EXECUTE);
    allow(b, "/dev", look | WRITE_FILE);
    const char *temporary = getenv("TMPDIR");
    allow(b, temporary && *temporary ? temporary : "/tmp", ANYTHING);
}

/* --------------------------------------------------------------------- all */

static bool may_need_helper(const struct settings *s, const char *head, size_t len) {
    const char *format = s->read.format;
    if (format) return strcmp(format, "pdf") == 0 || strcmp(format, "doc") == 0;
    return head && is_foreign(head, len);
}

/* Messages in another language come from files, which are read now. */
static void load_messages(void) {
    (void)_("error");
    (void)strerror(ENOENT);
}

/* Some of the jobs, which a thread looks at. */
struct share {
    struct box box;
    struct job *jobs;
    size_t count;
    pthread_t thread;
    bool outputs; /* may be replaced */
    bool started;
};

static void *allow_share(void *ctx) {
    struct share *share = ctx;
    for (size_t i = 0; i < share->count; i++) {
        if (share->jobs[i].output && share->outputs) allow_output(&share->box, share->jobs[i].output);
        allow_input(&share->box, &share->jobs[i]);
    }
    return NULL;
}

#define LEFT_OPEN 32 /* descriptors for what the process opens besides, and half of the others */

static size_t most_open(size_t count) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < LEFT_OPEN) return 0;
    rlim_t most = (limit.rlim_cur - LEFT_OPEN) / 2;
    return most < count ? (size_t)most : count;
}

/* A table of open files that grows while threads share it has each of them wait, for milliseconds. */
static void make_room(const struct box *b, size_t count) {
    int fd = fcntl(b->rules, F_DUPFD_CLOEXEC, (int)count + 64);
    if (fd >= 0) (void)close(fd);
}

/* By threads when there are many: before the sandbox stands none of them can begin its work. */
static void allow_jobs(struct box *b, const struct settings *s, struct job *jobs, size_t count) {
    struct share shares[8];
    size_t open = most_open(count);
    size_t parts = count / 128 + 1;
    if (parts > s->workers) parts = s->workers ? s->workers : 1;
    if (parts > COUNT_OF(shares)) parts = COUNT_OF(shares);
    if (parts > 1) make_room(b, open);
    for (size_t i = 0; i < parts; i++) {
        size_t from = count * i / parts, to = count * (i + 1) / parts;
        shares[i] =
            (struct share){.box = *b, .jobs = jobs + from, .count = to - from, .outputs = s->force || s->in_place};
        shares[i].box.keeps = open / parts;
        shares[i].started = i + 1 < parts && pthread_create(&shares[i].thread, NULL, allow_share, &shares[i]) == 0;
        if (!shares[i].started) (void)allow_share(&shares[i]);
    }
    for (size_t i = 0; i < parts; i++) {
        if (shares[i].started) (void)pthread_join(shares[i].thread, NULL);
        b->helpers = b->helpers || shares[i].box.helpers;
    }
}

bool sandbox_enter(const struct settings *s, struct job *jobs, size_t count, const char *head, size_t len) {
    if (s->sandbox == WHEN_NEVER) return true;
    struct box b = {.by_content = !s->read.format, .helpers = may_need_helper(s, head, len)};
    load_messages();
    box_open(&b);
    for (size_t i = 0; i < count && !head && b.by_content; i++)
        b.helpers = b.helpers || strcmp(jobs[i].input, "-") == 0;
    allow_folders(&b, s);
    allow_jobs(&b, s, jobs, count);
    if (s->out_dir)
        allow_out_dir(&b, s->out_dir);
    else if (s->output && strcmp(s->output, "-") != 0)
        allow_output(&b, s->output);
    if (s->write.reference) allow(&b, s->write.reference, READ_FILE);
    allow_system(&b);
    bool no_new = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    bool files = no_new && b.rules >= 0 && syscall(SYS_RESTRICT_SELF, b.rules, 0u) == 0;
    if (b.rules >= 0) (void)close(b.rules);
    bool calls = no_new && sandbox_filter(b.helpers);
    return (files && calls) || s->sandbox != WHEN_ALWAYS;
}

#else

bool sandbox_enter(const struct settings *s, struct job *jobs, size_t count, const char *head, size_t len) {
    (void)jobs, (void)count, (void)head, (void)len;
    return s->sandbox != WHEN_ALWAYS;
}

#endif

bool sandbox_waits(const struct settings *s) {
    return s->operand_count == 0 || (s->operand_count == 1 && strcmp(s->operands[0], "-") == 0);
}
