/* ok: looks at the state, atomically, before it takes the lock */
#include "once.h"

#include <stdbool.h>

static bool is_done(once_t *o)
{
    return __atomic_load_n(&o->state, __ATOMIC_ACQUIRE) == DONE;
}

void once_run(once_t *o, void (*init)(void))
{
    if (is_done(o))
        return;
    pthread_mutex_lock(&o->lock);
    if (!is_done(o)) {
        init();
        __atomic_store_n(&o->state, DONE, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&o->lock);
}
