/* registry.c - the writers. To add one: its file and one line here. */
#include "output/output.h"

/* clang-format off */
#define WRITERS(X) \
    X(akn) \
    X(chunks) \
    X(csv) \
    X(ctags) \
    X(ctags_json) \
    X(docx) \
    X(dot) \
    X(html) \
    X(json) \
    X(latex) \
    X(lsp) \
    X(markdown) \
    X(markmap) \
    X(md_toc) \
    X(mermaid) \
    X(mm) \
    X(nav) \
    X(opml) \
    X(org) \
    X(pdfmark) \
    X(pdftk) \
    X(sarif) \
    X(text) \
    X(toc) \
    X(tree) \
    X(xmind) \
    X(xml) \
    X(yaml)
/* clang-format on */

#define DECLARE(name) extern const struct gm_writer gm__write_##name;
WRITERS(DECLARE)
#undef DECLARE

#define ROW(name) &gm__write_##name,
static const struct gm_writer *const writers[] = {WRITERS(ROW)};
#undef ROW

const struct gm_writer *gm_writer_at(size_t index) { return index < GM__COUNT(writers) ? writers[index] : NULL; }

const struct gm_writer *gm_writer_find(const char *name) {
    for (size_t i = 0; i < GM__COUNT(writers); i++)
        if (strcmp(writers[i]->name, name) == 0) return writers[i];
    return NULL;
}

static const struct gm_writer *by_suffix(const char *suffix) {
    const struct gm_writer *w;
    for (size_t i = 0; *suffix && (w = gm_writer_at(i)) != NULL; i++)
        if (gm__has_word(w->extensions, suffix, strlen(suffix))) return w;
    return NULL;
}

/* The longest suffix that a writer knows: a.toc.md is a table of contents; a file called tags is one of tags. */
const struct gm_writer *gm_writer_for_file(const char *path) {
    const char *slash = strrchr(path, '/'), *suffix = slash ? slash + 1 : path;
    const struct gm_writer *found = by_suffix(suffix);
    while (!found && (suffix = strchr(suffix, '.')) != NULL) found = by_suffix(++suffix);
    return found;
}
