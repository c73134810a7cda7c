/* future.c - the slip for a result: set once, under the lock, and everybody who waits is woken. */
#include "pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct future {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool done; /* under the lock, like all that follows */
    void *val;
    int err;
};

future_t *future_new(void)
{
    future_t *f = malloc(sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->ready, NULL);
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
    pthread_cond_broadcast(&f->ready); /* several may be waiting */
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

void future_free(future_t *f)
{
    pthread_cond_destroy(&f->ready);
    pthread_mutex_destroy(&f->lock);
    free(f);
}
