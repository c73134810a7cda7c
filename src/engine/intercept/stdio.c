/* stdio: what a run prints goes into its own buffer. Text formatting is libc's. */
#include "engine/kernel/kernel.h"
#include "engine/sync/sync.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <wchar.h>

static void print_bytes(FILE *f, const char *bytes, size_t n, uint64_t pc)
{
    me()->op.pc = pc;
    process_check_safe("stdio", pc);
    bool locked = stream_enter(pc);
    if (engine.set.digests)
        op_with(hash_bytes(bytes, n, HASH_SEED));
    step(EVENT_OUTPUT, NULL, always);
    engine.run.used_output = true;
    struct trace_event *ev = record(EVENT_OUTPUT, NULL, n, pc);
    if (ev)
        ev->text = xstrndup(bytes, n < 400 ? n : 400);
    output_print(f, bytes, n, pc);
    if (locked)
        stream_leave(pc);
}

void output_write(const char *bytes, size_t n, uint64_t pc)
{
    struct run *run = &engine.run;
    size_t room = OUTPUT_KEEP - 1 - run->output_len, kept = n < room ? n : room;
    memcpy(engine.output + run->output_len, bytes, kept);
    run->output_len += kept;
    engine.output[run->output_len] = '\0';
    run->output_total += n;
    if (run->output_total > OUTPUT_LIMIT)
        fail(.reason = REASON_TOO_MUCH_OUTPUT, .value = OUTPUT_LIMIT, .pc = pc);
}

/* The strings a %s will read, and what a %n would write, are learner memory: look at them first. */
static const char *skip_spec(const char *f, int *longs, bool *star_width, bool *star_precision, int *precision)
{
    f += strspn(f, "-+ #0'I");
    *star_width = *f == '*';
    f += *star_width ? 1 : (int)strspn(f, "0123456789");
    *precision = -1;
    *star_precision = false;
    if (*f == '.') {
        f++;
        *star_precision = *f == '*';
        *precision = *star_precision ? 0 : atoi(f);
        f += *star_precision ? 1 : (int)strspn(f, "0123456789");
    }
    *longs = 0;
    for (; *f && strchr("hlLqjzt", *f); f++)
        *longs += *f == 'l' || *f == 'q' || *f == 'j' || *f == 'z' || *f == 't' ? 1 : *f == 'L' ? 10 : 0;
    return f;
}

static void check_string_argument(const char *s, int precision, uint64_t pc)
{
    if (s)
        access_string(s, precision >= 0 ? (size_t)precision : ANY_LENGTH, pc);
}

static void check_arguments(const char *format, va_list from, uint64_t pc)
{
    va_list ap;
    va_copy(ap, from);
    access_string(format, ANY_LENGTH, pc);
    for (const char *f = format; (f = strchr(f, '%'));) {
        int longs, precision;
        bool star_width, star_precision;
        f = skip_spec(f + 1, &longs, &star_width, &star_precision, &precision);
        if (star_width)
            (void)va_arg(ap, int);
        if (star_precision)
            precision = va_arg(ap, int);
        if (!*f)
            break;
        char c = *f++;
        if (c == '%' || c == 'm')
            continue;
        if (c == 's' && !longs)
            check_string_argument(va_arg(ap, const char *), precision, pc);
        else if (strchr("aAeEfFgG", c)) {
            if (longs >= 10)
                (void)va_arg(ap, long double);
            else
                (void)va_arg(ap, double);
        } else if (c == 'n')
            fail(.reason = REASON_BAD_ARGUMENT, .detail = "printf with %n", .pc = pc);
        else if (longs || c == 'p' || c == 's')
            (void)va_arg(ap, long);
        else
            (void)va_arg(ap, int);
    }
    va_end(ap);
}

static int print(FILE *f, const char *format, va_list ap, uint64_t pc)
{
    check_arguments(format, ap, pc);
    struct strbuf b = STRBUF_INIT;
    strbuf_vaddf(&b, format, ap);
    int n = (int)b.len;
    char small[512]; /* the run may end in output_add: nothing may be left allocated */
    char *bytes = b.len < sizeof small ? small : xstrdup(b.s);
    memcpy(bytes, b.s, b.len + 1);
    strbuf_fini(&b);
    print_bytes(f, bytes, (size_t)n, pc);
    if (bytes != small)
        free(bytes);
    return n;
}

static void only_standard(FILE *f, const char *what, uint64_t pc)
{
    if (f != stdout && f != stderr)
        fail(.reason = REASON_BAD_ARGUMENT, .detail = what, .pc = pc);
}

#define VARIADIC(format, call)                                                                     \
    va_list ap;                                                                                    \
    va_start(ap, format);                                                                          \
    int n = (call);                                                                                \
    va_end(ap);                                                                                    \
    return n
#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

DECLARE(int, __wrap_printf, const char *format, ...) { ENTER(CALLER); VARIADIC(format, print(stdout, format, ap, CALLER)); }
DECLARE(int, __wrap_vprintf, const char *format, va_list ap) { ENTER(CALLER); return print(stdout, format, ap, CALLER); }
DECLARE(int, __wrap_fprintf, FILE *f, const char *format, ...)
{
    ENTER(CALLER);
    only_standard(f, "fprintf", CALLER);
    VARIADIC(format, print(f, format, ap, CALLER));
}
DECLARE(int, __wrap_vfprintf, FILE *f, const char *format, va_list ap)
{
    ENTER(CALLER);
    only_standard(f, "vfprintf", CALLER);
    return print(f, format, ap, CALLER);
}
DECLARE(int, __wrap_dprintf, int fd, const char *format, ...)
{
    ENTER(CALLER);
    uint64_t pc = CALLER;
    va_list ap;
    va_start(ap, format);
    check_arguments(format, ap, pc);
    struct strbuf b = STRBUF_INIT;
    strbuf_vaddf(&b, format, ap);
    va_end(ap);
    char small[512]; /* the run may end while it writes: nothing may be left allocated */
    size_t n = b.len < sizeof small ? b.len : sizeof small;
    memcpy(small, b.s, n);
    strbuf_fini(&b);
    return (int)io_write(fd, small, n, pc);
}

static int put(FILE *f, const char *s, bool newline, uint64_t pc)
{
    size_t n = access_string(s, ANY_LENGTH, pc);
    char small[512], *bytes = n + 1 < sizeof small ? small : xmalloc(n + 2);
    memcpy(bytes, s, n);
    bytes[n] = '\n';
    print_bytes(f, bytes, n + newline, pc);
    if (bytes != small)
        free(bytes);
    return 1;
}

DECLARE(int, __wrap_puts, const char *s) { ENTER(CALLER); return put(stdout, s, true, CALLER); }
DECLARE(int, __wrap_fputs, const char *s, FILE *f)
{
    ENTER(CALLER);
    only_standard(f, "fputs", CALLER);
    return put(f, s, false, CALLER);
}
static int put_char(int c, FILE *f, uint64_t pc)
{
    char byte = (char)c;
    print_bytes(f, &byte, 1, pc);
    return (unsigned char)c;
}
DECLARE(int, __wrap_putchar_unlocked, int c) { ENTER(CALLER); return put_char(c, stdout, CALLER); }
DECLARE(int, __wrap_putchar, int c) { ENTER(CALLER); return put_char(c, stdout, CALLER); }
DECLARE(int, __wrap_fputc, int c, FILE *f) { ENTER(CALLER); only_standard(f, "fputc", CALLER); return put_char(c, f, CALLER); }
DECLARE(int, __wrap_putc_unlocked, int c, FILE *f) { ENTER(CALLER); only_standard(f, "putc_unlocked", CALLER); return put_char(c, f, CALLER); }
DECLARE(int, __wrap_putc, int c, FILE *f) { ENTER(CALLER); only_standard(f, "putc", CALLER); return put_char(c, f, CALLER); }
DECLARE(size_t, __wrap_fwrite, const void *p, size_t size, size_t count, FILE *f)
{
    ENTER(CALLER);
    only_standard(f, "fwrite", CALLER);
    if (size && count > OUTPUT_LIMIT / size)
        fail(.reason = REASON_TOO_MUCH_OUTPUT, .value = OUTPUT_LIMIT, .pc = CALLER);
    access_range(p, size * count, false, CALLER);
    print_bytes(f, p, size * count, CALLER);
    return count;
}
DECLARE(int, __wrap_fflush, FILE *f)
{
    ENTER(CALLER);
    process_check_safe("stdio", CALLER);
    if (f != stderr)
        streams_flush(CALLER);
    return 0;
}
DECLARE(int, __wrap_setvbuf, FILE *f, char *b, int mode, size_t n)
{
    (void)b, (void)n;
    ENTER(CALLER);
    if (f == stdout)
        output_mode(mode, CALLER);
    return mode == _IOLBF || mode == _IOFBF || mode == _IONBF ? 0 : -1;
}
DECLARE(void, __wrap_setlinebuf, FILE *f)
{
    ENTER(CALLER);
    if (f == stdout)
        output_mode(_IOLBF, CALLER);
}
DECLARE(void, __wrap_setbuf, FILE *f, char *b)
{
    ENTER(CALLER);
    if (f == stdout)
        output_mode(b ? _IOFBF : _IONBF, CALLER);
}
/* "s: meaning", as perror and psignal say it. */
static void explain(const char *s, char *(*meaning)(int), int number, uint64_t pc)
{
    char line[256];
    if (s)
        access_string(s, ANY_LENGTH, pc);
    int n = snprintf(line, sizeof line, "%.200s%s%s\n", s ? s : "", s && *s ? ": " : "", meaning(number));
    print_bytes(stderr, line, (size_t)n, pc);
}
DECLARE(void, __wrap_perror, const char *s) { ENTER(CALLER); explain(s, strerror, *learner_errno_at(), CALLER); }
DECLARE(void, __wrap_psignal, int sig, const char *s) { ENTER(CALLER); explain(s, strsignal, sig, CALLER); }

/* ---- err.h: the program's name, the message, the reason; some end the program ------------------- */

static void complain(const char *format, va_list ap, bool why, uint64_t pc)
{
    int error = *learner_errno_at();
    struct strbuf b = STRBUF_INIT;
    if (format)
        check_arguments(format, ap, pc);
    strbuf_adds(&b, "program: ");
    if (format)
        strbuf_vaddf(&b, format, ap);
    if (why)
        strbuf_addf(&b, "%s%s", format ? ": " : "", strerror(error));
    strbuf_adds(&b, "\n");
    char line[1024]; /* the run may end while it prints: nothing may be left allocated */
    size_t n = b.len < sizeof line ? b.len : sizeof line;
    memcpy(line, b.s, n);
    strbuf_fini(&b);
    print_bytes(stderr, line, n, pc);
}

#define COMPLAINT(why)                                                                             \
    do {                                                                                           \
        va_list ap;                                                                                \
        va_start(ap, format);                                                                      \
        ENTER(CALLER);                                                                             \
        complain(format, ap, why, CALLER);                                                         \
        va_end(ap);                                                                                \
    } while (0)
DECLARE(void, __wrap_warn, const char *format, ...) { COMPLAINT(true); }
DECLARE(void, __wrap_warnx, const char *format, ...) { COMPLAINT(false); }
DECLARE(void, __wrap_vwarn, const char *format, va_list ap) { ENTER(CALLER); complain(format, ap, true, CALLER); }
DECLARE(void, __wrap_vwarnx, const char *format, va_list ap) { ENTER(CALLER); complain(format, ap, false, CALLER); }
DECLARE(void, __wrap_err, int status, const char *format, ...) { COMPLAINT(true); program_leave(status, CALLER); }
DECLARE(void, __wrap_errx, int status, const char *format, ...) { COMPLAINT(false); program_leave(status, CALLER); }
DECLARE(void, __wrap_verr, int status, const char *format, va_list ap)
{
    ENTER(CALLER);
    complain(format, ap, true, CALLER);
    program_leave(status, CALLER);
}
DECLARE(void, __wrap_verrx, int status, const char *format, va_list ap)
{
    ENTER(CALLER);
    complain(format, ap, false, CALLER);
    program_leave(status, CALLER);
}

/* ---- into memory -------------------------------------------------------------------- */

static int print_into(char *to, size_t room, const char *format, va_list ap, uint64_t pc)
{
    check_arguments(format, ap, pc);
    struct strbuf b = STRBUF_INIT;
    strbuf_vaddf(&b, format, ap);
    size_t n = b.len, kept = room ? (n < room - 1 ? n : room - 1) : 0;
    char small[512];
    char *bytes = n < sizeof small ? small : xmalloc(n + 1);
    memcpy(bytes, b.s, n + 1);
    strbuf_fini(&b);
    if (room) {
        access_range(to, kept + 1, true, pc);
        memcpy(to, bytes, kept);
        to[kept] = '\0';
    }
    if (bytes != small)
        free(bytes);
    return (int)n;
}
DECLARE(int, __wrap_snprintf, char *to, size_t room, const char *format, ...)
{
    ENTER(CALLER);
    VARIADIC(format, print_into(to, room, format, ap, CALLER));
}
DECLARE(int, __wrap_vsnprintf, char *to, size_t room, const char *format, va_list ap)
{
    ENTER(CALLER);
    return print_into(to, room, format, ap, CALLER);
}
DECLARE(int, __wrap_sprintf, char *to, const char *format, ...)
{
    ENTER(CALLER);
    VARIADIC(format, print_into(to, ANY_LENGTH, format, ap, CALLER));
}
DECLARE(int, __wrap_vsprintf, char *to, const char *format, va_list ap)
{
    ENTER(CALLER);
    return print_into(to, ANY_LENGTH, format, ap, CALLER);
}

/* ---- into memory of its own --------------------------------------------------------- */

static int print_anew(char **out, const char *format, va_list ap, uint64_t pc)
{
    va_list again;
    va_copy(again, ap);
    int n = print_into(NULL, 0, format, again, pc);
    va_end(again);
    char *to = heap_alloc((size_t)n + 1, 16, false, pc);
    if (!to)
        return learner_errno(ENOMEM);
    print_into(to, (size_t)n + 1, format, ap, pc);
    access_range(out, sizeof *out, true, pc);
    *out = to;
    return n;
}
DECLARE(int, __wrap_asprintf, char **out, const char *format, ...)
{
    ENTER(CALLER);
    VARIADIC(format, print_anew(out, format, ap, CALLER));
}
DECLARE(int, __wrap_vasprintf, char **out, const char *format, va_list ap)
{
    ENTER(CALLER);
    return print_anew(out, format, ap, CALLER);
}

/* ---- about the streams ---------------------------------------------------------------- */

DECLARE(int, __wrap_fileno, FILE *f) { ENTER(CALLER); only_standard(f, "fileno", CALLER); return f == stdout ? 1 : 2; }
DECLARE(int, __wrap_ferror, FILE *f) { ENTER(CALLER); only_standard(f, "ferror", CALLER); return 0; }
DECLARE(int, __wrap_feof, FILE *f) { ENTER(CALLER); only_standard(f, "feof", CALLER); return 0; }
DECLARE(void, __wrap_clearerr, FILE *f) { ENTER(CALLER); only_standard(f, "clearerr", CALLER); }
