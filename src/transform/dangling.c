/*
 * dangling.c - references to points that the text does not have: what renumbering finds of them, as a check.
 *
 * A part of a longer text refers to the rest of it; Japanese statutes count paragraphs without a number; who speaks in
 * quotation marks may speak of anything; a wrap may cut the name of another document: 依本條|例第二十條.
 */
#include "transform/lint.h"
#include "transform/renumber.h"

static bool is_excerpt(const struct gm_doc *doc) {
    for (size_t i = 0; i < doc->diag_count; i++)
        if (doc->diags[i].id == GM__DIAG_EXCERPT) return true;
    return false;
}

#define QUOTED_BACK 600u /* bytes */
#define NAME_BACK   120u

/* Where the line of `at` begins, or a place so many bytes before. */
static size_t line_start(const struct gm_doc *doc, size_t at, size_t most) {
    size_t low = at > most ? at - most : 0;
    while (at > low && doc->text[at - 1] != '\n' && doc->text[at - 1] != '\r') at--;
    while (((unsigned char)doc->text[at] & 0xC0) == 0x80) at++; /* cut: at a character's start */
    return at;
}

/* “第五章你读了没有？”: a quotation that opens before `at` in its line has not ended there. */
static bool is_quoted(const struct gm_doc *doc, size_t at) {
    uint32_t cp;
    for (size_t begin = line_start(doc, at, QUOTED_BACK), low = at; low > begin;) {
        low -= gm__utf8_decode_back(doc->text + begin, doc->text + low, &cp);
        if (cp == 0x201D || cp == 0x300D || cp == 0x300F) return false;
        if (cp == 0x201C || cp == 0x300C || cp == 0x300E) return true;
    }
    return false;
}

/* Whose it is when the line is read on from the one before. */
static bool is_others_across_wrap(const struct gm__ref_reader *reader, const struct gm_doc *doc, size_t at) {
    char text[2 * NAME_BACK];
    size_t line = line_start(doc, at, NAME_BACK), end = line;
    while (end > 0 && line - end < 2 && (doc->text[end - 1] == '\n' || doc->text[end - 1] == '\r')) end--;
    if (line == end) return false;
    size_t begin = line_start(doc, end, NAME_BACK);
    memcpy(text, doc->text + begin, end - begin);
    memcpy(text + (end - begin), doc->text + line, at - line);
    struct gm__ref_reader joined = *reader;
    struct gm__unit unit;
    joined.text = text;
    joined.len = end - begin + at - line;
    return gm__ref_whose(&joined, 0, joined.len, doc->title, &unit) == GM__WHOSE_OTHER;
}

void gm__lint_references(struct gm__lint *l) {
    struct gm__renumber r;
    if (!gm__lint_wants(l, GM__DIAG_DANGLING) || !l->doc->rules || l->quotes || is_excerpt(l->doc)) return;
    enum gm_status s = gm__renumber(&r, l->doc, NULL);
    const struct gm__change *c = r.changes.data;
    struct gm__ref_reader reader = {0};
    if (s == GM_OK && r.changes.count) gm__ref_reader_init(&reader, &r);
    for (size_t i = 0; s == GM_OK && r.writing != GM__JAPANESE && i < r.changes.count; i++) {
        if (c[i].kind != GM_CHANGE_DANGLING || is_quoted(l->doc, c[i].at)) continue;
        if (is_others_across_wrap(&reader, l->doc, c[i].at)) continue;
        struct gm__diag d = {.at = c[i].at, .node = gm_doc_node_at(l->doc, c[i].at)};
        d.words[0] = gm__str(l->doc->text + c[i].at, c[i].len);
        d.words[1] = gm__str("", 0);
        gm__lint_report_at(l, GM__DIAG_DANGLING, &d);
    }
    gm__renumber_release(&r);
    if (s == GM_NOMEM) l->status = s;
}
