/* mutant: looks at the seconds only
 * expect: WRONG in one_after_the_other
 * belief: none */
/* Two times around each step, on the clock that never jumps. */
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
    return now.tv_sec * 1000;
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
    watch.limit_ms = limit_ms;
    watch.report = report;
    loop_hooks(l, begins, ends, NULL);
}
