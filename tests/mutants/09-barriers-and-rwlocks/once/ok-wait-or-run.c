/* ok: waits first while it runs, then runs or returns */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    while (o->state == RUNNING)
        pthread_cond_wait(&o->changed, &o->lock);
    int mine = o->state == NOT_YET;
    if (mine)
        o->state = RUNNING;
    pthread_mutex_unlock(&o->lock);
    if (!mine)
        return;
    init();
    pthread_mutex_lock(&o->lock);
    o->state = DONE;
    pthread_mutex_unlock(&o->lock);
    pthread_cond_broadcast(&o->changed);
}
