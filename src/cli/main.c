/* main.c - the command: process set-up, then from arguments to jobs. */
#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A closed pipe or a file at its size limit is an error of write(), not the end of the process. A
 * standard descriptor that is closed stays unusable instead of being given to the next file opened. */
static void set_up_process(void) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL);
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) == -1) (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static enum exit_status run(const struct settings *s) {
    if (s->help) return print_help(s);
    if (s->version) return print_version();
    if (s->list_formats) return print_formats();
    if (s->list_grammars) return print_grammars();
    if (s->list_diagnostics) return print_diagnostics(s);
    if (s->completion) return print_completion(s->completion);
    struct job_list list = {0};
    struct text messages = {0};
    enum exit_status status = inputs_collect(s, &list, &messages);
    text_flush(&messages);
    text_release(&messages);
    status = status_worse(status, run_jobs(s, &list));
    inputs_release(&list);
    return status;
}

int main(int argc, char **argv) {
    struct settings settings = {0};
    set_up_process();
    settings.language = language_init();
    enum exit_status status = options_read(&settings, argc, argv);
    if (status == STATUS_DONE) status = run(&settings);
    options_release(&settings);
    return (int)status;
}
