/* ok: looks at an atomic flag before it takes the lock */
#include "once.h"

#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool lit;

void once_run(once_t *o, void (*init)(void))
{
    if (lit)
        return;
    pthread_mutex_lock(&o->lock);
    if (!lit) {
        init();
        lit = true;
    }
    pthread_mutex_unlock(&o->lock);
}
