/* mutant: an event loop for files
 * expect: WRONG in programs_that_wait, message contains "500 files to read"
 * belief: M44 a loop can wait for files too */
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
    if (p->waits < MANY_WAITS)
        return THREAD_POOL;
    return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
}
