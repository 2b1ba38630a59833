/*
 * spawn.h - run another program, for the two formats that need one (PDF, old Word files). Never through a shell.
 */
#ifndef GM_SPAWN_H
#define GM_SPAWN_H

#include "input/input.h"

enum gm__run_end {
    GM__RUN_EXITED,  /* see exit_status */
    GM__RUN_MISSING, /* the program is not installed */
    GM__RUN_LATE,    /* it took longer than allowed and was ended */
    GM__RUN_FLOOD,   /* it printed more than the buffer takes, and was ended */
    GM__RUN_NOMEM,   /* no memory for what it printed */
    GM__RUN_FAILED,  /* pipes, a signal */
};
struct gm__run {
    char *const *argv;      /* argv[0] is looked up in PATH; NULL at the end */
    int input;              /* file descriptor for its standard input, -1: /dev/null */
    struct gm__buf *output; /* its standard output, NULL: /dev/null */
    int seconds;            /* allowed */
    int exit_status;        /* out */
};
enum gm__run_end gm__run(struct gm__run *run);

/* An unlinked temporary file that holds these bytes, at its beginning; -1 when that fails. */
int gm__spool(const char *bytes, size_t len);

#endif
