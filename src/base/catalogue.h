/*
 * catalogue.h - every diagnostic that a document can carry, as one table.
 *
 * A row: name, stable id, severity, the profiles that ask for it (D any text, G 公文, L statutes of
 * the mainland, T texts of Taiwan; none: no matter of lint), the source of the rule, what it is
 * in English and Chinese, and the message in English and Chinese. In messages {1} {2} are the words and {n} {m} the
 * numbers of the diagnostic. Adding a check is a row here and a call of gm__lint_report.
 */
#ifndef GM_CATALOGUE_H
#define GM_CATALOGUE_H

#include "base/base.h"

/* clang-format off */
#define GM__CATALOGUE(X) \
    X(BAD_BYTES, "bad-bytes", GM_WARNING, "", "", \
      "bytes that do not fit the encoding", "字节不符合编码", \
      "{n} byte(s) at offset {m} do not fit the encoding {1}; they are shown as U+FFFD", \
      "偏移量 {m} 处的 {n} 个字节不符合编码 {1}，显示为 U+FFFD") \
    X(LEFT_OUT, "left-out", GM_WARNING, "", "", \
      "an inserted file that is not read", "插入的文件未读入", \
      "a file is inserted here (altChunk) that is not read: its text is left out", \
      "此处插入的文件（altChunk）未读入，其中的文字缺失") \
    X(GAP, "gap", GM_WARNING, "DGLT", "", \
      "a number is missing", "跳号", \
      "“{1}” missing before “{2}”", \
      "“{2}”之前缺少“{1}”") \
    X(REPEAT, "repeat", GM_WARNING, "DGLT", "", \
      "a number stands twice", "重号", \
      "“{1}” is there already", \
      "“{1}”重复") \
    X(BACKWARDS, "backwards", GM_WARNING, "DGLT", "", \
      "a number is smaller than the one before it", "编号倒退", \
      "“{1}” after “{2}”: the numbers run backwards", \
      "“{2}”之后是“{1}”，编号倒退") \
    X(START, "start", GM_WARNING, "DGLT", "", \
      "a series does not start at 1", "不从一开始编号", \
      "the series starts with “{1}”, not with 1", \
      "编号从“{1}”开始，而不是从一开始") \
    X(EXCERPT, "excerpt", GM_INFO, "DLT", "", \
      "the text begins in the middle of a series", "正文从中间的编号开始", \
      "the text begins with “{1}”: it may be part of a longer one", \
      "正文从“{1}”开始，可能是节选") \
    X(SELECTION, "selection", GM_INFO, "DGLT", "", \
      "numbers are left out again and again", "编号多处缺少", \
      "numbers are left out in {n} places: they may be those of another text", \
      "编号有 {n} 处缺少，可能是另一文本的编号") \
    X(PREFIX, "prefix", GM_WARNING, "DGLT", "", \
      "a decimal number does not go with its parent's", "多级编号与上级不符", \
      "“{1}” stands under “{2}”", \
      "“{1}”在“{2}”之下") \
    X(LEVEL_JUMP, "level-jump", GM_WARNING, "GT", "GB/T 9704-2012 7.3.3", \
      "a level is left out", "层次越级", \
      "“{1}” under “{2}” leaves out a level", \
      "“{2}”之下是“{1}”，越级") \
    X(INVERSION, "inversion", GM_WARNING, "GLT", "GB/T 15834-2011 B.3.8", \
      "a higher level inside a lower one", "层次颠倒", \
      "“{1}” stands inside “{2}”, which ranks lower", \
      "“{1}”在层次更低的“{2}”之内") \
    X(BRACKET_MARK, "bracket-mark", GM_WARNING, "DGLT", "GB/T 15834-2011 B.3.4", \
      "a mark after a number in brackets", "带括号的序号后有标点", \
      "no mark goes after a number in brackets: “{1}”", \
      "带括号的序号后不加标点：“{1}”") \
    X(HAN_MARK, "han-mark", GM_WARNING, "DGLT", "GB/T 15834-2011 B.3.2", \
      "a mark other than 、 after a Chinese numeral", "汉字序号后不是顿号", \
      "“、” goes after a Chinese numeral, not as in “{1}”", \
      "汉字序号后用顿号，不用“{1}”") \
    X(ARABIC_MARK, "arabic-mark", GM_WARNING, "GL", "GB/T 15834-2011 B.3.3", \
      "a mark other than a dot after an Arabic numeral or a letter", "阿拉伯数字或字母序号后不是下脚点", \
      "a dot goes after an Arabic numeral or a letter, not as in “{1}”", \
      "阿拉伯数字、字母序号后用下脚点，不用“{1}”") \
    X(DECIMAL_MARK, "decimal-mark", GM_WARNING, "G", "GB/T 15834-2011 B.3.5", \
      "a mark after a decimal number", "多级编号末尾有标点", \
      "no mark goes after a decimal number: “{1}”", \
      "多级编号末尾不加标点：“{1}”") \
    X(UNIT_MARK, "unit-mark", GM_WARNING, "GL", "GB/T 15834-2011 B.3.6", \
      "a mark instead of a space after 第…章 or 第…条", "第…章、第…条后不是空格", \
      "a space goes after “{1}”, not a mark", \
      "“{1}”后用空格，不用标点") \
    X(ORDINAL_MARK, "ordinal-mark", GM_WARNING, "G", "GB/T 15834-2011 B.3.1", \
      "a mark other than a comma after 第一, 其一 or 首先", "第一、其一、首先后不是逗号", \
      "a comma goes after “{1}”, no other mark", \
      "“{1}”后用逗号，不用其他标点") \
    X(STAGE_MARK, "stage-mark", GM_WARNING, "G", "GB/T 15834-2011 B.3.7", \
      "a mark after 一是", "一是后有标点", \
      "no mark goes after “{1}”", \
      "“{1}”后不加标点") \
    X(WIDE_DOT, "wide-dot", GM_INFO, "G", "GB/T 15834-2011 B.3.3", \
      "a full-width dot after a numeral", "序号后是全角点", \
      "the dot of “{1}” is full-width", \
      "“{1}”用了全角点") \
    X(DOUBLED_MARK, "doubled-mark", GM_WARNING, "DGLT", "", \
      "two marks after a number", "序号后有两个标点", \
      "two marks after “{1}”", \
      "“{1}”后有两个标点") \
    X(MIXED_BRACKETS, "mixed-brackets", GM_WARNING, "DGLT", "", \
      "brackets that do not match", "括号不配对", \
      "the brackets of “{1}” do not match", \
      "“{1}”的括号不配对") \
    X(DOUBLED_BRACKETS, "doubled-brackets", GM_WARNING, "DGLT", "", \
      "a bracket twice", "括号重复", \
      "a bracket of “{1}” stands twice", \
      "“{1}”的括号重复") \
    X(BRACKET_KIND, "bracket-kind", GM_WARNING, "G", "GB/T 9704-2012 7.3.3", \
      "brackets other than （ ）", "不是圆括号", \
      "a number of an official document has the brackets （ ）, not “{1}”", \
      "公文序号用圆括号（ ），不用“{1}”") \
    X(NARROW_BRACKETS, "narrow-brackets", GM_INFO, "G", "GB/T 9704-2012 7.3.3", \
      "half-width brackets", "半角括号", \
      "the brackets of “{1}” are half-width", \
      "“{1}”用了半角括号") \
    X(LOOK_ALIKE, "look-alike", GM_WARNING, "DGLT", "", \
      "a character that only looks like the right one", "形近字符", \
      "“{1}” holds a character that only looks like the right one", \
      "“{1}”中有形近而错的字符") \
    X(STYLE, "style", GM_WARNING, "DGLT", "", \
      "siblings numbered in two ways", "同级编号样式不一", \
      "“{1}” beside “{2}”: two ways of numbering", \
      "“{1}”与“{2}”样式不一") \
    X(WIDTH, "width", GM_INFO, "DGLT", "", \
      "siblings of two widths", "同级编号全角半角不一", \
      "“{1}” beside “{2}”: full-width and half-width", \
      "“{1}”与“{2}”全角半角不一") \
    X(MIXED_CHAIN, "mixed-chain", GM_WARNING, "DGLT", "GB/T 15834-2011 B.3.1", \
      "ordinal words of two sets in one series", "序词混用", \
      "“{1}” goes on what “{2}” began: two sets of ordinal words", \
      "“{2}”之后接“{1}”，序词混用") \
    X(LONE, "lone", GM_INFO, "G", "", \
      "a series of one", "只有一项", \
      "“{1}” stands alone: there is nothing to number", \
      "“{1}”只有一项，不必编号") \
    X(COUNT_MISMATCH, "count", GM_WARNING, "DGLT", "", \
      "a number of points is announced that does not follow", "所说项数与实际不符", \
      "“{1}” is announced, but {n} follow", \
      "前文说“{1}”，实际有 {n} 项") \
    X(NO_PARTNER, "no-partner", GM_WARNING, "DGT", "", \
      "一方面 without 另一方面", "“一方面”没有“另一方面”", \
      "“一方面” has no “另一方面”", \
      "“一方面”没有“另一方面”与之呼应") \
    X(DANGLING, "dangling", GM_WARNING, "DGLT", "", \
      "a reference to a point that is not there", "引用的条目不存在", \
      "“{1}” refers to nothing here", \
      "“{1}”在文中没有对应的编号") \
    X(HEADING_STOP, "heading-stop", GM_WARNING, "G", "GB/T 15834-2011 B.4", \
      "a heading that ends in 。", "标题末尾有句号", \
      "the heading of “{1}” ends in “。”", \
      "“{1}”的标题末尾不加句号")
/* clang-format on */

enum gm__diag_id {
#define X(name, ...) GM__DIAG_##name,
    GM__CATALOGUE(X)
#undef X
        GM__DIAG_COUNT
};

struct gm__catalogue_row {
    const char *id;
    enum gm_severity severity;
    const char *profiles; /* "DG" */
    const char *source;   /* of the rule: "GB/T 15834-2011 B.3.4"; "" when it is plain sense */
    const char *title[2]; /* by enum gm_language: what it is */
    const char *message[2];
};
extern const struct gm__catalogue_row gm__catalogue[GM__DIAG_COUNT];

/* Letters of the profiles by gm_profile_name's index. */
#define GM__PROFILES "DGLT"

#endif
