/*
 * matter.c - front and back matter: what stands around the body of a 公文 or a speech.
 * GB/T 9704-2012 7.2 (版头), 7.3.1-7.3.2 (标题 主送机关), 7.3.4-7.3.6 (附件说明 署名 日期 附注), 7.4 (版记).
 */
#include "parse/matter.h"

#include <stdlib.h>

#define FRONT_LINES 40
#define BACK_LINES  24
#define TITLE_BYTES 180u
#define SHORT_BYTES 100u

/* ------------------------------------------------------------------ lines */

struct lines {
    struct gm_str at[FRONT_LINES];
    size_t count;
};

/* The first lines with text in [from, to), matter left out. */
static void first_lines(const struct gm__parser *p, size_t from, size_t to, struct lines *out) {
    out->count = 0;
    while (from < to && out->count < FRONT_LINES) {
        size_t stop = from;
        while (
            stop < to && p->text[stop] != '\n' && p->text[stop] != '\r' &&
            !(p->flat && to - stop >= 6 && memcmp(p->text + stop, "\xE3\x80\x80\xE3\x80\x80", 6) == 0 && stop > from))
            stop++;
        struct gm_str s = gm__str_trim(gm__str(p->text + from, stop - from));
        if (s.len) out->at[out->count++] = s;
        from = stop < to && (unsigned char)p->text[stop] == 0xE3 ? stop + 6 : stop + 1;
    }
}

/* The last lines with text in [from, to), last first. */
static void last_lines(const struct gm__parser *p, size_t from, size_t to, struct lines *out) {
    out->count = 0;
    while (to > from && out->count < BACK_LINES) {
        size_t start = to;
        while (start > from && p->text[start - 1] != '\n' && p->text[start - 1] != '\r') start--;
        struct gm_str s = gm__str_trim(gm__str(p->text + start, to - start));
        if (s.len) out->at[out->count++] = s;
        if (start == from) return;
        to = start - 1;
    }
}

/* ---------------------------------------------------------------- patterns */

static bool begins(struct gm_str s, const char *with) {
    return s.len >= strlen(with) && memcmp(s.ptr, with, strlen(with)) == 0;
}
static bool ends(struct gm_str s, const char *with) {
    size_t n = strlen(with);
    return s.len >= n && memcmp(s.ptr + s.len - n, with, n) == 0;
}
static bool holds(struct gm_str s, const char *what) {
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.len; i++)
        if (memcmp(s.ptr + i, what, n) == 0) return true;
    return false;
}
static bool begins_any(struct gm_str s, const char *const *list) {
    for (; *list; list++)
        if (begins(s, *list)) return true;
    return false;
}
static bool ends_any(struct gm_str s, const char *const *list) {
    for (; *list; list++)
        if (ends(s, *list)) return true;
    return false;
}

static const char *const stops[] = {"。", "；", "，", "！", "？", "：", ";", "、", ":", ",", NULL};

/* 2024年1月5日, 二〇二四年一月, ２０２４年３月: blanks allowed. */
static bool is_date(struct gm_str s) {
    const char *p = s.ptr, *end = p + s.len;
    int digits = 0, part = 0;
    if (s.len > 60) return false;
    while (p < end) {
        uint32_t cp;
        struct gm__ordinal o;
        size_t n = gm__utf8_decode(p, end, &cp);
        uint32_t f = gm__fold(cp);
        if ((f >= '0' && f <= '9') || cp == 0x3007 || cp == 0x25CB || cp == 0xD7 || cp == 'X' ||
            gm__numeral_scan(GM__NUM_HAN, p, p + n, false, &o))
            digits++;
        else if (cp == 0x5E74 && part == 0 && digits) /* 年 */
            part = 1, digits = 0;
        else if (cp == 0x6708 && part == 1 && digits) /* 月 */
            part = 2, digits = 0;
        else if (cp == 0x65E5 && part == 2 && digits) /* 日 */
            part = 3, digits = 0;
        else if (!gm__is_space(cp))
            return false;
        p += n;
    }
    return part >= 2 && digits == 0;
}

/* 国发〔2019〕3号, 第12号 */
static bool is_document_number(struct gm_str s) {
    if (s.len > SHORT_BYTES || !ends(s, "号")) return false;
    bool year = holds(s, "〔") || holds(s, "[") || holds(s, "［") || holds(s, "（") || holds(s, "(") || holds(s, "【");
    return year ? holds(s, "〕") || holds(s, "]") || holds(s, "］") || holds(s, "）") || holds(s, ")") || holds(s, "】")
                : begins(s, "第");
}

static bool is_bracketed(struct gm_str s) {
    return (begins(s, "（") || begins(s, "(")) && (ends(s, "）") || ends(s, ")"));
}

static bool is_salutation(const struct gm__parser *p, struct gm_str s) {
    if (!(ends(s, "：") || ends(s, ":") || ends(s, "！")) || s.len > 240) return false;
    static const char *const words[] = {"同志们", "各位",   "尊敬的", "女士们", "先生们", "朋友们", "同学们",
                                        "老师们", "乡亲们", "亲爱的", "全体",   "战友们", "家长们", NULL};
    if (begins_any(s, words) && !holds(s, "政府") && !holds(s, "单位")) return true;
    for (size_t i = 0; i < p->grammar->keyword_count; i++) {
        const struct gm__keyword *k = &p->grammar->keywords[i];
        if (k->role == GM__ROLE_SALUTATION && s.len >= k->text.len && memcmp(s.ptr, k->text.ptr, k->text.len) == 0)
            return true;
    }
    return false;
}

static bool is_recipient(struct gm_str s) {
    static const char *const organs[] = {"政府", "委",   "局",   "厅",   "部",   "院", "单位", "公司", "办", "处",
                                         "会",   "中心", "机构", "大学", "学校", "村", "科",   "所",   "站", "组",
                                         "室",   "社",   "行",   "同志", "府",   "班", "队",   "团",   NULL};
    if (!(ends(s, "：") || ends(s, ":")) || s.len > 600 || holds(s, "。") || holds(s, "如下")) return false;
    size_t colon = ends(s, "：") ? 3 : 1;
    return ends_any(gm__str(s.ptr, s.len - colon), organs) || (begins(s, "各") && s.len < 300);
}

static enum gm_status take(struct gm__parser *p, struct gm_str s, enum gm_matter_kind kind) {
    return gm__doc_add_matter(p->doc, (uint32_t)(s.ptr - p->text), (uint32_t)s.len, kind);
}

/* ------------------------------------------------------------------- front */

enum { NOT_FRONT = GM_MATTER_KIND_COUNT };

static int front_kind(const struct gm__parser *p, struct gm_str s, bool titled) {
    static const char *const secret[] = {"绝密", "机密", "秘密", "特急", "加急", "特提", "平急", NULL};
    if (s.len <= 30 && begins_any(s, secret)) return GM_MATTER_CLASSIFICATION;
    if (is_document_number(s)) return GM_MATTER_NUMBER;
    if (begins(s, "签发人") || begins(s, "签 发 人")) return GM_MATTER_SIGNER;
    if (is_salutation(p, s)) return GM_MATTER_SALUTATION;
    if (is_recipient(s)) return GM_MATTER_RECIPIENT;
    if (titled && (begins(s, "——") || begins(s, "—") || is_date(s) || (is_bracketed(s) && s.len < 400)))
        return GM_MATTER_SUBTITLE;
    if (s.len > TITLE_BYTES || ends_any(s, stops)) return NOT_FRONT;
    return GM_MATTER_TITLE;
}

static bool is_title_line(struct gm_str s) { return s.len <= TITLE_BYTES && !holds(s, "。"); }

/* The document's title: its lines joined. */
static enum gm_status set_title(struct gm__parser *p, const struct gm_str *lines, size_t count) {
    struct gm__buf b;
    if (p->doc->title.len) return GM_OK;
    if (count == 1) {
        p->doc->title = lines[0];
        return GM_OK;
    }
    gm__buf_init(&b, p->options->allocator, 4096);
    for (size_t i = 0; i < count; i++) (void)gm__buf_add(&b, lines[i].ptr, lines[i].len);
    char *copy = b.status == GM_OK ? gm__arena_copy(&p->doc->arena, b.data ? b.data : "", b.len) : NULL;
    if (copy) p->doc->title = gm__str(copy, b.len);
    gm__buf_release(&b);
    return copy ? GM_OK : GM_NOMEM;
}

/* What the format, or the search for contents, has said of this line; NOT_FRONT when nothing. */
static int known_kind(const struct gm__parser *p, struct gm_str line) {
    uint32_t at = (uint32_t)(line.ptr - p->text);
    for (size_t i = 0; i < p->doc->matter_count; i++)
        if (p->doc->matter[i].start <= at && at < p->doc->matter[i].start + p->doc->matter[i].len)
            return p->doc->matter[i].kind;
    return NOT_FRONT;
}

/* What stands above the first node: [0, end). */
static enum gm_status front_matter(struct gm__parser *p, size_t end) {
    struct lines l;
    struct gm_str title[4];
    size_t titles = 0;
    bool body = false, styled = false;
    enum gm_status s = GM_OK;
    first_lines(p, 0, end < 16384 ? end : 16384, &l);
    for (size_t i = 0; s == GM_OK && i < l.count && !body; i++) {
        int known = known_kind(p, l.at[i]), kind = known != NOT_FRONT ? known : front_kind(p, l.at[i], titles > 0);
        if (known != NOT_FRONT) {
            if (kind == GM_MATTER_TITLE && titles < GM__COUNT(title) && (styled || !titles)) {
                title[titles++] = l.at[i];
                styled = true;
            }
            continue;
        }
        if (kind == GM_MATTER_TITLE &&
            (styled || i > titles + 6 || titles == GM__COUNT(title) || !is_title_line(l.at[i])))
            kind = NOT_FRONT;
        if (kind == GM_MATTER_TITLE && titles && s == GM_OK) { /* a name or an organ under the title is no title */
            if (i > 0 && l.at[i - 1].ptr != title[titles - 1].ptr) kind = NOT_FRONT;
        }
        if (kind == NOT_FRONT) {
            body = true;
            continue;
        }
        if (kind == GM_MATTER_TITLE) title[titles++] = l.at[i];
        if (kind == GM_MATTER_SALUTATION && !p->doc->salutation.len) {
            size_t colon = ends(l.at[i], "：") || ends(l.at[i], "！") ? 3 : 1;
            p->doc->salutation = gm__str(l.at[i].ptr, l.at[i].len - colon);
        }
        s = take(p, l.at[i], (enum gm_matter_kind)kind);
    }
    return s == GM_OK && titles ? set_title(p, title, titles) : s;
}

/* -------------------------------------------------------------------- back */

static bool is_closing(const struct gm__parser *p, struct gm_str s) {
    if (s.len > 60) return false;
    for (size_t i = 0; i < p->grammar->keyword_count; i++) {
        const struct gm__keyword *k = &p->grammar->keywords[i];
        if (k->role == GM__ROLE_CLOSING && s.len >= k->text.len && memcmp(s.ptr, k->text.ptr, k->text.len) == 0)
            return true;
    }
    return false;
}

static int back_kind(const struct gm__parser *p, struct gm_str s, bool dated) {
    if (ends(s, "印发") || (ends(s, "印") && holds(s, "日"))) return GM_MATTER_PRINTING;
    if (begins(s, "抄送") || begins(s, "抄报") || begins(s, "分送")) return GM_MATTER_COPY;
    if (is_bracketed(s) && (holds(s, "联系人") || holds(s, "此件") || holds(s, "传达") || holds(s, "公开") ||
                            holds(s, "略") || holds(s, "删减") || holds(s, "电话")))
        return GM_MATTER_ANNOTATION;
    if (is_date(s)) return GM_MATTER_DATE;
    if ((size_t)(s.ptr - p->text) >= p->attachments && (size_t)(s.ptr - p->text) < p->attachments_end)
        return GM_MATTER_ATTACHMENTS;
    if (begins(s, "附件：") || begins(s, "附件:")) return GM_MATTER_ATTACHMENTS;
    if (is_closing(p, s)) return GM_MATTER_CLOSING;
    if (dated && s.len <= SHORT_BYTES && !ends_any(s, stops) && !holds(s, "。")) return GM_MATTER_SIGNATURE;
    return NOT_FRONT;
}

/* What stands below the last paragraph of the body in [from, to); its start, `to` when there is none. */
static enum gm_status back_matter(struct gm__parser *p, size_t from, size_t to, uint32_t *start) {
    struct lines l;
    bool dated = false;
    size_t signatures = 0;
    enum gm_status s = GM_OK;
    *start = (uint32_t)to;
    last_lines(p, from, to, &l);
    for (size_t i = 0; s == GM_OK && i < l.count; i++) {
        int kind = back_kind(p, l.at[i], dated);
        if (kind == GM_MATTER_SIGNATURE && ++signatures > 4) return GM_OK;
        if (kind == NOT_FRONT) return GM_OK;
        if (kind == GM_MATTER_DATE) dated = true;
        if (kind != GM_MATTER_DATE && kind != GM_MATTER_SIGNATURE && dated && signatures) dated = false;
        *start = (uint32_t)(l.at[i].ptr - p->text);
        s = take(p, l.at[i], (enum gm_matter_kind)kind);
    }
    return s;
}

enum gm_status gm__matter(struct gm__parser *p, struct gm__vec *backs) {
    struct gm_doc *doc = p->doc;
    enum gm_status s = front_matter(p, doc->node_count > 1 ? doc->nodes[1].start : p->len);
    size_t floor = 0;
    for (gm_node id = 1; s == GM_OK && id <= doc->node_count; id++) {
        bool last = id == doc->node_count;
        if (!last && doc->nodes[id].kind != GM_KIND_REGION) {
            floor = doc->nodes[id].start + doc->nodes[id].label_len;
            continue;
        }
        size_t to = last ? p->len : doc->nodes[id].start;
        while (floor < to && p->text[floor] != '\n' && p->text[floor] != '\r') floor++; /* a node keeps its own line */
        void *slot;
        uint32_t start = (uint32_t)to;
        if (floor > 0 || doc->node_count > 1) s = back_matter(p, floor, to, &start);
        if (s == GM_OK) s = gm__vec_push(backs, &slot);
        if (s == GM_OK) *(struct gm__back *)slot = (struct gm__back){(uint32_t)to, start};
        floor = to;
    }
    return s;
}

/* ------------------------------------------------------------------- lines */

static bool wants_blank(const struct gm__buf *b, uint32_t next) {
    unsigned char last = b->len ? (unsigned char)b->data[b->len - 1] : 0;
    return last > ' ' && last < 0x80 && next > ' ' && next < 0x80;
}

enum gm_status gm__matter_join(struct gm__parser *p, uint32_t start, uint32_t len, bool apart) {
    struct gm_doc *doc = p->doc;
    struct gm__buf b;
    gm__buf_init(&b, p->options->allocator, 3 * (size_t)len + 16);
    for (uint32_t at = start; at < start + len && b.status == GM_OK;) {
        uint32_t stop = at, cp;
        while (stop < start + len && p->text[stop] != '\n' && p->text[stop] != '\r') stop++;
        struct gm_str line = gm__str_trim(gm__str(p->text + at, stop - at));
        if (line.len && !gm__is_page_number(line)) {
            (void)gm__utf8_decode(line.ptr, line.ptr + line.len, &cp);
            if (b.len && (apart || wants_blank(&b, cp))) (void)gm__buf_puts(&b, " ");
            (void)gm__buf_add(&b, line.ptr, line.len);
        }
        at = stop + 1;
    }
    char *copy = b.status == GM_OK ? gm__arena_copy(&doc->arena, b.data ? b.data : "", b.len) : NULL;
    struct gm__joined j = {start, len, gm__str(copy ? copy : "", copy ? b.len : 0)};
    gm__buf_release(&b);
    return copy ? gm__doc_add_joined(doc, &j) : GM_NOMEM;
}

/* Of a stretch of text the paragraphs that lines break: [at, end) as gm_texts_next goes through it. */
static enum gm_status join_texts(struct gm__parser *p, struct gm_texts t, size_t *soft) {
    const uint32_t *breaks = p->soft.data;
    while (t.at < t.end) {
        uint32_t cp;
        size_t n = gm__utf8_decode(p->text + t.at, p->text + t.end, &cp);
        if (gm__is_space(cp)) {
            t.at += n;
            continue;
        }
        size_t stop = t.at;
        bool broken = false;
        for (;; stop++) {
            while (stop < t.end && p->text[stop] != '\n' && p->text[stop] != '\r') stop++;
            while (*soft < p->soft.count && breaks[*soft] <= stop) ++*soft;
            size_t next = stop + 1 + (stop + 1 < t.end && p->text[stop] == '\r' && p->text[stop + 1] == '\n');
            if (stop >= t.end || *soft == p->soft.count || breaks[*soft] != next) break;
            broken = true;
            stop = next - 1;
        }
        if (broken) {
            struct gm_str body = gm__str_trim(gm__str(p->text + t.at, stop - t.at));
            enum gm_status s = gm__matter_join(p, (uint32_t)t.at, (uint32_t)body.len, false);
            if (s != GM_OK) return s;
        }
        t.at = stop + 1;
    }
    return GM_OK;
}

static enum gm_status join_all_texts(struct gm__parser *p) {
    struct gm__walk walk;
    struct gm_texts t;
    gm_node node;
    size_t soft = 0;
    enum gm_status s = GM_OK;
    if (!p->soft.count) return GM_OK;
    gm_texts_init(&t, p->doc, GM_ROOT, GM_TEXT_OWN);
    s = join_texts(p, t, &soft);
    gm__walk_init(&walk, p->doc, UINT32_MAX);
    for (enum gm__step step; s == GM_OK && (step = gm__walk_next(&walk, &node)) != GM__DONE;) {
        gm_texts_init(&t, p->doc, node, step == GM__ENTER ? GM_TEXT_OWN : GM_TEXT_TAIL);
        s = join_texts(p, t, &soft);
    }
    return s;
}

static int by_start(const void *a, const void *b) {
    const struct gm__matter *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}
static int joined_by_start(const void *a, const void *b) {
    const struct gm__joined *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start ? 1 : x->len > y->len ? -1 : x->len < y->len;
}

enum gm_status gm__matter_finish(struct gm__parser *p) {
    struct gm_doc *doc = p->doc;
    if (doc->matter_count) qsort(doc->matter, doc->matter_count, sizeof *doc->matter, by_start);
    size_t kept = 0;
    for (size_t i = 0; i < doc->matter_count; i++)
        if (!kept || doc->matter[i].start >= doc->matter[kept - 1].start + doc->matter[kept - 1].len)
            doc->matter[kept++] = doc->matter[i];
    doc->matter_count = kept;
    enum gm_status s = join_all_texts(p);
    if (doc->joined_count) qsort(doc->joined, doc->joined_count, sizeof *doc->joined, joined_by_start);
    return s;
}
