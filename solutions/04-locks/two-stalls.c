/* lock protects barista, and there is one for each stall. */
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
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
