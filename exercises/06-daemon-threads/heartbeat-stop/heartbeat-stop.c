/* This heart sleeps between its beats, and looks at a plain variable. Make it listen while it waits. */
#include "heartbeat-stop.h"

#include <stdlib.h>
#include <unistd.h>

struct heartbeat {
    pthread_t thread;
    int period_ms;
    void (*beat)(void *);
    void *arg;
    bool stop;
};

static void *heart(void *arg)
{
    hb_t *me = arg;
    while (!me->stop) {
        me->beat(me->arg);
        usleep((useconds_t)me->period_ms * 1000);
    }
    return NULL;
}

hb_t *hb_start(int period_ms, void (*beat)(void *), void *arg)
{
    hb_t *hb = malloc(sizeof *hb);
    hb->period_ms = period_ms;
    hb->beat = beat;
    hb->arg = arg;
    hb->stop = false;
    pthread_create(&hb->thread, NULL, heart, hb);
    return hb;
}

void hb_stop(hb_t *hb)
{
    hb->stop = true;
    pthread_join(hb->thread, NULL);
    free(hb);
}
