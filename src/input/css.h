/*
 * css.h - the little of CSS that changes what a reader of a page sees as structure: list-style-type, display,
 * white-space, text-align and font-weight, from style attributes and simple rules of <style>.
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
};

struct gm__css_rules {
    struct gm__vec rules;    /* private */
    struct gm__arena *arena; /* selectors live here */
};

void gm__css_init(struct gm__css_rules *rules, const struct gm_allocator *a, struct gm__arena *arena);
void gm__css_release(struct gm__css_rules *rules);
/* Add the rules of one style sheet; what is not understood is passed over. */
enum gm_status gm__css_add(struct gm__css_rules *rules, const char *text, size_t len);
/* What the rules and the style attribute say of an element. */
void gm__css_of(const struct gm__css_rules *rules, const xmlNode *node, struct gm__css *out);

/* Counter styles (css_counter.c). */
uint8_t gm__counter_by_name(const char *name, size_t len); /* GM__COUNTER_UNSET when unknown */
/* The marker as browsers show it, "1." or "一、", without the space behind; length, 0 for bullets and none. */
size_t gm__counter_label(uint8_t counter, int32_t value, char *buffer, size_t size);

#endif
