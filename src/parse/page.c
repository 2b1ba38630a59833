/*
 * page.c - what pages leave in a text: their numbers and running heads. They are no lines of the text, which may go on
 * below them.
 *
 * — 3 —, ·3·, 第3页, 3/9, Page 3 of 9 are numbers wherever they stand alone. A bare 3 is one where such lines count on
 * through a wrapped text and part its sentences; a running head is a line that comes again beside pages' numbers.
 */
#include "parse/layout.h"

#define HEAD_BYTES 120u
#define PROOF      3u
#define PAGE_LINES 15u /* at least */

/* ---------------------------------------------------------------- numbers */

static bool is_dash(uint32_t cp) {
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2500 || cp == 0xFF0D || cp == 0x30FC;
}
static bool is_dot(uint32_t cp) {
    return cp == 0xB7 || cp == 0x2022 || cp == 0x2219 || cp == 0x22C5 || cp == 0x30FB || cp == '~';
}

/* What stands around the digits of a line. */
struct pieces {
    unsigned numbers, digits, frames, slashes, words; /* frames: dashes or dots; words: 第 页 共, Page, of */
    bool other;
};

static size_t word_at(struct gm_str rest) {
    static const char *const words[] = {"第", "页", "頁", "共", "Page", "page", "PAGE", "of", "总", "總"};
    for (size_t i = 0; i < GM__COUNT(words); i++) {
        size_t n = strlen(words[i]);
        if (rest.len >= n && memcmp(rest.ptr, words[i], n) == 0) return n;
    }
    return 0;
}

static struct pieces take_apart(struct gm_str line) {
    struct pieces x = {0};
    bool in_number = false;
    for (size_t at = 0, n; at < line.len && !x.other; at += n) {
        uint32_t cp;
        n = gm__utf8_decode(line.ptr + at, line.ptr + line.len, &cp);
        uint32_t folded = gm__fold(cp);
        bool digit = folded >= '0' && folded <= '9';
        x.numbers += digit && !in_number;
        x.digits += digit;
        in_number = digit;
        if (digit || gm__is_space(cp)) continue;
        size_t word = word_at(gm__str(line.ptr + at, line.len - at));
        if (word) {
            x.words++;
            n = word;
        } else if (folded == '/') {
            x.slashes++;
        } else if (is_dash(cp) || is_dot(cp)) {
            x.frames++;
        } else {
            x.other = folded != ',' && cp != 0x3001; /* 第3页，共9页 */
        }
    }
    return x;
}

/* A digit, a frame or a word's first character. */
static bool may_begin(uint32_t cp) {
    uint32_t folded = gm__fold(cp);
    return (folded >= '0' && folded <= '9') || is_dash(cp) || is_dot(cp) || folded == 'P' || folded == 'p' ||
           gm__opens_page_number(cp);
}

static bool is_page_number(struct gm_str line) {
    if (line.len == 0 || line.len > GM__PAGE_NUMBER) return false;
    uint32_t first;
    (void)gm__utf8_decode(line.ptr, line.ptr + line.len, &first);
    if (!may_begin(first)) return false;
    struct pieces x = take_apart(line);
    if (x.other || x.numbers == 0 || x.digits > 4 * x.numbers + (x.numbers == 1)) return false;
    if (x.words) return x.frames == 0 && x.numbers <= 2 && (x.words >= 2 || line.ptr[0] == 'P' || line.ptr[0] == 'p');
    if (x.numbers == 2 && x.slashes == 1) return x.frames == 0;
    return x.slashes == 0 && x.frames >= 2 && x.digits <= 5;
}

/* ------------------------------------------------------------------ heads */

/* 条例汇编　　　12, 12    条例汇编: the words, and the number; 0 when no wide blank parts one from the line. */
static struct gm_str without_number(struct gm_str line, uint32_t *number) {
    size_t end = line.len, begin = 0;
    while (end > 0 && line.ptr[end - 1] >= '0' && line.ptr[end - 1] <= '9') end--;
    struct gm_str words = gm__str_trim(gm__str(line.ptr, end)), digits = gm__str(line.ptr + end, line.len - end);
    if (!digits.len || words.len + 2 > end) {
        while (begin < line.len && line.ptr[begin] >= '0' && line.ptr[begin] <= '9') begin++;
        words = gm__str_trim(gm__str(line.ptr + begin, line.len - begin));
        digits = gm__str(line.ptr, begin);
        end = (size_t)(words.ptr - line.ptr) - begin + words.len;
    }
    *number = digits.len && words.len && words.len + 2 <= end ? gm__bare_number(digits) : 0;
    return *number ? words : line;
}

static void remember(struct gm__page_survey *s, struct gm_str words, uint32_t number) {
    size_t i = 0;
    if (!words.len || words.len > HEAD_BYTES) return;
    while (i < s->count && !gm__str_eq(s->seen[i].words, words)) i++;
    if (i == GM__COUNT(s->seen)) return;
    if (i == s->count) s->seen[s->count++] = (struct gm__seen){words, NULL, 0, number};
    struct gm__seen *x = &s->seen[i];
    if (x->end == words.ptr + words.len) return; /* between two numbers: it was seen below the first */
    x->end = words.ptr + words.len;
    bool counts_on = !number || x->times == 0 || (number > x->number && number <= x->number + 4);
    x->times = counts_on ? x->times + 1 : 1;
    x->number = number;
}

/* Does the line above end inside a sentence, at the margin? */
static bool is_parted(const struct gm__page_survey *s, size_t next) {
    const struct gm__parser *p = s->p;
    size_t at = (size_t)(s->above.ptr - p->text), end = at + s->above.len;
    return p->wrap && s->above.len && !gm__ends_sentence(gm__cp_before(p, end, at)) && gm__is_full(p, at, end, next);
}

/* 公告编号：2025-078 above 1, and above 2 again: the same line, that ends no sentence and holds words. */
static bool is_headed(const struct gm__page_survey *s) {
    struct gm_str line = gm__str_trim(s->above);
    if (!line.len || line.len > HEAD_BYTES || !gm__str_eq(line, s->head)) return false;
    const char *end = line.ptr + line.len;
    uint32_t last = gm__cp_before(s->p, (size_t)(end - s->p->text), (size_t)(line.ptr - s->p->text));
    if (gm__ends_sentence(last) && !gm__is_closing(last)) return false; /* 总体规划（草案） */
    uint32_t han = 0, cp;
    for (const char *at = line.ptr; at < end; han += gm__is_han(cp)) at += gm__utf8_decode(at, end, &cp);
    return han >= 2;
}

static void count(struct gm__page_survey *s, uint32_t value, size_t at) {
    if (s->last && value == s->last + 1) s->headed += is_headed(s);
    s->head = gm__str_trim(s->above);
    s->counted += !s->last || value == s->last + 1;
    s->odd += s->last && value != s->last + 1;
    s->parted += is_parted(s, at);
    if (s->last && s->lines > s->most) s->most = s->lines;
    if (s->last && (!s->least || s->lines < s->least)) s->least = s->lines;
    s->last = value;
    s->lines = 0;
}

/* Numbers that count on, and part a sentence, come at the same distance or stand below the same head. */
static bool are_pages(const struct gm__page_survey *s) {
    bool regular = s->p->wrap && s->counted >= PROOF && s->least >= PAGE_LINES && s->most <= s->least + 2;
    return s->counted >= 2 && s->counted >= s->odd * 4 && (s->parted || regular || s->headed + 1 >= PROOF);
}

void gm__page_survey_line(struct gm__page_survey *s, struct gm_str line) {
    if (line.len > (size_t)2 * HEAD_BYTES) { /* most are prose */
        s->above = line;
        s->below = false;
        s->lines++;
        return;
    }
    struct gm_str body = gm__str_trim(line);
    uint32_t value = gm__bare_number(body), number;
    if (!body.len) return;
    if (value || is_page_number(body)) {
        if (value) count(s, value, (size_t)(body.ptr - s->p->text));
        remember(s, s->above, 0);
        s->below = true;
        return;
    }
    struct gm_str words = without_number(body, &number);
    if (s->below || number) remember(s, words, number);
    s->below = false;
    s->lines++;
    if (!number) s->above = gm__str(line.ptr, (size_t)(body.ptr - line.ptr) + body.len);
}

void gm__page_survey_end(struct gm__page_survey *s) {
    struct gm__pages *pages = &s->p->pages;
    if (s->p->source->blocks.count) return; /* the format knows its pages */
    pages->bare = are_pages(s);
    pages->heads = 0;
    for (size_t i = 0; i < s->count && pages->heads < GM__HEADS; i++)
        if (s->seen[i].times >= PROOF) pages->head[pages->heads++] = s->seen[i].words;
}

static bool is_head(const struct gm__parser *p, struct gm_str line) {
    uint32_t number;
    if (line.len > HEAD_BYTES + 16) return false;
    struct gm_str words = without_number(line, &number);
    for (uint32_t i = 0; i < p->pages.heads; i++)
        if (words.ptr >= p->pages.head[i].ptr && gm__str_eq(words, p->pages.head[i])) return true;
    return false;
}

bool gm__may_be_page_line(const struct gm__parser *p, size_t at, uint32_t first) {
    if (p->pages.heads) return true;
    if (!gm__has_di(p, at)) return may_begin(first);
    unsigned char lead = p->len - at > 3 ? (unsigned char)p->text[at + 3] : 0;
    return lead < 0xE4 || lead >= 0xEF; /* 第3页, 第 3 页: no Han behind 第 */
}

bool gm__is_page_line(const struct gm__parser *p, struct gm_str line) {
    return is_page_number(line) || (p->pages.bare && gm__bare_number(line)) || (p->pages.heads && is_head(p, line));
}
