/* mutant: a pool of threads for one wait
 * expect: WRONG in programs_that_wait, message contains "one wait at a time"
 * belief: M37, M02 a wait gets shorter when it is handed over */
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
    if (p->waits < MANY_WAITS || !p->pollable)
        return THREAD_POOL;
    return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
}
