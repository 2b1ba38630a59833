/*
 * compile_grammars.c - built and run while the library is built: loads each built-in grammar and writes its tables to
 * standard output as one C file of constants.
 */
#include "grammar/embedded.h"
#include "grammar/grammar.h"

#include <inttypes.h>
#include <stdio.h>

static void put_string(const char *ptr, size_t len) {
    (void)putchar('"');
    for (size_t i = 0; i < len; i++) printf("\\%03o", (unsigned)(unsigned char)ptr[i]);
    (void)putchar('"');
}

static void put_literal(struct gm__literal literal) { printf("{%" PRIu32 ",%" PRIu32 "},", literal.at, literal.len); }

static void put_z(const char *z) { put_string(z, strlen(z)); }

static void put_families(const struct gm_grammar *g, const char *id) {
    printf("static const struct gm__family families_%s[] = {\n", id);
    for (size_t i = 0; i < g->family_count; i++) {
        const struct gm__family *f = &g->families[i];
        (void)putchar('{');
        put_literal(f->id);
        put_literal(f->kin);
        printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,", f->kind, f->where, f->title, f->rank, f->partner,
               f->run_on, f->words, f->apart, f->announced, f->noun, f->verb, f->again, f->mixed, f->least);
        printf("%" PRIu32 ",%" PRIu32 ",%d,%d,UINT64_C(%" PRIu64 "),%" PRIu32 ",%d,UINT64_C(%" PRIu64 "),%" PRIu32
               "},\n",
               f->not_before, f->not_after, f->not_before_count, f->not_after_count, f->not_before_bits, f->opener,
               f->counts, f->suffix_bits, f->max_title);
    }
    printf("};\nstatic const struct gm__literal guards_%s[] = {", id);
    for (size_t i = 0; i < g->guard_count; i++) put_literal(g->guards[i]);
    printf("{0, 0}"); /* no array is empty */
    printf("};\nstatic const uint16_t kins_%s[] = {", id);
    for (size_t i = 0; i < g->family_count; i++) printf("%d,", g->kins[i]);
    printf("};\nstatic const uint32_t ids_%s[] = {", id);
    for (size_t i = 0; i < g->family_count; i++) printf("%" PRIu32 ",", g->ids[i]);
    (void)puts("};");
}

static void put_patterns(const struct gm_grammar *g, const char *id) {
    printf("static const struct gm__pattern patterns_%s[] = {\n", id);
    for (size_t i = 0; i < g->pattern_count; i++) {
        const struct gm__pattern *p = &g->patterns[i];
        (void)putchar('{');
        put_literal(p->prefix);
        put_literal(p->suffix);
        printf("UINT64_C(%" PRIu64 "),%" PRId32 ",%" PRIu32 ",%" PRIu32 ",%d,%d,", p->key, p->value, p->suffix_cp,
               p->second_cp, p->family, p->next);
        printf("%d,%d,%d,%d,%d},\n", p->system, p->style, p->where, p->sub, p->blank);
    }
    printf("};\nstatic const struct gm__prefix prefixes_%s[] = {\n", id);
    for (size_t i = 0; i < g->prefix_count; i++) {
        const struct gm__prefix *p = &g->prefixes[i];
        (void)putchar('{');
        put_literal(p->prefix);
        printf("%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",{UINT64_C(%" PRIu64 "),UINT64_C(%" PRIu64 ")},",
               p->first_cp, p->second_cp, p->systems, p->bare, p->suffixes[0], p->suffixes[1]);
        printf("{%" PRIu32 ",%" PRIu32 "},%d,%d,%d,%d},\n", p->systems_at[0], p->systems_at[1], p->where, p->next,
               p->first, p->count);
    }
    (void)puts("};");
}

static void put_endings(const struct gm_grammar *g, const char *id) {
    printf("static const struct gm__ending endings_%s[] = {\n", id);
    for (size_t i = 0; i < g->ending_count; i++) {
        const struct gm__ending *e = &g->endings[i];
        printf("{UINT64_C(%" PRIu64 "),UINT64_C(%" PRIu64 "),{UINT64_C(%" PRIu64 "),UINT64_C(%" PRIu64 ")},", e->key,
               e->longer, e->odd[0], e->odd[1]);
        printf("%" PRIu32 ",", e->suffix);
        printf("%d,%d,%d,%d,%d,%d,%d},\n", e->family, e->next, e->style, e->where, e->quick, e->part, e->spaced);
    }
    (void)puts("{0, 0, {0, 0}, 0, 0, 0, 0, 0, false, false, false}};"); /* no array is empty */
}

#define BITS "UINT64_C(%" PRIu64 "),UINT64_C(%" PRIu64 ")"

static void put_openers(const struct gm_grammar *g) {
    (void)puts("    .openers = {");
    for (size_t i = 0; i < GM__OPENERS; i++) {
        const struct gm__opener *o = &g->openers[i];
        if (o->raw || i == 0)
            printf("[%zu] = {{" BITS "},{" BITS "},{" BITS "},%" PRIu32 ",%d,%d,%d,%d,%d,%d,%d},\n", i, o->seconds[0],
                   o->seconds[1], o->thirds[0], o->thirds[1], o->follow[0], o->follow[1], o->raw, o->cp, o->first,
                   o->where, o->kind, o->len, o->plain, o->opens_line);
    }
    printf("    }, .crowded = %d,\n", g->crowded);
    (void)puts("    .opener_raws = {");
    for (size_t i = 0; i < GM__OPENERS; i++)
        if (g->opener_raws[i]) printf("        [%zu] = 0x%xu,\n", i, (unsigned)g->opener_raws[i]);
    (void)puts("    },");
}

static void put_bits(const char *what, const uint64_t *bits, size_t count) {
    printf("    .%s = {UINT64_C(%" PRIu64 "),", what, bits[0]);
    for (size_t i = 1; i < count; i++)
        if (bits[i]) printf("[%zu] = UINT64_C(%" PRIu64 "),", i, bits[i]);
    (void)puts("},");
}

static void put_keywords(const struct gm_grammar *g, const char *id) {
    printf("static const struct gm__keyword keywords_%s[] = {\n", id);
    for (size_t i = 0; i < g->keyword_count; i++) {
        const struct gm__keyword *k = &g->keywords[i];
        (void)putchar('{');
        put_literal(k->text);
        printf("%d,%d,%d,%d,%d,%d},\n", k->role, k->numbered, k->prefix, k->titled, k->rank, k->next);
    }
    (void)puts("{{0, 0}, 0, false, false, false, 0, 0}};"); /* no array is empty */
}

static void put_literals(const struct gm_grammar *g, const char *id) {
    printf("static const char literals_%s[] = {", id);
    for (size_t i = 0; i < g->literals_len; i++) printf("'\\x%02x',", (unsigned)(unsigned char)g->literals[i]);
    (void)puts("0};");
}

static void put_ends(const char *id, const uint32_t *ends) {
    printf("static const uint32_t sentence_ends_%s[] = {", id);
    for (; *ends; ends++) printf("%" PRIu32 ",", *ends);
    (void)puts("0};");
}

static void put_bytes(const char *what, const unsigned char table[64]) {
    printf("%s{", what);
    for (size_t i = 0; i < 64; i++) printf("%u,", table[i]);
    (void)putchar('}');
}

static void put_levels(const struct gm_grammar *g, const char *id) {
    printf("static const uint16_t levels_%s[] = {", id);
    for (size_t i = 0; i < g->level_count; i++) printf("%d,", g->levels[i]);
    (void)puts("0};");
}

static void put_gate(const char *what, const struct gm__gate *gate) {
    printf("    .%s = {.bits = {UINT64_C(%" PRIu64 "),", what, gate->bits[0]);
    for (size_t i = 1; i < 1024; i++)
        if (gate->bits[i]) printf("[%zu] = UINT64_C(%" PRIu64 "),", i, gate->bits[i]);
    (void)puts("}},");
}

static void put_rough_gate(const struct gm__scan_gate *gate) {
    put_bytes("    .rough_gate = {", gate->lead);
    put_bytes(",", gate->second);
    put_bytes(",", gate->third);
    (void)puts("},");
}

static void put_bucket(const char *what, const uint16_t *bucket, size_t size) {
    printf("    .%s = {%d,", what, bucket[0]);
    for (size_t i = 1; i < size; i++)
        if (bucket[i]) printf("[%zu] = %d,", i, bucket[i]);
    (void)puts("},");
}

/* What a character is looked up in before a pattern is tried. */
static void put_sieves(const struct gm_grammar *g) {
    put_gate("start_gate", &g->start_gate);
    put_gate("keyword_gate", &g->keyword_gate);
    put_gate("inline_gate", &g->inline_gate);
    put_rough_gate(&g->rough_gate);
    put_bucket("prefix_bucket", g->prefix_bucket, GM__COUNT(g->prefix_bucket));
    put_bucket("keyword_bucket", g->keyword_bucket, GM__COUNT(g->keyword_bucket));
    put_bits("keyword_seconds", g->keyword_seconds, GM__COUNT(g->keyword_seconds));
    put_bits("keyword_thirds", g->keyword_thirds, GM__COUNT(g->keyword_thirds));
    put_bucket("pattern_bucket", g->pattern_bucket, GM__COUNT(g->pattern_bucket));
    put_bucket("ending_bucket", g->ending_bucket, GM__COUNT(g->ending_bucket));
    put_bits("behind", g->behind, GM__BEHIND_WORDS);
    put_bits("follows", g->follows, GM__FOLLOW_WORDS);
}

static void put_grammar(const struct gm_grammar *g, const char *id) {
    put_families(g, id);
    put_patterns(g, id);
    put_endings(g, id);
    put_keywords(g, id);
    put_literals(g, id);
    put_ends(id, g->sentence_ends);
    put_levels(g, id);
    printf("static const struct gm_grammar grammar_%s = {\n    .name = ", id);
    put_z(g->name);
    printf(",\n    .summary = ");
    put_z(g->summary);
    /* the loader writes through these members, readers of a const grammar do not */
    printf(",\n    .families = (struct gm__family *)families_%s, .family_count = %zu,\n", id, g->family_count);
    printf("    .guards = (struct gm__literal *)guards_%s, .guard_count = %zu,\n", id, g->guard_count);
    printf("    .kins = (uint16_t *)kins_%s, .kin_count = %zu,\n", id, g->kin_count);
    printf("    .ids = (uint32_t *)ids_%s,\n", id);
    printf("    .patterns = (struct gm__pattern *)patterns_%s, .pattern_count = %zu,\n", id, g->pattern_count);
    printf("    .prefixes = (struct gm__prefix *)prefixes_%s, .prefix_count = %zu,\n", id, g->prefix_count);
    printf("    .keywords = (struct gm__keyword *)keywords_%s, .keyword_count = %zu,\n", id, g->keyword_count);
    printf("    .literals = (char *)literals_%s, .literals_len = %zu,\n", id, g->literals_len);
    printf("    .levels = levels_%s, .level_count = %zu,\n", id, g->level_count);
    printf("    .sentence_ends = sentence_ends_%s, .sentence_end_bits = UINT64_C(%" PRIu64 "),\n", id,
           g->sentence_end_bits);
    printf("    .plain_ends = %d,\n", g->plain_ends);
    printf("    .empty_prefix = %d,\n", g->empty_prefix);
    put_openers(g);
    printf("    .endings = (struct gm__ending *)endings_%s, .ending_count = %zu,\n", id, g->ending_count);
    put_sieves(g);
    (void)puts("};\n");
}

int main(void) {
    const char *name;
    (void)puts("/* Made by src/tool/compile_grammars.c; do not edit. */\n#include \"grammar/embedded.h\"\n"
               "#include \"grammar/grammar.h\"\n");
    for (size_t i = 0; (name = gm_grammar_builtin_name(i)) != NULL; i++) {
        struct gm_grammar *grammar;
        struct gm_error error;
        char id[24];
        if (gm__grammar_builtin(name, &gm__default_allocator, &grammar, &error) != GM_OK) {
            fprintf(stderr, "%s:%" PRIu32 ":%" PRIu32 ": %s\n", error.where, error.line, error.column, error.message);
            return 1;
        }
        (void)snprintf(id, sizeof id, "%zu", i);
        put_grammar(grammar, id);
        gm_grammar_free(grammar);
    }
    (void)puts("const struct gm_grammar *const gm__compiled_grammars[] = {");
    for (size_t i = 0; gm_grammar_builtin_name(i); i++) printf("    &grammar_%zu,\n", i);
    (void)puts("    NULL};");
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
