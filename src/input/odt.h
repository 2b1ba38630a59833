/*
 * odt.h - what the odt_*.c files share: the vocabulary, styles and list counting.
 *
 * read_odt.c opens packages and flat files, odt_styles.c keeps styles, odt_lists.c counts, odt_body.c
 * turns the content into paragraphs. One handler reads styles.xml, content.xml and flat files alike.
 */
#ifndef GM_ODT_H
#define GM_ODT_H

#include "input/names.h"
#include "input/package.h"
#include "input/word_number.h"

/* clang-format off */
#define GM__ODT_NAMES(X) \
    X(O_document, "office:document") X(O_content, "office:document-content") X(O_docstyles, "office:document-styles") \
    X(O_body, "office:body") X(O_text, "office:text") X(O_master_styles, "office:master-styles") \
    X(O_annotation, "office:annotation") X(O_forms, "office:forms") X(O_binary, "office:binary-data") \
    X(O_meta, "office:meta") X(O_settings, "office:settings") X(O_scripts, "office:scripts") \
    X(S_style, "style:style") X(S_name, "style:name") X(S_family, "style:family") X(S_parent, "style:parent-style-name") \
    X(S_list_style, "style:list-style-name") X(S_outline, "style:default-outline-level") \
    X(S_text_properties, "style:text-properties") X(S_paragraph_properties, "style:paragraph-properties") \
    X(S_num_format, "style:num-format") X(S_num_prefix, "style:num-prefix") X(S_num_suffix, "style:num-suffix") \
    X(S_num_list_format, "style:num-list-format") X(LO_num_list_format, "loext:num-list-format") \
    X(S_letter_sync, "style:num-letter-sync") X(S_list_level_properties, "style:list-level-properties") \
    X(S_label_alignment, "style:list-level-label-alignment") X(F_weight, "fo:font-weight") X(F_align, "fo:text-align") \
    X(T_list_style, "text:list-style") X(T_outline_style, "text:outline-style") \
    X(T_level_number, "text:list-level-style-number") X(T_level_bullet, "text:list-level-style-bullet") \
    X(T_level_image, "text:list-level-style-image") X(T_outline_level_style, "text:outline-level-style") \
    X(T_level, "text:level") X(T_display_levels, "text:display-levels") X(T_start_value, "text:start-value") \
    X(T_followed_by, "text:label-followed-by") X(T_h, "text:h") X(T_p, "text:p") X(T_list, "text:list") \
    X(T_list_item, "text:list-item") X(T_list_header, "text:list-header") X(T_numbered_paragraph, "text:numbered-paragraph") \
    X(T_list_id, "text:list-id") X(T_style_name, "text:style-name") \
    X(T_style_override, "text:style-override") X(T_continue_numbering, "text:continue-numbering") \
    X(T_continue_list, "text:continue-list") X(X_id, "xml:id") X(T_id, "text:id") X(T_outline_level, "text:outline-level") \
    X(T_is_list_header, "text:is-list-header") X(T_restart, "text:restart-numbering") X(T_span, "text:span") X(T_s, "text:s") \
    X(T_c, "text:c") X(T_tab, "text:tab") X(T_line_break, "text:line-break") X(T_note, "text:note") \
    X(T_tracked, "text:tracked-changes") X(T_toc, "text:table-of-content") X(T_alphabetical, "text:alphabetical-index") \
    X(T_illustrations, "text:illustration-index") X(T_tables, "text:table-index") X(T_objects, "text:object-index") \
    X(T_user_index, "text:user-index") X(T_bibliography, "text:bibliography") \
    X(T_toc_source, "text:table-of-content-source") X(T_ruby_text, "text:ruby-text") X(T_number, "text:number") \
    X(T_section, "text:section") X(T_display, "text:display") X(T_variable_set, "text:variable-set") X(T_hidden_text, "text:hidden-text") \
    X(T_hidden_paragraph, "text:hidden-paragraph") X(T_is_hidden, "text:is-hidden") \
    X(D_text_box, "draw:text-box") X(D_custom_shape, "draw:custom-shape") X(TB_cell, "table:table-cell") \
    X(TB_covered, "table:covered-table-cell") X(TB_table, "table:table") X(SV_title, "svg:title") X(SV_desc, "svg:desc") \
    X(MF_encryption, "manifest:encryption-data")
/* clang-format on */

enum gm__odt_name {
    ODT_UNKNOWN,
#define ENTRY(id, text) id,
    GM__ODT_NAMES(ENTRY)
#undef ENTRY
        ODT_NAME_COUNT
};

extern const struct gm__sax_vocabulary gm__odt_vocabulary;

#define GM__ODT_LEVELS 10
#define GM__UNSET      (-1)

/* ----------------------------------------------------------------- styles */

struct gm__odt_style {
    struct gm_str parent, list; /* list.len 0 and listed: explicitly none */
    int8_t hidden, bold, centered, listed;
    bool title, contents, resolved; /* by the names that LibreOffice gives */
};

struct gm__odt_level {
    const struct gm__number_format *format; /* NULL: no number of its own */
    struct gm_str prefix, suffix, pattern;  /* pattern: "第%1%章", stands for both and the format */
    int32_t start, display;
    bool defined, bullet, no_space;
};

struct gm__odt_list_style {
    struct gm__odt_level levels[GM__ODT_LEVELS];
    uint32_t last_list; /* the list that used it last, or GM__NO_NAME */
    bool by_style;      /* continue-numbering goes on with its last list, whatever stood between */
};

struct gm__odt_styles {
    struct gm__arena *arena;
    struct gm__names names;      /* "p:NAME" and "t:NAME": paragraph and text styles */
    struct gm__names list_names; /* list styles */
    struct gm__vec rows, list_styles;
    uint32_t outline; /* the list style of headings, or GM__NO_NAME */
    /* while reading */
    uint32_t open_style, open_list; /* GM__NO_NAME outside */
    int open_level;
};
void gm__odt_styles_init(struct gm__odt_styles *s, const struct gm_allocator *a, struct gm__arena *arena);
void gm__odt_styles_release(struct gm__odt_styles *s);
/* Events inside office:styles and office:automatic-styles. */
enum gm_status gm__odt_styles_start(struct gm__odt_styles *s, struct gm__sax *x, int token);
void gm__odt_styles_end(struct gm__odt_styles *s, int token);
/* A style with what its parents give; NULL when unknown. family: 'p' or 't'. */
const struct gm__odt_style *gm__odt_style(struct gm__odt_styles *s, char family, struct gm_str name);

/* ------------------------------------------------------------------ lists */

struct gm__odt_lists {
    struct gm__odt_styles *styles;
    struct gm__vec lists; /* counters */
    struct gm__names ids; /* xml:id → list */
    uint32_t last_style;  /* of the outermost list that opened last, or GM__NO_NAME */
};
enum gm_status gm__odt_lists_init(struct gm__odt_lists *l, const struct gm_allocator *a, struct gm__odt_styles *styles);
void gm__odt_lists_release(struct gm__odt_lists *l);
/* The list that an outermost text:list starts or continues. */
enum gm_status gm__odt_list_open(struct gm__odt_lists *l, struct gm__sax *x, uint32_t style, uint32_t *list);
/* The list that a text:numbered-paragraph belongs to. */
enum gm_status gm__odt_list_named(struct gm__odt_lists *l, struct gm__sax *x, uint32_t *list);

#define GM__ODT_OUTLINE 0u /* the list of all headings */

struct gm__odt_mark {
    bool listed, numbered, space;
    int32_t value;
};
/* Count an item at a level (zero-based) and append its label. start: GM__UNSET, or the value to go on from. */
enum gm_status gm__odt_number(struct gm__odt_lists *l, uint32_t list, uint32_t style, int level, int32_t start,
                              struct gm__buf *label, struct gm__odt_mark *mark);

/* ------------------------------------------------------------------- body */

struct gm__odt_body;
struct gm__odt_body *gm__odt_body_new(const struct gm_options *options, struct gm__odt_styles *styles,
                                      struct gm__odt_lists *lists, struct gm__source *out);
void gm__odt_body_free(struct gm__odt_body *body, const struct gm_allocator *a);
enum gm_status gm__odt_body_start(struct gm__odt_body *body, struct gm__sax *x, int token);
enum gm_status gm__odt_body_end(struct gm__odt_body *body, struct gm__sax *x, int token);
enum gm_status gm__odt_body_text(struct gm__odt_body *body, const char *ptr, size_t len);

#endif
