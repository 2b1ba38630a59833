/* renumber.c - one input with its numbers put right: written, listed (--check) or shown (--diff). */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ------------------------------------------------------------------ reading */

static enum gm_status read_fault(struct gm_error *error, const char *id, int code) {
    *error = (struct gm_error){.status = GM_INPUT};
    (void)snprintf(error->id, sizeof error->id, "%s", id);
    (void)snprintf(error->message, sizeof error->message, "%s", system_words(code));
    return GM_INPUT;
}

/* All bytes of the input, or one more than the limit allows. */
static enum gm_status read_all(const struct settings *s, int fd, struct text *bytes, struct gm_error *error) {
    size_t limit = s->read.limits.input_bytes ? s->read.limits.input_bytes : (size_t)1 << 30;
    char piece[65536];
    while (bytes->len <= limit) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return read_fault(error, errno == EISDIR ? "is-directory" : "read-failed", errno);
        if (n == 0) break;
        text_add(bytes, piece, (size_t)n);
        if (bytes->failed) return GM_NOMEM;
    }
    return GM_OK;
}

static enum gm_status read_input(const struct settings *s, struct job *job, struct text *bytes,
                                 struct gm_error *error) {
    if (strcmp(job->input, "-") == 0) {
        enum gm_status status = read_all(s, STDIN_FILENO, bytes, error);
        size_t head = bytes->len < SANDBOX_HEAD ? bytes->len : SANDBOX_HEAD;
        return status == GM_OK ? job_enter_sandbox(s, job, head ? bytes->data : "", head, error) : status;
    }
    int fd = job_open(job);
    if (fd < 0) return read_fault(error, errno == ENOENT ? "no-such-file" : "open-failed", errno);
    enum gm_status status = read_all(s, fd, bytes, error);
    (void)close(fd);
    return status;
}

/* ------------------------------------------------------------------ messages */

static bool one_of(const char *list, const char *p, size_t n) {
    for (size_t i = 0; list[i];) {
        size_t len = 1;
        while ((list[i + len] & 0xC0) == 0x80) len++;
        if (len == n && memcmp(list + i, p, n) == 0) return true;
        i += len;
    }
    return false;
}

static size_t before_len(struct gm_str text, size_t at) {
    size_t n = at ? 1 : 0;
    while (n < at && n < 4 && (text.ptr[at - n] & 0xC0) == 0x80) n++;
    return n;
}

static size_t behind_len(struct gm_str text, size_t at) {
    size_t n = at < text.len ? 1 : 0;
    while (n && at + n < text.len && (text.ptr[at + n] & 0xC0) == 0x80) n++;
    return n;
}

static void widen_left(struct gm_str text, size_t *from) {
    static const char before[] = "第卷0123456789０１２３４５６７８９.．";
    for (size_t n; (n = before_len(text, *from)) > 0 && one_of(before, text.ptr + *from - n, n);) *from -= n;
}

/* What a reader needs to see of a changed number: 第三条, 第（二）项, 卷三, 4.2. */
static void widen(struct gm_str text, size_t *from, size_t *to) {
    static const char after[] = "0123456789０１２３４５６７８９.．、",
                      units[] = "卷编編篇章节節條条款項项目号点點回讲課课部";
    widen_left(text, from);
    size_t open = before_len(text, *from), close = behind_len(text, *to);
    if (open && close && one_of("（(〔【", text.ptr + *from - open, open) && one_of("）)〕】", text.ptr + *to, close)) {
        *from -= open;
        *to += close;
        widen_left(text, from);
    }
    for (bool unit = false; !unit;) {
        size_t n = behind_len(text, *to);
        unit = n && one_of(units, text.ptr + *to, n);
        if (!unit && !(n && one_of(after, text.ptr + *to, n))) break;
        *to += n;
        if (unit && text.len - *to >= 3 && memcmp(text.ptr + *to - n, "部分", 6) == 0) *to += 3;
    }
}

static void add_quoted(struct text *t, const char *format, const struct text *old, const struct text *fresh) {
    if (!old->failed && !fresh->failed) text_printf(t, format, old->data, fresh->data);
}

/* Changes that one reader's glance takes in (1.2.3 has up to three) are one message. Returns the next. */
static size_t report_change(struct job *job, const struct settings *s, const struct gm_doc *doc,
                            const struct gm_renumbering *r, size_t i) {
    struct gm_change c = gm_renumbering_change(r, i);
    struct gm_str text = gm_doc_source(doc);
    struct text old = {0}, fresh = {0}, line = {0};
    size_t from = c.at.byte, to = from + c.old.len, count = gm_renumbering_count(r), begin;
    enum gm_severity severity = c.kind < GM_CHANGE_AMBIGUOUS ? GM_INFO : GM_WARNING;
    if (c.kind != GM_CHANGE_DANGLING || memcmp(c.old.ptr, "第", 3) != 0) widen(text, &from, &to); /* else it is whole */
    for (begin = from; i < count; i++) {
        struct gm_change last = gm_renumbering_change(r, i);
        if (last.at.byte >= to || last.kind != c.kind) break;
        text_add(&fresh, text.ptr + begin, last.at.byte - begin);
        text_add(&fresh, last.text.ptr, last.text.len);
        begin = last.at.byte + last.old.len;
        if (begin > to) to = begin;
    }
    text_add(&fresh, text.ptr + begin, to - begin);
    text_add(&fresh, "", 1);
    text_add(&old, text.ptr + from, to - from);
    text_add(&old, "", 1);
    if (c.kind == GM_CHANGE_DANGLING)
        add_quoted(&line, _("“%s” refers to nothing here"), &old, &fresh);
    else if (c.kind == GM_CHANGE_AMBIGUOUS)
        add_quoted(&line, _("“%s” refers to more than one point; it becomes “%s”"), &old, &fresh);
    else
        add_quoted(&line, _("“%s” becomes “%s”"), &old, &fresh);
    text_add(&line, "", 1);
    if (!line.failed) message(&job->messages, job_name(job), c.at, severity, line.data, gm_change_kind_name(c.kind));
    if (s->excerpts) message_excerpt(&job->messages, doc, c.at);
    text_release(&old);
    text_release(&fresh);
    text_release(&line);
    return i;
}

static bool changes(const struct gm_renumbering *r) {
    for (size_t i = 0; i < gm_renumbering_count(r); i++) {
        struct gm_change c = gm_renumbering_change(r, i);
        if (c.old.len != c.text.len || memcmp(c.old.ptr, c.text.ptr, c.old.len) != 0) return true;
    }
    return false;
}

static void report(struct job *job, const struct settings *s, const struct gm_doc *doc,
                   const struct gm_renumbering *r) {
    for (size_t i = 0; i < gm_renumbering_count(r) && !s->quiet;) {
        bool doubt = gm_renumbering_change(r, i).kind >= GM_CHANGE_AMBIGUOUS;
        if (s->check || doubt)
            i = report_change(job, s, doc, r, i);
        else
            i++;
    }
}

/* ------------------------------------------------------------------ writing */

struct outcome {
    const struct gm_renumbering *renumbering;
    const struct text *bytes;
};
static enum gm_status write_text(void *ctx, const struct gm_sink *sink, struct gm_error *error) {
    const struct outcome *o = ctx;
    return gm_renumbering_write(o->renumbering, o->bytes->data ? o->bytes->data : "", o->bytes->len, sink, error);
}

static enum gm_status write_bytes(void *ctx, const struct gm_sink *sink, struct gm_error *error) {
    const struct text *t = ctx;
    (void)error;
    return t->failed ? GM_NOMEM : sink->write(sink->ctx, t->data, t->len);
}

static void show(struct job *job, const struct settings *s, struct guard *guard, struct stream *stream,
                 const struct gm_doc *doc, const struct outcome *o) {
    bool differs = changes(o->renumbering);
    report(job, s, doc, o->renumbering);
    if (s->check && differs) job->status = status_worse(job->status, STATUS_FAULTS);
    if (s->diff) {
        struct text diff = {0};
        if (differs) diff_add(&diff, job_name(job), doc, o->renumbering, s->write.colour);
        if (diff.len || s->output) job_write(job, guard, stream, write_bytes, &diff);
        text_release(&diff);
    } else if (!s->check && (differs || !s->in_place)) {
        job_write(job, guard, stream, write_text, (void *)o);
    }
}

/* .md and its like. */
static bool is_named_markdown(const char *name) {
    const struct gm_reader_info *info;
    for (size_t i = 0; name && (info = gm_reader_at(i)) != NULL; i++)
        if (strcmp(info->name, "markdown") == 0) return reader_has(info, name);
    return false;
}

/* A document in another format cannot be written back, but what would change can be seen in its text: a line is a
 * paragraph there, so places stay. The text takes the place of the bytes, and the document borrows it. */
static enum gm_status parse_its_text(const struct settings *s, struct text *bytes, const char *name,
                                     struct gm_doc **doc, struct gm_error *error) {
    struct gm_options options = s->read;
    struct gm_str source = gm_doc_source(*doc);
    struct text text = {0};
    text_add(&text, source.ptr, source.len);
    gm_doc_free(*doc);
    *doc = NULL;
    text_release(bytes);
    *bytes = text;
    if (text.failed) return GM_NOMEM;
    options.format = "text";
    options.encoding = "UTF-8";
    options.select = NULL;
    return gm_doc_parse(&options, text.len ? text.data : "", text.len, name, doc, error);
}

/* Plain text that has headings in Markdown's marks is plain text here: only numbers change. */
static enum gm_status parse(const struct settings *s, struct text *bytes, const char *name, struct gm_doc **doc,
                            struct gm_error *error) {
    struct gm_options options = s->read;
    const char *text = bytes->data ? bytes->data : "";
    enum gm_status status = gm_doc_parse(&options, text, bytes->len, name, doc, error);
    if (status != GM_OK || strcmp(gm_doc_format(*doc), "text") == 0) return status;
    if (options.format || strcmp(gm_doc_format(*doc), "markdown") != 0 || is_named_markdown(name))
        return s->check || s->diff ? parse_its_text(s, bytes, name, doc, error) : status;
    gm_doc_free(*doc);
    *doc = NULL;
    options.format = "text";
    return gm_doc_parse(&options, text, bytes->len, name, doc, error);
}

void renumber_run(struct job *job, const struct settings *s, struct guard *guard, struct stream *stream) {
    struct gm_doc *doc = NULL;
    struct gm_renumbering *renumbering = NULL;
    struct gm_error error = {0};
    struct text bytes = {0};
    enum gm_status status = read_input(s, job, &bytes, &error);
    const char *name = strcmp(job->input, "-") == 0 ? NULL : job->input;
    if (status == GM_OK) status = parse(s, &bytes, name, &doc, &error);
    if (status == GM_OK) status = gm_doc_renumber(doc, &renumbering, &error);
    const struct outcome outcome = {renumbering, &bytes};
    if (status == GM_OK)
        show(job, s, guard, stream, doc, &outcome);
    else
        (void)job_fail(job, &error, status);
    gm_renumbering_free(renumbering);
    gm_doc_free(doc);
    text_release(&bytes);
}
