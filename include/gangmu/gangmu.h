/*
 * gangmu.h - read a Chinese document the way its author numbered it.
 *
 * This is the whole public interface of libgangmu.
 *
 *   text or file --gm_doc_parse*--> struct gm_doc --gm_doc_write--> sink
 *
 * Words used throughout (they follow the documentation):
 *   label    a marker as written: "一、" "（一）" "第一章" "一是"
 *   title    the heading that follows it, without closing punctuation
 *   node     a numbered point: label, title, text, children, place in the source
 *
 * Ownership. Functions called *_new or *_parse hand out an object that the caller
 * frees with the matching *_free. Everything reached from a `const struct gm_doc *`
 * (strings, diagnostics) belongs to the document and lives as long as it does.
 *
 * Strings are (pointer, length) pairs in UTF-8 and are NOT terminated by NUL unless
 * a function says `const char *` without a length.
 *
 * Errors. Functions that can fail return enum gm_status and fill an optional
 * struct gm_error. The library never prints, exits, reads the locale or keeps
 * global state.
 *
 * Threads. A finished document is immutable: any number of threads may read and
 * write it out at once. An object under construction belongs to one thread.
 */
#ifndef GANGMU_H
#define GANGMU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(GM_STATIC)
#define GM_API
#elif defined(__GNUC__)
#define GM_API __attribute__((visibility("default")))
#else
#define GM_API
#endif

#define GM_VERSION_MAJOR 0
#define GM_VERSION_MINOR 1
#define GM_VERSION_PATCH 0
#define GM_VERSION       "0.1.0"

/* The version of the library at run time, "MAJOR.MINOR.PATCH". */
GM_API const char *gm_version(void);

/* ------------------------------------------------------------------ status */

/* How a call ended. Few and graded; the command maps them to its exit status. */
enum gm_status {
    GM_OK = 0,  /* done */
    GM_NOMEM,   /* the allocator returned NULL */
    GM_USAGE,   /* the caller's arguments do not make sense */
    GM_INPUT,   /* the input cannot be read, recognised or decoded */
    GM_OUTPUT,  /* the sink or the output file failed */
    GM_LIMIT,   /* a limit of struct gm_limits was reached */
    GM_GRAMMAR, /* a grammar is broken or unknown */
    GM_STATUS_COUNT
};

/* Why a call failed. All strings are NUL-terminated and live in the struct. */
struct gm_error {
    enum gm_status status;
    char id[32];        /* stable identifier: "no-such-file", "bad-utf8", ... */
    char message[512];  /* one line of English, without place and final newline */
    const char *format; /* what it was printed with: static, the key of a translation; NULL when there is none */
    char where[256];    /* file or grammar name, "" when there is none */
    uint32_t line;      /* 1-based, 0 when unknown */
    uint32_t column;    /* 1-based, in code points, 0 when unknown */
    uint64_t offset;    /* byte offset in the raw input where it is known */
};

/* --------------------------------------------------------------- allocator */

/*
 * An allocation hook. `resize` behaves like realloc: ptr NULL allocates, new_size 0
 * frees and returns NULL. old_size is what the caller asked for before.
 */
struct gm_allocator {
    void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t new_size);
    void *ctx;
};

/* ----------------------------------------------------------------- strings */

struct gm_str {
    const char *ptr; /* never NULL, even when len is 0 */
    size_t len;      /* bytes */
};

/* A place in the decoded text. */
struct gm_pos {
    size_t byte;     /* 0-based, in the decoded UTF-8 */
    uint32_t line;   /* 1-based; counted at LF, CRLF and lone CR; paragraph number for docx and the like */
    uint32_t column; /* 1-based, in code points */
};

/* ----------------------------------------------------------------- options */

/* Limits. Zero means the default that stands behind it. */
struct gm_limits {
    size_t input_bytes;      /* raw input: 1 GiB */
    size_t text_bytes;       /* decoded text: 1 GiB (hard maximum 4 GiB - 1) */
    size_t memory_bytes;     /* inflated parts, reader's own memory: 512 MiB */
    uint32_t nodes;          /* 16,000,000 */
    uint32_t depth;          /* levels of nodes: 64 */
    uint32_t ratio;          /* inflated ÷ packed bytes of a zip member: 200 (beyond the first 16 MiB) */
    uint64_t steps_per_byte; /* parser work ÷ input bytes: 64 */
    size_t paragraph_bytes;  /* a paragraph without the blanks around it: 64 MiB */
};

struct gm_grammar;

struct gm_options {
    size_t struct_size;               /* sizeof(struct gm_options), set by gm_options_init */
    const char *format;               /* input format name, NULL: by content, then by name */
    const char *encoding;             /* iconv name, NULL: guessed */
    const char *select;               /* XPath of the part to read (html), NULL: all */
    const char *grammar_name;         /* built-in grammar, NULL: "auto" */
    const struct gm_grammar *grammar; /* wins over grammar_name; must outlive the documents parsed with it */
    bool strict_encoding;             /* undecodable bytes are an error, not U+FFFD */
    bool implied;                     /* find implied points too */
    bool explain;                     /* keep a decision for every candidate */
    struct gm_limits limits;
    const struct gm_allocator *allocator; /* NULL: malloc; must outlive the document */
};

/* Fill with defaults. Call it before setting members. */
GM_API void gm_options_init(struct gm_options *options);

/* ---------------------------------------------------------------- grammars */

/*
 * Load a numbering scheme written in YAML (see gangmu-grammar(5)). `name` is used in
 * messages and to resolve `extends:` next to it. A fault is GM_GRAMMAR with where,
 * line, column and what was expected.
 */
GM_API enum gm_status gm_grammar_load(const char *yaml, size_t len, const char *name,
                                      const struct gm_allocator *allocator, struct gm_grammar **out,
                                      struct gm_error *error);
GM_API enum gm_status gm_grammar_load_file(const char *path, const struct gm_allocator *allocator,
                                           struct gm_grammar **out, struct gm_error *error);
GM_API void gm_grammar_free(struct gm_grammar *grammar);

/* Built-in grammars in listing order; NULL past the end. */
GM_API const char *gm_grammar_builtin_name(size_t index);
GM_API const char *gm_grammar_builtin_summary(size_t index);

/* --------------------------------------------------------------- documents */

struct gm_doc;

/*
 * Parse `len` bytes. They are copied or referenced by the document: with plain valid
 * UTF-8 they are referenced, so they must outlive it. `name` is a label for messages
 * and for recognising the format by suffix; it may be NULL.
 * *out is NULL unless GM_OK is returned.
 */
GM_API enum gm_status gm_doc_parse(const struct gm_options *options, const char *bytes, size_t len, const char *name,
                                   struct gm_doc **out, struct gm_error *error);

/* Read and parse a file; the document owns what it read. */
GM_API enum gm_status gm_doc_parse_file(const struct gm_options *options, const char *path, struct gm_doc **out,
                                        struct gm_error *error);

/* The same from where an open file stands to its end. The descriptor stays the caller's; `name` as for gm_doc_parse. */
GM_API enum gm_status gm_doc_parse_fd(const struct gm_options *options, int fd, const char *name, struct gm_doc **out,
                                      struct gm_error *error);

/* Parse by pieces: new, any number of feeds, finish (which frees the feeder) or free. */
struct gm_feeder;
GM_API enum gm_status gm_feeder_new(const struct gm_options *options, const char *name, struct gm_feeder **out,
                                    struct gm_error *error);
GM_API enum gm_status gm_feeder_feed(struct gm_feeder *feeder, const char *bytes, size_t len, struct gm_error *error);
GM_API enum gm_status gm_feeder_finish(struct gm_feeder *feeder, struct gm_doc **out, struct gm_error *error);
GM_API void gm_feeder_free(struct gm_feeder *feeder);

GM_API void gm_doc_free(struct gm_doc *doc); /* NULL is allowed; never recursive */

GM_API const char *gm_doc_name(const struct gm_doc *doc);     /* as given, "" when NULL */
GM_API const char *gm_doc_format(const struct gm_doc *doc);   /* reader's name: "text", "docx", ... */
GM_API const char *gm_doc_encoding(const struct gm_doc *doc); /* iconv name, "UTF-8" for packages */
GM_API const char *gm_doc_grammar(const struct gm_doc *doc);  /* name of the grammar in force */
GM_API struct gm_str gm_doc_source(const struct gm_doc *doc); /* the whole decoded text */
GM_API struct gm_str gm_doc_title(const struct gm_doc *doc);  /* "" when there is none */
GM_API struct gm_str gm_doc_salutation(const struct gm_doc *doc);

/* Turn a byte offset of gm_doc_source() into a place. O(log lines + line length). */
GM_API struct gm_pos gm_doc_locate(const struct gm_doc *doc, size_t byte);

/* ------------------------------------------------------------------- nodes */

/* Nodes are numbered in document order; 0 is the document itself, the root. */
typedef uint32_t gm_node;
#define GM_ROOT    ((gm_node)0)
#define GM_NO_NODE ((gm_node)UINT32_MAX)

enum gm_node_kind {
    GM_KIND_DOCUMENT, /* the root only */
    GM_KIND_SECTION,  /* 一、 （一） 第一章 1. a) of a series whose first member opens a paragraph */
    GM_KIND_ARTICLE,  /* 第X条 */
    GM_KIND_ITEM, /* of a series inside a paragraph, below an article (项, 目) or an item; 一是 首先 anywhere */
    GM_KIND_HEADING, /* a heading without a number: label "" */
    GM_KIND_REGION,  /* 附件, an annexed regulation: label "", numbering afresh */
    GM_KIND_COUNT
};

GM_API uint32_t gm_doc_node_count(const struct gm_doc *doc); /* the root included */
GM_API enum gm_node_kind gm_node_kind(const struct gm_doc *doc, gm_node node);
GM_API const char *gm_node_kind_name(enum gm_node_kind kind);               /* "section", ... */
GM_API struct gm_str gm_node_label(const struct gm_doc *doc, gm_node node); /* "" for headings, regions */
GM_API struct gm_str gm_node_title(const struct gm_doc *doc, gm_node node);
GM_API const char *gm_node_marker(const struct gm_doc *doc, gm_node node); /* family id, "" when none */
GM_API int64_t gm_node_number(const struct gm_doc *doc, gm_node node);     /* ordinal, 0 when none */
GM_API uint32_t gm_node_level(const struct gm_doc *doc, gm_node node);     /* 1 = top; the root is 0 */
GM_API bool gm_node_implied(const struct gm_doc *doc, gm_node node);
GM_API struct gm_pos gm_node_start(const struct gm_doc *doc, gm_node node); /* of the label */
GM_API struct gm_pos gm_node_end(const struct gm_doc *doc, gm_node node);   /* past the last descendant */

/* Relations; GM_NO_NODE when there is none. All O(1). */
GM_API gm_node gm_node_parent(const struct gm_doc *doc, gm_node node);
GM_API gm_node gm_node_first_child(const struct gm_doc *doc, gm_node node);
GM_API gm_node gm_node_next(const struct gm_doc *doc, gm_node node); /* next sibling */

/* The innermost node whose range holds the byte; the root when there is none. O(depth). */
GM_API gm_node gm_doc_node_at(const struct gm_doc *doc, size_t byte);

/* Which paragraphs gm_texts_* yields. */
enum gm_text_part {
    GM_TEXT_OWN,  /* after the title, before the first child */
    GM_TEXT_TAIL, /* after the node (children included), before its next sibling: they belong to the parent */
};

/*
 * A cursor over paragraphs, in order. Hard-wrapped lines come joined. Matter
 * (signature, page numbers, ...) is left out. No allocation; nothing to free.
 */
struct gm_texts {
    const struct gm_doc *doc;
    size_t at, end;  /* private */
    uint32_t matter; /* private */
    uint32_t joined; /* private */
};
GM_API void gm_texts_init(struct gm_texts *texts, const struct gm_doc *doc, gm_node node, enum gm_text_part part);
GM_API bool gm_texts_next(struct gm_texts *texts, struct gm_str *paragraph);

/* ------------------------------------------------------ front, back matter */

/* Paragraphs that are neither nodes nor body text (GB/T 9704-2012 7.2-7.5). */
enum gm_matter_kind {
    GM_MATTER_TITLE,          /* 标题, one entry a line */
    GM_MATTER_SUBTITLE,       /* ——2024年3月5日在…上, （2024年1月1日…通过） */
    GM_MATTER_CLASSIFICATION, /* 份号 密级 紧急程度; ICS, CCS */
    GM_MATTER_ISSUER,         /* 发文机关标志; 中华人民共和国国家标准 */
    GM_MATTER_NUMBER,         /* 发文字号; GB/T 1.1—2020 */
    GM_MATTER_SIGNER,         /* 签发人 */
    GM_MATTER_RECIPIENT,      /* 主送机关 */
    GM_MATTER_SALUTATION,     /* 同志们： */
    GM_MATTER_ATTACHMENTS,    /* 附件说明 */
    GM_MATTER_SIGNATURE,      /* 发文机关署名 */
    GM_MATTER_DATE,           /* 成文日期 */
    GM_MATTER_ANNOTATION,     /* 附注 */
    GM_MATTER_COPY,           /* 抄送 */
    GM_MATTER_PRINTING,       /* 印发机关和印发日期 */
    GM_MATTER_CLOSING,        /* 谢谢大家！ */
    GM_MATTER_TOC,            /* a line of a table of contents */
    GM_MATTER_PAGE,           /* page number, running head */
    GM_MATTER_NOTE,           /* footnote, note list */
    GM_MATTER_REGION,         /* 附件1 without a title: numbering starts afresh behind it */
    GM_MATTER_KIND_COUNT
};

struct gm_matter {
    enum gm_matter_kind kind;
    struct gm_str text; /* trimmed */
    struct gm_pos start;
};
GM_API size_t gm_doc_matter_count(const struct gm_doc *doc);
GM_API struct gm_matter gm_doc_matter(const struct gm_doc *doc, size_t index); /* in document order */
GM_API const char *gm_matter_kind_name(enum gm_matter_kind kind);              /* "signature", ... */

/* ------------------------------------------------------------------- spans */

/* The document as a sequence of spans that, in order, give back gm_doc_source() exactly. */
enum gm_span_kind {
    GM_SPAN_BLANK, /* white space, line ends, punctuation that closes a title */
    GM_SPAN_LABEL,
    GM_SPAN_TITLE,
    GM_SPAN_TEXT,
    GM_SPAN_MATTER
};
struct gm_span {
    enum gm_span_kind kind;
    size_t start, len; /* bytes of gm_doc_source() */
    gm_node node;      /* whose span it is; GM_ROOT for the document's own */
};
/* Calls `visit` for each span in order until it returns false. Iterative, O(nodes + text). */
GM_API void gm_doc_spans(const struct gm_doc *doc, bool (*visit)(void *ctx, const struct gm_span *span), void *ctx);

/* ------------------------------------------------------------- diagnostics */

enum gm_severity { GM_INFO, GM_WARNING, GM_ERROR };
enum gm_language { GM_ENGLISH, GM_CHINESE };

struct gm_diagnostic {
    const char *id; /* stable: "gap", "repeat", ... */
    enum gm_severity severity;
    struct gm_pos at;
    gm_node node; /* GM_NO_NODE when there is none */
};
GM_API size_t gm_doc_diagnostic_count(const struct gm_doc *doc);
GM_API struct gm_diagnostic gm_doc_diagnostic(const struct gm_doc *doc, size_t index);
/* Write the message, NUL-terminated and cut to fit behind a whole character; returns the length it wants without NUL.
 */
GM_API size_t gm_doc_diagnostic_message(const struct gm_doc *doc, size_t index, enum gm_language language, char *buffer,
                                        size_t size);
GM_API const char *gm_severity_name(enum gm_severity severity);

/*
 * Check the numbering. `profile` is "default", "gongwen", "law" or "taiwan"; NULL is "default".
 * Adds diagnostics to the document (the one call that changes a finished document).
 */
GM_API enum gm_status gm_doc_lint(struct gm_doc *doc, const char *profile, struct gm_error *error);

/* The profiles, "default" first; NULL past the end. */
GM_API const char *gm_profile_name(size_t index);

/* The catalogue of diagnostics; an index past the end has the id NULL, no texts and no profile. */
GM_API const char *gm_diagnostic_id(size_t index);
GM_API enum gm_severity gm_diagnostic_severity(size_t index);
GM_API const char *gm_diagnostic_title(size_t index, enum gm_language language); /* what it is, one line */
GM_API const char *gm_diagnostic_source(size_t index); /* of the rule: "GB/T 15834-2011 B.3.4"; "" when there is none */
/* Does the profile with this index ask for it? What no profile asks for is told whenever a document is read. */
GM_API bool gm_diagnostic_in_profile(size_t index, size_t profile);

/* ----------------------------------------------------------------- explain */

/* What stands right before a candidate. */
enum gm_before {
    GM_BEFORE_START,    /* nothing: it opens its paragraph */
    GM_BEFORE_SENTENCE, /* the end of a sentence: 。！？； */
    GM_BEFORE_COLON,
    GM_BEFORE_COMMA, /* or 、 */
    GM_BEFORE_QUOTE, /* an opening quotation mark */
    GM_BEFORE_BLANK,
    GM_BEFORE_TEXT,
    GM_BEFORE_WRAP, /* a line end that the text goes on behind */
    GM_BEFORE_COUNT
};

/* And right behind it. */
enum gm_behind {
    GM_BEHIND_TEXT,
    GM_BEHIND_BLANK,
    GM_BEHIND_NOTHING, /* its paragraph ends */
    GM_BEHIND_MARK,    /* a punctuation mark */
    GM_BEHIND_LATIN,   /* a letter, a digit, a sign */
    GM_BEHIND_COUNT
};

#define GM_NO_DECISION SIZE_MAX

/* What became of one candidate marker; kept with options.explain. A decision that is about another is its index. */
struct gm_decision {
    struct gm_pos at;
    struct gm_str label;
    const char *family;
    int64_t number;
    bool accepted;
    gm_node node; /* GM_NO_NODE unless accepted */

    /* The series; all 0 when it belongs to none, as what is no node and what has no number. */
    uint32_t series;         /* 1, 2 … in the order of their first members */
    uint32_t place, members; /* it is the place-th of so many */
    size_t first, last;      /* decisions: of the first and the last member */

    /* The evidence. Previous and next: the members of the series before and behind it; of what belongs to none, the
     * nearest candidates whose marks could be taken for the same family's. GM_NO_DECISION: there is none. */
    size_t previous, next;
    enum gm_before before;
    enum gm_behind behind;

    const char *rule;   /* stable id of the rule: "continues-series", "reference", ... */
    const char *reason; /* one English sentence */
};
GM_API size_t gm_doc_decision_count(const struct gm_doc *doc);
GM_API struct gm_decision gm_doc_decision(const struct gm_doc *doc, size_t index);

/* ------------------------------------------------------------------ output */

enum gm_text_amount {
    GM_TEXT_DEFAULT, /* what the format's users expect */
    GM_TEXT_NONE,
    GM_TEXT_LEAD, /* the first paragraph of each node */
    GM_TEXT_FULL
};

/* Where output goes. `write` takes all bytes or returns other than GM_OK. */
struct gm_sink {
    enum gm_status (*write)(void *ctx, const char *bytes, size_t len);
    void *ctx;
};

struct gm_write_options {
    size_t struct_size; /* set by gm_write_options_init */
    uint32_t depth;     /* no deeper than this; 0: no limit */
    enum gm_text_amount text;
    const char *style;     /* a format's own variant, see docs/formats.md; NULL: its default */
    const char *reference; /* path of a reference document (docx), NULL: built in */
    bool colour;           /* terminal formats may use escape sequences */
    uint32_t width;        /* columns for terminal formats, chunk cap for chunks; 0: default */
};
GM_API void gm_write_options_init(struct gm_write_options *options);

/*
 * A writer. Fill one with designated initialisers and pass it to gm_doc_write_with, or
 * name one of the built-in ones in gm_doc_write. The walk calls
 *     begin, then for each node in document order enter … leave, then end;
 * on any status but GM_OK it stops. `release` is always called when begin was.
 * Text is pulled by the writer in enter (GM_TEXT_OWN) and leave (GM_TEXT_TAIL) with
 * gm_output_texts, which heeds options.text and options.depth.
 */
struct gm_output;
struct gm_writer {
    size_t struct_size;     /* sizeof(struct gm_writer) */
    const char *name;       /* "opml" */
    const char *extensions; /* "opml xml", separated by spaces, the first is preferred */
    const char *summary;    /* one English line */
    const char *media_type; /* "text/x-opml" */
    const char *styles; /* "note children": values of options.style, the first is the default; "*": any; NULL: none */
    enum gm_text_amount text_default;
    size_t state_size; /* bytes of zeroed state, see gm_output_state */
    bool binary;       /* not for a terminal */
    enum gm_status (*begin)(struct gm_output *out);
    enum gm_status (*enter)(struct gm_output *out, gm_node node);
    enum gm_status (*leave)(struct gm_output *out, gm_node node);
    enum gm_status (*end)(struct gm_output *out);
    void (*release)(struct gm_output *out);
};

GM_API enum gm_status gm_doc_write(const struct gm_doc *doc, const char *format, const struct gm_write_options *options,
                                   const struct gm_sink *sink, struct gm_error *error);
GM_API enum gm_status gm_doc_write_with(const struct gm_doc *doc, const struct gm_writer *writer,
                                        const struct gm_write_options *options, const struct gm_sink *sink,
                                        struct gm_error *error);

/* What a writer may call. Errors are sticky: after the first, the calls return it and do nothing. */
GM_API const struct gm_doc *gm_output_doc(const struct gm_output *out);
GM_API const struct gm_write_options *gm_output_options(const struct gm_output *out);
GM_API enum gm_text_amount gm_output_text(const struct gm_output *out); /* resolved, never DEFAULT */
GM_API void *gm_output_state(struct gm_output *out);
GM_API enum gm_status gm_output_write(struct gm_output *out, const char *bytes, size_t len);
GM_API enum gm_status gm_output_puts(struct gm_output *out, const char *string);
GM_API enum gm_status gm_output_fail(struct gm_output *out, enum gm_status status, const char *message);
/* First child within options.depth. */
GM_API gm_node gm_output_first_child(const struct gm_output *out, gm_node node);
/* Paragraphs as options.text asks; for a node at the depth limit OWN holds all that lies below it. */
GM_API void gm_output_texts(const struct gm_output *out, gm_node node, enum gm_text_part part, struct gm_texts *texts);

/* The registries; NULL past the end. */
GM_API const struct gm_writer *gm_writer_at(size_t index);
GM_API const struct gm_writer *gm_writer_find(const char *name);
GM_API const struct gm_writer *gm_writer_for_file(const char *path); /* by suffix */

struct gm_reader_info {
    const char *name;       /* "docx" */
    const char *extensions; /* "docx docm" */
    const char *summary;
};
GM_API const struct gm_reader_info *gm_reader_at(size_t index);

/* --------------------------------------------------------------- renumbering */

/*
 * Give the points of a text the numbers that they should have, and the references to them too.
 *
 *   gm_doc_parse --> gm_doc_renumber --> gm_renumbering_change ... --> gm_renumbering_write
 *
 * Siblings are counted in the order in which they stand, in the author's own spelling (full- or half-width, 〇 or 零,
 * 壹, 01): gaps and repeats vanish. 第三条第（二）项, 第二条至第四条, 见4.2 and their like follow what they refer to;
 * references to other documents (《…法》第三条) do not. With a grammar that has `levels` (gongwen: 一、 （一） 1. （1）
 * ①) bare and bracketed numbers are rewritten to the family of their depth. Nothing but numbers changes. A text
 * may be read otherwise once its numbers are right: it is read again, with the default limits, until nothing changes
 * any more. Readings may lead to one another in turn; of their numberings the one with the fewest changes is taken, so
 * that renumbering the outcome changes nothing. After eight readings without an end the last stands, and renumbering
 * the outcome may change it further.
 *
 * Only plain text can be renumbered (gm_doc_format() is "text"); anything else is GM_USAGE, "not-text". A number that
 * its family cannot write (the eleventh of ㈠ … ㈩) is GM_LIMIT, "no-numeral", with its place. O(n log n).
 */
enum gm_change_kind {
    GM_CHANGE_LABEL,     /* the number of a label */
    GM_CHANGE_REFERENCE, /* the number of a reference */
    GM_CHANGE_AMBIGUOUS, /* the same, where several points had the number: it follows the first (text may equal old) */
    GM_CHANGE_DANGLING,  /* a reference to a number that no point has: left alone (text equals old) */
};
struct gm_change {
    enum gm_change_kind kind;
    struct gm_pos at;        /* of `old`, in gm_doc_source() */
    struct gm_str old, text; /* what stands there; what it becomes */
    gm_node node;            /* whose number it is; GM_NO_NODE when dangling, and for a reference that only a later
                              * reading found */
};
struct gm_renumbering;
/* The document must outlive the renumbering. *out is NULL unless GM_OK is returned. */
GM_API enum gm_status gm_doc_renumber(const struct gm_doc *doc, struct gm_renumbering **out, struct gm_error *error);
GM_API void gm_renumbering_free(struct gm_renumbering *renumbering); /* NULL is allowed */
/* All changes, in document order, without overlap. */
GM_API size_t gm_renumbering_count(const struct gm_renumbering *renumbering);
GM_API struct gm_change gm_renumbering_change(const struct gm_renumbering *renumbering, size_t index);
GM_API const char *gm_change_kind_name(enum gm_change_kind kind); /* "label", ... */
/*
 * Write the renumbered text. `raw` are the bytes that the document was parsed from: the output has their encoding,
 * and all that does not change is theirs byte for byte, a byte order mark too. Where that cannot be (bytes that could
 * not be decoded, a number that the encoding lacks) it is GM_INPUT, "not-reversible", and nothing is written.
 * With raw NULL the output is UTF-8.
 */
GM_API enum gm_status gm_renumbering_write(const struct gm_renumbering *renumbering, const char *raw, size_t len,
                                           const struct gm_sink *sink, struct gm_error *error);

#ifdef __cplusplus
}
#endif
#endif
