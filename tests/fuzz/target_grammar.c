/* target_grammar.c - a numbering scheme in YAML; with what the loader takes a short document is read. */
#include "fuzz.h"

static const char sample[] =
    "关于工作的通知\n\n各单位：\n　　第一章　总则\n　　第一条　为了工作，制定本办法。\n"
    "　　（一）目的。一是明白；二是落实；三是检查。\n　　（二）方法：1.先做；2.再看。\n"
    "　　①甲 ②乙 ③丙\n　　首先，说明。其次，安排。最后，总结。\n　　第二条　一方面要快，另一方面要好。\n"
    "　　A.1 范围\n　　A.1.1 术语\n　　I. 一 II. 二\n　　附则\n　　附件1\n　　一、表格\n　　二、说明\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gm_grammar *grammar = NULL;
    struct gm_error error;
    /* without a name nothing is looked for beside it */
    enum gm_status s = gm_grammar_load((const char *)data, size, NULL, NULL, &grammar, &error);
    CHECK((s == GM_OK) == (grammar != NULL), "a grammar without GM_OK, or none with it");
    CHECK(s == GM_OK || (s == GM_GRAMMAR && error.message[0]), "status %d: %s", (int)s, error.message);
    if (!grammar) return 0;
    struct gm_options options;
    fuzz_options(&options);
    options.format = "text";
    options.grammar = grammar;
    options.implied = options.explain = true;
    struct gm_doc *doc = fuzz_parse(&options, sample, sizeof sample - 1, NULL);
    CHECK(doc != NULL, "the sample is refused");
    fuzz_check_document(doc);
    fuzz_check_round_trip(doc, (unsigned)size);
    gm_doc_free(doc);
    gm_grammar_free(grammar);
    return 0;
}
