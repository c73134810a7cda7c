/* mutant: calls init for everybody, one after the other
 * expect: WRONG in alone, message contains "init was called 2 times"
 * belief: M13 with a lock around it, it happens once */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&o->lock);
    init();
    o->state = DONE;
    pthread_mutex_unlock(&o->lock);
}
