/* mutant: does not look at the size of the pieces
 * expect: WRONG in simple_first, message contains "turn 16 characters round"
 * belief: M37 more hands make every work faster */
#include "pick-the-tool.h"

enum tool choose(const struct profile *p)
{
    if (p->wall < FAST_ENOUGH)
        return KEEP_SIMPLE;
    if (p->needs_isolation)
        return PROCESSES;
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
