/* A timer that says ETIMEDOUT, whatever the task does. */
#include "timeout.h"

#include <errno.h>
#include <stdlib.h>

/* Two things may end it: the task, and the timer. */
struct limit {
    int ms;
    int at; /* of the timer */
    void (*done)(void *ctx, int err);
    void *ctx;
};

static int timer_step(loop_t *l, void *co)
{
    struct limit *w = co;
    if (w->at++ == 0)
        return co_sleep(l, w->ms);
    w->done(w->ctx, ETIMEDOUT);
    free(w);
    return CO_DONE;
}

void with_timeout(loop_t *l, task_t *t, int ms, void (*done)(void *ctx, int err), void *ctx)
{
    struct limit *w = calloc(1, sizeof *w);
    (void)t;
    w->ms = ms;
    w->done = done;
    w->ctx = ctx;
    loop_spawn(l, timer_step, w);
}
