/* mutant: the timer looks now and then, and never ends
 * expect: LATE in in_time, message contains "still called"
 * belief: M08 the loop sees that nobody needs the timer any more */
#include "timeout.h"
#include <errno.h>
#include <stdlib.h>
struct limit {
    long until;
    int told;
    task_t *task;
    void (*done)(void *ctx, int err);
    void *ctx;
};

static int tick(loop_t *l, void *co)
{
    struct limit *w = co;
    if (!w->told && w->task->state == TASK_ENDED) {
        w->told = 1;
        w->done(w->ctx, w->task->error);
    }
    if (!w->told && loop_now(l) >= w->until) {
        w->told = 1;
        loop_cancel(l, w->task);
        w->done(w->ctx, ETIMEDOUT);
    }
    return co_sleep(l, 100);
}
void with_timeout(loop_t *l, task_t *t, int ms, void (*done)(void *ctx, int err), void *ctx)
{
    struct limit *w = calloc(1, sizeof *w);
    *w = (struct limit){loop_now(l) + ms, 0, t, done, ctx};
    loop_spawn(l, tick, w)->finally = free;
}
