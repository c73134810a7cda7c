/* mutant: looks without the lock first, then with it
 * expect: RACE in two
 * belief: M09, M11 a flag of one word needs no lock */
#include "once.h"

void once_run(once_t *o, void (*init)(void))
{
    if (o->state == DONE)
        return;
    pthread_mutex_lock(&o->lock);
    if (o->state != DONE) {
        init();
        o->state = DONE;
    }
    pthread_mutex_unlock(&o->lock);
}
