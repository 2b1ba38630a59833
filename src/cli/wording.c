/*
 * wording.c - what the library says, in the language of the locale.
 *
 * The library speaks English, and hands out a message with the format that it was printed with. The catalogue holds the
 * format; the words that filled it are found again in the message by the fixed text around them.
 */
#include "cli.h"

#include <string.h>

#define MAX_WORDS 8

struct word {
    const char *ptr;
    size_t len;
    bool plain; /* the library's own words, which the catalogue may know; a user's stand in quotation marks */
};

/* Length of a conversion such as %s, %.*s, %zu or %2$s at `p`; 0 when there is none. */
static size_t conversion(const char *p) {
    if (*p != '%') return 0;
    size_t n = 1 + strcspn(p + 1, "sdu");
    return p[n] ? n + 1 : 0;
}

/* Where a conversion's words end: at the fixed text after it, the last of which ends the message. */
static const char *end_of_words(const char *message, const char *fixed) {
    size_t len = strcspn(fixed, "%"), left = strlen(message);
    if (len == 0 && !fixed[len]) return message + left;
    if (len > left) return NULL;
    if (!fixed[len]) return message + left - len; /* compared by the caller */
    while (*message && strncmp(message, fixed, len) != 0) message++;
    return *message ? message : NULL;
}

/* The words that filled `format` to make `message`; false when it did not. */
static bool take_apart(const char *format, const char *message, struct word words[MAX_WORDS], size_t *count) {
    const char *begin = format;
    *count = 0;
    while (*format) {
        size_t n = conversion(format);
        if (n == 0) {
            if (*format++ != *message++) return false;
            continue;
        }
        bool plain = format[1] == 's' && (format == begin || (format[-1] != '"' && format[-1] != '\''));
        const char *end = end_of_words(message, format += n);
        if (!end || *count == MAX_WORDS) return false;
        words[(*count)++] = (struct word){message, (size_t)(end - message), plain};
        message = end;
    }
    return *message == '\0';
}

static void add_word(struct text *to, const struct word *word) {
    char key[sizeof((struct gm_error *)0)->message];
    memcpy(key, word->ptr, word->len);
    key[word->len] = '\0';
    text_puts(to, word->plain && word->len ? _(key) : key); /* the empty key is the catalogue's own head */
}

/* What a user of the command can do about it: the library knows no options. */
static const struct advice {
    const char *id, *words, *option;
} all_advice[] = {
    {"input-too-large", N_("; %s allows more"), "--max-input"},
    {"text-too-large", N_("; %s allows more"), "--max-text"},
    {"memory", N_("; %s allows more"), "--max-memory"},
    {"part-too-large", N_("; %s allows more"), "--max-memory"},
    {"zip-ratio", N_("; %s allows more"), "--max-ratio"},
    {"too-many-nodes", N_("; %s allows more"), "--max-nodes"},
    {"too-deep", N_("; %s allows more"), "--max-depth"},
    {"too-many-steps", N_("; %s allows more"), "--max-steps"},
    {"paragraph-too-long", N_("; %s allows more"), "--max-paragraph"},
    {"no-such-grammar", N_("; see %s"), "--list-grammars"},
    {"unknown-format", N_("; see %s"), "--list-formats"},
    {"unknown-input", N_("; see %s"), "--list-formats"},
};

static void add_advice(struct text *to, const char *id) {
    for (size_t i = 0; i < COUNT_OF(all_advice); i++)
        if (strcmp(id, all_advice[i].id) == 0) text_printf(to, _(all_advice[i].words), all_advice[i].option);
}

static void add_message(struct text *to, const struct gm_error *error) {
    struct word words[MAX_WORDS];
    size_t count, next = 0;
    if (!error->format || !take_apart(error->format, error->message, words, &count)) {
        text_puts(to, error->message);
        return;
    }
    for (const char *p = _(error->format); *p;) {
        size_t n = conversion(p), fixed = strcspn(p + 1, "%") + 1;
        if (n == 0) {
            text_add(to, p, fixed);
            p += fixed;
            continue;
        }
        size_t index = n > 2 && p[2] == '$' ? (size_t)(p[1] - '1') : next++;
        if (index < count) add_word(to, &words[index]);
        p += n;
    }
}

void wording_add(struct text *to, const struct gm_error *error) {
    add_message(to, error);
    add_advice(to, error->id);
}

const char *system_words(int code) { return _(strerror(code)); }
