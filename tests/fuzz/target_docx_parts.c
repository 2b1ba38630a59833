/* target_docx_parts.c - the parts of a Word document: the body, the numbering and the styles, with 0xFF between. */
#include "fuzz.h"

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define REL  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define OTHER                                                                                                          \
    " xmlns:r=\"" REL "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""                    \
    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""                                 \
    " xmlns:v=\"urn:schemas-microsoft-com:vml\""                                                                       \
    " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""                                          \
    " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\""

static const char package_rels[] =
    RELS "<Relationship Id=\"r1\" Type=\"" REL "/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
static const char document_rels[] = RELS "<Relationship Id=\"r1\" Type=\"" REL "/styles\" Target=\"styles.xml\"/>"
                                         "<Relationship Id=\"r2\" Type=\"" REL "/numbering\" Target=\"numbering.xml\"/>"
                                         "</Relationships>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *at = data, *end = data + size;
    struct gm__buf bufs[3], zip;
    struct gm_str body =
        fuzz_fragment(&at, end, "<w:document " WORD OTHER "><w:body>", "</w:body></w:document>", &bufs[0]);
    struct gm_str numbering = fuzz_fragment(&at, end, "<w:numbering " WORD OTHER ">", "</w:numbering>", &bufs[1]);
    struct gm_str styles = fuzz_fragment(&at, end, "<w:styles " WORD OTHER ">", "</w:styles>", &bufs[2]);
    struct fuzz_part parts[] = {
        {"_rels/.rels", package_rels, sizeof package_rels - 1},
        {"word/_rels/document.xml.rels", document_rels, sizeof document_rels - 1},
        {"word/document.xml", body.ptr, body.len},
        {"word/numbering.xml", numbering.ptr, numbering.len},
        {"word/styles.xml", styles.ptr, styles.len},
    };
    fuzz_package(parts, GM__COUNT(parts), &zip);
    fuzz_read("docx", zip.data, zip.len, (unsigned)size);
    gm__buf_release(&zip);
    for (size_t i = 0; i < GM__COUNT(bufs); i++) gm__buf_release(&bufs[i]);
    return 0;
}
