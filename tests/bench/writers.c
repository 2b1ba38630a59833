/*
 * writers.c - what libxml2, libyaml and yajl alone take for the strings of one of our outputs.
 *
 * The output is read back with the same library into a list of calls, which is then played into the library's writer.
 * So the bare writer gets exactly our strings, and nothing but the library's own work is timed.
 */
#include "bench.h"

#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>
#include <yajl/yajl_parse.h>
#include <yaml.h>

enum call_kind { START, END, START_LIST, END_LIST, NAME, ATTRIBUTE, STRING, NUMBER, TRUE, FALSE, NONE };

struct call {
    enum call_kind kind;
    size_t a, a_len, b; /* strings: offsets in the pool, NUL-terminated */
};

struct bench_script {
    void (*play)(const struct bench_script *script);
    struct call *calls;
    size_t count, room;
    char *pool;
    size_t used, pool_room;
};

static size_t keep(struct bench_script *s, const void *bytes, size_t len) {
    if (s->pool_room - s->used < len + 1) {
        s->pool_room = (s->used + len + 1) * 2;
        if (!(s->pool = realloc(s->pool, s->pool_room))) bench_die("out of memory", "strings");
    }
    size_t at = s->used;
    if (len) memcpy(s->pool + at, bytes, len);
    s->pool[at + len] = 0;
    s->used += len + 1;
    return at;
}

static struct call *add(struct bench_script *s, enum call_kind kind, const void *bytes, size_t len) {
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 1024;
        if (!(s->calls = realloc(s->calls, s->room * sizeof *s->calls))) bench_die("out of memory", "calls");
    }
    struct call *call = &s->calls[s->count++];
    *call = (struct call){kind, keep(s, bytes, len), len, 0};
    return call;
}

/* ---------------------------------------------------------------------- XML */

static void read_xml(struct bench_script *s, struct bench_text text) {
    xmlTextReaderPtr r = xmlReaderForMemory(text.ptr, (int)text.len, NULL, NULL, XML_PARSE_HUGE);
    if (!r) bench_die("xml", "cannot read");
    while (xmlTextReaderRead(r) == 1) {
        const char *name = (const char *)xmlTextReaderConstName(r), *value = (const char *)xmlTextReaderConstValue(r);
        int type = xmlTextReaderNodeType(r), empty = xmlTextReaderIsEmptyElement(r);
        if (type == XML_READER_TYPE_ELEMENT) {
            (void)add(s, START, name, strlen(name));
            while (xmlTextReaderMoveToNextAttribute(r) == 1) {
                name = (const char *)xmlTextReaderConstName(r);
                value = (const char *)xmlTextReaderConstValue(r);
                size_t b = keep(s, value, strlen(value));
                add(s, ATTRIBUTE, name, strlen(name))->b = b;
            }
            if (empty) (void)add(s, END, "", 0);
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            (void)add(s, END, "", 0);
        } else if (value) {
            (void)add(s, STRING, value, strlen(value));
        }
    }
    xmlFreeTextReader(r);
}

static int count_xml(void *context, const char *bytes, int len) {
    (void)context, (void)bytes;
    bench_result = (size_t)len;
    return len;
}

static void play_xml(const struct bench_script *s) {
    xmlTextWriterPtr w = xmlNewTextWriter(xmlOutputBufferCreateIO(count_xml, NULL, NULL, NULL));
    if (!w) bench_die("xml", "out of memory");
    (void)xmlTextWriterStartDocument(w, NULL, "UTF-8", NULL);
    for (const struct call *c = s->calls; c < s->calls + s->count; c++) {
        const xmlChar *a = (const xmlChar *)s->pool + c->a;
        if (c->kind == START)
            (void)xmlTextWriterStartElement(w, a);
        else if (c->kind == ATTRIBUTE)
            (void)xmlTextWriterWriteAttribute(w, a, (const xmlChar *)s->pool + c->b);
        else if (c->kind == STRING)
            (void)xmlTextWriterWriteString(w, a);
        else
            (void)xmlTextWriterEndElement(w);
    }
    if (xmlTextWriterEndDocument(w) < 0) bench_die("xml", "cannot write");
    xmlFreeTextWriter(w);
}

/* --------------------------------------------------------------------- YAML */

static void read_yaml(struct bench_script *s, struct bench_text text) {
    static const enum call_kind kinds[] = {[YAML_SEQUENCE_START_EVENT] = START_LIST,
                                           [YAML_SEQUENCE_END_EVENT] = END_LIST,
                                           [YAML_MAPPING_START_EVENT] = START,
                                           [YAML_MAPPING_END_EVENT] = END};
    yaml_parser_t p;
    yaml_event_t e;
    if (!yaml_parser_initialize(&p)) bench_die("yaml", "out of memory");
    yaml_parser_set_input_string(&p, (const unsigned char *)text.ptr, text.len);
    for (bool more = true; more; yaml_event_delete(&e)) {
        if (!yaml_parser_parse(&p, &e)) bench_die("yaml", p.problem ? p.problem : "cannot read");
        if (e.type == YAML_SCALAR_EVENT)
            add(s, STRING, e.data.scalar.value, e.data.scalar.length)->b = (size_t)e.data.scalar.style;
        else if (e.type >= YAML_SEQUENCE_START_EVENT)
            (void)add(s, kinds[e.type], "", 0);
        more = e.type != YAML_STREAM_END_EVENT;
    }
    yaml_parser_delete(&p);
}

static int count_yaml(void *context, unsigned char *bytes, size_t len) {
    (void)context, (void)bytes;
    bench_result = len;
    return 1;
}

static void emit(yaml_emitter_t *w, yaml_event_t *e, int made) {
    if (!made || !yaml_emitter_emit(w, e)) bench_die("yaml", w->problem ? w->problem : "out of memory");
}

static void play_yaml(const struct bench_script *s) {
    yaml_emitter_t w;
    yaml_event_t e;
    if (!yaml_emitter_initialize(&w)) bench_die("yaml", "out of memory");
    yaml_emitter_set_output(&w, count_yaml, NULL);
    yaml_emitter_set_unicode(&w, 1);
    yaml_emitter_set_width(&w, -1);
    emit(&w, &e, yaml_stream_start_event_initialize(&e, YAML_UTF8_ENCODING));
    emit(&w, &e, yaml_document_start_event_initialize(&e, NULL, NULL, NULL, 1));
    for (const struct call *c = s->calls; c < s->calls + s->count; c++) {
        int made =
            c->kind == START        ? yaml_mapping_start_event_initialize(&e, NULL, NULL, 1, YAML_ANY_MAPPING_STYLE)
            : c->kind == END        ? yaml_mapping_end_event_initialize(&e)
            : c->kind == START_LIST ? yaml_sequence_start_event_initialize(&e, NULL, NULL, 1, YAML_ANY_SEQUENCE_STYLE)
            : c->kind == END_LIST   ? yaml_sequence_end_event_initialize(&e)
                                    : yaml_scalar_event_initialize(&e, NULL, NULL, (const yaml_char_t *)s->pool + c->a,
                                                                   (int)c->a_len, 1, 1, (yaml_scalar_style_t)c->b);
        emit(&w, &e, made);
    }
    emit(&w, &e, yaml_document_end_event_initialize(&e, 1));
    emit(&w, &e, yaml_stream_end_event_initialize(&e));
    yaml_emitter_delete(&w);
}

/* --------------------------------------------------------------------- JSON */

static int on_null(void *s) { return add(s, NONE, "", 0) != NULL; }
static int on_boolean(void *s, int value) { return add(s, value ? TRUE : FALSE, "", 0) != NULL; }
static int on_number(void *s, const char *text, size_t len) { return add(s, NUMBER, text, len) != NULL; }
static int on_string(void *s, const unsigned char *text, size_t len) { return add(s, STRING, text, len) != NULL; }
static int on_start(void *s) { return add(s, START, "", 0) != NULL; }
static int on_key(void *s, const unsigned char *text, size_t len) { return add(s, NAME, text, len) != NULL; }
static int on_end(void *s) { return add(s, END, "", 0) != NULL; }
static int on_list(void *s) { return add(s, START_LIST, "", 0) != NULL; }
static int on_list_end(void *s) { return add(s, END_LIST, "", 0) != NULL; }

static void read_json(struct bench_script *s, struct bench_text text) {
    static const yajl_callbacks callbacks = {on_null,  on_boolean, NULL,   NULL,    on_number,  on_string,
                                             on_start, on_key,     on_end, on_list, on_list_end};
    yajl_handle h = yajl_alloc(&callbacks, NULL, s);
    if (!h || yajl_parse(h, (const unsigned char *)text.ptr, text.len) != yajl_status_ok ||
        yajl_complete_parse(h) != yajl_status_ok)
        bench_die("json", "cannot read");
    yajl_free(h);
}

static void count_json(void *context, const char *bytes, size_t len) {
    (void)context, (void)bytes;
    bench_result = len;
}

static void play_json(const struct bench_script *s) {
    yajl_gen g = yajl_gen_alloc(NULL);
    if (!g || !yajl_gen_config(g, yajl_gen_print_callback, count_json, NULL)) bench_die("json", "out of memory");
    for (const struct call *c = s->calls; c < s->calls + s->count; c++) {
        const char *a = s->pool + c->a;
        yajl_gen_status status = c->kind == START        ? yajl_gen_map_open(g)
                                 : c->kind == END        ? yajl_gen_map_close(g)
                                 : c->kind == START_LIST ? yajl_gen_array_open(g)
                                 : c->kind == END_LIST   ? yajl_gen_array_close(g)
                                 : c->kind == NUMBER     ? yajl_gen_number(g, a, c->a_len)
                                 : c->kind == TRUE       ? yajl_gen_bool(g, 1)
                                 : c->kind == FALSE      ? yajl_gen_bool(g, 0)
                                 : c->kind == NONE       ? yajl_gen_null(g)
                                                         : yajl_gen_string(g, (const unsigned char *)a, c->a_len);
        if (status != yajl_gen_status_ok) bench_die("json", "cannot write");
    }
    yajl_gen_free(g);
}

/* ---------------------------------------------------------------------- all */

struct bench_script *bench_script_new(const char *format, struct bench_text output) {
    static const struct {
        const char *format;
        void (*read)(struct bench_script *script, struct bench_text text);
        void (*play)(const struct bench_script *script);
    } libraries[] = {{"xml", read_xml, play_xml}, {"yaml", read_yaml, play_yaml}, {"json", read_json, play_json}};
    struct bench_script *s = calloc(1, sizeof *s);
    if (!s) bench_die("out of memory", format);
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
        if (strcmp(libraries[i].format, format) == 0) {
            s->play = libraries[i].play;
            libraries[i].read(s, output);
        }
    if (!s->play) bench_die("no bare writer for", format);
    return s;
}

void bench_script_play(const void *script) {
    const struct bench_script *s = script;
    s->play(s);
}

void bench_script_free(struct bench_script *s) {
    free(s->calls);
    free(s->pool);
    free(s);
}
