/* ok: each job has a bell of its own, and a task that waits for it */
#include "run-in-executor.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>

struct job {
    void *(*work)(void *);
    void *arg, *res;
    void (*done)(void *res, void *ctx);
    void *ctx;
    int bell;
};

void offload_open(loop_t *l) { l->user = NULL; }
void offload_close(loop_t *l) { l->user = NULL; }

static void run(void *job)
{
    struct job *j = job;
    uint64_t one = 1;
    int bell = j->bell;
    j->res = j->work(j->arg);
    write(bell, &one, sizeof one); /* from now on it belongs to the loop */
}

static int wait_step(loop_t *l, void *co)
{
    struct job *j = co;
    if (!co_events(l))
        return co_wait_fd(l, j->bell, POLLIN);
    j->done(j->res, j->ctx);
    return CO_DONE;
}

static void clean_up(void *co)
{
    struct job *j = co;
    close(j->bell);
    free(j);
}

void loop_offload(loop_t *l, pool_t *p, void *(*work)(void *), void *arg, void (*done)(void *res, void *ctx), void *ctx)
{
    struct job *j = malloc(sizeof *j);
    *j = (struct job){work, arg, NULL, done, ctx, eventfd(0, 0)};
    loop_spawn(l, wait_step, j)->finally = clean_up;
    pool_run(p, run, j);
}
