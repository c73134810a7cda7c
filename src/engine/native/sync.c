/* sync: locks, condition variables, semaphores and barriers on real threads.
 *
 * A lock is tried first: a lane says "blocked" only when the thread really had to wait. RELEASE is
 * logged before the unlock and ACQUIRE after the lock, so two lanes never seem to hold one lock at
 * once (readers of a reader-writer lock may, and do). Whatever may block logs before it does, so
 * a thread that never comes back shows what it waits for.
 */
#include "engine/native/native.h"

#include <errno.h>
#include <semaphore.h>

#define ADDRESS(p) ((uint64_t)(uintptr_t)(p))

/* After an attempt that does not wait. A robust mutex may be had although its owner died. */
static int tried(const volatile void *lock, int error)
{
    if (error == 0 || error == EOWNERDEAD)
        lanes_event(LANE_ACQUIRE, ADDRESS(lock), 0);
    return error;
}

/* After waiting. An error-checking lock may say no: it waited, and holds nothing. */
static int waited(const volatile void *lock, int error)
{
    lanes_event(LANE_ACQUIRE, ADDRESS(lock), 0);
    if (error != 0 && error != EOWNERDEAD)
        lanes_event(LANE_RELEASE, ADDRESS(lock), 0);
    return error;
}

static void blocks(const volatile void *lock) { lanes_event(LANE_BLOCK, ADDRESS(lock), 0); }
static void gives_back(const volatile void *lock) { lanes_event(LANE_RELEASE, ADDRESS(lock), 0); }

/* ---- mutexes ------------------------------------------------------------------- */

EXPORT int __wrap_pthread_mutex_trylock(pthread_mutex_t *m) { return tried(m, pthread_mutex_trylock(m)); }

EXPORT int __wrap_pthread_mutex_lock(pthread_mutex_t *m)
{
    int error = tried(m, pthread_mutex_trylock(m));
    if (error != EBUSY)
        return error;
    blocks(m);
    return waited(m, pthread_mutex_lock(m));
}

EXPORT int __wrap_pthread_mutex_unlock(pthread_mutex_t *m)
{
    gives_back(m);
    return pthread_mutex_unlock(m);
}


#define TIMED(name, type, how)                                                                     \
    EXPORT int __wrap_##name##_timed##how(type *l, const struct timespec *until)                   \
    {                                                                                              \
        int error = tried(l, name##_try##how(l));                                                  \
        if (error != EBUSY)                                                                        \
            return error;                                                                          \
        blocks(l);                                                                                 \
        return waited(l, name##_timed##how(l, until));                                              \
    }                                                                                              \
    EXPORT int __wrap_##name##_clock##how(type *l, clockid_t clock, const struct timespec *until)  \
    {                                                                                              \
        int error = tried(l, name##_try##how(l));                                                  \
        if (error != EBUSY)                                                                        \
            return error;                                                                          \
        blocks(l);                                                                                 \
        return waited(l, name##_clock##how(l, clock, until));                                       \
    }

TIMED(pthread_mutex, pthread_mutex_t, lock)

/* ---- reader-writer locks --------------------------------------------------------- */

EXPORT int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *l) { return tried(l, pthread_rwlock_tryrdlock(l)); }
EXPORT int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *l) { return tried(l, pthread_rwlock_trywrlock(l)); }

EXPORT int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
    int error = tried(l, pthread_rwlock_tryrdlock(l));
    if (error != EBUSY)
        return error;
    blocks(l);
    return waited(l, pthread_rwlock_rdlock(l));
}

EXPORT int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
    int error = tried(l, pthread_rwlock_trywrlock(l));
    if (error != EBUSY)
        return error;
    blocks(l);
    return waited(l, pthread_rwlock_wrlock(l));
}

EXPORT int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *l)
{
    gives_back(l);
    return pthread_rwlock_unlock(l);
}

TIMED(pthread_rwlock, pthread_rwlock_t, rdlock)
TIMED(pthread_rwlock, pthread_rwlock_t, wrlock)

/* ---- spin locks: who waits for one is running, so nothing is said of waiting ------- */

EXPORT int __wrap_pthread_spin_lock(pthread_spinlock_t *l) { return tried(l, pthread_spin_lock(l)); }
EXPORT int __wrap_pthread_spin_trylock(pthread_spinlock_t *l) { return tried(l, pthread_spin_trylock(l)); }

EXPORT int __wrap_pthread_spin_unlock(pthread_spinlock_t *l)
{
    gives_back(l);
    return pthread_spin_unlock(l);
}

/* ---- condition variables --------------------------------------------------------- */

static void cond_waits(pthread_cond_t *c, pthread_mutex_t *m)
{
    gives_back(m);
    lanes_event(LANE_WAIT, ADDRESS(c), LANE_COND);
}

static int cond_woken(pthread_cond_t *c, pthread_mutex_t *m, int error)
{
    lanes_event(LANE_WOKEN, ADDRESS(c), LANE_COND);
    tried(m, 0);
    return error;
}

EXPORT int __wrap_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
    cond_waits(c, m);
    return cond_woken(c, m, pthread_cond_wait(c, m));
}

EXPORT int __wrap_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *until)
{
    cond_waits(c, m);
    return cond_woken(c, m, pthread_cond_timedwait(c, m, until));
}

EXPORT int __wrap_pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m, clockid_t clock,
                                         const struct timespec *until)
{
    cond_waits(c, m);
    return cond_woken(c, m, pthread_cond_clockwait(c, m, clock, until));
}

EXPORT int __wrap_pthread_cond_signal(pthread_cond_t *c)
{
    lanes_event(LANE_SIGNAL, ADDRESS(c), LANE_COND);
    return pthread_cond_signal(c);
}

EXPORT int __wrap_pthread_cond_broadcast(pthread_cond_t *c)
{
    lanes_event(LANE_SIGNAL, ADDRESS(c), LANE_COND | LANE_BROADCAST);
    return pthread_cond_broadcast(c);
}

/* ---- semaphores and barriers ------------------------------------------------------- */

EXPORT int __wrap_sem_wait(sem_t *s)
{
    int before = errno;
    if (sem_trywait(s) == 0)
        return 0;
    errno = before; /* that it would have to wait is no error yet */
    lanes_event(LANE_WAIT, ADDRESS(s), LANE_SEMAPHORE);
    int r = sem_wait(s);
    lanes_event(LANE_WOKEN, ADDRESS(s), LANE_SEMAPHORE);
    return r;
}

EXPORT int __wrap_sem_timedwait(sem_t *s, const struct timespec *until)
{
    int before = errno;
    if (sem_trywait(s) == 0)
        return 0;
    errno = before;
    lanes_event(LANE_WAIT, ADDRESS(s), LANE_SEMAPHORE);
    int r = sem_timedwait(s, until);
    lanes_event(LANE_WOKEN, ADDRESS(s), LANE_SEMAPHORE);
    return r;
}

EXPORT int __wrap_sem_clockwait(sem_t *s, clockid_t clock, const struct timespec *until)
{
    int before = errno;
    if (sem_trywait(s) == 0)
        return 0;
    errno = before;
    lanes_event(LANE_WAIT, ADDRESS(s), LANE_SEMAPHORE);
    int r = sem_clockwait(s, clock, until);
    lanes_event(LANE_WOKEN, ADDRESS(s), LANE_SEMAPHORE);
    return r;
}

EXPORT int __wrap_sem_post(sem_t *s)
{
    lanes_event(LANE_SIGNAL, ADDRESS(s), LANE_SEMAPHORE);
    return sem_post(s);
}

EXPORT int __wrap_pthread_barrier_wait(pthread_barrier_t *b)
{
    lanes_event(LANE_WAIT, ADDRESS(b), LANE_BARRIER);
    int r = pthread_barrier_wait(b);
    lanes_event(LANE_WOKEN, ADDRESS(b), LANE_BARRIER);
    return r;
}
