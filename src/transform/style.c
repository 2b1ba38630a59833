/*
 * style.c - siblings that are not numbered alike: 1. 2、 3. ; （一）(二) ; 第一， 其次，
 * The style of most members is the series'; where a member leaves it, that is one diagnostic, not one for each.
 */
#include "transform/lint.h"

#include "grammar/grammar.h"

/* What siblings have in common, width included in `exact` alone. */
struct style {
    uint32_t shape, exact;
};

static bool is_wide(const struct gm__label *l) {
    return l->numeral.len && (unsigned char)l->numeral.ptr[0] == 0xEF; /* ０ to ｚ */
}

static struct style style_of(const struct gm__label *l) {
    uint32_t parts[5] = {gm__fold(l->open), gm__fold(l->close), gm__fold(l->mark), l->system, 0};
    if (l->components > 1) parts[2] = 0; /* decimals have checks of their own; 8.1.2、8.1.3 is no style */
    struct style s;
    s.shape = gm__hash(l->components > 1 ? 0 : l->key, (const char *)parts, sizeof parts);
    uint32_t mark = l->components > 1 ? 0 : l->mark == GM__DOT_STROKE ? 0x3001 : l->mark;
    uint32_t exact[5] = {l->open, l->close, mark, is_wide(l), s.shape};
    s.exact = gm__hash(1, (const char *)exact, sizeof exact);
    return s;
}

/* Series whose members differ by rule: words, and labels of which a part is counted apart. */
static bool is_plain(const struct gm__label *l) { return l->shape == GM__SHAPE_BARE || l->shape == GM__SHAPE_BRACKET; }

/* The first member's style if at least half have it, else what most have (Boyer and Moore's vote). */
static struct style usual(const struct gm__member *m, size_t count) {
    struct style first = style_of(&m[0].label), vote = first;
    size_t same = 0, lead = 0;
    for (size_t i = 0; i < count; i++) {
        struct style s = style_of(&m[i].label);
        same += s.shape == first.shape;
        if (lead == 0) vote = s;
        lead = vote.shape == s.shape ? lead + 1 : lead - 1;
    }
    return same * 2 >= count ? first : vote;
}

static void report(struct gm__lint *l, enum gm__diag_id id, const struct gm__member *m,
                   const struct gm__member *other) {
    gm__lint_report(l, id, m->node, gm_node_label(l->doc, m->node), gm_node_label(l->doc, other->node));
}

static const struct gm__member *of_style(const struct gm__member *m, size_t count, struct style s) {
    for (size_t i = 0; i < count; i++)
        if (style_of(&m[i].label).shape == s.shape) return &m[i];
    return m;
}

static bool is_matched(const struct gm__label *l) { return !l->open || l->close == gm__closing(l->open); }

static void check_styles(struct gm__lint *l, const struct gm__member *m, size_t count) {
    const struct gm__member *model = of_style(m, count, usual(m, count));
    struct style most = style_of(&model->label), last = most;
    bool told = !is_matched(&model->label); /* brackets that do not match are told elsewhere */
    for (size_t i = 0; i < count; i++) {
        struct style s = style_of(&m[i].label);
        if (s.shape != most.shape && s.shape != last.shape) report(l, GM__DIAG_STYLE, &m[i], model);
        bool narrower = s.shape == most.shape && s.exact != most.exact && is_matched(&m[i].label);
        if (narrower && !told) report(l, GM__DIAG_WIDTH, &m[i], model);
        told |= narrower;
        last = s;
    }
}

static bool is_last_word(struct gm_str word) {
    return gm__str_eqz(word, "最后") || gm__str_eqz(word, "最後") || gm__str_eqz(word, "末了");
}

/* 第一，第二，…最后， may end so; 首先，第二， mixes two sets (GB/T 15834-2011 B.3.1). */
static void check_chain(struct gm__lint *l, const struct gm__member *m, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (m[i].label.shape == m[0].label.shape && m[i].label.key == m[0].label.key) continue;
        if (i + 1 == count && is_last_word(m[i].label.unit)) continue;
        report(l, GM__DIAG_MIXED_CHAIN, &m[i], &m[0]);
        return;
    }
}

/* ---------------------------------------------------------------- headings */

enum heading { NO_HEADING, OPEN_HEADING, STOPPED_HEADING };

#define HEADING_LENGTH 46u /* code points: what headings of 公文 have at most */

/* A line that is label and title, with text or points of its own below it; does it end in 。? */
static enum heading heading_of(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    size_t at = (size_t)n->title_at + n->title_len;
    if (n->kind != GM_KIND_SECTION || n->flags & (GM__NODE_INLINE | GM__NODE_JOINED) || !n->title_len)
        return NO_HEADING;
    if (gm__utf8_count(doc->text + n->title_at, n->title_len) > HEADING_LENGTH) return NO_HEADING;
    bool stopped = at + 3 <= n->end && memcmp(doc->text + at, "。", 3) == 0;
    if (stopped) at += 3;
    while (at < n->end && doc->text[at] != '\n' && doc->text[at] != '\r') {
        uint32_t cp;
        size_t len = gm__utf8_decode(doc->text + at, doc->text + n->end, &cp);
        if (!gm__is_space(cp)) return NO_HEADING;
        at += len;
    }
    return at >= n->end ? NO_HEADING : stopped ? STOPPED_HEADING : OPEN_HEADING;
}

/* GB/T 15834-2011 B.4: headings usually end without a mark. Items that are sentences with something below are none, so
 * most siblings must be headings; and those below 一、 are written either way, so there it is the odd one that is told.
 */
static void check_headings(struct gm__lint *l, const struct gm__member *m, size_t count) {
    size_t headings = 0, stopped = 0;
    for (size_t i = 0; i < count; i++) {
        enum heading h = heading_of(l->doc, m[i].node);
        headings += h != NO_HEADING;
        stopped += h == STOPPED_HEADING;
    }
    bool top = m->label.shape == GM__SHAPE_BARE && m->label.system == GM__NUM_HAN;
    if (!stopped || headings * 2 < count || (!top && stopped == headings)) return;
    for (size_t i = 0; i < count; i++)
        if (heading_of(l->doc, m[i].node) == STOPPED_HEADING) report(l, GM__DIAG_HEADING_STOP, &m[i], &m[i]);
}

static bool is_chain(const struct gm__label *l) {
    return l->shape == GM__SHAPE_ORDINAL || l->shape == GM__SHAPE_ORDER || l->shape == GM__SHAPE_UNIT;
}

void gm__lint_style(struct gm__lint *l, const struct gm__member *m, size_t count) {
    for (size_t from = 0, i = 1; i <= count; i++) {
        if (i < count && !m[i].continues) continue; /* another parent's members may be numbered in another way */
        if (gm__lint_wants(l, GM__DIAG_HEADING_STOP)) check_headings(l, m + from, i - from);
        if (is_plain(&m[from].label))
            check_styles(l, m + from, i - from);
        else if (is_chain(&m[from].label))
            check_chain(l, m + from, i - from);
        from = i;
    }
}
