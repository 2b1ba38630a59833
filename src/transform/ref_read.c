/*
 * ref_read.c - references as they stand in running text.
 *
 *   part   = 第 number { ( 、 | 至 | 和 … ) [ 第 ] number } unit [ 之 number ]
 *   number = numeral | （ numeral ）
 *   unit   = 编 | 章 | 节 | 条 | … as the grammar's families write them | 款 | 项 | 目 | 点
 */
#include "transform/renumber.h"

static bool at_word(const char *p, const char *end, const char *word) {
    size_t n = strlen(word);
    return (size_t)(end - p) >= n && memcmp(p, word, n) == 0;
}

static const char *skip_blanks(const char *p, const char *end) {
    while (p < end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p, end, &cp);
        if (!gm__is_space(cp) || cp == '\n' || cp == '\r') break;
        p += n;
    }
    return p;
}

/* の stands in most lines of a Japanese text, and in a name here and there of a Chinese one. */
static bool is_japanese(const char *text, size_t len) {
    size_t lines = 0, with = 0;
    for (const char *p = text, *end = text + len; p < end;) {
        const char *stop = p;
        while (stop < end && *stop != '\n' && *stop != '\r') stop++;
        struct gm_str line = gm__str(p, (size_t)(stop - p));
        lines += gm__str_trim(line).len > 0;
        with += gm__holds(line, "の");
        p = stop + 1;
    }
    return with > 1 && with * 3 >= lines;
}

/* Told by the articles' own labels; a word of another's text (民法第184條) says nothing. */
static uint8_t writing_of(const struct gm__renumber *r) {
    size_t traditional = 0, simplified = 0;
    for (gm_node i = 1; i < r->doc->node_count; i++) {
        struct gm_str label = gm_node_label(r->doc, i);
        if (r->doc->nodes[i].kind != GM_KIND_ARTICLE || !r->marks[i].readable) continue;
        if (gm__holds(label, "の")) return GM__JAPANESE;
        traditional += gm__holds(label, "條");
        simplified += gm__holds(label, "条");
    }
    if (traditional > simplified) return GM__TAIWAN;
    return is_japanese(r->doc->text, r->doc->text_len) ? GM__JAPANESE : GM__MAINLAND;
}

void gm__ref_reader_init(struct gm__ref_reader *reader, const struct gm__renumber *r) {
    const struct gm_grammar *g = r->grammar;
    *reader =
        (struct gm__ref_reader){.grammar = g, .class_of = r->class_of, .text = r->doc->text, .len = r->doc->text_len};
    gm__ref_find_others(reader);
    for (size_t i = 0; i < g->prefix_count; i++)
        if (gm__str_eqz(gm__literal(g, g->prefixes[i].prefix), "第")) reader->di = &g->prefixes[i];
    reader->writing = writing_of(r);
    for (size_t i = 0; i < g->pattern_count; i++) {
        const struct gm__pattern *p = &g->patterns[i];
        struct gm_str prefix = gm__literal(g, p->prefix), suffix = gm__literal(g, p->suffix);
        bool bracket = gm__str_eqz(prefix, "(") && gm__str_eqz(suffix, ")");
        bool glyph = p->system >= GM__NUM_CIRCLED && !prefix.len && !suffix.len;
        if (bracket || glyph) reader->bracket_class[p->system] = r->class_of[p->family];
        if (gm__str_eqz(prefix, "卷") && !suffix.len) reader->volume = p;
    }
}

/* ------------------------------------------------------------------ numbers */

static const char *read_numeral(const struct gm__ref_reader *reader, const char *p, const char *end,
                                struct gm__ref_number *out) {
    static const uint8_t systems[] = {GM__NUM_HAN,       GM__NUM_ARABIC,       GM__NUM_FORMAL,
                                      GM__NUM_PAREN_HAN, GM__NUM_PAREN_ARABIC, GM__NUM_CIRCLED};
    for (size_t i = 0; i < GM__COUNT(systems); i++) {
        struct gm__ordinal o;
        size_t n = gm__numeral_scan((enum gm__numeral)systems[i], p, end, false, &o);
        if (!n) continue;
        out->at = out->outer_at = (uint32_t)(p - reader->text);
        out->len = out->outer_len = (uint32_t)n;
        out->system = (enum gm__numeral)systems[i];
        out->value = o.value;
        out->bracket = systems[i] >= GM__NUM_CIRCLED;
        return p + n;
    }
    return NULL;
}

static const char *read_number(const struct gm__ref_reader *reader, const char *p, const char *end,
                               struct gm__ref_number *out) {
    uint32_t cp;
    *out = (struct gm__ref_number){.value = 0};
    if (p >= end) return NULL;
    size_t n = gm__utf8_decode(p, end, &cp);
    if (gm__fold(cp) != '(') return read_numeral(reader, p, end, out);
    const char *q = read_numeral(reader, skip_blanks(p + n, end), end, out);
    if (!q || out->bracket) return NULL;
    q = skip_blanks(q, end);
    if (q >= end) return NULL;
    n = gm__utf8_decode(q, end, &cp);
    if (gm__fold(cp) != ')') return NULL;
    out->bracket = true;
    out->outer_at = (uint32_t)(p - reader->text);
    out->outer_len = (uint32_t)(q + n - p);
    return q + n;
}

/* 之一, -1: into the number that stands before it. */
static const char *read_sub(const struct gm__ref_reader *reader, const char *p, const char *end,
                            struct gm__ref_number *out) {
    struct gm__anatomy label = {.pattern = NULL};
    size_t n = gm__anatomy_sub(p, end, &label, (uint32_t)(p - reader->text));
    if (!n || label.subs != 1) return p;
    out->sub = label.sub;
    out->sub_system = label.sub_system;
    return p + n;
}

/* What parts numbers that share a unit: 第三、四条, 第三至第五条. */
static const char *read_separator(const char *p, const char *end) {
    static const char *const words[] = {"、", "至", "到", "和", "与", "及", "或", "—", "－", "～", "-", "~"};
    p = skip_blanks(p, end);
    for (size_t i = 0; i < GM__COUNT(words); i++) {
        if (!at_word(p, end, words[i])) continue;
        p = skip_blanks(p + strlen(words[i]), end);
        return at_word(p, end, "第") ? skip_blanks(p + 3, end) : p;
    }
    return NULL;
}

/* -------------------------------------------------------------------- units */

/* An article's parts: 款 项 目 on the mainland, 項 款 目 in Taiwan, 項 号 in Japan, where the first 項 bears no number.
 */
static const struct word_unit {
    const char *word;
    uint8_t writings;
    struct gm__unit unit;
    const char *not_before[6];
} word_units[] = {
    {"款", GM__MAINLAND, {GM__UNIT_PARAGRAPH, 0, 25, false}, {"项的", "式", "待", "额", "物"}},
    {"款", GM__TAIWAN, {GM__UNIT_ITEM, 0, 26, false}, {"項", "式", "待", "額", "物"}},
    {"项", GM__MAINLAND, {GM__UNIT_ITEM, 0, 26, false}, {"目", "链", "圈"}},
    {"項", GM__MAINLAND, {GM__UNIT_ITEM, 0, 26, false}, {"目"}},
    {"項", GM__TAIWAN, {GM__UNIT_PARAGRAPH, 0, 25, false}, {"目"}},
    {"項", GM__JAPANESE, {GM__UNIT_ITEM, 0, 25, false}, {"目"}},
    {"号", GM__JAPANESE, {GM__UNIT_ITEM, 0, 26, false}, {"様式", "線"}},
    {"点", GM__MAINLAND, {GM__UNIT_ITEM, 0, 26, false}, {"钟", "半", "整", "名", "球"}},
    {"點", GM__MAINLAND | GM__TAIWAN, {GM__UNIT_ITEM, 0, 26, false}, {"鐘", "半", "整"}},
    {"目", GM__MAINLAND | GM__TAIWAN, {GM__UNIT_SUBITEM, 0, 27, false}, {"标", "標", "录", "錄", "光", "的"}},
};

static const char *read_word_unit(const struct gm__ref_reader *reader, const char *p, const char *end,
                                  struct gm__unit *out) {
    for (size_t i = 0; i < GM__COUNT(word_units); i++) {
        const struct word_unit *w = &word_units[i];
        if (!(w->writings & reader->writing) || !at_word(p, end, w->word)) continue;
        const char *after = p + strlen(w->word);
        for (size_t k = 0; k < GM__COUNT(w->not_before) && w->not_before[k]; k++)
            if (at_word(after, end, w->not_before[k])) return NULL;
        *out = w->unit;
        return after;
    }
    return NULL;
}

static bool folded_at(const char **p, const char *end, struct gm_str literal) {
    const char *at = *p, *l = literal.ptr, *l_end = l + literal.len;
    while (l < l_end) {
        uint32_t want, got;
        l += gm__utf8_decode(l, l_end, &want);
        if (at >= end) return false;
        at += gm__utf8_decode(at, end, &got);
        if (gm__fold(got) != want) return false;
    }
    *p = at;
    return true;
}

/* 第五条约 has the guard 约 for 条约; what contracts say, 第五条约定的, is a reference. */
static bool guarded(const struct gm_grammar *g, const struct gm__family *f, const char *after, const char *end) {
    if (at_word(after, end, "约定")) return false;
    for (size_t i = 0; i < f->not_before_count; i++) {
        const char *p = after;
        if (folded_at(&p, end, gm__literal(g, g->guards[f->not_before + i]))) return true;
    }
    return false;
}

/* A word of one or more Han characters and nothing else: 条, 部分; not "步，". */
static bool is_word(struct gm_str suffix) {
    for (const char *p = suffix.ptr, *end = p + suffix.len; p < end;) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (cp < 0x3400 || cp >= 0xA000) return false;
    }
    return suffix.len != 0;
}

const char *gm__ref_read_unit(const struct gm__ref_reader *reader, const char *p, const char *end,
                              struct gm__unit *out) {
    const char *after = read_word_unit(reader, p, end, out);
    if (after || !reader->di) return after;
    const struct gm__pattern *patterns = reader->grammar->patterns + reader->di->first;
    for (size_t i = 0; i < reader->di->count; i++) { /* longest suffixes first */
        const struct gm__family *f = &reader->grammar->families[patterns[i].family];
        struct gm_str suffix = gm__literal(reader->grammar, patterns[i].suffix);
        if (patterns[i].system != GM__NUM_HAN || f->partner || f->words || !is_word(suffix)) continue;
        after = p;
        if (!folded_at(&after, end, suffix)) continue;
        if (guarded(reader->grammar, f, after, end)) return NULL;
        bool top = gm__str_eqz(suffix, "章") || gm__str_eqz(suffix, "部分");
        *out = (struct gm__unit){GM__UNIT_FAMILY, reader->class_of[patterns[i].family], f->rank, top};
        return after;
    }
    return NULL;
}

/* --------------------------------------------------------------------- parts */

bool gm__ref_read(const struct gm__ref_reader *reader, size_t at, size_t limit, struct gm__ref *out) {
    const char *p = reader->text + at, *end = reader->text + limit, *next;
    if (!at_word(p, end, "第")) return false;
    *out = (struct gm__ref){.at = (uint32_t)at};
    p = skip_blanks(p + 3, end);
    for (;;) {
        struct gm__ref_number *number = &out->number[out->count];
        p = read_number(reader, p, end, number);
        if (!p) return false;
        out->count++;
        p = read_sub(reader, p, end, number);
        next = gm__ref_read_unit(reader, skip_blanks(p, end), end, &out->unit);
        if (next) break;
        p = read_separator(p, end);
        if (!p || out->count == GM__REF_NUMBERS) return false;
    }
    if (out->unit.kind == GM__UNIT_FAMILY && !out->number[out->count - 1].sub.value)
        next = read_sub(reader, next, end, &out->number[out->count - 1]);
    out->end = (uint32_t)(next - reader->text);
    return true;
}

/* 卷三 speaks of a volume behind a mark or a word such as 见; 开卷一读 does not. */
static bool names_volume(const char *begin, const char *p) {
    static const char *const cues = "见見看阅閱详詳参參如至到从從自在于於与與和及据據按照依由即";
    uint32_t cp, cue;
    if (!gm__utf8_decode_back(begin, p, &cp) || !gm__is_han(cp)) return true;
    for (const char *c = cues, *end = c + strlen(c); c < end;) {
        c += gm__utf8_decode(c, end, &cue);
        if (cue == cp) return true;
    }
    return false;
}

bool gm__ref_read_volume(const struct gm__ref_reader *reader, size_t line, size_t at, size_t limit,
                         struct gm__ref *out) {
    const char *p = reader->text + at, *end = reader->text + limit;
    if (!reader->volume || !at_word(p, end, "卷") || !names_volume(reader->text + line, p)) return false;
    const struct gm__family *f = &reader->grammar->families[reader->volume->family];
    *out = (struct gm__ref){.at = (uint32_t)at, .count = 1};
    out->unit = (struct gm__unit){GM__UNIT_FAMILY, reader->class_of[reader->volume->family], f->rank, false};
    p = read_numeral(reader, p + strlen("卷"), end, &out->number[0]);
    if (!p || out->number[0].bracket) return false;
    out->end = (uint32_t)(p - reader->text);
    return true;
}

bool gm__ref_read_bracket(const struct gm__ref_reader *reader, size_t at, size_t limit, struct gm__ref *out) {
    const char *end = reader->text + limit, *p, *after;
    *out = (struct gm__ref){.at = (uint32_t)at, .count = 1, .unit = {GM__UNIT_NONE, 0, 26, false}};
    p = read_number(reader, reader->text + at, end, &out->number[0]);
    if (!p || !out->number[0].bracket) return false;
    after = read_word_unit(reader, p, end, &out->unit);
    out->end = (uint32_t)((after ? after : p) - reader->text);
    return true;
}

bool gm__ref_connects(const char *text, size_t from, size_t to) {
    static const char *const words[] = {"、",   "和",   "及",     "以及",     "与",     "或",   "或者", "至",
                                        "到",   "，",   ",",      "—",        "－",     "～",   "-",    "~",
                                        "的",   "所列", "所列的", "规定的",   "規定的", "中的", "并",   "並",
                                        "條至", "以及", "—至",    "规定的、", "，和"};
    struct gm_str between = gm__str_trim(gm__str(text + from, to - from));
    if (!between.len) return to - from < 8;
    for (size_t i = 0; i < GM__COUNT(words); i++)
        if (gm__str_eqz(between, words[i])) return true;
    return false;
}
