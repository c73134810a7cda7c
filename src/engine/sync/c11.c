/* c11: <threads.h>, as thin coats over the objects of pthreads.
 *
 * In glibc mtx_t is a pthread_mutex_t and cnd_t a pthread_cond_t in other clothes, and so they are here; but
 * neither has a static initialiser. A start routine returns int: its upper half is cut off by thrd_join.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <threads.h>

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) && sizeof(cnd_t) == sizeof(pthread_cond_t) &&
                   sizeof(thrd_t) == sizeof(pthread_t) && sizeof(tss_t) == sizeof(pthread_key_t),
               "threads.h stands on pthreads");

static int answer(int error)
{
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

static pthread_mutex_t *mutex(mtx_t *m, uint64_t pc)
{
    const struct object *o = object_peek(m);
    if (!o || o->kind != OBJECT_MUTEX) {
        access_check(m, sizeof *m, true, pc);
        fail(.reason = REASON_NOT_INITIALISED, .object = m, .pc = pc);
    }
    return (pthread_mutex_t *)m;
}

static pthread_cond_t *cond(cnd_t *c, uint64_t pc)
{
    const struct object *o = object_peek(c);
    if (!o || o->kind != OBJECT_COND) {
        access_check(c, sizeof *c, true, pc);
        fail(.reason = REASON_NOT_INITIALISED, .object = c, .pc = pc);
    }
    return (pthread_cond_t *)c;
}

#define COAT(type, name, ...)                                                                      \
    type __wrap_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__)

/* ---- threads --------------------------------------------------------------------- */

COAT(int, thrd_create, thrd_t *id, thrd_start_t start, void *arg)
{
    ENTER(CALLER);
    union {
        thrd_start_t c11;
        void *(*posix)(void *);
    } routine = {start};
    return answer(thread_create(id, CREATE_C11, routine.posix, arg, CALLER));
}

COAT(int, thrd_join, thrd_t id, int *result)
{
    ENTER(CALLER);
    op_with((uintptr_t)result);
    int value = (int)(intptr_t)thread_join(id, CALLER);
    if (result) {
        access_range(result, sizeof *result, true, CALLER);
        *result = value;
    }
    return thrd_success;
}

COAT(int, thrd_detach, thrd_t id)
{
    ENTER(CALLER);
    return answer(thread_detach(id, CALLER));
}

COAT(_Noreturn void, thrd_exit, int result)
{
    ENTER(CALLER);
    thread_unwind((void *)(intptr_t)result, "leaves with thrd_exit", CALLER);
}

COAT(thrd_t, thrd_current, void) { return thread_id(me()); }
COAT(int, thrd_equal, thrd_t a, thrd_t b) { return a == b; }

COAT(void, thrd_yield, void)
{
    ENTER(CALLER);
    thread_yield(CALLER);
}

COAT(int, thrd_sleep, const struct timespec *span, struct timespec *left)
{
    (void)left; /* for interrupted sleeps only, which there are none of */
    ENTER(CALLER);
    access_range(span, sizeof *span, false, CALLER);
    if (!time_good(span))
        return -2;
    sleep_for(time_ns(span), CALLER);
    return 0;
}

COAT(void, call_once, once_flag *flag, void (*fn)(void))
{
    ENTER(CALLER);
    once_run(flag, sizeof *flag, fn, CALLER);
}

/* ---- mutexes ---------------------------------------------------------------------- */

COAT(int, mtx_init, mtx_t *m, int type)
{
    ENTER(CALLER);
    if (type & ~(mtx_plain | mtx_timed | mtx_recursive))
        return thrd_error;
    return answer(mutex_init((pthread_mutex_t *)m,
                             type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL, CALLER));
}

COAT(void, mtx_destroy, mtx_t *m)
{
    ENTER(CALLER);
    mutex_destroy(mutex(m, CALLER), CALLER);
}

COAT(int, mtx_lock, mtx_t *m)
{
    ENTER(CALLER);
    return answer(mutex_lock(mutex(m, CALLER), CALLER));
}

COAT(int, mtx_trylock, mtx_t *m)
{
    ENTER(CALLER);
    return answer(mutex_trylock(mutex(m, CALLER), CALLER));
}

COAT(int, mtx_timedlock, mtx_t *m, const struct timespec *when)
{
    ENTER(CALLER);
    return answer(mutex_timedlock(mutex(m, CALLER), CLOCK_REALTIME, when, CALLER));
}

COAT(int, mtx_unlock, mtx_t *m)
{
    ENTER(CALLER);
    return answer(mutex_unlock(mutex(m, CALLER), CALLER));
}

/* ---- condition variables ------------------------------------------------------------ */

COAT(int, cnd_init, cnd_t *c)
{
    ENTER(CALLER);
    return answer(cond_init((pthread_cond_t *)c, CLOCK_REALTIME, CALLER));
}

COAT(void, cnd_destroy, cnd_t *c)
{
    ENTER(CALLER);
    cond_destroy(cond(c, CALLER), CALLER);
}

COAT(int, cnd_wait, cnd_t *c, mtx_t *m)
{
    ENTER(CALLER);
    return answer(cond_wait(cond(c, CALLER), mutex(m, CALLER), CALLER));
}

COAT(int, cnd_timedwait, cnd_t *c, mtx_t *m, const struct timespec *when)
{
    ENTER(CALLER);
    return answer(cond_timedwait(cond(c, CALLER), mutex(m, CALLER), CLOCK_REALTIME, when, CALLER));
}

COAT(int, cnd_signal, cnd_t *c)
{
    ENTER(CALLER);
    return answer(cond_signal(cond(c, CALLER), CALLER));
}

COAT(int, cnd_broadcast, cnd_t *c)
{
    ENTER(CALLER);
    return answer(cond_broadcast(cond(c, CALLER), CALLER));
}

/* ---- thread-specific data -------------------------------------------------------------- */

COAT(int, tss_create, tss_t *key, tss_dtor_t destroy)
{
    ENTER(CALLER);
    return answer(key_create(key, destroy, CALLER));
}

COAT(void, tss_delete, tss_t key)
{
    ENTER(CALLER);
    key_delete(key, CALLER);
}

COAT(int, tss_set, tss_t key, void *value)
{
    ENTER(CALLER);
    return answer(key_set(key, value, CALLER));
}

COAT(void *, tss_get, tss_t key)
{
    ENTER(CALLER);
    return key_get(key, CALLER);
}
