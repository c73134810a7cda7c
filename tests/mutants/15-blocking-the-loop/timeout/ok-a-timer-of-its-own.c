/* ok: a timer descriptor of its own */
#include "timeout.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/timerfd.h>
struct limit {
    int fd, over, at;
    task_t *task, *timer;
    void (*done)(void *, int);
    void *ctx;
};
static void give_back(void *c)
{
    struct limit *w = c;
    if (w->fd >= 0)
        close(w->fd);
    free(w);
}
static int timer_step(loop_t *l, void *co)
{
    struct limit *w = co;
    if (w->at++ == 0)
        return co_wait_fd(l, w->fd, POLLIN);
    w->over = 1;
    close(w->fd);
    w->fd = -1;
    loop_cancel(l, w->task);
    return CO_DONE;
}
static void ended(loop_t *l, task_t *t, void *c)
{
    struct limit w = *(struct limit *)c;
    loop_cancel(l, w.timer);
    w.done(w.ctx, w.over ? ETIMEDOUT : t->error);
}
void with_timeout(loop_t *l, task_t *t, int ms, void (*done)(void *ctx, int err), void *ctx)
{
    if (t->state == TASK_ENDED) {
        done(ctx, t->error);
        return;
    }
    struct limit *w = calloc(1, sizeof *w);
    *w = (struct limit){timerfd_create(CLOCK_MONOTONIC, 0), 0, 0, t, NULL, done, ctx};
    struct itimerspec o = {.it_value = {ms / 1000, ms % 1000 * 1000000L + (ms == 0)}};
    timerfd_settime(w->fd, 0, &o, NULL);
    w->timer = loop_spawn(l, timer_step, w);
    w->timer->finally = give_back;
    task_when_done(t, ended, w);
}
