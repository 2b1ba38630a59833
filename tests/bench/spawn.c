/*
 * spawn.c - whole processes in turn: bench_spawn ROUNDS < COMMANDS
 *
 * Each line of standard input is NAME<tab>ARGUMENT<tab>ARGUMENT… . Output goes to /dev/null. Prints
 * "NAME<tab>median nanoseconds<tab>largest resident set in KiB" for each. A command that fails ends the program.
 * It does next to nothing itself, for a process inherits the resident set of the one that starts it.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include "bench.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

#define MAX_ARGUMENTS 4096

struct command {
    char *argv[MAX_ARGUMENTS + 1];
    long max_rss;
};

static struct command commands[BENCH_MAX_CASES];

static void run(const void *context) {
    struct command *command = &commands[*(const size_t *)context];
    posix_spawn_file_actions_t actions;
    struct rusage usage;
    pid_t pid;
    int status;
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) != 0 ||
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) != 0 ||
        posix_spawnp(&pid, command->argv[1], &actions, NULL, command->argv + 1, environ) != 0)
        bench_die("cannot start", command->argv[1]);
    if (wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        bench_die("fails", command->argv[0]);
    posix_spawn_file_actions_destroy(&actions);
    if (usage.ru_maxrss > command->max_rss) command->max_rss = usage.ru_maxrss;
}

static void split(char *line, struct command *command) {
    size_t n = 0;
    for (char *rest = line; rest && n < MAX_ARGUMENTS; n++) {
        command->argv[n] = rest;
        rest = strchr(rest, '\t');
        if (rest) *rest++ = 0;
    }
    if (n < 2) bench_die("no command", line);
}

int main(int argc, char **argv) {
    static struct bench_case cases[BENCH_MAX_CASES];
    static size_t numbers[BENCH_MAX_CASES];
    size_t count = 0;
    for (; count < BENCH_MAX_CASES; count++) {
        char *line = NULL;
        size_t room = 0;
        ssize_t len = getline(&line, &room, stdin);
        if (len <= 1) break;
        line[len - 1] = 0;
        split(line, &commands[count]);
        numbers[count] = count;
        cases[count] = (struct bench_case){"process", commands[count].argv[0], run, &numbers[count]};
    }
    bench_run(cases, count, argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 7, BENCH_WALL);
    for (size_t i = 0; i < count; i++) printf("rss\t%s\t%ld\n", commands[i].argv[0], commands[i].max_rss);
    return 0;
}
