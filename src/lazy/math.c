/*
 * math.c - libm, loaded when a number of an XPath is computed with.
 *
 * libxml2 and ICU call six of its functions, for things that no ordinary run does; to map and bind it takes a tenth of
 * what a process needs to start at all. Built into the command in its place (GANGMU_STATIC_DEPS), these functions look
 * the real ones up by name, as those of zip.c do. Where there is no libm they give NaN.
 */
#include <dlfcn.h>
#include <math.h>
#include <string.h>

/* ISO C turns no object pointer into a function's; POSIX says that their bytes are the same. */
static void find(const char *name, void *function) {
    void *library = dlopen(GM_LIBM, RTLD_LAZY | RTLD_LOCAL), *found = library ? dlsym(library, name) : NULL;
    memcpy(function, &found, sizeof found);
}

static double of_one(const char *name, double x) {
    double (*real)(double);
    find(name, &real);
    return real ? real(x) : NAN;
}

static double of_two(const char *name, double x, double y) {
    double (*real)(double, double);
    find(name, &real);
    return real ? real(x, y) : NAN;
}

double floor(double x) { return of_one("floor", x); }
double log(double x) { return of_one("log", x); }
double log10(double x) { return of_one("log10", x); }
double fmod(double x, double y) { return of_two("fmod", x, y); }
double pow(double x, double y) { return of_two("pow", x, y); }

double modf(double x, double *whole) {
    double (*real)(double, double *);
    find("modf", &real);
    return real ? real(x, whole) : (*whole = NAN);
}
