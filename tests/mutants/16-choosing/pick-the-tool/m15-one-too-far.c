/* mutant: draws the line of many waits one too far
 * expect: WRONG in where_the_lines_are, message contains "200 waits at once"
 * belief: M37 more threads are always fine
 */
#include "pick-the-tool.h"

enum tool choose(const struct profile *p)
{
    if (p->work_us < TINY_US || p->wall < FAST_ENOUGH)
        return KEEP_SIMPLE;
    if (p->needs_isolation)
        return PROCESSES;
    if (p->cpu >= COMPUTES * p->wall)
        return p->gil ? PROCESSES : THREADS;
    if (p->cpu > WAITS * p->wall)
        return LOOP_AND_WORKERS;
    if (p->waits <= 1)
        return KEEP_SIMPLE;
    if (p->waits <= MANY_WAITS || !p->pollable)
        return THREAD_POOL;
    return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
}
