/*
 * peers.c - gangmu beside its peers, in one process, in turn.
 *
 *   bench_peers parse ROUNDS GROUP TEXT MARKDOWN    buffer to tree against memchr, memcpy, md4c, cmark and PCRE2
 *   bench_peers write ROUNDS GROUP TEXT             file to XML, YAML, JSON against the libraries' bare writers
 *   bench_peers scale ROUNDS TEXT...                buffer to tree for each file, in turn
 */
#include "bench.h"

#include <cmark.h>
#include <gangmu/gangmu.h>
#include <md4c.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- in memory */

static struct gm_doc *parse(const struct bench_text *text) {
    struct gm_doc *doc;
    struct gm_error error;
    struct gm_options options;
    gm_options_init(&options);
    options.format = "text";
    if (gm_doc_parse(&options, text->ptr, text->len, "bench.txt", &doc, &error) != GM_OK)
        bench_die("gangmu", error.message);
    return doc;
}

static void run_gangmu(const void *context) {
    struct gm_doc *doc = parse(context);
    bench_result = gm_doc_node_count(doc);
    gm_doc_free(doc);
}

static void run_memchr(const void *context) {
    const struct bench_text *text = context;
    size_t lines = 0;
    const char *end = text->ptr + text->len;
    for (const char *p = text->ptr; p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++) lines++;
    bench_result = lines;
}

struct copy {
    const struct bench_text *from;
    char *to;
};

static void run_memcpy(const void *context) {
    const struct copy *copy = context;
    memcpy(copy->to, copy->from->ptr, copy->from->len);
    bench_result = (size_t)copy->to[copy->from->len / 2];
}

static int md4c_block(MD_BLOCKTYPE type, void *detail, void *user) {
    (void)type, (void)detail, (void)user;
    return 0;
}

static int md4c_span(MD_SPANTYPE type, void *detail, void *user) {
    (void)type, (void)detail, (void)user;
    return 0;
}

static int md4c_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user) {
    (void)type, (void)text, (void)size, (void)user;
    return 0;
}

static void run_md4c(const void *context) {
    const struct bench_text *text = context;
    MD_PARSER parser = {0, 0, md4c_block, md4c_block, md4c_span, md4c_span, md4c_text, NULL, NULL};
    if (md_parse(text->ptr, (MD_SIZE)text->len, &parser, NULL) != 0) bench_die("md4c", "fails");
}

static void run_cmark(const void *context) {
    const struct bench_text *text = context;
    cmark_node *root = cmark_parse_document(text->ptr, text->len, CMARK_OPT_DEFAULT);
    if (!root) bench_die("cmark", "fails");
    cmark_node_free(root);
}

/* -------------------------------------------------------------------- PCRE2 */

/* Eight families of headings, as one who knows the language well would write them, each with its number captured. */
#define HAN "[〇零一二三四五六七八九十百千]+"
static const char pattern[] = "^[ \\t　]*(?:第(" HAN "|\\d+)[编章节]|第(" HAN "|\\d+)条|(" HAN ")、|（(" HAN
                              ")）|(\\d+(?:\\.\\d+)+)|(\\d+)[.．、]|（(\\d+)）|([①-⑳]))";

struct regex {
    const struct bench_text *text;
    pcre2_code *code;
    pcre2_match_data *match;
};

static struct regex regex_new(const struct bench_text *text) {
    int fault;
    PCRE2_SIZE at;
    struct regex r = {text, NULL, NULL};
    r.code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_MULTILINE, &fault, &at, NULL);
    if (!r.code || pcre2_jit_compile(r.code, PCRE2_JIT_COMPLETE) != 0) bench_die("pcre2", "cannot compile");
    r.match = pcre2_match_data_create_from_pattern(r.code, NULL);
    if (!r.match) bench_die("pcre2", "out of memory");
    return r;
}

/* The text was found to be UTF-8 before, as the fastest use of the library asks. */
static void run_pcre2(const void *context) {
    const struct regex *r = context;
    PCRE2_SIZE at = 0, sum = 0;
    const PCRE2_SIZE *where = pcre2_get_ovector_pointer(r->match);
    while (pcre2_jit_match(r->code, (PCRE2_SPTR)r->text->ptr, r->text->len, at, PCRE2_NO_UTF_CHECK, r->match, NULL) >
           0) {
        sum += where[0];
        at = where[1];
    }
    bench_result = sum;
}

/* ------------------------------------------------------------------- to file */

struct job {
    const char *path, *format;
};

static enum gm_status count_bytes(void *context, const char *bytes, size_t len) {
    (void)bytes;
    *(size_t *)context += len;
    return GM_OK;
}

static enum gm_status keep_bytes(void *context, const char *bytes, size_t len) {
    return fwrite(bytes, 1, len, context) == len ? GM_OK : GM_OUTPUT;
}

static void write_job(const struct job *job, const struct gm_sink *sink) {
    struct gm_doc *doc;
    struct gm_error error;
    struct gm_write_options options;
    gm_write_options_init(&options);
    options.text = GM_TEXT_FULL;
    if (gm_doc_parse_file(NULL, job->path, &doc, &error) != GM_OK) bench_die(job->path, error.message);
    if (gm_doc_write(doc, job->format, &options, sink, &error) != GM_OK) bench_die(job->format, error.message);
    gm_doc_free(doc);
}

static void run_write(const void *context) {
    size_t bytes = 0;
    struct gm_sink sink = {count_bytes, &bytes};
    write_job(context, &sink);
    bench_result = bytes;
}

static struct bench_script *script_of(const struct job *job) {
    struct bench_text output = {NULL, 0};
    FILE *f = open_memstream(&output.ptr, &output.len);
    if (!f) bench_die("open_memstream", "fails");
    struct gm_sink sink = {keep_bytes, f};
    write_job(job, &sink);
    if (fclose(f) != 0) bench_die("open_memstream", "fails");
    struct bench_script *script = bench_script_new(job->format, output);
    free(output.ptr);
    return script;
}

/* ---------------------------------------------------------------------- main */

static void parse_group(unsigned rounds, const char *group, const char *text_path, const char *mark_path) {
    struct bench_text text = bench_read(text_path), mark = bench_read(mark_path);
    struct copy copy = {&text, malloc(text.len + 1)};
    if (!copy.to) bench_die("out of memory", text_path);
    struct regex regex = regex_new(&text);
    const struct bench_case cases[] = {{group, "gangmu", run_gangmu, &text}, {group, "memchr", run_memchr, &text},
                                       {group, "memcpy", run_memcpy, &copy}, {group, "md4c", run_md4c, &mark},
                                       {group, "cmark", run_cmark, &mark},   {group, "pcre2", run_pcre2, &regex}};
    bench_run(cases, sizeof cases / sizeof cases[0], rounds, BENCH_CPU);
    struct gm_doc *doc = parse(&text);
    printf("%s\tnodes\t%lu\n%s\tbytes\t%zu\n", group, (unsigned long)gm_doc_node_count(doc), group, text.len);
    gm_doc_free(doc);
    pcre2_match_data_free(regex.match);
    pcre2_code_free(regex.code);
    free(copy.to);
    free(text.ptr);
    free(mark.ptr);
}

static void write_group(unsigned rounds, const char *group, const char *path) {
    static const char *const formats[] = {"xml", "yaml", "json"};
    static const char *const bare[] = {"bare xml", "bare yaml", "bare json"};
    enum { COUNT = sizeof formats / sizeof formats[0] };
    struct job jobs[COUNT];
    struct bench_script *scripts[COUNT];
    struct bench_case cases[2 * COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        jobs[i] = (struct job){path, formats[i]};
        scripts[i] = script_of(&jobs[i]);
        cases[2 * i] = (struct bench_case){group, formats[i], run_write, &jobs[i]};
        cases[2 * i + 1] = (struct bench_case){group, bare[i], bench_script_play, scripts[i]};
    }
    bench_run(cases, 2 * COUNT, rounds, BENCH_CPU);
    for (size_t i = 0; i < COUNT; i++) bench_script_free(scripts[i]);
}

static void scale(unsigned rounds, char *const *paths) {
    static struct bench_text texts[BENCH_MAX_CASES];
    static struct bench_case cases[BENCH_MAX_CASES];
    size_t count = 0;
    for (; paths[count] && count < BENCH_MAX_CASES; count++) {
        texts[count] = bench_read(paths[count]);
        cases[count] = (struct bench_case){"scale", paths[count], run_gangmu, &texts[count]};
    }
    bench_run(cases, count, rounds, BENCH_CPU);
    for (size_t i = 0; i < count; i++) free(texts[i].ptr);
}

int main(int argc, char **argv) {
    unsigned rounds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
    if (argc == 6 && strcmp(argv[1], "parse") == 0)
        parse_group(rounds, argv[3], argv[4], argv[5]);
    else if (argc == 5 && strcmp(argv[1], "write") == 0)
        write_group(rounds, argv[3], argv[4]);
    else if (argc > 3 && strcmp(argv[1], "scale") == 0)
        scale(rounds, argv + 3);
    else
        bench_die("usage", "parse ROUNDS GROUP TEXT MARKDOWN | write ROUNDS GROUP TEXT | scale ROUNDS TEXT...");
    return 0;
}
