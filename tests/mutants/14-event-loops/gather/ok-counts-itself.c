
/* ok: counts the function itself as one that has to end */
#include "gather.h"

struct gathering {
    int left, err;
    void (*done)(void *ctx, int err);
    void *ctx;
};

static void tell(struct gathering *g, int err)
{
    if (g->done)
        g->done(g->ctx, err);
    g->done = NULL;
}

static void one_ended(loop_t *l, task_t *t, void *ctx)
{
    struct gathering *g = ctx;
    if (t->error)
        tell(g, t->error);
    if (--g->left > 0)
        return;
    tell(g, 0);
    free(g);
}

void loop_gather(loop_t *l, task_t **task, int n, void (*done)(void *ctx, int err), void *ctx)
{
    struct gathering *g = malloc(sizeof *g);
    *g = (struct gathering){.left = 1, .done = done, .ctx = ctx}; /* 1: this function */
    for (int i = 0; i < n; i++) {
        g->left++;
        if (task[i]->state == TASK_ENDED)
            one_ended(l, task[i], g);
        else
            task_when_done(task[i], one_ended, g);
    }
    if (--g->left == 0) {
        tell(g, 0);
        free(g);
    }
}
