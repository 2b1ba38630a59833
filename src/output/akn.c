/* akn.c - see akn.h. */
#include <stdio.h>

#include "output/akn.h"
#include "output/body.h"

/* ----------------------------------------------------------------- numbers */

/* 一 … 九十九 and ASCII digits; 0 when it is neither. */
static uint32_t small_number(const char *p, const char *end) {
    static const uint32_t digits[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    uint32_t value = 0, digit = 0;
    while (p < end) {
        uint32_t cp, found = 0;
        p += gm__utf8_decode(p, end, &cp);
        for (uint32_t i = 0; i < GM__COUNT(digits); i++)
            if (digits[i] == cp) found = i + 1;
        if (cp == 0x5341) { /* 十 */
            value += (digit ? digit : 1) * 10;
            digit = 0;
        } else if (found) {
            digit = found;
        } else if (cp >= '0' && cp <= '9') {
            digit = (digit * 10 + (cp - '0')) % 10000;
        } else {
            break;
        }
    }
    return value + digit;
}

struct gm__akn_number gm__akn_number_of(const struct gm_doc *doc, gm_node node) {
    int64_t number = gm_node_number(doc, node);
    struct gm_str label = gm_node_label(doc, node);
    struct gm__akn_number result = {number > 0 ? (uint32_t)number : 0, 0};
    const char *p = label.ptr, *end = p + label.len;
    while (p < end) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        if (cp == 0x4E4B) result.sub = small_number(p, end); /* 之 */
    }
    return result;
}

/* -------------------------------------------------------------------- date */

struct date {
    unsigned year, month, day; /* year 0: none */
};

static unsigned digits_before(const char *begin, const char *p) {
    unsigned value = 0, scale = 1;
    while (p > begin && p[-1] >= '0' && p[-1] <= '9' && scale <= 1000) {
        value += (unsigned)(*--p - '0') * scale;
        scale *= 10;
    }
    return value;
}

/* The next 2024年3月5日 from *at on, which goes behind it. */
static struct date next_date(struct gm_str text, size_t *at) {
    struct date d = {0, 0, 0};
    const char *p = text.ptr + *at, *end = text.ptr + text.len;
    while (p < end) {
        uint32_t cp;
        const char *mark = p;
        p += gm__utf8_decode(p, end, &cp);
        unsigned value = digits_before(text.ptr, mark);
        if (cp == 0x5E74) d = (struct date){value, 0, 0}; /* 年 */
        if (cp == 0x6708) d.month = value;                /* 月 */
        if (cp == 0x65E5) d.day = value;                  /* 日 */
        bool month = d.month >= 1 && d.month <= 12, day = d.day >= 1 && d.day <= 31;
        *at = (size_t)(p - text.ptr);
        if (cp == 0x65E5 && d.year >= 1000 && d.year <= 9999 && month && day) return d;
    }
    return (struct date){0, 0, 0};
}

static bool later(struct date a, struct date b) {
    unsigned x = (a.year * 100 + a.month) * 100 + a.day, y = (b.year * 100 + b.month) * 100 + b.day;
    return x > y;
}

/* When the act was made, and when it got its present wording; the same when it was never amended. */
struct dates {
    struct date made, amended;
};

/* 2025年3月1日起 says from when it is in force. */
static void take_dates(struct dates *dates, struct gm_str text) {
    size_t at = 0;
    for (struct date d; (d = next_date(text, &at)).year != 0;) {
        bool begins = text.len - at >= 3 && memcmp(text.ptr + at, "起", 3) == 0;
        if (!dates->made.year) dates->made = dates->amended = d;
        if (!begins && later(d, dates->amended)) dates->amended = d;
    }
}

/* The note under the title says it, else the date below the signature. */
static struct dates dates_of(const struct gm_doc *doc) {
    static const enum gm_matter_kind kinds[] = {GM_MATTER_SUBTITLE, GM_MATTER_DATE};
    struct dates dates = {{0, 0, 0}, {0, 0, 0}};
    for (size_t k = 0; k < GM__COUNT(kinds) && !dates.made.year; k++)
        for (size_t i = 0; i < gm_doc_matter_count(doc); i++) {
            struct gm_matter m = gm_doc_matter(doc, i);
            if (m.kind == kinds[k]) take_dates(&dates, m.text);
        }
    return dates;
}

/* -------------------------------------------------------------------- meta */

static void value(struct gm__xml *xml, const char *element, const char *name, const char *text) {
    gm__xml_open(xml, element);
    gm__xml_attr(xml, name, gm__strz(text));
    gm__xml_close(xml);
}

static void author(struct gm__xml *xml) {
    gm__xml_open(xml, "FRBRauthor");
    gm__xml_attr(xml, "href", gm__strz("#author"));
    gm__xml_close(xml);
}

static void date(struct gm__xml *xml, struct date d, const char *name) {
    char text[48];
    (void)snprintf(text, sizeof text, "%04u-%02u-%02u", d.year, d.month, d.day);
    gm__xml_open(xml, "FRBRdate");
    gm__xml_attr(xml, "date", gm__strz(d.year ? text : "0001-01-01"));
    gm__xml_attr(xml, "name", gm__strz(d.year ? name : "unknown"));
    gm__xml_close(xml);
}

/* Work, expression and manifestation share their beginning. */
static void frbr(struct gm__xml *xml, const char *element, const char *uri, struct date d, const char *name) {
    gm__xml_open(xml, element);
    value(xml, "FRBRthis", "value", uri);
    value(xml, "FRBRuri", "value", uri);
    date(xml, d, name);
    author(xml);
}

static void organization(struct gm__xml *xml, const char *id, const char *href, struct gm_str name) {
    gm__xml_open(xml, "TLCOrganization");
    gm__xml_attr(xml, "eId", gm__strz(id));
    gm__xml_attr(xml, "href", gm__strz(href));
    gm__xml_attr(xml, "showAs", name);
    gm__xml_close(xml);
}

static struct gm_str issuer(const struct gm_doc *doc) {
    for (size_t i = 0; i < gm_doc_matter_count(doc); i++) {
        struct gm_matter m = gm_doc_matter(doc, i);
        if (m.kind == GM_MATTER_ISSUER && m.text.len) return m.text;
    }
    return gm__strz("unknown");
}

static void identification(struct gm_output *out, struct gm__xml *xml) {
    struct dates d = dates_of(out->doc);
    bool amended = later(d.amended, d.made);
    const char *country = strcmp(out->doc->grammar, "taiwan") == 0 ? "tw" : "cn",
               *name = amended ? "amendment" : "adoption";
    char work[64], version[16] = "", text[96];
    (void)snprintf(work, sizeof work, d.made.year ? "/akn/%s/act/%04u-%02u-%02u" : "/akn/%s/act/0001-01-01", country,
                   d.made.year, d.made.month, d.made.day);
    if (amended)
        (void)snprintf(version, sizeof version, "@%04u-%02u-%02u", d.amended.year % 10000, d.amended.month % 100,
                       d.amended.day % 100);
    gm__xml_open(xml, "identification");
    gm__xml_attr(xml, "source", gm__strz("#gangmu"));
    frbr(xml, "FRBRWork", work, d.made, "adoption");
    value(xml, "FRBRcountry", "value", country);
    gm__xml_close(xml);
    (void)snprintf(text, sizeof text, "%s/zho%s", work, version);
    frbr(xml, "FRBRExpression", text, d.amended, name);
    value(xml, "FRBRlanguage", "language", "zho");
    gm__xml_close(xml);
    (void)snprintf(text, sizeof text, "%s/zho%s.xml", work, version);
    frbr(xml, "FRBRManifestation", text, d.amended, name);
    gm__xml_close(xml);
    gm__xml_close(xml);
}

static void meta(struct gm_output *out, struct gm__xml *xml) {
    gm__xml_open(xml, "meta");
    identification(out, xml);
    gm__xml_open(xml, "references");
    gm__xml_attr(xml, "source", gm__strz("#gangmu"));
    organization(xml, "author", "/akn/ontology/organization/author", issuer(out->doc));
    organization(xml, "gangmu", "/akn/ontology/organization/gangmu", gm__strz("gangmu"));
    gm__xml_close(xml);
    gm__xml_close(xml);
}

static void preface(struct gm_output *out, struct gm__xml *xml) {
    gm__xml_open(xml, "preface");
    gm__xml_attr(xml, "eId", gm__strz("preface"));
    gm__xml_open(xml, "p");
    gm__xml_element(xml, "docTitle", gm__root_title(out->doc));
    gm__xml_close(xml);
    for (size_t i = 0; i < gm_doc_matter_count(out->doc); i++) {
        struct gm_matter m = gm_doc_matter(out->doc, i);
        if (m.kind == GM_MATTER_SUBTITLE) gm__xml_element(xml, "p", m.text);
    }
    gm__xml_close(xml);
}

void gm__akn_head(struct gm_output *out, struct gm__akn *akn) {
    struct gm__xml *xml = &akn->xml;
    gm__xml_open(xml, "akomaNtoso");
    gm__xml_attr(xml, "xmlns", gm__strz("http://docs.oasis-open.org/legaldocml/ns/akn/3.0"));
    gm__xml_open(xml, "act");
    gm__xml_attr(xml, "name", gm__strz("act"));
    meta(out, xml);
    preface(out, xml);
}
