/* stop.c - a flag under a lock, and a wait that the flag can end. Lesson 07 explains every line. */
#define _GNU_SOURCE
#include "heartbeat-stop.h"

#include <time.h>

void stop_init(stop_t *s)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->told, &monotonic);
    pthread_condattr_destroy(&monotonic);
    s->stopped = false;
}

bool stop_wait(stop_t *s, int ms)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += ms / 1000;
    end.tv_nsec += ms % 1000 * 1000000L;
    if (end.tv_nsec >= 1000000000L) {
        end.tv_sec++;
        end.tv_nsec -= 1000000000L;
    }
    pthread_mutex_lock(&s->lock);
    while (!s->stopped && pthread_cond_timedwait(&s->told, &s->lock, &end) == 0)
        ;
    bool stopped = s->stopped;
    pthread_mutex_unlock(&s->lock);
    return stopped;
}

void stop_now(stop_t *s)
{
    pthread_mutex_lock(&s->lock);
    s->stopped = true;
    pthread_cond_broadcast(&s->told);
    pthread_mutex_unlock(&s->lock);
}

void stop_destroy(stop_t *s)
{
    pthread_cond_destroy(&s->told);
    pthread_mutex_destroy(&s->lock);
}
