/*
 * seccomp.c - which system calls the process may still make once it knows its files. Two filters:
 *   alone    what gangmu itself calls, nothing else
 *   helpers  an input that another program has to convert (PDF, old Word): it is denied what reaches other processes,
 *            the kernel's settings and the network
 * What a filter does not let through fails with ENOSYS, for which the C library has other ways where there are some.
 */
#define _GNU_SOURCE /* CLONE_NEWUSER, syscall numbers */

#include "cli.h"

#if defined(__linux__)

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

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
    SYS_linkat,
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
    emit_load(p, offsetof(struct seccomp_data, args) + sizeof(uint64_t) * a->argument);
    emit(p, BPF_ALU | BPF_AND | BPF_K, a->mask, 0, 0);
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, own ? (uint32_t)getpid() : a->value, a->equal ? 0 : 1, a->equal ? 1 : 0);
    emit_return(p, hit);
}

bool sandbox_filter(bool helpers) {
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

bool sandbox_filter(bool helpers) {
    (void)helpers;
    return false;
}

#endif

#endif
