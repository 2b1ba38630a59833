/* message.c - growable texts, what a terminal may see, messages, and the language of the locale. */
#include "cli.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ------------------------------------------------------------------- texts */

void text_release(struct text *t) {
    free(t->data);
    *t = (struct text){0};
}

static bool text_reserve(struct text *t, size_t more) {
    if (t->failed) return false;
    if (more <= t->capacity - t->len) return true;
    size_t want = t->capacity + t->capacity / 2 + 256;
    if (want < t->capacity || more > SIZE_MAX - t->len) {
        t->failed = true;
        return false;
    }
    if (want < t->len + more) want = t->len + more;
    char *data = realloc(t->data, want);
    if (!data) {
        t->failed = true;
        return false;
    }
    t->data = data;
    t->capacity = want;
    return true;
}

void text_add(struct text *t, const char *bytes, size_t len) {
    if (len == 0 || !text_reserve(t, len)) return;
    memcpy(t->data + t->len, bytes, len);
    t->len += len;
}

void text_puts(struct text *t, const char *string) { text_add(t, string, strlen(string)); }

#define PRINTED 128 /* bytes that most messages fit in */

void text_printf(struct text *t, const char *format, ...) {
    va_list args;
    if (!text_reserve(t, PRINTED)) return;
    va_start(args, format);
    int n = vsnprintf(t->data + t->len, PRINTED, format, args);
    va_end(args);
    if (n < 0 || !text_reserve(t, (size_t)n + 1)) return;
    if (n >= PRINTED) {
        va_start(args, format);
        (void)vsnprintf(t->data + t->len, (size_t)n + 1, format, args);
        va_end(args);
    }
    t->len += (size_t)n;
}

/* One well-formed UTF-8 sequence at p: its length, or 0. */
static size_t sequence(const unsigned char *p, size_t len, uint32_t *cp) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    if (n == 0 || n > len) return 0;
    uint32_t value = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (p[i] & 0x3Fu);
    }
    if (value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
    *cp = value;
    return n;
}

/* Controls, and what turns the direction of a line or breaks it. */
static bool harmful(uint32_t cp) {
    return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

void text_add_safe(struct text *t, const char *bytes, size_t len) {
    size_t from = 0; /* what is harmless goes out in one piece */
    for (size_t at = 0; at < len;) {
        uint32_t cp = 0;
        size_t n = sequence((const unsigned char *)bytes + at, len - at, &cp);
        bool escaped = n == 0 || harmful(cp);
        if (escaped) text_add(t, bytes + from, at - from);
        if (n == 0 || cp < 0x20 || cp == 0x7F)
            text_printf(t, "\\x%02x", (unsigned char)bytes[at]);
        else if (escaped)
            text_printf(t, "\\u%04x", (unsigned)cp);
        at += n ? n : 1;
        if (escaped) from = at;
    }
    text_add(t, bytes + from, len - from);
}

#define COLOUR_MOST 16 /* bytes of a sequence: what is longer sets no colour that we know */

/* Length of ESC [ digits and semicolons m, or 0. */
static size_t colour_sequence(const char *p, size_t len) {
    if (len < 3 || p[0] != '\033' || p[1] != '[') return 0;
    size_t n = 2;
    while (n < len && n < COLOUR_MOST && ((p[n] >= '0' && p[n] <= '9') || p[n] == ';')) n++;
    return n < len && n < COLOUR_MOST && p[n] == 'm' ? n + 1 : 0;
}

/* Does a sequence that the next piece may complete start at p? */
static bool cut_short(const char *p, size_t len, bool colour) {
    unsigned char c = (unsigned char)p[0];
    if (colour && c == 033) {
        size_t n = 1;
        while (n < len && (p[n] == '[' || p[n] == ';' || (p[n] >= '0' && p[n] <= '9'))) n++;
        return n == len && n < COLOUR_MOST;
    }
    size_t need = c < 0xC2 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 1;
    for (size_t i = 1; i < len && i < need; i++)
        if (((unsigned char)p[i] & 0xC0) != 0x80) return false;
    return len < need;
}

size_t text_add_shown(struct text *t, const char *bytes, size_t len, bool colour, bool last) {
    size_t at = 0;
    while (at < len) {
        uint32_t cp = 0;
        const char *p = bytes + at;
        size_t n = colour ? colour_sequence(p, len - at) : 0;
        if (n) {
            text_add(t, p, n);
        } else {
            if (!last && cut_short(p, len - at, colour)) break;
            n = sequence((const unsigned char *)p, len - at, &cp);
            if (n == 0 || (harmful(cp) && cp != '\n' && cp != '\t'))
                text_puts(t, "\xEF\xBF\xBD");
            else
                text_add(t, p, n);
        }
        at += n ? n : 1;
    }
    return at;
}

bool write_all(int fd, const char *bytes, size_t len) {
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

void text_flush(struct text *t) {
    if (t->len) (void)write_all(STDERR_FILENO, t->data, t->len);
    t->len = 0;
}

/* ---------------------------------------------------------------- messages */

static const char *severity_word(enum gm_severity severity) {
    switch (severity) {
    case GM_INFO: return _("info: ");
    case GM_WARNING: return _("warning: ");
    case GM_ERROR: return _("error: ");
    }
    return "";
}

void message(struct text *to, const char *file, struct gm_pos at, enum gm_severity severity, const char *text,
             const char *id) {
    if (!file) file = "gangmu";
    if (!*file) file = "''"; /* gangmu "$unset" */
    text_add_safe(to, file, strlen(file));
    if (at.line) text_printf(to, ":%u:%u", (unsigned)at.line, (unsigned)at.column);
    text_printf(to, ": %s", severity_word(severity));
    text_add_safe(to, text, strlen(text));
    if (id && *id) text_printf(to, " [%s]", id);
    text_puts(to, "\n");
}

/* In Word no one counts paragraphs: words one can look for. A line of a terminal holds them. */
enum { EXCERPT_BEFORE = 12, EXCERPT_BEHIND = 24 };

static bool ends_line(char c) { return c == '\n' || c == '\r'; }
static bool continues(char c) { return ((unsigned char)c & 0xC0) == 0x80; } /* a character of several bytes */

static size_t back(struct gm_str s, size_t at, unsigned count) {
    for (; count && at && !ends_line(s.ptr[at - 1]); count--) {
        at--;
        while (at && continues(s.ptr[at])) at--;
    }
    return at;
}

static size_t forth(struct gm_str s, size_t at, unsigned count) {
    for (; count && at < s.len && !ends_line(s.ptr[at]); count--) {
        at++;
        while (at < s.len && continues(s.ptr[at])) at++;
    }
    return at;
}

static size_t blank_at(struct gm_str s, size_t at) {
    if (s.ptr[at] == ' ' || s.ptr[at] == '\t') return 1;
    return s.len - at >= 3 && memcmp(s.ptr + at, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

void message_excerpt(struct text *to, const struct gm_doc *doc, struct gm_pos at) {
    struct gm_str s = gm_doc_source(doc);
    struct gm_pos here = gm_doc_locate(doc, at.byte < s.len ? at.byte : s.len);
    if (at.byte >= s.len || here.line != at.line || here.column != at.column) return; /* a place in another text */
    size_t from = back(s, at.byte, EXCERPT_BEFORE), end = forth(s, at.byte, EXCERPT_BEHIND);
    bool cut = from && !ends_line(s.ptr[from - 1]), goes_on = end < s.len && !ends_line(s.ptr[end]);
    for (size_t n; !cut && from < at.byte && (n = blank_at(s, from)) > 0;) from += n;
    text_puts(to, cut ? "    \xE2\x80\xA6" : "    "); /* … */
    text_add_safe(to, s.ptr + from, end - from);
    text_puts(to, goes_on ? "\xE2\x80\xA6\n" : "\n");
}

void message_error(struct text *to, const char *file, const struct gm_error *error) {
    struct gm_pos at = {0, error->line, error->column ? error->column : 1};
    struct text local = {0};
    wording_add(&local, error);
    text_add(&local, "", 1);
    message(to, error->where[0] ? error->where : file, at, GM_ERROR, local.failed ? error->message : local.data,
            error->id);
    text_release(&local);
}

static enum exit_status tell_usage(const char *words) {
    struct text line = {0};
    message(&line, NULL, (struct gm_pos){0}, GM_ERROR, words, "usage");
    text_flush(&line);
    text_release(&line);
    return STATUS_USAGE;
}

enum exit_status usage_error(const char *format, ...) {
    va_list args;
    char words[1024], whole[1200];
    va_start(args, format);
    (void)vsnprintf(words, sizeof words, format, args);
    va_end(args);
    (void)snprintf(whole, sizeof whole, _("%s; see gangmu --help"), words);
    return tell_usage(whole);
}

enum exit_status usage_choice(const char *format, ...) {
    va_list args;
    char words[1024];
    va_start(args, format);
    (void)vsnprintf(words, sizeof words, format, args);
    va_end(args);
    return tell_usage(words);
}

enum exit_status status_of(enum gm_status status) {
    switch (status) {
    case GM_OK: return STATUS_DONE;
    case GM_USAGE:
    case GM_GRAMMAR: return STATUS_USAGE;
    case GM_INPUT: return STATUS_INPUT;
    case GM_OUTPUT: return STATUS_OUTPUT;
    case GM_NOMEM:
    case GM_LIMIT:
    case GM_STATUS_COUNT: break;
    }
    return STATUS_LIMIT;
}

enum exit_status status_worse(enum exit_status a, enum exit_status b) {
    static const int weight[] = {[STATUS_DONE] = 0,  [STATUS_FAULTS] = 1, [STATUS_INPUT] = 2,
                                 [STATUS_USAGE] = 3, [STATUS_LIMIT] = 4,  [STATUS_OUTPUT] = 5};
    return weight[a] >= weight[b] ? a : b;
}

/* ---------------------------------------------------------------- language */

/* What the environment asks for, as gettext reads it; "" is English. */
static const char *language_tag(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = "";
    for (size_t i = 0; i < COUNT_OF(names) && !*locale; i++) {
        const char *value = getenv(names[i]);
        if (value) locale = value;
    }
    if (!*locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0) return "";
    const char *list = getenv("LANGUAGE");
    const char *tag = list && *list ? list : locale;
    return strncmp(tag, "en", 2) == 0 || tag[0] == 'C' ? "" : tag;
}

/* Catalogues stand beside the program: PREFIX/bin and PREFIX/share/locale; in a build tree below it. */
static void bind_catalogue(void) {
    static const char *const places[] = {"/../share/locale", "/share/locale"};
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
    if (n > 0) path[n] = '\0';
    while (n > 0 && path[n] != '/') n--;
    for (size_t i = 0; n > 0 && i < COUNT_OF(places); i++) {
        (void)snprintf(path + n, sizeof path - (size_t)n, "%s", places[i]);
        if (access(path, F_OK) != 0) continue;
        (void)bindtextdomain("gangmu", path);
        return;
    }
    (void)bindtextdomain("gangmu", GANGMU_LOCALEDIR);
}

enum gm_language language_init(void) {
    const char *tag = language_tag();
    if (!*tag) return GM_ENGLISH;
    bool chinese = strncmp(tag, "zh", 2) == 0;
    /* Many small systems have no zh_CN locale; the catalogue is read all the same. */
    if (!setlocale(LC_MESSAGES, "")) (void)setlocale(LC_MESSAGES, "C.UTF-8");
    if (chinese) (void)setenv("LANGUAGE", "zh_CN", 1);
    bind_catalogue();
    (void)bind_textdomain_codeset("gangmu", "UTF-8");
    (void)bind_textdomain_codeset("libc", "UTF-8"); /* strerror */
    (void)textdomain("gangmu");
    return chinese ? GM_CHINESE : GM_ENGLISH;
}
