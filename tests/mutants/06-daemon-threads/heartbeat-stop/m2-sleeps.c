/* mutant: sleeps between the beats, and asks without waiting
 * expect: LATE in stopped_between_beats, message contains "returned at t = 6000 ms"
 * belief: M07 a thread that sleeps can be woken */
#include "heartbeat-stop.h"

#include <stdlib.h>
#include <unistd.h>

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
    do {
        me->beat(me->arg);
        usleep((useconds_t)me->period_ms * 1000);
    } while (!stop_wait(&me->stop, 0));
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
