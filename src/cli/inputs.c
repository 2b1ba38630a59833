/*
 * inputs.c - from operands to jobs.
 *
 * A folder (with -r) gives the files in it whose suffix a reader knows, in the order of their names,
 * hidden ones left out, links to folders not followed, and the folder of --out-dir passed over. Under --out-dir a file
 * of a folder keeps its place in the folder; two inputs that would share an output keep their own suffix in it.
 */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct names {
    char **items;
    size_t count, capacity;
};

struct collect {
    const struct settings *settings;
    struct job_list *list;
    struct text *messages;
    enum exit_status status;
    struct stat out_dir; /* where it is there already: what an earlier run wrote is no input */
    bool has_out_dir;
};

static char *joined(const char *directory, const char *name) {
    size_t n = strlen(directory), size = n + strlen(name) + 2;
    char *path = malloc(size);
    if (path) (void)snprintf(path, size, "%s%s%s", directory, n && directory[n - 1] == '/' ? "" : "/", name);
    return path;
}

static void no_memory(struct collect *c) {
    message(c->messages, NULL, (struct gm_pos){0}, GM_ERROR, _("out of memory"), "out-of-memory");
    c->status = status_worse(c->status, STATUS_LIMIT);
}

static void fault(struct collect *c, const char *path, const char *text, const char *id) {
    message(c->messages, path, (struct gm_pos){0}, GM_ERROR, text, id);
    c->status = status_worse(c->status, STATUS_INPUT);
}

/* Both take over the string. */
static bool names_add(struct names *n, char *item) {
    if (n->count == n->capacity) {
        size_t more = n->capacity + n->capacity / 2 + 16;
        char **items = item ? realloc(n->items, more * sizeof *items) : NULL;
        if (!items) {
            free(item);
            return false;
        }
        n->items = items;
        n->capacity = more;
    }
    n->items[n->count] = item;
    n->count += item != NULL;
    return item != NULL;
}

static bool add_job(struct job_list *list, struct job job) {
    if (list->count == list->capacity) {
        size_t more = list->capacity + list->capacity / 2 + 4;
        struct job *jobs = realloc(list->jobs, more * sizeof *jobs);
        if (!jobs) {
            free(job.input);
            free(job.output);
            return false;
        }
        list->jobs = jobs;
        list->capacity = more;
    }
    list->jobs[list->count++] = job;
    return true;
}

/* ----------------------------------------------------------------- outputs */

/* Length of `name` without its suffix (a name that starts with its only dot has none). */
static size_t stem(const char *name) {
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name, *dot = strrchr(base, '.');
    return dot && dot > base ? (size_t)(dot - name) : strlen(name);
}

static const char *first_suffix(const struct gm_writer *writer, size_t *len) {
    *len = strcspn(writer->extensions ? writer->extensions : "", " ");
    if (*len) return writer->extensions;
    *len = strlen(writer->name);
    return writer->name;
}

/* OUT-DIR/RELATIVE with the format's suffix, in place of the input's own unless `keep`. */
static char *output_name(const struct settings *s, const char *relative, bool keep) {
    if (!s->writer) return joined(s->out_dir, relative); /* renumber: the same name */
    size_t suffix_len, base = keep ? strlen(relative) : stem(relative);
    const char *suffix = first_suffix(s->writer, &suffix_len);
    size_t size = strlen(s->out_dir) + base + suffix_len + 3;
    char *path = malloc(size);
    if (path) (void)snprintf(path, size, "%s/%.*s.%.*s", s->out_dir, (int)base, relative, (int)suffix_len, suffix);
    return path;
}

static void add_file(struct collect *c, const char *path, const char *relative, bool beneath) {
    const struct settings *s = c->settings;
    char *input = strdup(path), *output = NULL;
    if (s->in_place)
        output = strdup(path);
    else if (s->out_dir)
        output = output_name(s, relative, false);
    if (!input || (!output && (s->out_dir || s->in_place))) {
        free(input);
        free(output);
        no_memory(c);
    } else if (!add_job(c->list, (struct job){.input = input, .output = output, .beneath = beneath})) {
        no_memory(c);
    }
}

/* ----------------------------------------------------------------- folders */

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)b, *(char *const *)a); }

bool reader_has(const struct gm_reader_info *info, const char *path) {
    const char *suffix = path + stem(path);
    if (*suffix != '.') return false;
    size_t len = strlen(++suffix);
    for (const char *p = info->extensions ? info->extensions : ""; *p;) {
        size_t n = strcspn(p, " ");
        if (n == len && strncasecmp(p, suffix, n) == 0) return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

bool reader_claims(const char *path) {
    const struct gm_reader_info *info;
    for (size_t i = 0; (info = gm_reader_at(i)) != NULL; i++)
        if (reader_has(info, path)) return true;
    return false;
}

static bool wanted(const struct settings *s, const char *path) { return s->read.format || reader_claims(path); }

/* Put the entries of a folder on the stack, so that they come off in the order of their names. */
static void push_entries(struct collect *c, struct names *stack, const char *path) {
    DIR *directory = opendir(path);
    if (!directory) {
        fault(c, path, system_words(errno), "open-failed");
        return;
    }
    size_t first = stack->count;
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        if (!names_add(stack, joined(path, entry->d_name))) {
            no_memory(c);
            break;
        }
    }
    (void)closedir(directory);
    if (stack->count > first) qsort(stack->items + first, stack->count - first, sizeof *stack->items, by_name);
}

/* Who names the wrong folder would otherwise see nothing at all. */
static void tell_of_nothing(struct collect *c, const char *root) {
    if (c->settings->quiet) return;
    message(c->messages, root, (struct gm_pos){0}, GM_WARNING,
            c->settings->read.format ? _("no file in it")
                                     : _("no file in it that an input format claims by its suffix; -f reads all"),
            "no-files");
}

static void add_folder(struct collect *c, const char *root) {
    struct names stack = {0};
    size_t before = c->list->count;
    enum exit_status status = c->status;
    size_t root_len = strlen(root);
    while (root_len && root[root_len - 1] == '/') root_len--;
    push_entries(c, &stack, root);
    while (stack.count) {
        char *path = stack.items[--stack.count];
        struct stat st;
        const char *relative = path + root_len;
        relative += strspn(relative, "/");
        if (lstat(path, &st) != 0) {
            fault(c, path, system_words(errno), "open-failed");
        } else if (S_ISDIR(st.st_mode)) {
            bool own = c->has_out_dir && st.st_ino == c->out_dir.st_ino && st.st_dev == c->out_dir.st_dev;
            if (!own) push_entries(c, &stack, path);
        } else if (wanted(c->settings, path)) {
            bool beneath = S_ISREG(st.st_mode); /* no link that leads elsewhere */
            if (beneath || (stat(path, &st) == 0 && S_ISREG(st.st_mode))) add_file(c, path, relative, beneath);
        }
        free(path);
    }
    free(stack.items);
    if (c->list->count == before && c->status == status) tell_of_nothing(c, root);
}

/* -------------------------------------------------------------- collisions */

static int by_output(const void *a, const void *b) {
    const struct job *const *x = a, *const *y = b;
    int order = strcmp((*x)->output, (*y)->output);
    return order ? order : *x < *y ? -1 : 1; /* by place in the list */
}

static size_t relative_length(const struct settings *s, const struct job *job) {
    const char *output = job->output + strlen(s->out_dir) + 1; /* its folder, then the input's own name */
    const char *slash = strrchr(output, '/');
    return slash ? (size_t)(slash - output) + 1 : 0;
}

static char *full_name(const struct settings *s, const struct job *job) {
    const char *slash = strrchr(job->input, '/'), *base = slash ? slash + 1 : job->input;
    size_t directory = relative_length(s, job), size = directory + strlen(base) + 1;
    char *relative = malloc(size);
    if (!relative) return NULL;
    (void)snprintf(relative, size, "%.*s%s", (int)directory, job->output + strlen(s->out_dir) + 1, base);
    char *output = output_name(s, relative, true);
    free(relative);
    return output;
}

/* Jobs that share an output name get names with their own suffix (round 0); if they still share it,
 * only the first keeps it (round 1). */
static void part_outputs(struct collect *c, struct job **sorted, bool drop) {
    size_t count = c->list->count;
    qsort(sorted, count, sizeof(*sorted), by_output);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && strcmp(sorted[i]->output, sorted[end]->output) == 0;) end++;
        for (size_t k = i + 1; drop && k < end; k++) {
            struct job *job = sorted[k];
            message(&job->messages, job->input, (struct gm_pos){0}, GM_ERROR,
                    _("another input has the same output name"), "same-output");
            job->status = STATUS_OUTPUT;
            job->ended = true;
        }
        if (drop || end - i == 1) continue;
        for (size_t k = i; k < end; k++) {
            char *name = full_name(c->settings, sorted[k]);
            if (!name) {
                no_memory(c);
                continue;
            }
            free(sorted[k]->output);
            sorted[k]->output = name;
        }
    }
}

static void settle_outputs(struct collect *c) {
    size_t count = c->list->count;
    if (!c->settings->out_dir || count < 2) return;
    struct job **sorted = malloc(count * sizeof *sorted);
    if (!sorted) {
        no_memory(c);
        return;
    }
    for (size_t i = 0; i < count; i++) sorted[i] = &c->list->jobs[i];
    part_outputs(c, sorted, false);
    part_outputs(c, sorted, true);
    free(sorted);
}

enum exit_status inputs_collect(const struct settings *s, struct job_list *list, struct text *messages) {
    struct collect c = {.settings = s, .list = list, .messages = messages};
    c.has_out_dir = s->out_dir && stat(s->out_dir, &c.out_dir) == 0;
    if (s->operand_count == 0) add_file(&c, "-", "stdin", false);
    for (size_t i = 0; i < s->operand_count; i++) {
        const char *path = s->operands[i], *slash = strrchr(path, '/');
        struct stat st;
        if (strcmp(path, "-") == 0)
            add_file(&c, "-", "stdin", false);
        else if (s->recursive && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
            add_folder(&c, path);
        else
            add_file(&c, path, slash && slash[1] ? slash + 1 : path, false);
    }
    settle_outputs(&c);
    return c.status;
}

void inputs_release(struct job_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->jobs[i].opened) (void)close(list->jobs[i].opened - 1);
        free(list->jobs[i].input);
        free(list->jobs[i].output);
        text_release(&list->jobs[i].messages);
        text_release(&list->jobs[i].bytes);
    }
    free(list->jobs);
    *list = (struct job_list){0};
}
