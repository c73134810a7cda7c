/* The loop does the work itself, and meanwhile serves nobody. Give it to the pool, and bring the result back. */
#include "run-in-executor.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>

struct job {
    void *(*work)(void *);
    void *arg;
    void *res; /* written by the worker, before the job is put on the shelf */
    void (*done)(void *res, void *ctx);
    void *ctx;
    struct desk *desk;
    struct job *next;
};

/* Between the workers and the loop: they put finished jobs on the shelf and ring the bell. */
struct desk {
    pthread_mutex_t lock;
    struct job *shelf; /* finished jobs; under the lock */
    int bell;          /* an eventfd */
    int out;           /* jobs whose result the loop has not had yet; the loop's own, like what follows */
    task_t *clerk;     /* waits for the bell; NULL while no job is out */
};

void offload_open(loop_t *l)
{
    struct desk *d = calloc(1, sizeof *d);
    pthread_mutex_init(&d->lock, NULL);
    d->bell = eventfd(0, 0);
    l->user = d;
}

void offload_close(loop_t *l)
{
    struct desk *d = l->user;
    close(d->bell);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

void loop_offload(loop_t *l, pool_t *p, void *(*work)(void *), void *arg, void (*done)(void *res, void *ctx), void *ctx)
{
    struct desk *d = l->user;
    (void)p;
    (void)d;
    done(work(arg), ctx);
}
