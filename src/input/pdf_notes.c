/*
 * pdf_notes.c - footnotes of a PDF's pages. Their text stands below that of the page, which may go on on the next one.
 *
 * What tells them: a number that stands alone and higher than its text, as pdftotext puts it on a line of its own, or ①
 * that the page cites above; then text to the page's end, or the next number.
 */
#include "grammar/numeral.h"
#include "input/pdf.h"

#define SHORTEST   7  /* bytes of a note's line */
#define PAGE_LINES 80 /* that are looked through for what cites it */

/* Does the glyph stand inside the text of a line of [from, to), of the last of them? */
static bool is_cited(const struct gm__pdf_line *from, const struct gm__pdf_line *to, struct gm_str glyph) {
    for (from = to - from > PAGE_LINES ? to - PAGE_LINES : from; from < to; from++)
        for (size_t at = 1; at + glyph.len <= from->text.len; at++)
            if (memcmp(from->text.ptr + at, glyph.ptr, glyph.len) == 0) return true;
    return false;
}

/* The number of the note that begins at `line`, of the page [page, end); 0 when none does. */
static uint32_t note_at(const struct gm__pdf_line *page, const struct gm__pdf_line *line,
                        const struct gm__pdf_line *end) {
    struct gm__ordinal o;
    uint32_t value = gm__bare_number(line->text);
    if (value) return line + 1 < end && line[1].text.len >= SHORTEST && line[1].indent > line->indent + 1 ? value : 0;
    size_t n = line->text.len < 3
                   ? 0
                   : gm__numeral_scan(GM__NUM_CIRCLED, line->text.ptr, line->text.ptr + line->text.len, false, &o);
    return n && line->text.len >= n + SHORTEST && is_cited(page, line, gm__str(line->text.ptr, n)) ? (uint32_t)o.value
                                                                                                   : 0;
}

/* The notes of a page are numbered from 1, or on from those before it; they fill no more than half of it. */
static void mark_page(struct gm__pdf_line *page, struct gm__pdf_line *end, uint32_t *last) {
    struct gm__pdf_line *first = NULL, *middle = page + (end - page) / 2;
    uint32_t number = 0, highest = 0;
    for (struct gm__pdf_line *line = end; line-- > middle;) {
        uint32_t n = note_at(page, line, end);
        if (!n) continue;
        if (number && n + 1 != number) break;
        if (!number) highest = n;
        number = n;
        first = line;
    }
    if (!first || (number != 1 && number != *last + 1)) return;
    for (*last = highest; first < end; first++) first->note = true;
}

void gm__pdf_mark_notes(struct gm__vec *lines) {
    struct gm__pdf_line *line = lines->data, *end = line + lines->count;
    uint32_t last = 0;
    while (line < end) {
        struct gm__pdf_line *next = line + 1;
        while (next < end && next->page == line->page) next++;
        struct gm__pdf_line *stop = next;
        while (stop > line && !stop[-1].text.len) stop--;
        mark_page(line, stop, &last);
        line = next;
    }
}
