/* mutexattr: what a mutex is to be, in the learner's own bytes: bit fields of one int, see sync.h.
 *
 * The type and robustness mean something here. Sharing between processes, protocols and ceilings are kept and
 * told back; there is one process, and no priorities.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <string.h>

static int field_shift(int mask)
{
    int shift = 0;
    while (!(mask >> shift & 1))
        shift++;
    return shift;
}

static int set(pthread_mutexattr_t *attr, int mask, int value, uint64_t pc)
{
    int bits;
    access_range(attr, sizeof *attr, true, pc);
    memcpy(&bits, attr, sizeof bits);
    bits = (bits & ~mask) | (value << field_shift(mask) & mask);
    memcpy(attr, &bits, sizeof bits);
    return 0;
}

static int get(const pthread_mutexattr_t *attr, int mask, int *value, uint64_t pc)
{
    int bits;
    access_range(attr, sizeof *attr, false, pc);
    access_range(value, sizeof *value, true, pc);
    memcpy(&bits, attr, sizeof bits);
    *value = (bits & mask) >> field_shift(mask);
    return 0;
}

int __wrap_pthread_mutexattr_init(pthread_mutexattr_t *attr);
int __wrap_pthread_mutexattr_init(pthread_mutexattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    memset(attr, 0, sizeof *attr);
    return 0;
}
int __wrap_pthread_mutexattr_destroy(pthread_mutexattr_t *attr);
int __wrap_pthread_mutexattr_destroy(pthread_mutexattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    return 0;
}

#define ATTRIBUTE(setter, getter, mask, lowest, highest)                                           \
    int __wrap_pthread_mutexattr_##setter(pthread_mutexattr_t *attr, int value);                   \
    int __wrap_pthread_mutexattr_##setter(pthread_mutexattr_t *attr, int value)                    \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        return value < (lowest) || value > (highest) ? EINVAL : set(attr, mask, value, CALLER);    \
    }                                                                                              \
    int __wrap_pthread_mutexattr_##getter(const pthread_mutexattr_t *attr, int *value);            \
    int __wrap_pthread_mutexattr_##getter(const pthread_mutexattr_t *attr, int *value)             \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        return get(attr, mask, value, CALLER);                                                     \
    }

ATTRIBUTE(settype, gettype, MUTEX_TYPE, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ERRORCHECK)
ATTRIBUTE(setrobust, getrobust, MUTEX_ROBUST, PTHREAD_MUTEX_STALLED, PTHREAD_MUTEX_ROBUST)
ATTRIBUTE(setpshared, getpshared, MUTEX_SHARED, PTHREAD_PROCESS_PRIVATE, PTHREAD_PROCESS_SHARED)
ATTRIBUTE(setprotocol, getprotocol, MUTEX_PROTOCOL, PTHREAD_PRIO_NONE, PTHREAD_PRIO_PROTECT)
ATTRIBUTE(setprioceiling, getprioceiling, MUTEX_CEILING, 1, 99)

/* ---- the ceiling of a mutex that is in use: kept beside its state --------------------- */

int __wrap_pthread_mutex_getprioceiling(const pthread_mutex_t *addr, int *ceiling);
int __wrap_pthread_mutex_getprioceiling(const pthread_mutex_t *addr, int *ceiling)
{
    ENTER(CALLER);
    struct object *m = mutex_object((pthread_mutex_t *)(uintptr_t)addr, CALLER);
    if (!m->ceiling)
        return EINVAL;
    access_range(ceiling, sizeof *ceiling, true, CALLER);
    *ceiling = m->ceiling;
    return 0;
}
int __wrap_pthread_mutex_setprioceiling(pthread_mutex_t *addr, int ceiling, int *old);
int __wrap_pthread_mutex_setprioceiling(pthread_mutex_t *addr, int ceiling, int *old)
{
    ENTER(CALLER);
    if (!mutex_object(addr, CALLER)->ceiling || ceiling < 1 || ceiling > 99)
        return EINVAL;
    int error = mutex_lock(addr, CALLER); /* as POSIX has it: it locks, changes and unlocks */
    if (error)
        return error;
    struct object *m = mutex_object(addr, CALLER);
    if (old) {
        access_range(old, sizeof *old, true, CALLER);
        *old = m->ceiling;
    }
    engine.run.undigested = true;
    m->ceiling = ceiling;
    return mutex_unlock(addr, CALLER);
}
