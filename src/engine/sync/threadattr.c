/* threadattr: what a thread is to be, in the learner's own bytes, besides what thread.c keeps there (the
 * detach state in the first four, the stack size in bytes 8 to 15).
 *
 * Guards, scope and scheduling are kept and told back. They change nothing: which thread runs is the
 * schedule's choice, whatever its priority.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

enum { AT_GUARD = 16, AT_SCOPE = 24, AT_INHERIT = 28, AT_POLICY = 32, AT_PRIORITY = 36 };

static int set(pthread_attr_t *attr, size_t at, const void *value, size_t size, uint64_t pc)
{
    access_range(attr, sizeof *attr, true, pc);
    memcpy((char *)attr + at, value, size);
    return 0;
}

static int get(const pthread_attr_t *attr, size_t at, void *value, size_t size, uint64_t pc)
{
    access_range(attr, sizeof *attr, false, pc);
    access_range(value, size, true, pc);
    memcpy(value, (const char *)attr + at, size);
    return 0;
}

#define ATTRIBUTE(name, type, at, good)                                                            \
    int __wrap_pthread_attr_set##name(pthread_attr_t *attr, type value);                           \
    int __wrap_pthread_attr_set##name(pthread_attr_t *attr, type value)                            \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        return (good) ? set(attr, at, &value, sizeof value, CALLER) : EINVAL;                      \
    }                                                                                              \
    int __wrap_pthread_attr_get##name(const pthread_attr_t *attr, type *value);                    \
    int __wrap_pthread_attr_get##name(const pthread_attr_t *attr, type *value)                     \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        return get(attr, at, value, sizeof *value, CALLER);                                        \
    }

ATTRIBUTE(guardsize, size_t, AT_GUARD, true)
ATTRIBUTE(scope, int, AT_SCOPE, value == PTHREAD_SCOPE_SYSTEM)
ATTRIBUTE(inheritsched, int, AT_INHERIT, value == PTHREAD_INHERIT_SCHED || value == PTHREAD_EXPLICIT_SCHED)
ATTRIBUTE(schedpolicy, int, AT_POLICY, value == SCHED_OTHER || value == SCHED_FIFO || value == SCHED_RR)

int __wrap_pthread_attr_setschedparam(pthread_attr_t *attr, const struct sched_param *value);
int __wrap_pthread_attr_setschedparam(pthread_attr_t *attr, const struct sched_param *value)
{
    ENTER(CALLER);
    access_range(value, sizeof *value, false, CALLER);
    return set(attr, AT_PRIORITY, value, sizeof *value, CALLER);
}
int __wrap_pthread_attr_getschedparam(const pthread_attr_t *attr, struct sched_param *value);
int __wrap_pthread_attr_getschedparam(const pthread_attr_t *attr, struct sched_param *value)
{
    ENTER(CALLER);
    return get(attr, AT_PRIORITY, value, sizeof *value, CALLER);
}
