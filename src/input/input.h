/*
 * input.h - from bytes to paragraphs.
 *
 * A reader turns bytes of one format into a struct gm__source: decoded UTF-8 text in which every
 * paragraph is one line that ends with LF, and, for formats that know more than text, a gm__block
 * for each paragraph. The parser needs nothing else, so every format gives the tree that the plain
 * text would give.
 *
 * To add a reader: write src/input/read_NAME.c with one `const struct gm__reader gm__read_NAME`
 * and add one line to registry.c.
 */
#ifndef GM_INPUT_H
#define GM_INPUT_H

#include "base/base.h"

/* What a format knows of a paragraph beyond its text. */
struct gm__block {
    uint32_t start, len; /* bytes of the paragraph in source.text, without the LF */
    uint16_t label_len;  /* the number that the format rendered in front, in bytes, 0 when none. One space
                            may follow it in the text (w:suff tab or space) and is not part of it */
    uint16_t flags;      /* GM__BLOCK_* */
    uint8_t heading;     /* 1-9 when the format says that it is a heading of this depth, else 0 */
    uint8_t depth;       /* of the list item: gm__list_depth(), 0 when no list */
    uint16_t level;      /* GM__BLOCK_NODE: the exact level */
    uint32_t title_len;  /* GM__BLOCK_NODE: bytes after the label (and one space) that are the title;
                            what follows in the line is blank */
    int32_t number;      /* ordinal that the format rendered; 0 when unknown */
    uint8_t kind;        /* GM__BLOCK_EXACT: enum gm_node_kind; GM__BLOCK_MATTER: enum gm_matter_kind */
    const char *marker;  /* GM__BLOCK_EXACT: family id, in the arena; NULL or "" when none */
};
/* Nesting depth (1 = outermost) and which list it is of, 0 where the format nests all lists in one another: a list of
 * its own that Word puts under a point of another says nothing by its depth. */
GM__INLINE uint8_t gm__list_depth(size_t depth, size_t list) {
    return (uint8_t)((depth < 15 ? depth : 15) | (list ? (list - 1) % 15 + 1 : 0) << 4);
}
GM__INLINE bool gm__same_list(uint8_t one, uint8_t two) { return one >> 4 == two >> 4; }

enum {
    GM__BLOCK_LIST = 1,      /* a list item */
    GM__BLOCK_TABLE = 2,     /* a table cell's paragraph */
    GM__BLOCK_TOC = 4,       /* an entry of a table of contents: matter */
    GM__BLOCK_NOTE = 8,      /* foot- or endnote */
    GM__BLOCK_VERBATIM = 16, /* code, quotation: no structure in it */
    GM__BLOCK_CENTERED = 32,
    GM__BLOCK_BOLD = 64,
    GM__BLOCK_NODE = 128, /* outline formats: this paragraph IS a node at `level`; no recognition */
    GM__BLOCK_TEXT = 256, /* outline formats: this paragraph is text of the node before it */
    GM__BLOCK_TAIL = 512, /* outline formats: text after the last node at `level`, belongs to its parent */
    GM__BLOCK_IMPLIED = 1024,
    GM__BLOCK_TITLE = 2048,  /* the document's title (style "Title", <title>, OPML head/title) */
    GM__BLOCK_REGION = 4096, /* GM__BLOCK_NODE: kind region; else: a new region starts here */
    GM__BLOCK_PAGE = 8192,   /* page number or running head: matter */
    GM__BLOCK_EXACT = 16384, /* GM__BLOCK_NODE: label_len, title_len, kind and marker hold; nothing is looked for */
    GM__BLOCK_MATTER = 32768 /* this paragraph is matter of this kind */
};

struct gm__source {
    const struct gm_allocator *allocator;
    const char *text; /* decoded; points into the input, or to `buffer` */
    size_t text_len;
    struct gm__buf buffer;   /* when the reader made text of its own */
    struct gm__vec blocks;   /* struct gm__block; none for plain text */
    uint8_t nested;          /* documents that this one is inside of */
    bool hard_wrapped;       /* lines need not be paragraphs, and blocks describe single lines */
    struct gm__vec warnings; /* struct gm__warning */
    bool unchecked; /* `text` is the input, UTF-8 as far as a sample shows: the lexer, which goes through all of it
                       anyway, sees to the rest (GM_INPUT, then the reader is called again with `check`) */
    const char *format, *encoding; /* static or in arena */
    struct gm_str title;           /* from the format's metadata; "" when none (in the arena) */
    struct gm_str salutation;      /* own formats */
    struct gm__vec places;   /* own formats: struct gm__places, the root's and one for each GM__BLOCK_NODE; or none */
    struct gm__arena *arena; /* the document's */
};

/* Bytes that could not be decoded, or a part that is not read: the document's diagnostics bad-bytes and left-out. */
struct gm__warning {
    uint32_t at;  /* byte offset in source.text */
    uint64_t raw; /* byte offset in the raw input */
    uint32_t count;
    bool left_out; /* a part that would stand at `at` */
};

/* What packages within a package have inflated to, and the bytes of the outermost. */
struct gm__inflated {
    uint64_t bytes, packed;
};

struct gm__input {
    const char *bytes;
    size_t len;
    const char *name;                 /* "" when unknown */
    const struct gm_options *options; /* limits already resolved */
    struct gm_error *error;
    bool check;                    /* leave nothing unchecked */
    bool decoded;                  /* the bytes are text, decoded before: U+FEFF in front is a part of it */
    struct gm__inflated *inflated; /* by the packages that this one is inside of; NULL when it is in none */
};

struct gm__reader {
    struct gm_reader_info info;
    /* 0 = not mine … 100 = certain. `head` is the first len (up to 64 KiB) bytes. Cheap ones stand first. */
    int (*bid)(const unsigned char *head, size_t len, const char *name);
    enum gm_status (*read)(const struct gm__input *in, struct gm__source *out);
};

/* Registry (registry.c). */
const struct gm__reader *gm__reader_at(size_t index); /* NULL past the end */
/* By options.format, else by content, else by name. */
enum gm_status gm__reader_pick(const struct gm__input *in, const struct gm__reader **out);

/* Encodings (encoding.c): decode to UTF-8. *text points into `bytes` when nothing had to change. */
enum gm_status gm__decode(const struct gm__input *in, const char *bytes, size_t len, const char *declared,
                          struct gm__source *out);

/* Building blocks for readers that make text. A paragraph never holds LF or CR: they become a space. */
enum gm_status gm__source_text(struct gm__source *s, const char *ptr, size_t len);
/* End the paragraph that began at byte `start` of the buffer; block->start and len are filled in. */
enum gm_status gm__source_end(struct gm__source *s, size_t start, struct gm__block *block);

/* The document's only first-level heading, where it begins with it, is its title: title.c. */
void gm__title_from_heading(struct gm__source *s);

void gm__source_init(struct gm__source *s, const struct gm_options *options, struct gm__arena *arena);
void gm__source_release(struct gm__source *s);

#endif
