/* ok: keeps the lock during init: simple, but init may then use nothing that waits for this lock */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    if (o->state != DONE) {
        init();
        o->state = DONE;
    }
    pthread_mutex_unlock(&o->lock);
}
