/*
 * front.c - front matter: what stands above the body of a 公文 or a speech.
 * GB/T 9704-2012 7.2 (版头: 份号 密级 紧急程度 发文机关标志 发文字号 签发人), 7.3.1-7.3.2 (标题 主送机关).
 */
#include "parse/matter.h"

#include "parse/phrase.h"

#define TITLE_BYTES 180u
#define TITLE_LINES 4

enum { NOT_FRONT = GM_MATTER_KIND_COUNT, FIELD };

struct front {
    struct gm__parser *p;
    struct gm__lines lines;
    struct gm_str title[TITLE_LINES];
    size_t titles;
    bool complete; /* the title names the kind of document: nothing is missing */
    bool bracket;  /* a bracketed subtitle goes on */
    bool byline;   /* the title is over: a name, a date or an organ followed it */
    bool styled;   /* the format said which lines are the title */
    bool decree;   /* …令 stands above */
    bool cover;    /* a standard's */
    bool wrapped;  /* 各县（区）人民政府，… goes on in the next line */
    bool page;     /* 索引号： and what else a web page tells of the document stands above it */
    bool named;    /* such a name has its value in the next line */
};

/* 指南（2022版）: the bracket says which edition. */
static struct gm_str without_edition(struct gm_str s) {
    static const char *const editions[] = {"版）", "版)", "年）",  "年)",  "稿）", "稿)",   "本）", "本)",
                                           "篇）", "篇)", "草案)", "行）", "行)",  "修订)", NULL};
    for (size_t i = gm__ends_any(s, editions) ? s.len : 0; i > 3; i--)
        if (s.ptr[i - 1] == '(' || memcmp(s.ptr + i - 3, "（", 3) == 0)
            return gm__str_trim(gm__str(s.ptr, s.ptr[i - 1] == '(' ? i - 1 : i - 3));
    return s;
}

/* The kinds of documents (条例 第八条, and what speakers, buyers and scholars write): a title ends with one. */
bool gm__names_kind(struct gm_str s) {
    char apart[GM__SPACED];
    static const char *const kinds[] = {
        "决议",     "决定",     "命令",   "公报",   "公告",   "通告",   "意见",   "通知",     "通报",     "报告",
        "请示",     "批复",     "议案",   "函",     "纪要",   "条例",   "规定",   "办法",     "细则",     "规则",
        "准则",     "章程",     "讲话",   "致辞",   "致词",   "发言",   "演讲",   "规划",     "计划",     "方案",
        "要点",     "总结",     "合同",   "协议",   "协议书", "合同书", "倡议书", "公约",     "法",       "规程",
        "规范",     "指南",     "標準",   "标准",   "規定",   "要點",   "條例",   "試行",     "（试行）", "（草案）",
        "（修订）", "制度",     "须知",   "决定书", "公示",   "声明",   "启事",   "提案",     "预案",     "纲要",
        "守则",     "导则",     "简报",   "判决书", "裁定书", "起诉书", "建议书", "责任书",   "承诺书",   "通知书",
        "告知书",   "意见书",   "说明书", "任务书", "起诉状", "上诉状", "答辩状", "自诉状",   "申诉状",   "共识",
        "手册",     "規則",     "規程",   "要綱",   "辦法",   "細則",   "規範",   "招标文件", "投标文件", "采购文件",
        "磋商文件", "谈判文件", "论文",   "讲话稿", "发言稿", "演讲稿", "主持词", "申请书",   "策划书",   "试卷",
        "范本",     "範本",     "范文",   "範文",   NULL};
    return gm__ends_any(without_edition(gm__without_blanks(s, apart)), kinds);
}

/* 理解方程的概念. */
static bool ends_sentence(struct gm_str s) {
    uint32_t cp;
    return s.len > 3 && gm__str_ends(s, ".") && gm__utf8_decode(s.ptr + s.len - 4, s.ptr + s.len, &cp) == 3 &&
           gm__is_han(cp);
}

static bool is_title_line(struct gm_str s) {
    return s.len <= TITLE_BYTES && !gm__is_stopped(s) && !gm__holds(s, "。") && !ends_sentence(s);
}

/* 000001: the text may end there. */
static bool is_serial(struct gm_str s) {
    size_t digits = 0;
    while (digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9') digits++;
    return s.len == 6 && digits == 6;
}

/* 000001, 机密★1年, 内部　三年, 特急 */
static bool is_classification(struct gm_str s) {
    static const char *const words[] = {"绝密", "机密", "秘密", "内部", "特急", "加急", "特提", "平急", NULL};
    if (s.len > 30) return false;
    if (is_serial(s)) return true;
    if (!gm__begins_any(s, words) || s.len == 6) return gm__begins_any(s, words);
    uint32_t cp;
    (void)gm__utf8_decode(s.ptr + 6, s.ptr + s.len, &cp);
    return gm__is_space(cp) || cp == 0x2605 || cp == 0x2606 || cp == '*';
}

static bool is_signer(struct gm_str s) { return gm__begins(s, "签发人") || gm__begins(s, "签 发 人"); }

/* 柳政报〔2021〕3号　　签发人：周大桨 */
static bool is_numbered(struct gm_str s) {
    if (gm__is_document_number(s)) return true;
    if (!gm__holds(s, "签发人")) return false;
    for (size_t i = 3; i + 9 <= s.len; i++)
        if (memcmp(s.ptr + i, "签发人", 9) == 0) return gm__is_document_number(gm__str_trim(gm__str(s.ptr, i)));
    return false;
}

/* 柳河县人民政府文件 above the document's number. */
static bool is_issuer(const struct front *f, size_t i) {
    static const char *const marks[] = {"文件", "令", "电报", NULL};
    struct gm_str s = f->lines.at[i];
    if (f->titles || s.len > 90) return false;
    for (size_t k = i + 1; k < f->lines.count && k <= i + 3; k++)
        if (is_numbered(f->lines.at[k])) return gm__ends_any(s, marks);
    return false;
}

/* In a form or another table; false in plain text. */
static bool in_table(const struct gm__parser *p, struct gm_str line) {
    const struct gm__block *blocks = p->source->blocks.data;
    size_t low = 0, high = p->source->blocks.count, at = (size_t)(line.ptr - p->text);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (blocks[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low && (blocks[low - 1].flags & GM__BLOCK_TABLE) && at < (size_t)blocks[low - 1].start + blocks[low - 1].len;
}

/* 原创 周某 江边夜话 2023-05-06 08:00: where an article of the net comes from. No sentence tells that. */
static bool is_source(struct gm_str s) {
    static const char *const words[] = {"原创 ", "原创　", "文/", "文｜", "文|", "文丨", NULL};
    if (!is_title_line(s) || gm__holds(s, "，")) return false;
    if (gm__begins_any(s, words)) return true;
    for (size_t i = 0; i + 10 <= s.len; i++) /* 2023-05-06, 2023/05/06 */
        if (s.ptr[i + 1] == '0' && s.ptr[i + 4] == s.ptr[i + 7] && strchr("-/", s.ptr[i + 4]) &&
            strspn(s.ptr + i, "0123456789") == 4 && strspn(s.ptr + i + 5, "0123456789") == 2)
            return true;
    return false;
}

/* 这六件事你一定要知道！ above where an article of the net comes from. */
static bool is_calling_title(const struct front *f, size_t i) {
    struct gm_str s = f->lines.at[i];
    bool calls = gm__str_ends(s, "！") || gm__str_ends(s, "？") || gm__str_ends(s, "!") || gm__str_ends(s, "?");
    return calls && s.len <= TITLE_BYTES && !gm__holds(s, "。") && i + 1 < f->lines.count &&
           is_source(f->lines.at[i + 1]);
}

/* 周慎之1，林晚舟2*: two names or more, each with the number of where its bearer works. */
static bool is_authors(struct gm_str s) {
    unsigned names = 0, han = 0, marks = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        at += gm__utf8_decode(s.ptr + at, s.ptr + s.len, &cp);
        if (gm__is_space(cp)) continue;
        if (gm__is_han(cp)) {
            if (han++ == 0) names++;
            continue;
        }
        bool mark = (cp >= '0' && cp <= '9') || cp == '*';
        if ((!mark && cp != ',' && cp != 0xFF0C && cp != 0x3001) || !names || (han && (han < 2 || han > 4)))
            return false;
        marks += mark;
        han = 0;
    }
    return names > 1 && marks && han <= 4 && han != 1;
}

/* 柳河县委书记　林晚舟: an office, a blank and a name. */
static bool is_officer(struct gm_str s) {
    static const char *const offices[] = {"书记", "主席",   "主任", "部长", "省长",   "市长", "县长", "区长",
                                          "镇长", "乡长",   "局长", "处长", "科长",   "院长", "校长", "所长",
                                          "会长", "董事长", "经理", "教授", "秘书长", NULL};
    size_t end = s.len;
    while (end > 0 && s.ptr[end - 1] != ' ' && !(end >= 3 && memcmp(s.ptr + end - 3, "　", 3) == 0)) end--;
    struct gm_str name = gm__str_trim(gm__str(s.ptr + end, s.len - end)), office = gm__str_trim(gm__str(s.ptr, end));
    return office.len && gm__is_name(name) && gm__ends_any(office, offices);
}

/* Does line i go on with the title that the lines before it began? */
static bool is_more_title(const struct front *f, size_t i) {
    static const char *const others[] = {"【", "[", "［", "•", "●", "■", "◆", "※", NULL}; /* 【教学目标】, a list */
    struct gm_str s = f->lines.at[i];
    if (i == 0 || f->byline || f->titles == TITLE_LINES || f->lines.at[i - 1].ptr != f->title[f->titles - 1].ptr)
        return false;
    if (in_table(f->p, s) || is_authors(s) || is_officer(s)) return false;
    if (gm__begins_any(s, others) || (f->complete && gm__is_name(s))) return false;
    return gm__begins(s, "的") || gm__names_kind(s) || (!f->complete && !gm__is_name(s));
}

/* A verse or a list, every line as short as a heading: only its first line is a title. The first names no kind. */
static bool is_verse(const struct front *f, size_t i) {
    size_t run = 0;
    if (f->complete) return false;
    for (; i < f->lines.count && is_title_line(f->lines.at[i]) && run <= TITLE_LINES; i++) {
        if (gm__names_kind(f->lines.at[i])) return false;
        run++;
    }
    return run > TITLE_LINES;
}

static bool is_subtitle(struct front *f, struct gm_str s) {
    if (gm__begins(s, "—") || gm__begins(s, "--") || gm__is_date(s)) return true;
    if ((gm__begins(s, "（") || gm__begins(s, "(")) && s.len < 400) {
        f->bracket = !gm__is_bracketed(s);
        return true;
    }
    return false;
}

/* 周慎之, 临江市人民政府, 市长　林晚舟 above the salutation: whose document it is, below its title. */
static bool is_byline(const struct front *f, size_t i) {
    struct gm_str s = f->lines.at[i];
    if (gm__is_stopped(s) || s.len > 120) return false;
    bool addressed = i + 1 < f->lines.count && gm__is_salutation(f->p, f->lines.at[i + 1]);
    return addressed || gm__is_name(s) || gm__is_organ(s) || is_authors(s) || is_officer(s);
}

static size_t line_start(const struct gm__parser *p, struct gm_str trimmed) {
    size_t at = (size_t)(trimmed.ptr - p->text);
    while (at > 0 && p->text[at - 1] != '\n' && p->text[at - 1] != '\r') at--;
    return at;
}

/* A line that was broken at its end and goes on, in a few lines, to a full stop. */
static bool is_broken_sentence(const struct gm__parser *p, struct gm_str line) {
    for (size_t i = 0; p->wrap && i < TITLE_LINES; i++) {
        struct gm_str next = gm__next_line(p, line.ptr + line.len);
        size_t end = (size_t)(line.ptr - p->text) + line.len;
        if (!next.len || !gm__line_goes_on(p, line_start(p, line), end, line_start(p, next), false)) return false;
        if (gm__holds(next, "。")) return true;
        line = next;
    }
    return false;
}

/* Whom a notice is for, in one line or broken behind a comma. */
static bool is_recipient(struct front *f, size_t i) {
    struct gm_str s = f->lines.at[i];
    bool was = f->wrapped;
    f->wrapped = false;
    if (gm__is_recipient(s) || (was && gm__str_ends(s, "："))) return true;
    if (!f->titles || i + 1 >= f->lines.count || !(gm__str_ends(s, "，") || gm__str_ends(s, "、"))) return false;
    struct gm_str next = f->lines.at[i + 1];
    f->wrapped = gm__begins(s, "各") && gm__is_recipient(gm__str(s.ptr, (size_t)(next.ptr + next.len - s.ptr)));
    return f->wrapped;
}

#define FIELD_BYTES 24u /* the name of one */

/* 索 引 号：000014349/2014-00023, 发文机关： with its value below: what a web page tells of the document above it. */
static bool is_page_field(struct front *f, struct gm_str s) {
    static const char *const firsts[] = {"索引号",   "索引號",   "证券代码", "證券代碼", "股票代码",
                                         "公司代码", "债券代码", "证券简称", "股份代號", NULL};
    static const char *const names[] = {
        "证券代码", "證券代碼", "股票代码", "公司代码", "债券代码", "证券简称", "股票简称", "公司简称", "债券简称",
        "公告编号", "股份代號", "编号",     "索引号",   "索引號",   "主题分类", "主題分類", "信息分类", "体裁分类",
        "发文机关", "發文機關", "发文单位", "发布机构", "发文字号", "發文字號", "成文日期", "发布日期", "發佈日期",
        "生成日期", "发文日期", "公开方式", "公开范围", "标题",     "標題",     "名称",     "文号",     "时效",
        "時效",     "有效性",   "主题词",   "主題詞",   NULL};
    static const char *const lasts[] = {"时效", "時效", "有效性", "主题词", "主題詞", NULL}; /* often left empty */
    char apart[GM__SPACED];
    struct gm_str line = gm__without_blanks(gm__str(s.ptr, s.len < FIELD_BYTES ? s.len : FIELD_BYTES), apart);
    bool value = f->named, named = gm__str_ends(s, "：") || gm__str_ends(s, ":");
    f->named = false;
    if (value && !gm__names_kind(s)) return true;
    f->page |= gm__begins_any(line, firsts);
    if (!f->page || !gm__begins_any(line, names) || (!named && !gm__is_field(line))) return false;
    f->named = named && !gm__begins_any(line, lasts);
    return true;
}

/* 当前位置：首页 > 政策 > 正文: where on its site a web page stands. */
static bool is_breadcrumb(struct gm_str s) {
    static const char *const places[] = {"当前位置",     "您的位置", "你的位置",     "您现在的位置", "您当前的位置",
                                         "您所在的位置", "所在位置", "你所在的位置", "当前所在位置", NULL};
    static const char *const homes[] = {"网站首页", "返回首页", "首页", "主页"};
    static const char *const steps[] = {">", "＞", "»", "›", "→", "/", NULL};
    if (s.len > TITLE_BYTES || gm__holds(s, "。")) return false;
    if (gm__begins_any(s, places)) return gm__holds(s, "：") || gm__holds(s, ":") || gm__holds(s, ">");
    for (size_t i = 0; i < GM__COUNT(homes); i++) {
        size_t n = strlen(homes[i]);
        if (gm__begins(s, homes[i])) return gm__begins_any(gm__str_trim(gm__str(s.ptr + n, s.len - n)), steps);
    }
    return false;
}

static int kind_of(struct front *f, size_t i) {
    struct gm_str s = f->lines.at[i];
    if (f->bracket) {
        f->bracket = !(gm__str_ends(s, "）") || gm__str_ends(s, ")"));
        return GM_MATTER_SUBTITLE;
    }
    if (!f->titles && (is_page_field(f, s) || is_breadcrumb(s))) return FIELD;
    int cover = f->cover ? gm__cover_kind(s, f->titles != 0) : GM__NO_COVER;
    if (cover != GM__NO_COVER) return cover;
    if (!f->titles && is_classification(s)) return GM_MATTER_CLASSIFICATION;
    if (is_numbered(s)) return GM_MATTER_NUMBER;
    if (is_signer(s)) return GM_MATTER_SIGNER;
    if (is_issuer(f, i)) return GM_MATTER_ISSUER;
    if (gm__is_salutation(f->p, s)) return GM_MATTER_SALUTATION;
    if (is_recipient(f, i)) return GM_MATTER_RECIPIENT;
    if (gm__is_frame(s)) return FIELD;
    bool title = is_title_line(s) && !is_broken_sentence(f->p, s);
    if (!f->titles) return title || is_calling_title(f, i) ? GM_MATTER_TITLE : NOT_FRONT;
    if (is_subtitle(f, s) || is_source(s)) return GM_MATTER_SUBTITLE;
    if (gm__is_field(s)) return FIELD;
    if (title && is_more_title(f, i)) return GM_MATTER_TITLE;
    return is_byline(f, i) ? GM_MATTER_SUBTITLE : NOT_FRONT;
}

/* The document's title: its lines joined. */
static enum gm_status set_title(struct front *f) {
    struct gm__parser *p = f->p;
    struct gm__buf b;
    if (p->doc->title.len || !f->titles) return GM_OK;
    if (f->titles == 1) {
        p->doc->title = gm__in_doc(p, f->title[0]);
        return GM_OK;
    }
    gm__buf_init(&b, p->options->allocator, 4096);
    for (size_t i = 0; i < f->titles; i++) {
        struct gm_str line = gm__in_doc(p, f->title[i]);
        uint32_t first = 0;
        (void)gm__utf8_decode(line.ptr, line.ptr + line.len, &first);
        if (gm__wants_blank(&b, first)) (void)gm__buf_puts(&b, " ");
        (void)gm__buf_add(&b, line.ptr, line.len);
    }
    char *copy = b.status == GM_OK ? gm__arena_copy(&p->doc->arena, b.data ? b.data : "", b.len) : NULL;
    if (copy) p->doc->title = gm__str(copy, b.len);
    gm__buf_release(&b);
    return copy ? GM_OK : GM_NOMEM;
}

static void take_title(struct front *f, size_t i) {
    f->title[f->titles++] = f->lines.at[i];
    f->complete = gm__names_kind(f->lines.at[i]);
    if (f->titles == 1 && is_verse(f, i)) f->byline = true;
}

/* What the format, or the search for contents, has said of this line; NOT_FRONT when nothing. */
static int known_kind(const struct gm__parser *p, struct gm_str line) {
    uint32_t at = (uint32_t)(line.ptr - p->text);
    for (size_t i = 0; i < p->doc->matter_count; i++)
        if (p->doc->matter[i].start <= at && at < p->doc->matter[i].start + p->doc->matter[i].len)
            return p->doc->matter[i].kind;
    return NOT_FRONT;
}

static void take_known(struct front *f, size_t i, int kind) {
    if (kind != GM_MATTER_TITLE || f->titles == TITLE_LINES || (f->titles && !f->styled)) return;
    f->title[f->titles++] = f->lines.at[i];
    f->styled = f->byline = true;
}

/* The name at p, between 《 and its 》; empty when it does not end in `s`. */
static struct gm_str book_name(struct gm_str s, size_t at) {
    size_t depth = 0, from = at + 3;
    for (; at + 3 <= s.len; at++) {
        if (memcmp(s.ptr + at, "《", 3) == 0) depth++;
        if (memcmp(s.ptr + at, "》", 3) == 0 && --depth == 0) return gm__str(s.ptr + from, at - from);
    }
    return gm__str("", 0);
}

/* Inside 《 》 the marks of a name are 〈 〉. */
static bool is_same_name(struct gm_str a, struct gm_str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        bool marks = i + 3 <= a.len && ((memcmp(a.ptr + i, "〈", 3) == 0 && memcmp(b.ptr + i, "《", 3) == 0) ||
                                        (memcmp(a.ptr + i, "〉", 3) == 0 && memcmp(b.ptr + i, "》", 3) == 0));
        if (marks)
            i += 2;
        else if (a.ptr[i] != b.ptr[i])
            return false;
    }
    return true;
}

/* 主席令: 《海堤法》已由…通过，现予公布. 国务院令: 现公布《渡口条例》，…. What it promulgates is the title. */
static enum gm_status take_promulgated(struct front *f, size_t i) {
    struct gm_str s = f->lines.at[i], name;
    bool leads = gm__begins(s, "现公布《");
    if (!leads && !(gm__begins(s, "《") && (gm__holds(s, "公布") || gm__holds(s, "发布")))) return GM_OK;
    name = book_name(s, leads ? strlen("现公布") : 0);
    if (!name.len || name.len > TITLE_BYTES) return GM_OK;
    if (!leads && !gm__begins(gm__str(name.ptr + name.len + 3, s.len - name.len - 6), "已")) return GM_OK;
    for (size_t k = i + 1; k < f->lines.count; k++) {
        if (!is_same_name(name, f->lines.at[k])) continue;
        take_title(f, k);
        return gm__take_matter(f->p, f->lines.at[k], GM_MATTER_TITLE);
    }
    f->title[f->titles++] = name;
    return GM_OK;
}

enum gm_status gm__mark_front(struct gm__parser *p, size_t end) {
    struct front f = {.p = p};
    enum gm_status s = GM_OK;
    gm__first_lines(p, 0, end, &f.lines);
    f.cover = gm__cover(&f.lines);
    for (size_t i = 0; s == GM_OK && i < f.lines.count; i++) {
        struct gm_str line = f.lines.at[i];
        int kind = known_kind(p, line);
        if (kind != NOT_FRONT) {
            take_known(&f, i, kind);
            continue;
        }
        if ((kind = kind_of(&f, i)) == NOT_FRONT) {
            if (f.decree && !f.titles) s = take_promulgated(&f, i);
            break;
        }
        f.decree |= kind == GM_MATTER_ISSUER && gm__str_ends(line, "令");
        if (kind == GM_MATTER_TITLE)
            take_title(&f, i);
        else if (kind != GM_MATTER_NUMBER && f.titles)
            f.byline = true;
        if (kind == GM_MATTER_SALUTATION && !p->doc->salutation.len) {
            size_t mark = gm__str_ends(line, "：") || gm__str_ends(line, "！") ? 3 : 1;
            p->doc->salutation = gm__in_doc(p, gm__str(line.ptr, line.len - mark));
        }
        if (kind != FIELD) s = gm__take_matter(p, line, (enum gm_matter_kind)kind);
    }
    return s == GM_OK ? set_title(&f) : s;
}
