/*
 * read_pdf.c - PDF by way of pdftotext (poppler-utils), when it is installed.
 *
 * The text comes page by page in its layout. Running heads, feet and page numbers are taken out and the pages put
 * together; what remains is plain text with hard-wrapped lines, which the parser joins.
 */
#include "input/para.h"
#include "input/spawn.h"

#include <stdlib.h>
#include <unistd.h>

#define SECONDS 60
#define EDGE    3   /* lines at the top and at the bottom of a page that may be heads and feet */
#define LONGEST 120 /* bytes of a head or foot */

struct line {
    struct gm_str text; /* without white space at the ends */
    uint32_t indent;    /* columns of white space in front */
    uint32_t page;
    bool edge; /* looks like a head, a foot or a page number */
};
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
    *(struct line *)slot = (struct line){.text = text, .indent = indent, .page = r->pages};
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
    struct line *line = (struct line *)r->lines.data + index;
    void *slot;
    enum gm_status s = gm__vec_push(&r->edges, &slot);
    if (s != GM_OK) return s;
    struct gm_str text = fold(r, line->text);
    if (!text.len) return GM_NOMEM;
    *(struct edge *)slot = (struct edge){.text = text, .line = (uint32_t)index, .page = line->page};
    return GM_OK;
}

static enum gm_status collect_edges(struct reader *r) {
    const struct line *lines = r->lines.data;
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

/* Mark the lines that look like heads, feet and page numbers. */
static void mark_edges(struct reader *r) {
    struct edge *e = r->edges.data;
    struct line *lines = r->lines.data;
    if (r->edges.count) qsort(e, r->edges.count, sizeof *e, compare);
    for (size_t from = 0, to; from < r->edges.count; from = to) {
        size_t pages = 0;
        uint32_t last = UINT32_MAX;
        for (to = from; to < r->edges.count && gm__str_eq(e[to].text, e[from].text); to++) {
            pages += e[to].page != last;
            last = e[to].page;
        }
        bool common = pages >= 3 ? pages * 3 >= r->pages : pages == 2 && r->pages <= 3;
        bool lone = gm__str_eqz(e[from].text, "#") && pages * 2 >= r->pages;
        for (size_t i = from; i < to; i++)
            if (common || lone || is_page_number(e[i].text)) lines[e[i].line].edge = true;
    }
}

/* Empty the marked lines from the edges of each page inwards, up to the first that is not marked. */
static void drop_edges(struct reader *r) {
    struct line *lines = r->lines.data;
    for (size_t from = 0, to; from < r->lines.count; from = to) {
        for (to = from; to < r->lines.count && lines[to].page == lines[from].page; to++) continue;
        for (size_t i = from; i < to && lines[i].edge; i++) lines[i].text.len = 0;
        for (size_t i = to; i > from && lines[i - 1].edge; i--) lines[i - 1].text.len = 0;
    }
}

/* ---------------------------------------------------------------- reading */

static enum gm_status write_lines(struct reader *r) {
    const struct line *lines = r->lines.data;
    uint32_t margin = UINT32_MAX;
    for (size_t i = 0; i < r->lines.count; i++)
        if (lines[i].text.len && lines[i].indent < margin) margin = lines[i].indent;
    struct gm__buf *b = &r->out->buffer;
    for (size_t i = 0; i < r->lines.count; i++) {
        if (!lines[i].text.len) continue;
        for (uint32_t n = margin; n < lines[i].indent; n++) (void)gm__buf_add(b, " ", 1);
        (void)gm__buf_add(b, lines[i].text.ptr, lines[i].text.len);
        (void)gm__buf_add(b, "\n", 1);
    }
    r->out->text = b->len ? b->data : "";
    r->out->text_len = b->len;
    return b->status;
}

static enum gm_status convert(const struct gm__input *in, struct gm__buf *text) {
    static const char *const words[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
    char *argv[GM__COUNT(words)];
    for (size_t i = 0; i < GM__COUNT(words); i++) argv[i] = (char *)(uintptr_t)words[i];
    int fd = gm__spool(in->bytes, in->len);
    if (fd < 0) return gm__fail(in->error, GM_INPUT, "no-temporary-file", "no temporary file can be made");
    struct gm__run run = {.argv = argv, .input = fd, .output = text, .seconds = SECONDS};
    enum gm__run_end end = gm__run(&run);
    (void)close(fd);
    if (end == GM__RUN_MISSING)
        return gm__fail(in->error, GM_INPUT, "needs-pdftotext",
                        "reading a PDF needs the program pdftotext (poppler-utils), which is not installed");
    if (end == GM__RUN_LATE)
        return gm__fail(in->error, GM_LIMIT, "too-slow", "pdftotext took longer than %d seconds", SECONDS);
    if (end == GM__RUN_FLOOD) return gm__fail_status(in->error, GM_LIMIT);
    if (end == GM__RUN_FAILED) return gm__fail(in->error, GM_INPUT, "pdftotext-failed", "pdftotext could not be run");
    if (run.exit_status == 0) return GM_OK;
    return gm__fail(in->error, GM_INPUT, "bad-pdf",
                    run.exit_status == 3 ? "the PDF does not permit its text to be copied"
                                         : "the PDF is damaged or needs a password");
}

static enum gm_status tidy(struct reader *r, struct gm_str text) {
    enum gm_status s = split_lines(r, text);
    if (s == GM_OK) s = collect_edges(r);
    if (s != GM_OK) return s;
    mark_edges(r);
    drop_edges(r);
    return write_lines(r);
}

static enum gm_status read_document(const struct gm__input *in, struct gm__source *out) {
    const struct gm_options *o = in->options;
    struct gm__buf text;
    struct reader r = {.out = out};
    gm__buf_init(&text, o->allocator, o->limits.text_bytes);
    gm__arena_init(&r.arena, o->allocator);
    gm__vec_init(&r.lines, o->allocator, sizeof(struct line), UINT32_MAX);
    gm__vec_init(&r.edges, o->allocator, sizeof(struct edge), UINT32_MAX);
    enum gm_status s = convert(in, &text);
    if (s == GM_OK) {
        s = tidy(&r, gm__str(text.data, text.len));
        if (s != GM_OK)
            s = gm__fail_status(in->error, s);
        else if (!out->text_len)
            s = gm__fail(in->error, GM_INPUT, "no-text", "the PDF holds no text, only pictures of pages perhaps");
    }
    gm__vec_release(&r.lines);
    gm__vec_release(&r.edges);
    gm__arena_release(&r.arena);
    gm__buf_release(&text);
    return s;
}

static int bid(const unsigned char *head, size_t len, const char *name) {
    (void)name;
    const unsigned char *p = head, *end = head + (len < 1024 + 4 ? len : 1024 + 4);
    for (; end - p >= 5 && (p = memchr(p, '%', (size_t)(end - p) - 4)) != NULL; p++)
        if (memcmp(p, "%PDF-", 5) == 0) return p == head ? 100 : 60;
    return 0;
}

const struct gm__reader gm__read_pdf = {
    .info = {.name = "pdf", .extensions = "pdf", .summary = "PDF with text, through pdftotext where it is installed"},
    .bid = bid,
    .read = read_document,
};
