/* layout.c - the shape of the text: hard-wrapped or not, line breaks or none, lines that are no text. */
#include "parse/layout.h"

#include "base/span.h"

#define SAMPLE      ((size_t)256 * 1024)
#define MAX_COLUMNS 200
#define PAGE_WIDTH  60u  /* columns; where no line is longer and some are full, a machine filled them */
#define NARROW      36u  /* columns; hardly anybody wraps at less */
#define COLUMN      40u  /* columns; what a page in two columns has in one */
#define WIDEST      140u /* nor at more */
#define ODD_LINES   40u  /* one line in so many may be wider than the others */
#define MAX_HANGING 8    /* columns: lines below a marker may be indented to the text behind it */

/* Code points, wide ones twice. Eight bytes at a time: a bit in each byte says whether it counts. */
static uint32_t columns(const char *p, const char *end) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint32_t n = 0;
    for (; end - p >= 8; p += 8) {
        uint64_t v;
        memcpy(&v, p, sizeof v);
        uint64_t begins = (~v >> 7 | v >> 6) & ones, wide = v >> 7 & v >> 6 & v >> 5 & ones;
        n += (uint32_t)((begins + wide) * ones >> 56);
    }
    for (; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        n += c < 0x80 ? 1 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    }
    return n;
}

bool gm__ends_sentence(uint32_t cp) {
    return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0xFF1B || cp == 0xFF1A || cp == '!' || cp == '?' ||
           cp == ';' || cp == ':' || cp == 0x201D || cp == 0x300D || cp == 0xFF09 || cp == ')' || cp == '.' ||
           cp == 0xFF61;
}

/* A bracket or a quotation may end inside a sentence. */
bool gm__is_closing(uint32_t cp) { return cp == 0x201D || cp == 0x300D || cp == 0xFF09 || cp == ')'; }

static uint32_t last_of(const char *begin, const char *end) {
    uint32_t cp;
    return gm__utf8_decode_back(begin, end, &cp) ? cp : 0;
}

/* Cells parted by tabs, or a frame of box-drawing characters. */
bool gm__is_table_row(struct gm_str body) {
    const char *end = body.ptr + body.len, *tab = body.len ? memchr(body.ptr, '\t', body.len) : NULL;
    bool number = tab != NULL; /* of the row: an empty cell may follow; else tabs in a row part two texts */
    for (const char *at = body.ptr; number && at < tab; at++) number = *at >= '0' && *at <= '9';
    for (; tab && !number && tab + 1 < end && (tab[1] == '\t' || tab[1] == ' ');) tab++;
    if (tab && memchr(tab + 1, '\t', (size_t)(end - tab) - 1)) return true;
    return body.len >= 3 && (unsigned char)body.ptr[0] == 0xE2 &&
           ((unsigned char)body.ptr[1] == 0x94 || (unsigned char)body.ptr[1] == 0x95);
}

struct shape {
    /* By columns: lines; those that end inside a sentence; those of them above a line that no marker can open. */
    uint32_t all[MAX_COLUMNS + 1], open[MAX_COLUMNS + 1], on[MAX_COLUMNS + 1];
    uint32_t lines, open_count, on_count;
    uint32_t wide;        /* lines wider than WIDEST */
    uint32_t stops, dots; /* lines that end in 。, and in a Han character and a dot */
    uint32_t breaks;      /* 　　 right behind a sentence end, inside a line */
    uint32_t unclosed;    /* columns of the line above when it ends inside a sentence, else 0 */
};

/* 　　 parts the paragraphs. */
static bool is_flat(const struct shape *s) { return s->breaks >= 2 && s->breaks * 2 >= s->lines; }

/* An entry of the contents may be wider than the text. */
static bool is_entry(struct gm_str body) {
    size_t len;
    char last = body.ptr[body.len - 1];
    return last >= '0' && last <= '9' && gm__is_toc_line(body, &len);
}

/* A line of the text from its first to its last code point; n: its columns. */
GM__INLINE void count_line(struct shape *s, const struct gm__parser *p, struct gm_str body, uint32_t first,
                           uint32_t last, uint32_t n) {
    if (s->unclosed && !gm__gate_has(&p->grammar->start_gate, first)) {
        s->on[s->unclosed]++;
        s->on_count++;
    }
    s->unclosed = 0;
    if (n > MAX_COLUMNS) n = MAX_COLUMNS;
    s->lines++;
    s->wide += n > WIDEST;
    s->all[n]++;
    s->stops += last == 0x3002;
    s->dots += last == '.' && gm__is_han(last_of(body.ptr, body.ptr + body.len - 1));
    if (!gm__ends_sentence(last)) {
        s->open[n]++;
        s->open_count++;
        s->unclosed = n;
    }
}

static void measure_line(struct shape *s, const struct gm__parser *p, struct gm_str line) {
    struct gm_str body = gm__str_trim(line);
    size_t len;
    if (!body.len || gm__is_table_row(body) || gm__is_page_line(p, body) || is_entry(body)) return;
    /* no code point takes more than two bytes a column; the indent counts, it is the right margin that is common */
    uint32_t n = body.len >= (size_t)2 * MAX_COLUMNS ? MAX_COLUMNS : columns(line.ptr, body.ptr + body.len);
    uint32_t first = gm__cp_at(p, (size_t)(body.ptr - p->text), &len);
    count_line(s, p, body, first, last_of(body.ptr, body.ptr + body.len), n);
}

/* 　　 right behind a sentence end, not at the line's start. */
static uint32_t breaks_in(struct gm_str line, const struct gm__span *span) {
    uint32_t count = 0;
    for (size_t at = 0; (at += span->gap(line.ptr + at, line.len - at)) < line.len; at += 3)
        count += at > 0 && gm__ends_sentence(last_of(line.ptr, line.ptr + at));
    return count;
}

/* Past the blanks of an indent; *columns grows by what they take. */
GM__INLINE const char *skip_indent(const char *at, const char *end, uint32_t *columns) {
    for (; end - at >= 6; at++, ++*columns) {
        if (*at == ' ') continue;
        if ((unsigned char)*at != 0xE3 || memcmp(at, "\xE3\x80\x80", 3) != 0) break;
        at += 2, ++*columns;
    }
    return at;
}

GM__INLINE bool is_ideograph(uint32_t cp) { return cp >= 0x3400 && cp <= 0x9FFF; }

/* 1.…, 12.…: no page's number has a dot there. */
static bool opens_item(const char *at) {
    size_t digits = at[1] >= '0' && at[1] <= '9' ? 2 : 1;
    return at[0] >= '0' && at[0] <= '9' && at[digits] == '.';
}

/* Do the six bytes at `at` open a line that is no page's number, no row of a table and not blank? Sets the first code
 * point. 第3页, 共3页, 第共3页: of what may follow in a page's number nothing is Han but these characters and 页. */
GM__INLINE bool is_opened(const char *at, const char *end, uint32_t *first) {
    uint32_t cp;
    (void)gm__utf8_decode(at, end, first);
    if (!is_ideograph(*first))
        return *first == 0xFF08 || *first == 0x201C || (*first >= 0x3008 && *first <= 0x3011) || opens_item(at);
    if (GM__LIKELY(!gm__opens_page_number(*first))) return true;
    (void)gm__utf8_decode(at + 3, end, &cp);
    return is_ideograph(cp) && !gm__opens_page_number(cp) && cp != 0x9875 && cp != 0x9801;
}

/* And can this last character end it as prose, not as an entry of the contents? */
GM__INLINE bool is_ended(uint32_t last) { return !gm__is_space(last) && !(last >= '0' && last <= '9'); }

/* Most lines: measured if by its first and last characters the line is no page's number, no row of a table and no entry
 * of the contents. Sets its length; false: it is for measure_odd. */
static bool measure_prose(struct shape *s, struct gm__page_survey *pages, const char *line, const char *end,
                          const struct gm__span *span, size_t *len) {
    const struct gm__parser *p = pages->p;
    uint32_t indent = 0, first;
    const char *at = skip_indent(line, end, &indent);
    if (end - at < 6 || pages->below || p->pages.heads || !is_opened(at, end, &first)) return false;
    struct gm__stretch x = span->stretch(at, (size_t)(end - at));
    const char *stop = at + x.len;
    if (stop < end && *stop != '\n' && *stop != '\r') return false;
    uint32_t last = last_of(at, stop), n = x.len >= 2 * MAX_COLUMNS ? MAX_COLUMNS : indent + x.columns;
    if (x.len < 3 || !is_ended(last)) return false;
    *len = (size_t)(stop - line);
    if (x.gap) s->breaks += breaks_in(gm__str(line, *len), span);
    count_line(s, p, gm__str(at, x.len), first, last, n);
    gm__page_survey_prose(pages, gm__str(line, *len));
    return true;
}

static void measure_odd(struct shape *s, struct gm__page_survey *pages, struct gm_str line) {
    s->breaks += breaks_in(line, gm__span_best());
    measure_line(s, pages->p, line);
    gm__page_survey_line(pages, line);
}

static void measure(struct shape *s, struct gm__parser *p, size_t len) {
    struct gm__page_survey pages = {.p = p};
    const struct gm__span *span = gm__span_best();
    size_t n;
    for (size_t at = 0; at < len; at += n + 1) {
        if (measure_prose(s, &pages, p->text + at, p->text + len, span, &n)) continue;
        n = span->line(p->text + at, len - at);
        measure_odd(s, &pages, gm__str(p->text + at, n));
    }
    gm__page_survey_end(&pages);
}

/* ------------------------------------------------- texts that nobody wrapped */

#define BATCH 64u /* times 64 bytes */

/* Are so many lines wide that no machine filled them? */
static bool is_wide(const struct shape *s) { return s->wide > s->lines / ODD_LINES; }

/* Is the line wider than WIDEST? Surely if it has two bytes a column; less than one and a half it has in letters only,
 * and the lines of a text that are in Han tell. Where more than enough were wide, none is measured. */
GM__INLINE bool is_wide_line(const struct shape *s, const char *line, const char *end) {
    if (end - line <= (ptrdiff_t)WIDEST * 3 / 2) return false;
    if (end - line > (ptrdiff_t)WIDEST * 2) return true;
    return s->wide <= s->lines / ODD_LINES + 8 && columns(line, end) > WIDEST;
}

/* The line [line, end) without its columns; odd: a tab or a gap stands in it. */
GM__INLINE void skim_line(struct shape *s, struct gm__page_survey *pages, const char *line, const char *end, bool odd) {
    uint32_t indent = 0, first, last = 0;
    const char *at = skip_indent(line, end, &indent);
    if (!odd && end - at >= 6 && !pages->below && is_opened(at, end, &first))
        last = gm__cp_before(pages->p, (size_t)(end - pages->p->text), (size_t)(at - pages->p->text));
    if (!last || (last != 0x3002 && !is_ended(last))) {
        if (line < end) measure_odd(s, pages, gm__str(line, (size_t)(end - line)));
        return;
    }
    s->lines++;
    s->wide += is_wide_line(s, line, end);
    s->stops += last == 0x3002;
    s->dots += last == '.' && gm__is_han(last_of(at, end - 1));
    gm__page_survey_prose(pages, gm__str(line, (size_t)(end - line)));
}

/* The line that has not ended yet. */
struct skim {
    const char *line;
    bool odd;
};

/* What span.h found in 64 bytes: the lines that end there. */
GM__INLINE void skim_block(struct shape *s, struct gm__page_survey *pages, struct skim *k,
                           const struct gm__breaks *found) {
    for (uint64_t bits = found->bits; bits; bits &= bits - 1) {
        const char *mark = found->at + gm__lowest_bit(bits);
        if (*mark == '\n' || *mark == '\r') {
            skim_line(s, pages, k->line, mark, k->odd);
            *k = (struct skim){mark + 1, false};
        } else {
            k->odd |= mark > k->line; /* else the indent's */
        }
    }
}

/* The same as measure, but for columns and what ends inside a sentence, which are not asked for where nothing wraps.
 * whole: they are not whatever comes. False: they are, or pages have heads. */
static bool skim(struct shape *s, struct gm__parser *p, size_t len, bool whole) {
    struct gm__page_survey pages = {.p = p};
    const struct gm__span *span = gm__span_best();
    const char *at = p->text, *end = at + len;
    struct skim k = {at, false};
    struct gm__breaks found[BATCH];
    while ((size_t)(end - at) >= 64 + GM__GAP_ROOM) {
        size_t left = ((size_t)(end - at) - GM__GAP_ROOM) / 64, count = left < BATCH ? left : BATCH;
        size_t blocks = span->breaks(at, count, found);
        for (size_t i = 0; i < blocks; i++) skim_block(s, &pages, &k, &found[i]);
        at += count * 64;
        if (!whole && at >= p->text + SAMPLE / 4 && !is_wide(s)) return false;
    }
    while (k.line < end) {
        size_t n = span->line(k.line, (size_t)(end - k.line));
        measure_odd(s, &pages, gm__str(k.line, n));
        k.line += n + 1;
    }
    gm__page_survey_end(&pages);
    return !p->pages.heads && (whole || is_flat(s) || is_wide(s));
}

/* Are the lines filled as a machine fills them? Then a line with room for what follows ends its paragraph. */
static bool is_even(const struct shape *s, uint32_t width) {
    uint32_t full = 0, loose = 0;
    for (uint32_t n = width * 7 / 10; n <= MAX_COLUMNS; n++) *(n + 4 >= width ? &full : &loose) += s->open[n];
    return full >= 3 && full >= loose * 2;
}

/* The wrapped width: the length that nearly no line passes and that most open lines come near. */
static uint32_t wrap_width(const struct shape *s, bool known) {
    if (s->lines < 6 && !known) return 0;
    uint32_t width = MAX_COLUMNS, passed = 0, allowed = s->lines / ODD_LINES;
    while (width > 0 && passed + s->all[width] <= allowed) passed += s->all[width--];
    if (width < 24 || width > WIDEST) return 0;
    if (known && width >= COLUMN) return width; /* narrower ones must show that they wrap */
    uint32_t near = 0, on = 0, full = 0, full_on = 0;
    for (uint32_t n = width * 7 / 10; n <= MAX_COLUMNS; n++) {
        near += s->open[n];
        on += s->on[n];
        if (n + 4 < width) continue;
        full += s->open[n];
        full_on += s->on[n];
    }
    /* A list without stops has lines that end inside a sentence, too: but markers below, and short ones have room. */
    bool broken = (on * 4 >= near || (s->stops && width >= NARROW)) && (width >= NARROW || full * 2 >= near);
    if (broken && near >= 3 && near * 5 >= s->lines && near * 10 >= s->open_count * 6) return width;
    if (width >= PAGE_WIDTH && is_even(s, width)) return width;
    return full_on >= 4 && full_on * 5 >= s->on_count * 4 ? width : 0;
}

#define FEW_LINES 3u

/* In a text of few lines few of them end in a dot: do sentences inside them, and none in 。? */
static bool is_dotted_inside(const struct gm__parser *p, size_t sample) {
    uint32_t dots = 0, cp;
    if (sample > SAMPLE / 4) sample = SAMPLE / 4;
    const char *end = p->text + sample;
    for (const char *at = p->text; (at = memchr(at, '.', (size_t)(end - at))) != NULL; at++) {
        if (!gm__is_han(last_of(p->text, at)) || end - at < 4) continue;
        (void)gm__utf8_decode(at + 1, end, &cp);
        dots += gm__is_han(cp);
    }
    for (const char *at = p->text; dots >= 2 && end - at >= 3 && (at = memchr(at, 0xE3, (size_t)(end - at))) != NULL;
         at++)
        if (end - at >= 3 && memcmp(at, "\xE3\x80\x82", 3) == 0) return false;
    return dots >= 2;
}

/* The format tells paragraphs from lines: it knows of headings, lists or tables, not of looks alone. Pages that break
 * their lines by <br>, and what was pasted into a word processor, line by line, show as little as plain text does. */
static bool tells_paragraphs(const struct gm__source *source) {
    const uint16_t looks = GM__BLOCK_BOLD | GM__BLOCK_CENTERED;
    const struct gm__block *b = source->blocks.data;
    for (size_t i = 0; i < source->blocks.count; i++)
        if ((b[i].flags & ~looks) || b[i].heading || b[i].label_len) return true;
    return false;
}

void gm__layout_by(struct gm__parser *p, bool short_cut) {
    struct shape s = {0};
    size_t sample = p->len < SAMPLE ? p->len : SAMPLE;
    bool whole = !p->source->hard_wrapped && tells_paragraphs(p->source); /* a line is a paragraph */
    bool skimmed = short_cut && skim(&s, p, sample, whole);
    for (int i = 0; !skimmed && i < 2; i++) {
        if (i > 0 && !p->pages.heads) break;
        if (i == 0) p->pages = (struct gm__pages){0};
        s = (struct shape){0};
        measure(&s, p, sample); /* again, without the heads */
    }
    p->lines = s.lines * (p->len / (sample + 1) + 1);
    p->dotted =
        (s.dots >= 2 && s.dots > s.stops * 4) || (s.lines <= FEW_LINES && !s.stops && is_dotted_inside(p, sample));
    p->flat = is_flat(&s);
    p->doc->flat = p->flat;
    bool listed = p->source->blocks.count && !p->source->hard_wrapped && !s.stops; /* names alike, no sentences */
    p->wrap = p->flat || whole || skimmed || listed ? 0 : wrap_width(&s, p->source->hard_wrapped);
    bool plain = !p->flat && !p->wrap && !p->source->blocks.count;
    if (plain && !is_wide(&s)) p->wrap = gm__indented_width(p);
    bool indented = plain && p->wrap;
    bool brief = !p->flat && !whole && !skimmed && !listed && !p->wrap && s.lines <= GM__BRIEF_LINES && s.stops &&
                 s.open_count > 1;
    if (brief && !s.all[MAX_COLUMNS]) p->wrap = gm__brief_wrap(p, sample);
    if (plain && !p->wrap) gm__find_run_in(p);
    p->titled = p->flat || p->wrap || p->run_in ? SIZE_MAX : gm__find_titled(p);
    p->even = p->wrap && is_even(&s, p->wrap);
    if (p->wrap) gm__measure_paragraphs(p, sample);
    if (indented) p->even = p->indented = true;
}

void gm__layout(struct gm__parser *p) { gm__layout_by(p, true); }

uint32_t gm__indent(const struct gm__parser *p, size_t line) {
    uint32_t n = 0;
    size_t len;
    for (uint32_t cp; (cp = gm__cp_at(p, line, &len)) != 0 && !gm__is_line_end(cp) && gm__is_space(cp); line += len)
        n += cp >= 0x3000 ? 2 : 1;
    return n;
}

/* The columns of what no line break may part from the line's begin: a word in letters, a character with its marks. */
static uint32_t first_chunk(const char *p, const char *end) {
    uint32_t cp, n = 0;
    while (p < end && n < 24) {
        size_t len = gm__utf8_decode(p, end, &cp);
        bool word = cp > ' ' && cp < 0x80;
        if (n == 0 && gm__is_space(cp) && cp != '\n' && cp != '\r') {
            p += len;
            continue;
        }
        if (n > 0 && !word && !(cp == 0xFF0C || cp == 0x3002 || cp == 0x3001 || cp == 0xFF1B || cp == 0xFF09)) break;
        if (!word && cp < 0x2000) break;
        n += word ? 1 : 2;
        p += len;
    }
    return n ? n : 1;
}

bool gm__is_full(const struct gm__parser *p, size_t begin, size_t end, size_t next) {
    return gm__width(p, begin, end) + first_chunk(p->text + next, p->text + p->len) + 3 > p->wrap;
}

uint32_t gm__width(const struct gm__parser *p, size_t begin, size_t end) {
    return columns(p->text + begin, p->text + end);
}

/* * text: the column of what stands behind the bullet, 0 when there is none. `indent`: of the line. */
static uint32_t behind_bullet(const struct gm__parser *p, size_t line, uint32_t indent) {
    size_t len, at = gm__skip_line_blanks(p, line);
    uint32_t cp = gm__cp_at(p, at, &len);
    if (!gm__is_bullet(cp)) return 0;
    uint32_t blanks = gm__indent(p, at + len);
    return blanks ? indent + blanks + (cp < 0x80 ? 1 : gm__width(p, at, at + len)) : 0;
}

bool gm__line_goes_on(const struct gm__parser *p, size_t previous, size_t end, size_t line, bool hanging) {
    struct gm_str body = gm__str_trim(gm__str(p->text + previous, end - previous));
    if (!p->wrap || !body.len) return false;
    size_t stop = (size_t)(body.ptr - p->text) + body.len;
    uint32_t last = last_of(body.ptr, body.ptr + body.len);
    if (gm__width(p, previous, stop) < p->wrap * 7 / 10 || gm__is_ruled(body) ||
        gm__is_ruled(gm__next_line(p, p->text + line)))
        return false;
    if (p->even && (!gm__is_full(p, previous, stop, line) || gm__stands_apart(p, stop, line))) return false;
    if (gm__ends_sentence(last) && !(p->even && gm__is_closing(last)) &&
        !gm__goes_on_behind_sentence(p, previous, stop, line))
        return false;
    uint32_t indent = gm__indent(p, line), above = gm__indent(p, previous);
    if (indent < above && (indent >= 2 || last < 0x80) && gm__is_blank_between(p, stop, line))
        return false; /* below a centred line, or an example */
    return indent <= above + (hanging ? MAX_HANGING : 0) || indent == behind_bullet(p, previous, above);
}

/* ------------------------------------------------------------ odd lines */

/* Bytes of 2024-06-01 19:02, 2024/6/1 9:02 at the line's begin; 0. */
static size_t stamp_bytes(struct gm_str line) {
    static const char shape[] = "4-2-2 2:2"; /* so many digits at most */
    size_t at = 0;
    for (const char *s = shape; *s; s++) {
        size_t from = at;
        if (*s == '2' || *s == '4') {
            while (at < line.len && at - from < (size_t)(*s - '0') && gm__fits(line.ptr + at, "0")) at++;
            if (at == from || (at - from < 2 && s[1] == '\0') || (*s == '4' && at < 4)) return 0;
        } else if (at == line.len || !gm__fits(line.ptr + at++, (const char[]){*s, '\0'})) {
            return 0;
        }
    }
    return at;
}

bool gm__is_stamp(struct gm_str line) {
    size_t words = 0, stamp = stamp_bytes(line);
    for (size_t i = stamp; stamp && i < line.len; i++) words += line.ptr[i - 1] == ' ' && line.ptr[i] > ' ';
    return stamp && words < 4 && !gm__holds(line, "。"); /* more: the log of a program */
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
