/* mutant: says that it is done before it is
 * expect: WRONG in two, message contains "before init was finished"
 * belief: M30 what I have begun is as good as done */
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
