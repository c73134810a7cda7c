/* mutant: waits until the result is there, in the loop
 * expect: BLOCKED in one_job
 * belief: M44 the pool does the work, so nothing blocks */
/* A worker stores, then rings. The clerk silences the bell, then takes everything that is on the shelf. */
#include "run-in-executor.h"

#include <pthread.h>
#include <semaphore.h>
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
    sem_t ready;
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

/* On a worker. */
static void run(void *job)
{
    struct job *j = job;
    struct desk *d = j->desk;
    uint64_t one = 1;
    j->res = j->work(j->arg);
    (void)d, (void)one;
    sem_post(&j->ready);
}

void loop_offload(loop_t *l, pool_t *p, void *(*work)(void *), void *arg, void (*done)(void *res, void *ctx), void *ctx)
{
    struct desk *d = l->user;
    struct job *j = malloc(sizeof *j);
    *j = (struct job){.work = work, .arg = arg, .done = done, .ctx = ctx, .desk = d};
    sem_init(&j->ready, 0, 0);
    pool_run(p, run, j);
    sem_wait(&j->ready);
    done(j->res, ctx);
    sem_destroy(&j->ready);
    free(j);
}
