/* A watch that sees the steps come and go, and has no clock yet. */
#include "slow-callback.h"

static struct {
    int limit_ms;
    void (*report)(const char *name, int ms);
    /* what else do you have to remember between the two? */
} watch;

/* The loop calls this right before each step ... */
static void begins(loop_t *l, task_t *t, void *ctx)
{
    (void)l, (void)t, (void)ctx;
}

/* ... and this right after it. */
static void ends(loop_t *l, task_t *t, void *ctx)
{
    int ms = 0;
    (void)l, (void)ctx;
    watch.report(t->name, ms);
}

void loop_watch(loop_t *l, int limit_ms, void (*report)(const char *name, int ms))
{
    watch.limit_ms = limit_ms;
    watch.report = report;
    loop_hooks(l, begins, ends, NULL);
}
