/*
 * traditional.h - texts in traditional characters, read as if they were simplified.
 *
 * The words that the parser knows are simplified ones (规定, 结束语). A text in traditional characters is compared with
 * them in a copy whose characters are simplified; each takes as many bytes as before, so that places hold for both.
 */
#ifndef GM_TRADITIONAL_H
#define GM_TRADITIONAL_H

#include "base/base.h"

/* Does a traditional character stand in it? */
bool gm__has_traditional(const char *text, size_t len);

/* Are more than a tenth of its first 64 characters traditional ones, and is its first 64 KB not Japanese? */
bool gm__is_traditional(const char *text, size_t len);

/* Write the text to `to`, simplified characters in the place of traditional ones, “ ” ‘ ’ in that of 「 」 『 』. What
 * is not UTF-8 stays as it is. */
void gm__simplify(char *to, const char *text, size_t len);

#endif
