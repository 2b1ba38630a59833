/*
 * read_mht.c - web archives (RFC 2557), as browsers save a page in one file (.mht, .mhtml) and as programs put pages
 * into Word documents: the first part that is a page is read; pictures and frames are left out.
 */
#include "input/para.h"

extern const struct gm__reader gm__read_html;

#define HEADERS  8192 /* bytes of headers that are looked at */
#define MAX_WORD 80

/* ---------------------------------------------------------------- headers */

/* The next line without its end; false at the end of the text. */
static bool next_line(const char **p, const char *end, struct gm_str *line) {
    if (*p >= end) return false;
    const char *stop = memchr(*p, '\n', (size_t)(end - *p));
    size_t len = stop ? (size_t)(stop - *p) : (size_t)(end - *p);
    *line = gm__str(*p, len && (*p)[len - 1] == '\r' ? len - 1 : len);
    *p = stop ? stop + 1 : end;
    return true;
}

static bool starts(struct gm_str s, const char *word) {
    size_t n = strlen(word);
    return s.len >= n && gm__has_word(word, s.ptr, n);
}

/* What stands behind `key` in the headers, in quotes or up to a blank or semicolon; "" when it is not there. */
static struct gm_str value_of(struct gm_str headers, const char *key) {
    size_t n = strlen(key);
    for (size_t i = 0; i + n < headers.len; i++) {
        if (!gm__has_word(key, headers.ptr + i, n)) continue;
        size_t at = i + n;
        while (at < headers.len && headers.ptr[at] == ' ') at++;
        char quote = at < headers.len && headers.ptr[at] == '"' ? '"' : 0;
        size_t from = at += quote != 0;
        while (at < headers.len && headers.ptr[at] != '\n' && headers.ptr[at] != '\r' &&
               (quote ? headers.ptr[at] != quote : headers.ptr[at] != ' ' && headers.ptr[at] != ';'))
            at++;
        return gm__str(headers.ptr + from, at - from);
    }
    return gm__str("", 0);
}

/* The headers at *p; afterwards *p is behind the empty line that ends them. */
static struct gm_str take_headers(const char **p, const char *end) {
    const char *from = *p, *last;
    struct gm_str line;
    while (last = *p, next_line(p, end, &line) && line.len) continue;
    size_t len = (size_t)(last - from);
    return gm__str(from, len < HEADERS ? len : HEADERS);
}

/* ------------------------------------------------------------------ parts */

struct part {
    struct gm_str headers, body;
};

/* The first part that is a page, behind the archive's own headers. */
static bool find_page(const struct gm__input *in, struct part *page) {
    const char *p = in->bytes, *end = p + in->len;
    struct gm_str boundary = value_of(take_headers(&p, end), "boundary="), line;
    const char *at = p;
    if (!boundary.len || boundary.len > MAX_WORD) return false;
    bool open = false;
    while (next_line(&p, end, &line)) {
        bool marks = line.len >= boundary.len + 2 && memcmp(line.ptr, "--", 2) == 0 &&
                     memcmp(line.ptr + 2, boundary.ptr, boundary.len) == 0;
        if (!marks) continue;
        if (open) {
            page->body = gm__str(at, (size_t)(line.ptr - at));
            return true;
        }
        page->headers = take_headers(&p, end);
        open = starts(value_of(page->headers, "content-type:"), "text/html");
        at = p;
    }
    page->body = gm__str(at, (size_t)(end - at));
    return open;
}

/* --------------------------------------------------------------- decoding */

static int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* =E4=B8=80, and = at the end of a line that goes on. */
static enum gm_status from_quoted(struct gm_str s, struct gm__buf *out) {
    const char *p = s.ptr, *end = p + s.len;
    enum gm_status status = GM_OK;
    while (p < end && status == GM_OK) {
        const char *mark = memchr(p, '=', (size_t)(end - p));
        status = gm__buf_add(out, p, (size_t)((mark ? mark : end) - p));
        if (!mark || status != GM_OK) break;
        size_t left = (size_t)(end - mark);
        int high = left > 2 ? hex(mark[1]) : -1, low = left > 2 ? hex(mark[2]) : -1;
        char c = high >= 0 && low >= 0 ? (char)(high * 16 + low) : '=';
        bool soft = left > 1 && (mark[1] == '\n' || (left > 2 && mark[1] == '\r' && mark[2] == '\n'));
        if (!soft) status = gm__buf_add(out, &c, 1);
        p = mark + (soft ? (mark[1] == '\n' ? 2 : 3) : high >= 0 && low >= 0 ? 3 : 1);
    }
    return status;
}

static enum gm_status from_base64(struct gm_str s, struct gm__buf *out) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0, count = 0;
    enum gm_status status = GM_OK;
    for (size_t i = 0; i < s.len && status == GM_OK && s.ptr[i] != '='; i++) {
        const char *digit = s.ptr[i] ? strchr(digits, s.ptr[i]) : NULL;
        if (!digit) continue;
        bits = (bits << 6 | (unsigned)(digit - digits)) & 0xFFFF;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        char c = (char)(unsigned char)(bits >> count & 0xFF);
        status = gm__buf_add(out, &c, 1);
    }
    return status;
}

/* The page as bytes of HTML, the encoding that the headers tell in front. */
static enum gm_status decode(const struct part *page, struct gm__buf *out) {
    struct gm_str how = value_of(page->headers, "content-transfer-encoding:");
    struct gm_str charset = value_of(page->headers, "charset=");
    enum gm_status s = GM_OK;
    if (charset.len && charset.len < MAX_WORD && !memchr(charset.ptr, '>', charset.len))
        s = gm__buf_printf(out, "<meta charset=\"%.*s\">", (int)charset.len, charset.ptr);
    if (s != GM_OK) return s;
    if (starts(how, "quoted-printable")) return from_quoted(page->body, out);
    return starts(how, "base64") ? from_base64(page->body, out) : gm__buf_add(out, page->body.ptr, page->body.len);
}

/* ----------------------------------------------------------------- reader */

static enum gm_status read_archive(const struct gm__input *in, struct gm__source *out) {
    struct part page;
    struct gm__buf html;
    if (!find_page(in, &page))
        return gm__fail(in->error, GM_INPUT, "bad-archive",
                        "the web archive holds no page; save the page again, as HTML");
    gm__buf_init(&html, in->options->allocator, in->options->limits.input_bytes);
    enum gm_status s = decode(&page, &html);
    if (s == GM_OK) {
        struct gm__input inner = *in;
        inner.bytes = html.data ? html.data : "";
        inner.len = html.len;
        s = gm__read_html.read(&inner, out);
    } else {
        s = gm__fail_status(in->error, s);
    }
    gm__buf_release(&html);
    return s;
}

/* Headers of mail that say what is inside. */
static int bid(const unsigned char *head, size_t len, const char *name) {
    (void)name;
    const char *p = (const char *)head;
    size_t n = 0;
    while (n < len && n < MAX_WORD && ((p[n] >= 'A' && p[n] <= 'Z') || (p[n] >= 'a' && p[n] <= 'z') || p[n] == '-'))
        n++;
    if (n == 0 || n == len || p[n] != ':') return 0; /* the common case, at once */
    struct gm_str headers = take_headers(&p, p + len);
    bool mail = value_of(headers, "mime-version:").len > 0;
    return mail && starts(value_of(headers, "content-type:"), "multipart/related") ? 95 : 0;
}

const struct gm__reader gm__read_mht = {
    .info = {.name = "mht", .extensions = "mht mhtml", .summary = N_("web archives: a page saved in one file")},
    .bid = bid,
    .read = read_archive,
};
