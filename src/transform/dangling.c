/*
 * dangling.c - references to points that the text does not have: what renumbering finds of them, as a check.
 *
 * A part of a longer text refers to the rest of it; Japanese statutes count paragraphs without a number.
 */
#include "transform/lint.h"
#include "transform/renumber.h"

static bool is_excerpt(const struct gm_doc *doc) {
    for (size_t i = 0; i < doc->diag_count; i++)
        if (doc->diags[i].id == GM__DIAG_EXCERPT) return true;
    return false;
}

void gm__lint_references(struct gm__lint *l) {
    struct gm__renumber r;
    if (!gm__lint_wants(l, GM__DIAG_DANGLING) || !l->doc->rules || is_excerpt(l->doc)) return;
    enum gm_status s = gm__renumber(&r, l->doc, NULL);
    const struct gm__change *c = r.changes.data;
    for (size_t i = 0; s == GM_OK && r.writing != GM__JAPANESE && i < r.changes.count; i++) {
        if (c[i].kind != GM_CHANGE_DANGLING) continue;
        struct gm__diag d = {.at = c[i].at, .node = gm_doc_node_at(l->doc, c[i].at)};
        d.words[0] = gm__str(l->doc->text + c[i].at, c[i].len);
        d.words[1] = gm__str("", 0);
        gm__lint_report_at(l, GM__DIAG_DANGLING, &d);
    }
    gm__renumber_release(&r);
    if (s == GM_NOMEM) l->status = s;
}
