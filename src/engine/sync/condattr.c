/* condattr: what a condition variable is to be, in the learner's own four bytes: its clock and, kept and told
 * back, whether processes share it.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <string.h>

static int load(const pthread_condattr_t *attr, uint64_t pc)
{
    int bits;
    access_range(attr, sizeof *attr, false, pc);
    memcpy(&bits, attr, sizeof bits);
    return bits;
}

static int store(pthread_condattr_t *attr, int bits, uint64_t pc)
{
    access_range(attr, sizeof *attr, true, pc);
    memcpy(attr, &bits, sizeof bits);
    return 0;
}

int __wrap_pthread_condattr_init(pthread_condattr_t *attr);
int __wrap_pthread_condattr_init(pthread_condattr_t *attr)
{
    ENTER(CALLER);
    return store(attr, CLOCK_REALTIME, CALLER);
}
int __wrap_pthread_condattr_destroy(pthread_condattr_t *attr);
int __wrap_pthread_condattr_destroy(pthread_condattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    return 0;
}
int __wrap_pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock);
int __wrap_pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock)
{
    ENTER(CALLER);
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return EINVAL;
    return store(attr, (load(attr, CALLER) & ~COND_CLOCK) | (int)clock, CALLER);
}
int __wrap_pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock);
int __wrap_pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock)
{
    ENTER(CALLER);
    access_range(clock, sizeof *clock, true, CALLER);
    *clock = load(attr, CALLER) & COND_CLOCK;
    return 0;
}
int __wrap_pthread_condattr_setpshared(pthread_condattr_t *attr, int shared);
int __wrap_pthread_condattr_setpshared(pthread_condattr_t *attr, int shared)
{
    ENTER(CALLER);
    if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED)
        return EINVAL;
    return store(attr, (load(attr, CALLER) & ~COND_SHARED) | (shared ? COND_SHARED : 0), CALLER);
}
int __wrap_pthread_condattr_getpshared(const pthread_condattr_t *attr, int *shared);
int __wrap_pthread_condattr_getpshared(const pthread_condattr_t *attr, int *shared)
{
    ENTER(CALLER);
    access_range(shared, sizeof *shared, true, CALLER);
    *shared = (load(attr, CALLER) & COND_SHARED) != 0;
    return 0;
}
