/*
 * target_command.c - the command line: arguments, one a line, through the command's own reading of them, and the pages
 * that it prints for them. What it would print is dropped (--wrap=write).
 */
#include "cli.h"
#include "fuzz.h"

#include <getopt.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 64, MOST_BYTES = 4096 };

ssize_t __wrap_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len) {
    (void)fd;
    CHECK(bytes != NULL, "it writes from NULL");
    return (ssize_t)len;
}

static void act(const struct settings *s) {
    enum exit_status status = STATUS_DONE;
    if (s->help) status = print_help(s);
    if (s->version) status = print_version();
    if (s->list_formats) status = print_formats();
    if (s->list_grammars) status = print_grammars();
    if (s->completion) status = print_completion(s->completion);
    CHECK(status == STATUS_DONE, "a page ends with status %d", (int)status);
}

/* A terminal gets no control characters, and the same whether a text comes whole or by pieces. */
static void check_shown(const char *bytes, size_t len, bool colour) {
    struct text whole = {0}, pieces = {0}, safe = {0};
    size_t taken = text_add_shown(&whole, bytes, len, colour, true), at = 0;
    CHECK(taken == len, "shown: %zu of %zu bytes", taken, len);
    for (size_t end = 1; end <= len; end += 1 + end % 3)
        at += text_add_shown(&pieces, bytes + at, end - at, colour, false);
    at += text_add_shown(&pieces, bytes + at, len - at, colour, true);
    CHECK(at == len, "shown by pieces: %zu of %zu bytes", at, len);
    CHECK(pieces.len == whole.len && (!len || memcmp(pieces.data, whole.data, whole.len) == 0),
          "shown by pieces it is another text");
    text_add_safe(&safe, bytes, len);
    for (size_t i = 0; i < safe.len; i++)
        CHECK((unsigned char)safe.data[i] >= 0x20, "a control character in a message");
    for (size_t i = 0; i < whole.len && !colour; i++)
        CHECK(whole.data[i] == '\n' || whole.data[i] == '\t' || (unsigned char)whole.data[i] >= 0x20,
              "a control character on a terminal");
    CHECK(gm__utf8_valid_prefix(safe.data, safe.len) == safe.len, "a message that is not UTF-8");
    text_release(&whole);
    text_release(&pieces);
    text_release(&safe);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char bytes[MOST_BYTES + 1], *arguments[MOST_ARGUMENTS + 2] = {(char[]){"gangmu"}};
    int count = 1;
    if (size > MOST_BYTES) return 0;
    check_shown((const char *)data, size, false);
    check_shown((const char *)data, size, true);
    if (size) memcpy(bytes, data, size);
    bytes[size] = '\0';
    if (memchr(bytes, 0, size) || strstr(bytes, "/")) return 0; /* a grammar may be any file: none outside the folder */
    for (char *p = bytes; *p && count <= MOST_ARGUMENTS;) {
        char *end = p + strcspn(p, "\n");
        arguments[count++] = p;
        p = *end ? end + 1 : end;
        *end = '\0';
    }
    struct settings settings = {0};
    optind = 0; /* glibc: begin anew */
    enum exit_status status = options_read(&settings, count, arguments);
    CHECK(status == STATUS_DONE || status == STATUS_USAGE || status == STATUS_INPUT, "status %d", (int)status);
    if (status == STATUS_DONE) act(&settings);
    options_release(&settings);
    return 0;
}
