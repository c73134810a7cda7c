/* mutant: sets the last state without the lock
 * expect: RACE in two
 * belief: M29 only the one who waits needs the lock */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    if (o->state == NOT_YET) {
        o->state = RUNNING;
        pthread_mutex_unlock(&o->lock);
        init();
        o->state = DONE;
        pthread_mutex_lock(&o->lock);
        pthread_cond_broadcast(&o->changed);
    }
    while (o->state != DONE)
        pthread_cond_wait(&o->changed, &o->lock);
    pthread_mutex_unlock(&o->lock);
}
