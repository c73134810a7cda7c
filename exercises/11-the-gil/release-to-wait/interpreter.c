/* The interpreter around the exercise: one big lock, and objects. */
#include <pthread.h>
#include <stdlib.h>

#include "release-to-wait.h"

static pthread_mutex_t gil = PTHREAD_MUTEX_INITIALIZER; /* protects: every object */

void gil_take(void) { pthread_mutex_lock(&gil); }

void gil_drop(void) { pthread_mutex_unlock(&gil); }

obj_t *obj_new(void)
{
    obj_t *o = calloc(1, sizeof *o);
    if (!o)
        abort();
    o->refcnt = 1;
    return o;
}
