/* ok: the waiting half first, the tool in a variable */
#include "pick-the-tool.h"

enum tool choose(const struct profile *p)
{
    enum tool t = LOOP_AND_WORKERS;
    if (p->cpu <= WAITS * p->wall) {
        if (p->waits > 1)
            t = p->waits >= MANY_WAITS && p->pollable ? EVENT_LOOP : THREAD_POOL;
        else
            t = KEEP_SIMPLE;
        if (t == EVENT_LOOP && p->blocking_lib)
            t = LOOP_AND_POOL;
    } else if (p->cpu >= COMPUTES * p->wall) {
        t = p->gil ? PROCESSES : THREADS;
    }
    if (p->needs_isolation)
        t = PROCESSES;
    if (p->wall < FAST_ENOUGH || p->work_us < TINY_US)
        t = KEEP_SIMPLE;
    return t;
}
