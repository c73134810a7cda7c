/* mutant: a flag without a lock, read between short naps
 * expect: RACE in stopped_between_beats, message contains "flag"
 * belief: M11 a flag of one byte needs no lock */
#include "heartbeat-stop.h"

#include <stdlib.h>

struct heartbeat {
    pthread_t thread;
    int period_ms;
    void (*beat)(void *);
    void *arg;
    stop_t stop;
    bool flag;
};

static void *heart(void *arg)
{
    hb_t *me = arg;
    while (!me->flag) {
        me->beat(me->arg);
        stop_wait(&me->stop, me->period_ms);
    }
    return NULL;
}

hb_t *hb_start(int period_ms, void (*beat)(void *), void *arg)
{
    hb_t *hb = malloc(sizeof *hb);
    hb->period_ms = period_ms;
    hb->beat = beat;
    hb->arg = arg;
    hb->flag = false;
    stop_init(&hb->stop);
    if (pthread_create(&hb->thread, NULL, heart, hb) == 0)
        return hb;
    stop_destroy(&hb->stop);
    free(hb);
    return NULL;
}

void hb_stop(hb_t *hb)
{
    hb->flag = true;
    stop_now(&hb->stop);
    pthread_join(hb->thread, NULL); /* from here on nobody uses hb but us */
    stop_destroy(&hb->stop);
    free(hb);
}
