/*
 * css.c - rules of style sheets and style attributes, as far as they change structure.
 *
 * Selectors: compounds of tag, .class and #id joined by blanks or '>', ::before and ::marker behind. Anything else
 * (attributes, other pseudo-classes, at-rules) makes the rule one that is not understood, and it is passed over.
 * At most RULES rules that say something of interest are kept, which bounds the work per element.
 */
#include "input/css.h"

#define RULES 256
#define PARTS 4
#define CLIMB 64

/* tag.class#id; "" when not asked for */
struct compound {
    struct gm_str tag, id, class_name[2];
    bool child; /* of the part before it, not only inside it */
};
struct rule {
    struct compound parts[PARTS]; /* outermost first */
    uint8_t count;
    bool before;     /* of what stands before the element */
    uint16_t weight; /* specificity, then order */
    struct gm__css css;
};

void gm__css_init(struct gm__css_rules *rules, const struct gm_allocator *a, struct gm__arena *arena) {
    gm__vec_init(&rules->rules, a, sizeof(struct rule), RULES);
    gm__css_styles_init(&rules->styles, a);
    rules->arena = arena;
}

void gm__css_release(struct gm__css_rules *rules) {
    gm__vec_release(&rules->rules);
    gm__css_styles_release(&rules->styles);
}

/* ------------------------------------------------------------ declarations */

static bool same(struct gm_str s, const char *word) { return s.len && gm__has_word(word, s.ptr, s.len); }

static void set_list_style(const struct gm__css_styles *styles, struct gm_str value, struct gm__css *out) {
    if (value.len && (value.ptr[0] == '"' || value.ptr[0] == '\''))
        out->counter = GM__COUNTER_NONE; /* the same mark for all */
    for (size_t i = 0; i < value.len;) {
        while (i < value.len && (value.ptr[i] == ' ' || value.ptr[i] == '\t' || value.ptr[i] == '\n')) i++;
        size_t from = i;
        while (i < value.len && value.ptr[i] != ' ' && value.ptr[i] != '\t' && value.ptr[i] != '\n') i++;
        uint8_t counter = gm__css_style(styles, value.ptr + from, i - from);
        if (counter != GM__COUNTER_UNSET) out->counter = counter;
    }
}

static void set_display(struct gm_str value, struct gm__css *out) {
    if (same(value, "none"))
        out->display = GM__DISPLAY_NONE;
    else if (same(value, "block flex grid table list-item flow-root table-row table-cell"))
        out->display = GM__DISPLAY_BLOCK;
    else if (same(value, "inline inline-block"))
        out->display = GM__DISPLAY_INLINE;
}

static uint8_t yes(bool truth) { return truth ? GM__CSS_YES : GM__CSS_NO; }

static void declare(const struct gm__css_styles *styles, struct gm_str name, struct gm_str value, struct gm__css *out) {
    for (size_t i = 0; i < value.len && !same(name, "content"); i++)
        if (value.ptr[i] == '!') value = gm__str_trim(gm__str(value.ptr, i));
    if (same(name, "list-style-type list-style"))
        set_list_style(styles, value, out);
    else if (same(name, "display"))
        set_display(value, out);
    else if (same(name, "visibility") && same(value, "hidden collapse"))
        out->display = GM__DISPLAY_NONE;
    else if (same(name, "white-space"))
        out->pre = yes(same(value, "pre pre-wrap pre-line break-spaces"));
    else if (same(name, "text-align"))
        out->centered = yes(same(value, "center -webkit-center"));
    else if (same(name, "font-weight"))
        out->bold = yes(same(value, "bold bolder 600 700 800 900"));
    else if (same(name, "counter-reset"))
        out->reset = value;
    else if (same(name, "counter-increment"))
        out->increment = value;
    else if (same(name, "content"))
        out->content = value;
}

bool gm__css_next(const char **p, const char *end, struct gm_str *name, struct gm_str *value) {
    while (*p < end) {
        const char *colon = NULL, *from = *p;
        char quote = 0;
        for (; *p < end && (quote || **p != ';'); (*p)++) {
            if (quote)
                quote = **p == quote ? 0 : quote;
            else if (**p == '"' || **p == '\'')
                quote = **p;
            else if (**p == ':' && !colon)
                colon = *p;
        }
        const char *stop = (*p)++;
        if (!colon) continue;
        *name = gm__str_trim(gm__str(from, (size_t)(colon - from)));
        *value = gm__str_trim(gm__str(colon + 1, (size_t)(stop - colon - 1)));
        return true;
    }
    return false;
}

static void declarations(const struct gm__css_styles *styles, const char *p, const char *end, struct gm__css *out) {
    struct gm_str name, value;
    while (gm__css_next(&p, end, &name, &value)) declare(styles, name, value, out);
}

/* --------------------------------------------------------------- selectors */

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* One compound at *p; false when it is not of the simple kind. */
static bool compound(const char **p, const char *end, struct compound *out, uint16_t *weight) {
    *out = (struct compound){0};
    const char *from = *p;
    while (*p < end && **p != ' ' && **p != '>' && **p != '\t' && **p != '\n' && **p != '\r') {
        char kind = is_name(**p) ? 0 : *(*p)++;
        if (kind == '*') continue;
        const char *name = *p;
        while (*p < end && is_name(**p)) (*p)++;
        struct gm_str word = gm__str(name, (size_t)(*p - name));
        if (!word.len || (kind && kind != '.' && kind != '#')) return false;
        if (kind == '#')
            out->id = word;
        else if (kind == 0)
            out->tag = word;
        else if (!out->class_name[0].len)
            out->class_name[0] = word;
        else
            out->class_name[1] = word;
        *weight = (uint16_t)(*weight + (kind == '#' ? 100 : kind == '.' ? 10 : 1));
    }
    return *p > from;
}

/* Take ::before off the end. */
static bool cut_pseudo(struct gm_str *text) {
    static const char *const words[] = {"::before", ":before", "::marker"};
    for (size_t i = 0; i < GM__COUNT(words); i++) {
        if (!gm__str_ends(*text, words[i])) continue;
        text->len -= strlen(words[i]);
        return true;
    }
    return false;
}

static bool selector(struct gm_str text, struct rule *rule) {
    rule->before = cut_pseudo(&text);
    const char *p = text.ptr, *end = text.ptr + text.len;
    rule->count = 0;
    rule->weight = 0;
    while (p < end) {
        bool child = false;
        for (; p < end && (*p == ' ' || *p == '>' || *p == '\t' || *p == '\n' || *p == '\r'); p++)
            child = child || *p == '>';
        if (p == end) break;
        if (rule->count == PARTS || !compound(&p, end, &rule->parts[rule->count], &rule->weight)) return false;
        rule->parts[rule->count++].child = child;
    }
    return rule->count > 0;
}

/* ------------------------------------------------------------------ sheets */

/* A copy without comments and without the comment marks of old pages. */
static size_t strip_comments(const char *text, size_t len, char *out) {
    size_t n = 0;
    for (size_t i = 0; i < len;) {
        if (text[i] == '/' && i + 1 < len && text[i + 1] == '*') {
            i += 2;
            while (i < len && !(text[i] == '*' && i + 1 < len && text[i + 1] == '/')) i++;
            i += 2;
        } else if (i + 4 <= len && memcmp(text + i, "<!--", 4) == 0) {
            i += 4;
        } else if (i + 3 <= len && memcmp(text + i, "-->", 3) == 0) {
            i += 3;
        } else {
            out[n++] = text[i++];
        }
    }
    return n;
}

/* Past the block that opens at p, or past ';' when none opens. */
static const char *skip_at_rule(const char *p, const char *end) {
    while (p < end && *p != '{' && *p != ';') p++;
    if (p < end && *p == ';') return p + 1;
    for (size_t depth = 0; p < end; p++) {
        if (*p == '{') depth++;
        if (*p == '}' && --depth == 0) return p + 1;
    }
    return end;
}

static enum gm_status add_rules(struct gm__css_rules *rules, struct gm_str selectors, const struct gm__css *css) {
    bool counts = css->reset.len || css->increment.len || css->content.len;
    if (!counts && !css->display && !css->counter && !css->pre && !css->centered && !css->bold) return GM_OK;
    for (size_t i = 0; i <= selectors.len && rules->rules.count < RULES; i++) {
        size_t from = i;
        while (i < selectors.len && selectors.ptr[i] != ',') i++;
        struct rule rule = {.css = *css};
        if (!selector(gm__str_trim(gm__str(selectors.ptr + from, i - from)), &rule)) continue;
        void *slot;
        enum gm_status s = gm__vec_push(&rules->rules, &slot);
        if (s != GM_OK) return s;
        memcpy(slot, &rule, sizeof rule);
        rules->counting = rules->counting || counts;
    }
    return GM_OK;
}

/* @counter-style NAME { … }, wherever it stands: rules above it may use it. */
static enum gm_status add_styles(struct gm__css_rules *rules, const char *p, const char *end) {
    static const char word[] = "@counter-style";
    enum gm_status s = GM_OK;
    while (s == GM_OK && p < end && (p = memchr(p, '@', (size_t)(end - p))) != NULL) {
        if ((size_t)(end - p) <= sizeof word || !gm__has_word(word, p, sizeof word - 1)) {
            p++;
            continue;
        }
        const char *from = p + sizeof word - 1;
        p = skip_at_rule(p, end);
        const char *open = p > from ? memchr(from, '{', (size_t)(p - from)) : NULL;
        if (!open) continue;
        s = gm__css_style_add(&rules->styles, gm__str_trim(gm__str(from, (size_t)(open - from))), open + 1, p - 1);
    }
    return s;
}

enum gm_status gm__css_add(struct gm__css_rules *rules, const char *text, size_t len) {
    char *copy = gm__arena_alloc(rules->arena, len + 1);
    if (!copy) return GM_NOMEM;
    const char *p = copy, *end = copy + strip_comments(text, len, copy);
    enum gm_status status = add_styles(rules, p, end);
    while (status == GM_OK && p < end) {
        while (p < end && gm__str_trim(gm__str(p, 1)).len == 0) p++;
        if (p < end && *p == '@') {
            p = skip_at_rule(p, end);
            continue;
        }
        const char *open = memchr(p, '{', (size_t)(end - p));
        const char *close = open ? memchr(open, '}', (size_t)(end - open)) : NULL;
        if (!close) break;
        struct gm__css css = {0};
        declarations(&rules->styles, open + 1, close, &css);
        status = add_rules(rules, gm__str(p, (size_t)(open - p)), &css);
        p = close + 1;
    }
    return status;
}

/* ---------------------------------------------------------------- matching */

static const char *attribute(const xmlNode *node, const char *name) {
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

static bool compound_fits(const struct compound *c, const xmlNode *node) {
    if (c->tag.len && !gm__has_word((const char *)node->name, c->tag.ptr, c->tag.len)) return false;
    if (c->id.len) {
        const char *id = attribute(node, "id");
        if (!id || !gm__str_eqz(c->id, id)) return false;
    }
    if (!c->class_name[0].len) return true;
    const char *classes = attribute(node, "class");
    if (!classes || !gm__has_word(classes, c->class_name[0].ptr, c->class_name[0].len)) return false;
    return !c->class_name[1].len || gm__has_word(classes, c->class_name[1].ptr, c->class_name[1].len);
}

static bool rule_fits(const struct rule *rule, const xmlNode *node) {
    int part = rule->count - 1;
    if (!compound_fits(&rule->parts[part], node)) return false;
    const xmlNode *up = node->parent;
    for (int climbed = 0; --part >= 0; up = up->parent) {
        bool child = rule->parts[part + 1].child;
        while (!child && up && up->type == XML_ELEMENT_NODE && climbed < CLIMB &&
               !compound_fits(&rule->parts[part], up)) {
            up = up->parent;
            climbed++;
        }
        if (!up || up->type != XML_ELEMENT_NODE || climbed >= CLIMB || !compound_fits(&rule->parts[part], up))
            return false;
    }
    return true;
}

/* A member that wins when its rule weighs at least as much as the one that set it. */
static void cascade(uint8_t value, uint16_t weight, uint8_t *out, uint16_t *won) {
    if (!value || weight < *won) return;
    *out = value;
    *won = weight;
}

static void cascade_text(struct gm_str value, uint16_t weight, struct gm_str *out, uint16_t *won) {
    if (!value.len || weight < *won) return;
    *out = value;
    *won = weight;
}

static void cascade_all(const struct gm__css_rules *rules, const xmlNode *node, bool before, struct gm__css *out) {
    uint16_t won[8] = {0};
    const struct rule *r = rules->rules.data;
    *out = (struct gm__css){0};
    for (size_t i = 0; i < rules->rules.count; i++, r++) {
        if (r->before != before || !rule_fits(r, node)) continue;
        cascade(r->css.display, r->weight, &out->display, &won[0]);
        cascade(r->css.counter, r->weight, &out->counter, &won[1]);
        cascade(r->css.pre, r->weight, &out->pre, &won[2]);
        cascade(r->css.centered, r->weight, &out->centered, &won[3]);
        cascade(r->css.bold, r->weight, &out->bold, &won[4]);
        cascade_text(r->css.reset, r->weight, &out->reset, &won[5]);
        cascade_text(r->css.increment, r->weight, &out->increment, &won[6]);
        cascade_text(r->css.content, r->weight, &out->content, &won[7]);
    }
}

void gm__css_of(const struct gm__css_rules *rules, const xmlNode *node, struct gm__css *out) {
    cascade_all(rules, node, false, out);
    const char *style = attribute(node, "style");
    if (style) declarations(&rules->styles, style, style + strlen(style), out);
}

void gm__css_before(const struct gm__css_rules *rules, const xmlNode *node, struct gm__css *out) {
    cascade_all(rules, node, true, out);
}
