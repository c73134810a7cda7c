/* ok: a struct of its own for each watch, in nanoseconds */
/* Two times around each step, on the clock that never jumps. */
#include "slow-callback.h"

#include <time.h>

struct watch {
    int limit_ms;
    void (*report)(const char *name, int ms);
    struct timespec began;
};

/* The loop calls this right before each step ... */
static void begins(loop_t *l, task_t *t, void *ctx)
{
    struct watch *w = ctx;
    (void)l, (void)t;
    clock_gettime(CLOCK_MONOTONIC, &w->began);
}

/* ... and this right after it. */
static void ends(loop_t *l, task_t *t, void *ctx)
{
    struct watch *w = ctx;
    struct timespec now;
    (void)l;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long ns = (now.tv_sec - w->began.tv_sec) * 1000000000LL + now.tv_nsec - w->began.tv_nsec;
    if (ns > w->limit_ms * 1000000LL)
        w->report(t->name, (int)(ns / 1000000));
}

void loop_watch(loop_t *l, int limit_ms, void (*report)(const char *name, int ms))
{
    struct watch *w = l->user = malloc(sizeof *w);
    w->limit_ms = limit_ms;
    w->report = report;
    loop_hooks(l, begins, ends, w);
}
