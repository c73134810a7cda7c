/* mutant: learns of the end by the finally of the task, in place of its owner
 * expect: LEAK in in_time, message contains "put back 0 times"
 * belief: M08 a field that can be set is there for me */
/* The timer cancels the task, the end of the task cancels the timer; only the end of the task reports. */
#include "timeout.h"

#include <errno.h>
#include <stdlib.h>

/* It belongs to the timer: it is given back at the timer's end, however that comes. */
struct limit {
    int ms;
    int at; /* of the timer */
    int over; /* the time is up */
    loop_t *loop;
    task_t *task, *timer;
    void (*done)(void *ctx, int err);
    void *ctx;
};

static struct limit *current;

static void task_ended(void *co)
{
    (void)co;
    loop_t *l = current->loop;
    task_t *t = current->task;
    struct limit w = *(struct limit *)current;
    loop_cancel(l, w.timer); /* nothing happens if it is the one who cancelled us */
    w.done(w.ctx, w.over ? ETIMEDOUT : t->error);
}

static int timer_step(loop_t *l, void *co)
{
    struct limit *w = co;
    if (w->at++ == 0)
        return co_sleep(l, w->ms);
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
    w->loop = l;
    current = w;
    t->finally = task_ended;
}
