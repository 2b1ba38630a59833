/* registry.c - the readers, cheap bidders first. To add one: its file and one line here. */
#include "input/input.h"

#define READERS(X)                                                                                                     \
    X(text)                                                                                                            \
    X(docx)                                                                                                            \
    X(odt)                                                                                                             \
    X(html)                                                                                                            \
    X(mht)                                                                                                             \
    X(markdown)                                                                                                        \
    X(opml)                                                                                                            \
    X(xml)                                                                                                             \
    X(yaml)                                                                                                            \
    X(json)                                                                                                            \
    X(mm)                                                                                                              \
    X(pdf)                                                                                                             \
    X(doc)

#define DECLARE(name) extern const struct gm__reader gm__read_##name;
READERS(DECLARE)
#undef DECLARE

#define ROW(name) &gm__read_##name,
static const struct gm__reader *const readers[] = {READERS(ROW)};
#undef ROW

#define HEAD ((size_t)64 * 1024)

const struct gm__reader *gm__reader_at(size_t index) { return index < GM__COUNT(readers) ? readers[index] : NULL; }

const struct gm_reader_info *gm_reader_at(size_t index) {
    return index < GM__COUNT(readers) ? &readers[index]->info : NULL;
}

enum gm_status gm__reader_pick(const struct gm__input *in, const struct gm__reader **out) {
    const char *wanted = in->options->format;
    const struct gm__reader *best = NULL;
    int high = 0;
    for (size_t i = 0; i < GM__COUNT(readers); i++) {
        const struct gm__reader *r = readers[i];
        if (wanted) {
            if (strcmp(r->info.name, wanted) == 0) {
                *out = r;
                return GM_OK;
            }
            continue;
        }
        int bid = r->bid((const unsigned char *)in->bytes, in->len < HEAD ? in->len : HEAD, in->name);
        if (bid > high) {
            high = bid;
            best = r;
        }
    }
    if (wanted) return gm__fail(in->error, GM_USAGE, "unknown-format", "unknown input format '%s'", wanted);
    if (!best)
        return gm__fail(in->error, GM_INPUT, "unknown-input", "the input is of no format that this build can read");
    *out = best;
    return GM_OK;
}
