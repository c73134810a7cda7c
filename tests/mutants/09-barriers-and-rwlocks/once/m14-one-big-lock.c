/* mutant: one lock for every once_t
 * expect: SERIAL in side_by_side
 * belief: M15 one lock is right for all of them */
#include "once.h"

static pthread_mutex_t big = PTHREAD_MUTEX_INITIALIZER;

void once_run(once_t *o, void (*init)(void))
{
    pthread_mutex_lock(&big);
    if (o->state == NOT_YET) {
        init();
        o->state = DONE;
    }
    pthread_mutex_unlock(&big);
}
