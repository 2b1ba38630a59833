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
#define EDGE    3   /* lines at the top and at the bottom of a page that may be heads and feet */
#define LONGEST 120 /* bytes of a head or foot */

/* A line at the edge of a page with its digits folded: what it has in common with those of other pages. */
struct edge {
    struct gm_str text;
    uint32_t line, page;
};
struct reader {
    struct gm__source *out;
    struct gm__arena arena;
    struct gm__vec lines, edges;
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

/* ------------------------------------------------------------------ edges */

/* Digits become '#', a run of them one; white space goes. */
static struct gm_str fold(struct reader *r, struct gm_str text) {
    char *out = gm__arena_alloc(&r->arena, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '\t') continue;
        if (c < '0' || c > '9')
            out[n++] = c;
        else if (n == 0 || out[n - 1] != '#')
            out[n++] = '#';
    }
    return gm__str(out, n);
}

static enum gm_status add_edge(struct reader *r, size_t index) {
    struct gm__pdf_line *line = (struct gm__pdf_line *)r->lines.data + index;
    void *slot;
    enum gm_status s = gm__vec_push(&r->edges, &slot);
    if (s != GM_OK) return s;
    struct gm_str text = fold(r, line->text);
    if (!text.len) return GM_NOMEM;
    *(struct edge *)slot = (struct edge){.text = text, .line = (uint32_t)index, .page = line->page};
    return GM_OK;
}

static enum gm_status collect_edges(struct reader *r) {
    const struct gm__pdf_line *lines = r->lines.data;
    size_t count = r->lines.count;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && lines[to].page == lines[from].page; to++) continue;
        for (size_t i = from; i < to; i++) {
            bool top = i < from + EDGE, bottom = i + EDGE >= to;
            enum gm_status s = (top || bottom) && lines[i].text.len <= LONGEST ? add_edge(r, i) : GM_OK;
            if (s != GM_OK) return s;
        }
    }
    return GM_OK;
}

static int compare(const void *a, const void *b) {
    const struct edge *x = a, *y = b;
    size_t n = x->text.len < y->text.len ? x->text.len : y->text.len;
    int order = memcmp(x->text.ptr, y->text.ptr, n);
    if (order) return order;
    if (x->text.len != y->text.len) return x->text.len < y->text.len ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* - 1 -, — 1 —, 第1页, 第1页共9页, 1/9, Page 1 of 9: a page number whatever stands on other pages. */
static bool is_page_number(struct gm_str folded) {
    return gm__has_word(
        "-#- —#— –#– ─#─ －#－ ·#· 第#页 第#页共#页 第#页，共#页 第#页/共#页 共#页第#页 #/# Page#of# Page# page#",
        folded.ptr, folded.len);
}

/* Heads and feet are names and dates: what ends like a sentence is text that comes again. */
static bool is_sentence(struct gm_str text) {
    uint32_t last;
    (void)gm__utf8_decode_back(text.ptr, text.ptr + text.len, &last);
    return last == 0x3002 || last == 0xFF0C || last == 0xFF1A || last == 0xFF1B || last == 0xFF01 || last == 0xFF1F;
}

/* Mark the lines that look like heads, feet and page numbers. */
static void mark_edges(struct reader *r) {
    struct edge *e = r->edges.data;
    struct gm__pdf_line *lines = r->lines.data;
    if (r->edges.count) qsort(e, r->edges.count, sizeof *e, compare);
    for (size_t from = 0, to; from < r->edges.count; from = to) {
        size_t pages = 0;
        uint32_t last = UINT32_MAX;
        for (to = from; to < r->edges.count && gm__str_eq(e[to].text, e[from].text); to++) {
            pages += e[to].page != last;
            last = e[to].page;
        }
        bool common = pages >= 3 ? pages * 3 >= r->pages : pages == 2 && r->pages <= 3;
        common = common && !is_sentence(e[from].text);
        bool lone = gm__str_eqz(e[from].text, "#") && pages * 2 >= r->pages;
        for (size_t i = from; i < to; i++)
            if (common || lone || is_page_number(e[i].text)) lines[e[i].line].edge = true;
    }
}

/* Empty the marked lines from the edges of each page inwards, up to the first that is not marked. */
static void drop_edges(struct reader *r) {
    struct gm__pdf_line *lines = r->lines.data;
    for (size_t from = 0, to; from < r->lines.count; from = to) {
        for (to = from; to < r->lines.count && lines[to].page == lines[from].page; to++) continue;
        for (size_t i = from; i < to && lines[i].edge; i++) lines[i].text.len = 0;
        for (size_t i = to; i > from && lines[i - 1].edge; i--) lines[i - 1].text.len = 0;
    }
}

/* ---------------------------------------------------------------- reading */

static enum gm_status write_line(struct gm__source *out, const struct gm__pdf_line *line, uint32_t margin,
                                 size_t *start, uint8_t *heading) {
    struct gm__buf *b = &out->buffer;
    for (uint32_t n = margin; n < line->indent; n++) (void)gm__buf_add(b, " ", 1);
    (void)gm__buf_add(b, line->text.ptr, line->text.len);
    if (line->heading) *heading = line->heading;
    if (line->joined) return b->status;
    if (*heading) {
        void *slot;
        enum gm_status s = gm__vec_push(&out->blocks, &slot);
        if (s != GM_OK) return s;
        *(struct gm__block *)slot =
            (struct gm__block){.start = (uint32_t)*start, .len = (uint32_t)(b->len - *start), .heading = *heading};
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
    if (s == GM_OK) s = collect_edges(r);
    if (s != GM_OK) return s;
    mark_edges(r);
    drop_edges(r);
    s = gm__pdf_columns(&r->lines);
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
    gm__vec_init(&r.edges, o->allocator, sizeof(struct edge), UINT32_MAX);
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
    gm__vec_release(&r.edges);
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
