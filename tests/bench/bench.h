/*
 * bench.h - what the benchmark's programs share: cases that run in turn, and their medians.
 *
 * A case is a function of one context. bench_run runs all cases of a table one after another, that many rounds, so
 * that what disturbs the machine disturbs them alike, and prints "GROUP<tab>NAME<tab>nanoseconds<tab>nanoseconds" for
 * each: the median and the least.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>

struct bench_text {
    char *ptr; /* NUL-terminated */
    size_t len;
};

/* The whole file; ends the program when it cannot be read. */
struct bench_text bench_read(const char *path);

struct bench_case {
    const char *group, *name;
    void (*run)(const void *context);
    const void *context;
};

#define BENCH_MAX_CASES  64
#define BENCH_MAX_ROUNDS 101

/* What is timed: processor time where one thread does all the work, which others on the machine disturb least. */
enum bench_clock { BENCH_CPU, BENCH_WALL };

void bench_run(const struct bench_case *cases, size_t count, unsigned rounds, enum bench_clock clock);

/* Say what is wrong and end the program. */
_Noreturn void bench_die(const char *what, const char *detail);

/* Keeps a result from being optimised away. */
extern volatile size_t bench_result;

/* writers.c: what a library's bare writer does with the strings of one output of ours. */
struct bench_script; /* the calls, in order */
struct bench_script *bench_script_new(const char *format, struct bench_text output);
void bench_script_play(const void *script);
void bench_script_free(struct bench_script *script);

#endif
