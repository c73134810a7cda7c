/* mutant: an event loop although a library blocks
 * expect: WRONG in programs_that_block, message contains "you chose an event loop"
 * belief: M44 on a loop every call becomes non-blocking */
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
    if (p->waits < MANY_WAITS || !p->pollable)
        return THREAD_POOL;
    return EVENT_LOOP;
}
