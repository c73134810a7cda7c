/* text: the less common string functions, numbers read from text, and strtok, whose place in the text
 * all threads share. As in memory.c the bytes they touch are looked at, then libc does the work.
 */
#include "engine/engine.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)
#define READ(s) access_string((s), ANY_LENGTH, CALLER)

/* ---- strings ---------------------------------------------------------------------------- */

DECLARE(char *, __wrap_stpcpy, char *to, const char *from)
{
    ENTER(CALLER);
    access_range(to, READ(from) + 1, true, CALLER);
    return stpcpy(to, from);
}
DECLARE(char *, __wrap_stpncpy, char *to, const char *from, size_t n)
{
    ENTER(CALLER);
    access_string(from, n, CALLER);
    access_range(to, n, true, CALLER);
    return stpncpy(to, from, n);
}
DECLARE(char *, __wrap_strchrnul, const char *s, int c) { ENTER(CALLER); READ(s); return strchrnul(s, c); }
DECLARE(char *, __wrap_index, const char *s, int c) { ENTER(CALLER); READ(s); return index(s, c); }
DECLARE(char *, __wrap_rindex, const char *s, int c) { ENTER(CALLER); READ(s); return rindex(s, c); }
DECLARE(char *, __wrap_strcasestr, const char *s, const char *t) { ENTER(CALLER); READ(s); READ(t); return strcasestr(s, t); }
DECLARE(int, __wrap_strcoll, const char *s, const char *t) { ENTER(CALLER); READ(s); READ(t); return strcmp(s, t); }
DECLARE(int, __wrap_strverscmp, const char *s, const char *t) { ENTER(CALLER); READ(s); READ(t); return strverscmp(s, t); }
DECLARE(size_t, __wrap_strxfrm, char *to, const char *from, size_t n)
{
    ENTER(CALLER);
    size_t length = READ(from), copied = length + 1 < n ? length + 1 : n; /* in the C locale a copy */
    access_range(to, copied, true, CALLER);
    memcpy(to, from, copied);
    return length;
}
DECLARE(char *, __wrap_strsep, char **at, const char *separators)
{
    ENTER(CALLER);
    READ(separators);
    access_range(at, sizeof *at, true, CALLER);
    if (!*at)
        return NULL;
    access_range(*at, READ(*at) + 1, true, CALLER);
    return strsep(at, separators);
}

static char *token(char *s, const char *separators, char **place, uint64_t pc)
{
    access_range(place, sizeof *place, false, pc);
    access_range(place, sizeof *place, true, pc);
    access_string(separators, ANY_LENGTH, pc);
    char *from = s ? s : *place;
    size_t n = access_string(from, ANY_LENGTH, pc);
    access_range(from, n + 1, true, pc);
    return strtok_r(s, separators, place);
}
DECLARE(char *, __wrap_strtok_r, char *s, const char *separators, char **place) { ENTER(CALLER); return token(s, separators, place, CALLER); }
DECLARE(char *, __wrap_strtok, char *s, const char *separators)
{
    ENTER(CALLER);
    return token(s, separators, library_memory(LIBRARY_STRTOK), CALLER);
}

/* ---- bytes --------------------------------------------------------------------------------- */

DECLARE(void *, __wrap_mempcpy, void *to, const void *from, size_t n)
{
    ENTER(CALLER);
    access_range(from, n, false, CALLER);
    access_range(to, n, true, CALLER);
    return (char *)memcpy(to, from, n) + n;
}
DECLARE(void *, __wrap_memccpy, void *to, const void *from, int c, size_t n)
{
    ENTER(CALLER);
    const char *end = memchr(from, c, n);
    size_t copied = end ? (size_t)(end - (const char *)from) + 1 : n;
    access_range(from, copied, false, CALLER);
    access_range(to, copied, true, CALLER);
    memcpy(to, from, copied);
    return end ? (char *)to + copied : NULL;
}
DECLARE(void *, __wrap_memrchr, const void *s, int c, size_t n) { ENTER(CALLER); access_range(s, n, false, CALLER); return memrchr(s, c, n); }
DECLARE(void *, __wrap_memmem, const void *s, size_t n, const void *t, size_t m)
{
    ENTER(CALLER);
    access_range(s, n, false, CALLER);
    access_range(t, m, false, CALLER);
    return memmem(s, n, t, m);
}
DECLARE(void, __wrap_bzero, void *s, size_t n) { ENTER(CALLER); access_range(s, n, true, CALLER); memset(s, 0, n); }
DECLARE(void, __wrap_explicit_bzero, void *s, size_t n) { ENTER(CALLER); access_range(s, n, true, CALLER); memset(s, 0, n); }
DECLARE(int, __wrap_bcmp, const void *s, const void *t, size_t n)
{
    ENTER(CALLER);
    access_range(s, n, false, CALLER);
    access_range(t, n, false, CALLER);
    return memcmp(s, t, n);
}
DECLARE(void, __wrap_bcopy, const void *from, void *to, size_t n)
{
    ENTER(CALLER);
    access_range(from, n, false, CALLER);
    access_range(to, n, true, CALLER);
    memmove(to, from, n);
}

/* ---- numbers ---------------------------------------------------------------------------------- */

#define PARSE(type, name)                                                                          \
    DECLARE(type, __wrap_##name, const char *s) { ENTER(CALLER); READ(s); return name(s); }
PARSE(int, atoi)
PARSE(long, atol)
PARSE(long long, atoll)
PARSE(double, atof)

static void tell_end(char **end, const char *at, uint64_t pc)
{
    if (!end)
        return;
    access_range(end, sizeof *end, true, pc);
    *end = (char *)(uintptr_t)at;
}

/* C23 gave these new names in newer C libraries. */
#define CONVERT(type, name, call)                                                                  \
    DECLARE(type, __wrap_##name, const char *s, char **end, int base)                              \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        char *at;                                                                                  \
        READ(s);                                                                                   \
        errno = *learner_errno_at();                                                               \
        type value = call(s, &at, base);                                                           \
        *learner_errno_at() = errno;                                                               \
        tell_end(end, at, CALLER);                                                                 \
        return value;                                                                              \
    }
#define CONVERT_FLOATING(type, name)                                                               \
    DECLARE(type, __wrap_##name, const char *s, char **end)                                        \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        char *at;                                                                                  \
        READ(s);                                                                                   \
        errno = *learner_errno_at();                                                               \
        type value = name(s, &at);                                                                 \
        *learner_errno_at() = errno;                                                               \
        tell_end(end, at, CALLER);                                                                 \
        return value;                                                                              \
    }
CONVERT(long, strtol, strtol)
CONVERT(unsigned long, strtoul, strtoul)
CONVERT(long long, strtoll, strtoll)
CONVERT(unsigned long long, strtoull, strtoull)
CONVERT(intmax_t, strtoimax, strtoimax)
CONVERT(uintmax_t, strtoumax, strtoumax)
CONVERT(long, __isoc23_strtol, strtol)
CONVERT(unsigned long, __isoc23_strtoul, strtoul)
CONVERT(long long, __isoc23_strtoll, strtoll)
CONVERT(unsigned long long, __isoc23_strtoull, strtoull)
CONVERT(intmax_t, __isoc23_strtoimax, strtoimax)
CONVERT(uintmax_t, __isoc23_strtoumax, strtoumax)
CONVERT_FLOATING(double, strtod)
CONVERT_FLOATING(float, strtof)
CONVERT_FLOATING(long double, strtold)

/* ---- errors and signals in words ------------------------------------------------------------------ */

/* Known errors have fixed texts; for others libc writes into memory that threads share. */
DECLARE(char *, __wrap_strerror, int error)
{
    ENTER(CALLER);
    char text[100];
    char *at = strerror_r(error, text, sizeof text), *shared = library_memory(LIBRARY_ERROR_TEXT);
    if (at != text)
        return at;
    access_range(shared, strlen(text) + 1, true, CALLER);
    return strcpy(shared, text);
}

static char *put_error(char *to, size_t room, int error, uint64_t pc)
{
    char text[100], *at = strerror_r(error, text, sizeof text);
    size_t n = strlen(at) < room ? strlen(at) : room - 1;
    access_range(to, room ? n + 1 : 0, true, pc);
    memcpy(to, at, room ? n : 0);
    if (room)
        to[n] = '\0';
    return to;
}
/* GNU's form answers with the text, POSIX's with 0. */
DECLARE(char *, __wrap_strerror_r, int error, char *to, size_t room) { ENTER(CALLER); return put_error(to, room, error, CALLER); }
DECLARE(int, __wrap___xpg_strerror_r, int error, char *to, size_t room) { ENTER(CALLER); put_error(to, room, error, CALLER); return 0; }

DECLARE(char *, __wrap_setlocale, int category, const char *name)
{
    (void)category;
    ENTER(CALLER);
    if (name && READ(name) && strcmp(name, "C") != 0 && strcmp(name, "POSIX") != 0)
        return NULL; /* the lab has only the C locale */
    return strcpy(library_memory(LIBRARY_LOCALE), "C");
}
