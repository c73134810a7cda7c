/* mutant: the lock of the stall, inside the old one
 * expect: SERIAL in two_stalls, message contains "one stall always waits for the other"
 * belief: M15 one lock more makes it right */
#include "two-stalls.h"

static pthread_mutex_t everything = PTHREAD_MUTEX_INITIALIZER;

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&everything);
    pthread_mutex_lock(&s->lock);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
    pthread_mutex_unlock(&everything);
}
