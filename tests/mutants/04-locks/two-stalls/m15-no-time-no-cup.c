/* mutant: a cup that takes no time is not brewed at all
 * expect: WRONG in next_cup, message contains "2 of the 3 cups"
 * belief: none */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    if (ms <= 0)
        return;
    pthread_mutex_lock(&s->lock);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
