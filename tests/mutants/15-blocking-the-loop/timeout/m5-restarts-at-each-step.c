/* mutant: starts again whenever the task has made a step
 * expect: LATE in step_by_step
 * belief: M41 who moves is not late */
/* The timer cancels the task, the end of the task cancels the timer; only the end of the task reports. */
#include "timeout.h"

#include <errno.h>
#include <stdlib.h>

/* It belongs to the timer: it is given back at the timer's end, however that comes. */
struct limit {
    int ms;
    int at; /* of the timer */
    int over; /* the time is up */
    long seen; /* when the task made a step */
    task_t *task, *timer;
    void (*done)(void *ctx, int err);
    void *ctx;
};

static void task_ended(loop_t *l, task_t *t, void *ctx)
{
    struct limit w = *(struct limit *)ctx;
    loop_hooks(l, NULL, NULL, NULL);
    loop_cancel(l, w.timer); /* nothing happens if it is the one who cancelled us */
    w.done(w.ctx, w.over ? ETIMEDOUT : t->error);
}

static void step_begins(loop_t *l, task_t *t, void *ctx)
{
    struct limit *w = ctx;
    if (t == w->task)
        w->seen = loop_now(l);
}

static int timer_step(loop_t *l, void *co)
{
    struct limit *w = co;
    if (w->at++ == 0)
        return co_sleep(l, w->ms);
    long idle = loop_now(l) - w->seen;
    if (idle < w->ms)
        return co_sleep(l, w->ms - (int)idle); /* it is alive */
    w->over = 1;
    loop_cancel(l, w->task);
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
    w->timer->finally = free;
    w->seen = loop_now(l);
    loop_hooks(l, step_begins, NULL, w);
    task_when_done(t, task_ended, w);
}
