/* atfork: fork as a program calls it: with the handlers of pthread_atfork around it. Those for before run in the reverse
 * order of their registration, the others in that order; a child has its parent's.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>

#define MOST 32

struct at_fork {
    void (*prepare)(void), (*parent)(void), (*child)(void);
};
static struct handlers {
    uint32_t run; /* the rest is of this one */
    int count;
    struct at_fork at[MOST];
} handlers[MAX_THREADS]; /* by process */

static struct handlers *of(int process)
{
    struct handlers *h = &handlers[process];
    if (h->run != engine.run.id)
        *h = (struct handlers){.run = engine.run.id};
    return h;
}

void atfork_fork(int from, int to) { handlers[to] = *of(from); }

int __wrap_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void));
int __wrap_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
    ENTER(CALLER);
    struct handlers *h = of(me()->process);
    if (h->count == MOST)
        return ENOMEM;
    h->at[h->count++] = (struct at_fork){prepare, parent, child};
    return 0;
}

pid_t __wrap_fork(void);
pid_t __wrap_fork(void)
{
    uint64_t pc = CALLER;
    for (int i = of(me()->process)->count - 1; i >= 0; i--)
        if (of(me()->process)->at[i].prepare)
            of(me()->process)->at[i].prepare();
    ENTER(pc);
    pid_t pid = process_fork(pc);
    for (int i = 0; i < of(me()->process)->count; i++) {
        const struct at_fork *at = &of(me()->process)->at[i];
        if (pid ? at->parent : at->child)
            (pid ? at->parent : at->child)();
    }
    ENTER(pc);
    return pid;
}
