/* read_odt.c - OpenDocument texts. */
#include "input/package.h"

enum gm_status gm__odt_read(const struct gm__package *package, struct gm__source *out) {
    (void)out;
    return gm__fail(package->in->error, GM_INPUT, "unknown-package", "OpenDocument texts cannot be read yet");
}
