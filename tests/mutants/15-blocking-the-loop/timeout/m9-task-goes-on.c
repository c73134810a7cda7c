/* mutant: reports, and lets the task run
 * expect: WRONG in too_late, message contains "has not yet ended"
 * belief: M25 whom nobody waits for any more has stopped */
/* The timer cancels the task, the end of the task cancels the timer; only the end of the task reports. */
#include "timeout.h"

#include <errno.h>
#include <stdlib.h>

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
    struct limit *w = ctx;
    if (!w->over) {
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
    w->over = 1;
    w->done(w->ctx, ETIMEDOUT);
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
