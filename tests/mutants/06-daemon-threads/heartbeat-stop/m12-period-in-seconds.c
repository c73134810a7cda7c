/* mutant: takes the period for seconds
 * expect: WRONG in stopped_between_beats, message contains "there were 1"
 * belief: none */
#include "heartbeat-stop.h"

#include <stdlib.h>

struct heartbeat {
    pthread_t thread;
    int period_ms;
    void (*beat)(void *);
    void *arg;
    stop_t stop;
};

static void *heart(void *arg)
{
    hb_t *me = arg;
    do
        me->beat(me->arg);
    while (!stop_wait(&me->stop, me->period_ms * 1000)); /* asleep, and listening */
    return NULL;
}

hb_t *hb_start(int period_ms, void (*beat)(void *), void *arg)
{
    hb_t *hb = malloc(sizeof *hb);
    hb->period_ms = period_ms;
    hb->beat = beat;
    hb->arg = arg;
    stop_init(&hb->stop);
    if (pthread_create(&hb->thread, NULL, heart, hb) == 0)
        return hb;
    stop_destroy(&hb->stop);
    free(hb);
    return NULL;
}

void hb_stop(hb_t *hb)
{
    stop_now(&hb->stop);
    pthread_join(hb->thread, NULL); /* from here on nobody uses hb but us */
    stop_destroy(&hb->stop);
    free(hb);
}
