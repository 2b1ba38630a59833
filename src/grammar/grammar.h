/*
 * grammar.h - a numbering scheme as tables, compiled from YAML (loader.c) for the lexer.
 *
 * Every marker has the shape PREFIX NUMERAL SUFFIX: （ 一 ）, 第 十二 条, 一 是. A series word (首先) has
 * a prefix alone. Literals are stored folded (gm__fold): one pattern ({han}) matches （一） (一) （一) ﹙一﹚.
 */
#ifndef GM_GRAMMAR_H
#define GM_GRAMMAR_H

#include "base/scan.h"
#include "grammar/numeral.h"

/* One code point folded to what patterns are written in: full-width and vertical forms of ASCII
 * punctuation, digits and letters to ASCII (（﹙︵ → '(', ．﹒ → '.', ：﹕ → ':', ，﹐ → ','), ﹑､丶 → 、.
 * 條→条 編→编 節→节 is not done: patterns list both. */
#define GM__DOT_STROKE 0x4E36u /* 丶, a look-alike of 、 */
uint32_t gm__fold_form(uint32_t cp);
GM__INLINE uint32_t gm__fold(uint32_t cp) {
    return cp >= 0xFE10 && cp <= 0xFF64 ? gm__fold_form(cp) : cp == GM__DOT_STROKE ? 0x3001 : cp;
}

enum gm__where {
    GM__AT_START = 1,  /* at a paragraph's start */
    GM__AT_INLINE = 2, /* after sentence or clause punctuation */
    GM__AT_WITHIN = 4, /* anywhere in a clause, found from its partner: 一方面 … 另一方面 */
};

enum gm__title_mode {
    GM__TITLE_HEADING,   /* to the first sentence end */
    GM__TITLE_DIVISION,  /* 第X章: the same, a mark may part it from its number */
    GM__TITLE_PROVISION, /* 第X条: none when the text is the provision */
};

/*
 * A stretch of gm_grammar.literals, behind which stands a NUL. Pointers to thousands of strings would have to be put
 * right page by page whenever a process starts.
 */
struct gm__literal {
    uint32_t at, len;
};

/* One spelling of a family. */
struct gm__pattern {
    struct gm__literal prefix, suffix;
    uint64_t key;       /* gm__pattern_key() */
    int32_t value;      /* series words: the ordinal */
    uint32_t suffix_cp; /* the suffix's first code point, 0 when it is empty */
    uint32_t second_cp; /* and its second */
    uint16_t family;
    uint16_t next;  /* next pattern of the bucket: index + 1 */
    uint8_t system; /* enum gm__numeral */
    uint8_t style;  /* 0 = the family's own spelling, 1.. = `also` */
    uint8_t where;  /* the family's */
    bool sub;       /* a second ordinal may follow the suffix: 之一, の二, -1 */
    bool blank;     /* the suffix is white space (一　宗旨, 1 范围): at least one blank follows */
};

/* 一看…，二看…: a verb stands behind the numeral. From three members on the later ones may have verbs of their own. */
enum gm__verb {
    GM__VERB_NONE,
    GM__VERB_MARK, /* it is of the mark: 一看 */
    GM__VERB_TEXT, /* it begins the text: 第一看… */
};

struct gm__family {
    struct gm__literal id;  /* "han-dun" */
    struct gm__literal kin; /* families of one kin may stand in for each other by a slip; "" = none */
    uint8_t kind;           /* enum gm_node_kind */
    uint8_t where;          /* enum gm__where bits */
    uint8_t title;          /* enum gm__title_mode */
    uint8_t rank;           /* prior order of levels, smaller = higher; 100 = no opinion */
    bool partner;           /* counts only with a second member of its series, at a paragraph's start too */
    bool run_on;            /* numbers do not restart per parent: 条 through 章 */
    bool words;             /* a word series: any later member may follow any earlier (首先 … 最后) */
    bool apart; /* marks with different words around the numeral are of different series: 议题一 案例一, 一怕 一为 */
    bool announced; /* inside a paragraph the first stands right behind a colon, the others behind the one before */
    bool noun;      /* what is counted stands behind the measure word and is part of the mark: 第一个特点， */
    uint8_t verb;   /* enum gm__verb: what the word behind the numeral is */
    bool again;     /* a word series: the first word may come again for the next members: 一方面 … 一方面 */
    bool mixed;     /* its series may go on with a member of another such family: 一要 … 二是 */
    uint8_t least;  /* members of a series; 0: as `partner` has it */
    /* Guards, folded; matched right after (not_before) or right before (not_after) the label: gm_grammar.guards from
     * there on. */
    uint32_t not_before, not_after;
    uint16_t not_before_count, not_after_count;
    uint64_t not_before_bits; /* gm__suffix_bit() of each guard's first code point */
    uint32_t opener;          /* the code point that all its labels begin with, folded; 0: not one, or a numeral's */
    bool counts;              /* all its labels begin with the numeral, Han or Arabic, and have a suffix */
    uint64_t suffix_bits;     /* gm__suffix_bit() of each suffix's first code point */
    uint32_t max_title;       /* a paragraph longer than this (code points) is no heading of this family; 0 = any */
};

/* Patterns that share a prefix, longest prefixes first; within a group longest suffixes first. */
struct gm__prefix {
    struct gm__literal prefix;
    uint32_t first_cp;      /* its first code point, 0 for the empty prefix */
    uint32_t second_cp;     /* and its second, 0 when there is none */
    uint32_t systems;       /* bits of the numeral systems used behind it */
    uint32_t bare;          /* those of them that may stand without a suffix */
    uint64_t suffixes[2];   /* at starts; elsewhere: gm__suffix_bit() of each code point that may follow the numeral */
    uint32_t systems_at[2]; /* systems, by place */
    uint8_t where;          /* union of the families' places */
    uint16_t next;          /* next group of the bucket: index + 1 */
    uint16_t first, count;  /* patterns[first..] */
};

/*
 * What labels of the commonest kind (parse/quick.c) begin with, by the bytes of the first code point as it stands in
 * the text. Places are looked for from gm__opener_place() on to the first free one.
 */
struct gm__opener {
    /* All three of the bytes of code points, for gm__in_both(): with which a longer prefix goes on; of what stands
     * third then those that gm__may_be_third() asks for; the words with which any label goes on: see gm__may_go_on. */
    uint64_t seconds[2], thirds[2], follow[2];
    uint32_t raw;    /* gm__raw(); 0: the place is free */
    uint16_t cp;     /* the code point */
    uint16_t first;  /* the first pattern of the prefix */
    uint8_t where;   /* and its places */
    uint8_t kind;    /* enum gm__opens */
    uint8_t len;     /* the prefix's */
    uint8_t plain;   /* the places of a Han numeral, or of a prefix that is no ASCII character; 0 for all others */
    bool opens_line; /* 第 （ or a numeral, or Han of longer prefixes: it may open a line, no keyword begins so */
};
enum gm__opens {
    GM__OPENS_NUMBER, /* it is the numeral's first digit */
    GM__OPENS_PREFIX, /* it is the prefix */
    GM__OPENS_BARE,   /* the prefix of a numeral that needs no suffix */
    GM__OPENS_WORDS,  /* longer prefixes only */
    GM__OPENS_OTHER,  /* more than that may begin here */
};
#define GM__OPENERS 1024u

/* What they end in: the patterns of a prefix and a system whose suffix begins with a code point, as it stands there. */
struct gm__ending {
    uint64_t key;    /* gm__pattern_key() with gm__raw() of the code point */
    uint64_t longer; /* gm__suffix_bit() of the code points with which a longer suffix goes on */
    uint64_t odd[2]; /* of those, and of others behind the suffix that the label's reading depends on: see gm__is_odd */
    uint32_t suffix; /* folded */
    uint16_t family; /* of the one pattern that has no longer suffix */
    uint16_t next;   /* next ending of the bucket: index + 1 */
    uint8_t style;   /* the pattern's */
    uint8_t where;   /* and its places; 0: there is none */
    uint8_t quick;   /* its places if it is the only one, and next to nothing can speak against it; 0 */
    bool part;       /* the mark may stand between numbers in a list: 、 , */
    bool spaced;     /* 　 behind the suffix is no part of the label, and does not speak against it */
};
#define GM__ENDING_BUCKETS 1024
#define GM__BEHIND_WORDS   256u
#define GM__FOLLOW_WORDS   64u

/* A keyword line that is a heading without a number (附则 楔子), opens a region (附件), or is matter. */
struct gm__keyword {
    struct gm__literal text; /* inner blanks removed: 目录 matches 目　录 */
    uint8_t role;            /* enum gm__role */
    bool numbered;           /* an ordinal may follow: 附件1, 附件一, 附录A */
    bool prefix;             /* a title may follow on the line: 楔子　张天师… */
    bool titled;             /* so may a colon and a title, no sentence: 引言：从一艘船说起 */
    uint8_t rank;
    uint16_t next; /* next keyword of the bucket: index + 1 */
};
enum gm__role {
    GM__ROLE_HEADING,    /* node of kind heading */
    GM__ROLE_REGION,     /* node of kind region */
    GM__ROLE_TOC,        /* 目录: a table of contents follows */
    GM__ROLE_NOTES,      /* 注释 参考文献: a note list follows */
    GM__ROLE_ANNEXES,    /* 附件：: the names of annexes follow */
    GM__ROLE_SALUTATION, /* 同志们 各位代表 */
    GM__ROLE_CLOSING,    /* 谢谢大家 */
    GM__ROLE_COUNT
};

/* A set of code points of the BMP. */
struct gm__gate {
    uint64_t bits[1024];
};
GM__INLINE bool gm__gate_has(const struct gm__gate *gate, uint32_t cp) {
    return cp < 0x10000 && (gate->bits[cp >> 6] >> (cp & 63) & 1);
}

struct gm_grammar {
    struct gm__arena arena;
    const char *name, *summary;
    bool traditional;            /* from a file of the user's in traditional characters */
    struct gm__family *families; /* [0] is the nameless family */
    size_t family_count;
    struct gm__literal *guards;
    size_t guard_count;
    uint16_t *kins;   /* parallel to families: the number of its kin, from 1; those without one are alone */
    size_t kin_count; /* one more than the highest number */
    uint32_t *ids;    /* parallel to families: where in `literals` each one's id begins */
    struct gm__pattern *patterns;
    size_t pattern_count;
    struct gm__prefix *prefixes;
    size_t prefix_count;
    struct gm__keyword *keywords;
    size_t keyword_count;
    char *literals; /* one behind the other, the empty one first */
    size_t literals_len;
    struct gm__ending *endings;
    size_t ending_count;
    const uint16_t *levels; /* families by depth, for rewriting labels to this scheme; level_count may be 0 */
    size_t level_count;
    /* code points, unfolded */
    const uint32_t *sentence_ends; /* 0-terminated: 。！？； */
    uint64_t sentence_end_bits;    /* gm__suffix_bit() of each */
    bool plain_ends;               /* 。 is one, and all are marks of gm__sentence_marks, but no brackets */
    /* First code points (raw, all that fold to a first character) at which a marker or keyword may begin:
     * The inline gate lets blanks pass too, but line marks (base/scan.h): they may come first. */
    struct gm__gate start_gate, inline_gate;
    struct gm__gate keyword_gate;    /* of the start gate, where a keyword may */
    struct gm__scan_gate rough_gate; /* the inline gate as the vector code asks it */
    /* By gm__bucket() of the first code point, folded: index + 1 of the first group or keyword. */
    uint16_t prefix_bucket[256], keyword_bucket[256];
    /* gm__suffix_bit() of the second code point of each keyword of the bucket, and of the third; all bits when it may
     * be any, or when a marker may begin so. */
    uint64_t keyword_seconds[256], keyword_thirds[256];
    uint16_t empty_prefix; /* index + 1 of the group without a prefix */
    struct gm__opener openers[GM__OPENERS];
    uint32_t opener_raws[GM__OPENERS]; /* theirs: most that is asked for is none, and this fits the nearest cache */
    bool crowded;                      /* not all of them found a place */
    uint16_t ending_bucket[GM__ENDING_BUCKETS]; /* by gm__ending_bucket(): index + 1 of the first */
    /* By gm__behind_place(): a bit for each word that says something where it stands right behind a label. */
    uint64_t behind[GM__BEHIND_WORDS];
    uint64_t follows[GM__FOLLOW_WORDS]; /* by gm__follow_place(): with which any label goes on behind any opener */
    uint16_t pattern_bucket[2048]; /* by gm__pattern_bucket(): index + 1 of the first pattern; they keep their order */
};

GM__INLINE struct gm_str gm__literal(const struct gm_grammar *g, struct gm__literal literal) {
    return gm__str(g->literals + literal.at, literal.len);
}
GM__INLINE const char *gm__literal_z(const struct gm_grammar *g, struct gm__literal literal) {
    return g->literals + literal.at;
}

GM__INLINE unsigned gm__bucket(uint32_t cp) { return (cp * 0x9E3779B1u) >> 24; }
GM__INLINE uint64_t gm__suffix_bit(uint32_t cp) { return (uint64_t)1 << ((cp * 0x9E3779B1u) >> 26); }
/* Is the code point's suffix bit among these? */
GM__INLINE bool gm__in_bits(uint64_t bits, uint32_t cp) { return bits >> ((cp * 0x9E3779B1u) >> 26) & 1; }

/* Another, next to never the same for two code points whose suffix bits are. */
GM__INLINE uint64_t gm__other_bit(uint32_t cp) { return (uint64_t)1 << ((cp * 0x9E3779B1u) >> 20 & 63); }
GM__INLINE bool gm__in_both(const uint64_t bits[2], uint32_t cp) {
    return gm__in_bits(bits[0], cp) && (bits[1] >> ((cp * 0x9E3779B1u) >> 20 & 63) & 1);
}
/* May the code point be one of the odd behind the ending? */
GM__INLINE bool gm__is_odd(const struct gm__ending *e, uint32_t cp) { return gm__in_both(e->odd, cp); }

GM__INLINE unsigned gm__follow_place(uint32_t raw) { return (raw * 0x9E3779B1u) >> 20; }
/* May a label go on with this word, given by its bytes? 一是, 其二, not 一体. A word is no numeral: see gm__is_word. */
GM__INLINE bool gm__may_go_on(const struct gm_grammar *g, const struct gm__opener *o, uint32_t raw) {
    if (!gm__in_both(o->follow, raw)) return false;
    unsigned place = gm__follow_place(raw);
    return (g->follows[place >> 6] >> (place & 63) & 1) || o->kind == GM__OPENS_OTHER;
}

/* May a longer prefix go on with the character at `s`? */
GM__INLINE bool gm__may_be_second(const struct gm__opener *o, const unsigned char *s) {
    return o->seconds[0] && gm__in_both(o->seconds, gm__raw_at(s));
}

#define GM__RAW_MU 0xAE9BE7u /* 目 */

/* May what this character begins, right behind a label, make a reference of it? （一）、（二）项, 第三条和第五条,
 * 第三条的: parse/guards.c. */
GM__INLINE bool gm__refers(uint32_t cp) {
    switch (cp) {
    case 0x3001: /* 、 */
    case 0x548C: /* 和 */
    case 0x6216: /* 或 */
    case 0x81F3: /* 至 */
    case 0x53CA: /* 及 */
    case 0x4E0E: /* 与 */
    case 0x89C4: /* 规 */
    case 0x898F: /* 規 */
    case 0x6240: /* 所 */
    case 0x7684: /* 的 */
    case 0x306E: /* の */
    case 0x306B: /* に */
    case 0x304B: /* か */
    case 0x53C8: /* 又 */
    case 0x7B2C: /* 第 */
    case 0x4E2D: /* 中 */
    case 0x82E5: /* 若 */
    case 0x9879: /* 项 */
    case 0x9805: /* 項 */
    case 0xFF08: /* （ */
    case '(': return true;
    default: return false;
    }
}
/* The same; most are none by their hash. */
GM__INLINE bool gm__may_refer(uint32_t cp) {
    const uint64_t bits = gm__suffix_bit(0x3001) | gm__suffix_bit(0x548C) | gm__suffix_bit(0x6216) | /* 、和或 */
                          gm__suffix_bit(0x81F3) | gm__suffix_bit(0x53CA) | gm__suffix_bit(0x4E0E) | /* 至及与 */
                          gm__suffix_bit(0x89C4) | gm__suffix_bit(0x898F) | gm__suffix_bit(0x6240) | /* 规規所 */
                          gm__suffix_bit(0x7684) | gm__suffix_bit(0x306E) | gm__suffix_bit(0x306B) | /* 的のに */
                          gm__suffix_bit(0x304B) | gm__suffix_bit(0x53C8) | gm__suffix_bit(0x7B2C) | /* か又第 */
                          gm__suffix_bit(0x4E2D) | gm__suffix_bit(0x82E5) | gm__suffix_bit(0x9879) | /* 中若项 */
                          gm__suffix_bit(0x9805) |                                                   /* 項 */
                          gm__suffix_bit(0xFF08) | gm__suffix_bit('(');
    return gm__in_bits(bits, cp) && gm__refers(cp);
}

/* The same of cp at `s`, behind which three bytes can be read: 项目 is a word that titles begin with. */
GM__INLINE bool gm__may_refer_at(uint32_t cp, const unsigned char *s) {
    return gm__may_refer(cp) && !((cp == 0x9879 || cp == 0x9805) && gm__raw_three(s + 3) == GM__RAW_MU);
}

/* The word, given by its bytes, stands right behind a label, or behind one 　 there. Does it say nothing of it? It is
 * no numeral, makes no reference, no longer suffix and no guard of any family, and no other label begins with it. */
GM__INLINE unsigned gm__behind_place(uint32_t raw) { return (raw * 0x9E3779B1u) >> 18; }
GM__INLINE bool gm__says_nothing(const struct gm_grammar *g, uint32_t raw) {
    uint32_t lead = raw & 0xFF;
    if (lead - 0xE4 >= 6 || (lead == 0xE4 && (raw & 0xFF00) < 0xB800)) return false; /* U+4E00 to U+9FFF */
    unsigned place = gm__behind_place(raw);
    return !(g->behind[place >> 6] >> (place & 63) & 1);
}

/* What tells the patterns apart that may match at one place; `group`: index of the first pattern of its prefix. */
GM__INLINE uint64_t gm__pattern_key(size_t group, unsigned system, uint32_t suffix_cp) {
    return (uint64_t)group << 32 | (uint64_t)system << 24 | suffix_cp;
}
GM__INLINE unsigned gm__pattern_bucket(uint64_t key) { return (unsigned)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 53); }

/* This factor gives each opener of the built-in grammars a place of its own; any other odd one would do. */
GM__INLINE unsigned gm__opener_place(uint32_t raw) { return (raw * 0x7F685FDDu) >> 22; }
GM__INLINE unsigned gm__ending_bucket(uint64_t key) { return (unsigned)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 54); }

/* The built-in grammar of this name, compiled into the library; NULL when there is none. */
const struct gm_grammar *gm__grammar_compiled(const char *name);

/* The same, loaded from its YAML with `allocator`. GM_GRAMMAR when there is none. */
enum gm_status gm__grammar_builtin(const char *name, const struct gm_allocator *allocator, struct gm_grammar **out,
                                   struct gm_error *error);

#endif
