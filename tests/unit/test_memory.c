/*
 * test_memory.c - every allocation fails in turn, for every reader and every writer.
 *
 * Through the allocator hook: the library's own. Through malloc itself: also what libxml2, libyaml, libzip, zlib and
 * the C library ask for on its behalf. Each run ends with the right document or with GM_NOMEM, and gives everything
 * back. libcmark and uchardet (C++) cannot report a failure, they end the process; their allocations do not fail here.
 * libxml2 and libzip lose what they cannot put in its place and may call it a damaged file; where an allocation of
 * theirs failed, leaks are not counted and any failure will do, but never another document.
 */
#define _GNU_SOURCE /* dl_iterate_phdr */

#include "build.h"
#include "heap.h"
#include "input/input.h"

#include <iconv.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libxml/xmlerror.h>
#include <zip.h>

/* ------------------------------------------------------------------ inputs */

struct bytes {
    const char *name;
    char *data;
    size_t len;
};

static const char rich[] =
    "关于做好防汛工作的通知\n\n各县（区）人民政府：\n\n一、总体要求\n（一）坚持人民至上。要上下同心。\n"
    "1.压实责任；\n2.排查隐患。\n（二）抓好落实\n二、重点任务。主要有：一是抓监测。二是抓预警。三是抓抢险。\n"
    "四、保障措施\n第一条 本办法自公布之日起施行。\n\n附件：1.名单\n\n某市人民政府办公室\n2024年3月5日\n";
static const char page[] =
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>通知</title><style>li{list-style-type:"
    "cjk-ideographic}</style></head><body><h1>总则</h1><ol><li>甲<li>乙<ul><li>丙</ul></ol>"
    "<table><tr><td>一</td><td>二</td></tr></table><p>第一条 适用&amp;范围<br>说明</p></body></html>";
static const char archive[] =
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html; "
    "charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n<ol><li>=E7=94=B2<li>=E4=B9=99</ol>\n--b--\n";
static const char markdown[] =
    "---\ntitle: 通知\n---\n\n# 一、总则\n\n1. 甲\n2. 乙\n   - 丙\n\n> 引文\n\n**重点**：`码` <b>粗</b>\n\n"
    "## （一）目的\n\n正文[链接](http://例)。\n";
#define ODF(name) "xmlns:" name "=\"urn:oasis:names:tc:opendocument:xmlns:" name ":1.0\" "
static const char odf[] = "<office:document-content " ODF("office") ODF("text") ODF(
    "style") "><office:automatic-styles><text:list-style style:name=\"L\"><text:list-level-style-number "
             "text:level=\"1\" "
             "style:num-format=\"1\" "
             "style:num-suffix=\".\"/></text:list-style></office:automatic-styles><office:body><office:text>"
             "<text:h text:outline-level=\"1\">总则</text:h><text:list text:style-name=\"L\"><text:list-item><text:p>甲"
             "<text:span>乙</text:span></text:p></text:list-item></text:list></office:text></office:body></"
             "office:document-content>";
#define OFFICE   "http://schemas.openxmlformats.org/"
#define MAIN_DOC OFFICE "officeDocument/2006/relationships/officeDocument"
static const char ooxml[] =
    "<w:document xmlns:w=\"" OFFICE "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>一、甲</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>二、乙</w:t></w:r></w:p></w:body></w:document>";
static const char relations[] = "<Relationships xmlns=\"" OFFICE "package/2006/relationships\"><Relationship Id=\"r1\" "
                                "Type=\"" MAIN_DOC "\" Target=\"word/document.xml\"/></Relationships>";
static const char ole[512] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";

static struct gm_doc *parse(const struct bytes *in) {
    struct gm_doc *doc;
    struct gm_error error;
    if (gm_doc_parse(NULL, in->data, in->len, in->name, &doc, &error) != GM_OK)
        fail_msg("%s: %s", in->name, error.message);
    return doc;
}

/* What the default allocator's copy of this would be. */
static struct bytes copy_of(const char *name, const char *data, size_t len) {
    struct bytes b = {name, malloc(len ? len : 1), len};
    assert_non_null(b.data);
    memcpy(b.data, data, len);
    return b;
}

static struct bytes written(const struct gm_doc *doc, const char *format, const char *name) {
    struct gm__buf buf = build_write(doc, format, NULL);
    struct bytes b = copy_of(name, buf.data, buf.len);
    gm__buf_release(&buf);
    return b;
}

struct member {
    const char *name, *content;
};

static struct bytes packed(const char *name, const struct member *members, size_t count) {
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < count; i++) {
        const char *content = members[i].content;
        assert_true(zip_file_add(zip, members[i].name, zip_source_buffer(zip, content, strlen(content), 0), 0) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t st;
    assert_int_equal(zip_source_stat(source, &st), 0);
    struct bytes b = {name, malloc((size_t)st.size), (size_t)st.size};
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, b.data, st.size), (zip_int64_t)st.size);
    (void)zip_source_close(source);
    zip_source_free(source);
    return b;
}

static struct bytes from_file(const char *name, const char *path) {
    struct bytes b = {name, malloc(1 << 20), 0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    b.len = fread(b.data, 1, 1 << 20, file);
    (void)fclose(file);
    return b;
}

/* 一、甲 二、乙 in other encodings, which are guessed. */
#define GBK   "\xD2\xBB\xA1\xA2\xBC\xD7\xA1\xA3\n\xB6\xFE\xA1\xA2\xD2\xD2\xA1\xA3\n"
#define UTF16 "\xFF\xFE\x00\x4E\x01\x30\x32\x75\x0A\x00\x8C\x4E\x01\x30\x59\x4E\x0A\x00"

struct set {
    struct bytes items[32];
    size_t count;
    iconv_t open[16]; /* so that the C library keeps the tables of encodings from one run to the next */
};

/* Where converters put their files; must be empty after each run. */
static char scratch[64];

static void nothing_stays_in_scratch(const char *name, long n) {
    if (rmdir(scratch) != 0 || mkdir(scratch, 0700) != 0)
        fail_msg("%s, allocation %ld: a temporary file stays", name, n);
}

/* An old Word file, and a stand-in for LibreOffice that makes this document of it. */
static void make_doc(struct set *set) {
    static const struct member members[] = {{"_rels/.rels", relations}, {"word/document.xml", ooxml}};
    static char path[1024], docx[96];
    (void)snprintf(path, sizeof path, "PATH=" SOURCE_DIR "/tests/inputs/external/bin:%s", getenv("PATH"));
    (void)snprintf(scratch, sizeof scratch, "/tmp/gangmu-test-XXXXXX");
    assert_non_null(mkdtemp(scratch));
    (void)snprintf(docx, sizeof docx, "%s.docx", scratch);
    struct bytes b = packed("a.docx", members, GM__COUNT(members));
    FILE *file = fopen(docx, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(b.data, 1, b.len, file), b.len);
    assert_int_equal(fclose(file), 0);
    free(b.data);
    assert_int_equal(putenv(path), 0);
    assert_int_equal(setenv("GANGMU_TEST_DOCX", docx, 1) | setenv("TMPDIR", scratch, 1), 0);
    set->items[set->count++] = copy_of("a.doc", ole, sizeof ole);
}

static int make_inputs(void **state) {
    static struct set set;
    struct bytes text = copy_of("a.txt", rich, sizeof rich - 1);
    struct gm_doc *doc = parse(&text);
    set.items[set.count++] = text;
    set.items[set.count++] = copy_of("gbk.txt", GBK GBK, sizeof(GBK GBK) - 1);
    set.items[set.count++] = copy_of("utf16.txt", UTF16, sizeof UTF16 - 1);
    static const char *const formats[][2] = {{"docx", "a.docx"},    {"opml", "a.opml"},     {"xml", "a.xml"},
                                             {"yaml", "a.yaml"},    {"json", "a.json"},     {"mm", "a.mm"},
                                             {"html", "page.html"}, {"markdown", "list.md"}};
    for (size_t i = 0; i < GM__COUNT(formats); i++) set.items[set.count++] = written(doc, formats[i][0], formats[i][1]);
    set.items[set.count++] = copy_of("a.html", page, sizeof page - 1);
    set.items[set.count++] = copy_of("a.mht", archive, sizeof archive - 1);
    set.items[set.count++] = copy_of("a.md", markdown, sizeof markdown - 1);
    set.items[set.count++] = packed("a.odt", &(struct member){"content.xml", odf}, 1);
    set.items[set.count++] = from_file("a.pdf", SOURCE_DIR "/tests/inputs/external/pdf/manual.pdf");
    make_doc(&set);
    gm_doc_free(doc);
    static const char *const encodings[] = {
        "GB18030", "BIG5-HKSCS", "EUC-TW", "SHIFT_JISX0213", "EUC-JP",      "EUC-KR",   "UHC",
        "CP932",   "CP949",      "CP950",  "UTF-16LE",       "ISO-2022-JP", "UTF-32LE", "BIG5"};
    for (size_t i = 0; i < GM__COUNT(encodings); i++) set.open[i] = iconv_open("UTF-32LE", encodings[i]);
    *state = &set;
    return 0;
}

static int free_inputs(void **state) {
    struct set *set = *state;
    (void)unlink(getenv("GANGMU_TEST_DOCX"));
    (void)rmdir(scratch);
    for (size_t i = 0; i < set->count; i++) free(set->items[i].data);
    for (size_t i = 0; i < GM__COUNT(set->open); i++)
        if (set->open[i] && set->open[i] != (iconv_t)-1) (void)iconv_close(set->open[i]);
    return 0;
}

static const struct gm__reader *reader_of(const struct bytes *b) {
    struct gm_options o;
    struct gm_error error;
    const struct gm__reader *reader;
    gm_options_init(&o);
    const struct gm__input in = {.bytes = b->data, .len = b->len, .name = b->name, .options = &o, .error = &error};
    assert_int_equal(gm__reader_pick(&in, &reader), GM_OK);
    return reader;
}

/* Does the set have an input for each reader there is? */
static void every_reader_is_covered(void **state) {
    const struct set *set = *state;
    const struct gm__reader *reader;
    for (size_t r = 0; (reader = gm__reader_at(r)) != NULL; r++) {
        bool found = false;
        for (size_t i = 0; i < set->count && !found; i++) found = reader_of(&set->items[i]) == reader;
        if (!found) fail_msg("no input for the reader %s", reader->info.name);
    }
}

/* ----------------------------------------------------------------- reading */

/* Parse and check with this heap, all options on; then, with memory again, what became of it, as JSON. */
static enum gm_status read_with(const struct bytes *in, const struct gm_allocator *a, struct heap *heap,
                                struct gm__buf *model) {
    struct gm_options o;
    struct gm_doc *doc;
    struct gm_error error = {0};
    gm_options_init(&o);
    o.allocator = a;
    o.implied = o.explain = true;
    enum gm_status status = gm_doc_parse(&o, in->data, in->len, in->name, &doc, &error);
    if (status == GM_OK) status = gm_doc_lint(doc, NULL, &error);
    heap->left = -1;
    gm__buf_init(model, &gm__default_allocator, SIZE_MAX);
    if (status == GM_OK) *model = build_write(doc, "json", NULL);
    if (status != GM_OK && !heap->excused && strcmp(error.id, "out-of-memory") != 0)
        fail_msg("%s: %s [%s]", in->name, error.message, error.id);
    gm_doc_free(doc);
    xmlResetLastError(); /* the last message, which libxml2 keeps for each thread */
    return status;
}

static void check_read(const struct bytes *in, const struct gm_allocator *a, struct heap *heap, long from) {
    struct gm__buf whole, model;
    arm(heap, -1, false);
    assert_int_equal(read_with(in, a, heap, &whole), GM_OK); /* libraries set themselves up */
    gm__buf_release(&whole);
    assert_int_equal(read_with(in, a, heap, &whole), GM_OK);
    for (int once = 0; once < 2; once++) {
        long n = from;
        do {
            long before = heap->live;
            arm(heap, n, once != 0);
            enum gm_status status = read_with(in, a, heap, &model);
            if (status == GM_OK && strcmp(model.data, whole.data) != 0)
                fail_msg("%s, allocation %ld: another document", in->name, n);
            if (status != GM_OK && status != GM_NOMEM && !heap->excused)
                fail_msg("%s, allocation %ld: status %d", in->name, n, (int)status);
            gm__buf_release(&model);
            nothing_stays_in_scratch(in->name, n);
            if (heap->live > before && !heap->excused)
                fail_msg("%s, allocation %ld: %ld not given back", in->name, n, heap->live - before);
            n++;
        } while (heap->failed);
        if (n < 10) fail_msg("%s: only %ld allocations", in->name, n);
        if (getenv("VERBOSE")) print_message("%s: %ld\n", in->name, n);
    }
    gm__buf_release(&whole);
}

static void readers_survive_the_hook(void **state) {
    const struct set *set = *state;
    struct heap heap = {.left = -1};
    struct gm_allocator a = {hook, &heap};
    for (size_t i = 0; i < set->count; i++) check_read(&set->items[i], &a, &heap, 0);
    assert_int_equal(heap.live, 0);
}

/* By pieces, and from a file. */
static void other_ways_survive_the_hook(void **state) {
    const struct set *set = *state;
    struct heap heap = {.left = -1};
    struct gm_allocator a = {hook, &heap};
    struct gm_options o;
    gm_options_init(&o);
    o.allocator = &a;
    for (int way = 0; way < 2; way++) {
        long n = 0;
        do {
            struct gm_doc *doc = NULL;
            struct gm_feeder *feeder = NULL;
            arm(&heap, n++, false);
            enum gm_status status;
            if (way) {
                status = gm_doc_parse_file(&o, SOURCE_DIR "/examples/speech.txt", &doc, NULL);
            } else {
                status = gm_feeder_new(&o, "a.txt", &feeder, NULL);
                for (size_t at = 0; status == GM_OK && at + 60 < set->items[0].len; at += 60)
                    status = gm_feeder_feed(feeder, set->items[0].data + at, 60, NULL);
                if (status == GM_OK)
                    status = gm_feeder_finish(feeder, &doc, NULL);
                else
                    gm_feeder_free(feeder);
            }
            assert_int_equal(status, heap.failed ? GM_NOMEM : GM_OK);
            gm_doc_free(doc);
            assert_int_equal(heap.live, 0);
        } while (heap.failed);
    }
}

/* ----------------------------------------------------------------- writing */

static enum gm_status write_with(struct gm_doc *doc, const struct gm_writer *w, const char *style,
                                 struct gm__buf *out) {
    struct gm_write_options o;
    gm_write_options_init(&o);
    o.text = GM_TEXT_FULL;
    o.style = style;
    gm__buf_init(out, &gm__default_allocator, SIZE_MAX);
    struct gm_sink sink = {build_collect, out};
    return gm_doc_write_with(doc, w, &o, &sink, NULL);
}

static void check_write(struct gm_doc *doc, const struct gm_writer *w, const char *style, struct heap *heap) {
    struct gm__buf whole, buf;
    arm(heap, -1, false);
    assert_int_equal(write_with(doc, w, style, &whole), GM_OK);
    gm__buf_release(&whole);
    assert_int_equal(write_with(doc, w, style, &whole), GM_OK);
    for (int once = 0; once < 2; once++) {
        long n = 0;
        do {
            long before = heap->live;
            arm(heap, n, once != 0);
            enum gm_status status = write_with(doc, w, style, &buf);
            heap->left = -1;
            if (status == GM_OK) {
                assert_int_equal(buf.len, whole.len);
                assert_memory_equal(buf.data, whole.data, whole.len);
            } else if (status != GM_NOMEM) {
                fail_msg("%s, allocation %ld: status %d", w->name, n, (int)status);
            }
            gm__buf_release(&buf);
            if (heap->live > before && !heap->excused)
                fail_msg("%s, allocation %ld: %ld not given back", w->name, n, heap->live - before);
            n++;
        } while (heap->failed);
        if (getenv("VERBOSE")) print_message("%s: %ld\n", w->name, n);
    }
    gm__buf_release(&whole);
}

/* Every writer in every style that it names. */
static void check_writers(const struct set *set, struct heap *heap, const struct gm_allocator *a) {
    struct gm_doc *doc = parse(&set->items[0]);
    doc->allocator = a;
    const struct gm_writer *w;
    for (size_t i = 0; (w = gm_writer_at(i)) != NULL; i++) {
        const char *styles = w->styles && *w->styles != '*' ? w->styles : "";
        check_write(doc, w, NULL, heap);
        while (*styles) {
            char style[64];
            size_t n = strcspn(styles, " ");
            assert_true(n < sizeof style);
            memcpy(style, styles, n);
            style[n] = '\0';
            check_write(doc, w, style, heap);
            styles += n + (styles[n] == ' ');
        }
    }
    doc->allocator = &gm__default_allocator;
    gm_doc_free(doc);
}

static void writers_survive_the_hook(void **state) {
    struct heap heap = {.left = -1};
    struct gm_allocator a = {hook, &heap};
    check_writers(*state, &heap, &a);
    assert_int_equal(heap.live, 0);
}

/* ------------------------------------------------------------------ malloc */

#if OWN_MALLOC

/* libxml2 2.9 does not look whether it got the buffers with which it begins to read a page (xmlSwitchToEncoding); an
 * archive of a page asks for some before that. */
#define HTML_SETUP 25

static void readers_survive_malloc(void **state) {
    const struct set *set = *state;
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->items[i].name, "page.html") != 0) /* too large for this */
            check_read(&set->items[i], NULL, &all,
                       strstr(set->items[i].name, ".html")  ? HTML_SETUP
                       : strstr(set->items[i].name, ".mht") ? HTML_SETUP + 8
                                                            : 0);
}

static void writers_survive_malloc(void **state) { check_writers(*state, &all, &gm__default_allocator); }

#endif

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reader_is_covered),
        cmocka_unit_test(readers_survive_the_hook),
        cmocka_unit_test(other_ways_survive_the_hook),
        cmocka_unit_test(writers_survive_the_hook),
#if OWN_MALLOC
        cmocka_unit_test(readers_survive_malloc),
        cmocka_unit_test(writers_survive_malloc),
#endif
    };
#if OWN_MALLOC
    (void)dl_iterate_phdr(note_place, NULL);
#endif
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, make_inputs, free_inputs);
}
