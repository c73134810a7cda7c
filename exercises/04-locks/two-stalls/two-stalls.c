/* One lock for all stalls: right, and slow. While somebody brews at one stall, nobody can at
 * the other. Repair it. Everything in this file may be changed. */
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
