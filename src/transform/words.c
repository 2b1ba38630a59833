/* words.c - what is wrong in the words and no node shows: 一方面 without its partner. */
#include "transform/lint.h"

static const char one_hand[] = "一方面";

#define PARTNER_WITHIN 6000u /* bytes: as far as the other half is looked for */

/* 一方面 that opens a clause: not 这一方面, 统一方面, 另一方面. */
static bool opens_clause(const struct gm_doc *doc, const char *p) {
    uint32_t cp = '\n';
    if (p > doc->text) (void)gm__utf8_decode_back(doc->text, p, &cp);
    return gm__is_mark(cp) || gm__is_space(cp) || cp == 0xFF01 || cp == 0xFF1F || cp == 0x201C || cp == 0x300C ||
           gm__str_ends(gm__str(doc->text, (size_t)(p - doc->text)), "我们") ||
           gm__str_ends(gm__str(doc->text, (size_t)(p - doc->text)), "他们");
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
static bool is_answered(const struct gm_doc *doc, const char *from) {
    const char *end = doc->text + doc->text_len;
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

static void check_partners(struct gm__lint *l) {
    const struct gm_doc *doc = l->doc;
    const char *end = doc->text + doc->text_len;
    const size_t n = sizeof one_hand - 1;
    const char *previous = NULL;
    for (const char *p = doc->text; (p = find(p, end, one_hand, n)) != NULL; previous = p, p += n) {
        if (!opens_clause(doc, p) || is_second(p, previous) || is_answered(doc, p + n)) continue;
        struct gm__diag d = {.at = (uint32_t)(p - doc->text), .node = gm_doc_node_at(doc, (size_t)(p - doc->text))};
        d.words[0] = gm__str(p, n);
        d.words[1] = gm__str("", 0);
        gm__lint_report_at(l, GM__DIAG_NO_PARTNER, &d);
    }
}

void gm__lint_text(struct gm__lint *l) {
    if (gm__lint_wants(l, GM__DIAG_NO_PARTNER)) check_partners(l);
}
