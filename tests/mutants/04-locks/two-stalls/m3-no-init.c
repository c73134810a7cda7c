/* mutant: the lock in the stall is never initialised
 * expect: MISUSE in next_cup, message contains "never initialised"
 * belief: M08 a lock is ready as soon as it has memory */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&s->lock);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
