/* mutant: takes a limit of 0 for none
 * expect: WRONG in limit_0, message contains "but got no report"
 * belief: M08 0 means that nothing was said */
#include "slow-callback.h"

#include <time.h>

static struct {
    int limit_ms;
    void (*report)(const char *name, int ms);
    long began; /* the step that runs; in ms */
} watch;

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The loop calls this right before each step ... */
static void begins(loop_t *l, task_t *t, void *ctx)
{
    (void)l, (void)t, (void)ctx;
    watch.began = now_ms();
}

/* ... and this right after it. */
static void ends(loop_t *l, task_t *t, void *ctx)
{
    int ms = (int)(now_ms() - watch.began);
    (void)l, (void)ctx;
    if (ms > watch.limit_ms)
        watch.report(t->name, ms);
}

void loop_watch(loop_t *l, int limit_ms, void (*report)(const char *name, int ms))
{
    watch.limit_ms = limit_ms ? limit_ms : 100;
    watch.report = report;
    loop_hooks(l, begins, ends, NULL);
}
