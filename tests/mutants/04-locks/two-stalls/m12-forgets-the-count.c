/* mutant: brews in order, but counts nobody in
 * expect: WRONG in one_stall, message contains "0 baristas"
 * belief: none */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&s->lock);
    brew_at(s, ms);
    pthread_mutex_unlock(&s->lock);
}
