/* ok: divides cpu by wall once, and asks for many waits first */
#include "pick-the-tool.h"

static enum tool for_waits(const struct profile *p)
{
    if (p->waits >= MANY_WAITS && p->pollable)
        return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
    return p->waits > 1 ? THREAD_POOL : KEEP_SIMPLE;
}

enum tool choose(const struct profile *p)
{
    double part = p->wall > 0 ? p->cpu / p->wall : 0;
    bool worth_it = p->work_us >= TINY_US && p->wall >= FAST_ENOUGH;
    if (!worth_it)
        return KEEP_SIMPLE;
    if (p->needs_isolation)
        return PROCESSES;
    if (part >= COMPUTES)
        return p->gil ? PROCESSES : THREADS;
    return part > WAITS ? LOOP_AND_WORKERS : for_waits(p);
}
