/* decision.c - what --explain says of a marker: the series that it belongs to, the evidence around it, the rule. */
#include "cli.h"

#include <assert.h>
#include <string.h>

/* “一、”, no more of a heading than fits. */
static void quote(struct text *to, struct gm_str label) {
    const size_t most = 60;
    size_t len = label.len < most ? label.len : most;
    while (len < label.len && len > 0 && ((unsigned char)label.ptr[len] & 0xC0) == 0x80) len--;
    text_puts(to, "“");
    text_add(to, label.ptr, len);
    text_puts(to, len < label.len ? "…”" : "”");
}

/* [A] in the message becomes the label; the messages have no other brackets of this kind. */
static void tell_label(struct text *to, const char *message, struct gm_str label) {
    const char *mark = strstr(message, "[A]");
    if (!mark) return;
    text_add(to, message, (size_t)(mark - message));
    quote(to, label);
    text_puts(to, mark + 3);
}

static const char *before_text(enum gm_before before) {
    static const char *const texts[] = {[GM_BEFORE_START] = N_("opens its paragraph"),
                                        [GM_BEFORE_SENTENCE] = N_("behind the end of a sentence"),
                                        [GM_BEFORE_COLON] = N_("behind a colon"),
                                        [GM_BEFORE_COMMA] = N_("behind a comma"),
                                        [GM_BEFORE_QUOTE] = N_("behind an opening quotation mark"),
                                        [GM_BEFORE_BLANK] = N_("behind a blank in its line"),
                                        [GM_BEFORE_TEXT] = N_("behind text"),
                                        [GM_BEFORE_WRAP] = N_("opens a line that goes on with the one before")};
    static_assert(sizeof texts / sizeof *texts == GM_BEFORE_COUNT, "a text for each");
    return _(texts[before]);
}

static const char *behind_text(enum gm_behind behind) {
    static const char *const texts[] = {[GM_BEHIND_TEXT] = N_("text follows"),
                                        [GM_BEHIND_BLANK] = N_("a blank follows"),
                                        [GM_BEHIND_NOTHING] = N_("nothing follows"),
                                        [GM_BEHIND_MARK] = N_("a punctuation mark follows"),
                                        [GM_BEHIND_LATIN] = N_("a letter, a digit or a sign follows")};
    static_assert(sizeof texts / sizeof *texts == GM_BEHIND_COUNT, "a text for each");
    return _(texts[behind]);
}

static void tell_series(struct text *to, const struct gm_doc *doc, const struct gm_decision *d) {
    text_puts(to, _("series: "));
    if (d->members) {
        text_printf(to, _("number %u, member %u of %u"), (unsigned)d->series, (unsigned)d->place, (unsigned)d->members);
        if (d->members > 1) {
            tell_label(to, _(", from [A]"), gm_doc_decision(doc, d->first).label);
            tell_label(to, _(" to [A]"), gm_doc_decision(doc, d->last).label);
        }
    } else {
        text_puts(to, _("none"));
    }
    if (!d->accepted) return;
    text_printf(to, _(", level %u"), (unsigned)gm_node_level(doc, d->node));
    gm_node parent = gm_node_parent(doc, d->node);
    struct gm_str label = gm_node_label(doc, parent);
    if (parent != GM_ROOT) tell_label(to, _(", under [A]"), label.len ? label : gm_node_title(doc, parent));
}

/* The number before it, and the number behind it. */
static void tell_neighbour(struct text *to, const struct gm_doc *doc, size_t other, const char *some,
                           const char *none) {
    text_puts(to, _(", "));
    if (other == GM_NO_DECISION) {
        text_puts(to, none);
        return;
    }
    struct gm_decision d = gm_doc_decision(doc, other);
    tell_label(to, some, d.label);
    text_printf(to, _(" (line %u)"), (unsigned)d.at.line);
}

void decision_tell(struct text *to, const struct gm_doc *doc, size_t i) {
    struct gm_decision d = gm_doc_decision(doc, i);
    text_puts(to, d.accepted ? _("node ") : _("no node "));
    quote(to, d.label);
    text_printf(to, _(" (%s %lld); "), *d.family ? d.family : "-", (long long)d.number);
    tell_series(to, doc, &d);
    text_puts(to, _("; evidence: "));
    text_puts(to, before_text(d.before));
    text_puts(to, _(", "));
    text_puts(to, behind_text(d.behind));
    tell_neighbour(to, doc, d.previous, _("before it [A]"), _("none before it"));
    tell_neighbour(to, doc, d.next, _("after it [A]"), _("none after it"));
    text_puts(to, _("; rule: "));
    text_puts(to, _(d.reason));
    text_add(to, "", 1);
}
