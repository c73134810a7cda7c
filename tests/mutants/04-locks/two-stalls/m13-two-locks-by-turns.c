/* mutant: counts in with one lock held and out with another
 * expect: RACE in one_stall, message contains "baris"
 * belief: M14 several locks for the same data are fine */
#include "two-stalls.h"

static pthread_mutex_t leaving = PTHREAD_MUTEX_INITIALIZER;

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&s->lock);
    s->barista++;
    brew_at(s, ms);
    pthread_mutex_unlock(&s->lock);
    pthread_mutex_lock(&leaving);
    s->barista--;
    pthread_mutex_unlock(&leaving);
}
