/* mutant: counts in and out under the lock, and brews without it
 * expect: RACE in one_stall, message contains "2 baristas"
 * belief: M09, M16 when every change is locked, the whole is safe */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&s->lock);
    s->barista++;
    pthread_mutex_unlock(&s->lock);
    brew_at(s, ms);
    pthread_mutex_lock(&s->lock);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
