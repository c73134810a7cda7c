/* output: what a program prints also leaves a mark in the lane of the thread that printed. */
#include "engine/native/native.h"

#include <err.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* `count` as the stdio call returned it: negative = failed, nothing printed. */
static int printed(FILE *to, int count)
{
    if (count > 0 && (to == stdout || to == stderr))
        lanes_event(LANE_PRINT, (uint64_t)fileno(to), (uint32_t)count);
    return count;
}

EXPORT int __wrap_vfprintf(FILE *to, const char *format, va_list args)
{
    return printed(to, vfprintf(to, format, args));
}

EXPORT int __wrap_vprintf(const char *format, va_list args)
{
    return __wrap_vfprintf(stdout, format, args);
}

EXPORT int __wrap_printf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = __wrap_vfprintf(stdout, format, args);
    va_end(args);
    return n;
}

EXPORT int __wrap_fprintf(FILE *to, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = __wrap_vfprintf(to, format, args);
    va_end(args);
    return n;
}

EXPORT int __wrap_dprintf(int fd, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vdprintf(fd, format, args);
    va_end(args);
    if (n > 0)
        lanes_event(LANE_PRINT, (uint64_t)fd, (uint32_t)n);
    return n;
}

EXPORT int __wrap_puts(const char *s) { return printed(stdout, puts(s)); }

EXPORT int __wrap_fputs(const char *s, FILE *to) { return printed(to, fputs(s, to)); }

EXPORT int __wrap_fputc(int c, FILE *to)
{
    int r = fputc(c, to);
    printed(to, r == EOF ? -1 : 1);
    return r;
}

EXPORT int __wrap_putc(int c, FILE *to) { return __wrap_fputc(c, to); }

EXPORT int __wrap_putchar(int c) { return __wrap_fputc(c, stdout); }

EXPORT size_t __wrap_fwrite(const void *bytes, size_t size, size_t count, FILE *to)
{
    size_t n = fwrite(bytes, size, count, to);
    printed(to, (int)(n * size));
    return n;
}

EXPORT void __wrap_perror(const char *s)
{
    perror(s);
    printed(stderr, 1);
}

EXPORT void __wrap_psignal(int sig, const char *s)
{
    psignal(sig, s);
    printed(stderr, 1);
}

EXPORT void __wrap_vwarn(const char *format, va_list ap)
{
    vwarn(format, ap);
    printed(stderr, 1);
}

EXPORT void __wrap_vwarnx(const char *format, va_list ap)
{
    vwarnx(format, ap);
    printed(stderr, 1);
}

EXPORT void __wrap_warn(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    __wrap_vwarn(format, ap);
    va_end(ap);
}

EXPORT void __wrap_warnx(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    __wrap_vwarnx(format, ap);
    va_end(ap);
}

_Noreturn void __wrap_exit(int status);

/* Through the exit of threads.c: the lanes end with the program. */
EXPORT _Noreturn void __wrap_verr(int status, const char *format, va_list ap)
{
    __wrap_vwarn(format, ap);
    __wrap_exit(status);
}

EXPORT _Noreturn void __wrap_verrx(int status, const char *format, va_list ap)
{
    __wrap_vwarnx(format, ap);
    __wrap_exit(status);
}

EXPORT _Noreturn void __wrap_err(int status, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    __wrap_verr(status, format, ap);
}

EXPORT _Noreturn void __wrap_errx(int status, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    __wrap_verrx(status, format, ap);
}
