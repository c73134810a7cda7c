/* mutant: works on a copy of the stall
 * expect: MISUSE in one_stall, message contains "copy"
 * belief: M08 a copy of a lock is the same lock */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    stall_t mine = *s;
    pthread_mutex_lock(&mine.lock);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&mine.lock);
}
