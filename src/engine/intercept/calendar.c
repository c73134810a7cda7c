/* calendar: dates, from the virtual clock. The lab lives in UTC, so a program prints the same everywhere.
 *
 * localtime, gmtime, ctime and asctime answer with memory that all threads share; it lies in the C library's
 * slot, where two threads that use it without order race as they do outside.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

static struct tm *split(const time_t *when, struct tm *to, uint64_t pc)
{
    access_range(when, sizeof *when, false, pc);
    access_range(to, sizeof *to, true, pc);
    return gmtime_r(when, to);
}

DECLARE(struct tm *, __wrap_gmtime_r, const time_t *when, struct tm *to) { ENTER(CALLER); return split(when, to, CALLER); }
DECLARE(struct tm *, __wrap_localtime_r, const time_t *when, struct tm *to) { ENTER(CALLER); return split(when, to, CALLER); }
DECLARE(struct tm *, __wrap_gmtime, const time_t *when) { ENTER(CALLER); return split(when, library_memory(LIBRARY_TM), CALLER); }
DECLARE(struct tm *, __wrap_localtime, const time_t *when) { ENTER(CALLER); return split(when, library_memory(LIBRARY_TM), CALLER); }

static time_t join(struct tm *tm, uint64_t pc)
{
    access_range(tm, sizeof *tm, true, pc);
    return timegm(tm);
}
DECLARE(time_t, __wrap_mktime, struct tm *tm) { ENTER(CALLER); return join(tm, CALLER); }
DECLARE(time_t, __wrap_timegm, struct tm *tm) { ENTER(CALLER); return join(tm, CALLER); }

static char *write_out(const struct tm *tm, char *to, uint64_t pc)
{
    access_range(tm, sizeof *tm, false, pc);
    char text[64];
    if (!asctime_r(tm, text))
        return NULL;
    access_range(to, strlen(text) + 1, true, pc);
    return memcpy(to, text, strlen(text) + 1);
}
static char *write_time(const time_t *when, char *to, uint64_t pc)
{
    struct tm tm;
    char text[64];
    access_range(when, sizeof *when, false, pc);
    if (!gmtime_r(when, &tm) || !asctime_r(&tm, text))
        return NULL;
    access_range(to, strlen(text) + 1, true, pc);
    return memcpy(to, text, strlen(text) + 1);
}
DECLARE(char *, __wrap_asctime_r, const struct tm *tm, char *to) { ENTER(CALLER); return write_out(tm, to, CALLER); }
DECLARE(char *, __wrap_asctime, const struct tm *tm) { ENTER(CALLER); return write_out(tm, library_memory(LIBRARY_TIME_TEXT), CALLER); }
DECLARE(char *, __wrap_ctime_r, const time_t *when, char *to) { ENTER(CALLER); return write_time(when, to, CALLER); }
DECLARE(char *, __wrap_ctime, const time_t *when) { ENTER(CALLER); return write_time(when, library_memory(LIBRARY_TIME_TEXT), CALLER); }

DECLARE(size_t, __wrap_strftime, char *to, size_t room, const char *format, const struct tm *tm)
{
    ENTER(CALLER);
    access_string(format, ANY_LENGTH, CALLER);
    access_range(tm, sizeof *tm, false, CALLER);
    char text[1024];
    size_t n = strftime(text, room < sizeof text ? room : sizeof text, format, tm);
    access_range(to, n ? n + 1 : 0, true, CALLER);
    memcpy(to, text, n ? n + 1 : 0);
    return n;
}

DECLARE(int, __wrap_timespec_get, struct timespec *out, int base)
{
    ENTER(CALLER);
    if (base != TIME_UTC)
        return 0;
    access_range(out, sizeof *out, true, CALLER);
    time_now(CLOCK_REALTIME, out, CALLER);
    return base;
}

DECLARE(int, __wrap_clock_getres, clockid_t clock, struct timespec *out)
{
    ENTER(CALLER);
    if (!time_has_clock(clock))
        return learner_errno(EINVAL);
    if (out) {
        access_range(out, sizeof *out, true, CALLER);
        *out = (struct timespec){.tv_nsec = 1};
    }
    return 0;
}
