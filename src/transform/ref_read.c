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

static const char *skip_blanks_back(const char *begin, const char *p) {
    while (p > begin) {
        uint32_t cp;
        size_t n = gm__utf8_decode_back(begin, p, &cp);
        if (!gm__is_space(cp) || cp == '\n' || cp == '\r') break;
        p -= n;
    }
    return p;
}

static bool holds(struct gm_str text, const char *word) {
    size_t n = strlen(word);
    for (const char *p = text.ptr, *end = p + text.len; (size_t)(end - p) >= n; p++) {
        p = memchr(p, (unsigned char)word[0], (size_t)(end - p) - n + 1);
        if (!p) return false;
        if (memcmp(p, word, n) == 0) return true;
    }
    return false;
}

static uint8_t writing_of(struct gm_str text) {
    return holds(text, "の") ? GM__JAPANESE : holds(text, "條") ? GM__TAIWAN : GM__MAINLAND;
}

void gm__ref_reader_init(struct gm__ref_reader *reader, const struct gm__renumber *r) {
    const struct gm_grammar *g = r->grammar;
    *reader =
        (struct gm__ref_reader){.grammar = g, .class_of = r->class_of, .text = r->doc->text, .len = r->doc->text_len};
    for (size_t i = 0; i < g->prefix_count; i++)
        if (gm__str_eqz(g->prefixes[i].prefix, "第")) reader->di = &g->prefixes[i];
    reader->writing = writing_of(gm__str(r->doc->text, r->doc->text_len));
    for (size_t i = 0; i < g->pattern_count; i++) {
        const struct gm__pattern *p = &g->patterns[i];
        bool bracket = gm__str_eqz(p->prefix, "(") && gm__str_eqz(p->suffix, ")");
        bool glyph = p->system >= GM__NUM_CIRCLED && !p->prefix.len && !p->suffix.len;
        if (bracket || glyph) reader->bracket_class[p->system] = r->class_of[p->family];
        if (gm__str_eqz(p->prefix, "卷") && !p->suffix.len) reader->volume = p;
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

static bool guarded(const struct gm__family *f, const char *after, const char *end) {
    for (size_t i = 0; i < f->not_before_count; i++) {
        const char *p = after;
        if (folded_at(&p, end, f->not_before[i])) return true;
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

static const char *read_unit(const struct gm__ref_reader *reader, const char *p, const char *end,
                             struct gm__unit *out) {
    const char *after = read_word_unit(reader, p, end, out);
    if (after || !reader->di) return after;
    const struct gm__pattern *patterns = reader->grammar->patterns + reader->di->first;
    for (size_t i = 0; i < reader->di->count; i++) { /* longest suffixes first */
        const struct gm__family *f = &reader->grammar->families[patterns[i].family];
        if (patterns[i].system != GM__NUM_HAN || f->partner || f->words || !is_word(patterns[i].suffix)) continue;
        after = p;
        if (!folded_at(&after, end, patterns[i].suffix)) continue;
        if (guarded(f, after, end)) return NULL;
        bool top = gm__str_eqz(patterns[i].suffix, "章") || gm__str_eqz(patterns[i].suffix, "部分");
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
        next = read_unit(reader, skip_blanks(p, end), end, &out->unit);
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

/* ------------------------------------------------------------ what stands before */

/* A kind of document at the end of its name. */
static const char *const kinds[] = {
    "法",   "条例", "條例", "规定", "規定", "办法", "辦法", "细则", "細則", "规则", "規則", "规程", "規程",
    "规范", "規範", "宪法", "憲法", "法典", "解释", "解釋", "决定", "決定", "通知", "意见", "意見", "章程",
    "准则", "準則", "标准", "標準", "协议", "協議", "合同", "合約", "契約", "公约", "公約", "协定", "協定",
    "条约", "條約", "决议", "決議", "纲要", "綱要", "制度", "方案", "守则", "守則", "法律", "批复", "通则",
    "通則", "要点", "要點", "须知", "須知", "草案", "指南", "附件", "令",
};
/* What may stand between 本 and the kind: 本实施细则. */
static const char *const modifiers[] = {"实施", "實施", "管理", "暂行", "暫行", "试行", "試行", "补充", "補充",
                                        "若干", "工作", "处罚", "處罰", "司法", "行政", "技术", "技術", "租赁",
                                        "买卖", "劳动", "服务", "施行", "组织", "設置", "设置", "自治", "国家"};

static size_t longest_end(const char *begin, const char *p, const char *const *words, size_t count) {
    size_t best = 0;
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) > best && gm__str_ends(gm__str(begin, (size_t)(p - begin)), words[i]))
            best = strlen(words[i]);
    return best;
}

/* 本法 in 实施细则 is the law that they carry out. */
static bool is_law(struct gm_str title) {
    size_t kind = longest_end(title.ptr, title.ptr + title.len, kinds, GM__COUNT(kinds));
    struct gm_str name = gm__str(title.ptr + title.len - kind, kind);
    return !kind || gm__str_eqz(name, "法") || gm__str_eqz(name, "法典") || gm__str_eqz(name, "宪法");
}

/* 刑法 is another's; 本法, 本实施细则 are this document's. */
static enum gm__whose whose_kind(const char *begin, const char *p, size_t kind, struct gm_str title) {
    bool law = kind == strlen("法") && memcmp(p - kind, "法", kind) == 0;
    p -= kind;
    for (size_t n; (n = longest_end(begin, p, modifiers, GM__COUNT(modifiers))) > 0;) p -= n;
    struct gm_str before = gm__str(begin, (size_t)(p - begin));
    bool own = gm__str_ends(before, "本") || gm__str_ends(before, "此");
    return own && (!law || is_law(title)) ? GM__WHOSE_PLAIN : GM__WHOSE_OTHER;
}

/* 《 … 》 before p, with a remark in brackets after it: whose name is it? */
static enum gm__whose whose_name(const char *begin, const char *p, struct gm_str title) {
    const char *open = p - 3;
    for (int looked = 0; open > begin && looked < 120; looked++) {
        uint32_t cp;
        open -= gm__utf8_decode_back(begin, open, &cp);
        if (cp != 0x300A) continue;
        struct gm_str name = gm__str(open + 3, (size_t)(p - 3 - (open + 3)));
        bool own = title.len &&
                   (gm__str_eq(name, title) || (title.len > name.len && name.len &&
                                                memcmp(title.ptr + title.len - name.len, name.ptr, name.len) == 0));
        return own ? GM__WHOSE_PLAIN : GM__WHOSE_OTHER;
    }
    return GM__WHOSE_OTHER;
}

/* The bracket that closes before p, passed over; p when there is none. */
static const char *pass_bracket(const char *begin, const char *p) {
    uint32_t cp;
    size_t n = gm__utf8_decode_back(begin, p, &cp);
    if (!n || gm__fold(cp) != ')') return p;
    const char *at = p - n;
    for (int looked = 0; at > begin && looked < 60; looked++) {
        at -= gm__utf8_decode_back(begin, at, &cp);
        if (gm__fold(cp) == '(') return skip_blanks_back(begin, at);
    }
    return p;
}

/* 附件2第三条: the article of an annex. */
static bool after_annex(const char *begin, const char *p) {
    static const char *const words[] = {"附件", "附录", "附錄", "附表"};
    const char *at = p;
    uint32_t cp;
    for (size_t n; at > begin && p - at < 12; at -= n) {
        n = gm__utf8_decode_back(begin, at, &cp);
        if (longest_end(begin, at, words, GM__COUNT(words))) return true;
        if (!(gm__numeral_systems(cp) & (1u << GM__NUM_HAN | 1u << GM__NUM_ARABIC)) && !gm__is_space(cp)) return false;
    }
    return false;
}

/* 本章, 前条, 上一条, 该条. */
static enum gm__whose whose_unit(const struct gm__ref_reader *reader, const char *begin, const char *p,
                                 struct gm__unit *unit) {
    static const struct {
        const char *word;
        enum gm__whose whose;
    } words[] = {{"本", GM__WHOSE_OWN},    {"此", GM__WHOSE_OWN},  {"前", GM__WHOSE_BEFORE}, {"上一", GM__WHOSE_BEFORE},
                 {"上", GM__WHOSE_BEFORE}, {"该", GM__WHOSE_SAME}, {"該", GM__WHOSE_SAME},   {"同", GM__WHOSE_SAME}};
    const char *starts[2], *at = p;
    for (int i = 0; i < 2; i++) { /* the unit has one character (条) or two (部分) */
        uint32_t cp;
        at -= gm__utf8_decode_back(begin, at, &cp);
        starts[i] = at;
    }
    for (int i = 0; i < 2; i++) {
        if (read_unit(reader, starts[i], p, unit) != p) continue;
        for (size_t k = 0; k < GM__COUNT(words); k++)
            if (gm__str_ends(gm__str(begin, (size_t)(starts[i] - begin)), words[k].word)) return words[k].whose;
    }
    return GM__WHOSE_PLAIN;
}

enum gm__whose gm__ref_whose(const struct gm__ref_reader *reader, size_t line, size_t at, struct gm_str title,
                             struct gm__unit *unit) {
    const char *begin = reader->text + line, *p = skip_blanks_back(begin, reader->text + at);
    *unit = (struct gm__unit){GM__UNIT_NONE, 0, 0, false};
    const char *before = pass_bracket(begin, p);
    if (gm__str_ends(gm__str(begin, (size_t)(p - begin)), "》")) return whose_name(begin, p, title);
    if (before != p && gm__str_ends(gm__str(begin, (size_t)(before - begin)), "》"))
        return whose_name(begin, before, title);
    if (after_annex(begin, p)) return GM__WHOSE_OTHER;
    for (const char *q = p;; q = before) { /* 监狱法（以下简称本法）第三条 */
        size_t kind = longest_end(begin, q, kinds, GM__COUNT(kinds));
        if (kind) return whose_kind(begin, q, kind, title);
        if (q == before) break;
    }
    return whose_unit(reader, begin, p, unit);
}
