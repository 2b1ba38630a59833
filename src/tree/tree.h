/*
 * tree.h - the document: its text, nodes and what hangs on them.
 *
 * Nodes are stored in document order in one array; node 0 is the root. Every place is a byte
 * offset into `text`. Texts are not stored: they are what lies between title and first child
 * (own) and between a node's end and its next sibling's start (tail).
 *
 * Invariants (gm__doc_verify):
 *   root.start == 0, root.end == text_len
 *   parent.start <= start <= label end <= title_at <= title end
 *   label end <= first child's start; a member inside the title's own sentence begins before the title's end
 *   (第二，一方面缺钱，另一方面缺人)
 *   children lie in order inside the parent, without overlap; level == parent's level + 1
 *   matter and joined tables are sorted and do not overlap each other among themselves
 */
#ifndef GM_TREE_H
#define GM_TREE_H

#include "base/base.h"

struct gm__node {
    uint32_t start, end;          /* [start of the label, past the last descendant) */
    uint32_t title_at;            /* start of the title */
    uint32_t title_len;           /* bytes; trimmed, without closing punctuation */
    uint32_t parent, first, next; /* GM_NO_NODE when none */
    int32_t number;
    uint16_t label_len; /* bytes from start */
    uint16_t level;
    uint16_t family; /* index into gm_doc.families, 0 = none */
    uint8_t kind;    /* enum gm_node_kind */
    uint8_t flags;   /* GM__NODE_* */
};
enum {
    GM__NODE_IMPLIED = 1,
    GM__NODE_INLINE = 2,  /* the label does not open a paragraph */
    GM__NODE_JOINED = 4,  /* the title spans lines: look title_at up in joined */
    GM__NODE_BODY_AT = 8, /* own text starts right after the label (article without a title) */
    GM__NODE_BROKEN = 16, /* the label spans lines: look start up in joined */
};

/* The place of a byte whose number is a multiple of GM__MARK_STRIDE. */
struct gm__place_mark {
    uint32_t line, column;
};

/* A stretch of text that is read as one though it spans lines (a hard-wrapped paragraph or title). */
struct gm__joined {
    uint32_t start, len; /* bytes in the source */
    struct gm_str text;  /* joined, in the arena */
};

struct gm__matter {
    uint32_t start, len; /* trimmed bytes */
    uint8_t kind;        /* enum gm_matter_kind */
};

struct gm__diag {
    uint16_t id;   /* row of the catalogue */
    uint32_t at;   /* byte offset in text */
    uint32_t node; /* or GM_NO_NODE */
    int64_t args[2];
    struct gm_str words[2]; /* in the arena or the text, or static */
};

struct gm__decision {
    uint32_t at, len, node;
    int32_t number;
    uint16_t family;
    bool accepted;
    uint8_t before, behind;
    uint32_t series, place, members, first, last; /* 0: in no series */
    uint32_t previous, next;                      /* decisions, UINT32_MAX: none */
    const char *rule, *reason;                    /* static */
};

/* Explicit places, for documents read from gangmu's own formats, whose text is not the source's. */
struct gm__places {
    struct gm_pos start, end;
};

struct gm_doc {
    struct gm__arena arena;
    const struct gm_allocator *allocator;

    const char *text; /* decoded UTF-8, not NUL-terminated; start of the source */
    size_t text_len;
    char *owned; /* the text's own buffer when the document holds it */
    size_t owned_size;

    struct gm__node *nodes; /* node_count; allocated node_capacity */
    uint32_t node_count, node_capacity;
    struct gm__matter *matter;
    size_t matter_count, matter_capacity;
    struct gm__joined *joined;
    size_t joined_count, joined_capacity;
    struct gm__diag *diags;
    size_t diag_count, diag_capacity;
    struct gm__decision *decisions;
    size_t decision_count, decision_capacity;
    struct gm__places *places; /* NULL, or one a node (in the arena) */

    /* Start of every GM__LINE_STRIDE-th line, for gm_doc_locate; built by the parser. */
    uint32_t *line_index;
    size_t line_index_count, line_index_capacity;
    /* Where lines are long, the place of every GM__MARK_STRIDE-th byte; else NULL. */
    struct gm__place_mark *marks;
    size_t mark_count;

    bool flat; /* 　　 parts paragraphs, not line ends */
    /* The ids of the grammar's families by number, each at its place in `id_words`, in the arena or static; [0] = "".
     * Behind them those that a format names besides, in the arena. */
    const uint32_t *ids;
    const char *id_words;
    const char **more_ids;
    uint32_t id_count, more_id_count;

    struct gm_str title, salutation;
    const char *name, *format, *encoding, *grammar; /* in the arena or static */
    const struct gm_grammar *rules;                 /* what it was parsed with; NULL for documents made by hand */
    uint64_t steps;                                 /* parser work, for the linearity tests */
};

#define GM__LINE_STRIDE 64u
#define GM__MARK_STRIDE ((size_t)1024)

/* Where the title stops being the node's alone: at its end, or where its first child begins inside it. */
GM__INLINE uint32_t gm__title_stop(const struct gm_doc *doc, const struct gm__node *n) {
    uint32_t stop = n->title_len ? n->title_at + n->title_len : n->start + n->label_len;
    if (n->first == GM_NO_NODE) return stop;
    uint32_t child = doc->nodes[n->first].start;
    return child < stop && child >= n->start + n->label_len ? child : stop;
}

/* gm_node_label and gm_node_title without a call, where they span no lines. */
GM__INLINE struct gm_str gm__label_of(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return n->flags & GM__NODE_BROKEN ? gm_node_label(doc, node) : gm__str(doc->text + n->start, n->label_len);
}
GM__INLINE struct gm_str gm__title_of(const struct gm_doc *doc, gm_node node) {
    const struct gm__node *n = &doc->nodes[node];
    return n->flags & GM__NODE_JOINED ? gm_node_title(doc, node) : gm__str(doc->text + n->title_at, n->title_len);
}

struct gm_doc *gm__doc_new(const struct gm_allocator *a, const char *name);

/* Room for `more` nodes, so that they are added without copying those before. */
enum gm_status gm__doc_reserve_nodes(struct gm_doc *doc, size_t more);
/* Give back what was not needed of it, but for `more` and a few. */
void gm__doc_trim_nodes(struct gm_doc *doc, uint32_t more);
/* Append a node with the given parent; it becomes the parent's last child. Nodes must come in
 * document order. Returns its number in *out. */
enum gm_status gm__doc_add_node(struct gm_doc *doc, gm_node parent, gm_node previous_sibling, gm_node *out);
enum gm_status gm__doc_add_matter(struct gm_doc *doc, uint32_t start, uint32_t len, enum gm_matter_kind kind);
enum gm_status gm__doc_add_joined(struct gm_doc *doc, const struct gm__joined *joined);
enum gm_status gm__doc_add_decision(struct gm_doc *doc, const struct gm__decision *decision);
enum gm_status gm__doc_add_diag(struct gm_doc *doc, const struct gm__diag *diag);
/* The family's id; "" for one that has none. */
const char *gm__doc_family(const struct gm_doc *doc, uint32_t family);
/* Every GM__LINE_STRIDE-th line starts here: an entry of doc->line_index. */
enum gm_status gm__doc_add_line(struct gm_doc *doc, size_t at);
/* Build doc->line_index, where no lexer goes through the lines. */
enum gm_status gm__doc_index_lines(struct gm_doc *doc);

/* Build doc->marks where lines are long enough to need them: gm_doc_locate then looks at one stride of bytes. */
enum gm_status gm__doc_mark_places(struct gm_doc *doc);

/* Check the invariants above; NULL when they hold, else what is wrong (static string). */
const char *gm__doc_verify(const struct gm_doc *doc);

/* Pre-order walk without recursion: the node after `node` in document order is node + 1.
 * Leaving order: while next sibling is missing climb to the parent. */
enum gm__step { GM__ENTER, GM__LEAVE, GM__DONE };
struct gm__walk {
    const struct gm_doc *doc;
    gm_node node;
    enum gm__step step;
    uint32_t depth; /* limit; UINT32_MAX none */
};
void gm__walk_init(struct gm__walk *walk, const struct gm_doc *doc, uint32_t depth);
/* Next event in *step and *node; the root is not visited. */
enum gm__step gm__walk_next(struct gm__walk *walk, gm_node *node);

/* gm_texts_next; `odd` may be NULL and else has CR and LF: *clean says that the paragraph has none of its bytes, and
 * false that it may have some. */
struct gm__byte_set;
bool gm__texts_next_clean(struct gm_texts *t, const struct gm__byte_set *odd, struct gm_str *paragraph, bool *clean);

#endif
