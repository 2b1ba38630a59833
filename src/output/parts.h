/* parts.h - files that are embedded at build time: the style and script of the HTML page, the fixed
 * parts of a Word document. One is named after its file: html/page.css is gm__part_page_css. */
#ifndef GM_PARTS_H
#define GM_PARTS_H

#include <stddef.h>

struct gm__part {
    const char *text;
    size_t len;
    const char *hash; /* "sha256-…", as a Content-Security-Policy names it */
};
extern const struct gm__part gm__part_page_css, gm__part_page_js;
extern const struct gm__part gm__part_styles_xml, gm__part_settings_xml, gm__part_fontTable_xml;
extern const struct gm__part gm__part_footerOdd_xml, gm__part_footerEven_xml;

#endif
