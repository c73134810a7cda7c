/* ok: a semaphore that whoever was let in posts again */
#define _GNU_SOURCE
#include "future.h"
#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
struct future {
    sem_t ready;
    atomic_int state;
    void *val;
    int err;
};
future_t *future_new(void)
{
    future_t *f = calloc(1, sizeof *f);
    sem_init(&f->ready, 0, 0);
    return f;
}
int future_set(future_t *f, void *val, int err)
{
    int z = 0;
    if (!atomic_compare_exchange_strong(&f->state, &z, 1))
        return EALREADY;
    f->val = val;
    f->err = err;
    atomic_store(&f->state, 2);
    sem_post(&f->ready);
    return 0;
}
int future_get(future_t *f, void **val)
{
    while (sem_wait(&f->ready))
        ;
    sem_post(&f->ready);
    if (val)
        *val = f->val;
    return f->err;
}
bool future_done(future_t *f) { return atomic_load(&f->state) == 2; }
bool future_wait_ms(future_t *f, int ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    long ns = t.tv_nsec + ms % 1000 * 1000000L;
    t.tv_sec += ms / 1000 + ns / 1000000000L;
    t.tv_nsec = ns % 1000000000L;
    int r;
    while ((r = sem_clockwait(&f->ready, CLOCK_MONOTONIC, &t)) && errno == EINTR)
        ;
    if (r)
        return false;
    sem_post(&f->ready);
    return true;
}
void future_free(future_t *f)
{
    sem_destroy(&f->ready);
    free(f);
}
