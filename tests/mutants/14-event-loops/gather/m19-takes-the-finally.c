/* mutant: removes the finally of the tasks
 * expect: WRONG in one, message contains "belongs to the task"
 * belief: none */
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
    if (!g->reported && (t->error || g->left == 0)) {
        g->reported = 1;
        g->done(g->ctx, t->error);
    }
    if (g->left == 0)
        free(g);
}

void loop_gather(loop_t *l, task_t **task, int n, void (*done)(void *ctx, int err), void *ctx)
{
    if (n == 0) {
        done(ctx, 0);
        return;
    }
    struct gathering *g = malloc(sizeof *g);
    *g = (struct gathering){.left = n, .done = done, .ctx = ctx};
    for (int i = 0; i < n; i++)
        if (task[i]->state == TASK_ENDED)
            one_ended(l, task[i], g);
        else
            { task[i]->finally = NULL; task_when_done(task[i], one_ended, g); }
}
