/* page.h - the style sheet and the script of the HTML page, embedded at build time from this folder. */
#ifndef GM_HTML_PAGE_H
#define GM_HTML_PAGE_H

#include <stddef.h>

struct gm__page_part {
    const char *text;
    size_t len;
    const char *hash; /* "sha256-…", as a Content-Security-Policy names it */
};
extern const struct gm__page_part gm__page_css, gm__page_js;

#endif
