/* ok: the clock of the loop is steady already */
/* Two times around each step, on the clock that never jumps. */
#include "slow-callback.h"

static struct {
    int limit_ms;
    void (*report)(const char *name, int ms);
    long began; /* the step that runs; in ms */
} watch;

/* The loop calls this right before each step ... */
static void begins(loop_t *l, task_t *t, void *ctx)
{
    (void)t, (void)ctx;
    watch.began = loop_now(l);
}

/* ... and this right after it. */
static void ends(loop_t *l, task_t *t, void *ctx)
{
    int ms = (int)(loop_now(l) - watch.began);
    (void)ctx;
    if (ms > watch.limit_ms)
        watch.report(t->name, ms);
}

void loop_watch(loop_t *l, int limit_ms, void (*report)(const char *name, int ms))
{
    watch.limit_ms = limit_ms;
    watch.report = report;
    loop_hooks(l, begins, ends, NULL);
}
