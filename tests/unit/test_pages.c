/* test_pages.c - plain text, tree, contents and bookmarks of documents built by hand. */
#include "build.h"

static struct gm_doc *speech(void) {
    struct build b;
    build_init(&b, "a.txt");
    build_matter(&b, GM_MATTER_TITLE, "讲话");
    b.doc->title = gm__str("讲话", 6);
    build_matter(&b, GM_MATTER_SALUTATION, "同志们：");
    build_text(&b, "开场。");
    build_open(&b, "一、", "认清<形势>");
    build_text(&b, "正文。");
    build_open(&b, "（一）", "成绩");
    build_close(&b);
    build_open(&b, "1.", "不足");
    build_close(&b);
    build_close(&b);
    build_open(&b, "第二章", "任务");
    build_close(&b);
    build_matter(&b, GM_MATTER_DATE, "2026年1月2日");
    return build_finish(&b);
}

static void expect(const struct gm_doc *doc, const char *format, const struct gm_write_options *options,
                   const char *want) {
    struct gm__buf buf = build_write(doc, format, options);
    assert_string_equal(buf.data, want);
    gm__buf_release(&buf);
}

static struct gm_doc *one(const char *label, const char *title) {
    struct build b;
    build_init(&b, NULL);
    build_open(&b, label, title);
    build_close(&b);
    return build_finish(&b);
}

static void text_keeps_everything_but_blanks(void **state) {
    (void)state;
    struct gm_doc *doc = speech();
    expect(doc, "text", NULL,
           "讲话\n\n同志们：\n开场。\n一、认清<形势>\n正文。\n（一）成绩\n1. 不足\n第二章 任务\n2026年1月2日\n");
    struct gm_write_options o;
    gm_write_options_init(&o);
    o.text = GM_TEXT_NONE;
    o.depth = 1;
    expect(doc, "text", &o, "讲话\n一、认清<形势>\n第二章 任务\n");
    gm_doc_free(doc);
}

/* 一、要抓好落实。各级要负责。 : the title ends at 。 and the text stays in its line. */
static void text_runs_on_after_a_title(void **state) {
    (void)state;
    static const char source[] = "一、抓好落实。各级要负责。\n第一条　为了。\n";
    struct gm_doc *doc = gm__doc_new(&gm__default_allocator, NULL);
    gm_node a, b;
    doc->text = source;
    doc->text_len = sizeof source - 1;
    doc->nodes[GM_ROOT].end = (uint32_t)doc->text_len;
    assert_int_equal(gm__doc_add_node(doc, GM_ROOT, GM_NO_NODE, &a), GM_OK);
    assert_int_equal(gm__doc_add_node(doc, GM_ROOT, a, &b), GM_OK);
    doc->nodes[a].label_len = 6;
    doc->nodes[a].title_at = 6;
    doc->nodes[a].title_len = 12;
    doc->nodes[a].kind = GM_KIND_SECTION;
    doc->nodes[a].end = doc->nodes[b].start = 40;
    doc->nodes[b].label_len = 9;
    doc->nodes[b].kind = GM_KIND_ARTICLE;
    doc->nodes[b].end = (uint32_t)doc->text_len;
    assert_null(gm__doc_verify(doc));
    expect(doc, "text", NULL, source);
    gm_doc_free(doc);
}

static void tree_draws_rails(void **state) {
    (void)state;
    struct gm_doc *doc = speech();
    expect(doc, "tree", NULL, "讲话\n├── 一、认清<形势>\n│   ├── （一）成绩\n│   └── 1. 不足\n└── 第二章 任务\n");
    struct gm_write_options o;
    gm_write_options_init(&o);
    o.width = 17; /* 13 columns are left, 9 of them for the title */
    o.depth = 1;
    expect(doc, "tree", &o, "讲话\n├── 一、认清<形…\n└── 第二章 任务\n");
    o.text = GM_TEXT_FULL;
    o.width = 0;
    expect(
        doc, "tree", &o,
        "讲话\n│   开场。\n├── 一、认清<形势>\n│       正文。\n│       （一）成绩\n│       1.不足\n└── 第二章 任务\n");
    gm_doc_free(doc);
}

static void tree_sends_no_control_characters(void **state) {
    (void)state;
    struct gm_doc *doc = one("一、", "\x1B]0;x\x07\x7F\xC2\x9B\xE2\x80\xAE");
    expect(doc, "tree", NULL, ".\n└── 一、␛]0;x␇␡<U+009B><U+202E>\n");
    struct gm_write_options o;
    gm_write_options_init(&o);
    o.colour = true;
    struct gm__buf buf = build_write(doc, "tree", &o);
    assert_non_null(strstr(buf.data, "\x1B[36m一、\x1B[0m"));
    gm__buf_release(&buf);
    gm_doc_free(doc);
}

static void md_toc_links_as_github_does(void **state) {
    (void)state;
    struct gm_doc *doc = speech();
    expect(doc, "md-toc", NULL,
           "- [一、认清\\<形势\\>](#一认清形势)\n  - [（一）成绩](#一成绩)\n  - [1. 不足](#1-不足)\n- [第二章 "
           "任务](#第二章-任务)\n");
    gm_doc_free(doc);

    static const char *const titles[] = {"目标", "目标-1", "目标", "目标"};
    struct build b;
    build_init(&b, NULL);
    for (size_t i = 0; i < GM__COUNT(titles); i++) {
        build_open(&b, "", titles[i]);
        build_close(&b);
    }
    doc = build_finish(&b);
    expect(doc, "md-toc", NULL, "- [目标](#目标)\n- [目标-1](#目标-1)\n- [目标](#目标-2)\n- [目标](#目标-3)\n");
    gm_doc_free(doc);
}

static void nav_is_never_empty(void **state) {
    (void)state;
    struct gm_doc *doc = one("", "a<b");
    struct gm__buf buf = build_write(doc, "nav", NULL);
    assert_non_null(strstr(buf.data, "<ol>\n  <li><a href=\"content.xhtml#n1\">a&lt;b</a></li>\n</ol>"));
    gm__buf_release(&buf);
    gm_doc_free(doc);

    struct build b;
    build_init(&b, NULL);
    doc = build_finish(&b);
    struct gm_write_options o;
    gm_write_options_init(&o);
    o.style = "a\"b.xhtml";
    buf = build_write(doc, "nav", &o);
    assert_non_null(strstr(buf.data, "<ol>\n  <li><a href=\"a&quot;b.xhtml\">正文</a></li>\n</ol>"));
    gm__buf_release(&buf);
    gm_doc_free(doc);
}

static void bookmarks_have_levels_and_pages(void **state) {
    (void)state;
    struct build b;
    build_init(&b, NULL);
    build_open(&b, "第一章", "上");
    build_text(&b, "一页\f");
    build_open(&b, "1.", "𠮷\n");
    build_close(&b);
    build_close(&b);
    struct gm_doc *doc = build_finish(&b);
    expect(doc, "pdfmark", NULL,
           "%!\n[ /Title <FEFF7B2C4E007AE000204E0A> /Page 1 /View [/XYZ null null null] /Count 1 /OUT pdfmark\n"
           "[ /Title <FEFF0031002E0020D842DFB7FFFD> /Page 2 /View [/XYZ null null null] /OUT pdfmark\n");
    expect(doc, "pdftk", NULL,
           "BookmarkBegin\nBookmarkTitle: 第一章 上\nBookmarkLevel: 1\nBookmarkPageNumber: 1\n"
           "BookmarkBegin\nBookmarkTitle: 1. 𠮷 \nBookmarkLevel: 2\nBookmarkPageNumber: 2\n");
    gm_doc_free(doc);
}

static void latex_escapes_everything(void **state) {
    (void)state;
    struct gm_doc *doc = one("1.", "a\\b{c}$d&e#f%g_h^i~j\"k'l`m<n>[o]--?`!`\x01\n");
    struct gm__buf buf = build_write(doc, "latex", NULL);
    assert_non_null(strstr(buf.data, "\\section{1. a\\textbackslash{}b\\{c\\}\\$d\\&e\\#f\\%g\\_h\\textasciicircum{}i"
                                     "\\textasciitilde{}j\\textquotedbl{}k\\textquotesingle{}l\\textasciigrave{}m"
                                     "\\textless{}n\\textgreater{}{[}o{]}-{}-{}?{}\\textasciigrave{}!{}"
                                     "\\textasciigrave{}\xEF\xBF\xBD }\n"));
    gm__buf_release(&buf);
    gm_doc_free(doc);
}

static void html_text_is_never_markup(void **state) {
    (void)state;
    struct gm_doc *doc = one("一、", "</script><img src=x onerror='a(\"&\")'>\x01\xC2\x85\xFF");
    struct gm__buf buf = build_write(doc, "html", NULL);
    assert_non_null(strstr(buf.data,
                           "一、</span>&lt;/script&gt;&lt;img src=x onerror=&#39;a(&quot;&amp;&quot;)&#39;&gt;"
                           "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</h2>"));
    assert_null(strstr(buf.data, "<img"));
    gm__buf_release(&buf);
    gm_doc_free(doc);
}

static void docx_is_the_same_every_time(void **state) {
    (void)state;
    struct gm_doc *doc = speech();
    struct gm__buf a = build_write(doc, "docx", NULL), b = build_write(doc, "docx", NULL);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    assert_memory_equal(a.data, "PK\3\4", 4);
    gm__buf_release(&a);
    gm__buf_release(&b);

    struct gm_write_options o;
    struct gm_error error;
    struct gm__buf none;
    gm__buf_init(&none, &gm__default_allocator, SIZE_MAX);
    struct gm_sink sink = {build_collect, &none};
    gm_write_options_init(&o);
    o.reference = "/nonexistent.docx";
    assert_int_equal(gm_doc_write(doc, "docx", &o, &sink, &error), GM_INPUT);
    assert_string_equal(error.id, "reference-doc");
    assert_int_equal(none.len, 0);
    gm_doc_free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_keeps_everything_but_blanks),
        cmocka_unit_test(text_runs_on_after_a_title),
        cmocka_unit_test(tree_draws_rails),
        cmocka_unit_test(tree_sends_no_control_characters),
        cmocka_unit_test(md_toc_links_as_github_does),
        cmocka_unit_test(nav_is_never_empty),
        cmocka_unit_test(bookmarks_have_levels_and_pages),
        cmocka_unit_test(latex_escapes_everything),
        cmocka_unit_test(html_text_is_never_markup),
        cmocka_unit_test(docx_is_the_same_every_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
