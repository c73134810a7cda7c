/* Calls init for the first one who comes. The others do not wait until it is done. Repair it. Everything
 * in this file may be changed. */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    if (o->state == NOT_YET) {
        o->state = DONE;
        pthread_mutex_unlock(&o->lock);
        init();
        return;
    }
    pthread_mutex_unlock(&o->lock);
}
