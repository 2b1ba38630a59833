/*
 * html_page.c - what a page is as a whole: is it HTML, which part holds the document, what is its title.
 */
#include "input/html_tree.h"
#include "input/xml_events.h"

/* ---------------------------------------------------------------- bidding */

static bool has_suffix(const char *name, const char *suffixes) {
    const char *suffix = gm__suffix(name);
    return *suffix && gm__has_word(suffixes, suffix, strlen(suffix));
}

int gm__html_bid(const unsigned char *head, size_t len, const char *name) {
    char tag[24];
    gm__first_element(head, len, tag, sizeof tag);
    if (strcmp(tag, "html") == 0) return 95; /* without any < it is text, whatever its name */
    bool named = has_suffix(name, "html htm xhtml shtml") && len && memchr(head, '<', len) && !gm__is_binary(head, len);
    if (*tag && gm__has_word("head body meta title p div h1 h2 h3 table ol ul span center font article section link",
                             tag, strlen(tag)))
        return named ? 80 : has_suffix(name, "md markdown mkd mdown") ? 30 : 50; /* many a README begins with <p> */
    return named ? 20 : 0;
}

/* The one <main> or <article> that holds most of the text; else the whole page. */
const xmlNode *gm__html_content(const xmlNode *root) {
    size_t all = gm__html_text_size(root, NULL);
    static const char *const names[] = {"main", "article"};
    for (size_t i = 0; i < GM__COUNT(names); i++) {
        const xmlNode *found = NULL;
        size_t count = 0;
        for (const xmlNode *n = root; n; n = gm__html_next(root, n, false))
            if (gm__html_is(n, names[i]) && count++ == 0) found = n;
        if (count == 1 && gm__html_text_size(found, NULL) * 2 > all) return found;
    }
    return root;
}

/* ------------------------------------------------------------------ title */

static struct gm_str block_text(const struct gm__source *s, const struct gm__block *b) {
    size_t skip = b->label_len;
    return gm__str_trim(gm__str(s->buffer.data + b->start + skip, b->len - skip));
}

/* Office sites write their own name behind the title: "title_site", "title - site", "title|site". */
static struct gm_str without_site(struct gm_str t) {
    static const char *const marks[] = {"_", "|", " - ", " – ", " — ", "--", "－"};
    size_t cut = t.len;
    for (size_t m = 0; m < GM__COUNT(marks); m++) {
        size_t n = strlen(marks[m]);
        for (size_t i = 12; i + n <= cut; i++)
            if (memcmp(t.ptr + i, marks[m], n) == 0) cut = i;
    }
    return gm__str_trim(gm__str(t.ptr, cut));
}

/* How much of `head` the paragraphs from block i on spell out, line by line; 0 when none. */
static size_t spelt_by(const struct gm__source *s, size_t i, struct gm_str head) {
    const struct gm__block *b = s->blocks.data;
    size_t at = 0;
    for (; i < s->blocks.count; i++) {
        struct gm_str text = block_text(s, &b[i]);
        if (text.len < 6 || text.len > head.len - at || memcmp(head.ptr + at, text.ptr, text.len) != 0) break;
        at += text.len;
    }
    return at;
}

/* The page's one <h1>; else the paragraphs with which <title> begins; else <title> without the site's name. */
static struct gm_str find_title(const struct gm__source *s, struct gm_str head) {
    const struct gm__block *b = s->blocks.data;
    struct gm_str h1 = {"", 0};
    size_t tops = 0, spelt = 0;
    for (size_t i = 0; i < s->blocks.count; i++) {
        if (b[i].heading == 1 && tops++ == 0) h1 = block_text(s, &b[i]);
        size_t n = i < 40 ? spelt_by(s, i, head) : 0;
        if (n > spelt) spelt = n;
    }
    if (tops == 1) return h1;
    if (tops > 1) return gm__str("", 0);
    return spelt ? gm__str(head.ptr, spelt) : without_site(head);
}

/* White space as one blank each, in the arena. */
static struct gm_str squeeze(struct gm__arena *arena, const char *text) {
    struct gm_str s = gm__str_trim(gm__strz(text));
    char *copy = gm__arena_alloc(arena, s.len + 1);
    if (!copy) return gm__str("", 0);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool blank = (unsigned char)s.ptr[i] <= ' ';
        if (!blank || copy[n - 1] != ' ') copy[n++] = blank ? ' ' : s.ptr[i];
    }
    return gm__str(copy, n);
}

/* gangmu's own page calls a document without a title by its file's name; one with a title has it as its heading too. */
static bool is_own(const xmlNode *meta) {
    xmlChar *name = xmlGetProp(meta, BAD_CAST "name"), *content = xmlGetProp(meta, BAD_CAST "content");
    bool own =
        name && content && strcmp((const char *)name, "generator") == 0 && strcmp((const char *)content, "gangmu") == 0;
    xmlFree(name);
    xmlFree(content);
    return own;
}

enum gm_status gm__html_title(xmlDoc *doc, struct gm__source *out) {
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    struct gm_str head = {"", 0};
    for (const xmlNode *n = root; n; n = gm__html_next(root, n, gm__html_is(n, "svg body"))) {
        if (gm__html_is(n, "meta") && is_own(n)) return GM_OK;
        if (gm__html_is(n, "title") && n->children && n->children->content && !head.len)
            head = squeeze(out->arena, (const char *)n->children->content);
    }
    struct gm_str title = find_title(out, head);
    char *copy = gm__arena_copy(out->arena, title.ptr, title.len);
    if (!copy) return GM_NOMEM;
    out->title = gm__str(copy, title.len);
    return GM_OK;
}
