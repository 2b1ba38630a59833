/* outline.c - an outline under construction, for formats that state their nodes. */
#include "input/outline.h"

#include "input/para.h"
#include "tree/tree.h"

static void fail(struct gm__outline *o, enum gm_status s) {
    if (o->status == GM_OK) o->status = gm__fail_status(o->in->error, s);
}

static void *push(struct gm__outline *o, struct gm__vec *vec) {
    void *slot;
    if (o->status != GM_OK) return NULL;
    enum gm_status s = gm__vec_push(vec, &slot);
    if (s == GM_OK) return slot;
    fail(o, s);
    return NULL;
}

void gm__outline_init(struct gm__outline *o, const struct gm__input *in, struct gm__source *out, bool exact) {
    const struct gm_allocator *a = in->options->allocator;
    *o = (struct gm__outline){.in = in, .out = out, .exact = exact};
    gm__arena_init(&o->arena, a);
    gm__vec_init(&o->nodes, a, sizeof(struct gm__outline_node), UINT32_MAX - 1);
    gm__vec_init(&o->paras, a, sizeof(struct gm__outline_para), UINT32_MAX - 1);
    gm__vec_init(&o->matter, a, sizeof(struct gm__outline_matter), UINT32_MAX - 1);
    struct gm__outline_node *root = push(o, &o->nodes);
    if (root) root->label = root->title = gm__str("", 0);
}

void gm__outline_release(struct gm__outline *o) {
    gm__vec_release(&o->nodes);
    gm__vec_release(&o->paras);
    gm__vec_release(&o->matter);
    gm__arena_release(&o->arena);
}

struct gm__outline_node *gm__outline_node(struct gm__outline *o) {
    return (struct gm__outline_node *)o->nodes.data + o->now;
}

void gm__outline_open(struct gm__outline *o) {
    if (o->status != GM_OK) return;
    const struct gm_limits *l = &o->in->options->limits;
    uint32_t level = gm__outline_node(o)->level + 1;
    if (level > l->depth)
        o->status = gm__fail(o->in->error, GM_LIMIT, "too-deep", "the outline is deeper than %u levels", l->depth);
    else if (o->nodes.count > l->nodes)
        o->status = gm__fail(o->in->error, GM_LIMIT, "too-many-nodes", "the outline has more than %u nodes", l->nodes);
    struct gm__outline_node *n = push(o, &o->nodes);
    if (!n) return;
    *n = (struct gm__outline_node){.parent = o->now, .level = level, .label = {"", 0}, .title = {"", 0}};
    o->now = (uint32_t)(o->nodes.count - 1);
}

void gm__outline_close(struct gm__outline *o) {
    if (o->status == GM_OK) o->now = gm__outline_node(o)->parent;
}

struct gm_str gm__outline_copy(struct gm__outline *o, const char *text, size_t len) {
    struct gm_str s = gm__str_trim(gm__str(text, len));
    if (o->status != GM_OK || !s.len) return gm__str("", 0);
    o->memory += s.len;
    char *copy = o->memory > o->in->options->limits.text_bytes ? NULL : gm__arena_copy(&o->arena, s.ptr, s.len);
    if (!copy) {
        fail(o, o->memory > o->in->options->limits.text_bytes ? GM_LIMIT : GM_NOMEM);
        return gm__str("", 0);
    }
    return gm__str(copy, s.len);
}

static void add_para(struct gm__outline *o, enum gm_text_part part, struct gm_str text) {
    if (!text.len) return;
    struct gm__outline_para *para = push(o, &o->paras);
    if (!para) return;
    *para = (struct gm__outline_para){.text = text};
    struct gm__outline_node *n = gm__outline_node(o);
    uint32_t id = (uint32_t)o->paras.count;
    if (n->last[part])
        ((struct gm__outline_para *)o->paras.data)[n->last[part] - 1].next = id;
    else
        n->first[part] = id;
    n->last[part] = id;
}

void gm__outline_text(struct gm__outline *o, enum gm_text_part part, const char *text, size_t len) {
    for (size_t at = 0; at < len && o->status == GM_OK;) {
        const char *nl = memchr(text + at, '\n', len - at);
        size_t end = nl ? (size_t)(nl - text) : len;
        add_para(o, part, gm__outline_copy(o, text + at, end - at));
        at = end + 1;
    }
}

void gm__outline_matter(struct gm__outline *o, const char *kind, uint32_t line, struct gm_str text) {
    for (unsigned k = 0; k < GM_MATTER_KIND_COUNT && text.len; k++) {
        if (strcmp(gm_matter_kind_name((enum gm_matter_kind)k), kind) != 0) continue;
        struct gm__outline_matter *m = push(o, &o->matter);
        if (m) *m = (struct gm__outline_matter){text, line, (uint8_t)k};
    }
}

const char *gm__outline_marker(struct gm__outline *o, const char *id, size_t len) {
    if (o->last_marker && gm__str_eqz(gm__str(id, len), o->last_marker)) return o->last_marker;
    const char *copy = gm__arena_copy(o->out->arena, id, len);
    if (!copy) fail(o, GM_NOMEM);
    return o->last_marker = copy;
}

uint8_t gm__outline_kind(const char *name, size_t len) {
    for (unsigned k = GM_KIND_SECTION; k < GM_KIND_COUNT; k++)
        if (gm__str_eqz(gm__str(name, len), gm_node_kind_name((enum gm_node_kind)k))) return (uint8_t)k;
    return GM_KIND_DOCUMENT;
}

/* -------------------------------------------------------------- writing out */

static void put(struct gm__outline *o, struct gm_str text) {
    if (o->status != GM_OK) return;
    enum gm_status s = gm__source_text(o->out, text.ptr, text.len);
    if (s != GM_OK) fail(o, s);
}

static void end(struct gm__outline *o, size_t start, struct gm__block *block) {
    if (o->status != GM_OK) return;
    enum gm_status s = gm__source_end(o->out, start, block);
    if (s != GM_OK) fail(o, s);
}

static void write_paras(struct gm__outline *o, const struct gm__outline_node *n, enum gm_text_part part) {
    const struct gm__outline_para *paras = o->paras.data;
    for (uint32_t i = n->first[part]; i && o->status == GM_OK; i = paras[i - 1].next) {
        struct gm__block block = {.flags = part == GM_TEXT_OWN ? GM__BLOCK_TEXT : GM__BLOCK_TAIL,
                                  .level = (uint16_t)(n->level ? n->level : 1)};
        size_t start = o->out->buffer.len;
        put(o, paras[i - 1].text);
        end(o, start, &block);
    }
}

/* Outliners leave empty rows behind. */
static bool is_empty_row(const struct gm__outline *o, size_t i) {
    const struct gm__outline_node *n = (const struct gm__outline_node *)o->nodes.data + i;
    bool leaf = i + 1 == o->nodes.count || n[1].parent != i;
    return !o->exact && leaf && !n->label.len && !n->title.len && !n->first[GM_TEXT_OWN];
}

static void write_node(struct gm__outline *o, const struct gm__outline_node *n) {
    unsigned flags = GM__BLOCK_NODE;
    if (n->implied) flags |= GM__BLOCK_IMPLIED;
    if (n->kind == GM_KIND_REGION) flags |= GM__BLOCK_REGION;
    if (o->exact) flags |= GM__BLOCK_EXACT;
    struct gm__block block = {.flags = (uint16_t)flags,
                              .level = (uint16_t)n->level,
                              .label_len = (uint16_t)n->label.len,
                              .title_len = o->exact ? (uint32_t)n->title.len : 0,
                              .number = n->number,
                              .kind = n->kind,
                              .marker = n->marker};
    size_t start = o->out->buffer.len;
    if (n->label.len > UINT16_MAX && o->status == GM_OK)
        o->status = gm__fail(o->in->error, GM_INPUT, "not-an-outline", "a label of %zu bytes is none", n->label.len);
    put(o, n->label);
    if (n->label.len && n->title.len) put(o, gm__str(" ", 1));
    put(o, n->title);
    end(o, start, &block);
}

static void write_matter(struct gm__outline *o, bool front, uint32_t first_line) {
    const struct gm__outline_matter *m = o->matter.data;
    for (size_t i = 0; i < o->matter.count; i++) {
        if ((o->nodes.count < 2 || m[i].line < first_line) != front) continue;
        struct gm__block block = {.flags = GM__BLOCK_MATTER, .kind = m[i].kind};
        size_t start = o->out->buffer.len;
        put(o, m[i].text);
        end(o, start, &block);
    }
}

/* The places that the format states, when it does so for every node. */
static void write_places(struct gm__outline *o) {
    const struct gm__outline_node *nodes = o->nodes.data;
    struct gm_pos last = {0, 1, 1};
    for (size_t i = 1; i < o->nodes.count; i++) {
        if (!nodes[i].has_places) return;
        if (nodes[i].end.byte > last.byte) last = nodes[i].end;
    }
    for (size_t i = 0; i < o->nodes.count; i++) {
        struct gm__places *p = push(o, &o->out->places);
        if (p && i)
            *p = (struct gm__places){nodes[i].start, nodes[i].end};
        else if (p)
            *p = (struct gm__places){{0, 1, 1}, last};
    }
}

enum gm_status gm__outline_finish(struct gm__outline *o) {
    if (o->status != GM_OK) return o->status;
    const struct gm__outline_node *nodes = o->nodes.data;
    size_t count = o->nodes.count;
    uint32_t first_line = count > 1 ? nodes[1].start.line : 0, open = 0;
    write_matter(o, true, first_line);
    write_paras(o, &nodes[0], GM_TEXT_OWN);
    for (size_t i = 1; i <= count && o->status == GM_OK; i++) {
        uint32_t parent = i < count ? nodes[i].parent : 0;
        for (; open != parent; open = nodes[open].parent) write_paras(o, &nodes[open], GM_TEXT_TAIL);
        if (i == count) break;
        if (!is_empty_row(o, i)) write_node(o, &nodes[i]);
        write_paras(o, &nodes[i], GM_TEXT_OWN);
        open = (uint32_t)i;
    }
    if (!o->matter.count) write_paras(o, &nodes[0], GM_TEXT_TAIL);
    write_matter(o, false, first_line);
    if (o->exact) write_places(o);
    o->out->text = o->out->buffer.len ? o->out->buffer.data : "";
    o->out->text_len = o->out->buffer.len;
    return o->status;
}
