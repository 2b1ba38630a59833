/*
 * zip.c - libzip, loaded when the first package is opened.
 *
 * libzip has no static library in Debian and brings OpenSSL with it: linked, it would add 1.7 ms to every start of the
 * command, most of which read plain text. Built into the command in its place (GANGMU_STATIC_DEPS), these functions
 * look the real one up by name, and report failure where the library is not there. The look-up is made for every
 * call, so that nothing has to be kept; it costs next to nothing beside what the calls do.
 */
#include <dlfcn.h>
#include <string.h>
#include <zip.h>

static void *symbol(const char *name) {
    void *library = dlopen(GM_LIBZIP, RTLD_LAZY | RTLD_LOCAL);
    return library ? dlsym(library, name) : NULL;
}

/* ISO C turns no object pointer into a function's; POSIX says that their bytes are the same. */
#define FIND(name)                                                                                                     \
    void *found = symbol(#name);                                                                                       \
    memcpy(&real, &found, sizeof real)

#define FORWARD(type, name, parameters, arguments, failure)                                                            \
    type name parameters {                                                                                             \
        type(*real) parameters;                                                                                        \
        FIND(name);                                                                                                    \
        return real ? real arguments : (failure);                                                                      \
    }

#define FORWARD_VOID(name, parameters, arguments, otherwise)                                                           \
    void name parameters {                                                                                             \
        void(*real) parameters;                                                                                        \
        FIND(name);                                                                                                    \
        if (real)                                                                                                      \
            real arguments;                                                                                            \
        else                                                                                                           \
            otherwise;                                                                                                 \
    }

FORWARD_VOID(zip_error_init, (zip_error_t * e), (e), memset(e, 0, sizeof *e))
FORWARD_VOID(zip_error_fini, (zip_error_t * e), (e), (void)e)
FORWARD(int, zip_error_code_zip, (const zip_error_t *e), (e), ZIP_ER_OPNOTSUPP)
FORWARD(int, zip_error_code_system, (const zip_error_t *e), (e), 0)
FORWARD(const char *, zip_error_strerror, (zip_error_t * e), (e), GM_LIBZIP " cannot be loaded")
FORWARD(zip_error_t *, zip_get_error, (zip_t * z), (z), NULL)
FORWARD(zip_error_t *, zip_file_get_error, (zip_file_t * f), (f), NULL)

FORWARD(zip_t *, zip_open_from_source, (zip_source_t * s, int flags, zip_error_t *e), (s, flags, e), NULL)
FORWARD(zip_t *, zip_open, (const char *path, int flags, int *e), (path, flags, e), NULL)
FORWARD_VOID(zip_discard, (zip_t * z), (z), (void)z)
FORWARD(int, zip_close, (zip_t * z), (z), -1)

FORWARD(zip_int64_t, zip_name_locate, (zip_t * z, const char *name, zip_flags_t flags), (z, name, flags), -1)
FORWARD(int, zip_stat_index, (zip_t * z, zip_uint64_t i, zip_flags_t flags, zip_stat_t *st), (z, i, flags, st), -1)
FORWARD(int, zip_stat, (zip_t * z, const char *name, zip_flags_t flags, zip_stat_t *st), (z, name, flags, st), -1)
FORWARD(zip_file_t *, zip_fopen, (zip_t * z, const char *name, zip_flags_t flags), (z, name, flags), NULL)
FORWARD(zip_file_t *, zip_fopen_index, (zip_t * z, zip_uint64_t i, zip_flags_t flags), (z, i, flags), NULL)
FORWARD(zip_int64_t, zip_fread, (zip_file_t * f, void *to, zip_uint64_t len), (f, to, len), -1)
FORWARD(int, zip_fclose, (zip_file_t * f), (f), 0)

FORWARD(zip_int64_t, zip_file_add, (zip_t * z, const char *name, zip_source_t *s, zip_flags_t flags),
        (z, name, s, flags), -1)
FORWARD(int, zip_set_file_compression, (zip_t * z, zip_uint64_t i, zip_int32_t method, zip_uint32_t level),
        (z, i, method, level), -1)
FORWARD(int, zip_file_set_dostime, (zip_t * z, zip_uint64_t i, zip_uint16_t time, zip_uint16_t date, zip_flags_t flags),
        (z, i, time, date, flags), -1)

FORWARD(zip_source_t *, zip_source_buffer, (zip_t * z, const void *from, zip_uint64_t len, int free_it),
        (z, from, len, free_it), NULL)
FORWARD(zip_source_t *, zip_source_buffer_create, (const void *from, zip_uint64_t len, int free_it, zip_error_t *e),
        (from, len, free_it, e), NULL)
FORWARD(int, zip_source_open, (zip_source_t * s), (s), -1)
FORWARD(zip_int64_t, zip_source_read, (zip_source_t * s, void *to, zip_uint64_t len), (s, to, len), -1)
FORWARD(int, zip_source_close, (zip_source_t * s), (s), -1)
FORWARD_VOID(zip_source_keep, (zip_source_t * s), (s), (void)s)
FORWARD_VOID(zip_source_free, (zip_source_t * s), (s), (void)s)
