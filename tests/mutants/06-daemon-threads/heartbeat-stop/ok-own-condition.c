/* ok: a lock and a condition variable of its own instead of stop_t */
#define _GNU_SOURCE
#include "heartbeat-stop.h"

#include <stdlib.h>
#include <time.h>

struct heartbeat {
    pthread_t thread;
    int period_ms;
    void (*beat)(void *);
    void *arg;
    pthread_mutex_t lock;
    pthread_cond_t bell;
    bool over;
};

static void later(struct timespec *t, int ms)
{
    long ns = t->tv_nsec + ms % 1000 * 1000000L;
    t->tv_sec += ms / 1000 + ns / 1000000000L;
    t->tv_nsec = ns % 1000000000L;
}

static void *heart(void *arg)
{
    hb_t *me = arg;
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    pthread_mutex_lock(&me->lock);
    while (!me->over) {
        pthread_mutex_unlock(&me->lock);
        me->beat(me->arg);
        later(&next, me->period_ms);
        pthread_mutex_lock(&me->lock);
        while (!me->over && pthread_cond_timedwait(&me->bell, &me->lock, &next) == 0)
            ;
    }
    pthread_mutex_unlock(&me->lock);
    return NULL;
}

hb_t *hb_start(int period_ms, void (*beat)(void *), void *arg)
{
    pthread_condattr_t attr;
    hb_t *hb = calloc(1, sizeof *hb);
    hb->period_ms = period_ms;
    hb->beat = beat;
    hb->arg = arg;
    pthread_mutex_init(&hb->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&hb->bell, &attr);
    pthread_condattr_destroy(&attr);
    if (pthread_create(&hb->thread, NULL, heart, hb) != 0) {
        free(hb);
        return NULL;
    }
    return hb;
}

void hb_stop(hb_t *hb)
{
    pthread_mutex_lock(&hb->lock);
    hb->over = true;
    pthread_cond_signal(&hb->bell);
    pthread_mutex_unlock(&hb->lock);
    pthread_join(hb->thread, NULL);
    pthread_cond_destroy(&hb->bell);
    pthread_mutex_destroy(&hb->lock);
    free(hb);
}
