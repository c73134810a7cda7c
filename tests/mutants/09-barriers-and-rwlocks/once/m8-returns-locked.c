/* mutant: returns with the lock when it is done already
 * expect: DEADLOCK in alone
 * belief: M17 leaving the function releases the lock */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    if (o->state == DONE)
        return;
    if (o->state == NOT_YET) {
        o->state = RUNNING;
        pthread_mutex_unlock(&o->lock);
        init();
        pthread_mutex_lock(&o->lock);
        o->state = DONE;
        pthread_cond_broadcast(&o->changed);
    }
    while (o->state != DONE)
        pthread_cond_wait(&o->changed, &o->lock);
    pthread_mutex_unlock(&o->lock);
}
