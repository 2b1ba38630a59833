/*
 * word_number.h - numbers as word processors display them.
 * Word: every ST_NumberFormat (ECMA-376 17.18.59) with the deviations that [MS-OI29500] 2.1.540 states.
 * ODF: the num-format strings that LibreOffice writes.
 */
#ifndef GM_WORD_NUMBER_H
#define GM_WORD_NUMBER_H

#include "base/base.h"

#define GM__LABEL_TEXT 255 /* bytes of what stands around the counters: a longer one would be repeated at each item */
#define GM__NUMBER_MAX 99999999 /* numbers beyond it are text to the parser, as in numeral.h */

struct gm__number_format; /* a row of the table */

/* By w:numFmt's value; decimal when unknown. NULL for "none" and "bullet". */
const struct gm__number_format *gm__word_format(struct gm_str name);
/* By style:num-format ("一, 二, 三, ..."); decimal when unknown, NULL for "". */
const struct gm__number_format *gm__odf_format(struct gm_str name, bool letter_sync);
const struct gm__number_format *gm__decimal_format(void);

/* Append the number; one beyond the format comes out decimal, as Word writes it. */
enum gm_status gm__number_append(struct gm__buf *out, const struct gm__number_format *format, int64_t value);

#endif
