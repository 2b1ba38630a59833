/*
 * docx.h - what the docx_*.c files share: the vocabulary, styles and numbering.
 *
 * read_docx.c finds the parts, docx_styles.c and docx_numbering.c read theirs, docx_body.c and
 * docx_paragraph.c turn document.xml into paragraphs.
 */
#ifndef GM_DOCX_H
#define GM_DOCX_H

#include "input/names.h"
#include "input/package.h"
#include "input/word_number.h"

/* clang-format off */
#define GM__DOCX_NAMES(X) \
    X(W_document, "w:document") X(W_styles, "w:styles") X(W_numbering, "w:numbering") \
    X(W_p, "w:p") X(W_pPr, "w:pPr") X(W_r, "w:r") X(W_rPr, "w:rPr") X(W_t, "w:t") X(W_tab, "w:tab") X(W_tabs, "w:tabs") \
    X(W_ptab, "w:ptab") X(W_br, "w:br") X(W_cr, "w:cr") X(W_sym, "w:sym") X(W_noBreakHyphen, "w:noBreakHyphen") \
    X(W_pStyle, "w:pStyle") X(W_rStyle, "w:rStyle") X(W_numPr, "w:numPr") X(W_ilvl, "w:ilvl") X(W_numId, "w:numId") \
    X(W_outlineLvl, "w:outlineLvl") X(W_jc, "w:jc") X(W_b, "w:b") X(W_vanish, "w:vanish") X(W_specVanish, "w:specVanish") \
    X(W_del, "w:del") X(W_ins, "w:ins") X(W_moveFrom, "w:moveFrom") X(W_delText, "w:delText") \
    X(W_fldChar, "w:fldChar") X(W_fldSimple, "w:fldSimple") X(W_instrText, "w:instrText") \
    X(W_delInstrText, "w:delInstrText") X(W_fldData, "w:fldData") X(W_tbl, "w:tbl") X(W_tr, "w:tr") X(W_trPr, "w:trPr") \
    X(W_tc, "w:tc") X(W_hidden, "w:hidden") X(W_sdt, "w:sdt") X(W_sdtPr, "w:sdtPr") X(W_docPartGallery, "w:docPartGallery") \
    X(W_txbxContent, "w:txbxContent") X(W_rt, "w:rt") X(W_sectPr, "w:sectPr") X(W_pPrChange, "w:pPrChange") \
    X(W_rPrChange, "w:rPrChange") X(W_tblPr, "w:tblPr") X(W_tblGrid, "w:tblGrid") X(W_tcPr, "w:tcPr") \
    X(W_numberingChange, "w:numberingChange") \
    X(W_style, "w:style") X(W_name, "w:name") X(W_basedOn, "w:basedOn") X(W_styleId, "w:styleId") X(W_type, "w:type") \
    X(W_default, "w:default") X(W_val, "w:val") X(W_instr, "w:instr") X(W_fldCharType, "w:fldCharType") \
    X(W_char, "w:char") X(W_font, "w:font") X(W_abstractNum, "w:abstractNum") X(W_abstractNumId, "w:abstractNumId") \
    X(W_num, "w:num") X(W_lvl, "w:lvl") X(W_lvlOverride, "w:lvlOverride") X(W_startOverride, "w:startOverride") \
    X(W_start, "w:start") X(W_numFmt, "w:numFmt") X(W_format, "w:format") X(W_lvlText, "w:lvlText") \
    X(W_lvlRestart, "w:lvlRestart") X(W_isLgl, "w:isLgl") X(W_suff, "w:suff") X(W_numStyleLink, "w:numStyleLink") \
    X(W_footnoteReference, "w:footnoteReference") \
    X(W_endnoteReference, "w:endnoteReference") X(W_customMarkFollows, "w:customMarkFollows") X(W_styleLink, "w:styleLink") X(W_null, "w:null") X(W_lvlPicBulletId, "w:lvlPicBulletId") \
    X(MC_AlternateContent, "mc:AlternateContent") X(MC_Choice, "mc:Choice") X(MC_Fallback, "mc:Fallback") \
    X(W_altChunk, "w:altChunk") X(R_id, "r:id") X(M_t, "m:t") X(R_Relationship, "rel:Relationship") X(A_Id, "Id") X(A_Type, "Type") X(A_Target, "Target")
/* clang-format on */

enum gm__docx_name {
    DOCX_UNKNOWN,
#define ENTRY(id, text) id,
    GM__DOCX_NAMES(ENTRY)
#undef ENTRY
        DOCX_NAME_COUNT
};

extern const struct gm__sax_vocabulary gm__docx_vocabulary;

#define GM__UNSET (-1)

/* ----------------------------------------------------------------- styles */

/* Values are GM__UNSET until set; after resolution they include what basedOn gives. */
struct gm__docx_style {
    struct gm_str id;
    uint32_t based_on; /* index, or GM__NO_NAME */
    int32_t num_id, ilvl, outline, heading_name;
    int32_t own_ilvl; /* what the style itself says */
    int8_t vanish, bold, centered;
    uint8_t flags; /* GM__STYLE_IS_* */
    uint8_t state; /* of the resolution */
};
enum { GM__STYLE_IS_TITLE = 1, GM__STYLE_IS_TOC = 2 };

struct gm__docx_styles {
    struct gm__names ids;    /* of paragraph, character and numbering styles */
    struct gm__vec rows;     /* struct gm__docx_style */
    uint32_t paragraph;      /* the default paragraph style, or GM__NO_NAME */
    struct gm__vec based_on; /* struct gm_str, while reading: the parents' ids by row */
};
enum gm_status gm__docx_styles_read(const struct gm__package *package, const char *part, struct gm__arena *arena,
                                    struct gm__docx_styles *styles);
void gm__docx_styles_init(struct gm__docx_styles *styles, const struct gm_allocator *a, struct gm__arena *arena);
void gm__docx_styles_release(struct gm__docx_styles *styles);
const struct gm__docx_style *gm__docx_style(const struct gm__docx_styles *styles, uint32_t index); /* NULL when none */

/* -------------------------------------------------------------- numbering */

#define GM__DOCX_LEVELS 9

struct gm__docx_level {
    bool defined, legal, hidden, bullet;
    uint8_t suffix;  /* 0 tab or space, 1 nothing */
    int32_t start;   /* 0 when the file does not say, as the standard has it */
    int32_t restart; /* one-based level that restarts this one; 0 never; GM__UNSET: the level above */
    const struct gm__number_format *format; /* NULL: none */
    struct gm_str text;
    uint32_t style; /* the paragraph style linked to the level, or GM__NO_NAME */
};

struct gm__docx_abstract {
    struct gm__docx_level levels[GM__DOCX_LEVELS];
    int64_t count[GM__DOCX_LEVELS];
    bool running[GM__DOCX_LEVELS]; /* false: the next one starts afresh */
    uint32_t linked_style;         /* numStyleLink, or GM__NO_NAME */
};

struct gm__docx_num {
    uint32_t abstract; /* index; links resolved after reading */
    int32_t start[GM__DOCX_LEVELS];
    bool seen[GM__DOCX_LEVELS];
    struct gm__docx_level *levels[GM__DOCX_LEVELS]; /* overrides, in the arena; NULL when none */
};

struct gm__docx_numbering {
    struct gm__arena *arena;
    struct gm__names abstract_ids, num_ids;
    struct gm__vec abstracts, nums;
};
void gm__docx_numbering_init(struct gm__docx_numbering *n, const struct gm_allocator *a, struct gm__arena *arena);
void gm__docx_numbering_release(struct gm__docx_numbering *n);
enum gm_status gm__docx_numbering_read(const struct gm__package *package, const char *part,
                                       const struct gm__docx_styles *styles, struct gm__docx_numbering *n);
/* Forget all counting. */
void gm__docx_numbering_restart(struct gm__docx_numbering *n);
/* The level that a style is linked to in this list, GM__UNSET when it is none. */
int gm__docx_level_of_style(const struct gm__docx_numbering *n, int32_t num_id, uint32_t style);
/* A paragraph's number as displayed. */
struct gm__docx_mark {
    bool listed;   /* the paragraph belongs to a list, if only by a bullet */
    bool numbered; /* the text in front of it holds a counter */
    bool space;    /* a separator follows it */
    uint32_t list; /* which list it is counted in: 1, 2 … */
    int32_t value;
};
/* Count a paragraph and append what Word displays in front of it. */
enum gm_status gm__docx_number(struct gm__docx_numbering *n, int32_t num_id, int ilvl, struct gm__buf *label,
                               struct gm__docx_mark *mark);

/* ------------------------------------------------------------------- body */

/* A file that Word takes in at a w:altChunk: the relationship's id, and the member. */
struct gm__docx_chunk {
    struct gm_str id;
    const char *part;
    bool taken; /* each once: a file that is named again and again would take time without end */
};

/* `chunks`: struct gm__docx_chunk. */
enum gm_status gm__docx_body(const struct gm__package *package, const char *part, const struct gm__docx_styles *styles,
                             struct gm__docx_numbering *numbering, struct gm__vec *chunks, struct gm__source *out);

/* w:val of a switch such as w:b: on unless it says 0, false or off. */
bool gm__docx_on(const struct gm__sax *x);

#endif
