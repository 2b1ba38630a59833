/*
 * catalogue.h - every diagnostic that a document can carry, as one table.
 *
 * A row: name, stable id, severity, profiles that ask for it (0: no matter of lint), the source of the rule, what it is
 * in English and Chinese, and the message in English and Chinese. In messages {1} {2} are the words and {n} {m} the
 * numbers of the diagnostic. Adding a check is a row here and a call of gm__lint_report.
 */
#ifndef GM_CATALOGUE_H
#define GM_CATALOGUE_H

#include "base/base.h"

/* Profiles as bits. D any text, G 公文, L statutes of the mainland, T texts of Taiwan. */
enum {
    GM__PROFILE_DEFAULT = 1,
    GM__PROFILE_GONGWEN = 2,
    GM__PROFILE_LAW = 4,
    GM__PROFILE_TAIWAN = 8,
    GM__D___ = 1,
    GM___G__ = 2,
    GM___GL_ = 6,
    GM__DG__ = 3,
    GM__DGL_ = 7,
    GM___GLT = 14,
    GM__DGLT = 15
};

#define GM__CATALOGUE(X)                                                                                               \
    X(BAD_BYTES, "bad-bytes", GM_WARNING, 0, "", "bytes that do not fit the encoding", "无法解码的字节",               \
      "{n} byte(s) at offset {m} do not fit the encoding {1}; they are shown as U+FFFD",                               \
      "偏移量 {m} 处的 {n} 个字节不符合编码 {1}，显示为 U+FFFD")                                                       \
    X(GAP, "gap", GM_WARNING, GM__DGLT, "", "a number is missing", "跳号", "“{1}” missing before “{2}”",               \
      "“{2}”之前缺少“{1}”")                                                                                            \
    X(REPEAT, "repeat", GM_WARNING, GM__DGLT, "", "a number stands twice", "重号", "“{1}” is there already",           \
      "“{1}”重复")                                                                                                     \
    X(BACKWARDS, "backwards", GM_WARNING, GM__DGLT, "", "a number is smaller than the one before it", "编号倒退",      \
      "“{1}” after “{2}”: the numbers run backwards", "“{2}”之后是“{1}”，编号倒退")                                    \
    X(START, "start", GM_WARNING, GM__DGLT, "", "a series does not start at 1", "不从一开始编号",                      \
      "the series starts with “{1}”, not with 1", "编号从“{1}”开始，而不是从一开始")

enum gm__diag_id {
#define X(name, ...) GM__DIAG_##name,
    GM__CATALOGUE(X)
#undef X
        GM__DIAG_COUNT
};

struct gm__catalogue_row {
    const char *id;
    enum gm_severity severity;
    uint8_t profiles;
    const char *source;   /* of the rule: "GB/T 15834-2011 B.3.4"; "" when it is plain sense */
    const char *title[2]; /* by enum gm_language: what it is */
    const char *message[2];
};
extern const struct gm__catalogue_row gm__catalogue[GM__DIAG_COUNT];

#endif
