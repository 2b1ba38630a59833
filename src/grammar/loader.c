/*
 * loader.c - grammars from memory, from a file, from the binary: the public functions and the chain of
 * `extends`.
 */
#include "grammar/loader.h"

#include "base/traditional.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grammar/embedded.h"

enum { MAX_CHAIN = 8 };
struct link {
    const char *where;
    const struct gm__yaml *root;
};

static const struct gm__embedded *builtin(struct gm_str name) {
    for (const struct gm__embedded *e = gm__embedded_grammars; e->name; e++)
        if (gm__str_eqz(name, e->name)) return e;
    return NULL;
}

/* What `extends` names is a plain file: opening a pipe would wait for its writer, and a device has no end. */
static FILE *open_plain(const char *path) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    FILE *file = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? fdopen(fd, "rb") : NULL;
    if (fd >= 0 && !file) (void)close(fd);
    return file;
}

/* Read a file to its end, as far as a grammar may be long, and close it. */
static enum gm_status slurp(struct gm__buf *buf, FILE *file, const char *path, struct gm_error *error) {
    enum gm_status status = GM_OK;
    char block[4096];
    size_t n;
    while (status == GM_OK && (n = fread(block, 1, sizeof block, file)) > 0) status = gm__buf_add(buf, block, n);
    if (status == GM_LIMIT)
        status = gm__yaml_fault(error, path, NULL, "a grammar has at most 1 MiB");
    else if (status != GM_OK)
        status = gm__fail_nomem(error);
    else if (ferror(file))
        status = gm__yaml_fault(error, path, NULL, "cannot be read: %s", strerror(errno));
    (void)fclose(file);
    return status;
}

/* The file that `extends` names, in the directory of the file that says so; NULL when out of memory. */
static const char *sibling(struct gm__loader *l, const char *from, struct gm_str name) {
    const char *slash = strrchr(from, '/');
    size_t dir = slash ? (size_t)(slash - from) + 1 : 0, size;
    if (!gm__add(dir, name.len, &size) || !gm__add(size, 1, &size)) return NULL;
    char *joined = gm__arena_alloc(&l->scratch, size);
    if (!joined) return NULL;
    memcpy(joined, from, dir);
    memcpy(joined + dir, name.ptr, name.len);
    return joined;
}

#define LITERAL_MOST 256u /* bytes */

/* A text of the file has traditional characters, and the file does not have it in simplified ones too. Comments, name
 * and summary are not looked at. */
static bool is_traditional_only(const struct gm__yaml *node, const char *yaml, size_t len, bool root) {
    char plain[LITERAL_MOST + 1];
    struct gm_str s = node->text;
    if (node->kind == GM__YAML_SCALAR) {
        if (!gm__has_traditional(s.ptr, s.len)) return false;
        if (s.len > LITERAL_MOST) return true;
        gm__simplify(plain, s.ptr, s.len);
        plain[s.len] = '\0';
        return !gm__holds(gm__str(yaml, len), plain);
    }
    bool key = root; /* of a pair; else a value, or a member of a sequence */
    for (const struct gm__yaml *n = node->first; n; n = n->next, key = root && !key) {
        bool named = key && (gm__str_eqz(n->text, "name") || gm__str_eqz(n->text, "summary"));
        if (!named && is_traditional_only(n, yaml, len, false)) return true;
        if (named && n->next) n = n->next, key = false;
    }
    return false;
}

static enum gm_status read_sibling(struct gm__loader *l, struct link *chain, size_t n, const struct gm__yaml *name) {
    struct link *out = &chain[n];
    struct gm__yaml *root;
    const char *path = sibling(l, chain[n - 1].where, name->text);
    if (!path) return gm__fail_nomem(l->error);
    for (size_t i = 0; i < n; i++)
        if (gm__str_eqz(gm__strz(chain[i].where), path))
            return gm__yaml_fault(l->error, chain[n - 1].where, name, "extends \"%s\", which extends this grammar",
                                  name->text.ptr);
    FILE *file = open_plain(path);
    if (!file)
        return gm__yaml_fault(l->error, chain[n - 1].where, name,
                              "expected a built-in grammar or a file next to this one, not \"%s\"", name->text.ptr);
    out->where = path;
    struct gm__buf buf;
    gm__buf_init(&buf, l->allocator, GM__YAML_MAX_BYTES);
    enum gm_status status = slurp(&buf, file, path, l->error);
    if (status == GM_OK) status = gm__yaml_read(&l->scratch, buf.data, buf.len, out->where, &root, l->error);
    if (status == GM_OK) l->grammar->traditional |= is_traditional_only(root, buf.data, buf.len, true);
    if (status == GM_OK) out->root = root;
    gm__buf_release(&buf);
    return status;
}

/* What the last link extends; `files`: other files may be opened. *more is false at the chain's end. */
static enum gm_status extend(struct gm__loader *l, struct link *chain, size_t n, bool files, bool *more) {
    const struct gm__yaml *name = gm__yaml_get(chain[n - 1].root, "extends");
    struct gm__yaml *root;
    *more = name != NULL;
    if (!name) return GM_OK;
    const char *where = chain[n - 1].where;
    if (name->kind != GM__YAML_SCALAR || name->text.len == 0 || strchr(name->text.ptr, '/'))
        return gm__yaml_fault(l->error, where, name,
                              "expected the name of a built-in grammar or of a file next to this one");
    if (n == MAX_CHAIN)
        return gm__yaml_fault(l->error, where, name, "expected at most 8 grammars that extend each other");
    const struct gm__embedded *e = builtin(name->text);
    if (!e) {
        if (files) return read_sibling(l, chain, n, name);
        return gm__yaml_fault(l->error, where, name, "expected a built-in grammar, not \"%s\"", name->text.ptr);
    }
    enum gm_status status = gm__yaml_read(&l->scratch, e->text, e->len, e->name, &root, l->error);
    chain[n] = (struct link){e->name, root};
    return status;
}

static enum gm_status load_chain(struct gm__loader *l, const char *yaml, size_t len, const char *name) {
    struct link chain[MAX_CHAIN] = {{name ? name : "grammar", NULL}};
    struct gm__yaml *root;
    enum gm_status status = gm__yaml_read(&l->scratch, yaml, len, chain[0].where, &root, l->error);
    size_t n = 1;
    bool more = status == GM_OK;
    chain[0].root = root;
    l->grammar->traditional = more && is_traditional_only(root, yaml, len, true);
    while (more) {
        status = extend(l, chain, n, name != NULL, &more);
        if (status != GM_OK) return status;
        if (more) n++;
    }
    while (n > 0 && status == GM_OK) {
        l->where = chain[--n].where;
        l->document++;
        status = gm__loader_apply(l, chain[n].root);
    }
    if (status == GM_OK) status = gm__loader_compile(l);
    return status;
}

static enum gm_status default_name(struct gm_grammar *g, const char *name, struct gm_error *error) {
    if (!g->summary) g->summary = "";
    if (g->name) return GM_OK;
    const char *slash = name ? strrchr(name, '/') : NULL, *base = slash ? slash + 1 : name ? name : "grammar";
    size_t len = strlen(base);
    if (len > 5 && strcmp(base + len - 5, ".yaml") == 0) len -= 5;
    g->name = gm__arena_copy(&g->arena, base, len);
    return g->name ? GM_OK : gm__fail_nomem(error);
}

enum gm_status gm_grammar_load(const char *yaml, size_t len, const char *name, const struct gm_allocator *allocator,
                               struct gm_grammar **out, struct gm_error *error) {
    gm__error_clear(error);
    *out = NULL;
    if (!allocator) allocator = &gm__default_allocator;
    struct gm_grammar *g = gm__alloc(allocator, sizeof *g);
    if (!g) return gm__fail_nomem(error);
    memset(g, 0, sizeof *g);
    gm__arena_init(&g->arena, allocator);
    struct gm__loader l = {.allocator = allocator, .error = error, .grammar = g, .where = ""};
    gm__arena_init(&l.scratch, allocator);
    gm__vec_init(&l.drafts, allocator, sizeof(struct gm__draft), 4000);
    gm__vec_init(&l.keywords, allocator, sizeof(struct gm__keyword_draft), 4000);
    gm__vec_init(&l.patterns, allocator, sizeof(struct gm__pattern_draft), 30000);
    enum gm_status status = load_chain(&l, yaml, len, name);
    if (status == GM_OK) status = default_name(g, name, error);
    gm__vec_release(&l.patterns);
    gm__vec_release(&l.keywords);
    gm__vec_release(&l.drafts);
    gm__arena_release(&l.scratch);
    if (status == GM_OK)
        *out = g;
    else
        gm_grammar_free(g);
    return status;
}

enum gm_status gm_grammar_load_file(const char *path, const struct gm_allocator *allocator, struct gm_grammar **out,
                                    struct gm_error *error) {
    struct gm__buf buf;
    *out = NULL;
    gm__error_clear(error);
    FILE *file = fopen(path, "rb");
    if (!file) {
        int why = errno;
        enum gm_status status = gm__fail(error, GM_GRAMMAR, "no-such-grammar", "cannot be opened: %s", strerror(why));
        if (error) (void)snprintf(error->where, sizeof error->where, "%s", path);
        return status;
    }
    gm__buf_init(&buf, allocator ? allocator : &gm__default_allocator, GM__YAML_MAX_BYTES);
    enum gm_status status = slurp(&buf, file, path, error);
    if (status == GM_OK) status = gm_grammar_load(buf.data, buf.len, path, allocator, out, error);
    gm__buf_release(&buf);
    return status;
}

void gm_grammar_free(struct gm_grammar *grammar) {
    if (!grammar) return;
    const struct gm_allocator *allocator = grammar->arena.allocator;
    gm__arena_release(&grammar->arena);
    gm__free(allocator, grammar, sizeof *grammar);
}

enum gm_status gm__grammar_builtin(const char *name, const struct gm_allocator *allocator, struct gm_grammar **out,
                                   struct gm_error *error) {
    const struct gm__embedded *e = builtin(gm__strz(name));
    *out = NULL;
    if (e && strcmp(e->name, "base") != 0) return gm_grammar_load(e->text, e->len, e->name, allocator, out, error);
    return gm__fail(error, GM_GRAMMAR, "no-such-grammar", "no grammar of the name \"%s\"", name);
}
