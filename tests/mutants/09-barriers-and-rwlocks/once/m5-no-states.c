/* mutant: only remembers when it is done: two may begin
 * expect: WRONG in two, message contains "init was called"
 * belief: M16 looking and beginning are one step */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    if (o->state != DONE) {
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
