/* ok: a flag says that it is over; the memory is given back by whoever comes last */
/* The timer cancels the task, the end of the task cancels the timer; whoever is first reports. */
#include "timeout.h"

#include <errno.h>
#include <stdlib.h>

/* It is given back when the task has ended; the timer does not look at it then. */
struct limit {
    int ms;
    int at; /* of the timer */
    int over; /* it was reported */
    task_t *task, *timer;
    void (*done)(void *ctx, int err);
    void *ctx;
};

static void task_ended(loop_t *l, task_t *t, void *ctx)
{
    struct limit *w = ctx;
    if (!w->over) {
        w->over = 1;
        loop_cancel(l, w->timer);
        w->done(w->ctx, t->error);
    }
    free(w);
}

static int timer_step(loop_t *l, void *co)
{
    struct limit *w = co;
    if (w->at++ == 0)
        return co_sleep(l, w->ms);
    if (!w->over) {
        struct limit was = *w; /* the end of the task gives it back */
        w->over = 1;
        loop_cancel(l, was.task);
        was.done(was.ctx, ETIMEDOUT);
    }
    return CO_DONE;
}

void with_timeout(loop_t *l, task_t *t, int ms, void (*done)(void *ctx, int err), void *ctx)
{
    if (t->state == TASK_ENDED) {
        done(ctx, t->error);
        return;
    }
    struct limit *w = calloc(1, sizeof *w);
    w->ms = ms;
    w->done = done;
    w->ctx = ctx;
    w->task = t;
    w->timer = loop_spawn(l, timer_step, w);
    task_when_done(t, task_ended, w);
}
