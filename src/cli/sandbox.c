/*
 * sandbox.c - what the process may still do once it knows its files. Landlock and seccomp, by raw system calls.
 *
 * Readers parse strangers' files. From here on a fault in one cannot become more than a wrong output: the process
 * reads its inputs and the system's libraries, writes below the folders of its outputs, and that is all. No other
 * file, no network, no other program, no signal to another process. Two filters of system calls:
 *   alone    what gangmu itself calls, nothing else
 *   helpers  an input that another program has to convert (PDF, old Word): that program runs in the same Landlock
 *            domain, which then lets it read the system's folders and write to the temporary one; of system calls it
 *            is denied what reaches other processes, the kernel's settings and the network
 * What the filter does not let through fails with ENOSYS, for which the C library has other ways where there are some.
 */
#define _GNU_SOURCE /* O_PATH, syscall */

#include "cli.h"

#include <string.h>

#if defined(__linux__)

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
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

static void allow_input(struct box *b, const char *path) {
    struct stat st;
    char head[SANDBOX_HEAD];
    if (strcmp(path, "-") == 0 || stat(path, &st) != 0) return;
    if (!S_ISREG(st.st_mode)) {
        allow(b, path, S_ISDIR(st.st_mode) ? READ_DIR : READ_FILE); /* a folder is opened to be told as one */
        b->helpers = b->helpers || (b->by_content && !S_ISDIR(st.st_mode));
        return;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    ssize_t n = b->by_content && !b->helpers ? read(fd, head, sizeof head) : 0;
    b->helpers = b->helpers || (n > 0 && is_foreign(head, (size_t)n));
    allow_open(b, fd, READ_FILE);
    (void)close(fd);
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

/* Libraries and their data: libzip and iconv's tables are loaded when they are needed. */
static void allow_system(const struct box *b) {
    static const char *const folders[] = {"/usr", "/lib", "/lib64", "/nix", "/gnu", "/etc/ld.so.cache"};
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
    allow_list(b, getenv("LD_LIBRARY_PATH"), READ_FILE);
    if (!b->helpers) return;
    for (size_t i = 0; i < COUNT_OF(helpers); i++) allow(b, helpers[i], look | EXECUTE);
    allow_list(b, getenv("PATH"), look | EXECUTE);
    allow(b, "/dev", look | WRITE_FILE);
    const char *temporary = getenv("TMPDIR");
    allow(b, temporary && *temporary ? temporary : "/tmp", ANYTHING);
}

/* ----------------------------------------------------------------- seccomp */

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#endif

#define WORDS 16 /* system calls 0 to 511, a bit each */

/* Decided by an argument: the call is a hit when (argument & mask) == value is `equal`. */
struct by_argument {
    uint32_t call, argument, mask, value;
    bool equal;
};

/* What gangmu calls by itself: files, memory, threads, clocks. */
static const uint16_t allowed_alone[] = {
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_pwrite64,
    SYS_lseek,
    SYS_close,
    SYS_openat,
    SYS_fstat,
    SYS_newfstatat,
    SYS_statx,
    SYS_faccessat,
    SYS_readlinkat,
    SYS_getcwd,
    SYS_fcntl,
    SYS_dup,
    SYS_pipe2,
    SYS_mkdirat,
    SYS_unlinkat,
    SYS_renameat2,
    SYS_fsync,
    SYS_fdatasync,
    SYS_ftruncate,
    SYS_fchmod,
    SYS_fchown,
    SYS_mmap,
    SYS_munmap,
    SYS_mremap,
    SYS_mprotect,
    SYS_madvise,
    SYS_brk,
    SYS_futex,
    SYS_set_robust_list,
    SYS_rseq,
    SYS_membarrier,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigpending,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_getpid,
    SYS_gettid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrandom,
    SYS_uname,
    SYS_sysinfo,
    SYS_ppoll,
    SYS_restart_syscall,
    SYS_exit,
    SYS_exit_group,
#if defined(SYS_open) /* the older names, which other systems' C libraries use */
    SYS_open,
    SYS_stat,
    SYS_lstat,
    SYS_access,
    SYS_readlink,
    SYS_mkdir,
    SYS_unlink,
    SYS_rmdir,
    SYS_poll,
    SYS_pipe,
#endif
#if defined(SYS_rename)
    SYS_rename,
#endif
#if defined(SYS_renameat)
    SYS_renameat,
#endif
#if defined(SYS_faccessat2)
    SYS_faccessat2,
#endif
#if defined(SYS_arch_prctl)
    SYS_arch_prctl,
#endif
};

/* What no converter of documents needs. */
static const uint16_t denied_to_helpers[] = {
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_setns,
    SYS_unshare,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_adjtimex,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_acct,
    SYS_quotactl,
    SYS_syslog,
    SYS_userfaultfd,
    SYS_open_by_handle_at,
    SYS_name_to_handle_at,
    SYS_kcmp,
    SYS_personality,
    SYS_mknodat,
#if defined(SYS_io_uring_setup)
    SYS_io_uring_setup,
#endif
#if defined(SYS_clone3) /* its flags stand in memory, where a filter cannot look */
    SYS_clone3,
#endif
};

static const struct by_argument alone_by_argument[] = {
    {SYS_clone, 0, CLONE_THREAD, CLONE_THREAD, true}, /* threads, no processes */
    {SYS_ioctl, 1, UINT32_MAX, TCGETS, true},
    {SYS_ioctl, 1, UINT32_MAX, TIOCGWINSZ, true},
    {SYS_prlimit64, 0, UINT32_MAX, 0, true}, /* its own */
    {SYS_tgkill, 0, UINT32_MAX, 0, true},    /* abort(); the process's own number is filled in */
};
static const struct by_argument helpers_by_argument[] = {
    {SYS_prlimit64, 0, UINT32_MAX, 0, false}, /* another process's */
    {SYS_socket, 0, UINT32_MAX, AF_UNIX, false},
    {SYS_ioctl, 1, UINT32_MAX, TIOCSTI, true}, /* types into the user's terminal */
    {SYS_ioctl, 1, UINT32_MAX, TIOCLINUX, true},
    {SYS_clone, 0, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS, 0, false},
};

#if defined(ARCH)

struct program {
    struct sock_filter code[WORDS * 3 + 64];
    unsigned short count;
};

static void emit(struct program *p, unsigned code, uint32_t k, unsigned yes, unsigned no) {
    p->code[p->count++] = (struct sock_filter){(uint16_t)code, (uint8_t)yes, (uint8_t)no, k};
}
static void emit_load(struct program *p, size_t offset) { emit(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }
static void emit_return(struct program *p, uint32_t action) { emit(p, BPF_RET | BPF_K, action, 0, 0); }

/* The bit of this call's number, which ends the program with `hit` when it is set. */
static void emit_bits(struct program *p, const uint16_t *calls, size_t count, uint32_t hit) {
    uint32_t words[WORDS] = {0};
    for (size_t i = 0; i < count; i++) words[calls[i] / 32] |= UINT32_C(1) << calls[i] % 32;
    emit(p, BPF_ALU | BPF_AND | BPF_K, 31, 0, 0);
    emit(p, BPF_MISC | BPF_TAX, 0, 0, 0);
    emit_load(p, offsetof(struct seccomp_data, nr));
    emit(p, BPF_ALU | BPF_RSH | BPF_K, 5, 0, 0);
    for (uint32_t w = 0; w < WORDS; w++) {
        emit(p, BPF_JMP | BPF_JEQ | BPF_K, w, 0, 2);
        emit(p, BPF_LD | BPF_IMM, words[w], 0, 0);
        emit(p, BPF_JMP | BPF_JA, (WORDS - 1 - w) * 3, 0, 0);
    }
    emit(p, BPF_ALU | BPF_RSH | BPF_X, 0, 0, 0);
    emit(p, BPF_JMP | BPF_JSET | BPF_K, 1, 0, 1);
    emit_return(p, hit);
}

static void emit_argument(struct program *p, const struct by_argument *a, uint32_t hit) {
    bool own = a->call == SYS_tgkill;
    emit_load(p, offsetof(struct seccomp_data, nr));
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, a->call, 0, 4);
    emit_load(p, offsetof(struct seccomp_data, args) + 8 * a->argument);
    emit(p, BPF_ALU | BPF_AND | BPF_K, a->mask, 0, 0);
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, own ? (uint32_t)getpid() : a->value, a->equal ? 0 : 1, a->equal ? 1 : 0);
    emit_return(p, hit);
}

static bool filter_calls(bool helpers) {
    struct program p = {.count = 0};
    const uint32_t no = SECCOMP_RET_ERRNO | ENOSYS, hit = helpers ? no : (uint32_t)SECCOMP_RET_ALLOW;
    const uint16_t *calls = helpers ? denied_to_helpers : allowed_alone;
    size_t count = helpers ? COUNT_OF(denied_to_helpers) : COUNT_OF(allowed_alone);
    const struct by_argument *rules = helpers ? helpers_by_argument : alone_by_argument;
    size_t rule_count = helpers ? COUNT_OF(helpers_by_argument) : COUNT_OF(alone_by_argument);
    /* The kernel tries a new filter on every number there is, up to the first thing that it does not understand, to
     * know what always passes. Few calls follow here: what it does not understand stands first, which saves a third. */
    emit(&p, BPF_MISC | BPF_TAX, 0, 0, 0);
    emit_load(&p, offsetof(struct seccomp_data, arch));
    emit(&p, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
    emit_return(&p, no);
    emit_load(&p, offsetof(struct seccomp_data, nr));
    emit(&p, BPF_JMP | BPF_JGE | BPF_K, WORDS * 32, 0, 1); /* x32's too */
    emit_return(&p, no);
    emit_bits(&p, calls, count, hit);
    for (size_t i = 0; i < rule_count; i++) emit_argument(&p, &rules[i], hit);
    emit_return(&p, helpers ? (uint32_t)SECCOMP_RET_ALLOW : no);
    struct sock_fprog program = {p.count, p.code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

static bool filter_calls(bool helpers) {
    (void)helpers;
    return false;
}

#endif

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
    const struct job *jobs;
    size_t count;
    bool outputs; /* may be replaced */
    pthread_t thread;
    bool started;
};

static void *allow_share(void *ctx) {
    struct share *share = ctx;
    for (size_t i = 0; i < share->count; i++) {
        if (share->jobs[i].output && share->outputs) allow_output(&share->box, share->jobs[i].output);
        allow_input(&share->box, share->jobs[i].input);
    }
    return NULL;
}

/* By threads when there are many: before the sandbox stands none of them can begin its work. */
static void allow_jobs(struct box *b, const struct settings *s, const struct job *jobs, size_t count) {
    struct share shares[8];
    size_t parts = count / 128 + 1;
    if (parts > s->workers) parts = s->workers ? s->workers : 1;
    if (parts > COUNT_OF(shares)) parts = COUNT_OF(shares);
    for (size_t i = 0; i < parts; i++) {
        size_t from = count * i / parts, to = count * (i + 1) / parts;
        shares[i] =
            (struct share){.box = *b, .jobs = jobs + from, .count = to - from, .outputs = s->force || s->in_place};
        shares[i].started = i + 1 < parts && pthread_create(&shares[i].thread, NULL, allow_share, &shares[i]) == 0;
        if (!shares[i].started) (void)allow_share(&shares[i]);
    }
    for (size_t i = 0; i < parts; i++) {
        if (shares[i].started) (void)pthread_join(shares[i].thread, NULL);
        b->helpers = b->helpers || shares[i].box.helpers;
    }
}

bool sandbox_enter(const struct settings *s, const struct job *jobs, size_t count, const char *head, size_t len) {
    if (s->sandbox == WHEN_NEVER) return true;
    struct box b = {.by_content = !s->read.format, .helpers = may_need_helper(s, head, len)};
    load_messages();
    box_open(&b);
    for (size_t i = 0; i < count && !head && b.by_content; i++)
        b.helpers = b.helpers || strcmp(jobs[i].input, "-") == 0;
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
    bool calls = no_new && filter_calls(b.helpers);
    return (files && calls) || s->sandbox != WHEN_ALWAYS;
}

#else

bool sandbox_enter(const struct settings *s, const struct job *jobs, size_t count, const char *head, size_t len) {
    (void)jobs, (void)count, (void)head, (void)len;
    return s->sandbox != WHEN_ALWAYS;
}

#endif

bool sandbox_waits(const struct settings *s) {
    return s->operand_count == 0 || (s->operand_count == 1 && strcmp(s->operands[0], "-") == 0);
}
