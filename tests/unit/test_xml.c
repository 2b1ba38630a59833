/*
 * test_xml.c - XML in pieces: strings of every length around the size of the buffer leave the mark-up as it is, and so
 * do elements of any number, depth and size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "output/xml.h"
#include "random.h"

struct output {
    char *data;
    size_t len, room;
};

static enum gm_status append(void *ctx, const char *bytes, size_t len) {
    struct output *to = ctx;
    if (to->room - to->len < len + 1) {
        to->room = (to->len + len + 1) * 2;
        to->data = realloc(to->data, to->room);
        assert_non_null(to->data);
    }
    memcpy(to->data + to->len, bytes, len);
    to->len += len;
    to->data[to->len] = '\0';
    return GM_OK;
}

static void write_as(struct output *to, const char *text, const char *format, enum gm_text_amount amount) {
    struct gm_doc *doc;
    struct gm_write_options options;
    struct gm_sink sink = {append, to};
    gm_write_options_init(&options);
    options.text = amount;
    assert_int_equal(gm_doc_parse(NULL, text, strlen(text), "a.txt", &doc, NULL), GM_OK);
    assert_int_equal(gm_doc_write(doc, format, &options, &sink, NULL), GM_OK);
    gm_doc_free(doc);
}

/* A short paragraph, one of that many x and a mark to escape, a short one, a point below a point. */
static char *text_of(size_t len) {
    static const char before[] = "z。\n", after[] = "<。\ny。\n一、甲\n（一）乙\n";
    char *text = malloc(len + sizeof before + sizeof after);
    assert_non_null(text);
    memcpy(text, before, sizeof before - 1);
    memset(text + sizeof before - 1, 'x', len);
    memcpy(text + sizeof before - 1 + len, after, sizeof after);
    return text;
}

static void expect(const struct output *got, size_t *at, const char *want) {
    assert_true(*at + strlen(want) <= got->len);
    assert_memory_equal(got->data + *at, want, strlen(want));
    *at += strlen(want);
}

static void expect_run(const struct output *got, size_t *at, size_t len) {
    assert_true(*at + len <= got->len);
    for (size_t i = 0; i < len; i++, ++*at) assert_int_equal(got->data[*at], 'x');
}

static void check(size_t len, const char *format, enum gm_text_amount amount, const char *before, const char *after) {
    char *text = text_of(len);
    struct output got = {NULL, 0, 0};
    write_as(&got, text, format, amount);
    const char *start = strstr(got.data, before);
    assert_non_null(start);
    size_t at = (size_t)(start - got.data) + strlen(before);
    expect_run(&got, &at, len);
    expect(&got, &at, after);
    free(got.data);
    free(text);
}

static void every_length(void **state) {
    (void)state;
    for (size_t len = 1; len<25000; len += len> 16100 && len < 16500 ? 1 : 211) {
        check(len, "xml", GM_TEXT_FULL, " <text>\n  <p>z。</p>\n  <p>",
              "&lt;。</p>\n  <p>y。</p>\n </text>\n <outline>\n  <node ");
        check(len, "opml", GM_TEXT_FULL, " <body>\n  <outline text=\"z。\"/>\n  <outline text=\"",
              "&lt;。\"/>\n  <outline text=\"y。\"/>\n  <outline text=\"一、甲\">\n   <outline text=\"（一）乙\"/>\n"
              "  </outline>\n </body>\n</opml>\n");
    }
}

/* ---------------------------------------------------------- what it means */

/* The same calls without any pieces. */
struct plain {
    struct output out;
    const char *names[200];
    size_t depth;
    bool in_tag, after_end;
};

static void put(struct plain *x, const char *string) { (void)append(&x->out, string, strlen(string)); }

static void put_indent(struct plain *x) {
    for (size_t i = 0; i < x->depth; i++) put(x, " ");
}

static void plain_open(struct plain *x, const char *name) {
    if (x->in_tag) put(x, ">\n");
    put_indent(x);
    put(x, "<");
    put(x, name);
    x->names[x->depth++] = name;
    x->in_tag = true;
}

static void plain_close(struct plain *x) {
    const char *name = x->names[--x->depth];
    if (x->in_tag) {
        put(x, "/>\n");
    } else {
        if (x->after_end) put_indent(x);
        put(x, "</");
        put(x, name);
        put(x, ">\n");
    }
    x->in_tag = false;
    x->after_end = true;
}

static void plain_escaped(struct plain *x, const char *text, bool attribute) {
    static const char *const same[][2] = {{"&", "&amp;"},
                                          {"<", "&lt;"},
                                          {">", "&gt;"},
                                          {"\r", "&#13;"},
                                          {"\x01", "\uFFFD"},
                                          {"\xEF\xBF\xBE", "\uFFFD"},
                                          {"\xEF\xBF\xBF", "\uFFFD"}};
    static const char *const only_there[][2] = {{"\"", "&quot;"}, {"\t", "&#9;"}, {"\n", "&#10;"}};
    while (*text) {
        const char *instead = NULL;
        size_t n = 1;
        for (size_t i = 0; i < GM__COUNT(same) && !instead; i++)
            if (strncmp(text, same[i][0], n = strlen(same[i][0])) == 0) instead = same[i][1];
        for (size_t i = 0; attribute && i < GM__COUNT(only_there) && !instead; i++)
            if (strncmp(text, only_there[i][0], n = 1) == 0) instead = only_there[i][1];
        if (instead)
            put(x, instead);
        else
            (void)append(&x->out, text, n = 1);
        text += n;
    }
}

/* A text of a few pieces, at times of thousands. */
static const char *random_text(uint64_t *random, char *room, size_t size) {
    static const char *const pieces[] = {"甲", "。", "x",  "yz", "￥",   "\uFFFD",       "&",           "<", ">",
                                         "\"", "\t", "\n", "\r", "\x01", "\xEF\xBF\xBE", "\xEF\xBF\xBF"};
    size_t kind = next_random(random) % 50, len = 0;
    size_t count = next_random(random) % (kind == 0 ? 9000 : kind < 5 ? 300 : 20);
    bool plain = next_random(random) % 2;
    for (size_t i = 0; i < count && size - len > 4; i++) {
        const char *piece = pieces[next_random(random) % (plain ? 5 : GM__COUNT(pieces))];
        memcpy(room + len, piece, strlen(piece));
        len += strlen(piece);
    }
    room[len] = '\0';
    return room;
}

/* leaf: an element of it, with nothing else. */
static void random_attribute(struct gm__xml *xml, struct plain *want, uint64_t *random, char *room, size_t size,
                             bool leaf) {
    static const struct gm__xml_tag tag = {"outline", "text", "<outline text=\"", 15};
    bool space = next_random(random) % 2;
    const char *text = random_text(random, room, size);
    size_t half = strlen(text) / 2;
    while (((unsigned char)text[half] & 0xC0) == 0x80) half--;
    if (leaf) {
        gm__xml_leaf(xml, &tag, gm__str(text, half), space, gm__strz(text + half));
        plain_open(want, "outline");
    } else {
        gm__xml_attr_open(xml, "text");
        gm__xml_attr_heading(xml, gm__str(text, half), space, gm__strz(text + half));
        gm__xml_attr_close(xml);
    }
    put(want, " text=\"");
    char *label = strndup(text, half);
    assert_non_null(label);
    plain_escaped(want, label, true);
    if (space) put(want, " ");
    plain_escaped(want, text + half, true);
    put(want, "\"");
    free(label);
    if (leaf) plain_close(want);
}

/* One call or a few that belong together. deep: rather open than close. */
static void random_call(struct gm__xml *xml, struct plain *want, uint64_t *random, uint32_t deep) {
    static const char *const names[] = {"p", "node", "outline", "an-element-whose-name-is-longer-than-usual"};
    char room[30000];
    uint32_t what = next_random(random) % 12;
    if (what < deep && want->depth < GM__COUNT(want->names)) {
        const char *name = names[next_random(random) % GM__COUNT(names)];
        gm__xml_open(xml, name);
        plain_open(want, name);
        for (uint32_t n = next_random(random) % 3; n; n--)
            random_attribute(xml, want, random, room, sizeof room, false);
    } else if (what < 8 && want->depth > 1) {
        gm__xml_close(xml);
        plain_close(want);
    } else if (what >= 10 && want->depth < GM__COUNT(want->names)) {
        random_attribute(xml, want, random, room, sizeof room, true);
    } else if (what >= 8) {
        const char *text = random_text(random, room, sizeof room);
        gm__xml_text(xml, gm__strz(text));
        if (!*text) return;
        if (want->in_tag) put(want, ">");
        want->in_tag = want->after_end = false;
        plain_escaped(want, text, false);
    }
}

static void any_tree(void **state) {
    (void)state;
    uint64_t random = 1;
    struct gm_output *out = malloc(sizeof *out);
    struct gm__xml *xml = malloc(sizeof *xml);
    assert_true(out && xml);
    for (uint32_t round = 0; round < 60; round++) {
        struct output got = {NULL, 0, 0};
        struct gm_sink sink = {append, &got};
        struct plain want = {.in_tag = false};
        memset(out, 0, sizeof *out);
        memset(xml, 0, sizeof *xml);
        out->sink = &sink;
        assert_int_equal(gm__xml_init(xml, out), GM_OK);
        put(&want, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        gm__xml_open(xml, "root");
        plain_open(&want, "root");
        for (uint32_t i = 0; i < 3000; i++) random_call(xml, &want, &random, 3 + round % 4);
        while (want.depth) {
            gm__xml_close(xml);
            plain_close(&want);
        }
        assert_int_equal(gm__xml_finish(xml), GM_OK);
        assert_int_equal(gm__output_flush(out), GM_OK);
        gm__xml_release(xml);
        assert_int_equal(got.len, want.out.len);
        assert_memory_equal(got.data, want.out.data, got.len);
        free(got.data);
        free(want.out.data);
    }
    free(xml);
    free(out);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_length), cmocka_unit_test(any_tree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
