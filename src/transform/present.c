/*
 * present.c - numbers that are there though no node of their own has them.
 * Labels may stand for several: 第三条、第四条　删除; 第三条から第五条まで　削除; 8.1.2、8.1.3. And a line or clause
 * may begin with the number in a form that makes no node. What is there in either way is not missing.
 */
#include "transform/lint.h"

struct reader {
    const char *p, *end;
};

static bool take(struct reader *r, const char *literal) {
    size_t n = strlen(literal);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, literal, n) != 0) return false;
    r->p += n;
    return true;
}

static void skip_blanks(struct reader *r) {
    for (uint32_t cp; r->p < r->end;) {
        size_t n = gm__utf8_decode(r->p, r->end, &cp);
        if (!gm__is_space(cp) || cp == '\n' || cp == '\r') return;
        r->p += n;
    }
}

static bool take_joint(struct reader *r) {
    static const char *const words[] = {"、", "至", "から", "及び", "及", "和", "～", "~", "—"};
    skip_blanks(r);
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (take(r, words[i])) {
            skip_blanks(r);
            return true;
        }
    return false;
}

/* 第五条 behind 第三条至: the same unit. */
static int32_t read_unit(struct reader *r, const struct gm__label *label) {
    struct gm__ordinal o;
    if (!take(r, "第")) return 0;
    skip_blanks(r);
    size_t n = gm__numeral_scan(label->system, r->p, r->end, true, &o);
    if (!n) return 0;
    r->p += n;
    skip_blanks(r);
    if ((size_t)(r->end - r->p) < label->unit.len || memcmp(r->p, label->unit.ptr, label->unit.len) != 0) return 0;
    r->p += label->unit.len;
    return o.value;
}

static int32_t read_decimal(struct reader *r, const struct gm__label *label) {
    struct gm__ordinal o;
    size_t n = gm__numeral_scan(label->system, r->p, r->end, false, &o);
    if (!n || o.components != label->components) return 0;
    r->p += n;
    return o.value;
}

int32_t gm__label_until(const struct gm_doc *doc, gm_node node, const struct gm__label *label) {
    const struct gm__node *n = &doc->nodes[node];
    struct reader r = {label->numeral.ptr + label->numeral.len, doc->text + n->end};
    int32_t until = label->value;
    bool decimal = label->components > 1;
    if (!decimal && (label->shape != GM__SHAPE_UNIT || !label->unit.len || label->sub)) return until;
    if (!decimal) r.p = label->unit.ptr + label->unit.len;
    for (int32_t next; take_joint(&r); until = next) {
        next = decimal ? read_decimal(&r, label) : read_unit(&r, label);
        if (next <= until) return until;
    }
    return until;
}

/* ------------------------------------------------------------ in the text */

static bool ends_clause(const char *begin, const char *p) {
    uint32_t cp;
    if (p == begin) return true;
    (void)gm__utf8_decode_back(begin, p, &cp);
    return gm__is_mark(cp) || gm__is_space(cp) || cp == 0xFF1B || cp == 0xFF1A || cp == 0xFF0C;
}

/* Is nothing but blanks between the line's start, or a colon (注：1.…), and p? */
static bool opens_line(const char *begin, const char *p) {
    uint32_t cp;
    for (size_t n; p > begin; p -= n) {
        n = gm__utf8_decode_back(begin, p, &cp);
        if (cp == '\n' || cp == '\r' || cp == ':' || cp == 0xFF1A) return true;
        if (!gm__is_space(cp)) return false;
    }
    return true;
}

static bool blank_follows(const char *p, const char *end) {
    uint32_t cp;
    if (p >= end) return true;
    (void)gm__utf8_decode(p, end, &cp);
    return gm__is_space(cp);
}

size_t gm__lint_find(const struct gm_doc *doc, size_t from, size_t to, struct gm_str label,
                     const struct gm__label *parts) {
    const char *begin = doc->text, *p = doc->text + from, *end = doc->text + to;
    bool clause = parts->shape == GM__SHAPE_STAGE; /* 一则…；二乃…；三则… */
    bool bare = parts->shape == GM__SHAPE_BARE && !parts->mark;
    struct gm_str s = gm__str_trim(label);
    if (clause) s.len -= parts->unit.len < s.len ? parts->unit.len : 0;
    if (!s.len) return SIZE_MAX;
    while ((p = memchr(p, (unsigned char)s.ptr[0], (size_t)(end - p))) != NULL) {
        if ((size_t)(end - p) < s.len) break;
        bool hit = memcmp(p, s.ptr, s.len) == 0 && (clause ? ends_clause(begin, p) : opens_line(begin, p));
        if (hit && (!bare || blank_follows(p + s.len, end))) return (size_t)(p - begin);
        p++;
    }
    return SIZE_MAX;
}
