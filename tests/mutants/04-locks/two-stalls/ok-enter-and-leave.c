/* ok: lock and count in two small functions of their own */
#include "two-stalls.h"

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

static void enter(stall_t *s)
{
    pthread_mutex_lock(&s->lock);
    s->barista = 1;
}

static void leave(stall_t *s)
{
    s->barista = 0;
    pthread_mutex_unlock(&s->lock);
}

void serve(stall_t *s, int ms)
{
    enter(s);
    brew_at(s, ms);
    leave(s);
}
