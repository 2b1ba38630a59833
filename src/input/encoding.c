/* encoding.c - bytes to UTF-8. */
#include "input/input.h"

enum gm_status gm__decode(const struct gm__input *in, const char *bytes, size_t len, const char *declared,
                          struct gm__source *out) {
    (void)declared;
    if (gm__utf8_valid_prefix(bytes, len) != len)
        return gm__fail(in->error, GM_INPUT, "bad-utf8", "the input is not UTF-8");
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    out->text = bytes;
    out->text_len = len;
    out->encoding = "UTF-8";
    return GM_OK;
}
