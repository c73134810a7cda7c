/* mutant: a process for tiny work, if it wants isolation
 * expect: WRONG in simple_first, message contains "a hello from another process"
 * belief: M37, M48 a process costs nothing worth counting */
#include "pick-the-tool.h"

enum tool choose(const struct profile *p)
{
    if (p->needs_isolation)
        return PROCESSES;
    if (p->work_us < TINY_US || p->wall < FAST_ENOUGH)
        return KEEP_SIMPLE;
    if (p->cpu >= COMPUTES * p->wall)
        return p->gil ? PROCESSES : THREADS;
    if (p->cpu > WAITS * p->wall)
        return LOOP_AND_WORKERS;
    if (p->waits <= 1)
        return KEEP_SIMPLE;
    if (p->waits < MANY_WAITS || !p->pollable)
        return THREAD_POOL;
    return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
}
