/* mutant: one lock for all stalls, renamed
 * expect: SERIAL in two_stalls, message contains "one stall always waits for the other"
 * belief: M15 one lock for all instances is enough */
#include "two-stalls.h"

static pthread_mutex_t everything = PTHREAD_MUTEX_INITIALIZER;

void stall_init(stall_t *s)
{
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&everything);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&everything);
}
