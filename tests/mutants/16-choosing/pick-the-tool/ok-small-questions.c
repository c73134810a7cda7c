/* ok: a function for each question of the flowchart */
#include "pick-the-tool.h"

static bool worth_it(const struct profile *p) { return p->work_us >= TINY_US && p->wall >= FAST_ENOUGH; }

static bool computes(const struct profile *p) { return p->cpu >= p->wall * COMPUTES; }

static bool only_waits(const struct profile *p) { return p->cpu <= p->wall * WAITS; }

static enum tool for_waits(const struct profile *p)
{
    if (p->waits < 2)
        return KEEP_SIMPLE;
    if (p->waits >= MANY_WAITS && p->pollable)
        return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
    return THREAD_POOL;
}

enum tool choose(const struct profile *p)
{
    if (!worth_it(p))
        return KEEP_SIMPLE;
    if (p->needs_isolation || (computes(p) && p->gil))
        return PROCESSES;
    if (computes(p))
        return THREADS;
    return only_waits(p) ? for_waits(p) : LOOP_AND_WORKERS;
}
