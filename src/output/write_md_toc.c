/*
 * write_md_toc.c - a table of contents in Markdown: a nested list of links to the headings that the
 * markdown writer makes of the same document.
 *
 * Anchors are GitHub's: lower case, blanks become hyphens, other punctuation goes, and what has
 * been used gets -1, -2 … Points below Markdown's six heading levels lead to the heading above them.
 */
#include "output/output.h"

#include <utf8proc.h>

enum { HEADINGS = 6, INDENT = 2 };

struct slug {
    const char *text; /* NULL: free slot */
    size_t len;
    uint32_t used; /* the last suffix that was handed out for this text */
    uint32_t hash;
};

struct toc_state {
    struct gm__buf slug; /* of the heading last written */
    struct gm__arena texts;
    struct slug *slots; /* open addressing; size is a power of two */
    size_t size, count;
    uint32_t above; /* 1 when the document's title takes the first heading level */
};

/* ------------------------------------------------------------- used slugs */

/* Seeded by an address, so that no document can aim at one slot; the output does not depend on it. */
static uint32_t hash_of(const struct toc_state *s, struct gm_str text) {
    uint64_t h = 0xCBF29CE484222325u ^ (uint64_t)(uintptr_t)s;
    for (size_t i = 0; i < text.len; i++) h = (h ^ (unsigned char)text.ptr[i]) * 0x100000001B3u;
    h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDu;
    return (uint32_t)(h >> 32);
}

static struct slug *find(const struct toc_state *s, struct gm_str text, uint32_t hash) {
    size_t i = hash & (s->size - 1);
    while (s->slots[i].text && !(s->slots[i].hash == hash && s->slots[i].len == text.len &&
                                 memcmp(s->slots[i].text, text.ptr, text.len) == 0))
        i = (i + 1) & (s->size - 1);
    return &s->slots[i];
}

static bool grow(struct toc_state *s, const struct gm_allocator *a) {
    if (s->size && s->count < s->size / 2) return true;
    struct toc_state wider = *s;
    size_t bytes;
    wider.size = s->size ? s->size * 2 : 64;
    if (!gm__mul(wider.size, sizeof *s->slots, &bytes)) return false;
    wider.slots = gm__alloc(a, bytes);
    if (!wider.slots) return false;
    memset(wider.slots, 0, bytes);
    for (size_t i = 0; i < s->size; i++)
        if (s->slots[i].text) *find(&wider, gm__str(s->slots[i].text, s->slots[i].len), s->slots[i].hash) = s->slots[i];
    if (s->slots) gm__free(a, s->slots, s->size * sizeof *s->slots);
    s->slots = wider.slots;
    s->size = wider.size;
    return true;
}

/* Remember the slug in s->slug, with a suffix when it was used before; false when memory is out. */
static bool claim(struct toc_state *s, const struct gm_allocator *a) {
    size_t bare = s->slug.len;
    if (!grow(s, a)) return false;
    struct gm_str text = gm__str(s->slug.data, bare);
    struct slug *first = find(s, text, hash_of(s, text)), *slot = first;
    while (slot->text) {
        s->slug.len = bare;
        (void)gm__buf_printf(&s->slug, "-%u", (unsigned)++first->used);
        if (s->slug.status != GM_OK) return false;
        text = gm__str(s->slug.data, s->slug.len);
        slot = find(s, text, hash_of(s, text));
    }
    const char *copy = gm__arena_copy(&s->texts, text.ptr, text.len);
    if (!copy) return false;
    *slot = (struct slug){copy, text.len, 0, hash_of(s, text)};
    s->count++;
    return true;
}

/* ------------------------------------------------------------------ slugs */

static bool kept(uint32_t cp) {
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_PC: return true;
    default: return cp == '-' || (cp >= 0x24B6 && cp <= 0x24E9); /* Ⓐ…ⓩ count as letters */
    }
}

static void add_slug(struct gm__buf *b, struct gm_str s) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (cp == GM__BAD_CP) continue;
        if (cp == ' ')
            (void)gm__buf_add(b, "-", 1);
        else if (cp == 0x130)
            (void)gm__buf_puts(b, "i\xCC\x87"); /* İ, the only letter with two small ones */
        else if (kept(cp))
            (void)gm__buf_add_code_point(b, (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp));
    }
}

static void make_slug(struct gm_output *out, struct gm_str label, struct gm_str title) {
    struct toc_state *s = gm_output_state(out);
    gm__buf_clear(&s->slug);
    add_slug(&s->slug, label);
    if (gm__heading_space(label, title)) add_slug(&s->slug, gm__str(" ", 1));
    add_slug(&s->slug, title);
    if (s->slug.status != GM_OK || !claim(s, out->doc->allocator)) (void)gm_output_fail(out, GM_NOMEM, "out of memory");
}

/* ----------------------------------------------------------------- writer */

static void escaped(struct gm_output *out, struct gm_str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 || c == 0x7F) {
            (void)gm_output_puts(out, " ");
            continue;
        }
        if (strchr("\\`*_[]<>&!|~", c)) (void)gm_output_puts(out, "\\");
        (void)gm_output_write(out, s.ptr + i, 1);
    }
}

static enum gm_status begin(struct gm_output *out) {
    struct toc_state *s = gm_output_state(out);
    gm__buf_init(&s->slug, out->doc->allocator, SIZE_MAX);
    gm__arena_init(&s->texts, out->doc->allocator);
    if (out->doc->title.len) {
        s->above = 1;
        make_slug(out, gm__str("", 0), out->doc->title);
    }
    return out->status;
}

static enum gm_status enter(struct gm_output *out, gm_node node) {
    struct toc_state *s = gm_output_state(out);
    struct gm_str label = gm_node_label(out->doc, node), title = gm_node_title(out->doc, node);
    uint32_t level = gm_node_level(out->doc, node);
    if (level + s->above <= HEADINGS) make_slug(out, label, title);
    if (out->status != GM_OK) return out->status;
    for (uint32_t i = 1; i < level; i++) (void)gm_output_write(out, "  ", INDENT);
    (void)gm_output_puts(out, "- [");
    escaped(out, label);
    if (gm__heading_space(label, title)) (void)gm_output_puts(out, " ");
    escaped(out, title);
    (void)gm_output_puts(out, "](#");
    (void)gm_output_write(out, s->slug.data ? s->slug.data : "", s->slug.len);
    return gm_output_puts(out, ")\n");
}

static void release(struct gm_output *out) {
    struct toc_state *s = gm_output_state(out);
    gm__buf_release(&s->slug);
    gm__arena_release(&s->texts);
    if (s->slots) gm__free(out->doc->allocator, s->slots, s->size * sizeof *s->slots);
}

const struct gm_writer gm__write_md_toc = {
    .struct_size = sizeof(struct gm_writer),
    .name = "md-toc",
    .extensions = "toc.md",
    .summary = N_("table of contents in Markdown, linked to the headings of the markdown format"),
    .media_type = "text/markdown; charset=utf-8",
    .state_size = sizeof(struct toc_state),
    .begin = begin,
    .enter = enter,
    .release = release,
};
