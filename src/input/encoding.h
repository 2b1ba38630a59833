/*
 * encoding.h - what the three encoding*.c files share.
 * encoding.c decides, encoding_guess.c weighs hypotheses, encoding_convert.c converts.
 */
#ifndef GM_ENCODING_H
#define GM_ENCODING_H

#include "input/input.h"

struct gm__charset {
    const char *name;  /* what the document reports; an iconv name */
    const char *iconv; /* the converter: the widest superset in use */
    uint8_t unit;      /* code unit in bytes: 1, 2 or 4 */
    uint8_t kana;      /* weight of kana: Japanese encodings only */
    uint8_t hangul;
    uint8_t lead_low, lead_high; /* lead bytes of the commoner half of its repertoire; 0 when not ordered so */
};

extern const struct gm__charset gm__utf8_charset;

/* A charset by any name it goes by ("gbk", "x-sjis", "UTF_8"); NULL when it is not one of ours. */
const struct gm__charset *gm__charset_find(const char *name);

/* Length of the byte order mark that the bytes begin with; 0 when there is none. */
size_t gm__byte_order_mark(const char *bytes, size_t len);

/* The likeliest charset of bytes that are not plainly UTF-8; NULL when memory runs out. `head` is the first len bytes
 * (a sample). */
const struct gm__charset *gm__charset_guess(const char *head, size_t len, bool whole);

/* How well bytes read under a hypothesis, per byte; below zero when they hardly are text of it, NAN when memory runs
 * out. */
double gm__charset_score(const struct gm__charset *set, const char *head, size_t len, bool whole);

/* Append the text to out->buffer; ill-formed bytes become U+FFFD and a warning, or an error. */
enum gm_status gm__convert(const struct gm__input *in, const char *iconv_name, size_t unit, const char *bytes,
                           size_t len, struct gm__source *out);
/* The same for UTF-8 that is not wholly well-formed. `good` is the length of its well-formed prefix. */
enum gm_status gm__convert_utf8(const struct gm__input *in, const char *bytes, size_t len, size_t good,
                                struct gm__source *out);

#endif
