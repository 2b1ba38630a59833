/* test_grammar_files.c - grammars as files: every fault with its place, inclusion, allocations, the manual, noise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/families.h"

/* ------------------------------------------------------------------ faults */

struct fault {
    const char *yaml;
    uint32_t line, column;
    const char *message; /* part of it */
};
static const struct fault faults[] = {
    {"", 1, 1, "expected keys such as name and families"},
    {"- a\n", 1, 1, "expected keys such as name"},
    {"name: [a\n", 2, 1, "not YAML"},
    {"name: a\n---\nname: b\n", 2, 1, "a second document"},
    {"name: &x a\n", 1, 7, "anchors are not allowed"},
    {"name: !!str a\n", 1, 7, "tags are not allowed"},
    {"name: *x\n", 1, 7, "aliases are not allowed"},
    {"[a]: b\n", 1, 1, "a key must be a word"},
    {"name: \"a\\0b\"\n", 1, 7, "NUL"},
    {"name: \xff\n", 1, 1, "not YAML"},
    {"families: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n", 1, 26, "nested too deeply"},
    {"nmae: a\n", 1, 1, "unknown key \"nmae\"; expected one of: name summary"},
    {"name: a\nname: b\n", 2, 1, "given twice"},
    {"name: [a]\n", 1, 7, "expected a text"},
    {"summary: {}\n", 1, 10, "expected a text"},
    {"sentence_ends: ''\n", 1, 16, "expected a text of characters"},
    {"families: 3\n", 1, 11, "expected a list of maps"},
    {"families: [x]\n", 1, 12, "expected a map with an id"},
    {"families:\n  - {pattern: '{han}'}\n", 2, 5, "expected the key id"},
    {"families:\n  - {id: A, pattern: '{han}'}\n", 2, 10, "expected an id of small letters"},
    {"families:\n  - {id: a}\n", 2, 5, "expected a pattern"},
    {"families:\n  - {id: a, pattern: []}\n", 2, 5, "expected a pattern"},
    {"families:\n  - {id: a, pattern: ''}\n", 2, 22, "expected a pattern such as"},
    {"families:\n  - {id: a, pattern: {}}\n", 2, 22, "expected a pattern such as"},
    {"families:\n  - {id: a, pattern: x, patterns: [y]}\n", 2, 35, "expected either pattern or patterns"},
    {"families:\n  - {id: a, pattern: x}\n", 2, 22, "expected a numeral such as {han}"},
    {"families:\n  - {id: a, pattern: '{hun}'}\n", 2, 22, "expected num, sub, blank or a numeral system"},
    {"families:\n  - {id: a, pattern: '{han}{han}'}\n", 2, 22, "expected one numeral, found a second"},
    {"families:\n  - {id: a, pattern: '{han'}\n", 2, 22, "expected } after {"},
    {"families:\n  - {id: a, pattern: '{blank}{han}'}\n", 2, 22, "expected a numeral such as {han} first"},
    {"families:\n  - {id: a, pattern: '{han}{blank}x'}\n", 2, 22, "expected nothing after {blank}"},
    {"families:\n  - {id: a, pattern: '{han}{sub}{sub}'}\n", 2, 22, "given twice in a pattern"},
    {"families:\n  - {id: a, pattern: '{han}x{sub}y'}\n", 2, 22, "expected {sub} next to the numeral"},
    {"families:\n  - {id: a, pattern: '第 {han}'}\n", 2, 22, "expected {blank}, not white space"},
    {"families:\n  - {id: a, pattern: '{han}', kind: chapter}\n", 2, 37, "expected one of section, article, item"},
    {"families:\n  - {id: a, pattern: '{han}', title: none}\n", 2, 38, "expected one of heading, provision"},
    {"families:\n  - {id: a, pattern: '{han}', at: start}\n", 2, 35, "expected a list of start, inline, within"},
    {"families:\n  - {id: a, pattern: '{han}', at: [end]}\n", 2, 36, "expected one of start, inline, within"},
    {"families:\n  - {id: a, pattern: '{han}', rank: 256}\n", 2, 37, "expected a number from 0 to 255"},
    {"families:\n  - {id: a, pattern: '{han}', rank: -1}\n", 2, 37, "expected a number"},
    {"families:\n  - {id: a, pattern: '{han}', max_title: x}\n", 2, 42, "expected a number from 0 to 1000000"},
    {"families:\n  - {id: a, pattern: '{han}', partner: 1}\n", 2, 40, "expected true or false"},
    {"families:\n  - {id: a, pattern: '{han}', not_before: {}}\n", 2, 43, "expected a text or a list of texts"},
    {"families:\n  - {id: a, pattern: '{han}', words: [x]}\n", 2, 31, "unknown key \"words\""},
    {"families:\n  - {id: a, pattern: '{han}'}\n  - {id: a, pattern: '{han}'}\n", 3, 10, "id \"a\" is given twice"},
    {"series:\n  - {id: a}\n", 2, 5, "expected the key words"},
    {"series:\n  - {id: a, words: x}\n", 2, 20, "expected a list of words"},
    {"series:\n  - {id: a, words: [[]]}\n", 2, 21, "expected a list of words"},
    {"series:\n  - {id: a, words: [' ']}\n", 2, 21, "expected a word"},
    {"keywords: []\n", 1, 11, "expected a map of roles"},
    {"keywords: {head: []}\n", 1, 12, "unknown key \"head\"; expected one of: heading region toc"},
    {"keywords: {heading: x}\n", 1, 21, "expected a list of keywords"},
    {"keywords: {heading: ['']}\n", 1, 22, "expected a text, or a map with the key text"},
    {"keywords: {heading: [{rank: 1}]}\n", 1, 22, "expected the key text"},
    {"keywords: {heading: [{text: a, kind: 1}]}\n", 1, 32, "unknown key \"kind\""},
    {"keywords: {heading: [{text: ['　']}]}\n", 1, 30, "expected a text"},
    {"extends: base\nwithout: [x]\n", 2, 11, "expected the id of an inherited family"},
    {"extends: base\nonly: x\n", 2, 7, "expected a list of ids"},
    {"extends: base\nwithout_keywords: [x]\n", 2, 20, "expected an inherited keyword"},
    {"extends: [a]\n", 1, 10, "expected the name of a built-in grammar"},
    {"extends: ../../etc/passwd\n", 1, 10, "expected the name of a built-in grammar"},
    {"extends: nothing-here\n", 1, 10, "expected a built-in grammar or a file next to this one"},
};

static void every_fault_has_its_place(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__COUNT(faults); i++) {
        const struct fault *f = &faults[i];
        struct gm_grammar *g = NULL;
        struct gm_error e;
        enum gm_status status = gm_grammar_load(f->yaml, strlen(f->yaml), "test.yaml", NULL, &g, &e);
        assert_null(g);
        if (status != GM_GRAMMAR || e.line != f->line || e.column != f->column || !strstr(e.message, f->message) ||
            strcmp(e.where, "test.yaml") != 0 || e.status != status)
            fail_msg("case %d %s -> %s:%u:%u: %s", (int)i, f->yaml, e.where, e.line, e.column, e.message);
        assert_int_equal(gm_grammar_load(f->yaml, strlen(f->yaml), NULL, NULL, &g, NULL), GM_GRAMMAR);
    }
}

static void size_has_a_limit(void **state) {
    (void)state;
    size_t len = ((size_t)1 << 20) + 1;
    char *text = malloc(len);
    struct gm_grammar *g = NULL;
    struct gm_error error;
    assert_non_null(text);
    memset(text, '\n', len);
    assert_int_equal(gm_grammar_load(text, len, "big", NULL, &g, &error), GM_GRAMMAR);
    assert_non_null(strstr(error.message, "at most 1 MiB"));
    free(text);
}

/* ------------------------------------------------------------------- files */

static void put_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* A folder for two grammars. */
struct pair {
    char dir[32], a[64], b[64];
};

static struct pair make_pair(void) {
    struct pair pair = {.dir = "/tmp/gangmu-grammar-XXXXXX"};
    assert_non_null(mkdtemp(pair.dir));
    (void)snprintf(pair.a, sizeof pair.a, "%s/a.yaml", pair.dir);
    (void)snprintf(pair.b, sizeof pair.b, "%s/b.yaml", pair.dir);
    return pair;
}

static void files_extend_files(void **state) {
    (void)state;
    const struct pair pair = make_pair();
    const char *const dir = pair.dir, *const a = pair.a, *const b = pair.b;
    struct gm_grammar *g = NULL;
    struct gm_error error;
    put_file(a, "extends: b.yaml\nfamilies: [{id: mine, pattern: '第{num}讲'}]\n");
    put_file(b, "name: b\nextends: gongwen\n");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_OK);
    assert_string_equal(g->name, "b");
    assert_true(family(g, "mine") && family(g, "han-dun"));
    gm_grammar_free(g);
    put_file(b, "extends: a.yaml\n");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.where, b);
    assert_int_equal(error.column, 10);
    assert_non_null(strstr(error.message, "which extends this grammar"));
    put_file(b, "families: [{id: x, pattern: '{hen}'}]\n");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.where, b); /* the fault is in the other file */
    assert_int_equal(error.column, 29);
    (void)remove(a);
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.id, "no-such-grammar");
    (void)remove(b);
    assert_int_equal(gm_grammar_load_file(dir, NULL, &g, &error), GM_GRAMMAR); /* a directory */
    assert_string_equal(error.message, "cannot be read: Is a directory");
    (void)rmdir(dir);
}

/* The fault is where `extends` says so, and nothing is waited for or read without end. */
static void what_is_no_plain_file_is_not_extended(void **state) {
    (void)state;
    static const char *const names[] = {"pipe", "folder", "device", "nothing", "loop"};
    char dir[] = "/tmp/gangmu-grammar-XXXXXX", path[64], yaml[32];
    assert_non_null(mkdtemp(dir));
    assert_int_equal(chdir(dir), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(symlink("/dev/zero", "device"), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    (void)snprintf(path, sizeof path, "%s/a.yaml", dir);
    (void)alarm(20); /* a pipe that nobody writes to would be waited for */
    for (size_t i = 0; i < GM__COUNT(names); i++) {
        struct gm_grammar *g = NULL;
        struct gm_error e;
        (void)snprintf(yaml, sizeof yaml, "name: a\nextends: %s\n", names[i]);
        put_file(path, yaml);
        assert_int_equal(gm_grammar_load_file(path, NULL, &g, &e), GM_GRAMMAR);
        if (e.line != 2 || e.column != 10 || strcmp(e.where, path) != 0 ||
            !strstr(e.message, "a file next to this one"))
            fail_msg("%s: %s:%u:%u: %s", names[i], e.where, e.line, e.column, e.message);
    }
    (void)alarm(0);
    (void)remove(path);
    for (size_t i = 0; i < GM__COUNT(names); i++) (void)remove(names[i]);
    assert_int_equal(chdir("/"), 0);
    (void)rmdir(dir);
}

static void an_empty_file_is_no_grammar(void **state) {
    (void)state;
    const struct pair pair = make_pair();
    const char *const dir = pair.dir, *const a = pair.a, *const b = pair.b;
    struct gm_grammar *g = NULL;
    struct gm_error error;
    put_file(a, "extends: b.yaml\n");
    put_file(b, "");
    assert_int_equal(gm_grammar_load_file(a, NULL, &g, &error), GM_GRAMMAR);
    assert_string_equal(error.where, b);
    assert_non_null(strstr(error.message, "expected keys"));
    assert_int_equal(gm_grammar_load_file(b, NULL, &g, &error), GM_GRAMMAR);
    assert_int_equal(gm_grammar_load(NULL, 0, "none", NULL, &g, &error), GM_GRAMMAR);
    (void)remove(a);
    (void)remove(b);
    (void)rmdir(dir);
}

/* ------------------------------------------------------------- allocations */

struct counter {
    size_t left, live;
};
static void *failing(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    struct counter *c = ctx;
    if (new_size && c->left-- == 0) {
        c->left = 0;
        return NULL;
    }
    c->live += new_size;
    c->live -= old_size;
    return gm__default_allocator.resize(NULL, ptr, old_size, new_size);
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    static const char yaml[] = "extends: speech\nfamilies: [{id: a, pattern: '第{num}讲', not_before: [a]}]\n";
    enum gm_status status = GM_NOMEM;
    size_t n = 0;
    for (; status == GM_NOMEM; n++) {
        struct counter c = {.left = n};
        struct gm_allocator allocator = {failing, &c};
        struct gm_grammar *g = NULL;
        struct gm_error error;
        status = gm_grammar_load(yaml, sizeof yaml - 1, "x", &allocator, &g, &error);
        assert_true((status == GM_OK) == (g != NULL));
        c.left = SIZE_MAX;
        gm_grammar_free(g);
        assert_int_equal(c.live, 0);
    }
    assert_int_equal(status, GM_OK);
    assert_true(n > 10);
}

/* ------------------------------------------------------- documentation, noise */

static char *read_whole(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    assert_non_null(text);
    *len = fread(text, 1, (1 << 16) - 1, file);
    assert_int_equal(fclose(file), 0);
    return text;
}

/* The literal displays of the manual page are grammars that load. */
static void examples_of_the_manual(void **state) {
    (void)state;
    size_t len, count = 0;
    char *page = read_whole(SOURCE_DIR "/docs/gangmu-grammar.5", &len);
    for (char *p = page; (p = strstr(p, ".Bd -literal")) != NULL; count++) {
        char *start = strchr(p, '\n') + 1, *end = strstr(start, ".Ed\n");
        assert_non_null(end);
        *end = '\0';
        struct gm_grammar *g = NULL;
        assert_int_equal(gm_grammar_load(start, strlen(start), "gangmu-grammar.5", NULL, &g, NULL), GM_OK);
        gm_grammar_free(g);
        p = end + 1;
    }
    assert_int_equal(count, 2);
    free(page);
}

/* Every system and every key that the loader knows is in the manual page. */
static void the_manual_is_complete(void **state) {
    (void)state;
    size_t len;
    char *page = read_whole(SOURCE_DIR "/docs/gangmu-grammar.5", &len), name[48];
    for (unsigned system = GM__NUM_HAN; system < GM__NUM_COUNT; system++) {
        (void)snprintf(name, sizeof name, "{%s}", gm__numeral_name((enum gm__numeral)system));
        if (!strstr(page, name)) fail_msg("%s is not documented", name);
    }
    static const char *const keys[] = {
        "name",      "summary",       "extends", "only",    "without", "without_keywords",
        "series",    "words",         "also",    "suffix",  "kin",     "max_title",
        "rank",      "kind",          "title",   "partner", "run_on",  "not_before",
        "not_after", "sentence_ends", "heading", "region",  "toc",     "notes",
        "annexes",   "salutation",    "closing", "apart",   "verb",    "least",
        "again",     "noun"};
    for (size_t i = 0; i < GM__COUNT(keys); i++) {
        (void)snprintf(name, sizeof name, ".It Cm %s\n", keys[i]);
        if (!strstr(page, name)) fail_msg("%s is not documented", keys[i]);
    }
    free(page);
}

/* Chopped and noisy grammars load or fail, and leave nothing behind. */
static void noise(void **state) {
    (void)state;
    size_t len;
    char *text = read_whole(SOURCE_DIR "/grammars/base.yaml", &len), *copy = malloc(len);
    uint32_t seed = 1;
    assert_non_null(copy);
    for (size_t round = 0; round < 600; round++) {
        struct counter c = {.left = SIZE_MAX};
        struct gm_allocator allocator = {failing, &c};
        struct gm_grammar *g = NULL;
        struct gm_error error;
        size_t use = round % 2 ? len : round * 37 % len;
        memcpy(copy, text, len);
        for (size_t k = 0; k < round % 5; k++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % len] = "{}[]:,-&*!'\"\n\t\\#\xff\0"[(seed >> 4) % 18];
        }
        enum gm_status status = gm_grammar_load(copy, use, NULL, &allocator, &g, &error);
        assert_true(status == GM_OK || (status == GM_GRAMMAR && error.message[0]));
        gm_grammar_free(g);
        assert_int_equal(c.live, 0);
    }
    free(copy);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_has_its_place),
        cmocka_unit_test(size_has_a_limit),
        cmocka_unit_test(files_extend_files),
        cmocka_unit_test(what_is_no_plain_file_is_not_extended),
        cmocka_unit_test(an_empty_file_is_no_grammar),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(examples_of_the_manual),
        cmocka_unit_test(the_manual_is_complete),
        cmocka_unit_test(noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
