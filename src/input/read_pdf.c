/*
 * read_pdf.c - PDF by way of pdftotext (poppler-utils), when it is installed.
 *
 * The text comes page by page in its layout. Running heads, feet and page numbers are taken out, columns put in order
 * and the pages put together; what remains is plain text with hard-wrapped lines, which the parser joins. Lines that
 * the PDF's bookmarks name are headings.
 */
#include "input/para.h"
#include "input/pdf.h"

#include <stdlib.h>
#include <unistd.h>

#define SECONDS 60
struct reader {
    struct gm__source *out;
    struct gm__arena arena;
    struct gm__vec lines;
    uint32_t pages;
};

/* ------------------------------------------------------------------ lines */

static enum gm_status add_line(struct reader *r, struct gm_str raw) {
    struct gm_str text = gm__str_trim(raw);
    if (!text.len) return GM_OK;
    void *slot;
    enum gm_status s = gm__vec_push(&r->lines, &slot);
    if (s != GM_OK) return s;
    uint32_t indent = 0;
    for (const char *p = raw.ptr; p < text.ptr; indent++) {
        uint32_t cp;
        p += gm__utf8_decode(p, text.ptr, &cp);
        indent += cp >= 0x3000 ? 1 : 0;
    }
    *(struct gm__pdf_line *)slot = (struct gm__pdf_line){.text = text, .indent = indent, .page = r->pages};
    return GM_OK;
}

static enum gm_status split_lines(struct reader *r, struct gm_str text) {
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\f') end++;
        enum gm_status s = add_line(r, gm__str(text.ptr + at, end - at));
        if (s != GM_OK) return s;
        if (end < text.len && text.ptr[end] == '\f') r->pages++;
        at = end + 1;
    }
    return GM_OK;
}

/* ---------------------------------------------------------------- reading */

static enum gm_status write_line(struct gm__source *out, const struct gm__pdf_line *line, uint32_t margin,
                                 size_t *start, uint8_t *heading) {
    struct gm__buf *b = &out->buffer;
    for (uint32_t n = margin; n < line->indent; n++) (void)gm__buf_add(b, " ", 1);
    (void)gm__buf_add(b, line->text.ptr, line->text.len);
    if (line->heading) *heading = line->heading;
    if (line->joined) return b->status;
    if (*heading || line->note) {
        void *slot;
        enum gm_status s = gm__vec_push(&out->blocks, &slot);
        if (s != GM_OK) return s;
        *(struct gm__block *)slot = (struct gm__block){.start = (uint32_t)*start,
                                                       .len = (uint32_t)(b->len - *start),
                                                       .flags = line->note ? GM__BLOCK_NOTE : 0,
                                                       .heading = *heading};
    }
    (void)gm__buf_add(b, "\n", 1);
    *start = b->len;
    *heading = 0;
    return b->status;
}

static enum gm_status write_lines(struct reader *r) {
    const struct gm__pdf_line *lines = r->lines.data;
    uint32_t margin = UINT32_MAX;
    for (size_t i = 0; i < r->lines.count; i++)
        if (lines[i].text.len && lines[i].indent < margin) margin = lines[i].indent;
    size_t start = 0;
    uint8_t heading = 0;
    enum gm_status s = GM_OK;
    for (size_t i = 0; i < r->lines.count && s == GM_OK; i++) {
        bool goes_on = i > 0 && lines[i - 1].joined; /* no blanks inside a heading */
        if (lines[i].text.len) s = write_line(r->out, &lines[i], goes_on ? lines[i].indent : margin, &start, &heading);
    }
    struct gm__buf *b = &r->out->buffer;
    r->out->text = b->len ? b->data : "";
    r->out->text_len = b->len;
    r->out->hard_wrapped = true;
    return s;
}

static enum gm_status convert(const struct gm__input *in, int fd, struct gm__buf *text) {
    static const char *const words[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
    char *argv[GM__COUNT(words)];
    for (size_t i = 0; i < GM__COUNT(words); i++) argv[i] = (char *)(uintptr_t)words[i];
    struct gm__run run = {.argv = argv, .input = fd, .output = text, .seconds = SECONDS};
    enum gm__run_end end = gm__run(&run);
    if (end == GM__RUN_MISSING)
        return gm__fail(in->error, GM_INPUT, "needs-pdftotext",
                        "reading a PDF needs the program pdftotext (poppler-utils), which is not installed");
    if (end == GM__RUN_LATE)
        return gm__fail(in->error, GM_LIMIT, "too-slow", "pdftotext took longer than %d seconds", SECONDS);
    if (end == GM__RUN_NOMEM) return gm__fail_nomem(in->error);
    if (end == GM__RUN_FLOOD) return gm__fail_status(in->error, GM_LIMIT);
    if (end == GM__RUN_FAILED) return gm__fail(in->error, GM_INPUT, "pdftotext-failed", "pdftotext could not be run");
    if (run.exit_status == 0) return GM_OK;
    if (run.exit_status == 3)
        return gm__fail(in->error, GM_INPUT, "bad-pdf", "the PDF does not permit its text to be copied");
    return gm__fail(in->error, GM_INPUT, "bad-pdf",
                    "the PDF is damaged or needs a password; save it again without one");
}

static enum gm_status tidy(const struct gm__input *in, struct reader *r, int fd, struct gm_str text) {
    enum gm_status s = split_lines(r, text);
    if (s == GM_OK) s = gm__pdf_drop_edges(&r->lines, r->pages, &r->arena);
    if (s == GM_OK) s = gm__pdf_columns(&r->lines);
    if (s == GM_OK) gm__pdf_mark_notes(&r->lines);
    if (s != GM_OK) return s;
    s = gm__pdf_outline(in, fd, &r->arena, r->lines.data, r->lines.count);
    return s == GM_OK ? write_lines(r) : s;
}

static int bid(const unsigned char *head, size_t len, const char *name) {
    (void)name;
    const unsigned char *p = head, *end = head + (len < 1024 + 4 ? len : 1024 + 4);
    for (; end - p >= 5 && (p = memchr(p, '%', (size_t)(end - p) - 4)) != NULL; p++)
        if (memcmp(p, "%PDF-", 5) == 0) return p == head ? 100 : 60;
    return 0;
}

static enum gm_status read_document(const struct gm__input *in, struct gm__source *out) {
    const struct gm_options *o = in->options;
    struct gm__buf text;
    struct reader r = {.out = out};
    if (!bid((const unsigned char *)in->bytes, in->len, NULL))
        return gm__fail(in->error, GM_INPUT, "bad-pdf", "this is not a PDF");
    gm__buf_init(&text, o->allocator, o->limits.text_bytes);
    gm__arena_init(&r.arena, o->allocator);
    gm__vec_init(&r.lines, o->allocator, sizeof(struct gm__pdf_line), UINT32_MAX);
    int fd = gm__spool(in->bytes, in->len);
    enum gm_status s = fd >= 0 ? convert(in, fd, &text)
                               : gm__fail(in->error, GM_INPUT, "no-temporary-file", "no temporary file can be made");
    if (s == GM_OK) {
        s = tidy(in, &r, fd, gm__str(text.data, text.len));
        if (s != GM_OK)
            s = gm__fail_status(in->error, s);
        else if (!out->text_len)
            s = gm__fail(in->error, GM_INPUT, "no-text",
                         "the PDF holds no text, only pictures of pages perhaps; recognise their text (OCR) first");
    }
    if (fd >= 0) (void)close(fd);
    gm__vec_release(&r.lines);
    gm__arena_release(&r.arena);
    gm__buf_release(&text);
    return s;
}

const struct gm__reader gm__read_pdf = {
    .info = {.name = "pdf",
             .extensions = "pdf",
             .summary = N_("PDF with text, through pdftotext where it is installed")},
    .bid = bid,
    .read = read_document,
};
