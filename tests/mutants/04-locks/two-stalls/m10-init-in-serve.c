/* mutant: serve initialises the lock before it takes it
 * expect: RACE in one_stall, message contains "again while it is in use"
 * belief: M08 initialising makes sure that the lock is there */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_lock(&s->lock);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
