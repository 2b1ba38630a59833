/* api.h - what the files of the public side share. */
#ifndef GM_API_H
#define GM_API_H

#include "base/base.h"

/* Parse text that has been decoded already, as plain text, byte for byte: nothing of it is taken for a byte order mark.
 * The text must outlive the document. options->format is "text". */
enum gm_status gm__doc_parse_text(const struct gm_options *options, struct gm_str text, struct gm_doc **out);

#endif
