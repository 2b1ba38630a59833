/*
 * pdf_outline.c - a PDF's bookmarks as evidence of headings.
 *
 * pdftohtml (poppler-utils, as pdftotext) prints them behind its pages as nested <outline> elements. A bookmark marks
 * the lines on its page that spell it, blanks aside, with the number that may be missing in it in front. Bookmarks
 * that no line spells say nothing.
 */
#include "input/pdf.h"

#include <unistd.h>

#define SECONDS 20
#define MOST    10000             /* bookmarks looked at */
#define STEPS   ((size_t)1 << 24) /* lines compared */
#define LINES   3                 /* of one heading */
#define LABEL   36                /* bytes of a number that the bookmark lacks */
#define DEEPEST 9u                /* as headings go */

struct bookmark {
    struct gm_str title; /* without white space */
    uint32_t page;       /* from 0 */
    uint8_t depth;       /* from 1 */
};

/* ------------------------------------------------------------- bookmarks */

static bool skip(struct gm_str *s, const char *what) {
    size_t n = strlen(what);
    if (s->len < n || !gm__str_eqz(gm__str(s->ptr, n), what)) return false;
    *s = gm__str(s->ptr + n, s->len - n);
    return true;
}

/* The text up to the next tag: entities resolved, white space and U+FEFF left out. */
static enum gm_status take_title(struct gm_str *s, struct gm__arena *arena, struct gm_str *title) {
    static const struct {
        const char *name;
        char sign;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    const char *stop = memchr(s->ptr, '<', s->len);
    struct gm_str rest = gm__str(s->ptr, stop ? (size_t)(stop - s->ptr) : s->len);
    char *out = gm__arena_alloc(arena, rest.len + 1);
    size_t n = 0;
    if (!out) return GM_NOMEM;
    *s = gm__str(rest.ptr + rest.len, s->len - rest.len);
    while (rest.len) {
        size_t i = 0;
        while (i < GM__COUNT(entities) && !skip(&rest, entities[i].name)) i++;
        if (i < GM__COUNT(entities)) {
            out[n++] = entities[i].sign;
            continue;
        }
        uint32_t cp;
        size_t len = gm__utf8_decode(rest.ptr, rest.ptr + rest.len, &cp);
        if (!gm__is_space(cp)) {
            memcpy(out + n, rest.ptr, len);
            n += len;
        }
        rest = gm__str(rest.ptr + len, rest.len - len);
    }
    *title = gm__str(out, n);
    return GM_OK;
}

/* "12">…: the page and the title of an item. */
static enum gm_status take_item(struct gm_str *s, struct gm__arena *arena, struct bookmark *b) {
    uint32_t page = 0;
    while (s->len && *s->ptr >= '0' && *s->ptr <= '9' && page < 100000000) {
        page = page * 10 + (uint32_t)(*s->ptr - '0');
        *s = gm__str(s->ptr + 1, s->len - 1);
    }
    (void)skip(s, "\">");
    b->page = page ? page - 1 : 0;
    return take_title(s, arena, &b->title);
}

static enum gm_status parse(struct gm_str xml, struct gm__arena *arena, struct gm__vec *marks) {
    size_t depth = 0;
    for (const char *tag; xml.len && (tag = memchr(xml.ptr, '<', xml.len)) != NULL;) {
        xml = gm__str(tag + 1, xml.len - (size_t)(tag + 1 - xml.ptr));
        if (skip(&xml, "outline>")) {
            depth++;
        } else if (depth && skip(&xml, "/outline>")) {
            if (--depth == 0) return GM_OK;
        } else if (depth && skip(&xml, "item page=\"") && marks->count < MOST) {
            struct bookmark b = {.depth = (uint8_t)(depth < DEEPEST ? depth : DEEPEST)};
            void *slot;
            enum gm_status s = take_item(&xml, arena, &b);
            if (s == GM_OK) s = gm__vec_push(marks, &slot);
            if (s != GM_OK) return s;
            *(struct bookmark *)slot = b;
        }
    }
    return GM_OK;
}

/* One bookmark above all others names the document: those below it are the first level. */
static void drop_root(struct gm__vec *marks) {
    struct bookmark *b = marks->data;
    if (marks->count < 2 || b[0].depth != 1) return;
    for (size_t i = 1; i < marks->count; i++)
        if (b[i].depth == 1) return;
    b[0].title.len = 0;
    for (size_t i = 1; i < marks->count; i++) b[i].depth--;
}

/* ------------------------------------------------------------------ lines */

/* How much of `title` the text spells from its beginning, blanks aside; SIZE_MAX when it says something else. */
static size_t spell(struct gm_str title, const char *p, const char *end) {
    size_t at = 0;
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (!gm__is_space(cp)) {
            if (at + n > title.len || memcmp(title.ptr + at, p, n) != 0) return SIZE_MAX;
            at += n;
        }
        p += n;
    }
    return at;
}

/* The number of lines from `at` on that spell the title, its number in front or not; 0 when they do not. */
static size_t spelt_by(const struct gm__pdf_line *lines, size_t count, size_t at, struct gm_str title) {
    const char *begin = lines[at].text.ptr, *end = begin + lines[at].text.len;
    for (const char *p = begin; p < end && p - begin <= LABEL;) {
        size_t spelt = *p == title.ptr[0] ? spell(title, p, end) : SIZE_MAX;
        for (size_t n = 1; spelt != SIZE_MAX; n++) {
            if (spelt == title.len) return n;
            if (n == LINES || at + n == count || !lines[at + n].text.len) break;
            struct gm_str next = lines[at + n].text;
            size_t more = spell(gm__str(title.ptr + spelt, title.len - spelt), next.ptr, next.ptr + next.len);
            spelt = more == SIZE_MAX ? SIZE_MAX : spelt + more;
        }
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
    }
    return 0;
}

static size_t first_on(const struct gm__pdf_line *lines, size_t count, uint32_t page) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lines[middle].page < page)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Bookmarks come in the order of the text; one may lead to the foot of the page before its heading. */
static void mark_lines(const struct gm__vec *marks, struct gm__pdf_line *lines, size_t count) {
    const struct bookmark *b = marks->data;
    size_t next = 0, steps = 0;
    for (size_t i = 0; i < marks->count; i++) {
        if (b[i].title.len < 2) continue;
        size_t at = first_on(lines, count, b[i].page);
        for (at = at > next ? at : next; at < count && lines[at].page <= b[i].page + 1; at++) {
            if (steps++ == STEPS) return;
            size_t n = lines[at].text.len ? spelt_by(lines, count, at, b[i].title) : 0;
            if (n == 0) continue;
            lines[at].heading = b[i].depth;
            for (size_t k = 0; k + 1 < n; k++) lines[at + k].joined = true;
            next = at + n;
            break;
        }
    }
}

enum gm_status gm__pdf_outline(const struct gm__input *in, int fd, struct gm__arena *arena, struct gm__pdf_line *lines,
                               size_t count) {
    static const char *const words[] = {"pdftohtml", "-xml", "-i", "-q",         "-stdout", "-f",
                                        "1",         "-l",   "1",  "/dev/stdin", NULL};
    char *argv[GM__COUNT(words)];
    for (size_t i = 0; i < GM__COUNT(words); i++) argv[i] = (char *)(uintptr_t)words[i];
    struct gm__buf xml;
    struct gm__vec marks;
    gm__buf_init(&xml, in->options->allocator, in->options->limits.text_bytes);
    gm__vec_init(&marks, in->options->allocator, sizeof(struct bookmark), MOST);
    struct gm__run run = {.argv = argv, .input = fd, .output = &xml, .seconds = SECONDS};
    enum gm_status s = GM_OK;
    if (lseek(fd, 0, SEEK_SET) == 0 && gm__run(&run) == GM__RUN_EXITED && run.exit_status == 0 && xml.len)
        s = parse(gm__str(xml.data, xml.len), arena, &marks);
    drop_root(&marks);
    if (s == GM_OK) mark_lines(&marks, lines, count);
    gm__vec_release(&marks);
    gm__buf_release(&xml);
    return s;
}
