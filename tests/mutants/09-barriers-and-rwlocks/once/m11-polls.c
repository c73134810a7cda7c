/* mutant: looks again and again
 * expect: SPIN in two
 * belief: M07 asking often enough is waiting */
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
        pthread_cond_broadcast(&o->changed);
    }
    while (o->state != DONE) {
        pthread_mutex_unlock(&o->lock);
        pthread_mutex_lock(&o->lock);
    }
    pthread_mutex_unlock(&o->lock);
}
