/*
 * nasty.c - writes documents that no parser would make, one file a format, for read_back.py.
 *
 *   nasty DIR     DIR/{nasty,deep,empty,plain}.{json,xml,yaml,md,list.md,opml,children.opml,toc}
 */
#include "../unit/build.h"

#include <stdio.h>

static const struct {
    const char *text;
    size_t len; /* 0: to the NUL */
} strings[] = {
    {"no", 0},
    {"yes", 0},
    {"on", 0},
    {"y", 0},
    {"null", 0},
    {"~", 0},
    {"true", 0},
    {"1", 0},
    {"1.0", 0},
    {"0x1F", 0},
    {"0o17", 0},
    {"017", 0},
    {"1_000", 0},
    {"1e3", 0},
    {".inf", 0},
    {".nan", 0},
    {"12:30:45", 0},
    {"1:30", 0},
    {"2024-01-01", 0},
    {"=", 0},
    {"<<", 0},
    {"+1", 0},
    {"-", 0},
    {"- 一", 0},
    {"? 一", 0},
    {"一: 甲", 0},
    {"一:", 0},
    {"一 #甲", 0},
    {"# 一", 0},
    {"#", 0},
    {"一 ##", 0},
    {"&一", 0},
    {"*一*", 0},
    {"!一", 0},
    {"%一", 0},
    {"@一", 0},
    {"`一`", 0},
    {"[一](二)", 0},
    {"{一}", 0},
    {"}", 0},
    {"\"一\"", 0},
    {"'一'", 0},
    {"'", 0},
    {"| 一", 0},
    {"> 一", 0},
    {"--- 一", 0},
    {"...", 0},
    {"---", 0},
    {"***", 0},
    {"===", 0},
    {"1. 一", 0},
    {"1) 一", 0},
    {"+ 一", 0},
    {"* 一", 0},
    {"```", 0},
    {"~~~", 0},
    {"[1]: 一", 0},
    {"<b>一</b>", 0},
    {"<script>", 0},
    {"<!-- 一", 0},
    {"]]>", 0},
    {"一]]>二", 0},
    {"&amp;", 0},
    {"&#x4E00;", 0},
    {"a & b < c > d", 0},
    {"\\", 0},
    {"\\n", 0},
    {"一\\", 0},
    {"__一__", 0},
    {"~~一~~", 0},
    {"![一](二)", 0},
    {"https://例.cn/?a=1&b=2", 0},
    {"𠮷野家🀄", 0},
    {"é e\xCC\x81", 0},
    {"a\x01"
     "b\x1F"
     "c\x7F",
     0},
    {"甲\x0B乙\x0C丙", 0},
    {"甲\0乙", 7},
    {"甲\xC2\x85乙", 0},
    {"甲\xE2\x80\xA8乙\xE2\x80\xA9丙", 0},
    {"甲\xEF\xBB\xBF乙", 0},
    {"甲\xEF\xBF\xBE乙\xEF\xBF\xBF丙", 0},
    {"甲\t乙", 0},
    {"“引”—…", 0},
    {"", 0},
    {"甲\xF4\x8F\xBF\xBF", 0},
    {"$x$ ^上^ :smile:", 0},
    {"甲  乙", 0},
};

static size_t length(size_t i) { return strings[i].len ? strings[i].len : strlen(strings[i].text); }

/* Every string as a title alone, as a title after a label, as a text, and below the six levels of Markdown. */
static struct gm_doc *nasty(void) {
    struct build b;
    build_init(&b, "odd \xFF <name> & \"more\".txt");
    b.doc->title = gm__strz("1. *题* & <名>");
    b.doc->salutation = gm__strz("no");
    for (size_t i = 0; i < GM__COUNT(strings); i++) {
        for (int level = 0; level < 8; level++) {
            static const char *const labels[] = {"", "一、", "1.", "（1）", "第一条", "a)", "—", "*"};
            (void)build_open_len(&b, labels[level], strings[i].text, length(i));
            if (level % 3 != 0) continue;
            build_raw(&b, strings[i].text, length(i));
            build_raw(&b, "\n", 1);
        }
        for (int level = 0; level < 8; level++) {
            build_close(&b);
            if (level % 3 == 0) build_text(&b, "- 后文");
        }
    }
    return build_finish(&b);
}

static struct gm_doc *deep(void) {
    struct build b;
    build_init(&b, "deep");
    for (int i = 0; i < 200; i++) {
        (void)build_open(&b, "一、", "层");
        build_text(&b, "正文。");
    }
    return build_finish(&b);
}

static struct gm_doc *empty(void) {
    struct build b;
    build_init(&b, NULL);
    return build_finish(&b);
}

static struct gm_doc *plain(void) {
    struct build b;
    build_init(&b, "讲话.txt");
    b.doc->title = gm__strz("在年度工作会议上的讲话");
    build_matter(&b, GM_MATTER_TITLE, "在年度工作会议上的讲话");
    build_matter(&b, GM_MATTER_SALUTATION, "同志们：");
    b.doc->salutation = gm__strz("同志们：");
    build_text(&b, "先说几句。");
    for (int i = 0; i < 3; i++) {
        static const char *const labels[] = {"一、", "二、", "三、"};
        (void)build_open(&b, labels[i], "题目");
        build_text(&b, "第一段。");
        build_text(&b, "第二段。");
        (void)build_open(&b, "（一）", "小题");
        build_close(&b);
        build_text(&b, "小题后面的话。");
        gm_node item = build_open(&b, "一是", "内容");
        b.doc->nodes[item].kind = GM_KIND_ITEM;
        b.doc->nodes[item].flags = GM__NODE_IMPLIED;
        build_close(&b);
        build_close(&b);
    }
    build_matter(&b, GM_MATTER_SIGNATURE, "办公室");
    build_matter(&b, GM_MATTER_DATE, "2024年3月5日");
    return build_finish(&b);
}

static enum gm_status to_file(void *ctx, const char *bytes, size_t len) {
    return fwrite(bytes, 1, len, ctx) == len ? GM_OK : GM_OUTPUT;
}

static bool write_file(const struct gm_doc *doc, const char *dir, const char *name, const char *suffix,
                       const char *format, const char *style) {
    char path[4096];
    struct gm_error error = {0};
    struct gm_write_options options;
    gm_write_options_init(&options);
    options.style = style;
    options.text = strcmp(format, "toc") == 0 ? GM_TEXT_NONE : GM_TEXT_FULL;
    (void)snprintf(path, sizeof path, "%s/%s.%s", dir, name, suffix);
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    struct gm_sink sink = {to_file, file};
    bool good = gm_doc_write(doc, format, &options, &sink, &error) == GM_OK;
    if (fclose(file) != 0) good = false;
    if (!good) (void)fprintf(stderr, "%s: %s\n", path, error.message);
    return good;
}

static bool write_all(struct gm_doc *doc, const char *dir, const char *name) {
    static const char *const rows[][3] = {
        {"json", "json", NULL}, {"xml", "xml", NULL},
        {"yaml", "yaml", NULL}, {"md", "markdown", NULL},
        {"opml", "opml", NULL}, {"list.md", "markdown", "list"},
        {"toc", "toc", NULL},   {"children.opml", "opml", "children"},
    };
    bool good = true;
    for (size_t i = 0; i < GM__COUNT(rows); i++)
        good = write_file(doc, dir, name, rows[i][0], rows[i][1], rows[i][2]) && good;
    gm_doc_free(doc);
    return good;
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    bool good = write_all(nasty(), argv[1], "nasty");
    good = write_all(deep(), argv[1], "deep") && good;
    good = write_all(empty(), argv[1], "empty") && good;
    good = write_all(plain(), argv[1], "plain") && good;
    return good ? 0 : 1;
}
