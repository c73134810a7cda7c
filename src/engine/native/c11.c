/* c11: <threads.h> on real threads. In glibc these are pthreads in other clothes, and so they are here:
 * each call goes through ours for pthreads, which logs, and its answer is put into C11's words.
 */
#include "engine/native/native.h"

#include <errno.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) && sizeof(cnd_t) == sizeof(pthread_cond_t) &&
                   sizeof(thrd_t) == sizeof(pthread_t),
               "threads.h stands on pthreads");

int __wrap_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int __wrap_pthread_join(pthread_t, void **);
_Noreturn void __wrap_pthread_exit(void *);
int __wrap_nanosleep(const struct timespec *, struct timespec *);
int __wrap_pthread_mutex_lock(pthread_mutex_t *);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *, const struct timespec *);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *);
int __wrap_pthread_cond_wait(pthread_cond_t *, pthread_mutex_t *);
int __wrap_pthread_cond_timedwait(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
int __wrap_pthread_cond_signal(pthread_cond_t *);
int __wrap_pthread_cond_broadcast(pthread_cond_t *);

#define MUTEX(m) ((pthread_mutex_t *)(m))
#define COND(c)  ((pthread_cond_t *)(c))

static int answer(int error)
{
    switch (error) {
    case 0: return thrd_success;
    case EBUSY: return thrd_busy;
    case EAGAIN:
    case ENOMEM: return thrd_nomem;
    case ETIMEDOUT: return thrd_timedout;
    default: return thrd_error;
    }
}

struct beginning {
    thrd_start_t start;
    void *arg;
};

static void *trampoline(void *p)
{
    struct beginning b = *(struct beginning *)p;
    free(p);
    return (void *)(intptr_t)b.start(b.arg);
}

EXPORT int __wrap_thrd_create(thrd_t *id, thrd_start_t start, void *arg)
{
    struct beginning *b = malloc(sizeof *b);
    if (!b)
        return thrd_nomem;
    *b = (struct beginning){start, arg};
    int error = __wrap_pthread_create(id, NULL, trampoline, b);
    if (error)
        free(b);
    return answer(error);
}

EXPORT int __wrap_thrd_join(thrd_t id, int *result)
{
    void *value = NULL;
    int error = __wrap_pthread_join(id, &value);
    if (error == 0 && result)
        *result = (int)(intptr_t)value;
    return answer(error);
}

EXPORT _Noreturn void __wrap_thrd_exit(int result) { __wrap_pthread_exit((void *)(intptr_t)result); }

/* 0, -1 when a signal interrupted it, another negative number for other errors. */
EXPORT int __wrap_thrd_sleep(const struct timespec *span, struct timespec *left)
{
    return __wrap_nanosleep(span, left) == 0 ? 0 : errno == EINTR ? -1 : -2;
}

EXPORT int __wrap_mtx_lock(mtx_t *m) { return answer(__wrap_pthread_mutex_lock(MUTEX(m))); }
EXPORT int __wrap_mtx_trylock(mtx_t *m) { return answer(__wrap_pthread_mutex_trylock(MUTEX(m))); }
EXPORT int __wrap_mtx_unlock(mtx_t *m) { return answer(__wrap_pthread_mutex_unlock(MUTEX(m))); }

EXPORT int __wrap_mtx_timedlock(mtx_t *m, const struct timespec *until)
{
    return answer(__wrap_pthread_mutex_timedlock(MUTEX(m), until));
}

EXPORT int __wrap_cnd_wait(cnd_t *c, mtx_t *m) { return answer(__wrap_pthread_cond_wait(COND(c), MUTEX(m))); }
EXPORT int __wrap_cnd_signal(cnd_t *c) { return answer(__wrap_pthread_cond_signal(COND(c))); }
EXPORT int __wrap_cnd_broadcast(cnd_t *c) { return answer(__wrap_pthread_cond_broadcast(COND(c))); }

EXPORT int __wrap_cnd_timedwait(cnd_t *c, mtx_t *m, const struct timespec *until)
{
    return answer(__wrap_pthread_cond_timedwait(COND(c), MUTEX(m), until));
}
