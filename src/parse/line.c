/* line.c - a line is over: what only its end shows. Page numbers, rows of tables, keywords, contents, headings. */
#include "parse/lexer.h"
#include "parse/series.h"

#define CAPTION_BYTES 48u /* of 【…】 before its text */
#define ROW_MOST      16u /* members of a row behind the first */
#define CAPTION_RANK  45u /* and below: what stands between lists */

void gm__lexer_matter(struct lexer *l, struct gm_str text, enum gm_matter_kind kind) {
    if (l->status != GM_OK) return;
    l->status = gm__doc_add_matter(l->p->doc, (uint32_t)(text.ptr - l->p->text), (uint32_t)text.len, kind);
}

/* The format says that the paragraph is none of the body's. */
static bool take_as_matter(struct lexer *l, struct gm_str body) {
    static const struct {
        uint16_t flag;
        uint16_t kind;
    } kinds[] = {{GM__BLOCK_TOC, GM_MATTER_TOC},
                 {GM__BLOCK_NOTE, GM_MATTER_NOTE},
                 {GM__BLOCK_PAGE, GM_MATTER_PAGE},
                 {GM__BLOCK_TITLE, GM_MATTER_TITLE}};
    for (size_t i = 0; i < GM__COUNT(kinds); i++) {
        if (!(l->now->flags & kinds[i].flag)) continue;
        l->p->cands.count = l->first_cand;
        gm__lexer_matter(l, body, (enum gm_matter_kind)kinds[i].kind);
        l->has_text = false;
        return true;
    }
    return false;
}

/* ①桨叶 ②桨柄 ③桨环: what blanks alone part is a legend of a figure. A member behind a stop is a candidate. */
static bool holds_next_glyph(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body) {
    uint32_t cp, before;
    size_t n = gm__utf8_decode(body.ptr, body.ptr + body.len, &cp);
    if (n != 3 || c->len != n || cp < 0x2460 || cp > 0x2472) return false; /* ① to ⑲ */
    for (size_t i = n; i + n <= body.len; i++) {
        const char *hit = memchr(body.ptr + i, body.ptr[0], body.len - i - n + 1);
        if (!hit) return false;
        i = (size_t)(hit - body.ptr);
        if (hit[1] != body.ptr[1] || hit[2] != body.ptr[2] + 1) continue;
        (void)gm__utf8_decode_back(body.ptr, hit, &before);
        for (const struct gm__cand *k = gm__cand_at(p, p->cands.count); --k != c;)
            if (p->text + k->at == hit && k->before != GM__BEFORE_BLANK && k->before != GM__BEFORE_TEXT) return false;
        return gm__is_space(before);
    }
    return false;
}

/* A．瓦罐　B．斗笠: options in one line are no points of their own. */
static bool holds_next_option(const struct gm__parser *p, const struct gm__cand *c, struct gm_str body) {
    char label[16];
    if (c->len < 2 || c->len > sizeof label) return false;
    memcpy(label, p->text + c->at, c->len);
    size_t letter = label[0] == '(' ? 1 : 0;
    if (((unsigned char)label[letter] | 32) < 'a' || ((unsigned char)label[letter] | 32) >= 'z') return false;
    bool small = label[letter] >= 'a'; /* a) 砂；b) 石。: a list of a standard */
    label[letter]++;
    for (size_t i = c->len; i + c->len <= body.len; i++) {
        if (memcmp(body.ptr + i, label, c->len) != 0) continue;
        return !(small && (body.ptr[i - 1] == ';' || (i >= 3 && memcmp(body.ptr + i - 3, "；", 3) == 0)));
    }
    return false;
}

/* Where the next member of a row stands, behind blanks at or behind `at`: （2） for 2. *wide: two blanks stand there.
 */
static size_t next_in_row(const struct gm__parser *p, size_t at, size_t end, struct gm__cand *c, bool *wide) {
    struct gm__cand found[GM__MAX_READINGS];
    uint32_t cp;
    for (size_t len; at < end; at += len) {
        const char *hit = memchr(p->text + at, ' ', end - at);
        if (!hit) return SIZE_MAX;
        size_t blank = (size_t)(hit - p->text);
        at = gm__skip_line_blanks(p, blank);
        cp = gm__cp_at(p, at, &len);
        if ((cp != '(' && cp != 0xFF08) || at >= end || !gm__match_label(p, at, end, GM__AT_INLINE, found)) continue;
        if (found[0].family != c->family || found[0].number != c->number + 1) continue;
        *wide = at - blank > 1;
        *c = found[0];
        return at;
    }
    return SIZE_MAX;
}

/* （1）称量  （2）溶解  （3）滴定: a bracket opens the line, blanks part the others from it, two, or one where there
 * are three members. （1）式与 （2）式 has but one, and two. */
void gm__offer_row(struct lexer *l, size_t end) {
    const struct gm__parser *p = l->p;
    struct gm__cand c = *gm__cand_at(p, l->first_cand);
    size_t places[ROW_MOST], count = 0, at = c.at + c.len;
    bool wide = true, now;
    l->lists |= c.number == 1;
    if (c.number != 1 || p->cands.count > l->first_cand + 1 || end - c.at > (size_t)SHORT_LINE * 2) return;
    uint32_t inner = gm__fold(gm__cp_at(p, c.at + (p->text[c.at] == '(' ? 1 : 3), &(size_t){0}));
    if ((inner | 32) - 'a' < 26 || !gm__numeral_systems(inner)) return; /* （A） */
    while (count < ROW_MOST && (at = next_in_row(p, at, end, &c, &now)) != SIZE_MAX) {
        places[count++] = at;
        wide &= now;
        at += c.len;
    }
    if (!count || (count < 2 && !wide)) return;
    for (size_t i = 0; i < count; i++) gm__offer(l, places[i], GM__AT_INLINE, 0, GM__BEFORE_BLANK);
}

static bool may_be_row(const struct lexer *l) { return l->tabs >= 2 || (l->first >= 0x2500 && l->first < 0x2580); }

/* Prose, most lines are: it opens with a Han character that begins no marker and no keyword. */
static bool is_plain(const struct lexer *l) {
    return gm__is_han(l->first) && !l->gated && !l->now && !may_be_row(l) && l->p->cands.count == l->first_cand;
}

/* A table's cell that holds nothing but 3, 3. or 三 counts its row. */
static bool counts_row(const struct lexer *l, struct gm_str body) {
    const struct gm__cand *c = gm__cand_at(l->p, l->first_cand);
    if (!l->now || !(l->now->flags & GM__BLOCK_TABLE) || c->len < body.len) return false;
    uint32_t cp;
    (void)gm__utf8_decode(body.ptr, body.ptr + body.len, &cp);
    return (gm__numeral_systems(cp) & (1u << GM__NUM_ARABIC | 1u << GM__NUM_HAN)) != 0;
}

/* A row of a table holds no points, and nothing goes on behind it. */
static void take_row(struct lexer *l) {
    l->p->cands.count = l->first_cand;
    l->prev_end = l->prev_line = l->line;
    l->last = 0;
    l->has_text = false;
}

/* 1　船桨　12 below 序号　名称　数量: a row, and the next line may be another. */
static bool is_ledger_row(struct lexer *l, struct gm_str body) {
    const struct gm__cand *c = l->p->cands.count > l->first_cand ? gm__cand_at(l->p, l->first_cand) : NULL;
    bool mine = l->ledger && c && body.len > c->len, bare = mine && (c->flags & GM__CAND_BARE);
    bool row = bare ? gm__has_cells(gm__str_trim(gm__str(body.ptr + c->len, body.len - c->len)))
                    : mine && gm__is_decimal_row(c, body);
    l->ledger = row || (l->first == 0x5E8F && body.len > 6 && memcmp(body.ptr, "序号", 6) == 0 && gm__has_cells(body));
    return row;
}

/* 1.1.2　招标人　名称：…: a row of the table of clauses. 1　总则 or 1.1　项目概况, 1. and 一、 begin the clauses
 * themselves. */
static bool is_clause_row(struct lexer *l, struct gm_str body) {
    const struct gm__cand *c = l->p->cands.count > l->first_cand ? gm__cand_at(l->p, l->first_cand) : NULL;
    l->clauses |= l->first == 0x6761 && body.len > 9 && memcmp(body.ptr, "条款号", 9) == 0 && gm__has_cells(body);
    if (!l->clauses || !c || c->at != (size_t)(body.ptr - l->p->text) || body.len <= c->len) return false;
    bool bare = (c->flags & GM__CAND_BLANK) && (c->components > 1 || (c->flags & GM__CAND_BARE)) &&
                body.ptr[c->len - 1] >= '0' && body.ptr[c->len - 1] <= '9';
    bool row = bare && gm__has_cells(gm__str_trim(gm__str(body.ptr + c->len, body.len - c->len)));
    bool opens = bare ? c->number == 1 && c->components <= 2 : gm__family_of(l->p, c)->rank <= 50;
    if (!row && opens) l->clauses = false;
    return row;
}

#define HEADS_MOST 8 /* cells below 序号 that head columns */

/* 序号 / 任务 / 1 / 制定方案 / 2 / …: a table that lost its cells' marks; 1 and 2 number its rows. What opens with any
 * other number at all ends it. */
static bool is_cell_row(struct lexer *l, struct gm_str body) {
    const struct gm__parser *p = l->p;
    if (l->first == 0x5E8F && body.len == 6 && memcmp(body.ptr, "序号", 6) == 0) {
        l->cells = -HEADS_MOST;
        return false;
    }
    struct gm__ordinal o;
    size_t n = gm__numeral_scan(GM__NUM_ARABIC, body.ptr, body.ptr + body.len, false, &o);
    if (l->cells >= 0 && l->cells != 1 && l->first == '1' && body.len == 1 && gm__opens_cells(p, body)) l->cells = 1;
    bool alone = n && n == body.len, row = alone && o.value == (l->cells < 0 ? 1 : l->cells);
    if (row)
        l->cells = o.value + 1;
    else if (l->cells < 0)
        l->cells += 1;
    else if (!alone && p->cands.count > l->first_cand && gm__family_of(p, gm__cand_at(p, l->first_cand))->rank <= 35)
        l->cells = 0;
    return row;
}

/* 【规格】 of 【规格】每盒十片。; empty when the line does not open so. */
static struct gm_str caption_of(struct gm_str body) {
    struct gm_str name = gm__str(body.ptr, body.len < CAPTION_BYTES ? body.len : CAPTION_BYTES);
    if (!gm__begins(name, "【")) return gm__str("", 0);
    for (size_t i = 3; i + 3 <= name.len; i++)
        if (memcmp(name.ptr + i, "】", 3) == 0) return gm__str(name.ptr, i + 3);
    return gm__str("", 0);
}

/* Does another such line come behind `at`? Asked once. */
static bool comes_caption(const struct gm__parser *p, const char *at) {
    for (struct gm_str line = gm__next_line(p, at); line.len; line = gm__next_line(p, line.ptr + line.len)) {
        struct gm_str name = caption_of(line);
        if (name.len && gm__match_keyword(p, name) != GM__NO_KEYWORD) return true;
    }
    return false;
}

/* Right behind 【…】, which the line opens: a first number, as behind a colon, with the next one behind a full stop.
 * sure: the caption leaves no doubt. */
static void offer_behind_caption(struct lexer *l, struct gm__cand *found, bool sure) {
    const struct gm__parser *p = l->p;
    bool told = sure;
    for (size_t i = l->para_cand; i < p->cands.count; i++) {
        struct gm__cand *known = gm__cand_at(p, i);
        if (known->family != found->family) continue;
        if (known->at == found->at) {
            known->before = GM__BEFORE_COLON;
            return;
        }
        told |= known->number == 2 && gm__str_ends(gm__str(p->text + l->para, known->at - l->para), "。");
    }
    if (!told || (!sure && found->number != 1)) return;
    found->before = GM__BEFORE_COLON;
    found->para = (uint32_t)l->para;
    gm__put_before(l, found);
}

/* 【规格】每盒十片。 where another caption stands, on a line of its own or before its text: a caption that its text
 * follows. A list may begin right behind one, and behind 【答案】. */
static void offer_caption(struct lexer *l, struct gm_str body) {
    const struct gm__parser *p = l->p;
    struct gm_str name = caption_of(body);
    uint16_t keyword = name.len ? gm__match_keyword(p, name) : GM__NO_KEYWORD;
    if (keyword == GM__NO_KEYWORD && !gm__str_ends(name, "答案】")) return; /* 【详解】①符合题意。 names an option */
    bool heads = keyword != GM__NO_KEYWORD, first = !l->captioned && !l->half_captioned;
    l->half_captioned |= heads;
    heads = heads && (!first || comes_caption(p, body.ptr + body.len));
    if (heads) {
        struct gm__cand c = gm__heading(l, body, keyword, 0);
        gm__put_before(l, &c);
    }
    size_t at = gm__skip_line_blanks(p, (size_t)(name.ptr - p->text) + name.len);
    struct gm__cand found[GM__MAX_READINGS];
    if (gm__match_label(p, at, p->len, GM__AT_INLINE, found)) offer_behind_caption(l, &found[0], heads);
}

/* 条文说明, and 目次 or 1 总则 below: all chapters come again. Below a clause it speaks of that clause. */
static bool explains_clause(const struct gm__parser *p, struct gm_str line) {
    static const char *const begins[] = {"目",  "制订",  "制定",  "修订",   "前言", "1 ",
                                         "1　", "1总则", "第1章", "第一章", NULL};
    return gm__begins(line, "条文说明") && !gm__begins_any(gm__next_line(p, line.ptr + line.len), begins);
}

/* 附则, 附件1: the line is a word's; with leaders and a page's number an entry of the contents. */
static void judge_keyword(struct lexer *l, struct gm_str body, bool entry) {
    const struct gm__parser *p = l->p;
    uint16_t keyword = gm__match_keyword(p, body);
    if (keyword == GM__NO_KEYWORD || p->grammar->keywords[keyword].role >= GM__ROLE_SALUTATION) return;
    if (gm__lists_annex(p, body) || explains_clause(p, body)) return;
    const struct gm__keyword *k = &p->grammar->keywords[keyword];
    bool caption = k->role == GM__ROLE_HEADING && k->rank >= CAPTION_RANK,
         notes = (k->role == GM__ROLE_NOTES || k->role == GM__ROLE_ANNEXES) && !k->rank;
    if ((caption || notes) && !l->prev_end && !gm__str_trim(gm__str(p->text, (size_t)(body.ptr - p->text))).len)
        return; /* 温馨提示, 参考答案 above all else is the title; below a text it is a caption, opens notes of it */
    if (entry)
        gm__lexer_matter(l, body, GM_MATTER_TOC); /* 附件……12 */
    else
        gm__offer_heading(l, body, keyword, l->now ? l->now->heading : 0, 0);
    l->captioned |= l->first == 0x3010; /* 【 */
}

/* A page's number, a stamp, a row of a table, an entry of the contents, a keyword. True: the line is nothing else. */
static bool judge_short(struct lexer *l, struct gm_str body, bool own) {
    struct gm__parser *p = l->p;
    size_t start = (size_t)(body.ptr - p->text), toc;
    if (l->now && (gm__is_page_line(p, body) || (l->now->flags & GM__BLOCK_PAGE))) {
        p->cands.count = l->first_cand;
        gm__lexer_matter(l, body, GM_MATTER_PAGE);
        l->has_text = false; /* the paragraph may go on behind the page break */
        return true;
    }
    bool stamp = l->first < 0x80 && gm__is_stamp(body);
    if (stamp || (l->first < 0x80 && gm__parts_mails(p, body))) {
        if (stamp) gm__see_chat(l);
        gm__offer_heading(l, body, GM__NO_KEYWORD, 0, GM__CAND_STAMP);
        return true;
    }
    if ((own && counts_row(l, body)) || (may_be_row(l) && gm__is_table_row(body) && !(l->now && l->now->label_len))) {
        take_row(l);
        return true;
    }
    uint32_t last = gm__fold(gm__cp_before(p, start + body.len, start));
    bool entry = last >= '0' && last <= '9' && gm__is_toc_line(body, &toc);
    for (size_t i = l->first_cand; entry && i < p->cands.count; i++) gm__cand_at(p, i)->flags |= GM__CAND_TOC;
    if (!l->wrapped && l->gated && gm__gate_has(&p->grammar->keyword_gate, l->first)) judge_keyword(l, body, entry);
    return false;
}

/* 1范围: a digit opens the line, and no marker was found in it. */
static bool may_be_glued(const struct lexer *l) {
    uint32_t first = gm__fold(l->first);
    return first >= '1' && first <= '9' && !l->wrapped && l->p->cands.count == l->first_cand && !l->tabs &&
           !l->ledger && !(l->now && (l->now->flags || l->now->label_len));
}

/* A line is over: what only its end shows. */
static void judge_line(struct lexer *l, struct gm_str body) {
    struct gm__parser *p = l->p;
    bool own = p->cands.count > l->first_cand && gm__cand_at(p, l->first_cand)->at == (size_t)(body.ptr - p->text);
    if (l->now && take_as_matter(l, body)) return;
    if (l->now && l->now->heading && !own) {
        gm__offer_heading(l, body, gm__match_keyword(p, body), l->now->heading, 0);
        return;
    }
    if (body.len <= SHORT_LINE && judge_short(l, body, own)) return;
    struct gm__cand *c = own ? gm__cand_at(p, l->first_cand) : NULL;
    if (l->first == 0x3010 && !own && !l->wrapped) {
        bool taken = p->cands.count > l->first_cand && (gm__cand_at(p, l->first_cand)->flags & GM__CAND_HEADING);
        if (!taken) offer_caption(l, body);
        return;
    }
    if (own && gm__opens_table(p, c, body)) l->ledger = true;
    if (own && body.len <= SHORT_LINE && !(l->now && l->now->label_len) &&
        (l->ledger || gm__is_figures_row(p, c, body))) {
        take_row(l);
        return;
    }
    if (own && holds_next_glyph(p, c, body)) gm__rule_out(c, GM__RULE_NO_SERIES);
    if (own && holds_next_option(p, c, body)) p->cands.count = l->first_cand;
    if (own && p->cands.count > l->first_cand) gm__offer_second(l, body);
    if (own && (l->first == '(' || l->first == 0xFF08) && p->cands.count > l->first_cand)
        gm__offer_row(l, (size_t)(body.ptr - p->text) + body.len);
    if (may_be_glued(l) && l->status == GM_OK) l->status = gm__note_glued(p, body, (uint32_t)l->para);
}

/* A heading of a chapter is whole; a point or a provision may go on in the next line. */
static bool is_breakable(const struct gm__parser *p, const struct gm__cand *c) {
    if (!(c->flags & GM__CAND_START) || (c->flags & GM__CAND_HEADING)) return false;
    return !gm__has_di(p, c->at) || gm__family_of(p, c)->kind != GM_KIND_SECTION;
}

/* A regulation below the notice that issues it: `body` becomes its title. */
static bool opens_annexed(const struct lexer *l, struct gm_str *body, uint32_t last) {
    const struct gm__parser *p = l->p;
    if (!gm__may_end_annexed(last) || !l->told || l->wrapped || body->len > SHORT_LINE ||
        p->cands.count > l->first_cand)
        return false;
    const uint16_t looks = GM__BLOCK_CENTERED | GM__BLOCK_BOLD;
    if (l->now && ((l->now->flags & ~looks) || l->now->heading)) return false;
    size_t at = gm__annexed_title(p, *body);
    if (at == SIZE_MAX || gm__match_keyword(p, *body) != GM__NO_KEYWORD) return false; /* 附件1 … */
    *body = gm__str(p->text + at, (size_t)(body->ptr - p->text) + body->len - at);
    return true;
}

static bool ends_in_figure_behind_label(const struct lexer *l, struct gm_str body) {
    char last = body.len ? body.ptr[body.len - 1] : '\0';
    return ((last >= '0' && last <= '9') || last == '%') && l->p->cands.count > l->first_cand;
}

/* A row of a table of any of the kinds that are known: 序 and 条 open their heads. */
static bool is_any_row(struct lexer *l, struct gm_str body) {
    return ((l->ledger || l->first == 0x5E8F) && is_ledger_row(l, body)) ||
           ((l->cells || l->first == 0x5E8F || (l->first == '1' && body.len == 1 && !l->now)) &&
            is_cell_row(l, body)) ||
           ((l->clauses || l->first == 0x6761) && is_clause_row(l, body)) ||
           ((l->accounts || ends_in_figure_behind_label(l, body)) && gm__is_account_row(l, body));
}

/* No label opens the line, no format says what it is. */
static bool may_be_counted(const struct lexer *l) {
    const uint16_t looks = GM__BLOCK_CENTERED | GM__BLOCK_BOLD;
    return l->p->cands.count == l->first_cand && !l->p->pages.heads && !l->tabs && !l->ledger &&
           !(l->now && ((l->now->flags & ~looks) || l->now->heading || l->now->label_len));
}

/* 高一历史参考答案 below the paper: notes as 参考答案 alone. */
static bool opens_answers(struct lexer *l, struct gm_str body) {
    const struct gm__parser *p = l->p;
    if (!p->cands.count || l->wrapped || !may_be_counted(l) || !gm__heads_answers(body)) return false;
    uint16_t keyword = gm__match_keyword(p, gm__str("参考答案", 12));
    if (keyword == GM__NO_KEYWORD) return false;
    gm__offer_heading(l, body, keyword, 0, 0);
    return true;
}

void gm__end_line(struct lexer *l, size_t end) {
    struct gm__parser *p = l->p;
    if (!l->has_text) return;
    struct gm_str body = gm__str(p->text + l->text_at, end - l->text_at);
    uint32_t last = gm__cp_before(p, end, l->text_at);
    if (gm__is_space(last)) {
        body = gm__str_trim(body);
        last = gm__cp_before(p, l->text_at + body.len, l->text_at);
    }
    struct gm_str title = body;
    if (opens_annexed(l, &title, last)) {
        gm__offer_heading(l, title, GM__NO_KEYWORD, 0, GM__CAND_REGION);
    } else if (is_any_row(l, body)) {
        take_row(l);
    } else if ((gm__may_end_counted(last) && may_be_counted(l) && gm__offer_counted(l, body)) ||
               (gm__may_end_answers(last) && opens_answers(l, body))) {
        l->marked = false; /* nothing goes on behind it */
    } else if (!is_plain(l)) {
        judge_line(l, body);
    }
    if (!l->has_text) return;
    if (GM__UNLIKELY(last == ']' || l->first == '[')) gm__see_turn(l, body);
    if (GM__UNLIKELY(l->first == 0x53D1 || l->first == 0x767C || l->first == 0x5BC4) &&
        gm__parts_mails(p, body)) /* 发發寄 */
        l->mail = l->text_at + 1;
    if (GM__UNLIKELY(l->mail)) gm__see_mail(l, body);
    if (last - '0' < 10) gm__see_speaker(l, body);
    if (l->wrapped && p->cands.count > l->para_cand) gm__cand_at(p, l->para_cand)->flags &= ~(uint32_t)GM__CAND_ALONE;
    l->marked = p->cands.count > l->para_cand && is_breakable(p, gm__cand_at(p, l->para_cand));
    gm__leave_line(l, (size_t)(body.ptr - p->text) + body.len, last);
    gm__extend_para(l);
}
