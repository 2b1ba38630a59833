/* test_lint.c - each diagnostic: a document that has it, and near misses that do not. */
#include "build.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/catalogue.h"
#include "tree/tree.h"

/* Lines of 22 characters, so that the text is a wrapped one, around two that are. */
#define WRAPPED(lines)                                                                                                                                                       \
    "街道的路灯和下水管已经用了二十多年，去年冬天又\n裂了三处，住户来信来访不断，大家都盼着今年能够\n"                         \
    "修好，办事处为此开了四次会，请了两位工程师看图\n纸，方案改了三遍才定下来，经费也已经落实到账了\n" lines                                                                 \
    "，住户代表每个星期六到工地看一次，有话当面说，\n施工队有一本簿子专门记这些话，改了的就画一个圈\n，没有改的写明缘" \
    "由。\n"

/* `id` names what the case is about; `found` is all that lint says, "LINE:COLUMN ID" parted by spaces: "" for a near
 * miss. */
static const struct {
    const char *id, *profile, *text, *found;
} cases[] = {
    {"gap", NULL, "一、东\n二、南\n四、北\n", "3:1 gap"},
    {"gap", NULL, "1.东\n2.南\n4.西\n5.北\n6.中\n", "3:1 gap"},
    {"gap", NULL, "一、东\n二、南\n五、西\n六、北\n", "3:1 gap"},
    {"gap", NULL, "第一章　总则\n第一条　甲。\n第二条　乙。\n第二章　分则\n第四条　丙。\n第五条　丁。\n", "5:1 gap"},
    {"gap", NULL, "议题一：东\n议题二：南\n议题四：北\n", "3:1 gap"},
    {"gap", NULL, "案例1　东\n案例2　南\n问题一：西\n问题二：北\n", ""},
    {"gap", NULL, "一、东\n（一）早\n（三）晚\n二、西\n", "3:1 gap"},
    {"gap", NULL, "一、东\n二、南\n三、北\n", ""},
    {"gap", NULL, "第一章　总则\n第一条　甲。\n第二条　乙。\n第二章　分则\n第三条　丙。\n", ""},
    {"gap", NULL, "第一条　甲。\n第二条　乙。\n第二条之一　丙。\n第三条　丁。\n", ""},
    {"gap", NULL, "第一条　甲。\n第二条　乙。\n第三条之一　丙。\n第四条　丁。\n", "3:1 gap"},
    {"gap", NULL, "一、东\n（一）早\n（二）晚\n二、西\n（三）早\n（四）晚\n", ""},
    {"gap", NULL, "首先，看路。其次，看车。最后，看人。\n", ""},
    {"repeat", NULL, "一、东\n二、南\n二、西\n三、北\n", "3:1 repeat"},
    {"repeat", NULL, "第一条　有下列情形的：\n（一）甲；\n（二）乙。\n有下列情形的：\n（一）丙；\n（二）丁。\n", ""},
    {"repeat", NULL, "一、东\n二、南\n二、西\n四、北\n", "3:1 repeat"},
    {"backwards", NULL, "一、东\n三、南\n二、西\n四、北\n", "3:1 backwards"},
    {"backwards", NULL, "1.东\n2.南\n5.西\n3.北\n4.中\n", "4:1 backwards"},
    {"backwards", NULL, "一、东\n1.早\n2.晚\n二、西\n1.早\n2.晚\n", ""},
    {"start", NULL, "一、东\n（二）早\n（三）晚\n二、西\n", "2:1 start"},
    {"start", NULL, "二、东\n三、西\n", "1:1 start"},
    {"start", "gongwen", "第二章　东\n第三章　西\n", "1:1 start"},
    {"start", NULL, "0　引言\n1　范围\n2　术语\n", ""},
    {"excerpt", NULL, "第二章　权利\n第八条　甲。\n第九条　乙。\n", "1:1 excerpt"},
    {"excerpt", NULL, "第一章　权利\n第一条　甲。\n第二条　乙。\n", ""},
    {"selection", NULL, "1　东\n1.1　早\n1.1.1　甲。\n1.1.3　乙。\n1.1.6　丙。\n1.2　晚\n1.2.2　丁。\n1.2.5　戊。\n",
     "4:1 selection"},
    {"selection", NULL, "1　东\n1.1　早\n1.1.1　甲。\n1.1.3　乙。\n1.1.4　丙。\n1.2　晚\n", "4:1 gap"},
    {"selection", NULL, "1　东\n1.1　早\n1.1.1　甲。\n1.1.3　乙。\n1.1.4　丙。\n1.1.6　丁。\n1.1.8　戊。\n1.2　晚\n",
     "4:1 gap 6:1 gap 7:1 gap"}, /* three slips */
    {"gap", NULL, "1　东\n1.1　早\n1.2　、 1.3　晚\n1.4　夜\n", ""},
    {"gap", NULL, "第一条　甲。\n第二条、第三条　删除\n第四条　乙。\n", ""},
    {"gap", NULL, "第一条　甲。\n第二条至第五条　删除\n第六条　乙。\n", ""},
    {"gap", NULL, "1　东\n1.1　早\n1.2～1.4　（略）\n1.5　晚\n2　西\n", ""},
    {"gap", NULL, "1　东\n1.1　早\n1.2至1.4　略\n1.6　晚\n2　西\n", "4:1 gap"},
    {"style", NULL, "1.东\n2.南\n⒊西\n⒋北\n", "3:1 style"}, /* the same numbers, so no gap and no late start */
    {"style", NULL, "①东\n②南\n❸西\n❹北\n", "3:1 style"},
    {"style", NULL, "（1）东\n（2）南\n⑶西\n⑷北\n", "3:1 style"},
    {"style", NULL, "（一）东\n（二）南\n㈢西\n㈣北\n", "3:1 style"},
    {"style", NULL, "（a）东\n（b）南\n⒞西\n⒟北\n", "3:1 style"},
    {"prefix", NULL, "1　东\n1.1　早\n1.2　晚\n2　西\n2.1　早\n2.2　晚\n", ""},
    {"level-jump", "gongwen", "一、东\n（1）早\n（2）晚\n二、西\n", "2:1 level-jump"},
    {"level-jump", "gongwen", "一、东\n（一）早\n1.甲\n2.乙\n（二）晚\n二、西\n1.甲\n2.乙\n", "7:1 level-jump"},
    {"level-jump", "gongwen", "一、东\n1.早\n2.晚\n二、西\n1.早\n2.晚\n", ""},
    {"level-jump", NULL, "一、东\n（1）早\n（2）晚\n二、西\n", ""},
    {"level-jump", "taiwan", "壹、東\n一、早\n（一）甲\n1、子\n2、丑\n（二）乙\n二、晚\n貳、西\n", ""},
    {"level-jump", "gongwen",
     "一、东\n（一）早\n1.甲\n2.乙\n（二）晚\n二、西\n附件1\n办法\n一、东\n1.早\n2.晚\n二、西\n", ""},
    {"inversion", "taiwan", "一、東\n（一）早\n壹、甲\n貳、乙\n（二）晚\n二、西\n", "3:1 inversion"},
    {"inversion", "law", "第一章　东\n第一条　甲：\n（一）早；\n（二）晚。\n第二条　乙。\n", ""},
    {"inversion", "gongwen", "1.东\n（一）早\n（二）晚\n2.西\n", "2:1 inversion"},
    {"inversion", "gongwen", "（一）东\n一、早\n二、晚\n（二）西\n", "2:1 inversion"},
    {"inversion", "gongwen", "（一）东\n1.早\n2.晚\n（二）西\n", ""},
    {"inversion", NULL, "（一）东\n一、早\n二、晚\n（二）西\n", ""},
    {"bracket-mark", NULL, "（一）、东\n（二）、西\n", "1:1 bracket-mark 2:1 bracket-mark"},
    {"bracket-mark", NULL, "甲：①、东；②、西。\n", "1:3 bracket-mark 1:7 bracket-mark"},
    {"bracket-mark", NULL, "（一）东、南\n（二）西、北\n", ""},
    {"han-mark", NULL, "一.东\n二.西\n", "1:1 han-mark 2:1 han-mark"},
    {"han-mark", NULL, "一、东\n二、西\n", ""},
    {"arabic-mark", "gongwen", "1、东\n2、西\n", "1:1 arabic-mark 2:1 arabic-mark"},
    {"arabic-mark", "taiwan", "1、東\n2、西\n", ""},
    {"arabic-mark", NULL, "1、东\n2、西\n", ""},
    {"arabic-mark", "gongwen", "1.东\n2.西\n", ""},
    {"decimal-mark", "gongwen", "1　东\n1.1.　早\n1.2.　晚\n2　西\n", "2:1 decimal-mark 3:1 decimal-mark"},
    {"decimal-mark", "gongwen", "1　东\n1.1　早\n1.2　晚\n2　西\n", ""},
    {"unit-mark", "law", "第一章、总则\n第二章、分则\n", "1:1 unit-mark 2:1 unit-mark"},
    {"unit-mark", "law", "第一章　总则\n第二章　分则\n", ""},
    {"ordinal-mark", "gongwen", "第一、看路。\n第二、看车。\n", "1:1 ordinal-mark 2:1 ordinal-mark"},
    {"ordinal-mark", "gongwen", "第一，看路。\n第二，看车。\n", ""},
    {"ordinal-mark", "gongwen", "第一是看路。第二是看车。\n", ""},
    {"ordinal-mark", NULL, "第一、看路。\n第二、看车。\n", ""},
    {"stage-mark", "gongwen", "要做两件事。一是，看路；二是，看车。\n", "1:7 stage-mark 1:13 stage-mark"},
    {"stage-mark", "gongwen", "要做两件事。一是看路；二是看车。\n", ""},
    {"stage-mark", "gongwen", "一方面，要看路；另一方面，要看车。\n", ""},
    {"wide-dot", "gongwen", "1．东\n2．西\n", "1:1 wide-dot 2:1 wide-dot"},
    {"wide-dot", NULL, "1．东\n2．西\n", ""},
    {"doubled-mark", NULL, "一、、东\n二、西\n", "1:1 doubled-mark"},
    {"doubled-mark", NULL, "一、“东”\n二、西\n", ""},
    {"mixed-brackets", NULL, "（一)东\n（二）西\n", "1:1 mixed-brackets"},
    {"mixed-brackets", NULL, "1)东\n2)西\n", ""},
    {"doubled-brackets", NULL, "（一））东\n（二）西\n", "1:1 doubled-brackets"},
    {"doubled-brackets", NULL, "（一）（东）\n（二）（西）\n", ""},
    {"bracket-kind", "gongwen", "【一】东\n【二】西\n", "1:1 bracket-kind 2:1 bracket-kind"},
    {"bracket-kind", NULL, "【一】东\n【二】西\n", ""},
    {"narrow-brackets", "gongwen", "(一)东\n(二)西\n", "1:1 narrow-brackets 2:1 narrow-brackets"},
    {"narrow-brackets", NULL, "(一)东\n(二)西\n", ""},
    {"look-alike", NULL, "一、东\nニ、西\n三、北\n", "2:1 look-alike"},
    {"look-alike", NULL, "一、东\n二、西\n三、北\n", ""},
    {"look-alike", NULL, "一、东\n二丶西\n三、北\n", "2:1 look-alike"},
    {"look-alike", NULL, "l．东\n2．西\n3．北\n", "1:1 look-alike"},
    {"look-alike", NULL, "j．东\nk．西\nl．北\n", "1:1 excerpt"},
    {"look-alike", NULL, "第一条　次のとおりとする。\n一　東\nイ　朝\nロ　昼\nハ　夕\nニ　夜\nホ　暁\n二　西\n", ""},
    {"repeat", NULL, "第一条　次のとおりとする。\n一　東\nイ　朝\nロ　昼\nハ　夕\nニ　夜\nホ　暁\n二　西\n", ""},
    {"style", NULL, "1.东\n2、南\n3.西\n4.北\n", "2:1 style"},
    {"style", "gongwen", "1.东\n2、南\n3.西\n4.北\n", "2:1 arabic-mark"}, /* told once */
    {"style", NULL, "1.东\n2.南\n3、西\n4、北\n", "3:1 style"},
    {"style", NULL, "（一）东\n（二）南\n【三】西\n（四）北\n", "3:1 style"},
    {"style", NULL, "一、东\n1.早\n2.晚\n二、西\n1、早\n2、晚\n", ""},
    {"width", NULL, "（一）东\n(二)西\n（三）北\n", "2:1 width"},
    {"width", NULL, "(一)东\n(二)西\n(三)北\n", ""},
    {"mixed-chain", NULL, "首先，看路。其次，看车。第三，看人。\n", "1:13 mixed-chain"},
    {"mixed-chain", NULL, "第一，看路。其次，看车。\n", "1:7 mixed-chain"},
    {"mixed-chain", NULL, "第一，看路。第二，看车。最后，看人。\n", ""},
    {"mixed-chain", NULL, "首先，看路。其次，看车。\n第一，看人。\n第二，看灯。\n", ""},
    {"lone", "gongwen", "一、东\n（一）早\n甲乙丙。\n二、西\n", "2:1 lone"},
    {"lone", NULL, "一、东\n（一）早\n甲乙丙。\n二、西\n", ""},
    {"count", NULL, "下面，我讲三点意见。\n一、东\n二、南\n三、西\n四、北\n", "1:6 count"},
    {"count", NULL, "要从两个方面下功夫：一是看路；二是看车；三是看人。\n", "1:3 count"},
    {"count", NULL, "重点抓好三个方面的工作：\n一、东\n二、南\n", "1:5 count"},
    {"count", NULL, "下面講四項任務：\n一、東\n二、南\n", "1:4 count"},
    {"count", NULL, "涉及三个方面的人员：\n一、东\n二、南\n", ""},
    {"count", NULL, "下面，我讲四点意见。\n一、东\n二、南\n三、西\n四、北\n", ""},
    {"count", NULL, "工期还有三个月。\n一、东\n二、南\n", ""},
    {"count", NULL, "这是第三点。\n一、东\n二、南\n", ""},
    {"count", NULL, "下面，我讲三点意见。大家记好。\n一、东\n二、南\n", ""},
    {"no-partner", NULL, "路不好走，一方面，坑太多，灯太少。\n", "1:6 no-partner"},
    {"no-partner", NULL, "一方面，坑太多；另一方面，灯太少。\n", ""},
    {"no-partner", NULL, "一方面修路，同时种树。\n", ""},
    {"no-partner", NULL, "在这一方面，我们有经验。\n", ""},
    {"no-partner", NULL,
     WRAPPED("一方面我们要把坑填平，把灯装好，把树种上，另\n一方面要定人定时巡查，发现问题马上处理，处理\n"), ""},
    {"no-partner", NULL,
     WRAPPED("沿街的住户都说路比从前好走得多了，只是还不满\n意，一方面，沿街的坑太多，路灯太少，夜里看不\n"),
     "6:3 no-partner"},
    {"heading-stop", "gongwen", "一、东。\n甲乙丙。\n二、西。\n丁戊己。\n", "1:1 heading-stop 3:1 heading-stop"},
    {"heading-stop", "gongwen", "一、东\n（一）早。\n甲乙丙。\n（二）晚\n丁戊己。\n二、西\n", "2:1 heading-stop"},
    {"heading-stop", "gongwen", "一、东\n（一）早。\n甲乙丙。\n（二）晚。\n丁戊己。\n二、西\n", ""},
    {"heading-stop", "gongwen", "一、东。甲乙丙。\n二、西。丁戊己。\n", ""},
    {"heading-stop", "gongwen", "一、甲乙丙。\n二、丁戊己。\n", ""},
    {"heading-stop", NULL, "一、东。\n甲乙丙。\n二、西。\n丁戊己。\n", ""},
    {"dangling", NULL, "第一条　甲。\n第二条　依第一条、第五条办理。\n", "2:10 dangling"},
    {"dangling", NULL, "第一条　甲：\n（一）东；\n（二）西。\n第二条　依第一条第（三）项办理。\n", "4:9 dangling"},
    {"dangling", NULL, "第一条　甲。\n第二条　依《丁法》第五条和民法第六条办理。\n", ""},
    {"dangling", NULL, "村规实施细则\n第一条　甲。\n第二条　依本法第五条办理，本细则第一条除外。\n", ""},
    {"dangling", NULL, "第一条　甲。\n第二条　乙。\n第五条规定另行通知。\n", ""},
    {"dangling", NULL, "第七条　甲。\n第八条　依第五条办理。\n", "1:1 excerpt"},
    {"dangling", NULL, "关于修改章程的决定\n第一条　将第十五条修改为：“甲。”\n第二条　见第二十条。\n", ""},
    {"dangling", NULL, "章程修改办法\n第一条　甲。\n第二条　见第二十条。\n", "3:6 dangling"},
    {"dangling", NULL, "第一条　将第十五条、第十六条修改为：“甲。”\n第二条　删去第二十条。\n", ""},
    {"dangling", NULL, "第一条　第十五条第二款中的“甲，乙”改为“丙”。\n第二条　增加一条，作为第九条。\n", ""},
    {"dangling", NULL, "第一条　第十五条第二款增加一项：“甲”。\n第二条　第九条删除，第七条合并。\n", ""},
    {"dangling", NULL, "第一条　甲。\n第二条　依第九条增加一名，依第七条修改合同。\n", "2:6 dangling 2:15 dangling"},
    {"dangling", NULL, "第一条　甲。\n第二条　不得将第九条所列物品删去。\n", "2:8 dangling"},
    {"dangling", NULL, "第一条　甲。\n第二条　删去第九条规定的信息。\n", "2:7 dangling"},
    {"dangling", NULL, "第一条　《丁法》第三条规定了责任。第二十条第（一）项规定了例外。\n第二条　乙。\n", ""},
    {"dangling", NULL, "第一条　《丁法》第三条规定了责任。\n第二条　第二十条规定了例外。\n", "2:5 dangling"},
    {"dangling", NULL, "第一条　参照“民法”第184条。\n第二条　“甲乙”第九条。\n", "2:9 dangling"},
    {"dangling", NULL, "第一条　奉命令第九条。\n第二条　依主席令第九条。\n", "1:8 dangling"},
};

static struct gm_doc *parse(const char *text) {
    struct gm_doc *doc;
    assert_int_equal(gm_doc_parse(NULL, text, strlen(text), "t.txt", &doc, NULL), GM_OK);
    return doc;
}

static void list(const struct gm_doc *doc, char *out, size_t size) {
    size_t len = 0;
    *out = '\0';
    for (size_t i = 0; i < gm_doc_diagnostic_count(doc); i++) {
        struct gm_diagnostic d = gm_doc_diagnostic(doc, i);
        int n = snprintf(out + len, size - len, "%s%u:%u %s", i ? " " : "", d.at.line, d.at.column, d.id);
        assert_true(n > 0 && (size_t)n < size - len);
        len += (size_t)n;
    }
}

static void test_cases(void **state) {
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < GM__COUNT(cases); i++) {
        char found[4096];
        struct gm_doc *doc = parse(cases[i].text);
        assert_int_equal(gm_doc_lint(doc, cases[i].profile, NULL), GM_OK);
        list(doc, found, sizeof found);
        if (strcmp(found, cases[i].found) != 0) {
            print_error("%s (%s): “%s”\n    found    “%s”\n    expected “%s”\n", cases[i].id,
                        cases[i].profile ? cases[i].profile : "default", cases[i].text, found, cases[i].found);
            failed++;
        }
        gm_doc_free(doc);
    }
    assert_int_equal(failed, 0);
}

/* Labels alone, whatever the parser would make of them; a blank parts them, ( and ) enclose children. `found`: places
 * in document order from 1. One slip is one diagnostic. */
static const struct {
    const char *id, *labels, *found;
} trees[] = {
    {"gap", "1. 2. 3.", ""},
    {"gap", "1. 2. 4. 5. 6.", "3 gap"},
    {"gap", "1. 2. 3. 9.", "4 gap"},
    {"gap", "1. 3. 5.", "2 gap 3 gap"},
    {"gap", "一、 ( 一是 三是 ) 二、", "3 gap"},
    {"repeat", "1. 2. 2. 3.", "3 repeat"},
    {"repeat", "1. 2. 2. 4. 5.", "3 repeat"}, /* the second 2 is a 3 */
    {"repeat", "1. 2. 2. 5. 6.", "3 repeat 4 gap"},
    {"repeat", "1. 1. 2.", "2 repeat"},
    {"repeat", "一是 二是 二是", "3 repeat"},
    {"backwards", "1. 3. 2. 4.", "3 backwards"},
    {"backwards", "1. 2. 5. 3. 4.", "4 backwards"},
    {"backwards", "1. 2. 9. 4. 5.", "4 backwards"}, /* 9 for 3 */
    {"backwards", "2. 1. 3.", "2 backwards"},
    {"backwards", "1. 2. 3. 1. 2. 3.", ""},
    {"backwards", "1. 2. 3. 2. 3. 4.", "4 backwards 5 repeat"},
    {"backwards", "1. 10. 2. 3. 4. 5.", "3 backwards"},
    {"backwards", "5. 4. 3. 2. 1.", "2 backwards 3 backwards 4 backwards 5 backwards"},
    {"start", "2. 3. 4.", "1 start"},
    {"excerpt", "3. 4. 5.", "1 excerpt"},
    {"excerpt", "1. ( （三） （四） ) 2.", "2 start"},
    {"start", "一、 ( （一） （二） ) 二、 ( （三） （四） ) 三、 ( （五） （七） )", "9 gap"},
    {"prefix", "1 ( 1.1 1.2 ) 2 ( 2.1 1.2 2.3 )", "6 prefix"},
    {"prefix", "1 ( 1.1 ( 1.1.1 1.2.2 ) 1.2 )", "4 prefix"},
    {"prefix", "第一章 ( 1.1 1.2 ) 第二章 ( 2.1 1.2 )", "6 prefix"},
    {"prefix", "一、 ( 1.1 1.2 ) 二、 ( 1.1 1.2 )", ""},
    {"style", "（一） （二） (3) （四）", "3 start 4 gap"}, /* two series: no slip of style */
};

static struct gm_doc *grow(const char *labels) {
    struct build b;
    char *copy = strdup(labels), *rest = copy;
    bool open = false;
    build_init(&b, "t");
    for (char *label; (label = strtok_r(rest, " ", &rest)) != NULL;) {
        if (open && strcmp(label, "(") != 0) build_close(&b);
        open = false;
        if (strcmp(label, ")") == 0) {
            build_close(&b);
        } else if (strcmp(label, "(") != 0) {
            (void)build_open(&b, label, "甲");
            open = true;
        }
    }
    free(copy);
    return build_finish(&b);
}

static void test_trees(void **state) {
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < GM__COUNT(trees); i++) {
        struct gm_doc *doc = grow(trees[i].labels);
        char found[256] = "";
        size_t len = 0;
        assert_int_equal(gm_doc_lint(doc, NULL, NULL), GM_OK);
        for (size_t d = 0; d < gm_doc_diagnostic_count(doc); d++)
            len += (size_t)snprintf(found + len, sizeof found - len, "%s%u %s", d ? " " : "",
                                    (unsigned)gm_doc_diagnostic(doc, d).node, gm_doc_diagnostic(doc, d).id);
        if (strcmp(found, trees[i].found) != 0) {
            print_error("%s: found “%s”, expected “%s”\n", trees[i].labels, found, trees[i].found);
            failed++;
        }
        gm_doc_free(doc);
    }
    assert_int_equal(failed, 0);
}

/* A row of the catalogue without a case and a near miss is a row that nothing proves. */
static void test_all_ids_have_cases(void **state) {
    (void)state;
    for (size_t row = 0; row < GM__DIAG_COUNT; row++) {
        bool hit = false, miss = false;
        if (!*gm__catalogue[row].profiles) continue;
        for (size_t i = 0; i < GM__COUNT(cases); i++) {
            if (strcmp(cases[i].id, gm__catalogue[row].id) != 0) continue;
            hit |= strstr(cases[i].found, cases[i].id) != NULL;
            miss |= !strstr(cases[i].found, cases[i].id);
        }
        for (size_t i = 0; i < GM__COUNT(trees); i++)
            hit |= strcmp(trees[i].id, gm__catalogue[row].id) == 0 && strstr(trees[i].found, trees[i].id);
        if (!hit || !miss) fail_msg("%s lacks a %s", gm__catalogue[row].id, hit ? "near miss" : "case");
    }
}

static bool has_only(const char *message, const char *arguments) {
    for (const char *p = message; (p = strchr(p, '{')) != NULL; p++)
        if (!strchr(arguments, p[1]) || p[2] != '}') return false;
    return true;
}

static void test_catalogue(void **state) {
    (void)state;
    for (size_t i = 0; i < GM__DIAG_COUNT; i++) {
        const struct gm__catalogue_row *row = &gm__catalogue[i];
        assert_string_equal(gm_diagnostic_id(i), row->id);
        assert_int_equal(gm_diagnostic_severity(i), row->severity);
        assert_int_equal(strspn(row->profiles, "DGLT"), strlen(row->profiles));
        for (size_t k = 0; k < i; k++) assert_string_not_equal(row->id, gm__catalogue[k].id);
        for (int language = GM_ENGLISH; language <= GM_CHINESE; language++) {
            assert_true(*row->title[language] && has_only(row->message[language], "12nm"));
            for (const char *a = "12nm"; *a; a++) { /* both languages say the same */
                const char argument[] = {'{', *a, '}', 0};
                assert_int_equal(!strstr(row->message[GM_ENGLISH], argument),
                                 !strstr(row->message[GM_CHINESE], argument));
            }
        }
    }
    for (size_t past = GM__DIAG_COUNT; past; past = past == GM__DIAG_COUNT ? SIZE_MAX : 0) {
        assert_null(gm_diagnostic_id(past));
        assert_int_equal(gm_diagnostic_severity(past), GM_INFO);
        assert_string_equal(gm_diagnostic_title(past, GM_CHINESE), "");
        assert_string_equal(gm_diagnostic_source(past), "");
        assert_false(gm_diagnostic_in_profile(past, 0));
        assert_false(gm_diagnostic_in_profile(0, past));
    }
}

static void test_messages(void **state) {
    (void)state;
    char text[256], cut[16];
    struct gm_doc *doc = parse("1.东\n2.南\n5.西\n6.北\n7.中\n11.上\n12.下\n");
    assert_int_equal(gm_doc_lint(doc, NULL, NULL), GM_OK);
    assert_int_equal(gm_doc_diagnostic_count(doc), 2);
    size_t len = gm_doc_diagnostic_message(doc, 0, GM_ENGLISH, text, sizeof text);
    assert_string_equal(text, "“3.”“4.” missing before “5.”");
    assert_int_equal(len, strlen(text));
    (void)gm_doc_diagnostic_message(doc, 1, GM_CHINESE, text, sizeof text);
    assert_string_equal(text, "“11.”之前缺少“8.”…“10.”");
    assert_int_equal(gm_doc_diagnostic_message(doc, 0, GM_ENGLISH, cut, sizeof cut), len);
    assert_string_equal(cut, "“3.”“4.");
    assert_int_equal(gm_doc_diagnostic_message(doc, 0, GM_ENGLISH, NULL, 0), len);
    for (size_t size = 1; size <= strlen(text) + 1; size++) { /* cut behind whole characters */
        char *exact = malloc(size);
        assert_non_null(exact);
        assert_int_equal(gm_doc_diagnostic_message(doc, 1, GM_CHINESE, exact, size), strlen(text));
        size_t kept = strlen(exact);
        assert_memory_equal(exact, text, kept);
        assert_int_not_equal((unsigned char)text[kept] & 0xC0, 0x80);
        assert_true(kept + 4 > size - 1);
        free(exact);
    }
    gm_doc_free(doc);
}

/* A name of any length: the message of a failure is UTF-8 where the name is. */
static void test_long_error(void **state) {
    (void)state;
    char name[600];
    struct gm_error error;
    for (size_t shift = 0; shift < 4; shift++) {
        memset(name, 'x', shift);
        for (size_t at = shift; at + 4 < sizeof name; at += 3) memcpy(name + at, "\xE7\xBA\xB2", 4);
        struct gm_doc *doc = parse("一、东\n");
        assert_int_equal(gm_doc_lint(doc, name, &error), GM_USAGE);
        assert_int_equal(strlen(error.message), gm__utf8_valid_prefix(error.message, strlen(error.message)));
        assert_true(strlen(error.message) > sizeof error.message - 4);
        gm_doc_free(doc);
    }
}

/* The number that is missing is written as its neighbours are. */
static void test_missing_labels(void **state) {
    static const struct {
        const char *text, *missing;
    } rows[] = {
        {"（一）东\n（三）西\n", "（二）"},
        {"第一章　东\n第三章　西\n", "第二章"},
        {"①东\n③西\n", "②"},
        {"1　东\n1.1　早\n1.3　晚\n", "1.2"},
        {"A. 东\nC. 西\nD. 北\n", "B."},
        {"甲、东\n丙、西\n", "乙、"},
        {"第一节　东\n第三节　西\n", "第二节"},
        {"第十条　甲。\n第十条之一　乙。\n第十二条　丙。\n", "第十一条"},
        {"１．东\n３．西\n", "２．"},
    };
    (void)state;
    for (size_t i = 0; i < GM__COUNT(rows); i++) {
        char text[256], want[64];
        struct gm_doc *doc = parse(rows[i].text);
        assert_int_equal(gm_doc_lint(doc, NULL, NULL), GM_OK);
        bool found = false;
        (void)snprintf(want, sizeof want, "“%s” missing", rows[i].missing);
        for (size_t d = 0; d < gm_doc_diagnostic_count(doc); d++) {
            (void)gm_doc_diagnostic_message(doc, d, GM_ENGLISH, text, sizeof text);
            found |= strncmp(text, want, strlen(want)) == 0;
        }
        if (!found) print_error("“%s”: no “%s”\n", rows[i].text, want);
        assert_true(found);
        gm_doc_free(doc);
    }
}

static void test_profiles(void **state) {
    (void)state;
    struct gm_error error;
    struct gm_doc *doc = parse("1、东\n2、西\n4、北\n");
    assert_int_equal(gm_doc_lint(doc, "nonsense", &error), GM_USAGE);
    assert_string_equal(error.id, "no-such-profile");
    assert_int_equal(gm_doc_lint(doc, "gongwen", &error), GM_OK);
    assert_int_equal(gm_doc_diagnostic_count(doc), 4);
    assert_int_equal(gm_doc_lint(doc, "default", &error), GM_OK); /* takes the place of the first */
    assert_int_equal(gm_doc_diagnostic_count(doc), 1);
    gm_doc_free(doc);
}

/* An allocator that fails from its nth call on, and knows what is held. */
struct meagre {
    size_t left, held;
};

static void *meagre_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    struct meagre *m = ctx;
    if (new_size && !m->left) return NULL;
    if (new_size) m->left--;
    m->held += new_size;
    m->held -= ptr ? old_size : 0;
    if (new_size) return realloc(ptr, new_size);
    free(ptr);
    return NULL;
}

static void test_every_allocation_may_fail(void **state) {
    (void)state;
    const char *text = "一、东。\n（二）早\n（二)晚\n三、我讲两点意见：一是修路；二是种树；三是修渠。\n五、西\n2.甲\n";
    bool done = false;
    for (size_t calls = 0; !done; calls++) {
        struct meagre m = {SIZE_MAX, 0};
        struct gm_allocator allocator = {meagre_resize, &m};
        struct gm_options options;
        struct gm_doc *doc;
        gm_options_init(&options);
        options.allocator = &allocator;
        assert_int_equal(gm_doc_parse(&options, text, strlen(text), NULL, &doc, NULL), GM_OK);
        m.left = calls;
        enum gm_status s = gm_doc_lint(doc, "gongwen", NULL);
        assert_true(s == GM_OK || s == GM_NOMEM);
        done = s == GM_OK;
        gm_doc_free(doc);
        assert_int_equal(m.held, 0);
        assert_true(calls < 1000);
    }
}

/* More kinds of series than there is room for at first: 第一琀 第二琀 第四琀, 第一琁 第二琁 第四琁 and so on. */
static void test_many_kinds(void **state) {
    static const char *const numbers[] = {"一", "二", "四"};
    enum { KINDS = 300 };
    struct build b;
    (void)state;
    build_init(&b, "many");
    for (uint32_t i = 0; i < KINDS * 3; i++) {
        char unit[5] = "", label[16];
        (void)gm__utf8_encode(0x7400 + i / 3, unit);
        (void)snprintf(label, sizeof label, "第%s%s", numbers[i % 3], unit);
        build_open(&b, label, "东");
        build_close(&b);
    }
    struct gm_doc *doc = build_finish(&b);
    assert_int_equal(gm_doc_lint(doc, NULL, NULL), GM_OK);
    size_t gaps = 0;
    for (size_t i = 0; i < gm_doc_diagnostic_count(doc); i++) gaps += strcmp(gm_doc_diagnostic(doc, i).id, "gap") == 0;
    assert_int_equal(gaps, KINDS);
    gm_doc_free(doc);
}

/* A long list that rises is right; in one that falls and rises in turn much is not, and it is done in no time, which
 * work that grows with the square of the members would not be. */
static void test_large(void **state) {
    (void)state;
    enum { COUNT = 200000 };
    char *text = malloc((size_t)COUNT * 16);
    assert_non_null(text);
    for (int falling = 0; falling < 2; falling++) {
        size_t len = 0;
        len += (size_t)sprintf(text, "1.甲\n2.乙\n");
        for (int i = 3; i < COUNT; i++) len += (size_t)sprintf(text + len, "%d.丙\n", falling && i % 2 ? COUNT - i : i);
        struct gm_doc *doc;
        assert_int_equal(gm_doc_parse(NULL, text, len, NULL, &doc, NULL), GM_OK);
        assert_int_equal(gm_doc_lint(doc, NULL, NULL), GM_OK);
        if (falling)
            assert_true(gm_doc_diagnostic_count(doc) > 1000);
        else
            assert_int_equal(gm_doc_diagnostic_count(doc), 0);
        gm_doc_free(doc);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_all_ids_have_cases),
        cmocka_unit_test(test_catalogue),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_long_error),
        cmocka_unit_test(test_missing_labels),
        cmocka_unit_test(test_profiles),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_many_kinds),
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
