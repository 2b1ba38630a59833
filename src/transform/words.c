/* words.c - what is wrong in the words and no node shows: 一方面 without its partner. */
#include "transform/lint.h"

static const char one_hand[] = "一方面";

/* The text with the broken lines of its paragraphs joined. */
struct flow {
    struct gm_str text; /* the document's own where no line is broken, else that of buf */
    struct gm__buf buf;
    struct gm__vec cuts; /* struct cut, in order */
};
struct cut {
    uint32_t at, lost; /* from `at` on in the joined text, so many bytes are missing */
};

/* What a wrap leaves between two lines. */
static size_t wrap_at(const struct gm_doc *doc, size_t at, size_t end) {
    size_t from = at, n = 0;
    uint32_t cp;
    for (bool line = false; at < end; at += n) {
        n = gm__utf8_decode(doc->text + at, doc->text + end, &cp);
        line |= cp == '\n' || cp == '\r';
        if (!gm__is_space(cp)) return line ? at - from : 0;
    }
    return 0;
}

static enum gm_status add_joined(struct flow *f, const struct gm_doc *doc, size_t at, size_t end) {
    enum gm_status s = GM_OK;
    for (size_t from = at; at <= end && s == GM_OK; at++) {
        size_t n = at < end && (unsigned char)doc->text[at] <= ' ' ? wrap_at(doc, at, end) : 0;
        if (!n && at < end) continue;
        s = gm__buf_add(&f->buf, doc->text + from, at - from);
        from = at + n;
        void *slot;
        if (!n || s != GM_OK || (s = gm__vec_push(&f->cuts, &slot)) != GM_OK) break;
        *(struct cut *)slot = (struct cut){(uint32_t)f->buf.len, (uint32_t)(from - f->buf.len)};
        at = from - 1;
    }
    return s;
}

static enum gm_status join_lines(struct flow *f, const struct gm_doc *doc) {
    size_t at = 0;
    enum gm_status s = GM_OK;
    f->text = gm__str(doc->text, doc->text_len);
    if (!doc->joined_count) return s;
    for (size_t i = 0; i < doc->joined_count && s == GM_OK; i++) {
        const struct gm__joined *j = &doc->joined[i];
        if (j->start < at) continue;
        s = gm__buf_add(&f->buf, doc->text + at, j->start - at);
        at = j->start + j->len;
        if (s == GM_OK) s = add_joined(f, doc, j->start, at);
    }
    if (s == GM_OK) s = gm__buf_add(&f->buf, doc->text + at, doc->text_len - at);
    f->text = gm__str(f->buf.data, f->buf.len);
    return s;
}

#define PARTNER_WITHIN 6000u /* bytes: as far as the other half is looked for */

/* 一方面 that opens a clause: not 这一方面, 统一方面, 另一方面. */
static bool opens_clause(const char *begin, const char *p) {
    uint32_t cp = '\n';
    if (p > begin) (void)gm__utf8_decode_back(begin, p, &cp);
    return gm__is_mark(cp) || gm__is_space(cp) || cp == 0xFF01 || cp == 0xFF1F || cp == 0x201C || cp == 0x300C ||
           gm__str_ends(gm__str(begin, (size_t)(p - begin)), "我们") ||
           gm__str_ends(gm__str(begin, (size_t)(p - begin)), "他们");
}

/* What may answer it. Writers also go on with 同时 or 又: that is style, no fault. */
static bool is_answer(const char *p, size_t left) {
    static const char *const words[] = {"一方面", "另方面", "二方面", "同时", "同時", "另外", "此外",
                                        "其次",   "第二",   "二来",   "二是", "，又", "，也", "，还"};
    for (size_t i = 0; i < GM__COUNT(words); i++) {
        size_t n = strlen(words[i]);
        if (n <= left && memcmp(p, words[i], n) == 0) return true;
    }
    return false;
}

/* In its paragraph or the two after it. */
static bool is_answered(const char *from, const char *end) {
    size_t left = (size_t)(end - from) < PARTNER_WITHIN ? (size_t)(end - from) : PARTNER_WITHIN;
    unsigned lines = 0;
    for (size_t i = 0; i < left && lines < 3; i++) {
        unsigned char c = (unsigned char)from[i];
        lines += c == '\n' && i && from[i - 1] != '\n';
        if (c >= 0xE4 && is_answer(from + i, left - i)) return true;
    }
    return false;
}

/* Is it the second of a pair whose first stands inside a clause: 它一方面…，一方面…? */
static bool is_second(const char *p, const char *previous) {
    return previous && (size_t)(p - previous) < PARTNER_WITHIN / 4 && !memchr(previous, '\n', (size_t)(p - previous));
}

static const char *find(const char *p, const char *end, const char *word, size_t n) {
    while (p + n <= end) {
        p = memchr(p, (unsigned char)word[0], (size_t)(end - p) - n + 1);
        if (!p) return NULL;
        if (memcmp(p, word, n) == 0) return p;
        p++;
    }
    return NULL;
}

static void check_partners(struct gm__lint *l, const struct flow *f) {
    const char *begin = f->text.ptr, *end = begin + f->text.len, *previous = NULL;
    const struct cut *cuts = f->cuts.data;
    const size_t n = sizeof one_hand - 1;
    size_t cut = 0; /* those before it stand before p */
    for (const char *p = begin; (p = find(p, end, one_hand, n)) != NULL; previous = p, p += n) {
        if (!opens_clause(begin, p) || is_second(p, previous) || is_answered(p + n, end)) continue;
        uint32_t at = (uint32_t)(p - begin);
        while (cut < f->cuts.count && cuts[cut].at <= at) cut++;
        if (cut) at += cuts[cut - 1].lost;
        struct gm__diag d = {.at = at, .node = gm_doc_node_at(l->doc, at)};
        d.words[0] = gm__str(one_hand, n);
        d.words[1] = gm__str("", 0);
        gm__lint_report_at(l, GM__DIAG_NO_PARTNER, &d);
    }
}

void gm__lint_text(struct gm__lint *l) {
    struct flow f;
    if (!gm__lint_wants(l, GM__DIAG_NO_PARTNER)) return;
    gm__buf_init(&f.buf, l->doc->allocator, SIZE_MAX);
    gm__vec_init(&f.cuts, l->doc->allocator, sizeof(struct cut), UINT32_MAX);
    enum gm_status s = join_lines(&f, l->doc);
    if (s == GM_OK)
        check_partners(l, &f);
    else
        l->status = s;
    gm__vec_release(&f.cuts);
    gm__buf_release(&f.buf);
}
