/* para.c - one paragraph under construction, for readers of mark-up. */
#include "input/para.h"

#include "grammar/numeral.h"

#include <stdio.h>

void gm__para_init(struct gm__para *p, struct gm__source *out) { *p = (struct gm__para){.out = out}; }

enum gm_status gm__fail_status(struct gm_error *error, enum gm_status status) {
    if (status == GM_NOMEM) return gm__fail_nomem(error);
    return gm__fail(error, status, "text-too-large", "the document's text is larger than the limit allows");
}

static void put(struct gm__para *p, const char *text, size_t len) {
    if (p->status == GM_OK) p->status = gm__source_text(p->out, text, len);
}

void gm__para_place(struct gm__para *p, uint32_t line, uint32_t column) {
    if (p->open) return;
    p->line = line;
    p->column = column;
}

static void add_raw(struct gm__para *p, char c) {
    if (p->status == GM_OK) p->status = gm__buf_add(&p->out->buffer, &c, 1);
}

/* What shares its line with others does not come to stand in that line; then far columns are not worth their blanks. */
#define NEAR 100

static void go_to_place(struct gm__para *p) {
    const struct gm__buf *b = &p->out->buffer;
    bool fresh = b->len == 0 || b->data[b->len - 1] == '\n'; /* else a blank paragraph was taken back here */
    for (; fresh && p->lines + 1 < p->line && p->status == GM_OK; p->lines++) add_raw(p, '\n');
    if (p->lines + 1 != p->line && p->column > NEAR) p->column = 0;
    for (uint32_t n = 1; fresh && n < p->column && p->status == GM_OK; n++) add_raw(p, ' ');
    p->line = p->column = 0;
}

/* The block ends here. */
static void end_block(struct gm__para *p) {
    if (p->status == GM_OK) p->status = gm__source_end(p->out, p->start, &p->block);
    p->lines++;
}

static void begin(struct gm__para *p, const struct gm__block *block) {
    go_to_place(p);
    p->start = p->out->buffer.len;
    p->block = *block;
    p->open = true;
    p->blank = p->broken = false;
    p->bold = p->linked = p->shown = 0;
    p->last = 0;
    if (!p->label[0]) return;
    size_t len = strlen(p->label);
    put(p, p->label, len);
    p->block.label_len = (uint16_t)len;
    p->block.number = p->label_block.number;
    p->block.depth = p->label_block.depth;
    p->block.flags |= p->label_block.flags;
    if ((unsigned char)p->label[len - 1] < 0x80) put(p, " ", 1);
    p->label[0] = 0;
}

/* Scripts written without blanks: a line end between two of their characters is none. */
static bool is_wide(uint32_t cp) {
    return (cp >= 0x2E80 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFE30 && cp <= 0xFE4F) ||
           (cp >= 0xFF00 && cp <= 0xFF60) || (cp >= 0x20000 && cp <= 0x3FFFF) || (cp >= 0x2018 && cp <= 0x201D) ||
           (cp >= 0x2460 && cp <= 0x24FF) || cp == 0x2014 || cp == 0x2026;
}

/* Characters that are nothing to see: soft hyphen, zero-width space, word joiner, byte order mark. */
static size_t unseen(const char *p, const char *end) {
    static const char *const marks[] = {"\xC2\xAD", "\xE2\x80\x8B", "\xE2\x81\xA0", "\xEF\xBB\xBF"};
    if ((unsigned char)*p < 0xC2) return 0;
    for (size_t i = 0; i < GM__COUNT(marks); i++) {
        size_t n = strlen(marks[i]);
        if ((size_t)(end - p) >= n && memcmp(p, marks[i], n) == 0) return n;
    }
    return 0;
}

static void put_seen(struct gm__para *p, const char *text, size_t len) {
    const char *from = text, *end = text + len;
    for (const char *at = text; at < end;) {
        size_t n = unseen(at, end);
        if (n) put(p, from, (size_t)(at - from));
        at += n ? n : 1;
        if (n) from = at;
    }
    put(p, from, (size_t)(end - from));
}

static void add_word(struct gm__para *p, const char *text, size_t len, unsigned how) {
    uint32_t first, last;
    (void)gm__utf8_decode(text, text + len, &first);
    (void)gm__utf8_decode_back(text, text + len, &last);
    if (p->blank && p->last && !(p->broken && is_wide(p->last) && is_wide(first))) put(p, " ", 1);
    p->blank = p->broken = false;
    p->last = last;
    put_seen(p, text, len);
    p->shown += len;
    if (how & GM__PARA_BOLD) p->bold += len;
    if (how & GM__PARA_LINKED) p->linked += len;
}

static bool is_ascii_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

void gm__para_add(struct gm__para *p, const char *text, size_t len, unsigned how, const struct gm__block *block) {
    for (size_t i = 0; i < len;) {
        if (is_ascii_blank(text[i]) && !(how & GM__PARA_KEEP)) {
            if (text[i] == '\n') p->broken = true;
            p->blank = true;
            i++;
            continue;
        }
        size_t from = i;
        while (i < len && ((how & GM__PARA_KEEP) || !is_ascii_blank(text[i]))) i++;
        if (!p->open) begin(p, block);
        add_word(p, text + from, i - from, how);
    }
}

void gm__para_label(struct gm__para *p, const char *label, const struct gm__block *block) {
    gm__para_flush(p);
    (void)snprintf(p->label, sizeof p->label, "%s", label);
    p->label_block = *block;
}

/* 第一章, 1. or 一、 behind the list's own number. */
static bool is_numbered(const struct gm__para *p) {
    const char *at = p->out->buffer.data + p->start + p->block.label_len,
               *end = p->out->buffer.data + p->out->buffer.len;
    uint32_t cp;
    at = gm__str_trim(gm__str(at, (size_t)(end - at))).ptr;
    return gm__utf8_decode(at, end, &cp) &&
           (cp == 0x7B2C || cp - (uint32_t)'0' < 10 || (gm__is_han(cp) && gm__numeral_systems(cp)));
}

/* What is all link is an entry of contents, but no item of a list that holds others. */
static bool is_entry(const struct gm__para *p) {
    const struct gm__vec *blocks = &p->out->blocks;
    const struct gm__block *above = blocks->count ? (const struct gm__block *)blocks->data + blocks->count - 1 : NULL;
    bool listed = p->block.label_len && above && above->label_len && !(above->flags & GM__BLOCK_TOC);
    return p->shown && p->linked == p->shown && !p->block.heading && (!listed || is_numbered(p));
}

/* Is there anything to see behind the label? */
static bool is_blank(const struct gm__para *p) {
    const struct gm__buf *b = &p->out->buffer;
    size_t from = p->start + p->block.label_len;
    return gm__str_trim(gm__str(b->data + from, b->len - from)).len == 0;
}

void gm__para_end(struct gm__para *p) {
    bool open = p->open;
    p->open = p->blank = p->broken = false;
    if (!open || p->status != GM_OK) return;
    if (is_blank(p)) {
        if (p->block.label_len) { /* the number goes on to the next text */
            size_t len = p->block.label_len;
            memcpy(p->label, p->out->buffer.data + p->start, len);
            p->label[len] = 0;
        }
        p->out->buffer.len = p->start;
        return;
    }
    if (p->shown && p->bold == p->shown) p->block.flags |= GM__BLOCK_BOLD;
    if (is_entry(p)) p->block.flags |= GM__BLOCK_TOC;
    end_block(p);
}

void gm__para_flush(struct gm__para *p) {
    gm__para_end(p);
    if (!p->label[0] || p->status != GM_OK) return;
    begin(p, &p->label_block);
    p->open = false;
    end_block(p);
}

enum gm_status gm__para_finish(struct gm__para *p, struct gm_error *error) {
    gm__para_flush(p);
    if (p->status != GM_OK) return gm__fail_status(error, p->status);
    struct gm__source *s = p->out;
    s->text = s->buffer.len ? s->buffer.data : "";
    s->text_len = s->buffer.len;
    return GM_OK;
}

void gm__source_take(struct gm__source *out, struct gm__source *plain) {
    out->encoding = plain->encoding;
    struct gm__vec empty = out->warnings;
    out->warnings = plain->warnings;
    plain->warnings = empty;
    struct gm__warning *w = out->warnings.data;
    for (size_t i = 0; i < out->warnings.count; i++) w[i].at = 0;
}

bool gm__is_binary(const unsigned char *head, size_t len) {
    bool marked = len >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF));
    return !marked && memchr(head, 0, len) != NULL;
}
