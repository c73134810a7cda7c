/* mutant: threads for everything that computes
 * expect: WRONG in programs_that_compute, message contains "it computes under a GIL: processes; you chose threads"
 * belief: M47 threads that compute run at the same time in Python too */
#include "pick-the-tool.h"

enum tool choose(const struct profile *p)
{
    if (p->work_us < TINY_US || p->wall < FAST_ENOUGH)
        return KEEP_SIMPLE;
    if (p->needs_isolation)
        return PROCESSES;
    if (p->cpu >= COMPUTES * p->wall)
        return THREADS;
    if (p->cpu > WAITS * p->wall)
        return LOOP_AND_WORKERS;
    if (p->waits <= 1)
        return KEEP_SIMPLE;
    if (p->waits < MANY_WAITS || !p->pollable)
        return THREAD_POOL;
    return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
}
