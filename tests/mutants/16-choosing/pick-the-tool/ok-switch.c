/* ok: the kind of work in a switch */
#include "pick-the-tool.h"

enum kind { WAITING, BOTH, COMPUTING };

static enum kind kind_of(const struct profile *p)
{
    return p->cpu >= COMPUTES * p->wall ? COMPUTING : p->cpu > WAITS * p->wall ? BOTH : WAITING;
}

static enum tool many(const struct profile *p)
{
    if (!p->pollable)
        return THREAD_POOL;
    return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
}

enum tool choose(const struct profile *p)
{
    if (p->work_us < TINY_US || p->wall < FAST_ENOUGH)
        return KEEP_SIMPLE;
    if (p->needs_isolation)
        return PROCESSES;
    switch (kind_of(p)) {
    case COMPUTING: return p->gil ? PROCESSES : THREADS;
    case BOTH: return LOOP_AND_WORKERS;
    default: break;
    }
    if (p->waits >= MANY_WAITS)
        return many(p);
    return p->waits > 1 ? THREAD_POOL : KEEP_SIMPLE;
}
