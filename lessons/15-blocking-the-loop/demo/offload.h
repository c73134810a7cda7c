/* offload.h - a small pool and a way back from it to the loop, for the demos of this lesson.
 *
 * Orders go to the workers through one pipe, finished jobs come back through another. A pipe keeps its bytes in a
 * row and wakes who waits for it: so it is queue and bell in one. Writes of so few bytes are never torn. What is in a job
 * belongs to whoever has its address: the loop, the worker, then the loop again.
 */
#ifndef OFFLOAD_H
#define OFFLOAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <lab/lab.h>
#include <lab/loop.h>

enum { POOL_MOST = 16 };

struct job {
    void *(*work)(void *);
    void *arg, *res;
    void (*done)(void *res, void *ctx);
    void *ctx;
};

typedef struct pool {
    int orders[2], results[2]; /* two pipes: what is read is [0] */
    int out;                   /* jobs that have not come back; like `waits` the loop's own */
    task_t *waits;             /* for results; NULL if there are none to come */
    int workers;
    pthread_t worker[POOL_MOST];
} pool_t;

static inline void offload_must(int ok, const char *what)
{
    if (!ok) {
        perror(what);
        exit(2);
    }
}

static inline void *pool_work(void *arg)
{
    static atomic_int hired;
    char name[16];
    pool_t *p = arg;
    struct job *j;
    snprintf(name, sizeof name, "worker %d", ++hired);
    lab_name(name);
    while (read(p->orders[0], &j, sizeof j) == sizeof j) {
        j->res = j->work(j->arg);
        offload_must(write(p->results[1], &j, sizeof j) == sizeof j, "write");
    }
    return NULL;
}

/* Hires `workers` threads, 1 to POOL_MOST. */
static inline pool_t *pool_new(int workers)
{
    pool_t *p = calloc(1, sizeof *p);
    offload_must(p && pipe(p->orders) == 0 && pipe(p->results) == 0, "pipe");
    for (p->workers = 0; p->workers < workers && p->workers < POOL_MOST; p->workers++)
        offload_must(pthread_create(&p->worker[p->workers], NULL, pool_work, p) == 0, "pthread_create");
    return p;
}

/* After loop_run: sends the workers home. */
static inline void pool_close(pool_t *p)
{
    close(p->orders[1]);
    for (int i = 0; i < p->workers; i++)
        pthread_join(p->worker[i], NULL);
    close(p->orders[0]);
    close(p->results[0]);
    close(p->results[1]);
    free(p);
}

/* The task that waits for results. */
static inline int take_results(loop_t *l, void *co)
{
    pool_t *p = co;
    struct job *j;
    if (co_events(l)) {
        offload_must(read(p->results[0], &j, sizeof j) == sizeof j, "read");
        p->out--;
        j->done(j->res, j->ctx);
        free(j);
    }
    if (p->out > 0)
        return co_wait_fd(l, p->results[0], POLLIN);
    p->waits = NULL;
    return CO_DONE;
}

/* A worker calls work(arg); then the loop calls done(result, ctx). One loop to a pool. */
static inline void loop_offload(loop_t *l, pool_t *p, void *(*work)(void *), void *arg, void (*done)(void *, void *), void *ctx)
{
    struct job *j = malloc(sizeof *j);
    offload_must(j != NULL, "malloc");
    *j = (struct job){work, arg, NULL, done, ctx};
    p->out++;
    if (!p->waits) {
        p->waits = loop_spawn(l, take_results, p);
        p->waits->name = "results";
    }
    offload_must(write(p->orders[1], &j, sizeof j) == sizeof j, "write");
}

#endif
