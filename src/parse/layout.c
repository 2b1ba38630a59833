/* layout.c - the shape of the text: hard-wrapped or not, line breaks or none, lines that are no text. */
#include "parse/lex.h"

#define SAMPLE             ((size_t)256 * 1024)
#define MAX_COLUMNS        200
#define IDEOGRAPHIC_INDENT "\xE3\x80\x80\xE3\x80\x80" /* 　　 */

static uint32_t columns(const char *p, const char *end) {
    uint32_t n = 0;
    for (; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        n += c < 0x80 ? 1 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    }
    return n;
}

static bool is_sentence_end(uint32_t cp) {
    return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0xFF1B || cp == 0xFF1A || cp == '!' || cp == '?' ||
           cp == ';' || cp == ':' || cp == 0x201D || cp == 0x300D || cp == 0xFF09 || cp == ')' || cp == '.' ||
           cp == 0xFF61;
}

static uint32_t last_of(const char *begin, const char *end) {
    uint32_t cp;
    return gm__utf8_decode_back(begin, end, &cp) ? cp : 0;
}

/* Cells parted by tabs, or a frame of box-drawing characters. */
bool gm__is_table_row(struct gm_str body) {
    const char *tab = memchr(body.ptr, '\t', body.len);
    if (tab && memchr(tab + 1, '\t', body.len - (size_t)(tab + 1 - body.ptr))) return true;
    return body.len >= 3 && (unsigned char)body.ptr[0] == 0xE2 &&
           ((unsigned char)body.ptr[1] == 0x94 || (unsigned char)body.ptr[1] == 0x95);
}

struct shape {
    uint32_t lines, open[MAX_COLUMNS + 1], all[MAX_COLUMNS + 1];
    uint32_t open_count, breaks; /* breaks: 　　 right behind a sentence end, inside a line */
};

static void measure_line(struct shape *s, struct gm_str line) {
    struct gm_str body = gm__str_trim(line);
    if (!body.len || gm__is_table_row(body)) return;
    uint32_t n = columns(body.ptr, body.ptr + body.len);
    if (n > MAX_COLUMNS) n = MAX_COLUMNS;
    s->lines++;
    s->all[n]++;
    if (!is_sentence_end(last_of(body.ptr, body.ptr + body.len))) {
        s->open[n]++;
        s->open_count++;
    }
    const char *at = body.ptr, *end = body.ptr + body.len;
    while (end - at >= 6 && (at = memchr(at, 0xE3, (size_t)(end - at - 5))) != NULL) {
        if (memcmp(at, IDEOGRAPHIC_INDENT, 6) == 0) {
            s->breaks += is_sentence_end(last_of(body.ptr, at));
            at += 6;
        } else {
            at++;
        }
    }
}

/* The wrapped width: the length that nearly no line passes and that most open lines come near. */
static uint32_t wrap_width(const struct shape *s) {
    if (s->lines < 6) return 0;
    uint32_t width = MAX_COLUMNS, passed = 0, allowed = s->lines / 40;
    while (width > 0 && passed + s->all[width] <= allowed) passed += s->all[width--];
    if (width < 24 || width > 140) return 0;
    uint32_t near = 0;
    for (uint32_t n = width * 7 / 10; n <= MAX_COLUMNS; n++) near += s->open[n];
    return near >= 3 && near * 5 >= s->lines && near * 10 >= s->open_count * 6 ? width : 0;
}

void gm__layout(struct gm__parser *p) {
    struct shape s = {0};
    const char *at = p->text, *end = p->text + (p->len < SAMPLE ? p->len : SAMPLE);
    while (at < end) {
        const char *stop = at;
        while (stop < end && *stop != '\n' && *stop != '\r') stop++;
        measure_line(&s, gm__str(at, (size_t)(stop - at)));
        at = stop + 1;
    }
    p->flat = s.breaks >= 2 && s.breaks * 2 >= s.lines;
    p->doc->flat = p->flat;
    p->wrap = p->flat || p->source->blocks.count ? 0 : wrap_width(&s);
}

static size_t indent_of(const char *p, const char *end) {
    size_t n = 0;
    for (uint32_t cp; p < end; n += cp >= 0x3000 ? 2 : 1) {
        size_t len = gm__utf8_decode(p, end, &cp);
        if (cp == '\n' || cp == '\r' || !gm__is_space(cp)) break;
        p += len;
    }
    return n;
}

bool gm__line_goes_on(const struct gm__parser *p, size_t previous, size_t end, size_t line) {
    struct gm_str body = gm__str_trim(gm__str(p->text + previous, end - previous));
    if (!p->wrap || !body.len) return false;
    if (columns(body.ptr, body.ptr + body.len) < p->wrap * 7 / 10) return false;
    if (is_sentence_end(last_of(body.ptr, body.ptr + body.len))) return false;
    const char *text_end = p->text + p->len;
    return indent_of(p->text + line, text_end) <= indent_of(p->text + previous, text_end);
}

/* ------------------------------------------------------------ odd lines */

static bool is_dash(uint32_t cp) {
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2500 || cp == 0xFF0D || cp == 0x30FC;
}

bool gm__is_page_number(struct gm_str line) {
    const char *p = line.ptr, *end = p + line.len;
    size_t digits = 0, dashes = 0;
    if (line.len == 0 || line.len > 40) return false;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        uint32_t folded = gm__fold(cp);
        if (folded >= '0' && folded <= '9')
            digits++;
        else if (is_dash(cp))
            dashes++;
        else if (!gm__is_space(cp))
            return false;
    }
    return digits > 0 && digits <= 5 && dashes >= 2;
}

bool gm__is_toc_line(struct gm_str line, size_t *body) {
    const char *end = line.ptr + line.len, *p = end;
    uint32_t cp;
    size_t n, digits = 0, leaders = 0, blanks = 0;
    for (; (n = gm__utf8_decode_back(line.ptr, p, &cp)) && (cp = gm__fold(cp)) >= '0' && cp <= '9'; p -= n) digits++;
    if (digits == 0 || digits > 4) return false;
    for (; (n = gm__utf8_decode_back(line.ptr, p, &cp)); p -= n) {
        if (cp == '.' || cp == 0xFF0E || cp == 0xB7 || cp == 0x2026 || cp == 0x22EF || cp == 0x2025 || cp == 0x2024 ||
            cp == 0x30FB || cp == '_')
            leaders += cp == 0x2026 || cp == 0x22EF ? 3 : 1;
        else if (gm__is_space(cp) || cp == '(' || cp == 0xFF08)
            blanks += cp == '\t' ? 4 : cp == 0x3000 ? 3 : 1;
        else
            break;
    }
    *body = (size_t)(p - line.ptr);
    return *body > 0 && (leaders >= 3 || (blanks >= 4 && leaders == 0));
}
