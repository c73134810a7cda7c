/* mutant: waits with if
 * expect: WRONG in two, message contains "before init was finished"
 * belief: M28 being woken means that it is done */
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
    if (o->state != DONE)
        pthread_cond_wait(&o->changed, &o->lock);
    pthread_mutex_unlock(&o->lock);
}
