/*
 * css_content.c - the counters of style sheets (CSS Lists Level 3, section 4), and the text that content makes of them.
 *
 * A counter holds from the element that resets it over its following siblings and what is inside them; one that was
 * never reset begins at the element that counts it first.
 */
#include "input/css.h"

#include "input/sax.h"
#include "input/word_number.h"

/* Bounds of the work at one element; longer declarations are passed over. */
#define COUNTERS 256
#define NAMES    8
#define LENGTH   256

struct counter {
    struct gm_str name;
    size_t depth; /* of the element that made it */
    int32_t value;
};

void gm__css_numbers_init(struct gm__css_numbers *n, const struct gm_allocator *a,
                          const struct gm__css_styles *styles) {
    n->styles = styles;
    gm__vec_init(&n->counters, a, sizeof(struct counter), COUNTERS);
}

void gm__css_numbers_release(struct gm__css_numbers *n) { gm__vec_release(&n->counters); }

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* The next word of a declaration; empty at the end. */
static struct gm_str next_word(struct gm_str *rest) {
    *rest = gm__str_trim(*rest);
    size_t n = 0;
    while (n < rest->len && !is_blank(rest->ptr[n])) n++;
    struct gm_str word = gm__str(rest->ptr, n);
    *rest = gm__str(rest->ptr + n, rest->len - n);
    return word;
}

static bool is_number(struct gm_str s) {
    size_t sign = s.len > 1 && (s.ptr[0] == '-' || s.ptr[0] == '+');
    return s.len > sign && s.ptr[sign] >= '0' && s.ptr[sign] <= '9';
}

/* The innermost counter of this name. */
static struct counter *find(const struct gm__css_numbers *n, struct gm_str name) {
    struct counter *all = n->counters.data;
    for (size_t i = n->counters.count; i > 0; i--)
        if (gm__str_eq(all[i - 1].name, name)) return &all[i - 1];
    return NULL;
}

static enum gm_status make(struct gm__css_numbers *n, size_t depth, struct gm_str name, int32_t value) {
    struct counter *own = find(n, name);
    void *slot = own;
    enum gm_status s = own && own->depth == depth ? GM_OK : gm__vec_push(&n->counters, &slot);
    if (s == GM_OK) *(struct counter *)slot = (struct counter){name, depth, value};
    return s == GM_LIMIT ? GM_OK : s; /* what is past the limit does not count */
}

static enum gm_status count(struct gm__css_numbers *n, size_t depth, struct gm_str name, int32_t by) {
    struct counter *c = find(n, name);
    if (!c) return make(n, depth, name, by);
    int64_t value = (int64_t)c->value + by;
    if (value > -GM__NUMBER_MAX && value < GM__NUMBER_MAX) c->value = (int32_t)value;
    return GM_OK;
}

/* NAME NUMBER? NAME NUMBER? … */
static enum gm_status each(struct gm__css_numbers *n, size_t depth, struct gm_str list, bool reset) {
    enum gm_status s = GM_OK;
    if (list.len > LENGTH) return s;
    struct gm_str name = next_word(&list);
    for (int i = 0; i < NAMES && name.len && s == GM_OK; i++) {
        struct gm_str next = next_word(&list);
        int32_t value = is_number(next) ? gm__str_int(next, 0) : reset ? 0 : 1;
        if (is_number(next)) next = next_word(&list);
        if (!gm__str_eqz(name, "none")) s = reset ? make(n, depth, name, value) : count(n, depth, name, value);
        name = next;
    }
    return s;
}

enum gm_status gm__css_count(struct gm__css_numbers *n, size_t depth, const struct gm__css *css) {
    enum gm_status s = each(n, depth, css->reset, true);
    return s == GM_OK ? each(n, depth, css->increment, false) : s;
}

void gm__css_leave(struct gm__css_numbers *n, size_t depth) {
    const struct counter *all = n->counters.data;
    while (n->counters.count && all[n->counters.count - 1].depth > depth) n->counters.count--;
}

/* ---------------------------------------------------------------- content */

struct content {
    const struct gm__css_numbers *numbers;
    char *out;
    size_t len, size;
    int32_t item, *value; /* of the list item; of the counter shown last */
    bool counted, wrong;
};

static void put(struct content *c, const char *text, size_t len) {
    c->wrong = c->wrong || len >= c->size - c->len;
    if (c->wrong) return;
    memcpy(c->out + c->len, text, len);
    c->len += len;
    c->out[c->len] = 0;
}

/* A quoted string at p, with its escapes; what follows it. */
static const char *string(struct content *c, const char *p, const char *end) {
    char quote = *p++;
    while (p < end && *p != quote) {
        if (*p != '\\' || p + 1 == end) {
            put(c, p++, 1);
            continue;
        }
        char bytes[4];
        p++;
        size_t len = gm__css_escape(&p, end, bytes);
        put(c, bytes, len);
    }
    return p < end ? p + 1 : end;
}

static void show(struct content *c, int32_t value, struct gm_str style) {
    char text[80];
    uint8_t counter = gm__css_style(c->numbers->styles, style.ptr, style.len);
    if (!counter) counter = gm__counter_by_name("decimal", 7);
    size_t len = gm__css_style_number(c->numbers->styles, counter, value, text, sizeof text);
    put(c, text, len);
    *c->value = value;
    c->counted = true;
}

/* counter(NAME, STYLE?) and counters(NAME, "SEPARATOR", STYLE?); `args` is what stands between the brackets. */
static void function(struct content *c, struct gm_str args, bool all) {
    struct gm_str part[3] = {{"", 0}, {"", 0}, {"", 0}};
    size_t n = 0, from = 0;
    for (size_t i = 0; i <= args.len && n < GM__COUNT(part); i++) {
        if (i < args.len && args.ptr[i] != ',') continue;
        part[n++] = gm__str_trim(gm__str(args.ptr + from, i - from));
        from = i + 1;
    }
    struct gm_str style = part[all ? 2 : 1];
    const struct counter *inner = find(c->numbers, part[0]), *first = c->numbers->counters.data;
    if (!inner) {
        show(c, gm__str_eqz(part[0], "list-item") ? c->item : 0, style);
        return;
    }
    for (const struct counter *at = all ? first : inner; at <= inner; at++) {
        if (!gm__str_eq(at->name, part[0])) continue;
        show(c, at->value, style);
        if (all && at < inner && part[1].len) (void)string(c, part[1].ptr, part[1].ptr + part[1].len);
    }
}

size_t gm__css_content(const struct gm__css_numbers *n, struct gm_str content, int32_t item, char *out, size_t size,
                       int32_t *value) {
    struct content c = {.numbers = n, .out = out, .size = size, .item = item, .value = value};
    out[0] = 0;
    if (!content.len || content.len > LENGTH) return 0;
    const char *p = content.ptr, *end = p + content.len;
    while (p < end && !c.wrong && *p != '/') { /* behind a slash: what is read aloud */
        if (*p == '"' || *p == '\'') {
            p = string(&c, p, end);
        } else if (is_blank(*p)) {
            p++;
        } else {
            const char *open = memchr(p, '(', (size_t)(end - p));
            const char *close = open ? memchr(open, ')', (size_t)(end - open)) : NULL;
            bool one = close && open - p == 7 && gm__has_word("counter", p, 7);
            bool all = close && open - p == 8 && gm__has_word("counters", p, 8);
            if (!one && !all) return 0;
            function(&c, gm__str(open + 1, (size_t)(close - open - 1)), all);
            p = close + 1;
        }
    }
    return c.counted && !c.wrong ? c.len : 0;
}
