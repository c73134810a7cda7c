/* mutant: every barista has a lock of their own
 * expect: RACE in one_stall, message contains "different locks"
 * belief: M14, M13 it matters that there is a lock, not which one */
#include "two-stalls.h"

static _Thread_local pthread_mutex_t mine = PTHREAD_MUTEX_INITIALIZER;

void stall_init(stall_t *s)
{
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&mine);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&mine);
}
