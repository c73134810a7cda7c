/* mutant: takes the lock away altogether
 * expect: RACE in one_stall, message contains "2 baristas"
 * belief: M03 the brewing itself keeps the others out */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    s->barista++;
    brew_at(s, ms);
    s->barista--;
}
