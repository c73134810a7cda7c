/* ok: the thread works on a copy, and the request to stop lies beside it */
#include "heartbeat-stop.h"

#include <stdlib.h>

struct heartbeat {
    stop_t stop;
    pthread_t thread;
};

struct task {
    hb_t *hb;
    int period_ms;
    void (*beat)(void *);
    void *arg;
};

static void *heart(void *arg)
{
    struct task me = *(struct task *)arg;
    free(arg);
    bool go_on = true;
    while (go_on) {
        me.beat(me.arg);
        go_on = !stop_wait(&me.hb->stop, me.period_ms);
    }
    return NULL;
}

hb_t *hb_start(int period_ms, void (*beat)(void *), void *arg)
{
    hb_t *hb = malloc(sizeof *hb);
    struct task *task = malloc(sizeof *task);
    *task = (struct task){hb, period_ms, beat, arg};
    stop_init(&hb->stop);
    if (pthread_create(&hb->thread, NULL, heart, task)) {
        free(task);
        free(hb);
        return NULL;
    }
    return hb;
}

void hb_stop(hb_t *hb)
{
    stop_now(&hb->stop);
    pthread_join(hb->thread, NULL);
    stop_destroy(&hb->stop);
    free(hb);
}
