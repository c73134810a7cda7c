/* mutant: waits for a free place without the lock, then counts under it
 * expect: RACE in one_stall, message contains "2 baristas"
 * belief: M09, M16 the test needs no lock, only the change does */
#include "two-stalls.h"

#include <sched.h>

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    while (s->barista > 0)
        sched_yield();
    pthread_mutex_lock(&s->lock);
    s->barista++;
    pthread_mutex_unlock(&s->lock);
    brew_at(s, ms);
    pthread_mutex_lock(&s->lock);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
