/* docx_package.c - the package around a Word document; see docx_package.h. */
#include "output/docx_package.h"

#include "output/flow.h"
#include "output/parts.h"
#include "output/zip.h"

#include <errno.h>
#include <libxml/xmlreader.h>
#include <stdio.h>

enum { REFERENCE_MAX = 16 * 1024 * 1024 };

/* ----------------------------------------------------------------- styles */

/* By enum gm__docx_style: the name in any language of Word, and the id in the built-in styles. */
static const struct {
    const char *name, *id;
} known[GM__DOCX_STYLE_COUNT] = {
    [GM__DOCX_TITLE] = {"Title", "Title"},
    [GM__DOCX_BODY] = {"Body Text", "BodyText"},
    [GM__DOCX_NUMBER] = {"Document Number", "DocumentNumber"},
    [GM__DOCX_SIGNATURE] = {"Signature", "Signature"},
    [GM__DOCX_DATE] = {"Date", "Date"},
    [GM__DOCX_TOC_HEADING] = {"TOC Heading", "TOCHeading"},
    [GM__DOCX_TOC_1] = {"toc 1", "TOC1"},
    {"toc 2", "TOC2"},
    {"toc 3", "TOC3"},
    [GM__DOCX_HEADING_1] = {"heading 1", "Heading1"},
    {"heading 2", "Heading2"},
    {"heading 3", "Heading3"},
    {"heading 4", "Heading4"},
    {"heading 5", "Heading5"},
    {"heading 6", "Heading6"},
    {"heading 7", "Heading7"},
    {"heading 8", "Heading8"},
    {"heading 9", "Heading9"},
    [GM__DOCX_LABEL] = {"Article Label", "ArticleLabel"},
};

static bool same_name(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        int x = *a >= 'A' && *a <= 'Z' ? *a + 32 : *a, y = *b >= 'A' && *b <= 'Z' ? *b + 32 : *b;
        if (x != y) return false;
    }
    return *a == *b;
}

/* A member of the zip into the arena; "" when it is missing. */
static enum gm_status read_member(struct gm__arena *arena, zip_t *zip, const char *name, struct gm_str *out) {
    zip_stat_t stat;
    *out = gm__str("", 0);
    if (zip_stat(zip, name, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE)) return GM_OK;
    if (stat.size > REFERENCE_MAX) return GM_LIMIT;
    char *data = gm__arena_alloc(arena, (size_t)stat.size + 1);
    if (!data) return GM_NOMEM;
    zip_file_t *file = zip_fopen(zip, name, 0);
    zip_int64_t got = file ? zip_fread(file, data, stat.size) : -1;
    if (file) (void)zip_fclose(file);
    if (got < 0 || (zip_uint64_t)got != stat.size) return GM_INPUT;
    *out = gm__str(data, (size_t)got);
    return GM_OK;
}

/* An attribute or name as the reader gives it, compared and copied before it is freed. */
static enum gm_status take_name(struct gm__docx_look *s, const xmlChar *name, const xmlChar *id) {
    for (size_t i = 0; name && id && i < GM__DOCX_STYLE_COUNT; i++) {
        if (s->id[i] || !same_name((const char *)name, known[i].name)) continue;
        s->id[i] = gm__arena_copy(&s->arena, (const char *)id, strlen((const char *)id));
        return s->id[i] ? GM_OK : GM_NOMEM;
    }
    return GM_OK;
}

/* Which id goes with which name: <w:style w:styleId="1"><w:name w:val="heading 1"/>. */
static enum gm_status read_ids(struct gm__docx_look *s) {
    static const char ns[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    xmlTextReaderPtr reader = xmlReaderForMemory(s->xml.ptr, (int)s->xml.len, NULL, NULL,
                                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlChar *id = NULL;
    enum gm_status status = reader ? GM_OK : GM_NOMEM;
    int more = reader ? xmlTextReaderRead(reader) : 0;
    while (status == GM_OK && more == 1) {
        const char *element = (const char *)xmlTextReaderConstLocalName(reader);
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT && strcmp(element, "style") == 0) {
            xmlFree(id);
            id = xmlTextReaderGetAttributeNs(reader, (const xmlChar *)"styleId", (const xmlChar *)ns);
        } else if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT && strcmp(element, "name") == 0) {
            xmlChar *name = xmlTextReaderGetAttributeNs(reader, (const xmlChar *)"val", (const xmlChar *)ns);
            status = take_name(s, name, id);
            xmlFree(name);
        }
        more = xmlTextReaderRead(reader);
    }
    xmlFree(id);
    xmlFreeTextReader(reader);
    return status == GM_OK && more < 0 ? GM_INPUT : status;
}

static enum gm_status from_reference(struct gm__docx_look *s, const char *path, int *unopened) {
    int code;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    if (!zip && code == ZIP_ER_NOENT) *unopened = ENOENT;
    if (!zip && code == ZIP_ER_OPEN) *unopened = errno;
    if (!zip) return GM_INPUT;
    enum gm_status status = read_member(&s->arena, zip, "word/styles.xml", &s->xml);
    if (status == GM_OK) status = read_member(&s->arena, zip, "word/theme/theme1.xml", &s->theme);
    zip_discard(zip);
    if (status == GM_OK && !s->xml.len) status = GM_INPUT;
    return status == GM_OK ? read_ids(s) : status;
}

enum gm_status gm__docx_look_init(struct gm__docx_look *s, const struct gm_allocator *a, const char *path,
                                  struct gm_error *error) {
    *s = (struct gm__docx_look){0};
    gm__arena_init(&s->arena, a);
    s->theme = gm__str("", 0);
    if (!path) {
        s->xml = gm__str(gm__part_styles_xml.text, gm__part_styles_xml.len);
        for (size_t i = 0; i < GM__DOCX_STYLE_COUNT; i++) s->id[i] = known[i].id;
        return GM_OK;
    }
    int unopened = 0;
    enum gm_status status = from_reference(s, path, &unopened);
    if (status != GM_INPUT && status != GM_LIMIT) return status;
    if (unopened)
        (void)gm__fail(error, status, "reference-doc", "cannot be opened: %s", strerror(unopened));
    else
        (void)gm__fail(error, status, "reference-doc", "this is not a Word document whose styles can be used");
    if (error) (void)snprintf(error->where, sizeof error->where, "%s", path); /* whatever input it is for */
    return status;
}

void gm__docx_look_release(struct gm__docx_look *s) {
    if (s->arena.allocator) gm__arena_release(&s->arena);
}

/* ---------------------------------------------------------------- package */

#define XML                       "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE_TYPE               "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define RELATION                  "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define OVERRIDE(part, type)      "<Override PartName=\"/word/" part ".xml\" ContentType=\"" OFFICE_TYPE type "+xml\"/>\n"
#define RELATED(id, type, target) "<Relationship Id=\"" id "\" Type=\"" RELATION type "\" Target=\"" target "\"/>\n"

#define CONTENT_TYPES                                                                                                  \
    XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n"                             \
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n"     \
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n" OVERRIDE("document", "document.main")         \
            OVERRIDE("styles", "styles") OVERRIDE("settings", "settings") OVERRIDE("fontTable", "fontTable")           \
                OVERRIDE("footerOdd", "footer") OVERRIDE(                                                              \
                    "footerEven",                                                                                      \
                    "footer") "<Override PartName=\"/docProps/core.xml\" "                                             \
                              "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\n"
static const char content_types[] = CONTENT_TYPES "</Types>\n";
static const char themed_types[] =
    CONTENT_TYPES "<Override PartName=\"/word/theme/theme1.xml\" "
                  "ContentType=\"application/vnd.openxmlformats-officedocument.theme+xml\"/>\n</Types>\n";

#define RELATIONS XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n"
static const char package_relations[] = RELATIONS RELATED(
    "rId1", "officeDocument", "word/document.xml") "<Relationship Id=\"rId2\" "
                                                   "Type=\"http://schemas.openxmlformats.org/package/2006/"
                                                   "relationships/metadata/core-properties\" "
                                                   "Target=\"docProps/core.xml\"/>\n</Relationships>\n";
#define DOCUMENT_RELATIONS                                                                                             \
    RELATIONS RELATED("rId1", "styles", "styles.xml") RELATED("rId2", "settings", "settings.xml")                      \
        RELATED("rId3", "fontTable", "fontTable.xml") RELATED("rId4", "footer", "footerOdd.xml")                       \
            RELATED("rId5", "footer", "footerEven.xml")
static const char document_relations[] = DOCUMENT_RELATIONS "</Relationships>\n";
static const char themed_relations[] =
    DOCUMENT_RELATIONS RELATED("rId6", "theme", "theme/theme1.xml") "</Relationships>\n";

static void put_buf(void *ctx, const char *bytes, size_t len) { (void)gm__buf_add(ctx, bytes, len); }

static enum gm_status core_properties(struct gm__buf *b, struct gm_str title) {
    (void)gm__buf_puts(
        b,
        XML "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
    gm__markup_escape(title, put_buf, b);
    return gm__buf_puts(b, "</dc:title></cp:coreProperties>\n");
}

static void add(struct gm__zip *zip, const char *name, struct gm_str data) {
    (void)gm__zip_add(zip, name, data.ptr, data.len, false);
}

static void add_part(struct gm__zip *zip, const char *name, const struct gm__part *part) {
    (void)gm__zip_add(zip, name, part->text, part->len, false);
}

static void add_all(struct gm__zip *zip, const struct gm__docx_look *look, struct gm_str document, struct gm_str core) {
    bool theme = look->theme.len != 0;
    add(zip, "[Content_Types].xml", gm__strz(theme ? themed_types : content_types));
    add(zip, "_rels/.rels", gm__strz(package_relations));
    add(zip, "docProps/core.xml", core);
    add(zip, "word/document.xml", document);
    add(zip, "word/_rels/document.xml.rels", gm__strz(theme ? themed_relations : document_relations));
    add(zip, "word/styles.xml", look->xml);
    add_part(zip, "word/settings.xml", &gm__part_settings_xml);
    add_part(zip, "word/fontTable.xml", &gm__part_fontTable_xml);
    add_part(zip, "word/footerOdd.xml", &gm__part_footerOdd_xml);
    add_part(zip, "word/footerEven.xml", &gm__part_footerEven_xml);
    if (theme) add(zip, "word/theme/theme1.xml", look->theme);
}

enum gm_status gm__docx_package(struct gm_output *out, const struct gm__docx_look *look, struct gm_str document) {
    struct gm__zip zip;
    struct gm__buf core;
    gm__buf_init(&core, out->doc->allocator, SIZE_MAX);
    if (core_properties(&core, gm_doc_title(out->doc)) != GM_OK) (void)gm_output_fail(out, GM_NOMEM, "out of memory");
    if (out->status == GM_OK) {
        (void)gm__zip_init(&zip, out);
        if (out->status == GM_OK) add_all(&zip, look, document, gm__str(core.data, core.len));
        (void)gm__zip_finish(&zip);
        gm__zip_release(&zip);
    }
    gm__buf_release(&core);
    return out->status;
}
