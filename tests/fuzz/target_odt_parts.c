/* target_odt_parts.c - the parts of an OpenDocument text: the body, the automatic styles and the styles, with 0xFF
 * between. */
#include "fuzz.h"

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMESPACES                                                                                                     \
    "xmlns:office=\"" OASIS "office:1.0\" xmlns:text=\"" OASIS "text:1.0\" xmlns:style=\"" OASIS "style:1.0\""         \
    " xmlns:table=\"" OASIS "table:1.0\" xmlns:draw=\"" OASIS "drawing:1.0\" xmlns:fo=\"" OASIS                        \
    "xsl-fo-compatible:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *at = data, *end = data + size;
    struct gm__buf bufs[3], content, zip;
    struct gm_str body =
        fuzz_fragment(&at, end, "<office:body><office:text>", "</office:text></office:body>", &bufs[0]);
    struct gm_str automatic =
        fuzz_fragment(&at, end, "<office:automatic-styles>", "</office:automatic-styles>", &bufs[1]);
    struct gm_str styles = fuzz_fragment(&at, end, "<office:document-styles " NAMESPACES "><office:styles>",
                                         "</office:styles></office:document-styles>", &bufs[2]);
    gm__buf_init(&content, &gm__default_allocator, SIZE_MAX);
    (void)gm__buf_puts(&content, "<office:document-content " NAMESPACES ">");
    (void)gm__buf_add(&content, automatic.ptr, automatic.len);
    (void)gm__buf_add(&content, body.ptr, body.len);
    CHECK(gm__buf_puts(&content, "</office:document-content>") == GM_OK, "no memory");
    struct fuzz_part parts[] = {
        {"mimetype", "application/vnd.oasis.opendocument.text", 39},
        {"content.xml", content.data, content.len},
        {"styles.xml", styles.ptr, styles.len},
    };
    fuzz_package(parts, GM__COUNT(parts), &zip);
    fuzz_read("odt", zip.data, zip.len, (unsigned)size);
    gm__buf_release(&zip);
    gm__buf_release(&content);
    for (size_t i = 0; i < GM__COUNT(bufs); i++) gm__buf_release(&bufs[i]);
    return 0;
}
