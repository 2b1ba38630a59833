/* test_package.c - packages in memory: every allocation fails in turn, and limits are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <zip.h>

#include "base/base.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define LEVEL(n, text)                                                                                                 \
    "<w:lvl w:ilvl=\"" n "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"" text      \
    "\"/></w:lvl>"
#define PARAGRAPH(level, text)                                                                                         \
    "<w:p><w:pPr><w:pStyle w:val=\"h\"/><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"1\"/></w:numPr>"        \
    "</w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define BOX "<w:p><w:r><w:t>图</w:t><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"

static const char document[] = "<w:document " W "><w:body>" PARAGRAPH("0", "总则") PARAGRAPH("1", "目的") BOX
    "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>SEQ</w:instrText>"
    "<w:fldChar w:fldCharType=\"separate\"/><w:t>共</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
    "</w:body></w:document>";
static const char styles[] =
    "<w:styles " W "><w:style w:type=\"paragraph\" w:styleId=\"h\"><w:basedOn w:val=\"i\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"i\"/></w:styles>";
static const char numbering[] = "<w:numbering " W "><w:abstractNum w:abstractNumId=\"0\">" LEVEL("0", "%1、")
    LEVEL("1", "（%2）") "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
static const char relationships[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Type=\"" TYPE "styles\" Target=\"styles.xml\"/>"
    "<Relationship Type=\"" TYPE "numbering\" Target=\"/word/numbering.xml\"/></Relationships>";

#define ODF(name) "xmlns:" name "=\"urn:oasis:names:tc:opendocument:xmlns:" name ":1.0\" "
static const char flat[] = "<office:document " ODF("office") ODF("text") ODF(
    "style") "><office:automatic-styles>"
             "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" "
             "style:num-suffix=\".\"/></text:list-style></office:automatic-styles><office:body><office:text>"
             "<text:list "
             "text:style-name=\"L\"><text:list-item><text:p>甲<text:span>乙</text:span></text:p></text:list-item>"
             "</text:list></office:text></office:body></office:document>";

/* A package of the parts, in memory; *len is its size. The caller frees it. */
static char *pack(const char *const parts[][2], size_t count, zip_uint64_t *len) {
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < count; i++)
        assert_true(zip_file_add(zip, parts[i][0], zip_source_buffer(zip, parts[i][1], strlen(parts[i][1]), 0), 0) >=
                    0);
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t st;
    assert_int_equal(zip_source_stat(source, &st), 0);
    char *bytes = malloc((size_t)st.size);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, bytes, st.size), (zip_int64_t)st.size);
    zip_source_close(source);
    zip_source_free(source);
    *len = st.size;
    return bytes;
}

static const char *const parts[][2] = {{"word/document.xml", document},
                                       {"word/styles.xml", styles},
                                       {"word/numbering.xml", numbering},
                                       {"word/_rels/document.xml.rels", relationships}};

struct budget {
    long left;    /* allocations until one fails */
    size_t bytes; /* handed out and not given back */
};

static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    struct budget *b = ctx;
    if (new_size == 0) {
        free(ptr);
        b->bytes -= old_size;
        return NULL;
    }
    if (b->left-- <= 0) return NULL;
    void *p = realloc(ptr, new_size);
    if (p) b->bytes += new_size - old_size;
    return p;
}

static void fail_each(const char *bytes, size_t len, const char *name, uint32_t nodes) {
    enum gm_status status = GM_NOMEM;
    for (long n = 0; status != GM_OK; n++) {
        assert_true(n < 10000);
        struct budget budget = {n, 0};
        struct gm_allocator a = {resize, &budget};
        struct gm_options o;
        struct gm_doc *doc;
        struct gm_error error;
        gm_options_init(&o);
        o.allocator = &a;
        status = gm_doc_parse(&o, bytes, len, name, &doc, &error);
        if (status == GM_OK) {
            assert_int_equal(gm_doc_node_count(doc), nodes);
            gm_doc_free(doc);
        } else {
            assert_int_equal(status, GM_NOMEM);
            assert_null(doc);
        }
        assert_int_equal(budget.bytes, 0);
    }
}

static void allocations_fail_in_turn(void **state) {
    (void)state;
    zip_uint64_t len;
    char *docx = pack(parts, GM__COUNT(parts), &len);
    fail_each(docx, (size_t)len, "a.docx", 3);
    free(docx);
    fail_each(flat, sizeof flat - 1, "a.fodt", 2);
}

static enum gm_status parse_with(const struct gm_options *o, struct gm_error *error) {
    zip_uint64_t len;
    char *docx = pack(parts, GM__COUNT(parts), &len);
    struct gm_doc *doc;
    enum gm_status s = gm_doc_parse(o, docx, (size_t)len, "a.docx", &doc, error);
    gm_doc_free(doc);
    free(docx);
    return s;
}

static void limits_are_kept(void **state) {
    (void)state;
    struct gm_options o;
    struct gm_error error;
    gm_options_init(&o);
    o.limits.memory_bytes = 100;
    assert_int_equal(parse_with(&o, &error), GM_LIMIT);
    assert_string_equal(error.id, "part-too-large");
    gm_options_init(&o);
    o.limits.text_bytes = 10;
    assert_int_equal(parse_with(&o, &error), GM_LIMIT);
    assert_string_equal(error.id, "text-too-large");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(allocations_fail_in_turn), cmocka_unit_test(limits_are_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
