/* mutant: one static desk for all loops
 * expect: WRONG in two_loops
 * belief: M15 there is one loop in a program */
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
    static struct desk only;
    struct desk *d = &only;
    pthread_mutex_init(&d->lock, NULL);
    d->bell = eventfd(0, 0);
    l->user = d;
}

void offload_close(loop_t *l)
{
    struct desk *d = l->user;
    close(d->bell);
    pthread_mutex_destroy(&d->lock);
}

/* On a worker. */
static void run(void *job)
{
    struct job *j = job;
    struct desk *d = j->desk;
    uint64_t one = 1;
    j->res = j->work(j->arg);
    pthread_mutex_lock(&d->lock);
    j->next = d->shelf;
    d->shelf = j;
    pthread_mutex_unlock(&d->lock);
    write(d->bell, &one, sizeof one);
}

/* On the loop, like all that follows. */
static void deliver_all(struct desk *d)
{
    pthread_mutex_lock(&d->lock);
    struct job *j = d->shelf;
    d->shelf = NULL;
    pthread_mutex_unlock(&d->lock);
    for (struct job *next; j; j = next) {
        next = j->next;
        d->out--;
        j->done(j->res, j->ctx);
        free(j);
    }
}

static int clerk_step(loop_t *l, void *co)
{
    struct desk *d = co;
    uint64_t rings;
    if (co_events(l)) {
        read(d->bell, &rings, sizeof rings);
        deliver_all(d);
    }
    if (d->out > 0)
        return co_wait_fd(l, d->bell, POLLIN);
    d->clerk = NULL;
    return CO_DONE;
}

void loop_offload(loop_t *l, pool_t *p, void *(*work)(void *), void *arg, void (*done)(void *res, void *ctx), void *ctx)
{
    struct desk *d = l->user;
    struct job *j = malloc(sizeof *j);
    *j = (struct job){.work = work, .arg = arg, .done = done, .ctx = ctx, .desk = d};
    d->out++;
    if (!d->clerk)
        d->clerk = loop_spawn(l, clerk_step, d);
    pool_run(p, run, j);
}
