/*
 * css.h - the little of CSS that changes what a reader of a page sees as structure: list-style-type, display,
 * white-space, text-align, font-weight and counters, from style attributes and simple rules of <style>.
 */
#ifndef GM_CSS_H
#define GM_CSS_H

#include <libxml/tree.h>

#include "base/base.h"

enum gm__css_display { GM__DISPLAY_UNSET, GM__DISPLAY_NONE, GM__DISPLAY_BLOCK, GM__DISPLAY_INLINE };
enum gm__css_bool { GM__CSS_UNSET, GM__CSS_NO, GM__CSS_YES };

#define GM__COUNTER_UNSET 0 /* else 1 + row of the counter styles */
#define GM__COUNTER_NONE  1

struct gm__css {
    uint8_t display; /* enum gm__css_display */
    uint8_t counter; /* GM__COUNTER_* or a style's number */
    uint8_t pre, centered, bold;
    struct gm_str reset, increment; /* counter-reset, counter-increment; "" when not said */
    struct gm_str content;          /* of what stands before the element */
};

/* Counter styles that the sheets define (css_style.c); those that browsers know count as well. */
struct gm__css_styles {
    struct gm__vec styles; /* private */
};

struct gm__css_rules {
    struct gm__vec rules; /* private */
    struct gm__css_styles styles;
    struct gm__arena *arena; /* selectors and values live here */
    bool counting;           /* some rule has to do with counters */
};

void gm__css_init(struct gm__css_rules *rules, const struct gm_allocator *a, struct gm__arena *arena);
void gm__css_release(struct gm__css_rules *rules);
/* Add the rules of one style sheet; what is not understood is passed over. */
enum gm_status gm__css_add(struct gm__css_rules *rules, const char *text, size_t len);
/* What the rules and the style attribute say of an element. */
void gm__css_of(const struct gm__css_rules *rules, const xmlNode *node, struct gm__css *out);
/* What they say of its ::before or ::marker. */
void gm__css_before(const struct gm__css_rules *rules, const xmlNode *node, struct gm__css *out);

/* Counter styles (css_counter.c). */
uint8_t gm__counter_by_name(const char *name, size_t len); /* GM__COUNTER_UNSET when unknown */
/* The marker as browsers show it, "1." or "一、", without the space behind; length, 0 for bullets and none. */
size_t gm__counter_label(uint8_t counter, int32_t value, char *buffer, size_t size);
/* The number alone. */
size_t gm__counter_number(uint8_t counter, int32_t value, char *buffer, size_t size);

void gm__css_styles_init(struct gm__css_styles *styles, const struct gm_allocator *a);
void gm__css_styles_release(struct gm__css_styles *styles);
/* The style of this name, by the declarations in [p, end). */
enum gm_status gm__css_style_add(struct gm__css_styles *styles, struct gm_str name, const char *p, const char *end);
/* As those of css_counter.c. */
uint8_t gm__css_style(const struct gm__css_styles *styles, const char *name, size_t len);
size_t gm__css_style_label(const struct gm__css_styles *styles, uint8_t counter, int32_t value, char *out, size_t size);
size_t gm__css_style_number(const struct gm__css_styles *styles, uint8_t counter, int32_t value, char *out,
                            size_t size);
/* An escape behind its backslash at *p, before `end`, for which *p moves: its character in out[4], how many bytes. */
size_t gm__css_escape(const char **p, const char *end, char *out);
/* The next declaration from *p on, for which *p moves; false at the end. */
bool gm__css_next(const char **p, const char *end, struct gm_str *name, struct gm_str *value);

/* Counters of style sheets (css_content.c). */
struct gm__css_numbers {
    struct gm__vec counters; /* private */
    const struct gm__css_styles *styles;
};
void gm__css_numbers_init(struct gm__css_numbers *numbers, const struct gm_allocator *a,
                          const struct gm__css_styles *styles);
void gm__css_numbers_release(struct gm__css_numbers *numbers);
/* An element of this depth resets and counts. */
enum gm_status gm__css_count(struct gm__css_numbers *numbers, size_t depth, const struct gm__css *css);
/* The element of this depth ends: what was counted inside is forgotten. */
void gm__css_leave(struct gm__css_numbers *numbers, size_t depth);
/* The text of `content`, its length: 0 when it shows no counter or is not understood. item: counter(list-item);
 * *value: the counter that it shows last. */
size_t gm__css_content(const struct gm__css_numbers *numbers, struct gm_str content, int32_t item, char *out,
                       size_t size, int32_t *value);

#endif
