/* mutant: the moment is of one clock, the condition of the other
 * expect: WRONG
 * belief: none */
#include "event.h"

#include <time.h>

void event_init(event_t *e)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    e->set = false;
}

/* The moment `ms` milliseconds from now. */
static struct timespec moment_in(int ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    long ns = t.tv_nsec + ms % 1000 * 1000000L;
    t.tv_sec += ms / 1000 + ns / 1000000000L;
    t.tv_nsec = ns % 1000000000L;
    return t;
}

void event_clear(event_t *e)
{
    pthread_mutex_lock(&e->lock);
    e->set = false;
    pthread_mutex_unlock(&e->lock);
}

void event_set(event_t *e)
{
    pthread_mutex_lock(&e->lock);
    e->set = true;
    pthread_cond_broadcast(&e->changed); /* it has happened for everybody */
    pthread_mutex_unlock(&e->lock);
}

bool event_wait(event_t *e, int timeout_ms)
{
    struct timespec end = moment_in(timeout_ms); /* once, however often we wake up */
    pthread_mutex_lock(&e->lock);
    while (!e->set && pthread_cond_timedwait(&e->changed, &e->lock, &end) == 0)
        ;
    bool set = e->set;
    pthread_mutex_unlock(&e->lock);
    return set;
}
