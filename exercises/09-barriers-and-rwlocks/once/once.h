/* once.h - whoever comes first does it; the others wait until it is done. */
#ifndef ONCE_H
#define ONCE_H

#include <pthread.h>

enum once_state { NOT_YET, RUNNING, DONE };

typedef struct {
    pthread_mutex_t lock; /* protects: state */
    pthread_cond_t changed;
    enum once_state state;
} once_t;

#define ONCE_INIT {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NOT_YET}

/* Calls init() the first time it is called for this `o`, and never again. Returns when that call of
 * init has returned, in whichever thread it ran. What init wrote can be read afterwards, by every caller.
 * Any number of threads may call it at the same time. init does not call once_run for the same `o`. */
void once_run(once_t *o, void (*init)(void));

#endif
