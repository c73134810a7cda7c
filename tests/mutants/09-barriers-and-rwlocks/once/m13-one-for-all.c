/* mutant: one state for every once_t
 * expect: WRONG in each_its_own, message contains "never called"
 * belief: M15 there is only one thing to be done once */
#include "once.h"

static enum once_state state = NOT_YET;

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    if (state == NOT_YET) {
        state = RUNNING;
        pthread_mutex_unlock(&o->lock);
        init();
        pthread_mutex_lock(&o->lock);
        state = DONE;
        pthread_cond_broadcast(&o->changed);
    }
    while (state != DONE)
        pthread_cond_wait(&o->changed, &o->lock);
    pthread_mutex_unlock(&o->lock);
}
