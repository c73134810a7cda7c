/* mutant: wakes two of those who wait
 * expect: DEADLOCK in three_getters, message contains "nobody is left to signal"
 * belief: M31 two signals are as good as a broadcast */
#define _GNU_SOURCE
#include "future.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct future {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool done; /* under the lock, like all that follows */
    void *val;
    int err;
};

/* `ready` counts time by CLOCK_MONOTONIC. */
future_t *future_new(void)
{
    pthread_condattr_t monotonic;
    future_t *f = malloc(sizeof *f);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->ready, &monotonic);
    pthread_condattr_destroy(&monotonic);
    f->done = false;
    f->val = NULL;
    f->err = 0;
    return f;
}

int future_set(future_t *f, void *val, int err)
{
    pthread_mutex_lock(&f->lock);
    if (f->done) {
        pthread_mutex_unlock(&f->lock);
        return EALREADY;
    }
    f->val = val;
    f->err = err;
    f->done = true;
    pthread_cond_signal(&f->ready);
    pthread_cond_signal(&f->ready);
    pthread_mutex_unlock(&f->lock);
    return 0;
}

int future_get(future_t *f, void **val)
{
    pthread_mutex_lock(&f->lock);
    while (!f->done)
        pthread_cond_wait(&f->ready, &f->lock);
    if (val)
        *val = f->val;
    int err = f->err;
    pthread_mutex_unlock(&f->lock);
    return err;
}

bool future_done(future_t *f)
{
    pthread_mutex_lock(&f->lock);
    bool done = f->done;
    pthread_mutex_unlock(&f->lock);
    return done;
}

/* The moment that is `ms` milliseconds from now. */
static struct timespec in_ms(int ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000L;
    }
    return t;
}

bool future_wait_ms(future_t *f, int ms)
{
    struct timespec end = in_ms(ms);
    pthread_mutex_lock(&f->lock);
    while (!f->done && pthread_cond_timedwait(&f->ready, &f->lock, &end) == 0)
        ;
    bool done = f->done;
    pthread_mutex_unlock(&f->lock);
    return done;
}

void future_free(future_t *f)
{
    pthread_cond_destroy(&f->ready);
    pthread_mutex_destroy(&f->lock);
    free(f);
}
