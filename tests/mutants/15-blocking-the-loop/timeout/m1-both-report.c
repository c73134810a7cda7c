/* mutant: the timer reports, and the end of the task reports too
 * expect: WRONG in too_late, message contains "has not yet ended"
 * belief: M25, M46 who is told to stop has stopped, and only one of the two comes by */
/* The timer cancels the task, the end of the task cancels the timer; only the end of the task reports. */
#include "timeout.h"

#include <errno.h>
#include <stdlib.h>

/* It belongs to the timer: it is given back at the timer's end, however that comes. */
struct limit {
    int ms;
    int at; /* of the timer */
    int over; /* the time is up */
    task_t *task, *timer;
    void (*done)(void *ctx, int err);
    void *ctx;
};

static void task_ended(loop_t *l, task_t *t, void *ctx)
{
    struct limit w = *(struct limit *)ctx;
    loop_cancel(l, w.timer); /* nothing happens if it is the one who cancelled us */
    w.done(w.ctx, t->error);
}

static int timer_step(loop_t *l, void *co)
{
    struct limit *w = co;
    if (w->at++ == 0)
        return co_sleep(l, w->ms);
    w->done(w->ctx, ETIMEDOUT);
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
    task_when_done(t, task_ended, w);
}
