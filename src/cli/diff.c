/* diff.c - a renumbering as a unified diff. Lines end with LF, as they do for patch(1). */
#include "cli.h"

#include <string.h>

enum { CONTEXT = 3 };

struct differ {
    struct text *out;
    struct gm_str text;
    const struct gm_renumbering *changes;
    size_t count, next; /* of the changes: all, the first not yet shown */
    size_t line, at;    /* a line's number (from 1) and start; only ever goes on */
    bool colour;
};

static size_t line_end(const struct differ *d, size_t at) {
    const char *lf = at < d->text.len ? memchr(d->text.ptr + at, '\n', d->text.len - at) : NULL;
    return lf ? (size_t)(lf - d->text.ptr) + 1 : d->text.len;
}

static size_t line_start(const struct differ *d, size_t at) {
    while (at > 0 && d->text.ptr[at - 1] != '\n') at--;
    return at;
}

static bool real(const struct gm_change *c) {
    return c->old.len != c->text.len || memcmp(c->old.ptr, c->text.ptr, c->old.len) != 0;
}

/* The first change from index i on that changes something; false at the end. */
static bool next_change(const struct differ *d, size_t *i, struct gm_change *out) {
    for (; *i < d->count; ++*i) {
        *out = gm_renumbering_change(d->changes, *i);
        if (real(out)) return true;
    }
    return false;
}

static void put_line(const struct differ *d, char mark, const char *colour, const char *bytes, size_t len) {
    bool ended = len && bytes[len - 1] == '\n';
    if (d->colour && *colour) text_puts(d->out, colour);
    text_add(d->out, &mark, 1);
    text_add(d->out, bytes, len - ended);
    if (d->colour && *colour) text_puts(d->out, "\033[m");
    text_puts(d->out, "\n");
    if (!ended) text_puts(d->out, "\\ No newline at end of file\n");
}

/* The line [at, end) with its changes, of which d->next is the first. */
static void put_changed(struct differ *d, size_t at, size_t end) {
    struct text line = {0};
    struct gm_change c;
    while (next_change(d, &d->next, &c) && c.at.byte < end) {
        text_add(&line, d->text.ptr + at, c.at.byte - at);
        text_add(&line, c.text.ptr, c.text.len);
        at = c.at.byte + c.old.len;
        d->next++;
    }
    text_add(&line, d->text.ptr + at, end - at);
    if (!line.failed) put_line(d, '+', "\033[32m", line.data, line.len);
    d->out->failed |= line.failed;
    text_release(&line);
}

struct hunk {
    size_t from, to, lines; /* bytes, and how many lines they are */
};

/* From CONTEXT lines before the change on, up to CONTEXT lines behind the last that is near enough. */
static struct hunk measure(const struct differ *d, const struct gm_change *first) {
    struct gm_change c = *first;
    struct hunk h = {line_start(d, first->at.byte), 0, 0};
    for (int i = 0; i < CONTEXT && h.from > 0; i++) h.from = line_start(d, h.from - 1);
    size_t i = d->next, quiet = 0;
    for (h.to = h.from; h.to < d->text.len; h.lines++) {
        size_t end = line_end(d, h.to);
        bool more = next_change(d, &i, &c), hit = more && c.at.byte < end;
        while (more && c.at.byte < end) {
            i++;
            more = next_change(d, &i, &c);
        }
        quiet = hit || h.to < first->at.byte ? 0 : quiet + 1;
        h.to = end;
        if (quiet == CONTEXT) { /* is the next change within another context's reach? */
            size_t reach = end;
            for (int k = 0; k < CONTEXT; k++) reach = line_end(d, reach);
            if (!more || c.at.byte >= line_end(d, reach)) {
                h.lines++;
                break;
            }
        }
    }
    return h;
}

static void put_hunk(struct differ *d, const struct gm_change *first) {
    struct hunk h = measure(d, first);
    struct gm_change c;
    for (; d->at < h.from; d->line++) d->at = line_end(d, d->at);
    if (d->colour) text_puts(d->out, "\033[36m");
    text_printf(d->out, "@@ -%zu,%zu +%zu,%zu @@", d->line, h.lines, d->line, h.lines);
    text_puts(d->out, d->colour ? "\033[m\n" : "\n");
    while (d->at < h.to) {
        size_t end = line_end(d, d->at), i = d->next, run = d->at;
        if (!next_change(d, &i, &c) || c.at.byte >= end) {
            put_line(d, ' ', "", d->text.ptr + d->at, end - d->at);
            d->at = end;
            d->line++;
            continue;
        }
        while (run < h.to && c.at.byte < line_end(d, run)) { /* changed lines in a row: all old ones first */
            size_t stop = line_end(d, run);
            put_line(d, '-', "\033[31m", d->text.ptr + run, stop - run);
            while (next_change(d, &i, &c) && c.at.byte < stop) i++;
            run = stop;
            if (i >= d->count) break;
        }
        for (; d->at < run; d->at = end, d->line++) {
            end = line_end(d, d->at);
            put_changed(d, d->at, end);
        }
    }
}

void diff_add(struct text *out, const char *name, const struct gm_doc *doc, const struct gm_renumbering *changes,
              bool colour) {
    struct differ d = {.out = out,
                       .text = gm_doc_source(doc),
                       .changes = changes,
                       .count = gm_renumbering_count(changes),
                       .line = 1,
                       .colour = colour};
    struct gm_change c;
    for (int i = 0; i < 2; i++) {
        text_puts(out, i == 0 ? "--- " : "+++ ");
        text_add_safe(out, name, strlen(name));
        text_puts(out, "\n");
    }
    while (next_change(&d, &d.next, &c)) put_hunk(&d, &c);
}
