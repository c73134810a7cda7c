/* threadattr: what a thread is to be, in the learner's own bytes.
 *
 * The detach state means something. Stacks, guards, scope, scheduling and processors are kept and told
 * back. They change nothing: every thread has the lab's own stack, and which thread runs is the schedule's
 * choice, whatever its priority.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <string.h>

enum { AT_STATE = 0, AT_STACK_SIZE = 8, AT_GUARD = 16, AT_SCOPE = 24, AT_INHERIT = 28, AT_POLICY = 32, AT_PRIORITY = 36,
       AT_STACK = 40, AT_CORES = 48 };
_Static_assert(sizeof(pthread_attr_t) >= 56, "room for all of them");
#define LEAST_STACK 16384
#define GUARD 4096

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

static void init(pthread_attr_t *attr)
{
    size_t guard = GUARD, size = STACK_SIZE;
    memset(attr, 0, sizeof *attr);
    memcpy((char *)attr + AT_GUARD, &guard, sizeof guard);
    memcpy((char *)attr + AT_STACK_SIZE, &size, sizeof size);
}

int __wrap_pthread_attr_init(pthread_attr_t *attr);
int __wrap_pthread_attr_init(pthread_attr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    init(attr);
    return 0;
}
int __wrap_pthread_attr_destroy(pthread_attr_t *attr);
int __wrap_pthread_attr_destroy(pthread_attr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    return 0;
}

/* What it was made with is not kept: it is told as the system's defaults. */
int __wrap_pthread_getattr_np(pthread_t id, pthread_attr_t *attr);
int __wrap_pthread_getattr_np(pthread_t id, pthread_attr_t *attr)
{
    ENTER(CALLER);
    const struct thread *t = thread_of(id);
    if (!t)
        return ESRCH;
    int state = t->detached ? PTHREAD_CREATE_DETACHED : PTHREAD_CREATE_JOINABLE;
    access_range(attr, sizeof *attr, true, CALLER);
    init(attr);
    memcpy(attr, &state, sizeof state);
    memcpy((char *)attr + AT_STACK, &t->stack, sizeof t->stack);
    return 0;
}

/* error: 0, or the error for this value. */
#define ATTRIBUTE(name, type, at, error)                                                            \
    int __wrap_pthread_attr_set##name(pthread_attr_t *attr, type value);                           \
    int __wrap_pthread_attr_set##name(pthread_attr_t *attr, type value)                            \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        int no = (error);                                                                          \
        return no ? no : set(attr, at, &value, sizeof value, CALLER);                              \
    }                                                                                              \
    int __wrap_pthread_attr_get##name(const pthread_attr_t *attr, type *value);                    \
    int __wrap_pthread_attr_get##name(const pthread_attr_t *attr, type *value)                     \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        return get(attr, at, value, sizeof *value, CALLER);                                        \
    }

static int unless(bool good) { return good ? 0 : EINVAL; }
static int scope_error(int scope)
{
    return scope == PTHREAD_SCOPE_SYSTEM ? 0 : scope == PTHREAD_SCOPE_PROCESS ? ENOTSUP : EINVAL;
}

ATTRIBUTE(detachstate, int, AT_STATE, unless(value == PTHREAD_CREATE_DETACHED || value == PTHREAD_CREATE_JOINABLE))
ATTRIBUTE(stacksize, size_t, AT_STACK_SIZE, unless(value >= LEAST_STACK))
ATTRIBUTE(guardsize, size_t, AT_GUARD, 0)
ATTRIBUTE(scope, int, AT_SCOPE, scope_error(value))
ATTRIBUTE(inheritsched, int, AT_INHERIT, unless(value == PTHREAD_INHERIT_SCHED || value == PTHREAD_EXPLICIT_SCHED))
ATTRIBUTE(schedpolicy, int, AT_POLICY, unless(value == SCHED_OTHER || value == SCHED_FIFO || value == SCHED_RR))

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

int __wrap_pthread_attr_setstack(pthread_attr_t *attr, void *stack, size_t size);
int __wrap_pthread_attr_setstack(pthread_attr_t *attr, void *stack, size_t size)
{
    ENTER(CALLER);
    if (size < LEAST_STACK)
        return EINVAL;
    set(attr, AT_STACK, &stack, sizeof stack, CALLER);
    return set(attr, AT_STACK_SIZE, &size, sizeof size, CALLER);
}
int __wrap_pthread_attr_getstack(const pthread_attr_t *attr, void **stack, size_t *size);
int __wrap_pthread_attr_getstack(const pthread_attr_t *attr, void **stack, size_t *size)
{
    ENTER(CALLER);
    get(attr, AT_STACK, stack, sizeof *stack, CALLER);
    return get(attr, AT_STACK_SIZE, size, sizeof *size, CALLER);
}

/* Processors: the first 64. */
int __wrap_pthread_attr_setaffinity_np(pthread_attr_t *attr, size_t size, const cpu_set_t *cores);
int __wrap_pthread_attr_setaffinity_np(pthread_attr_t *attr, size_t size, const cpu_set_t *cores)
{
    ENTER(CALLER);
    uint64_t bits = 0;
    access_range(cores, size, false, CALLER);
    memcpy(&bits, cores, size < sizeof bits ? size : sizeof bits);
    return set(attr, AT_CORES, &bits, sizeof bits, CALLER);
}
int __wrap_pthread_attr_getaffinity_np(const pthread_attr_t *attr, size_t size, cpu_set_t *cores);
int __wrap_pthread_attr_getaffinity_np(const pthread_attr_t *attr, size_t size, cpu_set_t *cores)
{
    ENTER(CALLER);
    uint64_t bits;
    access_range(attr, sizeof *attr, false, CALLER);
    access_range(cores, size, true, CALLER);
    memcpy(&bits, (const char *)attr + AT_CORES, sizeof bits);
    memset(cores, bits ? 0 : 0xff, size);
    if (bits)
        memcpy(cores, &bits, size < sizeof bits ? size : sizeof bits);
    return 0;
}
