/* mutant: wakes nobody
 * expect: DEADLOCK in two
 * belief: M08 whoever waits looks again by himself */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    if (o->state == NOT_YET) {
        o->state = RUNNING;
        pthread_mutex_unlock(&o->lock);
        init();
        pthread_mutex_lock(&o->lock);
        o->state = DONE;
    }
    while (o->state != DONE)
        pthread_cond_wait(&o->changed, &o->lock);
    pthread_mutex_unlock(&o->lock);
}
