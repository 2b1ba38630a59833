/* bench.c - reading files, running cases in turn, medians. */
#include "bench.h"

#include <stdint.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

volatile size_t bench_result;

void bench_die(const char *what, const char *detail) {
    fprintf(stderr, "bench: %s: %s\n", what, detail);
    exit(1);
}

struct bench_text bench_read(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0) bench_die("cannot read", path);
    long size = ftell(f);
    if (size < 0 || fseek(f, 0, SEEK_SET) != 0) bench_die("cannot read", path);
    struct bench_text text = {malloc((size_t)size + 1), (size_t)size};
    if (!text.ptr || fread(text.ptr, 1, text.len, f) != text.len) bench_die("cannot read", path);
    text.ptr[text.len] = 0;
    fclose(f);
    return text;
}

static uint64_t now(enum bench_clock clock) {
    struct timespec t;
    (void)clock_gettime(clock == BENCH_CPU ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void bench_run(const struct bench_case *cases, size_t count, unsigned rounds, enum bench_clock clock) {
    static uint64_t times[BENCH_MAX_CASES][BENCH_MAX_ROUNDS];
    if (count > BENCH_MAX_CASES || rounds > BENCH_MAX_ROUNDS || rounds == 0) bench_die("too many", "cases or rounds");
    for (size_t i = 0; i < count; i++) cases[i].run(cases[i].context); /* pages and caches are warm from here on */
    for (unsigned round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++) {
            (void)malloc_trim(0); /* what one case freed is not the next one's to tidy */
            uint64_t start = now(clock);
            cases[i].run(cases[i].context);
            times[i][round] = now(clock) - start;
        }
    for (size_t i = 0; i < count; i++) {
        qsort(times[i], rounds, sizeof times[i][0], ascending);
        printf("%s\t%s\t%llu\t%llu\n", cases[i].group, cases[i].name, (unsigned long long)times[i][rounds / 2],
               (unsigned long long)times[i][0]);
    }
}
