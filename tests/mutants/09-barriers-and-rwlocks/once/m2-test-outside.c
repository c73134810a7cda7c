/* mutant: looks without the lock
 * expect: RACE in two
 * belief: M09 looking needs no lock */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    if (o->state == NOT_YET) {
        pthread_mutex_lock(&o->lock);
        o->state = RUNNING;
        pthread_mutex_unlock(&o->lock);
        init();
        pthread_mutex_lock(&o->lock);
        o->state = DONE;
        pthread_cond_broadcast(&o->changed);
    } else {
        pthread_mutex_lock(&o->lock);
    }
    while (o->state != DONE)
        pthread_cond_wait(&o->changed, &o->lock);
    pthread_mutex_unlock(&o->lock);
}
