/*
 * docx_autonum.c - fields that count: AUTONUM, AUTONUMLGL, AUTONUMOUT and LISTNUM. Word keeps no result of them, it
 * counts when it shows the document (ECMA-376 17.16.5).
 */
#include "input/docx_body.h"

#define BODY (GM__DOCX_AUTO_LEVELS - 1) /* paragraphs that are no headings count below the nine levels of those */

struct shape {
    const char *format, *before, *after;
};
/* The lists that Word brings along, by level. */
static const struct shape numbers[] = {{"decimal", "", ")"},  {"lowerLetter", "", ")"},  {"lowerRoman", "", ")"},
                                       {"decimal", "(", ")"}, {"lowerLetter", "(", ")"}, {"lowerRoman", "(", ")"},
                                       {"decimal", "", "."},  {"lowerLetter", "", "."},  {"lowerRoman", "", "."}};
static const struct shape outlines[] = {{"upperRoman", "", "."},  {"upperLetter", "", "."},  {"decimal", "", "."},
                                        {"lowerLetter", "", ")"}, {"decimal", "(", ")"},     {"lowerLetter", "(", ")"},
                                        {"lowerRoman", "(", ")"}, {"lowerLetter", "(", ")"}, {"lowerRoman", "(", ")"},
                                        {"lowerLetter", "(", ")"}};

/* What follows \* in a field, and the number format that it stands for. */
static const char *format_of_switch(struct gm_str name) {
    static const char *const names[][2] = {{"ARABIC", "decimal"},
                                           {"Arabic", "decimal"},
                                           {"ROMAN", "upperRoman"},
                                           {"roman", "lowerRoman"},
                                           {"ALPHABETIC", "upperLetter"},
                                           {"alphabetic", "lowerLetter"},
                                           {"CHINESENUM1", "chineseCounting"},
                                           {"CHINESENUM2", "chineseLegalSimplified"},
                                           {"CHINESENUM3", "chineseCountingThousand"},
                                           {"DBNUM1", "ideographDigital"},
                                           {"DBNUM2", "japaneseCounting"},
                                           {"DBNUM3", "japaneseLegal"},
                                           {"DBNUM4", "taiwaneseDigital"},
                                           {"DBCHAR", "decimalFullWidth"},
                                           {"CIRCLENUM", "decimalEnclosedCircle"},
                                           {"GB1", "decimalEnclosedFullstop"},
                                           {"GB2", "decimalEnclosedParen"},
                                           {"GB3", "decimalEnclosedCircleChinese"},
                                           {"GB4", "ideographEnclosedCircle"},
                                           {"ZODIAC1", "ideographTraditional"},
                                           {"ZODIAC2", "ideographZodiac"},
                                           {"ZODIAC3", "ideographZodiacTraditional"}};
    for (size_t i = 0; i < GM__COUNT(names); i++)
        if (gm__str_eqz(name, names[i][0])) return names[i][1];
    return "decimal";
}

/* The next word of a field's code: AUTONUM, \*, "NumberDefault". */
static struct gm_str next_word(struct gm_str *rest) {
    *rest = gm__str_trim(*rest);
    size_t n = 0;
    while (n < rest->len && rest->ptr[n] != ' ') n++;
    if (n > 2 && rest->ptr[0] == '\\' && rest->ptr[1] == '*') n = 2; /* \*ARABIC */
    struct gm_str word = gm__str(rest->ptr, n);
    *rest = gm__str(rest->ptr + n, rest->len - n);
    return word;
}

struct field {
    struct gm_str name, list;
    const char *format;
    struct gm_str separator; /* \s of AUTONUM */
    int level, start;        /* \l and \s of LISTNUM; 0: not said */
    bool no_period;          /* \e */
};

static void read_field(struct gm_str code, struct field *f) {
    *f = (struct field){.format = "decimal", .separator = gm__str(".", 1), .list = gm__str("", 0)};
    f->name = next_word(&code);
    for (struct gm_str word; (word = next_word(&code)).len > 0;) {
        if (gm__str_eqz(word, "\\*"))
            f->format = format_of_switch(next_word(&code));
        else if (gm__str_eqz(word, "\\l"))
            f->level = gm__str_int(next_word(&code), 0);
        else if (gm__str_eqz(word, "\\e"))
            f->no_period = true;
        else if (gm__str_eqz(word, "\\s"))
            f->separator = next_word(&code);
        else if (word.ptr[0] != '\\')
            f->list = word;
    }
    f->start = gm__str_int(f->separator, 0);
}

bool gm__docx_counts(const char *code, size_t len) {
    struct gm_str rest = gm__str(code, len), name = next_word(&rest);
    return gm__has_word("AUTONUM AUTONUMLGL AUTONUMOUT LISTNUM", name.ptr, name.len) && name.len > 0;
}

static enum gm_status put(struct gm__buf *out, struct shape shape, int64_t value) {
    (void)gm__buf_add(out, shape.before, strlen(shape.before));
    (void)gm__number_append(out, gm__word_format(gm__strz(shape.format)), value);
    return gm__buf_add(out, shape.after, strlen(shape.after));
}

/* 1.2.3: the counters down to this one, those that have not counted left out. */
static enum gm_status put_legal(struct gm__buf *out, const int32_t *count, int level, bool no_period) {
    size_t before = out->len;
    for (int i = 0; i <= level; i++) {
        if (!count[i]) continue;
        if (out->len > before) (void)gm__buf_add(out, ".", 1);
        (void)gm__number_append(out, gm__decimal_format(), count[i]);
    }
    return no_period ? out->status : gm__buf_add(out, ".", 1);
}

static int32_t step(int32_t *count, int level, int levels, int start) {
    count[level] = start > 0 ? start : count[level] < GM__NUMBER_MAX ? count[level] + 1 : count[level];
    for (int i = level + 1; i < levels; i++) count[i] = 0;
    return count[level];
}

static enum gm_status number_in_list(struct gm__docx_body *b, const struct field *f, struct gm__buf *out) {
    const struct gm__docx_paragraph *p = gm__docx_top(b);
    int32_t *count = b->list_count;
    int level = f->level > 0 ? f->level - 1 : p && p->num_id > 0 ? (p->ilvl > 0 ? p->ilvl : 0) + 1 : 0;
    if (level >= GM__DOCX_LEVELS) level = GM__DOCX_LEVELS - 1;
    int32_t value = step(count, level, GM__DOCX_LEVELS, f->start);
    if (gm__str_eqz(f->list, "LegalDefault")) return put_legal(out, count, level, false);
    return put(out, gm__str_eqz(f->list, "OutlineDefault") ? outlines[level] : numbers[level], value);
}

enum gm_status gm__docx_count_field(struct gm__docx_body *b, const char *code, size_t len, uint8_t heading,
                                    struct gm__buf *out) {
    struct field f;
    read_field(gm__str(code, len), &f);
    if (gm__str_eqz(f.name, "LISTNUM")) return number_in_list(b, &f, out);
    int level = heading ? heading - 1 : BODY;
    int32_t value = step(b->auto_count, level, GM__DOCX_AUTO_LEVELS, 0);
    if (gm__str_eqz(f.name, "AUTONUMLGL")) return put_legal(out, b->auto_count, level, f.no_period);
    if (gm__str_eqz(f.name, "AUTONUMOUT")) return put(out, outlines[level], value);
    enum gm_status s = put(out, (struct shape){f.format, "", ""}, value);
    return s == GM_OK ? gm__buf_add(out, f.separator.ptr, f.separator.len) : s;
}
