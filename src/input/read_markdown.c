/*
 * read_markdown.c - Markdown, through cmark.
 *
 * Headings keep their depth, items of ordered lists the number that the author wrote. A line of a paragraph is a
 * paragraph, since Chinese authors write one a line without blank lines between. Emphasis and links leave their text;
 * code and quotations hold no structure. Raw HTML is read as HTML.
 */
#include "input/front_matter.h"
#include "input/html_tree.h"
#include "input/markdown_marks.h"
#include "input/para.h"

#include <cmark.h>
#include <stdio.h>

#define NODE_COST     200      /* bytes of memory for what one mark can make */
#define PICTURE_STEPS 50000000 /* half a second */
#define NOTE_MASK     '\x01'   /* stands for the colon of a note's definition */

struct reader {
    const struct gm__input *in;
    struct gm__source *out;
    struct gm__para para;
    struct gm_str text; /* what cmark was given */
    const char *line;   /* start of line number line_number in it */
    int line_number;
    const char *place; /* the last place asked for: where, in which line, code points before it there */
    int place_line;
    uint32_t place_column;
    struct gm__block block; /* what a paragraph begun now has */
    int text_line;          /* the source line that text comes from */
    uint32_t lines_skipped; /* of front matter */
    unsigned quotes, lists; /* open block quotes and lists */
    unsigned images;        /* open pictures, whose description is not text */
    bool masked, in_note;   /* notes are hidden from cmark; the open paragraph is one */
    bool escapes;           /* the author writes \\* somewhere */
    bool glued;             /* ##一、: and headings without a blank */
    bool indented;          /* most lines are, as paragraphs are in print: Chinese is no code then */
    unsigned bold, linked;  /* open spans */
    size_t first_block;     /* of the paragraph that is open */
    enum gm_status status;  /* of raw HTML; the error is filled in */
};

/* Memory that cmark may need, from the characters that make nodes: it cannot say no by itself. */
static bool is_affordable(const struct gm__input *in, struct gm_str text) {
    size_t marks = 0, cost;
    for (size_t i = 0; i < text.len; i++) marks += text.ptr[i] != 0 && strchr("[]*_`<>&\\!-+\n", text.ptr[i]) != NULL;
    return gm__mul(marks, NODE_COST, &cost) && gm__add(cost, text.len, &cost) && gm__add(cost, text.len, &cost) &&
           cost <= in->options->limits.memory_bytes;
}

/* Time that cmark may need: with each ] it goes through all ![ before it in the paragraph that no ] has ended. */
static bool is_quick(struct gm_str text) {
    uint64_t begins = 0, ends = 0, steps = 0;
    bool blank = true;
    for (size_t i = 0; i < text.len && steps <= PICTURE_STEPS; i++) {
        char c = text.ptr[i];
        if (c == '\n' && blank) begins = ends = 0;
        blank = c == '\n' || (blank && (c == ' ' || c == '\t' || c == '\r'));
        begins += c == '!' && i + 1 < text.len && text.ptr[i + 1] == '[';
        ends += c == ']';
        if (c == ']') steps += begins;
    }
    return steps <= PICTURE_STEPS;
}

/* ------------------------------------------------------------------ lists */

/* The source line of this number, counted like cmark; lines are asked for in order. */
static const char *source_line(struct reader *r, int line) {
    const char *end = r->text.ptr + r->text.len;
    while (r->line_number < line && r->line < end) {
        while (r->line < end && *r->line != '\n' && *r->line != '\r') r->line++;
        if (r->line < end) r->line += *r->line == '\r' && r->line + 1 < end && r->line[1] == '\n' ? 2 : 1;
        r->line_number++;
    }
    return r->line;
}

/*
 * The next paragraph stands at byte `offset` of this line or behind the marks and blanks that follow there. Where one
 * line begins many of them each goes on from the one before.
 */
static void set_place(struct reader *r, int line, size_t offset, const char *marks) {
    const char *start = source_line(r, line), *end = r->text.ptr + r->text.len;
    if (!r->place || r->place_line != line || (size_t)(r->place - start) > offset) {
        r->place = start;
        r->place_line = line;
        r->place_column = 0;
    }
    const char *p = r->place;
    for (offset -= (size_t)(p - start); p < end && offset > 0 && *p != '\n' && *p != '\r'; offset--) p++;
    r->place_column += (uint32_t)gm__utf8_count(r->place, (size_t)(p - r->place));
    r->place = p;
    while (p < end && *p && strchr(marks, *p)) p++;
    gm__para_place(&r->para, (uint32_t)line + r->lines_skipped, r->place_column + (uint32_t)(p - r->place) + 1);
}

/* Where a block of cmark's begins. */
static void set_block_place(struct reader *r, cmark_node *node, const char *marks) {
    int column = cmark_node_get_start_column(node);
    r->text_line = cmark_node_get_start_line(node);
    set_place(r, r->text_line, column > 0 ? (size_t)column - 1 : 0, marks);
}

/* The number in front of an item as the author wrote it; -1 when there is none. */
static int32_t written_number(struct reader *r, cmark_node *item) {
    int column = cmark_node_get_start_column(item);
    const char *end = r->text.ptr + r->text.len;
    int32_t value = -1;
    for (const char *p = source_line(r, cmark_node_get_start_line(item)) + (column > 0 ? column - 1 : 0);
         p < end && *p >= '0' && *p <= '9'; p++)
        value = (value < 0 ? 0 : value) * 10 + (*p - '0'); /* at most nine digits make a list */
    return value;
}

static void set_lists(struct reader *r, unsigned lists) {
    r->lists = lists;
    r->block.depth = gm__list_depth(lists, 0);
    if (lists)
        r->block.flags |= GM__BLOCK_LIST;
    else
        r->block.flags &= (uint16_t)~GM__BLOCK_LIST;
}

static void enter_item(struct reader *r, cmark_node *item) {
    cmark_node *list = cmark_node_parent(item), *before = cmark_node_previous(item);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) return;
    int32_t start = cmark_node_get_list_start(list), number = written_number(r, item);
    int32_t last = before ? (int32_t)(intptr_t)cmark_node_get_user_data(before) : start - 1;
    if (number < 0 || (before && number == start)) number = last + 1; /* 1. 1. 1. means 1. 2. 3. */
    (void)cmark_node_set_user_data(item, (void *)(intptr_t)number);
    char label[24];
    (void)snprintf(label, sizeof label, "%d%c", (int)number,
                   cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ')' : '.');
    struct gm__block block = r->block;
    block.number = number;
    gm__para_flush(&r->para);
    set_block_place(r, item, "");
    gm__para_label(&r->para, label, &block);
}

/* ------------------------------------------------------------------- text */

static unsigned how(const struct reader *r) {
    return (r->bold ? (unsigned)GM__PARA_BOLD : 0) | (r->linked ? (unsigned)GM__PARA_LINKED : 0);
}

static void add_part(struct reader *r, const char *text, size_t len, unsigned looks) {
    if (!r->images) gm__para_add(&r->para, text, len, looks, &r->block);
}

static void add(struct reader *r, const char *text) {
    if (text) add_part(r, text, strlen(text), how(r));
}

/*
 * **强调。**后文 is no emphasis by the letter of CommonMark, since a stop stands inside and a word outside, but its
 * author meant it so: the marks go, in pairs, and those of ~~deletion~~ too. Where the author writes \* they stay.
 * A mark that finds no partner is not looked for again, which keeps this linear.
 */
static void add_text(struct reader *r, const char *text) {
    bool alive[2] = {!r->escapes, !r->escapes};
    const char *from = text;
    for (const char *p = text; p && *p;) {
        int mark = p[0] == '*' && p[1] == '*' ? 0 : p[0] == '~' && p[1] == '~' ? 1 : -1;
        const char *close = mark >= 0 && alive[mark] ? strstr(p + 2, mark ? "~~" : "**") : NULL;
        if (mark >= 0) alive[mark] = close != NULL;
        if (!close) {
            p++;
            continue;
        }
        add_part(r, from, (size_t)(p - from), how(r));
        add_part(r, p + 2, (size_t)(close - p - 2), how(r) | (mark ? 0 : (unsigned)GM__PARA_BOLD));
        p = from = close + 2;
    }
    add(r, from);
}

static void add_code_block(struct reader *r, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    if (!text || !*text) return;
    const char *fence = source_line(r, cmark_node_get_start_line(node));
    const char *end = r->text.ptr + r->text.len;
    while (fence < end && (*fence == ' ' || *fence == '>')) fence++;
    bool fenced = fence < end && (*fence == '`' || *fence == '~');
    bool prose = !fenced && r->indented && gm__is_han_prose(text);
    int line = cmark_node_get_start_line(node) + fenced;
    struct gm__block block = r->block;
    if (!prose) block.flags |= GM__BLOCK_VERBATIM;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        gm__para_place(&r->para, (uint32_t)line++ + r->lines_skipped, 1);
        gm__para_add(&r->para, p, n, prose ? 0 : GM__PARA_KEEP, &block);
        gm__para_end(&r->para);
        p += n + (p[n] == '\n');
    }
}

static void add_html(struct reader *r, const char *text) {
    if (r->status == GM_OK && text) r->status = gm__html_fragment(r->in, &r->para, text, strlen(text));
}

/* -------------------------------------------------------------- line ends */

/* The line below the heads of a pipe table: | --- | :-: | */
static bool is_table_rule(struct gm_str s) {
    static const char marks[4] = {'|', '-', ':', ' '};
    bool pipe = false, dash = false;
    for (size_t i = 0; i < s.len; i++) {
        pipe = pipe || s.ptr[i] == '|';
        dash = dash || s.ptr[i] == '-';
        if (!memchr(marks, s.ptr[i], sizeof marks)) return false;
    }
    return pipe && dash;
}

/* ##一、安装: the signs become blanks, and the line a heading. */
static void take_glued(struct reader *r) {
    struct gm__para *p = &r->para;
    struct gm__buf *b = &r->out->buffer;
    if (r->block.heading || r->quotes || p->block.label_len) return;
    uint8_t level = gm__md_glued_heading(gm__str(b->data + p->start, b->len - p->start));
    if (!level) return;
    memset(b->data + p->start, ' ', level);
    p->start += level;
    p->block.heading = level;
    p->block.depth = 0;
}

/* End a line, which is a paragraph of its own. */
static void end_text(struct reader *r) {
    struct gm__para *p = &r->para;
    struct gm__buf *b = &r->out->buffer;
    if (!p->open) return;
    if (r->glued) take_glued(r);
    struct gm_str text = gm__str(b->data + p->start, b->len - p->start);
    r->in_note = r->in_note || (r->masked && memchr(text.ptr, NOTE_MASK, text.len));
    if (r->in_note || (text.len > 2 && memcmp(text.ptr, "[^", 2) == 0))
        p->block.flags |= GM__BLOCK_NOTE;
    else
        gm__md_drop_note_marks(b, p->start);
    if (r->lists) gm__md_drop_box(b, p->start + p->block.label_len + (p->block.label_len > 0));
    if (r->block.heading) gm__md_drop_attributes(b, p->start);
    text.len = b->len - p->start;
    if (gm__has_word("[TOC] [[TOC]] @[TOC]", text.ptr, text.len)) p->block.flags |= GM__BLOCK_TOC;
    gm__para_end(p);
}

static void end_line(struct reader *r) {
    if (r->block.heading) {
        add(r, "\n");
        return;
    }
    end_text(r);
    set_place(r, ++r->text_line, 0, " \t>");
}

/* A <br>; the line of the source goes on. */
static void add_inline_html(struct reader *r, const char *tag) {
    if (tag && (strncmp(tag, "<br", 3) == 0 || strncmp(tag, "<BR", 3) == 0)) {
        if (r->block.heading)
            add(r, "\n");
        else
            end_text(r);
    }
}

static void end_paragraph(struct reader *r) {
    const struct gm__buf *b = &r->out->buffer;
    end_text(r);
    r->in_note = false;
    struct gm__block *blocks = r->out->blocks.data;
    size_t count = r->out->blocks.count;
    if (count < r->first_block + 2) return;
    const struct gm__block *rule = &blocks[r->first_block + 1];
    if (!is_table_rule(gm__str(b->data + rule->start, rule->len))) return;
    for (size_t i = r->first_block; i < count; i++) blocks[i].flags |= GM__BLOCK_TABLE | GM__BLOCK_VERBATIM;
}

/* **一、 begins behind its marks, as ## 一、 does. */
static void enter_emphasis(struct reader *r, uint32_t marks) {
    if (!r->para.open && !r->para.label[0]) r->para.column += marks;
}

/* skip: what may stand before its text on the first line */
static void open_block(struct reader *r, cmark_node *node, const char *skip) {
    r->first_block = r->out->blocks.count;
    if (!r->para.label[0]) set_block_place(r, node, skip);
}

/* --------------------------------------------------------------- the walk */

static void enter(struct reader *r, cmark_node *node) {
    const char *url;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        r->block.heading = r->quotes ? 0 : (uint8_t)cmark_node_get_heading_level(node);
        open_block(r, node, "# \t");
        break;
    case CMARK_NODE_PARAGRAPH:
        open_block(r, node, "");
        r->text_line = cmark_node_get_start_line(node);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        r->quotes++;
        r->block.flags |= GM__BLOCK_VERBATIM;
        break;
    case CMARK_NODE_LIST: set_lists(r, r->lists + 1); break;
    case CMARK_NODE_ITEM: enter_item(r, node); break;
    case CMARK_NODE_CODE_BLOCK: add_code_block(r, node); break;
    case CMARK_NODE_CODE: add(r, cmark_node_get_literal(node)); break;
    case CMARK_NODE_TEXT: add_text(r, cmark_node_get_literal(node)); break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: end_line(r); break;
    case CMARK_NODE_EMPH: enter_emphasis(r, 1); break;
    case CMARK_NODE_STRONG:
        enter_emphasis(r, 2);
        r->bold++;
        break;
    case CMARK_NODE_IMAGE: r->images++; break;
    case CMARK_NODE_LINK:
        url = cmark_node_get_url(node);
        r->linked += url && url[0] == '#';
        break;
    case CMARK_NODE_HTML_BLOCK:
        set_block_place(r, node, "");
        add_html(r, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_HTML_INLINE: add_inline_html(r, cmark_node_get_literal(node)); break;
    default: break;
    }
}

static void leave(struct reader *r, cmark_node *node) {
    const char *url;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        end_paragraph(r);
        r->block.heading = 0;
        break;
    case CMARK_NODE_PARAGRAPH: end_paragraph(r); break;
    case CMARK_NODE_BLOCK_QUOTE:
        if (--r->quotes == 0) r->block.flags &= (uint16_t)~GM__BLOCK_VERBATIM;
        break;
    case CMARK_NODE_LIST: set_lists(r, r->lists - 1); break;
    case CMARK_NODE_ITEM: gm__para_flush(&r->para); break;
    case CMARK_NODE_STRONG: r->bold--; break;
    case CMARK_NODE_IMAGE: r->images--; break;
    case CMARK_NODE_LINK:
        url = cmark_node_get_url(node);
        r->linked -= url && url[0] == '#';
        break;
    default: break;
    }
}

static enum gm_status walk(struct reader *r, cmark_node *root) {
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE && r->status == GM_OK;) {
        if (e == CMARK_EVENT_ENTER)
            enter(r, cmark_iter_get_node(iter));
        else
            leave(r, cmark_iter_get_node(iter));
        if (r->para.status != GM_OK) break;
    }
    cmark_iter_free(iter);
    return r->status == GM_OK ? gm__para_finish(&r->para, r->in->error) : r->status;
}

/* ---------------------------------------------------------------- reading */

/* Past the name of a note, "[^1]", that is defined at the line's start p; NULL when none is. */
static const char *note_colon(const char *p, const char *end) {
    for (int i = 0; i < 3 && p < end && *p == ' '; i++) p++;
    if (end - p < 5 || p[0] != '[' || p[1] != '^') return NULL;
    for (p += 2; p < end && *p != ']' && *p != '\n' && *p != '\r'; p++) continue;
    return end - p > 1 && p[0] == ']' && p[1] == ':' ? p + 1 : NULL;
}

/* "[^1]: 注" is a note to its author and a link's address to CommonMark, which would swallow it: its colon is hidden.
 */
static enum gm_status mask_notes(struct reader *r, struct gm_str *text) {
    char *copy = NULL;
    if (text->len && memchr(text->ptr, NOTE_MASK, text->len)) return GM_OK; /* it could not be told apart */
    for (size_t i = 0; i < text->len; i++) {
        if (i > 0 && text->ptr[i - 1] != '\n') continue;
        const char *colon = note_colon(text->ptr + i, text->ptr + text->len);
        if (!colon) continue;
        if (!copy) copy = gm__arena_copy(r->out->arena, text->ptr, text->len);
        if (!copy) return gm__fail_nomem(r->in->error);
        copy[colon - text->ptr] = NOTE_MASK;
    }
    r->masked = copy != NULL;
    if (copy) text->ptr = copy;
    return GM_OK;
}

static void unmask_notes(const struct reader *r) {
    struct gm__buf *b = &r->out->buffer;
    for (size_t i = 0; r->masked && i < b->len; i++)
        if (b->data[i] == NOTE_MASK) b->data[i] = ':';
}

static enum gm_status read_text(struct reader *r, struct gm_str text) {
    if (!is_affordable(r->in, text))
        return gm__fail(r->in->error, GM_LIMIT, "memory", "the Markdown needs more than %zu bytes of memory",
                        r->in->options->limits.memory_bytes);
    if (!is_quick(text)) return gm__fail(r->in->error, GM_LIMIT, "pictures", "a paragraph holds too many pictures");
    enum gm_status s = mask_notes(r, &text);
    if (s != GM_OK) return s;
    r->text = text;
    for (size_t i = 1; i < text.len; i++) r->escapes = r->escapes || (text.ptr[i - 1] == '\\' && text.ptr[i] == '*');
    r->glued = gm__md_glues_headings(text);
    r->indented = gm__md_is_indented(text);
    r->line = text.ptr;
    r->line_number = 1;
    cmark_node *root = cmark_parse_document(text.ptr, text.len, CMARK_OPT_VALIDATE_UTF8);
    if (!root) return gm__fail_nomem(r->in->error);
    s = walk(r, root);
    unmask_notes(r);
    cmark_node_free(root);
    return s;
}

static enum gm_status read(const struct gm__input *in, struct gm__source *out) {
    struct gm__source plain;
    gm__source_init(&plain, in->options, out->arena);
    enum gm_status s = gm__decode(in, in->bytes, in->len, NULL, &plain);
    if (s == GM_OK) {
        struct reader r = {.in = in, .out = out};
        struct gm_str text = gm__str(plain.text, plain.text_len);
        gm__para_init(&r.para, out);
        gm__source_take(out, &plain);
        size_t skip;
        s = gm__front_matter(text, out->arena, &out->title, &skip);
        for (size_t i = 0; i < skip; i++) r.lines_skipped += text.ptr[i] == '\n';
        s = s == GM_OK ? read_text(&r, gm__str(text.ptr + skip, text.len - skip)) : gm__fail_nomem(in->error);
    }
    gm__source_release(&plain);
    return s;
}

const struct gm__reader gm__read_markdown = {
    .info = {.name = "markdown", .extensions = "md markdown mkd mdown", .summary = N_("Markdown (CommonMark)")},
    .bid = gm__md_bid,
    .read = read,
};
