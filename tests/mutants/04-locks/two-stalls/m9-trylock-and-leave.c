/* mutant: leaves when the place is taken
 * expect: WRONG in one_stall, message contains "1 of the 2 cups"
 * belief: M21 whoever does not get the lock may go home */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    if (pthread_mutex_trylock(&s->lock) != 0)
        return;
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
