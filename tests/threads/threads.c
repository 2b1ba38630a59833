/*
 * threads.c - eight threads at once: each reads documents of its own in every format and writes them, and all of them
 * write one shared document in every format. Under ThreadSanitizer (preset tsan) any data race ends it.
 */
#include "../unit/build.h"

#include <pthread.h>
#include <stdio.h>

#define THREADS 8
#define ROUNDS  3

static const char text[] =
    "关于防汛工作的通知\n\n各县（区）人民政府：\n\n一、总体要求\n（一）坚持人民至上。要上下同心。\n1.压实责任；\n"
    "二、重点任务。一是抓监测。二是抓预警。\n四、保障措施\n第一条 自公布之日起施行。\n2024年3月5日\n";

static struct gm_doc *read(const char *bytes, size_t len, const char *name) {
    struct gm_options o;
    struct gm_doc *doc;
    struct gm_error error;
    gm_options_init(&o);
    o.implied = o.explain = true;
    enum gm_status s = gm_doc_parse(&o, bytes, len, name, &doc, &error);
    if (s == GM_OK) s = gm_doc_lint(doc, NULL, &error);
    if (s != GM_OK) (void)fprintf(stderr, "%s: %s\n", name, error.message);
    return s == GM_OK ? doc : NULL;
}

static bool write(const struct gm_doc *doc, const struct gm_writer *w, struct gm__buf *buf) {
    struct gm_write_options o;
    gm_write_options_init(&o);
    o.text = GM_TEXT_FULL;
    gm__buf_init(buf, &gm__default_allocator, SIZE_MAX);
    struct gm_sink sink = {build_collect, buf};
    return gm_doc_write_with(doc, w, &o, &sink, NULL) == GM_OK;
}

/* Write it in every format; where there is a reader of that name read that. */
static bool round_of(const struct gm_doc *doc) {
    bool good = true;
    const struct gm_writer *w;
    for (size_t i = 0; (w = gm_writer_at(i)) != NULL; i++) {
        struct gm__buf buf;
        char name[64];
        good = write(doc, w, &buf) && good;
        const struct gm_reader_info *r;
        for (size_t k = 0; (r = gm_reader_at(k)) != NULL; k++) {
            if (strcmp(r->name, w->name) != 0) continue;
            (void)snprintf(name, sizeof name, "a.%s", r->name);
            struct gm_doc *again = read(buf.data, buf.len, name);
            good = again != NULL && good;
            gm_doc_free(again);
        }
        gm__buf_release(&buf);
    }
    return good;
}

static void *work(void *shared) {
    bool good = true;
    for (int i = 0; i < ROUNDS; i++) {
        struct gm_doc *own = read(text, sizeof text - 1, "a.txt");
        good = own && round_of(own) && round_of(shared) && good;
        gm_doc_free(own);
    }
    return good ? shared : NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    struct gm_doc *shared = read(text, sizeof text - 1, "shared.txt");
    bool good = shared != NULL;
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, shared) != 0) return 1;
    for (int i = 0; i < THREADS; i++) {
        void *end;
        good = pthread_join(threads[i], &end) == 0 && end && good;
    }
    gm_doc_free(shared);
    return good ? 0 : 1;
}
