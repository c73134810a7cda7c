/* mutant: asks for isolation after the GIL
 * expect: WRONG in crash_prone, message contains "you chose threads"
 * belief: M08 a thread that crashes takes only itself down */
#include "pick-the-tool.h"

enum tool choose(const struct profile *p)
{
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
    if (p->needs_isolation)
        return PROCESSES;
    return p->blocking_lib ? LOOP_AND_POOL : EVENT_LOOP;
}
