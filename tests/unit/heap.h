/*
 * heap.h - allocations that fail when asked to: through the allocator hook, and malloc itself in place of the C
 * library's. For one program of the tests each; it must define _GNU_SOURCE first (dl_iterate_phdr).
 */
#ifndef HEAP_H
#define HEAP_H

#include "base/base.h"

#include <errno.h>
#include <link.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OWN_MALLOC 0 /* theirs must stay */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OWN_MALLOC 0
#endif
#endif
#ifndef OWN_MALLOC
#define OWN_MALLOC 1
#endif

/* Which allocation fails: number `left` from now; with `once` only that one. Negative: none. */
struct heap {
    long left, live, failed;
    bool once, excused;
};

static void arm(struct heap *h, long left, bool once) {
    h->left = left;
    h->once = once;
    h->failed = 0;
    h->excused = false;
}

static bool fails(struct heap *h) {
    if (h->left < 0) return false;
    if (h->left > 0) {
        h->left--;
        return false;
    }
    if (h->once) h->left = -1;
    h->failed++;
    return true;
}

static void *hook(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    struct heap *h = ctx;
    if (new_size && fails(h)) return NULL;
    if (new_size) {
        void *p = gm__default_allocator.resize(NULL, ptr, old_size, new_size);
        if (p) h->live += (long)new_size - (long)old_size;
        return p;
    }
    h->live -= (long)old_size;
    return gm__default_allocator.resize(NULL, ptr, old_size, 0);
}

#if OWN_MALLOC

static struct heap all = {.left = -1};

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *ptr, size_t size);
extern void __libc_free(void *ptr);

/* Where libraries' code stands. */
enum manners { GOOD, SLOPPY, CANNOT_FAIL };
static struct {
    uintptr_t from, to;
    enum manners manners;
} places[16];
static size_t place_count;

static int note_place(struct dl_phdr_info *info, size_t size, void *ctx) {
    static const struct {
        const char *name;
        enum manners manners;
    } libraries[] = {{"libcmark", CANNOT_FAIL},
                     {"libstdc++", CANNOT_FAIL},
                     {"libicu", CANNOT_FAIL},
                     {"libxml2", SLOPPY},
                     {"libzip", SLOPPY}};
    (void)size, (void)ctx;
    for (size_t i = 0; i < GM__COUNT(libraries); i++)
        if (info->dlpi_name && strstr(info->dlpi_name, libraries[i].name))
            for (size_t k = 0; k < info->dlpi_phnum && place_count < GM__COUNT(places); k++) {
                const ElfW(Phdr) *h = &info->dlpi_phdr[k];
                if (h->p_type != PT_LOAD || !(h->p_flags & PF_X)) continue;
                uintptr_t from = (uintptr_t)(info->dlpi_addr + h->p_vaddr);
                places[place_count].from = from;
                places[place_count].to = from + h->p_memsz;
                places[place_count++].manners = libraries[i].manners;
            }
    return 0;
}

static bool refuses(const void *caller) {
    enum manners manners = GOOD;
    if (all.left < 0) return false;
    for (size_t i = 0; i < place_count; i++)
        if ((uintptr_t)caller >= places[i].from && (uintptr_t)caller < places[i].to) manners = places[i].manners;
    if (manners == CANNOT_FAIL || !fails(&all)) return false;
    if (manners == SLOPPY) all.excused = true;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size) {
    void *p = refuses(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
    all.live += p != NULL;
    return p;
}
void *calloc(size_t count, size_t size) {
    void *p = refuses(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
    all.live += p != NULL;
    return p;
}
void *realloc(void *ptr, size_t size) {
    if (refuses(__builtin_return_address(0))) return NULL;
    void *p = __libc_realloc(ptr, size);
    all.live += (ptr == NULL && p != NULL) - (ptr != NULL && size == 0);
    return p;
}
void free(void *ptr) {
    all.live -= ptr != NULL;
    __libc_free(ptr);
}

#endif

#endif
