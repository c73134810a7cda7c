/* scan: sscanf. One directive at a time: libc converts it into memory of ours, then the learner's bytes that
 * it fills are looked at and written. So a %s that does not fit is found before it does harm.
 */
#include "engine/engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


struct directive {
    char text[128];   /* as the learner wrote it, with %n behind */
    bool skip;        /* %*d: nothing is stored */
    char conversion;  /* 0: white space or literal text */
    size_t size;      /* of what is stored; 0: text */
};

static size_t integer_size(const char *length)
{
    if (strncmp(length, "hh", 2) == 0)
        return sizeof(char);
    switch (*length) {
    case 'h':
        return sizeof(short);
    case 'l':
    case 'q':
    case 'j':
    case 'z':
    case 't':
    case 'L':
        return sizeof(long); /* long long, intmax_t, size_t and ptrdiff_t are as large */
    default:
        return sizeof(int);
    }
}

static size_t floating_size(const char *length)
{
    return *length == 'l' ? sizeof(double) : *length == 'L' ? sizeof(long double) : sizeof(float);
}

static const char *skip_set(const char *f)
{
    f += *f == '^';
    f += *f == ']';
    f += strcspn(f, "]");
    return *f ? f + 1 : f;
}

static const char *conversion(struct directive *d, const char *f)
{
    f += strspn(f, "0123456789");
    const char *length = f;
    f += strspn(f, "hlLqjzt");
    d->conversion = *f ? *f++ : '\0';
    if (d->conversion == '[')
        f = skip_set(f);
    if (d->conversion && strchr("aAeEfFgG", d->conversion))
        d->size = floating_size(length);
    else if (d->conversion == 'p')
        d->size = sizeof(void *);
    else if (!strchr("sc[", d->conversion))
        d->size = integer_size(length);
    return f;
}

/* The directive at f; where the next one begins. */
static const char *next_directive(struct directive *d, const char *f)
{
    const char *from = f;
    *d = (struct directive){0};
    if (*f != '%' || f[1] == '%')
        f += *f == '%' ? 2 : strcspn(f, "%");
    else {
        d->skip = f[1] == '*';
        f = conversion(d, f + 1 + d->skip);
    }
    size_t n = (size_t)(f - from) < sizeof d->text - 3 ? (size_t)(f - from) : sizeof d->text - 3;
    memcpy(d->text, from, n);
    strcpy(d->text + n, "%n");
    return f;
}

static void store(const struct directive *d, void *to, const char *from, size_t n, uint64_t pc)
{
    size_t size = d->size ? d->size : n + (d->conversion != 'c');
    access_range(to, size, true, pc);
    memcpy(to, from, size);
}

/* Another thread may run while the learner's bytes are looked at: what was converted is on the caller's stack by then. */
static void store_text(const struct directive *d, void *to, const char *from, size_t n, uint64_t pc)
{
    char small[512], *kept = n < sizeof small ? small : xmalloc(n + 1);
    memcpy(kept, from, n);
    kept[n] = '\0';
    store(d, to, kept, n, pc);
    if (kept != small)
        free(kept);
}

/* Converts what stands at s, or fails: -1. How many bytes it used up. */
static int convert(const struct directive *d, const char *s, void *to, uint64_t pc)
{
    static char into[1 << 16];
    int used = -1;
    if (strlen(s) >= sizeof into)
        fail(.reason = REASON_LIMIT, .detail = "sscanf of a text of more than 65535 bytes", .pc = pc);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (to)
        (void)sscanf(s, d->text, into, &used);
    else
        (void)sscanf(s, d->text, &used);
#pragma GCC diagnostic pop
    if (used < 0 || !to)
        return used;
    size_t n = d->size ? d->size : d->conversion == 'c' ? (size_t)used : strlen(into);
    store_text(d, to, into, n, pc);
    return used;
}

static int scan(const char *s, const char *format, va_list ap, uint64_t pc)
{
    size_t left = access_string(s, ANY_LENGTH, pc);
    const char *from = s, *end = s + left;
    struct directive d;
    int stored = 0;
    access_string(format, ANY_LENGTH, pc);
    for (const char *f = format; *f;) {
        f = next_directive(&d, f);
        void *to = d.conversion && !d.skip ? va_arg(ap, void *) : NULL;
        if (d.conversion == 'n') {
            long count = s - from;
            store(&d, to, (const char *)&count, 0, pc);
            continue;
        }
        int used = convert(&d, s, to, pc);
        if (used < 0) {
            bool empty = s + strspn(s, " \t\n\v\f\r") == end;
            return !stored && empty && d.conversion ? EOF : stored;
        }
        s += used;
        stored += to != NULL;
    }
    return stored;
}

#define SCAN(name)                                                                                 \
    int __wrap_##name(const char *s, const char *format, ...);                                     \
    int __wrap_##name(const char *s, const char *format, ...)                                      \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        va_list ap;                                                                                \
        va_start(ap, format);                                                                      \
        int n = scan(s, format, ap, CALLER);                                                       \
        va_end(ap);                                                                                \
        return n;                                                                                  \
    }
SCAN(sscanf)
SCAN(__isoc99_sscanf)
SCAN(__isoc23_sscanf)
int __wrap___isoc99_vsscanf(const char *s, const char *format, va_list ap);
int __wrap___isoc99_vsscanf(const char *s, const char *format, va_list ap) { ENTER(CALLER); return scan(s, format, ap, CALLER); }
int __wrap___isoc23_vsscanf(const char *s, const char *format, va_list ap);
int __wrap___isoc23_vsscanf(const char *s, const char *format, va_list ap) { ENTER(CALLER); return scan(s, format, ap, CALLER); }
