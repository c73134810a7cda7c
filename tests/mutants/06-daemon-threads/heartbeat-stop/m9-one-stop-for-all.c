/* mutant: all hearts share one request to stop
 * expect: MISUSE in two_hearts
 * belief: M08, M15 one is enough for all instances */
#include "heartbeat-stop.h"

#include <stdlib.h>

struct heartbeat {
    pthread_t thread;
    int period_ms;
    void (*beat)(void *);
    void *arg;
};

static stop_t stop;

static void *heart(void *arg)
{
    hb_t *me = arg;
    do
        me->beat(me->arg);
    while (!stop_wait(&stop, me->period_ms)); /* asleep, and listening */
    return NULL;
}

hb_t *hb_start(int period_ms, void (*beat)(void *), void *arg)
{
    hb_t *hb = malloc(sizeof *hb);
    hb->period_ms = period_ms;
    hb->beat = beat;
    hb->arg = arg;
    stop_init(&stop);
    if (pthread_create(&hb->thread, NULL, heart, hb) == 0)
        return hb;
    free(hb);
    return NULL;
}

void hb_stop(hb_t *hb)
{
    stop_now(&stop);
    pthread_join(hb->thread, NULL); /* from here on nobody uses hb but us */
    stop_destroy(&stop);
    free(hb);
}
