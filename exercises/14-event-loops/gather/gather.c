/* This is done as soon as it is asked. Count the tasks that end, and call done at the right moment. */
#include "gather.h"

struct gathering {
    int left;     /* tasks that have not ended */
    int reported; /* done was called */
    void (*done)(void *ctx, int err);
    void *ctx;
};

/* A task of the gathering has ended: t->error says how. */
static void one_ended(loop_t *l, task_t *t, void *ctx)
{
    struct gathering *g = ctx;
    g->left--;
    /* ... */
}

void loop_gather(loop_t *l, task_t **task, int n, void (*done)(void *ctx, int err), void *ctx)
{
    struct gathering *g = malloc(sizeof *g);
    *g = (struct gathering){.left = n, .done = done, .ctx = ctx};
    for (int i = 0; i < n; i++)
        task_when_done(task[i], one_ended, g);
    done(ctx, 0);
}
